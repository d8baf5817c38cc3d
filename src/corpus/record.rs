//! Keys and values into an [`Article`]: the one place that knows which key means what, for every format with
//! keys.

use super::{Options, SkipReason, clean, markup, mend};
use crate::article::Article;
use crate::date::written;
use crate::french::fold;
use serde_json::{Map, Value};

/// Keys that mean the same, most telling first. Compared by [`canonical`], so in any case, with any separator
/// and without accents.
const ID: &[&str] = &[
    "id",
    "_id",
    "identifiant",
    "guid",
    "uuid",
    "doc_id",
    "docid",
    "id_article",
    "article_id",
];
const TITLE: &[&str] = &[
    "title",
    "titre",
    "headline",
    "titre_article",
    "article_title",
    "intitule",
];
const TEXT: &[&str] = &[
    "text",
    "body",
    "texte",
    "contenu",
    "corps",
    "content",
    "article_body",
    "articlebody",
    "full_text",
    "fulltext",
    "texte_integral",
    "content_text",
    "content_html",
    "content_encoded",
    "article",
    "article_text",
    "texte_article",
    "texte_de_l_article",
    "texte_complet",
    "texte_entier",
    "corps_de_l_article",
    "corps_du_texte",
    "corps_article",
    "corps_de_texte",
    "contenu_de_l_article",
    "contenu_article",
    "contenu_texte",
    "paragraphe",
    "paragraphes",
];
/// What stands in for a text that is missing.
const SUMMARY: &[&str] = &[
    "description",
    "summary",
    "resume",
    "chapo",
    "chapeau",
    "accroche",
    "abstract",
    "extrait",
    "excerpt",
];
const DATE: &[&str] = &[
    "date",
    "date_published",
    "datepublished",
    "date_publication",
    "publication_date",
    "date_de_publication",
    "published",
    "published_at",
    "publishedat",
    "published_time",
    "publish_date",
    "pubdate",
    "pub_date",
    "publie",
    "publie_le",
    "date_parution",
    "date_de_parution",
    "parution",
    "datetime",
    "mis_en_ligne",
    "mis_en_ligne_le",
];
const URL: &[&str] = &[
    "url",
    "link",
    "lien",
    "uri",
    "permalink",
    "adresse_web",
    "adresse",
    "source_url",
    "external_url",
];
const SOURCE: &[&str] = &[
    "source",
    "source_name",
    "journal",
    "media",
    "outlet",
    "publisher",
    "editeur",
    "publication",
    "site",
    "site_name",
    "sitename",
    "support",
];
const AUTHOR: &[&str] = &[
    "author",
    "auteur",
    "authors",
    "auteurs",
    "byline",
    "creator",
    "auteure",
    "autrice",
    "journaliste",
    "signature",
    "signataire",
    "redacteur",
];
const LANG: &[&str] = &["lang", "langue", "language", "inlanguage"];

/// A fault in a record that was read all the same.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub reason: SkipReason,
    /// The line in the file, where it isn't that of the record.
    pub line: Option<usize>,
    pub detail: String,
}

/// The article of a record, and the faults in it. Nothing is dropped: what has no place of its own is kept
/// under its key in [`Article::extra`].
pub(super) fn article(mut record: Map<String, Value>, options: &Options) -> (Article, Vec<Fault>) {
    unwrap(&mut record);
    let mut keys = Keys(
        record
            .into_iter()
            .map(|(key, value)| (canonical(&key), key, value))
            .collect(),
    );
    let mut faults = Vec::new();
    let mut article = Article {
        id: keys.take(ID, scalar),
        title: keys.take(TITLE, title).unwrap_or_default(),
        body: keys.take(TEXT, text).unwrap_or_default(),
        date: keys.take(DATE, written::of_value),
        url: keys.take(URL, name),
        source: keys.take(SOURCE, name),
        author: keys.take(AUTHOR, names),
        lang: keys.take(LANG, |value| {
            scalar(value).map(|lang| crate::language::code(&lang))
        }),
        ..Article::default()
    };
    for (canonical, key, value) in keys.0 {
        if value.is_null() {
            continue;
        }
        if let Some(facet) = facet_of(&canonical, options)
            && let values = facet_values(&value)
            && !values.is_empty()
        {
            let given = article.given.entry(facet.to_string()).or_default();
            for value in values {
                if !given.contains(&value) {
                    given.push(value);
                }
            }
            continue;
        }
        if DATE.contains(&canonical.as_str()) && article.date.is_none() && scalar(&value).is_some() {
            faults.push(bad_date(&key, &value));
        }
        article
            .extra
            .insert(clean::line(&key).unwrap_or_default(), cleaned(value));
    }
    (article, faults)
}

