//! Pages: an element of the class `frArticle` (`enArticle`, `arArticle` …) or the id `article-NUMBER` for
//! each article, in which the codes of fields are cells, or the lines of the header are elements of their
//! own.

use super::super::byline::author;
use super::super::common::{end_of, is_copyright, is_length, joined, keep, paragraphs};
use super::super::found::Found;
use super::coded::{self, Field, looks_like_code};
use super::display;
use super::number::{document_number, is_number};
use crate::article::Article;
use crate::corpus::clean;
use crate::corpus::markup::{Piece, Pieces, Tag, plain_text};
use crate::corpus::title_line::split_title;
use crate::date::line as date_line;

pub(super) fn split(html: &str) -> Found {
    let (starts, end) = blocks(html);
    let ends = starts.iter().skip(1).copied().chain([end]);
    let mut found = Found::default();
    let mut known = false;
    for (&from, to) in starts.iter().zip(ends) {
        let block = Block::new(&html[from..to]);
        known = known || block.is_known();
        found.articles.extend(block.article());
    }
    if !known {
        return Found::default();
    }
    found.leave_out(None, &furnished(&html[end..]));
    found
}

/// Where each article begins, and where the last one ends.
fn blocks(html: &str) -> (Vec<usize>, usize) {
    let mut pieces = Pieces::new(html);
    let mut starts: Vec<usize> = Vec::new();
    // Elements of the article's kind that are open.
    let (mut depth, mut end, mut first_text) = (0_usize, html.len(), None);
    loop {
        let before = pieces.at();
        let Some(piece) = pieces.next() else { break };
        match piece {
            Piece::Open(tag) if begins_article(&tag) => {
                // The element of the id holds the one of the class.
                let nested = depth > 0
                    && starts
                        .last()
                        .is_some_and(|from| plain_text(&html[*from..before]).is_empty());
                if !nested {
                    starts.push(before);
                    depth = 0;
                }
                depth += 1;
            }
            Piece::Open(tag) if starts.is_empty() && is_paragraph(&tag) => {
                first_text = first_text.or(Some(before));
            }
            Piece::Open(tag) if tag.is("div") => depth += usize::from(depth > 0),
            Piece::Close(name) if depth > 0 && name.eq_ignore_ascii_case("div") => {
                depth -= 1;
                if depth == 0 {
                    end = pieces.at();
                }
            }
            _ => {}
        }
    }
    if depth > 0 {
        end = html.len();
    }
    // An article whose element is not marked.
    if let (Some(from), false) = (first_text, starts.is_empty()) {
        starts.insert(0, from);
    }
    (starts, end)
}

fn has_class(tag: &Tag<'_>, is: impl Fn(&str) -> bool) -> bool {
    tag.attribute("class")
        .is_some_and(|names| names.split_ascii_whitespace().any(is))
}

/// Whether an element is a paragraph of a text, in any language.
fn is_paragraph(tag: &Tag<'_>) -> bool {
    has_class(tag, |class| {
        class.to_ascii_lowercase().ends_with("articleparagraph")
    })
}

fn begins_article(tag: &Tag<'_>) -> bool {
    if !tag.is("div") {
        return false;
    }
    let by_id = tag
        .attribute("id")
        .is_some_and(|id| id.strip_prefix("article-").is_some_and(is_number));
    let of_language = |class: &str| {
        class.strip_suffix("Article").is_some_and(|lang| {
            (2..=5).contains(&lang.len()) && lang.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        })
    };
    by_id || has_class(tag, of_language)
}

/// What stands below the last article, but for tables (of the search, of the page's foot) and copyright
/// lines.
fn furnished(html: &str) -> String {
    let lower = html.to_ascii_lowercase();
    let table = lower
        .find("<table")
        .zip(lower.rfind("</table>"))
        .filter(|(from, to)| from < to);
    let kept = match table {
        Some((from, to)) => plain_text(&html[..from]) + "\n" + &plain_text(&html[to..]),
        None => plain_text(html),
    };
    let lines = kept.lines().filter(|line| !is_copyright(line.trim()));
    lines.collect::<Vec<_>>().join("\n")
}

/// The part of a page that is an article.
struct Block<'a> {
    html: &'a str,
    fields: Vec<Field>,
}

impl<'a> Block<'a> {
    fn new(html: &'a str) -> Self {
        Self {
            html,
            fields: fields(html),
        }
    }

    /// Whether the service wrote it: it has fields with codes, or a number.
    fn is_known(&self) -> bool {
        !self.fields.is_empty()
            || plain_text(self.html)
                .lines()
                .any(|line| document_number(line).is_some())
    }

    fn article(self) -> Option<Article> {
        if self.fields.is_empty() {
            displayed(self.html)
        } else {
            coded::article(self.fields)
        }
    }
}

/// The fields whose codes stand in cells, and what stands outside of the table, under no code; none if there
/// are no such cells.
fn fields(html: &str) -> Vec<Field> {
    if !["<td", "<TD"].iter().any(|cell| html.contains(cell)) {
        return Vec::new();
    }
    let (rows, outside) = rows(html);
    let mut fields: Vec<Field> = Vec::new();
    let mut any = false;
    for row in rows {
        let texts: Vec<String> = row.iter().map(|cell| plain_text(cell)).collect();
        let code = texts
            .first()
            .map(|text| text.trim())
            .filter(|code| looks_like_code(code));
        match code {
            Some(code) if texts.len() > 1 => {
                any |= matches!(code, "HD" | "LP" | "TD" | "AN");
                fields.push((code.into(), texts[1..].join("\n\n")));
            }
            _ => fields.push((String::new(), texts.join(" "))),
        }
    }
    if !any {
        return Vec::new();
    }
    let number = |line: &&str| document_number(line).is_none();
    let outside = plain_text(&outside);
    fields.push((
        String::new(),
        outside.lines().filter(number).collect::<Vec<_>>().join("\n"),
    ));
    fields
}

