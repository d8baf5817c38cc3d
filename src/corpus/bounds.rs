//! What one article may hold, in bytes, so that what is made of it fits into the memory that a run was given,
//! whatever it reads. What is over is cut off and reported.

use crate::article::Article;
use crate::french;
use serde_json::Value;

/// Longest text: a million words, two or three of the longest novels.
const LONGEST_TEXT: usize = 8 * 1024 * 1024;

/// Longest title. A longer one is a text that stands in the wrong place.
const LONGEST_TITLE: usize = 2000;

/// What is left of a longer one.
const SHORTENED_TITLE: usize = 200;

/// Longest address, source, author, language and value of a facet.
const LONGEST_VALUE: usize = 2000;

/// Longest id. tantivy keeps no term of more than 65,530 bytes.
const LONGEST_ID: usize = 1000;

/// Most values of a facet that an article may be given.
const MOST_GIVEN: usize = 1000;

/// Most bytes of other metadata.
const MOST_EXTRA: usize = 1024 * 1024;

/// What was cut off.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    /// Text of the article.
    pub text: String,
    /// What happened, and the cure, in sentences.
    pub reported: Vec<String>,
}

/// Holds an article to its bounds.
pub(super) fn hold(article: &mut Article) -> Cut {
    let mut cut = Cut::default();
    title(article, &mut cut);
    text(article, &mut cut);
    values(article, &mut cut);
    extra(article, &mut cut);
    cut
}

fn title(article: &mut Article, cut: &mut Cut) {
    if article.title.len() <= LONGEST_TITLE {
        return;
    }
    let head = &article.title[..article.title.floor_char_boundary(SHORTENED_TITLE)];
    let words = head.rfind(' ').map_or(head, |end| &head[..end]);
    let short = format!("{words}…");
    let long = std::mem::replace(&mut article.title, short);
    article.body = match article.body.as_str() {
        "" => long,
        body => format!("{long}\n\n{body}"),
    };
    cut.reported.push(format!(
        "a title of more than {LONGEST_TITLE} bytes: it was moved to the beginning of the text; check the title"
    ));
}

fn text(article: &mut Article, cut: &mut Cut) {
    if article.body.len() > LONGEST_TEXT {
        let most = article.body.floor_char_boundary(LONGEST_TEXT);
        // Not within a word.
        let end = article.body[..most]
            .rfind(char::is_whitespace)
            .filter(|end| *end > most / 2)
            .unwrap_or(most);
        cut.text = article.body.split_off(end);
        // What was cut off was held by it as well.
        article.body.shrink_to_fit();
        cut.reported.push(format!(
            "its text has more than {} MB: what follows was not indexed; split it into several articles",
            LONGEST_TEXT >> 20
        ));
    }
    if french::head(&article.body).len() < article.body.len() {
        cut.reported.push(format!(
            "its text has more than {} words: places, dates and actors are those of its beginning; split it into several articles",
            french::MOST_WORDS
        ));
    }
}

fn values(article: &mut Article, cut: &mut Cut) {
    if article.id.as_ref().is_some_and(|id| id.len() > LONGEST_ID) {
        article.id = None;
        cut.reported.push(format!(
            "an id of more than {LONGEST_ID} bytes: the article has the id of its place in the file instead; give it a shorter id"
        ));
    }
    let Article {
        url,
        source,
        author,
        lang,
        ..
    } = article;
    for (name, value) in [
        ("url", url),
        ("source", source),
        ("author", author),
        ("lang", lang),
    ] {
        if let Some(long) = value.as_mut().filter(|value| value.len() > LONGEST_VALUE) {
            long.truncate(long.floor_char_boundary(LONGEST_VALUE));
            cut.reported.push(format!(
                "{name} has more than {LONGEST_VALUE} bytes: the rest was cut off; correct it"
            ));
        }
    }
    for (facet, given) in &mut article.given {
        let is_long = |value: &String| value.len() > LONGEST_VALUE;
        if given.len() > MOST_GIVEN || given.iter().any(is_long) {
            given.truncate(MOST_GIVEN);
            given.retain(|value| !is_long(value));
            cut.reported.push(format!(
                "{facet} has more than {MOST_GIVEN} values, or a value of more than {LONGEST_VALUE} bytes: the rest was left out; correct it"
            ));
        }
    }
}

fn extra(article: &mut Article, cut: &mut Cut) {
    let mut sizes: Vec<(usize, String)> = article
        .extra
        .iter()
        .map(|(key, value)| (key.len() + size(value), key.clone()))
        .collect();
    let mut all: usize = sizes.iter().map(|(size, _)| size).sum();
    if all <= MOST_EXTRA {
        return;
    }
    // The longest first.
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    let mut left_out = Vec::new();
    for (size, key) in sizes {
        if all <= MOST_EXTRA {
            break;
        }
        all -= size;
        article.extra.remove(&key);
        left_out.push(format!("“{}”", &key[..key.floor_char_boundary(60)]));
    }
    let count = left_out.len();
    left_out.truncate(5);
    cut.reported.push(format!(
        "other metadata of more than {} MB: {count} of them, the longest, were not kept, such as {}; shorten them",
        MOST_EXTRA >> 20,
        left_out.join(", ")
    ));
}

/// Bytes that a value takes as JSON, about.
fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() + 2,
        Value::Array(values) => values.iter().map(|value| size(value) + 1).sum::<usize>() + 2,
        Value::Object(object) => {
            let each = object.iter().map(|(key, value)| key.len() + 4 + size(value));
            each.sum::<usize>() + 2
        }
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_article_is_left_alone() {
        let mut article = Article {
            id: Some("a/1".into()),
            title: "Titre".into(),
            body: "Un texte à Gao. ".repeat(1000),
            ..Article::default()
        };
        let before = article.clone();
        assert_eq!(hold(&mut article), Cut::default());
        assert_eq!(article, before);
    }

    #[test]
    fn what_is_too_much_is_cut_off_and_told() {
        let mut article = Article {
            id: Some("x".repeat(LONGEST_ID + 1)),
            title: "mot é".repeat(LONGEST_TITLE),
            body: "Gao été ".repeat(LONGEST_TEXT / 8),
            url: Some("é".repeat(LONGEST_VALUE)),
            given: [("region".into(), vec!["Gao".into(); MOST_GIVEN + 1])].into(),
            extra: [
                ("long".into(), Value::from("x".repeat(MOST_EXTRA))),
                ("short".into(), Value::from("y")),
            ]
            .into(),
            ..Article::default()
        };
        let all = format!("{}\n\n{}", article.title, article.body);
        let cut = hold(&mut article);
        assert_eq!(
            format!("{}{}", article.body, cut.text),
            all,
            "nothing of the text is gone"
        );
        assert!(article.body.len() <= LONGEST_TEXT && article.title.chars().count() <= SHORTENED_TITLE);
        assert_eq!(article.id, None);
        assert!(article.url.is_some_and(|url| url.len() <= LONGEST_VALUE));
        assert_eq!(article.given["region"].len(), MOST_GIVEN);
        assert_eq!(article.extra.keys().collect::<Vec<_>>(), ["short"]);
        let reported = cut.reported.join("\n");
        for what in [
            "title",
            "text has more than 8 MB",
            "words",
            "id of",
            "url",
            "region",
            "“long”",
        ] {
            assert!(reported.contains(what), "{what}: {reported}");
        }
    }
}
