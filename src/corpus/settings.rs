//! `griot.toml`: in any folder, what is true of everything below it. Defaults for what articles don't say
//! themselves, what their paths say, and what to leave out.

use super::columns::Columns;
use super::globs::Globs;
use super::template::{Names, Template};
use super::{SkipReason, Skipped, clean, look};
use crate::article::Article;
use crate::date::{PartialDate, in_name};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The file's name.
pub(super) const NAME: &str = "griot.toml";

/// Another one when globs mean something else, so that archives are read again for their members.
const GLOBS: &[u8] = b"2";

/// Largest file that is read.
const LARGEST: u64 = 1024 * 1024;

/// The file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    source: Option<String>,
    lang: Option<String>,
    author: Option<String>,
    #[serde(default)]
    path: Several,
    #[serde(default)]
    include: Several,
    #[serde(default)]
    exclude: Several,
    #[serde(default)]
    facets: BTreeMap<String, Several>,
    /// Fields of articles, and the columns or keys that hold them.
    #[serde(default)]
    columns: BTreeMap<String, Several>,
}

/// One string or several.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Several {
    #[default]
    None,
    One(String),
    Many(Vec<String>),
}

impl Several {
    fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Several::None => &[][..],
            Several::One(one) => std::slice::from_ref(one),
            Several::Many(many) => many,
        }
        .iter()
        .map(String::as_str)
    }
}

/// What one file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Layer {
    /// Key of its folder, with a `/` at the end unless it is the root.
    folder: String,
    source: Option<String>,
    lang: Option<String>,
    author: Option<String>,
    paths: Vec<Template>,
    globs: Globs,
    facets: BTreeMap<String, Vec<String>>,
    columns: Columns,
}

/// What holds for the files of a folder: its own `griot.toml` and those of the folders above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The innermost first.
    layers: Vec<Layer>,
    fingerprint: u64,
}

impl Settings {
    /// Reads the file of a folder, if it has one. `folder` is the folder's key, `above` what holds above it.
    ///
    /// # Errors
    /// What is wrong with the file; [`SkipReason::Unreadable`] when nobody can say what holds in the folder.
    pub(super) fn load(
        dir: &Path,
        folder: &str,
        above: Option<&Arc<Settings>>,
    ) -> Result<Option<Arc<Settings>>, Skipped> {
        let path = dir.join(NAME);
        let unreadable = |error: std::io::Error| Skipped {
            path: path.clone(),
            line: None,
            record: None,
            reason: SkipReason::Unreadable,
            detail: format!("{error}; until it can be read, the index keeps what it has of the folder"),
        };
        let Some(metadata) = look::metadata(&path).map_err(unreadable)? else {
            return Ok(None);
        };
        let wrong = |line, detail: String| Skipped {
            path: path.clone(),
            line,
            record: None,
            reason: SkipReason::InvalidSettings,
            detail,
        };
        if !metadata.is_file() || metadata.len() > LARGEST {
            return Err(wrong(
                None,
                "not a settings file; rename it, or write it again".into(),
            ));
        }
        let text = String::from_utf8(look::beginning(&path, LARGEST).map_err(unreadable)?)
            .map_err(|_| wrong(None, "it is not UTF-8; save it as UTF-8".into()))?;
        let layer = layer(&text, folder).map_err(|(at, what)| {
            let line = 1 + text.as_bytes()[..at.min(text.len())]
                .iter()
                .filter(|&&byte| byte == b'\n')
                .count();
            wrong(
                Some(line),
                format!("{what} (until then, the folder is read as if there were no griot.toml in it)"),
            )
        })?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(folder.as_bytes()).update(text.as_bytes());
        if !layer.globs.is_empty() {
            hasher.update(GLOBS);
        }
        let mut layers = vec![layer];
        if let Some(above) = above {
            hasher.update(&above.fingerprint.to_le_bytes());
            layers.extend(above.layers.iter().cloned());
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        Ok(Some(Arc::new(Settings {
            layers,
            fingerprint: u64::from_le_bytes(first),
        })))
    }

    /// A number that differs when the settings do.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Whether a file or a member of an archive is to be read, by its key.
    pub(super) fn wants(&self, key: &str) -> bool {
        self.below(key).all(|(globs, path)| globs.wants(path))
    }

    /// Whether nothing in a folder is to be read, by its key.
    pub(super) fn prunes(&self, folder: &str) -> bool {
        self.below(folder).any(|(globs, path)| globs.prunes(path))
    }

    /// The globs that hold for a key, each with the path that it sees.
    fn below<'a>(&'a self, key: &'a str) -> impl Iterator<Item = (&'a Globs, &'a str)> {
        let path = move |layer: &'a Layer| Some((&layer.globs, key.strip_prefix(&layer.folder)?));
        self.layers.iter().filter_map(path)
    }

