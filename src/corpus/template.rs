//! Templates of paths: globs that may also name parts of what they match, `{source}/{year}/{date}-{title}.*`.

use crate::date::in_name;
use std::collections::BTreeMap;

/// Steps after which a match is given up: patterns of many stars could take for ever.
const PATIENCE: usize = 100_000;

/// A pattern: `*` matches within a part of a path, `**` across parts, `?` one character, `{name}` what it
/// names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    pieces: Vec<Piece>,
    /// It has no `/`, and so is matched against the file's name alone.
    is_name: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Char(char),
    One,
    Star,
    Stars,
    Named(String),
}

/// What the named parts of a pattern matched.
pub(super) type Names = BTreeMap<String, String>;

impl Template {
    /// Reads a pattern. The error says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            pieces.push(match c {
                '*' if chars.next_if_eq(&'*').is_some() => {
                    // `**/x` also matches `x`.
                    if pieces.last().is_none_or(|last| *last == Piece::Char('/')) {
                        chars.next_if_eq(&'/');
                    }
                    Piece::Stars
                }
                '*' => Piece::Star,
                '?' => Piece::One,
                '{' => {
                    let name: String = chars.by_ref().take_while(|c| *c != '}').collect();
                    if name.is_empty() || name.len() > 40 || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
                        return Err(format!("“{{{name}” names nothing; write {{source}}, {{date}}, {{year}}, {{month}}, {{day}}, {{lang}}, {{title}} or a word of your own"));
                    }
                    if pieces.contains(&Piece::Named(name.clone())) {
                        return Err(format!("{{{name}}} stands in it twice; write * for one of them"));
                    }
                    Piece::Named(name)
                }
                c => Piece::Char(c),
            });
        }
        if pieces.is_empty() {
            return Err("the pattern is empty; write a path with * for what varies".into());
        }
        Ok(Self {
            is_name: !pieces
                .iter()
                .any(|piece| matches!(piece, Piece::Char('/') | Piece::Stars)),
            pieces,
        })
    }

    /// What the pattern's names stand for in a path, if it matches.
    pub(super) fn names(&self, path: &str) -> Option<Names> {
        let path = if self.is_name {
            path.rsplit('/').next().unwrap_or(path)
        } else {
            path
        };
        let chars: Vec<char> = path.chars().collect();
        let mut names = Vec::new();
        let mut patience = PATIENCE;
        matches(&self.pieces, &chars, &mut names, &mut patience).then(|| names.into_iter().collect())
    }

    pub(super) fn is_match(&self, path: &str) -> bool {
        self.names(path).is_some()
    }
}

/// Whether all of the text matches. Names are found from the last to the first.
fn matches(pieces: &[Piece], text: &[char], names: &mut Vec<(String, String)>, patience: &mut usize) -> bool {
    if *patience == 0 {
        return false;
    }
    *patience -= 1;
    let Some((piece, rest)) = pieces.split_first() else {
        return text.is_empty();
    };
    match piece {
        Piece::Char(c) => text.first() == Some(c) && matches(rest, &text[1..], names, patience),
        Piece::One => text.first().is_some_and(|c| *c != '/') && matches(rest, &text[1..], names, patience),
        Piece::Star | Piece::Stars => {
            let most = if *piece == Piece::Stars {
                text.len()
            } else {
                part(text)
            };
            (0..=most).any(|length| matches(rest, &text[length..], names, patience))
        }
        Piece::Named(name) => (1..=part(text)).any(|length| {
            // A date is as long as it can be, with its day; anything else as short.
            let length = if name == "date" {
                part(text) + 1 - length
            } else {
                length
            };
            let value: String = text[..length].iter().collect();
            let fits = fits(name, &value) && matches(rest, &text[length..], names, patience);
            if fits {
                names.push((name.clone(), value));
            }
            fits
        }),
    }
}

/// Length of what comes before the next `/`.
fn part(text: &[char]) -> usize {
    text.iter().position(|c| *c == '/').unwrap_or(text.len())
}

/// Whether a value can be what a name says.
fn fits(name: &str, value: &str) -> bool {
    let digits = |least: usize, most: usize| {
        (least..=most).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit())
    };
    match name {
        "year" | "annee" => digits(4, 4),
        "month" | "mois" | "day" | "jour" => digits(1, 2),
        "date" => in_name::exact(value).is_some(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_as_people_expect() {
        for (pattern, path, expected) in [
            ("*.html", "a/b/c.html", true),
            ("*.html", "a/b/c.htm", false),
            ("brouillons/*", "brouillons/a.txt", true),
            ("brouillons/*", "brouillons/x/a.txt", false),
            ("brouillons/**", "brouillons/x/a.txt", true),
            ("**/brouillons/**", "brouillons/a.txt", true),
            ("**/brouillons/**", "x/y/brouillons/a.txt", true),
            ("a?.txt", "x/ab.txt", true),
            ("été*", "été 2024.txt", true),
        ] {
            assert_eq!(
                Template::parse(pattern).expect("a pattern").is_match(path),
                expected,
                "{pattern} {path}"
            );
        }
    }

    #[test]
    fn names_stand_for_parts_of_the_path() {
        let names = |pattern: &str, path: &str| {
            Template::parse(pattern)
                .expect("a pattern")
                .names(path)
                .map(|names| {
                    names
                        .into_iter()
                        .map(|(k, v)| format!("{k}={v}"))
                        .collect::<Vec<_>>()
                        .join(" ")
                })
        };
        let read = names(
            "{source}/{year}/{date}-{title}.html",
            "RFI/2024/2024-07-03-la-treve.html",
        );
        assert_eq!(
            read.as_deref(),
            Some("date=2024-07-03 source=RFI title=la-treve year=2024")
        );
        assert_eq!(
            names("{source}_{date}_*", "x/AFP_20240703_12.txt").as_deref(),
            Some("date=20240703 source=AFP")
        );
        assert_eq!(
            names("{year}/{month}/{day}/*", "2024/7/3/a.txt").as_deref(),
            Some("day=3 month=7 year=2024")
        );
        assert_eq!(names("{date}*", "2024-13-41.txt").as_deref(), None);
    }

    #[test]
    fn bad_patterns_are_told_and_hostile_ones_given_up() {
        for pattern in ["", "{", "{}", "{a b}", "{a}{a}"] {
            assert!(Template::parse(pattern).is_err(), "{pattern}");
        }
        assert!(
            !Template::parse(&"**a".repeat(30))
                .expect("a pattern")
                .is_match(&"a".repeat(200).replace("aaaa", "aaab"))
        );
    }
}
