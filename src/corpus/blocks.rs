//! A page as a list of blocks of text in the order of the page, each with what its markup says of it: whether
//! it stands among navigation, comments or share buttons, in an `article` or `main`, whether it is a heading,
//! how much of it is linked. In one pass and linear time, without a tree.

use super::account::LeftOut;
use super::markup::{Break, Piece, Pieces, Tag, decode};

/// A run of text that no block-level markup divides.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Its text, white space collapsed unless it is preformatted.
    pub text: String,
    /// What divides it from the block before.
    pub gap: Gap,
    /// It is furniture of the site: navigation, a footer, comments, share buttons, a form.
    pub is_furniture: bool,
    /// Which furniture it is.
    pub furniture: Option<LeftOut>,
    /// Level of the heading that it is, 1 to 6; 0 if none.
    pub heading: u8,
    /// Letters of it that stand in links, and in bold or large type.
    pub linked: usize,
    pub emphasised: usize,
    /// Letters and digits.
    pub letters: usize,
    /// Number of the innermost `article` or `main` around it, from 1; 0 if there is none.
    pub container: usize,
}

/// What stands between two blocks.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing that divides texts.
    Inline,
    /// Cells of a table.
    Cell,
    Line,
    #[default]
    Paragraph,
}

impl Block {
    /// Whether most of it is linked, as menus and lists of other articles are; a whole sentence that is
    /// linked is text.
    pub(super) fn is_menu(&self) -> bool {
        let is_sentence = self.letters >= 40 && self.text.ends_with(['.', '!', '?', '…', '»', '"', '”']);
        self.letters == 0 || self.linked * 3 > self.letters * 2 && !is_sentence
    }

    /// Whether all of it is bold or large.
    pub(super) fn is_emphasised(&self) -> bool {
        self.letters > 0 && self.emphasised == self.letters
    }
}

/// The blocks of a page, and for each `article` or `main` (from 1) the number of the one around it.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    pub blocks: Vec<Block>,
    parents: Vec<usize>,
}

impl Blocks {
    /// Whether a block stands in a container, at whatever depth; everything stands in container 0.
    pub(super) fn is_within(&self, block: &Block, container: usize) -> bool {
        let mut at = block.container;
        // A parent's number is the smaller one.
        while at > container {
            at = self.parent(at);
        }
        at == container
    }

    /// The container around a container.
    pub(super) fn parent(&self, container: usize) -> usize {
        container.checked_sub(1).map_or(0, |at| self.parents[at])
    }

    /// What the containers come to, of the shares of blocks: each with those in it, at whatever depth.
    pub(super) fn sums(&self, shares: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
        let mut sums = vec![0; self.parents.len() + 1];
        for (container, share) in shares {
            sums[container] += share;
        }
        // A parent's number is the smaller one.
        for container in (1..sums.len()).rev() {
            sums[self.parent(container)] += sums[container];
        }
        sums
    }

    /// Reads a page.
    pub(super) fn of(html: &str) -> Self {
        let mut walk = Walk::default();
        for piece in Pieces::new(html) {
            walk.see(piece);
        }
        walk.flush();
        walk.found
    }
}

