//! Exact duplicates: one article in several places is indexed once and found from each of them.
//!
//! Articles are one when title, text, metadata, an id of their own and the date in their files' names are equal. The
//! location that sorts first (file, record, id) owns the document; for each other one there is a document of the kind
//! [`COPY`](super::fields::COPY) without text. Which location that is depends on their set alone, so that an updated
//! index equals a fresh one, and is settled before every commit, so that no commit has a copy without its article.

use super::analysis::{Analysis, Job, Numbering};
use super::content;
use super::document::{self, Stored};
use super::fields::{COPY, Fields, column};
use super::origin::Origin;
use super::origin_log::{LoggedOrigin, Offset, OriginLog};
use super::postings;
use super::queue::Writer;
use crate::error::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;
use tantivy::schema::Term;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader, TantivyDocument};

/// What changed since the last commit, as far as it matters for which place is the article's.
#[derive(Default)]
pub struct Duplicates {
    /// The least place that was added with a hash, and further ones: nothing here is looked through for each
    /// of many copies.
    added: FxHashMap<u64, Offset>,
    log: OriginLog,
    more: FxHashMap<u64, Vec<LoggedOrigin>>,
    /// The places in the last commit of what was added, those that are left, the least at the end.
    committed: FxHashMap<u64, Vec<Origin>>,
    /// Documents of the last commit that are deleted, by their ties; files all of whose documents are.
    removed: FxHashSet<u64>,
    gone: FxHashSet<String>,
    /// Hashes to be looked at before the commit.
    unsure: FxHashSet<u64>,
    /// The last commit has copies, so that what is removed from it may leave some alone.
    any: bool,
}

impl Duplicates {
    /// Looks at the last commit, after which nothing has changed yet.
    ///
    /// # Errors
    /// What a damaged index gives.
    pub fn after(before: &Searcher, fields: &Fields) -> Result<Self> {
        Ok(Self {
            any: any(before, fields)?,
            ..Self::default()
        })
    }

    /// Whether the hashes of what is removed matter.
    pub fn any(&self) -> bool {
        self.any
    }

    /// Takes in a new place, and says whether it is to be indexed as a copy; [`Duplicates::settle`] has the last
    /// word.
    ///
    /// # Errors
    /// What a damaged index gives.
    pub fn add(
        &mut self,
        before: &Searcher,
        fields: &Fields,
        content_key: u64,
        origin: Origin,
        content: u64,
    ) -> Result<bool> {
        let known = match self.committed.entry(content_key) {
            Entry::Occupied(known) => Some(known.into_mut()),
            Entry::Vacant(unknown) => {
                let mut origins: Vec<Origin> = members(before, fields, content_key)?
                    .iter()
                    .map(|(_, stored)| stored.origin())
                    .collect();
                origins.sort_by(|a, b| b.cmp(a));
                (!origins.is_empty()).then(|| unknown.insert(origins))
            }
        };
        let mut is_copy = false;
        if let Some(origins) = known {
            self.unsure.insert(content_key);
            while origins
                .last()
                .is_some_and(|origin| !is_left(&self.gone, &self.removed, origin))
            {
                origins.pop();
            }
            is_copy = origins.last().is_some_and(|least| *least < origin);
        }
        match self.added.entry(content_key) {
            Entry::Vacant(first) => drop(first.insert(self.log.push(&LoggedOrigin {
                origin,
                content,
                is_copy,
            }))),
            Entry::Occupied(mut first) => {
                self.unsure.insert(content_key);
                let least = self.log.get(*first.get());
                is_copy = is_copy || least.origin < origin;
                let mut later = LoggedOrigin {
                    origin,
                    content,
                    is_copy,
                };
                if later.origin < least.origin {
                    first.insert(self.log.push(&later));
                    later = least;
                }
                self.more.entry(content_key).or_default().push(later);
            }
        }
        Ok(is_copy)
    }

