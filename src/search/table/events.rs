//! Events as an analyst begins to code them: a row for each article, place and date that a passage reports
//! together.
//!
//! The passage is a sentence, or two neighbouring sentences of a paragraph; it is the evidence of everything
//! in the row, and what it doesn't say is left empty.

use crate::article::Part;
use crate::date::PartialDate;
use crate::error::Result;
use crate::facet_path::FacetPath;
use crate::facets::{Casualties, Document, Reported, ReportedPlace, Span, casualties};
use crate::french::sentences;
use crate::index::{Stored, ids};
use crate::search::facet::declared::shown_path;
use crate::search::local::LocalEngine;
use crate::search::response::rows::{EventRow, Harm};
use std::collections::BTreeSet;
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
    let (title_tokens, body_tokens) = (french.analyze(&article.title), french.analyze(&article.body));
    Ok(engine.reader.facets()?.reported(&Document {
        title: &article.title,
        body: &article.body,
        title_tokens: &title_tokens,
        body_tokens: &body_tokens,
        published: article.meta.date,
        url: article.meta.url.as_deref(),
        file_name: article.meta.file.rsplit('/').next(),
    }))
}

/// A sentence, and whether it follows the one before it in the same paragraph.
struct Sentence {
    part: Part,
    range: Range<usize>,
    follows: bool,
}

fn sentences_of(article: &Stored) -> Vec<Sentence> {
    let mut all = Vec::new();
    for (part, text) in [(Part::Title, &article.title), (Part::Body, &article.body)] {
        let mut end = 0;
        for range in sentences(text) {
            let follows = end > 0 && !text[end..range.start].contains('\n');
            end = range.end;
            all.push(Sentence { part, range, follows });
        }
    }
    all
}

fn holds(sentence: &Sentence, span: Span) -> bool {
    sentence.part == span.part && sentence.range.start <= span.start && span.end <= sentence.range.end
}

/// The rows of an article, in order of reading; a place and date are one row, with the first passage that
/// says both.
///
/// # Errors
/// What a damaged index or broken lexicons give.
pub fn events(engine: &LocalEngine, article: &Stored) -> Result<Vec<EventRow>> {
    let reported = reported(engine, article)?;
    let sentences = sentences_of(article);
    let mut seen: BTreeSet<(String, String, PartialDate)> = BTreeSet::new();
    let mut rows = Vec::new();
    let id = ids::shown(&engine.searcher, &engine.reader.fields, article)?;
    for at in 0..sentences.len() {
        let places = most_precise(
            reported
                .places
                .iter()
                .filter(|p| holds(&sentences[at], p.span))
                .collect(),
        );
        for (number, place) in places.iter().enumerate() {
            for (date, neighbour) in dates_of(&reported, &sentences, at, place, &places, number) {
                if !seen.insert((place.path.clone(), place.name.clone(), date.date)) {
                    continue;
                }
                let passage: Vec<usize> = if neighbour < at {
                    vec![neighbour, at]
                } else if neighbour > at {
                    vec![at, neighbour]
                } else {
                    vec![at]
                };
                rows.push(row(
                    engine, article, &reported, &sentences, &passage, place, date, &id,
                ));
            }
        }
    }
    Ok(rows)
}

/// Without the places that another one of the sentence lies in: "à Moura, cercle de Djenné, région de Mopti".
fn most_precise(places: Vec<&ReportedPlace>) -> Vec<&ReportedPlace> {
    let within = |inner: &ReportedPlace, outer: &ReportedPlace| {
        let below = FacetPath::new(&inner.path).is_within(FacetPath::new(&outer.path));
        let formerly = inner.region_old.as_ref() == Some(&outer.path);
        inner.rank > outer.rank && (below || formerly) && outer.rank <= 4
    };
    let mut kept: Vec<&ReportedPlace> = Vec::new();
    for place in &places {
        let told = kept.iter().any(|k| k.path == place.path && k.name == place.name);
        if !told && !places.iter().any(|other| within(other, place)) {
            kept.push(place);
        }
    }
    kept
}

