//! The values of a facet over the whole index: one tree with global ordinals, built once per opened index.
//!
//! tantivy numbers the values of each segment by themselves. Counting by those numbers and resolving names at the
//! end costs a dictionary look-up a value and segment (2.7 s for 20,000 actors); mapping them once to numbers that
//! hold for the whole index makes counting an array increment.

use crate::error::{Error, Result};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use tantivy::Searcher;

/// No parent: the value is at the top.
pub const TOP: u32 = u32::MAX;

/// All values of a facet that the index's documents have, and their ancestors.
#[derive(Debug)]
pub struct FacetTree {
    pub facet: String,
    /// Paths with `/`, sorted level by level, so that a parent comes before its children.
    pub paths: Vec<String>,
    pub parents: Vec<u32>,
    /// For each segment: the ordinal in the segment to the number in `paths`.
    pub segments: Vec<Vec<u32>>,
    by_path: FxHashMap<String, u32>,
}

impl FacetTree {
    /// Reads the dictionaries of the facet's column, one pass each.
    pub fn build(searcher: &Searcher, facet: &str) -> Result<Self> {
        let mut of_segments: Vec<Vec<String>> = Vec::new();
        let mut all: BTreeSet<Vec<String>> = BTreeSet::new();
        for segment in searcher.segment_readers() {
            let mut names = Vec::new();
            if let Some(column) = segment.fast_fields().str(facet)? {
                let mut stream = column.dictionary().stream().map_err(|e| Error::Damaged(e.to_string()))?;
                while stream.advance() {
                    // tantivy separates the levels by a zero byte.
                    let levels: Vec<String> = String::from_utf8_lossy(stream.key()).split('\0').map(str::to_string).collect();
                    names.push(levels.join("/"));
                    for depth in 1..=levels.len() {
                        if !all.contains(&levels[..depth]) {
                            all.insert(levels[..depth].to_vec());
                        }
                    }
                }
            }
            of_segments.push(names);
        }
        let paths: Vec<String> = all.iter().map(|levels| levels.join("/")).collect();
        let by_path: FxHashMap<String, u32> = (0..).zip(&paths).map(|(number, path)| (path.clone(), number)).collect();
        let number = |path: &str| by_path.get(path).copied().unwrap_or(TOP);
        let parents =
            all.iter().map(|levels| if levels.len() == 1 { TOP } else { number(&levels[..levels.len() - 1].join("/")) }).collect();
        let segments = of_segments.iter().map(|names| names.iter().map(|name| number(name)).collect()).collect();
        Ok(Self { facet: facet.to_string(), paths, parents, segments, by_path })
    }

    /// The number of a path.
    pub fn number(&self, path: &str) -> Option<u32> {
        self.by_path.get(path).copied()
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
