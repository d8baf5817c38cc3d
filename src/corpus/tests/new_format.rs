//! The example of a new format in ARCHITECTURE.md: compiled, run, and quoted there to the letter.

use super::super::account::Visible;
use super::super::gzip;
use super::super::output::Formats;
use super::super::output::Reader::Stream;
use super::*;

/// A table with the line that the example adds to [`FORMATS`].
const WITH_EXAMPLE: &[Format] = &[
    Format {
        name: "dispatch",
        extensions: &["dispatch"],
        visible: Visible::Lines,
        is_long: true,
        read: Stream(dispatch::read),
    },
    Format {
        name: "gzip",
        extensions: &["gz"],
        visible: Visible::Parts,
        is_long: false,
        read: Stream(gzip::read),
    },
];

/// What a file gives where the example is one of the formats.
fn readings(name: &str, mut content: &[u8]) -> Vec<Reading> {
    let mut readings = Vec::new();
    let mut sink = |reading| {
        readings.push(reading);
        ControlFlow::Continue(())
    };
    let summary = FileSummary::begin("dispatch");
    let media = crate::media::Media::embedded();
    let source = output::Source {
        path: Path::new(name),
        key: name,
        settings: None,
        globs: None,
        media: &media,
        reads_exports: false,
    };
    let size = content.len() as u64;
    Output::new(source, Formats(WITH_EXAMPLE), &mut sink, summary, size)
        .unpacked(name, &mut content, &Options::embedded())
        .expect("no I/O error");
    readings
}

#[test]
fn the_example_reads_dispatches() {
    let content = "2024-03-05\tLe pont de Gao rouvre.\nsans tabulation\n6 mars 2024\tUne trêve.\n";
    for readings in [
        readings("a.dispatch", content.as_bytes()),
        readings("a.dispatch.gz", &archives::gzip(content.as_bytes())),
    ] {
        let [
            Reading::Article {
                number: 1,
                article: first,
                ..
            },
            Reading::Skipped(skipped),
            Reading::Article {
                number: 3,
                article: third,
                ..
            },
        ] = &readings[..]
        else {
            panic!("{readings:?}")
        };
        let dates = [first, third].map(|article| article.date.map(|date| date.to_string()));
        assert_eq!(dates, [Some("2024-03-05".into()), Some("2024-03-06".into())]);
        assert_eq!(first.body, "Le pont de Gao rouvre.");
        assert_eq!((skipped.line, skipped.reason), (Some(2), SkipReason::NoText));
    }
    assert!(
        matches!(&readings("a.dispatch", b"")[..], [Reading::Skipped(s)] if s.reason == SkipReason::Empty)
    );
}

#[test]
fn architecture_quotes_the_example() {
    let page = include_str!("../../../ARCHITECTURE.md");
    // The quotation stands in a list.
    let quoted = |code: &str| -> String {
        let indented = code.lines().map(|line| match line {
            "" => "\n".to_string(),
            line => format!("   {line}\n"),
        });
        indented.collect()
    };
    let entry: String = include_str!("new_format.rs")
        .lines()
        .skip_while(|line| !line.starts_with("const WITH_EXAMPLE"))
        .skip(1)
        .take_while(|line| !line.contains("gzip"))
        .collect::<Vec<_>>()
        .join("\n");
    let (entry, _) = entry.split_once("    },").expect("the end of an entry");
    let entry = format!("{entry}    }},");
    for code in [include_str!("dispatch.rs"), &entry] {
        assert!(
            page.contains(&quoted(code)),
            "ARCHITECTURE.md is to have this:\n{}",
            quoted(code)
        );
    }
}
