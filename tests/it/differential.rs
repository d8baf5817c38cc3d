//! Random nested queries over random small archives: exactly the articles, the count and the marks' existence
//! that the naive evaluator over token lists gives; on several segments and with deletions.
//!
//! A few hundred queries, always the same; with `GRIOT_LONG=1` 2,000 of a fresh seed, which is printed.
//! `GRIOT_DIFFERENTIAL=N` asks for other numbers, `GRIOT_SEED=N` repeats a run.

use crate::common::long;
use griot::index::{IndexDir, Reader, SyncOptions, sync};
use griot::query::naive::{NaiveDoc, matches};
use griot::query::{Node, ParseOptions, Query};
use griot::search::{Engine as _, ExportRequest, ExportRow, LocalEngine, SearchRequest, Selection};
use std::collections::{BTreeMap, BTreeSet};

const WORDS: [&str; 33] = [
    "drone",
    "drones",
    "armée",
    "arme",
    "Gao",
    "à",
    "tué",
    "tués",
    "tue",
    "week-end",
    "weekend",
    "week",
    "end",
    "Al-Qaïda",
    "Alqaida",
    "al",
    "1 500",
    "1500",
    "l'élection",
    "O.N.U.",
    "30km",
    "les",
    "Jnim",
    "GSIM",
    "ansar dine",
    "Ançar Dine",
    "dine",
    "Timbuktu",
    "anti",
    "anti-terroriste",
    "contre",
    "sous",
    "contre-attaque",
];

/// xorshift64*: enough for choosing words.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }
    fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 33) as usize % limit
    }
    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

fn prose(random: &mut Random, words: usize) -> String {
    (0..words)
        .map(|_| random.pick(&WORDS))
        .collect::<Vec<_>>()
        .join(" ")
}

fn query(random: &mut Random, depth: usize) -> String {
    let leaf = depth == 0 || random.below(3) == 0;
    if leaf {
        let word = random.pick(&WORDS).to_string();
        return match random.below(12) {
            0 => format!("\"{} {}\"", random.pick(&WORDS), word),
            1 => format!(
                "\"{} {} {}\"~{}",
                random.pick(&WORDS),
                word,
                random.pick(&WORDS),
                random.below(5)
            ),
            2 => format!("=\"{word}\""),
            3 => format!("{}*", word.chars().take(3).collect::<String>()),
            4 => format!("{word}~1"),
            5 => format!("{} NEAR/{} {}", random.pick(&WORDS), 2 + random.below(5), word),
            6 => format!("titre:{word}"),
            7 => format!("\"{} dro*\"", word),
            8 => format!(
                "\"{} {}\" NEAR/{} {}",
                random.pick(&WORDS),
                word,
                3 + random.below(4),
                random.pick(&WORDS)
            ),
            _ => word,
        };
    }
    let (a, b) = (query(random, depth - 1), query(random, depth - 1));
    match random.below(6) {
        0 => format!("({a}) OU ({b})"),
        1 => format!("({a}) AND ({b})"),
        2 => format!("({a}) SAUF ({b})"),
        3 => format!("NOT ({a})"),
        4 => format!("{a} -{}", random.pick(&WORDS)),
        _ => format!("{a} {b}"),
    }
}

