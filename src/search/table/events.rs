//! Events as an analyst begins to code them: a row for each article, place and date that a passage reports
//! together.
//!
//! The passage is a sentence, or two neighbouring sentences of a paragraph (of one that is very long a piece);
//! it is the evidence of everything
//! in the row, and what it doesn't say is left empty.

use crate::article::Part;
use crate::date::PartialDate;
use crate::error::Result;
use crate::facet_path::FacetPath;
use crate::facets::{Casualties, Document, Reported, ReportedPlace, Span, casualties};
use crate::french::{head, passages};
use crate::index::{Stored, ids};
use crate::page_numbers::Pages;
use crate::search::facet::declared::shown_path;
use crate::search::local::LocalEngine;
use crate::search::response::rows::{EventRow, Harm};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, VecDeque};
use std::ops::Range;

/// The numbers that a passage states.
fn harm(found: Casualties) -> Harm {
    Harm {
        killed: found.killed.number,
        killed_text: found.killed.text,
        wounded: found.wounded.number,
        wounded_text: found.wounded.text,
        abducted: found.abducted.number,
        abducted_text: found.abducted.text,
    }
}

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

/// A passage: a sentence or a piece of a long one.
struct Sentence {
    part: Part,
    range: Range<usize>,
    /// Whether it follows the one before it in the same paragraph.
    follows: bool,
    /// What of [`Reported`] begins in it.
    places: Range<usize>,
    dates: Range<usize>,
    names: Range<usize>,
}

fn sentences_of(article: &Stored, reported: &Reported) -> Vec<Sentence> {
    let mut all = Vec::new();
    for (part, text) in [(Part::Title, &article.title), (Part::Body, &article.body)] {
        let mut end = 0;
        for range in passages(text) {
            let follows = end > 0 && !text[end..range.start].contains('\n');
            end = range.end;
            let within = |span: Span| (part, range.start) <= (span.part, span.start);
            let past = |span: Span| (span.part, span.start) < (part, range.end);
            all.push(Sentence {
                part,
                follows,
                places: between(&reported.places, |p| p.span, within, past),
                dates: between(&reported.dates, |d| d.span, within, past),
                names: between(&reported.names, |n| n.span, within, past),
                range,
            });
        }
    }
    all
}

/// Those of a list, in order of reading, that begin neither before a passage nor past it.
fn between<T>(
    list: &[T],
    span: impl Fn(&T) -> Span,
    is_not_before: impl Fn(Span) -> bool,
    is_not_past: impl Fn(Span) -> bool,
) -> Range<usize> {
    let from = list.partition_point(|one| !is_not_before(span(one)));
    from..from + list[from..].partition_point(|one| is_not_past(span(one)))
}

/// The rows of an article, in order of reading; a place and date are one row, with the first passage that
/// says both. They are made one after the other: a newspaper of a year has more than memory should hold.
pub struct Events<'e> {
    engine: &'e LocalEngine,
    article: Stored,
    id: String,
    pages: Pages,
    reported: Reported,
    sentences: Vec<Sentence>,
    /// The next sentence.
    at: usize,
    /// Places and dates that have a row: those that have the same name, path and date.
    seen: BTreeSet<(String, String, PartialDate)>,
    /// Rows of the sentence before the next one: numbers of place and date, and the passage.
    ready: VecDeque<(usize, usize, Range<usize>)>,
    /// What the passage says that was quoted last.
    quoted: Option<(Range<usize>, Quoted)>,
}

/// What a passage says whatever the place and date.
#[derive(Clone)]
struct Quoted {
    names: Map<String, Value>,
    harm: Harm,
    passage: String,
    page: Option<String>,
    part: Part,
    start: usize,
    end: usize,
}

/// Begins the rows of an article.
///
/// # Errors
/// What a damaged index or broken lexicons give.
pub fn events(engine: &LocalEngine, article: Stored) -> Result<Events<'_>> {
    let reported = reported(engine, &article)?;
    Ok(Events {
        engine,
        id: ids::shown(&engine.searcher, &engine.reader.fields, &article)?,
        sentences: sentences_of(&article, &reported),
        pages: article.pages(),
        article,
        reported,
        at: 0,
        seen: BTreeSet::new(),
        ready: VecDeque::new(),
        quoted: None,
    })
}

