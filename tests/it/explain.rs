//! `--explain` over the sample corpus: what it says adds up.

use griot::index::{IndexDir, Reader, SyncOptions, sync};
use griot::search::{Engine as _, ExplainedClause, LocalEngine, SearchRequest, SearchResponse, Selection};
use std::path::{Path, PathBuf};

fn with_corpus(check: impl Fn(&dyn Fn(&str) -> SearchResponse)) {
    with_articles(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), check);
}

fn with_articles(corpus: PathBuf, check: impl Fn(&dyn Fn(&str) -> SearchResponse)) {
    let dir = tempfile::tempdir().expect("a folder");
    let place = IndexDir::at(dir.path().join("index"));
    sync(
        &place,
        &SyncOptions {
            paths: vec![corpus],
            ..SyncOptions::default()
        },
        &mut |_| {},
    )
    .expect("indexed");
    let reader = Reader::open(&place).expect("opened");
    let engine = LocalEngine::new(reader);
    check(&|query| {
        let request = SearchRequest {
            selection: Selection::of(query),
            explain: true,
            limit: 50,
            page: 1,
            ..SearchRequest::default()
        };
        engine.search(&request).expect("answered").value
    });
}

fn clause<'r>(response: &'r SearchResponse, typed: &str) -> &'r ExplainedClause {
    let clauses = &response.explanation.as_ref().expect("explained").clauses;
    clauses
        .iter()
        .find(|c| c.typed == typed)
        .unwrap_or_else(|| panic!("no {typed} in {clauses:?}"))
}

#[test]
fn the_parts_of_a_score_add_up_to_it() {
    with_corpus(|search: &dyn Fn(&str) -> SearchResponse| {
        let mut seen = 0;
        for query in [
            "attaque",
            "attaque jnim gao",
            "ansar dine tombouctou",
            "titre:attaque armée",
            "\"armée malienne\" drone",
            "=attaques mali",
            "drone* OU blocus",
            "week end",
            "jnim NEAR/9 attaque",
            "(mali OU burkina) -drone",
            "l'armée malienne à Gao",
        ] {
            for hit in search(query).hits {
                let parts = hit.why.as_deref().expect("explained");
                let sum: f32 = parts.iter().map(|part| part.score).sum();
                assert!(
                    (sum - hit.score).abs() < 1e-3 * hit.score.abs().max(1.0),
                    "{query}: {} is {} and not {sum}: {parts:?}",
                    hit.id,
                    hit.score
                );
                seen += 1;
            }
        }
        assert!(seen > 100, "{seen} hits only");
    });
}

#[test]
fn every_expansion_has_its_documents() {
    with_corpus(|search: &dyn Fn(&str) -> SearchResponse| {
        let response = search("gsim attaque dans");
        let name = clause(&response, "gsim");
        assert_eq!((name.kind, name.documents), ("name", search("gsim").total));
        assert!(
            name.meanings
                .iter()
                .any(|m| m.facet == "actor" && m.path.ends_with("Jnim")),
            "{name:?}"
        );
        for expansion in &name.expansions {
            let quoted = format!("=\"{}\"", expansion.text);
            assert!(expansion.documents >= search(&quoted).total, "{expansion:?}");
        }
        assert!(
            name.expansions.len() > 1 && name.expansions.iter().all(|e| e.documents > 0),
            "{name:?}"
        );
        let word = clause(&response, "attaque");
        assert_eq!((word.kind, word.documents), ("word", search("attaque").total));
        let forms: Vec<&str> = word.expansions.iter().map(|e| e.text.as_str()).collect();
        assert!(
            forms.contains(&"attaque") && forms.contains(&"attaques") && !forms.contains(&"attache"),
            "{forms:?}"
        );
        assert_eq!(clause(&response, "dans").role, "ignored");
        let excluded = search("mali -drone");
        assert_eq!(
            (clause(&excluded, "drone").role, clause(&excluded, "mali").role),
            ("excluded", "required")
        );
        assert_eq!(
            clause(&excluded, "mali").documents - excluded.total,
            search("mali drone").total
        );
    });
}

/// However rare a spelling is, the name is one term: an article that has it in a rare spelling gains nothing
/// by that.
#[test]
fn a_name_scores_as_one_term_whatever_its_spelling() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: String| std::fs::write(dir.path().join(name), text).expect("written");
    for number in 0..9 {
        file(
            &format!("common{number}.txt"),
            format!("Un récit\n\nLe GSIM parle du puits numéro {number}."),
        );
    }
    file("rare.txt", "Un récit\n\nLe Jnim parle du puits numéro 10.".into());
    file(
        "other.txt",
        "Un récit\n\nLe marché parle du puits numéro 11.".into(),
    );
    with_articles(
        dir.path().to_path_buf(),
        |search: &dyn Fn(&str) -> SearchResponse| {
            for typed in ["gsim", "jnim"] {
                let hits = search(typed).hits;
                assert_eq!(hits.len(), 10, "{typed}");
                let of_name = |why: &dyn Fn(&str) -> bool| -> Vec<f32> {
                    hits.iter()
                        .map(|hit| {
                            hit.why
                                .iter()
                                .flatten()
                                .filter(|part| why(part.why))
                                .map(|part| part.score)
                                .sum()
                        })
                        .collect()
                };
                let (name, form) = (
                    of_name(&|why| why != "same_form"),
                    of_name(&|why| why == "same_form"),
                );
                assert!(
                    name.iter()
                        .all(|score| *score > 0.0 && (score - name[0]).abs() < 1e-5),
                    "{typed}: {name:?}"
                );
                let typed_so = if typed == "gsim" { 9 } else { 1 };
                assert_eq!(
                    form.iter().filter(|score| **score > 0.0).count(),
                    typed_so,
                    "{typed}: {form:?}"
                );
            }
        },
    );
}
