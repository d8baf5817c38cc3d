//! Finds the files of a root: in a stable order, following links, without reading anything twice.
//!
//! Links: one that leads to a place which the walk reaches by itself is ignored (its articles would be
//! indexed twice, and their ids change with the link); any other is followed if the root's [`Links`] say so. No
//! folder is entered twice by way of links, so that no web of links can multiply files or loop.

use super::belongs::{Belongs, Disk, IgnoreReason, Verdict, is_hidden, is_settings, of_its_own};
use super::formats::{format_of, is_supported, unknown_format};
use super::globs::Globs;
use super::links::{Bounds, Choice, Links};
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
pub struct FoundFile {
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
    /// Whether it is read though griot itself has written it: somebody named it.
    pub reads_exports: bool,
}

impl FoundFile {
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
        // Any number will do that is not 0.
        let exports = if self.reads_exports { 0x6578_706f_7274 } else { 0 };
        settings ^ globs.map_or(0, |globs| globs.fingerprint()) ^ exports
    }
}

fn has_members(path: &Path) -> bool {
    format_of(path).is_some_and(|format| format.name == "zip")
}

/// What a walk comes upon.
#[derive(Debug)]
pub enum Walked {
    File(FoundFile),
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
    /// A link that leads out of the roots; what it leads to follows.
    LedOut(PathBuf),
}

impl Walked {
    /// Whether it shows that the root is not empty: a file, or what was left out because somebody wants it so.
    pub fn shows_files(&self) -> bool {
        match self {
            Walked::File(_) => true,
            Walked::Skipped(skipped) => skipped.reason == SkipReason::LinkedOutside,
            Walked::Ignored { why, .. } => why.is_on_request(),
            Walked::Unseen { .. } | Walked::LedOut(_) => false,
        }
    }
}

/// Walks a root, a folder or a file, in the order of names within each folder. A root is taken whatever its
/// name.
pub fn walk(root: &Path) -> impl Iterator<Item = Walked> + use<> {
    Walk::new(root, root, &Choice::default())
}

/// The same for what was chosen of the root.
pub fn walk_chosen(root: &Path, choice: &Choice) -> impl Iterator<Item = Walked> + use<> {
    Walk::new(root, root, choice)
}

/// Whether a walk of a root finds any file, or any that was left out because somebody wants it so.
pub fn holds_files(root: &Path, choice: &Choice) -> bool {
    walk_chosen(root, choice).any(|walked| walked.shows_files())
}

