//! Events that an article reports: where, when, how many people were harmed, and how sure that is.
//!
//! Depends on `date` and `error` only: what the gazetteer and the list of actors know of a text is handed in
//! ([`Input`]). The design, an event at each place that is mentioned or none:
//!
//! | step | file |
//! |---|---|
//! | the text with one byte a character; patterns over it | `text`, `pattern` |
//! | sentences and clauses | `sentences` |
//! | dates: found, their roles, what they mean | `dates`, `date_roles`, `calendar` |
//! | words of deeds; words that put them or their places in doubt | `triggers`, `doubts`, `manner` |
//! | places known and unknown, events without one; their roles | `place`, `places`, `unknown`, `unplaced`, `role`, `roles` |
//! | figures of the dead, wounded, abducted; how exact, whose | `tolls`, `toll_parts`, `toll_words`, `numbers`, `words`, `bounds`, `sources` |
//! | all of these of a text | `article` |
//! | the reasons for and against each place, their weights | `features`, `anchor`, `weights`, `score` |
//! | mentions joined to rows; dates and figures for them | `group`, `assembly`, `infer`, `counting` |
//! | how sure a row is | `confidence` |
//! | who did it and to whom: who is named, what their sentence makes of them, given to the rows | `parties`, `voice`, `sides` |
//!
//! Long texts are read in pieces ([`PIECE`]), so that time is in proportion to their length.

mod anchor;
mod article;
mod assembly;
mod bounds;
mod calendar;
mod confidence;
mod counting;
mod date_roles;
mod dates;
mod doubts;
mod features;
mod group;
mod infer;
mod input;
mod manner;
mod numbers;
mod parties;
mod pattern;
mod place;
mod places;
mod role;
mod roles;
mod score;
mod sentences;
mod sides;
mod sources;
mod text;
mod toll_parts;
mod toll_words;
mod tolls;
mod triggers;
mod unknown;
mod unplaced;
mod voice;
pub mod weights;
mod words;

use self::article::Article;
use self::features::Scene;
use self::group::{Basis, Group, Scored};
pub use self::input::{ActorMention, Input, PlaceMention};
pub use self::sides::{Side, Sides};
use self::toll_words::Harm;
pub use self::voice::Known;
pub use self::weights::{Features, Weights};
use crate::date::Edtf;
use std::ops::Range;

/// Bytes of a text that are read together. An article of the press has at most a fifth of it; what stands further
/// apart says nothing about one another.
const PIECE: usize = 30_000;

/// Places of the gazetteer that are weighed together.
const MOST_PLACES: usize = 300;

/// Further figures of an event.
const MOST_FURTHER: usize = 12;

/// How many people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Toll {
    /// As it is told; of a range the first number.
    pub n: u32,
    /// At least so many: "au moins 21" 21, "plus de 20" 21, "entre 10 et 15" 10.
    pub min: Option<u32>,
    /// At most so many.
    pub max: Option<u32>,
    /// About so many: "une vingtaine", "plus de 20", "près de 90".
    pub about: bool,
    /// Several events share it.
    pub joint: bool,
    /// Whose figure it is, as bytes of the text: "l'armée" of "selon l'armée".
    pub source: Option<(usize, usize)>,
    /// The words, as bytes of the text.
    pub start: usize,
    pub end: usize,
}

/// A further figure that is told of an event: another source's, that of a part of those harmed, an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FurtherToll {
    /// `killed`, `wounded` or `abducted`.
    pub harm: &'static str,
    pub toll: Toll,
}

/// An event that a text reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// None where the text doesn't say when.
    pub date: Option<Edtf>,
    /// Where the date comes from: `sentence`, `since`, `before`, `after`, `announced`, `lead`, `publication`, `none`.
    pub date_rule: &'static str,
    /// As the text names it.
    pub place: String,
    /// `village`, `town`, `region` …; `unknown` for a name that no gazetteer has.
    pub place_kind: &'static str,
    /// Its number among [`Input::places`]; none for an unknown name.
    pub mention: Option<usize>,
    /// Bytes of the text at which the place is named.
    pub place_span: Range<usize>,
    pub killed: Option<Toll>,
    pub wounded: Option<Toll>,
    pub abducted: Option<Toll>,
    /// Who did it, and to whom.
    pub sides: Sides,
    /// What else is told of those harmed, in order of reading.
    pub further: Vec<FurtherToll>,
    /// How likely place, date and number of dead are right, 0 to 1.
    pub confidence: f64,
    /// Bytes of the sentence that tells of it.
    pub passage: Range<usize>,
    /// The reasons behind `confidence`, for training.
    pub features: Features,
}

