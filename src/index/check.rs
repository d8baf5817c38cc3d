//! Whether an index is whole: its files, what it says of itself, its state against its articles.

use super::compiled::{self, fingerprint};
use super::content;
use super::fields::{self, Fields, column};
use super::footer::{self, files_of};
use super::layout::{self, IndexDir};
use super::origin::default_id;
use super::postings;
use super::reader::Opened;
use super::state::SourceState;
use super::{
    additions, commit_copy, corrections, decisions, document, duplicates, manifest, payload, sheets, state,
    tokenizers, versions,
};
use crate::disk;
use crate::error::{Error, Result};
use crate::facets::Compiled;
use crate::schema::Lexicons;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, TERMINATED};

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable name of what is wrong.
    pub kind: &'static str,
    pub message: String,
    pub cure: &'static str,
}

/// What was looked at, and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    pub articles: u64,
    /// Further places of these articles.
    pub copies: u64,
    /// Files that gave them.
    pub files: u64,
    /// Files of the index, and their bytes.
    pub index_files: u64,
    pub bytes: u64,
    pub findings: Vec<Finding>,
}

const REBUILD: &str = "run `griot index --rebuild`";
/// Of one kind, so many findings are reported one by one.
const REPORTED: usize = 10;

impl Checked {
    fn find(&mut self, kind: &'static str, message: impl Into<String>, cure: &'static str) {
        self.findings.push(Finding {
            kind,
            message: message.into(),
            cure,
        });
    }
}

/// Checks files and figures; `deep` reads every article and every list of postings too.
///
/// # Errors
/// Only when there is no index at all; what is wrong with one is a finding.
pub fn check(index_dir: &IndexDir, deep: bool) -> Result<Checked> {
    let mut checked = Checked::default();
    // Opening writes anew what can't be read.
    let listed = match index_dir.current() {
        Ok(generation) => commit_copy::managed(&generation)?,
        Err(_) => None,
    };
    let Some(opened) = open(index_dir, &mut checked)? else {
        return Ok(checked);
    };
    commit(&opened, &mut checked)?;
    decided(index_dir, opened.payload.corrections, &mut checked)?;
    snapshot(index_dir, &mut checked)?;
    files(&opened, &mut checked)?;
    managed(&opened, listed, &mut checked)?;
    ends(&opened, &mut checked)?;
    if let Err(error) = opened.payload.check_format(&index_dir.path) {
        let error = error.to_string();
        let message = error
            .split_once("; ")
            .map_or(error.as_str(), |(message, _)| message);
        checked.find(
            "older_format",
            message,
            "run `griot index`, which rebuilds it from its stored text",
        );
        return Ok(checked);
    }
    let lexicons = lexicons(index_dir, &opened, deep, &mut checked);
    if checked.findings.iter().any(|finding| finding.kind == "file") {
        // Reading on would only say the same in other words.
        return Ok(checked);
    }
    let Some(lexicons) = lexicons else {
        return Ok(checked);
    };
    let french = Arc::new(lexicons.french()?);
    tokenizers::register(opened.index.tokenizers(), &french);
    let (_, fields) = fields::build(&lexicons.schema()?);
    // Decoders of damaged data may panic, whatever the checksums say.
    let reading = std::panic::AssertUnwindSafe(|| articles(&opened, &fields, deep, &mut checked));
    match std::panic::catch_unwind(reading) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => checked.find("unreadable", error.to_string(), REBUILD),
        Err(_) => checked.find("unreadable", "its articles can't be read", REBUILD),
    }
    Ok(checked)
}

/// Opens an index; none if it can't be opened, which is a finding.
fn open(index_dir: &IndexDir, checked: &mut Checked) -> Result<Option<Opened>> {
    match Opened::any(index_dir) {
        Ok(opened) => return Ok(Some(opened)),
        Err(error @ Error::NoIndex { .. }) => return Err(error),
        Err(Error::NoCommit { path, cure }) => {
            checked.find(
                "commit",
                format!("{} is damaged or missing", path.display()),
                cure,
            );
        }
        Err(error) => {
            checked.find(
                "unreadable",
                error.to_string(),
                "run `griot index --rebuild PATH...` with the folders it was made of",
            );
        }
    }
    Ok(None)
}

