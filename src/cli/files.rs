//! Files that people name on the command line: tables to read, results and reports to write.
#![allow(clippy::disallowed_methods)]

use anyhow::{Context, Result};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{}", path.display()))
}

/// The size of a file in bytes, and its BLAKE3 hash.
pub fn hash_of(path: &Path) -> Result<(u64, String)> {
    let hash = || -> io::Result<(u64, String)> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(File::open(path)?)?;
        Ok((hasher.count(), hasher.finalize().to_hex().to_string()))
    };
    hash().with_context(|| format!("{}", path.display()))
}

/// Makes a folder, and those above it that are absent.
pub fn make_dir(path: &Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("{}", path.display()))
}

/// The path without links.
pub fn real(path: &Path) -> Result<PathBuf> {
    path.canonicalize().with_context(|| format!("{}", path.display()))
}

/// Whether it is a folder: where the system doesn't say, opening it says why.
pub fn is_dir(path: &Path) -> bool {
    path.is_dir()
}

/// The folders in a folder, by name; of one that can't be read none.
pub fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort_unstable();
    folders
}

/// Whether there is anything of that name.
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// A file that takes its name once it is complete: until then, and if anything fails, the former file of that
/// name stays as it is. A pipe or device is written directly.
#[derive(Debug)]
pub struct NewFile {
    writing: Writing,
    path: PathBuf,
}

#[derive(Debug)]
enum Writing {
    Beside(Box<BufWriter<NamedTempFile>>),
    Directly(BufWriter<File>),
}

impl NewFile {
    /// Begins a file.
    pub fn begin(path: &Path) -> Result<Self> {
        Self::try_begin(path).with_context(|| format!("{}", path.display()))
    }

    fn try_begin(path: &Path) -> io::Result<Self> {
        let former = fs::metadata(path).ok();
        if former.as_ref().is_some_and(|former| !former.is_file()) {
            let file = File::options().write(true).open(path)?;
            return Ok(Self {
                writing: Writing::Directly(BufWriter::new(file)),
                path: path.to_path_buf(),
            });
        }
        // A link stays a link.
        let path = match former.is_some() {
            true => path.canonicalize()?,
            false => path.to_path_buf(),
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        if is_in_index(folder) {
            return Err(io::Error::other(
                "is in the folder of an index; write to another one",
            ));
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".griot-").suffix(".part");
        // As any program makes a file, less what the umask takes.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        // Without the name of the temporary file, which says nothing to anybody.
        let file = builder
            .tempfile_in(folder)
            .map_err(|error| io::Error::from(error.kind()))?;
        if let Some(former) = former {
            file.as_file().set_permissions(former.permissions())?;
        }
        Ok(Self {
            writing: Writing::Beside(Box::new(BufWriter::new(file))),
            path,
        })
    }

    /// Gives the file its name.
    pub fn finish(self) -> Result<()> {
        let Self { writing, path } = self;
        writing
            .finish(&path)
            .with_context(|| format!("{}", path.display()))
    }
}

/// Whether a folder is that of an index, or in one: what is written there could be taken for a part of it.
fn is_in_index(folder: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else {
        return false;
    };
    let is_index = |folder: &Path| folder.join("CURRENT").is_file() && folder.join("LOCK").is_file();
    folder.ancestors().any(is_index)
}

impl Writing {
    fn finish(self, path: &Path) -> io::Result<()> {
        match self {
            Self::Directly(mut file) => file.flush(),
            Self::Beside(file) => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                file.persist(path)?;
                Ok(())
            }
        }
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writing {
            Writing::Beside(file) => file.write(bytes),
            Writing::Directly(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writing {
            Writing::Beside(file) => file.flush(),
            Writing::Directly(file) => file.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_once_it_is_complete() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.csv");
        let held = || fs::read_to_string(&path).unwrap_or_default();
        let write = |text: &str| {
            let mut file = NewFile::begin(&path).expect("begun");
            file.write_all(text.as_bytes()).expect("written");
            file
        };
        write("first").finish().expect("finished");
        assert_eq!(held(), "first");
        let begun = write("second");
        assert_eq!(held(), "first");
        drop(begun);
        assert_eq!(held(), "first", "what fails leaves the former file");
        write("third").finish().expect("finished");
        assert_eq!(held(), "third");
        let left = fs::read_dir(dir.path()).expect("listed").count();
        assert_eq!(left, 1, "and nothing beside it");
        assert!(NewFile::begin(&dir.path().join("no/a.csv")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().expect("a folder");
        let (path, link) = (dir.path().join("a.csv"), dir.path().join("link.csv"));
        fs::write(&path, "first").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
        symlink(&path, &link).expect("a link");
        let mut file = NewFile::begin(&link).expect("begun");
        file.write_all(b"second").expect("written");
        file.finish().expect("finished");
        assert_eq!(fs::read_to_string(&path).expect("read"), "second");
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        let mode = fs::metadata(&path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}
