//! Prefixes, wildcards and fuzzy words: `tombouct*`, `m?naka`, `*kassi`, `djiadiste~1`.

use super::ast::{NoteKind, Pattern, PatternPiece, Span};
use super::lexer::is_address;
use super::notes::{Notes, excerpt};
use crate::french::{French, fold, is_apostrophe, is_hyphen, is_ignorable};

/// The largest distance of a fuzzy word, and the fewest letters it needs.
const MAX_DISTANCE: u8 = 2;
const FUZZY_LETTERS: usize = 3;
/// The fewest letters of a pattern beside its wildcards.
const PATTERN_LETTERS: usize = 2;

/// Most wildcards of a pattern, and most characters: no word has as many letters. Each wildcard is a place that
/// the walk through the dictionary keeps in mind.
const MOST_WILDCARDS: usize = 16;
const LONGEST_PATTERN: usize = 128;

/// What a typed text that may hold patterns consists of.
pub(super) enum Part {
    Plain(Span),
    Pattern(Pattern, Span),
    /// `al-qa*`: its parts (a pattern, or a plain word) in sequence, or the pattern of the joined spelling.
    Compound {
        parts: Vec<(Option<Pattern>, Span)>,
        joined: Pattern,
        span: Span,
    },
}

/// Whether a typed text holds something to be read as a pattern: `*`, `?` between letters, `~` after a
/// letter.
pub(super) fn has_pattern(text: &str) -> bool {
    if !text.contains(['*', '?', '~']) || is_address(text) || text.contains("://") {
        return false;
    }
    let mut last = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let inside = match c {
            '*' => true,
            '?' => {
                (last.is_alphanumeric() || last == '?')
                    && (next.is_alphanumeric() || matches!(next, '?' | '*'))
            }
            '~' => last.is_alphanumeric() && (!next.is_alphanumeric() || next.is_ascii_digit()),
            _ => false,
        };
        if inside {
            return true;
        }
        last = c;
    }
    false
}

/// Takes a typed text apart.
pub(super) fn find(text: &str, span: Span, french: &French, notes: &mut Notes) -> Vec<Part> {
    let mut out = Vec::new();
    let mut at = span.start;
    for piece in text[span].split_inclusive(separates) {
        let end = at + piece.len();
        if has_pattern(piece) {
            out.push(one(text, at..end, french, notes));
        } else {
            out.push(Part::Plain(at..end));
        }
        at = end;
    }
    out
}

/// What can't be part of a word or pattern.
fn separates(c: char) -> bool {
    let joins =
        matches!(c, '*' | '?' | '~' | '.' | '@') || is_apostrophe(c) || is_hyphen(c) || is_ignorable(c);
    !(joins || c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c))
}

/// Where the word is in a text that begins at `at`: without punctuation and elided articles.
fn core(text: &str, at: usize, french: &French) -> Span {
    let is_punctuation = |c: char| !c.is_alphanumeric() && c != '*';
    let trimmed = text.trim_start_matches(is_punctuation);
    let start = at + text.len() - trimmed.len();
    let start = start + elided(trimmed.trim_end_matches(is_punctuation), french);
    let end = at + text.trim_end_matches(is_punctuation).len();
    start..end.max(start)
}

