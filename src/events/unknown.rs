//! Names that no gazetteer has, where a place is expected: after "village de", "à", "axe"; in a list that a place
//! begins; and everywhere else in the text once they are known from there.

use super::date_roles::is_in_a_date;
use super::dates::Date;
use super::pattern::{Pattern, patterns};
use super::place::Place;
use super::roles;
use super::text::{Text, slice};
use crate::date::names::{MONTHS, WEEKDAYS};
use rustc_hash::{FxHashMap, FxHashSet};

patterns! {
    /// What a place's name follows.
    BEFORE_NAME = r"(?:\b(?:ceux|celui|celles?|region|province|departement|detachement|avant-poste|village|localite|hameau|campement|bourg|bourgade|site|camp|poste|base|mine(?: d'or)?|pont|foret|marche(?: au betail| hebdomadaire| aux bestiaux)?|commune|ville|quartier|zone)s? (?:([a-z]+) )?(?:militaires? |voisins? |rurale? |tout proche )?(?:de |d'|du |des |« )+|\ba (?:la mine de )?|\bentre |pres (?:de |d')|environs (?:de |d')|non loin (?:de |d')|vers (?:le |la )?)(?:« ?)?";
    NAME = r"^<CAP>[\w'-]+(?: (?:<CAP>[\w'-]+|du <CAP>\w+|des <CAP>\w+))*";
    /// "les villages A", "ont attaqué A".
    BEFORE_PLAIN_NAME = r"\b(?:villages|localites|hameaux|communes|campements) ";
    PLAIN_NAME = r"^<CAP>[\w'-]+(?: <CAP>[\w'-]+)*";
    AFTER_ATTACK = r"\b(?:attaque|vise|pille|investi|assiege|encercle|bombarde|quitte|frappe) ";
    SHORT_NAME = r"^<CAP>[\w'-]+(?: <CAP>[\w'-]+)?";
    AFTER_TARGET = r"^,? (?:et <CAP>|dans|situ|une? (?:village|localit|ville)|deux|trois|à \d|un |une )";
    /// An item of a list, what happened there behind it.
    ITEM = r"(?:^|\n)[ \t]*[-–•*] +";
    ITEM_END = r"^ ?\(";
    AGE = r"^ ?\(\d+ ans";
    NO_PLACE = r"^(?:l'|d'|al-|al |afp|rfi|onu|minusma|fama|jnim|gsim|reuters|barkhane|serval|cedeao|ag |cpi|dieu|travers|mali)";
    NO_NAME = r"^(?:cercle|commune|region|departement|province|etat|gouvernement|dieu|noel|paques|ramadan|tabaski|conseil|centre|union|nations|nord|sud|est|ouest|groupe|front|mouvement|etats|g5|coordination)\b";
    AFTER_A = r"(?:^|[^\w])a $";
    LINKED = r"\b(?:de|du|des|la|le|el|n)\b|^(?:in|tin|ti|ain|oued|hassi|bir|adrar|tadrar|djebel|mont|lac|foum|tessit|aguel|ksar|ras|tell|wadi|ouadi) ";
    NOT_IN_LIST = r"^(?:le|la|les|l'|il|ils|elle|un|une|des|selon|dans|pour|mais|famas?|minusma|onu|jnim|gsim|csp|etat|plateforme|cma|mnla|barkhane|wagner|aqmi|ansar|mujao|aes)\b";
    LIST_HEAD = r"\b(?:ceux|celles|vise|attaque|pille|villages|localites|hameaux|communes|villes|campements|entre|axe|sites)(?: \w+){0,2}? (?:de |d')?(?:la )?$|\ba (?:[\w' -]{2,40}, )*$";
    LIST_ITEM = r"^(?:, | et |, et |, ainsi que )(?:de |d'|[àÀ] )?(<CAP>[\w'-]+(?: <CAP>[\w'-]+)*)";
    LIST_GOES_ON = r"^(?:[,;.:)]| et | ou | ont | dans | tous | situ| qui | sont | est )";
    ROAD_FROM = r"(?:axe|route|troncon|entre) (<CAP>[\w']+(?: <CAP>[\w']+)?)[-–/]$";
    ROAD_TO = r"^[-–/](<CAP>[\w']+)";
}

/// Words after "village" that begin something else than its name.
const NOT_OF: [&[u8]; 7] = [b"et", b"ou", b"dans", b"qui", b"a", b"en", b"par"];

/// Letters of a name that is looked for in the rest of the text.
const SHORTEST_REPEATED: usize = 5;

