//! Bytes into text: by the byte order mark, by what the file declares, else by recognition. Nothing is
//! refused for a few wrong bytes; only what is no text at all is.

use super::clean::windows_1252;
use super::transcode::{Transcoder, Utf32};
use crate::scan;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, ISO_8859_15, MACINTOSH, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED,
};
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// Bytes looked at to recognise an encoding, and binary files.
const SNIFFED: usize = 64 * 1024;

/// A text and how it was got.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: String,
    pub encoding: &'static str,
    /// The first line with bytes that don't fit the encoding.
    pub fault: Option<usize>,
}

/// The text of a whole file in whatever encoding, without its byte order mark.
///
/// # Errors
/// What the file is instead of a text, and what to do; or the line with bytes that don't fit the encoding.
pub fn decoded(bytes: Vec<u8>) -> Result<String, String> {
    let found = decode(bytes, None)?;
    match found.fault {
        Some(line) => Err(format!(
            "line {line} isn't {}; save the file as UTF-8",
            found.encoding
        )),
        None => Ok(found.text.trim_start_matches('\u{feff}').to_string()),
    }
}

/// Decodes a whole file; `declared` is the encoding that the file names itself. The error says what the file
/// is instead of a text, and what to do.
pub(super) fn decode(mut bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Decoded, String> {
    if let Some((order, bom)) = Utf32::of(&bytes[..bytes.len().min(SNIFFED)]) {
        let mut text = String::new();
        order
            .reader(&bytes[bom..])
            .read_to_string(&mut text)
            .map_err(|error| error.to_string())?;
        let fault = text.find('\u{fffd}').map(|at| line_of(text.as_bytes(), at));
        return Ok(Decoded {
            text,
            encoding: order.name(),
            fault,
        });
    }
    let choice = choose(
        &bytes[..bytes.len().min(SNIFFED)],
        bytes.len() <= SNIFFED,
        declared,
    );
    if choice.encoding != UTF_16LE && choice.encoding != UTF_16BE {
        // Blocks of zeros at the end are what a power cut leaves of a file's last page.
        bytes.truncate(bytes.iter().rposition(|&b| b != 0).map_or(0, |last| last + 1));
        if let Some(detail) = binary(&bytes) {
            return Err(detail);
        }
    }
    let encoding = choice.encoding.name();
    if choice.encoding == UTF_8 {
        bytes.drain(..choice.bom);
        return Ok(match String::from_utf8(bytes) {
            Ok(text) => Decoded {
                text,
                encoding,
                fault: None,
            },
            Err(error) => {
                let (text, first) = repair_utf8(error.as_bytes());
                Decoded {
                    fault: Some(line_of(error.as_bytes(), first)),
                    text,
                    encoding,
                }
            }
        });
    }
    let (text, faults) = choice.encoding.decode_without_bom_handling(&bytes[choice.bom..]);
    let fault = faults.then(|| line_of(text.as_bytes(), text.find('\u{fffd}').unwrap_or(0)));
    Ok(Decoded {
        text: text.into_owned(),
        encoding,
        fault,
    })
}

/// A stream in UTF-8 but for a few bytes.
pub(super) struct Stream<'a> {
    pub text: Box<dyn BufRead + 'a>,
    /// The encoding it was in.
    pub encoding: &'static str,
}

/// The stream as UTF-8 but for a few wrong bytes, without its byte order mark. The inner error says why it is
/// no text.
pub(super) fn stream(bytes: &mut dyn Read) -> io::Result<Result<Stream<'_>, String>> {
    let mut head = Vec::with_capacity(SNIFFED);
    (&mut *bytes).take(SNIFFED as u64).read_to_end(&mut head)?;
    if let Some((order, bom)) = Utf32::of(&head) {
        head.drain(..bom);
        let text = BufReader::with_capacity(SNIFFED, order.reader(Cursor::new(head).chain(bytes)));
        return Ok(Ok(Stream {
            text: Box::new(text),
            encoding: order.name(),
        }));
    }
    let choice = choose(&head, head.len() < SNIFFED, None);
    let wide = choice.encoding == UTF_16LE || choice.encoding == UTF_16BE;
    if let Some(detail) = (!wide).then(|| binary(&head)).flatten() {
        return Ok(Err(detail));
    }
    head.drain(..choice.bom);
    let whole = Cursor::new(head).chain(bytes);
    let text: Box<dyn BufRead> = if choice.encoding == UTF_8 {
        Box::new(BufReader::with_capacity(SNIFFED, whole))
    } else {
        Box::new(BufReader::with_capacity(
            SNIFFED,
            Transcoder::new(whole, choice.encoding),
        ))
    };
    Ok(Ok(Stream {
        text,
        encoding: choice.encoding.name(),
    }))
}

