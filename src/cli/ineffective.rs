//! Options without effect in the company of others: harmless, so that they are no error, but never silently.

use super::target::Settled;
use super::terminal::Form;
use clap::ArgMatches;
use clap::parser::ValueSource;
use griot::say;

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
    why: fn() -> String,
}

const fn rule(
    commands: &'static [&'static str],
    option: &'static str,
    when: fn(&Call<'_>) -> bool,
    why: fn() -> String,
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

const WITHOUT_QUERY: fn() -> String = || say!("option-no-query");
const EVIDENCE: fn() -> String = || say!("option-evidence");
const DRY_RUN: fn() -> String = || say!("option-dry-run");

const RULES: [Rule; 27] = [
    rule(&[], "any", |call| call.lacks_query(), WITHOUT_QUERY),
    rule(&[], "plain", |call| call.lacks_query(), WITHOUT_QUERY),
    rule(
        &[],
        "color",
        |call| call.is("color", "always") && call.to_file,
        || say!("option-files-without-colours"),
    ),
    rule(
        &[],
        "color",
        |call| call.is("color", "always") && call.form != Form::Text && !call.to_file,
        || say!("option-colours-in-text"),
    ),
    rule(
        &["licences", "lexicon check"],
        "index",
        |_| true,
        || say!("option-no-index"),
    ),
    rule(
        &[
            "completions",
            "man",
            "licences",
            "snapshot",
            "push",
            "saved add",
            "saved remove",
        ],
        "csv_excel",
        |_| true,
        || say!("option-no-csv"),
    ),
    rule(
        &["index"],
        "csv_excel",
        |call| !call.has("report"),
        || say!("option-only-report-csv"),
    ),
    rule(
        &["search"],
        "facets",
        |call| call.is_format(&["jsonl", "csv"]),
        || say!("option-hits-only"),
    ),
    rule(
        &["search"],
        "explain",
        |call| call.is_format(&["csv"]),
        || say!("option-no-column"),
    ),
    rule(
        &["search"],
        "unfold",
        |call| call.is_format(&["csv"]),
        || say!("option-best-of-group"),
    ),
    rule(
        &["search"],
        "snippet_length",
        |call| call.is("fragments", "0"),
        || say!("option-no-snippets"),
    ),
    rule(
        &["search"],
        "sort",
        |call| call.is("sort", "relevance") && call.lacks_query(),
        || say!("option-newest-first"),
    ),
    rule(
        &["export"],
        "with_text",
        |call| call.is("rows", "records"),
        || say!("option-records-have-text"),
    ),
    rule(
        &["export"],
        "sure",
        |call| !call.is("rows", "events"),
        || say!("option-only-events-sure"),
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
        || say!("option-whole-article"),
    ),
    rule(
        &["correct"],
        "format",
        |call| call.has("export"),
        || say!("option-export-csv"),
    ),
    rule(
        &["correct"],
        "csv_excel",
        |call| call.has("export"),
        || say!("option-export-own-csv"),
    ),
    rule(
        &["batch"],
        "facets",
        |call| call.is_format(&["csv", "trec"]),
        || say!("option-only-jsonl-counts"),
    ),
    rule(
        &["batch"],
        "snippets",
        |call| call.is_format(&["trec"]),
        || say!("option-trec-no-snippets"),
    ),
    rule(
        &["batch"],
        "repeat",
        |call| !call.has("timings"),
        || say!("option-repeat-measures"),
    ),
    rule(&["index"], "fail_unread", |call| call.has("dry_run"), DRY_RUN),
    rule(
        &["index"],
        "fail_unread",
        |call| call.has("watch") || call.has("every"),
        || say!("option-end-of-run"),
    ),
    rule(
        &["index"],
        "checksum",
        |call| call.has("rebuild"),
        || say!("option-rebuild-reads"),
    ),
    rule(
        &["index"],
        "watch",
        |call| call.has("every"),
        || say!("option-every-rescans"),
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
            say!("option-without-effect", option = option, why = (rule.why)())
        })
        .collect()
}
