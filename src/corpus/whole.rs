//! Files that are held as a whole: their bytes, their text, and whether they ask not to be indexed.

use super::budget::WHOLE;
use super::encoding::{self, Decoded};
use super::{Output, Place, SkipReason};
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

/// The same, of a file of at most so many bytes.
pub(super) fn text_within(
    largest: usize,
    bytes: &mut dyn Read,
    out: &mut Output<'_>,
    declared: impl Fn(&[u8]) -> Option<&'static Encoding>,
) -> io::Result<Option<String>> {
    let Some(read) = bytes_within(largest, bytes, out)? else {
        return Ok(None);
    };
    let file = Place::default();
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
                        Place {
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

/// A whole file as it is; none if it is larger than what is read at once, and has been reported as skipped.
pub(super) fn bytes(bytes: &mut dyn Read, out: &mut Output<'_>) -> io::Result<Option<Vec<u8>>> {
    bytes_within(WHOLE, bytes, out)
}

/// The same, of a file of at most so many bytes.
pub(super) fn bytes_within(
    largest: usize,
    bytes: &mut dyn Read,
    out: &mut Output<'_>,
) -> io::Result<Option<Vec<u8>>> {
    let mut read = Vec::new();
    let size = bytes.take(largest as u64 + 1).read_to_end(&mut read)?;
    if size <= largest {
        return Ok(Some(read));
    }
    let cure = format!(
        "more than {} MB; split it, or write it as .jsonl with one article a line",
        largest >> 20
    );
    let _ = out.skip(Place::default(), SkipReason::TooLarge, cure);
    Ok(None)
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
    fn only_a_line_of_its_own_asks_to_be_ignored() {
        assert!(asks_to_be_ignored("# Titre\n <!-- griot: ignore --> \ntexte"));
        assert!(!asks_to_be_ignored(
            "Écrire `<!-- griot: ignore -->` en tête du fichier"
        ));
    }
}