/// Adds unknown names to the places.
pub(super) fn add(text: &Text, places: &mut Vec<Place>, dates: &[Date], actors: &[(usize, usize)]) {
    let mut names = Names {
        text,
        dates,
        owner: vec![0; text.len() + 1],
        actors,
        places,
    };
    for number in 0..names.places.len() {
        names.own(number);
    }
    names.after_nouns();
    names.after_plurals();
    names.items();
    names.lists();
    names.again();
    names.roads();
}

struct Names<'n, 't> {
    text: &'n Text<'t>,
    dates: &'n [Date],
    /// Of each character the number of its place, from 1 on.
    owner: Vec<u32>,
    actors: &'n [(usize, usize)],
    places: &'n mut Vec<Place>,
}

impl Names<'_, '_> {
    /// Marks the characters of a place as taken.
    fn own(&mut self, number: usize) {
        let (from, to) = (self.places[number].from, self.places[number].to);
        if let Some(characters) = self.owner.get_mut(from..to) {
            characters.fill(number as u32 + 1);
        }
    }

    /// Whether some of the characters belong to a place, an actor or a date.
    fn is_taken(&self, from: usize, to: usize) -> bool {
        let in_actor = || {
            let past = self.actors.partition_point(|(start, _)| *start < to);
            self.actors[..past]
                .iter()
                .rev()
                .take(8)
                .any(|(_, end)| *end > from)
        };
        self.owner[from..to].iter().any(|o| *o > 0) || in_actor() || is_in_a_date(self.dates, from, to)
    }

    fn push(&mut self, from: usize, to: usize) {
        self.places.push(Place::new(self.text, from, to));
        self.own(self.places.len() - 1);
    }

    /// Adds a name found where a place is expected, unless it is something else.
    fn offer(&mut self, from: usize, to: usize) {
        let folded = self.text.folded(from, to);
        let is_other = self.is_taken(from, to)
            || is_of_time(folded)
            || folded.len() < 4
            || NO_PLACE.is_in(folded)
            || NO_NAME.is_in(folded)
            || is_acronym(self.text.written(from, to));
        // "à Alain Dupont".
        let is_person =
            folded.contains(&b' ') && AFTER_A.is_in(self.text.before(from, 3)) && !LINKED.is_in(folded);
        if !is_other && !is_person {
            self.push(from, to);
        }
    }

    /// Adds a name that goes on a list or a road, or is told again.
    fn offer_next(&mut self, from: usize, to: usize) -> bool {
        let folded = self.text.folded(from, to);
        let is_other =
            self.is_taken(from, to) || is_of_time(folded) || folded.len() < 2 || NOT_IN_LIST.is_in(folded);
        if !is_other {
            self.push(from, to);
        }
        !is_other
    }

    /// "village de X", "à X", "entre X et".
    fn after_nouns(&mut self) {
        let text = self.text;
        let mut at = 0;
        while let Some(found) = BEFORE_NAME.find(&text.fold[at..]) {
            let (from, to) = (at + found.start, at + found.end);
            at = to.max(at + 1);
            let first = text.raw[from];
            let is_written = match text.fold[from] {
                b'a' => matches!(first, 0xC0 | 0xE0) || text.fold.get(from + 1) == Some(&b'v'),
                b'v' => true,
                _ => !first.is_ascii_uppercase(),
            };
            let word = BEFORE_NAME.groups_at(&text.fold, from);
            let word = word.and_then(|groups| groups.get(1).cloned().flatten());
            let excluded = word.is_some_and(|word| NOT_OF.contains(&slice(&text.fold, word.start, word.end)));
            if let Some(length) = NAME.begins(text.written(to, to + 80))
                && is_written
                && !excluded
            {
                self.offer(to, to + length);
            }
        }
    }

    /// "les villages X et", "ont attaqué X, un village".
    fn after_plurals(&mut self) {
        let text = self.text;
        let plain: Vec<usize> = BEFORE_PLAIN_NAME.all(&text.fold).map(|found| found.end).collect();
        for at in plain {
            if let Some(length) = PLAIN_NAME.begins(text.written(at, at + 80)) {
                self.offer(at, at + length);
            }
        }
        let targets: Vec<usize> = AFTER_ATTACK.all(&text.fold).map(|found| found.end).collect();
        for at in targets {
            if let Some(length) = SHORT_NAME.begins(text.written(at, at + 60))
                && AFTER_TARGET
                    .begins(text.written(at + length, at + length + 20))
                    .is_some()
            {
                self.offer(at, at + length);
            }
        }
    }

