//! From the tree of a query, and the filters of a request, to tantivy queries.

use super::either::EitherQuery;
use super::expand::{PatternQuery, expand};
use super::facet_counts::FacetFilter;
use super::matching::Matcher;
use super::positional::{Distance, Item, PositionalQuery};
use super::ranking::{RankWord, forms_of};
use super::request::Request;
use super::{Engine, declared, is_month};
use crate::date::PartialDate;
use crate::error::Result;
use crate::french::{FORM_SEPARATOR, fold};
use crate::index::Fields;
use crate::index::fields::ARTICLE;
use crate::query::{
    DateNode, ExactNode, FacetNode, Joined, Node, ParseOptions, PatternNode, PhraseNode, Placed, PlacedWord, Query, SourceNode, TextField,
    UnitNode, Value, WordNode,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, Query as TantivyQuery, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Facet, Field, IndexRecordOption, Term};

/// Words that are scored again by form and adjacency. Longer queries are pasted texts.
const RANK_WORDS: usize = 48;
/// Words of a NEAR's operand are tried in so many combinations at most.
const NEAR_CHOICES: usize = 256;
/// Terms that one place of a phrase may stand for; a pattern with more is capped, and a note says so.
const TERMS_AT_A_PLACE: usize = 4_000;

/// Variants of a phrase by the extents of its words.
const PHRASE_VARIANTS: usize = 64;

type Boxed = Box<dyn TantivyQuery>;

/// A query ready to run.
pub struct Compiled {
    pub parsed: Query,
    /// Text, dates, sources, and facets inside OR or NOT groups.
    pub query: Boxed,
    /// Facets that every hit must fit: options, and the query's own at its top level.
    pub filters: Vec<FacetFilter>,
    pub words: Vec<RankWord>,
    pub matcher: Matcher,
    pub notes: Vec<String>,
    scored: bool,
}

impl Compiled {
    /// Whether there is text to rank by.
    pub fn scored(&self) -> bool {
        self.scored
    }
}

/// Compiles a request.
///
/// # Errors
/// [`crate::Error::NoSuchFacet`] for options on a facet that isn't declared.
pub fn compile(engine: &Engine, request: &Request) -> Result<Compiled> {
    let fields = &engine.reader.fields;
    let options = ParseOptions { any: request.any, plain: request.plain, facets: &engine.reader.schema.facets };
    let mut parsed = Query::parse(&request.query, &options, &engine.reader.french);
    let mut compiler = Compiler { engine, fields, notes: parsed.notes.iter().map(|n| n.message.clone()).collect() };
    let mut filters: Vec<FacetFilter> = Vec::new();
    for (typed, exclude) in request.include.iter().map(|t| (t, false)).chain(request.exclude.iter().map(|t| (t, true))) {
        let name = declared(fields, &typed.0)?.name.clone();
        let paths = compiler.option_paths(&name, &typed.1)?;
        add_filter(&mut filters, &name, paths, exclude);
    }
    let root = parsed.root.take();
    let (rest, lifted) = lift_filters(root.clone(), &filters);
    for (facet, exclude) in lifted {
        let paths = compiler.paths(&facet)?;
        add_filter(&mut filters, &facet.name, paths, exclude);
    }
    parsed.root = root;
    let text = match &rest {
        Some(node) => compiler.node(node)?,
        None => None,
    };
    let scored = text.is_some() && parsed.root.as_ref().is_some_and(has_text);
    let mut clauses: Vec<(Occur, Boxed)> = vec![(Occur::Must, text.unwrap_or_else(|| everything(fields)))];
    if request.since.is_some() || request.until.is_some() {
        let days = |date: Option<PartialDate>| date.map(PartialDate::interval);
        clauses.extend(dates(fields, days(request.since).map(|d| d.0), days(request.until).map(|d| d.1)));
    }
    if let Some(under) = &request.under {
        clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(files_under(fields, under), 0.0))));
    }
    let query = if clauses.len() == 1 { clauses.remove(0).1 } else { Box::new(BooleanQuery::new(clauses)) };
    let words = rank_words(&parsed);
    let matcher = Matcher::new(&parsed, &|word: &WordNode| compiler.rarity(word));
    Ok(Compiled { parsed, query, filters, words, matcher, notes: compiler.notes, scored })
}

