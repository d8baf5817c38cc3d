//! E-mail: newsletters as single messages (`.eml`) and mailboxes (`.mbox`), and pages that a browser saved as one message
//! (`.mhtml`).

use super::html::{self, Outcome};
use super::mime::{self, Headers, Leaf};
use super::text::{self, is_too_large};
use super::{Options, Output, Place, SkipReason, clean, dates, format_of, markup};
use crate::article::Article;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

/// Longest message of a mailbox that is read, with its attachments.
const LONGEST: usize = 64 * 1024 * 1024;

/// A plain text shorter than this is hardly the whole of a newsletter.
const SHORT: usize = 200;

/// Reads a message.
pub(super) fn read_message(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    match whole(bytes, out)? {
        Some(message) => hand_over(&message, None, options, out).map(|_| ()),
        None => Ok(()),
    }
}

/// Reads the messages of a mailbox, one at a time.
pub(super) fn read_mailbox(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1 << 16, bytes);
    let (mut message, mut line): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
    let (mut number, mut line_number, mut begun_at, mut after_blank) = (0, 0, 1, true);
    loop {
        line.clear();
        let read = reader.by_ref().take(1 << 20).read_until(b'\n', &mut line)?;
        line_number += usize::from(line.ends_with(b"\n"));
        if read == 0 || (after_blank && line.starts_with(b"From ")) {
            if !message.trim_ascii().is_empty() {
                number += 1;
                let place = Place { line: Some(begun_at), record: Some(number) };
                let flow = if message.len() > LONGEST {
                    out.skip(place, SkipReason::TooLarge, format!("a message of more than {} MB", LONGEST >> 20))
                } else {
                    hand_over(&message, Some(place), options, out)?
                };
                if flow.is_break() {
                    return Ok(());
                }
            }
            if read == 0 {
                break;
            }
            message.clear();
            begun_at = line_number;
            continue;
        }
        after_blank = line.trim_ascii().is_empty();
        // `>From ` is how a line of a text that begins so is written.
        let unquoted = if line.starts_with(b">From ") { &line[1..] } else { &line[..] };
        if message.len() <= LONGEST {
            message.extend_from_slice(unquoted);
        }
    }
    if number == 0 {
        let _ = out.skip(Place::default(), SkipReason::Empty, "");
    }
    Ok(())
}

/// Reads a page that was saved as a message, with its images beside it.
pub(super) fn read_page(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let Some(message) = whole(bytes, out)? else { return Ok(()) };
    let file = Place::default();
    let (headers, _) = mime::split(&message);
    let leaves = mime::leaves(&message);
    let Some((page, html)) = leaves.iter().filter(|leaf| leaf.kind().ends_with("html")).find_map(|leaf| Some((leaf, leaf.text()?))) else {
        let _ = out.skip(file, SkipReason::NoText, "it holds no page; save it from the browser again");
        return Ok(());
    };
    match html::article_of(&html, options) {
        Outcome::Skip(reason, detail) => {
            let _ = out.skip(file, reason, detail);
        }
        Outcome::Article(mut article, faults) => {
            let saved_from = headers.raw("snapshot-content-location").or(page.headers.raw("content-location"));
            article.url = article.url.or_else(|| saved_from.filter(|url| url.starts_with("http")).map(String::from));
            if article.title.is_empty() {
                article.title = headers.text("subject").and_then(|title| clean::line(&title)).unwrap_or_default();
            }
            if out.warn_all(file, faults).is_continue() {
                let _ = out.article(*article);
            }
        }
    }
    Ok(())
}

/// A whole file; none if it has been reported as skipped.
fn whole(bytes: &mut dyn Read, out: &mut Output<'_>) -> io::Result<Option<Vec<u8>>> {
    let Some(message) = text::whole_bytes(bytes)? else {
        is_too_large(out);
        return Ok(None);
    };
    if message.trim_ascii().is_empty() {
        let _ = out.skip(Place::default(), SkipReason::Empty, "");
        return Ok(None);
    }
    if mime::split(&message).0.is_empty() {
        let _ = out.skip(Place::default(), SkipReason::NotText, "it has no header lines, so it is no message; give it its right extension");
        return Ok(None);
    }
    Ok(Some(message))
}

/// Hands over the article of a message, and what is attached to it. With a place if it is one of several.
fn hand_over(message: &[u8], place: Option<Place>, options: &Options, out: &mut Output<'_>) -> io::Result<ControlFlow<()>> {
    let (headers, _) = mime::split(message);
    let leaves = mime::leaves(message);
    let is_attached = |leaf: &&Leaf| leaf.is_attachment() || !leaf.kind().starts_with("text/") && leaf.file_name().is_some();
    let attached: Vec<(String, &Leaf)> = leaves
        .iter()
        .filter(is_attached)
        .filter_map(|leaf| Some((leaf.file_name()?, leaf)))
        .filter(|(name, _)| format_of(Path::new(name)).is_some())
        .collect();
    let article = article(&headers, &leaves);
    let at = place.unwrap_or_default();
    let flow = if article.body.is_empty() && article.title.is_empty() {
        if attached.is_empty() { out.skip(at, SkipReason::NoText, "a message without a text") } else { ControlFlow::Continue(()) }
    } else if let Some(number) = place.and_then(|place| place.record) {
        out.record(number, article)
    } else {
        out.article(article)
    };
    if flow.is_break() {
        return Ok(flow);
    }
    for (name, leaf) in attached {
        let path = place.and_then(|place| place.record).map_or_else(|| name.clone(), |number| format!("{number}/{name}"));
        out.member(&path, &mut &leaf.content[..], options)?;
        if out.is_stopped() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn article(headers: &Headers, leaves: &[Leaf]) -> Article {
    let text_of = |kind: &str| {
        let leaf = leaves.iter().find(|leaf| leaf.kind() == kind && !leaf.is_attachment())?;
        leaf.text().filter(|text| !text.trim().is_empty())
    };
    let html = text_of("text/html").map(|html| clean::body(&markup::plain_text(&html)));
    let plain = text_of("text/plain").map(|plain| clean::body(&plain));
    // Many newsletters have a plain text that only says where to read them.
    let body = match (plain, html) {
        (Some(plain), Some(html)) if plain.len() < SHORT || plain.len() < html.len() / 2 => html,
        (Some(plain), _) => plain,
        (None, html) => html.unwrap_or_default(),
    };
    let from = headers.text("from").and_then(|from| clean::line(&from)).unwrap_or_default();
    let name = from.split('<').next().and_then(|name| clean::line(name.trim_matches(['"', ' ', '\''])));
    let mut article = Article {
        title: headers.text("subject").and_then(|subject| clean::line(&subject)).unwrap_or_default(),
        body,
        date: headers.raw("date").and_then(dates::of_text),
        source: name.or_else(|| clean::line(&from)),
        lang: headers.raw("content-language").map(crate::language::code),
        ..Article::default()
    };
    if !from.is_empty() {
        article.extra.insert("from".into(), from.into());
    }
    article
}
