//! JSON Lines: one object a line, read line by line, so that an archive of any size takes the memory of one record.

use super::lines::{Line, Lines};
use super::record::Fault;
use super::{Options, Output, Place, SkipReason, encoding, mend, record};
use serde_json::{Map, Value};
use std::io::{self, Read};
use std::ops::ControlFlow;

/// Longest line that is read: a hundred books.
const LONGEST: usize = 64 * 1024 * 1024;

pub(super) fn read(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let stream = match encoding::stream(bytes)? {
        Ok(stream) => stream,
        Err(what) => {
            let _ = out.skip(Place::default(), SkipReason::NotText, what);
            return Ok(());
        }
    };
    out.summary.encoding = stream.encoding;
    let mut lines = Lines::new(stream.text, LONGEST);
    let mut number = 0;
    while let Some((line, content)) = lines.next()? {
        let flow = match content {
            Line::Text { text, repaired } => {
                // A file that a power cut ended has zeros for a last line.
                let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
                if text.is_empty() {
                    continue;
                }
                number += 1;
                one(text, repaired, number, Place { line: Some(line), record: Some(number) }, options, out)
            }
            Line::TooLong => {
                number += 1;
                let cure = format!("longer than {} MB; split it into several records", LONGEST >> 20);
                out.skip(Place { line: Some(line), record: Some(number) }, SkipReason::TooLarge, cure)
            }
        };
        if flow.is_break() {
            return Ok(());
        }
    }
    if number == 0 {
        let _ = out.skip(Place::default(), SkipReason::Empty, "");
    }
    Ok(())
}

/// Reads one record.
fn one(text: &str, repaired: bool, number: usize, place: Place, options: &Options, out: &mut Output<'_>) -> ControlFlow<()> {
    if repaired {
        out.warn(place, SkipReason::BadEncoding, "some bytes are no UTF-8 and were read as windows-1252; convert the file to UTF-8")?;
    }
    let object = match parse(text) {
        Ok((object, None)) => object,
        Ok((object, Some(fault))) => {
            out.warn(place, fault.reason, fault.detail)?;
            object
        }
        Err(fault) => return out.skip(place, fault.reason, fault.detail),
    };
    let (mut article, faults) = record::article(object, options);
    record::stand_in(&mut article);
    if article.body.is_empty() && article.title.is_empty() {
        return out.skip(place, SkipReason::NoText, "it has neither `text` (or `body`) nor `title`; give it one of these keys");
    }
    out.warn_all(place, faults)?;
    out.record(number, article)
}

/// The object of a line, mended if need be, with what was mended; else why there is none.
fn parse(text: &str) -> Result<(Map<String, Value>, Option<Fault>), Fault> {
    let invalid = |detail| Fault { reason: SkipReason::InvalidJson, line: None, detail };
    let (value, fault) = match serde_json::from_str(text) {
        Ok(value) => (value, None),
        Err(error) => match mend::json(text).and_then(|mended| serde_json::from_str(&mended).ok()) {
            Some(value) => (value, Some(invalid(format!("{}; mended and indexed", at_column(&error))))),
            None => return Err(invalid(why(&error))),
        },
    };
    match value {
        Value::Object(object) => Ok((object, fault)),
        other => {
            let kind = match other {
                Value::Array(_) => "a list",
                Value::String(_) => "a string",
                Value::Number(_) => "a number",
                _ => "a constant",
            };
            Err(Fault { reason: SkipReason::NotAnObject, line: None, detail: format!("it is {kind}; write one {{…}} a line") })
        }
    }
}

/// What is wrong with a line that is no JSON, and the cure.
fn why(error: &serde_json::Error) -> String {
    let cure = if error.is_eof() {
        "the record must end on the line it begins on (`jq -c .` writes it so)"
    } else {
        "correct the line, or write the file anew with a JSON library"
    };
    format!("{}; {cure}", at_column(error))
}

/// The message of an error with its column; its line is always 1, and would mislead.
fn at_column(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    format!("column {}: {what}", error.column())
}
