//! Parts of a page that a search for its main text may miss: what the pages of SPIP, with which much of the
//! press of the Sahel is made, set apart from the text.

use super::markup::{Piece, Pieces, Tag, plain_text};

/// Letters of a line that are looked for elsewhere.
const TELLING: usize = 40;

/// Classes of SPIP's templates for what stands above a text, and below it.
const ABOVE: [&str; 3] = ["soustitre", "chapo", "chapeau"];
const BELOW: [&str; 3] = ["ps", "notes", "postscriptum"];

/// The main text with what the page has above and below it.
pub(super) fn with_parts(html: &str, main: String) -> String {
    let of_class = |tag: &Tag<'_>, classes: &[&str]| {
        tag.is("div")
            && tag
                .attribute("class")
                .is_some_and(|value| value.split_whitespace().any(|class| classes.contains(&class)))
    };
    // Other makers of pages use such names for other things.
    let is_spip = || html.contains("texte") && !inner(html, |tag| of_class(tag, &["texte"])).is_empty();
    if main.trim().is_empty() || !is_spip() {
        return main;
    }
    let missing = |classes: &[&str]| -> Vec<String> {
        let parts = inner(html, |tag| of_class(tag, classes))
            .into_iter()
            .map(plain_text);
        parts
            .filter(|part| {
                !part.trim().is_empty()
                    && !part
                        .lines()
                        .filter(|line| !line.trim().is_empty())
                        .all(|line| is_in(line, &main))
            })
            .collect()
    };
    let (above, below) = (missing(&ABOVE), missing(&BELOW));
    above
        .into_iter()
        .chain([main.clone()])
        .chain(below)
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// Whether the beginning of a line, if it says something, stands in a text.
fn is_in(line: &str, text: &str) -> bool {
    let line = line.trim();
    let end = line.char_indices().nth(TELLING).map_or(line.len(), |(at, _)| at);
    !line.is_empty() && text.contains(&line[..end])
}

/// What stands in the outermost elements that are wanted.
fn inner<'a>(html: &'a str, wanted: impl Fn(&Tag<'a>) -> bool) -> Vec<&'a str> {
    let offset = |part: &str| (part.as_ptr() as usize).saturating_sub(html.as_ptr() as usize);
    let mut found = Vec::new();
    // The name of the element, how many of that name are open, and where its content begins, once that is
    // known.
    let mut open: Option<(&str, usize, Option<usize>)> = None;
    for piece in Pieces::new(html) {
        let begins = match piece {
            Piece::Text(text) | Piece::Raw(_, text) => offset(text),
            Piece::Comment(text) => offset(text).saturating_sub(4),
            Piece::Open(tag) => offset(tag.name).saturating_sub(1),
            Piece::Close(name) => offset(name).saturating_sub(2),
        };
        if let Some((name, depth, start)) = &mut open {
            let start = *start.get_or_insert(begins);
            match piece {
                Piece::Open(tag) if tag.is(name) && !tag.is_closed() => *depth += 1,
                Piece::Close(closed) if closed.eq_ignore_ascii_case(name) => *depth -= 1,
                _ => {}
            }
            if *depth == 0 {
                found.extend(html.get(start..begins));
                open = None;
            }
        } else if let Piece::Open(tag) = piece
            && wanted(&tag)
            && !tag.is_closed()
        {
            open = Some((tag.name, 1, None));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_elements() {
        let html =
            "<p>a<ARTICLE x=1><p>b<article>c</article></article>d<article/>e<article>f</article><article>cut";
        assert_eq!(
            inner(html, |tag| tag.is("article")),
            ["<p>b<article>c</article>", "f"]
        );
    }

    #[test]
    fn what_is_set_apart_from_a_text_is_of_it() {
        let html = "<div class='chapo'><p>Un chapeau.</p></div><div class=\"texte\"><p>Le texte.</p></div><div class=\"ps\"><h2>P.-S.</h2><p>Le bilan est de quinze morts.</p></div>";
        let whole = with_parts(html, "Le texte.".into());
        assert!(
            whole.starts_with("Un chapeau.")
                && whole.contains("Le texte.")
                && whole.ends_with("Le bilan est de quinze morts."),
            "{whole}"
        );
        assert_eq!(with_parts(html, whole.clone()), whole);
        assert_eq!(
            with_parts("<div class=ps>x</div>", "Le texte.".into()),
            "Le texte."
        );
    }
}
