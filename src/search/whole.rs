//! What is asked about a whole archive where the index at hand holds only some of its articles: an engine on a
//! network brings those that matter here, and scores them as if all were.

use crate::error::Result;
use crate::index::Fields;
use crate::query::{Node, Pattern, Query};
use crate::search::facet::filter::FacetFilter;
use crate::search::request::Selection;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tantivy::schema::Term;

/// One of the two texts of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Text {
    Title,
    Body,
}

/// A word as it is searched for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Token {
    /// An index term.
    Term(String),
    /// A word as it is folded and written: see [`crate::french::FormTerm`].
    Form(String),
}

/// A place of a sequence: any of these words may stand there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    pub offset: u32,
    pub tokens: Vec<Token>,
}

/// A query that was read for an archive, with the spellings that it has.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub parsed: &'a Query,
    /// Of the query, what is no filter that every hit must fit.
    pub rest: Option<&'a Node>,
    /// Words that an article may lack, and whether something else is searched for.
    pub beside: Option<(&'a Node, bool)>,
    /// Facets that every hit must fit.
    pub filters: &'a [FacetFilter],
    pub selection: &'a Selection,
}

/// Accentuations of a folded word, and how many articles have each.
pub type FormCounts = Arc<Vec<(String, u64)>>;

/// Paths of a facet, and how many articles have each.
pub type ValueCounts = Arc<BTreeMap<String, u64>>;

/// The whole of an archive, of which an index holds a part.
pub trait Whole: Send + Sync {
    /// Its articles.
    fn articles(&self) -> Result<u64>;

    /// The words of all its titles or bodies.
    fn words(&self, text: Text) -> Result<u64>;

    /// The same with joined spellings.
    fn tokens(&self, text: Text) -> Result<u64>;

    /// Articles that have a word.
    fn having(&self, text: Text, token: &Token) -> Result<u64>;

    /// The terms of the forms fields whose folded part is `folded`, in their order.
    fn forms(&self, text: Text, folded: &str) -> Result<FormCounts>;

    /// Articles that have any of these sequences.
    fn spelled(&self, text: Text, sequences: &[Vec<Place>]) -> Result<u64>;

    /// Articles that have any of these forms in title or body.
    fn having_any(&self, forms: &[String]) -> Result<u64>;

    /// The values that a facet has, those above them too, and how many articles have each.
    fn values(&self, facet: &str) -> Result<ValueCounts>;

    /// The values of a facet that some article has without having one below them.
    fn owned(&self, facet: &str) -> Result<Arc<BTreeSet<String>>>;

    /// Articles that a query finds, read by an engine that holds none of them.
    fn total(&self, wanted: &Wanted<'_>) -> Result<u64>;

    /// Forms that fit a pattern, and how many articles have each: the frequent ones surely, of the others some.
    fn fitting(&self, text: Text, pattern: &Pattern) -> Result<Vec<(String, u64)>>;

    /// Articles of a selection that have no date, whatever its dates are.
    fn undated(&self, selection: &Selection) -> Result<u64>;
}

/// The text and the word of a term of an index.
pub(crate) fn token_of(fields: &Fields, term: &Term) -> Option<(Text, Token)> {
    let written = String::from_utf8(term.serialized_value_bytes().to_vec()).ok()?;
    let field = term.field();
    Some(match field {
        _ if field == fields.title => (Text::Title, Token::Term(written)),
        _ if field == fields.body => (Text::Body, Token::Term(written)),
        _ if field == fields.title_forms => (Text::Title, Token::Form(written)),
        _ if field == fields.body_forms => (Text::Body, Token::Form(written)),
        _ => return None,
    })
}
