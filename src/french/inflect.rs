//! Inflection: from a folded word to the root that all its forms share.
//!
//! Snowball reads French endings by their accents and cuts them only in certain regions of a word, so that
//! petit and petite, parle and parlent, entrer and entre part ways. The tables here take the endings of
//! nouns, adjectives and regular verbs off first. What is left is given to the stemmer for the endings that
//! make one word of another (`-ation`, `-ement`, `-iste`). They see the folded word only.
//!
//! A rule names the words, or ends of words, that only look like it: `argent` is no plural of a verb. The persons of
//! *nous* and *vous* are in [`super::persons`].

use super::ending::{After, Parsed, Rule, first_fitting, is_vowel, rule};
use super::exceptions::Exceptions;
use super::persons::{VERBS_IN_ERER, VERBS_IN_IRER, VERBS_IN_ISSER, root_of_person};
use After::{Anything, Long, SecondGroup, Syllable};
use std::sync::LazyLock;

/// Words in `-s` and `-x` that are no plurals: whole words.
const NO_PLURAL: &str = "
    ailleurs alors concours corps cours dehors dans dedans discours divers envers fils fonds gars hors laos lors mars moins mors
    ours parcours pays pervers poids puits recours remords sans secours sens temps toujours travers univers vers volontiers
    abces abus acces amas apres atlas aupres bas bonus bras bus campus cas chaos clos confus congres consensus cypres damas
    debarras deces dessous dessus diffus dispos dos eclos embarras enclos exces expres fracas gras gros heros inclus intrus jus
    las matelas metis nous obtus os pas perclus plus pres proces processus progres propos reclus refus repas repos sous succes
    surplus tas tous tracas tres virus vous albanais anglais antillais avis biais bordelais burundais camerounais congolais
    dakarais depuis desormais devis ecossais epais exquis finlandais francais frais gabonais gris guyanais hollandais indecis
    imprecis concis incompris epris irlandais islandais jamais japonais landais laquais libanais logis lyonnais mais malais
    maltais marais marquis marseillais mauvais mepris milanais nantais neerlandais nepalais niais ouagalais ougandais
    pakistanais palais paris polonais portugais precis puis rabais radis relais rennais rwandais senegalais soudanais tapis
    tennis thailandais togolais versaillais vis afflux chaux choix croix deux dix doux faux flux houx index influx noix paix
    prix reflux roux six taux toux voix
";

/// `-ois` makes adjectives of places (bamakois, bamakoise); these are plurals of `-oi`.
const PLURALS_IN_OIS: &str =
    "lois rois emplois convois tournois octrois parois envois renvois effrois beffrois desarrois";

/// `-ent` that is no plural of a verb.
const NOUNS_IN_ENT: &str = "
    accent recent innocent -escent decent adjacent reticent pourcent vincent accident incident president resident occident
    -evident -prudent ardent strident confident dissident trident precedent antecedent decadent impudent excedent argent agent
    urgent regent intelligent contingent sergent negligent indulgent diligent entregent indigent astringent client patient
    orient -conscient efficient deficient coefficient recipient quotient ingredient expedient inconvenient escient omniscient
    emollient gradient resilient talent violent insolent excellent equivalent opulent turbulent somnolent virulent truculent
    corpulent succulent indolent relent polyvalent ambivalent -continent -permanent eminent imminent -pertinent abstinent
    immanent serpent arpent frequent consequent eloquent subsequent delinquent onguent parent -different concurrent torrent
    -coherent adherent inherent referent recurrent belligerent deferent absent present laurent florent content -competent penitent
    impotent omnipotent intermittent latent patent affluent confluent influent effluent souvent couvent avent fervent paravent
    auvent apparent transparent indecent impatient inefficient mecontent prevalent inexistent comment
";

/// Verbs in `-mer`: other words in `-ment` are nouns and adverbs.
const VERBS_IN_MENT: &str = "
    acclam accoutum affam affirm aim alarm allum anim arm arrim assomm assum blam brim calm charm chom clam comprim confirm
    conform consomm consum decim deform denomm deprim diffam dorm ecum embaum enferm entam escrim estim exhum exprim ferm
    film form fum inform inhum imprim intim legitim lim mim nomm opprim parfum perim plum ram renomm resum presum reprim
    rim sem somm supprim surnomm tram transform trim referm reform reclam proclam
