//! Which files of a root are wanted.
//!
//! A glob without `/` is the name of a file or folder anywhere in the root; one with `/` is a path from the
//! root. What takes a folder takes all that lies in it.

use crate::error::{Error, Result};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// The globs of a root, compiled.
pub struct Globs {
    include: Option<GlobSet>,
    exclude: Option<GlobSet>,
}

impl Globs {
    /// # Errors
    /// [`Error::BadGlob`], naming it.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self> {
        Ok(Self {
            include: set(include)?,
            exclude: set(exclude)?,
        })
    }

    /// Whether the file at `path`, given from the root with `/` between its parts, is wanted.
    pub fn take(&self, path: &str) -> bool {
        self.include.as_ref().is_none_or(|set| takes(set, path))
            && !self.exclude.as_ref().is_some_and(|set| takes(set, path))
    }
}

fn set(globs: &[String]) -> Result<Option<GlobSet>> {
    if globs.is_empty() {
        return Ok(None);
    }
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        let bad = |error: globset::Error| Error::BadGlob {
            glob: glob.clone(),
            message: error.kind().to_string(),
        };
        let bare = glob.trim_end_matches('/');
        let pattern = match bare.strip_prefix('/') {
            Some(from_root) => from_root.to_string(),
            None if bare.contains('/') => bare.to_string(),
            None => format!("**/{bare}"),
        };
        // `*` stays within a name; only `**` goes deeper.
        set.add(
            GlobBuilder::new(&pattern)
                .literal_separator(true)
                .build()
                .map_err(bad)?,
        );
    }
    let bad = |error: globset::Error| Error::BadGlob {
        glob: globs.join(" "),
        message: error.kind().to_string(),
    };
    Ok(Some(set.build().map_err(bad)?))
}

fn takes(set: &GlobSet, path: &str) -> bool {
    let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    folders.chain([path]).any(|part| set.is_match(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(include: &[&str], exclude: &[&str]) -> String {
        let owned = |globs: &[&str]| globs.iter().map(|g| (*g).to_string()).collect::<Vec<_>>();
        let globs = Globs::new(&owned(include), &owned(exclude)).expect("good globs");
        let paths = [
            "a.md",
            "b.txt",
            "2024/a.md",
            "2024/x/c.txt",
            "2025/brouillons/d.md",
        ];
        paths
            .into_iter()
            .filter(|path| globs.take(path))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn names_anywhere_and_paths_from_the_root() {
        assert_eq!(
            taken(&[], &[]),
            "a.md b.txt 2024/a.md 2024/x/c.txt 2025/brouillons/d.md"
        );
        assert_eq!(taken(&["*.md"], &[]), "a.md 2024/a.md 2025/brouillons/d.md");
        assert_eq!(taken(&["*.md"], &["brouillons"]), "a.md 2024/a.md");
        assert_eq!(taken(&["/*.md"], &[]), "a.md");
        assert_eq!(taken(&["2024"], &["2024/x/"]), "2024/a.md");
        assert_eq!(taken(&["20*/**/*.txt"], &[]), "2024/x/c.txt");
    }

    #[test]
    fn a_bad_glob_is_named() {
        let error = Globs::new(&["[a".into()], &[])
            .err()
            .expect("refused")
            .to_string();
        assert!(error.contains("“[a”"), "{error}");
    }
}
