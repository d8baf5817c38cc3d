//! What somebody's sentence makes of them: those who did something, or those it was done to.
//!
//! Each rule looks at the words just before or after a [`Party`], in the text with capitals for parties. Where no rule
//! says anything, nobody did it: a wrong name is worse than none.

use super::parties::{Party, Whom, between};
use super::pattern::patterns;

/// How it is known who did something; the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// The text says so itself.
    Stated,
    /// They say so.
    Claimed,
    /// Somebody else says so, or it is suspected.
    Attributed,
}

impl Known {
    /// Its name in rows.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Claimed => "claimed",
            Self::Attributed => "attributed",
        }
    }
}

/// What a sentence makes of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Did(Known),
    /// A clash: both sides fought.
    Fought,
    Suffered,
}

/// Characters before and after somebody that are looked at.
const REACH: usize = 150;

patterns! {
    /// "tués dimanche par des", "prise de Kidal par".
    BY = r"\b(?:(?:attaqu|tu|abattu|assassin|execut|enlev|kidnapp|vis|cibl|frapp|bombard|pill|incendi|brul|saccag|men|perpetr|commis|lanc|conduit|tendu|occup|conquis|repris|assieg|encercl|captur|detruit|impos|decret|bless|massacr|egorg|decapit|mitraill|investi|orchestr|fomente|arret|interpell|neutralis|elimin|intercept|pilonn|retenu|pris|touch)(?:e|es|s|ee|ees|er)?|attaques?|raids?|assauts?|embuscades?|frappes?|bombardements?|offensives?|incursions?|attentats?|prise|blocus|enlevements?|assassinats?|massacres?|meurtres?|executions?|tirs?|siege|occupation|rapts?|exactions?|tueries?|pillages?)[ ,']+(?:[\w.-]+[ ,']+){0,9}?par (?:[a-z0-9.-]+[ ,']+){0,6}$";
    /// What else "par" may belong to: "tenu par", "évacués par".
    OTHER_BY = r"\b(?:tenue?s?|dirigee?s?|confirm\w*|annonc\w*|rapport\w*|citee?s?|soutenu\w*|escort\w*|appuy\w*|control\w*|signe\w*|condamn\w*|evacu\w*|repouss\w*|proteg\w*|fondee?|creee?|denonc\w*|contree?s?|dejou\w*|assur\w*|organis\w*|filme\w*|diffus\w*|relay\w*|publi\w*|interrog\w*|joint|jointe?s?|secour\w*|accompagn\w*|cause|suivie?s?) (?:[\w.-]+[ ,']+){0,5}?par ";
    /// "selon", of whom it is told by.
    SPEAKS = r"\b(?:selon|d'apres|aupres|aux yeux|annonc\w+|indiqu\w+|declar\w+|affirm\w+|rapport\w+|interroge\w*|precis\w+|ont appris|a appris|confirm\w+) (?:[a-z0-9.-]+[ ,']+){0,5}$";
    /// Another subject, between somebody and a verb: "le communiqué de l'armée, l'attaque a visé".
    OTHER_SUBJECT = r",[ ']*(?:l'|le |la |les |des |un |une |ils? |elles? |on |cette |ces |ce |cet )";
    /// "deuil décrété par" is no deed, a blockade is.
    DECREED = r"^(?:decret|impos)";
    BLOCKADE = r"\b(?:blocus|embargo|siege)\b";
    /// "membres présumés de".
    PRESUMED = r"\b(?:presume\w*|suspect\w*|soupconne\w*)[ ,']+(?:[a-z0-9.-]+[ ,']+){0,6}$";
    /// "deux revendications : le Jnim".
    CLAIM_OF = r"\brevendications?(?: (?:de |du |de la |de l'|des )| ?: )(?:[a-z0-9.-]+[ ,']+){0,3}$";
    /// "sous les balles de", "aux mains de", "œuvre de".
    HANDS = r"\b(?:aux mains|sous les balles|sous le feu|o?[eo]uvre|tombee? aux mains|sous les tirs|sous le controle) (?:de |du |des |de la |de l'|d')(?:[a-z0-9.-]+[ ,']+){0,3}$";
    CLAIMED_BY = r"\brevendiqu(?:e|ee|es|ees)[ ,']+(?:[\w.-]+[ ,']+){0,7}?par (?:[a-z0-9.-]+[ ,']+){0,4}$";
    UNCLAIMED = r"\b(?:pas|non|jamais|sans)(?: \w+){0,2} (?:ete )?revendiqu";
    LAID_ON = r"\b(?:attribu|imput)\w*[ ,']+(?:[\w.-]+[ ,']+){0,4}?(?:a|au|aux|a la|a l') ?'?(?:[a-z0-9.-]+[ ,']+){0,4}$";
    ACCUSED = r"\b(?:accus(?:e|ent|ait|aient|ant|er)|incrimin\w+|met(?:tent|tant)? en cause|mis en cause|soupconn(?:e|ent|ait|ant)|pointent? du doigt|designe(?:nt)?)[ ,']+(?:[a-z0-9.-]+[ ,']+){0,4}$";
    /// What somebody is accused of.
    OF_A_DEED = r"\b(?:d'avoir|d'etre|d'attaqu|d'exact|de massacr|de tuer|de crime|d'execut|de l'attaque|du massacre|de l'enlevement|d'enlev)";
    IS_ACCUSED = r"^[ ,']+(?:[a-z0-9.-]+[ ,']+){0,5}?(?:est|sont|etaient|a ete|ont ete) (?:[a-z]+ ){0,2}?(?:accuses?|accusees?|soupconn\w+|suspect\w+|mis en cause|mise en cause|pointes? du doigt)\b";
    CLAIMS = r"^[ ,']+(?:[a-z0-9.-]+[ ,']+){0,6}?(?:(?:a|ont|avait|avaient|aurait) (?:[a-z]+ ){0,2}?revendique\b|revendiqu(?:e|ent|ait|aient)\b|(?:vient|viennent) de revendiquer\b|(?:dit|disent|affirm\w+|assur\w+|annonc\w+|pretend\w*|declar\w+) (?:[a-z]+ ){0,2}?avoir (?:[a-z]+ ){0,2}?(?:attaqu|tu|abattu|execut|enlev|vis|cibl|frapp|bombard|pris|captur|detrui|neutralis|elimin|men|lanc)\w*)";
    /// What is claimed that is no deed: "revendique l'indépendance".
    OTHER_CLAIM = r"revendiqu\w+ (?:pas |aussi |toujours )?(?:la (?:neutral|victoire|creation|pater)|l'(?:indep|auton|azawad|applic)|une? (?:victoire|territ|etat)|des? (?:victoires?|succes|effectif)|son |sa |leur |le territ|\d)";
    /// "ont attaqué", "ont mené une attaque", "s'en sont pris à".
    DID = r"^[ ,']+(?:[a-z0-9.-]+[ ,']+){0,9}?(?:(?:ont|a|avaient|avait|auraient|aurait) (?:(?:[a-z]+ment|deja|aussi|encore|ainsi|ensuite|tous|toutes|hier|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: matin| soir)?|a nouveau|de nouveau|a leur tour|a son tour|d'abord|eux),? ){0,2}?(?:(?:attaque|tue|abattu|assassine|execute|enleve|kidnappe|vise|cible|frappe|bombarde|pille|incendie|brule|saccage|conquis|assiege|encercle|capture|massacre|egorge|decapite|mitraille|investi|fait irruption|fait exploser|ouvert le feu|mis le feu|tire sur|interpelle|neutralise|elimine|intercepte|pilonne|envahi|cerne|rase|dynamite|harcele|assailli)\b|(?:lance|mene|conduit|perpetre|commis|tendu|effectue) (?:[a-z]+[ ']){0,5}?(?:attaques?|assauts?|raids?|offensives?|operations?|frappes?|embuscades?|incursions?|attentats?|expeditions?|massacres?|exactions?|tirs?|descentes?|enlevements?|assassinats?)\b|(?:impose|decrete) (?:un |le |leur )?(?:blocus|embargo|siege)|(?:pris|repris|occupe) (?:(?:[a-z]+ment|deja|aussi|encore|ainsi|ensuite|tous|toutes|hier|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: matin| soir)?|a nouveau|de nouveau|a leur tour|a son tour|d'abord|eux),? ){0,2}?(?:d'assaut|en otage|pour cible|le controle|possession|une? |deux |trois |plusieurs |l[ae]s? (?:ville|village|localite|camp|base|poste|garnison|caserne|position)s?\b))|(?:se sont|s'en sont|s'est|s'en est|se seraient|s'etaient|s'etait|s'en etaient) (?:(?:[a-z]+ment|deja|aussi|encore|ainsi|ensuite|tous|toutes|hier|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: matin| soir)?|a nouveau|de nouveau|a leur tour|a son tour|d'abord|eux),? ){0,2}?(?:pris|prise|empares?|emparee|attaques?|attaquee|introduits?|fait exploser)\b|(?:attaquent|tuent|enlevent|brulent|assiegent|encerclent|frappent|visent|ciblent|pillent|incendient|massacrent|executent|bombardent|abattent|s'emparent|s'empare|imposent|visait|visaient|attaquait|attaquaient|frappait|frappaient|tuait|tuaient)\b)";
    /// "raid du", "attaque d'hommes armés", "blocus imposé par" is another rule's.
    DEED_OF = r"\b(?:attaques?|raids?|assauts?|embuscades?|frappes?|bombardements?|offensives?|incursions?|razzias?|tirs?|exactions?|blocus|embargo|descentes?|expeditions?|balles|joug)(?: (?:aerienne?s?|terroristes?|d?jihadistes?|meurtriere?s?|heliporte|aeriens|simultanees?|de drones?|punitive|violente))?(?: '?presumee?s?'?)? (?:de |du |de la |de l'|des |d')(?:presumes? |la force |l'operation |la |les |l')?'?$";
    /// "contre un poste de", "visant un convoi de".
    AGAINST = r"\b(?:contre|visant|ciblant|frappant|touchant) (?:[a-z0-9.-]+[ ,']+){0,8}$";
    NO_ATTACK = r"\b(?:lutte\w*|guerre|combats?|combattre|campagne|mobilis\w+|protection|plainte|manifest\w+|enquete|colere|accusations?|accuser?) (?:[a-z]+ ){0,3}?contre (?:[a-z0-9.-]+[ ,']+){0,8}$";
    /// "attaque d'un poste de", "attentat à la bombe contre" is the former.
    ATTACK_ON = r"\b(?:attaques?|assauts?|attentats?|raids?|tirs?|embuscades?|prise|pillage|incendie)(?: [a-z]+)? (?:de |du |de la |de l'|des |d'|d'un |d'une |sur |a |au )(?:[a-z]+ ){0,3}?(?:camps?|bases?|postes?|casernes?|convois?|positions?|detachements?|garnisons?|patrouilles?|commissariats?|brigades?|vehicules?|villages?|localites?|villes?|hameau|hameaux)(?: [\w'-]+){0,4}? (?:de |du |de la |de l'|des |d')?$";
    TOOK = r"\b(?:(?:ont|a|avaient|avait|auraient|aurait) (?:(?:[a-z]+ment|deja|aussi|encore|ainsi|ensuite|tous|toutes|hier|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: matin| soir)?|a nouveau|de nouveau|a leur tour|a son tour|d'abord|eux),? ){0,2}?(?:attaque|tue|abattu|assassine|execute|enleve|kidnappe|vise|cible|frappe|bombarde|pille|incendie|brule|saccage|blesse|massacre|egorge|decapite|mitraille|capture|pris pour cible|pris d'assaut|pris en otage|assailli|encercle|intercepte|pilonne|tire sur|ouvert le feu sur)|(?:pris|prise) (?:a|aux|au)|attaques? (?:a|aux|au)|tuant|blessant|abattant|enlevant|massacrant|executant|attaquent|tuent|enlevent|massacrent|executent|abattent|pillent|brulent|coute la vie|ote la vie)[ ,']+(?:[a-z0-9.-]+[ ,']+){0,8}$";
    LOSS_OF = r"\b(?:mort|morts|deces|assassinats?|meurtres?|executions?|enlevements?|rapts?|massacres?|capture|disparition|blessures?|morts parmi|victimes parmi|pertes) (?:de |du |de la |de l'|des |d'|parmi |a |aux? |dans les rangs )(?:[a-z0-9.-]+[ ,']+){0,5}$";
    /// "ont été tués", "sont tombés dans une embuscade", "a sauté sur une mine".
    SUFFERED = r"^(?:[ ,']+[\w.-]+){0,14}?[ ,']+(?:(?:a|ont|avait|avaient|auraient|aurait|etaient|etait|sont|est|y ont|y a) (?:(?:[a-z]+ment|deja|aussi|encore|ainsi|ensuite|tous|toutes|hier|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: matin| soir)?|a nouveau|de nouveau|a leur tour|a son tour|d'abord|eux),? ){0,2}?ete (?:(?:[a-z]+ment|deja|aussi|encore|ainsi|ensuite|tous|toutes|hier|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: matin| soir)?|a nouveau|de nouveau|a leur tour|a son tour|d'abord|eux),? ){0,2}?(?:attaque|tue|vise|bless|enleve|kidnapp|abattu|assassin|execut|cibl|frapp|pris|prise|la cible|l'objet|la proie|massacr|egorg|decapit|brul|incendi|pill|saccag|cern|mitraill|captur|touch|place sous|plac\w+ sous|victimes? d|retenu|detrui|encercl|assieg|viole|emport)|(?:ont|a|avaient|avait|auraient|aurait|y ont|y a) (?:(?:[a-z]+ment|deja|aussi|encore|ainsi|ensuite|tous|toutes|hier|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: matin| soir)?|a nouveau|de nouveau|a leur tour|a son tour|d'abord|eux),? ){0,2}?(?:peri|perdu la vie|trouve la mort|subi|essuye|saute|heurte|roule sur|percute une mine|succombe)|(?:sont|est|etaient|etait|seraient) (?:(?:[a-z]+ment|deja|aussi|encore|ainsi|ensuite|tous|toutes|hier|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: matin| soir)?|a nouveau|de nouveau|a leur tour|a son tour|d'abord|eux),? ){0,2}?(?:morts?|mortes?|tombes?|tombees?|decedes?|tues?|tuees?|attaques?|attaquees?|pris|prise|vises?|visees?|frappes?|frappees?|captur\w+|portes? disparus?))";
    /// "huit soldats tués".
    HARMED = r"^(?:[ '][a-z]+){0,5} (?:tues?|tuees?|morts|mortes|blesses?|blessees?|enleves?|enlevees?|abattus?|assassines?|kidnappes?|egorges?|executes?|attaques?|attaquee|captures?|victimes? d)\b";
    /// "dix morts, dont cinq gendarmes", "parmi les victimes, des civils".
    AMONG = r"(?:\b(?:morts?|tuee?s?|victimes?|blessee?s?)[ ,']+(?:dont|parmi lesquels|parmi lesquelles|parmi) (?:[a-z0-9.-]+[ ,']+){0,3}|\bparmi les (?:victimes|morts|tues|blesses|disparus)[ ,']+(?:[a-z0-9.-]+[ ,']+){0,4}|\b(?:morts|tues|blesses|pertes) (?:du |de )?cote (?:[a-z0-9.-]+[ ,']+){0,3})$";
    CLASH = r"\b(?:combats?|affrontements?|accrochages?|heurts?|affront\w+|echanges? de tirs|fusillade)[ ,']+(?:[\w.-]+[ ,']+){0,8}?(?:entre|oppos\w+|avec) (?:[a-z0-9.-]+[ ,']+){0,4}$";
    /// Clashes of weeks and months are no event.
    HABITUAL = r"\b(?:depuis (?:plusieurs|des|quelques|le debut)|regulier\w*|frequen\w*)\b";
    /// Words that end the reach of a rule.
    BREAK = r"\b(?:que|qui|dont|contre|selon|mais|alors|tandis|pour|apres|avant|lorsque|quand|lutte|nie|dement\w*|menac\w+)\b";
    PASSIVE = r"\b(?:ete|par|pas|jamais|sans|se faire)\b";
    DOUBTED = r"\b(?:d'apres|selon|aurai(?:t|ent)|presum\w+|soupconn\w+|probable\w*|vraisemblable\w*|serai(?:t|ent))\b";
    /// Between two that do or suffer the same.
    AND = r"^(?: (?:malien|burkinab|nigerien|francais|tchadien|russe|traditionnel|touareg|arabe|ivoirien|algerien)\w*){0,2}(?:,|,? et|,? ou|,? puis|,? ainsi que|,? avec l'appui|,? avec|,? appuyee?s? par|,? accompagnee?s? (?:de|d'|par)|,? aide(?:e|s|es)? (?:de|par))?(?:[ ,']+(?:de|du|des|d|la|le|les|l|leurs?|ses|son|sa|un|une|deux|trois|quatre|cinq|\d+|mercenaires|allies|supplet\w+|paramilitaires|russes?|soutien|appui|dont|au moins|forces?|elements|miliciens|groupe|membres|combattants))*[ ,']+$";
    JOINS = r"\b(?:et|ou|puis|ainsi|avec|appuy\w+|accompagn\w+|aide\w*)\b|,";
}

