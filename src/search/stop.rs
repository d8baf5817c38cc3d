//! Ending a search that takes too long, or whose answer nobody waits for any more.
//!
//! Whoever asks sets a [`Stop`] for the thread that searches ([`until`]). Scorers, passes over documents and everything
//! that reads one article after the other look at it. An answer is given only if it was not stopped on the way.

use crate::error::{Error, Result};
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Term;
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, SegmentReader, TERMINATED};

/// When a search has to end. Copies are one and the same.
#[derive(Debug, Clone)]
pub struct Stop(Arc<State>);

#[derive(Debug)]
struct State {
    latest: Instant,
    stopped: AtomicBool,
}

impl Stop {
    /// At the latest after so long.
    pub fn after(time: Duration) -> Self {
        Self(Arc::new(State {
            latest: Instant::now() + time,
            stopped: AtomicBool::new(false),
        }))
    }

    /// Now: nobody waits any more.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it has to end.
    pub fn is_due(&self) -> bool {
        self.0.stopped.load(Ordering::Relaxed) || Instant::now() >= self.0.latest
    }
}

thread_local! {
    static CURRENT: RefCell<Option<Stop>> = const { RefCell::new(None) };
}

/// Works with a stop set for this thread.
pub fn until<T>(stop: &Stop, work: impl FnOnce() -> T) -> T {
    /// Takes it away again, also where the work panics.
    struct Before(Option<Stop>);
    impl Drop for Before {
        fn drop(&mut self) {
            CURRENT.set(self.0.take());
        }
    }
    let _before = Before(CURRENT.replace(Some(stop.clone())));
    work()
}

/// Whether the search of this thread has to end.
pub(crate) fn is_due() -> bool {
    CURRENT.with_borrow(|stop| stop.as_ref().is_some_and(Stop::is_due))
}

/// The error of a search that has to end.
///
/// # Errors
/// [`Error::TooSlow`].
pub(crate) fn check() -> Result<()> {
    match is_due() {
        true => Err(Error::TooSlow),
        false => Ok(()),
    }
}

/// The same query, of which the documents come to an end when the search has to.
pub(crate) fn stoppable(query: Box<dyn Query>) -> Box<dyn Query> {
    match CURRENT.with_borrow(Clone::clone) {
        Some(stop) => Box::new(Stoppable { query, stop }),
        None => query,
    }
}

#[derive(Debug)]
struct Stoppable {
    query: Box<dyn Query>,
    stop: Stop,
}

impl Clone for Stoppable {
    fn clone(&self) -> Self {
        Self {
            query: self.query.box_clone(),
            stop: self.stop.clone(),
        }
    }
}

impl Query for Stoppable {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(StoppableWeight {
            weight: self.query.weight(scoring)?,
            stop: self.stop.clone(),
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.query.query_terms(visitor);
    }
}

struct StoppableWeight {
    weight: Box<dyn Weight>,
    stop: Stop,
}

impl Weight for StoppableWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.stop.is_due() {
            return Ok(Box::new(EmptyScorer));
        }
        Ok(Box::new(StoppableScorer {
            scorer: self.weight.scorer(reader, boost)?,
            stop: self.stop.clone(),
            steps: 0,
            is_over: false,
        }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }
}

struct StoppableScorer {
    scorer: Box<dyn Scorer>,
    stop: Stop,
    steps: u32,
    is_over: bool,
}

/// Steps from one look at the clock to the next: each may take long in itself.
const STEPS: u32 = 64;

impl StoppableScorer {
    /// Whether it goes on.
    fn goes_on(&mut self, steps: u32) -> bool {
        self.steps += steps;
        if self.steps >= STEPS {
            self.steps = 0;
            self.is_over = self.is_over || self.stop.is_due();
        }
        !self.is_over
    }
}

impl DocSet for StoppableScorer {
    fn advance(&mut self) -> DocId {
        match self.goes_on(1) {
            true => self.scorer.advance(),
            false => TERMINATED,
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self.goes_on(1) {
            true => self.scorer.seek(target),
            false => TERMINATED,
        }
    }

    fn fill_buffer(&mut self, buffer: &mut [DocId; COLLECT_BLOCK_BUFFER_LEN]) -> usize {
        match self.goes_on(COLLECT_BLOCK_BUFFER_LEN as u32) {
            true => self.scorer.fill_buffer(buffer),
            false => 0,
        }
    }

    fn doc(&self) -> DocId {
        match self.is_over {
            true => TERMINATED,
            false => self.scorer.doc(),
        }
    }

    fn size_hint(&self) -> u32 {
        self.scorer.size_hint()
    }

    fn cost(&self) -> u64 {
        self.scorer.cost()
    }
}

impl Scorer for StoppableScorer {
    fn score(&mut self) -> Score {
        self.scorer.score()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::dictionary::samples::dictionary;
    use tantivy::collector::Count;
    use tantivy::query::AllQuery;

    const HOUR: Duration = Duration::from_secs(3_600);

    #[test]
    fn documents_come_to_an_end_when_the_search_has_to() {
        let forms: Vec<String> = (0..1_000).map(|number| format!("mot{number}")).collect();
        let (searcher, _) = dictionary(&forms);
        let stop = Stop::after(HOUR);
        let query = until(&stop, || stoppable(Box::new(AllQuery)));
        assert_eq!(searcher.search(&query, &Count).expect("counted"), 1_000);
        let weight = query
            .weight(EnableScoring::disabled_from_searcher(&searcher))
            .expect("a weight");
        let mut scorer = weight.scorer(searcher.segment_reader(0), 1.0).expect("a scorer");
        (0..10).for_each(|_| assert_ne!(scorer.advance(), TERMINATED));
        stop.stop();
        let more = (0..2 * STEPS).find(|_| scorer.advance() == TERMINATED);
        assert!(more.is_some_and(|more| more <= STEPS), "{more:?}");
        let mut buffer = [0; COLLECT_BLOCK_BUFFER_LEN];
        assert_eq!((scorer.doc(), scorer.fill_buffer(&mut buffer)), (TERMINATED, 0));
        assert_eq!(searcher.search(&query, &Count).expect("counted"), 0);
    }

    #[test]
    fn a_stop_is_of_one_thread_and_its_work() {
        let over = Stop::after(Duration::ZERO);
        assert!(check().is_ok() && over.is_due());
        let inside = until(&over, || {
            (check().is_err(), until(&Stop::after(HOUR), is_due), is_due())
        });
        assert_eq!(inside, (true, false, true));
        let broken = std::panic::catch_unwind(|| until(&over, || panic!("broken")));
        assert!(broken.is_err() && check().is_ok());
        until(&over, || {
            std::thread::scope(|scope| scope.spawn(|| assert!(check().is_ok())).join())
        })
        .expect("another thread has none");
    }
}
