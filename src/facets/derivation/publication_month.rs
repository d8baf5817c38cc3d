//! `derive = "publication_month"`: the month of publication, else the latest month of the main events.

use super::kind::{Comparison, Derivation, Kind, Read};
use crate::date::PartialDate;
use crate::date::precedence::Witness;
use crate::facets::findings::Findings;
use crate::facets::lexicon::Vocabulary;
use crate::facets::typed;
use crate::facets::values::Values;

pub(super) const KIND: Kind = Kind {
    months: true,
    publication: true,
    ..Kind::new("publication_month", Read::Without(|| Box::new(PublicationMonth)))
};

struct PublicationMonth;

impl Derivation for PublicationMonth {
    fn derive(&self, _: usize, found: &Findings<'_, '_>, values: &mut Values<'_>) {
        let times = found.times();
        let month = times.published.filter(|date| date.month().is_some());
        match (
            month.and_then(PartialDate::month_path),
            times.outside,
            times.in_text,
        ) {
            (Some(path), Some((_, witness)), _) => {
                values.add_metadata(&path, witness == Witness::Metadata, witness.name());
            }
            (Some(path), None, Some(text)) => {
                let reading = &found.readings[text.reading];
                values.add_words(&path, reading, (text.from, text.to), text.rule);
            }
            _ => {
                if let Some((path, dated)) = times.months().into_iter().max_by(|a, b| a.0.cmp(&b.0)) {
                    let reading = &found.readings[dated.reading];
                    values.add_words(&path, reading, (dated.from, dated.to), "event");
                }
            }
        }
    }

    fn resolve(&self, typed: &str, _: &Vocabulary) -> Vec<String> {
        typed::month(typed).into_iter().collect()
    }

    /// A month from the date is marked as given when it is derived anew.
    fn comparison(&self) -> Option<Comparison> {
        Some(Comparison {
            given: true,
            by: "date",
        })
    }
}
