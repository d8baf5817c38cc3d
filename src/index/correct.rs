//! Taking in corrections: kept first, then applied to the articles they name, from the stored texts; the
//! files are not needed.

use super::analysis::{Analysis, Job, Numbering, UnknownValues};
use super::content;
use super::corrections::{Action, Correction, Corrections};
use super::damage;
use super::document::{self, Stored};
use super::duplicates;
use super::layout::{IndexDir, Patience};
use super::origin::Origin;
use super::payload::Payload;
use super::queue::{Queue, Writer};
use super::reader::Reader;
use super::writer::{self, Budget};
use super::{commit_copy, companion, decisions, ids, postings};
use crate::error::{Error, Result};
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tantivy::Searcher;
use tantivy::schema::Term;

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
/// [`Error::Correction`] for a facet that isn't declared; then nothing is changed. Those of opening and
/// writing an index.
pub fn correct(index_dir: &IndexDir, table: &Path, rows: Vec<(usize, Correction)>) -> Result<Corrected> {
    damage::catching(index_dir, || take_in(index_dir, table, rows))
}

fn take_in(index_dir: &IndexDir, table: &Path, rows: Vec<(usize, Correction)>) -> Result<Corrected> {
    index_dir.current()?;
    let _lock = index_dir.lock(
        "griot correct",
        Patience {
            wait: Duration::ZERO,
            stopped: &|| false,
            report: &mut |_| {},
        },
    )?;
    let reader = Reader::open(index_dir)?;
    let searcher = reader.searcher();
    let mut done = Corrected {
        rows: rows.len() as u64,
        ..Corrected::default()
    };
    let last = Some((&reader.index, reader.payload.corrections));
    decisions::put_back(index_dir, last, &mut |reported| done.notes.push(reported))?;
    let changing = companion::lock(&index_dir.path)?;
    let mut kept = Corrections::read(index_dir)?;
    let mut targets: Vec<String> = kept.all().iter().map(|c| c.article.clone()).collect();
    for (line, correction) in rows {
        let row = Row { table, line };
        let correction = row.resolve(&reader, &searcher, correction, &mut done.notes)?;
        targets.push(correction.article.clone());
        kept.take(correction);
    }
    kept.write(index_dir)?;
    drop(changing);
    done.kept = kept.all().len() as u64;
    targets.sort();
    targets.dedup();
    done.articles =
        apply(&reader, &searcher, kept, &targets).map_err(|error| writer::cause(error, index_dir))?;
    Ok(done)
}

/// A row of a table of corrections.
struct Row<'a> {
    table: &'a Path,
    line: usize,
}

impl Row<'_> {
    /// The correction under the names that are kept: of its facet and of its article. What the index doesn't know
    /// is noted.
    fn resolve(
        &self,
        reader: &Reader,
        searcher: &Searcher,
        mut correction: Correction,
        notes: &mut Vec<String>,
    ) -> Result<Correction> {
        let line = self.line;
        correction.facet = self.facet(reader, &correction)?;
        match target(reader, searcher, &correction.article)? {
            Some(name) => correction.article = name,
            None => notes.push(format!(
                "line {line}: no article is called “{}”; kept for when there is one",
                correction.article
            )),
        }
        if correction.action == Action::Remove {
            return Ok(correction);
        }
        let values = correction.value.split(';').map(str::trim);
        for value in values.filter(|value| !value.is_empty()) {
            if reader.facets()?.resolve(&correction.facet, value).is_empty() {
                notes.push(format!(
                    "line {line}: {}: no lexicon knows “{value}”; a value of its own",
                    correction.facet
                ));
            }
        }
        Ok(correction)
    }

    /// The declared name of the facet; none where all facets are reset.
    fn facet(&self, reader: &Reader, correction: &Correction) -> Result<String> {
        let declared = reader.fields.facet(&correction.facet);
        if let Some((facet, _)) = declared {
            return Ok(facet.name.clone());
        }
        if correction.facet.is_empty() && correction.action == Action::Reset {
            return Ok(String::new());
        }
        let facets = reader.fields.facets.iter();
        let known: Vec<&str> = facets.map(|(facet, _)| facet.name.as_str()).collect();
        Err(Error::Correction {
            path: self.table.to_path_buf(),
            line: self.line,
            message: format!(
                "“{}” is not a facet; there are {}",
                correction.facet,
                known.join(", ")
            ),
        })
    }
}

/// The names in the corrections that no article has.
///
/// # Errors
/// What a damaged index gives.
pub(super) fn orphans<'c>(
    reader: &Reader,
    searcher: &Searcher,
    corrections: &'c Corrections,
) -> Result<BTreeSet<&'c str>> {
    let mut orphans = BTreeSet::new();
    let names: BTreeSet<&str> = corrections
        .all()
        .iter()
        .map(|correction| correction.article.as_str())
        .collect();
    for name in names {
        if !ids::is_there(reader, searcher, name)? {
            orphans.insert(name);
        }
    }
    Ok(orphans)
}

