//! HTML as a flat run of tags and text, in linear time and without a tree: what metadata are read from, and
//! the text of pages that no parser should be asked to take apart.

use crate::scan;
use std::borrow::Cow;

/// A piece of a page. Texts are raw, with their entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    /// The content of an element that holds no markup, which has just been opened: its name, lower case, and
    /// its text.
    Raw(&'static str, &'a str),
    Open(Tag<'a>),
    /// The name, as written.
    Close(&'a str),
    Comment(&'a str),
}

/// An opening tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The name, as written.
    pub name: &'a str,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Whether it ends in a slash.
    pub(super) fn is_closed(&self) -> bool {
        self.attributes.ends_with('/')
    }

    pub(super) fn count_attributes(&self) -> usize {
        attributes(self.attributes).count()
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, decoded; empty if it has none.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        attributes(self.attributes)
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| decode(value))
    }
}

/// Names and raw values of attributes.
fn attributes(mut rest: &str) -> impl Iterator<Item = (&str, &str)> {
    let space = |c: char| c.is_ascii_whitespace() || c == '/';
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(space);
        if rest.is_empty() {
            return None;
        }
        // A name may begin with `=`, and must not be empty, or this would never end.
        let end = rest
            .char_indices()
            .skip(1)
            .find(|&(_, c)| c == '=' || space(c))
            .map_or(rest.len(), |(i, _)| i);
        let name = &rest[..end];
        rest = rest[end..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(value) = rest.strip_prefix('=') else {
            return Some((name, ""));
        };
        let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let quoted = value
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''))
            .and_then(|mark| value[1..].split_once(mark));
        let (value, after) = quoted.unwrap_or_else(|| {
            let end = value
                .find(|c: char| c.is_ascii_whitespace())
                .unwrap_or(value.len());
            value.split_at(end)
        });
        rest = after;
        Some((name, value))
    })
}

/// A text with its entities decoded.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    html_escape::decode_html_entities(text)
}

/// Whether a text that may be plain is HTML: it closes elements that texts are made of, or breaks lines with
/// tags.
pub(super) fn looks_like_html(text: &str) -> bool {
    text.contains('<')
        && [
            "</p>", "</div>", "<br", "</a>", "</li>", "</span>", "</h2>", "<p>", "</P>", "<BR",
        ]
        .iter()
        .any(|tag| text.contains(tag))
}

/// Elements whose content is no markup.
const RAW: [&str; 8] = [
    "script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp",
];

