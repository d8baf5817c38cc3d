//! Addresses of pages: all that a page shows is in its address.

use super::super::asked::Asked;
use crate::facet_path::FacetPath;
use maud::{Escaper, Render};
use std::fmt::{self, Write as _};

/// Of the parameters of a page, those that say which of the hits it shows.
const OF_HITS: [&str; 4] = ["page", "limit", "sort", "group"];

/// Parameters that say how a page shows something, rather than which articles.
const OF_A_PAGE: &[&str] = &[
    "page",
    "limit",
    "sort",
    "group",
    "explain",
    "facets",
    "rows",
    "cols",
    "top",
    "sure",
    "near",
    "min-killed",
    "id",
    "key",
    "map",
    "grouped",
    "step",
    "dated",
    "split",
    "share",
    "article",
    "with",
    "names",
    "facet",
    "find",
    "by-name",
    "former",
    "passages",
    "format",
];

/// An address of this server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    path: String,
    pairs: Vec<(String, String)>,
}

impl Link {
    /// An address without parameters.
    pub(super) fn to(path: &str) -> Self {
        Self {
            path: path.to_string(),
            pairs: Vec::new(),
        }
    }

    /// The address that was asked for.
    pub(super) fn here(asked: &Asked) -> Self {
        let pairs = asked.params.iter().filter(|(_, value)| !value.is_empty());
        Self {
            path: asked.path.clone(),
            pairs: pairs
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
        }
    }

    /// Another page about the same articles.
    pub(super) fn same_articles(asked: &Asked, path: &str) -> Self {
        let mut link = Self::here(asked);
        link.path = path.to_string();
        link.pairs.retain(|(name, _)| !OF_A_PAGE.contains(&name.as_str()));
        link
    }

    /// Another page about the same hits: order, page and folding go along.
    pub(super) fn same_hits(asked: &Asked, path: &str) -> Self {
        let mut link = Self::here(asked);
        link.path = path.to_string();
        let is_kept = |name: &str| OF_HITS.contains(&name) || !OF_A_PAGE.contains(&name);
        link.pairs.retain(|(name, _)| is_kept(name));
        link
    }

    /// Another page in the same language.
    pub(super) fn same_language(asked: &Asked, path: &str) -> Self {
        let mut link = Self::to(path);
        if let Some(language) = asked.params.get("ui-lang") {
            link = link.with("ui-lang", language);
        }
        link
    }

    /// Without a parameter.
    pub(super) fn without(mut self, name: &str) -> Self {
        self.pairs.retain(|(known, _)| known != name);
        self
    }

    /// With one value of a parameter.
    pub(super) fn with(self, name: &str, value: impl fmt::Display) -> Self {
        let mut link = self.without(name);
        link.pairs.push((name.to_string(), value.to_string()));
        link
    }

    /// With a value of a parameter beside others; the page begins anew.
    pub(super) fn and(mut self, name: &str, value: &str) -> Self {
        self.pairs.push((name.to_string(), value.to_string()));
        self.without("page")
    }

    /// Without a value of a parameter; the page begins anew.
    pub(super) fn but(mut self, name: &str, value: &str) -> Self {
        self.pairs.retain(|(known, has)| known != name || has != value);
        self.without("page")
    }

    /// With a facet's value chosen, instead of those that lie above or below it.
    pub(super) fn choosing(mut self, facet: &str, value: &str) -> Self {
        let wanted = FacetPath::new(value);
        self.pairs.retain(|(name, has)| {
            let has = FacetPath::new(has);
            name != facet || !(has.is_under(wanted) || wanted.is_under(has))
        });
        self.but(facet, value).and(facet, value)
    }

    /// Without a facet's value, however it was typed.
    pub(super) fn letting_go(self, facet: &str, value: &str) -> Self {
        let exactly = self.clone().but(facet, value);
        match exactly.pairs.len() == self.clone().without("page").pairs.len() {
            true => self.without(facet).without("page"),
            false => exactly,
        }
    }

    /// Without any value of a facet, or without any that is excluded, by whichever of its names.
    pub(super) fn without_facet(mut self, asked: &Asked, facet: &str, excluded: bool) -> Self {
        self.pairs.retain(|(name, value)| {
            let (called, is_exclusion) = match name.strip_prefix("not-") {
                Some(called) => (called, true),
                None => (name.as_str(), false),
            };
            let called = match (called, value.split_once('=')) {
                ("where", Some((of, _))) => of.trim(),
                _ => called,
            };
            is_exclusion != excluded || asked.facet(called).is_none_or(|known| known.name != facet)
        });
        self
    }

    /// Names and values, for the hidden fields of a form.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if self.pairs.is_empty() {
            return Ok(());
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.pairs);
        write!(f, "?{}", query.finish())
    }
}

impl Render for Link {
    fn render_to(&self, page: &mut String) {
        let _ = write!(Escaper::new(page), "{self}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_replaces_those_above_and_below_it() {
        let link = Link::to("/")
            .and("region", "Mali")
            .and("region", "Niger")
            .and("page", "3");
        let link = link.choosing("region", "Mali/Gao");
        assert_eq!(link.to_string(), "/?region=Niger&region=Mali%2FGao");
        assert_eq!(
            link.choosing("region", "Mali").to_string(),
            "/?region=Niger&region=Mali"
        );
    }

    #[test]
    fn a_value_that_was_typed_otherwise_goes_too() {
        let link = Link::to("/").and("q", "a&b").and("region", "gao");
        assert_eq!(link.letting_go("region", "Mali/Gao").to_string(), "/?q=a%26b");
    }
}
