//! Segmentation: text into chunks, chunks into the pieces that become words.
//!
//! A chunk is a maximal run of letters and digits and of what may join them (`l'armée`, `Al-Qaïda`, `O.N.U.`,
//! `rfi.fr`). Everything that depends on the chunk alone is decided here, so that it can be cached per
//! distinct chunk; the little that depends on the neighbourhood ([`super::French::analyze`]) is not.
//!
//! Segmentation never changes, adds or skips text: chunks and the gaps between them concatenate to the text.

use super::elision::Elisions;
use super::fold::{fold, form, is_apostrophe, is_hyphen, is_ignorable};
use super::ordinal;
use unicode_normalization::char::is_combining_mark;

/// A longer chunk is cut here, so that a megabyte without a space costs no more than prose. Bytes.
pub const MAX_CHUNK: usize = 1024;

/// One word-like piece of a chunk. Offsets are bytes from the chunk's start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub start: usize,
    pub end: usize,
    /// Where an elided prefix that was cut before this piece begins (`start` if there was none).
    pub elided_from: usize,
    pub kind: PieceKind,
    /// The word as written and folded, where they are not simply those of the text between the offsets.
    pub spelled: Option<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PieceKind {
    /// Takes a position of its own.
    Part,
    /// The joined spelling of the parts that follow it (`week-end`, `1 500`, `rfi.fr`); stands at the
    /// position of the first of them, in the forms field only.
    Joined,
}

/// The last parts of a country's or a generic internet domain that French sources use. Without such an ending
/// a point between letters is a missing space ("fin.Le").
const DOMAINS: [&str; 32] = [
    "com", "org", "net", "info", "eu", "int", "tv", "media", "news", "africa", "fr", "be", "ch", "ca", "uk",
    "us", "de", "ru", "ml", "bf", "ne", "sn", "ci", "mr", "dz", "tn", "ma", "td", "tg", "bj", "cm", "ng",
];

/// Endings after a hyphen that are pronouns or particles ("dit-il", "va-t-en", "celui-ci"): no compound.
const CLITICS: [&str; 19] = [
    "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "ci", "la", "moi", "toi", "lui",
    "leur", "le", "les", "y",
];

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && c.is_alphanumeric() && !is_apostrophe(c) && !is_ignorable(c)
}

fn extends(c: char) -> bool {
    !c.is_ascii() && (is_ignorable(c) || is_combining_mark(c))
}

fn char_at(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 128 {
        Some(byte as char)
    } else {
        text[at..].chars().next()
    }
}

/// The next chunk of `text` at or after byte `from`, as byte offsets.
pub fn next_chunk(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut start = from;
    loop {
        let c = char_at(text, start)?;
        if is_word(c) {
            break;
        }
        start += c.len_utf8();
    }
    let mut end = start;
    let mut last = ' ';
    while let Some(c) = char_at(text, end) {
        if end - start >= MAX_CHUNK {
            break;
        }
        if is_word(c) {
            last = c;
        } else if !extends(c) {
            let joins =
                c == '.' || c == ',' && last.is_ascii_digit() || c == '@' || is_apostrophe(c) || is_hyphen(c);
            if !joins {
                break;
            }
            let mut next = end + c.len_utf8();
            while let Some(n) = char_at(text, next).filter(|n| extends(*n)) {
                next += n.len_utf8();
            }
            match char_at(text, next) {
                Some(n) if is_word(n) && (c != ',' || n.is_ascii_digit()) => {}
                _ => break,
            }
        }
        end += c.len_utf8();
    }
    let chunk = &text[start..end];
    let scheme = (chunk.eq_ignore_ascii_case("http") || chunk.eq_ignore_ascii_case("https"))
        && text[end..].starts_with("://");
    if scheme || chunk.len() > 4 && chunk.as_bytes()[..4].eq_ignore_ascii_case(b"www.") {
        end = address_end(text, start, end);
    }
    Some((start, end))
}

