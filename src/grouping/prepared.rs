//! Reports made ready to be compared: what is read of each text is read once.

use super::names::{Name, names, within};
use super::numbers::numbers;
use super::report::{Article, Report};
use super::span::Span;
use super::text::{self, Bag, KIND_COUNT, Runs, Vocabulary, bag, plain, stems};
use crate::french::{fold, head, passages};
use rustc_hash::{FxHashMap, FxHashSet};

/// Names of capitals, where most is told and little happens, folded.
const CAPITALS: [&str; 11] = [
    "bamako",
    "ouagadougou",
    "niamey",
    "paris",
    "alger",
    "abidjan",
    "dakar",
    "nouakchott",
    "cotonou",
    "lome",
    "accra",
];
/// Names of what is no place of an event, folded.
const COUNTRIES: [&str; 6] = ["mali", "burkinafaso", "burkina", "niger", "paysdogon", "liptako"];

/// Sentences before and after a report in which more is looked for about it.
const AROUND: usize = 100;

/// Sentences about a report that are compared.
const MOST_ABOUT: usize = 24;

/// A report.
#[derive(Debug)]
pub(super) struct Row {
    pub article: usize,
    pub document: String,
    pub place: String,
    /// Of the place, folded; empty without one.
    pub main: String,
    pub names: Vec<Name>,
    pub is_area: bool,
    pub is_country: bool,
    pub is_capital: bool,
    pub is_town: bool,
    pub region: String,
    pub points: Vec<(f64, f64)>,
    /// Byte of the passage.
    pub start: usize,
    pub edtf: Option<crate::date::Edtf>,
    pub date: Option<Span>,
    pub page: Option<Span>,
    pub killed: Option<u32>,
    pub wounded: Option<u32>,
    pub abducted: Option<u32>,
    pub types: Vec<String>,
    pub by: Vec<String>,
    pub against: Vec<String>,
    /// The passage and the sentences about it, folded.
    pub folded: String,
    pub words: Bag,
    /// Words of the passage alone.
    pub passage_words: Bag,
    /// Words of the names of the place, which aren't compared.
    pub left_out: Vec<u32>,
    /// Numbers told.
    pub numbers: Vec<u32>,
    /// Kinds of deed, one bit each: of the passage, or where it has none of the sentences about it.
    pub kinds: u32,
    pub has_peacekeepers: bool,
    /// Days of the week, one bit each.
    pub weekdays: u8,
}

impl Row {
    /// Whether it names a place finer than an area.
    pub fn has_site(&self) -> bool {
        !self.main.is_empty() && !self.is_area && !self.is_country
    }

    pub fn has_name(&self, folded: &str) -> bool {
        self.names.iter().any(|name| name.folded == folded)
    }

    pub fn shares_name(&self, other: &Self) -> bool {
        self.names.iter().any(|name| other.has_name(&name.folded))
    }

    /// Whether the sentences about it name a place.
    pub fn tells(&self, place: &str) -> bool {
        place.len() >= 4 && self.folded.contains(place)
    }
}

/// What is read of an article.
#[derive(Debug)]
pub(super) struct Text {
    pub words: Bag,
    /// Names, by their numbers, in order.
    pub names: Vec<u32>,
    pub runs: Runs,
    pub years: Vec<i16>,
}

/// Reports and articles under way.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    pub rows: Vec<Row>,
    pub texts: Vec<Text>,
    pub words: Vocabulary,
    pub names: Vocabulary,
}

impl Prepared {
    /// Reads an article, and gives what it reports.
    pub fn add(&mut self, article: &Article<'_>, reports: Vec<Report>) {
        let body = head(article.body);
        let whole = if article.title.is_empty() {
            body.to_string()
        } else {
            format!("{}\n{body}", article.title)
        };
        let ranges = passages(&whole);
        let sentences: Vec<&str> = ranges
            .iter()
            .filter_map(|range| whole.get(range.clone()))
            .collect();
        let before = whole.len() - body.len();
        let folded: Vec<String> = sentences.iter().map(|sentence| fold(sentence)).collect();
        let plain = plain(&whole);
        let number = self.texts.len();
        let mut names: Vec<u32> = text::names_in(&whole)
            .iter()
            .map(|name| self.names.number(name))
            .collect();
        names.sort_unstable();
        self.texts.push(Text {
            words: bag(stems(&plain).map(|word| self.words.number(word)).collect()),
            names,
            runs: Runs::of(&plain),
            years: text::years(&whole),
        });
        for report in reports {
            // Of a long text only what stands around.
            let at = ranges.partition_point(|range| range.start <= before + report.start);
            let from = at.saturating_sub(AROUND);
            let to = (from + 2 * AROUND).min(sentences.len());
            let about = (
                sentences.get(from..to).unwrap_or_default(),
                folded.get(from..to).unwrap_or_default(),
            );
            let row = self.row((number, article), report, about);
            self.rows.push(row);
        }
    }

