//! People of a byline, by family and given name. What isn't certainly a person's name stays as it is written: an agency
//! that is sorted under its last word would be a fault in every bibliography.

use super::line::line;

/// Who wrote something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    Named {
        family: String,
        given: String,
    },
    /// An agency, an editorial staff, a pen name.
    Literal(String),
}

/// Words between given and family name, which belong to the latter: `Moussa ag Ali`.
const PARTICLES: [&str; 15] = [
    "ag", "al", "ben", "bin", "bint", "d'", "de", "des", "du", "el", "ibn", "ould", "ouled", "van", "von",
];

/// Words that no person's name has.
const OTHERS: [&str; 17] = [
    "agence",
    "avec",
    "correspondance",
    "correspondant",
    "correspondante",
    "desk",
    "equipe",
    "équipe",
    "la",
    "le",
    "les",
    "media",
    "par",
    "press",
    "presse",
    "redaction",
    "rédaction",
];

/// More people than bylines have; what is longer is no list of names.
const MOST: usize = 20;

/// Reads a byline: names joined by `et`, `and`, `&`, `;`, `/` or commas.
pub(super) fn read(byline: &str) -> Vec<Person> {
    let byline = line(byline);
    let mut marked = byline.replace([';', '/', '&'], "\n");
    for and in [" et ", " and "] {
        marked = marked.replace(and, "\n");
    }
    let parts: Vec<&str> = marked
        .split('\n')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let people: Option<Vec<Person>> = parts
        .iter()
        .map(|part| of_part(part))
        .collect::<Option<Vec<_>>>()
        .map(|all| all.concat());
    match people {
        Some(people) if !people.is_empty() && people.len() <= MOST => people,
        _ if byline.is_empty() => Vec::new(),
        _ => vec![Person::Literal(byline)],
    }
}

/// `Awa Ba`, `Ba, Awa`, `Awa Ba, Moussa Ba`; none for what is no name.
fn of_part(part: &str) -> Option<Vec<Person>> {
    let names: Vec<&str> = part
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    match names[..] {
        [family, given] if !family.contains(' ') && is_name(family) && is_name(given) => {
            Some(vec![named(family, given)])
        }
        _ => names.into_iter().map(of_name).collect(),
    }
}

fn of_name(name: &str) -> Option<Person> {
    let words: Vec<&str> = name.split(' ').collect();
    if words.len() == 1 {
        // One word is an agency or a pen name: AFP, Sahelblog.
        return is_name(name).then(|| Person::Literal(name.to_string()));
    }
    if words.len() > 5 || !words.iter().all(|word| is_name(word) || is_particle(word)) {
        return None;
    }
    let is_capital = |word: &&str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let capitals = words.iter().take_while(|word| is_capital(word)).count();
    let family_first = capitals > 0 && capitals < words.len() && !words[capitals..].iter().any(is_capital);
    if family_first {
        return Some(named(&words[..capitals].join(" "), &words[capitals..].join(" ")));
    }
    let particle = words
        .iter()
        .skip(1)
        .position(|word| is_particle(word))
        .map(|at| at + 1);
    let at = particle
        .filter(|at| at + 1 < words.len())
        .unwrap_or(words.len() - 1);
    Some(named(&words[at..].join(" "), &words[..at].join(" ")))
}

fn named(family: &str, given: &str) -> Person {
    Person::Named {
        family: family.to_string(),
        given: given.to_string(),
    }
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word.to_lowercase().as_str())
}

/// Whether words may be those of a person: capitals first, no figures, none that only others have.
fn is_name(text: &str) -> bool {
    text.split(' ').all(|word| {
        let begins = word.chars().next().is_some_and(char::is_uppercase);
        let is_letters = word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
        is_letters && (begins || is_particle(word)) && !OTHERS.contains(&word.to_lowercase().as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `family/given` of each, a literal as it is.
    fn shown(byline: &str) -> String {
        let shown = read(byline).into_iter().map(|person| match person {
            Person::Named { family, given } => format!("{family}/{given}"),
            Person::Literal(name) => name,
        });
        shown.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn names_are_divided_and_others_left_whole() {
        for (byline, people) in [
            ("Awa Ba", "Ba/Awa"),
            ("Awa Ba et Moussa Diallo", "Ba/Awa; Diallo/Moussa"),
            ("Awa Ba, Moussa Diallo", "Ba/Awa; Diallo/Moussa"),
            ("Ba, Awa", "Ba/Awa"),
            ("Moussa ag Ali", "ag Ali/Moussa"),
            ("Cheikh Ould Dah", "Ould Dah/Cheikh"),
            ("DIALLO Moussa", "DIALLO/Moussa"),
            ("AWA BA", "BA/AWA"),
            ("Jean-Hervé Jézéquel", "Jézéquel/Jean-Hervé"),
            ("AFP", "AFP"),
            ("Awa Ba avec AFP", "Awa Ba avec AFP"),
            ("La rédaction", "La rédaction"),
            ("La rédaction et Awa Ba", "La rédaction et Awa Ba"),
            ("Studio Tamani 2", "Studio Tamani 2"),
            ("contact@ex.ml", "contact@ex.ml"),
            ("  ", ""),
        ] {
            assert_eq!(shown(byline), people, "{byline}");
        }
    }

    #[test]
    fn a_list_without_end_is_no_list_of_names() {
        let long = vec!["Awa Ba"; MOST + 1].join(" et ");
        assert_eq!(read(&long), [Person::Literal(long.clone())]);
    }
}
