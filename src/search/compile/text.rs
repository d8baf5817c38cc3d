//! Text nodes to tantivy queries: words, exact forms, phrases, patterns.

use crate::error::Result;
use crate::french::FormTerm;
use crate::query::{
    ExactItem, ExactNode, Joined, PatternNode, PhraseNode, Placed, PlacedWord, TextField, WordNode,
};
use crate::search::compile::compiler::{Compiler, some_of};
use crate::search::compile::filters::Boxed;
use crate::search::dictionary::expand::expand;
use crate::search::score::pattern::PatternQuery;
use crate::search::score::positional::{Distance, Item, PositionalQuery};
use crate::search::score::title_or_body::EitherQuery;
use crate::search::score::word::WordQuery;
use std::collections::BTreeMap;
use tantivy::query::{BoostQuery, EmptyQuery, Occur, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

/// Terms that one place of a phrase may stand for; a pattern with more is capped, and a note says so.
const TERMS_AT_A_PLACE: usize = 4_000;

/// Variants of a phrase by the extents of its words.
const PHRASE_VARIANTS: usize = 64;

impl Compiler<'_> {
    /// Title and body, the title weighted; or the title alone.
    pub(crate) fn in_fields(&self, field: TextField, make: impl Fn(Field, Field) -> Option<Boxed>) -> Boxed {
        let title =
            make(self.fields.title, self.fields.title_forms).filter(|_| self.only != Some(TextField::Any));
        if field == TextField::Title {
            return title.unwrap_or_else(|| Box::new(EmptyQuery));
        }
        let weight = self.engine.reader.schema.boosts.title;
        let title = title.map(|query| Box::new(BoostQuery::new(query, weight)) as Boxed);
        let body =
            make(self.fields.body, self.fields.body_forms).filter(|_| self.only != Some(TextField::Title));
        match (body, title) {
            (Some(body), Some(title)) => Box::new(EitherQuery {
                one: body,
                other: title,
            }),
            (one, other) => one.or(other).unwrap_or_else(|| Box::new(EmptyQuery)),
        }
    }

    pub(crate) fn word(&mut self, word: &WordNode) -> Result<Boxed> {
        let title_forms = self.joined_terms(self.fields.title_forms, &word.folded)?;
        let body_forms = self.joined_terms(self.fields.body_forms, &word.folded)?;
        let (body, title) = (
            self.dictionary.term(self.fields.body, &word.term)?,
            self.dictionary.term(self.fields.title, &word.term)?,
        );
        if title_forms.is_empty()
            && body_forms.is_empty()
            && word.field == TextField::Any
            && self.only.is_none()
        {
            return Ok(Box::new(WordQuery {
                body,
                title,
                boost: self.engine.reader.schema.boosts.title,
            }));
        }
        Ok(self.in_fields(word.field, |terms, forms| {
            let mut clauses: Vec<(Occur, Boxed)> = vec![(
                Occur::Should,
                scored_term(Term::from_field_text(terms, &word.term)),
            )];
            let joined = if forms == self.fields.title_forms {
                &title_forms
            } else {
                &body_forms
            };
            clauses.extend(
                joined
                    .iter()
                    .map(|term| (Occur::Should, scored_term(term.clone()))),
            );
            some_of(clauses)
        }))
    }

    /// Terms of joined spellings (`week-end`) whose folded form is `folded`. Words written in one are found
    /// by their index term already.
    pub(crate) fn joined_terms(&self, field: Field, folded: &str) -> Result<Vec<Term>> {
        let digits = folded.bytes().all(|b| b.is_ascii_digit());
        let joined = |form: &str| {
            let form = FormTerm::parse(form).map_or("", |term| term.form);
            digits
                || form.chars().any(|c| !c.is_alphanumeric() && c != '\'')
                || form.starts_with(|c: char| c.is_ascii_digit())
        };
        self.form_terms(field, folded, joined)
    }

    /// Every spelling of a joined word, parts or not: for places in phrases.
    pub(crate) fn spelled_in_one(&self, field: Field, joined: &Joined) -> Result<Vec<Term>> {
        self.form_terms(field, &joined.folded, |_| true)
    }

    fn form_terms(&self, field: Field, folded: &str, wanted: impl Fn(&str) -> bool) -> Result<Vec<Term>> {
        let forms = self.dictionary.form_names(field, folded)?;
        Ok(forms
            .iter()
            .filter(|form| wanted(form))
            .map(|form| Term::from_field_text(field, form))
            .collect())
    }

    pub(crate) fn text_fields(&self) -> [(Field, Field); 2] {
        [
            (self.fields.title, self.fields.title_forms),
            (self.fields.body, self.fields.body_forms),
        ]
    }

    pub(crate) fn exact(&self, exact: &ExactNode) -> Boxed {
        self.in_fields(exact.field, |terms, forms| {
            if let [one] = &exact.items[..] {
                return Some(scored_term(exact_term(one, forms)));
            }
            Some(Box::new(PositionalQuery {
                items: exact_items(exact, forms),
                distance: Distance::Slop(exact.slop),
                norms: terms,
            }))
        })
    }

    pub(crate) fn phrase(&mut self, phrase: &PhraseNode) -> Result<Boxed> {
        self.spelled_phrase(phrase, &phrase.spellings())
    }

    /// A phrase in some of its spellings: without slop scored as one word, like a name.
    pub(crate) fn spelled_phrase(
        &mut self,
        phrase: &PhraseNode,
        spellings: &[Vec<Placed<'_>>],
    ) -> Result<Boxed> {
        let mut spelled = Vec::new();
        for (terms, forms) in self.text_fields() {
            let mut alternatives: Vec<Vec<Item>> = Vec::new();
            for spelling in spellings {
                alternatives.extend(self.places(spelling, terms, forms)?);
            }
            spelled.push((terms, alternatives));
        }
        if phrase.slop == 0 {
            return self.any_of(phrase.field, spelled);
        }
        Ok(self.in_fields(phrase.field, |terms, _| {
            let (_, alternatives) = spelled.iter().find(|(field, _)| *field == terms)?;
            let clauses = alternatives.iter().map(|items| {
                let query = PositionalQuery {
                    items: items.clone(),
                    distance: Distance::Slop(phrase.slop),
                    norms: terms,
                };
                (Occur::Should, Box::new(query) as Boxed)
            });
            some_of(clauses.collect())
        }))
    }

    /// A spelling of a phrase as items, in as many variants as its words have extents in the archive: what
    /// follows `week-end` stands one position later than what follows `weekend`.
    pub(crate) fn places(
        &mut self,
        spelling: &[Placed],
        terms: Field,
        forms: Field,
    ) -> Result<Vec<Vec<Item>>> {
        let mut variants: Vec<(Vec<Item>, u32)> = vec![(Vec::new(), 0)];
        for placed in spelling {
            let mut of_extent: BTreeMap<u32, Vec<Term>> = BTreeMap::new();
            let found = match placed.what {
                PlacedWord::Word(word) => {
                    of_extent
                        .entry(1)
                        .or_default()
                        .push(Term::from_field_text(terms, &word.term));
                    self.joined_terms(forms, &word.folded)?
                }
                PlacedWord::Joined(joined) => self.spelled_in_one(forms, joined)?,
                PlacedWord::Pattern(pattern) => self.pattern_terms(pattern, forms, TERMS_AT_A_PLACE)?,
            };
            for term in found {
                of_extent.entry(self.extent(&term)).or_default().push(term);
            }
            if of_extent.is_empty() {
                return Ok(Vec::new());
            }
            let mut longer = Vec::new();
            for (items, moved) in &variants {
                for (extent, terms) in &of_extent {
                    let item = Item {
                        terms: terms.clone(),
                        offset: placed.offset + moved,
                        extent: *extent,
                    };
                    longer.push(([&items[..], &[item]].concat(), moved + extent - 1));
                }
            }
            if longer.len() > PHRASE_VARIANTS {
                longer.truncate(PHRASE_VARIANTS);
                self.notes
                    .push("a phrase can be spelled in too many ways; not all of them are searched".into());
            }
            variants = longer;
        }
        Ok(variants.into_iter().map(|(items, _)| items).collect())
    }

    /// Positions that a term of a forms field takes: one for each part of its form.
    pub(crate) fn extent(&self, term: &Term) -> u32 {
        let text = String::from_utf8_lossy(term.serialized_value_bytes());
        let form = FormTerm::parse(&text).map_or("", |term| term.form);
        if form.chars().all(char::is_alphabetic) {
            return 1;
        }
        self.engine
            .reader
            .french
            .analyze(form)
            .iter()
            .filter(|t| t.is_part())
            .count()
            .max(1) as u32
    }

    pub(crate) fn pattern(&self, pattern: &PatternNode) -> Boxed {
        let title = (self.only != Some(TextField::Any)).then_some(self.fields.title_forms);
        let in_body = pattern.field == TextField::Any && self.only != Some(TextField::Title);
        let boost = if pattern.field == TextField::Title {
            1.0
        } else {
            self.engine.reader.schema.boosts.title
        };
        let body = in_body.then_some(self.fields.body_forms);
        Box::new(PatternQuery {
            body,
            title,
            boost,
            pattern: pattern.pattern.clone(),
            flat: self.engine.flat_forms(),
        })
    }

    pub(crate) fn pattern_terms(
        &mut self,
        pattern: &PatternNode,
        forms: Field,
        most: usize,
    ) -> Result<Vec<Term>> {
        let (found, capped) = expand(&self.engine.searcher, forms, &pattern.pattern, most)?;
        if capped {
            let note = format!(
                "a pattern stands for too many words; only the first {} are searched",
                found.len()
            );
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
        Ok(found
            .iter()
            .map(|form| Term::from_field_text(forms, form))
            .collect())
    }
}

/// The words of an exact phrase, each in the one form that was typed.
pub(super) fn exact_items(exact: &ExactNode, forms: Field) -> Vec<Item> {
    let item = |item: &ExactItem| Item {
        terms: vec![exact_term(item, forms)],
        offset: item.offset,
        extent: 1,
    };
    exact.items.iter().map(item).collect()
}

fn exact_term(item: &ExactItem, forms: Field) -> Term {
    let term = FormTerm {
        folded: &item.folded,
        form: &item.form,
    };
    Term::from_field_text(forms, &term.to_string())
}

pub(super) fn scored_term(term: Term) -> Boxed {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}
