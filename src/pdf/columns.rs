//! Columns: a page's words parted at the gutters between columns, in reading order.

use super::geometry::Area;
use super::word::{Word, usual_size};

/// A gutter is at least this wide, in ems of the page's usual size.
const MIN_WIDTH: f64 = 0.6;
/// A gutter has at least this many lines on each side.
const MIN_LINES: usize = 4;
/// A gutter narrower than this, in ems, needs more lines: the spaces of a few lines can lie below one another.
const NARROW: f64 = 1.0;
const MIN_LINES_AT_NARROW: usize = 8;
/// Columns of text have at least this many words to a line: fewer is a table, which is read row by row.
const MIN_WORDS_PER_LINE: f64 = 2.2;
/// Words closer than this, in ems of their size, belong to one run.
const RUN_GAP: f64 = 0.4;
/// For so many lines, a run may stand a little into the gutter: one that is set or recognised too wide.
const INTRUDERS_PER_LINES: usize = 5;
/// How often a page may be parted, one part within another.
const MAX_DEPTH: usize = 12;
/// A page of more words than this is no page of text, and isn't searched for gutters.
const MAX_WORDS: usize = 20_000;

/// Parts the words of a page, or of a part of one, into columns in reading order.
pub(super) fn columns(words: Vec<Word>) -> Vec<Vec<Word>> {
    let em = usual_size(&words);
    let mut columns = Vec::new();
    if words.len() > MAX_WORDS {
        columns.push(words);
    } else {
        part(words, em, 0, &mut columns);
    }
    rejoin(columns, em)
}

/// Joins columns that were parted only because a gutter isn't straight, as on a skewed scan: left, right, left
/// further down, right further down.
fn rejoin(mut columns: Vec<Vec<Word>>, em: f64) -> Vec<Vec<Word>> {
    for count in (2..=4).rev() {
        let mut start = 0;
        while start + 2 * count <= columns.len() {
            let goes_on =
                (start..start + count).all(|number| goes_on(&columns[number], &columns[number + count], em));
            if goes_on && stand_in_a_row(&columns[start..start + count]) {
                let below: Vec<Vec<Word>> = columns.drain(start + count..start + 2 * count).collect();
                for (column, below) in columns[start..].iter_mut().zip(below) {
                    column.extend(below);
                }
            } else {
                start += 1;
            }
        }
    }
    columns
}

/// Whether `below` stands right below `column` and is as wide.
fn goes_on(column: &[Word], below: &[Word], em: f64) -> bool {
    let (Some(column), Some(below)) = (area_of(column), area_of(below)) else {
        return false;
    };
    let shared = column.right.min(below.right) - column.left.max(below.left);
    let step = below.top - column.bottom;
    shared > 0.75 * column.width().max(below.width()) && step > -1.5 * em && step < 2.0 * em
}

/// Whether each column stands right of the one before it.
fn stand_in_a_row(columns: &[Vec<Word>]) -> bool {
    let areas: Vec<Area> = columns.iter().filter_map(|column| area_of(column)).collect();
    areas
        .windows(2)
        .all(|pair| pair[0].left + pair[0].right < 2.0 * pair[1].left)
}

fn area_of(words: &[Word]) -> Option<Area> {
    words.iter().map(|word| word.area).reduce(|a, b| a.union(&b))
}

fn part(words: Vec<Word>, em: f64, depth: usize, columns: &mut Vec<Vec<Word>>) {
    let gutter = if depth < MAX_DEPTH && words.len() > 4 * MIN_LINES {
        find_gutter(&words, em)
    } else {
        None
    };
    let Some(gutter) = gutter else {
        if !words.is_empty() {
            columns.push(words);
        }
        return;
    };
    for band in bands(words, &gutter) {
        match band {
            Band::Across(words) => part(words, em, depth + 1, columns),
            Band::Beside(left, right) => {
                part(left, em, depth + 1, columns);
                part(right, em, depth + 1, columns);
            }
        }
    }
}

