//! What searching costs beside tantivy's own queries over the same fields, in one run and one thread.
//!
//! ```sh
//! cargo run --release -p griot-dev -- make-archive --articles 100000 --from TEXTS --to archive.jsonl --facets
//! cargo run --release -- index archive.jsonl --index INDEX
//! cargo run --release -p griot-dev -- bench search --index INDEX
//! ```
//!
//! - the top ten of three words and their count, articles read from the store on both sides: griot (reading
//!   the query included) and a BooleanQuery of title and body as TopDocs and Count take it;
//! - snippets of those ten: griot's, and tantivy's SnippetGenerator;
//! - wildcards that stand for many forms.
//!
//! Each pair of figures is taken query by query in turn; p50 of all.

use anyhow::{Context, Result};
use griot::index::{IndexDir, Reader};
use griot::query::{ParseOptions, Pattern, PatternPiece, Query};
use griot::search::{Engine as _, LocalEngine, Matcher, SearchRequest, Selection, SnippetOptions, snippet};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Term, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Searcher, TantivyDocument};

/// Queries a band.
const QUERIES: usize = 100;

/// Top ten, snippets and wildcards beside tantivy's own queries
#[derive(clap::Args)]
pub struct Args {
    /// An index of many articles
    #[arg(long, value_name = "DIR")]
    index: PathBuf,
}

pub fn run(args: &Args) -> Result<()> {
    let engine = LocalEngine::open(&IndexDir::at(&args.index))?;
    let reader = &*engine.reader;
    let articles = engine
        .search(&SearchRequest {
            limit: 0,
            ..SearchRequest::default()
        })?
        .total;
    println!(
        "{articles} articles, {} segments, p50 in ms",
        engine.searcher.segment_readers().len()
    );
    println!("{:<44} {:>8} {:>8} {:>6}", "", "griot", "tantivy", "ratio");
    for (from, to) in [(2, 6), (13, 17)] {
        let words = words_in(reader, &engine.searcher, articles, from, to)?;
        if words.len() < 3 {
            println!("no words in {from} to {to} % of the articles");
            continue;
        }
        let queries = triples(&words);
        for any in [false, true] {
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            for round in 0..3 {
                for query in &queries {
                    let request = SearchRequest {
                        selection: Selection {
                            any,
                            ..Selection::of(query.join(" "))
                        },
                        limit: 10,
                        page: 1,
                        ..SearchRequest::default()
                    };
                    let (took, _) = timed(|| engine.search(&request));
                    let boolean = boolean(reader, query, any);
                    let (theirs_took, _) = timed(|| top_ten(&engine.searcher, &boolean));
                    if round > 0 {
                        ours.push(took);
                        theirs.push(theirs_took);
                    }
                }
            }
            let how = if any { "any" } else { "all" };
            line(
                &format!("top ten, {how} of three words in {from} to {to} %"),
                &mut ours,
                &mut theirs,
            );
        }
        snippets(
            reader,
            &engine,
            &queries,
            &format!("ten snippets, words in {from} to {to} %"),
        )?;
    }
    wildcards(reader, &engine)
}

fn timed<T>(run: impl FnOnce() -> T) -> (f64, T) {
    let started = Instant::now();
    let result = black_box(run());
    (started.elapsed().as_secs_f64() * 1000.0, result)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn line(name: &str, ours: &mut [f64], theirs: &mut [f64]) {
    let (ours, theirs) = (median(ours), median(theirs));
    println!("{name:<44} {ours:>8.2} {theirs:>8.2} {:>6.2}", ours / theirs);
}

/// Words whose index term so many percent of the articles hold.
fn words_in(reader: &Reader, searcher: &Searcher, articles: u64, from: u64, to: u64) -> Result<Vec<String>> {
    let (mut words, mut seen) = (Vec::new(), BTreeSet::new());
    let segment = searcher
        .segment_readers()
        .iter()
        .max_by_key(|s| s.num_docs())
        .context("an empty index")?;
    let inverted = segment.inverted_index(reader.fields.body_forms)?;
    let mut stream = inverted.terms().stream()?;
    while stream.advance() {
        // A word's commonest spelling is a good part of it.
        if u64::from(stream.value().doc_freq) * 400 < from * u64::from(segment.num_docs()) {
            continue;
        }
        let form = String::from_utf8_lossy(stream.key())
            .split_once('\u{1}')
            .map(|(_, form)| form.to_string())
            .unwrap_or_default();
        let word = reader.french.word(&form);
        let held = searcher.doc_freq(&Term::from_field_text(reader.fields.body, &word.term))?;
        let within = (from * articles..=to * articles).contains(&(held * 100));
        if within && !word.stop && form.chars().all(char::is_alphabetic) && seen.insert(word.term.clone()) {
            words.push(form);
        }
    }
    Ok(words)
}

/// Different words in threes, always the same.
fn triples(words: &[String]) -> Vec<[&str; 3]> {
    let mut state = 42_u64;
    let mut below = |limit: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % limit
    };
    let mut triple = || {
        let mut chosen = BTreeSet::new();
        while chosen.len() < 3 {
            chosen.insert(below(words.len()));
        }
        let mut chosen = chosen.into_iter().map(|at| words[at].as_str());
        [(); 3].map(|()| chosen.next().unwrap_or_default())
    };
    (0..QUERIES).map(|_| triple()).collect()
}

