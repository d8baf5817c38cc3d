//! Dispatches: one a line, its date, a tab, its text.

use super::lines::{Line, Lines};
use super::{Location, Options, Output, SkipReason, clean, json_record};
use crate::article::Article;
use crate::date::written;
use std::io::{self, Read};

pub(super) fn read(bytes: &mut dyn Read, _: &Options, out: &mut Output<'_>) -> io::Result<()> {
    // Any encoding in, UTF-8 out, in constant memory.
    let Some(text) = out.text(bytes)? else {
        return Ok(());
    };
    let (mut lines, mut number) = (Lines::new(text, json_record::LONGEST), 0);
    while let Some((line, content)) = lines.next()? {
        number += 1;
        let place = Location {
            line: Some(line),
            record: Some(number),
        };
        let flow = match content {
            Line::TooLong => json_record::too_long(place, out),
            Line::Text { text, .. } => match text.split_once('\t') {
                None => out.skip(
                    place,
                    SkipReason::NoText,
                    "no tab; write the date, a tab and the text",
                ),
                Some((date, text)) => {
                    let article = Article {
                        date: written::of_text(date),
                        body: clean::body(text),
                        ..Article::default()
                    };
                    out.record(number, article)
                }
            },
        };
        if flow.is_break() {
            // Whoever asked has had enough.
            return Ok(());
        }
    }
    if number == 0 {
        let _ = out.skip(Location::default(), SkipReason::Empty, "");
    }
    Ok(())
}
