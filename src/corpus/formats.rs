//! The table of formats: a format is a reader in a file beside this one, and one line here.

use super::account::Visible;
use super::output::Reader::{Seek, Stream};
use super::output::{Format, Formats};
use super::{feed, gzip, html, json, jsonl, mail, markdown, office, pdf, rtf, table, text, warc, zip};
use std::path::Path;

/// Every format, one line each.
pub const FORMATS: &[Format] = &[
    Format {
        name: "text",
        extensions: &["txt", "text"],
        visible: Visible::Lines,
        is_long: false,
        read: Stream(text::read),
    },
    Format {
        name: "markdown",
        extensions: &["md", "markdown"],
        visible: Visible::Markdown,
        is_long: false,
        read: Stream(markdown::read),
    },
    Format {
        name: "jsonl",
        extensions: &["jsonl", "ndjson"],
        visible: Visible::Strings,
        is_long: true,
        read: Stream(jsonl::read),
    },
    Format {
        name: "json",
        extensions: &["json"],
        visible: Visible::Strings,
        is_long: true,
        read: Stream(json::read),
    },
    Format {
        name: "csv",
        extensions: &["csv", "tsv", "tab"],
        visible: Visible::Lines,
        is_long: true,
        read: Stream(table::read),
    },
    Format {
        name: "feed",
        extensions: &["xml", "rss", "atom"],
        visible: Visible::Feed,
        is_long: false,
        read: Stream(feed::read),
    },
    Format {
        name: "html",
        extensions: &["html", "htm", "xhtml"],
        visible: Visible::Markup,
        is_long: false,
        read: Stream(html::read),
    },
    Format {
        name: "rtf",
        extensions: &["rtf"],
        visible: Visible::ControlWords,
        is_long: false,
        read: Stream(rtf::read),
    },
    Format {
        name: "docx",
        extensions: &["docx"],
        visible: Visible::Parts,
        is_long: false,
        read: Seek(office::read_docx),
    },
    Format {
        name: "odt",
        extensions: &["odt"],
        visible: Visible::Parts,
        is_long: false,
        read: Seek(office::read_odt),
    },
    Format {
        name: "pdf",
        extensions: &["pdf"],
        visible: Visible::Parts,
        is_long: false,
        read: Stream(pdf::read),
    },
    Format {
        name: "mail",
        extensions: &["eml"],
        visible: Visible::Parts,
        is_long: false,
        read: Stream(mail::read_message),
    },
    Format {
        name: "mailbox",
        extensions: &["mbox"],
        visible: Visible::Parts,
        is_long: false,
        read: Stream(mail::read_mailbox),
    },
    Format {
        name: "mhtml",
        extensions: &["mhtml", "mht"],
        visible: Visible::Parts,
        is_long: false,
        read: Stream(mail::read_page),
    },
    Format {
        name: "warc",
        extensions: &["warc"],
        visible: Visible::Parts,
        is_long: false,
        read: Stream(warc::read),
    },
    Format {
        name: "zip",
        extensions: &["zip"],
        visible: Visible::Parts,
        is_long: false,
        read: Seek(zip::read),
    },
    Format {
        name: "gzip",
        extensions: &["gz"],
        visible: Visible::Parts,
        is_long: false,
        read: Stream(gzip::read),
    },
];

/// The format of a file, by its extension. A compressed file must say what it holds (`a.csv.gz`): there are
/// many that hold no articles.
pub fn format_of(path: &Path) -> Option<&'static Format> {
    Formats(FORMATS).of(path)
}

/// Whether there is a reader for a file, by its extension.
pub fn is_supported(path: &Path) -> bool {
    format_of(path).is_some()
}

/// What to do about a file of an unknown format.
pub(super) fn unknown_format() -> String {
    Formats(FORMATS).cure_for_unknown()
}
