//! Lexicons, compiled: parsed and checked once, then opened where they lie.
//!
//! The binary embeds its own lexicons compiled (`index_schema/compiled.bin`); an index with lexicons of
//! somebody's own keeps theirs. Sections of the packed file, in order:
//!
//! 1. where the others begin: the spellings of names, what all facets share, and each declared facet (0 for one
//!    that is not compiled);
//! 2. of each compiled facet what its kind packs; what all share; the spellings of names.

use super::declaration::FacetDeclaration;
use super::declared::Facets;
use super::derivation::{Countries, Parsed};
use super::document::Variant;
use super::findings::Base;
use super::lexicon::{Classes, Vocabulary};
use super::words;
use crate::error::{Error, Result};
use crate::events::{Weights, weights};
use crate::french::French;
use crate::packed::{Packed, Packer};
use crate::schema::Lexicons;
use crate::synonyms::{Name, Variants, Written};
use tantivy_common::OwnedBytes;

/// Version of what the sections hold; a file of another is not opened. Raise it when a change of code changes
/// what is packed, unless `ANALYSIS` of the index rises with it.
const FORM: u32 = 2;

/// The binary's own lexicons.
static EMBEDDED: &[u8] = include_bytes!("../../index_schema/compiled.bin");

/// The section that says where the others begin, and how many parts it names before the facets.
const PARTS: usize = 0;
const VARIANTS: usize = 0;
const SHARED: usize = 1;
const FACETS: usize = 2;

/// Compiled lexicons; a copy shares the bytes.
#[derive(Debug, Clone)]
pub struct Compiled {
    packed: Packed,
}

impl Compiled {
    /// The lexicons compiled: the binary's own were when griot was built, others are now.
    ///
    /// # Errors
    /// As [`Compiled::new`].
    pub fn of(lexicons: &Lexicons, french: &French) -> Result<Self> {
        match Self::embedded().filter(|_| lexicons.is_embedded()) {
            Some(embedded) => Ok(embedded),
            None => Self::new(lexicons, french),
        }
    }

    /// The binary's own lexicons.
    pub fn embedded() -> Option<Self> {
        Self::open(OwnedBytes::new(EMBEDDED))
    }

    /// Opens what [`Compiled::bytes`] gave; None if it is something else, or of another version.
    pub fn open(bytes: OwnedBytes) -> Option<Self> {
        let packed = Packed::open(bytes)?;
        let (_, form) = packed.label().rsplit_once('-')?;
        (form == FORM.to_string()).then_some(Self { packed })
    }

    /// Compiles lexicons.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with file, line and cure, when an entry is wrong.
    pub fn new(lexicons: &Lexicons, french: &French) -> Result<Self> {
        let label = format!("{}-{FORM}", lexicons.fingerprint()?);
        let declarations = lexicons.schema()?.facets;
        let mut parts = vec![0; FACETS + declarations.len()];
        let mut packer = pack_facets(&declarations, lexicons, french, &mut parts)?;
        let open = |parts: &[u32], packer: &Packer| {
            let bytes = packer.finish(&label, parts);
            let compiled = bytes.and_then(|bytes| Self::open(OwnedBytes::new(bytes)));
            compiled.ok_or_else(|| Error::too_large("schema.toml"))
        };
        // What facets say of spellings, they say once they are compiled.
        let facets = open(&parts, &packer)?.facets(declarations, lexicons)?;
        parts[VARIANTS] = packer.len() as u32 + 1;
        Variants::pack(
            names_of(&facets, french),
            lexicons.text("compounds.txt")?,
            french,
            &mut packer,
        )?;
        open(&parts, &packer)
    }

    /// The fingerprint of the lexicons that were compiled.
    pub fn fingerprint(&self) -> &str {
        let label = self.packed.label();
        label
            .rsplit_once('-')
            .map_or(label, |(fingerprint, _)| fingerprint)
    }

    /// The file to keep.
    pub fn bytes(&self) -> &[u8] {
        self.packed.bytes()
    }

    /// Whether the bytes are those that were written. Reads all of them.
    pub fn is_whole(&self) -> bool {
        self.packed.is_whole()
    }

    /// Names with their spellings.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn variants(&self) -> Result<Variants> {
        let opened = self
            .part(VARIANTS)
            .and_then(|at| Variants::open(&mut self.packed.sections_from(at)));
        opened.ok_or_else(damaged)
    }

    /// The facets of these declarations, which must be those of the lexicons that were compiled.
    ///
    /// # Errors
    /// [`Error::Damaged`]; [`Error::Lexicon`] for the small lexicons that aren't compiled.
    pub fn facets(&self, declarations: Vec<FacetDeclaration>, lexicons: &Lexicons) -> Result<Facets> {
        let mut derivations = Vec::with_capacity(declarations.len());
        for (number, declaration) in declarations.iter().enumerate() {
            let mut sections = self.part(FACETS + number).map(|at| self.packed.sections_from(at));
            let derivation = declaration.open(lexicons, sections.as_mut())?;
            derivations.push(derivation.ok_or_else(damaged)?);
        }
        let shared = self
            .part(SHARED)
            .and_then(|at| Base::open(&mut self.packed.sections_from(at)));
        Ok(Facets::of_parts(
            declarations,
            derivations,
            shared.ok_or_else(damaged)?,
            Weights::parse(lexicons.text(weights::FILE)?)?,
        ))
    }

    /// Where a part begins; None for one that isn't there.
    fn part(&self, part: usize) -> Option<usize> {
        let mut sections = self.packed.sections_from(PARTS);
        let at = sections.u32s()?.get(part)?;
        (at != 0).then_some(at as usize)
    }
}

