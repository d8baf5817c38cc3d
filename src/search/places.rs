//! Where the places of a facet are, for maps.

use super::local::LocalEngine;
use crate::error::Result;
use std::collections::BTreeMap;

/// Latitude and longitude of facet values that are places, in degrees; those that the gazetteer doesn't know are left
/// out.
///
/// # Errors
/// What broken lexicons give.
pub(crate) fn coordinates<'p>(
    engine: &LocalEngine,
    paths: &[&'p str],
) -> Result<BTreeMap<&'p str, (f64, f64)>> {
    let facets = engine.reader.facets()?;
    let mut found = BTreeMap::new();
    for &path in paths {
        let places = facets.places_called(path);
        let known = places
            .iter()
            .filter(|place| place.path == path && !place.latitude.is_nan() && !place.longitude.is_nan());
        // The seat of a cercle is a town of the same name, which is surer than the middle of the cercle.
        let best = known.min_by_key(|place| place.kind != "town");
        if let Some(place) = best {
            found.insert(path, (f64::from(place.latitude), f64::from(place.longitude)));
        }
    }
    Ok(found)
}
