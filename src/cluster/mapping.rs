//! The fields of an article on a cluster, and how their values are taken apart there.
//!
//! | field | holds | for |
//! |---|---|---|
//! | `t_terms`, `b_terms` | index terms of title and body, a place a line | words, ranking |
//! | `t_words`, `b_words` | what may be asked for at each place, see [`super::lines`] | exact words, phrases, NEAR, names |
//! | `t_folds`, `b_folds` | folded words, at the same places | patterns |
//! | `t_len`, `b_len` | numbers of words | average lengths, scores |
//! | `t_tokens`, `b_tokens` | the same, with joined spellings | average lengths of exact words |
//! | `facet.NAME` | paths of a facet with all paths above them | filters, counts |
//! | `given` | names of the facets whose values came with the article | counts |
//! | `source` | folded name of the medium | `source:` |
//! | `date_from`, `date_to` | first and last day that the date may mean, days since 1970 | filters, order |
//! | `day`, `year_of` | the day; the years that count in a timeline of years | timelines |
//! | `tie` | the local column `record_key`, its order kept in a signed number | order of what is equal |
//! | `id`, `shown`, `also` | the id that it claims, the one it is shown under, those of its other places | `show` |
//! | `file` | keys of all files that it lies in, its own first | `--corpus` |
//! | `content`, `same` | the local columns `content` and `content_key` | what has changed; copies |
//! | `sketch0` to `sketch3` | the signature of its words | near-duplicates |
//! | `bucket`, `check0`, `check1` | where it counts in the comparison of archive and cluster, and what | [`super::compare`] |
//! | `title`, `body`, `meta` | the text, and the JSON of the local field `meta`; stored, not searched | snippets, marks, `show`, export |

use super::client::Client;
use super::transport::{Method, Transport};
use crate::error::{Error, Result};
use crate::facets::FacetDeclaration;
use serde_json::{Map, Value, json};

/// Number of the form of documents and mapping. Another one is another generation.
pub const FORM: u32 = 1;

/// Separates what stands at one place of a text.
pub const BESIDE: char = '\u{1f}';

/// Longest token that is kept whole; a word is at most a kilobyte, written thrice.
const LONGEST_TOKEN: usize = 16_384;

/// How the scores of words are called there, which differs by version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scores {
    /// From OpenSearch 3 on: `BM25` lacks the factor k1 + 1 there, which griot's scores have.
    LegacyBm25,
    /// OpenSearch 2, and Elasticsearch.
    Bm25,
}

impl Scores {
    fn name(self) -> &'static str {
        match self {
            Self::LegacyBm25 => "LegacyBM25",
            Self::Bm25 => "BM25",
        }
    }
}

/// What a cluster says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterVersion {
    /// `opensearch`, else `elasticsearch`.
    pub distribution: String,
    /// Such as `3.9.0`.
    pub number: String,
    pub scores: Scores,
}

impl ClusterVersion {
    /// Asks the cluster once.
    ///
    /// # Errors
    /// Those of the transport; [`Error::Remote`] for an answer that no such cluster gives.
    pub fn ask(transport: &dyn Transport) -> Result<Self> {
        let address = transport.address();
        Self::read(transport.send(Method::Get, "/", b"")?.done(address)?, address)
    }

    /// Asks the cluster until it answers.
    ///
    /// # Errors
    /// As [`ClusterVersion::ask`], when patience is at its end.
    pub fn ask_patiently(client: &Client<'_>) -> Result<Self> {
        let answer = client.ask(Method::Get, "/", &Value::Null)?;
        Self::read(answer, client.transport.address())
    }

    fn read(answer: Value, address: &str) -> Result<Self> {
        let version = &answer["version"];
        let number = version["number"].as_str().ok_or_else(|| Error::Remote {
            address: address.to_string(),
            message: "what answers there is no OpenSearch".into(),
            retry: false,
        })?;
        let distribution = version["distribution"].as_str().unwrap_or("elasticsearch");
        let major: u32 = number.split('.').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        let scores = match distribution == "opensearch" && major >= 3 {
            true => Scores::LegacyBm25,
            false => Scores::Bm25,
        };
        Ok(Self {
            distribution: distribution.into(),
            number: number.into(),
            scores,
        })
    }
}

/// What an index is made with.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    pub shards: u32,
    pub replicas: u32,
    pub scores: Scores,
}

/// The body of the request that makes an index. `about` is kept with it, under the key `griot`: what it was made of.
pub fn index(layout: Layout, facets: &[FacetDeclaration], about: &Value, writing_alias: &str) -> Value {
    json!({
        "aliases": { writing_alias: {} },
        "settings": settings(layout),
        "mappings": {
            "dynamic": "strict",
            "_meta": { "griot": about },
            "_source": { "excludes": TOKENS },
            "properties": properties(facets),
        },
    })
}

/// Fields whose values can be made again from the text: they are not kept beside it.
pub const TOKENS: [&str; 6] = ["t_terms", "b_terms", "t_words", "b_words", "t_folds", "b_folds"];

