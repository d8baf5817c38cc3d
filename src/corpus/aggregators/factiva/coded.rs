//! Articles whose fields have codes: `HD` the headline, `PD` the day, `LP` and `TD` the text. In pages and
//! RTF the codes are cells of a table, in texts a tab follows them, or they stand alone. Where they are
//! followed by a space only, they count in their order, since a sentence may begin with `LA` or `CO`.

use super::super::byline::author;
use super::super::common::{joined, keep, keep_length, language, paragraphs};
use super::super::found::Found;
use super::number::is_number;
use crate::article::Article;
use crate::corpus::clean;
use crate::date::line as date_line;
use crate::date::written;

/// The codes in the order of the fields, and the keys under which those are kept that have no place of their
/// own.
const CODES: [(&str, &str); 36] = [
    ("CLM", "column"),
    ("SE", "section"),
    ("HD", ""),
    ("BY", "byline"),
    ("CR", "credit"),
    ("WC", ""),
    ("PD", "published"),
    ("ET", "time"),
    ("SN", "publication"),
    ("SC", "source_code"),
    ("NGC", "source_group"),
    ("GC", "group_code"),
    ("ED", "edition"),
    ("PG", "pages"),
    ("VOL", "volume"),
    ("LA", "language"),
    ("CY", "copyright"),
    ("CX", ""),
    ("LP", ""),
    ("TD", ""),
    ("ART", ""),
    ("CT", "contact"),
    ("RF", "references"),
    ("CO", "companies"),
    ("IN", "industries"),
    ("NS", "subjects"),
    ("RE", "places"),
    ("IPC", "service_codes"),
    ("IPD", "keywords"),
    ("PUB", "publisher"),
    ("DE", "descriptors"),
    ("PE", "people"),
    ("OR", "organisations"),
    ("TIC", "tickers"),
    ("RIC", "instrument_codes"),
    ("AN", ""),
];

/// A field: its code and its content.
pub(super) type Field = (String, String);

fn rank(code: &str) -> Option<usize> {
    CODES.iter().position(|(known, _)| *known == code)
}

fn is_text(code: &str) -> bool {
    matches!(code, "CX" | "LP" | "TD" | "ART" | "")
}

/// Whether a word may be a code.
pub(super) fn looks_like_code(word: &str) -> bool {
    (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// How the codes of a text are told from words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A tab follows: a cell, or a column.
    Tab,
    /// They stand between asterisks, as Firefox writes what is bold.
    Stars,
    /// A space follows, or nothing.
    Space,
}

/// A line that begins with a code: the code, and what follows it.
fn code_of(line: &str, mark: Mark) -> Option<(&str, &str)> {
    let line = line.trim_start_matches([' ', '\u{a0}']);
    let (word, rest) = match mark {
        Mark::Stars => line.strip_prefix('*')?.split_once('*')?,
        Mark::Tab => line.split_once('\t')?,
        Mark::Space => line.split_at(line.find([' ', '\t', '\u{a0}']).unwrap_or(line.len())),
    };
    let word = word.trim_end_matches([' ', '\u{a0}']);
    (looks_like_code(word) && (mark != Mark::Space || rank(word).is_some())).then(|| (word, rest.trim()))
}

pub(super) fn split(text: &str) -> Found {
    if !(text.contains("HD") && (text.contains("LP") || text.contains("TD"))) {
        return Found::default();
    }
    let lines: Vec<&str> = text.lines().collect();
    let is_marked = |mark: Mark| {
        let has = |wanted: &str| {
            lines
                .iter()
                .any(|line| code_of(line, mark).is_some_and(|(code, _)| code == wanted))
        };
        let dated = has("PD") || has("SN");
        has("HD") && dated && (mark != Mark::Space || has("PD") && has("SN")) && (has("LP") || has("TD"))
    };
    match [Mark::Tab, Mark::Stars, Mark::Space]
        .into_iter()
        .find(|mark| is_marked(*mark))
    {
        Some(mark) => Reader {
            lines: &lines,
            mark,
            fields: Vec::new(),
            found: Found::default(),
            at: 0,
        }
        .read(),
        None => Found::default(),
    }
}

/// Goes through the lines of a text.
struct Reader<'a> {
    lines: &'a [&'a str],
    mark: Mark,
    fields: Vec<(&'a str, Vec<&'a str>)>,
    found: Found,
    at: usize,
}

impl<'a> Reader<'a> {
    fn read(mut self) -> Found {
        let mut above = Vec::new();
        while self.at < self.lines.len() {
            let line = self.lines[self.at];
            match code_of(line, self.mark).filter(|(code, _)| self.counts(code)) {
                Some((code, rest)) => {
                    if self.begins(code) {
                        self.close();
                    }
                    self.fields.push((code, vec![rest]));
                }
                None => match self.fields.last_mut() {
                    // Below the number, the service's own lines.
                    Some(("AN", lines)) if lines.iter().any(|line| number_of(line).is_some()) => {
                        self.close();
                        above.push(line);
                    }
                    Some((_, lines)) => lines.push(line),
                    None => above.push(line),
                },
            }
            self.at += 1;
        }
        self.close();
        let furniture = |line: &&str| {
            line.contains('<') || line.trim().starts_with(['©', '•']) || line.contains("Dow Jones")
        };
        let text: Vec<&str> = above
            .into_iter()
            .filter(|line| !furniture(line))
            .map(str::trim)
            .collect();
        self.found.leave_out(None, &text.join(" "));
        self.found
    }

