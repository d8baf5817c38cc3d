//! CSL-JSON, as Zotero, Pandoc and citeproc read it: `date-parts`, `family` and `given`.

use super::people::Person;
use super::reference::{Kind, Reference};
use crate::corpus::EXPORT_MARK;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes an item, without what stands between items.
pub(super) fn write(out: &mut dyn Write, reference: &Reference) -> io::Result<()> {
    let kind = match reference.kind {
        Kind::Newspaper => "article-newspaper",
        Kind::Report => "report",
        Kind::Webpage => "webpage",
        Kind::Other => "document",
    };
    let container = match reference.kind {
        Kind::Report => "publisher",
        _ => "container-title",
    };
    let mut item = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        item.extend(value.map(|value| (key.to_string(), value)));
    };
    put("id", Some(reference.id.clone().into()));
    put("type", Some(kind.into()));
    put("title", Some(reference.title.clone().into()));
    let people: Vec<Value> = reference.people.iter().map(person).collect();
    put(
        "author",
        Some(people.into()).filter(|_| !reference.people.is_empty()),
    );
    put(container, reference.container.clone().map(Value::from));
    put(
        "issued",
        reference.date.map(|date| {
            let parts = [
                Some(i64::from(date.year())),
                date.month().map(i64::from),
                date.day().map(i64::from),
            ];
            let parts: Vec<i64> = parts.into_iter().flatten().collect();
            json!({ "date-parts": [parts] })
        }),
    );
    put("page", reference.pages.clone().map(Value::from));
    put("number-of-pages", reference.page_count.map(Value::from));
    put("URL", reference.url.clone().map(Value::from));
    put("language", reference.lang.clone().map(Value::from));
    put("note", Some(reference.note.clone().into()));
    put(
        "annote",
        Some(Value::from(reference.quotes.join(" "))).filter(|_| !reference.quotes.is_empty()),
    );
    // A list of records to others; griot knows it again, and doesn't index it.
    put("custom", Some(json!({ EXPORT_MARK: "citation" })));
    serde_json::to_writer(out, &item).map_err(io::Error::other)
}

fn person(person: &Person) -> Value {
    match person {
        Person::Named { family, given } => json!({"family": family, "given": given}),
        Person::Literal(name) => json!({ "literal": name }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::super::tests::{hostile, written};
    use crate::date::PartialDate;
    use crate::search::Citation;
    use serde_json::{Value, json};

    fn items(citations: &[Citation]) -> Vec<Value> {
        serde_json::from_str(&written(Style::CslJson, citations)).expect("a list")
    }

    #[test]
    fn items_have_names_and_dates_in_parts() {
        let year = Citation {
            date: PartialDate::new(2024, None, None),
            author: Some("AFP".into()),
            ..hostile()
        };
        let items = items(&[
            hostile(),
            year,
            Citation {
                date: None,
                author: None,
                ..hostile()
            },
        ]);
        assert_eq!(
            items[0]["author"][1],
            json!({"family": "ag Ali", "given": "Moussa"})
        );
        assert_eq!(items[0]["issued"]["date-parts"], json!([[2024, 3, 5]]));
        assert_eq!(items[0]["page"], "12");
        assert_eq!(items[1]["issued"]["date-parts"], json!([[2024]]));
        assert_eq!(items[1]["author"], json!([{"literal": "AFP"}]));
        assert!(items[2].get("issued").is_none() && items[2].get("author").is_none());
    }
}
