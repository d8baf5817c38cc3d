//! From the options that select articles to a request.

use super::args::{Division, FilterArgs, QueryArgs, unmask};
use anyhow::Result;
use griot::Error;
use griot::date::PartialDate;
use griot::index::{Stored, ids};
use griot::search::{AxisRequest, Engine, FORMER, Request};

/// The request that query and filter options make; paging, order and counting are the command's own.
pub fn request(query: &QueryArgs, filters: &FilterArgs) -> Result<Request> {
    let (mut include, mut exclude) = (filters.facets.include.clone(), filters.facets.exclude.clone());
    include.extend(filters.where_.iter().cloned());
    exclude.extend(filters.not_where.iter().cloned());
    let date = |text: &Option<String>, read: fn(&str) -> Option<PartialDate>| {
        let bad = |text: &str| Error::BadDate {
            text: text.to_string(),
        };
        text.as_deref()
            .map(|text| read(text).ok_or_else(|| bad(text)))
            .transpose()
    };
    Ok(Request {
        query: query
            .query
            .iter()
            .map(|word| unmask(word))
            .collect::<Vec<_>>()
            .join(" "),
        any: query.any,
        plain: query.plain,
        include,
        exclude,
        since: date(&filters.since, griot::query::since)?,
        until: date(&filters.until, griot::query::until)?,
        ..Request::default()
    })
}

/// The article of an id, or the one of a file.
///
/// # Errors
/// [`Error::NoSuchArticle`]; [`Error::SeveralArticles`] for a file of several, with the first of their ids.
pub fn article(engine: &Engine, typed: &str) -> Result<Stored> {
    /// Ids that are shown of a file's.
    const SHOWN: usize = 3;
    let (mut meant, number) = ids::meant(engine.reader, &engine.searcher, typed)?;
    if number > 1 {
        let shown = |article: &Stored| ids::shown(&engine.searcher, &engine.reader.fields, article);
        let mut some: Vec<String> = meant
            .iter()
            .take(SHOWN)
            .map(shown)
            .collect::<Result<_, Error>>()?;
        some.extend((number > SHOWN).then(|| format!("… ({number} in all)")));
        return Err(Error::SeveralArticles {
            id: typed.to_string(),
            some: some.join(", "),
        }
        .into());
    }
    meant.pop().ok_or_else(|| {
        Error::NoSuchArticle {
            id: typed.to_string(),
        }
        .into()
    })
}

/// The axis, by the division of regions that was chosen.
pub fn divided(axis: AxisRequest, division: Division) -> AxisRequest {
    if division == Division::Old && axis.name == "region" {
        AxisRequest {
            name: FORMER.into(),
            level: None,
        }
    } else {
        axis
    }
}

/// Says on standard error how a query was read.
pub fn tell(notes: &[String]) {
    for note in notes {
        eprintln!("griot: {}", super::output::sanitize(note));
    }
}
