//! What a web page says of itself: meta elements, JSON-LD, the title, links, in the order in which they are
//! believed.

use super::blocks::{Blocks, Furniture};
use super::markup::{Piece, Pieces, Tag, decode};
use super::reading::Fault;
use super::{Options, clean, record, repair, whole};
use crate::article::Article;
use crate::date::written;
use serde_json::{Map, Value};

/// Characters of a page in which a comment may ask that it be ignored.
const HEAD: usize = 4096;

/// The metadata of a page, as found.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Names of meta elements (`name`, `property`, `itemprop` or `http-equiv`, lower case) and their
    /// contents.
    metas: Vec<(String, String)>,
    /// The parts of its JSON-LD, those of articles first.
    linked_data: Vec<Map<String, Value>>,
    pub(super) title: Option<String>,
    canonical: Option<String>,
    saved_from: Option<String>,
    /// When the SingleFile extension saved it, as it writes it.
    saved: Option<String>,
    lang: Option<String>,
    /// Dates of `time` elements before and after the first heading, but for those of comments and the like.
    times: [Vec<String>; 2],
    /// Its text.
    pub(super) blocks: Blocks,
    /// A comment asks that the page not be indexed.
    pub(super) ignored: bool,
}

impl Page {
    /// Reads the metadata of a page.
    pub(super) fn read(html: &str) -> Self {
        let mut page = Page {
            blocks: Blocks::of(html),
            ..Page::default()
        };
        let (mut linked, mut headed, mut at) = (false, false, 0);
        let mut furniture = Furniture::default();
        for piece in Pieces::new(html) {
            let is_furniture = furniture.see(&piece);
            match piece {
                Piece::Open(tag) => {
                    linked = tag.is("script")
                        && tag
                            .attribute("type")
                            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
                    headed |= tag.is("h1");
                    if tag.is("time") && !is_furniture {
                        let time = tag.attribute("datetime").and_then(|value| clean::line(&value));
                        page.times[usize::from(headed)].extend(time);
                    }
                    page.open(tag);
                }
                Piece::Raw("script", content) if linked => page.add_linked_data(content),
                Piece::Raw("title", content) if page.title.is_none() => {
                    page.title = clean::line(&decode(content))
                }
                Piece::Comment(comment) => page.comment(comment, at),
                _ => {}
            }
            at += length_of(&piece);
        }
        page.linked_data.sort_by_key(|part| !is_article(part));
        page
    }

    fn open(&mut self, tag: Tag<'_>) {
        let attribute = |name| tag.attribute(name).and_then(|value| clean::line(&value));
        if tag.is("meta") {
            let name = ["property", "name", "itemprop", "http-equiv"]
                .into_iter()
                .find_map(attribute);
            if let (Some(name), Some(content)) = (name, attribute("content")) {
                self.metas.push((name.to_lowercase(), content));
            }
        } else if tag.is("html") {
            self.lang = self
                .lang
                .take()
                .or_else(|| attribute("lang").or_else(|| attribute("xml:lang")));
        } else if tag.is("link") && attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
        {
            self.canonical = self.canonical.take().or_else(|| attribute("href"));
        }
    }