fn settings(layout: Layout) -> Value {
    json!({
        "index": {
            "number_of_shards": layout.shards,
            "number_of_replicas": layout.replicas,
            // A push is seen as a whole: it asks for that itself, at its end.
            "refresh_interval": "-1",
            // Texts are most of what an article takes.
            "codec": "best_compression",
            "similarity": { "griot": {
                "type": layout.scores.name(), "k1": 1.2, "b": 0.75, "discount_overlaps": false,
            } },
            "analysis": {
                "tokenizer": { "lines": {
                    "type": "char_group", "tokenize_on_chars": ["\n"], "max_token_length": LONGEST_TOKEN,
                } },
                "filter": { "beside": {
                    "type": "pattern_capture", "preserve_original": false, "patterns": ["([^\\u001f]+)"],
                } },
                "analyzer": {
                    "lines": { "type": "custom", "tokenizer": "lines" },
                    "places": { "type": "custom", "tokenizer": "lines", "filter": ["beside"] },
                },
            },
        },
    })
}

fn properties(facets: &[FacetDeclaration]) -> Value {
    let terms = json!({
        "type": "text", "analyzer": "lines", "search_analyzer": "keyword", "similarity": "griot",
        "index_options": "freqs",
    });
    let places = json!({
        "type": "text", "analyzer": "places", "search_analyzer": "keyword", "norms": false,
        "index_options": "positions",
    });
    let keyword = json!({ "type": "keyword" });
    let counted = json!({ "type": "keyword", "eager_global_ordinals": true });
    let number = json!({ "type": "long" });
    let small = json!({ "type": "integer" });
    let stored = json!({ "type": "text", "index": false, "norms": false });
    let mut properties = Map::new();
    let mut put = |names: &[&str], kind: &Value| {
        for name in names {
            properties.insert((*name).to_string(), kind.clone());
        }
    };
    put(&["t_terms", "b_terms"], &terms);
    put(&["t_words", "b_words", "t_folds", "b_folds"], &places);
    let lengths = ["t_len", "b_len", "t_tokens", "b_tokens"];
    put(&lengths, &small);
    put(&["date_from", "date_to"], &small);
    put(&["given", "day", "year_of"], &counted);
    put(&["source", "id", "shown", "also", "file", "bucket"], &keyword);
    put(&["tie", "content", "same", "record", "check0", "check1"], &number);
    put(&SKETCH, &json!({ "type": "long", "index": false }));
    put(&["title", "body", "meta"], &stored);
    let paths: Map<String, Value> = facets
        .iter()
        .map(|facet| (facet.name.clone(), counted.clone()))
        .collect();
    properties.insert(
        "facet".into(),
        json!({ "dynamic": "strict", "properties": paths }),
    );
    Value::Object(properties)
}

/// The fields of a signature.
pub const SKETCH: [&str; crate::french::signature::WORDS] = ["sketch0", "sketch1", "sketch2", "sketch3"];

#[cfg(test)]
mod tests {
    use super::super::fake::{FakeTransport, answer};
    use super::*;

    #[test]
    fn the_name_of_the_scores_goes_by_the_version() {
        for (body, scores) in [
            (
                json!({"version": {"distribution": "opensearch", "number": "3.9.0"}}),
                Scores::LegacyBm25,
            ),
            (
                json!({"version": {"distribution": "opensearch", "number": "2.19.6"}}),
                Scores::Bm25,
            ),
            (json!({"version": {"number": "8.19.0"}}), Scores::Bm25),
        ] {
            let transport = FakeTransport::new(move |_| answer(200, &body));
            assert_eq!(ClusterVersion::ask(&transport).expect("asked").scores, scores);
        }
        let other = FakeTransport::new(|_| answer(200, &json!({"hello": "world"})));
        assert!(ClusterVersion::ask(&other).is_err());
    }

    #[test]
    fn every_facet_has_a_field_and_no_other_is_taken() {
        let schema = crate::schema::Lexicons::embedded().schema().expect("sound");
        let layout = Layout {
            shards: 3,
            replicas: 1,
            scores: Scores::LegacyBm25,
        };
        let body = index(
            layout,
            &schema.facets,
            &json!({"form": FORM}),
            "griot-a-gen-1-write",
        );
        let mappings = &body["mappings"];
        assert_eq!(mappings["dynamic"], "strict");
        for facet in &schema.facets {
            let field = &mappings["properties"]["facet"]["properties"][&facet.name];
            assert_eq!(field["type"], "keyword", "{}", facet.name);
        }
        for name in TOKENS {
            assert!(mappings["properties"][name].is_object(), "{name}");
        }
        assert_eq!(mappings["_meta"]["griot"]["form"], FORM);
        assert_eq!(body["settings"]["index"]["number_of_shards"], 3);
        assert!(body["aliases"]["griot-a-gen-1-write"].is_object());
    }
}
