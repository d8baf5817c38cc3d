//! What couldn't be looked at in a run. It may still be there: what the index holds of it stays.

use super::payload::Root;
use crate::corpus;
use rustc_hash::FxHashSet;
use std::path::Path;

/// Files and folders that couldn't be looked at, by file key; of a root, by its number.
#[derive(Debug, Default)]
pub struct Unseen {
    keys: FxHashSet<String>,
}

impl Unseen {
    /// Adds a file, or a folder with all that lies in it.
    pub fn add(&mut self, root: &Root, path: &Path) {
        let inside = path.strip_prefix(&root.path).ok().map(corpus::key);
        self.keys.insert(match inside {
            Some(inside) if !inside.is_empty() => format!("{}/{inside}", root.id),
            _ => root.id.to_string(),
        });
    }

    /// Whether a file, given by its key, may still be there.
    pub fn covers(&self, key: &str) -> bool {
        !self.keys.is_empty()
            && key
                .match_indices('/')
                .map(|(at, _)| &key[..at])
                .chain([key])
                .any(|part| self.keys.contains(part))
    }

    /// Whether everything could be looked at.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> Root {
        Root {
            id: 1,
            path: "/a".into(),
            include: Vec::new(),
            exclude: Vec::new(),
            columns: Vec::new(),
            mounts: Vec::new(),
            follow_links: None,
            exports: Vec::new(),
        }
    }

    #[test]
    fn a_folder_covers_what_lies_in_it_and_nothing_beside_it() {
        let mut unseen = Unseen::default();
        unseen.add(&root(), Path::new("/a/plain"));
        let covered = [
            ("1/plain", true),
            ("1/plain/b.txt", true),
            ("1/plain/c/d.txt", true),
            ("1/plain2/b.txt", false),
            ("1/plain.txt", false),
            ("2/plain/b.txt", false),
            ("1/x/plain/b.txt", false),
        ];
        for (key, expected) in covered {
            assert_eq!(unseen.covers(key), expected, "{key}");
        }
    }

    #[test]
    fn a_root_covers_all_of_it_and_not_that_of_another_number() {
        let mut unseen = Unseen::default();
        unseen.add(&root(), Path::new("/a"));
        assert!(unseen.covers("1/b.txt") && unseen.covers("1/x/b.txt"));
        assert!(!unseen.covers("10/b.txt") && !unseen.covers("2/b.txt"));
    }

    #[cfg(unix)]
    #[test]
    fn names_are_compared_as_keys_have_them() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        for name in [&b"Mopti\\2023"[..], b"S\xe9gou", b"\\xe9", b"\xe9\\"] {
            let folder = Path::new("/a").join(OsStr::from_bytes(name));
            let mut unseen = Unseen::default();
            unseen.add(&root(), &folder);
            let file = Path::new(OsStr::from_bytes(name)).join("x.txt");
            assert!(unseen.covers(&format!("1/{}", corpus::key(&file))), "{folder:?}");
        }
    }
}
