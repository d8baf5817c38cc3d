//! Why a query finds what it finds, and why a hit stands where it stands: for `--explain`.

use crate::error::Result;
use crate::french::FORM_SEPARATOR;
use crate::query::{Meaning, Node, Placed, Query, Span, TextField, in_sequence};
use crate::search::compile::compiler::{Boxed, Compiled, Compiler, everything, facet_clauses};
use crate::search::dictionary::expand::expand;
use crate::search::engine::Engine;
use crate::search::facet::declared::shown_path;
use crate::search::request::Request;
use crate::search::score::ranking::{self, ArticleStatistics, Gain};
use serde::Serialize;
use std::collections::BTreeMap;
use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, EnableScoring, Query as TantivyQuery};
use tantivy::schema::Term;
use tantivy::{DocAddress, DocSet};

/// Expansions of one clause that are listed; the number of the others is given.
const LISTED: usize = 30;

/// What was searched.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The query in canonical syntax.
    pub interpreted: String,
    /// Articles in the index.
    pub articles: u64,
    /// The parts of the query, in the order typed.
    pub clauses: Vec<ExplainedClause>,
    /// Facet conditions that every hit fits.
    pub filters: Vec<Filter>,
}

/// A part of the query: a word, a name, a phrase, a pattern, a condition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExplainedClause {
    /// As typed.
    pub typed: String,
    /// `word`, `compound`, `name`, `exact`, `phrase`, `near`, `pattern`, `facet`, `date`, `source`.
    pub kind: &'static str,
    /// `required`, `alternative`, `excluded`, or `ignored` (a stop word).
    pub role: &'static str,
    /// Articles that this part alone matches.
    pub documents: u64,
    /// What the index knows a word by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    /// What it stands for, the most frequent first: written forms of a word, spellings of a name, words that
    /// fit a pattern.
    pub expansions: Vec<Expansion>,
    /// Expansions that aren't listed.
    pub more: usize,
    /// What the lexicons know by a name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub meanings: Vec<Meaning>,
}

/// One thing that a clause stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expansion {
    pub text: String,
    /// Articles that have it.
    pub documents: u64,
}

/// A facet condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filter {
    pub facet: String,
    pub excluded: bool,
    pub values: Vec<Expansion>,
}

/// What a hit's score is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScorePart {
    /// The part of the query, as typed.
    pub typed: String,
    /// `word`, `name`, `phrase` …; `same_form`; `side_by_side`.
    pub why: &'static str,
    /// `title`, `body`, or `title+body` counted as one text.
    pub field: &'static str,
    /// How often, where that is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    pub score: f32,
}