impl Facets {
    /// The facets that `schema.toml` declares.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with file, line and cure, when an entry is wrong.
    pub fn new(lexicons: &Lexicons, french: &French) -> Result<Self> {
        Compiled::of(lexicons, french)?.facets(lexicons.schema()?.facets, lexicons)
    }
}

fn damaged() -> Error {
    Error::Damaged("its compiled lexicons can't be read".into())
}

/// Packs each facet's lexicon and what all share; says in `parts` where each begins.
fn pack_facets(
    declarations: &[FacetDeclaration],
    lexicons: &Lexicons,
    french: &French,
    parts: &mut [u32],
) -> Result<Packer> {
    let mut vocabulary = Vocabulary::default();
    let mut parsed: Vec<(usize, Box<dyn Parsed>)> = Vec::new();
    let mut order: Vec<(usize, &FacetDeclaration)> = declarations.iter().enumerate().collect();
    // A trie's first words are a table up to the last of them: gazetteers, which have the most, come last.
    order.sort_by_key(|(_, declaration)| declaration.derive.places);
    for (number, declaration) in order {
        let of = declaration.parse(lexicons, french, &mut vocabulary)?;
        parsed.extend(of.map(|parsed| (number, parsed)));
    }
    let mut countries = Countries::default();
    let mut classes = Classes::default();
    for (number, lexicon) in &parsed {
        lexicon.countries(&mut countries);
        let first = lexicon.first_words().into_iter();
        first.for_each(|word| classes.add(word, words::begins(*number)));
    }
    parsed
        .iter()
        .for_each(|(_, lexicon)| lexicon.link(&mut countries));
    let mut packer = Packer::default();
    for (number, mut lexicon) in parsed {
        parts[FACETS + number] = packer.len() as u32 + 1;
        lexicon.pack(french, &mut countries, &mut packer);
    }
    parts[SHARED] = packer.len() as u32 + 1;
    Base::pack(&vocabulary, classes, &countries.gentilics, &mut packer);
    Ok(packer)
}

/// The names that the lexicons of the facets let find one another.
pub fn names_of(facets: &Facets, french: &French) -> Vec<Name> {
    let name = |variant: Variant<'_>| Name {
        facet: variant.facet.to_string(),
        path: variant.path.to_string(),
        spellings: variant
            .spellings
            .iter()
            .map(|text| Written::new(text, french))
            .collect(),
    };
    facets.search_variants().map(name).collect()
}

/// The fingerprint of lexicons: a different one means that an index must be built anew. That of the binary's own
/// is known.
///
/// # Errors
/// When lexicons can't be read.
pub fn fingerprint(lexicons: &Lexicons) -> Result<String> {
    match Compiled::embedded().filter(|_| lexicons.is_embedded()) {
        Some(embedded) => Ok(embedded.fingerprint().to_string()),
        None => lexicons.fingerprint(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lexicons_are_compiled_as_they_are_written() {
        let lexicons = Lexicons::embedded();
        let french = lexicons.french().expect("good lexicons");
        let compiled = Compiled::new(&lexicons, &french).expect("good lexicons");
        if std::env::var_os("GRIOT_WRITE_COMPILED").is_some() {
            let file = concat!(env!("CARGO_MANIFEST_DIR"), "/index_schema/compiled.bin");
            std::fs::write(file, compiled.bytes()).expect("written");
            return;
        }
        assert!(
            compiled.bytes() == EMBEDDED,
            "index_schema/ or the code that reads it has changed: run `GRIOT_WRITE_COMPILED=1 cargo test --lib \
             as_they_are_written`, and commit index_schema/compiled.bin"
        );
        let embedded = Compiled::embedded().expect("well-formed");
        assert!(embedded.is_whole());
        assert_eq!(embedded.fingerprint(), lexicons.fingerprint().expect("readable"));
    }

    #[test]
    fn what_is_damaged_is_refused_or_harmless() {
        let lexicons = Lexicons::embedded();
        let schema = lexicons.schema().expect("good");
        let whole = Compiled::embedded().expect("well-formed").bytes().to_vec();
        for at in (0..whole.len()).step_by(whole.len() / 50) {
            let mut bad = whole.clone();
            bad[at] ^= 0x55;
            let Some(compiled) = Compiled::open(OwnedBytes::new(bad)) else {
                continue;
            };
            assert!(!compiled.is_whole(), "byte {at}");
            if let Ok(facets) = compiled.facets(schema.facets.clone(), &lexicons) {
                let _ = facets.resolve("region", "Gao");
                let _ = facets.formerly_in("region", "Mali/Gao");
                let _ = facets.sizes();
            }
            if let Ok(variants) = compiled.variants() {
                for name in variants.of_key("boulikessi") {
                    let _ = name.spellings().count();
                }
            }
        }
    }
}
