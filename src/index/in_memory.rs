//! An index in memory of some articles, searched as any other: an engine on a network brings them here, and what
//! marks, explains and scores them is the code that answers from an index on this machine.

use super::document::{self, Derived, Stored};
use super::encoded_tokens::IndexedWords;
use super::fields::{self, Fields};
use super::layout::IndexDir;
use super::origin::{Origin, RecordNumber};
use super::payload::Payload;
use super::reader::{Known, Reader};
use super::{content, tokenizers};
use crate::error::Result;
use crate::french::{French, head, signature::signature};
use crate::schema::Lexicons;
use rustc_hash::FxHashMap;
use std::path::PathBuf;
use std::sync::Arc;
use tantivy::directory::RamDirectory;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, ReloadPolicy, TantivyDocument};

/// Bytes that the words of the articles take before they are written: some hundred articles stay below.
const MEMORY: usize = 30 << 20;

/// An article from elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Brought {
    pub article: Stored,
    /// The id that it is shown under.
    pub shown: String,
    /// Its other places: file, number of the record there, and id.
    pub also: Vec<(String, RecordNumber, String)>,
}

impl Reader {
    /// An index without articles, read by the binary's own lexicons. `index_dir` is where what belongs to it lies on
    /// this machine.
    ///
    /// # Errors
    /// What broken lexicons give.
    pub fn in_memory(index_dir: IndexDir, payload: Payload) -> Result<Self> {
        let lexicons = Lexicons::embedded();
        let schema = lexicons.schema()?;
        let (tantivy_schema, fields) = fields::build(&schema);
        let french = Arc::new(lexicons.french()?);
        let index = Index::create_in_ram(tantivy_schema);
        tokenizers::register(index.tokenizers(), &french);
        Ok(Self {
            reader: opened(&index)?,
            index_dir,
            generation: PathBuf::new(),
            index,
            fields,
            schema,
            french,
            function_words: lexicons.function_words()?,
            payload,
            lexicons,
            known: Arc::new(Known::default()),
            shown: FxHashMap::default(),
            _held: None,
        })
    }

    /// An index of these articles alone, read as this one is.
    ///
    /// # Errors
    /// What tantivy gives.
    pub fn with_articles(&self, articles: Vec<Brought>) -> Result<Self> {
        let tokenizers = TokenizerManager::default();
        tokenizers::register(&tokenizers, &self.french);
        let builder = Index::builder()
            .schema(fields::build(&self.schema).0)
            .tokenizers(tokenizers);
        let mut shown = FxHashMap::default();
        // A segment without any document is nothing that a query expects.
        let index = if articles.is_empty() {
            builder.create_in_ram()?
        } else {
            let mut writer = builder.single_segment_index_writer(RamDirectory::create(), MEMORY)?;
            for brought in articles {
                shown.insert(brought.article.origin().key(), brought.shown.clone());
                for doc in documents(&self.fields, &self.french, brought)? {
                    writer.add_document(doc)?;
                }
            }
            writer.finalize()?
        };
        Ok(Self {
            reader: opened(&index)?,
            index_dir: self.index_dir.clone(),
            generation: PathBuf::new(),
            index,
            fields: self.fields.clone(),
            schema: self.schema.clone(),
            french: Arc::clone(&self.french),
            function_words: self.function_words.clone(),
            payload: self.payload.clone(),
            lexicons: self.lexicons.clone(),
            known: Arc::clone(&self.known),
            shown,
            _held: None,
        })
    }
}

fn opened(index: &Index) -> Result<tantivy::IndexReader> {
    Ok(index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()?)
}

/// The document of an article, and one for each of its other places.
fn documents(fields: &Fields, french: &French, brought: Brought) -> Result<Vec<TantivyDocument>> {
    let Brought {
        article: stored,
        also,
        ..
    } = brought;
    let meta = stored.meta.clone();
    let (mut article, origin) = stored.into_article();
    let (content, content_key) = content::hashes(&article, &origin)?;
    article.date = meta.date;
    let words = [&article.title, &article.body].map(|text| IndexedWords::of(text, None));
    let signature = french.numbered(head(&article.title), head(&article.body), |words| {
        signature(words.body())
    });
    let derived = Derived {
        content,
        content_key,
        values: meta.values,
        notes: meta.notes,
        signature,
        corrections: meta.corrections,
        read_date: meta.read_date,
    };
    let mut doc = document::article(fields, article, &origin, derived)?;
    document::add_words(&mut doc, fields, words);
    let mut documents = vec![doc];
    for (file, record, id) in also {
        let place = Origin::new(file.into(), record, &id);
        documents.push(document::copy(fields, &place, content, content_key)?);
    }
    Ok(documents)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{SyncOptions, sync};
    use crate::search::{Engine as _, LocalEngine, SearchRequest, Selection, SnippetOptions};

    #[test]
    fn articles_that_were_brought_answer_as_those_of_an_index() {
        let dir = tempfile::tempdir().expect("a folder");
        let corpus = dir.path().join("corpus");
        std::fs::create_dir_all(corpus.join("copies")).expect("a folder");
        let text = "---\ndate: 2024-03-05\nsource: RFI\nregion: Gao\n---\n# Drones à Gao\n\nDes week-ends de frappes de drones près d'Ansongo.\n";
        std::fs::write(corpus.join("a.md"), text).expect("written");
        std::fs::write(corpus.join("copies/a.md"), text).expect("written");
        std::fs::write(corpus.join("b.txt"), "Une attaque à Kidal, le 3 mars.").expect("written");
        let index_dir = IndexDir::at(dir.path().join("index"));
        let options = SyncOptions {
            paths: vec![corpus],
            ..SyncOptions::default()
        };
        sync(&index_dir, &options, &mut |_| {}).expect("indexed");
        let local = LocalEngine::open(&index_dir).expect("opened");
        let all = local.all(&Selection::default()).expect("found");
        let brought = all.into_iter().map(|address| {
            let article = local.stored(address).expect("read");
            let others = crate::index::duplicates::others(&local.searcher, &local.reader.fields, &article);
            let places = others.expect("read").into_iter();
            let also = places
                .map(|origin| (origin.file.to_string(), origin.record, origin.id()))
                .collect();
            let shown = local.shown_id(&article).expect("known");
            Brought { article, shown, also }
        });
        let payload = local.reader.payload.clone();
        let empty = Reader::in_memory(index_dir, payload).expect("made");
        let reader = empty.with_articles(brought.collect()).expect("made");
        let part = LocalEngine::new(reader);
        for query in [
            "drone week-end",
            "\"frappes de drones\"",
            "kid*",
            "region:Gao",
            "",
        ] {
            let request = SearchRequest {
                selection: Selection::of(query),
                limit: 10,
                page: 1,
                snippets: Some(SnippetOptions::default()),
                explain: true,
                ..SearchRequest::default()
            };
            let answer = |engine: &LocalEngine| {
                let mut response = engine.search(&request).expect("answered").value;
                response.took_ms = 0.0;
                serde_json::to_string(&response).expect("written")
            };
            assert_eq!(answer(&part), answer(&local), "{query}");
            assert!(answer(&part).contains("\"total\":"));
        }
    }
}
