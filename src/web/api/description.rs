//! The API described as OpenAPI has it, made from the types and options that it answers with.

use super::{answers, exports};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use std::sync::OnceLock;
use utoipa::OpenApi;

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
        document
    })
}

/// The document.
pub(in super::super) async fn openapi() -> Response {
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
    }
}
