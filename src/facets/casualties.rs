//! How many people a passage says were killed, wounded, abducted.
//!
//! Careful rather than complete: a number is given only where the text states just one; approximations,
//! ranges, lists and contradictions are quoted and left to people; what is negated is left out.

use super::quantities::{Number, Word, numbers, words};
use crate::date::names::MONTHS;
use serde::Serialize;

/// A word between a number and what happened to the people counted, at most so many.
const REACH: usize = 9;

/// Greatest number that is a toll and not an estimate of something else.
const MOST: u32 = 20_000;

/// What a passage says of one harm.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Toll {
    /// Stated exactly or as a minimum ("au moins 11"), and only once.
    pub number: Option<u32>,
    /// The words, several parted by ` | `.
    pub text: String,
}

/// People killed, wounded, abducted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Casualties {
    pub killed: Toll,
    pub wounded: Toll,
    pub abducted: Toll,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Harm {
    Killed,
    Wounded,
    Abducted,
}

/// What a passage says of one number of people.
struct Statement {
    harm: Harm,
    from: usize,
    to: usize,
    /// Only where it is stated as one number of people of whom just this is said.
    value: Option<u32>,
}

/// Reads a passage.
pub fn casualties(text: &str) -> Casualties {
    let words = words(text);
    // "dont sept enfants", "sur les 12 passagers", "quarante-cinq ans": no number of people harmed, but part
    // of one, or of something else.
    let counts = |n: &Number| {
        !part(&words, n)
            && !of_something_else(&words, n)
            && (people_after(&words, n.to).is_some() || bare(&words, n) || stated(&words, n).is_some())
    };
    let numbers: Vec<Number> = numbers(&words).into_iter().filter(counts).collect();
    let mut found: Vec<Statement> = Vec::new();
    // Counted people of whom nothing has been said yet: "deux soldats et trois civils tués".
    let mut open: Option<usize> = None;
    for (index, number) in numbers.iter().enumerate() {
        let next = numbers
            .get(index + 1)
            .map_or(words.len(), |n| with_hedge(&words, n.from));
        let Some(read) = harm_of(&words, number, next) else {
            match found.last_mut().filter(|last| also(&words, last.to, number)) {
                // "a tué 84 mercenaires et 47 soldats": the sum is left to people.
                Some(last) => {
                    (last.value, last.to) =
                        (None, people_after(&words, number.to).map_or(number.to, |w| w + 1))
                }
                None => open = open.or(Some(number.from)),
            }
            continue;
        };
        let before = open.take().filter(|from| linked(&words, *from, number.from));
        let from = with_hedge(&words, before.unwrap_or(number.from));
        if negated(&words, from, read.to)
            || over_a_period(&words, from, read.to) && read.harm != Harm::Abducted
        {
            continue;
        }
        let one = before.is_none()
            && read.one
            && exact(&words, from, number.from)
            && !doubted(&words, read.harm, read.to);
        let value = number.value.filter(|n| one && (1..=MOST).contains(n));
        found.push(Statement {
            harm: read.harm,
            from,
            to: read.to,
            value,
        });
        // "a été enlevé puis tué".
        let then = words
            .get(read.to)
            .filter(|w| !w.stop && w.folded == "puis")
            .and_then(|_| harm(&words, read.to + 1).filter(|h| *h != read.harm));
        if let Some(harm) = then {
            found.push(Statement {
                harm,
                from,
                to: read.to + 2,
                value,
            });
        }
    }
    let toll = |harm: Harm| {
        let of: Vec<_> = found.iter().filter(|f| f.harm == harm).collect();
        let first = of.first().and_then(|f| f.value);
        // Twice the same in one sentence: "cinq soldats ont été tués et cinq civils ont été tués".
        let again = |two: &[&Statement]| !(two[0].to..=two[1].from).any(|w| words[w].stop);
        let number = first.filter(|_| of.iter().all(|f| f.value == first) && !of.windows(2).any(again));
        let mut texts: Vec<&str> = of
            .iter()
            .map(|f| &text[words[f.from].start..words[f.to - 1].end])
            .collect();
        texts.dedup();
        Toll {
            number,
            text: texts.join(" | "),
        }
    };
    Casualties {
        killed: toll(Harm::Killed),
        wounded: toll(Harm::Wounded),
        abducted: toll(Harm::Abducted),
    }
}

