//! What is told to open pages.

use serde::Serialize;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast;

/// Events that one may lag behind.
pub(super) const LAG: usize = 32;

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
    pub(super) fn text(&self) -> String {
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
    pub(super) events: broadcast::Sender<Event>,
    /// The commit that those who listen know; none where nobody listens.
    known: Arc<Mutex<Option<Known>>>,
}

/// A commit, and the articles that it holds.
pub(super) type Known = (String, u64);

impl Announcer {
    pub(super) fn new() -> Self {
        Self {
            events: broadcast::channel(LAG).0,
            known: Arc::default(),
        }
    }

    pub(super) fn known(&self) -> MutexGuard<'_, Option<Known>> {
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

    pub(super) fn say(&self, event: Event) {
        // Nobody may listen.
        let _ = self.events.send(event);
    }
}

/// The news that there is another commit.
pub(super) fn changed(before: &Known, now: &Known) -> Option<Event> {
    (before.0 != now.0).then(|| Event::Commit {
        commit: now.0.clone(),
        articles: now.1,
        added: now.1.cast_signed().saturating_sub(before.1.cast_signed()),
    })
}

/// Those who listen now.
#[derive(Debug, Default)]
pub(super) struct Listeners(pub(super) AtomicUsize);

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
