//! Words of a file that people see, counted without any of the readers: tags stripped, cells and lines as
//! they are. What stands here and in no article was lost by a reader, or is furniture that somebody should
//! look at.

use std::collections::BTreeMap;

/// Words of a file and how often they stand in it: runs of letters and digits, lower case. A word of one
/// letter says nothing and isn't counted.
pub type Words = BTreeMap<String, usize>;

/// The visible words of a file of text, a page, a table, JSON, XML or a message without transfer encoding.
/// Archives and office documents have none.
pub fn words(bytes: &[u8]) -> Words {
    let head = &bytes[..bytes.len().min(4096)];
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\x1f\x8b") || head.starts_with(b"%PDF") {
        return Words::new();
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        // One byte, one character: Latin-1, which windows-1252 is but for its marks.
        Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
    };
    let has_markup = text.contains("</") || text.contains("/>");
    let text = if has_markup { without_tags(&text) } else { text };
    count(&unescaped(&text))
}

/// Counts the words of a text.
pub fn count(text: &str) -> Words {
    let mut words = Words::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if word.chars().nth(1).is_some() {
            *words.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    words
}

/// How many of the words of a file stand in none of the texts, each as often as the file has it; the most
/// frequent first.
pub fn missing(file: &Words, articles: &Words) -> Vec<(String, usize)> {
    let lost = file.iter().filter(|(word, _)| !articles.contains_key(*word));
    let mut lost: Vec<(String, usize)> = lost.map(|(word, count)| (word.clone(), *count)).collect();
    lost.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    lost
}

/// A text without tags, comments, scripts and styles, and with spaces in their place.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        out.push(' ');
        let inside = &rest[at..];
        let lower: String = inside.chars().take(10).collect::<String>().to_ascii_lowercase();
        let end = if lower.starts_with("<!--") {
            "-->"
        } else if lower.starts_with("<![cdata[") {
            rest = &inside[9..];
            continue;
        } else if lower.starts_with("<script") {
            "</script>"
        } else if lower.starts_with("<style") {
            "</style>"
        } else if inside[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            ">"
        } else {
            rest = &inside[1..];
            continue;
        };
        rest = inside
            .find(end)
            .map_or("", |length| &inside[length + end.len()..]);
    }
    out.push_str(rest);
    out
}

/// A text with the commonest escapes of JSON and the entities of HTML that are letters undone.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (shown, length) =
            escape(rest).unwrap_or((rest.starts_with('&').then_some('&').unwrap_or(' '), 1));
        out.push(shown);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// The character of an escape that a text begins with, and its length.
fn escape(text: &str) -> Option<(char, usize)> {
    let hex = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    if let Some(rest) = text.strip_prefix("\\u") {
        return Some((hex(rest.get(..4)?)?, 6));
    }
    if text.starts_with('\\') {
        let second = text[1..].chars().next()?;
        return matches!(second, 'n' | 'r' | 't').then_some((' ', 2));
    }
    let end = text.get(..text.len().min(12)).unwrap_or(text).find(';')?;
    let name = &text[1..end];
    let c = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => hex(digits)?,
            None => char::from_u32(number.parse().ok()?)?,
        },
        None => {
            const LETTERS: [(&str, char); 16] = [
                ("eacute", 'é'),
                ("egrave", 'è'),
                ("ecirc", 'ê'),
                ("agrave", 'à'),
                ("acirc", 'â'),
                ("ccedil", 'ç'),
                ("icirc", 'î'),
                ("ocirc", 'ô'),
                ("ugrave", 'ù'),
                ("ucirc", 'û'),
                ("euml", 'ë'),
                ("iuml", 'ï'),
                ("oelig", 'œ'),
                ("Eacute", 'É'),
                ("Agrave", 'À'),
                ("nbsp", ' '),
            ];
            LETTERS
                .iter()
                .find(|(letter, _)| *letter == name)
                .map_or(' ', |(_, c)| *c)
        }
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_see_is_counted_whatever_the_format() {
        let all = |bytes: &[u8]| words(bytes).into_keys().collect::<Vec<_>>().join(" ");
        assert_eq!(
            all(b"<p class=x>L&#8217;arm&eacute;e<br>malienne</p><script>non</script><!-- non -->"),
            "armée malienne"
        );
        assert_eq!(
            all("titre;texte\nUn;\"Le pont\"".as_bytes()),
            "le pont texte titre un"
        );
        assert_eq!(all(br#"{"titre": "M\u00e9naka\nfin"}"#), "fin ménaka titre");
        assert_eq!(all(b"march\xe9"), "marché");
        assert_eq!(all(b"PK\x03\x04abc"), "");
    }

    #[test]
    fn what_no_article_holds_is_told() {
        let missing = missing(&count("un deux deux trois"), &count("Un trois"));
        assert_eq!(missing, [("deux".to_string(), 2)]);
    }
}