/// A web address runs to the next space, quotation mark or bracket, and ends in a letter, digit or slash.
fn address_end(text: &str, start: usize, least: usize) -> usize {
    let stops = |c: char| c.is_whitespace() || c.is_control() || "<>\"«»“”()[]{}|\\^`’".contains(c);
    let mut end = start;
    for (at, c) in text[start..].char_indices() {
        if stops(c) || at >= MAX_CHUNK {
            break;
        }
        end = start + at + c.len_utf8();
    }
    let kept = text[start..end]
        .trim_end_matches(|c: char| !c.is_alphanumeric())
        .len();
    (start + kept).max(least)
}

/// Splits a chunk into pieces, in text order, each joined spelling just before its first part.
pub fn pieces(chunk: &str, elisions: &Elisions) -> Vec<Piece> {
    if chunk.contains("://") || chunk.len() > 4 && chunk.as_bytes()[..4].eq_ignore_ascii_case(b"www.") {
        return address(chunk);
    }
    let atoms = atoms(chunk, elisions);
    if let Some(whole) = acronym(chunk, &atoms) {
        return vec![whole];
    }
    let mut out = Vec::with_capacity(atoms.len());
    let mut at = 0;
    while at < atoms.len() {
        let run = run_length(&atoms[at..], chunk);
        let group = &atoms[at..at + run];
        if run > 1
            && let Some(joined) = joined(chunk, group)
        {
            out.push(joined);
        }
        for atom in group {
            push_atom(chunk, atom, run == 1, &mut out);
        }
        at += run;
    }
    out
}

/// A part between separators: offsets after elision, and the separator before it.
struct Atom {
    start: usize,
    end: usize,
    elided_from: usize,
    before: Option<char>,
}

fn atoms(chunk: &str, elisions: &Elisions) -> Vec<Atom> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut before = None;
    let mut push = |start: usize, end: usize, before: Option<char>| {
        if start < end {
            let cut = elisions.cut(&chunk[start..end]);
            out.push(Atom {
                start: start + cut,
                end,
                elided_from: start,
                before,
            });
        }
    };
    for (at, c) in chunk.char_indices() {
        if matches!(c, '.' | ',' | '@') || is_hyphen(c) {
            push(start, at, before);
            start = at + c.len_utf8();
            before = Some(if is_hyphen(c) { '-' } else { c });
        }
    }
    push(start, chunk.len(), before);
    out
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !extends(*c)).count()
}

/// "O.N.U": single letters with points between them are one word.
fn acronym(chunk: &str, atoms: &[Atom]) -> Option<Piece> {
    let single = |a: &Atom| {
        let text = &chunk[a.start..a.end];
        letters(text) == 1 && text.chars().next().is_some_and(char::is_alphabetic)
    };
    let points =
        atoms.len() > 1 && atoms[1..].iter().all(|a| a.before == Some('.')) && atoms.iter().all(single);
    points.then(|| {
        let text = &chunk[atoms[0].start..];
        Piece {
            start: atoms[0].start,
            end: chunk.len(),
            elided_from: atoms[0].elided_from,
            kind: PieceKind::Part,
            spelled: Some((form(text), fold(text))),
        }
    })
}

/// How many atoms from the first belong together: an e-mail address, a domain, a number, or a hyphenated
/// word.
fn run_length(atoms: &[Atom], chunk: &str) -> usize {
    let text = |a: &Atom| &chunk[a.start..a.end];
    let number = |a: &Atom| text(a).bytes().all(|b| b.is_ascii_digit());
    let all = |test: &dyn Fn(&Atom) -> bool| atoms.iter().take_while(|a| test(a)).count();
    if atoms.iter().any(|a| a.before == Some('@')) {
        return atoms.len();
    }
    let dotted = 1 + all_after(atoms, |a| matches!(a.before, Some('.' | '-')));
    if dotted > 1 && atoms[..dotted].iter().any(|a| a.before == Some('.')) && !number(&atoms[0]) {
        let last = fold(text(&atoms[dotted - 1]));
        if DOMAINS.contains(&last.as_str()) && dotted == atoms.len() {
            return dotted;
        }
    }
    let numbers = all(&|a| number(a));
    let joined_numbers = 1 + all_after(atoms, |a| matches!(a.before, Some('.' | ',')));
    if numbers > 1 && joined_numbers > 1 {
        return numbers.min(joined_numbers);
    }
    1 + all_after(atoms, |a| a.before == Some('-'))
}

