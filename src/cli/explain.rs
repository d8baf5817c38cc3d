//! `--explain`: what was searched, and what the scores are made of, for people to read.

use super::output::{Output, articles, style, wrap};
use anyhow::Result;
use griot::messages::decimal;
use griot::say;
use griot::search::{Expansion, ExplainedClause, Explanation, Filter, ScorePart};
use std::io::Write;

pub fn write(out: &mut Output, explanation: &Explanation) -> Result<()> {
    let (bold, interpreted) = (style::TITLE, out.safe(&explanation.interpreted).into_owned());
    let asked = if interpreted.is_empty() {
        say!("explain-every-article")
    } else {
        interpreted
    };
    let head = say!("explain-searched", articles = articles(explanation.articles));
    writeln!(out, "{bold}{head}{bold:#} {asked}")?;
    for clause in &explanation.clauses {
        write_clause(out, clause)?;
    }
    for filter in &explanation.filters {
        write_filter(out, filter)?;
    }
    writeln!(out)?;
    Ok(())
}

fn write_clause(out: &mut Output, clause: &ExplainedClause) -> Result<()> {
    let typed = out.safe(&clause.typed).into_owned();
    if clause.role == "ignored" {
        writeln!(out, "  {}", say!("explain-stop-word", typed = typed))?;
        return Ok(());
    }
    if clause.role == "optional" {
        writeln!(out, "  {}", say!("explain-function-word", typed = typed))?;
        return Ok(());
    }
    let term = clause
        .term
        .as_ref()
        .map(|term| say!("explain-term", term = term))
        .unwrap_or_default();
    let counts = match clause.role {
        "required" => String::new(),
        role => say!("explain-role", role = role),
    };
    let facet = style::FACET;
    writeln!(
        out,
        "  {facet}{typed}{facet:#}: {}{counts}{term}: {}",
        say!("explain-kind", kind = clause.kind),
        articles(clause.documents)
    )?;
    for meaning in &clause.meanings {
        let line = match meaning.facet.as_str() {
            "" => say!("explain-variants", path = &meaning.path),
            facet => format!("{facet}: {}", meaning.path),
        };
        writeln!(out, "      {}", out.safe(&line))?;
    }
    if !clause.expansions.is_empty() {
        let mut listed = list(&clause.expansions);
        if clause.more > 0 {
            listed.push_str(&say!("explain-and-more", n = clause.more));
        }
        writeln!(out, "{}", wrap(&out.safe(&listed), out.width, "      "))?;
    }
    Ok(())
}

fn write_filter(out: &mut Output, filter: &Filter) -> Result<()> {
    let values = list(&filter.values);
    let line = match filter.excluded {
        true => say!("explain-excluded", facet = &filter.facet, values = values),
        false => format!("{}: {values}", filter.facet),
    };
    writeln!(out, "{}", wrap(&out.safe(&line), out.width, "  "))?;
    Ok(())
}

fn list(expansions: &[Expansion]) -> String {
    expansions
        .iter()
        .map(|e| format!("{} ({})", e.text, e.documents))
        .collect::<Vec<_>>()
        .join(", ")
}

/// One line: the score and its parts, the largest first.
pub fn write_score(out: &mut Output, score: f32, parts: &[ScorePart]) -> Result<()> {
    let part = |part: &ScorePart| {
        let times = part
            .times
            .filter(|times| *times > 1)
            .map(|times| format!(" {times}×"))
            .unwrap_or_default();
        let why = match part.why {
            "same_form" => say!("explain-same-form", times = times),
            "lead" => say!("explain-lead"),
            "side_by_side" => say!("explain-side-by-side", times = times),
            _ => {
                let fields = part
                    .field
                    .split('+')
                    .map(|field| say!("explain-field", field = field));
                fields.collect::<Vec<_>>().join(&say!("explain-and"))
            }
        };
        say!(
            "explain-part",
            score = decimal(part.score.into(), 2),
            typed = &part.typed,
            why = why
        )
    };
    let parts = parts.iter().map(part).collect::<Vec<_>>().join(" + ");
    let line = say!("explain-score", score = decimal(score.into(), 2), parts = parts);
    let (dim, wrapped) = (style::DIM, wrap(&out.safe(&line), out.width, "     "));
    writeln!(out, "{dim}{wrapped}{dim:#}")?;
    Ok(())
}
