//! The query as understood: a tree whose every node knows the bytes it was typed with.
//!
//! What the nodes mean, in one place for everyone who evaluates them (the index, snippets, an export):
//!
//! | node | an article matches when |
//! |---|---|
//! | [`WordNode`] | a word has the same index term, or a joined spelling the same folded form; when [`WordNode::ignored`], it is as if absent |
//! | [`UnitNode`] | its parts stand at successive positions, or its joined spelling stands somewhere as one word |
//! | [`NameNode`] | all that was typed is there, wherever; or one of its [`Spelling`]s stands somewhere, as a unit does |
//! | [`ExactNode`] | words of exactly these forms stand at these offsets |
//! | [`PhraseNode`] | one of its [`PhraseNode::spellings`] stands in one field: distinct words, spread of (position - offset) at most `slop` |
//! | [`NearNode`] | all operands stand in one field within [`NearNode::window`] words, in any order |
//! | [`PatternNode`] | the folded form of a word, or of a joined spelling, fits |
//! | [`FacetNode`] | it has one of the values, or a value below one of them |
//! | [`DateNode`] | the days that its date may mean overlap the interval |
//! | [`SourceNode`] | its source is one of these, compared folded |
//! | `And` `Or` `Not` | as usual; operands that are ignored don't count, and a group of ignored words is itself ignored |

use crate::french::FormTerm;
use serde::Serialize;
use std::ops::Range;

/// A byte range of [`Query::text`].
pub type Span = Range<usize>;

/// A query, parsed. Every text gives one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Query {
    /// The text that was read: normalised, without control characters, perhaps cut. Spans refer to it.
    pub text: String,
    /// None when nothing in the text can be searched.
    pub root: Option<Node>,
    /// What was reinterpreted, dropped, capped or unknown, in the order of the text.
    pub notes: Vec<Note>,
    pub mode: Mode,
}

/// A query of which articles need not have every word.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Loose {
    /// What they must have all the same: phrases, filters, what was marked with `+` or joined with AND.
    pub query: Query,
    /// The words that they may lack.
    pub words: Vec<Node>,
}

/// How the text was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Mode {
    /// Words without an operator between them are alternatives.
    pub any: bool,
    /// Nothing is an operator.
    pub plain: bool,
}

/// One remark about how the query was read: an English sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    pub kind: NoteKind,
    pub message: String,
    pub span: Option<Span>,
}

/// What a [`Note`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// The text was longer than a query may be.
    Cut,
    /// Control characters were read as spaces.
    ControlCharacters,
    /// All in capitals: AND, OR, ET, OU … are words.
    NoWordOperators,
    /// An operator without an operand is a word.
    MissingOperand,
    /// A hyphen that looks like an exclusion and isn't.
    NotExclusion,
    /// `x:` names no field.
    UnknownField,
    /// `region:` without a value right after it.
    FieldWithoutValue,
    /// The value after `date:` or `month:` is no date; or a range was turned round.
    Date,
    /// A quotation mark without its partner, or quotes with nothing in them.
    Quote,
    /// A parenthesis without its partner, with nothing in it, or nested too deep.
    Parenthesis,
    /// `*` with too few letters, or alone.
    Wildcard,
    /// `~` with a distance that can't be used.
    Fuzzy,
    /// `NEAR` between operands or with a window that it can't have.
    Near,
    /// An operator of other tools was read as one of ours, or left out.
    OtherTool,
    /// A limit was reached and the rest dropped.
    Capped,
    /// The text holds nothing that can be searched.
    Empty,
}

/// A node of the tree. `And` and `Or` have two operands or more and never hold their own kind; `Not` never
/// holds a `Not`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    Word(WordNode),
    Unit(UnitNode),
    Name(NameNode),
    Exact(ExactNode),
    Phrase(PhraseNode),
    Near(NearNode),
    Pattern(PatternNode),
    Facet(FacetNode),
    Date(DateNode),
    Source(SourceNode),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

/// Where a text node looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TextField {
    /// Title and body.
    #[default]
    Any,
    Title,
}

/// One analysed word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordNode {
    /// As typed, lower case, accents kept.
    pub form: String,
    /// Lower case, without accents.
    pub folded: String,
    /// The index term.
    pub term: String,
    /// Without an elided prefix.
    pub span: Span,
    /// Listed in `stopwords.txt`.
    pub stop: bool,
    /// Listed in `function_words.tsv`.
    pub function: bool,
    /// Neither required nor scored by itself: a stop word, or a function word, which ranks by what it stands
    /// beside. Always false inside units, phrases and NEAR.
    pub ignored: bool,
    pub field: TextField,
}

/// What was typed as one and is several words: `Al-Qaïda`, `1 500`, `rfi.fr`, `18.08.2023`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitNode {
    /// The parts, at successive positions; two or more.
    pub parts: Vec<WordNode>,
    /// The spelling in one word. Dates in digits have none.
    pub joined: Option<Joined>,
    /// As typed, lower case.
    pub typed: String,
    pub field: TextField,
    pub span: Span,
}

