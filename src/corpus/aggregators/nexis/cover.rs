//! The cover page of an export: who asked for it and when, what was searched, and a list of the articles. It
//! is no article, but its list says which lines are headlines.

use super::labels::BODY;
use crate::corpus::clean;
use crate::french::fold;
use std::collections::HashSet;

/// Lines in which a cover shows itself.
const HEAD: usize = 14;

/// How the lines of a cover begin that aren't entries of its list.
const ATTRIBUTES: [&str; 44] = [
    "User Name:",
    "Date and Time:",
    "Job Number:",
    "Client/Matter:",
    "Search Terms:",
    "Search Type:",
    "Narrowed by",
    "Content Type",
    "Timeline:",
    "Sources:",
    "Source:",
    "-None-",
    "Nom d'utilisateur",
    "Nom de l'utilisateur",
    "Date et heure",
    "Numéro de tâche",
    "Numéro de job",
    "Numéro de travail",
    "Client/Affaire",
    "Client/Dossier",
    "Termes de recherche",
    "Type de recherche",
    "Restreint par",
    "Affiné par",
    "Filtré par",
    "Limité par",
    "Type de contenu",
    "Chronologie",
    "Benutzername",
    "Datum und Uhrzeit",
    "Auftragsnummer",
    "Mandant",
    "Suchbegriffe",
    "Suchtyp",
    "Inhaltstyp",
    "Eingegrenzt",
    "Gebruikersnaam",
    "Datum en tijd",
    "Taaknummer",
    "Download Request:",
    "Time Of Request:",
    "Send To:",
    "Terms:",
    "Project ID:",
];

/// Lines that are all of an attribute.
const VALUES: [&str; 10] = [
    "News",
    "news",
    "Actualités",
    "Presse",
    "Nachrichten",
    "Nieuws",
    "Noticias",
    "Notícias",
    "Notizie",
    "None",
];

/// The headlines of the list, compared without case, accents and signs.
#[derive(Debug, Default)]
pub(super) struct Listed(HashSet<String>);

impl Listed {
    pub(super) fn holds(&self, headline: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&key(headline))
    }
}

fn key(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(fold)
        .collect()
}

/// How many of the first block's lines are of the cover, and the headlines that it lists. Lines are trimmed
/// and not empty.
pub(super) fn read(lines: &[(usize, &str)]) -> (usize, Listed) {
    let shows = |line: &str| documents(line).is_some() || is_attribute(line) && line.contains(':');
    if lines.iter().take(HEAD).filter(|(_, line)| shows(line)).count() < 2 {
        return (0, Listed::default());
    }
    let count = lines
        .iter()
        .find_map(|(_, line)| documents(line))
        .unwrap_or(usize::MAX);
    let body = lines
        .iter()
        .position(|(_, line)| BODY.contains(line))
        .unwrap_or(lines.len());
    let (mut listed, mut first, mut last, mut next) = (HashSet::new(), None, 0, 1);
    for (at, (_, line)) in lines[..body].iter().enumerate() {
        if let Some(headline) = entry(line, next).filter(|_| next <= count) {
            first = first.or_else(|| clean::line(headline));
            listed.insert(key(headline));
            (last, next) = (at, next + 1);
        }
    }
    if next == 1 {
        last = lines
            .iter()
            .take(HEAD)
            .rposition(|(_, line)| shows(line))
            .unwrap_or(0);
    }
    let after = &lines[last + 1..];
    let is_first = |line: &str| first.as_deref().is_some_and(|first| begins(first, line));
    let ends = after.iter().position(|(_, line)| is_first(line));
    let ends = ends.unwrap_or_else(|| after.iter().take_while(|(_, line)| is_attribute(line)).count());
    (last + 1 + ends, Listed(listed))
}

/// The number of `Documents (100)`.
fn documents(line: &str) -> Option<usize> {
    let (word, number) = line.strip_suffix(')')?.split_once('(')?;
    let word = word.trim().to_lowercase();
    let known = matches!(
        word.as_str(),
        "document"
            | "documents"
            | "documento"
            | "documentos"
            | "documenti"
            | "documenten"
            | "dokument"
            | "dokumente"
    );
    known.then(|| number.trim().parse().ok()).flatten()
}

/// The headline of the entry with the given number.
fn entry(line: &str, number: usize) -> Option<&str> {
    let rest = line.strip_prefix(&number.to_string())?.strip_prefix('.')?;
    rest.starts_with(char::is_whitespace)
        .then(|| rest.trim())
        .filter(|headline| !headline.is_empty())
}

/// Whether a line is the first of a headline that may take several.
fn begins(headline: &str, line: &str) -> bool {
    let (headline, line) = (key(headline), key(line));
    !line.is_empty() && (headline == line || line.len() >= 8 && headline.starts_with(&line))
        || headline.len() >= 20 && line.starts_with(&headline)
}

pub(super) fn is_attribute(line: &str) -> bool {
    ATTRIBUTES.iter().any(|start| line.starts_with(start))
        || VALUES.contains(&line)
        || documents(line).is_some()
        || line.split("; ").filter(|part| part.contains(": ")).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    const COVER: &str = "User Name: Awa\nDate and Time: Friday, 5. July 2019\nJob Number: 1\nDocuments (2)\n\
        1. Gao : le marché rouvre\nClient/Matter: -None-\nSearch Terms: gao\nContent Type\nNarrowed by\nNews\n\
        Timeline: 2024; Sources: Le Fleuve\n2. Crue à Mopti\nClient/Matter: -None-\nContent Type\nNarrowed by\nNews\n";

    fn numbered(text: &str) -> Vec<(usize, &str)> {
        text.lines()
            .map(str::trim)
            .enumerate()
            .filter(|(_, line)| !line.is_empty())
            .collect()
    }

    #[test]
    fn a_cover_ends_where_the_first_article_begins() {
        for (article, first) in [
            ("Gao : le marché rouvre\nLe Fleuve\n3 juillet 2024", "Gao"),
            ("Autre titre\nLe Fleuve", "Autre"),
        ] {
            let text = format!("{COVER}{article}");
            let lines = numbered(&text);
            let (ends, listed) = read(&lines);
            assert!(lines[ends].1.starts_with(first), "{:?}", lines[ends]);
            assert!(listed.holds("Crue à Mopti"));
        }
    }

    #[test]
    fn an_article_has_no_cover() {
        let (ends, _) = read(&numbered("Source: un titre\nLe Fleuve\n3 juillet 2024\nBody"));
        assert_eq!(ends, 0);
    }
}
