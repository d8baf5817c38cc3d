//! What `griot search` says when it finds nothing: which condition leaves nothing over, and what would find
//! something.

use super::output::{Output, articles, style};
use anyhow::Result;
use griot::say;
use griot::search::{Clause, ClauseKind, Diagnosis};
use std::io::Write;

/// Writes the conditions with their counts, then what is offered. Nothing of it has been run in place of the
/// query.
pub fn write(out: &mut Output, diagnosis: &Diagnosis) -> Result<()> {
    let dim = style::DIM;
    writeln!(
        out,
        "\n{dim}{:>9}  {:>12}  {}{dim:#}",
        say!("search-column-articles"),
        say!("search-column-without"),
        say!("search-column-condition")
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
        writeln!(out, "{:>25}{}", "", say!("search-conditions-cut"))?;
    }
    for clause in &diagnosis.clauses {
        write_spellings(out, clause)?;
    }
    if let Some(total) = diagnosis.any.filter(|total| *total > 0) {
        writeln!(out, "{}", say!("search-offer-any", articles = articles(total)))?;
    }
    if let Some(total) = diagnosis.without_filters.filter(|total| *total > 0) {
        writeln!(
            out,
            "{}",
            say!("search-offer-no-filters", articles = articles(total))
        )?;
    }
    let filters = |clause: &&Clause| clause.kind != ClauseKind::Text && clause.without > 0;
    for clause in diagnosis.clauses.iter().filter(filters) {
        let text = out.safe(&clause.text).into_owned();
        let without = articles(clause.without);
        writeln!(
            out,
            "{}",
            say!("search-offer-without", articles = without, filter = text)
        )?;
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
                say!(
                    "search-spelling",
                    text = out.safe(&s.text),
                    articles = articles(s.count),
                    total = s.total
                )
            })
            .collect();
        let typed = out.safe(&first.typed).into_owned();
        writeln!(
            out,
            "{}",
            say!("search-did-you-mean", typed = typed, offered = offered.join(", "))
        )?;
        from += of_word;
    }
    Ok(())
}
