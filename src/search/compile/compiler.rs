//! From the tree of a query, and the filters of a request, to tantivy queries.

use crate::date::PartialDate;
use crate::error::Result;
use crate::facet_path::FacetPath;
use crate::facets::{EXCLUDED, FacetDeclaration};
use crate::french::fold;
use crate::index::fields::{ARTICLE, COPY};
use crate::index::{Fields, copies};
use crate::query::{DateNode, FacetNode, Node, ParseOptions, Query, SourceNode, TextField, Value, WordNode};
use crate::search::dictionary::lookup::Dictionary;
use crate::search::engine::Engine;
use crate::search::facet::counts::{FacetFilter, WITHOUT};
use crate::search::facet::declared::{declared, is_month};
use crate::search::highlight::matching::Matcher;
use crate::search::request::Request;
use crate::search::score::ranking::RankWord;
use crate::search::score::title_or_body::EitherQuery;
use crate::search::score::word::{AllWordsQuery, WordQuery};
use rustc_hash::FxHashSet;
use std::ops::Bound;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query as TantivyQuery, RangeQuery, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Facet, Field, IndexRecordOption, Term};

/// Words that are scored again by form and adjacency. Longer queries are pasted texts.
const RANK_WORDS: usize = 48;
pub(crate) type Boxed = Box<dyn TantivyQuery>;

/// A query ready to run.
pub struct Compiled<'e> {
    pub parsed: Query,
    /// Text, dates, sources, and facets inside OR or NOT groups.
    pub query: Boxed,
    /// Facets that every hit must fit: options, and the query's own at its top level.
    pub filters: Vec<FacetFilter>,
    pub words: Vec<RankWord>,
    pub matcher: Matcher,
    pub notes: Vec<String>,
    /// What was looked up so far.
    pub dictionary: Dictionary<'e>,
    scored: bool,
}

impl Compiled<'_> {
    /// Whether there is text to rank by.
    pub fn scored(&self) -> bool {
        self.scored
    }

    /// The query with the facet filters.
    pub fn with_filters(&self, fields: &Fields) -> Result<Boxed> {
        let mut clauses: Vec<(Occur, Boxed)> = vec![(Occur::Must, self.query.box_clone())];
        for filter in &self.filters {
            clauses.extend(facet_clauses(fields, filter)?);
        }
        Ok(if clauses.len() == 1 {
            self.query.box_clone()
        } else {
            Box::new(BooleanQuery::new(clauses))
        })
    }
}

/// Compiles a request.
///
/// # Errors
/// [`crate::Error::NoSuchFacet`] for options on a facet that isn't declared.
pub fn compile<'e>(engine: &'e Engine<'_>, request: &Request) -> Result<Compiled<'e>> {
    let fields = &engine.reader.fields;
    let options = ParseOptions {
        any: request.any,
        plain: request.plain,
        facets: &engine.reader.schema.facets,
        variants: Some(engine.reader.variants()?),
    };
    let mut parsed = Query::parse(&request.query, &options, &engine.reader.french);
    let mut compiler = Compiler::new(engine);
    compiler.notes = parsed.notes.iter().map(|n| n.message.clone()).collect();
    let mut filters: Vec<FacetFilter> = Vec::new();
    for (typed, exclude) in request
        .include
        .iter()
        .map(|t| (t, false))
        .chain(request.exclude.iter().map(|t| (t, true)))
    {
        let name = declared(fields, &typed.0)?.name.clone();
        let paths = compiler.option_paths(&name, &typed.1)?;
        add_filter(&mut filters, &name, paths, exclude);
    }
    let root = match parsed.root.take() {
        Some(root) => Some(compiler.known_names(root)?),
        None => None,
    };
    let (rest, lifted) = lift_filters(root.clone(), &filters);
    for (facet, exclude) in lifted {
        let paths = compiler.paths(&facet)?;
        add_filter(&mut filters, &facet.name, paths, exclude);
    }
    hide_excluded(&compiler, root.as_ref(), &mut filters)?;
    parsed.root = root;
    let text = match &rest {
        Some(node) => compiler.node(node)?,
        None => None,
    };
    let scored = text.is_some() && parsed.root.as_ref().is_some_and(has_text);
    let mut clauses: Vec<(Occur, Boxed)> = vec![(Occur::Must, text.unwrap_or_else(|| everything(fields)))];
    if request.since.is_some() || request.until.is_some() {
        let days = |date: Option<PartialDate>| date.map(PartialDate::interval);
        let (mut since, mut until) = (request.since, request.until);
        if let (Some(first), Some(last)) = (since, until)
            && first.interval().0 > last.interval().1
        {
            compiler.notes.push(format!(
                "{first} comes after {last}: read as since {last}, until {first}."
            ));
            (since, until) = (until, since);
        }
        clauses.extend(dates(fields, days(since).map(|d| d.0), days(until).map(|d| d.1)));
    }
    if let Some(under) = &request.under {
        clauses.push((
            Occur::Must,
            Box::new(ConstScoreQuery::new(files_under(engine, under)?, 0.0)),
        ));
    }
    let query = if clauses.len() == 1 {
        clauses.remove(0).1
    } else {
        Box::new(BooleanQuery::new(clauses))
    };
    let words = rank_words(&parsed);
    let matcher = Matcher::new(&parsed, &|word: &WordNode| compiler.rarity(word));
    Ok(Compiled {
        parsed,
        query,
        filters,
        words,
        matcher,
        notes: compiler.notes,
        dictionary: compiler.dictionary,
        scored,
    })
}