/// The record of an article: read again, it gives the same article. What was told from its words is left out,
/// so that it is told anew.
pub fn of_article(article: &Article) -> Map<String, Value> {
    let mut record = Map::new();
    let mut put =
        |key: &str, value: Option<&str>| drop(value.map(|value| record.insert(key.into(), value.into())));
    put("id", article.id.as_deref());
    put("title", Some(&article.title));
    put("text", Some(&article.body));
    put("date", article.date.map(|date| date.to_string()).as_deref());
    put("url", article.url.as_deref());
    put("source", article.source.as_deref());
    put("author", article.author.as_deref());
    put("lang", article.lang.as_deref().filter(|_| !article.lang_detected));
    for (facet, values) in &article.given {
        record.insert(facet.clone(), values.as_slice().into());
    }
    for (key, value) in &article.extra {
        record.entry(key).or_insert_with(|| value.clone());
    }
    record
}

/// Takes the article out of an object that only wraps it: `{"_source": {…}}` (Elasticsearch), `{"data":
/// {…}}`. Its own keys count more than those of the wrapper.
fn unwrap(record: &mut Map<String, Value>) {
    let holds_text = |value: &Value| {
        value
            .as_object()
            .is_some_and(|inner| inner.keys().any(|key| is_text_key(&canonical(key))))
    };
    let wrapper = ["_source", "article", "data", "post", "document", "item", "fields"]
        .into_iter()
        .find(|key| record.get(*key).is_some_and(holds_text));
    if let Some(Value::Object(inner)) = wrapper.and_then(|key| record.shift_remove(key)) {
        record.extend(inner);
    }
}

/// Gives an article without a text the summary that its metadata hold, if any.
pub(super) fn stand_in(article: &mut Article) {
    if article.body.is_empty() {
        let found = |name: &&str| {
            article
                .extra
                .iter()
                .find(|(key, value)| canonical(key) == **name && text(value).is_some())
        };
        if let Some(key) = SUMMARY.iter().find_map(found).map(|(key, _)| key.clone()) {
            article.body = article
                .extra
                .remove(&key)
                .as_ref()
                .and_then(text)
                .unwrap_or_default();
        }
    }
}

/// Whether a key, canonical, means something.
pub(super) fn is_known_key(key: &str, options: &Options) -> bool {
    is_own_key(key) || facet_of(key, options).is_some()
}

/// Whether a key, canonical, is one of an article's own fields.
pub(super) fn is_own_key(key: &str) -> bool {
    [ID, TITLE, TEXT, SUMMARY, DATE, URL, SOURCE, AUTHOR, LANG]
        .iter()
        .any(|keys| keys.contains(&key))
}

/// The fault of a value that should be a date.
pub(super) fn bad_date(key: &str, value: &Value) -> Fault {
    let shown: String = value.to_string().chars().take(80).collect();
    let detail =
        format!("{key}: {shown}; write 2024, 2024-03 or 2024-03-15 (the article is indexed without a date)");
    Fault {
        reason: SkipReason::InvalidDate,
        line: None,
        detail,
    }
}

/// The values of a facet as people give them: a string, several separated by `;`, a list.
pub(super) fn facet_values(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => text.split(';').filter_map(clean::line).collect(),
        Value::Array(values) => values
            .iter()
            .filter(|v| !v.is_array())
            .flat_map(facet_values)
            .collect(),
        Value::Object(_) => name(value).into_iter().collect(),
        _ => scalar(value).into_iter().collect(),
    }
}

/// The declared facet that a key, canonical, stands for: by its name, else by an alias; in the plural, too.
pub(super) fn facet_of<'a>(canonical: &str, options: &'a Options) -> Option<&'a str> {
    let facets = || options.facets.iter();
    let named = facets().find(|facet| facet.is_name(canonical));
    let facet = named.or_else(|| facets().find(|facet| facet.is_alias(canonical)))?;
    Some(&facet.name)
}

