//! The command as clap knows it, with the help of `griot` itself: its commands in groups, made from their
//! definitions.

use super::args::{Cli, GLOBAL};
use clap::{Command, CommandFactory};
use griot::corpus::FORMATS;
use griot::index::payload::FORMAT;
use griot::say;
use std::fmt::Write;

/// The groups of commands, in the order of `griot --help`.
const GROUPS: [(&str, &[&str]); 5] = [
    (
        "Search",
        &["search", "serve", "suggest", "saved", "batch", "analyze"],
    ),
    (
        "Explore and count",
        &[
            "facets",
            "timeline",
            "pivot",
            "terms",
            "events",
            "chronology",
            "compare",
        ],
    ),
    (
        "Read, cite and export",
        &["show", "cite", "similar", "dossier", "export"],
    ),
    (
        "Correct and maintain",
        &[
            "correct",
            "mark",
            "lexicon",
            "index",
            "install-watch",
            "stats",
            "check",
            "snapshot",
            "push",
        ],
    ),
    ("Help and shell", &["help", "completions", "man", "licences"]),
];

/// The group whose commands are named in one line: nobody looks for what they do.
const BRIEF: &str = "Help and shell";

/// The definition of the command line.
pub fn command() -> Command {
    let command = Cli::command().long_version(version());
    let template = template(&command, "{usage-heading}", &str::to_string);
    command.help_template(template)
}

/// What `griot --version` says beside the number: the format of indexes, and which files are read. `-V` is short.
fn version() -> String {
    let extensions = FORMATS.iter().flat_map(|format| format.extensions);
    let extensions: Vec<String> = extensions.map(|extension| format!(".{extension}")).collect();
    let reads = say!(
        "option-version",
        index = u64::from(FORMAT),
        extensions = extensions.join(" ")
    );
    format!("{}\n{reads}", env!("CARGO_PKG_VERSION"))
}

/// The layout of the help of `griot` itself, with the word for “Usage” and the headings as `heading` has them.
pub fn template(command: &Command, usage: &str, heading: &dyn Fn(&str) -> String) -> String {
    let header = command.get_styles().get_header();
    let literal = command.get_styles().get_literal();
    let mut template = format!("{{before-help}}{{about-with-newline}}\n{usage} {{usage}}\n");
    for (group, names) in GROUPS {
        let _ = write!(template, "\n{header}{}:{header:#}", heading(group));
        if group == BRIEF {
            let _ = writeln!(template, " {literal}{}{literal:#}", names.join(", "));
            continue;
        }
        template.push('\n');
        for name in names {
            let found = command.find_subcommand(name).and_then(Command::get_about);
            let about = found.map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(template, "  {literal}{name:<13}{literal:#}  {about}");
        }
    }
    let _ = write!(
        template,
        "\n{header}{}:{header:#}\n{{options}}{{after-help}}",
        heading(GLOBAL)
    );
    template
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::help_in_french;

    /// Lines of a screen that a summary may take.
    const SCREEN: usize = 50;
    /// Columns of that screen.
    const COLUMNS: usize = 100;

    /// Every command that help shows, with its name in full.
    fn all(command: &Command, above: &str, found: &mut Vec<(String, Command)>) {
        for below in command.get_subcommands().filter(|c| !c.is_hide_set()) {
            let name = format!("{above} {}", below.get_name());
            found.push((name.clone(), below.clone()));
            if below.get_name() != "help" {
                all(below, &name, found);
            }
        }
    }

    fn built() -> Command {
        crate::cli::facet_options::declare(&[]);
        let mut command = command().term_width(COLUMNS);
        command.build();
        command
    }

    /// In both languages.
    fn in_both() -> [Command; 2] {
        [built(), help_in_french::command().term_width(COLUMNS)]
    }

    #[test]
    fn which_commands_take_no_query_is_known() {
        let built = built();
        let mut commands = Vec::new();
        all(&built, "", &mut commands);
        let has = |command: &Command, id: &str| command.get_arguments().any(|arg| arg.get_id() == id);
        let without = commands
            .iter()
            .filter(|(_, command)| has(command, "any") && !has(command, "query"));
        let without: Vec<&str> = without.map(|(name, _)| name.trim()).collect();
        assert_eq!(without, crate::cli::ineffective::WITHOUT_QUERIES);
    }

    #[test]
    fn each_command_is_in_one_group() {
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| *names).copied().collect();
        let built = built();
        let visible = built.get_subcommands().filter(|c| !c.is_hide_set());
        let mut visible: Vec<&str> = visible.map(Command::get_name).collect();
        grouped.sort_unstable();
        visible.sort_unstable();
        assert_eq!(grouped, visible);
    }

    #[test]
    fn summaries_fit_a_screen() {
        let mut commands = Vec::new();
        for built in in_both() {
            commands.push(("griot".to_string(), built.clone()));
            all(&built, "griot", &mut commands);
        }
        assert!(commands.len() > 50, "{}", commands.len());
        for (name, command) in commands {
            let short = command.clone().term_width(COLUMNS).render_help().to_string();
            let lines = short.trim_end().lines().count();
            assert!(lines <= SCREEN, "{name} -h has {lines} lines:\n{short}");
            let widest = short.lines().map(|line| line.chars().count()).max();
            assert!(widest.is_some_and(|widest| widest <= COLUMNS), "{name}:\n{short}");
        }
    }

    #[test]
    fn global_options_are_last_and_together() {
        let mut commands = Vec::new();
        for built in in_both() {
            commands.push(("griot".to_string(), built.clone()));
            all(&built, "griot", &mut commands);
        }
        for (name, command) in commands.iter().filter(|(name, _)| !name.contains("help")) {
            for help in [command.clone().render_help(), command.clone().render_long_help()] {
                let help = help.to_string();
                let headings = [format!("{GLOBAL}:\n"), "Options générales\u{a0}:\n".to_string()];
                let parts = headings.iter().find_map(|heading| help.split_once(heading));
                let (before, global) = parts.expect("the heading");
                for option in [
                    "--index",
                    "--color",
                    "--csv-excel",
                    "--quiet",
                    "--verbose",
                    "--ui-lang",
                    "--help",
                    "--version",
                ] {
                    let is_option = |text: &str| {
                        let mut lines = text.lines().filter(|line| line.trim_start().starts_with('-'));
                        lines.any(|line| line.split_whitespace().take(2).any(|word| word == option))
                    };
                    assert!(
                        is_option(global) && !is_option(before),
                        "{name} {option}:\n{help}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_option_has_help() {
        let built = built();
        let mut commands = vec![("griot".to_string(), built.clone())];
        all(&built, "griot", &mut commands);
        for (name, command) in &commands {
            for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
                assert!(
                    arg.get_help().is_some() || name.contains("help"),
                    "{name} {}",
                    arg.get_id()
                );
            }
        }
    }
}
