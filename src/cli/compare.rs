//! `griot compare`: a sheet of coded events against what the archive reports.

use super::args::{CompareArgs, QueryArgs, TableFormat};
use super::engine::{answered, engine, existing_place};
use super::exit_codes::ExitCode;
use super::output::{Output, notify, style};
use super::terminal::sanitize;
use super::{select, sheet};
use anyhow::Result;
use griot::index::IndexDir;
use griot::say;
use griot::search::{CompareRequest, ComparedRow, Comparison, MatchedReport, SheetReport};
use griot::tabular::{Cell, decimal};
use serde_json::json;
use std::io::Write;

/// Reports of a row that text shows.
const SHOWN: usize = 3;

/// The columns of the table: what became of a row, the row, the report.
const HEADS: [&str; 19] = [
    "result",
    "line",
    "row_id",
    "row_date",
    "row_place",
    "known_as",
    "event_date",
    "place",
    "match",
    "km",
    "days",
    "killed",
    "confidence",
    "id",
    "title",
    "date",
    "source",
    "url",
    "passage",
];

/// A sheet that was read and compared.
struct Compared {
    name: String,
    faults: Vec<(usize, String)>,
    comparison: Comparison,
}

pub fn run(out: &mut Output, place: Option<IndexDir>, args: CompareArgs) -> Result<ExitCode> {
    let place = existing_place(place)?;
    let sheet = sheet::read(&place, &args)?;
    let engine = engine(Some(place))?;
    let request = CompareRequest {
        selection: select::selection(&QueryArgs::default(), &args.filters)?,
        rows: sheet.rows,
        days: args.days,
        km: args.km,
        sure: args.sure,
    };
    let compared = Compared {
        name: sheet::name(&args.file),
        faults: sheet.faults,
        comparison: answered(engine.compare(&request)?),
    };
    match args.target.format() {
        TableFormat::Text => text(out, &compared)?,
        TableFormat::Csv => table(out, &compared)?,
        TableFormat::Json => json(out, &compared)?,
    }
    let name = sanitize(&compared.name).into_owned();
    for (line, what) in &compared.faults {
        notify(&say!("compare-faulty", path = &name, line = *line, what = what));
    }
    Ok(ExitCode::Done)
}

impl Compared {
    /// Rows with reports, rows without.
    fn numbers(&self) -> (usize, usize) {
        let with = self
            .comparison
            .rows
            .iter()
            .filter(|row| !row.reports.is_empty())
            .count();
        (with, self.comparison.rows.len() - with)
    }
}

fn json(out: &mut Output, compared: &Compared) -> Result<()> {
    let (with, without) = compared.numbers();
    let faults = compared
        .faults
        .iter()
        .map(|(line, what)| json!({"line": line, "message": what}));
    let answer = json!({
        "version": 1,
        "rows_with_reports": with,
        "rows_without_reports": without,
        "rows": compared.comparison.rows,
        "reports_without_row": compared.comparison.without_row,
        "not_read": faults.collect::<Vec<_>>(),
    });
    writeln!(out, "{answer}")?;
    Ok(())
}

fn table(out: &mut Output, compared: &Compared) -> Result<()> {
    let sheet = out.sheet;
    sheet.head(out, HEADS)?;
    for row in &compared.comparison.rows {
        if row.reports.is_empty() {
            sheet.record(out, cells("no_report", Some(row), None, None))?;
        }
        for matched in &row.reports {
            sheet.record(
                out,
                cells("report", Some(row), Some(matched), Some(&matched.report)),
            )?;
        }
    }
    for report in &compared.comparison.without_row {
        sheet.record(out, cells("no_row", None, None, Some(report)))?;
    }
    for (line, what) in &compared.faults {
        let mut cells = cells("not_read", None, None, None);
        cells[1] = (*line).into();
        cells[18] = what.into();
        sheet.record(out, cells)?;
    }
    Ok(())
}