/// A text in UTF-8 but for some bytes, which are read as windows-1252 (files patched together from several
/// sources), and the offset of the first. A character cut off at the end is a replacement character.
pub(super) fn repair_utf8(bytes: &[u8]) -> (String, usize) {
    let mut text = String::with_capacity(bytes.len() + 16);
    let (mut first, mut at) = (None, 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        let invalid = chunk.invalid();
        if !invalid.is_empty() {
            first.get_or_insert(at);
            at += invalid.len();
            if at == bytes.len() && is_cut_off(invalid) {
                text.push('\u{fffd}');
            } else {
                text.extend(invalid.iter().map(|&byte| windows_1252(byte)));
            }
        }
    }
    (text, first.unwrap_or(0))
}

/// Whether bytes begin a character of UTF-8 that they don't finish.
fn is_cut_off(bytes: &[u8]) -> bool {
    // A last byte alone may be a letter of windows-1252 (é), but hardly one of these.
    let alone = |byte: u8| matches!(byte, 0xc2 | 0xc3 | 0xe2);
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
        && (bytes.len() > 1 || alone(bytes[0]))
}

struct Choice {
    encoding: &'static Encoding,
    /// Length of the byte order mark.
    bom: usize,
}

/// The encoding of a file from its first bytes. UTF-8 that is valid counts more than what the file declares:
/// nothing else looks like it, and saved pages often keep a declaration that their saving made wrong.
fn choose(head: &[u8], complete: bool, declared: Option<&'static Encoding>) -> Choice {
    if let Some((encoding, bom)) = Encoding::for_bom(head) {
        return Choice { encoding, bom };
    }
    if let Some(encoding) = wide(head) {
        return Choice { encoding, bom: 0 };
    }
    let (multibyte, invalid) = utf8_census(head, complete);
    // Three accented letters in four make sense as UTF-8, and almost none does by chance.
    if invalid == 0 && multibyte > 0 || multibyte > 3 * invalid {
        return Choice {
            encoding: UTF_8,
            bom: 0,
        };
    }
    let sensible =
        |e: &&'static Encoding| ![UTF_8, UTF_16LE, UTF_16BE, REPLACEMENT, X_USER_DEFINED].contains(e);
    if let Some(encoding) = declared.filter(sensible) {
        return Choice { encoding, bom: 0 };
    }
    if invalid == 0 {
        return Choice {
            encoding: UTF_8,
            bom: 0,
        };
    }
    if is_mac_roman(head) {
        return Choice {
            encoding: MACINTOSH,
            bom: 0,
        };
    }
    if is_french_windows(head) {
        return Choice {
            encoding: if is_latin_9(head) {
                ISO_8859_15
            } else {
                WINDOWS_1252
            },
            bom: 0,
        };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, complete);
    let guess = detector.guess(Some(b"fr"), Utf8Detection::Deny);
    Choice {
        encoding: if guess == WINDOWS_1252 && is_latin_9(head) {
            ISO_8859_15
        } else {
            guess
        },
        bom: 0,
    }
}

/// Mac Roman, which no detector knows: bytes that are French letters in it stand next to ASCII letters far
/// more often than those of windows-1252. (0x8e is é in Mac Roman and Ž in windows-1252.)
fn is_mac_roman(head: &[u8]) -> bool {
    const MAC: [u8; 12] = [
        0x8e, 0x8f, 0x88, 0x90, 0x8d, 0x99, 0x94, 0x9d, 0x9e, 0x83, 0x95, 0xcf,
    ];
    const WINDOWS: [u8; 12] = [
        0xe9, 0xe8, 0xe0, 0xea, 0xe7, 0xf4, 0xee, 0xf9, 0xfb, 0xc9, 0xef, 0x9c,
    ];
    let beside_letter = |i: usize| {
        let is_letter = |i: Option<usize>| i.and_then(|i| head.get(i)).is_some_and(u8::is_ascii_alphabetic);
        is_letter(i.checked_sub(1)) || is_letter(Some(i + 1)) || head.get(i + 1) == Some(&b' ')
    };
    let count = |set: &[u8]| {
        head.iter()
            .enumerate()
            .filter(|(i, byte)| set.contains(byte) && beside_letter(*i))
            .count()
    };
    let (mac, windows) = (count(&MAC), count(&WINDOWS));
    mac > 0 && mac > 2 * windows
}

