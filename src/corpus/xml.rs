//! XML, event by event, with the faults that feeds and office programs make forgiven. Entities that a
//! document declares are never expanded, so that none can be a bomb.

use super::markup;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements within elements beyond this are hostile.
const DEEPEST: usize = 1000;

/// Something in a document.
#[derive(Debug)]
pub(super) enum Node<'a> {
    Open(Element<'a>),
    /// The local name.
    Close(String),
    /// Decoded.
    Text(String),
}

/// Attributes of an element that are looked at.
const MOST_ATTRIBUTES: usize = 100;

/// An opening tag.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// The name with its prefix, as written.
    pub name: String,
    start: BytesStart<'a>,
}

impl<'a> Element<'a> {
    fn new(start: BytesStart<'a>) -> Self {
        Self {
            name: text_of(start.name().as_ref()),
            start,
        }
    }

    /// The name without its prefix.
    pub(super) fn local(&self) -> &str {
        local(&self.name)
    }

    /// The value of an attribute, decoded, by its name without a prefix. The tag is gone through each time: most
    /// are never asked.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.html_attributes();
        let mut attributes = attributes.with_checks(false).flatten().take(MOST_ATTRIBUTES);
        let attribute = attributes.find(|attribute| local(attribute.key.as_ref()) == name)?;
        Some(markup::decode(&attribute.value).into_owned())
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    memchr::memrchr(b':', name.as_bytes()).map_or(name, |at| &name[at + 1..])
}

/// Goes through a document.
pub(super) struct Nodes<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// The end of an element without content, still to be reported.
    close: Option<String>,
    /// An offset, and its line.
    counted: (usize, usize),
}

/// Where a document stops being XML, and why.
#[derive(Debug)]
pub(super) struct Broken {
    pub line: usize,
    pub what: String,
}

impl<'a> Nodes<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Self {
            text,
            reader,
            depth: 0,
            close: None,
            counted: (0, 1),
        }
    }

    /// The next node; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Node<'a>>, Broken> {
        if let Some(name) = self.close.take() {
            return Ok(Some(Node::Close(name)));
        }
        loop {
            let node = match self.reader.read_event() {
                Err(error) => {
                    let at = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
                    return Err(self.broken(at, error.to_string()));
                }
                Ok(Event::Eof) if self.depth > 0 => {
                    return Err(self.broken(self.text.len(), "it ends before its elements do".into()));
                }
                Ok(Event::Eof) => return Ok(None),
                Ok(Event::Start(start)) => {
                    self.depth += 1;
                    let element = Element::new(start);
                    if self.depth > DEEPEST {
                        let at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
                        return Err(
                            self.broken(at, format!("elements nested more than {DEEPEST} levels deep"))
                        );
                    }
                    Node::Open(element)
                }
                Ok(Event::Empty(start)) => {
                    let element = Element::new(start);
                    self.close = Some(element.local().to_string());
                    Node::Open(element)
                }
                Ok(Event::End(end)) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close(text_of(end.local_name().as_ref()))
                }
                Ok(Event::Text(text)) => Node::Text(text_of(&text)),
                Ok(Event::CData(text)) => Node::Text(text_of(&text)),
                // Of numbers and of HTML; any other stays as it is written.
                Ok(Event::GeneralRef(name)) => {
                    Node::Text(markup::decode(&format!("&{};", text_of(&name))).into_owned())
                }
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => continue,
            };
            return Ok(Some(node));
        }
    }

    /// The line that has been reached.
    pub(super) fn line(&mut self) -> usize {
        let at = usize::try_from(self.reader.buffer_position())
            .unwrap_or(usize::MAX)
            .min(self.text.len());
        if at > self.counted.0 {
            self.counted.1 += self.text.as_bytes()[self.counted.0..at]
                .iter()
                .filter(|&&byte| byte == b'\n')
                .count();
            self.counted.0 = at;
        }
        self.counted.1
    }

    fn broken(&self, at: usize, what: String) -> Broken {
        Broken {
            line: super::encoding::line_of(self.text.as_bytes(), at),
            what,
        }
    }
}

fn text_of(text: &(impl AsRef<str> + ?Sized)) -> String {
    text.as_ref().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: &str) -> Result<String, Broken> {
        let (mut nodes, mut text) = (Nodes::new(xml), String::new());
        while let Some(node) = nodes.next()? {
            if let Node::Text(part) = node {
                text.push_str(&part);
            }
        }
        Ok(text)
    }

    #[test]
    fn entities_are_decoded_but_never_expanded() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><x>&b;&eacute;&#233;&amp; & <![CDATA[<b>]]></x>";
        assert_eq!(text(bomb).expect("XML"), "&b;éé& & <b>");
    }

    #[test]
    fn what_is_cut_off_or_too_deep_is_told_with_its_line() {
        assert_eq!(text("<a>\n<b>x").expect_err("cut").line, 2);
        assert!(text(&"<a>".repeat(5000)).expect_err("deep").what.contains("deep"));
    }
}
