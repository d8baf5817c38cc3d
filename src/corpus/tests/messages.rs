//! E-mail, saved pages in one file, web archives, and the pages that stand before an article.

use super::archives::gzip;
use super::*;

const NEWSLETTER: &str = "From: =?UTF-8?Q?Le_Courrier_du_fleuve?= <lettre@fleuve.example>\r\nTo: moi@example.org\r\nSubject: =?utf-8?B?R2FvIDogbGUgbWFyY2jDqSByb3V2cmU=?=\r\n\
Date: Wed, 03 Jul 2024 10:12:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"=_b\"\r\n\r\nIgnor\u{e9}\r\n\
--=_b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nLisez-nous en ligne.\r\n\
--=_b\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
<html><body><p>Le march=E9 de Gao a rouvert mardi, apr=E8s trois semaines de =\r\nfermeture. Les commer=E7ants sont revenus.</p><p>Le maire s'en f=E9licite.</p></body></html>\r\n--=_b--\r\n";

#[test]
fn a_newsletter_gives_its_fuller_text() {
    let [article] = &articles("a.eml", NEWSLETTER)[..] else {
        panic!("one article")
    };
    assert_eq!(
        (article.title.as_str(), article.source.as_deref()),
        ("Gao : le marché rouvre", Some("Le Courrier du fleuve"))
    );
    assert_eq!(
        article.body,
        "Le marché de Gao a rouvert mardi, après trois semaines de fermeture. Les commerçants sont revenus.\n\nLe maire s'en félicite."
    );
    assert_eq!(article.date.map(|d| d.to_string()).as_deref(), Some("2024-07-03"));
    assert_eq!(outline("a.eml", b"Bonjour"), ["skipped not_text"]);
    assert_eq!(outline("a.eml", b"Subject:\n\n"), ["skipped no_text"]);
}

#[test]
fn a_mailbox_is_split_and_attachments_are_read() {
    let attached = "From b@example Thu Jul 04 08:00:00 2024\nSubject: Deux\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nTexte deux.\n\n>From ici.\n--x\nContent-Type: application/octet-stream; name=\"note.txt\"\nContent-Disposition: attachment; filename=\"note.txt\"\nContent-Transfer-Encoding: base64\n\nVGl0cmUgam9pbnQKClRleHRlIGpvaW50\n--x--\n";
    let mailbox = format!("From a@example Wed Jul 03 08:00:00 2024\n{NEWSLETTER}\n{attached}");
    let (readings, _) = readings("a.mbox", mailbox.as_bytes());
    let shown: Vec<String> = readings
        .iter()
        .map(|reading| match reading {
            Reading::Article {
                number,
                container,
                inner,
                article,
            } => {
                format!(
                    "{number} {container} {} {}",
                    inner.as_deref().unwrap_or("-"),
                    article.title
                )
            }
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "1 true - Gao : le marché rouvre",
            "2 true - Deux",
            "1 false 2/note.txt Titre joint"
        ]
    );
    let Reading::Article { article, .. } = &readings[1] else {
        panic!()
    };
    assert_eq!(article.body, "Texte deux.\n\nFrom ici.");
}

