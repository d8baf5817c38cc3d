//! Plain text: one article, its first line the title where it looks like one. Also what every format of whole
//! files shares.

use super::encoding::{self, Decoded};
use super::reading::Outcome;
use super::{Options, Output, Place, SkipReason, aggregators, clean, header, mend};
use crate::article::Article;
use crate::date::written;
use encoding_rs::Encoding;
use std::io::{self, Read};

/// Largest file that is read at once. The longest novels have 10 MB.
const LARGEST: u64 = 128 * 1024 * 1024;

/// Lines in which a file may ask not to be indexed.
const HEAD: usize = 10;

/// Longest title, in characters.
const LONGEST_TITLE: usize = 200;

pub(super) fn read(bytes: &mut dyn Read, _: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let Some(text) = whole(bytes, out, |_| None)? else {
        return Ok(());
    };
    hand_over(&text, None, out);
    Ok(())
}

/// Hands over a text, however it was got: as the articles of an export, if it is one, else as one article.
/// `title` is one that stands outside the text, or that the document says is its title.
pub(super) fn hand_over(text: &str, title: Option<String>, out: &mut Output<'_>) {
    let lines_above = text[..text.len() - text.trim_start().len()].matches('\n').count();
    let text = clean::body(mend::entities(text).as_deref().unwrap_or(text));
    if asks_to_be_ignored(&text) {
        let _ = out.skip(Place::default(), SkipReason::IgnoredOnRequest, "");
        return;
    }
    if aggregators::take_text(&text, lines_above, out) {
        return;
    }
    let _ = out.article(of_text(&text, title));
}

/// The article of a plain text that stands among others.
pub(super) fn article_of(text: &str) -> Outcome {
    let text = clean::body(mend::entities(text).as_deref().unwrap_or(text));
    if text.is_empty() {
        return Outcome::Skip(SkipReason::Empty, "it holds no text at all".into());
    }
    Outcome::Article(Box::new(of_text(&text, None)), Vec::new())
}

fn of_text(text: &str, title: Option<String>) -> Article {
    let mut article = Article::default();
    let rest = clean::trimmed(header::take(text, &mut article));
    let (found, body) = if article.title.is_empty() {
        split_title(rest)
    } else {
        (String::new(), rest.to_string())
    };
    (article.title, article.body) = match title {
        // Of a document that marks its title, whatever stands above it is text.
        Some(title) if rest.trim_start().starts_with(&title) && article.title.is_empty() => {
            let below = clean::trimmed(&rest.trim_start()[title.len()..]).to_string();
            if below.is_empty() {
                (title, body)
            } else {
                (title, below)
            }
        }
        // A title among the properties may be that of the document this one was made from.
        Some(title) if article.title.is_empty() && found.is_empty() => (title, body),
        _ if article.title.is_empty() => (found, body),
        _ => (article.title.clone(), body),
    };
    header::look(&mut article);
    credit(&mut article);
    article
}

/// The text of a whole file, as decoded; none if it has been reported as skipped. `declared` finds the
/// encoding that the file itself names.
pub(super) fn whole(
    bytes: &mut dyn Read,
    out: &mut Output<'_>,
    declared: impl Fn(&[u8]) -> Option<&'static Encoding>,
) -> io::Result<Option<String>> {
    let Some(read) = whole_bytes(bytes)? else {
        is_too_large(out);
        return Ok(None);
    };
    let file = Place::default();
    let label = declared(&read);
    match encoding::decode(read, label) {
        Err(what) => {
            let _ = out.skip(file, SkipReason::NotText, what);
            Ok(None)
        }
        Ok(Decoded { text, .. }) if text.trim().is_empty() => {
            let _ = out.skip(file, SkipReason::Empty, "");
            Ok(None)
        }
        Ok(Decoded {
            text,
            encoding,
            fault,
        }) => {
            out.summary.encoding = encoding;
            if fault.is_some() {
                let detail =
                    format!("read as {encoding}, with what doesn't fit replaced; convert the file to UTF-8");
                if out
                    .warn(
                        Place {
                            line: fault,
                            record: None,
                        },
                        SkipReason::BadEncoding,
                        detail,
                    )
                    .is_break()
                {
                    return Ok(None);
                }
            }
            Ok(Some(text))
        }
    }
}

/// A whole file as it is; none if it is larger than what is read at once.
pub(super) fn whole_bytes(bytes: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
    let mut read = Vec::new();
    let size = bytes.take(LARGEST + 1).read_to_end(&mut read)? as u64;
    Ok((size <= LARGEST).then_some(read))
}

/// Reports a file as larger than what is read at once.
pub(super) fn is_too_large(out: &mut Output<'_>) {
    let cure = format!(
        "more than {} MB; split it, or write it as .jsonl with one article a line",
        LARGEST >> 20
    );
    let _ = out.skip(Place::default(), SkipReason::TooLarge, cure);
}

/// Whether one of the first lines is `<!-- griot: ignore -->`.
pub(super) fn asks_to_be_ignored(text: &str) -> bool {
    text.lines().take(HEAD).any(|line| {
        line.trim()
            .strip_prefix("<!--")
            .and_then(|l| l.strip_suffix("-->"))
            .is_some_and(is_request)
    })
}

