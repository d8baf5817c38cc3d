//! Bounds to what a file may make a reader hold and unpack, in bytes. A few kilobytes can hold terabytes of
//! zeros; a reader must neither be kept busy for days nor fill the memory with them.

use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::rc::Rc;

/// Most bytes that are held at once of what is read as a whole: a text, a page, a record, a row. Somewhat less
/// than a power of two: lists that grow take twice as much.
pub(super) const WHOLE: usize = 30 * 1024 * 1024;

/// The same of a message with what is attached to it: the great mail services take 25 MB, a third more as they are
/// sent.
pub(super) const WHOLE_MESSAGE: usize = 40 * 1024 * 1024;

/// The same for a feed, in which a whole site may be exported.
pub(super) const WHOLE_FEED: usize = 128 * 1024 * 1024;

/// Most bytes of members that are held at once, of all levels of archives together, for formats that can't be
/// read from front to back.
pub(super) const HELD: u64 = 64 * 1024 * 1024;

/// Any file may unpack to this much, and beyond it to so many times its size. Articles compress 3 to 10
/// times, tables of repeated values 50 times.
const ALWAYS: u64 = if cfg!(test) { 8 } else { 512 } * 1024 * 1024;
const RATIO: u64 = 200;

/// Bytes that a file may still unpack to, all its members and levels together.
#[derive(Debug, Clone)]
pub(super) struct Budget(Rc<Cell<u64>>);

impl Budget {
    /// The budget of a file of a size.
    pub(super) fn of(size: u64) -> Self {
        Self(Rc::new(Cell::new(
            ALWAYS.saturating_add(size.saturating_mul(RATIO)),
        )))
    }

    /// Whether nothing is left of it.
    pub(super) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }

    /// A stream of what is unpacked, held to the budget. Where it breaks off, for whatever reason, it ends,
    /// so that what came before is read; the reason is left in `fault`.
    pub(super) fn guard<R: Read>(&self, stream: R, fault: &Fault) -> Guard<R> {
        Guard {
            stream,
            left: self.clone(),
            fault: fault.clone(),
        }
    }
}

/// Why a stream ended before its time, if it did.
#[derive(Debug, Clone, Default)]
pub(super) struct Fault(Rc<RefCell<Option<String>>>);

impl Fault {
    pub(super) fn take(&self) -> Option<String> {
        self.0.borrow_mut().take()
    }

    pub(super) fn is_some(&self) -> bool {
        self.0.borrow().is_some()
    }

    pub(super) fn set(&self, what: impl Into<String>) {
        self.0.borrow_mut().get_or_insert(what.into());
    }
}

/// A stream within a budget.
pub(super) struct Guard<R> {
    stream: R,
    left: Budget,
    fault: Fault,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.fault.is_some() || buffer.is_empty() {
            return Ok(0);
        }
        let left = self.left.0.get();
        if left == 0 {
            self.fault.set(format!(
                "it unpacks to more than {RATIO} times its size, as a decompression bomb does; what came before was read"
            ));
            return Ok(0);
        }
        let most = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        match self.stream.read(&mut buffer[..most]) {
            Ok(read) => {
                self.left.0.set(left - read as u64);
                Ok(read)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                self.fault.set(match error.kind() {
                    io::ErrorKind::UnexpectedEof => {
                        "it is cut off; fetch or copy it again (what came before was read)".to_string()
                    }
                    _ => format!("{error}; fetch or copy it again (what came before was read)"),
                });
                Ok(0)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_ends_with_the_budget_or_its_first_error() {
        let budget = Budget(Rc::new(Cell::new(10)));
        let fault = Fault::default();
        let mut read = Vec::new();
        budget
            .guard(io::repeat(b'x'), &fault)
            .read_to_end(&mut read)
            .expect("an end");
        assert_eq!(read.len(), 10);
        assert!(fault.take().is_some_and(|what| what.contains("bomb")));
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::UnexpectedEof.into())
            }
        }
        read.clear();
        Budget::of(0)
            .guard((&b"ab"[..]).chain(Broken), &fault)
            .read_to_end(&mut read)
            .expect("an end");
        assert_eq!(read, b"ab");
        assert!(fault.take().is_some_and(|what| what.contains("cut off")));
    }
}