/// Every article.
fn everything(fields: &Fields) -> Boxed {
    let term = Term::from_field_text(fields.kind, ARTICLE);
    Box::new(ConstScoreQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::Basic)), 0.0))
}

fn has_text(root: &Node) -> bool {
    let mut found = false;
    root.visit_positive(&mut |node| {
        found |= matches!(node, Node::Word(_) | Node::Unit(_) | Node::Exact(_) | Node::Phrase(_) | Node::Pattern(_))
    });
    found
}

fn add_filter(filters: &mut Vec<FacetFilter>, facet: &str, paths: Vec<String>, exclude: bool) {
    let at = match filters.iter().position(|f| f.facet == facet) {
        Some(at) => at,
        None => {
            filters.push(FacetFilter { facet: facet.to_string(), ..FacetFilter::default() });
            filters.len() - 1
        }
    };
    let list = if exclude { &mut filters[at].exclude } else { &mut filters[at].include };
    list.extend(paths);
}

/// Takes the facet conditions that every hit must fit out of the query, so that they count as filters do: each
/// facet under the others'. A facet that is filtered already keeps its second condition in the query: there, two
/// conditions on one facet must both hold.
fn lift_filters(root: Option<Node>, filters: &[FacetFilter]) -> (Option<Node>, Vec<(FacetNode, bool)>) {
    let nodes = match root {
        Some(Node::And(nodes)) => nodes,
        Some(node) => vec![node],
        None => return (None, Vec::new()),
    };
    let (mut rest, mut lifted): (Vec<Node>, Vec<(FacetNode, bool)>) = (Vec::new(), Vec::new());
    for node in nodes {
        let (facet, exclude) = match &node {
            Node::Facet(facet) => (facet.clone(), false),
            Node::Not(inner) => match &**inner {
                Node::Facet(facet) => (facet.clone(), true),
                _ => {
                    rest.push(node);
                    continue;
                }
            },
            _ => {
                rest.push(node);
                continue;
            }
        };
        let taken = filters.iter().any(|f| f.facet == facet.name && !f.include.is_empty())
            || lifted.iter().any(|(other, no)| other.name == facet.name && !no);
        if taken && !exclude { rest.push(node) } else { lifted.push((facet, exclude)) }
    }
    (Node::and(rest), lifted)
}

/// The clauses of a facet filter.
pub fn facet_clauses(fields: &Fields, filter: &FacetFilter) -> Result<Vec<(Occur, Boxed)>> {
    let Some((_, field)) = fields.facet(&filter.facet) else { return Ok(Vec::new()) };
    let any_of = |paths: &[String]| -> Boxed {
        let terms: Vec<Term> = paths.iter().map(|path| facet_term(*field, path)).collect();
        Box::new(ConstScoreQuery::new(Box::new(TermSetQuery::new(terms)), 0.0))
    };
    let mut clauses = Vec::new();
    if !filter.include.is_empty() {
        clauses.push((Occur::Must, any_of(&filter.include)));
    }
    if !filter.exclude.is_empty() {
        clauses.push((Occur::MustNot, any_of(&filter.exclude)));
    }
    Ok(clauses)
}

fn facet_term(field: Field, path: &str) -> Term {
    Term::from_facet(field, &Facet::from_path(path.split('/')))
}

/// Publication dates that overlap an interval of days.
fn dates(fields: &Fields, from: Option<i64>, to: Option<i64>) -> Vec<(Occur, Boxed)> {
    let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
    let range = |low, high| -> (Occur, Boxed) { (Occur::Must, Box::new(ConstScoreQuery::new(Box::new(RangeQuery::new(low, high)), 0.0))) };
    if let Some(to) = to {
        clauses.push(range(Bound::Unbounded, Bound::Included(Term::from_field_i64(fields.date_from, to))));
    }
    if let Some(from) = from {
        clauses.push(range(Bound::Included(Term::from_field_i64(fields.date_to, from)), Bound::Unbounded));
    }
    clauses
}

