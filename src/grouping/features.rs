//! The reasons for and against two reports being of one event: place and date. The others are in
//! [`more_features`](super::more_features).

use super::more_features;
use super::names::{Likeness, best_likeness};
use super::possible::{FAR, distance};
use super::prepared::{Context, Row};
use super::span::Span;
use super::weights::Reasons;

/// All reasons that hold.
pub(super) fn reasons(context: &Context, one: usize, other: usize) -> Reasons {
    let mut found = Reasons::default();
    found.set("bias");
    let (Some(a), Some(b)) = (context.rows.get(one), context.rows.get(other)) else {
        return found;
    };
    places(context, a, b, &mut found);
    dates(context, a, b, &mut found);
    more_features::tolls(a, b, &mut found);
    more_features::kinds(context, a, b, &mut found);
    more_features::sides(a, b, &mut found);
    more_features::words(context, a, b, &mut found);
    more_features::other_events(context, one, other, &mut found);
    found
}

// Long because each line is a reason.
fn places(context: &Context, a: &Row, b: &Row, found: &mut Reasons) {
    let likeness = best_likeness(&a.names, &b.names);
    let far = distance(a, b);
    let elsewhere = !a.region.is_empty() && !b.region.is_empty() && a.region != b.region;
    let partly_dated = a.date.is_none() || b.date.is_none();
    let busiest =
        |names: &mut dyn Iterator<Item = &str>| names.map(|name| context.events_at(name)).fold(0.0, f64::max);
    if a.main.is_empty() || b.main.is_empty() {
        let (without, with) = if a.main.is_empty() { (a, b) } else { (b, a) };
        found.set("place:none");
        found.set_if(without.shares_name(with), "place:none,alt equal");
        found.set_if(without.tells(&with.main), "place:none,told in window");
        found.set_if(elsewhere, "place:region differs");
        let both = a.main.is_empty() && b.main.is_empty();
        found.set_if(
            both && a.region == b.region && !a.region.is_empty(),
            "place:both none,same region",
        );
        return;
    }
    match likeness {
        Likeness::Equal => {
            found.set("place:same");
            found.set_if(a.main != b.main, "place:equal by alt or road end");
            if a.is_town && b.is_town {
                found.add("place:same,town", 0.5);
            }
            found.set_if(a.is_capital && b.is_capital, "place:same,capital");
            found.set_if(a.is_country, "place:country");
            if partly_dated {
                let names = a.names.iter().map(|name| &*name.folded);
                let often = busiest(&mut names.filter(|name| b.has_name(name)));
                found.add("place:same,events known there", often);
            }
        }
        Likeness::Alike => {
            found.set("place:same");
            found.set("place:alike");
            if partly_dated {
                let often = busiest(&mut a.names.iter().chain(&b.names).map(|name| &*name.folded));
                found.add("place:same,events known there", often);
            }
            found.set_if(elsewhere || far.is_some_and(|d| d > 40.0), "place:alike but far");
        }
        Likeness::Different => {
            found.set("place:differs");
            if a.is_country || b.is_country {
                found.set("place:differs,country");
            } else {
                found.set_if(a.is_area || b.is_area, "place:differs,area");
            }
            match far {
                Some(d) => found.add("place:km", d.min(FAR) / 20.0),
                None => found.set("place:km unknown"),
            }
            let told = u8::from(a.tells(&b.main)) + u8::from(b.tells(&a.main));
            if told > 0 {
                found.add("place:differs,told by other", f64::from(told) / 2.0);
            }
            // Each article knows both places: they tell them apart.
            found.set_if(told == 2, "place:differs,both told by both");
        }
    }
}

fn dates(context: &Context, a: &Row, b: &Row, found: &mut Reasons) {
    match (a.date, b.date) {
        (Some(one), Some(two)) => both_dated(context, (a, one), (b, two), found),
        (None, Some(date)) => one_dated(context, a, (b, date), found),
        (Some(date), None) => one_dated(context, b, (a, date), found),
        (None, None) => none_dated(context, a, b, found),
    }
}

