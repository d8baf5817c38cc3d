//! The headline of a page, and what stands beside it: a date that only readers see, the author's name.

use super::blocks::Block;
use super::page::Page;
use super::{clean, header};
use crate::article::Article;
use crate::credits;
use crate::date::in_name;
use crate::french::fold;

/// Lines beside the headline that are looked at.
const BESIDE: usize = 8;

/// Letters from which on a block is of the text.
const TEXT: usize = 120;

/// Longest headline, in characters.
const LONGEST: usize = 300;

/// Puts what readers see of a page above its text into an article that has what its metadata say: its title;
/// date and author that stand beside it; the date in its address.
pub(super) fn complete(page: &Page, article: &mut Article) {
    article.title = title(page, article.source.as_deref(), article.url.as_deref()).unwrap_or_default();
    look(page, article);
    article.date = article
        .date
        .or_else(|| article.url.as_deref().and_then(in_name::of_address));
}

/// The headline of a page, on one line.
pub(super) fn text_of(page: &Page) -> Option<String> {
    clean::line(&page.blocks.blocks[find(page)?].text)
}

/// The title of a page: that of its metadata; else its headline; else its `title` element, without the name
/// of the site.
fn title(page: &Page, source: Option<&str>, url: Option<&str>) -> Option<String> {
    let heading = text_of(page);
    let continues =
        |title: &str, heading: &str| title.strip_prefix(heading).is_some_and(begins_with_separator);
    // One that is only the name of the site says nothing.
    let is_site = |given: &String| source.is_some_and(|source| is_same(source, given));
    if let Some(given) = page.given_titles().find(|given| !is_site(given)) {
        return Some(match heading {
            Some(heading) if continues(&given, &heading) => heading,
            _ => without_site(&given, source, url).to_string(),
        });
    }
    let Some(title) = &page.title else {
        // Even one without a text below it.
        let any = || {
            page.blocks
                .blocks
                .iter()
                .find(|block| block.heading == 1)
                .and_then(|block| clean::line(&block.text))
        };
        return heading.or_else(|| emphasised(page)).or_else(any);
    };
    if let Some(heading) = headings(page).find(|heading| is_same(heading, title) || continues(title, heading))
    {
        return Some(heading);
    }
    // A title that no heading repeats is often that of the site, on all its pages.
    let own = without_site(title, source, url);
    heading
        .or_else(|| emphasised(page).filter(|_| is_unrelated(own, page)))
        .or_else(|| Some(own.to_string()))
}

/// The number of the block that is the headline: a heading of the first level that is no name of a site and
/// has a text below it; one in an article rather than any other, and a plain one rather than a link.
pub(super) fn find(page: &Page) -> Option<usize> {
    let blocks = &page.blocks.blocks;
    let last = blocks
        .iter()
        .rposition(|block| !block.is_furniture && block.heading == 0)?;
    let source = page.source();
    let is_site = |block: &Block| {
        source
            .as_deref()
            .is_some_and(|source| is_same(source, &block.text))
    };
    let candidates = || {
        let all = blocks.iter().enumerate();
        all.filter(|(at, block)| {
            block.heading == 1
                && !block.is_furniture
                && block.letters > 0
                && block.text.chars().count() <= LONGEST
                && *at < last
                && !is_site(block)
        })
    };
    let best = candidates().max_by_key(|(at, block)| {
        // Of those that are as good, the first.
        let is_plain = block.linked < block.letters;
        (
            repeats(&block.text, page),
            block.container > 0,
            is_plain,
            usize::MAX - at,
        )
    });
    best.map(|(at, _)| at)
}

/// Whether the metadata or the `title` element say the same as a heading.
fn repeats(heading: &str, page: &Page) -> bool {
    let heading = letters_of(heading);
    let given = page.given_titles().next();
    let titles = [given.as_deref(), page.title.as_deref()];
    heading.len() >= 8
        && titles
            .into_iter()
            .flatten()
            .any(|title| letters_of(title).starts_with(&heading))
}

