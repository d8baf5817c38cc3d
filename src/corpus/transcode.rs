//! Readers that turn other encodings into UTF-8 while they are read.

use encoding_rs::{DecoderResult, Encoding};
use std::io::{self, Read};

/// A reader that turns another encoding into UTF-8.
pub(super) struct Transcoder<R> {
    inner: R,
    decoder: encoding_rs::Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    text: Vec<u8>,
    text_at: usize,
    ended: bool,
}

impl<R: Read> Transcoder<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self {
            inner,
            decoder,
            raw: Vec::new(),
            raw_at: 0,
            text: Vec::new(),
            text_at: 0,
            ended: false,
        }
    }

    /// Decodes the next piece into `text`, which may stay empty before the end.
    fn refill(&mut self) -> io::Result<()> {
        if self.raw_at == self.raw.len() {
            self.raw.resize(16 * 1024, 0);
            let read = self.inner.read(&mut self.raw)?;
            self.raw.truncate(read);
            self.raw_at = 0;
            self.ended = read == 0;
        }
        self.text.resize(64 * 1024, 0);
        let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
            &self.raw[self.raw_at..],
            &mut self.text,
            self.ended,
        );
        self.raw_at += read;
        self.text.truncate(written);
        self.text_at = 0;
        if matches!(result, DecoderResult::Malformed(..)) {
            self.text.extend_from_slice("\u{fffd}".as_bytes());
            // The decoder may have more to say after a fault in the last bytes, but must not be called after
            // its end.
            self.ended &= self.raw_at == self.raw.len();
        }
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.text_at == self.text.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let n = buffer.len().min(self.text.len() - self.text_at);
        buffer[..n].copy_from_slice(&self.text[self.text_at..self.text_at + n]);
        self.text_at += n;
        Ok(n)
    }
}

/// UTF-32, which browsers no longer know: in which order its bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Utf32 {
    Little,
    Big,
}

impl Utf32 {
    /// The order of a text that is in UTF-32, and the length of its byte order mark. Without one, three bytes
    /// in four are zero.
    pub(super) fn of(head: &[u8]) -> Option<(Self, usize)> {
        if head.starts_with(b"\xff\xfe\0\0") {
            return Some((Utf32::Little, 4));
        }
        if head.starts_with(b"\0\0\xfe\xff") {
            return Some((Utf32::Big, 4));
        }
        let quads = head.len() / 4;
        if quads < 4 {
            return None;
        }
        let order = if head[0] != 0 { Utf32::Little } else { Utf32::Big };
        let is_text = |four: &[u8]| order.unit(four).is_some_and(|c| c != '\0' && (c as u32) < 0x3000);
        let texts = head.chunks_exact(4).filter(|four| is_text(four)).count();
        (texts * 10 > quads * 9).then_some((order, 0))
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Utf32::Little => "UTF-32LE",
            Utf32::Big => "UTF-32BE",
        }
    }

    fn unit(self, four: &[u8]) -> Option<char> {
        let four = <[u8; 4]>::try_from(four).ok()?;
        char::from_u32(match self {
            Utf32::Little => u32::from_le_bytes(four),
            Utf32::Big => u32::from_be_bytes(four),
        })
    }

    /// The stream as UTF-8.
    pub(super) fn reader<R: Read>(self, inner: R) -> FromUtf32<R> {
        FromUtf32 {
            order: self,
            inner,
            text: Vec::new(),
            at: 0,
        }
    }
}

/// A reader of UTF-32.
pub(super) struct FromUtf32<R> {
    order: Utf32,
    inner: R,
    text: Vec<u8>,
    at: usize,
}

impl<R: Read> Read for FromUtf32<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.text.len() {
            let mut raw = Vec::with_capacity(16 * 1024);
            self.inner.by_ref().take(16 * 1024).read_to_end(&mut raw)?;
            self.text.clear();
            self.at = 0;
            for four in raw.chunks(4) {
                let c = self.order.unit(four).unwrap_or('\u{fffd}');
                self.text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        let n = buffer.len().min(self.text.len() - self.at);
        buffer[..n].copy_from_slice(&self.text[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
