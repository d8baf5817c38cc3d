//! Taking in corrections: kept first, then applied to the articles they name, from the stored texts; the files are not needed.

use super::corrections::{Action, Correction, Corrections};
use super::document::default_id;
use super::layout::Place;
use super::writer::{self, Analysis};
use super::{Reader, Stored, document, ids};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::facets::Facets;
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocSet, Searcher, TERMINATED};

/// What became of the corrections of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Corrected {
    /// Rows of the table.
    pub rows: u64,
    /// Articles of the index that have other values now.
    pub articles: u64,
    /// All corrections that the index keeps.
    pub kept: u64,
    /// Rows that name no article, or a value that no lexicon knows; kept all the same.
    pub notes: Vec<String>,
}

/// Takes in the corrections of a table, keeps them beside the index, and applies all that are kept.
///
/// # Errors
/// [`Error::Correction`] for a facet that isn't declared; then nothing is changed. Those of opening and writing an index.
pub fn correct(place: &Place, table: &Path, rows: Vec<(usize, Correction)>) -> Result<Corrected> {
    place.current()?;
    let _lock = place.lock("griot correct")?;
    let reader = Reader::open(place)?;
    let searcher = reader.searcher();
    let mut kept = Corrections::read(place)?;
    let mut done = Corrected { rows: rows.len() as u64, ..Corrected::default() };
    let mut targets: Vec<String> = kept.all().iter().map(|c| c.article.clone()).collect();
    for (line, mut correction) in rows {
        let declared = reader.fields.facet(&correction.facet).map(|(facet, _)| facet.name.clone());
        correction.facet = match declared {
            Some(name) => name,
            None if correction.facet.is_empty() && correction.action == Action::Reset => String::new(),
            None => {
                let known: Vec<&str> = reader.fields.facets.iter().map(|(f, _)| f.name.as_str()).collect();
                let message = format!("“{}” is no facet; there are {}", correction.facet, known.join(", "));
                return Err(Error::Correction { path: table.to_path_buf(), line, message });
            }
        };
        match target(&reader, &searcher, &correction.article)? {
            Some(name) => correction.article = name,
            None => done.notes.push(format!("line {line}: no article is called “{}”; kept for when there is one", correction.article)),
        }
        for value in correction.value.split(';').map(str::trim).filter(|v| !v.is_empty()) {
            if correction.action != Action::Remove && reader.facets()?.resolve(&correction.facet, value).is_empty() {
                done.notes.push(format!("line {line}: {}: no lexicon knows “{value}”; a value of its own", correction.facet));
            }
        }
        targets.push(correction.article.clone());
        kept.take(correction);
    }
    kept.write(place)?;
    done.kept = kept.all().len() as u64;
    targets.sort();
    targets.dedup();
    done.articles = apply(&reader, &searcher, kept, &targets)?;
    Ok(done)
}

