//! Which file systems are mounted where.

use super::raw;
use std::path::{Path, PathBuf};

/// What the kernel says of mounts; Linux only. Elsewhere none are known.
const MOUNTS: &str = "/proc/self/mounts";

/// The folders below `root` where another file system is mounted, in one order. None where the system doesn't
/// say: this only lets more be known.
pub(crate) fn below(root: &Path) -> Vec<PathBuf> {
    #[cfg(test)]
    if let Some(reported) = reported::get(root) {
        return reported;
    }
    let mounts = raw::read(Path::new(MOUNTS)).ok().flatten().unwrap_or_default();
    let mut below: Vec<PathBuf> = mounts
        .split(|byte| *byte == b'\n')
        .filter_map(folder)
        .filter(|folder| folder != root && folder.starts_with(root))
        .collect();
    below.sort();
    below.dedup();
    below
}

/// The folder of a line: device, folder, type and more, divided by blanks. Blanks in names are written in
/// octal figures.
fn folder(line: &[u8]) -> Option<PathBuf> {
    let written = line.split(|byte| *byte == b' ').nth(1)?;
    let mut name = Vec::with_capacity(written.len());
    let mut rest = written;
    while let Some((first, after)) = rest.split_first() {
        let figures = (*first == b'\\').then(|| after.get(..3)).flatten();
        let octal = figures
            .and_then(|figures| std::str::from_utf8(figures).ok())
            .and_then(|figures| u8::from_str_radix(figures, 8).ok());
        match octal {
            Some(byte) => {
                name.push(byte);
                rest = &after[3..];
            }
            None => {
                name.push(*first);
                rest = after;
            }
        }
    }
    path(name)
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps)]
fn path(name: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(std::ffi::OsString::from_vec(name).into())
}

#[cfg(not(unix))]
fn path(name: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(name).ok().map(PathBuf::from)
}

/// What tests say is mounted: mounting needs rights that they haven't.
#[cfg(test)]
pub(crate) mod reported {
    use std::path::{Path, PathBuf};
    use std::sync::Mutex;

    static REPORTED: Mutex<Vec<(PathBuf, Vec<PathBuf>)>> = Mutex::new(Vec::new());

    /// From now on these are mounted below `root`.
    pub fn set(root: &Path, mounts: &[PathBuf]) {
        let mut reported = REPORTED.lock().expect("sound");
        reported.retain(|(known, _)| known != root);
        reported.push((root.to_path_buf(), mounts.to_vec()));
    }

    pub fn get(root: &Path) -> Option<Vec<PathBuf>> {
        let reported = REPORTED.lock().expect("sound");
        let of_root = reported.iter().find(|(known, _)| known == root);
        of_root.map(|(_, mounts)| mounts.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_folders_are_read_with_their_blanks() {
        let folder = |line: &str| folder(line.as_bytes());
        assert_eq!(folder("/dev/sda1 /a ext4 rw 0 0"), Some("/a".into()));
        assert_eq!(
            folder("x /m\\040u\\134v/\\303\\251 ext4"),
            Some("/m u\\v/é".into())
        );
        assert_eq!(folder("x /a\\9 ext4"), Some("/a\\9".into()));
        assert_eq!(folder(""), None);
    }
}
