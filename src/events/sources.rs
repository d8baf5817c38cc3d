//! Whose figure it is: "selon l'armée", "a annoncé le gouvernement", "de source sécuritaire".

use super::article::Article;
use super::pattern::patterns;
use super::text::slice;
use super::tolls::Figure;

/// Characters of a source, at most.
const LONGEST: usize = 90;

/// Those who tell figures.
#[rustfmt::skip]
const SPEAKERS: &str = r"(?:armees?|etat-major|gouvernement|gouverneure?s?|gouvernorat|ministres?|ministere|premier ministre|presidence|president|porte-parole|sources?|elue?s?|maires?|mairie|prefets?|prefecture|responsables?|habitante?s?|temoins?|rescapes?|villageois|police|gendarmerie|forces? (?:de |du |d')\w+|onu|nations unies|minusma|minusca|mission|organisations?|ong|association|collectif|syndicat|autorites|officiers?|colonel|general|capitaine|commandant|lieutenant|deputee?s?|medecins?|infirmiers?|hopital|procureur|parquet|justice|groupes?|jihadistes?|djihadistes?|jnim|etat islamique|rebelles?|mouvement|notables?|residents?|chefs? (?:de|du|d')|agence|afp|communique|bilan|enquete|rapport|secretaire|coordination|barkhane|elysee|etat|fama|securite)";

/// Verbs of saying.
const SAID: &str = r"(?:annonce|indique|declare|affirme|precise|dit|rapporte|confirme|fait savoir|fait etat|fait part|revendique|assure|revele|explique|reconnu|evoque|parle|avance|compte|denombre|publie)";

patterns! {
    /// "selon l'armée".
    ACCORDING = r"\b(?:selon|d'apres|a en croire) ([^,;:.()\x22\xAB\xBB]+)";
    /// "de source sécuritaire".
    OF_SOURCES = r"\b(?:de|aupres de|par|citant) ((?:plusieurs |des |une |deux )?sources? [^,;:.()\x22\xAB\xBB]+)";
    /// "a annoncé l'armée".
    SAID_BY = &format!(r"\b(?:a|ont|avait|avaient)(?: \w+ment| aussi)? {SAID}(?: <WD>| hier| ce <WD>)?(?: soir| matin)?(?: a (?:l'afp|rfi|reuters|la presse|l'agence \w+))?(?: <WD>)? ((?:l'|la |le |les |un |une |des |plusieurs |deux )(?:\w+ )?{SPEAKERS}\b[^,;:.()\x22\xAB\xBB]*)");
    /// "dit l'armée", "indique une source".
    SAYS = &format!(r"\b(?:indique|precise|annonce|rapporte|affirme|dit|assure|confirme)(?:-t-on)? ((?:l'|la |le |les |un |une |des )(?:\w+ )?{SPEAKERS}\b[^,;:.()\x22\xAB\xBB]*)");
    /// "L'armée a annoncé".
    SUBJECT = &format!(r"(?:^|[.;:,] ?|\x22|\xAB ?)((?:l'|la |le |les |un |une |des |plusieurs |deux )(?:\w+ )?{SPEAKERS}\b[^,;:.()\x22\xAB\xBB]{{0,60}}?) (?:a|ont|avait|avaient)(?: \w+ment| aussi)? {SAID}\b");
    /// Whom a pronoun stands for isn't known.
    NOBODY = r"^(?:lui|elle|eux|elles|ce|cela|ces derniers|laquelle|lequel|lesquels|qui|moi|toute vraisemblance|les cas|que)\b";
    ENDS = r" (?:qui|que|dont|cite|citee|citees|cites|interroge\w*|joint\w*|contacte\w*|publie\w*|diffuse\w*|consulte\w*|transmis\w*|sous couvert|a l'afp|ayant|parvenu\w*|date|mais|alors|lors|apres|avant|pour|dans la nuit|et (?:a|ont|d'autres)|(?:a|ont|avait) \w+|<WD>|hier|aujourd'hui)\b";
}

