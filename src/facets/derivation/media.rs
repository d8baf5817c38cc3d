//! `derive = "media"`: the medium that published an article, by its source, else by its address.

use super::kind::{Derivation, Kind, Metadata, OfMetadata, Read};
use crate::facet_path::FacetPath;
use crate::facets::lexicon::Vocabulary;
use crate::media::Media;
use std::sync::Arc;

pub(super) const KIND: Kind = Kind {
    lexicon: true,
    media: true,
    ..Kind::new("media", READ)
};

const READ: Read = Read::Text(|file, text| Ok(Box::new(OfMedia(Arc::new(Media::parse(file, text)?)))));

struct OfMedia(Arc<Media>);

impl Derivation for OfMedia {
    fn of_metadata(&self, metadata: &Metadata<'_>) -> Option<OfMetadata> {
        let (path, given) = self.0.value(metadata.source, metadata.url)?;
        Some(OfMetadata {
            path,
            given,
            rule: if given { "source" } else { "url" },
        })
    }

    fn resolve(&self, typed: &str, _: &Vocabulary) -> Vec<String> {
        let known = self.0.known(FacetPath::new(typed).label());
        let known = known.or_else(|| self.0.known(typed));
        known.map(str::to_string).into_iter().collect()
    }

    fn size(&self) -> Option<(usize, usize)> {
        Some(self.0.sizes())
    }

    fn knows(&self, name: &str) -> bool {
        self.0.known(name).is_some()
    }

    fn media(&self) -> Option<&Arc<Media>> {
        Some(&self.0)
    }
}
