//! Figures of rows against labels.

use super::labels::Label;
use super::pairing::{Row, Verdict, is_fully_right};
use super::training::Prepared;

/// A row from this confidence on is told as sure.
const SURE: f64 = 0.8;

/// Counts that figures are made of.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Counts {
    /// Lines, of them found; main ones, of them found.
    lines: usize,
    found: usize,
    main: usize,
    main_found: usize,
    /// Rows that no line has.
    false_rows: usize,
    counted: usize,
    fully_right: usize,
    sure: usize,
    sure_right: usize,
    /// Lines with a number of dead; given as that number; numbers given.
    tolls: usize,
    tolls_found: usize,
    tolls_given: usize,
    tolls_right: usize,
}

impl Counts {
    /// Adds the rows of an article.
    pub fn add(&mut self, article: &Prepared<'_>, rows: &[Row]) {
        let verdicts = article.verdicts(rows);
        let labels = article.labels.iter().filter(|label| !label.weak);
        for label in labels {
            self.lines += 1;
            self.main += usize::from(label.main);
            self.tolls += usize::from(label.killed.is_some_and(|number| !number.joint));
        }
        for (row, verdict) in rows.iter().zip(verdicts) {
            let is_sure = row.confidence >= SURE;
            let right = match verdict {
                Verdict::Ignored => continue,
                Verdict::Line(line, dated) => {
                    let label = article.labels[line];
                    self.found += 1;
                    self.main_found += usize::from(label.main);
                    self.toll(label, row);
                    is_fully_right(label, row, dated)
                }
                Verdict::False | Verdict::Further => {
                    self.false_rows += 1;
                    false
                }
            };
            self.counted += 1;
            self.fully_right += usize::from(right);
            self.sure += usize::from(is_sure);
            self.sure_right += usize::from(is_sure && right);
        }
    }

    fn toll(&mut self, label: &Label, row: &Row) {
        let Some(n) = row.killed else { return };
        let right = label.killed.is_some_and(|number| number.is(n));
        let is_joint = label.killed.is_some_and(|number| number.joint);
        self.tolls_given += 1;
        self.tolls_right += usize::from(right);
        self.tolls_found += usize::from(right && !is_joint);
    }

    /// Each figure with its name.
    pub fn figures(&self) -> Vec<(&'static str, f64)> {
        let share = |part: usize, whole: usize| {
            if whole == 0 {
                0.0
            } else {
                part as f64 / whole as f64
            }
        };
        let f1 = |p: f64, r: f64| if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
        let main_precision = share(self.main_found, self.main_found + self.false_rows);
        let main_recall = share(self.main_found, self.main);
        let precision = share(self.found, self.found + self.false_rows);
        let recall = share(self.found, self.lines);
        vec![
            ("main_precision", main_precision),
            ("main_recall", main_recall),
            ("main_f1", f1(main_precision, main_recall)),
            ("all_precision", precision),
            ("all_recall", recall),
            ("all_f1", f1(precision, recall)),
            ("fully_right", share(self.fully_right, self.counted)),
            ("sure_right", share(self.sure_right, self.sure)),
            ("sure_share", share(self.sure_right, self.fully_right)),
            ("tolls_recall", share(self.tolls_found, self.tolls)),
            ("tolls_precision", share(self.tolls_right, self.tolls_given)),
        ]
    }
}

/// Rows of a span of confidence: from where on, how many, how sure they were said to be, how many were fully right.
pub fn reliability(articles: &[Prepared<'_>], rows: &[Vec<Row>]) -> Vec<(f64, usize, f64, usize)> {
    let steps = [0.0, 0.2, 0.4, 0.6, 0.8, 0.9];
    let mut table: Vec<(f64, usize, f64, usize)> = steps.iter().map(|from| (*from, 0, 0.0, 0)).collect();
    for (article, rows) in articles.iter().zip(rows) {
        for (row, verdict) in rows.iter().zip(article.verdicts(rows)) {
            let right = match verdict {
                Verdict::Ignored => continue,
                Verdict::Line(line, dated) => is_fully_right(article.labels[line], row, dated),
                _ => false,
            };
            let at = table
                .iter()
                .rposition(|(from, ..)| *from <= row.confidence)
                .unwrap_or(0);
            table[at].1 += 1;
            table[at].2 += row.confidence;
            table[at].3 += usize::from(right);
        }
    }
    table
}
