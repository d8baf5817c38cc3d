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
    let mut out: Vec<Item> = Vec::with_capacity(lexemes.len());
    let mut scopes = vec![Scope::default()];
    let mut pending: Option<Scope> = None;
    let (mut patterns, mut filters) = (0, 0);
    let mut at = 0;
    while let Some(lexeme) = lexemes.get(at) {
        let outer = scopes.last().copied().unwrap_or_default();
        let scope = pending.take().unwrap_or(outer);
        let mut push = |kind: ItemKind| {
            out.push(Item {
                kind,
                span: lexeme.span.clone(),
            })
        };
        at += 1;
        let patterned = match &lexeme.kind {
            Kind::Quote { inner, .. } => has_pattern(&words.text[inner.clone()]),
            Kind::Text => !scope.exact && has_pattern(&words.text[lexeme.span.clone()]),
            _ => false,
        };
        patterns += usize::from(patterned);
        if patterned && patterns > MOST_PATTERNS {
            let message = format!(
                "A query may hold {MOST_PATTERNS} wildcards and misspellings; the others were left out."
            );
            words.notes.once(NoteKind::Capped, lexeme.span.clone(), &message);
            push(ItemKind::Nodes(Vec::new()));
            continue;
        }
        match &lexeme.kind {
            Kind::Title => {
                pending = Some(Scope {
                    field: TextField::Title,
                    ..scope
                })
            }
            Kind::Exact => pending = Some(Scope { exact: true, ..scope }),
            Kind::Plus => push(ItemKind::Plus),
            Kind::Minus => push(ItemKind::Minus),
            Kind::Operator(operator) => push(ItemKind::Operator(*operator)),
            Kind::Open => {
                scopes.push(scope);
                if scopes.len() <= MAX_DEPTH + 1 {
                    push(ItemKind::Open);
                } else {
                    let message = format!("Parentheses more than {MAX_DEPTH} deep were left out.");
                    words
                        .notes
                        .once(NoteKind::Parenthesis, lexeme.span.clone(), &message);
                }
            }
            Kind::Close => {
                if scopes.len() <= MAX_DEPTH + 1 {
                    push(ItemKind::Close);
                }
                scopes.pop();
            }
            Kind::Filter(_) if filters == MOST_FILTERS => {
                let message =
                    format!("A query may hold {MOST_FILTERS} values of fields; the others were left out.");
                words.notes.once(NoteKind::Capped, lexeme.span.clone(), &message);
                push(ItemKind::Nodes(Vec::new()));
            }
            Kind::Filter(node) => {
                filters += 1;
                push(ItemKind::Nodes(vec![node.clone()]));
            }
            Kind::Quote { inner, slop } => {
                let whole = lexeme.span.clone();
                let node = match scope.exact {
                    true => words.exact(inner.clone(), whole, *slop, scope.field),
                    false => words.phrase(inner.clone(), whole, *slop, scope.field),
                };
                if node.is_none() {
                    words.notes.once(
                        NoteKind::Quote,
                        lexeme.span.clone(),
                        "Quotation marks with no word between them were left out.",
                    );
                }
                push(node.map_or(ItemKind::Nothing, |node| ItemKind::Nodes(vec![node])));
            }
            Kind::Text if scope.exact => push(ItemKind::Nodes(
                words.exact_words(lexeme.span.clone(), scope.field),
            )),
            Kind::Text if has_pattern(&words.text[lexeme.span.clone()]) => {
                push(ItemKind::Nodes(
                    words.with_patterns(lexeme.span.clone(), scope.field),
                ));
            }
            Kind::Text => {
                let run = plain_run(&lexemes[at - 1..], words.text);
                let around = (
                    at.checked_sub(2).and_then(|before| lexemes.get(before)),
                    lexemes.get(at - 1 + run),
                );
                texts(
                    &lexemes[at - 1..at - 1 + run],
                    around,
                    scope.field,
                    words,
                    &mut out,
                );
                at += run - 1;
            }
        }
    }
    without_idle_signs(out)
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
    let mut run = lexemes.iter().take_while(|l| plain(l)).count();
    // A sign at the end belongs to what comes after the run.
    while run > 1 && !matches!(lexemes[run - 1].kind, Kind::Text) {
        run -= 1;
    }
    run.max(1)
}

/// The items of a run of plain text; each node belongs to the text that it begins in.
fn texts(
    run: &[Lexeme],
    around: (Option<&Lexeme>, Option<&Lexeme>),
    field: TextField,
    words: &mut Words<'_>,
    out: &mut Vec<Item>,
) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else {
        return;
    };
    let (before, after) = around;
    let nodes = words.plain(first.span.start..last.span.end, field);
    // A sign, NOT and NEAR belong to one text beside them: a name doesn't reach out of it.
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
    let bound: Vec<(Span, bool)> = (0..run.len())
        .map(|at| {
            let previous = if at == 0 { before } else { run.get(at - 1) };
            let next = if at + 1 == run.len() {
                after
            } else {
                run.get(at + 1)
            };
            (run[at].span.clone(), binds(previous) || near(next))
        })
        .collect();
    let text_of = |span: &Span| bound.iter().position(|(text, _)| text.contains(&span.start));
    let apart = |a: &Span, b: &Span| {
        let (a, b) = (text_of(a), text_of(b));
        a != b && [a, b].iter().flatten().any(|at| bound[*at].1)
    };
    let mut nodes = words.with_names(nodes, apart).into_iter().peekable();
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
                let text = &words.text[lexeme.span.clone()];
                let quoted = after
                    .is_some_and(|a| matches!(a.kind, Kind::Quote { .. }) && a.span.start == lexeme.span.end);
                if quoted
                    && text.ends_with(is_apostrophe)
                    && matches!(own.as_slice(), [Node::Word(word)] if word.stop)
                {
                    own.clear();
                }
                ItemKind::Nodes(own)
            }
        };
        out.push(Item {
            kind,
            span: lexeme.span.clone(),
        });
    }
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
