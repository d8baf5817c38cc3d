//! Near-identical articles: one dispatch on many sites, by the sketches that the index keeps of every text.

use crate::error::{Error, Result};
use crate::french::sketch::{Sketch, WORDS, resemblance};
use crate::index::fields::column;
use crate::index::ids;
use crate::search::compile::compiler as compile;
use crate::search::engine::Engine;
use crate::search::request::{Hit, Request, Response};
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::collections::BTreeSet;
use std::time::Instant;
use tantivy::DocAddress;
use tantivy::columnar::Column;

/// Texts that share so much are taken for one dispatch (docs/quality.md says why).
pub const SAME: f64 = 0.30;

/// Of more articles, different dispatches are not counted: every pair is compared.
const MOST_COMPARED: usize = 20_000;

/// So many hits are ordered as a search without folding orders them.
const BEST: usize = 1000;

/// An article that is near-identical to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NearCopy {
    pub id: String,
    pub title: String,
    pub source: Option<String>,
    pub date: Option<crate::date::PartialDate>,
    pub url: Option<String>,
    /// Estimated share of the text in common, 0 to 1.
    pub resemblance: f64,
}

/// The sketches of an index.
pub struct Sketches {
    segments: Vec<[Column<u64>; WORDS]>,
}

impl Sketches {
    /// # Errors
    /// [`Error::Unsupported`] for an index that was made before there were any.
    pub fn open(engine: &Engine) -> Result<Self> {
        let mut segments = Vec::new();
        for segment in engine.searcher.segment_readers() {
            let columns = segment.fast_fields();
            let open = |name: &str| {
                let old = |_| {
                    Error::Unsupported(
                        "this index keeps no sketches of texts; run `griot index` to bring it up to date"
                            .into(),
                    )
                };
                columns.u64(name).map_err(old)
            };
            let [a, b, c, d] = column::SKETCH;
            segments.push([open(a)?, open(b)?, open(c)?, open(d)?]);
        }
        Ok(Self { segments })
    }

    /// The sketch of an article; zeros for one without.
    pub fn of(&self, address: DocAddress) -> Sketch {
        let columns = &self.segments[address.segment_ord as usize];
        std::array::from_fn(|at| columns[at].first(address.doc_id).unwrap_or(0))
    }
}

/// Every article near-identical to one, the most similar first.
///
/// # Errors
/// [`Error::NoSuchArticle`]; [`Error::Unsupported`] as [`Sketches::open`].
pub fn similar(engine: &Engine, id: &str, least: f64) -> Result<Vec<NearCopy>> {
    let (address, _) = ids::find(&engine.searcher, &engine.reader.fields, id)?;
    let sketches = Sketches::open(engine)?;
    let own = sketches.of(address);
    let everything = compile::everything(&engine.reader.fields);
    let mut found: Vec<(f64, DocAddress)> = engine
        .ids_of(&everything)?
        .into_iter()
        .filter(|other| *other != address)
        .map(|other| (resemblance(&own, &sketches.of(other)), other))
        .filter(|(same, _)| *same >= least)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found
        .into_iter()
        .map(|(same, address)| copy(engine, address, same))
        .collect()
}

pub(crate) fn copy(engine: &Engine, address: DocAddress, same: f64) -> Result<NearCopy> {
    let article = engine.article(address)?;
    Ok(NearCopy {
        id: ids::shown(&engine.searcher, &engine.reader.fields, &article)?,
        title: article.title,
        source: article.meta.source,
        date: article.meta.date,
        url: article.meta.url,
        resemblance: (same * 100.0).round() / 100.0,
    })
}

/// What is folded under a hit.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Group {
    pub copies: Vec<NearCopy>,
    /// Different media that carry it, the hit's own among them.
    pub sources: usize,
}

/// Answers a request with near-identical articles folded: each hit is the best of its kind, and holds every
/// other matching article that is near-identical to it and to no better hit. The total still counts them all.
///
/// # Errors
/// As [`Engine::search`]; [`Error::Unsupported`] as [`Sketches::open`].
pub fn search_grouped(engine: &Engine, request: &Request) -> Result<Response> {
    let started = Instant::now();
    let sketches = Sketches::open(engine)?;
    let mut response = engine.search(&Request {
        limit: 0,
        ..request.clone()
    })?;
    let compiled = compile::compile(engine, request)?;
    let (first, limit) = (
        request
            .page
            .max(1)
            .saturating_sub(1)
            .saturating_mul(request.limit),
        request.limit,
    );
    // The best are in the order of a search without folding; further down BM25 alone orders.
    let (_, mut hits) = engine.top(
        &compiled,
        &Request {
            page: 1,
            limit: BEST,
            ..request.clone()
        },
    )?;
    let best: FxHashSet<DocAddress> = hits.iter().map(|(_, address)| *address).collect();
    if hits.len() == BEST {
        hits.extend(
            engine
                .all(request)?
                .into_iter()
                .filter(|address| !best.contains(address))
                .map(|address| (0.0, address)),
        );
    }
    let counted = hits.len() <= MOST_COMPARED;
    let wanted = first.saturating_add(limit);
    let mut heads: Vec<(f32, DocAddress, Sketch)> = Vec::new();
    let mut members: Vec<Vec<(f64, DocAddress)>> = Vec::new();
    for (score, address) in hits {
        let sketch = sketches.of(address);
        let same = heads
            .iter()
            .map(|(_, _, head)| resemblance(head, &sketch))
            .enumerate()
            .find(|(_, same)| *same >= SAME);
        match same {
            Some((at, same)) => members[at].push((same, address)),
            // Beyond the page further heads matter only for their number.
            None if counted || heads.len() < wanted => {
                heads.push((score, address, sketch));
                members.push(Vec::new());
            }
            None => {}
        }
    }
    response.dispatches = counted.then_some(heads.len() as u64);
    for ((score, address, _), members) in heads.into_iter().zip(members).skip(first).take(limit) {
        let copies = members
            .into_iter()
            .map(|(same, other)| copy(engine, other, same))
            .collect::<Result<Vec<_>>>()?;
        let sources = media(std::iter::once(&copy(engine, address, 1.0)?).chain(&copies));
        let hit = engine.hit(score, address, &compiled, request)?;
        response.hits.push(Hit {
            folded: Some(Group { copies, sources }),
            ..hit
        });
    }
    response.took_ms = started.elapsed().as_secs_f64() * 1000.0;
    Ok(response)
}

/// Different media: by name, else by the host of the url; articles with neither count together.
pub fn media<'c>(copies: impl Iterator<Item = &'c NearCopy>) -> usize {
    let host = |url: &str| {
        url.split("://")
            .nth(1)
            .unwrap_or(url)
            .split('/')
            .next()
            .unwrap_or_default()
            .trim_start_matches("www.")
            .to_string()
    };
    let name = |c: &NearCopy| {
        c.source
            .as_deref()
            .map(crate::french::fold)
            .or_else(|| c.url.as_deref().map(host))
            .unwrap_or_default()
    };
    copies.map(name).collect::<BTreeSet<_>>().len()
}
