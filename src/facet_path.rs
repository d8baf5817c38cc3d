//! The path of a facet value: its levels, joined by `/`, the widest first (`Mali/Mopti/Djenné`, `2025/10`).
//!
//! Paths are stored and written as plain strings; [`FacetPath`] is the one place that takes them apart.

use crate::date::PartialDate;
use std::fmt;

/// Stands between the levels of a path.
const SEPARATOR: char = '/';

/// A facet path, borrowed from the string that holds it.
///
/// ```
/// use griot::facet_path::FacetPath;
///
/// let djenne = FacetPath::new("Mali/Mopti/Djenné");
/// assert_eq!((djenne.depth(), djenne.label()), (3, "Djenné"));
/// assert_eq!(djenne.cut(2).as_str(), "Mali/Mopti");
/// assert!(djenne.is_under(FacetPath::new("Mali/Mopti")) && !djenne.is_under(FacetPath::new("Mali/Mop")));
/// assert_eq!(FacetPath::new("2025/10").dashed(), "2025-10");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FacetPath<'a>(&'a str);

impl<'a> FacetPath<'a> {
    /// The path that a string spells; every string is one.
    pub const fn new(path: &'a str) -> Self {
        Self(path)
    }

    /// A path as a person typed it: separators at either end mean nothing.
    pub fn typed(text: &'a str) -> Self {
        Self(text.trim_matches(SEPARATOR))
    }

    /// The path as it is stored.
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// The names of its levels, the widest first.
    pub fn levels(self) -> impl DoubleEndedIterator<Item = &'a str> + Clone {
        self.0.split(SEPARATOR)
    }

    /// How many levels it has, at least one.
    pub fn depth(self) -> usize {
        self.0.matches(SEPARATOR).count() + 1
    }

    /// The widest level: the country of a place, the year of a month.
    pub fn top(self) -> &'a str {
        self.levels().next().unwrap_or(self.0)
    }

    /// The narrowest level, which names the value.
    pub fn label(self) -> &'a str {
        self.levels().next_back().unwrap_or(self.0)
    }

    /// The path one level up; `None` at the top.
    pub fn parent(self) -> Option<Self> {
        self.0.rsplit_once(SEPARATOR).map(|(above, _)| Self(above))
    }

    /// The path without its widest level; a path of one level stays as it is.
    pub fn without_top(self) -> Self {
        self.0
            .split_once(SEPARATOR)
            .map_or(self, |(_, below)| Self(below))
    }

    /// The path itself, then those above it, up to the widest level.
    pub fn upwards(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |path| path.parent())
    }

    /// Its first `depth` levels (at least one); all of it if it has fewer.
    pub fn cut(self, depth: usize) -> Self {
        let end = self.0.match_indices(SEPARATOR).nth(depth.max(1) - 1);
        end.map_or(self, |(at, _)| Self(&self.0[..at]))
    }

    /// Whether it lies below `other`, level by level; no path lies under itself.
    pub fn is_under(self, other: FacetPath<'_>) -> bool {
        self.0
            .strip_prefix(other.0)
            .is_some_and(|rest| rest.starts_with(SEPARATOR))
    }

    /// Whether it is `other` or lies below it.
    pub fn is_within(self, other: FacetPath<'_>) -> bool {
        self.0 == other.0 || self.is_under(other)
    }

    /// The levels joined by hyphens, as dates are written: `2025-10` for `2025/10`.
    pub fn dashed(self) -> String {
        self.0.replace(SEPARATOR, "-")
    }

    /// The year or month that a path of months stands for.
    pub fn date(self) -> Option<PartialDate> {
        self.dashed().parse().ok()
    }
}

impl fmt::Display for FacetPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_told_apart() {
        let path = FacetPath::new("Mali/Mopti/Djenné");
        assert_eq!(path.levels().collect::<Vec<_>>(), ["Mali", "Mopti", "Djenné"]);
        assert_eq!((path.depth(), path.top(), path.label()), (3, "Mali", "Djenné"));
        let above: Vec<&str> = path.upwards().map(FacetPath::as_str).collect();
        assert_eq!(above, ["Mali/Mopti/Djenné", "Mali/Mopti", "Mali"]);
        assert_eq!(path.without_top().as_str(), "Mopti/Djenné");
        assert_eq!(path.to_string(), "Mali/Mopti/Djenné");
        let one = FacetPath::new("Niger");
        assert_eq!((one.depth(), one.top(), one.label()), (1, "Niger", "Niger"));
        assert_eq!((one.parent(), one.without_top()), (None, one));
        let empty = FacetPath::new("");
        assert_eq!((empty.depth(), empty.label(), empty.cut(2)), (1, "", empty));
    }

    #[test]
    fn cutting_keeps_the_widest_levels() {
        let path = FacetPath::new("Mali/Mopti/Djenné");
        let cut = |depth| path.cut(depth).as_str();
        assert_eq!([cut(0), cut(1), cut(2)], ["Mali", "Mali", "Mali/Mopti"]);
        assert_eq!((cut(3), cut(usize::MAX)), (path.as_str(), path.as_str()));
    }

    #[test]
    fn what_lies_under_a_path_is_a_matter_of_whole_levels() {
        let under = |one, other| FacetPath::new(one).is_under(FacetPath::new(other));
        assert!(under("Mali/Gao/Ansongo", "Mali/Gao") && under("Mali/Gao/Ansongo", "Mali"));
        assert!(!under("Burkina Faso/Gaoua", "Burkina Faso/Gao") && !under("Mali", "Mali/Gao"));
        assert!(!under("Mali/Gao", "Mali/Gao"));
        assert!(FacetPath::new("Mali/Gao").is_within(FacetPath::new("Mali/Gao")));
    }

    #[test]
    fn months_are_dates() {
        assert_eq!(FacetPath::new("2025/10").dashed(), "2025-10");
        let date = |path| FacetPath::new(path).date().map(|date| date.to_string());
        assert_eq!(date("2025/10").as_deref(), Some("2025-10"));
        assert_eq!(date("2025").as_deref(), Some("2025"));
        assert_eq!(date("Mali/Gao"), None);
    }

    #[test]
    fn what_was_typed_may_have_separators_around_it() {
        assert_eq!(FacetPath::typed("/Mali/Gao/").as_str(), "Mali/Gao");
    }
}
