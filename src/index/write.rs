//! The third phase of a run: files that are gone are removed, those that are new or changed are read.

use super::analysis::Analysis;
use super::audit::{FileAudit, FileStatus};
use super::compare::{Plan, root_id};
use super::correct;
use super::duplicates::Duplicates;
use super::from_stored::{FromStored, Trust};
use super::known_records::records_of;
use super::one_file::{OneFile, Outcome, Target};
use super::origin::default_id;
use super::plan::Planned;
use super::pool::Inverting;
use super::postings;
use super::reader::Opened;
use super::report::{Progress, Report, Reporter, SkippedFile};
use super::run::{Run, Work};
use super::staleness::reading;
use super::state::{self, SourceState};
use crate::corpus::{self, FoundFile};
use crate::error::Result;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::iter::Peekable;
use std::vec::IntoIter;
use tantivy::schema::Term;

/// Documents between two commits of a long run, so that a killed one goes on from there.
const COMMIT_EVERY: u64 = 200_000;

/// Everything is in the generation, and committed there.
pub struct Written<'p> {
    pub run: Run<'p>,
}

impl<'p> Planned<'p> {
    /// # Errors
    /// Those of writing; files that can't be read are in the report.
    pub fn write(self, reporter: &mut Reporter<'_>) -> Result<Written<'p>> {
        let Self {
            mut run,
            old,
            from_files,
            plan,
            mut work,
        } = self;
        if !plan.is_empty() || old.is_some() || run.committed.as_ref() != Some(&run.payload) {
            let mut begun = match work.take() {
                Some(work) => work,
                None => run.begin()?,
            };
            Writing::new(&mut run, &mut begun, old.as_ref(), &from_files)?.all(plan, reporter)?;
            work = Some(begun);
        }
        if let Some(Work {
            writer,
            analysis,
            damage,
        }) = work
        {
            // Without waiting, merges would be killed with the process and segments pile up.
            writer.wait_merging_threads()?;
            for message in damage.found() {
                reporter.notice(format!(
                    "the index is damaged: {message}; run `griot index --rebuild`"
                ));
                reporter.report.damaged.push(message);
            }
            reporter.report.warnings.extend(unknown_values(analysis));
        }
        reporter.report.interrupted = run.is_stopped();
        Ok(Written { run })
    }
}

/// Facet values in metadata that no lexicon knows.
fn unknown_values(analysis: Analysis) -> impl Iterator<Item = SkippedFile> {
    let values = analysis.unknown.into_sorted().into_iter();
    values.map(|(facet, value, articles, file)| SkippedFile {
        path: default_id(&file, 0),
        line: None,
        record: None,
        reason: "unknown_value".into(),
        detail: match articles {
            1 => format!("{facet}: no lexicon knows “{value}”; kept as a value of its own"),
            _ => format!(
                "{facet}: no lexicon knows “{value}”; kept as a value of its own, in {articles} articles"
            ),
        },
    })
}

/// A file with its key.
type Keyed = (FoundFile, String);

/// Files that are to be read.
type Files = Peekable<IntoIter<Keyed>>;

/// Writing, on its way.
struct Writing<'w, 'p> {
    run: &'w mut Run<'p>,
    work: &'w mut Work,
    old: Option<&'w Opened>,
    from_files: &'w BTreeSet<u32>,
    options: corpus::Options,
    duplicates: Duplicates,
    /// What the generation before has of files, when another is being built.
    former: FxHashMap<String, SourceState>,
    /// Hashes of files that are gone, and how many have them.
    gone: FxHashMap<u64, usize>,
    /// Files whose former version stays because they couldn't be read.
    unread: FxHashSet<String>,
}

impl<'w, 'p> Writing<'w, 'p> {
    fn new(
        run: &'w mut Run<'p>,
        work: &'w mut Work,
        old: Option<&'w Opened>,
        from_files: &'w BTreeSet<u32>,
    ) -> Result<Self> {
        let former = match old {
            Some(old) => state::read(&old.index.reader()?.searcher())?,
            None => FxHashMap::default(),
        };
        Ok(Self {
            options: corpus::Options {
                pdf_reader: run.options.pdf_reader.clone(),
                ..reading(&run.analyzers.lexicons)?
            },
            duplicates: run.duplicates()?,
            run,
            work,
            old,
            from_files,
            former,
            gone: FxHashMap::default(),
            unread: FxHashSet::default(),
        })
    }

