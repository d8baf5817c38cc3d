//! The lexer: the query's text into lexemes. It decides by spelling alone what could be an operator, a
//! prefix, a quotation, a field; the parser decides what is one. Every byte is looked at a bounded number of
//! times.

use super::ast::{NoteKind, Span};
use super::fields::{Field, Fields, Read};
use super::notes::{Notes, excerpt};
use crate::french::fold;

/// The window of a bare `NEAR`.
const NEAR_WINDOW: u32 = 10;
/// The widest window of NEAR and the largest slop of a phrase.
pub(super) const MAX_WINDOW: u32 = 1000;

/// Pronouns and particles that a missing hyphen or a space leaves after ` -` ("est -il"): no exclusions.
const CLITICS: [&str; 21] = [
    "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "ci", "la", "moi", "toi", "lui",
    "leur", "le", "les", "y", "t", "en",
];

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lexeme {
    pub kind: Kind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// Typed text up to a space: words, perhaps a pattern, perhaps punctuation only.
    Text,
    Open,
    Close,
    /// Directly before what it applies to, as are [`Kind::Minus`], [`Kind::Exact`] and [`Kind::Title`].
    Plus,
    Minus,
    Exact,
    Title,
    /// A quotation; `inner` is what stands between the marks.
    Quote {
        inner: Span,
        slop: u32,
    },
    /// A filter, read: facet, date or source.
    Filter(super::ast::Node),
    Operator(Operator),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Not,
    Near(u32),
}

/// The closing marks of an opening quotation mark. People and keyboards mix them. None of them is an
/// apostrophe.
fn closers(open: char) -> Option<&'static [char]> {
    Some(match open {
        '"' => &['"', '”'],
        '“' | '”' => &['”', '“', '"'],
        '„' => &['“', '”', '"'],
        '«' => &['»'],
        '‹' => &['›'],
        _ => return None,
    })
}

fn is_quote(c: char) -> bool {
    closers(c).is_some() || matches!(c, '»' | '›')
}

/// Whether a typed word is a web address, in which nothing is an operator.
pub(super) fn is_address(word: &str) -> bool {
    let begins = |prefix: &str| {
        word.get(..prefix.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    };
    begins("http://") || begins("https://") || begins("www.") && word.len() > 4
}

/// What stands before the place that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A space, an opening parenthesis, or nothing.
    Space,
    /// `+`, `-`, `=`, `titre:` …
    Prefix,
    /// The end of a quotation or group.
    Closed,
}

/// Splits `text` into lexemes.
pub(super) fn lex(text: &str, fields: &Fields<'_>, notes: &mut Notes) -> Vec<Lexeme> {
    let mut lexer = Lexer {
        text,
        fields,
        notes,
        at: 0,
        before: Before::Space,
        open: Vec::new(),
        unpaired: Vec::new(),
        out: Vec::new(),
    };
    while lexer.step() {}
    if let Some(first) = lexer.open.first().cloned() {
        let number = lexer.open.len();
        let message = match number {
            1 => "A parenthesis is never closed; it was read as closing at the end.".to_string(),
            _ => format!("{number} parentheses are never closed; they were read as closing at the end."),
        };
        let end = text.len();
        lexer.out.extend((0..number).map(|_| Lexeme {
            kind: Kind::Close,
            span: end..end,
        }));
        lexer.notes.add(NoteKind::Parenthesis, first, message);
    }
    lexer.out
}

struct Lexer<'a> {
    text: &'a str,
    fields: &'a Fields<'a>,
    notes: &'a mut Notes,
    at: usize,
    before: Before,
    /// Where groups were opened that aren't closed yet.
    open: Vec<Span>,
    /// Opening quotation marks that have no partner in the rest of the text, so that it is searched once.
    unpaired: Vec<char>,
    out: Vec<Lexeme>,
}

