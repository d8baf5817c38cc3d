//! What people decided about which reports are of one event, as the grouping takes it.

use super::corrected_events::links;
use crate::grouping::Link;
use crate::index::corrections::{Action, Correction};
use std::collections::BTreeMap;

/// Decisions about reports, these by their numbers: only those about reports that were found.
#[derive(Debug, Default)]
pub(super) struct DecidedGroups {
    /// Reports that are joined by one name.
    joined: BTreeMap<String, Vec<usize>>,
    /// Reports that are parted by one name.
    parted: BTreeMap<String, Vec<usize>>,
    alone: Vec<usize>,
}

impl DecidedGroups {
    /// Adds what was decided about the report of that number; `name`: how decisions call its row.
    pub fn add(&mut self, decisions: &[Correction], name: &str, report: usize) {
        for decision in links(decisions, name) {
            let named = match decision.action {
                Action::Join => &mut self.joined,
                _ if decision.value.is_empty() => {
                    self.alone.push(report);
                    continue;
                }
                _ => &mut self.parted,
            };
            named.entry(decision.value.clone()).or_default().push(report);
        }
    }

    /// As links between two reports each.
    pub fn links(&self) -> Vec<Link> {
        let joined = self.joined.values();
        let mut links: Vec<Link> = joined
            .flat_map(|reports| reports.windows(2).filter_map(pair))
            .map(|(one, other)| Link::Join(one, other))
            .collect();
        for reports in self.parted.values() {
            for (at, one) in reports.iter().enumerate() {
                links.extend(reports[at + 1..].iter().map(|other| Link::Part(*one, *other)));
            }
        }
        links.extend(self.alone.iter().map(|one| Link::Alone(*one)));
        links
    }

    /// Whether a report was parted from others.
    pub fn is_parted(&self, report: usize) -> bool {
        let mut parted = self.parted.values().filter(|reports| reports.len() > 1).flatten();
        self.alone.contains(&report) || parted.any(|other| *other == report)
    }
}

fn pair(window: &[usize]) -> Option<(usize, usize)> {
    match window {
        [one, other] => Some((*one, *other)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::corrections::EVENT;

    #[test]
    fn rows_of_one_name_are_links() {
        let link = |action, value: &str| Correction {
            passage: "p".into(),
            ..Correction::new("a", EVENT, action, value)
        };
        let mut decided = DecidedGroups::default();
        for (report, decisions) in [
            (0, vec![link(Action::Join, "x"), link(Action::Part, "z")]),
            (1, vec![link(Action::Join, "x")]),
            (2, vec![link(Action::Join, "x"), link(Action::Part, "y")]),
            (3, vec![link(Action::Part, "y"), link(Action::Remove, "")]),
            (4, vec![link(Action::Part, "")]),
        ] {
            decided.add(&decisions, "p", report);
            decided.add(&decisions, "another passage", 9);
        }
        assert_eq!(
            decided.links(),
            [
                Link::Join(0, 1),
                Link::Join(1, 2),
                Link::Part(2, 3),
                Link::Alone(4)
            ]
        );
        // Of those parted by one name nobody else was found: it is parted from none.
        let parted: Vec<bool> = (0..5).map(|report| decided.is_parted(report)).collect();
        assert_eq!(parted, [false, false, true, true, true]);
    }
}
