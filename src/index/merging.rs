//! Merging segments only when they are what was written: a merge gives what it copies fresh checksums, and
//! damage would never be seen again.

use super::footer::{self, files_of};
use crate::error::{Error, Result};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::index::SegmentId;
use tantivy::merge_policy::{MergeCandidate, MergePolicy};
use tantivy::{Index, SegmentMeta};

/// What was found to be damaged, for people to read.
#[derive(Debug, Clone, Default)]
pub struct Damage(Arc<Mutex<BTreeSet<String>>>);

impl Damage {
    /// All that was found so far.
    pub fn found(&self) -> Vec<String> {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        found.iter().cloned().collect()
    }

    fn add(&self, message: String) {
        let mut found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        found.insert(message);
    }
}

/// Another policy's candidates, without the segments that are damaged. Those that this process wrote itself
/// are not read again.
#[derive(Debug)]
pub struct Verifying<P> {
    policy: P,
    index: Index,
    generation: PathBuf,
    /// Segments of the last commit before this writer that nobody has verified yet.
    unverified: Mutex<FxHashSet<SegmentId>>,
    damage: Damage,
}

impl<P> Verifying<P> {
    /// # Errors
    /// What a damaged index gives.
    pub fn new(policy: P, index: &Index, generation: &Path, damage: &Damage) -> Result<Self> {
        let segments = index.searchable_segment_metas()?;
        Ok(Self {
            policy,
            index: index.clone(),
            generation: generation.to_path_buf(),
            unverified: Mutex::new(segments.iter().map(SegmentMeta::id).collect()),
            damage: damage.clone(),
        })
    }

    /// Whether a segment may be merged. One whose files can't be read at the moment is left for the next run.
    fn is_sound(&self, segment: &SegmentMeta) -> bool {
        let mut unverified = self.unverified.lock().unwrap_or_else(PoisonError::into_inner);
        if !unverified.contains(&segment.id()) {
            return true;
        }
        let verify = |name: PathBuf| footer::verify(&self.index, &self.generation, &name);
        match files_of(segment).into_iter().try_for_each(verify) {
            Ok(()) => {
                unverified.remove(&segment.id());
                true
            }
            Err(Error::Damaged(message)) => {
                self.damage.add(message);
                false
            }
            Err(_) => false,
        }
    }
}

impl<P: MergePolicy> MergePolicy for Verifying<P> {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let is_sound = |id: &SegmentId| {
            let segment = segments.iter().find(|segment| segment.id() == *id);
            segment.is_some_and(|segment| self.is_sound(segment))
        };
        let candidates = self.policy.compute_merge_candidates(segments).into_iter();
        candidates
            .map(|MergeCandidate(ids)| {
                let several = ids.len() > 1;
                let sound: Vec<SegmentId> = ids.into_iter().filter(is_sound).collect();
                // A segment that is merged by itself is rid of what was deleted from it.
                let is_worth_it = sound.len() > usize::from(several);
                MergeCandidate(if is_worth_it { sound } else { Vec::new() })
            })
            .filter(|candidate| !candidate.0.is_empty())
            .collect()
    }
}
