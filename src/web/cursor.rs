//! Cursors: where the next page of a search begins, as long as the commit stays.

use super::params::Params;
use super::problem::Problem;
use crate::msg;
use axum::http::StatusCode;
use base64ct::{Base64UrlUnpadded, Encoding as _};

/// Bytes of a hash that tell commits and searches apart.
const TELLING: usize = 8;

/// Bytes of a cursor: page, commit, search.
const LENGTH: usize = 8 + 2 * TELLING;

/// The parameters of a cursor's request that may differ from those of the one before.
const FREE: [&str; 4] = ["cursor", "facets", "explain", "ui-lang"];

/// The page of a commit that a cursor leads to; none without one.
pub(super) fn page(params: &Params, commit: &str) -> Result<Option<usize>, Problem> {
    let Some(cursor) = params.get("cursor") else {
        return Ok(None);
    };
    let bad = || Problem::bad_request("bad_cursor", msg!("web-bad-cursor"));
    if params.get("page").is_some() {
        return Err(bad());
    }
    let bytes = Base64UrlUnpadded::decode_vec(cursor).map_err(|_| bad())?;
    let (page, rest) = bytes.split_first_chunk::<8>().ok_or_else(bad)?;
    if bytes.len() != LENGTH || rest[TELLING..] != of_search(params) {
        return Err(bad());
    }
    if rest[..TELLING] != hash(commit.as_bytes()) {
        let what = msg!("web-cursor-changed");
        return Err(Problem::new(StatusCode::GONE, "commit_changed", what));
    }
    let page = usize::try_from(u64::from_be_bytes(*page)).map_err(|_| bad())?;
    match page {
        0 => Err(bad()),
        page => Ok(Some(page)),
    }
}

/// The cursor of a page.
pub(super) fn of(params: &Params, commit: &str, page: usize) -> String {
    let mut bytes = (page as u64).to_be_bytes().to_vec();
    bytes.extend(hash(commit.as_bytes()));
    bytes.extend(of_search(params));
    Base64UrlUnpadded::encode_string(&bytes)
}

/// What the parameters ask for, in whichever order they are.
fn of_search(params: &Params) -> [u8; TELLING] {
    let asking = params
        .iter()
        .filter(|(name, value)| !FREE.contains(name) && *name != "page" && !value.trim().is_empty());
    let mut asking: Vec<(&str, &str)> = asking.collect();
    // Values of one name stay as they are: of several queries the last is meant.
    asking.sort_by_key(|(name, _)| *name);
    let asking = asking.into_iter().flat_map(|(name, value)| [name, value]);
    hash(asking.collect::<Vec<_>>().join("\0").as_bytes())
}

fn hash(bytes: &[u8]) -> [u8; TELLING] {
    let mut telling = [0; TELLING];
    telling.copy_from_slice(&blake3::hash(bytes).as_bytes()[..TELLING]);
    telling
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_known_again_in_another_order() {
        let of = |query: &str| of_search(&Params::read(query));
        assert_eq!(of("q=a&limit=5"), of("limit=5&q=a&cursor=x&facets=true&since="));
        assert_ne!(of("q=a&limit=5"), of("q=a&limit=6"));
        assert_ne!(of("q=a&region=b"), of("q=ar&egion=b"));
    }
}
