//! The notice that the archive has changed since the page was made, which a script shows.

use super::super::asked::Asked;
use super::super::assets::addresses;
use super::super::problem::Problem;
use super::link::Link;
use super::text::Text;
use crate::say;
use maud::{Markup, html};

/// What stands for the number in the text of several.
const NUMBER: &str = "#";

/// The notice, hidden until there is something to say.
pub(super) fn live(asked: &Asked) -> Result<Markup, Problem> {
    let articles = asked.commit.articles()?;
    Ok(html! {
        p.live role="status" hidden data-live="" data-commit=(Text(&asked.commit.id)) data-articles=(articles)
            data-one=(say!("web-live-one")) data-several=(say!("web-live-several", n = NUMBER))
            data-changed=(say!("web-live-changed")) {
            span {} " " a href=(Link::here(asked)) { (say!("web-live-reload")) }
        }
        script type="module" src=(addresses().live) {}
    })
}