/// A name that is known in other spellings too: `Jnim`, `ansar dine`, `weekend`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NameNode {
    /// Words and units as typed, one or more, in the order typed; stop words among them are ignored.
    pub typed: Vec<Node>,
    /// The other spellings, what was typed among them when it is several words. One or more.
    pub spellings: Vec<Spelling>,
    /// What the lexicons know by this name.
    pub meanings: Vec<Meaning>,
    pub field: TextField,
    pub span: Span,
}

/// One way to write a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spelling {
    /// As the lexicon writes it.
    pub written: String,
    /// The words, at successive positions; stop words count. One or more.
    pub parts: Vec<WordNode>,
    /// The spelling in one word, for several parts.
    pub joined: Option<Joined>,
}

/// What a lexicon means by a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Meaning {
    /// Empty for a word that is merely written in several ways (`week-end`).
    pub facet: String,
    /// The value's path; for such a word, its usual spelling.
    pub path: String,
}

/// A spelling in one word, found in the forms fields only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Joined {
    pub form: String,
    pub folded: String,
}

/// Forms exactly as typed (but for case), at their offsets: `="tués"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExactNode {
    /// One or more, by increasing offset; the first offset is 0.
    pub items: Vec<ExactItem>,
    pub slop: u32,
    pub field: TextField,
    pub span: Span,
}

/// A form of an [`ExactNode`]. A compound (`week-end`) is one form and takes as many positions as it has
/// parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExactItem {
    pub offset: u32,
    pub form: String,
    pub folded: String,
    pub span: Span,
}

/// Words in this order: `"armée malienne"`, `"drone civils"~5`. Two positions or more.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PhraseNode {
    /// By increasing offset; the first offset is 0.
    pub items: Vec<PhraseItem>,
    pub slop: u32,
    pub field: TextField,
    pub span: Span,
}

/// An item of a phrase, at its offset when every unit is spelled in parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PhraseItem {
    pub offset: u32,
    pub atom: PhraseAtom,
}

/// What a phrase is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PhraseAtom {
    Word(WordNode),
    Unit(UnitNode),
    Name(Box<NameNode>),
    Pattern(PatternNode),
}

/// Operands within a window, in any order: `drone NEAR/5 civils`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NearNode {
    /// Two or more; each a word, unit, phrase, exact or pattern node, or an `Or` of these.
    pub operands: Vec<Node>,
    /// The number of words from the first to the last word of the operands, both counted, is at most this.
    pub window: u32,
    pub span: Span,
}

/// A pattern over folded forms: accents play no part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PatternNode {
    pub pattern: Pattern,
    pub field: TextField,
    pub span: Span,
}

/// How a folded form must look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// `tombouct*`
    Prefix(String),
    /// `m?naka`, `*kassi`; at least two letters in all, no two `Many` side by side, no empty text.
    Wildcard(Vec<PatternPiece>),
    /// `djiadiste~1`: at most so many letters inserted, deleted, replaced, or swapped with their neighbour.
    Fuzzy { folded: String, distance: u8 },
}

/// A piece of a [`Pattern::Wildcard`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PatternPiece {
    Text(String),
    /// `?`: exactly one character.
    One,
    /// `*`: any number of characters, also none.
    Many,
}

/// `region:Gao,Mopti`: one of the values, as typed. Which paths they name is for the facet's own code to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetNode {
    /// The name that `schema.toml` declares, whatever alias was typed.
    pub name: String,
    /// One or more.
    pub values: Vec<Value>,
    pub span: Span,
}

/// A value after a field's colon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// As typed, without quotes; `/` separates levels.
    pub text: String,
    pub span: Span,
    /// For facets of months: the months meant. None also for "sans date".
    pub months: Option<Months>,
}

/// An interval of months, as facet paths `2024/03`, both ends included; None is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Months {
    pub from: Option<String>,
    pub to: Option<String>,
}

/// `date:`: an interval of days since 1970-01-01, both ends included; None is open (never both).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateNode {
    pub from: Option<i64>,
    pub to: Option<i64>,
    /// As typed, without the field's name and quotes.
    pub typed: String,
    pub span: Span,
}

/// `source:RFI`: one of the values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceNode {
    pub values: Vec<Value>,
    pub span: Span,
}

impl NearNode {
    /// Whether words from position `first` to position `last` lie within the window.
    pub fn fits(&self, first: u32, last: u32) -> bool {
        last.saturating_sub(first) < self.window
    }
}

impl WordNode {
    /// Whether it is a word that a plain query ignores.
    pub(super) fn is_small(&self) -> bool {
        self.stop || self.function
    }

    /// The term of the forms fields.
    pub fn form_term(&self) -> String {
        let term = FormTerm {
            folded: &self.folded,
            form: &self.form,
        };
        term.to_string()
    }
}

