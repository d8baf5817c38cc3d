//! Events as an analyst begins to code them: a row for each event that an article reports ([`crate::events`]), with
//! the sentence that tells of it.

use crate::article::Part;
use crate::error::Result;
use crate::events::{FurtherToll, Known, Side, Toll};
use crate::facet_path::FacetPath;
use crate::facets::{Document, Reported, ReportedEvent, ReportedName, ReportedPlace, Span};
use crate::french::head;
use crate::index::Stored;
use crate::index::corrections::Correction;
use crate::page_numbers::Pages;
use crate::search::facet::declared::shown_path;
use crate::search::local::LocalEngine;
use crate::search::response::rows::{CIVILIANS, EventRow, FurtherFigure, Harm, Sides, UNKNOWN};
use crate::search::table::corrected_events::{self, Passages};
use serde_json::{Map, Value};
use std::ops::Range;

/// The facet whose names are those of who acts.
const ACTORS: &str = "actor";

/// What a stored article reports, read again from its text.
///
/// # Errors
/// What broken lexicons give.
pub(crate) fn reported(engine: &LocalEngine, article: &Stored) -> Result<Reported> {
    let french = &engine.reader.french;
    let facets = engine.reader.facets()?;
    Ok(
        french.numbered(head(&article.title), head(&article.body), |words| {
            facets.reported(&Document {
                title: &article.title,
                body: &article.body,
                words,
                published: article.meta.date,
                url: article.meta.url.as_deref(),
                file_name: article.meta.file.rsplit('/').next(),
            })
        }),
    )
}

/// The rows of an article, in order of reading. They are made one after the other: a newspaper of a year has more
/// passages than memory should hold.
pub struct Events<'e> {
    engine: &'e LocalEngine,
    article: Stored,
    id: String,
    pages: Pages,
    names: Vec<ReportedName>,
    /// Events without a row yet.
    events: std::vec::IntoIter<ReportedEvent>,
    passages: Passages,
    /// What was decided about them.
    decisions: Vec<Correction>,
}

/// Begins the rows of an article.
///
/// # Errors
/// What a damaged index or broken lexicons give.
pub fn events(engine: &LocalEngine, article: Stored) -> Result<Events<'_>> {
    let reported = reported(engine, &article)?;
    Ok(Events {
        engine,
        id: engine.shown_id(&article)?,
        pages: article.pages(),
        decisions: article.meta.corrections.clone(),
        passages: Passages::default(),
        article,
        names: reported.names,
        events: reported.events.into_iter(),
    })
}

/// The passages of the events that an article reports, whatever was decided about them, as decisions name them.
///
/// # Errors
/// [`crate::Error::NoSuchArticle`], [`crate::Error::SeveralArticles`], and as [`events`].
pub fn passages_of_events(engine: &LocalEngine, id: &str) -> Result<Vec<String>> {
    let mut events = events(engine, engine.meant(id)?)?;
    events.decisions.clear();
    let mut passages = Passages::default();
    Ok(events.map(|row| passages.name(&row.passage)).collect())
}

/// The events that an article reports.
///
/// # Errors
/// [`crate::Error::NoSuchArticle`], [`crate::Error::SeveralArticles`], and as [`events`].
pub(crate) fn events_of(engine: &LocalEngine, id: &str) -> Result<Vec<EventRow>> {
    Ok(events(engine, engine.meant(id)?)?.collect())
}

impl Iterator for Events<'_> {
    type Item = EventRow;

    fn next(&mut self) -> Option<EventRow> {
        self.next_named().map(|(_, row)| row)
    }
}