/// What a sentence makes of one of its parties; none where it says nothing.
pub(super) fn part(mask: &[u8], (first, last): (usize, usize), party: &Party) -> Option<Part> {
    let before = between(mask, first.max(party.from.saturating_sub(REACH)), party.from);
    let after = between(mask, party.to, last.min(party.to + REACH));
    if speaks(mask, (first, last), party) {
        return None;
    }
    if party.is_site {
        // A building does nothing.
        let is_hit = DEED_OF.is_in(before) || suffered(before, after);
        return is_hit.then_some(Part::Suffered);
    }
    if party.whom == Whom::Civilians {
        return suffered(before, after).then_some(Part::Suffered);
    }
    let part = did_before(before, after)
        .or_else(|| suffered_before(before).then_some(Part::Suffered))
        .or_else(|| doer_of(before))
        .or_else(|| did_after(after))
        .or_else(|| suffered(before, after).then_some(Part::Suffered));
    match part {
        Some(Part::Did(Known::Stated)) if PRESUMED.is_in(before) => Some(Part::Did(Known::Attributed)),
        part => part,
    }
}

/// Whether somebody is named as the one who says something.
pub(super) fn speaks(mask: &[u8], (first, last): (usize, usize), party: &Party) -> bool {
    let before = between(mask, first.max(party.from.saturating_sub(REACH)), party.from);
    let after = between(mask, party.to, last.min(party.to + REACH));
    SPEAKS.is_in(before) && !CLAIMS.is_in(after)
}

