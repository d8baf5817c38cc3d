//! What a place is to its sentence, by the words before it: where something happens, what contains that, where people
//! come from, where the speaker sits.

use super::pattern::{Pattern, patterns};
use super::places::{Kind, Place};
use super::text::{Text, slice};
use std::sync::LazyLock;

/// The role of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Home of somebody who says something: "le maire de".
    Speaker,
    Near,
    /// "au nord de", "à 20 km de".
    Direction,
    /// "dans le nord de", of a country or region: in it.
    Part,
    /// "dans la région de".
    Container,
    Zone,
    Between,
    /// One end of a road, the other.
    Axis,
    Axis2,
    /// "venus de".
    From,
    People,
    Toward,
    State,
    Site,
    Village,
    In,
    /// "ont attaqué".
    Target,
    /// "l'attaque de".
    OfTrigger,
    Of,
    Start,
    Comma,
    Hyphen,
    None,
}

impl Role {
    /// Its name in the table of weights.
    pub fn feature(self) -> &'static str {
        match self {
            Self::Speaker => "prep=speaker",
            Self::Near => "prep=near",
            Self::Direction => "prep=direction",
            Self::Part => "prep=part",
            Self::Container => "prep=container",
            Self::Zone => "prep=zone",
            Self::Between => "prep=between",
            Self::Axis => "prep=axis",
            Self::Axis2 => "prep=axis2",
            Self::From => "prep=from",
            Self::People => "prep=people",
            Self::Toward => "prep=toward",
            Self::State => "prep=state",
            Self::Site => "prep=site",
            Self::Village => "prep=village",
            Self::In => "prep=in",
            Self::Target => "prep=target",
            Self::OfTrigger => "prep=of_trigger",
            Self::Of => "prep=of",
            Self::Start => "prep=start",
            Self::Comma => "prep=comma",
            Self::Hyphen => "prep=hyphen",
            Self::None => "prep=none",
        }
    }

    /// Whether something may well take place where a place has it.
    pub fn is_scene(self) -> bool {
        matches!(
            self,
            Self::In | Self::Site | Self::Village | Self::Target | Self::OfTrigger | Self::Near | Self::Start
        )
    }
}

/// Characters before a place that are looked at.
const BEFORE: usize = 90;

