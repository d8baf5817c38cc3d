//! The binary: parse, run, report. Everything it does is in the library and in `cli`.

// What is written passes `cli::terminal`, which keeps from terminals what steers them.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod cli;

use clap::FromArgMatches;
use clap::error::{ContextKind, ContextValue, ErrorFormatter, ErrorKind};
use cli::args::Cli;
use cli::exit_codes::ExitCode;
use cli::single_letters::{mask, unmask_all};
use cli::target::Settled;
use cli::terminal::{Form, Guard, notify, sanitize_lines, warn};
use cli::{dispatch, errors, help, help_in_french, ineffective, misspelt, usage_in_french};
use griot::messages::{self, Arg, UiLang};
use griot::msg;
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

fn main() -> std::process::ExitCode {
    let mut typed: Vec<OsString> = std::env::args_os().collect();
    // `griot --licences`, as other tools have it.
    if typed.len() == 2 && (typed[1] == "--licences" || typed[1] == "--licenses") {
        typed[1] = "licences".into();
    }
    // Help and errors of a call have their language before anything is parsed.
    messages::speak(cli::ui_lang::chosen(&typed));
    cli::facet_options::declare(&typed);
    let command = help::command();
    let masked = mask(&command, typed);
    let parsed = parse(command, &masked.args);
    let (cli, settled) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            // Programs that asked for JSON get what is wrong with their call as JSON, too; help and version
            // are no errors.
            if asks_for_json(&masked.args) && error.use_stderr() {
                write_error("usage", &for_programs(&masked.args, &error), ExitCode::Usage);
            }
            return match messages::spoken() {
                UiLang::En => usage(&error),
                UiLang::Fr => explain_in_french(&masked.args, &error),
            };
        }
    };
    // What goes to a file leaves standard output alone.
    let json = settled.form == Form::Json && settled.output.is_none();
    let code = if dispatch::ends_as_grep(&cli.command) {
        ExitCode::as_grep
    } else {
        ExitCode::of
    };
    dispatch::set_verbosity_of(&cli.global);
    masked
        .notes
        .iter()
        .chain(&settled.notes)
        .for_each(|note| notify(note));
    finish(run(cli, &settled), json, code)
}

/// Reads a command line, decides where the result goes, and notes which options have no effect.
fn parse(mut command: clap::Command, args: &[OsString]) -> Result<(Cli, Settled), clap::Error> {
    if let Some(error) = misspelt::subcommand(&command, args) {
        return Err(error);
    }
    let matches = command.try_get_matches_from_mut(args)?;
    let mut cli = Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
    let mut settled = dispatch::settle(&mut cli).map_err(|message| {
        let mut called = called(&command, &matches);
        let mut error = called.error(ErrorKind::InvalidValue, &message);
        // What it is made of, for who says it in another language.
        error.insert(ContextKind::Custom, ContextValue::String(message));
        error.insert(ContextKind::Usage, ContextValue::StyledStr(called.render_usage()));
        error
    })?;
    let call = ineffective::Call::new(&matches, &settled);
    let notes = ineffective::notes(&call);
    settled.notes.extend(notes);
    Ok((cli, settled))
}

/// The command that was called, whose usage an error shows.
fn called(command: &clap::Command, matches: &clap::ArgMatches) -> clap::Command {
    let below = matches.subcommand().and_then(|(name, matches)| {
        let command = command.find_subcommand(name)?;
        Some(called(command, matches))
    });
    below.unwrap_or_else(|| command.clone())
}

/// What is wrong with a call in English, as JSON has it whatever language people read: the call is read again.
fn for_programs(args: &[OsString], error: &clap::Error) -> String {
    let language = messages::spoken();
    messages::speak(UiLang::En);
    let again = parse(help::command(), args).err();
    messages::speak(language);
    let message = again.as_ref().unwrap_or(error).to_string();
    unmask_all(&message).trim_end().to_string()
}

/// Whether a command line that can't be read asks for JSON.
fn asks_for_json(args: &[OsString]) -> bool {
    args.iter().any(|arg| arg == "--format=json")
        || args
            .windows(2)
            .any(|two| two[0] == "--format" && two[1] == "json")
}

/// The same in French. The definition in French is made only now: it takes as long as a small search.
fn explain_in_french(args: &[OsString], error: &clap::Error) -> std::process::ExitCode {
    let command = help_in_french::command();
    match parse(command.clone(), args) {
        Err(error) => usage(&usage_in_french::in_french(error, &command)),
        Ok(_) => usage(error),
    }
}

/// Shows help, or what is wrong with a call. Arguments are repeated in it, whatever is in them.
fn usage<F: ErrorFormatter>(error: &clap::error::Error<F>) -> std::process::ExitCode {
    let plain = error.render().to_string();
    let safe = sanitize_lines(&unmask_all(&plain));
    if safe.trim_end() == plain.trim_end() {
        let _ = error.print();
    } else {
        let _ = write!(std::io::stderr(), "{safe}");
    }
    u8::try_from(error.exit_code())
        .unwrap_or(ExitCode::Usage as u8)
        .into()
}

/// Runs a command. What breaks inside a library on a damaged index is an error like others: with a message, a
/// cure and an exit code.
fn run(cli: Cli, settled: &Settled) -> anyhow::Result<ExitCode> {
    static WHERE: Mutex<Option<String>> = Mutex::new(None);
    // A length that is damaged asks for more memory than there is: Rust says so and aborts. The exit code is
    // that of a failure.
    let always = Arc::new(AtomicBool::new(true));
    signal_hook::flag::register_conditional_shutdown(
        signal_hook::consts::SIGABRT,
        ExitCode::Failure as i32,
        always,
    )?;
    // One fault may break in many threads. What Rust says of it is for those who ask for it, and once.
    let print = std::env::var_os("RUST_BACKTRACE").map(|_| panic::take_hook());
    panic::set_hook(Box::new(move |info| {
        let Ok(mut place) = WHERE.lock() else { return };
        let first = place.is_none();
        *place = info.location().map(ToString::to_string);
        if let (true, Some(print)) = (first, &print) {
            print(info);
        }
    }));
    panic::catch_unwind(AssertUnwindSafe(|| dispatch::run(cli, settled))).unwrap_or_else(|payload| {
        let words = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied());
        let place = WHERE
            .lock()
            .ok()
            .and_then(|mut place| place.take())
            .unwrap_or_default();
        Err(msg!(
            "failure-internal",
            place = place,
            words = words.map_or_else(|| msg!("failure-no-reason").into(), Arg::from)
        )
        .into())
    })
}

fn finish(
    result: anyhow::Result<ExitCode>,
    json: bool,
    code: fn(&anyhow::Error) -> ExitCode,
) -> std::process::ExitCode {
    match result {
        Ok(code) => code.into(),
        // The reader of our pipe has gone: nothing is wrong.
        Err(error) if cli::output::is_broken_pipe(&error) => ExitCode::Done.into(),
        Err(error) => {
            let code = code(&error);
            if json {
                let kind = error
                    .downcast_ref::<griot::Error>()
                    .map_or("failure", griot::Error::kind);
                write_error(kind, &format!("{error:#}"), code);
            }
            warn(&errors::said(&error));
            code.into()
        }
    }
}

/// The stable form of an error, on standard output.
fn write_error(kind: &str, message: &str, code: ExitCode) {
    let form = serde_json::json!({"version": 1, "error": {"kind": kind, "message": message, "exit_code": code as u8}});
    let stdout = std::io::stdout();
    let is_terminal = stdout.is_terminal();
    let _ = writeln!(Guard::new(stdout.lock(), Form::Json, is_terminal), "{form}");
}
