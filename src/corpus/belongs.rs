//! What belongs to an archive: one rule for the walk of a folder, for what the system reports as changed, and
//! for the members of an archive file.
//!
//! By its name: nothing hidden, only files of formats that griot reads. By what lies around it: no images and
//! scripts of a saved page, no index. By what people have written: the globs of the root, those of every
//! `griot.toml` above it.

use super::globs::Globs;
use super::look;
use super::settings::{self, Settings};
use std::collections::HashSet;
use std::fmt;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// Whether a file or folder belongs to an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The file is to be read, the folder to be entered.
    Take,
    /// The file is left out.
    Skip(IgnoreReason),
    /// The folder is left out with all that lies in it.
    Prune(IgnoreReason),
}

/// Why a file or folder is none of griot's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum IgnoreReason {
    /// Its name begins with a dot. `.griot` is one of these.
    Hidden,
    /// No reader for its extension.
    UnknownFormat,
    /// The folder of images and scripts beside a saved page.
    PageCompanion,
    /// The folder of an index.
    Index,
    /// A link to something that is read at its own place.
    Linked,
    /// A link to a folder that holds it.
    LinkLoop,
    /// A link, where none is to be followed.
    NotFollowed,
    /// A socket, a pipe, a device.
    NotAFile,
    /// A `griot.toml`.
    Settings,
    /// Left out by a `griot.toml`.
    Excluded,
    /// Left out by the globs of its root.
    Glob,
}

impl IgnoreReason {
    /// A short stable name for programs.
    pub fn name(self) -> &'static str {
        match self {
            IgnoreReason::Hidden => "hidden",
            IgnoreReason::UnknownFormat => "unknown_format",
            IgnoreReason::PageCompanion => "page_companion",
            IgnoreReason::Index => "index",
            IgnoreReason::Linked => "linked",
            IgnoreReason::LinkLoop => "link_loop",
            IgnoreReason::NotFollowed => "not_followed",
            IgnoreReason::NotAFile => "not_a_file",
            IgnoreReason::Settings => "settings",
            IgnoreReason::Excluded => "excluded",
            IgnoreReason::Glob => "glob",
        }
    }

    /// Whether somebody has written that it be left out.
    pub fn is_on_request(self) -> bool {
        matches!(
            self,
            IgnoreReason::Excluded | IgnoreReason::Glob | IgnoreReason::NotFollowed
        )
    }
}

impl fmt::Display for IgnoreReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            IgnoreReason::Hidden => "hidden",
            IgnoreReason::UnknownFormat => "a format that griot doesn't read",
            IgnoreReason::PageCompanion => "images and scripts of a saved page",
            IgnoreReason::Index => "the index of an archive",
            IgnoreReason::Linked => "a link to something that is indexed where it is",
            IgnoreReason::LinkLoop => "a link to a folder that holds it",
            IgnoreReason::NotFollowed => "a link, which --follow-links=none leaves out",
            IgnoreReason::NotAFile => "no regular file",
            IgnoreReason::Settings => "settings for the folder",
            IgnoreReason::Excluded => "left out by a griot.toml",
            IgnoreReason::Glob => "left out by --include or --exclude",
        })
    }
}

/// What files lie around a path.
pub(super) trait Tree {
    /// Whether there is such a file.
    fn is_file(&self, path: &Path) -> io::Result<bool>;

    /// Whether there is such a folder.
    fn is_folder(&self, path: &Path) -> io::Result<bool>;

    /// Whether the file `CURRENT`, which is there, names a generation of an index.
    fn names_a_generation(&self, current: &Path) -> io::Result<bool>;
}

/// The file system.
pub(super) struct Disk;

impl Tree for Disk {
    fn is_file(&self, path: &Path) -> io::Result<bool> {
        look::metadata(path).map(|found| found.is_some_and(|metadata| metadata.is_file()))
    }

    fn is_folder(&self, path: &Path) -> io::Result<bool> {
        look::metadata(path).map(|found| found.is_some_and(|metadata| metadata.is_dir()))
    }

    fn names_a_generation(&self, current: &Path) -> io::Result<bool> {
        look::beginning(current, GENERATION.len() as u64).map(|bytes| bytes == GENERATION)
    }
}

/// The members of an archive file.
#[derive(Default)]
pub(super) struct Members<'a> {
    files: HashSet<&'a Path>,
    folders: HashSet<&'a Path>,
    /// Files `CURRENT` that name a generation.
    generations: HashSet<&'a Path>,
}

impl<'a> Members<'a> {
    /// Adds a member, a folder if its path ends in `/`.
    pub(super) fn add(&mut self, path: &'a str) {
        let member = Path::new(path.trim_end_matches('/'));
        if !path.ends_with('/') {
            self.files.insert(member);
        }
        let above = member.ancestors().skip(usize::from(!path.ends_with('/')));
        self.folders
            .extend(above.take_while(|folder| !folder.as_os_str().is_empty()));
    }

    /// Whether a member may be the file `CURRENT` of an index, whose beginning says more.
    pub(super) fn may_be_current(path: &str) -> bool {
        path.rsplit('/').next() == Some(CURRENT)
    }

    /// Notes what such a member begins with.
    pub(super) fn note_current(&mut self, path: &'a str, beginning: impl io::Read) {
        let mut bytes = Vec::new();
        // What is damaged names no generation.
        let _ = beginning.take(GENERATION.len() as u64).read_to_end(&mut bytes);
        if bytes == GENERATION {
            self.generations.insert(Path::new(path));
        }
    }
}

