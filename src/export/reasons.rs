//! Why reports are put together as of one event, in words.

use crate::messages::decimal;
use crate::say;
use crate::search::{GroupJoin, GroupReason, MAYBE};

/// `same event as a.md, score 7.3 (same place +3.7, same day +3.6)`, in the language that is spoken.
#[must_use]
pub fn why(level: &str, join: &GroupJoin) -> String {
    let (with, score) = (join.join_with.as_str(), decimal(join.join_score, 1));
    let said = match (join.join_by_hand, level) {
        (true, _) => say!("events-joined-by-hand", with = with),
        (_, MAYBE) => say!("events-perhaps-same", with = with, score = score),
        _ => say!("events-same", with = with, score = score),
    };
    let reasons = reasons_of(join);
    match reasons.is_empty() {
        true => said,
        false => format!("{said} ({})", reasons.join(", ")),
    }
}

/// `same place +3.7`, the largest first; reasons of one name are added up.
#[must_use]
pub fn reasons_of(join: &GroupJoin) -> Vec<String> {
    let mut named: Vec<(String, f64)> = Vec::new();
    for GroupReason { name, weight } in &join.join_reasons {
        let name = name_of(name);
        match named.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += weight,
            None => named.push((name, *weight)),
        }
    }
    named.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let said = |(name, weight): (String, f64)| {
        let size = decimal(weight.abs(), 1);
        match weight < 0.0 {
            true => say!("events-reason-against", reason = name, weight = size),
            false => say!("events-reason-for", reason = name, weight = size),
        }
    };
    named.into_iter().map(said).collect()
}

/// A reason in words; several of one kind have the same.
fn name_of(reason: &str) -> String {
    match reason {
        "place:same" => say!("reason-place-same"),
        "place:alike" | "place:equal by alt or road end" => say!("reason-place-alike"),
        "place:alike but far" | "place:km" | "place:km unknown" => say!("reason-place-far"),
        "place:same,capital" | "place:same,town" | "place:country" => say!("reason-place-large"),
        "place:same,events known there" => say!("reason-place-many"),
        "place:differs" | "place:differs,country" | "place:differs,area" => say!("reason-place-differs"),
        "place:region differs" => say!("reason-region-differs"),
        "place:differs,told by other" | "place:none,told in window" => say!("reason-place-told"),
        "place:differs,both told by both" => say!("reason-place-apart"),
        "place:none" => say!("reason-place-none"),
        "place:none,alt equal" => say!("reason-place-alike"),
        "place:both none,same region" => say!("reason-region-same"),
        "date:day equal" => say!("reason-day-same"),
        "date:day off 1" | "date:day off 2-3" => say!("reason-day-near"),
        "date:month" | "date:month,both" => say!("reason-month-same"),
        "date:month off" => say!("reason-month-near"),
        name if name.starts_with("date:weekday") => say!("reason-weekday"),
        name if name.starts_with("date:year")
            || name.starts_with("date:text")
            || name.contains("year unknown") =>
        {
            say!("reason-year")
        }
        name if name.starts_with("date:none,page") || name.starts_with("date:both none,page") => {
            say!("reason-page-date")
        }
        name if name.starts_with("date:") => say!("reason-date-vague"),
        "toll:equal" => say!("reason-killed-same"),
        "toll:near" => say!("reason-killed-near"),
        "toll:other's number told" | "toll:told by the other" => say!("reason-killed-told"),
        "toll:one" => say!("reason-killed-one"),
        name if name.starts_with("toll:") => say!("reason-killed-differs"),
        name if name.starts_with("wounded:") => say!("reason-wounded"),
        name if name.starts_with("abducted:") => say!("reason-abducted"),
        "numbers shared" => say!("reason-numbers"),
        name if name.starts_with("types:") || name.starts_with("kinds:") => say!("reason-kind"),
        name if name.starts_with("sides:") => say!("reason-sides"),
        "words:copied" => say!("reason-copied"),
        "names:article" => say!("reason-names"),
        name if name.starts_with("words:") => say!("reason-words"),
        name if name.starts_with("support:") => say!("reason-further"),
        name if name.starts_with("rival:") => say!("reason-rival"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grouping::Weights;

    #[test]
    fn every_reason_has_a_name_in_words() {
        for reason in Weights::embedded().expect("griot's own").pair.keys() {
            let name = name_of(reason);
            assert!(
                reason == "bias" || name != *reason && !name.is_empty(),
                "{reason}"
            );
        }
    }
}