/// The words that a rule has matched.
fn words<'t>(pattern: &super::pattern::Pattern, text: &'t [u8]) -> Option<&'t [u8]> {
    pattern.find(text).map(|found| &text[found])
}

/// The same after the last word `par`, `à` …: what stands between it and the name.
fn tail<'t>(words: &'t [u8], mark: &[u8]) -> &'t [u8] {
    let at = words.windows(mark.len()).rposition(|window| window == mark);
    at.map_or(words, |at| &words[at + mark.len()..])
}

/// By the words before: passive voice, attribution.
fn did_before(before: &[u8], after: &[u8]) -> Option<Part> {
    if let Some(found) = words(&CLAIMED_BY, before) {
        let is_free = !BREAK.is_in(tail(found, b"par ")) && !UNCLAIMED.is_in(before);
        return is_free.then_some(Part::Did(Known::Claimed));
    }
    if let Some(found) = words(&LAID_ON, before)
        && !BREAK.is_in(found)
    {
        return Some(Part::Did(Known::Attributed));
    }
    if let Some(found) = words(&ACCUSED, before)
        && !BREAK.is_in(found)
        && !PASSIVE.is_in(found)
        && (OF_A_DEED.is_in(after) || !found.starts_with(b"accus"))
    {
        return Some(Part::Did(Known::Attributed));
    }
    if CLAIM_OF.is_in(before) {
        return Some(Part::Did(Known::Claimed));
    }
    if let Some(found) = words(&BY, before)
        && !OTHER_BY.is_in(found)
        && (!DECREED.is_in(found) || BLOCKADE.is_in(before))
        && !BREAK.is_in(tail(found, b"par "))
        && !PASSIVE.is_in(tail(found, b"par "))
    {
        let known = if DOUBTED.is_in(found) {
            Known::Attributed
        } else {
            Known::Stated
        };
        return Some(Part::Did(known));
    }
    if let Some(found) = words(&CLASH, before)
        && !BREAK.is_in(found)
        && !HABITUAL.is_in(before)
    {
        return Some(Part::Fought);
    }
    HANDS.is_in(before).then_some(Part::Did(Known::Stated))
}

