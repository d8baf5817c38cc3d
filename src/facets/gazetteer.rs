//! The gazetteer: `regions.tsv`, read, checked and made searchable.
//!
//! Columns, separated by tabs: name, kind, parent, aliases, derive_only, lat, lon, region_old, flags. A
//! country, region, cercle, province or department is itself a level of the facet (path: parent/name);
//! anything else has the path of its parent.

use super::lexicon::{Trie, TrieBuilder, Vocabulary, WordId, joined, words_of};
use crate::error::{Error, Result};
use crate::facet_path::FacetPath;
use crate::french::{French, fold};
use rustc_hash::{FxHashMap, FxHashSet};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
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
    fn parse(text: &str) -> Option<Self> {
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

/// What a row's `flags` may say.
pub(super) mod flag {
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
    /// Estimated coordinates; no matter here.
    pub const APPROX: u8 = 1 << 5;
}

/// Number of a path in [`Gazetteer::paths`].
pub(super) type PathId = u32;

pub(super) const NO_PATH: PathId = u32::MAX;

/// Shorter names have too many neighbours to be recognised misspelt.
const SHORTEST_MISSPELT: usize = 6;
const LONGEST_MISSPELT: usize = 24;

/// A row.
pub(super) struct Place {
    pub name: Box<str>,
    pub aliases: Box<[Box<str>]>,
    pub kind: Kind,
    /// The facet path; [`NO_PATH`] for zones across borders.
    pub path: PathId,
    /// The region before the division of 2023, where it differs.
    pub old_region: PathId,
    pub flags: u8,
    pub latitude: f32,
    pub longitude: f32,
}

/// A value of the facet.
pub(super) struct PathInfo {
    pub text: Box<str>,
    /// The first two levels; the path itself if it has no more.
    pub region: PathId,
    /// The first level.
    pub country: PathId,
    pub levels: u8,
}

/// How a name of one word sounds, and the word.
type Sound = (Box<str>, WordId);

/// A spelling of a place: bits beside the place's number in the trie.
const LOWER_CASE: u32 = 1 << 31;

/// A meaning that a name may have in a text.
#[derive(Clone, Copy)]
pub(super) struct Meaning {
    pub place: u32,
    /// The spelling is a phrase in lower case ("plateau dogon"), so the text needs no capital.
    pub lower: bool,
}

pub(super) fn meaning(value: u32) -> Meaning {
    Meaning {
        place: value & !LOWER_CASE,
        lower: value & LOWER_CASE != 0,
    }
}

pub(super) struct Gazetteer {
    pub places: Vec<Place>,
    pub paths: Vec<PathInfo>,
    by_text: FxHashMap<Box<str>, PathId>,
    by_folded: FxHashMap<Box<str>, PathId>,
    pub names: Trie,
    /// Countries that have regions.
    divided: FxHashSet<PathId>,
    /// For regions and cercles that lay in another region before: that one.
    former: FxHashMap<PathId, PathId>,
    /// Names of one word by the first letter and the length of how they sound, for misspellings.
    sounds: FxHashMap<(u8, usize), Vec<Sound>>,
}

struct Row<'a> {
    line: usize,
    kind: Kind,
    columns: [&'a str; 9],
}

fn wrong(file: &str, line: usize, message: String) -> Error {
    Error::Lexicon {
        file: file.into(),
        line,
        message,
    }
}

impl Gazetteer {
    /// Reads the text of `file`.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with the line and the cure.
    pub fn parse(file: &str, text: &str, french: &French, vocabulary: &mut Vocabulary) -> Result<Self> {
        let rows = rows(file, text)?;
        let mut gazetteer = Self {
            places: Vec::with_capacity(rows.len()),
            paths: Vec::new(),
            by_text: FxHashMap::default(),
            by_folded: FxHashMap::default(),
            names: Trie::default(),
            divided: FxHashSet::default(),
            former: FxHashMap::default(),
            sounds: FxHashMap::default(),
        };
        // Levels first, the upper before the lower: parents may stand anywhere in the file.
        for depth in 0..3 {
            for row in rows
                .iter()
                .filter(|r| r.kind.is_level() && depth_of(r.columns[2]) == depth)
            {
                gazetteer.add_level(file, row)?;
            }
        }
        let mut names = TrieBuilder::default();
        let mut seen: FxHashMap<(&str, &str, &str), usize> = FxHashMap::default();
        for row in &rows {
            let [name, kind, parent, ..] = row.columns;
            if let Some(first) = seen.insert((name, kind, parent), row.line) {
                return Err(wrong(
                    file,
                    row.line,
                    format!("“{name}” ({kind}) in “{parent}” is already in line {first}; delete one"),
                ));
            }
            gazetteer.add_place(file, row, french, vocabulary, &mut names)?;
        }
        gazetteer.names = names.build();
        Ok(gazetteer)
    }

    fn add_level(&mut self, file: &str, row: &Row<'_>) -> Result<()> {
        let [name, kind, parent, ..] = row.columns;
        let above = if parent.is_empty() {
            None
        } else {
            Some(self.parent(file, row)?)
        };
        let allowed = match row.kind {
            Kind::Country => above.is_none(),
            Kind::Region => above.is_some_and(|p| self.paths[p as usize].levels == 1),
            _ => above.is_some_and(|p| self.paths[p as usize].levels == 2),
        };
        if !allowed {
            return Err(wrong(
                file,
                row.line,
                format!(
                    "a {kind} can't be in “{parent}”; write COUNTRY for a region, COUNTRY/REGION for a cercle"
                ),
            ));
        }
        let text = if parent.is_empty() {
            name.to_string()
        } else {
            format!("{parent}/{name}")
        };
        let id = self.paths.len() as PathId;
        let (region, country, levels) = match above.map(|p| &self.paths[p as usize]) {
            None => (id, id, 1),
            Some(p) if p.levels == 1 => (id, p.country, 2),
            Some(p) => (p.region, p.country, p.levels + 1),
        };
        if self.by_text.contains_key(text.as_str()) {
            return Err(wrong(
                file,
                row.line,
                format!("“{text}” is listed twice; delete one"),
            ));
        }
        self.by_folded.entry(folded_path(&text).into()).or_insert(id);
        self.by_text.insert(text.as_str().into(), id);
        self.paths.push(PathInfo {
            text: text.into(),
            region,
            country,
            levels,
        });
        Ok(())
    }

    fn parent(&self, file: &str, row: &Row<'_>) -> Result<PathId> {
        let parent = row.columns[2];
        self.by_text.get(parent).copied().ok_or_else(|| {
            wrong(
                file,
                row.line,
                format!(
                    "unknown parent “{parent}”; add a row for it, or write the path of one that is there"
                ),
            )
        })
    }

    fn add_place(
        &mut self,
        file: &str,
        row: &Row<'_>,
        french: &French,
        vocabulary: &mut Vocabulary,
        names: &mut TrieBuilder,
    ) -> Result<()> {
        let [
            name,
            _,
            parent,
            aliases,
            derive_only,
            latitude,
            longitude,
            region_old,
            flags,
        ] = row.columns;
        let path = match (row.kind.is_level(), parent.is_empty()) {
            (true, true) => self.by_text[name],
            (true, false) => self.by_text[format!("{parent}/{name}").as_str()],
            (false, true) if row.kind >= Kind::Nature => NO_PATH,
            (false, true) => {
                return Err(wrong(
                    file,
                    row.line,
                    format!("“{name}” has no parent; write the path of the place that contains it"),
                ));
            }
            (false, false) => self.parent(file, row)?,
        };
        let coordinate = |text: &str, limit: f32| match text.parse::<f32>() {
            Ok(degrees) if degrees.abs() <= limit => Ok(degrees),
            _ if text.is_empty() => Ok(f32::NAN),
            _ => Err(wrong(
                file,
                row.line,
                format!("“{text}” is not a coordinate; write degrees like 16.27, or nothing"),
            )),
        };
        let (latitude, longitude) = (coordinate(latitude, 90.0)?, coordinate(longitude, 180.0)?);
        let flags = flags_of(file, row.line, flags)?;
        let country = if path == NO_PATH {
            ""
        } else {
            &self.paths[self.paths[path as usize].country as usize].text
        };
        let old_region = match region_old {
            "" => NO_PATH,
            old => self
                .by_text
                .get(format!("{country}/{old}").as_str())
                .copied()
                .ok_or_else(|| {
                    wrong(
                        file,
                        row.line,
                        format!(
                            "region_old “{old}” is not a region of {country}; write the name of one, or nothing"
                        ),
                    )
                })?,
        };
        if row.kind == Kind::Region {
            self.divided.insert(self.country_of(path));
        }
        if row.kind.is_level() && old_region != NO_PATH && self.paths[path as usize].region != old_region {
            self.former.insert(path, old_region);
        }
        let number = self.places.len() as u32;
        let listed = |text| str::split(text, ';').map(str::trim).filter(|s| !s.is_empty());
        for spelled in std::iter::once(name)
            .chain(listed(aliases))
            .chain(listed(derive_only))
        {
            // "le Djoliba" is found as "Djoliba": an article would have every "le" of a text looked at.
            let spelled = ["le ", "la ", "les ", "l'", "l’"]
                .iter()
                .find_map(|article| spelled.strip_prefix(article))
                .unwrap_or(spelled);
            let words = words_of(french, spelled);
            if words.is_empty() {
                return Err(wrong(
                    file,
                    row.line,
                    format!("“{spelled}” contains no letter; delete it"),
                ));
            }
            let lower = !spelled
                .chars()
                .find(|c| c.is_alphanumeric())
                .is_some_and(char::is_uppercase);
            let value = number | if lower { LOWER_CASE } else { 0 };
            let ids: Vec<_> = words.iter().map(|w| vocabulary.intern(w)).collect();
            if names.insert(&ids, value)
                && let ([word], [id]) = (words.as_slice(), ids.as_slice())
                && word.len() >= SHORTEST_MISSPELT
                && row.kind <= Kind::Site
                && flags & (flag::COMMON | flag::ZONE) == 0
            {
                let sound = sound(word);
                self.sounds
                    .entry((sound.as_bytes().first().copied().unwrap_or_default(), sound.len()))
                    .or_default()
                    .push((sound.into(), *id));
            }
            if let Some(joined) = joined(&words) {
                names.insert(&[vocabulary.intern(&joined)], value);
            }
        }
        self.places.push(Place {
            name: name.into(),
            aliases: listed(aliases).map(Box::from).collect(),
            kind: row.kind,
            path,
            old_region,
            flags,
            latitude,
            longitude,
        });
        Ok(())
    }

    /// Whether a row is a place of a far country that only bears the name of one nearer by: Nara in Japan.
    pub fn is_namesake(&self, place: &Place) -> bool {
        place.flags & flag::HOMONYM != 0
            && place.kind != Kind::Country
            && self.path(place.path).is_some_and(|p| p.levels == 1)
    }

    /// Whether a country has regions here: then its places are worth finding by the country alone.
    pub fn is_divided(&self, country: PathId) -> bool {
        self.divided.contains(&country)
    }

    /// The region that a path lay in under the former division, where it was another.
    pub fn former(&self, path: &str) -> Option<&str> {
        let id = *self.by_text.get(path)?;
        let old = *self.former.get(&id)?;
        self.path(old).map(|p| &*p.text)
    }

    /// The meanings of the one name that sounds like `folded`, or differs from it by one letter.
    pub fn similar(&self, folded: &str) -> Option<&[u32]> {
        if folded.len() < SHORTEST_MISSPELT || folded.len() > LONGEST_MISSPELT || !folded.is_ascii() {
            return None;
        }
        let typed = sound(folded);
        let first = *typed.as_bytes().first()?;
        let mut found: Option<(usize, WordId)> = None;
        let mut several = false;
        for length in typed.len().saturating_sub(1)..=typed.len() + 1 {
            for (name, id) in self.sounds.get(&(first, length)).into_iter().flatten() {
                let Some(distance) = within_one(typed.as_bytes(), name.as_bytes()) else {
                    continue;
                };
                match found {
                    Some((best, _)) if best < distance => {}
                    Some((best, other)) if best == distance => {
                        several |= self.names.exact(&[other]) != self.names.exact(&[*id])
                    }
                    _ => (found, several) = (Some((distance, *id)), false),
                }
            }
        }
        found
            .filter(|_| !several)
            .map(|(_, id)| self.names.exact(std::slice::from_ref(&id)))
            .filter(|m| !m.is_empty())
    }

    pub fn path(&self, id: PathId) -> Option<&PathInfo> {
        self.paths.get(id as usize)
    }

    /// The number of a path as it is written in the file.
    pub fn path_id(&self, text: &str) -> Option<PathId> {
        self.by_text.get(text).copied()
    }

    /// The path that `typed` names in full, whatever its case and accents.
    pub fn path_typed(&self, typed: &str) -> Option<&str> {
        self.by_folded
            .get(folded_path(typed).as_str())
            .map(|id| &*self.paths[*id as usize].text)
    }

    /// The country of a path.
    pub fn country_of(&self, path: PathId) -> PathId {
        self.path(path).map_or(NO_PATH, |p| p.country)
    }

    /// Square of the distance in degrees, longitudes shortened as at 15 degrees north. Enough to say which of
    /// two places is nearer.
    pub fn distance(&self, one: u32, other: u32) -> f32 {
        let (a, b) = (&self.places[one as usize], &self.places[other as usize]);
        let (north, east) = (a.latitude - b.latitude, (a.longitude - b.longitude) * 0.966);
        let square = north * north + east * east;
        if square.is_nan() { f32::MAX } else { square }
    }
}

/// How a folded name sounds, so that the usual transcriptions of one sound agree: Diabaly, Diabali;
/// Ouatagouna, Watagouna; Dioungani, Djoungani. Never empty for a name of letters.
fn sound(folded: &str) -> String {
    let mut out = folded.to_string();
    for (written, heard) in [
        ("ou", "u"),
        ("w", "u"),
        ("y", "i"),
        ("dj", "di"),
        ("ck", "k"),
        ("q", "k"),
        ("kh", "k"),
        ("gh", "g"),
        ("th", "t"),
    ] {
        if out.contains(written) {
            out = out.replace(written, heard);
        }
    }
    let letters: Vec<char> = out.chars().collect();
    let mut sound = String::with_capacity(out.len());
    for (at, &letter) in letters.iter().enumerate() {
        let soft = letters.get(at + 1).is_some_and(|next| matches!(next, 'e' | 'i'));
        let heard = match letter {
            'c' if soft => 's',
            'c' => 'k',
            'z' => 's',
            letter => letter,
        };
        if !sound.ends_with(heard) {
            sound.push(heard);
        }
    }
    sound
}

/// 0 for equal, 1 for one letter more, less or other; nothing for more than that.
fn within_one(one: &[u8], other: &[u8]) -> Option<usize> {
    if one.len() > other.len() {
        return within_one(other, one);
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    if same == other.len() {
        return Some(0);
    }
    let rest = if one.len() == other.len() {
        one.get(same + 1..)
    } else {
        one.get(same..)
    };
    (rest == other.get(same + 1..)).then_some(1)
}

fn folded_path(text: &str) -> String {
    FacetPath::typed(text)
        .levels()
        .map(fold)
        .collect::<Vec<_>>()
        .join("/")
}

fn depth_of(parent: &str) -> usize {
    if parent.is_empty() {
        0
    } else {
        FacetPath::new(parent).depth().min(2)
    }
}

fn rows<'a>(file: &str, text: &'a str) -> Result<Vec<Row<'a>>> {
    let mut rows = Vec::new();
    let mut header = false;
    for (at, line) in text.lines().enumerate() {
        let line_number = at + 1;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut columns = [""; 9];
        let mut count = 0;
        for column in line.split('\t') {
            if let Some(slot) = columns.get_mut(count) {
                *slot = column.trim();
            }
            count += 1;
        }
        if !header && columns[0] == "name" && columns[1] == "kind" {
            header = true;
            continue;
        }
        if !(3..=9).contains(&count) {
            return Err(wrong(
                file,
                line_number,
                format!("{count} columns; write 3 to 9, separated by tabs: name, kind, parent, …"),
            ));
        }
        if columns[0].is_empty() {
            return Err(wrong(
                file,
                line_number,
                "no name in the first column; write one".into(),
            ));
        }
        let Some(kind) = Kind::parse(columns[1]) else {
            return Err(wrong(
                file,
                line_number,
                format!(
                    "unknown kind “{}”; the head of regions.tsv lists them",
                    columns[1]
                ),
            ));
        };
        rows.push(Row {
            line: line_number,
            kind,
            columns,
        });
    }
    Ok(rows)
}

