//! The context of a place name: "région de", "à 30 km de", "les autorités de", "axe … - …".

use super::reading::{Reading, gap, shape};
use super::words;
use crate::french::French;
use crate::packed::{Keys, Packer, Sections};
use std::collections::BTreeSet;

/// Verbs whose subject is a government when a capital is their subject ("Bamako accuse"): the regular ones in
/// the infinitive, the others in the forms that news uses.
const POWER_VERBS: &str = "accuser affirmer annoncer appeler assurer avertir bloquer condamner confirmer conseiller convoquer contester décider \
    déclarer demander dénoncer encourager espérer estimer exiger expulser fermer imposer insister invoquer juger justifier menacer \
    négocier obliger proposer protester quitter rappeler réaffirmer réclamer refuser rejeter renoncer répliquer reprocher saluer \
    souhaiter soupçonner regretter retirer reporter rétorquer riposter soutenir tenter tolérer \
    dit disait disent dirait dément démentait démenti nie niait nié veut voulait voulu promet promettait promis rompt rompait rompu \
    répond répondait répondu suspend suspendait suspendu interdit interdisait craint craignait reconnaît reconnaissait reconnu \
    conclut conclu obtient obtenu entend entendait maintient maintenait dissout dissous réagit réagissait réagi choisit choisi \
    revient revenu tient tenait poursuit poursuivi admet admis permet permis transmet transmis prévient prévenu convient convenu \
    signer sceller nouer renforcer rapprocher relancer";

/// Verbs after which a capital is who says it ("a annoncé l'Élysée"), where others have a place ("a quitté
/// Bamako").
const SAYING_VERBS: &str = "annoncer indiquer affirmer déclarer assurer préciser confirmer estimer expliquer";

/// How far before a name its context is looked for, in words.
const LOOK_BACK: usize = 9;

/// How many words before a capital its source may stand: "une source militaire occidentale à Bamako".
const SOURCE_REACH: usize = 5;

/// What stands around a name.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    /// Class bits of the nouns of administration before it.
    pub admin: u64,
    /// Directly after `à`.
    pub locative: bool,
    /// "X, cercle de …", "X (région de …)", "X, village …".
    pub explained: bool,
    /// A point of reference: près de, au nord de, à 30 km de.
    pub landmark: bool,
    /// A landmark close by: près de, aux environs de.
    pub near: bool,
    /// So many kilometres away.
    pub distant: bool,
    /// Where a source was reached: "une source militaire à Bamako".
    pub source: bool,
    /// Beside words of water: perhaps a river.
    pub water: bool,
    pub border: bool,
    /// One end of "Kayes-Bamako".
    pub road: bool,
    pub dateline: bool,
    pub signature: bool,
    /// Part of a longer name: a person's, a club's.
    pub name_run: bool,
    /// Stands for a government.
    pub government: bool,
}

impl Context {
    /// Says explicitly that the name is a place's.
    pub fn explicit(&self) -> bool {
        self.admin != 0 || self.explained
    }
}

/// Nouns of administration.
pub(super) const ADMIN: u64 =
    words::REGION | words::CERCLE | words::PROVINCE | words::DEPARTEMENT | words::COMMUNE | words::LOCALITY;

const SKIPPED: u64 = words::OF | words::THE;

/// Reads contexts.
pub(super) struct ContextReader {
    power_terms: Keys,
    saying_terms: Keys,
}

impl ContextReader {
    /// Packs the terms of the verbs.
    pub fn pack(french: &French, packer: &mut Packer) {
        for verbs in [POWER_VERBS, SAYING_VERBS] {
            let terms = verbs.split_whitespace().map(|verb| french.word(verb).term);
            let terms: BTreeSet<_> = terms.collect();
            packer.keys(terms.iter().map(|term| &**term));
        }
    }

    /// What [`ContextReader::pack`] packed.
    pub fn open(sections: &mut Sections<'_>) -> Option<Self> {
        Some(Self {
            power_terms: sections.keys()?,
            saying_terms: sections.keys()?,
        })
    }

    /// The context of the name that takes the words `from..to`.
    pub fn read(&self, reading: &Reading<'_>, from: usize, to: usize) -> Context {
        let mut context = Context::default();
        before(reading, from, &mut context);
        after(reading, to, &mut context);
        dateline(reading, from, to, &mut context);
        context.name_run = name_run(reading, from, to);
        context.water = water(reading, from);
        context.source = context.locative
            && (from.saturating_sub(SOURCE_REACH)..from).any(|w| reading.is(w, words::SOURCE));
        context
    }

