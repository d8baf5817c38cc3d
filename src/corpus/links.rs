//! Which links of a root are followed. A link is a way out of the archive: whoever can write into it could have
//! any file indexed that the person who runs griot can read.

use super::globs::Globs;
use super::look;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Which links of a root are followed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Links {
    /// Those that lead into a root.
    Inside,
    /// All.
    #[default]
    All,
    /// None.
    None,
}

/// What of a root is walked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Which files are wanted.
    pub globs: Arc<Globs>,
    /// Which links are followed.
    pub links: Links,
    /// Whether links that lead out of the roots are reported of, though they are followed.
    pub reports: bool,
    /// The roots beside this one: links may lead there.
    pub roots: Arc<[PathBuf]>,
}

impl Choice {
    /// With these globs; every link is followed.
    pub fn of(globs: Globs) -> Self {
        Self {
            globs: Arc::new(globs),
            ..Self::default()
        }
    }

    /// Whether it matters where a link leads.
    pub(super) fn asks_where(&self) -> bool {
        self.links == Links::Inside || self.reports
    }
}

/// The roots without links, looked up when the first link is met.
#[derive(Default)]
pub(super) struct Bounds(Option<Vec<PathBuf>>);

impl Bounds {
    /// Whether a place without links lies in none of the roots. A root that is not there now holds nothing.
    ///
    /// # Errors
    /// When the system doesn't say where the roots lie.
    pub(super) fn leads_out(&mut self, real: &Path, root: &Path, choice: &Choice) -> io::Result<bool> {
        let bounds = match &self.0 {
            Some(bounds) => bounds,
            None => {
                let mut bounds = vec![look::real(root)?];
                for other in choice.roots.iter().filter(|other| *other != root) {
                    match look::real(other) {
                        Ok(real) => bounds.push(real),
                        Err(error) if look::is_absence(&error) => {}
                        Err(error) => return Err(error),
                    }
                }
                self.0.insert(bounds)
            }
        };
        Ok(!bounds.iter().any(|bound| real.starts_with(bound)))
    }
}
