//! Web pages: the main text by dom_smoothie, the metadata by `page`; whatever the page, its text is not lost.

use super::account::LeftOut;
use super::blocks::Blocks;
use super::markup::{Piece, Pieces, plain_text};
use super::page::Page;
use super::reading::{Fault, Outcome};
use super::{
    Location, Options, Output, SkipReason, aggregators, charset, clean, consent, headline, main_text,
    markdown, own_output, record, whole, wordpress,
};
use crate::article::Article;
use serde_json::{Map, Value};
use std::io::{self, Read};

pub(super) fn read(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let Some(html) = whole::text(bytes, out, charset::declared)? else {
        return Ok(());
    };
    if out.leaves_out_exports() && own_output::is_page(&html) {
        let _ = out.skip(Location::default(), SkipReason::OwnExport, own_output::CURE);
        return Ok(());
    }
    if aggregators::take_html(&html, out) {
        return Ok(());
    }
    let file = Location::default();
    if let Some((matter, rest)) = front_matter(&html) {
        templated(matter, rest, options, out);
        return Ok(());
    }
    match counted(&html, options, out) {
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

/// The keys of the front matter of a page, and the page below it.
fn front_matter(html: &str) -> Option<(Map<String, Value>, &str)> {
    let (yaml, rest) = markdown::split(html)?;
    let (matter, _) = markdown::front_matter(yaml);
    (!matter.is_empty()).then_some((matter, rest))
}

/// Reads a page of a site generator, which has keys above it: its text is all of it, or what a whole page
/// says.
fn templated(mut matter: Map<String, Value>, html: &str, options: &Options, out: &mut Output<'_>) {
    let file = Location::default();
    let has = |tag: &str| Pieces::new(html).any(|piece| matches!(piece, Piece::Open(open) if open.is(tag)));
    // As WordPress writes posts, and its exporters pages of a generator: empty lines are paragraphs.
    let is_marked = ["p", "div", "ul", "ol", "table"].into_iter().any(has);
    let plain = || {
        let shown = markdown::without_codes(html);
        let shown = if is_marked { shown } else { wordpress::html(&shown) };
        clean::body(&plain_text(&shown))
    };
    let (page, mut faults) = match (
        has("body"),
        has("body").then(|| of_page(&Page::read(html), html, options)),
    ) {
        (true, Some(Outcome::Article(article, faults))) => (*article, faults),
        _ => (
            Article {
                body: plain(),
                ..Article::default()
            },
            Vec::new(),
        ),
    };
    markdown::leave_out_names(&matter, out);
    out.columns().apply(&mut matter);
    let (mut article, more) = record::article(matter, options);
    faults.extend(more);
    if article.title.is_empty() {
        article.title = page.title;
    }
    article.body = if article.body.is_empty() {
        page.body
    } else {
        format!("{}\n\n{}", article.body, page.body)
    };
    article.date = article.date.or(page.date);
    article.url = article.url.or(page.url);
    article.source = article.source.or(page.source);
    article.author = article.author.or(page.author);
    article.lang = article.lang.or(page.lang);
    for (facet, values) in page.given {
        article.given.entry(facet).or_insert(values);
    }
    for (key, value) in page.extra {
        article.extra.entry(key).or_insert(value);
    }
    record::add_lead(&mut article);
    if article.title.is_empty() && article.body.is_empty() {
        let _ = out.skip(
            file,
            SkipReason::NoText,
            "nothing but front matter without a title; write the text below it",
        );
    } else if out.warn_all(file, faults).is_continue() {
        let _ = out.article(article);
    }
}

/// The article of a page; what is furniture is told, unless an article has it.
pub(super) fn counted(html: &str, options: &Options, out: &mut Output<'_>) -> Outcome {
    let page = Page::read(html);
    leave_out(&page.blocks, out);
    of_page(&page, html, options)
}

/// Says what of a page is furniture.
fn leave_out(blocks: &Blocks, out: &mut Output<'_>) {
    for block in &blocks.blocks {
        let kind = match block.furniture {
            Some(kind) => Some(kind),
            None if consent::is_about(&block.text) => Some(LeftOut::Consent),
            None => block.is_menu().then_some(LeftOut::Aside),
        };
        if let Some(kind) = kind {
            out.leave_out(kind, &block.text);
        }
    }
}

/// The article of a page.
fn of_page(page: &Page, html: &str, options: &Options) -> Outcome {
    if page.ignored {
        return Outcome::Skip(SkipReason::IgnoredOnRequest, String::new());
    }
    let mut article = Article::default();
    let mut faults = page.describe(options, &mut article);
    headline::complete(page, &mut article);
    let (body, fault) = main_text::of(html, page);
    article.body = without_title(
        clean::body(&body),
        &article.title,
        headline::text_of(page).as_deref(),
    );
    if article.title.is_empty() && article.body.is_empty() {
        let cure = "the page contains no text; scripts may load it: save the page from a browser";
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

/// A text without a first paragraph that only repeats the title, or is the headline that the title is a form
/// of.
fn without_title(body: String, title: &str, headline: Option<&str>) -> String {
    let first = body.split('\n').next().unwrap_or_default();
    let is_title = || {
        clean::line(first).is_some_and(|first| {
            first == title || headline == Some(&first) && headline::is_form_of(&first, title)
        })
    };
    if !title.is_empty() && first.len() < body.len() && is_title() {
        return clean::body(&body[first.len()..]);
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_does_not_repeat_the_title() {
        assert_eq!(without_title("Titre\n\nTexte".into(), "Titre", None), "Texte");
        assert_eq!(without_title("Titre".into(), "Titre", None), "Titre");
        assert_eq!(
            without_title("Titre long\n\nTexte".into(), "Titre", None),
            "Titre long\n\nTexte"
        );
    }
}
