//! BibTeX, as BibTeX and biblatex read it: `year` and `month` for the one, `date`, `langid` and `pagetotal` for the
//! other. In UTF-8; what LaTeX takes for a sign of its own is escaped.

use super::people::Person;
use super::reference::{Kind, Reference};
use crate::french::fold;
use std::fmt::Write as _;
use std::io::{self, Write};

/// The months as every style of BibTeX knows them.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Words that say nothing of a title.
const SHORT: usize = 3;

/// Writes an entry.
pub(super) fn write(out: &mut dyn Write, reference: &Reference, key: &str) -> io::Result<()> {
    let (kind, container) = match (reference.kind, &reference.container) {
        (Kind::Report, Some(_)) => ("techreport", "institution"),
        (Kind::Newspaper, _) => ("article", "journal"),
        _ => ("misc", "howpublished"),
    };
    let mut entry = format!("@{kind}{{{key},\n");
    let mut field = |name: &str, value: &str| {
        let _ = writeln!(entry, "  {name:<12} = {value},");
    };
    if !reference.people.is_empty() {
        let people: Vec<String> = reference.people.iter().map(person).collect();
        field("author", &format!("{{{}}}", people.join(" and ")));
    }
    // Two braces: styles would write its names in small letters.
    field("title", &format!("{{{{{}}}}}", escaped(&reference.title)));
    if let Some(name) = &reference.container {
        field(container, &format!("{{{}}}", escaped(name)));
    }
    if let Some(date) = reference.date {
        field("date", &format!("{{{date}}}"));
        field("year", &format!("{{{:04}}}", date.year()));
        let month = date
            .month()
            .and_then(|month| MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?));
        month.iter().for_each(|month| field("month", month));
    }
    if let Some(pages) = &reference.pages {
        field("pages", &format!("{{{}}}", escaped(&pages.replace('-', "--"))));
    }
    if let Some(pages) = reference.page_count {
        field("pagetotal", &format!("{{{pages}}}"));
    }
    if let Some(url) = &reference.url {
        field("url", &format!("{{{}}}", address(url)));
    }
    if let Some(language) = language(reference) {
        field("langid", &format!("{{{language}}}"));
    }
    // Not `note`: styles print that, and the hash, a word of 64 letters, runs out of the line.
    let notes = std::iter::once(&reference.note).chain(&reference.quotes);
    let notes: Vec<&str> = notes.map(String::as_str).collect();
    field("annote", &format!("{{{}}}", escaped(&notes.join(" "))));
    entry.push_str("}\n");
    out.write_all(entry.as_bytes())
}

/// `ba2024drones`: who, when, and the first word of the title that says something.
pub(super) fn key(reference: &Reference) -> String {
    let first = reference.people.first();
    let who = match first {
        Some(Person::Named { family, .. }) => family.as_str(),
        Some(Person::Literal(name)) => name.as_str(),
        None => reference.container.as_deref().unwrap_or("anonyme"),
    };
    let year = reference.date.map(|date| date.year().to_string());
    let word =
        words(&reference.title).find(|word| word.len() >= SHORT && !word.bytes().all(|b| b.is_ascii_digit()));
    let who: String = words(who).collect();
    format!(
        "{}{}{}",
        short(&who),
        year.unwrap_or_default(),
        short(&word.unwrap_or_default())
    )
}

/// Words in small letters without accents.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let folded = text.split(|c: char| !c.is_alphanumeric()).map(fold);
    let plain = folded.map(|word| {
        word.chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
    });
    plain.filter(|word| !word.is_empty())
}

/// As many letters as anybody types.
fn short(text: &str) -> &str {
    text.get(..20).unwrap_or(text)
}

fn person(person: &Person) -> String {
    match person {
        Person::Named { family, given } => format!("{}, {}", escaped(family), escaped(given)),
        // Braces: a name of one piece, whatever `and` and commas are in it.
        Person::Literal(name) => format!("{{{}}}", escaped(name)),
    }
}

fn language(reference: &Reference) -> Option<&'static str> {
    Some(match reference.lang.as_deref()? {
        "fr" => "french",
        "en" => "english",
        _ => return None,
    })
}

/// Text for LaTeX. Braces are named: BibTeX counts those that are escaped, too.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            // The spaces of « » and of signs with two parts.
            '\u{a0}' => out.push('~'),
            '\u{202f}' => out.push_str("\\,"),
            c => out.push(c),
        }
    }
    out
}

/// An address as it is, but for what would end the field: addresses are read without LaTeX.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '\\' => out.push_str("%5C"),
            ' ' => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::super::tests::{hostile, written};
    use crate::date::PartialDate;
    use crate::search::Citation;

    #[test]
    fn an_entry_is_escaped_and_balanced() {
        let entry = written(Style::Bibtex, &[hostile()]);
        for line in [
            "  author       = {Ba, Awa and ag Ali, Moussa},\n",
            "  title        = {{« 50 \\% d'eau » à Gao \\& \\textbraceleft{}Kidal\\_1\\textbraceright{} \\textbackslash{} \\#3 \
             \\textasciitilde{} \\textasciicircum{} \\$5~! ER -}},\n",
            "  journal      = {L'Écho\\_du \\& Nord},\n",
            "  date         = {2024-03-05},\n  year         = {2024},\n  month        = mar,\n",
            "  pages        = {12},\n",
            "  url          = {https://ex.ml/a_b?c=%20%7Bd%7D#e%20f},\n",
            "  langid       = {french},\n",
            " « Il a dit : « 100 \\% » » (p. 12)},\n}\n",
        ] {
            assert!(entry.contains(line), "{line}\n{entry}");
        }
        assert_eq!(entry.matches('{').count(), entry.matches('}').count());
        assert_eq!(entry.lines().count(), 12, "{entry}");
        assert!(
            entry.contains("  annote       = {griot ") && !entry.contains(" note "),
            "{entry}"
        );
    }

    #[test]
    fn a_date_is_as_exact_as_it_is_known() {
        let of = |date| written(Style::Bibtex, &[Citation { date, ..hostile() }]);
        let year = of(PartialDate::new(2024, None, None));
        assert!(
            year.contains("date         = {2024},") && !year.contains("month"),
            "{year}"
        );
        let undated = of(None);
        assert!(
            !undated.contains("year") && undated.starts_with("@article{baeau,"),
            "{undated}"
        );
    }

    #[test]
    fn an_agency_is_one_name() {
        let citation = Citation {
            author: Some("La rédaction and AFP, Reuters".into()),
            ..hostile()
        };
        let entry = written(Style::Bibtex, &[citation]);
        assert!(entry.contains("= {{La rédaction and AFP, Reuters}},"), "{entry}");
    }
}
