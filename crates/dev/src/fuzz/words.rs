//! Throws random words at the French analysis: nothing may panic, and how a word is typed may not change its
//! terms.
//!
//! `cargo run --release --example fuzz_words -- --words 5000000 --seed 7`

use griot::french::{French, fold, normalize};
use griot::schema::Lexicons;
use std::time::Instant;

/// xorshift64*: enough for choosing letters.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }
    fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 33) as usize % limit
    }
    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

const SYLLABLES: [&str; 40] = [
    "é", "ée", "ées", "ait", "aient", "er", "ère", "tion", "ité", "eux", "euse", "ment", "al", "aux", "l'",
    "d’", "qu'", "N'", "re", "dé", "œu", "ç", "ŋ", "ɛ", "ɔ", "-", "ss", "tou", "bou", "ka", "mo", "i", "o",
    "u", "a", "ir", "oir", "ant", "el", "ie",
];

fn word(random: &mut Random) -> String {
    let length = 1 + random.below(8);
    let mut word = String::new();
    for _ in 0..length {
        match random.below(20) {
            // Any character at all.
            0 => word.extend(char::from_u32(random.below(0x11_0000) as u32)),
            // What is easily forgotten: marks, joiners, wide and right-to-left characters.
            1 => word.push(*random.pick(&[
                '\u{301}', '\u{AD}', '\u{200D}', '\u{A0}', '\u{202F}', 'ﬁ', 'İ', 'ẞ', 'ש', '語', '0', '.',
                '@', '\0',
            ])),
            _ => word.push_str(SYLLABLES[random.below(SYLLABLES.len())]),
        }
    }
    if random.below(4) == 0 {
        word.to_uppercase()
    } else {
        word
    }
}

fn check(french: &French, word: &str) -> Result<usize, String> {
    let text = normalize(word);
    let tokens = french.analyze(&text);
    let mut last = 0;
    for token in &tokens {
        let good =
            text.is_char_boundary(token.start) && text.is_char_boundary(token.end) && token.start < token.end;
        if !good || token.position < last || token.word.term.is_empty() {
            return Err(format!("{word:?}: a bad token {token:?}"));
        }
        last = token.position;
        let part = token.is_part() && token.word.folded.chars().all(|c| c.is_ascii_lowercase());
        if part && french.word(&fold(&token.word.form)).term != token.word.term {
            return Err(format!(
                "{word:?}: the term of {token:?} is not that of its folded form"
            ));
        }
    }
    Ok(tokens.len())
}

fn main() {
    let number = |name: &str, default: u64| {
        let mut args = std::env::args().skip_while(|arg| arg != name).skip(1);
        args.next()
            .and_then(|value| value.parse().ok())
            .unwrap_or(default)
    };
    let (words, seed) = (number("--words", 100_000), number("--seed", 1));
    let french = Lexicons::embedded()
        .french()
        .expect("the embedded lexicons are good");
    let mut random = Random(seed | 1);
    let (started, mut tokens) = (Instant::now(), 0);
    for _ in 0..words {
        let word = word(&mut random);
        match check(&french, &word) {
            Ok(found) => tokens += found,
            Err(message) => {
                eprintln!("seed {seed}: {message}");
                std::process::exit(1);
            }
        }
    }
    println!(
        "{words} words, {tokens} tokens, no panic and no difference, {:.1} s (seed {seed})",
        started.elapsed().as_secs_f64()
    );
}
