//! The binary: parse, run, report. Everything it does is in the library and in `cli`.

// What is written passes `cli::terminal`, which keeps from terminals what steers them.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod cli;

use clap::Parser;
use cli::args::{Cli, Command, masked_args, unmask_all};
use cli::exit_codes::ExitCode;
use cli::terminal::{Form, Guard, sanitize_lines, tell};
use std::io::{IsTerminal, Write};
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

fn main() -> std::process::ExitCode {
    let args = masked_args(std::env::args_os());
    // `griot --licences`, as other tools have it.
    if args.len() == 2 && (args[1] == "--licences" || args[1] == "--licenses") {
        let cli = Cli {
            index: None,
            color: cli::args::ColorWhen::Auto,
            csv_excel: false,
            command: Command::Licences,
        };
        return finish(run(cli), false, ExitCode::of);
    }
    cli::facet_options::declare(&args);
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => {
            // Programs that asked for JSON get what is wrong with their call as JSON, too; help and version
            // are no errors.
            let asked = args.iter().any(|arg| arg == "--format=json")
                || args
                    .windows(2)
                    .any(|two| two[0] == "--format" && two[1] == "json");
            if asked && error.use_stderr() {
                let message = unmask_all(&error.to_string());
                write_error("usage", message.trim_end(), ExitCode::Usage);
            }
            return usage(&error);
        }
    };
    let json = cli::dispatch::wants_json(&cli.command);
    let code = if cli::dispatch::ends_as_grep(&cli.command) {
        ExitCode::as_grep
    } else {
        ExitCode::of
    };
    finish(run(cli), json, code)
}

/// Shows help, or what is wrong with a call. Arguments are repeated in it, whatever is in them.
fn usage(error: &clap::Error) -> std::process::ExitCode {
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
fn run(cli: Cli) -> anyhow::Result<ExitCode> {
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
    panic::catch_unwind(AssertUnwindSafe(|| cli::dispatch::run(cli))).unwrap_or_else(|payload| {
        let words = payload.downcast_ref::<String>().map(String::as_str).or_else(|| payload.downcast_ref::<&str>().copied());
        let place = WHERE.lock().ok().and_then(|mut place| place.take()).unwrap_or_default();
        Err(anyhow::anyhow!(
            "something broke at {place}: {}; `griot check --deep` tells whether the index is damaged; if it is not, this is a fault of griot: \
             please report it",
            words.unwrap_or("no reason given")
        ))
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
            // The library's errors name their source themselves; the chain would say it twice.
            let told = if error.is::<griot::Error>() {
                error.to_string()
            } else {
                format!("{error:#}")
            };
            tell(&format!("{told}{}", cure(&error)));
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

/// What to do about failures of the system, whose own words don't say it.
fn cure(error: &anyhow::Error) -> &'static str {
    let text = format!("{error:#}");
    if text.contains("No space left") || text.contains("os error 28") {
        "; free some space and run it again: what the last run committed is untouched"
    } else if text.contains("Permission denied") || text.contains("Read-only file system") {
        "; ask for permission to write there, or name another place with --index DIR"
    } else if text.contains("Failed to spawn") || text.contains("no thread can be started") {
        "; end other programs, or let more threads be started (ulimit -u, ulimit -v)"
    } else {
        ""
    }
}