    /// Keeps the objects of a JSON-LD script, also those in lists and under `@graph`.
    fn add_linked_data(&mut self, script: &str) {
        let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
        let parsed = serde_json::from_str(script)
            .ok()
            .or_else(|| serde_json::from_str(&repair::json(script)?).ok());
        let mut waiting: Vec<Value> = parsed.into_iter().collect();
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(values) => waiting.extend(values.into_iter().rev()),
                Value::Object(mut object) => {
                    waiting.extend(object.remove("@graph"));
                    self.linked_data.push(object);
                }
                _ => {}
            }
        }
    }

    fn comment(&mut self, comment: &str, at: usize) {
        self.ignored |= at < HEAD && whole::is_request(comment);
        // `saved from url=(0045)https://…`, as browsers write it.
        if let Some((_, rest)) = comment.split_once("saved from url=(") {
            self.saved_from = self.saved_from.take().or_else(|| {
                rest.split_once(')')
                    .and_then(|(_, url)| url.split_whitespace().next())
                    .map(String::from)
            });
        }
        // `url: https://…` and `saved date: …`, as the SingleFile extension writes it.
        if comment.contains("SingleFile") {
            let value = |key: &str| {
                comment
                    .lines()
                    .find_map(|line| line.trim().strip_prefix(key))
                    .and_then(clean::line)
            };
            self.saved_from = self.saved_from.take().or_else(|| value("url:"));
            self.saved = self.saved.take().or_else(|| value("saved date:"));
        }
    }

    fn meta(&self, names: &[&str]) -> Option<&str> {
        names
            .iter()
            .find_map(|name| self.metas.iter().find(|(n, _)| n == name))
            .map(|(_, content)| content.as_str())
    }

    /// The value of a key in the JSON-LD of an article.
    fn linked<T>(&self, key: &str, read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        self.linked_data
            .iter()
            .filter(|part| is_article(part))
            .find_map(|part| part.get(key).and_then(&read))
    }

    /// The whole text of the article as its JSON-LD gives it.
    pub(super) fn linked_text(&self) -> Option<String> {
        self.linked("articleBody", |value| {
            value.as_str().map(super::markup::plain_text)
        })
    }

    /// Puts what the page says of itself into an article: all but its title.
    pub(super) fn describe(&self, options: &Options, article: &mut Article) -> Vec<Fault> {
        article.source = self.source();
        article.url = self.url();
        let by_meta = self.metas.iter().filter(|(name, content)| {
            matches!(
                name.as_str(),
                "author" | "dc.creator" | "dcterms.creator" | "article:author" | "byl"
            ) && !is_url(content)
        });
        article.author = self
            .linked("author", record::names)
            .or_else(|| by_meta.map(|(_, content)| without_by(content).to_string()).next())
            .and_then(|a| clean::line(&a));
        let lang = self
            .lang
            .clone()
            .or_else(|| self.linked("inLanguage", record::name));
        let lang = lang.or_else(|| {
            self.meta(&["og:locale", "content-language", "dc.language"])
                .map(String::from)
        });
        article.lang = lang.map(|lang| crate::language::code(&lang));
        for (name, content) in &self.metas {
            let name = record::canonical(name.strip_prefix("griot:").unwrap_or(name));
            if let Some(facet) = record::facet_of(&name, options) {
                article
                    .given
                    .entry(facet.to_string())
                    .or_default()
                    .extend(record::facet_values(&Value::from(content.as_str())));
            }
        }
        for (key, names) in [
            ("description", &["description", "og:description"][..]),
            ("keywords", &["keywords", "news_keywords"]),
            ("section", &["article:section"]),
        ] {
            if let Some(content) = self.meta(names) {
                article.extra.insert(key.into(), content.into());
            }
        }
        if let Some(saved) = &self.saved {
            article.extra.insert("fetched".into(), saved.as_str().into());
        }
        let (date, fault) = self.date();
        article.date = date;
        fault
            .into_iter()
            .map(|(key, value)| {
                article.extra.insert("date".into(), value.clone().into());
                record::bad_date(&key, &value.into())
            })
            .collect()
    }

    pub(super) fn source(&self) -> Option<String> {
        let meta = |names| self.meta(names).map(String::from);
        let named = meta(&["og:site_name"]).or_else(|| {
            self.linked("publisher", record::name)
                .filter(|name| !is_url(name))
        });
        named
            .or_else(|| {
                meta(&[
                    "publisher",
                    "dc.publisher",
                    "citation_journal_title",
                    "application-name",
                ])
            })
            .and_then(|name| clean::line(&name))
    }

    fn url(&self) -> Option<String> {
        let linked = || {
            self.linked("url", record::name)
                .or_else(|| self.linked("mainEntityOfPage", record::name))
        };
        let candidates = [
            self.canonical.clone(),
            self.meta(&["og:url"]).map(String::from),
            linked(),
            self.saved_from.clone(),
        ];
        let found = candidates.into_iter().flatten().find(|url| is_url(url))?;
        Some(unarchived(&found).to_string())
    }

    /// The titles that the page gives in its metadata, in the order in which they are believed.
    pub(super) fn given_titles(&self) -> impl Iterator<Item = String> {
        let linked = || self.linked("headline", |v| v.as_str().map(|t| decode(t).into_owned()));
        let meta = |names| self.meta(names).map(String::from);
        let given = [
            meta(&["og:title"]),
            linked(),
            meta(&["dc.title", "dcterms.title", "twitter:title"]),
        ];
        given
            .into_iter()
            .flatten()
            .filter_map(|title| clean::line(&title))
    }

    /// The date of publication; or the first one found that can't be read, and where it stands.
    fn date(&self) -> (Option<crate::date::PartialDate>, Option<(String, String)>) {
        const PUBLISHED: [&str; 14] = [
            "article:published_time",
            "og:article:published_time",
            "og:published_time",
            "datepublished",
            "date",
            "dc.date",
            "dc.date.issued",
            "dcterms.issued",
            "dcterms.created",
            "dcterms.date",
            "pubdate",
            "publish-date",
            "parsely-pub-date",
            "rnews:datepublished",
        ];
        let by_name = |name: &&str| self.metas.iter().find(|(n, _)| n == name).cloned();
        let linked = || {
            self.linked("datePublished", |v| v.as_str().map(String::from))
                .map(|date| ("datePublished".to_string(), date))
        };
        let (first, others) = (by_name(&PUBLISHED[0]), PUBLISHED[1..].iter().filter_map(by_name));
        let mut fault = None;
        for (key, value) in first.into_iter().chain(linked()).chain(others) {
            match written::of_text(&value) {
                Some(date) => return (Some(date), None),
                None => {
                    fault.get_or_insert((key, value));
                }
            }
        }
        // A time before the headline, or the only one, may be that of the page; one of many may be another
        // article's.
        let [before, after] = &self.times;
        let time = after.first().or_else(|| {
            before
                .first()
                .filter(|first| before.iter().all(|time| time == *first))
        });
        (time.and_then(|time| written::of_text(time)), fault)
    }
}