/// An upright strip that no run of words crosses along some stretches.
struct Gutter {
    left: f64,
    right: f64,
    /// Where it is clear and columns stand beside it, from the top down
    stretches: Vec<Stretch>,
}

#[derive(Clone, Copy)]
struct Stretch {
    top: f64,
    bottom: f64,
}

/// The gutter with the most lines beside it.
fn find_gutter(words: &[Word], em: f64) -> Option<Gutter> {
    let whole = area_of(words)?;
    let width = MIN_WIDTH * em;
    let mut from_top = runs(words, em);
    from_top.sort_by(|a, b| a.area.middle().total_cmp(&b.area.middle()));

    let mut best: Option<(usize, Gutter)> = None;
    // A gutter can be moved to the right until it meets text: so it ends where a run starts.
    for right in starts_of_runs(&from_top, em) {
        let left = right - width;
        if left < whole.left + 3.0 * em || right > whole.right - 3.0 * em {
            continue;
        }
        for lenient in [true, false] {
            let (lines, stretches) = clear_stretches(&from_top, left, right, em, lenient);
            if lines > best.as_ref().map_or(0, |(most, _)| *most) {
                best = Some((
                    lines,
                    Gutter {
                        left,
                        right,
                        stretches,
                    },
                ));
            }
        }
    }
    best.map(|(_, gutter)| gutter)
}

/// Words of one line with no more than spaces between them. A gutter never goes through one, even where the
/// spaces of several lines happen to lie below one another.
struct Run {
    area: Area,
    baseline: f64,
    words: usize,
    has_letters: bool,
}

fn runs(words: &[Word], em: f64) -> Vec<Run> {
    let mut by_height: Vec<&Word> = words.iter().collect();
    by_height.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut runs: Vec<Run> = Vec::new();
    let mut rest = &by_height[..];
    while let Some(first) = rest.first() {
        let (row, below) =
            rest.split_at(rest.partition_point(|word| word.baseline <= first.baseline + 0.3 * em));
        rest = below;
        let mut row = row.to_vec();
        row.sort_by(|a, b| a.area.left.total_cmp(&b.area.left));
        let mut last: Option<&Word> = None;
        for word in row {
            let follows = last
                .is_some_and(|last| word.area.left - last.area.right < RUN_GAP * word.size.min(last.size));
            match runs.last_mut() {
                Some(run) if follows => {
                    run.area = run.area.union(&word.area);
                    run.words += 1;
                    run.has_letters |= has_letters(word);
                }
                _ => runs.push(Run {
                    area: word.area,
                    baseline: word.baseline,
                    words: 1,
                    has_letters: has_letters(word),
                }),
            }
            last = Some(word);
        }
    }
    runs
}

fn has_letters(word: &Word) -> bool {
    word.text.contains(char::is_alphanumeric)
}

/// Where runs start that several others start below or above: the left edges of columns, roughly.
fn starts_of_runs(runs: &[Run], em: f64) -> Vec<f64> {
    let mut starts: Vec<f64> = runs.iter().map(|run| run.area.left).collect();
    starts.sort_by(f64::total_cmp);
    let mut edges = Vec::new();
    let mut first = 0;
    while first < starts.len() {
        let end = starts
            .partition_point(|start| *start <= starts[first] + 0.1 * em)
            .max(first + 1);
        if end - first >= 2 {
            edges.push(starts[first] - 0.01 * em);
        }
        first = end;
    }
    edges
}

