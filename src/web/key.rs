//! The opaque key of an article in addresses: ids hold `/` and `#`.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde_json::Value;

/// The key of an id.
pub(super) fn of(id: &str) -> String {
    Base64UrlUnpadded::encode_string(id.as_bytes())
}

/// The id of a key; none of what is no key.
pub(super) fn id(key: &str) -> Option<String> {
    String::from_utf8(Base64UrlUnpadded::decode_vec(key).ok()?).ok()
}

/// Gives every article of an answer its key beside its id.
pub(super) fn add(answer: &mut Value) {
    match answer {
        Value::Array(items) => items.iter_mut().for_each(add),
        Value::Object(object) => {
            let key = object.get("id").and_then(Value::as_str).map(of);
            // Metadata of articles is as they have it.
            let own = object.iter_mut().filter(|(name, _)| *name != "extra");
            own.for_each(|(_, value)| add(value));
            if let Some(key) = key {
                object.insert("key".into(), key.into());
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_opaque_and_leads_back() {
        for odd in ["a.zip/b é.jsonl#3", "", "x?y&z=<>"] {
            let key = of(odd);
            assert!(
                key.bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'),
                "{key}"
            );
            assert_eq!(id(&key).as_deref(), Some(odd));
        }
        assert_eq!(id("é"), None);
        assert_eq!(id("a"), None);
    }

    #[test]
    fn hits_and_what_is_in_them_have_keys() {
        let mut answer =
            serde_json::json!({"hits": [{"id": "a", "folded": {"copies": [{"id": "b"}]}}], "total": 1});
        add(&mut answer);
        assert_eq!(answer["hits"][0]["key"], "YQ");
        assert_eq!(answer["hits"][0]["folded"]["copies"][0]["key"], "Yg");
        assert!(answer.get("key").is_none());
    }
}
