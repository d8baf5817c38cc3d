//! The index that is searched: one commit of it, and what is worth keeping between questions.

use crate::error::{Error, Result};
use crate::index::{IndexDir, Reader, Stored, document, duplicates, ids};
use crate::search::article::file_hashes::FileHashes;
use crate::search::dictionary::flat::FlatForms;
use crate::search::facet::declared::shown_path;
use crate::search::facet::totals::{GivenTimes, SegmentTotals};
use crate::search::facet::tree::FacetTree;
use crate::search::kept::{Kept, Ordered, ROOM_OF_FOLDS, ROOM_OF_ORDERS, Scored};
use crate::search::related::folded::Folded;
use crate::search::stop;
use crate::search::whole::Whole;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};
use tantivy::collector::DocSetCollector;
use tantivy::query::Query as TantivyQuery;
use tantivy::{DocAddress, Searcher};

/// Searches one commit of an index; keeps what is worth keeping between queries.
pub struct LocalEngine {
    pub reader: Arc<Reader>,
    pub searcher: Searcher,
    trees: Mutex<FxHashMap<String, Arc<FacetTree>>>,
    totals: Mutex<FxHashMap<String, Arc<Vec<SegmentTotals>>>>,
    /// Of each segment.
    given: OnceLock<Vec<GivenTimes>>,
    flat_forms: Arc<FlatForms>,
    pub(super) hashes: FileHashes,
    whole: Option<Arc<dyn Whole>>,
    /// Whole orders of hits, for pages far behind the first.
    pub(super) orders: Kept<Ordered, Scored>,
    /// Near-duplicates that were folded.
    pub(super) folded: Kept<Ordered, Folded>,
}

impl LocalEngine {
    /// Opens the index of a index_dir.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn open(index_dir: &IndexDir) -> Result<Self> {
        Ok(Self::new(Reader::open(index_dir)?))
    }

    /// Searches the last commit that the reader knows.
    pub fn new(reader: impl Into<Arc<Reader>>) -> Self {
        let reader = reader.into();
        Self {
            searcher: reader.searcher(),
            reader,
            trees: Mutex::default(),
            totals: Mutex::default(),
            given: OnceLock::new(),
            flat_forms: Arc::default(),
            hashes: FileHashes::default(),
            whole: None,
            orders: Kept::new(ROOM_OF_ORDERS),
            folded: Kept::new(ROOM_OF_FOLDS),
        }
    }

    /// Searches an index that holds some articles of an archive, by the numbers of the whole.
    pub fn part_of(whole: Arc<dyn Whole>, reader: impl Into<Arc<Reader>>) -> Self {
        Self {
            whole: Some(whole),
            ..Self::new(reader)
        }
    }

    /// Searches an index that holds other articles of the same archive.
    pub(crate) fn beside(&self, reader: impl Into<Arc<Reader>>) -> Self {
        Self {
            whole: self.whole.clone(),
            ..Self::new(reader)
        }
    }

    /// The archive that the index is a part of; `None` for one that is all there is.
    pub(crate) fn whole(&self) -> Option<&dyn Whole> {
        self.whole.as_deref()
    }

    /// Dictionaries of forms laid out flat, made when first needed.
    pub(crate) fn flat_forms(&self) -> Arc<FlatForms> {
        Arc::clone(&self.flat_forms)
    }

    /// The tree of a facet, built when first asked for.
    pub fn tree(&self, facet: &str) -> Result<Arc<FacetTree>> {
        let mut trees = self.trees.lock().map_err(poisoned)?;
        if let Some(tree) = trees.get(facet) {
            return Ok(Arc::clone(tree));
        }
        let others = match &self.whole {
            Some(whole) => whole.values(facet)?.keys().cloned().collect(),
            None => Vec::new(),
        };
        let tree = FacetTree::with_others(&self.searcher, &self.reader.fields, facet, &others)?;
        let tree = Arc::new(tree);
        trees.insert(facet.to_string(), Arc::clone(&tree));
        Ok(tree)
    }

    /// Of each segment, how many documents have each value of a facet; read when first asked for.
    ///
    /// # Errors
    /// What a damaged index gives.
    pub(crate) fn totals(&self, tree: &FacetTree) -> Result<Arc<Vec<SegmentTotals>>> {
        if let Some(totals) = self.totals.lock().map_err(poisoned)?.get(&tree.facet) {
            return Ok(Arc::clone(totals));
        }
        let segments = self.searcher.segment_readers();
        let given = self
            .given
            .get_or_init(|| segments.iter().map(GivenTimes::of).collect());
        let read = segments
            .iter()
            .zip(given)
            .map(|(segment, given)| SegmentTotals::read(tree, segment, given));
        let totals = Arc::new(read.collect::<Result<Vec<_>>>()?);
        let mut known = self.totals.lock().map_err(poisoned)?;
        known.insert(tree.facet.clone(), Arc::clone(&totals));
        Ok(totals)
    }

    /// How a [`Selection`](crate::search::request::Selection) names the articles below a file or folder;
    /// `None` if nothing there is indexed.
    pub fn under(&self, path: &std::path::Path) -> Option<String> {
        let root = self.reader.payload.root_of(path)?;
        let rest = path
            .strip_prefix(&root.path)
            .map(|rest| rest.to_string_lossy().into_owned());
        Some(format!("{}/{}", root.id, rest.unwrap_or_default()))
    }

    /// The files that an article lies in; its own first.
    pub fn paths(&self, article: &Stored) -> Result<Vec<String>> {
        let keys = duplicates::files(&self.searcher, &self.reader.fields, article)?;
        Ok(keys.iter().map(|key| self.reader.path_of(key)).collect())
    }

    /// The id that an article is shown under.
    pub(crate) fn shown_id(&self, article: &Stored) -> Result<String> {
        match self.reader.shown(article) {
            Some(shown) => Ok(shown.to_string()),
            None => ids::shown(&self.searcher, &self.reader.fields, article),
        }
    }

    /// The article of an id, or the one of a file.
    ///
    /// # Errors
    /// [`Error::NoSuchArticle`]; [`Error::SeveralArticles`] for a file of several, with the first of their ids.
    pub(crate) fn meant(&self, typed: &str) -> Result<Stored> {
        /// Ids that are shown of a file's.
        const SHOWN: usize = 3;
        let (mut meant, number) = ids::meant(&self.reader, &self.searcher, typed)?;
        if number > 1 {
            let shown = meant.iter().take(SHOWN).map(|article| self.shown_id(article));
            let mut some: Vec<String> = shown.collect::<Result<_>>()?;
            some.extend((number > SHOWN).then(|| format!("… ({number} in all)")));
            return Err(Error::SeveralArticles {
                id: typed.to_string(),
                some: some.join(", "),
            });
        }
        meant.pop().ok_or_else(|| Error::NoSuchArticle {
            id: typed.to_string(),
        })
    }

    /// A stored article.
    pub fn stored(&self, address: DocAddress) -> Result<Stored> {
        stop::check()?;
        document::read(&self.reader.fields, &self.searcher.doc(address)?)
    }

    /// Facet values as shown outside the index: months as `2025-10`, all lists there, even empty.
    pub fn facet_values(&self, article: &Stored) -> Result<BTreeMap<String, Vec<String>>> {
        let of = |name: &str| {
            article
                .facet(name)
                .map(|v| shown_path(&self.reader.fields, name, &v.path))
                .collect()
        };
        Ok(self
            .reader
            .fields
            .facets
            .iter()
            .map(|(f, _)| (f.name.clone(), of(&f.name)))
            .collect())
    }

    /// The articles that a query finds, in the order of the index.
    pub(crate) fn ids_of(&self, query: &dyn TantivyQuery) -> Result<Vec<DocAddress>> {
        let mut found: Vec<DocAddress> = self
            .searcher
            .search(&stop::stoppable(query.box_clone()), &DocSetCollector)?
            .into_iter()
            .collect();
        found.sort_unstable();
        Ok(found)
    }
}

