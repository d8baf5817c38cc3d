//! Finds the files of a root: in a stable order, following links, without reading anything twice.
//!
//! Links: one that leads to a place which the walk reaches by itself is ignored (its articles would be
//! indexed twice, and their ids change with the link); any other is followed. No folder is entered twice by
//! way of links, so that no web of links can multiply files or loop.

use super::belongs::{Belongs, Disk, IgnoreReason, Verdict, is_hidden, is_settings, of_its_own};
use super::formats::{format_of, is_supported, unknown_format};
use super::globs::Globs;
use super::settings::Settings;
use super::{SkipReason, Skipped, look};
use crate::disk::Version;
use std::collections::HashSet;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that a reader can be put to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub path: PathBuf,
    /// The path from the root, `/` between its parts, the name for a root that is a file. Bytes that are not
    /// UTF-8 are escaped as `\xNN` and backslashes doubled, so that no two files share a key.
    pub key: String,
    pub size: u64,
    pub version: Version,
    /// What the `griot.toml` of its folders say.
    pub settings: Option<Arc<Settings>>,
    /// The globs of its root, if it has any.
    pub globs: Option<Arc<Globs>>,
}

impl Found {
    /// What differs when the file was changed, or what it is read under: its version, mixed with that.
    pub fn stamp(&self) -> i64 {
        self.version.number().wrapping_add(self.fingerprint() as i64)
    }

    /// A number that differs when the same bytes are other articles: by the settings, and of archives by the
    /// globs, too, which leave members out.
    pub fn fingerprint(&self) -> u64 {
        let settings = self
            .settings
            .as_ref()
            .map_or(0, |settings| settings.fingerprint());
        let globs = self.globs.as_ref().filter(|_| has_members(&self.path));
        settings ^ globs.map_or(0, |globs| globs.fingerprint())
    }
}

fn has_members(path: &Path) -> bool {
    format_of(path).is_some_and(|format| format.name == "zip")
}

/// What a walk comes upon.
#[derive(Debug)]
pub enum Walked {
    File(Found),
    /// Something that should have been read, and can't be as it is.
    Skipped(Skipped),
    /// Something that couldn't be looked at: a file or a folder, with all that may still be in it. The fault
    /// is sometimes that of another file (the `griot.toml` of a folder).
    Unseen {
        path: PathBuf,
        fault: Skipped,
    },
    /// Something that is none of griot's business.
    Ignored {
        path: PathBuf,
        why: IgnoreReason,
    },
}

/// Walks a root, a folder or a file, in the order of names within each folder. A root is taken whatever its
/// name.
pub fn walk(root: &Path) -> impl Iterator<Item = Walked> + use<> {
    Walk::new(root, root, &Arc::default())
}

/// The same for what the globs of the root leave in.
pub fn walk_chosen(root: &Path, globs: &Arc<Globs>) -> impl Iterator<Item = Walked> + use<> {
    Walk::new(root, root, globs)
}

/// Whether a walk of a root finds any file.
pub fn holds_files(root: &Path) -> bool {
    walk(root).any(|walked| matches!(walked, Walked::File(_)))
}

/// Walks what lies in a root under `path`, giving what a walk of the whole root gives there. Where a link
/// leads on the way there, the whole root is walked: only then is it known which of several ways a file
/// counts under.
pub fn walk_part(root: &Path, path: &Path, globs: &Arc<Globs>) -> Box<dyn Iterator<Item = Walked>> {
    let mut part = Walk::new(root, path, globs);
    let wrong = match part.descend(path) {
        Descent::Arrived(wrong) => wrong,
        Descent::Blocked(blocked) => return Box::new(blocked.into_iter()),
        Descent::ByLink => return Box::new(walk_chosen(root, globs)),
    };
    // A part that griot doesn't read is no fault, as a root of that kind would be.
    Box::new(wrong.into_iter().chain(part).map(|walked| match walked {
        Walked::Skipped(skipped) if skipped.reason == SkipReason::UnknownFormat => Walked::Ignored {
            path: skipped.path,
            why: IgnoreReason::UnknownFormat,
        },
        other => other,
    }))
}

