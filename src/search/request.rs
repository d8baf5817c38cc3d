//! What can be asked: one plain type for each kind of question, for the command line, a page, an interface of
//! a server, and an engine that is somewhere else.

use crate::date::PartialDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The regions before the division of 2023, where a facet's name is expected.
pub const FORMER: &str = "region_old";

/// Texts that share so much are taken for one dispatch (docs/quality.md says why).
pub const NEAR_DUPLICATE: f64 = 0.30;

/// The articles that a question is about. Everything must hold together; nothing given: every article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Selection {
    /// As typed.
    pub query: String,
    /// Words are joined with OR.
    pub any: bool,
    /// Nothing in the query is an operator.
    pub plain: bool,
    /// Facet and values as typed; of one facet OR, facets AND.
    pub include: Vec<(String, String)>,
    pub exclude: Vec<(String, String)>,
    /// Publication not before, not after: partial dates are intervals.
    pub since: Option<PartialDate>,
    pub until: Option<PartialDate>,
    /// Articles without any date are taken along, whatever these two say.
    pub undated: bool,
    /// Articles that an analyst excluded are taken along.
    pub include_excluded: bool,
    /// Events that are reported, not before, not after the months of these dates.
    pub event_since: Option<PartialDate>,
    pub event_until: Option<PartialDate>,
    /// Only articles of files under this root key prefix (`--corpus`).
    pub under: Option<String>,
}

impl Selection {
    /// The articles that a query finds.
    pub fn of(query: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            ..Self::default()
        }
    }

    /// The same query without facets and dates.
    pub fn without_filters(&self) -> Self {
        Self {
            include: Vec::new(),
            exclude: Vec::new(),
            since: None,
            until: None,
            undated: false,
            include_excluded: false,
            event_since: None,
            event_until: None,
            ..self.clone()
        }
    }

    /// The first and last day of the events that it asks for, in order even if it has them the other way round.
    pub fn event_days(&self) -> (Option<i64>, Option<i64>) {
        Self::days_between(self.event_since, self.event_until)
    }

    /// The same of the days of publication.
    pub fn publication_days(&self) -> (Option<i64>, Option<i64>) {
        Self::days_between(self.since, self.until)
    }

    fn days_between(since: Option<PartialDate>, until: Option<PartialDate>) -> (Option<i64>, Option<i64>) {
        let days = |date: Option<PartialDate>| date.map(PartialDate::interval);
        let (since, until) = (days(since), days(until));
        match (since, until) {
            (Some(since), Some(until)) if since.0 > until.1 => (Some(until.0), Some(since.1)),
            _ => (since.map(|days| days.0), until.map(|days| days.1)),
        }
    }

    /// Whether facets or dates narrow it.
    pub fn has_filters(&self) -> bool {
        let dates = [self.since, self.until, self.event_since, self.event_until];
        !self.include.is_empty() || !self.exclude.is_empty() || dates.iter().any(Option::is_some)
    }
}

/// Order of the hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// By score; without words to score, the newest first.
    #[default]
    Relevance,
    Newest,
    Oldest,
}

/// Hits, a page of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchRequest {
    pub selection: Selection,
    pub order: Order,
    /// Hits a page, and page number from 1.
    pub limit: usize,
    pub page: usize,
    /// Facets to count beside the hits.
    pub count: Count,
    /// `None`: no snippets.
    pub snippets: Option<SnippetOptions>,
    /// Say what was searched, and what each score is made of.
    pub explain: bool,
    /// Fold near-duplicates under the best of them.
    pub group: bool,
    /// Add the best articles without some of the words, apart from the hits: among them by score where few articles
    /// have all words, otherwise where a page has room.
    pub nearly: bool,
    /// Say how many more articles lie in a chosen region as it was before 2023.
    pub former: bool,
}

/// Which facets are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Count {
    #[default]
    Nothing,
    /// Those that are shown by default.
    Shown,
    All,
    /// One, by name or alias.
    One(String),
}

/// How much of the matching passages to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnippetOptions {
    /// Characters a fragment.
    pub length: usize,
    pub fragments: usize,
}

impl Default for SnippetOptions {
    fn default() -> Self {
        Self {
            length: 240,
            fragments: 2,
        }
    }
}

/// Counts of facet values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FacetsRequest {
    pub selection: Selection,
    /// One facet by name or alias; all without.
    pub facet: Option<String>,
    /// Only the values that this may mean, in any spelling, and what lies above and below them.
    pub find: Option<String>,
    /// Only so many values of each level, and those that are chosen.
    pub top: Option<usize>,
    /// Ordered by name instead of number.
    pub by_name: bool,
    /// Count the regions before 2023 too.
    pub former: bool,
}

/// The phrases of texts that gave a facet value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EvidenceRequest {
    pub selection: Selection,
    /// The facet, by name or alias; without, the first that has the value.
    pub facet: Option<String>,
    /// As typed.
    pub value: String,
}

