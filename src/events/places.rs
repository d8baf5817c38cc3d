//! The places of a text that an event may have taken place at: those that the gazetteer knows, and unknown names
//! ([`super::unknown`]) where a place is expected.

use super::dates::Date;
use super::input::Input;
use super::pattern::patterns;
use super::place::{Kind, Place};
use super::role::Role;
use super::roles;
use super::sentences::sentence_at;
use super::text::{Text, key_of};
use super::unknown;
use rustc_hash::FxHashSet;

/// Characters between two places that may lie in one another.
const BESIDE: usize = 120;

patterns! {
    /// Words that belong to what a place is, not to its name.
    SORT = r"^(?:quartiers?|peripherie|banlieue|mines? d'or|mine|camp(?: militaire)?|base|aeroport(?: international)?|foret|prefecture|agglomeration|regions?|cercles?|villages?|villes?|communes?(?: rurale)?|departements?|provinces?|localites?|district)\s+(?:de la |de l'|de |du |d'|des )?";
    PEOPLE_OF = r"(?:iens?|iennes?|ois|oises?)$";
    HYPHENATED = r"^(?:-<CAP>[\w']+)+";
    BUILDING = r"\b(campement|hotel|restaurant|lycee|mosquee|eglise|camp) $";
}

/// The places of a text in order, with their roles.
pub(super) fn read(
    text: &Text,
    input: &Input<'_, '_>,
    dates: &[Date],
    actors: &[(usize, usize)],
    sentences: &[(usize, usize)],
) -> Vec<Place> {
    let mut places = known(text, input);
    unknown::add(text, &mut places, dates, actors);
    places.sort_by_key(|place| place.from);
    let mut end = 0;
    places.retain(|place| {
        let is_free = place.from >= end;
        end = if is_free { place.to } else { end };
        is_free
    });
    for place in &mut places {
        place.sentence = sentence_at(sentences, place.from);
    }
    set_aside(&mut places);
    let (mut aside, mut places): (Vec<Place>, Vec<Place>) = places.into_iter().partition(|place| place.aside);
    roles::assign(text, &mut places, sentences);
    for place in &mut places {
        // "Kayes" without "région de" is the town.
        let is_area = matches!(
            place.kind,
            Kind::Region | Kind::Cercle | Kind::Commune | Kind::Province | Kind::Neighbours
        );
        if is_area && place.role != Role::Container {
            place.kind = Kind::Town;
        }
    }
    mark_contained(&mut places);
    roles::assign(text, &mut aside, sentences);
    places.append(&mut aside);
    places.sort_by_key(|place| place.from);
    places
}

/// Marks countries of which a finer place is named.
fn set_aside(places: &mut [Place]) {
    let finer: FxHashSet<String> = places
        .iter()
        .filter(|place| place.levels.len() > 1)
        .map(|place| place.levels[0].clone())
        .collect();
    for place in places.iter_mut().filter(|place| place.kind == Kind::Country) {
        place.aside = place.levels.first().is_some_and(|level| finer.contains(level));
    }
}

/// "parc de la Pendjari".
fn has_capital(written: &[u8]) -> bool {
    written
        .iter()
        .any(|b| b.is_ascii_uppercase() || (0xC0..0xDF).contains(b))
}

/// Marks places that lie in one beside them, of the same sentence.
fn mark_contained(places: &mut [Place]) {
    let marks: Vec<bool> = (0..places.len())
        .map(|at| {
            let place = &places[at];
            let near =
                |other: &&Place| other.sentence == place.sentence && other.from.abs_diff(place.from) < BESIDE;
            let before = places[..at].iter().rev().take_while(near);
            let after = places[at + 1..].iter().take_while(near);
            before.chain(after).any(|other| place.is_around(other))
        })
        .collect();
    for (place, mark) in places.iter_mut().zip(marks) {
        place.contained = mark;
    }
}

/// The places that the gazetteer knows.
fn known(text: &Text, input: &Input<'_, '_>) -> Vec<Place> {
    let begins: Vec<usize> = input.places.iter().map(|m| text.position(m.start)).collect();
    let mut out = Vec::new();
    for (number, mention) in input.places.iter().enumerate() {
        let (start, to) = (begins[number], text.position(mention.end));
        if start >= to || mention.rule == "adjective" {
            continue;
        }
        let sort = SORT.begins(text.folded(start, to)).unwrap_or(0);
        let from = if start + sort < to { start + sort } else { start };
        let written = text.written(from, to);
        let is_upper = written.iter().any(u8::is_ascii_uppercase)
            && !written.iter().any(|b| b.is_ascii_lowercase() || *b >= 0xDF);
        if is_upper && from > 0 && text.raw[from - 1] == b'(' {
            continue;
        }
        let mut place = Place::new(text, from, to);
        let levels: Vec<String> = mention.path.split('/').map(key_of).collect();
        if PEOPLE_OF.is_in(text.folded(from, to)) && !levels.contains(&place.key) {
            continue;
        }
        if let Some(more) = HYPHENATED.begins(text.written(to, to + 60))
            && begins.get(number + 1) != Some(&(to + 1))
            && !roles::is_on_road(text, from)
        {
            // "Danga-Zouani" is another place than Danga.
            out.push(Place::new(text, from, to + more));
            continue;
        }
        if is_upper && written.len() <= 5 && from > start {
            place.name = text.source(start, to).to_string();
        }
        if written[0].is_ascii_lowercase() && levels.len() > 1 && !has_capital(written) {
            // "la capitale malienne".
            place.name = mention.path.rsplit('/').next().unwrap_or_default().to_string();
        }
        if let Some(groups) = BUILDING.groups(text.before(from, 14))
            && let Some(building) = groups.get(1).cloned().flatten()
            && text.raw[from - 1 - building.len()].is_ascii_lowercase()
        {
            place.name = format!(
                "{} {}",
                text.source(from - 1 - building.len(), from - 1),
                place.name
            );
        }
        place.key = key_of(&place.name);
        place.kind = Kind::of(mention.rule);
        place.levels = levels;
        place.mention = Some(number);
        out.push(place);
    }
    out
}
