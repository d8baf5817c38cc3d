//! `griot analyze`: what the French analysis makes of each word.

use super::args::{AnalyzeArgs, AnalyzeFormat};
use super::exit_codes::ExitCode;
use super::output::Output;
use anyhow::Result;
use griot::french::{French, TermSource, Token, normalize};
use griot::index::Place;
use griot::schema::Lexicons;
use std::io::{BufRead, Read, Write};

pub fn run(out: &mut Output, place: Option<Place>, args: AnalyzeArgs) -> Result<ExitCode> {
    // With an index, its lexicons; without, those of the binary.
    let french = match super::open(place) {
        Ok(reader) => reader.french,
        Err(_) => Lexicons::embedded().french()?.into(),
    };
    match args.format {
        AnalyzeFormat::Tsv if args.text.is_empty() => {
            let mut out = std::io::BufWriter::new(out);
            for line in std::io::stdin().lock().split(b'\n') {
                write_line(&mut out, &french, String::from_utf8_lossy(&line?).trim_end_matches('\r'))?;
            }
            out.flush()?;
        }
        AnalyzeFormat::Tsv => {
            for word in args.text.iter().flat_map(|t| t.split_whitespace()) {
                write_line(out, &french, super::args::unmask(word))?;
            }
        }
        AnalyzeFormat::Text => {
            let mut text = args.text.iter().map(|w| super::args::unmask(w)).collect::<Vec<_>>().join(" ");
            if text.is_empty() {
                std::io::stdin().lock().read_to_string(&mut text)?;
            }
            write_table(out, &french, &normalize(&text))?;
        }
    }
    Ok(ExitCode::Done)
}

/// One word: form, tab, stem. A line of several words gives their stems joined by spaces.
fn write_line(out: &mut dyn Write, french: &French, line: &str) -> Result<()> {
    if line.is_empty() {
        return Ok(());
    }
    let text = normalize(line);
    let stems: Vec<String> = french.analyze(&text).iter().filter(|t| t.is_part()).map(|t| t.word.term.to_string()).collect();
    writeln!(out, "{line}\t{}", stems.join(" "))?;
    Ok(())
}

fn write_table(out: &mut Output, french: &French, text: &str) -> Result<()> {
    writeln!(out, "{:<5} {:<20} {:<20} {:<20} {:<16} how", "pos", "written", "form", "folded", "term")?;
    for token in french.analyze(text) {
        let Token { word, position, .. } = &token;
        let how = if token.is_part() {
            match french.terms().explain(&word.folded) {
                TermSource::Stemmed { restored, stem } => format!("restored {restored}, stem {stem}"),
                TermSource::Corrected { entry, reason } => format!("corrected: {entry} ({reason})"),
                TermSource::Unchanged => "as it is".into(),
            }
        } else {
            "joined spelling, for exact and joined queries".into()
        };
        let written = out.safe(&text[token.start..token.end]).into_owned();
        let position = if token.is_part() { position.to_string() } else { format!("{position}+") };
        let notes = [(token.elided, "elided prefix cut"), (word.stop, "stop word")];
        let notes: String = notes.iter().filter(|(on, _)| *on).map(|(_, note)| format!("; {note}")).collect();
        let term = if token.is_part() { &*word.term } else { "-" };
        writeln!(out, "{position:<5} {written:<20} {:<20} {:<20} {term:<16} {how}{notes}", word.form, word.folded)?;
    }
    Ok(())
}
