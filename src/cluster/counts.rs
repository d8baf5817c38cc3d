//! Counts of facets on the cluster: each under the filters of the others, all in one request.

use super::archive::{MOST_VALUES, values_of};
use super::lower::Lowered;
use crate::error::Result;
use crate::search::Count;
use crate::search::LocalEngine;
use crate::search::facet::counted::{Counted, wanted_names, without_chosen};
use crate::search::facet::counts::Counts;
use crate::search::facet::declared::{is_month, shown_path};
use crate::search::facet::values::value_tree;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What is asked to count these facets beside a query without its facet filters.
pub(crate) fn asked(engine: &LocalEngine, lowered: &Lowered, wanted: &Count) -> Result<Value> {
    let mut asked = Map::new();
    for name in wanted_names(&engine.reader.fields, wanted)? {
        let field = format!("facet.{name}");
        let values = json!({"terms": {"field": field, "size": MOST_VALUES}});
        asked.insert(
            name.to_string(),
            json!({
                "filter": lowered.filter_but(Some(name)),
                "aggs": {
                    "values": values,
                    "given": {"filter": {"term": {"given": name}}, "aggs": {"values": values}},
                    "without": {"missing": {"field": field}},
                },
            }),
        );
    }
    Ok(Value::Object(asked))
}

/// Reads the answer to [`asked`].
pub(crate) fn counted(
    engine: &LocalEngine,
    lowered: &Lowered,
    wanted: &Count,
    answer: &Value,
) -> Result<Counted> {
    let fields = &engine.reader.fields;
    let mut counted = Counted {
        without_chosen: without_chosen(&lowered.filters),
        ..Counted::default()
    };
    for name in wanted_names(fields, wanted)? {
        let of_facet = &answer["aggregations"][name];
        let tree = engine.tree(name)?;
        let by_number = |values: &BTreeMap<String, u64>| {
            let counts = tree
                .paths
                .iter()
                .map(|path| values.get(path).copied().unwrap_or(0));
            counts.collect::<Vec<u64>>()
        };
        let counts = Counts {
            of: by_number(&values_of(name, &of_facet["values"])?),
            given: by_number(&values_of(name, &of_facet["given"]["values"])?),
            without: of_facet["without"]["doc_count"].as_u64().unwrap_or(0),
        };
        let filter = lowered.filters.iter().find(|filter| filter.facet == name);
        let shown = |path: &str| shown_path(fields, name, path);
        let values = value_tree(&tree, &counts, filter, is_month(fields, name), &shown);
        counted.values.insert(name.to_string(), values);
        counted.without.insert(name.to_string(), counts.without);
    }
    Ok(counted)
}
