//! From the options that select articles to a request.

use super::args::{Division, FilterArgs, QueryArgs, unmask};
use anyhow::Result;
use griot::Error;
use griot::date::PartialDate;
use griot::index::{Fields, Stored, ids};
use griot::search::{AxisRequest, Engine, FORMER, Request, publication_facet};

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
pub fn divided(fields: &Fields, axis: AxisRequest, division: Division) -> AxisRequest {
    let of_places = fields
        .facet(&axis.name)
        .is_some_and(|(facet, _)| facet.derive.places);
    if division == Division::Old && of_places {
        whole(FORMER)
    } else {
        axis
    }
}

/// The rows of a table, unless others are named: months of publication.
pub fn default_rows(fields: &Fields) -> AxisRequest {
    whole(publication_facet(fields).unwrap_or("month"))
}

/// The columns of a table, unless others are named: the first facet that hits show.
pub fn default_columns(fields: &Fields) -> AxisRequest {
    let mut facets = fields.facets.iter().map(|(facet, _)| facet);
    let first = facets.find(|facet| facet.is_listed());
    whole(first.map_or("region", |facet| &facet.name))
}

fn whole(name: &str) -> AxisRequest {
    AxisRequest {
        name: name.into(),
        level: None,
    }
}

/// Says on standard error how a query was read.
pub fn tell(notes: &[String]) {
    for note in notes {
        eprintln!("griot: {}", super::output::sanitize(note));
    }
}