/// Articles of the file with that key, or of files below the folder with that key.
fn files_under(fields: &Fields, key: &str) -> Boxed {
    let folder = if key.ends_with('/') { key.to_string() } else { format!("{key}/") };
    // '0' follows '/' in every encoding of interest.
    let after = format!("{}0", &folder[..folder.len() - 1]);
    let term = |text: &str| Term::from_field_text(fields.file, text);
    let below = RangeQuery::new(Bound::Included(term(&folder)), Bound::Excluded(term(&after)));
    let itself = TermQuery::new(term(key), IndexRecordOption::Basic);
    Box::new(BooleanQuery::new(vec![(Occur::Should, Box::new(below) as Boxed), (Occur::Should, Box::new(itself))]))
}

fn rank_words(parsed: &Query) -> Vec<RankWord> {
    let numbered = (0..).zip(parsed.positive_words()).filter(|(_, w)| !w.ignored);
    let mut words: Vec<RankWord> =
        numbered.map(|(position, w)| RankWord { term: w.term.clone(), folded: w.folded.clone(), position }).collect();
    words.truncate(RANK_WORDS);
    words
}

struct Compiler<'e> {
    engine: &'e Engine<'e>,
    fields: &'e Fields,
    notes: Vec<String>,
}

impl Compiler<'_> {
    /// The query of a node; `None` when it is as if absent (ignored words).
    fn node(&mut self, node: &Node) -> Result<Option<Boxed>> {
        Ok(match node {
            Node::Word(word) if word.ignored => None,
            Node::Word(word) => Some(self.word(word)?),
            Node::Unit(unit) => Some(self.unit(unit)?),
            Node::Exact(exact) => Some(self.exact(exact)),
            Node::Phrase(phrase) => Some(self.phrase(phrase)?),
            Node::Near(near) => Some(self.near(&near.operands, near.window)?),
            Node::Pattern(pattern) => Some(self.pattern(pattern)),
            Node::Facet(facet) => {
                let paths = self.paths(facet)?;
                let Some((_, field)) = self.fields.facet(&facet.name) else { return Ok(Some(Box::new(EmptyQuery))) };
                let terms: Vec<Term> = paths.iter().map(|path| facet_term(*field, path)).collect();
                Some(Box::new(ConstScoreQuery::new(Box::new(TermSetQuery::new(terms)), 0.0)))
            }
            Node::Date(DateNode { from, to, .. }) => Some(Box::new(BooleanQuery::new(dates(self.fields, *from, *to)))),
            Node::Source(source) => Some(self.source(source)),
            Node::And(nodes) => self.all_of(nodes)?,
            Node::Or(nodes) => {
                let mut clauses = Vec::new();
                for node in nodes {
                    clauses.extend(self.operand(node)?.map(|query| (Occur::Should, query)));
                }
                some_of(clauses)
            }
            Node::Not(inner) => self.node(inner)?.map(|query| self.without(vec![], vec![query])),
        })
    }

    /// An operand of OR: an exclusion there means "every article but".
    fn operand(&mut self, node: &Node) -> Result<Option<Boxed>> {
        self.node(node)
    }

    fn all_of(&mut self, nodes: &[Node]) -> Result<Option<Boxed>> {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        for node in nodes {
            match node {
                Node::Not(inner) => unwanted.extend(self.node(inner)?),
                node => wanted.extend(self.node(node)?),
            }
        }
        if wanted.is_empty() && unwanted.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.without(wanted, unwanted)))
    }

    fn without(&self, mut wanted: Vec<Boxed>, unwanted: Vec<Boxed>) -> Boxed {
        if wanted.is_empty() {
            // Only exclusions: from all articles. tantivy alone would find nothing.
            wanted.push(everything(self.fields));
        }
        if wanted.len() == 1 && unwanted.is_empty() {
            return wanted.remove(0);
        }
        let wanted = wanted.into_iter().map(|q| (Occur::Must, q));
        Box::new(BooleanQuery::new(wanted.chain(unwanted.into_iter().map(|q| (Occur::MustNot, q))).collect()))
    }

    /// Title and body, the title weighted; or the title alone.
    fn in_fields(&self, field: TextField, make: impl Fn(Field, Field) -> Option<Boxed>) -> Boxed {
        let title = make(self.fields.title, self.fields.title_forms);
        if field == TextField::Title {
            return title.unwrap_or_else(|| Box::new(EmptyQuery));
        }
        let weight = self.engine.reader.schema.boosts.title;
        let title = title.map(|query| Box::new(BoostQuery::new(query, weight)) as Boxed);
        match (make(self.fields.body, self.fields.body_forms), title) {
            (Some(body), Some(title)) => Box::new(EitherQuery { one: body, other: title }),
            (one, other) => one.or(other).unwrap_or_else(|| Box::new(EmptyQuery)),
        }
    }

    fn word(&mut self, word: &WordNode) -> Result<Boxed> {
        let title_forms = self.joined_terms(self.fields.title_forms, &word.folded)?;
        let body_forms = self.joined_terms(self.fields.body_forms, &word.folded)?;
        Ok(self.in_fields(word.field, |terms, forms| {
            let mut clauses: Vec<(Occur, Boxed)> = vec![(Occur::Should, scored_term(Term::from_field_text(terms, &word.term)))];
            let joined = if forms == self.fields.title_forms { &title_forms } else { &body_forms };
            clauses.extend(joined.iter().map(|term| (Occur::Should, scored_term(term.clone()))));
            some_of(clauses)
        }))
    }

    /// Terms of joined spellings (`week-end`) whose folded form is `folded`. Words written in one are found by
    /// their index term already.
    fn joined_terms(&self, field: Field, folded: &str) -> Result<Vec<Term>> {
        let mut forms = BTreeSet::new();
        for segment in self.engine.searcher.segment_readers() {
            forms.extend(forms_of(segment, field, folded)?);
        }
        let digits = folded.bytes().all(|b| b.is_ascii_digit());
        let joined = |form: &&String| {
            let form = form.split_once(FORM_SEPARATOR).map_or("", |(_, form)| form);
            digits || form.chars().any(|c| !c.is_alphanumeric() && c != '\'') || form.starts_with(|c: char| c.is_ascii_digit())
        };
        Ok(forms.iter().filter(joined).map(|form| Term::from_field_text(field, form)).collect())
    }

    /// Every spelling of a joined word, parts or not: for places in phrases.
    fn spelled_in_one(&self, field: Field, joined: &Joined) -> Result<Vec<Term>> {
        let mut forms = BTreeSet::new();
        for segment in self.engine.searcher.segment_readers() {
            forms.extend(forms_of(segment, field, &joined.folded)?);
        }
        Ok(forms.iter().map(|form| Term::from_field_text(field, form)).collect())
    }

    fn unit(&mut self, unit: &UnitNode) -> Result<Boxed> {
        let spelling: Vec<Placed> = (0..).zip(&unit.parts).map(|(offset, part)| Placed { offset, what: PlacedWord::Word(part) }).collect();
        let mut variants = Vec::new();
        for (terms, forms) in self.text_fields() {
            let joined = unit.joined.as_ref().map_or(Ok(Vec::new()), |joined| self.spelled_in_one(forms, joined))?;
            variants.push((terms, self.places(&spelling, terms, forms)?, joined));
        }
        Ok(self.in_fields(unit.field, |terms, _| {
            let (_, phrases, joined) = variants.iter().find(|(field, ..)| *field == terms)?;
            let phrases = phrases.iter().map(|items| {
                let query = PositionalQuery { items: items.clone(), distance: Distance::Slop(0), norms: terms };
                (Occur::Should, Box::new(query) as Boxed)
            });
            some_of(phrases.chain(joined.iter().map(|term| (Occur::Should, scored_term(term.clone())))).collect())
        }))
    }

    fn text_fields(&self) -> [(Field, Field); 2] {
        [(self.fields.title, self.fields.title_forms), (self.fields.body, self.fields.body_forms)]
    }

    fn exact(&self, exact: &ExactNode) -> Boxed {
        self.in_fields(exact.field, |terms, forms| {
            let term =
                |item: &crate::query::ExactItem| Term::from_field_text(forms, &format!("{}{FORM_SEPARATOR}{}", item.folded, item.form));
            if let [one] = &exact.items[..] {
                return Some(scored_term(term(one)));
            }
            let items = exact.items.iter().map(|item| Item { terms: vec![term(item)], offset: item.offset, extent: 1 }).collect();
            Some(Box::new(PositionalQuery { items, distance: Distance::Slop(exact.slop), norms: terms }))
        })
    }

    fn phrase(&mut self, phrase: &PhraseNode) -> Result<Boxed> {
        let mut variants: Vec<(Field, Vec<Item>)> = Vec::new();
        for (terms, forms) in self.text_fields() {
            for spelling in phrase.spellings() {
                variants.extend(self.places(&spelling, terms, forms)?.into_iter().map(|items| (terms, items)));
            }
        }
        Ok(self.in_fields(phrase.field, |terms, _| {
            let clauses = variants.iter().filter(|(field, _)| *field == terms).map(|(_, items)| {
                let query = PositionalQuery { items: items.clone(), distance: Distance::Slop(phrase.slop), norms: terms };
                (Occur::Should, Box::new(query) as Boxed)
            });
            some_of(clauses.collect())
        }))
    }

    /// A spelling of a phrase as items, in as many variants as its words have extents in the archive: what follows
    /// `week-end` stands one position later than what follows `weekend`.
    fn places(&mut self, spelling: &[Placed], terms: Field, forms: Field) -> Result<Vec<Vec<Item>>> {
        let mut variants: Vec<(Vec<Item>, u32)> = vec![(Vec::new(), 0)];
        for placed in spelling {
            let mut of_extent: BTreeMap<u32, Vec<Term>> = BTreeMap::new();
            let found = match placed.what {
                PlacedWord::Word(word) => {
                    of_extent.entry(1).or_default().push(Term::from_field_text(terms, &word.term));
                    self.joined_terms(forms, &word.folded)?
                }
                PlacedWord::Joined(joined) => self.spelled_in_one(forms, joined)?,
                PlacedWord::Pattern(pattern) => self.pattern_terms(pattern, forms, TERMS_AT_A_PLACE)?,
            };
            for term in found {
                of_extent.entry(self.extent(&term)).or_default().push(term);
            }
            if of_extent.is_empty() {
                return Ok(Vec::new());
            }
            let mut longer = Vec::new();
            for (items, moved) in &variants {
                for (extent, terms) in &of_extent {
                    let item = Item { terms: terms.clone(), offset: placed.offset + moved, extent: *extent };
                    longer.push(([&items[..], &[item]].concat(), moved + extent - 1));
                }
            }
            if longer.len() > PHRASE_VARIANTS {
                longer.truncate(PHRASE_VARIANTS);
                self.notes.push("a phrase can be spelled in too many ways; not all of them are searched".into());
            }
            variants = longer;
        }
        Ok(variants.into_iter().map(|(items, _)| items).collect())
    }

    /// Positions that a term of a forms field takes: one for each part of its form.
    fn extent(&self, term: &Term) -> u32 {
        let text = String::from_utf8_lossy(term.serialized_value_bytes());
        let form = text.split_once(FORM_SEPARATOR).map_or("", |(_, form)| form);
        if form.chars().all(char::is_alphabetic) {
            return 1;
        }
        self.engine.reader.french.analyze(form).iter().filter(|t| t.is_part()).count().max(1) as u32
    }

    /// NEAR: each operand's words take their place in the window. Operands of several words (phrases, units) are
    /// tried in every spelling.
    fn near(&mut self, operands: &[Node], window: u32) -> Result<Boxed> {
        let window = window.saturating_sub(1);
        let mut choices: Vec<Vec<Group>> = vec![Vec::new()];
        for operand in operands {
            let alternatives = groups(operand);
            let combined =
                choices.iter().flat_map(|chosen| alternatives.iter().map(move |a| [&chosen[..], std::slice::from_ref(a)].concat()));
            choices = combined.take(NEAR_CHOICES).collect();
        }
        let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
        let title_only = operands.iter().any(in_title_only);
        for (terms, forms) in self.text_fields().into_iter().filter(|(terms, _)| !title_only || *terms == self.fields.title) {
            for chosen in &choices {
                let mut combined: Vec<Vec<(Vec<Item>, u32)>> = vec![Vec::new()];
                for group in chosen {
                    let variants = self.group_items(group, terms, forms)?;
                    let longer = combined.iter().flat_map(|c| variants.iter().map(move |v| [&c[..], &[(v.clone(), group.slop)]].concat()));
                    combined = longer.take(NEAR_CHOICES).collect();
                }
                let queries = combined.into_iter().map(|sequences| super::near::NearQuery { sequences, window, norms: terms });
                clauses.extend(queries.map(|query| (Occur::Should, Box::new(query) as Boxed)));
            }
        }
        Ok(some_of(clauses).unwrap_or_else(|| Box::new(EmptyQuery)))
    }

    fn group_items(&mut self, group: &Group, terms: Field, forms: Field) -> Result<Vec<Vec<Item>>> {
        let Some(exact) = group.exact else { return self.places(&group.placed, terms, forms) };
        let term = |i: &crate::query::ExactItem| Term::from_field_text(forms, &format!("{}{FORM_SEPARATOR}{}", i.folded, i.form));
        Ok(vec![exact.items.iter().map(|i| Item { terms: vec![term(i)], offset: i.offset, extent: 1 }).collect()])
    }

    fn pattern(&self, pattern: &PatternNode) -> Boxed {
        self.in_fields(pattern.field, |_, forms| Some(Box::new(PatternQuery { field: forms, pattern: pattern.pattern.clone() })))
    }

    fn pattern_terms(&mut self, pattern: &PatternNode, forms: Field, most: usize) -> Result<Vec<Term>> {
        let (found, capped) = expand(&self.engine.searcher, forms, &pattern.pattern, most)?;
        if capped {
            let note = format!("a pattern stands for too many words; only the first {} are searched", found.len());
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
        Ok(found.iter().map(|form| Term::from_field_text(forms, form)).collect())
    }

    fn source(&self, source: &SourceNode) -> Boxed {
        let terms = source.values.iter().map(|v| Term::from_field_text(self.fields.source, &fold(&v.text)));
        Box::new(ConstScoreQuery::new(Box::new(TermSetQuery::new(terms.collect::<Vec<_>>())), 0.0))
    }

    fn paths(&mut self, facet: &FacetNode) -> Result<Vec<String>> {
        let mut paths = Vec::new();
        for value in &facet.values {
            paths.extend(self.value_paths(&facet.name, value)?);
        }
        Ok(paths)
    }

    /// Paths of an option's value.
    fn option_paths(&mut self, facet: &str, typed: &str) -> Result<Vec<String>> {
        let months = if is_month(self.fields, facet) {
            typed.parse::<PartialDate>().ok().filter(|d| d.day().is_none()).map(|date| {
                let month = |d: jiff::civil::Date| PartialDate::from(d).month_path();
                crate::query::Months { from: month(date.first_day()), to: month(date.last_day()) }
            })
        } else {
            None
        };
        self.value_paths(facet, &Value { text: typed.to_string(), span: 0..0, months })
    }

    fn value_paths(&mut self, facet: &str, value: &Value) -> Result<Vec<String>> {
        if let Some(months) = &value.months {
            let tree = self.engine.tree(facet)?;
            let within = |path: &&String| {
                path.contains('/')
                    && months.from.as_ref().is_none_or(|from| from <= path)
                    && months.to.as_ref().is_none_or(|to| *path <= to)
            };
            let found: Vec<String> = tree.paths.iter().filter(within).cloned().collect();
            // A whole year is chosen as one value, so that it is shown as chosen.
            if let (Some(from), Some(to)) = (&months.from, &months.to)
                && from.ends_with("/01")
                && to.ends_with("/12")
                && from[..4] == to[..4]
            {
                return Ok(vec![from[..4].to_string()]);
            }
            return Ok(if found.is_empty() { months.from.iter().chain(&months.to).take(1).cloned().collect() } else { found });
        }
        let known = self.engine.reader.facets()?.resolve(facet, &value.text);
        if !known.is_empty() {
            return Ok(known);
        }
        // Values that came with the articles and that no lexicon knows.
        let tree = self.engine.tree(facet)?;
        let wanted = fold(&value.text);
        let same = |path: &&String| fold(path) == wanted || path.rsplit('/').next().is_some_and(|last| fold(last) == wanted);
        let found: Vec<String> = tree.paths.iter().filter(same).cloned().collect();
        if found.is_empty() {
            self.notes.push(format!("no {facet} is called “{}”; `griot facets --facet {facet}` lists them", value.text));
            return Ok(vec![value.text.trim_matches('/').to_string()]);
        }
        Ok(found)
    }

    /// How rare a word is: the weight of its mark in snippets.
    fn rarity(&self, word: &WordNode) -> f32 {
        let searcher = &self.engine.searcher;
        let df = searcher.doc_freq(&Term::from_field_text(self.fields.body, &word.term)).unwrap_or(0);
        (1.0 + searcher.num_docs() as f32 / (df as f32 + 1.0)).ln()
    }
}

