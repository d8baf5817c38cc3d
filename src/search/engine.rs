//! The engine: whatever answers questions. The command line, a page and an interface of a server know this
//! trait and the types of [`request`](super::request) and [`response`](super::response), and nothing of what
//! is behind them.

use crate::error::Result;
use crate::search::request::{
    AnalyzeRequest, ArticleRequest, ChangesRequest, ChronologyRequest, CitationRequest, CompareRequest,
    EvidenceRequest, ExportRequest, FacetsRequest, PivotRequest, SearchRequest, Selection, SimilarRequest,
    SuggestRequest, TermsRequest, TimelineRequest,
};
use crate::search::response::{
    Analysis, Answer, ArticleResponse, Changes, Chronology, Citation, Commit, Comparison, Diagnosis,
    EventRow, EvidenceResponse, Explanation, Export, FacetInfo, FacetsResponse, GroupedEvents,
    OverRepresented, Pivot, SearchResponse, SimilarResponse, Stats, Suggestions, Timeline,
};
use std::collections::BTreeMap;

/// Answers questions about one state of an archive.
///
/// # Errors
/// Every question can fail with [`crate::Error::NoSuchFacet`] for a facet that isn't declared, with what a
/// damaged index gives, and, where the engine is on a network, with [`crate::Error::Remote`]. No query is an
/// error. An engine that heard from some parts of the index only says so in [`Answer::partial`].
pub trait Engine {
    /// The facets that are declared, in their order.
    fn facets(&self) -> Result<Vec<FacetInfo>>;

    /// A page of hits, with counts of facets beside them.
    fn search(&self, request: &SearchRequest) -> Result<Answer<SearchResponse>>;

    /// How many articles a selection finds.
    fn total(&self, selection: &Selection) -> Result<u64>;

    /// What a selection searches.
    fn explain(&self, selection: &Selection) -> Result<Answer<Explanation>>;

    /// Why a selection finds nothing.
    fn diagnose(&self, selection: &Selection) -> Result<Answer<Diagnosis>>;

    /// Counts of facet values.
    fn count(&self, request: &FacetsRequest) -> Result<Answer<FacetsResponse>>;

    /// The phrases that gave a facet value; `None` if no facet has such a value.
    fn evidence(&self, request: &EvidenceRequest) -> Result<Answer<Option<EvidenceResponse>>>;

    /// Articles over time. [`crate::Error::Unsupported`] for days of events.
    fn timeline(&self, request: &TimelineRequest) -> Result<Answer<Timeline>>;

    /// A table of counts.
    fn pivot(&self, request: &PivotRequest) -> Result<Answer<Pivot>>;

    /// Words and facet values that a selection has more often than the archive.
    fn terms(&self, request: &TermsRequest) -> Result<Answer<OverRepresented>>;

    /// Every article of a selection, or what it says, row by row: millions of rows need no more memory than
    /// one. An export is complete or ends with an error.
    fn export<'e>(&'e self, request: &ExportRequest) -> Result<Export<'e>>;

    /// A sheet of coded events against the events that are reported.
    fn compare(&self, request: &CompareRequest) -> Result<Answer<Comparison>>;

    /// The events that the articles report, each with all its reports; a filter of events asks for those of which one
    /// report fits.
    fn grouped_events(&self, request: &ExportRequest) -> Result<Answer<GroupedEvents>>;

    /// Reports of events by the dates of the events, those of one event together.
    fn chronology(&self, request: &ChronologyRequest) -> Result<Answer<Chronology>>;

    /// One article. [`crate::Error::NoSuchArticle`]; [`crate::Error::SeveralArticles`] for a file of several.
    fn article(&self, request: &ArticleRequest) -> Result<Answer<ArticleResponse>>;

    /// The events that an article reports. Errors as [`Engine::article`].
    fn events_of(&self, id: &str) -> Result<Vec<EventRow>>;

    /// Latitude and longitude of facet values that are places, in degrees; those that the gazetteer doesn't know are
    /// left out.
    fn coordinates<'p>(&self, paths: &[&'p str]) -> Result<BTreeMap<&'p str, (f64, f64)>>;

    /// A reference to an article. Errors as [`Engine::article`].
    fn cite(&self, request: &CitationRequest) -> Result<Answer<Citation>>;

    /// Articles like one. Errors as [`Engine::article`]; [`crate::Error::Unsupported`] for an index without
    /// signatures of texts.
    fn similar(&self, request: &SimilarRequest) -> Result<Answer<SimilarResponse>>;

    /// What a word that is being typed may become.
    fn suggest(&self, request: &SuggestRequest) -> Result<Answer<Suggestions>>;

    /// What is new, changed and gone since a selection was last looked at.
    fn changes(&self, request: &ChangesRequest) -> Result<Answer<Changes>>;

    /// The state of the archive that answers.
    fn commit(&self) -> Result<Answer<Commit>>;

    /// What the index holds.
    fn stats(&self) -> Result<Answer<Stats>>;

    /// What the French analysis makes of a text.
    fn analyze(&self, request: &AnalyzeRequest) -> Result<Answer<Analysis>>;

    /// The index terms of a text, in their order, for many texts one after the other.
    fn index_terms(&self, text: &str) -> Result<Vec<String>>;
}

