//! The readers as a whole: files on disk in, readings out.

mod accounts;
pub(crate) mod archives;
mod dispatch;
mod documents;
mod exports;
mod exports_layouts;
mod exports_whole;
mod hostile;
pub(crate) mod linear;
mod markers;
mod messages;
mod new_format;
mod structured;

use super::*;
use crate::article::Article;
use proptest::prelude::*;
use std::fs;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

/// A file of the given name and content, and what comes out of it.
fn readings(name: &str, content: &[u8]) -> (Vec<Reading>, FileSummary) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join(name);
    fs::write(&path, content).expect("a file");
    let mut readings = Vec::new();
    let summary = read_file(&path, &Options::embedded(), &mut |reading| {
        readings.push(reading);
        ControlFlow::Continue(())
    })
    .expect("a readable file");
    (readings, summary)
}

fn articles(name: &str, content: &str) -> Vec<Article> {
    let (readings, _) = readings(name, content.as_bytes());
    readings
        .into_iter()
        .filter_map(|reading| {
            if let Reading::Article { article, .. } = reading {
                Some(*article)
            } else {
                None
            }
        })
        .collect()
}

/// Readings in short: `article 1`, `skipped invalid_json 3`, `warning invalid_date 2`.
fn outline(name: &str, content: &[u8]) -> Vec<String> {
    let line = |s: &Skipped| s.line.map(|l| format!(" {l}")).unwrap_or_default();
    let short = |reading: &Reading| match reading {
        Reading::Article { number, .. } => format!("article {number}"),
        Reading::Skipped(s) => format!("skipped {}{}", s.reason.name(), line(s)),
        Reading::Warning(s) => format!("warning {}{}", s.reason.name(), line(s)),
    };
    readings(name, content).0.iter().map(short).collect()
}

#[test]
fn a_bad_record_is_reported_and_the_others_are_read() {
    let content = "\u{feff}{\"title\": \"un\"}\n\n{\"title\": \"deux\"\n[1]\n{\"id\": 4}\n{\"text\": \"cinq\", \"date\": \"hier\"}\r\n{\"text\": NaN, \"titre\": \"six\"}";
    assert_eq!(
        outline("a.jsonl", content.as_bytes()),
        [
            "article 1",
            "skipped invalid_json 3",
            "skipped not_an_object 4",
            "skipped no_text 5",
            "warning invalid_date 6",
            "article 5",
            "warning invalid_json 7",
            "article 6"
        ]
    );
    let (readings, summary) = readings("a.ndjson", content.as_bytes());
    assert_eq!(
        (summary.format, summary.records, summary.skipped, summary.warnings),
        ("jsonl", 3, 3, 2)
    );
    let Reading::Skipped(skipped) = &readings[1] else {
        panic!("{:?}", readings[1])
    };
    let message = skipped.to_string();
    assert!(
        message.contains("a.ndjson, line 3: not valid JSON: column 16") && message.contains("jq -c"),
        "{message}"
    );
}

