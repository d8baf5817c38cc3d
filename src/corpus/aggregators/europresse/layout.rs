//! Which layout a page has.

use super::super::found::Found;
use super::{elements, tables};
use crate::corpus::markup::{Piece, Pieces};

/// What a page holds; nothing if it isn't one of the service's.
pub(in super::super) fn split(html: &str) -> Found {
    let is_article = |piece: Piece<'_>| matches!(piece, Piece::Open(tag) if tag.is("article"));
    if Pieces::new(html).any(is_article) {
        elements::split(html)
    } else {
        tables::split(html)
    }
}
