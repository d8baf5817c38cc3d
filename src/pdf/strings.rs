//! Text strings of the file format, outside pages.

/// Characters of PDFDocEncoding that differ from Latin-1, from 0x80 on.
const PDF_DOC_HIGH: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ',
    'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}', '€',
];

/// Decodes a text string: UTF-16 or UTF-8 with a byte order mark, otherwise PDFDocEncoding.
pub(super) fn text_string(bytes: &[u8]) -> String {
    let utf16 = |pairs: &[u8], unit: fn([u8; 2]) -> u16| -> String {
        let units = pairs.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units)
            .map(|unit| unit.unwrap_or('\u{FFFD}'))
            .collect()
    };
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // Some producers write UTF-8 without saying so; Latin text rarely is valid UTF-8 by chance.
        _ if !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        _ => bytes.iter().map(|byte| pdf_doc_character(*byte)).collect(),
    };
    without_language_marks(&text)
}

fn pdf_doc_character(byte: u8) -> char {
    match byte {
        0x80..=0xA0 => PDF_DOC_HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// UTF-16 text can name its language between two escape characters.
fn without_language_marks(text: &str) -> String {
    let mut outside = true;
    text.chars()
        .filter(|character| {
            if *character == '\u{1B}' {
                outside = !outside;
                return false;
            }
            outside && *character != '\0'
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_are_decoded() {
        assert_eq!(text_string(b"\xFE\xFF\0\xE9\0t\0\xE9"), "été");
        assert_eq!(text_string(b"\xFE\xFF\0\x1B\0f\0r\0\x1B\0o"), "o");
        assert_eq!(text_string(b"\x8D\xE9t\xE9\x8E"), "“été”");
        assert_eq!(text_string("été".as_bytes()), "été");
    }
}
