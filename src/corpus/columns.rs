//! Which column or key of a record is which field of an article, where people say so: `--column
//! text=bibo:content`, `[columns]` in `griot.toml`.

use super::keys;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Fields of articles, and the names of columns or paths of keys that hold them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(BTreeMap<String, Vec<String>>);

impl Columns {
    /// Reads `field=column` pairs. A field may be given several times: its texts are joined, of other values
    /// the first counts.
    ///
    /// # Errors
    /// What is wrong with a pair, for people.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut columns = Self::default();
        for pair in pairs {
            let (field, column) = pair
                .split_once('=')
                .map(|(field, column)| (field.trim(), column.trim()))
                .filter(|(field, column)| !field.is_empty() && !column.is_empty())
                .ok_or_else(|| {
                    format!("{pair:?} names no column; write FIELD=COLUMN, such as text=bibo:content")
                })?;
            columns.add(field, column);
        }
        Ok(columns)
    }

    /// Says that a column or key holds a field.
    pub(super) fn add(&mut self, field: &str, column: &str) {
        let field = keys::field_named(field).map_or_else(|| keys::canonical(field), String::from);
        self.0.entry(field).or_default().push(column.to_string());
    }

    /// Takes in others, for fields that these say nothing of.
    pub(super) fn complete(&mut self, others: &Columns) {
        for (field, names) in &others.0 {
            self.0.entry(field.clone()).or_insert_with(|| names.clone());
        }
    }

    /// Whether they say anything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As pairs, which [`Columns::parse`] reads.
    pub fn pairs(&self) -> impl Iterator<Item = String> {
        let pairs = self.0.iter();
        pairs.flat_map(|(field, names)| names.iter().map(move |name| format!("{field}={name}")))
    }

    /// The field that a column of a table holds.
    pub(super) fn field_of(&self, column: &str) -> Option<&str> {
        let is_it = |names: &Vec<String>| names.iter().any(|name| is_same(name, column));
        self.0
            .iter()
            .find(|(_, names)| is_it(names))
            .map(|(field, _)| field.as_str())
    }

    /// Puts the values of the fields where they count first.
    pub(super) fn apply(&self, record: &mut Map<String, Value>) {
        if self.is_empty() {
            return;
        }
        let mut chosen: Vec<(&String, Value)> = Vec::new();
        for (field, names) in &self.0 {
            let mut values: Vec<Value> = names.iter().filter_map(|name| take(record, name)).collect();
            match values.len() {
                0 => {}
                1 => chosen.push((field, values.remove(0))),
                _ if field == "text" => chosen.push((field, values.into())),
                _ => chosen.push((field, values.remove(0))),
            }
        }
        let others = std::mem::take(record);
        for (field, value) in chosen {
            record.insert(field.clone(), value);
        }
        for (key, value) in others {
            // A column that has a field's name and isn't it keeps its value under another.
            let key = if record.contains_key(&key) {
                format!("{key} (2)")
            } else {
                key
            };
            record.insert(key, value);
        }
    }
}

fn is_same(name: &str, column: &str) -> bool {
    name == column || name.eq_ignore_ascii_case(column) || keys::canonical(name) == keys::canonical(column)
}

/// Takes the value of a key, or of a path of keys: `body.html`.
fn take(record: &mut Map<String, Value>, name: &str) -> Option<Value> {
    let own = record.keys().find(|key| is_same(name, key)).cloned();
    if let Some(key) = own {
        return record.shift_remove(&key);
    }
    let (first, rest) = name.split_once('.')?;
    let inner = record.keys().find(|key| is_same(first, key)).cloned()?;
    match record.get_mut(&inner)? {
        Value::Object(object) => take(object, rest),
        Value::Array(values) => values
            .iter_mut()
            .filter_map(Value::as_object_mut)
            .find_map(|object| take(object, rest)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn columns_and_paths_give_fields() {
        let columns =
            Columns::parse(["texte=body.html", "date=quand", "text=suite", "theme=sujet"]).expect("columns");
        let Value::Object(mut record) = json!({"text": "résumé", "Body": {"html": "Un", "x": 1}, "Quand": "2024", "suite": "Deux", "sujet": "or"})
        else {
            panic!()
        };
        columns.apply(&mut record);
        assert_eq!(
            Value::Object(record),
            json!({"date": "2024", "text": ["Un", "Deux"], "theme": "or", "text (2)": "résumé", "Body": {"x": 1}})
        );
        assert_eq!(columns.field_of("Suite"), Some("text"));
        assert!(Columns::parse(["x"]).is_err() && Columns::parse(["=x"]).is_err());
        assert_eq!(
            Columns::parse(columns.pairs().collect::<Vec<_>>().iter().map(String::as_str)),
            Ok(columns)
        );
    }
}
