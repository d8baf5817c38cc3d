//! What the whole archive says of words and values, asked of its cluster: the numbers that scores go by, and which
//! spellings there are.
//!
//! The dictionary of a field can't be read there. The accentuations of a word are found from articles: some that have
//! the word at a place where none of the accentuations known so far stands, until there is none.

use super::ask::Asker;
use super::clause;
use super::words::{field, term};
use crate::error::{Error, Result};
use crate::french::{French, Word};
use crate::query::{Node, Pattern, Placed, PlacedWord, Query};
use crate::search::{FormCounts, Place, Selection, Text, Token, ValueCounts, Wanted, Whole};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Articles that are looked at for accentuations that aren't known yet.
const LOOKED_AT: usize = 10;

/// Times that one looks for further accentuations of a word.
const ROUNDS: usize = 200;

/// Values of a facet that are counted in one answer.
pub(crate) const MOST_VALUES: usize = 65_535;

type CountUndated = dyn Fn(&Selection) -> Result<u64> + Send + Sync;
type CountAll = dyn Fn(&Wanted<'_>) -> Result<u64> + Send + Sync;

/// Sequences of words in one of the texts.
type Sequences = (Text, Vec<Vec<Place>>);

/// Counts what needs the engine: articles without a date, and those of a query.
pub(crate) struct Counters {
    pub undated: Box<CountUndated>,
    pub total: Box<CountAll>,
}

/// The archive.
pub(crate) struct Archive {
    pub asker: Asker,
    french: Arc<French>,
    /// Articles, words of titles and of bodies, the same with joined spellings.
    numbers: OnceLock<[u64; 5]>,
    having: Mutex<FxHashMap<(Text, Token), u64>>,
    forms: Mutex<FxHashMap<(Text, String), FormCounts>>,
    spelled: Mutex<FxHashMap<Sequences, u64>>,
    values: Mutex<FxHashMap<String, ValueCounts>>,
    owned: Mutex<FxHashMap<String, Arc<BTreeSet<String>>>>,
    /// Set once the engine is there.
    pub counters: OnceLock<Counters>,
    /// The first error that a score was in the way of.
    failed: Mutex<Option<Error>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Archive {
    pub fn new(asker: Asker, french: Arc<French>) -> Self {
        Self {
            asker,
            french,
            numbers: OnceLock::new(),
            having: Mutex::default(),
            forms: Mutex::default(),
            spelled: Mutex::default(),
            values: Mutex::default(),
            owned: Mutex::default(),
            counters: OnceLock::new(),
            failed: Mutex::default(),
        }
    }

    /// Remembers why a number isn't known: where scores are worked out, errors are strings.
    fn noting<T>(&self, result: Result<T>) -> Result<T> {
        result.map_err(|error| {
            let text = error.to_string();
            locked(&self.failed).get_or_insert(error);
            Error::Damaged(text)
        })
    }

    /// The result, or the first error of the cluster in the place of what it became.
    pub fn settled<T>(&self, result: Result<T>) -> Result<T> {
        let first = locked(&self.failed).take();
        match (result, first) {
            (Err(_), Some(first)) => Err(first),
            (result, _) => result,
        }
    }

    fn numbers(&self) -> Result<[u64; 5]> {
        if let Some(known) = self.numbers.get() {
            return Ok(*known);
        }
        let body = json!({
            "size": 0,
            "track_total_hits": true,
            "aggs": {
                "t": {"sum": {"field": "t_len"}}, "b": {"sum": {"field": "b_len"}},
                "tt": {"sum": {"field": "t_tokens"}}, "bt": {"sum": {"field": "b_tokens"}},
            },
        });
        let answers = self.asker.searches(std::slice::from_ref(&body))?;
        let answer = answers.first().cloned().unwrap_or_default();
        let sum = |name: &str| answer["aggregations"][name]["value"].as_f64().unwrap_or(0.0) as u64;
        let total = total_of(&answer);
        Ok(*self
            .numbers
            .get_or_init(|| [total, sum("t"), sum("b"), sum("tt"), sum("bt")]))
    }

    /// Asks at once for what the words of a query will be asked for.
    pub fn prefetch(&self, query: &Query) -> Result<()> {
        self.numbers()?;
        let mut folds: BTreeSet<String> = BTreeSet::new();
        let mut terms: BTreeSet<String> = BTreeSet::new();
        if let Some(root) = &query.root {
            words_of(root, &mut terms, &mut folds);
        }
        for word in query.positive_words() {
            terms.insert(word.term.clone());
            folds.insert(word.folded.clone());
        }
        let both = [Text::Title, Text::Body];
        let tokens = terms
            .into_iter()
            .flat_map(|term| both.map(|text| (text, Token::Term(term.clone()))));
        self.count(tokens.collect())?;
        let wanted = folds
            .into_iter()
            .flat_map(|fold| both.map(|text| (text, fold.clone())));
        self.find_forms(wanted.collect())
    }

    /// Counts the articles that have each of these words, those that aren't known.
    fn count(&self, tokens: Vec<(Text, Token)>) -> Result<()> {
        let unknown: Vec<(Text, Token)> = {
            let known = locked(&self.having);
            tokens
                .into_iter()
                .filter(|token| !known.contains_key(token))
                .collect()
        };
        let queries: Vec<Value> = unknown.iter().map(|(text, token)| term(*text, token)).collect();
        let counts = self.asker.counts(&queries)?;
        locked(&self.having).extend(unknown.into_iter().zip(counts));
        Ok(())
    }

    /// Finds the accentuations of folded words in title or body, those that aren't known.
    fn find_forms(&self, wanted: Vec<(Text, String)>) -> Result<()> {
        let mut open: Vec<((Text, String), BTreeSet<String>)> = {
            let known = locked(&self.forms);
            let unknown = wanted.into_iter().filter(|wanted| !known.contains_key(wanted));
            unknown.map(|wanted| (wanted, BTreeSet::new())).collect()
        };
        let mut found: Vec<((Text, String), BTreeSet<String>)> = Vec::new();
        for _ in 0..ROUNDS {
            if open.is_empty() {
                break;
            }
            let bodies: Vec<Value> = open
                .iter()
                .map(|((text, fold), forms)| other_forms(*text, fold, forms))
                .collect();
            let answers = self.asker.searches(&bodies)?;
            let mut still = Vec::new();
            for ((wanted, mut forms), answer) in open.into_iter().zip(answers) {
                let before = forms.len();
                self.read_forms(&wanted, &answer, &mut forms);
                match forms.len() > before {
                    true => still.push((wanted, forms)),
                    false => found.push((wanted, forms)),
                }
            }
            open = still;
        }
        found.append(&mut open);
        let forms = found
            .iter()
            .flat_map(|((text, _), forms)| forms.iter().map(|form| (*text, Token::Form(form.clone()))));
        self.count(forms.collect())?;
        for (wanted, forms) in found {
            let counted = forms.into_iter().map(|form| {
                let articles = self.having(wanted.0, &Token::Form(form.clone()))?;
                Ok((form, articles))
            });
            let counted: Vec<(String, u64)> = counted.collect::<Result<_>>()?;
            locked(&self.forms).insert(wanted, Arc::new(counted));
        }
        Ok(())
    }

    fn read_forms(&self, (text, fold): &(Text, String), answer: &Value, forms: &mut BTreeSet<String>) {
        self.read_words(*text, answer, &mut |word| {
            if *word.folded == **fold {
                forms.insert(word.form_term.to_string());
            }
        });
    }

    /// The words of the texts of an answer.
    fn read_words(&self, text: Text, answer: &Value, take: &mut dyn FnMut(&Word)) {
        for hit in answer["hits"]["hits"].as_array().into_iter().flatten() {
            let written = hit["_source"][source(text)].as_str().unwrap_or_default();
            self.french
                .analyze(written)
                .iter()
                .for_each(|token| take(&token.word));
        }
    }

    /// Forms that fit a pattern, of some articles: those that have such a word and none of the words known so far.
    fn some_fitting(&self, text: Text, pattern: &Pattern) -> Result<BTreeSet<String>> {
        let (mut forms, mut folds): (BTreeSet<String>, BTreeSet<String>) = Default::default();
        for _ in 0..FITTING_ROUNDS {
            let body = json!({
                "size": FITTING,
                "track_total_hits": false,
                "_source": [source(text)],
                "query": {"bool": {
                    "filter": [clause::folds_like(pattern, text)],
                    "must_not": [{"terms": {field(text, "folds"): folds}}],
                }},
            });
            let answers = self.asker.searches(std::slice::from_ref(&body))?;
            let before = folds.len();
            for answer in &answers {
                self.read_words(text, answer, &mut |word| {
                    if pattern.fits(&word.folded) {
                        folds.insert(word.folded.to_string());
                        forms.insert(word.form_term.to_string());
                    }
                });
            }
            if folds.len() == before {
                break;
            }
        }
        Ok(forms)
    }
}

/// Articles that are looked at for words that fit a pattern, and how often.
const FITTING: usize = 50;
const FITTING_ROUNDS: usize = 10;

/// The field that keeps a text.
fn source(text: Text) -> &'static str {
    match text {
        Text::Title => "title",
        Text::Body => "body",
    }
}

/// Articles that have a folded word in an accentuation that isn't known so far.
fn other_forms(text: Text, fold: &str, known: &BTreeSet<String>) -> Value {
    let (folds, words) = (field(text, "folds"), field(text, "words"));
    let query = match known.is_empty() {
        true => json!({"term": {folds: {"value": fold}}}),
        // An article may have several: what counts is a place with the word where none that is known stands.
        false => {
            let form =
                |form: &String| json!({"match": {"query": form, "analyzer": "keyword", "use_field": words}});
            let forms: Vec<Value> = known.iter().map(form).collect();
            json!({"intervals": {folds: {"match": {
                "query": fold, "analyzer": "keyword",
                "filter": {"not_contained_by": {"any_of": {"intervals": forms}}},
            }}}})
        }
    };
    json!({
        "size": LOOKED_AT,
        "track_total_hits": false,
        "_source": [source(text)],
        "query": {"bool": {"filter": [query]}},
    })
}

/// How many articles an answer is about.
pub(crate) fn total_of(answer: &Value) -> u64 {
    answer["hits"]["total"]["value"].as_u64().unwrap_or(0)
}

/// The index terms and folded words that a tree will be asked for.
fn words_of(node: &Node, terms: &mut BTreeSet<String>, folds: &mut BTreeSet<String>) {
    let mut add = |placed: &PlacedWord<'_>| match placed {
        PlacedWord::Word(word) => {
            terms.insert(word.term.clone());
            folds.insert(word.folded.clone());
        }
        PlacedWord::Joined(joined) => drop(folds.insert(joined.folded.clone())),
        PlacedWord::Pattern(_) => {}
    };
    match node {
        Node::Word(word) => add(&PlacedWord::Word(word)),
        Node::Unit(unit) => unit.sequences().iter().flatten().for_each(add),
        Node::Name(name) => name.sequences().iter().flatten().for_each(add),
        Node::Phrase(phrase) => {
            let spellings = phrase.spellings();
            spellings
                .iter()
                .flatten()
                .for_each(|placed: &Placed<'_>| add(&placed.what));
        }
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| words_of(node, terms, folds)),
        Node::Near(near) => near.operands.iter().for_each(|node| words_of(node, terms, folds)),
        Node::Not(inner) => words_of(inner, terms, folds),
        Node::Exact(_) | Node::Pattern(_) | Node::Facet(_) | Node::Date(_) | Node::Source(_) => {}
    }
}

