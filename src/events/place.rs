//! A place that is named in a text.

use super::role::Role;
use super::text::{Text, key_of};

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Village,
    Town,
    Site,
    Unknown,
    Commune,
    Cercle,
    Province,
    /// Of a country around.
    Neighbours,
    Region,
    Country,
    /// Of an event told without a place.
    Nowhere,
}

impl Kind {
    /// By the rule that found it.
    pub fn of(rule: &str) -> Self {
        match rule {
            "town" => Self::Town,
            "site" => Self::Site,
            "commune" => Self::Commune,
            "cercle" => Self::Cercle,
            "province" => Self::Province,
            "neighbours" => Self::Neighbours,
            // A part of a country that no level of the facet is: a river's valley, a region of 2025.
            "region" | "zone" => Self::Region,
            "country" => Self::Country,
            _ => Self::Village,
        }
    }

    /// Its name in rows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Village => "village",
            Self::Town => "town",
            Self::Site => "site",
            Self::Unknown => "unknown",
            Self::Commune => "commune",
            Self::Cercle => "cercle",
            Self::Province => "province",
            Self::Neighbours => "neighbours",
            Self::Region => "region",
            Self::Country => "country",
            Self::Nowhere => "none",
        }
    }

    /// Its name in the table of weights.
    pub fn feature(self) -> &'static str {
        match self {
            Self::Village => "kind=village",
            Self::Town => "kind=town",
            Self::Site => "kind=site",
            Self::Unknown => "kind=unknown",
            Self::Commune => "kind=commune",
            Self::Cercle => "kind=cercle",
            Self::Province => "kind=province",
            Self::Neighbours => "kind=neighbours",
            Self::Region => "kind=region",
            Self::Country => "kind=country",
            Self::Nowhere => "kind=none",
        }
    }

    /// How fine it is: a place of a lower rank may contain one of a higher.
    pub fn rank(self) -> u8 {
        match self {
            Self::Village | Self::Town | Self::Site => 4,
            Self::Unknown | Self::Commune | Self::Neighbours => 3,
            Self::Cercle | Self::Province => 2,
            Self::Region => 1,
            Self::Country | Self::Nowhere => 0,
        }
    }

    /// Whether a finer place told elsewhere may be the place of the same event; from the coarsest (0) on.
    pub fn coarseness(self) -> Option<u8> {
        match self {
            Self::Country => Some(0),
            Self::Region => Some(1),
            Self::Province | Self::Cercle => Some(2),
            Self::Commune => Some(3),
            _ => None,
        }
    }
}

/// A place as it is named in a text.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub from: usize,
    pub to: usize,
    /// As rows name it, and as names are compared.
    pub name: String,
    pub key: String,
    pub kind: Kind,
    /// The gazetteer's: keys of the levels of its path.
    pub levels: Vec<String>,
    /// Number of the mention it is made of; none for unknown names.
    pub mention: Option<usize>,
    pub own: Role,
    /// The role that counts: in lists and on roads that of the first.
    pub role: Role,
    /// How many places of a list stand before it.
    pub chain: usize,
    /// 1 and 2: the ends of a road.
    pub road_end: u8,
    pub sentence: usize,
    /// Lies in or contains a place beside it.
    pub contained: bool,
    /// A country of which the article names a finer place: it is weighed, but tells nothing about other places.
    pub aside: bool,
}

impl Place {
    pub fn new(text: &Text, from: usize, to: usize) -> Self {
        let name = text
            .source(from, to)
            .trim_matches(['«', '»', ' ', '\u{a0}'])
            .to_string();
        Self {
            from,
            to,
            key: key_of(&name),
            name,
            kind: Kind::Unknown,
            levels: Vec::new(),
            mention: None,
            own: Role::None,
            role: Role::None,
            chain: 0,
            road_end: 0,
            sentence: 0,
            contained: false,
            aside: false,
        }
    }

    pub fn is_known(&self) -> bool {
        self.mention.is_some()
    }

    /// The first levels of both are the same region; unknown names lie anywhere.
    pub fn may_share_region(&self, other: &Self) -> bool {
        let (one, two) = (self.region(), other.region());
        one.is_none() || two.is_none() || one == two
    }

    /// Country and region.
    pub fn region(&self) -> Option<&[String]> {
        let levels = self.levels.get(..2)?;
        (self.kind != Kind::Country).then_some(levels)
    }

    /// Whether the gazetteer has the other one in this one.
    pub fn contains(&self, other: &Self) -> bool {
        if self.levels.is_empty() || other.levels.is_empty() || other.kind == Kind::Unknown {
            return false;
        }
        if self.kind == Kind::Country {
            return self.levels.len() == 1
                && other.levels[0] == self.levels[0]
                && other.kind != Kind::Country;
        }
        other.kind.rank() > self.kind.rank()
            && (other.levels[1..].contains(&self.key)
                || self.kind == Kind::Region && self.region().is_some() && self.region() == other.region())
    }

    /// Whether a place beside it lies in it, or it is told as what contains that.
    pub fn is_around(&self, other: &Self) -> bool {
        let is_finer = self.kind.rank() >= other.kind.rank() && self.role != Role::Container;
        !self.levels.is_empty() && !is_finer && other.levels.contains(&self.key)
    }
}

/// Two spellings of one name: at most two letters apart, or one begins with the other.
pub(super) fn are_spellings(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
    if short >= 5 && (one.starts_with(other) || other.starts_with(one)) {
        return true;
    }
    if short < 6 || long - short > 2 || one.as_bytes()[0] != other.as_bytes()[0] || long > 60 {
        return false;
    }
    distance(one.as_bytes(), other.as_bytes()) <= if short >= 8 { 2 } else { 1 }
}

/// Letters to change, add or leave out.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, x) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in other.iter().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name() {
        assert!(are_spellings("tassamakat", "tasmakat"));
        assert!(are_spellings("boulkessi", "boulkessy"));
        assert!(are_spellings("gangafani", "gangafani2"));
        assert!(!are_spellings("djibo", "djiba"));
        assert!(!are_spellings("mondoro", "sondoro"));
    }
}
