//! `griot show --query`: every match of a query in an article.

use super::output::{Output, notify, style, wrap};
use anyhow::Result;
use griot::messages::localized;
use griot::page_numbers;
use griot::say;
use griot::search::{ArticleResponse, Match, Matches};
use std::io::Write;
use std::ops::Range;

/// An article with a query's matches in it, as it is written to a terminal.
pub struct MatchedText<'a> {
    article: &'a ArticleResponse,
    matches: &'a Matches,
    /// Byte ranges of the body's paragraphs: its lines that aren't blank, numbered from 1.
    paragraphs: Vec<Range<usize>>,
}

impl<'a> MatchedText<'a> {
    /// `None` where no query was asked.
    pub fn of(article: &'a ArticleResponse) -> Option<Self> {
        article.matches.as_ref().map(|matches| Self {
            article,
            matches,
            paragraphs: paragraphs(&article.body),
        })
    }

    /// Notes what was reinterpreted, on standard error.
    pub fn notify_all(&self) {
        for note in &self.matches.notes {
            notify(&localized(note));
        }
    }

    /// `3 matches, 1 of them in the title`.
    pub fn summary(&self) -> String {
        let total = self.matches.total;
        let in_title = match self.matches.title.len() {
            0 => String::new(),
            n => say!("show-in-title", n = n),
        };
        say!("show-matches", n = total, in_title = in_title)
    }

    /// The title with its matches marked.
    pub fn title(&self, out: &Output) -> String {
        let title = &self.article.row.title;
        marked(out, title, 0..title.len(), &self.matches.title, style::TITLE)
    }

    /// Writes the whole body with its matches marked.
    pub fn write_body(&self, out: &mut Output) -> Result<()> {
        let body = &self.article.body;
        let mut pages = PageLines::of(self.article);
        for line in lines(body) {
            pages.write_before(out, line.start)?;
            let text = marked(out, body, line, &self.matches.body, anstyle::Style::new());
            writeln!(out, "{}", wrap(&text, out.width, ""))?;
        }
        Ok(())
    }

    /// Writes the paragraphs with matches and `context` around them, as grep does: `12:` with a match, `13-`
    /// without, `--` where some are left out.
    pub fn write_context(&self, out: &mut Output, context: usize) -> Result<()> {
        let first_after = |at: usize| self.matches.body.partition_point(|m| m.end <= at);
        let matches = |p: &Range<usize>| {
            self.matches
                .body
                .get(first_after(p.start))
                .is_some_and(|m| m.start < p.end)
        };
        let hit: Vec<bool> = self.paragraphs.iter().map(matches).collect();
        let mut last = None;
        let mut pages = PageLines::of(self.article);
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
            pages.write_before(out, paragraph.start)?;
            let text = marked(
                out,
                &self.article.body,
                paragraph.clone(),
                &self.matches.body,
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

/// The lines that say where a page begins: `— p. 12 —`.
pub struct PageLines<'a> {
    pages: Vec<(usize, &'a str)>,
    /// Pages that began before what was written last.
    begun: usize,
}

impl<'a> PageLines<'a> {
    /// None at all for an article without pages.
    pub fn of(article: &'a ArticleResponse) -> Self {
        Self {
            pages: page_numbers::all(&article.extra).collect(),
            begun: 0,
        }
    }

    /// Writes on which page a line stands, by its first byte, if the line before stood on another.
    pub fn write_before(&mut self, out: &mut Output, start: usize) -> Result<()> {
        let begun = self.pages.partition_point(|(page, _)| *page <= start);
        if begun > self.begun
            && let Some((_, label)) = self.pages.get(begun - 1)
        {
            let dim = style::DIM;
            let line = out.safe(&format!("— p. {label} —")).into_owned();
            writeln!(out, "{dim}{line}{dim:#}")?;
        }
        self.begun = begun;
        Ok(())
    }
}

/// The lines of a text, without what ends them.
pub fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
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
fn marked(
    out: &Output,
    text: &str,
    stretch: Range<usize>,
    marks: &[Match],
    around: anstyle::Style,
) -> String {
    let mut shown = String::new();
    let mut at = stretch.start;
    let first = marks.partition_point(|m| m.end <= stretch.start);
    for mark in marks[first..].iter().take_while(|m| m.start < stretch.end) {
        let (start, end) = (mark.start.max(stretch.start), mark.end.min(stretch.end));
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
