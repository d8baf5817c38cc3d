//! The terms of the fields that hold a value as it is: names, facet paths, numbers.

use crate::french::Interner;
use std::io;
use tantivy::TantivyDocument;
use tantivy::postings::FieldSerializer;
use tantivy::schema::{Field, FieldType, Schema, Value};

/// Terms of a field, each with its documents.
pub struct Values {
    pub field: Field,
    terms: Terms,
    /// Tokens, as tantivy counts them.
    pub total: u64,
}

enum Terms {
    Texts(Texts),
    Facets(Texts),
    /// Value and document. The order of the values is that of their bytes in the dictionary.
    Numbers(Vec<(u64, u32)>),
}

/// Texts by number, and which documents have them.
#[derive(Default)]
struct Texts {
    terms: Interner,
    /// The last document that has a term, plus one.
    last: Vec<u32>,
    /// Term and document, in the order of the documents.
    postings: Vec<(u32, u32)>,
}

impl Texts {
    fn add(&mut self, text: &str, doc: u32) {
        let (term, is_new) = self.terms.intern(text);
        if is_new {
            self.last.push(0);
        }
        let last = &mut self.last[term as usize];
        if *last != doc + 1 {
            *last = doc + 1;
            self.postings.push((term, doc));
        }
    }

    /// Adds a path and all that it lies in, the root first: what tantivy's `FacetTokenizer` emits. Gives their
    /// number.
    fn add_facet(&mut self, path: &str, doc: u32) -> u64 {
        self.add("", doc);
        if path.is_empty() {
            return 1;
        }
        let ends = path.match_indices('\0').map(|(at, _)| at);
        let mut count = 1;
        for end in ends.chain([path.len()]) {
            self.add(&path[..end], doc);
            count += 1;
        }
        count
    }

    fn memory(&self) -> usize {
        self.terms.memory() + 4 * self.last.capacity() + 8 * self.postings.capacity()
    }

    fn write(mut self, serializer: &mut FieldSerializer<'_>) -> io::Result<()> {
        // Sorting keeps the documents of a term in their order.
        self.postings.sort_by_key(|(term, _)| *term);
        let mut groups: Vec<&[(u32, u32)]> = self.postings.chunk_by(|a, b| a.0 == b.0).collect();
        groups.sort_unstable_by(|a, b| self.terms.get(a[0].0).cmp(self.terms.get(b[0].0)));
        for group in groups {
            write_term(serializer, self.terms.get(group[0].0).as_bytes(), group)?;
        }
        Ok(())
    }
}

fn write_term<T>(serializer: &mut FieldSerializer<'_>, term: &[u8], postings: &[(T, u32)]) -> io::Result<()> {
    serializer.new_term(term, 0, false)?;
    let mut last = None;
    for (_, doc) in postings {
        if last.replace(*doc) != Some(*doc) {
            serializer.write_doc(*doc, 0, &[]);
        }
    }
    serializer.close_term()
}

impl Values {
    /// For a field that is indexed and isn't analysed; none for any other.
    pub fn of(schema: &Schema, field: Field) -> Option<Self> {
        let entry = schema.get_field_entry(field);
        let terms = match entry.field_type() {
            _ if !entry.is_indexed() => return None,
            FieldType::Str(options) if options.get_indexing_options()?.tokenizer() == "raw" => {
                Terms::Texts(Texts::default())
            }
            FieldType::Facet(_) => Terms::Facets(Texts::default()),
            FieldType::U64(_) | FieldType::I64(_) => Terms::Numbers(Vec::new()),
            _ => return None,
        };
        Some(Self {
            field,
            terms,
            total: 0,
        })
    }

    /// Bytes that it takes.
    pub fn memory(&self) -> usize {
        match &self.terms {
            Terms::Texts(texts) | Terms::Facets(texts) => texts.memory(),
            Terms::Numbers(numbers) => 16 * numbers.capacity(),
        }
    }

    /// Adds the values that a document has; gives their number.
    pub fn add(&mut self, document: &TantivyDocument, doc: u32) -> u32 {
        let mut count = 0;
        for value in document.get_all(self.field) {
            count += 1;
            match &mut self.terms {
                Terms::Texts(texts) => {
                    texts.add(value.as_str().unwrap_or_default(), doc);
                    self.total += 1;
                }
                Terms::Facets(texts) => {
                    self.total += texts.add_facet(value.as_facet().unwrap_or_default(), doc)
                }
                Terms::Numbers(numbers) => {
                    let signed = value.as_i64().map(tantivy::i64_to_u64);
                    let number = value.as_u64().or(signed).unwrap_or_default();
                    numbers.push((number, doc));
                    self.total += 1;
                }
            }
        }
        count
    }

    /// Writes the postings, the terms in the order of their bytes.
    ///
    /// # Errors
    /// Those of writing.
    pub fn write(self, serializer: &mut FieldSerializer<'_>) -> io::Result<()> {
        match self.terms {
            Terms::Texts(texts) | Terms::Facets(texts) => texts.write(serializer),
            Terms::Numbers(mut numbers) => {
                numbers.sort_unstable();
                for group in numbers.chunk_by(|a, b| a.0 == b.0) {
                    write_term(serializer, &group[0].0.to_be_bytes(), group)?;
                }
                Ok(())
            }
        }
    }
}
