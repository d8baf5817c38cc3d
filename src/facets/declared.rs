//! All facets that `schema.toml` declares, with their lexicons: values derived, resolved and explained.

use super::declaration::FacetDeclaration;
use super::derivation::{Derivation, Metadata};
use super::document::{Derived, Document, Variant};
use super::findings::{Base, Findings, Shared};
use super::known::Known;
use super::lexicon::Vocabulary;
use super::reading::Reading;
use super::values::Values;
use crate::article::{Evidence, FacetValue, Part};
use crate::events::Weights;
use crate::facet_path::FacetPath;
use crate::french::NumberedText;
use crate::media::Media;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// Values in the message of a contradiction, at most.
const MOST_NAMED: usize = 3;

/// All declared facets, built from the lexicons.
pub struct Facets {
    pub(super) declarations: Vec<FacetDeclaration>,
    /// Of each declaration.
    pub(super) derivations: Vec<Box<dyn Derivation>>,
    base: Base,
    /// Made for the first text.
    shared: OnceLock<Shared>,
    /// What events are read by.
    pub(super) weights: Weights,
}

/// What a facet's lexicon holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconSize {
    pub facet: String,
    pub file: String,
    /// Places or values.
    pub values: usize,
    /// Phrases that are looked for in texts.
    pub phrases: usize,
}

impl Facets {
    /// From what compiled lexicons hold, a derivation for each declaration.
    pub(super) fn of_parts(
        declarations: Vec<FacetDeclaration>,
        derivations: Vec<Box<dyn Derivation>>,
        base: Base,
        weights: Weights,
    ) -> Self {
        Self {
            weights,
            declarations,
            derivations,
            base,
            shared: OnceLock::new(),
        }
    }

    /// The words that lexicons know.
    pub(super) fn vocabulary(&self) -> &Vocabulary {
        &self.base.vocabulary
    }

    fn shared(&self) -> &Shared {
        self.shared.get_or_init(|| Shared::new(&self.base))
    }

    /// The facets, in the order of `schema.toml`.
    pub fn declarations(&self) -> &[FacetDeclaration] {
        &self.declarations
    }

    /// The name of the facet that is called so, by its name or an alias.
    pub fn name_of(&self, called: &str) -> Option<&str> {
        let exactly = self.declarations.iter().find(|d| d.name == called);
        let facet = exactly.or_else(|| self.declarations.iter().find(|d| d.is_called(called)))?;
        Some(&facet.name)
    }

    /// Each facet with its derivation.
    pub(super) fn each(&self) -> impl Iterator<Item = (&FacetDeclaration, &dyn Derivation)> {
        self.declarations
            .iter()
            .zip(self.derivations.iter().map(|derivation| &**derivation))
    }

    /// The derivation of a facet.
    pub(super) fn of(&self, facet: &str) -> Option<&dyn Derivation> {
        self.each()
            .find(|(declaration, _)| declaration.name == facet)
            .map(|(_, derivation)| derivation)
    }

    /// The media that the facet of them knows, if one is declared.
    pub fn media(&self) -> Option<&Arc<Media>> {
        self.each().find_map(|(_, derivation)| derivation.media())
    }

    /// The values that an article's metadata give: its medium, its language. No words are needed for them.
    pub fn of_metadata(&self, metadata: &Metadata<'_>) -> Vec<FacetValue> {
        let values = self.each().filter_map(|(declaration, derivation)| {
            let value = derivation.of_metadata(metadata)?;
            Some(FacetValue {
                facet: declaration.name.clone(),
                path: value.path,
                given: value.given,
                evidence: vec![Evidence {
                    part: Part::Metadata,
                    start: 0,
                    end: 0,
                    rule: value.rule.into(),
                }],
            })
        });
        values.collect()
    }

    /// A title or a body, ready for the rules.
    pub(super) fn reading<'d>(&self, text: &'d str, part: Part, words: NumberedText<'d>) -> Reading<'d> {
        let shared = self.shared();
        Reading::new(text, part, words, &shared.vocabulary, &shared.classes)
    }

    /// What all lexicons find in a document.
    pub(super) fn findings<'f, 'd>(&'f self, document: &Document<'d>) -> Findings<'f, 'd> {
        let each = self.each().enumerate();
        let lexicons = each.filter_map(|(at, (_, derivation))| Some((at, derivation.searched()?)));
        Findings::new(document, self.shared(), lexicons)
    }

