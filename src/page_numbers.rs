//! Where the pages of a document begin in its article's text, kept among its metadata.

use serde_json::Value;
use std::collections::BTreeMap;

/// The key of the pages in an article's metadata.
pub const KEY: &str = "pages";

/// What is kept of pages: for each its first byte in the text, and what it is called. They come in order, and pages
/// without text are left out.
pub fn value<'a>(pages: impl IntoIterator<Item = (usize, &'a str)>) -> Value {
    let page = |(start, label)| Value::Array(vec![Value::from(start), Value::from(label)]);
    pages.into_iter().map(page).collect()
}

/// Where each page begins, and what it is called; nothing if the article has no pages.
pub fn all(extra: &BTreeMap<String, Value>) -> impl Iterator<Item = (usize, &str)> {
    let pages = extra.get(KEY).and_then(Value::as_array);
    pages.into_iter().flatten().filter_map(|page| {
        let [start, label] = &page.as_array()?[..] else {
            return None;
        };
        Some((usize::try_from(start.as_u64()?).ok()?, label.as_str()?))
    })
}

/// The pages of an article, to be asked for many places of its text.
pub struct Pages(Vec<(usize, String)>);

impl Pages {
    /// None at all for an article without pages.
    pub fn of(extra: &BTreeMap<String, Value>) -> Self {
        Self(
            all(extra)
                .map(|(start, label)| (start, label.to_string()))
                .collect(),
        )
    }

    /// What the page is called on which a byte of the text stands; none if the article has no pages.
    pub fn at(&self, offset: usize) -> Option<String> {
        let next = self.0.partition_point(|(start, _)| *start <= offset);
        Some(self.0.get(next.checked_sub(1)?)?.1.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_stands_on_the_last_page_that_begins_before_it() {
        let extra = BTreeMap::from([(KEY.to_string(), value([(0, "i"), (30, "1"), (90, "2")]))]);
        let pages = [0, 29, 30, 89, 90, 5000].map(|offset| Pages::of(&extra).at(offset));
        assert_eq!(
            pages,
            ["i", "i", "1", "1", "2", "2"].map(|label| Some(label.to_string()))
        );
        assert_eq!(Pages::of(&BTreeMap::new()).at(0), None);
    }

    #[test]
    fn what_a_record_calls_pages_is_none() {
        for other in [
            Value::from(12),
            "12-14".into(),
            vec!["1", "2"].into(),
            vec![vec![1, 2]].into(),
        ] {
            assert_eq!(Pages::of(&BTreeMap::from([(KEY.to_string(), other)])).at(3), None);
        }
    }
}
