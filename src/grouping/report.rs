//! What is handed in.

use crate::date::{Edtf, PartialDate};

/// An article that reports events.
#[derive(Debug, Clone, Copy, Default)]
pub struct Article<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub body: &'a str,
    pub published: Option<PartialDate>,
}

/// What an article reports of an event.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    pub date: Option<Edtf>,
    /// As the text names it; empty where it names none.
    pub place: String,
    /// Other spellings, both ends of a road.
    pub other_names: Vec<String>,
    /// A region, cercle, province, department or commune, or a town that shares the name of one.
    pub is_area: bool,
    pub is_town: bool,
    /// `Mali/Mopti`, or a country, or nothing.
    pub region: String,
    /// Latitude and longitude of each of its names that is known.
    pub points: Vec<(f64, f64)>,
    pub killed: Option<u32>,
    pub wounded: Option<u32>,
    pub abducted: Option<u32>,
    /// Kinds of event.
    pub types: Vec<String>,
    /// Paths of the actors that are told to have done it, and of those to whom it was done; `civils` for civilians.
    pub by: Vec<String>,
    pub against: Vec<String>,
    pub passage: String,
    /// Byte of the passage in its text: of two reports of one article the first stands first.
    pub start: usize,
}

/// What somebody decided about reports, by their numbers: they are counted as they were added, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Link {
    /// Both are of one event.
    Join(usize, usize),
    /// They aren't.
    Part(usize, usize),
    /// Of its event is no other report but those that somebody joined with it.
    Alone(usize),
}
