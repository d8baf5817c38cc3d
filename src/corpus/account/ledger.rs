//! The words of a file or of a part of it, entered as they are seen, as articles take them, and as readers say
//! what they leave out; balanced when it has been read.

use super::seen::{Lacking, Passages};
use super::shingles::{Shingles, hash_of, hash_on};
use super::sorting::{Passage, Sorting, Source, is_text};
use super::text_alignment;
use super::visible::{Visible, passages};
use super::word_alignment::{self, Scarce};
use super::word_counts::WordCounts;
use super::words::{self, each_word, joined, words_of};
use super::{Account, LeftOut};
use crate::article::Article;
use crate::language;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;

/// Bytes of a long file that are counted at once.
const CHUNK: usize = 1 << 20;

/// Bytes of articles that are kept in their order; passages of longer files are not compared.
const MOST_IN_ORDER: usize = 32 << 20;

/// Divided words that are kept.
const MOST_DIVIDED: usize = 100_000;

/// What is entered.
#[derive(Debug)]
pub(in crate::corpus) struct Ledger {
    how: Visible,
    /// Whether it is longer than what is held at once: then its passages are not looked at one by one.
    is_long: bool,
    /// Bytes that are not counted yet.
    bytes: Vec<u8>,
    /// What was counted of a long file ends within a string.
    is_inside: bool,
    visible: u64,
    /// The texts of articles, a line or more each, as far as they are kept.
    in_order: String,
    /// How many more of a word articles have than are seen, as far as both were set against each other.
    more: FxHashMap<u64, i64>,
    /// Titles of articles, which pages show twice.
    titles: FxHashSet<u64>,
    /// Words that readers say they left out, by the reason that they name.
    left_out: BTreeMap<LeftOut, WordCounts>,
    /// Parts of words at line ends, and the words that they make together.
    divided: Vec<[u64; 3]>,
    source: Source,
    articles: u64,
    /// Something of it was skipped, and is reported as such.
    is_skipped: bool,
    /// What its parts have come to.
    parts: Account,
}

impl Ledger {
    /// For a file, or a part of one, that shows its text in this way. A long one is counted while it is read;
    /// of others the passages are looked at when all articles are known.
    pub fn new(how: Visible, is_long: bool) -> Self {
        Self {
            how,
            is_long,
            bytes: Vec::new(),
            is_inside: false,
            visible: 0,
            in_order: String::new(),
            more: FxHashMap::default(),
            titles: FxHashSet::default(),
            left_out: BTreeMap::new(),
            divided: Vec::new(),
            source: match how {
                Visible::Markup => Source::Page,
                Visible::Feed => Source::Feed,
                _ => Source::Text,
            },
            articles: 0,
            is_skipped: false,
            parts: Account::default(),
        }
    }

