//! Other sites whose pages may read the API: none, unless they were named.

use super::app::App;
use crate::error::{Error, Result};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};

/// Seconds for which a browser needn't ask again.
const KEPT: &str = "600";

/// What a page elsewhere may send with its questions, and see of the answers beside the ordinary.
const SENT: &str = "authorization, if-none-match";
const SEEN: &str = "etag, retry-after, content-disposition";

/// Whether a site is named as browsers name it.
///
/// # Errors
/// [`Error::Unsupported`], saying how.
pub(super) fn check(origin: &str) -> Result<()> {
    let parts: Option<Uri> = origin.parse().ok();
    let is_named = parts.is_some_and(|uri| {
        let scheme = uri.scheme_str().unwrap_or_default();
        let host = uri.authority().map(|authority| authority.as_str());
        let has_user = host.is_some_and(|host| host.contains('@'));
        let name = format!("{scheme}://{}", host.unwrap_or_default());
        matches!(scheme, "http" | "https") && !has_user && name == origin && name == name.to_lowercase()
    });
    match is_named {
        true => Ok(()),
        false => Err(Error::Unsupported(format!(
            "{origin} is no site; write for instance https://example.org, without a path"
        ))),
    }
}

/// The named site that a request for the API comes from.
pub(super) fn origin(app: &App, headers: &HeaderMap, path: &str) -> Option<HeaderValue> {
    let origin = headers.get(header::ORIGIN)?;
    let is_named = app.cors.iter().any(|named| named.as_bytes() == origin.as_bytes());
    (is_named && path.starts_with("/api/")).then(|| origin.clone())
}

/// The answer to a browser that asks whether a page may ask.
pub(super) fn preflight(
    method: &Method,
    origin: Option<&HeaderValue>,
    headers: &HeaderMap,
) -> Option<Response> {
    let asks = *method == Method::OPTIONS && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    (asks && origin.is_some()).then(|| {
        let headers = [
            (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, SENT),
            (header::ACCESS_CONTROL_MAX_AGE, KEPT),
        ];
        (StatusCode::NO_CONTENT, headers).into_response()
    })
}

/// Lets the page of a named site read an answer.
pub(super) fn allow(app: &App, origin: Option<HeaderValue>, response: &mut Response) {
    let headers = response.headers_mut();
    if !app.cors.is_empty() {
        headers.append(header::VARY, HeaderValue::from_static("origin"));
    }
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static(SEEN),
        );
        let policy = HeaderName::from_static("cross-origin-resource-policy");
        headers.insert(policy, HeaderValue::from_static("cross-origin"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_are_named_as_browsers_name_them() {
        for site in [
            "https://example.org",
            "http://localhost:8000",
            "http://[::1]:3000",
        ] {
            assert!(check(site).is_ok(), "{site}");
        }
        for other in [
            "*",
            "null",
            "",
            "example.org",
            "https://example.org/",
            "https://Example.org",
            "https://a@example.org",
            "ftp://example.org",
            "https://",
        ] {
            assert!(check(other).is_err(), "{other}");
        }
    }
}
