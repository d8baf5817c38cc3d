//! Compressed files and archives, sound, damaged and hostile.

use super::*;
use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, Crc};
use std::io::Write;

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// A ZIP archive, as programs write it; with sizes after the contents if `streamed`.
pub(crate) fn zip(members: &[(&[u8], &[u8])], streamed: bool) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let mut crc = Crc::new();
        crc.update(content);
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content).expect("memory");
        let packed = encoder.finish().expect("memory");
        let offset = out.len() as u32;
        let sizes = [crc.sum(), packed.len() as u32, content.len() as u32]
            .map(u32::to_le_bytes)
            .concat();
        let fields = |sizes: &[u8]| {
            [
                &20_u16.to_le_bytes()[..],
                &(if streamed { 8_u16 } else { 0 }).to_le_bytes(),
                &8_u16.to_le_bytes(),
                &[0; 4],
                sizes,
                &(name.len() as u16).to_le_bytes(),
                &[0; 2],
            ]
            .concat()
        };
        out.extend(
            [
                &b"PK\x03\x04"[..],
                &fields(if streamed { &[0; 12] } else { &sizes }),
                name,
                &packed,
            ]
            .concat(),
        );
        if streamed {
            out.extend([&b"PK\x07\x08"[..], &sizes].concat());
        }
        list.extend(
            [
                &b"PK\x01\x02\x14\x00"[..],
                &fields(&sizes),
                &[0; 10],
                &offset.to_le_bytes(),
                name,
            ]
            .concat(),
        );
    }
    let count = (members.len() as u16).to_le_bytes();
    let end = [
        &b"PK\x05\x06\0\0\0\0"[..],
        &count,
        &count,
        &(list.len() as u32).to_le_bytes(),
        &(out.len() as u32).to_le_bytes(),
        &[0; 2],
    ]
    .concat();
    [out, list, end].concat()
}

/// What was read, with the members' paths: `b.jsonl 2: Titre`.
fn members(name: &str, content: &[u8]) -> Vec<String> {
    let short = |reading: &Reading| match reading {
        Reading::Article {
            number,
            inner,
            article,
            ..
        } => format!("{} {number}: {}", inner.as_deref().unwrap_or("-"), article.title),
        Reading::Skipped(s) => format!(
            "skipped {} {}",
            s.path.file_name().expect("a name").display(),
            s.reason.name()
        ),
        Reading::Warning(s) => format!(
            "warning {} {}",
            s.path.file_name().expect("a name").display(),
            s.reason.name()
        ),
    };
    readings(name, content).0.iter().map(short).collect()
}

const LINES: &[u8] =
    "{\"title\": \"Un\", \"text\": \"Texte à Gao\"}\n{\"title\": \"Deux\", \"text\": \"x\"}\n".as_bytes();

#[test]
fn compressed_files_are_read_as_what_they_hold() {
    assert_eq!(members("a.jsonl.gz", &gzip(LINES)), ["- 1: Un", "- 2: Deux"]);
    assert_eq!(
        members("a.JSONL.GZ", &[gzip(LINES), gzip(LINES)].concat()).len(),
        4
    );
    assert_eq!(members("a.txt.gz", &gzip(b"Titre\n\nTexte")), ["- 1: Titre"]);
    assert!(
        !is_supported(Path::new("dump.sql.gz"))
            && is_supported(Path::new("a.xml.gz"))
            && !is_supported(Path::new("a.gz"))
    );
    assert_eq!(members("a.txt.gz", b""), ["skipped a.txt.gz empty"]);
}

