//! From a selection to a query that is ready to run: the text, the filters, and what ranks and marks.

use crate::date::PartialDate;
use crate::error::Result;
use crate::facets::{EXCLUDED, FacetDeclaration};
use crate::index::Fields;
use crate::query::{FacetNode, Node, ParseOptions, Query, TextField, WordNode};
use crate::search::compile::compiler::Compiler;
use crate::search::compile::filters::{
    Boxed, any_value, dates, everything, facet_clauses, facet_term, files_under, undated,
};
use crate::search::dictionary::lookup::Dictionary;
use crate::search::facet::counts::FacetFilter;
use crate::search::facet::declared::{declared, declared_field, event_facet};
use crate::search::highlight::matching::Matcher;
use crate::search::local::LocalEngine;
use crate::search::request::Selection;
use crate::search::score::ranking::RankWord;
use crate::search::stop;
use crate::search::whole::Wanted;
use rustc_hash::FxHashSet;
use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur};
use tantivy::schema::Field;

/// Words that are scored again by form and adjacency. Longer queries are pasted texts.
const RANK_WORDS: usize = 48;
/// A query ready to run.
pub struct Compiled<'e> {
    pub parsed: Query,
    /// What it was compiled under.
    pub selection: Selection,
    /// Of the query, what is no filter that every hit must fit.
    pub rest: Option<Node>,
    /// Words that an article may lack, and whether something else is searched for.
    pub beside: Option<(Node, bool)>,
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

    /// What is wanted, for an archive that is asked elsewhere.
    pub(crate) fn wanted(&self) -> Wanted<'_> {
        Wanted {
            parsed: &self.parsed,
            rest: self.rest.as_ref(),
            beside: self.beside.as_ref().map(|(words, is_text)| (words, *is_text)),
            filters: &self.filters,
            selection: &self.selection,
        }
    }

    /// The query with the facet filters.
    pub fn with_filters(&self, fields: &Fields) -> Result<Boxed> {
        let mut clauses: Vec<(Occur, Boxed)> = vec![(Occur::Must, self.query.box_clone())];
        for filter in &self.filters {
            clauses.extend(facet_clauses(fields, filter)?);
        }
        Ok(stop::stoppable(match clauses.len() {
            1 => self.query.box_clone(),
            _ => Box::new(BooleanQuery::new(clauses)),
        }))
    }
}

/// Reads the query of a selection.
///
/// # Errors
/// What broken lexicons give.
pub(crate) fn parse(engine: &LocalEngine, selection: &Selection) -> Result<Query> {
    let options = options(engine, selection)?;
    Ok(Query::parse(&selection.query, &options, &engine.reader.french))
}

fn options<'e>(engine: &'e LocalEngine, selection: &Selection) -> Result<ParseOptions<'e>> {
    Ok(ParseOptions {
        any: selection.any,
        plain: selection.plain,
        facets: &engine.reader.schema.facets,
        function_words: Some(&engine.reader.function_words),
        variants: Some(engine.reader.variants()?),
    })
}

/// Compiles the query of a selection so that articles may lack words; `None` where none may be lacking.
///
/// # Errors
/// As [`compile`].
pub(crate) fn compile_loosely<'e>(
    engine: &'e LocalEngine,
    selection: &Selection,
) -> Result<Option<Compiled<'e>>> {
    let options = options(engine, selection)?;
    match Query::parse_loosely(&selection.query, &options, &engine.reader.french) {
        Some(loose) => with_words(engine, loose.query, loose.words, selection).map(Some),
        None => Ok(None),
    }
}

/// Compiles the query and the filters of a selection.
///
/// # Errors
/// [`crate::Error::NoSuchFacet`] for options on a facet that isn't declared.
pub(crate) fn compile<'e>(engine: &'e LocalEngine, selection: &Selection) -> Result<Compiled<'e>> {
    compile_query(engine, parse(engine, selection)?, selection)
}

/// Compiles a query that was read already, under the filters of a selection.
///
/// # Errors
/// As [`compile`].
pub(crate) fn compile_query<'e>(
    engine: &'e LocalEngine,
    parsed: Query,
    selection: &Selection,
) -> Result<Compiled<'e>> {
    with_words(engine, parsed, Vec::new(), selection)
}

