//! The closed classes of French words that the rules lean on: prepositions, nouns of administration, months.
//!
//! They belong to the language, not to the Sahel, and so stand here rather than in `index_schema/`. All are
//! written folded.

use super::lexicon::{Classes, Vocabulary};
use crate::date::names;

/// `de`, `du`, `des`.
pub(super) const OF: u64 = 1;
/// `le`, `la`, `les`.
pub(super) const THE: u64 = 1 << 1;
/// `à`, `au`, `aux`.
pub(super) const AT: u64 = 1 << 2;
pub(super) const REGION: u64 = 1 << 3;
pub(super) const CERCLE: u64 = 1 << 4;
pub(super) const PROVINCE: u64 = 1 << 5;
pub(super) const DEPARTEMENT: u64 = 1 << 6;
pub(super) const COMMUNE: u64 = 1 << 7;
/// village, ville, localité, camp, poste …
pub(super) const LOCALITY: u64 = 1 << 8;
/// Compass points.
pub(super) const COMPASS: u64 = 1 << 9;
/// près, proche, environs, loin …: what follows is a landmark.
pub(super) const NEAR: u64 = 1 << 10;
pub(super) const KILOMETRES: u64 = 1 << 11;
pub(super) const ROAD: u64 = 1 << 12;
pub(super) const BORDER: u64 = 1 << 13;
pub(super) const MONTH: u64 = 1 << 14;
pub(super) const WEEKDAY: u64 = 1 << 15;
/// avait, avaient.
pub(super) const HAD: u64 = 1 << 16;
/// était, étaient.
pub(super) const WAS: u64 = 1 << 17;
/// News agencies: "Amap-Gao" is a signature, not a place.
pub(super) const AGENCY: u64 = 1 << 18;
/// Words of power: "les autorités de Bamako".
pub(super) const POWER: u64 = 1 << 19;
/// Particles inside personal names: Ag, Ould, ben.
pub(super) const PARTICLE: u64 = 1 << 20;
/// Words before a government, not a town: avec, selon, contre …
pub(super) const TOWARDS_POWER: u64 = 1 << 21;
/// hier, veille, dernier … and all that opens or closes an expression of time.
pub(super) const TIME: u64 = 1 << 22;
/// en, entre, vers, depuis, dans …
pub(super) const PREPOSITION: u64 = 1 << 23;
/// Determiners before a noun: les, des, ces, plusieurs …
pub(super) const DETERMINER: u64 = 1 << 24;
/// et, ou, ni.
pub(super) const AND: u64 = 1 << 25;
/// destination, direction, route (en … pour, vers).
pub(super) const DESTINATION: u64 = 1 << 26;
/// Words that are lower case in a name-run test although a sentence begins with them.
pub(super) const FUNCTION: u64 = 1 << 27;
/// venus, partis, viendraient: the place that follows is where people come from.
pub(super) const ORIGIN: u64 = 1 << 28;
/// Numbers in letters.
pub(super) const NUMERAL: u64 = 1 << 29;
/// People whom something happens to: morts, tués, soldats, personnes.
pub(super) const VICTIM: u64 = 1 << 30;
/// fin, début, mi, courant.
pub(super) const PERIOD: u64 = 1 << 31;
/// depuis, dès, avant, jusqu'en …: the date only bounds something.
pub(super) const BOUND: u64 = 1 << 32;
/// prévu, promis, attendu …: the date lies ahead.
pub(super) const PLANNED: u64 = 1 << 33;
/// Nouns of recurring or lasting events that a date only identifies: massacre, accord, coup.
pub(super) const EVENT: u64 = 1 << 34;
/// rappel, mémoire, anniversaire: what follows is background.
pub(super) const REMINDER: u64 = 1 << 35;
/// nuit, journée, matinée, soirée: "la nuit du 3 mai" dates as "le 3 mai" does.
pub(super) const DAY_PART: u64 = 1 << 36;
/// Participles that build their past with être: tombé, parti, mort.
pub(super) const MOVED: u64 = 1 << 37;
/// publié, posté, paru: what follows dates the article.
pub(super) const PUBLISHED: u64 = 1 << 38;
/// frontière, hauteur, sortie, entrée and the like never end a name.
pub(super) const CLUB: u64 = 1 << 39;
/// est, sont, a, ont: a finite auxiliary, so that the participle after it tells the main event.
pub(super) const HAS: u64 = 1 << 40;
/// pirogue, rive, crue: what a country's name beside it may be is a river.
pub(super) const WATER: u64 = 1 << 42;
/// annonce, publie, dissout: news told in the present.
pub(super) const ANNOUNCES: u64 = 1 << 43;
/// source, diplomate: people who tell the news from where they sit.
pub(super) const SOURCE: u64 = 1 << 44;
/// qui, que, dont, où: begins a relative clause.
pub(super) const RELATIVE: u64 = 1 << 41;

