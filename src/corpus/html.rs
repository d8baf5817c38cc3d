//! Web pages: the main text by dom_smoothie, the metadata by `page`; whatever the page, its text is not lost.

use super::markup::{self, Piece, Pieces};
use super::page::Page;
use super::record::Fault;
use super::shape::shape;
use super::{Options, Output, Place, SkipReason, aggregators, clean, consent, page_parts, text};
use crate::article::Article;
use encoding_rs::Encoding;
use std::io::{self, Read};
use std::panic::{self, AssertUnwindSafe};

/// Bytes of a page in which its encoding must be named, by the standard 1024; many pages are late.
const DECLARED_WITHIN: usize = 8192;

/// Pages beyond these are not made into a tree (which would take too much memory, time, or stack): their text
/// is that of their whole body. The longest article pages have some 2 MB, 10,000 elements and 50 levels.
const LONGEST: usize = 16 * 1024 * 1024;
const DEEPEST: usize = 200;
const MOST_NODES: usize = 100_000;
const MOST_ATTRIBUTES: usize = 1000;

/// A main text shorter than this, in bytes, is doubtful.
const SHORT: usize = 250;

pub(super) fn read(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let Some(html) = text::whole(bytes, out, declared_encoding)? else {
        return Ok(());
    };
    if aggregators::take_html(&html, out) {
        return Ok(());
    }
    let file = Place::default();
    match article_of(&html, options) {
        Outcome::Skip(reason, detail) => {
            let _ = out.skip(file, reason, detail);
        }
        Outcome::Article(article, faults) => {
            if out.warn_all(file, faults).is_continue() {
                let _ = out.article(*article);
            }
        }
    }
    Ok(())
}

/// What a page is.
pub(super) enum Outcome {
    /// An article, and the faults in it.
    Article(Box<Article>, Vec<Fault>),
    /// None, for a reason.
    Skip(SkipReason, String),
}

/// The article of a page.
pub(super) fn article_of(html: &str, options: &Options) -> Outcome {
    let page = Page::read(html);
    if page.ignored {
        return Outcome::Skip(SkipReason::IgnoredOnRequest, String::new());
    }
    let mut article = Article::default();
    let mut faults = page.describe(options, &mut article);
    let (body, fault) = main_text(html, &page);
    article.body = without_title(clean::body(&body), &article.title);
    if article.title.is_empty() && article.body.is_empty() {
        let cure = "the page holds no text; perhaps scripts would fetch it: save it from a browser";
        return Outcome::Skip(SkipReason::NoText, cure.into());
    }
    if consent::is_request(&article.body) {
        let cure = "the page asks for consent, or checks for robots; open it in a browser, answer, and save it again";
        return Outcome::Skip(SkipReason::ConsentPage, cure.into());
    }
    faults.extend(fault.map(|detail| Fault {
        reason: SkipReason::InvalidHtml,
        line: None,
        detail,
    }));
    Outcome::Article(Box::new(article), faults)
}

/// The main text of a page, and what went wrong in finding it. Where it seems to have been missed, the text
/// of the whole body.
fn main_text(html: &str, page: &Page) -> (String, Option<String>) {
    let (main, fault) = match readable(html) {
        Ok(main) => (
            page_parts::with_parts(html, page_parts::with_heading(html, &main).unwrap_or(main)),
            None,
        ),
        Err(fault) => (String::new(), fault),
    };
    if main.len() >= SHORT {
        return match page.linked_text().filter(|linked| linked.len() > 2 * main.len()) {
            Some(linked) => (linked, fault),
            None => (main, fault),
        };
    }
    // Short, or nothing: better too much than to miss what the page is about.
    let linked = page.linked_text();
    if let Some(linked) = linked.clone().filter(|linked| linked.len() >= SHORT) {
        return (linked, fault);
    }
    let found = Some(markup::plain_text(html))
        .filter(|whole| whole.len() > 3 * main.len())
        .unwrap_or(main);
    // A page that scripts would fill: all that it has is what it says to search engines.
    (
        Some(found)
            .filter(|found| !found.trim().is_empty())
            .or(linked)
            .unwrap_or_default(),
        fault,
    )
}

