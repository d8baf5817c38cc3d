//! Dates of events whose sentences have none, and events told without a place.

use super::article::Article;
use super::dates::{Date, Kind, Role as DateRole};
use super::doubts::{is_irreal, is_pluperfect, is_sport};
use super::group::{Basis, Dead, Group, Scored, When, is_definite};
use super::pattern::patterns;
use super::place::{Kind as PlaceKind, are_spellings};
use super::role::Role;
use super::triggers::{Deed, Trigger};

patterns! {
    SAID = r"\b(?:communique\w*|declar\w+|lu|annonc\w+|interrog\w+|publi\w+|soiree de ce)\b[^.;]{0,60}$";
    PRONOUN = r#"^[«"]? ?(?:elles?|ils?|ces|cette|cet)\b"#;
    /// Those who were told of.
    THE_SAME = r"^(?:les|ces) (?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|treize|\d+) ";
    THERE = r"\by\b|\b(?:dans |a )?(?:la |le |les )?memes? (?:localite|ville|village|zone|secteur|camp|lieu|endroit|sites?|region|base|commune)s?\b|\bdans (?:cette|ce) (?:petit |petite |meme )?(?:localite|ville|village|zone|camp|commune|bourgade|base)\b|\b(?:ce|cette) (?:petit |petite |meme )?(?:localite|ville|village|camp|commune|bourgade|base)\b";
    THERE_IS = r"\bil y a\b";
    /// Elsewhere than at the place told before.
    IN_PART = r"\bdans (?:le |la |l')(?:extreme[ -])?(?:nord|sud|est|ouest|centre)(?:-\w+)? du (?:pays|mali|niger|burkina|tchad)\b";
    LOSS = r"revers|defaite|pertes|combat|embuscade";
    DEFINITE_BEFORE = r"\b(?:l'|la |le |les |cette |cet |ces |leur |son |sa )$";
    CLAIMED = r"\b(?:revendiqu\w+|revele\w*|expertises?|enquete|condamn\w+|hommage)\b";
}

/// A date for an event none of whose sentences has one.
pub(super) fn date(scored: &Scored<'_, '_>, groups: &[Group], at: usize) -> When {
    let none = When {
        edtf: None,
        basis: Some(Basis::None),
        date: None,
    };
    let group = &groups[at];
    let first = group.places[0];
    if scored.has(first, "pluperfect") || scored.has(first, "background") {
        return none;
    }
    let article = scored.article;
    let sentence = scored.place(first).sentence;
    let taken: Vec<usize> = groups
        .iter()
        .enumerate()
        .filter(|(n, g)| *n != at && g.when.basis == Some(Basis::Own) && g.kind.coarseness().is_none())
        .filter_map(|(_, g)| g.when.date)
        .collect();
    let found = before(article, sentence, &taken)
        .map(|date| (date, Basis::Before))
        .or_else(|| month_before(article, sentence, &taken).map(|date| (date, Basis::Before)))
        .or_else(|| after(scored, groups, at, &taken).map(|date| (date, Basis::After)));
    if let Some((number, basis)) = found {
        return When {
            edtf: article.dates[number].edtf,
            basis: Some(basis),
            date: Some(number),
        };
    }
    if let Some(when) = told_again(scored, groups, at) {
        return when;
    }
    let said = article.dates_of(sentence).iter().find(|date| {
        date.role == DateRole::Speech && matches!(date.kind, Kind::Weekday | Kind::Day | Kind::Yesterday)
    });
    if let Some(said) = said.filter(|_| sentence <= 1) {
        return When {
            edtf: said.edtf,
            basis: Some(Basis::Speech),
            date: None,
        };
    }
    if let Some(lead) = day_of_lead(scored, at, groups) {
        return lead;
    }
    match article.page.month() {
        Some(month) => When {
            edtf: Some(month),
            basis: Some(Basis::Page),
            date: None,
        },
        None => none,
    }
}

/// Sentences of a lead.
const LEAD: usize = 3;

/// Sentences after the lead that go on with what it tells.
const GOES_ON: usize = 8;

