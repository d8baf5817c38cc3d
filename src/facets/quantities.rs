//! Words and numbers of a passage, as they are counted with: in digits and in letters, exact or not.

use crate::french::fold;

/// A word of a passage.
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    pub folded: String,
    /// `.`, `;`, `:`, `!`, `?` stands before it.
    pub stop: bool,
    /// A hyphen joins it to the word before.
    pub joined: bool,
    pub comma: bool,
}

/// A number of the text: words from, to; `None` where it is no single number.
pub(super) struct Number {
    pub from: usize,
    pub to: usize,
    pub value: Option<u32>,
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut at = 0;
    let mut gap = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some(length) = repeated(&text[at..]).filter(|_| !out.is_empty()) {
            at += length;
            gap = at;
            continue;
        }
        if !c.is_alphanumeric() {
            at += c.len_utf8();
            continue;
        }
        let length = text[at..]
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(text.len() - at);
        let between = &text[gap..at];
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let inside = digit(text[..gap].chars().next_back()) && digit(Some(c));
        out.push(Word {
            start: at,
            end: at + length,
            folded: fold(&text[at..at + length]),
            stop: between.contains([';', ':', '!', '?', '\n', '(', ')']) || between.contains('.') && !inside,
            joined: matches!(between, "-" | "‑" | "–" | "‐"),
            comma: between.contains(','),
        });
        at += length;
        gap = at;
    }
    out
}

/// The length of "(32)", which says a number in words again.
fn repeated(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let digits = inner.bytes().take(6).take_while(u8::is_ascii_digit).count();
    ((1..6).contains(&digits) && inner[digits..].starts_with(')')).then_some(digits + 2)
}

fn unit(word: &str) -> Option<u32> {
    let small = [
        "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
        "douze", "treize", "quatorze", "quinze", "seize",
    ];
    if word == "une" {
        return Some(1);
    }
    small.iter().position(|w| *w == word).map(|n| n as u32)
}

fn tens(word: &str) -> Option<u32> {
    Some(match word {
        "vingt" | "vingts" => 20,
        "trente" => 30,
        "quarante" => 40,
        "cinquante" => 50,
        "soixante" => 60,
        "septante" => 70,
        "huitante" | "octante" => 80,
        "nonante" => 90,
        _ => return None,
    })
}

/// "une dizaine", "des centaines", "plusieurs": counted, but not exactly.
fn vague(word: &str) -> bool {
    matches!(
        word,
        "dizaine"
            | "dizaines"
            | "douzaine"
            | "douzaines"
            | "quinzaine"
            | "vingtaine"
            | "trentaine"
            | "quarantaine"
            | "cinquantaine"
            | "soixantaine"
            | "centaine"
            | "centaines"
            | "milliers"
            | "millier"
            | "plusieurs"
            | "quelques"
    )
}

/// The numbers of a text, in order.
pub(super) fn numbers(words: &[Word]) -> Vec<Number> {
    let mut out: Vec<Number> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((value, to)) = number_at(words, at) else {
            at += 1;
            continue;
        };
        if is_revised(words, at, to) {
            at = to + 1;
            continue;
        }
        let mut number = Number { from: at, to, value };
        if let Some(end) = range_end(words, at, to) {
            (number.to, number.value) = (end, None);
        }
        if is_shared_out(words, at) {
            number.value = None;
        }
        at = number.to;
        // "trois des cinq otages": the first number is the one reported.
        let of = out.last_mut().filter(|last| {
            last.to + 1 == number.from && words[last.to].folded == "des" && !words[last.to].stop
        });
        match of {
            Some(last) => last.to = number.to,
            None => out.push(number),
        }
    }
    out
}

/// "Le bilan est passé de 8 à 13 morts": the second number holds.
fn is_revised(words: &[Word], at: usize, to: usize) -> bool {
    let verb = |w: &Word| {
        matches!(
            w.folded.as_str(),
            "passe" | "passent" | "monte" | "grimpe" | "bondi" | "revu"
        )
    };
    at > 0
        && words[at - 1].folded == "de"
        && words.get(to).is_some_and(|w| w.folded == "a")
        && words[at.saturating_sub(5)..at].iter().any(verb)
        && number_at(words, to + 1).is_some()
}

/// Past the second number of "10 à 15", "entre 10 et 15", "deux ou trois", "10-15": no single number.
fn range_end(words: &[Word], at: usize, to: usize) -> Option<usize> {
    let between = words.get(to)?;
    let range = match between.folded.as_str() {
        "a" | "ou" => true,
        "et" => at > 0 && words[at - 1].folded == "entre",
        _ => false,
    };
    let linked = (range && !between.stop && !between.comma).then(|| number_at(words, to + 1));
    let joined = || between.joined.then(|| number_at(words, to));
    let (_, end) = linked.flatten().or_else(|| joined().flatten())?;
    Some(end)
}

/// "la moitié des 20 soldats": no number of people harmed.
fn is_shared_out(words: &[Word], at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |w| words[w].folded.as_str());
    matches!(word(1), "des" | "les")
        && matches!(
            word(2),
            "moitie" | "tiers" | "quart" | "plupart" | "majorite" | "partie"
        )
}

