//! Searching: from a question to its answer.
//!
//! Whoever asks needs [`Engine`], the questions in [`request`] and the answers in [`response`]; the index on this
//! machine is a [`LocalEngine`]. Everything else is behind these.

mod analysis;
mod answers;
mod article;
mod changes;
mod compile;
mod diagnosis;
mod dictionary;
mod engine;
mod excluded;
mod explain;
mod export;
mod facet;
mod following;
mod highlight;
mod hits;
mod local;
mod nearly;
mod pasted;
mod related;
pub(crate) mod request;
pub(crate) mod response;
pub mod saved;
mod score;
mod stats;
mod suggest;
mod table;
mod typed;

pub use analysis::analyze_without_index;
pub use engine::Engine;
pub use following::{Following, OpenCommit};
pub use highlight::mark::Mark;
pub use highlight::matching::Matcher;
pub use highlight::snippet;
pub use hits::begins;
pub use local::LocalEngine;
#[doc(hidden)]
pub use related::reworded;
pub use request::{
    AnalyzeRequest, ArticleRequest, AxisRequest, ChangesRequest, ChronologyRequest, CitationRequest,
    CompareRequest, Count, DatedBy, EventFilter, EvidenceRequest, ExportRequest, FORMER, FacetsRequest,
    NEAR_DUPLICATE, Near, Order, PivotRequest, Rows, SearchRequest, Selection, SheetRow, SimilarRequest,
    SnippetOptions, Step, SuggestRequest, TermsRequest, TimelineRequest,
};
pub use response::{
    Analysis, AnalyzedName, AnalyzedWord, Answer, ArticleResponse, ArticleRow, ArticleValue, Bucket, Changes,
    Chronology, Citation, Clause, ClauseKind, Column, Commit, ComparedRow, Comparison, Diagnosed, Diagnosis,
    Difference, EventRow, EvidencePhrase, EvidenceResponse, Expansion, ExplainedClause, Explanation, Export,
    ExportRow, FacetInfo, FacetsResponse, Figure, Filter, FormerCounts, Group, GroupJoin, GroupMember,
    GroupReason, GroupedEvent, GroupedEvents, Harm, Hit, JSON_VERSION, MAYBE, Match, MatchedReport, Matches,
    MentionRow, NearCopy, NearlyHit, OverRepresented, Partial, Passage, PerhapsSame, Pivot, PlaceMatch,
    Report, ReportedEvents, Row, ScorePart, SearchResponse, SheetReport, SimilarResponse, Snippet,
    SnippetPart, Spelling, Stats, SuggestedValue, SuggestedWord, Suggestions, Surprise, Timeline, ValueCount,
    ValueSurprise,
};
pub use table::events::passages_of_events;
pub use typed::TypedDates;