    fn all(mut self, mut plan: Plan, reporter: &mut Reporter<'_>) -> Result<()> {
        self.remove(&plan.gone, reporter.report)?;
        let mut files = std::mem::take(&mut plan.read).into_iter().peekable();
        while files.peek().is_some() && !self.run.is_stopped() {
            self.batch(&mut files, reporter)?;
            if files.peek().is_some() {
                self.commit(reporter.report)?;
                self.duplicates = self.run.duplicates()?;
            }
        }
        self.keep_unread(&plan)?;
        (reporter.progress)(Progress::Committing);
        self.commit(reporter.report)?;
        if std::mem::take(&mut self.run.needs_reapply) {
            // Corrections that name one place of an article hold for it at whichever place it is indexed.
            let last = self.run.index.reader()?.searcher();
            correct::reapply(&last, &self.work.analysis, &self.work.writer)?;
            self.run
                .payload
                .commit(&mut self.work.writer, &self.run.generation)?;
        }
        Ok(())
    }

    /// Removes the files that are gone.
    fn remove(&mut self, gone: &FxHashSet<String>, report: &mut Report) -> Result<()> {
        let (run, writer) = (&mut *self.run, &self.work.writer);
        let last = run.index.reader()?.searcher();
        for key in gone {
            let old = if self.duplicates.any() {
                records_of(&last, &run.fields, key)?
            } else {
                FxHashMap::default()
            };
            self.duplicates
                .remove_file(key, old.values().map(|record| record.content_key));
            postings::delete(writer, &last, Term::from_field_text(run.fields.file, key))?;
            report.files_removed += 1;
            report.file(|| FileAudit::unread(&run.payload.path_of(key), FileStatus::Removed, 0));
            if let Some(state) = run.states.remove(key) {
                report.articles_removed += state.records;
                *self.gone.entry(state.hash).or_default() += 1;
            }
        }
        Ok(())
    }

    /// Reads files until the next commit is due. What it has left is whole: half of a file without its state
    /// would be nobody's.
    fn batch(&mut self, files: &mut Files, reporter: &mut Reporter<'_>) -> Result<()> {
        let (again, mut failed) = self.read(files, reporter)?;
        if !again.is_empty() {
            failed.extend(self.read_again(again, reporter.report)?);
        }
        self.take_back(&failed)?;
        self.unread.extend(failed);
        Ok(())
    }

    /// Reads files; gives those that changed meanwhile, and the keys of those whose reading failed.
    fn read(&mut self, files: &mut Files, reporter: &mut Reporter<'_>) -> Result<(Vec<Keyed>, Vec<String>)> {
        let (mut again, mut failed, mut added) = (Vec::new(), Vec::new(), 0);
        let Self {
            run,
            work,
            options,
            duplicates,
            former,
            gone,
            unread,
            ..
        } = self;
        let inverting = run.inverting_new();
        run.with_pool(inverting, work, options, duplicates, |run, target| {
            while let Some((found, key)) = files.next_if(|_| added < COMMIT_EVERY && !run.is_stopped()) {
                let outcome = read_one(run, former, &found, &key, false, target, reporter.report)?;
                count_moved(gone, &outcome, reporter.report);
                let (bytes, mut articles) = (found.size, 0);
                match outcome {
                    Outcome::Read { articles: read, .. } => articles = read,
                    Outcome::Same => {}
                    Outcome::Unreadable => drop(unread.insert(key)),
                    Outcome::Failed => failed.push(key),
                    Outcome::Unsettled => again.push((found, key)),
                }
                added += articles;
                (reporter.progress)(Progress::Read { bytes, articles });
            }
            Ok(())
        })?;
        Ok((again, failed))
    }

