//! Further reasons for and against two reports being of one event: numbers of people, kinds of deed, wording, and what
//! else the two articles report.

use super::names::{Likeness, best_likeness};
use super::possible::is_possible;
use super::prepared::{Context, Row};
use super::text::{Bag, KIND_COUNT, kind};
use super::weights::Reasons;

/// How much an equal number says: a dead is told of often, fifty and more seldom.
fn rarity(n: u32, of: f64) -> f64 {
    (f64::from(n).ln_1p() / of.ln()).min(1.0)
}

pub(super) fn tolls(a: &Row, b: &Row, found: &mut Reasons) {
    match (a.killed, b.killed) {
        (Some(x), Some(y)) => killed((a, x), (b, y), found),
        (Some(x), None) => told(x, b, found),
        (None, Some(y)) => told(y, a, found),
        (None, None) => {}
    }
    for (x, y, equal, differs) in [
        (a.wounded, b.wounded, "wounded:equal", "wounded:differs"),
        (a.abducted, b.abducted, "abducted:equal", "abducted:differs"),
    ] {
        match (x, y) {
            (Some(x), Some(y)) if x == y => found.add(equal, 0.3 + 0.7 * rarity(x, 30.0)),
            (Some(_), Some(_)) => found.set(differs),
            _ => {}
        }
    }
    let shared = a
        .numbers
        .iter()
        .filter(|n| **n > 2 && b.numbers.contains(n))
        .count();
    if shared > 0 {
        found.add("numbers shared", shared.min(3) as f64 / 3.0);
    }
}

fn killed((a, x): (&Row, u32), (b, y): (&Row, u32), found: &mut Reasons) {
    let ((small, low), (large, high)) = if x <= y {
        ((a, x), (b, y))
    } else {
        ((b, y), (a, x))
    };
    if low == high {
        return found.add("toll:equal", 0.4 + 0.6 * rarity(high, 50.0));
    }
    let share = f64::from(low) / f64::from(high.max(1));
    found.set(if high < 5 {
        "toll:differs"
    } else if small.numbers.contains(&high) || low >= 5 && large.numbers.contains(&low) {
        "toll:other's number told"
    } else if share >= 0.5 {
        "toll:near"
    } else if share < 0.3 {
        "toll:far"
    } else {
        "toll:differs"
    });
}

/// A number of dead that only one of two has.
fn told(n: u32, other: &Row, found: &mut Reasons) {
    if n > 1 && other.numbers.contains(&n) {
        found.add("toll:told by the other", 0.3 + 0.7 * rarity(n, 50.0));
    } else {
        found.set_if(n > 0, "toll:one");
    }
}

pub(super) fn kinds(context: &Context, a: &Row, b: &Row, found: &mut Reasons) {
    if !a.types.is_empty() && !b.types.is_empty() {
        let shared = a.types.iter().any(|kind| b.types.contains(kind));
        found.set(if shared {
            "types:shared"
        } else {
            "types:none shared"
        });
    }
    let (one, two) = (a.kinds, b.kinds);
    let weight = |kinds: u32| -> f64 {
        let bits = (0..KIND_COUNT).filter(|bit| kinds >> bit & 1 == 1);
        bits.filter_map(|bit| context.kind_idf.get(bit)).sum()
    };
    let alike = match one != 0 && two != 0 {
        true => weight(one & two) / weight(one | two).max(1e-9),
        false => 0.0,
    };
    const AGAINST: [(&str, &str); 7] = [
        ("free", "abduct"),
        ("siege", "camp"),
        ("strike", "camp"),
        ("mine", "camp"),
        ("mine", "strike"),
        ("strike", "siege"),
        ("flee", "siege"),
    ];
    let only = |kinds: u32, name: &str, others: u32| kinds & kind(name) != 0 && others & kind(name) == 0;
    let is_against = AGAINST
        .iter()
        .any(|(x, y)| only(one, x, two) && only(two, y, one) || only(two, x, one) && only(one, y, two));
    found.set_if(is_against, "kinds:against each other");
    if found.has("place:same,capital") {
        found.add("place:same,capital", 1.0 - alike);
    }
    found.set_if(
        a.has_peacekeepers != b.has_peacekeepers,
        "sides:peacekeepers in one only",
    );
}

/// Who is told to have done it, and to whom: what agrees speaks for one event, what doesn't against it.
pub(super) fn sides(a: &Row, b: &Row, found: &mut Reasons) {
    for (one, two, shared, none) in [
        (&a.by, &b.by, "sides:by shared", "sides:by differs"),
        (
            &a.against,
            &b.against,
            "sides:against shared",
            "sides:against differs",
        ),
    ] {
        if one.is_empty() || two.is_empty() {
            continue;
        }
        let agrees = one.iter().any(|x| two.iter().any(|y| is_same_or_part(x, y)));
        found.set(if agrees { shared } else { none });
    }
}

