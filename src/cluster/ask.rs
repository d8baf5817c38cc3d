//! Questions to the index of an archive on a cluster. An answer is whole or an error: one that some shards are missing
//! from is never taken for the archive's.

use super::transport::{Method, Transport};
use crate::error::{Error, Result};
use serde_json::{Value, json};
use std::sync::Arc;

/// How long a state of the index is kept while its articles are read.
const KEPT: &str = "5m";

/// Longest that the cluster may think about a question.
const PATIENCE: &str = "60s";

/// Parts of a question that one request has at most: the cluster bounds the clauses of a query.
const COUNTED_AT_ONCE: usize = 200;

/// An index, and the way to it.
#[derive(Clone)]
pub(crate) struct Asker {
    pub transport: Arc<dyn Transport>,
    pub index: String,
}

impl Asker {
    pub fn address(&self) -> &str {
        self.transport.address()
    }

    fn error(&self, message: impl Into<String>, retry: bool) -> Error {
        Error::Remote {
            address: self.address().to_string(),
            message: message.into(),
            retry,
        }
    }

    /// The error for an answer that lacks what was asked for.
    fn half(&self) -> Error {
        self.error("its answer is not whole, or not that of OpenSearch", true)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let bytes = body.to_string();
        let response = self.transport.send(Method::Post, path, bytes.as_bytes())?;
        if response
            .reason()
            .is_some_and(|reason| reason.contains("too_many"))
        {
            return Err(too_many());
        }
        response.done(self.address())
    }

    /// Asks for something by its path.
    pub fn get(&self, path: &str) -> Result<Value> {
        self.transport.send(Method::Get, path, b"")?.done(self.address())
    }

    /// A search, scored by the numbers of all shards. What depends on the copy of a shard that answers is asked of
    /// the same one each time.
    pub fn search(&self, body: &Value) -> Result<Value> {
        let path = format!(
            "/{}/_search?search_type=dfs_query_then_fetch&preference=griot&allow_partial_search_results=false",
            self.index
        );
        let mut body = body.clone();
        body["timeout"] = PATIENCE.into();
        let answer = self.post(&path, &body)?;
        self.whole(answer)
    }

    /// Several searches that score nothing, in their order.
    pub fn searches(&self, bodies: &[Value]) -> Result<Vec<Value>> {
        if bodies.is_empty() {
            return Ok(Vec::new());
        }
        let mut lines = String::new();
        for body in bodies {
            lines
                .push_str(&json!({"preference": "griot", "allow_partial_search_results": false}).to_string());
            lines.push('\n');
            lines.push_str(&body.to_string());
            lines.push('\n');
        }
        let path = format!("/{}/_msearch", self.index);
        let answer = self.transport.send(Method::Post, &path, lines.as_bytes())?;
        let mut answer = answer.done(self.address())?;
        let Value::Array(answers) = answer["responses"].take() else {
            return Err(self.half());
        };
        if answers.len() != bodies.len() {
            return Err(self.half());
        }
        answers.into_iter().map(|answer| self.whole(answer)).collect()
    }

    /// An answer that nothing is missing from.
    fn whole(&self, answer: Value) -> Result<Value> {
        if let Some(error) = answer.get("error") {
            let reason = super::transport::reason_of(error).unwrap_or_default();
            if reason.contains("too_many") {
                return Err(too_many());
            }
            let status = answer["status"].as_u64().unwrap_or(0);
            let busy = u16::try_from(status).is_ok_and(super::transport::is_busy);
            return Err(self.error(format!("status {status}: {reason}"), busy));
        }
        if answer["timed_out"].as_bool() != Some(false) {
            return Err(self.error("it ran out of time before the answer was whole; try again", true));
        }
        let shards = &answer["_shards"];
        let failed = shards["failed"].as_u64().unwrap_or(1);
        if failed > 0 {
            let reason = shards["failures"][0].get("reason");
            let reason = reason.and_then(super::transport::reason_of).unwrap_or_default();
            let total = shards["total"].as_u64().unwrap_or(0);
            return Err(self.error(
                format!(
                    "{failed} of {total} shards didn't answer, so the answer would lack articles: {reason}"
                ),
                true,
            ));
        }
        Ok(answer)
    }

    /// How many articles each of these queries finds.
    pub fn counts(&self, queries: &[Value]) -> Result<Vec<u64>> {
        let mut counts = Vec::with_capacity(queries.len());
        for some in queries.chunks(COUNTED_AT_ONCE) {
            let body = json!({
                "size": 0,
                "track_total_hits": false,
                "aggs": {"n": {"filters": {"filters": some}}},
            });
            let answer = self.searches(std::slice::from_ref(&body))?;
            let buckets = answer
                .first()
                .and_then(|answer| answer["aggregations"]["n"]["buckets"].as_array());
            let found = buckets
                .into_iter()
                .flatten()
                .map(|bucket| bucket["doc_count"].as_u64());
            let found: Vec<u64> = found.collect::<Option<_>>().ok_or_else(|| self.half())?;
            if found.len() != some.len() {
                return Err(self.half());
            }
            counts.extend(found);
        }
        Ok(counts)
    }

    /// Every article of a query in the order of a sort, some at a time, from one state of the index.
    pub fn each(
        &self,
        body: &Value,
        at_once: usize,
        take: &mut dyn FnMut(Vec<Value>) -> Result<bool>,
    ) -> Result<()> {
        let mut pages = Pages::open(self.clone(), body, at_once)?;
        while let Some(hits) = pages.next()? {
            if !take(hits)? {
                break;
            }
        }
        Ok(())
    }
}

