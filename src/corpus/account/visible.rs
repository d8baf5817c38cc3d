//! What people see in a file, found without any of the readers: tags stripped, cells and lines as they are.

use super::control_words::without_control_words;
use super::json_strings::strings;
use super::markup::{DIVIDER, Tags, plain, tags_of_texts, without_addresses, without_codes};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::{memchr_iter, memchr2_iter, memmem};
use std::borrow::Cow;

/// How a format shows its text to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::corpus) enum Visible {
    /// As it is, a passage a line; what looks like a tag is a sign like others.
    Plain,
    /// The same, but that tags in it are none of it: texts that came from pages.
    Lines,
    /// The same in Markdown: addresses are none of it.
    Markdown,
    /// Around tags.
    Markup,
    /// Around tags, where those of texts may be written as entities.
    Feed,
    /// Around tags of office documents, of which only some divide words.
    Office,
    /// In the strings of JSON that are no keys.
    Strings,
    /// Around the control words of RTF.
    ControlWords,
    /// In what it holds, each part of which is counted by itself.
    Parts,
}

/// Calls `take` for each passage that is seen in the bytes of a file. `is_inside` says whether bytes of JSON begin
/// within a string, and afterwards whether they end within one.
pub(super) fn passages(how: Visible, bytes: &[u8], is_inside: &mut bool, take: &mut dyn FnMut(&str)) {
    let text = decoded(bytes);
    // UTF-8 that was taken for windows-1252 and encoded again.
    let text = match is_suspect(text.as_bytes()).then(|| once_decoded(&text)).flatten() {
        Some(once) => Cow::Owned(once),
        None => text,
    };
    match how {
        Visible::Plain => lines(&text, take),
        Visible::Lines => lines(&plain(&text, Tags::Foreign), take),
        Visible::Markdown => lines(&without_addresses(&plain(&text, Tags::Foreign)), take),
        Visible::Markup => divided(&plain(&text, Tags::Page), take),
        Visible::Feed => {
            let once = tags_of_texts(plain(&text, Tags::Page));
            divided(&without_codes(&plain(&once, Tags::Page)), take)
        }
        Visible::Office => divided(&plain(&text, Tags::Office), take),
        Visible::Strings => strings(&text, is_inside, &mut |string| {
            lines(&plain(string, Tags::Foreign), take);
        }),
        Visible::ControlWords => lines(&without_control_words(bytes), take),
        Visible::Parts => {}
    }
}

fn lines(text: &str, take: &mut dyn FnMut(&str)) {
    let ends = memchr2_iter(b'\n', DIVIDER as u8, text.as_bytes());
    between(text, ends, take);
}

/// As [`lines`], of markup, where only tags divide.
fn divided(text: &str, take: &mut dyn FnMut(&str)) {
    between(text, memchr_iter(DIVIDER as u8, text.as_bytes()), take);
}

/// The passages between signs of one byte that stand at these places, but those of white space.
fn between(text: &str, ends: impl Iterator<Item = usize>, take: &mut dyn FnMut(&str)) {
    let mut start = 0;
    for end in ends.chain([text.len()]) {
        let passage = &text[start..end];
        if !passage.trim_start().is_empty() {
            take(passage);
        }
        start = end + 1;
    }
}

/// Bytes as text: UTF-16 with its mark, UTF-8, or else what they say themselves, or windows-1252.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xff, 0xfe, ..] => UTF_16LE.decode(bytes).0,
        [0xfe, 0xff, ..] => UTF_16BE.decode(bytes).0,
        _ => match simdutf8::compat::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').into(),
            // A part of a text may begin or end within a character.
            Err(error) if error.valid_up_to() + 4 > bytes.len() => String::from_utf8_lossy(bytes),
            Err(_) => declared(bytes).unwrap_or(WINDOWS_1252).decode(bytes).0,
        },
    }
}

/// The encoding that a feed or a page names in its first bytes: `encoding="EUC-JP"`, `charset=gb2312`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024)];
    ["encoding=", "charset="].into_iter().find_map(|key| {
        let at = memmem::find(head, key.as_bytes())? + key.len();
        let label = head[at..].trim_ascii_start();
        let label = label
            .strip_prefix(b"\"")
            .or(label.strip_prefix(b"'"))
            .unwrap_or(label);
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte);
        let end = label
            .iter()
            .position(|byte| !is_part(byte))
            .unwrap_or(label.len());
        Encoding::for_label(&label[..end]).filter(|encoding| encoding.is_ascii_compatible())
    })
}

/// The lines of a text that were encoded twice as what they were before.
fn once_decoded(text: &str) -> Option<String> {
    let mut is_changed = false;
    let lines = text.split_inclusive('\n').map(|line| {
        if !is_suspect(line.as_bytes()) {
            return Cow::Borrowed(line);
        }
        let (bytes, _, is_lossy) = WINDOWS_1252.encode(line);
        match std::str::from_utf8(&bytes).ok().filter(|_| !is_lossy) {
            Some(once) => {
                is_changed = true;
                Cow::Owned(once.to_string())
            }
            None => Cow::Borrowed(line),
        }
    });
    let once: String = lines.collect();
    is_changed.then_some(once)
}

