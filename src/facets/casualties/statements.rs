//! The statements of a passage: which number of people suffered which harm.

use super::outcome::{Outcome, adjacent, outcome};
use super::qualifiers::{
    also, counts_something_else, doubted, exact, is_part, linked, negated, over_a_period, stands_alone,
    with_hedge,
};
use super::vocabulary::{Harm, harm_at, people_after};
use crate::facets::quantities::{Number, Word, numbers};

/// Greatest number that is a toll and not an estimate of something else.
const MOST: u32 = 20_000;

/// One number of people and what happened to them.
pub(super) struct Statement {
    pub harm: Harm,
    pub from: usize,
    pub to: usize,
    /// Only where the words give one exact number of people.
    pub value: Option<u32>,
}

/// The statements of a passage, in order.
pub(super) fn statements(words: &[Word]) -> Vec<Statement> {
    let numbers: Vec<Number> = numbers(words)
        .into_iter()
        .filter(|number| counts_people(words, number))
        .collect();
    let mut reader = Reader {
        words,
        found: Vec::new(),
        open: None,
    };
    for (index, number) in numbers.iter().enumerate() {
        let next = numbers
            .get(index + 1)
            .map_or(words.len(), |n| with_hedge(words, n.from));
        match outcome(words, number, next) {
            Some(outcome) => reader.add(number, &outcome),
            None => reader.add_without_harm(number),
        }
    }
    reader.found
}

/// Not "dont sept enfants", "sur les 12 passagers", "quarante-cinq ans": part of a number, or no people.
fn counts_people(words: &[Word], number: &Number) -> bool {
    !is_part(words, number)
        && !counts_something_else(words, number)
        && (people_after(words, number.to).is_some()
            || stands_alone(words, number)
            || adjacent(words, number).is_some())
}

struct Reader<'w> {
    words: &'w [Word],
    found: Vec<Statement>,
    /// Where counted people begin whose harm is still to come: "deux soldats et trois civils tués".
    open: Option<usize>,
}

impl Reader<'_> {
    fn add(&mut self, number: &Number, outcome: &Outcome) {
        let words = self.words;
        let before = self.open.take().filter(|from| linked(words, *from, number.from));
        let from = with_hedge(words, before.unwrap_or(number.from));
        if negated(words, from, outcome.to)
            || over_a_period(words, from, outcome.to) && outcome.harm != Harm::Abducted
        {
            return;
        }
        let one = before.is_none()
            && outcome.whole
            && exact(words, from, number.from)
            && !doubted(words, outcome.harm, outcome.to);
        let statement = Statement {
            harm: outcome.harm,
            from,
            to: outcome.to,
            value: number.value.filter(|n| one && (1..=MOST).contains(n)),
        };
        let then = self.harm_after(&statement);
        self.found.push(statement);
        self.found.extend(then);
    }

    /// "a été enlevé puis tué": the same people, another harm.
    fn harm_after(&self, statement: &Statement) -> Option<Statement> {
        let then = self.words.get(statement.to)?;
        let harm = harm_at(self.words, statement.to + 1)
            .filter(|harm| *harm != statement.harm && !then.stop && then.folded == "puis")?;
        Some(Statement {
            harm,
            from: statement.from,
            to: statement.to + 2,
            value: statement.value,
        })
    }

    /// People whose harm is that of the number before ("a tué 84 mercenaires et 47 soldats", a sum that is
    /// left to people), or of the number to come.
    fn add_without_harm(&mut self, number: &Number) {
        match self.found.last_mut() {
            Some(last) if also(self.words, last.to, number) => {
                last.value = None;
                last.to = people_after(self.words, number.to).map_or(number.to, |w| w + 1);
            }
            _ => self.open = self.open.or(Some(number.from)),
        }
    }
}
