//! The page and the API: questions come as addresses, answers go out as HTML and JSON. Everything is answered by
//! [`crate::search`], from the last commit of the index.

mod announcer;
mod api;
mod app;
mod asked;
mod assets;
mod body;
mod connection;
mod cors;
mod cursor;
mod editing;
mod guard;
mod key;
mod live;
mod login;
mod metrics;
mod outlines;
mod pages;
mod params;
mod patience;
mod problem;
mod routes;
mod secret;
mod server;
mod work;

pub use announcer::Announcer;
pub use secret::Secret;
pub use server::{LONGEST, Options, Server};
