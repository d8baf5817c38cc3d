//! Tantivy's writer with our settings, and the pipeline from articles to it.
//!
//! One thread reads files; as many as asked analyse (facets, document); tantivy's own threads invert.
//! Channels are bounded, so memory does not grow with the archive.

use super::analysis::{Analysis, Job};
use super::directory;
use super::fields::{self, Fields};
use super::layout::{self, IndexDir};
use super::merging::{Damage, Verifying};
use super::queue::{self, Queue, Writer};
use super::tokenizers;
use crate::article::Article;
use crate::disk;
use crate::error::{Error, Result};
use crate::faults;
use crate::french::French;
use crate::schema::Lexicons;
use std::io::Write;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
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
/// Articles waiting in a channel, and their bytes.
const QUEUE: usize = 32;
const WAITING: usize = 16 << 20;

/// Creates an index in an empty generation folder: zstd document store of level 3 in blocks of 16 KB, which
/// takes 45 % of the space of none at 36 µs a document.
pub fn create(generation: &Path, schema: Schema) -> Result<Index> {
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor {
            compression_level: Some(3),
        }),
        docstore_blocksize: 16_384,
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
    /// For what an inverting thread holds until it writes a segment.
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

/// The analysing threads of one run; dropped articles are impossible: [`Pool::finish`] waits for all.
pub struct Pool<'scope> {
    jobs: Option<SyncSender<Waiting>>,
    waiting: Queue,
    analysis: &'scope Analysis,
    writer: &'scope Writer,
    workers: Vec<std::thread::ScopedJoinHandle<'scope, Result<()>>>,
}

impl<'scope> Pool<'scope> {
    /// Starts `threads` workers that add documents to `writer`; fewer, or none, where the system gives no more
    /// threads.
    pub fn start<'env>(
        scope: &'scope std::thread::Scope<'scope, 'env>,
        threads: usize,
        analysis: &'env Analysis,
        writer: &'scope Writer,
    ) -> Self {
        let (jobs, queue) = sync_channel::<Waiting>(QUEUE);
        let queue = Arc::new(Mutex::new(queue));
        let start = |_| {
            let queue = Arc::clone(&queue);
            let work = move || work(&queue, analysis, writer);
            std::thread::Builder::new().spawn_scoped(scope, work).ok()
        };
        let workers: Vec<_> = (0..threads.clamp(1, 8)).map_while(start).collect();
        Self {
            jobs: (!workers.is_empty()).then_some(jobs),
            waiting: Queue::new(WAITING),
            analysis,
            writer,
            workers,
        }
    }

    /// Hands over an article; waits while the queue is full.
    ///
    /// # Errors
    /// [`Error::Stopped`] when the workers have stopped: [`Pool::finish`] says why. Without workers, what they
    /// would give.
    pub fn add(&self, job: Job) -> Result<()> {
        match &self.jobs {
            Some(jobs) => {
                let reserved = self.waiting.reserve(bytes_of(&job.article));
                jobs.send((job, reserved)).map_err(|_| Error::Stopped)
            }
            // There are no workers: whoever reads analyses, too.
            None => add(job, self.analysis, self.writer),
        }
    }

    /// Waits until every article handed over has reached the writer.
    pub fn finish(mut self) -> Result<()> {
        self.jobs = None;
        let mut first = Ok(());
        for worker in self.workers.drain(..) {
            let result = worker
                .join()
                .unwrap_or_else(|_| Err(Error::Damaged("an analysing thread panicked".into())));
            if first.is_ok() {
                first = result;
            }
        }
        first
    }
}

/// An article on its way to an analysing thread, and its place among those that wait.
type Waiting = (Job, queue::Reserved);

/// Bytes of the text of an article.
fn bytes_of(article: &Article) -> usize {
    article.title.len() + article.body.len()
}

fn work(queue: &Mutex<Receiver<Waiting>>, analysis: &Analysis, writer: &Writer) -> Result<()> {
    loop {
        // The guard is dropped before the work begins: the lock is held for taking a job only.
        let job = queue
            .lock()
            .map_err(|_| Error::Damaged("an analysing thread panicked".into()))?
            .recv();
        let Ok((job, reserved)) = job else { return Ok(()) };
        drop(reserved);
        add(job, analysis, writer)?;
    }
}

fn add(job: Job, analysis: &Analysis, writer: &Writer) -> Result<()> {
    // Title and body go in three times: as they are stored, as terms, and as forms, which are twice as long.
    let bytes = 4 * bytes_of(&job.article);
    let doc = analysis.document(job)?;
    writer.add_document(analysis.queue.enter(doc, bytes))?;
    Ok(())
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