#[test]
fn the_sink_stops_the_reading() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("a.jsonl");
    fs::write(&path, "{\"text\": \"x\"}\n".repeat(10)).expect("a file");
    let mut seen = 0;
    let summary = read_file(&path, &Options::embedded(), &mut |_| {
        seen += 1;
        if seen == 3 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert_eq!((seen, summary.expect("readable").records), (3, 3));
}

#[test]
fn only_an_unreadable_file_is_an_error() {
    let dir = tempfile::tempdir().expect("a folder");
    for path in [dir.path().to_path_buf(), dir.path().join("missing.txt")] {
        let error =
            read_file(&path, &Options::embedded(), &mut |_| ControlFlow::Continue(())).expect_err("no file");
        assert_eq!(error.kind(), "io");
    }
    assert_eq!(outline("a.xyz", b"x"), ["skipped unknown_format"]);
    for name in ["a.txt", "a.md", "a.html", "a.jsonl"] {
        assert_eq!(outline(name, b""), ["skipped empty"], "{name}");
        assert_eq!(outline(name, b" \r\n\n"), ["skipped empty"], "{name}");
        assert_eq!(
            outline(name, b"\x7fELF\0\0\0\0\0\0\0\0\x01\x02\x03"),
            ["skipped not_text"],
            "{name}"
        );
    }
}

#[test]
fn a_file_may_ask_not_to_be_indexed() {
    for (name, content) in [
        ("a.md", "---\ngriot: ignore\n---\n# Lisez-moi\n"),
        ("a.md", "# Lisez-moi\n\n<!-- griot: ignore -->\n"),
        ("a.txt", "<!-- griot: ignore -->\nLisez-moi"),
        ("a.html", "<!DOCTYPE html>\n<!-- griot:ignore --><p>Lisez-moi"),
    ] {
        assert_eq!(
            outline(name, content.as_bytes()),
            ["skipped ignored_on_request"],
            "{name}"
        );
        let summary = readings(name, content.as_bytes()).1;
        assert_eq!((summary.skipped, summary.ignored), (0, 1));
    }
}

#[test]
fn markdown_reads_front_matter_and_text() {
    let [article] = &articles(
        "a.md",
        "---\r\ntitle: \"Gao : l’aéroport\"\r\ndate: 2017-06\r\nregion: Gao\r\nactor: [Barkhane, Minusma]\r\nrubrique: nord\r\n---\r\n\r\nTexte.\r\n\r\nSource : https://a.org/x\r\n",
    )[..] else {
        panic!("one article")
    };
    assert_eq!(
        (article.title.as_str(), article.body.as_str()),
        ("Gao : l’aéroport", "Texte.\n\nSource : https://a.org/x")
    );
    assert_eq!(
        (
            article.given["actor"].len(),
            article.url.as_deref(),
            article.extra["rubrique"].as_str()
        ),
        (2, Some("https://a.org/x"), Some("nord"))
    );
    assert_eq!(
        outline("a.md", "---\ntitle: Mali : la trêve\n---\nTexte".as_bytes()),
        ["warning invalid_front_matter 2", "article 1"]
    );
    assert_eq!(
        articles("a.md", "---\nRien que du texte.\n---\nEt encore.")[0].body,
        "---\nRien que du texte.\n---\nEt encore."
    );
}

#[test]
fn a_page_gives_its_article_without_its_menus() {
    let paragraph =
        "Le camp militaire de Dioura, dans la région de Mopti, est tombé aux mains du Jnim, qui l'a fait savoir par plusieurs vidéos. "
            .repeat(3);
    let html = format!(
        "<html lang=fr><head><meta charset=iso-8859-1><title>Dioura : le camp attaqué - Le Site</title><meta property=og:site_name content='Le Site'></head>
        <body><nav><a href=/>Accueil</a></nav><div class=article-content><h1>Dioura : le camp attaqué</h1><p>{paragraph}</p><p>{paragraph}</p>
        <aside class=related><ul><li><a href=#>Lire aussi</a></ul></aside></div><footer>Mentions légales</footer></body></html>"
    );
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&html);
    let (readings, summary) = readings("a.htm", &bytes);
    let [Reading::Article { article, .. }] = &readings[..] else {
        panic!("{readings:?}")
    };
    assert_eq!(
        (summary.encoding, article.title.as_str()),
        ("windows-1252", "Dioura : le camp attaqué")
    );
    let paragraph = paragraph.trim_end();
    assert_eq!(article.body, format!("{paragraph}\n\n{paragraph}"));
}

#[test]
fn a_page_without_a_main_text_gives_all_of_its_text() {
    for html in [
        "<p>Bref.",
        "Texte nu",
        "<table><tr><td><a href=x>Un lien</a></td></tr></table>",
        "<h1>Titre</h1>",
    ] {
        let [article] = &articles("a.html", html)[..] else {
            panic!("{html}")
        };
        let text = format!("{} {}", article.title, article.body);
        let expected = markup::plain_text(html);
        assert!(text.contains(&expected), "{html}: {text:?}");
    }
    assert_eq!(outline("a.html", b"<script>x</script>"), ["skipped no_text"]);
}

#[test]
fn pages_of_any_shape_are_read_in_time_and_within_the_stack() {
    let count = 100_000;
    for (open, close) in [
        ("<div>", "</div>"),
        ("<div>", ""),
        ("<b>", ""),
        ("<p><b x=1>", ""),
        ("<table><tr><td>", ""),
        ("<ul><li>", ""),
        ("<svg><g>", ""),
        ("<svg><title><div>", ""),
        ("<div></x>", ""),
        ("<a \"><div>", ""),
        ("<div a=", ""),
        ("<p>x", ""),
        ("<br>", ""),
        ("<span>x</span> ", ""),
    ] {
        let html = format!("<body>{}Mali{}", open.repeat(count), close.repeat(count));
        let started = std::time::Instant::now();
        let [article] = &articles("a.html", &html)[..] else {
            panic!("{open}")
        };
        assert!(article.body.contains("Mali"), "{open}");
        assert!(
            started.elapsed().as_secs() < 20,
            "{open}: {:?}",
            started.elapsed()
        );
    }
}

#[test]
fn a_page_that_is_just_shallow_enough_fits_the_stack_of_a_thread() {
    let paragraph =
        "<p>Le camp militaire de Dioura, dans la région de Mopti, est tombé aux mains du Jnim.</p>";
    let html = format!(
        "{}{}",
        format!("<div>{paragraph}").repeat(198),
        "</div>".repeat(198)
    );
    let thread = std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(move || outline("a.html", html.as_bytes()))
        .expect("a thread");
    assert_eq!(thread.join().expect("no overflow"), ["article 1"]);
}

#[test]
fn what_front_matter_describes_stands_above_the_text() {
    let [article] = &articles("a.md", "---\ntitle: T\ndescription: D\n---\nTexte")[..] else {
        panic!("one article")
    };
    assert_eq!(
        (article.body.as_str(), article.extra["description"].as_str()),
        ("D\n\nTexte", Some("D"))
    );
    assert_eq!(
        articles("a.md", "---\ntitle: T\ndescription: D\n---\n")[0].body,
        "D"
    );
}

