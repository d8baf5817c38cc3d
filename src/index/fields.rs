//! The tantivy schema: which fields there are and how text reaches them.
//!
//! | field | holds | why |
//! |---|---|---|
//! | `id` | the article's claimed id, raw | `griot show`, collisions |
//! | `file` | key of the file it came from, on articles and on source documents | updates delete by it |
//! | `kind` | `a` article, `c` another place of one, `s` source document | counts and "everything" mean articles |
//! | `title_text`, `body_text` | the text, stored | snippets, rebuilding |
//! | `title`, `body` | index terms with positions, see [`super::encoded_tokens`] | search |
//! | `title_forms`, `body_forms` | `fold SOH form` with the same positions, joined spellings | exact, prefix, fuzzy |
//! | `source` | folded name of the medium | `source:` |
//! | `date_from`, `date_to` | first and last day that the publication date, or without one the months, may mean; days since 1970 | filters, order |
//! | `record_key` | hash of file, id and record number | an order that no merge changes; single records are deleted by it |
//! | `content` | hash of the article as it was read | unchanged records of a changed container are left alone |
//! | `content_key` | hash of all that an article says, wherever it lies | one article in several places is indexed once |
//! | `signature0` to `signature3` | a signature of the body's words | near-duplicates |
//! | one facet field a declared facet | paths | drill-down |
//! | `given` | bit n: the values of the nth facet came with the article | counts tell given from derived |
//! | `meta` | JSON: metadata as given, facet values with evidence | `show`, `export` |
//! | `src_*` | path key, size, stamp, hash, records of a source document | incremental runs |

use super::tokenizers;
use crate::facets::{FacetDeclaration, SchemaFile};
use tantivy::schema::{
    FacetOptions, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema,
    TextFieldIndexing, TextOptions,
};

/// Field handles of an index.
#[derive(Debug, Clone)]
pub struct Fields {
    pub id: Field,
    pub file: Field,
    pub kind: Field,
    pub title_text: Field,
    pub body_text: Field,
    pub title: Field,
    pub body: Field,
    pub title_forms: Field,
    pub body_forms: Field,
    pub source: Field,
    pub date_from: Field,
    pub date_to: Field,
    pub record_key: Field,
    pub content: Field,
    pub meta: Field,
    pub src_key: Field,
    pub src_size: Field,
    pub src_mtime: Field,
    pub src_hash: Field,
    pub src_records: Field,
    pub given: Field,
    pub content_key: Field,
    /// The words of a text's signature, for near-duplicates.
    pub signature: [Field; crate::french::signature::WORDS],
    /// Facet fields, in the order of the declarations.
    pub facets: Vec<(FacetDeclaration, Field)>,
}

/// Value of `kind` for articles.
pub const ARTICLE: &str = "a";
/// Value of `kind` for another place of an article; see [`super::duplicates`].
pub const COPY: &str = "c";
/// Value of `kind` for source documents.
pub const SOURCE: &str = "s";

/// Names of the fields that store title and body. Up to format 3 the fields that are searched did.
pub const TITLE_TEXT: &str = "title_text";
pub const BODY_TEXT: &str = "body_text";

/// Names of the numeric columns.
pub mod column {
    use tantivy::schema::Schema;

    /// The name that a column has in an index of any format: up to format 3, some had other names.
    #[must_use]
    pub fn in_schema(schema: &Schema, name: &'static str) -> &'static str {
        match name {
            _ if schema.get_field(name).is_ok() => name,
            RECORD_KEY => "tie",
            CONTENT_KEY => "same",
            _ => name,
        }
    }

    pub const DATE_FROM: &str = "date_from";
    pub const DATE_TO: &str = "date_to";
    pub const RECORD_KEY: &str = "record_key";
    pub const CONTENT: &str = "content";
    pub const CONTENT_KEY: &str = "content_key";
    pub const SIGNATURE: [&str; crate::french::signature::WORDS] =
        ["signature0", "signature1", "signature2", "signature3"];
    pub const SRC_KEY: &str = "src_key";
    pub const SRC_SIZE: &str = "src_size";
    pub const SRC_MTIME: &str = "src_mtime";
    pub const SRC_HASH: &str = "src_hash";
    pub const SRC_RECORDS: &str = "src_records";
    pub const GIVEN: &str = "given";
}

/// Builds the schema for the declared facets.
pub fn build(declared: &SchemaFile) -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let analysed = |tokenizer: &str| {
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
    };
    let stored = TextOptions::default().set_stored();
    let terms = TextOptions::default().set_indexing_options(analysed(tokenizers::TERMS));
    let forms = TextOptions::default().set_indexing_options(analysed(tokenizers::FORMS));
    let number = NumericOptions::default().set_fast();
    let mut fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        file: schema.add_text_field("file", STRING),
        kind: schema.add_text_field("kind", STRING),
        title_text: schema.add_text_field(TITLE_TEXT, stored.clone()),
        body_text: schema.add_text_field(BODY_TEXT, stored),
        title: schema.add_text_field("title", terms.clone()),
        body: schema.add_text_field("body", terms),
        title_forms: schema.add_text_field("title_forms", forms.clone()),
        body_forms: schema.add_text_field("body_forms", forms),
        source: schema.add_text_field("source", STRING),
        date_from: schema.add_i64_field(column::DATE_FROM, number.clone() | INDEXED),
        date_to: schema.add_i64_field(column::DATE_TO, number.clone() | INDEXED),
        record_key: schema.add_u64_field(column::RECORD_KEY, number.clone() | INDEXED),
        content: schema.add_u64_field(column::CONTENT, number.clone()),
        meta: schema.add_text_field("meta", STORED),
        src_key: schema.add_text_field(column::SRC_KEY, STRING.set_fast("raw")),
        src_size: schema.add_u64_field(column::SRC_SIZE, number.clone()),
        src_mtime: schema.add_i64_field(column::SRC_MTIME, number.clone()),
        src_hash: schema.add_u64_field(column::SRC_HASH, number.clone()),
        src_records: schema.add_u64_field(column::SRC_RECORDS, number.clone()),
        given: schema.add_u64_field(column::GIVEN, number),
        content_key: Field::from_field_id(0),
        signature: [Field::from_field_id(0); crate::french::signature::WORDS],
        facets: declared
            .facets
            .iter()
            .map(|f| {
                (
                    f.clone(),
                    schema.add_facet_field(&f.name, FacetOptions::default()),
                )
            })
            .collect(),
    };
    // After the facets, so that an index that was made before still has its fields where they were.
    fields.signature =
        column::SIGNATURE.map(|name| schema.add_u64_field(name, NumericOptions::default().set_fast()));
    fields.content_key = schema.add_u64_field(
        column::CONTENT_KEY,
        NumericOptions::default().set_fast() | INDEXED,
    );
    (schema.build(), fields)
}

impl Fields {
    /// The bit of a facet in the column `given`; facets beyond the sixty-fourth have none.
    pub fn given_bit(&self, facet: &str) -> u64 {
        let at = self
            .facets
            .iter()
            .position(|(f, _)| f.name == facet)
            .and_then(|at| u32::try_from(at).ok());
        at.and_then(|at| 1_u64.checked_shl(at)).unwrap_or(0)
    }

    /// The facet field of that name or alias, in any case and with or without accents.
    pub fn facet(&self, name: &str) -> Option<&(FacetDeclaration, Field)> {
        let exactly = self.facets.iter().find(|(f, _)| f.names().any(|own| own == name));
        exactly.or_else(|| self.facets.iter().find(|(f, _)| f.is_called(name)))
    }
}
