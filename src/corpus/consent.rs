//! Recognises pages that stand before an article: requests for consent to cookies, checks for robots. A
//! crawler or a browser saved them instead of the article; indexed, they would be found by every search for
//! one of their words.

use crate::french::normalize;

/// Longest text of such a page, in bytes. Some list a hundred partners, but then their own words stand first.
const LONGEST: usize = 12_000;

/// What such pages ask for, in lower case. Three different ones are needed.
const REQUESTS: [&str; 34] = [
    "tout accepter",
    "accepter et continuer",
    "accepter et fermer",
    "accepter les cookies",
    "j'accepte",
    "continuer sans accepter",
    "tout refuser",
    "refuser et s'abonner",
    "s'abonner pour refuser",
    "gérer mes choix",
    "personnaliser mes choix",
    "paramétrer les cookies",
    "gestion des cookies",
    "cookies et autres traceurs",
    "cookies ou technologies similaires",
    "nos partenaires",
    "nous et nos",
    "consentement",
    "vos données personnelles",
    "retirer votre accord",
    "stocker et/ou accéder à des informations",
    "politique de confidentialité",
    "publicités et contenus personnalisés",
    "publicités et du contenu personnalisés",
    "accept all",
    "reject all",
    "we value your privacy",
    "before you continue",
    "avant d'accéder à",
    "avant de continuer",
    "enable javascript and cookies",
    "verify you are human",
    "vérifiez que vous êtes humain",
    "checking your browser",
];

/// Parts of words that show what a paragraph is about.
const ABOUT: [&str; 18] = [
    "cookie",
    "traceur",
    "consent",
    "accept",
    "refus",
    "partenaire",
    "données",
    "publicit",
    "confidentialité",
    "vie privée",
    "privacy",
    "abonn",
    "javascript",
    "human",
    "humain",
    "navigateur",
    "browser",
    "choix",
];

/// Whether a passage of a page is about cookies and consent: four of the words of such passages.
pub(super) fn is_about(text: &str) -> bool {
    // As long as the four shortest of them.
    const SHORTEST: usize = 20;
    if text.len() < SHORTEST {
        return false;
    }
    let lower = text.to_lowercase();
    ABOUT.iter().filter(|word| lower.contains(**word)).count() >= 4
}

/// Whether a text is that of such a page.
pub(super) fn is_request(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let lower = normalize(text).to_lowercase().replace(['’', '\u{a0}'], "'");
    let requests = REQUESTS
        .iter()
        .filter(|request| lower.contains(**request))
        .count();
    let is_check = ["cookie", "human", "humain", "browser"]
        .iter()
        .any(|word| lower.contains(word));
    if requests < 3 && !(requests > 0 && is_check && lower.len() < 400) {
        return false;
    }
    let about = |line: &&str| ABOUT.iter().any(|word| line.contains(word));
    let on_it: usize = lower.lines().filter(about).map(str::len).sum();
    on_it * 2 > lower.lines().map(str::len).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WALL: &str = "Le respect de votre vie privée est notre priorité\n\nNous et nos 142 partenaires utilisons des cookies pour stocker et/ou accéder à des informations sur un appareil.\n\nVous pouvez retirer votre accord à tout moment. Gérer mes choix\n\nTout accepter\n\nContinuer sans accepter";

    #[test]
    fn requests_are_told_from_articles() {
        assert!(is_request(WALL));
        assert!(is_request(
            "Just a moment...\n\nEnable JavaScript and cookies to continue"
        ));
        let article =
            "Le gouvernement malien a décidé de suspendre la chaîne, selon un communiqué lu à Bamako. Les journalistes protestent.\n\n"
                .repeat(8);
        assert!(!is_request(&format!("{article}{WALL}")));
        assert!(!is_request(
            "Les données personnelles des électeurs ont fuité, dit la commission.\n\nElle demande le consentement de chacun."
        ));
        assert!(!is_request("Attaque à Gao"));
    }
}
