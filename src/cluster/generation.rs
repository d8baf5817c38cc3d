//! The generations of an archive on a cluster: which are there, which one is searched, which one is to be written.

use super::address::Name;
use super::client::Client;
use super::mapping::{self, FORM, Layout, Scores};
use super::transport::Method;
use crate::error::Result;
use crate::facets::FacetDeclaration;
use serde_json::{Value, json};

/// An index with articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Generation {
    pub number: u64,
    /// Its name on the cluster.
    pub index: String,
    /// What it was made of: see [`about`].
    pub about: Value,
    /// Whether the alias that is searched leads to it.
    pub is_searched: bool,
    pub shards: u32,
    pub replicas: u32,
}

/// What an index is made of. Another one is another generation: no document of the one is one of the other.
pub fn about(fingerprint: &str, facets: &[FacetDeclaration]) -> Value {
    let facets: Vec<&str> = facets.iter().map(|facet| facet.name.as_str()).collect();
    json!({ "form": FORM, "fingerprint": fingerprint, "facets": facets })
}

/// All generations of an archive, by their numbers.
///
/// # Errors
/// Those of asking.
pub fn all(client: &Client<'_>, name: &Name) -> Result<Vec<Generation>> {
    let path = format!("/{}?allow_no_indices=true", name.generations());
    let found = client.ask(Method::Get, &path, &Value::Null)?;
    let alias = name.alias();
    let mut all: Vec<Generation> = found
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(index, what)| {
            let number = |key: &str| {
                let text = what["settings"]["index"][key].as_str()?;
                text.parse::<u32>().ok()
            };
            Some(Generation {
                number: name.number_of(index)?,
                index: index.clone(),
                about: what["mappings"]["_meta"]["griot"].clone(),
                is_searched: what["aliases"].get(&alias).is_some(),
                shards: number("number_of_shards").unwrap_or(1),
                replicas: number("number_of_replicas").unwrap_or(0),
            })
        })
        .collect();
    all.sort_by_key(|generation| generation.number);
    Ok(all)
}

/// How many primary shards and copies were asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    pub shards: Option<u32>,
    pub replicas: Option<u32>,
}

/// The generation that can be written as it is: the one that is searched, else one that a push began and didn't end.
pub fn usable<'g>(all: &'g [Generation], about: &Value, said: Said) -> Option<&'g Generation> {
    let fits = |generation: &&Generation| {
        generation.about == *about && said.shards.is_none_or(|shards| shards == generation.shards)
    };
    let searched = all.iter().find(|generation| generation.is_searched);
    searched.filter(fits).or_else(|| {
        all.iter()
            .rev()
            .filter(|generation| !generation.is_searched)
            .find(fits)
    })
}

/// Bytes that an article takes in its shard, above those of its text: measured (docs/cluster.md).
const BESIDE_TEXT: u64 = 600;
/// Bytes of a shard for each byte of text.
const FOR_TEXT: u64 = 2;
/// How large a shard may become when an archive is pushed for the first time; it grows later.
const LARGEST_SHARD: u64 = 20 << 30;

/// How many shards an archive of so many articles and bytes of text gets on so many nodes.
pub fn shards_for(articles: u64, text: u64, nodes: u32) -> u32 {
    let bytes = articles
        .saturating_mul(BESIDE_TEXT)
        .saturating_add(text.saturating_mul(FOR_TEXT));
    let needed = u32::try_from(bytes.div_ceil(LARGEST_SHARD).clamp(1, 1024)).unwrap_or(1);
    match needed {
        1 => 1,
        // As many on each node as on any other.
        _ => needed.div_ceil(nodes.max(1)) * nodes.max(1),
    }
}

/// Nodes of a cluster that hold data.
///
/// # Errors
/// Those of asking.
pub fn data_nodes(client: &Client<'_>) -> Result<u32> {
    let health = client.ask(Method::Get, "/_cluster/health", &Value::Null)?;
    let nodes = health["number_of_data_nodes"].as_u64().unwrap_or(1);
    Ok(u32::try_from(nodes).unwrap_or(1).max(1))
}

