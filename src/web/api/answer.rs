//! What all answers of the API have in common.

use super::super::asked::Asked;
use super::super::key;
use super::super::problem::Problem;
use crate::msg;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// What answers a request.
pub(in super::super) type Answer = fn(&Asked) -> Result<Response, Problem>;

/// The JSON form of an answer, with the key of every article in it.
pub(super) fn json(answer: &impl Serialize) -> Result<Response, Problem> {
    json_with(answer, |_| {})
}

/// The same, with what the command line doesn't say.
pub(super) fn json_with(answer: &impl Serialize, more: impl FnOnce(&mut Value)) -> Result<Response, Problem> {
    // Through text: numbers are then those of the command line, short ones too.
    let mut value: Value = serde_json::from_str(&serde_json::to_string(answer)?)?;
    key::add(&mut value);
    more(&mut value);
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Ok((kind, value.to_string()).into_response())
}

/// Refuses what the address doesn't know: a misspelt filter would find too much.
pub(super) fn check(asked: &Asked, known: &[Vec<String>]) -> Result<(), Problem> {
    let known: BTreeSet<&str> = known.iter().flatten().map(String::as_str).collect();
    for name in asked.params.names() {
        let called = name.strip_prefix("not-").unwrap_or(name);
        let is_facet = known.contains("where") && asked.facet(called).is_some();
        if !known.contains(name) && !is_facet {
            let mut list: Vec<&str> = known.iter().copied().collect();
            if known.contains("where") {
                list.extend(asked.facets.iter().map(|facet| facet.name.as_str()));
            }
            let what = msg!("web-unknown-parameter", name = name, known = list.join(", "));
            return Err(Problem::bad_request("unknown_parameter", what));
        }
    }
    Ok(())
}