/// Whether a change at `path`, which may be gone, can be one of the archive: of a file that is read, or of a
/// folder.
pub fn concerns(root: &Path, globs: &Arc<Globs>, path: &Path) -> bool {
    path.starts_with(root)
        && match Walk::new(root, path, globs).descend(path) {
            Descent::Arrived(_) | Descent::ByLink => true,
            Descent::Blocked(blocked) => matches!(blocked, Some(Walked::Unseen { .. })),
        }
}

/// How the way from a root to a part of it ended.
enum Descent {
    /// At the part, past settings that can't be used.
    Arrived(Vec<Walked>),
    /// Before it: at what is no part of the archive, or can't be looked at.
    Blocked(Option<Walked>),
    /// At a link.
    ByLink,
}

struct Walk {
    root: PathBuf,
    globs: Arc<Globs>,
    /// The root without links.
    real_root: Option<PathBuf>,
    entries: walkdir::IntoIter,
    /// The folder that was entered last: errors of listing it come first, and don't name it.
    listing: PathBuf,
    /// A fault that was met, to be handed over next.
    pending: Option<Walked>,
    /// What was reached by links, without links.
    entered: HashSet<PathBuf>,
    /// Depth of the link that the walk is beneath.
    linked_at: Option<usize>,
    /// Depths of the folders above that have settings, with what holds in them.
    settings: Vec<(usize, Arc<Settings>)>,
    /// What holds above the place where the walk begins.
    above: Option<Arc<Settings>>,
}

/// What to do with an entry.
enum Action {
    Enter,
    Take,
    Report(SkipReason, String),
    Ignore(IgnoreReason),
}

impl Iterator for Walk {
    type Item = Walked;

    fn next(&mut self) -> Option<Walked> {
        loop {
            if let Some(walked) = self.pending.take() {
                return Some(walked);
            }
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(self.failed(&error)),
            };
            if let Some(walked) = self.entry(&entry) {
                return Some(walked);
            }
        }
    }
}

impl Walk {
    fn new(root: &Path, from: &Path, globs: &Arc<Globs>) -> Self {
        let entries = walkdir::WalkDir::new(from)
            .follow_links(true)
            .sort_by(|a, b| a.path().as_os_str().cmp(b.path().as_os_str()))
            .into_iter();
        Walk {
            root: root.to_path_buf(),
            globs: Arc::clone(globs),
            real_root: None,
            entries,
            listing: from.to_path_buf(),
            pending: None,
            entered: HashSet::new(),
            linked_at: None,
            settings: Vec::new(),
            above: None,
        }
    }

    /// What an entry is; none for a folder that was entered.
    fn entry(&mut self, entry: &walkdir::DirEntry) -> Option<Walked> {
        let path = entry.path();
        while self
            .settings
            .last()
            .is_some_and(|(depth, _)| *depth >= entry.depth())
        {
            self.settings.pop();
        }
        let action = look::point(path).and_then(|()| self.action(entry));
        let (walked, enter) = match action {
            Ok(Action::Enter) => match self.enter(path, entry.depth()) {
                Ok(wrong) => (wrong.map(Walked::Skipped), true),
                Err(fault) => (Some(unseen(path, fault)), false),
            },
            Ok(Action::Take) => (Some(self.found(path, entry.metadata())), true),
            Ok(Action::Report(reason, detail)) => (
                Some(Walked::Skipped(skipped(path.to_path_buf(), reason, detail))),
                true,
            ),
            Ok(Action::Ignore(why)) => {
                let path = path.to_path_buf();
                (Some(Walked::Ignored { path, why }), false)
            }
            Err(error) => (Some(self.unreadable(path, &error)), false),
        };
        if entry.file_type().is_dir() && !enter {
            self.entries.skip_current_dir();
        }
        walked
    }

    /// Reads the settings of a folder, if it has any, before what lies in it; what is wrong with them. The
    /// error is why the folder can't be entered.
    fn enter(&mut self, path: &Path, depth: usize) -> Result<Option<Skipped>, Skipped> {
        self.listing = path.to_path_buf();
        let above = self
            .settings
            .last()
            .map(|(_, settings)| settings)
            .or(self.above.as_ref());
        let wrong = match Settings::load(path, &self.key_of(path), above) {
            Ok(settings) => {
                self.settings.extend(settings.map(|settings| (depth, settings)));
                None
            }
            Err(fault) if fault.reason == SkipReason::Unreadable => return Err(fault),
            Err(wrong) => Some(wrong),
        };
        // A listing can fail at its beginning, and where something of it has been given.
        look::point(path).map_err(|error| unreadable(path.to_path_buf(), &error))?;
        if let Err(error) = look::point(path) {
            self.pending = Some(self.unreadable(path, &error));
        }
        Ok(wrong)
    }

