//! The places of a text that an event may have taken place at: those that the gazetteer knows, and unknown names
//! ([`super::unknown`]) where a place is expected.

use super::dates::Date;
use super::pattern::patterns;
use super::roles::{self, Role};
use super::sentences::sentence_at;
use super::text::{Text, key_of};
use super::{Input, unknown};

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
}

impl Kind {
    /// By the rule that found it.
    fn of(rule: &str) -> Self {
        match rule {
            "town" => Self::Town,
            "site" => Self::Site,
            "commune" => Self::Commune,
            "cercle" => Self::Cercle,
            "province" => Self::Province,
            "neighbours" => Self::Neighbours,
            "region" => Self::Region,
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
        }
    }

    /// How fine it is: a place of a lower rank may contain one of a higher.
    pub fn rank(self) -> u8 {
        match self {
            Self::Village | Self::Town | Self::Site => 4,
            Self::Unknown | Self::Commune | Self::Neighbours => 3,
            Self::Cercle | Self::Province => 2,
            Self::Region => 1,
            Self::Country => 0,
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
    fn is_around(&self, other: &Self) -> bool {
        let is_finer = self.kind.rank() >= other.kind.rank() && self.role != Role::Container;
        !self.levels.is_empty() && !is_finer && other.levels.contains(&self.key)
    }
}

/// Characters between two places that may lie in one another.
const BESIDE: usize = 120;

patterns! {
    /// Words that belong to what a place is, not to its name.
    SORT = r"^(?:quartiers?|peripherie|banlieue|mines? d'or|mine|camp(?: militaire)?|base|aeroport(?: international)?|foret|prefecture|agglomeration|regions?|cercles?|villages?|villes?|communes?(?: rurale)?|departements?|provinces?|localites?|district)\s+(?:de la |de l'|de |du |d'|des )?";
    PEOPLE_OF = r"(?:iens?|iennes?|ois|oises?)$";
    HYPHENATED = r"^(?:-<CAP>[\w']+)+";
    BUILDING = r"\b(campement|hotel|restaurant|lycee|mosquee|eglise|camp) $";
}

/// The places of a text in order, with their roles.
pub(super) fn read(
    text: &Text,
    input: &Input<'_, '_>,
    dates: &[Date],
    actors: &[(usize, usize)],
    sentences: &[(usize, usize)],
) -> Vec<Place> {
    let mut places = known(text, input);
    unknown::add(text, &mut places, dates, actors);
    places.sort_by_key(|place| place.from);
    let mut end = 0;
    places.retain(|place| {
        let is_free = place.from >= end;
        end = if is_free { place.to } else { end };
        is_free
    });
    for place in &mut places {
        place.sentence = sentence_at(sentences, place.from);
    }
    roles::assign(text, &mut places, sentences);
    for place in &mut places {
        // "Kayes" without "région de" is the town.
        let is_area = matches!(
            place.kind,
            Kind::Region | Kind::Cercle | Kind::Commune | Kind::Province | Kind::Neighbours
        );
        if is_area && place.role != Role::Container {
            place.kind = Kind::Town;
        }
    }
    mark_contained(&mut places);
    places
}

/// Marks places that lie in one beside them, of the same sentence.
fn mark_contained(places: &mut [Place]) {
    let marks: Vec<bool> = (0..places.len())
        .map(|at| {
            let place = &places[at];
            let near =
                |other: &&Place| other.sentence == place.sentence && other.from.abs_diff(place.from) < BESIDE;
            let before = places[..at].iter().rev().take_while(near);
            let after = places[at + 1..].iter().take_while(near);
            before.chain(after).any(|other| place.is_around(other))
        })
        .collect();
    for (place, mark) in places.iter_mut().zip(marks) {
        place.contained = mark;
    }
}

/// The places that the gazetteer knows.
fn known(text: &Text, input: &Input<'_, '_>) -> Vec<Place> {
    let begins: Vec<usize> = input.places.iter().map(|m| text.position(m.start)).collect();
    let mut out = Vec::new();
    for (number, mention) in input.places.iter().enumerate() {
        let (start, to) = (begins[number], text.position(mention.end));
        if start >= to || mention.rule == "adjective" {
            continue;
        }
        let sort = SORT.begins(text.folded(start, to)).unwrap_or(0);
        let from = if start + sort < to { start + sort } else { start };
        let written = text.written(from, to);
        let is_upper = written.iter().any(u8::is_ascii_uppercase)
            && !written.iter().any(|b| b.is_ascii_lowercase() || *b >= 0xDF);
        if is_upper && from > 0 && text.raw[from - 1] == b'(' {
            continue;
        }
        let mut place = Place::new(text, from, to);
        let levels: Vec<String> = mention.path.split('/').map(key_of).collect();
        if PEOPLE_OF.is_in(text.folded(from, to)) && !levels.contains(&place.key) {
            continue;
        }
        if let Some(more) = HYPHENATED.begins(text.written(to, to + 60))
            && begins.get(number + 1) != Some(&(to + 1))
            && !roles::is_on_road(text, from)
        {
            // "Danga-Zouani" is another place than Danga.
            out.push(Place::new(text, from, to + more));
            continue;
        }
        if is_upper && written.len() <= 5 && from > start {
            place.name = text.source(start, to).to_string();
        }
        if written[0].is_ascii_lowercase() && levels.len() > 1 {
            // "la capitale malienne".
            place.name = mention.path.rsplit('/').next().unwrap_or_default().to_string();
        }
        if let Some(groups) = BUILDING.groups(text.before(from, 14))
            && let Some(building) = groups.get(1).cloned().flatten()
            && text.raw[from - 1 - building.len()].is_ascii_lowercase()
        {
            place.name = format!(
                "{} {}",
                text.source(from - 1 - building.len(), from - 1),
                place.name
            );
        }
        place.key = key_of(&place.name);
        place.kind = Kind::of(mention.rule);
        place.levels = levels;
        place.mention = Some(number);
        out.push(place);
    }
    out
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
