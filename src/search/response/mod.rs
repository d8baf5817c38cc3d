//! What is answered: plain types that hold nothing of an index, with the JSON forms of `docs/json.md`.

pub mod answer;
pub mod articles;
pub mod chronology;
pub mod comparison;
pub mod diagnosed;
pub mod explanation;
pub mod facets;
pub mod groups;
pub mod hits;
pub mod rows;
pub mod tables;
pub mod words;

pub use answer::{Answer, Partial};
pub use articles::{
    ArticleResponse, ArticleValue, Changes, Citation, Commit, Difference, Match, Matches, Passage, Stats,
};
pub use chronology::{Chronology, Figure, PerhapsSame, Report, ReportedEvents};
pub use comparison::{ComparedRow, Comparison, MatchedReport, PlaceMatch, SheetReport};
pub use diagnosed::Diagnosed;
pub use explanation::{
    Clause, ClauseKind, Diagnosis, Expansion, ExplainedClause, Explanation, Filter, ScorePart, Spelling,
};
pub use facets::{EvidencePhrase, EvidenceResponse, FacetInfo, FacetsResponse, FormerCounts, ValueCount};
pub use groups::{GroupJoin, GroupMember, GroupReason, GroupedEvent, GroupedEvents, MAYBE};
pub use hits::{
    Group, Hit, JSON_VERSION, NearCopy, NearlyHit, SearchResponse, SimilarResponse, Snippet, SnippetPart,
};
pub use rows::{
    ArticleRow, CIVILIANS, EventRow, Export, ExportRow, FurtherFigure, Harm, MentionRow, Sides, UNKNOWN,
};
pub use tables::{Bucket, Column, OverRepresented, Pivot, Row, Surprise, Timeline, ValueSurprise};
pub use words::{Analysis, AnalyzedName, AnalyzedWord, SuggestedValue, SuggestedWord, Suggestions};
