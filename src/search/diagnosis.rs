//! Why nothing was found, and what would find something: counts to choose from, nothing is run in place of
//! the query.
//!
//! Each condition that every hit must meet is looked at by itself: how many articles meet it alone, and how
//! many the query would find without it. For words that no article holds, the nearest spellings in the
//! dictionary of forms are proposed, with what they would find.

use crate::date::PartialDate;
use crate::error::Result;
use crate::french::FormTerm;
use crate::query::{Node, Pattern, Query, WordNode, settle_stop_words};
use crate::search::compile::selection::{compile_query, parse};
use crate::search::dictionary::expand::expand;
use crate::search::dictionary::lookup::Dictionary;
use crate::search::local::LocalEngine;
use crate::search::request::Selection;
use crate::search::response::explanation::{Clause, ClauseKind, Diagnosis, Spelling};
use crate::search::whole::Text;
use rustc_hash::FxHashMap;
use tantivy::schema::Term;

/// Conditions that are looked at: each costs two counts.
const MOST_CLAUSES: usize = 16;
/// Words that spellings are looked for.
const MOST_MISSPELT: usize = 4;
/// Spellings that are proposed for a word.
const MOST_SPELLINGS: usize = 3;
/// Words shorter than this may differ in one letter only: two of four make another word.
const LONG_WORD: usize = 5;

/// A query as it was read, under filters.
#[derive(Clone)]
struct Asked {
    root: Option<Node>,
    /// Facets, dates and files; its query is in `root`.
    filters: Selection,
}

impl Asked {
    /// These parts of a query, asked by themselves.
    fn under(nodes: &[Node], filters: Selection) -> Self {
        let mut root = Node::and(nodes.to_vec());
        root.iter_mut().for_each(settle_stop_words);
        Self { root, filters }
    }
}

/// A condition by itself, and the question without it.
struct Condition {
    text: String,
    kind: ClauseKind,
    alone: Asked,
    /// None: without this condition nothing is asked.
    others: Option<Asked>,
    words: Vec<WordNode>,
}

/// Looks into a selection that finds nothing.
///
/// # Errors
/// As [`LocalEngine::hits`].
pub(crate) fn diagnose(engine: &LocalEngine, selection: &Selection) -> Result<Diagnosis> {
    let parsed = parse(engine, selection)?;
    let nodes: Vec<Node> = match parsed.root.clone() {
        Some(Node::And(nodes)) => nodes.into_iter().filter(|n| !ignored(n)).collect(),
        Some(node) => vec![node],
        None => Vec::new(),
    };
    let counting = Counting {
        engine,
        text: &parsed.text,
    };
    let mut conditions = of_query(&nodes, selection);
    // Alternatives none of which is found are looked at one by one.
    if let [Node::Or(operands)] = &nodes[..]
        && counting.count(&conditions[0].alone)? == 0
    {
        conditions = of_query(operands, selection);
        conditions.iter_mut().for_each(|c| c.others = None);
    }
    conditions.extend(of_options(parsed.root.as_ref(), selection));
    let cut = conditions.len() > MOST_CLAUSES;
    conditions.truncate(MOST_CLAUSES);
    let clauses = counting.clauses(conditions, selection)?;
    let any = match selection.any || nodes.len() < 2 {
        true => None,
        false => Some(counting.count(&any_of(&nodes, selection))?),
    };
    let filtered = clauses.iter().any(|c| c.kind == ClauseKind::Filter)
        && clauses.iter().any(|c| c.kind == ClauseKind::Text);
    let without_filters = match filtered {
        true => Some(counting.count(&without_filters(&nodes, selection))?),
        false => None,
    };
    Ok(Diagnosis {
        clauses,
        any,
        without_filters,
        cut,
    })
}

fn ignored(node: &Node) -> bool {
    matches!(node, Node::Word(word) if word.ignored)
}