const CLASSES: &[(u64, &str)] = &[
    (OF, "de du des d"),
    (THE, "le la les l"),
    (AT, "a au aux"),
    (REGION, "region regions gouvernorat"),
    (CERCLE, "cercle cercles"),
    (PROVINCE, "province provinces"),
    (DEPARTEMENT, "departement departements"),
    (
        COMMUNE,
        "commune communes mairie municipalite arrondissement arrondissements",
    ),
    (
        LOCALITY,
        "village villages ville villes localite localites hameau hameaux bourg bourgade bourgades camp camps campement \
         campements base bases aeroport aerodrome mine mines site sites secteur secteurs quartier quartiers garnison poste postes \
         foret forets pont puits district prefecture sousprefecture prefet maire gouverneur habitants populations \
         residents marche foire gendarmerie commissariat zone zones detroit lac oasis barrage port gare bac vallee plaine ile \
         entree sortie peage caserne lycee ecole hopital centre csref cscom tribunal carrefour stade prison \
         universite assises cour forum assaut blocus bataille prise siege liberation chute reprise",
    ),
    (COMPASS, "nord sud est ouest nordest nordouest sudest sudouest"),
    (
        NEAR,
        "pres proche proches environs loin abords voisinage alentours proximite peripherie distance",
    ),
    (KILOMETRES, "km kilometre kilometres kms"),
    (
        ROAD,
        "axe axes route routes troncon piste voie nationale corridor trajet liaison ligne train vol vols",
    ),
    (
        BORDER,
        "frontiere frontieres frontalier frontaliere frontaliers frontalieres confins limitrophe limitrophes",
    ),
    (HAD, "avait avaient"),
    (WAS, "etait etaient"),
    (AGENCY, "amap afp aps anp aib reuters xinhua ap efe anadolu"),
    (
        POWER,
        "autorites gouvernement pouvoir junte regime dirigeants tutelle homme hommes colonels putschistes generaux diplomatie \
         chancellerie executif ambassadeur ambassadeurs accusation accusations reponse reaction refus position exigences decision",
    ),
    (PARTICLE, "ag ould ben bin ibn wal wan el walet mint oumar"),
    (TOWARDS_POWER, "avec selon contre envers"),
    (
        TIME,
        "hier veille lendemain dernier derniere derniers dernieres passe passee prochain prochaine aujourdhui avant mois semaine \
         weekend annee matin soir nuit jour jours semaines ans an heures apres plus tot tard debut fin mi courant il ce cette cet",
    ),
    (
        PREPOSITION,
        "a en dans sur sous par pour vers depuis chez entre jusqu jusque pres contre avec selon hors via dont parmi apres avant",
    ),
    (
        DETERMINER,
        "les des ces ses leurs aux un une deux trois quatre cinq six sept huit neuf dix plusieurs quelques certains \
                  nombreux d nos le ce cinquantaine centaine vingtaine trentaine quarantaine dizaine quinzaine soixantaine \
                  vingtsept quinze vingt trente quarante cinquante soixante cent cents mille douze onze treize quatorze seize",
    ),
    (AND, "et ou ni"),
    (DESTINATION, "destination direction ravitaillement ravitailler"),
    (
        FUNCTION,
        "a en dans sur sous par pour vers depuis chez entre apres avant pres contre avec selon des les le la de du un une deux \
         trois quatre cinq six sept huit neuf dix et ou mais car donc hier ce cette ces cet son sa ses leur leurs au aux il elle ils \
         elles on qui que quand lorsque si pourquoi comment outre parmi malgre grace hors via entre tout tous toute toutes \
         plusieurs quelques certains lundi mardi mercredi jeudi vendredi samedi dimanche centre nord sud est ouest region cercle \
         commune village ville localite province departement camp capitale axe route attaque attaques embuscade massacre situation \
         axes nuit blocus mine zone district frontiere aeroport republique royaume etat etats gouvernement armee",
    ),
    (
        ORIGIN,
        "venu venus venue venues viendraient viennent originaire originaires arrives refugies parti partis partie parties",
    ),
    (
        NUMERAL,
        "un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante \
         soixante cent cents mille dizaine dizaines vingtaine trentaine quarantaine cinquantaine centaine centaines milliers plusieurs",
    ),
    (
        VICTIM,
        "mort morts morte mortes tue tues tuee tuees blesse blesses personne personnes civil civils soldat soldats militaire militaires \
         gendarme gendarmes policier policiers jihadiste jihadistes djihadiste djihadistes terroriste terroristes assaillant assaillants \
         combattant combattants habitant habitants villageois enfant enfants femme femmes homme hommes casques bleus otage otages \
         attaque attaques deplaces refugies victimes disparus passagers",
    ),
    (PERIOD, "fin debut mi courant"),
    (BOUND, "depuis jusqu jusque avant comme"),
    (
        PLANNED,
        "prevu prevue prevus prevues promis promise promises attendu attendue attendus attendues programme programmee programmes \
         fixe fixee fixees aura auront sera seront doit doivent devra devront devrait devraient prochain prochaine ici horizon reporte \
         reportee reportees ajourne ajournee",
    ),
    (
        EVENT,
        "massacre massacres coup coups putsch accord accords attentat attentats attaque attaques crise rebellion election elections \
         presidentielle legislatives referendum prise chute bataille embuscade tuerie drame sommet resolution charte rapt enlevement \
         assassinat mort guerre decret communique loi offensive operation evenements raid bombardement frappe incident rapport lettre \
         assaut explosion rencontre reunion declaration assises conference dialogue investiture insurrection revolution",
    ),
    (
        REMINDER,
        "rappel rappels souvenir memoire anniversaire commemoration comparee compare comparable rappelons",
    ),
    (
        DAY_PART,
        "nuit nuits journee matinee soiree matin soir apresmidi midi aube weekend date datent semaine compter partir mois courant fin debut mi",
    ),
    (
        MOVED,
        "tombe tombes tombee tombees parti partis partie mort morts morte arrive arrives arrivee venu venus ne nes nee reste restes \
         devenu devenus devenue entre entres entree sorti sortis retourne revenu rentre rentres passe passes passee decede decedes",
    ),
    (
        PUBLISHED,
        "publie publiee poste postee paru parue modifie modifiee actualise actualisee",
    ),
    (CLUB, "us as fc ac stade djoliba aigles real etoile jeunesse club"),
    (HAS, "a ont est sont ete fait aurait auraient serait seraient"),
    (
        ANNOUNCES,
        "annonce annoncent publie publient dissout dissolvent decrete decretent nomme nomment suspend suspendent adopte adoptent \
         signe signent lance lancent revendique revendiquent inaugure inaugurent expulse expulsent rompt rompent",
    ),
    (
        SOURCE,
        "source sources diplomate diplomates correspondant correspondante correspondants joint jointe joints observateur observateurs analyste analystes",
    ),
    (
        WATER,
        "pirogue pirogues pinasse pinasses rive rives berge berges crue crues decrue eaux affluent affluents noye noyes noyee noyees \
         pecheur pecheurs bateau bateaux navigue naviguer navigation naufrage fleuve etiage inondation inondations baignade traversee",
    ),
    (RELATIVE, "qui que qu dont ou lorsque quand"),
];

/// An adjective of a country.
pub(super) const GENTILIC: u64 = 1 << 47;

/// The first of the bits that say in which lexicon a phrase begins with the word; see [`begins`].
const BEGINS: u64 = 1 << 48;

/// Lexicons with a bit of their own; any others share the last.
const LEXICONS: usize = 15;

/// The bit that says that a phrase of lexicon number `lexicon` begins with a word.
pub(super) fn begins(lexicon: usize) -> u64 {
    BEGINS << lexicon.min(LEXICONS)
}

/// Adds the classes of all words that have one; interns these.
pub(super) fn classes(vocabulary: &mut Vocabulary, mut classes: Classes) -> Classes {
    let mut add = |word: &str, bit| classes.add(vocabulary.intern(word), bit);
    for (bit, words) in CLASSES {
        words.split_whitespace().for_each(|word| add(word, *bit));
    }
    names::french_months().for_each(|month| add(month, MONTH));
    names::WEEKDAYS.into_iter().for_each(|day| add(day, WEEKDAY));
    classes
}
