//! Rows of an export: articles, records, events, mentions.

use crate::date::{Edtf, PartialDate};
use crate::facet_path::FacetPath;
use crate::messages::Message;
use crate::msg;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// An export under way. It is read row by row, however many there are, and is complete or ends with an error.
pub struct Export<'e> {
    /// Articles that the rows come from.
    pub articles: u64,
    pub(crate) rows: Box<dyn Iterator<Item = crate::Result<ExportRow>> + 'e>,
}

impl<'e> Export<'e> {
    /// An export of these rows.
    pub fn new(articles: u64, rows: impl Iterator<Item = crate::Result<ExportRow>> + 'e) -> Self {
        Self {
            articles,
            rows: Box::new(rows),
        }
    }
}

impl Iterator for Export<'_> {
    type Item = crate::Result<ExportRow>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rows.next()
    }
}

/// A row of an export.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ExportRow {
    Article(Box<ArticleRow>),
    /// An article as a record that griot reads again.
    Record(Map<String, Value>),
    Event(Box<EventRow>),
    Mention(Box<MentionRow>),
}

/// An article's metadata and facet values.
#[derive(Debug, Clone, Default, PartialEq, utoipa::ToSchema)]
pub struct ArticleRow {
    pub id: String,
    pub title: String,
    #[schema(value_type = Option<String>)]
    pub date: Option<PartialDate>,
    /// Months of publication.
    #[schema(rename = "month", value_type = Option<String>)]
    pub months: Vec<String>,
    /// Values of the facets that are the first columns of tables, in that order.
    #[schema(ignore)]
    pub main: Vec<(String, Vec<String>)>,
    /// Values of every other facet, by name.
    #[schema(ignore)]
    pub facets: BTreeMap<String, Vec<String>>,
    pub url: Option<String>,
    /// The file that it is read from, and all files that it lies in.
    pub path: String,
    pub paths: Vec<String>,
    pub source: Option<String>,
    /// See [`crate::article::Article::from_text`].
    #[schema(required = false)]
    pub from_text: Vec<String>,
    pub lang: Option<String>,
    /// If that was asked for.
    pub text: Option<String>,
}

impl Serialize for ArticleRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_map(None)?;
        row.serialize_entry("id", &self.id)?;
        row.serialize_entry("title", &self.title)?;
        row.serialize_entry("date", &self.date)?;
        row.serialize_entry("month", &self.months.first())?;
        if self.months.len() > 1 {
            row.serialize_entry("months", &self.months)?;
        }
        for (name, values) in &self.main {
            row.serialize_entry(name, values)?;
        }
        row.serialize_entry("url", &self.url)?;
        row.serialize_entry("path", &self.path)?;
        row.serialize_entry("paths", &self.paths)?;
        row.serialize_entry("source", &self.source)?;
        row.serialize_entry("lang", &self.lang)?;
        if !self.from_text.is_empty() {
            row.serialize_entry("from_text", &self.from_text)?;
        }
        for (name, values) in &self.facets {
            row.serialize_entry(name, values)?;
        }
        if let Some(text) = &self.text {
            row.serialize_entry("text", text)?;
        }
        row.end()
    }
}

