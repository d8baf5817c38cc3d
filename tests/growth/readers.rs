use crate::meter::{Cost, cost};
use griot::corpus::{Options, read_file};
use std::ops::ControlFlow;

fn read(name: &str, bytes: &[u8]) -> Cost {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let options = Options::default();
    cost(|| {
        let _ = read_file(&path, &options, &mut |_| ControlFlow::Continue(()));
    })
}

#[test]
#[ignore]
fn explore() {
    let heads: &[(&str, &str, &str)] = &[
        ("a.txt", "", ""),
        ("a.txt", "Titre\n\nUn texte à Gao. ", ""),
        ("a.md", "", ""),
        ("a.md", "---\ntitle: x\n---\n", ""),
        ("a.md", "---\ntitle: ", ""),
        ("a.jsonl", "", ""),
        ("a.jsonl", "{\"title\": \"x\", \"text\": \"", "\"}"),
        ("a.json", "", ""),
        ("a.json", "{\"title\": \"x\", \"text\": \"", "\"}"),
        ("a.json", "[", "]"),
        ("a.csv", "", ""),
        ("a.csv", "title,text\nx,\"", "\"\n"),
        ("a.csv", "title,text\n", ""),
        ("a.xml", "", ""),
        (
            "a.xml",
            "<rss><channel><item><title>x</title><description>",
            "</description></item></channel></rss>",
        ),
        ("a.xml", "<rss><channel>", "</channel></rss>"),
        ("a.html", "", ""),
        (
            "a.html",
            "<html><body><article><h1>Titre</h1><p>",
            "</article></body></html>",
        ),
        ("a.html", "<html><head><title>", "</title></head></html>"),
        (
            "a.html",
            "<html><head><script type='application/ld+json'>",
            "</script></head></html>",
        ),
        ("a.html", "---\ntitle: x\n---\n<p>", ""),
        ("a.rtf", "{\\rtf1 ", "}"),
        ("a.eml", "Subject: x\nFrom: a@b\n\n", ""),
        ("a.eml", "Subject: ", "\n\nx"),
        ("a.eml", "Subject: x\nContent-Type: text/html\n\n", ""),
        (
            "a.eml",
            "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n",
            "",
        ),
        ("a.mbox", "From a@b Wed\nSubject: x\n\n", ""),
        ("a.mhtml", "Subject: x\nContent-Type: text/html\n\n", ""),
        ("a.warc", "", ""),
        ("a.warc", "WARC/1.0\r\n", ""),
    ];
    let units: &[&str] = &[
        "a",
        " ",
        "\n",
        "a ",
        "a\n",
        "\n\n",
        "&",
        "&amp;",
        "&;",
        "&a",
        "&#",
        "<",
        ">",
        "<a",
        "<p>",
        "</p>",
        "<b>",
        "<div>",
        "<a href='x'>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<script>",
        "<p ",
        "\"",
        "'",
        "\\",
        "\\n",
        "\\u00e9",
        "{",
        "}",
        "[",
        "]",
        "{\"a\":",
        "[1,",
        ",",
        ";",
        "\t",
        "|",
        "| a ",
        "|a|b|\n",
        "*",
        "_",
        "**",
        "`",
        "~",
        "#",
        "# a\n",
        "> ",
        "- a\n",
        "  - ",
        "[a](",
        "![",
        "](",
        "ab-\ncd",
        "\u{ad}",
        "é",
        "e\u{301}",
        "\u{301}",
        "Ã©",
        "\u{c3}",
        ".",
        ". A",
        "...",
        "«",
        "» ",
        "(",
        ")",
        "3 mai 2024 ",
        "lundi ",
        "2024",
        "1",
        "à Gao ",
        "Gao, ",
        "Mali ",
        "Source : AFP\n",
        "Par Awa Ba\n",
        "Publié le 3 mai 2024\n",
        "http://a.b/c ",
        "http://",
        "@",
        "a@b ",
        "=\n",
        "=C3",
        "=?utf-8?Q?",
        "=?utf-8?Q?a?= ",
        "--b\n",
        "--b\n\nx\n",
        "--b\nContent-Type: multipart/mixed; boundary=b\n\n",
        "From a@b Wed\n",
        "From \n",
        ": ",
        "a: b\n",
        "\\par ",
        "\\'e9",
        "{\\*",
        "\\u233?",
        "\\bin9",
        "WARC/1.0\r\n",
        "Content-Length: 1\r\n\r\n",
        "<item>",
        "<item><title>x</title></item>",
        "<entry>",
        "<h1>a</h1>",
        "<br>",
        "<li>",
        "<table><tr><td>",
        "<font><b><i>",
        "<a><p>",
        "<p a=1 b=2 c=3>",
        "<title>",
        "<style>",
        "</",
        "<meta name=a content=b>",
        "<time datetime=2024>",
        "x\r",
        "\r\n",
        "\0",
        "\u{feff}",
        "🇲🇱",
        "👩‍👩",
        "Tombouc-\ntou ",
        "l'",
        "d'",
        "aujourd'hui ",
        "a-",
        "a'",
        "1 of 2 DOCUMENTS\n",
        "End of Document\n",
        "HD x\n",
        "LENGTH: 3 mots\n",
        "AN Document ABCDEFGH0020240703\n",
        "<div><p>Un texte. </p></div>",
        "<article>Un <p>texte</p></article>",
        "Page 1\n",
    ];
    let only = std::env::var("ONLY").unwrap_or_default();
    let base: usize = std::env::var("N")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(50_000);
    for (name, head, tail) in heads.iter().filter(|h| h.0.contains(&only)) {
        for unit in units {
            let make = |n: usize| format!("{head}{}{tail}", unit.repeat(n / unit.len()));
            let one = read(name, make(base).as_bytes());
            let four = read(name, make(4 * base).as_bytes());
            let ratio = |f: fn(&Cost) -> u64, least: u64| f(&four) as f64 / f(&one).max(least) as f64;
            let (a, h, p) = (
                ratio(|c| c.allocated, 100_000),
                ratio(|c| c.held, 100_000),
                ratio(|c| c.processor, 8_000_000),
            );
            let per = four.held as f64 / (4 * base) as f64;
            if a > 6.0 || h > 6.0 || p > 8.0 || per > 60.0 || four.processor > 2_000_000_000 {
                println!(
                    "{name} {head:?} {unit:?}: alloc x{a:.1} held x{h:.1} cpu x{p:.1} ({} ms) held/byte {per:.0} alloc/byte {:.0}",
                    four.processor / 1_000_000,
                    four.allocated as f64 / (4 * base) as f64
                );
            }
        }
    }
}
