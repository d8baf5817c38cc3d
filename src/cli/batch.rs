//! `griot batch`: the queries of a file.

use super::args::{BatchArgs, RunFormat};
use super::engine::{answered, engine};
use super::exit_codes::ExitCode;
use super::output::{Output, notify};
use anyhow::Result;
use griot::index::IndexDir;
use griot::say;
use griot::search::{Count, Hit, SearchRequest, SearchResponse, Selection, SnippetOptions};
use griot::tabular::{Cell, Sheet, decimal};
use std::io::{BufWriter, Read, Write};
use std::time::Instant;

struct Line {
    id: String,
    query: String,
}

pub fn run(out: &mut Output, place: Option<IndexDir>, args: BatchArgs) -> Result<ExitCode> {
    let engine = engine(place)?;
    let sheet = out.sheet;
    let mut to = BufWriter::new(out);
    let lines = read_lines(&args)?;
    let mut timings: Vec<f64> = Vec::new();
    let mut without_hits: Vec<&str> = Vec::new();
    if args.target.format() == RunFormat::Csv {
        sheet.head(
            &mut to,
            [
                "query_id", "query", "total", "rank", "id", "score", "title", "date", "url", "snippet",
                "nearly",
            ],
        )?;
    }
    for line in &lines {
        let request = SearchRequest {
            selection: Selection {
                any: args.reading.any,
                plain: args.reading.plain,
                ..Selection::of(line.query.clone())
            },
            limit: args.limit,
            page: 1,
            count: if args.facets { Count::Shown } else { Count::Nothing },
            nearly: !args.reading.all_words,
            snippets: args.snippets.then(SnippetOptions::default),
            ..SearchRequest::default()
        };
        let mut response = None;
        for _ in 0..args.repeat {
            let started = Instant::now();
            response = Some(answered(engine.search(&request)?));
            timings.push(started.elapsed().as_secs_f64() * 1000.0);
        }
        let Some(response) = response else { continue };
        if response.total == 0 {
            without_hits.push(&line.query);
        }
        write_response(&mut to, sheet, args.target.format(), line, &response)?;
    }
    to.flush()?;
    if !without_hits.is_empty() {
        notify(&say!(
            "batch-without-hits",
            n = without_hits.len(),
            queries = lines.len()
        ));
        for query in without_hits {
            notify(&format!("  {query}"));
        }
    }
    if args.timings {
        let _ = writeln!(std::io::stderr(), "{}", timing_line(&mut timings));
    }
    Ok(ExitCode::Done)
}

fn read_lines(args: &BatchArgs) -> Result<Vec<Line>> {
    let bytes = if args.file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        bytes
    } else {
        super::files::read(&args.file)?
    };
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let numbered = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    Ok(numbered
        .map(|(number, line)| match line.split_once('\t') {
            Some((id, query)) => Line {
                id: id.trim().into(),
                query: query.into(),
            },
            None => Line {
                id: (number + 1).to_string(),
                query: line.into(),
            },
        })
        .collect())
}

fn write_response(
    to: &mut dyn Write,
    sheet: Sheet,
    format: RunFormat,
    line: &Line,
    response: &SearchResponse,
) -> Result<()> {
    match format {
        RunFormat::Jsonl => {
            let mut form = serde_json::to_value(response)?;
            if let Some(form) = form.as_object_mut() {
                form.insert("query_id".into(), line.id.clone().into());
            }
            writeln!(to, "{form}")?;
        }
        // The columns of a TREC run are separated by white space, so ids must hold none.
        RunFormat::Trec => {
            let bare = |text: &str| text.replace(char::is_whitespace, "_");
            for (rank, ranked) in (1..).zip(ranked(response)) {
                writeln!(
                    to,
                    "{} Q0 {} {rank} {:.6} {}",
                    bare(&line.id),
                    bare(&ranked.hit.id),
                    ranked.score,
                    if ranked.without.is_some() {
                        "nearly"
                    } else {
                        "griot"
                    },
                )?;
            }
        }
        RunFormat::Csv => write_csv(to, sheet, line, response)?,
    }
    Ok(())
}

/// A row for each hit; one with the total for a query without any.
fn write_csv(to: &mut dyn Write, sheet: Sheet, line: &Line, response: &SearchResponse) -> Result<()> {
    if response.hits.is_empty() && response.nearly.is_empty() {
        let mut cells: Vec<Cell> = vec![(&line.id).into(), (&line.query).into(), response.total.into()];
        cells.resize(11, Cell::from(""));
        sheet.record(to, cells)?;
    }
    for (rank, ranked) in (1..).zip(ranked(response)) {
        let hit = ranked.hit;
        let of_body = hit.snippets.iter().filter(|snippet| snippet.field == "body");
        let snippets: Vec<String> = of_body
            .map(|snippet| snippet.parts.iter().map(|part| part.text.as_str()).collect())
            .collect();
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let cells: [Cell; 11] = [
            (&line.id).into(),
            (&line.query).into(),
            response.total.into(),
            Cell::from(rank as usize),
            (&hit.id).into(),
            decimal(f64::from(hit.score), 4),
            (&hit.title).into(),
            text(&hit.date).into(),
            text(&hit.url).into(),
            snippets.join(" … ").into(),
            ranked
                .without
                .map(|words| words.join(", "))
                .unwrap_or_default()
                .into(),
        ];
        sheet.record(to, cells)?;
    }
    Ok(())
}

/// A hit in its place.
struct Ranked<'a> {
    hit: &'a Hit,
    /// Below those of the hits before it: whoever evaluates a run sorts it by score.
    score: f32,
    /// The words that it lacks; none for a hit with all.
    without: Option<&'a [String]>,
}

/// Hits with all words and those without some, in their places.
fn ranked(response: &SearchResponse) -> Vec<Ranked<'_>> {
    let of = |hit, without| Ranked {
        hit,
        score: hit.score,
        without,
    };
    let all = response.hits.iter().map(|hit| of(hit, None));
    let some = response.nearly.iter();
    let mut ranked: Vec<Ranked<'_>> = all
        .chain(some.map(|nearly| of(&nearly.hit, Some(nearly.without.as_slice()))))
        .collect();
    ranked.sort_by_key(|ranked| ranked.hit.rank);
    let mut least = f32::INFINITY;
    for ranked in &mut ranked {
        if ranked.score > least {
            ranked.score = least * 0.9999;
        }
        least = ranked.score;
    }
    ranked
}

fn timing_line(timings: &mut [f64]) -> serde_json::Value {
    timings.sort_by(f64::total_cmp);
    let at = |share: f64| {
        timings
            .get(((timings.len() as f64 * share) as usize).min(timings.len().saturating_sub(1)))
            .copied()
            .unwrap_or(0.0)
    };
    let round = |ms: f64| (ms * 1000.0).round() / 1000.0;
    serde_json::json!({
        "queries": timings.len(), "p50": round(at(0.5)), "p95": round(at(0.95)), "p99": round(at(0.99)), "max": round(at(1.0)),
    })
}