/// Goes through a page.
pub(super) struct Pieces<'a> {
    html: &'a str,
    at: usize,
    /// The element whose raw content comes next.
    raw: Option<&'static str>,
    /// Open elements of SVG and MathML, in which nothing is raw; none if they are not looked for.
    foreign: Option<usize>,
    /// Elements of [`RAW`] that are known not to be closed from here on.
    unclosed: [bool; RAW.len()],
    no_more_comments: bool,
    no_more_ends: bool,
    /// Bytes that may still be looked at in vain for the end of a tag between quotation marks that don't
    /// match. Without it, hostile pages would take quadratic time.
    patience: usize,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        let patience = 2 * html.len() + 1024;
        Self {
            html,
            at: 0,
            raw: None,
            foreign: None,
            unclosed: [false; RAW.len()],
            no_more_comments: false,
            no_more_ends: false,
            patience,
        }
    }

    /// As [`Pieces::new`], with everything taken for markup that a browser may take for it.
    pub(super) fn wary(html: &'a str) -> Self {
        Self {
            foreign: Some(0),
            ..Self::new(html)
        }
    }

    /// Offset of what comes next.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Whether the walk is inside SVG or MathML; only a wary one knows.
    pub(super) fn in_foreign(&self) -> bool {
        self.foreign.is_some_and(|depth| depth > 0)
    }

    /// The content of a raw element that has just been opened, if it is closed somewhere.
    fn raw_content(&mut self, name: &'static str) -> Option<&'a str> {
        let index = RAW.iter().position(|raw| *raw == name)?;
        if self.unclosed[index] {
            return None;
        }
        let rest = &self.html[self.at..];
        let bytes = rest.as_bytes();
        let is_close = |i: &usize| {
            let after = &bytes[i + 2..];
            after.len() >= name.len()
                && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
                && after
                    .get(name.len())
                    .is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
        };
        match rest.match_indices("</").map(|(i, _)| i).find(is_close) {
            Some(end) => {
                self.at += end;
                Some(&rest[..end])
            }
            None => {
                self.unclosed[index] = true;
                None
            }
        }
    }

    /// The piece that the `<` at the current place begins, if it begins one.
    fn tag(&mut self) -> Option<Piece<'a>> {
        let rest = &self.html[self.at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            // `<!-->` and `<!--->` are comments too.
            let empty = ["->", ">"]
                .into_iter()
                .find(|end| comment.starts_with(end))
                .map(|end| (0, end.len()));
            if empty.is_none() && self.no_more_comments {
                return None;
            }
            let Some((end, length)) = empty.or_else(|| comment_end(comment)) else {
                self.no_more_comments = true;
                return None;
            };
            self.at += 4 + end + length;
            return Some(Piece::Comment(&comment[..end]));
        }
        let second = *rest.as_bytes().get(1)?;
        if matches!(second, b'!' | b'?') {
            let end = self.first_end(rest)?;
            self.at += end + 1;
            return Some(Piece::Comment(&rest[2..end]));
        }
        let close = second == b'/';
        let name_at = 1 + usize::from(close);
        if !rest.as_bytes().get(name_at)?.is_ascii_alphabetic() {
            return None;
        }
        let end = self.tag_end(rest)?;
        self.at += end + 1;
        let inside = &rest[name_at..end];
        let name_end = inside
            .find(|c: char| c.is_ascii_whitespace() || c == '/')
            .unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_end);
        let is_foreign = ["svg", "math"]
            .iter()
            .any(|foreign| foreign.eq_ignore_ascii_case(name));
        if let Some(depth) = self.foreign.as_mut().filter(|_| is_foreign) {
            *depth = if close {
                depth.saturating_sub(1)
            } else {
                *depth + usize::from(!attributes.ends_with('/'))
            };
        }
        if close {
            return Some(Piece::Close(name));
        }
        self.raw = RAW
            .into_iter()
            .find(|raw| raw.eq_ignore_ascii_case(name))
            .filter(|_| !(self.in_foreign() || attributes.ends_with('/')));
        Some(Piece::Open(Tag { name, attributes }))
    }

    /// Offset of the `>` that ends a tag: the first one outside quoted values, by the states of the HTML
    /// standard; simply the first one if the tag would never end.
    fn tag_end(&mut self, rest: &str) -> Option<usize> {
        enum In {
            TagName,
            Between,
            Name,
            AfterName,
            BeforeValue,
            Value,
        }
        let bytes = &rest.as_bytes()[..rest.len().min(self.patience.saturating_add(1))];
        let (mut state, mut i) = (In::TagName, 1);
        while let Some(&byte) = bytes.get(i) {
            state = match (state, byte) {
                (_, b'>') => return Some(i),
                (In::BeforeValue, b'"' | b'\'') => match memchr::memchr(byte, &bytes[i + 1..]) {
                    Some(length) => {
                        i += length + 1;
                        In::Between
                    }
                    None => break,
                },
                (In::Name | In::AfterName, b'=') => In::BeforeValue,
                (In::Name, b) if b.is_ascii_whitespace() => In::AfterName,
                (state @ (In::AfterName | In::BeforeValue), b) if b.is_ascii_whitespace() => state,
                (In::TagName | In::Between | In::Value, b) if b.is_ascii_whitespace() => In::Between,
                // The slash of a closing tag comes before its name.
                (In::TagName, b'/') if i == 1 => In::TagName,
                (In::TagName | In::Between | In::Name | In::AfterName, b'/') => In::Between,
                (In::TagName, _) => In::TagName,
                (In::Between | In::Name | In::AfterName, _) => In::Name,
                (In::BeforeValue | In::Value, _) => In::Value,
            };
            i += 1;
        }
        self.patience = self.patience.saturating_sub(rest.len());
        self.first_end(rest)
    }

    /// Offset of the first `>`.
    fn first_end(&mut self, rest: &str) -> Option<usize> {
        if self.no_more_ends {
            return None;
        }
        let end = rest.find('>');
        self.no_more_ends = end.is_none();
        end
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(name) = self.raw.take()
            && let Some(content) = self.raw_content(name)
            && !content.is_empty()
        {
            return Some(Piece::Raw(name, content));
        }
        if self.at >= self.html.len() {
            return None;
        }
        let start = self.at;
        if self.html.as_bytes()[start] == b'<'
            && let Some(piece) = self.tag()
        {
            return Some(piece);
        }
        // Text, up to the next `<`; one that begins no tag is text itself.
        let rest = &self.html[start..];
        let from = usize::from(rest.starts_with('<'));
        let next = memchr::memchr(b'<', &rest.as_bytes()[from..]);
        let length = next.map_or(rest.len(), |i| i + from);
        self.at = start + length;
        Some(Piece::Text(&rest[..length]))
    }
}