impl Iterator for Events<'_> {
    type Item = EventRow;

    fn next(&mut self) -> Option<EventRow> {
        while self.ready.is_empty() && self.at < self.sentences.len() {
            self.read_sentence(self.at);
            self.at += 1;
        }
        let (place, date, passage) = self.ready.pop_front()?;
        let quoted = match self.quoted.take() {
            Some((of, quoted)) if of == passage => quoted,
            _ => self.quote(&passage),
        };
        self.quoted = Some((passage, quoted.clone()));
        Some(self.row(place, date, quoted))
    }
}

impl Events<'_> {
    /// Makes the rows of a sentence ready.
    fn read_sentence(&mut self, at: usize) {
        let places = most_precise(&self.reported.places, self.sentences[at].places.clone());
        for (number, &place) in places.iter().enumerate() {
            for (date, neighbour) in dates_of(&self.reported, &self.sentences, at, &places, number) {
                let found = &self.reported.places[place];
                let key = (
                    found.path.clone(),
                    found.name.clone(),
                    self.reported.dates[date].date,
                );
                if self.seen.insert(key) {
                    let passage = neighbour.min(at)..neighbour.max(at) + 1;
                    self.ready.push_back((place, date, passage));
                }
            }
        }
    }
}

/// Without the places that another one of the sentence lies in: "à Moura, cercle de Djenné, région de Mopti".
/// They are numbers among all.
fn most_precise(all: &[ReportedPlace], sentence: Range<usize>) -> Vec<usize> {
    let within = |inner: &ReportedPlace, outer: &ReportedPlace| {
        let below = FacetPath::new(&inner.path).is_within(FacetPath::new(&outer.path));
        let formerly = inner.region_old.as_ref() == Some(&outer.path);
        inner.rank > outer.rank && (below || formerly) && outer.rank <= 4
    };
    let places = &all[sentence.clone()];
    let mut kept: Vec<usize> = Vec::new();
    for (number, place) in sentence.zip(places) {
        let reported = kept
            .iter()
            .any(|k| all[*k].path == place.path && all[*k].name == place.name);
        if !reported && !places.iter().any(|other| within(other, place)) {
            kept.push(number);
        }
    }
    kept
}

/// How many bytes lie between two spans of a part.
fn apart(a: Span, b: Span) -> usize {
    if a.start < b.start {
        b.start.saturating_sub(a.end)
    } else {
        a.start.saturating_sub(b.end)
    }
}

/// The dates that go with the place `places[number]`, each with the sentence that has it: those of its own
/// sentence (where there are several of both, the nearest), else those of the sentence before it in the
/// paragraph, else of the one after. Dates and places are numbers among all.
fn dates_of(
    reported: &Reported,
    sentences: &[Sentence],
    at: usize,
    places: &[usize],
    number: usize,
) -> Vec<(usize, usize)> {
    let span = |place: usize| reported.places[place].span;
    let date = |date: usize| &reported.dates[date];
    let own = sentences[at].dates.clone();
    if !own.is_empty() {
        let finer = own.clone().any(|d| date(d).date.day().is_some());
        let own: Vec<usize> = own
            .filter(|d| !finer || date(*d).date.month().is_some())
            .collect();
        let here = |dates: Vec<usize>| dates.into_iter().map(|d| (d, at)).collect();
        if own.len() == 1 || places.len() == 1 {
            return here(own);
        }
        // Each date belongs to its nearest place, and a place without one takes its nearest date.
        let nearest = |d: usize| (0..places.len()).min_by_key(|p| apart(span(places[*p]), date(d).span));
        let mine: Vec<usize> = own
            .iter()
            .copied()
            .filter(|d| nearest(*d) == Some(number))
            .collect();
        if !mine.is_empty() {
            return here(mine);
        }
        let place = span(places[number]);
        let closest = own.into_iter().min_by_key(|d| apart(place, date(*d).span));
        return here(closest.into_iter().collect());
    }
    let before = at.checked_sub(1).filter(|_| sentences[at].follows);
    if let Some((last, before)) = before.and_then(|b| Some((sentences[b].dates.clone().last()?, b))) {
        return vec![(last, before)];
    }
    // The sentence after it lends its date only if that isn't a place's of its own.
    let next = sentences
        .get(at + 1)
        .filter(|s| s.follows && s.part == sentences[at].part && s.places.is_empty());
    let lent = next.and_then(|s| s.dates.clone().next());
    lent.into_iter().map(|d| (d, at + 1)).collect()
}

