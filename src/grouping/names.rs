//! Names of places: spellings that may be of one name.

use crate::french::fold;
use rustc_hash::FxHashSet;

/// A name, folded, and its consonants.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub folded: String,
    pub skeleton: String,
}

impl Name {
    /// None for a name without letters or digits.
    pub fn new(name: &str) -> Option<Self> {
        let folded: String = fold(name).chars().filter(char::is_ascii_alphanumeric).collect();
        (!folded.is_empty()).then(|| Self {
            skeleton: skeleton(&folded),
            folded,
        })
    }
}

/// How much two names are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    Different,
    Alike,
    Equal,
}

/// The consonants, spellings of one sound made equal: Koury and Kouri, Markacoungo and Markakongo.
pub(super) fn skeleton(folded: &str) -> String {
    const SOUNDS: [(&str, &str); 9] = [
        ("ch", "s"),
        ("ck", "k"),
        ("qu", "k"),
        ("dj", "j"),
        ("dy", "j"),
        ("gui", "gi"),
        ("gn", "n"),
        ("ph", "f"),
        ("z", "s"),
    ];
    let mut text = folded.to_string();
    for (from, to) in SOUNDS {
        text = text.replace(from, to);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if matches!(c, 'c' | 'q') { 'k' } else { c };
        if !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w') && !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// The number of letters to change, at most `most` + 1.
fn edits(one: &str, other: &str, most: usize) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > most {
        return most + 1;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, x) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in other.iter().enumerate() {
            let change = row[j] + usize::from(x != y);
            next.push(change.min(next[j] + 1).min(row[j + 1] + 1));
        }
        row = next;
        if row.iter().min().is_some_and(|least| *least > most) {
            return most + 1;
        }
    }
    row[other.len()]
}

/// Whether two names may be spellings of one.
pub(super) fn likeness(one: &Name, other: &Name) -> Likeness {
    let (a, b) = (&*one.folded, &*other.folded);
    if a == b {
        return Likeness::Equal;
    }
    let short = a.len().min(b.len());
    if short < 4 || !begin_alike(a, b) {
        return Likeness::Different;
    }
    let sounds = one.skeleton == other.skeleton;
    let consonants = one.skeleton.len();
    let changed = edits(a, b, 2);
    let is_alike = short >= 8 && changed <= 2
        || sounds
            && (short >= 5 && changed <= 1
                || short >= 5 && consonants >= 3 && changed <= 2
                || short >= 10 && consonants >= 5
                || (a.starts_with(b) || b.starts_with(a)) && a.len().abs_diff(b.len()) <= 3);
    if is_alike {
        Likeness::Alike
    } else {
        Likeness::Different
    }
}

fn begin_alike(a: &str, b: &str) -> bool {
    let start = |name: &str| name[..name.len().min(4)].replace('t', "");
    a.as_bytes().first() == b.as_bytes().first() || start(a) == start(b)
}

/// The best likeness between any two names.
pub(super) fn best_likeness(one: &[Name], other: &[Name]) -> Likeness {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| likeness(a, b)));
    pairs.max().unwrap_or(Likeness::Different)
}

/// Further names that the name of a place has within it: both ends of a road, the place of a camp.
pub fn within(place: &str) -> Vec<String> {
    let lower = place.to_lowercase();
    if ["entre ", "axe ", "route ", "tronçon ", "d'", "d’"]
        .iter()
        .any(|start| lower.starts_with(start))
    {
        return ends_of_road(place);
    }
    const SITES: [&str; 23] = [
        "aeroport",
        "camp",
        "pont",
        "site",
        "mine",
        "base",
        "foret",
        "village",
        "ville",
        "localite",
        "secteur",
        "zone",
        "campement",
        "region",
        "cercle",
        "province",
        "commune",
        "departement",
        "quartier",
        "gare",
        "poste",
        "hameau",
        "marche",
    ];
    let first = fold(place.split_whitespace().next().unwrap_or_default());
    if !SITES.contains(&&*first) {
        return Vec::new();
    }
    named_after(place).into_iter().collect()
}

/// What follows the first `de`, `du`, `d'` or `à`, if it is a name.
fn named_after(place: &str) -> Option<String> {
    const LINKS: [&str; 8] = [" de la ", " de l'", " de l’", " de ", " d'", " d’", " du ", " à "];
    let found = LINKS.iter().filter_map(|link| {
        let at = place.find(link)? + link.len();
        let rest = place.get(at..)?.trim();
        rest.starts_with(char::is_uppercase)
            .then(|| (at, rest.to_string()))
    });
    found.min().map(|(_, name)| name)
}

fn ends_of_road(place: &str) -> Vec<String> {
    const STARTS: [&str; 6] = ["entre", "axe", "route", "tronçon", "d'", "d’"];
    let lower = place.to_lowercase();
    let start = STARTS
        .iter()
        .find(|start| lower.starts_with(*start))
        .map_or(0, |s| s.len());
    let mut rest = place.get(start..).unwrap_or_default().trim();
    for link in ["de la ", "de ", "d'", "d’", "du "] {
        rest = rest.strip_prefix(link).unwrap_or(rest);
    }
    const MIDDLES: [&str; 7] = [" et ", " à ", " au ", " - ", " – ", "-", "–"];
    let middle = MIDDLES
        .iter()
        .filter_map(|middle| Some((rest.find(middle)?, middle.len())));
    match middle.min() {
        Some((at, length)) => [&rest[..at], &rest[at + length..]]
            .map(|end| end.trim().to_string())
            .to_vec(),
        None => Vec::new(),
    }
}

/// Every name of a place, without doubles, in order of the alphabet.
pub(super) fn names<'n>(names: impl Iterator<Item = &'n str>) -> Vec<Name> {
    let mut seen = FxHashSet::default();
    let mut found: Vec<Name> = names
        .filter_map(Name::new)
        .filter(|n| seen.insert(n.folded.clone()))
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(one: &str, other: &str) -> Likeness {
        match (Name::new(one), Name::new(other)) {
            (Some(one), Some(other)) => likeness(&one, &other),
            _ => Likeness::Different,
        }
    }

    #[test]
    fn spellings_of_one_name_are_alike_and_other_names_are_not() {
        assert_eq!(alike("Tin-Aïcha", "tin aicha"), Likeness::Equal);
        for (one, other) in [
            ("Koury", "Kouri"),
            ("Markacoungo", "Markakongo"),
            ("Boulkessi", "Boulikessi"),
            ("Tchoma Bangou", "Tchomo-Bangou"),
            ("Foubé", "Foubbé"),
        ] {
            assert_eq!(alike(one, other), Likeness::Alike, "{one} {other}");
        }
        for (one, other) in [
            ("Gao", "Gado"),
            ("Mopti", "Mondoro"),
            ("Djibo", "Djigo"),
            ("Koro", "Kona"),
        ] {
            assert_eq!(alike(one, other), Likeness::Different, "{one} {other}");
        }
    }

    #[test]
    fn roads_and_camps_have_names_within_them() {
        assert_eq!(within("entre Gao et Ansongo"), ["Gao", "Ansongo"]);
        assert_eq!(within("route de Gao à Ansongo"), ["Gao", "Ansongo"]);
        assert_eq!(within("axe Djibo-Kongoussi"), ["Djibo", "Kongoussi"]);
        assert_eq!(within("camp militaire de Mondoro"), ["Mondoro"]);
        assert!(within("Moura").is_empty() && within("Ville").is_empty());
    }
}