fn people(word: &str) -> bool {
    const PEOPLE: &str = " civil civils civile civiles personne personnes soldat soldats militaire militaires gendarme gendarmes policier policiers \
        habitant habitants villageois villageoise villageoises homme hommes femme femmes enfant enfants fille filles garcon garcons \
        terroriste terroristes jihadiste jihadistes djihadiste djihadistes combattant combattants assaillant assaillants rebelle rebelles \
        casques bleus agent agents element elements victime victimes passager passagers refugie refugies deplace deplaces eleve eleves \
        enseignant enseignants berger bergers eleveur eleveurs paysan paysans commercant commercants chauffeur chauffeurs routier routiers \
        journaliste journalistes humanitaire humanitaires pretre pretres otage otages membre membres autre autres fidele fideles \
        orpailleur orpailleurs volontaire volontaires dozo dozos chasseur chasseurs douanier douaniers garde gardes forestiers ouvrier \
        ouvriers ressortissant ressortissants etranger etrangers peul peuls touareg touaregs dogon dogons mercenaire mercenaires officier \
        officiers etudiant etudiants jeune jeunes vieillard vieillards bandit bandits preneurs maire imam chef parachutistes \
        forain forains instituteur instituteurs infirmier infirmiers infirmiere infirmieres medecin medecins fillette fillettes \
        nourrisson nourrissons bebe bebes prefet prefets guide guides pecheur pecheurs employe employes travailleur travailleurs notable \
        notables conseiller conseillers transporteur transporteurs apprenti apprentis cultivateur cultivateurs agriculteur agriculteurs \
        migrant migrants pelerin pelerins touriste touristes missionnaire missionnaires marabout marabouts lieutenant capitaine \
        commandant sergent occupant occupants manifestant manifestants ";
    PEOPLE.split_whitespace().any(|p| p == word)
}

/// The people counted, in the three words after a number ("deux jeunes bergers", "une dizaine de civils").
/// What stands past a comma is counted by another: "le 10 mars, deux civils".
fn people_after(words: &[Word], at: usize) -> Option<usize> {
    (at..words.len().min(at + 3))
        .take_while(|w| !words[*w].stop && !words[*w].comma)
        .find(|w| people(&words[*w].folded))
}

/// Whether a number is the day or the year of a date, or a mark on a road: "10 mars", "mars 2024", "km 15".
fn of_something_else(words: &[Word], number: &Number) -> bool {
    let month = |at: Option<usize>| {
        at.and_then(|at| words.get(at))
            .is_some_and(|w| !w.stop && !w.comma && MONTHS.contains(&w.folded.as_str()))
    };
    let before = number.from.checked_sub(1);
    let marked = before.is_some_and(|at| {
        matches!(words[at].folded.as_str(), "km" | "kilometre" | "axe" | "en") && !words[number.from].stop
    });
    month(Some(number.to))
        || month(before) && number.value.is_some_and(|n| (1900..2100).contains(&n))
        || marked
}