/// A place that was weighed, for training.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub name: String,
    /// The role that its sentence gives it, `prep=in`.
    pub role: &'static str,
    /// Contains a place beside it.
    pub contained: bool,
    /// Bytes of its sentence.
    pub passage: Range<usize>,
    pub features: Features,
}

/// The events of a text, in order of reading.
#[must_use]
pub fn events(input: &Input<'_, '_>, weights: &Weights) -> Vec<Event> {
    let mut events = Vec::new();
    for piece in pieces(input) {
        Piece::read(input, &piece).events(weights, &mut events);
    }
    events
}

/// A text read for its events, to be weighed again and again: for training.
pub struct Reading<'t> {
    pieces: Vec<Piece<'t>>,
}

impl<'t> Reading<'t> {
    /// Reads a text.
    #[must_use]
    pub fn new(input: &Input<'t, '_>) -> Self {
        let read = |piece: Range<usize>| Piece::read(input, &piece);
        Self {
            pieces: pieces(input).into_iter().map(read).collect(),
        }
    }

    /// The events of the text, in order of reading.
    #[must_use]
    pub fn events(&self, weights: &Weights) -> Vec<Event> {
        let mut events = Vec::new();
        for piece in &self.pieces {
            piece.events(weights, &mut events);
        }
        events
    }

    /// Every place of the text that is weighed, in order of reading.
    #[must_use]
    pub fn candidates(&self) -> Vec<Candidate> {
        self.pieces.iter().flat_map(Piece::candidates).collect()
    }
}

/// A part of a text, read.
struct Piece<'t> {
    article: Article<'t>,
    scenes: Vec<Scene>,
    /// The number of its first place among those of the input.
    first: usize,
    /// Where actors are named, and their paths.
    actors: Vec<(usize, usize, String)>,
}

impl<'t> Piece<'t> {
    fn read(input: &Input<'t, '_>, piece: &Range<usize>) -> Self {
        let (first, part) = part(input, piece);
        let article = Article::read(&input.text[piece.clone()], piece.start, &part);
        let scenes = features::scenes(&article);
        let at = |byte: usize| article.text.position(byte);
        let actors = part.actors.iter();
        let actors = actors.map(|actor| (at(actor.start), at(actor.end), actor.path.clone()));
        Self {
            actors: actors.collect(),
            article,
            scenes,
            first,
        }
    }

    fn events(&self, weights: &Weights, events: &mut Vec<Event>) {
        let scores = score::scores(&self.article, &self.scenes, weights);
        let scored = Scored {
            article: &self.article,
            scenes: &self.scenes,
            scores: &scores,
            cut: weights.cut.of(self.article.is_long()),
        };
        let groups = assembly::rows(&scored);
        let actors = self.actors.iter();
        let actors: Vec<_> = actors.map(|(from, to, path)| (*from, *to, &**path)).collect();
        let mut sides = sides::sides(&scored, &groups, &actors).into_iter();
        let floor = weights.floor.of(self.article.is_long());
        for at in 0..groups.len() {
            let sides = sides.next().unwrap_or_default();
            let features = confidence::features(&scored, &groups, at);
            if weights.kept.probability(&features) < floor {
                continue;
            }
            let mut event = event(&self.article, &groups[at], self.first);
            event.confidence = weights.row.probability(&features);
            event.features = features;
            event.sides = sides;
            events.push(event);
        }
    }

    fn candidates(&self) -> Vec<Candidate> {
        let article = &self.article;
        let candidates = article.places.iter().zip(&self.scenes).map(|(place, scene)| {
            let (from, to) = article.sentence(place.sentence);
            Candidate {
                name: place.name.clone(),
                role: place.role.feature(),
                contained: place.contained,
                passage: article.text.offset(from)..article.text.offset(to),
                features: scene.features.clone(),
            }
        });
        candidates.collect()
    }
}

/// An event, without its confidence.
fn event(article: &Article<'_>, group: &Group, first: usize) -> Event {
    let place = &article.places[group.places[0]];
    let offset = |at: usize| article.text.offset(at);
    let toll = |harm: Harm| {
        let count = group.counts[harm as usize]?;
        let toll = told(article, count.figure, count.shared > 1);
        let more = count.n.saturating_sub(toll.n);
        let bounds = |bound: Option<u32>| bound.map(|n| n.saturating_add(more));
        Some(Toll {
            n: count.n,
            min: bounds(toll.min),
            max: bounds(toll.max),
            // Of several figures that were added up nobody gave the sum.
            source: toll.source.filter(|_| more == 0),
            ..toll
        })
    };
    let (from, to) = article.sentence(group.sentence);
    Event {
        date: group.when.edtf,
        date_rule: group.when.basis.unwrap_or(Basis::None).name(),
        place: group.name.clone(),
        place_kind: group.kind.name(),
        mention: place.mention.map(|number| first + number),
        place_span: offset(place.from)..offset(place.to),
        killed: toll(Harm::Killed),
        wounded: toll(Harm::Wounded),
        abducted: toll(Harm::Abducted),
        sides: Sides::default(),
        further: further(article, group),
        confidence: 0.0,
        passage: offset(from)..offset(to),
        features: Features::default(),
    }
}

