//! Logistic regression whose penalty pulls the weights to values set by hand, not to 0: where labels are few, the
//! hand's judgement stands.

use griot::events::weights::Table;
use std::collections::BTreeSet;

/// Reasons that hold, each with its strength.
pub type Reasons = Vec<(&'static str, f64)>;

/// Fits a table by Newton's method. `strength` is that of the penalty; the bias isn't penalised.
pub fn fit(data: &[(Reasons, bool)], strength: f64, prior: &dyn Fn(&str) -> f64) -> Table {
    let names: BTreeSet<&'static str> = data.iter().flat_map(|(f, _)| f.iter().map(|(n, _)| *n)).collect();
    let names: Vec<&'static str> = names.into_iter().collect();
    let number = |name: &str| names.binary_search(&name).map(|at| at + 1);
    let rows: Vec<(Vec<(usize, f64)>, f64)> = data
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
        weights
            .iter_mut()
            .zip(&step)
            .for_each(|(weight, step)| *weight -= step);
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
