//! Text nodes to tantivy queries: words, units, names, phrases, NEAR, patterns.

use crate::error::Result;
use crate::french::FORM_SEPARATOR;
use crate::query::{
    ExactNode, Joined, NameNode, Node, PatternNode, PhraseNode, Placed, PlacedWord, TextField, UnitNode,
    WordNode, in_sequence,
};
use crate::search::compile::compiler::{Compiler, some_of};
use crate::search::compile::filters::Boxed;
use crate::search::dictionary::expand::expand;
use crate::search::score::name::SpellingsQuery;
use crate::search::score::pattern::PatternQuery;
use crate::search::score::positional::{Distance, Item, PositionalQuery};
use crate::search::score::title_or_body::EitherQuery;
use crate::search::score::word::WordQuery;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::query::{BoostQuery, DisjunctionMaxQuery, EmptyQuery, Occur, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

/// Words of a NEAR's operand are tried in so many combinations at most.
const NEAR_CHOICES: usize = 256;
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
            let form = form.split_once(FORM_SEPARATOR).map_or("", |(_, form)| form);
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
        let forms = self.dictionary.forms(field, folded)?;
        let forms: BTreeSet<&str> = forms
            .iter()
            .flatten()
            .map(|(form, _)| &**form)
            .filter(|form| wanted(form))
            .collect();
        Ok(forms
            .iter()
            .map(|form| Term::from_field_text(field, form))
            .collect())
    }

    pub(crate) fn unit(&mut self, unit: &UnitNode) -> Result<Boxed> {
        self.any_spelling(unit.field, &unit.sequences())
    }

    /// What was typed, or any spelling, scored as one word. Several words typed score each for itself too,
    /// wherever they stand: the better of the two counts.
    pub(crate) fn name(&mut self, name: &NameNode) -> Result<Boxed> {
        if name.typed.len() == 1 {
            return self.any_spelling(name.field, &name.sequences());
        }
        let sequences: Vec<_> = name
            .spellings
            .iter()
            .flat_map(|spelling| spelling.sequences())
            .collect();
        let spelled = self.any_spelling(name.field, &sequences)?;
        Ok(match self.all_of(&name.typed)? {
            Some(typed) => Box::new(DisjunctionMaxQuery::new(vec![typed, spelled])),
            None => spelled,
        })
    }

    /// Takes the spellings that the archive doesn't have out of names. A name of one word that has no other
    /// is a word.
    pub(crate) fn known_names(&self, node: Node) -> Result<Node> {
        let all = |nodes: Vec<Node>| {
            nodes
                .into_iter()
                .map(|node| self.known_names(node))
                .collect::<Result<Vec<Node>>>()
        };
        Ok(match node {
            Node::And(nodes) => Node::And(all(nodes)?),
            Node::Or(nodes) => Node::Or(all(nodes)?),
            Node::Not(inner) => Node::not(self.known_names(*inner)?),
            Node::Name(mut name) => {
                let mut known = Vec::with_capacity(name.spellings.len());
                for spelling in name.spellings {
                    let mut there = false;
                    for sequence in spelling.sequences() {
                        there |= self.may_be_there(&sequence)?;
                    }
                    if there {
                        known.push(spelling);
                    }
                }
                name.spellings = known;
                match (name.typed.pop(), name.typed.is_empty()) {
                    (Some(only), true) if name.spellings.is_empty() => only,
                    (last, _) => {
                        name.typed.extend(last);
                        Node::Name(name)
                    }
                }
            }
            other => other,
        })
    }

    fn may_be_there(&self, sequence: &[PlacedWord<'_>]) -> Result<bool> {
        for word in sequence {
            let there = match word {
                PlacedWord::Word(word) => {
                    let count =
                        |field| -> Result<u64> { Ok(self.dictionary.term(field, &word.term)?.doc_freq) };
                    count(self.fields.body)? > 0
                        || count(self.fields.title)? > 0
                        || !self
                            .joined_terms(self.fields.body_forms, &word.folded)?
                            .is_empty()
                        || !self
                            .joined_terms(self.fields.title_forms, &word.folded)?
                            .is_empty()
                }
                PlacedWord::Joined(joined) => {
                    !self.spelled_in_one(self.fields.body_forms, joined)?.is_empty()
                        || !self.spelled_in_one(self.fields.title_forms, joined)?.is_empty()
                }
                PlacedWord::Pattern(_) => true,
            };
            if !there {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Any of these sequences of words, counted and scored as one word.
    pub(crate) fn any_spelling(
        &mut self,
        field: TextField,
        sequences: &[Vec<PlacedWord<'_>>],
    ) -> Result<Boxed> {
        let mut spelled = Vec::new();
        for (terms, forms) in self.text_fields() {
            let mut alternatives: Vec<Vec<Item>> = Vec::new();
            // A word finds itself in one and joined: its joined spelling beside it would count both twice.
            let in_one = |folded: &str| {
                sequences
                    .iter()
                    .any(|other| matches!(other.as_slice(), [PlacedWord::Word(w)] if w.folded == folded))
            };
            let repeated = |sequence: &[PlacedWord<'_>]| matches!(sequence, [PlacedWord::Joined(joined)] if in_one(&joined.folded));
            for sequence in sequences.iter().filter(|sequence| !repeated(sequence)) {
                alternatives.extend(self.places(&in_sequence(sequence), terms, forms)?);
            }
            spelled.push((terms, alternatives));
        }
        Ok(self.any_of(field, spelled))
    }

    /// Any of these alternatives in each field.
    fn any_of(&self, field: TextField, spelled: Vec<(Field, Vec<Vec<Item>>)>) -> Boxed {
        let spelled: Vec<_> = spelled
            .into_iter()
            .map(|(terms, all)| (terms, self.without_repetition(all)))
            .collect();
        self.in_fields(field, |terms, _| {
            let (_, alternatives) = spelled.iter().find(|(field, _)| *field == terms)?;
            match alternatives.as_slice() {
                [] => None,
                [one] if one.len() > 1 => Some(Box::new(PositionalQuery {
                    items: one.clone(),
                    distance: Distance::Slop(0),
                    norms: terms,
                }) as Boxed),
                [one] if one.iter().all(|item| item.terms.len() == 1) => {
                    one.first()?.terms.first().cloned().map(scored_term)
                }
                _ => Some(Box::new(SpellingsQuery {
                    alternatives: alternatives.clone(),
                    norms: terms,
                })),
            }
        })
    }

    /// Drops what would count a place twice: joined spellings whose parts are an alternative of their own,
    /// and alternatives that hold another (`Burkina Faso` beside `Burkina`).
    fn without_repetition(&self, mut alternatives: Vec<Vec<Item>>) -> Vec<Vec<Item>> {
        let french = &self.engine.reader.french;
        let sequences: Vec<Vec<Item>> = alternatives
            .iter()
            .filter(|items| items.len() > 1)
            .cloned()
            .collect();
        for items in &mut alternatives {
            let [item] = items.as_mut_slice() else { continue };
            item.terms.retain(|term| {
                let text = String::from_utf8_lossy(term.serialized_value_bytes()).into_owned();
                let Some((_, form)) = text.split_once(FORM_SEPARATOR) else {
                    return true;
                };
                if form.chars().all(char::is_alphabetic) {
                    return true;
                }
                let tokens = french.analyze(form);
                let parts: Vec<&str> = tokens
                    .iter()
                    .filter(|t| t.is_part())
                    .map(|t| &*t.word.term)
                    .collect();
                let same = |items: &Vec<Item>| {
                    let has = |(item, part): (&Item, &&str)| {
                        item.terms
                            .iter()
                            .any(|t| t.serialized_value_bytes() == part.as_bytes())
                    };
                    items.len() == parts.len() && items.iter().zip(&parts).all(has)
                };
                !sequences.iter().any(same)
            });
        }
        alternatives.retain(|items| items.iter().all(|item| !item.terms.is_empty()));
        let mut kept: Vec<Vec<Item>> = Vec::new();
        alternatives.sort_by_key(Vec::len);
        for items in alternatives {
            if !kept.iter().any(|shorter| holds(&items, shorter)) {
                kept.push(items);
            }
        }
        kept
    }

    pub(crate) fn text_fields(&self) -> [(Field, Field); 2] {
        [
            (self.fields.title, self.fields.title_forms),
            (self.fields.body, self.fields.body_forms),
        ]
    }

    pub(crate) fn exact(&self, exact: &ExactNode) -> Boxed {
        self.in_fields(exact.field, |terms, forms| {
            let term = |item: &crate::query::ExactItem| {
                Term::from_field_text(forms, &format!("{}{FORM_SEPARATOR}{}", item.folded, item.form))
            };
            if let [one] = &exact.items[..] {
                return Some(scored_term(term(one)));
            }
            let items = exact
                .items
                .iter()
                .map(|item| Item {
                    terms: vec![term(item)],
                    offset: item.offset,
                    extent: 1,
                })
                .collect();
            Some(Box::new(PositionalQuery {
                items,
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
            return Ok(self.any_of(phrase.field, spelled));
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
        let form = text.split_once(FORM_SEPARATOR).map_or("", |(_, form)| form);
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

    /// NEAR: each operand's words take their place in the window. Operands of several words (phrases, units)
    /// are tried in every spelling.
    pub(crate) fn near(&mut self, operands: &[Node], window: u32) -> Result<Boxed> {
        let window = window.saturating_sub(1);
        let mut choices: Vec<Vec<Group>> = vec![Vec::new()];
        for operand in operands {
            let alternatives = groups(operand);
            let combined = choices.iter().flat_map(|chosen| {
                alternatives
                    .iter()
                    .map(move |a| [&chosen[..], std::slice::from_ref(a)].concat())
            });
            choices = combined.take(NEAR_CHOICES).collect();
        }
        let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
        let title_only = operands.iter().any(in_title_only);
        for (terms, forms) in self
            .text_fields()
            .into_iter()
            .filter(|(terms, _)| !title_only || *terms == self.fields.title)
        {
            for chosen in &choices {
                let mut combined: Vec<Vec<(Vec<Item>, u32)>> = vec![Vec::new()];
                for group in chosen {
                    let variants = self.group_items(group, terms, forms)?;
                    let longer = combined.iter().flat_map(|c| {
                        variants
                            .iter()
                            .map(move |v| [&c[..], &[(v.clone(), group.slop)]].concat())
                    });
                    combined = longer.take(NEAR_CHOICES).collect();
                }
                let queries = combined
                    .into_iter()
                    .map(|sequences| crate::search::score::near::NearQuery {
                        sequences,
                        window,
                        norms: terms,
                    });
                clauses.extend(queries.map(|query| (Occur::Should, Box::new(query) as Boxed)));
            }
        }
        Ok(some_of(clauses).unwrap_or_else(|| Box::new(EmptyQuery)))
    }

    pub(crate) fn group_items(
        &mut self,
        group: &Group,
        terms: Field,
        forms: Field,
    ) -> Result<Vec<Vec<Item>>> {
        let Some(exact) = group.exact else {
            return self.places(&group.placed, terms, forms);
        };
        let term = |i: &crate::query::ExactItem| {
            Term::from_field_text(forms, &format!("{}{FORM_SEPARATOR}{}", i.folded, i.form))
        };
        Ok(vec![
            exact
                .items
                .iter()
                .map(|i| Item {
                    terms: vec![term(i)],
                    offset: i.offset,
                    extent: 1,
                })
                .collect(),
        ])
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

/// Whether every match of `longer` has a match of `shorter` in it.
fn holds(longer: &[Item], shorter: &[Item]) -> bool {
    let Some((first, rest)) = shorter.split_first() else {
        return false;
    };
    let within = |wanted: &Item, item: &Item| {
        item.extent == wanted.extent && item.terms.iter().all(|term| wanted.terms.contains(term))
    };
    longer.iter().any(|start| {
        let at = |wanted: &Item| {
            longer.iter().any(|item| {
                item.offset + first.offset == start.offset + wanted.offset && within(wanted, item)
            })
        };
        within(first, start) && rest.iter().all(at)
    })
}

fn in_title_only(operand: &Node) -> bool {
    let field = match operand {
        Node::Word(n) => n.field,
        Node::Unit(n) => n.field,
        Node::Name(n) => n.field,
        Node::Exact(n) => n.field,
        Node::Phrase(n) => n.field,
        Node::Pattern(n) => n.field,
        Node::Or(nodes) => return nodes.first().is_some_and(in_title_only),
        _ => TextField::Any,
    };
    field == TextField::Title
}

/// A sequence of words that is one operand of NEAR.
#[derive(Clone)]
pub(crate) struct Group<'n> {
    placed: Vec<Placed<'n>>,
    exact: Option<&'n ExactNode>,
    slop: u32,
}

fn groups(operand: &Node) -> Vec<Group<'_>> {
    let plain = |placed| Group {
        placed,
        exact: None,
        slop: 0,
    };
    match operand {
        Node::Word(word) => vec![plain(vec![Placed {
            offset: 0,
            what: PlacedWord::Word(word),
        }])],
        Node::Pattern(pattern) => vec![plain(vec![Placed {
            offset: 0,
            what: PlacedWord::Pattern(pattern),
        }])],
        Node::Unit(unit) => unit
            .sequences()
            .iter()
            .map(|sequence| plain(in_sequence(sequence)))
            .collect(),
        Node::Name(name) => name
            .sequences()
            .iter()
            .map(|sequence| plain(in_sequence(sequence)))
            .collect(),
        Node::Phrase(phrase) => phrase
            .spellings()
            .into_iter()
            .map(|placed| Group {
                placed,
                exact: None,
                slop: phrase.slop,
            })
            .collect(),
        Node::Exact(exact) => vec![Group {
            placed: Vec::new(),
            exact: Some(exact),
            slop: exact.slop,
        }],
        Node::Or(nodes) => nodes.iter().flat_map(groups).collect(),
        _ => Vec::new(),
    }
}

fn scored_term(term: Term) -> Boxed {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}
