//! How long is waited for those who take what they asked for slowly.

use std::time::{Duration, Instant};

/// Waiting that is granted to everybody …
const GRANTED: Duration = Duration::from_secs(30);

/// … and a second more for so many bytes that were taken: slower than that over a long time is too slow.
const A_SECOND: u64 = 4 * 1024;

/// Time spent waiting for somebody.
#[derive(Debug, Default)]
pub(super) struct Patience {
    waited: Duration,
    taken: u64,
    since: Option<Instant>,
}

impl Patience {
    /// Waiting begins, if it hasn't begun; how long it may take at most.
    pub(super) fn wait(&mut self) -> Duration {
        let since = *self.since.get_or_insert_with(Instant::now);
        let granted = GRANTED + Duration::from_secs(self.taken / A_SECOND);
        granted
            .saturating_sub(self.waited)
            .saturating_sub(since.elapsed())
    }

    /// So many bytes were taken: waiting is over.
    pub(super) fn took(&mut self, bytes: usize) {
        self.waited += self.since.take().map_or(Duration::ZERO, |since| since.elapsed());
        self.taken += bytes as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_takes_little_is_not_waited_for() {
        let mut patience = Patience::default();
        assert!(patience.wait() > Duration::from_secs(29));
        patience.waited = Duration::from_secs(25);
        assert!((4..=5).contains(&patience.wait().as_secs()), "{patience:?}");
        patience.took(100_000);
        assert!(patience.wait() > Duration::from_secs(20), "{patience:?}");
        patience.waited = Duration::from_secs(3_600);
        assert_eq!(patience.wait(), Duration::ZERO);
    }
}
