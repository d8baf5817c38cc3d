//! A question in words, for the head of what was made of its answer.

use crate::messages::UiLang;
use crate::msg;
use crate::search::{EventFilter, Selection};

/// What was asked for: the query as typed, then every filter.
#[must_use]
pub fn asked(selection: &Selection, events: &EventFilter, language: UiLang) -> String {
    let mut parts = vec![selection.query.clone()];
    for (values, excluded) in [(&selection.include, false), (&selection.exclude, true)] {
        for (facet, value) in values {
            let filter = match excluded {
                false => msg!("question-with", facet = facet, value = value),
                true => msg!("question-without", facet = facet, value = value),
            };
            parts.push(filter.in_language(language));
        }
    }
    let dates = [
        selection
            .since
            .map(|date| msg!("question-since", date = date.to_string())),
        selection
            .until
            .map(|date| msg!("question-until", date = date.to_string())),
        selection.undated.then(|| msg!("question-undated")),
        selection
            .event_since
            .map(|date| msg!("question-event-since", date = date.to_string())),
        selection
            .event_until
            .map(|date| msg!("question-event-until", date = date.to_string())),
        events.near.as_ref().map(|near| {
            let place = near.place.clone();
            msg!("question-near", place = place, kilometres = near.kilometres)
        }),
        events.min_killed.map(|n| msg!("question-min-killed", n = n)),
        events.sure.then(|| msg!("question-sure")),
    ];
    parts.extend(
        dates
            .into_iter()
            .flatten()
            .map(|filter| filter.in_language(language)),
    );
    parts.retain(|part| !part.trim().is_empty());
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::PartialDate;
    use crate::search::Near;

    #[test]
    fn no_filter_is_left_out() {
        let selection = Selection {
            include: vec![("region".into(), "Gao".into())],
            exclude: vec![("actor".into(), "Jnim".into())],
            since: PartialDate::new(2024, Some(3), None),
            event_until: PartialDate::new(2025, None, None),
            undated: true,
            ..Selection::of("drone")
        };
        let near = Near {
            place: "Djibo".into(),
            kilometres: 50,
        };
        let events = EventFilter {
            near: Some(near),
            min_killed: Some(3),
            sure: true,
            ..EventFilter::default()
        };
        assert_eq!(
            asked(&selection, &events, UiLang::En),
            "drone; region: Gao; without actor: Jnim; published since 2024-03; undated articles, too; events until 2025; \
             within 50 km of Djibo; at least 3 dead; sure events only"
        );
        let french = asked(&selection, &events, UiLang::Fr);
        assert!(french.contains("à moins de 50 km de Djibo"), "{french}");
        assert_eq!(
            asked(&Selection::default(), &EventFilter::default(), UiLang::En),
            ""
        );
    }
}
