//! What decisions make of an article: of the values of its facets and of its date.

use super::decision::{Action, Correction, DATE};
use crate::article::{Evidence, FacetValue, Part};
use crate::date::PartialDate;
use crate::facet_path::FacetPath;

/// Name of the rule in the evidence of a corrected value.
pub const RULE: &str = "correction";

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
            Action::Add | Action::Reset => {}
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

/// The date of publication that was decided, last: Some(None) for none at all.
#[expect(clippy::option_option, reason = "nothing was decided, no date, a date")]
pub fn date(corrections: &[&Correction]) -> Option<Option<PartialDate>> {
    let last = corrections.iter().rfind(|c| c.facet == DATE)?;
    match last.action {
        Action::Remove => Some(None),
        Action::Add | Action::Set => last.value.parse().ok().map(Some),
        Action::Reset => None,
    }
}
