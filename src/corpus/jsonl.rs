//! JSON Lines: one object a line, read line by line, so that an archive of any size takes the memory of one
//! record.

use super::json_record::{self, LONGEST, Text};
use super::lines::{Line, Lines};
use super::{Location, Options, Output, SkipReason};
use std::io::{self, Read};

/// What to do about a record without an end.
const CURE: &str = "the record must end on the line it begins on (`jq -c .` writes it so)";

pub(super) fn read(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let Some(text) = out.text(bytes)? else {
        return Ok(());
    };
    let mut lines = Lines::new(text, LONGEST);
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
                let record = Text {
                    text,
                    repaired,
                    alone: false,
                    cure: CURE,
                };
                json_record::hand_over(
                    &record,
                    Location {
                        line: Some(line),
                        record: Some(number),
                    },
                    options,
                    out,
                )
            }
            Line::TooLong => {
                number += 1;
                json_record::too_long(
                    Location {
                        line: Some(line),
                        record: Some(number),
                    },
                    out,
                )
            }
        };
        if flow.is_break() {
            return Ok(());
        }
    }
    if number == 0 {
        let _ = out.skip(Location::default(), SkipReason::Empty, "");
    }
    Ok(())
}
