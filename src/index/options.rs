//! What a run is asked for.

use crate::corpus::Links;
use crate::pdf;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// What `griot index` was asked for.
#[derive(Debug, Clone)]
pub struct SyncOptions {
    /// Roots, or parts of them, to bring up to date; all that the index remembers when empty.
    pub paths: Vec<PathBuf>,
    /// Instead: places in known roots where something may have changed.
    pub parts: Vec<PathBuf>,
    /// Roots to drop with their articles.
    pub forget: Vec<PathBuf>,
    /// New globs for the roots: only files that one takes. An empty one takes the former ones away.
    pub include: Vec<String>,
    /// New globs for the roots: no files that one takes.
    pub exclude: Vec<String>,
    /// New columns for the roots, as `field=column`: which column or key of records is which field. An empty
    /// one takes the former ones away.
    pub columns: Vec<String>,
    /// Which links of the roots are followed from now on.
    pub follow_links: Option<Links>,
    pub schema_dir: Option<PathBuf>,
    /// The process that reads PDF files; without one they are skipped, and tried again by the next run.
    pub pdf_reader: Option<pdf::Reader>,
    pub threads: usize,
    /// Bytes for the whole run, about: see [`super::writer::Budget`].
    pub memory: usize,
    /// Build the index anew from the files.
    pub rebuild: bool,
    /// Files that are gone in great number, with a disk, or with all of a root, lose their articles without a
    /// question.
    pub allow_removals: bool,
    /// Compare the content of every file, whatever its size and time say.
    pub checksum: bool,
    /// The report lists every file.
    pub audit: bool,
    /// How long to wait for another writer.
    pub wait: Duration,
    /// What others are reported that this writer does.
    pub purpose: &'static str,
    /// Set from outside to end early with what was done committed.
    pub stop: Arc<AtomicBool>,
}

impl Default for SyncOptions {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            parts: Vec::new(),
            forget: Vec::new(),
            include: Vec::new(),
            exclude: Vec::new(),
            columns: Vec::new(),
            follow_links: None,
            schema_dir: None,
            pdf_reader: None,
            threads: std::thread::available_parallelism().map_or(2, usize::from),
            memory: 256 << 20,
            rebuild: false,
            allow_removals: false,
            checksum: false,
            audit: false,
            wait: Duration::ZERO,
            purpose: "griot index",
            stop: Arc::default(),
        }
    }
}
