//! What griot itself has written: answers, tables and exports that somebody put into the archive. Read as
//! articles, they would double what they were made of. Only what is griot's beyond doubt counts: by the keys, the
//! columns or the lines that nothing else has together.

use super::exported::{MARK, ROW_ENDS};
use crate::additions;
use serde_json::{Map, Value};

/// What to do about such a file.
pub(super) const CURE: &str = "an export of griot's own; to index it anyway, name it: griot index FILE";

/// Keys of rows, one a line.
const ROWS: [&str; 6] = [
    "id score title date source url path snippets",
    "event_date date_precision place_rule date_rule passage_part passage_start id",
    "id facet value status rule part start end sentence",
    "id title source date url resemblance",
    "path status format articles skipped warnings",
    "files_seen files_new files_changed files_unchanged files_removed articles_new",
];

/// Those of articles, the first of whose paths is their path.
const ARTICLE: &str = "id title date url path paths source lang";

/// Keys of answers, which also have a `version`.
const ANSWERS: [&str; 17] = [
    "query articles reports events partly_dated",
    "citations",
    "corrections",
    "additions",
    "rows_with_reports reports_without_row",
    "query total took_ms hits without",
    "query total took_ms facets without",
    "id file blake3 passages",
    "id similar sources reworded",
    "query by of total undated buckets",
    "query rows_of columns_of total rows",
    "query total archive read repeated_sentences words",
    "prefix took_ms words values",
    "path bytes segments roots articles",
    "saved",
    "lexicons problems",
    "articles candidates",
];

/// Whether a JSON object is a row or an answer of griot's.
pub(super) fn is_object(object: &Map<String, Value>) -> bool {
    let has = |keys: &str| keys.split(' ').all(|key| object.contains_key(key));
    let is_article = || {
        let path = object.get("path").and_then(Value::as_str);
        has(ARTICLE) && path.is_some() && object["paths"].get(0).and_then(Value::as_str) == path
    };
    let is_answer = || object.get("version").is_some_and(Value::is_u64) && ANSWERS.into_iter().any(has);
    // In a list of references, where the format has it.
    let is_marked = || {
        object
            .get("custom")
            .is_some_and(|custom| custom.get(MARK).is_some())
    };
    object.contains_key(MARK) || is_marked() || ROWS.into_iter().any(has) || is_article() || is_answer()
}

/// What an answer begins with whose list would be taken for one of records.
const BEGINNINGS: [&[&str]; 5] = [
    &["version", "corrections"],
    &["version", "additions"],
    &["version", "rows_with_reports", "rows_without_reports", "rows"],
    &["version", "query", "total", "took_ms", "hits"],
    &[
        "version",
        "query",
        "rows_of",
        "columns_of",
        "total",
        "columns",
        "rows",
    ],
];

/// Whether an object, up to the value of a key, is the beginning of an answer of griot's.
pub(super) fn is_beginning(text: &[u8]) -> bool {
    let whole = [text, b"null}"].concat();
    text.starts_with(b"{\"version\"")
        && serde_json::from_slice::<Map<String, Value>>(&whole)
            .is_ok_and(|object| BEGINNINGS.iter().any(|keys| object.keys().eq(keys.iter())))
}

/// Whether these are the columns of a table of griot's.
pub(super) fn is_table(columns: &[String]) -> bool {
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let begins_and_ends = |begin: &[&str], end: &[&str]| columns.starts_with(begin) && columns.ends_with(end);
    let is_of_articles = || {
        let end: &[&str] = match columns.ends_with(&["text"]) {
            true => &["paths", "text"],
            false => &["paths"],
        };
        begins_and_ends(&["id", "title", "date"], end)
            && columns.windows(3).any(|three| three == ["url", "path", "source"])
    };
    is_of_articles()
        || begins_and_ends(
            &["rank", "score", "id", "title", "date"],
            &["url", "path", "source", "snippet"],
        )
        || begins_and_ends(
            &["event_date", "date_precision", "place"],
            &["title", "date", "source", "url", "id"],
        )
        || begins_and_ends(
            &["id", "facet", "value", "status", "rule"],
            &["title", "date", "source", "url"],
        )
        || begins_and_ends(&["id", "title", "text"], &ROW_ENDS)
        || begins_and_ends(&["query_id", "query", "total", "rank", "id"], &["url", "snippet"])
        || begins_and_ends(
            &["query_id", "query", "total", "rank", "id"],
            &["url", "snippet", "nearly"],
        )
        || begins_and_ends(
            &["kind", "path", "line", "record", "status"],
            &["left_out", "unaccounted"],
        )
        || begins_and_ends(&["event", "reports", "event_date"], &["title", "url", "id"])
        || columns == ["kind", "text", "articles", "archive", "times", "g2"]
        || columns == ["id", "facet", "action", "value", "note"]
        || columns.starts_with(&[
            "id", "facet", "action", "value", "note", "passage", "by", "at", "content",
        ])
        || columns == additions::COLUMNS
        || begins_and_ends(
            &["result", "line", "row_id", "row_date", "row_place"],
            &["url", "passage"],
        )
}

/// Whether a page is a chronology or a dossier of griot's.
pub(super) fn is_page(html: &str) -> bool {
    let head = html.get(..html.floor_char_boundary(2_000)).unwrap_or_default();
    head.starts_with("<!DOCTYPE html>") && head.contains("<meta name=\"generator\" content=\"griot ")
}

/// Whether these are the properties of a dossier of griot's.
pub(super) fn is_document(properties: &str) -> bool {
    properties.contains("<cp:keywords>griot_export dossier</cp:keywords>")
}

/// What is looked at of a line.
const LONGEST_LINE: usize = 300;

