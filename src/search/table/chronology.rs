//! Reports of events by the events' dates, those of one event together.
//!
//! Two reports are taken for reports of one event when they have
//!
//! 1. the same place, a town, village or other point (an event in “Mali” is not told from another there),
//! 2. dates that are known to the day and overlap or are next to one another, compared with the first of the reports,
//! 3. a kind of event in common, or no kind in one of them.
//!
//! That is a rule for reading them side by side, no finding: the reports stay listed, each with its own figures.

use crate::error::Result;
use crate::facet_path::FacetPath;
use crate::french::fold;
use crate::search::compile::selection::compile;
use crate::search::export::export;
use crate::search::facet::counted::declarations;
use crate::search::facet::counts::{FacetFilter, WITHOUT};
use crate::search::local::LocalEngine;
use crate::search::request::{ChronologyRequest, ExportRequest, Order, Rows};
use crate::search::response::chronology::{Chronology, Figure, Report, ReportedEvents};
use crate::search::response::hits::JSON_VERSION;
use crate::search::response::rows::{EventRow, ExportRow};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::collections::BTreeMap;

/// Kinds of places that many events share.
const AREAS: [&str; 6] = ["country", "region", "cercle", "province", "department", "commune"];

/// Events of one place that a report is compared with, the last ones: more don't take place there on two days.
const MOST_OPEN: usize = 64;

/// Characters of an attribution.
const LONGEST_ATTRIBUTION: usize = 90;

/// Answers a request. All reports are in memory.
///
/// # Errors
/// As [`LocalEngine::hits`].
pub(crate) fn chronology(engine: &LocalEngine, request: &ChronologyRequest) -> Result<Chronology> {
    let rows = ExportRequest {
        selection: request.selection.clone(),
        rows: Rows::Events,
        events: request.events.clone(),
        order: Order::Oldest,
    };
    let compiled = compile(engine, &request.selection)?;
    let places = Places::of(engine, &compiled.filters);
    let export = export(engine, &rows)?;
    let articles = export.articles;
    let (mut dated, mut partly_dated) = (Vec::new(), Vec::new());
    for row in export {
        let ExportRow::Event(row) = row? else { continue };
        if !places.have(&row) {
            continue;
        }
        let report = Report {
            according_to: attribution(&row.toll_sentence).or_else(|| attribution(&row.passage)),
            row: *row,
        };
        match days(&report.row) {
            Some(_) => dated.push(report),
            None => partly_dated.push(report),
        }
    }
    let reports = (dated.len() + partly_dated.len()) as u64;
    // The newest of publication last; rows are by event date, and those of one date as the articles were found.
    let mut events: Vec<ReportedEvents> = grouped(dated).into_iter().map(event).collect();
    events.sort_by_cached_key(|event| {
        (
            event.date,
            event.reports.first().map(|report| fold(&report.row.place)),
        )
    });
    for (number, event) in (1..).zip(&mut events) {
        event.number = number;
    }
    Ok(Chronology {
        version: JSON_VERSION,
        query: request.selection.query.clone(),
        articles,
        reports,
        events,
        partly_dated,
        notes: compiled.notes,
    })
}

/// Where events are wanted: an article that reports one in a region that is asked for reports others elsewhere.
struct Places<'f> {
    include: Vec<&'f [String]>,
    exclude: Vec<&'f [String]>,
}

impl<'f> Places<'f> {
    fn of(engine: &LocalEngine, filters: &'f [FacetFilter]) -> Self {
        let facets = declarations(&engine.reader.fields);
        let of_places = |filter: &&FacetFilter| {
            let mut facets = facets.iter();
            facets.any(|facet| facet.places && facet.name == filter.facet)
        };
        let filters = filters.iter().filter(of_places);
        let (mut include, mut exclude) = (Vec::new(), Vec::new());
        for filter in filters {
            // Articles without any place have events without one.
            let is_without = filter.include.iter().any(|path| path == WITHOUT);
            include.extend((!filter.include.is_empty() && !is_without).then_some(&filter.include[..]));
            exclude.push(&filter.exclude[..]);
        }
        Self { include, exclude }
    }

    fn have(&self, row: &EventRow) -> bool {
        let levels = [&row.country, &row.region, &row.cercle].into_iter().flatten();
        let path = levels.map(String::as_str).collect::<Vec<_>>().join("/");
        let is_in = |paths: &&[String]| {
            let mut paths = paths.iter();
            paths.any(|wanted| FacetPath::new(&path).is_within(FacetPath::new(wanted)))
        };
        self.include.iter().all(is_in) && !self.exclude.iter().any(is_in)
    }
}

