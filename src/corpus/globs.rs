//! The globs of `--include`, `--exclude` and `griot.toml`: one language.
//!
//! A glob without `/` is the name of a file or folder at any depth; one with `/` is a path, from the root or
//! from the folder of the `griot.toml`. `*` and `?` stay within a name, `**` goes through folders, `[a-z]` is
//! a character, `{a,b}` one or the other. What takes a folder takes all that lies in it.
//!
//! A line of a `griot.toml` is also read as a [`Template`], which is what it was before there was one
//! language: names like `{year}` stand for parts of a path there.

use super::template::Template;
use crate::error::{Error, Result};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Which files are wanted: by globs of those to take, if there are any, and of those to leave out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Globs {
    include: Patterns,
    exclude: Patterns,
}

impl Globs {
    /// The globs of the command line.
    ///
    /// # Errors
    /// [`Error::BadGlob`], naming it.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self> {
        let patterns = |globs: &[String]| -> Result<Patterns> {
            let mut patterns = Patterns::default();
            let mut set = GlobSetBuilder::new();
            for glob in globs {
                add(&mut set, glob).map_err(|message| bad(glob, message))?;
                patterns.written.push(glob.clone());
            }
            patterns.set = set.build().map_err(|e| bad(&globs.join(" "), kind(&e)))?;
            Ok(patterns)
        };
        Ok(Self {
            include: patterns(include)?,
            exclude: patterns(exclude)?,
        })
    }

    /// Those of a `griot.toml`. The error is the one that is wrong, and what is wrong with it.
    pub(super) fn of_settings<'a>(
        include: impl Iterator<Item = &'a str>,
        exclude: impl Iterator<Item = &'a str>,
    ) -> std::result::Result<Self, (String, String)> {
        Ok(Self {
            include: Patterns::of_settings(include)?,
            exclude: Patterns::of_settings(exclude)?,
        })
    }

    /// Whether a file is wanted, by its path with `/` between the parts.
    pub fn wants(&self, path: &str) -> bool {
        (self.include.written.is_empty() || self.include.takes(path)) && !self.exclude.takes(path)
    }

    /// Whether nothing in a folder is wanted.
    pub(super) fn prunes(&self, folder: &str) -> bool {
        self.exclude.takes_folder(folder)
    }

    /// Whether every file is wanted.
    pub fn is_empty(&self) -> bool {
        self.include.written.is_empty() && self.exclude.written.is_empty()
    }

    /// A number that differs when the globs do.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = blake3::Hasher::new();
        for glob in &self.include.written {
            hasher.update(b"+").update(glob.as_bytes()).update(b"\0");
        }
        for glob in &self.exclude.written {
            hasher.update(b"-").update(glob.as_bytes()).update(b"\0");
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        u64::from_le_bytes(first)
    }
}

/// Globs of which any may match.
#[derive(Debug, Clone, Default)]
struct Patterns {
    written: Vec<String>,
    set: GlobSet,
    templates: Vec<Template>,
}

impl PartialEq for Patterns {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written && self.templates == other.templates
    }
}

impl Eq for Patterns {}

impl Patterns {
    fn of_settings<'a>(globs: impl Iterator<Item = &'a str>) -> std::result::Result<Self, (String, String)> {
        let mut patterns = Self::default();
        let mut set = GlobSetBuilder::new();
        for glob in globs {
            let template = Template::parse(glob);
            let as_glob = if glob.is_empty() {
                Err(String::new())
            } else {
                add(&mut set, glob)
            };
            match (template, as_glob) {
                (Ok(template), _) => patterns.templates.push(template),
                (Err(_), Ok(())) => {}
                (Err(what), Err(_)) => return Err((glob.to_string(), what)),
            }
            patterns.written.push(glob.to_string());
        }
        patterns.set = set.build().map_err(|e| (patterns.written.join(" "), kind(&e)))?;
        Ok(patterns)
    }

    fn takes(&self, path: &str) -> bool {
        self.takes_folder(path) || self.templates.iter().any(|template| template.is_match(path))
    }

    /// Whether a path or a folder above it matches.
    fn takes_folder(&self, path: &str) -> bool {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        !self.set.is_empty() && folders.chain([path]).any(|part| self.set.is_match(part))
    }
}

