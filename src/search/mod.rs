//! Searching: from a question to its answer.
//!
//! Whoever asks needs [`Engine`], the questions in [`request`] and the answers in [`response`]; the index on this
//! machine is a [`LocalEngine`]. Everything else is behind these.

mod analysis;
mod answers;
mod article;
pub(crate) mod changes;
pub(crate) mod compile;
mod decide;
mod deep;
mod diagnosis;
mod dictionary;
mod engine;
pub(crate) mod excluded;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod facet;
mod following;
mod highlight;
pub(crate) mod hits;
mod kept;
mod local;
pub(crate) mod nearly;
pub(crate) mod pasted;
mod places;
mod related;
pub(crate) mod request;
pub(crate) mod response;
pub mod saved;
mod score;
mod stats;
mod stop;
mod suggest;
pub(crate) mod table;
mod typed;
pub(crate) mod whole;

pub use analysis::analyze_without_index;
pub use decide::{Act, Decision, Done};
pub use engine::Engine;
pub use following::{Elsewhere, Following, OpenCommit};
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
    Analysis, AnalyzedName, AnalyzedWord, Answer, ArticleResponse, ArticleRow, ArticleValue, Bucket,
    CIVILIANS, Changes, Chronology, Citation, Clause, ClauseKind, Column, Commit, ComparedRow, Comparison,
    Diagnosed, Diagnosis, Difference, EventRow, EvidencePhrase, EvidenceResponse, Expansion, ExplainedClause,
    Explanation, Export, ExportRow, FacetInfo, FacetsResponse, Figure, Filter, FormerCounts, FurtherFigure,
    Group, GroupJoin, GroupMember, GroupReason, GroupedEvent, GroupedEvents, Harm, Hit, JSON_VERSION, MAYBE,
    Match, MatchedReport, Matches, MentionRow, NearCopy, NearlyHit, OverRepresented, Partial, Passage,
    PerhapsSame, Pivot, PlaceMatch, Report, ReportedEvents, Row, ScorePart, SearchResponse, SheetReport,
    Sides, SimilarResponse, Snippet, SnippetPart, Spelling, Stats, SuggestedValue, SuggestedWord,
    Suggestions, Surprise, Timeline, UNKNOWN, ValueCount, ValueSurprise,
};
pub(crate) use score::ranking::RESCORED;
pub use stop::{Stop, until};
pub use table::events::passages_of_events;
pub use typed::TypedDates;
pub use whole::{FormCounts, Place, Text, Token, ValueCounts, Wanted, Whole};
