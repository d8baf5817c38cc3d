//! `--explain`: what was searched, and what the scores are made of, for people to read.

use super::output::{Output, articles, style, wrap};
use anyhow::Result;
use griot::search::{Expansion, ExplainedClause, Explanation, Filter, ScorePart};
use std::io::Write;

pub fn write(out: &mut Output, explanation: &Explanation) -> Result<()> {
    let (bold, interpreted) = (style::TITLE, out.safe(&explanation.interpreted).into_owned());
    let asked = if interpreted.is_empty() {
        "every article".to_string()
    } else {
        interpreted
    };
    writeln!(
        out,
        "{bold}Searched in {}:{bold:#} {asked}",
        articles(explanation.articles)
    )?;
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
        writeln!(
            out,
            "  {typed}: a stop word, neither required nor scored (+{typed} requires it)"
        )?;
        return Ok(());
    }
    if clause.role == "optional" {
        writeln!(
            out,
            "  {typed}: optional, a function word: ranks by the words beside it (+{typed} requires it)"
        )?;
        return Ok(());
    }
    let term = clause
        .term
        .as_ref()
        .map(|term| format!(", index term {term}"))
        .unwrap_or_default();
    let role = if clause.role == "required" {
        String::new()
    } else {
        format!(", {}", clause.role)
    };
    let facet = style::FACET;
    writeln!(
        out,
        "  {facet}{typed}{facet:#}: {}{role}{term}: {}",
        clause.kind,
        articles(clause.documents)
    )?;
    for meaning in &clause.meanings {
        let line = match meaning.facet.as_str() {
            "" => format!("spelling variants: {}", meaning.path),
            facet => format!("{facet}: {}", meaning.path),
        };
        writeln!(out, "      {}", out.safe(&line))?;
    }
    if !clause.expansions.is_empty() {
        let mut listed = list(&clause.expansions);
        if clause.more > 0 {
            listed.push_str(&format!(", and {} more", clause.more));
        }
        writeln!(out, "{}", wrap(&out.safe(&listed), out.width, "      "))?;
    }
    Ok(())
}

fn write_filter(out: &mut Output, filter: &Filter) -> Result<()> {
    let not = if filter.excluded { "not " } else { "" };
    let line = format!("{not}{}: {}", filter.facet, list(&filter.values));
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
            "same_form" => format!("written as typed{times}"),
            "lead" => "in the title or the first words".to_string(),
            "side_by_side" => format!("side by side{times}"),
            _ => part.field.replace('+', " and "),
        };
        format!("{:.2} {} ({why})", part.score, part.typed)
    };
    let line = format!(
        "score {score:.2} = {}",
        parts.iter().map(part).collect::<Vec<_>>().join(" + ")
    );
    let (dim, wrapped) = (style::DIM, wrap(&out.safe(&line), out.width, "     "));
    writeln!(out, "{dim}{wrapped}{dim:#}")?;
    Ok(())
}
