//! Typed text into word nodes, by the very analysis that articles get.

use super::ast::{
    ExactItem, ExactNode, Joined, Node, NoteKind, PatternNode, PhraseAtom, PhraseItem, PhraseNode, Span,
    TextField, UnitNode, WordNode,
};
use super::names::Namer;
use super::notes::Notes;
use super::patterns::{self, Part};
use crate::french::{French, PieceKind, Token, form, is_apostrophe};
use crate::function_words::FunctionWords;

/// More words than these are a pasted article, not a query.
pub(super) const MAX_WORDS: usize = 1000;

/// The function words, and whether they are ignored as stop words are.
#[derive(Clone, Copy, Default)]
pub(super) struct Small<'a> {
    pub function_words: Option<&'a FunctionWords>,
    pub ignored: bool,
}

impl Small<'_> {
    /// Marks a word that stands where it may be ignored. After l' it is a noun: l'est, l'avant.
    fn mark(self, word: &mut WordNode, before: &str) {
        let listed = self
            .function_words
            .is_some_and(|words| words.contains(&word.folded));
        let noun = || {
            before
                .strip_suffix(is_apostrophe)
                .is_some_and(|before| before.ends_with(['l', 'L']))
        };
        word.function = listed && !noun();
        word.ignored = word.stop || word.function && self.ignored;
    }
}

/// Makes nodes of text, up to a number of words.
pub(super) struct Words<'a> {
    pub text: &'a str,
    pub french: &'a French,
    pub notes: &'a mut Notes,
    small: Small<'a>,
    /// None: names are searched as typed.
    namer: Option<Namer<'a>>,
    words: usize,
    /// Where the words begin that were over the limit, and how many they are.
    over: Option<(usize, usize)>,
}

impl<'a> Words<'a> {
    pub fn new(
        text: &'a str,
        french: &'a French,
        small: Small<'a>,
        namer: Option<Namer<'a>>,
        notes: &'a mut Notes,
    ) -> Self {
        Self {
            text,
            french,
            notes,
            small,
            namer,
            words: 0,
            over: None,
        }
    }

    /// Joins the words of names that are known in other spellings; `apart` says which neighbours are not to
    /// be joined.
    pub fn with_names(&mut self, nodes: Vec<Node>, apart: impl Fn(&Span, &Span) -> bool) -> Vec<Node> {
        match &mut self.namer {
            Some(namer) => namer.join(nodes, apart),
            None => nodes,
        }
    }

    /// Notes the words that were dropped.
    pub fn finish(self) {
        if let Some(over) = self.namer.map(|namer| namer.over).filter(|over| *over > 0) {
            self.notes.general(
                NoteKind::Capped,
                format!("{over} more names were searched as typed, without their other spellings."),
            );
        }
        if let Some((from, number)) = self.over {
            let message = format!("Only the first {MAX_WORDS} words were read; {number} more were left out.");
            self.notes.add(NoteKind::Capped, from..self.text.len(), message);
        }
    }

    /// Whether a node of `words` words at `start` is within the limit.
    fn afford(&mut self, words: usize, start: usize) -> bool {
        if self.words + words <= MAX_WORDS {
            self.words += words;
            return true;
        }
        let (from, number) = self.over.unwrap_or((start, 0));
        self.over = Some((from, number + words));
        false
    }

