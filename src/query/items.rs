//! Lexemes into items: words are analysed, quotations become phrases, and what has no operand is settled, so
//! that the parser meets operators with operands only and parentheses that match and hold something.

use super::ast::{Node, NoteKind, Span, TextField};
use super::lexer::{Kind, Lexeme, Operator};
use super::patterns::has_pattern;
use super::words::Words;
use crate::french::is_apostrophe;

/// Parentheses within parentheses beyond this depth are left out, so that nothing recurses further.
pub(super) const MAX_DEPTH: usize = 64;

/// Texts and quotations with wildcards or misspellings in one query: each walks the dictionary.
const MOST_PATTERNS: usize = 64;

/// Values of fields in one query, `date:2024`: each is a clause of what is searched.
const MOST_FILTERS: usize = 1024;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    pub kind: ItemKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum ItemKind {
    /// What one typed text or quotation means: one node or more.
    Nodes(Vec<Node>),
    /// Where an operand was typed that holds no word (`""`, `()`): NOT before it must not exclude what comes
    /// after.
    Nothing,
    Open,
    Close,
    Plus,
    Minus,
    Operator(Operator),
}

/// Where the words of a group look, and whether exactly.
#[derive(Debug, Clone, Copy, Default)]
struct Scope {
    field: TextField,
    exact: bool,
}

/// Makes the items of lexemes.
pub(super) fn items(mut lexemes: Vec<Lexeme>, words: &mut Words<'_>) -> Vec<Item> {
    capitals_are_words(&mut lexemes, words);
    let mut items = analysed(&lexemes, words);
    items = without_empty_groups(items, words);
    operators_with_operands(&mut items, words);
    deliberate_capitals(&mut items, words.text);
    items
}

/// In a headline or a question all in capitals, OU is also où: it has no word operators. (A text without any
/// letters beside its operators, `2023 OR 2024`, isn't all in capitals.) Acronyms are no headline: where
/// single words and operators take turns, `CSP SAUF FAMA`, or an operator stands beside a parenthesis or a
/// quotation, it was meant.
fn capitals_are_words(lexemes: &mut [Lexeme], words: &mut Words<'_>) {
    if words.text.contains(char::is_lowercase) {
        return;
    }
    let is_operator = |lexeme: &Lexeme| matches!(lexeme.kind, Kind::Operator(_));
    let cased = |lexeme: &Lexeme| words.text[lexeme.span.clone()].chars().any(is_capital);
    if !lexemes.iter().any(|lexeme| !is_operator(lexeme) && cased(lexeme)) {
        return;
    }
    let kinds = || lexemes.windows(2).map(|two| (&two[0].kind, &two[1].kind));
    let beside = |kind: &Kind| {
        matches!(
            kind,
            Kind::Open | Kind::Close | Kind::Quote { .. } | Kind::Filter(_)
        )
    };
    let operator = |kind: &Kind| matches!(kind, Kind::Operator(_));
    let meant = kinds().any(|(a, b)| operator(a) && beside(b) || beside(a) && operator(b));
    if meant || !kinds().any(|(a, b)| *a == Kind::Text && *b == Kind::Text) {
        return;
    }
    for lexeme in lexemes {
        if is_operator(lexeme) {
            let message = "The query is all in capitals, so AND, OR, NOT, ET, OU, SAUF and NEAR are words in it; \
                           type the other words in lower case to have operators.";
            words
                .notes
                .once(NoteKind::NoWordOperators, lexeme.span.clone(), message);
            lexeme.kind = Kind::Text;
        }
    }
}

/// A capital that has a small letter (mathematical letters have none).
fn is_capital(c: char) -> bool {
    c.is_uppercase() && c.to_lowercase().next() != Some(c)
}

