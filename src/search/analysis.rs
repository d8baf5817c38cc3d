//! What the French analysis makes of a text, step by step.

use crate::error::Result;
use crate::facets::Compiled;
use crate::french::{French, TermSource, Token, normalize};
use crate::query::{FunctionWords, Node, ParseOptions, Query, Variants};
use crate::schema::Lexicons;
use crate::search::local::LocalEngine;
use crate::search::response::words::{Analysis, AnalyzedName, AnalyzedWord};

/// Analyses a text with the lexicons of an index.
///
/// # Errors
/// What broken lexicons give.
pub(crate) fn analyze(engine: &LocalEngine, text: &str) -> Result<Analysis> {
    let reader = &engine.reader;
    Ok(words_and_names(
        &reader.french,
        &reader.function_words,
        reader.variants()?,
        &normalize(text),
    ))
}

/// Analyses a text with the lexicons of the binary, where there is no index.
///
/// # Errors
/// What broken lexicons give; those of the binary are tested.
pub fn analyze_without_index(text: &str) -> Result<Analysis> {
    let lexicons = Lexicons::embedded();
    let french = lexicons.french()?;
    let variants = Compiled::of(&lexicons, &french)?.variants()?;
    let function_words = lexicons.function_words()?;
    Ok(words_and_names(
        &french,
        &function_words,
        &variants,
        &normalize(text),
    ))
}

/// The index terms of a text, in their order: what a search box needs, and much less work.
pub(crate) fn terms_of(french: &French, text: &str) -> Vec<String> {
    french
        .analyze(&normalize(text))
        .iter()
        .filter(|token| token.is_part())
        .map(|token| token.word.term.to_string())
        .collect()
}

fn words_and_names(
    french: &French,
    function_words: &FunctionWords,
    variants: &Variants,
    text: &str,
) -> Analysis {
    let mut ends = 0;
    let words = french
        .analyze(text)
        .iter()
        .map(|token| step(french, function_words, text, token, &mut ends))
        .collect();
    let options = ParseOptions {
        plain: true,
        function_words: Some(function_words),
        variants: Some(variants),
        ..ParseOptions::default()
    };
    let query = Query::parse(text, &options, french);
    let mut names = Vec::new();
    if let Some(root) = &query.root {
        root.visit_positive(&mut |node| {
            if let Node::Name(name) = node {
                names.push(AnalyzedName {
                    written: query.text[name.span.clone()].to_string(),
                    meanings: name.meanings.clone(),
                    spellings: name
                        .spellings
                        .iter()
                        .map(|spelling| spelling.written.clone())
                        .collect(),
                });
            }
        });
    }
    Analysis { words, names }
}

/// `ends`: where the word before ends; what lies between it and an elided word holds the prefix.
fn step(
    french: &French,
    function_words: &FunctionWords,
    text: &str,
    token: &Token,
    ends: &mut usize,
) -> AnalyzedWord {
    let Token {
        word,
        position,
        start,
        end,
        ..
    } = token;
    let before = text.get(*ends..*start).unwrap_or_default();
    let elided = token
        .elided
        .then(|| before.split_whitespace().last().unwrap_or_default().to_string());
    if token.is_part() {
        *ends = *end;
    }
    let (mut corrected, mut root, mut restored, mut stem) = (None, None, None, None);
    if token.is_part() {
        match french.terms().explain(&word.folded) {
            TermSource::Stemmed {
                root: r,
                restored: put_back,
                stem: s,
            } => (root, restored, stem) = (Some(r), Some(put_back), Some(s)),
            TermSource::Corrected { entry, reason } => corrected = Some((entry, reason)),
            TermSource::Unchanged => {}
        }
    }
    AnalyzedWord {
        position: *position,
        start: *start,
        end: *end,
        written: text[*start..*end].to_string(),
        elided,
        form: word.form.to_string(),
        folded: word.folded.to_string(),
        joined: !token.is_part(),
        stop: word.stop,
        optional: !word.stop && function_words.contains(&word.folded),
        corrected,
        root,
        restored,
        stem,
        term: token.is_part().then(|| word.term.to_string()),
    }
}
