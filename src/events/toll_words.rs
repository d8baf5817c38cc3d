//! Words of the dead, wounded and abducted, and of those who are counted.

use super::pattern::patterns;

#[rustfmt::skip]
const DEAD: &str = r"\b(?:tue(?:e|s|es)?|morts?|mortes?|decede(?:e|s|es)?|peri|perissent|abattu(?:e|s|es)?|massacre(?:e|s|es)|execute(?:e|s|es)?|egorge(?:e|s|es)?|assassine(?:e|s|es)?|neutralise(?:e|s|es)?|elimine(?:e|s|es)?|decapite(?:e|s|es)?|brule(?:s|es)? vi(?:fs|ves)|lynche(?:s|es|e)?|tuant|tuer|tuent|perdu la vie|trouve la mort|la vie a|succombe|tombe(?:s|es)? (?:au combat|au champ|sur le champ|sous les|en service|au cours)|vies)\b";
const HURT: &str = r"\b(?:blesse(?:e|s|es)?|blessant|blesser)\b";
const TAKEN: &str = r"\b(?:enleve(?:e|s|es)?|kidnappe(?:e|s|es)?|capture(?:e|s|es)?|otages?|prisonniers?|sequestre(?:e|s|es)?|enlevements?)\b";

patterns! {
    DEAD_WORDS = DEAD;
    HURT_WORDS = HURT;
    TAKEN_WORDS = TAKEN;
    /// "sont tombés lors de".
    FALLEN = r"\bsont (tombes?) (?:et|,|lors|au cours|hier|ce|<WD>)";
    /// Words after which another figure begins.
    ANY = &[DEAD, HURT, TAKEN, r"\b(?:disparus?|portes? disparus?|liberes?|relaches?|sauvees?|brulee?s?|incendiee?s?)\b"].join("|");
    /// What is counted that is no people.
    UNIT = r"^ ?(?:km\b|kilometres?|metres?|m\b|ans?\b|mois|jours?|heures?|h\b|semaines?|francs?|%|fois|villages?\b|bus|camions?|citernes?|maisons?|vehicules?|motos?|millions?|milliards?|cars?|attaques?|convois?|tetes|vaches|boutiques|camps?|positions?|postes?|pickups?|drones?|hectares|localites|engins?|mines?|communiques?|embuscades?|assauts?|bilans?|minutes|drones|region|village|ville|camp|minibus|barrages?|pont|centres?|frappes?|sites?|attentats?|explosions?|roquettes?|obus|tirs?|projectiles?|maires?|corps|armes?|pick-ups?|chars?|helicopteres?|kilos?|tonnes?|frontieres?|otages? liberes?|pays|tours?|sources?)(?:[^a-z]|$)";
    /// "un soldat": what makes "un" a number.
    ONE_OF = r"^un(?:e)? (?:autre |seul |jeune |haut )?(?:<PEOPLE>|adjoint|imam|passager|policier|blesse|mort|pasteur|cure|pretre|maire|adolescente?|commandant|colonel|lieutenant|sergent|soldat|caporal|adjudant|instituteur|marabout)\b";
}

/// What people suffered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Harm {
    Killed,
    Wounded,
    Abducted,
}

impl Harm {
    pub const ALL: [Self; 3] = [Self::Killed, Self::Wounded, Self::Abducted];

    /// Its name in rows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::Wounded => "wounded",
            Self::Abducted => "abducted",
        }
    }

    /// Where words of this harm stand, in order.
    pub fn words(self, text: &[u8]) -> Vec<(usize, usize)> {
        let pattern = match self {
            Self::Killed => &DEAD_WORDS,
            Self::Wounded => &HURT_WORDS,
            Self::Abducted => &TAKEN_WORDS,
        };
        let mut words: Vec<_> = pattern.all(text).map(|w| (w.start, w.end)).collect();
        if self == Self::Killed {
            add_fallen(text, &mut words);
        }
        words
    }

    /// Whether a word is one of this harm.
    pub fn is_told_by(self, word: &[u8]) -> bool {
        match self {
            Self::Killed => DEAD_WORDS.begins(word).is_some(),
            Self::Wounded => HURT_WORDS.begins(word).is_some(),
            Self::Abducted => TAKEN_WORDS.begins(word).is_some(),
        }
    }
}

/// Words of any harm, and of what else becomes of people.
pub(super) fn any_harm(text: &[u8]) -> Vec<(usize, usize)> {
    let mut words = ANY.all(text).map(|w| (w.start, w.end)).collect();
    add_fallen(text, &mut words);
    words
}

/// Adds "tombés" where it means death.
fn add_fallen(text: &[u8], words: &mut Vec<(usize, usize)>) {
    let found: Vec<usize> = FALLEN.all(text).map(|w| w.start).collect();
    let fallen = found.into_iter().filter_map(|at| {
        let word = FALLEN.groups_at(text, at)?.get(1)?.clone()?;
        Some((word.start, word.end))
    });
    words.extend(fallen);
    words.sort_unstable();
}

/// Whether a number counts something else than people.
pub(super) fn has_unit(after: &[u8]) -> bool {
    UNIT.begins(after).is_some()
}

/// Whether "un" or "une" counts somebody.
pub(super) fn is_one_of(from: &[u8]) -> bool {
    ONE_OF.begins(from).is_some()
}
