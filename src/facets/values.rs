//! The values of one facet as they are found, each with its evidence.

use super::reading::Reading;
use crate::article::{Evidence, FacetValue, Part};
use crate::facet_path::FacetPath;
use rustc_hash::FxHashMap;

/// Evidence kept for a value; a newspaper's year has thousands of "Mali".
pub(super) const MOST_EVIDENCE: usize = 32;

/// So many values are looked through; more are indexed. Most articles have fewer than ten.
const FEW: usize = 16;

/// The values of a facet.
pub(super) struct Values<'f> {
    /// Its name.
    facet: &'f str,
    list: Vec<FacetValue>,
    /// Place in the list by path, once there are many.
    index: FxHashMap<Box<str>, usize>,
}

impl<'f> Values<'f> {
    /// None yet, of the facet of that name.
    pub fn new(facet: &'f str) -> Self {
        Self {
            facet,
            list: Vec::new(),
            index: FxHashMap::default(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Adds the value `path`, or evidence to it: the words `from..to` of a reading.
    pub fn add_words(
        &mut self,
        path: &str,
        reading: &Reading<'_>,
        (from, to): (usize, usize),
        rule: &'static str,
    ) {
        let (start, end) = reading.span(from, to);
        self.add(path, false, (reading.part, start, end), rule);
    }

    /// Adds the value `path`, or evidence to it, that the metadata give.
    pub fn add_metadata(&mut self, path: &str, given: bool, rule: &'static str) {
        self.add(path, given, (Part::Metadata, 0, 0), rule);
    }

    fn add(&mut self, path: &str, given: bool, (part, start, end): (Part, usize, usize), rule: &'static str) {
        let number = self.number(path, given);
        let evidence = &mut self.list[number].evidence;
        let known = |e: &Evidence| (e.start, e.end, e.part) == (start, end, part);
        if evidence.len() < MOST_EVIDENCE && !evidence.iter().any(known) {
            evidence.push(Evidence {
                part,
                start,
                end,
                rule: rule.into(),
            });
        }
    }

    fn number(&mut self, path: &str, given: bool) -> usize {
        let known = if self.list.len() <= FEW {
            self.list.iter().position(|v| v.path == path)
        } else {
            self.index.get(path).copied()
        };
        known.unwrap_or_else(|| {
            let number = self.list.len();
            self.list.push(FacetValue {
                facet: self.facet.into(),
                path: path.into(),
                given,
                evidence: Vec::with_capacity(2),
            });
            match number {
                FEW => self.index.extend(
                    self.list
                        .iter()
                        .enumerate()
                        .map(|(n, v)| (v.path.as_str().into(), n)),
                ),
                n if n > FEW => drop(self.index.insert(path.into(), n)),
                _ => {}
            }
            number
        })
    }

    /// A country counts by itself only where nothing in it is known.
    pub fn drop_lone_countries(&mut self) {
        let deeper: rustc_hash::FxHashSet<Box<str>> = self
            .list
            .iter()
            .map(|v| FacetPath::new(&v.path))
            .filter(|path| path.depth() > 1)
            .map(|path| path.top().into())
            .collect();
        self.list.retain(|v| !deeper.contains(v.path.as_str()));
        self.index.clear();
    }

    /// The values in the order of their paths.
    pub fn finish(mut self) -> Vec<FacetValue> {
        self.list.sort_by(|a, b| a.path.cmp(&b.path));
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_values_are_kept_apart_and_evidence_is_bounded() {
        let mut values = Values::new("region");
        for round in 0..MOST_EVIDENCE + 5 {
            for number in 0..3 * FEW {
                values.add(
                    &format!("Mali/{number:02}"),
                    false,
                    (Part::Body, round, round + 1),
                    "town",
                );
                values.add(
                    &format!("Mali/{number:02}"),
                    false,
                    (Part::Body, round, round + 1),
                    "town",
                );
            }
        }
        values.add("Mali", false, (Part::Body, 0, 1), "country");
        values.add("Niger", false, (Part::Body, 0, 1), "country");
        values.drop_lone_countries();
        let all = values.finish();
        assert_eq!(all.len(), 3 * FEW + 1);
        assert_eq!(
            (all[0].path.as_str(), all[0].evidence.len()),
            ("Mali/00", MOST_EVIDENCE)
        );
    }
}