/// What a table counts by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AxisRequest {
    /// A facet's name or alias, `day` or `year` (of publication), or [`FORMER`].
    pub name: String,
    /// Levels of the facet's paths that count, from 1.
    pub level: Option<usize>,
}

impl std::str::FromStr for AxisRequest {
    type Err = String;

    /// Reads `region`, or `region:1` with a level.
    fn from_str(text: &str) -> Result<Self, String> {
        let (name, level) = match text.split_once(':') {
            Some((name, level)) => (name, Some(level)),
            None => (text, None),
        };
        let level = level
            .map(|l| {
                l.parse::<usize>()
                    .ok()
                    .filter(|l| *l > 0)
                    .ok_or("write a level from 1, as in region:3")
            })
            .transpose()?;
        Ok(Self {
            name: name.to_string(),
            level,
        })
    }
}

/// The steps of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    Day,
    Month,
    Year,
}

/// What a timeline dates articles by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum DatedBy {
    /// By the day: the metadata's date. By month and year: the facet `month`.
    Publication,
    /// The facet `event_month`; an article of several months counts in each.
    Event,
}

/// Articles over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineRequest {
    pub selection: Selection,
    pub by: Step,
    pub of: DatedBy,
    /// A series for each value of a facet.
    pub split: Option<AxisRequest>,
    /// Series, the most frequent; the others are counted together.
    pub top: Option<usize>,
    /// Count all articles of each step too.
    pub share: bool,
}

/// A table of counts, one facet by another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PivotRequest {
    pub selection: Selection,
    pub rows: AxisRequest,
    pub columns: AxisRequest,
    /// Only so many rows and columns, the most frequent; the others are counted together. Months, days and
    /// years are never left out.
    pub top_rows: Option<usize>,
    pub top_columns: Option<usize>,
}

/// Words and facet values that a selection has more often than the archive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TermsRequest {
    pub selection: Selection,
    /// Words, and values of each facet, at most.
    pub limit: usize,
}

/// What an export has a row for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rows {
    /// Metadata and facet values of each article.
    #[default]
    Articles,
    /// The same with the text.
    Texts,
    /// Each article as a record that griot reads again.
    Records,
    /// Each event that is reported.
    Events,
    /// Each phrase that gave a facet value.
    Mentions,
}

/// Every article of a selection, nothing cut off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportRequest {
    pub selection: Selection,
    pub rows: Rows,
    /// Which rows of events.
    pub events: EventFilter,
    /// Of the articles; rows of events are in the order of the events' own dates, and all of them in memory, unless it
    /// is by relevance. What has no date is last.
    pub order: Order,
}

/// Which rows of events are wanted, beside the days that the selection asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventFilter {
    /// Only those that are [sure](crate::search::EventRow::is_sure).
    pub sure: bool,
    /// Only those near a place.
    pub near: Option<Near>,
    /// Only those of one of these types, whose passage says so: any level of a type's path.
    pub types: Vec<String>,
    /// Only those with at least so many dead.
    pub min_killed: Option<u32>,
}

/// A sheet of coded events, to be compared with what the articles of a selection report.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CompareRequest {
    pub selection: Selection,
    pub rows: Vec<SheetRow>,
    /// Days and kilometres that a report may be away from a row.
    pub days: u32,
    pub km: u32,
    /// Only reports that are [sure](crate::search::EventRow::is_sure).
    pub sure: bool,
}

/// A row of a sheet of coded events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetRow {
    /// Line of the file.
    pub line: usize,
    pub id: Option<String>,
    pub date: PartialDate,
    pub place: String,
    /// Latitude and longitude in degrees.
    pub coordinates: Option<(f64, f64)>,
}

/// The surroundings of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Near {
    /// As typed: any spelling that the gazetteer knows.
    pub place: String,
    pub kilometres: u32,
}

/// Reports of events by the dates of the events.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChronologyRequest {
    pub selection: Selection,
    pub events: EventFilter,
}

/// One article, with its text, its metadata and the evidence of its facet values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArticleRequest {
    /// An id as answers show it, or the path of a file with one article.
    pub id: String,
    /// Say what this query matches in it.
    pub query: Option<String>,
}

/// A reference to an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CitationRequest {
    /// As [`ArticleRequest::id`].
    pub id: String,
    /// Quote the sentences that this query matches.
    pub query: Option<String>,
}

/// Articles like one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SimilarRequest {
    /// As [`ArticleRequest::id`].
    pub id: String,
    /// Least estimated share of the text in common, 0 to 1; [`NEAR_DUPLICATE`] is what folding takes.
    pub least: f64,
}

/// What a word that is being typed may become.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SuggestRequest {
    pub typed: String,
    /// Words, and facet values, at most.
    pub limit: usize,
}

/// What has become of the articles of a selection since it was last looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangesRequest {
    pub selection: Selection,
    /// What was found then: ids, with a hash of what the article said.
    pub seen: BTreeMap<String, u64>,
    /// Say title and date of what is new, changed or gone.
    pub titles: bool,
}

/// What the French analysis makes of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnalyzeRequest {
    pub text: String,
}
