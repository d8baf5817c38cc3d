//! The credit lines above a text, read into the article's metadata.

use super::clean;
use crate::article::Article;
use crate::credits::{self, Credit};
use crate::dateline;

/// Lines at the top of a text in which such things stand, empty ones not counted.
const HEAD: usize = 8;

/// Reads the lines at the top of a text into the article, where it says nothing yet. Gives the text without
/// those that stand before the title: their values are kept, and the title must be found. Lines below the
/// title stay, so that the text can be quoted as it was.
pub(super) fn take<'a>(text: &'a str, article: &mut Article) -> &'a str {
    let mut rest = text;
    let mut seen = 0;
    // Off the top, for as long as lines have keys.
    while let Some((line, after)) = first_line(rest) {
        // What the article says already stays in the text: it may be of another.
        let credits = match credits::keyed(line) {
            Some(credit) => vec![credit],
            None if seen > 0 => credits::of_line(line),
            None => Vec::new(),
        };
        let is_new = |credit| put(credit, article);
        if seen == HEAD
            || credits.is_empty()
            // All of them are put, not only those before one that isn't new.
            || credits.into_iter().map(is_new).filter(|is_new| !is_new).count() > 0
        {
            break;
        }
        rest = after;
        seen += 1;
    }
    if clean::line(rest).is_none() {
        return text;
    }
    rest
}

/// Reads the lines at the top of the article's text, which follow its title, into the article, where it says
/// nothing yet.
pub(super) fn look(article: &mut Article) {
    let body = std::mem::take(&mut article.body);
    look_at(&body, article);
    article.body = body;
}

fn look_at(body: &str, article: &mut Article) {
    let credits = credits::at_head(body);
    let below = credits.last().map_or(0, |(line, _)| line.end);
    for (_, credits) in credits {
        read(credits, article);
    }
    if let Some((line, _)) = first_line(&body[below..]) {
        let said = dateline::of_line(line).map(credits::of_dateline);
        read(said.into_iter().flatten(), article);
    }
}

/// Reads one line into the article, where that says nothing yet.
pub(super) fn look_at_line(line: &str, article: &mut Article) {
    read(credits::of_line(line), article);
}

/// Puts what lines of a text say into an article, and that it was read from there.
fn read(credits: impl IntoIterator<Item = Credit>, article: &mut Article) {
    for credit in credits {
        let key = match credit {
            Credit::Title(_) | Credit::Updated(_) => None,
            Credit::Source(_) => Some("source"),
            Credit::Author(_) => Some("author"),
            Credit::Date(_) => Some("date"),
            Credit::Url(_) => Some("url"),
            Credit::Language(_) => Some("lang"),
        };
        if put(credit, article)
            && let Some(key) = key
        {
            article.from_text.push(key.into());
        }
    }
}

/// Puts what a line says into an article that doesn't say it yet; says whether it did.
fn put(credit: Credit, article: &mut Article) -> bool {
    fn give<T>(place: &mut Option<T>, value: T) -> bool {
        let is_new = place.is_none();
        place.get_or_insert(value);
        is_new
    }
    match credit {
        Credit::Title(title) => {
            let is_new = article.title.is_empty();
            if is_new {
                article.title = title;
            }
            is_new
        }
        Credit::Source(source) => give(&mut article.source, source),
        Credit::Author(author) => give(&mut article.author, author),
        Credit::Date(date) => give(&mut article.date, date),
        Credit::Url(url) => give(&mut article.url, url),
        Credit::Language(language) => give(&mut article.lang, language),
        Credit::Updated(_) => false,
    }
}

/// The first line that isn't empty, trimmed, and what follows it.
fn first_line(text: &str) -> Option<(&str, &str)> {
    let start = text.find(|c: char| !c.is_whitespace())?;
    let rest = &text[start..];
    let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
    Some((line.trim(), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_keys_come_off_the_top() {
        let mut article = Article::default();
        let rest = take(
            "Source : AFP\nDate : 3 juillet 2024\nAuteur : A. Ba\nURL : https://a.org/\n\nGao : la trêve\n\nTexte",
            &mut article,
        );
        assert_eq!(rest.trim(), "Gao : la trêve\n\nTexte");
        assert_eq!(
            (
                article.source.as_deref(),
                article.author.as_deref(),
                article.url.as_deref()
            ),
            (Some("AFP"), Some("A. Ba"), Some("https://a.org/"))
        );
        assert_eq!(article.date.map(|d| d.to_string()).as_deref(), Some("2024-07-03"));
        assert_eq!(
            take("Source : AFP\nSource : RFI\n\nTexte", &mut Article::default()).trim(),
            "Source : RFI\n\nTexte"
        );
        for text in ["Gao : la trêve\n\nTexte", "Source : AFP", "Titre\nSource : AFP"] {
            assert_eq!(take(text, &mut Article::default()), text, "{text}");
        }
    }

    #[test]
    fn lines_below_the_title_are_read_and_stay() {
        for (body, date, author) in [
            (
                "Publié le 3 juillet 2024 à 10h12\nPar Awa Ba\n\nTexte",
                Some("2024-07-03"),
                Some("Awa Ba"),
            ),
            (
                "Par Moussa ag Ali et B. Diallo | Publié le : 03/07/2024 - 10:12, modifié le 04/07/2024\n\nTexte",
                Some("2024-07-03"),
                Some("Moussa ag Ali et B. Diallo"),
            ),
            ("Mercredi 3 juillet 2024\n\nTexte", Some("2024-07-03"), None),
            ("Mis en ligne le 3 juillet 2024\nTexte", Some("2024-07-03"), None),
            ("Par ailleurs, rien.\n\nTexte", None, None),
            ("Par peur des mines, ils fuient", None, None),
            ("En juillet 2024, l'armée a repris Kidal.", None, None),
            ("Le 3 juillet 2024, l'armée a repris la ville.", None, None),
        ] {
            let mut article = Article::default();
            look_at(body, &mut article);
            assert_eq!(
                (
                    article.date.map(|d| d.to_string()).as_deref(),
                    article.author.as_deref()
                ),
                (date, author),
                "{body}"
            );
        }
    }
}
