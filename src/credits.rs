//! Credit lines: what pages and people write above a text to say where it is from: `Source : AFP`, `Publié le
//! Dimanche, 1 Septembre, 2024 - 08:15`, `Par Awa Ba - 02/01/2024`.
//!
//! Readers take the values of metadata from them; facets leave them out, since where and when a text was
//! published is not where and when something happened.

use crate::date::{PartialDate, line as date_line, written};
use crate::dateline;
use crate::french::fold;
use crate::media::Media;
use std::ops::Range;

/// Longest credit line, in characters.
const LONGEST: usize = 160;

/// Lines above a text that may be credits, empty ones not counted.
const HEAD: usize = 4;

/// A longer line that is no credit begins the text, in characters.
const BEGINS_THE_TEXT: usize = 80;

/// Words that may follow the date of a line that says that something was published.
const MOST_AFTER: usize = 8;

/// What a credit line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credit {
    Title(String),
    Source(String),
    Author(String),
    /// The date of publication.
    Date(PartialDate),
    /// The date of a change.
    Updated(PartialDate),
    Url(String),
    /// A language, as [`crate::language::code`] names it.
    Language(String),
}

/// What a dateline says.
pub(crate) fn of_dateline(dateline: dateline::Dateline) -> Vec<Credit> {
    let day = dateline.day.map(Credit::Date);
    [Credit::Source(dateline.medium)].into_iter().chain(day).collect()
}

/// The credits of a line; none for a line of the text.
///
/// ```
/// use griot::credits::{Credit, of_line};
/// let date = "2020-06-06".parse().expect("a date");
/// assert_eq!(
///     of_line("AFP, publié le samedi 06 juin 2020 à 08h42"),
///     [Credit::Source("AFP".into()), Credit::Date(date)]
/// );
/// assert!(of_line("Le rapport, publié le 3 mai 2024, accuse l'armée.").is_empty());
/// ```
pub fn of_line(line: &str) -> Vec<Credit> {
    if line.chars().count() > LONGEST {
        return Vec::new();
    }
    let mut found = Vec::new();
    // `Par Awa Ba | Publié le 3 juillet 2024` is two.
    let parts = line.split(['|', '·', '•']).map(str::trim);
    for part in parts.filter(|part| !part.is_empty()) {
        found.extend(of_part(part));
    }
    found
}

/// The credits of a line `Key : value`, or of one that needs no key; of one kind of them at most.
fn of_part(part: &str) -> Vec<Credit> {
    if let Some(credit) = keyed(part) {
        return vec![credit];
    }
    match dated(part) {
        found if found.is_empty() => byline(part).map(Credit::Author).into_iter().collect(),
        found => found,
    }
}

/// The date of publication that a line says.
pub fn published(line: &str) -> Option<PartialDate> {
    of_line(line).into_iter().find_map(|credit| match credit {
        Credit::Date(date) => Some(date),
        _ => None,
    })
}

/// The credit lines at the head of a text that stands below its title: where each is, and what it says.
pub fn at_head(text: &str) -> Vec<(Range<usize>, Vec<Credit>)> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut seen = 0;
    for line in text.split_inclusive('\n') {
        let range = from..from + line.len();
        from = range.end;
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        // What a dateline without a day says is metadata only: its place may be that of the event.
        let dateline = dateline::of_line(&text[range.clone()]);
        if let Some(dateline) = dateline.filter(|dateline| dateline.day.is_some()) {
            found.push((range.start..range.start + dateline.end, of_dateline(dateline)));
            break;
        }
        if seen == HEAD || line.chars().count() > LONGEST {
            break;
        }
        seen += 1;
        let credits = of_line(line);
        if !credits.is_empty() {
            found.push((range, credits));
        } else if line.chars().count() > BEGINS_THE_TEXT {
            break;
        }
    }
    found
}

