//! Keeping in step as changes come: by what the system reports, or by looking again and again.
//!
//! What the system reports is taken as a hint only: it says where to look, and the comparison of files with the
//! index says what has happened. So it doesn't matter in which order an editor renames its files, or that
//! events are lost in a flood.

use super::layout::IndexDir;
use super::options::SyncOptions;
use super::reader::Opened;
use super::report::{Progress, Report};
use super::sync::{Kept, sync_keeping};
use crate::corpus::{self, Choice};
use crate::disk;
use crate::error::{Error, Result};
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How to learn of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// From the system.
    Events,
    /// By comparing everything so often: what network drives need.
    Every(Duration),
}

/// Changes are applied when nothing has come for so long …
const QUIET: Duration = Duration::from_millis(150);
/// … or when the first of them is as old as this.
const OLDEST: Duration = Duration::from_millis(600);
/// More changed places than this are looked for from the roots.
const PARTS: usize = 200;
/// How often roots are looked after: whether they are there, and the same.
const TEND: Duration = Duration::from_secs(1);
/// How often everything is compared when the system can't report changes, or something failed.
const FALL_BACK: Duration = Duration::from_secs(30);
/// Granularity of waiting.
const TICK: Duration = Duration::from_millis(50);

/// Syncs as [`super::sync`], then again whenever something has changed, until [`SyncOptions::stop`] is set.
/// `reported` gets every outcome: after the first, failures don't end it.
///
/// # Errors
/// Those of the first sync.
pub fn watch(
    index_dir: &IndexDir,
    options: &SyncOptions,
    watching: Watching,
    progress: &mut dyn FnMut(Progress),
    reported: &mut dyn FnMut(&Result<Report>),
) -> Result<()> {
    let mut kept = Kept::default();
    let stopped = || options.stop.load(Ordering::Relaxed);
    let first = sync_keeping(index_dir, options, &mut kept, progress)?;
    reported(&Ok(first));
    let again = options_of_later_runs(options);
    let mut sync = |parts: Vec<PathBuf>, progress: &mut dyn FnMut(Progress)| -> bool {
        let outcome = sync_keeping(
            index_dir,
            &SyncOptions {
                parts,
                ..again.clone()
            },
            &mut kept,
            progress,
        );
        if !(stopped() && matches!(outcome, Err(Error::Locked { .. }))) {
            reported(&outcome);
        }
        outcome.is_ok()
    };
    match watching {
        Watching::Every(pause) => {
            let mut next = Instant::now() + pause;
            while !stopped() {
                if Instant::now() >= next {
                    sync(Vec::new(), progress);
                    next = Instant::now() + pause;
                }
                std::thread::sleep(TICK);
            }
        }
        Watching::Events => {
            let mut ears = Ears::new()?;
            ears.tend(index_dir, progress);
            while !stopped() {
                ears.listen(index_dir, progress);
                if let Some(parts) = ears.due()
                    && !sync(parts, progress)
                {
                    ears.fall_back = Some(Instant::now() + FALL_BACK);
                }
            }
        }
    }
    Ok(())
}

/// What was asked of the first run is done: later ones only look for changes.
fn options_of_later_runs(options: &SyncOptions) -> SyncOptions {
    SyncOptions {
        paths: Vec::new(),
        forget: Vec::new(),
        include: Vec::new(),
        exclude: Vec::new(),
        columns: Vec::new(),
        follow_links: None,
        schema_dir: None,
        rebuild: false,
        // Another writer's turn is no failure of this one.
        wait: Duration::from_secs(365 * 24 * 3600),
        ..options.clone()
    }
}

/// What is heard of the roots.
struct Ears {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    /// Roots that are listened to.
    roots: FxHashMap<PathBuf, Heard>,
    /// Where something has changed.
    parts: BTreeSet<PathBuf>,
    everything: bool,
    first: Option<Instant>,
    last: Instant,
    tended: Instant,
    /// When everything is to be compared although nothing was heard.
    fall_back: Option<Instant>,
    deaf: bool,
}

/// What is known of a root.
#[derive(Clone, Default, PartialEq)]
struct Heard {
    /// By what is seen whether it is still the same folder; none while it is missing.
    identity: Option<Identity>,
    choice: Choice,
}

/// Device, number and kind of a folder.
type Identity = (u64, u64);

impl Ears {
    fn new() -> Result<Self> {
        let (sender, events) = channel();
        let failed = |error: notify::Error| Error::Watching(error.to_string());
        // The watcher takes it for granted that it gets a thread.
        let thread = std::thread::Builder::new().spawn(|| ());
        thread.map_err(|error| Error::Watching(format!("can't start a thread ({error})")))?;
        let watcher = notify::recommended_watcher(move |event| drop(sender.send(event))).map_err(failed)?;
        let now = Instant::now();
        let (roots, parts) = (FxHashMap::default(), BTreeSet::new());
        Ok(Self {
            watcher,
            events,
            roots,
            parts,
            everything: false,
            first: None,
            last: now,
            tended: now,
            fall_back: None,
            deaf: false,
        })
    }

