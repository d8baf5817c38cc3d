//! Snippets: the sentences of an article that say most about the query, with its words marked.
//!
//! The library gives typed parts; ANSI, HTML or JSON are made at the edge. Fragments are substrings of the
//! stored text.

use super::cut::{at_words, forward, window};
use super::mark::{Mark, distinct, inside};
use super::passage::passages;
use crate::search::request::SnippetOptions;
use crate::search::response::hits::{Snippet, SnippetPart};
use std::collections::BTreeSet;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Fragments that only repeat others and are passed over; a text with more repeats itself to its end.
const MOST_REPETITIONS: usize = 16;

/// The best fragments of `text`, in text order; its head when nothing is marked. `marks` are sorted by start
/// and don't overlap; `weights` says how rare each word is.
///
/// A fragment is preferred for the words of the query that no fragment before it shows: for their number,
/// then for how rare they are, then for how close together they stand. None repeats another.
pub fn fragments(
    field: &'static str,
    text: &str,
    marks: &[Mark],
    weights: &[f32],
    options: SnippetOptions,
) -> Vec<Snippet> {
    let length = options.length.max(20);
    let passages = passages(text, length);
    if marks.is_empty() {
        return head(field, text, &passages, length).into_iter().collect();
    }
    let windows = windows(text, passages, marks, weights, length);
    let mut chosen = best_windows(text, &windows, marks, weights, options.fragments);
    chosen.sort_unstable();
    chosen
        .into_iter()
        .map(|at| cut_out(field, text, &windows[at].range, &windows[at].passage, marks))
        .collect()
}

/// The best window of each passage that has marks.
fn windows(
    text: &str,
    passages: Vec<Range<usize>>,
    marks: &[Mark],
    weights: &[f32],
    length: usize,
) -> Vec<Window> {
    let mut windows: Vec<Window> = Vec::new();
    let mut next = 0;
    let mut passages = passages.into_iter();
    while let Some(mut passage) = passages.next() {
        let from = next;
        while next < marks.len() && marks[next].range.start < passage.end {
            // A phrase that goes on in the next passage is not torn apart.
            while marks[next].range.end > passage.end
                && let Some(following) = passages.next()
            {
                passage.end = following.end;
            }
            next += 1;
        }
        if from < next {
            let range = window(text, &passage, &marks[from..next], weights, length);
            let words: Vec<usize> = distinct(inside(marks, &range)).collect();
            // The words of a web address ("Source : https://…/attaque-a-gao") say nothing that prose doesn't
            // say better.
            let address = text[range.clone()].contains("://");
            windows.push(Window {
                range,
                passage,
                words,
                address,
            });
        }
    }
    windows
}

/// The numbers of at most `most` windows, the best first, none of which repeats another.
fn best_windows(text: &str, windows: &[Window], marks: &[Mark], weights: &[f32], most: usize) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    let mut shown: Vec<BTreeSet<String>> = Vec::new();
    let mut left_out: Vec<usize> = Vec::new();
    let mut covered = vec![false; weights.len()];
    while chosen.len() < most && left_out.len() < MOST_REPETITIONS {
        let gain = |window: &Window| {
            let new = window
                .words
                .iter()
                .filter(|w| !covered.get(**w).copied().unwrap_or(true));
            let (count, rarity) = new.fold((0_usize, 0.0_f32), |(n, sum), w| (n + 1, sum + weights[*w]));
            (if window.address { 0 } else { count }, rarity)
        };
        // A second fragment that is an address says nothing at all.
        let fit = |at: &usize| {
            (chosen.is_empty() || !windows[*at].address) && !chosen.contains(at) && !left_out.contains(at)
        };
        let open = (0..windows.len()).filter(fit);
        let best = open.max_by(|a, b| {
            let ((count_a, rarity_a), (count_b, rarity_b)) = (gain(&windows[*a]), gain(&windows[*b]));
            let spread = || windows[*b].spread(marks).cmp(&windows[*a].spread(marks));
            count_a
                .cmp(&count_b)
                .then(rarity_a.total_cmp(&rarity_b))
                .then_with(spread)
                .then(b.cmp(a))
        });
        let Some(best) = best else { break };
        let words: BTreeSet<String> = text[windows[best].range.clone()]
            .unicode_words()
            .map(str::to_lowercase)
            .collect();
        if shown.iter().any(|other| repeats(&words, other)) {
            left_out.push(best);
            continue;
        }
        shown.push(words);
        windows[best]
            .words
            .iter()
            .for_each(|w| covered.iter_mut().skip(*w).take(1).for_each(|c| *c = true));
        chosen.push(best);
    }
    chosen
}

