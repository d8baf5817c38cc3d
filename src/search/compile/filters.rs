//! Conditions that score nothing: facets, dates, files.

use crate::error::Result;
use crate::facet_path::FacetPath;
use crate::index::fields::{ARTICLE, COPY, column};
use crate::index::{Fields, duplicates};
use crate::search::facet::counts::{FacetFilter, WITHOUT};
use crate::search::local::LocalEngine;
use std::ops::Bound;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, ExistsQuery, Occur, Query as TantivyQuery, RangeQuery, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Facet, Field, IndexRecordOption, Term};

pub(crate) type Boxed = Box<dyn TantivyQuery>;

/// Every article.
pub(crate) fn everything(fields: &Fields) -> Boxed {
    let term = Term::from_field_text(fields.kind, ARTICLE);
    Box::new(ConstScoreQuery::new(
        Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
        0.0,
    ))
}

/// The clauses of a facet filter.
pub(crate) fn facet_clauses(fields: &Fields, filter: &FacetFilter) -> Result<Vec<(Occur, Boxed)>> {
    let Some((_, field)) = fields.facet(&filter.facet) else {
        return Ok(Vec::new());
    };
    let mut clauses = Vec::new();
    if !filter.include.is_empty() {
        clauses.push((Occur::Must, any_value(fields, *field, &filter.include)));
    }
    if !filter.exclude.is_empty() {
        clauses.push((Occur::MustNot, any_value(fields, *field, &filter.exclude)));
    }
    Ok(clauses)
}

/// Articles with one of these values, or a value below one; or, for [`WITHOUT`], with none at all.
pub(crate) fn any_value(fields: &Fields, field: Field, paths: &[String]) -> Boxed {
    let terms: Vec<Term> = paths
        .iter()
        .filter(|path| *path != WITHOUT)
        .map(|path| facet_term(field, path))
        .collect();
    let with: Boxed = Box::new(ConstScoreQuery::new(Box::new(TermSetQuery::new(terms)), 0.0));
    if !paths.iter().any(|path| path == WITHOUT) {
        return with;
    }
    // Every value's document is posted under the root, too.
    let root = TermQuery::new(Term::from_facet(field, &Facet::root()), IndexRecordOption::Basic);
    let without: Boxed = Box::new(BooleanQuery::new(vec![
        (Occur::Must, everything(fields)),
        (Occur::MustNot, Box::new(root)),
    ]));
    Box::new(BooleanQuery::new(vec![
        (Occur::Should, with),
        (Occur::Should, without),
    ]))
}

pub(crate) fn facet_term(field: Field, path: &str) -> Term {
    Term::from_facet(field, &Facet::from_path(FacetPath::new(path).levels()))
}

/// Articles of which no date of publication is known, not even a month.
pub(crate) fn undated(fields: &Fields) -> Boxed {
    let dated = ExistsQuery::new(column::DATE_FROM.to_string(), false);
    Box::new(BooleanQuery::new(vec![
        (Occur::Must, everything(fields)),
        (Occur::MustNot, Box::new(dated)),
    ]))
}

/// Publication dates that overlap an interval of days.
pub(crate) fn dates(fields: &Fields, from: Option<i64>, to: Option<i64>) -> Vec<(Occur, Boxed)> {
    let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
    let range = |low, high| -> (Occur, Boxed) {
        (
            Occur::Must,
            Box::new(ConstScoreQuery::new(Box::new(RangeQuery::new(low, high)), 0.0)),
        )
    };
    if let Some(to) = to {
        clauses.push(range(
            Bound::Unbounded,
            Bound::Included(Term::from_field_i64(fields.date_from, to)),
        ));
    }
    if let Some(from) = from {
        clauses.push(range(
            Bound::Included(Term::from_field_i64(fields.date_to, from)),
            Bound::Unbounded,
        ));
    }
    clauses
}

/// Articles of the file with that key, or of files below the folder with that key: those that have any of
/// their places there.
pub(crate) fn files_under(engine: &LocalEngine, key: &str) -> Result<Boxed> {
    let fields = &engine.reader.fields;
    let folder = if key.ends_with('/') {
        key.to_string()
    } else {
        format!("{key}/")
    };
    // '0' follows '/' in every encoding of interest.
    let after = format!("{}0", &folder[..folder.len() - 1]);
    let term = |text: &str| Term::from_field_text(fields.file, text);
    let below = RangeQuery::new(Bound::Included(term(&folder)), Bound::Excluded(term(&after)));
    let itself = TermQuery::new(term(key), IndexRecordOption::Basic);
    let there: Boxed = Box::new(BooleanQuery::new(vec![
        (Occur::Should, Box::new(below) as Boxed),
        (Occur::Should, Box::new(itself)),
    ]));
    if !duplicates::any(&engine.searcher, fields)? {
        return Ok(there);
    }
    let kind = TermQuery::new(Term::from_field_text(fields.kind, COPY), IndexRecordOption::Basic);
    let found = BooleanQuery::new(vec![
        (Occur::Must, Box::new(kind) as Boxed),
        (Occur::Must, there.box_clone()),
    ]);
    let hashes = duplicates::hashes(&engine.searcher, engine.ids_of(&found)?)?;
    let copied = TermSetQuery::new(
        hashes
            .into_iter()
            .map(|key| Term::from_field_u64(fields.content_key, key)),
    );
    Ok(Box::new(BooleanQuery::new(vec![
        (Occur::Should, there),
        (Occur::Should, Box::new(copied)),
    ])))
}
