//! Figures given to events: each to the event of its sentence, else to the one told last, else from the lead.

use super::article::Article;
use super::dates::{Date, Kind};
use super::doubts::is_pluperfect;
use super::group::{Count, Group, Scored, Side};
use super::numbers;
use super::pattern::patterns;
use super::toll_words::Harm;
use super::tolls::Figure;

/// Sentences after an event in which its figures may be told.
const REACH: usize = 3;

/// Sentences after an event in which figures are kept as told of it.
const FAR: usize = 20;

/// A figure of so many is one of many incidents.
const MOST: u32 = 1000;

patterns! {
    UPDATE = r"\b(?:nouveau bilan|dernier bilan|desormais|alourdi\w*|revue? a la hausse|bilan definitif|porte a|passe a|bilan officiel)\b";
    FORMER = r"\b(?:precedent bilan|bilan precedent|premier bilan|bilan anterieur|bilan initial)\b";
    TOTAL = r"\b(?:depuis|en tout|au total|deja|plus de \w+ mois|ces derni\w+|annees?)\b";
    PART_OF = r"\bdont (?:au moins )?(<NUM>)";
    ALSO = r"\b(?:egalement|aussi)\b";
    PLURAL = r"\b(?:attaques|assauts|embuscades|localites|villages|series?|incidents)\b";
    THEM = r"\b(?:ravisseurs?|terroristes?|d?jihadistes?|assaillants?|ennemis?|kamikazes?|bandits?|rebelles?|insurges?)\b";
    US = r"\b(?:soldats?|militaires?|civils?|gendarmes?|policiers?|gardes?|casques? bleus?|villageois|habitants?|officiers?|douaniers?|vdp|volontaires?|personnes?|passagers?|femmes?|enfants?|hommes)\b";
    THEIR_SIDE = r"cote (?:ennemi|terroriste|assaillant)|rangs? (?:ennemi|des (?:terroristes|assaillants))";
    BARE = r"^[\d\w -]*(?:morts|tues)$";
    THEN = r"\b(?:puis|ensuite|avant)\b";
    AND_BEFORE = r"^,? et (?:\w+ ){0,1}$";
    NUMBER = r"\b<NUM>\b";
}

/// Where a figure is told beside the event that it is given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    Lead,
    After,
    Here,
}

/// Gives the figures of an article to its events.
pub(super) fn assign(scored: &Scored<'_, '_>, groups: &mut [Group]) {
    let article = scored.article;
    for (number, figure) in article.figures.iter().enumerate() {
        let sentence = article.sentence_at(figure.from);
        let (from, to) = article.sentence(sentence);
        let Some((targets, how)) = targets(scored, groups, figure) else {
            let is_total = TOTAL.is_in(article.words(sentence)) || figure.n >= MOST;
            if let Some(group) = told_far(scored, groups, figure).filter(|_| !is_total) {
                groups[group].told.push((number, 1));
            }
            continue;
        };
        let near = |before: usize, end: usize| {
            article
                .text
                .folded(from.max(figure.from.saturating_sub(before)), end)
        };
        if how != How::Here && TOTAL.is_in(near(40, figure.to + 40)) || figure.n >= MOST {
            continue;
        }
        for target in &targets {
            groups[*target].told.push((number, targets.len()));
        }
        if FORMER.is_in(article.text.folded(from, figure.to)) {
            continue;
        }
        let told = Told {
            figure,
            number,
            how,
            shared: targets.len(),
            side: side(
                near(28, to.min(figure.to + 24)),
                article.text.folded(figure.from, figure.to),
            ),
            is_about: numbers::is_about(article.text.folded(figure.from, figure.to)),
            is_update: UPDATE.is_in(near(50, figure.to)),
            is_also: ALSO.is_in(article.text.folded(figure.from, figure.to)),
            in_plural: PLURAL.is_in(article.words(0)),
            part: part(article.text.folded(figure.from, to.min(figure.to + 60))),
            numbers: told_numbers(article.text.folded(figure.from, figure.to)),
            parts: NUMBER.all(article.text.folded(figure.from, figure.to)).count(),
        };
        for target in targets {
            told.give(&mut groups[target]);
        }
    }
}

/// A figure about to be given to events.
struct Told<'f> {
    figure: &'f Figure,
    number: usize,
    how: How,
    shared: usize,
    side: Option<Side>,
    is_about: bool,
    is_update: bool,
    is_also: bool,
    /// The lead speaks of several attacks.
    in_plural: bool,
    /// How many of them are told apart: "huit morts, dont six Français".
    part: Option<u32>,
    /// The numbers in it.
    numbers: Vec<u32>,
    parts: usize,
}

