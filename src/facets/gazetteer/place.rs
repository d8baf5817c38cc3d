//! A place of the gazetteer and its facet path.

use crate::facet_path::FacetPath;
use crate::french::fold;

/// What a place is; the first five are levels of the facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::facets) enum Kind {
    Country,
    Region,
    Cercle,
    Province,
    Departement,
    Town,
    Commune,
    Village,
    /// Camp, quarter, airport, mine.
    Site,
    /// River, lake, mountain, forest.
    Nature,
    Zone,
}

impl Kind {
    /// The kind that the file calls so.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "country" => Kind::Country,
            "region" => Kind::Region,
            "cercle" => Kind::Cercle,
            "province" => Kind::Province,
            "departement" => Kind::Departement,
            "town" => Kind::Town,
            "commune" => Kind::Commune,
            "village" => Kind::Village,
            "camp" | "quarter" | "airport" | "mine" => Kind::Site,
            "river" | "lake" | "mountain" | "forest" => Kind::Nature,
            "zone" => Kind::Zone,
            _ => return None,
        })
    }

    /// The kind of a number in a packed row.
    pub(super) fn numbered(number: u32) -> Option<Self> {
        const ALL: [Kind; 11] = [
            Kind::Country,
            Kind::Region,
            Kind::Cercle,
            Kind::Province,
            Kind::Departement,
            Kind::Town,
            Kind::Commune,
            Kind::Village,
            Kind::Site,
            Kind::Nature,
            Kind::Zone,
        ];
        ALL.get(number as usize).copied()
    }

    /// Whether places of this kind are levels of the facet.
    pub fn is_level(self) -> bool {
        self <= Kind::Departement
    }

    /// cercle, province, department: the second level.
    pub fn is_second_level(self) -> bool {
        matches!(self, Kind::Cercle | Kind::Province | Kind::Departement)
    }

    /// The name of the rule that a place of this kind is found by.
    pub fn rule(self) -> &'static str {
        match self {
            Kind::Country => "country",
            Kind::Region => "region",
            Kind::Cercle => "cercle",
            Kind::Province => "province",
            Kind::Departement => "department",
            Kind::Town => "town",
            Kind::Commune => "commune",
            Kind::Village => "village",
            Kind::Site => "site",
            Kind::Nature => "landscape",
            Kind::Zone => "zone",
        }
    }
}

/// What a row's `flags` may be.
pub(in crate::facets) mod flag {
    /// Needs a context word or another place of the same region.
    pub const AMBIGUOUS: u8 = 1;
    /// Only after an explicit administrative word.
    pub const COMMON: u8 = 1 << 1;
    /// The same name in several regions.
    pub const HOMONYM: u8 = 1 << 2;
    /// A capital whose name stands for a government.
    pub const METONYM: u8 = 1 << 3;
    /// No region: only swallows the words.
    pub const ZONE: u8 = 1 << 4;
    /// Estimated coordinates.
    pub const APPROX: u8 = 1 << 5;
}

/// Number of a path of a gazetteer.
pub(in crate::facets) type PathId = u32;

/// The path of what has none.
pub(in crate::facets) const NO_PATH: PathId = u32::MAX;

/// A place; its name and aliases are asked for by its number.
#[derive(Debug, Clone, Copy)]
pub(in crate::facets) struct Place {
    pub kind: Kind,
    /// The facet path; [`NO_PATH`] for zones across borders.
    pub path: PathId,
    /// The region before the division of 2023, where it differs.
    pub old_region: PathId,
    pub flags: u8,
    pub latitude: f32,
    pub longitude: f32,
}

impl Place {
    /// What a number stands for that no place has, in damaged bytes.
    const NOWHERE: Self = Self {
        kind: Kind::Zone,
        path: NO_PATH,
        old_region: NO_PATH,
        flags: flag::ZONE,
        latitude: f32::NAN,
        longitude: f32::NAN,
    };

    /// The row of a packed table.
    pub(super) fn to_row(self) -> [u32; 5] {
        [
            self.kind as u32 | u32::from(self.flags) << 8,
            self.path,
            self.old_region,
            self.latitude.to_bits(),
            self.longitude.to_bits(),
        ]
    }

    /// The place of a row.
    pub(super) fn of_row(row: Option<[u32; 5]>) -> Self {
        let Some([what, path, old_region, latitude, longitude]) = row else {
            return Self::NOWHERE;
        };
        Self {
            kind: Kind::numbered(what & 0xff).unwrap_or(Kind::Zone),
            path,
            old_region,
            flags: (what >> 8) as u8,
            latitude: f32::from_bits(latitude),
            longitude: f32::from_bits(longitude),
        }
    }
}

/// A value of the facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::facets) struct PathInfo {
    /// The first two levels; the path itself if it has no more.
    pub region: PathId,
    /// The first level.
    pub country: PathId,
    pub levels: u8,
    /// A country whose regions are divided in turn.
    pub divided: bool,
    /// A country that has the name of a river.
    pub river: bool,
    /// The region that a region or cercle lay in before, where it was another; else [`NO_PATH`].
    pub former: PathId,
}

impl PathInfo {
    /// The row of a packed table.
    pub(super) fn to_row(self) -> [u32; 4] {
        let what = u32::from(self.levels) | u32::from(self.divided) << 8 | u32::from(self.river) << 9;
        [self.region, self.country, what, self.former]
    }

    /// The path of a row.
    pub(super) fn of_row([region, country, what, former]: [u32; 4]) -> Self {
        Self {
            region,
            country,
            levels: what as u8,
            divided: what & 1 << 8 != 0,
            river: what & 1 << 9 != 0,
            former,
        }
    }
}

/// Bit beside the place's number in a meaning: the spelling is in lower case.
pub(super) const LOWER_CASE: u32 = 1 << 31;

/// A meaning that a name may have in a text.
#[derive(Clone, Copy)]
pub(in crate::facets) struct Meaning {
    pub place: u32,
    /// The spelling is a phrase in lower case ("plateau dogon"), so the text needs no capital.
    pub lower: bool,
}

/// The meaning that a value of the trie of names stands for.
pub(in crate::facets) fn meaning(value: u32) -> Meaning {
    Meaning {
        place: value & !LOWER_CASE,
        lower: value & LOWER_CASE != 0,
    }
}

/// A path by which it is found whatever its case and accents.
pub(super) fn folded_path(text: &str) -> String {
    FacetPath::typed(text)
        .levels()
        .map(fold)
        .collect::<Vec<_>>()
        .join("/")
}
