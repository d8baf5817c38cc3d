//! Every other question, compared.

use crate::archive::{Archive, Random};
use griot::search::{
    Answer, ArticleRequest, AxisRequest, ChangesRequest, ChronologyRequest, CitationRequest, DatedBy, Engine,
    EvidenceRequest, ExportRequest, PivotRequest, SearchRequest, Selection, Step, SuggestRequest,
    TimelineRequest,
};
use serde::Serialize;

fn json<T: Serialize>(answer: griot::Result<Answer<T>>) -> String {
    match answer {
        Ok(answer) => {
            let mut value = serde_json::to_value(&answer).expect("written");
            if let Some(object) = value.as_object_mut() {
                object.remove("took_ms");
            }
            value.to_string()
        }
        Err(error) => format!("error: {error}"),
    }
}

fn same(what: &str, archive: &Archive, ask: &dyn Fn(&dyn Engine) -> String) {
    let there = archive.afresh();
    assert_eq!(ask(&archive.here), ask(&there), "{what}");
}

// Long because it is a list of questions.
pub fn alike(cluster: &str, random: &mut Random) {
    let archive = Archive::random(cluster, random, 80);
    let first = archive
        .here
        .search(&SearchRequest {
            limit: 40,
            page: 1,
            ..SearchRequest::default()
        })
        .expect("answered");
    for hit in &first.hits {
        let article = ArticleRequest {
            id: hit.id.clone(),
            query: Some("drone* \"week-end\"".into()),
        };
        same(&hit.id, &archive, &|engine| json(engine.article(&article)));
        let citation = CitationRequest {
            id: hit.id.clone(),
            query: Some("drone".into()),
        };
        same(&hit.id, &archive, &|engine| json(engine.cite(&citation)));
    }
    for id in ["rien", "3.jsonl", "copies/3.jsonl", "le-même", "le-même~2", "a3"] {
        let article = ArticleRequest {
            id: id.into(),
            query: None,
        };
        same(id, &archive, &|engine| json(engine.article(&article)));
    }
    let selections = [
        "",
        "drone",
        "\"ansar dine\"~2 OU Gao",
        "region:Gao",
        "arme NEAR/4 drone",
    ];
    for query in selections {
        let selection = Selection::of(query);
        for (by, of) in [
            (Step::Day, DatedBy::Publication),
            (Step::Month, DatedBy::Publication),
            (Step::Year, DatedBy::Publication),
            (Step::Month, DatedBy::Event),
        ] {
            for split in [None, Some("region")] {
                let request = TimelineRequest {
                    selection: selection.clone(),
                    by,
                    of,
                    split: split.map(|name| name.parse().expect("an axis")),
                    top: None,
                    share: split.is_none(),
                };
                let what = format!("{query}: {by:?} {of:?} {split:?}");
                same(&what, &archive, &|engine| json(engine.timeline(&request)));
            }
        }
        let axis = |name: &str| name.parse::<AxisRequest>().expect("an axis");
        for (rows, columns) in [("region", "month"), ("region:1", "actor"), ("year", "region")] {
            for top in [None, Some(2)] {
                let request = PivotRequest {
                    selection: selection.clone(),
                    rows: axis(rows),
                    columns: axis(columns),
                    top_rows: top,
                    top_columns: None,
                };
                same(
                    &format!("{query}: {rows} {columns} {top:?}"),
                    &archive,
                    &|engine| json(engine.pivot(&request)),
                );
            }
        }
        let events = ExportRequest {
            selection: selection.clone(),
            ..ExportRequest::default()
        };
        same(query, &archive, &|engine| json(engine.grouped_events(&events)));
        let changes = ChangesRequest {
            selection: selection.clone(),
            seen: [("a1".to_string(), 7), ("rien".to_string(), 8)].into(),
            titles: true,
        };
        let changed = |engine: &dyn Engine| format!("{:?}", engine.changes(&changes));
        assert_eq!(changed(&archive.here), changed(&archive.there), "{query}");
        let evidence = EvidenceRequest {
            selection,
            facet: None,
            value: "Gao".into(),
        };
        same(query, &archive, &|engine| json(engine.evidence(&evidence)));
    }
    let chronology = ChronologyRequest::default();
    same("chronology", &archive, &|engine| {
        json(engine.chronology(&chronology))
    });
    for typed in ["ga", "dr", "week", "jn"] {
        let request = SuggestRequest {
            typed: typed.into(),
            limit: 5,
        };
        same(typed, &archive, &|engine| json(engine.suggest(&request)));
    }
    for query in ["dronne kidal", "zzz Gao", "region:Gao week"] {
        same(query, &archive, &|engine| {
            json(engine.diagnose(&Selection::of(query)))
        });
    }
    same("facets", &archive, &|engine| format!("{:?}", engine.facets()));
}
