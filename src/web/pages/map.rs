//! A map: regions shaded by a count, places as circles, with the same numbers as a table.

use super::super::asked::Asked;
use super::super::outlines::{HEIGHT, WIDTH, outlines, point};
use super::super::problem::Problem;
use super::facets::number;
use super::link::Link;
use super::text::Text;
use crate::facet_path::FacetPath;
use crate::say;
use crate::search::{Engine as _, SearchResponse, ValueCount};
use maud::{Markup, html};

/// Circles of a map, and rows of its table.
const MOST: usize = 50;

/// Regions that are named in the drawing.
const NAMED: usize = 6;

/// The names of countries, and where they stand.
const COUNTRIES: [(&str, f64, f64); 3] = [
    ("MALI", 20.6, -2.4),
    ("NIGER", 18.6, 9.6),
    ("BURKINA FASO", 11.9, -1.6),
];

/// Radius of the smallest and the largest circle.
const RADIUS: (f64, f64) = (2.4, 10.0);

/// Whose line was drawn.
const CREDIT: &str = "https://whosonfirst.org/docs/licenses/";

/// Something at a place.
pub(super) struct Spot {
    pub(super) name: String,
    /// Latitude and longitude.
    pub(super) at: (f64, f64),
    pub(super) count: u64,
    /// Drawn in the colour of a warning.
    pub(super) is_grave: bool,
    pub(super) link: Link,
}

/// A region with its count.
pub(super) struct Area {
    pub(super) path: String,
    pub(super) count: u64,
    pub(super) link: Link,
}

/// What a map shows.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) areas: Vec<Area>,
    pub(super) spots: Vec<Spot>,
}

/// A map with its table; what it shows is said by its title and the names of its columns.
pub(super) fn map(title: &str, of: &str, mut shown: Shown) -> Markup {
    shown.areas.sort_by_key(|area| std::cmp::Reverse(area.count));
    shown.spots.sort_by_key(|spot| std::cmp::Reverse(spot.count));
    let outside = shown
        .spots
        .iter()
        .filter(|spot| point(spot.at.0, spot.at.1).is_none())
        .count();
    html! {
        figure.map aria-label=(title) {
            (drawing(&shown))
            figcaption {
                p.quiet { (say!("web-map-approximate")) " " a href=(CREDIT) rel="noreferrer noopener" { (say!("web-map-credit")) } }
                @if outside > 0 { p.quiet { (say!("web-map-outside", n = outside)) } }
                details {
                    summary { (say!("web-as-table")) }
                    div.two { (table(of, &shown)) }
                }
            }
        }
    }
}

// Long because a drawing is one piece.
fn drawing(shown: &Shown) -> Markup {
    let highest = shown
        .areas
        .iter()
        .map(|area| area.count)
        .max()
        .unwrap_or(0)
        .max(1);
    let most = shown
        .spots
        .iter()
        .map(|spot| spot.count)
        .max()
        .unwrap_or(0)
        .max(1);
    // Few articles are seen beside many.
    let share = |count: u64, of: u64| (count as f64 / of as f64).sqrt();
    let area = |path: &str| shown.areas.iter().enumerate().find(|(_, area)| area.path == path);
    let inside = shown.spots.iter().take(MOST);
    let inside = inside.filter_map(|spot| Some((spot, point(spot.at.0, spot.at.1)?)));
    html! {
        // The table says the same to those who can't see it.
        svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) aria-hidden="true" {
            @for one in outlines() {
                @match area(&one.path) {
                    Some((_, area)) if area.count > 0 => {
                        a href=(area.link) tabindex="-1" data-area=(one.path) {
                            title { (one.name) ": " (number(area.count)) }
                            path class=(format!("area s{}", (share(area.count, highest) * 5.0).ceil())) d=(one.line) {}
                        }
                    },
                    _ => path.area d=(one.line) { title { (one.name) } },
                }
            }
            @for (name, (x, y)) in COUNTRIES.iter().filter_map(|(name, north, east)| Some((name, point(*north, *east)?))) {
                text.country x=(format!("{x:.0}")) y=(format!("{y:.0}")) { (name) }
            }
            @for one in outlines() {
                @if area(&one.path).is_some_and(|(rank, area)| rank < NAMED && area.count > 0) {
                    text x=(format!("{:.0}", one.label.0)) y=(format!("{:.0}", one.label.1)) { (one.name) @if one.is_approximate { " ≈" } }
                }
            }
            @for (spot, (x, y)) in inside {
                a href=(spot.link) tabindex="-1" data-spot=(spot.name) {
                    title { (Text(&spot.name)) ": " (number(spot.count)) }
                    circle class=[spot.is_grave.then_some("grave")] cx=(format!("{x:.1}")) cy=(format!("{y:.1}"))
                        r=(format!("{:.1}", RADIUS.0 + share(spot.count, most) * (RADIUS.1 - RADIUS.0))) {}
                }
            }
        }
    }
}

fn table(of: &str, shown: &Shown) -> Markup {
    html! {
        @if shown.areas.iter().any(|area| area.count > 0) {
            table {
                thead { tr { th scope="col" { (say!("web-map-region")) } th.number scope="col" { (of) } } }
                tbody { @for area in shown.areas.iter().filter(|area| area.count > 0).take(MOST) {
                    tr { td { a href=(area.link) { (Text(&area.path)) } } td.number { (number(area.count)) } }
                } }
            }
        }
        @if !shown.spots.is_empty() {
            table {
                thead { tr { th scope="col" { (say!("web-place")) } th.number scope="col" { (of) } } }
                tbody { @for spot in shown.spots.iter().take(MOST) {
                    tr { td { a href=(spot.link) { (Text(&spot.name)) } } td.number { (number(spot.count)) } }
                } }
            }
        }
    }
}

/// The map of the articles of a search: regions and what lies in them, each a filter. Counts are those of the facet.
pub(super) fn of_search(asked: &Asked, response: &SearchResponse) -> Result<Markup, Problem> {
    let facet = asked.facets.iter().find(|facet| facet.places);
    let values = facet.and_then(|facet| Some((facet, response.facets.get(&facet.name)?)));
    let Some((facet, countries)) = values else {
        return Ok(html! {});
    };
    let link = |value: &ValueCount| {
        let here = Link::here(asked).but(&format!("not-{}", facet.name), &value.value);
        match value.selected {
            true => here.letting_go(&facet.name, &value.value),
            false => here.choosing(&facet.name, &value.value),
        }
    };
    let regions = || countries.iter().flat_map(|country| &country.children);
    let cercles: Vec<&ValueCount> = regions()
        .flat_map(|region| &region.children)
        .filter(|value| value.count > 0)
        .collect();
    let names: Vec<&str> = cercles.iter().map(|value| value.value.as_str()).collect();
    let places = asked.commit.engine.coordinates(&names)?;
    let shown = Shown {
        areas: regions()
            .map(|region| Area {
                path: region.value.clone(),
                count: region.count,
                link: link(region),
            })
            .collect(),
        spots: cercles
            .iter()
            .filter_map(|value| {
                Some(Spot {
                    name: FacetPath::new(&value.value).label().to_string(),
                    at: *places.get(value.value.as_str())?,
                    count: value.count,
                    is_grave: false,
                    link: link(value),
                })
            })
            .collect(),
    };
    Ok(map(
        &say!("web-map-of-articles"),
        &say!("timeline-articles"),
        shown,
    ))
}