/// The headings of a page that may be headlines.
fn headings(page: &Page) -> impl Iterator<Item = String> {
    let headings = page
        .blocks
        .blocks
        .iter()
        .filter(|block| matches!(block.heading, 1..=3) && !block.is_furniture);
    headings
        .filter_map(|block| clean::line(&block.text))
        .filter(|heading| heading.len() >= 8)
}

/// A first line in bold or large type, as pages have it that were made before headings were in use.
fn emphasised(page: &Page) -> Option<String> {
    let mut content = page
        .blocks
        .blocks
        .iter()
        .filter(|block| !block.is_furniture && !block.is_menu());
    let first = content.next()?;
    // `POLITIQUE` is a section.
    let is_section = !first.text.contains(' ') || !first.text.chars().any(char::is_lowercase);
    let is_one = first.is_emphasised()
        && !is_section
        && (8..=200).contains(&first.text.len())
        && credits::published(&first.text).is_none()
        && content.any(|block| block.letters >= TEXT);
    is_one.then(|| clean::line(&first.text)).flatten()
}

/// Whether none of the longer words of a title stand at the head of the page's text.
fn is_unrelated(title: &str, page: &Page) -> bool {
    let content = page
        .blocks
        .blocks
        .iter()
        .filter(|block| !block.is_furniture && !block.is_menu());
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| word.chars().count() >= 4).map(fold).collect()
    };
    let head: Vec<String> = content.take(10).flat_map(|block| words(&block.text)).collect();
    !words(title).iter().any(|word| head.contains(word))
}

/// Puts what stands beside the headline, where readers see it, into an article that doesn't say it yet: date,
/// author, source.
fn look(page: &Page, article: &mut Article) {
    if article.date.is_some() && article.author.is_some() {
        return;
    }
    let blocks = &page.blocks.blocks;
    let is_content = |block: &&Block| !block.is_furniture;
    let headline = find(page);
    let mut lines: Vec<&str> = Vec::new();
    let below = headline.map_or(0, |at| at + 1);
    for block in blocks[below..]
        .iter()
        .filter(is_content)
        .filter(|block| headline.is_some() || !block.is_menu())
    {
        if block.letters >= TEXT || lines.len() == BESIDE {
            break;
        }
        lines.push(&block.text);
    }
    // Above it, the nearest first.
    let above = headline.map_or(&[][..], |at| &blocks[..at]);
    let near = above
        .iter()
        .rev()
        .filter(is_content)
        .take_while(|block| block.letters < TEXT);
    lines.extend(near.take(3).map(|block| block.text.as_str()));
    for line in lines {
        header::look_at_line(line, article);
    }
}

/// Whether two texts are the same but for case and for what is no letter.
fn is_same(a: &str, b: &str) -> bool {
    letters_of(a) == letters_of(b)
}

/// Whether at least half of the longer words of a headline stand in a title.
pub(super) fn is_form_of(headline: &str, title: &str) -> bool {
    let title = fold(title);
    let words: Vec<String> = headline
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() >= 4)
        .map(fold)
        .collect();
    words.iter().filter(|word| title.contains(word.as_str())).count() * 2 >= words.len()
}

