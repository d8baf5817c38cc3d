//! Rows from places: mentions of one event joined, roads and lists as one, regions joined to the finer place told in
//! them.

use super::dates::Kind as DateKind;
use super::group::{Basis, Dead, Group, Scored, When, is_definite};
use super::pattern::patterns;
use super::place::{Kind, are_spellings};
use super::role::Role;
use super::{counting, infer};
use crate::date::Edtf;

patterns! {
    AND_ALSO = r"^(?: matin| soir)?(?:,| et|, puis| puis)(?: encore| aussi)? ?$";
}

/// The events of an article, in order of reading.
pub(super) fn rows(scored: &Scored<'_, '_>) -> Vec<Group> {
    Assembly(scored).rows()
}

/// Puts rows together.
struct Assembly<'s, 'a, 't>(&'s Scored<'a, 't>);

impl Assembly<'_, '_, '_> {
    /// Adds a mention to a group.
    fn join(&self, group: &mut Group, at: usize, when: &When, is_coarser: bool) {
        group.places.push(at);
        if !is_coarser {
            group.score = group.score.max(self.0.scores[at]);
        }
        let kind = when.date.map(|number| self.0.article.dates[number].kind);
        let is_vague = kind == Some(DateKind::Year)
            || kind == Some(DateKind::Month)
                && self.0.has(at, "pluperfect")
                && !self.0.has(group.places[0], "pluperfect");
        let day = |edtf: Option<Edtf>| edtf.is_some_and(|e| e.first.day.is_some());
        let is_better = group.when.basis != Some(Basis::Own)
            || when.edtf.is_some() && group.when.edtf.is_none()
            || day(when.edtf) && !day(group.when.edtf);
        if when.basis == Some(Basis::Own) && !is_vague && is_better {
            group.when = *when;
        }
    }

    fn group(&self, at: usize) -> Group {
        let place = self.0.place(at);
        Group {
            name: place.name.clone(),
            key: place.key.clone(),
            kind: place.kind,
            places: vec![at],
            end: None,
            when: self.0.when(at),
            score: self.0.scores[at],
            sentence: place.sentence,
            placeless: false,
            is_further_date: false,
            counts: [None; 3],
            told: Vec::new(),
            dead: Dead::default(),
        }
    }

    fn rows(&self) -> Vec<Group> {
        let mut groups = self.by_place();
        self.join_coarse(&mut groups);
        self.join_near(&mut groups);
        self.join_roads(&mut groups);
        for at in 0..groups.len() {
            if groups[at].when.basis.is_none() {
                groups[at].when = infer::date(self.0, &groups, at);
            }
        }
        self.join_undated(&mut groups);
        drop_doubtful(&mut groups);
        infer::placeless(self.0, &mut groups);
        self.drop_told(&mut groups);
        counting::assign(self.0, &mut groups);
        groups
    }

    /// One group a place and date.
    fn by_place(&self) -> Vec<Group> {
        let places = &self.0.article.places;
        let mut groups: Vec<Group> = Vec::new();
        for at in 0..places.len() {
            if !self.0.is_event(at) {
                continue;
            }
            let (place, when) = (&places[at], self.0.when(at));
            let fits = |group: &&mut Group| {
                let first = &places[group.places[0]];
                let same = group.key == place.key
                    || are_spellings(&group.key, &place.key) && first.may_share_region(place);
                same && self.0.same_time(group, &when) && !self.is_apart(group, at, &when)
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

    /// Much happens in a country: what is told of it at a date is no event told without one, unless just before.
    fn is_apart(&self, group: &Group, at: usize, when: &When) -> bool {
        let place = self.0.place(at);
        if place.kind != Kind::Country {
            return false;
        }
        let own = |when: &When| when.basis == Some(Basis::Own);
        let is_year = when
            .date
            .is_some_and(|d| self.0.article.dates[d].kind == DateKind::Year);
        let last = group.places.iter().map(|p| self.0.place(*p).sentence).max();
        let is_far = last.is_some_and(|last| place.sentence.abs_diff(last) > 2);
        own(when) && !own(&group.when) && (is_year || is_far)
    }

    /// "le jeudi 12 septembre et le 19 septembre": the second.
    fn further_date(&self, when: &When) -> Option<Edtf> {
        let dates = &self.0.article.dates;
        let (date, next) = (&dates[when.date?], dates.get(when.date? + 1)?);
        let both = date.kind == DateKind::Day && next.kind == DateKind::Day;
        let joined = both && AND_ALSO.is_in(self.0.article.text.folded(date.to, next.from));
        next.edtf.filter(|_| joined)
    }

    /// A region, cercle or country told as the scene is the finer place told before or after.
    fn join_coarse(&self, groups: &mut Vec<Group>) {
        let mut coarse: Vec<(u8, usize)> = groups
            .iter()
            .filter_map(|g| Some((g.kind.coarseness()?, g.places[0])))
            .collect();
        coarse.retain(|(_, place)| !self.0.has(*place, "coup_told"));
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
                    let when = self.0.when(*mention);
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
        let area = self.0.place(coarse.places[0]);
        for group in groups.iter_mut().filter(|g| g.sentence == sentence) {
            let inside = group
                .places
                .first()
                .is_some_and(|p| area.contains(self.0.place(*p)));
            if inside && group.when.basis != Some(Basis::Own) {
                group.when = when;
            }
        }
    }

    /// The group of the finer place that a coarse one stands for.
    fn finer_than(&self, groups: &[Group], at: usize) -> Option<usize> {
        let (group, place) = (&groups[at], self.0.place(groups[at].places[0]));
        let others = || (0..groups.len()).filter(|other| *other != at);
        let holds = |other: &usize| {
            let ends = groups[*other].end.into_iter();
            let mut parts = groups[*other].places.first().copied().into_iter().chain(ends);
            parts.any(|part| place.contains(self.0.place(part)))
        };
        let mut finer: Vec<usize> = others().filter(holds).collect();
        if finer.is_empty() && group.kind == Kind::Country {
            finer = others()
                .filter(|other| self.is_in_country(group, &groups[*other]))
                .collect();
        }
        let unnamed = self.0.has(group.places[0], "unnamed_village")
            || matches!(place.kind, Kind::Region | Kind::Province);
        if finer.is_empty() && unnamed {
            // A village that the gazetteer lacks.
            let is_unknown = |other: &usize| {
                let first = self.0.place(groups[*other].places[0]);
                let after = groups[*other].sentence.saturating_sub(group.sentence);
                let is_next = (1..=3).contains(&after) && !self.other_date(group, &groups[*other]);
                !first.is_known() && first.road_end == 0 && is_next
            };
            finer = others().filter(is_unknown).collect();
        }
        finer.retain(|other| {
            let mut mentions = group.places.iter();
            mentions.all(|mention| self.0.same_time(&groups[*other], &self.0.when(*mention)))
        });
        let apart = |other: &usize| groups[*other].sentence.abs_diff(group.sentence);
        let nearest = finer
            .into_iter()
            .min_by_key(|other| (apart(other), groups[*other].sentence))?;
        (group.kind != Kind::Commune || apart(&nearest) <= 1).then_some(nearest)
    }

    /// Whether a place of no country that is known is that of what a country's sentence tells: unknown and named
    /// right after it, or at the same day.
    fn is_in_country(&self, country: &Group, other: &Group) -> bool {
        let first = self.0.place(other.places[0]);
        let own = |group: &Group| {
            group
                .when
                .edtf
                .filter(|e| e.is_day() && group.when.basis == Some(Basis::Own))
        };
        let same_day = own(country).is_some() && own(country) == own(other);
        let after = other.sentence.saturating_sub(country.sentence);
        let is_next = (1..=2).contains(&after) && !self.other_date(country, other);
        match other.kind {
            Kind::Unknown => (same_day || is_next) && first.road_end == 0,
            Kind::Region => same_day,
            _ => false,
        }
    }

    /// Whether the text goes on to another date between a group and one told after it.
    fn other_date(&self, group: &Group, after: &Group) -> bool {
        let Some(own) = group.when.edtf else { return false };
        (group.sentence + 1..=after.sentence).any(|sentence| {
            let mut dates = self
                .0
                .article
                .dates_of(sentence)
                .iter()
                .filter(|date| date.is_event());
            dates.any(|date| date.edtf.is_some_and(|edtf| !edtf.may_be(&own)))
        })
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
        let is_near = |p: &usize| matches!(self.0.place(*p).role, Role::Near | Role::Direction);
        if !group.places.iter().all(is_near) {
            return None;
        }
        let places = &self.0.article.places;
        (1..places.len()).find_map(|landmark| {
            let (place, before) = (&places[landmark], &places[landmark - 1]);
            let is_beside = place.key == group.key
                && self.0.has(landmark, "apposition")
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
                .all(|p| self.0.same_time(&groups[other], &self.0.when(*p)))
                && groups[other].sentence.abs_diff(group.sentence) <= 3;
            fits.then_some(other)
        })
    }

    /// "L'axe A-B a été le théâtre d'une attaque. L'attaque a eu lieu près de X": X.
    fn join_roads(&self, groups: &mut Vec<Group>) {
        let mut at = 0;
        while at < groups.len() {
            let group = &groups[at];
            let target = (self.0.place(group.places[0]).road_end > 0)
                .then(|| {
                    groups.iter().position(|other| {
                        let first = self.0.place(other.places[0]);
                        let after = first.sentence.saturating_sub(group.sentence);
                        first.road_end == 0
                            && (1..=3).contains(&after)
                            && other.when.basis != Some(Basis::Own)
                            && is_definite(self.0.article, first.sentence)
                    })
                })
                .flatten();
            match target {
                Some(target) => self.merge(groups, at, target),
                None => at += 1,
            }
        }
    }

    /// What is told of a country without a date is what is told of it with one in the month of the page.
    fn join_undated(&self, groups: &mut Vec<Group>) {
        let mut at = 0;
        while at < groups.len() {
            let group = &groups[at];
            let is_open =
                group.kind == Kind::Country && matches!(group.when.basis, Some(Basis::Page | Basis::None));
            let dated = |other: &Group| {
                let is_day = other.when.edtf.is_some_and(|edtf| edtf.first.day.is_some());
                let is_same = match (group.when.edtf, other.when.edtf) {
                    (Some(one), Some(two)) => one.may_be(&two),
                    _ => true,
                };
                other.key == group.key && other.when.basis == Some(Basis::Own) && is_day && is_same
            };
            match groups.iter().position(dated).filter(|_| is_open) {
                Some(target) => self.merge(groups, at, target),
                None => at += 1,
            }
        }
    }

    /// Leaves out events without a place that are told with one at the same time, or that have no date.
    fn drop_told(&self, groups: &mut Vec<Group>) {
        let is_nowhere = |group: &Group| group.kind == Kind::Nowhere;
        let told: Vec<bool> = (0..groups.len())
            .map(|at| {
                let group = &groups[at];
                if !is_nowhere(group) {
                    return false;
                }
                let Some(own) = group.when.edtf else { return true };
                let is_day = |edtf: Edtf| edtf.first.day.is_some();
                groups.iter().enumerate().any(|(other, placed)| {
                    let apart = placed.sentence.abs_diff(group.sentence);
                    let is_same_time = match placed.when.edtf {
                        Some(edtf) => edtf.may_be(&own) && (apart <= 3 || is_day(edtf) && is_day(own)),
                        None => apart <= 3,
                    };
                    other != at && !is_nowhere(placed) && is_same_time
                })
            })
            .collect();
        let mut number = 0;
        groups.retain(|_| {
            number += 1;
            !told[number - 1]
        });
    }

    /// Joins a group to another as its coarser part.
    fn merge(&self, groups: &mut Vec<Group>, at: usize, target: usize) {
        let group = groups.remove(at);
        let target = if target > at { target - 1 } else { target };
        for mention in &group.places {
            let when = self.0.when(*mention);
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
        let is_dated = group.kind == Kind::Country && group.when.basis == Some(Basis::Own);
        let is_doubtful =
            group.score < AGAIN && !group.is_further_date && !is_dated && group.kind != Kind::Nowhere;
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
