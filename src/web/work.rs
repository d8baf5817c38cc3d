//! From a request to its answer: the work is done by a thread of its own, of which few run at a time.

use super::app::App;
use super::asked::Asked;
use super::assets::addresses;
use super::pages;
use super::params::Params;
use super::problem::Problem;
use crate::date::PartialDate;
use crate::messages::{UiLang, speaking};
use crate::search::{Stop, until};
use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;

/// How long a request waits for its turn.
const TURN: Duration = Duration::from_secs(10);

/// What has to end does so at its next look at the clock: later than this is an error of griot.
const GRACE: Duration = Duration::from_secs(10);

/// What answers an address.
#[derive(Clone, Copy)]
pub(super) struct Route {
    /// People read the answer, in their language.
    pub(super) is_page: bool,
    /// The answer is the same as long as the commit is.
    pub(super) of_commit: bool,
    pub(super) answer: fn(&Asked) -> Result<Response, Problem>,
}

/// The answer of a route.
pub(super) async fn answer(app: Arc<App>, route: Route, parts: Parts, key: Option<String>) -> Response {
    let params = Params::read(parts.uri.query().unwrap_or_default());
    let language = language(&params, &parts.headers, app.language);
    let path = parts.uri.path().to_string();
    let failed = {
        let (path, query) = (path.clone(), params.get("q").unwrap_or_default().to_string());
        move |problem: Problem| fail(problem, route, language, (&path, &query))
    };
    let turn = tokio::time::timeout(TURN, Arc::clone(&app.turns).acquire_owned());
    let Ok(Ok(turn)) = turn.await else {
        app.metrics.refused();
        return failed(Problem::busy());
    };
    let known = parts.headers.get(header::IF_NONE_MATCH).cloned();
    let metrics = Arc::clone(&app);
    let failing = failed.clone();
    let (stop, longest) = (Stop::after(app.longest), app.longest);
    let _waiting = Waiting(stop.clone());
    let work = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        speaking(language, || {
            let at = (path, params, key);
            let response = until(&stop, || respond(app, route, at, language, known.as_ref()));
            response.unwrap_or_else(failing)
        })
    });
    match tokio::time::timeout(longest + GRACE, work).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            let number = metrics.metrics.broke();
            metrics.log(&format!("500 #{number} {}", parts.uri.path()));
            failed(Problem::broken(number))
        }
        Err(_) => failed(Problem::slow()),
    }
}

/// Somebody waits for an answer; where that ends, so does what looks for it.
struct Waiting(Stop);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.stop();
    }
}

fn respond(
    app: Arc<App>,
    route: Route,
    at: (String, Params, Option<String>),
    language: UiLang,
    known: Option<&HeaderValue>,
) -> Result<Response, Problem> {
    let commit = app.following.current()?;
    let tag = route
        .of_commit
        .then(|| tag(&commit.id, (language, app.edit.is_some()), route.is_page));
    if let (Some(tag), Some(known)) = (&tag, known)
        && known
            .to_str()
            .is_ok_and(|known| known.split(',').any(|one| one.trim() == tag))
    {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        add_tag(&mut response, Some(tag), route.is_page);
        return Ok(response);
    }
    let asked = Asked::new(app, commit, at, language)?;
    let mut response = (route.answer)(&asked)?;
    add_tag(&mut response, tag.as_deref(), route.is_page);
    Ok(response)
}

/// Another commit, another day (dates may be typed as “yesterday”), another language or another griot: another answer.
/// A page has other forms where decisions may be taken.
fn tag(commit: &str, (language, edit): (UiLang, bool), is_page: bool) -> String {
    let language = match (is_page, edit) {
        (false, _) => String::new(),
        (true, edit) => format!("{} {edit} {}", language.name(), addresses().style),
    };
    let day = PartialDate::today();
    let all = format!("{} {commit} {day} {language}", env!("CARGO_PKG_VERSION"));
    format!("W/\"{}\"", &blake3::hash(all.as_bytes()).to_hex()[..24])
}