    // Long because each line is a field.
    fn row(
        &mut self,
        (number, article): (usize, &Article<'_>),
        report: Report,
        (sentences, folded): (&[&str], &[String]),
    ) -> Row {
        let mut spelled = vec![report.place.clone()];
        spelled.extend(report.other_names);
        let inner: Vec<String> = spelled.iter().flat_map(|name| within(name)).collect();
        spelled.extend(inner);
        let names = names(spelled.iter().map(String::as_str));
        let main = Name::new(&report.place).map_or_else(String::new, |name| name.folded);
        let about = About::of(&report.passage, &names, folded);
        let window = about.window(&report.passage, sentences);
        let said = about.said(&report.passage, sentences);
        let [window_plain, said_plain, passage_plain] =
            [&window, &said, &report.passage].map(|text| plain(text));
        let types = report.types.join(" ");
        let kinds_of = |text: &str| text::kinds(&format!("{text} {}", plain(&types)));
        let mut left_out: Vec<u32> = Vec::new();
        for name in &spelled {
            left_out.extend(stems(&plain(name)).map(|word| self.words.number(word)));
        }
        left_out.sort_unstable();
        left_out.dedup();
        let mut words_of = |text: &str| {
            let words = stems(text).map(|word| self.words.number(word));
            bag(words.filter(|word| !left_out.contains(word)).collect())
        };
        let words = words_of(&window_plain);
        let passage_words = words_of(&said_plain)
            .into_iter()
            .map(|(word, _)| (word, 1.0))
            .collect();
        let kinds = match kinds_of(&passage_plain) {
            0 => kinds_of(&window_plain),
            kinds => kinds,
        };
        let is_country = COUNTRIES.contains(&&*main);
        Row {
            article: number,
            document: article.id.to_string(),
            place: report.place,
            is_area: report.is_area && !main.is_empty(),
            is_country,
            is_capital: CAPITALS.contains(&&*main),
            is_town: report.is_town,
            main,
            names,
            region: report.region,
            points: if is_country { Vec::new() } else { report.points },
            start: report.start,
            edtf: report.date,
            date: report.date.as_ref().and_then(Span::of),
            page: article.published.map(Span::of_page),
            killed: report.killed,
            wounded: report.wounded,
            abducted: report.abducted,
            types: report.types,
            by: report.by,
            against: report.against,
            folded: fold(&window),
            words,
            passage_words,
            left_out,
            numbers: numbers(&window_plain),
            kinds,
            has_peacekeepers: text::has_peacekeepers(&window_plain),
            weekdays: about.weekdays([&passage_plain, &said_plain, &window_plain], sentences),
        }
    }
}

/// The sentences of an article that are about a report, by their numbers.
struct About {
    all: Vec<usize>,
    /// That of the passage.
    own: Option<usize>,
}

impl About {
    fn of(passage: &str, names: &[Name], folded: &[String]) -> Self {
        let whole = fold(passage);
        let beginning: String = whole.chars().take(40).collect();
        let is_own = |sentence: &String| {
            !beginning.is_empty()
                && (sentence.contains(&beginning) || sentence.len() > 25 && whole.contains(sentence.as_str()))
        };
        let own: FxHashSet<usize> = (0..folded.len()).filter(|at| is_own(&folded[*at])).collect();
        let named = |sentence: &String| {
            names
                .iter()
                .any(|name| name.folded.len() >= 4 && sentence.contains(&name.folded))
        };
        let all = (0..folded.len())
            .filter(|at| own.contains(at) || named(&folded[*at]))
            .take(MOST_ABOUT)
            .collect();
        Self {
            all,
            own: own.into_iter().min(),
        }
    }

    /// The passage and all of them; without any, the passage, else the whole text.
    fn window(&self, passage: &str, sentences: &[&str]) -> String {
        let about = self.all.iter().filter_map(|at| sentences.get(*at).copied());
        match (self.all.is_empty(), passage.is_empty()) {
            (true, true) => sentences.join(" "),
            (true, false) => passage.to_string(),
            (false, _) => std::iter::once(passage)
                .chain(about)
                .collect::<Vec<_>>()
                .join(" "),
        }
    }

    /// The passage and its sentence.
    fn said(&self, passage: &str, sentences: &[&str]) -> String {
        let own = self.own.and_then(|at| sentences.get(at));
        format!("{passage} {}", own.unwrap_or(&""))
    }