    /// Settings that also hold columns, which count before those of the settings that there are.
    #[must_use]
    pub fn with_columns(settings: Option<Arc<Settings>>, columns: &Columns) -> Option<Arc<Settings>> {
        if columns.is_empty() {
            return settings;
        }
        let mut hasher = blake3::Hasher::new();
        for pair in columns.pairs() {
            hasher.update(pair.as_bytes()).update(b"\n");
        }
        let before = settings.as_ref().map_or(0, |settings| settings.fingerprint);
        hasher.update(&before.to_le_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        let layer = Layer {
            columns: columns.clone(),
            ..Layer::default()
        };
        let others = settings
            .iter()
            .flat_map(|settings| settings.layers.iter().cloned());
        Some(Arc::new(Settings {
            layers: std::iter::once(layer).chain(others).collect(),
            fingerprint: u64::from_le_bytes(first),
        }))
    }

    /// The columns and keys that are named for fields of articles.
    pub(super) fn columns(&self) -> Columns {
        let mut columns = Columns::default();
        for layer in &self.layers {
            columns.complete(&layer.columns);
        }
        columns
    }

    /// Gives an article what it doesn't say itself. A date is given only to one that has its file for itself.
    /// What it was given stands in `extra`, as what its path says does.
    pub(super) fn complete(&self, key: &str, is_alone: bool, article: &mut Article) {
        let before = has(article);
        let facets: Vec<String> = article.given.keys().cloned().collect();
        for layer in &self.layers {
            let path = key.strip_prefix(&layer.folder).unwrap_or(key);
            if let Some(names) = layer.paths.iter().find_map(|pattern| pattern.names(path)) {
                by_names(&names, is_alone, article);
            }
            article.source = article.source.take().or_else(|| layer.source.clone());
            article.lang = article.lang.take().or_else(|| layer.lang.clone());
            article.author = article.author.take().or_else(|| layer.author.clone());
            for (facet, values) in &layer.facets {
                article
                    .given
                    .entry(facet.clone())
                    .or_insert_with(|| values.clone());
            }
        }
        let given = article
            .given
            .keys()
            .filter(|facet| !facets.contains(facet))
            .map(String::as_str);
        let fields = has(article)
            .into_iter()
            .zip(before)
            .filter(|((_, is), (_, was))| *is && !was)
            .map(|((name, _), _)| name);
        let taken: Vec<String> = fields.chain(given).map(String::from).collect();
        if !taken.is_empty() {
            article.extra.insert("from_settings".into(), taken.into());
        }
    }
}

/// What settings can give, and whether an article has it.
fn has(article: &Article) -> [(&'static str, bool); 5] {
    [
        ("title", !article.title.is_empty()),
        ("date", article.date.is_some()),
        ("source", article.source.is_some()),
        ("author", article.author.is_some()),
        ("lang", article.lang.is_some()),
    ]
}

/// Gives an article what the names of a path pattern stand for.
fn by_names(names: &Names, is_alone: bool, article: &mut Article) {
    let name = |key: &str| {
        names
            .get(key)
            .and_then(|value| clean::line(&value.replace('_', " ")))
    };
    let number = |keys: [&str; 2]| {
        keys.iter()
            .find_map(|key| names.get(*key))
            .and_then(|value| value.parse::<i16>().ok())
    };
    let small = |keys| number(keys).and_then(|n| i8::try_from(n).ok());
    if is_alone && article.date.is_none() {
        let parts = || {
            PartialDate::new(
                number(["year", "annee"])?,
                small(["month", "mois"]),
                small(["day", "jour"]),
            )
        };
        article.date = names
            .get("date")
            .and_then(|text| in_name::exact(text))
            .or_else(parts);
    }
    article.source = article.source.take().or_else(|| name("source"));
    article.author = article
        .author
        .take()
        .or_else(|| name("author").or_else(|| name("auteur")));
    article.lang = article
        .lang
        .take()
        .or_else(|| name("lang").map(|lang| crate::language::code(&lang)));
    if is_alone && article.title.is_empty() {
        let title = names.get("title").or_else(|| names.get("titre"));
        article.title = title
            .and_then(|title| clean::line(&title.replace(['-', '_'], " ")))
            .unwrap_or_default();
    }
    const KNOWN: [&str; 13] = [
        "date", "year", "annee", "month", "mois", "day", "jour", "source", "author", "auteur", "lang",
        "title", "titre",
    ];
    for (key, value) in names.iter().filter(|(key, _)| !KNOWN.contains(&key.as_str())) {
        article
            .extra
            .entry(key.clone())
            .or_insert_with(|| value.as_str().into());
    }
}

/// Reads what a file says; else where it is wrong, and the cure.
fn layer(text: &str, folder: &str) -> Result<Layer, (usize, String)> {
    let written: Written = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let message = error.message().to_string();
        let cure = if message.starts_with("unknown field") {
            "correct the key or remove the line"
        } else {
            "write `key = \"value\"` lines"
        };
        (at, format!("{message}; {cure}"))
    })?;
    let at = |glob: &str| text.find(glob).unwrap_or(0);
    let template = |path| Template::parse(path).map_err(|what| (at(path), what));
    let globs = Globs::of_settings(written.include.iter(), written.exclude.iter());
    let line = |value: &Option<String>| value.as_deref().and_then(clean::line);
    Ok(Layer {
        folder: if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        },
        source: line(&written.source),
        lang: line(&written.lang).map(|lang| crate::language::code(&lang)),
        author: line(&written.author),
        paths: written.path.iter().map(template).collect::<Result<_, _>>()?,
        globs: globs.map_err(|(glob, what)| (at(&glob), what))?,
        facets: written
            .facets
            .iter()
            .map(|(facet, values)| (facet.clone(), values.iter().filter_map(clean::line).collect()))
            .collect(),
        columns: columns(&written.columns),
    })
}

