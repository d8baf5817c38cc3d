//! Events, each with all that is reported of it.

use super::chronology::Figure;
use super::rows::EventRow;
use crate::date::{Edtf, PartialDate};
use serde::Serialize;
use std::collections::BTreeMap;

/// The answer; its JSON form is documented in `docs/json.md`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupedEvents {
    pub version: u32,
    /// Articles that were found, and reports of events in them.
    pub articles: u64,
    pub reports: u64,
    /// In the order that was asked for.
    pub events: Vec<GroupedEvent>,
    /// How the query was read.
    pub notes: Vec<String>,
}

/// What is reported of an event. Reports are told as those of one event by place, date, numbers and wording; what is
/// only perhaps of the same event is marked so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupedEvent {
    /// Made of the article, the place and the date of its oldest report.
    pub id: String,
    /// The most precise date of the reports that are surely of the event.
    pub date: Option<Edtf>,
    pub articles: usize,
    /// Different media; an article whose medium isn't known counts for none.
    pub media: usize,
    /// When it was first and last reported.
    pub first_report: Option<PartialDate>,
    pub last_report: Option<PartialDate>,
    /// Every number that is told, and by whom. They are neither added up nor averaged.
    pub killed: Vec<Figure>,
    pub wounded: Vec<Figure>,
    pub abducted: Vec<Figure>,
    /// The oldest first.
    pub members: Vec<GroupMember>,
}

impl GroupedEvent {
    /// The event of these reports, the oldest first.
    #[must_use]
    pub fn new(id: String, members: Vec<GroupMember>) -> Self {
        let mut articles: Vec<&str> = members.iter().map(|member| &*member.row.id).collect();
        articles.sort_unstable();
        articles.dedup();
        let articles = articles.len();
        let mut media: Vec<&str> = members
            .iter()
            .filter_map(|member| member.row.source.as_deref())
            .collect();
        media.sort_unstable();
        media.dedup();
        let media = media.len();
        let published = || members.iter().filter_map(|member| member.row.date);
        let rows = || members.iter().map(|member| &member.row);
        Self {
            id,
            date: best_date(&members),
            articles,
            media,
            first_report: published().min_by_key(|date| date.interval()),
            last_report: published().max_by_key(|date| date.interval()),
            killed: figures(rows(), "killed"),
            wounded: figures(rows(), "wounded"),
            abducted: figures(rows(), "abducted"),
            members,
        }
    }
}

/// The date of the fewest days; of several as precise the one most reports have, then the first told. A known year
/// goes before an unknown one.
fn best_date(members: &[GroupMember]) -> Option<Edtf> {
    let mut dates: BTreeMap<Edtf, usize> = BTreeMap::new();
    for member in members.iter().filter(|member| member.level != MAYBE) {
        if let Some(date) = member.row.event_date {
            *dates.entry(date).or_default() += 1;
        }
    }
    let days = |date: &Edtf| {
        date.interval_in(2000)
            .map_or(i64::MAX, |(first, last)| (last - first).abs())
    };
    let rank = |(date, times): &(Edtf, usize)| {
        let told = members
            .iter()
            .position(|member| member.row.event_date == Some(*date));
        (date.is_yearless(), days(date), std::cmp::Reverse(*times), told)
    };
    dates.into_iter().min_by_key(rank).map(|(date, _)| date)
}

/// The level of a report that is only perhaps of the event.
pub const MAYBE: &str = "maybe";

/// A report of an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupMember {
    /// `same` or `maybe`.
    pub level: &'static str,
    /// Reports of one value are surely of one event.
    pub same_event: String,
    /// Somebody said that it is of another event than some other report, or than all others.
    pub parted_by_hand: bool,
    /// What put it beside the others; none of the oldest.
    #[serde(flatten)]
    pub join: Option<GroupJoin>,
    #[serde(flatten)]
    pub row: EventRow,
}

impl GroupMember {
    /// `joined` or `parted`: what somebody decided that this report is where it is by.
    #[must_use]
    pub fn by_hand(&self) -> Option<&'static str> {
        match &self.join {
            Some(join) if join.join_by_hand => Some("joined"),
            _ => self.parted_by_hand.then_some("parted"),
        }
    }
}

/// Why a report is beside another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupJoin {
    /// The log-odds that both are of one event.
    pub join_score: f64,
    /// The article of the other report.
    pub join_with: String,
    /// The largest first; of one that speaks against it the weight is negative.
    pub join_reasons: Vec<GroupReason>,
    /// Somebody said that they are of one event.
    pub join_by_hand: bool,
}

/// A reason, by its name in `index_schema/groups.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GroupReason {
    pub name: &'static str,
    pub weight: f64,
}

/// Each number of those who suffered something (`killed`, `wounded`, `abducted`) that is given, with the words for it
/// and those who give it; the smallest first. Of a number that an article tells as somebody else's the source stands
/// behind the medium: `RFI (l'armée)`.
pub(crate) fn figures<'r>(rows: impl Iterator<Item = &'r EventRow>, harm: &str) -> Vec<Figure> {
    let mut figures: BTreeMap<u32, Figure> = BTreeMap::new();
    let mut add = |n: u32, said: &str, source: &str| {
        let figure = figures.entry(n).or_insert_with(|| Figure {
            n,
            said: Vec::new(),
            sources: Vec::new(),
        });
        for (list, text) in [(&mut figure.said, said), (&mut figure.sources, source)] {
            if !text.is_empty() && !list.iter().any(|known| known == text) {
                list.push(text.to_string());
            }
        }
    };
    for row in rows {
        let source = row.source.as_deref().unwrap_or(&row.id);
        if let (Some(n), said) = row.harm.told(harm) {
            add(n, said, source);
        }
        let others = row.harm.figures.iter().filter(|figure| figure.harm == harm);
        for figure in others.filter(|figure| !figure.source.is_empty()) {
            add(figure.n, &figure.text, &format!("{source} ({})", figure.source));
        }
    }
    figures.into_values().collect()
}
