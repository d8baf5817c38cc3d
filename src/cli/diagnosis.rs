//! What `griot search` says when it finds nothing: which condition leaves nothing over, and what would find
//! something.

use super::output::{Output, articles, style};
use anyhow::Result;
use griot::search::{Clause, ClauseKind, Diagnosis};
use std::io::Write;

/// Writes the conditions with their counts, then what is offered. Nothing of it has been run in place of the
/// query.
pub fn write(out: &mut Output, diagnosis: &Diagnosis) -> Result<()> {
    let dim = style::DIM;
    writeln!(
        out,
        "\n{dim}{:>9}  {:>12}  condition{dim:#}",
        "articles", "without it"
    )?;
    for clause in &diagnosis.clauses {
        let text = out.safe(&clause.text).into_owned();
        let (bold, mark) = if clause.kills {
            (style::TITLE, " <-")
        } else {
            (anstyle::Style::new(), "")
        };
        writeln!(
            out,
            "{:>9}  {:>12}  {bold}{text}{bold:#}{mark}",
            clause.count, clause.without
        )?;
    }
    if diagnosis.cut {
        writeln!(out, "{:>25}further conditions were not examined", "")?;
    }
    for clause in &diagnosis.clauses {
        write_spellings(out, clause)?;
    }
    for (total, offer) in [
        (diagnosis.any, "with any of the words: add --any"),
        (diagnosis.without_filters, "without the filters"),
    ] {
        if let Some(total) = total.filter(|total| *total > 0) {
            writeln!(out, "{} {offer}", articles(total))?;
        }
    }
    let filters = |clause: &&Clause| clause.kind != ClauseKind::Text && clause.without > 0;
    for clause in diagnosis.clauses.iter().filter(filters) {
        let text = out.safe(&clause.text).into_owned();
        writeln!(out, "{} without {text}", articles(clause.without))?;
    }
    Ok(())
}

fn write_spellings(out: &mut Output, clause: &Clause) -> Result<()> {
    let mut from = 0;
    while let Some(first) = clause.spellings.get(from) {
        let of_word = clause.spellings[from..]
            .iter()
            .take_while(|s| s.typed == first.typed)
            .count();
        let offered: Vec<String> = clause.spellings[from..from + of_word]
            .iter()
            .map(|s| {
                format!(
                    "{} ({}, {} for the whole query)",
                    out.safe(&s.text),
                    articles(s.count),
                    s.total
                )
            })
            .collect();
        let typed = out.safe(&first.typed).into_owned();
        writeln!(
            out,
            "no article has “{typed}”. Did you mean: {}?",
            offered.join(", ")
        )?;
        from += of_word;
    }
    Ok(())
}
