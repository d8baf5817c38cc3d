//! The values of records, in the shapes that programs give them: names, titles, texts, dates.

use super::{clean, markup, repair};
use crate::date::PartialDate;
use crate::date::written;
use serde_json::Value;

/// Objects within objects of a text that are looked into.
const DEEPEST: usize = 60;

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
        Value::Object(object) => [
            "name",
            "nom",
            "title",
            "titre",
            "main",
            "original",
            "@value",
            "$oid",
            "display_name",
            "@id",
            "url",
            "href",
        ]
        .iter()
        .find_map(|key| object.get(*key).and_then(scalar)),
        Value::Array(values) => values
            .iter()
            .find_map(|v| if v.is_array() { None } else { name(v) }),
        _ => scalar(value),
    }
}

/// A string or number, as one line; none if empty.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => clean::line(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A title: a line that may hold entities or tags.
pub(super) fn title(value: &Value) -> Option<String> {
    let rendered = rendered(value);
    // `{"main": {"content": [{"text": …}]}}`
    let line = name(rendered).or_else(|| clean::line(&text(rendered.get("main").unwrap_or(rendered))?))?;
    let plain = repair::entities(&line).unwrap_or_else(|| line.clone());
    if plain.contains("</") {
        clean::line(&markup::plain_text(&plain))
    } else {
        clean::line(&plain)
    }
}

/// The value of an object that only wraps it: `{"rendered": …}` (WordPress), `{"#text": …}` (XML made JSON),
/// `{"@value": …}` (JSON-LD).
fn rendered(value: &Value) -> &Value {
    match value {
        Value::Object(object) => ["rendered", "#text", "value", "@value"]
            .iter()
            .find_map(|key| object.get(*key))
            .unwrap_or(value),
        _ => value,
    }
}

/// Keys of objects that a text is made of, whose values are text.
const PARTS: [&str; 19] = [
    "rendered",
    "#text",
    "value",
    "@value",
    "title",
    "heading",
    "text",
    "texte",
    "html",
    "plain",
    "body",
    "content",
    "contenu",
    "paragraph",
    "paragraphs",
    "children",
    "blocks",
    "data",
    "caption",
];

/// A text; HTML becomes plain. A list of paragraphs is one, and so are the objects that editors and databases
/// make of it: `[{"type": "p", "text": …}]`, `{"html": …}`, `{"blocks": [{"data": {"text": …}}]}`.
pub(super) fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        _ => {
            let mut parts = Vec::new();
            gather(value, DEEPEST, &mut parts);
            parts.join("\n\n")
        }
    };
    (!text.is_empty()).then_some(text)
}

fn gather(value: &Value, depth: usize, parts: &mut Vec<String>) {
    match value {
        Value::String(text) if !is_missing(text) => {
            let plain = if markup::looks_like_html(text) {
                clean::body(&markup::plain_text(text))
            } else {
                clean::body(&repair::entities(text).unwrap_or_else(|| text.clone()))
            };
            parts.extend(Some(plain).filter(|plain| !plain.is_empty()));
        }
        _ if depth == 0 => {}
        Value::Array(values) => values.iter().for_each(|value| gather(value, depth - 1, parts)),
        Value::Object(object) => {
            // The same text in two forms is one text.
            let forms = ["html", "plain", "text", "rendered"]
                .map(|key| object.get(key).filter(|value| value.is_string()));
            let form = forms.into_iter().flatten().next();
            for key in PARTS {
                let is_other_form = matches!(key, "html" | "plain" | "text" | "rendered") && form.is_some();
                if let Some(value) = object.get(key)
                    && !(is_other_form && form.is_some_and(|form| !std::ptr::eq(form, value)))
                {
                    gather(value, depth - 1, parts);
                }
            }
        }
        _ => {}
    }
}

/// Whether a value says that there is none, as R and Python write it.
pub(super) fn is_missing(text: &str) -> bool {
    matches!(
        text.trim(),
        "NA" | "N/A" | "#N/A" | "<NA>" | "NaN" | "nan" | "NULL" | "null" | "None"
    )
}

/// A date, in the shapes that databases give it: `{"$date": …}`, `{"@value": …}`, `{"date-parts": [[2024, 3,
/// 12]]}`.
pub(super) fn date(value: &Value) -> Option<PartialDate> {
    match value {
        Value::Object(object) => {
            if let Some(parts) = object.get("date-parts").and_then(|parts| parts.get(0)) {
                let part = |at: usize| parts.get(at).and_then(number);
                let small = |at| part(at).and_then(|n| i8::try_from(n).ok());
                return PartialDate::new(i16::try_from(part(0)?).ok()?, small(1), small(2));
            }
            let inner = [
                "$date",
                "$numberLong",
                "@value",
                "value",
                "date",
                "raw",
                "iso",
                "start",
            ];
            inner.iter().find_map(|key| object.get(*key)).and_then(date)
        }
        Value::Array(values) => values
            .iter()
            .find_map(|value| if value.is_array() { None } else { date(value) }),
        _ => written::of_value(value),
    }
}

/// An integer that may be written as a string.
fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}