/// Compiles a query beside words that an article may lack: one of them must be there if nothing else is
/// searched for.
fn with_words<'e>(
    engine: &'e LocalEngine,
    mut parsed: Query,
    words: Vec<Node>,
    selection: &Selection,
) -> Result<Compiled<'e>> {
    let mut compiler = Compiler::new(engine);
    compiler.notes = parsed.notes.iter().map(|n| n.message.clone()).collect();
    let mut filters = of_options(&mut compiler, selection)?;
    let root = match parsed.root.take() {
        Some(root) => Some(compiler.known_names(root)?),
        None => None,
    };
    let (rest, lifted) = lift_filters(root.clone(), &filters);
    for (facet, exclude) in lifted {
        let paths = compiler.paths(&facet)?;
        add_filter(&mut filters, &facet.name, paths, exclude);
    }
    if !selection.include_excluded {
        hide_excluded(&compiler, root.as_ref(), &mut filters)?;
    }
    let mut beside_it = None;
    let mut text = match &rest {
        Some(node) => compiler.node(node)?,
        None => None,
    };
    let is_text = root.as_ref().is_some_and(has_text);
    parsed.root = match Node::or(words) {
        Some(words) => {
            let words = compiler.known_names(words)?;
            text = beside(text, is_text, compiler.node(&words)?);
            beside_it = Some((words.clone(), is_text));
            Node::and(root.into_iter().chain([words]).collect())
        }
        None => root,
    };
    let scored = text.is_some() && parsed.root.as_ref().is_some_and(has_text);
    note_undated(&mut compiler, text.as_ref(), &filters, selection)?;
    let query = narrowed(&mut compiler, text, selection)?;
    let words = rank_words(&parsed, !selection.any);
    let matcher = Matcher::new(&parsed, &|word: &WordNode| compiler.rarity(word));
    Ok(Compiled {
        parsed,
        selection: selection.clone(),
        rest,
        beside: beside_it,
        query,
        filters,
        words,
        matcher,
        notes: compiler.notes,
        dictionary: compiler.dictionary,
        scored,
    })
}

/// A query and words beside it, which only rank if it searches text itself.
fn beside(text: Option<Boxed>, is_text: bool, words: Option<Boxed>) -> Option<Boxed> {
    let occur = if is_text { Occur::Should } else { Occur::Must };
    let clauses: Vec<(Occur, Boxed)> = text
        .map(|text| (Occur::Must, text))
        .into_iter()
        .chain(words.map(|words| (occur, words)))
        .collect();
    match clauses.len() {
        0 | 1 => clauses.into_iter().next().map(|(_, query)| query),
        _ => Some(Box::new(BooleanQuery::new(clauses))),
    }
}

/// The filters that options make.
fn of_options(compiler: &mut Compiler<'_>, selection: &Selection) -> Result<Vec<FacetFilter>> {
    let mut filters = Vec::new();
    let include = selection.include.iter().map(|typed| (typed, false));
    let exclude = selection.exclude.iter().map(|typed| (typed, true));
    for ((facet, value), exclude) in include.chain(exclude) {
        let name = declared(compiler.fields, facet)?.name.clone();
        let paths = compiler.option_paths(&name, value)?;
        add_filter(&mut filters, &name, paths, exclude);
    }
    Ok(filters)
}

/// The text, or every article, between the dates and in the files of a selection.
fn narrowed(compiler: &mut Compiler<'_>, text: Option<Boxed>, selection: &Selection) -> Result<Boxed> {
    let fields = compiler.fields;
    let mut clauses: Vec<(Occur, Boxed)> = vec![(Occur::Must, text.unwrap_or_else(|| everything(fields)))];
    if selection.since.is_some() || selection.until.is_some() {
        let (from, to) = days(compiler, selection.since, selection.until);
        let dated = dates(fields, from, to);
        match selection.undated {
            true => clauses.push((
                Occur::Must,
                Box::new(BooleanQuery::new(vec![
                    (Occur::Should, Box::new(BooleanQuery::new(dated)) as Boxed),
                    (Occur::Should, undated(fields)),
                ])),
            )),
            false => clauses.extend(dated),
        }
    }
    if selection.event_since.is_some() || selection.event_until.is_some() {
        let (from, to) = days(compiler, selection.event_since, selection.event_until);
        clauses.push((Occur::Must, event_months(compiler, from, to)?));
    }
    if let Some(under) = &selection.under {
        let files = files_under(compiler.engine, under)?;
        clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(files, 0.0))));
    }
    Ok(match clauses.len() {
        1 => clauses.remove(0).1,
        _ => Box::new(BooleanQuery::new(clauses)),
    })
}

/// Says how many articles without a date the dates of a selection leave out.
fn note_undated(
    compiler: &mut Compiler<'_>,
    text: Option<&Boxed>,
    filters: &[FacetFilter],
    selection: &Selection,
) -> Result<()> {
    if selection.undated || selection.since.is_none() && selection.until.is_none() {
        return Ok(());
    }
    if let Some(whole) = compiler.engine.whole() {
        let left_out = whole.undated(selection)?;
        compiler.notes.extend(undated_note(left_out));
        return Ok(());
    }
    let always = Selection {
        since: None,
        until: None,
        ..selection.clone()
    };
    let notes = compiler.notes.len();
    let query = narrowed(compiler, text.map(|text| text.box_clone()), &always)?;
    compiler.notes.truncate(notes);
    let fields = compiler.fields;
    let mut clauses: Vec<(Occur, Boxed)> = vec![(Occur::Must, query), (Occur::Must, undated(fields))];
    for filter in filters {
        clauses.extend(facet_clauses(fields, filter)?);
    }
    let query = stop::stoppable(Box::new(BooleanQuery::new(clauses)));
    let left_out = compiler.engine.searcher.search(&query, &Count)?;
    compiler.notes.extend(undated_note(left_out as u64));
    Ok(())
}