/// French in windows-1252, told by its few accents among many plain letters, without asking a detector that
/// weighs thirty encodings and takes longer than all the rest of the reading.
fn is_french_windows(head: &[u8]) -> bool {
    const FRENCH: &[u8] = b"\xe0\xe2\xe7\xe8\xe9\xea\xeb\xee\xef\xf4\xf9\xfb\xc0\xc2\xc7\xc8\xc9\xca\xcb\xce\xcf\xd4\xd9\xdb\x9c\x8c\x80\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xab\xbb\xb0\xa9\xa4\xbd\xbc";
    let (mut letters, mut accents, mut before) = (0_usize, 0_usize, false);
    for &byte in head {
        if byte >= 0x80 {
            if !FRENCH.contains(&byte) {
                return false;
            }
            // In another alphabet, such letters stand in a row; in French, but for créée, they don't.
            accents += if before { 2 } else { 1 };
        } else {
            letters += usize::from(byte.is_ascii_alphabetic());
        }
        before = byte >= 0xc0;
    }
    letters >= 100 && accents * 5 < letters
}

/// Latin-9: windows-1252 but for œ, Œ, Ÿ and €, which stand where that has ½, ¼, ¾ and ¤; and without its
/// marks of 80 to 9F.
fn is_latin_9(head: &[u8]) -> bool {
    let in_word = |i: usize| head.get(i + 1).is_some_and(u8::is_ascii_alphabetic);
    let telling = |(i, &byte): (usize, &u8)| byte == 0xa4 || matches!(byte, 0xbc | 0xbd) && in_word(i);
    !head.iter().any(|byte| (0x80..0xa0).contains(byte)) && head.iter().enumerate().any(telling)
}

/// Numbers of characters of several bytes, and of bytes that are no UTF-8.
fn utf8_census(head: &[u8], complete: bool) -> (usize, usize) {
    // Most files are UTF-8 from end to end.
    if let Ok(text) = simdutf8::basic::from_utf8(head) {
        return (usize::from(!text.is_ascii()), 0);
    }
    let (mut multibyte, mut invalid, mut at) = (0, 0, 0);
    for chunk in head.utf8_chunks() {
        multibyte += chunk.valid().bytes().filter(|&b| b >= 0xc0).count();
        at += chunk.valid().len() + chunk.invalid().len();
        let cut = at == head.len() && !complete && chunk.invalid().len() < 4;
        invalid += if cut { 0 } else { chunk.invalid().len() };
    }
    (multibyte, invalid)
}

/// UTF-16 without a byte order mark: Latin text in it has zeros at every other place, and hardly any at the
/// others.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    if pairs < 8 || memchr::memchr(0, head).is_none() {
        return None;
    }
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let (many, few) = (pairs * 7 / 10, pairs / 50);
    if odd >= many && even <= few {
        Some(UTF_16LE)
    } else if even >= many && odd <= few {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// What bytes are if they are no text, and the cure.
fn binary(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(SNIFFED)];
    let known: [(&[u8], &str); 5] = [
        (b"%PDF-", "this is a PDF; rename it to .pdf"),
        (
            b"PK\x03\x04",
            "this is a ZIP archive or an office document; unpack it, or save it as text",
        ),
        (b"\x1f\x8b", "this is compressed with gzip; unpack it"),
        (
            b"\xd0\xcf\x11\xe0",
            "this is an old office document; save it as text",
        ),
        (b"\x89PNG", "this is an image"),
    ];
    if let Some((_, what)) = known.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some((*what).to_string());
    }
    let is_white =
        |b: u8| (b == b'\t') | (b == b'\n') | (b == b'\r') | (b == 0xc) | (b == 0x1a) | (b == 0x1b);
    let is_control = |b: u8| (b < 0x20) & !is_white(b);
    let first = scan::position(head, is_control)?;
    let zeros = head[first..].iter().filter(|&&b| b == 0).count();
    let controls = head[first..].iter().filter(|&&b| is_control(b)).count();
    if zeros > head.len() / 1000 + 1 {
        return Some(
            "it contains zero bytes, as programs and images do; give the file the right extension".into(),
        );
    }
    (controls > head.len() / 50 + 2)
        .then(|| "it is full of control characters; give the file the right extension".into())
}