/// A key in the spelling that keys are compared in: lower case, without accents, words joined by `_`.
pub(super) fn canonical(key: &str) -> String {
    let words = key
        .split(|c: char| !(c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)))
        .map(fold);
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}

/// Whether a key, canonical, is one of a text.
pub(super) fn is_text_key(key: &str) -> bool {
    TEXT.contains(&key)
}

/// Whether a key, canonical, is one of a title.
pub(super) fn is_title_key(key: &str) -> bool {
    TITLE.contains(&key)
}

/// Whether a key, canonical, is one of a title or a text: what an article can't be without.
pub(super) fn is_content_key(key: &str) -> bool {
    TEXT.contains(&key) || TITLE.contains(&key) || SUMMARY.contains(&key)
}

/// One or several names, of authors for instance, in one line.
pub(super) fn names(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => {
            let names: Vec<String> = values.iter().filter_map(name).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => name(value),
    }
}

/// A name that may be wrapped as an object (`{"name": …}`) or a list, of which the first counts.
pub(super) fn name(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => ["name", "nom", "title", "titre", "@id", "url", "href"]
            .iter()
            .find_map(|key| object.get(*key).and_then(scalar)),
        Value::Array(values) => values
            .iter()
            .find_map(|v| if v.is_array() { None } else { name(v) }),
        _ => scalar(value),
    }
}

/// A string or number, as one line; none if empty.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => clean::line(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A title: a line that may hold entities or tags.
fn title(value: &Value) -> Option<String> {
    let line = scalar(rendered(value))?;
    let plain = mend::entities(&line).unwrap_or_else(|| line.clone());
    if plain.contains("</") {
        clean::line(&markup::plain_text(&plain))
    } else {
        clean::line(&plain)
    }
}

/// The text of an object that holds nothing else: `{"rendered": …}` (WordPress), `{"#text": …}` (XML made
/// JSON).
fn rendered(value: &Value) -> &Value {
    match value {
        Value::Object(object) => ["rendered", "#text", "value"]
            .iter()
            .find_map(|key| object.get(*key))
            .unwrap_or(value),
        _ => value,
    }
}

