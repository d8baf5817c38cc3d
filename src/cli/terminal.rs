//! What may reach a terminal. Names, titles, texts and ids come from others, and a terminal obeys what is in them:
//! codes that move, hide or copy, signs that turn the direction of text, signs that nobody sees.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU8, Ordering};

/// Whether a character steers a terminal, turns text around or takes no room.
pub fn is_hostile(c: char) -> bool {
    match c {
        ' '..='~' => false,
        c if c.is_control() => true,
        // Soft hyphen, joiners, marks of direction, fillers, separators of lines and paragraphs.
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => true,
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => true,
        '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => true,
        // Variants of a sign, but for those that say text or picture; tags, and other signs that nobody sees.
        '\u{fe00}'..='\u{fe0d}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' => true,
        '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

/// Shows what is hostile as escapes. Line breaks and tabs become spaces.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return text.into();
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' | '\t' | '\r' => safe.push(' '),
            c if is_hostile(c) => Form::Text.escape(c, &mut safe),
            c => safe.push(c),
        }
    }
    safe.into()
}

/// The same, line by line.
pub fn sanitize_lines(text: &str) -> String {
    text.lines()
        .fold(String::new(), |all, line| all + &sanitize(line) + "\n")
}

/// What `--quiet` and `--verbose` let through to standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Verbosity {
    Quiet,
    Normal,
    Verbose,
}

static VERBOSITY: AtomicU8 = AtomicU8::new(Verbosity::Normal as u8);

/// Chooses what reaches standard error from now on.
pub fn set_verbosity(verbosity: Verbosity) {
    VERBOSITY.store(verbosity as u8, Ordering::Relaxed);
}

/// Whether notes and progress are unwanted.
pub fn is_quiet() -> bool {
    VERBOSITY.load(Ordering::Relaxed) == Verbosity::Quiet as u8
}

/// Writes an error, or a warning that nobody should miss, as a line on standard error, whatever names and texts
/// are in it.
pub fn warn(text: &str) {
    let _ = writeln!(io::stderr(), "griot: {}", sanitize(text));
}

/// Writes a note on standard error, unless `--quiet` asks for none.
pub fn notify(text: &str) {
    if !is_quiet() {
        warn(text);
    }
}

/// Whether more is wanted than usual.
pub fn is_verbose() -> bool {
    VERBOSITY.load(Ordering::Relaxed) == Verbosity::Verbose as u8
}

/// Writes what only `--verbose` asks for.
pub fn detail(text: &str) {
    if is_verbose() {
        warn(text);
    }
}

/// What a command writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For people, with the codes of [`super::output::style`].
    Text,
    /// A table: CSV and others that programs read.
    Table,
    Json,
    /// What no terminal shows: [`super::output::Output`] refuses to.
    Binary,
}

impl Form {
    fn escape(self, c: char, to: &mut String) {
        let _ = match self {
            Self::Text | Self::Table | Self::Binary => write!(to, "\\u{{{:X}}}", c as u32),
            Self::Json => {
                let mut units = [0; 2];
                let mut units = c.encode_utf16(&mut units).iter();
                units.try_for_each(|unit| write!(to, "\\u{unit:04x}"))
            }
        };
    }
}

/// The codes of [`super::output::style`].
const OWN_CODES: [&str; 5] = ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[31m", "\u{1b}[36m"];

/// A stream to a terminal, or to anything else, which gets what is written as it is. Everything that commands write
/// passes it, so that nothing hostile gets through where a command forgot to ask.
pub struct Guard<W: Write> {
    to: W,
    form: Form,
    is_terminal: bool,
    is_begun: bool,
    /// What was written and may be the beginning of a character, of a code or of a line end.
    begun: Vec<u8>,
}

impl<W: Write> Guard<W> {
    pub fn new(to: W, form: Form, is_terminal: bool) -> Self {
        Self {
            to,
            form,
            is_terminal,
            is_begun: false,
            begun: Vec::new(),
        }
    }

    /// Writes what bytes show, and gives how many at their end wait for more.
    fn pass(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut shown = String::with_capacity(bytes.len());
        let mut waiting = 0;
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            let is_last = chunks.peek().is_none();
            let rest = self.show(chunk.valid(), is_last && chunk.invalid().is_empty(), &mut shown);
            waiting = rest;
            if !chunk.invalid().is_empty() {
                match is_last && is_cut_off(chunk.invalid()) {
                    true => waiting = chunk.invalid().len(),
                    false => shown.push(char::REPLACEMENT_CHARACTER),
                }
            }
        }
        self.to.write_all(shown.as_bytes())?;
        Ok(waiting)
    }

    /// Shows a text; gives how many bytes at its end wait for more, if more may come.
    fn show(&mut self, text: &str, may_go_on: bool, shown: &mut String) -> usize {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let after = &rest[c.len_utf8()..];
            // A table for spreadsheets begins with a mark for them, which a terminal has no use for.
            let is_mark = c == '\u{feff}' && !self.is_begun;
            self.is_begun = true;
            match c {
                '\n' | '\t' => shown.push(c),
                '\r' if after.starts_with('\n') => {}
                '\r' if after.is_empty() && may_go_on => return rest.len(),
                '\u{1b}' if self.form == Form::Text => match self.own_code(rest) {
                    Some(code) if code.len() <= rest.len() => {
                        shown.push_str(code);
                        rest = &rest[code.len()..];
                        continue;
                    }
                    Some(_) if may_go_on => return rest.len(),
                    _ => self.form.escape(c, shown),
                },
                c if is_mark || !is_hostile(c) => shown.extend((!is_mark).then_some(c)),
                c => self.form.escape(c, shown),
            }
            rest = after;
        }
        0
    }

    /// The code of our own that a text begins with, or that it may be the beginning of.
    fn own_code(&self, text: &str) -> Option<&'static str> {
        OWN_CODES
            .into_iter()
            .find(|code| text.starts_with(code) || code.starts_with(text))
    }
}