/// The record of the last commit, and its copy.
fn commit(opened: &Opened, checked: &mut Checked) -> Result<()> {
    if commit_copy::is_altered(&opened.generation)? {
        checked.find(
            "commit",
            "meta.json is not what was written",
            "run `griot index`, which restores its copy",
        );
    }
    if commit_copy::is_damaged(&opened.generation)? {
        checked.find(
            "commit",
            "meta.copy is damaged",
            "run `griot index`, which writes it again",
        );
    }
    Ok(())
}

/// Checks a snapshot against the list of its files that was made with it, and gives when that was; none for a
/// folder without such a list. What differs is added to `checked`.
///
/// # Errors
/// [`Error::Io`] when the folder can't be looked at.
pub fn snapshot(index_dir: &IndexDir, checked: &mut Checked) -> Result<Option<String>> {
    const CURE: &str = "take another snapshot";
    let manifest = match manifest::read(index_dir) {
        Ok(Some(manifest)) => manifest,
        Ok(None) => return Ok(None),
        Err(error @ Error::Damaged(_)) => {
            checked.find("snapshot", error.to_string(), CURE);
            return Ok(Some("at an unknown time".into()));
        }
        Err(error) => return Err(error),
    };
    for (path, wrong) in manifest::altered(index_dir, &manifest)? {
        checked.find("snapshot", format!("{} {wrong}", path.display()), CURE);
    }
    Ok(Some(manifest.made))
}

/// The files that hold what people decided are what was written last, or were edited by hand.
fn decided(index_dir: &IndexDir, applied: u64, checked: &mut Checked) -> Result<()> {
    const PUT_BACK: &str = "run `griot index`, which restores the last version of it";
    for (name, is_readable) in decisions::FILES {
        let path = index_dir.path.join(name);
        let kind = match name {
            corrections::FILE | corrections::PAST => "corrections",
            crate::additions::KEPT => "additions",
            sheets::FILE => "sheets",
            _ => "saved_searches",
        };
        let Some(content) = versions::read(index_dir, name, &is_readable)? else {
            continue;
        };
        let path = path.display();
        match content.damage {
            Some(damage) => checked.find(kind, format!("{path} {}", damage.describe()), PUT_BACK),
            None if !is_readable(&content.bytes) => {
                checked.find(kind, format!("{path} can't be read"), "repair or remove it")
            }
            None => {}
        }
    }
    if applied != payload::NO_CORRECTIONS && decisions::is_lost(index_dir)? {
        let path = index_dir.path.join(corrections::FILE);
        checked.find(
            "corrections",
            format!("{} is missing or empty", path.display()),
            "run `griot index`, which restores the decisions from the articles",
        );
    }
    for name in versions::damaged(index_dir)? {
        let path = index_dir.path.join(versions::FOLDER).join(name);
        checked.find(
            "versions",
            format!("{}: its bytes are not those that were written", path.display()),
            "remove it",
        );
    }
    Ok(())
}

/// Every file of the last commit is there, as long as it was and with the bytes it was written with.
fn files(opened: &Opened, checked: &mut Checked) -> Result<()> {
    for name in opened.index.searchable_segment_metas()?.iter().flat_map(files_of) {
        let path = opened.generation.join(&name);
        let Some(metadata) = disk::metadata(&path)? else {
            checked.find("file", format!("{} is missing", path.display()), REBUILD);
            continue;
        };
        checked.index_files += 1;
        checked.bytes += metadata.len();
        match footer::verify(&opened.index, &opened.generation, &name) {
            Ok(()) => {}
            Err(Error::Damaged(wrong)) => checked.find("file", wrong, REBUILD),
            Err(error) => checked.find("file", error.to_string(), REBUILD),
        }
    }
    Ok(())
}

/// tantivy's own list has every file of the last commit. `before`: the list as it was before the index was
/// opened.
fn managed(opened: &Opened, before: Option<BTreeSet<PathBuf>>, checked: &mut Checked) -> Result<()> {
    const CURE: &str = "run `griot index`, which writes it again";
    let Some(mut listed) = before else {
        checked.find("file_list", ".managed.json can't be read", CURE);
        return Ok(());
    };
    // While somebody writes, files come to the list after it was read, and go.
    listed.extend(commit_copy::managed(&opened.generation)?.unwrap_or_default());
    let metas = opened.index.searchable_segment_metas()?;
    let missing = metas
        .iter()
        .flat_map(files_of)
        .chain([PathBuf::from("meta.json")])
        .filter(|name| disk::is_file(&opened.generation.join(name)).unwrap_or(true) && !listed.contains(name))
        .count();
    if missing > 0 {
        checked.find(
            "file_list",
            format!(".managed.json doesn't list {missing} of the files"),
            CURE,
        );
    }
    Ok(())
}

