//! Files that are held as a whole: their bytes, their text, and whether they ask not to be indexed.

use super::budget::WHOLE;
use super::encoding::{self, Decoded};
use super::{Location, Output, SkipReason};
use encoding_rs::Encoding;
use std::io::{self, Read};

/// Lines in which a file may ask not to be indexed.
const HEAD: usize = 10;

/// The text of a whole file, as decoded; none if it has been reported as skipped. `declared` finds the
/// encoding that the file itself names.
pub(super) fn text(
    bytes: &mut dyn Read,
    out: &mut Output<'_>,
    declared: impl Fn(&[u8]) -> Option<&'static Encoding>,
) -> io::Result<Option<String>> {
    text_within(WHOLE, bytes, out, declared)
}

/// The same with another bound, in bytes.
pub(super) fn text_within(
    largest: usize,
    bytes: &mut dyn Read,
    out: &mut Output<'_>,
    declared: impl Fn(&[u8]) -> Option<&'static Encoding>,
) -> io::Result<Option<String>> {
    let Some(read) = bytes_within(largest, bytes, out)? else {
        return Ok(None);
    };
    let file = Location::default();
    let label = declared(&read);
    match encoding::decode(read, label) {
        Err(what) => {
            let _ = out.skip(file, SkipReason::NotText, what);
            Ok(None)
        }
        Ok(Decoded { text, .. }) if text.trim().is_empty() => {
            let _ = out.skip(file, SkipReason::Empty, "");
            Ok(None)
        }
        Ok(Decoded {
            text,
            encoding,
            fault,
        }) => {
            out.summary.encoding = encoding;
            if fault.is_some() {
                let detail =
                    format!("read as {encoding}, with what doesn't fit replaced; convert the file to UTF-8");
                if out
                    .warn(
                        Location {
                            line: fault,
                            record: None,
                        },
                        SkipReason::BadEncoding,
                        detail,
                    )
                    .is_break()
                {
                    return Ok(None);
                }
            }
            Ok(Some(text))
        }
    }
}

/// A whole file as it is, or the beginning of one that is larger than what is read at once, which is reported; none
/// when nothing more is to be read.
pub(super) fn bytes(bytes: &mut dyn Read, out: &mut Output<'_>) -> io::Result<Option<Vec<u8>>> {
    bytes_within(WHOLE, bytes, out)
}

/// The same with another bound, in bytes.
pub(super) fn bytes_within(
    largest: usize,
    bytes: &mut dyn Read,
    out: &mut Output<'_>,
) -> io::Result<Option<Vec<u8>>> {
    let mut read = Vec::with_capacity(out.expected().min(largest) + 1);
    let size = bytes.take(largest as u64 + 1).read_to_end(&mut read)?;
    if size <= largest {
        return Ok(Some(read));
    }
    read.truncate(largest);
    cut_at_a_line(&mut read);
    let cure = format!(
        "only its first {} MB are read; split it, or write it as .jsonl with one article a line",
        largest >> 20
    );
    let flow = out.skip(Location::default(), SkipReason::TooLarge, cure);
    out.cut_off();
    Ok(flow.is_continue().then_some(read))
}

/// Ends what was cut off somewhere after a line, or after a word: half of a character would look like another
/// encoding. In UTF-16 and UTF-32 a bound in whole megabytes is no place within a unit.
fn cut_at_a_line(read: &mut Vec<u8>) {
    /// How far back an end is looked for.
    const NEAR: usize = 64 * 1024;
    if matches!(
        read[..],
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 0, 0xfe, 0xff, ..]
    ) {
        return;
    }
    let from = read.len().saturating_sub(NEAR);
    let last = |wanted: u8| read[from..].iter().rposition(|byte| *byte == wanted);
    if let Some(end) = last(b'\n').or_else(|| last(b' ')).or_else(|| last(b'>')) {
        read.truncate(from + end + 1);
    }
}

/// Whether one of the first lines is `<!-- griot: ignore -->`.
pub(super) fn asks_to_be_ignored(text: &str) -> bool {
    text.lines().take(HEAD).any(|line| {
        line.trim()
            .strip_prefix("<!--")
            .and_then(|l| l.strip_suffix("-->"))
            .is_some_and(is_request)
    })
}

/// Whether a comment asks that the file be ignored.
pub(super) fn is_request(comment: &str) -> bool {
    comment
        .trim()
        .strip_prefix("griot:")
        .is_some_and(|wish| wish.trim() == "ignore")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_ends_after_a_line_or_a_word() {
        for (bytes, kept) in [
            ("un\nd\u{e9}".as_bytes(), 3),
            ("un deux\u{e9}".as_bytes(), 3),
            ("<p>\u{e9}".as_bytes(), 3),
            (b"\xff\xfeu\0\n\0d\0", 8),
        ] {
            let mut cut = bytes.to_vec();
            cut_at_a_line(&mut cut);
            assert_eq!(cut.len(), kept, "{bytes:?}");
        }
    }

    #[test]
    fn only_a_line_of_its_own_asks_to_be_ignored() {
        assert!(asks_to_be_ignored("# Titre\n <!-- griot: ignore --> \ntexte"));
        assert!(!asks_to_be_ignored(
            "Écrire `<!-- griot: ignore -->` en tête du fichier"
        ));
    }
}
