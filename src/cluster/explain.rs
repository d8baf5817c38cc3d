//! What a query searches in an archive on a cluster, for `--explain`: every clause with the articles that it finds.

use super::bring;
use super::clause;
use super::engine::ClusterEngine;
use super::lower;
use crate::error::Result;
use crate::french::FormTerm;
use crate::query::{Node, Query};
use crate::search::compile::compiler::Compiler;
use crate::search::compile::selection::{Compiled, compile_query};
use crate::search::explain::{collect, ignored_words, kind};
use crate::search::facet::counts::WITHOUT;
use crate::search::facet::declared::shown_path;
use crate::search::whole::Whole as _;
use crate::search::{Expansion, ExplainedClause, Explanation, Filter, Selection, Text};
use std::collections::BTreeMap;

/// Expansions of one clause that are listed; the number of the others is given.
const LISTED: usize = 30;

impl ClusterEngine {
    /// Explains a query. Of a word the spellings as it was typed are listed, not all that have its index term.
    pub(crate) fn explanation(&self, compiled: &Compiled<'_>) -> Result<Explanation> {
        let mut leaves = Vec::new();
        if let Some(root) = &compiled.parsed.root {
            collect(root, "required", &mut leaves);
        }
        let mut clauses = Vec::new();
        let text = &compiled.parsed.text;
        for (node, role) in leaves {
            let span = node.span();
            let mut expansions = self.expansions(text, node)?;
            expansions.retain(|expansion| expansion.documents > 0);
            expansions.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.text.cmp(&b.text)));
            let more = expansions.len().saturating_sub(LISTED);
            expansions.truncate(LISTED);
            let clause = ExplainedClause {
                typed: compiled.parsed.text[span.clone()].to_string(),
                kind: kind(node),
                role,
                documents: self.having(text, node)?,
                term: match node {
                    Node::Word(word) => Some(word.term.clone()),
                    _ => None,
                },
                expansions,
                more,
                meanings: match node {
                    Node::Name(name) => name.meanings.clone(),
                    _ => Vec::new(),
                },
            };
            clauses.push((span.start, clause));
        }
        clauses.extend(ignored_words(&compiled.parsed));
        clauses.sort_by_key(|(at, _)| *at);
        let mut filters = Vec::new();
        for filter in &compiled.filters {
            for (paths, excluded) in [(&filter.include, false), (&filter.exclude, true)] {
                let values = paths.iter().map(|path| self.value(&filter.facet, path));
                let values: Vec<Expansion> = values.collect::<Result<_>>()?;
                if !values.is_empty() {
                    filters.push(Filter {
                        facet: filter.facet.clone(),
                        excluded,
                        values,
                    });
                }
            }
        }
        Ok(Explanation {
            interpreted: compiled.parsed.interpreted(),
            articles: self.archive.articles()?,
            clauses: clauses.into_iter().map(|(_, clause)| clause).collect(),
            filters,
        })
    }

    /// Articles that a node alone finds.
    fn having(&self, text: &str, node: &Node) -> Result<u64> {
        let query = Query {
            text: text.to_string(),
            root: Some(node.clone()),
            notes: Vec::new(),
            mode: Default::default(),
        };
        let all = Selection {
            include_excluded: true,
            ..Selection::default()
        };
        let compiled = compile_query(&self.blank, query.clone(), &all)?;
        let lowered = lower::selection(&self.blank, &compiled.wanted())?;
        if lowered.is_exact {
            let counted = self.asker().counts(&[lowered.filtered()])?;
            return Ok(counted.first().copied().unwrap_or(0));
        }
        let part = self.part(bring::all(self.asker(), &lowered.filtered())?)?;
        match part.searcher.num_docs() {
            0 => Ok(0),
            _ => part.total_of(&compile_query(&part, query, &all)?),
        }
    }

    fn expansions(&self, text: &str, node: &Node) -> Result<Vec<Expansion>> {
        Ok(match node {
            Node::Word(word) => {
                let mut counted: BTreeMap<String, u64> = BTreeMap::new();
                for (form, articles) in self.archive.forms(Text::Body, &word.folded)?.iter() {
                    let written = FormTerm::parse(form).map_or(form.as_str(), |term| term.form);
                    counted.insert(written.to_string(), *articles);
                }
                let expansions = counted.into_iter();
                expansions
                    .map(|(text, documents)| Expansion { text, documents })
                    .collect()
            }
            Node::Name(name) => {
                let mut expansions = Vec::new();
                for spelling in &name.spellings {
                    let alone = Node::Name(crate::query::NameNode {
                        typed: Vec::new(),
                        spellings: vec![spelling.clone()],
                        ..name.clone()
                    });
                    expansions.push(Expansion {
                        text: spelling.written.clone(),
                        documents: self.having(text, &alone)?,
                    });
                }
                expansions
            }
            Node::Facet(facet) => {
                let paths = Compiler::new(&self.blank).paths(facet)?;
                let values = paths.iter().map(|path| self.value(&facet.name, path));
                values.collect::<Result<_>>()?
            }
            _ => Vec::new(),
        })
    }

    fn value(&self, facet: &str, path: &str) -> Result<Expansion> {
        if path == WITHOUT {
            let counted = self.asker().counts(&[clause::without(facet)])?;
            return Ok(Expansion {
                text: format!("without {facet}"),
                documents: counted.first().copied().unwrap_or(0),
            });
        }
        Ok(Expansion {
            text: shown_path(&self.blank.reader.fields, facet, path),
            documents: self.archive.values(facet)?.get(path).copied().unwrap_or(0),
        })
    }
}
