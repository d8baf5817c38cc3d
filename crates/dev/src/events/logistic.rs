//! Logistic regression whose penalty pulls the weights to values set by hand, not to 0: where labels are few, the
//! hand's judgement stands.

use griot::events::weights::Table;
use std::collections::BTreeSet;

/// An example: its reasons by number, and whether it holds (1 or 0).
type Example = (Vec<(usize, f64)>, f64);

/// The loss of weights: that of the examples, and the pull of the penalty towards `start`.
fn loss(rows: &[Example], weights: &[f64], start: &[f64], penalty: &dyn Fn(usize) -> f64) -> f64 {
    let of_row = |(row, holds): &Example| {
        let logit: f64 = row.iter().map(|(at, value)| weights[*at] * value).sum();
        let logit = if *holds > 0.5 { logit } else { -logit };
        // ln(1 + e^-x), without overflow.
        (-logit).max(0.0) + (-logit.abs()).exp().ln_1p()
    };
    let pull = |at: usize| 0.5 * penalty(at) * (weights[at] - start[at]).powi(2);
    rows.iter().map(of_row).sum::<f64>() + (0..weights.len()).map(pull).sum::<f64>()
}

/// The weights a step further. A whole step may lead too far where nearly everything is certain.
fn stepped(weights: &[f64], step: &[f64], loss: &dyn Fn(&[f64]) -> f64) -> Vec<f64> {
    let before = loss(weights);
    let part = |part: f64| -> Vec<f64> { weights.iter().zip(step).map(|(w, s)| w - part * s).collect() };
    let parts = [1.0, 0.5, 0.25, 0.1, 0.03];
    let better = parts.into_iter().map(part).find(|next| loss(next) <= before);
    better.unwrap_or_else(|| part(0.01))
}

/// Reasons that hold, each with its strength.
pub type Reasons = Vec<(&'static str, f64)>;

/// Fits a table by Newton's method. `strength` is that of the penalty; the bias isn't penalised.
pub fn fit(data: &[(Reasons, bool)], strength: f64, prior: &dyn Fn(&str) -> f64) -> Table {
    let names: BTreeSet<&'static str> = data.iter().flat_map(|(f, _)| f.iter().map(|(n, _)| *n)).collect();
    let names: Vec<&'static str> = names.into_iter().collect();
    let number = |name: &str| names.binary_search(&name).map(|at| at + 1);
    let rows: Vec<Example> = data
        .iter()
        .map(|(features, holds)| {
            let known = features
                .iter()
                .filter_map(|(name, value)| Some((number(name).ok()?, *value)));
            let row = std::iter::once((0, 1.0)).chain(known).collect();
            (row, f64::from(u8::from(*holds)))
        })
        .collect();
    let size = names.len() + 1;
    let start: Vec<f64> = std::iter::once(0.0)
        .chain(names.iter().map(|name| prior(name)))
        .collect();
    let penalty = |at: usize| if at == 0 { 1e-6 } else { strength };
    let mut weights = start.clone();
    for _ in 0..30 {
        let mut gradient: Vec<f64> = (0..size)
            .map(|at| penalty(at) * (weights[at] - start[at]))
            .collect();
        let mut hessian = vec![vec![0.0; size]; size];
        for (at, row) in hessian.iter_mut().enumerate() {
            row[at] = penalty(at);
        }
        for (row, holds) in &rows {
            let logit: f64 = row.iter().map(|(at, value)| weights[*at] * value).sum();
            let p = griot::events::weights::sigmoid(logit);
            for (at, value) in row {
                gradient[*at] += value * (p - holds);
                for (other, second) in row {
                    hessian[*at][*other] += p * (1.0 - p) * value * second;
                }
            }
        }
        let step = solve(hessian, gradient);
        let largest = step.iter().fold(0.0_f64, |most, s| most.max(s.abs()));
        weights = stepped(&weights, &step, &|weights| loss(&rows, weights, &start, &penalty));
        if largest < 1e-6 {
            break;
        }
    }
    Table {
        bias: weights[0],
        weights: names
            .iter()
            .zip(&weights[1..])
            .map(|(name, w)| ((*name).to_string(), *w))
            .collect(),
    }
}

/// Solves a system of linear equations by elimination with pivots.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for at in 0..size {
        let pivot = (at..size)
            .max_by(|a, b| matrix[*a][at].abs().total_cmp(&matrix[*b][at].abs()))
            .unwrap_or(at);
        matrix.swap(at, pivot);
        right.swap(at, pivot);
        for below in at + 1..size {
            let factor = matrix[below][at] / matrix[at][at];
            if factor == 0.0 {
                continue;
            }
            let (upper, lower) = matrix.split_at_mut(below);
            for (target, source) in lower[0][at..].iter_mut().zip(&upper[at][at..]) {
                *target -= factor * source;
            }
            right[below] -= factor * right[at];
        }
    }
    for at in (0..size).rev() {
        let known: f64 = (at + 1..size).map(|other| matrix[at][other] * right[other]).sum();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let solved = solve(vec![vec![0.0, 2.0], vec![1.0, 1.0]], vec![4.0, 5.0]);
        assert!((solved[0] - 3.0).abs() < 1e-9 && (solved[1] - 2.0).abs() < 1e-9);
    }
}
