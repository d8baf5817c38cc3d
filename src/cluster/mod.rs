//! An archive on a cluster of OpenSearch: the same articles, found by the same analysis.
//!
//! The analysis stays here. What a cluster gets of an article are tokens, one place of the text a line
//! ([`lines`]), for fields whose analyzers only take lines apart ([`mapping`]); so it knows no French, and a
//! change of the analysis is a new generation beside the old one, as it is in the index of a folder.
//!
//! | name | is |
//! |---|---|
//! | `griot-NAME-gen-N` | an index: a generation, made before anything is sent to it |
//! | `griot-NAME-gen-N-write` | the alias that it is written by: without it, nothing is made by mistake |
//! | `griot-NAME` | the alias that is searched; swapped from one generation to the next at once |
//! | `griot-NAME-control` | an index of its own for who writes, and what was pushed last |

pub mod address;
mod answers;
mod archive;
mod ask;
pub mod auth;
mod bring;
pub mod bulk;
mod clause;
pub mod client;
pub mod compare;
mod counts;
pub mod document;
mod engine;
mod explain;
#[cfg(test)]
pub(crate) mod fake;
pub mod generation;
mod hits;
pub mod http;
pub mod lease;
pub mod lines;
mod lower;
pub mod mapping;
pub mod push;
mod rows;
mod tables;
pub mod transport;
mod words;

pub use address::{Address, Name};
pub use auth::Credentials;
pub use client::{Client, Patience};
pub use engine::{ClusterEngine, Way};
pub use generation::Said;
pub use http::HttpTransport;
pub use push::{PushOptions, PushProgress, PushReport, push};
pub use transport::{Method, Response, Transport};
