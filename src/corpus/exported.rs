//! The record of an article, as `export --rows records` writes it: read again, it gives the same article.
//!
//! Records of others are read by what their keys and values look like. An article may look like something
//! else: its text speaks of tags, its metadata have a key that means something, such as the `signature` of a
//! message. The record of such an article says that it is to be taken as it is (`"griot": "verbatim"`), and
//! has the metadata under a key of their own.

use super::keys::canonical;
use super::reading::Fault;
use super::values::{date, scalar};
use super::{Options, clean, record};
use crate::article::Article;
use serde_json::{Map, Value};

/// The key of what people ask griot for, and the value that asks for a record to be taken as it is.
const WISH: (&str, &str) = ("griot", "verbatim");

/// The key under which such a record has the metadata that griot doesn't know.
const OTHERS: &str = "other_metadata";

/// The key under which records say what was read from their text: see [`Article::from_text`].
const FROM_TEXT: &str = "from_text";

/// The key by which records say that griot has exported them: they look like those of others, since they are made to
/// be read again.
pub const MARK: &str = "griot_export";

/// The columns that a table of records has beside those of the fields and facets.
pub const ROW_ENDS: [&str; 2] = [OTHERS, WISH.0];

/// A record as a row of a table, which is read again as it is: with the metadata that griot doesn't know as JSON
/// in one cell, and lists whose values a `;` wouldn't tell apart likewise. `columns` are the other ones.
pub fn row_of(mut record: Map<String, Value>, columns: &[String]) -> Map<String, Value> {
    let mut row = Map::new();
    for column in columns
        .iter()
        .filter(|column| !ROW_ENDS.contains(&column.as_str()))
    {
        if let Some(value) = record.get(column)
            && is_of_article(column, value)
        {
            row.insert(column.clone(), cell_of(value.clone()));
            record.remove(column);
        }
    }
    let others = match is_verbatim(&record) {
        true => record.remove(OTHERS),
        false => (!record.is_empty()).then_some(Value::Object(record)),
    };
    row.extend(others.map(|others| (OTHERS.to_string(), others.to_string().into())));
    row.insert(WISH.0.into(), WISH.1.into());
    row
}

/// Whether a value is one of the article's own, rather than of the metadata that have the key of a field or facet
/// by chance: those are kept as they were given.
fn is_of_article(column: &str, value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty() && (column != "date" || date(value).is_some()),
        Value::Array(values) => !values.is_empty(),
        _ => false,
    }
}

fn cell_of(value: Value) -> Value {
    let Value::Array(values) = &value else {
        return value;
    };
    let is_plain = |text: &str| !text.contains(';') && !text.starts_with('[') && !text.is_empty();
    match values.iter().all(|value| value.as_str().is_some_and(is_plain)) {
        true => value,
        false => value.to_string().into(),
    }
}

/// The article of such a row, and the faults in it.
pub(super) fn verbatim_row(row: Map<String, Value>, options: &Options) -> (Article, Vec<Fault>) {
    let values = row.into_iter().map(|(key, value)| {
        let text = value.as_str().unwrap_or_default();
        let is_facet = || record::facet_of(&canonical(&key), options).is_some();
        let read = match key.as_str() {
            OTHERS => serde_json::from_str(text).ok(),
            "id" | "title" | "text" | "url" | "source" | "author" | "lang" | "date" => None,
            FROM_TEXT => Some(text.split(';').filter(|key| !key.is_empty()).collect()),
            _ if is_facet() => Some(match serde_json::from_str(text) {
                Ok(values @ Value::Array(_)) => values,
                _ => text.split(';').collect(),
            }),
            _ => None,
        };
        let value = read.unwrap_or(value);
        (key, value)
    });
    verbatim(values.collect(), options)
}

