//! First and second persons: `nous demandons`, `vous demandiez`, `nous demanderions`, `nous demandâmes`.
//!
//! They end as plurals do, so they are looked for before a plural's ending is taken off. Most words in `-ons`
//! are nouns all the same: the list of those decides. `-âtes`, `-îmes` and `-îtes` are left alone, as candidates,
//! victimes and limites would be cut.

use super::ending::{After, Parsed, Rule, first_fitting, rule};
use super::exceptions::Exceptions;
use After::{Long, SecondGroup, Syllable};
use std::sync::LazyLock;

/// Verbs in `-érer`: what looks like their future is their imperfect and past. Adjectives in `-érent` stand
/// with them.
pub(super) const VERBS_IN_ERER: &str = "
    acceler- adher- aer- agglomer- alter- confer- consider- cooper- deliber- desesper- differ- diger- enumer- esper- exager-
    exasper- feder- gener- ger- incarcer- inger- inser- interfer- exoner- liber- macer- moder- numer- obtemper- oper- persever-
    ponder- prefer- prolifer- prosper- recuper- refer- regener- reiter- remuner- rever- reverber- sugger- temper- toler-
    transfer- vener- vocifer- refriger- obliter- lacer- ulcer- belliger- coher- incoher- inher- defer- indiffer-
";

/// Verbs in `-irer`: what looks like a future of `-ir` is their imperfect and past.
pub(super) const VERBS_IN_IRER: &str = "
    tir- retir- attir- etir- soutir- respir- inspir- expir- aspir- transpir- conspir- soupir- admir- mir- desir- dechir- cir-
    empir- delir- vir- chavir-
";

/// Words in `-isse-` whose verb is in `-isser`.
pub(super) const VERBS_IN_ISSER: &str =
    "gliss- hiss- liss- pliss- viss- deviss- piss- tapiss- ratiss- esquiss- couliss- metiss- depliss-";

/// Verbs in `-ier`: the `i` of négocions and négociez is theirs. Those with one syllable (crier, prier) need no
/// entry, nor those in `-tier`: `-tions` is left alone.
const VERBS_IN_IER: &str = "
    -ifions -ifiez -phions -phiez confi- mefi- defi- negoci- remerci- appreci- associ- dissoci- licenci- benefici- offici-
    differenci- oubli- publi- suppli- multipli- repli- depli- ralli- alli- reli- deli- concili- reconcili- humili- affili-
    resili- spoli- palli- etudi- dedi- mendi- expedi- remedi- repudi- radi- irradi- congedi- incendi- parodi- vari- mari-
    remari- pari- contrari- appropri- expropri- inventori- injuri- rapatri- expatri- charri- deni- reni- mani- remani- communi-
    excommuni- calomni- copi- recopi- photocopi- epi- envi- devi- refugi- privilegi- plagi- asphyxi- initi- balbuti- chati-
    amnisti- extasi- rassasi-
";

/// Nouns in `-ission`, and verbs in `-isser`.
const NO_VERBS_IN_ISSIONS: &str = "
    -missions
    ratiss- couliss- metiss- depliss- deviss- tapiss-
";

/// Plurals of nouns in `-on` and `-ion`, and names.
const NOUNS_IN_ONS: &str = "
    -tions -xions -gons -aons -aisons -nsions -rsions -lsions -isions -asions -usions -osions -esions -essions -cussions
    -thons -missions passions compassions fissions scissions
    regions religions legions contagions unions reunions opinions minions fanions millions billions trillions lions
    galions rebellions champions espions pions camions scorpions lampions morpions arpions histrions horions ganglions
    alluvions avions suspicions succions rayons crayons embryons canyons layons prions septentrions gabions talions dominions
    neons peons napoleons accordeons pantheons cameleons
    bonbons charbons jambons barbons gibbons
    garcons lecons facons flacons balcons glacons macons soupcons rancons poincons troncons hamecons limacons charancons
    cocons faucons gascons franccons zircons contrefacons malfacons
    cordons bidons pardons abandons dindons guidons gueridons edredons brandons lardons amidons chardons espadons cardons
    bourdons rhododendrons philodendrons
    pigeons plongeons bourgeons sauvageons esturgeons badigeons surgeons
    bouchons torchons cochons manchons capuchons cornichons nichons baluchons
    chiffons griffons bouffons typhons siphons
    talons salons pantalons ballons vallons violons etalons jalons colons melons pilons filons felons galons gallons echelons
    moellons wallons houblons doublons boulons mamelons frelons grelons foulons poelons tromblons
    pavillons bataillons papillons echantillons tourbillons sillons aiguillons medaillons haillons maillons grillons carillons
    bouillons brouillons reveillons postillons oisillons raidillons cotillons gravillons bottillons durillons tortillons
    tatillons goupillons barbillons croisillons oreillons couillons
    poumons demons sermons saumons limons timons goemons mormons
    canons chainons guenons fanons compagnons champignons oignons mignons pignons moignons lorgnons trognons rognons chignons
    lumignons quignons bourguignons maquignons grognons
    tampons jupons crampons coupons harpons pompons poupons fripons nippons lapons chapons
    environs patrons barons citrons marrons jurons eperons clairons chaudrons escadrons biberons avirons chevrons ceinturons
    fleurons larrons perrons potirons macarons herons neutrons electrons goudrons plastrons mousserons moucherons napperons
    ailerons vignerons forgerons bucherons laiderons liserons percherons tacherons chaperons beaucerons girons lurons
    litrons mitrons poltrons tendrons vairons hurons photons
    prisons bisons visons tisons grisons oisons poisons toisons cloisons pamoisons trahisons guerisons garnisons chansons
    pinsons blasons diapasons blousons foisons poissons boissons moissons buissons frissons saucissons herissons nourrissons
    cuissons paillassons bassons canassons tessons cressons ecussons chaussons caissons unissons soissons polissons
    boutons moutons cantons batons betons jetons cotons cartons rejetons chatons ratons tetons vestons pistons mousquetons
    croutons tritons teutons bretons hannetons santons pontons frontons feuilletons clochetons pelotons pietons planctons
    lettons dictons avortons gloutons marmitons festons canetons charretons matons plantons pitons
    mirlitons petons newtons
    klaxons saxons gazons horizons calecons cabanons pucerons portillons polochons oursons poivrons greffons donjons etrons
    barytons tontons fanfarons sablons centurions trublions croupions vibrions hydravions paturons corons bubons reblochons flocons
    aiglons cabochons baillons berrichons bastons protons hayons lyons chalons anions weapons persons reasons lessons
    pochons mouflons rillons trayons belons ronrons flonflons troufions orpheons sabayons gravitons michetons biffetons curetons
    grattons esclavons goujons caparacons bourbons commons
