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

/// Nouns: testament, châtiment, document. The stemmer would take `-ment` off and leave test, chat. Adverbs in
/// `-amment` have another m.
const NOUNS_IN_MENT: &[&str] = &["ament", "iment", "ument", "complement", "supplement"];

/// Their adverbs: what stands before `-ment` is an adjective.
const ADVERBS_IN_MENT: &str = "
    joliment poliment impoliment hardiment vraiment infiniment indefiniment gentiment quasiment gaiment etourdiment uniment
    absolument resolument irresolument assidument continument crument dument eperdument goulument indument ingenument
    pretendument ambigument congrument incongrument drument
";

fn is_noun_in_ment(root: &str) -> bool {
    NOUNS_IN_MENT.iter().any(|end| root.ends_with(end))
        && !ADVERBS_IN_MENT
            .split_ascii_whitespace()
            .any(|adverb| adverb == root)
}

/// The word to stem for a root; none where the root is the stem, as it is when it's three letters long.
pub fn restored(root: &str) -> Option<String> {
    let finished = FINISHED.iter().any(|end| root.ends_with(end)) || is_noun_in_ment(root);
    if root.len() <= 3 || finished {
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
            ("testament", None),
            ("absolument", Some("absolument")),
        ] {
            assert_eq!(restored(root).as_deref(), word, "{root}");
        }
    }
}
