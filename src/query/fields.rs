//! Fields: which names a query knows, and the values of those that filter (facets, `date:`, `source:`).

use super::ast::{DateNode, FacetNode, Node, NoteKind, SourceNode, Span, Value};
use super::dates;
use super::notes::{Notes, excerpt};
use crate::facets::FacetDeclaration;
use crate::french::fold;

/// What a name before a colon means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field<'a> {
    Title,
    Exact,
    Filter(Filter<'a>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter<'a> {
    Date,
    Source,
    Facet { name: &'a str, months: bool },
}

/// What was read after a filter's colon.
pub(super) enum Read {
    /// No value.
    Nothing,
    /// A value that can't be one: text, to this byte. Noted.
    Text(usize),
    Node(Node, usize),
}

/// The fields that a query can name.
pub(super) struct Fields<'a> {
    pub facets: &'a [FacetDeclaration],
}

impl<'a> Fields<'a> {
    /// The field of a typed name; case and accents play no part.
    pub fn named(&self, typed: &str) -> Option<Field<'a>> {
        let typed = fold(typed);
        match typed.as_str() {
            "" => return None,
            "titre" | "title" => return Some(Field::Title),
            "exact" => return Some(Field::Exact),
            "date" => return Some(Field::Filter(Filter::Date)),
            _ => {}
        }
        let facet = self.facets.iter().find(|facet| facet.is_called(&typed));
        // A schema may have no facet of media: then the source is compared as the articles have it.
        let Some(facet) = facet else {
            return (typed == "source").then_some(Field::Filter(Filter::Source));
        };
        Some(Field::Filter(Filter::Facet {
            name: &facet.name,
            months: facet.derive.months,
        }))
    }

    /// All names, for a message.
    pub fn listed(&self) -> String {
        let facets = self.facets.iter().map(|f| f.name.as_str());
        facets
            .chain(["date", "source", "title", "exact"])
            .map(|name| format!("{name}:"))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A value as typed.
#[derive(Debug)]
struct Typed {
    text: String,
    span: Span,
    excluded: bool,
}

impl Typed {
    /// None without a letter or digit; quotation marks can't be part of a value.
    fn new(text: &str, span: Span, excluded: bool) -> Option<Self> {
        let inner = &text[span.clone()];
        let start = span.start + inner.len() - inner.trim_start().len();
        let span = start..start + inner.trim().len();
        let clean: Vec<&str> = inner
            .split(|c: char| c.is_whitespace() || MARKS.contains(&c))
            .filter(|w| !w.is_empty())
            .collect();
        clean
            .iter()
            .any(|w| w.contains(char::is_alphanumeric))
            .then(|| Self {
                text: clean.join(" "),
                span,
                excluded,
            })
    }
}

/// Quotation marks, each with what closes it.
const PAIRS: [(char, char); 5] = [('"', '"'), ('“', '”'), ('«', '»'), ('„', '“'), ('‹', '›')];
const MARKS: [char; 8] = ['"', '“', '”', '„', '«', '»', '‹', '›'];

impl Filter<'_> {
    /// Reads the value after the colon before `value`. `start` is where the field's name begins.
    pub fn read(self, text: &str, start: usize, value: usize, notes: &mut Notes) -> Read {
        let (alternatives, end) = match text[value..].starts_with('(') {
            true => parenthesised(text, value, notes),
            false => self.listed(text, value),
        };
        if alternatives.is_empty() {
            return if text[value..].starts_with('(') {
                self.refuse(text, start, end, notes)
            } else {
                Read::Nothing
            };
        }
        let span = start..end;
        // Alternatives of one value each are one node; what AND and NOT join needs one for each value.
        let simple = alternatives
            .iter()
            .all(|values| matches!(values.as_slice(), [one] if !one.excluded));
        let node = if simple {
            self.node(alternatives.into_iter().flatten().collect(), span, notes)
        } else {
            let conjunctions: Option<Vec<Node>> = alternatives
                .into_iter()
                .map(|values| {
                    let nodes = values.into_iter().map(|value| {
                        let excluded = value.excluded;
                        let node = self.node(vec![value], span.clone(), notes)?;
                        Some(if excluded { Node::not(node) } else { node })
                    });
                    nodes.collect::<Option<Vec<Node>>>().and_then(Node::and)
                })
                .collect();
            conjunctions.and_then(Node::or)
        };
        match node {
            Some(node) => Read::Node(node, end),
            None => self.refuse(text, start, end, notes),
        }
    }

    fn refuse(self, text: &str, start: usize, end: usize, notes: &mut Notes) -> Read {
        let typed = excerpt(&text[start..end]);
        let (kind, message) = match self {
            Self::Date | Self::Facet { months: true, .. } => (
                NoteKind::Date,
                format!(
                    "“{typed}” holds no date that can be read (2024, 2024-03, 2024-03-15); it was read as text."
                ),
            ),
            _ => (
                NoteKind::FieldWithoutValue,
                format!("“{typed}” holds no value; it was read as text."),
            ),
        };
        notes.add(kind, start..end, message);
        Read::Text(end)
    }

    /// Values without spaces or in quotes, separated by commas: alternatives.
    fn listed(self, text: &str, mut at: usize) -> (Vec<Vec<Typed>>, usize) {
        let mut alternatives = Vec::new();
        let mut end = at;
        loop {
            let (inner, after) = self.single(text, at);
            let Some(typed) = Typed::new(text, inner, false) else {
                break;
            };
            alternatives.push(vec![typed]);
            end = after;
            if !text[after..].starts_with(',') {
                break;
            }
            at = after + 1;
        }
        (alternatives, end)
    }

    /// One value: its inside, and where it ends.
    fn single(self, text: &str, at: usize) -> (Span, usize) {
        let rest = &text[at..];
        if let Some(quoted) = quoted(text, at) {
            return quoted;
        }
        if self.is_date()
            && rest.starts_with(['[', '{'])
            && let Some(close) = rest
                .char_indices()
                .take(100)
                .find(|(_, c)| matches!(c, ']' | '}'))
                .map(|(i, _)| i)
        {
            return (at..at + close + 1, at + close + 1);
        }
        let stops = |c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')') || MARKS.contains(&c);
        let length = rest.find(stops).unwrap_or(rest.len());
        let word = &rest[..length];
        // A sentence's punctuation is no part of the value; the points of an open range are.
        let trimmed = match self.is_date() && word.ends_with("..") {
            true => word,
            false => word.trim_end_matches(['.', ';', ':', '!', '?', '…']),
        };
        (at..at + trimmed.len(), at + trimmed.len())
    }

    fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::Facet { months: true, .. })
    }

    /// The node of alternative values. None: one of them should be a date and isn't.
    fn node(self, values: Vec<Typed>, span: Span, notes: &mut Notes) -> Option<Node> {
        match self {
            Self::Source => Some(Node::Source(SourceNode {
                values: values.into_iter().map(plain).collect(),
                span,
            })),
            Self::Facet { name, months: false } => Some(Node::Facet(FacetNode {
                name: name.to_string(),
                values: values.into_iter().map(plain).collect(),
                span,
            })),
            Self::Facet { name, months: true } => {
                let values: Option<Vec<Value>> = values
                    .into_iter()
                    .map(|typed| {
                        if means_undated(&typed.text) {
                            return Some(Value {
                                text: UNDATED.into(),
                                span: typed.span,
                                months: None,
                            });
                        }
                        let months = dates::months(interval(&typed, notes)?);
                        Some(Value {
                            months: Some(months),
                            ..plain(typed)
                        })
                    })
                    .collect();
                Some(Node::Facet(FacetNode {
                    name: name.to_string(),
                    values: values?,
                    span,
                }))
            }
            Self::Date => {
                let nodes = values.into_iter().map(|typed| {
                    let read = interval(&typed, notes)?;
                    Some(Node::Date(DateNode {
                        from: read.from,
                        to: read.to,
                        typed: typed.text,
                        span: span.clone(),
                    }))
                });
                nodes.collect::<Option<Vec<Node>>>().and_then(Node::or)
            }
        }
    }
}