/// The line, from 1, of an offset.
pub(super) fn line_of(bytes: &[u8], offset: usize) -> usize {
    1 + bytes[..offset.min(bytes.len())]
        .iter()
        .filter(|&&b| b == b'\n')
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "L’armée malienne a repoussé l’attaque à Gao.\nDes civils ont été tués près de Ménaka.\n";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() })
            .collect()
    }

    fn utf32(text: &str, little: bool) -> Vec<u8> {
        text.chars()
            .flat_map(|c| {
                if little {
                    (c as u32).to_le_bytes()
                } else {
                    (c as u32).to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn latin_9_is_told_from_windows_1252() {
        for (text, encoding) in [
            ("L'armée a perdu 3 000 €, au cœur du Sahel.", ISO_8859_15),
            ("Une sœur blessée, un bœuf tué à Gao.", ISO_8859_15),
            ("L'armée a perdu 1½ camion à Gao.", WINDOWS_1252),
        ] {
            let decoded = decode(encoding.encode(text).0.into_owned(), None).expect("a text");
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding.name()));
        }
    }

    #[test]
    fn short_texts_in_mac_roman_keep_their_accents() {
        for text in ["L’armée à Ménaka", "« Été » : où est le garçon ?", "Déjà vu"] {
            assert_eq!(
                decode(MACINTOSH.encode(text).0.into_owned(), None)
                    .expect("a text")
                    .text,
                text
            );
        }
    }

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let marked = |bom: &[u8], bytes: Vec<u8>| [bom, &bytes[..]].concat();
        for (name, bytes) in [
            ("UTF-8", TEXT.as_bytes().to_vec()),
            ("UTF-8", marked(b"\xef\xbb\xbf", TEXT.as_bytes().to_vec())),
            ("UTF-16LE", marked(b"\xff\xfe", utf16(TEXT, true))),
            ("UTF-16BE", marked(b"\xfe\xff", utf16(TEXT, false))),
            ("UTF-16LE", utf16(TEXT, true)),
            ("windows-1252", WINDOWS_1252.encode(TEXT).0.into_owned()),
            ("macintosh", MACINTOSH.encode(TEXT).0.into_owned()),
            ("UTF-32LE", marked(b"\xff\xfe\0\0", utf32(TEXT, true))),
            ("UTF-32BE", marked(b"\0\0\xfe\xff", utf32(TEXT, false))),
            ("UTF-32LE", utf32(TEXT, true)),
            ("UTF-32BE", utf32(TEXT, false)),
        ] {
            let mut whole: &[u8] = &bytes;
            let mut streamed = String::new();
            let Stream {
                text: mut reader,
                encoding,
            } = stream(&mut whole).expect("no I/O error").expect("a text");
            reader.read_to_string(&mut streamed).expect("UTF-8");
            assert_eq!((streamed.as_str(), encoding), (TEXT, name));
            drop(reader);
            let decoded = decode(bytes, None).expect("a text");
            assert_eq!(
                (decoded.text.as_str(), decoded.encoding, decoded.fault),
                (TEXT, name, None)
            );
        }
    }

    #[test]
    fn long_streams_are_transcoded_across_buffers() {
        let long = TEXT.repeat(3000);
        for bytes in [
            WINDOWS_1252.encode(&long).0.into_owned(),
            utf16(&long, true),
            utf16(&long, false),
            utf32(&long, true),
        ] {
            let mut streamed = String::new();
            let mut whole: &[u8] = &bytes;
            stream(&mut whole)
                .expect("no I/O error")
                .expect("a text")
                .text
                .read_to_string(&mut streamed)
                .expect("UTF-8");
            assert!(streamed == long);
        }
    }

    #[test]
    fn a_few_wrong_bytes_cost_no_accent() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.extend_from_slice(b"fin du march\xe9.\nAm\xc3");
        let decoded = decode(bytes, None).expect("a text");
        assert_eq!(decoded.text, format!("{TEXT}fin du marché.\nAm\u{fffd}"));
        assert_eq!((decoded.encoding, decoded.fault), ("UTF-8", Some(3)));
    }

    #[test]
    fn valid_utf8_counts_more_than_a_declaration_and_a_declaration_more_than_a_guess() {
        let declared = Encoding::for_label(b"iso-8859-1");
        assert_eq!(decode(TEXT.into(), declared).expect("a text").text, TEXT);
        let cyrillic = Encoding::for_label(b"windows-1251");
        assert_eq!(decode(b"\xe0\xe1".to_vec(), cyrillic).expect("a text").text, "аб");
    }

    #[test]
    fn programs_and_images_are_no_text_but_a_cut_off_file_is() {
        for bytes in [
            &b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\xff\xe0"[..],
            b"%PDF-1.4 texte",
            b"\x01\x02\x03\x04\x05\x06abc",
        ] {
            assert!(decode(bytes.to_vec(), None).is_err(), "{bytes:?}");
        }
        let cut = [TEXT.as_bytes(), &[0; 4096]].concat();
        assert_eq!(decode(cut, None).expect("a text").text, TEXT);
    }
}
