//! Which version of a file it is, known without reading it.

use std::fs::Metadata;
use std::time::{Duration, UNIX_EPOCH};

/// What the system notes of a file when somebody writes to it or puts another in its place. See
/// `docs/decisions/what-tells-that-a-file-changed.md`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Version {
    /// When its content was last changed, in nanoseconds since 1970; programs may set it.
    modified_ns: i64,
    /// When the system last changed anything of it, and its number on the disk, where the system says so.
    status: Option<(i64, u64)>,
}

impl Version {
    /// That of a file of which the system says this.
    pub fn of(metadata: &Metadata) -> Self {
        Self {
            modified_ns: modified_ns(metadata),
            status: status(metadata),
        }
    }

    /// A number that differs when the version does.
    pub fn number(self) -> i64 {
        let Some((changed_ns, inode)) = self.status else {
            return self.modified_ns;
        };
        let mut hasher = blake3::Hasher::new();
        for part in [
            self.modified_ns.to_le_bytes(),
            changed_ns.to_le_bytes(),
            inode.to_le_bytes(),
        ] {
            hasher.update(&part);
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        i64::from_le_bytes(first)
    }

    /// The last time that is noted, in nanoseconds since 1970: a change that shares it is not told by it.
    pub fn latest_ns(self) -> i64 {
        self.status.map_or(self.modified_ns, |(changed_ns, _)| {
            self.modified_ns.max(changed_ns)
        })
    }
}

/// 0 if the system doesn't say.
fn modified_ns(metadata: &Metadata) -> i64 {
    let Ok(time) = metadata.modified() else { return 0 };
    let nanoseconds = |span: Duration| i64::try_from(span.as_nanos()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => nanoseconds(after),
        Err(before) => -nanoseconds(before.duration()),
    }
}

#[cfg(unix)]
fn status(metadata: &Metadata) -> Option<(i64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let seconds = metadata.ctime().saturating_mul(1_000_000_000);
    Some((seconds.saturating_add(metadata.ctime_nsec()), metadata.ino()))
}

#[cfg(not(unix))]
fn status(_: &Metadata) -> Option<(i64, u64)> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_tells_versions_apart() {
        let version = |modified_ns, changed_ns, inode| Version {
            modified_ns,
            status: Some((changed_ns, inode)),
        };
        let first = version(1, 2, 3);
        assert_eq!(
            (first.number(), first.latest_ns()),
            (version(1, 2, 3).number(), 2)
        );
        for other in [
            version(0, 2, 3),
            version(1, 3, 3),
            version(1, 2, 4),
            version(2, 1, 3),
        ] {
            assert_ne!(first.number(), other.number(), "{other:?}");
        }
        let bare = Version {
            modified_ns: 7,
            status: None,
        };
        assert_eq!((bare.number(), bare.latest_ns()), (7, 7));
        assert_eq!(version(9, 2, 3).latest_ns(), 9);
    }
}