/// What tantivy says of a file at its end is what it said.
fn ends(opened: &Opened, checked: &mut Checked) -> Result<()> {
    let reported: Vec<String> = checked
        .findings
        .iter()
        .map(|finding| finding.message.clone())
        .collect();
    for name in commit_copy::altered_ends(&opened.generation)? {
        if !reported.iter().any(|message| message.contains(&name)) {
            checked.find(
                "file",
                format!(
                    "{}: its end is not what was written",
                    opened.generation.join(name).display()
                ),
                REBUILD,
            );
        }
    }
    Ok(())
}

/// The lexicons are those that the index was built with, and can be read.
fn lexicons(index_dir: &IndexDir, opened: &Opened, deep: bool, checked: &mut Checked) -> Option<Lexicons> {
    let mut wrong = |message: String| checked.find("lexicons", message, REBUILD);
    let lexicons = match Lexicons::from_dir(&opened.generation.join(layout::SCHEMA)) {
        Ok(lexicons) => lexicons,
        Err(error) => {
            wrong(error.to_string());
            return None;
        }
    };
    let kept = Lexicons::fingerprint_of(&opened.generation.join(layout::SCHEMA));
    if kept.is_ok_and(|kept| kept != opened.payload.lexicons()) {
        wrong("the lexicons kept with the index are not those that it was built with".into());
    }
    let readable = lexicons
        .schema()
        .and_then(|_| lexicons.french())
        .and_then(|french| Compiled::new(&lexicons, &french));
    match readable {
        Err(error) => {
            wrong(error.to_string());
            return None;
        }
        Ok(expected) => {
            let expected = Some(&expected).filter(|_| deep);
            let fault = compiled::fault(&opened.generation, &opened.payload.fingerprint, expected);
            // A file that can't be read counts as one that is damaged.
            if let Some(message) = fault.unwrap_or_else(|error| Some(error.to_string())) {
                checked.find("compiled", message, REBUILD);
            }
        }
    }
    let added = additions::table(index_dir).ok();
    let known = lexicons.additions().ok().map(|known| known.map(str::to_string));
    if added != known {
        let message = "the lexicon has additions that are not derived yet, or lacks some that were removed";
        checked.find("outdated", message, "run `griot index`");
    }
    // Lexicons that can't be hashed were found above.
    if fingerprint(&lexicons).is_ok_and(|current| current != opened.payload.fingerprint) {
        let message = format!(
            "built with analysis {}, this griot has {}",
            opened.payload.fingerprint,
            payload::ANALYSIS
        );
        checked.find("outdated", message, "run `griot index`");
    }
    Some(lexicons)
}

/// Every article belongs to a file that says so, and is there once.
fn articles(opened: &Opened, fields: &Fields, deep: bool, checked: &mut Checked) -> Result<()> {
    let searcher = opened.index.reader()?.searcher();
    let states = state::read(&searcher)?;
    checked.files = states.values().filter(|state| state.records > 0).count() as u64;
    let mut found = Found::default();
    for segment in searcher.segment_readers() {
        found.add(segment, fields)?;
        if deep {
            read_all(segment, fields, checked)?;
        }
    }
    let (copies, wrong) = duplicates::check(&searcher, fields)?;
    let documents = found.record_keys.len() as u64;
    (checked.articles, checked.copies) = (documents.saturating_sub(copies), copies);
    wrong
        .into_iter()
        .for_each(|message| checked.find("copies", message, REBUILD));
    found.check_keys(checked);
    found.check_states(&states, checked);
    Ok(())
}

/// What the documents of an index say, counted.
#[derive(Default)]
struct Found {
    record_keys: Vec<u64>,
    /// Articles of each file.
    records: FxHashMap<String, u64>,
    /// Documents that note the state of a file.
    sources: u64,
}