impl Pattern {
    /// Whether a folded form fits. The definition, not the way to search a dictionary.
    pub fn fits(&self, folded: &str) -> bool {
        match self {
            Self::Prefix(prefix) => folded.starts_with(prefix.as_str()),
            Self::Wildcard(pieces) => wildcard_fits(pieces, folded),
            Self::Fuzzy {
                folded: wanted,
                distance,
            } => edit_distance(wanted, folded) <= usize::from(*distance),
        }
    }
}

/// Positions of `text` reachable after each piece: quadratic at worst, which is enough for words.
fn wildcard_fits(pieces: &[PatternPiece], text: &str) -> bool {
    let mut reached = vec![0];
    for piece in pieces {
        reached = match piece {
            PatternPiece::Text(part) => reached
                .iter()
                .filter(|&&at| text[at..].starts_with(part.as_str()))
                .map(|at| at + part.len())
                .collect(),
            PatternPiece::One => reached
                .iter()
                .filter_map(|&at| text[at..].chars().next().map(|c| at + c.len_utf8()))
                .collect(),
            PatternPiece::Many => match reached.first() {
                Some(&least) => text[least..]
                    .char_indices()
                    .map(|(at, _)| least + at)
                    .chain([text.len()])
                    .collect(),
                None => Vec::new(),
            },
        };
    }
    reached.last() == Some(&text.len())
}

/// Edit distance in characters, a swap of neighbours counting as one edit.
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

impl Node {
    /// The words of a word or unit; none of any other node.
    pub(super) fn parts(&self) -> &[WordNode] {
        match self {
            Self::Word(word) => std::slice::from_ref(word),
            Self::Unit(unit) => &unit.parts,
            _ => &[],
        }
    }

    /// The bytes that the node was typed with, from its first operand to its last.
    pub fn span(&self) -> Span {
        match self {
            Self::Word(node) => node.span.clone(),
            Self::Unit(node) => node.span.clone(),
            Self::Name(node) => node.span.clone(),
            Self::Exact(node) => node.span.clone(),
            Self::Phrase(node) => node.span.clone(),
            Self::Near(node) => node.span.clone(),
            Self::Pattern(node) => node.span.clone(),
            Self::Facet(node) => node.span.clone(),
            Self::Date(node) => node.span.clone(),
            Self::Source(node) => node.span.clone(),
            Self::And(nodes) | Self::Or(nodes) => {
                let start = nodes.iter().map(|n| n.span().start).min().unwrap_or(0);
                start..nodes.iter().map(|n| n.span().end).max().unwrap_or(start)
            }
            Self::Not(node) => node.span(),
        }
    }

    /// Whether the node filters rather than searches text: facet, date, source.
    pub fn is_filter(&self) -> bool {
        matches!(self, Self::Facet(_) | Self::Date(_) | Self::Source(_))
    }

    /// All operands of `nodes` as one conjunction; operands that are conjunctions are taken apart.
    pub fn and(nodes: Vec<Node>) -> Option<Node> {
        Self::group(nodes, Self::And, |node| match node {
            Self::And(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// All operands of `nodes` as one disjunction; operands that are disjunctions are taken apart.
    pub fn or(nodes: Vec<Node>) -> Option<Node> {
        Self::group(nodes, Self::Or, |node| match node {
            Self::Or(inner) => Ok(inner),
            other => Err(other),
        })
    }

    fn group(
        nodes: Vec<Node>,
        make: fn(Vec<Node>) -> Node,
        open: fn(Node) -> Result<Vec<Node>, Node>,
    ) -> Option<Node> {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match open(node) {
                Ok(inner) => flat.extend(inner),
                Err(node) => flat.push(node),
            }
        }
        if flat.len() > 1 {
            Some(make(flat))
        } else {
            flat.pop()
        }
    }

    /// The node excluded; a double negation is none.
    #[expect(
        clippy::should_implement_trait,
        reason = "a constructor beside `and` and `or`"
    )]
    pub fn not(node: Node) -> Node {
        match node {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Calls `visit` with every node that isn't excluded, the node itself first. `Not` nodes are skipped
    /// with all that they hold; operands of NEAR are visited.
    pub fn visit_positive<'a>(&'a self, visit: &mut impl FnMut(&'a Node)) {
        if matches!(self, Self::Not(_)) {
            return;
        }
        visit(self);
        match self {
            Self::And(nodes) | Self::Or(nodes) => nodes.iter().for_each(|n| n.visit_positive(visit)),
            Self::Near(near) => near.operands.iter().for_each(|n| n.visit_positive(visit)),
            _ => {}
        }
    }
}

impl Query {
    /// The words that aren't excluded, those of units and phrases among them, in the order typed.
    pub fn positive_words(&self) -> Vec<&WordNode> {
        let mut words = Vec::new();
        if let Some(root) = &self.root {
            root.visit_positive(&mut |node| match node {
                Node::Word(word) => words.push(word),
                Node::Unit(unit) => words.extend(&unit.parts),
                Node::Name(name) => words.extend(name.words()),
                Node::Phrase(phrase) => words.extend(phrase.items.iter().flat_map(|item| item.atom.words())),
                _ => {}
            });
        }
        words
    }
}
