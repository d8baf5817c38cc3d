//! Snippets: the sentences of an article that say most about the query, with its words marked.
//!
//! The library gives typed parts; ANSI, HTML or JSON are made at the edge. Fragments are substrings of the
//! stored text.

use crate::french::sentences;
use serde::Serialize;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A stretch of the text that the query matched. Byte offsets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub range: Range<usize>,
    /// Which word of the query it answers: fragments prefer different ones.
    pub word: usize,
}

/// A part of a fragment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SnippetPart {
    pub text: String,
    pub hit: bool,
}

/// One fragment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snippet {
    pub field: &'static str,
    pub parts: Vec<SnippetPart>,
    /// Where it stands in the stored text, bytes.
    pub start: usize,
    pub end: usize,
    /// Text of the same sentence was cut off before or after it.
    #[serde(skip)]
    pub cut_before: bool,
    #[serde(skip)]
    pub cut_after: bool,
}

/// How much to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SnippetOptions {
    /// Characters a fragment.
    pub length: usize,
    pub fragments: usize,
}

impl Default for SnippetOptions {
    fn default() -> Self {
        Self { length: 240, fragments: 2 }
    }
}

/// The best fragments of `text`, in text order; its head when nothing is marked. `marks` are sorted by start and
/// don't overlap; `weights` says how rare each word is.
pub fn fragments(field: &'static str, text: &str, marks: &[Mark], weights: &[f32], options: SnippetOptions) -> Vec<Snippet> {
    let sentences = sentences(text);
    let length = options.length.max(20);
    if marks.is_empty() {
        return head(field, text, &sentences, length).into_iter().collect();
    }
    let mut windows: Vec<(Range<usize>, &Range<usize>)> = Vec::new();
    let mut next = 0;
    for sentence in &sentences {
        let from = next;
        while next < marks.len() && marks[next].range.start < sentence.end {
            next += 1;
        }
        let inside = &marks[from..next];
        if !inside.is_empty() {
            windows.push((window(text, sentence, inside, weights, length), sentence));
        }
    }
    let mut chosen: Vec<usize> = Vec::new();
    let mut covered = vec![false; weights.len()];
    while chosen.len() < options.fragments {
        let gain = |at: &usize| -> f32 {
            let inside = inside(marks, &windows[*at].0);
            let new = distinct(inside).filter(|w| !covered.get(*w).copied().unwrap_or(true));
            let gain = new.map(|w| weights[w]).sum::<f32>() + 0.01 * inside.len().min(10) as f32;
            // The words of a web address ("Source : https://…/attaque-a-gao") say nothing that prose doesn't say better.
            if text[windows[*at].0.clone()].contains("://") { 0.2 * gain } else { gain }
        };
        let open = (0..windows.len()).filter(|at| !chosen.contains(at));
        let Some(best) = open.max_by(|a, b| gain(a).total_cmp(&gain(b)).then(b.cmp(a))) else { break };
        // After the first, a fragment must bring a word that the others don't show.
        if !chosen.is_empty() && gain(&best) < 0.2 {
            break;
        }
        distinct(inside(marks, &windows[best].0)).for_each(|w| covered.iter_mut().skip(w).take(1).for_each(|c| *c = true));
        chosen.push(best);
    }
    chosen.sort_unstable();
    chosen.into_iter().map(|at| cut_out(field, text, &windows[at].0, windows[at].1, marks)).collect()
}

/// Text with all marks, whole: for titles and `griot show --query`.
pub fn whole(field: &'static str, text: &str, marks: &[Mark]) -> Snippet {
    cut_out(field, text, &(0..text.len()), &(0..text.len()), marks)
}

fn distinct(marks: &[Mark]) -> impl Iterator<Item = usize> {
    marks.iter().enumerate().filter(|(at, m)| !marks[..*at].iter().any(|o| o.word == m.word)).map(|(_, m)| m.word)
}

/// The marks that lie whole inside a range.
fn inside<'m>(marks: &'m [Mark], range: &Range<usize>) -> &'m [Mark] {
    let from = marks.partition_point(|m| m.range.start < range.start);
    let to = from + marks[from..].partition_point(|m| m.range.end <= range.end);
    &marks[from..to]
}

