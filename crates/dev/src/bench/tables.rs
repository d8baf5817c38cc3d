//! What counting costs beside tantivy's own collector, in one run and one thread; p50 in ms.
//!
//! ```sh
//! cargo run --release -p griot-dev -- make-archive --articles 1000000 --from TEXTS --to archive.jsonl --facets
//! cargo run --release -- index archive.jsonl --index INDEX
//! cargo run --release -p griot-dev -- bench tables --index INDEX
//! ```

use anyhow::{Context, Result};
use griot::index::IndexDir;
use griot::search::{
    AxisRequest, Count, DatedBy, Engine as _, LocalEngine, PivotRequest, SearchRequest, Selection, Step,
    TimelineRequest,
};
use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;
use tantivy::collector::FacetCollector;
use tantivy::query::{AllQuery, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};

const ROUNDS: usize = 9;
/// Of tantivy's collector, which takes long.
const THEIR_ROUNDS: usize = 3;

/// Counts, tables and timelines beside tantivy's FacetCollector
#[derive(clap::Args)]
pub struct Args {
    /// An index of many articles with facets
    #[arg(long, value_name = "DIR")]
    index: PathBuf,
    /// Count the articles with this word, too; may be repeated
    #[arg(long = "word", value_name = "WORD")]
    words: Vec<String>,
}

pub fn run(args: &Args) -> Result<()> {
    let engine = LocalEngine::open(&IndexDir::at(&args.index))?;
    let reader = &engine.reader;
    let started = Instant::now();
    for (facet, _) in &reader.fields.facets {
        println!(
            "{} values of {}",
            engine.tree(&facet.name)?.paths.len(),
            facet.name
        );
    }
    println!(
        "global ordinals of all facets: {:.1} ms, once a process",
        started.elapsed().as_secs_f64() * 1000.0
    );
    for word in std::iter::once("").chain(args.words.iter().map(String::as_str)) {
        compare(&engine, word)?;
    }
    Ok(())
}

/// Counts the articles with a word, or all.
fn compare(engine: &LocalEngine, word: &str) -> Result<()> {
    let selection = Selection::of(word);
    let request = SearchRequest {
        selection: selection.clone(),
        limit: 0,
        page: 1,
        ..SearchRequest::default()
    };
    let total = engine.search(&request)?.total;
    println!("\n“{word}”: {total} articles");
    let bare = measure(|| engine.search(&request).map(|_| ()))?;
    let counted = SearchRequest {
        count: Count::All,
        ..request.clone()
    };
    let all = measure(|| engine.search(&counted).map(|_| ()))?;
    tables(engine, &selection, bare, all)?;
    let query = query(engine, word)?;
    let (first, every) = (
        facet_collector(engine, &*query, false)?,
        facet_collector(engine, &*query, true)?,
    );
    println!(
        "tantivy's FacetCollector, the same facets: first level only {first:.1} ({:.3} of it), every level {every:.1} ({:.3} of it)",
        all / first,
        all / every
    );
    Ok(())
}

/// Tables and timelines of a selection, beside counting it.
fn tables(engine: &LocalEngine, selection: &Selection, bare: f64, all: f64) -> Result<()> {
    let axis = |name: &str| AxisRequest {
        name: name.into(),
        level: None,
    };
    let table = |rows: &str, columns: &str| PivotRequest {
        selection: selection.clone(),
        rows: axis(rows),
        columns: axis(columns),
        top_rows: None,
        top_columns: None,
    };
    let by_region = measure(|| {
        engine
            .pivot(&table("month", "region"))
            .map(|t| drop(black_box(t)))
    })?;
    let by_actor = measure(|| {
        engine
            .pivot(&table("region", "actor"))
            .map(|t| drop(black_box(t)))
    })?;
    let line = |by| TimelineRequest {
        selection: selection.clone(),
        by,
        of: DatedBy::Publication,
        split: None,
        top: None,
        share: false,
    };
    let months = measure(|| engine.timeline(&line(Step::Month)).map(|t| drop(black_box(t))))?;
    let days = measure(|| engine.timeline(&line(Step::Day)).map(|t| drop(black_box(t))))?;
    println!(
        "count only {bare:.1}, all facets {all:.1}, pivot month by region {by_region:.1}, region by actor {by_actor:.1}, timeline by month {months:.1}, by day {days:.1}"
    );
    Ok(())
}

fn query(engine: &LocalEngine, word: &str) -> Result<Box<dyn Query>> {
    Ok(match word {
        "" => Box::new(AllQuery),
        word => {
            let term = engine
                .reader
                .french
                .analyze(word)
                .first()
                .context("a word")?
                .word
                .term
                .to_string();
            Box::new(TermQuery::new(
                Term::from_field_text(engine.reader.fields.body, &term),
                IndexRecordOption::Basic,
            ))
        }
    })
}

/// What tantivy's own collector takes for all facets, a search for each level: it counts what lies directly
/// below the values that it is given, and none of them may lie below another.
fn facet_collector(engine: &LocalEngine, query: &dyn Query, every_level: bool) -> Result<f64> {
    let mut took = 0.0;
    for (facet, _) in &engine.reader.fields.facets {
        let tree = engine.tree(&facet.name)?;
        let mut levels: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::from([(0, BTreeSet::from([""]))]);
        if every_level {
            for path in &tree.paths {
                if let Some((above, _)) = path.rsplit_once('/') {
                    levels.entry(above.split('/').count()).or_default().insert(above);
                }
            }
        }
        for roots in levels.values() {
            let mut collector = FacetCollector::for_field(&facet.name);
            roots
                .iter()
                .for_each(|root| collector.add_facet(&*format!("/{root}")));
            let once = || {
                let started = Instant::now();
                black_box(engine.searcher.search(query, &collector)?);
                Ok(started.elapsed().as_secs_f64() * 1000.0)
            };
            let mut rounds = (0..THEIR_ROUNDS).map(|_| once()).collect::<Result<Vec<f64>>>()?;
            rounds.sort_by(f64::total_cmp);
            took += rounds[THEIR_ROUNDS / 2];
        }
    }
    Ok(took)
}

/// The middle of several rounds.
fn measure(mut run: impl FnMut() -> griot::Result<()>) -> Result<f64> {
    let mut took = Vec::new();
    for _ in 0..ROUNDS {
        let started = Instant::now();
        run()?;
        took.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    took.sort_by(f64::total_cmp);
    Ok(took[ROUNDS / 2])
}
