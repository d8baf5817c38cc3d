//! Why nothing was found, and what would find something: counts to choose from, nothing is run in place of
//! the query.
//!
//! Each condition that every hit must meet is looked at by itself: how many articles meet it alone, and how
//! many the query would find without it. For words that no article holds, the nearest spellings in the
//! dictionary of forms are proposed, with what they would find.

use crate::error::Result;
use crate::french::FORM_SEPARATOR;
use crate::query::{Node, ParseOptions, Pattern, Query, WordNode};
use crate::search::dictionary::expand::expand;
use crate::search::engine::Engine;
use crate::search::request::{Count, Request};
use rustc_hash::FxHashMap;
use serde::Serialize;
use tantivy::schema::Term;

/// Conditions that are looked at: each costs two counts.
const MOST_CLAUSES: usize = 16;
/// Words that spellings are looked for.
const MOST_MISSPELT: usize = 4;
/// Spellings that are proposed for a word.
const MOST_SPELLINGS: usize = 3;
/// Words shorter than this may differ in one letter only: two of four make another word.
const LONG_WORD: usize = 5;

/// Why a query finds nothing; the object `diagnosis` of a JSON answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// The conditions, those of the query as typed first, then options. More than sixteen are cut off.
    pub clauses: Vec<Clause>,
    /// Articles that hold at least one of the words, under the same filters; null when that is what was
    /// asked.
    pub any: Option<u64>,
    /// Articles that the query finds without any of its filters; null when there are none.
    pub without_filters: Option<u64>,
    /// The conditions were more than are looked at.
    pub cut: bool,
}

/// A condition that every hit must meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// As understood, in the syntax of a query; options as they are typed.
    pub text: String,
    pub kind: ClauseKind,
    /// Articles that meet this condition, whatever the others.
    pub count: u64,
    /// Articles that meet all the others.
    pub without: u64,
    /// The condition that leaves nothing over: no article meets it, or there are hits as soon as it is gone.
    pub kills: bool,
    /// For its words that no article holds: near spellings, the best of each word first.
    pub spellings: Vec<Spelling>,
}

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseKind {
    /// Words, phrases, patterns and groups of them.
    Text,
    /// Facets, dates, sources.
    Filter,
    Excluded,
}

/// “vouliez-vous dire”.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spelling {
    /// The word that no article holds, as typed.
    pub typed: String,
    pub text: String,
    /// Articles that hold the word.
    pub count: u64,
    /// Articles that the query finds with this word in place of the other.
    pub total: u64,
}

/// A condition and the request without it.
struct Condition {
    text: String,
    kind: ClauseKind,
    alone: Request,
    /// None: without this condition nothing is asked.
    others: Option<Request>,
    words: Vec<WordNode>,
}

