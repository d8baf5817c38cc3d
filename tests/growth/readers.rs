//! Every reader, with what is repeated in hostile and broken files.

use crate::meter::{Budget, Cost, cost};
use griot::corpus::{FORMATS, Options, Reading, read_file};
use std::io::Write;
use std::ops::ControlFlow;

/// Reads a file of a name and content.
fn read(name: &str, bytes: &[u8]) -> Cost {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let options = Options::default();
    cost(|| {
        read_file(&path, &options, &mut |_| ControlFlow::Continue(())).expect("no I/O error");
    })
}

/// Whether reading a file of many `unit`s between a head and a tail costs what its size does.
fn grows(name: &str, (head, tail): (&str, &str), unit: &str, size: usize) {
    let sizes = [size, 2 * size, 4 * size];
    let files = sizes.map(|size| format!("{head}{}{tail}", unit.repeat(size / unit.len())));
    let case = format!("{name} {head}…{unit}…");
    Budget::of(&case).check(sizes, |at| read(name, files[at].as_bytes()));
}

/// Units that may trouble any reader.
const ANY: [&str; 14] = [
    "a",
    "a ",
    "a\n",
    "\n\n",
    "&",
    "&amp;",
    "<",
    "\"",
    "{",
    "[",
    ",",
    "ab-\ncd ",
    "Ã©",
    "3 mai 2024 à Gao ",
];

fn all_grow(files: &[(&str, &str, &str)], units: &[&str]) {
    for &(name, head, tail) in files {
        for unit in ANY.iter().chain(units) {
            grows(name, (head, tail), unit, 12_000);
        }
    }
}

#[test]
fn texts() {
    let units = [
        "Source : AFP\n",
        "1 of 2 DOCUMENTS\n",
        "End of Document\n",
        "HD x\nPD 2024\nLP x\n",
        "**** *a_b\nx\n",
        "é\u{301}",
        "\u{ad}",
    ];
    all_grow(&[("a.txt", "Titre\n\n", "")], &units);
}

#[test]
fn markdown() {
    let units = [
        "| a ", "*", "`", "> ", "- a\n", "[a](", "](", "![a](b) ", "# a\n", "{{", "<!--",
    ];
    all_grow(&[("a.md", "", ""), ("a.md", "---\ntitle: x\n---\n", "")], &units);
}

#[test]
fn records() {
    let units = [
        "\\n",
        "\\u00e9",
        "{\"a\":",
        "1,",
        "{\"title\":\"a\",\"text\":\"b\"},\n",
        "]",
        "}",
    ];
    let files = [
        ("a.json", "", ""),
        ("a.json", "[", "]"),
        ("a.json", "{\"title\":\"x\",\"x\":[", "]}"),
        ("a.json", "{\"title\":\"x\",\"text\":\"", "\"}"),
        ("a.jsonl", "{\"title\":\"x\",\"text\":\"", "\"}"),
    ];
    all_grow(&files, &units);
}

#[test]
fn tables() {
    let units = [";", "\"\"", "\"a\n", "a,\"b\n", "\"a\",b\n", "x,y,z\n"];
    let files = [
        ("a.csv", "", ""),
        ("a.csv", "title,text\n", ""),
        ("a.csv", "title,text\nx,\"", "\"\n"),
    ];
    all_grow(&files, &units);
}

#[test]
fn feeds() {
    let units = [
        "<item>",
        "<item><title>x</title></item>",
        "<![CDATA[",
        "<a b='c'>",
        "</a>",
        "&#233;",
        "<!ENTITY a 'b'>",
    ];
    let item = "<rss><channel><item><title>x</title><description>";
    all_grow(
        &[
            ("a.xml", "", ""),
            ("a.xml", item, "</description></item></channel></rss>"),
        ],
        &units,
    );
}

#[test]
fn pages() {
    let units = [
        "<p>",
        "<p>a</p>",
        "<div>",
        "<b>",
        "<a href=x>",
        "<!--",
        "<script>",
        "<title>",
        "</",
        "<p a=1 b=2>",
        "<meta name=a content=b>",
        "<article>Un <p>texte</p></article>",
        "<article><h1>a</h1><p>Un texte.",
        "<table><tr><td>",
        "<br>",
        "<time datetime=2024>",
        "<svg><style>",
    ];
    let files = [
        ("a.html", "", ""),
        (
            "a.html",
            "<html><body><article><h1>Titre</h1><p>",
            "</article></body></html>",
        ),
        ("a.html", "<script type='application/ld+json'>", "</script>"),
    ];
    all_grow(&files, &units);
}

#[test]
fn messages() {
    let units = [
        "--b\n",
        "--b\n\nx\n",
        "--b\nContent-Type: multipart/mixed; boundary=b\n\n",
        "From a@b Wed\n",
        "From a@b Wed May 1 10:00:00 2024\nSubject: x\n\nx\n\n",
        "a: b\n",
        "=\n",
        "=C3",
        "=?utf-8?Q?a?= ",
        "<p>",
        "-- \n",
    ];
    let files = [
        ("a.eml", "Subject: x\nFrom: a@b\n\n", ""),
        ("a.eml", "Subject: ", "\n\nx"),
        (
            "a.eml",
            "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n",
            "",
        ),
        ("a.mbox", "From a@b Wed\nSubject: x\n\n", ""),
        ("a.mhtml", "Subject: x\nContent-Type: text/html\n\n", ""),
    ];
    all_grow(&files, &units);
}

