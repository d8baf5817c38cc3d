//! The outlines of regions, drawn once: a sketch of Mali, Burkina Faso and Niger.

use std::fmt::Write as _;
use std::sync::OnceLock;

const TABLE: &str = include_str!("assets/outlines.tsv");

/// What the drawing shows, in degrees: west, east, south, north.
const WEST: f64 = -12.5;
const EAST: f64 = 16.3;
const SOUTH: f64 = 9.2;
const NORTH: f64 = 25.3;

/// The size of the drawing. A degree of longitude is shorter than one of latitude there.
pub(super) const WIDTH: f64 = 640.0;
pub(super) const HEIGHT: f64 = 372.0;

/// A region.
pub(super) struct Outline {
    /// Its path in the facet of places.
    pub(super) path: String,
    /// Its name.
    pub(super) name: String,
    /// Its line isn't known exactly.
    pub(super) is_approximate: bool,
    /// Where its name stands.
    pub(super) label: (f64, f64),
    /// Its line, as SVG has it.
    pub(super) line: String,
}

/// Where a place is in the drawing; none outside of it.
pub(super) fn point(latitude: f64, longitude: f64) -> Option<(f64, f64)> {
    let is_inside = (WEST..=EAST).contains(&longitude) && (SOUTH..=NORTH).contains(&latitude);
    is_inside.then(|| projected(latitude, longitude))
}

fn projected(latitude: f64, longitude: f64) -> (f64, f64) {
    (
        (longitude - WEST) / (EAST - WEST) * WIDTH,
        (NORTH - latitude) / (NORTH - SOUTH) * HEIGHT,
    )
}

/// All regions.
pub(super) fn outlines() -> &'static [Outline] {
    static OUTLINES: OnceLock<Vec<Outline>> = OnceLock::new();
    OUTLINES.get_or_init(|| TABLE.lines().filter_map(outline).collect())
}

/// Pairs of numbers, as points of the drawing.
fn points(text: &str) -> Vec<(f64, f64)> {
    let numbers: Vec<f64> = text.split(' ').filter_map(|number| number.parse().ok()).collect();
    let pairs = numbers.chunks_exact(2);
    pairs
        .filter_map(|pair| Some(projected(*pair.get(1)?, *pair.first()?)))
        .collect()
}

fn outline(line: &str) -> Option<Outline> {
    let mut cells = line.split('\t').filter(|_| !line.starts_with('#'));
    let (path, kind, label) = (cells.next()?, cells.next()?, cells.next()?);
    let mut drawn = String::new();
    for ring in cells {
        draw(&mut drawn, &points(ring));
    }
    Some(Outline {
        path: path.to_string(),
        name: path.rsplit('/').next()?.to_string(),
        is_approximate: kind == "approximate",
        label: *points(label).first()?,
        line: drawn,
    })
}

/// A ring in whole units, each point by its distance from the one before: short, and so are pages.
fn draw(line: &mut String, ring: &[(f64, f64)]) {
    let mut last: Option<(i64, i64)> = None;
    for (x, y) in ring {
        let (x, y) = (x.round() as i64, y.round() as i64);
        let _ = match last {
            None => write!(line, "M{x} {y}l"),
            Some(before) if before == (x, y) => continue,
            Some((left, top)) => write!(line, "{} {} ", x - left, y - top),
        };
        last = Some((x, y));
    }
    line.push('z');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_has_an_outline_around_its_name() {
        let all = outlines();
        assert_eq!(all.len(), 41);
        assert!(
            all.iter()
                .all(|one| one.line.starts_with('M') && one.line.ends_with('z'))
        );
        assert!(all.iter().any(|one| one.path == "Burkina Faso/Sahel"));
        assert_eq!(all.iter().filter(|one| one.is_approximate).count(), 6);
        let size: usize = all.iter().map(|one| one.line.len()).sum();
        assert!(size < 20_000, "{size} bytes are too many for a page");
        let gao = all.iter().find(|one| one.name == "Gao").expect("Gao");
        let town = point(16.2717, -0.0447).expect("on the map");
        assert!((gao.label.0 - town.0).hypot(gao.label.1 - town.1) < 40.0);
        assert_eq!(point(48.9, 2.3), None, "Paris");
    }
}
