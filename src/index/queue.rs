//! Documents on their way to tantivy's threads, bounded by bytes.
//!
//! tantivy bounds its queue at 10,000 documents, which with long articles is more than all the rest of the
//! memory. Here each document holds its bytes of the queue until a thread takes it up.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;
use tantivy::schema::document::Document;
use tantivy::{IndexWriter, TantivyDocument};

/// The writer, which takes documents as [`Queued`].
pub type Writer = IndexWriter<Queued>;

/// A wait for room ends after so long: a stopped writer takes nothing up, and says so to whom adds a
/// document.
const LONGEST: Duration = Duration::from_secs(5);

/// How many bytes may be on their way.
#[derive(Clone)]
pub struct Queue(Arc<Room>);

struct Room {
    free: Mutex<i64>,
    freed: Condvar,
}

impl Queue {
    pub fn new(bytes: usize) -> Self {
        let free = i64::try_from(bytes).unwrap_or(i64::MAX);
        Self(Arc::new(Room {
            free: Mutex::new(free),
            freed: Condvar::new(),
        }))
    }

    /// The document with its place in the queue, when there is room.
    pub fn enter(&self, doc: TantivyDocument, bytes: usize) -> Queued {
        Queued {
            doc,
            _reserved: Some(self.reserve(bytes)),
        }
    }

    /// A place in the queue, if there is room now.
    pub fn try_reserve(&self, bytes: usize) -> Option<Reserved> {
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        let mut free = self.0.free.lock().unwrap_or_else(PoisonError::into_inner);
        (*free > 0).then(|| {
            *free -= bytes;
            Reserved {
                room: Arc::clone(&self.0),
                bytes,
            }
        })
    }

    /// A place in the queue, when there is room. A single one larger than the queue may pass.
    pub fn reserve(&self, bytes: usize) -> Reserved {
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        let free = self.0.free.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.0.freed.wait_timeout_while(free, LONGEST, |free| *free <= 0);
        let (mut free, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *free -= bytes;
        Reserved {
            room: Arc::clone(&self.0),
            bytes,
        }
    }
}

/// A document, and its place in the queue.
pub struct Queued {
    doc: TantivyDocument,
    _reserved: Option<Reserved>,
}

impl From<TantivyDocument> for Queued {
    /// One so small that it needs no place.
    fn from(doc: TantivyDocument) -> Self {
        Self { doc, _reserved: None }
    }
}

/// Bytes of a queue, until it is dropped.
pub struct Reserved {
    room: Arc<Room>,
    bytes: i64,
}

impl Drop for Reserved {
    fn drop(&mut self) {
        *self.room.free.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.room.freed.notify_all();
    }
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.doc.iter_fields_and_values()
    }

    /// Called by the thread that takes it up: its place is free from here on.
    fn into_tantivy_document(self) -> TantivyDocument {
        self.doc
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_waits_until_a_document_is_taken_up() {
        let queue = Queue::new(10);
        let first = queue.enter(TantivyDocument::default(), 12);
        let other = queue.clone();
        let waiting = std::thread::spawn(move || drop(other.enter(TantivyDocument::default(), 1)));
        std::thread::sleep(Duration::from_millis(50));
        assert!(!waiting.is_finished());
        drop(first.into_tantivy_document());
        waiting.join().expect("it goes on");
        assert_eq!(*queue.0.free.lock().expect("sound"), 10);
    }
}
