//! What the lexicons find in a document, before any facet takes its values from it: facet values and the
//! tables of events are made of the same findings.

use super::french_dates::Expression;
use super::geography::Geography;
use super::names::{Found, Match, Names};
use super::places::{Blocked, Mention, Places};
use super::reading::Reading;
use super::{Document, Facets, Lexicon, events, words};
use crate::article::Part;
use crate::date::PartialDate;

/// The findings of all lexicons, which are told by their number among the declared facets.
pub(super) struct Findings<'f, 'd> {
    facets: &'f Facets,
    /// Title and body.
    pub readings: [Reading<'d>; 2],
    /// Of each lexicon of names the matches in each reading; empty for other lexicons.
    matches: Vec<Vec<Vec<Match>>>,
    /// Of each lexicon of places what it found.
    pub places: Vec<(usize, &'f Places, Vec<Mention<'f>>)>,
    geography: Geography,
    /// Dates as they stand, of each reading.
    pub expressions: Vec<Vec<Expression>>,
    year: Option<i16>,
}

impl Facets {
    /// Reads a document: the words once, then each lexicon over their numbers.
    pub(super) fn findings<'f, 'd>(&'f self, document: &Document<'d>) -> Findings<'f, 'd> {
        let readings = [
            Reading::new(
                document.title,
                Part::Title,
                document.title_tokens,
                &self.vocabulary,
                &self.classes,
            ),
            Reading::new(
                document.body,
                Part::Body,
                document.body_tokens,
                &self.vocabulary,
                &self.classes,
            ),
        ];
        let matches: Vec<Vec<Vec<Match>>> = self
            .lexicons
            .iter()
            .enumerate()
            .map(|(at, lexicon)| match lexicon {
                Lexicon::Names(names) => readings
                    .iter()
                    .map(|r| names.matches(r, words::begins(at)))
                    .collect(),
                _ => Vec::new(),
            })
            .collect();
        let blocked: Vec<Blocked> = (0..readings.len())
            .map(|number| {
                let mut all: Blocked = matches
                    .iter()
                    .filter_map(|m| m.get(number))
                    .flat_map(|m| Names::blocked(m))
                    .collect();
                all.sort_unstable();
                all
            })
            .collect();
        let mut places = Vec::new();
        let mut geography = None;
        for (at, lexicon) in self.lexicons.iter().enumerate() {
            let Lexicon::Places(of) = lexicon else { continue };
            let mentions = of.find(&readings, &blocked, words::begins(at), &self.gentilics);
            geography.get_or_insert_with(|| of.geography(&mentions, &readings, &self.gentilics));
            places.push((at, &**of, mentions));
        }
        let expressions = events::expressions(&readings);
        let year = document
            .published
            .map(PartialDate::year)
            .or_else(|| events::latest_year(&expressions));
        Findings {
            facets: self,
            readings,
            matches,
            places,
            geography: geography.unwrap_or_default(),
            expressions,
            year,
        }
    }
}

impl<'f> Findings<'f, '_> {
    /// The values that lexicon number `at` finds: path and where it stands. None unless it is a lexicon of
    /// names.
    pub fn names(&self, at: usize) -> Vec<(&'f str, Found)> {
        let Some(Lexicon::Names(names)) = self.facets.lexicons.get(at) else {
            return Vec::new();
        };
        let found = names.values(
            &self.readings,
            &self.matches[at],
            &self.geography,
            &self.facets.gentilics,
            self.year,
        );
        found
            .into_iter()
            .map(|found| (&*names.lexicon.values[found.value as usize].path, found))
            .collect()
    }
}
