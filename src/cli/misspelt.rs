//! `griot correct sett …`, `griot correct a.txt region Gao`: the first word is no table of corrections.

use super::files;
use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use std::ffi::OsString;
use std::path::Path;

/// The command that takes a file where others have a subcommand.
const COMMAND: &str = "correct";

/// The one that is suggested where others follow the first word and nothing is near it.
const USUAL: &str = "set";

/// What is wrong with a call whose first word after `correct` is nearly a subcommand and no file, or has others after it.
pub fn subcommand(command: &Command, args: &[OsString]) -> Option<Error> {
    let at = args.iter().position(|arg| arg == COMMAND)?;
    let typed = args.get(at + 1)?.to_str()?;
    let correct = command.find_subcommand(COMMAND)?;
    let is_command = |arg: &OsString| {
        arg.to_str()
            .is_some_and(|arg| command.find_subcommand(arg).is_some())
    };
    let is_known = typed == "help" || correct.find_subcommand(typed).is_some();
    if is_known || typed.starts_with('-') || args.get(1..at)?.iter().any(is_command) {
        return None;
    }
    let next = args.get(at + 2).and_then(|arg| arg.to_str());
    let is_followed = next.is_some_and(|next| !next.starts_with('-'));
    if !is_followed && (typed.contains(['.', '/', '\\']) || files::is_there(Path::new(typed))) {
        return None;
    }
    // clap knows which are near, where there is no file to be taken for.
    let names = correct
        .get_subcommands()
        .map(|sub| Command::new(sub.get_name().to_string()));
    let named = Command::new(COMMAND).subcommand_required(true).subcommands(names);
    let error = named.try_get_matches_from([COMMAND, typed]).err()?;
    let near = match error.get(ContextKind::SuggestedSubcommand) {
        Some(near) => near.clone(),
        None if is_followed => ContextValue::Strings(vec![USUAL.to_string()]),
        None => return None,
    };
    let mut told = Error::new(ErrorKind::InvalidSubcommand).with_cmd(correct);
    told.insert(
        ContextKind::InvalidSubcommand,
        ContextValue::String(typed.to_string()),
    );
    told.insert(ContextKind::SuggestedSubcommand, near);
    let usage = correct
        .clone()
        .override_usage("griot correct [OPTIONS] <FILE.csv>\n       griot correct <COMMAND>")
        .render_usage();
    told.insert(ContextKind::Usage, ContextValue::StyledStr(usage));
    Some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_nearly_a_subcommand_is_one() {
        let told = |args: &[&str]| {
            let args: Vec<OsString> = args.iter().map(OsString::from).collect();
            subcommand(&super::super::help::command(), &args).map(|error| error.to_string())
        };
        let error = told(&[
            "griot", "--index", "x", "correct", "sett", "a.txt", "region", "Gao",
        ])
        .expect("told");
        assert!(error.contains("'sett'") && error.contains("'set'"), "{error}");
        let error = told(&["griot", "correct", "nord/a.txt", "killed", "3"]).expect("told");
        assert!(
            error.contains("'nord/a.txt'") && error.contains("'set'"),
            "{error}"
        );
        for args in [
            &["griot", "correct", "set", "a.txt"][..],
            &["griot", "correct", "a.csv", "--by", "Awa"],
            &["griot", "correct", "seto.csv"],
            &["griot", "correct", "./sett"],
            &["griot", "correct", "src"],
            &["griot", "correct", "decisions"],
            &["griot", "search", "correct", "sett"],
            &["griot", "correct"],
        ] {
            assert_eq!(told(args), None, "{args:?}");
        }
    }
}
