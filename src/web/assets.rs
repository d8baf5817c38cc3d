//! The files that pages need beside themselves: a style sheet and a script, in the binary.

use super::problem::Problem;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use std::sync::OnceLock;

const STYLE: &str = include_str!("assets/style.css");
const SCRIPT: &str = include_str!("assets/griot.js");
const LIVE: &str = include_str!("assets/live.js");
const READER: &str = include_str!("assets/reader.js");
const ICON: &str = include_str!("assets/icon.svg");

/// The addresses of the files: another content, another address, so that browsers may keep them for ever.
pub(super) struct Addresses {
    pub(super) style: String,
    pub(super) script: String,
    pub(super) live: String,
    pub(super) reader: String,
    pub(super) icon: String,
}

/// The addresses of the files of this binary.
pub(super) fn addresses() -> &'static Addresses {
    static ADDRESSES: OnceLock<Addresses> = OnceLock::new();
    let of = |name: &str, content: &str| {
        let hash = blake3::hash(content.as_bytes()).to_hex();
        format!("/assets/{name}?v={}", &hash[..12])
    };
    ADDRESSES.get_or_init(|| Addresses {
        style: of("style.css", STYLE),
        script: of("griot.js", SCRIPT),
        live: of("live.js", LIVE),
        reader: of("reader.js", READER),
        icon: of("icon.svg", ICON),
    })
}

/// A file by its name.
pub(super) async fn asset(Path(name): Path<String>) -> Response {
    let (kind, content) = match name.as_str() {
        "style.css" => ("text/css; charset=utf-8", STYLE),
        "griot.js" => ("text/javascript; charset=utf-8", SCRIPT),
        "live.js" => ("text/javascript; charset=utf-8", LIVE),
        "reader.js" => ("text/javascript; charset=utf-8", READER),
        "icon.svg" => ("image/svg+xml", ICON),
        _ => return Problem::not_found().into_json(),
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, content).into_response()
}
