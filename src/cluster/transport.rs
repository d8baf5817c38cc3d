//! What is between griot and a cluster: a request goes out, a status and bytes come back. Tests put a cluster of
//! their own behind it.

use crate::error::{Error, Result};
use serde_json::Value;

/// The methods that griot uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Delete,
}

impl Method {
    /// Its name in HTTP.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// A whole answer, of whatever status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    pub bytes: Vec<u8>,
}

/// A way to a cluster.
///
/// # Errors
/// [`Error::Remote`] when no whole answer came back: `retry` where the connection was refused or lost, so that the
/// request may have been done or not; not where the cluster is not to be trusted. A status such as 404 or 503 is an
/// answer.
pub trait Transport: Send + Sync {
    /// Sends one request and waits for its answer. `path` begins with `/`; an empty `body` is none, any other is
    /// JSON, or lines of it.
    fn send(&self, method: Method, path: &str, body: &[u8]) -> Result<Response>;

    /// The cluster as people are told of it: no user, no password.
    fn address(&self) -> &str;
}

impl Response {
    /// Whether the request was done.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the same request may be answered later: the cluster is busy, or something before it is.
    pub fn is_busy(&self) -> bool {
        is_busy(self.status)
    }

    /// The answer as JSON.
    ///
    /// # Errors
    /// [`Error::Remote`] for what is none, such as half an answer: it may be whole when asked for again.
    pub fn json(&self, address: &str) -> Result<Value> {
        serde_json::from_slice(&self.bytes).map_err(|_| Error::Remote {
            address: address.to_string(),
            message: "its answer is not whole, or not that of OpenSearch".into(),
            retry: true,
        })
    }

    /// The answer of a request that was done.
    ///
    /// # Errors
    /// [`Error::Remote`] with what the cluster says is wrong.
    pub fn done(&self, address: &str) -> Result<Value> {
        match self.is_success() {
            true => self.json(address),
            false => Err(self.refusal(address)),
        }
    }

    /// The error that an answer of another status stands for.
    pub fn refusal(&self, address: &str) -> Error {
        let message = match self.status {
            401 => "the cluster asks who is there, or doesn't know the user, the password or the key; set \
                 GRIOT_OPENSEARCH_USER and GRIOT_OPENSEARCH_PASSWORD, or GRIOT_OPENSEARCH_API_KEY"
                .to_string(),
            status if (300..400).contains(&status) => {
                format!(
                    "it answers with a redirect (status {status}), which is not followed; name the address it leads to"
                )
            }
            status => match self.reason() {
                Some(reason) => format!("status {status}: {reason}"),
                None => format!("status {status}"),
            },
        };
        Error::Remote {
            address: address.to_string(),
            message,
            retry: self.is_busy(),
        }
    }

    /// What the cluster says is wrong: the type of its error, and its words.
    pub fn reason(&self) -> Option<String> {
        let answer: Value = serde_json::from_slice(&self.bytes).ok()?;
        reason_of(answer.get("error")?)
    }
}

/// Whether a status says that the same request may be answered later.
pub fn is_busy(status: u16) -> bool {
    matches!(status, 429 | 502 | 503 | 504)
}

/// Longest reason that is passed on: some quote the whole request.
const LONGEST_REASON: usize = 400;

/// The words of an error as OpenSearch writes it.
pub fn reason_of(error: &Value) -> Option<String> {
    let text = |key: &str| error.get(key).and_then(Value::as_str);
    let mut reason = match (text("type"), text("reason")) {
        (Some(kind), Some(reason)) => format!("{kind}: {reason}"),
        (Some(one), None) | (None, Some(one)) => one.to_string(),
        (None, None) => error.as_str()?.to_string(),
    };
    let cause = error
        .get("caused_by")
        .and_then(|cause| cause.get("reason"))
        .and_then(Value::as_str);
    if let Some(cause) = cause {
        reason.push_str(" (");
        reason.push_str(cause);
        reason.push(')');
    }
    if let Some((end, _)) = reason.char_indices().nth(LONGEST_REASON) {
        reason.truncate(end);
        reason.push('…');
    }
    Some(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, body: &str) -> Response {
        Response {
            status,
            bytes: body.into(),
        }
    }

    fn said(error: Error) -> (String, bool) {
        match error {
            Error::Remote { message, retry, .. } => (message, retry),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn what_is_wrong_is_said_in_the_words_of_the_cluster() {
        let body =
            r#"{"error":{"type":"index_not_found_exception","reason":"no such index [x]"},"status":404}"#;
        let (message, retry) = said(response(404, body).refusal("u"));
        assert_eq!(
            message,
            "status 404: index_not_found_exception: no such index [x]"
        );
        assert!(!retry);
        let (message, retry) = said(response(503, "<html>busy</html>").refusal("u"));
        assert_eq!((message.as_str(), retry), ("status 503", true));
        let (message, _) = said(response(302, "").refusal("u"));
        assert!(message.contains("redirect (status 302)"), "{message}");
        let (message, _) = said(response(401, "").refusal("u"));
        assert!(message.contains("GRIOT_OPENSEARCH_PASSWORD"), "{message}");
    }

    #[test]
    fn half_an_answer_is_none() {
        let (_, retry) = said(response(200, r#"{"errors":fa"#).done("u").expect_err("no JSON"));
        assert!(retry);
        assert_eq!(
            response(200, r#"{"a":1}"#).done("u").expect("JSON"),
            serde_json::json!({"a": 1})
        );
    }

    #[test]
    fn long_reasons_are_cut() {
        let error = serde_json::json!({"reason": "é".repeat(5000)});
        assert_eq!(
            reason_of(&error).expect("a reason").chars().count(),
            LONGEST_REASON + 1
        );
    }
}
