//! Tantivy's writer with our settings, and the pipeline from articles to it.
//!
//! One thread reads files; as many as asked analyse (facets, document); tantivy's own threads invert.
//! Channels are bounded, so memory does not grow with the archive.

use super::copies::Spot;
use super::corrections::{self, Corrections};
use super::directory;
use super::document;
use super::fields::Fields;
use super::layout::Place;
use super::queue::{Queue, Writer};
use crate::article::{Article, Evidence, FacetValue, Part};
use crate::error::{Error, Result};
use crate::facets::{Document, Facets};
use crate::faults;
use crate::french::sketch::sketch;
use crate::french::{French, Token};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::schema::Schema;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, TantivyDocument, TantivyError};

/// Least memory that tantivy accepts a thread.
const LEAST_MEMORY: usize = 15_000_001;
/// Most it accepts.
const MOST_MEMORY: usize = 4_000_000_000;
/// Share of deleted documents at which a segment is merged; tantivy's default never merges for deletions.
const DELETED_RATIO: f32 = 0.25;
/// Articles waiting in a channel.
const QUEUE: usize = 32;

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
/// The caches of an analysing and an inverting thread.
const CACHES: usize = 2 * (25 << 20);

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

/// Opens the writer.
pub fn open(index: &Index, budget: Budget) -> Result<Writer> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(budget.threads)
        .num_merge_threads(1)
        .memory_budget_per_thread(budget.thread_memory)
        .build();
    let writer: Writer = index.writer_with_options(options)?;
    let mut merging = LogMergePolicy::default();
    merging.set_del_docs_ratio_before_merge(DELETED_RATIO);
    writer.set_merge_policy(Box::new(merging));
    // What a run left that ended before its commit has the names that the same run would give again.
    writer.garbage_collect_files().wait()?;
    Ok(writer)
}

/// tantivy says that a thread of its was killed, not why. A full disk, the usual reason, shows when one
/// tries.
pub fn cause(error: Error, place: &Place) -> Error {
    if !matches!(error, Error::Index(TantivyError::ErrorInThread(_))) {
        return error;
    }
    let attempt = faults::point(&place.dir)
        .and_then(|()| tempfile::tempfile_in(&place.dir))
        .and_then(|mut file| {
            file.write_all(&vec![0; 4 << 20])?;
            file.sync_all()
        });
    match attempt {
        Ok(()) => Error::Stopped,
        Err(source) => Error::Io {
            path: place.dir.clone(),
            source,
        },
    }
}

/// An article on its way.
pub struct Job {
    pub article: Article,
    pub file_key: String,
    pub record: usize,
    /// See [`document::content_hash`].
    pub content: u64,
    /// See [`super::copies::same`].
    pub same: u64,
    /// Its other places, by which corrections may name it.
    pub also: Vec<Spot>,
}

/// Facet values met in metadata that no lexicon knows: by facet and value, in how many articles, and the
/// first file by name.
#[derive(Debug, Default)]
pub struct UnknownValues(Mutex<FxHashMap<(String, String), (u64, String)>>);

impl UnknownValues {
    fn add(&self, facet: &str, value: &str, file_key: &str) {
        let Ok(mut met) = self.0.lock() else { return };
        let (articles, file) = met
            .entry((facet.into(), value.into()))
            .or_insert_with(|| (0, file_key.into()));
        *articles += 1;
        if file_key < file.as_str() {
            *file = file_key.into();
        }
    }

    /// Each value once, the most frequent of each facet first: facet, value, number of articles, key of a
    /// file.
    pub fn into_sorted(self) -> Vec<(String, String, u64, String)> {
        let met = self.0.into_inner().unwrap_or_default();
        let mut values: Vec<_> = met
            .into_iter()
            .map(|((facet, value), (articles, file))| (facet, value, articles, file))
            .collect();
        values.sort_by(|a, b| (&a.0, b.2, &a.1).cmp(&(&b.0, a.2, &b.1)));
        values
    }
}

/// What workers need.
pub struct Analysis {
    pub fields: Fields,
    pub french: Arc<French>,
    pub facets: Arc<Facets>,
    pub corrections: Corrections,
    pub queue: Queue,
    pub unknown: UnknownValues,
}

impl Analysis {
    /// The document of an article, with its facet values.
    pub fn document(&self, job: Job) -> Result<TantivyDocument> {
        let Job {
            article,
            file_key,
            record,
            content,
            same,
            also,
        } = job;
        // An article whose facets can't be derived is indexed without them rather than lost with the run.
        let tokens = [&article.title, &article.body].map(|text| self.french.analyze(text));
        let drawn = sketch(&tokens[1]);
        let deriving = std::panic::AssertUnwindSafe(|| facet_values(self, &article, &file_key, &tokens));
        let (mut values, notes) = std::panic::catch_unwind(deriving).unwrap_or_else(|_| {
            (
                Vec::new(),
                vec!["deriving the facets failed; please report this article".into()],
            )
        });
        let id = document::claimed_id(&article, &file_key, record);
        let corrections = self.corrections.of_spots((&id, &file_key, record), &also);
        let resolve = |facet: &str, value: &str| {
            let known = self.facets.resolve(facet, value).into_iter().next();
            known.unwrap_or_else(|| clean_path(value))
        };
        corrections::apply(&corrections, &resolve, &mut values);
        let applied = corrections.into_iter().cloned().collect();
        let derived = document::Derived {
            content,
            same,
            values,
            notes,
            sketch: drawn,
            corrections: applied,
        };
        document::article(&self.fields, article, &file_key, record, derived)
    }
}

