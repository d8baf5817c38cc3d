//! The probability that an event takes place at a place that is mentioned.

use super::article::Article;
use super::features::Scene;
use super::weights::{Weights, logit, sigmoid};

/// The probabilities of the places; those of a list share theirs.
pub(super) fn scores(article: &Article<'_>, scenes: &[Scene], weights: &Weights) -> Vec<f64> {
    let mut scores: Vec<f64> = scenes
        .iter()
        .map(|scene| weights.of(&scene.features).probability(&scene.features))
        .collect();
    let places = &article.places;
    let mut first = 0;
    while first < places.len() {
        let goes_on = |at: &usize| {
            let (place, head) = (&places[*at], &places[first]);
            place.chain > 0 && place.sentence == head.sentence && place.role == head.role
        };
        let past = (first + 1..places.len())
            .find(|at| !goes_on(at))
            .unwrap_or(places.len());
        if past - first > 1 {
            let sum: f64 = scores[first..past].iter().map(|score| logit(*score)).sum();
            scores[first..past].fill(sigmoid(sum / (past - first) as f64));
        }
        first = past;
    }
    scores
}
