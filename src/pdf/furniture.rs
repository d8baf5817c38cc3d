//! Furniture of pages: running headers, footers and page numbers.

use super::line::Line;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// How many lines at the top and at the bottom of a page can be furniture.
const EDGE_LINES: usize = 4;
/// A document of fewer pages than this has less: two pages of a form can have much in common.
const SHORT_DOCUMENT: usize = 4;
const EDGE_LINES_OF_SHORT: usize = 2;
/// A line that stands this near to where it stood on another page stands at the same place, in points.
const SAME_PLACE: f64 = 8.0;
/// A line at one place on this many pages is furniture even in a long document with other pages,
/// if it stands apart from the text by so many times its size.
const MANY_PAGES: usize = 6;
const APART: f64 = 2.2;
/// The most words that a line of furniture has.
const MAX_WORDS: usize = 40;

/// A line that was left out because it recurs from page to page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The line as it stands on the first page that has it
    pub text: String,
    /// On how many pages it stands
    pub pages: usize,
    /// How many words of the document were left out with it
    pub words: usize,
}

/// Furniture is no more than this part of a document's words. Where more recurs, as in forms and lists of incidents, it
/// is what the document says.
const LARGEST_PART: usize = 5;

/// Takes the furniture off the pages, each of which has its columns of lines. Lines that are too much of the document for
/// that stay.
pub(super) fn take_off(pages: &mut [Vec<Vec<Line>>]) -> Vec<LeftOut> {
    let whole = pages.to_vec();
    let lines = whole.iter().flatten().flatten();
    let words: usize = lines.map(|line| line.text.split_whitespace().count()).sum();
    let left_out = take_off_recurring(pages);
    if LARGEST_PART * left_out.iter().map(|line| line.words).sum::<usize>() > words {
        pages.clone_from_slice(&whole);
        return Vec::new();
    }
    left_out
}

fn take_off_recurring(pages: &mut [Vec<Vec<Line>>]) -> Vec<LeftOut> {
    let mut left_out = Tally::default();
    let edge = if pages.len() < SHORT_DOCUMENT {
        EDGE_LINES_OF_SHORT
    } else {
        EDGE_LINES
    };
    // Taking off the outermost lines can bring others to the edge, such as a header of many lines.
    for _ in 0..2 {
        let recurring = recurring(pages, edge);
        if recurring.is_empty() {
            break;
        }
        for page in pages.iter_mut() {
            let edges: HashSet<LineKey> = edge_lines(page, edge)
                .into_iter()
                .map(|(place, _)| place)
                .collect();
            remove(page, &mut left_out, |place, line| {
                edges.contains(&place) && is_furniture(line, &recurring)
            });
        }
    }
    left_out.0.into_values().collect()
}

/// Where a line is: the number of its column and its own there.
type LineKey = (usize, usize);

fn remove(page: &mut Vec<Vec<Line>>, left_out: &mut Tally, is_furniture: impl Fn(LineKey, &Line) -> bool) {
    for (number, column) in page.iter_mut().enumerate() {
        let mut index = 0;
        column.retain(|line| {
            let removed = is_furniture((number, index), line);
            index += 1;
            if removed {
                left_out.add(line);
            }
            !removed
        });
    }
    page.retain(|column| !column.is_empty());
}

/// The lines left out so far, by what recurs in them.
#[derive(Default)]
struct Tally(std::collections::BTreeMap<String, LeftOut>);

impl Tally {
    fn add(&mut self, line: &Line) {
        let entry = self.0.entry(key(&line.text)).or_insert_with(|| LeftOut {
            text: line.text.clone(),
            pages: 0,
            words: 0,
        });
        entry.pages += 1;
        entry.words += line.text.split_whitespace().count();
    }
}

/// Where on the pages something recurs.
#[derive(Default)]
struct Recurring {
    anywhere: bool,
    /// Otherwise, the heights at which it does
    baselines: Vec<f64>,
}