/// The one day that the lead gives to a deed, for what is told of it further down.
fn day_of_lead(scored: &Scored<'_, '_>, at: usize, groups: &[Group]) -> Option<When> {
    let article = scored.article;
    let group = &groups[at];
    let sentence = scored.place(group.places[0]).sentence;
    let refers = is_definite(article, sentence) || sentence <= GOES_ON;
    let is_day = |date: &&Date| {
        let day = matches!(
            date.kind,
            Kind::Day
                | Kind::Weekday
                | Kind::Yesterday
                | Kind::Today
                | Kind::Night
                | Kind::WeekdayNight
                | Kind::Range
        );
        let is_short = |(first, last): (i64, i64)| last - first <= 1;
        day && date.is_event() && date.edtf.and_then(|edtf| edtf.interval()).is_some_and(is_short)
    };
    let tells = |sentence: &usize| {
        let mut triggers = article.triggers_of(*sentence).iter();
        triggers.any(|trigger| trigger.deed.is_violent())
    };
    let past = LEAD + usize::from(article.is_title());
    let leads = (0..past.min(article.sentences.len())).filter(tells);
    let mut days = leads
        .flat_map(|sentence| article.dates_of(sentence))
        .filter(is_day);
    let first = days.next()?;
    let is_same = days.all(|date| date.edtf == first.edtf);
    let is_recalled = is_pluperfect(article.words(article.sentence_at(first.from)));
    let is_fresh = first.edtf.is_some_and(|edtf| article.page.is_fresh(&edtf));
    (refers && is_same && is_fresh && !is_recalled).then(|| When {
        edtf: first.edtf,
        basis: Some(Basis::Lead),
        date: Some(article.number_of(first)),
    })
}

/// "Les deux soldats sont morts", "L'attaque": what was told just before, at a place that has its date.
fn told_again(scored: &Scored<'_, '_>, groups: &[Group], at: usize) -> Option<When> {
    let article = scored.article;
    let sentence = scored.place(groups[at].places[0]).sentence;
    let (from, _) = article.sentence(sentence);
    let refers = is_definite(article, sentence) || THE_SAME.begins(article.text.after(from, 30)).is_some();
    let dated = |group: &&Group| {
        let apart = sentence.checked_sub(group.sentence);
        let is_day = group.when.edtf.is_some_and(|edtf| edtf.first.day.is_some());
        group.when.basis == Some(Basis::Own) && is_day && apart.is_some_and(|apart| (1..=3).contains(&apart))
    };
    let last = groups.iter().filter(dated).max_by_key(|group| group.sentence);
    last.filter(|_| refers).map(|group| When {
        basis: Some(Basis::Before),
        ..group.when
    })
}

/// Dates of events in the two sentences before one, that no other place has.
fn dates_before<'a>(
    article: &'a Article<'_>,
    sentence: usize,
    taken: &'a [usize],
) -> impl Iterator<Item = (usize, &'a Date)> {
    let (from, _) = article.sentence(sentence.saturating_sub(2));
    let (until, _) = article.sentence(sentence);
    let first = article.dates.partition_point(|date| date.from < from);
    let dates = article.dates.iter().enumerate().skip(first);
    dates
        .take_while(move |(_, date)| date.from < until)
        .filter(|(number, date)| date.is_event() && !taken.contains(number))
}

/// The date told just before.
fn before(article: &Article<'_>, sentence: usize, taken: &[usize]) -> Option<usize> {
    let usable = |date: &Date| {
        !matches!(
            date.kind,
            Kind::Year
                | Kind::Month
                | Kind::SameDay
                | Kind::Later
                | Kind::After
                | Kind::Ago
                | Kind::Earlier
                | Kind::Eve
                | Kind::NextDay
        ) && !SAID.is_in(article.text.before(date.from, 90))
    };
    let all: Vec<(usize, &Date)> = dates_before(article, sentence, taken)
        .filter(|(_, date)| usable(date))
        .collect();
    let full = |(_, date): &&(usize, &Date)| matches!(date.kind, Kind::Day | Kind::Range | Kind::Night);
    let last = all.iter().rfind(full).or(all.last())?;
    Some(last.0)
}

/// "En juin, … L'attaque".
fn month_before(article: &Article<'_>, sentence: usize, taken: &[usize]) -> Option<usize> {
    let (from, _) = article.sentence(sentence);
    let refers = is_definite(article, sentence) || PRONOUN.begins(article.text.after(from, 12)).is_some();
    let months = dates_before(article, sentence, taken).filter(|(_, date)| date.kind == Kind::Month);
    months.last().filter(|_| refers).map(|(number, _)| number)
}

/// "L'attaque est survenue dimanche", told after.
fn after(scored: &Scored<'_, '_>, groups: &[Group], at: usize, taken: &[usize]) -> Option<usize> {
    let article = scored.article;
    let first = scored.place(groups[at].places[0]);
    let sentence = first.sentence;
    let reach = if groups.len() > 1 { 2 } else { 3 };
    (sentence + 1..=sentence + reach)
        .take_while(|next| *next < article.sentences.len())
        .find_map(|next| {
            let date = article.dates_of(next).iter().find(|date| {
                let day = matches!(
                    date.kind,
                    Kind::Day
                        | Kind::Weekday
                        | Kind::Yesterday
                        | Kind::Today
                        | Kind::Range
                        | Kind::Night
                        | Kind::WeekdayNight
                );
                day && date.is_event() && date.edtf.is_some() && !taken.contains(&article.number_of(date))
            })?;
            let in_lead =
                sentence <= 2 && next <= 4 && article.triggers_of(next).iter().any(|t| t.deed.is_violent());
            let refers = is_definite(article, next) || sentence == 0 && next == 1 || in_lead;
            let is_elsewhere = article.places_of(next).any(|p| {
                let place = scored.place(p);
                let is_same = place.key == first.key || place.contains(first) || first.contains(place);
                scored.scores[p] >= 0.5 && !is_same
            });
            let is_it = refers && !is_pluperfect(article.words(next)) && !is_elsewhere;
            is_it.then(|| article.number_of(date))
        })
}

