//! Events told without a place: "Dimanche, une attaque a fait au moins 27 morts", "le coup d'Etat de mardi". Each such
//! sentence is weighed as a place without a name; governments are overthrown in the country that the text is about.

use super::dates::{Date, Kind as DateKind};
use super::doubts::is_sport;
use super::input::Input;
use super::pattern::patterns;
use super::place::{Kind, Place};
use super::text::{Text, key_of};
use super::triggers::{Deed, Trigger, triggers_in};

patterns! {
    /// "y", "dans cette localité": the place told before.
    THERE = r"\by (?:a|ont|avait|avaient|est|sont|etait|etaient|ete)\b|\b(?:dans|a|de) (?:la |le |les )?(?:meme|cette|cet|ce|ces)s? (?:petite? )?(?:localites?|ville|villages?|zone|secteur|camp|lieu|endroit|sites?|region|base|commune|bourgade|axe|route|troncon)\b";
    /// "l'attaque": one that was told already.
    DEFINITE = r"\b(?:l'|la |le |les |cette |cet |ces |leur |son |sa |celle |celui )$";
    /// "le coup d'Etat", "un coup d'Etat a": one that took place.
    A_COUP = r"\b(?:le|du|au|ce|un|dernier|precedent|second|nouveau)(?: precedent| nouveau| dernier)? $";
    OF_DATE = r"^(?: militaire)? ?(?:du |de |d'|en |, ?|le )*(?:\w|$)";
    NO_COUP = r"\b(?:tentative|risque|crainte|menace|eviter|auteurs?|initiateurs?) (?:de |d'un |du |d')$|\b(?:quatrieme|troisieme|deuxieme|cinquieme|sixieme) $";
}

/// Characters between a coup and its date.
const DATED: usize = 16;

/// Adds a place for each sentence that tells of an event and names none.
pub(super) fn add(
    text: &Text,
    input: &Input<'_, '_>,
    places: &mut Vec<Place>,
    dates: &[Date],
    triggers: &[Trigger],
    sentences: &[(usize, usize)],
) {
    let country = country(input);
    let mut found = Vec::new();
    for (number, (from, to)) in sentences.iter().enumerate() {
        let first = places.partition_point(|place| place.from < *from);
        let is_placed = places[first..]
            .iter()
            .take_while(|p| p.from < *to)
            .any(|p| !p.aside);
        let triggers = triggers_in(triggers, (*from, *to));
        let mut coups = triggers
            .iter()
            .filter(|t| t.deed == Deed::Coup && is_a_coup(text, t));
        let is_named = places[first..].iter().take_while(|p| p.from < *to).count() > 0;
        if let (true, Some(country)) = (is_named, &country) {
            // Beside other places: one whose own date stands beside it.
            if let Some(coup) = coups.find(|t| is_dated(text, t, dates)) {
                let named = places[first..].iter().take_while(|p| p.from < *to);
                let other = named
                    .clone()
                    .find(|p| p.kind == Kind::Country && p.mention.is_some());
                found.push(match other {
                    Some(other) => in_country_of(text, coup, other, number),
                    None => in_country(text, coup, country, number),
                });
            }
        }
        if is_placed {
            continue;
        }
        if let (false, Some(coup), Some(country)) = (is_named, coups.next(), &country) {
            found.push(in_country(text, coup, country, number));
            continue;
        }
        let has_country = places[first..].iter().take_while(|p| p.from < *to).count() > 0;
        if has_country || THERE.is_in(text.folded(*from, *to)) || is_sport(text.folded(*from, *to)) {
            continue;
        }
        if let Some(trigger) = deed(text, triggers, dates, (*from, *to)) {
            let mut place = Place::new(text, trigger.from, trigger.to);
            (place.name, place.key, place.kind) = (String::new(), String::new(), Kind::Nowhere);
            (place.sentence, place.aside) = (number, true);
            place.mention = country.as_ref().map(|country| country.mention);
            found.push(place);
        }
    }
    places.append(&mut found);
    places.sort_by_key(|place| place.from);
}