/// Reads a text without separators that holds a pattern.
fn one(text: &str, span: Span, french: &French, notes: &mut Notes) -> Part {
    let piece = &text[span.clone()];
    let (body, distance) = fuzzy(piece);
    let core = bounded(text, core(body, span.start, french), notes);
    let typed = &text[core.clone()];
    let wild = has_pattern(typed);
    if let Some(distance) = distance {
        if wild {
            notes.add(
                NoteKind::Fuzzy,
                span.clone(),
                format!(
                    "“{}”: wildcards and ~ don't go together; ~ was left out.",
                    excerpt(piece)
                ),
            );
        } else {
            return fuzzy_word(text, core, span.end, distance, notes);
        }
    }
    let parts: Vec<Span> = parts(typed, core.start);
    let letters = fold(typed).chars().count();
    if !wild || letters < PATTERN_LETTERS {
        if wild {
            let message = format!(
                "“{}”: * needs at least {PATTERN_LETTERS} letters beside it; it was left out.",
                excerpt(piece.trim())
            );
            notes.add(NoteKind::Wildcard, span.clone(), message);
        }
        return Part::Plain(span);
    }
    let whole = core.start..core.end;
    let Some(joined) = compile(typed).map(|pattern| unlimited(pattern, &whole, notes)) else {
        return Part::Plain(span);
    };
    let compiled: Vec<(Option<Pattern>, Span)> = parts
        .into_iter()
        .map(|part| {
            let pattern = compile(&text[part.clone()]);
            (pattern.map(|pattern| unlimited(pattern, &part, notes)), part)
        })
        .collect();
    let long_enough = |(pattern, part): &(Option<Pattern>, Span)| {
        let letters = fold(&text[part.clone()]).chars().count();
        letters >= if pattern.is_some() { PATTERN_LETTERS } else { 1 }
    };
    if compiled.len() > 1 && compiled.iter().all(long_enough) {
        Part::Compound {
            parts: compiled,
            joined,
            span: whole,
        }
    } else {
        Part::Pattern(joined, whole)
    }
}

/// The part of a pattern that is searched for: what stands after [`MOST_WILDCARDS`] or [`LONGEST_PATTERN`] is left
/// out, which is reported.
fn bounded(text: &str, core: Span, notes: &mut Notes) -> Span {
    let mut wildcards = 0;
    let over = text[core.clone()]
        .char_indices()
        .enumerate()
        .find(|(count, (_, c))| {
            wildcards += usize::from(matches!(c, '*' | '?'));
            wildcards > MOST_WILDCARDS || *count >= LONGEST_PATTERN
        });
    let Some((_, (end, _))) = over else {
        return core;
    };
    let message = format!(
        "“{}”: a pattern may have {MOST_WILDCARDS} wildcards and {LONGEST_PATTERN} characters; what follows was left out.",
        excerpt(&text[core.clone()])
    );
    notes.add(NoteKind::Capped, core.clone(), message);
    core.start..core.start + end
}

/// A pattern without the number of `drone*2`, which in other tools says how many letters the star stands for at most.
/// What counts is what the pattern is compiled to, since that is what is shown and read again.
fn unlimited(pattern: Pattern, span: &Span, notes: &mut Notes) -> Pattern {
    let Pattern::Wildcard(pieces) = &pattern else {
        return pattern;
    };
    let [
        PatternPiece::Text(word),
        PatternPiece::Many,
        PatternPiece::Text(number),
    ] = pieces.as_slice()
    else {
        return pattern;
    };
    let is_word = word.chars().count() >= PATTERN_LETTERS && word.chars().all(char::is_alphabetic);
    let is_number = matches!(number.len(), 1 | 2) && number.bytes().all(|byte| byte.is_ascii_digit());
    if !(is_word && is_number) {
        return pattern;
    }
    let message = format!("“*{number}” was read as “*”, any number of letters.");
    notes.once(NoteKind::OtherTool, span.clone(), &message);
    Pattern::Prefix(word.clone())
}

/// `word~2` into the word and the distance; `~` alone is 1.
fn fuzzy(piece: &str) -> (&str, Option<u32>) {
    let Some((body, digits)) = piece.rsplit_once('~') else {
        return (piece, None);
    };
    let digits = digits.trim_end_matches(|c: char| !c.is_alphanumeric());
    if !body.ends_with(|c: char| c.is_alphanumeric() || c == '*')
        || !digits.bytes().all(|b| b.is_ascii_digit())
    {
        return (piece, None);
    }
    (
        body,
        Some(if digits.is_empty() {
            1
        } else {
            digits.parse().unwrap_or(u32::MAX)
        }),
    )
}

