//! Timelines and tables from a cluster: counted here, from the articles that it finds, whose texts stay there.

use super::bring;
use super::clause;
use super::engine::ClusterEngine;
use super::lower::Lowered;
use crate::error::Result;
use crate::search::facet::declared::place_facet;
use crate::search::table::former_regions::former_counts;
use crate::search::{
    Engine as _, FacetsResponse, LocalEngine, Pivot, PivotRequest, Selection, Timeline, TimelineRequest,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl ClusterEngine {
    pub(crate) fn over_time(&self, request: &TimelineRequest) -> Result<Timeline> {
        let (compiled, lowered) = self.lowered(&request.selection)?;
        let (part, selection) = self.counted_here(&lowered, &request.selection)?;
        let asked = |selection, share| TimelineRequest {
            selection,
            share,
            ..request.clone()
        };
        let mut timeline = part.timeline(&asked(selection, false))?.value;
        if request.share {
            let all = self.part(bring::without_texts(self.asker(), &clause::everything())?)?;
            let all = all.timeline(&asked(everything(), false))?.value;
            let all: BTreeMap<String, u64> = all
                .buckets
                .into_iter()
                .map(|bucket| (bucket.value, bucket.count))
                .collect();
            for bucket in &mut timeline.buckets {
                let of_all = all.get(&bucket.value).copied().unwrap_or(0);
                bucket.all = Some(of_all);
                bucket.share = Some(match of_all {
                    0 => 0.0,
                    of_all => bucket.count as f64 / of_all as f64,
                });
            }
        }
        timeline.query.clone_from(&request.selection.query);
        timeline.notes = compiled.notes;
        Ok(timeline)
    }

    pub(crate) fn table(&self, request: &PivotRequest) -> Result<Pivot> {
        let (compiled, lowered) = self.lowered(&request.selection)?;
        let (part, selection) = self.counted_here(&lowered, &request.selection)?;
        let request_here = PivotRequest {
            selection,
            ..request.clone()
        };
        let mut pivot = part.pivot(&request_here)?.value;
        pivot.query.clone_from(&request.selection.query);
        pivot.notes = compiled.notes;
        Ok(pivot)
    }

    /// Adds the counts by the regions before 2023, of which the cluster knows nothing.
    pub(crate) fn add_former(&self, lowered: &Lowered, response: &mut FacetsResponse) -> Result<()> {
        let places = place_facet(&self.blank.reader.fields);
        let query = json!({"bool": {"must": [lowered.query], "filter": [lowered.filter_but(places)]}});
        let number = self.asker().counts(std::slice::from_ref(&query))?;
        if number
            .first()
            .is_some_and(|number| *number > bring::MOST_WITHOUT_TEXTS as u64)
        {
            response.notes.push(
                "the regions before 2023 are not counted: a cluster can't, and the articles are too many to be brought here".into(),
            );
            return Ok(());
        }
        let part = self.part(bring::without_texts(self.asker(), &query)?)?;
        response.former = Some(former_counts(&part, &everything())?);
        Ok(())
    }

    /// An engine of what a selection finds, and the selection that finds it there.
    fn counted_here(&self, lowered: &Lowered, selection: &Selection) -> Result<(LocalEngine, Selection)> {
        let query: Value = lowered.filtered();
        Ok(match lowered.is_exact {
            true => (
                self.part(bring::without_texts(self.asker(), &query)?)?,
                everything(),
            ),
            false => (self.part(bring::all(self.asker(), &query)?)?, selection.clone()),
        })
    }
}

fn everything() -> Selection {
    Selection {
        include_excluded: true,
        ..Selection::default()
    }
}