/// The rows of tables that stand in no other table, each its cells, and everything else.
fn rows(html: &str) -> (Vec<Vec<&str>>, String) {
    let mut pieces = Pieces::new(html);
    let (mut rows, mut outside): (Vec<Vec<&str>>, String) = (Vec::new(), String::new());
    let (mut depth, mut cell, mut from) = (0_usize, None, 0);
    loop {
        let before = pieces.at();
        let Some(piece) = pieces.next() else { break };
        let (tag, opens) = match piece {
            Piece::Open(tag) => (tag.name, true),
            Piece::Close(name) => (name, false),
            _ => continue,
        };
        let is = |name: &str| tag.eq_ignore_ascii_case(name);
        let ends = depth == 1 && (is("td") || is("tr") || is("table") && !opens);
        if ends && let Some(start) = cell.take() {
            rows.last_mut()
                .into_iter()
                .for_each(|row: &mut Vec<&str>| row.push(&html[start..before]));
        }
        match (opens, depth) {
            (true, _) if is("table") => {
                if depth == 0 {
                    outside.push_str(&html[from..before]);
                }
                depth += 1;
            }
            (false, 1..) if is("table") => {
                depth -= 1;
                from = pieces.at();
            }
            (true, 1) if is("tr") => rows.push(Vec::new()),
            (true, 1) if is("td") => {
                if rows.is_empty() {
                    rows.push(Vec::new());
                }
                cell = Some(pieces.at());
            }
            _ => {}
        }
    }
    match cell {
        // A table that isn't closed.
        Some(start) => rows
            .last_mut()
            .into_iter()
            .for_each(|row| row.push(&html[start..])),
        None if depth == 0 => outside.push_str(&html[from..]),
        None => {}
    }
    (rows, outside)
}

/// An article without codes: the lines of its header are elements, its headline and its authors have classes.
fn displayed(html: &str) -> Option<Article> {
    let mut article = Article::default();
    let Some(begins) = text_begins(html) else {
        return by_lines(html);
    };
    let (head, text) = html.split_at(begins);
    let mut above = Vec::new();
    let mut below = Vec::new();
    let mut authors = Vec::new();
    for (part, content) in marked(head) {
        let lines = plain_text(content);
        let lines = lines
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(String::from);
        match part {
            Some(Part::Headline) if article.title.is_empty() => {
                article.title = clean::line(&plain_text(content)).unwrap_or_default()
            }
            Some(Part::Author) => authors.extend(clean::line(&plain_text(content))),
            _ if article.title.is_empty() => above.extend(lines),
            _ => below.extend(lines),
        }
    }
    if article.title.is_empty() {
        return by_lines(html);
    }
    article.author = author(&authors.join("; "));
    for line in &above {
        keep(&mut article, "section", line);
    }
    let lines: Vec<&str> = below.iter().map(String::as_str).collect();
    let is_field = |line: &&str| is_length(line) || date_line::line(line).is_some();
    let first = lines.iter().position(is_field).unwrap_or(0);
    for line in &lines[..first] {
        keep(&mut article, "byline", line);
    }
    display::fields(&mut article, &lines[first..], true);
    let text = plain_text(text);
    let mut lines: Vec<&str> = text.lines().collect();
    if let Some(at) = lines.iter().rposition(|line| document_number(line).is_some()) {
        article.id = document_number(lines[at]).map(String::from);
        lines.remove(at);
    }
    article.body = paragraphs(&lines);
    Some(article)
}

/// An article whose header has no known elements.
fn by_lines(html: &str) -> Option<Article> {
    let text = plain_text(html);
    let mut found = display::split(&text);
    match found.articles.len() {
        0 => {
            let mut article = Article::default();
            (article.title, article.body) = split_title(text.trim());
            (!article.body.is_empty()).then_some(article)
        }
        1 => found.articles.pop(),
        _ => Some(Article {
            body: joined([text]),
            ..Article::default()
        }),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Headline,
    Author,
}

/// Where the first paragraph of the text begins.
fn text_begins(html: &str) -> Option<usize> {
    let mut pieces = Pieces::new(html);
    loop {
        let before = pieces.at();
        match pieces.next() {
            Some(Piece::Open(tag)) if is_paragraph(&tag) => return Some(before),
            Some(_) => {}
            None => return None,
        }
    }
}

/// The header in pieces: headline and authors, which have classes, and what stands between.
fn marked(html: &str) -> Vec<(Option<Part>, &str)> {
    let mut pieces = Pieces::new(html);
    let (mut parts, mut from) = (Vec::new(), 0);
    loop {
        let before = pieces.at();
        let Some(piece) = pieces.next() else { break };
        let Piece::Open(tag) = piece else { continue };
        let headline = has_class(&tag, |class| class.ends_with("Headline"));
        let part = match (headline, has_class(&tag, |class| class == "author")) {
            (true, _) => Part::Headline,
            (_, true) => Part::Author,
            _ => continue,
        };
        parts.push((None, &html[from..before]));
        let begins = pieces.at();
        let end = end_of(&mut pieces, tag.name);
        parts.push((Some(part), &html[begins..end]));
        from = pieces.at();
    }
    parts.push((None, &html[from..]));
    parts
}
