//! Single clauses of the query language of the cluster.

use super::lines::TERM;
use super::mapping::BESIDE;
use super::words::{field, share, word};
use crate::french::{FormTerm, French};
use crate::query::{ExactItem, ExactNode, Pattern, PatternPiece, TextField};
use crate::search::facet::counts::WITHOUT;
use crate::search::{Place, Text, Token};
use serde_json::{Value, json};

/// Articles without any date.
pub(super) fn undated() -> Value {
    json!({"bool": {"must_not": [{"exists": {"field": "date_from"}}]}})
}

/// Dates that overlap an interval.
pub(super) fn dates(from: Option<i64>, to: Option<i64>) -> Value {
    let begins = to.map(|to| json!({"range": {"date_from": {"lte": to}}}));
    let ends = from.map(|from| json!({"range": {"date_to": {"gte": from}}}));
    let filter: Vec<Value> = begins.into_iter().chain(ends).collect();
    json!({"bool": {"filter": filter}})
}

/// Articles of a file, or of those below a folder.
pub(super) fn files_under(key: &str) -> Value {
    let folder = match key.ends_with('/') {
        true => key.to_string(),
        false => format!("{key}/"),
    };
    any_of(vec![
        json!({"prefix": {"file": {"value": folder}}}),
        json!({"term": {"file": {"value": key}}}),
    ])
}

/// Every article, scored nothing.
pub(super) fn everything() -> Value {
    json!({"bool": {"filter": [{"match_all": {}}]}})
}

/// No article.
pub(super) fn nothing() -> Value {
    json!({"match_none": {}})
}

/// Any of these.
pub(super) fn any_of(mut queries: Vec<Value>) -> Value {
    match queries.len() {
        0 => nothing(),
        1 => queries.remove(0),
        _ => json!({"bool": {"should": queries, "minimum_should_match": 1}}),
    }
}

pub(super) fn all_of(mut queries: Vec<Value>) -> Value {
    match queries.len() {
        1 => queries.remove(0),
        _ => json!({"bool": {"must": queries}}),
    }
}

/// Articles with one of these values, those below them too; or, for [`WITHOUT`], with none.
pub(super) fn any_value(facet: &str, paths: &[String]) -> Value {
    let field = format!("facet.{facet}");
    let values: Vec<&String> = paths.iter().filter(|path| *path != WITHOUT).collect();
    let mut some = Vec::new();
    if paths.iter().any(|path| path == WITHOUT) {
        some.push(without(facet));
    }
    if !values.is_empty() {
        some.push(json!({"terms": {field: values}}));
    }
    any_of(some)
}

/// Articles without a value of a facet.
pub(super) fn without(facet: &str) -> Value {
    json!({"bool": {"must_not": [{"exists": {"field": format!("facet.{facet}")}}]}})
}

/// Words at successive places.
pub(super) fn sequence(french: &French, text: Text, places: &[Place]) -> Value {
    phrase(french, text, places, 0)
}

/// Words at their places, moved by no more than the slop in all.
pub(super) fn phrase(french: &French, text: Text, places: &[Place], slop: u32) -> Value {
    let mut lines: Vec<String> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        lines.push(line(place.tokens.iter().map(word)));
        let Some(next) = places.get(at + 1) else { break };
        // A joined spelling takes the places of its parts, which stand there too.
        for hole in 1..next.offset.saturating_sub(place.offset) {
            lines.push(line(parts_at(french, &place.tokens, hole as usize)));
        }
    }
    let field = field(text, "words");
    let kind = if lines.len() > 1 { "match_phrase" } else { "match" };
    let mut query = json!({"query": lines.join("\n"), "analyzer": "places"});
    if slop > 0 && lines.len() > 1 {
        query["slop"] = slop.into();
    }
    json!({ kind: { field: query } })
}

/// What may stand at one place.
pub(super) fn line(words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<String> = words.collect();
    words.sort_unstable();
    words.dedup();
    words.join(&BESIDE.to_string())
}

/// The parts of joined spellings that stand so many places after their first.
pub(super) fn parts_at<'t>(
    french: &'t French,
    tokens: &'t [Token],
    at: usize,
) -> impl Iterator<Item = String> + 't {
    tokens.iter().filter_map(move |token| {
        let Token::Form(form) = token else { return None };
        let tokens = french.analyze(FormTerm::parse(form)?.form);
        let part = tokens.iter().filter(|token| token.is_part()).nth(at)?;
        Some(format!("{TERM}{}", part.word.term))
    })
}

