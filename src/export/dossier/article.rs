//! An article as blocks.

use super::blocks::{Block, Fact, FactKind, Run};
use crate::article::{Evidence, Part};
use crate::export::citation::pages_of;
use crate::french::{passage_at, passages};
use crate::messages::{UiLang, localized};
use crate::msg;
use crate::page_numbers::Pages;
use crate::search::{ArticleResponse, ArticleValue, Citation, Match};
use std::ops::Range;

/// An article of a dossier.
#[derive(Debug, Clone)]
pub struct Entry {
    pub article: ArticleResponse,
    pub citation: Citation,
}

/// The parts of an article in their order; only the paragraphs with matches if `passages` says so.
pub(super) fn blocks(entry: &Entry, number: usize, (passages, language): (bool, UiLang)) -> Vec<Block> {
    let article = &entry.article;
    let matches = article.matches.as_ref();
    let in_title = matches.map_or(&[][..], |matches| &matches.title);
    let in_body = matches.map_or(&[][..], |matches| &matches.body);
    let title = match &entry.citation.begins {
        Some(words) => vec![Run::plain(format!("[{words}]"))],
        None => runs(&article.row.title, 0..article.row.title.len(), in_title),
    };
    let mut blocks = vec![
        Block::Article {
            number,
            title,
            own_page: !passages,
        },
        Block::Facts(facts(entry, language)),
    ];
    let only = passages && matches.is_some();
    blocks.extend(paragraphs(article, in_body, only, language));
    if only && in_body.is_empty() {
        blocks.push(Block::Small(vec![Run::plain(
            msg!("dossier-title-only").in_language(language),
        )]));
    }
    blocks.extend(evidence(article, language));
    for note in &article.notes {
        let note = msg!("dossier-note", note = localized(note));
        blocks.push(Block::Small(vec![Run::plain(note.in_language(language))]));
    }
    blocks
}

fn facts(entry: &Entry, language: UiLang) -> Vec<Fact> {
    let (article, citation) = (&entry.article, &entry.citation);
    let record = citation
        .record
        .map(|record| msg!("cite-record", record = record).in_language(language));
    let unreadable = || msg!("cite-unreadable").in_language(language);
    let facts = [
        (msg!("dossier-source"), citation.source.clone(), FactKind::Text),
        (msg!("dossier-author"), citation.author.clone(), FactKind::Text),
        (
            msg!("dossier-date"),
            Some(match citation.date {
                Some(date) => date.to_string(),
                None => msg!("count-undated").in_language(language),
            }),
            FactKind::Text,
        ),
        (msg!("dossier-pages"), pages_of(citation), FactKind::Text),
        (msg!("dossier-url"), citation.url.clone(), FactKind::Link),
        (
            msg!("dossier-id"),
            Some(format!("{}{}", citation.id, record.unwrap_or_default())),
            FactKind::Text,
        ),
        (
            msg!("dossier-file-hash"),
            Some(citation.blake3.clone().unwrap_or_else(unreadable)),
            FactKind::Hash,
        ),
        (
            msg!("dossier-text-hash"),
            Some(citation.text_blake3.clone()),
            FactKind::Hash,
        ),
        (
            msg!("dossier-read-from-text"),
            Some(article.row.from_text.join(", ")).filter(|keys| !keys.is_empty()),
            FactKind::Text,
        ),
    ];
    let facts = facts.into_iter().filter_map(|(name, value, kind)| {
        let name = name.in_language(language);
        value.map(|value| Fact { name, value, kind })
    });
    facts.collect()
}

/// The paragraphs of the text, or those with matches, numbered as `griot show --context` numbers them.
fn paragraphs(article: &ArticleResponse, matches: &[Match], only: bool, language: UiLang) -> Vec<Block> {
    let (body, pages) = (&article.body, Pages::of(&article.extra));
    let (mut blocks, mut page, mut last) = (Vec::new(), None, 0);
    let (mut at, mut number) = (0, 0);
    for line in body.split_inclusive('\n') {
        let range = at..at + line.trim_end_matches(['\n', '\r']).len();
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        number += 1;
        let next = matches.partition_point(|m| m.end <= range.start);
        let has_match = matches.get(next).is_some_and(|m| m.start < range.end);
        if only && !has_match {
            continue;
        }
        if only && last + 1 < number {
            blocks.push(Block::Gap);
        }
        last = number;
        let here = pages.at(range.start);
        // Of passages each has its page, since what is between them is left out.
        let new_page = here.clone().filter(|_| only || here != page);
        page = here;
        let page = new_page.map(|page| msg!("chronology-page", page = page).in_language(language));
        let paragraph = only.then(|| format!("§ {number}"));
        let label: Vec<String> = page.into_iter().chain(paragraph).collect();
        blocks.push(Block::Paragraph {
            label: Some(label.join(", ")).filter(|label| !label.is_empty()),
            runs: runs(body, range, matches),
        });
    }
    if only && !blocks.is_empty() && last < number {
        blocks.push(Block::Gap);
    }
    blocks
}

