//! Corpora for IRaMuTeQ and Alceste: a line of starred variables above each article, as in
//! `**** *Journal_RFI *Annee_2024`.

use super::common::keep;
use super::found::Found;
use crate::article::Article;
use crate::corpus::clean;
use crate::corpus::title_line::split_title;
use crate::date::PartialDate;
use crate::french::fold;

pub(super) fn split(content: &str) -> Found {
    let lines: Vec<&str> = content.lines().collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|&at| is_start(lines[at])).collect();
    let mut found = Found::default();
    let Some(&first) = starts.first() else {
        return found;
    };
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    found.articles = starts
        .iter()
        .zip(ends)
        .filter_map(|(&from, to)| article(&lines[from..to]))
        .collect();
    found.leave_out(Some(1), &lines[..first].join(" "));
    found
}

/// `**** *Journal_RFI`, `0001 *Journal_RFI`.
fn is_start(line: &str) -> bool {
    let Some((mark, variables)) = line.trim_start_matches('\u{feff}').split_once([' ', '\t']) else {
        return false;
    };
    let numbered = mark.len() == 4 && mark.bytes().all(|b| b.is_ascii_digit());
    let starred = mark.len() >= 4 && mark.bytes().all(|b| b == b'*');
    let is_variable = |word: &str| word.len() > 1 && word.starts_with('*') && (starred || word.contains('_'));
    (starred || numbered) && !variables.trim().is_empty() && variables.split_whitespace().all(is_variable)
}

fn article(lines: &[&str]) -> Option<Article> {
    let mut article = Article::default();
    let mut parts: [Option<i16>; 3] = [None; 3];
    for variable in lines[0].split_whitespace().skip(1) {
        let (name, value) = variable
            .trim_start_matches('*')
            .split_once('_')
            .unwrap_or((variable, ""));
        put(&mut article, &mut parts, name, value);
    }
    let [year, month, day] = parts;
    let small = |number: Option<i16>| number.and_then(|number| i8::try_from(number).ok());
    let of_parts = || PartialDate::new(year?, small(month), small(month).and(small(day)));
    article.date = article.date.or_else(of_parts);
    let mut text = Vec::new();
    for line in &lines[1..] {
        // A theme, for the lines that follow.
        match line.strip_prefix("-*") {
            Some(theme) => keep(&mut article, "theme", &theme.replace('_', " ")),
            None => text.push(*line),
        }
    }
    let body = clean::body(&text.join("\n"));
    let (title, rest) = split_title(&body);
    if article.title.is_empty() {
        (article.title, article.body) = (title, rest);
    } else {
        article.body = body;
    }
    (!article.title.is_empty() || !article.body.is_empty()).then_some(article)
}

fn put(article: &mut Article, parts: &mut [Option<i16>; 3], name: &str, value: &str) {
    let words = value.replace('_', " ");
    let folded = fold(name);
    let part = ["annee an year", "mois month", "jour day"]
        .iter()
        .position(|names| names.split(' ').any(|n| n == folded));
    let number = value.parse::<i16>().ok();
    match folded.as_str() {
        "journal" | "source" | "media" | "medium" | "titrepresse" | "publication" | "newspaper"
            if article.source.is_none() =>
        {
            article.source = clean::line(&words);
        }
        "titre" | "title" if article.title.is_empty() => {
            article.title = clean::line(&words).unwrap_or_default()
        }
        "auteur" | "author" if article.author.is_none() => article.author = clean::line(&words),
        "date" | "datepublication" if article.date.is_none() => {
            article.date = crate::date::written::of_text(&value.replace('_', "-"));
            if article.date.is_none() {
                keep(article, name, &words);
            }
        }
        "id" | "identifiant" if article.id.is_none() => article.id = clean::line(value),
        _ => match (part, number) {
            (Some(part), Some(number)) if parts[part].is_none() => parts[part] = Some(number),
            _ => keep(article, name, &words),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_starred_line_begins_an_article() {
        let text = "**** *Journal_RFI *Annee_2024 *Mois_03 *ton_vif\nUn convoi est bloqué à Gossi.\n-*armée\nIl repart.\n\n\
            **** *source_Le_Fleuve *date_2024-04-05 *auteur_Awa_Ba\nLa crue\n\nL’eau monte à Mopti.\n";
        let found = split(text);
        let [one, two] = &found.articles[..] else {
            panic!("two articles: {found:?}")
        };
        assert_eq!(
            (one.source.as_deref(), one.date.map(|d| d.to_string()).as_deref()),
            (Some("RFI"), Some("2024-03"))
        );
        assert_eq!(
            (one.body.as_str(), one.extra["ton"].as_str()),
            ("Un convoi est bloqué à Gossi.\nIl repart.", Some("vif"))
        );
        assert_eq!(
            (two.title.as_str(), two.source.as_deref(), two.author.as_deref()),
            ("La crue", Some("Le Fleuve"), Some("Awa Ba"))
        );
        assert_eq!(two.date.map(|d| d.to_string()).as_deref(), Some("2024-04-05"));
    }

    #[test]
    fn stars_in_a_text_begin_nothing() {
        for text in [
            "****\n\ntexte",
            "**** RFI\ntexte",
            "2024 *note\n* suite",
            "*** *x_1\ntexte",
        ] {
            assert!(split(text).articles.is_empty(), "{text}");
        }
    }
}
