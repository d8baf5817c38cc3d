//! `griot terms`: words and facet values that a result has more often than the archive.

use super::args::{TableFormat, TermsArgs};
use super::engine::{answered, engine};
use super::exit_codes::ExitCode;
use super::output::{Output, articles, style};
use super::select;
use anyhow::Result;
use griot::index::IndexDir;
use griot::messages::decimal as number;
use griot::say;
use griot::search::{OverRepresented, Surprise, TermsRequest};
use griot::tabular::{Cell, decimal};
use std::io::Write;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: TermsArgs) -> Result<ExitCode> {
    let engine = engine(place)?;
    let request = TermsRequest {
        selection: select::selection(&args.query, &args.filters)?,
        limit: args.limit,
    };
    let found = answered(engine.terms(&request)?);
    if args.target.format() != TableFormat::Json {
        select::notify(&found.notes);
    }
    match args.target.format() {
        TableFormat::Json => writeln!(out, "{}", serde_json::to_string(&found)?)?,
        TableFormat::Csv => write_csv(out, &found)?,
        TableFormat::Text => write_text(out, &found)?,
    }
    Ok(ExitCode::Done)
}

fn listed(found: &OverRepresented) -> impl Iterator<Item = (&str, &Surprise)> {
    found
        .words
        .iter()
        .map(|w| ("word", w))
        .chain(found.values.iter().map(|v| (v.facet.as_str(), &v.value)))
}

fn write_csv(out: &mut Output, found: &OverRepresented) -> Result<()> {
    let sheet = out.sheet;
    sheet.head(out, ["kind", "text", "articles", "archive", "times", "g2"])?;
    for (kind, s) in listed(found) {
        let times = s.times.map(|t| decimal(t, 2));
        sheet.record::<Cell>(
            out,
            [
                kind.into(),
                (&s.text).into(),
                s.count.into(),
                s.archive.into(),
                times.unwrap_or_else(|| "".into()),
                decimal(s.g2, 1),
            ],
        )?;
    }
    Ok(())
}

fn write_text(out: &mut Output, found: &OverRepresented) -> Result<()> {
    let (colour, dim) = (style::FACET, style::DIM);
    writeln!(
        out,
        "{}",
        say!(
            "terms-heading",
            total = found.total,
            articles = articles(found.archive),
            repeated = found.repeated_sentences
        )
    )?;
    let mut kind = "";
    for (of, s) in listed(found) {
        if of != kind {
            kind = of;
            writeln!(
                out,
                "\n{colour}{}{colour:#}{dim}{:>17} {:>9} {:>8} {:>9}{dim:#}",
                say!("terms-kind", kind = of),
                say!("terms-articles"),
                say!("terms-archive"),
                say!("terms-times"),
                "G²"
            )?;
        }
        let times = s
            .times
            .map_or_else(|| say!("terms-only"), |t| say!("count-number", n = number(t, 1)));
        let g2 = say!("count-number", n = number(s.g2, 1));
        let text = out.safe(&s.text).into_owned();
        writeln!(out, "{:>20} {:>9} {times:>8} {g2:>9}  {text}", s.count, s.archive)?;
    }
    Ok(())
}
