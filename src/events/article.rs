//! A text read for its events: sentences, clauses, dates, triggers, places and figures, as positions.

use super::calendar::Page;
use super::date_roles;
use super::dates::Date;
use super::input::Input;
use super::place::Place;
use super::places;
use super::sentences::{clauses, sentence_at, sentences};
use super::text::Text;
use super::tolls::{self, Figure};
use super::triggers::{self, Trigger};
use super::unplaced;
use rustc_hash::FxHashMap;

/// Sentences of a text that is more than a report of one event.
const LONG: usize = 14;

/// How often signs stand before each position.
struct Counts {
    semicolons: Vec<u32>,
    /// `;` and `:`.
    colons: Vec<u32>,
    /// `;` and a full stop with a space after it.
    stops: Vec<u32>,
}

impl Counts {
    fn new(folded: &[u8]) -> Self {
        let count = |is_sign: &dyn Fn(usize, u8) -> bool| {
            let mut n = 0;
            let mut counts = Vec::with_capacity(folded.len() + 1);
            counts.push(0);
            for (at, byte) in folded.iter().enumerate() {
                n += u32::from(is_sign(at, *byte));
                counts.push(n);
            }
            counts
        };
        let ends = |at: usize, byte| byte == b'.' && folded.get(at + 1) == Some(&b' ');
        Self {
            semicolons: count(&|_, byte| byte == b';'),
            colons: count(&|_, byte| byte == b';' || byte == b':'),
            stops: count(&|at, byte| byte == b';' || ends(at, byte)),
        }
    }
}

/// How many of a sign stand between two positions.
fn within(counts: &[u32], one: usize, other: usize) -> u32 {
    let at = |position: usize| counts.get(position).or(counts.last()).copied().unwrap_or(0);
    at(one.max(other)) - at(one.min(other))
}

/// A text, ready for the rules.
pub(super) struct Article<'t> {
    pub text: Text<'t>,
    pub sentences: Vec<(usize, usize)>,
    clauses: Vec<usize>,
    counts: Counts,
    pub dates: Vec<Date>,
    pub page: Page,
    pub has_dateline: bool,
    pub triggers: Vec<Trigger>,
    pub places: Vec<Place>,
    pub figures: Vec<Figure>,
    /// How often a place of each name is told, where it is no speaker's, no container's and nobody's origin.
    pub told: FxHashMap<String, usize>,
}

impl<'t> Article<'t> {
    /// Reads a part of an article that stands `base` bytes into it.
    pub fn read(source: &'t str, base: usize, input: &Input<'_, '_>) -> Self {
        let text = Text::new(source, base);
        let sentences = sentences(&text);
        let (dates, page) = date_roles::read(&text, &sentences, input.published);
        let position =
            |range: &std::ops::Range<usize>| (text.position(range.start), text.position(range.end));
        let actors: Vec<(usize, usize)> = input.others.iter().map(position).collect();
        let long: Vec<(usize, usize)> = actors
            .iter()
            .filter(|(from, to)| to - from > 8)
            .copied()
            .collect();
        let triggers = triggers::find(&text, &long);
        let mut places = places::read(&text, input, &dates, &actors, &sentences);
        unplaced::add(&text, input, &mut places, &dates, &triggers, &sentences);
        let figures = tolls::find(&text, &dates);
        let mut told = FxHashMap::default();
        for place in places.iter().filter(|place| is_told(place)) {
            *told.entry(place.key.clone()).or_default() += 1;
        }
        Self {
            clauses: clauses(&text, &sentences),
            counts: Counts::new(&text.fold),
            has_dateline: dates.iter().any(|d| d.role == super::dates::Role::Dateline),
            text,
            sentences,
            dates,
            page,
            triggers,
            places,
            figures,
            told,
        }
    }

    /// The number of the clause of a position.
    pub fn clause(&self, at: usize) -> usize {
        self.clauses.partition_point(|start| *start <= at)
    }

    /// How many clauses lie between two positions.
    pub fn clauses_apart(&self, one: usize, other: usize) -> usize {
        self.clause(one).abs_diff(self.clause(other))
    }

    pub fn sentence_at(&self, at: usize) -> usize {
        sentence_at(&self.sentences, at)
    }

    /// First and last position of a sentence.
    pub fn sentence(&self, number: usize) -> (usize, usize) {
        self.sentences
            .get(number)
            .copied()
            .unwrap_or((0, self.text.len()))
    }

    /// The folded words of a sentence.
    pub fn words(&self, sentence: usize) -> &[u8] {
        let (from, to) = self.sentence(sentence);
        self.text.folded(from, to)
    }

    /// Whether it is more than a report of one event.
    pub fn is_long(&self) -> bool {
        self.sentences.len() > LONG
    }

    /// Whether the first sentence is a headline: without a full stop, a line of its own.
    pub fn is_title(&self) -> bool {
        let Some((from, to)) = self.sentences.first() else {
            return false;
        };
        let line = self.text.folded(*from, *to);
        let ends = line.trim_ascii_end().last().copied();
        self.sentences.len() > 1
            && line.last() == Some(&b'\n')
            && !matches!(ends, Some(b'.' | b'!' | b'?' | 0x85))
    }

    /// The dates that stand in a sentence.
    pub fn dates_of(&self, sentence: usize) -> &[Date] {
        date_roles::dates_in(&self.dates, self.sentence(sentence))
    }

    /// The triggers that stand in a sentence.
    pub fn triggers_of(&self, sentence: usize) -> &[Trigger] {
        triggers::triggers_in(&self.triggers, self.sentence(sentence))
    }

    /// The numbers of the places of a sentence.
    pub fn places_of(&self, sentence: usize) -> std::ops::Range<usize> {
        let first = self.places.partition_point(|p| p.sentence < sentence);
        first..self.places.partition_point(|p| p.sentence <= sentence)
    }

    pub fn semicolons(&self, one: usize, other: usize) -> u32 {
        within(&self.counts.semicolons, one, other)
    }

    /// `;` and `:` between two positions.
    pub fn colons(&self, one: usize, other: usize) -> u32 {
        within(&self.counts.colons, one, other)
    }

    /// `;` and ends of sentences between two positions.
    pub fn stops(&self, one: usize, other: usize) -> u32 {
        within(&self.counts.stops, one, other)
    }

    /// The number of a date among all.
    pub fn number_of(&self, date: &Date) -> usize {
        self.dates.partition_point(|other| other.from < date.from)
    }
}

fn is_told(place: &Place) -> bool {
    use super::role::Role;
    let is_nowhere = place.kind == super::place::Kind::Nowhere;
    !is_nowhere
        && !matches!(
            place.role,
            Role::Speaker | Role::Container | Role::State | Role::From | Role::Toward | Role::Direction
        )
}
