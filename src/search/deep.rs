//! Pages far behind the first: the whole order of a search is made once and kept, so that the pages after cost what the
//! first ones do.

use crate::error::Result;
use crate::search::compile::selection::Compiled;
use crate::search::kept::Scored;
use crate::search::local::LocalEngine;
use crate::search::request::{Order, SearchRequest};
use crate::search::score::ranking::RESCORED;
use crate::search::stop;
use std::sync::Arc;

/// Hits from which on the whole order is kept: people turn no pages that far.
pub(crate) const DEEP: usize = 10_000;

impl LocalEngine {
    /// How many articles match, and the page of them that is asked for, in the order of all pages.
    pub(crate) fn deep(
        &self,
        compiled: &Compiled,
        request: &SearchRequest,
        from: usize,
    ) -> Result<(u64, Scored)> {
        let all = self.whole_order(compiled, request)?;
        let to = from.saturating_add(request.limit).min(all.len());
        if from >= to {
            return Ok((all.len() as u64, Vec::new()));
        }
        if !(compiled.scored() && request.order == Order::Relevance) {
            return Ok((all.len() as u64, all[from..to].to_vec()));
        }
        // Whole blocks are scored again, as they are for any page.
        let first = from / RESCORED * RESCORED;
        let mut page = Vec::with_capacity(to - first);
        for block in all[first..]
            .chunks(RESCORED)
            .take((to - first).div_ceil(RESCORED))
        {
            page.extend(self.rescored(compiled, block.to_vec())?);
        }
        page.truncate(to - first);
        page.drain(..from - first);
        Ok((all.len() as u64, page))
    }

    /// All articles that match, in their order before the best are scored again.
    fn whole_order(&self, compiled: &Compiled, request: &SearchRequest) -> Result<Arc<Scored>> {
        let key = (request.selection.clone(), request.order);
        if let Some(kept) = self.orders.get(&key) {
            return Ok(kept);
        }
        let depth = self.searcher.num_docs().max(1) as usize;
        let (_, all) = match compiled.scored() && request.order == Order::Relevance {
            true => self.by_score(compiled, depth)?,
            false => self.by_date(compiled, request.order, depth)?,
        };
        // An order that was stopped on the way is none.
        stop::check()?;
        let all = Arc::new(all);
        self.orders.put(key, Arc::clone(&all), all.len());
        Ok(all)
    }
}