    /// Words and units of plain text, in the order typed. Stop words and function words are ignored until
    /// someone needs them.
    pub fn plain(&mut self, span: Span, field: TextField) -> Vec<Node> {
        let tokens = self.french.analyze(&self.text[span.clone()]);
        let mut nodes = Vec::new();
        for group in groups(&tokens) {
            let parts: Vec<WordNode> = group
                .parts
                .iter()
                .map(|token| word(token, span.start, field))
                .collect();
            let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
                continue;
            };
            if !self.afford(parts.len(), first.span.start) {
                continue;
            }
            let whole = first.span.start..last.span.end;
            nodes.push(match <[WordNode; 1]>::try_from(parts) {
                Ok([mut word]) => {
                    self.small.mark(&mut word, &self.text[..whole.start]);
                    Node::Word(word)
                }
                Err(parts) => {
                    let joined = group.joined.map(|t| Joined {
                        form: t.word.form.to_string(),
                        folded: t.word.folded.to_string(),
                    });
                    Node::Unit(UnitNode {
                        parts,
                        joined,
                        typed: form(&self.text[whole.clone()]),
                        field,
                        span: whole,
                    })
                }
            });
        }
        nodes
    }

    /// The nodes of a typed text that holds a pattern, perhaps beside words (`tombouct*/gao`).
    pub fn with_patterns(&mut self, span: Span, field: TextField) -> Vec<Node> {
        let mut nodes = Vec::new();
        for found in patterns::find(self.text, span, self.french, self.notes) {
            match found {
                Part::Plain(span) => {
                    let plain = self.plain(span, field);
                    nodes.extend(self.with_names(plain, |_, _| false));
                }
                Part::Pattern(pattern, span) => {
                    if self.afford(1, span.start) {
                        nodes.push(Node::Pattern(PatternNode { pattern, field, span }));
                    }
                }
                Part::Compound { parts, joined, span } => {
                    let mut typed = Vec::new();
                    for (pattern, part) in parts {
                        match pattern {
                            Some(pattern) => typed.push(Node::Pattern(PatternNode {
                                pattern,
                                field,
                                span: part,
                            })),
                            None => typed.extend(self.plain(part, field)),
                        }
                    }
                    let items = self.items(typed);
                    if !self.afford(1, span.start) {
                        continue;
                    }
                    let phrase = items.into_node(0, field, span.clone());
                    let joined = Node::Pattern(PatternNode {
                        pattern: joined,
                        field,
                        span,
                    });
                    nodes.extend(Node::or(phrase.into_iter().chain([joined]).collect()));
                }
            }
        }
        nodes
    }

    /// A typed text of either sort, as words that must all be there (an operator that isn't one, a phrase's
    /// part).
    fn unit(&mut self, span: Span, field: TextField) -> Vec<Node> {
        if patterns::has_pattern(&self.text[span.clone()]) {
            self.with_patterns(span, field)
        } else {
            self.plain(span, field)
        }
    }

    /// A quotation: a phrase, or what its only word is. `whole` includes the quotation marks.
    pub fn phrase(&mut self, inner: Span, whole: Span, slop: u32, field: TextField) -> Option<Node> {
        let nodes = self
            .sequence(inner, field)
            .into_iter()
            .flat_map(in_parts)
            .collect();
        self.items(nodes).into_node(slop, field, whole)
    }

    /// The items of a phrase. There, words that are side by side are so on purpose: a name may be several of
    /// them.
    fn items(&mut self, nodes: Vec<Node>) -> Items {
        let several = self
            .namer
            .as_mut()
            .map(|namer| std::mem::replace(&mut namer.several, true));
        let nodes = self.with_names(nodes, |_, _| false);
        if let (Some(namer), Some(several)) = (&mut self.namer, several) {
            namer.several = several;
        }
        let mut items = Items::default();
        nodes.into_iter().for_each(|node| items.push_node(node));
        items
    }

    /// The nodes of a quotation's inside: plain text as a whole, so that `1 500` is a number there too, and
    /// patterns.
    fn sequence(&mut self, inner: Span, field: TextField) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut plain_from = inner.start;
        let mut at = inner.start;
        for word in self.text[inner.clone()].split(char::is_whitespace) {
            let end = at + word.len();
            if patterns::has_pattern(word) {
                nodes.extend(self.plain(plain_from..at, field));
                nodes.extend(self.unit(at..end, field));
                plain_from = end;
            }
            at = end + self.text[end..].chars().next().map_or(0, char::len_utf8);
        }
        if plain_from < inner.end {
            nodes.extend(self.plain(plain_from..inner.end, field));
        }
        nodes
    }

    /// Exact forms in sequence.
    pub fn exact(&mut self, inner: Span, whole: Span, slop: u32, field: TextField) -> Option<Node> {
        if patterns::has_pattern(&self.text[inner.clone()]) {
            let message =
                "After “=” or “exact:”, *, ? and ~ aren't patterns; they were left out.".to_string();
            self.notes.add(NoteKind::Wildcard, inner.clone(), message);
        }
        let tokens = self.french.analyze(&self.text[inner.clone()]);
        let mut items = Vec::new();
        let mut offset = 0;
        for group in groups(&tokens) {
            let length = group.parts.len() as u32;
            let start = group.parts.first().map_or(0, |t| inner.start + t.start);
            if !self.afford(group.parts.len(), start) {
                continue;
            }
            // A number's joined spelling is not how it was typed: 1 500 is no exact 1500.
            let typed_joined = group
                .joined
                .filter(|t| !t.word.form.bytes().all(|b| b.is_ascii_digit() || b == b','));
            let exact = |token: &Token, offset: u32| ExactItem {
                offset,
                form: token.word.form.to_string(),
                folded: token.word.folded.to_string(),
                span: inner.start + token.start..inner.start + token.end,
            };
            match typed_joined {
                Some(token) => items.push(exact(token, offset)),
                None => items.extend(
                    (offset..)
                        .zip(group.parts)
                        .map(|(offset, token)| exact(token, offset)),
                ),
            }
            offset += length;
        }
        (!items.is_empty()).then_some(Node::Exact(ExactNode {
            items,
            slop,
            field,
            span: whole,
        }))
    }

    /// The exact nodes of a typed text without quotes: one for each of its words.
    pub fn exact_words(&mut self, span: Span, field: TextField) -> Vec<Node> {
        let tokens = self.french.analyze(&self.text[span.clone()]);
        let spans: Vec<Span> = groups(&tokens)
            .iter()
            .filter_map(|group| {
                Some(span.start + group.parts.first()?.start..span.start + group.parts.last()?.end)
            })
            .collect();
        if spans.is_empty() {
            return Vec::new();
        }
        if let [only] = spans.as_slice() {
            return self.exact(span, only.clone(), 0, field).into_iter().collect();
        }
        spans
            .into_iter()
            .filter_map(|word| self.exact(word.clone(), word, 0, field))
            .collect()
    }
}