/// The country that a text is about, and a mention of it.
struct Country {
    mention: usize,
    name: String,
}

/// The country that is named most, the first one of several.
fn country(input: &Input<'_, '_>) -> Option<Country> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for place in input.places {
        let top = place.path.split('/').next().unwrap_or_default();
        match counts.iter_mut().find(|(country, _)| *country == top) {
            Some((_, count)) => *count += 1,
            None => counts.push((top, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    let (name, _) = counts.iter().find(|(_, count)| *count == most)?;
    let mention = input.places.iter().position(|place| place.path == *name)?;
    Some(Country {
        mention,
        name: (*name).to_string(),
    })
}

fn in_country(text: &Text, coup: &Trigger, country: &Country, sentence: usize) -> Place {
    let mut place = Place::new(text, coup.from, coup.to);
    place.key = key_of(&country.name);
    place.levels = vec![place.key.clone()];
    place.name.clone_from(&country.name);
    place.kind = Kind::Country;
    place.mention = Some(country.mention);
    (place.sentence, place.aside) = (sentence, true);
    place
}

/// The same in a country that its sentence names.
fn in_country_of(text: &Text, coup: &Trigger, country: &Place, sentence: usize) -> Place {
    let mut place = Place::new(text, coup.from, coup.to);
    place.key.clone_from(&country.key);
    place.levels.clone_from(&country.levels);
    place.name.clone_from(&country.name);
    place.kind = Kind::Country;
    place.mention = country.mention;
    (place.sentence, place.aside) = (sentence, true);
    place
}

/// "le coup d'Etat du 18 août", "de mardi", "de 2012".
fn is_dated(text: &Text, coup: &Trigger, dates: &[Date]) -> bool {
    let next = dates.partition_point(|date| date.from < coup.to);
    let date = dates.get(next).filter(|date| date.is_event());
    date.is_some_and(|date| {
        date.from - coup.to <= DATED && OF_DATE.is_in(text.folded(coup.to, date.from + 3))
    })
}

/// Whether words tell of a coup that took place.
fn is_a_coup(text: &Text, trigger: &Trigger) -> bool {
    let before = text.before(trigger.from, 25);
    A_COUP.is_in(before) && !NO_COUP.is_in(before)
}

/// The deed that a sentence tells of, at a date of its own.
fn deed<'t>(
    text: &Text,
    triggers: &'t [Trigger],
    dates: &[Date],
    (from, to): (usize, usize),
) -> Option<&'t Trigger> {
    let tells = |trigger: &&Trigger| {
        let is_deed = trigger.deed.is_violent() && !matches!(trigger.deed, Deed::Occurred | Deed::Wounded)
            || trigger.deed == Deed::Release;
        is_deed && !DEFINITE.is_in(text.before(trigger.from, 7))
    };
    let first = dates.partition_point(|date| date.from < from);
    let own = dates[first..].iter().take_while(|date| date.from < to);
    let dated: Vec<&Date> = own.filter(|date| is_own(date)).collect();
    let near = |trigger: &&Trigger| dated.iter().map(|date| date.from.abs_diff(trigger.from)).min();
    triggers
        .iter()
        .filter(tells)
        .min_by_key(near)
        .filter(|_| !dated.is_empty())
}

/// Whether a date says when a deed of its sentence was.
fn is_own(date: &Date) -> bool {
    date.is_event()
        && matches!(
            date.kind,
            DateKind::Day
                | DateKind::Month
                | DateKind::Weekday
                | DateKind::WeekdayNight
                | DateKind::Range
                | DateKind::Night
                | DateKind::Yesterday
                | DateKind::Today
                | DateKind::BeforeYesterday
                | DateKind::Weekend
                | DateKind::After
        )
}