/// A row; its form in CSV and JSON is documented in `docs/json.md`.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct EventRow {
    /// In EDTF: `2024-03-16`, `2024-03-16/2024-03-17`, `2024-03`, `XXXX-05-19` where the year is unknown. None where
    /// the text doesn't say when.
    #[schema(value_type = Option<String>)]
    pub event_date: Option<Edtf>,
    /// `day` (also nights and other intervals of days), `month`, `year` or `none`.
    pub date_precision: &'static str,
    /// As the text names it.
    pub place: String,
    /// `village`, `town`, `cercle`, `region`, `country` …; `unknown` for a name that the gazetteer lacks.
    pub place_kind: &'static str,
    pub cercle: Option<String>,
    pub region: Option<String>,
    /// Before the division of 2023.
    pub region_old: Option<String>,
    /// None of a place that the gazetteer lacks.
    pub country: Option<String>,
    /// Degrees, as the lexicon writes them.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    /// `exact` for the place itself, `approximate`, or `centre` of a country, region or cercle.
    pub coordinates: Option<&'static str>,
    /// The names in the passage, of each facet of names under its plural: `actors`, `types`.
    #[serde(flatten)]
    #[schema(value_type = BTreeMap<String, Vec<String>>)]
    pub names: Map<String, Value>,
    #[serde(flatten)]
    pub sides: Sides,
    #[serde(flatten)]
    pub harm: Harm,
    /// Place and date read from the text, or the place also given by metadata.
    /// The sentence that states the number of dead, wounded or abducted, where it isn't the passage.
    #[serde(skip)]
    pub toll_sentence: String,
    pub status: &'static str,
    pub place_rule: &'static str,
    pub date_rule: &'static str,
    /// How likely place, date and number of dead are right, 0 to 1: docs/quality.md has the figures.
    pub confidence: f64,
    pub passage: String,
    /// `title` or `body`, and byte offsets into it.
    pub passage_part: &'static str,
    pub passage_start: usize,
    pub passage_end: usize,
    /// What the page is called on which it begins, of a document with pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    pub title: String,
    #[schema(value_type = Option<String>)]
    pub date: Option<PartialDate>,
    pub source: Option<String>,
    pub url: Option<String>,
    pub id: String,
}

/// The confidence from which on a row is told as sure.
const SURE: f64 = 0.8;

impl EventRow {
    /// Whether it is told as sure: its [confidence](Self::confidence) is at least 0.8.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.confidence >= SURE
    }

    /// Whether the event may have taken place between two days (since 1970-01-01). One whose year is unknown may have
    /// in each year; one without a date is in no span of time.
    #[must_use]
    pub fn may_be_between(&self, since: Option<i64>, until: Option<i64>) -> bool {
        if since.is_none() && until.is_none() {
            return true;
        }
        let Some(date) = self.event_date else {
            return false;
        };
        let overlaps = |(first, last): (i64, i64)| {
            since.is_none_or(|from| from <= last) && until.is_none_or(|to| first <= to)
        };
        match (date.interval(), since, until) {
            (Some(interval), ..) => overlaps(interval),
            (None, Some(from), Some(to)) => {
                let year = |days: i64| PartialDate::from_days(days).year();
                (year(from)..=year(to))
                    .filter_map(|year| date.interval_in(year))
                    .any(overlaps)
            }
            (None, ..) => true,
        }
    }
}

/// What stands in `by` for armed people of whom the text doesn't say who they are.
pub const UNKNOWN: &str = "inconnu";

/// What stands in `against` for civilians and what is theirs.
pub const CIVILIANS: &str = "civils";

/// Who is told to have done it and to whom, each actor as the column `actors` writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Sides {
    /// `inconnu`: armed people without a name.
    pub by: Vec<String>,
    /// The words that name them.
    pub by_text: String,
    /// How it is known who did it: `stated`, `claimed` by themselves, `attributed` by others. None where nobody is told.
    pub by_basis: Option<&'static str>,
    /// The sentence that says who did it, where it isn't the passage.
    pub by_sentence: String,
    /// `civils`: civilians and what is theirs.
    pub against: Vec<String>,
    pub against_text: String,
}

impl Sides {
    /// Both as people read them: `claimed by Jnim`, `against FAMa`.
    #[must_use]
    pub fn told(&self) -> Vec<Message> {
        let names = |of: &[String]| {
            let names = of.iter().map(|name| FacetPath::new(name).label());
            names.collect::<Vec<_>>().join(", ")
        };
        let by = (!self.by.is_empty()).then(|| match self.by_basis {
            Some("claimed") => msg!("events-by-claimed", who = names(&self.by)),
            Some("attributed") => msg!("events-by-attributed", who = names(&self.by)),
            _ => msg!("events-by", who = names(&self.by)),
        });
        let against = (!self.against.is_empty()).then(|| msg!("events-against", who = names(&self.against)));
        by.into_iter().chain(against).collect()
    }
}

