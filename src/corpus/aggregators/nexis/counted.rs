//! The layout with a counter above each article: medium, date, headline, labels, text, labels, copyright.

use super::super::common::{is_copyright, joined, keep, paragraphs};
use super::super::found::Found;
use super::cover;
use super::labels::{self, Kind, Texts, is_certain, label};
use crate::article::Article;
use crate::corpus::clean;
use crate::date::line as date_line;

/// Lines that say that an article is withheld.
const WITHHELD: &str = "We are sorry but there is an error in this document";

/// Most characters of a headline.
const LONGEST_TITLE: usize = 400;

pub(super) fn split(lines: &[&str], starts: &[usize]) -> Found {
    let mut found = Found::default();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let mut known = false;
    for (&from, to) in starts.iter().zip(ends) {
        let block = Block::new(&lines[from + 1..to]);
        known |= block.is_known();
        let withheld = block
            .paragraphs
            .iter()
            .rposition(|lines| lines[0].starts_with(WITHHELD));
        let article = block.article();
        if let Some(at) = withheld {
            let line = from + 2 + block.lines_before(at);
            found.leave_out(Some(line), &block.paragraphs[at].join(" "));
        }
        found.articles.extend(article);
    }
    if !known {
        return Found::default();
    }
    // The page that says who asked for the export is none of it.
    let above: Vec<&str> = lines[..starts[0]]
        .iter()
        .copied()
        .filter(|line| !line.is_empty())
        .collect();
    if above.iter().filter(|line| cover::is_attribute(line)).count() < 2 {
        found.leave_out(Some(1), &above.join(" "));
    } else {
        found.furniture.extend(above.into_iter().map(String::from));
    }
    found
}

/// An article as its paragraphs: lines between empty ones.
struct Block<'a> {
    all: &'a [&'a str],
    paragraphs: Vec<Vec<&'a str>>,
}

