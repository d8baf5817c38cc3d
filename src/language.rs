//! Names of languages as codes: readers keep the code, the facet of languages takes its path from it.

/// A language as it is kept: the code alone, where it is one (`fr` of `fr-FR`, `français`, `French`), else
/// what was written, in lower case.
pub fn code(written: &str) -> String {
    let lower = written.to_lowercase();
    match lower.as_str() {
        "français" | "francais" | "french" | "fra" | "fre" => return "fr".into(),
        "anglais" | "english" | "eng" => return "en".into(),
        "arabe" | "arabic" | "ara" => return "ar".into(),
        "espagnol" | "spanish" | "spa" => return "es".into(),
        "portugais" | "portuguese" | "por" => return "pt".into(),
        _ => {}
    }
    match lower.split(['-', '_']).next() {
        Some(code) if matches!(code.len(), 2 | 3) => code.into(),
        _ => lower,
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
