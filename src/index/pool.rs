//! The threads that analyse articles, and who inverts what they make of them.
//!
//! As many threads as asked work: the one that reads files, and others that analyse: words, facets, document. The
//! reading thread analyses, too, when the others have enough to do. In a generation that is built from nothing they
//! write segments themselves ([`super::segment`]); elsewhere tantivy's threads do.

use super::analysis::{Analysis, Job, Numbering};
use super::queue::{self, Queue, Writer};
use super::segment::SegmentWorker;
use crate::article::Article;
use crate::error::{Error, Result};
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use tantivy::{SegmentMeta, TantivyDocument};

/// Articles waiting in a channel, and their bytes: enough for the others while the reading thread writes a segment.
const QUEUE: usize = 4096;
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
    /// Where the other threads get their items from, if there are any.
    shared: Option<Shared>,
    waiting: Queue,
    inverting: Inverting,
    writer: &'scope Writer,
    /// What the reading thread analyses itself.
    own: RefCell<Worker<'scope>>,
    workers: Vec<std::thread::ScopedJoinHandle<'scope, Result<Vec<SegmentMeta>>>>,
}

/// What the threads of a pool share.
struct Shared {
    items: SyncSender<Waiting>,
    queue: Arc<Mutex<Receiver<Waiting>>>,
    /// One of them has failed.
    failed: Arc<AtomicBool>,
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
    /// Has `threads` threads, that of the caller among them, add documents to `writer`; fewer where the system gives no
    /// more.
    pub fn start<'env>(
        scope: &'scope std::thread::Scope<'scope, 'env>,
        threads: usize,
        inverting: Inverting,
        analysis: &'env Analysis,
        writer: &'scope Writer,
    ) -> Self {
        Self::bounded(scope, (threads, QUEUE), inverting, analysis, writer)
    }

    /// The same with room for so many articles between the threads.
    pub(super) fn bounded<'env>(
        scope: &'scope std::thread::Scope<'scope, 'env>,
        (threads, room): (usize, usize),
        inverting: Inverting,
        analysis: &'env Analysis,
        writer: &'scope Writer,
    ) -> Self {
        let (items, queue) = sync_channel::<Waiting>(room);
        let shared = Shared {
            items,
            queue: Arc::new(Mutex::new(queue)),
            failed: Arc::default(),
        };
        let start = |_| {
            let (queue, failed) = (Arc::clone(&shared.queue), Arc::clone(&shared.failed));
            let work = move || {
                let all = || Worker::new(inverting, analysis, writer).all(&queue);
                let result = caught(all);
                failed.fetch_or(result.is_err(), Ordering::Relaxed);
                result
            };
            std::thread::Builder::new().spawn_scoped(scope, work).ok()
        };
        let workers: Vec<_> = (1..threads.clamp(1, 8)).map_while(start).collect();
        Self {
            shared: (!workers.is_empty()).then_some(shared),
            waiting: Queue::new(WAITING),
            inverting,
            writer,
            own: RefCell::new(Worker::new(inverting, analysis, writer)),
            workers,
        }
    }

    /// Hands over an article; while the others have enough to do, it is analysed here.
    ///
    /// # Errors
    /// [`Error::Stopped`] when another thread has failed: [`Pool::finish`] says why. Otherwise those of writing.
    pub fn add(&self, job: Job) -> Result<()> {
        let bytes = bytes_of(&job.article);
        self.hand_over(Item::Article(Box::new(job)), bytes)
    }

    /// Hands over a document without words.
    ///
    /// # Errors
    /// As [`Pool::add`].
    pub fn add_document(&self, document: TantivyDocument) -> Result<()> {
        if self.inverting == Inverting::Writer {
            // In the order of the caller's deletions.
            self.writer.add_document(document.into())?;
            return Ok(());
        }
        self.hand_over(Item::Document(document), 0)
    }

    fn hand_over(&self, item: Item, bytes: usize) -> Result<()> {
        let mut item = item;
        if let Some(shared) = &self.shared {
            if shared.failed.load(Ordering::Relaxed) {
                return Err(Error::Stopped);
            }
            if let Some(reserved) = self.waiting.try_reserve(bytes) {
                match shared.items.try_send((item, reserved)) {
                    Ok(()) => return Ok(()),
                    Err(TrySendError::Full((back, _)) | TrySendError::Disconnected((back, _))) => item = back,
                }
            }
        }
        let mut own = self.own.borrow_mut();
        caught(|| own.take(item))
    }

    /// Waits until every article handed over is in the index's next commit.
    ///
    /// # Errors
    /// The first error of a thread; then nothing that the threads have written themselves is in the index.
    pub fn finish(self) -> Result<()> {
        let mut own = self.own.into_inner();
        let ended = match self.shared {
            Some(Shared { items, queue, .. }) => {
                drop(items);
                caught(|| own.all(&queue))
            }
            None => caught(|| own.finish()),
        };
        let join = |worker: std::thread::ScopedJoinHandle<'_, Result<Vec<SegmentMeta>>>| {
            worker.join().unwrap_or_else(|_| Err(panicked()))
        };
        // All have ended before one of their errors is told.
        let results: Vec<_> = self.workers.into_iter().map(join).chain([ended]).collect();
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