/// The stretches that no run crosses and that have columns of text beside them, and how many lines.
/// If `lenient`, some runs may stand a little into the gutter.
fn clear_stretches(from_top: &[Run], left: f64, right: f64, em: f64, lenient: bool) -> (usize, Vec<Stretch>) {
    let mut lines = 0;
    let mut stretches = Vec::new();
    let mut beside: Vec<&Run> = Vec::new();
    let mut intruders = 0;
    let mut finish = |beside: &mut Vec<&Run>, intruders: &mut usize| {
        if let Some((count, stretch)) = columns_beside(beside, (left + right) / 2.0, em)
            && *intruders <= count / INTRUDERS_PER_LINES
        {
            lines += count;
            stretches.push(stretch);
        }
        beside.clear();
        *intruders = 0;
    };
    for run in from_top {
        let within = run.area.right.min(right) - run.area.left.max(left);
        if within <= 0.0 || !run.has_letters {
            beside.push(run);
        } else if lenient && within < 0.6 * (right - left) {
            beside.push(run);
            intruders += 1;
        } else {
            finish(&mut beside, &mut intruders);
        }
    }
    finish(&mut beside, &mut intruders);
    (lines, stretches)
}

/// Whether the runs left and right of a gutter are two columns of text; how many lines the shorter one has.
fn columns_beside(runs: &[&Run], middle: f64, em: f64) -> Option<(usize, Stretch)> {
    if runs.len() < 2 * MIN_LINES {
        return None;
    }
    let (right_runs, left_runs): (Vec<&Run>, Vec<&Run>) = runs
        .iter()
        .copied()
        .partition(|run| run.area.left + run.area.right > 2.0 * middle);
    let left = Side::of(&left_runs, em)?;
    let right = Side::of(&right_runs, em)?;
    if !left.is_text() || !right.is_text() {
        return None;
    }
    let lines = left.lines.min(right.lines);
    if lines < MIN_LINES_AT_NARROW && right.left_edge - left.right_edge < NARROW * em {
        return None;
    }
    // Both must be there at the same height, not one above the other.
    let together = left.area.bottom.min(right.area.bottom) - left.area.top.max(right.area.top);
    if together < 3.0 * em {
        return None;
    }
    let area = left.area.union(&right.area);
    Some((
        lines,
        Stretch {
            top: area.top,
            bottom: area.bottom,
        },
    ))
}

/// What stands on one side of a gutter.
struct Side {
    area: Area,
    /// The edges that most lines keep to: a page number or a caption beside the column is no part of it
    left_edge: f64,
    right_edge: f64,
    lines: usize,
    words: usize,
    /// The part of the side's width that its usual line fills
    fill: f64,
}

impl Side {
    fn of(runs: &[&Run], em: f64) -> Option<Self> {
        let area = runs.iter().map(|run| run.area).reduce(|a, b| a.union(&b))?;
        let lines = line_areas(runs, em);
        let words = runs.iter().map(|run| run.words).sum();
        let sorted = |of: fn(&Area) -> f64| {
            let mut values: Vec<f64> = lines.iter().map(of).collect();
            values.sort_by(f64::total_cmp);
            values
        };
        let at = |values: &[f64], tenths: usize| {
            values
                .get(values.len() * tenths / 10)
                .copied()
                .unwrap_or_default()
        };
        let (left_edge, right_edge) = (
            at(&sorted(|line| line.left), 2),
            at(&sorted(|line| line.right), 8),
        );
        let fill = at(&sorted(Area::width), 6) / (right_edge - left_edge).max(1.0);
        Some(Self {
            area,
            left_edge,
            right_edge,
            lines: lines.len(),
            words,
            fill,
        })
    }

    /// Whether this is running text and not the cells of a table.
    fn is_text(&self) -> bool {
        self.lines >= MIN_LINES
            && self.words as f64 / self.lines as f64 >= MIN_WORDS_PER_LINE
            && self.fill >= 0.5
    }
}

/// The areas of the lines that runs make.
fn line_areas(runs: &[&Run], em: f64) -> Vec<Area> {
    let mut by_height = runs.to_vec();
    by_height.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut lines: Vec<(f64, Area)> = Vec::new();
    for run in by_height {
        match lines.last_mut() {
            Some((baseline, area)) if run.baseline - *baseline < 0.5 * em => *area = area.union(&run.area),
            _ => lines.push((run.baseline, run.area)),
        }
    }
    lines.into_iter().map(|(_, area)| area).collect()
}