impl Engine<'_> {
    /// Explains what a request searches.
    ///
    /// # Errors
    /// As [`Engine::search`].
    pub fn explain(&self, request: &Request) -> Result<Explanation> {
        self.explanation(&crate::search::compile::compiler::compile(self, request)?)
    }

    pub(crate) fn explanation(&self, compiled: &Compiled) -> Result<Explanation> {
        let mut clauses = Vec::new();
        let mut leaves = Vec::new();
        if let Some(root) = &compiled.parsed.root {
            collect(root, "required", &mut leaves);
        }
        let forms = self.forms_by_term(&leaves)?;
        for (node, role) in &leaves {
            clauses.push(self.clause(&compiled.parsed, node, role, &forms)?);
        }
        clauses.extend(ignored_words(&compiled.parsed));
        clauses.sort_by_key(|(at, _)| *at);
        let filters = self.explained_filters(compiled)?;
        let articles = self.count(everything(&self.reader.fields))?;
        let clauses = clauses.into_iter().map(|(_, clause)| clause).collect();
        Ok(Explanation {
            interpreted: compiled.parsed.interpreted(),
            articles,
            clauses,
            filters,
        })
    }

    /// What the score of a hit is made of; the scores add up to the hit's.
    pub(crate) fn score_parts(&self, compiled: &Compiled, address: DocAddress) -> Result<Vec<ScorePart>> {
        let query = &compiled.parsed;
        let mut leaves = Vec::new();
        if let Some(root) = &query.root {
            collect(root, "required", &mut leaves);
        }
        let mut parts = Vec::new();
        for (node, _) in leaves
            .iter()
            .filter(|(node, role)| *role != "excluded" && !node.is_filter())
        {
            // Words typed side by side as a name score for themselves or as the name: only the whole adds up.
            let whole =
                matches!(node, Node::Name(name) if name.typed.len() > 1) || matches!(node, Node::Near(_));
            let fields: &[(Option<TextField>, &'static str)] = if whole {
                &[(None, "title+body")]
            } else {
                &[(Some(TextField::Title), "title"), (Some(TextField::Any), "body")]
            };
            for (only, field) in fields {
                let score = self.score_of(node, *only, address)?;
                if score > 0.0 {
                    let typed = query.text[node.span()].to_string();
                    parts.push(ScorePart {
                        typed,
                        why: kind(node),
                        field,
                        times: None,
                        score,
                    });
                }
            }
        }
        let fields = &self.reader.fields;
        let words = &compiled.words;
        for (word, gain, score) in ranking::gains(
            &compiled.dictionary,
            fields,
            self.reader.schema.boosts,
            words,
            address,
        )? {
            let typed = words[word].typed.clone();
            match gain {
                // Replaces what the body alone gave.
                Gain::Together => {
                    let body = parts
                        .iter_mut()
                        .find(|part| part.why == "word" && part.field == "body" && part.typed == typed);
                    match body {
                        Some(part) => {
                            part.field = "title+body";
                            part.score += score;
                        }
                        None => parts.push(ScorePart {
                            typed,
                            why: "word",
                            field: "title+body",
                            times: None,
                            score,
                        }),
                    }
                }
                Gain::Form(times) => parts.push(ScorePart {
                    typed,
                    why: "same_form",
                    field: "body",
                    times: Some(times),
                    score,
                }),
                Gain::Pair(times) => {
                    let typed = format!("{} {typed}", words[word - 1].typed);
                    parts.push(ScorePart {
                        typed,
                        why: "side_by_side",
                        field: "body",
                        times: Some(times),
                        score,
                    });
                }
            }
        }
        parts.sort_by(|a, b| b.score.total_cmp(&a.score));
        Ok(parts)
    }

    /// The score that a node alone gives an article in one field; `TextField::Any` stands for the body here.
    fn score_of(&self, node: &Node, only: Option<TextField>, address: DocAddress) -> Result<f32> {
        let mut compiler = Compiler::new(self);
        compiler.only = only;
        let Some(query) = compiler.node(node)? else {
            return Ok(0.0);
        };
        let statistics = ArticleStatistics::new(&self.searcher, &self.reader.fields)?;
        let weight = query.weight(EnableScoring::enabled_from_statistics_provider(
            &statistics,
            &self.searcher,
        ))?;
        let mut scorer = weight.scorer(self.searcher.segment_reader(address.segment_ord), 1.0)?;
        let at = if scorer.doc() < address.doc_id {
            scorer.seek(address.doc_id)
        } else {
            scorer.doc()
        };
        Ok(if at == address.doc_id { scorer.score() } else { 0.0 })
    }

    fn count(&self, query: Boxed) -> Result<u64> {
        Ok(self.searcher.search(&query, &Count)? as u64)
    }

    fn clause(
        &self,
        query: &Query,
        node: &Node,
        role: &'static str,
        forms: &Forms,
    ) -> Result<(usize, ExplainedClause)> {
        let mut compiler = Compiler::new(self);
        let compiled = compiler.node(node)?;
        let documents = compiled.map_or(Ok(0), |query| self.count(query))?;
        let (mut term, mut meanings, mut expansions) = (None, Vec::new(), Vec::new());
        match node {
            Node::Word(word) => {
                term = Some(word.term.clone());
                expansions = forms.get(&word.term).cloned().unwrap_or_default();
            }
            Node::Name(name) => {
                meanings.clone_from(&name.meanings);
                let typed: Option<&Node> = if let [one] = name.typed.as_slice() {
                    Some(one)
                } else {
                    None
                };
                if let Some(typed) = typed {
                    let found = compiler.node(typed)?.map_or(Ok(0), |query| self.count(query))?;
                    expansions.push(Expansion {
                        text: query.text[typed.span()].to_string(),
                        documents: found,
                    });
                }
                for spelling in &name.spellings {
                    let found = self.count(compiler.any_spelling(name.field, &spelling.sequences())?)?;
                    expansions.push(Expansion {
                        text: spelling.written.clone(),
                        documents: found,
                    });
                }
            }
            Node::Unit(unit) => {
                for sequence in unit.sequences() {
                    let found =
                        self.count(compiler.any_spelling(unit.field, std::slice::from_ref(&sequence))?)?;
                    expansions.push(Expansion {
                        text: in_words(&in_sequence(&sequence)),
                        documents: found,
                    });
                }
            }
            Node::Pattern(pattern) => {
                let mut counted: BTreeMap<String, u64> = BTreeMap::new();
                for field in [self.reader.fields.body_forms, self.reader.fields.title_forms] {
                    for form in expand(&self.searcher, field, &pattern.pattern, usize::MAX)?.0 {
                        let found = self.searcher.doc_freq(&Term::from_field_text(field, &form))?;
                        let (_, text) = form.split_once(FORM_SEPARATOR).unwrap_or(("", &form));
                        let most = counted.entry(text.to_string()).or_default();
                        *most = found.max(*most);
                    }
                }
                expansions = counted
                    .into_iter()
                    .map(|(text, documents)| Expansion { text, documents })
                    .collect();
            }
            Node::Phrase(phrase) if phrase.spellings().len() > 1 => {
                expansions = phrase
                    .spellings()
                    .iter()
                    .map(|placed| Expansion {
                        text: in_words(placed),
                        documents: 0,
                    })
                    .collect();
                for (expansion, placed) in expansions.iter_mut().zip(phrase.spellings()) {
                    expansion.documents =
                        self.count(compiler.spelled_phrase(phrase, std::slice::from_ref(&placed))?)?;
                }
            }
            Node::Facet(facet) => {
                for path in compiler.paths(facet)? {
                    expansions.push(self.value(&facet.name, &path)?);
                }
            }
            _ => {}
        }
        expansions.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.text.cmp(&b.text)));
        // Spellings that the archive doesn't have say nothing; a pattern and a word have none such.
        expansions.retain(|e| e.documents > 0);
        let more = expansions.len().saturating_sub(LISTED);
        expansions.truncate(LISTED);
        let span = node.span();
        let typed = query.text[span.clone()].to_string();
        Ok((
            span.start,
            ExplainedClause {
                typed,
                kind: kind(node),
                role,
                documents,
                term,
                expansions,
                more,
                meanings,
            },
        ))
    }

    fn value(&self, facet: &str, path: &str) -> Result<Expansion> {
        let fields = &self.reader.fields;
        let filter = crate::search::facet::counts::FacetFilter {
            facet: facet.to_string(),
            include: vec![path.to_string()],
            exclude: Vec::new(),
        };
        let documents = self.count(Box::new(BooleanQuery::new(facet_clauses(fields, &filter)?)))?;
        let text = if path == crate::search::facet::counts::WITHOUT {
            format!("without {facet}")
        } else {
            shown_path(fields, facet, path)
        };
        Ok(Expansion { text, documents })
    }

    fn explained_filters(&self, compiled: &Compiled) -> Result<Vec<Filter>> {
        let mut filters = Vec::new();
        for filter in &compiled.filters {
            for (paths, excluded) in [(&filter.include, false), (&filter.exclude, true)] {
                let values = paths
                    .iter()
                    .map(|path| self.value(&filter.facet, path))
                    .collect::<Result<Vec<_>>>()?;
                if !values.is_empty() {
                    filters.push(Filter {
                        facet: filter.facet.clone(),
                        excluded,
                        values,
                    });
                }
            }
        }
        Ok(filters)
    }

    /// The written forms of the words searched, with the articles that have them: a scan of the dictionary of
    /// forms, which knows no other way from a term to its forms.
    fn forms_by_term(&self, leaves: &[(&Node, &'static str)]) -> Result<Forms> {
        let mut forms = Forms::new();
        for (node, _) in leaves {
            if let Node::Word(word) = node {
                forms.entry(word.term.clone()).or_default();
            }
        }
        if forms.is_empty() {
            return Ok(forms);
        }
        let mut counted: BTreeMap<(String, String), u64> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.reader.fields.body_forms)?;
            let mut stream = inverted
                .terms()
                .stream()
                .map_err(|e| crate::error::Error::Damaged(e.to_string()))?;
            let mut last: Option<(String, String)> = None;
            while stream.advance() {
                let Ok(key) = std::str::from_utf8(stream.key()) else {
                    continue;
                };
                let Some((folded, form)) = key.split_once(FORM_SEPARATOR) else {
                    continue;
                };
                if last.as_ref().is_none_or(|(known, _)| known != folded) {
                    last = Some((folded.to_string(), self.reader.french.terms().term_of(folded)));
                }
                let Some((_, term)) = &last else { continue };
                if forms.contains_key(term) {
                    *counted.entry((term.clone(), form.to_string())).or_default() +=
                        u64::from(stream.value().doc_freq);
                }
            }
        }
        for ((term, text), documents) in counted {
            forms.entry(term).or_default().push(Expansion { text, documents });
        }
        Ok(forms)
    }
}

