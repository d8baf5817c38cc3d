//! An archive on a cluster against the same archive on this machine: random nested queries over random archives, of
//! which each finds, counts, orders and scores the same.
//!
//! It runs against real nodes, so it is compiled with `--features cluster-tests` only, and needs the address of a
//! cluster in `GRIOT_CLUSTER`. `GRIOT_DIFFERENTIAL=N` asks for so many queries, `GRIOT_SEED=N` repeats a run.

// Tests make their files without the faults that the library is tested with.
#![allow(clippy::disallowed_methods)]

mod answers;
mod archive;
mod differential;

use archive::Random;

/// The address of the cluster; there is no test without one.
fn cluster() -> String {
    std::env::var("GRIOT_CLUSTER").expect(
        "GRIOT_CLUSTER must name the address of a test cluster, for instance http://127.0.0.1:19201; .ci/cluster starts one",
    )
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|value| value.parse().ok())
}

#[test]
fn a_cluster_answers_as_an_index() {
    let clock = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(1, |since| since.as_nanos() as u64);
    let seed = number("GRIOT_SEED").unwrap_or(clock);
    let queries = number("GRIOT_DIFFERENTIAL").unwrap_or(300);
    println!("GRIOT_SEED={seed}");
    let mut tally = differential::Tally::default();
    let rounds = queries.div_ceil(150);
    for round in 0..rounds {
        let seed = seed.wrapping_add(round.wrapping_mul(0x9E37_79B9));
        let some = (queries - round * 150).min(150);
        if let Err(mismatch) = differential::round(&cluster(), seed, some as usize, &mut tally) {
            panic!("{mismatch}");
        }
    }
    println!("{tally}");
    assert!(tally.overflows * 20 <= tally.queries, "{tally}");
    assert!(
        tally.exact > 0 && tally.brought > 0,
        "both ways were taken: {tally}"
    );
}

#[test]
fn other_questions_are_answered_alike() {
    answers::alike(&cluster(), &mut Random::new(17));
}
