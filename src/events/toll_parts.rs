//! Figures that are made of others: parts told apart, sums told with their summands, those who died with them.

use super::numbers;
use super::pattern::patterns;
use super::text::slice;

patterns! {
    NOT_WHOM = r"^ (?:et|dont|ont|a|ete|par|dans|lors|apres)\b";
    PART = r"\bdont\b";
    /// "pour l'ONG", "pour les forces": somebody, not a purpose.
    FOR_WHOM = r"^pour (?:(?:la|le|les|une?|des|cette|ce|ces|son|sa|ses|leurs?) |l')(\w+)";
    INFINITIVE = r"(?:er|ir|re)$";
    HAVE_BEFORE = r"\b(?:a|ont|avait|avaient|avoir|dit avoir) +(?:(\w+) +)?$";
    BEEN_BEFORE = r"\bete (?:\w+ )?$";
    PART_ENDS = r", (?:ont|a|est|sont|avaient|etaient|seraient|auraient)\b";
    /// "six civils à Bankass et quatre soldats à Koro".
    ELSEWHERE = r"^(?: [\w'-]+){1,3}? (?:a|au|dans|pres de|pres d') [\w' -]{2,40}? et (<NUM>) (?:\w+ )?<PEOPLE> (?:a|au|dans|pres)\b";
    AT_A_PLACE = r" (?:a|au|dans|pres) ";
    /// "avec leur guide et leur chauffeur".
    WITH = r"^[^.;:]{0,50}? (?:avec|ainsi que|et) (?:leur|son|sa) (?:guide|chauffeur|garde du corps|interprete|accompagnateur|epouse|femme|fils|fille|frere|conducteur|collegue|apprenti)(?: et (?:leur|son|sa) (guide|chauffeur|garde du corps|interprete|accompagnateur|epouse|femme|fils|fille|frere|conducteur|collegue|apprenti))?";
}

/// "tuées avec leur guide et leur chauffeur": how many more.
pub(super) fn companions(after: &[u8]) -> u32 {
    let Some(groups) = WITH.groups(after) else {
        return 0;
    };
    1 + u32::from(groups.get(1).is_some_and(Option::is_some))
}

/// The sum of figures told together; the first if it is that of the others: "huit personnes, deux Nigériens et six
/// Français".
pub(super) fn whole(values: Vec<u32>) -> u32 {
    let sum = |values: &[u32]| values.iter().fold(0, |sum: u32, n| sum.saturating_add(*n));
    match values.split_first() {
        Some((first, parts)) if parts.len() > 1 && sum(parts) == *first => *first,
        _ => sum(&values),
    }
}

/// "huit personnes, dont six Français, ont été tuées": without what is counted already.
pub(super) fn blank_parts(read: &mut [u8]) {
    let mut at = 0;
    while let Some(found) = PART.find(slice(read, at, read.len())) {
        let start = at + found.start;
        let end = PART_ENDS.find(slice(read, start, read.len()));
        let end = end.map_or(read.len(), |found| start + found.start);
        read[start..end].fill(b' ');
        at = end.max(start + 1);
    }
}

/// "à Bankass et quatre soldats à Koro": where the number of another place stands, and how many.
pub(super) fn elsewhere(after: &[u8]) -> Option<(usize, usize, u32)> {
    let groups = ELSEWHERE.groups(after)?;
    let number = groups.get(1)?.clone()?;
    let n = numbers::value(after.get(number.clone())?)?;
    Some((number.start, number.end, n))
}

/// Whether words before a further number name where those before it were harmed: "civils à Bankass et", not "civils et
/// à".
pub(super) fn is_at_a_place(words: &[u8]) -> bool {
    let end = words.windows(4).rposition(|window| window == b" et ");
    AT_A_PLACE.is_in(slice(words, 0, end.map_or(words.len(), |end| end + 1)))
}

/// "pour l'ONG", not "pour les attaquer".
pub(super) fn is_for_somebody(words: &[u8]) -> bool {
    let groups = FOR_WHOM.groups(words);
    let word = groups.and_then(|groups| groups.get(1).cloned().flatten());
    word.is_some_and(|word| !INFINITIVE.is_in(&words[word]))
}

/// Active voice: the number on the left is that of those who did it.
pub(super) fn is_active(word: &[u8], before: &[u8]) -> bool {
    let may_be = matches!(
        word,
        b"tue" | b"abattu" | b"enleve" | b"blesse" | b"capture" | b"neutralise" | b"execute" | b"assassine"
    );
    let have = || {
        let groups = HAVE_BEFORE.groups(before)?;
        let word = groups.get(1)?.clone();
        Some(word.is_none_or(|word| slice(before, word.start, word.end) != b"ete"))
    };
    may_be && have().unwrap_or(false) && !BEEN_BEFORE.is_in(before)
}

/// At most four words that say who is counted.
pub(super) fn whom(rest: &[u8]) -> Option<usize> {
    let mut end = 0;
    for _ in 0..4 {
        let after = slice(rest, end, rest.len());
        if NOT_WHOM.begins(after).is_some() || after.first() != Some(&b' ') {
            break;
        }
        let word = after[1..]
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'\'' | b'-'))
            .count();
        if word == 0 {
            break;
        }
        end += 1 + word;
    }
    (end > 0).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::text::Text;
    use crate::events::toll_words::Harm;
    use crate::events::{dates, tolls};

    #[test]
    fn a_whole_is_not_added_to_its_parts() {
        assert_eq!(whole(vec![8, 2, 6]), 8);
        assert_eq!(whole(vec![3, 2]), 5);
        assert_eq!(whole(vec![4]), 4);
    }

    #[test]
    fn those_who_died_with_them_are_counted() {
        assert_eq!(companions(b" dimanche avec leur guide nigerien"), 1);
        assert_eq!(companions(b" avec leur chauffeur et leur guide"), 2);
        assert_eq!(companions(b" avec leurs armes"), 0);
    }

    fn figures(text: &str) -> Vec<(Harm, u32)> {
        let text = Text::new(text, 0);
        let found = tolls::find(&text, &dates::find(&text));
        found.iter().map(|f| (f.harm, f.n)).collect()
    }

    #[test]
    fn figures_stand_beside_purposes_and_glued_sentences() {
        for (text, expected) in [
            (
                "Sept personnes travaillant pour l'ONG ont été tuées avec leur guide.",
                vec![(Harm::Killed, 8)],
            ),
            (
                "Deux hommes sont venus pour les attaquer et ont été tués.",
                vec![],
            ),
            (
                "ils ont tué six civils à Bankass et quatre soldats à Koro",
                vec![(Harm::Killed, 6), (Harm::Killed, 4)],
            ),
            ("Hier.Six civils ont été tués.", vec![(Harm::Killed, 6)]),
            ("L'armée a perdu 13 soldats.", vec![(Harm::Killed, 13)]),
            (
                "la mort accidentelle de treize militaires",
                vec![(Harm::Killed, 13)],
            ),
        ] {
            assert_eq!(figures(text), expected, "{text}");
        }
    }
}