fn undated_note(left_out: u64) -> Option<String> {
    match left_out {
        0 => None,
        1 => Some("1 article without a date is left out; --undated takes it along.".into()),
        n => Some(format!(
            "{n} articles without a date are left out; --undated takes them along."
        )),
    }
}

/// The first and last day of what lies between two dates, which may have been typed in the wrong order.
fn days(
    compiler: &mut Compiler<'_>,
    mut since: Option<PartialDate>,
    mut until: Option<PartialDate>,
) -> (Option<i64>, Option<i64>) {
    if let (Some(first), Some(last)) = (since, until)
        && first.interval().0 > last.interval().1
    {
        compiler.notes.push(format!(
            "{first} comes after {last}: read as since {last}, until {first}."
        ));
        (since, until) = (until, since);
    }
    let days = |date: Option<PartialDate>| date.map(PartialDate::interval);
    (days(since).map(|d| d.0), days(until).map(|d| d.1))
}

/// Articles that report an event in a month of an interval of days, or in a year that lies whole in it: the
/// index has no days of events.
fn event_months(compiler: &Compiler<'_>, from: Option<i64>, to: Option<i64>) -> Result<Boxed> {
    let (field, paths) = event_paths(compiler.engine, from, to)?;
    Ok(any_value(compiler.fields, field, &paths))
}

/// The months and years of events in an interval of days, and their field.
pub(crate) fn event_paths(
    engine: &LocalEngine,
    from: Option<i64>,
    to: Option<i64>,
) -> Result<(Field, Vec<String>)> {
    let fields = &engine.reader.fields;
    let name = event_facet(fields).unwrap_or("event_month");
    let (declared, field) = declared_field(fields, name)?;
    let month = |days: Option<i64>| days.and_then(|days| PartialDate::from_days(days).month_path());
    let (from, to) = (month(from), month(to));
    let is_within = |path: &&String| {
        let (first, last) = match path.contains('/') {
            true => (path.to_string(), path.to_string()),
            false => (format!("{path}/01"), format!("{path}/12")),
        };
        from.as_ref().is_none_or(|from| *from <= first) && to.as_ref().is_none_or(|to| last <= *to)
    };
    let tree = engine.tree(&declared.name)?;
    Ok((*field, tree.paths.iter().filter(is_within).cloned().collect()))
}

/// Articles that an analyst excluded are left out, unless the selection names that mark.
fn hide_excluded(compiler: &Compiler<'_>, root: Option<&Node>, filters: &mut Vec<FacetFilter>) -> Result<()> {
    let marks = |(declared, _): &&(FacetDeclaration, Field)| declared.derive.marks;
    let Some((declared, field)) = compiler.fields.facets.iter().find(marks) else {
        return Ok(());
    };
    // Most archives have none, and pay nothing.
    let is_excluded = match compiler.engine.whole() {
        Some(_) => compiler.engine.tree(&declared.name)?.number(EXCLUDED).is_some(),
        None => compiler.engine.searcher.doc_freq(&facet_term(*field, EXCLUDED))? > 0,
    };
    if !is_excluded {
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

/// Words that score for themselves in title and body.
fn words_alone<'n>(node: &'n Node, alone: &mut Vec<&'n WordNode>) {
    match node {
        Node::Word(word) if word.field == TextField::Any => alone.push(word),
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| words_alone(node, alone)),
        _ => {}
    }
}

fn rank_words(parsed: &Query, leads: bool) -> Vec<RankWord> {
    let mut alone: Vec<&WordNode> = Vec::new();
    parsed.root.iter().for_each(|root| words_alone(root, &mut alone));
    let numbered = (0..)
        .zip(parsed.positive_words())
        .filter(|(_, w)| !w.ignored || w.function);
    let mut words: Vec<RankWord> = numbered
        .map(|(position, w)| {
            let alone = alone.iter().any(|other| std::ptr::eq(*other, w));
            RankWord {
                typed: parsed.text[w.span.clone()].to_string(),
                term: w.term.clone(),
                folded: w.folded.clone(),
                position,
                alone,
                leads,
                only_beside: w.ignored,
            }
        })
        .collect();
    words.truncate(RANK_WORDS);
    words
}
