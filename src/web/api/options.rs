//! The parameters of the API, as its description has them. They are read by their names, which are those of the
//! command line's options.
#![expect(dead_code, reason = "described here, read by name")]

use utoipa::IntoParams;

/// The names of some parameters.
pub(super) fn names<P: IntoParams>() -> Vec<String> {
    let described = P::into_params(|| None).into_iter();
    described.map(|parameter| parameter.name).collect()
}

/// Which articles a question is about. Everything must hold together; nothing given: every article.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "kebab-case")]
pub(super) struct Selected {
    /// The query: words (all must occur), "a phrase", AND OR NOT / ET OU SAUF, field:value, -excluded.
    q: Option<String>,
    /// Find articles with any of the words.
    any: Option<bool>,
    /// Take operators in the query as plain words.
    plain: Option<bool>,
    /// Published on or after this date: 2024-03, 15/03/2024, hier.
    since: Option<String>,
    /// Published on or before this date; a month or year is included whole.
    until: Option<String>,
    /// With since and until: articles without a date, too.
    undated: Option<bool>,
    /// Reports an event in the month of this date or later.
    event_since: Option<String>,
    /// Reports an event in the month of this date or earlier.
    event_until: Option<String>,
    /// FACET=VALUE; values of one facet are OR, facets are AND. Every facet is a parameter of its own, too: region=Gao.
    #[param(rename = "where")]
    facet_value: Option<Vec<String>>,
    /// FACET=VALUE that is excluded; also not-region=Gao.
    not_where: Option<Vec<String>>,
}

/// A page of hits.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "kebab-case")]
pub(super) struct PageOfHits {
    /// relevance, newest or oldest.
    sort: Option<String>,
    /// Hits a page, 1 to 200.
    limit: Option<usize>,
    /// The page, from 1. Pages end at hit 10000; /export has all.
    page: Option<usize>,
    /// Where the page begins: `next_cursor` of the page before, with its parameters. Pages have no end then.
    cursor: Option<String>,
    /// Fold near-duplicates under the best of them.
    group: Option<bool>,
    /// Say which forms and synonyms were searched, and how scores are made up.
    explain: Option<bool>,
    /// Count the values of all facets.
    facets: Option<bool>,
    /// Leave out articles without some of the words (the list `nearly`).
    all_words: Option<bool>,
    /// Length of a snippet in characters.
    snippet_length: Option<usize>,
    /// Snippets a hit.
    fragments: Option<usize>,
}

/// Counts of facet values.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "kebab-case")]
pub(super) struct Counted {
    /// One facet by name or alias; all without.
    facet: Option<String>,
    /// Only values that this may mean, in any spelling.
    find: Option<String>,
    /// Only so many values of each level, and those that are chosen.
    top: Option<usize>,
    /// count or name.
    by: Option<String>,
    /// new, or old for the regions before 2023 beside them.
    region_division: Option<String>,
    /// The phrases that gave this value, instead of counts.
    evidence: Option<String>,
}

/// Articles over time.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "kebab-case")]
pub(super) struct OverTime {
    /// day, month or year.
    by: Option<String>,
    /// publication or event.
    of: Option<String>,
    /// A series for each value of FACET or FACET:LEVEL.
    split: Option<String>,
    /// The most frequent series; the others are added up.
    top: Option<usize>,
    /// Count all articles of each step, too.
    share: Option<bool>,
}

/// A table of counts.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "kebab-case")]
pub(super) struct Crossed {
    /// FACET, FACET:LEVEL, day or year.
    rows: Option<String>,
    /// As rows.
    cols: Option<String>,
    /// The most frequent rows and columns; the others are added up.
    top: Option<usize>,
}

/// A limit.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "kebab-case")]
pub(super) struct Limited {
    /// At most so many, 1 to 200.
    limit: Option<usize>,
}

/// What is being typed.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "kebab-case")]
pub(super) struct Typed {
    /// The beginning of a word.
    prefix: String,
}

/// An article.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "kebab-case")]
pub(super) struct OneArticle {
    /// The id that answers show.
    id: Option<String>,
    /// The key beside it, instead.
    key: Option<String>,
}

/// What to say of an article.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "kebab-case")]
pub(super) struct Matching {
    /// Say what this query matches in it.
    query: Option<String>,
}

/// How alike.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "kebab-case")]
pub(super) struct Alike {
    /// Least share of the text in common, 0 to 1.
    least: Option<f64>,
}

/// Rows of an export.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "kebab-case")]
pub(super) struct Exported {
    /// articles, records, events or mentions.
    rows: Option<String>,
    /// Rows of articles with their text.
    with_text: Option<bool>,
    /// Events: only those that are sure.
    sure: Option<bool>,
    /// jsonl or csv.
    format: Option<String>,
    /// CSV for French spreadsheets.
    csv_excel: Option<bool>,
}

/// Events.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "kebab-case")]
pub(super) struct ReportedEvents {
    /// Only those that are sure.
    sure: Option<bool>,
    /// Near a place: Djibo, or Djibo:50 with kilometres.
    near: Option<String>,
    /// At least so many dead.
    min_killed: Option<u32>,
    /// jsonl, csv or geojson.
    format: Option<String>,
    /// CSV for French spreadsheets.
    csv_excel: Option<bool>,
}

/// A saved search.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "kebab-case")]
pub(super) struct Saved {
    /// Say what is new, changed and gone since this one last ran; the list of all without.
    name: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_called_as_options() {
        assert_eq!(names::<Crossed>(), ["rows", "cols", "top"]);
        let selected = names::<Selected>();
        assert!(
            selected.contains(&"where".to_string()) && selected.contains(&"event-since".to_string()),
            "{selected:?}"
        );
    }
}