#[test]
fn all_texts_of_a_message_are_read() {
    let part = |kind: &str, text: &str| format!("--B1\nContent-Type: {kind}\n\n{text}\n");
    let mail = |parts: &[String]| {
        format!(
            "From: AFP <a@afp.example>\nSubject: Photo\nContent-Type: multipart/mixed; boundary=B1\n\n{}--B1--\n",
            parts.concat()
        )
    };
    let plain = "text/plain; charset=utf-8";
    let parts = [
        part(plain, "Avant la photo."),
        part("image/jpeg; name=x.jpg", "x"),
        part(plain, "Après la photo."),
    ];
    let [article] = &articles("a.eml", &mail(&parts))[..] else {
        panic!("one article")
    };
    assert_eq!(article.body, "Avant la photo.\n\nAprès la photo.");
    let inner = "From: B <b@b.example>\nSubject: Transmis\nContent-Type: text/plain; charset=utf-8\n\nLa dépêche transmise.";
    let forwarded = [part(plain, "Pour info."), part("message/rfc822", inner)];
    let titles: Vec<(String, String)> = articles("a.eml", &mail(&forwarded))
        .into_iter()
        .map(|a| (a.title, a.body))
        .collect();
    assert_eq!(
        titles,
        [
            ("Photo".into(), "Pour info.".into()),
            ("Transmis".into(), "La dépêche transmise.".to_string())
        ]
    );
    // One of two forms, in two parts.
    let html = "--B2\nContent-Type: text/html\n\n<p>Le pont de Ménaka a rouvert mardi, dit le maire.</p>\n--B2\nContent-Type: image/png\n\nx\n--B2\nContent-Type: text/html\n\n<p>La crue l'avait emporté en août.</p>\n--B2--\n";
    let forms = part("text/plain", "Lisez-nous.") + &part("multipart/mixed; boundary=B2", html);
    let [article] = &articles(
        "a.eml",
        &mail(&[forms]).replace(
            "multipart/mixed; boundary=B1",
            "multipart/alternative; boundary=B1",
        ),
    )[..] else {
        panic!("one article")
    };
    assert_eq!(
        article.body,
        "Le pont de Ménaka a rouvert mardi, dit le maire.\n\nLa crue l'avait emporté en août."
    );
    // A digest has no text of its own.
    let digest = [
        part("message/rfc822", inner),
        part("message/rfc822", &inner.replace("Transmis", "Autre")),
    ];
    assert_eq!(
        articles("a.eml", &mail(&digest))
            .into_iter()
            .map(|a| a.title)
            .collect::<Vec<_>>(),
        ["Transmis", "Autre"]
    );
}

#[test]
fn a_line_of_a_text_that_begins_with_from_parts_no_messages() {
    let first = "From - Thu Jul  4 09:00:00 2024\nSubject: Un\n\nPremier.\n\nFrom Bamako to Gao, la route est coupée.\n\nFrom 10:30 on, plus rien.\n\nDernier.\n\n";
    let second = "From MAILER\nSubject: Deux\n\nTexte deux.\n";
    let [one, two] = &articles("a.mbox", &format!("{first}{second}"))[..] else {
        panic!("two articles")
    };
    assert_eq!(
        one.body,
        "Premier.\n\nFrom Bamako to Gao, la route est coupée.\n\nFrom 10:30 on, plus rien.\n\nDernier."
    );
    assert_eq!((two.title.as_str(), two.body.as_str()), ("Deux", "Texte deux."));
}

const PAGE: &str = "<html lang=fr><head><title>Ménaka : le pont | Le Site</title></head><body><h1>Ménaka : le pont</h1><p>Le pont de Ménaka a été rouvert mardi par l'armée malienne, après deux mois de travaux. Les habitants l'attendaient depuis la crue de septembre, qui avait emporté deux piles.</p></body></html>";

#[test]
fn a_page_saved_as_one_message_is_a_page() {
    let page: String = PAGE
        .bytes()
        .map(|b| {
            if b < 0x80 && b != b'=' {
                (b as char).to_string()
            } else {
                format!("={b:02X}")
            }
        })
        .collect();
    let mhtml = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://site.example/menaka\r\nSubject: Sujet\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----B\"\r\n\r\n\r\n------B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://site.example/menaka\r\n\r\n{page}\r\n------B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------B--\r\n"
    );
    let [article] = &articles("a.mhtml", &mhtml)[..] else {
        panic!("one article")
    };
    assert_eq!(
        (article.title.as_str(), article.url.as_deref()),
        ("Ménaka : le pont", Some("https://site.example/menaka"))
    );
    assert!(article.body.starts_with("Le pont de Ménaka"), "{}", article.body);
}

fn warc(records: &[(&str, &str, Vec<u8>)]) -> Vec<Vec<u8>> {
    let record = |(kind, url, content): &(&str, &str, Vec<u8>)| {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-07-05T00:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            content.len()
        );
        [head.as_bytes(), content, b"\r\n\r\n"].concat()
    };
    records.iter().map(record).collect()
}

