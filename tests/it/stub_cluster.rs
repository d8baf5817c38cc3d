//! A cluster in this process, for tests of what goes wrong: it keeps documents as OpenSearch does, as far as a push
//! can tell, and answers wrongly when it is told to.

use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// What goes wrong with a bulk request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Another status, and nothing is done.
    Status(u16),
    /// The connection ends without an answer; nothing is done.
    Reset,
    /// The connection ends without an answer; everything is done.
    ResetAfter,
    /// The connection ends in the middle of the answer.
    Half,
    /// An answer of status 200 whose JSON ends early; everything is done.
    NoJson,
    /// Every other document is answered with this status, and not taken.
    Items(u16),
    /// An answer about fewer documents than were sent; everything is done.
    Fewer,
}

#[derive(Default)]
pub struct Index {
    pub aliases: BTreeSet<String>,
    pub made_of: Value,
    /// Versions with documents.
    pub documents: BTreeMap<String, (u64, Value)>,
}

#[derive(Default)]
pub struct State {
    pub indexes: BTreeMap<String, Index>,
    sequence: u64,
    /// For the next bulk requests, one each.
    pub faults: VecDeque<Fault>,
    /// Bulk requests beyond this size get 413.
    pub most_bytes: Option<usize>,
    /// Documents whose id in the archive is this are refused.
    pub refused: Option<String>,
    /// All documents of bulk requests are answered with this status and `cluster_block_exception`.
    pub blocked: Option<u16>,
    /// Every request gets a redirect to here.
    pub redirect: Option<String>,
    /// How long a bulk request takes.
    pub pause: Duration,
    /// Bodies of articles that were taken.
    pub bodies: usize,
    pub bulks: usize,
    /// Of the last request.
    pub authorization: Option<String>,
}

/// A cluster on a port of its own, as long as the test lives.
#[derive(Clone)]
pub struct StubCluster {
    pub url: String,
    state: Arc<Mutex<State>>,
}

struct Request {
    method: String,
    path: String,
    query: BTreeMap<String, String>,
    body: Vec<u8>,
    authorization: Option<String>,
}

/// An answer, or a lost connection.
enum Reply {
    Json(u16, Value),
    Raw(Vec<u8>),
    Lost,
}

impl StubCluster {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let state: Arc<Mutex<State>> = Arc::default();
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || serve(stream, &shared));
            }
        });
        Self { url, state }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("not poisoned")
    }

    /// The documents behind an alias, without what differs from push to push.
    pub fn documents(&self, alias: &str) -> BTreeMap<String, Value> {
        let state = self.state();
        let index = state.indexes.values().find(|index| index.aliases.contains(alias));
        let documents = index.map(|index| &index.documents).into_iter().flatten();
        documents
            .map(|(id, (_, document))| (id.clone(), document.clone()))
            .collect()
    }
}

fn serve(stream: TcpStream, shared: &Mutex<State>) {
    let Some(request) = read(&stream) else { return };
    let pause = shared.lock().expect("not poisoned").pause;
    if request.path.ends_with("/_bulk") {
        std::thread::sleep(pause);
    }
    let reply = answer(&mut shared.lock().expect("not poisoned"), &request);
    let bytes = match reply {
        Reply::Lost => return,
        Reply::Raw(bytes) => bytes,
        Reply::Json(status, body) => framed(status, body.to_string().as_bytes(), request.method == "HEAD"),
    };
    let mut stream = stream;
    let _ = stream.write_all(&bytes).and_then(|()| stream.flush());
}

fn framed(status: u16, body: &[u8], is_head: bool) -> Vec<u8> {
    let mut bytes = format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    if !is_head {
        bytes.extend_from_slice(body);
    }
    bytes
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_string(), words.next()?.to_string());
    let (mut length, mut authorization) = (0, None);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "authorization" => authorization = Some(value.trim().to_string()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let query = query.split('&').filter_map(|pair| pair.split_once('='));
    Some(Request {
        method,
        path: path.to_string(),
        query: query.map(|(k, v)| (k.to_string(), v.to_string())).collect(),
        body,
        authorization,
    })
}

fn error(status: u16, kind: &str, reason: &str) -> Reply {
    let body = json!({"error": {"type": kind, "reason": reason}, "status": status});
    Reply::Json(status, body)
}

