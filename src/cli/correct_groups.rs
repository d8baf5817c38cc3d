//! `griot correct join` and `griot correct part`: which reports are of one event.

use super::args::CorrectGroupArgs;
use super::last_search;
use anyhow::{Result, bail};
use griot::french::fold;
use griot::index::IndexDir;
use griot::index::corrections::{Action, Correction, EVENT, Parsed};
use griot::msg;
use griot::search::{LocalEngine, passages_of_events};

/// Passages that are shown to choose from, and characters of each.
const SHOWN: (usize, usize) = (5, 70);

/// An article, and the passages of its events.
pub type Told = (String, Vec<String>);

/// The decisions of a call.
pub fn decisions(place: &IndexDir, action: Action, args: CorrectGroupArgs) -> Result<Parsed> {
    let engine = LocalEngine::open(place)?;
    let mut articles: Vec<Told> = Vec::new();
    for id in args.ids {
        let id = last_search::meant(&engine, place, id)?;
        if !articles.iter().any(|(known, _)| *known == id) {
            let passages = passages_of_events(&engine, &id)?;
            articles.push((id, passages));
        }
    }
    drop(engine);
    let reports = reports(&articles, &args.passage)?;
    if action == Action::Join && reports.len() < 2 {
        bail!(msg!("correct-join-two"));
    }
    let note = args.note.unwrap_or_default();
    let row = |(id, passage): (&str, &str)| Correction {
        note: note.clone(),
        passage: passage.to_string(),
        ..Correction::new(id, EVENT, action, "")
    };
    Ok(Parsed {
        rows: reports.into_iter().map(|named| (0, row(named))).collect(),
        by: args.by.name(),
        is_linked: true,
        ..Parsed::default()
    })
}

/// The reports that are meant: those whose passages have these words; of an article without any of them its only one.
fn reports<'t>(articles: &'t [Told], words: &[String]) -> Result<Vec<(&'t str, &'t str)>> {
    let mut reports: Vec<(&str, &str)> = Vec::new();
    let mut add = |report| {
        if !reports.contains(&report) {
            reports.push(report);
        }
    };
    let mut named: Vec<&str> = Vec::new();
    for words in words {
        let report = having(articles, words)?;
        named.push(report.0);
        add(report);
    }
    for told in articles.iter().filter(|(id, _)| !named.contains(&id.as_str())) {
        add((&told.0, only(told)?));
    }
    Ok(reports)
}

/// The passage of the only event of an article.
pub fn only((id, passages): &Told) -> Result<&str> {
    match &passages[..] {
        [only] => Ok(only),
        [] => bail!(msg!("correct-no-event", id = id)),
        several => bail!(msg!(
            "correct-name-passage",
            id = id,
            n = several.len(),
            passages = shown(several)
        )),
    }
}

/// Beginnings of passages to choose from.
fn shown(passages: &[String]) -> String {
    let (most, characters) = SHOWN;
    let begin = |passage: &String| match passage.char_indices().nth(characters) {
        Some((at, _)) => format!("“{}…”", &passage[..at]),
        None => format!("“{passage}”"),
    };
    let mut shown: Vec<String> = passages.iter().take(most).map(begin).collect();
    if passages.len() > most {
        shown.push("…".into());
    }
    shown.join(", ")
}

/// The report of these articles whose passage has these words; of several with one passage, that of the number after
/// them (`words [2]`).
pub fn having<'t>(articles: &'t [Told], words: &str) -> Result<(&'t str, &'t str)> {
    let flat: Vec<&str> = words.split_whitespace().collect();
    let flat = flat.join(" ");
    let (wanted, number) = match numbered(&flat) {
        (wanted, Some(number)) => (fold(wanted), Some(number)),
        (wanted, None) => (fold(wanted), None),
    };
    let each = |(id, passages): &'t Told| {
        passages
            .iter()
            .map(move |passage| (id.as_str(), passage.as_str()))
    };
    let found: Vec<(&str, &str)> = articles
        .iter()
        .flat_map(each)
        .filter(|(_, passage)| fold(numbered(passage).0).contains(&wanted))
        .collect();
    let Some(first) = found.first() else {
        let ids: Vec<&str> = articles.iter().map(|(id, _)| id.as_str()).collect();
        bail!(msg!("correct-no-passage", words = words, id = ids.join(", ")));
    };
    let same = |(id, passage): &&(&str, &str)| (*id, numbered(passage).0) == (first.0, numbered(first.1).0);
    if let Some(other) = found.iter().find(|report| !same(report)) {
        // The whole of a passage means that one, though others have it in theirs.
        let whole = |(_, passage): &&(&str, &str)| fold(numbered(passage).0) == wanted;
        let whole: Vec<&(&str, &str)> = found.iter().filter(whole).collect();
        if let [only] = whole[..] {
            return Ok(*only);
        }
        bail!(msg!(
            "correct-several-passages",
            words = words,
            first = first.1,
            second = other.1
        ));
    }
    let of_number = |number: usize| {
        let mut found = found.iter();
        found.find(|(_, passage)| numbered(passage).1.unwrap_or(1) == number)
    };
    match (number, found.len()) {
        (None, 1) => Ok(*first),
        (Some(number), _) if of_number(number).is_some() => Ok(*of_number(number).unwrap_or(first)),
        (_, events) => bail!(msg!(
            "correct-one-passage",
            words = numbered(&flat).0,
            id = first.0,
            n = events
        )),
    }
}

/// A passage without its number, and the number: `PASSAGE [2]`.
fn numbered(passage: &str) -> (&str, Option<usize>) {
    let number = passage.strip_suffix(']').and_then(|rest| rest.rsplit_once(" ["));
    match number.and_then(|(words, number)| Some((words, number.parse().ok()?))) {
        Some((words, number)) => (words, Some(number)),
        None => (passage, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_named_by_words_of_their_passages() {
        let told = |id: &str, passages: &[&str]| {
            (
                id.to_string(),
                passages.iter().map(|p| (*p).to_string()).collect(),
            )
        };
        let articles: [Told; 3] = [
            told(
                "a",
                &["Onze morts à Moura.", "Une mine à Gao.", "Une mine à Gao. [2]"],
            ),
            told("b", &["Une mine près de Gao."]),
            told("c", &[]),
        ];
        let named = |of: &[Told], words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_string()).collect();
            let named = reports(of, &words).map_err(|error| error.to_string());
            named.map(|all| {
                all.iter()
                    .map(|(id, passage)| format!("{id} {passage}"))
                    .collect::<Vec<_>>()
            })
        };
        let both = ["a Onze morts à Moura.", "b Une mine près de Gao."]
            .map(String::from)
            .to_vec();
        assert_eq!(named(&articles[..2], &["onze  MORTS"]), Ok(both));
        let mine = vec!["a Une mine à Gao.".to_string()];
        assert_eq!(named(&articles[..1], &["mine a gao [1]"]), Ok(mine));
        assert_eq!(
            named(&articles[..1], &["Une mine à Gao. [2]"]),
            Ok(vec!["a Une mine à Gao. [2]".to_string()])
        );
        for (of, words, part) in [
            (&articles[..2], "mine", "several events"),
            (&articles[..1], "mine a gao", "2 events"),
            (&articles[..1], "mine a gao [3]", "2 events"),
            (&articles[..2], "Kidal", "a, b"),
            (&articles[1..], "mine", "“c” reports no event"),
            (&articles[..2], "près de", "“a” reports 3 events"),
        ] {
            let told = named(of, &[words]).expect_err(words);
            assert!(told.contains(part), "{words}: {told}");
        }
    }
}