/// What a line `Key : value` says, if its key is one of these.
pub fn keyed(line: &str) -> Option<Credit> {
    if line.chars().count() > LONGEST {
        return None;
    }
    let (key, value) = line.split_once(':')?;
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if value.is_empty() {
        return None;
    }
    let is_url = value.starts_with("http://") || value.starts_with("https://");
    let length = value.chars().count();
    Some(match fold(key).as_str() {
        "titre" | "title" | "headline" => Credit::Title(value),
        "date" | "datedepublication" | "publication" | "publicationle" | "publiele" | "publie"
        | "datepublication" | "parution" | "misenlignele" | "published"
            if let Some(date) = date_of(&value) =>
        {
            Credit::Date(date)
        }
        "misajour" | "misajourle" | "derniermiseajour" | "dernieremiseajour" | "modifiele" | "updated"
            if let Some(date) = date_of(&value) =>
        {
            Credit::Updated(date)
        }
        "source" | "sources" | "media" | "journal" | "publication"
            if !is_url && length <= 60 && !value.contains("://") =>
        {
            Credit::Source(value.trim_end_matches(['.', ',', ';']).to_string())
        }
        "source" | "sources" | "url" | "lien" | "adresse" | "link" if is_url && !value.contains(' ') => {
            Credit::Url(value)
        }
        "auteur" | "auteure" | "autrice" | "auteurs" | "author" | "par" | "byline" if length <= 80 => {
            Credit::Author(value)
        }
        "langue" | "language" | "lang" if length <= 20 => Credit::Language(crate::language::code(&value)),
        _ => return None,
    })
}

/// The date that a value is, perhaps with a time and whatever follows it: `3 juillet 2024 à 10h12, modifié
/// le …`.
fn date_of(value: &str) -> Option<PartialDate> {
    match date_line::leading(value) {
        Some(found) => Some(found.date),
        None => written::of_text(value),
    }
}

/// What the words before a date say that it is the date of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Published,
    Updated,
    None,
}

/// Words before a date of publication, folded and separated by spaces.
const PUBLISHED: [&str; 14] = [
    "publie",
    "publiee",
    "mis en ligne",
    "mise en ligne",
    "poste",
    "paru",
    "parue",
    "date",
    "date de publication",
    "ajoute",
    "published",
    "posted",
    "created",
    "soumis",
];

/// Words before the date of a change.
const UPDATED: [&str; 10] = [
    "mis a jour",
    "mise a jour",
    "derniere mise a jour",
    "derniere modification",
    "maj",
    "modifie",
    "modifiee",
    "actualise",
    "updated",
    "modified",
];

/// A date in a line.
struct Dated<'a> {
    /// What stands before it, after the date before and without the words of its mark.
    before: &'a str,
    mark: Mark,
    date: PartialDate,
    /// What follows it.
    rest: &'a str,
}

/// The credits of a line around its dates; none where the line is more than that.
fn dated(line: &str) -> Vec<Credit> {
    let Some(first) = next_date(line) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let who = first.before.trim_end_matches(SEPARATORS).trim();
    let is_set_off = who.len() < first.before.trim_end().len();
    match (who.is_empty(), said_by(who)) {
        (true, _) => {}
        // `Le rapport de l'ONU publié le 3 mai` is a sentence; a name of a known kind, or a sign, is needed.
        (false, Some(credit)) if is_set_off || matches!(credit, Credit::Author(_)) => found.push(credit),
        (false, _) => return Vec::new(),
    }
    let mut rest = first.rest;
    let mut is_published = add(&mut found, first.mark, first.date, false);
    while let Some(next) = next_date(rest) {
        if next.mark == Mark::None || !next.before.trim_matches(SEPARATORS).trim().is_empty() {
            break;
        }
        is_published = add(&mut found, next.mark, next.date, is_published);
        rest = next.rest;
    }
    let is_marked = first.mark != Mark::None;
    match follows(rest, is_marked) {
        Follows::Nothing => {}
        Follows::Credit(credit) => found.push(credit),
        Follows::Text => return Vec::new(),
    }
    // A month or a year alone says when something happened.
    let is_whole_date = first.date.day().is_some() || is_marked && first.date.month().is_some();
    if is_whole_date { found } else { Vec::new() }
}

/// Signs between the parts of a credit line.
const SEPARATORS: [char; 10] = [' ', '\u{a0}', ',', '-', '–', '—', ':', '/', '(', '•'];

/// Adds a date, one of publication only once; says whether there is one now.
fn add(found: &mut Vec<Credit>, mark: Mark, date: PartialDate, is_published: bool) -> bool {
    match mark {
        Mark::Updated => found.push(Credit::Updated(date)),
        _ if !is_published => found.push(Credit::Date(date)),
        _ => {}
    }
    is_published || mark != Mark::Updated
}

/// The first date of a line, if at most a few words stand before it.
fn next_date(line: &str) -> Option<Dated<'_>> {
    let (before, found) = date_line::within(line)?;
    let (before, mark) = marked(before);
    Some(Dated {
        before,
        mark,
        date: found.date,
        rest: found.rest,
    })
}

