//! The pages: HTML made on the server, which needs no script.

mod api;
mod archive;
mod article;
mod citation;
mod decisions;
mod events;
mod evidence;
mod facets;
mod filters;
mod layout;
mod link;
mod marks;
mod pivot;
mod saved;
mod search;
mod text;
mod timeline;
mod walk;

pub(super) use api::api;
pub(super) use archive::archive;
pub(super) use article::article;
pub(super) use citation::citation;
pub(super) use decisions::{MARK, done};
pub(super) use events::events;
pub(super) use layout::{error, login};
pub(super) use pivot::pivot;
pub(super) use saved::saved;
pub(super) use search::search;
