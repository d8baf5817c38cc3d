//! JSON of any shape that holds articles: one object, a list of them, a list inside an object (`{"articles":
//! […]}`), several values one after the other. Records are cut out of the stream byte by byte, so that a list
//! of a gigabyte on a single line takes the memory of one record.

use super::account::Visible;
use super::json_record::{self, LONGEST, Text};
use super::{LeftOut, Location, Options, Output, SkipReason, encoding, keys, own_output, record};
use serde_json::Value;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

/// Keys under which interfaces and exporters put their list of articles.
const LISTS: [&str; 18] = [
    "articles",
    "items",
    "results",
    "resultats",
    "data",
    "documents",
    "docs",
    "records",
    "entries",
    "posts",
    "hits",
    "news",
    "actualites",
    "stories",
    "rows",
    "list",
    "liste",
    "response",
];

/// Keys of objects around the object that has the list.
const WRAPPERS: [&str; 8] = [
    "response", "data", "result", "results", "hits", "feed", "payload", "content",
];

/// Objects within objects that are looked into for the list.
const DEEPEST: usize = 4;

/// What to do about a record without an end.
const CURE: &str = "the file ends within the record; fetch or export it again";

pub(super) fn read(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let Some(text) = out.text(bytes)? else {
        return Ok(());
    };
    let mut reader = Records {
        scan: Scan {
            reader: text,
            line: 1,
        },
        options,
        number: 0,
        lists: 0,
    };
    let mut first = true;
    while let Some(byte) = reader.scan.peek()? {
        let flow = match byte {
            b'[' => {
                reader.scan.next()?;
                reader.list(out)?
            }
            b'{' => reader.top(first, out)?,
            _ => reader.stray(out)?,
        };
        first = false;
        if flow.is_break() {
            return Ok(());
        }
    }
    if first || reader.number == 0 && reader.lists > 0 {
        let _ = out.skip(Location::default(), SkipReason::Empty, "");
    }
    Ok(())
}

/// Cuts records out of a stream and hands them over.
struct Records<'a> {
    scan: Scan<Box<dyn BufRead + 'a>>,
    options: &'a Options,
    /// Records met.
    number: usize,
    /// Lists of records met.
    lists: usize,
}

/// An object that may be a record, or only hold a list of records.
struct Object {
    /// Its text, but for lists of records that were handed over.
    text: Vec<u8>,
    /// A list of records was found in it.
    is_wrapper: bool,
    /// It is a record, since it has a text.
    has_text: bool,
    /// It has a text, a title or a summary.
    has_content: bool,
    /// The stream ended within it.
    is_cut: bool,
}