impl Events<'_> {
    /// Reads a passage of one sentence or of several.
    fn quote(&self, passage: &Range<usize>) -> Quoted {
        let sentences = &self.sentences[passage.clone()];
        let (first, last) = (&sentences[0], &sentences[sentences.len() - 1]);
        let (start, part) = (first.range.start, first.part);
        let text = match part {
            Part::Title => &self.article.title,
            _ => &self.article.body,
        };
        // A name may reach past the piece of a sentence that it begins in.
        let places = &self.reported.places[first.places.start..last.places.end.max(first.places.start)];
        let dates = &self.reported.dates[first.dates.start..last.dates.end.max(first.dates.start)];
        let ends = places.iter().map(|p| p.span.end);
        let end = ends
            .chain(dates.iter().map(|d| d.span.end))
            .fold(last.range.end, usize::max);
        let quoted = text.get(start..end).unwrap_or_default();
        Quoted {
            names: self.names(first.names.start..last.names.end.max(first.names.start)),
            harm: harm(casualties(quoted)),
            passage: quoted.split_whitespace().collect::<Vec<_>>().join(" "),
            page: (part == Part::Body).then(|| self.pages.at(start)).flatten(),
            part,
            start,
            end,
        }
    }

    /// The values of each facet of names, under its plural.
    fn names(&self, range: Range<usize>) -> Map<String, Value> {
        let fields = &self.engine.reader.fields;
        let mut columns = Map::new();
        for (facet, _) in fields.facets.iter().filter(|(facet, _)| facet.derive.names) {
            let mut values: Vec<String> = Vec::new();
            for name in &self.reported.names[range.clone()] {
                let shown = || shown_path(fields, &facet.name, &name.path);
                if name.facet == facet.name && !values.contains(&shown()) {
                    values.push(shown());
                }
            }
            columns.insert(facet.plural(), values.into());
        }
        columns
    }

    fn row(&self, place: usize, date: usize, quoted: Quoted) -> EventRow {
        let (place, date) = (&self.reported.places[place], &self.reported.dates[date]);
        let meta = &self.article.meta;
        let mut levels = FacetPath::new(&place.path).levels().map(str::to_string);
        let (country, region, cercle) = (levels.next().unwrap_or_default(), levels.next(), levels.next());
        let given = self
            .article
            .facet(&place.facet)
            .any(|v| v.given && FacetPath::new(&place.path).is_within(FacetPath::new(&v.path)));
        EventRow {
            event_date: date.date,
            date_precision: match (date.date.month(), date.date.day()) {
                (_, Some(_)) => "day",
                (Some(_), None) => "month",
                _ => "year",
            },
            place: place.name.clone(),
            place_kind: place.kind,
            cercle,
            region_old: place
                .region_old
                .as_ref()
                .map(|p| FacetPath::new(p).label().to_string()),
            region,
            country,
            latitude: place.coordinates.map(|c| degrees(c.0)),
            longitude: place.coordinates.map(|c| degrees(c.1)),
            coordinates: coordinates_of(place),
            names: quoted.names,
            harm: quoted.harm,
            status: if given { "given" } else { "derived" },
            place_rule: place.rule,
            date_rule: date.rule,
            passage: quoted.passage,
            passage_part: match quoted.part {
                Part::Title => "title",
                _ => "body",
            },
            passage_start: quoted.start,
            passage_end: quoted.end,
            page: quoted.page,
            title: self.article.title.clone(),
            date: meta.date,
            source: meta.source.clone(),
            url: meta.url.clone(),
            id: self.id.clone(),
        }
    }
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