/// Runs `queries` queries over one random archive; the message of a mismatch says how to repeat it.
fn round(seed: u64, queries: usize) -> Result<(), String> {
    let mut random = Random(seed | 1);
    let dir = tempfile::tempdir().map_err(|e| e.to_string())?;
    let corpus = dir.path().join("corpus");
    std::fs::create_dir(&corpus).map_err(|e| e.to_string())?;
    let place = IndexDir::at(dir.path().join("index"));
    let options = SyncOptions {
        paths: vec![corpus.clone()],
        threads: 1,
        memory: 16 << 20,
        allow_removals: true,
        ..SyncOptions::default()
    };
    let mut texts: BTreeMap<String, (String, String)> = BTreeMap::new();
    for segment in 0..1 + random.below(3) {
        for number in 0..1 + random.below(12) {
            let id = format!("{segment}-{number}");
            let (titled, words) = (random.below(4), random.below(14));
            let (title, body) = (prose(&mut random, titled), prose(&mut random, words));
            let record = serde_json::json!({"id": id, "title": title, "text": format!("{body} .")});
            std::fs::write(corpus.join(format!("{id}.jsonl")), record.to_string())
                .map_err(|e| e.to_string())?;
            texts.insert(id, (title, body));
        }
        sync(&place, &options, &mut |_| {}).map_err(|e| e.to_string())?;
    }
    for id in texts.keys().cloned().collect::<Vec<_>>() {
        if random.below(5) == 0 {
            std::fs::remove_file(corpus.join(format!("{id}.jsonl"))).map_err(|e| e.to_string())?;
            texts.remove(&id);
        }
    }
    sync(&place, &options, &mut |_| {}).map_err(|e| e.to_string())?;
    let reader = Reader::open(&place).map_err(|e| e.to_string())?;
    let engine = LocalEngine::new(reader);
    let reader = &engine.reader;
    let docs: BTreeMap<&String, NaiveDoc> = texts
        .iter()
        .map(|(id, (t, b))| (id, NaiveDoc::new(&reader.french, t, b)))
        .collect();
    for _ in 0..queries {
        let depth = random.below(4);
        let text = query(&mut random, depth);
        let any = random.below(4) == 0;
        let parsed = Query::parse(
            &text,
            &ParseOptions {
                any,
                plain: false,
                facets: &reader.schema.facets,
                function_words: Some(&reader.function_words),
                variants: Some(reader.variants().map_err(|e| e.to_string())?),
            },
            &reader.french,
        );
        let Some(root) = &parsed.root else { continue };
        let decided = |doc: &NaiveDoc| matches(root, doc, &|_: &Node| true);
        if docs.values().next().is_none_or(|doc| decided(doc).is_none()) {
            continue; // nothing but ignored words: the archive is listed
        }
        let expected: BTreeSet<&String> = docs
            .iter()
            .filter(|(_, doc)| decided(doc) == Some(true))
            .map(|(id, _)| *id)
            .collect();
        let selection = Selection {
            any,
            ..Selection::of(text.clone())
        };
        let request = SearchRequest {
            selection: selection.clone(),
            limit: 100,
            page: 1,
            ..SearchRequest::default()
        };
        let export = ExportRequest {
            selection,
            ..ExportRequest::default()
        };
        let rows = engine.export(&export).map_err(|e| e.to_string())?;
        let found: Vec<String> = rows
            .map(|row| match row {
                Ok(ExportRow::Article(row)) => Ok(row.id),
                other => Err(format!("not an article: {other:?}")),
            })
            .collect::<Result<_, _>>()?;
        let response = engine.search(&request).map_err(|e| e.to_string())?;
        let set: BTreeSet<&String> = found.iter().collect();
        let hits: BTreeSet<&String> = response.hits.iter().map(|h| &h.id).collect();
        if set != expected
            || hits != expected
            || response.total != expected.len() as u64
            || found.len() != set.len()
        {
            let difference: Vec<_> = set
                .symmetric_difference(&expected)
                .map(|id| (*id, &texts[*id]))
                .collect();
            return Err(format!(
                "GRIOT_SEED={seed}: {text:?} (any: {any}), read as {}\n found {set:?}, hits {hits:?}, total {}\n expected {expected:?}\n {difference:?}",
                parsed.interpreted(),
                response.total
            ));
        }
    }
    Ok(())
}

#[test]
fn queries_find_what_a_naive_evaluator_finds() {
    let number = |name: &str| std::env::var(name).ok().and_then(|v| v.parse::<u64>().ok());
    let clock = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(1, |d| d.as_nanos() as u64);
    let (seed, queries) = if long() { (clock, 2_000) } else { (23, 300) };
    let (seed, queries) = (
        number("GRIOT_SEED").unwrap_or(seed),
        number("GRIOT_DIFFERENTIAL").unwrap_or(queries),
    );
    let a_round = 100;
    println!("seed {seed}");
    for at in 0..queries.div_ceil(a_round) {
        if let Err(mismatch) = round(seed.wrapping_add(at.wrapping_mul(0x9E37_79B9)), a_round as usize) {
            panic!("{mismatch}");
        }
    }
}