// Long because it is a list of the addresses.
fn answer(state: &mut State, request: &Request) -> Reply {
    state.authorization.clone_from(&request.authorization);
    if let Some(to) = &state.redirect {
        let head =
            format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        return Reply::Raw(head.into_bytes());
    }
    let body = || serde_json::from_slice::<Value>(&request.body).unwrap_or(Value::Null);
    let parts: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    match (request.method.as_str(), &parts[..]) {
        ("GET", [""]) => Reply::Json(
            200,
            json!({"version": {"distribution": "opensearch", "number": "3.9.0"}}),
        ),
        ("GET", ["_cluster", "health", ..]) => {
            Reply::Json(200, json!({"number_of_data_nodes": 3, "status": "green"}))
        }
        ("POST", ["_aliases"]) => {
            for action in body()["actions"].as_array().expect("actions") {
                let (kind, what) = action
                    .as_object()
                    .and_then(|a| a.iter().next())
                    .expect("an action");
                let text = |key: &str| what[key].as_str().expect("a name").to_string();
                let index = state.indexes.get_mut(&text("index")).expect("an index");
                match kind.as_str() {
                    "add" => index.aliases.insert(text("alias")),
                    _ => index.aliases.remove(&text("alias")),
                };
            }
            Reply::Json(200, json!({"acknowledged": true}))
        }
        ("POST", [alias, "_bulk"]) => bulk(state, alias, request),
        ("POST", [_, "_refresh"]) => Reply::Json(200, json!({})),
        ("PUT", [_, "_settings"]) => Reply::Json(200, json!({"acknowledged": true})),
        ("POST", [index, "_search"]) => search(state, index, &body()),
        ("DELETE", ["_search", "scroll"]) => Reply::Json(200, json!({})),
        ("GET", [index, "_doc", id]) => match state
            .indexes
            .get(*index)
            .and_then(|index| index.documents.get(*id))
        {
            None => Reply::Json(404, json!({"found": false})),
            Some((sequence, source)) => Reply::Json(
                200,
                json!({"found": true, "_seq_no": sequence, "_primary_term": 1, "_source": source}),
            ),
        },
        ("PUT", [index, "_doc", id]) => put(state, index, id, request, body()),
        ("HEAD", [index]) => Reply::Json(
            if state.indexes.contains_key(*index) {
                200
            } else {
                404
            },
            json!({}),
        ),
        ("GET", [pattern]) => {
            let begin = pattern.trim_end_matches('*');
            let found = state.indexes.iter().filter(|(name, _)| name.starts_with(begin));
            let found: Map<String, Value> = found
                .map(|(name, index)| (name.clone(), described(index)))
                .collect();
            Reply::Json(200, found.into())
        }
        ("PUT", [index]) if state.indexes.contains_key(*index) => {
            error(400, "resource_already_exists_exception", "index already exists")
        }
        ("PUT", [index]) => {
            let made_of = body();
            let aliases = made_of["aliases"].as_object().into_iter().flatten();
            let index_made = Index {
                aliases: aliases.map(|(alias, _)| alias.clone()).collect(),
                made_of,
                ..Index::default()
            };
            state.indexes.insert((*index).to_string(), index_made);
            Reply::Json(200, json!({"acknowledged": true}))
        }
        ("DELETE", [index]) => match state.indexes.remove(*index) {
            Some(_) => Reply::Json(200, json!({"acknowledged": true})),
            None => error(404, "index_not_found_exception", "no such index"),
        },
        _ => error(400, "stub", &format!("{} {}", request.method, request.path)),
    }
}

fn described(index: &Index) -> Value {
    let number = |key: &str| index.made_of["settings"]["index"][key].to_string();
    let aliases: Map<String, Value> = index
        .aliases
        .iter()
        .map(|alias| (alias.clone(), json!({})))
        .collect();
    json!({
        "aliases": aliases,
        "mappings": index.made_of["mappings"],
        "settings": {"index": {
            "number_of_shards": number("number_of_shards"),
            "number_of_replicas": number("number_of_replicas"),
        }},
    })
}

fn put(state: &mut State, index: &str, id: &str, request: &Request, body: Value) -> Reply {
    let found = state.indexes.get(index).and_then(|index| index.documents.get(id));
    let sequence = found.map(|(sequence, _)| *sequence);
    let wanted = request
        .query
        .get("if_seq_no")
        .map(|n| n.parse::<u64>().expect("a number"));
    let conflicts = match wanted {
        Some(wanted) => sequence != Some(wanted),
        None => request.query.contains_key("op_type") && sequence.is_some(),
    };
    if conflicts {
        return error(409, "version_conflict_engine_exception", "another version");
    }
    state.sequence += 1;
    let sequence = state.sequence;
    let Some(index) = state.indexes.get_mut(index) else {
        return error(404, "index_not_found_exception", "no such index");
    };
    index.documents.insert(id.to_string(), (sequence, body));
    Reply::Json(200, json!({"_seq_no": sequence, "_primary_term": 1}))
}

