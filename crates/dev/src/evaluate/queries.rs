//! How well keyword queries as people type them are answered: judged queries over articles that are not part of
//! the repository (`tests/labels/queries`), for griot as typed, for `--any`, and for a stock tantivy index.
//!
//! nDCG@10 has the grade itself as gain, and as ideal the ten best of all judgements, as `relevance.py` has it.

use crate::bench::stock;
use anyhow::{Context, Result, bail};
use griot::index::{IndexDir, SyncOptions, sync};
use griot::search::{Engine as _, Hit, LocalEngine, SearchRequest, Selection};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

/// Of each system so many of the best are judged.
const POOL: usize = 10;
const HITS: usize = 100;
/// The least grade of an article that answers the query.
const RELEVANT: u32 = 2;

/// Keyword queries as people type them, judged by hand: nDCG@10, queries without a hit, relevant articles found
#[derive(clap::Args)]
pub struct Args {
    /// Articles, an object with id, title and text a line
    #[arg(long, value_name = "FILE")]
    docs: PathBuf,
    /// Folder of queries.tsv (number, query) and qrels.tsv (number, id, grade from 0 to 3)
    #[arg(long, default_value = "tests/labels/queries", value_name = "FOLDER")]
    labels: PathBuf,
    /// Where the indexes are kept between runs
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Write what is to be judged: number and id of each article that has no grade and is among the ten best of a
    /// system, in an order that doesn't tell which
    #[arg(long, value_name = "FILE")]
    pools: Option<PathBuf>,
    /// Print nDCG@10 of each query too
    #[arg(long)]
    each: bool,
}

type Judged = BTreeMap<String, BTreeMap<String, u32>>;
/// Of each query the ids of its hits, best first.
type Run = BTreeMap<String, Vec<String>>;

pub fn run(args: &Args) -> Result<()> {
    let queries = queries(&args.labels.join("queries.tsv"))?;
    let judged = judgements(&args.labels.join("qrels.tsv"))?;
    let temporary = tempfile::tempdir()?;
    let keep = args.keep.as_deref().unwrap_or(temporary.path());
    let runs = [
        ("griot, as typed", griot(args, keep, &queries, false)?),
        ("griot, --any", griot(args, keep, &queries, true)?),
        ("stock tantivy, OR", tantivy(args, keep, &queries)?),
    ];
    if let Some(path) = &args.pools {
        let pools = pools(&runs, &judged);
        std::fs::write(path, pools).with_context(|| path.display().to_string())?;
    }
    if judged.is_empty() {
        return Ok(());
    }
    println!(
        "{:<20} {:>8} {:>13} {:>12} {:>14} {:>14}",
        "", "nDCG@10", "relevant/100", "without hit", "fewer than 3", "not judged@10"
    );
    for (name, run) in &runs {
        println!("{name:<20} {}", figures(run, &queries, &judged));
    }
    if args.each {
        for (number, query) in &queries {
            let of = |run: &Run| ndcg(&run[number], judged.get(number));
            let values = runs.iter().map(|(_, run)| format!("{:.3}", of(run)));
            println!("{number}\t{}\t{query}", values.collect::<Vec<_>>().join("\t"));
        }
    }
    Ok(())
}

fn queries(path: &Path) -> Result<Vec<(String, String)>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let pair = |line: &str| match line.split_once('\t') {
        Some((number, query)) => Ok((number.to_string(), query.to_string())),
        None => bail!("{}: no tab in “{line}”", path.display()),
    };
    text.lines().filter(|line| !line.is_empty()).map(pair).collect()
}

/// None while nothing has been judged.
fn judgements(path: &Path) -> Result<Judged> {
    let mut judged = Judged::new();
    if !path.exists() {
        return Ok(judged);
    }
    for line in std::fs::read_to_string(path)?
        .lines()
        .filter(|line| !line.is_empty())
    {
        let cells: Vec<&str> = line.split('\t').collect();
        let [number, id, grade] = cells[..] else {
            bail!("{}: “{line}” has not three cells", path.display());
        };
        let grade = grade.parse().with_context(|| line.to_string())?;
        judged.entry(number.into()).or_default().insert(id.into(), grade);
    }
    Ok(judged)
}

