//! Who is named in a text: actors that the lexicon knows, armed people without a name, civilians.
//!
//! Patterns read them from a copy of the folded text in which capitals stand for them: `A` for an actor, `G` for armed
//! people without a name, `C` for civilians and what is theirs. So they tell a name from a word between names.

use super::pattern::patterns;
use super::text::{Text, slice};

patterns! {
    UNNAMED = r"\b(?:hommes? (?:\w+ )?arme?s?|individus? (?:\w+ )?armes?|(?:presumes? )?d?jihadistes?|(?:presumes? )?terroristes?|assaillants?|bandits?|rebelles?|islamistes|insurges?|groupes? (?:d'hommes )?(?:armes?|terroristes?|d?jihadistes?)(?: terroristes?| non identifies?)?|gat|inconnus|malfaiteurs|malfrats|ravisseurs|combattants?|kamikazes?|extremistes|miliciens|milices?|hommes? a motos?|hommes? en armes|motards|elements (?:armes|terroristes)|agresseurs|tireurs|mercenaires|commandos?)\b";
    CIVILIANS = r"\b(?:civils?|civiles?|villageois|villageoises?|habitants?|populations?|personnes?|passagers?|femmes?|enfants?|fillettes?|vieillards?|paysans?|agriculteurs|cultivateurs?|eleveurs?|bergers?|commercants?|fideles?|pelerins?|chretiens?|touristes?|humanitaires?|orpailleurs?|pecheurs?|chauffeurs?|conducteurs?|camionneurs?|transporteurs?|enseignants?|eleves?|instituteurs?|journalistes?|pretres?|imams?|religieuses?|cures?|pasteurs?|prefets?|sous-prefets?|maires?|notables?|refugies|deplaces|forains|ouvriers?|geologues?|villages?|hameaux?|campements?|marches?|ecoles?|eglises?|mosquees?|mariage|bus|cars?|minibus|camions?|citernes?|camions-citernes|pirogues?|bateaux?|champs|greniers|foire|foule|cortege|hotels?)\b";
    /// "combattants du Jnim": the actor's.
    OF_ACTOR = r"^ (?:presumes? |armes? |lourdement armes |touaregs? |arabes? |locaux )?(?:membres )?(?:se reclamant |se revendiquant |qu'on dit |relevant )?(?:du groupe |du mouvement |du |de la |de l'|de l'organisation |de |d'|des )$";
    /// Names of actors that are those of buildings.
    SITE = r"^(?:commissariat|gendarmerie|ecole|camp|base|brigade|compagnie|peloton|poste|garnison|caserne|police\b|siege|detachement|position|convoi|patrouille|bataillon)";
    /// What only says more of the one before it: "(Jnim, lié à Al-Qaïda)", ", affilié à Al-Qaïda,".
    ASIDE = r"^(?: \([^()]{1,90}\)|,? (?:un |le |une |la )?(?:groupe |organisation |branche |mouvement |katiba |filiale )?(?:[a-z]+ )?(?:lies?|liees?|affilie\w*|alignee?s?|proches?|ralliee?s?|allies? a|alliees? a|branche|filiale|inspiree?s?|qui a pr[ei][a-z]* allegeance|ayant pr[ei][a-z]* allegeance)(?: [\w'-]+){1,9})";
}

/// Whom words speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whom {
    /// An actor of the lexicon, by its number among those handed in.
    Actor(usize),
    Unnamed,
    Civilians,
}

/// Somebody who is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Party {
    pub from: usize,
    pub to: usize,
    pub whom: Whom,
    /// A building, or those who are in it: "gendarmerie", "commissariat".
    pub is_site: bool,
}

/// Everybody whom a text names, in order, and the text with capitals for them.
pub(super) struct Parties {
    pub list: Vec<Party>,
    pub mask: Vec<u8>,
}

