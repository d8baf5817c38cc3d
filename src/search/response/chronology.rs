//! What happened when: reports of events in the order of the events' dates, those of one event together.

use super::rows::EventRow;
use crate::date::Edtf;
use serde::Serialize;

/// The answer; its JSON form is documented in `docs/json.md`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chronology {
    pub version: u32,
    pub query: String,
    /// Articles that were found, and reports of events in them.
    pub articles: u64,
    pub reports: u64,
    /// By date.
    pub events: Vec<ReportedEvents>,
    /// Reports whose date isn't known to the day, by what is known of it: month or year, day without a year, nothing.
    /// Which of them are of one event can't be told.
    pub partly_dated: Vec<Report>,
    /// How the query was read.
    pub notes: Vec<String>,
}

/// What is told of one event, as far as place, date, numbers and wording say that it is one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportedEvents {
    /// From 1, by date.
    pub number: usize,
    /// The day that most reports have.
    pub date: Option<Edtf>,
    /// Every number of dead that is told, and by whom: more than one, and the reports differ.
    pub killed: Vec<Figure>,
    pub wounded: Vec<Figure>,
    pub abducted: Vec<Figure>,
    /// Other events of the chronology that are perhaps this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub perhaps_same: Vec<PerhapsSame>,
    /// By the date of publication.
    pub reports: Vec<Report>,
}

impl ReportedEvents {
    /// Whether the reports give different numbers.
    #[must_use]
    pub fn differ(&self) -> bool {
        [&self.killed, &self.wounded, &self.abducted]
            .iter()
            .any(|figures| figures.len() > 1)
    }
}

/// An event that is perhaps another one of the chronology.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PerhapsSame {
    pub number: usize,
    pub date: Option<Edtf>,
    pub place: String,
}

/// A number of people, and the media that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    pub n: u32,
    /// As the media say it: `au moins 11 morts`.
    pub said: Vec<String>,
    /// A medium, or the id of an article whose medium isn't known; with whose number it tells, `RFI (l'armée)`, where an
    /// article has several.
    pub sources: Vec<String>,
}

/// What an article reports of an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    #[serde(flatten)]
    pub row: EventRow,
    /// Whom the sentence with the toll, else the passage, names as the source of what it says: `selon l'armée`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub according_to: Option<String>,
    /// `joined` or `parted`: somebody decided of which event it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<&'static str>,
}