/// The beginning of a line, with ordinary spaces for those that don't break.
fn plain(line: Option<&str>) -> String {
    let begins = line.unwrap_or_default().chars().take(LONGEST_LINE);
    begins
        .map(|c| {
            if matches!(c, '\u{a0}' | '\u{202f}') {
                ' '
            } else {
                c
            }
        })
        .collect()
}

/// Whether a text is what griot shows on a terminal, written to a file, in English or French.
pub(super) fn is_text(text: &str) -> bool {
    let mut lines = text.lines();
    let (first, second) = (plain(lines.next()), plain(lines.next()));
    let (first, second) = (first.as_str(), second.as_str());
    let head = || text.lines().take(12);
    // An article shown or cited, and what the index holds.
    let is_shown = head().any(|line| line.starts_with("id      "))
        && head().any(|line| {
            let file = line.strip_prefix("file    ").or(line.strip_prefix("fichier "));
            file.is_some_and(|file| file.starts_with('/'))
        });
    let is_stats = first.starts_with("index     ")
        && (second.starts_with("indexes   ") || second.starts_with("indexe    "));
    let is_run = first.ends_with(" s")
        && (second.starts_with("files:    ") && text.contains("\narticles: ")
            || second.starts_with("fichiers : vus ") && text.contains("\narticles\u{a0}: "));
    let is_analysis = first.starts_with("pos   written ") && first.contains(" folded ")
        || first.starts_with("pos.  écrit ") && first.contains(" réduit ");
    // `12 articles`, a facet, its values.
    let is_facets = || {
        let lines: Vec<&str> = text.lines().take(4).collect();
        let is_value = |line: &str| {
            line.starts_with("      ") && line.trim_start().starts_with(|c: char| c.is_ascii_digit())
        };
        matches!(lines[..], [count, "", facet, value]
            if is_total(count) && !facet.contains(' ') && is_value(value))
    };
    let is_ranking = |line: &str| line.split(' ').nth(1) == Some("Q0") && line.ends_with(" griot");
    first.starts_with("<!-- griot ")
        || is_chronology(first)
        || is_shown
        || is_stats
        || is_run
        || is_analysis
        || is_facets()
        || counts(first, second)
        || text.lines().all(is_ranking) && !text.is_empty()
}

/// `2 dated events, 4 reports in 3 articles`.
fn is_chronology(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').take(LONGEST_HEAD).collect();
    matches!(
        words[..],
        [n, "dated", "event," | "events,", _, "report" | "reports", "in", _, "article" | "articles"]
        | [n, "événement" | "événements", "daté," | "datés,", _, "récit" | "récits", "dans", _, "article" | "articles"]
            if n.bytes().all(|byte| byte.is_ascii_digit())
    )
}

/// `12 articles`.
fn is_total(line: &str) -> bool {
    let number = line.strip_suffix(" articles").or(line.strip_suffix(" article"));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// More words than the longest line above a list has.
const LONGEST_HEAD: usize = 16;

/// Whether the first lines are those above a list of hits, of values or of months.
fn counts(first: &str, second: &str) -> bool {
    // A text may be one line of millions.
    let words: Vec<&str> = first.split(' ').take(LONGEST_HEAD).collect();
    let is_count = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match words[..] {
        [n, "article," | "articles,", from, "to", to, "shown", _, "ms)"]
        | [n, "article," | "articles,", from, "à", to, "affichés", _, "ms)"] => {
            [n, from, to].iter().all(is_count)
        }
        [n, "near-duplicate" | "near-duplicates", "of", m, _]
        | [n, "quasi-doublon" | "quasi-doublons", "dans", m, _]
        | [n, "sur", m, "article" | "articles", ";", _, "phrase" | "phrases", ..]
        // As former versions wrote it.
        | [n, "near-identical", _, "of", m, _] | [n, "of", m, "articles;", _, "repeated", _, "left", "out"] => {
            is_count(&n) && is_count(&m)
        }
        _ => is_month_or_total(&words, second, is_count),
    }
}

/// `12 articles`, then a month and its number; `12 articles, month by region`, then the heads of columns.
fn is_month_or_total(words: &[&str], second: &str, is_count: impl Fn(&&str) -> bool) -> bool {
    let below: Vec<&str> = second.split_whitespace().take(LONGEST_HEAD).collect();
    let is_period =
        |word: &str| word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    match words {
        [_, _] => {
            is_total(&words.join(" "))
                && matches!(below[..], [period, n, ..] if is_period(period) && is_count(&n))
        }
        [n, "article," | "articles,", _, "by" | "par", _] => is_count(n) && below.first() == Some(&"total"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_others_write_is_not_griot_s() {
        for object in [
            json!({"id": 1, "title": "T", "date": "2024", "url": "u", "path": "/a", "source": "RFI", "lang": "fr", "text": "x"}),
            json!({"version": 1, "title": "T", "text": "x"}),
            json!({"version": "1", "saved": true}),
            json!({"hits": [{"id": 1, "score": 2, "title": "T"}], "total": 1, "query": "x"}),
            json!({"griot": "verbatim", "title": "T", "text": "x"}),
        ] {
            assert!(!is_object(object.as_object().expect("an object")), "{object}");
        }
        for columns in [
            "id,title,text,date,url,source",
            "id,title,date,text",
            "month,articles",
            "rank,title,snippet",
        ] {
            let columns: Vec<String> = columns.split(',').map(String::from).collect();
            assert!(!is_table(&columns), "{columns:?}");
        }
        for text in [
            "",
            "12 articles\n\nLe code compte 12 articles.",
            "3 articles, 1 à 3 pages",
            "Un titre\n\nfile    /a, dit-il",
            "3 articles\n2024 fut une année de crues",
        ] {
            assert!(!is_text(text), "{text}");
        }
    }
}
