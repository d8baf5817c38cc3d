//! `derive = "event_months"`: the months of the main events that an article reports.

use super::kind::{Derivation, Kind, Read};
use crate::date::PartialDate;
use crate::facets::findings::Findings;
use crate::facets::lexicon::Vocabulary;
use crate::facets::typed;
use crate::facets::values::Values;

pub(super) const KIND: Kind = Kind {
    months: true,
    events: true,
    ..Kind::new("event_months", Read::Without(|| Box::new(EventMonths)))
};

struct EventMonths;

impl Derivation for EventMonths {
    fn derive(&self, _: usize, found: &Findings<'_, '_>, values: &mut Values<'_>) {
        let times = found.times();
        for (path, dated) in times.months() {
            let reading = &found.readings[dated.reading];
            values.add_words(&path, reading, (dated.from, dated.to), dated.rule);
        }
        if times.events.publication_month
            && let Some(path) = times.published.and_then(PartialDate::month_path)
        {
            values.add_metadata(&path, false, "publication");
        }
    }

    fn resolve(&self, typed: &str, _: &Vocabulary) -> Vec<String> {
        typed::month(typed).into_iter().collect()
    }
}