/// The record of an article: read again with these options, it gives the same article. What was told from its
/// words is left out, so that it is reported anew.
pub fn of_article(article: &Article, options: &Options) -> Map<String, Value> {
    let mut plain = of_fields(article);
    let is_whole = article
        .extra
        .keys()
        .all(|key| !plain.contains_key(key) && key != MARK);
    plain.extend(article.extra.clone());
    if is_whole && !is_verbatim(&plain) && reads_back(&plain, article, options) {
        return plain;
    }
    let (key, value) = WISH;
    let mut verbatim = Map::from_iter([(key.to_string(), value.into())]);
    verbatim.extend(of_fields(article));
    if !article.from_text.is_empty() {
        verbatim.insert(FROM_TEXT.into(), article.from_text.as_slice().into());
    }
    if !article.extra.is_empty() {
        let others = article.extra.clone().into_iter().collect();
        verbatim.insert(OTHERS.into(), Value::Object(others));
    }
    verbatim
}

/// The article's own fields, and the values of facets that it was given.
fn of_fields(article: &Article) -> Map<String, Value> {
    let mut record = Map::new();
    let mut put =
        |key: &str, value: Option<&str>| drop(value.map(|value| record.insert(key.into(), value.into())));
    put("id", article.id.as_deref());
    // Empty ones are no values, and would be kept as metadata.
    put(
        "title",
        Some(article.title.as_str()).filter(|title| !title.is_empty()),
    );
    put(
        "text",
        Some(article.body.as_str()).filter(|text| !text.is_empty()),
    );
    put("date", article.date.map(|date| date.to_string()).as_deref());
    put("url", article.url.as_deref());
    put("source", article.source.as_deref());
    put("author", article.author.as_deref());
    put("lang", article.lang.as_deref().filter(|_| !article.lang_detected));
    for (facet, values) in &article.given {
        record.insert(facet.clone(), values.as_slice().into());
    }
    record
}

/// Whether a record, read as those of others are, gives the article.
fn reads_back(record: &Map<String, Value>, article: &Article, options: &Options) -> bool {
    let (again, _) = record::whole(record.clone(), options);
    let reported = Article {
        lang: article.lang.clone().filter(|_| !article.lang_detected),
        lang_detected: false,
        ..article.clone()
    };
    again == reported
}

/// Whether a record asks to be taken as it is.
pub(super) fn is_verbatim(record: &Map<String, Value>) -> bool {
    record.get(WISH.0).and_then(Value::as_str) == Some(WISH.1)
}

/// The article of a record that is taken as it is, and the faults in it.
pub(super) fn verbatim(record: Map<String, Value>, options: &Options) -> (Article, Vec<Fault>) {
    let (mut article, mut faults) = (Article::default(), Vec::new());
    for (key, value) in record {
        let line = || scalar_as_it_is(&value);
        match key.as_str() {
            key if key == WISH.0 => {}
            // Of a file whose name is no NFC, it is none either.
            "id" => article.id = value.as_str().map(String::from).or_else(line),
            "title" if value.is_string() => article.title = line().unwrap_or_default(),
            "text" if value.is_string() => {
                article.body = value.as_str().map(clean::body_as_it_is).unwrap_or_default();
            }
            "url" => article.url = line(),
            "source" => article.source = line(),
            "author" => article.author = line(),
            FROM_TEXT if value.is_array() => {
                let keys = value.as_array().into_iter().flatten();
                article.from_text = keys.filter_map(Value::as_str).map(String::from).collect();
            }
            "lang" => article.lang = line().map(|lang| crate::language::code(&lang)),
            "date" if date(&value).is_some() => article.date = date(&value),
            // By an alias, too, as `griot.toml` may name it.
            facet if record::facet_of(&canonical(facet), options).is_some() => {
                let values = value
                    .as_array()
                    .map(Vec::as_slice)
                    .unwrap_or(std::slice::from_ref(&value));
                article
                    .given
                    .insert(key, values.iter().filter_map(scalar_as_it_is).collect());
            }
            OTHERS if value.is_object() => {
                let Value::Object(others) = value else { continue };
                article.extra.extend(others);
            }
            _ => {
                if key == "date" {
                    faults.push(record::bad_date(&key, &value));
                }
                article.extra.entry(key).or_insert(value);
            }
        }
    }
    (article, faults)
}

