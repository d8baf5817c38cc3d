//! The API: questions as addresses with the options of the command line as parameters, answers in its JSON.

mod answer;
mod answers;
mod description;
mod exports;
mod options;

pub(super) use answer::Answer;
pub(super) use answers::{
    article, cite, facets, pivot, pivot_request, saved, search, similar, stats, suggest, terms, timeline,
};
pub(super) use description::{document, openapi};
pub(super) use exports::{events, events_request, export};
