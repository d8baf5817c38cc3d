//! Patterns over the bytes of [`Text`](super::text::Text): automata without backtracking, so that a search takes time
//! in proportion to what is searched.
//!
//! Patterns are written with the characters that they mean. `\w` is a letter or digit of either form of the text,
//! `<NUM>`, `<DE>` and their like stand for the lists of [`PARTS`].

use super::words;
use crate::date::names::{MONTHS, WEEKDAYS};
use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};
use std::ops::Range;
use std::sync::LazyLock;

/// Parts that many patterns share.
static PARTS: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    let part = |text: &str| format!("(?:{text})");
    vec![
        ("<NUM>", words::number()),
        ("<MON>", part(&format!("(?:{})\\b", MONTHS.join("|")))),
        ("<WD>", part(&WEEKDAYS.join("|"))),
        ("<DAYN>", part(r"1er|\d{1,2}")),
        ("<YR>", r"(?: (?:de l'an )?((?:19|20)\d\d))?".to_string()),
        ("<DE>", part(r"de la |de l'|de l' |de |d'|du |des ")),
        (
            "<ADM>",
            part(
                "regions?|cercles?|communes?|departements?|provinces?|districts?|prefectures?|sous-prefectures?|\
                 arrondissements?|gouvernorats?",
            ),
        ),
        ("<PEOPLE>", part(words::PEOPLE)),
        // A name as it is written: a capital, then letters.
        ("<CAP>", r"[A-ZÀ-Ý]".to_string()),
    ]
});

/// A compiled pattern.
pub(super) struct Pattern(Option<Regex>);

impl Pattern {
    /// Compiles a pattern. One that is wrong finds nothing; tests would stop at it.
    pub fn new(source: &str) -> Self {
        Self::of(&[source])
    }

    /// Compiles several, tried in their order at each position.
    pub fn of(sources: &[&str]) -> Self {
        let sources: Vec<String> = sources.iter().map(|source| bytes_of(source)).collect();
        let built = Regex::builder()
            .syntax(syntax::Config::new().unicode(false).utf8(false))
            .build_many(&sources);
        debug_assert!(built.is_ok(), "{sources:?}: {:?}", built.err());
        Self(built.ok())
    }

    /// Whether it occurs.
    pub fn is_in(&self, text: &[u8]) -> bool {
        self.0.as_ref().is_some_and(|regex| regex.is_match(text))
    }

    /// Where it occurs first.
    pub fn find(&self, text: &[u8]) -> Option<Range<usize>> {
        self.0.as_ref()?.find(text).map(|found| found.range())
    }

    /// Where a text that begins with it goes on.
    pub fn begins(&self, text: &[u8]) -> Option<usize> {
        self.at(text, 0).map(|(_, end)| end)
    }

    /// Which pattern matches at a position, and where the match ends.
    pub fn at(&self, text: &[u8], start: usize) -> Option<(usize, usize)> {
        let input = Input::new(text).range(start..).anchored(Anchored::Yes);
        let found = self.0.as_ref()?.search(&input)?;
        Some((found.pattern().as_usize(), found.end()))
    }

    /// Every place where it occurs, not overlapping.
    pub fn all<'p, 't: 'p>(&'p self, text: &'t [u8]) -> impl Iterator<Item = Range<usize>> + 'p {
        let found = self.0.as_ref().map(|regex| regex.find_iter(text));
        found.into_iter().flatten().map(|found| found.range())
    }

    /// The groups of the first occurrence; the first of them is the whole.
    pub fn groups(&self, text: &[u8]) -> Option<Vec<Option<Range<usize>>>> {
        self.captured(&Input::new(text))
    }

    /// The groups of a match that begins at a position.
    pub fn groups_at(&self, text: &[u8], start: usize) -> Option<Vec<Option<Range<usize>>>> {
        self.captured(&Input::new(text).range(start..).anchored(Anchored::Yes))
    }

    fn captured(&self, input: &Input<'_>) -> Option<Vec<Option<Range<usize>>>> {
        let regex = self.0.as_ref()?;
        let mut captures = regex.create_captures();
        regex.search_captures(input, &mut captures);
        if !captures.is_match() {
            return None;
        }
        Some(
            captures
                .iter()
                .map(|span| span.map(|span| span.range()))
                .collect(),
        )
    }
}

/// Declares patterns that are compiled when they are first used.
macro_rules! patterns {
    ($($(#[$doc:meta])* $name:ident = $source:expr;)*) => {
        $($(#[$doc])*
        static $name: std::sync::LazyLock<$crate::events::pattern::Pattern> =
            std::sync::LazyLock::new(|| $crate::events::pattern::Pattern::new($source));)*

        #[cfg(test)]
        #[test]
        fn patterns_compile() {
            $(std::sync::LazyLock::force(&$name);)*
        }
    };
}
pub(super) use patterns;

/// A pattern over bytes: shared parts filled in, characters as the bytes that stand for them.
fn bytes_of(source: &str) -> String {
    let mut source = source.to_string();
    if source.contains('<') {
        for (name, part) in PARTS.iter() {
            source = source.replace(name, part);
        }
    }
    let mut out = String::with_capacity(source.len() + 16);
    let (mut in_class, mut chars) = (false, source.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('w') if in_class => out.push_str(r"\w\xC0-\xFF"),
                Some('w') => out.push_str(r"[\w\xC0-\xFF]"),
                Some(next) => out.extend(['\\', next]),
                None => out.push('\\'),
            },
            '[' if !in_class => {
                in_class = true;
                out.push(c);
            }
            ']' if in_class => {
                in_class = false;
                out.push(c);
            }
            c if c.is_ascii() => out.push(c),
            c => {
                let byte = super::text::raw(c);
                if byte.is_ascii() {
                    out.push(byte as char);
                } else {
                    out.push_str(&format!("\\x{byte:02X}"));
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_those_of_the_text() {
        let text = super::super::text::Text::new("« Ménaka » – À Gao", 0);
        assert!(Pattern::new("« <CAP>[\\w]+ »").is_in(&text.raw));
        assert_eq!(Pattern::new("[–—] ?[Àà] ").find(&text.raw), Some(11..15));
        assert_eq!(Pattern::of(&["b", "a", "ab"]).at(b"xab", 1), Some((1, 2)));
    }
}
