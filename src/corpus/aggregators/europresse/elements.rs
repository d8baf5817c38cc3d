//! The layout with an `article` element for each article: its header, its sections, what stands beside it,
//! its foot.

use super::super::byline::byline;
use super::super::common::{end_of, keep, paragraphs};
use super::super::found::Found;
use super::draft::Draft;
use crate::article::Article;
use crate::corpus::clean;
use crate::corpus::markup::{Piece, Pieces, Tag, plain_text};

/// What an element of a known class holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Publication,
    Header,
    Title,
    Author,
    /// Where else the article appeared.
    Elsewhere,
    Number,
}

/// Classes and ids, in lower case, with `-` for `_`.
const CLASSES: [(&str, Part); 10] = [
    ("docpublicationname", Part::Publication),
    ("docheader", Part::Header),
    ("titrearticlevisu", Part::Title),
    ("rdp--articletitle", Part::Title),
    ("docauthors", Part::Author),
    ("sm-margin-bottomnews", Part::Author),
    ("apd-wrapper", Part::Elsewhere),
    ("apd-doc", Part::Elsewhere),
    ("public-lblnodoc", Part::Number),
    ("nodoc", Part::Number),
];

/// The parts of an article, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zone {
    Header,
    Text,
    Aside,
    Foot,
}

pub(super) fn split(html: &str) -> Found {
    let mut found = Found::default();
    let mut pieces = Pieces::new(html);
    // Where the open article begins, and what stands outside of articles.
    let (mut from, mut outside) = (None, start_of_body(html));
    loop {
        let before = pieces.at();
        let Some(piece) = pieces.next() else { break };
        match piece {
            Piece::Open(tag) if tag.is("article") => {
                match from {
                    // An article that isn't closed ends where the next one begins.
                    Some(from) => found.articles.extend(article(&html[from..before])),
                    None => found.leave_out(None, &plain_text(html.get(outside..before).unwrap_or_default())),
                }
                from = Some(pieces.at());
            }
            Piece::Close(name) if name.eq_ignore_ascii_case("article") => {
                if let Some(from) = from.take() {
                    found.articles.extend(article(&html[from..before]));
                    outside = pieces.at();
                }
            }
            _ => {}
        }
    }
    match from {
        Some(from) => found.articles.extend(article(&html[from..])),
        None => found.leave_out(None, &plain_text(&html[outside..])),
    }
    found
}

/// Where the body of a page begins.
fn start_of_body(html: &str) -> usize {
    let mut pieces = Pieces::new(html);
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Open(tag) if tag.is("body") => return pieces.at(),
            Piece::Open(tag) if tag.is("article") => break,
            _ => {}
        }
    }
    0
}

fn part_of(tag: &Tag<'_>) -> Option<Part> {
    let names = [tag.attribute("class"), tag.attribute("id")];
    names
        .iter()
        .flatten()
        .flat_map(|names| names.split_ascii_whitespace())
        .find_map(|name| {
            let name = name.to_lowercase().replace('_', "-");
            CLASSES
                .iter()
                .find(|(class, _)| *class == name)
                .map(|(_, part)| *part)
        })
}

/// An article out of the content of its element.
fn article(html: &str) -> Option<Article> {
    let mut draft = Draft::default();
    let mut zone = Zone::Header;
    let mut pieces = Pieces::new(html);
    // Where what belongs to no known part begins, and whether the headline was seen.
    let (mut from, mut titled) = (0, false);
    loop {
        let before = pieces.at();
        let Some(piece) = pieces.next() else { break };
        let next_zone = match piece {
            Piece::Open(tag) if tag.is("section") => Some(Zone::Text),
            Piece::Open(tag) if tag.is("aside") => Some(Zone::Aside),
            Piece::Open(tag) if tag.is("footer") => Some(Zone::Foot),
            _ => None,
        };
        let part = match piece {
            Piece::Open(tag) => part_of(&tag).filter(|_| zone != Zone::Text),
            _ => None,
        };
        if next_zone.is_none() && part.is_none() {
            continue;
        }
        put(&mut draft, zone, &html[from..before], titled);
        from = pieces.at();
        zone = next_zone.unwrap_or(zone);
        if let (Some(part), Piece::Open(tag)) = (part, piece) {
            let end = end_of(&mut pieces, tag.name);
            known(&mut draft, part, &html[from..end]);
            titled |= part == Part::Title;
            from = pieces.at();
        }
    }
    put(&mut draft, zone, &html[from..], titled);
    draft.finish()
}

/// Puts a part of a known class in its place.
fn known(draft: &mut Draft, part: Part, html: &str) {
    let text = plain_text(html);
    match part {
        Part::Publication => draft.publication(&text),
        Part::Header => draft.header(&text),
        Part::Title if draft.article.title.is_empty() => {
            draft.article.title = clean::line(&text).unwrap_or_default()
        }
        Part::Title => draft.text(&text),
        Part::Author => draft.author(&text),
        Part::Number => draft.number(&text),
        Part::Elsewhere => {
            let places = text
                .trim()
                .trim_start_matches("Aussi paru dans")
                .trim_start_matches("Also published in");
            keep(&mut draft.article, "also_in", places);
        }
    }
}

/// Puts what has no known class where it belongs, by the zone it stands in.
fn put(draft: &mut Draft, zone: Zone, html: &str, titled: bool) {
    let text = plain_text(html);
    match zone {
        Zone::Foot => draft.foot(&text),
        Zone::Text => draft.text(&text),
        Zone::Aside => draft.text(&without_labels(&text)),
        Zone::Header if !titled => draft.text(&text),
        Zone::Header => below_title(draft, html, &text),
    }
}

/// The header below the headline: subtitle, author and lead. Without a class, the author is a line of its own
/// that is neither a paragraph nor bold.
fn below_title(draft: &mut Draft, html: &str, text: &str) {
    let mut rest = text.trim();
    let plain = !Pieces::new(html)
        .take_while(|piece| !matches!(piece, Piece::Text(text) if !text.trim().is_empty()))
        .any(|piece| matches!(piece, Piece::Open(tag) if tag.is("p") || tag.is("b")));
    let (first, after) = rest.split_once('\n').unwrap_or((rest, ""));
    let short = first.split_whitespace().count() <= 8 && !first.ends_with(['.', '!', '?', ':']);
    if plain && !first.is_empty() && draft.article.author.is_none() && (short || byline(first) > 0) {
        draft.author(first);
        rest = after;
    }
    draft.text(rest);
}

/// A text without the words that only name what follows: `Illustration(s) :`, `Note(s) :`.
fn without_labels(text: &str) -> String {
    let without = |line: &str| {
        let label = line.split_once("(s)").filter(|(name, rest)| {
            !name.contains(' ') && rest.trim_start_matches([' ', '\u{a0}']).starts_with(':')
        });
        label
            .map_or(line, |(_, rest)| rest.trim_start_matches([' ', '\u{a0}', ':']))
            .to_string()
    };
    let lines: Vec<String> = text.lines().map(|line| without(line.trim())).collect();
    paragraphs(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}
