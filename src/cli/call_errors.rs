//! What is wrong with a call, in French: clap's own words, line by line.

use anstyle::{AnsiColor, Style};
use griot::messages::localized;
use griot::say;

const ERROR: Style = Style::new()
    .bold()
    .fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));

/// An error of clap, in the language of this process.
pub fn said(plain: &str) -> String {
    let lines = plain.lines().map(line);
    lines.fold(String::new(), |all, line| all + &line + "\n")
}

fn line(line: &str) -> String {
    if let Some(rest) = line.strip_prefix("error: ") {
        return format!("{ERROR}{}{ERROR:#} {}", say!("option-error"), localized(rest));
    }
    if let Some(rest) = line.strip_prefix("Usage: ") {
        return format!("{} {rest}", say!("option-usage"));
    }
    if let Some(rest) = line.strip_prefix("  tip: ") {
        return format!("  {} {}", say!("option-tip"), localized(rest));
    }
    let indented = line.len() - line.trim_start().len();
    format!("{}{}", &line[..indented], localized(&line[indented..]))
}

#[cfg(test)]
mod tests {
    #[test]
    fn errors_in_english_are_as_they_were() {
        let error = "error: unexpected argument '--x' found\n\nUsage: griot [OPTIONS]\n";
        assert_eq!(
            anstream::adapter::strip_str(&super::said(error)).to_string(),
            error
        );
    }
}
