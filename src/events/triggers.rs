//! Words that tell of a deed, and words that put a deed in doubt: the reasons why something takes place somewhere.

use super::pattern::{Pattern, patterns};
use super::text::Text;
use std::sync::LazyLock;

/// What kind of deed a word tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Attack,
    Strike,
    Blast,
    Clash,
    Killing,
    Kidnapping,
    Attacked,
    Killed,
    Occurred,
    Wounded,
    Arson,
    Seizure,
    Movement,
    Blockade,
    Displacement,
    Peace,
    Release,
    Arrest,
    Accident,
    Politics,
    /// A government overthrown.
    Coup,
    Weak,
}

impl Deed {
    /// Its name in the table of weights.
    pub fn feature(self) -> &'static str {
        match self {
            Self::Attack => "trig=attack_n",
            Self::Strike => "trig=strike_n",
            Self::Blast => "trig=blast",
            Self::Clash => "trig=clash_n",
            Self::Killing => "trig=kill_n",
            Self::Kidnapping => "trig=kidnap",
            Self::Attacked => "trig=attack_v",
            Self::Killed => "trig=kill_v",
            Self::Occurred => "trig=occur",
            Self::Wounded => "trig=wound",
            Self::Arson => "trig=arson",
            Self::Seizure => "trig=seize",
            Self::Movement => "trig=move",
            Self::Blockade => "trig=block",
            Self::Displacement => "trig=displ",
            Self::Peace => "trig=peace",
            Self::Release => "trig=free",
            Self::Arrest => "trig=arrest",
            Self::Accident => "trig=accident",
            Self::Politics => "trig=polit",
            Self::Coup => "trig=coup",
            Self::Weak => "trig=weak",
        }
    }

    /// Whether people or things are harmed, or a place is taken or cut off.
    pub fn is_violent(self) -> bool {
        !self.is_soft() && self != Self::Weak
    }

    /// Movements, arrests, agreements: they tell of an event only beside something that says so.
    pub fn is_soft(self) -> bool {
        matches!(
            self,
            Self::Movement | Self::Displacement | Self::Peace | Self::Release | Self::Arrest | Self::Politics
        )
    }
}

