//! Checking lexicons without an index: what `griot lexicon check` tells.

use super::gazetteer::Gazetteer;
use super::lexicon::Vocabulary;
use super::names_lexicon::NamesLexicon;
use super::{Facets, Lexicon};
use crate::error::Error;
use crate::media::Media;
use crate::schema::{Derivation, Lexicons};

/// What a facet's lexicon holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconSize {
    pub facet: String,
    pub file: String,
    /// Places or values.
    pub values: usize,
    /// Phrases that are looked for in texts.
    pub phrases: usize,
}

/// Reads all lexicons. Gives their sizes, or the first problem of each file: one at a time would make
/// whoever edits several files run it once a file.
pub fn check(lexicons: &Lexicons) -> Result<Vec<LexiconSize>, Vec<Error>> {
    let schema = lexicons.schema().map_err(|e| vec![e])?;
    let french = lexicons.french().map_err(|e| vec![e])?;
    let mut vocabulary = Vocabulary::default();
    let mut problems = Vec::new();
    for facet in &schema.facets {
        let Some(file) = facet.lexicon.as_deref() else {
            continue;
        };
        let read = lexicons.text(file).and_then(|text| match facet.derive {
            Derivation::Places => Gazetteer::parse(file, text, &french, &mut vocabulary).map(drop),
            Derivation::Names => NamesLexicon::parse(file, text, &french, &mut vocabulary).map(drop),
            Derivation::Media => Media::parse(file, text).map(drop),
            Derivation::PublicationMonth
            | Derivation::EventMonths
            | Derivation::Language
            | Derivation::Marks => Ok(()),
        });
        problems.extend(read.err());
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let facets = Facets::new(lexicons, &french).map_err(|e| vec![e])?;
    Ok(facets.sizes())
}

impl Facets {
    /// What each lexicon holds.
    fn sizes(&self) -> Vec<LexiconSize> {
        let sized = self
            .declarations
            .iter()
            .zip(&self.lexicons)
            .filter_map(|(declaration, lexicon)| {
                let (values, phrases) = match lexicon {
                    Lexicon::Places(places) => {
                        (places.gazetteer.places.len(), places.gazetteer.names.phrases())
                    }
                    Lexicon::Names(names) => (names.lexicon.values.len(), names.lexicon.trie.phrases()),
                    Lexicon::Media(media) => media.sizes(),
                    Lexicon::PublicationMonth | Lexicon::EventMonths | Lexicon::Language | Lexicon::Marks => {
                        return None;
                    }
                };
                let file = declaration.lexicon.clone().unwrap_or_default();
                Some(LexiconSize {
                    facet: declaration.name.clone(),
                    file,
                    values,
                    phrases,
                })
            });
        sized.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lexicons_are_good_and_counted() {
        let sizes = check(&Lexicons::embedded()).expect("good");
        let files: Vec<&str> = sizes.iter().map(|s| s.file.as_str()).collect();
        assert_eq!(
            files,
            ["regions.tsv", "actors.toml", "types.toml", "sources.toml"]
        );
        assert!(
            sizes.iter().all(|s| s.values > 20 && s.phrases >= s.values),
            "{sizes:?}"
        );
    }

    #[test]
    fn every_file_tells_its_problem() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(
            dir.path().join("regions.tsv"),
            "Mali\tcountry\t\nGao\tregion\tMalli\n",
        )
        .expect("written");
        std::fs::write(
            dir.path().join("types.toml"),
            "[[value]]\nname = \"A\"\nparent = \"B\"\n",
        )
        .expect("written");
        let problems = check(&Lexicons::from_dir(dir.path()).expect("readable")).expect_err("refused");
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            told[0].starts_with("index_schema/regions.tsv, line 2: unknown parent"),
            "{told:?}"
        );
        assert!(
            told[1].starts_with("index_schema/types.toml, line 2: unknown parent"),
            "{told:?}"
        );
    }
}
