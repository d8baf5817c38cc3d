//! The tree of a query, written in the query language of the cluster.
//!
//! What a node finds there is what it finds in an index on this machine, or more. A clause that may find more makes the
//! whole [`Lowered::is_exact`] false; then the articles that it finds are brought here and searched by the code that
//! searches an index. Excluding by such a clause would exclude too much, so that it excludes nothing there.
//!
//! | node | becomes | finds |
//! |---|---|---|
//! | word | `term` in terms, or its joined spelling among the words of a place | the same |
//! | unit, name, exact, phrase | `match_phrase`, what may stand at a place as one place | the same |
//! | phrase with slop | `match_phrase` with slop, if no two words can be one | the same |
//! | NEAR of words | `intervals`, if no two words can be one | the same |
//! | pattern | `prefix`, `wildcard` or `fuzzy` on folded words | the same |
//! | facet, date, source | `terms`, `range`, in filters | the same |
//! | pattern in a phrase, other NEAR and slop | all of its words in one text | more |

use super::clause::{
    all_of, any_of, any_value, are_apart, bag, but, dates, everything, exact_places, files_under, filtered,
    folds_like, nothing, phrase, texts, undated, within, words_in_one_text,
};
use super::mapping::BESIDE;
use super::words::{field, joined};
use crate::error::Result;
use crate::french::fold;
use crate::query::{
    ExactNode, NameNode, NearNode, Node, PhraseNode, Placed, PlacedWord, TextField, WordNode,
};
use crate::search::compile::compiler::Compiler;
use crate::search::compile::near::{Group, groups, in_title_only};
use crate::search::compile::selection::event_paths;
use crate::search::facet::counts::FacetFilter;
use crate::search::whole::token_of;
use crate::search::{LocalEngine, Place, Text, Wanted};
use serde_json::{Value, json};

/// A selection as the cluster is asked for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lowered {
    /// Text, dates, sources, files, and facets in groups.
    pub query: Value,
    /// Facets that every hit must fit.
    pub filters: Vec<FacetFilter>,
    /// Whether it finds what an index on this machine finds, and no more.
    pub is_exact: bool,
    /// Whether its scores are those of an index on this machine, but for what is added when hits are scored again.
    pub is_scored: bool,
}

impl Lowered {
    /// The query with its filters.
    pub fn filtered(&self) -> Value {
        let (must, must_not) = self.clauses(None);
        if must.is_empty() && must_not.is_empty() {
            return self.query.clone();
        }
        json!({"bool": {"must": [self.query], "filter": must, "must_not": must_not}})
    }

    /// The filters, but for those of a facet.
    pub fn filter_but(&self, facet: Option<&str>) -> Value {
        let (must, must_not) = self.clauses(facet);
        json!({"bool": {"filter": must, "must_not": must_not}})
    }

    fn clauses(&self, but: Option<&str>) -> (Vec<Value>, Vec<Value>) {
        let (mut must, mut must_not) = (Vec::new(), Vec::new());
        for filter in self
            .filters
            .iter()
            .filter(|filter| Some(filter.facet.as_str()) != but)
        {
            if !filter.include.is_empty() {
                must.push(any_value(&filter.facet, &filter.include));
            }
            if !filter.exclude.is_empty() {
                must_not.push(any_value(&filter.facet, &filter.exclude));
            }
        }
        (must, must_not)
    }
}

/// Writes a selection that was compiled for the engine, which has the archive's spellings and values.
///
/// # Errors
/// Those of asking for spellings and values.
pub(crate) fn selection(engine: &LocalEngine, wanted: &Wanted<'_>) -> Result<Lowered> {
    let lowered = written(Lowering::new(engine), wanted)?;
    if clauses(&lowered.query) <= MOST_CLAUSES {
        return Ok(lowered);
    }
    // Names in phrases multiply their spellings.
    let loosely = Lowering {
        is_loose: true,
        ..Lowering::new(engine)
    };
    written(loosely, wanted)
}

/// Clauses that a query has at most, if that can be helped: clusters take 1,024 unless they are told otherwise.
const MOST_CLAUSES: usize = 700;

/// How many clauses the cluster counts in a query, about.
fn clauses(query: &Value) -> usize {
    match query {
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| match (key.as_str(), value) {
                ("query", Value::String(text)) => 1 + text.matches(['\n', BESIDE]).count(),
                ("term" | "terms" | "range" | "exists" | "prefix" | "wildcard" | "fuzzy", _) => 1,
                _ => clauses(value),
            })
            .sum(),
        Value::Array(values) => values.iter().map(clauses).sum(),
        _ => 0,
    }
}

