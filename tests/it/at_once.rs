//! Several processes that save searches, correct, index and copy at once: what one of them has acknowledged is
//! there, and the index is whole.

use crate::common::{Archive, text};
use std::collections::BTreeSet;
use std::fs;
use std::process::Output;

/// How often each does it.
const TIMES: usize = 6;

fn run(archive: &Archive, args: &[&str]) -> Output {
    archive.run(&[args, &["--index", "corpus/.griot"]].concat())
}

/// The names of searches that were acknowledged as saved.
fn save(archive: &Archive, who: usize) -> BTreeSet<String> {
    let names = (0..TIMES).map(|time| format!("s{who}-{time}"));
    names
        .filter(|name| run(archive, &["saved", "add", name, "drones"]).status.success())
        .collect()
}

/// The articles whose correction was acknowledged. Another writer's turn is told by exit code 5.
fn correct(archive: &Archive) -> BTreeSet<String> {
    let mut done = BTreeSet::new();
    for time in 0..TIMES {
        let table = format!("{time}.csv");
        let path = archive.dir.path().join(&table);
        fs::write(
            path,
            format!("id,facet,action,value\n{time}.txt,region,set,Mali/Kidal\n"),
        )
        .expect("a table");
        for _ in 0..200 {
            let output = run(archive, &["correct", &table]);
            match output.status.code() {
                Some(0) => {
                    done.insert(format!("{time}.txt"));
                    break;
                }
                Some(5) => std::thread::sleep(std::time::Duration::from_millis(30)),
                code => panic!("{code:?}: {}", text(&output)),
            }
        }
    }
    done
}

#[test]
fn nobody_undoes_what_another_has_done() {
    let archive = Archive::new(&[]);
    for number in 0..TIMES {
        archive.write(
            &format!("{number}.txt"),
            &format!("Drones {number}\n\nDes drones ont frappé Gao {number} fois."),
        );
    }
    assert!(archive.run(&["index", "corpus"]).status.success());
    let (saved, corrected) = std::thread::scope(|scope| {
        let savers: Vec<_> = (0..2)
            .map(|who| {
                scope.spawn({
                    let archive = &archive;
                    move || save(archive, who)
                })
            })
            .collect();
        let corrector = scope.spawn(|| correct(&archive));
        let indexer = scope.spawn(|| {
            for time in 0..TIMES {
                archive.write(&format!("new{time}.txt"), "Convoi\n\nUn convoi est parti.");
                let output = archive.run(&["index", "corpus", "--wait=60", "--quiet"]);
                assert!(output.status.success(), "{}", text(&output));
                let copy = format!("copy{time}");
                let output = run(&archive, &["snapshot", &copy]);
                assert!(output.status.success(), "{}", text(&output));
                let output = run(&archive, &["check", "--against", &copy]);
                assert!(!text(&output).contains("snapshot:"), "{}", text(&output));
            }
        });
        indexer.join().expect("indexed");
        let saved: BTreeSet<String> = savers
            .into_iter()
            .flat_map(|saver| saver.join().expect("saved"))
            .collect();
        (saved, corrector.join().expect("corrected"))
    });
    assert_eq!((saved.len(), corrected.len()), (2 * TIMES, TIMES));
    assert!(archive.run(&["index", "corpus"]).status.success());
    let list = text(&run(&archive, &["saved", "list"]));
    assert!(saved.iter().all(|name| list.contains(name.as_str())), "{list}");
    let kept = text(&run(&archive, &["correct", "--export"]));
    assert!(
        corrected.iter().all(|name| kept.contains(name.as_str())),
        "{kept}"
    );
    for name in &corrected {
        let shown = text(&run(&archive, &["show", name]));
        assert!(shown.contains("Kidal"), "{shown}");
    }
    let check = run(&archive, &["check", "--deep"]);
    assert!(check.status.success(), "{}", text(&check));
}
