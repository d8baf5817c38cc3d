//! Names that no lexicon knows: what an archive speaks of and the facets leave out, the most frequent first.
//!
//! A name is a run of capitalised words with what stands inside names (`Ag`, `Ould`, `al-`) between them. A
//! capital that only opens a sentence makes no name: such a word must be met with its capital elsewhere too,
//! and a word that the archive writes in lower case more often is no name at all.

use super::declared::Facets;
use super::known::Known;
use super::reading::{Reading, gap, shape};
use super::words;
use crate::article::Part;
use crate::french::French;
use rustc_hash::FxHashMap;

/// More names than this are not kept: the rarest are forgotten, so that an archive of any size needs the same
/// memory.
const MOST_NAMES: usize = 100_000;

/// The same for words in lower case.
const MOST_LOWER: usize = 200_000;

/// A word met in lower case so often is a common noun, even where it has a capital.
const COMMON: u32 = 2;

/// Words of a name; a longer run is a heading in capitals.
const LONGEST_NAME: usize = 6;

/// A name that no lexicon knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// As it is written where it was first met.
    pub name: String,
    /// Articles that have it.
    pub articles: u64,
    /// Where it was first met: the article's number as [`Candidates::add`] was reported, and the bytes.
    pub example: usize,
    pub part: Part,
    pub start: usize,
    pub end: usize,
}

struct Name {
    found: Candidate,
    last: usize,
    /// Met where its capital isn't the sentence's.
    inside: bool,
    /// All words but the first are known: without a common noun before it there is nothing left.
    rest_known: bool,
    words: u8,
}

/// Collects names from texts.
pub struct Candidates<'f> {
    facets: &'f Facets,
    names: FxHashMap<Box<str>, Name>,
    /// How often a word was met in lower case, by its hash.
    lower: FxHashMap<u64, u32>,
}

fn hash(folded: &str) -> u64 {
    use std::hash::{BuildHasher, BuildHasherDefault};
    BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one(folded)
}

impl<'f> Candidates<'f> {
    pub fn new(facets: &'f Facets) -> Self {
        Self {
            facets,
            names: FxHashMap::default(),
            lower: FxHashMap::default(),
        }
    }

    /// Reads the article of number `article`; numbers must not repeat.
    pub fn add(&mut self, article: usize, title: &str, body: &str, french: &French) {
        let facets = self.facets;
        french.numbered(title, body, |words| {
            for (text, part, words) in [
                (title, Part::Title, words.title()),
                (body, Part::Body, words.body()),
            ] {
                let reading = facets.reading(text, part, words);
                self.count_lower(&reading);
                self.read(article, &reading);
            }
        });
        let mut least = 1;
        while self.names.len() > MOST_NAMES {
            self.names.retain(|_, name| name.found.articles > least);
            least += 1;
        }
        let mut least = 1;
        while self.lower.len() > MOST_LOWER {
            self.lower.retain(|_, count| *count > least);
            least += 1;
        }
    }

    fn count_lower(&mut self, reading: &Reading<'_>) {
        for (at, word) in reading.words.iter().enumerate() {
            if word.shape & (shape::CAPITAL | shape::DIGIT) == 0 {
                *self.lower.entry(hash(reading.folded(at))).or_insert(0) += 1;
            }
        }
    }

    fn read(&mut self, article: usize, reading: &Reading<'_>) {
        let known = self.known(reading);
        let mut at = 0;
        while at < reading.words.len() {
            let end = run(reading, &known, at);
            // "Général Tiani": what was met in lower case before is no part of the name.
            let mut from = at;
            while from < end
                && self
                    .lower
                    .get(&hash(reading.folded(from)))
                    .is_some_and(|n| *n >= COMMON)
            {
                from += 1;
            }
            if end > from {
                self.note(article, reading, &known, from, end);
            }
            at = end.max(at + 1);
        }
    }

    /// How well each word is known to some lexicon.
    fn known(&self, reading: &Reading<'_>) -> Vec<u8> {
        let mut known = Known::new(reading);
        self.facets.mark_known(&mut known);
        known.finish()
    }

    fn note(&mut self, article: usize, reading: &Reading<'_>, known: &[u8], from: usize, to: usize) {
        if known[from..to].iter().all(|k| *k > 0)
            || to - from > LONGEST_NAME
            || !reading.sentence_of(from).cased
        {
            return;
        }
        let opens = reading.opens(from)
            || reading.gap(from) & (gap::QUOTE | gap::CLAUSE | gap::OPEN | gap::DASH) != 0;
        let inside = !opens || reading.words[from].shape & shape::ALL_CAPITALS != 0;
        let key = (from..to)
            .map(|w| reading.folded(w))
            .collect::<Vec<_>>()
            .join(" ");
        let (start, end) = reading.span(from, to);
        let Some(written) = reading.text.get(start..end).filter(|_| key.chars().count() > 2) else {
            return;
        };
        let fresh = || Name {
            found: Candidate {
                name: written.split_whitespace().collect::<Vec<_>>().join(" "),
                articles: 0,
                example: article,
                part: reading.part,
                start,
                end,
            },
            last: usize::MAX,
            inside: false,
            rest_known: known[from + 1..to].iter().all(|k| *k > 0),
            words: (to - from) as u8,
        };
        let name = self.names.entry(key.into()).or_insert_with(fresh);
        name.inside |= inside;
        name.found.articles += u64::from(name.last != article);
        name.last = article;
    }

