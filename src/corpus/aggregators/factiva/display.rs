//! Articles as the service displays them: rubric, headline, byline, length, date, time, medium, its code,
//! edition, page, language, copyright, text, number. Any of them may be missing but the last.

use super::super::byline::author;
use super::super::common::{is_copyright, is_length, joined, keep, keep_length, language, paragraphs, words};
use super::super::found::Found;
use super::number::document_number;
use super::title::{self, Listed};
use crate::article::Article;
use crate::corpus::clean;
use crate::corpus::title_line::split_title;
use crate::date::line as date_line;
use crate::french::fold;

/// Most lines that stand above the length, the headline among them.
const ABOVE: usize = 6;

/// Most lines from the length to the language or the copyright.
const FIELDS: usize = 9;

pub(super) fn split(text: &str) -> Found {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let ends: Vec<usize> = (0..lines.len())
        .filter(|&at| document_number(lines[at]).is_some())
        .collect();
    let mut found = Found::default();
    if ends.is_empty() {
        return found;
    }
    let mut listed = Listed::default();
    for line in &lines[..ends[0]] {
        if let Some(headline) = line.strip_prefix('•') {
            listed.add(headline);
        }
    }
    let (mut from, mut any) = (0, false);
    for end in ends {
        let block = Block::new(&lines, from, end);
        any |= block.anchor.is_some();
        let first = from == 0;
        if let Some((article, before)) = block.article(document_number(lines[end]), &listed, first) {
            found.articles.push(article);
            if first {
                leave_out(before, &listed, &mut found);
            }
        }
        from = end + 1;
    }
    if !any {
        return Found::default();
    }
    rest(&lines, from, &listed, &mut found);
    found
}

/// What follows the last number: an article that was cut off, the summary of the search, or something else.
fn rest(lines: &[&str], from: usize, listed: &Listed, found: &mut Found) {
    let block = Block::new(lines, from, lines.len());
    // A table, whatever its title.
    let rows = block.lines.iter().filter(|(_, line)| line.contains('\t')).count();
    if block.lines.first().is_none_or(|(_, line)| is_summary(line))
        || rows > 2 && 2 * rows >= block.lines.len()
    {
        return;
    }
    match block.anchor.and_then(|_| block.article(None, listed, false)) {
        Some((article, _)) => found.articles.push(article),
        None => leave_out(&block.lines, listed, found),
    }
}

/// Notes lines that are in no article, but for the service's own.
fn leave_out(lines: &[Line<'_>], listed: &Listed, found: &mut Found) {
    let kept: Vec<&Line<'_>> = lines
        .iter()
        .filter(|(_, line)| !is_furniture(line) && !listed.holds(line))
        .collect();
    if let Some((first, _)) = kept.first() {
        let text: Vec<&str> = kept.iter().map(|(_, line)| *line).collect();
        found.leave_out(Some(first + 1), &text.join(" "));
    }
}

/// Whether a line begins the table that says what was searched.
fn is_summary(line: &str) -> bool {
    const TITLES: [&str; 9] = [
        "searchsummary",
        "resumedelarecherche",
        "recapitulatifdelarecherche",
        "zusammenfassungdersuche",
        "suchzusammenfassung",
        "resumendelabusqueda",
        "resumodapesquisa",
        "riepilogodellaricerca",
        "zoekoverzicht",
    ];
    TITLES.contains(&fold(line).as_str())
}

/// Whether a line is the service's own, or of a program that converted the file.
fn is_furniture(line: &str) -> bool {
    const LINES: [&str; 5] = [
        "Dow Jones Factiva",
        "Dow Jones",
        "Factiva",
        "Factiva RTF Display Format",
        "DOW JONES FACTIVA",
    ];
    const STARTS: [&str; 7] = [
        "### ",
        "TITLE: Factiva",
        "AUTHOR: Factiva",
        "Skip to main content",
        "•",
        "Factiva, from",
        "Page 1 ",
    ];
    LINES.contains(&line)
        || STARTS.iter().any(|start| line.starts_with(start))
        || line.contains("Factiva, Inc")
        || line
            .strip_prefix("pict")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || !line.contains(char::is_alphanumeric)
}

/// The number of a line, from 0, and the line.
type Line<'a> = (usize, &'a str);

