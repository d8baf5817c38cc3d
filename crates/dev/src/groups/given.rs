//! Rows of events that are given, as JSON lines: griot's own, or labelled lines written as rows.

use crate::events::pairing::{fold, page_date, parse};
use anyhow::{Context as _, Result};
use griot::grouping::{Article, Grouper, Report};
use griot::schema::Lexicons;
use griot::search::UNKNOWN;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Kinds of places that many events share.
const AREAS: [&str; 6] = [
    "region",
    "cercle",
    "province",
    "department",
    "departement",
    "commune",
];

/// A place of the gazetteer.
struct Known {
    at: (f64, f64),
    kind: String,
    /// `Mali/Mopti`.
    region: String,
}

/// Places by each of their names, folded.
pub struct Gazetteer(BTreeMap<String, Vec<Known>>);

impl Gazetteer {
    /// griot's own.
    pub fn new() -> Result<Self> {
        let lexicons = Lexicons::embedded();
        let mut places: BTreeMap<String, Vec<Known>> = BTreeMap::new();
        let lines = lexicons.text("regions.tsv")?.lines();
        for line in lines.filter(|line| !line.starts_with('#')).skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [name, kind, parent, aliases, _, latitude, longitude, ..] = cells[..] else {
                continue;
            };
            let (Ok(latitude), Ok(longitude)) = (latitude.parse(), longitude.parse()) else {
                continue;
            };
            let path = if parent.is_empty() {
                name.to_string()
            } else {
                format!("{parent}/{name}")
            };
            let levels: Vec<&str> = path.split('/').take(2).collect();
            let is_country = kind == "country";
            let region = if is_country || parent.is_empty() {
                levels[0].to_string()
            } else {
                levels.join("/")
            };
            let names: BTreeSet<String> = std::iter::once(name)
                .chain(aliases.split(';'))
                .map(fold)
                .collect();
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                places.entry(name).or_default().push(Known {
                    at: (latitude, longitude),
                    kind: kind.to_string(),
                    region: region.clone(),
                });
            }
        }
        Ok(Self(places))
    }

    /// The place of a name; of several that of the region, then the largest.
    fn find(&self, name: &str, region: &str) -> Option<&Known> {
        const SIZES: [&str; 4] = ["town", "cercle", "commune", "village"];
        let country = |path: &str| path.split('/').next().unwrap_or_default().to_string();
        let rank = |known: &&Known| {
            let size = SIZES
                .iter()
                .rev()
                .position(|kind| *kind == known.kind)
                .map_or(0, |at| at + 1);
            (
                known.region == region,
                country(&known.region) == country(region),
                size,
            )
        };
        self.0.get(&fold(name))?.iter().max_by_key(rank)
    }

    fn is_area(&self, name: &str) -> bool {
        let known = self.0.get(&fold(name)).into_iter().flatten();
        { known }.any(|place| AREAS[..5].contains(&&*place.kind))
    }
}

/// Lines of JSON objects.
pub fn objects(path: &Path) -> Result<Vec<Map<String, Value>>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| serde_json::from_str(line).with_context(|| path.display().to_string()))
        .collect()
}

fn string(row: &Map<String, Value>, key: &str) -> String {
    let value = row.get(key).map(|value| value.get(0).unwrap_or(value));
    value.and_then(Value::as_str).unwrap_or_default().to_string()
}

fn list(row: &Map<String, Value>, key: &str) -> Vec<String> {
    let values = row.get(key).and_then(Value::as_array).into_iter().flatten();
    values
        .filter_map(|value| value.as_str().map(str::to_string))
        .collect()
}

fn number(row: &Map<String, Value>, key: &str) -> Option<u32> {
    row.get(key)
        .and_then(Value::as_u64)
        .and_then(|n| u32::try_from(n).ok())
}

/// A row as a report. What it doesn't say of its place is looked up.
pub fn report(row: &Map<String, Value>, gazetteer: &Gazetteer) -> Report {
    let (place, country) = (string(row, "place"), string(row, "country"));
    let mut region = string(row, "region");
    if !region.contains('/') && !country.is_empty() && region != country {
        region = if region.is_empty() {
            country
        } else {
            format!("{country}/{region}")
        };
    }
    let mut other_names = list(row, "place_alt");
    let ends: Vec<&str> = place.split(['-', '–']).map(str::trim).collect();
    if ends.len() == 2
        && gazetteer.find(&place, "").is_none()
        && ends.iter().all(|end| gazetteer.find(end, "").is_some())
    {
        other_names.extend(ends.into_iter().map(str::to_string));
    }
    let named: Vec<String> = std::iter::once(&place).chain(&other_names).cloned().collect();
    let inner = named.iter().flat_map(|name| griot::grouping::names::within(name));
    let found: Vec<&Known> = named
        .iter()
        .cloned()
        .chain(inner)
        .filter_map(|name| gazetteer.find(&name, &region))
        .collect();
    if !region.contains('/') {
        region = found.first().map_or(region, |known| known.region.clone());
    }
    let own = |key: &str| row.get(key).and_then(Value::as_f64);
    let points = match own("latitude").zip(own("longitude")) {
        Some(point) => vec![point],
        None => found.iter().map(|known| known.at).collect(),
    };
    let types = list(row, "types")
        .iter()
        .filter_map(|path| path.rsplit('/').next().map(str::to_string))
        .collect();
    Report {
        date: row.get("event_date").and_then(Value::as_str).and_then(parse),
        is_area: gazetteer.is_area(&place),
        is_town: found.iter().any(|known| known.kind == "town"),
        place,
        other_names,
        region,
        points,
        killed: number(row, "killed"),
        wounded: number(row, "wounded"),
        abducted: number(row, "abducted"),
        types,
        by: list(row, "by")
            .into_iter()
            .filter(|name| name != UNKNOWN)
            .collect(),
        against: list(row, "against"),
        passage: string(row, "passage"),
        start: number(row, "passage_start").unwrap_or_default() as usize,
    }
}

/// All rows with their articles; gives the number of the row of each report.
pub fn grouper(
    rows: &[Map<String, Value>],
    articles: &[Map<String, Value>],
    gazetteer: &Gazetteer,
) -> (Grouper, Vec<usize>) {
    let (mut grouper, mut order) = (Grouper::new(), Vec::new());
    let mut of_article: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        of_article.entry(string(row, "id")).or_default().push(at);
    }
    for article in articles {
        let (id, text) = (string(article, "id"), string(article, "text"));
        let date = ["page_date", "date"]
            .iter()
            .find_map(|key| page_date(&string(article, key)));
        let numbers = of_article.remove(&id).unwrap_or_default();
        let reports = numbers.iter().map(|at| report(&rows[*at], gazetteer)).collect();
        let article = Article {
            id: &id,
            title: "",
            body: &text,
            published: date,
        };
        grouper.add(&article, reports);
        order.extend(numbers);
    }
    (grouper, order)
}
