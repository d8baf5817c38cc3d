//! The page of the history: the searches that were made in this browser. The server keeps none; the script does, in the
//! browser's own store.

use super::super::asked::Asked;
use super::super::problem::Problem;
use super::layout::layout;
use crate::say;
use axum::response::{IntoResponse as _, Response};
use maud::html;

/// The history.
pub(in super::super) fn history(asked: &Asked) -> Result<Response, Problem> {
    let main = html! {
        h1 { (say!("web-nav-history")) }
        p { (say!("web-history-where")) }
        noscript { p.note { (say!("web-history-no-script")) } }
        div #history data-articles=(say!("web-history-articles")) data-none=(say!("web-history-none"))
            data-forget=(say!("web-history-forget")) {}
        p.row {
            button.second #history-clear type="button" hidden { (say!("web-history-clear")) }
            label.check #history-switch hidden { input type="checkbox"; " " (say!("web-history-keep")) }
        }
    };
    Ok(layout(asked, &say!("web-nav-history"), main).into_response())
}