/// The main text as dom_smoothie finds it; else what kept it from trying or finding, where that is worth
/// telling.
fn readable(html: &str) -> Result<String, Option<String>> {
    let told = |what: &str| Err(Some(format!("{what}; the text of the whole page was indexed")));
    if html.len() > LONGEST {
        return told(&format!("a page of more than {} MB", LONGEST >> 20));
    }
    let shape = shape(html);
    if shape.depth > DEEPEST {
        return told(&format!("elements nested {} levels deep", shape.depth));
    }
    if shape.nodes > MOST_NODES || shape.attributes > MOST_ATTRIBUTES {
        return told("too many elements");
    }
    let config = dom_smoothie::Config {
        // Their values are read by `page`, which also takes JSON-LD that is not quite JSON.
        disable_json_ld: true,
        // The default of 500 adds menus to short dispatches.
        char_threshold: 200,
        max_elements_to_parse: MOST_NODES,
        ..dom_smoothie::Config::default()
    };
    // The parser is not ours, and one page must not end a run over a million others. It holds no state that a
    // panic could leave half changed.
    let parsed = panic::catch_unwind(AssertUnwindSafe(|| {
        let content =
            dom_smoothie::Readability::new(html, None, Some(config)).and_then(|mut page| page.parse());
        content.map(|article| without_buttons(&markup::plain_text(&article.content)))
    }));
    match parsed {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(_)) => Err(None),
        Err(_) => told("the HTML parser failed"),
    }
}

/// A text without the lines of its share buttons: « Partager sur Facebook Envoyer par courriel ».
fn without_buttons(text: &str) -> String {
    const WORDS: [&str; 38] = [
        "partager",
        "partagez",
        "partage",
        "envoyer",
        "imprimer",
        "tweeter",
        "tweet",
        "share",
        "print",
        "copier",
        "suivre",
        "suivez",
        "nous",
        "sur",
        "par",
        "cet",
        "article",
        "le",
        "lien",
        "via",
        "on",
        "facebook",
        "twitter",
        "x",
        "whatsapp",
        "telegram",
        "linkedin",
        "pinterest",
        "messenger",
        "instagram",
        "email",
        "e",
        "mail",
        "courriel",
        "ami",
        "à",
        "un",
        "et",
    ];
    let is_button = |line: &str| {
        let lower = line.to_lowercase();
        let mut words = lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .peekable();
        // The first word says what the button does.
        words
            .peek()
            .is_some_and(|first| WORDS[..12].contains(first) || WORDS[21..34].contains(first))
            && words.all(|word| WORDS.contains(&word))
    };
    text.lines()
        .filter(|line| !is_button(line))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A text without a first paragraph that only repeats the title.
fn without_title(body: String, title: &str) -> String {
    let first = body.split('\n').next().unwrap_or_default();
    if !title.is_empty() && clean::line(first).as_deref() == Some(title) && first.len() < body.len() {
        return clean::body(&body[first.len()..]);
    }
    body
}

/// The encoding that a page names in a meta element, or an XML declaration.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]);
    let label = Pieces::new(&head).find_map(|piece| match piece {
        Piece::Open(tag) if tag.is("meta") => tag.attribute("charset").map(String::from).or_else(|| {
            let content = tag.attribute("content")?.to_lowercase();
            let (_, label) = content.split_once("charset=")?;
            Some(
                label
                    .split([';', ' ', '"', '\''])
                    .next()
                    .unwrap_or_default()
                    .to_string(),
            )
        }),
        Piece::Comment(comment) if comment.starts_with("xml ") => {
            let (_, rest) = comment.split_once("encoding=")?;
            rest.split(['"', '\'']).nth(1).map(String::from)
        }
        _ => None,
    })?;
    Encoding::for_label(label.trim().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_read_from_the_page() {
        for html in [
            "<meta charset=\"ISO-8859-1\">",
            "<html><META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=iso-8859-1'>",
            "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>",
        ] {
            assert_eq!(
                declared_encoding(html.as_bytes()).map(Encoding::name),
                Some("windows-1252"),
                "{html}"
            );
        }
        assert_eq!(declared_encoding(b"<p>texte"), None);
    }

    #[test]
    fn share_buttons_are_no_text() {
        let text =
            "Partager sur Facebook Envoyer par courriel\n\nPartager le pouvoir à Bamako\n\nTwitter WhatsApp";
        assert_eq!(
            clean::body(&without_buttons(text)),
            "Partager le pouvoir à Bamako"
        );
    }

    #[test]
    fn the_body_does_not_repeat_the_title() {
        assert_eq!(without_title("Titre\n\nTexte".into(), "Titre"), "Texte");
        assert_eq!(without_title("Titre".into(), "Titre"), "Titre");
        assert_eq!(
            without_title("Titre long\n\nTexte".into(), "Titre"),
            "Titre long\n\nTexte"
        );
    }
}