/// One actor, or one and a part of it: "Jnim" and "Jnim/Katiba Macina".
fn is_same_or_part(one: &str, other: &str) -> bool {
    let holds = |whole: &str, part: &str| {
        part.strip_prefix(whole)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    holds(one, other) || holds(other, one)
}

/// The words that two bags share.
fn shared<'b>(a: &'b Bag, b: &'b Bag) -> impl Iterator<Item = (u32, f64, f64)> + 'b {
    let mut at = 0;
    a.iter().filter_map(move |(word, times)| {
        while b.get(at).is_some_and(|(other, _)| other < word) {
            at += 1;
        }
        let (other, others) = b.get(at)?;
        (other == word).then(|| (*word, f64::from(*times), f64::from(*others)))
    })
}

/// The cosine of two bags, words weighed by how rare they are, some left out.
fn cosine(context: &Context, a: &Bag, b: &Bag, left_out: &[u32]) -> f64 {
    let is_in = |word: u32| !left_out.contains(&word);
    let product: f64 = shared(a, b)
        .filter(|(word, ..)| is_in(*word))
        .map(|(word, x, y)| x * y * context.idf(word).powi(2))
        .sum();
    if product <= 0.0 {
        return 0.0;
    }
    let norm = |bag: &Bag| -> f64 {
        let parts = bag.iter().filter(|(word, _)| is_in(*word));
        parts
            .map(|(word, times)| (f64::from(*times) * context.idf(*word)).powi(2))
            .sum::<f64>()
            .sqrt()
    };
    product / (norm(a) * norm(b)).max(1e-12)
}

pub(super) fn words(context: &Context, a: &Row, b: &Row, found: &mut Reasons) {
    let mut left_out = a.left_out.clone();
    left_out.extend(&b.left_out);
    found.add("words:window", cosine(context, &a.words, &b.words, &left_out));
    found.add(
        "words:passage",
        cosine(context, &a.passage_words, &b.passage_words, &left_out),
    );
    let rare = shared(&a.words, &b.words)
        .filter(|(word, ..)| !left_out.contains(word) && context.count(*word) <= context.few);
    found.add("words:rare", (rare.count() as f64).min(4.0) / 2.0);
    let (one, two) = (&context.texts[a.article], &context.texts[b.article]);
    found.add("words:article", cosine(context, &one.words, &two.words, &[]));
    found.add("words:copied", (one.runs.containment(&two.runs) * 3.0).min(1.0));
    let of_place: Vec<u32> = a
        .names
        .iter()
        .chain(&b.names)
        .filter_map(|name| context.name_number(&name.folded))
        .collect();
    let names = one
        .names
        .iter()
        .filter(|name| two.names.binary_search(name).is_ok() && !of_place.contains(name));
    let said: f64 = names
        .filter_map(|name| context.name_idf.get(*name as usize))
        .sum();
    found.add("names:article", said.min(15.0) / 5.0);
}

/// Reports of an article that are compared with those of another: a chronicle of a year has hundreds.
const MOST: usize = 24;

/// The two articles share further events; or another report there fits better.
pub(super) fn other_events(context: &Context, one: usize, other: usize, found: &mut Reasons) {
    let rows = &context.rows;
    let (a, b) = (&rows[one], &rows[other]);
    let others = |row: &Row, but: usize| -> Vec<&Row> {
        let all = context.of_article.get(row.article).into_iter().flatten();
        all.filter(|at| **at != but)
            .take(MOST)
            .filter_map(|at| rows.get(*at))
            .collect()
    };
    let (here, there) = (others(a, one), others(b, other));
    let is_shared = |x: &&&Row| {
        !x.main.is_empty()
            && !x.is_country
            && there.iter().any(|y| {
                !y.main.is_empty()
                    && best_likeness(&x.names, &y.names) != Likeness::Different
                    && is_possible(x, y)
                    && !(x.shares_name(a) && y.shares_name(b))
            })
    };
    let shared = here.iter().filter(is_shared).count();
    if shared > 0 {
        found.add("support:further events shared", shared.min(3) as f64 / 2.0);
    }
    for (x, y, rivals) in [(a, b, &there), (b, a, &here)] {
        for rival in rivals {
            if let (Some(own), Some(its)) = (x.date, rival.date) {
                let fits = own.is_short() && its.is_short() && own.gap(&its) == 0 && rival.shares_name(x);
                let so_does = y.date.is_some_and(|date| date.is_short() && own.gap(&date) == 0);
                found.set_if(fits && !so_does, "rival:same day there");
            }
            let is_same_place = !x.main.is_empty() && rival.has_name(&x.main) && !y.has_name(&x.main);
            found.set_if(is_same_place, "rival:same place there");
        }
    }
}
