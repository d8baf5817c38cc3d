//! What the words beside a number say of it: "au moins 20", "une vingtaine", "entre 10 et 15".

use super::numbers;
use super::pattern::patterns;
use super::text::{Text, slice};
use super::tolls::Figure;

/// Characters before a number that may qualify it.
const BEFORE: usize = 24;

patterns! {
    NUMBER = r"\b<NUM>\b";
    AT_LEAST = r"\b(?:au moins|au minimum|pas moins de|pas moins d') ?$";
    MORE_THAN = r"\b(?:plus de |plus d'|au-dela de |davantage de )$";
    NEARLY = r"\b(?:pres de |pres d'|pas loin de |presque |quasi )$";
    AT_MOST = r"\b(?:jusqu'a |au plus |au maximum )$";
    LESS_THAN = r"\b(?:moins de |moins d')$";
    NOT_LESS = r"\bpas moins (?:de |d')$";
    ROUGHLY = r"\b(?:environ |quelque |quelques |autour de |autour d'|a peu pres |dans les )$";
    ROUND = r"^une ";
    AT_LEAST_AFTER = r"^,? au (?:moins|minimum)\b";
    UP_TO = r"^(?: a | ou |-)(<NUM>)\b";
    BETWEEN = r"\bentre $";
    AND = r"^ et (<NUM>)\b";
}

/// How exact a number is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    pub min: Option<u32>,
    pub max: Option<u32>,
    /// It is told as about so many.
    pub about: bool,
}

impl Bounds {
    /// Those of a number to which as many more were added.
    pub fn and(self, more: u32) -> Self {
        let plus = |n: u32| n.saturating_add(more);
        Self {
            min: self.min.map(plus),
            max: self.max.map(plus),
            ..self
        }
    }
}

/// How exact a figure is, by the words beside its numbers.
pub(super) fn of(text: &Text, figure: &Figure) -> Bounds {
    let start = figure.from.saturating_sub(BEFORE);
    let words = text.folded(start, figure.to);
    let mut parts: Vec<(u32, Bounds)> = Vec::new();
    let mut past = 0;
    for found in NUMBER.all(words) {
        if start + found.start < figure.from || found.start < past {
            continue;
        }
        let Some(n) = numbers::value(&words[found.clone()]) else {
            continue;
        };
        let (bounds, end) = of_number(words, &found, n);
        past = end;
        parts.push((n, bounds));
    }
    if AT_LEAST_AFTER.begins(text.after(figure.to, 14)).is_some()
        && let Some((n, bounds)) = parts.last_mut()
        && *bounds == Bounds::default()
    {
        bounds.min = Some(*n);
    }
    joined(&parts, figure.n)
}

/// How exact one number is, and where it ends.
fn of_number(words: &[u8], found: &std::ops::Range<usize>, n: u32) -> (Bounds, usize) {
    let (before, after) = (slice(words, 0, found.start), slice(words, found.end, words.len()));
    let until = |pattern: &super::pattern::Pattern| {
        let groups = pattern.groups(after)?;
        let number = groups.get(1)?.clone()?;
        let last = numbers::value(after.get(number.clone())?)?;
        (last > n).then_some((last, found.end + number.end))
    };
    let range = if BETWEEN.is_in(before) {
        until(&AND)
    } else {
        until(&UP_TO)
    };
    if let Some((last, end)) = range {
        let bounds = Bounds {
            min: Some(n),
            max: Some(last),
            about: false,
        };
        return (bounds, end);
    }
    let about = ROUND.begins(&words[found.clone()]).is_some() && n >= 10;
    let bounds = if AT_LEAST.is_in(before) || NOT_LESS.is_in(before) {
        (Some(n), None, about)
    } else if MORE_THAN.is_in(before) {
        (Some(n.saturating_add(1)), None, true)
    } else if NEARLY.is_in(before) || AT_MOST.is_in(before) {
        (None, Some(n), true)
    } else if LESS_THAN.is_in(before) {
        (None, Some(n.saturating_sub(1)), true)
    } else {
        (None, None, about || ROUGHLY.is_in(before))
    };
    let (min, max, about) = bounds;
    (Bounds { min, max, about }, found.end)
}

/// The bounds of a sum.
fn joined(parts: &[(u32, Bounds)], n: u32) -> Bounds {
    match parts {
        [] => Bounds::default(),
        [(first, bounds), ..] if parts.len() == 1 || *first == n => bounds.and(n.saturating_sub(*first)),
        _ => {
            let sum = |of: fn(&Bounds) -> Option<u32>| {
                let is_any = parts.iter().any(|(_, bounds)| of(bounds).is_some());
                let all = parts.iter().map(|(n, bounds)| of(bounds).unwrap_or(*n));
                is_any.then(|| all.fold(0, u32::saturating_add))
            };
            let told = parts.iter().fold(0, |sum: u32, (n, _)| sum.saturating_add(*n));
            let is_open = |of: fn(&Bounds) -> Option<u32>, other: fn(&Bounds) -> Option<u32>| {
                parts
                    .iter()
                    .any(|(_, bounds)| of(bounds).is_some() && other(bounds).is_none())
            };
            let (min, max) = (|b: &Bounds| b.min, |b: &Bounds| b.max);
            let bounds = Bounds {
                // A part of which only the least is known leaves the sum without a most.
                min: sum(min).filter(|_| !is_open(max, min)),
                max: sum(max).filter(|_| !is_open(min, max)),
                about: parts.iter().any(|(_, bounds)| bounds.about),
            };
            bounds.and(n.saturating_sub(told))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{dates, tolls};

    fn bounds(text: &str) -> (u32, Option<u32>, Option<u32>, bool) {
        let text = Text::new(text, 0);
        let figure = tolls::find(&text, &dates::find(&text))[0];
        let Bounds { min, max, about } = of(&text, &figure);
        (figure.n, min, max, about)
    }

    #[test]
    fn numbers_are_as_exact_as_they_are_told() {
        for (text, expected) in [
            ("L'attaque a fait 12 morts.", (12, None, None, false)),
            (
                "Au moins 21 villageois ont été tués.",
                (21, Some(21), None, false),
            ),
            ("Plus de 115 civils ont été tués.", (115, Some(116), None, true)),
            ("Une vingtaine de civils ont été tués.", (20, None, None, true)),
            (
                "Environ quarante personnes ont été tuées.",
                (40, None, None, true),
            ),
            ("Près de 90 personnes ont été tuées.", (90, None, Some(90), true)),
            ("Jusqu'à 40 soldats ont été tués.", (40, None, Some(40), true)),
            ("Moins de dix civils ont été tués.", (10, None, Some(9), true)),
            (
                "Pas moins de dix civils ont été tués.",
                (10, Some(10), None, false),
            ),
            (
                "L'attaque a fait entre 10 et 15 morts.",
                (10, Some(10), Some(15), false),
            ),
            ("L'attaque a fait 40 à 50 morts.", (40, Some(40), Some(50), false)),
            ("L'attaque a fait 12 morts au moins.", (12, Some(12), None, false)),
            ("tuant au moins 12 civils", (12, Some(12), None, false)),
            (
                "Au moins trois soldats et deux civils ont été tués.",
                (5, Some(5), None, false),
            ),
            (
                "Un soldat mort et une dizaine de jihadistes abattus",
                (11, None, None, true),
            ),
        ] {
            assert_eq!(bounds(text), expected, "{text}");
        }
    }
}