/// Each word in title or body, as griot looks for it.
fn boolean(reader: &Reader, words: &[&str; 3], any: bool) -> BooleanQuery {
    let fields = &reader.fields;
    let clauses = words.iter().map(|word| {
        let term = reader.french.word(word).term;
        let query = |field| TermQuery::new(Term::from_field_text(field, &term), IndexRecordOption::WithFreqs);
        let title = BoostQuery::new(Box::new(query(fields.title)), reader.schema.boosts.title);
        let either: Vec<(Occur, Box<dyn TantivyQuery>)> = vec![
            (Occur::Should, Box::new(query(fields.body))),
            (Occur::Should, Box::new(title)),
        ];
        let occur = if any { Occur::Should } else { Occur::Must };
        (
            occur,
            Box::new(BooleanQuery::new(either)) as Box<dyn TantivyQuery>,
        )
    });
    BooleanQuery::new(clauses.collect())
}

fn top_ten(searcher: &Searcher, query: &BooleanQuery) -> tantivy::Result<(usize, Vec<TantivyDocument>)> {
    let (top, count) = searcher.search(query, &(TopDocs::with_limit(10).order_by_score(), Count))?;
    let documents: tantivy::Result<_> = top
        .into_iter()
        .map(|(_, address)| searcher.doc(address))
        .collect();
    Ok((count, documents?))
}

fn snippets(reader: &Reader, engine: &LocalEngine, queries: &[[&str; 3]], name: &str) -> Result<()> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let options = ParseOptions {
        facets: &reader.schema.facets,
        any: true,
        ..ParseOptions::default()
    };
    for words in queries {
        let boolean = boolean(reader, words, true);
        let (_, documents) = top_ten(&engine.searcher, &boolean)?;
        let text = |document: &TantivyDocument, field| {
            document
                .get_first(field)
                .and_then(|v| v.as_str())
                .unwrap_or_default()
                .to_string()
        };
        let texts: Vec<(String, String)> = documents
            .iter()
            .map(|d| (text(d, reader.fields.title), text(d, reader.fields.body)))
            .collect();
        for round in 0..3 {
            let (took, _) = timed(|| {
                let query = Query::parse(&words.join(" "), &options, &reader.french);
                let matcher = Matcher::new(&query, &|_| 1.0);
                let both = |(title, body): &(String, String)| {
                    let in_title = matcher.marks(title, &reader.french.analyze(title), true);
                    let in_body = matcher.marks(body, &reader.french.analyze(body), false);
                    let title = snippet::whole("title", title, &in_title);
                    (
                        title,
                        snippet::fragments(
                            "body",
                            body,
                            &in_body,
                            matcher.weights(),
                            SnippetOptions::default(),
                        ),
                    )
                };
                texts.iter().map(both).collect::<Vec<_>>()
            });
            let (theirs_took, found) = timed(|| -> tantivy::Result<Vec<_>> {
                let mut generator = SnippetGenerator::create(&engine.searcher, &boolean, reader.fields.body)?;
                generator.set_max_num_chars(240);
                Ok(texts.iter().map(|(_, body)| generator.snippet(body)).collect())
            });
            found?;
            if round > 0 {
                ours.push(took);
                theirs.push(theirs_took);
            }
        }
    }
    line(name, &mut ours, &mut theirs);
    Ok(())
}

/// Patterns as they are typed, and what they mean.
fn patterns() -> [(&'static str, Pattern); 7] {
    use PatternPiece::{Many, One, Text};
    let text = |t: &str| Text(t.to_string());
    [
        ("re*", Pattern::Prefix("re".into())),
        ("co*", Pattern::Prefix("co".into())),
        ("*er*", Pattern::Wildcard(vec![Many, text("er"), Many])),
        ("*ent", Pattern::Wildcard(vec![Many, text("ent")])),
        ("c*e?", Pattern::Wildcard(vec![text("c"), Many, text("e"), One])),
        (
            "gouvernemant~2",
            Pattern::Fuzzy {
                folded: "gouvernemant".into(),
                distance: 2,
            },
        ),
        (
            "porte~2",
            Pattern::Fuzzy {
                folded: "porte".into(),
                distance: 2,
            },
        ),
    ]
}

/// The forms of all articles.
fn forms(reader: &Reader, engine: &LocalEngine) -> Result<BTreeSet<String>> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for field in [reader.fields.body_forms, reader.fields.title_forms] {
        for segment in engine.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let mut stream = inverted.terms().stream()?;
            while stream.advance() {
                known.insert(String::from_utf8_lossy(stream.key()).into_owned());
            }
        }
    }
    Ok(known)
}

fn wildcards(reader: &Reader, engine: &LocalEngine) -> Result<()> {
    let known = forms(reader, engine)?;
    println!(
        "{:<44} {:>8}",
        format!("patterns over {} forms, top ten and count", known.len()),
        "griot"
    );
    for (typed, pattern) in patterns() {
        let forms = known
            .iter()
            .filter(|form| pattern.fits(form.split('\u{1}').next().unwrap_or_default()))
            .count();
        let request = SearchRequest {
            selection: Selection::of(typed),
            limit: 10,
            page: 1,
            ..SearchRequest::default()
        };
        let mut took = Vec::new();
        let mut total = 0;
        for _ in 0..9 {
            let (ms, found) = timed(|| engine.search(&request));
            total = found?.total;
            took.push(ms);
        }
        println!(
            "{:<44} {:>8.2}",
            format!("{typed}, {forms} forms, {total} articles"),
            median(&mut took)
        );
    }
    Ok(())
}
