//! The local engine's answer to each question: which room gives it.

use crate::error::Result;
use crate::search::engine::Engine;
use crate::search::local::LocalEngine;
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
use crate::search::{
    analysis, article, changes, diagnosis, excluded, export, facet, nearly, pasted, places, related, stats,
    stop, suggest, table,
};
use std::collections::BTreeMap;
use std::time::Instant;

/// One index on one machine answers whole or not at all: what was found before it was stopped is no answer.
fn whole<T>(value: Result<T>) -> Result<Answer<T>> {
    let value = value?;
    stop::check()?;
    Ok(Answer::complete(value))
}

impl Engine for LocalEngine {
    fn facets(&self) -> Result<Vec<FacetInfo>> {
        Ok(facet::counted::declarations(&self.reader.fields))
    }

    fn search(&self, request: &SearchRequest) -> Result<Answer<SearchResponse>> {
        if let Some(response) = pasted::pasted(self, request)? {
            return whole(Ok(response));
        }
        let mut response = match request.group {
            true => related::similar::grouped(self, request)?,
            false => self.hits(request)?,
        };
        let started = Instant::now();
        nearly::add(self, request, &mut response)?;
        response.took_ms += started.elapsed().as_secs_f64() * 1000.0;
        if request.former {
            let more = table::former_regions::formerly_more(self, &request.selection)?;
            response.notes.extend(more);
        }
        response
            .notes
            .extend(excluded::left_out(self, &request.selection)?);
        whole(Ok(response))
    }

    fn explain(&self, selection: &Selection) -> Result<Answer<Explanation>> {
        whole(self.explained(selection))
    }

    fn diagnose(&self, selection: &Selection) -> Result<Answer<Diagnosis>> {
        whole(diagnosis::diagnose(self, selection))
    }

    fn count(&self, request: &FacetsRequest) -> Result<Answer<FacetsResponse>> {
        let mut response = facet::counted::facets(self, request)?;
        if request.former {
            response.former = Some(table::former_regions::former_counts(self, &request.selection)?);
        }
        response
            .notes
            .extend(excluded::left_out(self, &request.selection)?);
        whole(Ok(response))
    }

    fn evidence(&self, request: &EvidenceRequest) -> Result<Answer<Option<EvidenceResponse>>> {
        whole(facet::evidence::evidence(self, request))
    }

    fn timeline(&self, request: &TimelineRequest) -> Result<Answer<Timeline>> {
        whole(table::timeline::timeline(self, request))
    }

    fn pivot(&self, request: &PivotRequest) -> Result<Answer<Pivot>> {
        whole(table::pivot::pivot(self, request))
    }

    fn terms(&self, request: &TermsRequest) -> Result<Answer<OverRepresented>> {
        whole(table::overrepresented::terms(self, request))
    }

    fn export<'e>(&'e self, request: &ExportRequest) -> Result<Export<'e>> {
        export::export(self, request)
    }

    fn compare(&self, request: &CompareRequest) -> Result<Answer<Comparison>> {
        whole(table::compare::compare(self, request))
    }

    fn grouped_events(&self, request: &ExportRequest) -> Result<Answer<GroupedEvents>> {
        whole(table::groups::grouped(self, request))
    }

    fn chronology(&self, request: &ChronologyRequest) -> Result<Answer<Chronology>> {
        whole(table::chronology::chronology(self, request))
    }

    fn article(&self, request: &ArticleRequest) -> Result<Answer<ArticleResponse>> {
        whole(article::show::show(self, request))
    }

    fn cite(&self, request: &CitationRequest) -> Result<Answer<Citation>> {
        whole(article::cite::cite(self, request))
    }

    fn similar(&self, request: &SimilarRequest) -> Result<Answer<SimilarResponse>> {
        whole(related::similar::similar(self, request))
    }

    fn suggest(&self, request: &SuggestRequest) -> Result<Answer<Suggestions>> {
        whole(suggest::suggest(self, &request.typed, request.limit))
    }

    fn changes(&self, request: &ChangesRequest) -> Result<Answer<Changes>> {
        whole(changes::changes(self, request))
    }

    fn commit(&self) -> Result<Answer<Commit>> {
        whole(stats::commit(self))
    }

    fn stats(&self) -> Result<Answer<Stats>> {
        whole(stats::stats(self))
    }

    fn analyze(&self, request: &AnalyzeRequest) -> Result<Answer<Analysis>> {
        whole(analysis::analyze(self, &request.text))
    }

    fn total(&self, selection: &Selection) -> Result<u64> {
        self.total(selection)
    }

    fn events_of(&self, id: &str) -> Result<Vec<EventRow>> {
        table::events::events_of(self, id)
    }

    fn coordinates<'p>(&self, paths: &[&'p str]) -> Result<BTreeMap<&'p str, (f64, f64)>> {
        places::coordinates(self, paths)
    }

    fn index_terms(&self, text: &str) -> Result<Vec<String>> {
        Ok(analysis::terms_of(&self.reader.french, text))
    }
}
