//! What two texts are compared by: words, names, days of the week, years, kinds of deed.

use crate::date::names::WEEKDAYS;
use crate::french::{fold_into, is_apostrophe, is_ignorable};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash as _, Hasher as _};

/// Letters of a word that count: `attaque`, `attaqué` and `attaquants` are one.
const STEM: usize = 6;

/// Words that say nothing of one event: of grammar, of any attack, of the three countries.
const COMMON: &str = " le la les l un une des du de d et en au aux a dans par pour sur avec que qui qu ne pas plus est ont \
    ete etait avait sont cette ce ces cet son sa ses leur leurs il elle ils elles on se s y c selon lors entre apres avant \
    vers fait dont mais ou comme tout tous deux trois ainsi aussi encore ans an annee jour jours mois heure heures mali \
    malien maliens malienne burkina faso niger region cercle village ville localite commune province attaque attaques armee \
    arme armes hommes groupe groupes soldats militaires civils personnes morts mort tue tues tuees blesses contre nord sud \
    ouest centre pays ";

/// In lower case without accents, everything else as it stands.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut buffer = [0; 4];
    for c in text.chars() {
        if is_apostrophe(c) {
            out.push('\'');
        } else if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            let before = out.len();
            fold_into(c.encode_utf8(&mut buffer), &mut out);
            if out.len() == before && !is_ignorable(c) && !c.is_alphanumeric() && !is_mark(c) {
                out.push(c);
            }
        }
    }
    out
}

/// Accents on their own.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Runs of letters, of a plain text.
fn letters(plain: &str) -> impl Iterator<Item = &str> {
    plain
        .split(|c: char| !c.is_ascii_lowercase())
        .filter(|word| !word.is_empty())
}

fn is_common(word: &str) -> bool {
    COMMON.match_indices(word).any(|(at, _)| {
        let (before, after) = (
            COMMON.as_bytes().get(at.wrapping_sub(1)),
            COMMON.as_bytes().get(at + word.len()),
        );
        before == Some(&b' ') && after == Some(&b' ')
    })
}

/// The beginnings of the words that say something, with repetitions, of a plain text.
pub(super) fn stems(plain: &str) -> impl Iterator<Item = &str> {
    letters(plain)
        .filter(|word| word.len() >= 3 && !is_common(word) && super::numbers::unit(word).is_none())
        .map(|word| &word[..word.len().min(STEM)])
}

/// The numbers of words, given as they are met.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(FxHashMap<String, u32>);

impl Vocabulary {
    pub fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.0.get(word) {
            return *number;
        }
        let number = self.0.len() as u32;
        self.0.insert(word.to_string(), number);
        number
    }

    pub fn get(&self, word: &str) -> Option<u32> {
        self.0.get(word).copied()
    }
}

/// Words by their numbers, in order, with how often each stands.
pub(super) type Bag = Vec<(u32, f32)>;

/// The bag of some words.
pub(super) fn bag(mut words: Vec<u32>) -> Bag {
    words.sort_unstable();
    let mut bag = Bag::new();
    for word in words {
        match bag.last_mut() {
            Some((last, times)) if *last == word => *times += 1.0,
            _ => bag.push((word, 1.0)),
        }
    }
    bag
}

/// Names in a text, folded, but for those that begin a sentence.
pub(super) fn names_in(text: &str) -> Vec<String> {
    const OF_ALL: [&str; 5] = ["mali", "burkina", "niger", "faso", "bamako"];
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || is_apostrophe(c);
    let mut names = Vec::new();
    let mut begin = 0;
    while let Some(from) = text[begin..]
        .find(|c: char| c.is_alphanumeric())
        .map(|at| begin + at)
    {
        let end = text[from..]
            .find(|c| !is_part(c))
            .map_or(text.len(), |at| from + at);
        // "d'Ansongo": what follows the apostrophe may be the name.
        let starts = text[from..end].char_indices().filter(|(at, c)| {
            c.is_uppercase()
                && text[from..from + at]
                    .chars()
                    .next_back()
                    .is_none_or(|p| !p.is_alphanumeric())
        });
        if let Some(at) = starts.map(|(at, _)| from + at).next() {
            let before = text[..at].chars().rev();
            let mut before = before.skip_while(|c| *c == ' ');
            let begins = before
                .next()
                .is_none_or(|c| matches!(c, '.' | '!' | '?' | '«' | '"'));
            let name = crate::french::fold(&text[at..end]);
            if !begins && name.chars().count() >= 3 && !OF_ALL.contains(&&*name) {
                names.push(name);
            }
        }
        begin = end;
    }
    names.sort();
    names.dedup();
    names
}

