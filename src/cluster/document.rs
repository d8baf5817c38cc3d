//! An article of the local index as a document of a cluster: its id there, what tells whether it has changed, and
//! its JSON.

use super::lines::Words;
use super::mapping::SKETCH;
use crate::date::PartialDate;
use crate::error::{Error, Result};
use crate::facet_path::FacetPath;
use crate::facets::FacetDeclaration;
use crate::french::{French, fold};
use crate::index::document::Stored;
use crate::index::fields::{ARTICLE, column};
use crate::index::origin::Origin;
use crate::index::{Fields, Reader, document, duplicates, ids};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use tantivy::columnar::Column;
use tantivy::schema::{Term, Value as _};
use tantivy::{DocAddress, Searcher, SegmentReader, TantivyDocument};

/// The id of a document: 128 bits, so that no two of a billion articles meet; paths may be longer than an id may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub [u8; 16]);

impl DocumentId {
    /// That of an article, by its file, its id and its number.
    pub fn of(origin: &Origin) -> Self {
        let name = format!("{}\0{}\0{}", origin.file, origin.id(), origin.record);
        Self(first_half(blake3::hash(name.as_bytes())))
    }

    /// As the cluster has it.
    pub fn to_hex(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Reads what [`DocumentId::to_hex`] writes.
    pub fn parse(hex: &str) -> Option<Self> {
        let mut id = [0; 16];
        if hex.len() != 32 || !hex.is_ascii() {
            return None;
        }
        for (at, byte) in id.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()?;
        }
        Some(Self(id))
    }

    /// The number of its bucket, below [`BUCKETS`].
    pub fn bucket(self) -> usize {
        usize::from(self.0[0]) << 4 | usize::from(self.0[1] >> 4)
    }
}

/// Parts in which an archive and its cluster are compared.
pub const BUCKETS: usize = 4096;

/// How the cluster calls a bucket: the beginning of the ids in it.
pub fn bucket_name(bucket: usize) -> String {
    format!("{bucket:03x}")
}

/// A hash of all that a document is made of, in two halves that can be summed up there without loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark(pub [u32; 2]);

fn first_half(hash: blake3::Hash) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&hash.as_bytes()[..16]);
    half
}

/// An article, and what tells it from what it was.
pub struct Marked {
    pub id: DocumentId,
    pub mark: Mark,
    pub stored: Stored,
    /// The id that it is shown under.
    pub shown: String,
    /// Its other places, in their order.
    pub others: Vec<Origin>,
    columns: Columns,
}

/// What the columns of the local index hold of an article.
#[derive(Debug, Clone, Copy)]
struct Columns {
    record_key: u64,
    content: u64,
    content_key: u64,
    signature: [u64; crate::french::signature::WORDS],
    dates: Option<(i64, i64)>,
}

/// The articles of one commit of a local index.
pub struct Articles<'r> {
    pub reader: &'r Reader,
    pub searcher: Searcher,
    copies: FxHashMap<u64, Vec<Origin>>,
    /// Of each segment.
    columns: Vec<SegmentColumns>,
}

impl<'r> Articles<'r> {
    /// Opens the commit that a reader has.
    ///
    /// # Errors
    /// What a damaged index gives.
    pub fn of(reader: &'r Reader) -> Result<Self> {
        let searcher = reader.searcher();
        let mut copies = duplicates::by_hash(&searcher, &reader.fields)?;
        copies.values_mut().for_each(|origins| origins.sort());
        let segments = searcher.segment_readers().iter();
        let columns = segments.map(SegmentColumns::of).collect::<Result<_>>()?;
        Ok(Self {
            reader,
            searcher,
            copies,
            columns,
        })
    }

    /// How many there are.
    ///
    /// # Errors
    /// What a damaged index gives.
    pub fn count(&self) -> Result<u64> {
        let term = Term::from_field_text(self.reader.fields.kind, ARTICLE);
        let query = tantivy::query::TermQuery::new(term, tantivy::schema::IndexRecordOption::Basic);
        Ok(self.searcher.search(&query, &tantivy::collector::Count)? as u64)
    }