/// The lines of an article that aren't empty, and where its length or date stands.
struct Block<'a> {
    all: &'a [&'a str],
    lines: Vec<Line<'a>>,
    end: usize,
    anchor: Option<Anchor>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anchor {
    /// The line with the length or, without one, the date.
    Fields(usize),
    /// A line with all of them: `Le Fleuve, 11:02, 3 juillet 2024, 665 mots, Par Awa Ba, (Français)`.
    Summary(usize),
}

impl<'a> Block<'a> {
    fn new(all: &'a [&'a str], from: usize, end: usize) -> Self {
        let lines: Vec<(usize, &str)> = (from..end)
            .map(|at| (at, all[at]))
            .filter(|(_, line)| !line.is_empty())
            .collect();
        let anchor = anchor(&lines);
        Self {
            all,
            lines,
            end,
            anchor,
        }
    }

    /// The article, and the lines before its header; none if the block is empty. But for the `first` block,
    /// these are text of the article.
    fn article(&self, number: Option<&str>, listed: &Listed, first: bool) -> Option<(Article, &[Line<'a>])> {
        let mut article = Article {
            id: number.map(String::from),
            ..Article::default()
        };
        let (at, begins) = match self.anchor {
            Some(Anchor::Fields(at)) => {
                let lines: Vec<&str> = self.lines[at..].iter().map(|(_, line)| *line).collect();
                (at, at + fields(&mut article, &lines, false))
            }
            Some(Anchor::Summary(at)) => {
                summary(&mut article, self.lines[at].1);
                (at, at + 1)
            }
            None => return Some((self.without_header(article)?, &[])),
        };
        let from = self.header(at, first);
        let above: Vec<&str> = self.lines[from..at]
            .iter()
            .map(|(_, line)| *line)
            .filter(|line| !is_furniture(line))
            .collect();
        let subtitles = title::read(&mut article, &above, listed);
        let (before, rubrics) = self.lines[..from].split_at(self.rubrics(from, first, listed));
        rubrics
            .iter()
            .for_each(|(_, line)| keep(&mut article, "section", line));
        let own = before
            .iter()
            .map(|(_, line)| *line)
            .filter(|line| !first && !is_furniture(line));
        let text = self
            .lines
            .get(begins)
            .map_or(String::new(), |(from, _)| paragraphs(&self.all[*from..self.end]));
        article.body = joined(own.map(String::from).chain(subtitles).chain([text]));
        (!article.title.is_empty() || !article.body.is_empty()).then_some((article, before))
    }

    /// Where the lines above the length begin that are of the header. Long lines are text of an article whose
    /// number is missing; in the first block the page's own lines may stand above.
    fn header(&self, at: usize, first: bool) -> usize {
        let from = at.saturating_sub(ABOVE);
        let ends = |line: &str| line.chars().count() > 300 || first && is_furniture(line);
        (from..at)
            .rfind(|&n| ends(self.lines[n].1))
            .map_or(from, |last| last + 1)
    }

    /// Where further lines of the first article's header begin: short ones right above it, with nothing of the
    /// service's own between.
    fn rubrics(&self, from: usize, first: bool, listed: &Listed) -> usize {
        let ends = |line: &str| line.chars().count() > 100 || is_furniture(line) || listed.holds(line);
        let begin = (0..from)
            .rfind(|&n| ends(self.lines[n].1))
            .map_or(0, |last| last + 1);
        if first && from - begin <= ABOVE {
            begin
        } else {
            from
        }
    }

    /// An article in which neither length nor date was found: all of it is text.
    fn without_header(&self, mut article: Article) -> Option<Article> {
        let (from, _) = self.lines.iter().find(|(_, line)| !is_furniture(line))?;
        let text = paragraphs(&self.all[*from..self.end]);
        (article.title, article.body) = split_title(&text);
        Some(article)
    }
}

