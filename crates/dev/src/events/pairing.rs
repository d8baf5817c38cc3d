//! Rows paired to labelled lines, one to one: the best place and date first.

use super::labels::Label;
use griot::date::{Edtf, PartialDate, UncertainDate};
use std::collections::{BTreeMap, BTreeSet};

/// A row as it is compared.
#[derive(Debug, Clone)]
pub struct Row {
    pub date: Option<Edtf>,
    pub place: String,
    /// "Mali/Gao", "Mali"; empty for names that the gazetteer lacks.
    pub region: String,
    pub killed: Option<i64>,
    pub confidence: f64,
    pub features: griot::events::Features,
    /// Bytes of the text that tell of it.
    pub passage: std::ops::Range<usize>,
}

/// How the date of a row and that of its line compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dated {
    Exact,
    /// The row's lies in the line's.
    Within,
    Coarser,
    Shifted,
    YearAdded,
    LineUndated,
    RowUndated,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Paired to a line.
    Line(usize, Dated),
    /// Goes with a line that counts neither way.
    Ignored,
    /// A further row of a line that has one.
    Further,
    False,
}

/// Days that dates of a line and a row may differ.
const SLACK: i64 = 1;

/// A date of a label.
pub fn parse(text: &str) -> Option<Edtf> {
    let one = |part: &str| -> Option<UncertainDate> {
        let part = part.trim_end_matches(['~', '?', '%']);
        let mut numbers = part.split('-');
        let year = match numbers.next()? {
            "XXXX" => None,
            year => Some(year.parse().ok()?),
        };
        let mut small = || numbers.next().and_then(|n| n.parse::<u8>().ok());
        let month = small();
        let day = month.and_then(|_| small());
        Some(UncertainDate { year, month, day })
    };
    match text.split_once('/') {
        Some((first, "" | "..")) => Some(one(first)?.into()),
        Some((first, last)) => Some(Edtf::between(one(first)?, one(last)?)),
        None => Some(one(text)?.into()),
    }
}

/// Letters and digits of a name, in lower case and without accents.
pub fn fold(name: &str) -> String {
    griot::french::fold(name)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

/// How the dates compare, and by how many days they differ; none if they can't be one event's.
fn compare(line: Option<&Edtf>, row: Option<&Edtf>) -> Option<(Dated, i64)> {
    let (line, row) = match (line, row) {
        (None, None) => return Some((Dated::Exact, 0)),
        (None, Some(_)) => return Some((Dated::LineUndated, 0)),
        (Some(_), None) => return Some((Dated::RowUndated, 0)),
        (Some(line), Some(row)) => (line, row),
    };
    let written = [line, row]
        .into_iter()
        .flat_map(|date| [date.first.year, date.end().year]);
    let mut years: BTreeSet<i16> = written.flatten().collect();
    if years.is_empty() {
        years.insert(2000);
    }
    let in_year = |year: i16| {
        let (one, two) = (line.interval_in(year)?, row.interval_in(year)?);
        let is_short = (one.1 - one.0).max(two.1 - two.0) < 3;
        let slack = if is_short { SLACK } else { 0 };
        if two.1 < one.0 - slack || one.1 + slack < two.0 {
            return None;
        }
        let dated = match () {
            () if line.is_yearless() && !row.is_yearless() => Dated::YearAdded,
            () if row.is_yearless() && !line.is_yearless() => Dated::Coarser,
            () if one == two => Dated::Exact,
            () if one.0 <= two.0 && two.1 <= one.1 => Dated::Within,
            () if two.0 <= one.0 && one.1 <= two.1 => Dated::Coarser,
            () => Dated::Shifted,
        };
        Some((dated, (two.0 - one.0).abs() + (two.1 - one.1).abs()))
    };
    years
        .into_iter()
        .filter_map(in_year)
        .min_by_key(|(_, apart)| *apart)
}

/// How well the places go together; 0 if they don't. `others`: names of the article's other lines.
fn place(line: &Label, row: &Row, others: &BTreeSet<String>) -> f64 {
    let name = fold(&row.place);
    let is = |other: &String| !name.is_empty() && fold(other) == name;
    if line.place.as_ref().is_some_and(is) {
        return 3.0;
    }
    if line.other_names.iter().any(is) {
        return 2.0;
    }
    if line.place.is_some() || others.contains(&name) {
        return 0.0;
    }
    if !line.regions.is_empty() {
        return if line.regions.contains(&row.region) {
            1.0
        } else {
            0.0
        };
    }
    match (&line.date, &row.date) {
        (Some(_), Some(_)) => 0.5,
        (None, None) if name.is_empty() && row.region.is_empty() => 0.5,
        _ => 0.0,
    }
}

/// What became of each row of an article, in their order. `labels` are the article's, and numbers of lines are
/// places among them.
pub fn pair(labels: &[&Label], rows: &[&Row]) -> Vec<Verdict> {
    let names: Vec<BTreeSet<String>> = labels
        .iter()
        .map(|label| {
            label
                .place
                .iter()
                .chain(&label.other_names)
                .map(|name| fold(name))
                .collect()
        })
        .collect();
    let mut weights: BTreeMap<(usize, usize), (f64, Dated)> = BTreeMap::new();
    for (i, label) in labels.iter().enumerate() {
        let others: BTreeSet<String> = names
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != i)
            .flat_map(|(_, names)| names.iter().cloned())
            .collect();
        let date = label.date.as_deref().and_then(parse);
        for (j, row) in rows.iter().enumerate() {
            let Some((dated, apart)) = compare(date.as_ref(), row.date.as_ref()) else {
                continue;
            };
            let place = place(label, row, &others);
            if place == 0.0 {
                continue;
            }
            let mut weight = 10.0 * place + 5.0 - apart.min(60) as f64 / 20.0;
            if matches!(dated, Dated::LineUndated | Dated::RowUndated) {
                weight -= 3.0;
            }
            if label.weak {
                weight -= 4.0;
            }
            let right = label
                .killed
                .map_or(row.killed.is_none(), |k| row.killed.is_some_and(|n| k.is(n)));
            weights.insert((i, j), (weight + if right { 0.01 } else { 0.0 }, dated));
        }
    }
    let paired = best(&weights, labels.len(), rows.len());
    let verdict = |j: usize| match paired.get(&j) {
        Some(i) if labels[*i].weak => Verdict::Ignored,
        Some(i) => Verdict::Line(*i, weights[&(*i, j)].1),
        None => {
            let mut fits = (0..labels.len())
                .filter(|i| weights.contains_key(&(*i, j)))
                .map(|i| labels[i].weak);
            match fits.next() {
                None => Verdict::False,
                Some(first) if first && fits.all(|is_weak| is_weak) => Verdict::Ignored,
                Some(_) => Verdict::Further,
            }
        }
    };
    (0..rows.len()).map(verdict).collect()
}

