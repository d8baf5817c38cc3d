//! Defaults of keys in the lexicons that serde's own don't give.

/// What a key is that is true unless it says otherwise.
pub(crate) fn yes() -> bool {
    true
}
