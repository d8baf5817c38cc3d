//! Plain text: one article, its first line the title where it looks like one; or the articles of an export.

use super::reading::Outcome;
use super::title_line::split_title;
use super::{
    Location, Options, Output, SkipReason, aggregators, clean, header, own_output, repair, source_line, whole,
};
use crate::article::Article;
use std::io::{self, Read};

pub(super) fn read(bytes: &mut dyn Read, _: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let Some(text) = whole::text(bytes, out, |_| None)? else {
        return Ok(());
    };
    if out.leaves_out_exports() && own_output::is_text(&text) {
        let _ = out.skip(Location::default(), SkipReason::OwnExport, own_output::CURE);
        return Ok(());
    }
    hand_over(&text, None, out);
    Ok(())
}

/// Hands over a text, however it was got: as the articles of an export, if it is one, else as one article.
/// `title` is one that stands outside the text, or that the document says is its title.
pub(super) fn hand_over(text: &str, title: Option<String>, out: &mut Output<'_>) {
    let lines_above = text[..text.len() - text.trim_start().len()].matches('\n').count();
    let text = clean::body(repair::entities(text).as_deref().unwrap_or(text));
    if whole::asks_to_be_ignored(&text) {
        let _ = out.skip(Location::default(), SkipReason::IgnoredOnRequest, "");
        return;
    }
    if aggregators::take_text(&text, lines_above, out) {
        return;
    }
    let _ = out.article(of_text(&text, title));
}

/// The article of a plain text that stands among others.
pub(super) fn article_of(text: &str) -> Outcome {
    let text = clean::body(repair::entities(text).as_deref().unwrap_or(text));
    if text.is_empty() {
        return Outcome::Skip(SkipReason::Empty, "it contains no text".into());
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
    source_line::look(&mut article);
    article
}
