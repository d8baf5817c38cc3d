//! Queries that nobody would type: mutated ones, which must not panic, and a megabyte of malice, which must
//! be quick.
//!
//! Every mutation is read, shown as understood, read again and marked in a text. Each hundredth is searched
//! in an index of `corpus/` too, with snippets, and diagnosed when it finds nothing. The process ends with a
//! failure at the first panic or error, and prints the query.

use crate::random::Random;
use anyhow::{Result, bail};
use griot::index::{IndexDir, Reader, SyncOptions, sync};
use griot::query::{ParseOptions, Query};
use griot::search::{Engine as _, LocalEngine, Matcher, SearchRequest, Selection, SnippetOptions};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Instant;

/// What people type, and what the language has.
const QUERIES: [&str; 30] = [
    "drone Gao",
    "otages ET (Gao OU Kidal) SAUF armée",
    "\"armée malienne\" -drone",
    "«état d’urgence» +Mopti",
    "=\"tués\" exact:blessés",
    "\"drone civils\"~5",
    "drone NEAR/5 civils NEAR/3 morts",
    "tombouct* m?naka djiadiste~1 *kassi",
    "region:Gao,Mopti acteur:Jnim -region:\"Burkina Faso\"",
    "mois:2024-03 date:2024-03-01..2024-03-31 date:>=2024-03",
    "titre:(otages OU \"prise d'otages\") source:RFI",
    "Mali : attaque à Moura, 300 morts ?",
    "prix: 3,5 %",
    "http://rfi.fr/afrique?x=1&y=(2) jean@exemple.ml",
    "Al-Qaïda au Maghreb islamique (Aqmi) N'Djamena l'élection",
    "1 500 soldats le 18.08.2023 à 10h30 30km O.N.U.",
    "NOT (a OU NOT b) ET NOT \"c d\"",
    "\"al-qa* islami?ue\"~3 \"week-end\" NEAR/4 weekend",
    "date:\"mars 2024\" région:menaka mois:sans",
    "MALI OU NIGER ET BURKINA",
    "est-il vrai que l'armée -t-elle -il",
    "attaque(s) contre l'(état)",
    "((((drone))))",
    "\"\" «» () -() +\"\" titre: region:",
    "œuvre naïf ÉTÉ e\u{301}te\u{301} Tomiɲan",
    "🇲🇱 👩\u{200D}🚒 drone 語 ক্ষ",
    "\u{202E}drone\u{202C} \u{200B}Gao \u{feff}",
    "a\0b \u{1b}[31mrouge \u{7f}",
    "AND OR NOT ET OU SAUF NEAR PRÈS/9",
    "-drone",
];
const PIECES: [&str; 44] = [
    " ",
    " ",
    "(",
    ")",
    "\"",
    "«",
    "»",
    "“",
    "”",
    "'",
    "’",
    "-",
    "+",
    "=",
    "~",
    "~2",
    "*",
    "?",
    ":",
    ",",
    ".",
    "/",
    "..",
    ">=",
    " AND ",
    " OU ",
    " SAUF ",
    " NEAR/2 ",
    "region:",
    "mois:",
    "date:",
    "titre:",
    "exact:",
    "source:",
    "\0",
    "\u{1}",
    "\u{301}",
    "\u{200D}",
    "\u{202E}",
    "🇲🇱",
    "é",
    "9999999999999999999",
    "date:0000-99",
    "語",
];
const TEXT: &str = "Des drones ont visé Gao, Mopti et Tombouctou : 1 500 déplacés, dit l’armée malienne. L'O.N.U. s'inquiète du week-end \
                    au Burkina Faso ; « rien ne va », d’après Al-Qaïda (Aqmi), 語 👩\u{200D}🚒 e\u{301}te\u{301}.";

fn mutated(random: &mut Random) -> String {
    let mut chars: Vec<char> = QUERIES[random.below(QUERIES.len())].chars().collect();
    for _ in 0..1 + random.below(6) {
        let at = random.below(chars.len() + 1);
        let to = (at + random.below(8)).min(chars.len());
        match random.below(7) {
            0 => drop(chars.drain(at..to)),
            1 => drop(chars.splice(at..at, chars[at..to].to_vec().repeat(1 + random.below(6)))),
            2 => chars.reverse(),
            3 => {
                let other: Vec<char> = QUERIES[random.below(QUERIES.len())].chars().collect();
                let from = random.below(other.len());
                drop(chars.splice(at..to, other[from..].iter().copied()));
            }
            4 => drop(chars.splice(at..at, char::from_u32(random.below(0x11_0000) as u32))),
            5 => chars = chars.iter().flat_map(|c| c.to_uppercase()).collect(),
            _ => drop(chars.splice(at..at, PIECES[random.below(PIECES.len())].chars())),
        }
    }
    if random.below(200) == 0 {
        chars = chars.repeat(1 + random.below(400));
    }
    chars.into_iter().collect()
}

/// Does everything with a query that asking does.
fn ask(engine: &LocalEngine, text: &str, mode: usize, searched: bool) -> Result<()> {
    let (any, plain) = (mode & 1 == 1, mode & 6 == 6);
    let options = ParseOptions {
        any,
        plain,
        facets: &engine.reader.schema.facets,
        function_words: Some(&engine.reader.function_words),
        variants: Some(engine.reader.variants().expect("the names of the index")),
    };
    let french = &engine.reader.french;
    let query = Query::parse(text, &options, french);
    Query::parse(
        &query.interpreted(),
        &ParseOptions {
            any: false,
            plain: false,
            ..options
        },
        french,
    );
    Matcher::new(&query, &|_| 1.0).marks(TEXT, &french.analyze(TEXT), false);
    if searched {
        let snippets = Some(SnippetOptions::default());
        let selection = Selection {
            any,
            plain,
            ..Selection::of(text)
        };
        let request = SearchRequest {
            selection,
            limit: 5,
            page: 1,
            snippets,
            ..SearchRequest::default()
        };
        if engine.search(&request)?.total == 0 {
            engine.diagnose(&request.selection)?;
        }
    }
    Ok(())
}