    /// The names, most articles first.
    pub fn finish(mut self, limit: usize) -> Vec<Candidate> {
        let common = |word: &str, articles: u64| {
            self.lower
                .get(&hash(word))
                .is_some_and(|n| u64::from(*n) >= articles)
        };
        let (led, mut names): (FxHashMap<_, _>, FxHashMap<_, _>) =
            self.names.drain().partition(|(key, name)| {
                let first = key.split(' ').next().unwrap_or(key);
                common(first, name.found.articles)
            });
        // The same for those met before their common noun was known; an article that has both spellings
        // counts twice.
        for (key, name) in led {
            let (mut rest, mut written) = (&*key, name.found.name.as_str());
            while common(rest.split(' ').next().unwrap_or(rest), name.found.articles) {
                rest = rest.split_once(' ').map_or("", |(_, rest)| rest);
                written = written.split_once([' ', '-']).map_or("", |(_, rest)| rest);
            }
            if name.rest_known || rest.chars().count() < 3 || written.is_empty() {
                continue;
            }
            let found = Candidate {
                name: written.to_string(),
                ..name.found.clone()
            };
            match names.get_mut(rest) {
                Some(kept) => {
                    kept.found.articles += name.found.articles;
                    kept.inside = true;
                }
                None => drop(names.insert(
                    rest.into(),
                    Name {
                        found,
                        inside: true,
                        ..name
                    },
                )),
            }
        }
        // A medium is a name that is known, though texts aren't searched for it: it is read from the
        // metadata.
        let reported = names
            .into_values()
            .filter(|n| n.inside || n.words > 1)
            .map(|n| n.found);
        let mut all: Vec<Candidate> = reported.filter(|found| !self.facets.knows(&found.name)).collect();
        all.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
        all.truncate(limit);
        all
    }
}

/// Past the last word of the name that begins at `at`; `at` if none does.
fn run(reading: &Reading<'_>, known: &[u8], at: usize) -> usize {
    let names = |w: usize| {
        reading.is_capital(w)
            && known[w] < Known::WHOLE
            && !reading.is(
                w,
                words::FUNCTION | words::MONTH | words::WEEKDAY | words::AGENCY | words::COMPASS,
            )
    };
    if !names(at) {
        return at;
    }
    let soft = |w: usize| {
        w < reading.words.len()
            && reading.gap(w) & (gap::HARD | gap::QUOTE | gap::DASH | gap::LINE) == 0
            && reading.words[w].shape & shape::ELIDED == 0
    };
    let mut to = at + 1;
    loop {
        if soft(to) && names(to) {
            to += 1;
        } else if soft(to) && reading.is(to, words::PARTICLE) && soft(to + 1) && names(to + 1) {
            to += 2;
        } else {
            return to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Lexicons;

    fn found(texts: &[&str]) -> Vec<(String, u64)> {
        let lexicons = Lexicons::embedded();
        let french = lexicons.french().expect("good lexicons");
        let facets = Facets::new(&lexicons, &french).expect("good lexicons");
        let mut candidates = Candidates::new(&facets);
        for (number, text) in texts.iter().enumerate() {
            candidates.add(number, "", text, &french);
        }
        candidates
            .finish(100)
            .into_iter()
            .map(|c| (c.name, c.articles))
            .collect()
    }

    #[test]
    fn names_are_joined_and_counted_by_article() {
        let all = found(&[
            "Le chef Moussa Ag Acharatoumane est à Ménaka. Moussa Ag Acharatoumane a parlé.",
            "Selon Moussa Ag Acharatoumane, le calme revient.",
        ]);
        assert_eq!(all, [("Moussa Ag Acharatoumane".to_string(), 2)]);
    }

    #[test]
    fn what_opens_a_sentence_is_no_name() {
        let all = found(&[
            "Interrogé, il a parlé. Plusieurs habitants ont fui. Interrogés, ils se taisent.",
            "Le général Zorblat est arrivé. Général Zorblat, dites-vous. Un général est parti.",
        ]);
        assert_eq!(all, [("Zorblat".to_string(), 1)]);
    }

    #[test]
    fn what_a_lexicon_knows_is_left_out() {
        assert_eq!(
            found(&[
                "Le Jnim et l'armée malienne sont à Gao, au Mali, avec Wagner. Le 3 Mai, Amadou Koufa a parlé."
            ]),
            []
        );
        assert_eq!(
            found(&["C'est ce que dit RFI, que cite Jeune Afrique."]),
            [],
            "media"
        );
        assert_eq!(
            found(&["Une coalition nommée KRZT est née."]),
            [("KRZT".to_string(), 1)]
        );
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]
        #[test]
        fn examples_point_at_text(text in "(Moussa|Ag|Zor|Le|général|, |\\. | |-|\\PC){0,40}") {
            static BUILT: std::sync::LazyLock<(French, Facets)> = std::sync::LazyLock::new(|| {
                let lexicons = Lexicons::embedded();
                let french = lexicons.french().expect("good lexicons");
                let facets = Facets::new(&lexicons, &french).expect("good lexicons");
                (french, facets)
            });
            let mut candidates = Candidates::new(&BUILT.1);
            candidates.add(0, "", &text, &BUILT.0);
            for candidate in candidates.finish(50) {
                proptest::prop_assert!(candidate.start <= candidate.end && text.len() >= candidate.end);
            }
        }
    }
}
