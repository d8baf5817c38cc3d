//! Words that were divided at the end of a line.

use std::collections::HashSet;

/// What stays behind a hyphen: pronouns after a verb and the particles of demonstratives.
const AFTER_HYPHEN: [&str; 27] = [
    "il", "ils", "elle", "elles", "on", "je", "tu", "nous", "vous", "ce", "ci", "là", "le", "la", "les",
    "lui", "leur", "leurs", "moi", "toi", "en", "y", "même", "mêmes", "t", "huit", "vingt",
];
/// What a hyphen stays after: the first parts of French compounds.
const BEFORE_HYPHEN: [&str; 41] = [
    "peut",
    "vice",
    "porte",
    "ex",
    "non",
    "mi",
    "demi",
    "semi",
    "avant",
    "après",
    "sous",
    "sud",
    "nord",
    "est",
    "ouest",
    "quasi",
    "grand",
    "grands",
    "grande",
    "haut",
    "chef",
    "ci",
    "rendez",
    "saint",
    "sainte",
    "dix",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "quatre",
    "celui",
    "celle",
    "ceux",
    "celles",
    "lui",
    "eux",
    "elle",
    "au",
    "outre",
];

/// The hyphens of a document that stand within a line: they belong to their words.
#[derive(Default)]
pub(super) struct Hyphens {
    /// Words with a hyphen within
    compounds: HashSet<String>,
    /// Words without
    plain: HashSet<String>,
}

impl Hyphens {
    /// Learns the words of a document from its lines.
    pub fn learn<'l>(lines: impl Iterator<Item = &'l str>) -> Self {
        let mut hyphens = Self::default();
        for line in lines {
            let mut words = line.split_whitespace().peekable();
            while let Some(word) = words.next() {
                let word = bare(word).to_lowercase();
                // The last word may be divided itself.
                if words.peek().is_none() && line.ends_with(['-', '\u{AD}', '\u{2010}']) {
                    break;
                }
                let set = if word.contains('-') {
                    &mut hyphens.compounds
                } else {
                    &mut hyphens.plain
                };
                set.insert(word);
            }
        }
        hyphens
    }

    /// Adds a line to the text before it: with a space, or in the middle of a word that was divided.
    pub fn append(&self, text: &mut String, line: &str) {
        match self.join(text, line) {
            Join::Space => text.push(' '),
            Join::Keep => {}
            Join::Drop => {
                text.pop();
            }
        }
        text.push_str(line);
    }

    /// How the end of `text` and the start of `line` meet.
    pub fn join(&self, text: &str, line: &str) -> Join {
        let Some(last) = text.chars().next_back() else {
            return Join::Keep;
        };
        if !matches!(last, '-' | '\u{AD}' | '\u{2010}') {
            return Join::Space;
        }
        let before = &text[..text.len() - last.len_utf8()];
        let continues = line.starts_with(char::is_alphanumeric);
        if !continues || !before.ends_with(char::is_alphanumeric) {
            return Join::Space;
        }
        if last == '\u{AD}' {
            return Join::Drop;
        }
        let first = bare(before.split_whitespace().next_back().unwrap_or_default()).to_lowercase();
        let second = bare(line.split_whitespace().next().unwrap_or_default()).to_lowercase();
        if self.keeps_hyphen(&first, &second, line) {
            Join::Keep
        } else {
            Join::Drop
        }
    }

    fn keeps_hyphen(&self, first: &str, second: &str, line: &str) -> bool {
        if !line.starts_with(char::is_lowercase) || first.ends_with(|c: char| c.is_ascii_digit()) {
            return true;
        }
        // Elsewhere in the document the word stands whole.
        if self.compounds.contains(&format!("{first}-{second}")) {
            return true;
        }
        if self.plain.contains(&format!("{first}{second}")) {
            return false;
        }
        let part = |word: &str| {
            word.rsplit(['-', '\'', '’'])
                .next()
                .unwrap_or_default()
                .to_string()
        };
        let head = second.split(['-', '\'', '’']).next().unwrap_or_default();
        // "contre-enquête", but "contrebande"
        if part(first) == "contre" {
            return second.starts_with(['a', 'e', 'é', 'i', 'o', 'u', 'h']);
        }
        AFTER_HYPHEN.contains(&head) || BEFORE_HYPHEN.contains(&part(first).as_str())
    }
}

/// How two lines meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// A space comes between
    Space,
    /// The hyphen stays and no space comes
    Keep,
    /// The hyphen goes: it only divided the word
    Drop,
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|character: char| !character.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(hyphens: &Hyphens, text: &str, line: &str) -> String {
        let mut text = text.to_string();
        hyphens.append(&mut text, line);
        text
    }

    #[test]
    fn a_divided_word_becomes_whole() {
        let none = Hyphens::default();

        assert_eq!(
            joined(&none, "le gouver-", "nement malien"),
            "le gouvernement malien"
        );
        assert_eq!(joined(&none, "le gouver\u{AD}", "nement"), "le gouvernement");
        assert_eq!(joined(&none, "le mot", "suivant"), "le mot suivant");
    }

    #[test]
    fn a_compound_keeps_its_hyphen() {
        let none = Hyphens::default();

        assert_eq!(joined(&none, "a déclaré-", "t-il"), "a déclaré-t-il");
        assert_eq!(joined(&none, "la Guinée-", "Bissau"), "la Guinée-Bissau");
        assert_eq!(joined(&none, "en 2010-", "2012"), "en 2010-2012");
        assert_eq!(joined(&none, "le vice-", "président"), "le vice-président");
    }

    #[test]
    fn the_rest_of_the_document_decides() {
        let learnt = Hyphens::learn(["un cessez-le-feu et une porte-parole", "le portefeuille"].into_iter());

        assert_eq!(joined(&learnt, "la porte-", "parole"), "la porte-parole");
        assert_eq!(joined(&learnt, "le porte-", "feuille"), "le portefeuille");
    }

    #[test]
    fn a_dash_is_no_hyphen() {
        assert_eq!(joined(&Hyphens::default(), "oui -", "non"), "oui - non");
    }
}
