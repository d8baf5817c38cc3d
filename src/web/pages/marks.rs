//! The text of an article with stretches marked: what a query matches, and what gave facet values.

use super::text::Text;
use maud::{Markup, html};

/// A stretch of a text, in bytes, and how it is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) start: usize,
    pub(super) end: usize,
    /// A class of the style sheet.
    pub(super) class: String,
    /// What leads here.
    pub(super) anchor: Option<String>,
}

/// A part of a text between the ends of stretches, which may overlap.
struct Piece<'t> {
    text: &'t str,
    classes: Vec<&'t str>,
    anchors: Vec<&'t str>,
}

fn pieces<'t>(text: &'t str, stretches: &'t [Stretch]) -> Vec<Piece<'t>> {
    let fits = |one: &&Stretch| one.start < one.end && text.get(one.start..one.end).is_some();
    let mut stretches: Vec<&Stretch> = stretches.iter().filter(fits).collect();
    stretches.sort_by_key(|one| (one.start, one.end));
    let mut ends: Vec<usize> = stretches.iter().flat_map(|one| [one.start, one.end]).collect();
    ends.extend([0, text.len()]);
    ends.sort_unstable();
    ends.dedup();
    let mut pieces = Vec::new();
    let (mut open, mut next): (Vec<&Stretch>, usize) = (Vec::new(), 0);
    for pair in ends.windows(2) {
        let [from, to] = *pair else { continue };
        open.retain(|one| one.end > from);
        let mut anchors = Vec::new();
        while let Some(one) = stretches.get(next).filter(|one| one.start <= from) {
            open.push(one);
            anchors.extend(one.anchor.as_deref());
            next += 1;
        }
        let mut classes: Vec<&str> = open.iter().map(|one| one.class.as_str()).collect();
        classes.sort_unstable();
        classes.dedup();
        pieces.push(Piece {
            text: &text[from..to],
            classes,
            anchors,
        });
    }
    pieces
}

/// A text, with its stretches marked.
pub(super) fn marked(text: &str, stretches: &[Stretch]) -> Markup {
    html! {
        @for piece in pieces(text, stretches) {
            @for anchor in &piece.anchors { a id=(*anchor) {} }
            @if piece.classes.is_empty() { (Text(piece.text)) }
            @else { mark class=(piece.classes.join(" ")) { (Text(piece.text)) } }
        }
    }
}

/// Paragraphs of a text: its lines that aren't blank, each with what of the stretches lies in it.
pub(super) fn paragraphs(text: &str, stretches: &[Stretch]) -> Markup {
    let mut sorted: Vec<&Stretch> = stretches.iter().collect();
    sorted.sort_by_key(|one| one.start);
    let (mut open, mut next): (Vec<&Stretch>, usize) = (Vec::new(), 0);
    let mut at = 0;
    let mut paragraphs = Vec::new();
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end_matches(['\r', '\n']);
        let end = start + line.len();
        if line.trim().is_empty() {
            continue;
        }
        // A stretch that goes on in the next line is cut.
        open.retain(|one| one.end > start);
        while let Some(one) = sorted.get(next).filter(|one| one.start < end) {
            open.push(one);
            next += 1;
        }
        let inside = open.iter().filter(|one| one.end > start).map(|one| Stretch {
            start: one.start.max(start) - start,
            end: one.end.min(end) - start,
            class: one.class.clone(),
            anchor: one.anchor.clone().filter(|_| one.start >= start),
        });
        paragraphs.push((line, inside.collect::<Vec<_>>()));
    }
    html! { @for (line, inside) in &paragraphs { p { (marked(line, inside)) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(start: usize, end: usize, class: &str) -> Stretch {
        Stretch {
            start,
            end,
            class: class.into(),
            anchor: Some(format!("{class}-{start}")),
        }
    }

    #[test]
    fn stretches_may_overlap() {
        let page = marked("abcdef", &[stretch(1, 4, "q"), stretch(2, 5, "r")]).into_string();
        assert_eq!(
            page,
            "a<a id=\"q-1\"></a><mark class=\"q\">b</mark><a id=\"r-2\"></a><mark class=\"q r\">cd</mark>\
             <mark class=\"r\">e</mark>f"
        );
    }

    #[test]
    fn stretches_that_do_not_fit_are_left_out() {
        for (start, end) in [(0, 1), (1, 9), (2, 2), (5, 3)] {
            assert_eq!(
                marked("é<b", &[stretch(start, end, "q")]).into_string(),
                "é&lt;b",
                "{start}..{end}"
            );
        }
    }

    #[test]
    fn a_stretch_over_two_lines_is_marked_in_both() {
        let page = paragraphs("un deux\n\ntrois", &[stretch(3, 11, "q")]).into_string();
        assert_eq!(
            page,
            "<p>un <a id=\"q-3\"></a><mark class=\"q\">deux</mark></p><p><mark class=\"q\">tr</mark>ois</p>"
        );
    }
}
