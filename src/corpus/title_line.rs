//! The title of a text without markup: its first line, where that looks like one.

use super::{clean, source_line};
use crate::credits;
use crate::date::line as date_line;

/// Longest title, in characters.
const LONGEST_TITLE: usize = 200;

/// Title and body of a text: the first line is the title, and no longer in the body, if it looks like one.
pub(super) fn split_title(text: &str) -> (String, String) {
    if let Some((first, rest)) = text.split_once('\n')
        && looks_like_title(first, rest)
        && let Some(title) = clean::line(first)
    {
        return (title, clean::trimmed(rest).to_string());
    }
    (String::new(), text.to_string())
}

/// Whether the first line of a text is a headline rather than the text's first sentence, a date, a credit or
/// an address.
fn looks_like_title(first: &str, rest: &str) -> bool {
    let line = first.trim();
    let length = line.chars().count();
    let Some(next) = rest.lines().map(str::trim).find(|l| !l.is_empty()) else {
        return false;
    };
    let blank_follows = rest.lines().next().is_none_or(|l| l.trim().is_empty());
    let longer_follows = next.chars().count() >= 80.max(2 * length);
    let sentence = line.ends_with(['.', ';', ':', ',']) && !line.ends_with("...");
    let headline = blank_follows
        && length <= 120
        && line.ends_with('.')
        && (line.contains(" : ") || line.contains("\u{a0}:"));
    length <= LONGEST_TITLE
        && is_of_words(line)
        && (blank_follows || longer_follows || !credits::of_line(next).is_empty())
        && (!sentence || headline)
        && !line.starts_with(['-', '*', '•', '<', '|', '—', '–'])
        && !line.contains("://")
        && date_line::line(line).is_none()
        && credits::of_line(line).is_empty()
        && !source_line::is_caption(line)
        && source_line::of_line(line).is_none()
}

/// Whether a line has letters, and fewer other signs than letters and digits, as what scans show of stains has not.
fn is_of_words(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphanumeric()).count();
    let signs = line.chars().filter(|c| !c.is_whitespace()).count() - letters;
    line.chars().any(char::is_alphabetic) && letters > signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_more_signs_than_letters_is_no_title() {
        for line in [")V", "( Ses ) '", "v .50/ ;>", "Y;; 384 ) \\"] {
            let text = format!("{line}\n\n{LONG}");
            assert_eq!(split_title(&text), (String::new(), text));
        }
        assert_eq!(split_title(&format!("G5 : « ça »\n\n{LONG}")).0, "G5 : « ça »");
    }

    const LONG: &str = "Au Mali, une quarantaine d’hommes ont attaqué mercredi le poste de Dioba, dans la région de Koulikoro, sans faire de mort.";

    #[test]
    fn a_headline_is_the_title_and_leaves_the_body() {
        for title in [
            "Mali : un week-end d’attaques au sud",
            "Qui recule ?",
            "Une trêve, et après…",
            "Mali : l’armée reprend Kidal.",
            "Sport",
        ] {
            assert_eq!(
                split_title(&format!("{title}\n\n{LONG}")),
                (title.into(), LONG.into())
            );
        }
        assert_eq!(
            split_title(&format!("Nara : une patrouille saute\n{LONG}")),
            ("Nara : une patrouille saute".into(), LONG.into())
        );
    }

    #[test]
    fn a_sentence_a_date_a_caption_or_an_address_stays_in_the_body() {
        for first in [
            LONG,
            "Le poste a été attaqué.",
            "Publié le 3 juin 2017 à 10:00",
            "03/06/2017",
            "Des policiers sur un camp de bataille/ AP et SIPA",
            "© Minusma",
            "Source : https://rfi.fr/",
            "- un point",
            "****",
        ] {
            let text = format!("{first}\n\n{LONG}");
            assert_eq!(split_title(&text), (String::new(), text.clone()), "{first}");
        }
        assert_eq!(
            split_title("Une seule ligne"),
            (String::new(), "Une seule ligne".into())
        );
        assert_eq!(
            split_title("un vers\nun autre vers"),
            (String::new(), "un vers\nun autre vers".into())
        );
    }
}