/// What a participle or noun says happened.
fn harm(words: &[Word], at: usize) -> Option<Harm> {
    let word = words.get(at)?.folded.as_str();
    let follows = |ahead: usize| {
        words
            .get(at + ahead)
            .filter(|w| !w.stop)
            .map_or("", |w| w.folded.as_str())
    };
    Some(match word {
        "tue" | "tues" | "tuee" | "tuees" | "mort" | "morts" | "morte" | "mortes" | "abattu" | "abattus"
        | "abattue" | "abattues" | "massacre" | "massacres" | "massacree" | "massacrees" | "assassine"
        | "assassines" | "assassinee" | "assassinees" | "execute" | "executes" | "executee" | "executees"
        | "egorge" | "egorges" | "egorgee" | "egorgees" | "peri" | "decede" | "decedes" | "decedee"
        | "decedees" | "tuant" | "succombe" | "enterre" | "enterres" | "enterrees" | "inhume" | "inhumes"
        | "inhumees" | "cadavre" | "cadavres" | "depouille" | "depouilles" | "deces" | "decapite"
        | "decapites" | "decapitee" | "decapitees" => Harm::Killed,
        "perdu" | "perdent" | "laisse" if follows(1) == "la" && follows(2) == "vie" => Harm::Killed,
        "trouve" if follows(1) == "la" && follows(2) == "mort" => Harm::Killed,
        "neutralise" | "neutralises" | "neutralisant" => Harm::Killed,
        "mis" | "mise" | "mises" if follows(1) == "hors" && follows(3) == "combat" => Harm::Killed,
        // Fallen in battle; not into an ambush, ill, or out of the sky.
        "tombe" | "tombes"
            if matches!(follows(1), "" | "a" | "au" | "sous")
                || words.get(at + 1).is_none_or(|w| w.comma) =>
        {
            Harm::Killed
        }
        // Bodies; not the army's.
        "corps"
            if (2..=4).any(|ahead| found_body(follows(ahead)))
                || follows(1) == "sans" && follows(2) == "vie" =>
        {
            Harm::Killed
        }
        "blesse" | "blesses" | "blessee" | "blessees" | "blessant" => Harm::Wounded,
        "enleve" | "enleves" | "enlevee" | "enlevees" | "enlevant" | "kidnappe" | "kidnappes"
        | "kidnappee" | "kidnappees" | "kidnappant" => Harm::Abducted,
        "pris" | "prises" | "prise" if follows(1) == "en" && follows(2).starts_with("otage") => {
            Harm::Abducted
        }
        "retenu" | "retenus" | "retenue" | "retenues"
            if follows(1) == "en" && follows(2).starts_with("otage")
                || follows(1) == "par" && follows(3) == "ravisseurs" =>
        {
            Harm::Abducted
        }
        _ => return None,
    })
}

fn found_body(word: &str) -> bool {
    [
        "retrouve",
        "decouvert",
        "repeche",
        "exhume",
        "inhume",
        "enterre",
        "ramene",
    ]
    .iter()
    .any(|form| word.starts_with(form))
}

/// What armies say of those whom they killed, or took.
fn unsure(word: &str) -> bool {
    word.starts_with("neutralis") || matches!(word, "mis" | "mise" | "mises")
}

/// What happened to the people that a number counts, past its last word, and whether the number is all of
/// them.
struct Read {
    harm: Harm,
    to: usize,
    one: bool,
}

