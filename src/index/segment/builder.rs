//! A segment on its way: documents are stored as they come, everything else is written when it ends.

use super::values::Values;
use super::words::{Scratch, TermKind, TextPart, Words};
use crate::error::Result;
use crate::french::{NumberedArticle, WordTable};
use crate::index::fields::Fields;
use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::SegmentComponent;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::{Field, Schema};
use tantivy::store::StoreWriter;
use tantivy::{Index, Segment, SegmentMeta, TantivyDocument};

/// Bytes a document of what isn't counted by anything else: norms, columns that are sorted at the end.
const PER_DOCUMENT: usize = 64;

/// What a field's postings are made from.
enum Contents {
    Words(TextPart, TermKind),
    Values(Values),
}

/// A segment on its way.
pub struct SegmentBuilder {
    segment: Segment,
    schema: Schema,
    texts: [(Field, TextPart, TermKind); 4],
    words: Words,
    values: Vec<Values>,
    norms: FieldNormsWriter,
    columns: FastFieldsWriter,
    store: StoreWriter,
    docs: u32,
}

impl SegmentBuilder {
    /// Begins a segment: its files are made, and listed as the index's.
    ///
    /// # Errors
    /// Those of writing.
    pub fn new(index: &Index, fields: &Fields) -> Result<Self> {
        let (segment, settings) = (index.new_segment(), index.settings());
        let schema = index.schema();
        let store = StoreWriter::new(
            segment
                .open_write(SegmentComponent::Store)
                .map_err(tantivy::TantivyError::from)?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            false,
        )
        .map_err(tantivy::TantivyError::from)?;
        Ok(Self {
            texts: [
                (fields.title, TextPart::Title, TermKind::Stem),
                (fields.body, TextPart::Body, TermKind::Stem),
                (fields.title_forms, TextPart::Title, TermKind::Form),
                (fields.body_forms, TextPart::Body, TermKind::Form),
            ],
            words: Words::default(),
            values: schema
                .fields()
                .filter_map(|(field, _)| Values::of(&schema, field))
                .collect(),
            norms: FieldNormsWriter::for_schema(&schema),
            columns: FastFieldsWriter::from_schema_and_tokenizer_manager(
                &schema,
                index.fast_field_tokenizer().clone(),
            )?,
            store,
            docs: 0,
            schema,
            segment,
        })
    }

    /// Bytes that it takes, and that ending it will.
    pub fn memory(&self) -> usize {
        let values: usize = self.values.iter().map(Values::memory).sum();
        self.words.memory()
            + values
            + self.columns.mem_usage()
            + self.store.mem_usage()
            + PER_DOCUMENT * self.docs as usize
    }

    /// How many tokens it holds.
    pub fn tokens(&self) -> usize {
        self.words.tokens()
    }

    /// Adds a document, which has no values of the fields of words, and its words.
    ///
    /// # Errors
    /// Those of writing.
    pub fn add(&mut self, document: &TantivyDocument, words: Option<NumberedArticle<'_>>) -> Result<()> {
        let doc = self.docs;
        self.docs += 1;
        self.columns.add_document(document)?;
        self.store
            .store(document, &self.schema)
            .map_err(tantivy::TantivyError::from)?;
        for values in &mut self.values {
            let count = values.add(document, doc);
            if count > 0 {
                self.norms.record(doc, values.field, count);
            }
        }
        let (title, body) = words.map_or((&[][..], &[][..]), |words| (words.title, words.body));
        let lengths = self.words.add(title, body);
        if words.is_some() {
            for (field, part, kind) in self.texts {
                self.norms
                    .record(doc, field, lengths[part as usize][kind as usize]);
            }
        }
        Ok(())
    }

    /// Writes the segment. The words must be those of the table still.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(self, table: &WordTable, scratch: &mut Scratch) -> Result<SegmentMeta> {
        Ok(self.write(table, scratch)?)
    }

    fn write(self, table: &WordTable, scratch: &mut Scratch) -> tantivy::Result<SegmentMeta> {
        let Self {
            segment,
            texts,
            words,
            values,
            mut norms,
            mut columns,
            store,
            docs,
            ..
        } = self;
        store.close()?;
        let mut file = segment.open_write(SegmentComponent::FastFields)?;
        columns.serialize(&mut file, None)?;
        file.terminate()?;
        norms.fill_up_to_max_doc(docs);
        let file = segment.open_write(SegmentComponent::FieldNorms)?;
        norms.serialize(FieldNormsSerializer::from_write(file)?, None)?;

        let norms = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let mut index = InvertedIndexSerializer::open(&segment)?;
        // In the order of the schema, as tantivy has them.
        let values = values
            .into_iter()
            .map(|values| (values.field, Contents::Values(values)));
        let texts = texts.map(|(field, part, kind)| (field, Contents::Words(part, kind)));
        let mut fields: Vec<(Field, Contents)> = values.chain(texts).collect();
        fields.sort_by_key(|(field, _)| field.field_id());
        for (field, contents) in fields {
            let total = match &contents {
                Contents::Words(part, kind) => words.totals[*part as usize][*kind as usize],
                Contents::Values(values) => values.total,
            };
            let mut serializer = index.new_field(field, total, norms.get_field(field)?)?;
            match contents {
                Contents::Words(part, kind) => words.write(part, kind, table, scratch, &mut serializer)?,
                Contents::Values(values) => values.write(&mut serializer)?,
            }
            serializer.close()?;
        }
        index.close()?;
        Ok(segment.with_max_doc(docs).meta().clone())
    }
}
