//! A cluster of a test: it answers what the test says, and remembers what it was asked.

use super::transport::{Method, Response, Transport};
use crate::error::{Error, Result};
use serde_json::Value;
use std::sync::Mutex;

/// A request, as the cluster got it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub method: Method,
    pub path: String,
    pub body: String,
}

type Answer = dyn FnMut(&Asked) -> Option<Response> + Send;

/// Answers by a function; none is a lost connection.
pub struct FakeTransport {
    answer: Mutex<Box<Answer>>,
    asked: Mutex<Vec<Asked>>,
}

impl FakeTransport {
    pub fn new(answer: impl FnMut(&Asked) -> Option<Response> + Send + 'static) -> Self {
        Self {
            answer: Mutex::new(Box::new(answer)),
            asked: Mutex::default(),
        }
    }

    /// All requests so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("not poisoned").clone()
    }
}

/// An answer of a cluster.
pub fn answer(status: u16, body: &Value) -> Option<Response> {
    Some(Response {
        status,
        bytes: body.to_string().into_bytes(),
    })
}

impl Transport for FakeTransport {
    fn send(&self, method: Method, path: &str, body: &[u8]) -> Result<Response> {
        let asked = Asked {
            method,
            path: path.into(),
            body: String::from_utf8_lossy(body).into_owned(),
        };
        self.asked.lock().expect("not poisoned").push(asked.clone());
        let answer = (self.answer.lock().expect("not poisoned"))(&asked);
        answer.ok_or_else(|| Error::Remote {
            address: self.address().into(),
            message: "no connection".into(),
            retry: true,
        })
    }

    fn address(&self) -> &str {
        "http://fake:9200"
    }
}
