//! What changes while pages are open, as server-sent events: another commit, and what an update of the index is doing.

use super::app::App;
use super::problem::Problem;
use crate::msg;
use crate::search::OpenCommit;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use futures_core::Stream;
use serde::Serialize;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::sync::mpsc::{Receiver, channel};

/// Those who listen at a time.
const LISTENERS: usize = 100;

/// Events that one may lag behind.
const LAG: usize = 32;

/// How often the index is looked at, and how often something is sent at least: what nobody hears ends.
const LOOK: Duration = Duration::from_secs(1);
const ALIVE: Duration = Duration::from_secs(15);

/// What has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(tag = "event", rename_all = "lowercase")]
pub(super) enum Event {
    /// The index has another commit; the first event says which it has.
    Commit {
        /// Differs from that of any other commit.
        commit: String,
        /// Articles that it holds.
        articles: u64,
        /// Articles more than in the commit before, fewer where it is negative.
        added: i64,
    },
    /// The index is being updated.
    Running,
    /// An update is complete.
    Finished {
        /// Articles that were added, changed and removed.
        added: u64,
        changed: u64,
        removed: u64,
    },
    /// An update failed; the index stays as it was.
    Failed {
        /// Why, in English.
        detail: String,
    },
}

impl Event {
    /// As it is sent.
    fn text(&self) -> String {
        let name = match self {
            Self::Commit { .. } => "commit",
            Self::Running | Self::Finished { .. } | Self::Failed { .. } => "update",
        };
        // JSON has no line breaks of its own: nothing in it begins another line.
        let data = serde_json::to_string(self).unwrap_or_default();
        format!("event: {name}\ndata: {data}\n\n")
    }
}

/// Tells those who listen.
#[derive(Clone)]
pub struct Announcer {
    events: broadcast::Sender<Event>,
    /// The commit that those who listen know; none where nobody listens.
    known: Arc<Mutex<Option<Known>>>,
}

/// A commit, and the articles that it holds.
type Known = (String, u64);

impl Announcer {
    pub(super) fn new() -> Self {
        Self {
            events: broadcast::channel(LAG).0,
            known: Arc::default(),
        }
    }

    fn known(&self) -> MutexGuard<'_, Option<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The index is being updated.
    pub fn running(&self) {
        self.say(Event::Running);
    }

    /// An update is complete.
    pub fn finished(&self, added: u64, changed: u64, removed: u64) {
        self.say(Event::Finished {
            added,
            changed,
            removed,
        });
    }

    /// An update failed.
    pub fn failed(&self, detail: String) {
        self.say(Event::Failed { detail });
    }

    fn say(&self, event: Event) {
        // Nobody may listen.
        let _ = self.events.send(event);
    }
}

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

fn changed(before: &Known, now: &Known) -> Option<Event> {
    (before.0 != now.0).then(|| Event::Commit {
        commit: now.0.clone(),
        articles: now.1,
        added: now.1.cast_signed().saturating_sub(before.1.cast_signed()),
    })
}

/// Those who listen now.
#[derive(Debug, Default)]
pub(super) struct Listeners(AtomicUsize);

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_three_lines() {
        let text = Event::Failed {
            detail: "a\nb\r\ndata: c".into(),
        }
        .text();
        assert_eq!(
            text,
            "event: update\ndata: {\"event\":\"failed\",\"detail\":\"a\\nb\\r\\ndata: c\"}\n\n"
        );
    }

    #[test]
    fn only_another_commit_is_news() {
        let now = |id: &str, articles| (id.to_string(), articles);
        assert_eq!(changed(&now("a", 3), &now("a", 3)), None);
        let Some(Event::Commit { added, articles, .. }) = changed(&now("a", 3), &now("b", 1)) else {
            panic!("another commit")
        };
        assert_eq!((added, articles), (-2, 1));
    }
}
