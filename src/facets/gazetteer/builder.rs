//! The gazetteer, made of its rows.

use super::place::{Kind, LOWER_CASE, NO_PATH, PathId, PathInfo, Place, flag, folded_path};
use super::rows::{Row, rows};
use super::sounds::SoundsBuilder;
use crate::error::Result;
use crate::facets::lexicon::{TrieBuilder, Vocabulary, WordId, joined, words_of};
use crate::french::French;
use crate::packed::Packer;
use rustc_hash::FxHashMap;

/// A gazetteer that was read and checked, to be packed.
#[derive(Default)]
pub(in crate::facets) struct ParsedGazetteer {
    /// With name and aliases.
    places: Vec<(Box<str>, Vec<Box<str>>, Place)>,
    paths: Vec<(Box<str>, PathInfo)>,
    by_text: FxHashMap<Box<str>, PathId>,
    by_folded: FxHashMap<Box<str>, PathId>,
    names: TrieBuilder,
    sounds: SoundsBuilder,
}

impl ParsedGazetteer {
    /// Reads the text of `file`.
    ///
    /// # Errors
    /// [`Error::Lexicon`](crate::error::Error::Lexicon) with the line and the cure.
    pub fn new(file: &str, text: &str, french: &French, vocabulary: &mut Vocabulary) -> Result<Self> {
        let rows = rows(file, text)?;
        let mut builder = Builder {
            file,
            french,
            vocabulary,
            gazetteer: Self {
                places: Vec::with_capacity(rows.len()),
                ..Self::default()
            },
        };
        // Levels first, the upper before the lower: parents may stand anywhere in the file.
        for depth in 0..3 {
            for row in rows.iter().filter(|r| r.kind.is_level() && r.depth() == depth) {
                builder.add_level(row)?;
            }
        }
        let mut seen: FxHashMap<(&str, &str, &str), usize> = FxHashMap::default();
        for row in &rows {
            let [name, kind, parent, ..] = row.columns;
            if let Some(first) = seen.insert((name, kind, parent), row.line) {
                return Err(row.wrong(
                    file,
                    format!("“{name}” ({kind}) in “{parent}” is already in line {first}; delete one"),
                ));
            }
            builder.add_place(row)?;
        }
        builder.mark_rivers();
        Ok(builder.gazetteer)
    }

    /// The countries with the numbers of their paths.
    pub fn countries(&self) -> impl Iterator<Item = (&str, PathId)> {
        let paths = self.paths.iter().zip(0..);
        paths
            .filter(|((_, path), _)| path.levels == 1)
            .map(|((text, _), id)| (&**text, id))
    }

    /// The words that names begin with.
    pub fn first_words(&self) -> impl Iterator<Item = WordId> {
        self.names.first_words()
    }

    /// Packs what [`Gazetteer::open`](super::Gazetteer::open) opens.
    pub fn pack(&mut self, packer: &mut Packer) {
        packer.strings(self.places.iter().map(|(name, ..)| &**name));
        packer.string_lists(
            self.places
                .iter()
                .map(|(_, aliases, _)| aliases.iter().map(|a| &**a)),
        );
        packer.u32s(self.places.iter().flat_map(|(.., place)| place.to_row()));
        packer.keys(self.paths.iter().map(|(text, _)| &**text));
        packer.u32s(self.paths.iter().flat_map(|(_, path)| path.to_row()));
        let mut folded: Vec<(&str, PathId)> =
            self.by_folded.iter().map(|(text, id)| (&**text, *id)).collect();
        folded.sort_unstable();
        packer.keys(folded.iter().map(|(text, _)| *text));
        packer.u32s(folded.iter().map(|(_, id)| *id));
        self.names.pack(packer);
        self.sounds.pack(packer);
    }
}

struct Builder<'b> {
    file: &'b str,
    french: &'b French,
    vocabulary: &'b mut Vocabulary,
    gazetteer: ParsedGazetteer,
}

