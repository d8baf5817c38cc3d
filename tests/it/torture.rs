//! The index is tortured as by `griot-dev torture`, for a short while; longer with `GRIOT_LONG=1`.
#![cfg(unix)]

#[path = "../../crates/dev/src/torture/rig.rs"]
mod rig;

use crate::common::long;
use rig::Torture;
use std::time::Duration;

fn torture(seed: u64) -> Torture {
    Torture::new(env!("CARGO_BIN_EXE_griot").into(), seed, true).expect("a folder")
}

#[test]
fn by_kills() {
    let (plain, watching) = if long() { (32, 8) } else { (6, 2) };
    torture(3)
        .by_kills(plain, false)
        .unwrap_or_else(|error| panic!("{error:#}"));
    torture(4)
        .by_kills(watching, true)
        .unwrap_or_else(|error| panic!("{error:#}"));
}

#[test]
fn by_twenty_readers() {
    let seconds = if long() { 8 } else { 2 };
    torture(5)
        .by_readers(Duration::from_secs(seconds))
        .unwrap_or_else(|error| panic!("{error:#}"));
}

#[test]
fn by_a_flood_of_files() {
    let files = if long() { 5000 } else { 1000 };
    torture(6)
        .by_flood(files)
        .unwrap_or_else(|error| panic!("{error:#}"));
}