/// Counts and sums of buckets, or the documents of some.
fn search(state: &State, index: &str, body: &Value) -> Reply {
    let documents = &state.indexes[index].documents;
    let number = |document: &Value, key: &str| document[key].as_u64().expect("a number");
    if body["size"] != 0 {
        let wanted: BTreeSet<&str> = body["query"]["terms"]["bucket"]
            .as_array()
            .expect("buckets")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let hits: Vec<Value> = documents
            .iter()
            .filter(|(_, (_, document))| wanted.contains(document["bucket"].as_str().expect("a bucket")))
            .map(|(id, (_, document))| {
                let fields = json!({"check0": [document["check0"]], "check1": [document["check1"]]});
                json!({"_id": id, "fields": fields})
            })
            .collect();
        return Reply::Json(
            200,
            json!({"_scroll_id": "s", "_shards": {"failed": 0}, "hits": {"hits": hits}}),
        );
    }
    let mut buckets: BTreeMap<&str, (u64, u64, u64)> = BTreeMap::new();
    for (_, document) in documents.values() {
        let sums = buckets
            .entry(document["bucket"].as_str().expect("a bucket"))
            .or_default();
        *sums = (
            sums.0 + 1,
            sums.1 + number(document, "check0"),
            sums.2 + number(document, "check1"),
        );
    }
    let buckets: Vec<Value> = buckets
        .into_iter()
        .map(|(key, (n, a, b))| {
            json!({"key": key, "doc_count": n, "check0": {"value": a as f64}, "check1": {"value": b as f64}})
        })
        .collect();
    Reply::Json(
        200,
        json!({
            "_shards": {"failed": 0}, "timed_out": false,
            "hits": {"total": {"value": documents.len(), "relation": "eq"}},
            "aggregations": {"buckets": {"buckets": buckets}},
        }),
    )
}

fn bulk(state: &mut State, alias: &str, request: &Request) -> Reply {
    state.bulks += 1;
    if state.most_bytes.is_some_and(|most| request.body.len() > most) {
        return Reply::Json(413, json!({}));
    }
    let fault = state.faults.pop_front();
    match fault {
        Some(Fault::Status(status)) => return Reply::Json(status, json!({})),
        Some(Fault::Reset) => return Reply::Lost,
        _ => {}
    }
    assert_eq!(
        request.query.get("require_alias").map(String::as_str),
        Some("true")
    );
    let name = state
        .indexes
        .iter()
        .find(|(_, index)| index.aliases.contains(alias));
    let Some(name) = name.map(|(name, _)| name.clone()) else {
        return error(404, "index_not_found_exception", "no such alias");
    };
    let text = String::from_utf8(request.body.clone()).expect("text");
    assert!(text.ends_with('\n'), "a bulk ends in a new line");
    let mut lines = text.lines();
    let mut items = Vec::new();
    while let Some(action) = lines.next() {
        let action: Value = serde_json::from_str(action).expect("an action");
        let (kind, what) = action
            .as_object()
            .and_then(|a| a.iter().next())
            .expect("an action");
        let source = (kind == "index")
            .then(|| serde_json::from_str(lines.next().expect("a body")).expect("a document"));
        let skip = match fault {
            Some(Fault::Items(status)) if items.len() % 2 == 0 => {
                Some((status, "rejected_execution_exception"))
            }
            _ => state.blocked.map(|status| (status, "cluster_block_exception")),
        };
        items.push(json!({kind.clone(): one(state, &name, what, source, skip)}));
    }
    if fault == Some(Fault::Fewer) {
        items.pop();
    }
    let body = json!({"errors": false, "items": items}).to_string();
    match fault {
        Some(Fault::ResetAfter) => Reply::Lost,
        Some(Fault::NoJson) => Reply::Raw(framed(200, &body.as_bytes()[..body.len() / 2], false)),
        Some(Fault::Half) => {
            let whole = framed(200, body.as_bytes(), false);
            Reply::Raw(whole[..whole.len() - body.len() / 2].to_vec())
        }
        _ => Reply::Raw(framed(200, body.as_bytes(), false)),
    }
}

fn one(
    state: &mut State,
    index: &str,
    what: &Value,
    source: Option<Value>,
    skip: Option<(u16, &str)>,
) -> Value {
    let id = what["_id"].as_str().expect("an id").to_string();
    let version = what["version"].as_u64().expect("a version");
    assert_eq!(what["version_type"], "external_gte");
    let failed = |status: u16, kind: &str, reason: &str| json!({"_id": id, "status": status, "error": {"type": kind, "reason": reason}});
    if let Some((status, kind)) = skip {
        return failed(
            status,
            kind,
            "index has read-only-allow-delete block, flood-stage",
        );
    }
    let refused = source.as_ref().is_some_and(|source| {
        let own = source["id"].as_str();
        own.is_some() && own == state.refused.as_deref()
    });
    if refused {
        return failed(400, "mapper_parsing_exception", "failed to parse");
    }
    let index = state.indexes.get_mut(index).expect("an index");
    if index
        .documents
        .get(&id)
        .is_some_and(|(there, _)| *there > version)
    {
        return failed(409, "version_conflict_engine_exception", "a newer version");
    }
    match source {
        Some(source) => {
            state.bodies += 1;
            index.documents.insert(id.clone(), (version, source));
            json!({"_id": id, "status": 201})
        }
        None => {
            let status = if index.documents.remove(&id).is_some() {
                200
            } else {
                404
            };
            json!({"_id": id, "status": status})
        }
    }
}
