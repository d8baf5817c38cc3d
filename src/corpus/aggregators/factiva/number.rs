//! The numbers of the service's articles, by which they are told from one another.

/// The number of an article: the line that ends it, after a word for "document".
pub(super) fn document_number(line: &str) -> Option<&str> {
    const WORDS: [&str; 9] = [
        "Document",
        "Dokument",
        "Documento",
        "Документ",
        "文件",
        "文档",
        "文書",
        "مستند",
        "وثيقة",
    ];
    let (word, number) = line.trim().split_once([' ', '\u{a0}'])?;
    let number = number.trim();
    (is_number(number) && (WORDS.contains(&word) || is_dated_number(number))).then_some(number)
}

/// Letters and digits, many of them digits: `AFPFR00020240703ek7300abc`.
pub(super) fn is_number(number: &str) -> bool {
    (15..=40).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_alphanumeric())
        && number.bytes().filter(u8::is_ascii_digit).count() >= 6
}

/// A number in which the day stands where it stands in all of today's: nine signs before the end.
fn is_dated_number(number: &str) -> bool {
    let Some(day) = number
        .len()
        .checked_sub(17)
        .and_then(|from| number.get(from..from + 8))
    else {
        return false;
    };
    is_number(number)
        && day.bytes().all(|b| b.is_ascii_digit())
        && (day.starts_with("19") || day.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::document_number;

    #[test]
    fn an_article_ends_in_its_number_whatever_the_language() {
        for line in [
            "Document SAHEL00020240312ek3c0001a",
            "Dokument SAHZ000020240316ek3g0005e",
            "Documento FLEUVE0020240703ek7300012",
            "Dokumentum FLEUVE0020240703ek7300012",
        ] {
            assert!(document_number(line).is_some(), "{line}");
        }
        for line in [
            "Document de travail",
            "Document 3 de 9",
            "Dokumentum A123456789012345",
        ] {
            assert_eq!(document_number(line), None, "{line}");
        }
    }
}
