//! When a document was published, and when what it reports took place: worked out once for all facets of time.

use super::document::Document;
use super::events::{self, Dated, Events};
use super::french_dates::Expression;
use super::reading::Reading;
use crate::date::PartialDate;
use crate::date::precedence::Witness;

/// What a document says of time.
pub(super) struct Times {
    /// The date of publication, by its metadata, its url, its file's name or its text, in this order.
    pub published: Option<PartialDate>,
    /// The same as far as it is known from outside the text, and what says so.
    pub outside: Option<(PartialDate, Witness)>,
    /// The date that the text gives for its publication.
    pub in_text: Option<Dated>,
    pub events: Events,
    /// Dates of publication that contradict one another, and impossible dates.
    pub notes: Vec<String>,
}

impl Times {
    pub fn new(document: &Document<'_>, readings: &[Reading<'_>], expressions: &[Vec<Expression>]) -> Self {
        let in_text = events::published_in_text(readings, expressions);
        let said = document.publication(in_text.map(|d| d.date));
        let mut notes = Vec::new();
        if let Some(published) = said.metadata {
            notes.extend(said.contradictions().map(|(other, witness)| {
                let witness = witness.name();
                format!("published {published} by its metadata, {other} by its {witness}")
            }));
        }
        let outside = said.date().filter(|(_, witness)| *witness != Witness::Text);
        let published = said.date().map(|(date, _)| date);
        let events = events::events(readings, expressions, published);
        notes.extend(events.notes.iter().cloned());
        Self {
            published,
            outside,
            in_text,
            events,
            notes,
        }
    }

    /// The months of the main events, each with the date that gives it.
    pub fn months(&self) -> Vec<(String, &Dated)> {
        events::months(&self.events)
    }
}