/// The conditions that the query itself makes.
fn of_query(nodes: &[Node], base: &Selection) -> Vec<Condition> {
    let condition = |(at, node): (usize, &Node)| {
        let kind = match node {
            Node::Not(_) => ClauseKind::Excluded,
            node if only_filters(node) => ClauseKind::Filter,
            _ => ClauseKind::Text,
        };
        let rest: Vec<Node> = nodes
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .map(|(_, n)| n.clone())
            .collect();
        // Without its only condition a query is every article: no advice.
        let others = (!rest.is_empty() || base.has_filters()).then(|| Asked::under(&rest, base.clone()));
        let alone = Asked::under(std::slice::from_ref(node), base.without_filters());
        Condition {
            text: shown(node),
            kind,
            alone,
            others,
            words: words_of(node),
        }
    };
    // One more than are looked at says that there are more.
    nodes
        .iter()
        .enumerate()
        .take(MOST_CLAUSES + 1)
        .map(condition)
        .collect()
}

/// The conditions that options make: the values of one facet are one.
fn of_options(root: Option<&Node>, base: &Selection) -> Vec<Condition> {
    let mut conditions = Vec::new();
    let typed = !base.query.trim().is_empty();
    let mut push = |text: String, kind: ClauseKind, own: Selection, rest: Selection| {
        conditions.push(Condition {
            text,
            kind,
            alone: Asked::under(&[], own),
            others: (typed || rest.has_filters()).then(|| Asked {
                root: root.cloned(),
                filters: rest,
            }),
            words: Vec::new(),
        });
    };
    for (exclude, list) in [(false, &base.include), (true, &base.exclude)] {
        let mut facets: Vec<&String> = list.iter().map(|(facet, _)| facet).collect();
        facets.dedup();
        for facet in facets {
            let (own, rest): (Vec<_>, Vec<_>) = list.iter().cloned().partition(|(f, _)| f == facet);
            let values: Vec<&str> = own.iter().map(|(_, value)| value.as_str()).collect();
            let text = format!("{facet}: {}", values.join(", "));
            let (mut alone, mut others) = (base.without_filters(), base.clone());
            if exclude {
                (alone.exclude, others.exclude) = (own, rest);
                push(format!("not {text}"), ClauseKind::Excluded, alone, others);
            } else {
                (alone.include, others.include) = (own, rest);
                push(text, ClauseKind::Filter, alone, others);
            }
        }
    }
    let between = |[since, until]: [&str; 2], from: Option<PartialDate>, to: Option<PartialDate>| {
        let ends = [
            from.map(|d| format!("{since} {d}")),
            to.map(|d| format!("{until} {d}")),
        ];
        let ends: Vec<String> = ends.into_iter().flatten().collect();
        Some(ends.join(" ")).filter(|text| !text.is_empty())
    };
    if let Some(text) = between(["since", "until"], base.since, base.until) {
        let (mut alone, mut others) = (base.without_filters(), base.clone());
        (alone.since, alone.until) = (base.since, base.until);
        alone.undated = base.undated;
        (others.since, others.until) = (None, None);
        push(text, ClauseKind::Filter, alone, others);
    }
    if let Some(text) = between(
        ["events since", "events until"],
        base.event_since,
        base.event_until,
    ) {
        let (mut alone, mut others) = (base.without_filters(), base.clone());
        (alone.event_since, alone.event_until) = (base.event_since, base.event_until);
        (others.event_since, others.event_until) = (None, None);
        push(text, ClauseKind::Filter, alone, others);
    }
    conditions
}

fn shown(node: &Node) -> String {
    Query {
        text: String::new(),
        root: Some(node.clone()),
        notes: Vec::new(),
        mode: Default::default(),
    }
    .interpreted()
}

fn any_of(nodes: &[Node], base: &Selection) -> Asked {
    let (texts, rest): (Vec<Node>, Vec<Node>) = nodes
        .iter()
        .cloned()
        .partition(|n| !only_filters(n) && !matches!(n, Node::Not(_)));
    let all: Vec<Node> = Node::or(texts).into_iter().chain(rest).collect();
    Asked::under(&all, base.clone())
}

fn without_filters(nodes: &[Node], base: &Selection) -> Asked {
    let kept: Vec<Node> = nodes.iter().filter(|n| !only_filters(n)).cloned().collect();
    Asked::under(&kept, base.without_filters())
}

/// The words of a condition that aren't excluded.
fn words_of(node: &Node) -> Vec<WordNode> {
    let alone = Query {
        text: String::new(),
        root: Some(node.clone()),
        notes: Vec::new(),
        mode: Default::default(),
    };
    alone
        .positive_words()
        .into_iter()
        .filter(|word| !word.ignored)
        .cloned()
        .collect()
}