/// Whoever holds an engine of either kind asks it as one.
impl<E: Engine + ?Sized> Engine for Box<E> {
    fn facets(&self) -> Result<Vec<FacetInfo>> {
        (**self).facets()
    }

    fn search(&self, request: &SearchRequest) -> Result<Answer<SearchResponse>> {
        (**self).search(request)
    }

    fn total(&self, selection: &Selection) -> Result<u64> {
        (**self).total(selection)
    }

    fn explain(&self, selection: &Selection) -> Result<Answer<Explanation>> {
        (**self).explain(selection)
    }

    fn diagnose(&self, selection: &Selection) -> Result<Answer<Diagnosis>> {
        (**self).diagnose(selection)
    }

    fn count(&self, request: &FacetsRequest) -> Result<Answer<FacetsResponse>> {
        (**self).count(request)
    }

    fn evidence(&self, request: &EvidenceRequest) -> Result<Answer<Option<EvidenceResponse>>> {
        (**self).evidence(request)
    }

    fn timeline(&self, request: &TimelineRequest) -> Result<Answer<Timeline>> {
        (**self).timeline(request)
    }

    fn pivot(&self, request: &PivotRequest) -> Result<Answer<Pivot>> {
        (**self).pivot(request)
    }

    fn terms(&self, request: &TermsRequest) -> Result<Answer<OverRepresented>> {
        (**self).terms(request)
    }

    fn export<'e>(&'e self, request: &ExportRequest) -> Result<Export<'e>> {
        (**self).export(request)
    }

    fn compare(&self, request: &CompareRequest) -> Result<Answer<Comparison>> {
        (**self).compare(request)
    }

    fn grouped_events(&self, request: &ExportRequest) -> Result<Answer<GroupedEvents>> {
        (**self).grouped_events(request)
    }

    fn chronology(&self, request: &ChronologyRequest) -> Result<Answer<Chronology>> {
        (**self).chronology(request)
    }

    fn article(&self, request: &ArticleRequest) -> Result<Answer<ArticleResponse>> {
        (**self).article(request)
    }

    fn events_of(&self, id: &str) -> Result<Vec<EventRow>> {
        (**self).events_of(id)
    }

    fn coordinates<'p>(&self, paths: &[&'p str]) -> Result<BTreeMap<&'p str, (f64, f64)>> {
        (**self).coordinates(paths)
    }

    fn cite(&self, request: &CitationRequest) -> Result<Answer<Citation>> {
        (**self).cite(request)
    }

    fn similar(&self, request: &SimilarRequest) -> Result<Answer<SimilarResponse>> {
        (**self).similar(request)
    }

    fn suggest(&self, request: &SuggestRequest) -> Result<Answer<Suggestions>> {
        (**self).suggest(request)
    }

    fn changes(&self, request: &ChangesRequest) -> Result<Answer<Changes>> {
        (**self).changes(request)
    }

    fn commit(&self) -> Result<Answer<Commit>> {
        (**self).commit()
    }

    fn stats(&self) -> Result<Answer<Stats>> {
        (**self).stats()
    }

    fn analyze(&self, request: &AnalyzeRequest) -> Result<Answer<Analysis>> {
        (**self).analyze(request)
    }

    fn index_terms(&self, text: &str) -> Result<Vec<String>> {
        (**self).index_terms(text)
    }
}
