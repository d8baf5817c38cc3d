//! Text for HTML and XML, and what pages have in common.

use crate::messages::{Message, UiLang};
use std::fmt::Write;

/// Text for HTML and XML: markup escaped; what XML can't hold, and what turns the direction of text, replaced.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' | '\r' => out.push(' '),
            c if is_hidden(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// Whether XML can't hold a character, or it turns the direction of text.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// An address that a page may link to; none for what isn't one of the web.
#[must_use]
pub fn link(address: &str) -> Option<&str> {
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    (is_web && !address.contains(char::is_whitespace)).then_some(address)
}

/// A message in a language, escaped.
pub(super) fn said(message: &Message, language: UiLang) -> String {
    escaped(&message.in_language(language))
}

/// A link, or the text alone where the address is none of the web.
pub(super) fn linked(address: Option<&str>, text: &str) -> String {
    let text = escaped(text);
    match address.and_then(link) {
        Some(address) => format!("<a href=\"{}\" rel=\"noreferrer\">{text}</a>", escaped(address)),
        None => text,
    }
}

/// The head of a page that needs nothing else: no script, no font, nothing from a network. `style` is its own, beside
/// what all pages have.
pub(super) fn head(title: &str, language: UiLang, style: &str) -> String {
    let mut head = String::new();
    let _ = write!(
        head,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"generator\" content=\"{GENERATOR} {}\">\n<title>{}</title>\n<style>\n{STYLE}{style}</style>\n</head>\n",
        language.name(),
        env!("CARGO_PKG_VERSION"),
        escaped(title),
    );
    head
}

/// What pages of griot's are known by, so that they aren't indexed as articles.
pub const GENERATOR: &str = "griot";

/// For the screen and for paper in black and white.
const STYLE: &str = "\
:root { color-scheme: light; }
body { font: 16px/1.5 Georgia, 'Times New Roman', serif; color: #111; background: #fff; max-width: 46em; margin: 2em auto; padding: 0 1em; }
h1, h2, h3 { line-height: 1.2; font-family: system-ui, 'Helvetica Neue', Arial, sans-serif; }
h1 { font-size: 1.8em; } h2 { font-size: 1.3em; } h3 { font-size: 1.05em; }
a { color: #0645ad; overflow-wrap: anywhere; }
mark { background: #ffe58f; color: inherit; padding: 0 .1em; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1em; margin: 1em 0; }
dl.facts dt { color: #555; } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.small { font-size: .85em; color: #444; }
.hash { font-family: ui-monospace, 'DejaVu Sans Mono', monospace; font-size: .8em; overflow-wrap: anywhere; }
@page { size: A4; margin: 20mm 18mm 22mm; @bottom-right { content: counter(page); font-size: 9pt; } }
@media print {
  body { font-size: 10.5pt; max-width: none; margin: 0; padding: 0; }
  a { color: inherit; text-decoration: none; }
  mark { background: none; font-weight: bold; text-decoration: underline; }
  h1, h2, h3 { break-after: avoid; }
  p { orphans: 3; widows: 3; }
}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup() {
        assert_eq!(
            escaped("<a href='x'>&\u{202e}\u{1b}\n\""),
            "&lt;a href=&#39;x&#39;&gt;&amp;\u{fffd}\u{fffd} &quot;"
        );
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert_eq!(linked(Some("javascript:alert(1)"), "<x>"), "&lt;x&gt;");
        assert_eq!(
            linked(Some("https://ex.ml/\"onclick=\"a"), "x"),
            "<a href=\"https://ex.ml/&quot;onclick=&quot;a\" rel=\"noreferrer\">x</a>"
        );
        assert_eq!(linked(Some("https://ex.ml/ x"), "x"), "x");
        assert_eq!(linked(None, "x"), "x");
    }
}
