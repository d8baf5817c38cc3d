//! `griot analyze`: what the French analysis makes of each word, step by step.

use super::args::{AnalyzeArgs, TokenFormat};
use super::engine::{answered, engine};
use super::exit_codes::ExitCode;
use super::output::Output;
use super::single_letters::{unmask, unmasked};
use anyhow::Result;
use griot::french::{French, normalize};
use griot::index::IndexDir;
use griot::say;
use griot::schema::Lexicons;
use griot::search::{Analysis, AnalyzeRequest, AnalyzedWord, Engine, analyze_without_index};
use std::io::{BufRead, Read, Write};

pub fn run(out: &mut Output, place: Option<IndexDir>, args: AnalyzeArgs) -> Result<ExitCode> {
    // With an index, its lexicons; without, those of the binary.
    let engine = engine(place).ok();
    if args.target.format() == TokenFormat::Tsv {
        return tsv(out, engine.as_deref(), &args.text);
    }
    let mut text = unmasked(&args.text);
    if args.text.is_empty() {
        std::io::stdin().lock().read_to_string(&mut text)?;
    }
    let analysis = match &engine {
        Some(engine) => answered(engine.analyze(&AnalyzeRequest { text })?),
        None => analyze_without_index(&text)?,
    };
    match args.target.format() {
        TokenFormat::Json => writeln!(out, "{}", serde_json::to_string(&analysis)?)?,
        _ => write_text(out, &analysis)?,
    }
    Ok(ExitCode::Done)
}

/// Where the index terms of a text come from.
enum Terms<'e> {
    Index(&'e dyn Engine),
    Binary(Box<French>),
}

impl Terms<'_> {
    fn of(&self, text: &str) -> Result<Vec<String>> {
        Ok(match self {
            Self::Index(engine) => engine.index_terms(text)?,
            Self::Binary(french) => french
                .analyze(&normalize(text))
                .iter()
                .filter(|token| token.is_part())
                .map(|token| token.word.term.to_string())
                .collect(),
        })
    }
}

fn tsv(out: &mut Output, engine: Option<&dyn Engine>, text: &[String]) -> Result<ExitCode> {
    let terms = match engine {
        Some(engine) => Terms::Index(engine),
        None => Terms::Binary(Box::new(Lexicons::embedded().french()?)),
    };
    let mut out = std::io::BufWriter::new(out);
    if text.is_empty() {
        for line in std::io::stdin().lock().split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            write_line(&mut out, &terms, line.trim_end_matches('\r'))?;
        }
    }
    for word in text.iter().flat_map(|t| t.split_whitespace()) {
        write_line(&mut out, &terms, unmask(word))?;
    }
    out.flush()?;
    Ok(ExitCode::Done)
}

/// One word: form, tab, stem. A line of several words gives their stems joined by spaces.
fn write_line(out: &mut dyn Write, terms: &Terms<'_>, line: &str) -> Result<()> {
    if !line.is_empty() {
        writeln!(out, "{line}\t{}", terms.of(line)?.join(" "))?;
    }
    Ok(())
}

fn write_text(out: &mut Output, analysis: &Analysis) -> Result<()> {
    writeln!(
        out,
        "{:<5} {:<20} {:<20} {:<20} {:<16} {}",
        say!("analyze-position"),
        say!("analyze-written"),
        say!("analyze-form"),
        say!("analyze-folded"),
        say!("analyze-term"),
        say!("analyze-how")
    )?;
    for step in &analysis.words {
        let position = format!("{}{}", step.position, if step.joined { "+" } else { "" });
        let how = how(step);
        let (term, how) = (
            step.term.as_deref().unwrap_or("-"),
            out.safe(&how.join("; ")).into_owned(),
        );
        let written = out.safe(&step.written).into_owned();
        writeln!(
            out,
            "{position:<5} {written:<20} {:<20} {:<20} {term:<16} {how}",
            step.form, step.folded
        )?;
    }
    for name in &analysis.names {
        let meanings: Vec<String> = name
            .meanings
            .iter()
            .map(|m| {
                if m.facet.is_empty() {
                    m.path.clone()
                } else {
                    format!("{} {}", m.facet, m.path)
                }
            })
            .collect();
        let line = say!(
            "analyze-name",
            written = &name.written,
            meanings = meanings.join("; "),
            spellings = name.spellings.join(", ")
        );
        writeln!(out, "{}", out.safe(&line).into_owned())?;
    }
    Ok(())
}

/// What was done with a word.
fn how(step: &AnalyzedWord) -> Vec<String> {
    let mut how: Vec<String> = Vec::new();
    how.extend(
        step.elided
            .as_ref()
            .map(|prefix| say!("analyze-elided", prefix = prefix)),
    );
    how.extend(step.joined.then(|| say!("analyze-joined")));
    how.extend(
        step.corrected
            .as_ref()
            .map(|(entry, reason)| say!("analyze-corrected", entry = entry, reason = reason)),
    );
    if let (Some(root), Some(restored), Some(stem)) = (&step.root, &step.restored, &step.stem) {
        how.push(say!(
            "analyze-root",
            root = root,
            restored = restored,
            stem = stem
        ));
    }
    if how.is_empty() {
        how.push(say!("analyze-as-it-is"));
    }
    how.extend(step.stop.then(|| say!("analyze-stop-word")));
    how.extend(step.optional.then(|| say!("analyze-function-word")));
    how
}
