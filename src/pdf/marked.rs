//! Marked content: artifacts, text that the file spells out, and layers that aren't shown.

use super::glyph::Glyph;
use super::strings::text_string;
use hayro_syntax::object::{Dict, Name, String as PdfString};

/// How many marks may be open at once; more are read as if they weren't there.
const MAX_OPEN: usize = 256;

/// The marks that are open at a point of a content stream.
#[derive(Default)]
pub(super) struct MarkedContent {
    open: Vec<Mark>,
    /// Marks that were opened past the limit
    ignored: usize,
}

#[derive(Default)]
struct Mark {
    is_artifact: bool,
    is_hidden: bool,
    /// What the glyphs within stand for, if the file says
    actual_text: Option<String>,
    /// The first glyph within
    start: Option<usize>,
}

impl MarkedContent {
    pub fn begin(&mut self, tag: &Name<'_>, properties: Option<&Dict<'_>>, is_hidden: bool) {
        if self.open.len() >= MAX_OPEN {
            self.ignored += 1;
            return;
        }
        let actual_text = properties
            .and_then(|properties| properties.get::<PdfString<'_>>("ActualText"))
            .map(|text| text_string(text.as_bytes()));
        let is_artifact = tag.as_ref() == b"Artifact" && properties.is_some_and(is_furniture);
        self.open.push(Mark {
            is_artifact,
            is_hidden,
            actual_text,
            start: None,
        });
    }

    /// Ends the innermost mark; its glyphs become what it spells out.
    pub fn end(&mut self, glyphs: &mut Vec<Glyph>) {
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        let Some(Mark {
            actual_text: Some(text),
            start: Some(start),
            ..
        }) = self.open.pop()
        else {
            return;
        };
        spell_out(text, start, glyphs);
    }

    pub fn is_artifact(&self) -> bool {
        self.open.iter().any(|mark| mark.is_artifact)
    }

    pub fn is_hidden(&self) -> bool {
        self.open.iter().any(|mark| mark.is_hidden)
    }

    pub fn is_spelled_out(&self) -> bool {
        self.open.iter().any(|mark| mark.actual_text.is_some())
    }

    /// Notes that the glyph with this number comes next.
    pub fn keep_start(&mut self, glyph: usize) {
        for mark in &mut self.open {
            mark.start.get_or_insert(glyph);
        }
    }
}

/// Whether an artifact's properties say that it is a header, a footer or a watermark. Other artifacts are
/// kept: some producers mark as artifact what a reader would call text.
fn is_furniture(properties: &Dict<'_>) -> bool {
    let names = |key: &str| properties.get::<Name<'_>>(key).map(|name| name.as_ref().to_vec());
    names("Type").is_some_and(|kind| kind == b"Pagination")
        || names("Subtype").is_some_and(|kind| [&b"Header"[..], b"Footer", b"Watermark"].contains(&&kind[..]))
}

/// Puts `text` in place of the glyphs from `start` on, if they stand on one line.
fn spell_out(text: String, start: usize, glyphs: &mut Vec<Glyph>) {
    let Some(replaced) = glyphs.get(start..) else {
        return;
    };
    let Some(first) = replaced.first() else { return };
    let on_one_line = replaced.iter().all(|glyph| {
        glyph.direction == first.direction && (glyph.baseline - first.baseline).abs() < 0.5 * first.size
    });
    let spelled: String = text
        .chars()
        .filter(|c| !c.is_control() && *c != '\u{FEFF}')
        .collect();
    // Text of several words would become one word with spaces within; the glyphs say where each stands.
    if !on_one_line || spelled.trim().contains(' ') {
        glyphs.retain(|glyph| !glyph.text.is_empty());
        return;
    }
    let mut whole = first.clone();
    for glyph in replaced {
        whole.left = whole.left.min(glyph.left);
        whole.right = whole.right.max(glyph.right);
    }
    whole.text = spelled;
    glyphs.truncate(start);
    if !whole.text.is_empty() {
        glyphs.push(whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::geometry::Matrix;

    fn glyph(text: &str, left: f64) -> Glyph {
        Glyph::place(
            text.into(),
            &Matrix::new([10.0, 0.0, 0.0, -10.0, left, 100.0]),
            0.5,
            false,
        )
        .unwrap()
    }

    #[test]
    fn spelled_out_text_replaces_its_glyphs() {
        let mut glyphs = vec![glyph("a", 0.0), glyph("?", 5.0), glyph("!", 10.0)];

        spell_out("ffi".into(), 1, &mut glyphs);

        let texts: Vec<_> = glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
        assert_eq!(texts, ["a", "ffi"]);
        assert_eq!((glyphs[1].left, glyphs[1].right), (5.0, 15.0));
    }

    #[test]
    fn marks_past_the_limit_end_without_harm() {
        let mut marked = MarkedContent::default();
        let span = Name::new_unescaped(b"Span");
        for _ in 0..MAX_OPEN + 10 {
            marked.begin(&span, None, false);
        }
        for _ in 0..MAX_OPEN + 20 {
            marked.end(&mut Vec::new());
        }
        assert!(marked.open.is_empty());
    }
}
