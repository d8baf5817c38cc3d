//! Taking in corrections: kept first, then applied to the articles they name, from the stored texts; the
//! files are not needed.

use super::analysis::{Analysis, Job, Numbering, UnknownValues};
use super::bind::{Binding, Bound, bind, key_of, only_one, saying};
use super::content;
use super::corrections::{
    Action, Correction, Corrections, DATE, EVENT, EVENT_COLUMNS, Parsed, Past, Withdrawn, name_linked,
};
use super::damage;
use super::document::{self, Stored};
use super::duplicates;
use super::layout::{IndexDir, Patience, WriterLock};
use super::origin::Origin;
use super::payload::Payload;
use super::queue::{Queue, Writer};
use super::reader::Reader;
use super::writer::{self, Budget};
use super::{commit_copy, companion, decisions, ids, postings};
use crate::error::{Error, Result};
use crate::facets::{FacetDeclaration, Facets};
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tantivy::Searcher;
use tantivy::schema::Term;

/// Values that are suggested for one that no lexicon knows.
const SUGGESTED: usize = 3;

/// What became of the corrections of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Corrected {
    /// Rows of the table.
    pub rows: u64,
    /// Articles of the index that have other values now.
    pub articles: u64,
    /// All corrections that the index keeps.
    pub kept: u64,
    /// Rows that name no article, or a value that no lexicon knows; kept all the same.
    pub notes: Vec<String>,
}

/// What became of undoing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Undone {
    /// Decisions that were withdrawn, and earlier ones that hold again.
    pub withdrawn: Vec<Correction>,
    pub restored: Vec<Correction>,
    /// Articles of the index that have other values now.
    pub articles: u64,
    /// What was put in order before.
    pub notes: Vec<String>,
}

/// Takes in the corrections of a table, keeps them beside the index, and applies all that are kept.
///
/// # Errors
/// [`Error::Corrections`] with all rows that are wrong; then nothing is changed. Those of opening and
/// writing an index.
pub fn correct(index_dir: &IndexDir, table: &Path, parsed: Parsed) -> Result<Corrected> {
    damage::catching(index_dir, || take_in(index_dir, table, parsed))
}

/// Withdraws what the last call of [`correct`] decided: what it made void holds again.
///
/// # Errors
/// [`Error::Unsupported`] where nothing is left to undo; those of opening and writing an index.
pub fn undo(index_dir: &IndexDir, by: &str) -> Result<Undone> {
    damage::catching(index_dir, || withdraw(index_dir, by))
}

fn lock(index_dir: &IndexDir) -> Result<WriterLock> {
    index_dir.current()?;
    index_dir.lock(
        "griot correct",
        Patience {
            wait: Duration::ZERO,
            stopped: &|| false,
            report: &mut |_| {},
        },
    )
}

fn take_in(index_dir: &IndexDir, table: &Path, parsed: Parsed) -> Result<Corrected> {
    let _lock = lock(index_dir)?;
    let reader = Reader::open(index_dir)?;
    let searcher = reader.searcher();
    let Parsed {
        rows,
        mut faults,
        by,
        is_linked,
    } = parsed;
    let mut done = Corrected {
        rows: rows.len() as u64,
        ..Corrected::default()
    };
    let last = Some((&reader.index, reader.payload.corrections));
    let mut resolved = Vec::with_capacity(rows.len());
    for (line, correction) in rows {
        match (Row { line }).resolve(&reader, &searcher, correction, &mut done.notes)? {
            Ok(correction) => resolved.push(correction),
            Err(what) => faults.push((line, what)),
        }
    }
    if !faults.is_empty() {
        faults.sort_by_key(|(line, _)| *line);
        let path = table.to_path_buf();
        return Err(Error::Corrections { path, faults });
    }
    decisions::put_back(index_dir, last, &mut |reported| done.notes.push(reported))?;
    let changing = companion::lock(&index_dir.path)?;
    let (mut kept, mut past) = (Corrections::read(index_dir)?, Past::read(index_dir)?);
    if is_linked {
        name_linked(&mut resolved, kept.all());
    }
    let mut targets: Vec<Correction> = kept.all().to_vec();
    let call = kept.last_call().max(past.last_call()) + 1;
    let now = now();
    let withdrawn = past.0.len();
    sign(&mut resolved, call, &by, &now);
    targets.extend(resolved.iter().cloned());
    kept.take_each(resolved, |correction| {
        past.0.push(Withdrawn {
            correction,
            until: now.clone(),
            by: by.clone(),
            call,
        });
    });
    // First what holds no more: ending in between, a decision is in both tables, and in force.
    if past.0.len() > withdrawn {
        past.write(index_dir)?;
    }
    kept.write(index_dir)?;
    drop(changing);
    done.kept = kept.all().len() as u64;
    done.articles =
        apply(&reader, &searcher, kept, &targets).map_err(|error| writer::cause(error, index_dir))?;
    Ok(done)
}