/// Adds events told without a place, "En juin, des soldats y avaient été tués": at the place told last.
pub(super) fn placeless(scored: &Scored<'_, '_>, groups: &mut Vec<Group>) {
    for sentence in 0..scored.article.sentences.len() {
        if let Some(group) = in_sentence(scored, groups, sentence) {
            groups.push(group);
        }
    }
}

/// What a sentence without a place tells of.
struct Told<'a> {
    date: &'a Date,
    /// The sentence points at the place: "y", "dans cette localité".
    points: bool,
}

fn in_sentence(scored: &Scored<'_, '_>, groups: &[Group], sentence: usize) -> Option<Group> {
    let article = scored.article;
    let mut here = article.places_of(sentence);
    if here.any(|p| scored.is_event(p) && scored.place(p).kind != PlaceKind::Nowhere) {
        return None;
    }
    let told = told(article, sentence)?;
    let place = place_before(scored, sentence, told.points)?;
    let number = article.number_of(told.date);
    let (key, name) = (&scored.place(place).key, &scored.place(place).name);
    let is_known = |group: &Group| {
        if group.key != *key && !are_spellings(&group.key, key) {
            return false;
        }
        match (told.date.edtf, group.when.edtf) {
            (Some(one), Some(two)) => one.may_be(&two),
            _ => group.when.date.is_none_or(|other| {
                let text = |date: &Date| article.text.folded(date.from, date.to);
                text(&article.dates[other]) == text(told.date)
            }),
        }
    };
    if groups.iter().any(is_known) {
        return None;
    }
    let score = scored.scores[place];
    Some(Group {
        name: name.clone(),
        key: key.clone(),
        kind: scored.place(place).kind,
        places: vec![place],
        end: None,
        when: When {
            edtf: told.date.edtf,
            basis: Some(Basis::Own),
            date: Some(number),
        },
        score: if told.points {
            0.75 * score.max(0.8)
        } else {
            0.55 * score
        },
        sentence,
        placeless: true,
        is_further_date: false,
        counts: [None; 3],
        told: Vec::new(),
        dead: Dead::default(),
    })
}

/// Whether a sentence tells of an event of its own, and when.
fn told<'a>(article: &'a Article<'_>, sentence: usize) -> Option<Told<'a>> {
    let words = article.words(sentence);
    let strong: Vec<&Trigger> = article
        .triggers_of(sentence)
        .iter()
        .filter(|t| t.deed.is_violent())
        .collect();
    let points = THERE.find(words).is_some_and(|found| {
        let is_there_is = &words[found] == b"y" && THERE_IS.is_in(words);
        !is_there_is
    });
    let dates: Vec<&Date> = article
        .dates_of(sentence)
        .iter()
        .filter(|date| date.is_event() && date.kind != Kind::Year)
        .collect();
    let date = *dates.first().filter(|_| dates.len() <= 2)?;
    let tells = !strong.is_empty() || points && LOSS.is_in(words);
    if !tells || is_irreal(words) || is_sport(words) || !points && IN_PART.is_in(words) {
        return None;
    }
    let is_definite =
        |t: &&Trigger| t.deed == Deed::Occurred || DEFINITE_BEFORE.is_in(article.text.before(t.from, 7));
    if !points && (strong.iter().all(is_definite) || CLAIMED.is_in(words)) {
        return None;
    }
    Some(Told { date, points })
}

/// The place told last, within two sentences.
fn place_before(scored: &Scored<'_, '_>, sentence: usize, points: bool) -> Option<usize> {
    let article = scored.article;
    let may_be = |at: usize| {
        let place = scored.place(at);
        let is_other = matches!(
            place.role,
            Role::Speaker | Role::State | Role::Container | Role::From | Role::Toward
        );
        let coarse = matches!(
            place.kind,
            PlaceKind::Country | PlaceKind::Region | PlaceKind::Nowhere
        );
        scored.is_event(at) && place.kind != PlaceKind::Nowhere
            || points && !is_other && !place.contained && !coarse
    };
    let first = article.places_of(sentence.saturating_sub(2)).start;
    let end = article.places_of(sentence).start;
    let last = (first..end).rev().find(|at| may_be(*at))?;
    let lead = article
        .places_of(scored.place(last).sentence)
        .find(|at| scored.is_event(*at));
    match lead {
        Some(lead) if !points && !scored.is_event(last) => Some(lead),
        _ => Some(last),
    }
}
