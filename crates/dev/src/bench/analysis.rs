//! What analysing costs, in one run: tantivy's stock French chain, griot's analysis, and deriving all facets.
//!
//! The stock chain is SimpleTokenizer, LowerCaser, Stemmer(French), AsciiFoldingFilter. griot builds tantivy
//! without its stemmer, so the filter stands here as tantivy 0.26 had it, over the same rust-stemmers that
//! griot uses.

use anyhow::Result;
use griot::corpus::{self, Reading, Walked};
use griot::facets::{Document, Facets};
use griot::french::French;
use griot::schema::Lexicons;
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;
use tantivy::tokenizer::{
    AsciiFoldingFilter, LowerCaser, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer,
};

/// Bytes of text read at most.
const ENOUGH: usize = 30 << 20;

/// Analysis beside tantivy's stock French chain, and the derivation of facets
#[derive(clap::Args)]
pub struct Args {
    /// Articles: a folder or a file
    path: PathBuf,
}

pub fn run(args: &Args) -> Result<()> {
    let texts = texts(&args.path)?;
    let bytes: usize = texts.iter().map(String::len).sum();
    let lexicons = Lexicons::embedded();
    let french = lexicons.french()?;
    let facets = Facets::new(&lexicons, &french)?;
    let mut stock = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(StockStemmer)
        .filter(AsciiFoldingFilter)
        .build();
    let mut tokens = Vec::new();
    let (mut best_stock, mut best_griot, mut best_facets) = (f64::MAX, f64::MAX, f64::MAX);
    let (mut stock_count, mut griot_count, mut values) = (0u64, 0u64, 0u64);
    // The best of five rounds, each of all three: the first warms the caches.
    for _ in 0..5 {
        let started = Instant::now();
        stock_count = 0;
        for text in &texts {
            let mut stream = stock.token_stream(text);
            while stream.advance() {
                stock_count += 1;
            }
        }
        best_stock = best_stock.min(started.elapsed().as_secs_f64());
        let started = Instant::now();
        griot_count = 0;
        for text in &texts {
            french.analyze_into(text, &mut tokens);
            griot_count += tokens.iter().filter(|t| t.is_part()).count() as u64;
        }
        best_griot = best_griot.min(started.elapsed().as_secs_f64());
        let deriving;
        (values, deriving) = derive(&texts, &french, &facets);
        best_facets = best_facets.min(deriving);
    }
    let each = |seconds: f64, count: u64| seconds * 1e9 / count as f64;
    eprintln!(
        "{} texts, {:.1} MB; {stock_count} stock tokens, {griot_count} griot words, {values} facet values",
        texts.len(),
        bytes as f64 / 1e6
    );
    eprintln!("stock chain    {:7.1} ns a token", each(best_stock, stock_count));
    eprintln!(
        "griot analysis {:7.1} ns a word, {:.2} of the stock chain",
        each(best_griot, griot_count),
        each(best_griot, griot_count) / each(best_stock, stock_count)
    );
    eprintln!(
        "griot facets   {:7.1} ns a word, {:.2} of the analysis",
        each(best_facets, griot_count),
        best_facets / best_griot
    );
    Ok(())
}

/// How many values the facets of all texts have, and the seconds that deriving them takes.
fn derive(texts: &[String], french: &French, facets: &Facets) -> (u64, f64) {
    let (mut values, mut deriving) = (0, 0.0);
    for text in texts {
        french.numbered("", text, |words| {
            let document = Document {
                title: "",
                body: text,
                words,
                published: None,
                url: None,
                file_name: None,
            };
            let started = Instant::now();
            values += facets.derive(&document, &BTreeSet::new()).values.len() as u64;
            deriving += started.elapsed().as_secs_f64();
        });
    }
    (values, deriving)
}

fn texts(path: &std::path::Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    let mut size = 0;
    let mut add = |reading: Reading| {
        if let Reading::Article { article, .. } = reading {
            size += article.body.len();
            texts.push(article.body);
        }
        if size < ENOUGH {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    };
    for walked in corpus::walk(path) {
        if let Walked::File(found) = walked {
            corpus::read_file(&found.path, &corpus::Options::default(), &mut add)?;
        }
    }
    Ok(texts)
}

/// tantivy 0.26's `Stemmer` filter for French.
#[derive(Clone)]
struct StockStemmer;

#[derive(Clone)]
struct StockStemmerTokenizer<T>(T);

struct StockStemmerStream<T> {
    tail: T,
    stemmer: Stemmer,
    buffer: String,
}

impl TokenFilter for StockStemmer {
    type Tokenizer<T: Tokenizer> = StockStemmerTokenizer<T>;
    fn transform<T: Tokenizer>(self, tokenizer: T) -> StockStemmerTokenizer<T> {
        StockStemmerTokenizer(tokenizer)
    }
}

impl<T: Tokenizer> Tokenizer for StockStemmerTokenizer<T> {
    type TokenStream<'a> = StockStemmerStream<T::TokenStream<'a>>;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        StockStemmerStream {
            tail: self.0.token_stream(text),
            stemmer: Stemmer::create(Algorithm::French),
            buffer: String::new(),
        }
    }
}

impl<T: TokenStream> TokenStream for StockStemmerStream<T> {
    fn advance(&mut self) -> bool {
        if !self.tail.advance() {
            return false;
        }
        let token = self.tail.token_mut();
        match self.stemmer.stem(&token.text) {
            std::borrow::Cow::Owned(stem) => token.text = stem,
            std::borrow::Cow::Borrowed(stem) => {
                self.buffer.clear();
                self.buffer.push_str(stem);
                std::mem::swap(&mut token.text, &mut self.buffer);
            }
        }
        true
    }
    fn token(&self) -> &Token {
        self.tail.token()
    }
    fn token_mut(&mut self) -> &mut Token {
        self.tail.token_mut()
    }
}