/// The words before a place that give each role, tried in this order.
#[rustfmt::skip]
const WORDS: [(Role, &str); 17] = [
    (Role::Speaker, r"(?:\b(?:maires?|mairie|gouverneurs?|prefets?|sous-prefet|deputes?|elus?|ministres?|chambre|presidents?|imams?|procureur|correspondants?|journalistes?|sources?|gouvernement|autorites|junte|officier|avocat|notables?|representants?|residents?|temoins?|habitant|ressortissant|universite|radio|juge|muftis?|chefferie|tribunal|parquet|amap|pole|chef (?:du|de|d')\w*|ressortissants?|originaires?|natifs?|quotidien|journal|hebdomadaire|agence|bureau|tribune|festival|match|ville natale)(?: \w+){0,2} (?:<DE>|a )(?:(?:la |le |l')?(?:ville|commune|region|village|localite|cercle)(?: rurale| voisine?)? (?:de |d'|du ))?)$|\bamap-$"),
    (Role::Near, r"\b(?:pres|non loin|loin|proximite|environs|alentours|abords|peripherie|voisinage|cote|large|lisiere|oree|hauteur|niveau) <DE>(?:la |le |l')?(?:(?:ville|village|localite|capitale|commune|zone) (?:de |d')?)?$"),
    (Role::Direction, r"\b(?:nord|sud|est|ouest|centre|kilometres?|km|portes|entree|sortie)(?:-\w+)? (?:<DE>)(?:la |le |l')?(?:(?:ville|village|localite|commune) (?:de |d')|capitale (?:\w+,? )?)?$"),
    (Role::Container, r"<ADM>(?: rurale?| urbaine?| malienne?)?,? (?:<DE>|« ?)?(?:« ?)?$"),
    (Role::Zone, r"\b(?:zones?|secteurs?|alentours|aire)(?: rurale)? (?:<DE>)$"),
    (Role::Between, r"\bentre (?:les (?:villages|localites|villes) (?:de |d'))?(?:\w[\w'-]* et )?(?:de |d')?$"),
    (Role::Axis, r"\b(?:axes?|route|routes|troncon|rn ?\d*)(?: \w+){0,2}? (?:<DE>|entre |reliant )?$|\b(?:reliant|menant a|allant(?: de| d')?) ?$"),
    (Role::From, r"\b(?:venue?s?|partie?s?|venant|provenance|de retour|originaires?|viennent|quittant|quitte|fui|fuir|revenant|revenue?s?|arrivee?s?|sortie?s?|quitt\w+|fuyant|depuis|evacue\w*|viennent|forces? vives|renforts|transfere\w*|evacuation\w*|hospitalis\w+|soignes?|evacues?|vol|avion|convoi parti) (?:de |d'|du |des |a |vers |depuis |l'hopital de )?(?:la region de |la ville de |la ville d'|villages? de |villages? d')?$"),
    (Role::People, r"\b(?:deplaces|refugies|habitants|population|populations|rescapes|villageois|jeunes|femmes|communautes?|ressortissants) <DE>(?:la region de |la ville de )?$"),
    (Role::Toward, r"\b(?:rend\w+|en service|en poste|affectee?s?|en mission|mission|deplacement|replie\w*|repli|joint\w*|soins intensifs|basee?s?|stationn\w+|en direction|direction|exode|arriv\w+) (?:auparavant )?(?:de |a |sur |vers )(?:l'hopital de |la ville de )?$|\b(?:en route|partie?s?|depart|voyage|chemin|rentra\w+|retour|conduits?|transportee?s?) (?:pour|vers|a) (?:\w+ ){0,3}(?:<DE>)?$|\b(?:vers|pour|direction de|direction|destination de|destination d'|rejoindre|rejoint|rallier|gagner|gagnent|regagn\\w+|regagner|hopital de|hopital d'|ravitaillement de|atteindre)(?: la (?:ville|region|capitale) (?:de |d'))? ?$"),
    (Role::State, r"\b(?:gouvernement|armee|forces?|soldats?|junte|autorites|president|militaires|rebelles|mouvements?) (?:\w+ ){0,2}<DE>$"),
    (Role::Site, r"\b(?:camps?|bases?|postes?|garnisons?|casernes?|gendarmerie|commissariats?|brigade|marches?|aeroports?|ecoles?|ponts?|mines?|prisons?|positions?|centres?|localites?|foret|lac|site|residence|prefecture|mosquee|eglise|bataillon|poste de (?:douanes?|controle|police|gendarmerie))(?: [\w']+){0,3}? (?:<DE>|a |dans |pres <DE>)(?:(?:la )?(?:ville|localite) (?:de |d'))?$"),
    (Role::Village, r"\b(?:ceux|celui|celles?|villages?|villes?|localites?|hameaux?|bourgs?|bourgades?|campements?|cite|capitale|quartiers?)(?: (?:voisins?|malienne?|de garnison))? ?(?:<DE>|, |« ?|\w+ )?$"),
    (Role::In, r"\b(?:a|au|aux|dans|en|sur) (?:le |la |l'|les )?(?:« ?)?$"),
    (Role::Target, r"\b(?:contre|attaqu\w+|vis\w+|frapp\w+|pris|repris|cibl\w+|assieg\w+|encercl\w+|bombard\w+|quitte\w*|occup\w+|investi|controle\w*|bloqu\w+|libere\w*|touch\w+|assailli|incendi\w+|brul\w+|pill\w+|evacue) (?:le |la |l'|les )?$"),
    (Role::OfTrigger, r"\b(?:attaques?|assauts?|prise|chute|perte|reprise|bataille|blocus|siege|massacres?|tueries?|attentats?|combats?|conquete|liberation|affrontements?|bombardements?|drame|evenements|raid|encerclement|evacuation|reconquete|carnage|embargo|crash|explosion) (?:\w+ )?<DE>$"),
    (Role::Of, r"(?:<DE>)(?:la |l'|le )?$"),
];

static COMPILED: LazyLock<Vec<(Role, Pattern)>> = LazyLock::new(|| {
    WORDS
        .iter()
        .map(|(role, words)| (*role, Pattern::new(words)))
        .collect()
});

patterns! {
    PART = r"\b(?:nord|sud|est|ouest|centre)(?:-\w+)? <DE>$";
    ROAD_DASH = r"^(?:-|- | -| - |/)$";
    ROAD = r"(?:axe|route|troncon) (?:de |d')?$";
    /// What joins the items of a list.
    LINK = r"^(?:[\s,]|\bet\b|\bou\b|\bpuis\b|\bainsi que\b|\ba\b|\ben\b|\bau\b|\bde\b|\bd'|\ble\b|\bla\b|-)+$";
    AND = r"\b(?:et|ou|puis)\b";
    PLURAL = r"s (?:rurales? )?(?:de la |de l'|de |d'|du |des )$";
    TO = r"^ (?:et|a|au|vers|pour|jusqu'a) $";
    CONVOY = r"\b(?:convois?|vehicules?|bus|cars?|unite|patrouille)\b[^.;:]{0,80}\b(?:partie?s?|venant|allant|reliant|provenance|se rendant|en route) (?:de |d')?$";
    CONVOY_TO = r"^ (?:pour|vers|a|et|a destination de) (?:la ville de )?$";
}

