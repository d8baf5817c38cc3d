//! Hashes of files as they are now. A file of thousands of articles is read once for all of them, and again when it
//! has changed.

use crate::disk::Version;
use rustc_hash::FxHashMap;
use std::path::Path;
use std::sync::Mutex;

/// Files whose hashes are kept.
const KEPT: usize = 10_000;

/// The hashes that are known, by path.
#[derive(Default)]
pub(crate) struct FileHashes(Mutex<FxHashMap<String, (i64, u64, String)>>);

impl FileHashes {
    /// The BLAKE3 hash of a file, read piece by piece; `None` says that the file is gone or can't be read.
    pub fn of(&self, path: &str) -> Option<String> {
        let file = crate::disk::raw::open(Path::new(path)).ok()?;
        let metadata = file.metadata().ok()?;
        let version = (Version::of(&metadata).number(), metadata.len());
        let mut known = self.0.lock().ok()?;
        if let Some((number, length, hash)) = known.get(path)
            && (*number, *length) == version
        {
            return Some(hash.clone());
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(file).ok()?;
        let hash = hasher.finalize().to_hex().to_string();
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(path.to_string(), (version.0, version.1, hash.clone()));
        Some(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_has_changed_has_another_hash() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.txt");
        let hashes = FileHashes::default();
        let of = || hashes.of(&path.display().to_string());
        assert_eq!(of(), None);
        for text in ["un", "deux", "trois"] {
            std::fs::write(&path, text).expect("written");
            let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
            assert_eq!([of(), of()], [Some(hash.clone()), Some(hash)]);
        }
        std::fs::remove_file(&path).expect("removed");
        assert_eq!(of(), None);
    }
}