/// The query as typed, but for one word.
fn with_word(text: &str, word: &WordNode, spelling: &str, base: &Selection) -> Selection {
    let (before, after) = (
        text.get(..word.span.start).unwrap_or_default(),
        text.get(word.span.end..).unwrap_or_default(),
    );
    Selection {
        query: format!("{before}{spelling}{after}"),
        ..base.clone()
    }
}

fn only_filters(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(only_filters),
        Node::Not(inner) => only_filters(inner),
        node => node.is_filter(),
    }
}

/// Whether a word is misspelt rather than kept from matching by other conditions.
fn in_no_article(engine: &LocalEngine, word: &WordNode) -> bool {
    let fields = &engine.reader.fields;
    let dictionary = Dictionary::of_part(&engine.searcher, fields, engine.whole());
    [fields.body, fields.title].iter().all(|field| {
        let found = dictionary.term(*field, &word.term);
        found.map_or(0, |found| found.doc_freq) == 0
    })
}

struct Counting<'e> {
    engine: &'e LocalEngine,
    /// The text that the nodes' spans point into.
    text: &'e str,
}

impl Counting<'_> {
    fn count(&self, asked: &Asked) -> Result<u64> {
        let query = Query {
            text: self.text.to_string(),
            root: asked.root.clone(),
            notes: Vec::new(),
            mode: Default::default(),
        };
        self.engine
            .total_of(&compile_query(self.engine, query, &asked.filters)?)
    }

    /// Counts the conditions, and looks for spellings of their words that no article holds.
    fn clauses(&self, conditions: Vec<Condition>, base: &Selection) -> Result<Vec<Clause>> {
        let mut clauses = Vec::with_capacity(conditions.len());
        let mut misspelt = 0;
        for condition in conditions {
            let count = self.count(&condition.alone)?;
            let without = condition
                .others
                .as_ref()
                .map_or(Ok(0), |others| self.count(others))?;
            let mut spellings = Vec::new();
            let words = condition.words.iter();
            for word in words.filter(|word| count == 0 && in_no_article(self.engine, word)) {
                misspelt += 1;
                if misspelt <= MOST_MISSPELT {
                    let query = |spelling: &str| with_word(self.text, word, spelling, base);
                    spellings.extend(self.spellings(word, &query)?);
                }
            }
            clauses.push(Clause {
                text: condition.text,
                kind: condition.kind,
                count,
                without,
                kills: count == 0 || without > 0,
                spellings,
            });
        }
        Ok(clauses)
    }

    /// Folded words of the archive at a distance from one, the most frequent first; of each the spelling that
    /// most articles have.
    fn near_words(&self, folded: &str, distance: u8) -> Result<Vec<(String, String)>> {
        let fields = &self.engine.reader.fields;
        let searcher = &self.engine.searcher;
        let pattern = Pattern::Fuzzy {
            folded: folded.to_string(),
            distance,
        };
        let mut near: FxHashMap<String, (u64, u64, String)> = FxHashMap::default();
        let mut fitting: Vec<(String, u64)> = Vec::new();
        for (field, text) in [(fields.body_forms, Text::Body), (fields.title_forms, Text::Title)] {
            if let Some(whole) = self.engine.whole() {
                fitting.extend(whole.fitting(text, &pattern)?);
                continue;
            }
            for term in expand(searcher, field, &pattern, usize::MAX)?.0 {
                let articles = searcher.doc_freq(&Term::from_field_text(field, &term))?;
                fitting.push((term, articles));
            }
        }
        for (term, articles) in fitting {
            let Some(FormTerm { folded, form }) = FormTerm::parse(&term) else {
                continue;
            };
            let entry = near.entry(folded.to_string()).or_default();
            entry.0 += articles;
            if articles > entry.1 {
                (entry.1, entry.2) = (articles, form.to_string());
            }
        }
        let mut near: Vec<_> = near.into_iter().filter(|(_, (_, best, _))| *best > 0).collect();
        near.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(&b.0)));
        Ok(near
            .into_iter()
            .map(|(folded, (_, _, form))| (folded, form))
            .collect())
    }

    /// The nearest words of the archive: by distance, then by the number of articles.
    fn spellings(&self, word: &WordNode, query: &dyn Fn(&str) -> Selection) -> Result<Vec<Spelling>> {
        let furthest = if word.folded.chars().count() < LONG_WORD {
            1
        } else {
            2
        };
        // Two inflections of one word find the same: one of them is enough.
        let term = |folded: &str| self.engine.reader.french.word(folded).term.into_string();
        let mut known: Vec<String> = vec![word.term.clone()];
        let mut found: Vec<Spelling> = Vec::new();
        for distance in 1..=furthest {
            let near = self.near_words(&word.folded, distance)?;
            for (folded, form) in near.into_iter().take(4 * MOST_SPELLINGS) {
                if found.len() >= MOST_SPELLINGS {
                    return Ok(found);
                }
                let term = term(&folded);
                if known.contains(&term) {
                    continue;
                }
                let alone = Selection::of(form.clone());
                let count = self.engine.total(&alone)?;
                known.push(term);
                // What only deleted articles held is proposed to nobody.
                if count > 0 {
                    let total = self.engine.total(&query(&form))?;
                    found.push(Spelling {
                        typed: word.form.clone(),
                        text: form,
                        count,
                        total,
                    });
                }
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::ParseOptions;

    fn query(asked: &Asked) -> String {
        asked.root.as_ref().map(shown).unwrap_or_default()
    }

    fn nodes(text: &str) -> Vec<Node> {
        let lexicons = crate::schema::Lexicons::embedded();
        let (french, schema) = (lexicons.french().expect("good"), lexicons.schema().expect("good"));
        match Query::parse(
            text,
            &ParseOptions {
                facets: &schema.facets,
                ..ParseOptions::default()
            },
            &french,
        )
        .root
        {
            Some(Node::And(nodes)) => nodes,
            other => other.into_iter().collect(),
        }
    }

    #[test]
    fn conditions_are_named_and_the_others_kept() {
        let base = Selection {
            include: vec![("actor".into(), "Jnim".into())],
            ..Selection::default()
        };
        let found = of_query(
            &nodes("drone (raid OU attaque) region:Gao -\"armée malienne\""),
            &base,
        );
        let shown: Vec<(&str, ClauseKind)> = found.iter().map(|c| (c.text.as_str(), c.kind)).collect();
        let expected = [
            ("drone", ClauseKind::Text),
            ("raid OR attaque", ClauseKind::Text),
            ("region:Gao", ClauseKind::Filter),
            ("NOT \"armée malienne\"", ClauseKind::Excluded),
        ];
        assert_eq!(shown, expected);
        let others = found[0].others.as_ref().expect("others");
        assert_eq!(
            query(others),
            "(raid OR attaque) AND region:Gao AND NOT \"armée malienne\""
        );
        assert_eq!(
            (others.filters.include.len(), found[0].alone.filters.include.len()),
            (1, 0)
        );
    }

    #[test]
    fn a_stop_word_asked_by_itself_counts() {
        let nodes = nodes("le drone");
        let counted = |nodes: &[Node]| {
            let asked = Asked::under(nodes, Selection::default());
            words_of(&asked.root.expect("a query"))
                .into_iter()
                .map(|word| word.form)
                .collect::<Vec<_>>()
        };
        assert_eq!(counted(&nodes[..1]), ["le"]);
        assert_eq!(counted(&nodes), ["drone"]);
    }

    #[test]
    fn a_spelling_takes_the_place_of_one_word_only() {
        let text = "\"l'armé malinne\" (raid OU dorne)";
        let nodes = nodes(text);
        let words: Vec<WordNode> = nodes.iter().flat_map(words_of).collect();
        assert_eq!(
            with_word(text, &words[0], "armée", &Selection::default()).query,
            "\"l'armée malinne\" (raid OU dorne)"
        );
        assert_eq!(
            with_word(text, &words[3], "drone", &Selection::default()).query,
            "\"l'armé malinne\" (raid OU drone)"
        );
        assert_eq!(
            query(&any_of(&nodes, &Selection::default())),
            "\"armé malinne\" OR raid OR dorne"
        );
    }
}
