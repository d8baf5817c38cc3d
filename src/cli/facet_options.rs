//! The options of facets, `--region Gao` and `--not-region Gao`: made of the declarations in `schema.toml`,
//! so that a facet that is declared there has them.
//!
//! clap asks for options before anything is parsed: [`declare`] comes first, then the parsing, then what was
//! chosen is in [`FacetValues`].

use super::args::Cli;
use super::facet_values::{FacetOption, Flag, set_options};
use clap::{Command, CommandFactory};
use griot::facets::FacetDeclaration;
use griot::index::{IndexDir, layout};
use griot::schema::Lexicons;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;

/// The id of an argument that only commands with filters have.
const FILTERS: &str = "where_";

/// Declares the options of the facets of griot's own schema and, where the command line has an option that is
/// none of these or asks for help, of the index that it is about.
pub fn declare(args: &[OsString]) {
    // The embedded schema is tested; a broken one in the index is reported when the index is opened.
    let embedded = Lexicons::embedded()
        .schema()
        .map(|s| s.facets)
        .unwrap_or_default();
    let mut taken = BTreeSet::new();
    // Making it takes as long as opening an index.
    let command = Cli::command();
    names_of_options(&command, false, &mut taken);
    let mut options = options(&embedded, &taken);
    if asks_for_more(args, &command, &options) {
        let mut facets = of_index(args).unwrap_or_default();
        let names: BTreeSet<String> = facets.iter().map(|f| f.name.clone()).collect();
        facets.extend(embedded.into_iter().filter(|f| !names.contains(&f.name)));
        options = self::options(&facets, &taken);
    }
    set_options(options);
}

/// Collects the names of the options of every command that has filters, or of every command, and of the global
/// options.
fn names_of_options(command: &Command, all: bool, names: &mut BTreeSet<String>) {
    let is_root = command.get_name() == "griot";
    if all || is_root || command.get_arguments().any(|arg| arg.get_id() == FILTERS) {
        for arg in command.get_arguments() {
            names.extend(arg.get_long().map(String::from));
            names.extend(
                arg.get_all_aliases()
                    .unwrap_or_default()
                    .into_iter()
                    .map(String::from),
            );
        }
    }
    for below in command.get_subcommands() {
        names_of_options(below, all, names);
    }
}

/// The options of facets; a name that is another option's already is left out.
fn options(facets: &[FacetDeclaration], taken: &BTreeSet<String>) -> Vec<FacetOption> {
    let mut taken = taken.clone();
    let mut options = Vec::new();
    for facet in facets {
        let called = facet.option.as_deref().unwrap_or(&facet.name);
        let names = std::iter::once(called).chain(facet.names());
        let names = names.map(|name| name.replace(['_', ' '], "-"));
        let free = names.filter(|name| taken.insert(name.clone()) && taken.insert(format!("not-{name}")));
        let names: Vec<String> = free.collect();
        let spoken = facet.name.replace('_', " ");
        if names.is_empty() {
            continue;
        }
        let value_name = match facet.derive.months {
            true => "MONTH".to_string(),
            false => called.to_uppercase(),
        };
        let help = facet.help.clone();
        options.push(FacetOption {
            facet: called.to_string(),
            exclude: Flag {
                id: format!("not facet {called}"),
                names: names.iter().map(|name| format!("not-{name}")).collect(),
                value_name: value_name.clone(),
                help: format!("Exclude this {spoken}"),
                is_secondary: true,
            },
            include: Flag {
                id: format!("facet {called}"),
                names,
                value_name,
                help: help.unwrap_or_else(|| format!("Value of the facet {spoken}")),
                is_secondary: false,
            },
        });
    }
    options
}

/// Whether a command line has options that nobody has declared yet, or lists them.
fn asks_for_more(args: &[OsString], command: &Command, options: &[FacetOption]) -> bool {
    let mut known = BTreeSet::new();
    names_of_options(command, true, &mut known);
    for option in options {
        known.extend(option.include.names.iter().cloned());
        known.extend(option.exclude.names.iter().cloned());
    }
    let typed = args.iter().skip(1).filter_map(|arg| arg.to_str());
    typed
        .take_while(|arg| *arg != "--")
        .any(|arg| match arg.strip_prefix("--") {
            Some(long) => long == "help" || !known.contains(long.split('=').next().unwrap_or(long)),
            None => matches!(arg, "-h" | "help" | "completions" | "man"),
        })
}

/// The facets of the index that a command line is about, as far as that can be said before it is parsed.
fn of_index(args: &[OsString]) -> Option<Vec<FacetDeclaration>> {
    let named = value_of(args, "index").or_else(|| std::env::var_os("GRIOT_INDEX").filter(|v| !v.is_empty()));
    let place = match named {
        Some(dir) => IndexDir::at(dir),
        None => {
            let corpus = value_of(args, "corpus").and_then(|path| IndexDir::nearest(Path::new(&path)));
            corpus.or_else(|| IndexDir::nearest(&std::env::current_dir().ok()?))?
        }
    };
    let schema = place.current().ok()?.join(layout::SCHEMA);
    Some(Lexicons::kept_in(&schema).ok()?.schema().ok()?.facets)
}

/// The value of a long option.
fn value_of(args: &[OsString], name: &str) -> Option<OsString> {
    args.iter().enumerate().find_map(|(at, arg)| {
        let rest = arg.to_str()?.strip_prefix("--")?.strip_prefix(name)?;
        match rest.strip_prefix('=') {
            Some(value) => Some(value.into()),
            None if rest.is_empty() => args.get(at + 1).cloned(),
            None => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facet(text: &str) -> FacetDeclaration {
        toml::from_str(text).expect("a declaration")
    }

    #[test]
    fn options_are_sound_and_keep_clear_of_one_another() {
        declare(&[]);
        Cli::command().debug_assert();
        let taken = BTreeSet::from(["format".to_string()]);
        let facets = [
            facet("name = \"event_month\"\naliases = [\"mois\"]\nderive = \"event_months\""),
            facet("name = \"theme\"\naliases = [\"mois\", \"thème\", \"theme\"]\nderive = \"marks\""),
            facet("name = \"format\"\nderive = \"marks\""),
        ];
        let options = options(&facets, &taken);
        let names: Vec<&[String]> = options
            .iter()
            .map(|option| option.include.names.as_slice())
            .collect();
        assert_eq!(names, [["event-month", "mois"].as_slice(), &["theme", "thème"]]);
    }

    #[test]
    fn only_what_is_unknown_asks_the_index() {
        let facets = [facet("name = \"region\"\nderive = \"places\"")];
        let options = options(&facets, &BTreeSet::new());
        let asks = |line: &str| {
            let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            asks_for_more(&args, &Cli::command(), &options)
        };
        assert!(!asks("griot search --region Gao --limit=3 drone") && !asks("griot search -- --theme"));
        assert!(asks("griot search --theme eau") && asks("griot search --not-theme=eau"));
        assert!(asks("griot search --help"));
    }
}
