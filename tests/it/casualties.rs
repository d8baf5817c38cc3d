//! How well rows of events tell killed, wounded and abducted, on sentences of our own with the forms that journalists
//! use: the figures in `docs/quality.md`. `cargo test --test it casualties:: -- --nocapture` prints them, and
//! what is read otherwise.

use griot::date::PartialDate;
use griot::events::Event;
use griot::facets::{Document, Facets};
use griot::french::French;
use griot::schema::Lexicons;
use std::collections::BTreeMap;

/// What stands before each sentence: an event, whose figures it tells.
const EVENT: &str = "Une attaque a visé mardi la ville de Gao, au Mali. ";

#[derive(Debug, Default, Clone, Copy)]
struct Measure {
    /// Numbers that are stated, exactly or as a minimum; given rightly, and otherwise.
    stated: u32,
    right: u32,
    wrong: u32,
    /// Numbers given where several, a range or an approximation are stated.
    of_many: u32,
    /// People given where nobody is said to be harmed.
    of_nobody: u32,
}

/// The numbers of people that rows give, by harm.
fn given(facets: &Facets, french: &French, sentence: &str) -> [Vec<u32>; 3] {
    let body = format!("{EVENT}{sentence}");
    let reported = french.numbered("", &body, |words| {
        facets.reported(&Document {
            title: "",
            body: &body,
            words,
            published: PartialDate::new(2024, Some(5), Some(15)),
            url: None,
            file_name: None,
        })
    });
    let of = |harm: fn(&Event) -> Option<griot::events::Toll>| {
        let tolls = reported
            .events
            .iter()
            .filter_map(|reported| harm(&reported.event));
        tolls.map(|toll| toll.n).collect()
    };
    [
        of(|event| event.killed),
        of(|event| event.wounded),
        of(|event| event.abducted),
    ]
}

#[test]
fn sentences_of_many_forms() {
    let lexicons = Lexicons::embedded();
    let french = lexicons.french().expect("sound");
    let facets = Facets::new(&lexicons, &french).expect("sound");
    let page = include_str!("../fixtures/casualties.tsv");
    let mut measures: BTreeMap<&str, Measure> = BTreeMap::new();
    for line in page.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [set, sentence, killed, wounded, abducted] = cells[..] else {
            panic!("{line}")
        };
        let given = given(&facets, &french, sentence);
        let measure = measures.entry(set).or_default();
        for (cell, given) in [killed, wounded, abducted].into_iter().zip(given) {
            let is_right = match cell {
                "" => given.iter().all(|n| *n == 0),
                "~" => given.is_empty(),
                number => {
                    let number = number.parse().expect("a number");
                    measure.stated += 1;
                    measure.right += u32::from(given.contains(&number));
                    measure.wrong += u32::from(!given.is_empty() && !given.contains(&number));
                    given.contains(&number)
                }
            };
            measure.of_many += u32::from(cell == "~" && !is_right);
            measure.of_nobody += u32::from(cell.is_empty() && !is_right);
            if !is_right && set == "dev" {
                println!("{set}: {cell:?} read as {given:?}: {sentence}");
            }
        }
    }
    for (set, measure) in &measures {
        println!("{set}: {measure:?}");
    }
    let (dev, held) = (measures["dev"], measures["held"]);
    assert!(dev.right >= 62 && held.right >= 14, "less is read than before");
    assert!(dev.wrong <= 6 && held.wrong <= 1, "more is wrong than before");
    assert!(dev.of_many <= 21 && held.of_many <= 2, "more is given for ranges");
    assert!(
        dev.of_nobody <= 7 && held.of_nobody <= 2,
        "more is given for nobody"
    );
}