impl Whole for Archive {
    fn articles(&self) -> Result<u64> {
        self.noting(self.numbers().map(|numbers| numbers[0]))
    }

    fn words(&self, text: Text) -> Result<u64> {
        let numbers = self.noting(self.numbers())?;
        Ok(match text {
            Text::Title => numbers[1],
            Text::Body => numbers[2],
        })
    }

    fn tokens(&self, text: Text) -> Result<u64> {
        let numbers = self.noting(self.numbers())?;
        Ok(match text {
            Text::Title => numbers[3],
            Text::Body => numbers[4],
        })
    }

    fn having(&self, text: Text, token: &Token) -> Result<u64> {
        let wanted = (text, token.clone());
        if let Some(known) = locked(&self.having).get(&wanted) {
            return Ok(*known);
        }
        self.noting(self.count(vec![wanted.clone()]))?;
        Ok(locked(&self.having).get(&wanted).copied().unwrap_or(0))
    }

    fn forms(&self, text: Text, folded: &str) -> Result<FormCounts> {
        let wanted = (text, folded.to_string());
        if let Some(known) = locked(&self.forms).get(&wanted) {
            return Ok(Arc::clone(known));
        }
        self.noting(self.find_forms(vec![wanted.clone()]))?;
        Ok(locked(&self.forms).get(&wanted).cloned().unwrap_or_default())
    }

