//! Places, dates and names where they stand in a text: what the rows of an events table are made of.
//!
//! The same rules as for the facet values, which keep no more than paths; here each mention keeps its place
//! with coordinates and its date to the day.

use super::findings::Findings;
use super::french_dates::When;
use super::gazetteer::{NO_PATH, flag};
use super::{Document, Facets, events};
use crate::article::Part;
use crate::date::PartialDate;

/// Where words stand: byte offsets into the title or the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub part: Part,
    pub start: usize,
    pub end: usize,
}

/// A place named as the place of something.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedPlace {
    pub span: Span,
    pub facet: String,
    /// As the gazetteer writes it.
    pub name: String,
    /// `village`, `cercle`, `region` …
    pub kind: &'static str,
    /// The facet path.
    pub path: String,
    /// The region before the division of 2023, where it was another.
    pub region_old: Option<String>,
    pub coordinates: Option<(f32, f32)>,
    /// The coordinates are estimated, or those of the seat of what it lies in.
    pub approximate: bool,
    /// From country (0) to site: which of two mentions is more precise.
    pub rank: u8,
    pub rule: &'static str,
}

/// A date of what is reported.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedDate {
    pub span: Span,
    pub date: PartialDate,
    pub rule: &'static str,
}

/// A name of some facet's value.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedName {
    pub span: Span,
    pub facet: String,
    pub path: String,
    pub rule: &'static str,
}

/// All of a text, each in order of reading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reported {
    pub places: Vec<ReportedPlace>,
    pub dates: Vec<ReportedDate>,
    pub names: Vec<ReportedName>,
}

impl Facets {
    /// Reads a document for its places, dates and names.
    pub fn reported(&self, document: &Document<'_>) -> Reported {
        let found = self.findings(document);
        let mut reported = Reported {
            places: self.reported_places(&found),
            dates: reported_dates(document, &found),
            names: self.reported_names(&found),
        };
        reported.places.sort_by_key(|place| place.span);
        reported.dates.sort_by_key(|d| d.span);
        reported.names.sort_by_key(|name| name.span);
        reported
    }

    fn reported_places(&self, found: &Findings<'_, '_>) -> Vec<ReportedPlace> {
        let mut reported = Vec::new();
        for (at, places, mentions) in &found.places {
            for (path, mention, rule) in places.values(mentions) {
                let Some(number) = mention.place else {
                    continue;
                };
                let place = places.gazetteer.place(number);
                let old = (place.old_region != NO_PATH)
                    .then(|| places.gazetteer.path_text(place.old_region))
                    .flatten();
                let known = !place.latitude.is_nan() && !place.longitude.is_nan();
                reported.push(ReportedPlace {
                    span: span(found, mention.reading, mention.from, mention.to),
                    facet: self.declarations[*at].name.clone(),
                    name: places.gazetteer.name(number).to_string(),
                    kind: place.kind.rule(),
                    path: path.to_string(),
                    region_old: old.map(str::to_string),
                    coordinates: known.then_some((place.latitude, place.longitude)),
                    approximate: place.flags & flag::APPROX != 0,
                    rank: place.kind as u8,
                    rule,
                });
            }
        }
        reported
    }

    fn reported_names(&self, found: &Findings<'_, '_>) -> Vec<ReportedName> {
        let mut reported = Vec::new();
        for (at, declaration) in self.declarations.iter().enumerate() {
            for (path, name) in found.names(at) {
                reported.push(ReportedName {
                    span: span(found, name.reading, name.from, name.to),
                    facet: declaration.name.clone(),
                    path: path.to_string(),
                    rule: name.rule,
                });
            }
        }
        reported
    }
}

/// The bytes of some words.
fn span(found: &Findings<'_, '_>, reading: usize, from: usize, to: usize) -> Span {
    let reading = &found.readings[reading];
    let (start, end) = reading.span(from, to);
    Span {
        part: reading.part,
        start,
        end,
    }
}

/// The dates of the main events, and the years after "en".
fn reported_dates(document: &Document<'_>, found: &Findings<'_, '_>) -> Vec<ReportedDate> {
    let (readings, expressions) = (&found.readings, &found.expressions);
    let mut reported = Vec::new();
    let in_text = events::published_in_text(readings, expressions);
    let published = document
        .publication(in_text.map(|d| d.date))
        .date()
        .map(|(date, _)| date);
    for dated in events::events(readings, expressions, published).main {
        let dateline = in_text.is_some_and(|t| (t.reading, t.from) == (dated.reading, dated.from));
        if !dateline {
            reported.push(ReportedDate {
                span: span(found, dated.reading, dated.from, dated.to),
                date: dated.date,
                rule: dated.rule,
            });
        }
    }
    // "En 2019, …": a year is better than nothing, but not "depuis 2012".
    for (number, reading) in readings.iter().enumerate() {
        for year in &expressions[number] {
            if let When::Year(named) = year.when
                && year.from > 0
                && reading.folded(year.from - 1) == "en"
                && let Some(date) = PartialDate::new(named, None, None)
            {
                reported.push(ReportedDate {
                    span: span(found, number, year.from, year.to),
                    date,
                    rule: "year",
                });
            }
        }
    }
    reported
}
