//! Names of languages as codes: readers keep the code, the facet of languages takes its path from it.

/// A language as it is kept: the code alone, where it is one (`fr` of `fr-FR`, `français`, `French`), else
/// what was written, in lower case.
pub fn code(written: &str) -> String {
    let lower = written.to_lowercase();
    let is_named =
        |code: &&str| names(code).contains(&lower.as_str()) || *code == "fr" && lower == "francais";
    if let Some(code) = ["fr", "en", "ar", "es", "pt"].into_iter().find(is_named) {
        return code.into();
    }
    match lower.split(['-', '_']).next() {
        Some(code) if matches!(code.len(), 2 | 3) => code.into(),
        _ => lower,
    }
}

/// Names by which [`code`] knows a language.
pub fn names(code: &str) -> &'static [&'static str] {
    match code {
        "fr" => &["français", "french", "fra", "fre"],
        "en" => &["anglais", "english", "eng"],
        "ar" => &["arabe", "arabic", "ara"],
        "es" => &["espagnol", "spanish", "spa"],
        "pt" => &["portugais", "portuguese", "por"],
        _ => &[],
    }
}

/// The path of a language in its facet: its code, of letters and digits only. `None` when nothing of it is
/// left.
pub fn path(written: &str) -> Option<String> {
    let path: String = code(written.trim())
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(40)
        .collect();
    (!path.is_empty()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::{code, path};

    #[test]
    fn languages_by_any_name_have_one_code() {
        for written in ["fr", "FR", "fr-FR", "fr_ML", "Français", "french", "fra"] {
            assert_eq!(code(written), "fr", "{written}");
            assert_eq!(path(written).as_deref(), Some("fr"), "{written}");
        }
        assert_eq!(code("Bambara"), "bambara");
    }

    #[test]
    fn a_path_has_letters_and_digits_only() {
        assert_eq!(path(" / ").as_deref(), None);
        assert_eq!(path("tama/cheq").as_deref(), Some("tamacheq"));
        assert_eq!(path(&"é".repeat(100)).map(|p| p.chars().count()), Some(40));
    }
}
