//! What an index holds.

use crate::date::{PartialDate, iso_of};
use crate::disk;
use crate::error::Result;
use crate::index::fields::column;
use crate::search::local::LocalEngine;
use crate::search::request::Selection;
use crate::search::response::articles::{Commit, Stats};

/// Collects the figures.
///
/// # Errors
/// What a damaged index or the file system gives.
pub(crate) fn stats(engine: &LocalEngine) -> Result<Stats> {
    let reader = &engine.reader;
    let searcher = &engine.searcher;
    let totals = crate::index::totals(searcher, &reader.fields)?;
    let commit = commit(engine)?;
    let (mut first, mut last) = (None, None);
    for segment in searcher.segment_readers() {
        let (from, to) = (
            segment.fast_fields().i64(column::DATE_FROM)?,
            segment.fast_fields().i64(column::DATE_TO)?,
        );
        for doc in segment.doc_ids_alive() {
            if let (Some(from), Some(to)) = (from.first(doc), to.first(doc)) {
                first = Some(first.map_or(from, |day: i64| day.min(from)));
                last = Some(last.map_or(to, |day: i64| day.max(to)));
            }
        }
    }
    let shown = |day: Option<i64>| day.map(|d| PartialDate::from_days(d).to_string());
    let values = reader
        .fields
        .facets
        .iter()
        .map(|(f, _)| Ok((f.name.clone(), engine.tree(&f.name)?.paths.len())));
    Ok(Stats {
        version: crate::search::response::hits::JSON_VERSION,
        path: reader.index_dir.path.display().to_string(),
        bytes: folder_size(&reader.generation)?,
        segments: searcher.segment_readers().len(),
        roots: reader
            .payload
            .roots
            .iter()
            .map(|r| r.path.display().to_string())
            .collect(),
        articles: totals.articles,
        copies: totals.copies,
        excluded: totals.articles.saturating_sub(commit.articles),
        commit,
        files: totals.files,
        first_date: shown(first),
        last_date: shown(last),
        values: values.collect::<Result<_>>()?,
        without: totals.without.0,
        fingerprint: reader.payload.fingerprint.clone(),
        unread: reader.unread(),
    })
}

/// The state of the index that is searched.
///
/// # Errors
/// What a damaged index or the file system gives.
pub(crate) fn commit(engine: &LocalEngine) -> Result<Commit> {
    let reader = &engine.reader;
    let mut hasher = blake3::Hasher::new();
    // A segment never changes but for what is deleted of it.
    for (segment, deleted) in engine.searcher.generation().segments() {
        hasher.update(segment.uuid_string().as_bytes());
        hasher.update(&deleted.unwrap_or(0).to_le_bytes());
    }
    hasher.update(&reader.payload.corrections.to_le_bytes());
    hasher.update(reader.payload.fingerprint.as_bytes());
    let written = disk::metadata(&reader.generation.join("meta.json"))?;
    let written = written.and_then(|metadata| metadata.modified().ok());
    Ok(Commit {
        id: hasher.finalize().to_hex()[..16].to_string(),
        committed: written.and_then(iso_of),
        articles: engine.total(&Selection::default())?,
        fingerprint: reader.payload.fingerprint.clone(),
    })
}

fn folder_size(dir: &std::path::Path) -> Result<u64> {
    let mut bytes = 0;
    for path in disk::list(dir)? {
        // A merge may have removed it meanwhile.
        bytes += disk::metadata(&path)?
            .filter(|metadata| metadata.is_file())
            .map_or(0, |metadata| metadata.len());
    }
    Ok(bytes)
}
