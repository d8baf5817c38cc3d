//! The words for people and for what happens to them.

use crate::facets::quantities::Word;

/// What happened to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Harm {
    Killed,
    Wounded,
    Abducted,
}

/// Whether a folded word is one for people.
pub(super) fn is_person(word: &str) -> bool {
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
/// Past a comma, another number counts: "le 10 mars, deux civils".
pub(super) fn people_after(words: &[Word], at: usize) -> Option<usize> {
    (at..words.len().min(at + 3))
        .take_while(|w| !words[*w].stop && !words[*w].comma)
        .find(|w| is_person(&words[*w].folded))
}

/// The word after a number, if people may be meant whom no list names: "tuant six forgerons", not "tué cent
/// vaches".
pub(super) fn someone_after(words: &[Word], at: usize) -> Option<usize> {
    const NOBODY: &str = " vache vaches boeuf boeufs tete tetes bete betes chevre chevres mouton moutons animal animaux chameau chameaux ane anes \
        bovins ovins cheval chevaux vehicule vehicules moto motos camion camions an ans jour jours mois heure heures minutes semaine \
        semaines kilometre kilometres fois balle balles coup coups million millions milliard milliards village villages hameau hameaux \
        maison maisons grenier greniers fusil fusils pour dans par sur avec selon avant apres alors dont ";
    let word = words.get(at).filter(|w| !w.stop && !w.comma)?;
    let letters = word.folded.len() > 3 && word.folded.chars().all(char::is_alphabetic);
    (letters && !NOBODY.split_whitespace().any(|n| n == word.folded)).then_some(at)
}

/// The harm that a participle or a noun stands for.
pub(super) fn harm_at(words: &[Word], at: usize) -> Option<Harm> {
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
            if (2..=4).any(|ahead| finds_a_body(follows(ahead)))
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

fn finds_a_body(word: &str) -> bool {
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

/// Words of armies for those whom they killed or captured: they leave open which.
pub(super) fn is_unsure(word: &str) -> bool {
    word.starts_with("neutralis") || matches!(word, "mis" | "mise" | "mises")
}
