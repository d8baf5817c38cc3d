//! Decisions about which reports are of one event: a row a report, in which all reports that are of one event have one
//! name. Each follows its own article; what is said of one outlives the other.

use super::decision::{Action, Correction, EVENT};
use rustc_hash::{FxHashMap, FxHashSet};

/// A report: what its article says, else how it is called, and the passage.
type Report<'c> = (&'c str, &'c str);

/// Characters of the hash in a name.
const DIGITS: usize = 8;

fn report(correction: &Correction) -> Report<'_> {
    let article = match correction.is_bound() {
        true => &correction.content,
        false => &correction.article,
    };
    (article, &correction.passage)
}

/// Gives the reports that one call joins or parts their name: that of reports which one of them was joined with before,
/// else one of its own. A report that is parted from all others needs none.
pub fn name(rows: &mut [Correction], kept: &[Correction]) {
    let Some(first) = rows.first() else { return };
    if first.action == Action::Part && rows.len() == 1 {
        return;
    }
    let mut reports: Vec<Report<'_>> = rows.iter().map(report).collect();
    reports.sort_unstable();
    let known = kept
        .iter()
        .find(|c| first.action == Action::Join && c.is_link_of(Action::Join) && reports.contains(&report(c)));
    let name = match known {
        Some(known) => known.value.clone(),
        None => {
            let text: Vec<String> = reports
                .iter()
                .map(|(article, passage)| format!("{article}\n{passage}"))
                .collect();
            let hash = blake3::hash(text.join("\n").as_bytes()).to_hex();
            // Letters only: spreadsheets take digits with an `e` among them for a number.
            let letters = hash.bytes().take(DIGITS).map(|digit| match digit {
                b'0'..=b'9' => char::from(digit - b'0' + b'g'),
                letter => char::from(letter),
            });
            format!("{}-{}", first.action.name(), letters.collect::<String>())
        }
    };
    rows.iter_mut().for_each(|row| row.value.clone_from(&name));
}

/// Whether a later decision about the same report makes one void.
pub fn voids(later: &Correction, before: &Correction) -> bool {
    before.facet == EVENT
        && before.passage == later.passage
        && before.is_about_the_article_of(later)
        && match (later.action, before.action) {
            (Action::Join, Action::Join) => later.value == before.value,
            (Action::Part, Action::Part) => later.value == before.value,
            // What is of no other report's event, and what is joined.
            (Action::Join, Action::Part) => before.value.is_empty(),
            (Action::Part, Action::Join) => later.value.is_empty(),
            _ => false,
        }
}

/// The decisions among all that later ones make void, which are among them already: two reports that were joined and are
/// parted now, or the other way round.
pub fn opposed(all: &[Correction], later: &[Correction]) -> Vec<Correction> {
    let mut opposed = Vec::new();
    for (now, before) in [(Action::Join, Action::Part), (Action::Part, Action::Join)] {
        let touched: FxHashSet<&str> = later
            .iter()
            .filter(|c| c.is_link_of(now) && !c.value.is_empty())
            .map(|c| c.value.as_str())
            .collect();
        let mut of_name: FxHashMap<&str, FxHashSet<Report<'_>>> = FxHashMap::default();
        for c in all
            .iter()
            .filter(|c| c.is_link_of(now) && touched.contains(c.value.as_str()))
        {
            of_name.entry(&c.value).or_default().insert(report(c));
        }
        let mut before_of: FxHashMap<&str, Vec<&Correction>> = FxHashMap::default();
        for c in all.iter().filter(|c| c.is_link_of(before) && !c.value.is_empty()) {
            before_of.entry(&c.value).or_default().push(c);
        }
        for reports in of_name.values() {
            for rows in before_of.values() {
                let both: Vec<&&Correction> = rows.iter().filter(|c| reports.contains(&report(c))).collect();
                if both.len() > 1 {
                    opposed.extend(both.into_iter().map(|c| (*c).clone()));
                }
            }
        }
    }
    opposed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::corrections::Corrections;

    fn link(article: &str, action: Action, value: &str) -> Correction {
        Correction {
            passage: "p".into(),
            ..Correction::new(article, EVENT, action, value)
        }
    }

    /// Takes decisions one call after the other; gives what holds in the end, and what was made void.
    fn taken(calls: &[&[Correction]]) -> (Vec<String>, usize) {
        let mut kept = Corrections::default();
        let mut void = 0;
        for call in calls {
            kept.take_each(call.to_vec(), |_| void += 1);
        }
        let said = |c: &Correction| format!("{} {} {}", c.article, c.action.name(), c.value);
        (kept.all().iter().map(said).collect(), void)
    }

    #[test]
    fn what_was_parted_and_is_joined_later_is_parted_no_more() {
        use Action::{Join, Part};
        let joined = [link("a", Join, "x"), link("b", Join, "x")];
        let parted = [link("a", Part, "y"), link("b", Part, "y")];
        let lists = |calls: &[&[Correction]]| taken(calls).0;
        assert_eq!(lists(&[&parted, &joined]), ["a join x", "b join x"]);
        assert_eq!(lists(&[&joined, &parted]), ["a part y", "b part y"]);
        let alone = [link("a", Part, "")];
        assert_eq!(lists(&[&joined, &alone]), ["b join x", "a part "]);
        assert_eq!(lists(&[&alone, &joined]), ["a join x", "b join x"]);
        // Through a third report, too; and what has nothing to do with it stays.
        let third = [link("b", Join, "x"), link("c", Join, "x")];
        let parted = [
            link("a", Part, "y"),
            link("c", Part, "y"),
            link("d", Part, "z"),
            link("a", Part, "z"),
        ];
        let (list, void) = taken(&[&joined, &parted, &third]);
        assert_eq!(
            (list, void),
            (
                ["a join x", "b join x", "d part z", "a part z", "c join x"]
                    .map(String::from)
                    .to_vec(),
                2
            )
        );
        assert_eq!(taken(&[&joined, &joined]).1, 0, "decided already");
    }

    #[test]
    fn reports_that_are_joined_have_the_name_of_those_they_join() {
        use Action::{Join, Part};
        let named = |rows: &[Correction], kept: &[Correction]| {
            let mut rows = rows.to_vec();
            name(&mut rows, kept);
            rows.into_iter().map(|c| c.value).collect::<Vec<_>>()
        };
        let pair = [link("a", Join, ""), link("b", Join, "")];
        let new = named(&pair, &[]);
        assert!(new[0] == new[1] && new[0].starts_with("join-"), "{new:?}");
        let turned = [pair[1].clone(), pair[0].clone()];
        assert_eq!(named(&turned, &[]), new, "whichever is named first");
        assert_eq!(named(&pair, &[link("b", Join, "Moura")]), ["Moura", "Moura"]);
        assert_eq!(named(&[link("a", Part, "")], &[]), [""]);
        let parted = named(
            &[link("a", Part, ""), link("b", Part, "")],
            &[link("b", Part, "z")],
        );
        assert!(parted[0].starts_with("part-"), "{parted:?}");
    }
}
