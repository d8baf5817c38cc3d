//! An article on its way into the index: what is derived of it, and its document.

use super::corrections::{self, Correction, Corrections};
use super::document;
use super::encoded_tokens::IndexedWords;
use super::fields::Fields;
use super::origin::Origin;
use super::queue::Queue;
use super::segment::SegmentWorker;
use crate::article::{Article, Evidence, FacetValue, Part};
use crate::error::Result;
use crate::facets::{Document, FacetDeclaration, Facets, Metadata};
use crate::french::signature::signature;
use crate::french::{self, French, NumberedArticle, NumberedToken, WordTable};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use tantivy::TantivyDocument;

/// An article on its way.
pub struct Job {
    pub article: Article,
    pub origin: Origin,
    /// See [`super::content::content_hash`].
    pub content: u64,
    /// See [`super::content::content_key`].
    pub content_key: u64,
    /// Its other places, by which corrections may name it.
    pub also: Vec<Origin>,
}

/// Facet values in metadata that no lexicon knows: by facet and value, in how many articles, and the
/// first file by name.
#[derive(Debug, Default)]
pub struct UnknownValues(Mutex<FxHashMap<(String, String), (u64, String)>>);

impl UnknownValues {
    fn add(&self, facet: &str, value: &str, file_key: &str) {
        let Ok(mut seen) = self.0.lock() else { return };
        let (articles, file) = seen
            .entry((facet.into(), value.into()))
            .or_insert_with(|| (0, file_key.into()));
        *articles += 1;
        if file_key < file.as_str() {
            *file = file_key.into();
        }
    }

    /// Each value once, the most frequent of each facet first: facet, value, number of articles, key of a
    /// file.
    pub fn into_sorted(self) -> Vec<(String, String, u64, String)> {
        let seen = self.0.into_inner().unwrap_or_default();
        let mut values: Vec<_> = seen
            .into_iter()
            .map(|((facet, value), (articles, file))| (facet, value, articles, file))
            .collect();
        values.sort_by(|a, b| (&a.0, b.2, &a.1).cmp(&(&b.0, a.2, &b.1)));
        values
    }
}

/// What workers need.
pub struct Analysis {
    pub fields: Fields,
    pub french: Arc<French>,
    pub facets: Arc<Facets>,
    pub corrections: Corrections,
    pub queue: Queue,
    pub unknown: UnknownValues,
}

/// The words of an article's title and body, as far as they are analysed at once.
#[derive(Default)]
pub struct Numbering {
    pub table: WordTable,
    title: Vec<NumberedToken>,
    body: Vec<NumberedToken>,
}

impl Numbering {
    /// Analyses an article; says whether the whole of it was.
    fn read(&mut self, french: &French, article: &Article) -> bool {
        let [title, body] = [&article.title, &article.body].map(|text| french::head(text));
        french.number_into(&mut self.table, title, &mut self.title);
        french.number_into(&mut self.table, body, &mut self.body);
        title.len() + body.len() == article.title.len() + article.body.len()
    }

    /// The words that were read last.
    pub fn words(&self) -> NumberedArticle<'_> {
        NumberedArticle {
            title: &self.title,
            body: &self.body,
            table: &self.table,
        }
    }
}

impl Analysis {
    /// The document of an article, with its facet values and its words, for tantivy's writer.
    ///
    /// # Errors
    /// [`crate::Error::Json`], which no article has given yet.
    pub fn document(&self, job: Job, numbering: &mut Numbering) -> Result<TantivyDocument> {
        let is_whole = numbering.read(&self.french, &job.article);
        self.with_words(job, numbering.words(), is_whole)
    }

    /// Adds an article to a segment that is written here, if its words can be; gives the document for tantivy's writer
    /// otherwise.
    ///
    /// # Errors
    /// Those of writing.
    pub fn write(
        &self,
        job: Job,
        numbering: &mut Numbering,
        segments: &mut SegmentWorker<'_>,
    ) -> Result<Option<TantivyDocument>> {
        let is_whole = numbering.read(&self.french, &job.article);
        let words = numbering.words();
        if !is_whole || !SegmentWorker::takes(words) {
            return self.with_words(job, words, is_whole).map(Some);
        }
        let document = self.without_words(job, words)?;
        segments.add(&document, Some(words))?;
        Ok(None)
    }

    fn with_words(&self, job: Job, words: NumberedArticle<'_>, is_whole: bool) -> Result<TantivyDocument> {
        let indexed = [
            IndexedWords::of(&job.article.title, is_whole.then(|| words.title())),
            IndexedWords::of(&job.article.body, is_whole.then(|| words.body())),
        ];
        let mut document = self.without_words(job, words)?;
        document::add_words(&mut document, &self.fields, indexed);
        Ok(document)
    }

