//! An article of the local index as a document of a cluster: its id there, what tells whether it has changed, and
//! its JSON.
//!
//! Tokens go as strings, a place of the text a line. What stands at one place, separated by [`BESIDE`]:
//!
//! | field | at a place |
//! |---|---|
//! | `terms` | the index term |
//! | `words` | [`TERM`] and the index term; the form term (`fold SOH form`); of a joined spelling its form term, [`JOINED`] and its fold, the same with [`JOINED`] and its extent |
//! | `folds` | the folded word, and the folds of joined spellings |
//!
//! An extent is the number of places that a joined spelling takes, as the local index counts it.

use super::mapping::{BESIDE, SKETCH};
use crate::date::PartialDate;
use crate::error::{Error, Result};
use crate::facet_path::FacetPath;
use crate::facets::FacetDeclaration;
use crate::french::{French, NumberedText, WordNumber, WordTable, fold};
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

/// Begins an index term among the words of a place.
pub const TERM: char = '\u{3}';
/// Begins a joined spelling among them, and stands before its extent.
pub const JOINED: char = '\u{2}';

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

/// The tokens of a text as a cluster gets them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lines {
    pub terms: String,
    pub words: String,
    pub folds: String,
    /// How many words there are: the places, and the length that scores go by.
    pub number: u32,
    /// The same with joined spellings: the length that scores of exact words go by.
    pub tokens: u32,
}

/// Analyses texts; keeps the words that it has met, and the extents of joined spellings.
#[derive(Default)]
struct Words {
    table: WordTable,
    tokens: Vec<crate::french::NumberedToken>,
    extents: FxHashMap<WordNumber, u32>,
    generation: u64,
}

impl Words {
    fn of(&mut self, french: &French, text: &str) -> Lines {
        self.table.clear_if_large();
        if self.generation != self.table.generation() {
            self.generation = self.table.generation();
            self.extents.clear();
        }
        french.number_into(&mut self.table, text, &mut self.tokens);
        // Joined spellings stand with their first parts; the order of what stands at one place means nothing.
        self.tokens
            .sort_by_key(|token| (token.position, !token.is_part()));
        let extents = &mut self.extents;
        let text = NumberedText {
            tokens: &self.tokens,
            table: &self.table,
        };
        lines(text, &mut |word, form| {
            *extents.entry(word).or_insert_with(|| extent(french, form))
        })
    }
}

/// The places that a form takes, as [`crate::search`] counts them: one for each part of it.
fn extent(french: &French, form: &str) -> u32 {
    if form.chars().all(char::is_alphabetic) {
        return 1;
    }
    let parts = french
        .analyze(form)
        .iter()
        .filter(|token| token.is_part())
        .count();
    u32::try_from(parts.max(1)).unwrap_or(u32::MAX)
}

/// Writes tokens that are in the order of their places, parts first.
fn lines(text: NumberedText<'_>, extent: &mut dyn FnMut(WordNumber, &str) -> u32) -> Lines {
    let mut lines = Lines::default();
    for token in text.tokens {
        lines.tokens += 1;
        let [folded, form] = [text.table.folded(token.word), text.table.form(token.word)];
        let form_term = text.table.form_term(token.word);
        if token.is_part() {
            let term = text.table.term(token.word);
            if lines.number > 0 {
                [&mut lines.terms, &mut lines.words, &mut lines.folds]
                    .into_iter()
                    .for_each(|line| line.push('\n'));
            }
            lines.number += 1;
            lines.terms.push_str(term);
            lines.words.push(TERM);
            lines.words.push_str(term);
        } else {
            let extent = extent(token.word, form);
            lines.words.push(BESIDE);
            lines.words.push(JOINED);
            lines.words.push_str(folded);
            lines.words.push(BESIDE);
            lines.words.push(JOINED);
            lines.words.push_str(folded);
            lines.words.push(JOINED);
            lines.words.push_str(&extent.to_string());
            lines.folds.push(BESIDE);
        }
        lines.words.push(BESIDE);
        lines.words.push_str(form_term);
        lines.folds.push_str(folded);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Lexicons;
    use proptest::prelude::*;

    fn of(text: &str) -> Lines {
        let french = Lexicons::embedded().french().expect("sound");
        Words::default().of(&french, text)
    }

    #[test]
    fn places_are_lines_and_what_stands_at_one_is_beside() {
        let lines = of("Un week-end à Gao");
        assert_eq!(lines.number, 5);
        assert_eq!(lines.terms.lines().count(), 5);
        assert_eq!(lines.folds, "un\nweek\u{1f}weekend\nend\na\ngao");
        let second = lines.words.lines().nth(1).expect("a place");
        let beside: Vec<&str> = second.split(BESIDE).collect();
        assert_eq!(
            beside[1..],
            [
                "week\u{1}week",
                "\u{2}weekend",
                "\u{2}weekend\u{2}2",
                "weekend\u{1}week-end"
            ]
        );
        assert!(beside[0].starts_with(TERM));
    }

    #[test]
    fn numbers_in_groups_take_the_places_of_their_parts() {
        let lines = of("1 500 000 francs");
        assert_eq!(lines.number, 4);
        let first = lines.words.lines().next().expect("a place");
        assert!(first.contains("\u{2}1500000\u{2}3"), "{first:?}");
        assert!(first.contains("1500000\u{1}1 500 000"), "{first:?}");
    }

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

    proptest! {
        #[test]
        fn no_text_breaks_the_lines(text in "([a-zé'’0-9-]{1,8}[ ,.\n\u{1}\u{1f}\u{2}\u{3}]{0,2}){0,40}|\\PC{0,80}") {
            let french = Lexicons::embedded().french().expect("sound");
            let tokens = french.analyze(&text);
            let places = tokens.iter().filter(|token| token.is_part()).count();
            let lines = Words::default().of(&french, &text);
            let count = |text: &str| if places == 0 { 0 } else { text.split('\n').count() };
            prop_assert_eq!(lines.number as usize, places);
            prop_assert_eq!([count(&lines.terms), count(&lines.words), count(&lines.folds)], [places; 3]);
            prop_assert_eq!(lines.folds.split(['\n', BESIDE]).filter(|fold| !fold.is_empty()).count(), tokens.iter().filter(|token| !token.word.folded.is_empty()).count());
        }
    }
}
