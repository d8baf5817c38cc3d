//! What all requests share.

use super::announcer::{Announcer, Listeners};
use super::metrics::Metrics;
use super::secret::{Secret, Sessions};
use crate::messages::UiLang;
use crate::search::Following;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};

/// What requests share.
pub(super) struct App {
    pub(super) following: Following,
    pub(super) secret: Option<Secret>,
    pub(super) sessions: Sessions,
    pub(super) metrics: Metrics,
    /// Questions that are answered at a time.
    pub(super) turns: Arc<Semaphore>,
    pub(super) exports: Arc<Semaphore>,
    /// Passwords that are checked at a time: each takes a core and some megabytes.
    pub(super) logins: Semaphore,
    /// How long an answer may take.
    pub(super) longest: Duration,
    pub(super) announcer: Announcer,
    pub(super) listeners: Listeners,
    /// Set when the server ends.
    pub(super) ending: watch::Sender<bool>,
    /// Other sites whose pages may read the API.
    pub(super) cors: Vec<String>,
    /// Queries are logged, too.
    pub(super) logs_queries: bool,
    /// Only this machine can reach it.
    pub(super) is_local: bool,
    /// Of those who ask for none.
    pub(super) language: UiLang,
    pub(super) log: Option<fn(&str)>,
    /// Who decides about articles, unless somebody writes another name; nobody may where it is none.
    pub(super) edit: Option<String>,
}

impl App {
    pub(super) fn log(&self, line: &str) {
        if let Some(log) = self.log {
            log(line);
        }
    }
}