fn all_after(atoms: &[Atom], test: impl Fn(&Atom) -> bool) -> usize {
    atoms.iter().skip(1).take_while(|a| test(a)).count()
}

fn joined(chunk: &str, group: &[Atom]) -> Option<Piece> {
    let (first, last) = (&group[0], &group[group.len() - 1]);
    let piece = |form: String, folded: String| Piece {
        start: first.start,
        end: last.end,
        elided_from: first.elided_from,
        kind: PieceKind::Joined,
        spelled: Some((form, folded)),
    };
    let parts: Vec<String> = group.iter().map(|a| fold(&chunk[a.start..a.end])).collect();
    let text = &chunk[first.start..last.end];
    let digits = |p: &String| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit());
    if group[1..]
        .iter()
        .any(|a| matches!(a.before, Some('.' | ',' | '@')))
    {
        if parts.iter().all(digits) {
            return number(group, &parts).map(|folded| piece(form(text), folded));
        }
        return Some(piece(form(text), fold(text)));
    }
    let compound = group.len() <= 6
        && parts.iter().map(String::len).sum::<usize>() <= 80
        && !parts.iter().all(digits)
        && !CLITICS.contains(&parts[parts.len() - 1].as_str())
        && parts.iter().all(|p| !p.is_empty());
    compound.then(|| piece(form(text), parts.concat()))
}

/// "1.500" is 1500, "3,5" and "3.5" are the decimal 3,5; "18.08.2023" is a date and has no joined spelling.
fn number(group: &[Atom], parts: &[String]) -> Option<String> {
    let grouped = parts[0].len() <= 3 && parts[1..].iter().all(|p| p.len() == 3);
    let one_separator = group[1..].iter().all(|a| a.before == group[1].before);
    if grouped && one_separator && group[1].before == Some('.') {
        return Some(parts.concat());
    }
    (parts.len() == 2).then(|| format!("{},{}", parts[0], parts[1]))
}

/// Pushes an atom; one that goes from digits to letters ("30km", "10h30") as parts with a joined spelling.
fn push_atom(chunk: &str, atom: &Atom, alone: bool, out: &mut Vec<Piece>) {
    let text = &chunk[atom.start..atom.end];
    let part = |start: usize, end: usize, elided_from: usize| Piece {
        start,
        end,
        elided_from,
        kind: PieceKind::Part,
        spelled: None,
    };
    let cuts = if alone && text.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        digit_cuts(text)
    } else {
        Vec::new()
    };
    if cuts.is_empty() {
        out.push(part(atom.start, atom.end, atom.elided_from));
        return;
    }
    out.push(Piece {
        kind: PieceKind::Joined,
        spelled: Some((form(text), fold(text))),
        ..part(atom.start, atom.end, atom.elided_from)
    });
    let mut start = 0;
    for cut in cuts.iter().copied().chain([text.len()]) {
        let from = if start == 0 {
            atom.elided_from
        } else {
            atom.start + start
        };
        out.push(part(atom.start + start, atom.start + cut, from));
        start = cut;
    }
}

/// Where to cut a word that begins with digits; nowhere for plain numbers, ordinals, and anything that
/// alternates more than twice (identifiers).
fn digit_cuts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let cuts: Vec<usize> = (1..bytes.len())
        .filter(|&i| bytes[i].is_ascii_digit() != bytes[i - 1].is_ascii_digit())
        .collect();
    let is_ordinal = cuts.len() == 1 && ordinal::ENDINGS.contains(&fold(&text[cuts[0]..]).as_str());
    if cuts.len() > 2
        || is_ordinal
        || text.len() > 24
        || cuts.iter().any(|&c| !text.is_char_boundary(c))
        || cuts.iter().any(|&c| char_at(text, c).is_some_and(extends))
    {
        return Vec::new();
    }
    cuts
}

