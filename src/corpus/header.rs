//! What people write above a text to say where it is from: `Source : AFP`, `Publié le 3 juillet 2024 à
//! 10h12`, `Par Awa Ba`.

use super::clean;
use crate::article::Article;
use crate::date::{names, written};
use crate::french::fold;

/// Lines at the top of a text in which such things stand, empty ones not counted.
const HEAD: usize = 8;

/// Longest line that is one of these, in characters.
const LONGEST: usize = 160;

/// What a line says of the article.
#[derive(Debug, PartialEq, Eq)]
enum Says {
    Title(String),
    Source(String),
    Author(String),
    Date(crate::date::PartialDate),
    Url(String),
    Lang(String),
}

/// Reads the lines at the top of a text into the article, where it says nothing yet. Gives the text without
/// those that stand before the title: their values are kept, and the title must be found. Lines below the
/// title stay, so that the text can be quoted as it was.
pub(super) fn take<'a>(text: &'a str, article: &mut Article) -> &'a str {
    let mut rest = text;
    let mut seen = 0;
    // Off the top, for as long as lines have keys.
    while let Some((line, after)) = first_line(rest) {
        // What the article says already stays in the text: it may be of another.
        let bare = || (seen > 0).then(|| loose(line)).flatten();
        let says = line.contains(':').then(|| keyed(line)).flatten().or_else(bare);
        if seen == HEAD || !says.is_some_and(|says| put(says, article)) {
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
    for line in body
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(HEAD / 2)
    {
        if line.chars().count() > LONGEST {
            return;
        }
        let understood = look_at_line(line, article);
        if !understood && line.chars().count() > 80 {
            // The text has begun.
            return;
        }
    }
}

/// Reads one line into the article, where that says nothing yet. Says whether it was understood.
pub(super) fn look_at_line(line: &str, article: &mut Article) -> bool {
    let mut understood = false;
    if line.chars().count() > LONGEST {
        return understood;
    }
    // `Par Awa Ba | Publié le 3 juillet 2024` is two.
    for part in line
        .split(['|', '·', '•'])
        .flat_map(credits)
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        if let Some(says) = keyed(part).or_else(|| loose(part)) {
            put(says, article);
            understood = true;
        }
    }
    understood
}

/// `Par Awa Ba - Publié le 3 juillet 2024`, `Publié le 3 juillet 2024 Par Awa Ba`: date and name.
fn credits(line: &str) -> impl Iterator<Item = &str> {
    let lower = line.to_lowercase();
    let begins = |word: &str| lower.trim_start().starts_with(word);
    let at = if begins("par ") {
        [" - publié", " – publié", " - le ", " – le "]
            .iter()
            .find_map(|mark| lower.find(mark))
            .map(|at| (at, 3))
    } else if begins("publié") || begins("mis en ligne") {
        lower.find(" par ").map(|at| (at, 1))
    } else {
        None
    };
    // Lowering a letter may change its length.
    let at = at.filter(|(at, _)| lower.len() == line.len() && line.is_char_boundary(*at));
    let (first, second) = at.map_or((line, ""), |(at, _)| line.split_at(at));
    [first, second.trim_start_matches([' ', '-', '–'])].into_iter()
}

/// Whether a line says something of the article, rather than being part of it.
pub(super) fn is_one(line: &str) -> bool {
    line.chars().count() <= LONGEST
        && (line.contains(':').then(|| keyed(line)).flatten().is_some() || loose(line).is_some())
}

/// Puts what a line says into an article that doesn't say it yet; says whether it did.
fn put(says: Says, article: &mut Article) -> bool {
    fn give<T>(place: &mut Option<T>, value: T) -> bool {
        let is_new = place.is_none();
        place.get_or_insert(value);
        is_new
    }
    match says {
        Says::Title(title) => {
            let is_new = article.title.is_empty();
            if is_new {
                article.title = title;
            }
            is_new
        }
        Says::Source(source) => give(&mut article.source, source),
        Says::Author(author) => give(&mut article.author, author),
        Says::Date(date) => give(&mut article.date, date),
        Says::Url(url) => give(&mut article.url, url),
        Says::Lang(lang) => give(&mut article.lang, lang),
    }
}

