//! The binary: parse, run, report. Everything it does is in the library and in `cli`.

mod cli;

use clap::Parser;
use cli::args::{Cli, Command, masked_args};
use cli::exit_codes::ExitCode;
use std::io::Write;

fn main() -> std::process::ExitCode {
    let args = masked_args(std::env::args_os());
    // `griot --licences`, as other tools have it.
    if args.len() == 2 && (args[1] == "--licences" || args[1] == "--licenses") {
        return finish(
            cli::run(Cli { index: None, color: cli::args::ColorWhen::Auto, csv_excel: false, command: Command::Licences }),
            false,
            ExitCode::of,
        );
    }
    let cli = Cli::parse_from(args);
    let json = cli::wants_json(&cli.command);
    let code = if cli::ends_as_grep(&cli.command) { ExitCode::as_grep } else { ExitCode::of };
    finish(cli::run(cli), json, code)
}

fn finish(result: anyhow::Result<ExitCode>, json: bool, code: fn(&anyhow::Error) -> ExitCode) -> std::process::ExitCode {
    match result {
        Ok(code) => code.into(),
        // The reader of our pipe has gone: nothing is wrong.
        Err(error) if broken_pipe(&error) => ExitCode::Done.into(),
        Err(error) => {
            let code = code(&error);
            if json {
                let kind = error.downcast_ref::<griot::Error>().map_or("failure", griot::Error::kind);
                let form =
                    serde_json::json!({"version": 1, "error": {"kind": kind, "message": format!("{error:#}"), "exit_code": code as u8}});
                let _ = writeln!(std::io::stdout(), "{form}");
            }
            // The library's errors name their source themselves; the chain would say it twice.
            let told = if error.is::<griot::Error>() { error.to_string() } else { format!("{error:#}") };
            let message = cli::output::sanitize(&format!("{told}{}", cure(&error))).into_owned();
            let _ = writeln!(std::io::stderr(), "griot: {message}");
            code.into()
        }
    }
}

/// What to do about failures of the system, whose own words don't say it.
fn cure(error: &anyhow::Error) -> &'static str {
    let text = format!("{error:#}");
    if text.contains("No space left") || text.contains("os error 28") {
        "; free some space and run it again: what the last run committed is untouched"
    } else if text.contains("Permission denied") || text.contains("Read-only file system") {
        "; ask for permission to write there, or name another place with --index DIR"
    } else {
        ""
    }
}

fn broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}
