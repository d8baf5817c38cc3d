//! `griot search`: hits with snippets, then counts.

use super::args::{HitFormat, SearchArgs};
use super::engine::{answered, engine, existing_place, writing_place};
use super::exit_codes::ExitCode;
use super::output::Output;
use super::{files, hits, index, last_search, read_pdf, select};
use anyhow::Result;
use griot::index::{IndexDir, SyncOptions};
use griot::search::{
    Count, Diagnosed, Engine, FacetInfo, LocalEngine, SearchRequest, SearchResponse, Selection,
    SnippetOptions,
};
use griot::tabular::Columns;
use griot::tabular::{Cell, decimal};
use std::io::Write;
use std::path::Path;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: SearchArgs) -> Result<ExitCode> {
    let mut under = None;
    let place = match &args.corpus {
        Some(corpus) => writing_place(place, std::slice::from_ref(corpus))?,
        None => existing_place(place)?,
    };
    let (engine, outcome) = match &args.corpus {
        Some(corpus) => {
            let (engine, outcome) = in_step(&place, corpus)?;
            under = engine.under(&files::real(corpus)?);
            (Box::new(engine) as Box<dyn Engine>, outcome)
        }
        None => (engine(Some(place.clone()))?, ExitCode::Done),
    };
    let selection = Selection {
        under,
        ..select::selection(&args.query, &args.filters)?
    };
    let request = request(selection, &args);
    let response = answered(engine.search(&request)?);
    let with_reasons = matches!(args.target.format(), HitFormat::Text | HitFormat::Json);
    last_search::remember(&place, &response);
    let diagnosis = match response.total == 0 && with_reasons {
        true => Some(answered(engine.diagnose(&request.selection)?)).filter(|d| !d.clauses.is_empty()),
        false => None,
    };
    match args.target.format() {
        HitFormat::Text => {
            let facets = engine.facets()?;
            hits::write(out, &response, diagnosis.as_ref(), &facets, &args)?;
        }
        HitFormat::Json => {
            let form = Diagnosed {
                response: &response,
                diagnosis: diagnosis.as_ref(),
            };
            writeln!(out, "{}", serde_json::to_string(&form)?)?;
        }
        HitFormat::Jsonl => {
            for hit in &response.hits {
                writeln!(out, "{}", serde_json::to_string(hit)?)?;
            }
        }
        HitFormat::Csv => write_csv(out, &response, &engine.facets()?)?,
    }
    out.flush()?;
    Ok(outcome)
}

/// The index of a folder, brought up to date first, and how that has ended.
fn in_step(place: &IndexDir, corpus: &Path) -> Result<(LocalEngine, ExitCode)> {
    let corpus = corpus.to_path_buf();
    let options = SyncOptions {
        paths: vec![corpus],
        pdf_reader: read_pdf::reader(read_pdf::SECONDS),
        ..SyncOptions::default()
    };
    let report = index::bring_up_to_date(place, &options, false)?;
    Ok((LocalEngine::open(place)?, index::outcome(&report)))
}

fn request(selection: Selection, args: &SearchArgs) -> SearchRequest {
    SearchRequest {
        selection,
        order: args.sort.into(),
        limit: args.limit,
        page: args.page,
        count: match args.target.format() {
            HitFormat::Text | HitFormat::Json if args.facets => Count::All,
            HitFormat::Text if args.no_facets => Count::Nothing,
            HitFormat::Text => Count::Shown,
            _ => Count::Nothing,
        },
        snippets: Some(SnippetOptions {
            length: args.snippet_length,
            fragments: args.fragments,
        }),
        explain: args.explain,
        group: args.group || args.unfold,
        nearly: !args.query.reading.all_words
            && matches!(args.target.format(), HitFormat::Text | HitFormat::Json),
        former: matches!(args.target.format(), HitFormat::Text | HitFormat::Json),
    }
}

fn write_csv(out: &mut Output, response: &SearchResponse, facets: &[FacetInfo]) -> Result<()> {
    let table = Columns::new(facets);
    let mut columns = vec!["rank", "score"];
    columns.extend(table.heads());
    columns.push("snippet");
    let sheet = out.sheet;
    sheet.head(out, columns)?;
    for hit in &response.hits {
        let snippet: Vec<String> = hit
            .snippets
            .iter()
            .filter(|s| s.field == "body")
            .map(|s| s.parts.iter().map(|p| p.text.as_str()).collect())
            .collect();
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let months = || match hit.months.as_slice() {
            [] => text(&hit.month),
            months => months.join(";"),
        };
        let list = |name: &str| match hit.facets.get(name) {
            _ if table.is_publication(name) => months(),
            values => values.map(|v| v.join(";")).unwrap_or_default(),
        };
        let mut row: Vec<Cell> = vec![
            hit.rank.into(),
            decimal(f64::from(hit.score), 4),
            (&hit.id).into(),
            (&hit.title).into(),
            text(&hit.date).into(),
        ];
        row.extend(table.facets().map(|name| Cell::from(list(name))));
        row.extend([
            text(&hit.url).into(),
            (&hit.path).into(),
            text(&hit.source).into(),
            snippet.join(" … ").into(),
        ]);
        sheet.record(out, row)?;
    }
    Ok(())
}
