//! What every request passes: for which host and from which page it is, who sends it; what every answer says about
//! itself.

use super::app::App;
use super::connection::Peer;
use super::login::{PAUSE, cookie};
use super::params::Params;
use super::problem::Problem;
use super::work::language;
use super::{body, cors, pages};
use crate::messages::speaking;
use crate::msg;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long the body of a request may take.
const BODY: Duration = Duration::from_secs(15);

/// Nothing runs or loads but the files of this server; no other page shows this one in a frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Checks a request, and counts and completes its answer.
pub(super) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let path = uri.path();
    let origin = cors::origin(&app, request.headers(), path);
    let mut response = match refused(&app, &request, origin.as_ref()) {
        Some(refused) => refused,
        None => next.run(request.map(|sent| body::in_time(sent, BODY))).await,
    };
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    let has_form = app.edit.is_some() && !path.starts_with("/api/");
    if path == "/login" || has_form {
        // Without any referrer, browsers don't say either that the form was sent from here.
        let same = HeaderValue::from_static("same-origin");
        response.headers_mut().insert(header::REFERRER_POLICY, same);
    }
    cors::allow(&app, origin, &mut response);
    let (status, took) = (response.status().as_u16(), started.elapsed());
    app.metrics.answered(status, took);
    let query = uri.query().filter(|_| app.logs_queries);
    let (mark, query) = (if query.is_some() { "?" } else { "" }, query.unwrap_or_default());
    app.log(&format!(
        "{status} {method} {path}{mark}{query} {} ms",
        took.as_millis()
    ));
    response
}

/// The answer to a request that goes no further.
fn refused(app: &App, request: &Request, named: Option<&HeaderValue>) -> Option<Response> {
    let headers = request.headers();
    if !is_meant(app, headers) {
        let status = StatusCode::MISDIRECTED_REQUEST;
        return Some(Problem::new(status, "other_host", msg!("web-other-host")).into_json());
    }
    let method = request.method();
    if let Some(answer) = cors::preflight(method, named, headers) {
        return Some(answer);
    }
    if !matches!(*method, Method::GET | Method::HEAD) && !is_from_here(headers) {
        let what = msg!("web-other-site");
        return Some(Problem::new(StatusCode::FORBIDDEN, "other_site", what).into_json());
    }
    let path = request.uri().path();
    let is_open = path == "/login" || path == "/healthz" || path.starts_with("/assets/");
    if is_open {
        return None;
    }
    let from = request
        .extensions()
        .get()
        .map_or(IpAddr::from([0, 0, 0, 0]), |Peer(from)| *from);
    match known(app, headers, from) {
        Known::Yes => return None,
        Known::TooManyAttempts => return Some(Problem::too_many(msg!("web-attempts"), PAUSE).into_json()),
        Known::No if path.starts_with("/api/") || path == "/metrics" => {
            let what = msg!("web-log-in-first");
            return Some(Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", what).into_json());
        }
        Known::No => {}
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    let wanted = request
        .uri()
        .path_and_query()
        .map_or("/", |wanted| wanted.as_str());
    query.append_pair("next", wanted);
    Some(Redirect::to(&format!("/login?{}", query.finish())).into_response())
}

/// Whether a request names this server: a page elsewhere whose name was made to lead to this machine names itself.
fn is_meant(app: &App, headers: &HeaderMap) -> bool {
    let Some(host) = host(headers) else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    };
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let address: Option<IpAddr> = bare.parse().ok();
    match address {
        Some(address) => address.is_loopback() || !app.is_local,
        // Elsewhere it may have any name: whoever asks has a secret, and cookies belong to the name.
        None => name.eq_ignore_ascii_case("localhost") || !app.is_local,
    }
}

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}

/// Whether what changes something was sent by a page of this server, or by no page.
fn is_from_here(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    origin.is_some_and(|(_, from)| Some(from) == host(headers))
}

/// Whether somebody may ask.
enum Known {
    Yes,
    No,
    TooManyAttempts,
}

/// Whether no secret is asked for, or this request has it.
fn known(app: &App, headers: &HeaderMap, from: IpAddr) -> Known {
    let Some(secret) = &app.secret else {
        return Known::Yes;
    };
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| value.strip_prefix("Bearer "));
    if let Some(token) = bearer.filter(|_| secret.is_token()) {
        if !app.sessions.may_try(from) {
            return Known::TooManyAttempts;
        }
        if secret.is(token.trim()) {
            return Known::Yes;
        }
        app.sessions.failed(from);
        return Known::No;
    }
    match cookie(headers).is_some_and(|cookie| app.sessions.has(cookie)) {
        true => Known::Yes,
        false => Known::No,
    }
}

/// No such address.
pub(super) async fn not_found(State(app): State<Arc<App>>, headers: HeaderMap, uri: Uri) -> Response {
    let problem = Problem::not_found();
    if uri.path().starts_with("/api/") {
        return problem.into_json();
    }
    let language = language(
        &Params::read(uri.query().unwrap_or_default()),
        &headers,
        app.language,
    );
    let page = speaking(language, || pages::error(&problem, language, uri.path(), ""));
    (problem.status, page).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_of_other_sites_are_known() {
        let from = |name: &'static str, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("localhost:7700"));
            headers.insert(name, HeaderValue::from_static(value));
            is_from_here(&headers)
        };
        assert!(from("origin", "http://localhost:7700") && from("sec-fetch-site", "same-origin"));
        assert!(!from("origin", "http://evil.example") && !from("origin", "null"));
        assert!(!from("sec-fetch-site", "cross-site") && !from("sec-fetch-site", "same-site"));
    }
}
