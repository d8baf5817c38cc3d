//! What analysts decided about the events that an article reports: applied to its rows.

use crate::date::{Edtf, PartialDate, UncertainDate};
use crate::facet_path::FacetPath;
use crate::facets::Facets;
use crate::index::corrections::{Action, Correction, EVENT, EVENT_COLUMNS, RULE};
use crate::search::response::rows::EventRow;
use rustc_hash::FxHashMap;

/// Status of a row that was corrected.
pub const CORRECTED: &str = "corrected";

/// Kinds of places, the most likely meant of those that have a name first.
const SIZES: [&str; 5] = ["town", "cercle", "commune", "village", "region"];

/// How decisions call the rows of an article: by their passages, and where several have one, the later ones with their
/// number.
#[derive(Debug, Default)]
pub struct Passages(FxHashMap<String, usize>);

impl Passages {
    /// The name of the next row, which has this passage.
    pub fn name(&mut self, passage: &str) -> String {
        let number = self.0.entry(passage.to_string()).or_default();
        *number += 1;
        match *number {
            1 => passage.to_string(),
            number => format!("{passage} [{number}]"),
        }
    }
}

/// Applies decisions to the row that is called so; says whether there is a row still.
pub fn apply(facets: Option<&Facets>, decisions: &[Correction], name: &str, row: &mut EventRow) -> bool {
    let mut of_row = decisions
        .iter()
        .filter(|c| c.is_of_event() && !c.is_link() && is_called(&c.passage, name))
        .peekable();
    if of_row.peek().is_none() {
        return true;
    }
    for decision in of_row {
        if decision.facet == EVENT && decision.action == Action::Remove {
            return false;
        }
        let value = match decision.action {
            Action::Set | Action::Add => Some(decision.value.as_str()),
            Action::Remove | Action::Reset | Action::Join | Action::Part => None,
        };
        set(facets, &decision.facet, value, row);
    }
    row.status = CORRECTED;
    // Whoever corrects a row has read it.
    row.confidence = 1.0;
    true
}

/// The decisions about which event a row is of that is called so.
pub fn links<'d>(decisions: &'d [Correction], name: &str) -> impl Iterator<Item = &'d Correction> {
    let is_of_row = move |c: &&Correction| c.is_link() && is_called(&c.passage, name);
    decisions.iter().filter(is_of_row)
}

/// Passages are kept as far as tables of decisions take them.
fn is_called(kept: &str, name: &str) -> bool {
    kept == name || kept.len() > 3900 && name.starts_with(kept)
}

fn set(facets: Option<&Facets>, column: &str, value: Option<&str>, row: &mut EventRow) {
    let [date, place, killed, wounded, abducted] = EVENT_COLUMNS;
    let number = value.and_then(|value| value.parse().ok());
    match column {
        _ if column == date => {
            let date = value.and_then(|value| value.parse::<PartialDate>().ok());
            row.event_date = date.map(|date| Edtf::from(UncertainDate::from(date)));
            row.date_precision = row.event_date.map_or("none", |date| date.precision());
            row.date_rule = RULE;
        }
        _ if column == place => set_place(facets, value.unwrap_or_default(), row),
        _ if [killed, wounded, abducted].contains(&column) => row.harm.correct(column, number),
        _ => {}
    }
}

/// Gives a row a place, with what the gazetteer knows of it: of several of that name, the largest.
fn set_place(facets: Option<&Facets>, typed: &str, row: &mut EventRow) {
    row.place_rule = RULE;
    row.place = FacetPath::new(typed).label().to_string();
    row.place_kind = "unknown";
    (row.country, row.region, row.cercle, row.region_old) = (None, None, None, None);
    (row.latitude, row.longitude, row.coordinates) = (None, None, None);
    let size = |kind: &str| SIZES.iter().position(|k| *k == kind).unwrap_or(SIZES.len());
    let places = facets.map_or_else(Vec::new, |facets| facets.places_called(typed));
    let Some(place) = places.into_iter().min_by_key(|place| size(place.kind)) else {
        return;
    };
    row.place = place.name.to_string();
    row.place_kind = place.kind;
    let mut levels = FacetPath::new(place.path).levels().map(str::to_string);
    (row.country, row.region, row.cercle) = (levels.next(), levels.next(), levels.next());
    if place.latitude.is_nan() || place.longitude.is_nan() {
        return;
    }
    let rounded = |degrees: f32| Some((f64::from(degrees) * 1e5).round() / 1e5);
    (row.latitude, row.longitude) = (rounded(place.latitude), rounded(place.longitude));
    let is_area = matches!(
        place.kind,
        "country" | "region" | "cercle" | "province" | "department"
    );
    row.coordinates = Some(if is_area { "centre" } else { "exact" });
}
