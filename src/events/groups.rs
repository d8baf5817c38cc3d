//! Rows from places: mentions of one event joined, roads and lists as one, regions joined to the finer place told in
//! them.

use super::article::Article;
use super::dates::{Kind as DateKind, Role as DateRole};
use super::features::Scene;
use super::infer;
use super::pattern::patterns;
use super::places::{Kind, Place, are_spellings};
use super::roles::Role;
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
    pub dead: super::counting::Dead,
}

/// What rows are made of.
pub(super) struct Scored<'s, 't> {
    pub article: &'s Article<'t>,
    pub scenes: &'s [Scene],
    /// Probability of each place.
    pub scores: &'s [f64],
    pub cut: f64,
}

patterns! {
    AND_ALSO = r"^(?: matin| soir)?(?:,| et|, puis| puis)(?: encore| aussi)? ?$";
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

    /// Adds a mention to a group.
    fn join(&self, group: &mut Group, at: usize, when: &When, is_coarser: bool) {
        group.places.push(at);
        if !is_coarser {
            group.score = group.score.max(self.scores[at]);
        }
        let kind = when.date.map(|number| self.article.dates[number].kind);
        let is_vague = kind == Some(DateKind::Year)
            || kind == Some(DateKind::Month)
                && self.has(at, "pluperfect")
                && !self.has(group.places[0], "pluperfect");
        let day = |edtf: Option<Edtf>| edtf.is_some_and(|e| e.first.day.is_some());
        let is_better = group.when.basis != Some(Basis::Own)
            || when.edtf.is_some() && group.when.edtf.is_none()
            || day(when.edtf) && !day(group.when.edtf);
        if when.basis == Some(Basis::Own) && !is_vague && is_better {
            group.when = *when;
        }
    }

    fn group(&self, at: usize) -> Group {
        let place = self.place(at);
        Group {
            name: place.name.clone(),
            key: place.key.clone(),
            kind: place.kind,
            places: vec![at],
            end: None,
            when: self.when(at),
            score: self.scores[at],
            sentence: place.sentence,
            placeless: false,
            is_further_date: false,
            counts: [None; 3],
            dead: super::counting::Dead::default(),
        }
    }

    /// The events of an article, in order of reading.
    pub fn rows(&self) -> Vec<Group> {
        let mut groups = self.by_place();
        self.join_coarse(&mut groups);
        self.join_near(&mut groups);
        self.join_roads(&mut groups);
        for at in 0..groups.len() {
            if groups[at].when.basis.is_none() {
                groups[at].when = infer::date(self, &groups, at);
            }
        }
        drop_doubtful(&mut groups);
        infer::placeless(self, &mut groups);
        super::counting::assign(self, &mut groups);
        groups
    }

    /// One group a place and date.
    fn by_place(&self) -> Vec<Group> {
        let places = &self.article.places;
        let mut groups: Vec<Group> = Vec::new();
        for at in 0..places.len() {
            if !self.is_event(at) {
                continue;
            }
            let (place, when) = (&places[at], self.when(at));
            let fits = |group: &&mut Group| {
                let first = &places[group.places[0]];
                let same = group.key == place.key
                    || are_spellings(&group.key, &place.key) && first.may_share_region(place);
                same && self.same_time(group, &when)
            };
            if let Some(group) = groups.iter_mut().find(fits) {
                self.join(group, at, &when, false);
                continue;
            }
            let mut group = self.group(at);
            let next = places.get(at + 1);
            group.end = (place.road_end == 1 && next.is_some_and(|n| n.road_end == 2)).then_some(at + 1);
            groups.push(group.clone());
            if let Some(edtf) = self.further_date(&when) {
                group.when.edtf = Some(edtf);
                group.when.date = None;
                group.score *= 0.9;
                group.is_further_date = true;
                groups.push(group);
            }
        }
        groups
    }

    /// "le jeudi 12 septembre et le 19 septembre": the second.
    fn further_date(&self, when: &When) -> Option<Edtf> {
        let dates = &self.article.dates;
        let (date, next) = (&dates[when.date?], dates.get(when.date? + 1)?);
        let both = date.kind == DateKind::Day && next.kind == DateKind::Day;
        let joined = both && AND_ALSO.is_in(self.article.text.folded(date.to, next.from));
        next.edtf.filter(|_| joined)
    }

    /// A region, cercle or country told as the scene is the finer place told before or after.
    fn join_coarse(&self, groups: &mut Vec<Group>) {
        let mut coarse: Vec<(u8, usize)> = groups
            .iter()
            .filter_map(|g| Some((g.kind.coarseness()?, g.places[0])))
            .collect();
        coarse.sort_by_key(|(level, _)| *level);
        for (_, place) in coarse {
            let Some(at) = groups
                .iter()
                .position(|g| g.places[0] == place && g.kind.coarseness().is_some())
            else {
                continue;
            };
            if let Some(finer) = self.finer_than(groups, at) {
                let group = groups.remove(at);
                let finer = if finer > at { finer - 1 } else { finer };
                for mention in &group.places {
                    let when = self.when(*mention);
                    self.join(&mut groups[finer], *mention, &when, true);
                }
                self.lend_date(groups, &group, finer);
            }
        }
    }

    /// The finer places told beside the one that took a date take it, too.
    fn lend_date(&self, groups: &mut [Group], coarse: &Group, finer: usize) {
        let (sentence, when) = (groups[finer].sentence, groups[finer].when);
        if when.basis != Some(Basis::Own) {
            return;
        }
        let area = self.place(coarse.places[0]);
        for group in groups.iter_mut().filter(|g| g.sentence == sentence) {
            let inside = group
                .places
                .first()
                .is_some_and(|p| area.contains(self.place(*p)));
            if inside && group.when.basis != Some(Basis::Own) {
                group.when = when;
            }
        }
    }

    /// The group of the finer place that a coarse one stands for.
    fn finer_than(&self, groups: &[Group], at: usize) -> Option<usize> {
        let (group, place) = (&groups[at], self.place(groups[at].places[0]));
        let others = || (0..groups.len()).filter(|other| *other != at);
        let holds = |other: &usize| {
            let ends = groups[*other].end.into_iter();
            let mut parts = groups[*other].places.first().copied().into_iter().chain(ends);
            parts.any(|part| place.contains(self.place(part)))
        };
        let mut finer: Vec<usize> = others().filter(holds).collect();
        let unnamed = self.has(group.places[0], "unnamed_village")
            || matches!(place.kind, Kind::Region | Kind::Province);
        if finer.is_empty() && unnamed {
            // A village that the gazetteer lacks.
            let is_unknown = |other: &usize| {
                let first = self.place(groups[*other].places[0]);
                let after = groups[*other].sentence.saturating_sub(group.sentence);
                !first.is_known() && first.road_end == 0 && (1..=3).contains(&after)
            };
            finer = others().filter(is_unknown).collect();
        }
        finer.retain(|other| {
            let mut mentions = group.places.iter();
            mentions.all(|mention| self.same_time(&groups[*other], &self.when(*mention)))
        });
        let apart = |other: &usize| groups[*other].sentence.abs_diff(group.sentence);
        let nearest = finer
            .into_iter()
            .min_by_key(|other| (apart(other), groups[*other].sentence))?;
        (group.kind != Kind::Commune || apart(&nearest) <= 1).then_some(nearest)
    }

    /// "près de B … à A, près de B": A.
    fn join_near(&self, groups: &mut Vec<Group>) {
        let mut at = 0;
        while at < groups.len() {
            let target = self.beside_landmark(groups, at);
            let Some(target) = target else {
                at += 1;
                continue;
            };
            self.merge(groups, at, target);
        }
    }

    /// The group of the place that a landmark is told beside.
    fn beside_landmark(&self, groups: &[Group], at: usize) -> Option<usize> {
        let group = &groups[at];
        let is_near = |p: &usize| matches!(self.place(*p).role, Role::Near | Role::Direction);
        if !group.places.iter().all(is_near) {
            return None;
        }
        let places = &self.article.places;
        (1..places.len()).find_map(|landmark| {
            let (place, before) = (&places[landmark], &places[landmark - 1]);
            let is_beside = place.key == group.key
                && self.has(landmark, "apposition")
                && before.sentence == place.sentence;
            let other = is_beside
                .then(|| {
                    (0..groups.len())
                        .find(|other| *other != at && groups[*other].places.contains(&(landmark - 1)))
                })
                .flatten()?;
            let fits = group
                .places
                .iter()
                .all(|p| self.same_time(&groups[other], &self.when(*p)))
                && groups[other].sentence.abs_diff(group.sentence) <= 3;
            fits.then_some(other)
        })
    }

    /// "L'axe A-B a été le théâtre d'une attaque. L'attaque a eu lieu près de X": X.
    fn join_roads(&self, groups: &mut Vec<Group>) {
        let mut at = 0;
        while at < groups.len() {
            let group = &groups[at];
            let target = (self.place(group.places[0]).road_end > 0)
                .then(|| {
                    groups.iter().position(|other| {
                        let first = self.place(other.places[0]);
                        let after = first.sentence.saturating_sub(group.sentence);
                        first.road_end == 0
                            && (1..=3).contains(&after)
                            && other.when.basis != Some(Basis::Own)
                            && is_definite(self.article, first.sentence)
                    })
                })
                .flatten();
            match target {
                Some(target) => self.merge(groups, at, target),
                None => at += 1,
            }
        }
    }

    /// Joins a group to another as its coarser part.
    fn merge(&self, groups: &mut Vec<Group>, at: usize, target: usize) {
        let group = groups.remove(at);
        let target = if target > at { target - 1 } else { target };
        for mention in &group.places {
            let when = self.when(*mention);
            self.join(&mut groups[target], *mention, &when, true);
        }
    }
}

/// Probability that a further row of a place needs.
const AGAIN: f64 = 0.65;

/// Leaves out doubtful further rows of a place.
fn drop_doubtful(groups: &mut Vec<Group>) {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by(|a, b| groups[*b].score.total_cmp(&groups[*a].score));
    let mut seen = rustc_hash::FxHashSet::default();
    let mut dropped = vec![false; groups.len()];
    for at in order {
        let group = &groups[at];
        let is_doubtful = group.score < AGAIN && !group.is_further_date;
        if !seen.insert(group.key.clone()) && is_doubtful {
            dropped[at] = true;
        }
    }
    let mut number = 0;
    groups.retain(|_| {
        number += 1;
        !dropped[number - 1]
    });
}