/// Where the words stand that name whose figure it is: in its sentence, the nearest.
pub(super) fn of(article: &Article<'_>, figure: &Figure) -> Option<(usize, usize)> {
    let (from, to) = article.sentence(article.sentence_at(figure.from));
    let words = article.text.folded(from, to);
    let mut found: Vec<(usize, usize)> = Vec::new();
    for pattern in [&ACCORDING, &OF_SOURCES, &SAID_BY, &SAYS, &SUBJECT] {
        for range in pattern.all(words) {
            let groups = pattern.groups_at(words, range.start);
            let named = groups.and_then(|groups| groups.get(1).cloned().flatten());
            if let Some(named) = named.and_then(|named| name(words, named.start, named.end)) {
                found.push((from + named.0, from + named.1));
            }
        }
    }
    let apart = |(start, end): &(usize, usize)| {
        let gap = start
            .saturating_sub(figure.to)
            .max(figure.from.saturating_sub(*end));
        // Who speaks in the clause of the figure goes before who speaks in another.
        gap + 60 * article.clauses_apart(*start, figure.from).min(2)
            + 500 * article.semicolons(*start, figure.from).min(1) as usize
    };
    found.into_iter().min_by_key(apart)
}

/// The name of a source without what is told of it.
fn name(words: &[u8], from: usize, to: usize) -> Option<(usize, usize)> {
    let whole = slice(words, from, to.min(from + LONGEST));
    let end = ENDS.find(whole).map_or(whole.len(), |found| found.start);
    let cut = end == LONGEST && to > from + LONGEST;
    let end = match cut {
        true => slice(whole, 0, end).iter().rposition(|b| *b == b' ')?,
        false => end,
    };
    let end = slice(whole, 0, end).trim_ascii_end().len();
    (end >= 3 && NOBODY.begins(whole).is_none()).then_some((from, from + end))
}

#[cfg(test)]
mod tests {
    use crate::events::{Input, Reading, Weights, weights::Table};

    /// The source of the dead of the first event of a text about Djibo.
    fn source(text: &str) -> Option<&str> {
        let start = text.find("Djibo").expect("Djibo");
        let places = [crate::events::PlaceMention {
            start,
            end: start + 5,
            path: "Burkina Faso/Sahel/Soum/Djibo".into(),
            rule: "town",
        }];
        let input = Input {
            text,
            published: None,
            places: &places,
            others: &[],
            actors: &[],
        };
        let sure = Table {
            bias: 5.0,
            ..Table::default()
        };
        let weights = Weights {
            place: sure,
            cut: crate::events::weights::Limit {
                short: 0.5,
                long: 0.5,
            },
            ..Weights::default()
        };
        let events = Reading::new(&input).events(&weights);
        let toll = events.first()?.killed?;
        toll.source.and_then(|(from, to)| text.get(from..to))
    }

    #[test]
    fn figures_have_their_sources() {
        for (text, expected) in [
            (
                "Une attaque à Djibo a fait 12 morts, selon l'armée.",
                Some("l'armée"),
            ),
            (
                "D'après l'ONU, 12 civils ont été tués à Djibo dimanche.",
                Some("l'ONU"),
            ),
            (
                "Douze soldats ont été tués à Djibo, a annoncé lundi le gouvernement dans un communiqué.",
                Some("le gouvernement dans un communiqué"),
            ),
            (
                "Douze soldats ont été tués à Djibo, a indiqué à l'AFP une source sécuritaire jointe par téléphone.",
                Some("une source sécuritaire"),
            ),
            (
                "L'état-major a annoncé que 12 soldats avaient été tués à Djibo.",
                Some("L'état-major"),
            ),
            (
                "Douze soldats ont été tués à Djibo, apprend-on de sources locales.",
                Some("sources locales"),
            ),
            ("Le gouvernement a condamné l'attaque de Djibo : 12 morts.", None),
            ("Douze soldats ont été tués à Djibo, selon lui.", None),
            ("Douze soldats ont été tués à Djibo.", None),
        ] {
            assert_eq!(source(text), expected, "{text}");
        }
    }
}