";

/// Nouns in `-ame`, and verbs in `-amer`.
const NOUNS_IN_AMES: &str = "
    mesdames madames ghadames melodrames infames hippopotames sesames macadames
    reclam- entam- acclam- proclam- declam- exclam- affam- diffam- amalgam-
";

/// Endings that hardly any noun has. The first that fits is taken.
const SURE: &[Rule] = &[
    // parlerions, parleriez; finirions
    rule("erions", "", Syllable, VERBS_IN_ERER),
    rule("eriez", "", Syllable, VERBS_IN_ERER),
    rule("irions", "i", SecondGroup, VERBS_IN_IRER),
    rule("iriez", "i", SecondGroup, VERBS_IN_IRER),
    // finissions, finissiez
    rule("issions", "i", SecondGroup, NO_VERBS_IN_ISSIONS),
    rule("issiez", "i", SecondGroup, VERBS_IN_ISSER),
    // parliez, négociiez
    rule("iez", "", Syllable, VERBS_IN_IER),
    // parlâmes
    rule("ames", "", Long, NOUNS_IN_AMES),
];

/// Endings of verbs where it isn't one of [`NOUNS_IN_ONS`].
const UNLESS_NOUN: &[Rule] = &[
    // parlerons, finirons, finissons
    rule("erons", "", Syllable, VERBS_IN_ERER),
    rule("irons", "i", SecondGroup, VERBS_IN_IRER),
    rule("issons", "i", SecondGroup, VERBS_IN_ISSER),
    // parlions, négociions; parlons, négocions
    rule("ions", "", Syllable, VERBS_IN_IER),
    rule("ons", "", Syllable, ""),
];

struct Tables {
    sure: Vec<Parsed>,
    unless_noun: Vec<Parsed>,
    nouns: Exceptions,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables {
    sure: Parsed::all(SURE),
    unless_noun: Parsed::all(UNLESS_NOUN),
    nouns: Exceptions::parse(NOUNS_IN_ONS),
});

/// The root of a verb's first or second person; none for any other word.
pub(super) fn root_of_person(folded: &str) -> Option<String> {
    if !folded.ends_with(['s', 'z']) {
        return None;
    }
    let unless_noun = || {
        let is_noun = TABLES.nouns.has(folded);
        if is_noun {
            None
        } else {
            first_fitting(&TABLES.unless_noun, folded)
        }
    };
    let mut root = first_fitting(&TABLES.sure, folded).or_else(unless_noun)?;
    // mangeons: the e is spelling.
    if root.ends_with("ge") {
        root.truncate(root.len() - 1);
    }
    Some(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every entry matters: without its list the word would be cut.
    #[test]
    fn listed_words_are_reached() {
        for entry in NOUNS_IN_ONS.split_whitespace() {
            let word = entry.replace('-', "nat");
            assert_eq!(root_of_person(&word), None, "{entry}");
            assert!(first_fitting(&TABLES.unless_noun, &word).is_some(), "{entry}");
        }
        for (list, before, ending) in [
            (NOUNS_IN_AMES, "es", "ames"),
            (NO_VERBS_IN_ISSIONS, "ions", "issions"),
        ] {
            for entry in list.split_whitespace() {
                let word = match entry.strip_suffix('-') {
                    Some(root) => format!("{root}{before}"),
                    None => entry.replace('-', "trans"),
                };
                assert!(word.ends_with(ending), "{entry}");
                assert_eq!(first_fitting(&TABLES.sure, &word), None, "{entry}");
            }
        }
        for root in VERBS_IN_IER
            .split_whitespace()
            .filter_map(|entry| entry.strip_suffix('-'))
        {
            assert_eq!(root_of_person(&format!("{root}ez")), None, "{root}");
            assert_eq!(
                root_of_person(&format!("{root}iez")).as_deref(),
                Some(root),
                "{root}"
            );
        }
    }
}
