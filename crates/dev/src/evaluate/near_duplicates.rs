//! How well near-duplicates are found: pairs that people labelled, and mechanical variants of real
//! articles.
//!
//! Labelled: JSON lines with `id`, `text` and, on a rewording of another, `dup_of`. Every pair is judged, so
//! precision is over all pairs of the file. Variants of each article of the corpus: its second half cut,
//! other titles (which play no part), all numbers changed, another first sentence, two of these at once;
//! precision over all pairs of different articles.

use anyhow::Result;
use griot::corpus::{self, Reading, Walked};
use griot::french::signature::{Signature, resemblance, signature};
use griot::french::{French, sentences};
use griot::index::{IndexDir, Reader, SyncOptions, ids, sync};
use griot::schema::Lexicons;
use griot::search::{LocalEngine, Selection, reworded};
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Likenesses at which the same news is reported.
const LEAST_ALIKE: [f64; 5] = [0.2, 0.25, 0.3, 0.35, 0.4];
const LEAST: [f64; 6] = [0.15, 0.2, 0.25, 0.3, 0.4, 0.5];

/// Near-duplicates: pairs that people labelled, and mechanical variants of real articles
#[derive(clap::Args)]
pub struct Args {
    /// JSON lines with id, text and, on a rewording of another, dup_of
    #[arg(long, value_name = "FILE")]
    labelled: Option<PathBuf>,
    /// Articles of which variants are made
    #[arg(long, default_value = "corpus", value_name = "FOLDER")]
    corpus: PathBuf,
}

pub fn run(args: &Args) -> Result<()> {
    let french = Lexicons::embedded().french()?;
    let of = |text: &str| french.numbered("", text, |words| signature(words.body()));
    if let Some(path) = &args.labelled {
        let mut articles: Vec<(String, Option<String>, Signature)> = Vec::new();
        for line in std::fs::read_to_string(path)?.lines().filter(|l| !l.is_empty()) {
            let record: serde_json::Value = serde_json::from_str(line)?;
            let text = |key: &str| record[key].as_str().map(str::to_string);
            articles.push((
                text("id").unwrap_or_default(),
                text("dup_of"),
                of(&text("text").unwrap_or_default()),
            ));
        }
        let labelled = articles
            .iter()
            .filter(|a| a.1.as_ref().is_some_and(|d| articles.iter().any(|o| o.0 == *d)))
            .count();
        println!("{} articles, {labelled} labelled pairs", articles.len());
        for least in LEAST {
            let (mut right, mut found) = (0, 0);
            for (at, one) in articles.iter().enumerate() {
                for other in &articles[..at] {
                    if resemblance(&one.2, &other.2) >= least {
                        found += 1;
                        right +=
                            usize::from(one.1.as_ref() == Some(&other.0) || other.1.as_ref() == Some(&one.0));
                    }
                }
            }
            println!("  {least:.2}: {right} of {labelled} found, {found} pairs reported");
        }
    }
    variants(&args.corpus, &french)?;
    if let Some(path) = &args.labelled {
        same_news(path, true)?;
    }
    same_news(&args.corpus, false)
}

/// What `griot similar` reports as the same news in other words, over an index of these articles alone: pairs
/// found from either side.
fn same_news(from: &Path, labelled: bool) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let place = IndexDir::at(dir.path().join("index"));
    sync(
        &place,
        &SyncOptions {
            paths: vec![from.canonicalize()?],
            ..SyncOptions::default()
        },
        &mut |_| {},
    )?;
    let reader = Reader::open(&place)?;
    let engine = LocalEngine::new(reader);
    let mut ids = Vec::new();
    for address in engine.all(&Selection::default())? {
        ids.push(ids::shown(
            &engine.searcher,
            &engine.reader.fields,
            &engine.stored(address)?,
        )?);
    }
    let right = if labelled {
        labelled_pairs(from, &ids)?
    } else {
        BTreeSet::new()
    };
    let mut alike: BTreeMap<(String, String), f64> = BTreeMap::new();
    for id in &ids {
        for other in reworded::reworded(&engine, id, LEAST_ALIKE[0], &FxHashSet::default())? {
            alike.insert(pair(id, &other.id), other.resemblance);
        }
    }
    println!(
        "the same news in other words, {} articles of {}, {} labelled pairs",
        ids.len(),
        from.display(),
        right.len()
    );
    for least in LEAST_ALIKE {
        let reported: Vec<_> = alike.iter().filter(|(_, same)| **same >= least).collect();
        let found = reported.iter().filter(|(pair, _)| right.contains(*pair)).count();
        let wrong: Vec<String> = reported
            .iter()
            .filter(|(p, _)| !right.contains(*p))
            .map(|(p, s)| format!("{}/{} {s:.2}", p.0, p.1))
            .collect();
        println!(
            "  {least:.2}: {found} found, {} pairs reported; not labelled: {}",
            reported.len(),
            wrong[..wrong.len().min(12)].join(", ")
        );
    }
    Ok(())
}