    fn spelled(&self, text: Text, sequences: &[Vec<Place>]) -> Result<u64> {
        let key = (text, sequences.to_vec());
        if let Some(known) = locked(&self.spelled).get(&key) {
            return Ok(*known);
        }
        let any: Vec<Value> = sequences
            .iter()
            .map(|places| clause::sequence(&self.french, text, places))
            .collect();
        let counted = self.noting(self.asker.counts(&[clause::any_of(any)]))?;
        let counted = counted.first().copied().unwrap_or(0);
        locked(&self.spelled).insert(key, counted);
        Ok(counted)
    }

    fn values(&self, facet: &str) -> Result<ValueCounts> {
        if let Some(known) = locked(&self.values).get(facet) {
            return Ok(Arc::clone(known));
        }
        let body = json!({
            "size": 0,
            "track_total_hits": false,
            "aggs": {"v": {"terms": {"field": format!("facet.{facet}"), "size": MOST_VALUES}}},
        });
        let answers = self.noting(self.asker.searches(std::slice::from_ref(&body)))?;
        let counted = answers
            .first()
            .map(|answer| values_of(facet, &answer["aggregations"]["v"]));
        let counted = Arc::new(self.noting(counted.unwrap_or_else(|| Ok(BTreeMap::new())))?);
        locked(&self.values).insert(facet.to_string(), Arc::clone(&counted));
        Ok(counted)
    }