/// Looks into a request that finds nothing.
///
/// # Errors
/// As [`Engine::search`].
pub fn diagnose(engine: &Engine, request: &Request) -> Result<Diagnosis> {
    let options = ParseOptions {
        any: request.any,
        plain: request.plain,
        facets: &engine.reader.schema.facets,
        variants: Some(engine.reader.variants()?),
    };
    let parsed = Query::parse(&request.query, &options, &engine.reader.french);
    let nodes = match parsed.root.clone() {
        Some(Node::And(nodes)) => nodes.into_iter().filter(|n| !ignored(n)).collect(),
        Some(node) => vec![node],
        None => Vec::new(),
    };
    let base = Request {
        limit: 0,
        page: 1,
        count: Count::Nothing,
        snippets: None,
        ..request.clone()
    };
    let counting = Counting { engine };
    let mut conditions = of_query(&nodes, &base);
    // Alternatives none of which is found are looked at one by one.
    if let [Node::Or(operands)] = &nodes[..]
        && counting.total(&conditions[0].alone)? == 0
    {
        conditions = of_query(operands, &base);
        conditions.iter_mut().for_each(|c| c.others = None);
    }
    conditions.extend(of_options(&base));
    let cut = conditions.len() > MOST_CLAUSES;
    conditions.truncate(MOST_CLAUSES);

    let mut clauses = Vec::with_capacity(conditions.len());
    let mut misspelt = 0;
    for condition in conditions {
        let count = counting.total(&condition.alone)?;
        let without = condition
            .others
            .as_ref()
            .map_or(Ok(0), |others| counting.total(others))?;
        let mut spellings = Vec::new();
        for word in condition
            .words
            .iter()
            .filter(|word| count == 0 && in_no_article(engine, word))
        {
            misspelt += 1;
            if misspelt <= MOST_MISSPELT {
                spellings.extend(
                    counting.spellings(word, &|spelling| with_word(&parsed.text, word, spelling, &base))?,
                );
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
    let any = match request.any || nodes.len() < 2 {
        true => None,
        false => Some(counting.total(&any_of(&nodes, &base))?),
    };
    let filtered = clauses.iter().any(|c| c.kind == ClauseKind::Filter)
        && clauses.iter().any(|c| c.kind == ClauseKind::Text);
    let without_filters = match filtered {
        true => Some(counting.total(&without_filters(&nodes, &base))?),
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
fn of_query(nodes: &[Node], base: &Request) -> Vec<Condition> {
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
        let others = (!rest.is_empty() || filtered(base)).then(|| asking(&rest, base));
        let alone = asking(std::slice::from_ref(node), &unfiltered(base));
        Condition {
            text: shown(node),
            kind,
            alone,
            others,
            words: words_of(node),
        }
    };
    nodes.iter().enumerate().map(condition).collect()
}

/// The conditions that options make: the values of one facet are one.
fn of_options(base: &Request) -> Vec<Condition> {
    let mut conditions = Vec::new();
    let typed = !base.query.trim().is_empty();
    let mut push = |text: String, kind: ClauseKind, alone: Request, others: Request| {
        let others = (typed || filtered(&others)).then_some(others);
        conditions.push(Condition {
            text,
            kind,
            alone,
            others,
            words: Vec::new(),
        });
    };
    let bare = Request {
        query: String::new(),
        ..unfiltered(base)
    };
    for (exclude, list) in [(false, &base.include), (true, &base.exclude)] {
        let mut facets: Vec<&String> = list.iter().map(|(facet, _)| facet).collect();
        facets.dedup();
        for facet in facets {
            let (own, rest): (Vec<_>, Vec<_>) = list.iter().cloned().partition(|(f, _)| f == facet);
            let values = own
                .iter()
                .map(|(_, value)| value.as_str())
                .collect::<Vec<_>>()
                .join(", ");
            let (alone, others) = if exclude {
                (
                    Request {
                        exclude: own.clone(),
                        ..bare.clone()
                    },
                    Request {
                        exclude: rest,
                        ..base.clone()
                    },
                )
            } else {
                (
                    Request {
                        include: own.clone(),
                        ..bare.clone()
                    },
                    Request {
                        include: rest,
                        ..base.clone()
                    },
                )
            };
            let not = if exclude { "not " } else { "" };
            push(
                format!("{not}{facet}: {values}"),
                if exclude {
                    ClauseKind::Excluded
                } else {
                    ClauseKind::Filter
                },
                alone,
                others,
            );
        }
    }
    if base.since.is_some() || base.until.is_some() {
        let named = |name: &str, date: Option<crate::date::PartialDate>| date.map(|d| format!("{name} {d}"));
        let text: Vec<String> = [named("since", base.since), named("until", base.until)]
            .into_iter()
            .flatten()
            .collect();
        let alone = Request {
            since: base.since,
            until: base.until,
            ..bare
        };
        push(
            text.join(" "),
            ClauseKind::Filter,
            alone,
            Request {
                since: None,
                until: None,
                ..base.clone()
            },
        );
    }
    conditions
}

/// The request for all of `nodes`, in the syntax that reads the same again.
fn asking(nodes: &[Node], base: &Request) -> Request {
    let query = Node::and(nodes.to_vec()).as_ref().map(shown).unwrap_or_default();
    Request {
        query,
        any: false,
        plain: false,
        ..base.clone()
    }
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

fn any_of(nodes: &[Node], base: &Request) -> Request {
    let (texts, rest): (Vec<Node>, Vec<Node>) = nodes
        .iter()
        .cloned()
        .partition(|n| !only_filters(n) && !matches!(n, Node::Not(_)));
    let all: Vec<Node> = Node::or(texts).into_iter().chain(rest).collect();
    asking(&all, base)
}

fn without_filters(nodes: &[Node], base: &Request) -> Request {
    let kept: Vec<Node> = nodes.iter().filter(|n| !only_filters(n)).cloned().collect();
    asking(&kept, &unfiltered(base))
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
fn with_word(text: &str, word: &WordNode, spelling: &str, base: &Request) -> Request {
    let (before, after) = (
        text.get(..word.span.start).unwrap_or_default(),
        text.get(word.span.end..).unwrap_or_default(),
    );
    Request {
        query: format!("{before}{spelling}{after}"),
        ..base.clone()
    }
}

fn unfiltered(base: &Request) -> Request {
    Request {
        include: Vec::new(),
        exclude: Vec::new(),
        since: None,
        until: None,
        ..base.clone()
    }
}

fn filtered(request: &Request) -> bool {
    !request.include.is_empty()
        || !request.exclude.is_empty()
        || request.since.is_some()
        || request.until.is_some()
}

fn only_filters(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(only_filters),
        Node::Not(inner) => only_filters(inner),
        node => node.is_filter(),
    }
}

/// Whether a word is misspelt rather than kept from matching by other conditions.
fn in_no_article(engine: &Engine, word: &WordNode) -> bool {
    let fields = &engine.reader.fields;
    [fields.body, fields.title].iter().all(|field| {
        engine
            .searcher
            .doc_freq(&Term::from_field_text(*field, &word.term))
            .unwrap_or(0)
            == 0
    })
}

struct Counting<'e> {
    engine: &'e Engine<'e>,
}

impl Counting<'_> {
    fn total(&self, request: &Request) -> Result<u64> {
        Ok(self.engine.search(request)?.total)
    }

    /// The nearest words of the archive: by distance, then by the number of articles.
    fn spellings(&self, word: &WordNode, query: &dyn Fn(&str) -> Request) -> Result<Vec<Spelling>> {
        let fields = &self.engine.reader.fields;
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
            let pattern = Pattern::Fuzzy {
                folded: word.folded.clone(),
                distance,
            };
            // Of each word the spelling that most articles have.
            let mut near: FxHashMap<String, (u64, u64, String)> = FxHashMap::default();
            for field in [fields.body_forms, fields.title_forms] {
                for term in expand(&self.engine.searcher, field, &pattern, usize::MAX)?.0 {
                    let Some((folded, form)) = term.split_once(FORM_SEPARATOR) else {
                        continue;
                    };
                    let articles = self
                        .engine
                        .searcher
                        .doc_freq(&Term::from_field_text(field, &term))?;
                    let entry = near.entry(folded.to_string()).or_default();
                    entry.0 += articles;
                    if articles > entry.1 {
                        (entry.1, entry.2) = (articles, form.to_string());
                    }
                }
            }
            let mut near: Vec<_> = near.into_iter().filter(|(_, (_, best, _))| *best > 0).collect();
            near.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(&b.0)));
            for (folded, (_, _, form)) in near.into_iter().take(4 * MOST_SPELLINGS) {
                if found.len() >= MOST_SPELLINGS {
                    return Ok(found);
                }
                let term = term(&folded);
                if known.contains(&term) {
                    continue;
                }
                let alone = Request {
                    query: form.clone(),
                    page: 1,
                    ..Request::default()
                };
                let count = self.total(&alone)?;
                known.push(term);
                // What only deleted articles held is proposed to nobody.
                if count > 0 {
                    let total = self.total(&query(&form))?;
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
        let base = Request {
            include: vec![("actor".into(), "Jnim".into())],
            ..Request::default()
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
            others.query,
            "(raid OR attaque) AND region:Gao AND NOT \"armée malienne\""
        );
        assert_eq!((others.include.len(), found[0].alone.include.len()), (1, 0));
    }

    #[test]
    fn a_spelling_takes_the_place_of_one_word_only() {
        let text = "\"l'armé malinne\" (raid OU dorne)";
        let nodes = nodes(text);
        let words: Vec<WordNode> = nodes.iter().flat_map(words_of).collect();
        assert_eq!(
            with_word(text, &words[0], "armée", &Request::default()).query,
            "\"l'armée malinne\" (raid OU dorne)"
        );
        assert_eq!(
            with_word(text, &words[3], "drone", &Request::default()).query,
            "\"l'armé malinne\" (raid OU drone)"
        );
        assert_eq!(
            any_of(&nodes, &Request::default()).query,
            "\"armé malinne\" OR raid OR dorne"
        );
    }
}
