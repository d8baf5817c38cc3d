//! Figures of the server, as Prometheus reads them.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Upper bounds of the buckets of durations, in milliseconds.
const BOUNDS: [u64; 8] = [5, 15, 50, 100, 250, 1_000, 5_000, 30_000];

/// What has been counted since the server started.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    /// By the first digit of the status, from 1.
    by_status: [AtomicU64; 5],
    /// Answers that took at most as long as each bound.
    at_most: [AtomicU64; BOUNDS.len()],
    microseconds: AtomicU64,
    panics: AtomicU64,
    refused: AtomicU64,
}

impl Metrics {
    /// Counts an answer.
    pub(super) fn answered(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        self.by_status[class].fetch_add(1, Relaxed);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.microseconds.fetch_add(micros, Relaxed);
        for (bound, count) in BOUNDS.iter().zip(&self.at_most) {
            if micros <= bound * 1_000 {
                count.fetch_add(1, Relaxed);
            }
        }
    }

    /// Counts something that broke, and gives it its number.
    pub(super) fn broke(&self) -> u64 {
        self.panics.fetch_add(1, Relaxed) + 1
    }

    /// Counts a request that was turned away because everything was busy.
    pub(super) fn refused(&self) {
        self.refused.fetch_add(1, Relaxed);
    }

    /// The text form.
    pub(super) fn text(&self) -> String {
        let mut text = String::from("# TYPE griot_requests_total counter\n");
        let mut total = 0;
        for (class, count) in self.by_status.iter().enumerate() {
            let count = count.load(Relaxed);
            total += count;
            let _ = writeln!(text, "griot_requests_total{{status=\"{}xx\"}} {count}", class + 1);
        }
        text.push_str("# TYPE griot_request_seconds histogram\n");
        for (bound, count) in BOUNDS.iter().zip(&self.at_most) {
            let seconds = *bound as f64 / 1e3;
            let count = count.load(Relaxed);
            let _ = writeln!(text, "griot_request_seconds_bucket{{le=\"{seconds}\"}} {count}");
        }
        let seconds = self.microseconds.load(Relaxed) as f64 / 1e6;
        let _ = writeln!(text, "griot_request_seconds_bucket{{le=\"+Inf\"}} {total}");
        let _ = writeln!(text, "griot_request_seconds_sum {seconds}");
        let _ = writeln!(text, "griot_request_seconds_count {total}");
        for (name, count) in [("panics", &self.panics), ("refused", &self.refused)] {
            let _ = writeln!(text, "# TYPE griot_{name}_total counter");
            let _ = writeln!(text, "griot_{name}_total {}", count.load(Relaxed));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_cumulative() {
        let metrics = Metrics::default();
        metrics.answered(200, Duration::from_millis(10));
        metrics.answered(404, Duration::from_millis(60));
        let text = metrics.text();
        assert!(text.contains("griot_requests_total{status=\"2xx\"} 1"), "{text}");
        assert!(
            text.contains("{le=\"0.015\"} 1\n") && text.contains("{le=\"0.1\"} 2\n"),
            "{text}"
        );
        assert!(
            text.contains("{le=\"0.005\"} 0\n") && text.contains("seconds_count 2\n"),
            "{text}"
        );
        assert_eq!((metrics.broke(), metrics.broke()), (1, 2));
    }
}
