//! An index that is searched for hours while others write it: each question is answered from the last commit.

use crate::disk::{self, Version};
use crate::error::{Error, Result};
use crate::index::IndexDir;
use crate::search::engine::Engine;
use crate::search::local::LocalEngine;
use crate::search::request::Selection;
use crate::search::saved::SavedSearches;
use crate::search::stop;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The file that tantivy replaces with every commit.
const COMMIT: &str = "meta.json";

/// A commit that is being searched.
pub struct OpenCommit {
    /// What answers from it.
    pub engine: Box<dyn Engine + Send + Sync>,
    /// Differs from that of any other commit.
    pub id: String,
    /// Counted when it is first asked for.
    articles: OnceLock<u64>,
}

impl OpenCommit {
    /// How many articles it holds, without those that were excluded.
    ///
    /// # Errors
    /// What a damaged index gives.
    pub fn articles(&self) -> Result<u64> {
        if let Some(articles) = self.articles.get() {
            return Ok(*articles);
        }
        let counted = self.engine.total(&Selection::default())?;
        // A count that was stopped on the way is none.
        stop::check()?;
        Ok(*self.articles.get_or_init(|| counted))
    }
}

/// An archive that is not on this machine.
pub trait Elsewhere: Send + Sync {
    /// Differs between states of the archive.
    ///
    /// # Errors
    /// [`Error::Remote`].
    fn id(&self) -> Result<String>;

    /// An engine that answers from its state now.
    ///
    /// # Errors
    /// Those of opening it.
    fn open(&self) -> Result<Box<dyn Engine + Send + Sync>>;
}

/// The last commit of an index, whichever that is when it is asked for.
pub struct Following {
    index_dir: IndexDir,
    elsewhere: Option<Box<dyn Elsewhere>>,
    now: Mutex<Option<Arc<OpenCommit>>>,
}

impl Following {
    /// Follows the index of a folder, which may be absent still.
    pub fn new(index_dir: IndexDir) -> Self {
        Self {
            index_dir,
            elsewhere: None,
            now: Mutex::default(),
        }
    }

    /// Follows an archive that is not on this machine; `index_dir` is where what belongs to it lies here.
    pub fn elsewhere(index_dir: IndexDir, archive: Box<dyn Elsewhere>) -> Self {
        Self {
            elsewhere: Some(archive),
            ..Self::new(index_dir)
        }
    }

    /// The folder of the index.
    pub fn index_dir(&self) -> &IndexDir {
        &self.index_dir
    }

    /// The last commit. It is opened when it is first asked for; whoever holds an earlier one keeps it.
    ///
    /// # Errors
    /// Those of opening an index; the next question tries again.
    pub fn current(&self) -> Result<Arc<OpenCommit>> {
        let id = self.id()?;
        // A thread that panicked while it opened an index has left the commit before it.
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(commit) = now.as_ref().filter(|commit| commit.id == id) {
            return Ok(Arc::clone(commit));
        }
        let commit = Arc::new(OpenCommit {
            engine: match &self.elsewhere {
                Some(archive) => archive.open()?,
                None => Box::new(LocalEngine::open(&self.index_dir)?),
            },
            id,
            articles: OnceLock::new(),
        });
        *now = Some(Arc::clone(&commit));
        Ok(commit)
    }

    /// The searches that are saved beside the index, as they are now.
    ///
    /// # Errors
    /// As [`SavedSearches::read`].
    pub fn saved(&self) -> Result<SavedSearches> {
        SavedSearches::read(&self.index_dir)
    }

    /// What tells the last commit from others: its generation, and the version of the file that says what it holds.
    fn id(&self) -> Result<String> {
        if let Some(archive) = &self.elsewhere {
            return archive.id();
        }
        let generation = self.index_dir.current()?;
        let path = generation.join(COMMIT);
        let metadata = disk::metadata(&path)?;
        let metadata = metadata.ok_or_else(|| Error::damaged(&path, "is missing"))?;
        let name = generation.file_name().unwrap_or_default().to_string_lossy();
        Ok(format!("{name}-{:x}", Version::of(&metadata).number()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{SyncOptions, sync};
    use crate::search::{SearchRequest, Selection};

    #[test]
    fn a_new_commit_is_followed_and_the_old_one_kept() {
        let dir = tempfile::tempdir().expect("a folder");
        let corpus = dir.path().join("corpus");
        std::fs::create_dir(&corpus).expect("a folder");
        let index_dir = IndexDir::at(dir.path().join("index"));
        let following = Following::new(index_dir.clone());
        assert!(following.current().is_err(), "no index yet");
        let index = |name: &str| {
            std::fs::write(corpus.join(name), "Un drone a frappé à Gao.").expect("written");
            let options = SyncOptions {
                paths: vec![corpus.clone()],
                ..SyncOptions::default()
            };
            sync(&index_dir, &options, &mut |_| {}).expect("indexed");
        };
        let total = |commit: &OpenCommit| {
            let request = SearchRequest {
                selection: Selection::of("drone"),
                limit: 1,
                page: 1,
                ..SearchRequest::default()
            };
            commit.engine.search(&request).expect("answered").total
        };
        index("a.txt");
        let first = following.current().expect("opened");
        assert!(Arc::ptr_eq(&first, &following.current().expect("the same")));
        std::fs::write(corpus.join("b.txt"), "Un autre drone à Kidal.").expect("written");
        index("c.txt");
        let second = following.current().expect("opened");
        assert!(first.id != second.id && total(&second) > total(&first));
    }
}
