//! Paragraphs: lines of a column that run on.

use super::hyphen::Hyphens;
use super::line::Line;

/// A paragraph whose lines are joined, and the size of its first line.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub text: String,
    /// Whether its last line fills the column, so that it can run on in the next one
    pub runs_on: bool,
}

/// The paragraphs of a column.
pub(super) fn paragraphs(lines: &[Line], hyphens: &Hyphens) -> Vec<Paragraph> {
    let Some(shape) = ParagraphShape::of(lines) else {
        return Vec::new();
    };
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut last: Option<&Line> = None;
    for line in lines {
        let runs_on = last.is_some_and(|last| !shape.parts(last, line));
        match paragraphs.last_mut() {
            Some(paragraph) if runs_on => hyphens.append(&mut paragraph.text, &line.text),
            _ => paragraphs.push(Paragraph {
                text: line.text.clone(),
                runs_on: false,
            }),
        }
        if let Some(paragraph) = paragraphs.last_mut() {
            paragraph.runs_on = shape.fills(line) && !ends_sentence(&line.text);
        }
        last = Some(line);
    }
    paragraphs
}

/// How the lines of a column usually stand.
struct ParagraphShape {
    left: f64,
    right: f64,
    /// From one baseline to the next
    pitch: f64,
}

impl ParagraphShape {
    fn of(lines: &[Line]) -> Option<Self> {
        let area = lines.iter().map(|line| line.area).reduce(|a, b| a.union(&b))?;
        let mut steps: Vec<f64> = lines
            .windows(2)
            .map(|pair| pair[1].baseline - pair[0].baseline)
            .zip(lines)
            .filter(|(step, line)| *step > 0.5 * line.size && *step < 2.5 * line.size)
            .map(|(step, _)| step)
            .collect();
        steps.sort_by(f64::total_cmp);
        // Lines of one paragraph are the closer ones: below the middle rather than the middle itself.
        let pitch = steps
            .get(steps.len() * 4 / 10)
            .copied()
            .unwrap_or(1.2 * lines.first()?.size);
        let mut lefts: Vec<f64> = lines.iter().map(|line| line.area.left).collect();
        lefts.sort_by(f64::total_cmp);
        let left = lefts.get(lefts.len() / 4).copied().unwrap_or(area.left);
        Some(Self {
            left,
            right: area.right,
            pitch,
        })
    }

    /// Whether the line reaches the right edge of the column, short of a word.
    fn fills(&self, line: &Line) -> bool {
        line.area.right > self.right - (0.15 * (self.right - self.left)).max(4.0 * line.size)
    }

    /// Whether `line` starts a new paragraph after `last`.
    fn parts(&self, last: &Line, line: &Line) -> bool {
        let step = line.baseline - last.baseline;
        let pitch = self.pitch.max(last.size.min(line.size));
        let (small, large) = (last.size.min(line.size), last.size.max(line.size));
        if step > 1.4 * pitch || step < 0.0 || small < 0.85 * large || starts_item(&line.text) {
            return true;
        }
        let starts_small = line.text.starts_with(char::is_lowercase);
        let indented =
            line.area.left > self.left + 0.8 * line.size && line.area.left > last.area.left + 0.8 * line.size;
        if indented && !starts_small && (ends_sentence(&last.text) || !self.fills(last)) {
            return true;
        }
        !self.fills(last) && !starts_small && !ends_with_hyphen(&last.text)
    }
}

fn starts_item(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next();
    matches!(
        first,
        Some('•' | '▪' | '■' | '●' | '○' | '‣' | '◦' | '➢' | '✓' | '□')
    ) || matches!(first, Some('-' | '–' | '—') if characters.next() == Some(' '))
}

fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['»', '”', '"', ')', ' ', '\u{A0}', '\u{202F}']);
    end.ends_with(['.', '!', '?', '…', ':'])
}

fn ends_with_hyphen(text: &str) -> bool {
    text.ends_with(['-', '\u{AD}', '\u{2010}'])
}

/// Joins the paragraphs of all columns of a page: one that breaks off at the end of a column runs on in the
/// next.
pub(super) fn join_columns(columns: Vec<Vec<Paragraph>>, hyphens: &Hyphens) -> Vec<String> {
    let mut joined: Vec<Paragraph> = Vec::new();
    for column in columns {
        for (number, paragraph) in column.into_iter().enumerate() {
            let starts_small = paragraph.text.starts_with(char::is_lowercase);
            match joined.last_mut() {
                Some(last) if number == 0 && last.runs_on && starts_small => {
                    hyphens.append(&mut last.text, &paragraph.text);
                    last.runs_on = paragraph.runs_on;
                }
                _ => joined.push(paragraph),
            }
        }
    }
    joined.into_iter().map(|paragraph| paragraph.text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::geometry::Area;

    fn line(text: &str, left: f64, right: f64, baseline: f64) -> Line {
        let area = Area {
            left,
            top: baseline - 7.5,
            right,
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

    fn texts(lines: &[Line]) -> Vec<String> {
        paragraphs(lines, &Hyphens::default())
            .into_iter()
            .map(|paragraph| paragraph.text)
            .collect()
    }

    #[test]
    fn lines_run_on_until_a_gap() {
        let lines = [
            line("Le gouvernement a annon-", 0.0, 200.0, 100.0),
            line("cé mardi la reprise du", 0.0, 200.0, 112.0),
            line("dialogue.", 0.0, 60.0, 124.0),
            line("Autre paragraphe.", 0.0, 90.0, 148.0),
        ];

        assert_eq!(
            texts(&lines),
            [
                "Le gouvernement a annoncé mardi la reprise du dialogue.",
                "Autre paragraphe."
            ]
        );
    }

    #[test]
    fn an_indented_line_starts_a_paragraph() {
        let lines = [
            line("Première phrase qui finit au bout.", 0.0, 200.0, 100.0),
            line("Deuxième alinéa qui est rentré", 12.0, 200.0, 112.0),
            line("et continue ainsi.", 0.0, 90.0, 124.0),
        ];

        assert_eq!(texts(&lines).len(), 2);
    }

    #[test]
    fn items_of_a_list_stand_alone() {
        let lines = [line("• un", 0.0, 30.0, 100.0), line("• deux", 0.0, 30.0, 112.0)];

        assert_eq!(texts(&lines), ["• un", "• deux"]);
    }
}
