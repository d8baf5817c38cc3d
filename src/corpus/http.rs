//! What a response of a web server holds, with its transfer and content encodings undone.

use super::Output;
use super::budget::{Fault as Broken, WHOLE};
use super::mime::{self, Headers};
use std::io::{self, Read};

/// Largest response that is looked at.
pub(super) const LARGEST: u64 = WHOLE as u64;

/// Largest window of zstd, as an exponent of 2: 8 MB, what RFC 9659 allows for the web.
const ZSTD_WINDOW: u32 = 23;

/// The content of a response.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// Its media type, lower case; empty if it names none.
    pub kind: String,
    charset: Option<String>,
    pub bytes: Vec<u8>,
}

/// Why a response gives no content.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Nothing {
    /// It is no answer with a page: a redirection, an error.
    NotFound,
    /// Its encoding can't be undone; why.
    Broken(String),
}

/// What the content is to griot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Page,
    Text,
    Feed,
    Pdf,
    /// Pictures, scripts, styles, fonts, films: none of it is a text.
    Nothing,
    Other,
}

impl Content {
    /// The content of a record that holds it as it is.
    pub(super) fn plain(headers: &Headers, bytes: Vec<u8>) -> Self {
        Self {
            kind: headers.kind("content-type"),
            charset: headers.parameter("content-type", "charset"),
            bytes,
        }
    }

    pub(super) fn form(&self) -> Form {
        let head = self.bytes[..self.bytes.len().min(1024)]
            .trim_ascii_start()
            .to_ascii_lowercase();
        let begins = |with: &[u8]| head.starts_with(with);
        let holds = |what: &[u8]| head.windows(what.len()).any(|part| part == what);
        let is_feed = || holds(b"<rss") || holds(b"<feed") || holds(b"<rdf:rdf");
        match self.kind.as_str() {
            _ if self.bytes.trim_ascii().is_empty() => Form::Nothing,
            "text/html" | "application/xhtml+xml" => Form::Page,
            "" | "application/pdf" | "application/x-pdf" | "application/octet-stream" if begins(b"%pdf-") => {
                Form::Pdf
            }
            "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" => Form::Feed,
            "text/xml" | "application/xml" if is_feed() => Form::Feed,
            "" | "text/plain" | "application/octet-stream"
                if begins(b"<!doctype html") || begins(b"<html") =>
            {
                Form::Page
            }
            "text/plain" => Form::Text,
            "text/css"
            | "text/javascript"
            | "application/javascript"
            | "application/x-javascript"
            | "text/x-javascript"
            | "application/x-shockwave-flash"
            | "application/font-woff"
            | "application/vnd.ms-fontobject"
            | "text/dns" => Form::Nothing,
            kind if ["image/", "video/", "audio/", "font/", "application/x-font"]
                .iter()
                .any(|p| kind.starts_with(p)) =>
            {
                Form::Nothing
            }
            _ => Form::Other,
        }
    }

    /// It as text; none if it is none.
    pub(super) fn text(self) -> Option<String> {
        mime::decode_text(self.bytes, self.charset.as_deref())
    }
}

/// The content of a response as it came from the network: status line, headers, body.
pub(super) fn content(response: Vec<u8>, out: &Output<'_>) -> Result<Content, Nothing> {
    let status = response.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let code = status
        .strip_prefix(b"HTTP/")
        .and_then(|rest| rest.split(|&byte| byte == b' ').nth(1))
        .map(<[u8]>::trim_ascii);
    if code != Some(b"200") {
        return Err(Nothing::NotFound);
    }
    let (headers, body) = mime::split(&response[(status.len() + 1).min(response.len())..]);
    let mut body = if headers
        .kind("transfer-encoding")
        .split(',')
        .any(|coding| coding.trim() == "chunked")
    {
        unchunked(body)
    } else {
        body.to_vec()
    };
    // In the order in which they were applied.
    let encodings = headers.kind("content-encoding");
    for encoding in encodings
        .split(',')
        .rev()
        .map(str::trim)
        .filter(|encoding| !encoding.is_empty())
    {
        body = decoded(body, encoding, out)?;
    }
    // Some crawlers leave out the header.
    if body.starts_with(b"\x1f\x8b") {
        body = decoded(body, "gzip", out)?;
    }
    Ok(Content::plain(&headers, body))
}

/// A body with a content encoding undone. Some crawlers undo it and leave the header: what isn't encoded
/// stays.
fn decoded(body: Vec<u8>, encoding: &str, out: &Output<'_>) -> Result<Vec<u8>, Nothing> {
    let source = &body[..];
    let unpacked = match encoding {
        "gzip" | "x-gzip" if source.starts_with(b"\x1f\x8b") => {
            unpack(flate2::read::MultiGzDecoder::new(source), out)
        }
        "deflate" => unpack(flate2::read::ZlibDecoder::new(source), out)
            .or_else(|_| unpack(flate2::read::DeflateDecoder::new(source), out)),
        "br" => unpack(brotli_decompressor::Decompressor::new(source, 4096), out),
        "zstd" if source.starts_with(b"\x28\xb5\x2f\xfd") => match zstd::stream::read::Decoder::new(source) {
            Ok(mut decoder) => match decoder.window_log_max(ZSTD_WINDOW) {
                Ok(()) => unpack(decoder, out),
                Err(error) => Err(error.to_string()),
            },
            Err(error) => Err(error.to_string()),
        },
        "gzip" | "x-gzip" | "zstd" | "identity" => return Ok(body),
        other => Err(format!("griot doesn't know the encoding `{other}`")),
    };
    match unpacked {
        Ok(unpacked) => Ok(unpacked),
        Err(_) if is_markup(&body) => Ok(body),
        Err(what) => Err(Nothing::Broken(format!(
            "its encoding ({encoding}) can't be decoded: {what}"
        ))),
    }
}

fn is_markup(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// What a decoder gives, within the budget of the file; an error with nothing read is one, one after
/// something is a page that is cut off.
fn unpack(decoder: impl Read, out: &Output<'_>) -> Result<Vec<u8>, String> {
    let fault = Broken::default();
    let mut unpacked = Vec::new();
    let done: io::Result<usize> = out
        .budget
        .guard(decoder, &fault)
        .take(LARGEST + 1)
        .read_to_end(&mut unpacked);
    if unpacked.len() as u64 > LARGEST {
        return Err(format!("it unpacks to more than {} MB", LARGEST >> 20));
    }
    let what = done.err().map(|error| error.to_string()).or_else(|| fault.take());
    match what {
        Some(what) if unpacked.is_empty() => Err(what),
        _ => Ok(unpacked),
    }
}

/// A body without the lengths of its chunks. One that has none after all stays as it is.
fn unchunked(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(end) = rest.iter().position(|&byte| byte == b'\n') {
        let size = rest[..end]
            .split(|&byte| byte == b';')
            .next()
            .unwrap_or_default()
            .trim_ascii();
        let size = std::str::from_utf8(size)
            .ok()
            .and_then(|size| usize::from_str_radix(size, 16).ok());
        let Some(size) = size else {
            return if out.is_empty() { body.to_vec() } else { out };
        };
        rest = &rest[end + 1..];
        out.extend_from_slice(&rest[..size.min(rest.len())]);
        if size == 0 || size >= rest.len() {
            return out;
        }
        rest = &rest[size..];
        rest = rest
            .strip_prefix(b"\r\n")
            .or(rest.strip_prefix(b"\n"))
            .unwrap_or(rest);
    }
    if out.is_empty() { body.to_vec() } else { out }
}
