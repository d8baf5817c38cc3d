//! `griot analyze`: what the French analysis makes of each word, step by step.

use super::args::{AnalyzeArgs, AnalyzeFormat};
use super::exit_codes::ExitCode;
use super::output::Output;
use anyhow::Result;
use griot::facets::Facets;
use griot::french::{French, TermSource, Token, normalize};
use griot::index::{Place, names_of};
use griot::query::{Meaning, Node, ParseOptions, Query, Variants};
use griot::schema::Lexicons;
use serde::Serialize;
use std::io::{BufRead, Read, Write};

pub fn run(out: &mut Output, place: Option<Place>, args: AnalyzeArgs) -> Result<ExitCode> {
    // With an index, its lexicons; without, those of the binary.
    let reader = super::open(place).ok();
    let built_in;
    let french: &French = match &reader {
        Some(reader) => &reader.french,
        None => {
            built_in = Lexicons::embedded().french()?;
            &built_in
        }
    };
    if args.format == AnalyzeFormat::Tsv {
        return tsv(out, french, &args.text);
    }
    let of_binary;
    let variants: &Variants = match &reader {
        Some(reader) => reader.variants()?,
        None => {
            let lexicons = Lexicons::embedded();
            let facets = Facets::new(&lexicons, french)?;
            of_binary = Variants::new(names_of(&facets, french), lexicons.text("compounds.txt")?, french)?;
            &of_binary
        }
    };
    let mut text = args
        .text
        .iter()
        .map(|w| super::args::unmask(w))
        .collect::<Vec<_>>()
        .join(" ");
    if args.text.is_empty() {
        std::io::stdin().lock().read_to_string(&mut text)?;
    }
    let analysis = analysis(french, variants, &normalize(&text));
    match args.format {
        AnalyzeFormat::Json => writeln!(out, "{}", serde_json::to_string(&analysis)?)?,
        _ => write_text(out, &analysis)?,
    }
    Ok(ExitCode::Done)
}

fn tsv(out: &mut Output, french: &French, text: &[String]) -> Result<ExitCode> {
    let mut out = std::io::BufWriter::new(out);
    if text.is_empty() {
        for line in std::io::stdin().lock().split(b'\n') {
            write_line(
                &mut out,
                french,
                String::from_utf8_lossy(&line?).trim_end_matches('\r'),
            )?;
        }
    }
    for word in text.iter().flat_map(|t| t.split_whitespace()) {
        write_line(&mut out, french, super::args::unmask(word))?;
    }
    out.flush()?;
    Ok(ExitCode::Done)
}

/// One word: form, tab, stem. A line of several words gives their stems joined by spaces.
fn write_line(out: &mut dyn Write, french: &French, line: &str) -> Result<()> {
    if line.is_empty() {
        return Ok(());
    }
    let text = normalize(line);
    let stems: Vec<String> = french
        .analyze(&text)
        .iter()
        .filter(|t| t.is_part())
        .map(|t| t.word.term.to_string())
        .collect();
    writeln!(out, "{line}\t{}", stems.join(" "))?;
    Ok(())
}

/// What is shown, also as JSON.
#[derive(Serialize)]
struct Analysis {
    words: Vec<Step>,
    names: Vec<NameFound>,
}

/// One word, step by step.
#[derive(Serialize)]
struct Step {
    position: u32,
    /// Byte offsets in the normalised text, without an elided prefix.
    start: usize,
    end: usize,
    written: String,
    /// What was cut off before it: `l'`.
    elided: Option<String>,
    form: String,
    folded: String,
    /// A joined spelling beside its parts: no index term.
    joined: bool,
    stop: bool,
    /// `stems.tsv` or `verbs.tsv`: the entry and its reason.
    corrected: Option<(String, String)>,
    /// Without its ending; with what the stemmer needs; the stem.
    root: Option<String>,
    restored: Option<String>,
    stem: Option<String>,
    term: Option<String>,
}

/// A name in the text that search knows in other spellings.
#[derive(Serialize)]
struct NameFound {
    written: String,
    meanings: Vec<Meaning>,
    spellings: Vec<String>,
}

fn analysis(french: &French, variants: &Variants, text: &str) -> Analysis {
    let mut ends = 0;
    let words = french
        .analyze(text)
        .iter()
        .map(|token| step(french, text, token, &mut ends))
        .collect();
    let options = ParseOptions {
        plain: true,
        variants: Some(variants),
        ..ParseOptions::default()
    };
    let query = Query::parse(text, &options, french);
    let mut names = Vec::new();
    if let Some(root) = &query.root {
        root.visit_positive(&mut |node| {
            if let Node::Name(name) = node {
                names.push(NameFound {
                    written: query.text[name.span.clone()].to_string(),
                    meanings: name.meanings.clone(),
                    spellings: name
                        .spellings
                        .iter()
                        .map(|spelling| spelling.written.clone())
                        .collect(),
                });
            }
        });
    }
    Analysis { words, names }
}

/// `ends`: where the word before ends; what lies between it and an elided word holds the prefix.
fn step(french: &French, text: &str, token: &Token, ends: &mut usize) -> Step {
    let Token {
        word,
        position,
        start,
        end,
        ..
    } = token;
    let before = text.get(*ends..*start).unwrap_or_default();
    let elided = token
        .elided
        .then(|| before.split_whitespace().last().unwrap_or_default().to_string());
    if token.is_part() {
        *ends = *end;
    }
    let (mut corrected, mut root, mut restored, mut stem) = (None, None, None, None);
    if token.is_part() {
        match french.terms().explain(&word.folded) {
            TermSource::Stemmed {
                root: r,
                restored: put_back,
                stem: s,
            } => (root, restored, stem) = (Some(r), Some(put_back), Some(s)),
            TermSource::Corrected { entry, reason } => corrected = Some((entry, reason)),
            TermSource::Unchanged => {}
        }
    }
    Step {
        position: *position,
        start: *start,
        end: *end,
        written: text[*start..*end].to_string(),
        elided,
        form: word.form.to_string(),
        folded: word.folded.to_string(),
        joined: !token.is_part(),
        stop: word.stop,
        corrected,
        root,
        restored,
        stem,
        term: token.is_part().then(|| word.term.to_string()),
    }
}

fn write_text(out: &mut Output, analysis: &Analysis) -> Result<()> {
    writeln!(
        out,
        "{:<5} {:<20} {:<20} {:<20} {:<16} how",
        "pos", "written", "form", "folded", "term"
    )?;
    for step in &analysis.words {
        let position = format!("{}{}", step.position, if step.joined { "+" } else { "" });
        let mut how: Vec<String> = Vec::new();
        how.extend(step.elided.as_ref().map(|prefix| format!("elided: {prefix} cut")));
        if step.joined {
            how.push("joined spelling, for exact and joined queries".into());
        }
        how.extend(
            step.corrected
                .as_ref()
                .map(|(entry, reason)| format!("corrected: {entry} ({reason})")),
        );
        if let (Some(root), Some(restored), Some(stem)) = (&step.root, &step.restored, &step.stem) {
            how.push(format!("root {root}, restored {restored}, stem {stem}"));
        }
        if how.is_empty() {
            how.push("as it is".into());
        }
        if step.stop {
            how.push("stop word".into());
        }
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
        let line = format!(
            "name: {} ({}) is searched also as {}",
            name.written,
            meanings.join("; "),
            name.spellings.join(", ")
        );
        writeln!(out, "{}", out.safe(&line).into_owned())?;
    }
    Ok(())
}