/// What a fragment may show.
struct Window {
    range: Range<usize>,
    passage: Range<usize>,
    /// The words of the query in it.
    words: Vec<usize>,
    address: bool,
}

impl Window {
    /// Bytes of the shortest stretch that shows each of its words.
    fn spread(&self, marks: &[Mark]) -> usize {
        let marks = inside(marks, &self.range);
        let mut least = self.range.len();
        for (at, first) in marks.iter().enumerate().take(200) {
            let mut missing: Vec<usize> = self.words.clone();
            for mark in &marks[at..] {
                missing.retain(|w| *w != mark.word);
                if missing.is_empty() {
                    least = least.min(mark.range.end - first.range.start);
                    break;
                }
            }
        }
        least
    }
}

/// Whether a fragment of these words would say what another says already.
fn repeats(words: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let common = words.intersection(other).count();
    5 * common >= 4 * words.len().min(other.len())
}

/// Text with all marks, whole: for titles and `griot show --query`.
pub fn whole(field: &'static str, text: &str, marks: &[Mark]) -> Snippet {
    cut_out(field, text, &(0..text.len()), &(0..text.len()), marks)
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
            end = text[first.start..cut]
                .grapheme_indices(true)
                .next_back()
                .map_or(cut, |(at, _)| first.start + at);
            end = if end <= first.start { cut } else { end };
        }
    }
    Some(cut_out(
        field,
        text,
        &(first.start..end),
        &(first.start..end.max(first.end)),
        &[],
    ))
}