#[test]
fn what_comes_before_a_cut_is_read() {
    let many: Vec<u8> = (0..2000)
        .flat_map(|i| format!("{{\"title\": \"T{i}\", \"text\": \"{}\"}}\n", i * 7919).into_bytes())
        .collect();
    let whole = gzip(&many);
    let read = members("a.jsonl.gz", &whole[..whole.len() / 2]);
    assert!(
        read.len() > 100
            && read
                .last()
                .is_some_and(|last| last == "warning a.jsonl.gz damaged"),
        "{:?}",
        read.last()
    );
    let mut wrong = whole.clone();
    let last = wrong.len() - 6;
    wrong[last] ^= 1;
    assert_eq!(
        members("a.jsonl.gz", &wrong).last().map(String::as_str),
        Some("warning a.jsonl.gz damaged")
    );
    for streamed in [false, true] {
        let archive = zip(
            &[
                (b"a.txt", b"Un\n\nTexte"),
                (b"b.jsonl", &many),
                (b"c.txt", b"Trois\n\nTexte"),
            ],
            streamed,
        );
        let read = members("a.zip", &archive[..archive.len() / 2]);
        assert_eq!(
            read[..3],
            ["warning a.zip damaged", "a.txt 1: Un", "b.jsonl 1: T0"]
        );
        assert!(
            read.len() > 100 && read.last().is_some_and(|last| last == "warning b.jsonl damaged"),
            "{:?}",
            read.last()
        );
        let mut wrong = archive.clone();
        wrong[35] ^= 0xff;
        assert!(
            members("a.zip", &wrong).contains(&"warning a.txt damaged".to_string()),
            "a wrong byte was not seen"
        );
    }
}

#[test]
fn members_of_archives_are_read_as_files_of_their_own() {
    let inner = zip(&[(b"d.txt", b"Quatre\n\nTexte")], false);
    let packed = gzip(LINES);
    let archive = zip(
        &[
            (b"RFI/", b""),
            (b"RFI/a.txt", b"Titre\n\nTexte"),
            (b"RFI\\b.jsonl", LINES),
            (b"c.jsonl.gz", &packed),
            (b"inner.zip", &inner),
            (b"__MACOSX/._a.txt", b"x"),
            (b"photo.jpg", b"\xff\xd8"),
            (b"p.html", b"<title>Page</title><p>Texte"),
            (b"p_files/pub.html", b"<p>Pub"),
            (b"march\x82.txt", b"CP850\n\nTexte"),
            (b"vide.txt", b""),
        ],
        false,
    );
    let expected = [
        "RFI/a.txt 1: Titre",
        "RFI/b.jsonl 1: Un",
        "RFI/b.jsonl 2: Deux",
        "c.jsonl.gz 1: Un",
        "c.jsonl.gz 2: Deux",
        "inner.zip/d.txt 1: Quatre",
        "p.html 1: Page",
        "marché.txt 1: CP850",
        "skipped vide.txt empty",
    ];
    assert_eq!(members("a.zip", &archive), expected);
    assert_eq!(
        members("a.zip", &[b"#!/bin/sh\n", &archive[..]].concat()).len(),
        expected.len()
    );
    assert_eq!(
        members("a.zip", &zip(&[(b"x.jpg", b"x")], false)),
        ["skipped a.zip no_text"]
    );
    assert_eq!(members("a.zip", b"Bonjour"), ["skipped a.zip damaged"]);
}

#[test]
fn bombs_and_nests_of_archives_are_reported() {
    let mut nest = zip(&[(b"a.txt", b"Titre\n\nTexte")], false);
    for _ in 0..10 {
        nest = zip(&[(b"n.zip", &nest)], false);
    }
    assert_eq!(members("a.zip", &nest), ["skipped n.zip too_large"]);
    // A thousand times its size; in tests, what is allowed is small.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let chunk = vec![b'\n'; 1 << 20];
    for _ in 0..40 {
        encoder.write_all(&chunk).expect("memory");
    }
    let bomb = encoder.finish().expect("memory");
    let started = std::time::Instant::now();
    let read = members("a.jsonl.gz", &bomb);
    assert_eq!(
        read.last().map(String::as_str),
        Some("warning a.jsonl.gz damaged")
    );
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn an_archive_may_be_cut_off_anywhere() {
    let whole = zip(&[(b"a.txt", "Un drone à Gao.".as_bytes())], true);
    for cut in 1..whole.len() {
        let (readings, _) = readings("a.zip", &whole[..cut]);
        assert!(!readings.is_empty(), "cut after {cut} bytes of {}", whole.len());
    }
}
