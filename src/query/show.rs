//! The query as understood, in canonical syntax: shown by `--explain`, and itself a query that means the
//! same.

use super::ast::{
    ExactNode, FacetNode, NameNode, NearNode, Node, Pattern, PatternPiece, PhraseAtom, PhraseNode, Query,
    TextField, UnitNode, Value, WordNode,
};
use super::dates;
use std::fmt;

impl Query {
    /// The query as understood: operators spelled out, groups in parentheses, dates as intervals, stop words
    /// and function words that count marked with `+`. Reading it again (without `any` and `plain`) gives the same tree.
    ///
    /// ```
    /// use griot::query::{ParseOptions, Query};
    /// let lexicons = griot::schema::Lexicons::embedded();
    /// let (french, schema) = (lexicons.french().unwrap(), lexicons.schema().unwrap());
    /// let options = ParseOptions { facets: &schema.facets, ..ParseOptions::default() };
    /// let query = Query::parse("drones région:Gao OU raid -\"armée malienne\"", &options, &french);
    /// assert_eq!(query.interpreted(), "(drones AND region:Gao) OR (raid AND NOT \"armée malienne\")");
    /// ```
    pub fn interpreted(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.root {
            Some(root) => scope(root, f, true),
            None => Ok(()),
        }
    }
}

/// What is searched, or what is excluded: in each, stop words count for themselves.
fn scope(root: &Node, f: &mut fmt::Formatter<'_>, top: bool) -> fmt::Result {
    // A stop word that counts needs its mark where it would be ignored without.
    let marked = beside_stop_words(root);
    node(root, f, top, marked)
}

fn beside_stop_words(node: &Node) -> bool {
    match node {
        Node::Word(word) => !word.is_small() || word.ignored,
        Node::Facet(_) | Node::Date(_) | Node::Source(_) | Node::Not(_) => false,
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(beside_stop_words),
        _ => true,
    }
}

fn node(node: &Node, f: &mut fmt::Formatter<'_>, top: bool, marked: bool) -> fmt::Result {
    match node {
        Node::Word(node) => word(node, f, marked),
        Node::Unit(node) => unit(node, f),
        Node::Name(node) => name(node, f, top),
        Node::Exact(node) => exact(node, f),
        Node::Phrase(node) => phrase(node, f),
        Node::Near(node) => near(node, f, top),
        Node::Pattern(node) => {
            title(node.field, f)?;
            pattern(&node.pattern, f)
        }
        Node::Facet(node) => facet(node, f),
        Node::Date(node) => write!(f, "date:{}", dates::show(node.from, node.to)),
        Node::Source(node) => values("source", &node.values, f),
        Node::And(nodes) => group(nodes, " AND ", f, top, marked),
        Node::Or(nodes) => group(nodes, " OR ", f, top, marked),
        Node::Not(inner) => {
            f.write_str("NOT ")?;
            scope(inner, f, false)
        }
    }
}

fn group(nodes: &[Node], operator: &str, f: &mut fmt::Formatter<'_>, top: bool, marked: bool) -> fmt::Result {
    if !top {
        f.write_str("(")?;
    }
    for (at, operand) in nodes.iter().enumerate() {
        if at > 0 {
            f.write_str(operator)?;
        }
        node(operand, f, false, marked)?;
    }
    if top { Ok(()) } else { f.write_str(")") }
}

fn near(near: &NearNode, f: &mut fmt::Formatter<'_>, top: bool) -> fmt::Result {
    group(&near.operands, &format!(" NEAR/{} ", near.window), f, top, false)
}

fn title(field: TextField, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if field == TextField::Title {
        f.write_str("title:")
    } else {
        Ok(())
    }
}

fn word(word: &WordNode, f: &mut fmt::Formatter<'_>, marked: bool) -> fmt::Result {
    if marked && word.is_small() && !word.ignored {
        f.write_str("+")?;
    }
    title(word.field, f)?;
    f.write_str(&word.form)
}