/// The value of a facet of months for articles without a date.
pub(super) const UNDATED: &str = "sans date";

fn means_undated(text: &str) -> bool {
    matches!(
        fold(text).as_str(),
        "sansdate" | "undated" | "nodate" | "inconnu" | "unknown"
    )
}

fn plain(typed: Typed) -> Value {
    Value {
        text: typed.text,
        span: typed.span,
        months: None,
    }
}

fn interval(typed: &Typed, notes: &mut Notes) -> Option<dates::Interval> {
    let read = dates::interval(&typed.text)?;
    if read.turned {
        let message = format!(
            "“{}” ends before it begins; it was read the other way round.",
            excerpt(&typed.text)
        );
        notes.add(NoteKind::Date, typed.span.clone(), message);
    }
    Some(read)
}

/// A quoted value at `at`: its inside, and where it ends.
fn quoted(text: &str, at: usize) -> Option<(Span, usize)> {
    let open = text[at..].chars().next()?;
    let (_, close) = PAIRS.into_iter().find(|(o, _)| *o == open)?;
    let start = at + open.len_utf8();
    // No value is longer; the limit keeps many unpaired marks from each searching the whole text.
    let length = text[start..]
        .char_indices()
        .take(300)
        .find(|(_, c)| *c == close)?
        .0;
    Some((start..start + length, start + length + close.len_utf8()))
}

