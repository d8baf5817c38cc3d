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

/// Bytes and nanoseconds up to which growth says nothing: tables that double, and the noise of a machine.
const FEW_BYTES: u64 = 400_000;
const LITTLE_TIME: u64 = 20_000_000;

/// How much more four times the input may cost: four times, and what tables that double add; sixteen times
/// would be the square.
const MOST: u64 = 9;

/// Bytes that may be held for each byte of input.
const HELD_OF_A_BYTE: u64 = 500;

/// Measurements of one thing.
pub struct Budget<'a> {
    name: &'a str,
}

impl<'a> Budget<'a> {
    pub fn of(name: &'a str) -> Self {
        Self { name }
    }

    /// Whether what something costs grows no faster than its size, at n, 2n and 4n; `measure` is given the number
    /// of the size. Times are measured again where they seem to, since other threads disturb them.
    pub fn check(&self, sizes: [usize; 3], measure: impl Fn(usize) -> Cost) {
        let mut costs = [0, 1, 2].map(&measure);
        for _ in 0..3 {
            if self.fault(sizes, &costs).is_none() {
                return;
            }
            for (at, cost) in costs.iter_mut().enumerate() {
                cost.processor = cost.processor.min(measure(at).processor);
            }
        }
        if let Some(fault) = self.fault(sizes, &costs) {
            panic!("{:?}: {fault}: {costs:?}", self.name);
        }
    }

    fn fault(&self, sizes: [usize; 3], costs: &[Cost; 3]) -> Option<&'static str> {
        let grows = |of: fn(&Cost) -> u64, few: u64| {
            let [one, two, four] = [0, 1, 2].map(|at| of(&costs[at]).max(few));
            four > MOST * one || two * 2 > MOST * one
        };
        if grows(|cost| cost.allocated, FEW_BYTES) {
            return Some("bytes allocated grow faster than the input");
        }
        // What is held whatever the size is no matter of growth.
        let held = costs[2].held.saturating_sub(costs[0].held);
        if held > HELD_OF_A_BYTE * sizes[2] as u64 {
            return Some("too many bytes are held for each of the input");
        }
        grows(|cost| cost.processor, LITTLE_TIME)
            .then_some("time on the processor grows faster than the input")
    }
}
