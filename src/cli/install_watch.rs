//! `griot install-watch`: what keeps an index up to date in the background, for the user to put in its place.
// Paths are looked at as the shell does, before anything is opened.
#![allow(clippy::disallowed_methods)]

use super::args::{InstallWatchArgs, Service};
use super::engine::writing_place;
use super::exit_codes::ExitCode;
use super::output::Output;
use anyhow::{Context, Result};
use griot::index::IndexDir;
use griot::{msg, say};
use std::io::Write;
use std::path::{Path, PathBuf};

pub fn run(out: &mut Output, place: Option<IndexDir>, args: InstallWatchArgs) -> Result<ExitCode> {
    let paths: Vec<PathBuf> = args
        .paths
        .iter()
        .map(|path| path.canonicalize().with_context(|| path.display().to_string()))
        .collect::<Result<_>>()?;
    let place = writing_place(place, &paths)?;
    let mut words = vec![std::env::current_exe()?, "index".into()];
    words.extend(paths);
    words.extend([
        "--index".into(),
        std::path::absolute(&place.path)?,
        "--watch".into(),
        "--quiet".into(),
    ]);
    let words: Vec<String> = words.iter().map(|word| text(word)).collect::<Result<_>>()?;
    let service = args.service.unwrap_or(match cfg!(target_os = "macos") {
        true => Service::Launchd,
        false => Service::Systemd,
    });
    match service {
        Service::Systemd => write!(out, "{}", unit(&words))?,
        Service::Launchd => write!(out, "{}", plist(&words))?,
    }
    Ok(ExitCode::Done)
}

/// A path as a word of a file that is text.
fn text(path: &Path) -> Result<String> {
    let text = path.to_str().filter(|text| !text.contains(char::is_control));
    let bad = || msg!("watch-bad-name", path = path.display());
    Ok(text.map(String::from).ok_or_else(bad)?)
}

/// A systemd user unit (systemd.service(5); quoting and specifiers by systemd.unit(5)).
fn unit(words: &[String]) -> String {
    let quoted: Vec<String> = words
        .iter()
        .map(|word| {
            let escaped = word.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{}\"", escaped.replace('%', "%%").replace('$', "$$"))
        })
        .collect();
    format!(
        "# {save}\n\
         #   systemctl --user daemon-reload\n\
         #   systemctl --user enable --now griot-watch.service\n\
         # {journal}\n\
         [Unit]\n\
         Description={description}\n\
         \n\
         [Service]\n\
         ExecStart={}\n\
         Restart=on-failure\n\
         RestartSec=30\n\
         Nice=10\n\
         \n\
         [Install]\n\
         WantedBy=default.target\n",
        quoted.join(" "),
        save = say!("watch-save", file = "~/.config/systemd/user/griot-watch.service"),
        journal = say!("watch-journal", command = "journalctl --user -u griot-watch"),
        description = say!("watch-description"),
    )
}

/// A launchd agent (launchd.plist(5)).
fn plist(words: &[String]) -> String {
    let escaped = |word: &String| {
        word.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    let arguments: String = words
        .iter()
        .map(|word| format!("        <string>{}</string>\n", escaped(word)))
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!-- {save}\n\
         \x20    launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/griot-watch.plist -->\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n\
         <dict>\n\
         \x20   <key>Label</key>\n\
         \x20   <string>griot-watch</string>\n\
         \x20   <key>ProgramArguments</key>\n\
         \x20   <array>\n\
         {arguments}\
         \x20   </array>\n\
         \x20   <key>RunAtLoad</key>\n\
         \x20   <true/>\n\
         \x20   <key>KeepAlive</key>\n\
         \x20   <dict>\n\
         \x20       <key>SuccessfulExit</key>\n\
         \x20       <false/>\n\
         \x20   </dict>\n\
         \x20   <key>ProcessType</key>\n\
         \x20   <string>Background</string>\n\
         </dict>\n\
         </plist>\n",
        save = say!("watch-save", file = "~/Library/LaunchAgents/griot-watch.plist"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_kind_stand_in_both_files() {
        let words = ["/usr/bin/griot", "/a \"b\" 50% $x & <c>\\"].map(String::from);
        let unit = unit(&words);
        assert!(
            unit.contains("ExecStart=\"/usr/bin/griot\" \"/a \\\"b\\\" 50%% $$x & <c>\\\\\"\n"),
            "{unit}"
        );
        let plist = plist(&words);
        assert!(
            plist.contains("<string>/a \"b\" 50% $x &amp; &lt;c&gt;\\</string>"),
            "{plist}"
        );
        assert!(text(Path::new("/a\nb")).is_err());
    }
}
