//! Timelines and tables from a cluster: from the articles that they count.

use super::bring;
use super::engine::ClusterEngine;
use crate::error::Result;
use crate::search::{Engine as _, Pivot, PivotRequest, Timeline, TimelineRequest};

impl ClusterEngine {
    pub(crate) fn over_time(&self, request: &TimelineRequest) -> Result<Timeline> {
        let (_, lowered) = self.lowered(&request.selection)?;
        let query = match request.share {
            true => super::lower::everything(),
            false => lowered.filtered(),
        };
        let part = self.part(bring::all(self.asker(), &query)?)?;
        Ok(part.timeline(request)?.value)
    }

    pub(crate) fn table(&self, request: &PivotRequest) -> Result<Pivot> {
        let (_, lowered) = self.lowered(&request.selection)?;
        let part = self.part(bring::all(self.asker(), &lowered.filtered())?)?;
        Ok(part.pivot(request)?.value)
    }
}