fn withdraw(index_dir: &IndexDir, by: &str) -> Result<Undone> {
    let _lock = lock(index_dir)?;
    let reader = Reader::open(index_dir)?;
    let searcher = reader.searcher();
    let mut undone = Undone::default();
    let last = Some((&reader.index, reader.payload.corrections));
    decisions::put_back(index_dir, last, &mut |reported| undone.notes.push(reported))?;
    let changing = companion::lock(&index_dir.path)?;
    let (kept, past) = (Corrections::read(index_dir)?, Past::read(index_dir)?);
    let call = kept.last_call().max(past.last_call());
    if call == 0 {
        return Err(Error::Unsupported(
            "there is nothing to undo; `griot correct list` shows what is decided".into(),
        ));
    }
    let targets: Vec<Correction> = kept.all().to_vec();
    let (withdrawn, mut all): (Vec<_>, Vec<_>) = targets.iter().cloned().partition(|c| c.call == call);
    let (void, mut past): (Vec<_>, Vec<_>) = past.0.into_iter().partition(|w| w.call == call);
    // What a call that was interrupted made void may hold still.
    let void = void.into_iter().map(|withdrawn| withdrawn.correction);
    let restored: Vec<_> = void.filter(|c| !all.contains(c)).collect();
    all.extend(restored.iter().cloned());
    let now = now();
    past.extend(withdrawn.iter().map(|correction| Withdrawn {
        correction: correction.clone(),
        until: now.clone(),
        by: by.to_string(),
        call: 0,
    }));
    let kept = Corrections::new(all);
    kept.write(index_dir)?;
    Past(past).write(index_dir)?;
    drop(changing);
    let targets: Vec<_> = targets.into_iter().chain(restored.clone()).collect();
    undone.articles =
        apply(&reader, &searcher, kept, &targets).map_err(|error| writer::cause(error, index_dir))?;
    (undone.withdrawn, undone.restored) = (withdrawn, restored);
    Ok(undone)
}

/// Says of decisions which call took them, and where they don't say it, who and when.
fn sign(decisions: &mut [Correction], call: u64, by: &str, now: &str) {
    for correction in decisions {
        correction.call = call;
        if correction.by.is_empty() && correction.at.is_empty() {
            (correction.by, correction.at) = (by.to_string(), now.to_string());
        }
    }
}

/// This moment in UTC, to the second.
fn now() -> String {
    let now = jiff::Timestamp::now();
    let seconds = jiff::Timestamp::from_second(now.as_second()).unwrap_or(now);
    seconds.to_string()
}

/// Binds decisions to the articles that they are about, in a run that has committed, and applies them where that changes
/// what an article has.
///
/// # Errors
/// Those of reading and writing an index.
pub(super) fn rebind(index_dir: &IndexDir, reader: &Reader, searcher: &Searcher) -> Result<Bound> {
    let bound = bind(reader, searcher, &Corrections::read(index_dir)?)?;
    if bound.is_changed() {
        let changing = companion::lock(&index_dir.path)?;
        let former = Corrections::read(index_dir)?;
        let kept = bound.apply(&former);
        kept.write(index_dir)?;
        drop(changing);
        let targets: Vec<Correction> = former.all().iter().chain(kept.all()).cloned().collect();
        apply(reader, searcher, kept, &targets).map_err(|error| writer::cause(error, index_dir))?;
    }
    Ok(bound)
}

