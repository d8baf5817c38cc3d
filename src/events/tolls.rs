//! Figures of the dead, wounded and abducted.
//!
//! A word of death takes the number that governs it on its left within the clause, with those linked to it by a
//! comma or "et" (all sides add up), else one right after it; a part ("dont 11 enfants") isn't added.

use super::date_roles::is_in_a_date;
use super::dates::Date;
use super::doubts::is_negated;
use super::numbers;
use super::pattern::patterns;
use super::text::{Text, slice};
use super::toll_parts::{
    blank_parts, companions, elsewhere, is_active, is_at_a_place, is_for_somebody, whole, whom,
};
use super::toll_words::{Harm, any_harm, has_unit, is_one_of};

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Figure {
    pub from: usize,
    pub to: usize,
    pub harm: Harm,
    pub n: u32,
}

/// Characters before a word of harm in which its number is looked for.
const BEFORE: usize = 500;

patterns! {
    BRACKETS = r"\([^()]{0,90}\)";
    IN_BRACKETS = r"\d|tue|mort|bless";
    NUMBER_IN_BRACKETS = r"^\(\d+\)$";
    BETWEEN = r"\bentre (<NUM>) et <NUM> ";
    NUMBERS = r"<NUM>(?:(?: a | ou |-)<NUM>)?";
    NUMBER = r"<NUM>";
    RANGE = r" a | ou |-";
    NAME_BEFORE = r"<CAP>[\w'-]* $";
    WORD_BEFORE = r"(?:^|[^\w])(?:Les|Ces|Ses|Au|Des|Le|La|Plus|Quelque|Environ|Près|Soit|Et|Où|Entre|Dont|Jusqu'à) $";
    DEFINITE_BEFORE = r"\b(?:les|aux|des|article|no|n°|rn|g) $";
    OF_DEATH = r"\b(?:la|de|peine de|cause de|menace de|entre la vie et la) $";
    DOZEN_OF = r"aine de $";
    FOUND_DEATH = r"trouve la $";
    DEATH_OF = r"^(?: accidentelle| tragique| violente| par balles?)?(?: |, | et |, et )(?:d'|de |des |du )?(?:au moins |plus de |pres de |environ |pres d')?(<NUM>)";
    PEOPLE = r"\b<PEOPLE>\b|\bkamikazes?\b";
    DEATH_OF_ONE = r"^(?:, [^,.;:]{0,40},)? (?:d'|de |du |de l'|de la )(?:l'\w+ |chef |emir |commandant )?(?:[A-Z]|chef|emir)";
    ENDS_PART = r"^(?:morts|tues|blesses)$";
    JOINED = r"[,;]|\bet\b";
    PART_BEFORE = r"\bdont (?:au moins )?$";
    OTHER_CLAUSE = r"\b(?:evoquant|faisant|chiffrant|portant|tuant|causant|provoquant|blessant|bilan|entrainant|laissant|annoncant|indiquant|fait)\b";
    WHO_HAVE = r"\bqui (?:ont|sont|avaient|auraient)\b";
    SUBORDINATE = r"\b(?:qui|que|alors|puis|pour|apres|avant)\b";
    ADDED = r",|\bet\b|\bplus\b|\bainsi que\b";
    PEOPLE_AFTER = r"^(?: (?:autres?|jeunes|presumes|autres presumes))? (?:\w+ )?<PEOPLE>\b";
    NAME_AFTER = r"^ <CAP>\w+";
    DID = r"\b(?:a|ont|avait|avaient) (?:ete )?(?:ouvert|attaque|tire|vise|frappe|mene|lance|saute|heurte|recu|attaquaient)\b";
    OF_AT_END = r"\b(?:de|du|des|d') *$";
    AND_AT_END = r"\bet $";
    PEOPLE_NEXT = r"^ (?:au moins |plus de |pres de )*<NUM> (?:\w+ )?<PEOPLE>";
    BEEN_BEFORE = r"\bete (?:\w+ )?$";
    NEXT = r"^,? *(?:au moins |plus de |pres de |environ |quelque |une bonne |d'au moins |jusqu'a |a |par balles? )*(<NUM>)(?:(?: a | ou )<NUM>)?";
    NOT_NEXT = r"^ (?:en|a|au|le|la)\b";
    MORE_NEXT = r"^(?: [\w'-]+){1,3}?(?:,| et)(?: a)? (<NUM>)";
    MORE_PEOPLE = r"^ (?:\w+ )?<PEOPLE>";
    NO_DEAD = r"\b(?:leur|sa|cette|ma|une|etat de|point) $";
    ACTIVE = r"\b(?:a|ont|avait|avaient|avoir)(?: \w+)? $";
    PASSIVE = r"\b(?:a|avait) ete $";
    SOMEBODY = r"^ (?:le |l'|un |son |le chef |l'émir )?(?:\w+ )?<CAP>\w+";
    TOOK_ACTIVELY = r"\b(?:a|ont|avait|avaient|avoir|bus|car|vehicule|minibus|betail|apres) (?:\w+ )?$";
    TAKEN_THINGS = r"bus|vehicule|betail|camion";
    WITHOUT = r"\bsans $";
    MASSACRE_OF = r"\b(?:massacres?|assassinats?|meurtres?|executions?)(?: ?,[^.;:,]{0,20},)? (?:de |d')(?:au moins |pres de |environ |pres d'|plus de )*(<NUM>)";
    LOST = r"\b(?:perdu|perd|perdent|perdant|perte de) (?:au moins |plus de |pres de |environ |quelque )?(<NUM>) (?:\w+ )?<PEOPLE>\b";
    NONE = r"\b(?:aucune?|pas (?:eu )?de|sans faire de|sans|ni) (?:victimes?|morts?|pertes? en vies? humaines?|perte humaine)\b";
    QUALIFIED = r"\b(?:au moins|plus de|plus d'|pres de|pres d'|environ|quelque|jusqu'a|entre) $";
    SUM = r"^(?: et |, | et au moins |, et )$";
}

