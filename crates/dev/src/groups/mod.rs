//! Groups of reports of one event: given rows are grouped, and the groups compared with labelled ones.

mod given;
mod priors;
mod training;

use self::given::{Gazetteer, grouper, objects};
use self::training::{Known, examples, folds, out_of_fold, to_text, train};
use crate::events::labels::Set;
use crate::events::pairing::{self, Row, Verdict, parse};
use anyhow::{Context as _, Result};
use griot::grouping::{Groups, Weights};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::PathBuf;

/// Learn the weights of groups from labelled rows, and print them as index_schema/groups.tsv
#[derive(clap::Args)]
pub struct Train {
    #[command(flatten)]
    given: Args,
}

const HEAD: &str = "\
# Weights of groups: reason, weight. Made by `griot-dev train groups`. Which reports are of one event is weighed by the sum
# of the weights (log-odds) of the reasons that hold between two of them; src/grouping/features.rs and more_features.rs say
# what each reason means.
#
# same     mean weight between two groups above which they are told as one event
# maybe    mean weight above which they are told as perhaps one
# unmet    what a pair counts whose two reports were never compared, as nothing brings them together
";

impl Train {
    pub fn run(&self) -> Result<()> {
        let rows = all(&self.given.rows)?;
        let (grouper, order) = grouper(&rows, &all(&self.given.articles)?, &Gazetteer::new()?);
        let examples = examples(grouper, &self.given.known(&rows, &order)?);
        print!("{}", to_text(&train(&examples, |_| true), HEAD));
        Ok(())
    }
}

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
    /// Measure with weights that were learned from the other events only, dealt into N folds
    #[arg(long, value_name = "N", requires = "labels")]
    folds: Option<usize>,
    /// Chance that events are dealt into folds by
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
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
        let groups = match self.folds {
            None => grouper.finish(&weights, &[]),
            Some(count) => self.out_of_fold(grouper, &rows, &order, count.max(2))?,
        };
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

    /// What labels say of each report, as they were added.
    fn known(&self, rows: &[Map<String, Value>], order: &[usize]) -> Result<Vec<Known>> {
        let (set, lines) = self.labelled()?;
        let numbered: Vec<Map<String, Value>> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| {
                let mut row = row.clone();
                row.insert("at".into(), at.to_string().into());
                row
            })
            .collect();
        let given = paired(&set, &numbered, "at");
        let mut events: BTreeMap<usize, String> = BTreeMap::new();
        for ((_, at), (_, event)) in given.iter().zip(&lines) {
            if let Some(at) = at.as_ref().and_then(|at| at.parse().ok()) {
                events.insert(at, event.clone());
            }
        }
        let known = |at: &usize| Known {
            article: text(&rows[*at], "id"),
            event: events.get(at).cloned(),
        };
        Ok(order.iter().map(known).collect())
    }

    /// Groups by weights that haven't seen the events of the two reports they weigh.
    fn out_of_fold(
        &self,
        again: griot::grouping::Grouper,
        rows: &[Map<String, Value>],
        order: &[usize],
        count: usize,
    ) -> Result<Groups> {
        let known = self.known(rows, order)?;
        let (training, _) = grouper(rows, &all(&self.articles)?, &Gazetteer::new()?);
        let examples = examples(training, &known);
        let fold = folds(&known, count, self.seed);
        let tables = out_of_fold(&examples, &known, &fold, count);
        let of = |report: usize| {
            known[report]
                .event
                .as_ref()
                .and_then(|event| fold.get(event))
                .copied()
                .unwrap_or(0)
        };
        let score = |one: usize, other: usize, reasons: &griot::grouping::weights::Reasons| {
            let (a, b) = (of(one).min(of(other)), of(one).max(of(other)));
            tables.get(&(a, b)).map_or(0.0, |weights| weights.score(reasons))
        };
        Ok(again.finish_scored(&Weights::embedded()?, &[], &score))
    }

    fn labelled(&self) -> Result<(Set, Vec<(String, String)>)> {
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
        let lines = set.labels.iter().map(|label| {
            let own = (label.article.clone(), label.event.clone());
            let group = renamed.get(&own).cloned().unwrap_or(own.1);
            (own.0, group)
        });
        let lines = lines.collect();
        Ok((set, lines))
    }

    fn compare(&self, rows: &[Map<String, Value>]) -> Result<()> {
        let (set, lines) = self.labelled()?;
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
        passage: 0..0,
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