/// A row of a table of corrections.
struct Row {
    line: usize,
}

impl Row {
    /// The correction under the names that are kept: of its facet and of its article; or what is wrong with it. What the
    /// index doesn't know is noted.
    fn resolve(
        &self,
        reader: &Reader,
        searcher: &Searcher,
        mut correction: Correction,
        notes: &mut Vec<String>,
    ) -> Result<Result<Correction, String>> {
        let line = self.line;
        if let Err(what) = subject(reader, &mut correction) {
            return Ok(Err(what));
        }
        match target(reader, searcher, &correction)? {
            Target::One(binding) => binding.bind(&mut correction),
            Target::File(name) => {
                correction.article = name;
                correction.content.clear();
            }
            Target::Nobody => {
                let typed = &correction.article;
                notes.push(match line {
                    0 => format!("no article is called “{typed}”; kept for when there is one"),
                    _ => format!("line {line}: no article is called “{typed}”; kept for when there is one"),
                });
            }
        }
        if correction.action == Action::Remove || !correction.is_of_values() {
            return Ok(Ok(correction));
        }
        let values = correction.value.split(';').map(str::trim);
        for value in values.filter(|value| !value.is_empty()) {
            if reader.facets()?.resolve(&correction.facet, value).is_empty() {
                notes.push(self.unknown(reader.facets()?, &correction.facet, value));
            }
        }
        Ok(Ok(correction))
    }

    /// What is said of a value that no lexicon knows. Marks are words of one's own.
    fn unknown(&self, facets: &Facets, facet: &str, value: &str) -> String {
        let is_of_places = |declared: &FacetDeclaration| declared.name == facet && declared.derive.places;
        let near = match facets.declarations().iter().any(is_of_places) {
            true => facets.paths_like(value, SUGGESTED),
            false => facets.names_like(facet, value, SUGGESTED),
        };
        let near = near.join(", ");
        match (self.line, near.is_empty()) {
            (0, true) => format!(
                "{facet}: no lexicon knows “{value}”; a value of its own; `griot correct undo` takes it back"
            ),
            (0, false) => format!(
                "{facet}: no lexicon knows “{value}”; a value of its own; if it is {near}, `griot correct undo` takes it back"
            ),
            (line, true) => format!("line {line}: {facet}: no lexicon knows “{value}”; a value of its own"),
            (line, false) => {
                format!("line {line}: {facet}: no lexicon knows “{value}”; a value of its own, or {near}")
            }
        }
    }
}

/// Gives a correction the declared name of its facet, and a value in the form that is kept; no name where all facets
/// are reset. The error says what is wrong.
fn subject(reader: &Reader, correction: &mut Correction) -> Result<(), String> {
    if correction.is_link() {
        let facet = std::mem::replace(&mut correction.facet, EVENT.to_string());
        return match facet.is_empty() || beside_facets(&facet, true) == Some(EVENT) {
            true => value(correction),
            false => Err(format!(
                "reports of events are joined and parted, and no “{facet}”; write the facet event"
            )),
        };
    }
    if let Some((facet, _)) = reader.fields.facet(&correction.facet)
        && correction.passage.is_empty()
    {
        correction.facet.clone_from(&facet.name);
        return Ok(());
    }
    if correction.facet.is_empty() && correction.action == Action::Reset {
        return Ok(());
    }
    if let Some(name) = beside_facets(&correction.facet, !correction.passage.is_empty()) {
        correction.facet = name.to_string();
        return value(correction);
    }
    let facets = reader.fields.facets.iter();
    let known: Vec<&str> = facets.map(|(facet, _)| facet.name.as_str()).collect();
    Err(format!(
        "“{}” is not a facet; there are {}",
        correction.facet,
        known.join(", ")
    ))
}

