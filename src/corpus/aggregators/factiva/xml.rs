//! The XML of the service's programming interface: a `ppsarticle` for each article.

use super::super::byline::author;
use super::super::common::{joined, keep, keep_length};
use super::super::found::{Found, Left};
use crate::article::Article;
use crate::corpus::clean;
use crate::corpus::xml::{Node, Nodes};
use crate::date::line as date_line;

pub(in super::super) fn split(xml: &str) -> Found {
    let mut found = Found::default();
    if !xml.contains("ppsarticle") && !xml.contains("PPSResponse") {
        return found;
    }
    let mut nodes = Nodes::new(xml);
    let mut open: Option<Draft> = None;
    loop {
        match nodes.next() {
            Ok(Some(Node::Open(element))) if open.is_none() => {
                open = (element.local() == "ppsarticle").then(Draft::default);
            }
            Ok(Some(Node::Close(name))) if name == "ppsarticle" => {
                found.articles.extend(open.take().and_then(Draft::finish));
            }
            Ok(Some(node)) => {
                if let Some(draft) = &mut open {
                    draft.read(node);
                }
            }
            Ok(None) => break,
            Err(broken) => {
                let detail = format!("{}; what follows was not read, export it again", broken.what);
                found.left.push(Left {
                    line: Some(broken.line),
                    detail,
                    text: String::new(),
                });
                break;
            }
        }
    }
    found.articles.extend(open.and_then(Draft::finish));
    found
}

/// Elements whose content is text.
const TEXTS: [&str; 7] = [
    "leadParagraph",
    "tailParagraphs",
    "notes",
    "corrections",
    "artWorks",
    "caption",
    "contact",
];

/// An article while it is read.
#[derive(Default)]
struct Draft {
    article: Article,
    /// Names of the open elements.
    path: Vec<String>,
    text: String,
    headline: Vec<String>,
    parts: Vec<String>,
}

impl Draft {
    fn read(&mut self, node: Node<'_>) {
        // Markup within a paragraph is none of its own.
        let inline = |path: &[String]| path.iter().any(|name| name == "paragraph");
        match node {
            Node::Open(element) => {
                if !inline(&self.path) {
                    self.take();
                }
                self.path.push(element.local().to_string());
            }
            Node::Close(name) => {
                if !inline(&self.path[..self.path.len().saturating_sub(1)]) {
                    self.take();
                }
                if self.path.last().is_some_and(|open| *open == name) {
                    self.path.pop();
                }
            }
            Node::Text(text) => self.text.push_str(&text),
        }
    }

    /// Puts the text so far where the open elements say.
    fn take(&mut self) {
        let text = std::mem::take(&mut self.text);
        let Some(line) = clean::line(&text) else { return };
        let has = |name: &str| self.path.iter().any(|open| open == name);
        if has("headline") {
            self.headline.push(line);
        } else if TEXTS.into_iter().any(has) {
            self.parts.push(unwrapped(&text));
        } else {
            self.field(&line);
        }
    }

    fn field(&mut self, line: &str) {
        let article = &mut self.article;
        let last = self.path.last().map_or("", String::as_str);
        let parent = self
            .path
            .iter()
            .rev()
            .find(|name| !matches!(name.as_str(), "name" | "paragraph"));
        match last {
            "accessionNo" if article.id.is_none() => article.id = Some(line.into()),
            "baseLanguage" => article.lang = Some(crate::language::code(line)),
            "sourceName" if article.source.is_none() => article.source = Some(line.into()),
            "wordCount" if line.parse::<u64>().is_ok() => {
                article
                    .extra
                    .insert("length".into(), line.parse::<u64>().unwrap_or_default().into());
            }
            "wordCount" => keep_length(article, line),
            "dateTime" | "date"
                if article.date.is_none() && self.path.iter().any(|name| name == "publicationDate") =>
            {
                article.date = crate::date::written::of_text(line)
                    .or_else(|| date_line::leading(line).map(|found| found.date));
            }
            _ if self.path.iter().any(|name| name == "byline") && article.author.is_none() => {
                article.author = author(line);
            }
            _ => keep(article, &key(parent.map_or(last, String::as_str)), line),
        }
    }

    fn finish(mut self) -> Option<Article> {
        self.take();
        let mut headline = self.headline.into_iter();
        self.article.title = headline.next().unwrap_or_default();
        self.article.body = joined(headline.chain(self.parts));
        (!self.article.title.is_empty() || !self.article.body.is_empty()).then_some(self.article)
    }
}

/// The name of an element as a key: `newsSubject` as `news_subject`. A region is one of the service's own
/// list, which is not the facet's.
fn key(name: &str) -> String {
    if name == "region" {
        return "places".into();
    }
    let mut key = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !key.is_empty() {
            key.push('_');
        }
        key.extend(c.to_lowercase());
    }
    key
}

/// A text whose paragraphs begin with indented lines, as one paragraph a line; one without them as it is.
fn unwrapped(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let indented = line.starts_with("    ") || line.trim().is_empty();
        if !out.is_empty() {
            out.push_str(if indented { "\n\n" } else { "\n" });
        }
        out.push_str(line.trim());
    }
    clean::body(&out)
}
