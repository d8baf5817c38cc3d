//! Nexis: articles between lines `1 of 250 DOCUMENTS`, or that end in a line `End of Document`.

use super::super::clean;
use super::{paragraphs, words};
use crate::article::Article;
use crate::date::written;
use crate::french::fold;

pub(super) fn split(text: &str) -> Vec<Article> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|&at| is_counter(lines[at])).collect();
    if !starts.is_empty() {
        let ends = starts.iter().skip(1).copied().chain([lines.len()]);
        return starts
            .iter()
            .zip(ends)
            .filter_map(|(&from, to)| counted(&lines[from + 1..to]))
            .collect();
    }
    let (mut articles, mut from) = (Vec::new(), 0);
    for (at, line) in lines.iter().enumerate() {
        if matches!(*line, "End of Document" | "Fin du document" | "Fin du Document") {
            articles.extend(ended(&lines[from..at]));
            from = at + 1;
        }
    }
    articles
}

/// `1 of 250 DOCUMENTS`, `Document 1 de 250`.
fn is_counter(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |word: &str| !word.is_empty() && word.len() <= 6 && word.bytes().all(|b| b.is_ascii_digit());
    match words[..] {
        [first, "of" | "de" | "sur" | "DE", all, kind] => {
            number(first) && number(all) && matches!(kind, "DOCUMENTS" | "DOCUMENT")
        }
        [kind, first, "of" | "de" | "sur" | "DE", all] => {
            number(first) && number(all) && kind.eq_ignore_ascii_case("document")
        }
        _ => false,
    }
}

/// What a line `KEY: value` says of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Headline,
    Byline,
    Length,
    Language,
    Section,
    Dateline,
    /// What follows the text.
    After,
}

fn key(line: &str) -> Option<(Key, String)> {
    let (name, value) = line.split_once(':')?;
    if name.len() > 24 {
        return None;
    }
    let key = match fold(name).as_str() {
        "headline" | "titre" => Key::Headline,
        "byline" | "auteur" | "auteurs" => Key::Byline,
        "length" | "longueur" => Key::Length,
        "language" | "langue" => Key::Language,
        "section" | "rubrique" => Key::Section,
        "dateline" => Key::Dateline,
        "loaddate" | "datedechargement" | "publicationtype" | "typedepublication" | "journalcode"
        | "subject" | "sujet" | "graphic" | "documenttype" => Key::After,
        _ => return None,
    };
    Some((key, clean::line(value).unwrap_or_default()))
}

/// The end of an article: none of these lines is of its text.
fn is_end(line: &str) -> bool {
    matches!(key(line), Some((Key::After | Key::Language, _)))
        || line == "Classification"
        || line.starts_with("Copyright ")
        || line.starts_with("All Rights Reserved")
}

fn is_copyright(line: &str) -> bool {
    line.starts_with("Copyright ")
        || line.starts_with("Tous droits")
        || line.to_lowercase().starts_with("all rights reserved")
        || line.starts_with('©')
}

/// A date that is all of a line: `3 juillet 2024 mercredi`, `July 3, 2024 Wednesday 10:12 AM GMT`.
fn date(line: &str) -> Option<crate::date::PartialDate> {
    (line.split_whitespace().count() <= 9)
        .then(|| written::of_text(line))
        .flatten()
        .filter(|date| date.month().is_some())
}

/// Puts the value of a key into an article.
fn put(article: &mut Article, key: Key, value: String) {
    match key {
        Key::Headline => article.title = value,
        Key::Byline => article.author = Some(value),
        Key::Length => article
            .extra
            .extend(words(&value).map(|length| ("length".to_string(), length.into()))),
        Key::Language => {
            article.lang = value
                .split([';', ','])
                .next()
                .map(|lang| crate::language::code(lang.trim()))
        }
        Key::Section => article.extra.extend([("section".to_string(), value.into())]),
        Key::Dateline | Key::After => {}
    }
}

/// An article below its counter: medium, date, headline, keys, length, text, keys.
fn counted(lines: &[&str]) -> Option<Article> {
    let mut article = Article::default();
    let length = lines
        .iter()
        .position(|line| matches!(key(line), Some((Key::Length, _))))?;
    let mut above = Vec::new();
    for line in lines[..=length]
        .iter()
        .filter(|line| !line.is_empty() && !is_copyright(line))
    {
        match key(line) {
            Some((key, value)) => put(&mut article, key, value),
            None if article.date.is_none() && date(line).is_some() => article.date = date(line),
            None => above.push(*line),
        }
    }
    article.source = above.first().and_then(|source| clean::line(source));
    if article.title.is_empty() {
        // A headline may take several lines.
        article.title = clean::line(&above.get(1..).unwrap_or_default().join(" ")).unwrap_or_default();
    }
    finish(article, &lines[length + 1..])
}

/// An article above its end: headline, medium, date, keys, `Body`, text, keys.
fn ended(lines: &[&str]) -> Option<Article> {
    let mut article = Article::default();
    let body = lines
        .iter()
        .position(|line| matches!(*line, "Body" | "Corps" | "Texte"));
    let length = lines
        .iter()
        .rposition(|line| matches!(key(line), Some((Key::Length | Key::Byline | Key::Section, _))));
    let begins = body.or(length)?;
    let mut above = Vec::new();
    for line in lines[..=begins]
        .iter()
        .filter(|line| !line.is_empty() && !is_copyright(line))
    {
        match key(line) {
            Some((key, value)) => put(&mut article, key, value),
            None if article.date.is_none() && date(line).is_some() => article.date = date(line),
            None => above.push(*line),
        }
    }
    article.title = above
        .first()
        .and_then(|title| clean::line(title))
        .unwrap_or_default();
    article.source = above
        .get(1)
        .filter(|source| !matches!(**source, "Body" | "Corps" | "Texte"))
        .and_then(|source| clean::line(source));
    finish(article, &lines[begins + 1..])
}

/// The article with its text, which ends where the keys below it begin.
fn finish(mut article: Article, lines: &[&str]) -> Option<Article> {
    let end = lines.iter().position(|line| is_end(line)).unwrap_or(lines.len());
    article.body = paragraphs(&lines[..end]);
    for line in &lines[end..] {
        if let Some((key @ Key::Language, value)) = key(line) {
            put(&mut article, key, value);
        }
    }
    (!article.body.is_empty() || !article.title.is_empty()).then_some(article)
}
