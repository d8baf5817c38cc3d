//! From a root to what the stemmer is given, with the accents and the mute `-e` it needs.
//!
//! Snowball cuts what looks to it like a verb's ending, also off roots that have lost theirs already:
//! `petit`, `credit`. Before a mute `-e` it leaves them alone. It sees the folded word only: that keeps a
//! term a function of the folded spelling.

/// Folded ending, with its accent: Snowball brings particulièrement to particulier by it.
const ACCENTS: &[(&str, &str)] = &[("ierement", "ièrement")];

/// Endings of nouns and adverbs that Snowball knows without a mute `-e`.
const COMPLETE: &[&str] = &["ion", "ment", "ateur"];

/// Roots that look like a verb's ending even before a mute `-e`, or that the rules have just made: terms as
/// they stand.
const FINISHED: &[&str] = &["i", "a", "iss", "ass", "ant", "iv", "ateu"];

/// The word to stem for a root; none where the root is the stem, as it is when it's three letters long.
pub fn restored(root: &str) -> Option<String> {
    if root.len() <= 3 || FINISHED.iter().any(|end| root.ends_with(end)) {
        return None;
    }
    let accented = ACCENTS
        .iter()
        .find_map(|(bare, accented)| Some(format!("{}{accented}", root.strip_suffix(bare)?)));
    let mute = if COMPLETE.iter().any(|end| root.ends_with(end)) {
        ""
    } else {
        "e"
    };
    Some(accented.unwrap_or_else(|| format!("{root}{mute}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_given_what_the_stemmer_needs() {
        for (root, word) in [
            ("petit", Some("petite")),
            ("particulierement", Some("particulièrement")),
            ("gouvernement", Some("gouvernement")),
            ("ami", None),
        ] {
            assert_eq!(restored(root).as_deref(), word, "{root}");
        }
    }
}
