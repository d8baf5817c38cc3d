//! The answers of the API that are rows, however many: they are sent while they are made.

use super::super::asked::Asked;
use super::super::body;
use super::super::problem::{Problem, ProblemDetails};
use super::answer::check;
use super::options::{Exported, ReportedEvents, Selected, names};
use crate::error::Error;
use crate::msg;
use crate::search::{
    Engine as _, EventFilter, EventRow, Export, ExportRequest, FacetInfo, Near, Order, Rows,
};
use crate::tabular::{Sheet, Table, feature, object};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use std::io::{self, Write};
use std::sync::Arc;
use tokio::runtime::Handle;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Jsonl,
    Csv,
    Geojson,
}

impl Format {
    fn media_type(self) -> &'static str {
        match self {
            Self::Jsonl => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Geojson => "application/geo+json",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Geojson => "geojson",
        }
    }
}

/// Every article of a selection, its records, events or mentions, as JSONL or CSV; nothing cut off.
#[utoipa::path(get, path = "/api/v1/export", tag = "export", params(Selected, Exported),
    responses((status = 200, content((String = "application/x-ndjson"), (String = "text/csv"))),
        (status = 400, body = ProblemDetails)))]
pub(in super::super) fn export(asked: &Asked) -> Result<Response, Problem> {
    check(asked, &[names::<Selected>(), names::<Exported>()])?;
    let kinds = [
        ("articles", Rows::Articles),
        ("records", Rows::Records),
        ("events", Rows::Events),
        ("mentions", Rows::Mentions),
    ];
    let rows = match asked.params.one_of("rows", &kinds)?.unwrap_or_default() {
        Rows::Articles if asked.params.has("with-text") => Rows::Texts,
        rows => rows,
    };
    let request = ExportRequest {
        selection: asked.selection()?,
        rows,
        events: EventFilter {
            sure: asked.params.has("sure"),
            ..EventFilter::default()
        },
        order: Order::default(),
    };
    let formats = [("jsonl", Format::Jsonl), ("csv", Format::Csv)];
    send(asked, request, asked.params.one_of("format", &formats)?)
}

/// The events that articles report: when, where, how many were harmed, how sure.
#[utoipa::path(get, path = "/api/v1/events", tag = "export", params(Selected, ReportedEvents),
    responses((status = 200, content((EventRow = "application/x-ndjson"), (String = "text/csv"),
            (Object = "application/geo+json"))),
        (status = 400, body = ProblemDetails)))]
pub(in super::super) fn events(asked: &Asked) -> Result<Response, Problem> {
    check(asked, &[names::<Selected>(), names::<ReportedEvents>()])?;
    let request = events_request(asked)?;
    let formats = [
        ("jsonl", Format::Jsonl),
        ("csv", Format::Csv),
        ("geojson", Format::Geojson),
    ];
    send(asked, request, asked.params.one_of("format", &formats)?)
}

/// The events that are asked for.
pub(in super::super) fn events_request(asked: &Asked) -> Result<ExportRequest, Problem> {
    let near = asked.params.get("near").map(Near::of_typed).transpose();
    let near = near.map_err(|what| Problem::bad_request("bad_value", what))?;
    let killed = asked.params.number("min-killed")?;
    let selection = asked.selection()?;
    Ok(ExportRequest {
        events: EventFilter {
            sure: asked.params.has("sure"),
            near,
            types: selection.event_types(&asked.facets),
            min_killed: killed.map(|number| u32::try_from(number).unwrap_or(u32::MAX)),
        },
        selection,
        rows: Rows::Events,
        order: Order::default(),
    })
}

/// Begins an export. What is wrong with it from the beginning is a problem; what fails later breaks the answer off.
fn send(asked: &Asked, request: ExportRequest, format: Option<Format>) -> Result<Response, Problem> {
    let sheet = Sheet {
        excel: asked.params.has("csv-excel"),
    };
    let format = format.unwrap_or(if sheet.excel { Format::Csv } else { Format::Jsonl });
    let turn = Arc::clone(&asked.app.exports).try_acquire_owned();
    let turn = turn.map_err(|_| {
        asked.app.metrics.refused();
        Problem::too_many(msg!("web-exports"), 5)
    })?;
    let (commit, facets) = (Arc::clone(&asked.commit), asked.facets.clone());
    let (begun, beginning) = std::sync::mpsc::channel();
    let body = body::written(Handle::current(), move |out| {
        let _turn = turn;
        let export = match commit.engine.export(&request) {
            Ok(export) => export,
            Err(error) => {
                let _ = begun.send(Some(error));
                return Ok(());
            }
        };
        let _ = begun.send(None);
        write(out, export, (request.rows, &facets), format, sheet)
    });
    match beginning.recv() {
        Ok(None) => {}
        Ok(Some(error)) => return Err(error.into()),
        Err(_) => return Err(Error::Stopped.into()),
    }
    let name = format!("attachment; filename=\"griot.{}\"", format.ending());
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_string()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, body).into_response())
}

fn write(
    out: &mut dyn Write,
    export: Export<'_>,
    (rows, facets): (Rows, &[FacetInfo]),
    format: Format,
    sheet: Sheet,
) -> io::Result<()> {
    let table = Table::new(rows, facets);
    match format {
        Format::Csv => table.write_head(out, sheet)?,
        Format::Geojson => write!(
            out,
            "{{\"type\":\"FeatureCollection\",\"name\":\"events\",\"features\":["
        )?,
        Format::Jsonl => {}
    }
    let mut comma = "";
    for row in export {
        let row = row.map_err(io::Error::other)?;
        match format {
            Format::Csv => table.write_record(out, sheet, row)?,
            Format::Jsonl => table.write_line(out, row)?,
            Format::Geojson => {
                let row = object(row).map_err(io::Error::other)?;
                write!(out, "{comma}\n{}", feature(row))?;
                comma = ",";
            }
        }
    }
    match format {
        Format::Geojson => writeln!(out, "\n]}}"),
        _ => Ok(()),
    }
}