fn both_dated(context: &Context, (a, one): (&Row, Span), (b, two): (&Row, Span), found: &mut Reasons) {
    let (gap, length) = (one.gap(&two), one.length().max(two.length()));
    let no_year = one.yearless || two.yearless;
    match length {
        ..=3 => {
            found.set(match gap {
                0 => "date:day equal",
                1 => "date:day off 1",
                _ => "date:day off 2-3",
            });
            found.set_if(no_year, "date:year unknown");
        }
        4..=32 => {
            found.set(if gap == 0 { "date:month" } else { "date:month off" });
            found.set_if(gap == 0 && one.length().min(two.length()) > 3, "date:month,both");
            found.set_if(no_year, "date:month,year unknown");
        }
        _ => {
            found.set("date:coarse");
            found.add("date:coarse,log", (length as f64 / 32.0).ln());
        }
    }
    if one.yearless == two.yearless {
        return;
    }
    let (without, with) = if one.yearless {
        ((a, one), two)
    } else {
        ((b, two), one)
    };
    let ((row, own), year) = (without, Span::month(with.first).0);
    let years = &context.texts[row.article].years;
    found.set_if(
        years.last().is_some_and(|last| *last < year - 1),
        "date:year past the text's",
    );
    let fits = |page: Span| page.first - 400 < with.first && with.first <= page.last;
    found.set_if(
        row.page.is_some_and(|page| !fits(page)),
        "date:year not the page's",
    );
    if row.weekdays != 0 && own.is_short() && with.length() == 1 {
        found.set(agrees(with.weekdays() & row.weekdays != 0));
    }
}

fn agrees(does: bool) -> &'static str {
    if does {
        "date:weekday agrees"
    } else {
        "date:weekday differs"
    }
}

fn one_dated(context: &Context, undated: &Row, (dated, date): (&Row, Span), found: &mut Reasons) {
    found.set("date:one none");
    let years = &context.texts[undated.article].years;
    if !date.yearless {
        if let Some(page) = undated.page {
            found.set(match page.first - date.last {
                ..=14 => "date:none,page fits",
                15..=400 => "date:none,page later",
                _ => "date:none,page years later",
            });
        }
        let year = Span::month(date.last).0;
        if let Some(last) = years.last() {
            found.set_if(year > last + 1, "date:year past the text's");
            found.set_if(years.contains(&year), "date:year in the text");
            found.set_if(year < *last, "date:text tells of a later year");
        }
        let nearest = context.dates(undated.article).map(|other| other.gap(&date)).min();
        if let Some(nearest) = nearest {
            found.set(match nearest {
                ..=31 => "date:none,the article has one near",
                32..=400 => "date:none,the article's are off",
                _ => "date:none,the article's are far",
            });
        }
    }
    found.set_if(!date.is_within_month(), "date:coarse");
    if undated.weekdays != 0 && date.is_short() && !date.yearless {
        found.set(agrees(date.weekdays() & undated.weekdays != 0));
    } else {
        weekday_words(undated, dated, found);
    }
}

fn weekday_words(a: &Row, b: &Row, found: &mut Reasons) {
    if a.weekdays != 0 && b.weekdays != 0 {
        found.set(match a.weekdays & b.weekdays {
            0 => "date:weekday word differs",
            _ => "date:weekday word agrees",
        });
    }
}

fn none_dated(context: &Context, a: &Row, b: &Row, found: &mut Reasons) {
    found.set("date:both none");
    weekday_words(a, b, found);
    if let (Some(one), Some(two)) = (a.page, b.page) {
        found.set(match one.gap(&two) {
            ..=10 => "date:both none,page near",
            _ => "date:both none,page far",
        });
    }
    let (one, two) = (&context.texts[a.article].years, &context.texts[b.article].years);
    if let (Some(last), Some(other)) = (one.last(), two.last()) {
        let is_apart = !one.iter().any(|year| two.contains(year)) && last.abs_diff(*other) > 1;
        found.set_if(is_apart, "date:years differ");
    }
}
