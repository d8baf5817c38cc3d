//! Credits: the line `Source : …` that ends a text, and the captions of photographs.

use super::clean;
use crate::article::Article;

/// Takes url and source from the line `Source : …` that ends a text, if they are missing. The line stays.
pub(super) fn look(article: &mut Article) {
    let Some((source, url)) = article
        .body
        .lines()
        .rev()
        .find(|l| !l.trim().is_empty())
        .and_then(of_line)
    else {
        return;
    };
    article.url = article.url.take().or(url);
    article.source = article.source.take().or(source);
}

/// Source and url of a line `Source : RFI, https://…`; none for any other line.
pub(super) fn of_line(line: &str) -> Option<(Option<String>, Option<String>)> {
    let (key, value) = line.trim().split_once(':')?;
    if !matches!(key.trim().to_lowercase().as_str(), "source" | "sources") {
        return None;
    }
    let is_url = |word: &&str| word.starts_with("https://") || word.starts_with("http://");
    let word = value
        .split_whitespace()
        .map(|word| word.trim_matches(['<', '>', '(', ')', ',', ';']))
        .find(is_url);
    let name = match word.and_then(|url| value.split_once(url)) {
        Some((before, _)) => before,
        None => value,
    };
    let name = clean::line(name.trim_end_matches([' ', ',', ';', '<', '(', '-', '–', '.']))
        .filter(|name| name.chars().count() <= 60);
    (word.is_some() || name.is_some()).then(|| (name, word.map(String::from)))
}

/// Whether a line is the caption of a photograph: `Des soldats à Gao / AFP`, `© Minusma`.
pub(super) fn is_caption(line: &str) -> bool {
    const AGENCIES: [&str; 9] = [
        "AFP", "AP", "SIPA", "Reuters", "REUTERS", "EPA", "Getty", "DR", "Photo",
    ];
    if line.contains('©') || line.starts_with("Photo") || line.starts_with("Crédit") {
        return true;
    }
    line.rsplit_once('/').is_some_and(|(_, credit)| {
        credit.split_whitespace().count() <= 4
            && AGENCIES.iter().any(|a| {
                credit
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| word == *a)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "Au Mali, une quarantaine d’hommes ont attaqué mercredi le poste de Dioba, dans la région de Koulikoro, sans faire de mort.";

    #[test]
    fn the_last_line_credits_the_source() {
        for (last, source, url) in [
            (
                "Source : https://rfi.fr/a?b=c",
                None,
                Some("https://rfi.fr/a?b=c"),
            ),
            (
                "Sources: RFI (https://rfi.fr/)",
                Some("RFI"),
                Some("https://rfi.fr/"),
            ),
            ("source\u{a0}: RFI.", Some("RFI"), None),
            ("La source : introuvable", None, None),
        ] {
            let mut article = Article {
                body: format!("{LONG}\n{last}\n"),
                ..Article::default()
            };
            look(&mut article);
            assert_eq!(
                (article.source.as_deref(), article.url.as_deref()),
                (source, url),
                "{last}"
            );
            assert!(article.body.contains(last));
        }
    }
}
