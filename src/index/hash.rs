//! The hash that an index keeps of files and texts.

/// The first eight bytes of the BLAKE3 hash.
pub fn hash64(bytes: &[u8]) -> u64 {
    first_bytes(&blake3::hash(bytes))
}

/// The first eight bytes of a hash.
pub fn first_bytes(hash: &blake3::Hash) -> u64 {
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(first)
}
