//! What differs between the archive here and on the cluster.
//!
//! Nothing is remembered of what was sent: a push that was killed, a node that lost a disk, a document that somebody
//! deleted are all found. Articles are put into buckets by their ids; of each bucket the cluster counts its documents
//! and sums up their marks, in one request, and only the buckets that differ are looked at document by document.

use super::client::Client;
use super::document::{Articles, BUCKETS, DocumentId, Mark, bucket_name};
use super::transport::Method;
use crate::error::Result;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};
use tantivy::DocAddress;

/// What a bucket amounts to. Sums are of 32-bit numbers, so that those of two million documents are exact as floating
/// point, in which the cluster sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sum {
    documents: u64,
    checks: [u64; 2],
}

/// The articles here: 32 bytes for each.
pub struct Here {
    articles: Vec<(DocumentId, Mark, DocAddress)>,
    sums: Vec<Sum>,
    /// Bytes of all titles and bodies.
    pub text: u64,
}

impl Here {
    /// Reads all articles; ends early, with part of them, when `stopped` says so.
    ///
    /// # Errors
    /// What a damaged index gives.
    pub fn read(articles: &Articles<'_>, stopped: &dyn Fn() -> bool) -> Result<Self> {
        let mut here = Self {
            articles: Vec::new(),
            sums: vec![Sum::default(); BUCKETS],
            text: 0,
        };
        articles.each(&mut |article, address| {
            let sum = &mut here.sums[article.id.bucket()];
            sum.documents += 1;
            for (all, one) in sum.checks.iter_mut().zip(article.mark.0) {
                *all += u64::from(one);
            }
            here.text += (article.stored.title.len() + article.stored.body.len()) as u64;
            here.articles.push((article.id, article.mark, address));
            Ok(!stopped())
        })?;
        Ok(here)
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }
}

/// What is to be done so that the cluster has what is here.
#[derive(Debug, Default)]
pub struct Difference {
    /// Articles that it lacks, or has in another form.
    pub send: Vec<DocAddress>,
    /// Of those it has in another form.
    pub changed: u64,
    /// Documents that are no articles here.
    pub delete: Vec<DocumentId>,
}

/// Compares; the index must have been refreshed.
///
/// # Errors
/// Those of asking; [`crate::Error::Remote`] where not all shards answered.
pub fn difference(client: &Client<'_>, index: &str, here: &Here) -> Result<Difference> {
    let there = sums(client, index)?;
    let differs: Vec<bool> = here.sums.iter().zip(&there).map(|(a, b)| a != b).collect();
    if !differs.contains(&true) {
        return Ok(Difference::default());
    }
    let buckets = (0..BUCKETS).filter(|bucket| differs[*bucket] && there[*bucket].documents > 0);
    let documents = documents(client, index, &buckets.collect::<Vec<_>>())?;
    let mut difference = Difference::default();
    let mut own = FxHashSet::default();
    for (id, mark, address) in &here.articles {
        if !differs[id.bucket()] {
            continue;
        }
        own.insert(*id);
        match documents.get(id) {
            Some(there) if there == mark => {}
            found => {
                difference.changed += u64::from(found.is_some());
                difference.send.push(*address);
            }
        }
    }
    difference.delete = documents.into_keys().filter(|id| !own.contains(id)).collect();
    difference.delete.sort_unstable();
    Ok(difference)
}

/// What the buckets amount to on the cluster.
fn sums(client: &Client<'_>, index: &str) -> Result<Vec<Sum>> {
    let sum = |field: &str| json!({ "sum": { "field": field } });
    let body = json!({
        "size": 0,
        "track_total_hits": true,
        "aggs": { "buckets": {
            "terms": { "field": "bucket", "size": BUCKETS },
            "aggs": { "check0": sum("check0"), "check1": sum("check1") },
        } },
    });
    let answer = whole(
        client,
        client.ask(Method::Post, &format!("/{index}/_search"), &body)?,
    )?;
    let mut sums = vec![Sum::default(); BUCKETS];
    let buckets = &answer["aggregations"]["buckets"];
    for bucket in buckets["buckets"].as_array().into_iter().flatten() {
        let number = bucket["key"]
            .as_str()
            .and_then(|key| usize::from_str_radix(key, 16).ok());
        let Some(sum) = number.and_then(|number| sums.get_mut(number)) else {
            continue;
        };
        sum.documents = bucket["doc_count"].as_u64().unwrap_or(0);
        for (check, key) in sum.checks.iter_mut().zip(["check0", "check1"]) {
            *check = bucket[key]["value"].as_f64().unwrap_or(0.0) as u64;
        }
    }
    let counted: u64 = sums.iter().map(|sum| sum.documents).sum();
    match answer["hits"]["total"]["value"].as_u64() {
        Some(total) if total == counted => Ok(sums),
        _ => Err(client.remote("its counts don't add up; push again")),
    }
}

/// Documents that are asked for at once.
const PAGE: usize = 5_000;

/// The documents of some buckets.
fn documents(client: &Client<'_>, index: &str, buckets: &[usize]) -> Result<FxHashMap<DocumentId, Mark>> {
    let mut found = FxHashMap::default();
    if buckets.is_empty() {
        return Ok(found);
    }
    let names: Vec<String> = buckets.iter().map(|bucket| bucket_name(*bucket)).collect();
    let body = json!({
        "size": PAGE,
        "sort": ["_doc"],
        "_source": false,
        "docvalue_fields": ["check0", "check1"],
        "query": { "terms": { "bucket": names } },
    });
    let mut answer = whole(
        client,
        client.ask(Method::Post, &format!("/{index}/_search?scroll=5m"), &body)?,
    )?;
    loop {
        let hits = answer["hits"]["hits"].as_array().map_or(&[][..], Vec::as_slice);
        for hit in hits {
            let check = |name: &str| {
                let value = hit["fields"][name][0].as_u64()?;
                u32::try_from(value).ok()
            };
            // What is no document of a push has no id of one, and is deleted by nobody.
            if let Some(id) = hit["_id"].as_str().and_then(DocumentId::parse) {
                let mark = Mark([check("check0").unwrap_or(0), check("check1").unwrap_or(0)]);
                found.insert(id, mark);
            }
        }
        let is_last = hits.len() < PAGE;
        let scroll = answer["_scroll_id"].take();
        if is_last {
            // It would end by itself.
            let body = json!({ "scroll_id": scroll }).to_string();
            let _ = client
                .transport
                .send(Method::Delete, "/_search/scroll", body.as_bytes());
            return Ok(found);
        }
        let body = json!({ "scroll": "5m", "scroll_id": scroll });
        answer = whole(client, client.ask(Method::Post, "/_search/scroll", &body)?)?;
    }
}

/// An answer that all shards gave in time.
fn whole(client: &Client<'_>, answer: Value) -> Result<Value> {
    let failed = answer["_shards"]["failed"].as_u64().unwrap_or(0);
    match failed > 0 || answer["timed_out"] == json!(true) {
        true => {
            Err(client.remote("not all shards of the index answered; push again when the cluster is green"))
        }
        false => Ok(answer),
    }
}
