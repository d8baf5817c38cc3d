//! What decisions make of an article: of the values of its facets and of its date.

use super::decision::{Action, Correction, DATE, EVENT_COLUMNS};
use crate::article::{Evidence, FacetValue, Part};
use crate::date::PartialDate;
use crate::facet_path::FacetPath;

/// Name of the rule in the evidence of a corrected value.
pub const RULE: &str = "correction";

/// What decisions about events say of the values of an article: the months of events and their places, so that searches
/// by them find it. `months` and `places`: the facets of these.
pub fn of_events(corrections: &[&Correction], months: Option<&str>, places: Option<&str>) -> Vec<Correction> {
    let [date, place, ..] = EVENT_COLUMNS;
    let decided = corrections.iter().filter(|c| c.action == Action::Set);
    let values = decided.filter_map(|c| {
        let (facet, value) = match c.facet.as_str() {
            column if column == date => (months?, c.value.get(..7).unwrap_or(&c.value)),
            column if column == place => (places?, c.value.as_str()),
            _ => return None,
        };
        Some(Correction::new(&c.article, facet, Action::Add, value))
    });
    values.collect()
}

/// Applies decisions to the values of an article. `resolve` gives the path of a value of a facet.
pub fn apply(
    corrections: &[&Correction],
    resolve: &dyn Fn(&str, &str) -> String,
    values: &mut Vec<FacetValue>,
) {
    for correction in corrections.iter().filter(|c| c.is_of_values()) {
        let facet = correction.facet.as_str();
        let paths: Vec<String> = match correction.value.trim() {
            "" => Vec::new(),
            written => written
                .split(';')
                .map(str::trim)
                .filter(|v| !v.is_empty())
                .map(|value| resolve(facet, value))
                .collect(),
        };
        let under = |path: &str| {
            let path = FacetPath::new(path);
            paths.iter().any(|p| path.is_within(FacetPath::new(p)))
        };
        match correction.action {
            Action::Remove if paths.is_empty() => values.retain(|v| v.facet != facet),
            Action::Remove => values.retain(|v| v.facet != facet || !under(&v.path)),
            Action::Set => values.retain(|v| v.facet != facet),
            Action::Add | Action::Reset | Action::Join | Action::Part => {}
        }
        if !matches!(correction.action, Action::Add | Action::Set) {
            continue;
        }
        for path in paths {
            let evidence = Evidence {
                part: Part::Metadata,
                start: 0,
                end: 0,
                rule: RULE.into(),
            };
            match values.iter_mut().find(|v| v.facet == facet && v.path == path) {
                Some(known) => known.evidence.insert(0, evidence),
                None => values.push(FacetValue {
                    facet: facet.to_string(),
                    path,
                    given: true,
                    evidence: vec![evidence],
                }),
            }
        }
    }
}

/// Whether a correction made this value what it is.
pub fn is_corrected(value: &FacetValue) -> bool {
    value
        .evidence
        .iter()
        .any(|evidence| evidence.part == Part::Metadata && evidence.rule == RULE)
}

/// A date of publication that was decided; none for no date at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecidedDate(pub Option<PartialDate>);

/// The date of publication that was decided, last.
pub fn date(corrections: &[&Correction]) -> Option<DecidedDate> {
    let last = corrections.iter().rfind(|c| c.facet == DATE)?;
    match last.action {
        Action::Remove => Some(DecidedDate(None)),
        Action::Add | Action::Set => last.value.parse().ok().map(|date| DecidedDate(Some(date))),
        Action::Reset | Action::Join | Action::Part => None,
    }
}