/// Words that a day of the week follows which is that of a statement.
const TOLD: [&str; 15] = [
    "annonc",
    "indiqu",
    "declar",
    "rapport",
    "affirm",
    "precis",
    "communiqu",
    "appris",
    "publi",
    "diffus",
    "confirm",
    "revendiqu",
    "a dit",
    "ont dit",
    "dans la soiree de",
];
const TOLD_AFTER: [&str; 10] = [
    " dans un communique",
    " soir dans un communique",
    " matin dans un communique",
    " par ",
    " soir par ",
    " matin par ",
    " sur ",
    ", l'armee",
    ", le gouvernement",
    ", selon",
];

/// The days of the week that a plain text gives, Monday first, one bit each; not those of statements: “a annoncé
/// lundi”.
pub(super) fn weekdays(plain: &str) -> u8 {
    let mut found: Vec<(usize, usize, u8)> = Vec::new();
    for (number, day) in (0..).zip(WEEKDAYS) {
        let places = words_at(plain, day);
        found.extend(places.map(|at| (at, at + day.len(), number)));
    }
    found.sort_unstable();
    let (mut days, mut after) = (0, 0);
    for (from, to, number) in found {
        let start = plain[after..from]
            .rfind(['.', ';', ','])
            .map_or(after, |at| after + at + 1);
        let before = &plain[start..from];
        let is_told = TOLD.iter().any(|mark| {
            before
                .rfind(mark)
                .is_some_and(|at| before.len() - at - mark.len() <= 45)
        }) || TOLD_AFTER.iter().any(|mark| plain[to..].starts_with(mark));
        if !is_told {
            days |= 1 << number;
        }
        after = to;
    }
    days
}

/// Where a word stands as a whole word.
fn words_at<'t>(plain: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    plain.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = plain[..*at].chars().next_back();
        let after = plain[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// The years from 2000 to 2039 that a text names, in order.
pub(super) fn years(text: &str) -> Vec<i16> {
    let runs = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == 4);
    let mut years: Vec<i16> = runs
        .filter_map(|run| run.parse().ok())
        .filter(|year| (2000..2040).contains(year))
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// Kinds of deed and the words for them; `<` and `>` stand for the ends of words.
const KINDS: [(&str, &[&str]); 20] = [
    ("strike", &["drone", "frappe", "aerien", "bombard"]),
    (
        "mine",
        &[
            "<mine>",
            "<mines>",
            "engin explosif",
            "engins explosif",
            "<eei>",
            "saute",
        ],
    ),
    ("abduct", &["enlev", "otage", "kidnapp", "ravisseur", "rapt"]),
    ("siege", &["blocus", "assieg", "encercl", "embargo", "siege de"]),
    ("free", &["liber", "relach"]),
    ("shell", &["roquette", "obus", "mortier"]),
    (
        "suicide",
        &[
            "suicide",
            "kamikaze",
            "voiture piegee",
            "vehicule piege",
            "vehicules piege",
        ],
    ),
    (
        "camp",
        &[
            "<camp>",
            "base militaire",
            "caserne",
            "garnison",
            "poste",
            "detachement",
            "position",
        ],
    ),
    ("ambush", &["embuscade"]),
    ("convoy", &["convoi", "cortege"]),
    ("bus", &["<bus>", "<car>", "<cars>", "autocar", "minibus"]),
    ("boat", &["bateau", "navire", "pirogue"]),
    ("fire", &["incendi", "brul"]),
    ("market", &["marche", "foire"]),
    (
        "take",
        &[
            "repris",
            "pris le controle",
            "prise de",
            "<ont pris>",
            "aux mains",
            "tombee",
        ],
    ),
    ("coup", &["coup d'etat", "putsch", "renverse", "mutin"]),
    ("protest", &["manifest"]),
    (
        "talks",
        &[
            "transition",
            "concertation",
            "sommet",
            "negociation",
            "delegation",
            "mediation",
            "<accord",
            "dialogue",
            "reconcili",
        ],
    ),
    (
        "accident",
        &[
            "accident",
            "s'est ecras",
            "crash",
            "s'est renvers",
            "chavir",
            "inond",
        ],
    ),
    ("flee", &["fui", "deplace", "rescapes gagnent", "partis"]),
];

pub(super) const KIND_COUNT: usize = KINDS.len();

/// The bit of a kind.
pub(super) fn kind(name: &str) -> u32 {
    KINDS
        .iter()
        .position(|(known, _)| *known == name)
        .map_or(0, |at| 1 << at)
}

/// The kinds of deed that a plain text names, one bit each.
pub(super) fn kinds(plain: &str) -> u32 {
    let named = KINDS
        .iter()
        .enumerate()
        .filter(|(_, (_, words))| words.iter().any(|word| has(plain, word)));
    named.fold(0, |kinds, (at, _)| kinds | 1 << at)
}

/// Whether a plain text names peacekeepers.
pub(super) fn has_peacekeepers(plain: &str) -> bool {
    ["casque bleu", "casques bleu", "minusma", "onu>"]
        .iter()
        .any(|word| has(plain, word))
}

fn has(plain: &str, pattern: &str) -> bool {
    let word = pattern.trim_matches(['<', '>']);
    plain.match_indices(word).any(|(at, _)| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        (!pattern.starts_with('<') || edge(plain[..at].chars().next_back()))
            && (!pattern.ends_with('>') || edge(plain[at + word.len()..].chars().next()))
    })
}

