//! Items into the tree. AND binds tighter than OR, NEAR tighter than both, signs tightest but for NEAR.

use super::ast::{NearNode, Node, NoteKind, PhraseAtom, TextField};
use super::items::{Item, ItemKind, require};
use super::lexer::Operator;
use super::notes::Notes;

/// Operands of one NEAR: beyond them nobody means it, and every document would be looked at for seconds.
const MOST_NEAR: usize = 32;

/// Builds the tree of items that [`super::items::items`] made: it recurses once for each open parenthesis.
pub(super) fn tree(items: Vec<Item>, any: bool, notes: &mut Notes) -> Option<Node> {
    let mut parser = Parser {
        items: items.into_iter().peekable(),
        any,
        bound: false,
        notes,
    };
    let mut nodes = Vec::new();
    // A closing parenthesis too many would end the group early; nothing after it is lost.
    while parser.items.peek().is_some() {
        nodes.extend(parser.group());
        parser.items.next_if(|item| item.kind == ItemKind::Close);
    }
    let mut root = Node::and(nodes)?;
    settle_stop_words(&mut root);
    Some(root)
}

/// What a query demands, and the words of it that an article may lack: those that no sign or operator binds. None
/// for alternatives, and where there are no such words.
pub(super) fn apart(items: Vec<Item>, notes: &mut Notes) -> Option<(Option<Node>, Vec<Node>)> {
    let mut parser = Parser {
        items: items.into_iter().peekable(),
        any: false,
        bound: false,
        notes,
    };
    let (mut demanded, mut words): (Vec<Node>, Vec<Node>) = (Vec::new(), Vec::new());
    // Where the words of the last operand begin: AND after it binds them.
    let mut last = 0;
    while parser.items.peek().is_some() {
        if parser
            .items
            .next_if(|item| item.kind == ItemKind::Close)
            .is_some()
        {
            continue;
        }
        let and = parser.operator(Operator::And);
        if !and && parser.operator(Operator::Or) {
            return None;
        }
        if and {
            demanded.extend(words.drain(last..));
        }
        parser.bound = false;
        let (mut nodes, binding) = parser.operand();
        // Parentheses around mere words say nothing.
        if let [Node::And(inner)] = nodes.as_mut_slice()
            && !parser.bound
        {
            nodes = std::mem::take(inner);
        }
        last = words.len();
        match and || binding.is_some() || !nodes.iter().all(may_be_lacking) {
            true => demanded.extend(nodes),
            false => words.extend(nodes),
        }
    }
    let mut demanded = Node::and(demanded);
    if !demanded.iter().chain(&words).any(searches_text) {
        words.iter_mut().for_each(require_in_scope);
    }
    demanded.iter_mut().for_each(settle_excluded);
    words.iter().any(searches_text).then_some((demanded, words))
}

/// Whether an article may be worth showing without it.
fn may_be_lacking(node: &Node) -> bool {
    let field = match node {
        Node::Word(word) => word.field,
        Node::Unit(unit) => unit.field,
        Node::Name(name) => name.field,
        Node::Pattern(pattern) => pattern.field,
        _ => return false,
    };
    field == TextField::Any
}

struct Parser<'a> {
    items: std::iter::Peekable<std::vec::IntoIter<Item>>,
    any: bool,
    /// AND was typed within a group.
    bound: bool,
    notes: &'a mut Notes,
}

/// Operands joined by AND, or one operand.
struct Chain {
    nodes: Vec<Node>,
    /// AND, OR or NEAR was typed beside it, so that it stands where it was put.
    explicit: bool,
    /// One operand that is required or excluded whatever the others are.
    binding: Option<Binding>,
}

#[derive(Clone, Copy, PartialEq)]
enum Binding {
    Must,
    MustNot,
}

