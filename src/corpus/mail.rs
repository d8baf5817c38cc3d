//! E-mail: newsletters as single messages (`.eml`) and mailboxes (`.mbox`), and pages that a browser saved as
//! one message (`.mhtml`).

use super::account::{LeftOut, Visible};
use super::budget::WHOLE_MESSAGE;
use super::mime::{self, Headers, Leaf};
use super::reading::Outcome;
use super::{Location, Options, Output, SkipReason, clean, html, markup, whole};
use crate::article::Article;
use crate::date::written;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

/// Longest message that is read, with its attachments.
const LONGEST: usize = WHOLE_MESSAGE;

/// A plain text shorter than this is hardly the whole of a newsletter.
const SHORT: usize = 200;

/// Reads a message.
pub(super) fn read_message(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    match message(bytes, out)? {
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
        if line_number <= 1 && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        let begins = line.starts_with(b"From ")
            && (line_number <= 1 || is_separator(&line, after_blank, reader.fill_buf()?));
        if read == 0 || begins {
            if !message.trim_ascii().is_empty() {
                number += 1;
                let place = Location {
                    line: Some(begun_at),
                    record: Some(number),
                };
                let flow = if message.len() > LONGEST {
                    out.skip(
                        place,
                        SkipReason::TooLarge,
                        format!("a message of more than {} MB", LONGEST >> 20),
                    )
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
        let unquoted = if line.starts_with(b">From ") {
            &line[1..]
        } else {
            &line[..]
        };
        if message.len() <= LONGEST {
            message.extend_from_slice(unquoted);
        }
    }
    if number == 0 {
        let _ = out.skip(Location::default(), SkipReason::Empty, "");
    }
    Ok(())
}

/// Whether a line `From …` stands between two messages, by what it says, whether an empty line is before it,
/// and what follows it; not "From Bamako to Gao, …" of a text. Some programs leave the empty line out, some
/// write no time.
fn is_separator(line: &[u8], after_blank: bool, next: &[u8]) -> bool {
    let sender = line.split(u8::is_ascii_whitespace).nth(1).unwrap_or_default();
    let is_sender = sender.contains(&b'@') || matches!(sender, b"-" | b"MAILER-DAEMON");
    let (is_envelope, is_header) = (
        is_envelope(line) || line.trim_ascii() == b"From -",
        is_header(next),
    );
    let is_bare = line
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty())
        .count()
        <= 3;
    is_envelope && is_header && (after_blank || is_sender)
        || after_blank && (is_sender && is_envelope || is_header && (is_sender || is_bare))
}

/// Whether a line `From …` ends as programs write it between messages, with a time and a year.
fn is_envelope(line: &[u8]) -> bool {
    let is_time = |word: &[u8]| {
        word.len() >= 4 && word.contains(&b':') && word.iter().all(|b| b.is_ascii_digit() || *b == b':')
    };
    let is_year = |word: &[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    let has = |is: &dyn Fn(&[u8]) -> bool| line.split(u8::is_ascii_whitespace).any(is);
    has(&is_time) && has(&is_year)
}

/// Whether text begins with a line of a message's header: `Return-Path: …`.
fn is_header(text: &[u8]) -> bool {
    let name = text
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'-')
        .count();
    // Of a name that the buffer cuts off, nobody knows.
    (1..60).contains(&name) && text.get(name).is_none_or(|&byte| byte == b':')
}

/// Reads a page that was saved as a message, with its images beside it.
pub(super) fn read_page(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let Some(message) = message(bytes, out)? else {
        return Ok(());
    };
    let file = Location::default();
    let (headers, _) = mime::split(&message);
    let leaves = mime::leaves(&message);
    let Some((page, html)) = leaves
        .iter()
        .filter(|leaf| leaf.kind().ends_with("html"))
        .find_map(|leaf| Some((leaf, leaf.text()?)))
    else {
        let _ = out.skip(
            file,
            SkipReason::NoText,
            "it contains no page; save it from the browser again",
        );
        return Ok(());
    };
    out.show_as(Visible::Markup, &html);
    match html::counted(&html, options, out) {
        Outcome::Skip(reason, detail) => {
            let _ = out.skip(file, reason, detail);
        }
        Outcome::Article(mut article, faults) => {
            let saved_from = headers
                .raw("snapshot-content-location")
                .or(page.headers.raw("content-location"));
            article.url = article
                .url
                .or_else(|| saved_from.filter(|url| url.starts_with("http")).map(String::from));
            if article.title.is_empty() {
                article.title = headers
                    .text("subject")
                    .and_then(|title| clean::line(&title))
                    .unwrap_or_default();
            }
            if out.warn_all(file, faults).is_continue() {
                let _ = out.article(*article);
            }
        }
    }
    Ok(())
}

/// The message that a file is; none if it has been reported as skipped.
fn message(bytes: &mut dyn Read, out: &mut Output<'_>) -> io::Result<Option<Vec<u8>>> {
    let Some(message) = whole::bytes_within(LONGEST, bytes, out)? else {
        return Ok(None);
    };
    if message.trim_ascii().is_empty() {
        let _ = out.skip(Location::default(), SkipReason::Empty, "");
        return Ok(None);
    }
    // Programs that keep messages in files of their own may leave the line that parts those of a mailbox.
    let message = match message.strip_prefix(b"From ") {
        Some(rest) => rest
            .iter()
            .position(|&byte| byte == b'\n')
            .map_or(rest, |end| &rest[end + 1..])
            .to_vec(),
        None => message,
    };
    if mime::split(&message).0.is_empty() {
        let _ = out.skip(
            Location::default(),
            SkipReason::NotText,
            "it has no header lines, so it is not a message; give it the right extension",
        );
        return Ok(None);
    }
    Ok(Some(message))
}

/// Hands over the article of a message, and what is attached to it. With a place if it is one of several.
fn hand_over(
    message: &[u8],
    place: Option<Location>,
    options: &Options,
    out: &mut Output<'_>,
) -> io::Result<ControlFlow<()>> {
    out.shown(|out| hand_over_shown(message, place, options, out))
}

/// The same, with what people see of it.
fn hand_over_shown(
    message: &[u8],
    place: Option<Location>,
    options: &Options,
    out: &mut Output<'_>,
) -> io::Result<ControlFlow<()>> {
    let (headers, _) = mime::split(message);
    let leaves = mime::leaves(message);
    show(&headers, &leaves, out);
    let (messages, mut attached) = attachments(&leaves);
    attached.retain(|(name, _)| out.reads(name));
    let article = article(&headers, &leaves);
    let at = place.unwrap_or_default();
    // What only forwards others, a digest, is no article itself.
    let is_cover = article.body.is_empty() && messages > 0;
    if is_cover {
        let heads = ["subject", "from"]
            .into_iter()
            .filter_map(|name| headers.text(name));
        heads.for_each(|head| out.leave_out(LeftOut::ExportLabels, &head));
    }
    let is_empty = is_cover || article.body.is_empty() && article.title.is_empty();
    let flow = match (is_empty, attached.is_empty()) {
        (true, true) => out.skip(at, SkipReason::NoText, "a message without a text"),
        (true, false) => ControlFlow::Continue(()),
        (false, true) if article.body.is_empty() => {
            let what = "a message without a text: only its subject was indexed";
            match out.warn(at, SkipReason::NoText, what) {
                ControlFlow::Continue(()) => hand_on(place, article, out),
                stopped => stopped,
            }
        }
        (false, _) => hand_on(place, article, out),
    };
    if flow.is_break() {
        return Ok(flow);
    }
    let (date, source) = (
        headers.raw("date").and_then(written::of_text),
        sender(&from_of(&headers)),
    );
    for (name, leaf) in attached {
        let path = place
            .and_then(|place| place.record)
            .map_or_else(|| name.clone(), |number| format!("{number}/{name}"));
        out.attached(&path, date, source.as_deref(), &mut &leaf.content[..], options)?;
        if out.is_stopped() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Enters what people see of a message: its subject, its sender and its texts.
fn show(headers: &Headers, leaves: &[Leaf], out: &mut Output<'_>) {
    let heads = ["subject", "from"]
        .into_iter()
        .filter_map(|name| headers.text(name));
    heads.for_each(|head| out.show(&head));
    for leaf in leaves.iter().filter(|leaf| !leaf.is_attachment()) {
        match (leaf.kind().as_str(), leaf.text()) {
            ("text/plain", Some(text)) => out.show(&text),
            ("text/html", Some(text)) => out.show_as(Visible::Markup, &text),
            _ => {}
        }
    }
}

/// What is attached to a message, with its name, and how much of it is messages.
fn attachments(leaves: &[Leaf]) -> (usize, Vec<(String, &Leaf)>) {
    let is_attached = |leaf: &&Leaf| {
        leaf.is_message()
            || leaf.is_attachment()
            || !leaf.kind().starts_with("text/") && leaf.file_name().is_some()
    };
    let mut messages = 0;
    let mut attached: Vec<(String, &Leaf)> = Vec::new();
    for leaf in leaves.iter().filter(is_attached) {
        if leaf.is_message() {
            messages += 1;
            let name = leaf.file_name().unwrap_or_else(|| format!("message-{messages}"));
            attached.push((
                if name.to_lowercase().ends_with(".eml") {
                    name
                } else {
                    format!("{name}.eml")
                },
                leaf,
            ));
        } else if let Some(name) = leaf.file_name() {
            attached.push((name, leaf));
        }
    }
    (messages, attached)
}

/// Hands over an article, by its number if it is one of several.
fn hand_on(place: Option<Location>, article: Article, out: &mut Output<'_>) -> ControlFlow<()> {
    match place.and_then(|place| place.record) {
        Some(number) => out.record(number, article),
        None => out.article(article),
    }
}

/// The texts of a message, one after the other; of parts that say the same in two forms, the fuller.
fn text_of(leaves: &[Leaf]) -> String {
    let mut texts: Vec<String> = Vec::new();
    let mut at = 0;
    let inline: Vec<&Leaf> = leaves.iter().filter(|leaf| !leaf.is_attachment()).collect();
    while let Some(first) = inline.get(at) {
        let together = inline[at..]
            .iter()
            .take_while(|leaf| leaf.choice.is_some() && leaf.choice == first.choice)
            .count()
            .max(1);
        // One of the forms may be of several parts itself, an image between them.
        let of_kind = |kind: &str, read: fn(&str) -> String| {
            let texts = inline[at..at + together]
                .iter()
                .filter(|leaf| leaf.kind() == kind)
                .filter_map(|leaf| leaf.text());
            let texts: Vec<String> = texts
                .map(|text| clean::body(&read(&text)))
                .filter(|text| !text.is_empty())
                .collect();
            Some(texts.join("\n\n")).filter(|text| !text.is_empty())
        };
        let (plain, html) = (
            of_kind("text/plain", str::to_string),
            of_kind("text/html", markup::plain_text),
        );
        // Many newsletters have a plain text that only says where to read them.
        texts.extend(match (plain, html) {
            (Some(plain), Some(html)) if plain.len() < SHORT || plain.len() < html.len() / 2 => Some(html),
            (Some(plain), _) => Some(plain),
            (None, html) => html,
        });
        at += together;
    }
    texts.join("\n\n")
}

fn from_of(headers: &Headers) -> String {
    headers
        .text("from")
        .and_then(|from| clean::line(&from))
        .unwrap_or_default()
}

fn article(headers: &Headers, leaves: &[Leaf]) -> Article {
    let body = text_of(leaves);
    let from = from_of(headers);
    let (body, signature) = signed(body);
    let mut article = Article {
        title: headers
            .text("subject")
            .and_then(|subject| clean::line(&subject))
            .unwrap_or_default(),
        body,
        date: headers.raw("date").and_then(written::of_text),
        source: sender(&from),
        lang: headers.raw("content-language").map(crate::language::code),
        ..Article::default()
    };
    if !from.is_empty() {
        article.extra.insert("from".into(), from.into());
    }
    if let Some(signature) = signature {
        article.extra.insert("signature".into(), signature.into());
    }
    article
}

/// The name of a sender, else the address: of `Awa Ba <awa@ex.org>`, `<awa@ex.org>`, `awa@ex.org (Awa Ba)`,
/// `Awa Ba awa@ex.org`.
fn sender(from: &str) -> Option<String> {
    // Of several, the first.
    let from = match from.find('>') {
        Some(end) => &from[..=end],
        None => from,
    };
    let is_address = |word: &str| word.contains('@') && !word.contains(char::is_whitespace);
    let bare = |word: &str| {
        word.trim_matches(['<', '>', '(', ')', '[', ']', ',', ';', '"', '\''])
            .to_string()
    };
    let words = from.split_whitespace().filter(|word| !is_address(&bare(word)));
    let name = words.collect::<Vec<_>>().join(" ");
    let name = clean::line(name.trim_matches(['"', ' ', '\'', '(', ')', '<', '>', ',']));
    // `"awa@ex.org" <awa@ex.org>` has none.
    name.or_else(|| from.split_whitespace().map(bare).find(|word| is_address(word)))
        .or_else(|| clean::line(from))
}

/// The text of a message, and the signature below it: what follows a line `-- ` and is short. A signature
/// says where the sender lives, not where something happened.
fn signed(body: String) -> (String, Option<String>) {
    const LINES: usize = 12;
    let mark = ["\n-- \n", "\n--\n"]
        .iter()
        .filter_map(|mark| body.rfind(mark).map(|at| (at, mark.len())))
        .max();
    match mark {
        Some((at, length))
            if body[at + length..].lines().count() <= LINES && !body[..at].trim().is_empty() =>
        {
            let signature = clean::body(&body[at + length..]);
            (
                clean::body(&body[..at]),
                Some(signature).filter(|text| !text.is_empty()),
            )
        }
        _ => (body, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn senders_are_told_from_their_addresses() {
        for (from, name) in [
            ("Awa Ba <awa@ex.org>", "Awa Ba"),
            ("\"Ba, Awa\" <awa@ex.org>", "Ba, Awa"),
            ("<awa@ex.org>", "awa@ex.org"),
            ("awa@ex.org", "awa@ex.org"),
            ("awa@ex.org (Awa Ba)", "Awa Ba"),
            ("Awa Ba awa@ex.org", "Awa Ba"),
            ("\"awa@ex.org\" <awa@ex.org>", "awa@ex.org"),
            ("Awa Ba <awa@ex.org>, Issa <issa@ex.org>", "Awa Ba"),
            ("Le Fleuve", "Le Fleuve"),
        ] {
            assert_eq!(sender(from).as_deref(), Some(name), "{from}");
        }
        assert_eq!(sender(""), None);
    }

    #[test]
    fn messages_are_told_from_lines_that_begin_with_from() {
        for (line, blank, next, is) in [
            ("From a@b Mon Mar 11 08:00:00 2024", true, "From: x", true),
            ("From a@b Mon Mar 11 08:00:00 2024", false, "From: x", true),
            (
                "From - Mon Mar 11 08:00:00 2024",
                false,
                "X-Mozilla-Status: 0001",
                true,
            ),
            ("From ???@??? Mon Mar 11 08:00:00 2024", true, "", true),
            ("From a@b", true, "From: x", true),
            ("From - ", false, "From: x", true),
            ("From memory, at 10:30 in 2024", true, "the convoy", false),
            ("From Bamako 12 mars 2024 - dépêche", true, "Note: suite", false),
            ("From 10:30 on Monday 2024", false, "Note: suite", false),
        ] {
            assert_eq!(
                is_separator(line.as_bytes(), blank, next.as_bytes()),
                is,
                "{line}"
            );
        }
    }

    #[test]
    fn a_signature_is_no_text() {
        assert_eq!(
            signed("Texte\n-- \nAwa\nBamako, Mali".into()),
            ("Texte".into(), Some("Awa\nBamako, Mali".into()))
        );
        let long = format!("Texte\n--\n{}", "ligne\n".repeat(30));
        assert_eq!(signed(long.clone()), (long, None));
    }
}
