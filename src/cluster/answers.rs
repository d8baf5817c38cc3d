//! The cluster's answer to each question: which file gives it.

use super::archive::total_of;
use super::clause;
use super::counts;
use super::engine::ClusterEngine;
use crate::date::PartialDate;
use crate::error::{Error, Result};
use crate::index::unread::Unread;
use crate::search::facet::counted::{answer as counted_answer, declarations};
use crate::search::whole::Whole as _;
use crate::search::{
    Analysis, AnalyzeRequest, Answer, ArticleRequest, ArticleResponse, Changes, ChangesRequest, Chronology,
    ChronologyRequest, Citation, CitationRequest, Commit, CompareRequest, Comparison, Count, Diagnosis,
    Engine, EventRow, EvidenceRequest, EvidenceResponse, Explanation, Export, ExportRequest, FacetInfo,
    FacetsRequest, FacetsResponse, GroupedEvents, JSON_VERSION, OverRepresented, Pivot, PivotRequest,
    SearchRequest, SearchResponse, Selection, SimilarRequest, SimilarResponse, Stats, SuggestRequest,
    Suggestions, TermsRequest, Timeline, TimelineRequest,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Instant;

/// An answer is whole, or there is none.
fn whole<T>(value: Result<T>) -> Result<Answer<T>> {
    value.map(Answer::complete)
}

fn not_there<T>(why: &str) -> Result<T> {
    Err(Error::Unsupported(why.into()))
}

impl Engine for ClusterEngine {
    fn facets(&self) -> Result<Vec<FacetInfo>> {
        Ok(declarations(&self.blank.reader.fields))
    }

    fn search(&self, request: &SearchRequest) -> Result<Answer<SearchResponse>> {
        whole(self.settled(self.page(request)))
    }

    fn explain(&self, selection: &Selection) -> Result<Answer<Explanation>> {
        let explained = self
            .lowered(selection)
            .and_then(|(compiled, _)| self.explanation(&compiled));
        whole(self.settled(explained))
    }

    fn diagnose(&self, selection: &Selection) -> Result<Answer<Diagnosis>> {
        self.settled(self.blank.diagnose(selection))
    }

    fn count(&self, request: &FacetsRequest) -> Result<Answer<FacetsResponse>> {
        whole(self.settled(self.facet_counts(request)))
    }

    fn evidence(&self, request: &EvidenceRequest) -> Result<Answer<Option<EvidenceResponse>>> {
        let brought = self.brought(&request.selection);
        self.settled(brought.and_then(|part| part.evidence(request)))
    }

    fn timeline(&self, request: &TimelineRequest) -> Result<Answer<Timeline>> {
        whole(self.settled(self.over_time(request)))
    }

    fn pivot(&self, request: &PivotRequest) -> Result<Answer<Pivot>> {
        whole(self.settled(self.table(request)))
    }

    fn terms(&self, _: &TermsRequest) -> Result<Answer<OverRepresented>> {
        not_there(
            "a cluster isn't asked for the words of a selection; ask the index that was pushed, without --engine",
        )
    }

    fn export<'e>(&'e self, request: &ExportRequest) -> Result<Export<'e>> {
        self.settled(self.exported(request))
    }

    fn compare(&self, request: &CompareRequest) -> Result<Answer<Comparison>> {
        let brought = self.brought(&request.selection);
        self.settled(brought.and_then(|part| part.compare(request)))
    }

    fn grouped_events(&self, request: &ExportRequest) -> Result<Answer<GroupedEvents>> {
        let brought = self.brought(&request.selection);
        self.settled(brought.and_then(|part| part.grouped_events(request)))
    }

    fn chronology(&self, request: &ChronologyRequest) -> Result<Answer<Chronology>> {
        let brought = self.brought(&request.selection);
        self.settled(brought.and_then(|part| part.chronology(request)))
    }

    fn article(&self, request: &ArticleRequest) -> Result<Answer<ArticleResponse>> {
        let answered = self.one(&request.id).and_then(|(part, id)| {
            part.article(&ArticleRequest {
                id,
                ..request.clone()
            })
        });
        self.settled(as_typed(answered, &request.id))
    }

    fn cite(&self, request: &CitationRequest) -> Result<Answer<Citation>> {
        let answered = self.one(&request.id).and_then(|(part, id)| {
            part.cite(&CitationRequest {
                id,
                ..request.clone()
            })
        });
        self.settled(as_typed(answered, &request.id))
    }

    fn similar(&self, _: &SimilarRequest) -> Result<Answer<SimilarResponse>> {
        not_there(
            "a cluster isn't asked for articles like one; ask the index that was pushed, without --engine",
        )
    }

    fn suggest(&self, request: &SuggestRequest) -> Result<Answer<Suggestions>> {
        self.settled(self.blank.suggest(request))
    }

    fn changes(&self, request: &ChangesRequest) -> Result<Answer<Changes>> {
        whole(self.settled(self.changed(request)))
    }

    fn commit(&self) -> Result<Answer<Commit>> {
        whole(self.pushed())
    }

    fn stats(&self) -> Result<Answer<Stats>> {
        whole(self.settled(self.figures()))
    }

    fn analyze(&self, request: &AnalyzeRequest) -> Result<Answer<Analysis>> {
        self.settled(self.blank.analyze(request))
    }

    fn total(&self, selection: &Selection) -> Result<u64> {
        let request = SearchRequest {
            selection: selection.clone(),
            limit: 0,
            ..SearchRequest::default()
        };
        Ok(self.search(&request)?.value.total)
    }

    fn events_of(&self, id: &str) -> Result<Vec<EventRow>> {
        as_typed(self.named(id)?.events_of(id), id)
    }

    fn coordinates<'p>(&self, paths: &[&'p str]) -> Result<BTreeMap<&'p str, (f64, f64)>> {
        self.blank.coordinates(paths)
    }

    fn index_terms(&self, text: &str) -> Result<Vec<String>> {
        self.blank.index_terms(text)
    }
}

