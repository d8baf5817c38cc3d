//! The citation of an article: to be read and copied, and as files for reference managers.

use super::super::asked::Asked;
use super::super::key;
use super::super::problem::Problem;
use super::link::Link;
use super::text::Text;
use crate::error::Error;
use crate::export::citation::{References, Style, pages_of};
use crate::say;
use crate::search::{Citation, CitationRequest, Engine as _};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

/// A format of references, with its name, the ending of its files and their kind.
struct Format {
    parameter: &'static str,
    name: &'static str,
    style: Style,
    ending: &'static str,
    kind: &'static str,
}

const FORMATS: [Format; 3] = [
    Format {
        parameter: "bibtex",
        name: "BibTeX",
        style: Style::Bibtex,
        ending: "bib",
        kind: "application/x-bibtex; charset=utf-8",
    },
    Format {
        parameter: "ris",
        name: "RIS",
        style: Style::Ris,
        ending: "ris",
        kind: "application/x-research-info-systems; charset=utf-8",
    },
    Format {
        parameter: "csl-json",
        name: "CSL-JSON",
        style: Style::CslJson,
        ending: "json",
        kind: "application/vnd.citationstyles.csl+json",
    },
];

fn written(citation: &Citation, style: Style) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    let mut write = || {
        let mut references = References::begin(&mut bytes, style)?;
        references.add(citation)?;
        references.finish()
    };
    write().map_err(Error::io("citation"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The reference of an article as a file.
pub(in super::super) fn citation(asked: &Asked) -> Result<Response, Problem> {
    let names: Vec<(&str, usize)> = FORMATS
        .iter()
        .enumerate()
        .map(|(at, one)| (one.parameter, at))
        .collect();
    let format = &FORMATS[asked.params.one_of("format", &names)?.unwrap_or(0)];
    let citation = asked.commit.engine.cite(&CitationRequest {
        id: asked.article_id()?,
        query: None,
    })?;
    let headers = [
        (header::CONTENT_TYPE, format.kind.to_string()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"citation.{}\"", format.ending),
        ),
    ];
    Ok((headers, written(&citation, format.style)?).into_response())
}

/// The reference in words, as people write it below a text.
fn in_words(citation: &Citation) -> String {
    let date = citation.date.map(|date| date.to_string());
    let parts = [
        citation.author.clone(),
        citation.source.clone(),
        Some(date.unwrap_or_else(|| say!("count-undated"))),
        pages_of(citation).map(|pages| say!("cite-pages", pages = pages)),
        citation.url.clone(),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let title = citation.begins.as_ref().unwrap_or(&citation.title);
    format!("« {title} », {}.", parts.join(", "))
}

/// The reference in all its forms, each to be copied or saved.
pub(super) fn cited(citation: &Citation) -> Result<Markup, Problem> {
    let file = |format: &Format| {
        Link::to(&format!("/article/{}/citation", key::of(&citation.id))).with("format", format.parameter)
    };
    let mut forms = Vec::new();
    for format in &FORMATS {
        forms.push((format, written(citation, format.style)?));
    }
    Ok(html! {
        section #citation {
            h2 { (say!("web-citation")) }
            p.citation #cite-plain { (Text(&in_words(citation))) }
            // The script shows the buttons to copy: without it, texts are selected by hand.
            p { button.copy type="button" data-copy="cite-plain" data-copied=(say!("web-copied")) hidden { (say!("web-copy")) } }
            @for (format, text) in &forms {
                details {
                    summary { (format.name) }
                    pre id=(format!("cite-{}", format.parameter)) tabindex="0" { (Text(text)) }
                    p.row {
                        button.copy type="button" data-copy=(format!("cite-{}", format.parameter))
                            data-copied=(say!("web-copied")) hidden { (say!("web-copy")) }
                        a href=(file(format)) download { (say!("web-download", name = format.name)) }
                    }
                }
            }
            @if let Some(hash) = &citation.blake3 { p.quiet { "BLAKE3 " code.hash { (hash) } } }
        }
    })
}