/// What stands where a facet is named and is none: the date of publication, an event or a column of it.
fn beside_facets(typed: &str, of_event: bool) -> Option<&'static str> {
    Some(match (crate::french::fold(typed).as_str(), of_event) {
        ("eventdate", _) | ("date", true) => EVENT_COLUMNS[0],
        ("eventplace", _) | ("place" | "lieu" | "region", true) => EVENT_COLUMNS[1],
        ("killed" | "tues" | "morts", _) => EVENT_COLUMNS[2],
        ("wounded" | "blesses", _) => EVENT_COLUMNS[3],
        ("abducted" | "enleves", _) => EVENT_COLUMNS[4],
        ("event" | "evenement", _) => EVENT,
        ("date", false) => DATE,
        _ => return None,
    })
}

/// Writes the value of what is no facet as it is kept. The error says what is wrong with it.
fn value(correction: &mut Correction) -> Result<(), String> {
    let facet = correction.facet.as_str();
    if correction.is_of_event() && correction.passage.is_empty() {
        return Err(format!(
            "{facet} is of an event; name its passage, as the column passage of `griot events` has it"
        ));
    }
    if correction.passage.len() > 4000 {
        correction
            .passage
            .truncate(correction.passage.floor_char_boundary(4000));
    }
    let is_set = matches!(correction.action, Action::Set | Action::Add);
    if facet == EVENT && is_set {
        return Err("an event can't be added; its row can be removed: write the action remove".into());
    }
    if !is_set {
        return Ok(());
    }
    correction.action = Action::Set;
    let written = correction.value.trim();
    correction.value = match facet {
        DATE | "event_date" => {
            let date = crate::date::typed::date(written).or_else(|| crate::date::written::of_text(written));
            date.ok_or_else(|| format!("not a date: “{written}”; write 2024, 2024-03 or 2024-03-15"))?
                .to_string()
        }
        "event_place" => written.to_string(),
        _ => {
            let number: Result<u32, _> = written.parse();
            number
                .map_err(|_| format!("“{written}” is not a number of people; write digits"))?
                .to_string()
        }
    };
    Ok(())
}

/// What a person named.
enum Target {
    /// An article.
    One(Binding),
    /// All articles of a file, or several that have a name.
    File(String),
    Nobody,
}

/// How the article of a correction is called in the table: by what it says where the correction comes with that, else by
/// what was typed.
fn target(reader: &Reader, searcher: &Searcher, correction: &Correction) -> Result<Target> {
    if let Some(article) = saying(reader, searcher, &correction.content)? {
        return Ok(Target::One(Binding::of(reader, searcher, &article)?));
    }
    let typed = &correction.article;
    match ids::find(searcher, &reader.fields, typed) {
        Ok((_, article)) => return Ok(Target::One(Binding::of(reader, searcher, &article)?)),
        Err(Error::NoSuchArticle { .. }) => {}
        Err(error) => return Err(error),
    }
    for name in ids::names(reader, typed) {
        if let Some(article) = only_one(reader, searcher, &name)? {
            return Ok(Target::One(Binding::of(reader, searcher, &article)?));
        }
        if ids::is_there(reader, searcher, &name)? {
            return Ok(Target::File(name));
        }
    }
    Ok(Target::Nobody)
}