impl Tree for Members<'_> {
    fn is_file(&self, path: &Path) -> io::Result<bool> {
        Ok(self.files.contains(path))
    }

    fn is_folder(&self, path: &Path) -> io::Result<bool> {
        Ok(self.folders.contains(path))
    }

    fn names_a_generation(&self, current: &Path) -> io::Result<bool> {
        Ok(self.generations.contains(current))
    }
}

/// The rule for one place: what lies around it and what was written about it.
pub(super) struct Belongs<'a> {
    pub tree: &'a dyn Tree,
    pub globs: Option<&'a Globs>,
    pub settings: Option<&'a Settings>,
    /// Whether there is a reader for a file of that name.
    pub is_supported: &'a dyn Fn(&Path) -> bool,
}

impl Belongs<'_> {
    /// The verdict on a file or folder whose parent belongs to the archive. `key` is what globs see of its
    /// path.
    ///
    /// # Errors
    /// When the system doesn't say what lies around it.
    pub(super) fn verdict(&self, path: &Path, key: &str, is_folder: bool) -> io::Result<Verdict> {
        Ok(match self.reason(path, key, is_folder)? {
            None => Verdict::Take,
            Some(why) if is_folder => Verdict::Prune(why),
            Some(why) => Verdict::Skip(why),
        })
    }

    /// The verdict on a member of an archive file and the folders above it. The archive file is a folder like
    /// others.
    pub(super) fn on_member(&self, path: &str, key: &str) -> io::Result<Verdict> {
        if is_index(self.tree, Path::new(""))? {
            return Ok(Verdict::Prune(IgnoreReason::Index));
        }
        for (at, _) in path.match_indices('/') {
            let above = key.len() - (path.len() - at);
            let verdict = self.verdict(Path::new(&path[..at]), &key[..above], true)?;
            if verdict != Verdict::Take {
                return Ok(verdict);
            }
        }
        self.verdict(Path::new(path), key, false)
    }

    fn reason(&self, path: &Path, key: &str, is_folder: bool) -> io::Result<Option<IgnoreReason>> {
        if let Some(why) = of_its_own(self.tree, self.is_supported, path, is_folder)? {
            return Ok(Some(why));
        }
        Ok(self.on_request(key, is_folder))
    }

    /// Why somebody has written that it be left out.
    pub(super) fn on_request(&self, key: &str, is_folder: bool) -> Option<IgnoreReason> {
        let (settings, globs) = match is_folder {
            true => (
                self.settings.is_some_and(|settings| settings.prunes(key)),
                self.globs.is_some_and(|globs| globs.prunes(key)),
            ),
            false => (
                self.settings.is_some_and(|settings| !settings.wants(key)),
                self.globs.is_some_and(|globs| !globs.wants(key)),
            ),
        };
        settings
            .then_some(IgnoreReason::Excluded)
            .or(globs.then_some(IgnoreReason::Glob))
    }
}

/// Why a file or folder is none of griot's business by its name and what lies around it, whatever is written.
pub(super) fn of_its_own(
    tree: &dyn Tree,
    is_supported: &dyn Fn(&Path) -> bool,
    path: &Path,
    is_folder: bool,
) -> io::Result<Option<IgnoreReason>> {
    Ok(if is_hidden(path) {
        Some(IgnoreReason::Hidden)
    } else if is_folder && is_page_companion(tree, path)? {
        Some(IgnoreReason::PageCompanion)
    } else if is_folder && is_index(tree, path)? {
        Some(IgnoreReason::Index)
    } else if !is_folder && is_settings(path) {
        Some(IgnoreReason::Settings)
    } else if !is_folder && !is_supported(path) {
        Some(IgnoreReason::UnknownFormat)
    } else {
        None
    })
}

/// Whether a file is a folder's `griot.toml`: when it changes, so may all that lies in the folder.
pub fn is_settings(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == settings::NAME)
}

/// Whether a name begins with a dot, or is that of the folder that macOS adds to archives.
pub(super) fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b".") || name == "__MACOSX")
}

/// The file of an index that says which generation is in use …
const CURRENT: &str = "CURRENT";
/// … and what it begins with.
const GENERATION: &[u8] = b"gen-";

/// Whether a folder is that of a griot index, finished or being built for the first time.
fn is_index(tree: &dyn Tree, path: &Path) -> io::Result<bool> {
    let current = path.join(CURRENT);
    Ok(tree.is_file(&current)? && tree.names_a_generation(&current)?
        || tree.is_file(&path.join("LOCK"))? && tree.is_folder(&path.join("gen-1/index_schema"))?)
}

/// What the names of such folders end in.
const COMPANIONS: [&str; 2] = ["_files", "_fichiers"];

/// Whether a folder holds the images and scripts of a page that a browser saved beside it: `page_files` or
/// `page_fichiers` with `page.html` or `page.htm`.
fn is_page_companion(tree: &dyn Tree, path: &Path) -> io::Result<bool> {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let Some(page) = COMPANIONS.iter().find_map(|suffix| name.strip_suffix(suffix)) else {
        return Ok(false);
    };
    let page = |extension: &str| path.with_file_name(format!("{page}.{extension}"));
    Ok(tree.is_file(&page("html"))? || tree.is_file(&page("htm"))?)
}

/// Where, of a page, a browser would have saved its images and scripts.
pub fn page_companions(page: &Path) -> Vec<PathBuf> {
    let is_page = page.extension().is_some_and(|e| e == "html" || e == "htm");
    let stem = page
        .file_stem()
        .and_then(|stem| stem.to_str())
        .filter(|_| is_page);
    stem.into_iter()
        .flat_map(|stem| COMPANIONS.map(|suffix| page.with_file_name(format!("{stem}{suffix}"))))
        .collect()
}
