//! Sentence boundaries of French press prose: enough for snippets and for the context of a name.

/// Abbreviations whose point ends no sentence, folded.
const ABBREVIATIONS: [&str; 30] = [
    "m", "mm", "mme", "mlle", "me", "dr", "pr", "st", "ste", "gal", "gen", "col", "cdt", "cne", "lt", "adj",
    "art", "av", "bd", "cf", "env", "ex", "fig", "hab", "no", "p", "pp", "tel", "vol", "sgt",
];

/// Months, whose point ends no sentence before a year: "3 janv. 2024".
const MONTHS: [&str; 11] = [
    "janv", "jan", "fevr", "fev", "avr", "juil", "aout", "sept", "oct", "nov", "dec",
];

/// Byte ranges of the sentences of `text`, in order, without the white space around them. A line break ends a
/// sentence: titles, list items and paragraphs are sentences of their own.
pub fn sentences(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        split_line(text, line_start, line_start + line.len(), &mut out);
        line_start += line.len();
    }
    out
}

/// Most bytes of a passage that is quoted, twice the longest sentence of press prose. A table or a transcript
/// without punctuation is one sentence from its beginning to its end, and would be quoted whole for every name
/// in it.
const LONGEST_PASSAGE: usize = 1000;

/// What is quoted as evidence of something: the sentences of `text`, those of more than 1,000 bytes in pieces.
/// Every byte of a sentence is in one of them.
pub fn passages(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    for sentence in sentences(text) {
        let mut start = sentence.start;
        while sentence.end - start > LONGEST_PASSAGE {
            let end = piece_end(text, start);
            out.push(start..end);
            start = end;
        }
        out.push(start..sentence.end);
    }
    out
}

/// Where a piece of a long sentence ends: after the last white space that fits, else within a word.
fn piece_end(text: &str, start: usize) -> usize {
    let most = text.floor_char_boundary(start + LONGEST_PASSAGE);
    let piece = &text[start..most];
    let space = piece.char_indices().rev().find(|(_, c)| c.is_whitespace());
    space.map_or(most, |(at, c)| start + at + c.len_utf8())
}

/// The passage, of those in order, in which a byte stands.
pub fn passage_at(passages: &[std::ops::Range<usize>], at: usize) -> Option<std::ops::Range<usize>> {
    let next = passages.partition_point(|passage| passage.start <= at);
    let passage = passages.get(next.checked_sub(1)?)?;
    (at < passage.end).then(|| passage.clone())
}

fn split_line(text: &str, from: usize, to: usize, out: &mut Vec<std::ops::Range<usize>>) {
    let line = &text[from..to];
    let mut start = 0;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '…') {
            continue;
        }
        let mut end = at + c.len_utf8();
        // "?!", "...", a closing quotation mark or bracket, perhaps after a space, belong to the sentence.
        while let Some(&(next, following)) = chars.peek() {
            let closing = matches!(
                following,
                '.' | '!' | '?' | '…' | '»' | '”' | '"' | ')' | ']' | '’'
            );
            let spaced = following.is_whitespace() && line[next + following.len_utf8()..].starts_with('»');
            if !closing && !spaced {
                break;
            }
            end = next + following.len_utf8();
            chars.next();
        }
        let after = &line[end..];
        let Some(first) = after.trim_start().chars().next() else {
            continue;
        };
        let opens = first.is_uppercase()
            || first.is_ascii_digit()
            || matches!(first, '«' | '“' | '"' | '(' | '[' | '-' | '–' | '—' | '•');
        if after.starts_with(char::is_whitespace)
            && opens
            && !(c == '.' && abbreviated(&line[start..at], first))
        {
            push(text, from + start, from + end, out);
            start = end;
        }
    }
    push(text, from + start, to, out);
}

/// Whether the word before a point is an abbreviation or an initial. `next`: the first character after the
/// point.
fn abbreviated(before: &str, next: char) -> bool {
    let word = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let folded = super::fold(word);
    initial
        || ABBREVIATIONS.contains(&folded.as_str())
        || next.is_ascii_digit() && MONTHS.contains(&folded.as_str())
}

fn push(text: &str, from: usize, to: usize, out: &mut Vec<std::ops::Range<usize>>) {
    let piece = &text[from..to];
    let start = from + (piece.len() - piece.trim_start().len());
    let end = from + piece.trim_end().len();
    if start < end {
        out.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn splits_press_prose() {
        assert_eq!(
            split("M. Touré a parlé. « Rien ne va. » Il est parti !\nTitre"),
            ["M. Touré a parlé.", "« Rien ne va. »", "Il est parti !", "Titre"]
        );
        assert_eq!(
            split("Il y a 1.500 morts, etc. selon A. B. Diallo... Puis rien"),
            ["Il y a 1.500 morts, etc. selon A. B. Diallo...", "Puis rien"]
        );
        assert_eq!(
            split("Né le 3 janv. 2024 à Gao. Mort en déc. Il est parti."),
            ["Né le 3 janv. 2024 à Gao.", "Mort en déc.", "Il est parti."]
        );
        assert!(split(" \n\n ").is_empty());
    }

    #[test]
    fn long_sentences_are_quoted_in_pieces_between_words() {
        let text = format!("Un début. Une {}é", "attaque à Gao ".repeat(300));
        let found = passages(&text);
        assert_eq!(&text[found[0].clone()], "Un début.");
        assert!(found.len() > 4 && found.iter().all(|p| p.len() <= LONGEST_PASSAGE));
        assert!(found[1..].windows(2).all(|two| two[0].end == two[1].start));
        let cut = &found[1..found.len() - 1];
        assert!(cut.iter().all(|p| text[p.clone()].ends_with(' ')));
        assert_eq!(found.last().map(|p| p.end), Some(text.len()));
        assert_eq!(passages(&"é".repeat(2000)).len(), 4, "a word without an end");
        for (number, passage) in found.iter().enumerate() {
            assert_eq!(passage_at(&found, passage.start).as_ref(), Some(&found[number]));
            assert_eq!(passage_at(&found, passage.end - 1).as_ref(), Some(&found[number]));
        }
        assert_eq!(
            passage_at(&found, "Un début.".len()),
            None,
            "between two sentences"
        );
        assert_eq!(passage_at(&found, text.len()), None);
    }

    proptest::proptest! {
        #[test]
        fn sentences_are_ordered_and_inside(text in "\\PC{0,80}|[A-Za-z.!?« »\n]{0,80}") {
            let mut last = 0;
            for range in sentences(&text) {
                proptest::prop_assert!(range.start >= last && range.start < range.end && range.end <= text.len());
                proptest::prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
                last = range.end;
            }
        }
    }
}
