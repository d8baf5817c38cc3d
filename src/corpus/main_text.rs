//! The main text of a page: what dom_smoothie takes for it, completed by what stands between its parts, so
//! that a lead, an intertitle or a paragraph that such programs leave out is not lost.

use super::blocks::{Block, Blocks, text_of};
use super::markup;
use super::page::Page;
use super::tree_size::shape;
use super::{headline, page_parts};
use std::collections::HashSet;
use std::panic::{self, AssertUnwindSafe};

/// Pages beyond these are not made into a tree (which would take too much memory, time, or stack): their text
/// is that of their whole body. The longest article pages have some 2 MB, 10,000 elements and 50 levels.
const LONGEST: usize = 16 * 1024 * 1024;
const DEEPEST: usize = 200;
const MOST_NODES: usize = 100_000;
const MOST_ATTRIBUTES: usize = 1000;
/// See [`TreeSize::escapes`](super::tree_size::TreeSize): 1 GB is looked through in a tenth of a second.
const MOST_ESCAPES: u64 = 1 << 30;

/// A main text shorter than this, in bytes, is doubtful.
const SHORT: usize = 250;

/// Blocks of fewer letters than this may stand anywhere by chance.
const TELLING: usize = 20;

/// Most bytes that are compared to find the blocks of a text in a page, where its own don't agree with the
/// page's.
const MOST_COMPARED: usize = 200 * 1024 * 1024;

/// The main text of a page, and what went wrong in finding it. Where it seems to have been missed, the text
/// of the whole page but for its navigation; or, better too much than too little, of all of it.
pub(super) fn of(html: &str, page: &Page) -> (String, Option<String>) {
    let (found, fault) = match readable(html) {
        Ok(found) => (found, None),
        Err(Some(fault)) => return (markup::plain_text(html), Some(fault)),
        Err(None) => (Blocks::default(), None),
    };
    let blocks = &page.blocks;
    let main = match select(blocks, &found, headline::find(page)) {
        Some(selected) => text_of(selected),
        None => text_of(found.blocks.iter().filter(|block| !is_button(&block.text))),
    };
    let main = page_parts::with_parts(html, main);
    let linked = page.linked_text();
    if main.len() >= SHORT {
        return match linked.filter(|linked| linked.len() > 2 * main.len()) {
            Some(linked) => (linked, fault),
            None => (main, fault),
        };
    }
    // Short, or nothing: better too much than to miss what the page is about.
    if let Some(linked) = linked.clone().filter(|linked| linked.len() >= SHORT) {
        return (linked, fault);
    }
    let all = |wanted: fn(&&Block) -> bool| text_of(blocks.blocks.iter().filter(wanted));
    let content = all(|block| !block.is_furniture && !block.is_menu() && !is_button(&block.text));
    let whole = || Some(all(|_| true)).filter(|whole| !whole.trim().is_empty());
    // What stands with the headline in one article, where less of it was found.
    let own = headline::find(page)
        .filter(|&at| blocks.blocks[at].container > 0)
        .map(|at| {
            let container = blocks.blocks[at].container;
            let below = blocks.blocks[at..].iter().filter(|block| {
                let is_content = !block.is_furniture && !block.is_menu() && !is_button(&block.text);
                is_content && blocks.is_within(block, container)
            });
            text_of(below)
        });
    let text = if main.trim().is_empty() || content.len() > 3 * main.len() {
        content
    } else {
        own.filter(|own| own.len() > main.len()).unwrap_or(main)
    };
    // A page that scripts would fill: all that it has is what it says to search engines.
    let text = Some(text)
        .filter(|text| !text.trim().is_empty())
        .or(linked)
        .or_else(whole);
    (text.unwrap_or_default(), fault)
}