#[test]
fn a_short_text_in_an_old_encoding_keeps_its_accents() {
    for text in [
        "Attaque à Gao",
        "Été",
        "L’armée, c’est « sûr » : œuvre, naïf, garçon",
        "Ménaka",
    ] {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        let (readings, _) = readings("a.txt", &bytes);
        let [Reading::Article { article, .. }] = &readings[..] else {
            panic!("{readings:?}")
        };
        assert_eq!(article.body, text);
    }
}

#[test]
fn the_sample_archive_is_read_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let (mut articles, mut others) = (Vec::new(), Vec::new());
    for walked in walk(&root) {
        let found = match walked {
            Walked::File(found) => found,
            // The README's first command makes it.
            Walked::Ignored {
                path,
                why: IgnoreReason::Hidden,
            } if path.ends_with(".griot") => continue,
            other => panic!("{other:?}"),
        };
        read_file(&found.path, &Options::embedded(), &mut |reading| {
            match reading {
                Reading::Article { article, .. } => articles.push((found.key.clone(), article)),
                other => others.push(other),
            }
            ControlFlow::Continue(())
        })
        .expect("a readable file");
    }
    articles.retain(|(key, _)| key != "README.md");
    assert_eq!(articles.len(), 74);
    assert!(
        articles.iter().all(|(_, article)| article.body.len() > 100),
        "a text is missing"
    );
    assert!(
        others
            .iter()
            .all(|other| matches!(other, Reading::Skipped(s) if s.reason == SkipReason::IgnoredOnRequest)),
        "{others:?}"
    );
    let page = |key: &str| {
        articles
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, article)| article)
            .expect("a page")
    };
    let rfi = page("pages-web/rfi-marebougou.html");
    assert_eq!(
        rfi.title,
        "Centre du Mali : dozos et Katiba Macina s’affrontent autour de Djenné"
    );
    assert_eq!(
        (rfi.date.map(|d| d.to_string()).as_deref(), rfi.source.as_deref()),
        (Some("2021-10-26"), Some("RFI"))
    );
    for (key, article) in articles.iter().filter(|(key, _)| key.starts_with("pages-web/")) {
        is_a_page_without_menus(key, article);
    }
}

fn is_a_page_without_menus(key: &str, article: &Article) {
    assert!(
        article.source.is_some() && !article.title.contains(" - "),
        "{key}: {article:?}"
    );
    for menu in [
        "Accueil",
        "Lire aussi",
        "Mentions légales",
        "Les plus lus",
        "Partager sur",
    ] {
        assert!(!article.body.contains(menu), "{key} holds {menu}");
    }
}

/// Every file name that a reader takes.
fn any_name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["a.txt", "a.md", "a.jsonl", "a.html"])
}

/// Texts in which something is at stake for some reader.
fn seed() -> impl Strategy<Value = Vec<u8>> {
    prop::sample::select(vec![
        "---\ntitle: Mali : la trêve\ndate: 2024-03\nactor: [Jnim, {a: &x b}]\nb: *x\n---\n# Titre\n\nTexte\n\nSource : https://a.org/".as_bytes().to_vec(),
        "{\"title\": \"T\", \"text\": \"\\ud83d\\u00e9\", \"date\": [1e400, NaN], \"région\": {\"nom\": \"Gao\"}}\n{}\n".as_bytes().to_vec(),
        "<html lang='fr'><head><title>T - S</title><meta charset=utf-16><script type='application/ld+json'>{\"@graph\": [{\"@type\": \"NewsArticle\", \"headline\": 3}]}</script></head><body><h1>T</h1><time datetime='x'><p>L&#x92;arm&eacute;e <table><td><form><svg><p>x".as_bytes().to_vec(),
        "Titre\r\n\r\nPublié le 31/02/2024\u{2028}é\u{301}\u{0}".as_bytes().to_vec(),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_can_panic(name in any_name(), bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        readings(name, &bytes);
    }

    #[test]
    fn no_mutation_of_a_text_can_panic(
        name in any_name(),
        seed in seed(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3), 0..12),
    ) {
        let mut bytes = seed;
        for (index, byte, kind) in edits {
            let at = index.index(bytes.len().max(1));
            match kind {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => { bytes.remove(at); }
                _ => bytes.insert(at.min(bytes.len()), byte),
            }
        }
        readings(name, &bytes);
    }

    #[test]
    fn no_text_can_panic(name in any_name(), text in "\\PC{0,200}") {
        readings(name, text.as_bytes());
    }

    #[test]
    fn plain_text_loses_no_word(words in prop::collection::vec("[a-zé]{1,12}[.:?]?", 1..40), breaks in prop::collection::vec(prop::sample::select(vec![" ", "\n", "\n\n", "\r\n"]), 40)) {
        let text: String = words.iter().zip(&breaks).flat_map(|(word, gap)| [word.as_str(), gap]).collect();
        let read = articles("a.txt", &text);
        let kept = format!("{} {}", read[0].title, read[0].body);
        prop_assert_eq!(kept.split_whitespace().collect::<Vec<_>>(), words.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
