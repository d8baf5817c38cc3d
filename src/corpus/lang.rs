//! Which language a text is in, by its script and its function words. Own statistics rather than a crate:
//! five languages that archives about the Sahel mix are enough, a text has hundreds of words, and function
//! words of a language that isn't listed count for none of those that are.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Bytes of a text that are looked at.
const LOOKED_AT: usize = 1500;

/// Words that must be there before anything is said.
const FEWEST: usize = 12;

/// Languages and their function words: frequent, and in as few of the other languages as possible.
const LANGUAGES: [(&str, &[&str]); 6] = [
    (
        "fr",
        &[
            "le", "la", "les", "des", "du", "un", "une", "et", "est", "sont", "dans", "pour", "par", "sur",
            "avec", "que", "qui", "ne", "pas", "au", "aux", "ce", "cette", "ces", "il", "elle", "ils",
            "nous", "vous", "leur", "leurs", "ont", "été", "plus", "selon", "mais", "où", "à", "d", "l",
            "qu", "s", "n", "c", "en", "de", "a", "se", "son", "sa", "ses", "entre", "après", "depuis",
        ],
    ),
    (
        "en",
        &[
            "the", "of", "and", "to", "in", "is", "was", "were", "are", "for", "that", "with", "by", "from",
            "has", "have", "had", "been", "not", "this", "which", "it", "its", "they", "their", "he", "his",
            "said", "at", "be", "as", "an", "on", "who", "after", "will",
        ],
    ),
    (
        "es",
        &[
            "el", "los", "las", "del", "y", "que", "en", "por", "para", "con", "una", "su", "sus", "al",
            "lo", "como", "más", "pero", "fue", "han", "ha", "este", "esta", "según", "también", "son", "no",
            "de", "la", "es", "se",
        ],
    ),
    (
        "pt",
        &[
            "o", "os", "as", "do", "da", "dos", "das", "e", "em", "no", "na", "nos", "nas", "um", "uma",
            "para", "por", "com", "não", "que", "ao", "foi", "são", "mais", "pelo", "pela", "segundo",
            "também", "de", "se",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "das", "und", "ist", "sind", "den", "dem", "des", "ein", "eine", "einen", "im",
            "mit", "von", "zu", "für", "auf", "nicht", "auch", "sich", "wurde", "nach", "bei", "wie", "aus",
            "dass", "hat",
        ],
    ),
    (
        "it",
        &[
            "il", "lo", "gli", "della", "del", "dei", "delle", "di", "che", "è", "e", "per", "con", "una",
            "un", "nel", "nella", "sono", "non", "al", "alla", "da", "come", "più", "anche", "ha", "si",
        ],
    ),
];

/// Every function word, with a bit for each language that has it.
fn function_words() -> &'static FxHashMap<u64, u8> {
    static WORDS: OnceLock<FxHashMap<u64, u8>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = FxHashMap::default();
        for (at, (_, list)) in LANGUAGES.iter().enumerate() {
            for key in list.iter().filter_map(|word| key(word)) {
                *words.entry(key).or_default() |= 1 << at;
            }
        }
        words
    })
}

/// A word in lower case as a number; none if it is longer than any function word.
fn key(word: &str) -> Option<u64> {
    let mut bytes = [0; 8];
    if word.is_ascii() {
        let place = bytes.get_mut(..word.len())?;
        place.copy_from_slice(word.as_bytes());
        place.make_ascii_lowercase();
    } else if word.len() <= 2 * bytes.len() {
        let mut length = 0;
        for letter in word.chars().flat_map(char::to_lowercase) {
            let place = bytes.get_mut(length..length + letter.len_utf8())?;
            letter.encode_utf8(place);
            length += letter.len_utf8();
        }
    } else {
        return None;
    }
    Some(u64::from_le_bytes(bytes))
}

/// Calls `see` with the [`key`] of every run of letters.
fn each_word(text: &str, mut see: impl FnMut(Option<u64>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (from, mut number) = (at, 0);
        while let Some(letter) = bytes.get(at).filter(|byte| byte.is_ascii_alphabetic()) {
            if at - from < 8 {
                // A letter in lower case has this bit.
                number |= u64::from(letter | 0x20) << (8 * (at - from));
            }
            at += 1;
        }
        if bytes.get(at).is_some_and(|byte| !byte.is_ascii()) {
            // A word with other letters, or a sign that isn't ASCII at its end.
            let rest = &text[from..];
            let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
            at = from + word.len();
            if !word.is_empty() {
                see(key(word));
            }
        } else if at > from {
            see((at - from <= 8).then_some(number));
        }
        at += match bytes.get(at) {
            Some(byte) if !byte.is_ascii() => text[at..].chars().next().map_or(1, char::len_utf8),
            _ => 1,
        };
    }
}