/// Nodes for every text, quotation and filter, in their scopes; parentheses to the depth allowed.
fn analysed(lexemes: &[Lexeme], words: &mut Words<'_>) -> Vec<Item> {
    let mut analysis = Analysis {
        lexemes,
        words,
        out: Vec::with_capacity(lexemes.len()),
        scopes: vec![Scope::default()],
        pending: None,
        patterns: 0,
        filters: 0,
    };
    let mut at = 0;
    while at < lexemes.len() {
        at += analysis.take(at);
    }
    without_idle_signs(analysis.out)
}

/// Lexemes being turned into items.
struct Analysis<'l, 'w, 'a> {
    lexemes: &'l [Lexeme],
    words: &'w mut Words<'a>,
    out: Vec<Item>,
    /// Those of the open parentheses.
    scopes: Vec<Scope>,
    /// What a prefix asks of the lexeme after it.
    pending: Option<Scope>,
    patterns: usize,
    filters: usize,
}

impl Analysis<'_, '_, '_> {
    /// Takes the lexeme at a place, or the run of text that begins there; gives how many lexemes that were.
    fn take(&mut self, at: usize) -> usize {
        let lexeme = &self.lexemes[at];
        let span = &lexeme.span;
        let outer = self.scopes.last().copied().unwrap_or_default();
        let prefix = self.pending.take();
        let scope = prefix.unwrap_or(outer);
        if self.is_one_pattern_too_many(lexeme, scope) {
            self.push(ItemKind::Nodes(Vec::new()), span);
            return 1;
        }
        match &lexeme.kind {
            Kind::Title => {
                self.pending = Some(Scope {
                    field: TextField::Title,
                    ..scope
                })
            }
            Kind::Exact => self.pending = Some(Scope { exact: true, ..scope }),
            Kind::Plus => self.push(ItemKind::Plus, span),
            Kind::Minus => self.push(ItemKind::Minus, span),
            Kind::Operator(operator) => self.push(ItemKind::Operator(*operator), span),
            Kind::Open => self.open(scope, span),
            Kind::Close => {
                if self.scopes.len() <= MAX_DEPTH + 1 {
                    self.push(ItemKind::Close, span);
                }
                self.scopes.pop();
            }
            Kind::Filter(node) => self.filter(node, span),
            Kind::Quote { inner, slop } => self.quote(inner, *slop, scope, span),
            Kind::Text if scope.exact => {
                let nodes = self.words.exact_words(span.clone(), scope.field);
                self.push(ItemKind::Nodes(nodes), span);
            }
            Kind::Text if has_pattern(&self.words.text[span.clone()]) => {
                let nodes = self.words.with_patterns(span.clone(), scope.field);
                self.push(ItemKind::Nodes(nodes), span);
            }
            // A prefix is for one word: in `titre:otages Morila`, Morila may stand anywhere.
            Kind::Text => {
                let run = plain_run(&self.lexemes[at..], self.words.text);
                let length = match prefix {
                    Some(_) => number_run(&self.lexemes[at..at + run], self.words.text),
                    None => run,
                };
                return self.plain_text(at, length, scope.field);
            }
        }
        1
    }

    fn push(&mut self, kind: ItemKind, span: &Span) {
        let span = span.clone();
        self.out.push(Item { kind, span });
    }

    /// Counts the patterns, and notes the first that is over the limit.
    fn is_one_pattern_too_many(&mut self, lexeme: &Lexeme, scope: Scope) -> bool {
        let patterned = match &lexeme.kind {
            Kind::Quote { inner, .. } => has_pattern(&self.words.text[inner.clone()]),
            Kind::Text => !scope.exact && has_pattern(&self.words.text[lexeme.span.clone()]),
            _ => false,
        };
        self.patterns += usize::from(patterned);
        let is_over = patterned && self.patterns > MOST_PATTERNS;
        if is_over {
            let message = format!(
                "A query may hold {MOST_PATTERNS} wildcards and misspellings; the others were left out."
            );
            self.words
                .notes
                .once(NoteKind::Capped, lexeme.span.clone(), &message);
        }
        is_over
    }

    fn open(&mut self, scope: Scope, span: &Span) {
        self.scopes.push(scope);
        if self.scopes.len() <= MAX_DEPTH + 1 {
            self.push(ItemKind::Open, span);
        } else {
            let message = format!("Parentheses more than {MAX_DEPTH} deep were left out.");
            self.words
                .notes
                .once(NoteKind::Parenthesis, span.clone(), &message);
        }
    }

    fn filter(&mut self, node: &Node, span: &Span) {
        if self.filters == MOST_FILTERS {
            let message =
                format!("A query may hold {MOST_FILTERS} values of fields; the others were left out.");
            self.words.notes.once(NoteKind::Capped, span.clone(), &message);
            self.push(ItemKind::Nodes(Vec::new()), span);
        } else {
            self.filters += 1;
            self.push(ItemKind::Nodes(vec![node.clone()]), span);
        }
    }

    fn quote(&mut self, inner: &Span, slop: u32, scope: Scope, span: &Span) {
        let (inner, whole) = (inner.clone(), span.clone());
        let node = match scope.exact {
            true => self.words.exact(inner, whole, slop, scope.field),
            false => self.words.phrase(inner, whole, slop, scope.field),
        };
        if node.is_none() {
            self.words.notes.once(
                NoteKind::Quote,
                span.clone(),
                "Quotation marks with no word between them were left out.",
            );
        }
        let kind = node.map_or(ItemKind::Nothing, |node| ItemKind::Nodes(vec![node]));
        self.push(kind, span);
    }

    /// The items of the run of plain text that begins here; each node belongs to the text that it begins in.
    fn plain_text(&mut self, at: usize, length: usize, field: TextField) -> usize {
        let run = &self.lexemes[at..at + length];
        let before = at.checked_sub(1).and_then(|before| self.lexemes.get(before));
        let after = self.lexemes.get(at + length);
        let whole = run[0].span.start..run[length - 1].span.end;
        let nodes = self.words.plain(whole, field);
        let texts = bound_texts(run, before, after);
        let mut nodes = self
            .words
            .with_names(nodes, |a, b| are_apart(&texts, a, b))
            .into_iter()
            .peekable();
        for lexeme in run {
            let kind = match lexeme.kind {
                Kind::Plus => ItemKind::Plus,
                Kind::Minus => ItemKind::Minus,
                _ => {
                    let mut own: Vec<Node> = Vec::new();
                    while let Some(node) = nodes.next_if(|n| n.span().start < lexeme.span.end) {
                        own.push(node);
                    }
                    // l'"armée": a prefix cut off from its word by the quotation mark.
                    let text = &self.words.text[lexeme.span.clone()];
                    let quoted = after.is_some_and(|a| {
                        matches!(a.kind, Kind::Quote { .. }) && a.span.start == lexeme.span.end
                    });
                    if quoted
                        && text.ends_with(is_apostrophe)
                        && matches!(own.as_slice(), [Node::Word(word)] if word.stop)
                    {
                        own.clear();
                    }
                    ItemKind::Nodes(own)
                }
            };
            self.push(kind, &lexeme.span);
        }
        length
    }
}