/// Indexes the articles anew whose corrections are others than they were indexed with.
fn apply(reader: &Reader, searcher: &Searcher, kept: Corrections, targets: &[Correction]) -> Result<u64> {
    let fields = &reader.fields;
    let mut changed: Vec<(Stored, Vec<Origin>)> = Vec::new();
    let mut seen = FxHashSet::default();
    let targets: BTreeSet<(&str, &str)> = targets
        .iter()
        .map(|correction| (correction.article.as_str(), correction.content.as_str()))
        .collect();
    for (name, content) in targets {
        let mut articles = ids::named(reader, searcher, name)?;
        articles.extend(saying(reader, searcher, content)?);
        for article in articles {
            let also = duplicates::others(searcher, fields, &article)?;
            let now = kept.of(&article.origin(), &also, key_of(&article)?);
            // A file and a record of it may both be named.
            if !now.into_iter().eq(&article.meta.corrections) && seen.insert(article.origin().key()) {
                changed.push((article, also));
            }
        }
    }
    let count = changed.len() as u64;
    let payload = Payload {
        corrections: kept.fingerprint()?,
        ..reader.payload.clone()
    };
    if changed.is_empty() && payload == reader.payload {
        return Ok(0);
    }
    let budget = Budget::of(64 << 20, 1);
    let declarations = reader.schema.facets.clone();
    let facets = Arc::new(reader.compiled()?.facets(declarations, &reader.lexicons)?);
    let queue = Queue::new(budget.queue);
    let analysis = Analysis {
        fields: fields.clone(),
        french: Arc::clone(&reader.french),
        facets,
        corrections: kept,
        queue,
        unknown: UnknownValues::default(),
    };
    let (mut writer, damage) = writer::open(&reader.index, &reader.generation, budget)?;
    for (stored, also) in changed {
        rewrite(searcher, stored, also, &analysis, &writer)?;
    }
    payload.commit(&mut writer, &reader.generation)?;
    writer.wait_merging_threads()?;
    commit_copy::keep(&reader.generation)?;
    match damage.found().into_iter().next() {
        // What was decided is kept and applied; what is damaged needs to be known all the same.
        Some(message) => Err(Error::Damaged(message)),
        None => Ok(count),
    }
}

/// Indexes anew all articles of the last commit whose corrections are others than those that are kept: the
/// table may have been edited by hand, or a run ended between keeping and applying it. Gives their number.
pub(super) fn reapply(searcher: &Searcher, analysis: &Analysis, writer: &Writer) -> Result<u64> {
    let mut applied = 0;
    let mut places = duplicates::by_hash(searcher, &analysis.fields)?;
    for segment in searcher.segment_readers() {
        let hashes = segment.fast_fields().u64(super::fields::column::CONTENT_KEY)?;
        let store = segment
            .get_store_reader(1)
            .map_err(|e| Error::Damaged(e.to_string()))?;
        let record_keys = segment.fast_fields().u64(super::fields::column::RECORD_KEY)?;
        for doc in segment
            .doc_ids_alive()
            .filter(|doc| record_keys.first(*doc).is_some())
        {
            let stored = document::read(&analysis.fields, &store.get(doc)?)?;
            if stored.meta.copy {
                continue;
            }
            let content_key = hashes.first(doc).unwrap_or_default();
            let also = places.remove(&content_key).unwrap_or_default();
            let kept = analysis.corrections.of(&stored.origin(), &also, content_key);
            if !kept.iter().copied().eq(&stored.meta.corrections) {
                // Who decided, and when, is no other value.
                let before = &stored.meta.corrections;
                let is_same = kept.len() == before.len()
                    && kept
                        .iter()
                        .zip(before)
                        .all(|(kept, before)| kept.says_the_same(before));
                applied += u64::from(!is_same);
                rewrite(searcher, stored, also, analysis, writer)?;
            }
        }
    }
    Ok(applied)
}

/// Replaces an article by itself as it is derived and corrected now.
fn rewrite(
    searcher: &Searcher,
    stored: Stored,
    also: Vec<Origin>,
    analysis: &Analysis,
    writer: &Writer,
) -> Result<()> {
    let (article, origin) = stored.into_article();
    let content = content::content_hash(&article, &origin)?;
    let record_key = Term::from_field_u64(analysis.fields.record_key, origin.key());
    for address in postings::all(searcher, &record_key)? {
        content::compare(searcher, address, content, &origin)?;
    }
    postings::delete(writer, searcher, record_key)?;
    let content_key = content::content_key(&article, &origin)?;
    let job = Job {
        article,
        origin,
        content,
        content_key,
        also,
    };
    let doc = analysis.document(job, &mut Numbering::default())?;
    writer.add_document(doc.into())?;
    Ok(())
}