/// Adds a glob to a set; else what is wrong with it.
fn add(set: &mut GlobSetBuilder, glob: &str) -> std::result::Result<(), String> {
    let bare = glob.trim_end_matches('/');
    let pattern = match bare.strip_prefix('/') {
        Some(from_root) => from_root.to_string(),
        None if bare.contains('/') => bare.to_string(),
        None => format!("**/{bare}"),
    };
    // `*` stays within a name; only `**` goes deeper.
    let glob = GlobBuilder::new(&pattern).literal_separator(true).build();
    set.add(glob.map_err(|e| kind(&e))?);
    Ok(())
}

fn kind(error: &globset::Error) -> String {
    error.kind().to_string()
}

fn bad(glob: &str, message: String) -> Error {
    Error::BadGlob {
        glob: glob.to_string(),
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATHS: [&str; 5] = [
        "a.md",
        "b.txt",
        "2024/a.md",
        "2024/x/c.txt",
        "2025/brouillons/d.md",
    ];

    fn wanted(globs: &Globs) -> String {
        let wanted = PATHS.into_iter().filter(|path| globs.wants(path));
        wanted.collect::<Vec<_>>().join(" ")
    }

    /// What the command line takes, which is what a `griot.toml` in the root takes.
    fn taken(include: &[&str], exclude: &[&str]) -> String {
        let owned = |globs: &[&str]| globs.iter().map(|g| (*g).to_string()).collect::<Vec<_>>();
        let options = Globs::new(&owned(include), &owned(exclude)).expect("good globs");
        let settings = Globs::of_settings(include.iter().copied(), exclude.iter().copied());
        let taken = wanted(&options);
        assert_eq!(
            wanted(&settings.expect("good globs")),
            taken,
            "{include:?} {exclude:?}"
        );
        taken
    }

    #[test]
    fn names_anywhere_and_paths_from_the_root() {
        assert_eq!(taken(&[], &[]), PATHS.join(" "));
        assert_eq!(taken(&["*.md"], &[]), "a.md 2024/a.md 2025/brouillons/d.md");
        assert_eq!(taken(&["*.md"], &["brouillons"]), "a.md 2024/a.md");
        assert_eq!(taken(&["/*.md"], &[]), "a.md");
        assert_eq!(taken(&["2024"], &["2024/x/"]), "2024/a.md");
        assert_eq!(taken(&["20*/**/*.txt"], &[]), "2024/x/c.txt");
        assert_eq!(taken(&["**/*.txt"], &[]), "b.txt 2024/x/c.txt");
        assert_eq!(taken(&[], &["{2024,2025}"]), "a.md b.txt");
        assert_eq!(taken(&["[ab].*"], &["b.{md,txt}"]), "a.md 2024/a.md");
        assert_eq!(taken(&[], &["**"]), "");
    }

    #[test]
    fn a_folder_of_which_nothing_is_wanted_is_pruned() {
        let globs =
            Globs::new(&["*.md".into()], &["brouillons".into(), "2024/*".into()]).expect("good globs");
        assert!(
            globs.prunes("2025/brouillons") && globs.prunes("2025/brouillons/x") && globs.prunes("2024/x")
        );
        assert!(!globs.prunes("2024") && !globs.prunes("2025"));
    }

    #[test]
    fn settings_keep_what_they_meant_as_templates() {
        for (glob, path) in [
            ("[x] *.txt", "a/[x] b.txt"),
            ("{source}_{year}.txt", "a/RFI_2024.txt"),
            ("a**b.txt", "a/x/b.txt"),
            ("**/b.txt", "ab.txt"),
            ("[a", "x/[a"),
        ] {
            let globs = Globs::of_settings(std::iter::empty(), [glob].into_iter()).expect("a good glob");
            assert!(!globs.wants(path), "{glob} {path}");
            assert!(globs.wants("z/y.md"), "{glob}");
        }
    }

    #[test]
    fn a_bad_glob_is_named() {
        let error = Globs::new(&["[a".into()], &[]).expect_err("refused").to_string();
        assert!(error.contains("“[a”"), "{error}");
        for bad in ["", "{", "{a}{a}["] {
            let refused = Globs::of_settings([bad].into_iter(), std::iter::empty());
            assert_eq!(refused.expect_err("refused").0, bad);
        }
    }
}
