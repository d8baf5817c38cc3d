//! The help in French: every text of the command line as clap has built it, replaced by that of
//! `messages/fr/help.ftl`. The English texts are in the definitions of the options.

use super::help;
use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command};
use griot::messages;
use griot::schema::Lexicons;
use std::collections::BTreeMap;

/// Looks up a text by its key and the values of its variables.
type Lookup<'a> = &'a dyn Fn(&str, &[(&'static str, messages::Arg)]) -> Option<String>;

/// The definition of the command line with its help in French.
pub fn command() -> Command {
    translated(help::command(), &messages::help_in_french)
}

fn translated(mut command: Command, lookup: Lookup<'_>) -> Command {
    // Global options and `help` are in each command only then.
    command.build();
    let facets = Lexicons::embedded().schema().map(|schema| schema.facets);
    let facets = facets.unwrap_or_default().into_iter().filter_map(|facet| {
        let called = facet.option.unwrap_or(facet.name);
        Some((called, facet.help?))
    });
    let french = French {
        lookup,
        facets: facets.collect(),
    };
    let command = french.command(command, "");
    let usage = french.usage(&command);
    let template = help::template(&command, &usage, &|english| french.label(english));
    command.help_template(template)
}

struct French<'a> {
    lookup: Lookup<'a>,
    /// What the help of griot's own facets says. Whoever declares others writes their help in a language of choice.
    facets: BTreeMap<String, String>,
}

/// What an argument is for, in a line and in full.
struct Texts {
    short: Option<String>,
    long: Option<String>,
}

impl French<'_> {
    /// A text of one or more paragraphs.
    fn find(&self, key: &str) -> Option<String> {
        (self.lookup)(key, &[]).map(|text| joined(&text))
    }

    /// A text that is always there.
    fn word(&self, key: &str) -> String {
        self.find(key).unwrap_or_else(|| key.to_string())
    }

    fn with_value(&self, key: &str, name: &'static str, value: String) -> String {
        (self.lookup)(key, &[(name, value.into())]).unwrap_or_else(|| key.to_string())
    }

    /// A heading, or the name of a group of commands; English if it has none.
    fn label(&self, english: &str) -> String {
        let keys = ["heading", "group"].map(|kind| format!("help-{kind}-{}", slug(english)));
        let found = keys.iter().find_map(|key| self.find(key));
        found.map_or_else(|| english.to_string(), |text| before_colon(&text))
    }

    fn command(&self, command: Command, path: &str) -> Command {
        if command.is_hide_set() {
            return command;
        }
        if command.get_name() == "help" {
            return self.help_command(command, path);
        }
        let name = match path {
            "" => command.get_name().to_string(),
            path => path.to_string(),
        };
        let key = format!("help-{name}");
        let template = self.template(&command);
        let mut command = command
            .help_template(template)
            .subcommand_value_name(self.word("help-word-command"))
            .subcommand_help_heading(before_colon(&self.word("help-word-commands")))
            .mut_args(|arg| self.arg(arg, &name))
            .mut_subcommands(|below| {
                let path = [path, below.get_name()].join("-");
                self.command(below, path.trim_start_matches('-'))
            });
        if let Some(text) = self.find(&key) {
            command = command.about(text);
        }
        if let Some(text) = self.find(&format!("{key}.long")) {
            command = command.long_about(text);
        }
        if let Some(text) = (self.lookup)(&format!("{key}.after"), &[]) {
            command = command.after_help(text);
        }
        if let Some(text) = (self.lookup)(&format!("{key}.after-long"), &[]) {
            command = command.after_long_help(text);
        }
        command
    }

    /// The layout of help as clap has it, which knows no other way to say “Usage” differently.
    fn template(&self, command: &Command) -> String {
        let usage = self.usage(command);
        format!("{{before-help}}{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}")
    }

    /// The word for “Usage”, as it looks there.
    fn usage(&self, command: &Command) -> String {
        let style = command.get_styles().get_usage();
        format!("{style}{}{style:#}", self.word("help-word-usage"))
    }

    /// The command `help`, which clap adds. Built in full it has every command below it instead of an argument.
    fn help_command(&self, command: Command, path: &str) -> Command {
        let about = match path {
            "help" => "help-help",
            _ => "help-help-below",
        };
        let asked = Arg::new("subcommand")
            .action(ArgAction::Append)
            .num_args(..)
            .index(1)
            .value_name(self.word("help-word-command"))
            .help_heading(before_colon(&self.word("help-word-arguments")))
            .help(self.word("help-help--subcommand"));
        let template = self.template(&command);
        command
            .help_template(template)
            .about(self.word(about))
            .mut_subcommands(|below| below.hide(true))
            .mut_args(|arg| self.arg(arg, "help"))
            .arg(asked)
    }

    fn arg(&self, arg: Arg, command: &str) -> Arg {
        if arg.is_hide_set() {
            return arg;
        }
        let Texts { short, long } = match self.facet(&arg) {
            Some(texts) => texts,
            None => self.texts(command, arg.get_id().as_str()),
        };
        let heading = match arg.get_help_heading() {
            Some(heading) => self.label(heading),
            None if arg.is_positional() => before_colon(&self.word("help-word-arguments")),
            None => before_colon(&self.word("help-word-options")),
        };
        let names: Vec<String> = arg
            .get_value_names()
            .unwrap_or_default()
            .iter()
            .map(|name| self.value(name))
            .collect();
        let notes = self.notes(&arg);
        let with_notes = |text: StyledStr, between: &str| {
            let notes: String = notes.iter().map(|note| format!("{between}{note}")).collect();
            StyledStr::from(format!("{}{notes}", text.ansi()))
        };
        let english = (arg.get_help().cloned(), arg.get_long_help().cloned());
        let help = short.map(StyledStr::from).or(english.0);
        let long = long.map(StyledStr::from).or(english.1).or_else(|| help.clone());
        let mut arg = arg
            .help_heading(heading)
            .hide_default_value(true)
            .hide_possible_values(true);
        if arg.get_action().takes_values() {
            arg = arg.value_names(names);
        }
        if let Some(help) = help {
            arg = arg.help(with_notes(help, " "));
        }
        match long {
            Some(long) => arg.long_help(with_notes(long, "\n\n")),
            None => arg,
        }
    }

    fn texts(&self, command: &str, id: &str) -> Texts {
        let own = format!("help-{command}--{id}");
        let key = match self.find(&own) {
            Some(_) => own,
            None => format!("help-any--{id}"),
        };
        Texts {
            short: self.find(&key),
            long: self.find(&format!("{key}.long")),
        }
    }

    /// The texts of an option that chooses or excludes values of a facet.
    fn facet(&self, arg: &Arg) -> Option<Texts> {
        let id = arg.get_id().as_str();
        let excluded = id.strip_prefix("not facet ");
        let facet = excluded.or_else(|| id.strip_prefix("facet "))?;
        let english = arg.get_long_help()?.to_string();
        let (english, also) = match english.split_once(" (also ") {
            Some((before, names)) => (before, names.strip_suffix(')')),
            None => (english.as_str(), None),
        };
        let own = self
            .facets
            .get(facet)
            .is_some_and(|help| excluded.is_some() || help == english);
        let texts = match own {
            true => self.texts("any", &id.replace(' ', "-")),
            false => Texts {
                short: None,
                long: None,
            },
        };
        let short = texts.short.or_else(|| self.of_any_facet(english));
        let long = texts
            .long
            .or_else(|| short.clone())
            .unwrap_or_else(|| english.to_string());
        let long = match also {
            Some(names) => {
                let args = [("help", long.clone().into()), ("names", names.into())];
                (self.lookup)("help-word-also", &args).unwrap_or(long)
            }
            None => long,
        };
        Some(Texts {
            short,
            long: Some(long),
        })
    }

    /// The help of a facet whose declaration has none.
    fn of_any_facet(&self, english: &str) -> Option<String> {
        let sayings = [
            ("Value of the facet ", "help-facet"),
            ("Exclude this ", "help-not-facet"),
        ];
        sayings.iter().find_map(|(before, key)| {
            let facet = english.strip_prefix(before)?;
            Some(self.with_value(key, "facet", facet.to_string()))
        })
    }

    fn value(&self, english: &str) -> String {
        self.find(&format!("help-value-{}", slug(english)))
            .unwrap_or_else(|| english.to_string())
    }

    /// What clap would add itself, in English.
    fn notes(&self, arg: &Arg) -> Vec<String> {
        let mut notes = Vec::new();
        if !arg.get_action().takes_values() {
            return notes;
        }
        let defaults: Vec<_> = arg
            .get_default_values()
            .iter()
            .map(|value| value.to_string_lossy())
            .collect();
        if !defaults.is_empty() && !arg.is_hide_default_value_set() {
            notes.push(self.with_value("help-word-default", "values", defaults.join(" ")));
        }
        let possible = arg.get_possible_values();
        let possible: Vec<&str> = possible
            .iter()
            .filter(|value| !value.is_hide_set())
            .map(|value| value.get_name())
            .collect();
        if !possible.is_empty() && !arg.is_hide_possible_values_set() {
            notes.push(self.with_value("help-word-possible-values", "values", possible.join(", ")));
        }
        notes
    }
}

/// The lines of each paragraph as one, as clap reads the comments that are the English help.
fn joined(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// A heading in front of the colon that clap sets.
fn before_colon(heading: &str) -> String {
    format!("{heading}\u{a0}")
}

/// English words as part of a key.
fn slug(english: &str) -> String {
    let words = english.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    const CATALOGUE: &str = include_str!("../messages/fr/help.ftl");

    /// The texts of the help, attributes as `key.attribute`; without what is said of wrong calls.
    fn keys() -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        let mut entry = "";
        for line in CATALOGUE.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, text)) = line.split_once('=') else {
                continue;
            };
            match name.strip_prefix("    .") {
                Some(attribute) => keys.insert(format!("{entry}.{}", attribute.trim())),
                None if name.starts_with("help-") => {
                    entry = name.trim();
                    // A message may have attributes only.
                    !text.trim().is_empty() && keys.insert(entry.to_string())
                }
                None => false,
            };
        }
        keys
    }

    fn english() -> Command {
        crate::cli::facet_options::declare(&[]);
        let mut command = help::command();
        command.build();
        command
    }

    /// The visible commands but `help`, each with its path as keys have it.
    fn commands(command: &Command, path: &str, found: &mut Vec<(String, Command)>) {
        let key = if path.is_empty() { "griot" } else { path };
        found.push((key.to_string(), command.clone()));
        let visible = command
            .get_subcommands()
            .filter(|below| !below.is_hide_set() && below.get_name() != "help");
        for below in visible {
            let path = [path, below.get_name()].join("-");
            commands(below, path.trim_start_matches('-'), found);
        }
    }

    fn all() -> Vec<(String, Command)> {
        let mut found = Vec::new();
        commands(&english(), "", &mut found);
        found
    }

    /// The key of an argument's summary.
    fn key_of(keys: &BTreeSet<String>, command: &str, id: &str) -> String {
        let own = format!("help-{command}--{id}");
        match keys.contains(&own) {
            true => own,
            false => format!("help-any--{}", id.replace(' ', "-")),
        }
    }

    #[test]
    fn every_text_has_a_french_one() {
        let keys = keys();
        let mut needed: BTreeSet<String> = BTreeSet::new();
        for (name, command) in all() {
            let mut need = |is_there: bool, key: String| is_there.then(|| needed.insert(key));
            need(true, format!("help-{name}"));
            need(command.get_long_about().is_some(), format!("help-{name}.long"));
            need(command.get_after_help().is_some(), format!("help-{name}.after"));
            need(
                command.get_after_long_help().is_some(),
                format!("help-{name}.after-long"),
            );
            for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
                let key = key_of(&keys, &name, arg.get_id().as_str());
                // Of facets the names of options are added, to what is the summary otherwise.
                let long = arg.get_long_help().map(ToString::to_string).unwrap_or_default();
                let long = long.split(" (also ").next().unwrap_or_default();
                let short = arg.get_help().map(ToString::to_string).unwrap_or_default();
                need(!long.is_empty() && long != short, format!("{key}.long"));
                need(true, key);
                let heading = arg.get_help_heading();
                need(
                    heading.is_some(),
                    format!("help-heading-{}", slug(heading.unwrap_or_default())),
                );
                let names = arg.get_value_names().filter(|_| arg.get_action().takes_values());
                for name in names
                    .unwrap_or_default()
                    .iter()
                    .filter(|name| **name != "EVENT_MONTH")
                {
                    need(true, format!("help-value-{}", slug(name)));
                }
            }
        }
        let missing: Vec<&String> = needed.difference(&keys).collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn every_french_text_is_used() {
        english();
        let used = RefCell::new(BTreeSet::new());
        let lookup = |key: &str, args: &[(&'static str, messages::Arg)]| {
            let found = messages::help_in_french(key, args);
            found.is_some().then(|| used.borrow_mut().insert(key.to_string()));
            found
        };
        translated(help::command(), &lookup);
        // Of facets that declare no help of their own.
        let french = French {
            lookup: &lookup,
            facets: BTreeMap::new(),
        };
        for text in ["Value of the facet theme", "Exclude this theme"] {
            assert!(
                french
                    .of_any_facet(text)
                    .is_some_and(|said| said.ends_with("theme")),
                "{text}"
            );
        }
        let keys = keys();
        let used = used.into_inner();
        let unused: Vec<&String> = keys.difference(&used).collect();
        assert!(unused.is_empty(), "{unused:#?}");
    }

    #[test]
    fn what_holds_for_any_command_has_one_english_text() {
        let keys = keys();
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for (name, command) in all() {
            for arg in command.get_arguments() {
                let key = key_of(&keys, &name, arg.get_id().as_str());
                let text = format!("{:?} {:?}", arg.get_help(), arg.get_long_help());
                let first = texts.entry(key.clone()).or_insert_with(|| text.clone());
                assert_eq!(*first, text, "{key} stands for different texts");
            }
        }
    }

    #[test]
    fn no_english_is_left() {
        let mut found = Vec::new();
        english();
        commands(&command(), "", &mut found);
        for (name, mut command) in found {
            for help in [command.render_help(), command.render_long_help()] {
                let help = help.to_string();
                for english in [
                    "Usage",
                    "Commands",
                    "[default",
                    "[possible",
                    "[alias",
                    "[env",
                    "also",
                    "Print",
                    "(see",
                    " the ",
                    "FILE",
                    "DIR",
                ] {
                    assert!(!help.contains(english), "{name} has {english}:\n{help}");
                }
            }
        }
    }

    #[test]
    fn facets_of_a_schema_keep_their_own_help() {
        let french = French {
            lookup: &messages::help_in_french,
            facets: BTreeMap::from([("region".into(), "Region".into())]),
        };
        let said = |id: &'static str, help: &'static str| {
            let arg = Arg::new(id).action(ArgAction::Append).long_help(help);
            french
                .facet(&arg)
                .and_then(|texts| texts.long)
                .unwrap_or_default()
        };
        assert_eq!(
            said("facet region", "Région du projet (also --lieu)"),
            "Région du projet (aussi --lieu)"
        );
        assert!(said("facet region", "Region").starts_with("Région, cercle"));
        assert_eq!(
            said("facet thème", "Value of the facet thème"),
            "Valeur de la facette thème"
        );
        assert_eq!(
            said("not facet thème", "Exclude this thème"),
            "Exclure cette valeur de la facette thème"
        );
    }
}
