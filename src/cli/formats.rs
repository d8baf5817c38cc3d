//! The formats that commands write: one enum for each family of outputs.

use super::terminal::Form;
use clap::ValueEnum;

/// A family of formats.
pub trait Family: ValueEnum + Copy + PartialEq + Send + Sync + 'static {
    /// The format of a command that is asked for none.
    const DEFAULT: Self;
    /// Endings of file names with the format that each asks for.
    const ENDINGS: &'static [(&'static str, Self)];
    /// The help of `--format`.
    const HELP: &'static str;

    /// What reaches standard output.
    fn form(self) -> Form;

    /// The format as it is typed.
    fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_string())
    }

    /// CSV, where the family has it.
    fn csv() -> Option<Self> {
        Self::from_str("csv", false).ok()
    }
}

/// Endings of some family's formats: a file that is called so is expected to hold that.
pub const KNOWN_ENDINGS: [&str; 14] = [
    "txt", "csv", "tsv", "json", "jsonl", "ndjson", "svg", "trec", "geojson", "bib", "ris", "xlsx", "html",
    "docx",
];

/// An answer about one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    Text,
    Json,
}

/// References to articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CitationFormat {
    Text,
    Json,
    Bibtex,
    Ris,
    CslJson,
}

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    Text,
    Csv,
    Json,
}

/// A table that can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChartFormat {
    Text,
    Csv,
    Json,
    Svg,
}

/// A page of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HitFormat {
    Text,
    Json,
    Jsonl,
    Csv,
}

/// Rows, however many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    Jsonl,
    Csv,
    Xlsx,
    Geojson,
}

/// Events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EventFormat {
    Text,
    Csv,
    Jsonl,
    Xlsx,
    Geojson,
}

/// What happened when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChronologyFormat {
    Text,
    Csv,
    Xlsx,
    Json,
    Html,
}

/// A document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DossierFormat {
    Html,
    Docx,
    Md,
}

/// The answers to many queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RunFormat {
    Csv,
    Jsonl,
    Trec,
}

/// The tokens of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TokenFormat {
    Text,
    Json,
    Tsv,
}

/// A table for programs only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CsvOnly {
    Csv,
}

impl Family for CsvOnly {
    const DEFAULT: Self = Self::Csv;
    const ENDINGS: &'static [(&'static str, Self)] = &[("csv", Self::Csv)];
    const HELP: &'static str = "";

    fn form(self) -> Form {
        Form::Table
    }
}

impl Family for TextOrJson {
    const DEFAULT: Self = Self::Text;
    const ENDINGS: &'static [(&'static str, Self)] = &[("txt", Self::Text), ("json", Self::Json)];
    const HELP: &'static str = "text or json [default: text, or by the ending of FILE]";

    fn form(self) -> Form {
        match self {
            Self::Text => Form::Text,
            Self::Json => Form::Json,
        }
    }
}

impl Family for CitationFormat {
    const DEFAULT: Self = Self::Text;
    const ENDINGS: &'static [(&'static str, Self)] = &[
        ("txt", Self::Text),
        ("json", Self::Json),
        ("bib", Self::Bibtex),
        ("ris", Self::Ris),
    ];
    const HELP: &'static str =
        "text, json, bibtex, ris or csl-json [default: text, or by the ending of FILE]";

    fn form(self) -> Form {
        match self {
            Self::Text => Form::Text,
            Self::Bibtex | Self::Ris => Form::Table,
            Self::Json | Self::CslJson => Form::Json,
        }
    }
}

impl Family for TableFormat {
    const DEFAULT: Self = Self::Text;
    const ENDINGS: &'static [(&'static str, Self)] =
        &[("txt", Self::Text), ("csv", Self::Csv), ("json", Self::Json)];
    const HELP: &'static str = "text, csv or json [default: text, or by the ending of FILE]";

    fn form(self) -> Form {
        match self {
            Self::Text => Form::Text,
            Self::Csv => Form::Table,
            Self::Json => Form::Json,
        }
    }
}

impl Family for ChartFormat {
    const DEFAULT: Self = Self::Text;
    const ENDINGS: &'static [(&'static str, Self)] = &[
        ("txt", Self::Text),
        ("csv", Self::Csv),
        ("json", Self::Json),
        ("svg", Self::Svg),
    ];
    const HELP: &'static str = "text, csv, json or svg [default: text, or by the ending of FILE]";

    fn form(self) -> Form {
        match self {
            Self::Text => Form::Text,
            Self::Csv | Self::Svg => Form::Table,
            Self::Json => Form::Json,
        }
    }
}

