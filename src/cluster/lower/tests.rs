//! Each kind of clause, as a page shows it.

use super::*;
use crate::cluster::ask::Asker;
use crate::cluster::engine::ClusterEngine;
use crate::cluster::fake::{Asked, FakeTransport, answer};
use crate::cluster::transport::Response;
use crate::index::{IndexDir, Payload};
use crate::search::Selection;
use std::fmt::Write as _;
use std::sync::Arc;

const PAGE: &str = "tests/lowered.md";
const BODY: &str = "Un week-end à Gao : Al-Qaïda, l'Aqmi, des drones, 1 500 tués, des tues.";

/// A cluster of one article: every word that is counted is there, and every accentuation is found at once.
fn cluster(asked: &Asked) -> Option<Response> {
    let lines: Vec<Value> = asked
        .body
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let responses = lines.chunks(2).map(|two| {
        let body = &two[1];
        let counted = |filters: &Value| {
            let buckets = filters.as_array().expect("filters").iter();
            buckets
                .map(|filter| json!({"doc_count": u64::from(is_there(filter))}))
                .collect::<Vec<_>>()
        };
        let mut response = json!({
            "timed_out": false, "_shards": {"total": 1, "failed": 0},
            "hits": {"total": {"value": 1}, "hits": []},
        });
        match &body["aggs"] {
            aggs if aggs["n"].is_object() => {
                let filters = &aggs["n"]["filters"]["filters"];
                response["aggregations"] = json!({"n": {"buckets": counted(filters)}});
            }
            aggs if aggs["v"].is_object() => {
                let values = ["Mali", "Mali/Gao"].map(|path| json!({"key": path, "doc_count": 1}));
                let buckets = match aggs["v"]["terms"]["field"] == "facet.region" {
                    true => values.to_vec(),
                    false => Vec::new(),
                };
                response["aggregations"] = json!({"v": {
                    "doc_count_error_upper_bound": 0, "sum_other_doc_count": 0, "buckets": buckets,
                }});
            }
            aggs if aggs["b"].is_object() => {
                response["aggregations"] = json!({"b": {"value": 14.0}, "t": {"value": 0.0}});
            }
            // The first question for the accentuations of a word, in the body.
            _ if body["query"]["bool"]["filter"][0]["term"]["b_folds"].is_object() => {
                response["hits"]["hits"] = json!([{"_source": {"body": BODY}}]);
            }
            _ => {}
        }
        response
    });
    answer(200, &json!({"responses": responses.collect::<Vec<_>>()}))
}

/// Whether the article has what is counted: words of its body.
fn is_there(filter: &Value) -> bool {
    let french = crate::schema::Lexicons::embedded().french().expect("sound");
    let tokens = french.analyze(BODY);
    let term = |key: &str| filter["term"][key]["value"].as_str();
    match (term("b_terms"), term("b_words")) {
        (Some(wanted), _) => tokens
            .iter()
            .any(|token| token.is_part() && *token.word.term == *wanted),
        (_, Some(wanted)) => tokens.iter().any(|token| *token.word.form_term == *wanted),
        _ => filter["term"].is_null(),
    }
}

fn engine() -> ClusterEngine {
    let asker = Asker {
        transport: Arc::new(FakeTransport::new(cluster)),
        index: "griot-test-gen-1".into(),
    };
    let payload = Payload::new(String::new(), false);
    let index_dir = IndexDir::at(std::path::PathBuf::from("unused"));
    ClusterEngine::of(asker, index_dir, payload, (Value::Null, String::new())).expect("made")
}

/// How the page shows what is asked.
fn shown(engine: &ClusterEngine, query: &str) -> String {
    let (_, lowered) = engine.lowered(&Selection::of(query)).expect("lowered");
    let more = if lowered.is_exact { "" } else { "more\n" };
    let mut json = serde_json::to_string_pretty(&lowered.query).expect("written");
    if !lowered.filters.is_empty() {
        let filters = serde_json::to_string_pretty(&lowered.filter_but(None)).expect("written");
        let _ = write!(json, "\nfilter: {filters}");
    }
    // serde_json writes control characters as they are read on the page, but for this one.
    format!("```json\n{more}{}\n```\n", json.replace('\u{7f}', "\\u007f"))
}

/// `GRIOT_WRITE=1` writes the page anew, for reading what has changed.
#[test]
fn every_kind_of_clause_is_asked_as_the_page_says() {
    let engine = engine();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = std::fs::read_to_string(&path).expect("the page");
    let (mut written, mut rest, mut clauses) = (String::new(), page.as_str(), 0);
    while let Some((before, after)) = rest.split_once("```query\n") {
        let (query, after) = after.split_once("\n```\n").expect("the end of a query");
        let _ = write!(
            written,
            "{before}```query\n{query}\n```\n\n{}",
            shown(&engine, query)
        );
        rest = match after.trim_start().strip_prefix("```json\n") {
            Some(json) => json.split_once("\n```\n").expect("the end of an answer").1,
            None => after,
        };
        clauses += 1;
    }
    written.push_str(rest);
    if std::env::var_os("GRIOT_WRITE").is_some() {
        std::fs::write(&path, &written).expect("written");
    }
    assert!(clauses > 20, "{clauses}");
    assert_eq!(written, page, "GRIOT_WRITE=1 writes {PAGE} anew");
}