/// How an article that a person named is called in the corrections: the id it claims where no other claims it, else its path.
fn target(reader: &Reader, searcher: &Searcher, typed: &str) -> Result<Option<String>> {
    match ids::find(searcher, &reader.fields, typed) {
        Ok((_, article)) => {
            let alone = ids::claimants(searcher, &reader.fields, &article.id)?.len() == 1;
            return Ok(Some(if alone { article.id } else { default_id(&article.meta.file, article.meta.record) }));
        }
        Err(Error::NoSuchArticle { .. }) => {}
        Err(error) => return Err(error),
    }
    // A path as the file system has it: the file's articles.
    let absolute = Path::new(typed).canonicalize().or_else(|_| std::path::absolute(typed)).unwrap_or_default();
    let under_root = reader.payload.root_of(&absolute).map(|root| match absolute.strip_prefix(&root.path) {
        Ok(rest) if !rest.as_os_str().is_empty() => rest.to_string_lossy().replace('\\', "/"),
        _ => absolute.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    });
    for name in under_root.into_iter().chain([typed.to_string()]) {
        if !articles(reader, searcher, &name)?.is_empty() {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// The live articles that a correction with this name means: by id, by file, by file and record.
fn articles(reader: &Reader, searcher: &Searcher, name: &str) -> Result<Vec<Stored>> {
    let mut found: Vec<Stored> = ids::claimants(searcher, &reader.fields, name)?.into_iter().map(|(_, article)| article).collect();
    let (file, record) = match name.rsplit_once('#').and_then(|(file, n)| Some((file, n.parse::<usize>().ok()?))) {
        Some((file, record)) => (file, Some(record)),
        None => (name, None),
    };
    for root in &reader.payload.roots {
        for (path, record) in [(name, None), (file, record)] {
            for article in of_file(reader, searcher, &format!("{}/{path}", root.id))? {
                let same = |other: &Stored| other.meta.file == article.meta.file && other.meta.record == article.meta.record;
                if record.is_none_or(|record| record == article.meta.record) && !found.iter().any(same) {
                    found.push(article);
                }
            }
        }
    }
    Ok(found)
}

/// The live articles of a file.
fn of_file(reader: &Reader, searcher: &Searcher, key: &str) -> Result<Vec<Stored>> {
    let fields = &reader.fields;
    let term = Term::from_field_text(fields.file, key);
    let mut found = Vec::new();
    for (ord, segment) in (0..).zip(searcher.segment_readers()) {
        let ties = segment.fast_fields().u64(super::fields::column::TIE)?;
        let inverted = segment.inverted_index(fields.file)?;
        let damaged = |e: std::io::Error| Error::Damaged(e.to_string());
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic).map_err(damaged)? else { continue };
        while postings.doc() != TERMINATED {
            let doc = postings.doc();
            // Source documents have no tie.
            if segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc)) && ties.first(doc).is_some() {
                found.push(document::read(fields, &searcher.doc(tantivy::DocAddress::new(ord, doc))?)?);
            }
            postings.advance();
        }
    }
    Ok(found)
}

/// Indexes the articles anew whose corrections are others than they were indexed with.
fn apply(reader: &Reader, searcher: &Searcher, kept: Corrections, targets: &[String]) -> Result<u64> {
    let fields = &reader.fields;
    let mut changed: Vec<(String, String)> = Vec::new();
    let mut seen = FxHashSet::default();
    for name in targets {
        for article in articles(reader, searcher, name)? {
            let now: Vec<Correction> = kept.of(&article.id, &article.meta.file, article.meta.record).into_iter().cloned().collect();
            // A file and a record of it may both be named.
            if now != article.meta.corrections && seen.insert((article.meta.file.clone(), article.meta.record)) {
                changed.push((article.meta.file, article.id));
            }
        }
    }
    let count = changed.len() as u64;
    changed.sort();
    changed.dedup();
    if changed.is_empty() {
        return Ok(0);
    }
    let facets = Facets::new(&reader.lexicons, &reader.french)?;
    let analysis = Analysis { fields: fields.clone(), french: Arc::clone(&reader.french), facets, corrections: kept };
    let mut writer = writer::open(&reader.index, 1, 64 << 20)?;
    for (file, id) in changed {
        // Articles of a file that claim one id can't be told apart by their terms: all of them are written anew.
        let again: Vec<Stored> =
            ids::claimants(searcher, fields, &id)?.into_iter().map(|(_, a)| a).filter(|a| a.meta.file == file).collect();
        let term = |field, text: &str| -> (Occur, Box<dyn Query>) {
            (Occur::Must, Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic)))
        };
        let old = BooleanQuery::new(vec![term(fields.file, &file), term(fields.id, &id)]);
        writer.delete_query(Box::new(old))?;
        for stored in again {
            let record = stored.meta.record;
            let (doc, _) = analysis.document(as_read(stored), &file, record)?;
            writer.add_document(doc)?;
        }
    }
    reader.payload.commit(&mut writer, &reader.generation)?;
    writer.wait_merging_threads()?;
    Ok(count)
}

/// An article as it was when it was read.
fn as_read(stored: Stored) -> Article {
    let Stored { id, title, body, meta } = stored;
    Article {
        id: Some(id),
        title,
        body,
        date: meta.date,
        url: meta.url,
        source: meta.source,
        author: meta.author,
        lang: meta.lang,
        lang_detected: meta.lang_detected,
        given: meta.given,
        extra: meta.extra,
    }
}