impl Parties {
    /// Reads the parties of a text; `actors`: where those of the lexicon stand, in order.
    pub fn read(text: &Text, actors: &[(usize, usize)]) -> Self {
        let mut list: Vec<Party> = Vec::new();
        for (number, &(from, to)) in actors.iter().enumerate() {
            if list.last().is_none_or(|last| last.to <= from) && from < to {
                list.push(Party {
                    from,
                    to,
                    whom: Whom::Actor(number),
                    is_site: SITE.begins(text.folded(from, to)).is_some(),
                });
            }
        }
        let named = list.clone();
        let is_free = |from: usize, to: usize| {
            let next = named.partition_point(|party| party.to <= from);
            named.get(next).is_none_or(|party| party.from >= to)
        };
        for (pattern, whom) in [(&UNNAMED, Whom::Unnamed), (&CIVILIANS, Whom::Civilians)] {
            for found in pattern.all(&text.fold) {
                let (from, to) = (found.start, found.end);
                if is_free(from, to) {
                    let is_site = false;
                    list.push(Party {
                        from,
                        to,
                        whom,
                        is_site,
                    });
                }
            }
        }
        list.sort_by_key(|party| (party.from, party.to));
        let list = joined(text, list);
        Self {
            mask: masked(text, &list),
            list,
        }
    }
}

/// "combattants du Jnim (Groupe de soutien …, affilié à Al-Qaïda)" as one.
fn joined(text: &Text, parties: Vec<Party>) -> Vec<Party> {
    let mut out: Vec<Party> = Vec::new();
    for mut party in parties {
        if let Some(last) = out.last_mut() {
            if party.from < last.to {
                continue;
            }
            let is_actor = matches!(party.whom, Whom::Actor(_));
            if is_actor && last.whom == Whom::Unnamed && OF_ACTOR.is_in(text.folded(last.to, party.from)) {
                party.from = last.from;
                *last = party;
                last.to = aside_end(text, last.to);
                continue;
            }
        }
        if matches!(party.whom, Whom::Actor(_)) || party.whom == Whom::Unnamed {
            party.to = aside_end(text, party.to);
        }
        out.push(party);
    }
    out
}

/// Where a name ends with what only says more of it.
fn aside_end(text: &Text, to: usize) -> usize {
    let mut end = to;
    while let Some(length) = ASIDE.begins(text.after(end, 120)) {
        end += length;
    }
    end
}

/// The folded text with capitals for parties, and apostrophes for quotation marks.
fn masked(text: &Text, parties: &[Party]) -> Vec<u8> {
    let mut mask = text.fold.clone();
    for byte in &mut mask {
        if matches!(*byte, b'"' | 0xAB | 0xBB) {
            *byte = b'\'';
        }
    }
    for party in parties {
        let letter = match party.whom {
            Whom::Actor(_) => b'A',
            Whom::Unnamed => b'G',
            Whom::Civilians => b'C',
        };
        let to = party.to.min(mask.len());
        mask[party.from.min(to)..to].fill(letter);
    }
    mask
}

/// A part of the text as patterns read it.
pub(super) fn between(mask: &[u8], from: usize, to: usize) -> &[u8] {
    slice(mask, from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, actors: &[&str]) -> String {
        let text = Text::new(text, 0);
        let spans: Vec<(usize, usize)> = actors
            .iter()
            .map(|name| {
                let folded = Text::new(name, 0).fold;
                let at = text.fold.windows(folded.len()).position(|w| w == folded);
                let at = at.expect("the text names it");
                (at, at + folded.len())
            })
            .collect();
        String::from_utf8_lossy(&Parties::read(&text, &spans).mask).into_owned()
    }

    #[test]
    fn capitals_stand_for_parties() {
        assert_eq!(
            read(
                "Des combattants du Jnim (lié à Al-Qaïda) ont tué 3 civils",
                &["Jnim", "Al-Qaïda"]
            ),
            "des AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA ont tue 3 CCCCCC"
        );
        assert_eq!(
            read("Des hommes armés non identifiés ont attaqué l'armée.", &["armée"]),
            "des GGGGGGGGGGGG non identifies ont attaque l'AAAAA."
        );
        assert_eq!(
            read(
                "la Katiba Macina, affiliée au Jnim, a revendiqué",
                &["Katiba Macina", "Jnim"]
            ),
            "la AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, a revendique"
        );
    }
}