    /// Whether a capital's name at `from..to` stands for its government.
    pub fn government(&self, reading: &Reading<'_>, from: usize, to: usize) -> bool {
        let is = |at: usize, bits: u64| reading.is(at, bits);
        let open = reading.opens(from) || reading.gap(from) & (gap::HARD | gap::QUOTE) != 0;
        if !open && from > 0 {
            if is(from - 1, words::TOWARDS_POWER) && !is(from - 1, words::AGENCY) {
                return reading.folded(from - 1) != "contre";
            }
            let mut at = from;
            while at > 0 && at + 3 > from && is(at - 1, SKIPPED) && reading.gap(at) & gap::HARD == 0 {
                at -= 1;
            }
            // "la junte au pouvoir à Niamey"
            if is(from - 1, words::AT) && from > 1 && reading.folded(from - 2) == "pouvoir" {
                return true;
            }
            let article = (at..from).all(|w| reading.is(w, words::THE));
            let before = at.checked_sub(1).map(|w| reading.term(w));
            if article && before.is_some_and(|term| self.saying_terms.contains(term)) {
                return true;
            }
            let of = at < from || reading.words[from].shape & shape::ELIDED != 0;
            let power = |back: usize| at.checked_sub(back).is_some_and(|w| is(w, words::POWER));
            if of && (power(1) || power(2) && !reading.is_capital(at - 1)) {
                return true;
            }
            if of || is(from - 1, words::PREPOSITION | words::AT | ADMIN) {
                return false;
            }
        }
        self.verb_of_power(reading, to)
    }

    /// Whether a verb of which governments are the subject follows.
    pub fn verb_of_power(&self, reading: &Reading<'_>, to: usize) -> bool {
        for at in to..to + 3 {
            if at >= reading.words.len()
                || reading.gap(at) & (gap::HARD | gap::DASH) != 0
                || reading.is_capital(at)
            {
                return false;
            }
            if self.power_terms.contains(reading.term(at)) {
                return true;
            }
            if ![
                "a", "ont", "avait", "avaient", "aurait", "ne", "n", "se", "s", "na", "navait", "y", "en",
                "lui",
            ]
            .contains(&reading.folded(at))
            {
                return false;
            }
        }
        false
    }
}

/// Reads backwards from a name: nouns of administration, prepositions, points of reference.
fn before(reading: &Reading<'_>, from: usize, context: &mut Context) {
    let is = |at: usize, bits: u64| reading.is(at, bits);
    if reading.gap(from) & gap::HYPHEN != 0 && from > 0 && is(from - 1, words::AGENCY) {
        context.signature = true;
    }
    let mut at = from;
    let mut nouns = 0;
    let floor = from.saturating_sub(LOOK_BACK);
    while at > floor && reading.gap(at) & gap::HARD == 0 && !reading.opens(at) {
        let word = at - 1;
        if is(word, words::AT) && nouns == 0 {
            context.locative =
                !is(word.wrapping_sub(1), words::NEAR) && !compass(reading, word.wrapping_sub(1));
        }
        if reference_point(reading, word, floor, context) {
            break;
        }
        if is(word, SKIPPED | words::AT) {
            at = word;
            continue;
        }
        // "région malienne de", "aéroport international de": one adjective between.
        let adjective = nouns == 0
            && at > floor + 1
            && !reading.is_capital(word)
            && reading.gap(word) & gap::HARD == 0
            && (at < from || reading.words[from].shape & shape::ELIDED != 0);
        let noun = if is(word, ADMIN) {
            word
        } else if adjective && word > 0 && is(word - 1, ADMIN) {
            word - 1
        } else {
            // "frontière entre le Niger et", "venus du".
            let near_border =
                (1..=3).any(|back| word.checked_sub(back).is_some_and(|w| is(w, words::BORDER)));
            context.border |= near_border || is(word, words::ORIGIN);
            break;
        };
        if nouns == 0 {
            context.admin |= reading.words[noun].classes & ADMIN;
        }
        nouns += 1;
        at = noun;
    }
}

