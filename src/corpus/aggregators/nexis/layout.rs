//! Which layout a file has: by its lines that count the articles, or else by those that end them.

use super::super::found::Found;
use super::{counted, ended};
use crate::corpus::markup::plain_text;
use memchr::memmem;

/// One of these is in every file of the service.
pub(in super::super) const MARKS: &[&str] = &[
    " DOCUMENTS",
    "ocument ",
    "End of Document",
    "Fin du ",
    "Ende des ",
    "Einde van ",
    "Fin del ",
    "Fim do ",
    "Fine ",
];

/// The lines that end an article, in the languages of the interface.
const ENDS: [&str; 12] = [
    "End of Document",
    "Fin du document",
    "Fin du Document",
    "Ende des Dokuments",
    "Ende des Dokumentes",
    "Einde van document",
    "Einde van het document",
    "Fin del documento",
    "Fin de documento",
    "Fim do documento",
    "Fine del documento",
    "Fine documento",
];

/// What a page holds; nothing if it isn't one of the service's.
pub(in super::super) fn in_html(html: &str) -> Found {
    const IN_PAGES: [&str; 3] = [" DOCUMENTS", "LOAD-DATE", "Nexis"];
    let has = |mark: &&str| memmem::find(html.as_bytes(), mark.as_bytes()).is_some();
    let marked = IN_PAGES.iter().chain(&ENDS).any(has);
    if marked {
        split(&plain_text(html))
    } else {
        Found::default()
    }
}

/// What a text holds; nothing if it isn't one of the service's.
pub(in super::super) fn split(text: &str) -> Found {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let starts = counters(&lines);
    if !starts.is_empty() {
        let found = counted::split(&lines, &starts);
        if !found.articles.is_empty() {
            return found;
        }
    }
    let ends: Vec<usize> = (0..lines.len()).filter(|&at| ENDS.contains(&lines[at])).collect();
    if ends.is_empty() {
        Found::default()
    } else {
        ended::split(&lines, &ends)
    }
}

/// The lines that count the articles. A text may hold a line of the other kind, or one out of the count.
fn counters(lines: &[&str]) -> Vec<usize> {
    let found: Vec<(usize, Counter)> = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| Some((at, Counter::of(line)?)))
        .collect();
    if found.iter().any(|(_, counter)| counter.plural) {
        return found
            .into_iter()
            .filter(|(_, counter)| counter.plural)
            .map(|(at, _)| at)
            .collect();
    }
    // `Document 3 de 9` stands by itself, and counts on.
    let alone = |at: usize| {
        lines.get(at + 1).is_none_or(|line| line.is_empty()) && (at == 0 || lines[at - 1].is_empty())
    };
    let Some(all) = found.first().map(|(_, counter)| counter.all) else {
        return Vec::new();
    };
    let mut next = 1;
    let mut starts = Vec::new();
    for (at, counter) in found {
        if counter.all == all && alone(at) && counter.number >= next {
            next = counter.number + 1;
            starts.push(at);
        }
    }
    starts
}

/// `1 of 250 DOCUMENTS`, `Document 1 de 250`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Counter {
    number: u32,
    all: u32,
    /// The first form.
    plural: bool,
}

impl Counter {
    fn of(line: &str) -> Option<Self> {
        if line.len() > 40 {
            return None;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |word: &str| (word.len() <= 6).then(|| word.parse().ok()).flatten();
        let between = |word: &str| matches!(word, "of" | "de" | "sur" | "DE" | "von" | "van" | "di" | "OF");
        match words[..] {
            [
                first,
                of,
                all,
                "DOCUMENTS" | "DOCUMENT" | "DOKUMENTE" | "DOCUMENTEN" | "DOCUMENTOS" | "DOCUMENTI",
            ] if between(of) => Some(Self {
                number: number(first)?,
                all: number(all)?,
                plural: true,
            }),
            [kind, first, of, all]
                if between(of) && kind.to_lowercase().starts_with("do") && kind.len() <= 10 =>
            {
                let known = matches!(
                    kind.to_lowercase().as_str(),
                    "document" | "dokument" | "documento"
                );
                known.then_some(Self {
                    number: number(first)?,
                    all: number(all)?,
                    plural: false,
                })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_in_the_text_begins_no_article() {
        let lines = ["1 of 3 DOCUMENTS", "", "Document 3 de 9", "", "2 of 3 DOCUMENTS"];
        assert_eq!(counters(&lines), [0, 4]);
        let lines = [
            "Document 1 de 2",
            "",
            "voir",
            "Document 3 de 9",
            "",
            "Document 3 de 9",
            "",
            "Document 2 de 2",
            "",
        ];
        assert_eq!(counters(&lines), [0, 7]);
        assert_eq!(counters(&["Document 3 de 9 pages"]), [0; 0]);
    }
}
