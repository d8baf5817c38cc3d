//! When a document was published, and when what it reports took place: worked out once for all facets of time.

use super::document::Document;
use super::events::{self, Dated, Events};
use super::french_dates::Expression;
use super::months;
use super::reading::Reading;
use crate::date::PartialDate;

/// What a document says of time.
pub(super) struct Times {
    /// The date of publication, by its metadata, its url, its file's name or its text, in this order.
    pub published: Option<PartialDate>,
    /// The same as far as it is known from outside the text, and by which rule.
    pub outside: Option<(PartialDate, &'static str)>,
    /// The date that the text gives for its publication.
    pub in_text: Option<Dated>,
    pub events: Events,
    /// Dates of publication that contradict one another, and impossible dates.
    pub notes: Vec<String>,
}

impl Times {
    pub fn new(document: &Document<'_>, readings: &[Reading<'_>], expressions: &[Vec<Expression>]) -> Self {
        let in_url = document.url.and_then(months::in_address);
        let in_name = document.file_name.and_then(months::in_address);
        let in_text = events::published_in_text(readings, expressions);
        let mut notes = Vec::new();
        for (other, what) in [
            (in_url, "url"),
            (in_name, "file name"),
            (in_text.map(|d| d.date), "text"),
        ] {
            if let (Some(published), Some(other)) = (document.published, other)
                && months::contradict(published, other)
            {
                notes.push(format!(
                    "published {published} by its metadata, {other} by its {what}"
                ));
            }
        }
        let known = document.published.map(|d| (d, "publication"));
        let outside = known
            .or(in_url.map(|d| (d, "url")))
            .or(in_name.map(|d| (d, "file name")));
        let published = outside.map(|(d, _)| d).or(in_text.map(|d| d.date));
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