fn poisoned<T>(_: std::sync::PoisonError<T>) -> Error {
    Error::Damaged("a counting thread panicked".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{SyncOptions, sync};
    use crate::search::Engine as _;
    use crate::search::request::{Count, SearchRequest, Selection};

    #[test]
    fn nothing_is_read_for_facets_that_nobody_asks_for() {
        let dir = tempfile::tempdir().expect("a folder");
        let corpus = dir.path().join("corpus");
        std::fs::create_dir(&corpus).expect("a folder");
        std::fs::write(corpus.join("a.txt"), "Un drone a frappé à Gao.").expect("written");
        let index_dir = IndexDir::at(dir.path().join("index"));
        sync(
            &index_dir,
            &SyncOptions {
                paths: vec![corpus],
                ..SyncOptions::default()
            },
            &mut |_| {},
        )
        .expect("indexed");
        let reader = Reader::open(&index_dir).expect("opened");
        let engine = LocalEngine::new(reader);
        let built = || engine.trees.lock().expect("not poisoned").len();
        let request = SearchRequest {
            selection: Selection {
                include: vec![("region".into(), "Gao".into())],
                ..Selection::of("drone")
            },
            limit: 1,
            page: 1,
            ..SearchRequest::default()
        };
        assert_eq!((engine.hits(&request).expect("answered").total, built()), (1, 0));
        engine
            .hits(&SearchRequest {
                count: Count::One("actor".into()),
                ..request
            })
            .expect("answered");
        assert_eq!(built(), 2, "the one that is counted and the one that filters");
    }

    #[test]
    fn what_was_stopped_is_no_answer_and_is_not_kept() {
        let dir = tempfile::tempdir().expect("a folder");
        let corpus = dir.path().join("corpus");
        std::fs::create_dir(&corpus).expect("a folder");
        for name in ["a.txt", "b.txt"] {
            std::fs::write(corpus.join(name), format!("Un drone a frappé à Gao. {name}")).expect("written");
        }
        let index_dir = IndexDir::at(dir.path().join("index"));
        let options = SyncOptions {
            paths: vec![corpus],
            ..SyncOptions::default()
        };
        sync(&index_dir, &options, &mut |_| {}).expect("indexed");
        let engine = LocalEngine::open(&index_dir).expect("opened");
        let request = SearchRequest {
            selection: Selection::of("drone"),
            limit: 1,
            page: 1,
            group: true,
            count: Count::All,
            ..SearchRequest::default()
        };
        let deep = |page| SearchRequest {
            group: false,
            page,
            ..request.clone()
        };
        let over = crate::search::Stop::after(std::time::Duration::ZERO);
        for request in [&request, &deep(1), &deep(20_000)] {
            let stopped = crate::search::until(&over, || engine.search(request));
            assert!(matches!(stopped, Err(Error::TooSlow)), "{stopped:?}");
        }
        assert!(matches!(
            crate::search::until(&over, || engine.stats()),
            Err(Error::TooSlow)
        ));
        let found = engine.search(&request).expect("answered");
        assert_eq!((found.total, found.hits.len()), (2, 1));
        assert_eq!(engine.search(&deep(20_000)).expect("answered").total, 2);
        assert!(
            engine
                .orders
                .get(&(request.selection.clone(), request.order))
                .is_some()
        );
    }
}
