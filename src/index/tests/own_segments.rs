//! Segments that griot writes itself hold what tantivy's writer would have written.

use crate::article::Article;
use crate::facets::Facets;
use crate::index::analysis::{Analysis, Job, UnknownValues};
use crate::index::content;
use crate::index::corrections::Corrections;
use crate::index::document;
use crate::index::layout::IndexDir;
use crate::index::origin::Origin;
use crate::index::pool::{Inverting, Pool};
use crate::index::queue::Queue;
use crate::index::state::SourceState;
use crate::index::writer::{self, Budget};
use crate::schema::Lexicons;
use proptest::prelude::*;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use tantivy::postings::Postings;
use tantivy::schema::{FieldType, IndexRecordOption};
use tantivy::{DocSet, Index, SegmentReader, TERMINATED};

/// One analyzer and one set of facets for all tests.
static SHARED: LazyLock<(Arc<crate::french::French>, Arc<Facets>)> = LazyLock::new(|| {
    let lexicons = Lexicons::embedded();
    let french = lexicons.french().expect("sound");
    let facets = Facets::new(&lexicons, &french).expect("sound");
    (Arc::new(french), Arc::new(facets))
});

fn job(number: usize, title: &str, body: &str) -> Job {
    let article = Article {
        title: crate::french::normalize(title).into_owned(),
        body: crate::french::normalize(body).into_owned(),
        date: (!number.is_multiple_of(3)).then(|| "2024-05-01".parse().expect("a date")),
        source: number.is_multiple_of(2).then(|| "Écho du Fleuve".into()),
        given: match number % 4 {
            0 => [("region".to_string(), vec!["Mali/Gao".to_string(), "Kidal".into()])].into(),
            _ => Default::default(),
        },
        ..Article::default()
    };
    let origin = Origin::new("0/articles.jsonl".into(), number + 1, "");
    Job {
        content: content::content_hash(&article, &origin).expect("a hash"),
        content_key: content::content_key(&article, &origin).expect("a hash"),
        article,
        origin,
        also: Vec::new(),
    }
}

/// An index of these texts, and of three documents without words.
fn index(dir: &Path, texts: &[(String, String)], inverting: Inverting) -> Index {
    index_by(dir, texts, inverting, (1, 1))
}

/// The same by so many threads, with room for so many articles between them.
fn index_by(
    dir: &Path,
    texts: &[(String, String)],
    inverting: Inverting,
    threads_and_room: (usize, usize),
) -> Index {
    let (french, facets) = &*SHARED;
    let generation = IndexDir::at(dir).new_generation().expect("a folder");
    let (index, fields) =
        writer::open_generation(&generation, &Lexicons::embedded(), french).expect("opened");
    let budget = Budget::of(1 << 30, 1);
    let analysis = Analysis {
        fields: fields.clone(),
        french: Arc::clone(french),
        facets: Arc::clone(facets),
        corrections: Corrections::read(&IndexDir::at(dir.join("none"))).expect("none"),
        queue: Queue::new(budget.queue),
        unknown: UnknownValues::default(),
    };
    let (mut writer, _) = writer::open(&index, &generation, budget).expect("a writer");
    writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
    let sources: Vec<_> = (0..3)
        .map(|number| {
            let state = SourceState {
                size: 7 * number,
                stamp: -3,
                hash: u64::MAX - number,
                records: number,
            };
            document::source(&fields, &format!("0/dossier/n° {number}.txt"), &state)
        })
        .collect();
    std::thread::scope(|scope| {
        let pool = Pool::bounded(scope, threads_and_room, inverting, &analysis, &writer);
        for (number, (title, body)) in texts.iter().enumerate() {
            pool.add(job(number, title, body)).expect("added");
        }
        if inverting != Inverting::Writer {
            for source in &sources {
                pool.add_document(source.clone()).expect("added");
            }
        }
        pool.finish().expect("finished");
    });
    if inverting == Inverting::Writer {
        for source in sources {
            writer.add_document(source.into()).expect("added");
        }
    }
    writer.commit().expect("committed");
    index
}

/// Everything that a segment holds but its stored documents, in words.
fn described(segment: &SegmentReader) -> Vec<String> {
    let mut all = Vec::new();
    for (field, entry) in segment.schema().fields() {
        let name = entry.name();
        if let Ok(norms) = segment.get_fieldnorms_reader(field) {
            let norms: Vec<u8> = (0..segment.max_doc())
                .map(|doc| norms.fieldnorm_id(doc))
                .collect();
            all.push(format!("{name} norms {norms:?}"));
        }
        if !entry.is_indexed() {
            continue;
        }
        let inverted = segment.inverted_index(field).expect("an inverted index");
        all.push(format!("{name} tokens {}", inverted.total_num_tokens()));
        let mut terms = inverted.terms().stream().expect("terms");
        while let Some((term, info)) = terms.next() {
            let option = match entry.field_type() {
                FieldType::Str(_) => IndexRecordOption::WithFreqsAndPositions,
                _ => IndexRecordOption::Basic,
            };
            let mut postings = inverted
                .read_postings_from_terminfo(info, option)
                .expect("postings");
            let mut line = format!(
                "{name} {:?} in {}:",
                term.escape_ascii().to_string(),
                info.doc_freq
            );
            while postings.doc() != TERMINATED {
                let mut positions = Vec::new();
                postings.positions(&mut positions);
                line += &format!(" {}×{}{positions:?}", postings.doc(), postings.term_freq());
                postings.advance();
            }
            all.push(line);
        }
    }
    all
}

