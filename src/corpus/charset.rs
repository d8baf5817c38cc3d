//! The encoding that a page names.

use super::markup::{Piece, Pieces};
use encoding_rs::Encoding;

/// Bytes of a page in which its encoding must be named, by the standard 1024; many pages are late.
const DECLARED_WITHIN: usize = 8192;

/// The encoding that a page names in a meta element, or an XML declaration.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]);
    let label = Pieces::new(&head).find_map(|piece| match piece {
        Piece::Open(tag) if tag.is("meta") => tag.attribute("charset").map(String::from).or_else(|| {
            let content = tag.attribute("content")?.to_lowercase();
            let (_, label) = content.split_once("charset=")?;
            Some(
                label
                    .split([';', ' ', '"', '\''])
                    .next()
                    .unwrap_or_default()
                    .to_string(),
            )
        }),
        Piece::Comment(comment) if comment.starts_with("xml ") => {
            let (_, rest) = comment.split_once("encoding=")?;
            rest.split(['"', '\'']).nth(1).map(String::from)
        }
        _ => None,
    })?;
    Encoding::for_label(label.trim().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_read_from_the_page() {
        for html in [
            "<meta charset=\"ISO-8859-1\">",
            "<html><META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=iso-8859-1'>",
            "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>",
        ] {
            assert_eq!(
                declared(html.as_bytes()).map(Encoding::name),
                Some("windows-1252"),
                "{html}"
            );
        }
        assert_eq!(declared(b"<p>texte"), None);
    }
}