/// The items of a phrase in the making.
#[derive(Default)]
struct Items {
    items: Vec<PhraseItem>,
    offset: u32,
}

impl Items {
    fn push(&mut self, atom: PhraseAtom) {
        let length = match &atom {
            PhraseAtom::Pattern(_) => 1,
            atom => atom.words().len() as u32,
        };
        self.items.push(PhraseItem {
            offset: self.offset,
            atom,
        });
        self.offset += length;
    }

    fn push_node(&mut self, node: Node) {
        match node {
            Node::Word(word) => self.push(PhraseAtom::Word(WordNode {
                ignored: false,
                ..word
            })),
            Node::Unit(unit) => self.push(PhraseAtom::Unit(unit)),
            Node::Name(mut name) => {
                for node in &mut name.typed {
                    if let Node::Word(word) = node {
                        word.ignored = false;
                    }
                }
                self.push(PhraseAtom::Name(Box::new(name)));
            }
            Node::Pattern(pattern) => self.push(PhraseAtom::Pattern(pattern)),
            _ => {}
        }
    }

    /// A phrase, or what its only item is.
    fn into_node(mut self, slop: u32, field: TextField, span: Span) -> Option<Node> {
        let several =
            |item: &PhraseItem| matches!(&item.atom, PhraseAtom::Name(name) if name.typed.len() > 1);
        if self.items.len() > 1 || self.items.iter().any(several) {
            return Some(Node::Phrase(PhraseNode {
                items: self.items,
                slop,
                field,
                span,
            }));
        }
        self.items.pop().map(|item| match item.atom {
            PhraseAtom::Word(word) => Node::Word(word),
            PhraseAtom::Unit(unit) => Node::Unit(unit),
            PhraseAtom::Name(name) => Node::Name(*name),
            PhraseAtom::Pattern(pattern) => Node::Pattern(pattern),
        })
    }
}

/// The parts of a compound with a pattern (it has two spellings); any other node is itself.
fn in_parts(node: Node) -> Vec<Node> {
    let Node::Or(spellings) = node else {
        return vec![node];
    };
    let mut parts = Vec::new();
    for spelling in spellings {
        if let Node::Phrase(phrase) = spelling {
            parts.extend(phrase.items.into_iter().map(|item| match item.atom {
                PhraseAtom::Word(word) => Node::Word(word),
                PhraseAtom::Unit(unit) => Node::Unit(unit),
                PhraseAtom::Name(name) => Node::Name(*name),
                PhraseAtom::Pattern(pattern) => Node::Pattern(pattern),
            }));
        }
    }
    parts
}

fn word(token: &Token, base: usize, field: TextField) -> WordNode {
    let word = &token.word;
    WordNode {
        form: word.form.to_string(),
        folded: word.folded.to_string(),
        term: word.term.to_string(),
        span: base + token.start..base + token.end,
        stop: word.stop,
        function: false,
        ignored: false,
        field,
    }
}

/// Parts that were typed as one, with their joined spelling.
struct Group<'t> {
    joined: Option<&'t Token>,
    parts: &'t [Token],
}

/// Tokens by what was typed as one: parts under a joined spelling, digits of one chunk (`18.08.2023`), single
/// words.
fn groups(tokens: &[Token]) -> Vec<Group<'_>> {
    let digits = |token: &Token| token.is_part() && token.word.folded.bytes().all(|b| b.is_ascii_digit());
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let joined = (token.kind == PieceKind::Joined).then_some(token);
        let first = at + usize::from(joined.is_some());
        let rest = &tokens[first..];
        let length = match joined {
            Some(joined) => rest
                .iter()
                .take_while(|t| t.is_part() && t.start < joined.end)
                .count(),
            None => rest
                .iter()
                .take_while(|t| digits(t) && t.chunk == token.chunk)
                .count()
                .max(1),
        };
        // A joined spelling always has parts; without them it would be the word itself.
        let parts = if length == 0 {
            &tokens[at..first]
        } else {
            &rest[..length]
        };
        out.push(Group { joined, parts });
        at = first + length;
    }
    out
}
