//! Throws random words at the French analysis: nothing may panic, and how a word is typed may not change its
//! terms.

use crate::random::Random;
use anyhow::{Context, Result, ensure};
use griot::french::{French, fold, normalize};
use griot::schema::Lexicons;
use std::time::Instant;

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

fn check(french: &French, word: &str) -> Result<usize> {
    let text = normalize(word);
    let tokens = french.analyze(&text);
    let mut last = 0;
    for token in &tokens {
        let good =
            text.is_char_boundary(token.start) && text.is_char_boundary(token.end) && token.start < token.end;
        ensure!(
            good && token.position >= last && !token.word.term.is_empty(),
            "{word:?}: a bad token {token:?}"
        );
        last = token.position;
        let part = token.is_part() && token.word.folded.chars().all(|c| c.is_ascii_lowercase());
        ensure!(
            !part || french.word(&fold(&token.word.form)).term == token.word.term,
            "{word:?}: the term of {token:?} is not that of its folded form"
        );
    }
    Ok(tokens.len())
}

/// Random words: no panic, and no term that depends on how its word is typed
#[derive(clap::Args)]
pub struct Args {
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    words: u64,
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
}

pub fn run(args: &Args) -> Result<()> {
    let Args { words, seed } = *args;
    let french = Lexicons::embedded().french()?;
    let mut random = Random(seed | 1);
    let (started, mut tokens) = (Instant::now(), 0);
    for _ in 0..words {
        let word = word(&mut random);
        tokens += check(&french, &word).with_context(|| format!("seed {seed}"))?;
    }
    println!(
        "{words} words, {tokens} tokens, no panic and no difference, {:.1} s (seed {seed})",
        started.elapsed().as_secs_f64()
    );
    Ok(())
}