/// By the words after: active voice, claims.
fn did_after(after: &[u8]) -> Option<Part> {
    if words(&IS_ACCUSED, after).is_some_and(|found| !BREAK.is_in(found)) {
        return Some(Part::Did(Known::Attributed));
    }
    if let Some(found) = words(&CLAIMS, after)
        && !PASSIVE.is_in(found)
    {
        let is_deed = !OTHER_CLAIM.is_in(after);
        return is_deed.then_some(Part::Did(Known::Claimed));
    }
    let found = words(&DID, after)?;
    let free = !PASSIVE.is_in(found) && !BREAK.is_in(without_who(found)) && !OTHER_SUBJECT.is_in(found);
    free.then(|| {
        let is_doubted = DOUBTED.is_in(found);
        Part::Did(if is_doubted {
            Known::Attributed
        } else {
            Known::Stated
        })
    })
}

/// The words without a first "qui", which goes on with the same one.
fn without_who(words: &[u8]) -> &[u8] {
    let start = words
        .iter()
        .take_while(|b| matches!(b, b' ' | b',' | b'\''))
        .count();
    let rest = &words[start..];
    rest.strip_prefix(b"qui ").unwrap_or(rest)
}

/// "raid de Barkhane".
fn doer_of(before: &[u8]) -> Option<Part> {
    DEED_OF.is_in(before).then_some(Part::Did(Known::Stated))
}

