//! Values of facets as options give them. Which options there are is known to the process once
//! [`set_options`] was called.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use std::sync::OnceLock;

/// Values of facets, chosen and excluded: the facet as its option is called, and the value as typed.
#[derive(Debug, Clone, Default)]
pub struct FacetValues {
    pub include: Vec<(String, String)>,
    pub exclude: Vec<(String, String)>,
}

/// The options of a facet.
pub struct FacetOption {
    /// What the facet is called in a request.
    pub facet: String,
    pub include: Flag,
    pub exclude: Flag,
}

/// One of them.
pub struct Flag {
    /// What clap calls it.
    pub id: String,
    /// Names without hyphens before them; the first is shown.
    pub names: Vec<String>,
    pub value_name: String,
    pub help: String,
    /// Whether `--help` shows it, but not `-h`.
    pub is_secondary: bool,
}

/// What of a line is left beside the names of options.
const LINE: usize = 70;

/// The heading of the options of facets.
const FACETS: &str = "Facet filters (commas or repeated: OR; exclude with --not-region and so on)";

static OPTIONS: OnceLock<Vec<FacetOption>> = OnceLock::new();

/// Says which options of facets there are, before anything is parsed. Only the first call counts: the options
/// of a process don't change.
pub fn set_options(options: Vec<FacetOption>) {
    let _ = OPTIONS.set(options);
}

impl Flag {
    fn arg(&'static self) -> Option<Arg> {
        let (first, others) = self.names.split_first()?;
        let arg = Arg::new(self.id.as_str())
            .long(first.as_str())
            .aliases(others.iter().map(String::as_str))
            .value_name(self.value_name.as_str())
            .help(self.short_help())
            .long_help(self.help.as_str())
            .help_heading(FACETS)
            .hide_short_help(self.is_secondary)
            .action(ArgAction::Append);
        Some(match others.is_empty() {
            true => arg,
            false => arg.long_help(format!("{} (also --{})", self.help, others.join(", --"))),
        })
    }

    /// The help for `-h`: where it is more than a line, without its examples.
    fn short_help(&'static self) -> &'static str {
        match self.help.split_once(':') {
            Some((before, _)) if self.help.chars().count() > LINE => before,
            _ => &self.help,
        }
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
