//! Near-duplicates: one dispatch on many sites, by the signatures that the index keeps of every text.

use crate::error::{Error, Result};
use crate::french::signature::{Signature, WORDS, apart, resemblance};
use crate::index::fields::column;
use crate::index::ids;
use crate::search::compile::selection::{Compiled, compile};
use crate::search::hits::first_of;
use crate::search::kept::Scored;
use crate::search::local::LocalEngine;
use crate::search::related::folded::{Fold, Folded};
use crate::search::related::near_copy::{copy, media};
use crate::search::related::reworded::{SAME_NEWS, reworded};
use crate::search::request::{NEAR_DUPLICATE, Order, SearchRequest, Selection, SimilarRequest};
use crate::search::response::hits::{Group, JSON_VERSION, NearCopy, SearchResponse, SimilarResponse};
use crate::search::stop;
use rustc_hash::FxHashSet;
use std::sync::Arc;
use std::time::Instant;
use tantivy::DocAddress;
use tantivy::columnar::Column;

/// Of more articles, different dispatches are not counted: every pair is compared.
const MOST_COMPARED: usize = 5_000;

/// Dispatches of more articles that are looked for at least: the next pages are asked for soon.
const AHEAD: usize = 50;

/// Bits in which near-duplicates differ at most: the least resemblance in bits.
const MOST_APART: u32 = ((1.0 - NEAR_DUPLICATE) * 32.0 * WORDS as f64) as u32;

/// Candidates from one look at the clock to the next.
const LOOK: usize = 64;

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
    let compiled = compile(engine, &request.selection)?;
    let first = first_of(request);
    let folded = folded(engine, &compiled, request, first.saturating_add(request.limit))?;
    let total = folded.total;
    let dispatches = folded.is_complete.then_some(folded.folds.len() as u64);
    let mut hits = Vec::new();
    for (fold, rank) in folded
        .folds
        .iter()
        .skip(first)
        .take(request.limit)
        .zip(first + 1..)
    {
        let copies = fold
            .members
            .iter()
            .map(|(same, other)| copy(engine, *other, *same))
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

/// Folds what a search finds, at least so many dispatches of it; the pages after find it kept.
fn folded(
    engine: &LocalEngine,
    compiled: &Compiled,
    request: &SearchRequest,
    wanted: usize,
) -> Result<Arc<Folded>> {
    let key = (request.selection.clone(), request.order);
    let kept = engine.folded.get(&key);
    if let Some(kept) = kept.filter(|kept| kept.is_complete || kept.folds.len() >= wanted) {
        return Ok(kept);
    }
    let signatures = Signatures::open(engine)?;
    let (total, candidates) = candidates(engine, compiled, request.order)?;
    let is_complete = candidates.len() <= MOST_COMPARED;
    let wanted = if is_complete {
        usize::MAX
    } else {
        wanted.max(AHEAD)
    };
    let folds = fold(candidates, &signatures, wanted);
    // What was stopped on the way is not whole.
    stop::check()?;
    let folded = Arc::new(Folded {
        total,
        folds,
        is_complete,
    });
    engine.folded.put(key, Arc::clone(&folded), folded.articles());
    Ok(folded)
}

/// Puts each candidate under the first head of which it is a near-duplicate. Beyond `wanted` heads, candidates
/// that would be further ones are dropped.
fn fold(candidates: Scored, signatures: &Signatures, wanted: usize) -> Vec<Fold> {
    let mut folds: Vec<Fold> = Vec::new();
    let mut heads = Heads::default();
    for (number, (score, address)) in candidates.into_iter().enumerate() {
        if number % LOOK == 0 && stop::is_due() {
            break;
        }
        let signature = signatures.of(address);
        match heads.like(&signature) {
            Some((at, same)) => folds[at].members.push((same, address)),
            None if folds.len() < wanted => {
                heads.add(signature, folds.len());
                folds.push(Fold {
                    score,
                    head: address,
                    members: Vec::new(),
                });
            }
            None => {}
        }
    }
    folds
}

/// Signatures of heads, side by side: every candidate is compared with all of them.
#[derive(Default)]
struct Heads {
    signatures: Vec<Signature>,
    /// Of each the number of its fold: texts that are too short to compare have none here.
    folds: Vec<usize>,
}

impl Heads {
    fn add(&mut self, signature: Signature, fold: usize) {
        if signature != [0; WORDS] {
            self.signatures.push(signature);
            self.folds.push(fold);
        }
    }

    /// The fold of the first head that a text is a near-duplicate of, and how alike they are.
    fn like(&self, signature: &Signature) -> Option<(usize, f64)> {
        /// Compared before it is asked whether one of them is alike: branches cost more than bits.
        const TOGETHER: usize = 16;
        if *signature == [0; WORDS] {
            return None;
        }
        let is_like = |head: &Signature| apart(head, signature) <= MOST_APART;
        let (blocks, rest) = self.signatures.as_chunks::<TOGETHER>();
        let block = blocks.iter().position(|block| {
            let apart: [u32; TOGETHER] = std::array::from_fn(|at| apart(&block[at], signature));
            apart.iter().min().is_some_and(|least| *least <= MOST_APART)
        });
        let at = match block {
            Some(block) => block * TOGETHER + blocks[block].iter().position(is_like)?,
            None => blocks.len() * TOGETHER + rest.iter().position(is_like)?,
        };
        Some((self.folds[at], resemblance(&self.signatures[at], signature)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Signatures around a few texts, some of them near-duplicates, some too short.
    fn signatures() -> impl Strategy<Value = Vec<Signature>> {
        let text = (0u64..6, prop::collection::vec(0usize..256, 0..130));
        prop::collection::vec(text, 0..60).prop_map(|texts| {
            let of = |(seed, changed): (u64, Vec<usize>)| {
                let mut signature: Signature =
                    std::array::from_fn(|at| (seed + at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
                if seed == 0 {
                    return [0; WORDS];
                }
                for bit in changed {
                    signature[bit / 64] ^= 1 << (bit % 64);
                }
                signature
            };
            texts.into_iter().map(of).collect()
        })
    }

    proptest! {
        #[test]
        fn the_first_head_that_is_alike_is_found(texts in signatures()) {
            let mut heads = Heads::default();
            let mut simple: Vec<(usize, Signature)> = Vec::new();
            for (number, signature) in texts.into_iter().enumerate() {
                let expected = simple
                    .iter()
                    .map(|(fold, head)| (*fold, resemblance(head, &signature)))
                    .find(|(_, same)| *same >= NEAR_DUPLICATE);
                prop_assert_eq!(heads.like(&signature), expected);
                if expected.is_none() {
                    heads.add(signature, number);
                    simple.push((number, signature));
                }
            }
        }
    }
}