/// What stands beside the number itself: "11 morts", "tuant six forains", "au nombre de huit".
fn stated(words: &[Word], number: &Number) -> Option<Read> {
    let skip = |at: usize| {
        matches!(
            words[at].folded.as_str(),
            "de" | "d" | "autres" | "autre" | "nouveaux" | "presumes" | "civils"
        )
    };
    // "11 morts", "une dizaine de blessés".
    let noun = (number.to..words.len().min(number.to + 3)).find(|at| !skip(*at));
    if let Some(at) = noun
        && !words[at].stop
        && let Some(mut harm) = harm(words, at)
        && !words[at].folded.ends_with("ant")
    {
        // "deux blessés ont succombé": it is their death that is reported.
        let mut to = at + 1;
        let dying = (at + 1..words.len().min(at + 4)).take_while(|w| !words[*w].stop && !words[*w].comma);
        if let Some(died) = dying.into_iter().find(|w| {
            matches!(
                words[*w].folded.as_str(),
                "succombe" | "decede" | "decedee" | "decedes" | "mort" | "morte" | "morts"
            )
        }) && harm == Harm::Wounded
        {
            (harm, to) = (Harm::Killed, died + 1);
        }
        return Some(Read {
            harm,
            to,
            one: !unsure(&words[at].folded),
        });
    }
    // "a tué vingt-trois civils", "la mort de six soldats", "enlevant au moins six femmes", "a coûté la vie à
    // neuf dozos".
    let hedge = with_hedge(words, number.from);
    let close = |from: usize| (from + 1..=number.from).all(|w| !words[w].stop && !words[w].comma);
    let word = |back: usize| hedge.checked_sub(back).map_or("", |at| words[at].folded.as_str());
    let people = people_after(words, number.to);
    if word(1) == "a" && word(2) == "vie" && close(hedge - 1) {
        let counted = people.or_else(|| someone_after(words, number.to))?;
        return Some(Read {
            harm: Harm::Killed,
            to: counted + 1,
            one: true,
        });
    }
    let linking = |at: usize| {
        matches!(
            words[at].folded.as_str(),
            "de" | "d" | "les" | "ses" | "leurs" | "des"
        )
    };
    let at = (hedge.saturating_sub(2)..hedge).rev().find(|at| !linking(*at));
    if let Some(at) = at.filter(|at| close(*at))
        && let Some(harm) = harm(words, at)
    {
        let word = words[at].folded.as_str();
        let noun = matches!(word, "mort" | "massacre" | "assassinat");
        let of = words
            .get(at + 1)
            .is_some_and(|w| matches!(w.folded.as_str(), "de" | "d"));
        let has = |w: &Word| {
            matches!(
                w.folded.as_str(),
                "a" | "ont" | "avait" | "avaient" | "ayant" | "aurait" | "auraient" | "avoir"
            )
        };
        let auxiliary = (at.saturating_sub(3)..at).rev().find(|w| has(&words[*w]));
        // "a tué deux chefs et blessé un troisième".
        let first = (at.saturating_sub(REACH)..at)
            .rev()
            .find(|w| words[*w + 1].stop)
            .map_or(at.saturating_sub(REACH), |w| w + 1);
        let coordinate = at > 0 && words[at - 1].folded == "et" && words[first..at].iter().any(has);
        let active = word.ends_with("ant") || (auxiliary.is_some() || coordinate) && !passive(words, at);
        let of_them = auxiliary.is_some_and(|w| w > 0 && words[w - 1].folded == "en");
        let someone = || someone_after(words, number.to).filter(|_| harm != Harm::Abducted && !noun);
        let counted = people
            .or_else(someone)
            .or((of_them && active).then(|| number.to - 1));
        if let Some(counted) = counted
            && (noun && of || !noun && active)
        {
            return Some(Read {
                harm,
                to: counted + 1,
                one: !unsure(word),
            });
        }
    }
    // "le nombre de morts est de dix-huit", "les blessés seraient au nombre de huit".
    let ends = words.get(number.to).is_none_or(|w| w.stop || w.comma);
    let filler = |w: &str| {
        matches!(
            w,
            "est"
                | "sont"
                | "serait"
                | "seraient"
                | "s"
                | "eleve"
                | "elevent"
                | "a"
                | "de"
                | "d"
                | "nombre"
                | "au"
        )
    };
    let back = (hedge.saturating_sub(6)..hedge)
        .rev()
        .find(|at| !filler(&words[*at].folded))?;
    let verb = words[back + 1..hedge].iter().any(|w| {
        matches!(
            w.folded.as_str(),
            "est" | "sont" | "serait" | "seraient" | "eleve" | "nombre"
        )
    });
    let harm = harm(words, back)
        .filter(|_| ends && verb && (back + 2..=number.from).all(|w| !words[w].stop && !words[w].comma))?;
    Some(Read {
        harm,
        to: number.to,
        one: !unsure(&words[back].folded),
    })
}

/// What happened to the people that a number counts; `next`: where the next number begins.
fn harm_of(words: &[Word], number: &Number, next: usize) -> Option<Read> {
    if let Some(read) = stated(words, number) {
        return Some(read);
    }
    let mut at = match people_after(words, number.to) {
        Some(counted) => counted + 1,
        None if bare(words, number) => number.to,
        None => return None,
    };
    // "vingt-trois civils tués", "six soldats ont été blessés".
    let mut one = !others_before(words, number.from);
    let limit = words.len().min(number.to + REACH).min(next);
    while at < limit {
        let word = words[at].folded.as_str();
        if words[at].stop
            || matches!(
                word,
                "qui" | "mais" | "alors" | "lorsque" | "avant" | "apres" | "contre"
            )
        {
            return None;
        }
        if matches!(word, "dont" | "parmi") {
            // "vingt-deux personnes, dont sept enfants, ont été tuées".
            // "douze personnes dont cinq soldats ont trouvé la mort".
            let counted = || {
                words[at + 1..limit]
                    .iter()
                    .position(|w| people(&w.folded))
                    .map(|w| at + w + 2)
            };
            at = (at + 1..limit).find(|w| words[*w].comma).or_else(counted)?;
            continue;
        }
        // "un médecin et son chauffeur".
        let more = |w: &Word| {
            matches!(
                w.folded.as_str(),
                "son" | "sa" | "ses" | "leur" | "leurs" | "le" | "la" | "les" | "l" | "un" | "une"
            )
        };
        if word == "et" && words.get(at + 1).is_some_and(more) {
            one = false;
        }
        if let Some(harm) = harm(words, at) {
            // "deux hommes ont tué un berger": they did it, it wasn't done to them.
            let did = (at.saturating_sub(2)..at)
                .any(|w| matches!(words[w].folded.as_str(), "ont" | "a" | "avaient" | "avait"));
            let died = matches!(
                word,
                "peri" | "perdu" | "perdent" | "trouve" | "laisse" | "succombe"
            );
            if word.ends_with("ant") || did && !died && !passive(words, at) {
                return None;
            }
            let to = if matches!(
                word,
                "perdu" | "perdent" | "trouve" | "laisse" | "pris" | "prise" | "prises"
            ) {
                at + 3
            } else {
                at + 1
            };
            return Some(Read {
                harm,
                to: to.min(words.len()),
                one: one && !unsure(word),
            });
        }
        at += 1;
    }
    None
}

