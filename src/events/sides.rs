//! By and against: who is told to have done what an event is of, and to whom.
//!
//! [`voice`](super::voice) says what a sentence makes of everybody whom it names. Here it is given to the events: those
//! of the sentence, else, where it goes on with them ("L'attaque …", a claim), those told last.

use super::article::Article;
use super::group::{Group, Scored};
use super::parties::{Parties, Party, Whom, between};
use super::pattern::patterns;
use super::voice::{self, Known, Part};
use std::ops::Range;

/// Sentences after an event in which it may be told who did it.
const REACH: usize = 3;

/// How much further from somebody than the nearest event another one of their sentence may be told: from those who
/// did something, from those to whom it was done.
const SLACK: [f64; 2] = [2.0, 0.8];

patterns! {
    /// A sentence that goes on with an event.
    GOES_ON = r"\b(?:l'attaque|l'attentat|l'assaut|l'embuscade|l'explosion|l'enlevement|l'incident|l'offensive|le raid|le massacre|la tuerie|les attaques|(?:cette|cet|ces|ce) (?:double |derniere )?(?:attaques?|attentats?|assauts?|embuscades?|explosion|enlevements?|raid|massacre|tuerie|actes?|violences|offensive)|les assaillants|les ravisseurs|les terroristes|les d?jihadistes|les agresseurs)\b";
    /// A sentence that goes on with those who were hit.
    TOLL_GOES_ON = r"\b(?:les victimes|parmi les|l'un des|bilan)\b";
    /// "des combats entre A et B", "opposant A à B".
    OTHER_SIDE = r"^[ ,']+(?:[a-z0-9.-]+[ ,']+){0,3}?(?:et|a|au|aux|avec|contre)[ ']+(?:[a-z0-9.-]+[ ,']+){0,4}$";
}

/// Somebody who did something, or to whom it was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The facet path of the actor; none for people without a name: armed people among those who did it, civilians
    /// among those to whom it was done.
    pub actor: Option<String>,
    /// The words, as bytes of the text.
    pub words: Range<usize>,
}

/// Who is told to have done what an event is of, and to whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sides {
    pub by: Vec<Side>,
    /// How it is known who did it; none where nobody is told.
    pub known: Option<Known>,
    pub against: Vec<Side>,
}

/// Where something is told beside the event that it is given to; the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    Here,
    After,
    Lead,
}

/// What a sentence says of somebody.
struct Told {
    party: Party,
    part: Part,
}

/// An actor of a text: its positions and its path.
pub(super) type Actor<'p> = (usize, usize, &'p str);