/// How many lexemes, one at least, are a number written in groups of three digits: `1 500`.
fn number_run(run: &[Lexeme], text: &str) -> usize {
    let digits = |lexeme: &Lexeme| {
        let word = &text[lexeme.span.clone()];
        let is_number = matches!(lexeme.kind, Kind::Text) && word.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then_some(word.len())
    };
    match run.first().and_then(digits) {
        Some(1..=3) => {
            1 + run[1..]
                .iter()
                .take_while(|lexeme| digits(lexeme) == Some(3))
                .count()
        }
        _ => 1,
    }
}

/// Drops text without a word (punctuation), and the signs of what held no word after all.
fn without_idle_signs(items: Vec<Item>) -> Vec<Item> {
    let is_empty = |item: &Item| matches!(&item.kind, ItemKind::Nodes(nodes) if nodes.is_empty());
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    for item in items.into_iter().rev() {
        let applies = out
            .last()
            .is_some_and(|next| matches!(next.kind, ItemKind::Nodes(_) | ItemKind::Open) && !is_empty(next));
        if out.last().is_some_and(is_empty) {
            out.pop();
        }
        if applies || !matches!(item.kind, ItemKind::Plus | ItemKind::Minus) {
            out.push(item);
        }
    }
    if out.last().is_some_and(is_empty) {
        out.pop();
    }
    out.reverse();
    out
}

