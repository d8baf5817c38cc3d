//! Random archives and queries, on this machine and on the cluster.

use griot::cluster::document::{Articles, Documents};
use griot::cluster::mapping::{self, ClusterVersion, Layout};
use griot::cluster::{Address, ClusterEngine, Credentials, HttpTransport, Method, Name, Transport};
use griot::index::{IndexDir, Reader, SyncOptions, sync};
use griot::search::LocalEngine;
use serde_json::{Value, json};
use std::sync::Arc;

const WORDS: [&str; 36] = [
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
    "Ansongo",
    "Kidal",
    "Burkina Faso",
];

const SOURCES: [&str; 4] = ["RFI", "Studio Tamani", "Le Monde", "Sahel Dépêches"];

/// xorshift64*: enough for choosing words.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 33) as usize % limit
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

fn prose(random: &mut Random, words: usize) -> String {
    let words: Vec<&str> = (0..words).map(|_| random.pick(&WORDS)).collect();
    words.join(" ")
}

/// A query of words, phrases, patterns, names, filters and exclusions, nested.
pub fn query(random: &mut Random, depth: usize) -> String {
    let leaf = depth == 0 || random.below(3) == 0;
    if leaf {
        return clause(random);
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

fn clause(random: &mut Random) -> String {
    let word = random.pick(&WORDS).to_string();
    match random.below(18) {
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
        7 => format!("\"{word} dro*\""),
        8 => format!(
            "\"{} {}\" NEAR/{} {}",
            random.pick(&WORDS),
            word,
            3 + random.below(4),
            random.pick(&WORDS)
        ),
        9 => format!(
            "region:{}",
            random.pick(&["Gao", "Kidal", "Mali", "Tombouctou", "Sahel", "Nulle"])
        ),
        10 => format!(
            "date:{}",
            random.pick(&["2024", "2024-03", "2024-02-10..2024-04", "2025"])
        ),
        11 => format!("source:{}", random.pick(&["RFI", "\"Le Monde\"", "rien"])),
        12 => format!("mois:{}", random.pick(&["2024-03", "2024", "2025-01"])),
        13 => format!(
            "\"{} {}\"~{}",
            random.pick(&["drone", "Gao"]),
            random.pick(&["Kidal", "contre"]),
            random.below(4)
        ),
        _ => word,
    }
}

/// An archive, here and there.
pub struct Archive {
    pub here: LocalEngine,
    pub there: ClusterEngine,
    pub index_dir: IndexDir,
    /// Articles, copies among them.
    pub articles: u64,
    transport: Arc<dyn Transport>,
    name: Name,
    _dir: tempfile::TempDir,
}

impl Archive {
    // Long because it is a list of what articles may have.
    pub fn random(cluster: &str, random: &mut Random, articles: usize) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let corpus = dir.path().join("corpus");
        std::fs::create_dir_all(corpus.join("copies")).expect("a folder");
        let dates = ["2024-03-05", "2024-03-06", "2024-02", "2023", "2025-01-01", ""];
        let regions = [
            "",
            "",
            "Gao",
            "Kidal",
            "Mali",
            "Tombouctou/Timbuktu",
            "Lieu inconnu",
        ];
        for number in 0..articles {
            let (titled, words) = (random.below(4), 1 + random.below(24));
            let (title, body) = (prose(random, titled), prose(random, words));
            let mut record = json!({"title": title, "text": format!("{body} .")});
            // Some claim an id that others claim, too; some have none.
            match random.below(12) {
                0 => {}
                1 => record["id"] = "le-même".into(),
                _ => record["id"] = format!("a{number}").into(),
            }
            let (date, region) = (random.pick(&dates), random.pick(&regions));
            if !date.is_empty() {
                record["date"] = date.into();
            }
            if !region.is_empty() {
                record["region"] = region.into();
            }
            if random.below(3) > 0 {
                record["source"] = random.pick(&SOURCES).into();
            }
            let file = format!("{number}.jsonl");
            std::fs::write(corpus.join(&file), record.to_string()).expect("written");
            if random.below(10) == 0 {
                std::fs::write(corpus.join("copies").join(&file), record.to_string()).expect("written");
            }
        }
        let index_dir = IndexDir::at(dir.path().join("index"));
        let options = SyncOptions {
            paths: vec![corpus],
            threads: 1,
            memory: 16 << 20,
            ..SyncOptions::default()
        };
        sync(&index_dir, &options, &mut |_| {}).expect("indexed");
        let here = LocalEngine::open(&index_dir).expect("opened");
        let name =
            Name::parse(&format!("test-{}-{:x}", std::process::id(), random.next() >> 32)).expect("a name");
        let address = Address::parse(cluster).expect("an address");
        let no_credentials = Credentials::from_environment(&|_| None).expect("none");
        let transport: Arc<dyn Transport> =
            Arc::new(HttpTransport::new(address, no_credentials, None).expect("made ready"));
        push(&here.reader, &*transport, &name);
        let there = ClusterEngine::open(Arc::clone(&transport), &name, index_dir.clone()).expect("opened");
        Self {
            here,
            there,
            index_dir,
            articles: articles as u64,
            transport,
            name,
            _dir: dir,
        }
    }

    /// A new engine of the archive on the cluster, which knows nothing yet.
    pub fn afresh(&self) -> ClusterEngine {
        ClusterEngine::open(Arc::clone(&self.transport), &self.name, self.index_dir.clone()).expect("opened")
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        for index in [self.name.generation(1), self.name.control()] {
            let _ = self.transport.send(Method::Delete, &format!("/{index}"), b"");
        }
    }
}

fn asked(transport: &dyn Transport, method: Method, path: &str, body: &[u8]) -> Value {
    let answer = transport.send(method, path, body).expect("an answer");
    answer.done(transport.address()).expect("done")
}

/// Three shards with a copy each, all articles in one request.
fn push(reader: &Reader, transport: &dyn Transport, name: &Name) {
    let version = ClusterVersion::ask(transport).expect("asked");
    let layout = Layout {
        shards: 3,
        replicas: 1,
        scores: version.scores,
    };
    let names: Vec<&str> = reader
        .schema
        .facets
        .iter()
        .map(|facet| facet.name.as_str())
        .collect();
    let about = json!({"form": mapping::FORM, "fingerprint": reader.payload.fingerprint, "facets": names});
    let index = name.generation(1);
    let body = mapping::index(layout, &reader.schema.facets, &about, &Name::writing(&index));
    asked(
        transport,
        Method::Put,
        &format!("/{index}"),
        body.to_string().as_bytes(),
    );
    let articles = Articles::of(reader).expect("read");
    let mut documents = Documents::new(reader);
    let mut lines = Vec::new();
    articles
        .each(&mut |marked, _| {
            let action = json!({"index": {"_id": marked.id.to_hex()}});
            lines.extend_from_slice(action.to_string().as_bytes());
            lines.push(b'\n');
            documents.write(&marked, &mut lines)?;
            lines.push(b'\n');
            Ok(true)
        })
        .expect("read");
    let path = format!("/{}/_bulk?require_alias=true&refresh=true", Name::writing(&index));
    let answer = asked(transport, Method::Post, &path, &lines);
    assert_eq!(answer["errors"], false, "{answer}");
    let state = json!({
        "index": index, "articles": 0, "pushed": "2026-01-01T00:00:00Z",
        "payload": serde_json::to_value(&reader.payload).expect("written"),
    });
    let body = json!({"mappings": {"enabled": false}});
    asked(
        transport,
        Method::Put,
        &format!("/{}", name.control()),
        body.to_string().as_bytes(),
    );
    let path = format!("/{}/_doc/state?refresh=true", name.control());
    asked(transport, Method::Put, &path, state.to_string().as_bytes());
    let actions = json!({"actions": [{"add": {"index": index, "alias": name.alias()}}]});
    asked(
        transport,
        Method::Post,
        "/_aliases",
        actions.to_string().as_bytes(),
    );
}
