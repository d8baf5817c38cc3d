//! Tantivy's writer with our settings, and how memory is divided.

use super::directory;
use super::fields::{self, Fields};
use super::layout::{self, IndexDir};
use super::merging::{Damage, Verifying};
use super::queue::Writer;
use super::tokenizers;
use crate::disk;
use crate::error::{Error, Result};
use crate::faults;
use crate::french::French;
use crate::schema::Lexicons;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::schema::Schema;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, TantivyError};

/// Least memory that tantivy accepts a thread.
const LEAST_MEMORY: usize = 15_000_001;
/// Most it accepts.
const MOST_MEMORY: usize = 4_000_000_000;
/// Share of deleted documents at which a segment is merged; tantivy's default never merges for deletions.
const DELETED_RATIO: f32 = 0.25;
/// Creates an index in an empty generation folder: zstd document store of level 3 in blocks of 64 KB, which takes an
/// eighth less than blocks of 16 KB, 4 % of the index. A first page of hits takes 1 ms more to unpack.
pub fn create(generation: &Path, schema: Schema) -> Result<Index> {
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor {
            compression_level: Some(3),
        }),
        docstore_blocksize: 65_536,
        ..IndexSettings::default()
    };
    Ok(Index::builder()
        .schema(schema)
        .settings(settings)
        .open_or_create(directory::for_writing(generation)?)?)
}

/// Opens or creates the tantivy index of a generation.
pub fn open_generation(
    generation: &Path,
    lexicons: &Lexicons,
    french: &Arc<French>,
) -> Result<(Index, Fields)> {
    let (schema, fields) = fields::build(&lexicons.schema()?);
    let index = if disk::is_file(&generation.join("meta.json"))? {
        Index::open(directory::for_writing(generation)?)?
    } else {
        faults::point(generation).map_err(Error::io(generation))?;
        lexicons.write_to(&generation.join(layout::SCHEMA))?;
        layout::sync_files(&generation.join(layout::SCHEMA))?;
        IndexDir::admit_readers(generation)?;
        create(generation, schema)?
    };
    tokenizers::register(index.tokenizers(), french);
    Ok((index, fields))
}

/// How the memory that was asked for is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Threads that analyse, and as many that invert.
    pub threads: usize,
    /// For what a thread, tantivy's or ours, holds until it writes a segment.
    pub thread_memory: usize,
    /// For documents between the two.
    pub queue: usize,
}

/// Lexicons, buffers, merges: taken up whatever else there is.
const BASE: usize = 64 << 20;
/// The cache of analysed words of an analysing thread; tantivy's threads are given tokens and analyse only huge texts.
const CACHES: usize = 50 << 20;

impl Budget {
    /// Divides `memory`, with as many of the threads as it is enough for.
    pub fn of(memory: usize, threads: usize) -> Self {
        let enough = |threads: &usize| BASE + threads * (CACHES + LEAST_MEMORY) <= memory;
        let threads = (1..=threads.clamp(1, 8)).rev().find(enough).unwrap_or(1);
        let rest = memory.saturating_sub(BASE + threads * CACHES);
        let queue = (rest / 8).max(1 << 20);
        let thread_memory = (rest.saturating_sub(queue) / threads).clamp(LEAST_MEMORY, MOST_MEMORY);
        Self {
            threads,
            thread_memory,
            queue,
        }
    }
}

/// How often tantivy's own lock is asked for, and the pause between. The writer's lock of the whole index is held
/// already; but a process that this one has started keeps the former writer's lock for an instant, until it
/// runs its own program.
const ATTEMPTS: usize = 50;
const PAUSE: std::time::Duration = std::time::Duration::from_millis(20);

/// Opens the writer of a generation; what it finds damaged when it merges segments comes with it.
pub fn open(index: &Index, generation: &Path, budget: Budget) -> Result<(Writer, Damage)> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(budget.threads)
        .num_merge_threads(1)
        .memory_budget_per_thread(budget.thread_memory)
        .build();
    let mut attempts = 0..ATTEMPTS;
    let writer: Writer = loop {
        match index.writer_with_options(options.clone()) {
            Err(TantivyError::LockFailure(..)) if attempts.next().is_some() => std::thread::sleep(PAUSE),
            opened => break opened?,
        }
    };
    let mut merging = LogMergePolicy::default();
    merging.set_del_docs_ratio_before_merge(DELETED_RATIO);
    let damage = Damage::default();
    writer.set_merge_policy(Box::new(Verifying::new(merging, index, generation, &damage)?));
    // What a run left that ended before its commit has the names that the same run would give again.
    writer.garbage_collect_files().wait()?;
    Ok((writer, damage))
}

/// tantivy says that a thread of its was killed, not why. A full disk, the usual reason, shows when one
/// tries.
pub fn cause(error: Error, index_dir: &IndexDir) -> Error {
    if !matches!(error, Error::Index(TantivyError::ErrorInThread(_))) {
        return error;
    }
    let attempt = faults::point(&index_dir.path)
        .and_then(|()| tempfile::tempfile_in(&index_dir.path))
        .and_then(|mut file| {
            file.write_all(&vec![0; 4 << 20])?;
            file.sync_all()
        });
    match attempt {
        Ok(()) => Error::Stopped,
        Err(source) => Error::Io {
            path: index_dir.path.clone(),
            source,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_memory_means_fewer_threads() {
        assert_eq!(
            Budget::of(32 << 20, 8),
            Budget {
                threads: 1,
                thread_memory: LEAST_MEMORY,
                queue: 1 << 20
            }
        );
        assert_eq!(Budget::of(256 << 20, 2).threads, 2);
        assert_eq!(Budget::of(256 << 20, 8).threads, 2);
        assert_eq!(Budget::of(4 << 30, 8).threads, 8);
        let budget = Budget::of(256 << 20, 2);
        assert!(BASE + 2 * (CACHES + budget.thread_memory) + budget.queue <= 256 << 20);
    }
}
