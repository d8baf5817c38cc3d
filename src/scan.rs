//! Bytes of a text looked for by a rule, a block at a time: compilers make vector instructions of it.

const BLOCK: usize = 32;

/// The place of the first byte that a rule wants. The rule should have no branches (`|` instead of `||`).
pub(crate) fn position(bytes: &[u8], is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let of = |part: &[u8]| part.iter().position(|byte| is_wanted(*byte));
    for (number, block) in blocks.iter().enumerate() {
        if block.iter().fold(false, |any, byte| any | is_wanted(*byte)) {
            return of(block).map(|at| number * BLOCK + at);
        }
    }
    of(rest).map(|at| blocks.len() * BLOCK + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_first_is_found(bytes in proptest::collection::vec(0..40_u8, 0..100), wanted in 0..40_u8) {
            proptest::prop_assert_eq!(position(&bytes, |byte| byte == wanted), bytes.iter().position(|byte| *byte == wanted));
        }
    }
}