/// A part of a page that a gutter divides, from the top down.
enum Band {
    /// Where the gutter isn't clear
    Across(Vec<Word>),
    /// The words left of the gutter and those right of it
    Beside(Vec<Word>, Vec<Word>),
}

fn bands(words: Vec<Word>, gutter: &Gutter) -> Vec<Band> {
    let count = gutter.stretches.len();
    let mut across: Vec<Vec<Word>> = vec![Vec::new(); count + 1];
    let mut beside: Vec<(Vec<Word>, Vec<Word>)> = vec![(Vec::new(), Vec::new()); count];
    let middle = (gutter.left + gutter.right) / 2.0;
    for word in words {
        let height = word.area.middle();
        let number = gutter
            .stretches
            .partition_point(|stretch| stretch.bottom < height);
        match gutter.stretches.get(number) {
            Some(stretch) if stretch.top <= height => {
                let (left, right) = &mut beside[number];
                if (word.area.left + word.area.right) / 2.0 < middle {
                    left.push(word)
                } else {
                    right.push(word)
                }
            }
            _ => across[number].push(word),
        }
    }
    let mut bands = Vec::new();
    let mut beside = beside.into_iter();
    for words in across {
        if !words.is_empty() {
            bands.push(Band::Across(words));
        }
        bands.extend(beside.next().map(|(left, right)| Band::Beside(left, right)));
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of four words, from `left`, 10 points high
    fn block(name: &str, left: f64, top: f64, lines: usize) -> Vec<Word> {
        let mut words = Vec::new();
        for line in 0..lines {
            for column in 0..4 {
                let left = left + 50.0 * f64::from(column);
                let baseline = top + 12.0 * line as f64;
                let area = Area {
                    left,
                    top: baseline - 7.5,
                    right: left + 47.0,
                    bottom: baseline + 2.5,
                };
                let text = format!("{name}{line}.{column}");
                words.push(Word {
                    text,
                    area,
                    baseline,
                    size: 10.0,
                    is_artifact: false,
                });
            }
        }
        words
    }

    fn first_words(words: Vec<Word>) -> Vec<String> {
        columns(words)
            .iter()
            .map(|column| column[0].text.clone())
            .collect()
    }

    #[test]
    fn two_columns_are_read_one_after_the_other() {
        let words = [block("right", 220.0, 100.0, 10), block("left", 0.0, 100.0, 10)].concat();

        assert_eq!(first_words(words), ["left0.0", "right0.0"]);
    }

    #[test]
    fn a_heading_across_comes_before_both_columns() {
        let mut heading = block("heading", 60.0, 80.0, 1);
        heading[0].area.right = 300.0;
        let words = [
            block("right", 220.0, 100.0, 10),
            block("left", 0.0, 100.0, 10),
            heading,
        ]
        .concat();

        assert_eq!(first_words(words), ["heading0.0", "left0.0", "right0.0"]);
    }

    #[test]
    fn one_column_stays_whole() {
        assert_eq!(first_words(block("only", 0.0, 100.0, 30)), ["only0.0"]);
    }

    #[test]
    fn a_gutter_that_leans_parts_columns_once() {
        let mut words = Vec::new();
        for line in 0..48 {
            let lean = f64::from(line) * 0.2;
            words.extend(block(
                &format!("left{line}."),
                lean,
                100.0 + 12.0 * f64::from(line),
                1,
            ));
            words.extend(block(
                &format!("right{line}."),
                206.0 + lean,
                100.0 + 12.0 * f64::from(line),
                1,
            ));
        }

        let texts = first_words(words);

        assert_eq!(texts, ["left0.0.0", "right0.0.0"]);
    }

    #[test]
    fn a_table_is_not_parted() {
        let cells =
            |left: f64| -> Vec<Word> { block("cell", left, 100.0, 10).into_iter().step_by(4).collect() };

        assert_eq!(
            columns([cells(0.0), cells(100.0), cells(200.0)].concat()).len(),
            1
        );
    }
}
