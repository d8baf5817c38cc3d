//! Random, mutated and vanishing files, for every reader: nothing panics, nothing grows without bound.

use super::archives::{gzip, zip};
use super::documents::docx;
use super::*;

/// Every file name that a reader takes, plain and compressed.
fn any_name() -> impl Strategy<Value = String> {
    let names = FORMATS
        .iter()
        .flat_map(|format| format.extensions)
        .filter(|extension| **extension != "gz")
        .map(|extension| format!("a.{extension}"));
    prop::sample::select(names.collect::<Vec<_>>())
}

/// A file in which something is at stake, for each reader.
fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("a.json", r#"{"data": {"articles": [{"titre": "Un", "texte": "Té\ud83d [x] \\\""}, {"a": [1, {"b": null}]}], "x": "y"}} [1, {"text": "z"}]"#.into()),
        ("a.csv", "sep=;\r\ntitre;texte;date\r\n\"Un \"\"x\"\"\";\"deux\r\nlignes\";3 juillet 2024\r\n;;\r\na;b;c;d\r\n".into()),
        ("a.xml", "<?xml version='1.0' encoding='ISO-8859-1'?><!DOCTYPE x [<!ENTITY a 'b'>]><rss><channel><title>S</title><item><title>T &a; &#233;</title><content:encoded><![CDATA[<p>x</p>]]></content:encoded><link href='x'/></item></channel></rss>".into()),
        ("a.eml", "From: =?utf-8?Q?Caf=C3=A9?= <a@b>\r\nSubject: =?iso-8859-1?B?6Q==?=\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-16\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C3=A9=\r\n</p>\r\n--b\r\nContent-Type: text/plain; name*=UTF-8''x%2e.txt\r\nContent-Disposition: attachment; filename=x.txt\r\nContent-Transfer-Encoding: base64\r\n\r\nVGV4dGU=\r\n--b--\r\n".into()),
        ("a.mbox", "From a Wed\nSubject: x\n\ntexte\n\nFrom b Wed\nSubject: y\n\n>From c\n".into()),
        ("a.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 95\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>xy\r\n0\r\n\r\n\r\n\r\n\r\n\r\n".into()),
        ("a.rtf", br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 A;}}{\info{\title T}}\uc1 L\'92arm\'e9e \u8217?x\par {\*\x y}\bin3 abc}".to_vec()),
        ("a.zip", zip(&["a.txt", "b.jsonl"].map(|name| (name.as_bytes(), &b"{\"text\": \"Un texte\"}\n"[..])), true)),
        ("a.zip", zip(&[(b"x/y.zip", &zip(&[(b"z.txt", b"Titre\n\nTexte")], false)[..])], false)),
        ("a.docx", docx("Titre\n\nTexte", "T")),
        ("a.txt.gz", gzip("Source : AFP\n\nTitre\n\nPar Awa Ba\n\nTexte".as_bytes())),
        ("a.html", "<html><article><span class='DocPublicationName'>S</span><p class='titreArticleVisu'>T</p><div class='docOcurrContainer'>x<div>y</div></div></article>".into()),
        ("a.txt", "HD Titre\nWC 12 mots\nPD 3 juillet 2024\nSN S\nLP\nTexte\nAN Document ABCDEFGH0020240703\n\n 1 of 2 DOCUMENTS\n\nS\n\n3 juillet 2024\n\nT\n\nLENGTH: 3 mots\n\nx\n\nEnd of Document\n".into()),
        ("a.txt", "L\u{c3}\u{a9}\u{e2}\u{20ac}\u{2122}x &eacute;&#x1F600;&#99999999;".into()),
    ]
}

/// Bytes of text in what was read.
fn volume(readings: &[Reading]) -> usize {
    let size = |reading: &Reading| match reading {
        Reading::Article { article, .. } => {
            article.title.len()
                + article.body.len()
                + article.extra.values().map(|v| v.to_string().len()).sum::<usize>()
        }
        Reading::Skipped(s) | Reading::Warning(s) => s.detail.len(),
    };
    readings.iter().map(size).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_do_no_harm(name in any_name(), bytes in prop::collection::vec(any::<u8>(), 0..600), packed in any::<bool>()) {
        let (name, bytes) = if packed { (format!("{name}.gz"), gzip(&bytes)) } else { (name, bytes) };
        let (readings, _) = readings(&name, &bytes);
        prop_assert!(volume(&readings) < 100_000 && readings.len() < 2000);
    }

    #[test]
    fn mutated_files_do_no_harm(
        seed in prop::sample::select(seeds()),
        other in any_name(),
        swap in 0..4,
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..5, 1_usize..40), 0..12),
    ) {
        let (name, mut bytes) = seed;
        let size = bytes.len();
        for (index, byte, kind, length) in edits {
            let at = index.index(bytes.len().max(1));
            let end = (at + length).min(bytes.len());
            match kind {
                0 if at < bytes.len() => bytes[at] = byte,
                1 => { bytes.drain(at..end); }
                2 => bytes.truncate(at),
                3 => { let copy = bytes[at..end].to_vec(); bytes.splice(at..at, copy); }
                _ => bytes.insert(at.min(bytes.len()), byte),
            }
        }
        // Now and then, under the name of another format.
        let (readings, _) = readings(if swap == 0 { &other } else { name }, &bytes);
        prop_assert!(volume(&readings) < 1200 * (size + 2000), "{} bytes of {size}", volume(&readings));
    }
}