fn letters_of(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What stands between a headline and the name of a site.
const SEPARATORS: [&str; 7] = [" - ", " – ", " — ", " | ", " · ", " » ", " :: "];

fn begins_with_separator(text: &str) -> bool {
    SEPARATORS.iter().any(|separator| text.starts_with(separator))
}

/// A title without the name of its site at the end: a known one, one that the address holds, or whatever
/// follows a bar.
fn without_site<'a>(title: &'a str, source: Option<&str>, url: Option<&str>) -> &'a str {
    let host = url
        .and_then(|url| url.split('/').nth(2))
        .map(letters_of)
        .unwrap_or_default();
    let Some((at, separator)) = SEPARATORS
        .iter()
        .filter_map(|s| title.rfind(s).map(|at| (at, *s)))
        .max()
    else {
        return title;
    };
    let last = letters_of(&title[at + separator.len()..]);
    let is_site =
        source.is_some_and(|source| letters_of(source) == last) || (last.len() >= 3 && host.contains(&last));
    if at > 0 && (is_site || separator == " | ") {
        title[..at].trim_end()
    } else {
        title
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Article {
        let mut article = Article::default();
        let page = Page::read(html);
        page.describe(&super::super::Options::default(), &mut article);
        complete(&page, &mut article);
        article
    }

    #[test]
    fn only_the_name_of_a_site_is_cut_from_a_title() {
        assert_eq!(
            without_site("Mali : la trêve - RFI", Some("RFI"), None),
            "Mali : la trêve"
        );
        assert_eq!(
            without_site("Mali : la trêve | Un site", None, None),
            "Mali : la trêve"
        );
        assert_eq!(
            without_site("Attaque à Gao - Mali", Some("RFI"), Some("https://rfi.fr/mali")),
            "Attaque à Gao - Mali"
        );
    }

    #[test]
    fn the_headline_counts_where_the_title_is_that_of_the_site() {
        let text = format!("<p>{}</p>", "Le convoi a quitté Gao avant midi. ".repeat(10));
        for (page, title) in [
            (
                format!("<title>Le Site</title><h1>Embuscade à Tessit</h1>{text}"),
                "Embuscade à Tessit",
            ),
            (
                format!("<title>Politique | Le Site</title><h1>Embuscade à Tessit</h1>{text}"),
                "Embuscade à Tessit",
            ),
            (
                format!(
                    "<title>Embuscade à Tessit | Le Site</title><h1>Politique</h1><h2>Embuscade à Tessit</h2>{text}"
                ),
                "Embuscade à Tessit",
            ),
            (
                format!(
                    "<meta property=og:site_name content='Le Site'><meta property=og:title content='Le Site'><title>Le Site</title><h1><a href=/>Le Site</a></h1><article><h1>Embuscade</h1>{text}</article>"
                ),
                "Embuscade",
            ),
            (
                format!(
                    "<title>Vieux site</title><table><tr><td><a href=1>Sport</a><td><font size=4><b>Embuscade à Tessit</b></font><br>{text}</table>"
                ),
                "Embuscade à Tessit",
            ),
            (
                format!("<title>Embuscade à Tessit</title><b>POLITIQUE</b> {text}"),
                "Embuscade à Tessit",
            ),
        ] {
            assert_eq!(read(&page).title, title, "{page}");
        }
    }

    #[test]
    fn dates_that_readers_see_are_read() {
        let text = format!("<p>{}</p>", "Le convoi a quitté Gao avant midi. ".repeat(10));
        for (beside, date) in [
            ("<p>mardi 2 avril 2024</p>", "2024-04-02"),
            ("<p>Publié le 02/04/2024 à 10h30</p>", "2024-04-02"),
            ("<time>2 avril 2024</time>", "2024-04-02"),
            ("<span class=date>mar. 2 avril 2024</span>", "2024-04-02"),
            (
                "<p>Mis à jour le 3 avril 2024 à 10h | Publié le 2 avril 2024</p>",
                "2024-04-02",
            ),
            (
                "<link rel=canonical href='https://ex.ml/2024/04/02/titre-902343.html'>",
                "2024-04-02",
            ),
            (
                "<link rel=canonical href='https://ex.ml/2024/04/titre'>",
                "2024-04",
            ),
            ("<p>Le 2 avril 2024, l'armée a repris la ville.</p>", "-"),
            (
                "<div class=comments><time datetime=2024-05-05>5 mai 2024</time></div>",
                "-",
            ),
        ] {
            let article = read(&format!(
                "<article><h1>Titre de l'article</h1>{beside}{text}</article>"
            ));
            assert_eq!(
                article.date.map_or("-".into(), |d| d.to_string()),
                date,
                "{beside}"
            );
        }
    }
}
