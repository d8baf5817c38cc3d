//! The words of a file or of a part of it, entered as they are seen, as articles take them, and as readers say
//! what they leave out; balanced when it has been read.

use super::sorting::{Passage, Sorting, Source, is_text};
use super::visible::{Visible, passages};
use super::words::{each_word, joined};
use super::{Account, LeftOut};
use crate::article::Article;
use crate::language;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

/// Bytes of a long file that are counted at once.
const CHUNK: usize = 1 << 20;

/// Words of articles in a row by which a passage that stands twice is known.
const SHINGLE: usize = 5;

/// Words of articles that are kept in their order; passages of longer files are not compared.
const MOST_IN_ORDER: usize = 4 << 20;

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
    /// Words that were seen of a long file.
    seen: FxHashMap<u64, u64>,
    visible: u64,
    /// Words of articles, with how often they have them.
    indexed: FxHashMap<u64, u64>,
    /// The same in their order, as far as they are kept.
    in_order: Vec<u64>,
    /// Titles of articles, which pages show twice.
    titles: FxHashSet<u64>,
    /// Words that readers say they left out.
    left_out: FxHashMap<(LeftOut, u64), u64>,
    /// Parts of words at line ends, and the words that they make together.
    divided: Vec<[u64; 3]>,
    source: Source,
    articles: u64,
    /// Something of it was skipped, and is told as such.
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
            seen: FxHashMap::default(),
            visible: 0,
            indexed: FxHashMap::default(),
            in_order: Vec::new(),
            titles: FxHashSet::default(),
            left_out: FxHashMap::default(),
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

    fn count(&mut self, bytes: &[u8]) {
        let (seen, visible, divided) = (&mut self.seen, &mut self.visible, &mut self.divided);
        let mut before = Divided::default();
        passages(self.how, bytes, &mut self.is_inside, &mut |passage| {
            before.see(passage, divided);
            each_word(passage, &mut |word| {
                *visible += 1;
                *seen.entry(word).or_default() += 1;
            });
        });
    }

    /// Enters an article.
    pub fn article(&mut self, article: &Article) {
        self.articles += 1;
        if article.extra.contains_key("aggregator") {
            self.source = Source::Export;
        }
        let mut title = Vec::new();
        each_word(&article.title, &mut |word| title.push(word));
        self.titles.insert(hash_of(&title));
        let (indexed, in_order) = (&mut self.indexed, &mut self.in_order);
        each_text(article, &mut |text| {
            each_word(text, &mut |word| {
                *indexed.entry(word).or_default() += 1;
                if in_order.len() < MOST_IN_ORDER {
                    in_order.push(word);
                }
            });
        });
    }

    /// Enters what a record says that is no article, since it has neither title nor text; it is told as skipped.
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
        each_word(text, &mut |word| {
            *self.left_out.entry((reason, word)).or_default() += 1
        });
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
            let passages = self.passages(&bytes);
            self.take_divided();
            self.of_passages(passages)
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

    /// The passages of a file with their words.
    fn passages(&mut self, bytes: &[u8]) -> Vec<(String, Vec<u64>)> {
        let (mut found, mut before) = (Vec::new(), Divided::default());
        let divided = &mut self.divided;
        passages(self.how, bytes, &mut false, &mut |passage| {
            before.see(passage, divided);
            let mut words = Vec::new();
            each_word(passage, &mut |word| words.push(word));
            if !words.is_empty() {
                found.push((passage.to_string(), words));
            }
        });
        found
    }

    /// A word of an article that is divided in the file stands for its parts.
    fn take_divided(&mut self) {
        for [first, second, whole] in std::mem::take(&mut self.divided) {
            if let Some(left) = self.indexed.get_mut(&whole).filter(|left| **left > 0) {
                *left -= 1;
                for part in [first, second] {
                    *self.indexed.entry(part).or_default() += 1;
                }
            }
        }
    }

    /// By counts alone.
    fn of_counts(mut self) -> Account {
        let mut account = Account {
            visible: self.visible,
            ..Account::default()
        };
        let mut sorting = Sorting::new(self.source, self.articles);
        for (word, seen) in std::mem::take(&mut self.seen) {
            let taken = self.indexed.get(&word).copied().unwrap_or(0).min(seen);
            account.in_articles += taken;
            let missing = seen - taken;
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
        if self.left_out.is_empty() {
            return said;
        }
        for reason in LeftOut::ALL {
            if said == missing {
                break;
            }
            if let Some(left) = self.left_out.get_mut(&(reason, word)) {
                let taken = (*left).min(missing - said);
                *left -= taken;
                said += taken;
                account.leave_out(reason, taken);
            }
        }
        said
    }

    /// Passage by passage: first those that stand in an article as they are, so that no other takes their words.
    fn of_passages(mut self, passages: Vec<(String, Vec<u64>)>) -> Account {
        let mut account = Account {
            visible: passages.iter().map(|(_, words)| words.len() as u64).sum(),
            ..Account::default()
        };
        if self.has_all(&passages) {
            account.in_articles = account.visible;
            return account;
        }
        let mut sorting = Sorting::new(self.source, self.articles);
        let known = Shingles::of(&self.in_order);
        let stands = |words: &[u64]| known.hold(words) || self.titles.contains(&hash_of(words));
        let (standing, others): (Vec<_>, Vec<_>) = passages.into_iter().partition(|(_, words)| stands(words));
        for (_, words) in &standing {
            let missing = self.take(words, &mut account).len() as u64;
            account.leave_out(LeftOut::Duplicate, missing);
        }
        for (text, words) in &others {
            let before = account.left_out.clone();
            let missing = self.take(words, &mut account);
            if !missing.is_empty() {
                let passage = Passage {
                    text,
                    words,
                    missing: &missing,
                };
                sorting.sort(&passage, &mut account);
            }
            let more = |(reason, count): (&LeftOut, &u64)| {
                (*count >= before.get(reason).copied().unwrap_or(0) + 2).then_some(*reason)
            };
            let reasons: Vec<LeftOut> = account.left_out.iter().filter_map(more).collect();
            reasons
                .into_iter()
                .for_each(|reason| account.example(reason, text));
        }
        account
    }

    /// Whether articles have every word as often as it is seen, as those of most texts do.
    fn has_all(&self, passages: &[(String, Vec<u64>)]) -> bool {
        let mut seen: FxHashMap<u64, u64> = FxHashMap::default();
        passages.iter().flat_map(|(_, words)| words).all(|word| {
            let count = seen.entry(*word).or_default();
            *count += 1;
            self.indexed.get(word).is_some_and(|indexed| indexed >= count)
        })
    }

    /// Takes words from those of the articles and from those that readers left out; gives those that are in
    /// neither.
    fn take(&mut self, words: &[u64], account: &mut Account) -> Vec<u64> {
        let mut missing = Vec::new();
        for &word in words {
            if let Some(left) = self.indexed.get_mut(&word).filter(|left| **left > 0) {
                *left -= 1;
                account.in_articles += 1;
            } else if self.said(word, 1, account) == 0 {
                missing.push(word);
            }
        }
        missing
    }
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

/// Words of articles in a row, by which it is known that a passage stands in one: a filter of Bloom's kind with one
/// hash, sixteen bits a run, which takes one run in sixteen for known that isn't, and hardly ever nine in ten of a
/// passage.
struct Shingles(Vec<u64>);

impl Shingles {
    fn of(words: &[u64]) -> Self {
        let bits = (words.len() * 16).next_power_of_two().max(64);
        let mut filter = Self(vec![0; bits / 64]);
        for run in words.windows(SHINGLE) {
            let (at, bit) = filter.place(run);
            filter.0[at] |= bit;
        }
        filter
    }

    /// The word of the filter and the bit in it that stand for a run.
    fn place(&self, run: &[u64]) -> (usize, u64) {
        // The upper bits, since the lower ones of a product depend on few.
        let hash = hash_of(run).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16;
        let bit = hash as usize % (self.0.len() * 64);
        (bit / 64, 1 << (bit % 64))
    }

    /// Whether a passage of some length stands in an article, but for a word here and there.
    fn hold(&self, passage: &[u64]) -> bool {
        let all = passage.windows(SHINGLE);
        let is_known = |run: &&[u64]| {
            let (at, bit) = self.place(run);
            self.0[at] & bit != 0
        };
        let found = all.clone().filter(is_known).count();
        found > 0 && found * 10 >= all.len() * 9
    }
}

fn hash_of(words: &[u64]) -> u64 {
    words
        .iter()
        .fold(0, |hash: u64, word| hash.rotate_left(5).wrapping_mul(31) ^ word)
}

/// Words divided at line ends, on their way from one line to the next.
#[derive(Default)]
struct Divided {
    /// The part at the end of the line before, without its hyphen.
    first: String,
}

impl Divided {
    fn see(&mut self, line: &str, divided: &mut Vec<[u64; 3]>) {
        let line = line.trim();
        let begins = line
            .split(|c: char| !c.is_alphabetic())
            .next()
            .unwrap_or_default();
        if !self.first.is_empty() && !begins.is_empty() && divided.len() < MOST_DIVIDED {
            let parts = [joined(&self.first, ""), joined(begins, "")];
            // One letter is no word, and isn't missing either.
            divided.push([parts[0], parts[1], joined(&self.first, begins)]);
        }
        let before = line.strip_suffix(['-', '\u{2010}', '\u{ad}', '¬']).unwrap_or("");
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| c.is_alphabetic())
            .last();
        self.first = start.map_or("", |(at, _)| &before[at..]).to_string();
    }
}