/// "quatre sont morts".
fn bare(words: &[Word], number: &Number) -> bool {
    words.get(number.to).is_some_and(|w| {
        !w.stop
            && !w.comma
            && matches!(
                w.folded.as_str(),
                "sont" | "ont" | "etaient" | "seraient" | "auraient" | "avaient"
            )
    })
}

/// Whether a number is part of another, or what another is part of: "dont sept enfants", "sur les 12
/// passagers".
fn part(words: &[Word], number: &Number) -> bool {
    let hedge = with_hedge(words, number.from);
    let word = |back: usize| {
        hedge
            .checked_sub(back)
            .filter(|at| !words[at + 1].stop)
            .map_or("", |at| words[at].folded.as_str())
    };
    matches!(word(1), "dont" | "lesquels" | "lesquelles")
        || word(2) == "sur" && matches!(word(1), "les" | "ces" | "ses" | "leurs")
}

/// The word after a number, if people may be meant whom no list names: "tuant six forgerons", not "tué cent
/// vaches".
fn someone_after(words: &[Word], at: usize) -> Option<usize> {
    const NOBODY: &str = " vache vaches boeuf boeufs tete tetes bete betes chevre chevres mouton moutons animal animaux chameau chameaux ane anes \
        bovins ovins cheval chevaux vehicule vehicules moto motos camion camions an ans jour jours mois heure heures minutes semaine \
        semaines kilometre kilometres fois balle balles coup coups million millions milliard milliards village villages hameau hameaux \
        maison maisons grenier greniers fusil fusils pour dans par sur avec selon avant apres alors dont ";
    let word = words.get(at).filter(|w| !w.stop && !w.comma)?;
    let letters = word.folded.len() > 3 && word.folded.chars().all(char::is_alphabetic);
    (letters && !NOBODY.split_whitespace().any(|n| n == word.folded)).then_some(at)
}

/// Whether others stand before the number that it doesn't count: "le maire et trois conseillers". Not a
/// clause with a verb of its own: "la mine a explosé et trois civils ...".
fn others_before(words: &[Word], from: usize) -> bool {
    let word = |back: usize| {
        from.checked_sub(back)
            .filter(|at| !words[at + 1].stop)
            .map_or("", |at| words[at].folded.as_str())
    };
    let and = match (word(2), word(1)) {
        (_, "et") => from - 1,
        ("et", "ses" | "son" | "sa" | "leurs" | "leur" | "les" | "des") => from - 2,
        _ => return false,
    };
    let first = (and.saturating_sub(REACH)..and)
        .rev()
        .find(|w| words[*w + 1].stop || words[*w + 1].comma)
        .map_or(0, |w| w + 1);
    let verb = |at: usize| {
        let word = words[at].folded.as_str();
        let auxiliary = matches!(
            word,
            "a" | "ont"
                | "est"
                | "sont"
                | "avait"
                | "avaient"
                | "etait"
                | "etaient"
                | "aurait"
                | "auraient"
                | "fait"
        );
        auxiliary || word.ends_with("ant") && word.len() > 4 || harm(words, at).is_some()
    };
    first < and && !(first..and).any(verb)
}

