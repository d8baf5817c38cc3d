//! The binary: parse, run, report. Everything it does is in the library and in `cli`.

mod cli;

use clap::Parser;
use cli::args::{Cli, Command, masked_args};
use cli::exit_codes::ExitCode;
use std::io::Write;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

fn main() -> std::process::ExitCode {
    let args = masked_args(std::env::args_os());
    // `griot --licences`, as other tools have it.
    if args.len() == 2 && (args[1] == "--licences" || args[1] == "--licenses") {
        return finish(
            cli::run(Cli { index: None, color: cli::args::ColorWhen::Auto, csv_excel: false, command: Command::Licences }),
            false,
        );
    }
    let cli = Cli::parse_from(args);
    let json = cli::wants_json(&cli.command);
    finish(guarded(|| cli::run(cli)), json)
}

/// Runs it; what panics on the way (tantivy's decoders do, on damaged data) is an error like any other.
fn guarded(run: impl FnOnce() -> anyhow::Result<ExitCode>) -> anyhow::Result<ExitCode> {
    static TOLD: Mutex<String> = Mutex::new(String::new());
    // A length that is damaged asks for more memory than there is: Rust says so and aborts. The exit code is that of a failure.
    let always = Arc::new(AtomicBool::new(true));
    signal_hook::flag::register_conditional_shutdown(signal_hook::consts::SIGABRT, ExitCode::Failure as i32, always)?;
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::env::var_os("RUST_BACKTRACE").is_some_and(|wanted| wanted != "0") {
            usual(panic);
        }
        if let Ok(mut told) = TOLD.lock() {
            *told = panic.location().map_or_else(String::new, |at| format!(" (in {}, line {})", at.file(), at.line()));
        }
    }));
    std::panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        let at = TOLD.lock().map(|told| told.clone()).unwrap_or_default();
        let cure = "the index may be damaged: run `griot check --deep`; if that finds nothing wrong, please report it";
        Err(anyhow::anyhow!("something is not as it should be{at}; {cure}"))
    })
}

fn finish(result: anyhow::Result<ExitCode>, json: bool) -> std::process::ExitCode {
    match result {
        Ok(code) => code.into(),
        // The reader of our pipe has gone: nothing is wrong.
        Err(error) if broken_pipe(&error) => ExitCode::Done.into(),
        Err(error) => {
            let code = ExitCode::of(&error);
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