/// First and last day, of a date that is known to the day.
fn days(row: &EventRow) -> Option<(i64, i64)> {
    let date = row.event_date?;
    (date.precision() == "day").then(|| date.interval()).flatten()
}

/// What reports of one place have in common: its path, and its name.
fn place_of(row: &EventRow) -> Option<String> {
    if AREAS.contains(&row.place_kind) {
        return None;
    }
    // A name that the gazetteer lacks is a place, too, but only under that name.
    let levels = [&row.country, &row.region, &row.cercle].map(|level| level.as_deref().unwrap_or_default());
    let at = match (row.latitude, row.longitude) {
        (Some(latitude), Some(longitude)) => format!("{latitude:.4} {longitude:.4}"),
        _ => fold(&row.place),
    };
    Some(format!("{}/{at}", levels.join("/")))
}

/// The kinds of event that a passage names, at their first level.
fn kinds(row: &EventRow) -> Vec<String> {
    let types = row.names.get("types").and_then(Value::as_array);
    let first = |path: &str| path.split('/').next().unwrap_or_default().to_string();
    types
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(first)
        .collect()
}

/// Reports that are taken for those of one event, in the order of the first of each.
fn grouped(reports: Vec<Report>) -> Vec<Vec<Report>> {
    let mut groups: Vec<(Vec<String>, Vec<Report>)> = Vec::new();
    let mut at_place: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for report in reports {
        let own = kinds(&report.row);
        let place = place_of(&report.row);
        let open = place.as_ref().and_then(|place| at_place.get(place));
        // The days of a place come in order: what was begun long before is over.
        let found = open
            .into_iter()
            .flatten()
            .rev()
            .take(MOST_OPEN)
            .copied()
            .find(|number| {
                let (kinds, members) = &groups[*number];
                let is_near = members
                    .first()
                    .is_some_and(|first| are_of_one_time(&first.row, &report.row));
                is_near && (own.is_empty() || kinds.is_empty() || own.iter().any(|kind| kinds.contains(kind)))
            });
        match found {
            Some(number) => {
                let (kinds, members) = &mut groups[number];
                kinds.extend(own);
                members.push(report);
            }
            None => {
                at_place
                    .entry(place.unwrap_or_default())
                    .or_default()
                    .push(groups.len());
                groups.push((own, vec![report]));
            }
        }
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

fn are_of_one_time(one: &EventRow, other: &EventRow) -> bool {
    match (one.event_date, other.event_date) {
        (Some(one), Some(other)) => one.may_be(&other),
        _ => false,
    }
}

fn event(mut reports: Vec<Report>) -> ReportedEvents {
    let mut dates = BTreeMap::new();
    for report in &reports {
        *dates.entry(report.row.event_date).or_insert(0) += 1;
    }
    // Of several that are as frequent the first.
    let most = dates.values().max().copied();
    let date = dates.into_iter().find(|(_, times)| Some(*times) == most);
    reports.sort_by_key(|report| report.row.date.map(|date| date.interval()));
    let figures = |of: fn(&EventRow) -> (Option<u32>, &str)| figures(&reports, of);
    ReportedEvents {
        number: 0,
        date: date.and_then(|(date, _)| date),
        killed: figures(|row| (row.harm.killed, &row.harm.killed_text)),
        wounded: figures(|row| (row.harm.wounded, &row.harm.wounded_text)),
        abducted: figures(|row| (row.harm.abducted, &row.harm.abducted_text)),
        reports,
    }
}

/// Each number that is given, with the words for it and those who give it; the smallest first.
fn figures(reports: &[Report], of: fn(&EventRow) -> (Option<u32>, &str)) -> Vec<Figure> {
    let mut figures: BTreeMap<u32, Figure> = BTreeMap::new();
    for report in reports {
        let (Some(n), said) = of(&report.row) else {
            continue;
        };
        let figure = figures.entry(n).or_insert_with(|| Figure {
            n,
            said: Vec::new(),
            sources: Vec::new(),
        });
        let source = report.row.source.as_deref().unwrap_or(&report.row.id);
        for (list, text) in [(&mut figure.said, said), (&mut figure.sources, source)] {
            if !text.is_empty() && !list.iter().any(|known| known == text) {
                list.push(text.to_string());
            }
        }
    }
    figures.into_values().collect()
}

/// The words of a passage that say whom it has its knowledge from: `selon un bilan officiel`, `de sources locales`.
fn attribution(passage: &str) -> Option<String> {
    const BEGINNINGS: [&str; 8] = [
        "selon ",
        "d'après ",
        "d’après ",
        "de source ",
        "de sources ",
        "à en croire ",
        "de l'aveu ",
        "de l’aveu ",
    ];
    let lower = passage.to_lowercase();
    // Small letters of a few signs are longer than they are.
    if lower.len() != passage.len() {
        return None;
    }
    let begins = |mark: &&str| {
        let mut found = lower.match_indices(*mark).map(|(at, _)| at);
        found.find(|at| !lower[..*at].ends_with(char::is_alphanumeric))
    };
    let start = BEGINNINGS.iter().filter_map(begins).min()?;
    let rest = passage.get(start..)?;
    let end = rest
        .find([',', ';', ':', '.', '(', '»', '–', '—', '!', '?'])
        .unwrap_or(rest.len());
    let words: Vec<&str> = rest[..end].split_whitespace().collect();
    let mut said = String::new();
    for word in words {
        if said.chars().count() + word.chars().count() >= LONGEST_ATTRIBUTION {
            said.push('…');
            break;
        }
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(word);
    }
    Some(said).filter(|said| said.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{Edtf, UncertainDate};
    use crate::search::response::rows::Harm;
    use serde_json::Map;

    fn report(place: &str, day: u8, kind: &str, killed: Option<u32>, source: &str) -> Report {
        let row = EventRow {
            event_date: Some(Edtf::from(UncertainDate::day(Some(2024), 3, day))),
            date_precision: "day",
            place: place.into(),
            place_kind: if place == "Mali" { "country" } else { "village" },
            cercle: None,
            region: None,
            region_old: None,
            country: None,
            latitude: None,
            longitude: None,
            coordinates: None,
            names: match kind {
                "" => Map::new(),
                kind => Map::from_iter([("types".to_string(), vec![Value::from(kind)].into())]),
            },
            harm: Harm {
                killed,
                killed_text: killed.map_or_else(String::new, |n| format!("{n} morts")),
                ..Harm::default()
            },
            toll_sentence: String::new(),
            status: "derived",
            place_rule: "village",
            date_rule: "sentence",
            confidence: 0.9,
            passage: String::new(),
            passage_part: "body",
            passage_start: 0,
            passage_end: 0,
            page: None,
            title: String::new(),
            date: None,
            source: Some(source.into()),
            url: None,
            id: source.to_lowercase(),
        };
        Report {
            row,
            according_to: None,
        }
    }

    /// The media of each group.
    fn groups(reports: Vec<Report>) -> Vec<String> {
        let media = |group: Vec<Report>| {
            group
                .iter()
                .filter_map(|r| r.row.source.clone())
                .collect::<String>()
        };
        grouped(reports).into_iter().map(media).collect()
    }

    #[test]
    fn reports_of_one_place_time_and_kind_are_one_event() {
        let one = |place, day, kind, source| report(place, day, kind, None, source);
        assert_eq!(
            groups(vec![
                one("Moura", 3, "attaque", "A"),
                one("moura", 4, "", "B"),
                one("Moura", 4, "attaque/embuscade", "C"),
                one("Moura", 4, "manifestation", "D"),
                one("Djibo", 4, "attaque", "E"),
                // Next to the second, but not to the first.
                one("Moura", 5, "attaque", "F"),
            ]),
            ["ABC", "D", "E", "F"]
        );
    }

    #[test]
    fn two_events_of_a_country_are_not_one() {
        let one = |source| report("Mali", 3, "attaque", None, source);
        assert_eq!(groups(vec![one("A"), one("B")]), ["A", "B"]);
    }

    #[test]
    fn differing_figures_stand_side_by_side() {
        let event = event(vec![
            report("Moura", 3, "", Some(14), "AFP"),
            report("Moura", 4, "", Some(11), "RFI"),
            report("Moura", 4, "", Some(14), "Tamani"),
            report("Moura", 4, "", None, "X"),
        ]);
        let shown: Vec<String> = event
            .killed
            .iter()
            .map(|f| format!("{} {}", f.n, f.sources.join("+")))
            .collect();
        assert_eq!(shown, ["11 RFI", "14 AFP+Tamani"]);
        assert!(event.differ() && event.wounded.is_empty());
        assert_eq!(
            event.date.map(|date| date.to_string()).as_deref(),
            Some("2024-03-04")
        );
    }

    #[test]
    fn whom_a_passage_has_it_from() {
        let of = |passage: &str| attribution(passage).unwrap_or_default();
        assert_eq!(
            of("Onze civils ont été tués, selon un bilan officiel."),
            "selon un bilan officiel"
        );
        assert_eq!(of("Selon l'armée, 14 terroristes"), "Selon l'armée");
        assert_eq!(of("De sources locales : 3 morts"), "De sources locales");
        assert_eq!(of("Un désastre selon"), "");
        assert_eq!(of("Rien n'est dit ici."), "");
        assert!(of(&format!("selon {}", "le maire ".repeat(40))).ends_with('…'));
    }
}