";

/// Nouns and adjectives in `-it`.
const NOUNS_IN_IT: &str = "
    credit discredit habit esprit profit conflit petit delit deficit debit repit depit bandit recit edit inedit gabarit granit
    appetit transit audit manuscrit contrit acabit prurit confit preterit tessalit
";

/// Nouns and adjectives in `-ait`.
const NOUNS_IN_AIT: &str = "lait -fait trait souhait portrait attrait";

/// Words in `-ai` and, with `-s`, in `-ais` that are no verb forms; [`NO_PLURAL`] has the adjectives.
const NOUNS_IN_AI: &str =
    "essai delai balai vrai geai remblai deblai dubai virelai samourai bonzai shanghai hawai";

/// Words in `-a` that are no past historic, and of which the root is another word.
const NOUNS_IN_A: &str = "opera cinema media agenda panda visa sauna villa diaspora mafia";

/// Words in `-ant` that are no participle.
const NOUNS_IN_ANT: &str = "
    enfant avant devant instant important pendant cependant pourtant autant maintenant durant lieutenant elephant geant
    restaurant diamant adjudant puissant impuissant constant flagrant croissant quant elegant distant vacant plaisant carburant
";

/// Feminine endings that the verbs' would hide: directrice, attaquante, première, légère, bouchère,
/// conseillère.
const FEMININE: &[Rule] = &[
    rule("trice", "teur", Syllable, "matrice cicatrice"),
    rule("ante", "ant", Anything, ""),
    rule("iere", "ier", Syllable, ""),
    rule(
        "gere",
        "ger",
        Syllable,
        "-digere -suggere -exagere -ingere refrigere",
    ),
    rule("chere", "cher", Syllable, "enchere jachere"),
    rule("llere", "ller", Syllable, ""),
];

/// Verb endings, the plural's `-s` taken off. The first that fits is taken.
const VERBS: &[Rule] = &[
    // parlera, parleraient
    rule("eraient", "", Syllable, VERBS_IN_ERER),
    rule("erait", "", Syllable, VERBS_IN_ERER),
    rule("eront", "", Syllable, ""),
    rule("erai", "", Syllable, VERBS_IN_ERER),
    rule("erez", "", Syllable, VERBS_IN_ERER),
    rule("era", "", Syllable, VERBS_IN_ERER),
    // finira, finirait
    rule("iraient", "i", SecondGroup, VERBS_IN_IRER),
    rule("irait", "i", SecondGroup, VERBS_IN_IRER),
    rule("iront", "i", SecondGroup, ""),
    rule("irai", "i", SecondGroup, VERBS_IN_IRER),
    rule("irez", "i", SecondGroup, VERBS_IN_IRER),
    rule("ira", "i", SecondGroup, VERBS_IN_IRER),
    // finissent, finissait, établissement
    rule("issement", "i", SecondGroup, VERBS_IN_ISSER),
    rule("issaient", "i", SecondGroup, VERBS_IN_ISSER),
    rule("issait", "i", SecondGroup, VERBS_IN_ISSER),
    rule("issant", "i", SecondGroup, VERBS_IN_ISSER),
    rule("issent", "i", SecondGroup, VERBS_IN_ISSER),
    rule("issai", "i", SecondGroup, VERBS_IN_ISSER),
    rule("issez", "i", SecondGroup, VERBS_IN_ISSER),
    rule("isse", "i", SecondGroup, VERBS_IN_ISSER),
    // parlèrent, finirent, finit
    rule("erent", "", Syllable, VERBS_IN_ERER),
    rule("irent", "i", SecondGroup, VERBS_IN_IRER),
    rule("it", "i", SecondGroup, NOUNS_IN_IT),
    // parlaient, parlait, parlais, parlant, parla
    rule(
        "aient",
        "",
        Syllable,
        "essaient paient balaient effraient deblaient",
    ),
    rule("ait", "", Syllable, NOUNS_IN_AIT),
    rule("ai", "", Syllable, NOUNS_IN_AI),
    rule("ant", "", Syllable, NOUNS_IN_ANT),
    rule("a", "", Long, NOUNS_IN_A),
    // parlez, parler, finir
    rule("ez", "", Syllable, "assez agadez"),
    rule("er", "", Syllable, "hier"),
    rule("ir", "i", SecondGroup, VERBS_IN_IRER),
    // parlée; créée
    rule("eee", "e", Anything, ""),
    rule("ee", "", Syllable, ""),
];

