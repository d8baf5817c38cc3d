//! Groups of reports of one event: given rows are grouped, and the groups compared with labelled ones.

mod given;

use self::given::{Gazetteer, grouper, objects};
use crate::events::labels::Set;
use crate::events::pairing::{self, Row, Verdict, parse};
use anyhow::{Context as _, Result};
use griot::grouping::{Groups, Weights};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::PathBuf;

/// Rows of events (JSON lines) put into groups, and the groups compared with labels: pairs of different articles
#[derive(clap::Args)]
pub struct Args {
    /// Rows: those of `griot events --format jsonl`, or labelled lines as `events.py --gold-rows` writes them
    #[arg(long, required = true, value_name = "FILE")]
    rows: Vec<PathBuf>,
    /// Articles (JSON lines with id, text, page_date)
    #[arg(long, required = true, value_name = "FILE")]
    articles: Vec<PathBuf>,
    /// Labels (JSON lines with article, event, date, place …)
    #[arg(long, value_name = "FILE")]
    labels: Vec<PathBuf>,
    /// Groups of labels (JSON lines with article, event, group), where `event` isn't the group itself
    #[arg(long, value_name = "FILE")]
    groups: Vec<PathBuf>,
    /// Write the rows with event_group and level there, as JSON lines
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Other weights than griot's own
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// Print every join with its score and reasons
    #[arg(long)]
    why: bool,
}

fn all(paths: &[PathBuf]) -> Result<Vec<Map<String, Value>>> {
    let mut found = Vec::new();
    for path in paths {
        found.extend(objects(path)?);
    }
    Ok(found)
}

impl Args {
    pub fn run(&self) -> Result<()> {
        let weights = match &self.weights {
            Some(path) => {
                let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
                Weights::parse(&text)?
            }
            None => Weights::embedded()?,
        };
        let mut rows = all(&self.rows)?;
        let (grouper, order) = grouper(&rows, &all(&self.articles)?, &Gazetteer::new()?);
        let groups = grouper.finish(&weights, &[]);
        println!(
            "{} rows\t{} pairs compared\t{} groups",
            rows.len(),
            groups.compared,
            groups.groups.len()
        );
        if self.why {
            tell(&groups, &order, &rows);
        }
        write_into(&mut rows, &groups, &order);
        if let Some(path) = &self.out {
            let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
            for row in &rows {
                writeln!(out, "{}", Value::Object(row.clone()))?;
            }
            out.flush()?;
        }
        if !self.labels.is_empty() {
            self.compare(&rows)?;
        }
        Ok(())
    }

    fn compare(&self, rows: &[Map<String, Value>]) -> Result<()> {
        let renamed: BTreeMap<(String, String), String> = all(&self.groups)?
            .iter()
            .map(|line| ((text(line, "article"), text(line, "event")), text(line, "group")))
            .collect();
        let mut set = Set::default();
        for labels in &self.labels {
            for articles in &self.articles {
                set.add(Set::read(articles, labels)?);
            }
        }
        let lines: Vec<(String, String)> = set
            .labels
            .iter()
            .map(|label| {
                let own = (label.article.clone(), label.event.clone());
                let group = renamed.get(&own).cloned().unwrap_or(own.1);
                (own.0, group)
            })
            .collect();
        for (name, key) in [("maybe and same", "event_group"), ("same", "same_event")] {
            let given = paired(&set, rows, key);
            let wanted: Vec<_> = lines
                .iter()
                .zip(&set.labels)
                .map(|((article, group), label)| (article.clone(), (!label.weak).then(|| group.clone())))
                .collect();
            let (wanted, given) = (pairs(&wanted), pairs(&given));
            let right = wanted.intersection(&given).count() as f64;
            let (precision, recall) = (
                right / given.len().max(1) as f64,
                right / wanted.len().max(1) as f64,
            );
            let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
            println!(
                "{name}\tpairwise precision {precision:.3}\trecall {recall:.3}\tf1 {f1:.3}\t({right} right of {}; {} labelled)",
                given.len(),
                wanted.len()
            );
        }
        Ok(())
    }
}

fn text(row: &Map<String, Value>, key: &str) -> String {
    row.get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_string()
}

/// The article and the group of the row that each line has, if it has one.
fn paired(set: &Set, rows: &[Map<String, Value>], key: &str) -> Vec<(String, Option<String>)> {
    let mut given: Vec<(String, Option<String>)> =
        set.labels.iter().map(|l| (l.article.clone(), None)).collect();
    let mut of_article: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, label) in set.labels.iter().enumerate() {
        of_article.entry(&label.article).or_default().push(at);
    }
    for (article, at) in of_article {
        let own: Vec<&Map<String, Value>> = rows.iter().filter(|row| text(row, "id") == article).collect();
        let compared: Vec<Row> = own.iter().map(|row| as_row(row)).collect();
        let labels: Vec<_> = at.iter().map(|at| &set.labels[*at]).collect();
        let verdicts = pairing::pair(&labels, &compared.iter().collect::<Vec<_>>());
        for (verdict, row) in verdicts.iter().zip(own) {
            if let Verdict::Line(line, _) = verdict {
                given[at[*line]].1 = Some(text(row, key));
            }
        }
    }
    given
}

fn as_row(row: &Map<String, Value>) -> Row {
    let (region, country) = (text(row, "region"), text(row, "country"));
    Row {
        date: row.get("event_date").and_then(Value::as_str).and_then(parse),
        place: text(row, "place"),
        region: if region.contains('/') || country.is_empty() {
            region
        } else {
            format!("{country}/{region}")
        },
        killed: row.get("killed").and_then(Value::as_i64),
        confidence: 1.0,
        features: griot::events::Features::default(),
    }
}

/// Pairs of lines of different articles in one group.
fn pairs(lines: &[(String, Option<String>)]) -> BTreeSet<(usize, usize)> {
    let mut found = BTreeSet::new();
    for (i, (article, group)) in lines.iter().enumerate().filter(|(_, (_, group))| group.is_some()) {
        for (j, (other, its)) in lines.iter().enumerate().skip(i + 1) {
            if group == its && article != other {
                found.insert((i, j));
            }
        }
    }
    found
}

fn write_into(rows: &mut [Map<String, Value>], groups: &Groups, order: &[usize]) {
    for group in &groups.groups {
        for member in &group.members {
            let row = &mut rows[order[member.report]];
            row.insert("event_group".into(), group.id.clone().into());
            row.insert("same_event".into(), member.same.clone().into());
            row.insert("level".into(), member.level.name().into());
        }
    }
}

fn tell(groups: &Groups, order: &[usize], rows: &[Map<String, Value>]) {
    let named = |report: usize| {
        let row = &rows[order[report]];
        format!(
            "{} {} {}",
            text(row, "id"),
            text(row, "place"),
            text(row, "event_date")
        )
    };
    for member in groups.groups.iter().flat_map(|group| &group.members) {
        let Some(join) = &member.join else { continue };
        let reasons = join
            .reasons
            .iter()
            .map(|reason| format!("{} {:+.1}", reason.name, reason.weight));
        println!(
            "{:.2}\t{}\t{} = {}\t{}",
            join.score,
            member.level.name(),
            named(member.report),
            named(join.with),
            reasons.collect::<Vec<_>>().join(", ")
        );
    }
}
