//! A sheet of coded events against the events that articles report: by place and date within reach.

use super::event_filter::distance;
use crate::date::PartialDate;
use crate::error::Result;
use crate::facet_path::FacetPath;
use crate::facets::Facets;
use crate::french::fold;
use crate::search::export::export;
use crate::search::local::LocalEngine;
use crate::search::request::{CompareRequest, EventFilter, ExportRequest, Order, Rows, SheetRow};
use crate::search::response::comparison::{ComparedRow, Comparison, MatchedReport, PlaceMatch, SheetReport};
use crate::search::response::rows::{EventRow, ExportRow};
use rustc_hash::FxHashMap;

/// Compares a sheet with the events of the articles of a selection.
///
/// # Errors
/// What a damaged index or broken lexicons give.
pub(crate) fn compare(engine: &LocalEngine, request: &CompareRequest) -> Result<Comparison> {
    let facets = engine.reader.facets()?;
    let mut sheet = Sheet::new(facets, request);
    let Some((first, last)) = sheet.span else {
        return Ok(Comparison::default());
    };
    let mut selection = request.selection.clone();
    // Other articles report nothing of that time.
    if selection.event_since.is_none() && selection.event_until.is_none() {
        selection.event_since = Some(PartialDate::from_days(first));
        selection.event_until = Some(PartialDate::from_days(last));
    }
    let export_request = ExportRequest {
        selection,
        rows: Rows::Events,
        events: EventFilter {
            sure: request.sure,
            ..EventFilter::default()
        },
        order: Order::default(),
    };
    let mut without_row = Vec::new();
    for row in export(engine, &export_request)? {
        let ExportRow::Event(event) = row? else { continue };
        // Who doesn't say when tells of no row in particular.
        let Some(days) = event.event_date.and_then(|date| date.interval()) else {
            continue;
        };
        if days.1 < first || days.0 > last {
            continue;
        }
        if !sheet.take(&event, days) {
            without_row.push(report(&event));
        }
    }
    without_row.sort_by(|a, b| (a.event_date, &a.place, &a.id).cmp(&(b.event_date, &b.place, &b.id)));
    Ok(Comparison {
        rows: sheet.finish(),
        without_row,
    })
}

fn report(event: &EventRow) -> SheetReport {
    SheetReport {
        event_date: event.event_date,
        place: event.place.clone(),
        region: event.region.clone(),
        killed: event.harm.killed,
        confidence: event.confidence,
        passage: event.passage.clone(),
        title: event.title.clone(),
        date: event.date,
        source: event.source.clone(),
        url: event.url.clone(),
        id: event.id.clone(),
    }
}

/// The rows of a sheet, ready to be met by reports.
struct Sheet {
    rows: Vec<Prepared>,
    /// First and last day with what is within reach.
    span: Option<(i64, i64)>,
    /// Numbers of rows by each day within their reach.
    by_day: FxHashMap<i64, Vec<usize>>,
    km: f64,
    reach: i64,
}

/// The paths and the coordinates of the places that a name may mean.
type Known = (Vec<String>, Vec<(f64, f64)>);

/// A row with what the gazetteer knows of its place.
struct Prepared {
    row: SheetRow,
    days: (i64, i64),
    folded: String,
    paths: Vec<String>,
    coordinates: Vec<(f64, f64)>,
    reports: Vec<MatchedReport>,
}

/// Kilometres that coordinates of one name may differ by: those of sheets are often of the seat of what a place lies in.
const NAMESAKES: f64 = 50.0;

/// Rows of longer times (years) are met by the days of so many only.
const LONGEST: i64 = 400;

impl Sheet {
    fn new(facets: &Facets, request: &CompareRequest) -> Self {
        let reach = i64::from(request.days);
        let mut known: FxHashMap<&str, Known> = FxHashMap::default();
        let mut rows = Vec::with_capacity(request.rows.len());
        let mut by_day: FxHashMap<i64, Vec<usize>> = FxHashMap::default();
        let mut span: Option<(i64, i64)> = None;
        for (number, row) in request.rows.iter().enumerate() {
            let (paths, places) = known
                .entry(&row.place)
                .or_insert_with(|| places(facets, &row.place))
                .clone();
            let days = row.date.interval();
            let (from, to) = (days.0 - reach, days.1.min(days.0 + LONGEST) + reach);
            (from..=to).for_each(|day| by_day.entry(day).or_default().push(number));
            span = Some(span.map_or((from, to), |(first, last)| (first.min(from), last.max(to))));
            rows.push(Prepared {
                days,
                folded: plain(&row.place),
                paths,
                coordinates: row.coordinates.map_or(places, |own| vec![own]),
                reports: Vec::new(),
                row: row.clone(),
            });
        }
        Self {
            rows,
            span,
            by_day,
            km: f64::from(request.km),
            reach,
        }
    }