fn panicked() -> Error {
    Error::Damaged("an analysing thread panicked".into())
}

/// What `work` gives; a panic is an error.
fn caught<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(panicked()))
}

/// Bytes of the text of an article.
fn bytes_of(article: &Article) -> usize {
    article.title.len() + article.body.len()
}

/// The next item, when there is one; none at the end.
fn next(queue: &Mutex<Receiver<Waiting>>) -> Result<Option<Item>> {
    // The guard is dropped before the work begins: the lock is held for taking an item only.
    let item = queue.lock().map_err(|_| panicked())?.recv();
    Ok(item.ok().map(|(item, _reserved)| item))
}

/// What one thread needs, and its segments if it writes some.
struct Worker<'a> {
    analysis: &'a Analysis,
    writer: &'a Writer,
    numbering: Numbering,
    segments: Option<SegmentWorker<'a>>,
}

impl<'a> Worker<'a> {
    fn new(inverting: Inverting, analysis: &'a Analysis, writer: &'a Writer) -> Self {
        let segments = match inverting {
            Inverting::Writer => None,
            Inverting::Workers { memory } => {
                Some(SegmentWorker::new(writer.index(), &analysis.fields, memory))
            }
        };
        Self {
            analysis,
            writer,
            numbering: Numbering::default(),
            segments,
        }
    }

    /// Takes items until there are no more; gives the segments.
    fn all(&mut self, queue: &Mutex<Receiver<Waiting>>) -> Result<Vec<SegmentMeta>> {
        while let Some(item) = next(queue)? {
            self.take(item)?;
        }
        self.finish()
    }

    fn take(&mut self, item: Item) -> Result<()> {
        let (analysis, numbering) = (self.analysis, &mut self.numbering);
        let Some(segments) = &mut self.segments else {
            match item {
                Item::Article(job) => invert(*job, analysis, self.writer, numbering)?,
                Item::Document(document) => {
                    self.writer.add_document(document.into())?;
                }
            }
            numbering.table.clear_if_large();
            return Ok(());
        };
        match item {
            Item::Article(job) => {
                let bytes = bytes_of(&job.article);
                if let Some(document) = analysis.write(*job, numbering, segments)? {
                    self.writer
                        .add_document(analysis.queue.enter(document, 3 * bytes))?;
                }
            }
            Item::Document(document) => segments.add(&document, None)?,
        }
        segments.rest(&mut numbering.table)
    }

    /// Writes what is left, and gives the segments.
    fn finish(&mut self) -> Result<Vec<SegmentMeta>> {
        match self.segments.take() {
            Some(segments) => segments.finish(&self.numbering.table),
            None => Ok(Vec::new()),
        }
    }
}

/// Analyses an article for tantivy's writer.
fn invert(job: Job, analysis: &Analysis, writer: &Writer, numbering: &mut Numbering) -> Result<()> {
    // Title and body go in three times: as they are stored, as terms, and as forms, which are twice as long.
    let bytes = 4 * bytes_of(&job.article);
    let document = analysis.document(job, numbering)?;
    writer.add_document(analysis.queue.enter(document, bytes))?;
    Ok(())
}
