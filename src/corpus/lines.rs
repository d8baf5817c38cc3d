//! Lines of a stream, with their numbers and a limit to what one may take up in memory.

use super::encoding::repair_utf8;
use std::io::{self, BufRead, Read};

/// A line of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    Text {
        text: String,
        /// Some of its bytes were no UTF-8.
        repaired: bool,
    },
    /// Longer than the limit, and passed over.
    TooLong,
}

/// Reads lines, numbering them from 1.
pub(super) struct Lines<R> {
    reader: R,
    limit: usize,
    number: usize,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R, limit: usize) -> Self {
        Self {
            reader,
            limit,
            number: 0,
        }
    }

    /// The next line, without its end, and its number.
    pub(super) fn next(&mut self) -> io::Result<Option<(usize, Line)>> {
        let mut bytes = Vec::new();
        // One byte more than the limit, and the line's end.
        let read = self
            .reader
            .by_ref()
            .take(self.limit as u64 + 2)
            .read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        } else if bytes.len() > self.limit {
            self.reader.skip_until(b'\n')?;
        }
        if bytes.len() > self.limit {
            return Ok(Some((self.number, Line::TooLong)));
        }
        let line = match String::from_utf8(bytes) {
            Ok(text) => Line::Text {
                text,
                repaired: false,
            },
            Err(error) => Line::Text {
                text: repair_utf8(error.as_bytes()).0,
                repaired: true,
            },
        };
        Ok(Some((self.number, line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8], limit: usize) -> Vec<(usize, Line)> {
        let mut lines = Lines::new(bytes, limit);
        std::iter::from_fn(|| lines.next().expect("no I/O error")).collect()
    }

    fn text(text: &str, repaired: bool) -> Line {
        Line::Text {
            text: text.into(),
            repaired,
        }
    }

    #[test]
    fn a_line_beyond_the_limit_is_passed_over_and_the_next_ones_read() {
        let read = lines(b"abcd\nabcde\nabcdefghijkl\n\nab", 4);
        let expected = [
            text("abcd", false),
            Line::TooLong,
            Line::TooLong,
            text("", false),
            text("ab", false),
        ];
        assert_eq!(
            read,
            expected
                .into_iter()
                .enumerate()
                .map(|(i, line)| (i + 1, line))
                .collect::<Vec<_>>()
        );
        assert_eq!(lines(b"abcdefgh", 4), [(1, Line::TooLong)]);
    }

    #[test]
    fn wrong_bytes_are_mended_by_the_line() {
        assert_eq!(
            lines(b"caf\xe9\ncaf\xc3\xa9\n", 9),
            [(1, text("café", true)), (2, text("café", false))]
        );
    }
}
