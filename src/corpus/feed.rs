//! RSS and Atom: the entries of a feed, each with the longest text that it gives.

use super::budget::WHOLE_FEED;
use super::wordpress::{self, Site};
use super::xml::{Broken, Element, Node, Nodes};
use super::{
    LeftOut, Location, Options, Output, SkipReason, address, aggregators, charset, clean, markup, record,
    whole,
};
use serde_json::{Map, Value};
use std::io::{self, Read};
use std::ops::ControlFlow;

/// Most bytes of one value, twice what an article may hold: what is over is reported when that is cut.
const LONGEST: usize = 16 * 1024 * 1024;

pub(super) fn read(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let Some(xml) = whole::text_within(WHOLE_FEED, bytes, out, charset::declared)? else {
        return Ok(());
    };
    if aggregators::take_xml(&xml, out) {
        return Ok(());
    }
    let mut feed = Feed {
        options,
        number: 0,
        source: None,
        lang: None,
        author: None,
        base: None,
        entry: None,
        open: Vec::new(),
        site: Site::default(),
    };
    let read = feed.read(&xml, out);
    if feed.site.report(out).is_break() {
        return Ok(());
    }
    match read {
        Ok(_) if feed.site.left_out() > 0 && feed.number == 0 => {}
        Ok(_) if feed.number == 0 && !out.is_stopped() => {
            let _ = match feed.kind() {
                Some(kind) => out.skip(
                    Location::default(),
                    SkipReason::UnknownFormat,
                    format!("of XML, griot reads RSS and Atom, not <{kind}>; export the articles as .jsonl or .csv"),
                ),
                None => out.skip(Location::default(), SkipReason::Empty, "a feed without entries"),
            };
        }
        Ok(_) => {}
        Err(Broken { line, what }) => {
            let place = Location {
                line: Some(line),
                record: None,
            };
            let _ = match feed.finish(out) {
                ControlFlow::Continue(()) if feed.number > 0 => out.warn(
                    place,
                    SkipReason::InvalidXml,
                    format!("{what}; fetch it again (what came before was read)"),
                ),
                ControlFlow::Continue(()) => out.skip(
                    place,
                    SkipReason::InvalidXml,
                    format!("{what}; fetch or export it again"),
                ),
                ControlFlow::Break(()) => ControlFlow::Break(()),
            };
        }
    }
    Ok(())
}

/// A feed while it is read.
struct Feed<'a> {
    options: &'a Options,
    number: usize,
    /// What the feed says of itself.
    source: Option<String>,
    lang: Option<String>,
    /// Who wrote the entries that don't say so.
    author: Option<String>,
    /// Its address, from which those of entries may be given.
    base: Option<String>,
    entry: Option<Entry>,
    /// Names of the open elements, the root first; the root stays.
    open: Vec<String>,
    /// What only an export of WordPress has.
    site: Site,
}

/// An entry while it is read.
#[derive(Default)]
struct Entry {
    line: usize,
    /// Depth of its element.
    depth: usize,
    values: Map<String, Value>,
    categories: Vec<Value>,
    /// What readers wrote below a post of WordPress.
    comments: Vec<Value>,
    is_of_wordpress: bool,
    /// The element of it that is open.
    field: Option<Field>,
}

/// An element of an entry while it is read.
struct Field {
    name: String,
    /// Tags included.
    content: String,
    /// It says so itself: `type="html"`.
    is_html: bool,
}