    /// Notes that a document of the last commit is deleted.
    pub fn remove(&mut self, record_key: u64, content_key: u64) {
        self.removed.insert(record_key);
        self.unsure.extend(self.any.then_some(content_key));
    }

    /// Notes that all documents of a file are deleted, those of the last commit and those added since; `content_key`
    /// are the hashes of the former.
    pub fn remove_file(&mut self, key: &str, content_key: impl IntoIterator<Item = u64>) {
        self.unsure.extend(content_key.into_iter().filter(|_| self.any));
        self.gone.insert(key.to_string());
        self.more
            .values_mut()
            .for_each(|more| more.retain(|placed| &*placed.origin.file != key));
        let (more, log) = (&mut self.more, &mut self.log);
        self.added.retain(|content_key, first| {
            if log.file_of(*first) != key {
                return true;
            }
            let Some(more) = more.get_mut(content_key) else {
                return false;
            };
            let least = (0..more.len()).min_by(|a, b| more[*a].origin.cmp(&more[*b].origin));
            least
                .map(|least| *first = log.push(&more.swap_remove(least)))
                .is_some()
        });
    }

    /// The places that were added with a hash.
    fn added(&mut self, content_key: u64) -> Vec<LoggedOrigin> {
        let first = self.added.get(&content_key).map(|first| self.log.get(*first));
        let more = self.more.remove(&content_key).unwrap_or_default();
        first.into_iter().chain(more).collect()
    }

    /// Makes the least place of each article the article's, and the others copies; to be called before every
    /// commit, when all that was added has reached the writer. `before` is the last commit. True if
    /// corrections name any of these places: they hold for the article wherever it lies.
    ///
    /// # Errors
    /// [`Error::Damaged`] for a copy without an article, and those of writing.
    pub fn settle(mut self, before: &Searcher, analysis: &Analysis, writer: &Writer) -> Result<bool> {
        let fields = &analysis.fields;
        let mut corrected = false;
        let mut unsure: Vec<u64> = std::mem::take(&mut self.unsure).into_iter().collect();
        unsure.sort_unstable();
        for content_key in unsure {
            let committed = members(before, fields, content_key)?;
            let names = |origin: &Origin| analysis.corrections.name(origin);
            let mut places = self.added(content_key);
            for (address, stored) in &committed {
                let origin = stored.origin();
                corrected |= names(&origin);
                if is_left(&self.gone, &self.removed, &origin) {
                    let contents = before
                        .segment_reader(address.segment_ord)
                        .fast_fields()
                        .u64(column::CONTENT)?;
                    places.push(LoggedOrigin {
                        origin,
                        content: contents.first(address.doc_id).unwrap_or(0),
                        is_copy: stored.meta.copy,
                    });
                }
            }
            corrected |= places.iter().any(|place| names(&place.origin));
            places.sort_by(|a, b| a.origin.cmp(&b.origin));
            for (rank, place) in places.into_iter().enumerate() {
                if place.is_copy == (rank > 0) {
                    continue;
                }
                let record_key = Term::from_field_u64(fields.record_key, place.origin.key());
                postings::delete(writer, before, record_key)?;
                let doc = match place.is_copy {
                    false => document::copy(fields, &place.origin, place.content, content_key)?,
                    true => {
                        // A place is added as a copy only where the last commit has the article, or a lesser
                        // place was added with it; so the text is there, though it may be deleted by now.
                        let article = committed.iter().find(|(_, stored)| !stored.meta.copy);
                        let (_, article) = article.ok_or_else(|| alone(&place.origin.id()))?;
                        let (article, origin) = at(article.clone(), &place.origin).into_article();
                        let job = Job {
                            article,
                            origin,
                            content: place.content,
                            content_key,
                            also: Vec::new(),
                        };
                        analysis.document(job, &mut Numbering::default())?
                    }
                };
                writer.add_document(doc.into())?;
            }
        }
        Ok(corrected)
    }
}