fn griot(args: &Args, keep: &Path, queries: &[(String, String)], any: bool) -> Result<Run> {
    let place = IndexDir::at(keep.join("griot"));
    let options = SyncOptions {
        paths: vec![args.docs.canonicalize()?],
        ..SyncOptions::default()
    };
    sync(&place, &options, &mut |_| {})?;
    let engine = LocalEngine::open(&place)?;
    let mut run = Run::new();
    for (number, query) in queries {
        let response = engine.search(&SearchRequest {
            selection: Selection {
                any,
                ..Selection::of(query)
            },
            limit: HITS,
            page: 1,
            nearly: !any,
            snippets: None,
            ..SearchRequest::default()
        })?;
        let nearly = response.nearly.iter().map(|nearly| &nearly.hit);
        let mut hits: Vec<&Hit> = response.hits.iter().chain(nearly).collect();
        hits.sort_by_key(|hit| hit.rank);
        run.insert(number.clone(), hits.iter().map(|hit| hit.id.clone()).collect());
    }
    Ok(run)
}

fn tantivy(args: &Args, keep: &Path, queries: &[(String, String)]) -> Result<Run> {
    let dir = keep.join("stock");
    if !dir.exists() {
        stock::build(&args.docs, &dir)?;
    }
    let searcher = stock::Stock::open(&dir)?;
    let hits = queries
        .iter()
        .map(|(number, query)| Ok((number.clone(), searcher.any(query, HITS)?)));
    hits.collect()
}

/// What has no grade, by query, in the order of a hash.
fn pools(runs: &[(&str, Run)], judged: &Judged) -> String {
    let mut pool = BTreeSet::new();
    for (_, run) in runs {
        for (number, ids) in run {
            let graded = |id: &&String| judged.get(number).is_some_and(|grades| grades.contains_key(*id));
            for id in ids.iter().take(POOL).filter(|id| !graded(id)) {
                let mut hash = rustc_hash::FxHasher::default();
                id.hash(&mut hash);
                pool.insert((number, hash.finish(), id));
            }
        }
    }
    pool.iter()
        .map(|(number, _, id)| format!("{number}\t{id}\n"))
        .collect()
}

fn figures(run: &Run, queries: &[(String, String)], judged: &Judged) -> String {
    let (mut total, mut found, mut relevant, mut empty, mut few, mut holes) = (0.0, 0, 0, 0, 0, 0);
    for (number, _) in queries {
        let (ids, grades) = (&run[number], judged.get(number));
        total += ndcg(ids, grades);
        empty += usize::from(ids.is_empty());
        few += usize::from(ids.len() < 3);
        let grade = |id: &String| grades.and_then(|grades| grades.get(id));
        holes += ids.iter().take(POOL).filter(|id| grade(id).is_none()).count();
        found += ids
            .iter()
            .filter(|id| grade(id).is_some_and(|grade| *grade >= RELEVANT))
            .count();
        relevant += grades.map_or(0, |grades| {
            grades.values().filter(|grade| **grade >= RELEVANT).count()
        });
    }
    format!(
        "{:>8.4} {:>13.4} {empty:>12} {few:>14} {holes:>14}",
        total / queries.len().max(1) as f64,
        found as f64 / relevant.max(1) as f64
    )
}

fn ndcg(ids: &[String], grades: Option<&BTreeMap<String, u32>>) -> f64 {
    let Some(grades) = grades else {
        return 0.0;
    };
    let gain = |grades: &mut dyn Iterator<Item = u32>| -> f64 {
        let discounted = grades.take(10).enumerate();
        discounted
            .map(|(at, grade)| f64::from(grade) / (at as f64 + 2.0).log2())
            .sum()
    };
    let mut ideal: Vec<u32> = grades.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let best = gain(&mut ideal.into_iter());
    let reached = gain(&mut ids.iter().map(|id| grades.get(id).copied().unwrap_or(0)));
    if best > 0.0 { reached / best } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_order_has_one_and_a_worse_one_less() {
        let grades: BTreeMap<String, u32> = [("a".into(), 3), ("b".into(), 1), ("c".into(), 0)].into();
        let order = |ids: [&str; 3]| ndcg(&ids.map(String::from), Some(&grades));
        assert!((order(["a", "b", "c"]) - 1.0).abs() < 1e-12);
        // (1 / log2 2 + 3 / log2 3) / (3 / log2 2 + 1 / log2 3)
        assert!(
            (order(["b", "a", "c"]) - 0.796_7).abs() < 1e-4,
            "{}",
            order(["b", "a", "c"])
        );
        assert!(order(["c", "x", "y"]) == 0.0);
    }
}
