//! Restoring the accents of endings, on folded words.
//!
//! The Snowball stemmer cuts `-ée`, `-ité` or `-èrent` by their accents; a folded word has lost them. This table
//! gives them back where French writes hardly anything else, so that accented and accentless spellings meet in
//! the stem a French reader expects. It sees the folded word only: that keeps a term a function of the folded
//! spelling.

/// Folded ending, restored ending. The first that fits is taken, so longer ones come first.
const ENDINGS: &[(&str, &str)] = &[
    ("ierement", "ièrement"),
    ("erent", "èrent"),
    ("iere", "ière"),
    ("ieres", "ières"),
    ("ieme", "ième"),
    ("iemes", "ièmes"),
    ("ite", "ité"),
    ("ites", "ités"),
    ("ee", "ée"),
    ("ees", "ées"),
];

/// Appends `folded` with the accents of its ending restored to `out`.
///
/// Words of fewer than four letters are left alone: nothing remains of them but an ending.
pub fn restore_into(folded: &str, out: &mut String) {
    if folded.len() >= 4 {
        for (bare, accented) in ENDINGS {
            if let Some(head) = folded.strip_suffix(bare).filter(|head| !head.is_empty()) {
                out.push_str(head);
                out.push_str(accented);
                return;
            }
        }
    }
    out.push_str(folded);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restores_endings_only() {
        for (folded, restored) in
            [("armee", "armée"), ("entrerent", "entrèrent"), ("securite", "securité"), ("attaque", "attaque"), ("ete", "ete")]
        {
            let mut out = String::new();
            restore_into(folded, &mut out);
            assert_eq!(out, restored);
        }
    }
}