/// The figures of a text, in order.
pub(super) fn find(text: &Text, dates: &[Date]) -> Vec<Figure> {
    let read = prepared(text);
    let reader = Reader {
        text,
        numbers: numbers_of(&read),
        any: any_harm(&read),
        read,
        dates,
    };
    let mut out = Vec::new();
    for harm in Harm::ALL {
        for word in harm.words(&reader.read) {
            out.extend(reader.of_word(harm, word));
        }
    }
    reader.of_nouns(&mut out);
    out.sort_unstable();
    out.dedup();
    summed(text, out)
}

/// Where the words of a figure begin, "au moins" among them.
pub(super) fn begins(text: &Text, figure: &Figure) -> usize {
    let start = figure.from.saturating_sub(12);
    let qualified = QUALIFIED.find(text.folded(start, figure.from));
    qualified.map_or(figure.from, |found| start + found.start)
}

/// "un soldat mort et une dizaine de jihadistes abattus": one figure.
fn summed(text: &Text, figures: Vec<Figure>) -> Vec<Figure> {
    let mut out: Vec<Figure> = Vec::new();
    for figure in figures {
        match out.last_mut() {
            Some(last)
                if last.harm == figure.harm
                    && figure.from < last.to + 12
                    && figure.from >= last.to
                    && SUM.is_in(text.folded(last.to, figure.from))
                    && last.n > 0
                    && figure.n > 0 =>
            {
                (last.to, last.n) = (figure.to, last.n.saturating_add(figure.n));
            }
            _ => out.push(figure),
        }
    }
    out
}

/// The folded text without brackets and quotation marks, "entre 200 et 400" as 200.
fn prepared(text: &Text) -> Vec<u8> {
    let mut read = text.fold.clone();
    for found in BRACKETS.all(&text.fold) {
        let inside = slice(&text.fold, found.start, found.end);
        if NUMBER_IN_BRACKETS.is_in(inside) || !IN_BRACKETS.is_in(inside) {
            read[found].fill(b' ');
        }
    }
    for byte in &mut read {
        if matches!(*byte, 0xAB | 0xBB | b'"') {
            *byte = b' ';
        }
    }
    let ranges: Vec<_> = BETWEEN.all(&read).collect();
    for range in ranges {
        let groups = BETWEEN.groups_at(&read, range.start);
        if let Some(first) = groups.and_then(|groups| groups.get(1).cloned().flatten()) {
            read[range.start..first.start].fill(b' ');
            read[first.end..range.end].fill(b' ');
        }
    }
    read
}

