//! A dossier as Markdown (CommonMark).

use super::blocks::{Block, FactKind, Form, Run};
use crate::export::markup::link;
use crate::messages::UiLang;
use crate::msg;
use std::io::{self, Write};

/// What the first line of a dossier begins with: griot knows it again by that, and doesn't index it.
pub const FIRST_LINE: &str = "<!-- griot ";

/// The text.
pub struct Markdown<W: Write> {
    out: W,
    language: UiLang,
}

impl<W: Write> Markdown<W> {
    /// A text in a language.
    pub fn new(out: W, language: UiLang) -> Self {
        Self { out, language }
    }
}

/// Text that means nothing to Markdown, on one line; `begins` says that it stands at the beginning of a line.
fn escaped(text: &str, begins: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let text = text.replace(['\n', '\r', '\t'], " ");
    let text = if begins { text.trim_start() } else { &text };
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => out.extend(['\\', c]),
            c if crate::export::markup::is_hidden(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    // Lists, rules and underlined headings.
    let digits = out.len() - out.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marks = match out.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => Some(digits),
        Some(b'-' | b'+' | b'=') if digits == 0 => Some(0),
        _ => None,
    };
    if let Some(at) = marks.filter(|_| begins) {
        out.insert(at, '\\');
    }
    out
}

fn runs(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs {
        let text = escaped(&run.text, out.is_empty());
        // Stars next to a space are stars.
        let inner = text.trim();
        match run.mark && !inner.is_empty() {
            true => out.push_str(&text.replacen(inner, &format!("**{inner}**"), 1)),
            false => out.push_str(&text),
        }
    }
    out
}

impl<W: Write> Form for Markdown<W> {
    fn block(&mut self, block: &Block) -> io::Result<()> {
        let out = &mut self.out;
        match block {
            Block::Title(title) => {
                let version = env!("CARGO_PKG_VERSION");
                writeln!(out, "{FIRST_LINE}{version} -->\n\n# {}\n", escaped(title, false))
            }
            Block::Heading(text) => writeln!(out, "## {}\n", escaped(text, false)),
            Block::Facts(facts) => {
                for fact in facts {
                    let value = match fact.kind {
                        FactKind::Link => match link(&fact.value).filter(|url| !url.contains(['<', '>'])) {
                            Some(url) => format!("<{url}>"),
                            None => escaped(&fact.value, false),
                        },
                        FactKind::Hash => format!("`{}`", fact.value.replace('`', "")),
                        FactKind::Text => escaped(&fact.value, false),
                    };
                    let fact = msg!("dossier-fact", name = escaped(&fact.name, false), value = value);
                    writeln!(out, "- {}", fact.in_language(self.language))?;
                }
                writeln!(out)
            }
            Block::Contents(lines) => {
                for line in lines {
                    let (number, title) = (line.number, escaped(&line.title, false));
                    let about = escaped(&line.about(), false);
                    let line = format!("{number}. [{title}](#a{number}) {about}");
                    writeln!(out, "{}", line.trim_end())?;
                }
                writeln!(out)
            }
            Block::Article { number, title, .. } => {
                writeln!(
                    out,
                    "---\n\n<a id=\"a{number}\"></a>\n\n## {number}. {}\n",
                    runs(title)
                )
            }
            Block::Subheading(text) => writeln!(out, "### {}\n", escaped(text, false)),
            Block::Paragraph {
                label: None,
                runs: text,
            } => writeln!(out, "{}\n", runs(text)),
            Block::Paragraph {
                label: Some(label),
                runs: text,
            } => {
                writeln!(out, "({}) {}\n", escaped(label, false), runs(text))
            }
            Block::Gap => writeln!(out, "\\[…\\]\n"),
            Block::Small(text) => writeln!(out, "- {}\n", runs(text)),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup() {
        for (text, written) in [
            (
                "# Un <b>titre</b> & *une* note_1",
                "\\# Un &lt;b&gt;titre&lt;/b&gt; &amp; \\*une\\* note\\_1",
            ),
            ("12. mars", "12\\. mars"),
            ("2024 fut", "2024 fut"),
            ("- un\ndeux", "\\- un deux"),
            ("    quatre", "quatre"),
            ("a \u{202e}b", "a \u{fffd}b"),
        ] {
            assert_eq!(escaped(text, true), written);
        }
    }

    #[test]
    fn marks_are_bold_without_their_spaces() {
        let text = [
            Run::plain("Un "),
            Run {
                text: "drone ".into(),
                mark: true,
            },
            Run::plain("à Gao"),
        ];
        assert_eq!(runs(&text), "Un **drone** à Gao");
    }
}
