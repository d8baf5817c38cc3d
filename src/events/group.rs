//! An event being put together, and what it is made of.

use super::article::Article;
use super::dates::{Kind as DateKind, Role as DateRole};
use super::features::Scene;
use super::pattern::patterns;
use super::place::{Kind, Place};
use crate::date::Edtf;

/// What an event's date comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// A date of its sentence.
    Own,
    /// When it began.
    Since,
    /// Told just before, or after.
    Before,
    After,
    /// The day on which it was announced.
    Speech,
    /// The one day that the lead tells of.
    Lead,
    /// The month of the page.
    Page,
    None,
}

impl Basis {
    /// Its name in rows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "sentence",
            Self::Since => "since",
            Self::Before => "before",
            Self::After => "after",
            Self::Speech => "announced",
            Self::Lead => "lead",
            Self::Page => "publication",
            Self::None => "none",
        }
    }

    /// Its name in the table of weights.
    pub fn feature(self) -> &'static str {
        match self {
            Self::Own => "basis=own",
            Self::Since => "basis=since",
            Self::Before => "basis=before",
            Self::After => "basis=after",
            Self::Speech => "basis=speech",
            Self::Lead => "basis=lead",
            Self::Page => "basis=page",
            Self::None => "basis=none",
        }
    }
}

/// When a mention of a place says that something took place.
#[derive(Debug, Clone, Copy)]
pub(super) struct When {
    pub edtf: Option<Edtf>,
    /// None where its sentence has no date.
    pub basis: Option<Basis>,
    pub date: Option<usize>,
}

/// A number of people, and how it was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Count {
    pub n: u32,
    /// The figure that it is, or begins with.
    pub figure: usize,
    /// 2: in the sentence of the event; 1: after it; 0: in the lead.
    pub how: u8,
    /// Events that share the figure.
    pub shared: usize,
}

/// An event being put together.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub name: String,
    pub key: String,
    pub kind: Kind,
    /// Its mentions, the first one deciding.
    pub places: Vec<usize>,
    /// The other end of its road.
    pub end: Option<usize>,
    pub when: When,
    pub score: f64,
    pub sentence: usize,
    /// Told without a place in this sentence.
    pub placeless: bool,
    /// One of two dates of one mention.
    pub is_further_date: bool,
    /// Killed, wounded, abducted.
    pub counts: [Option<Count>; 3],
    /// Every figure that is told of it, by number, with how many events share it.
    pub told: Vec<(usize, usize)>,
    pub dead: Dead,
}

/// What rows are made of.
pub(super) struct Scored<'s, 't> {
    pub article: &'s Article<'t>,
    pub scenes: &'s [Scene],
    /// Probability of each place.
    pub scores: &'s [f64],
    pub cut: f64,
}

/// What is known of the dead of an event.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dead {
    pub side: Option<Side>,
    pub is_about: bool,
    /// The dead of both sides were added up.
    pub both: bool,
    pub added: bool,
    /// Another figure was told.
    pub others: bool,
    /// Numbers in the figure.
    pub parts: usize,
}

/// Whose dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Army and civilians.
    Us,
    Them,
    Both,
}

patterns! {
    DEFINITE = r#"^[«"]? ?(?:l'|cette |cet |ces |les |la |le )(?:attaques?|assauts?|embuscade|raid|invasion|incidents?|drame|faits|attentat|tuerie|massacre|explosion|affrontements?|accrochage|operation)\b"#;
}

/// Whether a sentence begins with "L'attaque", "Cette embuscade".
pub(super) fn is_definite(article: &Article<'_>, sentence: usize) -> bool {
    let (from, _) = article.sentence(sentence);
    DEFINITE.begins(article.text.after(from, 40)).is_some()
}

impl Scored<'_, '_> {
    pub fn place(&self, at: usize) -> &Place {
        &self.article.places[at]
    }

    pub fn has(&self, at: usize, reason: &str) -> bool {
        self.scenes[at].features.has(reason)
    }

    /// Whether an event takes place there. A road is told by its first end.
    pub fn is_event(&self, at: usize) -> bool {
        let places = &self.article.places;
        let is_second_end = at > 0
            && places[at].road_end == 2
            && places[at - 1].road_end == 1
            && self.scores[at - 1] >= self.cut;
        self.scores[at] >= self.cut && !is_second_end
    }

    /// When the sentence of a place says it was.
    pub fn when(&self, at: usize) -> When {
        let date = self.scenes[at].date.map(|number| &self.article.dates[number]);
        let role = date.map(|date| date.role);
        When {
            edtf: date.and_then(|date| date.edtf),
            basis: match role {
                Some(DateRole::Event) => Some(Basis::Own),
                Some(_) => Some(Basis::Since),
                None => None,
            },
            date: self.scenes[at].date,
        }
    }

    /// Whether a mention may be of the event of a group.
    pub fn same_time(&self, group: &Group, when: &When) -> bool {
        let both = when.basis == Some(Basis::Own) && group.when.basis == Some(Basis::Own);
        if !both || group.when.date == when.date {
            return true;
        }
        if let (Some(one), Some(two)) = (group.when.edtf, when.edtf) {
            return one.may_be(&two);
        }
        let date = |when: &When| when.date.map(|number| &self.article.dates[number]);
        let (Some(one), Some(two)) = (date(&group.when), date(when)) else {
            return group.when.date.is_none();
        };
        if one.weekday.is_some() && two.weekday.is_some() {
            return one.weekday == two.weekday;
        }
        let is_coarse = |kind| matches!(kind, DateKind::Month | DateKind::Year);
        one.kind == two.kind
            || group.when.edtf.is_none() && when.edtf.is_none()
            || !is_coarse(one.kind) && !is_coarse(two.kind)
    }
}
