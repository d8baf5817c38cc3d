//! What changes while pages are open, as server-sent events: another commit, and what an update of the index is doing.

use super::announcer::{Event, Known, LAG, changed};
use super::app::App;
use super::problem::Problem;
use crate::msg;
use crate::search::OpenCommit;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use futures_core::Stream;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::sync::mpsc::{Receiver, channel};

/// Those who listen at a time.
const LISTENERS: usize = 100;

/// How often the index is looked at, and how often something is sent at least: what nobody hears ends.
const LOOK: Duration = Duration::from_secs(1);
const ALIVE: Duration = Duration::from_secs(15);

/// Looks for another commit as long as somebody listens.
pub(super) async fn watch_commits(app: Arc<App>) {
    loop {
        tokio::time::sleep(LOOK).await;
        if app.announcer.events.receiver_count() == 0 {
            *app.announcer.known() = None;
            continue;
        }
        let Some(now) = current(&app).await else { continue };
        let before = app.announcer.known().replace(now.clone());
        if let Some(event) = before.and_then(|before| changed(&before, &now)) {
            app.announcer.say(event);
        }
    }
}

/// The last commit and its articles, if there is an index.
async fn current(app: &Arc<App>) -> Option<Known> {
    let app = Arc::clone(app);
    let read = tokio::task::spawn_blocking(move || {
        let commit: Arc<OpenCommit> = app.following.current().ok()?;
        Some((commit.id.clone(), commit.articles().ok()?))
    });
    read.await.ok().flatten()
}

/// One of them.
struct Place(Arc<App>);

impl Place {
    fn take(app: &Arc<App>) -> Option<Self> {
        let taken = app.listeners.0.fetch_add(1, Relaxed);
        let place = Self(Arc::clone(app));
        (taken < LISTENERS).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.listeners.0.fetch_sub(1, Relaxed);
    }
}

/// What changes, as long as somebody listens: `event: commit` at once and for every other commit, `event: update`
/// when an update by `--watch` begins, ends or fails.
#[utoipa::path(get, path = "/api/v1/live", tag = "archive",
    responses((status = 200, content_type = "text/event-stream", body = Event),
        (status = 429, body = super::problem::ProblemDetails)))]
pub(super) async fn live(State(app): State<Arc<App>>) -> Response {
    let Some(place) = Place::take(&app) else {
        app.metrics.refused();
        return Problem::too_many(msg!("web-listeners"), 30).into_json();
    };
    let mut events = app.announcer.events.subscribe();
    let mut ending = app.ending.subscribe();
    let (texts, received) = channel(LAG);
    tokio::spawn(async move {
        let place = place;
        let now = current(&place.0).await;
        if let Some(now) = &now {
            place.0.announcer.known().get_or_insert_with(|| now.clone());
        }
        let mut first = now.map(|(commit, articles)| Event::Commit {
            commit,
            articles,
            added: 0,
        });
        loop {
            let text = match first.take() {
                Some(event) => event.text(),
                None => tokio::select! {
                    event = events.recv() => match event {
                        Ok(event) => event.text(),
                        // What was missed is in the next commit.
                        Err(broadcast::error::RecvError::Lagged(_)) => continue,
                        Err(broadcast::error::RecvError::Closed) => break,
                    },
                    () = tokio::time::sleep(ALIVE) => ":\n\n".to_string(),
                    () = texts.closed() => break,
                    _ = ending.wait_for(|ending| *ending) => break,
                },
            };
            if texts.send(text).await.is_err() {
                break;
            }
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Body::from_stream(Texts(received))).into_response()
}

struct Texts(Receiver<String>);

impl Stream for Texts {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0
            .poll_recv(context)
            .map(|text| text.map(|text| Ok(Bytes::from(text))))
    }
}
