//! Texts of articles, files and queries in a page.

use maud::{Escaper, Render};
use std::fmt::Write as _;

/// A text that nobody has checked: markup is escaped, what controls the direction of text or nothing at all is
/// replaced.
pub(super) struct Text<'t>(pub(super) &'t str);

impl Render for Text<'_> {
    fn render_to(&self, page: &mut String) {
        let mut out = Escaper::new(page);
        let mut rest = self.0;
        while let Some(at) = rest.find(is_hidden) {
            let (before, after) = rest.split_at(at);
            let _ = out.write_str(before);
            let _ = out.write_char('\u{FFFD}');
            let mut chars = after.chars();
            chars.next();
            rest = chars.as_str();
        }
        let _ = out.write_str(rest);
    }
}

/// Whether a sign changes what others look like.
fn is_hidden(c: char) -> bool {
    let is_space = matches!(c, '\n' | '\t' | '\r');
    let turns =
        matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{61C}');
    turns || (c.is_control() && !is_space) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// An address that a page may lead to: that of a page of the web. Metadata may hold any other.
pub(super) fn web_address(url: &str) -> Option<&str> {
    let lower = url.trim_start().to_ascii_lowercase();
    let is_web = lower.starts_with("https://") || lower.starts_with("http://");
    is_web.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use maud::html;

    #[test]
    fn nothing_of_a_text_is_markup() {
        let shown = |text: &str| html! { p title=(Text(text)) { (Text(text)) } }.into_string();
        let page = shown("<script>\"'&]]>\u{202E}\u{1b}[31m");
        assert!(
            !page.contains("<script") && !page.contains('\u{202E}') && !page.contains('\u{1b}'),
            "{page}"
        );
        assert!(
            page.contains("&lt;script&gt;&quot;") && page.contains("]]&gt;\u{FFFD}\u{FFFD}[31m"),
            "{page}"
        );
        assert_eq!(shown("é\n"), "<p title=\"é\n\">é\n</p>");
    }

    #[test]
    fn only_the_web_is_led_to() {
        assert!(web_address("https://a.example/x").is_some() && web_address("HTTP://a.example").is_some());
        for other in [
            "javascript:alert(1)",
            "data:text/html,x",
            "/x",
            "",
            "java\nscript:x",
        ] {
            assert_eq!(web_address(other), None, "{other}");
        }
    }
}
