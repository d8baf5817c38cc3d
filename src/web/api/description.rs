//! The API described as OpenAPI has it, made from the types and options that it answers with.

use super::super::problem::PROBLEM;
use super::{answers, exports};
use axum::http::header;
use axum::response::{IntoResponse as _, Response as Answered};
use std::sync::OnceLock;
use utoipa::openapi::path::PathItem;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::{Content, Ref, RefOr};
use utoipa::{IntoResponses as _, OpenApi};

/// griot: full-text search for archives of French news about the Sahel. The answers are those of the command line
/// with `--format json`, and every article has a `key` beside its `id`.
#[derive(OpenApi)]
#[openapi(paths(
    answers::search,
    answers::facets,
    answers::timeline,
    answers::pivot,
    answers::terms,
    answers::suggest,
    answers::article,
    answers::article_by_id,
    answers::similar,
    answers::cite,
    answers::stats,
    answers::saved,
    exports::events,
    exports::export,
    super::super::live::live
))]
struct Description;

/// What is described.
pub(in super::super) fn document() -> &'static utoipa::openapi::OpenApi {
    static DOCUMENT: OnceLock<utoipa::openapi::OpenApi> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let mut document = Description::openapi();
        document.info.title = "griot".into();
        document.info.version = env!("CARGO_PKG_VERSION").into();
        document.paths.paths.values_mut().for_each(add_problems);
        if let Some(components) = &mut document.components {
            components.schemas.values_mut().for_each(add_key);
        }
        document
    })
}

/// What every address may answer instead.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "described here, answered by all")]
enum Instead {
    /// What was kept (`If-None-Match`) is still right.
    #[response(status = 304)]
    Kept,
    /// This can't be answered: an unknown parameter, a value that is none.
    #[response(status = 400)]
    Unanswerable,
    /// The token is missing or wrong.
    #[response(status = 401)]
    Unknown,
    /// Too many of these at a time, or too many attempts to log in.
    #[response(status = 429)]
    TooMany,
    /// Everything is busy, there is no index, or the answer takes too long.
    #[response(status = 503)]
    Unavailable,
}

/// Problems have a media type of their own, and may come from any address.
fn add_problems(item: &mut PathItem) {
    let Some(operation) = &mut item.get else { return };
    let responses = &mut operation.responses.responses;
    responses.extend(Instead::responses());
    for (status, response) in responses {
        if let RefOr::T(response) = response
            && status.starts_with(['4', '5'])
        {
            let details = Content::new(Some(Ref::from_schema_name("ProblemDetails")));
            response.content.clear();
            response.content.insert(PROBLEM.into(), details);
        }
    }
}

/// Whatever has an id has a key.
fn add_key(schema: &mut RefOr<Schema>) {
    if let RefOr::T(Schema::Object(object)) = schema
        && object.properties.contains_key("id")
    {
        // The id as a part of addresses.
        let key = ObjectBuilder::new().schema_type(Type::String);
        object.properties.insert("key".into(), key.into());
    }
}

/// The document.
pub(in super::super) async fn openapi() -> Answered {
    let json = document().to_json().unwrap_or_default();
    ([(header::CONTENT_TYPE, "application/json")], json).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_described_is_what_is_answered() {
        let json: serde_json::Value =
            serde_json::from_str(&document().to_json().expect("JSON")).expect("JSON");
        assert_eq!(json["openapi"], "3.1.0");
        let paths = json["paths"].as_object().expect("paths");
        assert_eq!(paths.len(), 15, "{:?}", paths.keys());
        let hit = &json["components"]["schemas"]["Hit"]["properties"];
        assert!(hit["id"].is_object() && hit["snippets"].is_object(), "{hit}");
        assert_eq!(hit["key"]["type"], "string", "{hit}");
        for (path, item) in paths {
            let responses = &item["get"]["responses"];
            let problem = &responses["400"]["content"][PROBLEM]["schema"]["$ref"];
            assert_eq!(
                problem, "#/components/schemas/ProblemDetails",
                "{path}: {responses}"
            );
        }
    }
}