    /// Whether a code counts here, rather than being a word.
    fn counts(&self, code: &str) -> bool {
        let Some((current, _)) = self.fields.last() else {
            return rank(code).is_some();
        };
        let Some(rank_here) = rank(code) else {
            // An unknown one, outside of the text.
            return self.mark != Mark::Space && !is_text(current);
        };
        let before = rank(current).unwrap_or_default();
        match self.mark {
            Mark::Tab | Mark::Stars => !is_text(current) || rank_here > before || self.begins(code),
            Mark::Space if *current == "AN" || !is_text(current) && self.begins(code) => true,
            Mark::Space if is_text(current) && !is_text(code) => rank_here > before && self.ends_article(),
            Mark::Space => rank_here > before,
        }
    }

    /// Whether a code begins another article.
    fn begins(&self, code: &str) -> bool {
        let has = |wanted: &str| self.fields.iter().any(|(code, _)| *code == wanted);
        match self.fields.last() {
            None => false,
            Some(("AN", _)) => true,
            Some(_) => has("HD") && matches!(code, "HD" | "SE" | "CLM") && (has("LP") || has("TD")),
        }
    }

    /// Whether from the current line on fields follow one another up to the article's number: no sentences.
    fn ends_article(&self) -> bool {
        let (mut before, mut alone) = (0, false);
        for line in self.lines[self.at..]
            .iter()
            .filter(|line| !line.trim().is_empty())
        {
            match code_of(line, self.mark) {
                Some(("AN", _)) => return true,
                Some((code, rest)) if rank(code).is_some_and(|rank| rank > before) => {
                    (before, alone) = (rank(code).unwrap_or_default(), rest.is_empty());
                }
                _ if alone => alone = false,
                _ => return false,
            }
        }
        false
    }

    fn close(&mut self) {
        let stars = self.mark == Mark::Stars;
        let fields = std::mem::take(&mut self.fields).into_iter().map(|(code, lines)| {
            let text = paragraphs(&lines);
            (code.to_string(), if stars { without_stars(&text) } else { text })
        });
        self.found.articles.extend(article(fields.collect()));
    }
}

/// A text without the asterisks around words, as Firefox writes what is bold.
fn without_stars(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('*') {
        out.push_str(before);
        let bold = after.split_once('*').filter(|(bold, _)| {
            !bold.is_empty() && !bold.contains('\n') && !bold.starts_with(' ') && !bold.ends_with(' ')
        });
        match bold {
            Some((bold, after)) => {
                out.push_str(bold);
                rest = after;
            }
            None => {
                out.push('*');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The number of an article in a line: `Document SAHEL00020240312ek3c0001a`.
pub(super) fn number_of(line: &str) -> Option<&str> {
    line.split_whitespace().find(|word| is_number(word))
}

/// An article out of its fields; none without text and headline.
pub(super) fn article(fields: Vec<Field>) -> Option<Article> {
    let mut article = Article::default();
    let mut text = Vec::new();
    for (code, content) in fields {
        let line = clean::line(&content);
        match (code.as_str(), line) {
            (_, None) => {}
            ("HD", Some(line)) if article.title.is_empty() => article.title = line,
            ("BY", Some(line)) if article.author.is_none() => article.author = author(&line),
            ("SN", Some(line)) if article.source.is_none() => article.source = Some(line),
            ("WC", Some(line)) => keep_length(&mut article, &line),
            ("AN", Some(line)) if article.id.is_none() => {
                article.id = number_of(&line).map_or(Some(line.clone()), |number| Some(number.into()))
            }
            ("PD", Some(line)) if article.date.is_none() => {
                article.date = date_line::leading(&line)
                    .map(|found| found.date)
                    .or_else(|| written::of_text(&line));
                if article.date.is_none() {
                    keep(&mut article, "published", &line);
                }
            }
            ("LA", Some(line)) if article.lang.is_none() && language(&line).is_some() => {
                article.lang = language(&line).map(String::from)
            }
            (code, Some(line)) => match CODES.iter().find(|(known, _)| *known == code) {
                Some((_, key)) if !key.is_empty() => keep(&mut article, key, &line),
                Some(_) => text.push(content),
                None if code.is_empty() => text.push(content),
                None => keep(&mut article, &code.to_lowercase(), &line),
            },
        }
    }
    article.body = joined(text);
    (!article.title.is_empty() || !article.body.is_empty()).then_some(article)
}
