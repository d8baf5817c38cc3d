//! The first phase of a run: what is there is opened, and what it is to become is settled.

use super::compare::{Scope, forget, scopes};
use super::compiled::fingerprint;
use super::corrections::Corrections;
use super::layout::{self, IndexDir, WriterLock};
use super::one_file::IdsOfRun;
use super::options::SyncOptions;
use super::payload::Payload;
use super::reader::Opened;
use super::report::Reporter;
use super::run::{Analyzers, Kept, Run};
use super::staleness::{Staleness, staleness};
use super::state;
use super::writer::{Budget, open_generation};
use super::{additions, commit_copy, compiled, decisions, footer, manifest};
use crate::corpus::{self, Walked};
use crate::disk;
use crate::error::{Error, Result};
use crate::schema::Lexicons;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tantivy::TantivyError;

/// The generation that is to be written is open; nothing of the archive has been read yet.
pub struct Prepared<'p> {
    pub run: Run<'p>,
    /// The generation in use, when another is being built.
    pub old: Option<Opened>,
    pub scopes: Vec<Scope>,
    /// Roots whose files are read into a new generation; those of the others are carried over from the old
    /// one.
    pub from_files: BTreeSet<u32>,
}

impl<'p> Prepared<'p> {
    /// # Errors
    /// Those of opening an index, of lexicons, and of paths that aren't there.
    pub fn open(
        index_dir: &'p IndexDir,
        options: &'p SyncOptions,
        lock: WriterLock,
        kept: &Kept,
        reporter: &mut Reporter<'_>,
    ) -> Result<Self> {
        let old = open_old(index_dir, options, reporter)?;
        let (lexicons, custom) = lexicons(options, old.as_ref())?;
        let lexicons = with_additions(lexicons, index_dir, reporter)?;
        let wanted = fingerprint(&lexicons)?;
        let renewal = match &old {
            Some(old) => staleness(old, &lexicons, &wanted, options)?,
            None => None,
        };
        let is_damaged = is_damaged(old.as_ref(), renewal.is_some(), options, reporter)?;
        let readable = old.as_ref().filter(|_| !is_damaged);
        let last = readable.map(|old| (&old.index, old.payload.corrections));
        decisions::put_back(index_dir, last, &mut |reported| reporter.notice(reported))?;
        let mut payload = match &old {
            Some(old) => old.payload.clone(),
            None => Payload::new(wanted.clone(), custom),
        };
        for path in &options.forget {
            forget(&mut payload, path)?;
        }
        let mut scopes = scopes(&mut payload, options)?;
        let from_files = match &renewal {
            Some(renewal) => from_files(renewal, &payload, &mut scopes, is_damaged, options, reporter)?,
            None => BTreeSet::new(),
        };
        reporter.report.rebuilt = renewal.is_some();
        let written = old.as_ref().filter(|_| renewal.is_none());
        if written.is_none() {
            payload = Payload {
                roots: payload.roots,
                next_root: payload.next_root,
                ..Payload::new(wanted.clone(), custom)
            };
        }
        // What is derived with them is stored: every byte is looked at.
        let generation = written.map(|old| &old.generation);
        let compiled = generation
            .filter(|of| compiled::is_whole(of))
            .and_then(|of| compiled::kept(of, &wanted));
        let analyzers = Analyzers::new(lexicons, wanted, compiled, kept)?;
        let mut run = open_run(index_dir, options, lock, written, payload, analyzers)?;
        if old.is_none() {
            run.commit_empty()?;
        }
        let is_fresh = written.is_none();
        Ok(Self {
            run,
            // Nothing is taken over from what is damaged: every root is read from its files.
            old: old.filter(|_| is_fresh && !is_damaged),
            scopes,
            from_files,
        })
    }
}

/// Opens the generation that goes on being written, or makes the next one.
fn open_run<'p>(
    index_dir: &'p IndexDir,
    options: &'p SyncOptions,
    lock: WriterLock,
    written: Option<&Opened>,
    mut payload: Payload,
    analyzers: Analyzers,
) -> Result<Run<'p>> {
    let generation = match written {
        Some(old) => old.generation.clone(),
        None => index_dir.new_generation()?,
    };
    let (index, fields) = open_generation(&generation, &analyzers.lexicons, &analyzers.french)?;
    let corrections = Corrections::read(index_dir)?;
    payload.corrections = corrections.fingerprint()?;
    let states = match written {
        Some(old) => state::read(&old.index.reader()?.searcher())?,
        None => FxHashMap::default(),
    };
    Ok(Run {
        index_dir,
        options,
        generation,
        index,
        fields,
        payload,
        committed: written.map(|old| old.payload.clone()),
        corrections,
        states,
        analyzers,
        budget: Budget::of(options.memory, options.threads),
        ids: IdsOfRun::default(),
        needs_reapply: false,
        _lock: lock,
    })
}

