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

use super::archive::{field, joined, share, word};
use crate::error::Result;
use crate::french::{FormTerm, French, fold};
use crate::query::{
    ExactNode, NameNode, NearNode, Node, Pattern, PatternPiece, PhraseNode, Placed, PlacedWord, TextField,
    WordNode,
};
use crate::search::compile::compiler::Compiler;
use crate::search::compile::near::{Group, groups, in_title_only};
use crate::search::compile::selection::{Compiled, event_paths};
use crate::search::facet::counts::{FacetFilter, WITHOUT};
use crate::search::whole::token_of;
use crate::search::{LocalEngine, Place, Selection, Text, Token};
use serde_json::{Value, json};

use super::document::TERM;
use super::mapping::BESIDE;

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
pub(crate) fn selection(
    engine: &LocalEngine,
    compiled: &Compiled<'_>,
    selection: &Selection,
) -> Result<Lowered> {
    let lowered = written(Lowering::new(engine), compiled, selection)?;
    if clauses(&lowered.query) <= MOST_CLAUSES {
        return Ok(lowered);
    }
    // Names in phrases multiply their spellings.
    let loosely = Lowering {
        is_loose: true,
        ..Lowering::new(engine)
    };
    written(loosely, compiled, selection)
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

fn written(mut lowering: Lowering<'_>, compiled: &Compiled<'_>, selection: &Selection) -> Result<Lowered> {
    let engine = lowering.compiler.engine;
    let mut text = match &compiled.rest {
        Some(node) => lowering.node(node, false)?,
        None => None,
    };
    if let Some((words, is_text)) = &compiled.beside {
        let words = lowering.node(words, false)?;
        text = match (text, words) {
            (Some(text), Some(words)) if *is_text => {
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
        filters: compiled.filters.clone(),
        is_exact: lowering.is_exact,
        is_scored: lowering.is_scored,
    })
}

/// Articles without any date.
pub(crate) fn undated() -> Value {
    json!({"bool": {"must_not": [{"exists": {"field": "date_from"}}]}})
}

/// Dates that overlap an interval.
fn dates(from: Option<i64>, to: Option<i64>) -> Value {
    let begins = to.map(|to| json!({"range": {"date_from": {"lte": to}}}));
    let ends = from.map(|from| json!({"range": {"date_to": {"gte": from}}}));
    let filter: Vec<Value> = begins.into_iter().chain(ends).collect();
    json!({"bool": {"filter": filter}})
}

/// Articles of a file, or of those below a folder.
fn files_under(key: &str) -> Value {
    let folder = match key.ends_with('/') {
        true => key.to_string(),
        false => format!("{key}/"),
    };
    any_of(vec![
        json!({"prefix": {"file": {"value": folder}}}),
        json!({"term": {"file": {"value": key}}}),
    ])
}

/// Every article, scored nothing.
pub(crate) fn everything() -> Value {
    json!({"bool": {"filter": [{"match_all": {}}]}})
}

/// No article.
fn nothing() -> Value {
    json!({"match_none": {}})
}

/// Any of these.
pub(crate) fn any_of(mut queries: Vec<Value>) -> Value {
    match queries.len() {
        0 => nothing(),
        1 => queries.remove(0),
        _ => json!({"bool": {"should": queries, "minimum_should_match": 1}}),
    }
}

fn all_of(mut queries: Vec<Value>) -> Value {
    match queries.len() {
        1 => queries.remove(0),
        _ => json!({"bool": {"must": queries}}),
    }
}

/// Articles with one of these values, those below them too; or, for [`WITHOUT`], with none.
pub(crate) fn any_value(facet: &str, paths: &[String]) -> Value {
    let field = format!("facet.{facet}");
    let values: Vec<&String> = paths.iter().filter(|path| *path != WITHOUT).collect();
    let mut some = Vec::new();
    if paths.iter().any(|path| path == WITHOUT) {
        some.push(without(facet));
    }
    if !values.is_empty() {
        some.push(json!({"terms": {field: values}}));
    }
    any_of(some)
}

/// Articles without a value of a facet.
pub(crate) fn without(facet: &str) -> Value {
    json!({"bool": {"must_not": [{"exists": {"field": format!("facet.{facet}")}}]}})
}

/// Words at successive places.
pub(crate) fn sequence(french: &French, text: Text, places: &[Place]) -> Value {
    phrase(french, text, places, 0)
}

/// Words at their places, moved by no more than the slop in all.
fn phrase(french: &French, text: Text, places: &[Place], slop: u32) -> Value {
    let mut lines: Vec<String> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        lines.push(line(place.tokens.iter().map(word)));
        let Some(next) = places.get(at + 1) else { break };
        // A joined spelling takes the places of its parts, which stand there too.
        for hole in 1..next.offset.saturating_sub(place.offset) {
            lines.push(line(parts_at(french, &place.tokens, hole as usize)));
        }
    }
    let field = field(text, "words");
    let kind = if lines.len() > 1 { "match_phrase" } else { "match" };
    let mut query = json!({"query": lines.join("\n"), "analyzer": "places"});
    if slop > 0 && lines.len() > 1 {
        query["slop"] = slop.into();
    }
    json!({ kind: { field: query } })
}

/// What may stand at one place.
fn line(words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<String> = words.collect();
    words.sort_unstable();
    words.dedup();
    words.join(&BESIDE.to_string())
}

/// The parts of joined spellings that stand so many places after their first.
fn parts_at<'t>(french: &'t French, tokens: &'t [Token], at: usize) -> impl Iterator<Item = String> + 't {
    tokens.iter().filter_map(move |token| {
        let Token::Form(form) = token else { return None };
        let tokens = french.analyze(FormTerm::parse(form)?.form);
        let part = tokens.iter().filter(|token| token.is_part()).nth(at)?;
        Some(format!("{TERM}{}", part.word.term))
    })
}

/// Whether no word of one place can be a word of another, and each takes one place of the text.
fn are_apart(places: &[Place]) -> bool {
    let is_plain = |place: &Place| place.tokens.iter().all(|token| matches!(token, Token::Term(_)));
    places.iter().all(is_plain)
        && places.iter().enumerate().all(|(at, one)| {
            places[at + 1..]
                .iter()
                .all(|other| !share(&one.tokens, &other.tokens))
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

fn filtered(query: Value) -> Value {
    json!({"bool": {"filter": [query]}})
}

/// All that is wanted and nothing that isn't; without anything wanted, from all articles.
fn but(mut wanted: Vec<Value>, unwanted: Vec<Value>) -> Value {
    if wanted.is_empty() {
        wanted.push(everything());
    }
    match unwanted.is_empty() {
        true => all_of(wanted),
        false => json!({"bool": {"must": wanted, "must_not": unwanted}}),
    }
}

fn texts(field: TextField) -> Vec<Text> {
    match field {
        TextField::Title => vec![Text::Title],
        TextField::Any => vec![Text::Body, Text::Title],
    }
}

fn exact_places(exact: &ExactNode) -> Vec<Place> {
    let place = |item: &crate::query::ExactItem| Place {
        offset: item.offset,
        tokens: vec![Token::Form(
            FormTerm {
                folded: &item.folded,
                form: &item.form,
            }
            .to_string(),
        )],
    };
    exact.items.iter().map(place).collect()
}

/// All places' words, wherever they stand.
fn bag(text: Text, places: &[Place]) -> Value {
    let field = field(text, "words");
    let any = |place: &Place| {
        let words = line(place.tokens.iter().map(word));
        json!({"match": {&field: {"query": words, "analyzer": "places"}}})
    };
    all_of(places.iter().map(any).collect())
}

fn words_in_one_text(field: TextField, sequences: &[Vec<Place>]) -> Value {
    let any = texts(field)
        .into_iter()
        .flat_map(|text| sequences.iter().map(move |places| bag(text, places)));
    any_of(any.collect())
}

/// Words of which the last stands at most so many words after the first, both counted.
fn within(text: Text, places: &[Place], window: u32) -> Value {
    let Some(gaps) = (window as usize).checked_sub(places.len()) else {
        return nothing();
    };
    let matched = |token: &Token| json!({"match": {"query": word(token), "analyzer": "keyword"}});
    let operand = |place: &Place| match place.tokens.as_slice() {
        [one] => matched(one),
        several => json!({"any_of": {"intervals": several.iter().map(matched).collect::<Vec<_>>()}}),
    };
    let operands: Vec<Value> = places.iter().map(operand).collect();
    json!({"intervals": {field(text, "words"): {
        "all_of": {"ordered": false, "max_gaps": gaps, "intervals": operands},
    }}})
}

/// Folded words that fit a pattern.
pub(crate) fn folds_like(pattern: &Pattern, text: Text) -> Value {
    let field = field(text, "folds");
    match pattern {
        Pattern::Prefix(prefix) => json!({"prefix": {field: {"value": prefix, "rewrite": "constant_score"}}}),
        Pattern::Wildcard(pieces) => {
            let value: String = pieces.iter().map(piece).collect();
            json!({"wildcard": {field: {"value": value, "rewrite": "constant_score"}}})
        }
        Pattern::Fuzzy { folded, distance } => json!({"fuzzy": {field: {
            "value": folded, "fuzziness": distance, "prefix_length": 0, "transpositions": true,
            "rewrite": "constant_score",
        }}}),
    }
}

fn piece(piece: &PatternPiece) -> String {
    match piece {
        PatternPiece::One => "?".into(),
        PatternPiece::Many => "*".into(),
        PatternPiece::Text(text) => {
            let mut written = String::with_capacity(text.len());
            for letter in text.chars() {
                if matches!(letter, '*' | '?' | '\\') {
                    written.push('\\');
                }
                written.push(letter);
            }
            written
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::ask::Asker;
    use crate::cluster::engine::ClusterEngine;
    use crate::cluster::fake::{Asked, FakeTransport, answer};
    use crate::cluster::transport::Response;
    use crate::index::{IndexDir, Payload};
    use std::fmt::Write as _;
    use std::sync::Arc;

    const PAGE: &str = "tests/lowered.md";
    const BODY: &str = "Un week-end à Gao : Al-Qaïda, l'Aqmi, des drones, 1 500 tués, des tues.";

    /// A cluster of one article: every word that is counted is there, and every accentuation is found at once.
    fn cluster(asked: &Asked) -> Option<Response> {
        let lines: Vec<Value> = asked
            .body
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        let responses = lines.chunks(2).map(|two| {
            let body = &two[1];
            let counted = |filters: &Value| {
                let buckets = filters.as_array().expect("filters").iter();
                buckets
                    .map(|filter| json!({"doc_count": u64::from(is_there(filter))}))
                    .collect::<Vec<_>>()
            };
            let mut response = json!({
                "timed_out": false, "_shards": {"total": 1, "failed": 0},
                "hits": {"total": {"value": 1}, "hits": []},
            });
            match &body["aggs"] {
                aggs if aggs["n"].is_object() => {
                    let filters = &aggs["n"]["filters"]["filters"];
                    response["aggregations"] = json!({"n": {"buckets": counted(filters)}});
                }
                aggs if aggs["v"].is_object() => {
                    let values = ["Mali", "Mali/Gao"].map(|path| json!({"key": path, "doc_count": 1}));
                    let buckets = match aggs["v"]["terms"]["field"] == "facet.region" {
                        true => values.to_vec(),
                        false => Vec::new(),
                    };
                    response["aggregations"] = json!({"v": {
                        "doc_count_error_upper_bound": 0, "sum_other_doc_count": 0, "buckets": buckets,
                    }});
                }
                aggs if aggs["b"].is_object() => {
                    response["aggregations"] = json!({"b": {"value": 14.0}, "t": {"value": 0.0}});
                }
                // The first question for the accentuations of a word, in the body.
                _ if body["query"]["bool"]["filter"][0]["term"]["b_folds"].is_object() => {
                    response["hits"]["hits"] = json!([{"_source": {"body": BODY}}]);
                }
                _ => {}
            }
            response
        });
        answer(200, &json!({"responses": responses.collect::<Vec<_>>()}))
    }

    /// Whether the article has what is counted: words of its body.
    fn is_there(filter: &Value) -> bool {
        let french = crate::schema::Lexicons::embedded().french().expect("sound");
        let tokens = french.analyze(BODY);
        let term = |key: &str| filter["term"][key]["value"].as_str();
        match (term("b_terms"), term("b_words")) {
            (Some(wanted), _) => tokens
                .iter()
                .any(|token| token.is_part() && *token.word.term == *wanted),
            (_, Some(wanted)) => tokens.iter().any(|token| *token.word.form_term == *wanted),
            _ => filter["term"].is_null(),
        }
    }

    fn engine() -> ClusterEngine {
        let asker = Asker {
            transport: Arc::new(FakeTransport::new(cluster)),
            index: "griot-test-gen-1".into(),
        };
        let payload = Payload::new(String::new(), false);
        let index_dir = IndexDir::at(std::path::PathBuf::from("unused"));
        ClusterEngine::of(asker, index_dir, payload, (Value::Null, String::new())).expect("made")
    }

    /// How the page shows what is asked.
    fn shown(engine: &ClusterEngine, query: &str) -> String {
        let (_, lowered) = engine.lowered(&Selection::of(query)).expect("lowered");
        let more = if lowered.is_exact { "" } else { "more\n" };
        let mut json = serde_json::to_string_pretty(&lowered.query).expect("written");
        if !lowered.filters.is_empty() {
            let filters = serde_json::to_string_pretty(&lowered.filter_but(None)).expect("written");
            let _ = write!(json, "\nfilter: {filters}");
        }
        // serde_json writes control characters as they are read on the page, but for this one.
        format!("```json\n{more}{}\n```\n", json.replace('\u{7f}', "\\u007f"))
    }

    /// `GRIOT_WRITE=1` writes the page anew, for reading what has changed.
    #[test]
    fn every_kind_of_clause_is_asked_as_the_page_says() {
        let engine = engine();
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
        let page = std::fs::read_to_string(&path).expect("the page");
        let (mut written, mut rest, mut clauses) = (String::new(), page.as_str(), 0);
        while let Some((before, after)) = rest.split_once("```query\n") {
            let (query, after) = after.split_once("\n```\n").expect("the end of a query");
            let _ = write!(
                written,
                "{before}```query\n{query}\n```\n\n{}",
                shown(&engine, query)
            );
            rest = match after.trim_start().strip_prefix("```json\n") {
                Some(json) => json.split_once("\n```\n").expect("the end of an answer").1,
                None => after,
            };
            clauses += 1;
        }
        written.push_str(rest);
        if std::env::var_os("GRIOT_WRITE").is_some() {
            std::fs::write(&path, &written).expect("written");
        }
        assert!(clauses > 20, "{clauses}");
        assert_eq!(written, page, "GRIOT_WRITE=1 writes {PAGE} anew");
    }
}