/// How many lexemes from the first are plain text, with or without `+` and `-`: analysed together, so that a
/// number typed with spaces is one, as it is in an article.
fn plain_run(lexemes: &[Lexeme], text: &str) -> usize {
    let plain = |lexeme: &Lexeme| match lexeme.kind {
        Kind::Text => !has_pattern(&text[lexeme.span.clone()]),
        Kind::Plus | Kind::Minus => true,
        _ => false,
    };
    // What was left out between two (a weight) must not come back as a word.
    let beside = |before: &Lexeme, after: &Lexeme| {
        let gap = text.get(before.span.end..after.span.start);
        gap.is_none_or(|gap| gap.chars().all(char::is_whitespace))
    };
    let mut run = 0;
    while lexemes.get(run).is_some_and(plain) && (run == 0 || beside(&lexemes[run - 1], &lexemes[run])) {
        run += 1;
    }
    // A sign at the end belongs to what comes after the run.
    while run > 1 && !matches!(lexemes[run - 1].kind, Kind::Text) {
        run -= 1;
    }
    run.max(1)
}

/// The texts of a run, and which of them a sign, NOT or NEAR beside it binds: a name doesn't reach out of it.
fn bound_texts(run: &[Lexeme], before: Option<&Lexeme>, after: Option<&Lexeme>) -> Vec<(Span, bool)> {
    let binds = |lexeme: Option<&Lexeme>| {
        lexeme.is_some_and(|l| {
            matches!(
                l.kind,
                Kind::Plus | Kind::Minus | Kind::Operator(Operator::Not | Operator::Near(_))
            )
        })
    };
    let near =
        |lexeme: Option<&Lexeme>| lexeme.is_some_and(|l| matches!(l.kind, Kind::Operator(Operator::Near(_))));
    (0..run.len())
        .map(|at| {
            let previous = if at == 0 { before } else { run.get(at - 1) };
            let next = if at + 1 == run.len() {
                after
            } else {
                run.get(at + 1)
            };
            (run[at].span.clone(), binds(previous) || near(next))
        })
        .collect()
}

/// Whether two nodes stand in different texts, one of which is bound.
fn are_apart(texts: &[(Span, bool)], a: &Span, b: &Span) -> bool {
    let text_of = |span: &Span| texts.iter().position(|(text, _)| text.contains(&span.start));
    let (a, b) = (text_of(a), text_of(b));
    a != b && [a, b].iter().flatten().any(|at| texts[*at].1)
}

/// Removes `()`, and the signs before it.
fn without_empty_groups(items: Vec<Item>, words: &mut Words<'_>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        if item.kind != ItemKind::Close {
            out.push(item);
            continue;
        }
        while out.pop_if(|last| last.kind == ItemKind::Nothing).is_some() {}
        if out.pop_if(|last| last.kind == ItemKind::Open).is_none() {
            out.push(item);
            continue;
        }
        words.notes.once(
            NoteKind::Parenthesis,
            item.span.clone(),
            "Parentheses with nothing between them were left out.",
        );
        while out
            .pop_if(|last| matches!(last.kind, ItemKind::Plus | ItemKind::Minus))
            .is_some()
        {}
        out.push(Item {
            kind: ItemKind::Nothing,
            ..item
        });
    }
    out
}

