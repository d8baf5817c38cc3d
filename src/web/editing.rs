//! What changes something: decisions about articles and saved searches. Answered only where the server was started with
//! `--edit`; that a request comes from a page of this server has been [checked](super::guard) before.

use super::app::App;
use super::asked::Asked;
use super::pages;
use super::params::Params;
use super::problem::Problem;
use super::work::language;
use crate::error::Error;
use crate::messages::speaking;
use crate::msg;
use crate::search::{Act, ArticleRequest, ChangesRequest, Decision, Engine as _};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::Markup;
use std::sync::Arc;

/// Bytes of a field of a form.
const LONGEST: usize = 2_000;

/// The name of a saved search, in bytes.
const LONGEST_NAME: usize = 200;

/// What answers a form.
type Change = fn(&Asked, &Params, &str) -> Result<Response, Problem>;

/// Decides about an article.
pub(super) async fn article(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    parts: Parts,
    body: String,
) -> Response {
    change(app, Some(key), parts, body, decide).await
}

/// Saves, forgets or has seen a search.
pub(super) async fn saved(State(app): State<Arc<App>>, parts: Parts, body: String) -> Response {
    change(app, None, parts, body, save).await
}

/// Runs a change on a thread of its own.
async fn change(app: Arc<App>, key: Option<String>, parts: Parts, body: String, with: Change) -> Response {
    let params = Params::read(parts.uri.query().unwrap_or_default());
    let (form, path) = (Params::read(&body), parts.uri.path().to_string());
    let language = language(&params, &parts.headers, app.language);
    let fail = {
        let path = path.clone();
        move |problem: Problem| -> Response {
            let page: Markup = speaking(language, || pages::error(&problem, language, &path, ""));
            (problem.status, page).into_response()
        }
    };
    let Some(by) = app.edit.clone() else {
        return fail(Problem::new(
            StatusCode::FORBIDDEN,
            "read_only",
            msg!("web-no-edit"),
        ));
    };
    let (failed, broken) = (fail.clone(), Arc::clone(&app));
    let work = tokio::task::spawn_blocking(move || {
        speaking(language, || {
            let commit = app.following.current()?;
            let asked = Asked::new(Arc::clone(&app), commit, (path, params, key), language)?;
            with(&asked, &form, &by)
        })
        .unwrap_or_else(failed)
    });
    match work.await {
        Ok(response) => response,
        Err(_) => {
            let number = broken.metrics.broke();
            broken.log(&format!("500 #{number} {}", parts.uri.path()));
            fail(Problem::broken(number))
        }
    }
}

/// A field of a form, without blanks at its ends.
fn field(form: &Params, name: &str) -> Result<String, Problem> {
    let value = form.get(name).unwrap_or_default().trim();
    if value.len() > LONGEST {
        let what = msg!(
            "web-out-of-range",
            name = name,
            number = value.len(),
            most = LONGEST
        );
        return Err(Problem::bad_request("out_of_range", what));
    }
    Ok(value.to_string())
}

/// Takes a decision about an article, or takes the last one back.
fn decide(asked: &Asked, form: &Params, by: &str) -> Result<Response, Problem> {
    let id = asked.article_id()?;
    // Who follows an old page decides about nothing that isn't there.
    asked.commit.engine.article(&ArticleRequest {
        id: id.clone(),
        query: None,
    })?;
    let by = Some(field(form, "by")?)
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| by.to_string());
    let (following, what) = (&asked.app.following, field(form, "do")?);
    let done = match what.as_str() {
        "undo" => following.undo(&by).map_err(refused)?,
        what => {
            let (facet, act, value) = meant(form, what)?;
            let note = field(form, "note")?;
            following
                .decide(Decision {
                    id,
                    facet,
                    act,
                    value,
                    note,
                    by,
                })
                .map_err(refused)?
        }
    };
    Ok(pages::done(asked, &done).into_response())
}

/// What is wrong with a decision is for whoever took it.
fn refused(error: Error) -> Problem {
    match error {
        Error::Corrections { .. } => Problem::bad_request(error.kind(), error.message()),
        error => error.into(),
    }
}

/// What a button of the form stands for: a facet, what happens to it, a value.
fn meant(form: &Params, what: &str) -> Result<(String, Act, String), Problem> {
    let mark = |act, mark: &str| Ok((pages::MARK.to_string(), act, mark.to_string()));
    // The button beside a value.
    if let Some((facet, value)) = form.get("remove").and_then(|pair| pair.split_once('=')) {
        return Ok((facet.to_string(), Act::Remove, value.to_string()));
    }
    match what {
        "reviewed" | "excluded" => return mark(Act::Add, what),
        "unreviewed" => return mark(Act::Remove, "reviewed"),
        "included" => return mark(Act::Remove, "excluded"),
        _ => {
            let words = [
                "correct",
                "undo",
                "reviewed",
                "unreviewed",
                "excluded",
                "included",
            ];
            form.one_of("do", &words.map(|word| (word, ())))?;
        }
    }
    let acts = [
        ("set", Act::Set),
        ("add", Act::Add),
        ("remove", Act::Remove),
        ("reset", Act::Reset),
    ];
    let act = form.one_of("act", &acts)?.unwrap_or(Act::Set);
    let (facet, value) = (field(form, "facet")?, field(form, "value")?);
    if facet.is_empty() || value.is_empty() && matches!(act, Act::Set | Act::Add) {
        return Err(Problem::bad_request("bad_value", msg!("web-no-value")));
    }
    Ok((facet, act, value))
}

/// Saves a search under a name, forgets one, or remembers what one has found as seen.
fn save(asked: &Asked, form: &Params, _: &str) -> Result<Response, Problem> {
    let (following, name) = (&asked.app.following, field(form, "name")?);
    if name.is_empty() || name.len() > LONGEST_NAME {
        return Err(Problem::bad_request(
            "bad_value",
            msg!("web-no-name", most = LONGEST_NAME),
        ));
    }
    match field(form, "do")?.as_str() {
        "forget" => following.forget_search(&name)?,
        "seen" => {
            let saved = following.saved()?;
            let search = saved.get(&name)?;
            let selection = search.selection();
            let changes = asked.commit.engine.changes(&ChangesRequest {
                selection: selection.clone(),
                ..ChangesRequest::default()
            })?;
            following.saw_search(&name, &selection, changes.value.found)?;
        }
        _ => {
            if !following.save_search(&name, &asked.selection()?)? {
                return Err(Problem::bad_request(
                    "name_taken",
                    msg!("web-name-taken", name = name),
                ));
            }
        }
    }
    let language = asked
        .params
        .get("ui-lang")
        .map(|language| format!("?ui-lang={language}"));
    let language = language.filter(|language| language.bytes().all(|b| b.is_ascii_graphic()));
    Ok(Redirect::to(&format!("/saved{}", language.unwrap_or_default())).into_response())
}