/// What stands before a date, without the words that say what it is the date of.
fn marked(before: &str) -> (&str, Mark) {
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut end = before.len();
    for word in before.rsplit(|c: char| c.is_whitespace() || c == ':') {
        let from = end - word.len();
        words.push((from, fold(word)));
        end = before[..from]
            .trim_end_matches(|c: char| c.is_whitespace() || c == ':')
            .len();
        if words.len() == 6 || end == 0 {
            break;
        }
    }
    words.retain(|(_, word)| !word.is_empty());
    let skipped = words
        .iter()
        .take_while(|(_, word)| matches!(word.as_str(), "le" | "on" | "the"));
    let words = &words[skipped.count()..];
    for (marks, mark) in [(&UPDATED[..], Mark::Updated), (&PUBLISHED[..], Mark::Published)] {
        // The longest first: "date de publication" before "publication".
        for count in (1..=words.len().min(4)).rev() {
            let said: Vec<&str> = words[..count]
                .iter()
                .rev()
                .map(|(_, word)| word.as_str())
                .collect();
            if marks.contains(&said.join(" ").as_str()) {
                return (&before[..words[count - 1].0], mark);
            }
        }
    }
    (before, Mark::None)
}

/// Who published something, by a name before or after the date: a byline, a medium that is known, or an
/// abbreviation.
fn said_by(name: &str) -> Option<Credit> {
    if let Some(author) = byline(name) {
        return Some(Credit::Author(author));
    }
    let is_abbreviation = (2..=8).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    let is_source = is_abbreviation || name.len() <= 60 && Media::embedded().known(name).is_some();
    is_source.then(|| Credit::Source(name.to_string()))
}

/// What follows the dates of a line.
enum Follows {
    Nothing,
    Credit(Credit),
    /// The line goes on: it is one of the text.
    Text,
}

fn follows(rest: &str, is_marked: bool) -> Follows {
    let is_headline = rest.starts_with(':');
    let rest = rest.trim_matches(SEPARATORS).trim_end_matches(')').trim();
    if rest.is_empty() {
        return Follows::Nothing;
    }
    if let Some(credit) = said_by(rest) {
        return Follows::Credit(credit);
    }
    let words = rest.split_whitespace().count();
    let is_sentence = rest.ends_with(['.', '?', '!', ',', ';']);
    let is_short = match is_marked {
        true => words <= MOST_AFTER,
        // A section: `3 juillet 2024 Politique`.
        false => words <= 3 && !is_headline && rest.starts_with(char::is_uppercase),
    };
    match !is_sentence && is_short || is_counter(rest) {
        true => Follows::Nothing,
        false => Follows::Text,
    }
}

/// Whether a text counts what pages count: `3 min de lecture`, `0 commentaire`, `120 vues`.
fn is_counter(text: &str) -> bool {
    let mut words = text
        .split_whitespace()
        .skip_while(|word| word.bytes().all(|b| b.is_ascii_digit()));
    let counted = words.next().map(fold).unwrap_or_default();
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let units = [
        "min",
        "mins",
        "minute",
        "minutes",
        "commentaire",
        "commentaires",
        "vue",
        "vues",
        "lecture",
        "lectures",
        "partage",
        "partages",
        "comment",
        "comments",
        "views",
    ];
    is_number && units.contains(&counted.as_str()) && words.count() <= 3
}