    /// Begins to listen to roots that are new, or there again, and has them compared: what happened before
    /// was not heard.
    fn tend(&mut self, index_dir: &IndexDir, progress: &mut dyn FnMut(Progress)) {
        self.tended = Instant::now();
        // Another process may have added or dropped some.
        let Ok(opened) = Opened::any(index_dir) else {
            return;
        };
        let gone: Vec<PathBuf> = self
            .roots
            .keys()
            .filter(|path| !opened.payload.roots.iter().any(|r| r.path == **path))
            .cloned()
            .collect();
        for path in gone {
            let _ = self.watcher.unwatch(&path);
            self.roots.remove(&path);
        }
        let roots = opened.payload.root_paths();
        for root in &opened.payload.roots {
            let path = &root.path;
            let now = Heard {
                identity: identity(path),
                choice: root.choice(&roots).unwrap_or_default(),
            };
            let before = self.roots.insert(path.clone(), now.clone());
            if before.as_ref() == Some(&now) {
                continue;
            }
            // With another choice, other files count: what happened to them was not heard.
            if before
                .as_ref()
                .is_some_and(|before| before.identity == now.identity)
            {
                self.heard_of(path.clone());
                continue;
            }
            if before.is_some_and(|before| before.identity.is_some()) {
                let _ = self.watcher.unwatch(path);
            }
            if now.identity.is_none() {
                progress(Progress::Notice(&format!(
                    "{} is missing (not mounted?): waiting for it; its files stay in the index",
                    path.display()
                )));
                continue;
            }
            if let Err(error) = self.watcher.watch(path, RecursiveMode::Recursive) {
                self.deaf = true;
                self.fall_back.get_or_insert(Instant::now() + FALL_BACK);
                let every = FALL_BACK.as_secs();
                let cure = "raise fs.inotify.max_user_watches, or use --every";
                progress(Progress::Notice(&format!(
                    "{}: {error}; rescanning every {every} s instead ({cure})",
                    path.display()
                )));
            }
            self.heard_of(path.clone());
        }
    }

    /// Takes in what has happened, waiting a little if nothing has.
    fn listen(&mut self, index_dir: &IndexDir, progress: &mut dyn FnMut(Progress)) {
        match self.events.recv_timeout(TICK) {
            Ok(event) => {
                self.take(event);
                while let Ok(event) = self.events.try_recv() {
                    self.take(event);
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            // The watcher has gone; looking again and again remains.
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(TICK),
        }
        if self.tended.elapsed() >= TEND {
            self.tend(index_dir, progress);
        }
        if self.fall_back.is_some_and(|at| Instant::now() >= at) {
            self.fall_back = self.deaf.then(|| Instant::now() + FALL_BACK);
            self.everything = true;
            self.first.get_or_insert(Instant::now());
        }
    }

    fn take(&mut self, event: notify::Result<Event>) {
        let Ok(event) = event else {
            self.everything = true;
            self.first.get_or_insert(Instant::now());
            return;
        };
        if event.need_rescan() {
            self.everything = true;
            self.first.get_or_insert(Instant::now());
        }
        // That files are opened and read is griot's own doing.
        if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)) {
            return;
        }
        for path in event.paths {
            // What lies in a page's folder is read or not as the page is there.
            corpus::page_companions(&path)
                .into_iter()
                .filter(|folder| disk::is_dir(folder).unwrap_or(false))
                .for_each(|folder| self.heard_of(folder));
            match path.parent() {
                Some(folder) if corpus::is_settings(&path) && self.concerns(folder) => {
                    self.heard_of(folder.to_path_buf())
                }
                _ if self.concerns(&path) => self.heard_of(path),
                _ => {}
            }
        }
    }

    /// Whether a path may be of an article or a folder of them, and not of an index.
    fn concerns(&self, path: &Path) -> bool {
        let of_root = |(root, heard): (&PathBuf, &Heard)| corpus::concerns(root, &heard.choice, path);
        self.roots.iter().any(of_root)
    }

    fn heard_of(&mut self, path: PathBuf) {
        self.last = Instant::now();
        self.first.get_or_insert(self.last);
        if self.parts.len() < PARTS {
            self.parts.insert(path);
        } else {
            self.everything = true;
        }
    }

    /// Where to look now, if it is time: nowhere in particular means everywhere.
    fn due(&mut self) -> Option<Vec<PathBuf>> {
        let first = self.first?;
        if self.last.elapsed() < QUIET && first.elapsed() < OLDEST {
            return None;
        }
        self.first = None;
        let parts = std::mem::take(&mut self.parts);
        if std::mem::take(&mut self.everything) {
            return Some(Vec::new());
        }
        // Sorted by components: what lies in a folder follows it.
        let mut outermost: Vec<PathBuf> = Vec::new();
        for part in parts {
            if !outermost.last().is_some_and(|last| part.starts_with(last)) {
                outermost.push(part);
            }
        }
        Some(outermost)
    }
}

fn identity(path: &Path) -> Option<Identity> {
    let metadata = disk::metadata(path).ok()??;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        Some((0, 0))
    }
}
