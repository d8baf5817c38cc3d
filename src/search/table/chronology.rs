//! Reports of events by the events' dates, those of one event together.
//!
//! Reports are of one event as [`groups`](super::groups) finds it: surely, or perhaps. Those that surely are stand
//! together; of events that are perhaps one each names the others. That is a help for reading them side by side, no
//! finding: the reports stay listed, each with its own figures.

use crate::error::Result;
use crate::french::fold;
use crate::search::compile::selection::compile;
use crate::search::local::LocalEngine;
use crate::search::request::{ChronologyRequest, ExportRequest, Order, Rows};
use crate::search::response::chronology::{Chronology, PerhapsSame, Report, ReportedEvents};
use crate::search::response::groups::{GroupedEvent, figures};
use crate::search::response::hits::JSON_VERSION;
use crate::search::response::rows::EventRow;
use crate::search::table::event_filter::Wanted;
use crate::search::table::groups::Reports;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

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
    let wanted = Wanted::new(engine, &rows)?;
    let (told, articles) = Reports::of(engine, &rows)?;
    let (mut events, mut partly_dated): (Vec<(usize, ReportedEvents)>, Vec<Report>) =
        (Vec::new(), Vec::new());
    let mut reports = 0;
    let mut notes = compiled.notes;
    for (group, told) in told.events(&mut notes)?.into_iter().enumerate() {
        for mut of_one in apart(told) {
            of_one.retain(|report| wanted.has(&report.row));
            reports += of_one.len() as u64;
            match of_one.iter().any(|report| days(&report.row).is_some()) {
                true => events.push((group, event(of_one))),
                false => partly_dated.extend(of_one),
            }
        }
    }
    partly_dated.sort_by_cached_key(|report| by_date(&report.row));
    events.sort_by_cached_key(|(_, event)| {
        let first = event.reports.first();
        (event.date, first.map(|report| fold(&report.row.place)))
    });
    let events = numbered(events);
    Ok(Chronology {
        version: JSON_VERSION,
        query: request.selection.query.clone(),
        articles,
        reports,
        events,
        partly_dated,
        notes,
    })
}

/// First and last day, of a date that is known to the day.
fn days(row: &EventRow) -> Option<(i64, i64)> {
    let date = row.event_date?;
    (date.precision() == "day").then(|| date.interval()).flatten()
}

/// Those of a known year first, then those without a year, then those without a date.
fn by_date(row: &EventRow) -> (bool, bool, (i64, i64)) {
    let days = row
        .event_date
        .and_then(|date| date.interval_in(2000))
        .unwrap_or_default();
    let is_yearless = row.event_date.is_some_and(|date| date.is_yearless());
    (row.event_date.is_none(), is_yearless, days)
}

/// The reports of a group, those together that are surely of one event.
fn apart(group: GroupedEvent) -> Vec<Vec<Report>> {
    let mut parts: Vec<(String, Vec<Report>)> = Vec::new();
    for member in group.members {
        let by_hand = member.by_hand();
        let row = member.row;
        let report = Report {
            by_hand,
            according_to: attribution(&row.toll_sentence).or_else(|| attribution(&row.passage)),
            row,
        };
        match parts.iter_mut().find(|(same, _)| *same == member.same_event) {
            Some((_, reports)) => reports.push(report),
            None => parts.push((member.same_event, vec![report])),
        }
    }
    parts.into_iter().map(|(_, reports)| reports).collect()
}

/// The events with their numbers; those of one group name each other.
fn numbered(events: Vec<(usize, ReportedEvents)>) -> Vec<ReportedEvents> {
    let mut of_group: FxHashMap<usize, Vec<PerhapsSame>> = FxHashMap::default();
    for (number, (group, event)) in (1..).zip(&events) {
        of_group.entry(*group).or_default().push(PerhapsSame {
            number,
            date: event.date,
            place: event
                .reports
                .first()
                .map_or_else(String::new, |report| report.row.place.clone()),
        });
    }
    let numbered = (1..).zip(events).map(|(number, (group, event))| {
        let all = of_group.get(&group).into_iter().flatten();
        ReportedEvents {
            number,
            perhaps_same: all.filter(|other| other.number != number).cloned().collect(),
            ..event
        }
    });
    numbered.collect()
}

fn event(mut reports: Vec<Report>) -> ReportedEvents {
    let mut dates = BTreeMap::new();
    for report in reports.iter().filter(|report| days(&report.row).is_some()) {
        *dates.entry(report.row.event_date).or_insert(0) += 1;
    }
    // Of several that are as frequent the first.
    let most = dates.values().max().copied();
    let date = dates.into_iter().find(|(_, times)| Some(*times) == most);
    reports.sort_by_key(|report| report.row.date.map(|date| date.interval()));
    let figures = |harm: &str| figures(reports.iter().map(|report| &report.row), harm);
    ReportedEvents {
        number: 0,
        perhaps_same: Vec::new(),
        date: date.and_then(|(date, _)| date),
        killed: figures("killed"),
        wounded: figures("wounded"),
        abducted: figures("abducted"),
        reports,
    }
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
    use crate::search::response::groups::GroupMember;
    use crate::search::response::rows::{Harm, Sides};
    use serde_json::{Map, Value};

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
            sides: Sides::default(),
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
            by_hand: None,
        }
    }

    #[test]
    fn what_is_perhaps_one_event_is_told_apart_and_names_the_other() {
        let member = |source: &str, same: &str, day| GroupMember {
            level: if same == "a" { "same" } else { "maybe" },
            same_event: same.into(),
            parted_by_hand: false,
            join: None,
            row: report("Moura", day, "", None, source).row,
        };
        let members = vec![member("A", "a", 3), member("B", "b", 5), member("C", "a", 4)];
        let parts = apart(GroupedEvent::new("e".into(), members));
        let media = |part: &Vec<Report>| {
            part.iter()
                .filter_map(|r| r.row.source.clone())
                .collect::<String>()
        };
        assert_eq!(parts.iter().map(media).collect::<Vec<_>>(), ["AC", "B"]);
        let events = parts.into_iter().map(|part| (7, event(part))).collect();
        let told = numbered(events);
        let named = |event: &ReportedEvents| {
            event
                .perhaps_same
                .iter()
                .map(|other| other.number)
                .collect::<Vec<_>>()
        };
        assert_eq!(told.iter().map(named).collect::<Vec<_>>(), [[2], [1]]);
    }

    #[test]
    fn the_date_of_an_event_is_the_most_precise_of_what_is_surely_of_it() {
        let member = |level, date: Edtf| GroupMember {
            level,
            same_event: "a".into(),
            parted_by_hand: false,
            join: None,
            row: EventRow {
                event_date: Some(date),
                ..report("Moura", 3, "", Some(4), "A").row
            },
        };
        let day = |year, day| Edtf::from(UncertainDate::day(year, 3, day));
        let month = Edtf::from(UncertainDate::month(Some(2024), 3));
        let event = GroupedEvent::new(
            "e".into(),
            vec![
                member("same", month),
                member("same", day(None, 3)),
                member("same", day(Some(2024), 4)),
                member("maybe", day(Some(2024), 5)),
            ],
        );
        assert_eq!(event.date, Some(day(Some(2024), 4)));
        assert_eq!((event.articles, event.media, event.killed.len()), (1, 1, 1));
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