    /// Goes from the root to the part of it where the walk begins: settings of the folders above hold in the
    /// part, too.
    fn descend(&mut self, to: &Path) -> Descent {
        let Ok(inside) = to.strip_prefix(&self.root) else {
            return Descent::ByLink;
        };
        let mut wrong = Vec::new();
        let mut at = self.root.clone();
        for name in inside.components() {
            match Settings::load(&at, &self.key_of(&at), self.above.as_ref()) {
                Ok(settings) => self.above = settings.or(self.above.take()),
                Err(fault) if fault.reason == SkipReason::Unreadable => {
                    return Descent::Blocked(Some(unseen(&at, fault)));
                }
                Err(fault) => wrong.push(Walked::Skipped(fault)),
            }
            at.push(name);
            match self.step(&at) {
                Ok(None) => {}
                Ok(Some(end)) => return end,
                Err(error) => return Descent::Blocked(Some(self.unreadable(&at, &error))),
            }
        }
        Descent::Arrived(wrong)
    }

    /// A step on the way to a part of the root; none if it leads on.
    fn step(&self, at: &Path) -> io::Result<Option<Descent>> {
        if is_hidden(at) {
            return Ok(Some(Descent::Blocked(None)));
        }
        let Some(metadata) = look::link_metadata(at)? else {
            return Ok(None);
        };
        if metadata.is_symlink() {
            return Ok(Some(Descent::ByLink));
        }
        let verdict = self.belongs().verdict(at, &self.key_of(at), metadata.is_dir())?;
        let (Verdict::Skip(why) | Verdict::Prune(why)) = verdict else {
            return Ok(None);
        };
        // What lies in such folders is not worth a word.
        let silent = matches!(why, IgnoreReason::PageCompanion | IgnoreReason::Index);
        let path = at.to_path_buf();
        Ok(Some(Descent::Blocked(
            (!silent).then_some(Walked::Ignored { path, why }),
        )))
    }