/// Whether a comment asks that the file be ignored.
pub(super) fn is_request(comment: &str) -> bool {
    comment
        .trim()
        .strip_prefix("griot:")
        .is_some_and(|wish| wish.trim() == "ignore")
}

/// Title and body of a text: the first line is the title, and no longer in the body, if it looks like one.
pub(super) fn split_title(text: &str) -> (String, String) {
    if let Some((first, rest)) = text.split_once('\n')
        && looks_like_title(first, rest)
        && let Some(title) = clean::line(first)
    {
        return (title, clean::trimmed(rest).to_string());
    }
    (String::new(), text.to_string())
}

/// Whether the first line of a text is a headline rather than the text's first sentence, a date, a credit or
/// an address.
fn looks_like_title(first: &str, rest: &str) -> bool {
    let line = first.trim();
    let length = line.chars().count();
    let Some(next) = rest.lines().map(str::trim).find(|l| !l.is_empty()) else {
        return false;
    };
    let blank_follows = rest.lines().next().is_none_or(|l| l.trim().is_empty());
    let longer_follows = next.chars().count() >= 80.max(2 * length);
    let sentence = line.ends_with(['.', ';', ':', ',']) && !line.ends_with("...");
    let headline = blank_follows
        && length <= 120
        && line.ends_with('.')
        && (line.contains(" : ") || line.contains("\u{a0}:"));
    length <= LONGEST_TITLE
        && line.chars().any(char::is_alphabetic)
        && (blank_follows || longer_follows || header::is_one(next))
        && (!sentence || headline)
        && !line.starts_with(['-', '*', '•', '<', '|', '—', '–'])
        && !line.contains("://")
        && !is_date_line(line)
        && header::published(line).is_none()
        && !is_credit(line)
        && source_line(line).is_none()
}

/// `Le 3 juin 2017`, `Publié le 03/06/2017 à 10:00`, `03/06/2017`.
fn is_date_line(line: &str) -> bool {
    let lower = line.to_lowercase();
    let rest = ["publié", "publie", "mis à jour", "modifié", "date", "posté"]
        .iter()
        .find_map(|word| lower.strip_prefix(word));
    let rest = rest.unwrap_or(&lower).trim_start_matches([' ', ':', '\u{a0}']);
    let rest = rest.strip_prefix("le ").unwrap_or(rest);
    written::of_text(rest).is_some() && line.split_whitespace().count() <= 10
}

/// The caption of a photograph: `Des soldats à Gao / AFP`, `© Minusma`.
fn is_credit(line: &str) -> bool {
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

/// Takes url and source from the line `Source : …` that ends a text, if they are missing. The line stays.
pub(super) fn credit(article: &mut Article) {
    let Some((source, url)) = article
        .body
        .lines()
        .rev()
        .find(|l| !l.trim().is_empty())
        .and_then(source_line)
    else {
        return;
    };
    article.url = article.url.take().or(url);
    article.source = article.source.take().or(source);
}

/// Source and url of a line `Source : RFI, https://…`; none for any other line.
fn source_line(line: &str) -> Option<(Option<String>, Option<String>)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "Au Mali, une quarantaine d’hommes ont attaqué mercredi le poste de Dioba, dans la région de Koulikoro, sans faire de mort.";

    #[test]
    fn a_headline_is_the_title_and_leaves_the_body() {
        for title in [
            "Mali : un week-end d’attaques au sud",
            "Qui recule ?",
            "Une trêve, et après…",
            "Mali : l’armée reprend Kidal.",
            "Sport",
        ] {
            assert_eq!(
                split_title(&format!("{title}\n\n{LONG}")),
                (title.into(), LONG.into())
            );
        }
        assert_eq!(
            split_title(&format!("Nara : une patrouille saute\n{LONG}")),
            ("Nara : une patrouille saute".into(), LONG.into())
        );
    }

    #[test]
    fn a_sentence_a_date_a_caption_or_an_address_stays_in_the_body() {
        for first in [
            LONG,
            "Le poste a été attaqué.",
            "Publié le 3 juin 2017 à 10:00",
            "03/06/2017",
            "Des policiers sur un camp de bataille/ AP et SIPA",
            "© Minusma",
            "Source : https://rfi.fr/",
            "- un point",
            "****",
        ] {
            let text = format!("{first}\n\n{LONG}");
            assert_eq!(split_title(&text), (String::new(), text.clone()), "{first}");
        }
        assert_eq!(
            split_title("Une seule ligne"),
            (String::new(), "Une seule ligne".into())
        );
        assert_eq!(
            split_title("un vers\nun autre vers"),
            (String::new(), "un vers\nun autre vers".into())
        );
    }

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
            credit(&mut article);
            assert_eq!(
                (article.source.as_deref(), article.url.as_deref()),
                (source, url),
                "{last}"
            );
            assert!(article.body.contains(last));
        }
    }

    #[test]
    fn only_a_line_of_its_own_asks_to_be_ignored() {
        assert!(asks_to_be_ignored("# Titre\n <!-- griot: ignore --> \ntexte"));
        assert!(!asks_to_be_ignored(
            "Écrire `<!-- griot: ignore -->` en tête du fichier"
        ));
    }
}