/// What the end of a root becomes, so that masculine and feminine, or two spellings of a verb's root, agree.
const TAILS: &[Rule] = &[
    // administrateur: the stemmer knows it
    rule("ateur", "ateur", Syllable, ""),
    // danseur, danseuse; heureux, heureuse; jeu, jeux
    rule("eur", "eu", Syllable, ""),
    rule("eus", "eu", Syllable, ""),
    // actif, active; vif, vive; neuf, neuve
    rule("if", "iv", Anything, "if"),
    rule("euf", "euv", Anything, ""),
    // public, publique; grec, grecque
    rule("ic", "iqu", Syllable, ""),
    rule("cqu", "c", Syllable, ""),
    // appelle, appeler; vieille, vieil; ancienne, bonne, cadette
    rule("ell", "el", Anything, ""),
    rule("eill", "eil", Anything, ""),
    rule("enn", "en", Anything, ""),
    rule("onn", "on", Anything, ""),
    rule("ett", "et", Anything, ""),
    // payer, paie; employer, emploie; appuyer, appuie
    rule("ay", "ai", Anything, ""),
    rule("oy", "oi", Anything, ""),
    rule("uy", "ui", Anything, ""),
    // exécution, persécution, électrocution, pollution: the stemmer cuts -ution too short or not at all
    rule("ecution", "ecut", Anything, ""),
    rule("trocution", "trocut", Anything, ""),
    rule("ollution", "ollu", Anything, ""),
];

/// Plurals in `-x`: bureaux, tuyaux, journaux, lieux, bijoux.
const PLURALS_IN_X: &[(&str, &str)] = &[
    ("eaux", "eau"),
    ("yaux", "yau"),
    ("aux", "al"),
    ("eux", "eu"),
    ("oux", "ou"),
];

/// The tables with their lists parsed.
struct Tables {
    feminine: Vec<Parsed>,
    verbs: Vec<Parsed>,
    tails: Vec<Parsed>,
    no_plural: Exceptions,
    plurals_in_ois: Exceptions,
    verbs_in_ment: Exceptions,
    nouns_in_ent: Exceptions,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables {
    feminine: Parsed::all(FEMININE),
    verbs: Parsed::all(VERBS),
    tails: Parsed::all(TAILS),
    no_plural: Exceptions::parse(NO_PLURAL),
    plurals_in_ois: Exceptions::parse(PLURALS_IN_OIS),
    verbs_in_ment: Exceptions::parse(VERBS_IN_MENT),
    nouns_in_ent: Exceptions::parse(NOUNS_IN_ENT),
});

/// The root of a folded word: without the endings of number, gender, person and tense.
pub fn root_of(folded: &str) -> String {
    let tables = &*TABLES;
    let root = root_of_person(folded).unwrap_or_else(|| {
        let (one, plural) = singular(folded, tables);
        let one = first_fitting(&tables.feminine, &one).unwrap_or(one);
        verb_root(&one, plural, tables).unwrap_or_else(|| without_mute_e(&one).to_string())
    });
    match first_fitting(&tables.tails, &root) {
        Some(root) => root,
        // tue, tuer: the pronoun tu is another word.
        None if root.len() == 2 && folded.len() > 2 => root + "e",
        None => root,
    }
}

fn without_mute_e(word: &str) -> &str {
    word.strip_suffix('e')
        .filter(|head| head.len() >= 2)
        .unwrap_or(word)
}

/// The word without the plural's ending, and whether it had one.
fn singular(word: &str, tables: &Tables) -> (String, bool) {
    let invariable = word.len() < 4
        || tables.no_plural.has(word)
        || word.ends_with("ois") && !tables.plurals_in_ois.has(word);
    if invariable {
        return (word.to_string(), false);
    }
    for (plural, one) in PLURALS_IN_X {
        if let Some(head) = word.strip_suffix(plural) {
            return (format!("{head}{one}"), true);
        }
    }
    match word.strip_suffix('s').filter(|head| !head.ends_with('s')) {
        Some(head) => (head.to_string(), true),
        None => (word.to_string(), false),
    }
}

