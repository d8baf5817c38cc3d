//! Random queries, compared.

use crate::archive::{Archive, Random, query};
use griot::search::{
    Count, Engine, ExportRequest, ExportRow, FacetsRequest, Order, SearchRequest, SearchResponse, Selection,
};
use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// How far scores may be apart, as a share of them.
const CLOSE: f32 = 1e-4;

/// What was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub queries: u64,
    /// The cluster found and counted.
    pub exact: u64,
    /// The articles were brought here and searched again.
    pub brought: u64,
    /// Scores that were compared, and those that a pattern in a phrase is a part of.
    pub scores: u64,
    pub of_patterns: u64,
    /// Hits that are in another block of the order there.
    pub tied: u64,
    /// Queries that a check of arithmetic in tantivy ended.
    pub overflows: u64,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} queries: {} by the cluster, {} brought here; {} scores, {} with patterns in phrases, {} in other blocks; {} not compared",
            self.queries, self.exact, self.brought, self.scores, self.of_patterns, self.tied, self.overflows
        )
    }
}

type Outcome = Result<(), String>;

pub fn round(cluster: &str, seed: u64, queries: usize, tally: &mut Tally) -> Outcome {
    let mut random = Random::new(seed);
    // Some are larger than what is scored again at once.
    let articles = match random.below(3) {
        0 => 500 + random.below(400),
        _ => 60 + random.below(240),
    };
    let archive = Archive::random(cluster, &mut random, articles);
    let mut mismatches = Vec::new();
    for at in 0..queries {
        let depth = random.below(4);
        let selection = selection(&mut random, depth);
        let mut compared = || compare(&archive, &selection, &mut random, tally);
        let compared = match catch_unwind(AssertUnwindSafe(&mut compared)) {
            Ok(compared) => compared,
            // tantivy's ranges of dates may be asked for a document before the last one, which only a build with
            // checks of arithmetic minds: of the index on this machine, not of the cluster.
            Err(panic) if panic.downcast_ref::<&str>() == Some(&"attempt to subtract with overflow") => {
                tally.overflows += 1;
                continue;
            }
            Err(panic) => resume_unwind(panic),
        };
        if let Err(message) = compared {
            let message: String = message.chars().take(LONGEST).collect();
            mismatches.push(format!(
                "GRIOT_SEED={seed}, query {at} of {articles} articles: {selection:?}\n{message}"
            ));
            if mismatches.len() >= MOST {
                break;
            }
        }
    }
    match mismatches.is_empty() {
        true => Ok(()),
        false => Err(mismatches.join("\n\n")),
    }
}

/// Mismatches that are shown of a round, and how much of each.
const MOST: usize = 8;
const LONGEST: usize = 2_500;

fn selection(random: &mut Random, depth: usize) -> Selection {
    let mut selection = Selection {
        any: random.below(4) == 0,
        ..Selection::of(query(random, depth))
    };
    let value = |random: &mut Random| {
        random
            .pick(&["Gao", "Kidal", "Mali", "none", "Tombouctou"])
            .to_string()
    };
    match random.below(8) {
        0 => selection.include.push(("region".into(), value(random))),
        1 => selection.exclude.push(("region".into(), value(random))),
        2 => {
            selection.include.push(("region".into(), value(random)));
            selection.include.push(("actor".into(), "Jnim".into()));
        }
        3 => {
            selection.since = "2024-02".parse().ok();
            selection.undated = random.below(2) == 0;
        }
        4 => selection.until = "2024-03-05".parse().ok(),
        _ => {}
    }
    selection
}

