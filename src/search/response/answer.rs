//! What every answer says beside its content: whether anything is missing from it.

use serde::Serialize;
use std::ops::Deref;

/// An answer. Its JSON form is that of its value; what is missing is a key beside it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer<T> {
    #[serde(flatten)]
    pub value: T,
    /// None of a complete answer; the local engine gives no other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial: Option<Partial>,
}

/// Only some parts of an index answered. Totals and counts are those of the parts that did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Partial {
    /// Parts (shards) that the index has, and those that answered in time.
    pub parts: u32,
    pub answered: u32,
    /// What the others said, each reason once.
    pub reasons: Vec<String>,
}

impl<T> Answer<T> {
    /// An answer that nothing is missing from.
    pub fn complete(value: T) -> Self {
        Self { value, partial: None }
    }
}

impl<T> Deref for Answer<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Total {
        total: u64,
    }

    #[test]
    fn only_an_answer_that_lacks_something_says_so() {
        let json = |answer: &Answer<Total>| serde_json::to_string(answer).expect("serialised");
        let mut answer = Answer::complete(Total { total: 3 });
        assert_eq!(json(&answer), r#"{"total":3}"#);
        answer.partial = Some(Partial {
            parts: 3,
            answered: 2,
            reasons: vec!["n3: timed out".into()],
        });
        assert_eq!(
            json(&answer),
            r#"{"total":3,"partial":{"parts":3,"answered":2,"reasons":["n3: timed out"]}}"#
        );
    }
}