/// How an article that a person named is called in the corrections: the id it claims where no other claims
/// it, else its path.
fn target(reader: &Reader, searcher: &Searcher, typed: &str) -> Result<Option<String>> {
    match ids::find(searcher, &reader.fields, typed) {
        Ok((_, article)) => {
            let alone = ids::claimants(searcher, &reader.fields, &article.id)?.len() == 1;
            return Ok(Some(if alone {
                article.id
            } else {
                article.origin().name_in_file()
            }));
        }
        Err(Error::NoSuchArticle { .. }) => {}
        Err(error) => return Err(error),
    }
    for name in ids::names(reader, typed) {
        if ids::is_there(reader, searcher, &name)? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Indexes the articles anew whose corrections are others than they were indexed with.
fn apply(reader: &Reader, searcher: &Searcher, kept: Corrections, targets: &[String]) -> Result<u64> {
    let fields = &reader.fields;
    let mut changed: Vec<(Stored, Vec<Origin>)> = Vec::new();
    let mut seen = FxHashSet::default();
    for name in targets {
        for article in ids::named(reader, searcher, name)? {
            let also = duplicates::others(searcher, fields, &article)?;
            let now = kept.of(&article.origin(), &also);
            // A file and a record of it may both be named.
            if !now.into_iter().eq(&article.meta.corrections) && seen.insert(article.origin().key()) {
                changed.push((article, also));
            }
        }
    }
    let count = changed.len() as u64;
    let payload = Payload {
        corrections: kept.fingerprint()?,
        ..reader.payload.clone()
    };
    if changed.is_empty() && payload == reader.payload {
        return Ok(0);
    }
    let budget = Budget::of(64 << 20, 1);
    let declarations = reader.schema.facets.clone();
    let facets = Arc::new(reader.compiled()?.facets(declarations, &reader.lexicons)?);
    let queue = Queue::new(budget.queue);
    let analysis = Analysis {
        fields: fields.clone(),
        french: Arc::clone(&reader.french),
        facets,
        corrections: kept,
        queue,
        unknown: UnknownValues::default(),
    };
    let (mut writer, damage) = writer::open(&reader.index, &reader.generation, budget)?;
    for (stored, also) in changed {
        rewrite(searcher, stored, also, &analysis, &writer)?;
    }
    payload.commit(&mut writer, &reader.generation)?;
    writer.wait_merging_threads()?;
    commit_copy::keep(&reader.generation)?;
    match damage.found().into_iter().next() {
        // What was decided is kept and applied; what is damaged needs to be known all the same.
        Some(message) => Err(Error::Damaged(message)),
        None => Ok(count),
    }
}

/// Indexes anew all articles of the last commit whose corrections are others than those that are kept: the
/// table may have been edited by hand, or a run ended between keeping and applying it. Gives their number.
pub(super) fn reapply(searcher: &Searcher, analysis: &Analysis, writer: &Writer) -> Result<u64> {
    let mut applied = 0;
    let mut places = duplicates::by_hash(searcher, &analysis.fields)?;
    for segment in searcher.segment_readers() {
        let hashes = segment.fast_fields().u64(super::fields::column::CONTENT_KEY)?;
        let store = segment
            .get_store_reader(1)
            .map_err(|e| Error::Damaged(e.to_string()))?;
        let record_keys = segment.fast_fields().u64(super::fields::column::RECORD_KEY)?;
        for doc in segment
            .doc_ids_alive()
            .filter(|doc| record_keys.first(*doc).is_some())
        {
            let stored = document::read(&analysis.fields, &store.get(doc)?)?;
            if stored.meta.copy {
                continue;
            }
            let also = hashes
                .first(doc)
                .and_then(|content_key| places.remove(&content_key))
                .unwrap_or_default();
            let kept = analysis.corrections.of(&stored.origin(), &also);
            if !kept.into_iter().eq(&stored.meta.corrections) {
                rewrite(searcher, stored, also, analysis, writer)?;
                applied += 1;
            }
        }
    }
    Ok(applied)
}

/// Replaces an article by itself as it is derived and corrected now.
fn rewrite(
    searcher: &Searcher,
    stored: Stored,
    also: Vec<Origin>,
    analysis: &Analysis,
    writer: &Writer,
) -> Result<()> {
    let (article, origin) = stored.into_article();
    let content = content::content_hash(&article, &origin)?;
    let record_key = Term::from_field_u64(analysis.fields.record_key, origin.key());
    for address in postings::all(searcher, &record_key)? {
        content::compare(searcher, address, content, &origin)?;
    }
    postings::delete(writer, searcher, record_key)?;
    let content_key = content::content_key(&article, &origin)?;
    let job = Job {
        article,
        origin,
        content,
        content_key,
        also,
    };
    let doc = analysis.document(job, &mut Numbering::default())?;
    writer.add_document(doc.into())?;
    Ok(())
}
