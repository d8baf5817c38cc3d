//! `derive = "names"`: the names, aliases and roles of a lexicon, wherever the text has them.

use super::kind::{Countries, Derivation, Kind, Parsed, Read, Spellings};
use crate::facet_path::FacetPath;
use crate::facets::findings::{Findings, Searched};
use crate::facets::known::Known;
use crate::facets::lexicon::{Vocabulary, WordId};
use crate::facets::names::Names;
use crate::facets::names_lexicon::{Means, NamesLexicon, ParsedNames};
use crate::facets::typed;
use crate::facets::values::Values;
use crate::facets::words;
use crate::french::French;
use crate::packed::Packer;
use std::collections::BTreeSet;

pub(super) const KIND: Kind = Kind {
    lexicon: true,
    names: true,
    ..Kind::new("names", READ)
};

const READ: Read = Read::Compiled {
    parse: |source| {
        let parsed = ParsedNames::new(source.file, source.text, source.french, source.vocabulary)?;
        Ok(Box::new(parsed))
    },
    open: |sections| {
        let lexicon = NamesLexicon::open(sections)?;
        Some(Box::new(Names { lexicon }))
    },
};

impl Parsed for ParsedNames {
    fn first_words(&self) -> Vec<WordId> {
        ParsedNames::first_words(self).collect()
    }

    fn link(&self, countries: &mut Countries) {
        for (word, country) in self.gentilics() {
            let number = countries.number(country);
            countries.gentilics.insert(word, number);
        }
    }

    fn pack(&mut self, _: &French, countries: &mut Countries, packer: &mut Packer) {
        ParsedNames::pack(self, |name| countries.number(name), packer);
    }
}

impl Derivation for Names {
    fn searched(&self) -> Option<Searched<'_>> {
        Some(Searched::Names(self))
    }

    fn derive(&self, at: usize, found: &Findings<'_, '_>, values: &mut Values<'_>) {
        for (path, name) in found.names(at) {
            let reading = &found.readings[name.reading];
            values.add_words(path, reading, (name.from, name.to), name.rule);
        }
    }

    fn resolve(&self, typed: &str, vocabulary: &Vocabulary) -> Vec<String> {
        let lexicon = &self.lexicon;
        let path = |value: u32| lexicon.path(value).to_string();
        let last = FacetPath::typed(typed).label();
        if let Some(value) = lexicon.named(last) {
            return vec![path(value)];
        }
        let mut paths = BTreeSet::new();
        for form in lexicon.trie.exact(&typed::ids(last, vocabulary)).iter() {
            match lexicon.form(form).map(|f| f.means) {
                Some(Means::Value(v) | Means::Chief(v)) => drop(paths.insert(path(v))),
                // "EI", "junte": every value that may be meant.
                Some(Means::Role(r, _)) => {
                    let role = lexicon.roles.get(r as usize);
                    let values = role
                        .into_iter()
                        .flat_map(|r| r.by_country.values().chain(&r.fallback));
                    paths.extend(values.map(|v| path(*v)));
                }
                _ => {}
            }
        }
        paths.into_iter().collect()
    }

    fn spellings(&self) -> Box<dyn Iterator<Item = Spellings<'_>> + '_> {
        let lexicon = &self.lexicon;
        let several = (0..lexicon.len() as u32).filter(|value| lexicon.search(*value).len() > 1);
        Box::new(several.map(|value| Spellings {
            path: lexicon.path(value),
            canonical: lexicon.name(value),
            all: lexicon.search(value).collect(),
        }))
    }

    fn size(&self) -> Option<(usize, usize)> {
        Some((self.lexicon.len(), self.lexicon.trie.phrases()))
    }

    fn mark_known(&self, at: usize, known: &mut Known<'_, '_>) {
        for found in self.matches(known.reading, words::begins(at)) {
            known.mark(found.from, found.to, Known::WHOLE);
        }
    }
}
