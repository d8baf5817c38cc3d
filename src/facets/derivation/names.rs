//! `derive = "names"`: the names, aliases and roles of a lexicon, wherever the text has them.

use super::kind::{Countries, Derivation, Kind, Source, Spellings};
use crate::error::Result;
use crate::facet_path::FacetPath;
use crate::facets::findings::{Findings, Searched};
use crate::facets::known::Known;
use crate::facets::lexicon::Vocabulary;
use crate::facets::names::Names;
use crate::facets::names_lexicon::{Means, NamesLexicon};
use crate::facets::typed;
use crate::facets::values::Values;
use crate::facets::words;
use std::collections::BTreeSet;

pub(super) const KIND: Kind = Kind {
    lexicon: true,
    names: true,
    ..Kind::new("names", read)
};

fn read(source: &mut Source<'_>) -> Result<Box<dyn Derivation>> {
    let lexicon = NamesLexicon::parse(source.file, source.text, source.french, source.vocabulary)?;
    Ok(Box::new(Names::new(lexicon)))
}

impl Derivation for Names {
    fn link(&mut self, countries: &mut Countries) {
        for (word, country) in &self.lexicon.gentilics {
            let number = countries.number(country);
            countries.gentilics.insert(*word, number);
        }
        self.number_countries(|name| countries.number(name));
    }

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
        let path = |value: u32| lexicon.values[value as usize].path.to_string();
        let last = FacetPath::typed(typed).label();
        if let Some(value) = lexicon.named(last) {
            return vec![path(value)];
        }
        let mut paths = BTreeSet::new();
        for form in lexicon.trie.exact(&typed::ids(last, vocabulary)) {
            match lexicon.forms.get(*form as usize).map(|f| f.means) {
                Some(Means::Value(v) | Means::Chief(v)) => drop(paths.insert(path(v))),
                // "EI", "junte": every value that may be meant.
                Some(Means::Role(r, _)) => {
                    let role = &lexicon.roles[r as usize];
                    let values = role.by_country.values().chain(&role.fallback);
                    paths.extend(values.map(|v| path(*v)));
                }
                _ => {}
            }
        }
        paths.into_iter().collect()
    }

    fn spellings(&self) -> Box<dyn Iterator<Item = Spellings<'_>> + '_> {
        let several = self.lexicon.values.iter().filter(|v| v.search.len() > 1);
        Box::new(several.map(|value| Spellings {
            path: &value.path,
            canonical: &value.name,
            all: value.search.iter().map(|s| &**s).collect(),
        }))
    }

    fn size(&self) -> Option<(usize, usize)> {
        Some((self.lexicon.values.len(), self.lexicon.trie.phrases()))
    }

    fn mark_known(&self, at: usize, known: &mut Known<'_, '_>) {
        for found in self.matches(known.reading, words::begins(at)) {
            known.mark(found.from, found.to, Known::WHOLE);
        }
    }
}