/// An error about an article names it as it was typed.
fn as_typed<T>(answered: Result<T>, typed: &str) -> Result<T> {
    answered.map_err(|error| match error {
        Error::NoSuchArticle { .. } => Error::NoSuchArticle { id: typed.into() },
        other => other,
    })
}

impl ClusterEngine {
    /// An engine of what is typed, and the id that it has there.
    fn one(&self, typed: &str) -> Result<(crate::search::LocalEngine, String)> {
        let part = self.named(typed)?;
        let shown = part.all(&Selection {
            include_excluded: true,
            ..Selection::default()
        })?;
        // One article alone is called by what it claims, whatever it is shown under among others.
        let id = match shown.as_slice() {
            [only] => {
                let article = part.stored(*only)?;
                match part.shown_id(&article)? == typed {
                    true => article.id,
                    false => typed.to_string(),
                }
            }
            _ => typed.to_string(),
        };
        Ok((part, id))
    }

    fn facet_counts(&self, request: &FacetsRequest) -> Result<FacetsResponse> {
        let started = Instant::now();
        let (compiled, lowered) = self.lowered(&request.selection)?;
        if !lowered.is_exact {
            let articles = super::bring::all(self.asker(), &lowered.query)?;
            return Ok(self.part(articles)?.count(request)?.value);
        }
        let wanted = request.facet.clone().map_or(Count::All, Count::One);
        let body = json!({
            "query": lowered.query,
            "post_filter": lowered.filter_but(None),
            "track_total_hits": true,
            "size": 0,
            "aggs": counts::asked(&self.blank, &lowered, &wanted)?,
        });
        let answers = self.asker().searches(std::slice::from_ref(&body))?;
        let answer = answers.first().cloned().unwrap_or_default();
        let counted = counts::counted(&self.blank, &lowered, &wanted, &answer)?;
        let (notes, total) = (compiled.notes, total_of(&answer));
        let mut response = counted_answer(&self.blank, request, (notes, total, counted), started)?;
        if request.former {
            self.add_former(&lowered, &mut response)?;
        }
        response
            .notes
            .extend(self.left_out(&request.selection, &lowered)?);
        response.took_ms = started.elapsed().as_secs_f64() * 1000.0;
        Ok(response)
    }

    fn pushed(&self) -> Result<Commit> {
        let written = |key: &str| self.state[key].as_str().map(str::to_string);
        let (index, pushed) = (written("index").unwrap_or_default(), written("pushed"));
        let id = blake3::hash(
            format!(
                "{index}\0{}\0{}",
                pushed.as_deref().unwrap_or_default(),
                self.state["articles"]
            )
            .as_bytes(),
        );
        let visible = self.blank.total(&Selection::default())?;
        Ok(Commit {
            id: id.to_hex()[..16].to_string(),
            // As the time of a commit is written.
            committed: pushed.map(|pushed| format!("{}Z", pushed.replace(' ', "T"))),
            articles: visible,
            fingerprint: self.blank.reader.payload.fingerprint.clone(),
        })
    }

    fn figures(&self) -> Result<Stats> {
        let body = json!({
            "size": 0,
            "track_total_hits": true,
            "aggs": {
                "copies": {"value_count": {"field": "also"}},
                "files": {"cardinality": {"field": "file", "precision_threshold": 40_000}},
                "first": {"min": {"field": "date_from"}},
                "last": {"max": {"field": "date_to"}},
            },
        });
        let answers = self.asker().searches(std::slice::from_ref(&body))?;
        let answer = answers.first().cloned().unwrap_or_default();
        let figure = |name: &str| answer["aggregations"][name]["value"].as_f64();
        let number = |name: &str| figure(name).unwrap_or(0.0) as u64;
        let day = |name: &str| figure(name).map(|day| PartialDate::from_days(day as i64).to_string());
        let stored = self
            .asker()
            .get(&format!("/{}/_stats/store,segments", self.asker().index))?;
        let all = &stored["_all"]["total"];
        let commit = self.pushed()?;
        let articles = total_of(&answer);
        let payload = &self.blank.reader.payload;
        let (mut values, mut names, mut without) =
            (Vec::new(), vec!["date".to_string()], vec![clause::undated()]);
        for (facet, _) in &self.blank.reader.fields.facets {
            values.push((facet.name.clone(), self.archive.values(&facet.name)?.len()));
            // No article needs a mark.
            if !facet.derive.marks {
                names.push(facet.name.clone());
                without.push(clause::without(&facet.name));
            }
        }
        let without = self.asker().counts(&without)?;
        let unread: Unread = self.blank.reader.unread();
        let whole = |value: &Value| value.as_u64().unwrap_or(0);
        Ok(Stats {
            version: JSON_VERSION,
            path: self.label.clone(),
            bytes: whole(&all["store"]["size_in_bytes"]),
            segments: whole(&all["segments"]["count"]) as usize,
            roots: payload
                .roots
                .iter()
                .map(|root| root.path.display().to_string())
                .collect(),
            articles,
            copies: number("copies"),
            excluded: articles.saturating_sub(commit.articles),
            commit,
            files: number("files"),
            first_date: day("first"),
            last_date: day("last"),
            values: values.into_iter().collect(),
            without: names.into_iter().zip(without).collect(),
            fingerprint: payload.fingerprint.clone(),
            unread,
        })
    }
}
