//! The table of weights: how much each reason speaks for or against two reports being of one event.

use crate::error::{Error, Result};
use rustc_hash::FxHashMap;

/// The name of the file that has the weights.
pub const FILE: &str = "groups.tsv";

/// griot's own. They aren't among the lexicons that an index is made with: other weights need no other index.
const EMBEDDED: &str = include_str!("../../index_schema/groups.tsv");

/// The reasons that hold, each with its strength.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reasons(Vec<(&'static str, f64)>);

impl Reasons {
    pub(super) fn set(&mut self, name: &'static str) {
        self.add(name, 1.0);
    }

    pub(super) fn set_if(&mut self, holds: bool, name: &'static str) {
        if holds {
            self.set(name);
        }
    }

    /// Of a reason that is added twice the last one counts.
    pub(super) fn add(&mut self, name: &'static str, strength: f64) {
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, strength));
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| *known == name)
    }

    /// Every reason with its strength.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, f64)> + '_ {
        self.0.iter().copied()
    }
}

/// What reports are put together by.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// By the name of the reason.
    pub pair: FxHashMap<String, f64>,
    /// Groups whose pairs have at least this mean weight are one event.
    pub same: f64,
    /// … are perhaps one event.
    pub maybe: f64,
    /// What a pair counts that was never compared.
    pub unmet: f64,
}

impl Default for Weights {
    /// No weights, and griot's cuts.
    fn default() -> Self {
        Self {
            pair: FxHashMap::default(),
            same: 1.5,
            maybe: -0.4,
            unmet: -2.0,
        }
    }
}

impl Weights {
    /// griot's own.
    ///
    /// # Errors
    /// [`Error::Lexicon`] for a file that can't be read, which tests rule out.
    pub fn embedded() -> Result<Self> {
        Self::parse(EMBEDDED)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with file and line, for a line that isn't reason and weight, and a reason told twice.
    pub fn parse(text: &str) -> Result<Self> {
        let mut pair = FxHashMap::default();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let bad = |message: &str| Error::Lexicon {
                file: FILE.into(),
                line: number + 1,
                message: message.into(),
            };
            let (reason, weight) = line
                .split_once('\t')
                .ok_or_else(|| bad("write the reason, a tab and its weight"))?;
            let weight: f64 = weight
                .trim()
                .parse()
                .map_err(|_| bad("the weight is no number"))?;
            if !weight.is_finite() {
                return Err(bad("the weight is no number"));
            }
            if pair.insert(reason.to_string(), weight).is_some() {
                return Err(bad("a reason has one line"));
            }
        }
        let usual = Self::default();
        let mut take = |name: &str, usual: f64| pair.remove(name).unwrap_or(usual);
        Ok(Self {
            same: take("same", usual.same),
            maybe: take("maybe", usual.maybe),
            unmet: take("unmet", usual.unmet),
            pair,
        })
    }

    /// What a reason weighs.
    pub fn of(&self, reason: &str) -> f64 {
        self.pair.get(reason).copied().unwrap_or(0.0)
    }

    /// The log-odds that the reasons give.
    pub fn score(&self, reasons: &Reasons) -> f64 {
        let sum: f64 = reasons
            .iter()
            .map(|(name, strength)| self.of(name) * strength)
            .sum();
        (sum * 1e6).round() / 1e6
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_table_is_read_and_others_are_checked() {
        let own = Weights::embedded().expect("griot's own");
        assert!(own.same > own.maybe && own.pair.len() >= 60 && own.of("bias") < 0.0);
        let error = |text: &str| Weights::parse(text).expect_err("bad").to_string();
        assert!(error("a\t1\na\t2\n").contains("one line"));
        assert!(error("a\tb\n").contains("no number") && error("a\tNaN\n").contains("no number"));
    }

    #[test]
    fn every_weight_is_of_a_reason_that_is_in_the_code() {
        let code = [include_str!("features.rs"), include_str!("more_features.rs")].concat();
        for reason in Weights::embedded().expect("griot's own").pair.keys() {
            assert!(code.contains(&format!("\"{reason}\"")), "{reason}");
        }
    }
}