/// Whether a place of the last commit still is one.
fn is_left(gone: &FxHashSet<String>, removed: &FxHashSet<u64>, origin: &Origin) -> bool {
    !gone.contains(&*origin.file) && !removed.contains(&origin.key())
}

/// The article at another of its places.
fn at(article: Stored, origin: &Origin) -> Stored {
    let mut article = Stored {
        id: origin.id(),
        ..article
    };
    (article.meta.file, article.meta.record, article.meta.copy) =
        (origin.file.to_string(), origin.record, false);
    article
}

fn alone(id: &str) -> Error {
    Error::Damaged(format!(
        "“{id}” is a copy of an article that isn't there; run `griot index --rebuild`"
    ))
}

/// Whether any article of the index lies in several places, or did until its deletions were merged away:
/// where none does, nothing is looked up.
///
/// # Errors
/// What a damaged index gives.
pub fn any(searcher: &Searcher, fields: &Fields) -> Result<bool> {
    Ok(searcher.doc_freq(&Term::from_field_text(fields.kind, COPY))? > 0)
}

/// All that the index holds with that hash: an article and its copies.
fn members(searcher: &Searcher, fields: &Fields, content_key: u64) -> Result<Vec<(DocAddress, Stored)>> {
    let mut found = Vec::new();
    for address in postings::all(searcher, &Term::from_field_u64(fields.content_key, content_key))? {
        found.push((address, document::read(fields, &searcher.doc(address)?)?));
    }
    Ok(found)
}

/// The article that a copy is one of; an article as it is.
///
/// # Errors
/// [`Error::Damaged`] where there is none.
pub fn article_of(
    searcher: &Searcher,
    fields: &Fields,
    address: DocAddress,
    stored: Stored,
) -> Result<(DocAddress, Stored)> {
    if !stored.meta.copy {
        return Ok((address, stored));
    }
    let content_key = searcher
        .segment_reader(address.segment_ord)
        .fast_fields()
        .u64(column::CONTENT_KEY)?
        .first(address.doc_id);
    let found = content_key
        .map(|content_key| members(searcher, fields, content_key))
        .transpose()?
        .unwrap_or_default();
    found
        .into_iter()
        .find(|(_, other)| !other.meta.copy)
        .ok_or_else(|| alone(&stored.id))
}

/// A copy of an index of any format with the text and the metadata of its article, which `read` reads.
///
/// # Errors
/// [`Error::Damaged`] where there is none.
pub fn with_text(
    searcher: &Searcher,
    address: DocAddress,
    copy: Stored,
    read: &dyn Fn(&TantivyDocument) -> Result<Stored>,
) -> Result<Stored> {
    let name = column::in_schema(searcher.schema(), column::CONTENT_KEY);
    let field = searcher.schema().get_field(name)?;
    let content_key = searcher
        .segment_reader(address.segment_ord)
        .fast_fields()
        .u64(name)?
        .first(address.doc_id);
    for address in postings::all(searcher, &Term::from_field_u64(field, content_key.unwrap_or(0)))? {
        let stored = read(&searcher.doc(address)?)?;
        if !stored.meta.copy {
            return Ok(at(stored, &copy.origin()));
        }
    }
    Err(alone(&copy.id))
}

/// Keys of the files that an article lies in, the one it is shown with first; each once.
///
/// # Errors
/// What a damaged index gives.
pub fn files(searcher: &Searcher, fields: &Fields, article: &Stored) -> Result<Vec<String>> {
    let mut keys = vec![article.meta.file.clone()];
    keys.extend(
        others(searcher, fields, article)?
            .into_iter()
            .map(|origin| origin.file.to_string()),
    );
    let mut seen = FxHashSet::default();
    keys.retain(|key| seen.insert(key.clone()));
    Ok(keys)
}