/// Gives each place its role. Lists hand on that of their first place.
pub(super) fn assign(text: &Text, places: &mut [Place], sentences: &[(usize, usize)]) {
    for at in 0..places.len() {
        let sentence = sentences.get(places[at].sentence).map_or(0, |(from, _)| *from);
        let start = sentence.min(places[at].from);
        let before = text.folded(start.max(places[at].from.saturating_sub(BEFORE)), places[at].from);
        let mut own = of_words(before);
        if at > 0 && is_road_of(text, &places[at - 1], &places[at]) {
            own = Role::Hyphen;
        }
        let is_area = matches!(places[at].kind, Kind::Country | Kind::Region);
        if own == Role::Direction && is_area && PART.is_in(before) {
            own = Role::Part;
        }
        (places[at].own, places[at].role, places[at].chain) = (own, own, 0);
        if at > 0 && places[at - 1].from >= start {
            let (before, from) = places.split_at_mut(at);
            link(text, start, &mut before[at - 1], &mut from[0]);
        }
    }
    mark_roads(text, places);
}

/// By the words before it in the sentence.
fn of_words(before: &[u8]) -> Role {
    if let Some((role, _)) = COMPILED.iter().find(|(_, words)| words.is_in(before)) {
        return *role;
    }
    if before.iter().all(|b| matches!(*b, b' ' | b'-' | 0xAB)) {
        return Role::Start;
    }
    match before.trim_ascii_end().last() {
        Some(b',' | b';' | b':' | b'(') => Role::Comma,
        _ => Role::None,
    }
}

/// "Gao-Ansongo": the second end of a road.
fn is_road_of(text: &Text, first: &Place, second: &Place) -> bool {
    let between = text.folded(first.to, second.from);
    second.from >= first.to
        && ROAD_DASH.is_in(between)
        && (between == b"-" || ROAD.is_in(text.before(first.from, 20)))
}

/// Hands on the role of the place before in a list or on a road.
fn link(text: &Text, start: usize, first: &mut Place, second: &mut Place) {
    let between = text.folded(first.to, second.from);
    let own = second.own;
    let follows = matches!(
        own,
        Role::None | Role::Comma | Role::In | Role::Of | Role::Village
    ) || matches!(between.trim_ascii(), b"et" | b", puis");
    if own == Role::Hyphen {
        (second.chain, second.role) = (first.chain + 1, first.role);
    } else if LINK.is_in(between) && follows && own != Role::Container {
        let has_comma = between.contains(&b',');
        if has_comma || AND.is_in(between) {
            second.chain = first.chain + 1;
            let same = matches!(own, Role::None | Role::Comma | Role::Of)
                || own == Role::In
                    && matches!(first.role, Role::In | Role::Site | Role::Village | Role::Target);
            second.role = if same { first.role } else { own };
            // "commune de A, B": B is no commune, unless it is "communes de A, B".
            let one = first.role == Role::Container
                && first.own == Role::Container
                && !PLURAL.is_in(text.folded(start.max(first.from.saturating_sub(30)), first.from));
            if one {
                second.role = if has_comma { Role::Start } else { Role::In };
                second.chain = 0;
            }
        }
    }
    if matches!(first.role, Role::Between | Role::Axis | Role::From) && TO.is_in(between) {
        second.role = if first.role == Role::From {
            Role::Toward
        } else {
            Role::Axis2
        };
    }
}

/// Marks both ends of each road.
fn mark_roads(text: &Text, places: &mut [Place]) {
    for place in places.iter_mut() {
        place.road_end = match place.role {
            Role::Between | Role::Axis => 1,
            _ => 0,
        };
        if place.role == Role::Axis2 || place.own == Role::Hyphen {
            place.road_end = 2;
        }
    }
    for at in 1..places.len() {
        let (first, second) = (&places[at - 1], &places[at]);
        let convoy =
            CONVOY_TO.is_in(text.folded(first.to, second.from)) && CONVOY.is_in(text.before(first.from, 130));
        if convoy {
            for (place, end) in [(at - 1, 1), (at, 2)] {
                (places[place].road_end, places[place].role) = (end, Role::Axis);
            }
        }
    }
    // "X-Y" is a road, whatever stands before.
    for at in 1..places.len() {
        if places[at].own == Role::Hyphen {
            places[at - 1].road_end = 1;
            (places[at - 1].role, places[at].role) = (Role::Axis, Role::Axis);
        }
    }
}

/// Whether the words before a place speak of a road.
pub(super) fn is_on_road(text: &Text, at: usize) -> bool {
    ROAD.is_in(slice(&text.fold, at.saturating_sub(20), at))
}
