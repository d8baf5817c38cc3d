//! A stock tantivy index of articles: what a reader of tantivy's documentation would write for French.

use anyhow::{Context, Result};
use griot::schema::Lexicons;
use rust_stemmers::{Algorithm, Stemmer};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{
    Facet, FacetOptions, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
    Value as _,
};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::tokenizer::{
    AsciiFoldingFilter, LowerCaser, SimpleTokenizer, StopWordFilter, TextAnalyzer, Token, TokenFilter,
    TokenStream, Tokenizer,
};
use tantivy::{Index, IndexSettings, IndexWriter, Searcher, TantivyDocument};

/// What tantivy's writer may use.
const MEMORY: usize = 256 << 20;
const FACETS: [&str; 2] = ["region", "actor"];

/// An article.
pub struct Doc {
    pub id: String,
    pub title: String,
    pub text: String,
    pub facets: [Vec<String>; 2],
}

/// Reads articles, an object a line.
pub fn each(docs: &Path, mut take: impl FnMut(Doc) -> Result<()>) -> Result<()> {
    let file = File::open(docs).with_context(|| docs.display().to_string())?;
    for (number, line) in BufReader::with_capacity(1 << 20, file).lines().enumerate() {
        let value: Value = serde_json::from_str(&line?).with_context(|| format!("line {}", number + 1))?;
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_string();
        let values = |key: &str| {
            let values = value[key].as_array().map_or(&[][..], Vec::as_slice);
            values
                .iter()
                .filter_map(|value| value.as_str().map(String::from))
                .collect()
        };
        take(Doc {
            id: text("id"),
            title: text("title"),
            text: text("text"),
            facets: FACETS.map(values),
        })?;
    }
    Ok(())
}

/// Builds an index in `dir`, which is made.
pub fn build(docs: &Path, dir: &Path) -> Result<()> {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("french")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let id = schema.add_text_field("id", STRING | STORED);
    let text = schema.add_text_field(
        "text",
        TextOptions::default().set_indexing_options(indexing).set_stored(),
    );
    let facets = FACETS.map(|name| schema.add_facet_field(name, FacetOptions::default()));
    std::fs::create_dir_all(dir)?;
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor {
            compression_level: Some(3),
        }),
        ..IndexSettings::default()
    };
    let index = Index::builder()
        .schema(schema.build())
        .settings(settings)
        .create_in_dir(dir)?;
    index.tokenizers().register("french", analyzer()?);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
    each(docs, |doc| {
        let mut document = TantivyDocument::default();
        document.add_text(id, &doc.id);
        document.add_text(text, format!("{}\n{}", doc.title, doc.text));
        for (field, values) in facets.iter().zip(&doc.facets) {
            values
                .iter()
                .for_each(|value| document.add_facet(*field, Facet::from_path([value])));
        }
        writer.add_document(document)?;
        Ok(())
    })?;
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// An index that [`build`] made, to be searched.
pub struct Stock {
    searcher: Searcher,
    parser: QueryParser,
    id: Field,
}

impl Stock {
    /// Opens the index of a folder.
    pub fn open(dir: &Path) -> Result<Self> {
        let index = Index::open_in_dir(dir)?;
        index.tokenizers().register("french", analyzer()?);
        let (id, text) = (index.schema().get_field("id")?, index.schema().get_field("text")?);
        Ok(Self {
            searcher: index.reader()?.searcher(),
            parser: QueryParser::for_index(&index, vec![text]),
            id,
        })
    }

    /// The ids of the best with any of the words, as tantivy's own query parser reads them.
    pub fn any(&self, query: &str, limit: usize) -> Result<Vec<String>> {
        let (query, _) = self.parser.parse_query_lenient(query);
        let top = self
            .searcher
            .search(&query, &TopDocs::with_limit(limit).order_by_score())?;
        let id = |(_, address)| -> Result<String> {
            let document: TantivyDocument = self.searcher.doc(address)?;
            let id = document.get_first(self.id).and_then(|value| value.as_str());
            Ok(id.unwrap_or_default().to_string())
        };
        top.into_iter().map(id).collect()
    }
}

fn analyzer() -> Result<TextAnalyzer> {
    let lexicons = Lexicons::embedded();
    let stopwords = lexicons.text("stopwords.txt")?;
    let stopwords = stopwords
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(StopWordFilter::remove(stopwords.map(String::from)))
        .filter(Stems(Arc::new(Stemmer::create(Algorithm::French))))
        .filter(AsciiFoldingFilter)
        .build())
}

/// tantivy's own filter of stems needs a feature with which all of tantivy would be built a second time.
#[derive(Clone)]
struct Stems(Arc<Stemmer>);

#[derive(Clone)]
struct Stemmed<T> {
    inner: T,
    stemmer: Arc<Stemmer>,
}

struct StemStream<'a, T> {
    inner: T,
    stemmer: &'a Stemmer,
}

impl TokenFilter for Stems {
    type Tokenizer<T: Tokenizer> = Stemmed<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> Stemmed<T> {
        Stemmed {
            inner,
            stemmer: self.0,
        }
    }
}

impl<T: Tokenizer> Tokenizer for Stemmed<T> {
    type TokenStream<'a> = StemStream<'a, T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        StemStream {
            inner: self.inner.token_stream(text),
            stemmer: &self.stemmer,
        }
    }
}

impl<T: TokenStream> TokenStream for StemStream<'_, T> {
    fn advance(&mut self) -> bool {
        if !self.inner.advance() {
            return false;
        }
        let token = self.inner.token_mut();
        let stem = self.stemmer.stem(&token.text).into_owned();
        token.text = stem;
        true
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stock_chain_stems_and_folds() {
        let mut chain = analyzer().expect("sound");
        let mut stream = chain.token_stream("Les attaques de l'armée malienne à Gao");
        let mut tokens = Vec::new();
        stream.process(&mut |token| tokens.push(token.text.clone()));
        assert!(
            tokens.contains(&"attaqu".to_string()) && tokens.contains(&"gao".into()),
            "{tokens:?}"
        );
    }
}