/// Articles that an analyst excluded are left out, unless the request names that mark.
fn hide_excluded(compiler: &Compiler<'_>, root: Option<&Node>, filters: &mut Vec<FacetFilter>) -> Result<()> {
    let marks = |(declared, _): &&(FacetDeclaration, Field)| declared.derive.marks;
    let Some((declared, field)) = compiler.fields.facets.iter().find(marks) else {
        return Ok(());
    };
    // Most archives have none, and pay nothing.
    if compiler.engine.searcher.doc_freq(&facet_term(*field, EXCLUDED))? == 0 {
        return Ok(());
    }
    let facets = compiler.engine.reader.facets()?;
    let mut asked = filters
        .iter()
        .any(|f| f.facet == declared.name && f.include.iter().any(|path| path == EXCLUDED));
    let mut look = |node: &Node| {
        if let Node::Facet(facet) = node
            && facet.name == declared.name
        {
            asked |= facet.values.iter().any(|value| {
                facets
                    .resolve(&facet.name, &value.text)
                    .iter()
                    .any(|path| path == EXCLUDED)
            });
        }
    };
    root.into_iter().for_each(|root| root.visit_positive(&mut look));
    if !asked {
        add_filter(filters, &declared.name, vec![EXCLUDED.to_string()], true);
    }
    Ok(())
}

/// Every article.
pub(crate) fn everything(fields: &Fields) -> Boxed {
    let term = Term::from_field_text(fields.kind, ARTICLE);
    Box::new(ConstScoreQuery::new(
        Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
        0.0,
    ))
}

fn has_text(root: &Node) -> bool {
    let mut found = false;
    root.visit_positive(&mut |node| {
        found |= matches!(
            node,
            Node::Word(_)
                | Node::Unit(_)
                | Node::Name(_)
                | Node::Exact(_)
                | Node::Phrase(_)
                | Node::Pattern(_)
        )
    });
    found
}

fn add_filter(filters: &mut Vec<FacetFilter>, facet: &str, paths: Vec<String>, exclude: bool) {
    let at = match filters.iter().position(|f| f.facet == facet) {
        Some(at) => at,
        None => {
            filters.push(FacetFilter {
                facet: facet.to_string(),
                ..FacetFilter::default()
            });
            filters.len() - 1
        }
    };
    let list = if exclude {
        &mut filters[at].exclude
    } else {
        &mut filters[at].include
    };
    list.extend(paths);
}

/// Takes the facet conditions that every hit must fit out of the query, so that they count as filters do:
/// each facet under the others'. A facet that is filtered already keeps its second condition in the query:
/// there, two conditions on one facet must both hold.
fn lift_filters(root: Option<Node>, filters: &[FacetFilter]) -> (Option<Node>, Vec<(FacetNode, bool)>) {
    let nodes = match root {
        Some(Node::And(nodes)) => nodes,
        Some(node) => vec![node],
        None => return (None, Vec::new()),
    };
    let (mut rest, mut lifted): (Vec<Node>, Vec<(FacetNode, bool)>) = (Vec::new(), Vec::new());
    // A condition that is repeated asks for nothing more.
    let mut seen: FxHashSet<(String, Vec<String>, bool)> = FxHashSet::default();
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
        if !seen.insert((
            facet.name.clone(),
            facet.values.iter().map(|value| value.text.clone()).collect(),
            exclude,
        )) {
            continue;
        }
        let taken = filters
            .iter()
            .any(|f| f.facet == facet.name && !f.include.is_empty())
            || lifted.iter().any(|(other, no)| other.name == facet.name && !no);
        if taken && !exclude {
            rest.push(node)
        } else {
            lifted.push((facet, exclude))
        }
    }
    (Node::and(rest), lifted)
}