impl<'a> Block<'a> {
    fn new(all: &'a [&'a str]) -> Self {
        let paragraphs = all
            .split(|line| line.is_empty())
            .filter(|lines| !lines.is_empty())
            .map(<[&str]>::to_vec)
            .collect();
        Self { all, paragraphs }
    }

    /// How many lines stand before a paragraph.
    fn lines_before(&self, at: usize) -> usize {
        let first = self.paragraphs[at][0];
        self.all.iter().rposition(|line| *line == first).unwrap_or(0)
    }

    /// Whether it has a label or a date where articles of the service have them.
    fn is_known(&self) -> bool {
        self.paragraphs.iter().any(|lines| header_label(lines[0])) || self.date().is_some()
    }

    /// The paragraph with the date, and the line of it.
    fn date(&self) -> Option<(usize, usize)> {
        let head = self
            .paragraphs
            .iter()
            .take(5)
            .take_while(|lines| !header_label(lines[0]));
        head.enumerate().find_map(|(at, lines)| {
            lines
                .iter()
                .position(|line| date_line::line(line).is_some())
                .map(|line| (at, line))
        })
    }

    fn article(&self) -> Option<Article> {
        let (mut article, mut texts) = (Article::default(), Texts::default());
        let begins = self.head(&mut article, &mut texts);
        let (ends, rest) = self.foot(begins);
        let mut text: Vec<String> = self.paragraphs[begins..ends]
            .iter()
            .map(|lines| paragraphs(lines))
            .collect();
        if let Some(first) = text.first_mut() {
            *first = without_body(first).to_string();
        }
        put_labels(&mut article, &mut texts, &self.paragraphs[ends..rest]);
        let kept = self.paragraphs[rest..]
            .iter()
            .filter(|lines| !lines[0].starts_with(WITHHELD));
        text.extend(kept.map(|lines| paragraphs(lines)));
        let text = joined(text);
        article.body = texts.around(&mut article, &text);
        (!article.title.is_empty() || !article.body.is_empty()).then_some(article)
    }

    /// Reads what stands above the text; says where the text begins.
    fn head(&self, article: &mut Article, texts: &mut Texts) -> usize {
        let mut at = self.medium_and_date(article);
        let labels = (at..self.paragraphs.len().min(at + 5)).find(|&n| header_label(self.paragraphs[n][0]));
        let line = |n: usize| self.paragraphs[n].join(" ");
        let is_edition =
            |n: usize| date_line::is_edition(&line(n)) && line(n).split_whitespace().count() <= 6;
        while at + 1 < labels.unwrap_or(self.paragraphs.len()) && is_edition(at) {
            keep(article, "edition", &line(at));
            at += 1;
        }
        // The headline takes all paragraphs above the labels, or else the first.
        let ends = labels.unwrap_or(self.paragraphs.len().min(at + 1));
        let mut title = String::new();
        for n in at..ends {
            if title.chars().count() + line(n).chars().count() <= LONGEST_TITLE {
                title = format!("{title} {}", line(n));
            } else {
                texts.above.push(line(n));
            }
        }
        article.title = clean::line(&title).unwrap_or_default();
        at = ends;
        let labels = self.paragraphs[at..]
            .iter()
            .take_while(|lines| header_label(lines[0]))
            .count();
        put_labels(article, texts, &self.paragraphs[at..at + labels]);
        at + labels
    }

    /// Reads medium and date; says which paragraph follows.
    fn medium_and_date(&self, article: &mut Article) -> usize {
        let date = self.date();
        let (last, line) = date.unwrap_or((0, usize::MAX));
        let mut media = Vec::new();
        let head = self
            .paragraphs
            .iter()
            .take(last + 1)
            .take_while(|lines| !header_label(lines[0]));
        let mut read = 0;
        for (n, lines) in head.enumerate() {
            read = n + 1;
            for (k, text) in lines.iter().enumerate() {
                if is_copyright(text) {
                    keep(article, "copyright", text);
                } else if n < last || k < line {
                    media.push(*text);
                } else if let Some(found) = date_line::line(text).filter(|_| k == line) {
                    article.date = Some(found.date);
                    keep(article, "time", &found.time.unwrap_or_default());
                    keep(article, "edition", found.rest);
                } else {
                    keep(article, "edition", text);
                }
            }
        }
        article.source = media.pop().and_then(clean::line);
        for name in media {
            keep(article, "distributor", name);
        }
        read
    }

    /// Where the labels below the text begin, and where they end: what follows is text again.
    fn foot(&self, begins: usize) -> (usize, usize) {
        let all = self.paragraphs.len();
        let from = begins.max(all.saturating_sub(4));
        let owner = (from..all).rfind(|&n| self.paragraphs[n].iter().any(|line| is_copyright(line)));
        let certain = (from..all).rfind(|&n| is_certain(self.paragraphs[n][0]));
        // Below the last label an owner may stand whose line is not the usual one.
        let dated = |n: usize| {
            let line = self.paragraphs[n].join(" ");
            line.chars().count() <= 150
                && line
                    .split_whitespace()
                    .any(|word| word.len() == 4 && word.parse::<u16>().is_ok())
        };
        let rest = match (owner, certain) {
            (Some(owner), _) => owner + 1,
            (None, Some(certain)) if certain + 1 < all && dated(certain + 1) => certain + 2,
            (None, Some(certain)) => certain + 1,
            (None, None) => all,
        };
        let (mut ends, mut labelled) = (rest, false);
        while ends > begins && self.is_below(ends - 1, labelled) {
            ends -= 1;
            labelled |= header_label(self.paragraphs[ends][0]);
        }
        (ends, rest)
    }

    /// Whether a paragraph is of the labels below the text, or of the copyright below these.
    fn is_below(&self, at: usize, labelled: bool) -> bool {
        let lines = &self.paragraphs[at];
        let code = |line: &str| line.len() <= 8 && line.bytes().all(|b| b.is_ascii_uppercase());
        let above = at.checked_sub(1).map(|above| &self.paragraphs[above]);
        let label_above = above
            .and_then(|lines| label(lines[0]))
            .filter(|found| found.capitals);
        // The value of a label may be a paragraph of its own.
        let is_value = label_above.is_some_and(|found| found.value.is_empty())
            && above.is_some_and(|lines| lines.len() == 1);
        header_label(lines[0])
            || is_value
            || !labelled && lines.iter().any(|line| is_copyright(line))
            || labelled && (capital_label(lines[0]) || code(lines[0]) && label_above.is_some())
    }
}

/// A text without the label that older exports write above it.
fn without_body(text: &str) -> &str {
    let labels = ["BODY:", "CORPS:", "TEXTE:", "TEXT:"];
    labels
        .iter()
        .find_map(|label| text.strip_prefix(label))
        .map_or(text, str::trim_start)
}

/// A label in capitals that is not known, of two words: `CODE-ISIN: …`.
fn capital_label(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or_default();
    labels::looks_like_label(line) && name.contains('-') && !name.contains(char::is_lowercase)
}

/// Whether a line begins with a label in capitals.
fn header_label(line: &str) -> bool {
    label(line).is_some_and(|found| found.capitals)
}

/// Puts the labels of some paragraphs in their places. A value may take several lines, and stand in a
/// paragraph of its own.
fn put_labels(article: &mut Article, texts: &mut Texts, paragraphs: &[Vec<&str>]) {
    let mut open: Option<(&str, Kind, String)> = None;
    for lines in paragraphs {
        if let Some((name, kind, value)) = open.take_if(|(_, _, value)| !value.is_empty()) {
            labels::put(article, texts, name, kind, &value);
        }
        for line in lines {
            let found = label(line).filter(|found| found.capitals);
            match (found, &mut open) {
                (Some(found), _) => {
                    if let Some((name, kind, value)) =
                        open.replace((found.name, found.kind, found.value.into()))
                    {
                        labels::put(article, texts, name, kind, &value);
                    }
                }
                (None, Some((_, _, value))) => value.push_str(&format!(" {line}")),
                (None, None) => keep(
                    article,
                    if is_copyright(line) { "copyright" } else { "header" },
                    line,
                ),
            }
        }
    }
    if let Some((name, kind, value)) = open {
        labels::put(article, texts, name, kind, &value);
    }
}
