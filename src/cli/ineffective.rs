//! Options without effect in the company of others: harmless, so that they are no error, but never silently.

use super::target::Settled;
use super::terminal::Form;
use clap::ArgMatches;
use clap::parser::ValueSource;

/// What the options of a command come to.
pub struct Call<'a> {
    /// The command with what is below it: `saved run`.
    pub command: String,
    matches: &'a ArgMatches,
    /// The format as it is typed.
    pub format: &'a str,
    pub form: Form,
    /// Whether a file is written.
    pub to_file: bool,
}

impl<'a> Call<'a> {
    /// A call of the command that these matches lead to.
    pub fn new(matches: &'a ArgMatches, settled: &'a Settled) -> Self {
        let (mut names, mut matches) = (Vec::new(), matches);
        while let Some((name, below)) = matches.subcommand() {
            names.push(name);
            matches = below;
        }
        Self {
            command: names.join(" "),
            matches,
            format: &settled.format,
            form: settled.form,
            to_file: settled.output.is_some(),
        }
    }

    /// Whether an option was typed.
    fn has(&self, id: &str) -> bool {
        // Not every command has every option.
        let is_there = self.matches.try_contains_id(id).unwrap_or(false);
        is_there && self.matches.value_source(id) == Some(ValueSource::CommandLine)
    }

    /// Whether an option has this value, typed or by default.
    fn is(&self, id: &str, value: &str) -> bool {
        let raw = self.matches.try_get_raw(id).ok().flatten();
        raw.into_iter().flatten().any(|typed| typed == value)
    }

    /// Whether a query could have been typed, and was not.
    fn lacks_query(&self) -> bool {
        !WITHOUT_QUERIES.contains(&self.command.as_str()) && !self.has("query")
    }

    fn is_format(&self, names: &[&str]) -> bool {
        names.contains(&self.format)
    }
}

/// An option, the command it belongs to (any, if empty), when it has no effect, and why.
struct Rule {
    commands: &'static [&'static str],
    option: &'static str,
    when: fn(&Call<'_>) -> bool,
    why: &'static str,
}

const fn rule(
    commands: &'static [&'static str],
    option: &'static str,
    when: fn(&Call<'_>) -> bool,
    why: &'static str,
) -> Rule {
    Rule {
        commands,
        option,
        when,
        why,
    }
}

/// Commands with options of queries that take none themselves. A release build of clap doesn't say which arguments a
/// command has.
pub const WITHOUT_QUERIES: [&str; 1] = ["batch"];

const WITHOUT_QUERY: &str = "there are no query words";
const EVIDENCE: &str = "--evidence lists phrases instead of counts";
const DRY_RUN: &str = "--dry-run writes nothing";

const RULES: [Rule; 27] = [
    rule(&[], "any", |call| call.lacks_query(), WITHOUT_QUERY),
    rule(&[], "plain", |call| call.lacks_query(), WITHOUT_QUERY),
    rule(
        &[],
        "color",
        |call| call.is("color", "always") && call.to_file,
        "files are written without colours",
    ),
    rule(
        &[],
        "color",
        |call| call.is("color", "always") && call.form != Form::Text && !call.to_file,
        "only text has colours",
    ),
    rule(
        &["licences", "lexicon check"],
        "index",
        |_| true,
        "this command reads no index",
    ),
    rule(
        &[
            "completions",
            "man",
            "licences",
            "snapshot",
            "saved add",
            "saved remove",
        ],
        "csv_excel",
        |_| true,
        "this command doesn't write CSV",
    ),
    rule(
        &["index"],
        "csv_excel",
        |call| !call.has("report"),
        "only the report is CSV; name it with --report FILE.csv",
    ),
    rule(
        &["search"],
        "facets",
        |call| call.is_format(&["jsonl", "csv"]),
        "jsonl and csv have hits only; use --format json, or griot facets",
    ),
    rule(
        &["search"],
        "explain",
        |call| call.is_format(&["csv"]),
        "csv has no column for it; use text, json or jsonl",
    ),
    rule(
        &["search"],
        "unfold",
        |call| call.is_format(&["csv"]),
        "csv lists only the best of each group; use text, json or jsonl",
    ),
    rule(
        &["search"],
        "snippet_length",
        |call| call.is("fragments", "0"),
        "--fragments 0 leaves snippets out",
    ),
    rule(
        &["search"],
        "sort",
        |call| call.is("sort", "relevance") && call.lacks_query(),
        "without words to rank by, the newest come first",
    ),
    rule(
        &["export"],
        "with_text",
        |call| call.is("rows", "records"),
        "records have their text in any case",
    ),
    rule(
        &["export"],
        "sure",
        |call| !call.is("rows", "events"),
        "only rows of events are sure or not; use --rows events",
    ),
    rule(&["facets"], "by", |call| call.has("evidence"), EVIDENCE),
    rule(&["facets"], "top", |call| call.has("evidence"), EVIDENCE),
    rule(
        &["facets"],
        "region_division",
        |call| call.has("evidence"),
        EVIDENCE,
    ),
    rule(
        &["show"],
        "context",
        |call| call.is_format(&["json"]),
        "json has the whole article with its matches",
    ),
    rule(
        &["correct"],
        "format",
        |call| call.has("export"),
        "--export writes CSV",
    ),
    rule(
        &["correct"],
        "csv_excel",
        |call| call.has("export"),
        "--export writes the CSV that griot correct reads again",
    ),
    rule(
        &["batch"],
        "facets",
        |call| call.is_format(&["csv", "trec"]),
        "only jsonl has facet counts",
    ),
    rule(
        &["batch"],
        "snippets",
        |call| call.is_format(&["trec"]),
        "a TREC run has no snippets",
    ),
    rule(
        &["batch"],
        "repeat",
        |call| !call.has("timings"),
        "repeating a query only measures it; add --timings",
    ),
    rule(&["index"], "fail_unread", |call| call.has("dry_run"), DRY_RUN),
    rule(
        &["index"],
        "fail_unread",
        |call| call.has("watch") || call.has("every"),
        "it is about the end of a run; --watch and --every keep running",
    ),
    rule(
        &["index"],
        "checksum",
        |call| call.has("rebuild"),
        "--rebuild reads every file anyway",
    ),
    rule(
        &["index"],
        "watch",
        |call| call.has("every"),
        "--every rescans at its interval instead",
    ),
];

/// A note for each option that has no effect: `--facets has no effect: only jsonl has facet counts`.
pub fn notes(call: &Call<'_>) -> Vec<String> {
    let is_about = |rule: &&Rule| rule.commands.is_empty() || rule.commands.contains(&call.command.as_str());
    RULES
        .iter()
        .filter(is_about)
        .filter(|rule| call.has(rule.option) && (rule.when)(call))
        .map(|rule| {
            let option = rule.option.replace('_', "-");
            format!("--{option} has no effect: {}", rule.why)
        })
        .collect()
}