/// Numbers, and the words that state them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Harm {
    /// As the text tells it; of "10 à 15" the first number.
    pub killed: Option<u32>,
    /// At least, and at most, so many, where the text says so: "au moins 21", "entre 10 et 15".
    pub killed_at_least: Option<u32>,
    pub killed_at_most: Option<u32>,
    /// About so many: "une vingtaine", "plus de 20".
    pub killed_about: bool,
    /// Several events share the number.
    pub killed_joint: bool,
    /// Whose number it is, in the words of the text: "l'armée".
    pub killed_source: String,
    pub killed_text: String,
    pub wounded: Option<u32>,
    pub wounded_at_least: Option<u32>,
    pub wounded_at_most: Option<u32>,
    pub wounded_about: bool,
    pub wounded_joint: bool,
    pub wounded_source: String,
    pub wounded_text: String,
    pub abducted: Option<u32>,
    pub abducted_at_least: Option<u32>,
    pub abducted_at_most: Option<u32>,
    pub abducted_about: bool,
    pub abducted_joint: bool,
    pub abducted_source: String,
    pub abducted_text: String,
    /// What else is told of those harmed: other sources' numbers, those of a part, earlier ones.
    pub figures: Vec<FurtherFigure>,
}

/// A further number that a text tells of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FurtherFigure {
    /// `killed`, `wounded` or `abducted`.
    pub harm: &'static str,
    pub n: u32,
    pub at_least: Option<u32>,
    pub at_most: Option<u32>,
    pub about: bool,
    pub joint: bool,
    pub source: String,
    pub text: String,
}

impl Harm {
    /// The number of those who suffered something (`killed`, `wounded`, `abducted`), and the words for it.
    #[must_use]
    pub fn told(&self, harm: &str) -> (Option<u32>, &str) {
        match harm {
            "killed" => (self.killed, &self.killed_text),
            "wounded" => (self.wounded, &self.wounded_text),
            "abducted" => (self.abducted, &self.abducted_text),
            _ => (None, ""),
        }
    }

    /// A number that somebody gave: what the text says of its own doesn't go with it.
    pub fn correct(&mut self, harm: &str, n: Option<u32>) {
        match harm {
            "killed" => {
                (self.killed, self.killed_at_least, self.killed_at_most) = (n, None, None);
                (self.killed_about, self.killed_joint) = (false, false);
                self.killed_source.clear();
            }
            "wounded" => {
                (self.wounded, self.wounded_at_least, self.wounded_at_most) = (n, None, None);
                (self.wounded_about, self.wounded_joint) = (false, false);
                self.wounded_source.clear();
            }
            "abducted" => {
                (self.abducted, self.abducted_at_least, self.abducted_at_most) = (n, None, None);
                (self.abducted_about, self.abducted_joint) = (false, false);
                self.abducted_source.clear();
            }
            _ => {}
        }
    }
}

/// A row; its form in CSV and JSON is documented in `docs/json.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MentionRow {
    pub id: String,
    pub facet: String,
    pub value: String,
    /// `given` or `derived`.
    pub status: &'static str,
    pub rule: String,
    /// `title`, `body` or `metadata`.
    pub part: &'static str,
    /// Byte offsets into it; empty for metadata.
    pub start: Option<usize>,
    pub end: Option<usize>,
    /// The words.
    pub text: String,
    /// The sentence they stand in.
    pub sentence: String,
    /// What the page is called on which it begins, of a document with pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    pub title: String,
    #[schema(value_type = Option<String>)]
    pub date: Option<PartialDate>,
    pub source: Option<String>,
    pub url: Option<String>,
}