    /// "- X (12 morts)".
    fn items(&mut self) {
        let text = self.text;
        let starts: Vec<usize> = ITEM.all(&text.raw).map(|found| found.end).collect();
        for at in starts {
            if let Some(length) = PLAIN_NAME.begins(text.written(at, at + 80)) {
                let after = text.folded(at + length, at + length + 12);
                if ITEM_END.begins(after).is_some() && AGE.begins(after).is_none() {
                    self.offer(at, at + length);
                }
            }
        }
    }

    /// "les villages de A, B, C et D": what goes on after a place in such a list is a place, known or not.
    fn lists(&mut self) {
        let text = self.text;
        // Places that a list was followed over already: from them on nothing else is found.
        let mut followed = FxHashSet::default();
        for number in 0..self.places.len() {
            if followed.contains(&number) {
                continue;
            }
            let (from, mut end) = (self.places[number].from, self.places[number].to);
            if !LIST_HEAD.is_in(text.before(from, 70)) {
                continue;
            }
            while let Some(groups) = LIST_ITEM.groups(text.written(end, end + 120)) {
                let Some(name) = groups.get(1).cloned().flatten() else {
                    break;
                };
                let (from, to) = (end + name.start, end + name.end);
                if LIST_GOES_ON.begins(text.written(to, to + 8)).is_none() {
                    break;
                }
                let owner = self.owner[from];
                end = match owner {
                    0 if self.offer_next(from, to) => to,
                    0 => break,
                    owner => {
                        followed.insert(owner as usize - 1);
                        self.places[owner as usize - 1].to
                    }
                };
            }
        }
    }

    /// Every further occurrence of the unknown names.
    fn again(&mut self) {
        let text = self.text;
        let mut named: FxHashMap<&[u8], Vec<&[u8]>> = FxHashMap::default();
        for place in self.places.iter().filter(|place| !place.is_known()) {
            let written = text.written(place.from, place.to);
            let begins = named.entry(slice(written, 0, SHORTEST_REPEATED)).or_default();
            if written.len() >= SHORTEST_REPEATED && !begins.contains(&written) {
                begins.push(written);
            }
        }
        if named.is_empty() {
            return;
        }
        let is_part = |at: usize| {
            let byte = text.raw.get(at);
            byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0xC0 || matches!(b, b'_' | b'-'))
        };
        for from in 0..text.len() {
            let is_capital = text.raw[from].is_ascii_uppercase() || (0xC0..0xDF).contains(&text.raw[from]);
            if !is_capital || from > 0 && is_part(from - 1) {
                continue;
            }
            let names = named.get(text.written(from, from + SHORTEST_REPEATED));
            let fits = |name: &&&[u8]| text.raw[from..].starts_with(name) && !is_part(from + name.len());
            let longest = names
                .into_iter()
                .flatten()
                .filter(fits)
                .max_by_key(|name| name.len());
            if let Some(name) = longest {
                self.offer_next(from, from + name.len());
            }
        }
    }

    /// "l'axe X-Djibo", "l'axe Djibo-X".
    fn roads(&mut self) {
        let text = self.text;
        for number in 0..self.places.len() {
            let (from, to) = (self.places[number].from, self.places[number].to);
            let start = from.saturating_sub(50);
            let first = |pattern: &Pattern, part: &[u8]| {
                pattern
                    .groups(part)
                    .and_then(|groups| groups.get(1).cloned().flatten())
            };
            let is_road = matches!(text.raw.get(from.wrapping_sub(1)), Some(b'-' | b'/' | 0x96));
            if is_road && let Some(name) = first(&ROAD_FROM, text.written(start, from)) {
                self.offer_next(start + name.start, start + name.end);
            }
            if let Some(name) = first(&ROAD_TO, text.written(to, to + 40))
                && roles::is_on_road(text, from)
            {
                self.offer_next(to + name.start, to + name.end);
            }
        }
    }
}

/// Whether a name begins with that of a month or day.
fn is_of_time(folded: &[u8]) -> bool {
    let word = folded.split(u8::is_ascii_whitespace).next().unwrap_or_default();
    MONTHS.iter().chain(&WEEKDAYS).any(|name| name.as_bytes() == word)
}

/// At most five letters, all capitals.
fn is_acronym(written: &[u8]) -> bool {
    let lower = |b: &u8| b.is_ascii_lowercase() || *b >= 0xDF;
    written.len() <= 5 && !written.iter().any(lower)
}
