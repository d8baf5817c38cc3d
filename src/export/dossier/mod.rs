//! Dossiers: the articles that a query finds, or their passages, as one document to print and to hand on: what was
//! asked for, contents, each article with its citation, its matches, the evidence for its facet values, and hashes
//! that its file and its text can be told by.
//!
//! A dossier is a sequence of [`Block`]s, and a [`Form`] writes them: [`Html`], [`Docx`] or [`Markdown`]. One article is
//! in memory at a time.

mod article;
mod blocks;
mod docx;
mod html;
mod markdown;
#[cfg(test)]
mod tests;

use super::provenance::Provenance;
use crate::date::PartialDate;
use crate::messages::UiLang;
use crate::msg;
pub use article::Entry;
pub use blocks::{Block, ContentsLine, Fact, FactKind, Form, Run};
pub use docx::Docx;
pub use html::Html;
pub use markdown::Markdown;
use std::io;

/// What a dossier is about.
#[derive(Debug, Clone)]
pub struct Dossier {
    pub title: String,
    /// The query and its filters, in words.
    pub asked: String,
    pub provenance: Provenance,
    /// Only the paragraphs that match, instead of whole articles.
    pub passages: bool,
    pub contents: Vec<ContentsLine>,
    pub language: UiLang,
}

impl Dossier {
    /// Writes what comes before the articles: title, what was asked of which state of the archive, contents.
    ///
    /// # Errors
    /// Those of writing.
    pub fn begin(&self, form: &mut dyn Form) -> io::Result<()> {
        let language = self.language;
        form.block(&Block::Title(self.title.clone()))?;
        let made = &self.provenance;
        let fact = |name: crate::messages::Message, value: String| Fact {
            name: name.in_language(language),
            value,
            kind: FactKind::Text,
        };
        let or_all = |text: &str| match text {
            "" => msg!("dossier-every-article").in_language(language),
            text => text.to_string(),
        };
        let dates: Vec<PartialDate> = self.contents.iter().filter_map(|line| line.date).collect();
        let span = dates
            .iter()
            .min_by_key(|date| date.interval())
            .zip(dates.iter().max_by_key(|date| date.interval()));
        let mut facts = vec![
            fact(msg!("dossier-asked"), or_all(&self.asked)),
            fact(msg!("dossier-understood"), or_all(&made.interpreted)),
            fact(msg!("dossier-articles"), self.contents.len().to_string()),
        ];
        facts.extend(span.map(|(first, last)| fact(msg!("dossier-published"), format!("{first} – {last}"))));
        let undated = self.contents.len() - dates.len();
        facts.extend((undated > 0).then(|| fact(msg!("dossier-undated"), undated.to_string())));
        let state = match &made.index.committed {
            Some(when) => format!("{} ({when})", made.index.id),
            None => made.index.id.clone(),
        };
        facts.extend([
            fact(
                msg!("dossier-shown"),
                match self.passages {
                    true => msg!("dossier-passages").in_language(language),
                    false => msg!("dossier-whole").in_language(language),
                },
            ),
            fact(msg!("dossier-made"), made.written.clone()),
            fact(msg!("dossier-index"), state),
            fact(msg!("dossier-griot"), format!("griot {}", made.griot)),
        ]);
        form.block(&Block::Facts(facts))?;
        for note in &made.notes {
            form.block(&Block::Small(vec![Run::plain(crate::messages::localized(note))]))?;
        }
        form.block(&Block::Small(vec![Run::plain(
            msg!("dossier-how-to-check").in_language(language),
        )]))?;
        form.block(&Block::Heading(msg!("dossier-contents").in_language(language)))?;
        form.block(&Block::Contents(self.contents.clone()))
    }

    /// Writes an article.
    ///
    /// # Errors
    /// Those of writing.
    pub fn add(&self, form: &mut dyn Form, number: usize, entry: &Entry) -> io::Result<()> {
        article::blocks(entry, number, (self.passages, self.language))
            .iter()
            .try_for_each(|block| form.block(block))
    }
}
