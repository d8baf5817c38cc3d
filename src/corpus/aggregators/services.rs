//! The table of services, and handing over what their readers find.

use super::super::LeftOut;
use super::found::Found;
use super::{europresse, factiva, iramuteq, nexis};
use crate::corpus::{Location, Output, SkipReason};
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

/// Hands over the articles of a page, if it is an export; says whether it was.
pub(in super::super) fn take_html(html: &str, out: &mut Output<'_>) -> bool {
    marked(html).any(|service| hand_over(service, (service.in_html)(html), 0, out))
}

/// Hands over the articles of a text, if it is an export; says whether it was. `above` lines of the file
/// stand before the text.
pub(in super::super) fn take_text(text: &str, above: usize, out: &mut Output<'_>) -> bool {
    marked(text).any(|service| hand_over(service, (service.in_text)(text), above, out))
}

/// Hands over the articles of an XML document, if it is an export; says whether it was.
pub(in super::super) fn take_xml(xml: &str, out: &mut Output<'_>) -> bool {
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
    for text in &found.furniture {
        out.leave_out(LeftOut::ExportLabels, text);
    }
    for left in found.left {
        out.leave_out(LeftOut::Skipped, &left.text);
        let line = left.line.filter(|_| has_lines).map(|line| line + above);
        if out
            .skip(
                Location { line, record: None },
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