/// Whether no word of one place can be a word of another, and each takes one place of the text.
pub(super) fn are_apart(places: &[Place]) -> bool {
    let is_plain = |place: &Place| place.tokens.iter().all(|token| matches!(token, Token::Term(_)));
    places.iter().all(is_plain)
        && places.iter().enumerate().all(|(at, one)| {
            places[at + 1..]
                .iter()
                .all(|other| !share(&one.tokens, &other.tokens))
        })
}

pub(super) fn filtered(query: Value) -> Value {
    json!({"bool": {"filter": [query]}})
}

/// All that is wanted and nothing that isn't; without anything wanted, from all articles.
pub(super) fn but(mut wanted: Vec<Value>, unwanted: Vec<Value>) -> Value {
    if wanted.is_empty() {
        wanted.push(everything());
    }
    match unwanted.is_empty() {
        true => all_of(wanted),
        false => json!({"bool": {"must": wanted, "must_not": unwanted}}),
    }
}

pub(super) fn texts(field: TextField) -> Vec<Text> {
    match field {
        TextField::Title => vec![Text::Title],
        TextField::Any => vec![Text::Body, Text::Title],
    }
}

pub(super) fn exact_places(exact: &ExactNode) -> Vec<Place> {
    let place = |item: &ExactItem| Place {
        offset: item.offset,
        tokens: vec![Token::Form(
            FormTerm {
                folded: &item.folded,
                form: &item.form,
            }
            .to_string(),
        )],
    };
    exact.items.iter().map(place).collect()
}

/// All places' words, wherever they stand.
pub(super) fn bag(text: Text, places: &[Place]) -> Value {
    let field = field(text, "words");
    let any = |place: &Place| {
        let words = line(place.tokens.iter().map(word));
        json!({"match": {&field: {"query": words, "analyzer": "places"}}})
    };
    all_of(places.iter().map(any).collect())
}

pub(super) fn words_in_one_text(field: TextField, sequences: &[Vec<Place>]) -> Value {
    let any = texts(field)
        .into_iter()
        .flat_map(|text| sequences.iter().map(move |places| bag(text, places)));
    any_of(any.collect())
}

/// Words of which the last stands at most so many words after the first, both counted.
pub(super) fn within(text: Text, places: &[Place], window: u32) -> Value {
    let Some(gaps) = (window as usize).checked_sub(places.len()) else {
        return nothing();
    };
    let matched = |token: &Token| json!({"match": {"query": word(token), "analyzer": "keyword"}});
    let operand = |place: &Place| match place.tokens.as_slice() {
        [one] => matched(one),
        several => json!({"any_of": {"intervals": several.iter().map(matched).collect::<Vec<_>>()}}),
    };
    let operands: Vec<Value> = places.iter().map(operand).collect();
    json!({"intervals": {field(text, "words"): {
        "all_of": {"ordered": false, "max_gaps": gaps, "intervals": operands},
    }}})
}

/// Folded words that fit a pattern.
pub(super) fn folds_like(pattern: &Pattern, text: Text) -> Value {
    let field = field(text, "folds");
    match pattern {
        Pattern::Prefix(prefix) => json!({"prefix": {field: {"value": prefix, "rewrite": "constant_score"}}}),
        Pattern::Wildcard(pieces) => {
            let value: String = pieces.iter().map(piece).collect();
            json!({"wildcard": {field: {"value": value, "rewrite": "constant_score"}}})
        }
        Pattern::Fuzzy { folded, distance } => json!({"fuzzy": {field: {
            "value": folded, "fuzziness": distance, "prefix_length": 0, "transpositions": true,
            "rewrite": "constant_score",
        }}}),
    }
}

pub(super) fn piece(piece: &PatternPiece) -> String {
    match piece {
        PatternPiece::One => "?".into(),
        PatternPiece::Many => "*".into(),
        PatternPiece::Text(text) => {
            let mut written = String::with_capacity(text.len());
            for letter in text.chars() {
                if matches!(letter, '*' | '?' | '\\') {
                    written.push('\\');
                }
                written.push(letter);
            }
            written
        }
    }
}