/// Where a comment ends, and the length of its end.
fn comment_end(comment: &str) -> Option<(usize, usize)> {
    comment
        .match_indices("--")
        .find_map(|(i, _)| match &comment.as_bytes()[i + 2..] {
            [b'>', ..] => Some((i, 3)),
            [b'!', b'>', ..] => Some((i, 4)),
            _ => None,
        })
}

/// The text of a page or of a part of one: paragraphs separated by empty lines, other lines by line ends; no
/// scripts, no styles.
pub(super) fn plain_text(html: &str) -> String {
    let mut text = Flow::default();
    let mut preformatted = 0_usize;
    for piece in Pieces::new(html) {
        match piece {
            Piece::Text(raw) | Piece::Raw("textarea" | "xmp", raw) => {
                text.write(&decode(raw), preformatted > 0)
            }
            Piece::Open(tag) => {
                preformatted += usize::from(tag.is("pre"));
                text.break_for(tag.name);
            }
            Piece::Close(name) => {
                preformatted = preformatted.saturating_sub(usize::from(name.eq_ignore_ascii_case("pre")));
                text.break_for(name);
            }
            Piece::Raw(..) | Piece::Comment(_) => {}
        }
    }
    text.out
}

/// Collects a text, holding back white space until something follows it.
#[derive(Default)]
struct Flow {
    out: String,
    space: bool,
    newlines: usize,
}

impl Flow {
    fn write(&mut self, text: &str, preformatted: bool) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte == b'\n' && preformatted {
                self.newlines += 1;
                at += 1;
            } else if is_white(byte) {
                self.space = true;
                at += 1;
            } else {
                if !self.out.is_empty() {
                    match self.newlines {
                        0 if self.space => self.out.push(' '),
                        0 => {}
                        1 => self.out.push('\n'),
                        _ => self.out.push_str("\n\n"),
                    }
                }
                (self.space, self.newlines) = (false, 0);
                let end = at + run_of_words(&bytes[at..]);
                self.out.push_str(&text[at..end]);
                at = end;
            }
        }
    }

    /// The break that an element's beginning or end makes.
    fn break_for(&mut self, name: &str) {
        match Break::of(name) {
            Break::None => {}
            Break::Cell => self.space = true,
            Break::New => self.newlines += 1,
            Break::Line => self.newlines = self.newlines.max(1),
            Break::Paragraph => self.newlines = 2,
        }
    }
}

/// Whether a byte is white space of HTML.
fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0xc)
}

/// How many bytes there are until white space that is more than one space between two words.
fn run_of_words(text: &[u8]) -> usize {
    let ends = |byte: u8, next: u8| {
        let is_break = (byte == b'\t') | (byte == b'\n') | (byte == b'\r') | (byte == 0xc);
        let next_is_white =
            (next == b' ') | (next == b'\t') | (next == b'\n') | (next == b'\r') | (next == 0xc);
        is_break | (byte == b' ') & next_is_white
    };
    scan::position_of_pair(text, ends).unwrap_or_else(|| match text {
        [before @ .., last] if is_white(*last) => before.len(),
        _ => text.len(),
    })
}

/// How an element divides the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    None,
    /// From the next cell of a table.
    Cell,
    /// A line of its own.
    Line,
    /// One more line end.
    New,
    Paragraph,
}

