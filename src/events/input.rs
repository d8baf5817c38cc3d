//! What is known of a text before its events are read.

use crate::date::PartialDate;
use std::ops::Range;

/// A place that the gazetteer knows, where it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceMention {
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    /// The facet path, "Mali/Mopti/Djenné".
    pub path: String,
    /// How it was recognised: by its kind (`village`, `region` …) or otherwise.
    pub rule: &'static str,
}

/// An actor that the lexicon knows, where the text names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorMention {
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    /// The facet path.
    pub path: String,
}

/// A text, and what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Input<'t, 'k> {
    pub text: &'t str,
    pub published: Option<PartialDate>,
    /// In order of reading.
    pub places: &'k [PlaceMention],
    /// Bytes of names that are no places of events, in order of reading: those of actors.
    pub others: &'k [Range<usize>],
    /// Those who may have done something, in order of reading.
    pub actors: &'k [ActorMention],
}
