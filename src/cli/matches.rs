//! `griot show --query`: every match of a query in an article.

use super::output::{Output, sanitize, style, wrap};
use anyhow::Result;
use griot::index::Stored;
use griot::search::{ArticleMarks, Engine, Mark, Request};
use serde_json::{Value, json};
use std::io::Write;
use std::ops::Range;

/// A query's matches in an article.
pub struct Matches {
    query: String,
    marks: ArticleMarks,
    /// Byte ranges of the body's paragraphs: its lines that aren't blank, numbered from 1.
    paragraphs: Vec<Range<usize>>,
}

impl Matches {
    pub fn find(engine: &Engine, article: &Stored, query: &str) -> Result<Self> {
        let marks = engine.marks(
            &Request {
                query: query.to_string(),
                ..Request::default()
            },
            article,
        )?;
        Ok(Self {
            query: query.to_string(),
            marks,
            paragraphs: paragraphs(&article.body),
        })
    }

    /// Tells what was reinterpreted, on standard error.
    pub fn tell_notes(&self) {
        for note in &self.marks.notes {
            eprintln!("griot: {}", sanitize(note));
        }
    }

    /// `3 matches, 1 of them in the title`.
    pub fn told(&self) -> String {
        let total = self.marks.title.len() + self.marks.body.len();
        let in_title = match self.marks.title.len() {
            0 => String::new(),
            n => format!(", {n} of them in the title"),
        };
        format!(
            "{total} {}{in_title}",
            if total == 1 { "match" } else { "matches" }
        )
    }

    /// The object `matches` of `griot show --format json`. Offsets are bytes of title and body.
    pub fn json(&self, article: &Stored) -> Value {
        let span = |text: &str, mark: &Mark| json!({"start": mark.range.start, "end": mark.range.end, "text": text[mark.range.clone()]});
        let in_body = |mark: &Mark| {
            let mut form = span(&article.body, mark);
            form["paragraph"] = json!(self.paragraphs.partition_point(|p| p.end <= mark.range.start) + 1);
            form
        };
        json!({
            "query": self.query,
            "total": self.marks.title.len() + self.marks.body.len(),
            "title": self.marks.title.iter().map(|m| span(&article.title, m)).collect::<Vec<_>>(),
            "body": self.marks.body.iter().map(in_body).collect::<Vec<_>>(),
            "notes": self.marks.notes,
        })
    }

    /// The title with its matches marked.
    pub fn title(&self, out: &Output, article: &Stored) -> String {
        marked(
            out,
            &article.title,
            0..article.title.len(),
            &self.marks.title,
            style::TITLE,
        )
    }

    /// Writes the whole body with its matches marked.
    pub fn write_body(&self, out: &mut Output, article: &Stored) -> Result<()> {
        for line in lines(&article.body) {
            let text = marked(out, &article.body, line, &self.marks.body, anstyle::Style::new());
            writeln!(out, "{}", wrap(&text, out.width, ""))?;
        }
        Ok(())
    }

    /// Writes the paragraphs with matches and `context` around them, as grep does: `12:` with a match, `13-`
    /// without, `--` where some are left out.
    pub fn write_context(&self, out: &mut Output, article: &Stored, context: usize) -> Result<()> {
        let first_after = |at: usize| self.marks.body.partition_point(|m| m.range.end <= at);
        let matches = |p: &Range<usize>| {
            self.marks
                .body
                .get(first_after(p.start))
                .is_some_and(|m| m.range.start < p.end)
        };
        let hit: Vec<bool> = self.paragraphs.iter().map(matches).collect();
        let mut last = None;
        for (at, paragraph) in self.paragraphs.iter().enumerate() {
            let around =
                at.saturating_sub(context)..at.saturating_add(context).saturating_add(1).min(hit.len());
            if !hit[around].contains(&true) {
                continue;
            }
            if last.is_some_and(|last| last + 1 < at) {
                writeln!(out, "--")?;
            }
            last = Some(at);
            let text = marked(
                out,
                &article.body,
                paragraph.clone(),
                &self.marks.body,
                anstyle::Style::new(),
            );
            let number = format!("{}{} ", at + 1, if hit[at] { ':' } else { '-' });
            let indent = " ".repeat(number.len());
            let wrapped = wrap(&text, out.width, &indent);
            let dim = style::DIM;
            writeln!(
                out,
                "{dim}{number}{dim:#}{}",
                wrapped.strip_prefix(&indent).unwrap_or(&wrapped)
            )?;
        }
        Ok(())
    }
}

/// The lines of a text, without what ends them.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        start..start + line.trim_end_matches(['\n', '\r']).len()
    })
}

fn paragraphs(text: &str) -> Vec<Range<usize>> {
    lines(text)
        .filter(|line| !text[line.clone()].trim().is_empty())
        .collect()
}

/// A stretch of a text with the marks in it in colour, or in brackets where there is none. `around` is the
/// style of the rest.
fn marked(out: &Output, text: &str, stretch: Range<usize>, marks: &[Mark], around: anstyle::Style) -> String {
    let mut shown = String::new();
    let mut at = stretch.start;
    let first = marks.partition_point(|m| m.range.end <= stretch.start);
    for mark in marks[first..].iter().take_while(|m| m.range.start < stretch.end) {
        let (start, end) = (
            mark.range.start.max(stretch.start),
            mark.range.end.min(stretch.end),
        );
        shown.push_str(&out.safe(&text[at..start]));
        let safe = out.safe(&text[start..end]);
        if out.styled {
            // Word by word, so that wrapping can break between them.
            let words: Vec<String> = safe
                .split(' ')
                .map(|w| format!("{}{w}{:#}{around}", style::HIT, style::HIT))
                .collect();
            shown.push_str(&words.join(" "));
        } else {
            shown.push_str(&format!("[{safe}]"));
        }
        at = end;
    }
    shown.push_str(&out.safe(&text[at..stretch.end]));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_the_lines_that_hold_something() {
        let text = "Un\r\n\n  \nDeux\nTrois";
        let found: Vec<&str> = paragraphs(text).into_iter().map(|p| &text[p]).collect();
        assert_eq!(found, ["Un", "Deux", "Trois"]);
    }
}
