//! Which date of its sentence goes with a place.

use super::article::Article;
use super::dates::{Date, Kind, Role};
use super::pattern::patterns;
use super::text::slice;

patterns! {
    IN_BRACKETS = r"^(?:, [\w' -]{0,30})? ?\((?:le |en |du )?$";
    BRACKET_BEFORE = r"\((?:le|en|du)?\s*$";
}

/// The number of the date that goes with a place at `from..to`, told beside a trigger: the cheapest of its sentence by
/// clause and distance.
pub(super) fn date_of(
    article: &Article<'_>,
    from: usize,
    to: usize,
    trigger: Option<usize>,
) -> Option<usize> {
    let sentence = article.sentence_at(from);
    let own = article.dates_of(sentence);
    let usable =
        |date: &&Date| matches!(date.role, Role::Event | Role::Since) && date.kind != Kind::SinceLength;
    let is_vague = |date: &&Date| matches!(date.kind, Kind::Week | Kind::Ago | Kind::Earlier);
    let has_event = own
        .iter()
        .filter(usable)
        .any(|date| date.is_event() && !is_vague(&date));
    let candidates: Vec<&Date> = own
        .iter()
        .filter(usable)
        .filter(|date| !has_event || date.is_event())
        .collect();
    let text = &article.text;
    // "X (24 octobre)": the date of X only.
    let bracketed = candidates.iter().find(|date| {
        to <= date.from && date.from - to <= 50 && IN_BRACKETS.is_in(text.folded(to, date.from))
    });
    if let Some(date) = bracketed {
        return Some(article.number_of(date));
    }
    let best = candidates
        .into_iter()
        .filter(|date| date.kind != Kind::After || is_after(text, from, date))
        .filter(|date| !belongs_to_another(article, from, to, date))
        .map(|date| (cost(article, from, trigger.unwrap_or(from), date), date))
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.from.cmp(&b.1.from)));
    best.map(|(_, date)| article.number_of(date))
}

/// Whether a place is told of what "trois jours après" begins.
fn is_after(text: &super::text::Text, from: usize, date: &Date) -> bool {
    from >= date.to && from - date.to < 120 && !text.folded(date.to, from).contains(&b',')
}

/// Behind ":" or ";" and another place, or in brackets behind another place.
fn belongs_to_another(article: &Article<'_>, from: usize, to: usize, date: &Date) -> bool {
    let places = &article.places[article.places_of(article.sentence_at(from))];
    let parted = date.from > to
        && article.colons(to, date.from) > 0
        && places
            .iter()
            .any(|place| !place.aside && to < place.from && place.from < date.from);
    let in_brackets = || {
        let before = article.text.before(date.from, 6);
        BRACKET_BEFORE.is_in(slice(before, 0, before.len()))
            && places
                .iter()
                .any(|p| !p.aside && p.from != from && p.to <= date.from && date.from - p.to <= 40)
    };
    parted || in_brackets()
}

fn cost(article: &Article<'_>, at: usize, trigger: usize, date: &Date) -> f64 {
    let mut cost = 30.0 * article.clauses_apart(date.from, at) as f64;
    cost += 40.0 * f64::from(article.colons(at, date.from));
    cost += 0.15 * at.abs_diff(date.from) as f64;
    if date.from > at && article.semicolons(at, date.from) > 0 {
        cost += 40.0;
    }
    cost += 20.0 * article.clauses_apart(date.from, trigger) as f64;
    cost += match date.kind {
        Kind::Year => 60.0,
        Kind::Month => 5.0,
        _ => 0.0,
    };
    cost + if date.role == Role::Since { 15.0 } else { 0.0 }
}