    /// Hands all articles to `take`, in the order of the index, until it says to end.
    ///
    /// # Errors
    /// What a damaged index gives, and what `take` gives.
    pub fn each(&self, take: &mut dyn FnMut(Marked, DocAddress) -> Result<bool>) -> Result<()> {
        let segments = self.searcher.segment_readers().iter().zip(&self.columns);
        for (ord, (segment, columns)) in (0..).zip(segments) {
            let copies = duplicates::in_segment(segment, &self.reader.fields)?;
            // Documents come in their order: one block of the store at a time is enough.
            let store = segment
                .get_store_reader(1)
                .map_err(|e| Error::Damaged(e.to_string()))?;
            for doc in segment.doc_ids_alive() {
                let is_article = columns.record_key.first(doc).is_some() && !copies.contains(&doc);
                if is_article {
                    let marked = self.marked(&store.get(doc)?, columns.row(doc))?;
                    if !take(marked, DocAddress::new(ord, doc))? {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    /// One article.
    ///
    /// # Errors
    /// What a damaged index gives.
    pub fn at(&self, address: DocAddress) -> Result<Marked> {
        let columns = self.columns[address.segment_ord as usize].row(address.doc_id);
        self.marked(&self.searcher.doc(address)?, columns)
    }

    fn marked(&self, doc: &TantivyDocument, columns: Columns) -> Result<Marked> {
        let fields = &self.reader.fields;
        let stored = document::read(fields, doc)?;
        let meta = doc.get_first(fields.meta).and_then(|value| value.as_str());
        let shown = ids::shown(&self.searcher, fields, &stored)?;
        let origin = stored.origin();
        let others: Vec<Origin> = self
            .copies
            .get(&columns.content_key)
            .into_iter()
            .flatten()
            .filter(|other| **other != origin)
            .cloned()
            .collect();
        let mut hasher = blake3::Hasher::new();
        hasher.update(&columns.content.to_le_bytes());
        let others_named = others
            .iter()
            .flat_map(|other| [other.file.to_string(), other.id()]);
        let texts = [meta.unwrap_or_default().to_string(), shown.clone()];
        for text in texts.into_iter().chain(others_named) {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        let half = first_half(hasher.finalize());
        let word = |at: usize| u32::from_le_bytes([half[at], half[at + 1], half[at + 2], half[at + 3]]);
        Ok(Marked {
            id: DocumentId::of(&origin),
            mark: Mark([word(0), word(4)]),
            stored,
            shown,
            others,
            columns,
        })
    }
}

struct SegmentColumns {
    record_key: Column<u64>,
    content: Column<u64>,
    content_key: Column<u64>,
    signature: Vec<Column<u64>>,
    date_from: Column<i64>,
    date_to: Column<i64>,
}

impl SegmentColumns {
    fn of(segment: &SegmentReader) -> Result<Self> {
        let fast = segment.fast_fields();
        Ok(Self {
            record_key: fast.u64(column::RECORD_KEY)?,
            content: fast.u64(column::CONTENT)?,
            content_key: fast.u64(column::CONTENT_KEY)?,
            signature: column::SIGNATURE
                .iter()
                .map(|name| Ok(fast.u64(name)?))
                .collect::<Result<_>>()?,
            date_from: fast.i64(column::DATE_FROM)?,
            date_to: fast.i64(column::DATE_TO)?,
        })
    }

    fn row(&self, doc: u32) -> Columns {
        let mut signature = [0; crate::french::signature::WORDS];
        for (word, column) in signature.iter_mut().zip(&self.signature) {
            *word = column.first(doc).unwrap_or(0);
        }
        Columns {
            record_key: self.record_key.first(doc).unwrap_or(0),
            content: self.content.first(doc).unwrap_or(0),
            content_key: self.content_key.first(doc).unwrap_or(0),
            signature,
            dates: self.date_from.first(doc).zip(self.date_to.first(doc)),
        }
    }
}

/// The JSON of a document.
#[derive(Serialize)]
struct Document<'a> {
    id: &'a str,
    shown: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<String>,
    file: Vec<String>,
    record: u64,
    title: &'a str,
    body: &'a str,
    meta: String,
    t_terms: String,
    b_terms: String,
    t_words: String,
    b_words: String,
    t_folds: String,
    b_folds: String,
    t_len: u32,
    t_tokens: u32,
    b_tokens: u32,
    b_len: u32,
    facet: Map<String, Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    given: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_from: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_to: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    year_of: Vec<String>,
    tie: i64,
    content: i64,
    same: i64,
    #[serde(flatten)]
    sketch: Map<String, Value>,
    bucket: String,
    check0: u32,
    check1: u32,
}

/// Writes documents; keeps the words that it has met.
pub struct Documents<'r> {
    fields: &'r Fields,
    french: &'r French,
    words: Words,
}

impl<'r> Documents<'r> {
    /// Of the articles of a reader.
    pub fn new(reader: &'r Reader) -> Self {
        Self {
            fields: &reader.fields,
            french: &reader.french,
            words: Words::default(),
        }
    }

    /// Appends the JSON of an article to `out`, on one line.
    ///
    /// # Errors
    /// [`Error::Json`], which no article has given yet.
    pub fn write(&mut self, article: &Marked, out: &mut Vec<u8>) -> Result<()> {
        let Marked {
            id,
            mark: Mark([check0, check1]),
            stored,
            shown,
            others,
            columns,
        } = article;
        let title = self.words.of(self.french, &stored.title);
        let body = self.words.of(self.french, &stored.body);
        let (facet, given) = facets(self.fields, stored);
        let mut file = vec![stored.meta.file.clone()];
        file.extend(others.iter().map(|other| other.file.to_string()));
        let mut seen = FxHashSet::default();
        file.retain(|key| seen.insert(key.clone()));
        let (day, year_of) = times(self.fields, stored, columns.dates);
        let document = Document {
            id: &stored.id,
            shown,
            also: others.iter().map(Origin::id).collect(),
            file,
            record: stored.meta.record as u64,
            title: &stored.title,
            body: &stored.body,
            meta: serde_json::to_string(&stored.meta)?,
            t_terms: title.terms,
            b_terms: body.terms,
            t_words: title.words,
            b_words: body.words,
            t_folds: title.folds,
            b_folds: body.folds,
            t_len: title.number,
            t_tokens: title.tokens,
            b_tokens: body.tokens,
            b_len: body.number,
            facet,
            given,
            source: stored.meta.source.as_deref().map(fold),
            date_from: columns.dates.map(|(from, _)| from),
            date_to: columns.dates.map(|(_, to)| to),
            day,
            year_of,
            tie: in_order(columns.record_key),
            content: as_signed(columns.content),
            same: as_signed(columns.content_key),
            sketch: sketch(columns.signature),
            bucket: bucket_name(id.bucket()),
            check0: *check0,
            check1: *check1,
        };
        serde_json::to_writer(out, &document)?;
        Ok(())
    }
}

/// A number as a signed one, in the same order.
pub fn in_order(number: u64) -> i64 {
    as_signed(number ^ (1 << 63))
}

/// The same 64 bits as a signed number.
pub fn as_signed(number: u64) -> i64 {
    i64::from_le_bytes(number.to_le_bytes())
}

fn sketch(signature: [u64; crate::french::signature::WORDS]) -> Map<String, Value> {
    if signature.iter().all(|word| *word == 0) {
        return Map::new();
    }
    let words = SKETCH.iter().zip(signature);
    words
        .map(|(name, word)| ((*name).to_string(), as_signed(word).into()))
        .collect()
}

/// The paths of each facet with all above them, and the facets whose values were given.
fn facets<'f>(fields: &'f Fields, stored: &Stored) -> (Map<String, Value>, Vec<&'f str>) {
    let (mut paths, mut given) = (Map::new(), Vec::new());
    for (facet, _) in &fields.facets {
        let of_facet = || {
            stored
                .meta
                .values
                .iter()
                .filter(|value| value.facet == facet.name)
        };
        let all: BTreeSet<&str> = of_facet()
            .flat_map(|value| FacetPath::new(&value.path).upwards())
            .map(FacetPath::as_str)
            .collect();
        if !all.is_empty() {
            paths.insert(facet.name.clone(), all.into_iter().collect());
        }
        if of_facet().any(|value| value.given) {
            given.push(facet.name.as_str());
        }
    }
    (paths, given)
}

/// The day of an article, and the years that it counts in: those of its months of publication, else that of its
/// date.
fn times(fields: &Fields, stored: &Stored, dates: Option<(i64, i64)>) -> (Option<String>, Vec<String>) {
    let day = dates
        .filter(|(from, to)| from == to)
        .map(|(from, _)| PartialDate::from_days(from).to_string());
    let is_publication = |facet: &FacetDeclaration| facet.derive.publication;
    let publication = fields.facets.iter().find(|(facet, _)| is_publication(facet));
    let of_facet =
        |value: &&crate::article::FacetValue| publication.is_some_and(|(facet, _)| facet.name == value.facet);
    let mut years: BTreeSet<String> = stored
        .meta
        .values
        .iter()
        .filter(of_facet)
        .map(|value| FacetPath::new(&value.path).top().to_string())
        .collect();
    if years.is_empty()
        && let Some((from, to)) = dates
    {
        let [first, last] = [from, to].map(|day| PartialDate::from_days(day).year());
        years.extend((first == last).then(|| format!("{first:04}")));
    }
    (day, years.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_back_and_lie_in_their_buckets() {
        let id = DocumentId::of(&Origin::new("1/a.txt".into(), 0, "a.txt"));
        assert_eq!(DocumentId::parse(&id.to_hex()), Some(id));
        assert!(id.to_hex().starts_with(&bucket_name(id.bucket())));
        assert!(id.bucket() < BUCKETS);
        for wrong in [
            "",
            "ab",
            "zz000000000000000000000000000000",
            "é0000000000000000000000000000000",
        ] {
            assert_eq!(DocumentId::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn signed_numbers_keep_the_order() {
        let numbers = [0, 1, u64::MAX / 2, u64::MAX / 2 + 1, u64::MAX];
        assert!(numbers.windows(2).all(|two| in_order(two[0]) < in_order(two[1])));
    }
}