fn cut_out(
    field: &'static str,
    text: &str,
    range: &Range<usize>,
    sentence: &Range<usize>,
    marks: &[Mark],
) -> Snippet {
    let mut parts: Vec<SnippetPart> = Vec::new();
    let mut at = range.start;
    let mut push = |from: usize, to: usize, hit: bool| {
        if from < to {
            parts.push(SnippetPart {
                text: text[from..to].to_string(),
                hit,
            });
        }
    };
    for mark in inside(marks, range) {
        push(at, mark.range.start, false);
        push(mark.range.start, mark.range.end, true);
        at = mark.range.end;
    }
    push(at, range.end, false);
    let (cut_before, cut_after) = (range.start > sentence.start, range.end < sentence.end);
    Snippet {
        field,
        parts,
        start: range.start,
        end: range.end,
        page: None,
        cut_before,
        cut_after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::highlight::mark::tidy;

    const TEXT: &str = "Une réunion s’est tenue hier. Des frappes de drones ont visé Amasrakad, a dit l’armée. Rien d’autre. Les drones sont revenus à Gao.";

    fn marks(text: &str, words: &[&str]) -> Vec<Mark> {
        let found = words.iter().enumerate().flat_map(|(word, w)| {
            text.match_indices(w).map(move |(at, m)| Mark {
                range: at..at + m.len(),
                word,
            })
        });
        tidy(text, found.collect())
    }

    fn shown(snippet: &Snippet) -> String {
        snippet
            .parts
            .iter()
            .map(|p| {
                if p.hit {
                    format!("[{}]", p.text)
                } else {
                    p.text.clone()
                }
            })
            .collect()
    }

    #[test]
    fn fragments_cover_different_words() {
        let found = fragments(
            "body",
            TEXT,
            &marks(TEXT, &["drones", "Amasrakad", "Gao"]),
            &[1.0, 3.0, 2.0],
            SnippetOptions::default(),
        );
        let shown: Vec<String> = found.iter().map(shown).collect();
        assert_eq!(
            shown,
            [
                "Des frappes de [drones] ont visé [Amasrakad], a dit l’armée.",
                "Les [drones] sont revenus à [Gao]."
            ]
        );
    }

    #[test]
    fn prose_is_shown_before_web_addresses() {
        let text = "Source : https://exemple.org/drones-amasrakad-gao\nDes drones à Amasrakad.";
        let options = SnippetOptions {
            length: 240,
            fragments: 1,
        };
        let found = fragments(
            "body",
            text,
            &marks(text, &["drones", "masrakad", "gao"]),
            &[1.0, 1.0, 1.0],
            options,
        );
        assert_eq!(shown(&found[0]), "Des [drones] à A[masrakad].");
        let two = SnippetOptions {
            length: 240,
            fragments: 2,
        };
        assert_eq!(
            fragments(
                "body",
                text,
                &marks(text, &["drones", "masrakad", "gao"]),
                &[1.0, 1.0, 1.0],
                two
            )
            .len(),
            1
        );
    }

    fn shown_all(text: &str, words: &[&str], weights: &[f32], options: SnippetOptions) -> Vec<String> {
        fragments("body", text, &marks(text, words), weights, options)
            .iter()
            .map(shown)
            .collect()
    }

    #[test]
    fn several_different_words_come_before_one_rare_word() {
        let text = "Le général est mort. Des drones ont survolé Gao. Les drones volent. Loin, très loin de Gao, on a vu des drones.";
        let one = SnippetOptions {
            length: 240,
            fragments: 1,
        };
        let words = ["général", "drones", "Gao"];
        assert_eq!(
            shown_all(text, &words, &[9.0, 1.0, 1.0], one),
            ["Des [drones] ont survolé [Gao]."]
        );
        let two = SnippetOptions {
            length: 240,
            fragments: 2,
        };
        assert_eq!(
            shown_all(text, &words, &[9.0, 1.0, 1.0], two),
            ["Le [général] est mort.", "Des [drones] ont survolé [Gao]."]
        );
    }

    #[test]
    fn fragments_do_not_repeat_one_another() {
        let text =
            "Des drones ont frappé Gao.\nDES DRONES ONT FRAPPÉ GAO.\nLes drones sont repartis vers le nord.";
        let words = ["drones", "DRONES"];
        let found = shown_all(
            text,
            &words,
            &[1.0, 1.0],
            SnippetOptions {
                length: 240,
                fragments: 3,
            },
        );
        assert_eq!(
            found,
            [
                "Des [drones] ont frappé Gao.",
                "Les [drones] sont repartis vers le nord."
            ]
        );
    }

    #[test]
    fn quotations_abbreviations_and_list_items_stay_whole() {
        let one = SnippetOptions {
            length: 240,
            fragments: 1,
        };
        let quoted = "Il parle. « Rien ne va. Les drones reviennent. Partez ! », dit M. Touré. Il part.";
        assert_eq!(
            shown_all(quoted, &["drones"], &[1.0], one),
            ["« Rien ne va. Les [drones] reviennent. Partez ! », dit M. Touré."]
        );
        let list = "Bilan\n1. Trois drones abattus\n2. Un blessé";
        assert_eq!(
            shown_all(list, &["drones"], &[1.0], one),
            ["1. Trois [drones] abattus"]
        );
        assert_eq!(shown_all(list, &["Bilan"], &[1.0], one), ["[Bilan]"]);
        // A quotation that is never closed, or too long for a fragment, does not swallow the rest.
        let long = format!("« {} Fin.", "Encore un mot sur les drones. ".repeat(40));
        assert!(shown_all(&long, &["Fin"], &[1.0], one)[0].chars().count() <= 242);
    }

    #[test]
    fn a_cut_never_goes_through_a_mark() {
        let text = format!(
            "{} cible longue suite et encore une autre cible longue suite {}",
            "mot ".repeat(20),
            "fin ".repeat(20)
        );
        for length in 20..80 {
            for fragment in fragments(
                "body",
                &text,
                &marks(&text, &["cible longue suite"]),
                &[1.0],
                SnippetOptions { length, fragments: 1 },
            ) {
                let outside: String = fragment
                    .parts
                    .iter()
                    .filter(|p| !p.hit)
                    .map(|p| p.text.as_str())
                    .collect();
                assert!(
                    !outside.contains("cible") && !outside.contains("longue"),
                    "{length}: {:?}",
                    fragment.parts
                );
            }
        }
    }

    #[test]
    fn long_sentences_are_cut_at_words() {
        let text = format!("{} cible {}", "mot ".repeat(100), "suite ".repeat(100));
        let found = fragments(
            "body",
            &text,
            &marks(&text, &["cible"]),
            &[1.0],
            SnippetOptions {
                length: 60,
                fragments: 1,
            },
        );
        assert_eq!(found.len(), 1);
        assert!(found[0].cut_before && found[0].cut_after);
        let shown = shown(&found[0]);
        assert!(
            shown.contains("mot  [cible] suite") && shown.chars().count() <= 62 && !shown.ends_with("sui"),
            "{shown}"
        );
    }

    #[test]
    fn without_marks_the_head_is_shown() {
        let found = fragments(
            "body",
            TEXT,
            &[],
            &[],
            SnippetOptions {
                length: 40,
                fragments: 2,
            },
        );
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
