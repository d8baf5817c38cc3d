//! Records into [`Article`]s: the one place that puts keys and values together, for every format with keys.
//! Which key means what is in `keys`, how values look in `values`.

use super::keys::{AUTHOR, DATE, ID, LANG, SOURCE, SUMMARY, TEXT, TITLE, URL, is_summary_key};
pub(super) use super::keys::{canonical, is_content_key, is_own_key, is_text_key, is_title_key};
use super::reading::Fault;
use super::values::{date, is_missing, scalar, text, title};
pub(super) use super::values::{facet_values, name, names};
use super::{Options, SkipReason, clean, header, leads};
use crate::article::Article;
use serde_json::{Map, Value};

/// Fewest words of a value that may be the text of a record under an unknown key.
const FEWEST_WORDS: usize = 12;

/// The article of a record, and the faults in it. Nothing is dropped: what has no place of its own is kept
/// under its key in [`Article::extra`].
pub(super) fn article(mut record: Map<String, Value>, options: &Options) -> (Article, Vec<Fault>) {
    unwrap(&mut record);
    record.retain(|_, value| !value.as_str().is_some_and(is_missing));
    // Zotero's `Medium` is what a picture is painted on.
    let is_library = record.keys().any(|key| canonical(key) == "item_type");
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
        date: keys.take(DATE, date),
        url: keys.take(URL, name),
        source: keys.take_name(SOURCE, name),
        // An address is no name.
        author: keys.take_name(AUTHOR, |value| {
            names(value).filter(|name| !name.starts_with("http"))
        }),
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
            && !(is_library && facet == "medium")
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

/// Takes the article out of objects that only wrap it: `{"_source": {…}}` (Elasticsearch), `{"data":
/// {"attributes": {…}}}` (JSON:API). Its own keys count more than those of the wrapper.
fn unwrap(record: &mut Map<String, Value>) {
    const WRAPPERS: [&str; 8] = [
        "_source",
        "article",
        "data",
        "attributes",
        "post",
        "document",
        "item",
        "fields",
    ];
    let is_text = |key: &String| is_text_key(&canonical(key));
    let holds_text = |value: &Value| value.as_object().is_some_and(|inner| inner.keys().any(is_text));
    let wraps = |value: &Value| holds_text(value) || value.get("attributes").is_some_and(holds_text);
    for _ in 0..2 {
        let wrapper = WRAPPERS
            .into_iter()
            .find(|key| record.get(*key).is_some_and(wraps));
        let Some(Value::Object(inner)) = wrapper.and_then(|key| record.shift_remove(key)) else {
            return;
        };
        record.extend(inner);
    }
}

/// The whole article of a record that stands by itself, and the faults in it: as [`article`], with its
/// longest text where no known key gives one, and its lead.
pub(super) fn whole(record: Map<String, Value>, options: &Options) -> (Article, Vec<Fault>) {
    let (mut article, mut faults) = article(record, options);
    if article.body.is_empty() {
        faults.extend(longest_text(&mut article));
    }
    // Before the lead, which may stand beside a text that no key names.
    if article.body.is_empty() && !article.title.is_empty() {
        faults.extend(unreported_text(&article));
    }
    if article.date.is_none() || article.source.is_none() {
        header::look(&mut article);
    }
    add_lead(&mut article);
    (article, faults)
}

/// Keys, canonical, whose values are many words and no text.
const NO_TEXT: [&str; 8] = [
    "comments",
    "commentaires",
    "categories",
    "tags",
    "keywords",
    "mots_cles",
    "front_matter",
    "signature",
];

/// Takes the longest text of a record for its text, where that is longer than its summary.
fn longest_text(article: &mut Article) -> Option<Fault> {
    let is_prose = |text: &String| text.split_whitespace().take(FEWEST_WORDS).count() == FEWEST_WORDS;
    let known = article
        .extra
        .iter()
        .filter(|(key, _)| !NO_TEXT.contains(&canonical(key).as_str()));
    let texts = known.map(|(key, value)| (key, text(value)));
    let (key, length, body) = texts
        .filter_map(|(key, text)| text.map(|text| (key, text.len(), text)))
        .max_by_key(|(_, length, _)| *length)
        .filter(|(key, _, text)| is_prose(text) && !is_summary_key(&canonical(key)))?;
    let summary = summary(article).map_or(0, |(_, text)| text.len());
    if length <= summary {
        return None;
    }
    let key = key.clone();
    let detail = format!(
        "no known key of a text, so the longest value was taken for it, `{key}`; say so with `--column text={key}`, or name it `text`"
    );
    article.body = body;
    article.extra.remove(&key);
    Some(Fault {
        reason: SkipReason::TextGuessed,
        line: None,
        detail,
    })
}

/// The fault of an article that has only a title and perhaps a lead, where unknown keys of it have words: too
/// few to be taken for a text.
fn unreported_text(article: &Article) -> Option<Fault> {
    let is_word =
        |word: &&str| !word.contains("://") && word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
    let has_words =
        |value: &Value| text(value).is_some_and(|text| text.split_whitespace().any(|word| is_word(&word)));
    let is_unknown = |key: &str| !NO_TEXT.contains(&key) && !is_summary_key(key);
    let unknown = article
        .extra
        .iter()
        .filter(|(key, value)| is_unknown(&canonical(key)) && has_words(value));
    let keys: Vec<&str> = unknown.map(|(key, _)| key.as_str()).take(8).collect();
    (!keys.is_empty()).then(|| Fault {
        reason: SkipReason::TextGuessed,
        line: None,
        detail: format!(
            "no known key of a text, so only the title and the lead can be searched; if it is one of {}, say so with `--column text=KEY`",
            keys.join(", ")
        ),
    })
}

/// The summary or lead that the metadata of an article hold, and its key.
fn summary(article: &Article) -> Option<(String, String)> {
    let found = |name: &&str| {
        let mut entries = article.extra.iter().filter(|(key, _)| canonical(key) == **name);
        entries.find_map(|(key, value)| Some((key.clone(), text(value)?)))
    };
    SUMMARY.iter().find_map(found)
}

/// Makes the lead in the metadata of an article part of its text, where that doesn't hold it; it is the text
/// of an article without one.
pub(super) fn add_lead(article: &mut Article) {
    let Some((key, lead)) = summary(article) else {
        return;
    };
    if article.body.is_empty() {
        article.body = lead;
        article.extra.remove(&key);
    } else if !leads::holds(&article.body, &lead) && !leads::holds(&article.title, &lead) {
        article.body = format!("{lead}\n\n{}", article.body);
    }
}

/// Whether a key, canonical, means something.
pub(super) fn is_known_key(key: &str, options: &Options) -> bool {
    is_own_key(key) || facet_of(key, options).is_some()
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

/// The declared facet that a key, canonical, stands for: by its name, else by an alias; in the plural, too.
pub(super) fn facet_of<'a>(canonical: &str, options: &'a Options) -> Option<&'a str> {
    let facets = || options.facets.iter();
    let named = facets().find(|facet| facet.is_name(canonical));
    let facet = named.or_else(|| facets().find(|facet| facet.is_alias(canonical)))?;
    Some(&facet.name)
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

    /// The same for a name, which may be that of an object: what else that says is kept under a key of its own.
    fn take_name(&mut self, names: &[&str], read: impl Fn(&Value) -> Option<String>) -> Option<String> {
        let objects = self.0.iter().filter(|(canonical, _, value)| {
            let says_more = value.as_object().is_some_and(|object| object.len() > 1);
            says_more && names.contains(&canonical.as_str())
        });
        let details: Vec<(String, Value)> = objects
            .map(|(_, key, value)| (format!("{key}_details"), value.clone()))
            .collect();
        let before = self.0.len();
        let taken = self.take(names, read);
        if self.0.len() < before {
            let details = details
                .into_iter()
                .map(|(key, value)| (canonical(&key), key, value));
            self.0.extend(details);
        }
        taken
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
    fn an_article_is_found_in_what_wraps_it() {
        let of_api = json!({"data": {"id": "x1", "meta": {"language": {"code": "fr"}}, "attributes": {
            "headline": {"main": {"content": [{"type": "Paragraph", "content": [{"text": "Ménaka : la trêve"}]}]}},
            "body": [{"content": [{"type": "Paragraph", "content": [{"type": "TextItem", "content": {"text": "Le marché rouvre."}}]}]}],
            "sources": [{"code": "RFI", "name": "Radio France Internationale"}], "publication_date": "2024-03-12"}}});
        let (article, faults) = read(of_api);
        assert_eq!(
            (
                article.title.as_str(),
                article.body.as_str(),
                article.source.as_deref(),
                faults.len()
            ),
            (
                "Ménaka : la trêve",
                "Le marché rouvre.",
                Some("Radio France Internationale"),
                0
            )
        );
        assert_eq!(
            article.date.map(|date| date.to_string()).as_deref(),
            Some("2024-03-12")
        );
        let of_list = json!({"attributes": {"headline": {"main": {"text": "Gao"}}, "content": [{"text": "Un pont."}]}, "links": {"self": "x"}});
        let (article, _) = read(of_list);
        assert_eq!(
            (article.title.as_str(), article.body.as_str()),
            ("Gao", "Un pont.")
        );
        assert_eq!(article.extra["links"]["self"], "x");
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
    fn a_lead_is_of_the_text_and_stands_in_for_a_missing_one() {
        let long = "Le convoi a quitté Gao avant midi, et il a atteint Labbezanga le soir sans incident, selon un élu.";
        for (record, body) in [
            (json!({"title": "T", "Chapô": "C"}), "C".to_string()),
            (json!({"text": "X", "chapo": "C"}), "C\n\nX".into()),
            (
                json!({"text": long, "description": "Le convoi a quitté Gao avant midi, et il a atteint Labbezanga le soir […]"}),
                long.into(),
            ),
            (
                json!({"text": long, "description": "Le convoi a quitté Gao"}),
                long.into(),
            ),
        ] {
            let Value::Object(record) = record else { panic!() };
            assert_eq!(whole(record, &Options::default()).0.body, body);
        }
    }

    #[test]
    fn texts_are_found_in_every_shape() {
        let body = "Un\n\nDeux";
        for record in [
            json!({"paragraphs": ["Un", "Deux"]}),
            json!({"body": [{"type": "p", "text": "Un"}, {"type": "p", "text": "Deux"}]}),
            json!({"body": {"html": "<p>Un</p><p>Deux</p>", "plain": "Un Deux"}}),
            json!({"content": {"blocks": [{"type": "paragraph", "data": {"text": "Un"}}, {"data": {"text": "Deux"}}]}}),
            json!({"article_text": "Un\n\nDeux"}),
            json!({"bibo:content": [{"type": "literal", "@value": "Un"}, {"@value": "Deux"}]}),
        ] {
            assert_eq!(read(record.clone()).0.body, body, "{record}");
        }
    }

    #[test]
    fn programs_write_dates_and_sources_as_objects() {
        for (record, date) in [
            (
                json!({"text": "x", "date": {"$date": "2024-03-12T08:00:00Z"}}),
                "2024-03-12",
            ),
            (
                json!({"text": "x", "date": {"$date": {"$numberLong": "1710230400000"}}}),
                "2024-03-12",
            ),
            (
                json!({"text": "x", "issued": {"date-parts": [[2024, "3", 12]]}}),
                "2024-03-12",
            ),
            (
                json!({"text": "x", "dcterms:date": [{"@value": "2024-03"}]}),
                "2024-03",
            ),
        ] {
            assert_eq!(
                read(record.clone()).0.date.map(|d| d.to_string()).as_deref(),
                Some(date),
                "{record}"
            );
        }
        let (article, _) =
            read(json!({"source": {"id": "bbc-news", "name": "BBC News"}, "text": "x", "author": "NA"}));
        assert_eq!(
            (article.source.as_deref(), article.id, article.author),
            (Some("BBC News"), None, None)
        );
        let (article, _) = read(
            json!({"Item Type": "newspaperArticle", "Publisher": "X", "Publication Title": "RFI", "Title": "T"}),
        );
        assert_eq!(article.source.as_deref(), Some("RFI"));
    }

    #[test]
    fn the_longest_value_is_the_text_where_no_key_gives_one() {
        let long = "Le convoi a quitté Gao avant midi, et il a atteint Labbezanga le soir sans incident.";
        let Value::Object(record) = json!({"title": "T", "histoire": long, "note": "court"}) else {
            panic!()
        };
        let (article, faults) = whole(record, &Options::default());
        assert_eq!((article.body.as_str(), faults.len()), (long, 1));
        assert!(faults[0].detail.contains("text=histoire"), "{}", faults[0].detail);
        let Value::Object(record) = json!({"title": "T", "urls": "https://a.org/ b c"}) else {
            panic!()
        };
        assert_eq!(whole(record, &Options::default()).1, []);
    }
}
