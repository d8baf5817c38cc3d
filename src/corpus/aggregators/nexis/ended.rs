//! The layout with a line below each article: headline, medium, date, copyright, labels, a line `Body`, text,
//! labels.

use super::super::common::{is_copyright, keep, paragraphs};
use super::super::found::Found;
use super::cover::{self, Listed};
use super::labels::{self, BODY, Kind, Label, Texts, label, label_above, looks_like_label};
use crate::article::Article;
use crate::corpus::clean;
use crate::corpus::title_line::split_title;
use crate::date::PartialDate;
use crate::date::line as date_line;
use std::collections::HashMap;

/// The lines above the labels that stand below a text.
const CLASSIFICATION: [&str; 6] = [
    "Classification",
    "Klassifikation",
    "Klassifizierung",
    "Classificatie",
    "Clasificación",
    "Classificazione",
];

/// Most lines of a header that no line `Body` ends.
const LONGEST_HEADER: usize = 25;

/// The number of a line, from 0, and the line.
type Line<'a> = (usize, &'a str);

pub(super) fn split(lines: &[&str], ends: &[usize]) -> Found {
    let numbered = |from: usize, to: usize| -> Vec<Line<'_>> {
        (from..to)
            .map(|at| (at, lines[at]))
            .filter(|(_, line)| !line.is_empty())
            .collect()
    };
    let mut blocks: Vec<Vec<Line<'_>>> = Vec::new();
    let mut from = 0;
    for &end in ends {
        blocks.push(numbered(from, end));
        from = end + 1;
    }
    let rest = numbered(from, lines.len());
    let mut found = Found::default();
    let listed = match blocks.first_mut() {
        Some(first) => {
            let (cover, listed) = cover::read(first);
            found
                .furniture
                .extend(first.drain(..cover).map(|(_, line)| line.to_string()));
            listed
        }
        None => Listed::default(),
    };
    // An article whose end is missing.
    let is_cut = rest
        .iter()
        .any(|(_, line)| BODY.contains(line) || labels::is_certain(line));
    if is_cut {
        blocks.push(rest);
    } else if let Some((first, _)) = rest.first() {
        let text: Vec<&str> = rest.iter().map(|(_, line)| *line).collect();
        found.leave_out(Some(first + 1), &text.join(" "));
    }
    let headers: Vec<Header<'_>> = blocks.iter().map(|block| Header::of(block)).collect();
    if !headers.iter().any(|header| header.is_known()) {
        return Found::default();
    }
    let repeated = repeated(&headers);
    let articles = blocks
        .iter()
        .zip(&headers)
        .filter_map(|(block, header)| article(lines, block, header, &listed, &repeated));
    found.articles = articles.collect();
    found
}

/// Lines that stand second to last above the date of several articles: what distributes a medium, such as
/// `Newstex Blogs`.
fn repeated<'a>(headers: &[Header<'a>]) -> HashMap<&'a str, usize> {
    let mut count = HashMap::new();
    for header in headers.iter().filter(|header| header.top.len() >= 3) {
        *count.entry(header.top[header.top.len() - 2]).or_insert(0) += 1;
    }
    count
}

/// The lines above a text.
#[derive(Debug, Default)]
struct Header<'a> {
    /// Headline and medium.
    top: Vec<&'a str>,
    date: Option<PartialDate>,
    /// Time, edition, and a date that couldn't be read.
    about: Vec<(&'static str, String)>,
    /// Copyright and labels.
    below: Vec<&'a str>,
    /// Which line of the block the text begins with.
    begins: usize,
    has_body: bool,
}