/// As typed; a title's number with spaces needs parentheses to stay one.
fn unit(unit: &UnitNode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    title(unit.field, f)?;
    let spaced = unit.typed.contains(char::is_whitespace);
    if unit.field == TextField::Title && spaced {
        write!(f, "({})", unit.typed)
    } else {
        f.write_str(&unit.typed)
    }
}

/// As typed. Words of a name stand side by side without an operator, or they would be words each for itself.
fn name(name: &NameNode, f: &mut fmt::Formatter<'_>, top: bool) -> fmt::Result {
    if let [Node::Unit(node)] = name.typed.as_slice() {
        return unit(node, f);
    }
    title(name.field, f)?;
    let typed: Vec<&str> = name.typed.iter().map(typed_text).collect();
    let typed = typed.join(" ");
    if name.typed.len() > 1 && (!top || name.field == TextField::Title) {
        write!(f, "({typed})")
    } else {
        f.write_str(&typed)
    }
}

fn typed_text(node: &Node) -> &str {
    match node {
        Node::Word(word) => &word.form,
        Node::Unit(unit) => &unit.typed,
        _ => "",
    }
}

fn slop(slop: u32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if slop > 0 { write!(f, "~{slop}") } else { Ok(()) }
}

fn exact(exact: &ExactNode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    title(exact.field, f)?;
    let forms: Vec<&str> = exact.items.iter().map(|item| item.form.as_str()).collect();
    write!(f, "=\"{}\"", spaced(&forms))?;
    slop(exact.slop, f)
}

fn phrase(phrase: &PhraseNode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    title(phrase.field, f)?;
    let shown: Vec<String> = phrase
        .items
        .iter()
        .map(|item| match &item.atom {
            PhraseAtom::Word(word) => word.form.clone(),
            PhraseAtom::Unit(unit) => unit.typed.clone(),
            PhraseAtom::Name(name) => name.typed.iter().map(typed_text).collect::<Vec<_>>().join(" "),
            PhraseAtom::Pattern(node) => Shown(&node.pattern).to_string(),
        })
        .collect();
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    write!(f, "\"{}\"", spaced(&shown))?;
    slop(phrase.slop, f)
}

/// Words with spaces between them; with a semicolon between digits, which are not one number.
fn spaced(words: &[&str]) -> String {
    let mut out = String::new();
    for word in words {
        if out.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit()) {
            out.push_str(" ;");
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

struct Shown<'a>(&'a Pattern);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pattern(self.0, f)
    }
}

fn pattern(pattern: &Pattern, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match pattern {
        Pattern::Prefix(prefix) => write!(f, "{prefix}*"),
        Pattern::Fuzzy { folded, distance } => write!(f, "{folded}~{distance}"),
        Pattern::Wildcard(pieces) => pieces.iter().try_for_each(|piece| match piece {
            PatternPiece::Text(text) => f.write_str(text),
            PatternPiece::One => f.write_str("?"),
            PatternPiece::Many => f.write_str("*"),
        }),
    }
}

fn facet(facet: &FacetNode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    values(&facet.name, &facet.values, f)
}

fn values(name: &str, values: &[Value], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{name}:")?;
    let shown = |value: &Value| match &value.months {
        Some(months) => dates::show_months(months),
        None if is_bare(&value.text) => value.text.clone(),
        None => format!("\"{}\"", value.text),
    };
    match values {
        [one] => f.write_str(&shown(one)),
        several => write!(
            f,
            "({})",
            several.iter().map(shown).collect::<Vec<_>>().join(" OR ")
        ),
    }
}

/// Whether a value needs no quotation marks, in a list neither.
fn is_bare(value: &str) -> bool {
    value
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '_'))
        && value.starts_with(char::is_alphanumeric)
        && !matches!(value, "AND" | "ET" | "OR" | "OU" | "NOT" | "SAUF")
}
