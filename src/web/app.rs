//! What all requests share.

use super::metrics::Metrics;
use super::secret::{Secret, Sessions};
use crate::messages::UiLang;
use crate::search::Following;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What requests share.
pub(super) struct App {
    pub(super) following: Following,
    pub(super) secret: Option<Secret>,
    pub(super) sessions: Sessions,
    pub(super) metrics: Metrics,
    /// Questions that are answered at a time.
    pub(super) turns: Arc<Semaphore>,
    pub(super) exports: Arc<Semaphore>,
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
