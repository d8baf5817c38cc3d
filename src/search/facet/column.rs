//! A facet's ordinals of many documents at once. Asking a column document by document costs three calls
//! through a trait object each; asked for a block it unpacks runs of bits, which is most of what makes
//! counting fast.

use tantivy::DocId;
use tantivy::columnar::column_index::MultiValueIndex;
use tantivy::columnar::{Column, ColumnIndex, ColumnValues};

/// Rows that lie within so many times their number are unpacked as one run, and those wanted are picked from
/// it: a value of a run costs about a quarter of one asked for by itself.
const SPREAD: usize = 4;

/// The values of a block of documents; its buffers are used again from block to block.
#[derive(Default)]
pub(crate) struct BlockValues {
    /// The documents of the block that have a value, ascending.
    pub docs: Vec<DocId>,
    /// Where the values of each of them begin in `ords`, and end; what lies between is of no document asked
    /// for. Empty where each has just one value, in order.
    pub starts: Vec<u32>,
    pub ends: Vec<u32>,
    /// Ordinals of the segment's dictionary, of a document in ascending order.
    pub ords: Vec<u64>,
    rows: Vec<u32>,
    run: Vec<u64>,
    row_starts: Vec<u32>,
    docs_of_rows: Vec<u32>,
}

impl BlockValues {
    /// Reads the values of `docs`, which ascend.
    pub fn load(&mut self, column: &Column<u64>, docs: &[DocId]) {
        self.docs.clear();
        self.starts.clear();
        self.ends.clear();
        self.ords.clear();
        self.rows.clear();
        match &column.index {
            ColumnIndex::Empty { .. } => {}
            ColumnIndex::Full => {
                self.docs.extend_from_slice(docs);
                pick(&*column.values, docs, &mut self.run, &mut self.ords);
            }
            ColumnIndex::Optional(index) => {
                index.rank_if_exists_batch(docs, &mut self.docs, &mut self.rows);
                pick(&*column.values, &self.rows, &mut self.run, &mut self.ords);
            }
            ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(index)) => {
                index
                    .optional_index
                    .rank_if_exists_batch(docs, &mut self.docs, &mut self.rows);
                self.load_several(column, &*index.start_index_column);
            }
            // The form of older versions of tantivy.
            index @ ColumnIndex::Multivalued(_) => {
                self.docs_of_rows.clear();
                index.docids_to_rowids(docs, &mut self.docs_of_rows, &mut self.rows);
                for (at, doc) in (0..).zip(&self.docs_of_rows) {
                    if self.docs.last() == Some(doc) {
                        self.ends.pop();
                    } else {
                        self.docs.push(*doc);
                        self.starts.push(at);
                    }
                    self.ends.push(at + 1);
                }
                pick(&*column.values, &self.rows, &mut self.run, &mut self.ords);
            }
        }
        self.sort();
    }

    /// `rows` holds the ranks of `docs` among the documents with values.
    fn load_several(&mut self, column: &Column<u64>, starts: &dyn ColumnValues<u32>) {
        let (Some(first), Some(last)) = (self.rows.first().copied(), self.rows.last().copied()) else {
            return;
        };
        let span = (last - first) as usize + 1;
        if span <= self.rows.len().saturating_mul(SPREAD) {
            // One run of values, in which those of the documents lie.
            self.row_starts.resize(span + 1, 0);
            starts.get_range(u64::from(first), &mut self.row_starts);
            let base = self.row_starts[0];
            self.ords.resize((self.row_starts[span] - base) as usize, 0);
            column.values.get_range(u64::from(base), &mut self.ords);
            let at = |rank: &u32| (*rank - first) as usize;
            self.starts
                .extend(self.rows.iter().map(|rank| self.row_starts[at(rank)] - base));
            self.ends
                .extend(self.rows.iter().map(|rank| self.row_starts[at(rank) + 1] - base));
            return;
        }
        let ranks = std::mem::take(&mut self.rows);
        self.docs_of_rows.clear();
        self.docs_of_rows
            .extend(ranks.iter().flat_map(|rank| [*rank, *rank + 1]));
        self.row_starts.resize(2 * ranks.len(), 0);
        starts.get_vals(&self.docs_of_rows, &mut self.row_starts);
        for range in self.row_starts.chunks_exact(2) {
            self.starts.push(self.rows.len() as u32);
            self.rows.extend(range[0]..range[1]);
            self.ends.push(self.rows.len() as u32);
        }
        pick(&*column.values, &self.rows, &mut self.run, &mut self.ords);
    }

    /// Facets are written with the values of a document in order; nothing promises that they stay so.
    fn sort(&mut self) {
        for (start, end) in self.starts.iter().zip(&self.ends) {
            let of_one = &mut self.ords[*start as usize..*end as usize];
            if !of_one.is_sorted() {
                of_one.sort_unstable();
            }
        }
    }

    /// Each document with its values.
    pub fn iter(&self) -> impl Iterator<Item = (DocId, &[u64])> {
        self.docs.iter().enumerate().map(|(at, doc)| {
            let of_one = if self.starts.is_empty() {
                at..at + 1
            } else {
                self.starts[at] as usize..self.ends[at] as usize
            };
            (*doc, &self.ords[of_one])
        })
    }
}