/// The language of a text: its code, if it can be reported.
pub(super) fn detect(text: &str) -> Option<&'static str> {
    let head = &text[..text.floor_char_boundary(LOOKED_AT)];
    if let Some(script) = script(head) {
        return Some(script);
    }
    // How often each word of a set of languages: there are 64 such sets.
    let mut sets = [0_usize; 1 << LANGUAGES.len()];
    let mut words = 0;
    let known = function_words();
    each_word(head, |key| {
        words += 1;
        if let Some(of) = key.and_then(|key| known.get(&key)) {
            sets[usize::from(*of) % sets.len()] += 1;
        }
    });
    let mut counts = [0; LANGUAGES.len()];
    for (at, count) in counts.iter_mut().enumerate() {
        *count = (0..sets.len())
            .filter(|of| of >> at & 1 == 1)
            .map(|of| sets[of])
            .sum();
    }
    if words < FEWEST {
        return None;
    }
    let best = (0..counts.len()).max_by_key(|&at| (counts[at], counts.len() - at))?;
    let second = counts
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != best)
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(0);
    // A text has a function word in three; a list of names has none. The next language must be clearly
    // behind.
    (counts[best] * 6 > words && counts[best] * 4 > second * 5).then(|| LANGUAGES[best].0)
}

/// The language of a text in a script that one language of the region is written in.
fn script(text: &str) -> Option<&'static str> {
    // Their letters begin with these bytes; without ten of them no text is counted letter by letter.
    let may_lead = |byte: &&u8| matches!(byte, 0xd8..=0xdf | 0xe2);
    let leads = |bytes: &&[u8]| matches!(bytes, [0xd8..=0xdf, _] | [0xe2, 0xb4 | 0xb5]);
    let bytes = text.as_bytes();
    if bytes.iter().filter(may_lead).count() < 10 || bytes.windows(2).filter(leads).count() < 10 {
        return None;
    }
    let (mut letters, mut arabic, mut nko, mut tifinagh) = (0, 0, 0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        match c {
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => arabic += 1,
            '\u{7c0}'..='\u{7ff}' => nko += 1,
            '\u{2d30}'..='\u{2d7f}' => tifinagh += 1,
            _ => {}
        }
    }
    [(arabic, "ar"), (nko, "nqo"), (tifinagh, "tmh")]
        .into_iter()
        .find(|(count, _)| letters >= 20 && count * 2 > letters)
        .map(|(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn words_are_the_runs_of_letters(text in "[ a-cA-Cé’É.0]{0,60}|\\PC{0,40}|[a-z]{0,12} [a-zà]{0,18}") {
            let naive: Vec<Option<u64>> =
                text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(key).collect();
            let mut seen = Vec::new();
            each_word(&text, |key| seen.push(key));
            proptest::prop_assert_eq!(seen, naive);
        }
    }

    #[test]
    fn languages_are_told_apart() {
        for (code, text) in [
            (
                "fr",
                "L'armée malienne a repris la ville de Kidal, selon un communiqué lu à la télévision. Les combats ont duré trois jours dans le nord du pays.",
            ),
            (
                "fr",
                "LES HABITANTS DE MENAKA ONT FUI DANS LA BROUSSE APRES UNE ATTAQUE DES HOMMES ARMES QUI SONT VENUS DU SUD",
            ),
            (
                "en",
                "The army said on Tuesday that it had retaken the town of Kidal after three days of fighting in the north of the country.",
            ),
            (
                "es",
                "El ejército anunció el martes que había recuperado la ciudad de Kidal, según un comunicado, después de tres días de combates en el norte del país.",
            ),
            (
                "pt",
                "O exército anunciou na terça-feira que retomou a cidade de Kidal, segundo um comunicado, depois de três dias de combates no norte do país.",
            ),
            (
                "de",
                "Die Armee hat nach drei Tagen die Stadt Kidal im Norden des Landes eingenommen, und die Kämpfe sind nach einer Mitteilung zu Ende.",
            ),
            (
                "it",
                "L'esercito ha annunciato che la città di Kidal è stata ripresa dopo tre giorni di combattimenti nel nord del paese, come si legge in una nota della presidenza.",
            ),
            (
                "ar",
                "أعلن الجيش المالي يوم الثلاثاء استعادة مدينة كيدال بعد ثلاثة أيام من القتال",
            ),
        ] {
            assert_eq!(detect(text), Some(code), "{text}");
        }
    }

    #[test]
    fn every_function_word_is_short_enough() {
        for (language, words) in LANGUAGES {
            for word in words {
                assert!(key(word).is_some(), "{language}: {word}");
            }
        }
        assert_eq!(key("ÉTÉ"), key("été"));
        assert_eq!(key("gouvernement"), None);
    }

    #[test]
    fn what_cannot_be_told_is_not_guessed() {
        for text in [
            "",
            "Kidal",
            "Gao Mopti Ménaka Kidal Tombouctou Ségou Kayes Sikasso Koulikoro Bamako Taoudéni Nioro Kita San",
            "1 2 3 4 5 6 7 8 9 10 11 12 13 14",
        ] {
            assert_eq!(detect(text), None, "{text}");
        }
    }
}