/// What a line `Key : value` says, if its key is one of these.
fn keyed(line: &str) -> Option<Says> {
    if line.chars().count() > LONGEST {
        return None;
    }
    let (key, value) = line.split_once(':')?;
    let value = clean::line(value)?;
    let is_url = value.starts_with("http://") || value.starts_with("https://");
    Some(match fold_key(key).as_str() {
        "titre" | "title" | "headline" => Says::Title(value),
        "publication" | "publicationle" if let Some(date) = written::of_text(date_part(&value)) => {
            Says::Date(date)
        }
        "source" | "sources" | "media" | "journal" | "publication"
            if !is_url && value.chars().count() <= 60 && !value.contains("://") =>
        {
            Says::Source(value.trim_end_matches(['.', ',', ';']).to_string())
        }
        "source" | "sources" | "url" | "lien" | "adresse" | "link" if is_url && !value.contains(' ') => {
            Says::Url(value)
        }
        "auteur" | "auteure" | "autrice" | "auteurs" | "author" | "par" | "byline"
            if value.chars().count() <= 80 =>
        {
            Says::Author(value)
        }
        "date" | "datedepublication" | "publiele" | "publie" | "datepublication" | "parution"
        | "misenlignele" | "published" => Says::Date(written::of_text(date_part(&value))?),
        "langue" | "language" | "lang" if value.chars().count() <= 20 => {
            Says::Lang(crate::language::code(&value))
        }
        _ => return None,
    })
}

/// What a line without a key says: `Publié le …`, a date alone, `Par …`.
fn loose(line: &str) -> Option<Says> {
    let words = line.split_whitespace().count();
    if words <= 14
        && let Some(date) = published(line)
    {
        return Some(Says::Date(date));
    }
    let name = line
        .strip_prefix("Par ")
        .or_else(|| line.strip_prefix("PAR "))
        .or_else(|| line.strip_prefix("By "))?;
    // A byline is of names: two to six words, each a capital or a particle, no sentence.
    let name = name
        .split(" - ")
        .next()
        .unwrap_or(name)
        .trim_end_matches([',', ';']);
    let parts: Vec<&str> = name.split_whitespace().collect();
    let is_name = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            || matches!(
                *word,
                "de" | "du" | "des" | "et" | "la" | "le" | "avec" | "ag" | "ould" | "à"
            )
    };
    let is_byline = (1..=8).contains(&parts.len())
        && parts.iter().all(is_name)
        && !name.ends_with('.')
        && !name.contains(':');
    is_byline.then(|| Says::Author(name.to_string()))
}

/// The date of a line that says when an article was published: one that begins with such a word, or holds
/// nothing else.
pub(super) fn published(line: &str) -> Option<crate::date::PartialDate> {
    let lower = line.trim().to_lowercase();
    const WORDS: [&str; 7] = [
        "publié",
        "publie",
        "mis en ligne",
        "posté",
        "paru",
        "date",
        "published",
    ];
    let after = WORDS.iter().find_map(|word| lower.strip_prefix(word));
    let rest = after.unwrap_or(&lower);
    let rest = rest
        .trim_start_matches(['e', 's'])
        .trim_start_matches([' ', ':', '\u{a0}']);
    let rest = rest
        .strip_prefix("le ")
        .or_else(|| rest.strip_prefix("on "))
        .unwrap_or(rest);
    let rest = without_weekday(rest);
    let date = written::of_text(date_part(rest))?;
    // A year alone, or a date that begins a sentence, says when something happened.
    let alone = after.is_some()
        || line.split_whitespace().count() <= 8
            && !line.trim_end().ends_with(['.', ','])
            && begins_with_date(rest);
    (alone && date.month().is_some()).then_some(date)
}

/// A date without the short name of a weekday before it: `mar. 2 avril 2024` is no month of March.
fn without_weekday(text: &str) -> &str {
    const DAYS: [&str; 7] = ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"];
    let rest = DAYS.iter().find_map(|day| text.strip_prefix(day));
    let rest = rest.map(|rest| rest.trim_start_matches(['.', ',']).trim_start());
    rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(text)
}

/// Whether a text is of a day's name, a number, and little else: `mercredi 3 juillet 2024 à 10h12`.
fn begins_with_date(text: &str) -> bool {
    let rest = names::WEEKDAYS
        .iter()
        .find_map(|day| text.strip_prefix(day))
        .unwrap_or(text)
        .trim_start_matches([' ', ',']);
    rest.starts_with(|c: char| c.is_ascii_digit())
}

/// A date without what follows it: `3 juillet 2024 à 10h12, modifié le …`.
fn date_part(text: &str) -> &str {
    let end = [
        " à ",
        " - ",
        ", ",
        " | ",
        "modifié",
        "mis à jour",
        " par ",
        " at ",
    ]
    .iter()
    .filter_map(|mark| text.find(mark))
    .filter(|at| *at > 5)
    .min();
    text[..end.unwrap_or(text.len())].trim()
}

fn fold_key(key: &str) -> String {
    fold(key)
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
