//! PDF: a document is an article, which knows where its pages begin. It is read in a process of its own, so that no
//! file can end, stop or swell a run.

use super::reading::{Fault, Outcome};
use super::title_line::split_title;
use super::{LeftOut, Location, Options, Output, SkipReason, clean, header, lang, source_line};
use crate::article::Article;
use crate::date::{PartialDate, written};
use crate::page_numbers;
use crate::pdf::{Document, Page, Problem, Stopped};
use std::io::{self, Read};

/// The format's first year: no file is older.
const FIRST_YEAR: i16 = 1993;

/// Names that programs put where the author's belongs.
const NOBODY: [&str; 10] = [
    "user",
    "admin",
    "administrator",
    "administrateur",
    "utilisateur",
    "microsoft office user",
    "utilisateur microsoft office",
    "unknown",
    "inconnu",
    "anonymous",
];

pub(super) fn read(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let place = Location::default();
    let mut first = [0];
    if bytes.read(&mut first)? == 0 {
        let _ = out.skip(place, SkipReason::Empty, "");
        return Ok(());
    }
    let read = outcome(&mut (&first[..]).chain(bytes), options, out)?;
    match read.outcome {
        Outcome::Skip(reason, detail) => {
            let _ = out.skip(place, reason, detail);
        }
        Outcome::Article(article, faults) => {
            if out.warn_all(place, faults).is_continue() {
                let _ = out.article_made(read.made, *article);
            }
        }
    }
    Ok(())
}

/// What a document is that stands among others.
pub(super) fn article_of(bytes: &[u8], options: &Options, out: &mut Output<'_>) -> io::Result<Outcome> {
    let read = outcome(&mut &bytes[..], options, out)?;
    Ok(match read.outcome {
        Outcome::Article(mut article, faults) => {
            article.date = article.date.or(read.made);
            Outcome::Article(article, faults)
        }
        skip => skip,
    })
}

/// A document that was read.
struct Done {
    outcome: Outcome,
    /// When its file was made, if that may be when its text was written.
    made: Option<PartialDate>,
}

/// Has a document read, and enters what it shows.
fn outcome(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<Done> {
    let skip = |(reason, detail)| Done {
        outcome: Outcome::Skip(reason, detail),
        made: None,
    };
    let Some(reader) = &options.pdf_reader else {
        let cure = "no program to read PDF files was named; index the folder with `griot index`";
        return Ok(skip((SkipReason::ReaderMissing, cure.into())));
    };
    Ok(match reader.read(bytes)? {
        Ok(Ok(document)) => taken(document, out),
        Ok(Err(problem)) => skip(describe(&problem)),
        Err(stopped) => skip(describe_stopped(&stopped)),
    })
}

/// Why a document can't be read, and what to do about it.
fn describe(problem: &Problem) -> (SkipReason, String) {
    match problem {
        Problem::NeedsPassword => (
            SkipReason::Locked,
            "it needs a password; save it without one".into(),
        ),
        Problem::UnknownEncryption => (
            SkipReason::Locked,
            "it is encrypted in a way that griot doesn't know; save it without encryption".into(),
        ),
        Problem::Damaged => (
            SkipReason::Damaged,
            "not a PDF file, or too much of it is missing; download or copy it again".into(),
        ),
        Problem::NoTextLayer { images, unreadable } if *unreadable > 0 => (
            SkipReason::NoTextLayer,
            format!(
                "{}, whose fonts don't map {unreadable} characters to letters; run OCR",
                pages(images.len())
            ),
        ),
        Problem::NoTextLayer { images, .. } => (
            SkipReason::NoTextLayer,
            format!("{} without a text layer; run OCR", pages(images.len())),
        ),
    }
}

fn pages(number: usize) -> String {
    match number {
        1 => "1 page".into(),
        number => format!("{number} pages"),
    }
}

/// Why a document was not read to its end, and what to do about it.
fn describe_stopped(stopped: &Stopped) -> (SkipReason, String) {
    let cure = match stopped {
        Stopped::NotStarted(_) => return (SkipReason::ReaderMissing, format!("{stopped}; run griot again")),
        Stopped::File(_) | Stopped::Answer(_) => {
            return (SkipReason::TooLarge, format!("{stopped}; divide it"));
        }
        Stopped::Processor(_) | Stopped::Clock(_) => {
            "it is tried again by every run; allow more with --pdf-seconds, or print it to a new PDF"
        }
        Stopped::Memory(_) => "it is tried again by every run; print it to a new PDF, or divide it",
        Stopped::Interrupted => "it is tried again by the next run",
        Stopped::Broke(_) => "it is tried again by every run; print it to a new PDF",
    };
    (SkipReason::ReaderStopped, format!("{stopped}; {cure}"))
}

fn taken(document: Document, out: &mut Output<'_>) -> Done {
    for page in &document.pages {
        out.show(&page.text);
    }
    for line in &document.left_out {
        for _ in 0..line.pages {
            out.show(&line.text);
            out.leave_out(LeftOut::PageFurniture, &line.text);
        }
    }
    if document.pages.iter().all(|page| page.text.trim().is_empty()) {
        let nothing = "it has headers and page numbers, and no text";
        return Done {
            outcome: Outcome::Skip(SkipReason::NoText, nothing.into()),
            made: None,
        };
    }
    let faults = without_text(&document.pages).map(|detail| Fault {
        reason: SkipReason::NoTextLayer,
        line: None,
        detail,
    });
    Done {
        made: made(&document),
        outcome: Outcome::Article(Box::new(article(document)), faults.into_iter().collect()),
    }
}

/// Which pages have no text though they show something.
fn without_text(pages: &[Page]) -> Option<String> {
    let empty = |page: &&Page| page.text.trim().is_empty() && (page.images > 0 || page.unreadable > 0);
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for page in pages.iter().filter(empty) {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == page.number => *last = page.number,
            _ => ranges.push((page.number, page.number)),
        }
    }
    let names: Vec<String> = ranges
        .iter()
        .map(|(first, last)| match first == last {
            true => first.to_string(),
            false => format!("{first}–{last}"),
        })
        .collect();
    let is_one = ranges.len() == 1 && ranges[0].0 == ranges[0].1;
    (!names.is_empty()).then(|| {
        let noun = if is_one { "page" } else { "pages" };
        format!(
            "{noun} {} without text; run OCR if text is shown there",
            names.join(", ")
        )
    })
}