fn written(mut lowering: Lowering<'_>, wanted: &Wanted<'_>) -> Result<Lowered> {
    let engine = lowering.compiler.engine;
    let selection = wanted.selection;
    let mut text = match wanted.rest {
        Some(node) => lowering.node(node, false)?,
        None => None,
    };
    if let Some((words, is_text)) = wanted.beside {
        let words = lowering.node(words, false)?;
        text = match (text, words) {
            (Some(text), Some(words)) if is_text => {
                Some(json!({"bool": {"must": [text], "should": [words]}}))
            }
            (Some(text), Some(words)) => Some(json!({"bool": {"must": [text, words]}})),
            (one, other) => one.or(other),
        };
    }
    let mut filter = Vec::new();
    let (from, to) = selection.publication_days();
    if from.is_some() || to.is_some() {
        let dated = dates(from, to);
        filter.push(match selection.undated {
            true => any_of(vec![dated, undated()]),
            false => dated,
        });
    }
    let (from, to) = selection.event_days();
    if from.is_some() || to.is_some() {
        let (field, paths) = event_paths(engine, from, to)?;
        let mut facets = engine.reader.fields.facets.iter();
        if let Some((facet, _)) = facets.find(|(_, other)| *other == field) {
            filter.push(any_value(&facet.name, &paths));
        }
    }
    if let Some(under) = &selection.under {
        filter.push(files_under(under));
    }
    let text = text.unwrap_or_else(everything);
    Ok(Lowered {
        query: match filter.is_empty() {
            true => text,
            false => json!({"bool": {"must": [text], "filter": filter}}),
        },
        filters: wanted.filters.to_vec(),
        is_exact: lowering.is_exact,
        is_scored: lowering.is_scored,
    })
}

struct Lowering<'e> {
    compiler: Compiler<'e>,
    /// Phrases and names are asked for by their words alone.
    is_loose: bool,
    is_exact: bool,
    is_scored: bool,
}

impl<'e> Lowering<'e> {
    fn new(engine: &'e LocalEngine) -> Self {
        Self {
            compiler: Compiler::new(engine),
            is_loose: false,
            is_exact: true,
            is_scored: true,
        }
    }

    /// A node; none when it is as if absent. `negated`: what it finds is excluded.
    fn node(&mut self, node: &Node, negated: bool) -> Result<Option<Value>> {
        self.is_scored &= matches!(
            node,
            Node::Word(_) | Node::Pattern(_) | Node::And(_) | Node::Or(_) | Node::Not(_)
        ) || node.is_filter();
        Ok(match node {
            Node::Word(word) if word.ignored => None,
            Node::Word(word) => Some(self.word(word)?),
            Node::Unit(unit) => Some(self.any_spelling(unit.field, &unit.sequences(), negated)?),
            Node::Name(name) => Some(self.name(name, negated)?),
            Node::Exact(exact) => Some(self.exact(exact, negated)),
            Node::Phrase(phrase) => Some(self.phrase(phrase, negated)?),
            Node::Near(near) => Some(self.near(near, negated)?),
            Node::Pattern(node) => Some(self.in_texts(node.field, |text| folds_like(&node.pattern, text))),
            Node::Facet(facet) => {
                let paths = self.compiler.paths(facet)?;
                Some(filtered(any_value(&facet.name, &paths)))
            }
            Node::Date(date) => Some(dates(date.from, date.to)),
            Node::Source(source) => {
                let names: Vec<String> = source.values.iter().map(|value| fold(&value.text)).collect();
                Some(filtered(json!({"terms": {"source": names}})))
            }
            Node::And(nodes) => self.all_of(nodes, negated)?,
            Node::Or(nodes) => {
                let mut some = Vec::new();
                for node in nodes {
                    some.extend(self.node(node, negated)?);
                }
                (!some.is_empty()).then(|| any_of(some))
            }
            Node::Not(inner) => self
                .node(inner, !negated)?
                .map(|query| but(Vec::new(), vec![query])),
        })
    }

    fn all_of(&mut self, nodes: &[Node], negated: bool) -> Result<Option<Value>> {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        for node in nodes {
            match node {
                Node::Not(inner) => unwanted.extend(self.node(inner, !negated)?),
                node => wanted.extend(self.node(node, negated)?),
            }
        }
        if wanted.is_empty() && unwanted.is_empty() {
            return Ok(None);
        }
        Ok(Some(but(wanted, unwanted)))
    }