/// The analysing threads of one run; dropped articles are impossible: [`Pool::finish`] waits for all.
pub struct Pool<'scope> {
    jobs: Option<SyncSender<Job>>,
    workers: Vec<std::thread::ScopedJoinHandle<'scope, Result<()>>>,
}

impl<'scope> Pool<'scope> {
    /// Starts `threads` workers that add documents to `writer`.
    pub fn start<'env>(
        scope: &'scope std::thread::Scope<'scope, 'env>,
        threads: usize,
        analysis: &'env Analysis,
        writer: &'scope Writer,
    ) -> Self {
        let (jobs, queue) = sync_channel::<Job>(QUEUE);
        let queue = Arc::new(Mutex::new(queue));
        let workers = (0..threads.clamp(1, 8))
            .map(|_| {
                let queue = Arc::clone(&queue);
                scope.spawn(move || work(&queue, analysis, writer))
            })
            .collect();
        Self {
            jobs: Some(jobs),
            workers,
        }
    }

    /// Hands over an article; waits while the queue is full.
    ///
    /// # Errors
    /// [`Error::Stopped`] when the workers have stopped: [`Pool::finish`] says why.
    pub fn add(&self, job: Job) -> Result<()> {
        let jobs = self.jobs.as_ref().ok_or(Error::Stopped)?;
        jobs.send(job).map_err(|_| Error::Stopped)
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

fn work(queue: &Mutex<Receiver<Job>>, analysis: &Analysis, writer: &Writer) -> Result<()> {
    loop {
        // The guard is dropped before the work begins: the lock is held for taking a job only.
        let job = queue
            .lock()
            .map_err(|_| Error::Damaged("an analysing thread panicked".into()))?
            .recv();
        let Ok(job) = job else { return Ok(()) };
        // Title and body go in twice: for their terms and for their forms.
        let bytes = 2 * (job.article.title.len() + job.article.body.len());
        let doc = analysis.document(job)?;
        writer.add_document(analysis.queue.enter(doc, bytes))?;
    }
}

/// Facet values of an article: those given, as the lexicon spells them, and for the other facets those
/// derived. The tokens are those of title and body.
fn facet_values(
    analysis: &Analysis,
    article: &Article,
    file_key: &str,
    [title_tokens, body_tokens]: &[Vec<Token>; 2],
) -> (Vec<FacetValue>, Vec<String>) {
    let mut values: Vec<FacetValue> = Vec::new();
    let mut given = BTreeSet::new();
    for (facet, written) in &article.given {
        for value in written.iter().map(|v| v.trim()).filter(|v| !v.is_empty()) {
            given.insert(facet.clone());
            let mut paths = analysis.facets.resolve(facet, value);
            paths.truncate(1);
            if paths.is_empty() {
                analysis.unknown.add(facet, value, file_key);
                paths.push(clean_path(value));
            }
            for path in paths {
                if !values.iter().any(|v| v.facet == *facet && v.path == path) {
                    let evidence = vec![Evidence {
                        part: Part::Metadata,
                        start: 0,
                        end: 0,
                        rule: "metadata".into(),
                    }];
                    values.push(FacetValue {
                        facet: facet.clone(),
                        path,
                        given: true,
                        evidence,
                    });
                }
            }
        }
    }
    let document = Document {
        title: &article.title,
        body: &article.body,
        title_tokens,
        body_tokens,
        published: article.date,
        url: article.url.as_deref(),
        file_name: file_key.rsplit('/').next(),
    };
    let medium = analysis
        .facets
        .medium(article.source.as_deref(), article.url.as_deref());
    values.extend(medium.filter(|v| !given.contains(&v.facet)));
    let language = article
        .lang
        .as_deref()
        .and_then(|lang| analysis.facets.language(lang, article.lang_detected));
    values.extend(language.filter(|v| !given.contains(&v.facet)));
    let derived = analysis.facets.derive(&document, &given);
    values.extend(derived.values.into_iter().filter(|v| !given.contains(&v.facet)));
    (values, derived.notes)
}

/// An unknown value as a facet path: one level, or the levels that its `/` make, none of them empty.
fn clean_path(value: &str) -> String {
    let levels: Vec<&str> = value
        .split('/')
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let mut path = levels.join("/").replace('\0', " ");
    if path.is_empty() {
        path = value.replace(['/', '\0'], " ").trim().to_string();
    }
    let mut end = path.len().min(400);
    while !path.is_char_boundary(end) {
        end -= 1;
    }
    path.truncate(end);
    if path.is_empty() { "?".into() } else { path }
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

    #[test]
    fn unknown_values_become_paths() {
        for (value, path) in [
            ("Atlantide", "Atlantide"),
            ("/a//b/", "a/b"),
            ("///", "?"),
            ("a\0b", "a b"),
        ] {
            assert_eq!(clean_path(value), path);
        }
    }
}
