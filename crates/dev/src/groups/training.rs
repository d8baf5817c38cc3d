//! Weights of groups learned from labelled rows.

use super::priors::prior;
use crate::events::logistic::{self, Reasons};
use crate::random::Random;
use griot::grouping::{Grouper, Weights};
use std::collections::{BTreeMap, BTreeSet};

/// How strongly weights are drawn to those set by hand.
const STRENGTH: f64 = 4.0;

/// What is known of a report: its article, and its event where a label says so.
#[derive(Debug, Clone)]
pub struct Known {
    pub article: String,
    pub event: Option<String>,
}

/// A pair of reports, and whether they are of one event.
#[derive(Debug, Clone)]
pub struct Example {
    pub one: usize,
    pub other: usize,
    reasons: Reasons,
    same: bool,
}

/// The labelled pairs that weights are learned from. A pair of two events is left out where one of both has its true
/// partner in the article of the other: that only one report of an article can be of an event settles those, and with
/// them the wording of articles would count for nothing.
pub fn examples(grouper: Grouper, known: &[Known]) -> Vec<Example> {
    let has: BTreeSet<(&str, &str)> = known
        .iter()
        .filter_map(|report| Some((&*report.article, report.event.as_deref()?)))
        .collect();
    let mut examples = Vec::new();
    for (one, other, found) in grouper.pairs() {
        let (a, b) = (&known[one], &known[other]);
        let (Some(event), Some(its)) = (a.event.as_deref(), b.event.as_deref()) else {
            continue;
        };
        let has_partner = has.contains(&(&*b.article, event)) || has.contains(&(&*a.article, its));
        if event == its || !has_partner {
            examples.push(Example {
                one,
                other,
                reasons: found.iter().filter(|(name, _)| *name != "bias").collect(),
                same: event == its,
            });
        }
    }
    examples
}

/// Learns weights from the pairs that are wanted; the cuts stay as they are.
pub fn train(examples: &[Example], is_wanted: impl Fn(&Example) -> bool) -> Weights {
    let wanted = examples.iter().filter(|example| is_wanted(example));
    let data: Vec<(Reasons, bool)> = wanted
        .map(|example| (example.reasons.clone(), example.same))
        .collect();
    let table = logistic::fit(&data, STRENGTH, &prior);
    let mut pair: rustc_hash::FxHashMap<String, f64> = table.weights;
    pair.insert("bias".into(), table.bias);
    Weights {
        pair,
        ..Weights::default()
    }
}

/// Events dealt into folds.
pub fn folds(known: &[Known], count: usize, seed: u64) -> BTreeMap<String, usize> {
    let events: BTreeSet<&String> = known.iter().filter_map(|report| report.event.as_ref()).collect();
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut order: Vec<&String> = events.into_iter().collect();
    for at in (1..order.len()).rev() {
        order.swap(at, random.below(at + 1));
    }
    order
        .into_iter()
        .enumerate()
        .map(|(at, event)| (event.clone(), at % count.max(1)))
        .collect()
}

/// For each two folds the weights that were learned without any event of either.
pub fn out_of_fold(
    examples: &[Example],
    known: &[Known],
    fold: &BTreeMap<String, usize>,
    count: usize,
) -> BTreeMap<(usize, usize), Weights> {
    let of = |report: usize| {
        known[report]
            .event
            .as_ref()
            .and_then(|event| fold.get(event))
            .copied()
    };
    let mut tables = BTreeMap::new();
    for a in 0..count {
        for b in a..count {
            let is_out = |report: usize| of(report).is_some_and(|fold| fold == a || fold == b);
            let weights = train(examples, |example| !is_out(example.one) && !is_out(example.other));
            tables.insert((a, b), weights);
        }
    }
    tables
}

/// The file that has the weights.
pub fn to_text(weights: &Weights, head: &str) -> String {
    let mut names: Vec<&String> = weights.pair.keys().collect();
    names.sort();
    let cuts = [
        ("same", weights.same),
        ("maybe", weights.maybe),
        ("unmet", weights.unmet),
    ];
    let mut text = head.to_string();
    for (name, value) in cuts {
        text += &format!("{name}\t{value}\n");
    }
    for name in names {
        text += &format!("{name}\t{:.2}\n", weights.of(name));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_event_is_in_two_folds_and_all_folds_are_used() {
        let known: Vec<Known> = (0..40)
            .map(|n| Known {
                article: n.to_string(),
                event: Some((n / 2).to_string()),
            })
            .collect();
        let dealt = folds(&known, 5, 3);
        assert_eq!(
            (dealt.len(), dealt.values().collect::<BTreeSet<_>>().len()),
            (20, 5)
        );
        assert_ne!(dealt, folds(&known, 5, 4));
    }
}
