//! What a web page says of itself: meta elements, JSON-LD, the title, links, in the order in which they are
//! believed.

use super::markup::{Piece, Pieces, Tag, decode};
use super::record::{self, Fault};
use super::{Options, clean, dates, mend, text};
use crate::article::Article;
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
    title: Option<String>,
    heading: Option<String>,
    canonical: Option<String>,
    saved_from: Option<String>,
    lang: Option<String>,
    /// Dates of `time` elements before and after the first heading.
    times: [Vec<String>; 2],
    /// A comment asks that the page not be indexed.
    pub(super) ignored: bool,
}

impl Page {
    /// Reads the metadata of a page.
    pub(super) fn read(html: &str) -> Self {
        let mut page = Page::default();
        let mut linked = false;
        // The text of the first heading of the first level, while it is open.
        let mut heading: Option<String> = None;
        let mut at = 0;
        for piece in Pieces::new(html) {
            match piece {
                Piece::Open(tag) => {
                    linked = tag.is("script")
                        && tag
                            .attribute("type")
                            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
                    if tag.is("h1") && page.heading.is_none() {
                        heading = Some(String::new());
                    }
                    page.open(tag);
                }
                Piece::Raw("script", content) if linked => page.add_linked_data(content),
                Piece::Raw("title", content) if page.title.is_none() => {
                    page.title = clean::line(&decode(content))
                }
                Piece::Text(content) => {
                    if let Some(heading) = heading.as_mut().filter(|heading| heading.len() < 1000) {
                        heading.push_str(&decode(content));
                    }
                }
                Piece::Close(name) if name.eq_ignore_ascii_case("h1") => {
                    if let Some(heading) = heading.take() {
                        page.heading = clean::line(&heading);
                    }
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
        } else if tag.is("link") {
            if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
                self.canonical = self.canonical.take().or_else(|| attribute("href"));
            }
        } else if tag.is("time")
            && let Some(time) = attribute("datetime")
        {
            self.times[usize::from(self.heading.is_some())].push(time);
        }
    }

    /// Keeps the objects of a JSON-LD script, also those in lists and under `@graph`.
    fn add_linked_data(&mut self, script: &str) {
        let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
        let parsed = serde_json::from_str(script)
            .ok()
            .or_else(|| serde_json::from_str(&mend::json(script)?).ok());
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
        self.ignored |= at < HEAD && text::is_request(comment);
        // `saved from url=(0045)https://…`, as browsers write it.
        if let Some((_, rest)) = comment.split_once("saved from url=(") {
            self.saved_from = self
                .saved_from
                .take()
                .or_else(|| rest.split_once(')').and_then(|(_, url)| clean::line(url)));
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

    /// Puts what the page says of itself into an article.
    pub(super) fn describe(&self, options: &Options, article: &mut Article) -> Vec<Fault> {
        article.source = self.source();
        article.url = self.url();
        article.title = self
            .title(article.source.as_deref(), article.url.as_deref())
            .unwrap_or_default();
        let by_meta = self.metas.iter().filter(|(name, content)| {
            matches!(
                name.as_str(),
                "author" | "dc.creator" | "dcterms.creator" | "article:author"
            ) && !is_url(content)
        });
        article.author = self
            .linked("author", record::names)
            .or_else(|| by_meta.map(|(_, content)| content.clone()).next())
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

    fn source(&self) -> Option<String> {
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
        candidates.into_iter().flatten().find(|url| is_url(url))
    }

    /// The headline, without the name of the site that pages add to it.
    fn title(&self, source: Option<&str>, url: Option<&str>) -> Option<String> {
        let given = self
            .meta(&["og:title"])
            .map(String::from)
            .or_else(|| self.linked("headline", |v| v.as_str().map(|t| decode(t).into_owned())));
        let given = given
            .or_else(|| {
                self.meta(&["dc.title", "dcterms.title", "twitter:title"])
                    .map(String::from)
            })
            .and_then(|title| clean::line(&title));
        let title = match (given.or_else(|| self.title.clone()), &self.heading) {
            (Some(title), Some(heading))
                if title.starts_with(heading.as_str()) && begins_with_separator(&title[heading.len()..]) =>
            {
                heading.clone()
            }
            (Some(title), _) => without_site(&title, source, url).to_string(),
            (None, heading) => heading.clone()?,
        };
        Some(title)
    }

    /// The date of publication; or the first one found that can't be read, and where it stands.
    fn date(&self) -> (Option<crate::date::PartialDate>, Option<(String, String)>) {
        const PUBLISHED: [&str; 13] = [
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
        ];
        let by_name = |name: &&str| self.metas.iter().find(|(n, _)| n == name).cloned();
        let linked = || {
            self.linked("datePublished", |v| v.as_str().map(String::from))
                .map(|date| ("datePublished".to_string(), date))
        };
        let (first, others) = (by_name(&PUBLISHED[0]), PUBLISHED[1..].iter().filter_map(by_name));
        let mut fault = None;
        for (key, value) in first.into_iter().chain(linked()).chain(others) {
            match dates::of_text(&value) {
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
        (time.and_then(|time| dates::of_text(time)), fault)
    }
}

/// Length of a piece in the page, but for a few bytes of its tag: enough to say what stands at the top.
fn length_of(piece: &Piece<'_>) -> usize {
    match piece {
        Piece::Text(text) | Piece::Raw(_, text) | Piece::Comment(text) | Piece::Close(text) => text.len(),
        Piece::Open(tag) => tag.name.len(),
    }
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

/// What stands between a headline and the name of a site.
const SEPARATORS: [&str; 7] = [" - ", " – ", " — ", " | ", " · ", " » ", " :: "];

fn begins_with_separator(text: &str) -> bool {
    SEPARATORS.iter().any(|separator| text.starts_with(separator))
}

/// A title without the name of its site at the end: a known one, one that the address holds, or whatever
/// follows a bar.
fn without_site<'a>(title: &'a str, source: Option<&str>, url: Option<&str>) -> &'a str {
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let host = url
        .and_then(|url| url.split('/').nth(2))
        .map(letters)
        .unwrap_or_default();
    let Some((at, separator)) = SEPARATORS
        .iter()
        .filter_map(|s| title.rfind(s).map(|at| (at, *s)))
        .max()
    else {
        return title;
    };
    let last = letters(&title[at + separator.len()..]);
    let is_site =
        source.is_some_and(|source| letters(source) == last) || (last.len() >= 3 && host.contains(&last));
    if at > 0 && (is_site || separator == " | ") {
        title[..at].trim_end()
    } else {
        title
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(html: &str) -> (Article, Vec<Fault>) {
        let mut article = Article::default();
        let faults = Page::read(html).describe(&Options::embedded(), &mut article);
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
    fn only_the_name_of_a_site_is_cut_from_a_title() {
        assert_eq!(
            without_site("Mali : la trêve - RFI", Some("RFI"), None),
            "Mali : la trêve"
        );
        assert_eq!(
            without_site("Mali : la trêve | Un site", None, None),
            "Mali : la trêve"
        );
        assert_eq!(
            without_site("Attaque à Gao - Mali", Some("RFI"), Some("https://rfi.fr/mali")),
            "Attaque à Gao - Mali"
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