fn in_title_only(operand: &Node) -> bool {
    let field = match operand {
        Node::Word(n) => n.field,
        Node::Unit(n) => n.field,
        Node::Exact(n) => n.field,
        Node::Phrase(n) => n.field,
        Node::Pattern(n) => n.field,
        Node::Or(nodes) => return nodes.first().is_some_and(in_title_only),
        _ => TextField::Any,
    };
    field == TextField::Title
}

/// A sequence of words that is one operand of NEAR.
#[derive(Clone)]
struct Group<'n> {
    placed: Vec<Placed<'n>>,
    exact: Option<&'n ExactNode>,
    slop: u32,
}

fn groups(operand: &Node) -> Vec<Group<'_>> {
    let plain = |placed| Group { placed, exact: None, slop: 0 };
    match operand {
        Node::Word(word) => vec![plain(vec![Placed { offset: 0, what: PlacedWord::Word(word) }])],
        Node::Pattern(pattern) => vec![plain(vec![Placed { offset: 0, what: PlacedWord::Pattern(pattern) }])],
        Node::Unit(unit) => {
            let parts = (0..).zip(&unit.parts).map(|(offset, part)| Placed { offset, what: PlacedWord::Word(part) });
            let joined = unit.joined.iter().map(|joined| plain(vec![Placed { offset: 0, what: PlacedWord::Joined(joined) }]));
            std::iter::once(plain(parts.collect())).chain(joined).collect()
        }
        Node::Phrase(phrase) => phrase.spellings().into_iter().map(|placed| Group { placed, exact: None, slop: phrase.slop }).collect(),
        Node::Exact(exact) => vec![Group { placed: Vec::new(), exact: Some(exact), slop: exact.slop }],
        Node::Or(nodes) => nodes.iter().flat_map(groups).collect(),
        _ => Vec::new(),
    }
}

fn scored_term(term: Term) -> Boxed {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// A disjunction; one clause alone stands for itself. Unions of two among several are taken apart: a union of words
/// goes through the postings of all of them at once.
fn some_of(mut clauses: Vec<(Occur, Boxed)>) -> Option<Boxed> {
    if clauses.len() > 1 {
        let apart = |(occur, query): (Occur, Boxed)| match query.downcast::<EitherQuery>() {
            Ok(either) => vec![(occur, either.one), (occur, either.other)],
            Err(query) => vec![(occur, query)],
        };
        clauses = clauses.into_iter().flat_map(apart).collect();
    }
    match clauses.len() {
        0 => None,
        1 => clauses.pop().map(|(_, query)| query),
        _ => Some(Box::new(BooleanQuery::new(clauses))),
    }
}