    /// What stands for a clause that can't be asked for exactly.
    fn more(&mut self, negated: bool, query: impl FnOnce() -> Value) -> Value {
        self.is_exact = false;
        match negated {
            true => nothing(),
            false => query(),
        }
    }

    /// The body and the title, weighted; or the title alone.
    fn in_texts(&self, field: TextField, make: impl Fn(Text) -> Value) -> Value {
        if field == TextField::Title {
            return make(Text::Title);
        }
        let boost = self.compiler.engine.reader.schema.boosts.title;
        any_of(vec![
            make(Text::Body),
            json!({"bool": {"must": [make(Text::Title)], "boost": boost}}),
        ])
    }

    fn word(&self, node: &WordNode) -> Result<Value> {
        let fields = self.compiler.fields;
        let has_joined =
            |field| Ok::<_, crate::Error>(!self.compiler.joined_terms(field, &node.folded)?.is_empty());
        let (in_title, in_body) = (has_joined(fields.title_forms)?, has_joined(fields.body_forms)?);
        Ok(self.in_texts(node.field, |text| {
            let mut any = vec![json!({"term": {field(text, "terms"): {"value": node.term}}})];
            if if text == Text::Title { in_title } else { in_body } {
                any.push(json!({"term": {field(text, "words"): {"value": joined(&node.folded)}}}));
            }
            any_of(any)
        }))
    }

    fn name(&mut self, name: &NameNode, negated: bool) -> Result<Value> {
        if name.typed.len() == 1 {
            return self.any_spelling(name.field, &name.sequences(), negated);
        }
        let sequences: Vec<_> = name
            .spellings
            .iter()
            .flat_map(|spelling| spelling.sequences())
            .collect();
        let spelled = self.any_spelling(name.field, &sequences, negated)?;
        Ok(match self.all_of(&name.typed, negated)? {
            Some(typed) => json!({"dis_max": {"queries": [typed, spelled]}}),
            None => spelled,
        })
    }