impl Break {
    /// That of an element, by its name.
    pub(super) fn of(name: &str) -> Self {
        const PARAGRAPH: [&str; 30] = [
            "p",
            "div",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "section",
            "article",
            "header",
            "footer",
            "main",
            "aside",
            "nav",
            "blockquote",
            "pre",
            "ul",
            "ol",
            "dl",
            "table",
            "figure",
            "figcaption",
            "form",
            "fieldset",
            "hr",
            "address",
            "body",
            "center",
            "details",
        ];
        const LINE: [&str; 8] = ["li", "tr", "dt", "dd", "option", "caption", "legend", "summary"];
        let is = |other: &&str| name.eq_ignore_ascii_case(other);
        if is(&"br") {
            Break::New
        } else if PARAGRAPH.iter().any(is) {
            Break::Paragraph
        } else if LINE.iter().any(is) {
            Break::Line
        } else if is(&"td") || is(&"th") {
            Break::Cell
        } else {
            Break::None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::tests::linear::assert_linear;

    #[test]
    fn paragraphs_and_lines_are_kept_and_scripts_are_not() {
        let html = "<head><title>T</title><style>p{}</style></head><body><h1>Un&nbsp;titre</h1><script>if (a<b) '</p>'</script>\n<p>L&#8217;arm&eacute;e\n <b>mali</b>enne<br>a dit&nbsp;: «&nbsp;non&nbsp;»</p><ul><li>un</li><li>deux</ul><pre>a\nb</pre>fin";
        assert_eq!(
            plain_text(html),
            "Un\u{a0}titre\n\nL’armée malienne\na dit\u{a0}: «\u{a0}non\u{a0}»\n\nun\ndeux\n\na\nb\n\nfin"
        );
    }

    #[test]
    fn what_is_unclosed_loses_no_text() {
        for html in [
            "<p>Mali",
            "Mali<",
            "<!-- Mali",
            "<style>Mali",
            "<head>x<body>Mali",
            "<a href=\"x>Mali</a>",
            "<p title='a>b'>Mali",
            "3 < 5 Mali <3",
        ] {
            assert!(plain_text(html).contains("Mali"), "{html}");
        }
    }

    #[test]
    fn attributes_are_read_in_every_spelling() {
        let html = r#"<META Name=date content='2024-03' data-x = "a > b" checked/>"#;
        let Some(Piece::Open(tag)) = Pieces::new(html).next() else {
            panic!("no tag")
        };
        assert_eq!(tag.attribute("name").as_deref(), Some("date"));
        assert_eq!(tag.attribute("content").as_deref(), Some("2024-03"));
        assert_eq!(tag.attribute("DATA-X").as_deref(), Some("a > b"));
        assert_eq!(tag.attribute("checked").as_deref(), Some(""));
        assert_eq!(tag.attribute("missing"), None);
    }

    #[test]
    fn hostile_pages_take_linear_time() {
        for unit in [
            "<",
            "<a \"",
            "<a b='>' ",
            "<!--",
            "<style>",
            "</",
            "<a b=\">\" ",
            "&",
            "<p =",
            "<title><textarea>",
            "<!---",
            "<a b=c' ",
        ] {
            assert_linear(unit, 2_000_000, |html| drop(plain_text(html)));
        }
    }

    /// The end of a tag byte by byte: whether it stands in a quoted value decides.
    fn end_by_the_rule(tag: &str) -> Option<usize> {
        let (mut quoted, mut before) = (None, ' ');
        for (at, c) in tag.char_indices().skip(1) {
            match quoted {
                Some(mark) if mark == c => quoted = None,
                Some(_) => {}
                None if c == '>' => return Some(at),
                // Of the tags below, each `=` follows a name.
                None if before == '=' && matches!(c, '"' | '\'') => quoted = Some(c),
                None => {}
            }
            before = c;
        }
        None
    }

    proptest::proptest! {
        #[test]
        fn quoted_values_do_not_end_a_tag(
            tag in "<[a-z]{1,4}( [a-z]{1,3}(=\"[^\"<]{0,9}\"|='[^'<]{0,9}'|=[a-z>]{1,3}|)){0,4} ?>[a-z\"'>]{0,5}",
        ) {
            let expected = end_by_the_rule(&tag);
            proptest::prop_assert_eq!(Pieces::new(&tag).tag_end(&tag), expected);
        }
    }
}