/// The part of a sentence to show: all of it if it fits, else the stretch of `length` characters that holds the
/// most valuable marks, cut at words.
fn window(text: &str, sentence: &Range<usize>, marks: &[Mark], weights: &[f32], length: usize) -> Range<usize> {
    if text[sentence.clone()].chars().count() <= length {
        return sentence.clone();
    }
    // The first mark of the best stretch: marks from it on that lie within the length.
    let mut best = (0, f32::MIN);
    for (at, first) in marks.iter().enumerate().take(200) {
        let end = forward(text, first.range.start, length * 3 / 4, sentence.end);
        let reach = marks[at..].iter().take(40).take_while(|m| m.range.end <= end).count();
        let value: f32 = distinct(&marks[at..at + reach]).map(|w| weights.get(w).copied().unwrap_or(0.0)).sum();
        if value > best.1 + f32::EPSILON {
            best = (at, value);
        }
    }
    let first = &marks[best.0].range;
    let shown = text[first.start..first.end].chars().count();
    let before = length.saturating_sub(shown) / 3;
    let start = backward(text, first.start, before, sentence.start);
    let used = text[start..first.start].chars().count();
    let end = forward(text, first.start, length.saturating_sub(used).max(shown), sentence.end);
    at_words(text, start..end.max(first.end), first, sentence)
}

/// The byte offset `count` characters after `from`, at most `limit`.
fn forward(text: &str, from: usize, count: usize, limit: usize) -> usize {
    text[from..limit].char_indices().nth(count).map_or(limit, |(at, _)| from + at)
}

/// The byte offset `count` characters before `from`, at least `limit`.
fn backward(text: &str, from: usize, count: usize, limit: usize) -> usize {
    if count == 0 {
        return from;
    }
    text[limit..from].char_indices().rev().nth(count - 1).map_or(limit, |(at, _)| limit + at)
}

/// Moves the ends of a window inwards to spaces, never into `kept`; without a space to graphemes' ends.
fn at_words(text: &str, window: Range<usize>, kept: &Range<usize>, sentence: &Range<usize>) -> Range<usize> {
    let mut start = window.start;
    if start > sentence.start && !text[..start].ends_with(char::is_whitespace) {
        let lead = &text[start..kept.start];
        start = match lead.char_indices().find(|(_, c)| c.is_whitespace()) {
            Some((at, c)) => start + at + c.len_utf8(),
            None => kept.start,
        };
    }
    let mut end = window.end;
    if end < sentence.end && !text[end..].starts_with(char::is_whitespace) {
        let tail = &text[kept.end..end];
        end = match tail.char_indices().rev().find(|(_, c)| c.is_whitespace()) {
            Some((at, _)) => kept.end + at,
            None => kept.end,
        };
    }
    let trimmed = text[start..end].trim_end().len();
    start..start + trimmed
}

fn head(field: &'static str, text: &str, sentences: &[Range<usize>], length: usize) -> Option<Snippet> {
    let first = sentences.first()?;
    let mut end = first.start;
    for sentence in sentences {
        if text[first.start..sentence.end].chars().count() > length {
            break;
        }
        end = sentence.end;
    }
    if end == first.start {
        let cut = forward(text, first.start, length, first.end);
        end = at_words(text, first.start..cut, &(first.start..first.start), first).end;
        if end <= first.start {
            // One word longer than the snippet: cut it between graphemes.
            end = text[first.start..cut].grapheme_indices(true).next_back().map_or(cut, |(at, _)| first.start + at);
            end = if end <= first.start { cut } else { end };
        }
    }
    Some(cut_out(field, text, &(first.start..end), &(first.start..end.max(first.end)), &[]))
}

fn cut_out(field: &'static str, text: &str, range: &Range<usize>, sentence: &Range<usize>, marks: &[Mark]) -> Snippet {
    let mut parts: Vec<SnippetPart> = Vec::new();
    let mut at = range.start;
    let mut push = |from: usize, to: usize, hit: bool| {
        if from < to {
            parts.push(SnippetPart { text: text[from..to].to_string(), hit });
        }
    };
    for mark in inside(marks, range) {
        push(at, mark.range.start, false);
        push(mark.range.start, mark.range.end, true);
        at = mark.range.end;
    }
    push(at, range.end, false);
    let (cut_before, cut_after) = (range.start > sentence.start, range.end < sentence.end);
    Snippet { field, parts, start: range.start, end: range.end, cut_before, cut_after }
}

