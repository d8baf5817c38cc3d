//! Tables of weights: how much each reason speaks for or against something. Log-linear: the weights of the reasons
//! that hold are added up.

use crate::error::{Error, Result};
use rustc_hash::FxHashMap;
use std::fmt::Write as _;

/// The reasons that hold, each with its strength (1 for most).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features(Vec<(&'static str, f64)>);

impl Features {
    /// Adds a reason.
    pub(super) fn set(&mut self, name: &'static str) {
        self.add(name, 1.0);
    }

    /// Adds a reason if it holds.
    pub(super) fn set_if(&mut self, holds: bool, name: &'static str) {
        if holds {
            self.set(name);
        }
    }

    /// Adds a reason of some strength.
    pub(super) fn add(&mut self, name: &'static str, strength: f64) {
        if !self.has(name) {
            self.0.push((name, strength));
        }
    }

    /// Whether a reason holds.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| *known == name)
    }

    /// Every reason with its strength.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, f64)> + '_ {
        self.0.iter().copied()
    }
}

/// One table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    pub bias: f64,
    /// By the name of the reason.
    pub weights: FxHashMap<String, f64>,
}

impl Table {
    /// The log-odds that the reasons give.
    #[must_use]
    pub fn logit(&self, features: &Features) -> f64 {
        let weight = |name: &str| self.weights.get(name).copied().unwrap_or(0.0);
        self.bias
            + features
                .iter()
                .map(|(name, strength)| weight(name) * strength)
                .sum::<f64>()
    }

    /// The same as a probability.
    #[must_use]
    pub fn probability(&self, features: &Features) -> f64 {
        sigmoid(self.logit(features))
    }
}

/// The probability of log-odds.
#[must_use]
pub fn sigmoid(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit.clamp(-30.0, 30.0)).exp())
}

/// The log-odds of a probability.
#[must_use]
pub fn logit(probability: f64) -> f64 {
    (probability.max(1e-6) / (1.0 - probability).max(1e-6)).ln()
}

/// The name of the file that has the weights.
pub const FILE: &str = "events.tsv";

/// Whether a place is a country, or none at all.
#[must_use]
pub fn is_coarse(features: &Features) -> bool {
    features.has("kind=country") || features.has("kind=none")
}

/// What events are read by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weights {
    /// An event takes place here, of a place mention.
    pub place: Table,
    /// The same of a country, and of a sentence that names no place.
    pub country: Table,
    /// A row is right in place, date and number of dead.
    pub row: Table,
    /// A row is an event that the text reports, whatever its date and numbers.
    pub kept: Table,
    /// A place mention of at least this probability is an event's.
    pub cut: Limit,
    /// A row of less than this probability is left out.
    pub floor: Limit,
}

/// A least probability: in a long text more is told in passing, so that more is looked at, and more is left out.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Limit {
    pub short: f64,
    pub long: f64,
}

impl Limit {
    /// That of a text.
    #[must_use]
    pub fn of(self, is_long: bool) -> f64 {
        if is_long { self.long } else { self.short }
    }
}

const HEAD: &str = "\
# Weights of events: table, reason, weight. Made by `griot-dev train events`; what the reasons mean is said in
# src/events/features.rs (place: an event takes place here; country: in this country, or nowhere that is named) and src/events/confidence.rs (row: place, date and number
# of dead are right; kept: it is an event). `cut` is the least probability of a place, `floor` that of a row; `_long`: in long texts.
";

impl Weights {
    /// The table that a place is weighed by.
    #[must_use]
    pub fn of(&self, features: &Features) -> &Table {
        if is_coarse(features) {
            &self.country
        } else {
            &self.place
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with file and line, for a line that isn't table, reason and weight, a table that is not
    /// known, and a reason told twice.
    pub fn parse(text: &str) -> Result<Self> {
        let mut weights = Self {
            cut: Limit {
                short: 0.5,
                long: 0.5,
            },
            ..Self::default()
        };
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let bad = |message: &str| Error::Lexicon {
                file: FILE.into(),
                line: number + 1,
                message: message.into(),
            };
            let mut columns = line.split('\t');
            let (Some(table), Some(reason), Some(weight), None) =
                (columns.next(), columns.next(), columns.next(), columns.next())
            else {
                return Err(bad(
                    "not three columns: write table, reason and weight, parted by tabs",
                ));
            };
            let weight: f64 = weight
                .trim()
                .parse()
                .map_err(|_| bad("the weight is no number"))?;
            if !weight.is_finite() {
                return Err(bad("the weight is no finite number"));
            }
            weights
                .take(table, reason, weight)
                .ok_or_else(|| bad("an unknown table, or a reason told twice"))?;
        }
        Ok(weights)
    }

    fn take(&mut self, table: &str, reason: &str, weight: f64) -> Option<()> {
        let table = match (table, reason) {
            ("place", "cut" | "cut_long") | ("kept", "floor" | "floor_long") => {
                let limit = match table {
                    "place" => &mut self.cut,
                    _ => &mut self.floor,
                };
                match reason {
                    "cut" | "floor" => limit.short = weight,
                    _ => limit.long = weight,
                }
                return Some(());
            }
            ("kept", _) => &mut self.kept,
            ("place", _) => &mut self.place,
            ("country", _) => &mut self.country,
            ("row", _) => &mut self.row,
            _ => return None,
        };
        if reason == "bias" {
            table.bias = weight;
            return Some(());
        }
        table
            .weights
            .insert(reason.to_string(), weight)
            .is_none()
            .then_some(())
    }

    /// The text of the file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = HEAD.to_string();
        let _ = writeln!(text, "place\tcut\t{}", self.cut.short);
        let _ = writeln!(text, "place\tcut_long\t{}", self.cut.long);
        for (name, table) in [
            ("place", &self.place),
            ("country", &self.country),
            ("row", &self.row),
            ("kept", &self.kept),
        ] {
            if name == "kept" {
                let _ = writeln!(text, "kept\tfloor\t{}", self.floor.short);
                let _ = writeln!(text, "kept\tfloor_long\t{}", self.floor.long);
            }
            let _ = writeln!(text, "{name}\tbias\t{:.3}", table.bias);
            let mut weights: Vec<_> = table.weights.iter().collect();
            weights.sort_by(|a, b| a.0.cmp(b.0));
            for (reason, weight) in weights {
                let _ = writeln!(text, "{name}\t{reason}\t{weight:.3}");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let text = "place\tcut\t0.58\nplace\tcut_long\t0.45\nplace\tbias\t-0.5\nplace\tchain\t0.25\nrow\tbias\t1\nrow\tmany\t-2.125\nkept\tfloor\t0.3\nkept\tmany\t1\n";
        let weights = Weights::parse(text).expect("weights");
        assert_eq!(Weights::parse(&weights.to_text()).expect("weights"), weights);
        let mut features = Features::default();
        features.add("chain", 2.0);
        assert!(weights.place.logit(&features).abs() < 1e-9);
        for wrong in [
            "place\tchain",
            "town\tchain\t1",
            "place\tchain\tx",
            "row\ta\t1\nrow\ta\t1",
        ] {
            assert!(Weights::parse(wrong).is_err(), "{wrong}");
        }
    }
}