/// The clauses of a facet filter.
pub fn facet_clauses(fields: &Fields, filter: &FacetFilter) -> Result<Vec<(Occur, Boxed)>> {
    let Some((_, field)) = fields.facet(&filter.facet) else {
        return Ok(Vec::new());
    };
    let mut clauses = Vec::new();
    if !filter.include.is_empty() {
        clauses.push((Occur::Must, any_value(fields, *field, &filter.include)));
    }
    if !filter.exclude.is_empty() {
        clauses.push((Occur::MustNot, any_value(fields, *field, &filter.exclude)));
    }
    Ok(clauses)
}

/// Articles with one of these values, or a value below one; or, for [`WITHOUT`], with none at all.
fn any_value(fields: &Fields, field: Field, paths: &[String]) -> Boxed {
    let terms: Vec<Term> = paths
        .iter()
        .filter(|path| *path != WITHOUT)
        .map(|path| facet_term(field, path))
        .collect();
    let with: Boxed = Box::new(ConstScoreQuery::new(Box::new(TermSetQuery::new(terms)), 0.0));
    if !paths.iter().any(|path| path == WITHOUT) {
        return with;
    }
    // Every value's document is posted under the root, too.
    let root = TermQuery::new(Term::from_facet(field, &Facet::root()), IndexRecordOption::Basic);
    let without: Boxed = Box::new(BooleanQuery::new(vec![
        (Occur::Must, everything(fields)),
        (Occur::MustNot, Box::new(root)),
    ]));
    Box::new(BooleanQuery::new(vec![
        (Occur::Should, with),
        (Occur::Should, without),
    ]))
}

fn facet_term(field: Field, path: &str) -> Term {
    Term::from_facet(field, &Facet::from_path(FacetPath::new(path).levels()))
}

/// Publication dates that overlap an interval of days.
fn dates(fields: &Fields, from: Option<i64>, to: Option<i64>) -> Vec<(Occur, Boxed)> {
    let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
    let range = |low, high| -> (Occur, Boxed) {
        (
            Occur::Must,
            Box::new(ConstScoreQuery::new(Box::new(RangeQuery::new(low, high)), 0.0)),
        )
    };
    if let Some(to) = to {
        clauses.push(range(
            Bound::Unbounded,
            Bound::Included(Term::from_field_i64(fields.date_from, to)),
        ));
    }
    if let Some(from) = from {
        clauses.push(range(
            Bound::Included(Term::from_field_i64(fields.date_to, from)),
            Bound::Unbounded,
        ));
    }
    clauses
}

/// Articles of the file with that key, or of files below the folder with that key: those that have any of
/// their places there.
fn files_under(engine: &Engine, key: &str) -> Result<Boxed> {
    let fields = &engine.reader.fields;
    let folder = if key.ends_with('/') {
        key.to_string()
    } else {
        format!("{key}/")
    };
    // '0' follows '/' in every encoding of interest.
    let after = format!("{}0", &folder[..folder.len() - 1]);
    let term = |text: &str| Term::from_field_text(fields.file, text);
    let below = RangeQuery::new(Bound::Included(term(&folder)), Bound::Excluded(term(&after)));
    let itself = TermQuery::new(term(key), IndexRecordOption::Basic);
    let there: Boxed = Box::new(BooleanQuery::new(vec![
        (Occur::Should, Box::new(below) as Boxed),
        (Occur::Should, Box::new(itself)),
    ]));
    if !copies::any(&engine.searcher, fields)? {
        return Ok(there);
    }
    let kind = TermQuery::new(Term::from_field_text(fields.kind, COPY), IndexRecordOption::Basic);
    let found = BooleanQuery::new(vec![
        (Occur::Must, Box::new(kind) as Boxed),
        (Occur::Must, there.box_clone()),
    ]);
    let hashes = copies::hashes(&engine.searcher, engine.ids_of(&found)?)?;
    let copied = TermSetQuery::new(
        hashes
            .into_iter()
            .map(|same| Term::from_field_u64(fields.same, same)),
    );
    Ok(Box::new(BooleanQuery::new(vec![
        (Occur::Should, there),
        (Occur::Should, Box::new(copied)),
    ])))
}

