//! From the nodes of a query's tree to tantivy queries.

use crate::error::Result;
use crate::facet_path::FacetPath;
use crate::french::fold;
use crate::index::Fields;
use crate::query::{DateNode, FacetNode, Node, Pattern, SourceNode, TextField, Value, WordNode};
use crate::search::compile::filters::{Boxed, any_value, dates, everything};
use crate::search::dictionary::lookup::Dictionary;
use crate::search::facet::counts::WITHOUT;
use crate::search::facet::declared::is_month;
use crate::search::local::LocalEngine;
use crate::search::score::title_or_body::EitherQuery;
use crate::search::score::word::{AllWordsQuery, WordQuery};
use tantivy::query::{BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, TermSetQuery};
use tantivy::schema::Term;

/// In a value with fewer letters, two other letters make another value.
const SHORT_VALUE: usize = 6;
/// Values that are offered in place of an unknown one.
const NEAR_VALUES: usize = 3;

pub(crate) struct Compiler<'e> {
    pub engine: &'e LocalEngine,
    pub fields: &'e Fields,
    pub dictionary: Dictionary<'e>,
    pub notes: Vec<String>,
    /// Only the title or, for `Any`, only the body: to tell their scores apart.
    pub only: Option<TextField>,
}

impl<'e> Compiler<'e> {
    pub fn new(engine: &'e LocalEngine) -> Self {
        let dictionary = Dictionary::of_part(&engine.searcher, &engine.reader.fields, engine.whole());
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
                    // An exclusion there means "every article but".
                    clauses.extend(self.node(node)?.map(|query| (Occur::Should, query)));
                }
                some_of(clauses)
            }
            Node::Not(inner) => self.node(inner)?.map(|query| self.without(vec![], vec![query])),
        })
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

    /// Paths of an option's value, or of several with commas between them. A value that has a comma itself is
    /// one where the archive has it, or the lexicons know it and not its parts.
    pub(crate) fn option_paths(&mut self, facet: &str, typed: &str) -> Result<Vec<String>> {
        let parts: Vec<&str> = typed
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        if parts.len() < 2 || !self.of_archive(facet, typed)?.is_empty() {
            return self.one_option(facet, typed);
        }
        let facets = self.engine.reader.facets()?;
        // Names of media are read leniently: “RFI,Dakaractu” would be RFI, as its first part is.
        let whole = facets.resolve(facet, typed);
        let of_parts: Vec<Vec<String>> = parts.iter().map(|part| facets.resolve(facet, part)).collect();
        if !whole.is_empty() && !of_parts.contains(&whole) && of_parts.iter().any(Vec::is_empty) {
            return self.one_option(facet, typed);
        }
        let mut paths = Vec::new();
        for part in parts {
            paths.extend(self.one_option(facet, part)?);
        }
        Ok(paths)
    }

    fn one_option(&mut self, facet: &str, typed: &str) -> Result<Vec<String>> {
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
        let found = self.of_archive(facet, &value.text)?;
        if found.is_empty() {
            let note = self.unknown(facet, &value.text)?;
            self.notes.push(note);
            return Ok(vec![FacetPath::typed(&value.text).to_string()]);
        }
        Ok(found)
    }

    /// Values that the articles have under this name, whatever the lexicons know.
    fn of_archive(&self, facet: &str, typed: &str) -> Result<Vec<String>> {
        let tree = self.engine.tree(facet)?;
        let wanted = fold(typed);
        let same = |path: &&String| fold(path) == wanted || fold(FacetPath::new(path).label()) == wanted;
        Ok(tree.paths.iter().filter(same).cloned().collect())
    }

    /// Says that a value is unknown, and what is written nearly so.
    fn unknown(&self, facet: &str, typed: &str) -> Result<String> {
        if is_month(self.fields, facet) {
            return Ok(format!(
                "“{typed}” is not a valid {facet}; write 2024-07, a year as 2024, several as 2024-07..2024-09"
            ));
        }
        let tree = self.engine.tree(facet)?;
        let wanted = fold(typed);
        let farthest = if wanted.chars().count() < SHORT_VALUE {
            1
        } else {
            2
        };
        let mut near: Vec<&str> = Vec::new();
        for distance in 1..=farthest {
            let pattern = Pattern::Fuzzy {
                folded: wanted.clone(),
                distance,
            };
            let labels = tree.paths.iter().map(|path| FacetPath::new(path).label());
            for label in labels.filter(|label| pattern.fits(&fold(label))) {
                if !near.contains(&label) && near.len() < NEAR_VALUES {
                    near.push(label);
                }
            }
        }
        let offer = match near.is_empty() {
            true => String::new(),
            false => format!(" (did you mean {}?)", near.join(", ")),
        };
        Ok(format!(
            "no {facet} is called “{typed}”{offer}; `griot facets --facet {facet}` lists them"
        ))
    }

    /// How rare a word is: the weight of its mark in snippets.
    pub(crate) fn rarity(&self, word: &WordNode) -> f32 {
        let found = self
            .dictionary
            .term(self.fields.body, &word.term)
            .map_or(0, |found| found.doc_freq);
        let articles = match self.engine.whole() {
            Some(whole) => whole.articles().unwrap_or(0),
            None => self.engine.searcher.num_docs(),
        };
        (1.0 + articles as f32 / (found as f32 + 1.0)).ln()
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