impl Records<'_> {
    /// An object that stands by itself.
    fn top(&mut self, first: bool, out: &mut Output<'_>) -> io::Result<ControlFlow<()>> {
        let line = self.scan.line;
        let object = match self.object(0, out)? {
            ControlFlow::Continue(object) => object,
            ControlFlow::Break(()) => return Ok(ControlFlow::Break(())),
        };
        if object.is_wrapper {
            let header = String::from_utf8_lossy(&object.text);
            out.leave_out_as(LeftOut::FeedHeader, Visible::Strings, &header);
            return Ok(ControlFlow::Continue(()));
        }
        self.number += 1;
        let alone = first && self.scan.peek()?.is_none();
        Ok(self.hand_over(object.text, line, alone, out))
    }

    /// The records of a list whose bracket has been taken.
    fn list(&mut self, out: &mut Output<'_>) -> io::Result<ControlFlow<()>> {
        self.lists += 1;
        loop {
            match self.scan.peek()? {
                Some(b']') => {
                    self.scan.next()?;
                    return Ok(ControlFlow::Continue(()));
                }
                Some(b',') => {
                    self.scan.next()?;
                }
                Some(_) => {
                    let line = self.scan.line;
                    let mut text = Vec::new();
                    self.scan.value(&mut text, 0)?;
                    self.number += 1;
                    if self.hand_over(text, line, false, out).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                None => {
                    let place = Location {
                        line: Some(self.scan.line),
                        record: None,
                    };
                    let what = "the list has no end: the file is cut off; fetch or export it again (what came before was read)";
                    return Ok(out.warn(place, SkipReason::InvalidJson, what));
                }
            }
        }
    }

    /// An object, key by key. Lists of records in it are handed over at once.
    fn object(&mut self, depth: usize, out: &mut Output<'_>) -> io::Result<ControlFlow<(), Object>> {
        let mut object = Object {
            text: vec![b'{'],
            is_wrapper: false,
            has_text: false,
            has_content: false,
            is_cut: false,
        };
        self.scan.next()?;
        loop {
            match self.scan.peek()? {
                Some(b'}') => {
                    self.scan.next()?;
                    object.text.push(b'}');
                    return Ok(ControlFlow::Continue(object));
                }
                Some(b'"') => {}
                // A comma or a colon; or what is no JSON, and reported when it is parsed.
                Some(_) => {
                    self.scan.value(&mut object.text, 0)?;
                    continue;
                }
                None => {
                    object.is_cut = true;
                    return Ok(ControlFlow::Continue(object));
                }
            }
            let from = object.text.len();
            self.scan.value(&mut object.text, 0)?;
            if self.scan.peek()? != Some(b':') {
                continue;
            }
            let key = key_of(&object.text[from..]);
            object.has_text |= record::is_text_key(&key);
            object.has_content |= record::is_content_key(&key);
            self.scan.value(&mut object.text, 0)?;
            if self.value(&key, depth, &mut object, out)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }

    /// The value of a key in an object: a list of records, what may hold one, or any other.
    fn value(
        &mut self,
        key: &str,
        depth: usize,
        object: &mut Object,
        out: &mut Output<'_>,
    ) -> io::Result<ControlFlow<()>> {
        match self.scan.peek()? {
            // It is a record as a whole, and none to be read.
            Some(b'[')
                if depth == 0 && own_output::is_beginning(&object.text) && out.leaves_out_exports() =>
            {
                self.scan.value(&mut object.text, 0)?;
            }
            Some(b'[') if !object.has_text && LISTS.contains(&key) => {
                self.scan.next()?;
                if self.scan.peek()? == Some(b'{') {
                    object.is_wrapper = true;
                    object.text.extend_from_slice(b"null");
                    return self.list(out);
                }
                // `{"articles": []}` has none.
                let empty = self.scan.peek()? == Some(b']');
                self.lists += usize::from(empty);
                object.is_wrapper |= empty && depth == 0;
                object.text.push(b'[');
                self.scan.value(&mut object.text, 1)?;
            }
            Some(b'[') if depth == 0 && !object.has_content && !LISTS.contains(&key) => {
                return self.unknown_list(object, out);
            }
            Some(b'{') if !object.has_text && depth < DEEPEST && WRAPPERS.contains(&key) => {
                match self.object(depth + 1, out)? {
                    ControlFlow::Continue(inner) => {
                        object.is_wrapper |= inner.is_wrapper;
                        keep(&mut object.text, &inner.text);
                    }
                    ControlFlow::Break(()) => return Ok(ControlFlow::Break(())),
                }
            }
            Some(_) => self.scan.value(&mut object.text, 0)?,
            None => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    /// A list under a key that griot doesn't know, in an object without a title or a text. It is one of
    /// records, if its first element is one.
    fn unknown_list(&mut self, object: &mut Object, out: &mut Output<'_>) -> io::Result<ControlFlow<()>> {
        self.scan.next()?;
        if self.scan.peek()? != Some(b'{') {
            object.text.push(b'[');
            self.scan.value(&mut object.text, 1)?;
            return Ok(ControlFlow::Continue(()));
        }
        let line = self.scan.line;
        let mut first = Vec::new();
        self.scan.value(&mut first, 0)?;
        if !is_record(&first) {
            object.text.push(b'[');
            keep(&mut object.text, &first);
            self.scan.value(&mut object.text, 1)?;
            return Ok(ControlFlow::Continue(()));
        }
        object.is_wrapper = true;
        object.text.extend_from_slice(b"null");
        self.number += 1;
        if self.hand_over(first, line, false, out).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        self.list(out)
    }

    /// Something that is neither an object nor a list: reported once, and skipped.
    fn stray(&mut self, out: &mut Output<'_>) -> io::Result<ControlFlow<()>> {
        let line = self.scan.line;
        let mut text = Vec::new();
        while self.scan.peek()?.is_some_and(|byte| !matches!(byte, b'[' | b'{')) {
            text.clear();
            self.scan.value(&mut text, 0)?;
        }
        let place = Location {
            line: Some(line),
            record: None,
        };
        Ok(out.skip(
            place,
            SkipReason::InvalidJson,
            "neither an object {…} nor a list […] of objects; export it again as JSON",
        ))
    }

    fn hand_over(
        &mut self,
        text: Vec<u8>,
        line: usize,
        alone: bool,
        out: &mut Output<'_>,
    ) -> ControlFlow<()> {
        let place = Location {
            line: Some(line),
            record: Some(self.number),
        };
        if text.len() > LONGEST {
            return json_record::too_long(place, out);
        }
        let (text, repaired) = match String::from_utf8(text) {
            Ok(text) => (text, false),
            Err(error) => (encoding::repair_utf8(error.as_bytes()).0, true),
        };
        json_record::hand_over(
            &Text {
                text: &text,
                repaired,
                alone,
                cure: CURE,
            },
            place,
            self.options,
            out,
        )
    }
}

/// Appends to a text, held to a bit more than the longest record.
fn keep(text: &mut Vec<u8>, more: &[u8]) {
    let room = (LONGEST + 1).saturating_sub(text.len());
    text.extend_from_slice(&more[..more.len().min(room)]);
}

/// Whether an object is an article's: it has a title, and a text, a date or an address.
fn is_record(text: &[u8]) -> bool {
    if json_record::has_too_many_values(text) {
        return false;
    }
    let Ok(Value::Object(object)) = serde_json::from_slice::<Value>(text) else {
        return false;
    };
    let keys: Vec<String> = object.keys().map(|key| record::canonical(key)).collect();
    let has = |is: &dyn Fn(&str) -> bool| keys.iter().any(|key| is(key));
    has(&record::is_title_key)
        && has(&|key| keys::is_dated(key) || keys::is_summary_key(key) || record::is_text_key(key))
}

/// The key of a text `"key"`, canonical.
fn key_of(text: &[u8]) -> String {
    let key: String = serde_json::from_slice(&text[..text.len().min(200)]).unwrap_or_default();
    record::canonical(&key)
}

/// Goes through a stream, counting lines.
struct Scan<R> {
    reader: R,
    line: usize,
}

impl<R: BufRead> Scan<R> {
    /// The next byte that is no white space, which is not taken.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let buffer = fill(&mut self.reader)?;
            if buffer.is_empty() {
                return Ok(None);
            }
            // Zeros are what a power cut leaves.
            let blank = buffer
                .iter()
                .position(|byte| !(byte.is_ascii_whitespace() || *byte == 0))
                .unwrap_or(buffer.len());
            self.line += count_lines(&buffer[..blank]);
            let found = buffer.get(blank).copied();
            self.reader.consume(blank);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Takes the byte that was seen.
    fn next(&mut self) -> io::Result<()> {
        self.peek()?;
        self.reader.consume(1);
        Ok(())
    }

    /// Appends the next value to `text` (no more than the longest record of it): an object, a list, a string
    /// or a word; or a single sign. `depth` brackets have been taken already.
    fn value(&mut self, text: &mut Vec<u8>, mut depth: usize) -> io::Result<()> {
        self.peek()?;
        let (mut in_string, mut escaped, mut in_word, mut begun) = (false, false, false, false);
        loop {
            let buffer = fill(&mut self.reader)?;
            if buffer.is_empty() {
                return Ok(());
            }
            let mut end = None;
            for (i, &byte) in buffer.iter().enumerate() {
                if in_string {
                    match byte {
                        _ if escaped => escaped = false,
                        b'\\' => escaped = true,
                        b'"' => in_string = false,
                        _ => continue,
                    }
                    if !in_string && depth == 0 {
                        end = Some(i + 1);
                        break;
                    }
                    continue;
                }
                if in_word
                    && depth == 0
                    && (byte.is_ascii_whitespace()
                        || matches!(byte, b',' | b']' | b'}' | b'[' | b'{' | b'"' | b':'))
                {
                    end = Some(i);
                    break;
                }
                match byte {
                    b'"' => in_string = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => {
                        depth = depth.saturating_sub(1);
                        if depth == 0 {
                            end = Some(i + 1);
                            break;
                        }
                    }
                    b',' | b':' if depth == 0 && !begun => {
                        end = Some(i + 1);
                        break;
                    }
                    _ => in_word = true,
                }
                begun = true;
            }
            let taken = end.unwrap_or(buffer.len());
            self.line += count_lines(&buffer[..taken]);
            keep(text, &buffer[..taken]);
            self.reader.consume(taken);
            if end.is_some() {
                return Ok(());
            }
        }
    }
}

fn count_lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte == b'\n').count()
}

/// What the reader holds, read anew if it holds nothing.
fn fill<R: BufRead>(reader: &mut R) -> io::Result<&[u8]> {
    loop {
        match reader.fill_buf() {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    reader.fill_buf()
}