/// The best pairing (Hungarian method): the line of each row that has one.
fn best(
    weights: &BTreeMap<(usize, usize), (f64, Dated)>,
    lines: usize,
    rows: usize,
) -> BTreeMap<usize, usize> {
    let size = lines.max(rows);
    let cost = |i: usize, j: usize| -weights.get(&(i, j)).map_or(0.0, |(weight, _)| *weight);
    let (mut u, mut v) = (vec![0.0; size + 1], vec![0.0; size + 1]);
    let (mut matched, mut way) = (vec![0; size + 1], vec![0; size + 1]);
    for i in 1..=size {
        matched[0] = i;
        let mut column = 0;
        let (mut low, mut used) = (vec![f64::INFINITY; size + 1], vec![false; size + 1]);
        loop {
            used[column] = true;
            let (row, mut delta, mut next) = (matched[column], f64::INFINITY, 0);
            for j in (1..=size).filter(|j| !used[*j]) {
                let reduced = cost(row - 1, j - 1) - u[row] - v[j];
                if reduced < low[j] {
                    (low[j], way[j]) = (reduced, column);
                }
                if low[j] < delta {
                    (delta, next) = (low[j], j);
                }
            }
            for j in 0..=size {
                if used[j] {
                    u[matched[j]] += delta;
                    v[j] -= delta;
                } else {
                    low[j] -= delta;
                }
            }
            column = next;
            if matched[column] == 0 {
                break;
            }
        }
        while column != 0 {
            matched[column] = matched[way[column]];
            column = way[column];
        }
    }
    let pairs = (1..=size).map(|j| (j - 1, matched[j].saturating_sub(1)));
    pairs.filter(|(j, i)| weights.contains_key(&(*i, *j))).collect()
}

/// Whether a row that is paired to a line is dated as the line and gives no wrong number of dead.
pub fn is_fully_right(label: &Label, row: &Row, dated: Dated) -> bool {
    let is_dated = matches!(dated, Dated::Exact | Dated::Within);
    let dead = match (label.killed, row.killed) {
        (Some(number), Some(n)) => number.joint || number.is(n),
        _ => true,
    };
    is_dated && dead
}

/// The region of a path: its first two levels.
pub fn region_of(path: &str) -> String {
    path.split('/').take(2).collect::<Vec<_>>().join("/")
}

/// A date of a page, as far as it is one.
pub fn page_date(text: &str) -> Option<PartialDate> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(place: &str, date: &str) -> Label {
        Label {
            article: "a".into(),
            event: String::new(),
            main: true,
            weak: false,
            date: (!date.is_empty()).then(|| date.into()),
            place: Some(place.into()),
            other_names: Vec::new(),
            regions: Vec::new(),
            killed: None,
            evidence: None,
        }
    }

    fn row(place: &str, date: &str) -> Row {
        Row {
            date: parse(date),
            place: place.into(),
            region: String::new(),
            killed: None,
            confidence: 0.5,
            features: griot::events::Features::default(),
            passage: 0..0,
        }
    }

    #[test]
    fn rows_are_paired_one_to_one() {
        let lines = [line("Djibo", "2024-03-16"), line("Gao", "XXXX-05-19")];
        let rows = [
            row("djibo", "2024-03-17"),
            row("Djibo", "2024-03-16"),
            row("Gao", "2023-05-19"),
            row("Mopti", "2024"),
        ];
        let verdicts = pair(
            &lines.iter().collect::<Vec<_>>(),
            &rows.iter().collect::<Vec<_>>(),
        );
        assert_eq!(
            verdicts,
            [
                Verdict::Further,
                Verdict::Line(0, Dated::Exact),
                Verdict::Line(1, Dated::YearAdded),
                Verdict::False
            ]
        );
    }
}
