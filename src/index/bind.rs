//! Which article a decision is about. It was decided about what an article said: by that it is found again when its
//! file is renamed, or when other records come before it in its file. Where nothing says the same any more, its name
//! counts: an article whose text was mended keeps what was decided about it.

use super::content;
use super::corrections::{Correction, Corrections, content_name, content_of_name, is_by_number};
use super::document::{self, Stored};
use super::duplicates;
use super::ids;
use super::origin::{Origin, default_id};
use super::postings;
use super::reader::Reader;
use crate::error::Result;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use tantivy::Searcher;
use tantivy::schema::Term;

/// Characters of a text that stand for a title it doesn't have.
const BEGINNING: usize = 80;

/// How an article is called in a table of decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binding {
    pub article: String,
    pub content: String,
    pub title: String,
}

impl Binding {
    /// The name that is kept is the id that the article claims where no other claims it, else its path.
    pub fn of(reader: &Reader, searcher: &Searcher, article: &Stored) -> Result<Self> {
        let alone = ids::claimants(searcher, &reader.fields, &article.id)?.len() == 1;
        let origin = article.origin();
        Ok(Self {
            article: if alone {
                article.id.clone()
            } else {
                origin.name_in_file()
            },
            content: content_name(key_of(article)?),
            title: beginning(article),
        })
    }

    /// Gives a correction the names of its article.
    pub fn bind(&self, correction: &mut Correction) {
        correction.article.clone_from(&self.article);
        correction.content.clone_from(&self.content);
        correction.title.clone_from(&self.title);
    }
}

/// See [`content::content_key`].
pub(super) fn key_of(article: &Stored) -> Result<u64> {
    let (article, origin) = article.clone().into_article();
    content::content_key(&article, &origin)
}

/// The title of an article, or how its text begins.
fn beginning(article: &Stored) -> String {
    let text = match article.title.trim() {
        "" => &article.body,
        title => title,
    };
    let words: Vec<&str> = text.split_whitespace().take(BEGINNING).collect();
    words.join(" ").chars().take(BEGINNING).collect()
}

/// The article that says what a hash stands for.
pub(super) fn saying(reader: &Reader, searcher: &Searcher, content: &str) -> Result<Option<Stored>> {
    let Some(key) = content_of_name(content) else {
        return Ok(None);
    };
    let term = Term::from_field_u64(reader.fields.content_key, key);
    for address in postings::all(searcher, &term)? {
        let stored = document::read(&reader.fields, &searcher.doc(address)?)?;
        if !stored.meta.copy {
            return Ok(Some(stored));
        }
    }
    Ok(None)
}

/// The one article that a name means; none where it means several, or a file of records as a whole.
pub(super) fn only_one(reader: &Reader, searcher: &Searcher, name: &str) -> Result<Option<Stored>> {
    let found = ids::named(reader, searcher, name)?;
    let is_part = |article: &Stored| {
        let origin = article.origin();
        origin.record > 0 && origin.id() != name && name == default_id(&origin.file, 0)
    };
    Ok(match &found[..] {
        [article] if !is_part(article) => Some(article.clone()),
        _ => None,
    })
}

/// Which decisions are called otherwise now.
#[derive(Debug, Default)]
pub(super) struct Bound {
    /// By the former name and hash.
    changed: FxHashMap<(String, String), Binding>,
    /// The names that no article has, of decisions that none says the same for.
    pub orphans: BTreeSet<String>,
    /// Decisions whose article has another name: the former and the present one.
    pub moved: Vec<(String, String)>,
}

impl Bound {
    /// Whether the table is to be written anew.
    pub fn is_changed(&self) -> bool {
        !self.changed.is_empty()
    }

    /// The decisions under their present names.
    pub fn apply(&self, corrections: &Corrections) -> Corrections {
        let rebound = corrections.all().iter().map(|correction| {
            let mut correction = correction.clone();
            let key = (correction.article.clone(), correction.content.clone());
            if let Some(binding) = self.changed.get(&key) {
                binding.bind(&mut correction);
            }
            correction
        });
        Corrections::new(rebound.collect())
    }
}

/// Looks for the articles of all decisions.
///
/// # Errors
/// What a damaged index gives.
pub(super) fn bind(reader: &Reader, searcher: &Searcher, corrections: &Corrections) -> Result<Bound> {
    let mut bound = Bound::default();
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    for correction in corrections.all() {
        if !seen.insert((&correction.article, &correction.content)) {
            continue;
        }
        match find(reader, searcher, correction)? {
            Found::AsItWas => {}
            Found::Nowhere => {
                bound.orphans.insert(correction.article.clone());
            }
            Found::Otherwise(binding) => {
                if correction.is_bound() && binding.article != correction.article {
                    let names = (correction.article.clone(), binding.article.clone());
                    bound.moved.push(names);
                }
                let key = (correction.article.clone(), correction.content.clone());
                bound.changed.insert(key, binding);
            }
        }
    }
    Ok(bound)
}

/// Where the article of a decision was found.
enum Found {
    /// Under the name and the hash that are kept, or under a name that means a whole file.
    AsItWas,
    Otherwise(Binding),
    Nowhere,
}

fn find(reader: &Reader, searcher: &Searcher, correction: &Correction) -> Result<Found> {
    if let Some(article) = saying(reader, searcher, &correction.content)? {
        let others = duplicates::others(searcher, &reader.fields, &article)?;
        let is_called = |origin: &Origin| [origin.id(), origin.name_in_file()].contains(&correction.article);
        return Ok(
            match is_called(&article.origin()) || others.iter().any(is_called) {
                true => Found::AsItWas,
                false => Found::Otherwise(Binding::of(reader, searcher, &article)?),
            },
        );
    }
    if let Some(article) = only_one(reader, searcher, &correction.article)? {
        let binding = Binding::of(reader, searcher, &article)?;
        let is_another =
            correction.is_bound() && is_by_number(&correction.article) && binding.title != correction.title;
        return Ok(match is_another {
            true => Found::Nowhere,
            false => Found::Otherwise(binding),
        });
    }
    Ok(match ids::is_there(reader, searcher, &correction.article)? {
        true => Found::AsItWas,
        false => Found::Nowhere,
    })
}