/// The name of a line `Par Awa Ba`: one to eight words, each with a capital or a particle, no sentence.
fn byline(line: &str) -> Option<String> {
    let name = ["Par ", "PAR ", "par ", "By ", "Propos recueillis par "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark))?;
    let name = [" - ", " – ", ", à "]
        .iter()
        .fold(name, |name, sign| name.split(sign).next().unwrap_or(name));
    let name = name.trim_end_matches([',', ';', ' ']);
    let is_name = |word: &str| {
        let word = word.trim_start_matches(['(', '«', '"']);
        word.starts_with(char::is_uppercase)
            || matches!(
                word,
                "de" | "du" | "des" | "et" | "la" | "le" | "avec" | "ag" | "ould" | "à"
            )
    };
    let words = name.split_whitespace().count();
    let is_byline = (1..=8).contains(&words)
        && name.split_whitespace().all(is_name)
        && !name.ends_with('.')
        && !name.contains(':');
    is_byline.then(|| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a line says, as `source AFP, date 2020-06-06`.
    fn said(line: &str) -> String {
        let one = |credit: &Credit| match credit {
            Credit::Title(title) => format!("title {title}"),
            Credit::Source(source) => format!("source {source}"),
            Credit::Author(author) => format!("author {author}"),
            Credit::Date(date) => format!("date {date}"),
            Credit::Updated(date) => format!("updated {date}"),
            Credit::Url(url) => format!("url {url}"),
            Credit::Language(language) => format!("language {language}"),
        };
        of_line(line).iter().map(one).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn credit_lines_say_when_and_by_whom() {
        for (line, expected) in [
            ("mar. 5 mars 2024", "date 2024-03-05"),
            ("Mercredi 3 juillet 2024", "date 2024-07-03"),
            ("Publié le Dimanche, 1 Septembre, 2024 - 08:15", "date 2024-09-01"),
            ("Publié le 02/04/2024 à 10h30", "date 2024-04-02"),
            (
                "Publié le : 03/07/2024 - 10:12Modifié le : 04/07/2024 - 11:00",
                "date 2024-07-03",
            ),
            (
                "Mis à jour le 3 juillet 2024 - Publié le 2 juillet 2024",
                "updated 2024-07-03, date 2024-07-02",
            ),
            (
                "Publié le 2 juillet 2024 à 8h, mis à jour le 3 juillet 2024",
                "date 2024-07-02, updated 2024-07-03",
            ),
            ("Mis à jour le 3 septembre 2024", "updated 2024-09-03"),
            ("Par Awa Ba - 02/01/2024", "author Awa Ba, date 2024-01-02"),
            (
                "Par Awa Ba, à Bamako, le 3 juillet 2024",
                "author Awa Ba, date 2024-07-03",
            ),
            (
                "Par Awa Ba - Publié le 3 juillet 2024",
                "author Awa Ba, date 2024-07-03",
            ),
            (
                "Publié le 3 juillet 2024 à 10h12 par Awa Ba",
                "date 2024-07-03, author Awa Ba",
            ),
            (
                "Par Moussa ag Ali | Publié le : 03/07/2024",
                "author Moussa ag Ali, date 2024-07-03",
            ),
            (
                "AFP, publié le samedi 06 juin 2020 à 08h42",
                "source AFP, date 2020-06-06",
            ),
            ("3 juillet 2024 - RFI", "date 2024-07-03, source RFI"),
            ("12 mars 2024 à 10h – 3 min de lecture", "date 2024-03-12"),
            ("3 juillet 2024 Politique", "date 2024-07-03"),
            ("Posted on June 3, 2017 at 08:00", "date 2017-06-03"),
            ("Date : 14/05/2025", "date 2025-05-14"),
            ("Source : Studio Tamani (Bamako)", "source Studio Tamani (Bamako)"),
            ("Source : https://a.org/b", "url https://a.org/b"),
            ("Langue : français", "language fr"),
            ("Propos recueillis par Awa Ba", "author Awa Ba"),
        ] {
            assert_eq!(said(line), expected, "{line}");
        }
    }

    #[test]
    fn a_line_of_the_text_is_no_credit() {
        for line in [
            "Le rapport, publié le 3 mai 2024, accuse l'armée.",
            "Publié le 3 mai 2024, le rapport accuse des soldats d'avoir tué des civils à Moura en 2022",
            "Un rapport de l'ONU publié le 3 mai 2024",
            "Le 3 juillet 2024, l'armée a repris la ville.",
            "3 juillet 2024 : attaque à Gao",
            "3 juillet 2024, 12 morts",
            "En juillet 2024, l'armée a repris Kidal.",
            "Retour sur le coup de mars 2012",
            "Mars 2012",
            "Par peur des mines, ils fuient",
            "Par ailleurs, rien.",
            "Gao, le 3 juillet 2024 (AFP) - L'armée a repris la ville",
            "Bamako : la trêve",
            "2024",
            "",
        ] {
            assert_eq!(said(line), "", "{line}");
        }
    }

    #[test]
    fn the_head_of_a_text_ends_where_the_text_begins() {
        let head = |text: &str| -> Vec<String> {
            at_head(text)
                .into_iter()
                .map(|(range, _)| text[range].trim().to_string())
                .collect()
        };
        assert_eq!(
            head("Source : AFP\n\nChapeau court\nPublié le 3 mai 2024\n\nTexte"),
            ["Source : AFP", "Publié le 3 mai 2024"]
        );
        let long =
            "Une patrouille de soldats est tombée dans une embuscade près de Kidal, selon l'état-major.";
        assert_eq!(head(&format!("{long}\nSource : AFP")), [""; 0]);
        assert_eq!(head("a\nb\nc\nd\nSource : AFP"), [""; 0]);
    }
}
