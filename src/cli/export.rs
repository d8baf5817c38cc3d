//! `griot export`: every matching article, its events, its mentions or all that it says; nothing cut off.

use super::args::{ExportArgs, ExportRows, RowFormat};
use super::engine::engine;
use super::exit_codes::ExitCode;
use super::output::Output;
use super::select;
use anyhow::Result;
use griot::index::IndexDir;
use griot::search::{EventFilter, ExportRequest, Rows};
use griot::tabular::Table;
use std::io::{BufWriter, Write};

pub fn run(out: &mut Output, place: Option<IndexDir>, args: ExportArgs) -> Result<ExitCode> {
    let engine = engine(place)?;
    let selection = select::selection(&args.query, &args.filters)?;
    // Records have their text anyway.
    if args.with_text && !matches!(args.rows, ExportRows::Articles | ExportRows::Records) {
        return Err(griot::Error::Unsupported(
            "--with-text: rows of events and mentions have no text; use --rows articles or records".into(),
        )
        .into());
    }
    let request = ExportRequest {
        selection,
        rows: match args.rows {
            ExportRows::Articles if args.with_text => Rows::Texts,
            ExportRows::Articles => Rows::Articles,
            ExportRows::Records => Rows::Records,
            ExportRows::Events => Rows::Events,
            ExportRows::Mentions => Rows::Mentions,
        },
        events: EventFilter {
            sure: args.sure,
            ..EventFilter::default()
        },
    };
    let facets = engine.facets()?;
    let table = Table::new(request.rows, &facets);
    let sheet = out.sheet;
    let mut out = BufWriter::new(out);
    if args.target.format() == RowFormat::Csv {
        table.write_head(&mut out, sheet)?;
    }
    for row in engine.export(&request)? {
        match args.target.format() {
            RowFormat::Csv => table.write_record(&mut out, sheet, row?)?,
            RowFormat::Jsonl => table.write_line(&mut out, row?)?,
        }
    }
    out.flush()?;
    Ok(ExitCode::Done)
}