/// The values of all columns, by document.
fn columns(segment: &SegmentReader) -> Vec<String> {
    let mut all = Vec::new();
    for (_, entry) in segment.schema().fields().filter(|(_, entry)| entry.is_fast()) {
        for doc in 0..segment.max_doc() {
            let columns = segment.fast_fields();
            let numbers = columns.u64_lenient(entry.name()).expect("a column");
            let numbers: Vec<u64> =
                numbers.map_or(Vec::new(), |(column, _)| column.values_for_doc(doc).collect());
            let texts = columns.str(entry.name()).expect("a column");
            let texts: Vec<u64> = texts.map_or(Vec::new(), |column| column.term_ords(doc).collect());
            all.push(format!("{} {doc}: {numbers:?} {texts:?}", entry.name()));
        }
    }
    all
}

/// What the only segment of an index holds.
fn contents(texts: &[(String, String)], inverting: Inverting) -> Vec<String> {
    let dir = tempfile::tempdir().expect("a folder");
    let searcher = index(dir.path(), texts, inverting)
        .reader()
        .expect("a reader")
        .searcher();
    let [segment] = searcher.segment_readers() else {
        panic!("{} segments", searcher.segment_readers().len());
    };
    let store = segment.get_store_reader(1).expect("a store");
    let stored = (0..segment.max_doc()).map(|doc| {
        let document: tantivy::TantivyDocument = store.get(doc).expect("a document");
        tantivy::Document::to_json(&document, segment.schema())
    });
    let mut all = described(segment);
    all.extend(columns(segment));
    all.extend(stored);
    all
}

#[track_caller]
fn check(texts: &[(String, String)]) {
    let ours = contents(texts, Inverting::Workers { memory: 64 << 20 });
    let theirs = contents(texts, Inverting::Writer);
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!(ours, theirs);
    }
    assert_eq!(ours.len(), theirs.len());
}

#[test]
fn the_sample_archive_is_the_same() {
    let mut texts = Vec::new();
    let mut add = |reading| {
        if let crate::corpus::Reading::Article { article, .. } = reading {
            texts.push((article.title, article.body));
        }
        std::ops::ControlFlow::Continue(())
    };
    for walked in crate::corpus::walk(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))) {
        if let crate::corpus::Walked::File(found) = walked {
            crate::corpus::read_file(&found.path, &crate::corpus::Options::default(), &mut add)
                .expect("read");
        }
    }
    assert!(texts.len() > 20, "{} articles", texts.len());
    check(&texts);
}

#[test]
fn strange_texts_are_the_same() {
    let texts = [
        ("", ""),
        ("", "Gao"),
        ("Gao", ""),
        (
            "Peut-être 1 500 000 francs",
            "aujourd'hui l'ex-chef d'état-major, 12 000 000, rfi.fr, 1 2 3 000",
        ),
        ("\u{2}déjà codé", "\u{2}\u{3}\u{4}"),
        ("Ménaka ".repeat(300).leak() as &str, "mot ".repeat(70_000).leak()),
    ];
    check(&texts.map(|(title, body)| (title.to_string(), body.to_string())));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_texts_are_the_same(
        texts in proptest::collection::vec(("\\PC{0,20}", "([a-zé'’0-9-]{1,6}[ ,.\n]{0,2}|Gao |Kidal ){0,40}|\\PC{0,60}"), 1..12),
    ) {
        check(&texts);
    }
}

/// Segments end when they are large, and when the table of words is.
#[test]
fn several_segments_hold_every_article() {
    let texts: Vec<(String, String)> = (0..60)
        .map(|number| (format!("Titre {number}"), format!("mot{number} ").repeat(200)))
        .collect();
    let dir = tempfile::tempdir().expect("a folder");
    let built = index(dir.path(), &texts, Inverting::Workers { memory: 1 });
    let searcher = built.reader().expect("a reader").searcher();
    assert_eq!(searcher.segment_readers().len(), 63);
    assert_eq!(searcher.num_docs(), 63);
    let field = built.schema().get_field("body").expect("a field");
    for number in 0..60 {
        let term = tantivy::Term::from_field_text(field, &format!("mot{number}"));
        assert_eq!(searcher.doc_freq(&term).expect("a frequency"), 1, "{number}");
    }
}

/// The reading thread takes what the others have no room for.
#[test]
fn threads_that_share_the_work_lose_nothing() {
    let texts: Vec<(String, String)> = (0..400)
        .map(|number| {
            (
                format!("Titre {number}"),
                format!("mot{number} à Gao. ").repeat(20),
            )
        })
        .collect();
    for inverting in [Inverting::Workers { memory: 1 << 24 }, Inverting::Writer] {
        for threads_and_room in [(2, 1), (3, 2), (3, 1000)] {
            let dir = tempfile::tempdir().expect("a folder");
            let built = index_by(dir.path(), &texts, inverting, threads_and_room);
            let searcher = built.reader().expect("a reader").searcher();
            assert_eq!(searcher.num_docs(), 403, "{inverting:?} {threads_and_room:?}");
            let field = built.schema().get_field("body").expect("a field");
            for number in 0..400 {
                let term = tantivy::Term::from_field_text(field, &format!("mot{number}"));
                assert_eq!(searcher.doc_freq(&term).expect("a frequency"), 1, "{number}");
            }
        }
    }
}
