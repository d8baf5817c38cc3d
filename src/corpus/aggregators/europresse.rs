//! Europresse: a page with an `article` element for each article, its parts told by their classes.

use super::super::{clean, markup};
use super::words;
use crate::article::Article;
use crate::date::written;
use markup::{Piece, Pieces};

/// Classes of the parts, and what they are.
const CLASSES: [(&str, Part); 9] = [
    ("DocPublicationName", Part::Source),
    ("DocHeader", Part::Header),
    ("titreArticleVisu", Part::Title),
    ("titreArticle", Part::Title),
    ("rdp__articletitle", Part::Title),
    ("sm-margin-bottomNews", Part::Author),
    ("docOcurrContainer", Part::Text),
    ("DocText", Part::Text),
    ("publiC-lblNodoc", Part::Number),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Source,
    Header,
    Title,
    Author,
    Text,
    Number,
}

/// An article while it is read.
#[derive(Default)]
struct Open {
    article: Article,
    header: String,
}

pub(super) fn split(html: &str) -> Vec<Article> {
    let mut articles = Vec::new();
    let mut open: Option<Open> = None;
    // The part that is open: what it is, its element, how many such elements are open in it, where it begins.
    let mut part: Option<(Part, &str, usize, usize)> = None;
    let mut pieces = Pieces::new(html);
    loop {
        let before = pieces.at();
        let Some(piece) = pieces.next() else { break };
        match (&piece, &mut part) {
            (Piece::Open(tag), Some((_, name, depth, _))) => *depth += usize::from(tag.is(name)),
            (Piece::Close(closed), Some((what, name, depth, from))) if closed.eq_ignore_ascii_case(name) => {
                *depth -= 1;
                if *depth == 0 {
                    if let Some(open) = &mut open {
                        open.put(*what, &html[*from..before]);
                    }
                    part = None;
                }
            }
            (Piece::Open(tag), None) if tag.is("article") => {
                articles.extend(open.take().and_then(Open::finish));
                open = Some(Open::default());
            }
            (Piece::Close(name), None) if name.eq_ignore_ascii_case("article") => {
                articles.extend(open.take().and_then(Open::finish))
            }
            (Piece::Open(tag), None) if open.is_some() => {
                let classes = tag.attribute("class").unwrap_or_default();
                let known = classes
                    .split_ascii_whitespace()
                    .find_map(|class| CLASSES.iter().find(|(name, _)| *name == class));
                part = known.map(|(_, what)| (*what, tag.name, 1, pieces.at()));
            }
            _ => {}
        }
    }
    articles.extend(open.take().and_then(Open::finish));
    articles
}

impl Open {
    fn put(&mut self, part: Part, html: &str) {
        let text = markup::plain_text(html);
        let line = || clean::line(&text);
        match part {
            Part::Source => {
                // `Le Monde, no. 24679`, and what browsers show below it.
                let name = text.trim().split(['\n', '\t']).next().unwrap_or_default();
                let name = [", no", ", n°", "  "]
                    .iter()
                    .find_map(|mark| name.split_once(mark))
                    .map_or(name, |(name, _)| name);
                self.article.source = self
                    .article
                    .source
                    .take()
                    .or_else(|| clean::line(name.trim_end_matches([',', ' '])));
            }
            Part::Header => self.header.push_str(&format!("{text}\n")),
            Part::Title if self.article.title.is_empty() => self.article.title = line().unwrap_or_default(),
            Part::Author => self.article.author = self.article.author.take().or_else(line),
            Part::Number => self.article.id = self.article.id.take().or_else(line),
            Part::Text if self.article.body.len() < text.len() => self.article.body = clean::body(&text),
            _ => {}
        }
    }

    /// The article, if it is one.
    fn finish(mut self) -> Option<Article> {
        // `International, mercredi 3 juillet 2024 823 mots, p. 4`.
        for part in self.header.split([',', '\n']) {
            self.article.date = self
                .article
                .date
                .or_else(|| written::of_text(part).filter(|date| date.month().is_some()));
        }
        let mut before = "";
        for word in self.header.split_whitespace() {
            if let Some(length) = words(&format!("{before} {word}")) {
                self.article.extra.insert("length".into(), length.into());
            }
            before = word;
        }
        // The number holds the day: `news·20240703·LM·123`.
        let day = || {
            self.article
                .id
                .as_deref()?
                .split('·')
                .find_map(|part| (part.len() == 8).then(|| written::of_text(part))?)
        };
        self.article.date = self.article.date.or_else(day);
        (!self.article.body.is_empty() || !self.article.title.is_empty() && self.article.source.is_some())
            .then_some(self.article)
    }
}