fn flags_of(file: &str, line: usize, text: &str) -> Result<u8> {
    let mut flags = 0;
    for word in text.split([' ', ';', ',']).filter(|w| !w.is_empty()) {
        flags |= match word {
            "ambiguous" => flag::AMBIGUOUS,
            "common" => flag::COMMON,
            "homonym" => flag::HOMONYM,
            "metonym" => flag::METONYM,
            "zone" => flag::ZONE,
            "approx" => flag::APPROX,
            _ => {
                return Err(wrong(
                    file,
                    line,
                    format!(
                        "unknown flag “{word}”; write ambiguous, common, homonym, metonym, zone or approx"
                    ),
                ));
            }
        };
    }
    Ok(flags)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Gazetteer> {
        let french = crate::schema::Lexicons::embedded().french()?;
        Gazetteer::parse("regions.tsv", text, &french, &mut Vocabulary::default())
    }

    #[test]
    fn paths_follow_the_division_wherever_the_rows_stand() {
        let gazetteer =
            parsed("Bankass\ttown\tMali/Bandiagara/Bankass\nBankass\tcercle\tMali/Bandiagara\nBandiagara\tregion\tMali\nMali\tcountry\t\n")
                .expect("good rows");
        let town = &gazetteer.places[0];
        assert_eq!(
            &*gazetteer.paths[town.path as usize].text,
            "Mali/Bandiagara/Bankass"
        );
        assert_eq!(gazetteer.path_typed("mali/bandiagara"), Some("Mali/Bandiagara"));
    }

    #[test]
    fn wrong_rows_are_refused_with_line_and_cure() {
        for (text, line, part) in [
            ("Mali\tcountry\t\nGao\tregion\tMalli", 2, "unknown parent"),
            ("Mali\tcountry\t\nGao\tregoin\tMali", 2, "unknown kind"),
            (
                "Mali\tcountry\t\n\nGao\tregion\tMali\t\t\t\t\t\tfamous",
                3,
                "unknown flag",
            ),
            (
                "Mali\tcountry\t\nGao\tregion\tMali\t\t\tnorth",
                2,
                "no coordinate",
            ),
            ("Mali\tcountry\t\nMali\tcountry\t", 2, "listed twice"),
            ("Mali\tcountry\t\nGao\tcercle\tMali", 2, "can't lie in"),
            ("Mali\tcountry\t\nGao\tvillage\t", 2, "no parent"),
            ("Mali country", 1, "columns"),
            (
                "Mali\tcountry\t\nGao\tregion\tMali\nX\tvillage\tMali/Gao\nX\tvillage\tMali/Gao",
                4,
                "line 3 already",
            ),
        ] {
            match parsed(text) {
                Err(Error::Lexicon {
                    line: found, message, ..
                }) => {
                    assert_eq!(found, line, "{message}");
                    assert!(message.contains(part), "{message}");
                }
                Err(other) => panic!("{other}"),
                Ok(_) => panic!("{text:?} was accepted"),
            }
        }
    }
}
