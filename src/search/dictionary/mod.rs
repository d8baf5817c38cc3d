//! The dictionaries of the index: terms looked up once a query, patterns walked beside an automaton.

pub mod automata;
pub mod expand;
pub mod flat;
pub mod lookup;
#[cfg(test)]
pub mod samples;