impl Feed<'_> {
    fn read(&mut self, xml: &str, out: &mut Output<'_>) -> Result<ControlFlow<()>, Broken> {
        let mut nodes = Nodes::new(xml);
        let mut about = String::new();
        while let Some(node) = nodes.next()? {
            match node {
                Node::Open(element) => {
                    self.opened(&element, nodes.line());
                    about.clear();
                }
                Node::Close(name) => {
                    if self.closed(&name, &about, out).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                    about.clear();
                }
                Node::Text(text) => match &mut self.entry {
                    Some(Entry {
                        field: Some(Field { content, .. }),
                        ..
                    }) if content.len() < LONGEST => content.push_str(&text),
                    Some(_) => {}
                    None => about.extend(text.chars().take(1000)),
                },
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn opened(&mut self, element: &Element<'_>, line: usize) {
        self.open.push(element.local().to_string());
        let depth = self.open.len();
        match &mut self.entry {
            None if matches!(element.local(), "item" | "entry") && depth > 1 => {
                self.entry = Some(Entry {
                    line,
                    depth,
                    is_of_wordpress: self.site.is_known,
                    ..Entry::default()
                });
            }
            None => {
                let own = match element.local() {
                    "link" if element.attribute("rel").as_deref() != Some("hub") => element.attribute("href"),
                    _ => element.attribute("base"),
                };
                self.based(own.as_deref());
            }
            Some(entry) => match &mut entry.field {
                // Markup within a value, as Atom has it: kept as HTML.
                Some(Field { content, .. }) => content.push_str(&format!("<{}>", element.local())),
                None => {
                    entry.field = Some(Field {
                        name: element.name.clone(),
                        content: String::new(),
                        is_html: matches!(
                            element.attribute("type").as_deref(),
                            Some("html" | "xhtml" | "text/html")
                        ),
                    });
                    if element.local() == "link"
                        && let Some(href) = element.attribute("href")
                        && matches!(element.attribute("rel").as_deref(), None | Some("alternate"))
                    {
                        entry.values.entry("link").or_insert_with(|| href.into());
                    }
                    if element.local() == "category"
                        && let Some(term) = element.attribute("term").as_deref().and_then(clean::line)
                    {
                        entry.categories.push(term.into());
                    }
                }
            },
        }
    }

    /// Takes an address of the feed in, if it is the first whole one.
    fn based(&mut self, address: Option<&str>) {
        let whole = address.filter(|address| address.contains("://"));
        if self.base.is_none() {
            self.base = whole.and_then(clean::line);
        }
    }

    fn closed(&mut self, name: &str, about: &str, out: &mut Output<'_>) -> ControlFlow<()> {
        let depth = self.open.len();
        if depth > 1 {
            self.open.pop();
        }
        let Some(entry) = &mut self.entry else {
            out.leave_out(LeftOut::FeedHeader, about);
            // Of the feed, or of its channel.
            if depth <= 3 {
                match name {
                    "title" => self.source = self.source.take().or_else(|| clean::line(about)),
                    "language" => self.lang = self.lang.take().or_else(|| clean::line(about)),
                    "link" => self.based(Some(about)),
                    "name" if self.open.last().is_some_and(|around| around == "author") => {
                        self.author = self.author.take().or_else(|| clean::line(about));
                    }
                    _ => {}
                }
            }
            if depth <= 4 {
                self.site.about(name, about);
            }
            return ControlFlow::Continue(());
        };
        if depth == entry.depth {
            return self.finish(out);
        }
        if depth == entry.depth + 1 {
            if let Some(field) = entry.field.take() {
                entry.keep(&field);
            }
        } else if let Some(Field { content, .. }) = &mut entry.field {
            content.push_str(&format!("</{name}>"));
        }
        ControlFlow::Continue(())
    }

    /// Hands the open entry over, if there is one.
    fn finish(&mut self, out: &mut Output<'_>) -> ControlFlow<()> {
        let Some(mut entry) = self.entry.take() else {
            return ControlFlow::Continue(());
        };
        if let Some(field) = entry.field.take() {
            entry.keep(&field);
        }
        if self.site.leaves_out(&mut entry.values) {
            let texts = entry.values.values().filter_map(serde_json::Value::as_str);
            texts.for_each(|text| out.leave_out(LeftOut::Skipped, text));
            return ControlFlow::Continue(());
        }
        self.number += 1;
        let place = Location {
            line: Some(entry.line),
            record: Some(self.number),
        };
        entry.direct(self.base.as_deref());
        if !entry.comments.is_empty() {
            entry.values.insert("comments".into(), entry.comments.into());
        }
        if !entry.categories.is_empty() {
            entry.values.insert("categories".into(), entry.categories.into());
        }
        if let Some(updated) = entry.values.remove("updated") {
            entry.values.entry("published").or_insert(updated);
        }
        out.columns().apply(&mut entry.values);
        let (mut article, faults) = record::whole(entry.values, self.options);
        article.source = article.source.or_else(|| self.source.clone());
        article.author = article.author.or_else(|| self.author.clone());
        article.lang = article
            .lang
            .or_else(|| self.lang.as_deref().map(crate::language::code));
        if article.body.is_empty() && article.title.is_empty() {
            out.no_article(&article);
            return out.skip(
                place,
                SkipReason::NoText,
                "an entry with neither a title nor a text",
            );
        }
        out.warn_all(place, faults)?;
        out.record(self.number, article)
    }

    /// The root's name, if it is not that of a feed.
    fn kind(&self) -> Option<&str> {
        self.open
            .first()
            .map(String::as_str)
            .filter(|root| !matches!(*root, "rss" | "RDF" | "feed"))
    }
}

impl Entry {
    /// Keeps the value of an element, under the key that `record` knows it by. The first of its kind counts.
    fn keep(&mut self, field: &Field) {
        let (name, content) = (field.name.as_str(), field.content.trim());
        if content.is_empty() {
            return;
        }
        let plain = || {
            if field.is_html || markup::looks_like_html(content) {
                markup::plain_text(content)
            } else {
                content.to_string()
            }
        };
        let (key, value) = match name {
            "wp:comment" => {
                self.comments.extend(wordpress::comment(content).map(Value::from));
                return;
            }
            "content:encoded" | "excerpt:encoded" if self.is_of_wordpress => {
                let key = if name == "content:encoded" {
                    "text"
                } else {
                    "excerpt"
                };
                (key, markup::plain_text(&wordpress::html(content)))
            }
            "category" | "dc:subject" => {
                self.categories.extend(clean::line(content).map(Value::from));
                return;
            }
            "content:encoded" | "encoded" => ("text", plain()),
            "content" | "atom:content" => ("content", plain()),
            "description" | "summary" | "atom:summary" => ("description", plain()),
            "pubDate" | "published" | "dc:date" | "issued" | "dcterms:created" => {
                ("published", content.to_string())
            }
            "updated" | "modified" | "atom:updated" => ("updated", content.to_string()),
            "dc:creator" | "author" | "itunes:author" => ("author", markup::plain_text(named(content))),
            "id" | "guid" => ("id", content.to_string()),
            "title" | "link" | "source" | "dc:language" => (super::xml::local(name), plain()),
            // What a picture or a film shows, or a group of them.
            "media:description" | "media:text" | "media:group" => ("description", plain()),
            _ => (name, plain()),
        };
        if !value.trim().is_empty() {
            self.put(key, name, value);
        }
    }

    /// Puts the address of the article in the place of one that isn't whole, or leads to it by way of a service.
    fn direct(&mut self, base: Option<&str>) {
        let text = |values: &Map<String, Value>, key: &str| values.get(key)?.as_str().map(String::from);
        let Some(link) = text(&self.values, "link") else {
            return;
        };
        let origin = text(&self.values, "feedburner:origLink").or_else(|| address::behind(&link));
        match origin {
            Some(origin) => {
                self.values.shift_remove("feedburner:origLink");
                self.values.insert("link".into(), origin.into());
                self.values.insert("redirect".into(), link.into());
            }
            None => drop(
                self.values
                    .insert("link".into(), address::absolute(&link, base).into()),
            ),
        }
    }

    /// Puts a value under a key; under the name of its element, in a list, if the key has another already.
    fn put(&mut self, key: &str, name: &str, value: String) {
        let value = Value::from(value);
        let Some(known) = self.values.get(key) else {
            self.values.insert(key.to_string(), value);
            return;
        };
        if *known == value {
            return;
        }
        let other = if key == name {
            format!("other {name}")
        } else {
            name.to_string()
        };
        match self
            .values
            .entry(other)
            .or_insert_with(|| Value::Array(Vec::new()))
        {
            Value::Array(list) if !list.contains(&value) => list.push(value),
            Value::Array(_) => {}
            first => *first = Value::Array(vec![first.take(), value]),
        }
    }
}

/// The name of an author that Atom gives with addresses beside it.
fn named(author: &str) -> &str {
    let inside = author.split_once("<name>").map(|(_, rest)| rest);
    inside
        .and_then(|rest| rest.split_once("</name>"))
        .map_or(author, |(name, _)| name)
}
