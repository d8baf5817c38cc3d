//! The last phase of a run: what was written is put in use, and reported.

use super::audit::FileStatus;
use super::reader::Reader;
use super::report::{Report, Reporter, totals};
use super::run::{Kept, Run};
use super::write::Written;
use super::{commit_copy, correct, duplicates, ids};
use crate::error::Result;
use rustc_hash::FxHashMap;
use tantivy::Searcher;
use tantivy::schema::Term;

/// What was written is in use.
pub struct Committed<'p> {
    run: Run<'p>,
    reader: Reader,
    searcher: Searcher,
}

impl<'p> Written<'p> {
    /// Puts the generation in use, unless it is a new one that is not finished.
    ///
    /// # Errors
    /// Those of writing, and of opening it.
    pub fn commit(self, reporter: &mut Reporter<'_>) -> Result<Committed<'p>> {
        let run = self.run;
        let is_new = run.index_dir.current()? != run.generation;
        if is_new && reporter.report.interrupted {
            reporter.notice("interrupted: the index as it was before stays in use".into());
            reporter.report.rebuilt = false;
        } else {
            commit_copy::keep(&run.generation)?;
            if is_new {
                run.index_dir.swap_in(&run.generation)?;
            }
        }
        run.index_dir.remove_old_generations()?;
        let reader = Reader::open(run.index_dir)?;
        let searcher = reader.searcher();
        Ok(Committed {
            run,
            reader,
            searcher,
        })
    }
}

impl Committed<'_> {
    /// Adds to the report what can only be known now.
    ///
    /// # Errors
    /// What a damaged index gives.
    pub fn report(&self, reporter: &mut Reporter<'_>) -> Result<()> {
        let report = &mut *reporter.report;
        report.unread = self.reader.unread();
        report_unchanged(report);
        let totals = totals(&self.searcher, &self.reader.fields)?;
        (report.articles, report.copies) = (totals.articles, totals.copies);
        (report.files_with_articles, report.without) = (totals.files, totals.without);
        self.count_copies(reporter)?;
        self.shared_ids(reporter)?;
        own_exports(reporter);
        self.bind_corrections(reporter)
    }

    /// Keeps what was read of lexicons for the next run, and lets others write.
    pub fn keep(self, kept: &mut Kept) {
        self.run.analyzers.keep(kept);
    }

    fn count_copies(&self, reporter: &mut Reporter<'_>) -> Result<()> {
        let Some(files) = reporter.report.files.as_mut() else {
            return Ok(());
        };
        if reporter.report.copies == 0 {
            return Ok(());
        }
        let copies = duplicates::by_file(&self.searcher, &self.reader.fields)?.into_iter();
        let by_path: FxHashMap<String, u64> = copies.map(|(key, n)| (self.reader.path_of(&key), n)).collect();
        for file in files {
            file.copies = by_path.get(&file.path).copied().unwrap_or(0);
        }
        Ok(())
    }

    fn shared_ids(&self, reporter: &mut Reporter<'_>) -> Result<()> {
        let (searcher, fields) = (&self.searcher, &self.reader.fields);
        let mut shared: Vec<&String> = Vec::new();
        for id in &self.run.ids.doubtful {
            if searcher.doc_freq(&Term::from_field_text(fields.id, id))? > 1
                && ids::claimants(searcher, fields, id)?.len() > 1
            {
                shared.push(id);
            }
        }
        if let Some(first) = shared.iter().min() {
            let number = shared.len();
            reporter.notice(format!(
                "{number} ids are claimed by several articles, for instance “{first}”; all are kept, the later ones as “{first}~2” and so on"
            ));
        }
        Ok(())
    }

    /// Lets decisions follow their articles, and reports those of articles that are gone.
    fn bind_corrections(&self, reporter: &mut Reporter<'_>) -> Result<()> {
        if self.run.corrections.all().is_empty() || reporter.report.interrupted {
            return Ok(());
        }
        let bound = correct::rebind(self.run.index_dir, &self.reader, &self.searcher)?;
        if let Some((before, now)) = bound.moved.first() {
            reporter.notice(match bound.moved.len() {
                1 => format!("a decision follows its article: “{before}” is “{now}” now"),
                number => format!(
                    "decisions follow their articles, which have other names now: {number}, for instance “{before}” is “{now}”"
                ),
            });
        }
        let report = &*reporter.report;
        let is_told = report.rebuilt || report.articles_removed + report.files_removed > 0;
        if let Some(first) = bound.orphans.first().filter(|_| is_told) {
            let what = match bound.orphans.len() {
                1 => "an article that is",
                _ => "articles that are",
            };
            let cure =
                "if it was rewritten under another name, `griot correct` takes the decision under that";
            reporter.notice(format!(
                "corrections.csv has decisions about {what} no longer there, for instance “{first}”; {cure}"
            ));
        }
        Ok(())
    }
}

/// Reports files that griot itself has written.
fn own_exports(reporter: &mut Reporter<'_>) {
    let files = &reporter.report.own_exports;
    if let Some(first) = files.iter().min() {
        let what = match files.len() {
            1 => format!("an export of griot's own was left out: {first}"),
            number => format!("{number} exports of griot's own were left out, for instance {first}"),
        };
        reporter.notice(format!(
            "{what}; to index such a file anyway, name it: griot index FILE"
        ));
    }
}

/// Adds to the files that weren't read again what was missing of them when they were.
fn report_unchanged(report: &mut Report) {
    let Report { files, unread, .. } = report;
    let unchanged = files
        .iter_mut()
        .flatten()
        .filter(|file| file.status == FileStatus::Unchanged);
    for file in unchanged {
        if let Some(shortfall) = unread.files.get(&file.path) {
            (file.reasons, file.skipped) = (shortfall.reasons.clone(), shortfall.skipped);
        }
    }
}
