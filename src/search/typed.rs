//! Questions as people type them, on a command line or in an address: dates, the surroundings of a place, axes.

use crate::date::PartialDate;
use crate::error::{Error, Result};
use crate::messages::Message;
use crate::msg;
use crate::query;
use crate::search::request::{AxisRequest, Near, Selection};
use crate::search::response::FacetInfo;

/// Kilometres around a place, where none are said.
const AROUND: u32 = 20;

/// The facet whose values say what kind of event it is.
const TYPES: &str = "type";

/// The dates of a selection, as typed: `2024-03`, `hier`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TypedDates<'a> {
    /// Published not before.
    pub since: Option<&'a str>,
    /// Published not after.
    pub until: Option<&'a str>,
    /// Events not before.
    pub event_since: Option<&'a str>,
    /// Events not after.
    pub event_until: Option<&'a str>,
}

impl Selection {
    /// The same with these dates.
    ///
    /// # Errors
    /// [`Error::BadDate`].
    pub fn with_typed_dates(self, typed: TypedDates<'_>) -> Result<Self> {
        let date = |text: Option<&str>, read: fn(&str) -> Option<PartialDate>| {
            let bad = |text: &str| Error::BadDate {
                text: text.to_string(),
            };
            text.map(|text| read(text).ok_or_else(|| bad(text))).transpose()
        };
        Ok(Self {
            since: date(typed.since, query::since)?,
            until: date(typed.until, query::until)?,
            event_since: date(typed.event_since, query::since)?,
            event_until: date(typed.event_until, query::until)?,
            ..self
        })
    }

    /// The types of events that it asks for, by the facet of that name.
    pub fn event_types(&self, facets: &[FacetInfo]) -> Vec<String> {
        let is_type = |called: &str| {
            let mut types = facets.iter().filter(|facet| facet.name == TYPES);
            types.any(|facet| facet.is_called(called))
        };
        let chosen = self.include.iter().filter(|(facet, _)| is_type(facet));
        chosen.map(|(_, value)| value.clone()).collect()
    }
}

impl Near {
    /// Reads `Djibo` or `Djibo:50`.
    ///
    /// # Errors
    /// What is wrong with the number of kilometres.
    pub fn of_typed(typed: &str) -> std::result::Result<Self, Message> {
        let (place, kilometres) = match typed.rsplit_once(':') {
            None => (typed, AROUND),
            Some((place, kilometres)) => {
                let kilometres = kilometres.trim();
                let number = kilometres.strip_suffix("km").unwrap_or(kilometres).trim().parse();
                let what =
                    |_: std::num::ParseIntError| msg!("events-near", typed = typed, kilometres = kilometres);
                (place, number.map_err(what)?)
            }
        };
        Ok(Self {
            place: place.trim().to_string(),
            kilometres,
        })
    }
}

impl AxisRequest {
    /// The whole of a facet, or of `day` or `year`.
    pub fn whole(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            level: None,
        }
    }

    /// The rows of a table, unless others are named: months of publication.
    pub fn default_rows(facets: &[FacetInfo]) -> Self {
        let publication = facets.iter().find(|facet| facet.publication);
        Self::whole(publication.map_or("month", |facet| &facet.name))
    }

    /// The columns of a table, unless others are named: the first facet that hits show.
    pub fn default_columns(facets: &[FacetInfo]) -> Self {
        let first = facets.iter().find(|facet| facet.listed);
        Self::whole(first.map_or("region", |facet| &facet.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_may_have_a_distance() {
        let at = |typed| {
            Near::of_typed(typed)
                .map(|near| (near.place, near.kilometres))
                .ok()
        };
        assert_eq!(at("Djibo"), Some(("Djibo".into(), AROUND)));
        assert_eq!(at("Mali/Mopti:50 km"), Some(("Mali/Mopti".into(), 50)));
        assert_eq!(at("Djibo:loin"), None);
    }

    #[test]
    fn a_date_that_is_none_is_an_error() {
        let dates = |since| TypedDates {
            since: Some(since),
            ..TypedDates::default()
        };
        assert!(Selection::of("x").with_typed_dates(dates("mars 2024")).is_ok());
        let error = Selection::of("x")
            .with_typed_dates(dates("jamais"))
            .expect_err("no date");
        assert_eq!(error.kind(), "bad_date");
    }
}
