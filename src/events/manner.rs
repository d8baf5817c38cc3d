//! Words around a place that make it something else than a scene: where the wounded are brought, where people meet,
//! whose government speaks; and sentences that tell of nothing that happened once: totals, lives.

use super::pattern::patterns;

patterns! {
    /// "évacué par hélicoptère vers l'hôpital de".
    BROUGHT = r"\b(?:evacue\w*|evacuations?|transfere\w*|transporte\w*|achemine\w*|conduite?s?|rapatrie\w*|hospitalise\w*|admis\w*|soigne\w*|inhume\w*|enterre\w*|hopital|hopitaux|antenne chirurgicale|centre de sante|clinique|morgue)\b[^.;:]{0,50}\b(?:a|au|aux|vers|sur|de|du|d'|dans)(?: la| l'| le)? ?(?:ville de |d')?$";
    /// "une réunion à", "une étape de trois heures à".
    MEETING = r"\b(?:reunions?|sommets?|conferences?|visites?|deplacements?|voyages?|etapes?|escales?|seminaires?|rencontres?|pourparlers|negociations?|hommages?|ceremonies?|obseques|discours|rassemblements?|forums?|congres|se rendre|rendu|rendue|rencontrer|accueilli\w*|recus?|installes?|siege|refugies?|exiles?|basee?s?) (?:[^.;:,]{0,40} )?(?:a|au|en|dans|de)(?: la| l'| le)? ?$";
    /// "dénoncée par", "selon", "entre Paris et".
    AGENT = r"\b(?:par|selon|avec|envers|aupres de|aupres du|vis-a-vis de|relations? (?:de|du)|pays (?:comme|voisins? du|membres?[^.;:]{0,20})|voisins? (?:de la|du|de)|frontiere (?:avec|du|de)(?: la| l'| le)?|soutien de(?: la| l')?) ?(?:la |le |l')?$";
    /// "à 60 kilomètres de".
    FAR = r"\b(?:[3-9]\d|\d{3}|trente|quarante|cinquante|soixante|cent|centaine de|trentaine de|quarantaine de|cinquantaine de|soixantaine de) ?(?:km|kilometres)\b[^.;:,]{0,40}$|\bheures? (?:de route|en voiture) (?:de |d')$";
    /// "a annoncé", "condamne".
    DECIDES = r"^ (?:a|avait|va|doit|veut|n'a pas|s'est|se dit|se)? ?(?:aussi |egalement |deja |\x22?fermement\x22? )?(?:annonc\w+|condamn\w+|confirm\w+|reagi|dement\w*|accus\w+|denonc\w+|exig\w+|reclam\w+|appel\w+|demand\w+|estim\w+|promis|promet\w*|assur\w+|salu\w+|depech\w+|deploy\w+|envoy\w+|decid\w+|mobilis\w+|partage|espere\w*|souhait\w+|soutien\w*|rapatri\w+|retir\w+|rappel\w+|suspen\w+|rejet\w+|refus\w+|affirm\w+|indiqu\w+|deconseill\w+|evoqu\w+|plac\w+)\b";
    /// Figures of many incidents.
    TOTAL = r"\b(?:au total|en tout|porte(?:nt)? a (?:au moins )?<NUM> le nombre|depuis (?:le debut|le lancement|l'intervention|l'operation|leur intervention)|(?:le|la) (?:\d+e|\w+ieme) (?:\w+ ){0,2}(?:tuee?|morte?|decedee?|deces|soldat|militaire|otage)|des (?:milliers|centaines|dizaines) de (?:milliers de )?(?:morts|victimes|civils)|milliers de (?:morts|deplaces|personnes)|\d[ .]\d{3} (?:morts|personnes|civils)|decompte|comptage|series? d'attaques|multipli\w+|plus meurtri\w+|(?:plusieurs|nombreuses|recentes|dernieres|ces) attaques|attaques repetees|regulierement|chaque (?:jour|mois|semaine|annee))\b";
    /// A life being told.
    LIFE = r"\b(?:nee? (?:le|en|a)|ne le|s'engage|s'etait engage|engagee? (?:en|comme|dans)|originaire|marie|celibataire|pacse|pere de|mere de|promu|diplome|etudes|carriere|age de \d+ ans|agee? de|entree? (?:a l'|dans l'|a la|dans la) (?:armee|ecole|marine|legion))";
}

/// What is known of a sentence and the place in it.
pub(super) struct Around<'t> {
    pub sentence: &'t [u8],
    /// The words before and after the place.
    pub before: &'t [u8],
    pub after: &'t [u8],
}

/// The reasons against the place that hold.
pub(super) fn reasons(around: &Around<'_>) -> impl Iterator<Item = &'static str> {
    [
        (BROUGHT.is_in(around.before), "brought_to"),
        (MEETING.is_in(around.before), "meeting_at"),
        (AGENT.is_in(around.before), "agent"),
        (FAR.is_in(around.before), "far"),
        (DECIDES.is_in(around.after), "decides"),
        (TOTAL.is_in(around.sentence), "total"),
        (LIFE.is_in(around.sentence), "life"),
    ]
    .into_iter()
    .filter(|(holds, _)| *holds)
    .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(before: &str, after: &str) -> Vec<&'static str> {
        let sentence = format!("{before}x{after}");
        reasons(&Around {
            sentence: sentence.as_bytes(),
            before: before.as_bytes(),
            after: after.as_bytes(),
        })
        .collect()
    }

    #[test]
    fn places_that_are_no_scenes() {
        assert_eq!(of("il a ete evacue vers l'hopital de ", ""), ["brought_to"]);
        assert_eq!(of("qui revenait d'une reunion a ", ""), ["meeting_at"]);
        assert_eq!(of("denoncee par ", ""), ["agent"]);
        assert_eq!(of("dans un parc a 60 km au sud-est de ", ""), ["far"]);
        assert_eq!(of("", " a condamne l'attaque"), ["decides"]);
        assert_eq!(of("porte a 38 le nombre de militaires tues au ", ""), ["total"]);
        assert!(of("des hommes armes ont attaque ", " dimanche").is_empty());
    }
}