impl Lexer<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn push(&mut self, kind: Kind, end: usize, before: Before) {
        self.out.push(Lexeme {
            kind,
            span: self.at..end,
        });
        self.at = end;
        self.before = before;
    }

    /// Reads one lexeme or a space; false at the end.
    fn step(&mut self) -> bool {
        let Some(c) = self.char_at(self.at) else {
            return false;
        };
        let next = self.at + c.len_utf8();
        if c.is_whitespace() {
            self.at = next;
            self.before = Before::Space;
        } else if c == '(' && (self.before != Before::Closed || !self.closes_within_word(self.at)) {
            self.open.push(self.at..next);
            self.push(Kind::Open, next, Before::Space);
        } else if c == ')' && self.open.pop().is_some() {
            self.push(Kind::Close, next, Before::Closed);
        } else if let Some((inner, end)) = self.quotation(self.at) {
            let (slop, end) = self.slop(end);
            self.push(Kind::Quote { inner, slop }, end, Before::Closed);
        } else if self.before == Before::Space
            && (c == '+' || c == '-')
            && self.begins_operand(next)
            && !self.is_clitic(c, next)
        {
            self.push(
                if c == '+' { Kind::Plus } else { Kind::Minus },
                next,
                Before::Prefix,
            );
        } else if self.before == Before::Space && c == '!' && self.begins_operand(next) {
            self.foreign(self.at..next, "“!” was read as NOT.");
            self.push(Kind::Minus, next, Before::Prefix);
        } else if let Some(end) = self.weight(self.at) {
            self.at = end;
        } else if let Some(end) = self.least(self.at) {
            self.at = end;
        } else if self.before != Before::Closed && c == '=' && self.begins_word(next) {
            self.push(Kind::Exact, next, Before::Prefix);
        } else if self.before == Before::Closed || !self.field() {
            self.unit();
        }
        true
    }

    /// A note on what other tools write.
    fn foreign(&mut self, span: Span, message: &str) {
        self.notes.once(NoteKind::OtherTool, span, message);
    }

    /// Where a weight (`^2`) right after a word, a quotation or a group ends, if there is one: it is left out.
    fn weight(&mut self, at: usize) -> Option<usize> {
        let rest = self.text[at..].strip_prefix('^')?;
        let length = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let end = at + 1 + length;
        let ends = self.char_at(end).is_none_or(|c| c.is_whitespace() || c == ')');
        if self.before != Before::Closed || length == 0 || !ends {
            return None;
        }
        self.foreign(
            at..end,
            "Words can't be weighted here: “^” and the number after it were left out.",
        );
        Some(end)
    }

    /// Where `atleast3` before a group ends, as Factiva and Nexis have it, if that stands at `at`: it is left out.
    fn least(&mut self, at: usize) -> Option<usize> {
        const NAME: &str = "atleast";
        let rest = &self.text[at..];
        let name = rest.get(..NAME.len())?;
        let digits = rest[NAME.len()..].bytes().take_while(u8::is_ascii_digit).count();
        let end = at + NAME.len() + digits;
        let is_one = name.eq_ignore_ascii_case(NAME) && digits > 0 && self.char_at(end) == Some('(');
        if self.before == Before::Closed || !is_one {
            return None;
        }
        let message = format!(
            "How often a word must stand can't be asked: “{}” was left out.",
            excerpt(&self.text[at..end])
        );
        self.foreign(at..end, &message);
        Some(end)
    }

    /// The inside of the quotation that opens at `at`, and its end.
    fn quotation(&mut self, at: usize) -> Option<(Span, usize)> {
        let open = self.char_at(at)?;
        let closers = closers(open)?;
        if self.unpaired.contains(&open) {
            return None;
        }
        let start = at + open.len_utf8();
        match self.text[start..]
            .char_indices()
            .find(|(_, c)| closers.contains(c))
        {
            Some((length, close)) => Some((start..start + length, start + length + close.len_utf8())),
            None => {
                self.unpaired.push(open);
                None
            }
        }
    }

    /// `~5` right after a quotation.
    fn slop(&mut self, at: usize) -> (u32, usize) {
        let Some(rest) = self.text[at..].strip_prefix('~') else {
            return (0, at);
        };
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let end = at + 1 + digits;
        if self.char_at(end).is_some_and(char::is_alphanumeric) {
            return (0, at);
        }
        let slop = if digits == 0 {
            1
        } else {
            rest[..digits].parse().unwrap_or(u32::MAX)
        };
        if slop > MAX_WINDOW {
            self.notes.add(
                NoteKind::Capped,
                at..end,
                format!("A phrase may be loosened by at most {MAX_WINDOW}; ~{MAX_WINDOW} was used."),
            );
        }
        (slop.min(MAX_WINDOW), end)
    }

    fn begins_word(&mut self, at: usize) -> bool {
        self.char_at(at).is_some_and(char::is_alphanumeric) || self.quotation(at).is_some()
    }

    /// Whether `+`, `-` or a field's colon just before `at` has something to apply to.
    fn begins_operand(&mut self, at: usize) -> bool {
        match self.char_at(at) {
            Some('(') => true,
            Some('=') => self.begins_word(at + 1),
            Some('*') => self.char_at(at + 1).is_some_and(char::is_alphanumeric),
            _ => self.begins_word(at),
        }
    }

    /// Whether the `sign` before `at` is a hyphen that a space was typed before: "est -il". Notes it.
    fn is_clitic(&mut self, sign: char, at: usize) -> bool {
        let rest = &self.text[at..];
        let end = rest
            .char_indices()
            .find(|(i, c)| *i > 16 || !c.is_alphabetic())
            .map_or(rest.len(), |(i, _)| i);
        let word = &rest[..end];
        let clitic = sign == '-'
            && !rest[end..].starts_with([':', '*', '~'])
            && CLITICS.contains(&fold(word).as_str());
        if clitic {
            let message = format!(
                "“-{word}” was read as a word, not as an exclusion; to exclude it, write NOT {word}."
            );
            self.notes.add(NoteKind::NotExclusion, self.at..at + end, message);
        }
        clitic
    }

    /// A field's name and colon, with its value or as a prefix of what follows. False: there is none here.
    fn field(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let Some(length) = rest
            .char_indices()
            .take(33)
            .find(|(_, c)| !c.is_alphabetic() && *c != '_')
            .map(|(i, _)| i)
        else {
            return false;
        };
        if length == 0 || !rest[length..].starts_with(':') {
            return false;
        }
        let name = &rest[..length];
        let value = self.at + length + 1;
        let attached = self.char_at(value).filter(|c| !c.is_whitespace());
        let Some(field) = self.fields.named(name) else {
            if attached.is_some_and(|c| c.is_alphanumeric() || closers(c).is_some() || c == '(') {
                let message = format!(
                    "“{name}:” is not a field, so it was read as text; the fields are {}.",
                    self.fields.listed()
                );
                self.notes.add(NoteKind::UnknownField, self.at..value, message);
            }
            return false;
        };
        let nothing = |lexer: &mut Self| {
            let message =
                format!("“{name}:” was read as text: its value must follow the colon without a space.");
            lexer
                .notes
                .add(NoteKind::FieldWithoutValue, lexer.at..value, message);
            false
        };
        match field {
            Field::Title | Field::Exact => {
                if !self.begins_operand(value) {
                    return nothing(self);
                }
                let kind = if field == Field::Title {
                    Kind::Title
                } else {
                    Kind::Exact
                };
                self.push(kind, value, Before::Prefix);
                true
            }
            Field::Filter(filter) => match filter.read(self.text, self.at, value, self.notes) {
                Read::Nothing => nothing(self),
                Read::Text(end) => {
                    self.push(Kind::Text, end, Before::Closed);
                    true
                }
                Read::Node(node, end) => {
                    self.push(Kind::Filter(node), end, Before::Closed);
                    true
                }
            },
        }
    }

    /// Text up to a space, a quotation or a parenthesis that groups; perhaps an operator.
    fn unit(&mut self) {
        let start = self.at;
        let mut end = start;
        let address = is_address(&self.text[start..]);
        let mut paired_until = start;
        while let Some(c) = self.char_at(end) {
            let grouping = match c {
                '(' if end < paired_until => false,
                '(' => {
                    address || end == start && self.before != Before::Closed || !self.closes_within_word(end)
                }
                ')' if end < paired_until => false,
                ')' => !self.open.is_empty(),
                _ => false,
            };
            let weighted = c == '^' && end > start && {
                self.before = Before::Closed;
                self.weight(end).is_some()
            };
            if c.is_whitespace() || grouping && end > start || weighted {
                break;
            }
            if c == '(' {
                paired_until = self.text[end..].find(')').map_or(end, |i| end + i + 1);
            }
            if is_quote(c) {
                if self.quotation(end).is_some() {
                    break;
                }
                let message = "A quotation mark that is never closed was read as text.".to_string();
                self.notes.add(NoteKind::Quote, end..end + c.len_utf8(), message);
            } else if c == ')' && end >= paired_until {
                let message = "A closing parenthesis without an opening one was read as text.".to_string();
                self.notes.add(NoteKind::Parenthesis, end..end + 1, message);
            }
            end += c.len_utf8();
        }
        let operator = if self.before == Before::Space {
            self.operator(start..end)
        } else {
            None
        };
        self.push(operator.map_or(Kind::Text, Kind::Operator), end, Before::Closed);
    }

    /// Whether the parenthesis at `at`, inside a word, closes before the next space: "attaque(s)".
    fn closes_within_word(&self, at: usize) -> bool {
        self.text[at + 1..]
            .chars()
            .find(|c| c.is_whitespace() || matches!(c, '(' | ')') || is_quote(*c))
            == Some(')')
    }

    fn operator(&mut self, span: Span) -> Option<Operator> {
        let word = &self.text[span.clone()];
        match word {
            "AND" | "ET" => return Some(Operator::And),
            "OR" | "OU" => return Some(Operator::Or),
            "NOT" | "SAUF" => return Some(Operator::Not),
            "&&" => {
                self.foreign(span, "“&&” was read as AND.");
                return Some(Operator::And);
            }
            "|" | "||" => {
                let message = format!("“{word}” was read as OR.");
                self.foreign(span, &message);
                return Some(Operator::Or);
            }
            "NEAR" | "PRES" | "PRÈS" => return Some(Operator::Near(NEAR_WINDOW)),
            _ => {}
        }
        let digits = |name: &str, between: &str| {
            let rest = word.strip_prefix(name)?.strip_prefix(between)?;
            (!rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit())).then_some(rest)
        };
        let own = ["NEAR", "PRES", "PRÈS"].iter().find_map(|name| digits(name, "/"));
        let others = || {
            let spellings = [("w", "/"), ("W", "/"), ("near", "/"), ("near", ""), ("NEAR", "")];
            spellings.iter().find_map(|(name, between)| digits(name, between))
        };
        let (typed, is_own) = match own {
            Some(typed) => (typed, true),
            None => (others()?, false),
        };
        let window = typed.parse().unwrap_or(u32::MAX);
        if !is_own {
            let message = format!("“{}” was read as NEAR/{}.", excerpt(word), window.min(MAX_WINDOW));
            self.foreign(span.clone(), &message);
        }
        if window > MAX_WINDOW {
            let message = format!(
                "“{}” was read as a window of {MAX_WINDOW} words, the widest there is.",
                excerpt(word)
            );
            self.notes.add(NoteKind::Near, span, message);
        }
        Some(Operator::Near(window.min(MAX_WINDOW)))
    }
}