    fn any_spelling(
        &mut self,
        field: TextField,
        sequences: &[Vec<PlacedWord<'_>>],
        negated: bool,
    ) -> Result<Value> {
        if self.is_loose {
            let mut any = Vec::new();
            for text in texts(field) {
                for words in sequences {
                    any.extend(self.together(&crate::query::in_sequence(words), text)?);
                }
            }
            return Ok(self.more(negated, || any_of(any)));
        }
        let placed: Vec<Vec<Placed<'_>>> = sequences
            .iter()
            .map(|words| crate::query::in_sequence(words))
            .collect();
        let [title, body] = [
            self.spelled(&placed, Text::Title)?,
            self.spelled(&placed, Text::Body)?,
        ];
        let french = &self.compiler.engine.reader.french;
        Ok(self.in_texts(field, |text| {
            let of_text = if text == Text::Title { &title } else { &body };
            any_of(
                of_text
                    .iter()
                    .map(|places| phrase(french, text, places, 0))
                    .collect(),
            )
        }))
    }

    /// Sequences without patterns, with what may stand at each place.
    fn spelled(&mut self, sequences: &[Vec<Placed<'_>>], text: Text) -> Result<Vec<Vec<Place>>> {
        let mut all = Vec::new();
        for placed in sequences {
            all.extend(self.places(placed, text)?);
        }
        Ok(all)
    }

    fn places(&mut self, placed: &[Placed<'_>], text: Text) -> Result<Vec<Vec<Place>>> {
        let fields = self.compiler.fields;
        let (terms, forms) = match text {
            Text::Title => (fields.title, fields.title_forms),
            Text::Body => (fields.body, fields.body_forms),
        };
        let variants = self.compiler.places(placed, terms, forms)?;
        let place = |item: crate::search::compile::Item| Place {
            offset: item.offset,
            tokens: item
                .terms
                .iter()
                .filter_map(|term| token_of(fields, term).map(|(_, token)| token))
                .collect(),
        };
        Ok(variants
            .into_iter()
            .map(|items| items.into_iter().map(place).collect())
            .collect())
    }

    fn exact(&mut self, exact: &ExactNode, negated: bool) -> Value {
        let places = exact_places(exact);
        if exact.slop > 0 {
            return self.more(negated, || words_in_one_text(exact.field, &[places]));
        }
        let french = &self.compiler.engine.reader.french;
        self.in_texts(exact.field, |text| phrase(french, text, &places, 0))
    }

    fn phrase(&mut self, node: &PhraseNode, negated: bool) -> Result<Value> {
        let spellings = node.spellings();
        let has_pattern = spellings
            .iter()
            .flatten()
            .any(|placed| matches!(placed.what, PlacedWord::Pattern(_)));
        if has_pattern || self.is_loose {
            return self.words_of(node, negated);
        }
        let [title, body] = [
            self.spelled(&spellings, Text::Title)?,
            self.spelled(&spellings, Text::Body)?,
        ];
        if node.slop > 0 && !title.iter().chain(&body).all(|places| are_apart(places)) {
            return self.words_of(node, negated);
        }
        let french = &self.compiler.engine.reader.french;
        Ok(self.in_texts(node.field, |text| {
            let of_text = if text == Text::Title { &title } else { &body };
            any_of(
                of_text
                    .iter()
                    .map(|places| phrase(french, text, places, node.slop))
                    .collect(),
            )
        }))
    }

    /// All that a phrase is made of in one text, each in any of its spellings, wherever they stand.
    fn words_of(&mut self, node: &PhraseNode, negated: bool) -> Result<Value> {
        let mut any = Vec::new();
        for text in texts(node.field) {
            let mut all = Vec::new();
            for item in &node.items {
                let mut some = Vec::new();
                for words in item.atom.sequences() {
                    some.extend(self.together(&crate::query::in_sequence(&words), text)?);
                }
                all.push(any_of(some));
            }
            any.push(all_of(all));
        }
        Ok(self.more(negated, || any_of(any)))
    }

    /// All words of a sequence in one text, wherever they stand there.
    fn together(&mut self, placed: &[Placed<'_>], text: Text) -> Result<Option<Value>> {
        let mut all = Vec::new();
        for one in placed {
            if let PlacedWord::Pattern(node) = one.what {
                all.push(folds_like(&node.pattern, text));
                continue;
            }
            let alone = [Placed {
                offset: 0,
                what: one.what,
            }];
            let any: Vec<Value> = self
                .places(&alone, text)?
                .iter()
                .map(|places| bag(text, places))
                .collect();
            if any.is_empty() {
                return Ok(None);
            }
            all.push(any_of(any));
        }
        Ok(Some(all_of(all)))
    }

    fn near(&mut self, near: &NearNode, negated: bool) -> Result<Value> {
        let title_only = near.operands.iter().any(in_title_only);
        let (mut any, mut is_exact) = (Vec::new(), true);
        for text in texts(if title_only {
            TextField::Title
        } else {
            TextField::Any
        }) {
            let operands: Vec<Vec<Group<'_>>> = near.operands.iter().map(groups).collect();
            match self.near_words(&operands, text)? {
                Some(places) => any.push(within(text, &places, near.window)),
                None => {
                    is_exact = false;
                    let mut all = Vec::new();
                    for alternatives in &operands {
                        let mut some = Vec::new();
                        for group in alternatives {
                            some.extend(self.group(group, text)?);
                        }
                        all.push(any_of(some));
                    }
                    any.push(all_of(all));
                }
            }
        }
        Ok(match is_exact {
            true => any_of(any),
            false => self.more(negated, || any_of(any)),
        })
    }

    /// The operands, if each is one word and no two can be the same.
    fn near_words(&mut self, operands: &[Vec<Group<'_>>], text: Text) -> Result<Option<Vec<Place>>> {
        let mut places = Vec::new();
        for alternatives in operands {
            let [
                Group {
                    placed,
                    exact: None,
                    slop: 0,
                },
            ] = alternatives.as_slice()
            else {
                return Ok(None);
            };
            if matches!(
                placed.as_slice(),
                [Placed {
                    what: PlacedWord::Pattern(_),
                    ..
                }]
            ) {
                return Ok(None);
            }
            match self.places(placed, text)?.as_slice() {
                [one] if one.len() == 1 => places.extend(one.iter().cloned()),
                _ => return Ok(None),
            }
        }
        Ok(are_apart(&places).then_some(places))
    }

    /// An operand of NEAR in one text.
    fn group(&mut self, group: &Group<'_>, text: Text) -> Result<Option<Value>> {
        if let Some(exact) = group.exact {
            return Ok(Some(bag(text, &exact_places(exact))));
        }
        self.together(&group.placed, text)
    }
}

#[cfg(test)]
mod tests;