/// Totals over months and years are not those of an event: "depuis janvier", "cette année".
fn over_a_period(words: &[Word], from: usize, to: usize) -> bool {
    let first = (0..=from).rev().find(|w| words[*w].stop).unwrap_or(0);
    let last = (to..words.len())
        .find(|w| words[*w].stop || words[*w].comma)
        .unwrap_or(words.len());
    let period = |at: usize| {
        let word = |ahead: usize| {
            words
                .get(at + ahead)
                .filter(|_| at + ahead < last)
                .map_or("", |w| w.folded.as_str())
        };
        let year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        let since = |word: &str| year(word) || word == "debut" || MONTHS.contains(&word);
        word(0) == "depuis" && (since(word(1)) || since(word(2)))
            || matches!((word(0), word(1)), ("cette", "annee") | ("ce", "mois"))
    };
    (first..last).any(period)
}

/// "ont été tués".
fn passive(words: &[Word], at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|w| words[w].folded == "ete")
}

/// Whether counted people go on to the next number as a list: "deux soldats et trois civils".
fn linked(words: &[Word], from: usize, to: usize) -> bool {
    let link = |w: &Word| w.comma || w.folded == "et";
    (from + 1..=to).all(|w| !words[w].stop) && words[from + 1..=to].iter().any(link) && to - from <= REACH
}

/// Back over what qualifies a number: "au moins 11", "plus d'une dizaine", "environ 20".
fn with_hedge(words: &[Word], from: usize) -> usize {
    let word = |back: usize| {
        from.checked_sub(back)
            .filter(|at| !words[at + 1].stop)
            .map_or("", |at| words[at].folded.as_str())
    };
    match (word(2), word(1)) {
        ("au", "moins" | "total")
        | ("plus" | "moins" | "pres", "de" | "d")
        | ("de", "plus")
        | ("jusqu", "a") => from - 2,
        (_, "environ" | "quelque" | "entre" | "presque") => from - 1,
        _ => from,
    }
}

/// Whether a number without a harm of its own goes on with what was said last: "…, ainsi que deux soldats",
/// "…, celui des habitants de 15".
fn also(words: &[Word], last: usize, number: &Number) -> bool {
    // What was said may reach past the number.
    let Some(between) = words
        .get(last..=number.from)
        .filter(|between| !between.is_empty())
    else {
        return false;
    };
    if between.len() > REACH || between.iter().any(|w| w.stop) {
        return false;
    }
    let folded: Vec<&str> = between[..between.len() - 1]
        .iter()
        .map(|w| w.folded.as_str())
        .collect();
    let adds =
        folded.ends_with(&["et"]) || folded.ends_with(&["ainsi", "que"]) || folded.ends_with(&["plus"]);
    // Not "et trois hommes ont fui", of whom something else is said.
    let said = |w: &Word| {
        matches!(
            w.folded.as_str(),
            "a" | "ont" | "est" | "sont" | "se" | "s" | "avaient" | "etaient" | "qui" | "auraient"
        )
    };
    let after = people_after(words, number.to).map_or(number.to, |w| w + 1);
    adds && words.get(after).is_none_or(|w| w.stop || w.comma || !said(w))
}

/// Whether what follows takes the number back, or leaves open what happened to how many.
fn doubted(words: &[Word], of: Harm, to: usize) -> bool {
    let end = (to..words.len()).find(|w| words[*w].stop).unwrap_or(words.len());
    let word = |at: usize| {
        words
            .get(at)
            .filter(|_| at < end)
            .map_or("", |w| w.folded.as_str())
    };
    // "tués ou blessés", "blessés et tués".
    let said = to > 0 && harm(words, to - 1).is_some();
    let other = said
        && matches!(word(to), "ou" | "et")
        && harm(words, to + 1).is_some_and(|h| h != of)
        && to + 1 < end;
    // "le bilan officiel est de 7 morts, celui des habitants de 15".
    let rival = (to..end).any(|at| word(at) == "celui");
    other || rival
}

/// Nothing but "au moins" or "pas moins de" qualifies the number.
fn exact(words: &[Word], from: usize, number: usize) -> bool {
    let no_less = || words[from].folded == "moins" && from > 0 && words[from - 1].folded == "pas";
    from == number || number - from == 2 && (words[from].folded == "au" || no_less())
}

