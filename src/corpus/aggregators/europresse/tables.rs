//! The layout up to 2013: a table for each article, its name, header and headline in `span` elements of known
//! classes, everything else in no element of its own.

use super::super::common::{end_of, is_copyright};
use super::super::found::Found;
use super::draft::{Draft, is_certificate};
use crate::article::Article;
use crate::corpus::clean;
use crate::corpus::markup::{Piece, Pieces, Tag, plain_text};

pub(super) fn split(html: &str) -> Found {
    let starts: Vec<usize> = starts(html);
    let ends = starts.iter().skip(1).copied().chain([html.len()]);
    let articles = starts
        .iter()
        .zip(ends)
        .filter_map(|(&from, to)| article(&html[from..to]))
        .collect();
    let mut found = Found {
        articles,
        ..Found::default()
    };
    if let (Some(&first), false) = (starts.first(), found.articles.is_empty()) {
        found.leave_out(None, &plain_text(&html[..first]));
    }
    found
}

/// Where the name of each publication stands.
fn starts(html: &str) -> Vec<usize> {
    let (mut starts, mut pieces) = (Vec::new(), Pieces::new(html));
    loop {
        let before = pieces.at();
        match pieces.next() {
            Some(Piece::Open(tag)) if has_class(&tag, "DocPublicationName") => starts.push(before),
            Some(_) => {}
            None => return starts,
        }
    }
}

fn has_class(tag: &Tag<'_>, class: &str) -> bool {
    tag.attribute("class").is_some_and(|names| {
        names
            .split_ascii_whitespace()
            .any(|name| name.eq_ignore_ascii_case(class))
    })
}

fn article(html: &str) -> Option<Article> {
    let mut draft = Draft::default();
    let mut pieces = Pieces::new(html);
    let (mut from, mut header) = (0, String::new());
    loop {
        let before = pieces.at();
        let Some(piece) = pieces.next() else { break };
        let Piece::Open(tag) = piece else { continue };
        let known = ["DocPublicationName", "DocHeader", "TitreArticleVisu"]
            .into_iter()
            .find(|class| has_class(&tag, class));
        let Some(class) = known else { continue };
        // Above the headline: a kicker.
        draft.text(&plain_text(&html[from..before]));
        let begins = pieces.at();
        let end = end_of(&mut pieces, "span");
        let text = plain_text(&html[begins..end]);
        match class {
            "DocPublicationName" => draft.publication(&text),
            "DocHeader" => header.push_str(&format!("{text} ")),
            _ if draft.article.title.is_empty() => {
                draft.article.title = clean::line(&text).unwrap_or_default()
            }
            _ => draft.text(&text),
        }
        from = pieces.at();
    }
    draft.header(&header);
    let rest = author(&mut draft, &html[from..]);
    below(&mut draft, &plain_text(rest));
    draft.finish()
}

/// Takes the author, who stands on a line of its own above the first paragraph; gives what follows.
fn author<'a>(draft: &mut Draft, html: &'a str) -> &'a str {
    let mut pieces = Pieces::new(html);
    // Whether a line has just ended.
    let mut broken = false;
    loop {
        let before = pieces.at();
        match pieces.next() {
            Some(Piece::Open(tag)) if tag.is("p") => {
                let line =
                    clean::line(&plain_text(&html[..before])).filter(|line| line.chars().count() <= 120);
                return match line.filter(|_| broken) {
                    Some(line) => {
                        draft.author(&line);
                        &html[before..]
                    }
                    None => html,
                };
            }
            Some(Piece::Open(tag)) if tag.is("br") => broken = true,
            Some(Piece::Text(text)) if text.trim().is_empty() => {}
            Some(Piece::Text(_)) => broken = false,
            // Bold text is a lead, not an author.
            Some(Piece::Open(tag)) if tag.is("font") || tag.is("b") => return html,
            Some(_) => {}
            None => return html,
        }
    }
}

/// The text, and from its copyright line on what the service puts below it.
fn below(draft: &mut Draft, text: &str) {
    let lines: Vec<&str> = text.lines().collect();
    let foot = lines
        .iter()
        .rposition(|line| line.starts_with("Numéro de document :"))
        .or_else(|| lines.iter().position(|line| is_certificate(line)));
    let mut end = foot.unwrap_or(lines.len());
    while end > 0 && (lines[end - 1].trim().is_empty() || is_copyright(lines[end - 1])) {
        end -= 1;
    }
    draft.text(&lines[..end].join("\n"));
    draft.foot(&lines[end..].join("\n"));
}
