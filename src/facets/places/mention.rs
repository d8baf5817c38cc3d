//! A place name in a text.

use crate::facets::places_context::Context;
use crate::packed::U32List;

/// A place name found in a text.
pub(in crate::facets) struct Mention<'g> {
    /// Which of the readings.
    pub reading: usize,
    pub from: usize,
    pub to: usize,
    /// What the gazetteer has of this name.
    pub meanings: U32List<'g>,
    pub context: Context,
    /// The place, once it is known.
    pub place: Option<u32>,
    /// Counts as a value of the facet.
    pub counts: bool,
    /// Only its country counts.
    pub(super) country_only: bool,
    /// How the place was recognised, where not by its kind alone.
    pub(super) rule: Option<&'static str>,
}

/// Words of a reading that belong to a longer name of another lexicon ("Katiba Macina"), in order.
/// With the third, not even a country's name counts inside: "France 24".
pub(in crate::facets) type Blocked = Vec<(usize, usize, bool)>;