/// Length of a piece in the page, but for a few bytes of its tag: enough to say what stands at the top.
fn length_of(piece: &Piece<'_>) -> usize {
    match piece {
        Piece::Text(text) | Piece::Raw(_, text) | Piece::Comment(text) | Piece::Close(text) => text.len(),
        Piece::Open(tag) => tag.name.len(),
    }
}

/// The address of a page that the Wayback Machine keeps a copy of:
/// `https://web.archive.org/web/2024…/https://…`.
fn unarchived(url: &str) -> &str {
    let inside = url
        .split_once("://web.archive.org/web/")
        .and_then(|(_, rest)| rest.split_once('/'));
    inside
        .map(|(_, inside)| inside)
        .filter(|inside| is_url(inside))
        .unwrap_or(url)
}

/// A name without the `By` or `Par` before it.
fn without_by(name: &str) -> &str {
    let by = ["By ", "Par "];
    by.iter().find_map(|by| name.strip_prefix(by)).unwrap_or(name)
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Whether a part of JSON-LD describes an article, rather than the site or its author.
fn is_article(part: &Map<String, Value>) -> bool {
    let telling = |kind: &str| {
        kind.ends_with("Article") || kind.ends_with("Posting") || matches!(kind, "Report" | "CreativeWork")
    };
    match part.get("@type") {
        Some(Value::String(kind)) => telling(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(telling),
        _ => part.contains_key("headline"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::headline;
    use super::*;

    fn described(html: &str) -> (Article, Vec<Fault>) {
        let mut article = Article::default();
        let page = Page::read(html);
        let faults = page.describe(&Options::embedded(), &mut article);
        headline::complete(&page, &mut article);
        (article, faults)
    }

    #[test]
    fn meta_elements_come_before_linked_data_and_that_before_the_rest() {
        let head = |inner: &str| {
            format!(
                "<html lang=fr-FR><head>{inner}<title>Titre de page - Le Site</title></head><body><h1>Titre de tête</h1>"
            )
        };
        let ld = r#"<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Autre", "url": "https://a.org/"}, {"@type": ["NewsArticle"],
            "headline": "Titre lié", "datePublished": "2024-03-05T10:00:00Z", "publisher": {"name": "Lié"}, "author": [{"name": "A"}, {"name": "B"}],
            "mainEntityOfPage": {"@id": "https://a.org/lie"}}]}</script>"#;
        let metas = "<meta property='og:title' content='Titre m&eacute;ta'><meta property=og:site_name content=Méta><meta property=article:published_time content=2024-03><link rel=canonical href='https://a.org/meta'>";
        let (article, _) = described(&head(&format!("{ld}{metas}")));
        let shown = |a: &Article| {
            (
                a.title.clone(),
                a.source.clone().unwrap_or_default(),
                a.date.map(|d| d.to_string()).unwrap_or_default(),
                a.url.clone().unwrap_or_default(),
            )
        };
        let of =
            |t: &str, s: &str, d: &str, u: &str| (t.to_string(), s.to_string(), d.to_string(), u.to_string());
        assert_eq!(
            shown(&article),
            of("Titre méta", "Méta", "2024-03", "https://a.org/meta")
        );
        assert_eq!(
            (article.author.as_deref(), article.lang.as_deref()),
            (Some("A, B"), Some("fr"))
        );
        assert_eq!(
            shown(&described(&head(ld)).0),
            of("Titre lié", "Lié", "2024-03-05", "https://a.org/lie")
        );
        assert_eq!(described(&head("")).0.title, "Titre de page - Le Site");
        assert_eq!(
            described(&head("<link rel=canonical href='https://lesite.ml/x'>"))
                .0
                .title,
            "Titre de page"
        );
        assert_eq!(
            described("<h1>Titre de <b>tête</b></h1>").0.title,
            "Titre de tête"
        );
    }

    #[test]
    fn a_date_that_cannot_be_read_is_kept_and_reported() {
        let (article, faults) = described("<meta name=date content=hier>");
        assert_eq!(
            (article.date, article.extra["date"].as_str(), faults.len()),
            (None, Some("hier"), 1)
        );
    }

    #[test]
    fn facets_may_be_given_in_meta_elements() {
        let (article, _) =
            described("<meta name=griot:region content='Gao; Mopti'><meta name=acteurs content=Jnim>");
        assert_eq!(
            (article.given["region"].len(), article.given["actor"].len()),
            (2, 1)
        );
    }
}
