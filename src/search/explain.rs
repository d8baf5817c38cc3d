//! Why a query finds what it finds, and why a hit stands where it stands: for `--explain`.

use crate::error::{Error, Result};
use crate::french::FormTerm;
use crate::query::{
    NameNode, Node, PatternNode, PhraseNode, Placed, Query, Span, TextField, UnitNode, in_sequence,
};
use crate::search::compile::compiler::Compiler;
use crate::search::compile::filters::{Boxed, everything, facet_clauses};
use crate::search::compile::selection::{Compiled, compile};
use crate::search::dictionary::expand::expand;
use crate::search::facet::counts::{FacetFilter, WITHOUT};
use crate::search::facet::declared::shown_path;
use crate::search::local::LocalEngine;
use crate::search::request::Selection;
use crate::search::response::explanation::{Expansion, ExplainedClause, Explanation, Filter, ScorePart};
use crate::search::score::ranking::{self, ArticleStatistics, Gain};
use std::collections::BTreeMap;
use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, EnableScoring, Query as TantivyQuery};
use tantivy::schema::Term;
use tantivy::{DocAddress, DocSet};

/// Expansions of one clause that are listed; the number of the others is given.
const LISTED: usize = 30;

impl LocalEngine {
    /// Explains what a selection searches.
    ///
    /// # Errors
    /// As [`LocalEngine::hits`].
    pub(crate) fn explained(&self, selection: &Selection) -> Result<Explanation> {
        self.explanation(&compile(self, selection)?)
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
        let articles = self.documents(everything(&self.reader.fields))?;
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
        let mut parts = self.parts_by_node(&compiled.parsed, address)?;
        let words = &compiled.words;
        let gains = ranking::gains(
            &compiled.dictionary,
            &self.reader.fields,
            self.reader.schema.boosts,
            words,
            address,
        )?;
        for (word, gain, score) in gains {
            let typed = words[word].typed.clone();
            let part = |typed, why, field, times| ScorePart {
                typed,
                why,
                field,
                times,
                score,
            };
            match gain {
                Gain::Together => together(&mut parts, part(typed, "word", "title+body", None)),
                Gain::Form(times) => parts.push(part(typed, "same_form", "body", Some(times))),
                Gain::Lead => parts.push(part(typed, "lead", "title+body", None)),
                Gain::Pair(times) => {
                    let pair = format!("{} {typed}", words[word - 1].typed);
                    parts.push(part(pair, "side_by_side", "body", Some(times)));
                }
            }
        }
        parts.sort_by(|a, b| b.score.total_cmp(&a.score));
        Ok(parts)
    }

