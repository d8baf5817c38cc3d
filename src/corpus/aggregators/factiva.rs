//! Factiva: articles that end in `Document AFPFR00020240703ek7300abc`, or whose fields have codes (`HD`,
//! `PD`, `LP` …).

use super::super::clean;
use super::{paragraphs, words};
use crate::article::Article;
use crate::date::written;

pub(super) fn split(text: &str) -> Vec<Article> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let coded = coded(&lines);
    if !coded.is_empty() {
        return coded;
    }
    let mut articles = Vec::new();
    let mut from = 0;
    for (at, line) in lines.iter().enumerate() {
        if let Some(number) = document_number(line) {
            articles.extend(plain(&lines[from..at], number));
            from = at + 1;
        }
    }
    articles
}

/// The number of an article: the line that ends it.
fn document_number(line: &str) -> Option<&str> {
    let number = line.strip_prefix("Document ")?.trim();
    let fits = (15..=40).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_alphanumeric())
        && number.bytes().filter(u8::is_ascii_digit).count() >= 6;
    fits.then_some(number)
}

/// An article without codes: headline, byline, length, date, time, medium, its code, language, copyright,
/// text.
fn plain(lines: &[&str], number: &str) -> Option<Article> {
    let length = lines
        .iter()
        .position(|line| words(line).is_some_and(|_| line.len() < 30))?;
    let mut article = Article {
        id: Some(number.to_string()),
        ..Article::default()
    };
    article
        .extra
        .insert("length".into(), words(lines[length])?.into());
    let mut above: Vec<&str> = lines[..length]
        .iter()
        .copied()
        .filter(|line| !line.is_empty())
        .collect();
    // Of a search that was printed whole, the page's own lines may stand above; only the last three are the
    // article's.
    above.drain(..above.len().saturating_sub(3));
    if above.len() > 1
        && let Some(last) = above.last()
        && is_byline(last)
    {
        article.author = clean::line(
            last.strip_prefix("Par ")
                .or(last.strip_prefix("By "))
                .unwrap_or(last),
        );
        above.pop();
    }
    article.title = above.last().and_then(|title| clean::line(title))?;
    let mut rest = lines[length + 1..]
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.is_empty());
    let (_, date) = rest.next()?;
    article.date = written::of_text(date);
    let mut next = rest.next();
    if next.is_some_and(|(_, line)| is_time(line)) {
        next = rest.next();
    }
    article.source = next.and_then(|(_, line)| clean::line(line));
    // Code of the medium, page, edition, language, copyright: in this order, any of them missing.
    let mut begins = length + 1 + next.map_or(0, |(at, _)| at + 1);
    for (at, line) in rest.take(6) {
        if is_code(line) || is_page(line) {
        } else if let Some(lang) = language(line) {
            article.lang = Some(lang);
        } else if is_copyright(line) {
            begins = length + 2 + at;
            break;
        } else {
            break;
        }
        begins = length + 2 + at;
    }
    article.body = paragraphs(&lines[begins.min(lines.len())..]);
    Some(article)
}

/// `Par Awa Ba`, or nothing but a few words with capitals.
fn is_byline(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    line.starts_with("Par ")
        || line.starts_with("By ")
        || (2..=4).contains(&words.len())
            && words
                .iter()
                .all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

fn is_time(line: &str) -> bool {
    line.len() <= 9
        && line.contains([':', 'h'])
        && line
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | 'h' | ' ' | 'A' | 'P' | 'M'))
}

fn is_code(line: &str) -> bool {
    (2..=10).contains(&line.len()) && line.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

fn is_page(line: &str) -> bool {
    line.len() <= 12 && line.chars().any(|c| c.is_ascii_digit()) && !line.contains(' ')
}

fn language(line: &str) -> Option<String> {
    let code = crate::language::code(line);
    let known = [
        ("english", "en"),
        ("anglais", "en"),
        ("arabe", "ar"),
        ("arabic", "ar"),
        ("espagnol", "es"),
        ("spanish", "es"),
    ];
    if code == "fr" {
        Some(code)
    } else {
        known
            .iter()
            .find(|(name, _)| *name == code)
            .map(|(_, code)| (*code).to_string())
    }
}

fn is_copyright(line: &str) -> bool {
    [
        "Copyright",
        "(c)",
        "(C)",
        "©",
        "Tous droits",
        "All rights",
        "Droits d'auteur",
    ]
    .iter()
    .any(|mark| line.starts_with(mark))
}

/// Codes of the fields.
const CODES: [&str; 25] = [
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "CT",
    "RF", "CO", "IN", "NS", "RE", "IPC", "PUB", "AN",
];

/// The code that a line begins with, and what follows it.
fn code(line: &str) -> Option<(&'static str, &str)> {
    CODES.into_iter().find_map(|code| {
        let rest = line.strip_prefix(code)?;
        (rest.is_empty() || rest.starts_with([' ', '\t', '\u{a0}'])).then_some((code, rest.trim()))
    })
}

/// Articles whose fields have codes; none if these are none.
fn coded(lines: &[&str]) -> Vec<Article> {
    let has = |wanted: &str| {
        lines
            .iter()
            .any(|line| code(line).is_some_and(|(code, _)| code == wanted))
    };
    if !(has("HD") && has("PD") && has("SN") && (has("LP") || has("TD"))) {
        return Vec::new();
    }
    let mut articles = Vec::new();
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        match code(line) {
            Some((code, rest)) => {
                let has_headline = fields.iter().any(|(code, _)| *code == "HD");
                if has_headline
                    && matches!(code, "HD" | "SE")
                    && fields.iter().any(|(code, _)| matches!(*code, "LP" | "TD" | "AN"))
                {
                    articles.extend(from_fields(&std::mem::take(&mut fields)));
                }
                fields.push((code, vec![rest]));
            }
            None => {
                if let Some((_, lines)) = fields.last_mut() {
                    lines.push(line);
                }
            }
        }
    }
    articles.extend(from_fields(&fields));
    articles
}

fn from_fields(fields: &[(&str, Vec<&str>)]) -> Option<Article> {
    let all = |wanted: &str| {
        fields
            .iter()
            .find(|(code, _)| *code == wanted)
            .map(|(_, lines)| lines.as_slice())
    };
    let line = |wanted: &str| all(wanted).and_then(|lines| clean::line(&lines.join(" ")));
    let text = |wanted: &str| all(wanted).map(paragraphs).unwrap_or_default();
    let number = line("AN").map(|number| {
        number
            .trim_start_matches("Document ")
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_string()
    });
    let mut article = Article {
        id: number.filter(|number| !number.is_empty()),
        title: line("HD")?,
        body: clean::body(&[text("LP"), text("TD")].join("\n\n")),
        date: line("PD").and_then(|date| written::of_text(&date)),
        source: line("SN"),
        author: line("BY").map(|by| {
            by.trim_start_matches("Par ")
                .trim_start_matches("By ")
                .to_string()
        }),
        lang: line("LA").and_then(|lang| language(&lang)),
        ..Article::default()
    };
    if let Some(length) = line("WC").and_then(|length| words(&length)) {
        article.extra.insert("length".into(), length.into());
    }
    Some(article)
}