/// "aucun des dix otages n'a été tué", "sans faire de morts".
fn negated(words: &[Word], from: usize, to: usize) -> bool {
    let mut first = from.saturating_sub(4);
    if let Some(stop) = (first + 1..=from).rev().find(|w| words[*w].stop) {
        first = stop;
    }
    let no = |at: usize| match words[at].folded.as_str() {
        "aucun" | "aucune" | "sans" | "ni" | "jamais" | "n" => true,
        // Not "pas moins de 20".
        "pas" => words.get(at + 1).is_none_or(|w| w.folded != "moins"),
        // What may yet be, or might have been.
        word => {
            word.starts_with("risqu")
                || word.starts_with("menac")
                || matches!(word, "pu" | "pourrait" | "pourraient" | "failli")
        }
    };
    // "le gouvernement nie que ...", however far.
    let clause = (0..=from).rev().find(|w| words[*w].stop).unwrap_or(0);
    let denies = |w: &Word| {
        matches!(
            w.folded.as_str(),
            "nie"
                | "nient"
                | "niant"
                | "dement"
                | "dementent"
                | "dementi"
                | "dementie"
                | "dementant"
                | "refute"
                | "refutent"
                | "refutant"
        )
    };
    let last = (to..words.len())
        .find(|w| words[*w].stop || words[*w].comma)
        .unwrap_or(words.len());
    (first..to).any(no) || words[clause..from].iter().chain(&words[to..last]).any(denies)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tolls(text: &str) -> [(Option<u32>, String); 3] {
        let found = casualties(text);
        [found.killed, found.wounded, found.abducted].map(|t| (t.number, t.text))
    }

    #[test]
    fn what_a_passage_states() {
        let none = || (None, String::new());
        let some = |n, text: &str| (Some(n), text.to_string());
        let said = |text: &str| (None, text.to_string());
        for (text, expected) in [
            (
                "Vingt-trois civils tués à Ogossagou.",
                [some(23, "Vingt-trois civils tués"), none(), none()],
            ),
            (
                "L'attaque a fait au moins 11 morts et trois blessés.",
                [some(11, "au moins 11 morts"), some(3, "trois blessés"), none()],
            ),
            (
                "Une dizaine de blessés.",
                [none(), said("Une dizaine de blessés"), none()],
            ),
            (
                "Entre 10 et 15 morts.",
                [said("Entre 10 et 15 morts"), none(), none()],
            ),
            ("10 à 15 morts.", [said("10 à 15 morts"), none(), none()]),
            (
                "Plus de 130 personnes ont été tuées.",
                [said("Plus de 130 personnes ont été tuées"), none(), none()],
            ),
            (
                "Des hommes armés ont abattu six civils.",
                [some(6, "six civils"), none(), none()],
            ),
            ("L'attaque n'a pas fait de mort.", [none(), none(), none()]),
            ("Aucun des dix otages n'a été tué.", [none(), none(), none()]),
            (
                "Deux soldats et trois civils tués.",
                [said("Deux soldats et trois civils tués"), none(), none()],
            ),
            (
                "Deux soldats ont été tués et trois autres blessés.",
                [
                    some(2, "Deux soldats ont été tués"),
                    some(3, "trois autres blessés"),
                    none(),
                ],
            ),
            (
                "Cinq femmes ont été enlevées mardi.",
                [none(), none(), some(5, "Cinq femmes ont été enlevées")],
            ),
            (
                "Deux hommes ont tué un berger.",
                [some(1, "un berger"), none(), none()],
            ),
            (
                "Quatre drones ont frappé le 3 mai 2024.",
                [none(), none(), none()],
            ),
            (
                "Dix morts selon les uns, douze morts selon l'armée.",
                [said("Dix morts | douze morts"), none(), none()],
            ),
            (
                "La mort de six soldats est confirmée.",
                [some(6, "six soldats"), none(), none()],
            ),
            ("Le 12 mars, l'armée est passée.", [none(), none(), none()]),
        ] {
            assert_eq!(tolls(text), expected, "{text}");
        }
    }

    #[test]
    fn a_text_may_end_anywhere() {
        for text in [
            "12-morts et",
            "12 morts ou",
            "douze morts puis",
            "trois des",
            "la moitié des",
            "le 12",
            "12 perdu 5 civils",
        ] {
            let _ = casualties(text);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in "\\PC{0,60}|((un|deux|vingt|cent|mille|et|ou|puis|des|celui|dont|moitié|mars|\\(12\\)|perdu|la|vie|ainsi que|enlevé|-| |12|morts|tués|civils|a|entre|,|\\.) ?){0,20}") {
            let _ = casualties(&text);
        }
    }
}
