//! One JSON object as an article, repaired if need be: what `jsonl` and `json` share.

use super::account::Visible;
use super::budget::WHOLE;
use super::reading::Fault;
use super::{LeftOut, Location, Options, Output, SkipReason, exported, own_output, record, repair};
use serde_json::{Map, Value};
use std::ops::ControlFlow;

/// Longest record that is read: thirty books.
pub(super) const LONGEST: usize = WHOLE;

/// Most values of a record. In memory each takes some 80 bytes.
const MOST_VALUES: usize = 500_000;

/// The text of a record.
pub(super) struct Text<'a> {
    pub text: &'a str,
    /// Some of its bytes were no UTF-8.
    pub repaired: bool,
    /// It is all that its file holds.
    pub alone: bool,
    /// What to do about a record without an end.
    pub cure: &'static str,
}

/// Reads one record and hands it over.
pub(super) fn hand_over(
    record: &Text<'_>,
    place: Location,
    options: &Options,
    out: &mut Output<'_>,
) -> ControlFlow<()> {
    if record.repaired {
        out.warn(
            place,
            SkipReason::BadEncoding,
            "some bytes are not UTF-8 and were read as windows-1252; convert the file to UTF-8",
        )?;
    }
    let mut object = match parse(record, place) {
        Ok((object, None)) => object,
        Ok((object, Some(fault))) => {
            out.warn(place_of(&fault, place), fault.reason, fault.detail)?;
            object
        }
        Err(fault) => {
            out.leave_out_as(LeftOut::Skipped, Visible::Strings, record.text);
            return out.skip(place_of(&fault, place), fault.reason, fault.detail);
        }
    };
    if out.leaves_out_exports() && own_output::is_object(&object) {
        out.leave_out_as(LeftOut::Skipped, Visible::Strings, record.text);
        return out.skip(place, SkipReason::OwnExport, own_output::CURE);
    }
    object.remove(exported::MARK);
    let (article, faults) = if exported::is_verbatim(&object) {
        exported::verbatim(object, options)
    } else {
        out.columns().apply(&mut object);
        record::whole(object, options)
    };
    if article.body.is_empty() && article.title.is_empty() {
        out.no_article(&article);
        return out.skip(
            place,
            SkipReason::NoText,
            "it has neither `text` (or `body`) nor `title`; give it one of these keys",
        );
    }
    out.warn_all(place, faults)?;
    if record.alone {
        out.article(article)
    } else {
        out.record(place.record.unwrap_or(1), article)
    }
}

fn place_of(fault: &Fault, record: Location) -> Location {
    Location {
        line: fault.line.or(record.line),
        ..record
    }
}

/// A record that is too long to be read.
pub(super) fn too_long(place: Location, out: &mut Output<'_>) -> ControlFlow<()> {
    out.skip(
        place,
        SkipReason::TooLarge,
        format!("longer than {} MB; split it into several records", LONGEST >> 20),
    )
}

/// The object of a text, repaired if need be, with what was repaired; else why there is none.
fn parse(record: &Text<'_>, place: Location) -> Result<(Map<String, Value>, Option<Fault>), Fault> {
    if has_too_many_values(record.text.as_bytes()) {
        return Err(Fault {
            reason: SkipReason::TooLarge,
            line: None,
            detail: format!("it holds more than {MOST_VALUES} values; split it into several records"),
        });
    }
    let (value, fault) = match serde_json::from_str(record.text) {
        Ok(value) => (value, None),
        Err(error) => {
            let line = place.line.map(|line| line + error.line().saturating_sub(1));
            let invalid = |detail| Fault {
                reason: SkipReason::InvalidJson,
                line,
                detail,
            };
            match repair::json(record.text).and_then(|repaired| serde_json::from_str(&repaired).ok()) {
                Some(value) => (
                    value,
                    Some(invalid(format!("{}; mended and indexed", at_column(&error)))),
                ),
                None => return Err(invalid(why(&error, record.cure))),
            }
        }
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
            Err(Fault {
                reason: SkipReason::NotAnObject,
                line: None,
                detail: format!("it is {kind}; write each article as {{…}}"),
            })
        }
    }
}

/// Whether a JSON text has more values than are held at once: each but the first of a list or an object stands
/// after a comma, each first one after a bracket.
pub(super) fn has_too_many_values(text: &[u8]) -> bool {
    let begins = |byte: &&u8| matches!(byte, b',' | b'[' | b'{');
    if text.len() <= MOST_VALUES || text.iter().filter(begins).count() <= MOST_VALUES {
        return false;
    }
    // Not those within strings.
    let (mut values, mut in_string, mut escaped) = (0, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            _ => values += usize::from(!in_string && begins(&byte)),
        }
    }
    values > MOST_VALUES
}

/// What is wrong with a text that is no JSON, and the cure.
fn why(error: &serde_json::Error, unended: &str) -> String {
    let cure = if error.is_eof() {
        unended
    } else {
        "correct it, or write the file with a JSON library"
    };
    format!("{}; {cure}", at_column(error))
}

/// The message of an error with its column; the line is that of the file, and is in the place.
fn at_column(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message
        .rsplit_once(" at line ")
        .map_or(message.as_str(), |(what, _)| what);
    format!("column {}: {what}", error.column())
}