/// The text of blocks, divided as they are on the page.
pub(super) fn text_of<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> String {
    let mut out = String::new();
    let mut last: Option<&Block> = None;
    for block in blocks {
        if let Some(before) = last {
            // Cells that hold paragraphs are no cells of a table but columns of a page.
            let is_row = block.gap == Gap::Cell && before.letters < 200 && block.letters < 200;
            out.push_str(match block.gap {
                Gap::Inline => " ",
                Gap::Cell if is_row => " ",
                Gap::Cell | Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        out.push_str(&block.text);
        last = Some(block);
    }
    out
}

/// Tells furniture from what it surrounds, while a page is gone through.
#[derive(Debug, Default)]
pub(super) struct Furniture<'a> {
    /// The outermost element that is furniture: its name, and how many of that name are open.
    open: Option<(&'a str, usize)>,
    /// What it is.
    kind: Option<LeftOut>,
}

/// Elements that are furniture.
const FURNITURE: [(&str, LeftOut); 9] = [
    ("nav", LeftOut::Menu),
    ("footer", LeftOut::Footer),
    ("aside", LeftOut::Aside),
    ("form", LeftOut::Form),
    ("button", LeftOut::Menu),
    ("select", LeftOut::Form),
    ("dialog", LeftOut::Aside),
    ("noscript", LeftOut::Aside),
    ("menu", LeftOut::Menu),
];

/// Elements that are furniture if their class or id begins with one of the words below.
const CLASSED: [&str; 7] = ["div", "section", "ul", "ol", "p", "span", "table"];
const WORDS: [(LeftOut, &[&str]); 6] = [
    (
        LeftOut::Comments,
        &[
            "comment",
            "comments",
            "commentaires",
            "commentaire",
            "commentlist",
            "disqus",
        ],
    ),
    (LeftOut::Form, &["respond", "newsletter"]),
    (
        LeftOut::Menu,
        &[
            "share",
            "sharing",
            "sharedaddy",
            "social",
            "addtoany",
            "breadcrumb",
            "breadcrumbs",
            "ariane",
            "menu",
            "navbar",
            "navigation",
            "nav",
        ],
    ),
    (LeftOut::Consent, &["cookie", "cookies"]),
    (
        LeftOut::Aside,
        &[
            "related",
            "sidebar",
            "pub",
            "publicite",
            "advert",
            "ads",
            "wm",
            "donato",
        ],
    ),
    (LeftOut::Footer, &["footer"]),
];

impl<'a> Furniture<'a> {
    /// Takes a piece in; whether it belongs to furniture.
    pub(super) fn see(&mut self, piece: &Piece<'a>) -> bool {
        match (&mut self.open, piece) {
            (None, Piece::Open(tag)) if !tag.is_closed() => {
                self.kind = kind_of(tag);
                self.open = self.kind.map(|_| (tag.name, 1));
            }
            (Some((name, depth)), Piece::Open(tag)) if tag.is(name) && !tag.is_closed() => *depth += 1,
            (Some((name, depth)), Piece::Close(closed)) if closed.eq_ignore_ascii_case(name) => {
                *depth -= 1;
                if *depth == 0 {
                    self.open = None;
                    return true;
                }
            }
            _ => {}
        }
        self.open.is_some()
    }
}

/// Which furniture an element is, if it is any.
fn kind_of(tag: &Tag<'_>) -> Option<LeftOut> {
    if let Some((_, kind)) = FURNITURE.iter().find(|(name, _)| tag.is(name)) {
        return Some(*kind);
    }
    // The first word only: `comments-area` has comments, `has-comments` is an article that has some.
    let begins = |name| {
        let value = tag.attribute(name)?.trim().to_ascii_lowercase();
        let word = value.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        WORDS
            .iter()
            .find(|(_, words)| words.contains(&word))
            .map(|(kind, _)| *kind)
    };
    let may_be = CLASSED.iter().any(|name| tag.is(name));
    may_be.then(|| begins("id").or_else(|| begins("class"))).flatten()
}

#[derive(Default)]
struct Walk<'a> {
    found: Blocks,
    furniture: Furniture<'a>,
    /// The block that is being read.
    block: Block,
    /// White space is owed before the next character.
    space: bool,
    /// What the next block is divided from this one by.
    gap: Gap,
    /// Open `article` and `main` elements: their names and numbers.
    containers: Vec<(&'a str, usize)>,
    heading: u8,
    links: usize,
    emphasis: usize,
    preformatted: usize,
}

impl<'a> Walk<'a> {
    fn see(&mut self, piece: Piece<'a>) {
        let was_furniture = self.furniture.open.is_some();
        let is_furniture = self.furniture.see(&piece);
        if was_furniture != is_furniture {
            self.flush();
        }
        self.block.is_furniture = is_furniture;
        self.block.furniture = self.furniture.kind.filter(|_| is_furniture);
        match piece {
            Piece::Text(raw) | Piece::Raw("textarea" | "xmp", raw) => self.text(&decode(raw)),
            Piece::Open(tag) => {
                self.broken(tag.name);
                if !tag.is_closed() {
                    self.opened(tag.name);
                }
            }
            Piece::Close(name) => {
                self.closed(name);
                self.broken(name);
            }
            Piece::Raw(..) | Piece::Comment(_) => {}
        }
    }

    fn broken(&mut self, name: &str) {
        let gap = match Break::of(name) {
            Break::None => return,
            Break::Cell => Gap::Cell,
            Break::Line => Gap::Line,
            Break::Paragraph => Gap::Paragraph,
            // Two line breaks make a paragraph.
            Break::New if self.block.letters == 0 && self.gap == Gap::Line => Gap::Paragraph,
            Break::New => Gap::Line,
        };
        self.flush();
        self.gap = self.gap.max(gap);
    }

    fn opened(&mut self, name: &'a str) {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        if is("article") || is("main") {
            self.found
                .parents
                .push(self.containers.last().map_or(0, |(_, number)| *number));
            self.containers.push((name, self.found.parents.len()));
        } else if let Some(level) = heading_level(name) {
            self.heading = level;
        } else if is("a") {
            // Links don't nest; one that is never closed ends where the next begins.
            self.links = 1;
        } else if is_emphasis(name) {
            self.emphasis += 1;
        } else if is("pre") {
            self.preformatted += 1;
        }
    }

    fn closed(&mut self, name: &str) {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        if is("article") || is("main") {
            if let Some(at) = self.containers.iter().rposition(|(open, _)| is(open)) {
                self.flush();
                self.containers.truncate(at);
            }
        } else if heading_level(name).is_some() {
            self.flush();
            self.heading = 0;
        } else if is("a") {
            self.links = 0;
        } else if is_emphasis(name) {
            self.emphasis = self.emphasis.saturating_sub(1);
        } else if is("pre") {
            self.preformatted = self.preformatted.saturating_sub(1);
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.preformatted > 0 => {
                    self.space = false;
                    if !self.block.text.is_empty() {
                        self.block.text.push('\n');
                    }
                }
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.space = true,
                _ => {
                    if self.space && !self.block.text.is_empty() && !self.block.text.ends_with('\n') {
                        self.block.text.push(' ');
                    }
                    self.space = false;
                    self.block.text.push(c);
                    if c.is_alphanumeric() {
                        self.block.letters += 1;
                        self.block.linked += usize::from(self.links > 0);
                        self.block.emphasised += usize::from(self.emphasis > 0);
                    }
                }
            }
        }
    }

    /// Ends the block that is being read.
    fn flush(&mut self) {
        self.space = false;
        let is_furniture = self.block.is_furniture;
        let mut block = std::mem::take(&mut self.block);
        self.block.is_furniture = is_furniture;
        let text = block.text.trim_end();
        if text.is_empty() {
            return;
        }
        block.text.truncate(text.len());
        block.gap = std::mem::replace(&mut self.gap, Gap::Inline);
        block.heading = self.heading;
        block.container = self.containers.last().map_or(0, |(_, number)| *number);
        self.found.blocks.push(block);
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h' | b'H', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

fn is_emphasis(name: &str) -> bool {
    ["b", "strong", "big", "font"]
        .iter()
        .any(|emphasis| emphasis.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        Blocks::of(html)
            .blocks
            .into_iter()
            .map(|block| block.text)
            .collect()
    }

    #[test]
    fn blocks_are_divided_where_a_reader_sees_a_division() {
        let html = "<p>Un<p/>Deux<p></p>Trois<br>Quatre<b>cinq</b><div></div>Six<table><tr><td>a</td><td>b</td></tr></table><pre>x\ny</pre>";
        assert_eq!(
            texts(html),
            ["Un", "Deux", "Trois", "Quatrecinq", "Six", "a", "b", "x\ny"]
        );
        assert_eq!(
            text_of(&Blocks::of(html).blocks),
            "Un\n\nDeux\n\nTrois\nQuatrecinq\n\nSix\n\na b\n\nx\ny"
        );
    }

    #[test]
    fn furniture_and_containers_are_known() {
        let html = "<nav>Accueil</nav><main><p>Avant</p><article class='post has-comments'><h1>Titre</h1><a href=x>Lien</a><div id=comments-area><div>Bravo</div>!</div><p>Fin</p></article></main>";
        let blocks = Blocks::of(html);
        let seen: Vec<_> = blocks
            .blocks
            .iter()
            .map(|b| (b.text.as_str(), b.is_furniture, b.heading, b.container))
            .collect();
        assert_eq!(
            seen,
            [
                ("Accueil", true, 0, 0),
                ("Avant", false, 0, 1),
                ("Titre", false, 1, 2),
                ("Lien", false, 0, 2),
                ("Bravo", true, 0, 2),
                ("!", true, 0, 2),
                ("Fin", false, 0, 2)
            ]
        );
        assert!(blocks.blocks[3].is_menu() && !blocks.blocks[6].is_menu());
        assert!(blocks.is_within(&blocks.blocks[2], 1) && !blocks.is_within(&blocks.blocks[1], 2));
    }
}
