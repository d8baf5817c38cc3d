//! Logging in and out.

use super::app::App;
use super::connection::Peer;
use super::pages;
use super::params::Params;
use super::problem::Problem;
use super::work::language;
use crate::messages::speaking;
use crate::msg;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use std::sync::Arc;

const COOKIE: &str = "griot-session";

/// Seconds after which attempts are answered again.
pub(super) const PAUSE: u32 = 60;

/// The cookie of a session.
pub(super) fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = all
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(name, value)| (name == COOKIE).then_some(value))
}

/// Where to go after logging in: an address of this server, or the first page.
fn next_address(params: &Params) -> &str {
    let wanted = params.get("next").unwrap_or("/");
    let is_own =
        wanted.starts_with('/') && !wanted.starts_with("//") && !wanted.contains(['\\', '\r', '\n', '\t']);
    if is_own { wanted } else { "/" }
}

/// The form to log in.
pub(super) async fn form(State(app): State<Arc<App>>, headers: HeaderMap, uri: Uri) -> Response {
    let params = Params::read(uri.query().unwrap_or_default());
    let language = language(&params, &headers, app.language);
    let next = next_address(&params);
    speaking(language, || pages::login(language, next, false)).into_response()
}

/// Logs somebody in.
pub(super) async fn log_in(
    State(app): State<Arc<App>>,
    Extension(Peer(from)): Extension<Peer>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let params = Params::read(&body);
    let language = language(&params, &headers, app.language);
    let Some(secret) = app.secret.clone() else {
        return Redirect::to("/").into_response();
    };
    if !app.sessions.may_try(from) {
        return Problem::too_many(msg!("web-attempts"), PAUSE).into_json();
    }
    let typed = params.get("secret").unwrap_or_default().to_string();
    let _one_of_few = app.logins.acquire().await;
    let is_right = tokio::task::spawn_blocking(move || secret.is(&typed)).await;
    if !is_right.unwrap_or(false) {
        app.sessions.failed(from);
        let page = speaking(language, || pages::login(language, next_address(&params), true));
        return (StatusCode::FORBIDDEN, page).into_response();
    }
    let cookie = format!(
        "{COOKIE}={}; HttpOnly; SameSite=Strict; Path=/",
        app.sessions.begin()
    );
    (
        [(header::SET_COOKIE, cookie)],
        Redirect::to(next_address(&params)),
    )
        .into_response()
}

/// Logs somebody out.
pub(super) async fn log_out(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    if let Some(cookie) = cookie(&headers) {
        app.sessions.end(cookie);
    }
    let gone = format!("{COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
    ([(header::SET_COOKIE, gone)], Redirect::to("/login")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_addresses_follow_a_login() {
        let next = |typed: &str| next_address(&Params::read(&format!("next={typed}"))).to_string();
        assert_eq!(next("/events?q=a"), "/events?q=a");
        for other in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "",
            "/a%0d%0aX: y",
        ] {
            assert_eq!(next(other), "/", "{other}");
        }
    }
}
