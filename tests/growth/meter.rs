//! Counts what a thread allocates, and its time on a processor.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, which counts by thread.
struct Counting;

thread_local! {
    static ALLOCATED: Cell<u64> = const { Cell::new(0) };
    static HELD: Cell<i64> = const { Cell::new(0) };
    static MOST_HELD: Cell<i64> = const { Cell::new(0) };
}

/// Enters bytes that were taken or, below 0, given back. During the end of a thread nothing is counted.
fn enter(bytes: i64) {
    let _ = ALLOCATED.try_with(|all| all.set(all.get() + bytes.max(0) as u64));
    let _ = HELD.try_with(|held| {
        held.set(held.get() + bytes);
        let _ = MOST_HELD.try_with(|most| most.set(most.get().max(held.get())));
    });
}

#[expect(unsafe_code, reason = "an allocator can't be written without")]
// Safety: everything is handed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        enter(layout.size() as i64);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        enter(layout.size() as i64);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        enter(-(layout.size() as i64));
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // What grows in place costs what it grows by.
        enter(size as i64 - layout.size() as i64);
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What something cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Bytes allocated by the thread, all together.
    pub allocated: u64,
    /// Most bytes that it held at a time, beyond those at the beginning.
    pub held: u64,
    /// Nanoseconds of the thread on a processor; 0 where the system doesn't say.
    pub processor: u64,
}

/// Nanoseconds that the thread has been on a processor, however busy the machine is.
fn processor() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = stat.split(' ').next().and_then(|first| first.parse().ok());
    first.unwrap_or(0)
}

/// What `act` costs this thread.
pub fn cost(act: impl FnOnce()) -> Cost {
    let (allocated, held, begun) = (ALLOCATED.get(), HELD.get(), processor());
    MOST_HELD.set(held);
    act();
    Cost {
        allocated: ALLOCATED.get() - allocated,
        held: u64::try_from(MOST_HELD.get() - held).unwrap_or(0),
        processor: processor().saturating_sub(begun),
    }
}