/// Whether every part of a line recurs at its height.
fn is_furniture(line: &Line, recurring: &HashMap<String, Recurring>) -> bool {
    let near = |baseline: &f64| (baseline - line.baseline).abs() < SAME_PLACE;
    line.parts().map(key).filter(|key| !key.is_empty()).all(|key| {
        recurring
            .get(&key)
            .is_some_and(|places| places.anywhere || places.baselines.iter().any(near))
    })
}

/// What recurs in lines at the edges of at least a third of the pages, or of many at the same height.
fn recurring(pages: &[Vec<Vec<Line>>], edge: usize) -> HashMap<String, Recurring> {
    let with_text = pages.iter().filter(|page| !page.is_empty()).count();
    let third = with_text.div_ceil(3).max(2);
    let at_edges = |page: &'_ [Vec<Line>]| {
        edge_lines(page, edge)
            .into_iter()
            .map(|(_, line)| line.clone())
            .collect()
    };
    let mut recurring: HashMap<String, Recurring> = HashMap::new();
    for (key, places) in places_by_key(pages, at_edges) {
        if places.len() >= third && same_height(&places).len() >= 2 {
            recurring.entry(key).or_default().anywhere = true;
        }
    }
    // The file's own word for it makes fewer pages enough, but isn't trusted alone: some producers mark as
    // artifact what a reader would call text.
    let marked = |page: &'_ [Vec<Line>]| {
        let mut lines: Vec<Line> = at_edges(page);
        lines.retain(|line| line.is_artifact);
        lines
    };
    let many = places_by_key(pages, lines_apart)
        .into_iter()
        .map(|seen| (seen, MANY_PAGES));
    let marked = places_by_key(pages, marked).into_iter().map(|seen| (seen, 2));
    for ((key, places), enough) in many.chain(marked) {
        let baselines = same_height(&places);
        if baselines.len() >= enough {
            recurring.entry(key).or_default().baselines.extend(baselines);
        }
    }
    recurring
}

/// The first and the last line of a page, if they stand apart from the others.
fn lines_apart(page: &[Vec<Line>]) -> Vec<Line> {
    let lines = edge_lines(page, 2);
    let apart = |line: &Line, next: &Line| (line.baseline - next.baseline).abs() > APART * line.size;
    match lines[..] {
        [(_, first), (_, second), .., (_, before), (_, last)] => [(first, second), (last, before)]
            .iter()
            .filter(|(line, next)| apart(line, next))
            .map(|(line, _)| (*line).clone())
            .collect(),
        _ => Vec::new(),
    }
}

/// For each part of the lines that `candidates` finds on a page, the height at which it first stands on each.
fn places_by_key(
    pages: &[Vec<Vec<Line>>],
    candidates: impl Fn(&[Vec<Line>]) -> Vec<Line>,
) -> HashMap<String, Vec<f64>> {
    let mut seen: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        for line in candidates(page) {
            if line.text.split_whitespace().count() > MAX_WORDS {
                continue;
            }
            for key in line.parts().map(key).filter(|key| !key.is_empty()) {
                let places = seen.entry(key).or_default();
                if places.last().is_none_or(|(last, _)| *last != number) {
                    places.push((number, line.baseline));
                }
            }
        }
    }
    seen.into_iter()
        .map(|(key, places)| (key, places.into_iter().map(|(_, height)| height).collect()))
        .collect()
}

/// The largest group of heights that lie close to one another.
fn same_height(heights: &[f64]) -> Vec<f64> {
    let mut heights = heights.to_vec();
    heights.sort_by(f64::total_cmp);
    let mut best: &[f64] = &[];
    let mut start = 0;
    for end in 0..heights.len() {
        while heights[end] - heights[start] > SAME_PLACE {
            start += 1;
        }
        if end + 1 - start > best.len() {
            best = &heights[start..=end];
        }
    }
    best.to_vec()
}

/// So many lines at the top and at the bottom of a page.
fn edge_lines(page: &[Vec<Line>], edge: usize) -> Vec<(LineKey, &Line)> {
    let mut lines: Vec<(LineKey, &Line)> = page
        .iter()
        .enumerate()
        .flat_map(|(number, column)| {
            column
                .iter()
                .enumerate()
                .map(move |(index, line)| ((number, index), line))
        })
        .collect();
    lines.sort_by(|(_, a), (_, b)| a.baseline.total_cmp(&b.baseline));
    let count = lines.len();
    let is_edge = |index: usize| index < edge || index + edge >= count;
    lines
        .into_iter()
        .enumerate()
        .filter(|(index, _)| is_edge(*index))
        .map(|(_, line)| line)
        .collect()
}