impl<'a> Header<'a> {
    fn of(block: &[Line<'a>]) -> Self {
        let lines: Vec<&str> = block.iter().map(|(_, line)| *line).collect();
        let body = lines.iter().position(|line| BODY.contains(line));
        let (ends, begins) = match body {
            Some(at) => (at, at + 1),
            None => {
                let ends = unmarked(&lines);
                (ends, ends)
            }
        };
        let mut header = Self {
            begins,
            has_body: body.is_some(),
            ..Self::default()
        };
        let head = &lines[..ends];
        // The first line is a headline, whatever it looks like.
        let is_below = |line: &&str| is_copyright(line) || header_label(line).is_some();
        let labels = head.iter().skip(1).position(is_below).map(|at| at + 1);
        let (top, below) = head.split_at(labels.unwrap_or(head.len()));
        header.below = below.to_vec();
        header.top(top);
        header
    }

    /// Reads the lines above the copyright: headline and medium, date, editions.
    fn top(&mut self, lines: &[&'a str]) {
        let is_date = |at: &usize| date_line::line(lines[*at]).is_some();
        // Where nothing else is a date, a line below headline and medium may go on after it.
        let begins = |at: &usize| date_line::leading(lines[*at]).is_some();
        // A headline may begin with a date, and be one.
        let date = (2..lines.len())
            .find(is_date)
            .or_else(|| (1..lines.len()).find(is_date))
            .or_else(|| (lines.len() > 1 && is_date(&0)).then_some(0))
            .or_else(|| (2..lines.len()).find(begins));
        let Some(at) = date else {
            return self.undated(lines);
        };
        self.top = lines[..at].to_vec();
        if let Some(found) = date_line::leading(lines[at]) {
            self.date = Some(found.date);
            self.about.extend(found.time.map(|time| ("time", time)));
            self.about.push(("edition", found.rest.to_string()));
        }
        let editions = lines[at + 1..].iter();
        self.about
            .extend(editions.map(|line| ("edition", (*line).to_string())));
    }

    /// Headline and medium, and a last line that names a year in a way that can't be read.
    fn undated(&mut self, lines: &[&'a str]) {
        let is_year = |word: &str| word.len() == 4 && word.parse::<u16>().is_ok();
        let last = lines
            .last()
            .filter(|line| lines.len() >= 3 && line.split_whitespace().any(is_year));
        self.top = lines[..lines.len() - usize::from(last.is_some())].to_vec();
        self.about
            .extend(last.map(|line| ("published", (*line).to_string())));
    }

    fn is_known(&self) -> bool {
        self.has_body || self.below.iter().any(|line| header_label(line).is_some()) || self.date.is_some()
    }

    /// How many of the lines above the date are the headline's.
    fn headline(&self, listed: &Listed, repeated: &HashMap<&str, usize>) -> usize {
        let all = self.top.len();
        if all < 2 {
            return all;
        }
        if let Some(lines) = (1..all)
            .rev()
            .find(|&lines| listed.holds(&self.top[..lines].join(" ")))
        {
            return lines;
        }
        let distributor = self.top[all - 2];
        let known =
            distributor.starts_with("Newstex") || repeated.get(distributor).is_some_and(|count| *count > 1);
        if all >= 3 && known { all - 2 } else { all - 1 }
    }
}

/// A label of a header; none of a text that only looks like one.
fn header_label(line: &str) -> Option<Label<'_>> {
    label_above(line).filter(|found| !matches!(found.kind, Kind::Below))
}

/// Where the header ends that no line `Body` ends: after its last label or, without any, after date, editions
/// and copyright.
fn unmarked(lines: &[&str]) -> usize {
    let head = &lines[..lines.len().min(LONGEST_HEADER)];
    let known = |line: &str| {
        label(line).is_some_and(|found| {
            matches!(
                found.kind,
                Kind::Length | Kind::Author | Kind::Key("section") | Kind::Dateline | Kind::Lead
            )
        })
    };
    if let Some(first) = head.iter().position(|line| known(line)) {
        return first + head[first..].iter().take_while(|line| known(line)).count();
    }
    let Some(date) = head
        .iter()
        .take(8)
        .position(|line| date_line::line(line).is_some())
    else {
        return 0;
    };
    let more = |line: &&&str| is_copyright(line) || date_line::is_edition(line);
    date + 1 + head[date + 1..].iter().take_while(more).count()
}

fn article(
    lines: &[&str],
    block: &[Line<'_>],
    header: &Header<'_>,
    listed: &Listed,
    repeated: &HashMap<&str, usize>,
) -> Option<Article> {
    let (mut article, mut texts) = (
        Article {
            date: header.date,
            ..Article::default()
        },
        Texts::default(),
    );
    let headline = header.headline(listed, repeated);
    article.title = clean::line(&header.top[..headline].join(" ")).unwrap_or_default();
    let mut media = header.top[headline..].to_vec();
    article.source = media.pop().and_then(clean::line);
    for name in media {
        keep(&mut article, "distributor", name);
    }
    for (key, value) in &header.about {
        keep(&mut article, key, value);
    }
    put_header(&mut article, &mut texts, &header.below);
    let rest = &block[header.begins..];
    let ends = foot(rest);
    put_foot(&mut article, &mut texts, &rest[ends..]);
    let text = match (rest.first(), rest[..ends].last()) {
        (Some((from, _)), Some((last, _))) => {
            let kept: Vec<&str> = lines[*from..=*last]
                .iter()
                .copied()
                .filter(|line| *line != "Graphic")
                .collect();
            paragraphs(&kept)
        }
        _ => String::new(),
    };
    let text = if header.is_known() || !article.title.is_empty() {
        text
    } else {
        let (title, rest) = split_title(&text);
        article.title = title;
        rest
    };
    article.body = texts.around(&mut article, &text);
    (!article.title.is_empty() || !article.body.is_empty()).then_some(article)
}

/// Puts copyright and labels in their places. A byline may take several lines.
fn put_header(article: &mut Article, texts: &mut Texts, lines: &[&str]) {
    let mut open: Option<(&str, Kind, String)> = None;
    for line in lines {
        match (header_label(line), &mut open) {
            (Some(found), _) => {
                if let Some((name, kind, value)) = open.replace((found.name, found.kind, found.value.into()))
                {
                    labels::put(article, texts, name, kind, &value);
                }
            }
            (None, _) if is_copyright(line) => keep(article, "copyright", line),
            (None, Some((_, Kind::Author, value))) if line.chars().count() <= 60 => {
                value.push_str(&format!("; {line}"))
            }
            (None, Some((_, Kind::Lead | Kind::People, value))) => value.push_str(&format!(" {line}")),
            (None, _) => keep(article, "header", line),
        }
    }
    if let Some((name, kind, value)) = open {
        labels::put(article, texts, name, kind, &value);
    }
}

/// Where the labels below a text begin: with `Classification`, where only labels follow, or else with the
/// last ones that no text begins with.
fn foot(lines: &[Line<'_>]) -> usize {
    let is_label = |line: &str| looks_like_label(line) || CLASSIFICATION.contains(&line);
    let labels = lines
        .iter()
        .rposition(|(_, line)| !is_label(line))
        .map_or(0, |last| last + 1);
    let classification = lines.iter().rposition(|(_, line)| CLASSIFICATION.contains(line));
    if let Some(at) = classification.filter(|&at| at >= labels || continued(&lines[at + 1..])) {
        return at;
    }
    lines
        .iter()
        .rposition(|(_, line)| !labels::is_certain(line))
        .map_or(0, |last| last + 1)
}

/// Whether lines are labels whose values go on in lines of their own: most of them begin with one that is
/// known, and the last of all does.
fn continued(lines: &[Line<'_>]) -> bool {
    let known = lines.iter().filter(|(_, line)| label(line).is_some()).count();
    known * 2 >= lines.len() && lines.last().is_some_and(|(_, line)| label(line).is_some()) && known > 1
}

fn put_foot(article: &mut Article, texts: &mut Texts, lines: &[Line<'_>]) {
    for (_, line) in lines.iter().filter(|(_, line)| !CLASSIFICATION.contains(line)) {
        match (label(line), line.split_once(':')) {
            (Some(found), _) => labels::put(article, texts, found.name, found.kind, found.value),
            (None, Some((name, value))) => {
                keep(article, &name.to_lowercase().replace([' ', '-'], "_"), value);
            }
            (None, None) => keep(article, "header", line),
        }
    }
}
