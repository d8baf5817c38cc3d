//! Which layout a file has.

use super::super::found::Found;
use super::{coded, display, page};
use crate::corpus::markup::plain_text;

/// One of these is in every file of the service.
pub(in super::super) const MARKS: &[&str] = &[
    "Factiva",
    "factiva",
    "Headline",
    "HD",
    "ppsarticle",
    "Document ",
    "Dokument ",
    "Documento ",
    "Документ ",
    "文件",
    "文档",
    "مستند",
];

/// What a page holds; nothing if it isn't one of the service's.
pub(in super::super) fn in_html(html: &str) -> Found {
    if !["activa", "Headline", "articleParagraph"]
        .iter()
        .any(|mark| html.contains(mark))
    {
        return Found::default();
    }
    let found = page::split(html);
    if found.articles.is_empty() {
        in_text(&plain_text(html))
    } else {
        found
    }
}

/// What a text holds; nothing if it isn't one of the service's.
pub(in super::super) fn in_text(text: &str) -> Found {
    let found = coded::split(text);
    if found.articles.is_empty() {
        display::split(text)
    } else {
        found
    }
}