/// Words that score for themselves in title and body.
fn words_alone<'n>(node: &'n Node, alone: &mut Vec<&'n WordNode>) {
    match node {
        Node::Word(word) if word.field == TextField::Any => alone.push(word),
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| words_alone(node, alone)),
        _ => {}
    }
}

fn rank_words(parsed: &Query) -> Vec<RankWord> {
    let mut alone: Vec<&WordNode> = Vec::new();
    parsed.root.iter().for_each(|root| words_alone(root, &mut alone));
    let numbered = (0..).zip(parsed.positive_words()).filter(|(_, w)| !w.ignored);
    let mut words: Vec<RankWord> = numbered
        .map(|(position, w)| {
            let alone = alone.iter().any(|other| std::ptr::eq(*other, w));
            RankWord {
                typed: parsed.text[w.span.clone()].to_string(),
                term: w.term.clone(),
                folded: w.folded.clone(),
                position,
                alone,
            }
        })
        .collect();
    words.truncate(RANK_WORDS);
    words
}

pub(crate) struct Compiler<'e> {
    pub engine: &'e Engine<'e>,
    pub fields: &'e Fields,
    pub dictionary: Dictionary<'e>,
    pub notes: Vec<String>,
    /// Only the title or, for `Any`, only the body: to tell their scores apart.
    pub only: Option<TextField>,
}

impl<'e> Compiler<'e> {
    pub fn new(engine: &'e Engine<'e>) -> Self {
        let dictionary = Dictionary::new(&engine.searcher);
        Self {
            engine,
            fields: &engine.reader.fields,
            dictionary,
            notes: Vec::new(),
            only: None,
        }
    }

