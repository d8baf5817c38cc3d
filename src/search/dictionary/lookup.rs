//! What the dictionaries of all segments say of the terms of one query. Compiling, weighing and scoring again
//! ask for the same terms: each is looked up once.

use crate::error::{Error, Result};
use crate::french::FormTerm;
use crate::index::Fields;
use crate::search::whole::{Text, Token, Whole};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;
use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, Term};
use tantivy::{Searcher, SegmentReader};

/// Where the postings of a term are.
#[derive(Debug)]
pub struct TermInfos {
    pub term: Term,
    /// Of each segment, in their order: `None` where the term isn't.
    segments: Vec<(SegmentId, Option<TermInfo>)>,
    /// Documents, those counted that are deleted and not merged away.
    pub doc_freq: u64,
}

impl TermInfos {
    /// In a segment.
    pub fn of(&self, segment: &SegmentReader) -> Option<&TermInfo> {
        let id = segment.segment_id();
        self.segments.iter().find(|(other, _)| *other == id)?.1.as_ref()
    }

    /// In the segment of that number.
    pub fn at(&self, ord: usize) -> Option<&TermInfo> {
        self.segments.get(ord)?.1.as_ref()
    }
}

/// The accentuations of a folded word, of each segment, and where their postings are.
pub type Forms = Vec<Vec<(Box<str>, TermInfo)>>;

/// The accentuations of each folded word that was asked for.
type FormsByWord = FxHashMap<Box<str>, Arc<Forms>>;

/// The terms that were asked for.
pub struct Dictionary<'s> {
    pub searcher: &'s Searcher,
    /// The archive that the index is a part of.
    pub whole: Option<(&'s dyn Whole, &'s Fields)>,
    terms: RefCell<FxHashMap<Term, Arc<TermInfos>>>,
    forms: RefCell<FxHashMap<Field, FormsByWord>>,
}

impl<'s> Dictionary<'s> {
    pub fn new(searcher: &'s Searcher) -> Self {
        Self {
            searcher,
            whole: None,
            terms: RefCell::default(),
            forms: RefCell::default(),
        }
    }

    /// That of an index which may be a part of an archive: then numbers are those of the archive.
    pub fn of_part(searcher: &'s Searcher, fields: &'s Fields, whole: Option<&'s dyn Whole>) -> Self {
        Self {
            whole: whole.map(|whole| (whole, fields)),
            ..Self::new(searcher)
        }
    }

    /// The archive that the index is a part of, and which of the two texts a field has.
    fn whole_of(&self, field: Field) -> Option<(&'s dyn Whole, Text)> {
        let (whole, fields) = self.whole?;
        let is_title = field == fields.title || field == fields.title_forms;
        Some((whole, if is_title { Text::Title } else { Text::Body }))
    }

    /// The terms of a forms field whose folded part is `folded`, those of all segments.
    pub fn form_names(&self, field: Field, folded: &str) -> Result<BTreeSet<String>> {
        if let Some((whole, text)) = self.whole_of(field) {
            let forms = whole.forms(text, folded)?;
            return Ok(forms.iter().map(|(form, _)| form.clone()).collect());
        }
        let forms = self.forms(field, folded)?;
        Ok(forms.iter().flatten().map(|(form, _)| form.to_string()).collect())
    }

    /// How often articles have the accentuations of a word, the numbers of all added up.
    pub fn form_frequency(&self, field: Field, folded: &str) -> Result<u64> {
        if let Some((whole, text)) = self.whole_of(field) {
            return Ok(whole
                .forms(text, folded)?
                .iter()
                .map(|(_, articles)| articles)
                .sum());
        }
        let forms = self.forms(field, folded)?;
        Ok(forms
            .iter()
            .flatten()
            .map(|(_, info)| u64::from(info.doc_freq))
            .sum())
    }

    /// A term of a text field.
    pub fn term(&self, field: Field, text: &str) -> Result<Arc<TermInfos>> {
        let term = Term::from_field_text(field, text);
        if let Some(known) = self.terms.borrow().get(&term) {
            return Ok(Arc::clone(known));
        }
        let mut segments = Vec::with_capacity(self.searcher.segment_readers().len());
        let mut doc_freq = 0;
        for segment in self.searcher.segment_readers() {
            let info = segment
                .inverted_index(field)?
                .get_term_info(&term)
                .map_err(damaged)?;
            doc_freq += info.as_ref().map_or(0, |info| u64::from(info.doc_freq));
            segments.push((segment.segment_id(), info));
        }
        if let Some((whole, of)) = self.whole_of(field) {
            doc_freq = whole.having(of, &Token::Term(text.to_string()))?;
        }
        let found = Arc::new(TermInfos {
            term: term.clone(),
            segments,
            doc_freq,
        });
        self.terms.borrow_mut().insert(term, Arc::clone(&found));
        Ok(found)
    }

    /// The terms of a forms field whose folded part is `folded`.
    pub fn forms(&self, field: Field, folded: &str) -> Result<Arc<Forms>> {
        if let Some(known) = self
            .forms
            .borrow()
            .get(&field)
            .and_then(|of_field| of_field.get(folded))
        {
            return Ok(Arc::clone(known));
        }
        let mut forms = Vec::with_capacity(self.searcher.segment_readers().len());
        for segment in self.searcher.segment_readers() {
            let mut of_segment = Vec::new();
            each_form(segment, field, folded, &mut |form, info| {
                of_segment.push((String::from_utf8_lossy(form).into(), info.clone()));
            })?;
            forms.push(of_segment);
        }
        let forms = Arc::new(forms);
        self.forms
            .borrow_mut()
            .entry(field)
            .or_default()
            .insert(folded.into(), Arc::clone(&forms));
        Ok(forms)
    }
}

/// Calls `visit` with each term of a forms field whose folded part is `folded` (every accentuation that the
/// segment holds), and where its postings are.
pub(crate) fn each_form(
    segment: &SegmentReader,
    field: Field,
    folded: &str,
    visit: &mut dyn FnMut(&[u8], &TermInfo),
) -> Result<()> {
    let inverted = segment.inverted_index(field)?;
    let from = FormTerm::prefix(folded);
    let to = format!("{folded}\u{2}");
    let mut stream = inverted
        .terms()
        .range()
        .ge(from.as_bytes())
        .lt(to.as_bytes())
        .into_stream()
        .map_err(damaged)?;
    while stream.advance() {
        visit(stream.key(), stream.value());
    }
    Ok(())
}

fn damaged(error: std::io::Error) -> Error {
    Error::Damaged(error.to_string())
}