type Forms = BTreeMap<String, Vec<Expansion>>;

/// The leaves of the tree with their role, words that are ignored apart.
fn collect<'n>(node: &'n Node, role: &'static str, leaves: &mut Vec<(&'n Node, &'static str)>) {
    match node {
        Node::And(nodes) => nodes.iter().for_each(|node| collect(node, role, leaves)),
        Node::Or(nodes) => {
            let role = if role == "required" { "alternative" } else { role };
            nodes.iter().for_each(|node| collect(node, role, leaves));
        }
        Node::Not(inner) => collect(
            inner,
            if role == "excluded" {
                "required"
            } else {
                "excluded"
            },
            leaves,
        ),
        Node::Word(word) if word.ignored => {}
        node => leaves.push((node, role)),
    }
}

fn ignored_words(query: &Query) -> Vec<(usize, ExplainedClause)> {
    let ignored = |span: &Span| ExplainedClause {
        typed: query.text[span.clone()].to_string(),
        kind: "word",
        role: "ignored",
        documents: 0,
        term: None,
        expansions: Vec::new(),
        more: 0,
        meanings: Vec::new(),
    };
    query
        .positive_words()
        .into_iter()
        .filter(|word| word.ignored)
        .map(|word| (word.span.start, ignored(&word.span)))
        .collect()
}

fn in_words(placed: &[Placed<'_>]) -> String {
    use crate::query::PlacedWord;
    let word = |placed: &Placed<'_>| match placed.what {
        PlacedWord::Word(word) => word.form.clone(),
        PlacedWord::Joined(joined) => joined.form.clone(),
        PlacedWord::Pattern(_) => "*".to_string(),
    };
    placed.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn kind(node: &Node) -> &'static str {
    match node {
        Node::Word(_) => "word",
        Node::Unit(_) => "compound",
        Node::Name(_) => "name",
        Node::Exact(_) => "exact",
        Node::Phrase(_) => "phrase",
        Node::Near(_) => "near",
        Node::Pattern(_) => "pattern",
        Node::Facet(_) => "facet",
        Node::Date(_) => "date",
        Node::Source(_) => "source",
        Node::And(_) | Node::Or(_) | Node::Not(_) => "group",
    }
}