impl Found {
    fn add(&mut self, segment: &SegmentReader, fields: &Fields) -> Result<()> {
        let record_key = segment.fast_fields().u64(column::RECORD_KEY)?;
        let inverted = segment.inverted_index(fields.file)?;
        let mut keys = inverted.terms().stream().map_err(damaged)?;
        while keys.advance() {
            let mut postings = inverted
                .read_postings_from_terminfo(keys.value(), IndexRecordOption::Basic)
                .map_err(damaged)?;
            let mut of_this = 0;
            for doc in postings::live(segment, &mut postings) {
                match record_key.first(doc) {
                    Some(record_key) => {
                        self.record_keys.push(record_key);
                        of_this += 1;
                    }
                    None => self.sources += 1,
                }
            }
            if of_this > 0 {
                *self
                    .records
                    .entry(String::from_utf8_lossy(keys.key()).into_owned())
                    .or_default() += of_this;
            }
        }
        Ok(())
    }

    /// No article is there twice.
    fn check_keys(&mut self, checked: &mut Checked) {
        self.record_keys.sort_unstable();
        let pairs = self.record_keys.windows(2);
        let twice = pairs.filter(|pair| pair[0] == pair[1]).count();
        if twice > 0 {
            checked.find(
                "twice",
                format!("{twice} articles are in the index twice"),
                REBUILD,
            );
        }
    }

    /// Each file has as many articles as its state says.
    fn check_states(mut self, states: &FxHashMap<String, SourceState>, checked: &mut Checked) {
        let sources = self.sources;
        if sources != states.len() as u64 {
            checked.find(
                "state",
                format!(
                    "the state of {sources} files is recorded, {} of them different",
                    states.len()
                ),
                REBUILD,
            );
        }
        let mut wrong: Vec<String> = Vec::new();
        for (key, state) in states {
            let there = self.records.remove(key).unwrap_or(0);
            if there != state.records {
                wrong.push(format!(
                    "{} should have {} articles and has {there}",
                    default_id(key, 0),
                    state.records
                ));
            }
        }
        wrong.extend(
            self.records
                .keys()
                .map(|key| format!("{} has articles, but no recorded state", default_id(key, 0))),
        );
        wrong.sort();
        for message in wrong.iter().take(REPORTED) {
            checked.find("state", message.clone(), REBUILD);
        }
        if wrong.len() > REPORTED {
            checked.find(
                "state",
                format!("and {} more files", wrong.len() - REPORTED),
                REBUILD,
            );
        }
    }
}

/// Reads every stored article and every posting with its positions.
fn read_all(segment: &SegmentReader, fields: &Fields, checked: &mut Checked) -> Result<()> {
    let store = segment.get_store_reader(1).map_err(damaged)?;
    let (record_key, said) = (
        segment.fast_fields().u64(column::RECORD_KEY)?,
        segment.fast_fields().u64(column::CONTENT_KEY)?,
    );
    for doc in segment.doc_ids_alive() {
        let Some(record_key) = record_key.first(doc) else {
            continue;
        };
        let stored = document::read(fields, &store.get(doc)?)?;
        if stored.origin().key() != record_key {
            checked.find(
                "article",
                format!("“{}” is stored in the place of another", stored.id),
                REBUILD,
            );
        }
        let (id, is_copy, (article, origin)) = (stored.id.clone(), stored.meta.copy, stored.into_article());
        if !is_copy && Some(content::content_key(&article, &origin)?) != said.first(doc) {
            checked.find("article", format!("“{id}” is taken for another"), REBUILD);
        }
    }
    for field in [fields.title, fields.body, fields.title_forms, fields.body_forms] {
        let inverted = segment.inverted_index(field)?;
        let mut terms = inverted.terms().stream().map_err(damaged)?;
        let mut positions = Vec::new();
        while terms.advance() {
            let mut postings = inverted
                .read_postings_from_terminfo(terms.value(), IndexRecordOption::WithFreqsAndPositions)
                .map_err(damaged)?;
            let mut docs = 0;
            while postings.doc() != TERMINATED {
                tantivy::postings::Postings::positions(&mut postings, &mut positions);
                docs += 1;
                postings.advance();
            }
            if docs != terms.value().doc_freq {
                let term = String::from_utf8_lossy(terms.key()).into_owned();
                checked.find(
                    "postings",
                    format!(
                        "“{term}” is in {docs} articles and should be in {}",
                        terms.value().doc_freq
                    ),
                    REBUILD,
                );
            }
        }
    }
    Ok(())
}

fn damaged(error: std::io::Error) -> Error {
    Error::Damaged(error.to_string())
}