fn mutations(engine: &LocalEngine, count: usize, seed: u64) -> Result<()> {
    let mut random = Random(seed | 1);
    let started = Instant::now();
    let mut slowest = (0.0, String::new());
    for number in 0..count {
        let text = mutated(&mut random);
        let mode = random.below(8);
        let one = Instant::now();
        match catch_unwind(AssertUnwindSafe(|| ask(engine, &text, mode, number % 100 == 0))) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => bail!("seed {seed}, mutation {number}: {text:?}: {error}"),
            Err(_) => bail!("seed {seed}, mutation {number} panics: {text:?}"),
        }
        let took = one.elapsed().as_secs_f64() * 1000.0;
        if took > slowest.0 {
            slowest = (took, text);
        }
    }
    println!(
        "seed {seed}: {count} mutated queries in {:.1} s, none panicked",
        started.elapsed().as_secs_f64()
    );
    let head: String = slowest.1.chars().take(80).collect();
    println!(
        "slowest: {:.1} ms, {} bytes: {head:?}",
        slowest.0,
        slowest.1.len()
    );
    Ok(())
}

/// Kinds of malice, and what is repeated.
const KINDS: [(&str, &str); 21] = [
    ("words", "attaque "),
    ("different words", ""),
    ("one word", "a"),
    ("parentheses", "("),
    ("closed parentheses", "(a) "),
    ("quotation marks", "\""),
    ("phrases", "\"a b c\" "),
    ("operators", "a OU b SAUF "),
    ("exclusions", "-a "),
    ("wildcards", "a*b?c* "),
    ("misspellings", "drone~2 "),
    ("filters", "region:Gao "),
    ("one filter", "Gao,"),
    ("dates", "date:2024-03..2025 "),
    ("proximity", "a NEAR/5 "),
    ("combining marks", "e\u{301}\u{302}\u{303}"),
    ("control characters", "\u{1}\u{202E}"),
    ("emoji", "👩\u{200D}🚒"),
    ("hyphens", "a-b-"),
    ("apostrophes", "l'"),
    ("digits", "1 500 "),
];

/// A megabyte of each kind of malice.
fn megabyte(engine: &LocalEngine) -> Result<()> {
    println!(
        "{:<20} {:>9} {:>10} {:>12}",
        "1 MB of", "read ms", "search ms", "more memory"
    );
    let options = ParseOptions {
        facets: &engine.reader.schema.facets,
        ..ParseOptions::default()
    };
    for (name, piece) in KINDS {
        let text = megabyte_of(name, piece);
        let before = peak_memory();
        let started = Instant::now();
        let query = Query::parse(&text, &options, &engine.reader.french);
        let read = started.elapsed().as_secs_f64() * 1000.0;
        drop(query);
        let started = Instant::now();
        engine.search(&SearchRequest {
            selection: Selection::of(text),
            limit: 10,
            page: 1,
            snippets: Some(SnippetOptions::default()),
            ..SearchRequest::default()
        })?;
        let searched = started.elapsed().as_secs_f64() * 1000.0;
        println!(
            "{name:<20} {read:>9.1} {searched:>10.1} {:>9.1} MB",
            peak_memory().saturating_sub(before) as f64 / 1024.0
        );
    }
    println!("peak of the process: {:.1} MB", peak_memory() as f64 / 1024.0);
    Ok(())
}

fn megabyte_of(name: &str, piece: &str) -> String {
    match name {
        "different words" => (0..)
            .map(|n: u32| format!("mot{n}x "))
            .take(200_000)
            .collect::<String>()[..1 << 20]
            .to_string(),
        "one filter" => format!("region:{}", piece.repeat((1 << 20) / piece.len())),
        _ => piece.repeat((1 << 20) / piece.len()),
    }
}

/// Kilobytes, from `/proc`; 0 where there is none.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|l| l.starts_with("VmHWM"))
        .and_then(|l| l.split_whitespace().nth(1)?.parse().ok());
    line.unwrap_or(0)
}

/// Queries that nobody would type: mutated ones, and a megabyte of each kind of malice
#[derive(clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Args {
    /// Ask so many mutated queries
    #[arg(long, default_value_t = 0, value_name = "N")]
    mutations: usize,
    #[arg(long, default_value_t = 42, value_name = "N")]
    seed: u64,
    /// Ask a megabyte of each kind
    #[arg(long)]
    megabyte: bool,
}

pub fn run(args: &Args) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let place = IndexDir::at(dir.path().join("index"));
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    sync(
        &place,
        &SyncOptions {
            paths: vec![corpus],
            threads: 1,
            memory: 16 << 20,
            ..SyncOptions::default()
        },
        &mut |_| {},
    )?;
    let reader = Reader::open(&place)?;
    let engine = LocalEngine::new(reader);
    if args.mutations > 0 {
        mutations(&engine, args.mutations, args.seed)?;
    }
    if args.megabyte {
        megabyte(&engine)?;
    }
    Ok(())
}