fn add_tag(response: &mut Response, tag: Option<&str>, is_page: bool) {
    let headers = response.headers_mut();
    if let Some(tag) = tag.and_then(|tag| HeaderValue::from_str(tag).ok()) {
        headers.insert(header::ETAG, tag);
    }
    // Kept by the browser, and asked about every time.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("private, no-cache"));
    if is_page {
        headers.append(header::VARY, HeaderValue::from_static("accept-language"));
    }
}

fn fail(problem: Problem, route: Route, language: UiLang, (path, query): (&str, &str)) -> Response {
    if !route.is_page {
        return problem.into_json();
    }
    let page = speaking(language, || pages::error(&problem, language, path, query));
    let mut response = (problem.status, page).into_response();
    problem.add_headers(&mut response);
    response
}

/// The language of a reader: that of `?ui-lang=`, else the first that the browser asks for and griot speaks, else that
/// of the server.
pub(super) fn language(params: &Params, headers: &HeaderMap, default: UiLang) -> UiLang {
    let spoken = |name: &str| {
        let name = name.split([';', '-', '_']).next().unwrap_or_default().trim();
        UiLang::ALL
            .into_iter()
            .find(|language| language.name().eq_ignore_ascii_case(name))
    };
    if let Some(chosen) = params.get("ui-lang").and_then(spoken) {
        return chosen;
    }
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    accepted
        .and_then(|list| list.split(',').find_map(spoken))
        .unwrap_or(default)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{IndexDir, SyncOptions, sync};
    use crate::search::{Engine as _, Following, SearchRequest};
    use crate::web::server::{Options, Server};
    use axum::http::Request;

    /// The answer of a route over an index of one article, with the figures of the server after it.
    fn answered(longest: Duration, route: Route) -> (u16, String, Option<String>) {
        let dir = tempfile::tempdir().expect("a folder");
        let corpus = dir.path().join("corpus");
        std::fs::create_dir(&corpus).expect("a folder");
        std::fs::write(corpus.join("a.txt"), "Un drone a frappé à Gao.").expect("written");
        let index_dir = IndexDir::at(dir.path().join("index"));
        let options = SyncOptions {
            paths: vec![corpus],
            ..SyncOptions::default()
        };
        sync(&index_dir, &options, &mut |_| {}).expect("indexed");
        let options = Options {
            listen: ([127, 0, 0, 1], 0).into(),
            secret: None,
            log: None,
            logs_queries: false,
            longest,
            cors: Vec::new(),
            edit: None,
        };
        let app = Server::bind(Following::new(index_dir), options)
            .expect("bound")
            .app;
        let (parts, ()) = Request::get("/api/v1/x")
            .body(())
            .expect("a request")
            .into_parts();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let response = runtime
            .expect("a runtime")
            .block_on(answer(Arc::clone(&app), route, parts, None));
        let again = response.headers().get(header::RETRY_AFTER);
        let again = again.map(|seconds| seconds.to_str().expect("text").to_string());
        (response.status().as_u16(), app.metrics.text(), again)
    }

    const ROUTE: Route = Route {
        is_page: false,
        of_commit: true,
        answer: |asked| {
            let found = asked.commit.engine.search(&SearchRequest::default())?;
            Ok(found.total.to_string().into_response())
        },
    };

    #[test]
    fn what_breaks_is_counted_and_answered() {
        let breaks = Route {
            answer: |_| panic!("broken on purpose"),
            ..ROUTE
        };
        let (status, figures, _) = answered(Duration::from_secs(30), breaks);
        assert_eq!(status, 500);
        assert!(figures.contains("griot_panics_total 1\n"), "{figures}");
        let (status, figures, _) = answered(Duration::from_secs(30), ROUTE);
        assert_eq!(status, 200);
        assert!(figures.contains("griot_panics_total 0\n"), "{figures}");
    }

    #[test]
    fn what_takes_too_long_is_given_up() {
        let (status, _, again) = answered(Duration::ZERO, ROUTE);
        assert_eq!((status, again.as_deref()), (503, Some("2")));
    }
}