/// A text; a list of paragraphs is one too. HTML becomes plain.
fn text(value: &Value) -> Option<String> {
    let text = match rendered(value) {
        Value::String(text) if markup::looks_like_html(text) => clean::body(&markup::plain_text(text)),
        Value::String(text) => clean::body(&mend::entities(text).unwrap_or_else(|| text.clone())),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => {
            let paragraphs: Vec<&str> = values.iter().map(Value::as_str).collect::<Option<_>>()?;
            clean::body(&paragraphs.join("\n\n"))
        }
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// An unknown value as it was, but for the spelling of its strings.
fn cleaned(value: Value) -> Value {
    match value {
        Value::String(text) => clean::body(&text).into(),
        Value::Array(values) => values.into_iter().map(cleaned).collect(),
        Value::Object(object) => object
            .into_iter()
            .map(|(key, value)| (clean::line(&key).unwrap_or_default(), cleaned(value)))
            .collect(),
        other => other,
    }
}

/// The keys of a record that have not been taken yet: canonical spelling, spelling, value.
struct Keys(Vec<(String, String, Value)>);

impl Keys {
    /// Takes the value of the first of `names` that `read` makes something of.
    fn take<T>(&mut self, names: &[&str], read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        for name in names {
            for at in 0..self.0.len() {
                let (canonical, _, value) = &self.0[at];
                if canonical == name
                    && let Some(taken) = read(value)
                {
                    self.0.remove(at);
                    return Some(taken);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::FacetKeys;
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> (Article, Vec<Fault>) {
        let Value::Object(record) = value else {
            panic!("no object: {value}")
        };
        article(record, &Options::embedded())
    }

    #[test]
    fn keys_are_known_in_english_and_french() {
        let english = json!({"id": 7, "title": "T", "text": "X", "date": "2017-06", "url": "https://a.org/", "source": "RFI", "author": "A, B",
            "lang": "fr", "region": ["Gao", "Mopti"], "month": "2017-06", "actor": "Jnim"});
        let french = json!({"ID": "7", "Titre": " T ", "Texte": "X\r\n", "Date de publication": "juin 2017", "lien": "https://a.org/",
            "journal": {"name": "RFI"}, "auteurs": ["A", {"nom": "B"}], "Langue": "fr-FR", "Région": "Gao ; Mopti;", "mois": "2017-06",
            "acteurs": ["Jnim"]});
        assert_eq!(read(english), read(french.clone()));
        let (article, faults) = read(french);
        assert_eq!(article.id.as_deref(), Some("7"));
        assert_eq!(article.given["region"], ["Gao", "Mopti"]);
        assert!(article.extra.is_empty() && faults.is_empty());
    }

    #[test]
    fn nothing_is_dropped() {
        let (article, faults) = read(
            json!({"title": "T", "text": "", "body": "B", "content": "C", "date": "avant-hier", "rubrique": {"a": [1, "e\u{301}"]},
            "vide": null, "description": "D", "theme": "or"}),
        );
        assert_eq!(
            (article.title.as_str(), article.body.as_str(), article.date),
            ("T", "B", None)
        );
        let extra = json!({"content": "C", "date": "avant-hier", "description": "D", "rubrique": {"a": [1, "é"]}, "text": "", "theme": "or"});
        assert_eq!(serde_json::to_value(&article.extra).expect("JSON"), extra);
        assert_eq!(
            faults.iter().map(|f| f.reason).collect::<Vec<_>>(),
            [SkipReason::InvalidDate]
        );
    }

    #[test]
    fn an_articles_record_gives_the_article_again() {
        let (article, _) = read(
            json!({"id": 7, "titre": "T", "texte": "X\n\nY <b> & Z", "date": "2017-06", "lien": "https://a.org/", "source": "RFI",
            "auteurs": ["A", "B"], "langue": "fr", "région": ["Gao", "Mopti"], "rubrique": {"a": [1]}}),
        );
        let (again, faults) = read(Value::Object(of_article(&article)));
        assert_eq!((again, faults.len()), (article, 0));
    }

    #[test]
    fn a_declared_facet_is_given_and_an_undeclared_one_is_extra() {
        let Value::Object(record) = json!({"themes": "or; drogue", "region": "Gao", "text": "x"}) else {
            panic!()
        };
        let options = Options {
            facets: vec![FacetKeys::new("theme", [])],
            ..Options::default()
        };
        let (article, _) = article(record, &options);
        assert_eq!(article.given["theme"], ["or", "drogue"]);
        assert_eq!(article.extra["region"], "Gao");
    }

    #[test]
    fn aliases_of_facets_are_keys_but_for_those_of_the_article_itself() {
        let options = Options {
            facets: vec![
                FacetKeys::new("theme", ["thème", "Rubrique du site", "lieu"]),
                FacetKeys::new("region", ["lieu"]),
                FacetKeys::new("medium", ["source", "media"]),
            ],
            ..Options::default()
        };
        for (key, facet) in [
            ("Thème", Some("theme")),
            ("thèmes", Some("theme")),
            ("rubrique-du-site", Some("theme")),
            ("lieux", Some("theme")),
            ("regions", Some("region")),
            ("medium", Some("medium")),
            ("source", None),
            ("media", None),
            ("rubrique", None),
        ] {
            assert_eq!(facet_of(&canonical(key), &options), facet, "{key}");
        }
    }

    #[test]
    fn an_article_is_taken_out_of_its_wrapper() {
        let (article, _) =
            read(json!({"_id": "7", "_source": {"titre": "T", "texte": "X"}, "title": {"a": 1}}));
        assert_eq!(
            (
                article.id.as_deref(),
                article.title.as_str(),
                article.body.as_str()
            ),
            (Some("7"), "T", "X")
        );
        let (article, _) = read(json!({"titre": "T", "data": {"x": 1}}));
        assert_eq!(article.extra["data"]["x"], 1);
    }

    #[test]
    fn a_summary_stands_in_for_a_missing_text() {
        for (record, body) in [
            (json!({"title": "T", "Chapô": "C"}), "C"),
            (json!({"text": "X", "chapo": "C"}), "X"),
        ] {
            let mut article = read(record).0;
            stand_in(&mut article);
            assert_eq!(article.body, body);
        }
    }
}