/// Two ids, in order.
fn pair(a: &str, b: &str) -> (String, String) {
    if a < b {
        (a.to_string(), b.to_string())
    } else {
        (b.to_string(), a.to_string())
    }
}

/// The pairs that people labelled, of articles that are indexed.
fn labelled_pairs(from: &Path, ids: &[String]) -> Result<BTreeSet<(String, String)>> {
    let mut pairs = BTreeSet::new();
    for line in std::fs::read_to_string(from)?.lines().filter(|l| !l.is_empty()) {
        let record: serde_json::Value = serde_json::from_str(line)?;
        if let (Some(id), Some(of)) = (record["id"].as_str(), record["dup_of"].as_str())
            && ids.iter().any(|known| known == of)
        {
            pairs.insert(pair(id, of));
        }
    }
    Ok(pairs)
}

fn variants(folder: &std::path::Path, french: &French) -> Result<()> {
    let mut bodies: Vec<String> = Vec::new();
    let mut add = |reading: Reading| {
        if let Reading::Article { article, .. } = reading {
            bodies.push(article.body);
        }
        ControlFlow::Continue(())
    };
    for walked in corpus::walk(folder) {
        if let Walked::File(found) = walked {
            corpus::read_file(&found.path, &corpus::Options::default(), &mut add)?;
        }
    }
    bodies.retain(|b| sentences(b).len() >= 3);
    let of = |text: &str| french.numbered("", text, |words| signature(words.body()));
    let originals: Vec<Signature> = bodies.iter().map(|b| of(b)).collect();
    println!("{} articles of three sentences and more", bodies.len());
    for (name, change) in CHANGES {
        print!("  {name:<28}");
        let changed: Vec<Signature> = bodies.iter().map(|b| of(&change(b))).collect();
        for least in LEAST {
            let found = originals
                .iter()
                .zip(&changed)
                .filter(|(a, b)| resemblance(a, b) >= least)
                .count();
            print!(" {least:.2}: {:.3}", found as f64 / bodies.len() as f64);
        }
        println!();
    }
    for least in LEAST {
        let wrong = (0..bodies.len())
            .flat_map(|a| (0..a).map(move |b| (a, b)))
            .filter(|(a, b)| resemblance(&originals[*a], &originals[*b]) >= least);
        let pairs: Vec<String> = wrong.map(|(a, b)| format!("{a}/{b}")).collect();
        println!(
            "  {least:.2}: {} pairs of different articles reported ({} pairs)",
            pairs.len(),
            bodies.len() * (bodies.len() - 1) / 2
        );
    }
    Ok(())
}

type Change = fn(&str) -> String;

const CHANGES: [(&str, Change); 5] = [
    ("second half cut", |b| half(b)),
    ("last third cut", |b| part(b, 2, 3)),
    ("numbers changed", |b| numbers(b)),
    ("another first sentence", |b| lead(b)),
    ("lead and numbers", |b| numbers(&lead(b))),
];

fn part(body: &str, kept: usize, of: usize) -> String {
    let all = sentences(body);
    all[..(all.len() * kept).div_ceil(of)]
        .iter()
        .map(|s| &body[s.clone()])
        .collect::<Vec<_>>()
        .join(" ")
}

fn half(body: &str) -> String {
    part(body, 1, 2)
}

fn numbers(body: &str) -> String {
    body.chars()
        .map(|c| {
            c.to_digit(10)
                .map_or(c, |d| char::from_digit((d + 3) % 10, 10).unwrap_or(c))
        })
        .collect()
}

fn lead(body: &str) -> String {
    let first = sentences(body).first().map_or(0, |s| s.end);
    format!(
        "Notre rédaction a reçu ce communiqué dans la matinée, que plusieurs confrères reprennent aussi.{}",
        &body[first..]
    )
}
