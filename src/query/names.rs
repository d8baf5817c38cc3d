//! Typed words that are a name known in other spellings, joined into one node with these.

use super::ast::{Joined, Meaning, NameNode, Node, Span, Spelling, TextField, WordNode};
use crate::french::{French, Token};
use crate::synonyms::{Variants, key};

/// Names of one query that are searched in all spellings; a query with more is a list or an article.
const MOST_NAMES: usize = 24;
/// Spellings of one name that are searched.
const MOST_SPELLINGS: usize = 64;
/// Words of a spelling that is tried in one word too.
const JOINED_PARTS: usize = 3;

/// Joins names in nodes that were typed side by side.
pub(super) struct Namer<'a> {
    pub variants: &'a Variants,
    pub french: &'a French,
    /// Whether several words may become one node: not where words are alternatives.
    pub several: bool,
    found: usize,
    /// Names beyond the limit.
    pub over: usize,
}

impl<'a> Namer<'a> {
    pub fn new(variants: &'a Variants, french: &'a French, several: bool) -> Self {
        Self {
            variants,
            french,
            several,
            found: 0,
            over: 0,
        }
    }

    /// `apart` says whether something stands between two neighbours that keeps them apart.
    pub fn join(&mut self, nodes: Vec<Node>, apart: impl Fn(&Span, &Span) -> bool) -> Vec<Node> {
        let mut out = Vec::with_capacity(nodes.len());
        let mut rest = nodes.as_slice();
        while let Some(first) = rest.first() {
            let most = if self.several { self.variants.longest() } else { 1 };
            let beside = |pair: &[Node]| is_plain(&pair[1]) && !apart(&pair[0].span(), &pair[1].span());
            let run = 1 + rest
                .windows(2)
                .take(most - 1)
                .take_while(|pair| beside(pair))
                .count();
            let found = (1..=run)
                .rev()
                .find_map(|length| self.name(&rest[..length]).map(|name| (length, name)));
            let length = match found {
                Some((length, _)) if self.found >= MOST_NAMES => {
                    self.over += 1;
                    out.extend_from_slice(&rest[..length]);
                    length
                }
                Some((length, name)) => {
                    self.found += 1;
                    out.push(Node::Name(name));
                    length
                }
                None => {
                    out.push(first.clone());
                    1
                }
            };
            rest = &rest[length..];
        }
        out
    }

    /// The name that nodes are, if they are one.
    fn name(&self, nodes: &[Node]) -> Option<NameNode> {
        let (first, last) = (nodes.first()?, nodes.last()?);
        let begins =
            |node: &Node| is_plain(node) && !matches!(node, Node::Word(word) if word.ignored && word.stop);
        if !begins(first) || !begins(last) {
            return None;
        }
        let field = field(first)?;
        let words: Vec<&WordNode> = nodes.iter().flat_map(Node::parts).collect();
        let (meanings, written) = self.known(nodes, &words);
        if meanings.is_empty() {
            return None;
        }
        let span = first.span().start..last.span().end;
        let mut spellings: Vec<Spelling> = Vec::new();
        if nodes.len() > 1 {
            spellings.push(as_typed(&words));
        }
        for text in written {
            let spelling = self.spelling(text, field, &span);
            let same = |other: &Spelling| folded(&other.parts).eq(folded(&spelling.parts));
            let typed =
                nodes.len() == 1 && folded(&spelling.parts).eq(words.iter().map(|word| word.folded.as_str()));
            if !spelling.parts.is_empty()
                && !typed
                && !spellings.iter().any(same)
                && spellings.len() < MOST_SPELLINGS
            {
                spellings.push(spelling);
            }
        }
        (!spellings.is_empty()).then(|| NameNode {
            typed: nodes.iter().map(|node| self.required(node)).collect(),
            spellings,
            meanings,
            field,
            span,
        })
    }

    /// In a name function words count (sous préfet); but for those that begin any compound, `contre attaque`.
    fn required(&self, node: &Node) -> Node {
        match node {
            Node::Word(word) if word.function && !self.variants.is_prefix(&word.folded) => {
                Node::Word(WordNode {
                    ignored: word.stop,
                    ..word.clone()
                })
            }
            node => node.clone(),
        }
    }

    /// What words may mean, and in which other spellings it is known.
    fn known(&self, nodes: &[Node], words: &[&WordNode]) -> (Vec<Meaning>, Vec<String>) {
        let key = key(words.iter().map(|word| (word.folded.as_str(), word.stop)));
        let mut meanings = Vec::new();
        let mut written: Vec<String> = Vec::new();
        for name in self.variants.of_key(&key) {
            let meaning = Meaning {
                facet: name.facet().to_string(),
                path: name.path().to_string(),
            };
            if !meanings.contains(&meaning) {
                meanings.push(meaning);
            }
            written.extend(name.spellings().map(str::to_string));
        }
        let compound = match nodes {
            [Node::Word(word)] => self.variants.after_prefix(&word.folded),
            // "contre village" is no compound: those with a function word are all listed.
            [Node::Word(a), Node::Word(b)]
                if !a.function && self.variants.is_prefixed(&a.folded, &b.folded) =>
            {
                Some(format!("{}-{}", a.form, b.form))
            }
            _ => None,
        };
        if let Some(compound) = compound.filter(|_| meanings.is_empty()) {
            meanings.push(Meaning {
                facet: String::new(),
                path: compound.clone(),
            });
            written.push(compound);
        }
        (meanings, written)
    }

    fn spelling(&self, written: String, field: TextField, span: &Span) -> Spelling {
        let tokens = self.french.analyze(&crate::french::normalize(&written));
        let word = |token: &Token| WordNode {
            form: token.word.form.to_string(),
            folded: token.word.folded.to_string(),
            term: token.word.term.to_string(),
            span: span.clone(),
            stop: token.word.stop,
            function: false,
            ignored: false,
            field,
        };
        let parts = tokens.iter().filter(|token| token.is_part()).map(word).collect();
        with_joined(Spelling {
            written,
            parts,
            joined: None,
        })
    }
}

/// Several words as they were typed; those that a query ignores belong to a name.
fn as_typed(words: &[&WordNode]) -> Spelling {
    let parts = words.iter().map(|word| WordNode {
        ignored: false,
        ..(*word).clone()
    });
    let forms: Vec<&str> = words.iter().map(|word| word.form.as_str()).collect();
    with_joined(Spelling {
        written: forms.join(" "),
        parts: parts.collect(),
        joined: None,
    })
}

/// A short name is looked for in one word too.
fn with_joined(spelling: Spelling) -> Spelling {
    let short =
        (2..=JOINED_PARTS).contains(&spelling.parts.len()) && !spelling.parts.iter().any(|part| part.stop);
    let joined = short.then(|| Joined {
        form: spelling.parts.iter().map(|part| part.form.as_str()).collect(),
        folded: folded(&spelling.parts).collect(),
    });
    Spelling { joined, ..spelling }
}

fn folded(parts: &[WordNode]) -> impl Iterator<Item = &str> {
    parts.iter().map(|part| part.folded.as_str())
}

fn is_plain(node: &Node) -> bool {
    matches!(node, Node::Word(_) | Node::Unit(_))
}

fn field(node: &Node) -> Option<TextField> {
    match node {
        Node::Word(word) => Some(word.field),
        Node::Unit(unit) => Some(unit.field),
        _ => None,
    }
}
