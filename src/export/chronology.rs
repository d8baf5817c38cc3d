//! A chronology as a page: complete in one file, readable offline and on paper.

use super::markup::{escaped, head, linked, said};
use crate::date::written_now;
use crate::messages::UiLang;
use crate::msg;
use crate::search::{Chronology, EventRow, Figure, Report, ReportedEvents};
use std::io::{self, Write};

const STYLE: &str = "\
ol.events, ol.undated { list-style: none; padding: 0; }
ol.events > li { border-top: 1px solid #bbb; padding: .8em 0; }
ol.events h3 { margin: 0 0 .3em; } ol.events h3 time { white-space: nowrap; margin-right: .6em; }
.within { font-weight: normal; color: #555; }
table.figures { border-collapse: collapse; margin: .4em 0; font-size: .95em; }
table.figures th { text-align: left; font-weight: normal; color: #555; padding: .1em 1em .1em 0; vertical-align: top; }
table.figures td { padding: .1em 1em .1em 0; vertical-align: top; }
.differ td strong { border-bottom: 2px solid #b00020; }
ul.reports { margin: .4em 0 0; padding-left: 1.2em; } ul.reports li { margin: .35em 0; break-inside: avoid; }
@media print {
  ol.events h3, ol.events > li > .small, table.figures { break-after: avoid; }
  table.figures, table.figures tr { break-inside: avoid; }
  ol.undated > li { break-inside: avoid; }
  ul.reports a::after { content: ' <' attr(href) '>'; }
}
";

/// Writes the page.
///
/// # Errors
/// Those of writing.
pub fn write(out: &mut dyn Write, chronology: &Chronology, asked: &str, language: UiLang) -> io::Result<()> {
    let title = match asked {
        "" => msg!("chronology-of-all").in_language(language),
        asked => msg!("chronology-of", query = asked).in_language(language),
    };
    let written = written_now();
    let facts = msg!(
        "chronology-counts",
        events = chronology.events.len(),
        reports = chronology.reports,
        articles = chronology.articles
    );
    write!(
        out,
        "{}<body>\n<h1>{}</h1>\n<p>{}</p>\n<p class=\"small\">{}</p>\n",
        head(&title, language, STYLE),
        escaped(&title),
        said(&facts, language),
        said(
            &msg!("chronology-rule", day = written.get(..10).unwrap_or(&written)),
            language
        )
    )?;
    writeln!(out, "<ol class=\"events\">")?;
    for event in &chronology.events {
        write_event(out, event, language)?;
    }
    writeln!(out, "</ol>")?;
    if !chronology.partly_dated.is_empty() {
        let heading = said(&msg!("chronology-partly-dated"), language);
        writeln!(out, "<h2>{heading}</h2>\n<ol class=\"undated\">")?;
        for report in &chronology.partly_dated {
            let row = &report.row;
            let date = row.event_date.map_or_else(
                || msg!("count-undated").in_language(language),
                |date| date.to_string(),
            );
            write!(
                out,
                "<li><strong>{}</strong> {}<ul class=\"reports\">",
                escaped(&date),
                place(row)
            )?;
            write_report(out, report, None, language)?;
            writeln!(out, "</ul></li>")?;
        }
        writeln!(out, "</ol>")?;
    }
    writeln!(out, "</body>\n</html>")
}

fn write_event(out: &mut dyn Write, event: &ReportedEvents, language: UiLang) -> io::Result<()> {
    let Some(first) = event.reports.first() else {
        return Ok(());
    };
    let date = event
        .date
        .map_or_else(String::new, |date| escaped(&date.to_string()));
    writeln!(
        out,
        "<li id=\"e{}\"><h3><time>{date}</time>{}</h3>",
        event.number,
        place(&first.row)
    )?;
    let kinds = kinds(event);
    if !kinds.is_empty() {
        writeln!(out, "<div class=\"small\">{}</div>", escaped(&kinds.join(" · ")))?;
    }
    let perhaps = perhaps_same(event, language);
    if !perhaps.is_empty() {
        writeln!(out, "<div class=\"small\">{}</div>", escaped(&perhaps))?;
    }
    write_figures(out, event, language)?;
    writeln!(out, "<ul class=\"reports\">")?;
    for report in &event.reports {
        write_report(out, report, Some(event), language)?;
    }
    writeln!(out, "</ul></li>")
}

/// The numbers that are given, side by side, each with those who give it.
fn write_figures(out: &mut dyn Write, event: &ReportedEvents, language: UiLang) -> io::Result<()> {
    let rows = [
        (msg!("chronology-killed"), &event.killed),
        (msg!("chronology-wounded"), &event.wounded),
        (msg!("chronology-abducted"), &event.abducted),
    ];
    if rows.iter().all(|(_, figures)| figures.is_empty()) {
        return Ok(());
    }
    writeln!(out, "<table class=\"figures\">")?;
    for (name, figures) in rows.iter().filter(|(_, figures)| !figures.is_empty()) {
        let class = if figures.len() > 1 {
            " class=\"differ\""
        } else {
            ""
        };
        write!(out, "<tr{class}><th scope=\"row\">{}</th>", said(name, language))?;
        for Figure { n, said, sources } in figures.iter() {
            let said = match said.is_empty() {
                true => String::new(),
                false => format!(" « {} »", escaped(&said.join(" », « "))),
            };
            let sources = escaped(&sources.join(", "));
            write!(
                out,
                "<td><strong>{n}</strong>{said}<br><span class=\"small\">{sources}</span></td>"
            )?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</table>")
}

/// Medium, date, quotation and link of a report; its own date where it isn't that of the event.
fn write_report(
    out: &mut dyn Write,
    report: &Report,
    event: Option<&ReportedEvents>,
    language: UiLang,
) -> io::Result<()> {
    let row = &report.row;
    let title = if row.title.trim().is_empty() {
        &row.id
    } else {
        &row.title
    };
    let mut about = vec![linked(row.url.as_deref(), title)];
    about.extend(row.source.as_deref().map(escaped));
    about.extend(row.date.map(|date| escaped(&date.to_string())));
    about.extend(
        row.page
            .as_ref()
            .map(|page| said(&msg!("chronology-page", page = page), language)),
    );
    if event.is_some_and(|event| event.date != row.event_date)
        && let Some(date) = row.event_date
    {
        about.push(said(
            &msg!("chronology-own-date", date = date.to_string()),
            language,
        ));
    }
    about.extend(report.according_to.as_deref().map(escaped));
    about.extend(row.sides.told().iter().map(|told| said(told, language)));
    if !row.is_sure() {
        let confidence = crate::messages::decimal(row.confidence, 2);
        about.push(said(&msg!("events-confidence", n = confidence), language));
    }
    about.extend(by_hand(report, language).as_deref().map(escaped));
    writeln!(
        out,
        "<li>«\u{a0}{}\u{a0}»<br><span class=\"small\">{}</span></li>",
        escaped(&row.passage),
        about.join(" · ")
    )
}

/// `Moura (Djenné, Mopti, Mali)`
fn place(row: &EventRow) -> String {
    let within = within(row);
    match within.is_empty() {
        true => escaped(&row.place),
        false => format!(
            "{} <span class=\"within\">({})</span>",
            escaped(&row.place),
            escaped(&within.join(", "))
        ),
    }
}

/// `11 (RFI), 14 (AFP, Studio Tamani)`
#[must_use]
pub fn side_by_side(figures: &[Figure]) -> String {
    let each = figures
        .iter()
        .map(|figure| format!("{} ({})", figure.n, figure.sources.join(", ")));
    each.collect::<Vec<_>>().join(", ")
}

/// The other events that are perhaps this one; empty without any.
#[must_use]
pub fn perhaps_same(event: &ReportedEvents, language: UiLang) -> String {
    let named = event.perhaps_same.iter().map(|other| {
        let date = other.date.map_or_else(String::new, |date| format!("{date} "));
        format!("{date}{}", other.place)
    });
    let named = named.collect::<Vec<_>>().join(", ");
    match named.is_empty() {
        true => named,
        false => msg!("chronology-perhaps", events = named).in_language(language),
    }
}

/// What somebody decided of which event a report is.
#[must_use]
pub fn by_hand(report: &Report, language: UiLang) -> Option<String> {
    let said = match report.by_hand? {
        "joined" => msg!("chronology-joined"),
        _ => msg!("events-parted-by-hand"),
    };
    Some(said.in_language(language))
}

/// The levels that a place lies in, the smallest first.
#[must_use]
pub fn within(row: &EventRow) -> Vec<&str> {
    let levels = [&row.cercle, &row.region, &row.country].into_iter().flatten();
    levels
        .map(String::as_str)
        .filter(|name| *name != row.place)
        .collect()
}

/// The kinds of event that the reports name, each once, without those above them.
#[must_use]
pub fn kinds(event: &ReportedEvents) -> Vec<String> {
    let mut kinds: Vec<String> = Vec::new();
    for report in &event.reports {
        let types = report
            .row
            .names
            .get("types")
            .and_then(serde_json::Value::as_array);
        for path in types.into_iter().flatten().filter_map(serde_json::Value::as_str) {
            let last = path.rsplit('/').next().unwrap_or(path);
            if !kinds.iter().any(|kind| kind == last) {
                kinds.push(last.to_string());
            }
        }
    }
    kinds
}