/// The generation to put in use where `CURRENT` doesn't say which one is.
pub fn unnamed(index_dir: &IndexDir) -> Result<Option<(u64, PathBuf)>> {
    match index_dir.current() {
        Err(Error::NoCommit { .. }) => index_dir.last_finished(),
        Ok(_) | Err(Error::NoIndex { .. } | Error::NotAnIndex { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Puts in order, under the writer's lock, what leads to the last commit.
pub fn repair(index_dir: &IndexDir, reporter: &mut Reporter<'_>) -> Result<()> {
    manifest::forget(index_dir)?;
    let dir = index_dir.path.display();
    if let Some((number, generation)) = unnamed(index_dir)? {
        index_dir.swap_in(&generation)?;
        let what = format!("{dir}: CURRENT was damaged or missing; generation {number} is current again");
        reporter.notice(what);
    }
    let generation = match index_dir.current() {
        Ok(generation) => generation,
        Err(Error::NoIndex { .. } | Error::NotAnIndex { .. }) => return Ok(()),
        Err(error) => return Err(error),
    };
    if commit_copy::complete_managed(&generation)? {
        let what = format!("{dir}: .managed.json was damaged; it was written again");
        reporter.notice(what);
    }
    // What a killed rebuild left: its space may be what this run needs.
    index_dir.remove_old_generations()?;
    index_dir.remove_unfinished()
}

/// The index as the last run left it; none where there is none yet, or where it is to be built anew and is
/// damaged beyond reading.
///
/// # Errors
/// Those of opening it. What can't be read at the moment, or was made by another griot, is no reason to begin
/// anew without the folders and the lexicons that it remembers.
fn open_old(
    index_dir: &IndexDir,
    options: &SyncOptions,
    reporter: &mut Reporter<'_>,
) -> Result<Option<Opened>> {
    let mut opened = Opened::any(index_dir);
    let is_damaged = match &opened {
        Ok(opened) => {
            commit_copy::is_altered(&opened.generation)? || commit_copy::is_newer(&opened.generation)?
        }
        Err(Error::Damaged(_)) => commit_copy::is_newer(&index_dir.current()?)?,
        Err(error) => matches!(error, Error::NoCommit { .. }),
    };
    if is_damaged && commit_copy::put_back(&index_dir.current()?)? {
        let dir = index_dir.path.display();
        let what = format!("{dir}: meta.json was damaged; its copy was restored");
        reporter.notice(what);
        opened = Opened::any(index_dir);
    }
    match opened {
        Ok(old) => Ok(Some(old)),
        Err(Error::NoIndex { .. }) => Ok(None),
        Err(error) if options.rebuild && !options.paths.is_empty() && is_proven_damage(&error) => {
            let lexicons = match &options.schema_dir {
                Some(_) => "",
                None => ", lexicons of your own with --schema",
            };
            let lost =
                format!("which other folders and globs it remembered is lost: name them all{lexicons}");
            reporter.notice(format!("{error}; rebuilding it; {lost}"));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Whether an index was read and is none any more, rather than that it couldn't be read.
fn is_proven_damage(error: &Error) -> bool {
    matches!(
        error,
        Error::NoCommit { .. }
            | Error::NotAnIndex { .. }
            | Error::Damaged(_)
            | Error::Index(TantivyError::DataCorruption(_))
    )
}

/// Whether files of the old index are damaged. What is damaged still says of which folders it was made. Where
/// text is to be carried over from it, every checksum is compared first.
fn is_damaged(
    old: Option<&Opened>,
    is_carried: bool,
    options: &SyncOptions,
    reporter: &mut Reporter<'_>,
) -> Result<bool> {
    let verify = |old: &Opened| {
        footer::check_all(&old.index, &old.generation)?;
        match is_carried {
            true => footer::verify_all(&old.index, &old.generation),
            false => Ok(()),
        }
    };
    match old.and_then(|old| verify(old).err()) {
        Some(error) if options.rebuild && is_proven_damage(&error) => {
            reporter.notice(format!("{error}: rebuilding it from its files"));
            Ok(true)
        }
        Some(error) => Err(error),
        None => Ok(false),
    }
}

/// The lexicons that are named, else those that the index was built with, else the binary's; and whether they
/// are of somebody's own.
fn lexicons(options: &SyncOptions, old: Option<&Opened>) -> Result<(Lexicons, bool)> {
    match (&options.schema_dir, old) {
        (Some(dir), _) => Ok((Lexicons::from_dir(dir)?, true)),
        (None, Some(old)) if old.payload.custom_schema => {
            let kept = Lexicons::kept_in(&old.generation.join(layout::SCHEMA));
            let with_cure = |error| match error {
                Error::SchemaDir { path, message } => Error::SchemaDir {
                    path,
                    message: format!("{message}; name the lexicons with --schema DIR"),
                },
                other => other,
            };
            let kept = kept.map_err(with_cure)?;
            if Lexicons::fingerprint_of(&old.generation.join(layout::SCHEMA))? != old.payload.lexicons() {
                // Building with what is left of them would look like a change that somebody wanted.
                let message = "they are not those that the index was built with".into();
                return Err(with_cure(Error::SchemaDir {
                    path: old.generation.join(layout::SCHEMA),
                    message,
                }));
            }
            Ok((kept, true))
        }
        _ => Ok((Lexicons::embedded(), false)),
    }
}

/// Tells whether a run would build the index anew, and why.
///
/// # Errors
/// What lexicons give that can't be read.
pub(super) fn tell_renewal(
    old: &Opened,
    index_dir: &IndexDir,
    options: &SyncOptions,
    reporter: &mut Reporter<'_>,
) -> Result<()> {
    let (lexicons, _) = lexicons(options, Some(old))?;
    let lexicons = with_additions(lexicons, index_dir, reporter)?;
    let wanted = fingerprint(&lexicons)?;
    if let Some(renewal) = staleness(old, &lexicons, &wanted, options)?
        && let Some(why) = renewal.why
    {
        reporter.notice(format!("{why}: the index will be rebuilt {}", how(&renewal)));
    }
    Ok(())
}

/// What a new generation is made of, for people to read.
fn how(renewal: &Staleness) -> &'static str {
    match renewal.from_files {
        true => "from its files",
        false => "from its stored text",
    }
}

/// Lexicons with what people added. What doesn't fit them is told.
fn with_additions(lexicons: Lexicons, index_dir: &IndexDir, reporter: &mut Reporter<'_>) -> Result<Lexicons> {
    let lexicons = lexicons.with_additions(additions::table(index_dir)?);
    for name in lexicons.misfits()? {
        reporter.notice(format!(
            "“{name}”, which was added to the lexicon, is left out: what it lies in is there no more; remove it with `griot lexicon remove`, and add it again"
        ));
    }
    Ok(lexicons)
}

/// The roots whose files are to be read into a new generation: those that have any.
fn from_files(
    renewal: &Staleness,
    payload: &Payload,
    scopes: &mut Vec<Scope>,
    is_damaged: bool,
    options: &SyncOptions,
    reporter: &mut Reporter<'_>,
) -> Result<BTreeSet<u32>> {
    if let Some(why) = renewal.why {
        reporter.notice(format!("{why}: rebuilding the index {}", how(renewal)));
    }
    let mut from_files = BTreeSet::new();
    for root in payload.roots.iter().filter(|_| renewal.from_files) {
        if options.allow_removals || may_hold_files(&root.path) {
            from_files.insert(root.id);
            scopes.retain(|scope| scope.root.id != root.id);
            scopes.push(Scope::whole(root));
        } else if is_damaged {
            let path = root.path.clone();
            return Err(Error::NoSuchPath { path });
        } else {
            let reported = "is missing or empty: its articles are rebuilt from the text stored in the index";
            reporter.notice(format!("{} {reported}", root.path.display()));
        }
    }
    Ok(from_files)
}

/// Whether a root has files, or may have: what can't be looked at is no reason to take it for empty.
fn may_hold_files(root: &Path) -> bool {
    let is_absent = matches!(disk::raw::exists(root), Ok(false));
    let is_file = |walked| matches!(walked, Walked::File(_) | Walked::Unseen { .. });
    !is_absent && corpus::walk(root).any(is_file)
}
