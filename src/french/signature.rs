//! A signature of a text, by which near-duplicate texts are found: 256 bits of MinHash over triples of index
//! terms.
//!
//! One hash of each triple puts it into one of 256 bins, of which each keeps the least (Li, Owen and Zhang,
//! "One Permutation Hashing", 2012; empty bins as in Shrivastava, "Optimal Densification", 2017), and of that
//! one bit (Li and König, "b-Bit Minwise Hashing", 2010). Of two texts that share a part J of their triples,
//! about (1 + J) / 2 of the bits agree, so J is estimated within some ±0.06. Terms are what the index holds:
//! accents, case and inflection play no part. Numbers do: a corrected toll changes three triples.

use super::NumberedText;

/// Words of 64 bits.
pub const WORDS: usize = 4;

/// A signature.
pub type Signature = [u64; WORDS];

/// Texts with fewer words have too few triples to tell.
const SHORTEST: usize = 8;

/// Mixes a hash anew for each function (the finaliser of SplitMix64, Steele and others, 2014).
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// The signature of a text's words; zeros for a text that is too short.
pub fn signature(text: NumberedText<'_>) -> Signature {
    let words: Vec<u64> = text
        .tokens
        .iter()
        .filter(|token| token.is_part() && !text.table.is_stop(token.word))
        .map(|token| mix(text.table.term_hash(token.word)))
        .collect();
    if words.len() < SHORTEST {
        return [0; WORDS];
    }
    const BINS: usize = 64 * WORDS;
    let mut least = [u64::MAX; BINS];
    for three in words.windows(3) {
        let triple = mix(three[0] ^ mix(three[1] ^ mix(three[2])));
        let bin = &mut least[(triple >> 56) as usize % BINS];
        *bin = (*bin).min(triple & (u64::MAX >> 8));
    }
    let mut signature = [0; WORDS];
    for at in 0..BINS {
        // An empty bin takes another's value: the first full one on a walk that is the same for every text.
        let mut step = 0u64;
        let mut from = at;
        while least[from] == u64::MAX {
            step += 1;
            from = mix((at as u64) << 32 | step) as usize % BINS;
        }
        signature[at / 64] |= (mix(least[from]) & 1) << (at % 64);
    }
    signature
}

/// The estimated share of triples that two texts have in common, 0 to 1; 0 where one is too short to tell.
pub fn resemblance(one: &Signature, other: &Signature) -> f64 {
    if *one == [0; WORDS] || *other == [0; WORDS] {
        return 0.0;
    }
    (1.0 - 2.0 * f64::from(apart(one, other)) / (64.0 * WORDS as f64)).max(0.0)
}

/// In how many bits two signatures differ.
#[inline]
pub fn apart(one: &Signature, other: &Signature) -> u32 {
    one.iter().zip(other).map(|(a, b)| (a ^ b).count_ones()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Signature {
        let french = crate::schema::Lexicons::embedded().french().expect("an analyzer");
        french.numbered("", text, |words| signature(words.body()))
    }

    #[test]
    fn resemblance_is_near_the_share_of_triples() {
        let word = |n: usize| {
            format!(
                "mot{}x",
                char::from(b'a' + (n % 26) as u8).to_string().repeat(1 + n / 26)
            )
        };
        let text = |range: std::ops::Range<usize>| range.map(word).collect::<Vec<_>>().join(" ");
        let (whole, half, other) = (of(&text(0..120)), of(&text(0..60)), of(&text(130..250)));
        assert_eq!(resemblance(&whole, &whole), 1.0);
        assert!(
            (0.33..0.67).contains(&resemblance(&whole, &half)),
            "{}",
            resemblance(&whole, &half)
        );
        assert!(
            resemblance(&whole, &other) < 0.2,
            "{}",
            resemblance(&whole, &other)
        );
        assert_eq!(resemblance(&of("trop court"), &of("trop court")), 0.0);
    }

    #[test]
    fn accents_and_case_play_no_part() {
        let text = "Des hommes armés ont attaqué mardi le village de Moura, tuant vingt civils selon plusieurs sources sécuritaires";
        assert_eq!(of(text), of(&text.to_uppercase()));
    }
}
