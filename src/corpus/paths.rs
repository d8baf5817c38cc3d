//! What file names and folders say without being asked: `RFI/2024/2024-07-03-titre.html`. For anything else
//! there is `griot.toml`.

use crate::article::Article;
use crate::date::in_name;
use crate::media::Media;

/// Gives an article what its path says and it doesn't say itself; what was taken stands in `extra`. A date is
/// given only to one that has its file for itself: that of a table or a mailbox is the day it was exported.
pub(super) fn complete(key: &str, is_alone: bool, media: &Media, article: &mut Article) {
    let mut taken = Vec::new();
    if is_alone
        && article.date.is_none()
        && let Some(date) = in_name::of_path(key)
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