/// A figure as the text tells it.
fn told(article: &Article<'_>, number: usize, joint: bool) -> Toll {
    let figure = article.figures[number];
    let offset = |at: usize| article.text.offset(at);
    let bounds = bounds::of(&article.text, &figure);
    Toll {
        n: figure.n,
        min: bounds.min,
        max: bounds.max,
        about: bounds.about,
        joint,
        source: sources::of(article, &figure).map(|(from, to)| (offset(from), offset(to))),
        start: offset(tolls::begins(&article.text, &figure)),
        end: offset(figure.to),
    }
}

/// Figures that are told of an event beside those that it is given: of others, of a part, of before.
fn further(article: &Article<'_>, group: &Group) -> Vec<FurtherToll> {
    let source = |toll: &Toll| {
        let whose = toll.source.map(|(from, to)| {
            let at = |byte| article.text.position(byte);
            article.text.folded(at(from), at(to))
        });
        whose.unwrap_or_default()
    };
    let chosen = |harm: Harm| group.counts[harm as usize];
    let mut out: Vec<FurtherToll> = Vec::new();
    for (number, shared) in &group.told {
        let figure = article.figures[*number];
        let is_chosen =
            chosen(figure.harm).is_some_and(|count| count.figure == *number && count.n == figure.n);
        if is_chosen || out.len() >= MOST_FURTHER {
            continue;
        }
        let further = FurtherToll {
            harm: figure.harm.name(),
            toll: told(article, *number, *shared > 1),
        };
        let whose = source(&further.toll);
        // Told again by nobody else.
        let is_known = |n: u32, other: &[u8]| n == further.toll.n && (whose.is_empty() || whose == other);
        let is_main = chosen(figure.harm)
            .is_some_and(|count| is_known(count.n, source(&told(article, count.figure, false))));
        let is_told = out
            .iter()
            .any(|known| known.harm == further.harm && is_known(known.toll.n, source(&known.toll)));
        if !is_main && !is_told {
            out.push(further);
        }
    }
    out
}

/// The part of the input that lies in a piece, and the number of its first place.
fn part<'t, 'k>(input: &Input<'t, 'k>, piece: &Range<usize>) -> (usize, Input<'t, 'k>) {
    let first = input.places.partition_point(|place| place.start < piece.start);
    let past = input
        .places
        .partition_point(|place| place.start < piece.end)
        .max(first);
    let from = input.others.partition_point(|other| other.start < piece.start);
    let to = input
        .others
        .partition_point(|other| other.start < piece.end)
        .max(from);
    let actor = |at: usize| input.actors.partition_point(|actor| actor.start < at);
    let (first_actor, past_actors) = (actor(piece.start), actor(piece.end));
    let part = Input {
        places: &input.places[first..past],
        others: &input.others[from..to],
        actors: &input.actors[first_actor..past_actors.max(first_actor)],
        ..*input
    };
    (first, part)
}

/// Bytes of the pieces in which a text is read.
fn pieces(input: &Input<'_, '_>) -> Vec<Range<usize>> {
    let (text, mut start, mut out) = (input.text, 0, Vec::new());
    while start < text.len() {
        let first = input.places.partition_point(|place| place.start < start);
        let full = input
            .places
            .get(first + MOST_PLACES)
            .map_or(text.len(), |place| place.start);
        let most = full.min(start + PIECE).min(text.len());
        let end = if most == text.len() {
            most
        } else {
            cut(text, start, most)
        };
        out.push(start..end);
        start = end;
    }
    out
}

/// Where a piece ends that has at most the bytes `start..most`: with a paragraph, else with a sentence, a word.
fn cut(text: &str, start: usize, most: usize) -> usize {
    let most = text.floor_char_boundary(most);
    let whole = text.get(start..most).unwrap_or_default();
    let after = |mark: &str| whole.rfind(mark).map(|at| start + at + mark.len());
    let end = after("\n")
        .or_else(|| after(". "))
        .or_else(|| after(" "))
        .unwrap_or(most);
    if end > start {
        return end;
    }
    let next = text[start..].chars().next().map_or(1, char::len_utf8);
    start + next
}