/// The blocks of a page that are its article, by those that were found to be its main text: they, and what
/// stands between them, from the headline on, in the part of the page that holds them. None if the text that
/// was found is not that of the page's blocks.
fn select<'a>(page: &'a Blocks, found: &Blocks, headline: Option<usize>) -> Option<Vec<&'a Block>> {
    let blocks = &page.blocks;
    let matched = matched(blocks, found)?;
    let within = |container: usize, at: usize| page.is_within(&blocks[at], container);
    let sums = page.sums(blocks.iter().zip(&matched).map(|(block, is)| match is {
        true => (block.container, block.letters),
        false => (block.container, 0),
    }));
    let letters = |container: usize| sums[container];
    let all = letters(0);
    let is_content =
        |at: usize| !blocks[at].is_furniture && !blocks[at].is_menu() && !is_button(&blocks[at].text);
    let own = headline.map_or(0, |at| blocks[at].container);
    let own_text = || {
        let own_blocks =
            (headline.unwrap_or(0)..blocks.len()).filter(|&at| within(own, at) && is_content(at));
        own_blocks.collect::<Vec<_>>()
    };
    // The article that has the headline counts, where what was found is a teaser beside it; and where nothing
    // was.
    if all == 0 || own > 0 && letters(own) == 0 {
        let text = own_text();
        return (text.iter().any(|&at| blocks[at].heading == 0))
            .then(|| text.into_iter().map(|at| &blocks[at]).collect());
    }
    let container = smallest(page, &matched, headline, letters);
    let is_sure = |at: &usize| matched[*at] && is_content(*at);
    let first = (0..blocks.len()).find(is_sure).unwrap_or(0);
    let last = (0..blocks.len()).rfind(is_sure).unwrap_or(0);
    let start = match headline {
        Some(at) if at <= last => at,
        _ if container > 0 => (0..blocks.len())
            .find(|&at| within(container, at))
            .unwrap_or(first),
        _ => first,
    };
    let mut end = last;
    while container > 0
        && let Some(next) = blocks.get(end + 1)
        && within(container, end + 1)
        && is_content(end + 1)
        && is_sentence(next)
    {
        end += 1;
    }
    let kept = (0..blocks.len()).filter(|&at| {
        let between = (start..=end).contains(&at) && within(container, at) && is_content(at);
        between || matched[at] && !is_button(&blocks[at].text) && (is_content(at) || at > start)
    });
    Some(kept.map(|at| &blocks[at]).collect())
}

/// The smallest part of a page that has the headline and most of what was found; `letters` says how many of
/// the found letters a part has.
fn smallest(
    page: &Blocks,
    matched: &[bool],
    headline: Option<usize>,
    letters: impl Fn(usize) -> usize,
) -> usize {
    let all = letters(0);
    let found = page.blocks.iter().zip(matched).filter(|(_, matched)| **matched);
    let mut container = match headline {
        Some(at) => page.blocks[at].container,
        None => found
            .map(|(block, _)| block.container)
            .max_by_key(|&container| letters(container))
            .unwrap_or(0),
    };
    while container > 0 && letters(container) * 2 < all {
        container = page.parent(container);
    }
    container
}

fn is_sentence(block: &Block) -> bool {
    block.heading == 0
        && block.letters >= 25
        && block.text.ends_with(['.', '!', '?', '…', '»', '"', '”', ')'])
}

/// Which blocks of a page are in a text that was made from it. None if most of the text is not found in the
/// page.
fn matched(page: &[Block], found: &Blocks) -> Option<Vec<bool>> {
    let known: HashSet<String> = found.blocks.iter().map(|block| letters_of(&block.text)).collect();
    let total: usize = found.blocks.iter().map(|block| block.letters).sum();
    let own: Vec<String> = page.iter().map(|block| letters_of(&block.text)).collect();
    let mut matched: Vec<bool> = own
        .iter()
        .map(|text| text.len() >= TELLING && known.contains(text))
        .collect();
    let sum = |matched: &[bool]| -> usize {
        let of = |(block, is): (&Block, &bool)| if *is { block.letters } else { 0 };
        page.iter().zip(matched).map(of).sum()
    };
    if sum(&matched) * 5 < total * 4 {
        // It is divided otherwise.
        let text: String = found.blocks.iter().map(|block| letters_of(&block.text)).collect();
        if text.len().saturating_mul(page.len()) > MOST_COMPARED {
            return None;
        }
        for (at, own) in own.iter().enumerate().filter(|(_, own)| own.len() >= TELLING) {
            matched[at] |= memchr::memmem::find(text.as_bytes(), own.as_bytes()).is_some();
        }
        if sum(&matched) * 5 < total * 4 {
            return None;
        }
    }
    // Short ones, beside what is sure.
    let sure = matched.clone();
    for (at, own) in own.iter().enumerate() {
        let beside = || sure[at.saturating_sub(2)..(at + 3).min(sure.len())].contains(&true);
        matched[at] |= !own.is_empty() && own.len() < TELLING && known.contains(own) && beside();
    }
    Some(matched)
}