fn fuzzy_word(text: &str, core: Span, end: usize, distance: u32, notes: &mut Notes) -> Part {
    let typed = &text[core.clone()];
    let folded = fold(typed);
    let span = core.start..end;
    if distance == 0 || folded.chars().count() < FUZZY_LETTERS {
        let message = match distance {
            0 => format!(
                "“{}~0” allows no difference; it was read as the word.",
                excerpt(typed)
            ),
            _ => format!(
                "“{}” is too short for ~ ({FUZZY_LETTERS} letters are needed); it was read as the word.",
                excerpt(typed)
            ),
        };
        notes.add(NoteKind::Fuzzy, span, message);
        return Part::Plain(core);
    }
    if distance > u32::from(MAX_DISTANCE) {
        let message = format!(
            "“{}”: at most {MAX_DISTANCE} letters may differ; ~{MAX_DISTANCE} was used.",
            excerpt(&text[span.clone()])
        );
        notes.add(NoteKind::Fuzzy, span, message);
    }
    Part::Pattern(
        Pattern::Fuzzy {
            folded,
            distance: distance.min(u32::from(MAX_DISTANCE)) as u8,
        },
        core,
    )
}

/// Bytes of an elided prefix (`l'arm*`). The analysis decides, on the pattern with a letter for each
/// wildcard: a vowel, but after n', m', t', j', s', which names begin with, a consonant.
fn elided(typed: &str, french: &French) -> usize {
    let Some((at, apostrophe)) = typed.char_indices().find(|(_, c)| is_apostrophe(*c)) else {
        return 0;
    };
    let name = matches!(fold(&typed[..at]).as_str(), "n" | "m" | "t" | "j" | "s");
    let letter = if name { "b" } else { "a" };
    let plain = format!(
        "{}{}",
        &typed[..at + apostrophe.len_utf8()],
        typed[at + apostrophe.len_utf8()..].replace(['*', '?'], letter)
    );
    french
        .analyze(&plain)
        .first()
        .filter(|token| token.elided && token.start <= typed.len())
        .map_or(0, |token| token.start)
}

/// The parts between hyphens, points and `@`, without those that hold no letter.
fn parts(typed: &str, base: usize) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = base;
    for piece in typed.split(|c: char| is_hyphen(c) || matches!(c, '.' | '@')) {
        let end = start + piece.len();
        if piece.contains(|c: char| c.is_alphanumeric() || c == '*') {
            out.push(start..end);
        }
        let rest = &typed[end - base..];
        start = end + rest.chars().next().map_or(0, char::len_utf8);
    }
    out
}

/// The pattern that a text with wildcards is; None without wildcards or letters. `?` at an edge is
/// punctuation.
fn compile(typed: &str) -> Option<Pattern> {
    let mut pieces: Vec<PatternPiece> = Vec::new();
    let mut wildcards: Vec<char> = Vec::new();
    for c in typed.chars() {
        if matches!(c, '*' | '?') {
            wildcards.push(c);
            continue;
        }
        let mut buffer = [0; 4];
        let folded = fold(c.encode_utf8(&mut buffer));
        if folded.is_empty() {
            continue;
        }
        let at_edge = pieces.is_empty();
        wild(&wildcards, at_edge, &mut pieces);
        wildcards.clear();
        match pieces.last_mut() {
            Some(PatternPiece::Text(text)) => text.push_str(&folded),
            _ => pieces.push(PatternPiece::Text(folded)),
        }
    }
    wild(&wildcards, true, &mut pieces);
    match pieces.as_slice() {
        [] | [PatternPiece::Text(_)] | [PatternPiece::Many] => None,
        [PatternPiece::Text(text), PatternPiece::Many] => Some(Pattern::Prefix(text.clone())),
        _ => Some(Pattern::Wildcard(pieces)),
    }
}

/// Appends a run of wildcards, the single characters first; at an edge only `*` counts.
fn wild(run: &[char], at_edge: bool, pieces: &mut Vec<PatternPiece>) {
    if !at_edge {
        pieces.extend(run.iter().filter(|c| **c == '?').map(|_| PatternPiece::One));
    }
    if run.contains(&'*') {
        pieces.push(PatternPiece::Many);
    }
}
