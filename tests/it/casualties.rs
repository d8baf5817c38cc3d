//! How well killed, wounded and abducted are read, on sentences of our own with the forms that journalists
//! use: the figures in `docs/quality.md`. `cargo test --test it casualties:: -- --nocapture` prints them, and
//! what is read otherwise.

use griot::facets::casualties;
use std::collections::BTreeMap;

/// Stated exactly, stated otherwise, or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stated {
    Number(u32),
    Vaguely,
    Not,
}

#[derive(Debug, Default, Clone, Copy)]
struct Measure {
    /// Numbers given, and how many of them are right.
    given: u32,
    right: u32,
    /// Numbers that are stated.
    stated: u32,
    /// Anything told, number or quotation, where something is stated; where nothing is; and all that is
    /// stated.
    reported: u32,
    told_wrongly: u32,
    tellable: u32,
}

#[test]
fn sentences_of_many_forms() {
    let page = include_str!("../fixtures/casualties.tsv");
    let mut measures: BTreeMap<&str, Measure> = BTreeMap::new();
    for line in page.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [set, sentence, ..] = cells[..] else {
            panic!("{line}")
        };
        assert_eq!(cells.len(), 5, "{line}");
        let found = casualties(sentence);
        for (harm, cell, toll) in [
            ("killed", cells[2], found.killed),
            ("wounded", cells[3], found.wounded),
            ("abducted", cells[4], found.abducted),
        ] {
            let expected = match cell {
                "" => Stated::Not,
                "~" => Stated::Vaguely,
                number => Stated::Number(number.parse().expect("a number")),
            };
            let read = match (toll.number, toll.text.as_str()) {
                (Some(number), _) => Stated::Number(number),
                (None, "") => Stated::Not,
                _ => Stated::Vaguely,
            };
            let measure = measures.entry(set).or_default();
            measure.given += u32::from(matches!(read, Stated::Number(_)));
            measure.right += u32::from(matches!(read, Stated::Number(_)) && read == expected);
            measure.stated += u32::from(matches!(expected, Stated::Number(_)));
            measure.tellable += u32::from(expected != Stated::Not);
            measure.reported += u32::from(expected != Stated::Not && read != Stated::Not);
            measure.told_wrongly += u32::from(expected == Stated::Not && read != Stated::Not);
            if read != expected && set == "dev" {
                println!(
                    "{set}: {harm}: {expected:?} read as {read:?} “{}”: {sentence}",
                    toll.text
                );
            }
        }
    }
    for (set, measure) in &measures {
        println!("{set}: {measure:?}");
    }
    let (dev, held) = (measures["dev"], measures["held"]);
    assert_eq!(
        (dev.right, dev.told_wrongly),
        (dev.given, 0),
        "a number is never wrong"
    );
    assert!(
        dev.right >= 79 && held.right >= 19 && held.given - held.right <= 1 && held.told_wrongly <= 1,
        "less is read than before"
    );
}