/// Where numbers stand, ranges among them.
fn numbers_of(read: &[u8]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    let is_free = |at: usize| {
        let before = |n: usize| at.checked_sub(n).and_then(|b| read.get(b));
        let is_dash = before(1) == Some(&b'-') && before(2).is_none_or(u8::is_ascii_whitespace);
        let is_joined = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b',' | b'/' | b'-');
        // "hier.Six personnes": sentences that were glued together.
        let is_glued = before(1) == Some(&b'.') && read[at].is_ascii_alphabetic();
        is_dash || is_glued || !before(1).is_some_and(is_joined)
    };
    let ends = |end: usize| {
        let next = read.get(end).copied().unwrap_or(b' ');
        let digit = read.get(end + 1).is_some_and(u8::is_ascii_digit);
        let goes_on = next.is_ascii_alphanumeric() || matches!(next, b'_' | b'/' | b'-');
        !(goes_on || matches!(next, b'.' | b',') && digit)
    };
    while at < read.len() {
        let found = (read[at].is_ascii_alphanumeric() && is_free(at)).then(|| {
            let range = NUMBERS.at(read, at).map(|(_, end)| end);
            let one = || NUMBER.at(read, at).map(|(_, end)| end);
            range
                .filter(|end| ends(*end))
                .or_else(|| one().filter(|end| ends(*end)))
        });
        match found.flatten() {
            Some(end) => {
                out.push((at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

/// The first number of a range.
fn value(written: &[u8]) -> Option<u32> {
    let split = RANGE.find(written);
    match split {
        // "dix-sept" is no range.
        Some(found) if written[found.start] != b'-' || written[found.end..][0].is_ascii_digit() => {
            numbers::value(&written[..found.start])
        }
        _ => numbers::value(written),
    }
}

struct Reader<'r, 't> {
    text: &'r Text<'t>,
    /// What numbers are read from.
    read: Vec<u8>,
    numbers: Vec<(usize, usize)>,
    /// Words of any harm.
    any: Vec<(usize, usize)>,
    dates: &'r [Date],
}

/// What stands before a word of harm, parts blanked out.
struct Segment {
    start: usize,
    read: Vec<u8>,
    numbers: Vec<(usize, usize)>,
}

impl Reader<'_, '_> {
    fn at(&self, from: usize, to: usize) -> &[u8] {
        slice(&self.read, from, to)
    }

    /// Whether a number may count people.
    fn counts(&self, (from, to): (usize, usize)) -> bool {
        if is_in_a_date(self.dates, from, to) || has_unit(self.at(to, to + 40)) {
            return false;
        }
        let written = self.at(from, to);
        let before = self.text.written(from.saturating_sub(20), from);
        if written[0].is_ascii_digit() && NAME_BEFORE.is_in(before) && !WORD_BEFORE.is_in(before) {
            return false;
        }
        if matches!(written, b"un" | b"une") {
            return is_one_of(self.at(from, from + 40));
        }
        let definite = matches!(written, b"deux" | b"trois" | b"quatre")
            && DEFINITE_BEFORE.is_in(self.at(from.saturating_sub(8), from));
        !definite && value(written).is_some()
    }

    /// The figures that a word of harm stands for.
    fn of_word(&self, harm: Harm, (from, to): (usize, usize)) -> Vec<Figure> {
        let word = self.at(from, to);
        let figure = |from, to, n| Figure { from, to, harm, n };
        if matches!(word, b"mort" | b"morts") && self.is_death_of(from) {
            return self.death_of(from, to).into_iter().collect();
        }
        let segment = self.segment(harm, from);
        let chain = self.chain(harm, &segment, to);
        if let Some(first) = chain.last()
            && !matches!(word, b"tuant" | b"tuer" | b"tuent" | b"la vie a")
            && !is_active(word, &segment.read)
        {
            let values = chain
                .iter()
                .rev()
                .filter_map(|(from, to)| value(self.at(*from, *to)));
            let sum = whole(values.collect()).saturating_add(self.companions(harm, to));
            return vec![figure(first.0, to, sum)];
        }
        if let Some((end, n)) = self.after(to, word) {
            let other = elsewhere(self.at(end, end + 120));
            let other = other.map(|(start, past, n)| figure(end + start, end + past, n));
            return std::iter::once(figure(from, end, n)).chain(other).collect();
        }
        if matches!(word, b"mort" | b"morte") && NO_DEAD.is_in(&segment.read) {
            return Vec::new();
        }
        let mut out = Vec::new();
        if self.is_one(harm, word, to, &segment.read) {
            out.push(figure(from, to, 1));
        }
        if harm == Harm::Killed && WITHOUT.is_in(&segment.read) {
            out.push(figure(from, to, 0));
        }
        out
    }

    /// "la mort de", "cause de mort": no figure stands before it.
    fn is_death_of(&self, from: usize) -> bool {
        let before = self.at(from.saturating_sub(12), from);
        OF_DEATH.is_in(before) && !DOZEN_OF.is_in(before) && !FOUND_DEATH.is_in(before)
    }

    /// "la mort de 10 soldats", "la mort d'un douanier, de deux gendarmes et de quatre civils".
    fn death_of(&self, from: usize, to: usize) -> Option<Figure> {
        let harm = Harm::Killed;
        if self.at(from, to) != b"mort" {
            return None;
        }
        let (mut end, mut n) = (to, 0u32);
        while let Some((length, count)) = self.counted(end, n > 0) {
            end += length;
            n = n.saturating_add(count);
        }
        if n > 0 {
            return Some(Figure {
                from,
                to: end,
                harm,
                n,
            });
        }
        let one = DEATH_OF_ONE.is_in(self.text.written(to, to + 70));
        one.then_some(Figure { from, to, harm, n: 1 })
    }

    /// "de quatre civils": characters, and how many.
    fn counted(&self, at: usize, is_further: bool) -> Option<(usize, u32)> {
        let part = self.at(at, at + 70);
        let groups = DEATH_OF.groups(part)?;
        let number = groups.get(1)?.clone()?;
        let n = numbers::value(slice(part, number.start, number.end))?;
        let rest = slice(part, number.end, part.len());
        let is_one = matches!(slice(part, number.start, number.end), b"un" | b"une");
        let wrong = has_unit(rest)
            || is_in_a_date(self.dates, at + number.start, at + number.end)
            || is_one && !is_one_of(self.at(at + number.start, at + number.start + 40));
        if wrong {
            return None;
        }
        let whom = whom(rest)?;
        if is_further && !PEOPLE.is_in(slice(rest, 0, whom)) {
            return None;
        }
        Some((number.end + whom, n))
    }

    /// The words of the clause before a word of harm.
    fn segment(&self, harm: Harm, at: usize) -> Segment {
        let limit = at.saturating_sub(BEFORE);
        let before = self.at(limit, at);
        let mark = before
            .iter()
            .rposition(|b| matches!(b, b'.' | b';' | b':' | b'('));
        let mut start = mark.map_or(limit, |mark| limit + mark + 1);
        let first = self.any.partition_point(|(from, _)| *from < start);
        for (from, to) in self.any[first..].iter().take_while(|(from, _)| *from < at) {
            let word = self.at(*from, *to);
            if *to > at || *from < start || harm == Harm::Killed && matches!(word, b"otage" | b"otages") {
                continue;
            }
            if !harm.is_told_by(word) || ENDS_PART.is_in(word) || JOINED.is_in(self.at(*to, at)) {
                start = *to;
            }
        }
        let mut read = self.at(start, at).to_vec();
        if !PART_BEFORE.is_in(&read) {
            blank_parts(&mut read);
        }
        let from = self.numbers.partition_point(|(from, _)| *from < start);
        let numbers = self.numbers[from..].iter().take_while(|(_, to)| *to <= at);
        let kept = numbers.filter(|(from, to)| read[from - start] != b' ' && self.counts((*from, *to)));
        Segment {
            start,
            numbers: kept.copied().collect(),
            read,
        }
    }

    /// The numbers that go with a word of harm, from the nearest on.
    fn chain(&self, harm: Harm, segment: &Segment, word_end: usize) -> Vec<(usize, usize)> {
        let mut chain: Vec<(usize, usize)> = Vec::new();
        let mut right = segment.read.len();
        for (from, to) in segment.numbers.iter().rev() {
            let (start, end) = (from - segment.start, to - segment.start);
            if end > right {
                continue;
            }
            let before = slice(&segment.read, 0, start);
            if PART_BEFORE.is_in(before) {
                let part = before.windows(4).rposition(|window| window == b"dont");
                right = part.unwrap_or(start);
                continue;
            }
            if !self.goes_on(
                harm,
                slice(&segment.read, end, right),
                (*from, *to),
                chain.is_empty(),
            ) {
                break;
            }
            chain.push((*from, *to));
            right = start;
        }
        let next = self.at(word_end, word_end + 50);
        if AND_AT_END.is_in(&segment.read) && PEOPLE_NEXT.begins(next).is_some() {
            chain.clear();
        }
        chain
    }

    /// Whether a number goes with the word of harm, or with the number on its right.
    fn goes_on(&self, harm: Harm, gap: &[u8], (_, to): (usize, usize), is_first: bool) -> bool {
        let words = gap
            .split(u8::is_ascii_whitespace)
            .filter(|w| !w.is_empty())
            .count();
        if words > if is_first { 17 } else { 9 } || !is_first && OTHER_CLAUSE.is_in(gap) {
            return false;
        }
        let mut plain = gap.to_vec();
        if let Some(found) = WHO_HAVE.find(&plain) {
            plain.drain(found);
        }
        let is_subordinate =
            |found: std::ops::Range<usize>| !is_for_somebody(slice(&plain, found.start, plain.len()));
        if SUBORDINATE.all(&plain).any(is_subordinate) {
            return false;
        }
        if is_first {
            let by_others = DID.is_in(&plain);
            let of = harm != Harm::Killed && OF_AT_END.is_in(&plain) && words > 3;
            return !by_others && !of;
        }
        let counts_people = PEOPLE_AFTER.begins(self.at(to, to + 45)).is_some()
            || NAME_AFTER.begins(self.text.written(to, to + 20)).is_some();
        ADDED.is_in(&plain) && counts_people
    }

    /// A number right after the word: where it ends, and how many.
    fn after(&self, to: usize, word: &[u8]) -> Option<(usize, u32)> {
        let part = self.at(to, to + 50);
        let groups = NEXT.groups(part)?;
        let (whole, number) = (groups.first()?.clone()?, groups.get(1)?.clone()?);
        let written = slice(part, number.start, number.end);
        let mut n = numbers::value(written)?;
        let rest = self.at(to + whole.end, to + 90);
        let is_one = matches!(written, b"un" | b"une");
        let wrong = has_unit(rest)
            || NOT_NEXT.begins(rest).is_some()
            || is_in_a_date(self.dates, to + number.start, to + number.end)
            || matches!(word, b"morts" | b"mort" | b"blesses" | b"tues" | b"otages")
            || is_one && !is_one_of(self.at(to + number.start, to + number.start + 40));
        if wrong {
            return None;
        }
        if let Some(more) = MORE_NEXT.groups(rest)
            && let (Some(whole), Some(number)) =
                (more.first().cloned().flatten(), more.get(1).cloned().flatten())
        {
            let written = slice(rest, number.start, number.end);
            let after = slice(rest, whole.end, rest.len());
            let people = MORE_PEOPLE.begins(after).filter(|_| !has_unit(after));
            let other = |end: usize| any_harm(slice(after, end, end + 12)).is_empty();
            let is_elsewhere = is_at_a_place(slice(rest, 0, number.start));
            if !matches!(written, b"un" | b"une") && people.is_some_and(other) && !is_elsewhere {
                n = n.saturating_add(numbers::value(written).unwrap_or(0));
            }
        }
        Some((to + whole.end, n))
    }

    /// Those told after the word of death: "avec leur guide".
    fn companions(&self, harm: Harm, to: usize) -> u32 {
        match harm {
            Harm::Killed => companions(self.at(to, to + 130)),
            _ => 0,
        }
    }

    /// "Le maire a été tué": one, whose number isn't written.
    fn is_one(&self, harm: Harm, word: &[u8], to: usize, before: &[u8]) -> bool {
        const DIED: [&[u8]; 13] = [
            b"mort",
            b"morte",
            b"tue",
            b"tuee",
            b"abattu",
            b"abattue",
            b"assassine",
            b"assassinee",
            b"peri",
            b"decede",
            b"decedee",
            b"execute",
            b"egorge",
        ];
        match harm {
            Harm::Killed if DIED.contains(&word) || word == b"decapite" => {
                let active = ACTIVE.is_in(before) && word != b"peri" && !PASSIVE.is_in(before);
                if active {
                    SOMEBODY.begins(self.text.written(to, to + 40)).is_some()
                } else {
                    !is_negated(slice(before, before.len().saturating_sub(25), before.len()))
                }
            }
            Harm::Abducted => {
                matches!(word, b"enleve" | b"enlevee" | b"kidnappe" | b"kidnappee")
                    && (BEEN_BEFORE.is_in(before) || !TOOK_ACTIVELY.is_in(before))
                    && !TAKEN_THINGS.is_in(slice(before, before.len().saturating_sub(30), before.len()))
            }
            _ => false,
        }
    }

    /// "le massacre de 20 civils", "aucune victime".
    fn of_nouns(&self, out: &mut Vec<Figure>) {
        let harm = Harm::Killed;
        for (pattern, found) in [&MASSACRE_OF, &LOST]
            .into_iter()
            .flat_map(|pattern| pattern.all(&self.read).map(move |found| (pattern, found)))
        {
            let groups = pattern.groups_at(&self.read, found.start);
            let number = groups.and_then(|groups| groups.get(1).cloned().flatten());
            let n = number.and_then(|number| numbers::value(slice(&self.read, number.start, number.end)));
            if let Some(n) = n.filter(|n| *n > 0 && !has_unit(self.at(found.end, found.end + 40))) {
                let (from, to) = (found.start, found.end);
                out.push(Figure { from, to, harm, n });
            }
        }
        for found in NONE.all(&self.read) {
            let (from, to) = (found.start, found.end);
            out.push(Figure { from, to, harm, n: 0 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(text: &str) -> Vec<(Harm, u32)> {
        let text = Text::new(text, 0);
        let dates = super::super::dates::find(&text);
        find(&text, &dates).iter().map(|f| (f.harm, f.n)).collect()
    }

    #[test]
    fn figures_are_those_of_the_sentence() {
        for (text, expected) in [
            ("Au moins 21 villageois ont été tués.", vec![(Harm::Killed, 21)]),
            (
                "Huit personnes, dont six Français, ont été tuées.",
                vec![(Harm::Killed, 8)],
            ),
            ("L'attaque a fait entre 10 et 15 morts.", vec![(Harm::Killed, 10)]),
            (
                "Trois soldats et deux civils ont été tués.",
                vec![(Harm::Killed, 5)],
            ),
            ("tuant une vingtaine de civils", vec![(Harm::Killed, 20)]),
            (
                "la mort d'un douanier, de deux gendarmes",
                vec![(Harm::Killed, 3)],
            ),
            ("Des hommes ont tué 12 personnes", vec![(Harm::Killed, 12)]),
            ("Deux hommes armés ont tué trois civils", vec![(Harm::Killed, 3)]),
            (
                "Huit personnes, deux Nigériens et six Français, ont été tuées.",
                vec![(Harm::Killed, 8)],
            ),
            (
                "qui a coûté la vie à six de nos compatriotes et à deux Nigériens",
                vec![(Harm::Killed, 8)],
            ),
            (
                "Six humanitaires ont été assassinés dimanche avec leur chauffeur et leur guide.",
                vec![(Harm::Killed, 8)],
            ),
            (
                "L'armée avait « neutralisé » 33 « terroristes »",
                vec![(Harm::Killed, 33)],
            ),
            (
                "quatre morts et dix blessés",
                vec![(Harm::Killed, 4), (Harm::Wounded, 10)],
            ),
            ("Le maire a été enlevé.", vec![(Harm::Abducted, 1)]),
            ("Il n'y a eu aucune victime.", vec![(Harm::Killed, 0)]),
            ("Il a été condamné à mort.", vec![]),
            ("Deux véhicules ont été brûlés.", vec![]),
        ] {
            assert_eq!(figures(text), expected, "{text}");
        }
    }
}
