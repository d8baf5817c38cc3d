//! Ordinals in figures: 12e, 12ème and 12eme, 1er and 1ère, 2nd and 2nde, XXIe and XXIème are one word each.

/// What follows the figures.
pub(super) const ENDINGS: [&str; 16] = [
    "e", "es", "er", "ers", "ere", "eres", "re", "res", "eme", "emes", "ieme", "iemes", "nd", "nds", "nde",
    "ndes",
];

/// The word that all spellings of an ordinal are indexed under, as `12e`; none for other words. Of Roman numerals
/// only those in `-ème`, which join those in `-e`: `VIe` is spelled like vie.
pub(super) fn shortest(folded: &str) -> Option<String> {
    let figures = folded.trim_end_matches(|c: char| c.is_ascii_lowercase());
    if figures.is_empty() {
        let roman = folded
            .strip_suffix("eme")
            .or_else(|| folded.strip_suffix("emes"))?;
        let is_roman = roman.len() > 1 && roman.bytes().all(|b| b"ivx".contains(&b));
        // As the rules of inflection leave XIe and XXIe.
        return is_roman.then(|| format!("{roman}{}", if roman.len() == 2 { "e" } else { "" }));
    }
    let is_ordinal =
        figures.bytes().all(|b| b.is_ascii_digit()) && ENDINGS.contains(&&folded[figures.len()..]);
    is_ordinal.then(|| format!("{figures}e"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_an_ordinal_are_one() {
        for (one, words) in [
            ("12e", "12e 12eme 12emes 12ieme"),
            ("1e", "1er 1ere 1re 1ers 1eres"),
            ("2e", "2e 2nd 2nde 2eme"),
            ("xxi", "xxieme"),
            ("xie", "xieme"),
        ] {
            for word in words.split(' ') {
                assert_eq!(shortest(word).as_deref(), Some(one), "{word}");
            }
        }
        for word in [
            "12", "e", "30km", "deuxieme", "ieme", "xxie", "vie", "a1er", "système",
        ] {
            assert_eq!(shortest(word), None, "{word}");
        }
    }
}