/// The dates that go with a place, each with the sentence that has it: those of its own sentence (where there
/// are several of both, the nearest), else those of the sentence before it in the paragraph, else of the one
/// after.
fn dates_of<'r>(
    reported: &'r Reported,
    sentences: &[Sentence],
    at: usize,
    place: &ReportedPlace,
    places: &[&ReportedPlace],
    number: usize,
) -> Vec<(&'r crate::facets::ReportedDate, usize)> {
    let of = |at: usize| -> Vec<_> {
        reported
            .dates
            .iter()
            .filter(|d| holds(&sentences[at], d.span))
            .map(|d| (d, at))
            .collect()
    };
    let own = of(at);
    if !own.is_empty() {
        let finer = own.iter().any(|(d, _)| d.date.day().is_some());
        let own: Vec<_> = own
            .into_iter()
            .filter(|(d, _)| !finer || d.date.month().is_some())
            .collect();
        if own.len() == 1 || places.len() == 1 {
            return own;
        }
        let apart = |a: Span, b: Span| {
            if a.start < b.start {
                b.start.saturating_sub(a.end)
            } else {
                a.start.saturating_sub(b.end)
            }
        };
        // Each date belongs to its nearest place, and a place without one takes its nearest date.
        let nearest = |date: Span| (0..places.len()).min_by_key(|p| apart(places[*p].span, date));
        let mine: Vec<_> = own
            .iter()
            .copied()
            .filter(|(d, _)| nearest(d.span) == Some(number))
            .collect();
        if !mine.is_empty() {
            return mine;
        }
        return own
            .into_iter()
            .min_by_key(|(d, _)| apart(place.span, d.span))
            .into_iter()
            .collect();
    }
    let before = at
        .checked_sub(1)
        .filter(|_| sentences[at].follows)
        .map(&of)
        .unwrap_or_default();
    if !before.is_empty() {
        return before.into_iter().last().into_iter().collect();
    }
    // The sentence after it lends its date only if that isn't a place's of its own.
    let lends = |next: &usize| {
        let own_place = |s: &Sentence| reported.places.iter().any(|p| holds(s, p.span));
        sentences
            .get(*next)
            .is_some_and(|s| s.follows && s.part == sentences[at].part && !own_place(s))
    };
    let after = Some(at + 1).filter(lends).map(of).unwrap_or_default();
    after.into_iter().take(1).collect()
}

#[expect(clippy::too_many_arguments, reason = "what a row is made of")]
fn row(
    engine: &LocalEngine,
    article: &Stored,
    reported: &Reported,
    sentences: &[Sentence],
    passage: &[usize],
    place: &ReportedPlace,
    date: &crate::facets::ReportedDate,
    id: &str,
) -> EventRow {
    let fields = &engine.reader.fields;
    let (first, last) = (&sentences[passage[0]], &sentences[passage[passage.len() - 1]]);
    let (start, end) = (first.range.start, last.range.end);
    let text = if first.part == Part::Title {
        &article.title
    } else {
        &article.body
    };
    let quoted = text.get(start..end).unwrap_or_default();
    let values = |facet: &str| -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for name in reported
            .names
            .iter()
            .filter(|n| n.facet == facet && passage.iter().any(|s| holds(&sentences[*s], n.span)))
        {
            let shown = shown_path(fields, facet, &name.path);
            if !values.contains(&shown) {
                values.push(shown);
            }
        }
        values
    };
    let mut levels = FacetPath::new(&place.path).levels().map(str::to_string);
    let (country, region, cercle) = (levels.next().unwrap_or_default(), levels.next(), levels.next());
    let given = article
        .facet(&place.facet)
        .any(|v| v.given && FacetPath::new(&place.path).is_within(FacetPath::new(&v.path)));
    let of_names = fields
        .facets
        .iter()
        .map(|(facet, _)| facet)
        .filter(|facet| facet.derive.names);
    let precision = match (date.date.month(), date.date.day()) {
        (_, Some(_)) => "day",
        (Some(_), None) => "month",
        _ => "year",
    };
    let of_level = matches!(
        place.kind,
        "country" | "region" | "cercle" | "province" | "department"
    );
    let known = place.coordinates.map(|_| {
        if of_level {
            "centre"
        } else if place.approximate {
            "approximate"
        } else {
            "exact"
        }
    });
    EventRow {
        event_date: date.date,
        date_precision: precision,
        place: place.name.clone(),
        place_kind: place.kind,
        cercle,
        region_old: place
            .region_old
            .as_ref()
            .map(|p| FacetPath::new(p).label().to_string()),
        region,
        country,
        latitude: place.coordinates.map(|c| c.0),
        longitude: place.coordinates.map(|c| c.1),
        coordinates: known,
        names: of_names
            .map(|facet| (facet.plural(), values(&facet.name).into()))
            .collect(),
        harm: harm(casualties(quoted)),
        status: if given { "given" } else { "derived" },
        place_rule: place.rule,
        date_rule: date.rule,
        passage: quoted.split_whitespace().collect::<Vec<_>>().join(" "),
        passage_part: if first.part == Part::Title {
            "title"
        } else {
            "body"
        },
        passage_start: start,
        passage_end: end,
        page: (first.part == Part::Body)
            .then(|| article.page_at(start))
            .flatten(),
        title: article.title.clone(),
        date: article.meta.date,
        source: article.meta.source.clone(),
        url: article.meta.url.clone(),
        id: id.to_string(),
    }
}
