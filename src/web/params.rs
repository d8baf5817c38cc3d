//! The parameters of an address, as they were typed.

use super::problem::Problem;
use crate::msg;
use std::collections::BTreeSet;

/// Names and values in their order; names may occur several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// Those of the part of an address behind `?`.
    pub(super) fn read(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes());
        Self(
            pairs
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Their names.
    pub(super) fn names(&self) -> BTreeSet<&str> {
        self.iter().map(|(name, _)| name).collect()
    }

    /// The last value of a name that isn't empty: forms send fields that nobody filled in.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let values = self
            .iter()
            .filter(|(known, value)| *known == name && !value.trim().is_empty());
        values.last().map(|(_, value)| value)
    }

    /// Whether a flag is set: `group`, `group=true`, `group=1`, not `group=false`.
    pub(super) fn has(&self, name: &str) -> bool {
        let given = self.iter().filter(|(known, _)| *known == name).last();
        given.is_some_and(|(_, value)| !matches!(value, "0" | "false" | "no" | "off"))
    }

    /// A number.
    pub(super) fn number(&self, name: &str) -> Result<Option<usize>, Problem> {
        let read = |text: &str| {
            let number = text.trim().parse().map_err(|_| {
                Problem::bad_request("bad_number", msg!("web-bad-number", name = name, value = text))
            });
            number.map(Some)
        };
        self.get(name).map_or(Ok(None), read)
    }

    /// A number from 1 up to the most that one request may ask for.
    pub(super) fn limited(&self, name: &str, default: usize, most: usize) -> Result<usize, Problem> {
        match self.number(name)?.unwrap_or(default) {
            number if (1..=most).contains(&number) => Ok(number),
            number => Err(Problem::bad_request(
                "out_of_range",
                msg!("web-out-of-range", name = name, number = number, most = most),
            )),
        }
    }

    /// One of these words.
    pub(super) fn one_of<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, Problem> {
        let Some(typed) = self.get(name) else {
            return Ok(None);
        };
        let known = words.iter().find(|(word, _)| *word == typed);
        let list = || words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        known.map(|(_, value)| Some(*value)).ok_or_else(|| {
            let what = msg!("web-not-one-of", name = name, value = typed, known = list());
            Problem::bad_request("bad_value", what)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_filled_in_is_not_given() {
        let params = Params::read("q=a+b%26&since=&since=2024&limit=x&group&facets=false");
        assert_eq!(params.get("q"), Some("a b&"));
        assert_eq!(params.get("since"), Some("2024"));
        assert_eq!(params.get("until"), None);
        assert!(params.has("group") && !params.has("facets") && !params.has("any"));
        assert!(params.number("limit").is_err());
        assert_eq!(params.limited("page", 1, 10).ok(), Some(1));
        assert!(Params::read("page=0").limited("page", 1, 10).is_err());
        assert!(Params::read("page=11").limited("page", 1, 10).is_err());
        assert!(params.one_of("q", &[("x", 1)]).is_err());
    }
}