/// `(Gao OR "Burkina Faso" AND Sahel)`: alternatives of conjunctions, and where the parenthesis ends.
fn parenthesised(text: &str, open: usize, notes: &mut Notes) -> (Vec<Vec<Typed>>, usize) {
    let mut values = Values {
        text,
        alternatives: vec![Vec::new()],
        run: None,
        excluded: false,
    };
    let mut at = open + 1;
    let mut depth = 1;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        if let Some((inner, end)) = quoted(text, at) {
            values.finish();
            values.run = Some(inner);
            values.finish();
            at = end;
            continue;
        }
        match c {
            '(' => {
                values.finish();
                notes.once(
                    NoteKind::Parenthesis,
                    at..next,
                    "Parentheses within a field's value were left out.",
                );
                depth += 1;
            }
            ')' => {
                depth -= 1;
                values.finish();
                if depth == 0 {
                    return (values.done(), next);
                }
            }
            ',' => values.alternative(),
            '-' if values.run.is_none() => values.excluded = true,
            _ if c.is_whitespace() => {}
            _ => {
                at = values.word(at);
                continue;
            }
        }
        at = next;
    }
    notes.add(
        NoteKind::Parenthesis,
        open..open + 1,
        "A parenthesis is never closed; it was read as closing at the end.".to_string(),
    );
    values.finish();
    (values.done(), text.len())
}

/// Values in the making.
struct Values<'a> {
    text: &'a str,
    alternatives: Vec<Vec<Typed>>,
    /// The words of a value so far.
    run: Option<Span>,
    excluded: bool,
}

impl Values<'_> {
    /// Takes the word or operator that begins here; gives where it ends.
    fn word(&mut self, at: usize) -> usize {
        let end = self.text[at..]
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')'))
            .map_or(self.text.len(), |i| at + i);
        match &self.text[at..end] {
            "OR" | "OU" => self.alternative(),
            "AND" | "ET" => self.finish(),
            "NOT" | "SAUF" => {
                self.finish();
                self.excluded = true;
            }
            _ => self.run = Some(self.run.take().map_or(at, |run| run.start)..end),
        }
        end
    }

    fn finish(&mut self) {
        if let Some(run) = self.run.take()
            && let Some(typed) = Typed::new(self.text, run, std::mem::take(&mut self.excluded))
            && let Some(last) = self.alternatives.last_mut()
        {
            last.push(typed);
        }
    }

    fn alternative(&mut self) {
        self.finish();
        self.alternatives.push(Vec::new());
    }

    fn done(self) -> Vec<Vec<Typed>> {
        self.alternatives
            .into_iter()
            .filter(|values| !values.is_empty())
            .collect()
    }
}
