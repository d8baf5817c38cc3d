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
pub const KNOWN_ENDINGS: [&str; 9] = [
    "txt", "csv", "tsv", "json", "jsonl", "ndjson", "svg", "trec", "geojson",
];

/// An answer about one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    Text,
    Json,
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
}

/// Events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EventFormat {
    Text,
    Csv,
    Jsonl,
    Geojson,
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
    ];
    const HELP: &'static str = "jsonl or csv [default: jsonl, or by the ending of FILE]";

    fn form(self) -> Form {
        match self {
            Self::Jsonl => Form::Json,
            Self::Csv => Form::Table,
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
        ("geojson", Self::Geojson),
    ];
    const HELP: &'static str = "text, csv, jsonl or geojson [default: text, or by the ending of FILE]";

    fn form(self) -> Form {
        match self {
            Self::Text => Form::Text,
            Self::Csv => Form::Table,
            Self::Jsonl | Self::Geojson => Form::Json,
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
