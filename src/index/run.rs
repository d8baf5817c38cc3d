//! What the phases of a run share: the generation that is written, and what is needed to write it.

use super::analysis::{Analysis, UnknownValues};
use super::compiled;
use super::corrections::Corrections;
use super::duplicates::Duplicates;
use super::fields::Fields;
use super::layout::{IndexDir, WriterLock};
use super::merging::Damage;
use super::one_file::{IdsOfRun, Target};
use super::options::SyncOptions;
use super::payload::Payload;
use super::pool::{Inverting, Pool};
use super::queue::{Queue, Writer};
use super::state::SourceState;
use super::writer::{self, Budget};
use crate::corpus;
use crate::error::Result;
use crate::facets::{Compiled, Facets};
use crate::french::French;
use crate::schema::Lexicons;
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tantivy::Index;

/// What a process that syncs again and again needn't read each time.
#[derive(Default)]
pub struct Kept {
    /// Fingerprint, and what was read from those lexicons.
    analysis: Option<(String, Arc<French>, Arc<Facets>)>,
}

/// The lexicons of a run, and what is made of them.
pub struct Analyzers {
    pub lexicons: Lexicons,
    fingerprint: String,
    pub french: Arc<French>,
    /// What the generation that goes on being written keeps.
    compiled: Option<Compiled>,
    /// Being compiled in the background from the first file on that is to be indexed.
    reading: Option<std::thread::JoinHandle<Result<Compiled>>>,
    facets: Option<Arc<Facets>>,
}

impl Analyzers {
    /// # Errors
    /// [`crate::Error::Lexicon`].
    pub fn new(
        lexicons: Lexicons,
        fingerprint: String,
        compiled: Option<Compiled>,
        kept: &Kept,
    ) -> Result<Self> {
        let (french, facets) = match &kept.analysis {
            Some((known, french, facets)) if *known == fingerprint => {
                (Arc::clone(french), Some(Arc::clone(facets)))
            }
            _ => (Arc::new(lexicons.french()?), None),
        };
        Ok(Self {
            lexicons,
            fingerprint,
            french,
            compiled,
            reading: None,
            facets,
        })
    }

    /// Compiling lexicons of somebody's own takes as long as walking 10,000 files: both at once, and only if
    /// there is something to derive.
    pub fn begin_reading(&mut self) {
        let is_compiled = self.lexicons.is_embedded() || self.compiled.is_some() || self.facets.is_some();
        if self.reading.is_none() && !is_compiled {
            let (lexicons, french) = (self.lexicons.clone(), Arc::clone(&self.french));
            let reading = move || Compiled::new(&lexicons, &french);
            // Without a thread they are compiled when they are needed.
            self.reading = std::thread::Builder::new().spawn(reading).ok();
        }
    }

    /// The lexicons compiled.
    ///
    /// # Errors
    /// [`crate::Error::Lexicon`].
    fn compiled(&mut self) -> Result<Compiled> {
        let reading = self.reading.take().map(std::thread::JoinHandle::join);
        let compiled = match (self.compiled.take(), reading) {
            (Some(compiled), _) => compiled,
            (None, Some(Ok(compiled))) => compiled?,
            _ => Compiled::of(&self.lexicons, &self.french)?,
        };
        Ok(self.compiled.insert(compiled).clone())
    }

    /// The facets; where lexicons are somebody's own, the generation then has them compiled.
    ///
    /// # Errors
    /// [`crate::Error::Lexicon`], [`crate::Error::Io`].
    pub fn facets(&mut self, generation: &Path) -> Result<Arc<Facets>> {
        if !self.lexicons.is_embedded() && compiled::kept(generation, &self.fingerprint).is_none() {
            compiled::keep(generation, &self.compiled()?)?;
        }
        if let Some(facets) = &self.facets {
            return Ok(Arc::clone(facets));
        }
        let declarations = self.lexicons.schema()?.facets;
        let facets = Arc::new(self.compiled()?.facets(declarations, &self.lexicons)?);
        self.facets = Some(Arc::clone(&facets));
        Ok(facets)
    }

    /// Keeps what was read for the next run.
    pub fn keep(self, kept: &mut Kept) {
        if let Some(facets) = self.facets {
            kept.analysis = Some((self.fingerprint, self.french, facets));
        }
    }
}