/// The error for more clauses than the cluster allows.
fn too_many() -> Error {
    Error::Unsupported(
        "the query has too many words for the cluster; shorten it, or have indices.query.bool.max_clause_count raised there".into(),
    )
}

/// The articles of a query, page by page, however many there are.
pub(crate) struct Pages {
    asker: Asker,
    body: Value,
    state: String,
    is_over: bool,
    at_once: usize,
}

impl Pages {
    /// Keeps a state of the index, and asks nothing yet. The body has a sort that no two articles are equal by.
    pub fn open(asker: Asker, body: &Value, at_once: usize) -> Result<Self> {
        let path = format!(
            "/{}/_search/point_in_time?keep_alive={KEPT}&preference=griot&allow_partial_pit_creation=false",
            asker.index
        );
        let opened = asker
            .transport
            .send(Method::Post, &path, b"")?
            .done(asker.address())?;
        let state = opened["pit_id"].as_str().unwrap_or_default().to_string();
        let mut body = body.clone();
        body["size"] = at_once.into();
        body["track_total_hits"] = false.into();
        Ok(Self {
            asker,
            body,
            state,
            is_over: false,
            at_once,
        })
    }

    /// The next ones; none when there are no more.
    pub fn next(&mut self) -> Result<Option<Vec<Value>>> {
        if self.is_over {
            return Ok(None);
        }
        self.body["pit"] = json!({"id": self.state, "keep_alive": KEPT});
        let path = "/_search?search_type=dfs_query_then_fetch&allow_partial_search_results=false";
        let answer = self.asker.post(path, &self.body)?;
        let mut answer = self.asker.whole(answer)?;
        if let Some(state) = answer["pit_id"].as_str() {
            self.state = state.to_string();
        }
        let Value::Array(hits) = answer["hits"]["hits"].take() else {
            return Err(self.asker.half());
        };
        self.is_over = hits.len() < self.at_once;
        if let Some(last) = hits.last() {
            self.body["search_after"] = last["sort"].clone();
        }
        Ok((!hits.is_empty()).then_some(hits))
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        // What isn't given back ends by itself after a while.
        let body = json!({"pit_id": [self.state]}).to_string();
        let _ = self
            .asker
            .transport
            .send(Method::Delete, "/_search/point_in_time", body.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::fake::{FakeTransport, answer};

    fn asker(response: Value) -> Asker {
        Asker {
            transport: Arc::new(FakeTransport::new(move |_| answer(200, &response))),
            index: "i".into(),
        }
    }

    fn said(result: Result<Value>) -> (String, bool) {
        match result {
            Err(Error::Remote { message, retry, .. }) => (message, retry),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_answer_that_lacks_shards_is_an_error() {
        let whole = json!({"timed_out": false, "_shards": {"total": 3, "failed": 0}, "hits": {"hits": []}});
        assert!(asker(whole.clone()).search(&json!({})).is_ok());
        let mut late = whole.clone();
        late["timed_out"] = true.into();
        assert!(said(asker(late).search(&json!({}))).0.contains("ran out of time"));
        let mut short = whole.clone();
        short["_shards"] =
            json!({"total": 3, "failed": 1, "failures": [{"reason": {"type": "node_gone", "reason": "n2"}}]});
        let (message, retry) = said(asker(short).search(&json!({})));
        assert!(message.starts_with("1 of 3 shards") && message.ends_with("node_gone: n2") && retry);
        // What says nothing of shards is no whole answer either.
        let mut silent = whole;
        silent["_shards"] = Value::Null;
        assert!(asker(silent).search(&json!({})).is_err());
        assert!(asker(json!({})).search(&json!({})).is_err());
    }

    #[test]
    fn one_of_several_questions_that_fails_fails_them_all() {
        let good = json!({"timed_out": false, "_shards": {"total": 3, "failed": 0}});
        let bad = json!({"status": 503, "error": {"type": "busy", "reason": "later"}});
        let bodies = [json!({}), json!({})];
        assert!(
            asker(json!({"responses": [good, good]}))
                .searches(&bodies)
                .is_ok()
        );
        let (message, retry) = said(
            asker(json!({"responses": [good, bad]}))
                .searches(&bodies)
                .map(Value::from),
        );
        assert_eq!((message.as_str(), retry), ("status 503: busy: later", true));
        assert!(
            asker(json!({"responses": [good]})).searches(&bodies).is_err(),
            "one answer for two questions"
        );
    }

    #[test]
    fn a_count_for_each_question_or_none() {
        let counted = |buckets: Value| {
            asker(json!({"responses": [{
                "timed_out": false, "_shards": {"total": 3, "failed": 0},
                "aggregations": {"n": {"buckets": buckets}},
            }]}))
        };
        let queries = [json!({"match_all": {}}), json!({"match_none": {}})];
        let two = json!([{"doc_count": 7}, {"doc_count": 0}]);
        assert_eq!(counted(two).counts(&queries).expect("counted"), [7, 0]);
        assert!(counted(json!([{"doc_count": 7}])).counts(&queries).is_err());
        assert!(counted(json!([{"doc_count": 7}, {}])).counts(&queries).is_err());
    }
}
