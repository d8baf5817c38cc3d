//! Sentences and clauses, as positions of a [`Text`].
//!
//! Some archives glue sentences together ("au Sahel.Dans la nuit"), which the sentences of snippets
//! ([`crate::french::sentences`]) keep as one; an event's reasons stand in one sentence, so they are parted here.

use super::pattern::patterns;
use super::text::{Text, slice};

/// Characters of a sentence; a longer one (a table, a text without points) is read in pieces.
const LONGEST: usize = 1500;

patterns! {
    END = r##"[.!?…]+[»")\]]*|\n+| -"##;
    /// What a full stop must be followed by.
    NEXT = r##"^\s*(?:$|[\n"«(\[—–-]|[A-ZÀ-Ý0-9])"##;
    ABBREVIATION = r"(?:\b[A-Z]|\b(?:M|MM|Mme|Dr|Pr|Gal|Col|Cdt|gal|col|cdt|St|Ste|n|env|art|av|apr|J\.-C))\.$";
    GLUED_BEFORE = r##"[a-zß-ÿ»")\d][a-zß-ÿ»")\d]$"##;
    GLUED_AFTER = r##"^(?:- |[«"]? ?[A-ZÀ-Ý][\w']* )"##;
    /// "Il a été tué.- Quatre morts -Le bilan": headings of agencies.
    HEADING_BEFORE = r##"[.!?»"]- ["«]?[A-ZÀ-Ý][^.!?;]{0,80}$"##;
    HEADING_AFTER = r##"^["«]?[A-ZÀ-Ý]"##;
    CLAUSE = r"[;:()\[\]]| - |\b(?:qui|dont|alors que|tandis que|pendant que|tant que|selon|d'apres|apres avoir|apres que|et que)\b";
    AFTER_COMMA = r", (?:ou|dont|qui|que|alors que|tandis que|pendant que|mais|puis|selon|d'apres|apres|avant|avec|malgre|annonc\w+|indiqu\w+|rapport\w+|affirm\w+|explique\w*|precise\w*|a dit|dit|accuse\w*)\b";
}

/// Sentences in order: the first character and the one past the last.
pub(super) fn sentences(text: &Text) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    for mark in END.all(&text.raw) {
        if let Some(end) = end_of(text, mark.start, mark.end) {
            push(text, start, end, &mut out);
            start = end;
        }
    }
    push(text, start, text.len(), &mut out);
    out
}

/// Where the sentence ends that a mark stands at the end of; none if it ends none.
fn end_of(text: &Text, from: usize, to: usize) -> Option<usize> {
    let raw = &text.raw;
    if raw[from] == b'\n' {
        return Some(to);
    }
    if raw[from] == b' ' {
        let is_heading = HEADING_AFTER.begins(slice(raw, to, to + 2)).is_some()
            && HEADING_BEFORE.is_in(slice(raw, from.saturating_sub(90), from));
        return is_heading.then_some(to);
    }
    let is_last = raw.get(to).is_none_or(u8::is_ascii_whitespace);
    let end = if is_last { Some(to) } else { glued(text, from) }?;
    if raw[from] == b'.' {
        let abbreviated = ABBREVIATION.is_in(slice(raw, from.saturating_sub(6), from + 1));
        if abbreviated || !NEXT.is_in(slice(raw, end, end + 4)) {
            return None;
        }
    }
    Some(end)
}

/// The end of a sentence that the next one follows without a space.
fn glued(text: &Text, from: usize) -> Option<usize> {
    let raw = &text.raw;
    let more = raw[from + 1..]
        .iter()
        .take_while(|b| matches!(**b, 0xBB | b'"' | b')'))
        .count();
    let end = from + 1 + more;
    let is_end = matches!(raw[from], b'.' | b'!' | b'?')
        && GLUED_BEFORE.is_in(slice(raw, from.saturating_sub(2), from))
        && GLUED_AFTER.is_in(slice(raw, end, end + 40));
    is_end.then_some(end)
}

/// Adds a sentence without the white space before it, in pieces if it is long.
fn push(text: &Text, from: usize, to: usize, out: &mut Vec<(usize, usize)>) {
    let written = slice(&text.raw, from, to);
    let blank = written.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let mut start = from + blank;
    while to - start > LONGEST {
        let piece = slice(&text.raw, start, start + LONGEST);
        let space = piece.iter().rposition(u8::is_ascii_whitespace);
        let end = start + space.filter(|at| *at > 0).map_or(LONGEST, |at| at + 1);
        out.push((start, end));
        start = end;
    }
    if start < to {
        out.push((start, to));
    }
}

/// The number of the sentence that a position is in; 0 for one that is in none.
pub(super) fn sentence_at(sentences: &[(usize, usize)], at: usize) -> usize {
    let next = sentences.partition_point(|(from, _)| *from <= at);
    match next.checked_sub(1) {
        Some(number) if at < sentences[number].1 => number,
        _ => 0,
    }
}

/// Where clauses begin, sentences among them, in order.
pub(super) fn clauses(text: &Text, sentences: &[(usize, usize)]) -> Vec<usize> {
    let mut starts: Vec<usize> = CLAUSE.all(&text.fold).map(|found| found.start).collect();
    starts.extend(AFTER_COMMA.all(&text.fold).map(|found| found.start));
    starts.extend(sentences.iter().map(|(from, _)| *from));
    starts.sort_unstable();
    starts.dedup();
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let text = Text::new(text, 0);
        let all = sentences(&text);
        all.iter()
            .map(|(from, to)| String::from_utf8_lossy(text.folded(*from, *to)).into_owned())
            .collect()
    }

    #[test]
    fn sentences_end_where_they_should() {
        assert_eq!(
            split("M. Keïta est mort. Le col. Touré, dit-on au Sahel.Dans la nuit du 3.\nFin"),
            [
                "m. keita est mort.",
                "le col. toure, dit-on au sahel.",
                "dans la nuit du 3.",
                "fin"
            ]
        );
        assert_eq!(split("Le 3.5 km. Oui !").len(), 2);
        assert_eq!(
            split("Ils ont été acclamés.- Quatre morts -Quatre soldats sont morts - selon l'armée -. Fin"),
            [
                "ils ont ete acclames.",
                "- quatre morts -",
                "quatre soldats sont morts - selon l'armee -.",
                "fin"
            ]
        );
    }

    #[test]
    fn a_long_sentence_is_read_in_pieces() {
        let long = "mot ".repeat(2000);
        let text = Text::new(&long, 0);
        let all = sentences(&text);
        assert!(all.len() >= 5 && all.iter().all(|(from, to)| to - from <= LONGEST));
        assert_eq!(all.last().map(|s| s.1), Some(long.len()));
        assert_eq!(sentence_at(&all, all[2].0), 2);
    }
}
