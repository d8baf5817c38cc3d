//! When an index is to be built anew, and of what.

use super::options::SyncOptions;
use super::reader::{Opened, Reader};
use super::{layout, payload};
use crate::corpus::{self, FacetKeys};
use crate::error::Result;
use crate::facets::SchemaFile;
use crate::media::Media;
use crate::schema::Lexicons;
use std::sync::Arc;

/// Whether, why and how a new generation is to be built.
pub struct Staleness {
    /// For people to read; none when they asked for it.
    pub why: Option<&'static str>,
    /// From the files rather than from the stored text.
    pub from_files: bool,
}

/// Says whether `old` can go on being written to with these lexicons; `wanted` is their fingerprint.
pub fn staleness(
    old: &Opened,
    lexicons: &Lexicons,
    wanted: &str,
    options: &SyncOptions,
) -> Result<Option<Staleness>> {
    if options.rebuild {
        return Ok(Some(Staleness {
            why: None,
            from_files: true,
        }));
    }
    if old.payload.reading != payload::READING {
        return Ok(Some(Staleness {
            why: Some("files are read differently now"),
            from_files: true,
        }));
    }
    if old.payload.format < payload::FORMAT {
        return Ok(Some(Staleness {
            why: Some("the index has an older format"),
            from_files: false,
        }));
    }
    if old.payload.fingerprint == wanted {
        return Ok(None);
    }
    // Which keys of a record are facets, and which folders are called after media, is decided when it is
    // read.
    let before = Lexicons::from_dir(&old.generation.join(layout::SCHEMA))?;
    let has_other_additions = before.additions()? != lexicons.additions()?;
    Ok(Some(Staleness {
        why: Some(match has_other_additions {
            true => "the additions to the lexicon have changed",
            false => "the lexicons or the analysis have changed",
        }),
        from_files: reading(&before)? != reading(lexicons)?,
    }))
}

impl Reader {
    /// What readers need to know of the lexicons that the index was built with.
    ///
    /// # Errors
    /// As [`reading`].
    pub fn reading_options(&self) -> Result<corpus::Options> {
        reading(&self.lexicons)
    }
}

/// What readers need to know of the lexicons.
///
/// # Errors
/// [`crate::Error::Lexicon`], where one is wrong.
pub fn reading(lexicons: &Lexicons) -> Result<corpus::Options> {
    let SchemaFile { facets, .. } = lexicons.schema()?;
    let media = match facets
        .iter()
        .find(|f| f.derive.media)
        .and_then(|f| f.lexicon.as_deref())
    {
        Some(file) => Arc::new(Media::parse(file, lexicons.text(file)?)?),
        None => Media::embedded(),
    };
    let kept = facets.into_iter().filter(|f| f.derive.record_key);
    Ok(corpus::Options {
        facets: kept
            .map(|f| FacetKeys::new(&f.name, f.aliases.iter().map(String::as_str)))
            .collect(),
        media,
        pdf_reader: None,
    })
}