    /// The path from the root, empty for the root.
    fn key_of(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).map(key).unwrap_or_default()
    }

    /// What holds where the walk is.
    fn settings(&self) -> Option<&Arc<Settings>> {
        let innermost = self.settings.last().map(|(_, settings)| settings);
        innermost.or(self.above.as_ref())
    }

    fn belongs(&self) -> Belongs<'_> {
        Belongs {
            tree: &Disk,
            globs: Some(&self.globs),
            settings: self.settings().map(|settings| &**settings),
            is_supported: &is_supported,
        }
    }

    fn action(&mut self, entry: &walkdir::DirEntry) -> io::Result<Action> {
        let (path, kind, depth) = (entry.path(), entry.file_type(), entry.depth());
        if self.linked_at.is_some_and(|at| depth <= at) {
            self.linked_at = None;
        }
        if !kind.is_dir() && !kind.is_file() {
            let is_hidden = depth > 0 && is_hidden(path);
            return Ok(Action::Ignore(match is_hidden {
                true => IgnoreReason::Hidden,
                false => IgnoreReason::NotAFile,
            }));
        }
        let verdict = match depth {
            0 => self.on_root(path, kind.is_dir()),
            _ => self.belongs().verdict(path, &self.key_of(path), kind.is_dir())?,
        };
        match verdict {
            // A file that was named by its user is worth a word.
            Verdict::Skip(IgnoreReason::UnknownFormat) if depth == 0 => {
                return Ok(Action::Report(SkipReason::UnknownFormat, unknown_format()));
            }
            Verdict::Skip(why) | Verdict::Prune(why) => return Ok(Action::Ignore(why)),
            Verdict::Take => {}
        }
        if (self.linked_at.is_some() && kind.is_dir() || entry.path_is_symlink() && depth > 0)
            && self.is_elsewhere(path, kind.is_dir(), depth)?
        {
            return Ok(Action::Ignore(IgnoreReason::Linked));
        }
        Ok(if kind.is_dir() {
            Action::Enter
        } else {
            Action::Take
        })
    }

    /// The verdict on where the walk begins: a root is taken whatever its name and what lies around it.
    fn on_root(&self, path: &Path, is_folder: bool) -> Verdict {
        if is_folder {
            return Verdict::Take;
        }
        let why = match is_settings(path) {
            true => Some(IgnoreReason::Settings),
            false if !is_supported(path) => Some(IgnoreReason::UnknownFormat),
            false => self.belongs().on_request(&self.file_key(path), false),
        };
        why.map_or(Verdict::Take, Verdict::Skip)
    }

    /// Whether what a link leads to is read at another place. The folders and links beneath a link are looked
    /// at too: they may have been reached by another one.
    fn is_elsewhere(&mut self, path: &Path, is_folder: bool, depth: usize) -> io::Result<bool> {
        let real = look::real(path)?;
        if self.is_reached(&real, is_folder)? || !self.entered.insert(real) {
            return Ok(true);
        }
        if is_folder {
            self.linked_at = self.linked_at.or(Some(depth));
        }
        Ok(false)
    }

    /// Whether the walk comes, without any link, to a place given without links.
    fn is_reached(&mut self, real: &Path, is_folder: bool) -> io::Result<bool> {
        let root = match &self.real_root {
            Some(root) => root,
            None => self.real_root.insert(look::real(&self.root)?),
        };
        let Ok(inside) = real.strip_prefix(root) else {
            return Ok(false);
        };
        let mut at = root.clone();
        for part in inside.components() {
            at.push(part);
            let is_file = !is_folder && at == real;
            if of_its_own(&Disk, &is_supported, &at, !is_file)?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// [`Found::key`] of a file.
    fn file_key(&self, path: &Path) -> String {
        let inside = path
            .strip_prefix(&self.root)
            .ok()
            .filter(|inside| inside.components().next().is_some());
        key(inside.unwrap_or_else(|| Path::new(path.file_name().unwrap_or(path.as_os_str()))))
    }

    fn found(&self, path: &Path, metadata: walkdir::Result<Metadata>) -> Walked {
        match metadata {
            Ok(metadata) => Walked::File(Found {
                path: path.to_path_buf(),
                key: self.file_key(path),
                size: metadata.len(),
                version: Version::of(&metadata),
                settings: self.settings().map(Arc::clone),
                globs: (!self.globs.is_empty()).then(|| Arc::clone(&self.globs)),
            }),
            Err(error) => self.failed(&error),
        }
    }

    fn failed(&self, error: &walkdir::Error) -> Walked {
        let path = error.path().unwrap_or(&self.listing).to_path_buf();
        if error.loop_ancestor().is_some() {
            return Walked::Ignored {
                path,
                why: IgnoreReason::LinkLoop,
            };
        }
        if error.depth() > 0 && is_hidden(&path) {
            return Walked::Ignored {
                path,
                why: IgnoreReason::Hidden,
            };
        }
        match error.io_error() {
            Some(error) => self.unreadable(&path, error),
            None => self.unreadable(&path, &io::Error::other(error.to_string())),
        }
    }

    fn unreadable(&self, path: &Path, error: &io::Error) -> Walked {
        unseen(path, unreadable(path.to_path_buf(), error))
    }
}

fn unseen(path: &Path, fault: Skipped) -> Walked {
    Walked::Unseen {
        path: path.to_path_buf(),
        fault,
    }
}

/// Something that the system doesn't let us look at.
fn unreadable(path: PathBuf, error: &io::Error) -> Skipped {
    let detail = match error.kind() {
        io::ErrorKind::NotFound if path.is_symlink() => "the link leads nowhere; mend or remove it".into(),
        io::ErrorKind::PermissionDenied => "permission denied; ask for the right to read it".into(),
        _ => error.to_string(),
    };
    skipped(path, SkipReason::Unreadable, detail)
}

fn skipped(path: PathBuf, reason: SkipReason, detail: String) -> Skipped {
    Skipped {
        path,
        line: None,
        record: None,
        reason,
        detail,
    }
}

/// A path from a root as [`Found::key`].
pub fn key(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .map(|part| escaped(part.as_os_str().as_encoded_bytes()))
        .collect();
    parts.join("/")
}

fn escaped(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(&chunk.valid().replace('\\', "\\\\"));
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02x}"));
        }
    }
    out
}

#[cfg(test)]
mod tests;