impl Parser<'_> {
    fn operator(&mut self, wanted: Operator) -> bool {
        self.items
            .next_if(|item| item.kind == ItemKind::Operator(wanted))
            .is_some()
    }

    /// The operands up to a closing parenthesis or the end.
    fn group(&mut self) -> Option<Node> {
        let mut chains: Vec<Chain> = Vec::new();
        while self.items.peek().is_some_and(|item| item.kind != ItemKind::Close) {
            let and = self.operator(Operator::And);
            let or = !and && self.operator(Operator::Or);
            self.bound |= and;
            let (nodes, binding) = self.operand();
            match chains.last_mut() {
                Some(chain) if and || !self.any && !or => {
                    chain.nodes.extend(nodes);
                    chain.explicit |= and;
                    chain.binding = None;
                }
                last => {
                    if let Some(last) = last {
                        last.explicit |= or;
                    }
                    chains.push(Chain {
                        nodes,
                        explicit: or,
                        binding,
                    });
                }
            }
        }
        if self.any {
            self.note_required(&chains);
            any_of(chains)
        } else {
            Node::or(
                chains
                    .into_iter()
                    .filter_map(|chain| Node::and(chain.nodes))
                    .collect(),
            )
        }
    }

    /// Says that words with `+` are no alternatives, and that one of the others must be there, too.
    fn note_required(&mut self, chains: &[Chain]) {
        let text = |chain: &Chain| !chain.nodes.iter().all(Node::is_filter);
        let required =
            |chain: &&Chain| !chain.explicit && chain.binding == Some(Binding::Must) && text(chain);
        let others = chains.iter().any(|chain| chain.binding.is_none());
        if let Some(span) = chains
            .iter()
            .find(required)
            .filter(|_| others)
            .and_then(|chain| chain.nodes.first().map(Node::span))
        {
            let message = "What has “+” must be there, and at least one of the other words.";
            self.notes.once(NoteKind::OtherTool, span, message);
        }
    }

    /// An operand with its signs. Without signs and NEAR it may be several nodes, which the group takes
    /// apart.
    fn operand(&mut self) -> (Vec<Node>, Option<Binding>) {
        let (mut excluded, mut required, mut signs) = (false, false, false);
        while let Some(item) = self.items.next_if(|item| {
            matches!(
                item.kind,
                ItemKind::Plus | ItemKind::Minus | ItemKind::Operator(Operator::Not)
            )
        }) {
            signs = true;
            if item.kind == ItemKind::Plus {
                required = true
            } else {
                excluded = !excluded
            }
        }
        let mut nodes = self.primary();
        if matches!(
            self.items.peek(),
            Some(Item {
                kind: ItemKind::Operator(Operator::Near(_)),
                ..
            })
        ) {
            nodes = self.near(nodes).into_iter().collect();
        }
        if !signs {
            let filters = !nodes.is_empty() && nodes.iter().all(Node::is_filter);
            return (nodes, filters.then_some(Binding::Must));
        }
        let Some(mut node) = Node::and(nodes) else {
            return (Vec::new(), None);
        };
        if excluded {
            return (vec![Node::not(node)], Some(Binding::MustNot));
        }
        if required {
            require(&mut node);
        }
        (vec![node], required.then_some(Binding::Must))
    }

    fn primary(&mut self) -> Vec<Node> {
        match self.items.next().map(|item| item.kind) {
            Some(ItemKind::Nodes(nodes)) => nodes,
            Some(ItemKind::Open) => {
                let node = self.group();
                self.items.next_if(|item| item.kind == ItemKind::Close);
                node.into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// `a NEAR/5 b NEAR/5 c`, after the first operand.
    fn near(&mut self, first: Vec<Node>) -> Option<Node> {
        let mut operands: Vec<Node> = Node::and(first).into_iter().collect();
        let mut windows = Vec::new();
        while let Some(Item {
            kind: ItemKind::Operator(Operator::Near(window)),
            span,
        }) = self
            .items
            .next_if(|item| matches!(item.kind, ItemKind::Operator(Operator::Near(_))))
        {
            windows.push((window, span));
            let operand = self.primary();
            operands.extend(Node::and(operand));
        }
        let (first, last) = (windows.first()?, windows.last()?);
        let typed = first.1.start..last.1.end;
        let mut window = windows.iter().map(|w| w.0).max()?;
        if !operands.iter().all(may_be_near) || operands.len() < 2 {
            let message = "NEAR stands between words, phrases and patterns, or alternatives of these; here it was read as AND.".to_string();
            self.notes.add(NoteKind::Near, typed, message);
            return Node::and(operands);
        }
        if operands.len() > MOST_NEAR {
            let message =
                format!("NEAR joins at most {MOST_NEAR} words or phrases; here it was read as AND.");
            self.notes.add(NoteKind::Capped, typed, message);
            return Node::and(operands);
        }
        if windows.iter().any(|w| w.0 != window) {
            let message =
                format!("Several windows side by side: the widest, NEAR/{window}, was used for all.");
            self.notes.add(NoteKind::Near, typed.clone(), message);
        }
        let least: u32 = operands.iter().map(words).sum();
        if window < least {
            let message =
                format!("NEAR/{window} is too narrow for these words; it was read as NEAR/{least}.");
            self.notes.add(NoteKind::Near, typed, message);
            window = least;
        }
        operands.iter_mut().for_each(require);
        let span =
            operands.iter().map(|o| o.span().start).min()?..operands.iter().map(|o| o.span().end).max()?;
        Some(Node::Near(NearNode {
            operands,
            window,
            span,
        }))
    }
}

/// Alternatives; but what has a sign, and filters, bind all of them unless AND or OR stands beside them.
fn any_of(chains: Vec<Chain>) -> Option<Node> {
    let (mut all, mut alternatives, mut excluded) = (Vec::new(), Vec::new(), Vec::new());
    for chain in chains {
        match chain.binding.filter(|_| !chain.explicit) {
            Some(Binding::Must) => all.extend(chain.nodes),
            Some(Binding::MustNot) => excluded.extend(chain.nodes),
            None if chain.explicit => alternatives.extend(Node::and(chain.nodes)),
            None => alternatives.extend(chain.nodes),
        }
    }
    all.extend(Node::or(alternatives));
    all.extend(excluded);
    Node::and(all)
}

fn may_be_near(node: &Node) -> bool {
    match node {
        Node::Word(_) | Node::Unit(_) | Node::Exact(_) | Node::Phrase(_) | Node::Pattern(_) => true,
        Node::Name(name) => name.typed.len() == 1,
        Node::Or(nodes) => nodes.iter().all(may_be_near),
        _ => false,
    }
}

/// The fewest words that an operand of NEAR takes.
fn words(node: &Node) -> u32 {
    match node {
        Node::Unit(unit) if unit.joined.is_none() => unit.parts.len() as u32,
        Node::Exact(exact) => exact.items.len() as u32,
        Node::Phrase(phrase) => phrase
            .items
            .iter()
            .map(|item| match &item.atom {
                PhraseAtom::Unit(unit) => shortest(unit.sequences().iter().map(Vec::len)),
                PhraseAtom::Name(name) => shortest(name.sequences().iter().map(Vec::len)),
                _ => 1,
            })
            .sum(),
        Node::Name(name) => shortest(name.sequences().iter().map(Vec::len)),
        Node::Or(nodes) => nodes.iter().map(words).min().unwrap_or(1),
        _ => 1,
    }
}

fn shortest(lengths: impl Iterator<Item = usize>) -> u32 {
    lengths.min().unwrap_or(1) as u32
}

/// Stop words count when nothing else is searched for. What is excluded is a question of its own: `-le` means
/// it. So is a part of a query that is asked by itself.
pub(crate) fn settle_stop_words(scope: &mut Node) {
    if !searches_text(scope) {
        require_in_scope(scope);
    }
    settle_excluded(scope);
}

fn settle_excluded(node: &mut Node) {
    match node {
        Node::Not(inner) => settle_stop_words(inner),
        Node::And(nodes) | Node::Or(nodes) => nodes.iter_mut().for_each(settle_excluded),
        _ => {}
    }
}

/// Whether something in the node that isn't excluded searches text, ignored words apart.
fn searches_text(node: &Node) -> bool {
    match node {
        Node::Word(word) => !word.ignored,
        Node::Unit(_)
        | Node::Name(_)
        | Node::Exact(_)
        | Node::Phrase(_)
        | Node::Near(_)
        | Node::Pattern(_) => true,
        Node::Facet(_) | Node::Date(_) | Node::Source(_) | Node::Not(_) => false,
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(searches_text),
    }
}

fn require_in_scope(node: &mut Node) {
    match node {
        Node::Word(word) => word.ignored = false,
        Node::And(nodes) | Node::Or(nodes) => nodes.iter_mut().for_each(require_in_scope),
        _ => {}
    }
}