#[test]
fn web_archives_and_rich_text() {
    let units = [
        "WARC/1.0\r\n\r\n",
        "WARC/1.0\r\nContent-Length: 1\r\n\r\nx\r\n\r\n",
        "Content-Length: 9\r\n",
        "x\r\n",
    ];
    all_grow(&[("a.warc", "", ""), ("a.warc", "WARC/1.0\r\n", "")], &units);
    let units = ["\\par ", "\\'e9", "{\\*", "\\u233?", "\\bin9 ", "}"];
    all_grow(&[("a.rtf", "{\\rtf1 ", "}")], &units);
}

/// A member of a ZIP file as it is, after the header that goes before it.
fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut file, mut list) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(content).expect("memory");
        let packed = packed.finish().expect("memory");
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let mut fields = vec![20, 0, 0, 8, 8, 0, 0, 0, 0, 0];
        for number in [crc.sum(), packed.len() as u32, content.len() as u32] {
            fields.extend_from_slice(&number.to_le_bytes());
        }
        fields.extend_from_slice(&(name.len() as u16).to_le_bytes());
        fields.extend_from_slice(&[0, 0]);
        let at = file.len() as u32;
        file.extend_from_slice(b"PK\x03\x04");
        file.extend_from_slice(&fields);
        file.extend_from_slice(name.as_bytes());
        file.extend_from_slice(&packed);
        list.extend_from_slice(b"PK\x01\x02\x14\x00");
        list.extend_from_slice(&fields);
        list.extend_from_slice(&[0; 10]);
        list.extend_from_slice(&at.to_le_bytes());
        list.extend_from_slice(name.as_bytes());
    }
    let (start, length, count) = (
        file.len() as u32,
        list.len() as u32,
        (members.len() as u16).to_le_bytes(),
    );
    file.extend_from_slice(&list);
    file.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    file.extend_from_slice(&count);
    file.extend_from_slice(&count);
    file.extend_from_slice(&length.to_le_bytes());
    file.extend_from_slice(&start.to_le_bytes());
    file.extend_from_slice(&[0, 0]);
    file
}

#[test]
fn office_documents() {
    for unit in [
        "<w:p><w:r><w:t>a </w:t></w:r></w:p>",
        "<w:r><w:t>a</w:t></w:r>",
        "<w:tbl><w:tr><w:tc>",
        "<w:del>",
        "&amp;",
        "a ",
    ] {
        let sizes = [25_000, 50_000, 100_000];
        let files = sizes.map(|size| {
            let text = format!(
                "<w:document><w:body><w:p><w:r><w:t>{}",
                unit.repeat(size / unit.len())
            );
            zip(&[("word/document.xml", text.as_bytes())])
        });
        Budget::of(unit).check(sizes, |at| read("a.docx", &files[at]));
    }
}

/// What reading a file held, and what it told.
fn describe(name: &str, bytes: &[u8]) -> (u64, Vec<String>) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let mut reported = Vec::new();
    let cost = cost(|| {
        let mut sink = |reading| {
            if let Reading::Skipped(what) | Reading::Warning(what) = reading {
                reported.push(format!(
                    "{} {}: {}",
                    what.path.display(),
                    what.reason.name(),
                    what.detail
                ));
            }
            ControlFlow::Continue(())
        };
        read_file(&path, &Options::default(), &mut sink).expect("no I/O error");
    });
    (cost.held, reported)
}

#[test]
#[ignore = "reads 400 MB: minutes without optimization"]
fn what_unpacks_to_too_much_is_told_and_not_held() {
    let long = vec![b'a'; 45 << 20];
    let document = [&b"<w:document><w:p><w:r><w:t>"[..], &b"a ".repeat(22 << 20)].concat();
    let inner = zip(&[("a.txt", &long), ("b.md", &long)]);
    let files = [
        (
            "a.zip",
            zip(&[
                ("a.txt", &long),
                ("b.html", &long),
                ("c.eml", &long),
                ("d.rtf", &long),
            ]),
        ),
        (
            "b.zip",
            zip(&[
                ("a.jsonl", &long),
                ("b.csv", &long),
                ("c.json", &long),
                ("d.docx", &long),
            ]),
        ),
        ("c.zip", zip(&[("inner.zip", &inner)])),
        ("a.docx", zip(&[("word/document.xml", &document)])),
    ];
    for (name, file) in files {
        assert!(file.len() < 1 << 20, "{name} is small");
        let (held, reported) = describe(name, &file);
        // 30 MB of it are read, a few times over.
        assert!(held < 300 << 20, "{name} held {} MB", held >> 20);
        assert!(
            reported.iter().any(|reported| reported.contains("MB")),
            "{name}: {reported:?}"
        );
    }
}

#[test]
fn every_format_is_measured() {
    let source = include_str!("readers.rs");
    for format in FORMATS
        .iter()
        .filter(|format| !["pdf", "gzip"].contains(&format.name))
    {
        let is_measured = |extension: &&str| source.contains(&format!("\"a.{extension}\""));
        assert!(
            format.extensions.iter().any(is_measured) || format.name == "odt",
            "{}: add it to a test above",
            format.name
        );
    }
}
