//! Reading back metadata that no field has a place for.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Reads each value by itself, so that none can be too deep for the whole: up to format 3, readers kept values as
/// deep as serde_json reads, which are too deep one level further down. One that can't be read is given as its
/// text.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<BTreeMap<String, Value>, D::Error> {
    let raw = BTreeMap::<String, Box<RawValue>>::deserialize(source)?;
    let read = |text: &RawValue| serde_json::from_str(text.get()).unwrap_or_else(|_| text.get().into());
    Ok(raw.into_iter().map(|(key, text)| (key, read(&text))).collect())
}

#[cfg(test)]
mod tests {
    use crate::index::document::Meta;

    #[test]
    fn values_of_any_depth_are_read_back() {
        for (levels, is_text) in [
            (1, false),
            (126, false),
            (127, false),
            (128, true),
            (100_000, true),
        ] {
            let value = format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
            let json = format!(r#"{{"file":"0/a","record":0,"values":[],"extra":{{"k":{value}}}}}"#);
            let meta: Meta = serde_json::from_str(&json).expect("read");
            assert_eq!(meta.extra["k"].is_string(), is_text, "{levels}");
            assert_eq!(
                meta.extra["k"].as_str().unwrap_or(&meta.extra["k"].to_string()),
                value
            );
        }
    }
}