    /// Reads files that changed while they were read; gives the keys of those whose reading failed.
    fn read_again(&mut self, files: Vec<Keyed>, report: &mut Report) -> Result<Vec<String>> {
        let mut failed = Vec::new();
        let Self {
            run,
            work,
            options,
            duplicates,
            former,
            gone,
            ..
        } = self;
        // What they gave is deleted first.
        run.with_pool(Inverting::Writer, work, options, duplicates, |run, target| {
            for (found, key) in files {
                let outcome = read_one(run, former, &found, &key, true, target, report)?;
                count_moved(gone, &outcome, report);
                if matches!(outcome, Outcome::Failed) {
                    failed.push(key);
                }
            }
            Ok(())
        })?;
        Ok(failed)
    }

    /// Takes back what files have given whose reading failed then: those that the last commit has are as it
    /// has them again. To be called when all that they have given has reached the writer.
    fn take_back(&mut self, failed: &[String]) -> Result<()> {
        if failed.is_empty() {
            return Ok(());
        }
        let (run, work) = (&mut *self.run, &*self.work);
        let (options, duplicates) = (&self.options, &mut self.duplicates);
        run.with_pool(Inverting::Writer, work, options, duplicates, |_, target| {
            failed.iter().try_for_each(|key| target.remove_file(key))
        })?;
        let known = |key: &String| Some((key.clone(), *run.states.get(key)?));
        let from_stored = FromStored {
            analysis: &work.analysis,
            writer: &work.writer,
            threads: run.budget.threads,
            format: run.payload.format,
            // Half of a file would be lost.
            stopped: &|| false,
        };
        from_stored.back(&failed.iter().filter_map(known).collect(), &mut self.duplicates)
    }

    /// A file that can't be read keeps its former version in a new generation too.
    fn keep_unread(&mut self, plan: &Plan) -> Result<()> {
        let Some(old) = self.old else { return Ok(()) };
        if self.unread.is_empty() && !plan.keeps_any() {
            return Ok(());
        }
        let run = &*self.run;
        let kept = |key: &str| {
            root_id(key).is_some_and(|id| self.from_files.contains(&id))
                && (self.unread.contains(key) || plan.may_be_there(key))
        };
        let from_stored = FromStored {
            analysis: &self.work.analysis,
            writer: &self.work.writer,
            threads: run.budget.threads,
            format: old.payload.format,
            stopped: &|| run.is_stopped(),
        };
        // What files gave that can't be read was deleted.
        from_stored.files(
            &old.index,
            &kept,
            Trust::ReadAgain,
            Inverting::Writer,
            &mut self.duplicates,
        )?;
        Ok(())
    }

    fn commit(&mut self, report: &mut Report) -> Result<()> {
        for (key, shortfall) in report.shortfalls.drain(..) {
            self.run.payload.unread.note(&key, shortfall);
        }
        let duplicates = std::mem::take(&mut self.duplicates);
        self.run.commit(self.work, duplicates)
    }
}

fn read_one(
    run: &Run<'_>,
    former: &FxHashMap<String, SourceState>,
    found: &FoundFile,
    key: &str,
    again: bool,
    target: &mut Target<'_, '_>,
    report: &mut Report,
) -> Result<Outcome> {
    let known = run.states.get(key).copied();
    let file = OneFile {
        found,
        key,
        known,
        former: known.or(former.get(key).copied()),
        again,
        stop: &run.options.stop,
    };
    file.read(target, report)
}

/// Counts a new file with the content of one that is gone as moved.
fn count_moved(gone: &mut FxHashMap<u64, usize>, outcome: &Outcome, report: &mut Report) {
    if let Outcome::Read {
        is_new: true, hash, ..
    } = outcome
        && let Some(left) = gone.get_mut(hash).filter(|left| **left > 0)
    {
        *left -= 1;
        report.files_moved += 1;
    }
}