    /// The days of the week of the first of these texts that has any; those of the first sentences of the article,
    /// where the report stands near them.
    fn weekdays(&self, texts: [&str; 3], sentences: &[&str]) -> u8 {
        let first = |n: usize| plain(&sentences.get(..n).unwrap_or(sentences).join(" "));
        let found = texts.into_iter().map(text::weekdays).find(|days| *days != 0);
        found.unwrap_or_else(|| {
            if self.all.first().is_none_or(|at| *at > 3) {
                return 0;
            }
            match text::weekdays(&first(1)) {
                0 => text::weekdays(&first(2)),
                days => days,
            }
        })
    }
}

/// What all reports together say: how rare each word is, what else an article reports.
#[derive(Debug)]
pub(super) struct Context {
    pub rows: Vec<Row>,
    pub texts: Vec<Text>,
    /// How much a word says, and a name, by their numbers.
    pub idf: Vec<f64>,
    pub name_idf: Vec<f64>,
    /// In how many articles a word stands.
    pub found_in: Vec<u32>,
    pub kind_idf: [f64; KIND_COUNT],
    /// Up to as many articles a word is rare.
    pub few: u32,
    /// The rows of each article.
    pub of_article: Vec<Vec<usize>>,
    /// The numbers of names of places, as [`Prepared::names`] has them.
    name_numbers: Vocabulary,
    /// By the name of a place, in how many months something happened there.
    months: FxHashMap<String, usize>,
}

impl Context {
    pub fn new(prepared: Prepared) -> Self {
        let Prepared {
            rows, texts, names, ..
        } = prepared;
        let articles = texts.len();
        let counted = |lists: &mut dyn Iterator<Item = u32>| {
            let mut counts: Vec<u32> = Vec::new();
            for word in lists {
                let at = word as usize;
                if counts.len() <= at {
                    counts.resize(at + 1, 0);
                }
                counts[at] += 1;
            }
            counts
        };
        let found_in = counted(
            &mut texts
                .iter()
                .flat_map(|text| text.words.iter().map(|(word, _)| *word)),
        );
        let names_in = counted(&mut texts.iter().flat_map(|text| text.names.iter().copied()));
        // Of few articles it can't be said what is rare.
        let all = articles.max(100) as f64;
        let idf = |count: &u32| (all / (0.5 + f64::from(*count))).ln().max(0.0);
        let mut of_article = vec![Vec::new(); articles];
        let mut kinds = [0_u32; KIND_COUNT];
        let mut months: FxHashMap<String, FxHashSet<(i16, i8)>> = FxHashMap::default();
        for (at, row) in rows.iter().enumerate() {
            of_article[row.article].push(at);
            for (kind, count) in kinds.iter_mut().enumerate() {
                *count += row.kinds >> kind & 1;
            }
            if let Some(date) = row.date.filter(Span::is_within_month) {
                let (year, month) = Span::month(date.first);
                for name in &row.names {
                    let known = months.entry(name.folded.clone()).or_default();
                    known.insert((if date.yearless { 0 } else { year }, month));
                }
            }
        }
        let row_count = rows.len() as f64;
        Self {
            idf: found_in.iter().map(idf).collect(),
            name_idf: names_in.iter().map(idf).collect(),
            kind_idf: kinds.map(|count| ((row_count + 20.0) / f64::from(count + 1)).ln()),
            few: (articles / 50).max(3) as u32,
            found_in,
            of_article,
            name_numbers: names,
            months: months
                .into_iter()
                .map(|(name, months)| (name, months.len()))
                .collect(),
            rows,
            texts,
        }
    }

    /// How much a word says.
    pub fn idf(&self, word: u32) -> f64 {
        self.idf
            .get(word as usize)
            .copied()
            .unwrap_or_else(|| (self.texts.len().max(100) as f64 / 1.5).ln())
    }

    pub fn count(&self, word: u32) -> u32 {
        self.found_in.get(word as usize).copied().unwrap_or(0)
    }

    /// The number of a name in texts.
    pub fn name_number(&self, folded: &str) -> Option<u32> {
        self.name_numbers.get(folded)
    }

    /// How often something happens at a place, as a logarithm.
    pub fn events_at(&self, folded: &str) -> f64 {
        let months = self.months.get(folded).copied().unwrap_or(0);
        (1.0 + months as f64).log2()
    }

    /// The certain days of the reports of an article.
    pub fn dates(&self, article: usize) -> impl Iterator<Item = Span> + '_ {
        let rows = self.of_article.get(article).into_iter().flatten().take(64);
        rows.filter_map(|row| self.rows[*row].date)
            .filter(|date| !date.yearless && date.is_within_month())
    }
}