impl Builder<'_> {
    fn add_level(&mut self, row: &Row<'_>) -> Result<()> {
        let [name, kind, parent, ..] = row.columns;
        let above = if parent.is_empty() {
            None
        } else {
            Some(self.parent(row)?)
        };
        let paths = &self.gazetteer.paths;
        let allowed = match row.kind {
            Kind::Country => above.is_none(),
            Kind::Region => above.is_some_and(|p| paths[p as usize].1.levels == 1),
            _ => above.is_some_and(|p| paths[p as usize].1.levels == 2),
        };
        if !allowed {
            return Err(row.wrong(
                self.file,
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
        if self.gazetteer.by_text.contains_key(text.as_str()) {
            return Err(row.wrong(self.file, format!("“{text}” is listed twice; delete one")));
        }
        self.add_path(text, above);
        Ok(())
    }

    fn add_path(&mut self, text: String, above: Option<PathId>) {
        let gazetteer = &mut self.gazetteer;
        let id = gazetteer.paths.len() as PathId;
        let (region, country, levels) = match above.map(|p| gazetteer.paths[p as usize].1) {
            None => (id, id, 1),
            Some(p) if p.levels == 1 => (id, p.country, 2),
            Some(p) => (p.region, p.country, p.levels + 1),
        };
        gazetteer.by_folded.entry(folded_path(&text).into()).or_insert(id);
        gazetteer.by_text.insert(text.as_str().into(), id);
        let path = PathInfo {
            region,
            country,
            levels,
            divided: false,
            river: false,
            former: NO_PATH,
        };
        gazetteer.paths.push((text.into(), path));
    }

    fn parent(&self, row: &Row<'_>) -> Result<PathId> {
        let parent = row.columns[2];
        self.gazetteer.by_text.get(parent).copied().ok_or_else(|| {
            row.wrong(
                self.file,
                format!(
                    "unknown parent “{parent}”; add a row for it, or write the path of one that is there"
                ),
            )
        })
    }

    fn add_place(&mut self, row: &Row<'_>) -> Result<()> {
        let [name, _, _, aliases, derive_only, ..] = row.columns;
        let path = self.path(row)?;
        let (latitude, longitude) = row.coordinates(self.file)?;
        let flags = row.flags(self.file)?;
        let old_region = self.old_region(row, path)?;
        self.note_division(row.kind, path, old_region);
        let listed = |text| str::split(text, ';').map(str::trim).filter(|s| !s.is_empty());
        for spelled in std::iter::once(name)
            .chain(listed(aliases))
            .chain(listed(derive_only))
        {
            self.add_spelling(row, spelled, flags)?;
        }
        let place = Place {
            kind: row.kind,
            path,
            old_region,
            flags,
            latitude,
            longitude,
        };
        let aliases = listed(aliases).map(Box::from).collect();
        self.gazetteer.places.push((name.into(), aliases, place));
        Ok(())
    }

    /// The path of a place: its own if it is a level, otherwise its parent's.
    fn path(&self, row: &Row<'_>) -> Result<PathId> {
        let [name, _, parent, ..] = row.columns;
        let by_text = &self.gazetteer.by_text;
        match (row.kind.is_level(), parent.is_empty()) {
            (true, true) => Ok(by_text[name]),
            (true, false) => Ok(by_text[format!("{parent}/{name}").as_str()]),
            (false, true) if row.kind >= Kind::Nature => Ok(NO_PATH),
            (false, true) => Err(row.wrong(
                self.file,
                format!("“{name}” has no parent; write the path of the place that contains it"),
            )),
            (false, false) => self.parent(row),
        }
    }

    /// The region before the division of 2023, where the row names one.
    fn old_region(&self, row: &Row<'_>, path: PathId) -> Result<PathId> {
        let old = row.columns[7];
        if old.is_empty() {
            return Ok(NO_PATH);
        }
        let gazetteer = &self.gazetteer;
        let paths = &gazetteer.paths;
        let country = paths
            .get(path as usize)
            .map_or("", |(_, path)| &*paths[path.country as usize].0);
        let region = gazetteer.by_text.get(format!("{country}/{old}").as_str());
        region.copied().ok_or_else(|| {
            row.wrong(
                self.file,
                format!("region_old “{old}” is not a region of {country}; write the name of one, or nothing"),
            )
        })
    }

    fn note_division(&mut self, kind: Kind, path: PathId, old_region: PathId) {
        let paths = &mut self.gazetteer.paths;
        if kind.is_second_level() {
            let country = paths[path as usize].1.country;
            paths[country as usize].1.divided = true;
        }
        if kind.is_level() && old_region != NO_PATH && paths[path as usize].1.region != old_region {
            paths[path as usize].1.former = old_region;
        }
    }

    /// Marks the countries that have the name of a river.
    fn mark_rivers(&mut self) {
        let ParsedGazetteer {
            places,
            paths,
            by_text,
            ..
        } = &mut self.gazetteer;
        let natural = places.iter().filter(|(.., place)| place.kind == Kind::Nature);
        let rivers = natural.filter_map(|(name, ..)| name.strip_prefix("fleuve "));
        for id in rivers.filter_map(|name| by_text.get(name)) {
            paths[*id as usize].1.river = true;
        }
    }

    /// Makes the next place be found by a spelling.
    fn add_spelling(&mut self, row: &Row<'_>, spelled: &str, flags: u8) -> Result<()> {
        // "le Djoliba" is found as "Djoliba": an article would have every "le" of a text looked at.
        let spelled = ["le ", "la ", "les ", "l'", "l’"]
            .iter()
            .find_map(|article| spelled.strip_prefix(article))
            .unwrap_or(spelled);
        let words = words_of(self.french, spelled);
        if words.is_empty() {
            return Err(row.wrong(self.file, format!("“{spelled}” contains no letter; delete it")));
        }
        let lower = !spelled
            .chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(char::is_uppercase);
        let value = self.gazetteer.places.len() as u32 | if lower { LOWER_CASE } else { 0 };
        let ids: Vec<_> = words.iter().map(|w| self.vocabulary.intern(w)).collect();
        let may_be_misspelt = row.kind <= Kind::Site && flags & (flag::COMMON | flag::ZONE) == 0;
        if self.gazetteer.names.insert(&ids, value)
            && let ([word], [id]) = (words.as_slice(), ids.as_slice())
            && may_be_misspelt
        {
            self.gazetteer.sounds.add(word, *id);
        }
        if let Some(joined) = joined(&words) {
            let id = self.vocabulary.intern(&joined);
            if self.gazetteer.names.insert(&[id], value) && may_be_misspelt {
                self.gazetteer.sounds.add(&joined, id);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::facets::gazetteer::Gazetteer;
    use crate::packed::Packed;
    use tantivy_common::OwnedBytes;

    fn parsed(text: &str) -> Result<Gazetteer> {
        let french = crate::schema::Lexicons::embedded().french()?;
        let mut parsed = ParsedGazetteer::new("regions.tsv", text, &french, &mut Vocabulary::default())?;
        let mut packer = Packer::default();
        parsed.pack(&mut packer);
        let packed = Packed::open(OwnedBytes::new(packer.finish("", &[]).expect("small")));
        Ok(Gazetteer::open(&mut packed.expect("well-formed").sections_from(1)).expect("a gazetteer"))
    }

    #[test]
    fn paths_follow_the_division_wherever_the_rows_stand() {
        let gazetteer =
            parsed("Bankass\ttown\tMali/Bandiagara/Bankass\nBankass\tcercle\tMali/Bandiagara\nBandiagara\tregion\tMali\nMali\tcountry\t\n")
                .expect("good rows");
        let town = gazetteer.place(0);
        assert_eq!(gazetteer.path_text(town.path), Some("Mali/Bandiagara/Bankass"));
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
                "not a coordinate",
            ),
            ("Mali\tcountry\t\nMali\tcountry\t", 2, "listed twice"),
            ("Mali\tcountry\t\nGao\tcercle\tMali", 2, "can't be in"),
            ("Mali\tcountry\t\nGao\tvillage\t", 2, "no parent"),
            ("Mali country", 1, "columns"),
            (
                "Mali\tcountry\t\nGao\tregion\tMali\nX\tvillage\tMali/Gao\nX\tvillage\tMali/Gao",
                4,
                "already in line 3",
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