    fn owned(&self, facet: &str) -> Result<Arc<BTreeSet<String>>> {
        if let Some(known) = locked(&self.owned).get(facet) {
            return Ok(Arc::clone(known));
        }
        let values = self.values(facet)?;
        let has_below = |path: &String| {
            let below = format!("{path}/");
            let next = values.range(below.clone()..).next();
            next.is_some_and(|(other, _)| other.starts_with(&below))
        };
        let (above, mut owned): (Vec<&String>, BTreeSet<String>) = (
            values.keys().filter(|path| has_below(path)).collect(),
            values.keys().filter(|path| !has_below(path)).cloned().collect(),
        );
        let field = format!("facet.{facet}");
        let alone = |path: &&String| {
            json!({"bool": {
                "filter": [{"term": {&field: {"value": path}}}],
                "must_not": [{"prefix": {&field: {"value": format!("{path}/")}}}],
            }})
        };
        let queries: Vec<Value> = above.iter().map(alone).collect();
        let counts = self.noting(self.asker.counts(&queries))?;
        let those = above
            .into_iter()
            .zip(counts)
            .filter(|(_, articles)| *articles > 0);
        owned.extend(those.map(|(path, _)| path.clone()));
        let owned = Arc::new(owned);
        locked(&self.owned).insert(facet.to_string(), Arc::clone(&owned));
        Ok(owned)
    }

    fn undated(&self, selection: &Selection) -> Result<u64> {
        match self.counters.get() {
            Some(counters) => self.noting((counters.undated)(selection)),
            None => Ok(0),
        }
    }

    fn total(&self, wanted: &Wanted<'_>) -> Result<u64> {
        match self.counters.get() {
            Some(counters) => self.noting((counters.total)(wanted)),
            None => Ok(0),
        }
    }

    fn having_any(&self, forms: &[String]) -> Result<u64> {
        let fields = [Text::Body, Text::Title].map(|text| json!({"terms": {field(text, "words"): forms}}));
        let counted = self.noting(self.asker.counts(&[clause::any_of(fields.to_vec())]))?;
        Ok(counted.first().copied().unwrap_or(0))
    }

    fn fitting(&self, text: Text, pattern: &Pattern) -> Result<Vec<(String, u64)>> {
        let found = self.noting(self.some_fitting(text, pattern))?;
        let tokens: Vec<(Text, Token)> = found.into_iter().map(|form| (text, Token::Form(form))).collect();
        self.noting(self.count(tokens.clone()))?;
        let known = locked(&self.having);
        let counted = tokens.into_iter().map(|token| {
            let articles = known.get(&token).copied().unwrap_or(0);
            match token.1 {
                Token::Form(word) | Token::Term(word) => (word, articles),
            }
        });
        Ok(counted.collect())
    }
}

/// The buckets of a count by values, exact ones.
///
/// # Errors
/// [`Error::Unsupported`] for more values than one answer counts exactly.
pub(crate) fn values_of(facet: &str, counted: &Value) -> Result<BTreeMap<String, u64>> {
    let is_exact = counted["sum_other_doc_count"].as_u64() == Some(0)
        && counted["doc_count_error_upper_bound"].as_u64() == Some(0);
    if !is_exact {
        return Err(Error::Unsupported(format!(
            "{facet}: a cluster counts at most {MOST_VALUES} values of a facet exactly, and there are more"
        )));
    }
    let buckets = counted["buckets"].as_array().into_iter().flatten();
    let mut values = BTreeMap::new();
    for bucket in buckets {
        if let (Some(value), Some(count)) = (bucket["key"].as_str(), bucket["doc_count"].as_u64()) {
            values.insert(value.to_string(), count);
        }
    }
    Ok(values)
}
