//! `index_schema/`: the lexicons and the declaration of facets, as data.
//!
//! The binary carries the files of the repository's `index_schema/` folder; `griot index --schema DIR`
//! replaces those that DIR holds. What an index was built with is copied into it, so that searching reads the
//! same.

use crate::disk;
use crate::error::{Error, Result};
use crate::faults;
use crate::french::French;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

/// Every file of `index_schema/` that the binary embeds.
const EMBEDDED: [(&str, &str); 10] = [
    ("schema.toml", include_str!("../index_schema/schema.toml")),
    ("elisions.txt", include_str!("../index_schema/elisions.txt")),
    ("stopwords.txt", include_str!("../index_schema/stopwords.txt")),
    ("compounds.txt", include_str!("../index_schema/compounds.txt")),
    ("stems.tsv", include_str!("../index_schema/stems.tsv")),
    ("verbs.tsv", include_str!("../index_schema/verbs.tsv")),
    ("regions.tsv", include_str!("../index_schema/regions.tsv")),
    ("actors.toml", include_str!("../index_schema/actors.toml")),
    (crate::media::FILE, include_str!("../index_schema/sources.toml")),
    ("types.toml", include_str!("../index_schema/types.toml")),
];

/// Attributions of the embedded data, for `griot --licences`.
pub const LICENCES: &str = include_str!("../index_schema/LICENSE-DATA");

/// How the values of a facet come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Derivation {
    /// Place names of a gazetteer (`regions.tsv`).
    Places,
    /// Names and aliases of a lexicon (`actors.toml` and its like).
    Names,
    /// The month of publication, else that of the main events.
    PublicationMonth,
    /// The months of the events reported.
    EventMonths,
    /// The medium that published it, by its source or address (`sources.toml`).
    Media,
    /// The language, given or told from the words.
    Language,
    /// None: only corrections give values.
    Marks,
}

/// A facet as `schema.toml` declares it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacetDeclaration {
    /// Field name, JSON key and query prefix.
    pub name: String,
    /// Other names a query may use: `acteur:`.
    #[serde(default)]
    pub aliases: Vec<String>,
    pub derive: Derivation,
    /// The lexicon file, for [`Derivation::Places`], [`Derivation::Names`] and [`Derivation::Media`].
    pub lexicon: Option<String>,
    /// Whether its counts are shown by `search` without being asked for by name.
    #[serde(default = "yes")]
    pub shown: bool,
}

fn yes() -> bool {
    true
}

/// Weights of the ranking (see `search::ranking`).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Boosts {
    /// Of the title's own score, beside title and body together.
    pub title: f32,
    /// A word of the title counts as so many in the body.
    pub title_frequency: f32,
    pub exact_form: f32,
    pub adjacency: f32,
}

/// `schema.toml`, read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemaFile {
    pub boosts: Boosts,
    #[serde(rename = "facet")]
    pub facets: Vec<FacetDeclaration>,
}

/// The texts of the `index_schema/` files, by file name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lexicons {
    files: BTreeMap<String, Cow<'static, str>>,
}

impl Lexicons {
    /// The files that the binary carries.
    pub fn embedded() -> Self {
        Self {
            files: EMBEDDED
                .iter()
                .map(|(name, text)| ((*name).to_string(), Cow::Borrowed(*text)))
                .collect(),
        }
    }

    /// The embedded files, replaced and completed by the `.toml`, `.tsv` and `.txt` files of `dir`.
    ///
    /// # Errors
    /// [`Error::SchemaDir`] when `dir` can't be read or holds none of them, [`Error::Io`] for a file in it.
    pub fn from_dir(dir: &Path) -> Result<Self> {
        let unusable = |message: String| Error::SchemaDir {
            path: dir.to_path_buf(),
            message,
        };
        let mut lexicons = Self::embedded();
        let mut found = 0;
        let listed = disk::entries(dir).map_err(|error| match error {
            Error::Io { source, .. } => unusable(source.to_string()),
            other => other,
        })?;
        for path in listed.ok_or_else(|| unusable("no such folder".into()))? {
            let (Some(name), Some(extension)) = (
                path.file_name().and_then(|n| n.to_str()),
                path.extension().and_then(|e| e.to_str()),
            ) else {
                continue;
            };
            if matches!(extension, "toml" | "tsv" | "txt") {
                let text = faults::reading(&path)
                    .and_then(|()| std::fs::read_to_string(&path))
                    .map_err(Error::io(&path))?;
                lexicons
                    .files
                    .insert(name.to_string(), Cow::Owned(text.replace("\r\n", "\n")));
                found += 1;
            }
        }
        if found == 0 {
            Err(unusable("it holds no .toml, .tsv or .txt file".into()))
        } else {
            Ok(lexicons)
        }
    }