    /// Enters bytes as they are read.
    pub fn read(&mut self, bytes: &[u8]) {
        if self.how == Visible::Parts {
            return;
        }
        self.bytes.extend_from_slice(bytes);
        // UTF-16 can't be cut at the byte of a line end.
        let is_wide = matches!(self.bytes[..], [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
        if self.is_long && !is_wide && self.bytes.len() >= CHUNK {
            let end = self.bytes.iter().rposition(|&byte| byte == b'\n');
            if let Some(end) = end.or_else(|| self.bytes.iter().rposition(|&byte| byte == b' ')) {
                let rest = self.bytes.split_off(end + 1);
                let chunk = std::mem::replace(&mut self.bytes, rest);
                self.count(&chunk);
            }
        }
    }

    /// Enters a text that people see, of a file whose bytes show nothing.
    pub fn show(&mut self, text: &str) {
        self.how = Visible::Plain;
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(b'\n');
    }

    /// Enters what a text shows that is marked up in a way, of a file whose bytes show nothing.
    pub fn show_as(&mut self, how: Visible, text: &str) {
        passages(how, text.as_bytes(), &mut false, &mut |passage| {
            self.show(passage)
        });
        if how == Visible::Markup && self.source == Source::Text {
            self.source = Source::Page;
        }
    }

    /// Counts a part of a long file, beside the articles that came of it.
    fn count(&mut self, bytes: &[u8]) {
        let mut is_inside = self.is_inside;
        let seen = self.passages(bytes, &mut is_inside);
        self.is_inside = is_inside;
        self.visible += words::count(&seen.text) as u64;
        self.set_against(&seen.text);
        self.in_order.clear();
    }

    /// Sets a text that is seen against those of the articles; gives the words that are in none, or elsewhere.
    fn set_against(&mut self, seen: &str) -> Rest {
        let parts = text_alignment::in_step(seen, &self.in_order);
        let words = words_in(seen, &parts.only_seen);
        let rest = word_alignment::in_step(&words, &words_in(&self.in_order, &parts.only_indexed));
        for word in rest.only_seen {
            *self.more.entry(word).or_default() -= 1;
        }
        for word in rest.only_indexed {
            *self.more.entry(word).or_default() += 1;
        }
        Rest {
            parts: parts.only_seen,
            words,
        }
    }

    /// Enters an article.
    pub fn article(&mut self, article: &Article) {
        self.articles += 1;
        if article.extra.contains_key("aggregator") {
            self.source = Source::Export;
        }
        let mut title = 0;
        each_word(&article.title, |word| title = hash_on(title, word));
        self.titles.insert(title);
        let (more, in_order) = (&mut self.more, &mut self.in_order);
        each_text(article, &mut |text| {
            if in_order.len() + text.len() < MOST_IN_ORDER {
                in_order.push_str(text);
                in_order.push('\n');
            } else {
                each_word(text, |word| *more.entry(word).or_default() += 1);
            }
        });
    }

    /// Enters what a record says that is no article, since it has neither title nor text; it is reported as skipped.
    pub fn no_article(&mut self, record: &Article) {
        each_text(record, &mut |text| self.leave_out(LeftOut::Skipped, text));
    }

    /// Enters that something of it was skipped.
    pub fn skip(&mut self) {
        self.is_skipped = true;
    }

    /// Enters a text that is in no article for a reason.
    pub fn leave_out(&mut self, reason: LeftOut, text: &str) {
        // What reads as text may be text.
        if reason == LeftOut::Menu && is_text(text) {
            return;
        }
        let left_out = self.left_out.entry(reason).or_default();
        each_word(text, |word| left_out.add(word));
    }

    /// The same of a text that is marked up in a way.
    pub fn leave_out_as(&mut self, reason: LeftOut, how: Visible, text: &str) {
        passages(how, text.as_bytes(), &mut false, &mut |passage| {
            self.leave_out(reason, passage)
        });
    }

    /// Enters what a part of it has come to.
    pub fn part(&mut self, account: Account) {
        self.parts.add(account);
    }

    /// What it comes to.
    pub fn balance(mut self) -> Account {
        let bytes = std::mem::take(&mut self.bytes);
        let mut account = std::mem::take(&mut self.parts);
        let is_whole_skipped = self.is_skipped && self.articles == 0;
        let mut own = if self.is_long {
            self.count(&bytes);
            self.take_divided();
            self.of_counts()
        } else {
            let passages = self.passages(&bytes, &mut false);
            drop(bytes);
            let rest = self.set_against(&passages.text);
            self.take_divided();
            self.of_passages(&passages, &rest)
        };
        if is_whole_skipped {
            own = Account {
                visible: own.visible,
                ..Account::default()
            };
            own.leave_out(LeftOut::Skipped, own.visible);
        }
        account.add(own);
        account
    }

    /// The passages of a file, or of a part of one.
    fn passages(&mut self, bytes: &[u8], is_inside: &mut bool) -> Passages {
        let (mut found, mut before) = (Passages::default(), Divided::default());
        let divided = &mut self.divided;
        found.text.reserve(bytes.len());
        passages(self.how, bytes, is_inside, &mut |passage| {
            before.see(passage, divided);
            found.add(passage);
        });
        found
    }

    /// A word that articles have more often than it is seen, and that is divided in the file, stands for its parts.
    fn take_divided(&mut self) {
        for [first, second, whole] in std::mem::take(&mut self.divided) {
            if let Some(left) = self.more.get_mut(&whole).filter(|left| **left > 0) {
                *left -= 1;
                for part in [first, second] {
                    *self.more.entry(part).or_default() += 1;
                }
            }
        }
    }

    /// By counts alone.
    fn of_counts(mut self) -> Account {
        let mut account = Account {
            visible: self.visible,
            in_articles: self.visible,
            ..Account::default()
        };
        let mut sorting = Sorting::new(self.source, self.articles);
        for (word, more) in std::mem::take(&mut self.more) {
            let missing = u64::try_from(-more).unwrap_or(0);
            account.in_articles -= missing;
            let missing = missing - self.said(word, missing, &mut account);
            let dates = sorting.dates(word, missing);
            account.leave_out(LeftOut::Dates, dates);
            account.unaccounted += missing - dates;
        }
        account
    }

    /// What readers said of a word that is missing so often.
    fn said(&mut self, word: u64, missing: u64, account: &mut Account) -> u64 {
        let mut said = 0;
        for (&reason, left_out) in &mut self.left_out {
            if said == missing {
                break;
            }
            let taken = left_out.take(word, missing - said);
            if taken > 0 {
                said += taken;
                account.leave_out(reason, taken);
            }
        }
        said
    }

    /// Words that are seen more often than articles have them and readers say they left them out.
    fn nowhere(&mut self) -> FxHashSet<u64> {
        let left_out = &mut self.left_out;
        let mut said = |word: u64| -> u64 { left_out.values_mut().map(|words| words.left(word)).sum() };
        let lacking = self.more.iter().filter(|(_, more)| **more < 0);
        lacking
            .filter(|(word, more)| said(**word) < more.unsigned_abs())
            .map(|(word, _)| *word)
            .collect()
    }

    /// Passage by passage: first those that stand in an article as they are, so that no other takes their words.
    fn of_passages(mut self, passages: &Passages, rest: &Rest) -> Account {
        let visible = words::count(&passages.text) as u64;
        let mut account = Account {
            visible,
            ..Account::default()
        };
        let nowhere = self.nowhere();
        let mut scarce = Scarce::of(std::mem::take(&mut self.more), &rest.words);
        // Of most texts articles have every word as often as it is seen, and of others most passages.
        let lacking = passages.lacking(&rest.parts, |words| scarce.is_in(words));
        let looked_at: usize = lacking.iter().map(|passage| passage.rest.len()).sum();
        account.in_articles = visible - looked_at as u64;
        if lacking.is_empty() {
            return account;
        }
        let mut sorting = Sorting::new(self.source, self.articles);
        // Where no word is nowhere, it makes no difference which passage takes it first.
        let is_asked = |passage: &&Lacking<'_>| {
            Shingles::may_hold(&passage.words) && passage.rest.iter().any(|word| nowhere.contains(word))
        };
        let asked = lacking.iter().filter(is_asked).map(|passage| &passage.words[..]);
        let known = match asked.clone().next() {
            Some(_) => Shingles::of(&words_of([&*self.in_order]), asked),
            None => Shingles::default(),
        };
        let stands = |words: &[u64]| known.hold(words) || self.titles.contains(&hash_of(words));
        let (standing, others): (Vec<_>, Vec<_>) =
            lacking.into_iter().partition(|passage| stands(&passage.words));
        for passage in standing {
            let missing = self.take(&passage.rest, &mut scarce, &mut account).len() as u64;
            account.leave_out(LeftOut::Duplicate, missing);
        }
        for passage in others {
            let before = account.left_out.clone();
            let missing = self.take(&passage.rest, &mut scarce, &mut account);
            if !missing.is_empty() {
                let passage = Passage {
                    text: passage.text,
                    words: &passage.words,
                    missing: &missing,
                };
                sorting.sort(&passage, &mut account);
            }
            account.examples_since(&before, passage.text);
        }
        account
    }

    /// Takes words from those of the articles and from those that readers left out; gives those that are in
    /// neither.
    fn take(&mut self, words: &[u64], scarce: &mut Scarce, account: &mut Account) -> Vec<u64> {
        let mut missing = Vec::new();
        for &word in words {
            if scarce.take(word) {
                account.in_articles += 1;
            } else if self.said(word, 1, account) == 0 {
                missing.push(word);
            }
        }
        missing
    }
}

/// What is seen and isn't in step with the articles.
struct Rest {
    parts: Vec<Range<usize>>,
    words: Vec<u64>,
}

/// The words in parts of a text.
fn words_in(text: &str, parts: &[Range<usize>]) -> Vec<u64> {
    words_of(parts.iter().map(|part| &text[part.clone()]))
}

/// Calls `take` with each text of an article: its title, its body, its metadata.
fn each_text(article: &Article, take: &mut dyn FnMut(&str)) {
    take(&article.title);
    take(&article.body);
    let known = [
        &article.id,
        &article.url,
        &article.source,
        &article.author,
        &article.lang,
    ];
    known.into_iter().flatten().for_each(|text| take(text));
    if let Some(lang) = &article.lang {
        language::names(lang).iter().for_each(|name| take(name));
    }
    if let Some(date) = &article.date {
        take(&date.to_string());
        take(&date.to_string().replace('-', ""));
    }
    article.given.values().flatten().for_each(|value| take(value));
    let mut values: Vec<&Value> = article.extra.values().collect();
    while let Some(value) = values.pop() {
        match value {
            Value::String(text) => take(text),
            Value::Number(number) => take(&number.to_string()),
            Value::Bool(value) => take(&value.to_string()),
            Value::Array(inner) => values.extend(inner),
            Value::Object(inner) => {
                inner.keys().for_each(|key| take(key));
                values.extend(inner.values());
            }
            Value::Null => {}
        }
    }
}

/// Words divided at line ends, on their way from one line to the next.
#[derive(Default)]
struct Divided {
    /// The part at the end of the line before, without its hyphen.
    first: String,
}

impl Divided {
    fn see(&mut self, line: &str, divided: &mut Vec<[u64; 3]>) {
        if !self.first.is_empty() {
            let line = line.trim_start();
            let end = line.find(|c: char| !c.is_alphabetic()).unwrap_or(line.len());
            let begins = &line[..end];
            if !begins.is_empty() && divided.len() < MOST_DIVIDED {
                let parts = [joined(&self.first, ""), joined(begins, "")];
                // One letter is no word, and isn't missing either.
                divided.push([parts[0], parts[1], joined(&self.first, begins)]);
            }
            self.first.clear();
        }
        let Some(before) = line.trim_end().strip_suffix(['-', '\u{2010}', '\u{ad}', '¬']) else {
            return;
        };
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| c.is_alphabetic())
            .last();
        self.first = start.map_or("", |(at, _)| &before[at..]).to_string();
    }
}
