//! The phrases of texts that gave a facet value.

use crate::error::Result;
use crate::facet_path::FacetPath;
use crate::facets::{Phrase, Phrases};
use crate::french::fold;
use crate::search::facet::declared::{declared, shown_path};
use crate::search::local::LocalEngine;
use crate::search::request::EvidenceRequest;
use crate::search::response::facets::{EvidencePhrase, EvidenceResponse};
use crate::search::response::hits::JSON_VERSION;

/// The phrases that gave a value, of the first facet that has it; `None` if no facet has it.
///
/// # Errors
/// [`crate::Error::NoSuchFacet`], or what a damaged index or broken lexicons give.
pub(crate) fn evidence(engine: &LocalEngine, request: &EvidenceRequest) -> Result<Option<EvidenceResponse>> {
    let Some((facet, paths)) = paths_of(engine, request.facet.as_deref(), &request.value)? else {
        return Ok(None);
    };
    let mut selection = request.selection.clone();
    let chosen = paths.iter().map(|path| (facet.clone(), path.clone()));
    selection.include.extend(chosen);
    let addresses = engine.all(&selection)?;
    let mut phrases = Phrases::new(&facet, paths);
    for (number, address) in addresses.iter().enumerate() {
        let article = engine.stored(*address)?;
        phrases.add(number, &article.title, &article.body, &article.meta.values);
    }
    let fields = &engine.reader.fields;
    let answered = |phrase: Phrase| {
        let example = engine.stored(addresses[phrase.example])?;
        Ok(EvidencePhrase {
            value: shown_path(fields, &facet, &phrase.path),
            phrase: phrase.text,
            rule: phrase.rule,
            status: if phrase.given { "given" } else { "derived" },
            articles: phrase.articles,
            occurrences: phrase.occurrences,
            example: engine.shown_id(&example)?,
        })
    };
    let phrases = phrases
        .finish()
        .into_iter()
        .map(answered)
        .collect::<Result<_>>()?;
    Ok(Some(EvidenceResponse {
        version: JSON_VERSION,
        articles: addresses.len() as u64,
        value: request.value.clone(),
        phrases,
        facet,
    }))
}

/// The facet that knows a value as typed, and its paths: those of the lexicon, else those that metadata gave.
fn paths_of(engine: &LocalEngine, facet: Option<&str>, value: &str) -> Result<Option<(String, Vec<String>)>> {
    let fields = &engine.reader.fields;
    let asked = facet.map(|name| declared(fields, name)).transpose()?;
    let names: Vec<&str> = fields
        .facets
        .iter()
        .map(|(f, _)| f.name.as_str())
        .filter(|n| asked.is_none_or(|a| a.name == *n))
        .collect();
    for name in &names {
        let paths = engine.reader.facets()?.resolve(name, value);
        let tree = engine.tree(name)?;
        if !paths.is_empty() && (asked.is_some() || paths.iter().any(|p| tree.number(p).is_some())) {
            return Ok(Some(((*name).to_string(), paths)));
        }
    }
    let wanted = fold(FacetPath::typed(value).as_str());
    let same = |path: &&String| fold(path) == wanted || fold(FacetPath::new(path).label()) == wanted;
    for name in &names {
        let tree = engine.tree(name)?;
        let paths: Vec<String> = tree.paths.iter().filter(same).cloned().collect();
        if !paths.is_empty() {
            return Ok(Some(((*name).to_string(), paths)));
        }
    }
    Ok(None)
}
