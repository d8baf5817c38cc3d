//! PDF files in an archive: what is read of them, what is reported of those that aren't, and programs in the reading
//! process's place that misbehave.

#[path = "../../src/pdf/tests/made.rs"]
mod made;

use crate::common::{Archive, text};
use crate::layouts::{gzip, zip};
use flate2::{Compression, write::ZlibEncoder};
use griot::index::{IndexDir, Report, SyncOptions, sync};
use griot::pdf::{Limits, Reader, Stopped};
use made::{MadePdf, lines};
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

const LEFT: [&str; 6] = [
    "Le pont de Gossi a rouvert jeudi",
    "matin après huit jours de travaux",
    "menés par des maçons de la com-",
    "mune. Les camions de sel y pas-",
    "sent de nouveau un par un, sous",
    "les yeux de deux gendarmes.",
];
const RIGHT: [&str; 6] = [
    "Le maire a promis une barrière",
    "avant la saison des pluies, car",
    "la crue de septembre avait em-",
    "porté le parapet du côté nord.",
    "Les chauffeurs attendent aussi",
    "une lampe pour passer la nuit.",
];
const NEXT: [&str; 4] = [
    "À Hombori, le marché aux chèvres",
    "se tient désormais le mardi. Les",
    "vendeuses de lait ont obtenu un",
    "hangar à elles près du puits.",
];

/// A bulletin of two pages, with a header, page numbers and, on the first page, columns.
fn bulletin() -> MadePdf {
    let mut pdf = MadePdf::new();
    let info = pdf.object("<< /Title (Bulletin des routes) /Author (Awa Ba) /CreationDate (D:20240705) >>");
    pdf.trailer = format!("/Info {info} 0 R");
    let sheet = |number: &str, text: Vec<Vec<u8>>| {
        let around = [
            lines(50.0, 770.0, 8.0, &["Bulletin du fleuve"]),
            lines(300.0, 30.0, 8.0, &[number]),
        ];
        [around.concat(), text.concat()].concat()
    };
    pdf.page(sheet(
        "1",
        vec![lines(50.0, 700.0, 10.0, &LEFT), lines(320.0, 700.0, 10.0, &RIGHT)],
    ));
    pdf.page(sheet("2", vec![lines(50.0, 700.0, 10.0, &NEXT)]));
    pdf
}

fn locked() -> MadePdf {
    let mut pdf = MadePdf::new();
    let zeros = "00".repeat(32);
    let encrypt = pdf.object(&format!(
        "<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{zeros}> /U <{zeros}> >>"
    ));
    pdf.trailer = format!("/Encrypt {encrypt} 0 R /ID [<00> <00>]");
    pdf.page(lines(50.0, 700.0, 10.0, &["fermé"]));
    pdf
}

fn scan() -> MadePdf {
    let mut pdf = MadePdf::new();
    let image = pdf.stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        b"\0",
    );
    pdf.resources = format!("/XObject << /I1 {image} 0 R >>");
    pdf.page(b"/I1 Do").page(b"/I1 Do").page(b"/I1 Do");
    pdf
}

/// Pages of forms that draw forms that draw forms: all the operators that a page may have, on each of a thousand.
fn endless() -> MadePdf {
    let mut pdf = MadePdf::new();
    let mut form = pdf.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9]",
        &b"q Q ".repeat(500),
    );
    for _ in 0..8 {
        let entries = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {form} 0 R >> >>"
        );
        form = pdf.stream(&entries, &b"/X Do ".repeat(20));
    }
    pdf.resources = format!("/XObject << /X {form} 0 R >>");
    for _ in 0..1000 {
        pdf.page(b"/X Do");
    }
    pdf
}

/// A page whose content unpacks to so many million spaces.
fn swelling(millions: usize) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..millions {
        packed.write_all(&[b' '; 1_000_000]).expect("memory");
    }
    let packed = packed.finish().expect("memory");
    let mut pdf = MadePdf::new();
    let content = pdf.stream("/Filter /FlateDecode", &packed);
    pdf.page = format!("/Contents {content} 0 R");
    pdf.page("");
    // The page's own entry stands first; a reader takes the one or the other.
    let bytes = pdf.bytes();
    let own = b"/Contents 5 0 R ";
    let at = bytes
        .windows(own.len())
        .position(|window| window == own)
        .expect("the page's content");
    [&bytes[..at], &[b' '; 16], &bytes[at + own.len()..]].concat()
}