fn compare(archive: &Archive, selection: &Selection, random: &mut Random, tally: &mut Tally) -> Outcome {
    tally.queries += 1;
    let is_exact = archive
        .there
        .is_exact(selection)
        .map_err(|error| error.to_string())?;
    tally.exact += u64::from(is_exact);
    tally.brought += u64::from(!is_exact);
    for order in [Order::Relevance, Order::Newest, Order::Oldest] {
        let request = SearchRequest {
            selection: selection.clone(),
            order,
            limit: if order == Order::Relevance { 100 } else { 20 },
            page: 1 + usize::from(order != Order::Relevance && random.below(3) == 0),
            count: Count::All,
            snippets: Some(Default::default()),
            nearly: order == Order::Relevance && random.below(2) == 0,
            ..SearchRequest::default()
        };
        hits(archive, &request, tally).map_err(|message| format!("{order:?}: {message}"))?;
    }
    let facets = FacetsRequest {
        selection: selection.clone(),
        ..FacetsRequest::default()
    };
    let [here, there] = engines(archive).map(|engine| {
        engine.count(&facets).map(|answer| {
            let mut response = answer.value;
            response.took_ms = 0.0;
            serde_json::to_string(&response).expect("written")
        })
    });
    same("facets", here, there)?;
    let rows = match random.below(12) {
        // Events are read from the text again, which takes long.
        0 => griot::search::Rows::Events,
        _ => griot::search::Rows::Articles,
    };
    let order = [Order::Relevance, Order::Newest, Order::Oldest][random.below(3)];
    let request = ExportRequest {
        selection: selection.clone(),
        order,
        rows,
        ..ExportRequest::default()
    };
    exports(archive, &request).map_err(|message| format!("{order:?} {rows:?}: {message}"))?;
    Ok(())
}

fn engines(archive: &Archive) -> [&dyn Engine; 2] {
    [&archive.here, &archive.there]
}

fn same<T: PartialEq + fmt::Debug>(what: &str, here: griot::Result<T>, there: griot::Result<T>) -> Outcome {
    match (here, there) {
        (Ok(here), Ok(there)) if here == there => Ok(()),
        (Err(here), Err(there)) if here.to_string() == there.to_string() => Ok(()),
        (here, there) => Err(format!("{what}:\n here {here:?}\nthere {there:?}")),
    }
}

// Long because it is a list of what must be equal.
fn hits(archive: &Archive, request: &SearchRequest, tally: &mut Tally) -> Outcome {
    let [here, there] = engines(archive).map(|engine| engine.search(request).map(|answer| answer.value));
    let here = here.map_err(|error| error.to_string())?;
    let there = there.map_err(|error| format!("there: {error}"))?;
    let has_pattern = request.selection.query.contains("dro*\"");
    let beside = |response: &SearchResponse| {
        let mut response = response.clone();
        response.took_ms = 0.0;
        response.hits.clear();
        response.nearly.clear();
        serde_json::to_string(&response).expect("written")
    };
    same("beside the hits", Ok(beside(&here)), Ok(beside(&there)))?;
    let scores = |response: &SearchResponse| -> Vec<(String, f32)> {
        response
            .hits
            .iter()
            .map(|hit| (hit.id.clone(), hit.score))
            .collect()
    };
    tally.scores += here.hits.len() as u64;
    // “Every article but” as an alternative scores nothing: hundreds are equal before they are scored again.
    let are_alternatives = request.selection.query.contains("NOT (");
    // Which of equal articles are in the first block depends on where they lie.
    let is_cut = here.total > BLOCK && request.order == Order::Relevance;
    match (has_pattern, is_cut) {
        (true, _) => tally.of_patterns += here.hits.len() as u64,
        (false, true) => mostly(&scores(&here), &scores(&there), (are_alternatives, tally))?,
        (false, false) => in_order(&scores(&here), &scores(&there))?,
    }
    let nearly = |response: &SearchResponse| -> Vec<(String, f32)> {
        response
            .nearly
            .iter()
            .map(|nearly| (nearly.hit.id.clone(), nearly.hit.score))
            .collect()
    };
    if !has_pattern {
        // They are chosen from one block, too.
        let (of_here, of_there) = (nearly(&here), nearly(&there));
        let compared = match archive.articles > BLOCK {
            true => mostly(&of_here, &of_there, (are_alternatives, tally)),
            false => in_order(&of_here, &of_there),
        };
        compared.map_err(|message| format!("nearly: {message}"))?;
    }
    // What is shown of a hit, but for its place and score.
    let shown = |response: &SearchResponse| -> BTreeMap<String, String> {
        let one = |hit: &griot::search::Hit| {
            let mut hit = hit.clone();
            (hit.rank, hit.score) = (0, 0.0);
            (hit.id.clone(), serde_json::to_string(&hit).expect("written"))
        };
        response.hits.iter().map(one).collect()
    };
    let (of_here, of_there) = (shown(&here), shown(&there));
    for (id, hit) in &of_here {
        if let Some(other) = of_there.get(id).filter(|other| *other != hit) {
            return Err(format!("a hit:\n here {hit}\nthere {other}"));
        }
    }
    if request.order != Order::Relevance && of_here.keys().ne(of_there.keys()) {
        return Err("other articles".into());
    }
    Ok(())
}

