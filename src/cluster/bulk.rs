//! Sending articles in bulk, and reading what became of each.

use super::client::Client;
use super::document::DocumentId;
use super::lease::Lease;
use super::transport::{Method, Response, is_busy, reason_of};
use crate::error::{Error, Result};
use serde_json::Value;
use std::ops::Range;

/// What is to be done with one document, and which bytes of a batch say so.
#[derive(Debug, Clone)]
struct Item {
    id: DocumentId,
    is_deletion: bool,
    /// As people know it.
    name: String,
    bytes: Range<usize>,
}

/// What is sent at once.
#[derive(Default)]
pub struct Batch {
    bytes: Vec<u8>,
    items: Vec<Item>,
}

/// An article that the cluster doesn't take.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Refused {
    /// Its name on the cluster.
    #[serde(skip)]
    pub id: [u8; 16],
    /// The id that it is shown under.
    pub article: String,
    pub reason: String,
}

/// What became of a batch.
#[derive(Debug, Default)]
pub struct Outcome {
    pub indexed: u64,
    pub deleted: u64,
    pub bytes: u64,
    pub refused: Vec<Refused>,
}

impl Outcome {
    /// Adds what became of another batch.
    pub fn add(&mut self, other: Outcome) {
        self.indexed += other.indexed;
        self.deleted += other.deleted;
        self.bytes += other.bytes;
        self.refused.extend(other.refused);
    }
}

impl Batch {
    /// Adds an article; `write` appends its JSON.
    ///
    /// # Errors
    /// What `write` gives.
    pub fn index(
        &mut self,
        id: DocumentId,
        name: &str,
        version: u64,
        write: impl FnOnce(&mut Vec<u8>) -> Result<()>,
    ) -> Result<()> {
        let begin = self.bytes.len();
        let action = format!(
            "{{\"index\":{{\"_id\":\"{}\",\"version\":{version},\"version_type\":\"external_gte\"}}}}\n",
            id.to_hex()
        );
        self.bytes.extend_from_slice(action.as_bytes());
        write(&mut self.bytes)?;
        self.bytes.push(b'\n');
        self.push(id, name, false, begin);
        Ok(())
    }

    /// Adds a document that is to be deleted.
    pub fn delete(&mut self, id: DocumentId, version: u64) {
        let begin = self.bytes.len();
        let hex = id.to_hex();
        let action = format!(
            "{{\"delete\":{{\"_id\":\"{hex}\",\"version\":{version},\"version_type\":\"external_gte\"}}}}\n"
        );
        self.bytes.extend_from_slice(action.as_bytes());
        self.push(id, &hex, true, begin);
    }

    fn push(&mut self, id: DocumentId, name: &str, is_deletion: bool, begin: usize) {
        self.items.push(Item {
            id,
            is_deletion,
            name: name.to_string(),
            bytes: begin..self.bytes.len(),
        });
    }

    /// Bytes of the request.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// How many documents it is about.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether it is about none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The batch of some of its items.
    fn of(&self, items: &[Item]) -> Self {
        let mut batch = Self::default();
        for item in items {
            let begin = batch.bytes.len();
            batch.bytes.extend_from_slice(&self.bytes[item.bytes.clone()]);
            batch.push(item.id, &item.name, item.is_deletion, begin);
        }
        batch
    }
}

/// Only what is read of an answer.
const FILTER: &str =
    "items.*._id,items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by.reason";

/// Sends a batch until each of its documents was taken or refused.
///
/// # Errors
/// [`Error::Remote`] when patience is at its end, the index is gone or takes nothing; [`Error::Locked`] when
/// another writes.
pub fn send(client: &Client<'_>, alias: &str, lease: &Lease<'_>, mut batch: Batch) -> Result<Outcome> {
    let path = format!("/{alias}/_bulk?require_alias=true&filter_path={FILTER}");
    let mut outcome = Outcome::default();
    while !batch.is_empty() {
        client.hold_back()?;
        if !lease.is_held() {
            return Err(client.remote("another push has taken over"));
        }
        let answer = match client.transport.send(Method::Post, &path, &batch.bytes) {
            Ok(answer) => answer,
            Err(error) => {
                client.failed(error)?;
                continue;
            }
        };
        outcome.bytes += batch.size() as u64;
        match answer.status {
            413 => {
                outcome.add(halved(client, alias, lease, &batch)?);
                return Ok(outcome);
            }
            status if is_busy(status) => client.failed(answer.refusal(client.transport.address()))?,
            _ => {
                let before = outcome.indexed + outcome.deleted;
                let again = match items(&answer, batch.len()) {
                    Some(items) => judged(client, lease, &batch, &items, &mut outcome)?,
                    None if answer.is_success() => {
                        client.failed(client.remote("its answer is not whole, or not that of OpenSearch"))?;
                        continue;
                    }
                    None => return Err(answer.refusal(client.transport.address())),
                };
                // Something was taken: patience begins anew.
                if again.is_empty() || outcome.indexed + outcome.deleted > before {
                    client.succeeded();
                }
                // All hold back for those that are to be sent again.
                if let Some((_, reason)) = again.first() {
                    client.failed(client.remote(reason))?;
                }
                let again: Vec<Item> = again.into_iter().map(|(item, _)| item).collect();
                batch = batch.of(&again);
            }
        }
    }
    Ok(outcome)
}