/// Whether a text has signs of UTF-8 that was taken for windows-1252: `Ã`, `Â` or `â€`.
fn is_suspect(text: &[u8]) -> bool {
    // Bytes that are rare in other texts, with what stands around them.
    memchr2_iter(0x82, 0x83, text).any(|at| {
        matches!(
            (&text[..at], &text[at..]),
            ([.., 0xc3], _) | ([.., 0xc3, 0xa2, 0xe2], [0x82, 0xac, ..])
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::tests::linear::assert_linear;

    fn seen(how: Visible, bytes: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        passages(how, bytes, &mut false, &mut |passage| {
            found.push(passage.split_whitespace().collect::<Vec<_>>().join(" "));
        });
        found
    }

    #[test]
    fn what_people_see_is_found_whatever_the_format() {
        let page = b"<p class=x>L&#8217;arm&eacute;e <b>mal</b>ienne</p><script>if (a<b) non</script><!-- non --><td>2 < 3";
        assert_eq!(seen(Visible::Markup, page), ["L\u{2019}armee malienne", "2 < 3"]);
        assert_eq!(
            seen(Visible::Lines, "titre;texte\nUn;\"Le pont\"".as_bytes()),
            ["titre;texte", "Un;\"Le pont\""]
        );
        assert_eq!(
            seen(
                Visible::Strings,
                br#"{"titre": "M\u00e9naka\nfin", "texte": "dit \"oui\" <b>et</b>"}"#
            ),
            ["M\u{e9}naka", "fin", "dit \"oui\" et"]
        );
        assert_eq!(seen(Visible::Lines, b"march\xe9 c\x9cur"), ["marché cœur"]);
        assert_eq!(
            seen(
                Visible::ControlWords,
                br"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\x non}\pard Le \b march\'e9\b0\par \u233?t\u233? fini}"
            ),
            ["Le marché", "été fini"]
        );
    }

    #[test]
    fn strings_go_on_from_one_part_of_a_file_to_the_next() {
        let json = r#"[{"texte": "Un pont : \"neuf\" à Gao, dit le maire", "b": "fin"}]"#;
        let whole = seen(Visible::Strings, json.as_bytes()).join(" ");
        for at in (0..json.len())
            .filter(|&at| json.is_char_boundary(at) && json.as_bytes()[at.saturating_sub(1)] == b' ')
        {
            let (mut found, mut inside) = (Vec::new(), false);
            for part in [&json[..at], &json[at..]] {
                let take = &mut |passage: &str| found.push(passage.trim().to_string());
                passages(Visible::Strings, part.as_bytes(), &mut inside, take);
            }
            let found = found.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(found, whole, "at {at}");
        }
    }

    #[test]
    fn bytes_are_read_as_they_say_themselves() {
        let (korean, page) = (
            "\u{d55c}\u{ae00} \u{c2dc}\u{c2a4}\u{d15c}",
            "p\u{159}\u{ed}li\u{161} \u{17e}lu\u{165}ou\u{10d}k\u{fd}",
        );
        let feed = format!("<?xml version='1.0' encoding='EUC-KR'?><rss><title>{korean}</title></rss>");
        let (bytes, ..) = encoding_rs::EUC_KR.encode(&feed);
        assert_eq!(seen(Visible::Feed, &bytes), [korean]);
        let html = format!("<meta charset=windows-1250><p>{page}</p>");
        let (bytes, ..) = encoding_rs::WINDOWS_1250.encode(&html);
        assert_eq!(seen(Visible::Markup, &bytes), [page]);
        assert_eq!(
            seen(Visible::Markup, b"<meta charset=unheard-of><p>\xe9t\xe9</p>"),
            ["\u{e9}t\u{e9}"]
        );
    }

    #[test]
    fn a_text_that_speaks_of_tags_goes_on() {
        let text = b"La balise <script> et <!-- sont vues.\nSuite.";
        assert_eq!(
            seen(Visible::Plain, text),
            ["La balise <script> et <!-- sont vues.", "Suite."]
        );
        let of_cell = seen(Visible::Lines, text).join(" ");
        assert!(
            of_cell.contains("sont vues.") && of_cell.contains("Suite."),
            "{of_cell}"
        );
    }

    #[test]
    fn hostile_texts_take_linear_time() {
        let texts = [
            "<", "<a", "<style/>", "<!--", "</", "&", "&#", "[", "[a ", "](", "{{", "{%", "<script>", "\"",
            "\\", "\"\\", "{\\u",
        ];
        for how in [
            Visible::Plain,
            Visible::Lines,
            Visible::Markdown,
            Visible::Markup,
            Visible::Feed,
            Visible::Office,
            Visible::Strings,
            Visible::ControlWords,
        ] {
            for text in texts {
                assert_linear(text, 400_000, |hostile| {
                    drop(seen(how, format!("{hostile}>").as_bytes()))
                });
            }
        }
    }

    #[test]
    fn codes_and_addresses_are_not_seen() {
        let markdown = b"Un [lien](https://a.org/b) et ![image](b.jpg)\n{{< image src=\"b.jpg\" title=\"Le pont\" >}} fin {% x %}";
        assert_eq!(
            seen(Visible::Markdown, markdown),
            ["Un [lien ) et ![image )", "Le pont fin"]
        );
        let feed = b"<a><![CDATA[Voir [gallery link=\"file\"] [1] ici]]></a><b>&lt;p&gt;L&amp;eacute;gende&lt;/p&gt;</b><wp:postmeta>x</wp:postmeta>";
        let shown = seen(Visible::Feed, feed);
        assert_eq!(
            (shown[0].as_str(), shown[1].as_str(), shown.len()),
            ("Voir [1] ici]]>", "Legende", 2)
        );
        let office = b"<w:p><w:r><w:t>Tombo</w:t></w:r><w:r><w:t>uctou</w:t><w:delText>non</w:delText></w:r></w:p><w:p>b c</w:p>";
        assert_eq!(seen(Visible::Office, office), ["Tombouctou", "b c"]);
    }
}