/// The words of each deed, tried in this order.
#[rustfmt::skip]
const WORDS: [(Deed, &str); 22] = [
    (Deed::Coup, r"\b(?:coups? d'etat|coups? de force|putschs?|mutineries?|mutines?|renverse(?:r|ment)? (?:le president|du president|l'ex-president|le gouvernement|le regime)|president (?:[\w'-]+ ){0,4}renverse)\b"),
    (Deed::Attack, r"\b(?:(?:contre-)?(?:attaques?|assauts?|raids?|incursions?|offensives?|attentats?(?:-suicides?)?|embuscades?|guet-apens|braquages?|fusillades?|razzias?|agressions?|coups? de feu|coups? de main))\b"),
    (Deed::Strike, r"\b(?:tirs?|bombardements?|pilonnages?|frappes?|drones?|obus|roquettes?|missiles?|mortiers|kamikazes?|bavures?)\b"),
    (Deed::Blast, r"\b(?:explosions?|explos(?:e|ee?|ent|er)|detonations?|deflagrations?|saut(?:e|ent)|(?:a|ont|avait|avaient) saute|saute sur|engins? explosifs?|(?:mines?|bombes?) (?:artisanales?|antipersonnel|terrestres?)|heurte une mine|sur une mine|vehicules? pieges?|voitures? piegees?|faire exploser|fait exploser|ceintures? explosives?|eei|ied)\b"),
    (Deed::Clash, r"\b(?:combats?|affrontements?|accrochages?|heurts|batailles?|escarmouches?|represailles|exactions?|echanges? de tirs|violences|troubles|hostilites)\b"),
    (Deed::Killing, r"\b(?:massacres?|tueries?|carnages?|assassinats?|meurtres?|executions?|lynchages?|hecatombe|(?:la )?mort (?:de|d'|du|des)|deces|bilans?|victimes?)\b"),
    (Deed::Kidnapping, r"\b(?:enlevements?|rapts?|kidnappings?|prises? d'otages?|otages?|enlev(?:e|ee|es|ees|ent|er|ait|aient)|kidnapp\w+|captur\w+|sequestr\w+|ravisseurs?|prisonniers?)\b"),
    (Deed::Attacked, r"\b(?:(?:attaqu|agress|frapp|vis|cibl|mitraill|bombard|pilonn|pris d'assaut|harcel|braqu|tir|assieg|affront)(?:e|ee|es|ees|ent|er|ait|aient|ant|a|erent)|assailli\w*|assaillaient|pris(?:e|es)? (?:d'assaut|pour cible)|pris a partie|cernes?|cernees?|submergee?s?|fait irruption|irruption|ont surgi|surgi|fonc\w+ sur|tomb\w+ dans (?:une|l'|les|des) embuscades?|ouvert le feu|(?:a|ont) (?:recu|essuye|subi)|avait recu|avaient (?:recu|essuye|subi)|se battaient|se sont battus|theatre d'|sous les? feux?|la cible d[e']|l'objet d'|(?:est|sont) tombe\w* (?:hier|aujourd'hui)|subit|a subi|touch(?:e|ee|es|ees)|endeuill\w+|ensanglant\w+|seme\w* la (?:terreur|mort)|fait feu|tendu une embuscade|essuye|debarqu\w+|encercle\w*|accroch(?:e|es|er)|intercept\w+|deroute|dejou\w+|mis en fuite|perdu (?:\w+ )?(?:hommes|soldats)|s'en (?:est|sont|etait|etaient|prend|prennent|prenaient)(?: \w+)? pris|s'en (?:prend|prennent|prenaient)|seme\w* (?:la|le)|fait une descente|descentes?|expedition punitive|deferl\w+|envahi\w*|lanc(?:e|ee|es|ees|ent) (?:une|un|des|l'|plusieurs) (?:attaque|assaut|raid|offensive)s?|mene(?:e|s|es)? (?:une|un|des|par)|repouss\w+|intervenu(?:e|s|es)?|intervient)\b"),
    (Deed::Killed, r"\b(?:tu(?:e|ee|es|ees|ent|er|ant|a|erent)s?|abatt(?:u|ue|us|ues|ent|re|ait)|assassin(?:e|ee|es|ees|ent|er|ait)|execut(?:e|ee|es|ees|er|ent)|egorg\w+|decapit\w+|poignard\w+|pendu(?:e|s|es)?|tortur\w+|viol(?:e|ee|es|ees)|viols|tabass\w+|bastonn\w+|fouett\w+|lapid\w+|calcin\w+|lynch(?:e|ee|es|ees)|massacr(?:e|ee|es|ees|er)|cribl\w+|peri|perissent|perdu la vie|trouve la mort|coute la vie|coute|mort(?:e|s|es)?|decede\w*|neutralis(?:e|ee|es|ees|er)|fauch\w+|brule(?:e|s|es)? vi(?:f|fs|ve|ves)|elimin(?:e|ee|es|ees|er)|liquid(?:e|ee|es|ees|er)|succomb\w+|noye\w*|disparu\w*)\b"),
    (Deed::Occurred, r"\b(?:survenu(?:e|s|es)?|incidents?|les faits|drames?|survien\w+|perpetr\w+|commis(?:e|es)?|s'est produit\w*|s'est deroule\w*|se (?:sont|serai\w+) deroule\w*|se deroul\w+|se sont produit\w*|(?:a|ont|avait|avaient) eu lieu|eclat(?:e|ee|es|ent|er)|revendiqu\w+|imput\w+|attribu\w+)\b"),
    (Deed::Wounded, r"\b(?:bless(?:e|ee|es|ees|er|ant))\b"),
    (Deed::Arson, r"\b(?:pillages?|incendies?|pill(?:e|ee|es|ees|er|ent|aient)|brul(?:e|ee|es|ees|er|ent|aient)|incendi(?:e|ee|es|ees|er|ent)|saccag\w+|devalis\w+|depouill\w+|detrui\w+|destructions?|ras(?:e|ee|es|ees)|vol(?:e|ee|es|ees)|bris(?:e|ee|es|ees)|sabot\w+|vandalis\w+|emport(?:e|ee|es|ees|er|ent)|degats|cambriol\w+|profan\w+|ravag\w+|mis a sac|mis le feu|mettre le feu|reduite?s? en cendres|dynamit\w+|devast\w+|demoli\w*|vol de betail|betail)\b"),
    (Deed::Seizure, r"\b(?:prises? (?:de|du|d')|s'(?:est|sont|etait|etaient|empare) ?(?:empare\w*)?|empar(?:e|ee|es|ees|er|ent)|(?:a|ont|avait|avaient) (?:re)?(?:pris|conquis)|repris(?:e|es)?|reprises? de|reconquete|chute de|perte de|tomb(?:e|ee|es|ees|er|ent)|conqu\w+|investi(?:e|s|es|r)?|occup(?:e|ee|es|ees|ent|er)|passee? (?:au|aux|sous)|control(?:e|ent|ee)|(?:sont|est|soient|etaient) entre(?:e|s|es)?|entrees? (?:de|d'|du)|plante|hiss(?:e|er|ent)|prise de controle)\b"),
    (Deed::Movement, r"\b(?:rejoint|rejoignent|arriv(?:e|ee|es|ees|ent)|repli(?:e|es|ees)?|retir(?:e|ee|es|ees|ent)|retraits?|evacu\w+|ferm(?:e|ee|es|ees|ent|er)|fermetures?|patrouill\w+|deploy\w+|convois?|escort\w+|ratiss\w+|operations?|quitt(?:e|ee|es|ent)|redeploiements?|desengagements?|encercl(?:e|ee|es|ees|ent|er)|isol(?:e|ee|ant))\b"),
    (Deed::Blockade, r"\b(?:blocus|embargos?|sieges?|assieg\w+|encercl\w+|bloqu(?:e|ee|es|ees|ent|er)|encerclements?|etau|interdi(?:t|ts|te|sent)|ultimatums?|somm(?:e|es|ee|ees)|asphyxi\w+)\b"),
    (Deed::Displacement, r"\b(?:deplac(?:es|ees|ement|ements)|fui(?:t|r|ent)?|fuyaient|fuite|exode|partis|refugi\w+|rescapes|gagn(?:e|ent)|chass(?:e|es|ees)|expuls\w+)\b"),
    (Deed::Peace, r"\b(?:accords?|reconcili\w+|cessez-le-feu|treves?|negoci\w+|dialogues?|mediations?|desserre|lev(?:e|ee) du blocus|pacte|forum|reddition|rendus?)\b"),
    (Deed::Release, r"\b(?:liber(?:e|ee|es|ees|ation|er)|relach\w+|delivr\w+|sauv(?:e|es|ees)|evad\w+|evasions?)\b"),
    (Deed::Arrest, r"\b(?:arrestations?|arret(?:e|ee|es|ees|er)|interpell\w+|gardes? a vue|ecrou\w+|detenu\w*)\b"),
    (Deed::Accident, r"\b(?:accidents?|renvers\w+|crash\w*|ecras(?:e|ee|es)|chavir\w+|naufrages?|collisions?|inond\w+|crues?|effondr\w+|eboulements?|seismes?|noyades?|incendie accidentel|percut\w+|derap\w+|tempetes?|pluies diluviennes)\b"),
    (Deed::Politics, r"\b(?:sanctions?|gele?|gel(?:e|ee|es) (?:des|les) avoirs|manifestations?|emeutes?|taxes?|zakat|impots?|prelev\w+)\b"),
    (Deed::Weak, r"\b(?:elections?|elu|verdict|juge|jugement|coupable|condamn\w+|proces|visites?|atterri|ceremonie|ambassadeurs?|couvre-feu|decret|dissout|dissous|suspendu\w*|rapports?|sommet|conference|inaugur\w+|vaccin\w+|match|championnat|prix)\b"),
];

