//! A dossier as a page: one file without scripts, fonts or anything from a network.

use super::blocks::{Block, FactKind, Form, Run};
use crate::export::markup::{escaped, head, is_hidden, linked, said};
use crate::messages::UiLang;
use crate::msg;
use std::io::{self, Write};

const STYLE: &str = "\
header.title { padding-top: 2em; }
ol.contents { padding-left: 2.6em; } ol.contents li { margin: .25em 0; }
article { border-top: 2px solid #111; margin-top: 3em; padding-top: 1em; }
article > h2 { margin-top: .2em; }
.number { color: #555; font-weight: normal; }
.label { font: .75em/1 system-ui, Arial, sans-serif; color: #555; margin-right: .6em; }
.gap { color: #777; text-align: center; margin: .4em 0; }
h3 { margin: 1.6em 0 .4em; } p.small { margin: .25em 0; }
nav.up { font-size: .85em; }
@media print {
  header.title { padding-top: 30mm; }
  h2.contents { break-before: page; }
  article.own { break-before: page; border: 0; margin: 0; padding: 0; }
  article { border-width: 1px; margin-top: 1.5em; }
  ol.contents + article { break-before: page; border: 0; margin: 0; padding: 0; }
  dl.facts { font-size: .9em; break-inside: avoid; }
  nav.up { display: none; }
}
";

/// The page.
pub struct Html<W: Write> {
    out: W,
    language: UiLang,
    begun: bool,
    in_article: bool,
}

impl<W: Write> Html<W> {
    /// A page in a language.
    pub fn new(out: W, language: UiLang) -> Self {
        Self {
            out,
            language,
            begun: false,
            in_article: false,
        }
    }

    fn end_article(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.in_article) {
            let up = said(&msg!("dossier-up"), self.language);
            writeln!(
                self.out,
                "<nav class=\"up\"><a href=\"#contents\">{up}</a></nav>\n</article>"
            )?;
        }
        Ok(())
    }
}

/// Text for a string of CSS: whatever isn't a letter, a figure or a plain sign by its number.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(RUNNING) {
        match c {
            c if c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | ';' | ':' | '-' | '(' | ')') => {
                out.push(c)
            }
            c if is_hidden(c) => {}
            c => out.push_str(&format!("\\{:x} ", u32::from(c))),
        }
    }
    out
}

/// Characters of the title at the foot of each page.
const RUNNING: usize = 90;

fn runs(runs: &[Run]) -> String {
    let runs = runs.iter().map(|run| match run.mark {
        true => format!("<mark>{}</mark>", escaped(&run.text)),
        false => escaped(&run.text),
    });
    runs.collect()
}

impl<W: Write> Form for Html<W> {
    // Long because it is one arm a kind of block.
    fn block(&mut self, block: &Block) -> io::Result<()> {
        match block {
            Block::Title(title) => {
                self.begun = true;
                let running = format!(
                    "@page {{ @bottom-left {{ content: \"{}\"; font-size: 9pt; }} }}\n",
                    quoted(title)
                );
                let head = head(title, self.language, &format!("{STYLE}{running}"));
                write!(
                    self.out,
                    "{head}<body>\n<header class=\"title\"><h1>{}</h1></header>\n",
                    escaped(title)
                )
            }
            Block::Heading(text) => {
                writeln!(
                    self.out,
                    "<h2 class=\"contents\" id=\"contents\">{}</h2>",
                    escaped(text)
                )
            }
            Block::Facts(facts) => {
                writeln!(self.out, "<dl class=\"facts\">")?;
                for fact in facts {
                    let value = match fact.kind {
                        FactKind::Text => escaped(&fact.value),
                        FactKind::Link => linked(Some(&fact.value), &fact.value),
                        FactKind::Hash => format!("<span class=\"hash\">{}</span>", escaped(&fact.value)),
                    };
                    writeln!(self.out, "<dt>{}</dt><dd>{value}</dd>", escaped(&fact.name))?;
                }
                writeln!(self.out, "</dl>")
            }
            Block::Contents(lines) => {
                writeln!(self.out, "<ol class=\"contents\">")?;
                for line in lines {
                    let (number, title) = (line.number, escaped(&line.title));
                    let about = match line.about().as_str() {
                        "" => String::new(),
                        about => format!(" <span class=\"small\">{}</span>", escaped(about)),
                    };
                    writeln!(self.out, "<li><a href=\"#a{number}\">{title}</a>{about}</li>")?;
                }
                writeln!(self.out, "</ol>")
            }
            Block::Article {
                number,
                title,
                own_page,
            } => {
                self.end_article()?;
                self.in_article = true;
                let title = runs(title);
                let class = if *own_page { " class=\"own\"" } else { "" };
                writeln!(
                    self.out,
                    "<article id=\"a{number}\"{class}>\n<h2><span class=\"number\">{number}.</span> {title}</h2>"
                )
            }
            Block::Subheading(text) => writeln!(self.out, "<h3>{}</h3>", escaped(text)),
            Block::Paragraph { label, runs: text } => {
                let label = label.as_ref();
                let label = label.map(|label| format!("<span class=\"label\">{}</span>", escaped(label)));
                writeln!(self.out, "<p>{}{}</p>", label.unwrap_or_default(), runs(text))
            }
            Block::Gap => writeln!(self.out, "<p class=\"gap\">[…]</p>"),
            Block::Small(text) => writeln!(self.out, "<p class=\"small\">{}</p>", runs(text)),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.end_article()?;
        if self.begun {
            writeln!(self.out, "</body>\n</html>")?;
        }
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_end_the_style() {
        assert_eq!(quoted("é \"x\\</style>"), "é \\22 x\\5c \\3c \\2f style\\3e ");
    }
}