impl Told<'_> {
    fn give(&self, group: &mut Group) {
        let n = self.figure.n;
        let is_dead = self.figure.harm == Harm::Killed;
        let how = self.how as u8;
        let known = group.counts[self.figure.harm as usize];
        let Some(count) = known else {
            return self.set(group);
        };
        let is_better = n > 0 && count.how == 0 && how > 0 && self.in_plural
            || n > 0 && is_dead && count.shared > 1 && how >= count.how && self.shared < count.shared;
        let is_part = self.part == Some(count.n) || self.numbers.contains(&count.n);
        if is_better || is_dead && is_part && count.n > 0 && n > count.n && !group.dead.added {
            return self.set(group);
        }
        if !is_dead {
            return;
        }
        let dead = &mut group.dead;
        let other_side = matches!(
            (self.side, dead.side),
            (Some(Side::Us), Some(Side::Them)) | (Some(Side::Them), Some(Side::Us))
        );
        let is_near = f64::from(n) >= 0.7 * f64::from(count.n) && f64::from(n) <= 1.4 * f64::from(count.n);
        if n > 0 && count.n > 0 && self.how != How::Lead && !dead.both && other_side {
            (dead.both, dead.added) = (true, true);
            group.counts[0] = Some(Count {
                n: count.n.saturating_add(n),
                ..count
            });
        } else if n > 0 && (self.is_update || dead.is_about && !self.is_about) && is_near && !dead.added {
            (dead.is_about, dead.side) = (false, self.side);
            group.counts[0] = Some(Count {
                n,
                figure: self.number,
                ..count
            });
        } else if self.is_also && n < count.n.saturating_add(20) && !dead.added {
            dead.added = true;
            group.counts[0] = Some(Count {
                n: count.n.saturating_add(n),
                ..count
            });
        } else if count.n != n {
            dead.others = true;
        }
    }

    fn set(&self, group: &mut Group) {
        group.counts[self.figure.harm as usize] = Some(Count {
            n: self.figure.n,
            figure: self.number,
            how: self.how as u8,
            shared: self.shared,
        });
        if self.figure.harm == Harm::Killed {
            (group.dead.side, group.dead.is_about) = (self.side, self.is_about);
            group.dead.parts = self.parts;
        }
    }
}

/// The numbers that a figure is made of: of which "six" was told before.
fn told_numbers(words: &[u8]) -> Vec<u32> {
    let numbers = NUMBER
        .all(words)
        .filter_map(|found| numbers::value(&words[found]));
    numbers.collect()
}

/// The part of a figure that is told apart.
fn part(words: &[u8]) -> Option<u32> {
    let groups = PART_OF.groups(words)?;
    let number = groups.get(1)?.clone()?;
    numbers::value(&words[number])
}

/// Whose dead, by the words of a figure and, where it doesn't say, by those around it.
fn side(around: &[u8], figure: &[u8]) -> Option<Side> {
    if THEIR_SIDE.is_in(around) {
        return Some(Side::Them);
    }
    let (mut them, mut us) = (THEM.is_in(figure), US.is_in(figure));
    if !them && !us {
        if BARE.is_in(figure) {
            return Some(Side::Us);
        }
        (them, us) = (THEM.is_in(around), US.is_in(around));
    }
    match (them, us) {
        (true, true) => Some(Side::Both),
        (true, false) => Some(Side::Them),
        (false, true) => Some(Side::Us),
        (false, false) => None,
    }
}

/// The events that a figure is of; none where it is of something that had happened before.
fn targets(scored: &Scored<'_, '_>, groups: &[Group], figure: &Figure) -> Option<(Vec<usize>, How)> {
    let sentence = scored.article.sentence_at(figure.from);
    let own: Vec<usize> = (0..groups.len())
        .filter(|g| groups[*g].placeless && groups[*g].sentence == sentence)
        .collect();
    if !own.is_empty() {
        return Some((own, How::After));
    }
    let here: Vec<(usize, usize)> = groups
        .iter()
        .enumerate()
        .filter(|(_, group)| !group.placeless)
        .flat_map(|(number, group)| group.places.iter().map(move |place| (number, *place)))
        .filter(|(_, place)| scored.place(*place).sentence == sentence)
        .collect();
    if !here.is_empty() {
        return Some((in_sentence(scored, &here, figure), How::Here));
    }
    let dates: Vec<&Date> = scored
        .article
        .dates_of(sentence)
        .iter()
        .filter(|date| date.is_event())
        .collect();
    told_last(scored, groups, sentence, &dates)
}

/// Of the places of its sentence the nearest, with its list.
fn in_sentence(scored: &Scored<'_, '_>, here: &[(usize, usize)], figure: &Figure) -> Vec<usize> {
    let article = scored.article;
    let mut places: Vec<usize> = here.iter().map(|(_, place)| *place).collect();
    places.sort_unstable();
    places.dedup();
    let costs = places
        .iter()
        .map(|place| cost(article, *place, figure))
        .enumerate();
    let nearest = costs.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(at, _)| at);
    let is_next = |at: usize| article.places[places[at]].chain > 0;
    let (mut first, mut last) = (nearest, nearest + 1);
    while first > 0 && is_next(first) {
        first -= 1;
    }
    while last < places.len() && is_next(last) {
        last += 1;
    }
    let mut targets: Vec<usize> = here
        .iter()
        .filter(|(_, place)| places[first..last].contains(place))
        .map(|(group, _)| *group)
        .collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

