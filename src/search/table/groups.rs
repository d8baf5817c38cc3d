//! Reports of events, those of one event together ([`crate::grouping`]).

use super::decided_groups::DecidedGroups;
use super::event_filter::Wanted;
use super::events::events;
use crate::error::Result;
use crate::french::fold;
use crate::grouping::{Article, Grouper, Groups, Link, Member, Report, Weights};
use crate::search::compile::selection::compile;
use crate::search::export::in_order;
use crate::search::local::LocalEngine;
use crate::search::request::{ExportRequest, Order};
use crate::search::response::groups::{GroupJoin, GroupMember, GroupReason, GroupedEvent, GroupedEvents};
use crate::search::response::hits::JSON_VERSION;
use crate::search::response::rows::{EventRow, UNKNOWN};
use rustc_hash::FxHashSet;
use serde_json::Value;

/// Decisions that are noted because others are against them.
const NOTED: usize = 5;

/// Kinds of places that many events share.
const AREAS: [&str; 5] = ["region", "cercle", "province", "department", "departement"];

/// Answers a request. All reports are in memory; of each article what is compared.
///
/// # Errors
/// As [`LocalEngine::hits`].
pub(crate) fn grouped(engine: &LocalEngine, request: &ExportRequest) -> Result<GroupedEvents> {
    let wanted = Wanted::new(engine, request)?;
    let (reports, articles) = Reports::of(engine, request)?;
    let count = reports.rows.len() as u64;
    let mut notes = compile(engine, &request.selection)?.notes;
    let mut events = reports.events(&mut notes)?;
    // What is told of an event stays together: one report of many dead brings the others along.
    events.retain(|event| event.members.iter().any(|member| wanted.has(&member.row)));
    if request.order != Order::Relevance {
        sort(&mut events, request.order);
    }
    Ok(GroupedEvents {
        version: JSON_VERSION,
        articles,
        reports: count,
        events,
        notes,
    })
}

/// By date: those of a known year, those without a year, those without a date.
fn sort(events: &mut [GroupedEvent], order: Order) {
    events.sort_by_cached_key(|event| {
        let days = event
            .date
            .and_then(|date| date.interval_in(2000))
            .unwrap_or_default();
        let days = if order == Order::Newest {
            (-days.0, -days.1)
        } else {
            days
        };
        (
            event.date.is_none(),
            event.date.is_some_and(|date| date.is_yearless()),
            days,
        )
    });
}

/// What articles report, ready to be grouped.
pub(crate) struct Reports {
    rows: Vec<EventRow>,
    grouper: Grouper,
    decided: DecidedGroups,
}

impl Reports {
    /// Every report of the articles that are found, and the number of these.
    ///
    /// # Errors
    /// As [`LocalEngine::hits`].
    pub fn of(engine: &LocalEngine, request: &ExportRequest) -> Result<(Self, u64)> {
        let areas: FxHashSet<String> = engine
            .reader
            .facets()?
            .place_rows()
            .filter(|row| AREAS.contains(&row.kind))
            .map(|row| fold(row.name))
            .collect();
        let (mut rows, mut grouper, mut decided) = (Vec::new(), Grouper::new(), DecidedGroups::default());
        let found = in_order(engine, request)?;
        let articles = found.len() as u64;
        for address in found {
            let mut told = events(engine, engine.stored(address)?)?;
            let mut own: Vec<EventRow> = Vec::new();
            while let Some((name, row)) = told.next_named() {
                decided.add(told.decisions(), &name, rows.len() + own.len());
                own.push(row);
            }
            let article = told.article();
            let shown = own.first().map(|row| row.id.clone()).unwrap_or_default();
            let article = Article {
                id: &shown,
                title: &article.title,
                body: &article.body,
                published: article.meta.date,
            };
            grouper.add(&article, own.iter().map(|row| report(row, &areas)).collect());
            rows.extend(own);
        }
        let reports = Self {
            rows,
            grouper,
            decided,
        };
        Ok((reports, articles))
    }

    /// The events, by their oldest reports; as people decided, then by weights. Decisions that are against each other are
    /// noted.
    ///
    /// # Errors
    /// What a table of weights gives that can't be read.
    pub fn events(self, notes: &mut Vec<String>) -> Result<Vec<GroupedEvent>> {
        let links = self.decided.links();
        let groups = self.grouper.finish(&Weights::embedded()?, &links);
        let unused = groups.unused.iter().filter_map(|number| links.get(*number));
        for link in unused.take(NOTED) {
            if let Link::Join(one, other) = link
                && let (Some(one), Some(other)) = (self.rows.get(*one), self.rows.get(*other))
            {
                notes.push(format!(
                    "events of “{}” and “{}” are joined by hand, and others parted that would come together by that; they stay apart",
                    one.id, other.id
                ));
            }
        }
        Ok(told(self.rows, groups, &self.decided))
    }
}

fn told(rows: Vec<EventRow>, groups: Groups, decided: &DecidedGroups) -> Vec<GroupedEvent> {
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let mut rows: Vec<Option<EventRow>> = rows.into_iter().map(Some).collect();
    let mut member = |member: Member| {
        let join = member.join.map(|join| GroupJoin {
            join_score: hundredths(join.score),
            join_with: ids.get(join.with).cloned().unwrap_or_default(),
            join_reasons: join
                .reasons
                .iter()
                .map(|reason| GroupReason {
                    name: reason.name,
                    weight: hundredths(reason.weight),
                })
                .collect(),
            join_by_hand: join.by_hand,
        });
        Some(GroupMember {
            level: member.level.name(),
            same_event: member.same,
            parted_by_hand: decided.is_parted(member.report),
            join,
            row: rows.get_mut(member.report)?.take()?,
        })
    };
    let groups = groups.groups.into_iter();
    groups
        .map(|group| {
            GroupedEvent::new(
                group.id,
                group.members.into_iter().filter_map(&mut member).collect(),
            )
        })
        .collect()
}

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// Actors that have a name.
fn named(actors: &[String]) -> Vec<String> {
    actors.iter().filter(|name| *name != UNKNOWN).cloned().collect()
}

fn report(row: &EventRow, areas: &FxHashSet<String>) -> Report {
    let levels = [&row.country, &row.region].into_iter().flatten();
    let types = row
        .names
        .get("types")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    Report {
        date: row.event_date,
        is_area: AREAS.contains(&row.place_kind)
            || row.place_kind == "commune"
            || areas.contains(&fold(&row.place)),
        is_town: row.place_kind == "town",
        place: row.place.clone(),
        other_names: Vec::new(),
        region: levels.map(String::as_str).collect::<Vec<_>>().join("/"),
        points: row.latitude.zip(row.longitude).into_iter().collect(),
        killed: row.harm.killed,
        wounded: row.harm.wounded,
        abducted: row.harm.abducted,
        types: types
            .filter_map(Value::as_str)
            .filter_map(|path| path.rsplit('/').next().map(str::to_string))
            .collect(),
        by: named(&row.sides.by),
        against: row.sides.against.clone(),
        passage: row.passage.clone(),
        start: row.passage_start,
    }
}
