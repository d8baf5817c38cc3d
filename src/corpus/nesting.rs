//! Metadata is bounded in depth before it is kept: what is stored must be readable again.

use crate::article::Article;
use serde_json::Value;

/// Levels of lists and objects that a value of other metadata keeps. serde_json reads 128; the index, exports
/// and answers wrap a value in levels of their own.
const DEEPEST: usize = 64;

/// Keeps metadata that is nested too deep as its JSON text, which loses nothing and can be searched for.
/// Gives the keys of what was changed.
pub(super) fn bound(article: &mut Article) -> Vec<String> {
    let too_deep = article
        .extra
        .iter_mut()
        .filter(|(_, value)| !fits(value, DEEPEST));
    too_deep
        .map(|(key, value)| {
            *value = Value::String(value.to_string());
            key.clone()
        })
        .collect()
}

/// Whether a value has at most so many levels of lists and objects.
fn fits(value: &Value, levels: usize) -> bool {
    match value {
        Value::Array(values) => levels > 0 && values.iter().all(|inner| fits(inner, levels - 1)),
        Value::Object(object) => levels > 0 && object.values().all(|inner| fits(inner, levels - 1)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(levels: usize) -> Value {
        (0..levels).fold(Value::from(1), |inner, _| Value::Array(vec![inner]))
    }

    #[test]
    fn only_what_is_nested_too_deep_becomes_text() {
        let (whole, text) = (nested(DEEPEST), nested(DEEPEST + 1));
        let mut article = Article {
            extra: [("a".into(), whole.clone()), ("b".into(), text.clone())].into(),
            ..Article::default()
        };
        assert_eq!(bound(&mut article), ["b"]);
        assert_eq!(article.extra["a"], whole);
        assert_eq!(article.extra["b"], Value::String(text.to_string()));
        assert!(bound(&mut article).is_empty(), "text isn't nested");
    }
}
