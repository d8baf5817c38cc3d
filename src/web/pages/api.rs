//! The page about the API: its addresses and parameters, from its description.

use super::super::api::document;
use super::super::asked::Asked;
use super::super::problem::Problem;
use super::layout::layout;
use super::text::Text;
use crate::say;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use utoipa::openapi::path::Operation;

/// The API.
pub(in super::super) fn api(asked: &Asked) -> Result<Response, Problem> {
    let paths = document().paths.paths.iter();
    let main = html! {
        h1 { (say!("web-nav-api")) }
        p { (say!("web-api-about")) " " a href="/api/openapi.json" { "OpenAPI 3.1" } "." }
        @for (path, item) in paths {
            @if let Some(operation) = &item.get { (described(path, operation)) }
        }
    };
    Ok(layout(asked, &say!("web-nav-api"), main).into_response())
}

fn described(path: &str, operation: &Operation) -> Markup {
    let parameters = operation.parameters.iter().flatten();
    let about = [&operation.summary, &operation.description];
    html! {
        section.endpoint lang="en" {
            h2 { code { "GET " (path) } }
            @for text in about.into_iter().flatten() { p { (Text(text)) } }
            details {
                summary { (say!("web-parameters")) }
                dl { @for parameter in parameters {
                    dt { code { (parameter.name) } }
                    dd { (Text(parameter.description.as_deref().unwrap_or_default())) }
                } }
            }
        }
    }
}
