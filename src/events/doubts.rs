//! Words that say that something did not happen, may happen, happens again and again or is recalled.

use super::pattern::patterns;

patterns! {
    /// What may or will happen, is feared or remembered.
    IRREAL = r"\b(?:pourrai(?:t|ent)|pourra|risqu\w+|menac\w+|redout\w+|crai(?:nt|gnent|gnait|ndre)|prepar\w+|projet\w*|prevoi\w+|prevu\w*|comptent?|veu(?:t|lent)|appel(?:le|lent) a|exig\w+|sera|seront|promis|promet\w*|jure|ira|devrait|devraient|eviter|empecher|contre d'eventuel\w*|exercices?|entrain\w+|anniversaire|commemor\w+|ceremonie\w*|celebr\w+|film|livre|roman|s'il|si l')\b";
    /// What will happen.
    FUTURE = r"\b(?:\w{5,}(?:era|eront|iront)|fera|feront|aura|auront|devra|devront|recevra|recevront|rendra|rendront|tiendra|tiendront|viendra|viendront|pourront)\b";
    /// What did not happen.
    NEG = r"\b(?:n'a pas|n'ont pas|ne s'est pas|aucun|aucune|sans|dement\w*|jamais|n'est pas|n'etait pas|ni)\b";
    /// What is said by somebody.
    REPORT = r"\b(?:annonc\w+|indiqu\w+|declar\w+|affirm\w+|rapport\w+|selon|d'apres|dit|disent|confirm\w+|revendiqu\w+|communique|interrog\w+|apprend|apprenait|assur\w+|expliqu\w+|precis\w+|temoign\w+|parl\w+)\b";
    /// What had happened before.
    PLUPERF = r"\b(?:avai(?:t|ent)|etai(?:t|ent)|s'etai(?:t|ent)) (?:\w+ ){0,2}?\w+(?:e|ee|es|ees|i|is|ie|ies|u|us|ue|ues|t|te|ts|tes)\b";
    /// What is told as background.
    BACK = r"\b(?:rappel\w*|depuis (?:19|20)\d\d|en (?:19|20)\d\d|annees?|anniversaire|historique|autrefois|jadis|precedent\w*|comme (?:deja|en|lors))\b";
    /// What happens again and again.
    HABIT = r"\b(?:enregistr\w+|ces derni\w+|de plus en plus|serie d|quasi|quotidien\w*|sevi\w+|multipli\w+|regulier\w*|souvent|habitu\w+|operent|actif|active|actifs|actives|toujours|frequen\w+|chaque|theatre d'attaques|en proie|tension\w*|insecurite|situation|zone de|base arriere|fief|bastion)\b";
    /// What is sport, culture, business or politics.
    SPORT = r"\b(?:match|finale|coupe|championnat|aigles|etalons|selectionneur|tournoi|joueurs?|buts?|defi(?:ent|e)|groupe [a-h]|eliminatoires|can|fifa|club|festival|cinema|album|concert|vaccin\w*|coton|cotonni\w+|recolte|budget|milliards|investiss\w+|elections?|scrutin|candidats?|vote|tourisme)\b";
    /// What comes after an event: reinforcements, care, inquiries.
    AFTERMATH = r"\b(?:renforts?|images|videos?|photos?|hommages?|condamn\w+|enquete\w*|temoign\w+|hopital|soins|prises? en charge|inhum\w+|enterr\w+|obseques|deploye\w*|depeche\w*|reseaux sociaux|appel au don)\b";
}

/// Whether words tell of what may or will happen, is feared or remembered.
pub(super) fn is_irreal(words: &[u8]) -> bool {
    IRREAL.is_in(words)
}

/// Whether words tell of what will happen.
pub(super) fn is_future(words: &[u8]) -> bool {
    FUTURE.is_in(words)
}

/// Whether words tell of what did not happen.
pub(super) fn is_negated(words: &[u8]) -> bool {
    NEG.is_in(words)
}

/// Whether words tell of what is said by somebody.
pub(super) fn is_report(words: &[u8]) -> bool {
    REPORT.is_in(words)
}

/// Whether words tell of what had happened before.
pub(super) fn is_pluperfect(words: &[u8]) -> bool {
    PLUPERF.is_in(words)
}

/// Whether words tell of what is told as background.
pub(super) fn is_background(words: &[u8]) -> bool {
    BACK.is_in(words)
}

/// Whether words tell of what happens again and again.
pub(super) fn is_habit(words: &[u8]) -> bool {
    HABIT.is_in(words)
}

/// Whether words tell of what is sport, culture, business or politics.
pub(super) fn is_sport(words: &[u8]) -> bool {
    SPORT.is_in(words)
}

/// Whether words tell of what comes after an event: reinforcements, care, inquiries.
pub(super) fn is_aftermath(words: &[u8]) -> bool {
    AFTERMATH.is_in(words)
}