/// Hits that are scored again together.
const BLOCK: u64 = 200;

/// Articles in other blocks, of a hundred that are compared: ties at the end of a block.
const MOST_TIED: usize = 40;

/// The same scores and order of the articles that both have; those that only one has are few.
fn mostly(
    here: &[(String, f32)],
    there: &[(String, f32)],
    (are_alternatives, tally): (bool, &mut Tally),
) -> Outcome {
    let common = |list: &[(String, f32)], other: &[(String, f32)]| -> Vec<(String, f32)> {
        let is_there = |id: &str| other.iter().any(|(known, _)| known == id);
        list.iter().filter(|(id, _)| is_there(id)).cloned().collect()
    };
    let (of_here, of_there) = (common(here, there), common(there, here));
    let tied = here.len() - of_here.len();
    tally.tied += tied as u64;
    if here.len() != there.len() || !are_alternatives && tied * 100 > MOST_TIED * here.len().max(5) {
        return Err(format!("other articles\n here {here:?}\nthere {there:?}"));
    }
    in_order(&of_here, &of_there)
}

/// The same articles with close scores, in the same order but for those whose scores are close.
fn in_order(here: &[(String, f32)], there: &[(String, f32)]) -> Outcome {
    let close = |a: f32, b: f32| (a - b).abs() <= CLOSE * a.abs().max(b.abs()).max(1e-3);
    let fail = |why: &str| Err(format!("{why}\n here {here:?}\nthere {there:?}"));
    if here.len() != there.len() {
        return fail("not as many");
    }
    let mut from = 0;
    while from < here.len() {
        let mut to = from + 1;
        while to < here.len() && close(here[to - 1].1, here[to].1) {
            to += 1;
        }
        let group = |list: &[(String, f32)]| {
            let mut ids: Vec<String> = list[from..to].iter().map(|(id, _)| id.clone()).collect();
            ids.sort_unstable();
            ids
        };
        // What ties with the first article of the next page may be on either.
        if to < here.len() && group(here) != group(there) {
            return fail("another order");
        }
        if !here[from..to]
            .iter()
            .zip(&there[from..to])
            .all(|(a, b)| close(a.1, b.1))
        {
            return fail("another score");
        }
        from = to;
    }
    Ok(())
}

fn exports(archive: &Archive, request: &ExportRequest) -> Outcome {
    let rows = |engine: &dyn Engine| -> griot::Result<Vec<String>> {
        let export = engine.export(request)?;
        let row = |row: griot::Result<ExportRow>| Ok(serde_json::to_string(&row?).expect("written"));
        export.map(row).collect()
    };
    let [here, there] = engines(archive).map(rows);
    let (mut here, mut there) = (
        here.map_err(|e| e.to_string())?,
        there.map_err(|e| format!("there: {e}"))?,
    );
    if request.order == Order::Relevance {
        // Scores that differ by a digit are in another order.
        here.sort_unstable();
        there.sort_unstable();
    }
    same("export", Ok(here), Ok(there))
}
