//! Which events of the articles that were found are wanted.

use crate::error::{Error, Result};
use crate::facet_path::FacetPath;
use crate::facets::Facets;
use crate::french::fold;
use crate::search::compile::selection::compile;
use crate::search::facet::counted::declarations;
use crate::search::facet::counts::{FacetFilter, WITHOUT};
use crate::search::local::LocalEngine;
use crate::search::request::{ExportRequest, Near, Rows};
use crate::search::response::rows::EventRow;
use serde_json::Value;

/// The radius of the earth in kilometres.
const EARTH: f64 = 6371.0;

/// A request for events, ready to be compared with rows. An article that reports an event of some time and kind
/// reports others, too.
pub(crate) struct Wanted {
    days: (Option<i64>, Option<i64>),
    sure: bool,
    /// Latitude and longitude in degrees, and kilometres.
    near: Option<(f64, f64, f64)>,
    /// Folded.
    types: Vec<String>,
    min_killed: Option<u32>,
    places: Places,
}

impl Wanted {
    /// Reads a request.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for a place without coordinates, and what broken lexicons give.
    pub fn new(engine: &LocalEngine, request: &ExportRequest) -> Result<Self> {
        let events = &request.events;
        let near = match &events.near {
            None => None,
            Some(near) => Some(around(engine.reader.facets()?, near)?),
        };
        Ok(Self {
            days: request.selection.event_days(),
            sure: events.sure,
            near,
            types: events.types.iter().map(|name| fold(name)).collect(),
            min_killed: events.min_killed,
            places: match request.rows {
                Rows::Events => Places::of(engine, &compile(engine, &request.selection)?.filters),
                _ => Places::default(),
            },
        })
    }

    /// Whether a row is wanted.
    pub fn has(&self, row: &EventRow) -> bool {
        row.may_be_between(self.days.0, self.days.1)
            && self.places.have(row)
            && (!self.sure || row.is_sure())
            && self
                .min_killed
                .is_none_or(|least| row.harm.killed.is_some_and(|n| n >= least))
            && self.near.is_none_or(|near| is_near(row, near))
            && (self.types.is_empty() || self.is_of_type(row))
    }

    fn is_of_type(&self, row: &EventRow) -> bool {
        let values = row.names.values().filter_map(Value::as_array).flatten();
        values.filter_map(Value::as_str).any(|path| {
            let path = FacetPath::new(path);
            self.types.contains(&fold(path.as_str()))
                || path.levels().any(|level| self.types.contains(&fold(level)))
        })
    }
}

/// Where events are wanted: an article that reports one in a region that is asked for reports others elsewhere.
#[derive(Default)]
struct Places {
    include: Vec<Vec<String>>,
    exclude: Vec<Vec<String>>,
}

impl Places {
    fn of(engine: &LocalEngine, filters: &[FacetFilter]) -> Self {
        let facets = declarations(&engine.reader.fields);
        let of_places = |filter: &&FacetFilter| {
            let mut facets = facets.iter();
            facets.any(|facet| facet.places && facet.name == filter.facet)
        };
        let filters = filters.iter().filter(of_places);
        let mut places = Self::default();
        for filter in filters {
            // Articles without any place have events without one.
            let is_without = filter.include.iter().any(|path| path == WITHOUT);
            let include = (!filter.include.is_empty() && !is_without).then(|| filter.include.clone());
            places.include.extend(include);
            places.exclude.push(filter.exclude.clone());
        }
        places
    }

    fn have(&self, row: &EventRow) -> bool {
        let levels = [&row.country, &row.region, &row.cercle].into_iter().flatten();
        let path = levels.map(String::as_str).collect::<Vec<_>>().join("/");
        let is_in = |paths: &Vec<String>| {
            let mut paths = paths.iter();
            paths.any(|wanted| FacetPath::new(&path).is_within(FacetPath::new(wanted)))
        };
        self.include.iter().all(is_in) && !self.exclude.iter().any(is_in)
    }
}

fn is_near(row: &EventRow, (latitude, longitude, kilometres): (f64, f64, f64)) -> bool {
    let place = row.latitude.zip(row.longitude);
    place.is_some_and(|(lat, lon)| distance((latitude, longitude), (lat, lon)) <= kilometres)
}

/// Kilometres between two places on the globe (haversine).
pub(super) fn distance(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (a, b) = (one.0.to_radians(), other.0.to_radians());
    let (dy, dx) = (b - a, (other.1 - one.1).to_radians());
    let h = (dy / 2.0).sin().powi(2) + a.cos() * b.cos() * (dx / 2.0).sin().powi(2);
    2.0 * EARTH * h.sqrt().min(1.0).asin()
}

/// The coordinates of a place by its name or path; of several of that name those of the largest.
fn around(facets: &Facets, near: &Near) -> Result<(f64, f64, f64)> {
    const SIZES: [&str; 5] = ["town", "cercle", "commune", "village", "region"];
    let wanted = fold(&near.place);
    let size = |kind: &str| SIZES.iter().position(|k| *k == kind).unwrap_or(SIZES.len());
    let rows = facets
        .place_rows()
        .filter(|row| fold(row.name) == wanted || fold(row.path) == wanted);
    let place = rows.min_by_key(|row| size(row.kind)).ok_or_else(|| {
        Error::Unsupported(format!(
            "--near {}: no place with coordinates is called so; write the name of a town or village, or its path",
            near.place
        ))
    })?;
    let kilometres = f64::from(near.kilometres);
    Ok((f64::from(place.latitude), f64::from(place.longitude), kilometres))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        let (bamako, gao) = ((12.65, -8.0), (16.27, -0.04));
        assert!((distance(bamako, gao) - 945.0).abs() < 15.0);
        assert!(distance(gao, gao) < 1e-9);
    }
}
