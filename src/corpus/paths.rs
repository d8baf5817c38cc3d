//! What file names and folders say without being asked: `RFI/2024/2024-07-03-titre.html`. For anything else
//! there is `griot.toml`.

use super::template::date;
use crate::article::Article;
use crate::date::PartialDate;
use crate::media::Media;

/// Gives an article what its path says and it doesn't say itself; what was taken stands in `extra`. A date is
/// given only to one that has its file for itself: that of a table or a mailbox is the day it was exported.
pub(super) fn complete(key: &str, is_alone: bool, media: &Media, article: &mut Article) {
    let mut taken = Vec::new();
    if is_alone
        && article.date.is_none()
        && let Some(date) = date_of(key)
    {
        article.date = Some(date);
        taken.push("date");
    }
    if article.source.is_none()
        && let Some(source) = source_of(key, media)
    {
        article.source = Some(source.to_string());
        taken.push("source");
    }
    if !taken.is_empty() {
        article.extra.insert("from_path".into(), taken.into());
    }
}

/// The medium that a folder is named after, the innermost first.
fn source_of<'m>(key: &str, media: &'m Media) -> Option<&'m str> {
    let (folders, _) = key.rsplit_once('/')?;
    folders
        .rsplit('/')
        .find_map(|folder| media.of_folder(folder.trim_end_matches(".zip")))
}

/// The date in a file's name, else in its folders; never a year alone.
fn date_of(key: &str) -> Option<PartialDate> {
    let (folders, name) = key.rsplit_once('/').unwrap_or(("", key));
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    in_name(stem).or_else(|| {
        let parts: Vec<&str> = folders.split('/').collect();
        let small = |text: Option<&&str>| {
            text.filter(|t| (1..=2).contains(&t.len()))
                .and_then(|t| t.parse::<i8>().ok())
        };
        (0..parts.len()).rev().find_map(|at| {
            let year = Some(parts[at])
                .filter(|y| y.len() == 4)
                .and_then(|y| y.parse::<i16>().ok())
                .filter(|y| (1900..2100).contains(y));
            match year {
                Some(year) => {
                    PartialDate::new(year, Some(small(parts.get(at + 1))?), small(parts.get(at + 2)))
                }
                None => date(parts[at]),
            }
        })
    })
}

/// A date in a name, between other things: `rfi_2024-07-03_treve`, `20240703-treve`, `2024-07 treve`.
fn in_name(stem: &str) -> Option<PartialDate> {
    let bytes = stem.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let starts = || (0..bytes.len()).filter(|&at| is_digit(at) && !(at > 0 && is_digit(at - 1)));
    // Whole days before months.
    [10, 8, 7].into_iter().find_map(|length| {
        starts().find_map(|at| {
            let text = stem.get(at..at + length).filter(|_| !is_digit(at + length))?;
            // `2024-07-x` has a month, `2024-07-03` a day, `2024-0703` neither.
            let separated = length == 8 || matches!(bytes[at + 4], b'-' | b'_' | b'.');
            let day_follows = length == 7
                && bytes.get(at + 7) == Some(&bytes[at + 4])
                && is_digit(at + 8)
                && is_digit(at + 9)
                && !is_digit(at + 10);
            (separated && !day_follows).then(|| date(text)).flatten()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_tell_dates_and_sources() {
        for (key, date, source) in [
            ("RFI/2024/2024-07-03-titre.html", "2024-07-03", "RFI"),
            (
                "x/Jeune Afrique/20240703_titre.txt",
                "2024-07-03",
                "Jeune Afrique",
            ),
            ("afp.zip/2024/07/depeche.txt", "2024-07", "AFP"),
            ("2024/07/03/depeche.txt", "2024-07-03", "-"),
            ("2024-07/depeche.txt", "2024-07", "-"),
            ("2024/2024-08-tinzaouatene.txt", "2024-08", "-"),
            ("maliweb_2024_07_03.html", "2024-07-03", "-"),
            ("2024/depeche.txt", "-", "-"),
            ("20241399.txt", "-", "-"),
            ("123456789.txt", "-", "-"),
            ("2024-0703.txt", "-", "-"),
            ("2024-13-01 x.txt", "-", "-"),
            ("le-monde-d-apres/x.txt", "-", "-"),
        ] {
            let mut article = Article::default();
            complete(key, true, &Media::embedded(), &mut article);
            let found = (
                article.date.map_or("-".into(), |d| d.to_string()),
                article.source.unwrap_or("-".into()),
            );
            assert_eq!(found, (date.to_string(), source.to_string()), "{key}");
        }
    }

    #[test]
    fn what_the_article_says_counts_more() {
        let mut article = Article {
            source: Some("Autre".into()),
            ..Article::default()
        };
        complete("RFI/2024-07-03.csv", false, &Media::embedded(), &mut article);
        assert_eq!(
            (article.source.as_deref(), article.date, article.extra.len()),
            (Some("Autre"), None, 0)
        );
    }
}
