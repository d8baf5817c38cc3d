//! The index is tortured as by `cargo run --release --example torture`, for a short while.
#![cfg(unix)]

#[path = "../../crates/dev/src/torture/rig.rs"]
#[allow(dead_code)] // its `main`
mod rig;

use std::time::Duration;
use rig::Torture;

fn torture(seed: u64) -> Torture {
    Torture::new(env!("CARGO_BIN_EXE_griot").into(), seed, true).expect("a folder")
}

#[test]
fn by_forty_kills() {
    torture(3)
        .by_kills(32, false)
        .unwrap_or_else(|error| panic!("{error:#}"));
    torture(4)
        .by_kills(8, true)
        .unwrap_or_else(|error| panic!("{error:#}"));
}

#[test]
fn by_twenty_readers() {
    torture(5)
        .by_readers(Duration::from_secs(8))
        .unwrap_or_else(|error| panic!("{error:#}"));
}

#[test]
fn by_a_flood_of_files() {
    torture(6)
        .by_flood(5000)
        .unwrap_or_else(|error| panic!("{error:#}"));
}