/// What recurs in a line: its text without case, spaces, and the numbers that count pages.
fn key(text: &str) -> String {
    let mut key = String::new();
    for word in text.split_whitespace() {
        let word = word.to_lowercase();
        if is_roman_numeral(&word) {
            key.push('#');
            continue;
        }
        for character in word.chars() {
            match character {
                '0'..='9' if key.ends_with('#') => {}
                '0'..='9' => key.push('#'),
                // Brackets and dashes around page numbers change with no meaning
                '–' | '—' | '-' | '|' | '.' | '•' => {}
                character => key.push(character),
            }
        }
    }
    key
}

fn is_roman_numeral(word: &str) -> bool {
    !word.is_empty()
        && word.len() <= 6
        && word
            .chars()
            .all(|character| matches!(character, 'i' | 'v' | 'x' | 'l'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::geometry::Area;

    fn line(text: &str, baseline: f64) -> Line {
        let area = Area {
            left: 0.0,
            top: baseline - 7.5,
            right: 100.0,
            bottom: baseline + 2.5,
        };
        Line {
            text: text.into(),
            parts: vec![0],
            area,
            baseline,
            size: 10.0,
            is_artifact: false,
        }
    }

    fn page(header: &str, body: &str, footer: &str) -> Vec<Vec<Line>> {
        let mut lines = vec![line(header, 50.0)];
        lines.extend((0..20).map(|number| {
            line(
                &format!("{body} ligne {}", "abcdefghijklmnopqrst".split_at(number).1),
                80.0 + 12.0 * number as f64,
            )
        }));
        lines.push(line(footer, 800.0));
        vec![lines]
    }

    #[test]
    fn headers_and_page_numbers_are_taken_off_and_counted() {
        let mut pages = vec![
            page("Le Sahel au quotidien", "un", "- 1 -"),
            page("Le Sahel au quotidien", "deux", "- 2 -"),
            page("Le Sahel au quotidien", "trois", "- 3 -"),
        ];

        let left_out = take_off(&mut pages);

        assert_eq!(pages[0][0].len(), 20);
        let header = left_out
            .iter()
            .find(|line| line.text == "Le Sahel au quotidien")
            .unwrap();
        assert_eq!((header.pages, header.words), (3, 12));
        assert!(
            left_out
                .iter()
                .any(|line| line.text == "- 1 -" && line.pages == 3)
        );
    }

    #[test]
    fn pages_of_one_pattern_keep_what_they_say() {
        let form = |day: usize, village: &str| {
            let lines = [
                format!("Date : {day} mars 2024"),
                format!("Lieu : {village}"),
                "Morts : 1 civil".into(),
                "Source : témoins".into(),
            ];
            let lines = lines.iter().enumerate();
            vec![
                lines
                    .map(|(at, text)| line(text, 80.0 + 12.0 * at as f64))
                    .collect(),
            ]
        };
        let mut pages: Vec<_> = (1..9).map(|day| form(day, &"abc".repeat(day))).collect();
        assert!(take_off(&mut pages).is_empty());
        assert!(pages.iter().all(|page| page[0].len() == 4));
    }

    #[test]
    fn a_single_page_keeps_its_lines() {
        let mut pages = vec![page("Le Sahel", "un", "1")];

        assert!(take_off(&mut pages).is_empty());
        assert_eq!(pages[0][0].len(), 22);
    }

    #[test]
    fn a_line_marked_as_artifact_needs_two_pages_only() {
        let mut pages: Vec<_> = ["un", "deux", "trois", "quatre", "cinq", "six", "sept"]
            .map(|body| page(body, body, body))
            .into();
        for number in [1, 5] {
            pages[number][0][21] = line("Le Sahel", 800.0);
            pages[number][0][21].is_artifact = true;
        }

        assert_eq!(take_off(&mut pages).len(), 1);
    }
}
