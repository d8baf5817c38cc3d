//! Why an article has its facet values and its events: the list beside its text, and what is marked in the text.

use super::super::asked::Asked;
use super::filters::facet_name;
use super::link::Link;
use super::marks::Stretch;
use super::text::Text;
use crate::article::Part;
use crate::messages::decimal;
use crate::say;
use crate::search::{ArticleResponse, ArticleValue, EventRow, Match};
use maud::{Markup, html};

/// Colours that facets have.
const COLOURS: usize = 8;

/// The class of the numbers of dead, wounded and abducted.
const TOLL: &str = "toll";

/// What is marked in title and body.
#[derive(Debug, Default)]
pub(super) struct Marked {
    pub(super) title: Vec<Stretch>,
    pub(super) body: Vec<Stretch>,
}

impl Marked {
    /// What gave facet values and events, and what a query matches.
    pub(super) fn of(asked: &Asked, article: &ArticleResponse, events: &[EventRow]) -> Self {
        let mut marked = Self::default();
        for (at, value) in article.values.iter().enumerate() {
            for (number, evidence) in value.evidence.iter().enumerate() {
                let stretch = Stretch {
                    start: evidence.start,
                    end: evidence.end,
                    class: colour(asked, &value.facet),
                    anchor: Some(anchor(at, number)),
                };
                match evidence.part {
                    Part::Title => marked.title.push(stretch),
                    Part::Body => marked.body.push(stretch),
                    Part::Metadata => {}
                }
            }
        }
        for (at, event) in events.iter().enumerate() {
            marked.add_event(article, at, event);
        }
        if let Some(matches) = &article.matches {
            marked.title.extend(matches.title.iter().map(query));
            marked.body.extend(matches.body.iter().map(query));
        }
        marked
    }

    fn add_event(&mut self, article: &ArticleResponse, at: usize, event: &EventRow) {
        let (text, stretches) = match event.passage_part {
            "title" => (&article.row.title, &mut self.title),
            _ => (&article.body, &mut self.body),
        };
        let (start, end) = (event.passage_start, event.passage_end);
        stretches.push(Stretch {
            start,
            end,
            class: "passage".into(),
            anchor: Some(passage_anchor(at)),
        });
        let inside = text.get(start..end).map(|passage| (start, passage));
        // The number may stand in another sentence than the place.
        let elsewhere = Some(&event.toll_sentence)
            .filter(|sentence| !sentence.is_empty())
            .and_then(|sentence| Some((text.find(sentence.as_str())?, sentence.as_str())));
        let harm = &event.harm;
        for said in [&harm.killed_text, &harm.wounded_text, &harm.abducted_text] {
            let places = [inside, elsewhere].into_iter().flatten();
            let found = places.filter(|_| !said.is_empty()).find_map(|(from, sentence)| {
                let start = from + sentence.find(said.as_str())?;
                Some((start, start + said.len()))
            });
            if let Some((start, end)) = found {
                stretches.push(Stretch {
                    start,
                    end,
                    class: TOLL.into(),
                    anchor: None,
                });
            }
        }
    }
}

fn query(found: &Match) -> Stretch {
    Stretch {
        start: found.start,
        end: found.end,
        class: "q".into(),
        anchor: None,
    }
}

/// The class of a facet's colour.
fn colour(asked: &Asked, facet: &str) -> String {
    let place = asked.facets.iter().position(|known| known.name == facet);
    format!("c{}", place.unwrap_or(0) % COLOURS)
}

/// What leads to a piece of evidence.
fn anchor(value: usize, evidence: usize) -> String {
    format!("e{value}-{evidence}")
}

/// What leads to the passage of an event.
fn passage_anchor(event: usize) -> String {
    format!("p{event}")
}

/// A box that turns a colour of the text off, with the name of what has it; the style sheet does it, without a script.
fn switch(class: &str, name: &str) -> Markup {
    html! {
        label { input.colour type="checkbox" checked id=(format!("show-{class}")); " " span class=(class) { (name) } }
    }
}

/// The facet values, each with the places that gave it.
pub(super) fn values(asked: &Asked, article: &ArticleResponse) -> Markup {
    let values: Vec<(usize, &ArticleValue)> = article.values.iter().enumerate().collect();
    html! {
        section.evidence {
            h2 { (say!("web-evidence-values")) }
            @for facet in &asked.facets {
                @let of_facet: Vec<_> = values.iter().filter(|(_, value)| value.facet == facet.name).collect();
                @if !of_facet.is_empty() {
                    h3 { (switch(&colour(asked, &facet.name), &facet_name(&facet.name))) }
                    ul { @for (at, value) in of_facet { (one_value(asked, *at, value)) } }
                }
            }
        }
    }
}

fn one_value(asked: &Asked, at: usize, value: &ArticleValue) -> Markup {
    let search = Link::same_language(asked, "/").and(&value.facet, &value.value);
    html! {
        li {
            a href=(search) { (Text(&value.value)) }
            " " span.quiet { (say!("show-status", status = value.status))
                @if let Some(old) = &value.region_old { (say!("show-formerly", region = old)) } }
            @for (number, evidence) in value.evidence.iter().enumerate() {
                @match evidence.part {
                    Part::Metadata => span.quiet { " · " (say!("show-metadata", rule = &*evidence.rule)) },
                    _ => { " " a.where href=(format!("#{}", anchor(at, number))) title=(Text(&evidence.rule))
                        aria-label=(say!("web-evidence", n = number + 1, value = &value.value)) { (number + 1) } },
                }
            }
            @if asked.app.edit.is_some() {
                " " button.wrong type="submit" form="withdraw" name="remove" value=(Text(&format!("{}={}", value.facet, value.value)))
                    aria-label=(say!("web-remove-value", value = &value.value)) title=(say!("web-remove-value", value = &value.value)) { "×" }
            }
        }
    }
}

/// The events that the article reports, each with its passage.
pub(super) fn events(events: &[EventRow]) -> Markup {
    let harm = |event: &EventRow| {
        let harm = &event.harm;
        let told = [
            harm.killed.map(|n| say!("events-killed", n = n)),
            harm.wounded.map(|n| say!("events-wounded", n = n)),
            harm.abducted.map(|n| say!("events-abducted", n = n)),
        ];
        told.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    html! {
        @if !events.is_empty() {
            section.told {
                h2 { (say!("web-nav-events")) }
                p { (switch(TOLL, &say!("web-tolls"))) }
                ul { @for (at, event) in events.iter().enumerate() { li {
                    b { @match event.event_date { Some(date) => (date), None => (say!("count-undated")) } } " "
                    (Text(&event.place))
                    @let harm = harm(event);
                    @if !harm.is_empty() { " · " (harm) }
                    " " span.quiet { (say!("events-confidence", n = decimal(event.confidence, 2))) }
                    " " a.where href=(format!("#{}", passage_anchor(at)))
                        aria-label=(say!("web-evidence", n = at + 1, value = &event.place)) { (at + 1) }
                } } }
            }
        }
    }
}
