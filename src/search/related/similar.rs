//! Near-duplicates: one dispatch on many sites, by the signatures that the index keeps of every text.

use crate::error::{Error, Result};
use crate::french::signature::{Signature, WORDS, resemblance};
use crate::index::fields::column;
use crate::index::ids;
use crate::search::compile::selection::{Compiled, compile};
use crate::search::hits::{Scored, first_of};
use crate::search::local::LocalEngine;
use crate::search::related::near_copy::{copy, media};
use crate::search::related::reworded::{SAME_NEWS, reworded};
use crate::search::request::{NEAR_DUPLICATE, Order, SearchRequest, Selection, SimilarRequest};
use crate::search::response::hits::{Group, JSON_VERSION, NearCopy, SearchResponse, SimilarResponse};
use rustc_hash::FxHashSet;
use std::time::Instant;
use tantivy::DocAddress;
use tantivy::columnar::Column;

/// Of more articles, different dispatches are not counted: every pair is compared.
const MOST_COMPARED: usize = 20_000;

/// So many hits are ordered as a search without folding orders them.
const BEST: usize = 1000;

/// The signatures of an index.
pub struct Signatures {
    segments: Vec<[Column<u64>; WORDS]>,
}

impl Signatures {
    /// # Errors
    /// [`Error::Unsupported`] for an index that was made before there were any.
    pub fn open(engine: &LocalEngine) -> Result<Self> {
        let mut segments = Vec::new();
        for segment in engine.searcher.segment_readers() {
            let columns = segment.fast_fields();
            let open = |name: &str| {
                let old = |_| {
                    Error::Unsupported(
                        "this index keeps no signatures of texts; run `griot index` to bring it up to date"
                            .into(),
                    )
                };
                columns.u64(name).map_err(old)
            };
            let [a, b, c, d] = column::SIGNATURE;
            segments.push([open(a)?, open(b)?, open(c)?, open(d)?]);
        }
        Ok(Self { segments })
    }

    /// The signature of an article; zeros for one without.
    pub fn of(&self, address: DocAddress) -> Signature {
        let columns = &self.segments[address.segment_ord as usize];
        std::array::from_fn(|at| columns[at].first(address.doc_id).unwrap_or(0))
    }
}

/// Articles like one: near-duplicates, and those that perhaps tell the same news.
///
/// # Errors
/// [`Error::NoSuchArticle`]; [`Error::Unsupported`] as [`Signatures::open`].
pub(crate) fn similar(engine: &LocalEngine, request: &SimilarRequest) -> Result<SimilarResponse> {
    let id = engine.shown_id(&engine.meant(&request.id)?)?;
    let similar = near_duplicates(engine, &id, request.least)?;
    let but = similar.iter().map(|copy| copy.id.clone()).collect();
    Ok(SimilarResponse {
        version: JSON_VERSION,
        sources: media(similar.iter()),
        reworded: reworded(engine, &id, SAME_NEWS, &but)?,
        similar,
        id,
    })
}

/// Every near-duplicate of an article, the most similar first.
///
/// # Errors
/// [`Error::NoSuchArticle`]; [`Error::Unsupported`] as [`Signatures::open`].
pub(crate) fn near_duplicates(engine: &LocalEngine, id: &str, least: f64) -> Result<Vec<NearCopy>> {
    let (address, _) = ids::find(&engine.searcher, &engine.reader.fields, id)?;
    let signatures = Signatures::open(engine)?;
    let own = signatures.of(address);
    // Without articles that an analyst has excluded.
    let mut found: Vec<(f64, DocAddress)> = engine
        .all(&Selection::default())?
        .into_iter()
        .filter(|other| *other != address)
        .map(|other| (resemblance(&own, &signatures.of(other)), other))
        .filter(|(same, _)| *same >= least)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found
        .into_iter()
        .map(|(same, address)| copy(engine, address, same))
        .collect()
}

/// Answers a search with near-duplicates folded: each hit is the best of its kind, and holds every
/// other matching article that is a near-duplicate of it and of no better hit. The total still counts them all.
///
/// # Errors
/// As [`LocalEngine::hits`]; [`Error::Unsupported`] as [`Signatures::open`].
pub(crate) fn grouped(engine: &LocalEngine, request: &SearchRequest) -> Result<SearchResponse> {
    let started = Instant::now();
    let signatures = Signatures::open(engine)?;
    let compiled = compile(engine, &request.selection)?;
    let first = first_of(request);
    let (total, candidates) = candidates(engine, &compiled, request.order)?;
    let countable = candidates.len() <= MOST_COMPARED;
    let wanted = if countable {
        usize::MAX
    } else {
        first.saturating_add(request.limit)
    };
    let folds = fold(candidates, &signatures, wanted);
    let dispatches = countable.then_some(folds.len() as u64);
    let mut hits = Vec::new();
    for (fold, rank) in folds.into_iter().skip(first).take(request.limit).zip(first + 1..) {
        let copies = fold
            .members
            .into_iter()
            .map(|(same, other)| copy(engine, other, same))
            .collect::<Result<Vec<_>>>()?;
        let sources = media(std::iter::once(&copy(engine, fold.head, 1.0)?).chain(&copies));
        let mut hit = engine.hit(fold.score, fold.head, &compiled, request)?;
        hit.rank = rank;
        hit.folded = Some(Group { copies, sources });
        hits.push(hit);
    }
    let response = engine.response(compiled, request, total, hits, started)?;
    Ok(SearchResponse {
        dispatches,
        ..response
    })
}

/// All that match: the best in the order of a search without folding, the others by BM25 alone.
fn candidates(engine: &LocalEngine, compiled: &Compiled, order: Order) -> Result<(u64, Scored)> {
    let (total, mut hits) = engine.top(compiled, order, 0, BEST)?;
    if hits.len() == BEST {
        let best: FxHashSet<DocAddress> = hits.iter().map(|(_, address)| *address).collect();
        let others = engine.all_of(compiled, order)?;
        let others = others.into_iter().filter(|address| !best.contains(address));
        hits.extend(others.map(|address| (0.0, address)));
    }
    Ok((total, hits))
}

/// An article, and those that are folded under it.
struct Fold {
    score: f32,
    head: DocAddress,
    signature: Signature,
    members: Vec<(f64, DocAddress)>,
}

/// Puts each candidate under the first head of which it is a near-duplicate. Beyond `wanted` heads, candidates
/// that would be further ones are dropped.
fn fold(candidates: Scored, signatures: &Signatures, wanted: usize) -> Vec<Fold> {
    let mut folds: Vec<Fold> = Vec::new();
    for (score, address) in candidates {
        let signature = signatures.of(address);
        let same = folds
            .iter()
            .map(|fold| resemblance(&fold.signature, &signature))
            .enumerate()
            .find(|(_, same)| *same >= NEAR_DUPLICATE);
        match same {
            Some((at, same)) => folds[at].members.push((same, address)),
            None if folds.len() < wanted => folds.push(Fold {
                score,
                head: address,
                signature,
                members: Vec::new(),
            }),
            None => {}
        }
    }
    folds
}