fn anchor(lines: &[Line<'_>]) -> Option<Anchor> {
    let line = |at: usize| lines.get(at).map_or("", |(_, line)| *line);
    let is_date = |at: usize| date_line::line(line(at)).is_some_and(|found| found.rest.is_empty());
    let closed =
        |at: usize| (at + 1..at + FIELDS).any(|n| is_copyright(line(n)) || language(line(n)).is_some());
    let coded = |at: usize| is_code(line(at + 2)) || is_code(line(at + 3));
    (0..lines.len()).find_map(|at| {
        if is_length(line(at)) && (is_date(at + 1) || closed(at)) || is_date(at) && (closed(at) || coded(at))
        {
            return Some(Anchor::Fields(at));
        }
        is_listing(line(at)).then_some(Anchor::Summary(at))
    })
}

/// A line with medium, date, length and, in parentheses at its end, the language.
fn is_listing(line: &str) -> bool {
    line.chars().count() < 300
        && line.ends_with(')')
        && line
            .rsplit_once('(')
            .is_some_and(|(_, name)| language(name.trim_end_matches(')')).is_some())
        && line.split(", ").any(|part| date_line::line(part).is_some())
}

/// Reads a line that [`is_listing`].
fn summary(article: &mut Article, line: &str) {
    for (n, part) in line.split(", ").enumerate() {
        let lang = part
            .strip_prefix('(')
            .and_then(|name| language(name.trim_end_matches(')')));
        if n == 0 {
            article.source = clean::line(part);
        } else if let Some(lang) = lang {
            article.lang = Some(lang.into());
        } else if is_length(part) {
            keep_length(article, part);
        } else if date_line::is_clock(part) {
            keep(article, "time", part);
        } else if let Some(found) = date_line::line(part).filter(|_| article.date.is_none()) {
            article.date = Some(found.date);
        } else if article.author.is_none() {
            article.author = author(part);
        } else {
            keep(article, "byline", part);
        }
    }
}

/// Reads the lines from the length on; says how many of them are not text. `only` says that all of them are
/// of the header.
pub(super) fn fields(article: &mut Article, lines: &[&str], only: bool) -> usize {
    let line = |at: usize| lines.get(at).copied().unwrap_or_default();
    let mut at = 0;
    if is_length(line(at)) {
        keep_length(article, line(at));
        at += 1;
    }
    if let Some(found) = date_line::line(line(at)) {
        article.date = Some(found.date);
        keep(article, "time", &found.time.unwrap_or_default());
        keep(article, "edition", found.rest);
        at += 1;
    }
    if date_line::is_clock(line(at).split(' ').next().unwrap_or_default()) && line(at).len() <= 14 {
        keep(article, "time", line(at));
        at += 1;
    }
    // The fields end with the language, or else the copyright.
    let last = (at..lines.len().min(at + FIELDS)).find(|&n| language(line(n)).is_some());
    let last = last.or_else(|| (at..lines.len().min(at + FIELDS)).find(|&n| is_copyright(line(n))));
    let Some(last) = last else {
        return unclosed(article, lines, at, only);
    };
    medium(article, &lines[at..last]);
    at = last;
    if let Some(lang) = language(line(at)).filter(|_| !is_copyright(line(at))) {
        article.lang = Some(lang.into());
        at += 1;
    }
    while at < lines.len() && (only || is_copyright(line(at))) {
        keep(article, "copyright", line(at));
        at += 1;
    }
    at
}

/// Fields that neither language nor copyright ends: the medium and its code, if there is one.
fn unclosed(article: &mut Article, lines: &[&str], at: usize, only: bool) -> usize {
    let code = (at + 1..lines.len().min(at + 3)).find(|&n| is_code(lines[n]));
    let end = if only {
        lines.len()
    } else {
        code.map_or(at, |code| code + 1)
    };
    medium(article, &lines[at..end]);
    end
}

/// The medium, its code, edition and pages.
fn medium(article: &mut Article, lines: &[&str]) {
    for (n, line) in lines.iter().enumerate() {
        match n {
            0 => article.source = clean::line(line),
            _ if is_code(line) && !article.extra.contains_key("source_code") => {
                keep(article, "source_code", line)
            }
            _ if is_page(line) => keep(article, "pages", line),
            _ => keep(article, "edition", line),
        }
    }
}

fn is_code(line: &str) -> bool {
    (1..=12).contains(&line.len())
        && line.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && line.bytes().any(|b| b.is_ascii_uppercase())
}

fn is_page(line: &str) -> bool {
    line.len() <= 16
        && line.contains(|c: char| c.is_ascii_digit())
        && !line.contains([';', ' '])
        && words(line).is_none()
}
