//! The values of a facet over the whole index: one tree with global ordinals, built once per opened index.
//!
//! tantivy numbers the values of each segment by themselves. Counting by those numbers and resolving names at
//! the end costs a dictionary look-up a value and segment (2.7 s for 20,000 actors); mapping them once to
//! numbers that hold for the whole index makes counting an array increment.

use crate::error::{Error, Result};
use crate::index::fields::Fields;
use crate::search::facet::declared::declared_field;
use std::ops::Range;
use tantivy::Searcher;
use tantivy::schema::Field;

/// No parent: the value is at the top.
pub const TOP: u32 = u32::MAX;

/// All values of a facet that the index's documents have, and their ancestors.
#[derive(Debug)]
pub struct FacetTree {
    pub facet: String,
    /// Paths with `/`, sorted level by level, so that a parent comes before its children, and they before its
    /// next sibling.
    pub paths: Vec<String>,
    pub parents: Vec<u32>,
    /// For each segment: the ordinal in the segment to the number in `paths`. Both ascend.
    pub segments: Vec<Vec<u32>>,
    /// Its terms in the index.
    pub(crate) field: Field,
    /// Its bit in the column `given`.
    pub(crate) given_bit: u64,
}

impl FacetTree {
    /// Reads the dictionaries of the facet's column, one pass each. `others` are values that no document of the
    /// index has.
    pub fn with_others(searcher: &Searcher, fields: &Fields, facet: &str, others: &[String]) -> Result<Self> {
        let field = declared_field(fields, facet)?.1;
        let Entries {
            keys,
            entries,
            mut segments,
        } = Entries::read(searcher, facet, others)?;
        let (mut paths, mut parents): (Vec<String>, Vec<u32>) = Default::default();
        // The levels of the last path: where each ends in its key, and its number.
        let (mut last, mut levels): (&[u8], Vec<(usize, u32)>) = (&[], Vec::new());
        for Entry {
            key,
            segment,
            ordinal,
        } in entries
        {
            let key = &keys[key];
            let ends = key
                .iter()
                .enumerate()
                .filter(|(_, byte)| **byte == 0)
                .map(|(at, _)| at)
                .chain([key.len()]);
            let mut parent = TOP;
            for (depth, end) in ends.enumerate() {
                if levels
                    .get(depth)
                    .is_some_and(|(known, _)| *known == end && last.get(..end) == Some(&key[..end]))
                {
                    parent = levels[depth].1;
                    continue;
                }
                levels.truncate(depth);
                let number = paths.len() as u32;
                paths.push(String::from_utf8_lossy(&key[..end]).replace('\0', "/"));
                parents.push(parent);
                levels.push((end, number));
                parent = number;
            }
            last = key;
            if let Some(of_segment) = segments.get_mut(segment) {
                of_segment[ordinal] = parent;
            }
        }
        let (facet, given_bit) = (facet.to_string(), fields.given_bit(facet));
        Ok(Self {
            facet,
            paths,
            parents,
            segments,
            field,
            given_bit,
        })
    }

    /// The number of a path.
    pub fn number(&self, path: &str) -> Option<u32> {
        self.paths
            .binary_search_by(|other| by_level(other).cmp(by_level(path)))
            .ok()
            .map(|at| at as u32)
    }

    /// Marks every value that is one of `paths` or lies below one.
    pub fn under(&self, paths: &[String]) -> Vec<bool> {
        let mut marked = vec![false; self.paths.len()];
        for path in paths {
            if let Some(number) = self.number(path) {
                marked[number as usize] = true;
            }
        }
        // Parents come first, so one pass reaches every depth.
        for at in 0..marked.len() {
            let parent = self.parents[at];
            if parent != TOP && marked[parent as usize] {
                marked[at] = true;
            }
        }
        marked
    }
}

/// All entries of a column's dictionaries, in the order of their keys.
struct Entries {
    keys: Vec<u8>,
    entries: Vec<Entry>,
    /// For each segment as many places as its dictionary has entries.
    segments: Vec<Vec<u32>>,
}

/// The segment of a value that no document has.
const NOWHERE: usize = usize::MAX;

struct Entry {
    /// Where its key is in the keys.
    key: Range<usize>,
    segment: usize,
    ordinal: usize,
}

impl Entries {
    fn read(searcher: &Searcher, facet: &str, others: &[String]) -> Result<Self> {
        let mut keys: Vec<u8> = Vec::new();
        let mut entries: Vec<Entry> = Vec::new();
        let mut segments = Vec::new();
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let mut ordinals = 0;
            if let Some(column) = reader.fast_fields().str(facet)? {
                let mut stream = column
                    .dictionary()
                    .stream()
                    .map_err(|e| Error::Damaged(e.to_string()))?;
                while stream.advance() {
                    let from = keys.len();
                    keys.extend_from_slice(stream.key());
                    entries.push(Entry {
                        key: from..keys.len(),
                        segment,
                        ordinal: ordinals,
                    });
                    ordinals += 1;
                }
            }
            segments.push(vec![TOP; ordinals]);
        }
        for path in others {
            let from = keys.len();
            keys.extend(by_level(path));
            entries.push(Entry {
                key: from..keys.len(),
                segment: NOWHERE,
                ordinal: 0,
            });
        }
        // tantivy separates the levels by a zero byte, so the order of bytes is that of levels. Each
        // dictionary is sorted already, which a stable sort makes use of.
        entries.sort_by(|a, b| keys[a.key.clone()].cmp(&keys[b.key.clone()]));
        Ok(Self {
            keys,
            entries,
            segments,
        })
    }
}

/// A path's bytes as tantivy sorts them.
pub(crate) fn by_level(path: &str) -> impl Iterator<Item = u8> {
    path.bytes().map(|byte| if byte == b'/' { 0 } else { byte })
}
