//! How much work a tree of a page would be, estimated before one is made: hostile and broken pages would otherwise
//! take time and memory without bound, or overflow the stack.

use super::markup::{Piece, Pieces};
use std::collections::HashMap;

/// Upper bounds of what a tree of a page holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct TreeSize {
    /// Levels of nested elements.
    pub depth: usize,
    /// Elements and texts.
    pub nodes: usize,
    /// Attributes of one element. Parsers compare each with the others.
    pub attributes: usize,
    /// Of each text its bytes, as often as it has signs that HTML writes as entities: whoever writes it looks
    /// through the rest of it at each.
    pub escapes: u64,
}

/// Elements without content.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements that their like closes, so that they don't nest unless others do.
const CLOSED_BY_THE_NEXT: [&str; 11] = [
    "p", "li", "td", "th", "tr", "tbody", "thead", "dt", "dd", "option", "colgroup",
];

/// Elements that, left open, are opened anew in every block that follows.
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Measures a page, in one pass. Where browsers might differ from it, it counts too much rather than too
/// little.
pub(super) fn shape(html: &str) -> TreeSize {
    let mut shape = TreeSize::default();
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut formatting) = (0_usize, 0_usize);
    let mut pieces = Pieces::wary(html);
    // Of the text that is being read: its bytes and signs.
    let (mut length, mut signs) = (0_u64, 0_u64);
    while let Some(piece) = pieces.next() {
        if let Piece::Text(text) | Piece::Raw(_, text) = piece {
            length += text.len() as u64;
            signs += signs_of(text);
            shape.escapes = shape.escapes.max(length.saturating_mul(signs));
        } else {
            (length, signs) = (0, 0);
        }
        match piece {
            Piece::Open(tag) => {
                shape.nodes = shape.nodes.saturating_add(1 + formatting);
                shape.attributes = shape.attributes.max(tag.count_attributes());
                let name = tag.name.to_ascii_lowercase();
                let leaf = VOID.contains(&name.as_str()) || CLOSED_BY_THE_NEXT.contains(&name.as_str());
                // In SVG, even `br` may hold something, and a slash closes.
                if if pieces.in_foreign() {
                    tag.is_closed()
                } else {
                    leaf
                } {
                    continue;
                }
                depth += 1;
                shape.depth = shape.depth.max(depth);
                formatting += usize::from(FORMATTING.contains(&name.as_str()));
                *open.entry(name).or_default() += 1;
            }
            Piece::Close(name) => {
                // A closing tag closes only what is open: `<div></x>` leaves the div.
                let name = name.to_ascii_lowercase();
                if let Some(count) = open.get_mut(&name).filter(|count| **count > 0) {
                    *count -= 1;
                    depth -= 1;
                    formatting -= usize::from(FORMATTING.contains(&name.as_str()));
                }
            }
            Piece::Text(_) | Piece::Raw(..) | Piece::Comment(_) => {
                shape.nodes = shape.nodes.saturating_add(1)
            }
        }
    }
    shape
}

/// How many signs of a text HTML writes as entities: `&`, `<`, `>` and the no-break space.
fn signs_of(text: &str) -> u64 {
    let ampersands = memchr::memchr_iter(b'&', text.as_bytes()).filter(|at| {
        let after = &text[at + 1..];
        // `&eacute;` is a letter.
        let is_letter = after.starts_with(|c: char| c.is_ascii_alphabetic());
        !is_letter
            || ["amp", "lt", "gt", "nbsp"]
                .iter()
                .any(|name| after.starts_with(name))
    });
    let others = text.chars().filter(|c| matches!(c, '<' | '>' | '\u{a0}'));
    (ampersands.count() + others.count()) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::tests::linear::assert_linear;

    #[test]
    fn ordinary_pages_are_measured_as_they_are() {
        assert_eq!(
            shape("<p>a<p>b<ul><li>c<li>d</ul>"),
            TreeSize {
                depth: 1,
                nodes: 9,
                attributes: 0,
                escapes: 0
            }
        );
        assert_eq!(
            shape("<div id=a class=b><div></div><br><img></div>"),
            TreeSize {
                depth: 2,
                nodes: 4,
                attributes: 2,
                escapes: 0
            }
        );
    }

    #[test]
    fn signs_that_are_written_as_entities_are_counted_by_text() {
        assert_eq!(shape("<p>L&eacute;t&eacute; \u{e0} Gao").escapes, 0);
        assert_eq!(shape("<p>a & b<p>c &amp; d&nbsp;!").escapes, 2 * 16);
        assert_eq!(shape("<p>a < b &#60; c").escapes, 2 * 13);
        assert!(shape(&"&".repeat(100_000)).escapes == 10_000_000_000);
    }

    #[test]
    fn depth_cannot_be_hidden() {
        for unit in [
            "<div>",
            "<div></x>",
            "<DIV></p>",
            "<div><!-->",
            "<a \"><div>",
            "<optgroup>",
            "<svg><td>",
            "<svg><br>",
            "<svg><title><div>",
            "<svg><style><g>",
            "<div/>",
            "<div a=b\">",
            "<div><table><td></div>",
            "<div =\">",
            "<div=\">",
            "<b a='>'>",
        ] {
            assert!(shape(&unit.repeat(1000)).depth >= 1000, "{unit}");
        }
        assert!(shape(&"<p><b>".repeat(1000)).nodes > 100_000);
        assert_eq!(shape(&format!("<p {}>", "a=1 ".repeat(1000))).attributes, 1000);
    }

    #[test]
    fn hostile_pages_are_measured_in_linear_time() {
        for unit in [
            "<",
            "<a \"",
            "<a b='>' ",
            "<!--",
            "<style>",
            "<svg><style>",
            "<a b=\">\" ",
            "<p =",
            "<a0",
            "<a b",
        ] {
            assert_linear(unit, 2_000_000, |html| {
                shape(html);
            });
        }
    }
}