impl Events<'_> {
    /// The next row, and how decisions call it.
    pub(super) fn next_named(&mut self) -> Option<(String, EventRow)> {
        loop {
            let event = self.events.next()?;
            let mut row = self.row(&event);
            let name = self.passages.name(&row.passage);
            let facets = self.engine.reader.facets().ok();
            if corrected_events::apply(facets, &self.decisions, &name, &mut row) {
                return Some((name, row));
            }
        }
    }

    /// What was decided about the article.
    pub(super) fn decisions(&self) -> &[Correction] {
        &self.decisions
    }

    /// What the rows are of.
    pub(super) fn article(&self) -> &Stored {
        &self.article
    }

    /// The values of each facet of names in a passage, under its plural.
    fn names(&self, part: Part, passage: &Range<usize>) -> Map<String, Value> {
        let fields = &self.engine.reader.fields;
        let start = |at: usize| Span {
            part,
            start: at,
            end: 0,
        };
        let from = self
            .names
            .partition_point(|name| name.span < start(passage.start));
        let to = self.names.partition_point(|name| name.span < start(passage.end));
        let mut columns = Map::new();
        for (facet, _) in fields.facets.iter().filter(|(facet, _)| facet.derive.names) {
            let mut values: Vec<String> = Vec::new();
            for name in self.names.get(from..to).unwrap_or_default() {
                let shown = || shown_path(fields, &facet.name, &name.path);
                if name.facet == facet.name && !values.contains(&shown()) {
                    values.push(shown());
                }
            }
            columns.insert(facet.plural(), values.into());
        }
        columns
    }

    // Long because each line is a field.
    fn row(&self, reported: &ReportedEvent) -> EventRow {
        let (event, part) = (&reported.event, reported.part);
        let text = match part {
            Part::Title => &self.article.title,
            _ => &self.article.body,
        };
        let named = reported.place.as_ref();
        // Of an event told without a place the country is known at most.
        let place = named.filter(|_| !event.place.is_empty());
        let meta = &self.article.meta;
        let levels = named.map(|place| FacetPath::new(&place.path).levels().map(str::to_string));
        let mut levels = levels.into_iter().flatten();
        let country = levels.next();
        let mut finer = levels.filter(|_| place.is_some());
        let (region, cercle) = (finer.next(), finer.next());
        let given = place.is_some_and(|place| self.is_given(place));
        let passage = text.get(event.passage.clone()).unwrap_or_default();
        let coordinates = place.and_then(|place| place.coordinates);
        EventRow {
            event_date: event.date,
            date_precision: event.date.map_or("none", |date| date.precision()),
            place: event.place.clone(),
            place_kind: event.place_kind,
            cercle,
            region_old: place
                .and_then(|place| place.region_old.as_ref())
                .map(|path| FacetPath::new(path).label().to_string()),
            region,
            country,
            latitude: coordinates.map(|c| degrees(c.0)),
            longitude: coordinates.map(|c| degrees(c.1)),
            coordinates: place.and_then(coordinates_of),
            names: self.names(part, &event.passage),
            sides: sides(text, reported, |path| {
                shown_path(&self.engine.reader.fields, ACTORS, path)
            }),
            harm: harm(text, reported),
            toll_sentence: toll_sentence(text, reported),
            status: if given { "given" } else { "derived" },
            place_rule: place.map_or(if event.place.is_empty() { "none" } else { "unknown" }, |place| {
                place.rule
            }),
            date_rule: event.date_rule,
            confidence: (event.confidence * 1e4).round() / 1e4,
            passage: flat(passage),
            passage_part: match part {
                Part::Title => "title",
                _ => "body",
            },
            passage_start: event.passage.start,
            passage_end: event.passage.end,
            page: (part == Part::Body)
                .then(|| self.pages.at(event.passage.start))
                .flatten(),
            title: self.article.title.clone(),
            date: meta.date,
            source: meta.source.clone(),
            url: meta.url.clone(),
            id: self.id.clone(),
        }
    }

    /// Whether the metadata of the article give the place, too.
    fn is_given(&self, place: &ReportedPlace) -> bool {
        let path = FacetPath::new(&place.path);
        let mut values = self.article.facet(&place.facet);
        values.any(|value| value.given && path.is_within(FacetPath::new(&value.path)))
    }
}

