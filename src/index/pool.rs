//! The threads that analyse articles, and who inverts what they make of them.
//!
//! One thread reads files; as many as asked analyse: words, facets, document. In a generation that is built from
//! nothing they write segments themselves ([`super::segment`]); elsewhere tantivy's threads do.

use super::analysis::{Analysis, Job, Numbering};
use super::queue::{self, Queue, Writer};
use super::segment::SegmentWorker;
use crate::article::Article;
use crate::error::{Error, Result};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use tantivy::{SegmentMeta, TantivyDocument};

/// Articles waiting in a channel, and their bytes.
const QUEUE: usize = 32;
const WAITING: usize = 16 << 20;

/// Who turns documents into segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inverting {
    /// tantivy's threads, in the order of additions and deletions.
    Writer,
    /// The analysing threads, each into segments of at most so many bytes of memory, which the index gets when
    /// the pool is finished. Only where nothing of what is added was deleted since the last commit: see
    /// [`SegmentWorker`].
    Workers { memory: usize },
}

/// The analysing threads of one run; dropped articles are impossible: [`Pool::finish`] waits for all.
pub struct Pool<'scope> {
    items: Option<SyncSender<Waiting>>,
    waiting: Queue,
    inverting: Inverting,
    analysis: &'scope Analysis,
    writer: &'scope Writer,
    workers: Vec<std::thread::ScopedJoinHandle<'scope, Result<Vec<SegmentMeta>>>>,
}

/// What a thread is to add.
enum Item {
    Article(Box<Job>),
    /// A document without words.
    Document(TantivyDocument),
}

/// An item on its way to an analysing thread, and its place among those that wait.
type Waiting = (Item, queue::Reserved);

impl<'scope> Pool<'scope> {
    /// Starts `threads` workers that add documents to `writer`; fewer, or none, where the system gives no more
    /// threads.
    pub fn start<'env>(
        scope: &'scope std::thread::Scope<'scope, 'env>,
        threads: usize,
        inverting: Inverting,
        analysis: &'env Analysis,
        writer: &'scope Writer,
    ) -> Self {
        let (items, queue) = sync_channel::<Waiting>(QUEUE);
        let queue = Arc::new(Mutex::new(queue));
        let start = |_| {
            let queue = Arc::clone(&queue);
            let work = move || match inverting {
                Inverting::Writer => for_writer(&queue, analysis, writer),
                Inverting::Workers { memory } => into_segments(&queue, analysis, writer, memory),
            };
            std::thread::Builder::new().spawn_scoped(scope, work).ok()
        };
        let workers: Vec<_> = (0..threads.clamp(1, 8)).map_while(start).collect();
        Self {
            items: (!workers.is_empty()).then_some(items),
            waiting: Queue::new(WAITING),
            inverting,
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
        match &self.items {
            Some(items) => {
                let bytes = bytes_of(&job.article);
                self.send(items, Item::Article(Box::new(job)), bytes)
            }
            // There are no workers: whoever reads analyses, too.
            None => invert(job, self.analysis, self.writer, &mut Numbering::default()),
        }
    }

    /// Hands over a document without words.
    ///
    /// # Errors
    /// As [`Pool::add`].
    pub fn add_document(&self, document: TantivyDocument) -> Result<()> {
        match (&self.items, self.inverting) {
            (Some(items), Inverting::Workers { .. }) => self.send(items, Item::Document(document), 0),
            _ => {
                self.writer.add_document(document.into())?;
                Ok(())
            }
        }
    }

    fn send(&self, items: &SyncSender<Waiting>, item: Item, bytes: usize) -> Result<()> {
        let reserved = self.waiting.reserve(bytes);
        items.send((item, reserved)).map_err(|_| Error::Stopped)
    }

    /// Waits until every article handed over is in the index's next commit.
    ///
    /// # Errors
    /// The first error of a worker; then nothing that the workers have written themselves is in the index.
    pub fn finish(mut self) -> Result<()> {
        self.items = None;
        let join = |worker: std::thread::ScopedJoinHandle<'_, Result<Vec<SegmentMeta>>>| {
            let panicked = || Error::Damaged("an analysing thread panicked".into());
            worker.join().unwrap_or_else(|_| Err(panicked()))
        };
        // All have ended before one of their errors is told.
        let results: Vec<_> = self.workers.drain(..).map(join).collect();
        let mut segments = Vec::new();
        for result in results {
            segments.extend(result?);
        }
        for segment in segments {
            self.writer.add_segment(segment)?;
        }
        Ok(())
    }
}

/// Bytes of the text of an article.
fn bytes_of(article: &Article) -> usize {
    article.title.len() + article.body.len()
}

/// The next item, when there is one; none at the end.
fn next(queue: &Mutex<Receiver<Waiting>>) -> Result<Option<Item>> {
    // The guard is dropped before the work begins: the lock is held for taking an item only.
    let item = queue
        .lock()
        .map_err(|_| Error::Damaged("an analysing thread panicked".into()))?
        .recv();
    Ok(item.ok().map(|(item, _reserved)| item))
}

fn for_writer(
    queue: &Mutex<Receiver<Waiting>>,
    analysis: &Analysis,
    writer: &Writer,
) -> Result<Vec<SegmentMeta>> {
    let mut numbering = Numbering::default();
    while let Some(item) = next(queue)? {
        match item {
            Item::Article(job) => invert(*job, analysis, writer, &mut numbering)?,
            Item::Document(document) => drop(writer.add_document(document.into())?),
        }
        numbering.table.clear_if_large();
    }
    Ok(Vec::new())
}

fn into_segments(
    queue: &Mutex<Receiver<Waiting>>,
    analysis: &Analysis,
    writer: &Writer,
    memory: usize,
) -> Result<Vec<SegmentMeta>> {
    let mut numbering = Numbering::default();
    let mut segments = SegmentWorker::new(writer.index(), &analysis.fields, memory);
    while let Some(item) = next(queue)? {
        match item {
            Item::Article(job) => {
                let bytes = bytes_of(&job.article);
                if let Some(document) = analysis.write(*job, &mut numbering, &mut segments)? {
                    writer.add_document(analysis.queue.enter(document, 3 * bytes))?;
                }
            }
            Item::Document(document) => segments.add(&document, None)?,
        }
        segments.rest(&mut numbering.table)?;
    }
    segments.finish(&numbering.table)
}

/// Analyses an article for tantivy's writer.
fn invert(job: Job, analysis: &Analysis, writer: &Writer, numbering: &mut Numbering) -> Result<()> {
    // Title and body go in three times: as they are stored, as terms, and as forms, which are twice as long.
    let bytes = 4 * bytes_of(&job.article);
    let document = analysis.document(job, numbering)?;
    writer.add_document(analysis.queue.enter(document, bytes))?;
    Ok(())
}
