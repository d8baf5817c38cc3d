//! What went wrong with a request, as RFC 9457 has it, or as a page.

use crate::error::Error;
use crate::messages::Message;
use crate::msg;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Seconds after which to try again where everything is busy.
const SOON: u32 = 2;

/// The media type of a problem.
pub(super) const PROBLEM: &str = "application/problem+json";

/// A request that can't be answered.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) status: StatusCode,
    /// A short stable name for programs.
    pub(super) kind: &'static str,
    pub(super) what: Message,
    /// Seconds after which it is worth trying again.
    pub(super) retry_after: Option<u32>,
}

/// The form of a problem in JSON.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct ProblemDetails {
    /// `about:blank`: the status says what kind of problem it is.
    r#type: &'static str,
    /// The status in words.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What is wrong, and what to do.
    detail: String,
    /// A short stable name for programs; that of the command line's errors where there is one.
    kind: &'static str,
}

impl Problem {
    pub(super) fn new(status: StatusCode, kind: &'static str, what: Message) -> Self {
        Self {
            status,
            kind,
            what,
            retry_after: None,
        }
    }

    pub(super) fn bad_request(kind: &'static str, what: Message) -> Self {
        Self::new(StatusCode::BAD_REQUEST, kind, what)
    }

    /// No such address.
    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", msg!("web-not-found"))
    }

    /// Everything that answers is busy.
    pub(super) fn busy() -> Self {
        Self {
            retry_after: Some(SOON),
            ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", msg!("web-busy"))
        }
    }

    /// Too many of something; try again later.
    pub(super) fn too_many(what: Message, seconds: u32) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", what)
        }
    }

    /// The answer took too long.
    pub(super) fn slow() -> Self {
        Self {
            retry_after: Some(SOON),
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "timeout",
                Error::TooSlow.message(),
            )
        }
    }

    /// Something broke; the number is in the log.
    pub(super) fn broken(number: u64) -> Self {
        let what = msg!("web-broken", number = number);
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", what)
    }

    /// The answer in JSON, which is English as all texts for programs are.
    pub(super) fn into_json(self) -> Response {
        let details = ProblemDetails {
            r#type: "about:blank",
            title: self.status.canonical_reason().unwrap_or_default().to_string(),
            status: self.status.as_u16(),
            detail: self.what.to_string(),
            kind: self.kind,
        };
        let body = serde_json::to_string(&details).unwrap_or_default();
        let kind = [(header::CONTENT_TYPE, PROBLEM)];
        let mut response = (self.status, kind, body).into_response();
        self.add_headers(&mut response);
        response
    }

    /// What goes with it in any form.
    pub(super) fn add_headers(&self, response: &mut Response) {
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let status = match &error {
            Error::NoSuchArticle { .. } => StatusCode::NOT_FOUND,
            Error::SeveralArticles { .. }
            | Error::NoSuchFacet { .. }
            | Error::BadDate { .. }
            | Error::Unsupported(_) => StatusCode::BAD_REQUEST,
            Error::NoIndex { .. }
            | Error::NotAnIndex { .. }
            | Error::OtherVersion { .. }
            | Error::NoCommit { .. }
            | Error::TooSlow
            | Error::Locked { .. } => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let again = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(SOON);
        Self {
            retry_after: again,
            ..Self::new(status, error.kind(), error.message())
        }
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Error::from(error).into()
    }
}