fn suffered_before(before: &[u8]) -> bool {
    let is = |pattern| {
        words(pattern, before).is_some_and(|found| !BREAK.is_in(tail(found, b"contre ")) && !has_by(found))
    };
    AMONG.is_in(before) || (is(&AGAINST) && !NO_ATTACK.is_in(before)) || is(&ATTACK_ON) || is(&LOSS_OF)
}

/// Whom something was done to.
fn suffered(before: &[u8], after: &[u8]) -> bool {
    let is_object = words(&TOOK, before).is_some_and(|found| !has_by(found) && !BREAK.is_in(found));
    let is_subject = |pattern| {
        words(pattern, after).is_some_and(|found| !BREAK.is_in(without_who(found)) && !has_by(found))
    };
    suffered_before(before) || is_object || is_subject(&SUFFERED) || is_subject(&HARMED)
}

/// Whether the one who did it is named between, or nothing was done.
fn has_by(words: &[u8]) -> bool {
    const BY: &[u8] = b"par ";
    const NOT: &[u8] = b" pas ";
    words.windows(4).any(|window| window == BY) || words.windows(5).any(|window| window == NOT)
}

/// Whether somebody named next does or suffers the same.
pub(super) fn goes_on(gap: &[u8]) -> bool {
    gap.len() < 60 && AND.begins(gap) == Some(gap.len()) && JOINS.is_in(gap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::parties::Parties;
    use crate::events::text::Text;

    /// What a sentence makes of the actor in brackets.
    fn of(sentence: &str) -> Option<Part> {
        let plain = sentence.replace(['[', ']'], "");
        let text = Text::new(&plain, 0);
        let at = |sign: char| sentence.chars().position(|c| c == sign).unwrap_or(0);
        let actor = (at('['), at(']') - 1);
        let parties = Parties::read(&text, &[actor]);
        let party = parties.list.iter().find(|p| matches!(p.whom, Whom::Actor(_)))?;
        part(&parties.mask, (0, text.len()), party)
    }

    #[test]
    fn who_did_it() {
        use Known::{Attributed, Claimed, Stated};
        for (sentence, known) in [
            (
                "Dix civils ont été tués dimanche par des combattants du [Jnim].",
                Stated,
            ),
            (
                "Des jihadistes du [Jnim] ont attaqué lundi le camp de Nampala.",
                Stated,
            ),
            ("Une attaque du [Jnim] a fait dix morts.", Stated),
            ("Le convoi a subi une attaque du [CSP], hier jeudi.", Stated),
            ("Le [Jnim] a mené plusieurs attaques lundi.", Stated),
            ("Le blocus imposé par le [Jnim] dure.", Stated),
            (
                "Des membres présumés du groupe [EIGS] ont attaqué Talataye.",
                Attributed,
            ),
            ("Le [MNLA] a pris la ville de Léré.", Stated),
            ("La ville est tombée aux mains de l'[EIGS].", Stated),
            ("L'attaque a été revendiquée lundi par le [Jnim].", Claimed),
            ("Le [Jnim] a revendiqué l'attaque.", Claimed),
            ("Le [Jnim] dit avoir tué 200 soldats.", Claimed),
            ("Trois revendications : le [Jnim], d'autres.", Claimed),
            ("L'attaque est attribuée à la [Katiba Macina].", Attributed),
            (
                "Les habitants accusent l'[armée malienne] d'avoir tué vingt civils.",
                Attributed,
            ),
            ("Des témoins mettent en cause l'[EIGS].", Attributed),
        ] {
            assert_eq!(of(sentence), Some(Part::Did(known)), "{sentence}");
        }
        for sentence in [
            "L'attaque n'a pas été revendiquée par le [Jnim].",
            "Le [MNLA] revendique l'indépendance de l'Azawad.",
            "L'[ONU] a condamné l'attaque.",
            "La zone où le [Jnim] est actif a été attaquée.",
            "L'[armée malienne] lutte contre les groupes armés.",
            "Le camp de Léré, tenu par le [MNLA], a été attaqué.",
            "Les blessés ont été évacués à Gao par [Barkhane].",
            "L'attaque de la [gendarmerie] a fait deux morts.",
            "Selon le communiqué de l'[armée], l'attaque visait des unités du génie.",
            "Un deuil national a été décrété par le [président de la transition].",
            "Après le départ de l'[armée], ils ont fait irruption dans le village.",
            "Les [FAMa] ont repris leur position.",
            "La démission du [président], a lancé un opposant.",
            "Selon les [autorités], quatre assaillants ont péri dans cette attaque.",
        ] {
            assert!(!matches!(of(sentence), Some(Part::Did(_))), "{sentence}");
        }
    }

    #[test]
    fn who_was_hit() {
        for sentence in [
            "Des hommes armés ont attaqué une position de l'[armée].",
            "Une attaque contre un poste de la [gendarmerie] a fait deux morts.",
            "Trois [soldats] maliens ont été tués.",
            "Les [FAMa] sont tombées dans une embuscade.",
            "Un convoi de la [Minusma] a sauté sur une mine.",
            "L'attaque d'un convoi de l'[armée] a fait dix morts.",
            "La mort de deux [gendarmes] a été confirmée.",
            "L'attaque du [commissariat] de Kolondiéba a fait deux morts.",
        ] {
            assert_eq!(of(sentence), Some(Part::Suffered), "{sentence}");
        }
        for sentence in [
            "La lutte contre le [Jnim] continue.",
            "L'[armée] a annoncé lundi que dix civils ont été tués.",
        ] {
            assert_eq!(of(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn both_fight() {
        assert_eq!(
            of("La zone connaît depuis plusieurs semaines des combats entre le [Jnim] et l'EIGS."),
            None
        );
        assert_eq!(
            of("Des combats ont opposé l'[armée malienne] au MNLA."),
            Some(Part::Fought)
        );
    }
}
