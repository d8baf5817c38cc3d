//! Web archives: the pages among their responses, each with the address it was fetched from.

use super::account::Visible;
use super::http::{self, Form, LARGEST, Nothing};
use super::mime::{self, Headers};
use super::reading::Outcome;
use super::{Location, Options, Output, SkipReason, html, pdf, text};
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

/// Most bytes of the headers of a record.
const LONGEST_HEAD: u64 = 256 * 1024;

pub(super) fn read(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1 << 16, bytes);
    let file = Location::default();
    let mut responses = Responses {
        options,
        number: 0,
        others: Others::default(),
    };
    let mut records = 0;
    while let Some(head) = next_head(&mut reader)? {
        records += 1;
        let (headers, _) = mime::split(&head);
        let length = headers
            .raw("content-length")
            .and_then(|length| length.parse::<u64>().ok())
            .unwrap_or(0);
        let kind = headers.kind("warc-type");
        let is_response = matches!(kind.as_str(), "response" | "resource" | "conversion");
        if !is_response || length > LARGEST {
            io::copy(&mut reader.by_ref().take(length), &mut io::sink())?;
            if is_response {
                responses.others.add("responses that are too large", &headers);
            }
            continue;
        }
        let mut content = Vec::new();
        let read = reader.by_ref().take(length).read_to_end(&mut content)? as u64;
        let found = if kind == "response" {
            http::content(content, out)
        } else {
            Ok(http::Content::plain(&headers, content))
        };
        let flow = match found {
            Ok(content) => responses.hand_over(content, &headers, out)?,
            Err(Nothing::NotFound) => ControlFlow::Continue(()),
            Err(Nothing::Broken(what)) => {
                let from = address(&headers);
                out.skip(file, SkipReason::Damaged, format!("{from}: {what}"))
            }
        };
        if flow.is_break() {
            return Ok(());
        }
        if read < length {
            let _ = out.warn(
                file,
                SkipReason::Damaged,
                "it is cut off; fetch or copy it again (what came before was read)",
            );
        }
    }
    let _ = responses.report(records, out);
    Ok(())
}

/// The responses of an archive, one after the other.
struct Responses<'o> {
    options: &'o Options,
    /// How many have been handed over.
    number: usize,
    others: Others,
}

impl Responses<'_> {
    /// Hands over what a response holds, if it is a page, a text or a feed.
    fn hand_over(
        &mut self,
        content: http::Content,
        headers: &Headers,
        out: &mut Output<'_>,
    ) -> io::Result<ControlFlow<()>> {
        match content.form() {
            Form::Page | Form::Text => Ok(page(content, headers, self.next_place(), self.options, out)),
            Form::Feed => {
                self.number += 1;
                let name = format!("{}.xml", address(headers).trim_end_matches(".xml"));
                out.member(&name, &mut &content.bytes[..], self.options)?;
                Ok(if out.is_stopped() {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                })
            }
            Form::Pdf => {
                let place = self.next_place();
                out.shown(|out| {
                    let outcome = pdf::article_of(&content.bytes, self.options, out)?;
                    Ok(one(outcome, headers, place, out))
                })
            }
            Form::Nothing => Ok(ControlFlow::Continue(())),
            Form::Other => {
                let kind = if content.kind.is_empty() {
                    "no kind"
                } else {
                    &content.kind
                };
                self.others.add(kind, headers);
                Ok(ControlFlow::Continue(()))
            }
        }
    }

    /// Reports what nothing was made of.
    fn report(&self, records: usize, out: &mut Output<'_>) -> ControlFlow<()> {
        let file = Location::default();
        match (records, self.number) {
            (0, _) => out.skip(file, SkipReason::Empty, "it contains no record of a web archive"),
            (_, 0) if self.others.0.is_empty() => out.skip(
                file,
                SkipReason::NoText,
                format!("none of its {records} records is a page"),
            ),
            (_, number) => self.others.report(number > 0, out),
        }
    }

    /// The place of the next record.
    fn next_place(&mut self) -> Location {
        self.number += 1;
        Location {
            line: None,
            record: Some(self.number),
        }
    }
}

/// Responses that hold texts of kinds that griot doesn't read from a web archive, by kind: how many, and one
/// of them.
#[derive(Default)]
struct Others(BTreeMap<String, (usize, String)>);

impl Others {
    fn add(&mut self, kind: &str, headers: &Headers) {
        let (count, _) = self
            .0
            .entry(kind.to_string())
            .or_insert_with(|| (0, address(headers)));
        *count += 1;
    }

    /// Reports them, a kind at a time: as warnings where the archive has articles all the same.
    fn report(&self, has_articles: bool, out: &mut Output<'_>) -> ControlFlow<()> {
        for (kind, (count, example)) in &self.0 {
            let what = format!(
                "not read: {count} of {kind}, such as {example}; download those that you want separately"
            );
            if has_articles {
                out.warn(Location::default(), SkipReason::UnknownFormat, what)?;
            } else {
                out.skip(Location::default(), SkipReason::UnknownFormat, what)?;
            }
        }
        ControlFlow::Continue(())
    }
}

fn address(headers: &Headers) -> String {
    let address = headers.raw("warc-target-uri").unwrap_or("a response");
    address.trim_matches(['<', '>']).to_string()
}

/// A page or a text as an article.
fn page(
    content: http::Content,
    headers: &Headers,
    place: Location,
    options: &Options,
    out: &mut Output<'_>,
) -> ControlFlow<()> {
    let is_page = content.form() == Form::Page;
    let Some(text) = content.text() else {
        let from = address(headers);
        return out.skip(
            place,
            SkipReason::NotText,
            format!("{from}: its bytes are not text"),
        );
    };
    out.shown(|out| {
        let outcome = if is_page {
            out.show_as(Visible::Markup, &text);
            html::counted(&text, options, out)
        } else {
            out.show(&text);
            text::article_of(&text)
        };
        one(outcome, headers, place, out)
    })
}

/// Hands a page or a text over.
fn one(outcome: Outcome, headers: &Headers, place: Location, out: &mut Output<'_>) -> ControlFlow<()> {
    match outcome {
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