/// Makes the generation after all others, and waits until it can be written.
///
/// # Errors
/// Those of asking; [`crate::Error::Remote`] where the cluster has no place for it.
pub fn make(
    client: &Client<'_>,
    name: &Name,
    all: &[Generation],
    (shards, replicas, scores): (u32, u32, Scores),
    (about, facets): (&Value, &[FacetDeclaration]),
) -> Result<Generation> {
    let number = all.iter().map(|generation| generation.number).max().unwrap_or(0) + 1;
    let index = name.generation(number);
    let layout = Layout {
        shards,
        replicas,
        scores,
    };
    let body = mapping::index(layout, facets, about, &Name::writing(&index));
    let answer = client.send(Method::Put, &format!("/{index}"), body.to_string().as_bytes())?;
    // Only one writes at a time: it is there because the answer to an earlier attempt was lost.
    let is_there = answer
        .reason()
        .is_some_and(|reason| reason.starts_with("resource_already_exists"));
    if !is_there {
        answer.done(client.transport.address())?;
    }
    wait_until_placed(client, &index)?;
    Ok(Generation {
        number,
        index,
        about: about.clone(),
        is_searched: false,
        shards,
        replicas,
    })
}

/// Waits until a new index has its copies, too, which later outlive the loss of a node; goes on without them where
/// the cluster has no place for them.
fn wait_until_placed(client: &Client<'_>, index: &str) -> Result<()> {
    let path = format!("/_cluster/health/{index}?wait_for_status=green&timeout=30s");
    for _ in 0..3 {
        let answer = client.send(Method::Get, &path, b"")?;
        // 408: what was waited for did not come. It says what is there all the same.
        let health = match answer.status {
            408 => answer.json(client.transport.address())?,
            _ => answer.done(client.transport.address())?,
        };
        if health["status"] != "red" {
            return Ok(());
        }
    }
    Err(client.remote(
        "no node takes the new index; look at their disks (GET _cluster/allocation/explain) and push again",
    ))
}

/// Sets how many copies of its shards a generation has.
///
/// # Errors
/// Those of asking.
pub fn set_replicas(client: &Client<'_>, generation: &Generation, replicas: u32) -> Result<()> {
    let body = json!({ "index": { "number_of_replicas": replicas } });
    let path = format!("/{}/_settings", generation.index);
    client.ask(Method::Put, &path, &body).map(drop)
}

/// Makes what was written visible.
///
/// # Errors
/// Those of asking.
pub fn refresh(client: &Client<'_>, generation: &Generation) -> Result<()> {
    let path = format!("/{}/_refresh", generation.index);
    client.ask(Method::Post, &path, &Value::Null).map(drop)
}

/// Lets the alias that is searched lead to a generation, from one moment to the next, and deletes all others.
///
/// # Errors
/// Those of asking.
pub fn swap_in(client: &Client<'_>, name: &Name, generation: &Generation) -> Result<()> {
    let all = all(client, name)?;
    let alias = name.alias();
    let is_searched = |other: &Generation| other.is_searched && other.index != generation.index;
    let own = all.iter().find(|other| other.index == generation.index);
    let mut actions: Vec<Value> = all
        .iter()
        .filter(|other| is_searched(other))
        .map(|other| json!({ "remove": { "index": other.index, "alias": alias } }))
        .collect();
    if !own.is_some_and(|own| own.is_searched) {
        actions.push(json!({ "add": { "index": generation.index, "alias": alias } }));
    }
    if !actions.is_empty() {
        client.ask(Method::Post, "/_aliases", &json!({ "actions": actions }))?;
    }
    for other in all.iter().filter(|other| other.index != generation.index) {
        let answer = client.send(Method::Delete, &format!("/{}", other.index), b"")?;
        if answer.status != 404 {
            answer.done(client.transport.address())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generation(number: u64, is_searched: bool, about: Value) -> Generation {
        Generation {
            number,
            index: format!("griot-a-gen-{number}"),
            about,
            is_searched,
            shards: 3,
            replicas: 1,
        }
    }

    #[test]
    fn the_searched_one_is_written_or_one_that_was_begun() {
        let (old, new) = (json!({"fingerprint": "a"}), json!({"fingerprint": "b"}));
        let all = [
            generation(1, true, old.clone()),
            generation(2, false, new.clone()),
            generation(3, false, new.clone()),
        ];
        let number = |about: &Value, shards: Option<u32>| {
            let said = Said {
                shards,
                replicas: None,
            };
            usable(&all, about, said).map(|generation| generation.number)
        };
        assert_eq!(number(&old, None), Some(1));
        assert_eq!(number(&new, None), Some(3));
        assert_eq!(number(&json!({}), None), None);
        assert_eq!(number(&old, Some(3)), Some(1));
        assert_eq!(
            number(&old, Some(5)),
            None,
            "another number of shards is another index"
        );
    }

    #[test]
    fn shards_go_by_size_and_nodes() {
        assert_eq!(shards_for(0, 0, 3), 1);
        assert_eq!(shards_for(100_000, 70_000_000, 3), 1);
        assert_eq!(shards_for(10_000_000, 30 << 30, 3), 6);
        assert_eq!(shards_for(u64::MAX, u64::MAX, 7), 1029);
    }
}