fn cost(article: &Article<'_>, place: usize, figure: &Figure) -> f64 {
    let place = &article.places[place];
    let is_after = place.from >= figure.to;
    let (from, to) = if is_after {
        (figure.to, place.from)
    } else {
        (place.to, figure.from)
    };
    let between = article.text.folded(from, to);
    let mut cost = to.saturating_sub(from) as f64 / 40.0;
    if is_after && THEN.is_in(between) {
        cost += 4.0;
    }
    if place.from < figure.from && AND_BEFORE.begins(between).is_some() {
        cost += 2.0;
    }
    cost += 2.0 * article.clauses_apart(place.from, figure.from).min(2) as f64;
    cost += 6.0 * f64::from(article.semicolons(place.from, figure.from));
    let full_stops = article.stops(place.from, figure.from) - article.semicolons(place.from, figure.from);
    cost + if full_stops > 0 { 3.0 } else { 0.0 }
}

/// The event told last before a sentence, or first after the lead.
fn told_last(
    scored: &Scored<'_, '_>,
    groups: &[Group],
    sentence: usize,
    dates: &[&Date],
) -> Option<(Vec<usize>, How)> {
    let article = scored.article;
    let fits = |group: &Group| fits(article, group, dates);
    let mut before: Vec<(usize, usize)> = Vec::new();
    for (number, group) in groups.iter().enumerate().filter(|(_, group)| fits(group)) {
        let told = group.places.iter().map(|place| scored.place(*place).sentence);
        let told: Vec<usize> = match group.placeless {
            true => vec![group.sentence],
            false => told.collect(),
        };
        before.extend(told.into_iter().filter(|s| *s < sentence).map(|s| (number, s)));
    }
    if let Some((last, _)) = before.last() {
        let own = scored.has(groups[*last].places[0], "pluperfect");
        if is_pluperfect(article.words(sentence)) && !own {
            return None;
        }
        let nearest = before.iter().map(|(_, s)| *s).max()?;
        let live = groups
            .iter()
            .filter(|g| g.places.iter().any(|p| scored.place(*p).sentence <= sentence));
        let far = live.count() == 1 || dates.iter().any(|date| date.kind == Kind::SameDay);
        let mut targets: Vec<usize> = before
            .iter()
            .filter(|(_, s)| *s == nearest)
            .map(|(number, _)| *number)
            .collect();
        targets.dedup();
        let is_near = sentence - nearest <= if far { REACH + 1 } else { REACH };
        return (is_near && targets.len() <= 8).then_some((targets, How::After));
    }
    let first = groups.iter().map(|g| g.sentence).min()?;
    let is_lead = sentence <= 2 && (groups.len() == 1 || first <= sentence + 3);
    let targets: Vec<usize> = (0..groups.len())
        .filter(|g| groups[*g].sentence == first && fits(&groups[*g]))
        .collect();
    (is_lead && !targets.is_empty()).then_some((targets, How::Lead))
}

/// The event told last before a sentence that stands too far off to be surely of it: what is told there is kept, but
/// not counted.
fn told_far(scored: &Scored<'_, '_>, groups: &[Group], figure: &Figure) -> Option<usize> {
    let article = scored.article;
    let sentence = article.sentence_at(figure.from);
    let dates: Vec<&Date> = article
        .dates_of(sentence)
        .iter()
        .filter(|date| date.is_event())
        .collect();
    let before = |group: &Group| group.sentence < sentence && sentence - group.sentence <= FAR;
    let last = groups
        .iter()
        .filter(|group| before(group))
        .map(|group| group.sentence)
        .max()?;
    let mut told = (0..groups.len()).filter(|at| groups[*at].sentence == last);
    let only = told.next().filter(|_| told.next().is_none())?;
    let is_recalled = is_pluperfect(article.text.folded(figure.from.saturating_sub(25), figure.to));
    let names_another = article.places_of(sentence).any(|place| {
        let is_event = scored.is_event(place) && scored.place(place).key != groups[only].key;
        is_event && scored.place(place).kind != super::place::Kind::Nowhere
    });
    (fits(article, &groups[only], &dates) && !is_recalled && !names_another).then_some(only)
}

/// Whether the dates of a sentence go with an event.
fn fits(article: &Article<'_>, group: &Group, dates: &[&Date]) -> bool {
    if dates.is_empty() || group.when.date.is_none() && group.when.edtf.is_none() {
        return true;
    }
    let weekday = group.when.date.and_then(|number| article.dates[number].weekday);
    dates.iter().any(|date| {
        date.edtf
            .zip(group.when.edtf)
            .is_some_and(|(one, two)| one.may_be(&two))
            || date.weekday.is_some() && date.weekday == weekday
            || matches!(date.kind, Kind::SameDay | Kind::Today | Kind::Weekend)
    })
}