fn columns(written: &BTreeMap<String, Several>) -> Columns {
    let mut columns = Columns::default();
    for (field, names) in written {
        names.iter().for_each(|name| columns.add(field, name));
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str, folder: &str) -> Settings {
        Settings {
            layers: vec![layer(text, folder).expect("settings")],
            fingerprint: 0,
        }
    }

    #[test]
    fn defaults_and_paths_complete_an_article() {
        let settings = settings(
            "source = \"RFI\"\nlang = \"fr-FR\"\npath = [\"{rubrique}/{date}-{title}.*\", \"{year}/*\"]\n[facets]\nregion = \"Gao\"\nactor = [\"A\", \"B\"]\n",
            "presse",
        );
        let mut article = Article {
            lang: Some("en".into()),
            ..Article::default()
        };
        settings.complete("presse/nord/2024-07-03-la-treve.txt", true, &mut article);
        assert_eq!(
            (
                article.source.as_deref(),
                article.lang.as_deref(),
                article.title.as_str()
            ),
            (Some("RFI"), Some("en"), "la treve")
        );
        assert_eq!(
            (
                article.date.map(|d| d.to_string()).as_deref(),
                article.extra["rubrique"].as_str()
            ),
            (Some("2024-07-03"), Some("nord"))
        );
        assert_eq!(
            (article.given["region"].len(), article.given["actor"].len()),
            (1, 2)
        );
        let mut article = Article::default();
        settings.complete("presse/2023/x.csv", false, &mut article);
        assert_eq!((article.source.as_deref(), article.date), (Some("RFI"), None));
    }

    #[test]
    fn files_are_left_out_by_pattern() {
        let settings = settings("include = \"*.html\"\nexclude = [\"brouillons/**\"]", "a");
        for (key, wanted) in [
            ("a/x.html", true),
            ("a/x.txt", false),
            ("a/brouillons/x.html", false),
            ("b/x.txt", true),
        ] {
            assert_eq!(settings.wants(key), wanted, "{key}");
        }
    }

    #[test]
    fn a_folder_is_left_out_by_its_name() {
        let settings = settings("exclude = [\"brouillons\", \"{essai,test}-*\"]", "a");
        for (key, wanted) in [
            ("a/brouillons/x.html", false),
            ("a/2024/brouillons/y/x.html", false),
            ("a/2024/brouillons.txt", true),
            ("a/test-1.txt", false),
            ("brouillons/x.txt", true),
        ] {
            assert_eq!(settings.wants(key), wanted, "{key}");
        }
        assert!(settings.prunes("a/2024/brouillons") && !settings.prunes("a/2024"));
        assert!(!settings.prunes("brouillons"));
    }

    #[test]
    fn errors_name_the_place_and_the_cure() {
        for (text, at, said) in [
            ("source = \"x\"\nsoucre = \"y\"", 13, "unknown field `soucre`"),
            ("lang = fr", 7, "write `key"),
            ("# x\npath = \"{a}{a}\"", 12, "twice"),
        ] {
            let (offset, what) = layer(text, "").expect_err("an error");
            assert!(what.contains(said), "{what}");
            assert_eq!(offset, at, "{what}");
        }
    }
}
