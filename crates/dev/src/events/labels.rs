//! Labelled events: articles and lines as JSON, in the format that `tests/labels/README.md` describes.

use anyhow::{Context as _, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// An article whose events were labelled.
#[derive(Debug, Clone)]
pub struct Article {
    pub id: String,
    pub text: String,
    /// `2024`, `2024-03` or `2024-03-16`.
    pub page_date: Option<String>,
}

/// A number of people.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Number {
    pub n: Option<i64>,
    pub min: Option<i64>,
    pub max: Option<i64>,
    pub about: Option<i64>,
    /// Of several events together.
    pub joint: bool,
}

impl Number {
    fn of(value: &Value) -> Option<Self> {
        let known = value.as_object()?;
        let get = |key: &str| known.get(key).and_then(Value::as_i64);
        let number = Self {
            n: get("n"),
            min: get("min"),
            max: get("max"),
            about: get("about"),
            joint: known.get("joint").and_then(Value::as_bool).unwrap_or(false),
        };
        let has_any = [number.n, number.min, number.max, number.about]
            .iter()
            .any(Option::is_some);
        has_any.then_some(number)
    }

    /// Whether a number of a row is right.
    pub fn is(&self, n: i64) -> bool {
        match (self.n, self.min, self.max) {
            (Some(exact), ..) => n == exact,
            (None, Some(min), Some(max)) => (min..=max).contains(&n),
            _ => [self.about, self.min, self.max].contains(&Some(n)),
        }
    }
}

/// What is labelled of an event in an article.
#[derive(Debug, Clone)]
pub struct Label {
    pub article: String,
    /// The event, by a name that lines of other articles may share.
    pub event: String,
    /// Current news of the article, not recalled.
    pub main: bool,
    /// Neither wanted nor false.
    pub weak: bool,
    pub date: Option<String>,
    /// Names of the place, the first one first; none without a place.
    pub place: Option<String>,
    pub other_names: Vec<String>,
    pub regions: Vec<String>,
    pub killed: Option<Number>,
    /// Bytes of the text that tell of it; none where labels have no words.
    pub evidence: Option<std::ops::Range<usize>>,
}

/// Articles and their labels.
#[derive(Debug, Clone, Default)]
pub struct Set {
    pub articles: Vec<Article>,
    pub labels: Vec<Label>,
}

impl Set {
    /// Reads a file of articles and one of labels, both JSON lines. Articles without a text are left out, with their
    /// labels.
    ///
    /// # Errors
    /// A file that can't be read, a line that is no JSON.
    pub fn read(articles: &Path, labels: &Path) -> Result<Self> {
        let mut set = Self::default();
        for line in lines(articles)? {
            let text = |key: &str| line[key].as_str().map(str::to_string);
            if let (Some(id), Some(body)) = (text("id"), text("text")) {
                set.articles.push(Article {
                    id,
                    text: body,
                    page_date: text("page_date").or_else(|| text("date")),
                });
            }
        }
        let texts: BTreeMap<&str, &str> = set.articles.iter().map(|a| (&*a.id, &*a.text)).collect();
        for line in lines(labels)? {
            let article = line["article"].as_str().unwrap_or_default();
            if let Some(text) = texts.get(article) {
                set.labels.push(label(&line, text));
            }
        }
        Ok(set)
    }

    /// Adds the articles and labels of another set.
    pub fn add(&mut self, other: Self) {
        self.articles.extend(other.articles);
        self.labels.extend(other.labels);
    }
}

fn lines(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| serde_json::from_str(line).with_context(|| path.display().to_string()))
        .collect()
}

fn label(line: &Value, text: &str) -> Label {
    let string = |key: &str| line[key].as_str().map(str::to_string);
    let list = |key: &str| -> Vec<String> {
        let values = line[key].as_array().into_iter().flatten();
        values.filter_map(|v| v.as_str().map(str::to_string)).collect()
    };
    Label {
        article: string("article").unwrap_or_default(),
        event: string("event").unwrap_or_default(),
        main: line["main"].as_bool().unwrap_or(true),
        weak: line["weak"].as_bool().unwrap_or(false),
        date: string("date"),
        place: string("place"),
        other_names: list("place_alt"),
        regions: list("region"),
        killed: Number::of(&line["killed"]),
        evidence: evidence(&line["evidence"], text),
    }
}

/// Where the words stand, which are given themselves or as positions of characters.
fn evidence(value: &Value, text: &str) -> Option<std::ops::Range<usize>> {
    if let Some(words) = value.as_str() {
        let at = text.find(words).filter(|_| !words.is_empty())?;
        return Some(at..at + words.len());
    }
    let at = |number: usize| {
        let character = value.get(number)?.as_u64()? as usize;
        Some(
            text.char_indices()
                .nth(character)
                .map_or(text.len(), |(byte, _)| byte),
        )
    };
    Some(at(0)?..at(1)?)
}