/// The values in `rows`, which ascend.
pub(crate) fn pick(values: &dyn ColumnValues<u64>, rows: &[u32], run: &mut Vec<u64>, out: &mut Vec<u64>) {
    let (Some(first), Some(last)) = (rows.first().copied(), rows.last().copied()) else {
        return;
    };
    let span = (last - first) as usize + 1;
    if span == rows.len() {
        out.resize(span, 0);
        values.get_range(u64::from(first), out);
    } else if span <= rows.len().saturating_mul(SPREAD) {
        run.resize(span, 0);
        values.get_range(u64::from(first), run);
        out.extend(rows.iter().map(|row| run[(row - first) as usize]));
    } else {
        out.resize(rows.len(), 0);
        values.get_vals(rows, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tantivy::schema::{Facet, FacetOptions, Schema};
    use tantivy::{Index, TantivyDocument};

    /// A segment's column of documents with so many values each.
    fn column(values: &[u8]) -> Column<u64> {
        let mut schema = Schema::builder();
        let field = schema.add_facet_field("f", FacetOptions::default());
        let index = Index::create_in_ram(schema.build());
        let mut writer = index
            .writer_with_num_threads::<TantivyDocument>(1, 15_000_000)
            .expect("a writer");
        for (number, several) in values.iter().enumerate() {
            let mut doc = TantivyDocument::default();
            // In falling order, as an article may have them.
            (0..*several).rev().for_each(|at| {
                doc.add_facet(
                    field,
                    Facet::from_path([format!("{at}"), format!("{}", number % 5)]),
                )
            });
            writer.add_document(doc).expect("added");
        }
        writer.commit().expect("committed");
        let searcher = index.reader().expect("a reader").searcher();
        searcher
            .segment_reader(0)
            .fast_fields()
            .str("f")
            .expect("a column")
            .map_or(Column::build_empty_column(values.len() as u32), |c| {
                c.ords().clone()
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn a_block_has_what_its_documents_have(
            values in proptest::collection::vec(prop_oneof![3 => 1u8..2, 1 => 0u8..4], 1..200),
            most in 1u8..4,
            least in 0u8..2,
            every in 1usize..12,
        ) {
            let values: Vec<u8> = values.into_iter().map(|n| n.clamp(least, most)).collect();
            let column = column(&values);
            let mut block = BlockValues::default();
            // Twice, so that what is left in the buffers would show.
            for skip in [0, values.len() / 2] {
                let docs: Vec<u32> = (0..values.len() as u32).skip(skip).step_by(every).collect();
                block.load(&column, &docs);
                let expected: Vec<(u32, Vec<u64>)> = docs
                    .iter()
                    .map(|doc| (*doc, column.values_for_doc(*doc).collect::<std::collections::BTreeSet<_>>().into_iter().collect()))
                    .filter(|(_, ords): &(u32, Vec<u64>)| !ords.is_empty())
                    .collect();
                prop_assert_eq!(block.iter().map(|(doc, ords)| (doc, ords.to_vec())).collect::<Vec<_>>(), expected);
            }
        }
    }
}