fn verb_root(word: &str, plural: bool, tables: &Tables) -> Option<String> {
    let third_person =
        |parsed: &Parsed| parsed.rule.ending.ends_with("ent") && parsed.rule.ending != "issement";
    let cut = tables
        .verbs
        .iter()
        .filter(|rule| !(plural && third_person(rule)))
        .find_map(|rule| rule.apply(word).map(|root| (root, rule)));
    if let Some((mut root, rule)) = cut {
        // mangeait, mangeant, mangea: the e is spelling.
        if root.ends_with("ge") && rule.rule.ending.starts_with('a') {
            root.truncate(root.len() - 1);
        }
        return Some(root);
    }
    let head = word.strip_suffix("ent").filter(|_| !plural)?;
    let verb = if head.ends_with('m') {
        tables.verbs_in_ment.has(head)
    } else {
        head.len() >= 2 && head.bytes().any(is_vowel) && !tables.nouns_in_ent.has(word)
    };
    verb.then(|| head.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn share_root(root: &str, words: &str) {
        for word in words.split(' ') {
            assert_eq!(root_of(word), root, "{word}");
        }
    }

    #[test]
    fn forms_of_a_verb_share_a_root() {
        share_root(
            "parl",
            "parle parles parlent parlez parler parlee parlees parlait parlais parlaient",
        );
        share_root(
            "parl",
            "parlant parlante parlera parlerait parleraient parleront parla parlerent",
        );
        share_root(
            "fini",
            "finir fini finie finies finit finissent finissait finissant finira finirent",
        );
        share_root(
            "mang",
            "manger mangent mangeait mangea mangeant mangera mangerent",
        );
        share_root(
            "liber",
            "liberer libere liberent liberait libera libererait libererent",
        );
        share_root("tir", "tirer tirait tirent tira tirerent tirera");
        share_root("gliss", "glisser glissent glissait glissant");
        share_root(
            "etudi",
            "etudier etudie etudies etudient etudiait etudiant etudiante",
        );
        share_root("emploi", "employer emploie emploient employait emploi emplois");
        share_root("cre", "creer cree creee creees creait");
    }

    #[test]
    fn genders_and_numbers_share_a_root() {
        share_root("premi", "premier premiere premieres");
        share_root("journal", "journal journaux");
        share_root("heureu", "heureux heureuse heureuses");
        share_root("directeu", "directeur directeurs directrice");
        share_root("activ", "actif active actives");
        share_root("francais", "francais francaise francaises");
        share_root("bamakois", "bamakois bamakoise");
        share_root("loi", "loi lois");
    }

    #[test]
    fn what_only_looks_like_an_ending_stays() {
        for word in [
            "moment",
            "gouvernement",
            "argent",
            "present",
            "conflit",
            "credit",
            "enfant",
            "souhait",
            "delai",
            "temps",
            "deux",
            "hier",
        ] {
            assert_eq!(root_of(word), word);
        }
    }

    /// Every entry of the lists matters: without its rule the word or verb would be cut.
    #[test]
    fn listed_words_are_reached() {
        for (list, ending) in [
            (NOUNS_IN_IT, "it"),
            (NOUNS_IN_AIT, "ait"),
            (NOUNS_IN_AI, "ai"),
            (NOUNS_IN_A, "a"),
            (NOUNS_IN_ANT, "ant"),
        ] {
            for entry in list.split_whitespace() {
                let word = entry.trim_start_matches('-');
                assert!(word.ends_with(ending) && root_of(word) == word, "{entry}");
            }
        }
        for entry in NOUNS_IN_ENT.split_whitespace() {
            let word = entry.strip_prefix('-').unwrap_or(entry);
            assert!(word.ends_with("ent") && root_of(word) == word, "{entry}");
        }
        for root in VERBS_IN_MENT.split_whitespace() {
            assert_eq!(
                root_of(&format!("{root}ent")),
                root_of(&format!("{root}er")),
                "{root}"
            );
        }
        for (list, ending) in [
            (VERBS_IN_ERER, "ait"),
            (VERBS_IN_IRER, "ait"),
            (VERBS_IN_ISSER, "ent"),
        ] {
            for entry in list.split_whitespace() {
                let root = entry.trim_end_matches('-');
                assert_eq!(
                    root_of(&format!("{root}{ending}")),
                    root_of(&format!("{root}er")),
                    "{entry}"
                );
            }
        }
    }
}