/// Whether bytes that are no UTF-8 are the beginning of a character.
fn is_cut_off(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

impl<W: Write> Write for Guard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_terminal {
            return self.to.write(bytes);
        }
        let mut all = std::mem::take(&mut self.begun);
        all.extend_from_slice(bytes);
        let waiting = self.pass(&all)?;
        self.begun = all.split_off(all.len() - waiting);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl<W: Write> Drop for Guard<W> {
    fn drop(&mut self) {
        // What waited for more has waited in vain.
        if !self.begun.is_empty() {
            let mut shown = String::new();
            let text = String::from_utf8_lossy(&self.begun).into_owned();
            self.show(&text, false, &mut shown);
            let _ = self.to.write_all(shown.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(form: Form, parts: &[&[u8]]) -> String {
        let mut to = Vec::new();
        let mut guard = Guard::new(&mut to, form, true);
        for part in parts {
            assert_eq!(guard.write(part).ok(), Some(part.len()));
        }
        drop(guard);
        String::from_utf8(to).expect("text")
    }

    const HOSTILE: &str = "a\u{1b}[2Jb\u{9b}8mc\u{202e}d\u{200b}e\u{e0041}f\u{2028}g\u{7f}\r";

    #[test]
    fn hostile_signs_are_shown_as_escapes_in_every_form() {
        let text = "a\\u{1B}[2Jb\\u{9B}8mc\\u{202E}d\\u{200B}e\\u{E0041}f\\u{2028}g\\u{7F}\\u{D}";
        assert_eq!(shown(Form::Text, &[HOSTILE.as_bytes()]), text);
        assert_eq!(shown(Form::Table, &[HOSTILE.as_bytes()]), text);
        let json = shown(Form::Json, &[b"\"", HOSTILE.as_bytes(), b"\"\n"]);
        assert!(json.is_ascii(), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), HOSTILE);
    }

    #[test]
    fn own_codes_pass_in_texts_only() {
        let own = "\u{1b}[1m\u{1b}[31mGao\u{1b}[0m été\tça\n";
        assert_eq!(shown(Form::Text, &[own.as_bytes()]), own);
        assert!(!shown(Form::Table, &[own.as_bytes()]).contains('\u{1b}'));
        assert_eq!(shown(Form::Text, &["\u{1b}[8mx".as_bytes()]), "\\u{1B}[8mx");
    }

    #[test]
    fn it_does_not_matter_where_writes_are_cut() {
        let bytes = [
            HOSTILE.as_bytes(),
            "\u{1b}[36mété\u{1b}[0m\r\n\u{1b}[3".as_bytes(),
            &[0xff, 0xc3],
        ]
        .concat();
        for form in [Form::Text, Form::Table, Form::Json] {
            let whole = shown(form, &[&bytes]);
            for at in 0..bytes.len() {
                assert_eq!(shown(form, &[&bytes[..at], &bytes[at..]]), whole, "cut at {at}");
            }
            let each: Vec<&[u8]> = bytes.chunks(1).collect();
            assert_eq!(shown(form, &each), whole);
        }
    }

    #[test]
    fn a_table_for_spreadsheets_has_no_mark_and_no_returns_on_a_terminal() {
        assert_eq!(shown(Form::Table, &["\u{feff}a;b\r\n".as_bytes()]), "a;b\n");
    }

    #[test]
    fn what_is_no_terminal_gets_everything_as_it_is() {
        let mut to = Vec::new();
        let bytes = [HOSTILE.as_bytes(), &[0xff]].concat();
        Guard::new(&mut to, Form::Table, false)
            .write_all(&bytes)
            .expect("written");
        assert_eq!(to, bytes);
    }
}