/// A web address: whole, and by its parts.
fn address(chunk: &str) -> Vec<Piece> {
    let mut out = vec![Piece {
        start: 0,
        end: chunk.len(),
        elided_from: 0,
        kind: PieceKind::Joined,
        spelled: Some((form(chunk), fold(chunk))),
    }];
    let mut start = None;
    for (at, c) in chunk.char_indices().chain([(chunk.len(), ' ')]) {
        match (start, is_word(c) || extends(c)) {
            (None, true) if is_word(c) => start = Some(at),
            (Some(from), false) => {
                out.push(Piece {
                    start: from,
                    end: at,
                    elided_from: from,
                    kind: PieceKind::Part,
                    spelled: None,
                });
                start = None;
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces as readable text: parts as written, joined spellings in brackets, folded.
    fn show(text: &str) -> String {
        let elisions = Elisions::embedded();
        let mut out = Vec::new();
        let mut from = 0;
        while let Some((start, end)) = next_chunk(text, from) {
            let chunk = &text[start..end];
            for piece in pieces(chunk, &elisions) {
                match piece.kind {
                    PieceKind::Part => out.push(chunk[piece.start..piece.end].to_string()),
                    PieceKind::Joined => out.push(format!(
                        "[{}]",
                        piece.spelled.expect("joined pieces are spelled").1
                    )),
                }
            }
            from = end;
        }
        out.join(" ")
    }

    #[test]
    fn pieces_of_what_french_archives_hold() {
        for (text, expected) in [
            ("l’armée malienne", "armée malienne"),
            ("jusqu'à aujourd'hui d'aujourd’hui", "à aujourd'hui aujourd’hui"),
            ("N'Djamena, N’Tillit, M'Hamed", "N'Djamena N’Tillit M'Hamed"),
            ("d'Al-Qaïda", "[alqaida] Al Qaïda"),
            ("dit-il a-t-il celui-ci", "dit il a t il celui ci"),
            ("week-end", "[weekend] week end"),
            ("O.N.U. et M. Dupont", "O.N.U et M Dupont"),
            (
                "1.500 et 3,5 et 18.08.2023",
                "[1500] 1 500 et [3,5] 3 5 et 18 08 2023",
            ),
            (
                "30km à 10h30, le 2e, TB2",
                "[30km] 30 km à [10h30] 10 h 30 le 2e TB2",
            ),
            ("fin.Le drone", "fin Le drone"),
            ("sur rfi.fr.", "sur [rfifr] rfi fr"),
            ("a.b@rfi.fr", "[abrfifr] a b rfi fr"),
            (
                "voir https://www.rfi.fr/a-b?x=1.",
                "voir [httpswwwrfifrabx1] https www rfi fr a b x 1",
            ),
            ("co\u{AD}opération", "co\u{AD}opération"),
            ("2024-07-03", "2024 07 03"),
            ("Bamako–Gao", "Bamako Gao"),
        ] {
            assert_eq!(show(text), expected, "pieces of {text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn chunks_advance_and_pieces_stay_inside(text in "\\PC{0,40}|[a-zé0-9'’.@,:/ -]{0,40}") {
            let elisions = Elisions::embedded();
            let mut from = 0;
            while let Some((start, end)) = next_chunk(&text, from) {
                proptest::prop_assert!(start >= from && end > start && end <= text.len());
                let chunk = &text[start..end];
                let mut last = 0;
                for piece in pieces(chunk, &elisions) {
                    proptest::prop_assert!(piece.elided_from <= piece.start && piece.start < piece.end && piece.end <= chunk.len());
                    proptest::prop_assert!(chunk.is_char_boundary(piece.start) && chunk.is_char_boundary(piece.end));
                    if piece.kind == PieceKind::Part {
                        proptest::prop_assert!(piece.start >= last);
                        last = piece.end;
                    }
                }
                from = end;
            }
        }
    }
}