static COMPILED: LazyLock<Pattern> = LazyLock::new(|| Pattern::of(&WORDS.map(|(_, words)| words)));

patterns! {
    /// What only looks like a deed.
    NOT_A_DEED = r"mines? d'or|mine de |accord de \d|exploitation|prise d(?:e parole|e position)|siege (?:social|de l)|vol a |bilan officiel|pas de bilan|entree en|mis en cause|a l'occasion|occup\w+ (?:le poste|la fonction)|rendu hommage|a rendu|combat se poursuit|combat contre|visant a|en visite|lutte contre|force de maintien|maintien de la paix|d'auto-?defense|en fuite|combattants?|mercenaires?|position";
    TO_DEATH = r"\bpeine de $";
}

/// A word or phrase that tells of a deed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trigger {
    pub from: usize,
    pub to: usize,
    pub deed: Deed,
}

/// The triggers of a text, in order. Long names of actors tell of none: "Groupe de soutien", "armée de libération".
pub(super) fn find(text: &Text, actors: &[(usize, usize)]) -> Vec<Trigger> {
    let mut out: Vec<Trigger> = Vec::new();
    // Matches that reach past the word being looked at: their number among the deeds, and their end.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut next_actor = 0;
    let mut is_inside = false;
    for (at, byte) in text.fold.iter().enumerate() {
        let begins = byte.is_ascii_alphanumeric() && !is_inside;
        is_inside = byte.is_ascii_alphanumeric() || *byte == b'_';
        if !begins {
            continue;
        }
        while actors.get(next_actor).is_some_and(|(_, to)| *to <= at) {
            next_actor += 1;
        }
        if actors.get(next_actor).is_some_and(|(from, _)| *from <= at) {
            continue;
        }
        open.retain(|(_, end)| *end > at);
        let Some((number, to)) = COMPILED.at(&text.fold, at) else {
            continue;
        };
        // Another deed may be told inside of a phrase, "lancé une attaque", if it comes first in the list.
        if open.iter().any(|(other, _)| *other <= number) || !tells(text, at, to, WORDS[number].0) {
            continue;
        }
        open.push((number, to));
        out.push(Trigger {
            from: at,
            to,
            deed: WORDS[number].0,
        });
    }
    out
}

/// Whether a word tells of a deed where it stands.
fn tells(text: &Text, from: usize, to: usize, deed: Deed) -> bool {
    let word = text.folded(from, to);
    match word {
        b"tirer" | b"visite" => return false,
        b"mort" | b"morts" if TO_DEATH.is_in(text.before(from, 12)) => return false,
        // "s'est emparé de".
        _ if deed == Deed::Seizure && word.starts_with(b"s'") && text.after(to, 2) != b" d" => return false,
        _ => {}
    }
    NOT_A_DEED.begins(text.folded(from, from + 60)).is_none()
}

/// The triggers that begin in a part of the text.
pub(super) fn triggers_in(triggers: &[Trigger], (from, to): (usize, usize)) -> &[Trigger] {
    let first = triggers.partition_point(|t| t.from < from);
    let past = triggers.partition_point(|t| t.from < to);
    triggers.get(first..past.max(first)).unwrap_or_default()
}
