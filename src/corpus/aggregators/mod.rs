//! Exports of the services that newsrooms search: one file, hundreds of articles. Unsplit, every count would
//! be wrong.
//!
//! A service is recognised by the structure of what it writes, never by the file's name. To add one: a file
//! beside this one and a line in [`AGGREGATORS`]. No text of an export is lost: what is in no article is
//! reported, and what a header says beyond title, date, medium, author and language is kept with the
//! article's other metadata.

mod day;
mod europresse;
mod factiva;
mod iramuteq;
mod kit;
mod nexis;

use super::{Output, Place, SkipReason};
use crate::article::Article;
use std::ops::ControlFlow;

/// A service, or a program whose texts hold many articles.
struct Aggregator {
    name: &'static str,
    /// Words, one of which is in every file of it; other files are not looked at.
    marks: &'static [&'static str],
    /// What a page holds; nothing if it isn't one of the service's.
    in_html: fn(&str) -> Found,
    /// What a text holds; nothing if it isn't one of the service's.
    in_text: fn(&str) -> Found,
    /// What an XML document holds; nothing if it isn't one of the service's.
    in_xml: fn(&str) -> Found,
}

/// Every service, one line each.
const AGGREGATORS: &[Aggregator] = &[
    Aggregator {
        name: "Europresse",
        marks: &["DocPublicationName", "docOcurrContainer", "titreArticleVisu"],
        in_html: europresse::split,
        in_text: nothing,
        in_xml: nothing,
    },
    Aggregator {
        name: "Nexis",
        marks: nexis::MARKS,
        in_html: nexis::in_html,
        in_text: nexis::split,
        in_xml: nothing,
    },
    Aggregator {
        name: "Factiva",
        marks: factiva::MARKS,
        in_html: factiva::in_html,
        in_text: factiva::in_text,
        in_xml: factiva::in_xml,
    },
    Aggregator {
        name: "IRaMuTeQ",
        marks: &["****", " *"],
        in_html: nothing,
        in_text: iramuteq::split,
        in_xml: nothing,
    },
];

fn nothing(_: &str) -> Found {
    Found::default()
}

/// What an export holds.
#[derive(Debug, Default)]
struct Found {
    articles: Vec<Article>,
    /// Text that belongs to none of them.
    left: Vec<Left>,
}

/// Text of an export that is in no article.
#[derive(Debug)]
struct Left {
    /// The line of the text, from 1, where it has lines.
    line: Option<usize>,
    detail: String,
}

/// Fewer words than these outside of articles are the service's own furniture.
const FEW_WORDS: usize = 4;

impl Found {
    /// Notes text that belongs to no article, unless it is only a few words.
    fn leave_out(&mut self, line: Option<usize>, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.len() >= FEW_WORDS {
            let begins = words[..FEW_WORDS.min(words.len())].join(" ");
            let detail = format!(
                "{} words outside of the articles, from \u{201c}{begins}\u{201d} on; look at them, and save them as \
                 a file of their own if they are an article",
                words.len()
            );
            self.left.push(Left { line, detail });
        }
    }
}

/// Hands over the articles of a page, if it is an export; says whether it was.
pub(super) fn take_html(html: &str, out: &mut Output<'_>) -> bool {
    marked(html).any(|service| hand_over(service, (service.in_html)(html), 0, out))
}

/// Hands over the articles of a text, if it is an export; says whether it was. `above` lines of the file
/// stand before the text.
pub(super) fn take_text(text: &str, above: usize, out: &mut Output<'_>) -> bool {
    marked(text).any(|service| hand_over(service, (service.in_text)(text), above, out))
}

/// Hands over the articles of an XML document, if it is an export; says whether it was.
pub(super) fn take_xml(xml: &str, out: &mut Output<'_>) -> bool {
    marked(xml).any(|service| hand_over(service, (service.in_xml)(xml), 0, out))
}

/// The services of which a file may be.
fn marked(content: &str) -> impl Iterator<Item = &'static Aggregator> + '_ {
    AGGREGATORS
        .iter()
        .filter(|service| service.marks.iter().any(|mark| content.contains(mark)))
}

fn hand_over(service: &Aggregator, found: Found, above: usize, out: &mut Output<'_>) -> bool {
    if found.articles.is_empty() {
        return false;
    }
    // Only a text has lines that a reader of the report can go to.
    let has_lines = matches!(out.summary.format, "text" | "feed");
    for (number, mut article) in (1..).zip(found.articles) {
        article.extra.insert("aggregator".into(), service.name.into());
        if let ControlFlow::Break(()) = out.record(number, article) {
            return true;
        }
    }
    for left in found.left {
        let line = left.line.filter(|_| has_lines).map(|line| line + above);
        if out
            .skip(
                Place { line, record: None },
                SkipReason::OutsideArticles,
                left.detail,
            )
            .is_break()
        {
            break;
        }
    }
    true
}