/// When the file was made, if that may be when its text was written: not for scans, which are younger than what they
/// show, nor by a clock that was wrong.
fn made(document: &Document) -> Option<PartialDate> {
    let with_text = || document.pages.iter().filter(|page| !page.text.trim().is_empty());
    let scanned = with_text().filter(|page| page.scanned).count();
    if 2 * scanned >= with_text().count() {
        return None;
    }
    let date = written::of_text(document.created.as_deref()?)?;
    (date.year() >= FIRST_YEAR && date.first_day() <= PartialDate::today().last_day()).then_some(date)
}

fn article(document: Document) -> Article {
    let mut article = Article::default();
    let mut texts: Vec<(String, String)> = document
        .pages
        .into_iter()
        .map(|page| {
            let label = page.label.and_then(|label| clean::line(&label));
            let label = label.unwrap_or_else(|| page.number.to_string());
            (label, clean::body(&page.text))
        })
        .filter(|(_, text)| !text.is_empty())
        .collect();
    if let Some((_, first)) = texts.first_mut() {
        (article.title, *first) = titled(document.title.and_then(|title| clean::line(&title)), first);
    }
    let mut pages = Vec::with_capacity(texts.len());
    for (label, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
        if !article.body.is_empty() {
            article.body.push_str("\n\n");
        }
        pages.push((article.body.len(), label.as_str()));
        article.body.push_str(text);
    }
    article
        .extra
        .insert(page_numbers::KEY.into(), page_numbers::value(pages));
    if let Some(created) = document.created {
        article.extra.insert("created".into(), created.into());
    }
    header::look(&mut article);
    source_line::look(&mut article);
    if article.author.is_none() {
        let author = document.author.and_then(|author| clean::line(&author));
        article.author = author.filter(|author| !NOBODY.contains(&author.to_lowercase().as_str()));
    }
    // What the file says is often the language of the program that made it: the words tell better.
    if lang::detect(&article.body).is_none() {
        article.lang = document.language.map(|language| crate::language::code(&language));
    }
    article
}

/// The title, and the first page's text without it, where it stands at the top of that.
fn titled(title: Option<String>, text: &str) -> (String, String) {
    let Some(title) = title else {
        return split_title(text);
    };
    let (first, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    if clean::line(first).as_deref() == Some(&title) && !rest.trim().is_empty() {
        return (title, clean::trimmed(rest).to_string());
    }
    (title, text.to_string())
}