    /// Gives a report to the rows that it may be about; says whether there are any.
    fn take(&mut self, event: &EventRow, days: (i64, i64)) -> bool {
        let to = days.1.min(days.0 + LONGEST);
        let mut numbers: Vec<usize> = (days.0..=to)
            .filter_map(|day| self.by_day.get(&day))
            .flatten()
            .copied()
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut taken = false;
        for number in numbers {
            let row = &mut self.rows[number];
            let between = days_between(row.days, days);
            if between > self.reach {
                continue;
            }
            if let Some((how, km)) = row.place_match(event, self.km) {
                row.reports.push(MatchedReport {
                    how,
                    km,
                    days: between,
                    report: report(event),
                });
                taken = true;
            }
        }
        taken
    }

    fn finish(self) -> Vec<ComparedRow> {
        let finished = self.rows.into_iter().map(|mut row| {
            let tenths = |km: Option<f64>| km.map_or(0, |km| (km * 10.0) as i64);
            row.reports.sort_by(|a, b| {
                let order = |m: &MatchedReport| (m.how, m.days, tenths(m.km));
                order(a)
                    .cmp(&order(b))
                    .then_with(|| a.report.id.cmp(&b.report.id))
            });
            ComparedRow {
                row: row.row,
                known_as: row.paths,
                reports: row.reports,
            }
        });
        finished.collect()
    }
}

/// Paths and coordinates of the places that a name may mean.
fn places(facets: &Facets, name: &str) -> Known {
    let (mut paths, mut coordinates) = (Vec::new(), Vec::new());
    for place in facets.places_called(name) {
        let path = place.path.to_string();
        if !paths.contains(&path) {
            paths.push(path);
        }
        if !place.latitude.is_nan() && !place.longitude.is_nan() {
            coordinates.push((f64::from(place.latitude), f64::from(place.longitude)));
        }
    }
    (paths, coordinates)
}

/// A name without what spellings differ by.
fn plain(name: &str) -> String {
    fold(name)
}

/// Days between two spans of days; 0 where they overlap.
fn days_between(one: (i64, i64), other: (i64, i64)) -> i64 {
    (one.0 - other.1).max(other.0 - one.1).max(0)
}

impl Prepared {
    /// How the place of a report agrees with that of the row, and the kilometres between them.
    fn place_match(&self, event: &EventRow, most: f64) -> Option<(PlaceMatch, Option<f64>)> {
        let there = event.latitude.zip(event.longitude);
        let away = there.and_then(|there| {
            let each = self.coordinates.iter().map(|here| distance(*here, there));
            each.min_by(f64::total_cmp)
        });
        let is_area = event.coordinates == Some("centre");
        if let Some(km) = away.filter(|_| !is_area) {
            let km = (km * 10.0).round() / 10.0;
            if km <= most {
                return Some((PlaceMatch::Near, Some(km)));
            }
            let is_called = plain(&event.place) == self.folded && km <= NAMESAKES.max(most);
            return is_called.then_some((PlaceMatch::Name, Some(km)));
        }
        if plain(&event.place) == self.folded {
            return Some((PlaceMatch::Name, None));
        }
        // A whole country says nothing of a place in it.
        let levels = [&event.country, &event.region, &event.cercle];
        let levels: Vec<&str> = levels.into_iter().flatten().map(String::as_str).collect();
        let area = levels.join("/");
        let lies_within = |path: &String| FacetPath::new(path).is_within(FacetPath::new(&area));
        (is_area && levels.len() > 1 && self.paths.iter().any(lies_within))
            .then_some((PlaceMatch::Within, None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_between_spans_are_those_of_the_nearest_ends() {
        assert_eq!(days_between((10, 10), (12, 14)), 2);
        assert_eq!(days_between((12, 14), (10, 10)), 2);
        assert_eq!(days_between((10, 12), (12, 14)), 0);
    }

    #[test]
    fn names_agree_whatever_their_hyphens_and_accents() {
        assert_eq!(plain("Tin-Aïcha"), plain("TIN AICHA"));
        assert_ne!(plain("Gao"), plain("Gaoua"));
    }
}
