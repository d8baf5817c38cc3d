//! RIS: a tag of two characters, two spaces, a hyphen, a space and a value a line, which ends with CR LF. Nothing is
//! escaped; what would end a line is taken away.

use super::line::line;
use super::people::Person;
use super::reference::{Kind, Reference};
use std::io::{self, Write};

/// Writes a reference.
pub(super) fn write(out: &mut dyn Write, reference: &Reference) -> io::Result<()> {
    let kind = match reference.kind {
        Kind::Newspaper => "NEWS",
        Kind::Report => "RPRT",
        Kind::Webpage => "ELEC",
        Kind::Other => "GEN",
    };
    let mut tag = |tag: &str, value: &str| match value {
        "" => Ok(()),
        value => write!(out, "{tag}  - {}\r\n", line(value)),
    };
    tag("TY", kind)?;
    for person in &reference.people {
        tag("AU", &name(person))?;
    }
    tag("TI", &reference.title)?;
    // A report has a publisher, an article a medium.
    let container = if reference.kind == Kind::Report {
        "PB"
    } else {
        "T2"
    };
    tag(container, reference.container.as_deref().unwrap_or_default())?;
    if let Some(date) = reference.date {
        let part = |part: Option<i8>| part.map_or_else(String::new, |part| format!("{part:02}"));
        tag("PY", &format!("{:04}", date.year()))?;
        tag(
            "DA",
            &format!("{:04}/{}/{}/", date.year(), part(date.month()), part(date.day())),
        )?;
    }
    match reference
        .pages
        .as_deref()
        .map(|pages| (pages, pages.split_once('-')))
    {
        Some((pages, Some((first, last)))) if !pages.contains(',') => {
            tag("SP", first)?;
            tag("EP", last)?;
        }
        Some((pages, _)) => tag("SP", pages)?,
        None => {}
    }
    tag("LA", reference.lang.as_deref().unwrap_or_default())?;
    tag("UR", reference.url.as_deref().unwrap_or_default())?;
    tag("ID", &reference.id)?;
    tag("N1", &reference.note)?;
    for quote in &reference.quotes {
        tag("N1", quote)?;
    }
    write!(out, "ER  - \r\n")
}

/// `Ba, Awa`. A comma parts family and given name, and an asterisk stands in no name.
fn name(person: &Person) -> String {
    let plain = |name: &str| line(&name.replace([',', '*'], " "));
    match person {
        Person::Named { family, given } => format!("{}, {}", plain(family), plain(given)),
        Person::Literal(name) => plain(name),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::super::tests::{hostile, written};
    use crate::date::PartialDate;
    use crate::search::Citation;

    #[test]
    fn every_line_has_a_tag_and_only_the_last_ends_the_record() {
        let ris = written(Style::Ris, &[hostile(), hostile()]);
        for line in ris.split("\r\n").filter(|line| !line.is_empty()) {
            let (tag, value) = line.split_once("  - ").expect("a tag");
            assert!(tag.len() == 2 && !value.contains(['\r', '\n']), "{line}");
        }
        assert_eq!(ris.matches("\r\nER  - \r\n").count(), 2, "{ris}");
        assert_eq!(ris.matches("TY  - NEWS\r\n").count(), 2);
        for line in [
            "\r\nAU  - Ba, Awa\r\nAU  - ag Ali, Moussa\r\n",
            "\r\nTI  - « 50 % d'eau » à Gao & {Kidal_1} \\ #3 ~ ^ $5\u{a0}! ER -\r\n",
            "\r\nT2  - L'Écho_du & Nord\r\nPY  - 2024\r\nDA  - 2024/03/05/\r\nSP  - 12\r\nLA  - fr\r\n",
        ] {
            assert!(ris.contains(line), "{line}\n{ris}");
        }
    }

    #[test]
    fn dates_and_pages_are_as_exact_as_they_are_known() {
        let date = PartialDate::new(2024, Some(3), None);
        let mut citation = Citation {
            date,
            pages: Some(40),
            ..hostile()
        };
        citation.passages.push(citation.passages[0].clone());
        citation.passages[1].page = Some("13".into());
        let ris = written(Style::Ris, &[citation]);
        assert!(
            ris.contains("DA  - 2024/03//\r\nSP  - 12\r\nEP  - 13\r\n"),
            "{ris}"
        );
        assert!(
            ris.starts_with("TY  - RPRT\r\n") && ris.contains("PB  - L'Écho_du"),
            "{ris}"
        );
    }

    #[test]
    fn a_name_has_one_comma_at_most() {
        let citation = Citation {
            author: Some("Avec AFP, Reuters*".into()),
            ..hostile()
        };
        let ris = written(Style::Ris, &[citation]);
        assert!(ris.contains("AU  - Avec AFP Reuters\r\n"), "{ris}");
    }
}
