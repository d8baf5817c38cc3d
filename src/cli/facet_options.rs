//! The options of facets, `--region Gao` and `--not-region Gao`: made of the declarations in `schema.toml`,
//! so that a facet that is declared there has them.
//!
//! clap asks for options before anything is parsed: [`declare`] comes first, then the parsing, then what was
//! chosen is in [`FacetValues`].

use super::args::Cli;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, CommandFactory, FromArgMatches};
use griot::facets::FacetDeclaration;
use griot::index::{Place, layout};
use griot::schema::Lexicons;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::sync::OnceLock;

/// The id of an argument that only commands with filters have.
const FILTERS: &str = "where_";

/// Values of facets, chosen and excluded: the facet as its option is called, and the value as typed.
#[derive(Debug, Clone, Default)]
pub struct FacetValues {
    pub include: Vec<(String, String)>,
    pub exclude: Vec<(String, String)>,
}

/// The options of a facet.
struct FacetOption {
    /// What the facet is called in a request.
    facet: String,
    include: Flag,
    exclude: Flag,
}

/// One of them.
struct Flag {
    /// What clap calls it.
    id: String,
    /// Names without hyphens before them; the first is shown.
    names: Vec<String>,
    value_name: String,
    help: String,
}

static OPTIONS: OnceLock<Vec<FacetOption>> = OnceLock::new();

/// Declares the options of the facets of griot's own schema and, where the command line has an option that is
/// none of these or asks for help, of the index that it is about.
pub fn declare(args: &[OsString]) {
    // The embedded schema is tested; a broken one in the index is reported when the index is opened.
    let embedded = Lexicons::embedded()
        .schema()
        .map(|s| s.facets)
        .unwrap_or_default();
    let mut taken = BTreeSet::new();
    names_of_options(&Cli::command(), false, &mut taken);
    let mut options = options(&embedded, &taken);
    if asks_for_more(args, &options) {
        let mut facets = of_index(args).unwrap_or_default();
        let names: BTreeSet<String> = facets.iter().map(|f| f.name.clone()).collect();
        facets.extend(embedded.into_iter().filter(|f| !names.contains(&f.name)));
        options = self::options(&facets, &taken);
    }
    // Only the first call counts: the options of a process don't change.
    let _ = OPTIONS.set(options);
}

/// Collects the names of the options of every command that has filters, or of every command.
fn names_of_options(command: &Command, all: bool, names: &mut BTreeSet<String>) {
    if all || command.get_arguments().any(|arg| arg.get_id() == FILTERS) {
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
    names.extend(["help", "version", "index", "color", "csv-excel"].map(String::from));
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
                help: format!("Not this {spoken}"),
            },
            include: Flag {
                id: format!("facet {called}"),
                names,
                value_name,
                help: help.unwrap_or_else(|| format!("Value of the facet {spoken}")),
            },
        });
    }
    options
}

/// Whether a command line has options that nobody has declared yet, or lists them.
fn asks_for_more(args: &[OsString], options: &[FacetOption]) -> bool {
    let mut known = BTreeSet::new();
    names_of_options(&Cli::command(), true, &mut known);
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
        Some(dir) => Place::at(dir),
        None => {
            let corpus = value_of(args, "corpus").and_then(|path| Place::nearest(Path::new(&path)));
            corpus.or_else(|| Place::nearest(&std::env::current_dir().ok()?))?
        }
    };
    let schema = place.current().ok()?.join(layout::SCHEMA);
    Some(Lexicons::from_dir(&schema).ok()?.schema().ok()?.facets)
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

impl Flag {
    fn arg(&'static self) -> Option<Arg> {
        let (first, others) = self.names.split_first()?;
        let arg = Arg::new(self.id.as_str())
            .long(first.as_str())
            .aliases(others.iter().map(String::as_str))
            .value_name(self.value_name.as_str())
            .help(self.help.as_str())
            .action(ArgAction::Append);
        Some(arg)
    }

    /// The values that it was given, for a facet.
    fn values(&self, matches: &ArgMatches, facet: &str) -> Vec<(String, String)> {
        let typed = matches.get_many::<String>(&self.id).into_iter().flatten();
        typed.map(|value| (facet.to_string(), value.clone())).collect()
    }
}

impl Args for FacetValues {
    fn augment_args(command: Command) -> Command {
        let options = OPTIONS.get().into_iter().flatten();
        let flags = options.flat_map(|option| [&option.include, &option.exclude]);
        command.args(flags.filter_map(Flag::arg))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for FacetValues {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut values = Self::default();
        values.update_from_arg_matches(matches)?;
        Ok(values)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for option in OPTIONS.get().into_iter().flatten() {
            self.include.extend(option.include.values(matches, &option.facet));
            self.exclude.extend(option.exclude.values(matches, &option.facet));
        }
        Ok(())
    }
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
            asks_for_more(&args, &options)
        };
        assert!(!asks("griot search --region Gao --limit=3 drone") && !asks("griot search -- --theme"));
        assert!(asks("griot search --theme eau") && asks("griot search --not-theme=eau"));
        assert!(asks("griot search --help"));
    }
}