    /// What each part of the query gives by itself, title and body apart where they are added.
    fn parts_by_node(&self, query: &Query, address: DocAddress) -> Result<Vec<ScorePart>> {
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
                    parts.push(ScorePart {
                        typed: query.text[node.span()].to_string(),
                        why: kind(node),
                        field,
                        times: None,
                        score,
                    });
                }
            }
        }
        Ok(parts)
    }

    /// The score that a node alone gives an article in one field; `TextField::Any` stands for the body here.
    fn score_of(&self, node: &Node, only: Option<TextField>, address: DocAddress) -> Result<f32> {
        let mut compiler = Compiler::new(self);
        compiler.only = only;
        let Some(query) = compiler.node(node)? else {
            return Ok(0.0);
        };
        let statistics = ArticleStatistics::of(&compiler.dictionary, &self.reader.fields)?;
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

    fn documents(&self, query: Boxed) -> Result<u64> {
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
        let documents = compiled.map_or(Ok(0), |query| self.documents(query))?;
        let (mut term, mut meanings) = (None, Vec::new());
        let mut expansions = match node {
            Node::Word(word) => {
                term = Some(word.term.clone());
                forms.get(&word.term).cloned().unwrap_or_default()
            }
            Node::Name(name) => {
                meanings.clone_from(&name.meanings);
                self.of_name(&mut compiler, query, name)?
            }
            Node::Unit(unit) => self.of_unit(&mut compiler, unit)?,
            Node::Pattern(pattern) => self.of_pattern(pattern)?,
            Node::Phrase(phrase) if phrase.spellings().len() > 1 => self.of_phrase(&mut compiler, phrase)?,
            Node::Facet(facet) => {
                let paths = compiler.paths(facet)?;
                let values = paths.iter().map(|path| self.value(&facet.name, path));
                values.collect::<Result<_>>()?
            }
            _ => Vec::new(),
        };
        expansions.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.text.cmp(&b.text)));
        // Spellings that the archive doesn't have say nothing; a pattern and a word have none such.
        expansions.retain(|e| e.documents > 0);
        let more = expansions.len().saturating_sub(LISTED);
        expansions.truncate(LISTED);
        let span = node.span();
        let clause = ExplainedClause {
            typed: query.text[span.clone()].to_string(),
            kind: kind(node),
            role,
            documents,
            term,
            expansions,
            more,
            meanings,
        };
        Ok((span.start, clause))
    }

    fn of_name(&self, compiler: &mut Compiler<'_>, query: &Query, name: &NameNode) -> Result<Vec<Expansion>> {
        let mut expansions = Vec::new();
        if let [typed] = name.typed.as_slice() {
            expansions.push(Expansion {
                text: query.text[typed.span()].to_string(),
                documents: compiler
                    .node(typed)?
                    .map_or(Ok(0), |query| self.documents(query))?,
            });
        }
        for spelling in &name.spellings {
            expansions.push(Expansion {
                text: spelling.written.clone(),
                documents: self.documents(compiler.any_spelling(name.field, &spelling.sequences())?)?,
            });
        }
        Ok(expansions)
    }

    fn of_unit(&self, compiler: &mut Compiler<'_>, unit: &UnitNode) -> Result<Vec<Expansion>> {
        let mut expansions = Vec::new();
        for sequence in unit.sequences() {
            let spelled = compiler.any_spelling(unit.field, std::slice::from_ref(&sequence))?;
            expansions.push(Expansion {
                text: in_words(&in_sequence(&sequence)),
                documents: self.documents(spelled)?,
            });
        }
        Ok(expansions)
    }

    fn of_pattern(&self, pattern: &PatternNode) -> Result<Vec<Expansion>> {
        let mut counted: BTreeMap<String, u64> = BTreeMap::new();
        for field in [self.reader.fields.body_forms, self.reader.fields.title_forms] {
            for form in expand(&self.searcher, field, &pattern.pattern, usize::MAX)?.0 {
                let found = self.searcher.doc_freq(&Term::from_field_text(field, &form))?;
                let text = FormTerm::parse(&form).map_or(form.as_str(), |term| term.form);
                let most = counted.entry(text.to_string()).or_default();
                *most = found.max(*most);
            }
        }
        let expansions = counted.into_iter();
        Ok(expansions
            .map(|(text, documents)| Expansion { text, documents })
            .collect())
    }

    fn of_phrase(&self, compiler: &mut Compiler<'_>, phrase: &PhraseNode) -> Result<Vec<Expansion>> {
        let mut expansions = Vec::new();
        for placed in phrase.spellings() {
            let spelled = compiler.spelled_phrase(phrase, std::slice::from_ref(&placed))?;
            expansions.push(Expansion {
                text: in_words(&placed),
                documents: self.documents(spelled)?,
            });
        }
        Ok(expansions)
    }

    fn value(&self, facet: &str, path: &str) -> Result<Expansion> {
        let fields = &self.reader.fields;
        let filter = FacetFilter {
            facet: facet.to_string(),
            include: vec![path.to_string()],
            exclude: Vec::new(),
        };
        let documents = self.documents(Box::new(BooleanQuery::new(facet_clauses(fields, &filter)?)))?;
        let text = if path == WITHOUT {
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
                .map_err(|e| Error::Damaged(e.to_string()))?;
            let mut last: Option<(String, String)> = None;
            while stream.advance() {
                let Ok(key) = std::str::from_utf8(stream.key()) else {
                    continue;
                };
                let Some(FormTerm { folded, form }) = FormTerm::parse(key) else {
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

/// Replaces what the body alone gave by title and body as one text.
fn together(parts: &mut Vec<ScorePart>, gain: ScorePart) {
    let body = parts
        .iter_mut()
        .find(|part| part.why == "word" && part.field == "body" && part.typed == gain.typed);
    match body {
        Some(part) => {
            part.field = gain.field;
            part.score += gain.score;
        }
        None => parts.push(gain),
    }
}

type Forms = BTreeMap<String, Vec<Expansion>>;

/// The leaves of the tree with their role, words that are ignored apart.
pub(crate) fn collect<'n>(node: &'n Node, role: &'static str, leaves: &mut Vec<(&'n Node, &'static str)>) {
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

pub(crate) fn ignored_words(query: &Query) -> Vec<(usize, ExplainedClause)> {
    let ignored = |span: &Span, role| ExplainedClause {
        typed: query.text[span.clone()].to_string(),
        kind: "word",
        role,
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
        .map(|word| {
            let role = if word.function { "optional" } else { "ignored" };
            (word.span.start, ignored(&word.span, role))
        })
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

pub(crate) fn kind(node: &Node) -> &'static str {
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