/// Runs of four words of a text, as numbers: of a long text a sample of them, by their numbers, so that two samples
/// have in common what the texts have.
#[derive(Debug, Clone, Default)]
pub(super) struct Runs {
    /// In order.
    hashes: Vec<u64>,
    /// Kept are those whose lowest bits, so many, are 0.
    bits: u32,
}

/// Runs that are kept at most.
const MOST_RUNS: usize = 4096;

impl Runs {
    pub fn of(plain: &str) -> Self {
        let words: Vec<&str> = plain
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect();
        let hash = |run: &[&str]| {
            let mut hasher = FxHasher::default();
            run.hash(&mut hasher);
            hasher
                .finish()
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(32)
        };
        let mut runs = Self {
            hashes: words.windows(4).map(hash).collect(),
            bits: 0,
        };
        runs.hashes.sort_unstable();
        runs.hashes.dedup();
        while runs.hashes.len() > MOST_RUNS {
            runs.bits += 1;
            let mask = (1_u64 << runs.bits) - 1;
            runs.hashes.retain(|hash| hash & mask == 0);
        }
        runs
    }

    /// The share of the shorter text that stands in the other one.
    pub fn containment(&self, other: &Self) -> f64 {
        let mask = (1_u64 << self.bits.max(other.bits)) - 1;
        let kept = |runs: &Self| -> Vec<u64> {
            runs.hashes
                .iter()
                .copied()
                .filter(|hash| hash & mask == 0)
                .collect()
        };
        let (one, two) = (kept(self), kept(other));
        let shorter = one.len().min(two.len());
        let common = one.iter().filter(|hash| two.binary_search(hash).is_ok()).count();
        common as f64 / shorter.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_say_something() {
        let text = plain("L’attaque du village de Markoye a fait dix-sept morts, d'après l'état-major");
        assert_eq!(stems(&text).collect::<Vec<_>>(), ["markoy", "etat", "major"]);
    }

    #[test]
    fn the_day_of_a_statement_is_not_that_of_the_event() {
        let days = |text| weekdays(&plain(text));
        assert_eq!(days("Il a annoncé lundi que samedi le camp a brûlé"), 1 << 5);
        assert_eq!(days("tués vendredi, a dit mardi le maire"), 1 << 4);
        assert_eq!(days("l'attaque de jeudi, selon un élu"), 0);
        assert_eq!(days("une attaque jeudi matin à Koro"), 1 << 3);
    }

    #[test]
    fn names_and_years_and_kinds() {
        assert_eq!(
            names_in("Le maire d'Ansongo a vu Barkhane. Hier, à Tin-Akoff, le Mali..."),
            ["ansongo", "barkhane", "tinakoff"]
        );
        assert_eq!(years("en 2019, 12019 ou 2021-03, 1999"), [2019, 2021]);
        let found = kinds("le camp et la mine d'or");
        assert_eq!(found, kind("camp") | kind("mine"));
        assert_eq!(kinds("campagne de mineurs") & kind("mine"), 0);
        assert!(has_peacekeepers("quatre casques bleus") && !has_peacekeepers("inconnu, reconnu"));
    }

    #[test]
    fn a_sample_of_a_long_text_says_how_much_stands_in_another() {
        let text = |from: usize, to: usize| (from..to).map(|n| format!("mot{n} ")).collect::<String>();
        let (long, half) = (Runs::of(&text(0, 40_000)), Runs::of(&text(20_000, 60_000)));
        assert!(long.hashes.len() <= MOST_RUNS);
        assert!((long.containment(&half) - 0.5).abs() < 0.05);
        assert!(Runs::of(&text(0, 50)).containment(&Runs::of(&text(0, 50))) > 0.99);
        assert!(Runs::of(&text(0, 50)).containment(&Runs::of("")).abs() < 1e-9);
    }
}