    /// The query of a node; `None` when it is as if absent (ignored words).
    pub(crate) fn node(&mut self, node: &Node) -> Result<Option<Boxed>> {
        Ok(match node {
            Node::Word(word) if word.ignored => None,
            Node::Word(word) => Some(self.word(word)?),
            Node::Unit(unit) => Some(self.unit(unit)?),
            Node::Name(name) => Some(self.name(name)?),
            Node::Exact(exact) => Some(self.exact(exact)),
            Node::Phrase(phrase) => Some(self.phrase(phrase)?),
            Node::Near(near) => Some(self.near(&near.operands, near.window)?),
            Node::Pattern(pattern) => Some(self.pattern(pattern)),
            Node::Facet(facet) => {
                let paths = self.paths(facet)?;
                let Some((_, field)) = self.fields.facet(&facet.name) else {
                    return Ok(Some(Box::new(EmptyQuery)));
                };
                Some(any_value(self.fields, *field, &paths))
            }
            Node::Date(DateNode { from, to, .. }) => {
                Some(Box::new(BooleanQuery::new(dates(self.fields, *from, *to))))
            }
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

    pub(crate) fn all_of(&mut self, nodes: &[Node]) -> Result<Option<Boxed>> {
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
        // Words, most of what people type, are looked for together.
        let (mut words, mut others): (Vec<WordQuery>, Vec<Boxed>) = (Vec::new(), Vec::new());
        for query in wanted {
            match query.downcast::<WordQuery>() {
                Ok(word) => words.push(*word),
                Err(query) => others.push(query),
            }
        }
        match words.len() {
            0 => {}
            1 => others.extend(words.pop().map(|word| Box::new(word) as Boxed)),
            _ => others.push(Box::new(AllWordsQuery { words })),
        }
        if others.len() == 1 && unwanted.is_empty() {
            return others.remove(0);
        }
        let wanted = others.into_iter().map(|q| (Occur::Must, q));
        Box::new(BooleanQuery::new(
            wanted
                .chain(unwanted.into_iter().map(|q| (Occur::MustNot, q)))
                .collect(),
        ))
    }

    fn source(&self, source: &SourceNode) -> Boxed {
        let terms = source
            .values
            .iter()
            .map(|v| Term::from_field_text(self.fields.source, &fold(&v.text)));
        Box::new(ConstScoreQuery::new(
            Box::new(TermSetQuery::new(terms.collect::<Vec<_>>())),
            0.0,
        ))
    }

    pub(crate) fn paths(&mut self, facet: &FacetNode) -> Result<Vec<String>> {
        let mut paths = Vec::new();
        for value in &facet.values {
            paths.extend(self.value_paths(&facet.name, value)?);
        }
        Ok(paths)
    }

    /// Paths of an option's value.
    fn option_paths(&mut self, facet: &str, typed: &str) -> Result<Vec<String>> {
        let months = if is_month(self.fields, facet) {
            crate::query::months_of(typed)
        } else {
            None
        };
        self.value_paths(
            facet,
            &Value {
                text: typed.to_string(),
                span: 0..0,
                months,
            },
        )
    }

    /// `sans région`, `sans date`, `none`: the articles that have no value of the facet.
    fn means_without(&self, facet: &str, typed: &str) -> bool {
        let typed = fold(typed);
        if matches!(
            typed.as_str(),
            "sans" | "none" | "aucun" | "aucune" | "undated" | "inconnu" | "inconnue" | "unknown"
        ) {
            return true;
        }
        let Some(of) = ["sans", "no", "without"]
            .iter()
            .find_map(|prefix| typed.strip_prefix(prefix))
        else {
            return false;
        };
        let declared = self.fields.facet(facet).map(|(declaration, _)| declaration);
        let mut names = declared
            .into_iter()
            .flat_map(|d| std::iter::once(&d.name).chain(&d.aliases))
            .map(|name| fold(name));
        names.any(|name| name == of)
            || is_month(self.fields, facet) && matches!(of, "date" | "mois" | "month")
    }

    fn value_paths(&mut self, facet: &str, value: &Value) -> Result<Vec<String>> {
        if let Some(months) = &value.months {
            let tree = self.engine.tree(facet)?;
            let within = |path: &&String| {
                path.contains('/')
                    && months
                        .from
                        .as_ref()
                        .is_none_or(|from| from.as_str() <= path.as_str())
                    && months.to.as_ref().is_none_or(|to| path.as_str() <= to.as_str())
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
            return Ok(if found.is_empty() {
                months.from.iter().chain(&months.to).take(1).cloned().collect()
            } else {
                found
            });
        }
        if self.means_without(facet, &value.text) {
            return Ok(vec![WITHOUT.to_string()]);
        }
        let known = self.engine.reader.facets()?.resolve(facet, &value.text);
        if !known.is_empty() {
            return Ok(known);
        }
        // Values that came with the articles and that no lexicon knows.
        let tree = self.engine.tree(facet)?;
        let wanted = fold(&value.text);
        let same = |path: &&String| fold(path) == wanted || fold(FacetPath::new(path).label()) == wanted;
        let found: Vec<String> = tree.paths.iter().filter(same).cloned().collect();
        if found.is_empty() {
            self.notes.push(if is_month(self.fields, facet) {
                format!(
                    "“{}” is no {facet}; write one as 2024-07, a year as 2024, several as 2024-07..2024-09",
                    value.text
                )
            } else {
                format!(
                    "no {facet} is called “{}”; `griot facets --facet {facet}` lists them",
                    value.text
                )
            });
            return Ok(vec![FacetPath::typed(&value.text).to_string()]);
        }
        Ok(found)
    }

    /// How rare a word is: the weight of its mark in snippets.
    fn rarity(&self, word: &WordNode) -> f32 {
        let found = self
            .dictionary
            .term(self.fields.body, &word.term)
            .map_or(0, |found| found.doc_freq);
        (1.0 + self.engine.searcher.num_docs() as f32 / (found as f32 + 1.0)).ln()
    }
}

/// A disjunction; one clause alone stands for itself. Unions of two among several are taken apart: a union of
/// words goes through the postings of all of them at once.
pub(crate) fn some_of(mut clauses: Vec<(Occur, Boxed)>) -> Option<Boxed> {
    if clauses.len() > 1 {
        let apart = |(occur, query): (Occur, Boxed)| match query.downcast::<EitherQuery>() {
            Ok(either) => vec![(occur, either.one), (occur, either.other)],
            Err(query) => match query.downcast::<WordQuery>() {
                Ok(word) => word.apart().into_iter().map(|query| (occur, query)).collect(),
                Err(query) => vec![(occur, query)],
            },
        };
        clauses = clauses.into_iter().flat_map(apart).collect();
    }
    match clauses.len() {
        0 => None,
        1 => clauses.pop().map(|(_, query)| query),
        _ => Some(Box::new(BooleanQuery::new(clauses))),
    }
}
