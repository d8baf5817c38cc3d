//! What is fuzzed, and what must hold whatever the input. `tests/it/fuzz_corpus.rs` calls the same functions with the
//! inputs that are kept, on a stable compiler.

use griot::corpus::{FORMATS, Options, Reading, read_file};
use griot::date::{PartialDate, in_name, line, typed, written};
use griot::facets::{Document, Facets, Span};
use griot::french::{French, head, passages};
use griot::query::{ParseOptions, Query, months_of, since, until};
use griot::schema::Lexicons;
use std::collections::BTreeSet;
use std::ops::{ControlFlow, Range};
use std::sync::LazyLock;

/// The lexicons of the binary.
static BUILT: LazyLock<(French, Facets)> = LazyLock::new(|| {
    let lexicons = Lexicons::embedded();
    let french = lexicons.french().expect("good lexicons");
    let facets = Facets::new(&lexicons, &french).expect("good lexicons");
    (french, facets)
});

/// A reader: the first byte says of which format the rest is a file.
pub fn readers(data: &[u8]) {
    let Some((&first, content)) = data.split_first() else {
        return;
    };
    let extensions: Vec<&str> = FORMATS
        .iter()
        // PDF is read by a process of its own.
        .filter(|format| format.name != "pdf")
        .flat_map(|format| format.extensions)
        .copied()
        .collect();
    let name = format!("a.{}", extensions[usize::from(first) % extensions.len()]);
    let name = name.replace("a.gz", "a.jsonl.gz");
    let dir = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
    let dir = dir.expect("a folder");
    let path = dir.path().join(name);
    std::fs::write(&path, content).expect("written");
    let (mut volume, mut reported) = (0, 0);
    let mut sink = |reading| {
        match reading {
            Reading::Article { article, .. } => {
                volume += article.title.len() + article.body.len();
                assert_eq!(
                    head(&article.body).len(),
                    article.body.len(),
                    "few words need no head"
                );
            }
            Reading::Skipped(what) | Reading::Warning(what) => {
                reported += 1;
                assert!(what.detail.len() < 4000, "{}", what.detail);
            }
        }
        ControlFlow::Continue(())
    };
    let read = read_file(&path, &Options::default(), &mut sink).expect("no I/O error");
    assert!(
        read.records > 0 || reported > 0,
        "a file gives articles or a reason"
    );
    assert!(
        volume < 1200 * (content.len() + 2000),
        "{volume} bytes of {}",
        content.len()
    );
}

/// A query: every text is one, and what it is understood as is understood as that again.
pub fn query(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (french, facets) = &*BUILT;
    for (any, plain) in [(false, false), (true, false), (false, true)] {
        let options = ParseOptions {
            any,
            plain,
            facets: facets.declarations(),
            ..ParseOptions::default()
        };
        let query = Query::parse(text, &options, french);
        for note in &query.notes {
            let span = note.span.clone().unwrap_or(0..0);
            assert!(query.text.get(span).is_some(), "{}", note.message);
        }
        let canonical = ParseOptions {
            plain: false,
            ..options
        };
        let understood = query.interpreted();
        // An accent without a letter stays in a word's form, and joins the blank before it when it is read again.
        let has_lone_accent = understood.contains(|c| ('\u{300}'..='\u{36f}').contains(&c));
        if understood.len() < griot::query::MAX_TEXT && !has_lone_accent {
            let again = Query::parse(&understood, &canonical, french);
            assert_eq!(again.interpreted(), understood);
        }
    }
}

/// Dates as people type and write them.
pub fn dates(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let check = |date: Option<PartialDate>| {
        if let Some(date) = date {
            let (first, last) = date.interval();
            assert!(first <= last);
            assert_eq!(date.to_string().parse().ok(), Some(date), "{date}");
        }
    };
    check(text.parse().ok());
    check(written::of_text(text));
    check(in_name::of_file(text));
    check(in_name::of_path(text));
    check(in_name::of_address(text));
    check(in_name::exact(text));
    check(line::line(text).map(|found| found.date));
    if let Some(interval) = typed::interval(text) {
        assert!(interval.from.zip(interval.to).is_none_or(|(from, to)| from <= to));
    }
    let _ = (months_of(text), since(text), until(text));
}

/// What a text reports: everything stands somewhere in it.
pub fn events(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (french, facets) = &*BUILT;
    let (title, body) = text.split_once('\n').unwrap_or(("", text));
    let (reported, derived) = french.numbered(title, body, |words| {
        let document = Document {
            title,
            body,
            words,
            published: PartialDate::new(2024, Some(5), Some(7)),
            url: None,
            file_name: None,
        };
        (
            facets.reported(&document),
            facets.derive(&document, &BTreeSet::new()),
        )
    });
    let stands = |span: Span| {
        let part = match span.part {
            griot::article::Part::Title => title,
            _ => body,
        };
        assert!(part.get(span.start..span.end).is_some(), "{span:?}");
    };
    for reported in &reported.events {
        let event = &reported.event;
        let tolls = [event.killed, event.wounded, event.abducted]
            .into_iter()
            .flatten();
        let tolls = tolls.map(|toll| toll.start..toll.end);
        let ranges = [event.passage.clone(), event.place_span.clone()]
            .into_iter()
            .chain(tolls);
        for range in ranges {
            stands(Span {
                part: reported.part,
                start: range.start,
                end: range.end,
            });
        }
        assert!((0.0..=1.0).contains(&event.confidence), "{}", event.confidence);
    }
    reported.names.iter().for_each(|name| stands(name.span));
    assert!(derived.values.iter().all(|value| !value.path.is_empty()));
    let mut end = 0;
    let in_order = |range: &Range<usize>, end: &mut usize| {
        assert!(range.start >= *end && range.end > range.start && body.get(range.clone()).is_some());
        *end = range.end;
    };
    passages(body)
        .iter()
        .for_each(|passage| in_order(passage, &mut end));
}