/// Words on one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The numbers of people, and the words that state them.
fn harm(text: &str, reported: &ReportedEvent) -> Harm {
    let words = |toll: &Toll| flat(text.get(toll.start..toll.end).unwrap_or_default());
    let source = |toll: &Toll| {
        let source = toll.source.and_then(|(from, to)| text.get(from..to));
        flat(source.unwrap_or_default())
    };
    let event = &reported.event;
    let mut harm = Harm::default();
    if let Some(toll) = &event.killed {
        (harm.killed, harm.killed_at_least, harm.killed_at_most) = (Some(toll.n), toll.min, toll.max);
        (harm.killed_about, harm.killed_joint) = (toll.about, toll.joint);
        (harm.killed_source, harm.killed_text) = (source(toll), words(toll));
    }
    if let Some(toll) = &event.wounded {
        (harm.wounded, harm.wounded_at_least, harm.wounded_at_most) = (Some(toll.n), toll.min, toll.max);
        (harm.wounded_about, harm.wounded_joint) = (toll.about, toll.joint);
        (harm.wounded_source, harm.wounded_text) = (source(toll), words(toll));
    }
    if let Some(toll) = &event.abducted {
        (harm.abducted, harm.abducted_at_least, harm.abducted_at_most) = (Some(toll.n), toll.min, toll.max);
        (harm.abducted_about, harm.abducted_joint) = (toll.about, toll.joint);
        (harm.abducted_source, harm.abducted_text) = (source(toll), words(toll));
    }
    let figure = |further: &FurtherToll| FurtherFigure {
        harm: further.harm,
        n: further.toll.n,
        at_least: further.toll.min,
        at_most: further.toll.max,
        about: further.toll.about,
        joint: further.toll.joint,
        source: source(&further.toll),
        text: words(&further.toll),
    };
    harm.figures = event.further.iter().map(figure).collect();
    harm
}

/// Who did it and to whom, and the words that name them.
fn sides(text: &str, reported: &ReportedEvent, shown: impl Fn(&str) -> String) -> Sides {
    let sides = &reported.event.sides;
    let names = |of: &[Side], unnamed: &str| -> Vec<String> {
        let names = of.iter().map(|side| side.actor.as_deref());
        names
            .map(|path| path.map_or_else(|| unnamed.to_string(), &shown))
            .collect()
    };
    let words = |of: &[Side]| {
        let words = of.iter().filter_map(|side| text.get(side.words.clone()));
        words.map(flat).collect::<Vec<_>>().join("; ")
    };
    let first = sides.by.first().map(|side| side.words.clone());
    let elsewhere = first.filter(|words| !reported.event.passage.contains(&words.start));
    Sides {
        by: names(&sides.by, UNKNOWN),
        by_text: words(&sides.by),
        by_basis: sides.known.map(Known::name),
        by_sentence: elsewhere.map(|words| sentence(text, &words)).unwrap_or_default(),
        against: names(&sides.against, CIVILIANS),
        against_text: words(&sides.against),
    }
}

/// The sentence with the first number of people; empty where it is that of the event.
fn toll_sentence(text: &str, reported: &ReportedEvent) -> String {
    let event = &reported.event;
    let toll = event.killed.or(event.wounded).or(event.abducted);
    let toll = toll.filter(|toll| !event.passage.contains(&toll.start));
    toll.map(|toll| sentence(text, &(toll.start..toll.end)))
        .unwrap_or_default()
}

/// The sentence that some words stand in, as far as it is near.
fn sentence(text: &str, words: &Range<usize>) -> String {
    /// Bytes before and after the words.
    const REACH: usize = 400;
    let from = text.floor_char_boundary(words.start.saturating_sub(REACH));
    let to = text.floor_char_boundary(words.end.saturating_add(REACH).min(text.len()));
    let (before, after) = (
        text.get(from..words.start).unwrap_or_default(),
        text.get(words.start..to).unwrap_or_default(),
    );
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n');
    let start = before.rfind(ends).map_or(from, |at| from + at + 1);
    let end = after.find(ends).map_or(to, |at| words.start + at);
    flat(text.get(start..end).unwrap_or_default())
}

/// What the coordinates of a place are those of; none if it has none.
fn coordinates_of(place: &ReportedPlace) -> Option<&'static str> {
    let is_area = matches!(
        place.kind,
        "country" | "region" | "cercle" | "province" | "department"
    );
    place.coordinates.map(|_| match () {
        () if is_area => "centre",
        () if place.approximate => "approximate",
        () => "exact",
    })
}

/// A coordinate as the lexicon writes it, `14.74`: as f64, the nearest f32 would be 14.739999771118164.
fn degrees(coordinate: f32) -> f64 {
    (f64::from(coordinate) * 1e5).round() / 1e5
}
