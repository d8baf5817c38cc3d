//! Lists of words that patterns share, folded: numbers, people.

use std::collections::BTreeMap;
use std::sync::LazyLock;

const UNITS: [(&str, u32); 22] = [
    ("un", 1),
    ("une", 1),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("onze", 11),
    ("douze", 12),
    ("treize", 13),
    ("quatorze", 14),
    ("quinze", 15),
    ("seize", 16),
    ("dix-sept", 17),
    ("dix-huit", 18),
    ("dix-neuf", 19),
    ("vingt et un", 21),
    ("vingt et une", 21),
];

const TENS: [(&str, u32); 5] = [
    ("vingt", 20),
    ("trente", 30),
    ("quarante", 40),
    ("cinquante", 50),
    ("soixante", 60),
];

const ROUND: [(&str, u32); 9] = [
    ("soixante-dix", 70),
    ("quatre-vingts", 80),
    ("quatre-vingt-dix", 90),
    ("cent", 100),
    ("deux cents", 200),
    ("trois cents", 300),
    ("quatre cents", 400),
    ("cinq cents", 500),
    ("mille", 1000),
];

/// "une vingtaine".
pub(super) const ABOUT: [(&str, u32); 9] = [
    ("dizaine", 10),
    ("douzaine", 12),
    ("quinzaine", 15),
    ("vingtaine", 20),
    ("trentaine", 30),
    ("quarantaine", 40),
    ("cinquantaine", 50),
    ("soixantaine", 60),
    ("centaine", 100),
];

/// Every number that is one word or phrase.
pub(super) static NUMBERS: LazyLock<BTreeMap<String, u32>> = LazyLock::new(|| {
    let all = UNITS.iter().chain(&TENS).chain(&ROUND);
    let mut words: BTreeMap<String, u32> = all.map(|(word, n)| ((*word).to_string(), *n)).collect();
    for (ten, tens) in TENS {
        let most = if tens == 60 { 19 } else { 9 };
        for (unit, n) in UNITS.iter().filter(|(_, n)| (2..=most).contains(n)) {
            words.insert(format!("{ten}-{unit}"), tens + n);
        }
        if tens != 20 {
            for one in ["un", "une"] {
                words.insert(format!("{ten} et {one}"), tens + 1);
            }
        }
    }
    words
});

/// Words as alternatives, the longest first.
fn alternatives<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut words: Vec<&str> = words.collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
}

/// The pattern of a number.
pub(super) fn number() -> String {
    let below_hundred = alternatives(NUMBERS.iter().filter(|(_, n)| **n < 100).map(|(word, _)| &**word));
    let all = alternatives(NUMBERS.keys().map(|word| &**word));
    let about = alternatives(ABOUT.iter().map(|(word, _)| *word));
    format!(
        r"(?:(?:(?:deux|trois|quatre|cinq|six|sept|huit|neuf) )?cents?(?: (?:et )?(?:{below_hundred}))?\b|\d{{1,3}}(?:[ .]\d{{3}})+|\d+|une (?:bonne )?(?:{about})|{all})"
    )
}

/// Those who are counted.
#[rustfmt::skip]
pub(super) const PEOPLE: &str = "civils?|civiles?|personnes?|soldats?|militaires?|gendarmes?|policiers?|terroristes?|jihadistes?|djihadistes?|assaillants?|combattants?|villageois|habitants?|hommes?|femmes?|enfants?|victimes?|casques? bleus?|paysans?|eleveurs?|bergers?|commercants?|passagers?|orpailleurs?|chasseurs?|dozos?|rebelles?|otages?|vdp|volontaires?|membres?|elements?|cadres?|chefs?|fideles?|pelerins?|notables?|douaniers?|agents?|employes?|ouvriers?|travailleurs?|humanitaires?|journalistes?|etudiants?|eleves?|enseignants?|chinois|mauritaniens?|francais|maliens?|nigeriens?|burkinabe|tchadiens?|europeens?|etrangers?|ressortissants?|expatries?|migrants?|refugies?|jeunes?|adolescents?|vieillards?|filles?|fillettes?|nourrissons?|bandits?|ennemis?|mercenaires?|insurges?|miliciens?|chauffeurs?|conducteurs?|camionneurs?|officiers?|gardes?|forestiers?|pecheurs?|cultivateurs?|religieuses?|pretres?|kamikazes?|supposes?|suppletifs?|occupants?|marchands?|touristes?|legionnaires?|compatriotes?|nigerians?|americains?|espagnols?|allemands?|beninois|togolais|ivoiriens?|manifestants?|guides?|ravisseurs?|autres";