/// Sends a batch that is too large in two halves. A single article that is too large is refused.
fn halved(client: &Client<'_>, alias: &str, lease: &Lease<'_>, batch: &Batch) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    if let [item] = &batch.items[..] {
        client.succeeded();
        outcome.refused.push(Refused {
            id: item.id.0,
            article: item.name.clone(),
            reason: format!(
                "it is larger than the cluster takes at once ({} bytes; http.max_content_length, or a proxy before it)",
                batch.size()
            ),
        });
        return Ok(outcome);
    }
    let (first, second) = batch.items.split_at(batch.items.len() / 2);
    for half in [first, second] {
        outcome.add(send(client, alias, lease, batch.of(half))?);
    }
    Ok(outcome)
}

/// The items of an answer, in the order of the batch; none if they are not all there.
fn items(answer: &Response, expected: usize) -> Option<Vec<Value>> {
    if !answer.is_success() {
        return None;
    }
    let mut answer: Value = serde_json::from_slice(&answer.bytes).ok()?;
    let Value::Array(items) = answer.get_mut("items")?.take() else {
        return None;
    };
    (items.len() == expected).then_some(items)
}

/// Judges each item; gives those that are to be sent again, with the reason.
fn judged(
    client: &Client<'_>,
    lease: &Lease<'_>,
    batch: &Batch,
    items: &[Value],
    outcome: &mut Outcome,
) -> Result<Vec<(Item, String)>> {
    let mut again = Vec::new();
    for (item, said) in batch.items.iter().zip(items) {
        let said = said
            .as_object()
            .and_then(|said| said.values().next())
            .unwrap_or(&Value::Null);
        let status = said["status"]
            .as_u64()
            .and_then(|status| u16::try_from(status).ok());
        let error = &said["error"];
        let reason = || reason_of(error).unwrap_or_else(|| format!("status {}", status.unwrap_or(0)));
        let kind = error["type"].as_str().unwrap_or_default();
        match status {
            Some(200..300) if item.is_deletion => outcome.deleted += 1,
            Some(200..300) => outcome.indexed += 1,
            // It was deleted already.
            Some(404) if item.is_deletion && error.is_null() => outcome.deleted += 1,
            Some(404) => {
                return Err(client.remote(&format!("the index is gone: {}; push again", reason())));
            }
            Some(_) if kind == "cluster_block_exception" => return Err(blocked(client, &reason())),
            // Who asks may not write: that is no matter of this article.
            Some(401 | 403) => return Err(client.remote(&reason())),
            Some(409) => {
                // A newer version: that of whoever has the lease now.
                lease.lose();
                return Err(client.remote("another push has taken over"));
            }
            Some(status) if is_busy(status) => again.push((item.clone(), reason())),
            Some(_) => outcome.refused.push(Refused {
                id: item.id.0,
                article: item.name.clone(),
                reason: reason(),
            }),
            None => again.push((
                item.clone(),
                "its answer is not whole, or not that of OpenSearch".into(),
            )),
        }
    }
    Ok(again)
}

/// An index that takes nothing: mostly, the disk of a node is full.
fn blocked(client: &Client<'_>, reason: &str) -> Error {
    let cure = match reason.contains("flood-stage")
        || reason.contains("read-only")
        || reason.contains("read_only")
    {
        true => {
            "make room on the disks of its nodes, then allow writing again: PUT griot-*/_settings {\"index.blocks.read_only_allow_delete\": null, \"index.blocks.read_only\": null}"
        }
        false => "ask who looks after the cluster",
    };
    client.remote(&format!("the index takes nothing: {reason}; {cure}"))
}
