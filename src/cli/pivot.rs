//! `griot pivot`: a table of counts, any facet by any facet.

use super::args::{PivotArgs, TableFormat};
use super::engine::{answered, engine};
use super::exit_codes::ExitCode;
use super::output::{Output, articles, notify, style};
use super::select;
use anyhow::Result;
use griot::facet_path::FacetPath;
use griot::index::IndexDir;
use griot::messages::localized;
use griot::say;
use griot::search::{AxisRequest, Engine, Pivot, PivotRequest};
use griot::tabular::Cell;
use std::io::Write;
use unicode_width::UnicodeWidthStr;

/// Columns of text, unless --top says otherwise.
const COLUMNS: usize = 8;

/// Characters of a column's head on a terminal.
const HEAD: usize = 14;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: PivotArgs) -> Result<ExitCode> {
    let engine = engine(place)?;
    let facets = engine.facets()?;
    let shown = (args.target.format() == TableFormat::Text).then_some(COLUMNS);
    let rows = args.rows.unwrap_or_else(|| AxisRequest::default_rows(&facets));
    let columns = args.cols.unwrap_or_else(|| AxisRequest::default_columns(&facets));
    let (rows, columns) = (
        select::divided(&facets, rows, args.region_division),
        select::divided(&facets, columns, args.region_division),
    );
    let request = PivotRequest {
        selection: select::selection(&args.query, &args.filters)?,
        rows,
        columns,
        top_rows: args.top,
        top_columns: args.top.or(shown),
    };
    select::note_division(
        args.region_division,
        &[request.rows.clone(), request.columns.clone()],
    );
    let is_time = |axis: &AxisRequest| {
        let of_months = facets
            .iter()
            .any(|facet| facet.months && facet.is_called(&axis.name));
        of_months || matches!(axis.name.as_str(), "day" | "year")
    };
    if args.top.is_some() && is_time(&request.rows) && is_time(&request.columns) {
        notify(&say!("option-top-of-time"));
    }
    let table = match shown {
        Some(_) if args.top.is_none() => fitting(&*engine, request, out)?,
        _ => answered(engine.pivot(&request)?),
    };
    match args.target.format() {
        TableFormat::Json => writeln!(out, "{}", serde_json::to_string(&table)?)?,
        TableFormat::Csv => {
            select::notify(&table.notes);
            write_csv(out, &table)?;
        }
        TableFormat::Text => {
            select::notify(&table.notes);
            write_text(out, &table, args.all)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::Done)
}

/// The table with as many columns as there is room for, the others added up in the last.
fn fitting(engine: &dyn Engine, mut request: PivotRequest, out: &Output) -> Result<Pivot> {
    loop {
        let table = answered(engine.pivot(&request)?);
        let cut = request.top_columns.filter(|columns| *columns > 1);
        let (Some(columns), true) = (cut, Widths::of(out, &table).total() > out.width) else {
            return Ok(table);
        };
        request.top_columns = Some(columns - 1);
    }
}

/// Columns of the terminal that a table takes.
struct Widths {
    first: usize,
    columns: Vec<usize>,
}

impl Widths {
    fn of(out: &Output, table: &Pivot) -> Self {
        let names = table.rows.iter().map(|row| row.head.value.width());
        let heads = table.columns.iter().map(|column| label(out, &column.value, HEAD));
        Self {
            first: names.max().unwrap_or(0).clamp(5, 34),
            columns: heads.map(|head| head.width().max(6)).collect(),
        }
    }

    /// With the totals, and two spaces before each column.
    fn total(&self) -> usize {
        self.first + 9 + self.columns.iter().map(|width| width + 2).sum::<usize>()
    }
}

fn label(out: &Output, path: &str, room: usize) -> String {
    cut(&out.safe(&localized(FacetPath::new(path).label())), room)
}

fn write_csv(out: &mut Output, table: &Pivot) -> Result<()> {
    let sheet = out.sheet;
    let head = [table.rows_of.as_str(), "total"];
    sheet.head(
        out,
        head.into_iter()
            .chain(table.columns.iter().map(|c| c.value.as_str())),
    )?;
    for row in &table.rows {
        let counts = std::iter::once(row.head.total)
            .chain(row.counts.iter().copied())
            .map(Cell::from);
        sheet.record(out, std::iter::once(Cell::from(&row.head.value)).chain(counts))?;
    }
    let totals = std::iter::once(table.total)
        .chain(table.columns.iter().map(|c| c.total))
        .map(Cell::from);
    Ok(sheet.record(out, std::iter::once(Cell::from("total")).chain(totals))?)
}

fn write_text(out: &mut Output, table: &Pivot, all: bool) -> Result<()> {
    let Widths {
        first,
        columns: widths,
    } = Widths::of(out, table);
    let heads: Vec<String> = table.columns.iter().map(|c| label(out, &c.value, HEAD)).collect();
    let (bold, dim) = (style::TITLE, style::DIM);
    writeln!(
        out,
        "{}",
        say!(
            "pivot-heading",
            articles = articles(table.total),
            rows = &table.rows_of,
            columns = &table.columns_of
        )
    )?;
    write!(out, "{bold}{}  {:>7}", " ".repeat(first), say!("pivot-total"))?;
    for (head, width) in heads.iter().zip(&widths) {
        write!(out, "  {}{head}", " ".repeat(width - head.width()))?;
    }
    writeln!(out, "{bold:#}")?;
    let shown = table.rows.iter().filter(|row| all || row.head.total > 0);
    for row in shown {
        let name = cut(&out.safe(&localized(&row.head.value)), first);
        write!(
            out,
            "{name}{}  {:>7}",
            " ".repeat(first - name.width()),
            row.head.total
        )?;
        for (count, width) in row.counts.iter().zip(&widths) {
            if *count == 0 {
                write!(out, "  {dim}{:>width$}{dim:#}", "·")?
            } else {
                write!(out, "  {count:>width$}")?
            }
        }
        writeln!(out)?;
    }
    write!(out, "{bold}{:<first$}  {:>7}", say!("pivot-total"), table.total)?;
    for (column, width) in table.columns.iter().zip(&widths) {
        write!(out, "  {:>width$}", column.total)?;
    }
    writeln!(out, "{bold:#}")?;
    let empty = table.rows.iter().filter(|row| row.head.total == 0).count();
    if empty > 0 && !all {
        writeln!(out, "{dim}{}{dim:#}", say!("pivot-empty-rows", n = empty))?;
    }
    Ok(())
}

/// At most so many columns of a terminal.
fn cut(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_string();
    }
    let mut short = String::new();
    for c in text.chars() {
        if short.width() + unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) >= room {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}