#[test]
fn empty_and_binary_files_give_a_reason_in_every_format() {
    let names = FORMATS
        .iter()
        .flat_map(|format| format.extensions)
        .filter(|extension| **extension != "gz")
        .map(|extension| format!("a.{extension}"));
    for name in names.flat_map(|name| [format!("{name}.gz"), name]) {
        assert_eq!(outline(&name, b""), ["skipped empty"], "{name}");
        let program = [
            &b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0"[..],
            &(0..=255).cycle().take(4000).collect::<Vec<u8>>(),
        ]
        .concat();
        let outline = outline(&name, &program);
        assert!(
            outline.len() <= 2 && outline.iter().all(|line| !line.starts_with("article")),
            "{name}: {outline:?}"
        );
    }
}

#[test]
fn deep_and_long_structures_are_bounded_in_every_format() {
    let count = 50_000;
    for (name, unit) in [
        ("a.xml", "<rss>"),
        ("a.xml", "<item>"),
        ("a.xml", "<!DOCTYPE x ["),
        ("a.json", "{\"articles\":[{"),
        ("a.csv", "titre,texte\n\""),
        ("a.eml", "Content-Type: multipart/mixed; boundary=x\n\n--x\n"),
        ("a.mbox", "From \n\n"),
        ("a.warc", "WARC/1.0\r\n\r\n"),
        ("a.warc", "WARC/1.0\r\nContent-Length: 99999999999999\r\n\r\n"),
        ("a.rtf", "{\\rtf1{\\*"),
        ("a.html", "<article><p class=titreArticleVisu>"),
        ("a.txt", "1 of 2 DOCUMENTS\n"),
        ("a.txt", "End of Document\n"),
        ("a.txt", "HD x\nPD 2024\nSN x\nLP x\n"),
        ("a.txt", "Source : AFP\n"),
        ("a.txt", "&#233;\u{c3}\u{a9}"),
    ] {
        let started = std::time::Instant::now();
        let (readings, _) = readings(name, unit.repeat(count).as_bytes());
        assert!(!readings.is_empty(), "{name} {unit}");
        assert!(
            started.elapsed().as_secs() < 20,
            "{name} {unit}: {:?}",
            started.elapsed()
        );
    }
}

#[test]
fn a_file_that_vanishes_or_shrinks_is_an_error_and_no_more() {
    let dir = tempfile::tempdir().expect("a folder");
    for name in ["a.zip", "a.docx", "a.csv"] {
        let path = dir.path().join(name);
        fs::write(&path, zip(&[(b"a.txt", b"x")], false)).expect("a file");
        let Some(Walked::File(found)) = walk(&path).next() else {
            panic!("a file")
        };
        fs::remove_file(&path).expect("removed");
        let error =
            read(&found, &Options::embedded(), &mut |_| ControlFlow::Continue(())).expect_err("it is gone");
        assert_eq!(error.kind(), "io");
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf8_are_read_and_reported() {
    use std::os::unix::ffi::OsStrExt;
    let dir = tempfile::tempdir().expect("a folder");
    for (name, content) in [
        (
            &b"march\xe9.zip"[..],
            zip(&[(b"\xff\xfe.txt", b"Titre\n\nTexte")], false),
        ),
        (b"\xe9.csv", b"x,y\n".to_vec()),
        (b"\xe9.txt.gz", gzip(b"Titre\n\nTexte")),
    ] {
        fs::write(dir.path().join(std::ffi::OsStr::from_bytes(name)), content).expect("a file");
    }
    let mut seen = Vec::new();
    for walked in walk(dir.path()) {
        let Walked::File(found) = walked else {
            panic!("{walked:?}")
        };
        read(&found, &Options::embedded(), &mut |reading| {
            seen.push(format!(
                "{} {}",
                found.key,
                matches!(reading, Reading::Article { .. })
            ));
            ControlFlow::Continue(())
        })
        .expect("a readable file");
    }
    assert_eq!(
        seen,
        ["march\\xe9.zip true", "\\xe9.csv false", "\\xe9.txt.gz true"]
    );
}

#[test]
fn of_a_text_that_is_too_large_the_beginning_is_read() {
    let paragraph = "Un convoi est parti de Gao vers Ménaka avec des vivres pour six mois.\n\n";
    let (bound, mut text) = (30 * 1024 * 1024, String::from("Titre\n\n"));
    while text.len() < bound - 2 * paragraph.len() {
        text.push_str(paragraph);
    }
    // The bound lies within a letter: the rest of it would be taken for another encoding.
    text.push_str(&"a".repeat(bound - 1 - text.len() - " ".len()));
    text.push_str(" éé\n\nUne fin que personne ne lit.");
    assert!(!text.is_char_boundary(bound));
    let (readings, summary) = readings("a.txt", text.as_bytes());
    let skipped: Vec<&Skipped> = readings
        .iter()
        .filter_map(|reading| match reading {
            Reading::Skipped(skipped) => Some(skipped),
            _ => None,
        })
        .collect();
    assert_eq!(skipped[0].reason, SkipReason::TooLarge, "{skipped:?}");
    assert!(skipped[0].detail.contains("30 MB"), "{skipped:?}");
    assert!(volume(&readings) > 8_000_000, "{}", volume(&readings));
    assert_eq!(summary.encoding, "UTF-8");
    let is_misread = |reading: &Reading| matches!(reading, Reading::Warning(reported) if reported.reason == SkipReason::BadEncoding);
    assert!(!readings.iter().any(is_misread));
}