    /// Writes all files into `dir`, which must exist.
    pub fn write_to(&self, dir: &Path) -> Result<()> {
        for (name, text) in &self.files {
            let path = dir.join(name);
            std::fs::write(&path, text.as_bytes()).map_err(Error::io(&path))?;
        }
        Ok(())
    }

    /// The text of a file.
    ///
    /// # Errors
    /// [`Error::Lexicon`] when there is none: a facet names a lexicon that doesn't exist.
    pub fn text(&self, name: &str) -> Result<&str> {
        self.files.get(name).map(|t| &**t).ok_or_else(|| Error::Lexicon {
            file: name.to_string(),
            line: 0,
            message: "there is no such file; put it beside schema.toml".into(),
        })
    }

    /// `schema.toml`, read and checked.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with the line.
    pub fn schema(&self) -> Result<SchemaFile> {
        let text = self.text("schema.toml")?;
        let wrong = |line: usize, message: String| Error::Lexicon {
            file: "schema.toml".into(),
            line,
            message,
        };
        let schema: SchemaFile = toml::from_str(text).map_err(|e| {
            let line = e.span().map_or(0, |span| {
                1 + text[..span.start.min(text.len())].matches('\n').count()
            });
            wrong(line, e.message().to_string())
        })?;
        for (at, facet) in schema.facets.iter().enumerate() {
            let line = 1 + text
                .lines()
                .position(|l| l.contains(&format!("\"{}\"", facet.name)))
                .unwrap_or(0);
            let good =
                |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            if !good(&facet.name) {
                return Err(wrong(
                    line,
                    format!("facet name “{}”: only a-z and _", facet.name),
                ));
            }
            if schema.facets[..at].iter().any(|f| f.name == facet.name)
                || RESERVED.contains(&facet.name.as_str())
            {
                return Err(wrong(line, format!("facet name “{}” is taken", facet.name)));
            }
            match (facet.derive, &facet.lexicon) {
                (Derivation::Places | Derivation::Names | Derivation::Media, None) => {
                    return Err(wrong(
                        line,
                        format!("facet “{}” needs a lexicon = \"FILE\"", facet.name),
                    ));
                }
                (_, Some(lexicon)) => drop(self.text(lexicon)?),
                _ => {}
            }
        }
        Ok(schema)
    }

    /// The French analyzer built from these files.
    ///
    /// # Errors
    /// [`Error::Lexicon`].
    pub fn french(&self) -> Result<French> {
        French::new(
            self.text("elisions.txt")?,
            self.text("stopwords.txt")?,
            self.text("stems.tsv")?,
            self.text("verbs.tsv")?,
        )
    }

    /// A hash of all files: a different one means that an index must be built anew.
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for (name, text) in &self.files {
            for part in [name.as_bytes(), text.as_bytes()] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        hasher.finalize().to_hex()[..16].to_string()
    }
}

/// Names of the index's own fields and JSON keys, which no facet can have.
const RESERVED: [&str; 14] = [
    "id", "title", "body", "text", "date", "url", "path", "source", "author", "lang", "score", "snippets",
    "file", "exact",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_files_are_good() {
        let schema = Lexicons::embedded().schema().expect("schema.toml is good");
        let names: Vec<&str> = schema.facets.iter().map(|f| f.name.as_str()).collect();
        assert!(
            ["region", "month", "actor", "event_month"]
                .iter()
                .all(|n| names.contains(n)),
            "{names:?}"
        );
    }

    #[test]
    fn a_wrong_schema_names_its_line() {
        let dir = tempfile::tempdir().expect("a folder");
        let good = Lexicons::embedded()
            .text("schema.toml")
            .expect("there")
            .to_string();
        for (bad, part) in [
            (good.replace("name = \"actor\"", "name = \"region\""), "taken"),
            (good.replace("name = \"actor\"", "name = \"Actor\""), "a-z"),
            (good.replace("derive = \"names\"", "derive = \"magic\""), "magic"),
            (good.replace("\"actors.toml\"", "\"absent.toml\""), "absent.toml"),
        ] {
            std::fs::write(dir.path().join("schema.toml"), &bad).expect("written");
            let error = Lexicons::from_dir(dir.path())
                .expect("readable")
                .schema()
                .expect_err("refused")
                .to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