/// The letters and digits of a text.
fn letters_of(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The main text as dom_smoothie finds it; else what kept it from trying or finding, where that is worth
/// telling.
fn readable(html: &str) -> Result<Blocks, Option<String>> {
    let whole_page = |what: &str| Err(Some(format!("{what}; the text of the whole page was indexed")));
    if html.len() > LONGEST {
        return whole_page(&format!("a page of more than {} MB", LONGEST >> 20));
    }
    let shape = shape(html);
    if shape.depth > DEEPEST {
        return whole_page(&format!("elements nested {} levels deep", shape.depth));
    }
    if shape.nodes > MOST_NODES || shape.attributes > MOST_ATTRIBUTES {
        return whole_page("too many elements");
    }
    if shape.escapes > MOST_ESCAPES {
        return whole_page("too many signs that are written as entities in one text");
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
        content.map(|article| Blocks::of(&article.content))
    }));
    match parsed {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(_)) => Err(None),
        Err(_) => whole_page("the HTML parser failed"),
    }
}

/// Whether a line is that of share buttons: « Partager sur Facebook Envoyer par courriel ».
fn is_button(line: &str) -> bool {
    const BUTTONS: [&str; 25] = [
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
    ];
    const OTHERS: [&str; 13] = [
        "nous", "sur", "par", "cet", "article", "le", "lien", "via", "on", "ami", "à", "un", "et",
    ];
    let lower = line.to_lowercase();
    let mut words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .peekable();
    // The first word says what the button does.
    words.peek().is_some_and(|first| BUTTONS.contains(first))
        && words.all(|word| BUTTONS.contains(&word) || OTHERS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        of(html, &Page::read(html)).0
    }

    #[test]
    fn a_flood_of_entities_is_read_without_a_tree() {
        let html = format!(
            "<p>Le gouverneur a été blessé.</p><p>{}fin</p>",
            "& ".repeat(100_000)
        );
        let (text, fault) = of(&html, &Page::read(&html));
        assert!(fault.is_some_and(|fault| fault.contains("entities")));
        assert!(text.starts_with("Le gouverneur a été blessé.") && text.ends_with("fin"));
    }

    #[test]
    fn share_buttons_are_no_text() {
        assert!(is_button("Partager sur Facebook Envoyer par courriel") && is_button("Twitter WhatsApp"));
        assert!(!is_button("Partager le pouvoir à Bamako"));
    }

    #[test]
    fn an_article_shorter_than_its_teaser_is_the_article() {
        let html = "<main><article><h1>Kidal : embuscade</h1><p>Le gouverneur a été blessé lundi, a dit son cabinet.</p></article><article><h2>Football</h2><p>Les Aigles ont gagné.</p></article></main>";
        let own = text(html);
        assert!(own.contains("Le gouverneur") && !own.contains("Aigles"), "{own}");
    }

    #[test]
    fn what_stands_between_its_parts_is_of_the_text() {
        let long = "Ce paragraphe raconte longuement la situation dans la région, les convois, les puits, les marchés et les attentes des habitants, avec assez de mots pour compter.".repeat(2);
        let html = format!(
            "<body><nav><a href=/>Accueil</a></nav><article><h1>Titre</h1>Un chapeau nu.<div><h4>Intertitre</h4>Encore nu</div><p>{long}</p><p>{long}</p></article><footer>Mentions</footer>"
        );
        let text = text(&html);
        for part in ["Un chapeau nu.", "Intertitre", "Encore nu"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("Accueil") && !text.contains("Mentions"), "{text}");
    }
}