/// Sorts marks and merges those that overlap: a phrase and a word in it are one mark. Ends are moved to grapheme
/// boundaries, so that no mark splits a letter from its accent.
pub fn tidy(text: &str, mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_by(|a, b| a.range.start.cmp(&b.range.start).then(b.range.end.cmp(&a.range.end)));
    let mut out: Vec<Mark> = Vec::with_capacity(marks.len());
    for mut mark in marks {
        // Only a mark or joiner right after the end can belong to the last grapheme.
        if let Some(next) = text[mark.range.end..].chars().next().filter(|c| !c.is_ascii() && !c.is_alphanumeric()) {
            let tail = mark.range.end - text[..mark.range.end].chars().next_back().map_or(0, char::len_utf8);
            let window_end = forward(text, mark.range.end, 32, text.len());
            let grapheme = text[tail..window_end].graphemes(true).next().map_or(0, str::len);
            if grapheme > mark.range.end - tail && !next.is_whitespace() {
                mark.range.end = tail + grapheme;
            }
        }
        match out.last_mut() {
            Some(last) if mark.range.start < last.range.end => last.range.end = last.range.end.max(mark.range.end),
            _ => out.push(mark),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Une réunion s’est tenue hier. Des frappes de drones ont visé Amasrakad, a dit l’armée. Rien d’autre. Les drones sont revenus à Gao.";

    fn marks(text: &str, words: &[&str]) -> Vec<Mark> {
        let found =
            words.iter().enumerate().flat_map(|(word, w)| text.match_indices(w).map(move |(at, m)| Mark { range: at..at + m.len(), word }));
        tidy(text, found.collect())
    }

    fn shown(snippet: &Snippet) -> String {
        snippet.parts.iter().map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn fragments_cover_different_words() {
        let found = fragments("body", TEXT, &marks(TEXT, &["drones", "Amasrakad", "Gao"]), &[1.0, 3.0, 2.0], SnippetOptions::default());
        let shown: Vec<String> = found.iter().map(shown).collect();
        assert_eq!(shown, ["Des frappes de [drones] ont visé [Amasrakad], a dit l’armée.", "Les [drones] sont revenus à [Gao]."]);
    }

    #[test]
    fn prose_is_shown_before_web_addresses() {
        let text = "Source : https://exemple.org/drones-amasrakad-gao\nDes drones à Amasrakad.";
        let options = SnippetOptions { length: 240, fragments: 1 };
        let found = fragments("body", text, &marks(text, &["drones", "masrakad", "gao"]), &[1.0, 1.0, 1.0], options);
        assert_eq!(shown(&found[0]), "Des [drones] à A[masrakad].");
    }

    #[test]
    fn long_sentences_are_cut_at_words() {
        let text = format!("{} cible {}", "mot ".repeat(100), "suite ".repeat(100));
        let found = fragments("body", &text, &marks(&text, &["cible"]), &[1.0], SnippetOptions { length: 60, fragments: 1 });
        assert_eq!(found.len(), 1);
        assert!(found[0].cut_before && found[0].cut_after);
        let shown = shown(&found[0]);
        assert!(shown.contains("mot  [cible] suite") && shown.chars().count() <= 62 && !shown.ends_with("sui"), "{shown}");
    }

    #[test]
    fn without_marks_the_head_is_shown() {
        let found = fragments("body", TEXT, &[], &[], SnippetOptions { length: 40, fragments: 2 });
        assert_eq!(shown(&found[0]), "Une réunion s’est tenue hier.");
    }

    proptest::proptest! {
        #[test]
        fn parts_are_a_substring_and_marks_are_kept(text in "\\PC{0,120}|[a-zé .!?\n]{0,200}", words in proptest::collection::vec("[a-zé]{1,3}", 1..4), length in 20usize..80) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let marks = marks(&text, &words);
            for snippet in fragments("body", &text, &marks, &vec![1.0; words.len()], SnippetOptions { length, fragments: 3 }) {
                let joined: String = snippet.parts.iter().map(|p| p.text.as_str()).collect();
                proptest::prop_assert_eq!(&joined, &text[snippet.start..snippet.end]);
                let hits = snippet.parts.iter().filter(|p| p.hit).count();
                proptest::prop_assert_eq!(hits, inside(&marks, &(snippet.start..snippet.end)).len());
            }
        }
    }
}
