//! The remarks that reading a query collects.

use super::ast::{Note, NoteKind, Span};

/// More remarks than these help nobody.
const MOST: usize = 30;

/// Collects notes, up to a limit.
#[derive(Default)]
pub(super) struct Notes {
    notes: Vec<Note>,
    left_out: usize,
}

impl Notes {
    pub fn add(&mut self, kind: NoteKind, span: Span, message: String) {
        self.push(Note {
            kind,
            message,
            span: Some(span),
        });
    }

    /// A note that is made once, at the first place that calls for it.
    pub fn once(&mut self, kind: NoteKind, span: Span, message: &str) {
        if !self.notes.iter().any(|n| n.kind == kind && n.message == message) {
            self.add(kind, span, message.to_string());
        }
    }

    /// A note on the whole text.
    pub fn general(&mut self, kind: NoteKind, message: String) {
        self.push(Note {
            kind,
            message,
            span: None,
        });
    }

    fn push(&mut self, note: Note) {
        if self.notes.len() < MOST {
            self.notes.push(note)
        } else {
            self.left_out += 1
        }
    }

    /// The notes in the order of the text, those on the whole text first.
    pub fn finish(mut self) -> Vec<Note> {
        self.notes.sort_by_key(|n| n.span.as_ref().map(|s| s.start));
        if self.left_out > 0 {
            let message = format!("{} more notes of this kind are left out.", self.left_out);
            self.notes.push(Note {
                kind: NoteKind::Capped,
                message,
                span: None,
            });
        }
        self.notes
    }
}

/// A piece of the query for a message: shortened, on one line.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut out: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}