/// Who did what and to whom, of each event.
pub(super) fn sides(scored: &Scored<'_, '_>, groups: &[Group], actors: &[Actor<'_>]) -> Vec<Sides> {
    let article = scored.article;
    let mut found: Vec<Found> = groups.iter().map(|_| Found::default()).collect();
    let told = groups.iter().flat_map(|group| told_at(scored, group));
    let (Some(first), Some(last)) = (told.clone().min(), told.max()) else {
        return groups.iter().map(|_| Sides::default()).collect();
    };
    let spans: Vec<(usize, usize)> = actors.iter().map(|(from, to, _)| (*from, *to)).collect();
    let parties = Parties::read(&article.text, &spans);
    let most = article.sentences.len();
    let path = |party: &Party| match party.whom {
        Whom::Actor(number) => actors.get(number).map(|(_, _, path)| *path),
        _ => None,
    };
    for sentence in first.saturating_sub(2)..most.min(last + REACH + 1) {
        let all = told_in(article, &parties, sentence);
        // Those who were hit in the event that the sentence speaks of.
        let hit: Vec<&str> = all
            .iter()
            .filter(|told| told.part == Part::Suffered)
            .filter_map(|told| path(&told.party))
            .collect();
        for told in all {
            for (group, how) in targets(scored, groups, &told, sentence) {
                if !(how > How::Here
                    && matches!(told.part, Part::Did(_))
                    && found[group].is_other(&hit, &path))
                {
                    found[group].add(&told, how);
                }
            }
        }
    }
    found
        .into_iter()
        .map(|found| found.sides(article, actors))
        .collect()
}

/// The sentences that tell of an event.
fn told_at(scored: &Scored<'_, '_>, group: &Group) -> Vec<usize> {
    if group.placeless {
        return vec![group.sentence];
    }
    group
        .places
        .iter()
        .map(|place| scored.place(*place).sentence)
        .collect()
}

/// What a sentence says of those whom it names.
fn told_in(article: &Article<'_>, parties: &Parties, sentence: usize) -> Vec<Told> {
    let (from, to) = article.sentence(sentence);
    let first = parties.list.partition_point(|party| party.from < from);
    let past = parties.list.partition_point(|party| party.from < to).max(first);
    let named = &parties.list[first..past];
    let figures = article.figures.iter();
    let figures: Vec<_> = figures.filter(|f| from <= f.from && f.from < to).collect();
    let of = |party: &Party| {
        // Those who are counted among the dead, if no rule says more.
        let is_counted = || figures.iter().any(|f| f.from <= party.from && party.to <= f.to);
        let part = voice::part(&parties.mask, (from, to), party);
        part.or_else(|| (party.whom != Whom::Unnamed && is_counted()).then_some(Part::Suffered))
    };
    let mut parts: Vec<Option<Part>> = named.iter().map(of).collect();
    let gap = |at: usize| between(&parties.mask, named[at].to, named[at + 1].from);
    let speaks: Vec<bool> = named
        .iter()
        .map(|party| voice::speaks(&parties.mask, (from, to), party))
        .collect();
    let may_be = |part: Part, at: usize| {
        !speaks[at] && (part == Part::Suffered || named[at].whom != Whom::Civilians && !named[at].is_site)
    };
    for at in 1..named.len() {
        if let Some(part) = parts[at - 1].filter(|part| parts[at].is_none() && may_be(*part, at)) {
            let other_side =
                part == Part::Fought && OTHER_SIDE.begins(gap(at - 1)) == Some(gap(at - 1).len());
            if other_side || voice::goes_on(gap(at - 1)) {
                parts[at] = Some(part);
            }
        }
    }
    for at in (1..named.len()).rev() {
        let part = parts[at].filter(|part| parts[at - 1].is_none() && may_be(*part, at - 1));
        if part.is_some() && voice::goes_on(gap(at - 1)) {
            parts[at - 1] = part;
        }
    }
    let told = named.iter().zip(parts);
    told.filter_map(|(party, part)| {
        Some(Told {
            party: *party,
            part: part?,
        })
    })
    .collect()
}

/// The events that something is told of.
fn targets(scored: &Scored<'_, '_>, groups: &[Group], told: &Told, sentence: usize) -> Vec<(usize, How)> {
    let numbers = || 0..groups.len();
    let here: Vec<(usize, f64)> = numbers()
        .filter_map(|at| Some((at, cost(scored, &groups[at], told, sentence)?)))
        .collect();
    if let Some(least) = here.iter().map(|(_, cost)| *cost).min_by(f64::total_cmp) {
        let slack = SLACK[usize::from(told.part == Part::Suffered)];
        let near = here.into_iter().filter(|(_, cost)| *cost <= least + slack);
        return near.map(|(at, _)| (at, How::Here)).collect();
    }
    let told_before = |at: &usize| {
        let before = told_at(scored, &groups[*at])
            .into_iter()
            .filter(|s| *s < sentence);
        before.max()
    };
    let Some(nearest) = numbers().filter_map(|at| told_before(&at)).max() else {
        // Told before the only event.
        let is_its = groups.len() == 1 && told.part != Part::Fought;
        return if is_its { vec![(0, How::Lead)] } else { Vec::new() };
    };
    let words = scored.article.words(sentence);
    let is_claim = matches!(told.part, Part::Did(Known::Claimed | Known::Attributed));
    let apart = sentence - nearest;
    let suffered = told.part == Part::Suffered;
    let goes_on = GOES_ON.is_in(words) || is_claim || suffered && TOLL_GOES_ON.is_in(words);
    let is_dated = |group: &Group| {
        let dates = scored.article.dates_of(sentence);
        let other = |date: &super::dates::Date| match (date.edtf, group.when.edtf) {
            (Some(one), Some(two)) => date.is_event() && !one.may_be(&two),
            _ => false,
        };
        dates.iter().any(other)
    };
    if apart > REACH || !goes_on && (apart > 1 || told.part != Part::Suffered) {
        return Vec::new();
    }
    let last: Vec<usize> = numbers()
        .filter(|at| told_before(at) == Some(nearest) && !is_dated(&groups[*at]))
        .collect();
    let how = if goes_on { How::After } else { How::Lead };
    last.into_iter().map(|at| (at, how)).collect()
}

/// How far an event is told from somebody; none where their sentence doesn't tell of it.
fn cost(scored: &Scored<'_, '_>, group: &Group, told: &Told, sentence: usize) -> Option<f64> {
    let (article, party) = (scored.article, told.party);
    if group.placeless {
        return (group.sentence == sentence).then_some(0.0);
    }
    // Of a list its first place counts.
    let first = |at: usize| {
        (0..=at)
            .rev()
            .find(|at| scored.place(*at).chain == 0)
            .unwrap_or(at)
    };
    let places = group
        .places
        .iter()
        .filter(|at| scored.place(**at).sentence == sentence);
    let costs = places.map(|at| {
        let (head, own) = (scored.place(first(*at)), scored.place(*at));
        let place = if head.sentence == sentence { head } else { own };
        let apart = place
            .from
            .saturating_sub(party.to)
            .max(party.from.saturating_sub(place.to));
        let clauses = article.clauses_apart(place.from, party.from).min(3) as f64;
        let semicolons = f64::from(article.semicolons(place.from, party.from));
        apart as f64 / 60.0 + clauses + 4.0 * semicolons
    });
    costs.min_by(f64::total_cmp)
}

/// What is told of an event, to be weighed.
#[derive(Default)]
struct Found {
    by: Vec<(Party, Known, How)>,
    fought: Vec<(Party, How)>,
    against: Vec<(Party, How)>,
}

impl Found {
    /// Whether those who are hit here are others than those of the event.
    fn is_other<'p>(&self, hit: &[&str], path: &impl Fn(&Party) -> Option<&'p str>) -> bool {
        let own: Vec<&str> = self.against.iter().filter_map(|(party, _)| path(party)).collect();
        !hit.is_empty() && !own.is_empty() && !own.iter().any(|name| hit.contains(name))
    }

    fn add(&mut self, told: &Told, how: How) {
        match told.part {
            Part::Did(known) => self.by.push((told.party, known, how)),
            Part::Fought => self.fought.push((told.party, how)),
            // Armed people without a name who were hit say nothing that is worth a column.
            Part::Suffered if told.party.whom == Whom::Unnamed => {}
            Part::Suffered => self.against.push((told.party, how)),
        }
    }

    /// The nearest of those who have a name, else of those who have none; of what is known of them the surest.
    fn sides(self, article: &Article<'_>, actors: &[Actor<'_>]) -> Sides {
        let path = |party: &Party| match party.whom {
            Whom::Actor(number) => actors.get(number).map(|(_, _, path)| *path),
            _ => None,
        };
        let suffered = nearest(self.against.iter().map(|(party, how)| (*party, *how)));
        let is_hit =
            |party: &Party| path(party).is_some_and(|p| suffered.iter().any(|other| path(other) == Some(p)));
        let named = |party: &Party| path(party).is_some() && !is_hit(party);
        let did = |wanted: bool| {
            let of = self
                .by
                .iter()
                .filter(|(party, ..)| named(party) == wanted && !is_hit(party));
            let best = of.clone().map(|(_, known, how)| (*how, *known)).min();
            let best = of.filter(|(_, known, how)| Some((*how, *known)) == best);
            best.map(|(party, known, _)| (*party, *known)).collect::<Vec<_>>()
        };
        let mut by = did(true);
        if by.is_empty() {
            // A clash that its sentence tells of, with both sides.
            let here = self.fought.iter().filter(|(_, how)| *how == How::Here);
            let fought: Vec<Party> = here.map(|(party, _)| *party).collect();
            if fought.iter().any(|party| path(party) != path(&fought[0])) {
                by = fought.into_iter().map(|party| (party, Known::Stated)).collect();
            }
        }
        if by.is_empty() {
            by = did(false);
        }
        let side = |party: &Party| Side {
            actor: path(party).map(str::to_string),
            words: article.text.offset(party.from)..article.text.offset(party.to),
        };
        Sides {
            known: by.first().map(|(_, known)| *known),
            by: distinct(by.iter().map(|(party, _)| side(party))),
            against: distinct(suffered.iter().map(side)),
        }
    }
}

/// Those told nearest to the event.
fn nearest(told: impl Iterator<Item = (Party, How)> + Clone) -> Vec<Party> {
    let best = told.clone().map(|(_, how)| how).min();
    told.filter(|(_, how)| Some(*how) == best)
        .map(|(party, _)| party)
        .collect()
}

/// Each actor once, and people without a name once.
fn distinct(sides: impl Iterator<Item = Side>) -> Vec<Side> {
    let mut out: Vec<Side> = Vec::new();
    for side in sides {
        if !out.iter().any(|other| other.actor == side.actor) {
            out.push(side);
        }
    }
    out
}
