//! How sure a row is: the reasons of the table `row`, for a row that is right in place, date and number of dead.
//!
//! | reason | it holds if |
//! |---|---|
//! | `score` | log-odds of its place |
//! | `basis=…`, `date=…`, `weekday`, `two_dates`, `day_elsewhere` | where its date comes from, how precise it is; days that are told elsewhere |
//! | `no_page_date`, `page_day` | what is known of the publication |
//! | `no_toll`, `toll_…`, `many_tolls` | how the number of dead was found |
//! | `unknown`, `coarse`, `country`, `nowhere`, `axis`, `chain`, `rival_row`, `alone`, `many` | what the place is, which other rows there are |
//! | `long`, `short` | how long the text is |
//! | `sent=…`, `told_again` | where it is told |
//! | `pluperfect`, `background`, `habit`, `irreal`, `irreal_near`, `neg`, `soft_trigger` | how it is told |

use super::dates::{Date, Kind, Role};
use super::group::{Basis, Group, Scored};
use super::place::Kind as PlaceKind;
use super::toll_words::Harm;
use super::triggers::Deed;
use super::weights::{Features, logit};
use std::collections::BTreeSet;

/// Sentences of a short report.
const SHORT: usize = 4;

/// The reasons of a row.
pub(super) fn features(scored: &Scored<'_, '_>, groups: &[Group], at: usize) -> Features {
    let group = &groups[at];
    let mut features = Features::default();
    features.add("score", logit(group.score));
    of_date(scored, group, &mut features);
    of_dead(scored, group, &mut features);
    let place = scored.place(group.places[0]);
    let told: BTreeSet<usize> = group.places.iter().map(|p| scored.place(*p).sentence).collect();
    let rival = groups.iter().enumerate().any(|(other, g)| {
        other != at
            && g.sentence == group.sentence
            && place.chain == 0
            && !g.places.iter().any(|p| scored.place(*p).chain > 0)
    });
    features.set(match group.sentence {
        0 => "sent=0",
        1 => "sent=1",
        _ => "sent=2+",
    });
    for (holds, name) in [
        (!place.is_known(), "unknown"),
        (group.kind.coarseness().is_some(), "coarse"),
        (place.road_end > 0, "axis"),
        (place.chain > 0, "chain"),
        (told.len() > 1, "told_again"),
        (groups.len() == 1, "alone"),
        (groups.len() >= 5, "many"),
        (scored.article.is_long(), "long"),
        (scored.article.sentences.len() <= SHORT, "short"),
        (group.kind == PlaceKind::Country, "country"),
        (group.kind == PlaceKind::Nowhere, "nowhere"),
        (rival, "rival_row"),
    ] {
        features.set_if(holds, name);
    }
    for name in [
        "pluperfect",
        "background",
        "habit",
        "irreal",
        "irreal_near",
        "neg",
    ] {
        features.set_if(scored.has(group.places[0], name), name);
    }
    let soft = scored.scenes[group.places[0]].deed.is_some_and(|deed| {
        deed.is_soft()
            || matches!(
                deed,
                Deed::Seizure | Deed::Weak | Deed::Accident | Deed::Blockade | Deed::Occurred
            )
    });
    features.set_if(soft, "soft_trigger");
    features
}

fn of_date(scored: &Scored<'_, '_>, group: &Group, features: &mut Features) {
    let article = scored.article;
    let when = &group.when;
    features.set(match when.basis {
        _ if group.placeless => "basis=second",
        Some(basis) => basis.feature(),
        None => "basis=none",
    });
    features.set(match when.edtf {
        None => "date=none",
        Some(edtf) if edtf.last.is_some() => "date=range",
        Some(edtf) => match edtf.precision() {
            "day" => "date=day",
            "month" => "date=month",
            _ => "date=year",
        },
    });
    let kind = when.date.map(|number| article.dates[number].kind);
    let weekday = matches!(
        kind,
        Some(Kind::Weekday | Kind::Yesterday | Kind::Today | Kind::WeekdayNight | Kind::Weekend)
    );
    features.set_if(weekday, "weekday");
    // It has the month of the page, while days are told that it has none of.
    let is_of_page = when.basis == Some(Basis::Page);
    let is_day = |date: &Date| date.is_event() && date.edtf.is_some_and(|edtf| article.page.is_fresh(&edtf));
    features.set_if(is_of_page && article.dates.iter().any(is_day), "day_elsewhere");
    features.set_if(article.page.date.is_none(), "no_page_date");
    let has_day = article.page.date.is_some_and(|date| date.day().is_some());
    features.set_if(has_day, "page_day");
    let dates = article.dates_of(group.sentence).iter();
    let events = dates.filter(|date| date.role == Role::Event && date.kind != Kind::Year);
    features.set_if(events.count() > 1, "two_dates");
}

fn of_dead(scored: &Scored<'_, '_>, group: &Group, features: &mut Features) {
    let Some(count) = group.counts[Harm::Killed as usize] else {
        features.set("no_toll");
        return;
    };
    features.set(match count.how {
        0 => "toll_rank=0",
        1 => "toll_rank=1",
        _ => "toll_rank=2",
    });
    let figures = scored.article.figures.iter();
    let dead = figures.filter(|figure| figure.harm == Harm::Killed && figure.n > 0);
    let told: BTreeSet<u32> = dead.map(|figure| figure.n).collect();
    for (holds, name) in [
        (count.shared > 1, "toll_shared"),
        (group.dead.others, "toll_other"),
        (group.dead.added, "toll_added"),
        (group.dead.parts > 1, "toll_sum"),
        (group.dead.is_about, "toll_approx"),
        (group.dead.parts == 0, "toll_one"),
        (told.len() >= 3, "many_tolls"),
    ] {
        features.set_if(holds, name);
    }
}