/// Whether a word before a name makes it a point of reference: "près de", "à 30 km de", "vers", "frontière".
fn reference_point(reading: &Reading<'_>, word: usize, floor: usize, context: &mut Context) -> bool {
    let is = |bits: u64| reading.is(word, bits);
    if is(words::NEAR | words::KILOMETRES) || compass(reading, word) {
        context.landmark = true;
        context.near = is(words::NEAR) && reading.folded(word) != "loin";
        context.distant = (floor..=word).any(|w| reading.is(w, words::KILOMETRES));
        return true;
    }
    if is(words::DESTINATION) {
        context.landmark = true;
        return true;
    }
    context.border |= is(words::BORDER);
    is(words::BORDER)
}

/// A compass point; "est" is one only after an article or another point.
fn compass(reading: &Reading<'_>, at: usize) -> bool {
    let elided = reading
        .words
        .get(at)
        .is_some_and(|w| w.shape & (shape::ELIDED | shape::CAPITAL) != 0);
    let verb = reading.folded(at) == "est" && !elided && reading.gap(at) & gap::HYPHEN == 0;
    reading.is(at, words::COMPASS) && !verb
}

/// "les eaux du Niger", "la pirogue a coulé sur le Niger": with its article, and water before it in the
/// sentence.
fn water(reading: &Reading<'_>, from: usize) -> bool {
    let with_article = from > 0 && ["le", "du"].contains(&reading.folded(from - 1)) && reading.gap(from) == 0;
    let floor = reading
        .sentence_of(from)
        .first
        .max(from.saturating_sub(LOOK_BACK));
    with_article && (floor..from).any(|w| reading.is(w, words::WATER))
}

fn after(reading: &Reading<'_>, to: usize, context: &mut Context) {
    if reading.gap(to) & (gap::COMMA | gap::OPEN) == 0 || reading.opens(to) {
        return;
    }
    let skipped = usize::from(reading.is(to, words::THE | words::DETERMINER));
    context.explained = reading.is(to + skipped, ADMIN) && !reading.is(to, words::AT);
}

/// "BAMAKO, 17 septembre (Reuters) -", "Kaolack - ".
fn dateline(reading: &Reading<'_>, from: usize, to: usize, context: &mut Context) {
    let starts = from == 0 || reading.gap(from) & gap::SENTENCE != 0;
    if !starts || to >= reading.words.len() {
        return;
    }
    let next = reading.gap(to);
    // "Niamey, le 12 mars -", "BAMAKO, 17 septembre (Reuters) -".
    let day = to + usize::from(reading.folded(to) == "le");
    let dated = reading
        .words
        .get(day)
        .is_some_and(|w| w.shape & shape::DIGIT != 0)
        || reading.is(day, words::WEEKDAY);
    context.dateline = next & gap::DASH != 0
        || next & gap::COMMA != 0 && dated
        || next & gap::OPEN != 0 && reading.is(to, words::AGENCY);
}

/// Whether the name is only a part of a longer one: "Seydou Bamba", "US Bougouni", "Iyad Ag …".
fn name_run(reading: &Reading<'_>, from: usize, to: usize) -> bool {
    let known = ADMIN | words::FUNCTION | words::MONTH | words::COMPASS | words::ROAD;
    let run = |at: usize| reading.is_capital(at) && !reading.is(at, known);
    if from > 0 && reading.gap(from) & (gap::HARD | gap::HYPHEN | gap::DASH | gap::QUOTE) == 0 {
        let elided = reading.words[from].shape & shape::ELIDED != 0;
        if !elided && reading.is(from - 1, words::PARTICLE | words::CLUB) {
            return true;
        }
        if reading.sentence_of(from).cased && !elided && run(from - 1) {
            return true;
        }
    }
    if to < reading.words.len() && reading.gap(to) & (gap::HARD | gap::HYPHEN | gap::DASH | gap::QUOTE) == 0 {
        return reading.is(to, words::PARTICLE) && reading.is_capital(to + 1);
    }
    false
}

/// Whether a capitalised word follows that belongs to the name, as in "Koro Traoré".
pub(super) fn runs_on(reading: &Reading<'_>, to: usize) -> bool {
    let soft =
        to < reading.words.len() && reading.gap(to) & (gap::HARD | gap::HYPHEN | gap::DASH | gap::QUOTE) == 0;
    let elided = soft && reading.words[to].shape & shape::ELIDED != 0;
    let known = ADMIN | words::FUNCTION | words::MONTH | words::COMPASS;
    soft && !elided && reading.sentence_of(to).cased && reading.is_capital(to) && !reading.is(to, known)
}
