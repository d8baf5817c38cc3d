//! `schema.toml`: the weights of the ranking, and which facets there are.

use super::derivation::{Derivation, KINDS, Kind, Parsed, Read, Source};
use super::lexicon::Vocabulary;
use crate::error::{Error, Result};
use crate::facet_path::FacetPath;
use crate::french::{French, fold};
use crate::packed::Sections;
use crate::schema::{Boosts, Lexicons};
use serde::{Deserialize, Deserializer, de};

/// The file's name.
const FILE: &str = "schema.toml";

/// A facet as `schema.toml` declares it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacetDeclaration {
    /// Field name, JSON key, key in records, query prefix and option of commands.
    pub name: String,
    /// Other names by which queries, options and records may call it: `acteur:`.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// How its values come about.
    #[serde(deserialize_with = "kind")]
    pub derive: &'static Kind,
    /// The lexicon file, for the kinds that need one.
    pub lexicon: Option<String>,
    /// Whether its counts are shown by `search` without being asked for by name, and its values with each
    /// hit.
    #[serde(default = "crate::serde_defaults::yes")]
    pub shown: bool,
    /// The name of its option, where that isn't the facet's: one of the aliases.
    pub option: Option<String>,
    /// What the help of commands says of its option.
    pub help: Option<String>,
}

/// `schema.toml`, read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemaFile {
    pub boosts: Boosts,
    #[serde(rename = "facet")]
    pub facets: Vec<FacetDeclaration>,
}

fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<&'static Kind, D::Error> {
    let name = String::deserialize(deserializer)?;
    Kind::named(&name).ok_or_else(|| {
        let known: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        de::Error::custom(format!(
            "unknown derivation “{name}”; write one of {}",
            known.join(", ")
        ))
    })
}

impl FacetDeclaration {
    /// Its name, then its aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// Whether it is called so; case and accents play no part.
    pub fn is_called(&self, name: &str) -> bool {
        let wanted = fold(name);
        self.names().any(|own| fold(own) == wanted)
    }

    /// Whether each hit lists its values: those of the shown facets, but for months, which the date says.
    pub fn is_listed(&self) -> bool {
        self.shown && !self.derive.months
    }

    /// Whether it is among the first columns of tables of articles; the others follow after them.
    pub fn is_main_column(&self) -> bool {
        self.shown || self.derive.months
    }

    /// The column that holds it in tables of several: `actors`.
    pub fn plural(&self) -> String {
        format!("{}s", self.name)
    }

    /// A path of it as it is written outside the index: `2025-10` for the month `2025/10`.
    pub fn shown_path(&self, path: &str) -> String {
        if self.derive.months {
            FacetPath::new(path).dashed()
        } else {
            path.to_string()
        }
    }

    /// How the last level of a path is shown; of months the whole.
    pub fn label(&self, path: &str) -> String {
        if self.derive.months {
            FacetPath::new(path).dashed()
        } else {
            FacetPath::new(path).label().to_string()
        }
    }

    /// Parses and checks its lexicon; gives it if it is one that is compiled.
    pub(super) fn parse(
        &self,
        lexicons: &Lexicons,
        french: &French,
        vocabulary: &mut Vocabulary,
    ) -> Result<Option<Box<dyn Parsed>>> {
        match self.derive.read {
            Read::Without(_) => Ok(None),
            Read::Text(read) => {
                let (file, text) = self.text(lexicons)?;
                read(file, text).map(|_| None)
            }
            Read::Compiled { parse, .. } => {
                let (file, text) = self.text(lexicons)?;
                let mut source = Source {
                    file,
                    text,
                    french,
                    vocabulary,
                };
                parse(&mut source).map(Some)
            }
        }
    }

    /// Its derivation; `sections` are those of its compiled lexicon. None where these are damaged.
    pub(super) fn open(
        &self,
        lexicons: &Lexicons,
        sections: Option<&mut Sections<'_>>,
    ) -> Result<Option<Box<dyn Derivation>>> {
        Ok(match self.derive.read {
            Read::Without(make) => Some(make()),
            Read::Text(read) => {
                let (file, text) = self.text(lexicons)?;
                Some(read(file, text)?)
            }
            Read::Compiled { open, .. } => sections.and_then(open),
        })
    }

    /// Name and text of its lexicon.
    fn text<'l>(&'l self, lexicons: &'l Lexicons) -> Result<(&'l str, &'l str)> {
        let file = self.lexicon.as_deref().unwrap_or_default();
        Ok((file, lexicons.text(file)?))
    }
}