/// A stretch of a text, in pieces with and without matches.
fn runs(text: &str, range: Range<usize>, matches: &[Match]) -> Vec<Run> {
    let first = matches.partition_point(|m| m.end <= range.start);
    let (mut runs, mut at) = (Vec::new(), range.start);
    let mut push = |from: usize, to: usize, mark: bool| {
        let piece = text.get(from..to).unwrap_or_default();
        if !piece.is_empty() {
            runs.push(Run {
                text: piece.to_string(),
                mark,
            });
        }
    };
    for found in matches[first..].iter().take_while(|m| m.start < range.end) {
        let (start, end) = (found.start.max(range.start), found.end.min(range.end));
        push(at, start, false);
        push(start, end, true);
        at = end;
    }
    push(at, range.end, false);
    runs
}

/// Why the article has its facet values: the first piece of evidence of each.
fn evidence(article: &ArticleResponse, language: UiLang) -> Vec<Block> {
    if article.values.is_empty() {
        return Vec::new();
    }
    let texts = [
        (article.row.title.as_str(), passages(&article.row.title)),
        (article.body.as_str(), passages(&article.body)),
    ];
    let mut blocks = vec![Block::Subheading(msg!("dossier-evidence").in_language(language))];
    for value in &article.values {
        blocks.push(Block::Small(value_runs(value, &texts, language)));
    }
    for correction in &article.corrections {
        let note = match correction.note.as_str() {
            "" => String::new(),
            note => format!(": {note}"),
        };
        let said = msg!(
            "dossier-corrected",
            facet = &correction.facet,
            action = correction.action.name(),
            value = &correction.value,
            note = note
        );
        blocks.push(Block::Small(vec![Run::plain(said.in_language(language))]));
    }
    blocks
}

fn value_runs(value: &ArticleValue, texts: &[(&str, Vec<Range<usize>>); 2], language: UiLang) -> Vec<Run> {
    let status = msg!("dossier-status", status = value.status).in_language(language);
    let named = msg!(
        "dossier-value",
        facet = &value.facet,
        value = &value.value,
        status = status
    );
    let mut runs = vec![Run::plain(named.in_language(language))];
    let shown = value
        .evidence
        .iter()
        .find(|evidence| evidence.part != Part::Metadata);
    if let Some(Evidence { part, start, end, .. }) = shown {
        let (text, passages) = &texts[usize::from(*part == Part::Body)];
        let around = passage_at(passages, *start).unwrap_or(*start..*end);
        let piece = |from: usize, to: usize| flat(text.get(from..to.max(from)).unwrap_or_default());
        runs.push(Run::plain(format!(" « {}", piece(around.start, *start))));
        runs.push(Run {
            text: piece(*start, *end),
            mark: true,
        });
        runs.push(Run::plain(format!("{} »", piece(*end, around.end))));
    }
    runs
}

/// Text on one line; spaces at its ends stay.
fn flat(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_cut_at_the_ends_of_a_paragraph() {
        let text = "Un drone\nà Gao";
        let found = |start: usize, end: usize| Match {
            start,
            end,
            text: text[start..end].into(),
            paragraph: None,
            page: None,
        };
        let matches = [found(3, 8), found(12, 15)];
        let shown = |range: Range<usize>| {
            let runs = runs(text, range, &matches);
            let shown = runs.iter().map(|run| {
                if run.mark {
                    format!("[{}]", run.text)
                } else {
                    run.text.clone()
                }
            });
            shown.collect::<String>()
        };
        assert_eq!(shown(0..8), "Un [drone]");
        assert_eq!(shown(9..15), "à [Gao]");
        assert_eq!(shown(0..5), "Un [dr]");
    }
}