    /// Derives the values of every declared facet that `given` (names of facets) doesn't hold already.
    pub fn derive(&self, document: &Document<'_>, given: &BTreeSet<String>) -> Derived {
        let found = self.findings(document);
        let mut derived = Derived::default();
        for (at, (declaration, derivation)) in self.each().enumerate() {
            if !given.contains(&declaration.name) {
                let mut values = Values::new(&declaration.name);
                derivation.derive(at, &found, &mut values);
                derived.values.extend(values.finish());
            }
        }
        derived.notes = found.notes();
        derived
    }

    /// What the metadata of an article says against its text: regions given of which the text names none
    /// though it names others, and a month given that isn't the date's. For people to read; the metadata wins
    /// all the same.
    pub fn contradictions(&self, document: &Document<'_>, values: &[FacetValue]) -> Vec<String> {
        let mut notes = Vec::new();
        let derived = self.derive(document, &BTreeSet::new());
        for (declaration, derivation) in self.each() {
            let Some(comparison) = derivation.comparison() else {
                continue;
            };
            let given = paths_of(&declaration.name, values, true);
            let other = paths_of(&declaration.name, &derived.values, comparison.given);
            let agree = |a: &FacetPath<'_>| other.iter().any(|b| a.is_within(*b) || b.is_within(*a));
            if !given.is_empty() && !other.is_empty() && !given.iter().any(agree) {
                let list = |paths: &[FacetPath<'_>]| {
                    let shown = paths.iter().take(MOST_NAMED);
                    let shown = shown.map(|path| declaration.shown_path(path.as_str()));
                    shown.collect::<Vec<_>>().join(", ")
                };
                notes.push(format!(
                    "{} {} by its metadata, {} by its {}",
                    declaration.name,
                    list(&given),
                    list(&other),
                    comparison.by
                ));
            }
        }
        notes
    }

    /// The paths of a value that a person typed: any level, any spelling, case and accents ignored. Of
    /// several readings the highest level. Empty when the lexicon doesn't know it.
    pub fn resolve(&self, facet: &str, typed: &str) -> Vec<String> {
        self.of(facet)
            .map(|derivation| derivation.resolve(typed, &self.base.vocabulary))
            .unwrap_or_default()
    }

    /// Groups of spellings that find one another in search.
    pub fn search_variants(&self) -> impl Iterator<Item = Variant<'_>> {
        self.each().flat_map(|(declaration, derivation)| {
            derivation.spellings().map(|spellings| Variant {
                facet: &declaration.name,
                path: spellings.path,
                canonical: spellings.canonical,
                spellings: spellings.all,
            })
        })
    }

    /// How the last level of a path is shown: `2025-10` for the month `2025/10`, else the level itself.
    pub fn label(&self, facet: &str, path: &str) -> String {
        self.declarations.iter().find(|d| d.name == facet).map_or_else(
            || FacetPath::new(path).label().to_string(),
            |declaration| declaration.label(path),
        )
    }

    /// What each lexicon holds.
    pub(super) fn sizes(&self) -> Vec<LexiconSize> {
        let sizes = self.each().filter_map(|(declaration, derivation)| {
            let (values, phrases) = derivation.size()?;
            Some(LexiconSize {
                facet: declaration.name.clone(),
                file: declaration.lexicon.clone().unwrap_or_default(),
                values,
                phrases,
            })
        });
        sizes.collect()
    }

    /// Marks the words of a reading that any lexicon knows.
    pub(super) fn mark_known(&self, known: &mut Known<'_, '_>) {
        for (at, derivation) in self.derivations.iter().enumerate() {
            derivation.mark_known(at, known);
        }
    }

    /// Whether a name is known that texts aren't searched for, such as a medium's.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.each().any(|(_, derivation)| derivation.knows(name))
    }
}

/// The paths of a facet's values, of those that are marked as given or of the others.
fn paths_of<'v>(facet: &str, values: &'v [FacetValue], given: bool) -> Vec<FacetPath<'v>> {
    let of = values.iter().filter(|v| v.facet == facet && v.given == given);
    of.map(|v| FacetPath::new(&v.path)).collect()
}