/// Other places of an article.
///
/// # Errors
/// What a damaged index gives.
pub fn others(searcher: &Searcher, fields: &Fields, article: &Stored) -> Result<Vec<Origin>> {
    if !any(searcher, fields)? {
        return Ok(Vec::new());
    }
    let (read, own) = article.clone().into_article();
    let found = members(searcher, fields, content::content_key(&read, &own)?)?;
    let mut origins: Vec<Origin> = found
        .iter()
        .map(|(_, other)| other.origin())
        .filter(|origin| *origin != own)
        .collect();
    origins.sort();
    Ok(origins)
}

/// The live copies of a segment.
///
/// # Errors
/// What a damaged index gives.
pub fn in_segment(segment: &SegmentReader, fields: &Fields) -> Result<FxHashSet<DocId>> {
    let term = Term::from_field_text(fields.kind, COPY);
    Ok(postings::in_segment(segment, &term)?.into_iter().collect())
}

/// How many copies lie in each file, by key.
///
/// # Errors
/// What a damaged index gives.
pub fn by_file(searcher: &Searcher, fields: &Fields) -> Result<FxHashMap<String, u64>> {
    let mut counts = FxHashMap::default();
    for address in postings::all(searcher, &Term::from_field_text(fields.kind, COPY))? {
        let copy = document::read(fields, &searcher.doc(address)?)?;
        *counts.entry(copy.meta.file).or_default() += 1;
    }
    Ok(counts)
}

/// The places of copies, by the hash of their article.
///
/// # Errors
/// What a damaged index gives.
pub fn by_hash(searcher: &Searcher, fields: &Fields) -> Result<FxHashMap<u64, Vec<Origin>>> {
    let mut places: FxHashMap<u64, Vec<Origin>> = FxHashMap::default();
    for address in postings::all(searcher, &Term::from_field_text(fields.kind, COPY))? {
        let content_key = searcher
            .segment_reader(address.segment_ord)
            .fast_fields()
            .u64(column::CONTENT_KEY)?
            .first(address.doc_id);
        places
            .entry(content_key.unwrap_or(0))
            .or_default()
            .push(document::read(fields, &searcher.doc(address)?)?.origin());
    }
    Ok(places)
}

/// What is wrong with the copies, and their number: each article is one document, beside its copies.
///
/// # Errors
/// What a damaged index gives.
pub fn check(searcher: &Searcher, fields: &Fields) -> Result<(u64, Option<String>)> {
    let mut kinds: Vec<(u64, bool)> = Vec::new();
    for segment in searcher.segment_readers() {
        let copies = in_segment(segment, fields)?;
        let content_key = segment.fast_fields().u64(column::CONTENT_KEY)?;
        kinds.extend(
            segment
                .doc_ids_alive()
                .filter_map(|doc| Some((content_key.first(doc)?, copies.contains(&doc)))),
        );
    }
    kinds.sort_unstable();
    let groups = kinds.chunk_by(|a, b| a.0 == b.0);
    let wrong = groups
        .filter(|group| group.iter().filter(|(_, is_copy)| !is_copy).count() != 1)
        .count();
    let copies = kinds.iter().filter(|(_, is_copy)| *is_copy).count() as u64;
    Ok((
        copies,
        (wrong > 0).then(|| format!("{wrong} articles with copies are there twice or not at all")),
    ))
}

/// The hashes of the articles that a query of places finds copies of.
///
/// # Errors
/// What a damaged index gives.
pub fn hashes(searcher: &Searcher, found: impl IntoIterator<Item = DocAddress>) -> Result<Vec<u64>> {
    let mut hashes = Vec::new();
    for address in found {
        hashes.extend(
            searcher
                .segment_reader(address.segment_ord)
                .fast_fields()
                .u64(column::CONTENT_KEY)?
                .first(address.doc_id),
        );
    }
    hashes.sort_unstable();
    hashes.dedup();
    Ok(hashes)
}