/// One run on one generation.
pub struct Run<'p> {
    pub index_dir: &'p IndexDir,
    pub options: &'p SyncOptions,
    pub generation: PathBuf,
    pub index: Index,
    pub fields: Fields,
    /// What the next commit says of itself.
    pub payload: Payload,
    /// What the last commit says of itself, if it is of this generation.
    pub committed: Option<Payload>,
    pub corrections: Corrections,
    /// Of the files of the last commit.
    pub states: FxHashMap<String, SourceState>,
    pub analyzers: Analyzers,
    pub budget: Budget,
    /// Ids whose uniqueness must be looked at after the commit.
    pub ids: IdsOfRun,
    /// Articles have got or lost duplicates that corrections name.
    pub needs_reapply: bool,
    pub _lock: WriterLock,
}

/// What is needed to write.
pub struct Work {
    pub writer: Writer,
    pub analysis: Analysis,
    /// What was found when segments were to be merged.
    pub damage: Damage,
}

impl Run<'_> {
    /// Whether to end early with what was done committed.
    pub fn is_stopped(&self) -> bool {
        self.options.stop.load(Ordering::Relaxed)
    }

    /// From the first commit on, a killed run can go on where it was.
    pub fn commit_empty(&mut self) -> Result<()> {
        let (mut writer, _) = writer::open(&self.index, &self.generation, Budget::of(0, 1))?;
        self.payload.commit(&mut writer, &self.generation)?;
        self.index_dir.swap_in(&self.generation)?;
        self.committed = Some(self.payload.clone());
        Ok(())
    }

    /// Opens the writer.
    pub fn begin(&mut self) -> Result<Work> {
        let (writer, damage) = writer::open(&self.index, &self.generation, self.budget)?;
        let facets = self.analyzers.facets(&self.generation)?;
        let analysis = Analysis {
            fields: self.fields.clone(),
            french: Arc::clone(&self.analyzers.french),
            facets,
            corrections: self.corrections.clone(),
            queue: Queue::new(self.budget.queue),
            unknown: UnknownValues::default(),
        };
        Ok(Work {
            writer,
            analysis,
            damage,
        })
    }

    /// What is known of the duplicates of articles, after a commit.
    pub fn duplicates(&self) -> Result<Duplicates> {
        Duplicates::after(&self.index.reader()?.searcher(), &self.fields)
    }

    /// Commits articles, each with its copies.
    pub fn commit(&mut self, work: &mut Work, duplicates: Duplicates) -> Result<()> {
        let before = self.index.reader()?.searcher();
        self.needs_reapply |= duplicates.settle(&before, &work.analysis, &work.writer)?;
        // Should the run end here, the next one finds that corrections are still to be applied.
        let corrections = if self.needs_reapply {
            !self.payload.corrections
        } else {
            self.payload.corrections
        };
        let payload = Payload {
            corrections,
            ..self.payload.clone()
        };
        payload.commit(&mut work.writer, &self.generation)
    }

    /// Who inverts articles of files that weren't read yet in this run: of a generation built from nothing, nothing
    /// is deleted before they are all added.
    pub fn inverting_new(&self) -> Inverting {
        match self.states.is_empty() {
            true => Inverting::Workers {
                memory: self.budget.thread_memory,
            },
            false => Inverting::Writer,
        }
    }

    /// Runs `job` with workers that analyse, and waits for them.
    pub fn with_pool(
        &mut self,
        inverting: Inverting,
        work: &Work,
        options: &corpus::Options,
        duplicates: &mut Duplicates,
        job: impl FnOnce(&Self, &mut Target<'_, '_>) -> Result<()>,
    ) -> Result<()> {
        let before = self.index.reader()?.searcher();
        let mut ids = std::mem::take(&mut self.ids);
        std::thread::scope(|scope| {
            let (analysis, writer) = (&work.analysis, &work.writer);
            let pool = Pool::start(scope, self.budget.threads, inverting, analysis, writer);
            let mut target = Target {
                fields: &self.fields,
                options,
                writer: &work.writer,
                pool: &pool,
                before: &before,
                ids: &mut ids,
                duplicates,
            };
            let worked = job(self, &mut target);
            pool.finish()?;
            worked
        })?;
        self.ids = ids;
        Ok(())
    }
}
