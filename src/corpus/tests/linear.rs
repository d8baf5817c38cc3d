//! That time grows with the input, not with its square.

use std::time::{Duration, Instant};

/// Time that a busy machine may take away from a measurement.
const NOISE: Duration = Duration::from_millis(50);

/// Asserts that `read` takes at most ten times as long for four times as many bytes of repeated `unit`: a walk
/// whose time grows with the square takes sixteen times as long. The fastest of three attempts counts.
pub(crate) fn assert_linear(unit: &str, bytes: usize, read: impl Fn(&str)) {
    let time = |bytes: usize| {
        let text = unit.repeat(bytes / unit.len());
        let attempt = |_| {
            let begun = Instant::now();
            read(&text);
            begun.elapsed()
        };
        (0..3).map(attempt).min().unwrap_or_default()
    };
    let (one, four) = (time(bytes / 4), time(bytes));
    assert!(
        four <= one * 10 + NOISE,
        "{unit:?}: {one:?}, four times as much {four:?}"
    );
}

#[test]
#[should_panic(expected = "four times as much")]
fn a_square_is_noticed() {
    assert_linear("a", 800, |text| {
        std::thread::sleep(Duration::from_micros((text.len() * text.len()) as u64));
    });
}