/// A string, in which nothing is mended again, or a number.
fn scalar_as_it_is(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => clean::line_as_it_is(text),
        value => scalar(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    /// What a record gives, as readers take it.
    fn read(record: Map<String, Value>, options: &Options) -> Article {
        let (article, faults) = match is_verbatim(&record) {
            true => verbatim(record, options),
            false => record::whole(record, options),
        };
        assert!(
            faults
                .iter()
                .all(|fault| matches!(fault.reason.name(), "invalid_date" | "text_guessed")),
            "{faults:?}"
        );
        article
    }

    fn article(record: Value) -> Article {
        let Value::Object(record) = record else {
            panic!("no object: {record}")
        };
        record::article(record, &Options::embedded()).0
    }

    #[test]
    fn an_articles_record_gives_the_article_again() {
        let plain = article(
            json!({"id": 7, "titre": "T", "texte": "X\n\nY <b> & Z", "date": "2017-06", "lien": "https://a.org/", "source": "RFI",
            "auteurs": ["A", "B"], "langue": "fr", "région": ["Gao", "Mopti"], "rubrique": {"a": [1]}}),
        );
        let options = Options::embedded();
        let record = of_article(&plain, &options);
        assert!(!is_verbatim(&record), "nothing in it asks for it: {record:?}");
        let untitled = Article {
            title: String::new(),
            ..plain.clone()
        };
        let bare = of_article(&untitled, &options);
        assert!(!is_verbatim(&bare) && !bare.contains_key("title"), "{bare:?}");
        assert_eq!(read(bare, &options), untitled);
        assert_eq!(
            (record["rubrique"]["a"][0].as_i64(), read(record, &options)),
            (Some(1), plain)
        );
    }

    #[test]
    fn what_looks_like_something_else_is_taken_as_it_is() {
        let options = Options::embedded();
        let plain = Article {
            title: "T".into(),
            body: "Un texte.".into(),
            ..Article::default()
        };
        let with = |key: &str, value: Value| Article {
            extra: [(key.to_string(), value)].into(),
            ..plain.clone()
        };
        for article in [
            Article {
                body: "Une page : <p>un</p><p>deux &amp; trois</p>".into(),
                ..plain.clone()
            },
            Article {
                title: "NULL".into(),
                ..plain.clone()
            },
            Article {
                given: [("region".to_string(), vec!["a;b".to_string(), "a;b".into()])].into(),
                ..plain.clone()
            },
            Article {
                body: "x-\ny \u{c3}\u{a9}".into(),
                ..plain.clone()
            },
            with("signature", "Awa".into()),
            Article {
                date: crate::date::PartialDate::new(2024, None, None),
                ..with("date", "jadis".into())
            },
            with("text", "".into()),
            with("description", "Un chapeau.".into()),
            with("griot", "verbatim".into()),
            with("data", json!({"text": "y"})),
            with("regions", " Gao ".into()),
            with("vide", Value::Null),
            with("sale", "  a\u{0}b\r\n ".into()),
        ] {
            let record = of_article(&article, &options);
            assert!(is_verbatim(&record), "{record:?}");
            assert_eq!(read(record, &options), article);
        }
        let hand =
            json!({"griot": "verbatim", "text": "x", "date": "jadis", "rubrique": "r", "region": "Gao"});
        let Value::Object(hand) = hand else { panic!() };
        let article = read(hand, &options);
        assert_eq!(
            (
                article.given["region"].as_slice(),
                article.extra["date"].as_str(),
                article.extra["rubrique"].as_str()
            ),
            (&["Gao".to_string()][..], Some("jadis"), Some("r"))
        );
    }

    proptest! {
        #[test]
        fn any_article_comes_back(
            title in "[a-zé<>&;/ ]{0,12}",
            body in "([a-zé<>&;/ -]{0,12}\n?){0,4}",
            source in proptest::option::of("[A-Za-z&;<>/]{1,8}"),
            keys in proptest::collection::btree_map("(text|titre|date|author|data|resume|region|mois|x|y|griot|item_type)", "[a-zé<>&; ]{0,8}", 0..4),
            region in proptest::collection::vec("[a-z;]{1,4}", 1..3),
        ) {
            let article = Article {
                title: clean::line(&title).unwrap_or_default(),
                body: clean::body(&body),
                source,
                given: [("region".to_string(), region)].into(),
                extra: keys.into_iter().map(|(key, value)| (key, value.into())).collect(),
                ..Article::default()
            };
            let options = Options::embedded();
            prop_assert_eq!(read(of_article(&article, &options), &options), article);
        }
    }
}