    fn without_words(&self, job: Job, words: NumberedArticle<'_>) -> Result<TantivyDocument> {
        let Job {
            mut article,
            origin,
            content,
            content_key,
            also,
        } = job;
        let corrections = self.corrections.of(&origin, &also, content_key);
        let decided = corrections::date(&corrections);
        let read_date = decided.map(|decided| document::ReadDate {
            date: std::mem::replace(&mut article.date, decided.0),
        });
        // An article whose facets can't be derived is indexed without them rather than lost with the run.
        let deriving = std::panic::AssertUnwindSafe(|| facet_values(self, &article, &origin.file, words));
        let (mut values, notes) = std::panic::catch_unwind(deriving).unwrap_or_else(|_| {
            (
                Vec::new(),
                vec!["deriving the facets failed; please report this article".into()],
            )
        });
        let resolve = |facet: &str, value: &str| {
            let known = self.facets.resolve(facet, value).into_iter().next();
            known.unwrap_or_else(|| clean_path(value))
        };
        corrections::apply(&corrections, &resolve, &mut values);
        self.apply_events(&corrections, &mut values);
        let derived = document::Derived {
            content,
            content_key,
            values,
            notes,
            signature: signature(words.body()),
            corrections: corrections.into_iter().cloned().collect(),
            read_date,
        };
        document::article(&self.fields, article, &origin, derived)
    }
}

impl Analysis {
    /// Adds the months and places that were decided about events.
    fn apply_events(&self, corrections: &[&Correction], values: &mut Vec<FacetValue>) {
        if !corrections.iter().any(|correction| correction.is_of_event()) {
            return;
        }
        let facets = self.facets.declarations();
        let months = facets.iter().find(|facet| facet.derive.events);
        let places = facets.iter().find(|facet| facet.derive.places);
        let name = |facet: Option<&'_ FacetDeclaration>| facet.map(|facet| facet.name.clone());
        let (months, places) = (name(months), name(places));
        let added = corrections::of_events(corrections, months.as_deref(), places.as_deref());
        for addition in &added {
            // A name that no lexicon knows is no region.
            let known = self.facets.resolve(&addition.facet, &addition.value);
            if let Some(path) = known.into_iter().next() {
                corrections::apply(&[addition], &|_, _| path.clone(), values);
            }
        }
    }
}

/// Facet values of an article: those given, and for the other facets those derived.
fn facet_values(
    analysis: &Analysis,
    article: &Article,
    file_key: &str,
    words: NumberedArticle<'_>,
) -> (Vec<FacetValue>, Vec<String>) {
    let (mut values, given) = given_values(analysis, article, file_key);
    let document = Document {
        title: &article.title,
        body: &article.body,
        words,
        published: article.date,
        url: article.url.as_deref(),
        file_name: file_key.rsplit('/').next(),
    };
    let metadata = Metadata {
        source: article.source.as_deref(),
        url: article.url.as_deref(),
        lang: article.lang.as_deref(),
        lang_detected: article.lang_detected,
    };
    let of_metadata = analysis.facets.of_metadata(&metadata);
    values.extend(of_metadata.into_iter().filter(|v| !given.contains(&v.facet)));
    let derived = analysis.facets.derive(&document, &given);
    values.extend(derived.values.into_iter().filter(|v| !given.contains(&v.facet)));
    (values, derived.notes)
}

/// The values that came with an article, as the lexicon spells them, and the facets that have any.
fn given_values(
    analysis: &Analysis,
    article: &Article,
    file_key: &str,
) -> (Vec<FacetValue>, BTreeSet<String>) {
    let mut values: Vec<FacetValue> = Vec::new();
    let mut given = BTreeSet::new();
    for (key, written) in &article.given {
        // `griot.toml` may name a facet by an alias; a value of the facet's name counts more.
        let facet = analysis.facets.name_of(key).unwrap_or(key);
        if facet != key && article.given.contains_key(facet) {
            continue;
        }
        for value in written.iter().map(|v| v.trim()).filter(|v| !v.is_empty()) {
            given.insert(facet.to_string());
            let known = analysis.facets.resolve(facet, value).into_iter().next();
            let path = known.unwrap_or_else(|| {
                analysis.unknown.add(facet, value, file_key);
                clean_path(value)
            });
            if !values.iter().any(|v| v.facet == facet && v.path == path) {
                let evidence = vec![Evidence {
                    part: Part::Metadata,
                    start: 0,
                    end: 0,
                    rule: "metadata".into(),
                }];
                values.push(FacetValue {
                    facet: facet.to_string(),
                    path,
                    given: true,
                    evidence,
                });
            }
        }
    }
    (values, given)
}

/// An unknown value as a facet path: one level, or the levels that its `/` make, none of them empty.
fn clean_path(value: &str) -> String {
    let levels: Vec<&str> = value
        .split('/')
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let mut path = levels.join("/").replace('\0', " ");
    if path.is_empty() {
        path = value.replace(['/', '\0'], " ").trim().to_string();
    }
    path.truncate(path.floor_char_boundary(400));
    if path.is_empty() { "?".into() } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_values_become_paths() {
        for (value, path) in [
            ("Atlantide", "Atlantide"),
            ("/a//b/", "a/b"),
            ("///", "?"),
            ("a\0b", "a b"),
        ] {
            assert_eq!(clean_path(value), path);
        }
    }
}