/// The records of a web archive: pages in several encodings, an image, a request, an error.
fn web_archive() -> Vec<Vec<u8>> {
    let http = |status: &str, headers: &str, body: &[u8]| {
        [format!("HTTP/1.1 {status}\r\n{headers}\r\n\r\n").as_bytes(), body].concat()
    };
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(PAGE);
    let chunked = [
        format!("{:x}\r\n", 100).as_bytes(),
        &PAGE.as_bytes()[..100],
        format!("\r\n{:x};x\r\n", PAGE.len() - 100).as_bytes(),
        &PAGE.as_bytes()[100..],
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    warc(&[
        ("warcinfo", "-", b"software: x".to_vec()),
        ("request", "https://a.example/1", b"GET / HTTP/1.1".to_vec()),
        (
            "response",
            "https://a.example/1",
            http("200 OK", "Content-Type: text/html; charset=windows-1252", &latin),
        ),
        (
            "response",
            "https://a.example/x.png",
            http("200 OK", "Content-Type: image/png", b"\x89PNG"),
        ),
        (
            "response",
            "https://a.example/2",
            http(
                "200 OK",
                "Content-Type: text/html\r\nTransfer-Encoding: chunked",
                &chunked,
            ),
        ),
        (
            "response",
            "https://a.example/3",
            http(
                "200 OK",
                "Content-Type: text/html\r\nContent-Encoding: gzip",
                &gzip(PAGE.as_bytes()),
            ),
        ),
        (
            "response",
            "https://a.example/4",
            http("404 Not FoundFile", "Content-Type: text/html", b"<p>Perdu"),
        ),
    ])
}

#[test]
fn web_archives_give_the_pages_among_their_responses() {
    let records = web_archive();
    let members: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    for (name, bytes) in [("a.warc", records.concat()), ("a.warc.gz", members)] {
        let (readings, _) = readings(name, &bytes);
        let shown: Vec<String> = readings
            .iter()
            .map(|reading| match reading {
                Reading::Article { number, article, .. } => format!(
                    "{number} {} {}",
                    article.url.as_deref().unwrap_or("-"),
                    article.title
                ),
                other => format!("{other:?}"),
            })
            .collect();
        let title = "Ménaka : le pont";
        assert_eq!(
            shown,
            [
                format!("1 https://a.example/1 {title}"),
                format!("2 https://a.example/2 {title}"),
                format!("3 https://a.example/3 {title}")
            ]
        );
    }
    let whole = records.concat();
    assert_eq!(
        outline("a.warc", &whole[..whole.len() / 3])
            .last()
            .map(String::as_str),
        Some("warning damaged")
    );
    assert_eq!(outline("a.warc", b"rien"), ["skipped empty"]);
}

#[test]
fn consent_pages_are_reported_and_not_indexed() {
    let wall = "<html><head><title>RFI</title></head><body><h1>Votre vie privée</h1><p>Nous et nos 142 partenaires utilisons des cookies ou technologies similaires.</p><p>Vous pouvez retirer votre accord à tout moment.</p><button>Tout accepter</button> <a href=#>Continuer sans accepter</a> <a href=#>Gérer mes choix</a></body></html>";
    assert_eq!(outline("a.html", wall.as_bytes()), ["skipped consent_page"]);
    // A banner above an article is none.
    let banner = PAGE.replace("<body>", "<body><div id=cookie-banner>Nous et nos partenaires utilisons des cookies. Tout accepter. Continuer sans accepter. Gérer mes choix.</div>");
    assert_eq!(outline("a.html", banner.as_bytes()), ["article 1"]);
}

#[test]
fn amp_and_print_versions_are_read_and_name_the_page_they_stand_for() {
    let amp = PAGE.replace("<html lang=fr>", "<html ⚡ lang=fr>").replace(
        "<head>",
        "<head><link rel=canonical href=https://site.example/menaka><style amp-boilerplate>body{-webkit-animation:-amp-start 8s}</style><script async src=https://cdn.ampproject.org/v0.js></script>",
    );
    let print = PAGE
        .replace(
            "<head>",
            "<head><link rel=canonical href=https://site.example/menaka><link rel=stylesheet media=print>",
        )
        .replace("<body>", "<body onload='window.print()'>");
    for html in [amp, print] {
        let [article] = &articles("a.html", &html)[..] else {
            panic!("one article")
        };
        assert_eq!(
            (article.title.as_str(), article.url.as_deref()),
            ("Ménaka : le pont", Some("https://site.example/menaka"))
        );
        assert!(
            article.body.starts_with("Le pont de Ménaka") && !article.body.contains("amp"),
            "{}",
            article.body
        );
    }
}
