//! The second phase of a run: what is known without reading files is brought up to date, then the archive is
//! compared with it.

use super::compare::{Plan, Scope, compare, root_id};
use super::correct;
use super::from_stored::{FromStored, Trust};
use super::payload::Payload;
use super::prepare::Prepared;
use super::reader::Opened;
use super::removals::{self, Removals};
use super::report::{Progress, Reporter};
use super::run::{Run, Work};
use super::staleness::reading;
use super::state;
use crate::corpus;
use crate::error::Result;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// It is known what is to be read and what is gone.
pub struct Planned<'p> {
    pub run: Run<'p>,
    pub old: Option<Opened>,
    pub from_files: BTreeSet<u32>,
    pub plan: Plan,
    /// Opened if something had to be written already.
    pub work: Option<Work>,
}

impl<'p> Prepared<'p> {
    /// # Errors
    /// Those of writing; the archive gives none.
    pub fn plan(self, reporter: &mut Reporter<'_>) -> Result<Planned<'p>> {
        let Self {
            mut run,
            old,
            scopes,
            from_files,
        } = self;
        // Before anything is compared: articles of files that changed are looked up in the last commit.
        let mut work = None;
        if let Some(old) = &old {
            let work = work.insert(run.begin()?);
            carry_roots(&mut run, old, &from_files, work)?;
        }
        let applied = run.committed.as_ref().map(|committed| committed.corrections);
        if applied.is_some_and(|applied| applied != run.payload.corrections) {
            let work = work.insert(run.begin()?);
            apply_corrections(&mut run, work, reporter)?;
        }
        let plan = compare_all(&mut run, &scopes, (old.as_ref(), &from_files), reporter)?;
        Ok(Planned {
            run,
            old,
            from_files,
            plan,
            work,
        })
    }
}

/// Carries over the roots whose files aren't read.
fn carry_roots(run: &mut Run<'_>, old: &Opened, from_files: &BTreeSet<u32>, work: &mut Work) -> Result<()> {
    let ids = run.payload.roots.iter().map(|root| root.id);
    let kept: FxHashSet<u32> = ids.filter(|id| !from_files.contains(id)).collect();
    if kept.is_empty() {
        return Ok(());
    }
    let mut duplicates = run.duplicates()?;
    let carry = FromStored {
        analysis: &work.analysis,
        writer: &work.writer,
        threads: run.budget.threads,
        format: old.payload.format,
        stopped: &|| run.is_stopped(),
    };
    let wanted = |key: &str| root_id(key).is_some_and(|id| kept.contains(&id));
    let states = carry.files(
        &old.index,
        &wanted,
        Trust::AsBefore,
        run.inverting_new(),
        &mut duplicates,
    )?;
    run.states = states;
    run.payload
        .unread
        .take_over(&old.payload.unread, |root| kept.contains(&root));
    run.commit(work, duplicates)
}

/// Applies corrections that were made since the last commit, but for those that `griot correct` has applied.
fn apply_corrections(run: &mut Run<'_>, work: &mut Work, reporter: &mut Reporter<'_>) -> Result<()> {
    let last = run.index.reader()?.searcher();
    let applied = correct::reapply(&last, &work.analysis, &work.writer)?;
    reporter.notice(format!(
        "corrections.csv has changed: {applied} articles have other values"
    ));
    let committed = run.committed.clone().unwrap_or_else(|| run.payload.clone());
    let payload = Payload {
        corrections: run.payload.corrections,
        ..committed
    };
    payload.commit(&mut work.writer, &run.generation)
}

fn compare_all(
    run: &mut Run<'_>,
    scopes: &[Scope],
    (old, from_files): (Option<&Opened>, &BTreeSet<u32>),
    reporter: &mut Reporter<'_>,
) -> Result<Plan> {
    let roots: FxHashSet<u32> = run.payload.roots.iter().map(|root| root.id).collect();
    let mut plan = Plan::new(&run.payload);
    let is_forgotten = |key: &&String| !root_id(key).is_some_and(|id| roots.contains(&id));
    plan.gone.extend(run.states.keys().filter(is_forgotten).cloned());
    let (states, analyzers) = (&run.states, &mut run.analyzers);
    let recount = match reporter.report.files {
        Some(_) => Some(corpus::Options {
            pdf_reader: run.options.pdf_reader.clone(),
            ..reading(&analyzers.lexicons)?
        }),
        None => None,
    };
    for scope in scopes {
        compare(
            scope,
            states,
            (run.options, recount.as_ref()),
            &mut plan,
            &mut || analyzers.begin_reading(),
            reporter.report,
            &mut *reporter.progress,
        )?;
    }
    if !run.options.allow_removals {
        withhold(run, old, from_files, &mut plan, reporter)?;
    }
    removals::remember_mounts(&mut run.payload, &plan);
    let states = &run.states;
    // A file that never could be read has no state, and isn't among those that are gone.
    let is_gone = |key: &str| scopes.iter().any(|scope| scope.holds(key)) && !plan.is_or_may_be_there(key);
    let kept = |key: &str| !plan.gone.contains(key) && !is_gone(key);
    let roots = run.payload.roots.iter().map(|root| root.id).collect();
    run.payload.unread.retain(&roots, kept);
    run.payload.unread.kinds.extend(plan.kinds.drain());
    let stay = states.iter().filter(|(key, _)| !plan.gone.contains(*key));
    reporter.report.articles_unchanged += stay.map(|(_, state)| state.records).sum::<u64>();
    (reporter.progress)(Progress::Found {
        files: plan.read.len() as u64,
        bytes: plan.read.iter().map(|(found, _)| found.size).sum(),
    });
    Ok(plan)
}

/// Keeps back big losses: of files that were there at the last commit and are not any more, or, where roots
/// are read into a new generation, that it wouldn't have.
fn withhold(
    run: &Run<'_>,
    old: Option<&Opened>,
    from_files: &BTreeSet<u32>,
    plan: &mut Plan,
    reporter: &mut Reporter<'_>,
) -> Result<()> {
    let mut states = run.states.clone();
    if let Some(old) = old {
        let former = state::read(&old.index.reader()?.searcher())?;
        let is_read = |key: &str| root_id(key).is_some_and(|id| from_files.contains(&id));
        states.extend(former.into_iter().filter(|(key, _)| is_read(key)));
    }
    let is_known = |key: &str| root_id(key).is_some_and(|id| run.payload.root(id).is_some());
    let is_read = |key: &str| root_id(key).is_some_and(|id| from_files.contains(&id));
    let is_gone = |key: &str| plan.gone.contains(key) || is_read(key) && !plan.is_or_may_be_there(key);
    let gone = states
        .keys()
        .filter(|key| is_known(key) && is_gone(key))
        .collect();
    let removals = Removals {
        payload: &run.payload,
        states: &states,
        gone,
    };
    removals.withhold(plan, reporter)
}