fn put(archive: &Archive, name: &str, bytes: &[u8]) {
    std::fs::write(archive.corpus().join(name), bytes).expect("a file");
}

fn indexed(archive: &Archive) -> (Option<i32>, Value) {
    let output = archive.run(&["index", "corpus", "--format", "json", "--pdf-seconds", "1"]);
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output)));
    (output.status.code(), report)
}

/// File names with the reasons for which they were skipped, in order.
fn skipped(report: &Value) -> Vec<(String, String)> {
    let list = report["skipped_files"]
        .as_array()
        .or(report["skipped"].as_array());
    let mut skipped: Vec<(String, String)> = list
        .expect("a list")
        .iter()
        .map(|one| {
            let path = Path::new(one["path"].as_str().expect("a path"));
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, one["reason"].as_str().expect("a reason").to_string())
        })
        .collect();
    skipped.sort();
    skipped
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter()
        .map(|(name, reason)| (name.to_string(), reason.to_string()))
        .collect()
}

#[test]
fn each_file_that_cannot_be_read_is_told_and_the_others_are_indexed() {
    let archive = Archive::new(&[("a.txt", "Gossi\n\nLe pont de Gossi est fermé.")]);
    put(&archive, "bulletin.pdf", &bulletin().bytes());
    put(&archive, "ferme.pdf", &locked().bytes());
    put(&archive, "numerise.pdf", &scan().bytes());
    put(&archive, "abime.pdf", b"%PDF-1.7\n%%EOF");
    put(&archive, "vide.pdf", b"");
    put(&archive, "sans-fin.pdf", &endless().bytes());
    archive.age();

    let (code, first) = indexed(&archive);

    assert_eq!((code, first["articles"].as_u64()), (Some(3), Some(2)), "{first}");
    let expected = pairs(&[
        ("abime.pdf", "damaged"),
        ("ferme.pdf", "locked"),
        ("numerise.pdf", "no_text_layer"),
        ("sans-fin.pdf", "reader_stopped"),
        ("vide.pdf", "empty"),
    ]);
    assert_eq!(skipped(&first), expected, "{first}");
    let reported = first.to_string();
    for part in [
        "save it without one",
        "3 pages without a text layer; run OCR",
        "1 s of processor time",
    ] {
        assert!(reported.contains(part), "{part}: {reported}");
    }

    let (code, again) = indexed(&archive);

    assert_eq!(code, Some(3), "{again}");
    assert_eq!(
        skipped(&again),
        pairs(&[("sans-fin.pdf", "reader_stopped")]),
        "{again}"
    );
    assert_eq!(again["files_unchanged"].as_u64(), Some(6), "{again}");
    assert_eq!(archive.ids(&["pont"]), ["a.txt", "bulletin.pdf"]);
}

