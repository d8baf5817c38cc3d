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

/// The place of the first byte that a rule wants with the one that follows it; the last byte is none of them.
pub(crate) fn position_of_pair(bytes: &[u8], is_wanted: impl Fn(u8, u8) -> bool) -> Option<usize> {
    let (first, second) = (bytes.get(..bytes.len().checked_sub(1)?)?, &bytes[1..]);
    let (firsts, first_rest) = first.as_chunks::<BLOCK>();
    let (seconds, second_rest) = second.as_chunks::<BLOCK>();
    let of = |one: &[u8], two: &[u8]| one.iter().zip(two).position(|(one, two)| is_wanted(*one, *two));
    for (number, (one, two)) in firsts.iter().zip(seconds).enumerate() {
        let pairs = one.iter().zip(two);
        if pairs.fold(false, |any, (one, two)| any | is_wanted(*one, *two)) {
            return of(one, two).map(|at| number * BLOCK + at);
        }
    }
    of(first_rest, second_rest).map(|at| firsts.len() * BLOCK + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_first_is_found(bytes in proptest::collection::vec(0..40_u8, 0..100), wanted in 0..40_u8) {
            proptest::prop_assert_eq!(position(&bytes, |byte| byte == wanted), bytes.iter().position(|byte| *byte == wanted));
            let sum = |one: u8, two: u8| one + two == wanted;
            let naive = bytes.windows(2).position(|two| sum(two[0], two[1]));
            proptest::prop_assert_eq!(position_of_pair(&bytes, sum), naive);
        }
    }
}
