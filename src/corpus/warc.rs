//! Web archives: the pages among their responses, each with the address it was fetched from.

use super::budget::Fault as Broken;
use super::html::{self, Outcome};
use super::mime::{self, Headers};
use super::{Options, Output, Place, SkipReason};
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

/// Largest response that is looked at.
const LARGEST: u64 = 32 * 1024 * 1024;

/// Most bytes of the headers of a record.
const LONGEST_HEAD: u64 = 256 * 1024;

pub(super) fn read(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1 << 16, bytes);
    let file = Place::default();
    let (mut number, mut records) = (0, 0);
    while let Some(head) = next_head(&mut reader)? {
        records += 1;
        let (headers, _) = mime::split(&head);
        let length = headers
            .raw("content-length")
            .and_then(|length| length.parse::<u64>().ok())
            .unwrap_or(0);
        let kind = headers.kind("warc-type");
        if !matches!(kind.as_str(), "response" | "resource") || length > LARGEST {
            io::copy(&mut reader.by_ref().take(length), &mut io::sink())?;
            continue;
        }
        let mut content = Vec::new();
        let read = reader.by_ref().take(length).read_to_end(&mut content)? as u64;
        let page = if kind == "response" {
            response(content, out)
        } else {
            resource(&headers, content)
        };
        if let Some(html) = page {
            number += 1;
            if one(
                &html,
                &headers,
                Place {
                    line: None,
                    record: Some(number),
                },
                options,
                out,
            )
            .is_break()
            {
                return Ok(());
            }
        }
        if read < length {
            let _ = out.warn(
                file,
                SkipReason::Damaged,
                "it is cut off; fetch or copy it again (what came before was read)",
            );
        }
    }
    let _ = match (records, number) {
        (0, _) => out.skip(file, SkipReason::Empty, "it holds no record of a web archive"),
        (_, 0) => out.skip(
            file,
            SkipReason::NoText,
            format!("none of its {records} records is a page"),
        ),
        _ => ControlFlow::Continue(()),
    };
    Ok(())
}

/// Hands a page over.
fn one(
    html: &str,
    headers: &Headers,
    place: Place,
    options: &Options,
    out: &mut Output<'_>,
) -> ControlFlow<()> {
    match html::article_of(html, options) {
        Outcome::Skip(reason, detail) => {
            let from = headers.raw("warc-target-uri").unwrap_or("a page");
            out.skip(place, reason, format!("{from}: {detail}"))
        }
        Outcome::Article(mut article, faults) => {
            let address = headers
                .raw("warc-target-uri")
                .map(|url| url.trim_matches(['<', '>']).to_string());
            article.url = article.url.or(address);
            if let Some(date) = headers.raw("warc-date") {
                article.extra.insert("fetched".into(), date.into());
            }
            out.warn_all(place, faults)?;
            out.record(place.record.unwrap_or(1), *article)
        }
    }
}

/// The headers of the next record; what is no record is passed over.
fn next_head(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.by_ref().take(LONGEST_HEAD).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.starts_with(b"WARC/") {
            break;
        }
    }
    let mut head = Vec::new();
    let mut left = LONGEST_HEAD;
    loop {
        line.clear();
        let read = reader.by_ref().take(left).read_until(b'\n', &mut line)?;
        left -= read as u64;
        if line.trim_ascii().is_empty() {
            return Ok(Some(head));
        }
        head.extend_from_slice(&line);
    }
}

/// The page of a record that holds it as it is.
fn resource(headers: &Headers, content: Vec<u8>) -> Option<String> {
    is_page(&headers.kind("content-type"))
        .then(|| mime::decode_text(content, headers.parameter("content-type", "charset").as_deref()))?
}

/// The page of a response, if it is one that was found.
fn response(content: Vec<u8>, out: &Output<'_>) -> Option<String> {
    let status = content.split(|&byte| byte == b'\n').next()?;
    let code = status
        .strip_prefix(b"HTTP/")?
        .split(|&byte| byte == b' ')
        .nth(1)?
        .trim_ascii();
    if code != b"200" {
        return None;
    }
    let (headers, body) = mime::split(&content[(status.len() + 1).min(content.len())..]);
    if !is_page(&headers.kind("content-type")) {
        return None;
    }
    let body = if headers.kind("transfer-encoding") == "chunked" {
        unchunked(body)
    } else {
        body.to_vec()
    };
    // Some crawlers undo the compression and leave the header.
    let body = if body.starts_with(b"\x1f\x8b") {
        let mut unpacked = Vec::new();
        let fault = Broken::default();
        out.budget
            .guard(flate2::read::MultiGzDecoder::new(&body[..]), &fault)
            .take(LARGEST)
            .read_to_end(&mut unpacked)
            .ok()?;
        unpacked
    } else {
        body
    };
    mime::decode_text(body, headers.parameter("content-type", "charset").as_deref())
}

fn is_page(kind: &str) -> bool {
    matches!(kind, "text/html" | "application/xhtml+xml")
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