impl Family for HitFormat {
    const DEFAULT: Self = Self::Text;
    const ENDINGS: &'static [(&'static str, Self)] = &[
        ("txt", Self::Text),
        ("json", Self::Json),
        ("jsonl", Self::Jsonl),
        ("ndjson", Self::Jsonl),
        ("csv", Self::Csv),
    ];
    const HELP: &'static str = "text, json, jsonl or csv [default: text, or by the ending of FILE]";

    fn form(self) -> Form {
        match self {
            Self::Text => Form::Text,
            Self::Json | Self::Jsonl => Form::Json,
            Self::Csv => Form::Table,
        }
    }
}

impl Family for RowFormat {
    const DEFAULT: Self = Self::Jsonl;
    const ENDINGS: &'static [(&'static str, Self)] = &[
        ("jsonl", Self::Jsonl),
        ("ndjson", Self::Jsonl),
        ("csv", Self::Csv),
        ("xlsx", Self::Xlsx),
        ("geojson", Self::Geojson),
    ];
    const HELP: &'static str =
        "jsonl, csv, xlsx, geojson (of events) [default: jsonl, or by the ending of FILE]";

    fn form(self) -> Form {
        match self {
            Self::Jsonl | Self::Geojson => Form::Json,
            Self::Csv => Form::Table,
            Self::Xlsx => Form::Binary,
        }
    }
}

impl Family for EventFormat {
    const DEFAULT: Self = Self::Text;
    const ENDINGS: &'static [(&'static str, Self)] = &[
        ("txt", Self::Text),
        ("csv", Self::Csv),
        ("jsonl", Self::Jsonl),
        ("ndjson", Self::Jsonl),
        ("xlsx", Self::Xlsx),
        ("geojson", Self::Geojson),
    ];
    const HELP: &'static str = "text, csv, xlsx, jsonl or geojson [default: text, or by the ending of FILE]";

    fn form(self) -> Form {
        match self {
            Self::Text => Form::Text,
            Self::Csv => Form::Table,
            Self::Jsonl | Self::Geojson => Form::Json,
            Self::Xlsx => Form::Binary,
        }
    }
}

impl Family for ChronologyFormat {
    const DEFAULT: Self = Self::Text;
    const ENDINGS: &'static [(&'static str, Self)] = &[
        ("txt", Self::Text),
        ("csv", Self::Csv),
        ("xlsx", Self::Xlsx),
        ("json", Self::Json),
        ("html", Self::Html),
    ];
    const HELP: &'static str = "text, csv, xlsx, json or html [default: text, or by the ending of FILE]";

    fn form(self) -> Form {
        match self {
            Self::Text => Form::Text,
            Self::Csv | Self::Html => Form::Table,
            Self::Json => Form::Json,
            Self::Xlsx => Form::Binary,
        }
    }
}

impl Family for DossierFormat {
    const DEFAULT: Self = Self::Html;
    const ENDINGS: &'static [(&'static str, Self)] =
        &[("html", Self::Html), ("docx", Self::Docx), ("md", Self::Md)];
    const HELP: &'static str = "html, docx or md [default: html, or by the ending of FILE]";

    fn form(self) -> Form {
        match self {
            Self::Html | Self::Md => Form::Table,
            Self::Docx => Form::Binary,
        }
    }
}

impl Family for RunFormat {
    const DEFAULT: Self = Self::Csv;
    const ENDINGS: &'static [(&'static str, Self)] = &[
        ("csv", Self::Csv),
        ("jsonl", Self::Jsonl),
        ("ndjson", Self::Jsonl),
        ("trec", Self::Trec),
    ];
    const HELP: &'static str = "csv, jsonl or trec [default: csv, or by the ending of FILE]";

    fn form(self) -> Form {
        match self {
            Self::Jsonl => Form::Json,
            Self::Csv | Self::Trec => Form::Table,
        }
    }
}

impl Family for TokenFormat {
    const DEFAULT: Self = Self::Text;
    const ENDINGS: &'static [(&'static str, Self)] =
        &[("txt", Self::Text), ("json", Self::Json), ("tsv", Self::Tsv)];
    const HELP: &'static str = "text or json: every step; tsv: form<TAB>stem [default: text]";

    fn form(self) -> Form {
        match self {
            Self::Text => Form::Text,
            Self::Json => Form::Json,
            Self::Tsv => Form::Table,
        }
    }
}
