//! Events and names where they stand in a text: what the rows of an events table are made of.
//!
//! The places are found by the same rules as the facet values, which keep no more than paths; here each mention
//! keeps its place with coordinates. What takes place there is read by [`crate::events`].

use super::events as dates;
use super::findings::Findings;
use super::gazetteer::{NO_PATH, flag};
use super::stated::is_unstated;
use super::{Document, Facets};
use crate::article::Part;
use crate::date::PartialDate;
use crate::events::{self, ActorMention, Event, Input, PlaceMention};
use crate::french::{head, passage_at, passages};
use std::ops::Range;

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

/// An event that a text reports.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedEvent {
    pub part: Part,
    pub event: Event,
    /// What the gazetteer knows of its place; none for a name that it lacks.
    pub place: Option<ReportedPlace>,
}

/// A name of some facet's value.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedName {
    pub span: Span,
    pub facet: String,
    pub path: String,
    pub rule: &'static str,
}

/// Events and names of a text, each in order of reading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reported {
    pub events: Vec<ReportedEvent>,
    pub names: Vec<ReportedName>,
}

impl Facets {
    /// Reads a document for its events and names.
    pub fn reported(&self, document: &Document<'_>) -> Reported {
        let found = self.findings(document);
        let mut names = self.reported_names(&found);
        names.sort_by_key(|name| name.span);
        Reported {
            events: self.reported_events(document, &found, &names),
            names,
        }
    }

    /// The body of a document, which is `body`, read for its events, and the places that these name by number: for
    /// training.
    pub fn events_of<'t>(
        &self,
        body: &'t str,
        document: &Document<'_>,
    ) -> (events::Reading<'t>, Vec<ReportedPlace>) {
        let found = self.findings(document);
        let names = self.reported_names(&found);
        let known = self.known(&found, &names, Part::Body);
        let Input {
            published,
            places,
            others,
            actors,
            ..
        } = input(document, &found, Part::Body, &known);
        let reading = events::Reading::new(&Input {
            text: body,
            published,
            places,
            others,
            actors,
        });
        (reading, known.places)
    }

    /// The events of the body; those of the title where the body reports none.
    fn reported_events(
        &self,
        document: &Document<'_>,
        found: &Findings<'_, '_>,
        names: &[ReportedName],
    ) -> Vec<ReportedEvent> {
        let of = |part: Part| -> Vec<ReportedEvent> {
            let known = self.known(found, names, part);
            let input = input(document, found, part, &known);
            let mut events = events::events(&input, &self.weights);
            keep_stated(input.text, &mut events);
            let reported = events.into_iter().map(|event| ReportedEvent {
                part,
                place: event.mention.and_then(|number| known.places.get(number).cloned()),
                event,
            });
            reported.collect()
        };
        let events = of(Part::Body);
        if events.is_empty() {
            of(Part::Title)
        } else {
            events
        }
    }

    /// What the gazetteer knows of a part of the text.
    fn known(&self, found: &Findings<'_, '_>, names: &[ReportedName], part: Part) -> Known {
        let mut places = self.reported_places(found);
        places.sort_by_key(|place| place.span);
        places.dedup_by_key(|place| place.span);
        places.retain(|place| place.span.part == part);
        let mut others = actors(names, part);
        others.sort_by_key(|span| (span.start, span.end));
        let mention = |place: &ReportedPlace| PlaceMention {
            start: place.span.start,
            end: place.span.end,
            path: place.path.clone(),
            rule: place.rule,
        };
        Known {
            mentions: places.iter().map(mention).collect(),
            places,
            others,
            actors: acting(names, part),
        }
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

/// Takes back figures that are stated of nobody: denied, feared or only possible, or a total over months and years.
fn keep_stated(text: &str, events: &mut [Event]) {
    let figures = |event: &Event| {
        event.killed.or(event.wounded).or(event.abducted).is_some() || !event.further.is_empty()
    };
    if !events.iter().any(figures) {
        return;
    }
    let passages = passages(text);
    let is_stated = |toll: &events::Toll| {
        let Some(passage) = passage_at(&passages, toll.start) else {
            return true;
        };
        let words = toll.start - passage.start..toll.end.min(passage.end) - passage.start;
        // That there were none is a statement, which is quoted as it stands.
        toll.n == 0 || !is_unstated(&text[passage], words)
    };
    for event in events {
        for toll in [&mut event.killed, &mut event.wounded, &mut event.abducted] {
            *toll = toll.filter(is_stated);
        }
        event.further.retain(|further| is_stated(&further.toll));
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

/// What is known of a part of a text before its events are read.
struct Known {
    /// Places in order of reading, as they are and as events are read from them.
    places: Vec<ReportedPlace>,
    mentions: Vec<PlaceMention>,
    /// Where actors are named.
    others: Vec<Range<usize>>,
    actors: Vec<ActorMention>,
}

/// The facet whose names are those of who acts.
const ACTORS: &str = "actor";

/// Where actors are named in a part of the text. "Mali" as its government is a place, too.
fn actors(names: &[ReportedName], part: Part) -> Vec<Range<usize>> {
    let actors = names.iter().filter(|name| {
        name.facet == ACTORS && name.span.part == part && !matches!(name.rule, "country" | "capital")
    });
    actors.map(|name| name.span.start..name.span.end).collect()
}

/// Who may have done something, of those named in a part of the text: not a capital as its government.
fn acting(names: &[ReportedName], part: Part) -> Vec<ActorMention> {
    let actors = names
        .iter()
        .filter(|name| name.facet == ACTORS && name.span.part == part && name.rule != "capital");
    actors
        .map(|name| ActorMention {
            start: name.span.start,
            end: name.span.end,
            path: name.path.clone(),
        })
        .collect()
}

/// What events are read from.
fn input<'d, 'k>(
    document: &Document<'d>,
    found: &Findings<'_, '_>,
    part: Part,
    known: &'k Known,
) -> Input<'d, 'k> {
    Input {
        text: match part {
            Part::Title => document.title,
            _ => head(document.body),
        },
        published: published(document, found),
        places: &known.mentions,
        others: &known.others,
        actors: &known.actors,
    }
}

/// When a document was published, as far as that is known.
fn published(document: &Document<'_>, found: &Findings<'_, '_>) -> Option<PartialDate> {
    let in_text = dates::published_in_text(&found.readings, &found.expressions);
    let published = document.publication(in_text.map(|d| d.date)).date();
    published.map(|(date, _)| date)
}