/// Turns operators that lack an operand into words.
fn operators_with_operands(items: &mut Vec<Item>, words: &mut Words<'_>) {
    // From the end, as NOT begins an operand when it has one itself.
    let mut operand_follows = false;
    let mut near_follows = false;
    for at in (0..items.len()).rev() {
        if let ItemKind::Operator(operator) = items[at].kind {
            let complete = if matches!(operator, Operator::Near(_)) {
                near_follows
            } else {
                operand_follows
            };
            if !complete {
                into_word(&mut items[at], words);
            }
        }
        (operand_follows, near_follows) = match items[at].kind {
            ItemKind::Nodes(_) | ItemKind::Open => (true, true),
            ItemKind::Plus | ItemKind::Minus | ItemKind::Operator(Operator::Not) => (true, false),
            ItemKind::Nothing | ItemKind::Close | ItemKind::Operator(_) => (false, false),
        };
    }
    let mut operand_before = false;
    for item in items.iter_mut() {
        if let ItemKind::Operator(operator) = item.kind
            && operator != Operator::Not
            && !operand_before
        {
            into_word(item, words);
        }
        operand_before = matches!(item.kind, ItemKind::Nodes(_) | ItemKind::Close);
    }
    items.retain(|item| {
        item.kind != ItemKind::Nothing && !matches!(&item.kind, ItemKind::Nodes(nodes) if nodes.is_empty())
    });
}

fn into_word(item: &mut Item, words: &mut Words<'_>) {
    let typed = &words.text[item.span.clone()];
    let message =
        format!("“{typed}” was read as a word: as an operator it needs something to search on both sides.");
    let message = if matches!(item.kind, ItemKind::Operator(Operator::Not)) {
        format!("“{typed}” was read as a word: as an operator it needs something to exclude after it.")
    } else {
        message
    };
    words
        .notes
        .add(NoteKind::MissingOperand, item.span.clone(), message);
    item.kind = ItemKind::Nodes(words.plain(item.span.clone(), TextField::Any));
}

/// A stop word with a capital in a query that is otherwise in lower case was meant. Capitals that begin the
/// query or a sentence say nothing.
fn deliberate_capitals(items: &mut [Item], text: &str) {
    let mut meant: Vec<usize> = Vec::new();
    let mut sentence_begins = true;
    for (at, item) in items.iter().enumerate() {
        let typed = &text[item.span.clone()];
        let capital = typed
            .chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(is_capital);
        if let ItemKind::Nodes(nodes) = &item.kind
            && !nodes.first().is_some_and(Node::is_filter)
        {
            if capital && !sentence_begins {
                match nodes.as_slice() {
                    [Node::Word(word)] if word.ignored && !is_operator_word(typed) => meant.push(at),
                    [Node::Word(word)] if word.ignored => {}
                    _ => return,
                }
            }
            sentence_begins = false;
        }
        let next = items.get(at + 1).map_or(text.len(), |next| next.span.start);
        sentence_begins |= text
            .get(item.span.end..next)
            .into_iter()
            .chain([typed])
            .any(ends_sentence)
            || typed.starts_with(['«', '“', '"']);
    }
    for at in meant {
        if let ItemKind::Nodes(nodes) = &mut items[at].kind {
            nodes.iter_mut().for_each(require);
        }
    }
}

fn is_operator_word(typed: &str) -> bool {
    matches!(typed, "AND" | "ET" | "OR" | "OU" | "NOT" | "SAUF")
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ':', '…'])
}

/// Makes a stop word count.
pub(super) fn require(node: &mut Node) {
    match node {
        Node::Word(word) => word.ignored = false,
        Node::And(nodes) | Node::Or(nodes) => nodes.iter_mut().for_each(require),
        Node::Near(near) => near.operands.iter_mut().for_each(require),
        _ => {}
    }
}