#[test]
fn a_document_is_an_article_that_knows_its_pages() {
    let archive = Archive::new(&[]);
    put(&archive, "bulletin.pdf", &bulletin().bytes());
    let (code, report) = indexed(&archive);
    assert_eq!(code, Some(0), "{report}");
    let run = |args: &[&str]| {
        let output = archive.run(&[args, &["--index", "corpus/.griot"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };

    let shown = run(&["show", "bulletin.pdf"]);

    assert!(shown.starts_with("Bulletin des routes\n"), "{shown}");
    let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "date 2024-07-05",
        "author Awa Ba",
        "— p. 1 — Le pont de Gossi a rouvert jeudi matin après huit jours de travaux menés par des maçons de la commune.",
        "deux gendarmes. Le maire a promis une barrière",
        "— p. 2 — À Hombori, le marché",
    ] {
        assert!(flat.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("Bulletin du fleuve"), "{shown}");

    let context = run(&["show", "bulletin.pdf", "--query", "hangar", "--context", "0"]);
    assert!(
        context.contains("— p. 2 —") && !context.contains("— p. 1 —"),
        "{context}"
    );
    let cited = run(&["cite", "bulletin.pdf", "--query", "hangar"]);
    assert!(cited.contains("p. 2, body, paragraph"), "{cited}");
    let json = |args: &[&str]| -> Value { serde_json::from_str(&run(args)).expect("JSON") };
    let cited = json(&["cite", "bulletin.pdf", "--query", "hangar", "--format", "json"]);
    assert_eq!(cited["passages"][0]["page"], "2", "{cited}");
    let ris = run(&["cite", "bulletin.pdf", "--query", "hangar", "--format", "ris"]);
    assert!(
        ris.starts_with("TY  - RPRT\r\n") && ris.contains("\r\nSP  - 2\r\n"),
        "{ris}"
    );
    let bibtex = run(&["cite", "bulletin.pdf", "--query", "hangar", "--format", "bibtex"]);
    assert!(
        bibtex.contains("pages        = {2}") && bibtex.contains("pagetotal"),
        "{bibtex}"
    );
    let matched = json(&["show", "bulletin.pdf", "--query", "parapet", "--format", "json"]);
    assert_eq!(matched["matches"]["body"][0]["page"], "1", "{matched}");
    assert_eq!(
        matched["extra"]["pages"][0],
        serde_json::json!([0, "1"]),
        "{matched}"
    );
    let found = json(&["search", "vendeuses", "--format", "json"]);
    assert_eq!(found["hits"][0]["snippets"][0]["page"], "2", "{found}");
    let mentions = run(&["export", "--rows", "mentions", "--format", "jsonl"]);
    let hombori = mentions
        .lines()
        .find(|line| line.contains("Hombori"))
        .expect("a mention");
    let hombori: Value = serde_json::from_str(hombori).expect("JSON");
    assert_eq!(hombori["page"], "2", "{hombori}");
}

#[test]
fn documents_are_read_wherever_they_are_packed() {
    let archive = Archive::new(&[]);
    let bytes = bulletin().bytes();
    put(&archive, "a.pdf.gz", &gzip(&bytes));
    put(&archive, "b.zip", &zip(&[("un/b.pdf".into(), bytes.clone())]));
    let head = "From: lettre@a.example\r\nSubject: Routes\r\nDate: Fri, 12 Jul 2024 08:00:00 +0000\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nVoici le bulletin.\r\n--b\r\n\
        Content-Type: application/pdf; name=c.pdf\r\nContent-Disposition: attachment; filename=c.pdf\r\n\
        Content-Transfer-Encoding: 8bit\r\n\r\n";
    put(
        &archive,
        "c.eml",
        &[head.as_bytes(), &bytes, b"\r\n--b--\r\n"].concat(),
    );
    let response = [
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: {}\r\n\r\n",
            bytes.len()
        )
        .as_bytes(),
        &bytes,
    ]
    .concat();
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/bulletin\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        response.len()
    );
    put(
        &archive,
        "d.warc",
        &[record.as_bytes(), &response, b"\r\n\r\n"].concat(),
    );

    let (code, report) = indexed(&archive);

    assert_eq!(code, Some(0), "{report}");
    let found = archive.search(&["vendeuses", "--group"]);
    let ids = archive.ids(&["vendeuses"]);
    // What says the same is one article, with two paths.
    assert_eq!(ids, ["a.pdf.gz", "c.eml/c.pdf", "d.warc#1"], "{found}");
    assert!(found.to_string().contains("b.zip"), "{found}");
    assert!(
        found.to_string().contains("https://a.example/bulletin"),
        "{found}"
    );
}

#[test]
fn a_version_that_was_read_stays_when_the_next_is_not() {
    let archive = Archive::new(&[]);
    put(&archive, "bulletin.pdf", &bulletin().bytes());
    archive.age();
    assert_eq!(indexed(&archive).0, Some(0));
    put(&archive, "bulletin.pdf", &endless().bytes());
    archive.age();

    for rebuild in [false, true] {
        let mut args = vec!["index", "corpus", "--format", "json", "--pdf-seconds", "1"];
        args.extend(rebuild.then_some("--rebuild"));
        let output = archive.run(&args);
        assert_eq!(output.status.code(), Some(3), "{}", text(&output));
        assert!(
            text(&output).contains("its former version stays"),
            "{}",
            text(&output)
        );
        assert_eq!(archive.ids(&["vendeuses"]), ["bulletin.pdf"]);
    }
    put(&archive, "bulletin.pdf", &bulletin().bytes());
    assert_eq!(indexed(&archive).0, Some(0));
}

/// Indexes one file with a reading process of this kind.
fn synced(archive: &Archive, reader: Option<Reader>) -> Report {
    let options = SyncOptions {
        paths: vec![archive.corpus()],
        pdf_reader: reader,
        threads: 1,
        memory: 16 << 20,
        ..SyncOptions::default()
    };
    sync(
        &IndexDir::at(archive.dir.path().join("index")),
        &options,
        &mut |_| {},
    )
    .expect("indexed")
}

fn griot(limits: Limits) -> Reader {
    Reader::griot(env!("CARGO_BIN_EXE_griot").into(), limits)
}

#[test]
fn a_file_that_swells_is_stopped_and_the_next_is_read() {
    let archive = Archive::new(&[]);
    put(&archive, "a.pdf", &swelling(800));
    put(&archive, "b.pdf", &bulletin().bytes());
    let limits = Limits {
        memory: 400 << 20,
        ..Limits::default()
    };

    let report = synced(&archive, Some(griot(limits)));

    assert_eq!((report.skipped.len(), report.articles), (1, 1), "{report:?}");
    let reported = &report.skipped[0];
    assert_eq!(reported.reason, "reader_stopped", "{reported:?}");
    assert!(reported.detail.contains("400 MB of memory"), "{reported:?}");
}

#[test]
fn without_a_reading_process_documents_wait_for_a_run_that_has_one() {
    let archive = Archive::new(&[]);
    put(&archive, "bulletin.pdf", &bulletin().bytes());
    archive.age();
    let missing = Reader::griot(archive.dir.path().join("none"), Limits::default());
    for reader in [None, Some(missing)] {
        let report = synced(&archive, reader);
        assert_eq!(report.skipped.len(), 1, "{report:?}");
        assert_eq!(report.skipped[0].reason, "reader_missing", "{report:?}");
    }

    let report = synced(&archive, Some(griot(Limits::default())));

    assert_eq!((report.skipped.len(), report.articles), (0, 1), "{report:?}");
}

#[cfg(unix)]
#[test]
fn a_program_that_misbehaves_is_ended() {
    let clock = Duration::from_millis(700);
    let read = |script: &str, limits: Limits| {
        let reader = Reader {
            program: "/bin/sh".into(),
            args: vec!["-c".into(), script.into()],
            limits,
        };
        let began = Instant::now();
        // More than a pipe holds, so that one who doesn't listen is noticed.
        let answer = reader
            .read(&mut std::io::Cursor::new(vec![b'x'; 1 << 20]))
            .expect("read");
        assert!(began.elapsed() < Duration::from_secs(20), "{script}");
        answer.expect_err(script)
    };
    let limits = || Limits {
        clock,
        answer: 1 << 20,
        ..Limits::default()
    };
    assert_eq!(read("exec sleep 600", limits()), Stopped::Clock(clock));
    assert_eq!(read("sleep 30 & exec sleep 600", limits()), Stopped::Clock(clock));
    assert_eq!(
        read("cat > /dev/null; exec 1>&- 2>&-; exec sleep 600", limits()),
        Stopped::Clock(clock)
    );
    let patient = || Limits {
        clock: Duration::from_secs(60),
        ..limits()
    };
    assert_eq!(
        read("cat > /dev/null; exec yes", patient()),
        Stopped::Answer(1 << 20)
    );
    assert_eq!(
        read("cat > /dev/null; kill -XCPU $$", patient()),
        Stopped::Processor(60)
    );
    assert_eq!(
        read("cat > /dev/null; kill -INT $$", patient()),
        Stopped::Interrupted
    );
    assert_eq!(
        read("cat", patient()),
        Stopped::Broke("griot can't understand its answer".into())
    );
    let broke = "yes complaint | head -c 900000 >&2; exit 1";
    assert_eq!(read(broke, patient()), Stopped::Broke("complaint".into()));
    let small = Limits {
        file: 1000,
        ..patient()
    };
    assert_eq!(read("exec sleep 600", small), Stopped::File(1000));
}