/// The number that begins at a word, and the word after it.
fn number_at(words: &[Word], at: usize) -> Option<(Option<u32>, usize)> {
    let word = words.get(at)?;
    if word.folded.bytes().all(|b| b.is_ascii_digit()) {
        return Some(in_digits(words, at));
    }
    if vague(&word.folded) {
        return Some((None, at + 1));
    }
    let article = matches!(word.folded.as_str(), "une" | "des" | "quelques");
    if article && words.get(at + 1).is_some_and(|w| vague(&w.folded)) {
        return Some((None, at + 2));
    }
    let (value, to) = in_letters(words, at)?;
    // "deux douzaines".
    let dozens = words
        .get(to)
        .is_some_and(|w| !w.stop && !w.comma && vague(&w.folded));
    Some(if dozens { (None, to + 1) } else { (Some(value), to) })
}

/// "1 200", "1.200": the number of digits that begins at a word, and the word after it.
fn in_digits(words: &[Word], at: usize) -> (Option<u32>, usize) {
    let mut digits = words[at].folded.clone();
    let mut to = at + 1;
    while digits.len() <= 6
        && let Some(next) = words.get(to)
        && next.folded.len() == 3
        && next.folded.bytes().all(|b| b.is_ascii_digit())
        && next.start - words[to - 1].end <= 3
        && !next.comma
        && !next.stop
        && !next.joined
        && words[to - 1].folded.len() <= 3
    {
        digits.push_str(&next.folded);
        to += 1;
    }
    (digits.parse().ok(), to)
}

/// "mille deux cent trente et un": the number in letters that begins at a word, and the word after it.
fn in_letters(words: &[Word], at: usize) -> Option<(u32, usize)> {
    // Thousands, and what is below them.
    let (mut total, mut part, mut to) = (0u32, 0u32, at);
    while let Some(word) = words.get(to) {
        if to > at && (word.stop || word.comma) {
            break;
        }
        let folded = word.folded.as_str();
        let next = words.get(to + 1).map_or("", |w| w.folded.as_str());
        match (with_word(folded, to == at, total, part), folded) {
            (Some(next), _) => part = next,
            (None, "cent" | "cents") if part < 10 => part = part.max(1) * 100,
            (None, "mille") if total == 0 => (total, part) = (part.max(1) * 1000, 0),
            (None, "et") if part >= 20 && matches!(next, "un" | "une" | "onze") => {}
            _ => break,
        }
        to += 1;
    }
    if to > at && words[to - 1].folded == "et" {
        to -= 1;
    }
    (to > at).then_some((total + part, to))
}

/// The part of a number with a unit or tens added, if they fit after what stands before.
fn with_word(folded: &str, is_first: bool, total: u32, part: u32) -> Option<u32> {
    match (unit(folded), tens(folded)) {
        (Some(n), _) if is_first => Some(n),
        // After tens and hundreds only: "deux trois" is no number.
        (Some(n), _)
            if part >= 20
                && part.is_multiple_of(10)
                && (n < 10 || part % 100 >= 60 || part.is_multiple_of(100))
                || part == 0 && total > 0 =>
        {
            Some(part + n)
        }
        (Some(n), _) if part == 10 && (7..10).contains(&n) => Some(10 + n),
        (Some(n), _) if part % 20 == 10 && part > 60 && (7..10).contains(&n) => Some(part + n),
        (_, Some(20)) if part == 4 => Some(80),
        (_, Some(20)) if part % 100 == 4 && part > 100 => Some(part + 76),
        (_, Some(n)) if is_first || part == 0 || part.is_multiple_of(100) => Some(part + n),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        for (text, number) in [
            ("vingt-trois", 23),
            ("soixante et onze", 71),
            ("soixante-dix-sept", 77),
            ("quatre-vingts", 80),
            ("quatre-vingt-dix-neuf", 99),
            ("cent vingt", 120),
            ("deux cent trente et un", 231),
            ("mille deux cents", 1200),
            ("1 200", 1200),
            ("1.200", 1200),
            ("dix-sept", 17),
            ("trente-deux (32)", 32),
            ("une", 1),
        ] {
            let words = words(text);
            assert_eq!(number_at(&words, 0), Some((Some(number), words.len())), "{text}");
        }
        assert_eq!(number_at(&words("soldats"), 0), None);
    }

    #[test]
    fn a_range_is_no_number_and_a_revised_one_is_the_later() {
        let read = |text: &str| {
            numbers(&words(text))
                .into_iter()
                .map(|n| n.value)
                .collect::<Vec<_>>()
        };
        assert_eq!(read("de 8 à 13 morts"), [None]);
        assert_eq!(read("Le bilan est passé de 8 à 13 morts"), [Some(13)]);
        assert_eq!(
            read("trois des cinq otages, la moitié des 20 soldats, deux douzaines de civils"),
            [Some(3), None, None]
        );
        assert_eq!(read("deux ou trois soldats, quatre civils"), [None, Some(4)]);
    }
}