fn cells(
    result: &str,
    row: Option<&ComparedRow>,
    matched: Option<&MatchedReport>,
    report: Option<&SheetReport>,
) -> Vec<Cell> {
    let of_row = row.map(|row| &row.row);
    vec![
        result.into(),
        of_row.map(|row| row.line).into(),
        of_row.and_then(|row| row.id.clone()).into(),
        of_row.map(|row| row.date.to_string()).into(),
        of_row.map(|row| row.place.clone()).into(),
        row.map(|row| row.known_as.join(";")).into(),
        report
            .and_then(|report| report.event_date)
            .map(|date| date.to_string())
            .into(),
        report.map(|report| report.place.clone()).into(),
        matched.map(|matched| matched.how.name()).into(),
        matched
            .and_then(|matched| matched.km)
            .map(|km| decimal(km, 1))
            .into(),
        matched.map(|matched| matched.days.unsigned_abs()).into(),
        report.and_then(|report| report.killed).map(u64::from).into(),
        report.map(|report| decimal(report.confidence, 4)).into(),
        report.map(|report| report.id.clone()).into(),
        report.map(|report| report.title.clone()).into(),
        report
            .and_then(|report| report.date)
            .map(|date| date.to_string())
            .into(),
        report.and_then(|report| report.source.clone()).into(),
        report.and_then(|report| report.url.clone()).into(),
        report.map(|report| report.passage.clone()).into(),
    ]
}

fn text(out: &mut Output, compared: &Compared) -> Result<()> {
    let (with, without) = compared.numbers();
    let summary = say!(
        "compare-summary",
        name = sanitize(&compared.name),
        with = with,
        without = without,
        reports = compared.comparison.without_row.len(),
        faulty = compared.faults.len()
    );
    writeln!(out, "{summary}")?;
    heading(out, with, &say!("compare-with"))?;
    for row in compared
        .comparison
        .rows
        .iter()
        .filter(|row| !row.reports.is_empty())
    {
        sheet_row(out, row)?;
        for matched in row.reports.iter().take(SHOWN) {
            let away = away(matched);
            report(out, &matched.report, &away)?;
        }
        if row.reports.len() > SHOWN {
            writeln!(out, "    {}", say!("compare-more", n = row.reports.len() - SHOWN))?;
        }
    }
    heading(out, without, &say!("compare-without"))?;
    for row in compared
        .comparison
        .rows
        .iter()
        .filter(|row| row.reports.is_empty())
    {
        sheet_row(out, row)?;
    }
    heading(
        out,
        compared.comparison.without_row.len(),
        &say!("compare-no-row"),
    )?;
    for found in &compared.comparison.without_row {
        report(out, found, "")?;
    }
    Ok(())
}

fn heading(out: &mut Output, number: usize, text: &str) -> Result<()> {
    if number > 0 {
        writeln!(out, "\n{bold}{text}{bold:#}", bold = style::TITLE)?;
    }
    Ok(())
}

fn sheet_row(out: &mut Output, row: &ComparedRow) -> Result<()> {
    let id = row
        .row
        .id
        .as_deref()
        .map(|id| format!("  {id}"))
        .unwrap_or_default();
    let place = sanitize(&row.row.place).into_owned();
    let unknown = match row.known_as.is_empty() && row.row.coordinates.is_none() {
        true => format!("  ({})", say!("compare-unknown-place")),
        false => String::new(),
    };
    let (line, date) = (row.row.line, row.row.date);
    writeln!(
        out,
        "{}{}  {date}  {place}{unknown}",
        say!("compare-line", line = line),
        sanitize(&id)
    )?;
    Ok(())
}

/// How far a report is from its row.
fn away(matched: &MatchedReport) -> String {
    let km = matched.km.map(|km| format!("{km:.1} km"));
    let days = (matched.days > 0).then(|| say!("compare-days", n = matched.days.unsigned_abs()));
    let within = (matched.km.is_none()).then(|| matched.how.name().to_string());
    let parts: Vec<String> = [km, within, days].into_iter().flatten().collect();
    format!("  ({})", parts.join(", "))
}

fn report(out: &mut Output, report: &SheetReport, away: &str) -> Result<()> {
    let dim = style::DIM;
    let safe = |text: &str| sanitize(text).into_owned();
    let date = report.event_date.map(|date| date.to_string()).unwrap_or_default();
    let killed = report
        .killed
        .map(|n| format!("  {}", say!("events-killed", n = n)));
    let (place, killed) = (safe(&report.place), killed.unwrap_or_default());
    let (title, id) = (safe(&report.title), safe(&report.id));
    writeln!(
        out,
        "    {date}  {place}{away}{killed}  {title}  {dim}{id}{dim:#}"
    )?;
    Ok(())
}