/// Walks what lies in a root under `path`, giving what a walk of the whole root gives there. Where a link
/// leads on the way there, the whole root is walked: only then is it known which of several ways a file
/// counts under.
pub fn walk_part(root: &Path, path: &Path, choice: &Choice) -> Box<dyn Iterator<Item = Walked>> {
    let mut part = Walk::new(root, path, choice);
    let wrong = match part.descend(path) {
        Descent::Arrived(wrong) => wrong,
        Descent::Blocked(blocked) => return Box::new(blocked.into_iter()),
        Descent::ByLink => return Box::new(walk_chosen(root, choice)),
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
pub fn concerns(root: &Path, choice: &Choice, path: &Path) -> bool {
    path.starts_with(root)
        && match Walk::new(root, path, choice).descend(path) {
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
    choice: Choice,
    /// Where links may lead.
    bounds: Bounds,
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
    fn new(root: &Path, from: &Path, choice: &Choice) -> Self {
        let entries = walkdir::WalkDir::new(from)
            .follow_links(choice.links != Links::None)
            .sort_by(|a, b| a.path().as_os_str().cmp(b.path().as_os_str()))
            .into_iter();
        Walk {
            root: root.to_path_buf(),
            choice: choice.clone(),
            bounds: Bounds::default(),
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
                false,
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
            match self.step(&at, at == to) {
                Ok(None) => {}
                Ok(Some(end)) => return end,
                Err(error) => return Descent::Blocked(Some(self.unreadable(&at, &error))),
            }
        }
        Descent::Arrived(wrong)
    }

    /// A step on the way to a part of the root; none if it leads on.
    fn step(&mut self, at: &Path, is_last: bool) -> io::Result<Option<Descent>> {
        if is_hidden(at) {
            return Ok(Some(Descent::Blocked(None)));
        }
        let Some(metadata) = look::link_metadata(at)? else {
            return Ok(None);
        };
        if metadata.is_symlink() {
            // A link that is not followed may stand where a file was.
            return Ok(Some(match is_last || self.follows(at)? {
                true => Descent::ByLink,
                false => Descent::Blocked(None),
            }));
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

    /// Whether what lies beneath a link is walked.
    fn follows(&mut self, link: &Path) -> io::Result<bool> {
        Ok(match self.choice.links {
            Links::None => false,
            Links::All => true,
            Links::Inside => !self
                .bounds
                .leads_out(&look::real(link)?, &self.root, &self.choice)?,
        })
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
            globs: Some(&self.choice.globs),
            settings: self.settings().map(|settings| &**settings),
            is_supported: &is_supported,
        }
    }

    fn action(&mut self, entry: &walkdir::DirEntry) -> io::Result<Action> {
        let (path, kind, depth) = (entry.path(), entry.file_type(), entry.depth());
        if self.linked_at.is_some_and(|at| depth <= at) {
            self.linked_at = None;
        }
        if depth > 0 && is_hidden(path) {
            return Ok(Action::Ignore(IgnoreReason::Hidden));
        }
        if kind.is_symlink() {
            return Ok(Action::Ignore(IgnoreReason::NotFollowed));
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
            // It says of itself that it is none of griot's business, whatever it is.
            Verdict::Skip(IgnoreReason::UnknownFormat) if !kind.is_file() && !kind.is_dir() => {
                return Ok(Action::Ignore(IgnoreReason::NotAFile));
            }
            Verdict::Skip(why) | Verdict::Prune(why) => return Ok(Action::Ignore(why)),
            Verdict::Take => {}
        }
        if !kind.is_file() && !kind.is_dir() {
            let cure = "a pipe, a socket or a device is not read; save what it gives as a file";
            return Ok(Action::Report(SkipReason::NotAFile, cure.into()));
        }
        if entry.path_is_symlink() && depth > 0 && self.choice.asks_where() {
            let real = look::real(path)?;
            if self.bounds.leads_out(&real, &self.root, &self.choice)? {
                if self.choice.links == Links::Inside {
                    return Ok(Action::Report(SkipReason::LinkedOutside, led_out(&real)));
                }
                self.report_entry(path);
            }
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

    /// Notes that a link leads out of the roots: reported before what it leads to.
    fn report_entry(&mut self, path: &Path) {
        self.pending.get_or_insert(Walked::LedOut(path.to_path_buf()));
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

    /// [`FoundFile::key`] of a file.
    fn file_key(&self, path: &Path) -> String {
        let inside = path
            .strip_prefix(&self.root)
            .ok()
            .filter(|inside| inside.components().next().is_some());
        key(inside.unwrap_or_else(|| Path::new(path.file_name().unwrap_or(path.as_os_str()))))
    }

    fn found(&self, path: &Path, metadata: walkdir::Result<Metadata>) -> Walked {
        match metadata {
            Ok(metadata) => Walked::File(FoundFile {
                path: path.to_path_buf(),
                key: self.file_key(path),
                size: metadata.len(),
                version: Version::of(&metadata),
                settings: self.settings().map(Arc::clone),
                reads_exports: path == self.root,
                globs: (!self.choice.globs.is_empty()).then(|| Arc::clone(&self.choice.globs)),
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
        io::ErrorKind::NotFound if path.is_symlink() => "broken link; repair or remove it".into(),
        io::ErrorKind::PermissionDenied => "permission denied; ask for permission to read it".into(),
        _ => error.to_string(),
    };
    skipped(path, SkipReason::Unreadable, detail)
}

/// What is reported of a link that leads out of the roots.
fn led_out(real: &Path) -> String {
    format!(
        "the link leads out of the roots, to {}; index that too, or run `griot index --follow-links=all`",
        real.display()
    )
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

/// A path from a root as [`FoundFile::key`].
pub fn key(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .map(|part| escaped(part.as_os_str().as_encoded_bytes()))
        .collect();
    parts.join("/")
}

/// The path behind a [`key`].
pub fn path_of_key(key: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(key.len());
    let mut rest = key;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend(before.as_bytes());
        let byte = after
            .strip_prefix('x')
            .and_then(|hex| u8::from_str_radix(hex.get(..2)?, 16).ok());
        (rest, _) = match (byte, after.strip_prefix('\\')) {
            (Some(byte), _) => (&after[3..], bytes.push(byte)),
            (None, Some(after)) => (after, bytes.push(b'\\')),
            (None, None) => (after, bytes.push(b'\\')),
        };
    }
    bytes.extend(rest.as_bytes());
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        std::ffi::OsString::from_vec(bytes).into()
    }
    #[cfg(not(unix))]
    String::from_utf8_lossy(&bytes).into_owned().into()
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