/// The main columns of tables of articles: months first, then the other facets, both as they are declared.
pub fn main_columns<'d>(
    facets: impl Iterator<Item = &'d FacetDeclaration>,
) -> impl Iterator<Item = &'d FacetDeclaration> {
    let (months, others): (Vec<_>, Vec<_>) = facets
        .filter(|facet| facet.is_main_column())
        .partition(|facet| facet.derive.months);
    months.into_iter().chain(others)
}

impl Lexicons {
    /// `schema.toml`, read and checked.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with the line.
    pub fn schema(&self) -> Result<SchemaFile> {
        let text = self.text(FILE)?;
        let schema: SchemaFile = toml::from_str(text).map_err(|e| {
            let line = e.span().map_or(0, |span| {
                1 + text[..span.start.min(text.len())].matches('\n').count()
            });
            wrong(line, e.message().to_string())
        })?;
        for (at, facet) in schema.facets.iter().enumerate() {
            let quoted = format!("\"{}\"", facet.name);
            let line = 1 + text.lines().position(|l| l.contains(&quoted)).unwrap_or(0);
            check(facet, &schema.facets[..at]).map_err(|message| wrong(line, message))?;
            if let Some(lexicon) = facet.lexicon.as_ref().filter(|file| !self.has(file)) {
                self.text(lexicon)?;
            }
        }
        Ok(schema)
    }
}

fn wrong(line: usize, message: String) -> Error {
    Error::Lexicon {
        file: FILE.into(),
        line,
        message,
    }
}

/// What is wrong with a facet, `before` being those declared before it.
fn check(facet: &FacetDeclaration, before: &[FacetDeclaration]) -> std::result::Result<(), String> {
    let name = &facet.name;
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
        return Err(format!("facet name “{name}”: only a-z and _"));
    }
    if before.iter().any(|f| f.name == *name) || RESERVED.contains(&name.as_str()) {
        return Err(format!("facet name “{name}” is taken"));
    }
    if facet.derive.lexicon && facet.lexicon.is_none() {
        return Err(format!("facet “{name}” needs a lexicon = \"FILE\""));
    }
    match &facet.option {
        Some(option) if !facet.names().any(|own| own == option) => Err(format!(
            "option “{option}” of facet “{name}”: write its name or one of its aliases"
        )),
        _ => Ok(()),
    }
}

/// Names of the index's own fields and of JSON keys, which no facet can have.
const RESERVED: [&str; 40] = [
    "id",
    "title",
    "body",
    "text",
    "date",
    "url",
    "path",
    "source",
    "author",
    "lang",
    "score",
    "snippets",
    "file",
    "exact",
    "kind",
    "title_text",
    "body_text",
    "title_forms",
    "body_forms",
    "date_from",
    "date_to",
    "record_key",
    "content",
    "meta",
    "given",
    "content_key",
    "signature0",
    "signature1",
    "signature2",
    "signature3",
    "src_key",
    "src_size",
    "src_mtime",
    "src_hash",
    "src_records",
    "paths",
    "months",
    "folded",
    "why",
    "values",
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
        let columns: Vec<&str> = main_columns(schema.facets.iter())
            .map(|f| f.name.as_str())
            .collect();
        assert_eq!(columns, ["month", "event_month", "region", "actor"]);
    }

    #[test]
    fn a_wrong_schema_names_its_line() {
        let dir = tempfile::tempdir().expect("a folder");
        let good = Lexicons::embedded().text(FILE).expect("there").to_string();
        let line_of = |part: &str| 1 + good.lines().position(|l| l.contains(part)).expect("there");
        for (old, new, part, line) in [
            ("name = \"actor\"", "name = \"region\"", "taken", 0),
            (
                "name = \"actor\"",
                "name = \"kind\"",
                "taken",
                line_of("name = \"actor\""),
            ),
            (
                "name = \"actor\"",
                "name = \"Actor\"",
                "a-z",
                line_of("name = \"actor\""),
            ),
            (
                "derive = \"names\"",
                "derive = \"magic\"",
                "magic",
                line_of("derive = \"names\""),
            ),
            ("\"actors.toml\"", "\"absent.toml\"", "absent.toml", 0),
            (
                "option = \"lang\"",
                "option = \"tongue\"",
                "tongue",
                line_of("name = \"language\""),
            ),
        ] {
            std::fs::write(dir.path().join(FILE), good.replace(old, new)).expect("written");
            let error = Lexicons::from_dir(dir.path())
                .expect("readable")
                .schema()
                .expect_err("refused")
                .to_string();
            assert!(error.contains(part), "{error}");
            assert!(
                line == 0 || error.contains(&format!("line {line}:")),
                "line {line}: {error}"
            );
        }
    }
}
