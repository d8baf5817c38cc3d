//! What is left out of an answer because an analyst excluded it.

use crate::error::Result;
use crate::facets::EXCLUDED;
use crate::search::compile::filters::facet_term;
use crate::search::compile::selection::compile;
use crate::search::facet::counts::FacetFilter;
use crate::search::local::LocalEngine;
use crate::search::request::Selection;

/// Says how many articles that a selection matches are excluded; nothing where none is, or where they were asked for.
///
/// # Errors
/// As [`LocalEngine::hits`].
pub fn left_out(engine: &LocalEngine, selection: &Selection) -> Result<Option<String>> {
    if selection.include_excluded {
        return Ok(None);
    }
    let fields = &engine.reader.fields;
    let Some((marks, field)) = fields.facets.iter().find(|(declared, _)| declared.derive.marks) else {
        return Ok(None);
    };
    // Most archives have none, and pay nothing.
    if engine.searcher.doc_freq(&facet_term(*field, EXCLUDED))? == 0 {
        return Ok(None);
    }
    let mut compiled = compile(engine, selection)?;
    if !only_excluded(&marks.name, &mut compiled.filters) {
        return Ok(None);
    }
    Ok(note(engine.total_of(&compiled)?))
}

/// Turns filters that hide what was excluded into those that find nothing else; false where they hide nothing.
pub(crate) fn only_excluded(marks: &str, filters: &mut [FacetFilter]) -> bool {
    let hides = |path: &String| path == EXCLUDED;
    let of_marks = filters.iter_mut().find(|filter| filter.facet == marks);
    let Some(filter) = of_marks.filter(|filter| filter.exclude.iter().any(hides)) else {
        return false;
    };
    filter.exclude.retain(|path| !hides(path));
    filter.include = vec![EXCLUDED.to_string()];
    true
}

/// What is said of so many excluded articles.
pub(crate) fn note(number: u64) -> Option<String> {
    match number {
        0 => None,
        1 => Some("1 article that was excluded matches, too; --include-excluded takes it along.".into()),
        number => Some(format!(
            "{number} articles that were excluded match, too; --include-excluded takes them along."
        )),
    }
}
