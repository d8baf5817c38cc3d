//! Writes articles of our own words in every layout that griot reads: for the test that accounts for every
//! file, and for the example that measures reading.

use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, Crc};
use std::io::Write;

/// An article to be written.
#[derive(Debug, Clone)]
pub struct Sample {
    pub title: String,
    /// Paragraphs.
    pub body: Vec<String>,
    /// `2024-07-03`.
    pub date: String,
    pub source: String,
    pub author: String,
}

impl Sample {
    /// The `n`th article, with about so many bytes of text. No two have the same title.
    pub fn new(n: usize, bytes: usize) -> Self {
        const PLACES: [&str; 8] = [
            "Gao",
            "Ménaka",
            "Mopti",
            "Kidal",
            "Tombouctou",
            "Ségou",
            "Djenné",
            "Ansongo",
        ];
        const DOERS: [&str; 6] = [
            "le maire",
            "les commerçants",
            "l’armée",
            "les éleveurs",
            "les élèves",
            "un convoi d’aide",
        ];
        const DEEDS: [&str; 6] = [
            "ont été vus près du marché à l’aube",
            "attendent depuis dimanche la réouverture du pont",
            "demandent que l’eau revienne dans les quartiers du nord",
            "se sont réunis devant la préfecture pour être entendus",
            "n’ont pas pu passer par la route, coupée après la crue",
            "disent que la nuit a été calme, à l’exception de quelques tirs",
        ];
        let pick = |list: &[&'static str], salt: usize| list[(n * 31 + salt * 17 + n / 7) % list.len()];
        let place = pick(&PLACES, 0);
        let mut body = Vec::new();
        let mut length = 0;
        for i in 1.. {
            let paragraph = format!(
                "À {place}, {} {}. C’est ce que rapporte un habitant joint par téléphone, qui compte {} familles dans son quartier et n’espère « rien de plus » que la paix.",
                pick(&DOERS, i),
                pick(&DEEDS, i / 2 + n),
                n % 90 + i
            );
            length += paragraph.len();
            body.push(paragraph);
            if length >= bytes {
                break;
            }
        }
        Self {
            title: format!("{place} : récit numéro {n}"),
            body,
            date: format!("2024-{:02}-{:02}", n % 12 + 1, n % 28 + 1),
            source: format!("Le Courrier {}", n % 5),
            author: "Awa Ba".into(),
        }
    }

    pub fn text(&self) -> String {
        self.body.join("\n\n")
    }

    /// `3 juillet 2024`.
    fn french_date(&self) -> String {
        const MONTHS: [&str; 12] = [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ];
        let part = |i: usize| {
            self.date
                .split('-')
                .nth(i)
                .and_then(|p| p.parse::<usize>().ok())
                .unwrap_or(1)
        };
        format!("{} {} {}", part(2), MONTHS[part(1) - 1], part(0))
    }

    fn html_body(&self) -> String {
        self.body.iter().map(|p| format!("<p>{p}</p>\n")).collect()
    }
}

fn json_of(a: &Sample) -> String {
    serde_json::json!({"title": a.title, "text": a.text(), "date": a.date, "source": a.source, "author": a.author}).to_string()
}

fn joined(articles: &[Sample], separator: &str, write: impl Fn(&Sample) -> String) -> String {
    articles.iter().map(write).collect::<Vec<_>>().join(separator)
}

pub fn page(a: &Sample) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>{0} - {1}</title><meta property=\"og:site_name\" content=\"{1}\"><meta property=\"og:title\" content=\"{0}\"><meta property=\"article:published_time\" content=\"{2}T08:00:00Z\"></head><body><nav><ul><li><a href=\"/\">Accueil</a></li><li><a href=\"/nord\">Nord</a></li></ul></nav><article><h1>{0}</h1>{3}</article><footer><p>Mentions légales</p></footer></body></html>",
        a.title,
        a.source,
        a.date,
        a.html_body()
    )
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// A ZIP archive as programs write it.
pub fn zip(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let mut crc = Crc::new();
        crc.update(content);
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content).expect("memory");
        let packed = encoder.finish().expect("memory");
        let offset = (out.len() as u32).to_le_bytes();
        let sizes = [crc.sum(), packed.len() as u32, content.len() as u32]
            .map(u32::to_le_bytes)
            .concat();
        let fields = [
            &b"\x14\0\0\x08\x08\0\0\0\0\0"[..],
            &sizes,
            &(name.len() as u16).to_le_bytes(),
            &[0; 2],
        ]
        .concat();
        out.extend([&b"PK\x03\x04"[..], &fields, name.as_bytes(), &packed].concat());
        list.extend(
            [
                &b"PK\x01\x02\x14\0"[..],
                &fields,
                &[0; 10],
                &offset,
                name.as_bytes(),
            ]
            .concat(),
        );
    }
    let count = (members.len() as u16).to_le_bytes();
    let (length, at) = (
        (list.len() as u32).to_le_bytes(),
        (out.len() as u32).to_le_bytes(),
    );
    let end = [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &length, &at, &[0; 2]].concat();
    [out, list, end].concat()
}

fn mail(a: &Sample) -> String {
    format!(
        "From: {} <lettre@courrier.example>\r\nSubject: =?utf-8?Q?{}?=\r\nDate: {} 08:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n",
        a.source,
        a.title
            .bytes()
            .map(|b| if b.is_ascii_alphanumeric() {
                (b as char).to_string()
            } else {
                format!("={b:02X}")
            })
            .collect::<String>(),
        a.date,
        a.text()
    )
}

fn rtf(text: &str) -> String {
    let mut out = String::from("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\\f0 ");
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\par\n"),
            '\\' | '{' | '}' => out.extend(['\\', c]),
            c if c.is_ascii() => out.push(c),
            c => out.push_str(&format!("\\u{}?", c as u32)),
        }
    }
    out.push('}');
    out
}

fn titled(a: &Sample) -> String {
    format!("{}\n\n{}\n", a.title, a.text())
}

/// Names of the layouts that take several articles in a file.
pub const CONTAINERS: [&str; 19] = [
    "articles.jsonl",
    "articles.json",
    "api.json",
    "table.csv",
    "table.tsv",
    "flux.xml",
    "flux.atom",
    "boite.mbox",
    "web.warc",
    "web.warc.gz",
    "articles.jsonl.gz",
    "table.csv.gz",
    "europresse.html",
    "factiva.rtf",
    "nexis.txt",
    "factiva.html",
    "factiva.xml",
    "nexis.docx",
    "archive.zip",
];

/// Names of the layouts that take one.
pub const SINGLES: [&str; 11] = [
    "a.txt",
    "latin.txt",
    "a.txt.gz",
    "a.md",
    "page.html",
    "page.mhtml",
    "lettre.eml",
    "a.rtf",
    "a.docx",
    "a.odt",
    "un.json",
];

/// A file of articles in a layout.
pub fn write(layout: &str, articles: &[Sample]) -> Vec<u8> {
    let first = &articles[0];
    match layout {
        "a.txt" => titled(first).into_bytes(),
        "latin.txt" => encoding_rs::WINDOWS_1252.encode(&titled(first)).0.into_owned(),
        "a.txt.gz" => gzip(titled(first).as_bytes()),
        "a.md" => format!("---\ntitle: \"{}\"\ndate: {}\nsource: {}\n---\n\n{}\n", first.title, first.date, first.source, first.text()).into_bytes(),
        "page.html" => page(first).into_bytes(),
        "page.mhtml" => format!(
            "Snapshot-Content-Location: https://courrier.example/x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"--B\"\r\n\r\n----B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n----B--\r\n",
            page(first)
        )
        .into_bytes(),
        "lettre.eml" => mail(first).into_bytes(),
        "a.rtf" => rtf(&titled(first)).into_bytes(),
        "a.docx" => {
            let paragraphs: String = titled(first).lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
            zip(&[("word/document.xml".into(), format!("<w:document><w:body>{paragraphs}</w:body></w:document>").into_bytes())])
        }
        "a.odt" => {
            let paragraphs: String = first.body.iter().map(|line| format!("<text:p>{line}</text:p>")).collect();
            let content = format!("<o:document-content><o:body><o:text><text:h>{}</text:h><text:p/>{paragraphs}</o:text></o:body></o:document-content>", first.title);
            zip(&[("content.xml".into(), content.into_bytes())])
        }
        "un.json" => json_of(first).into_bytes(),
        "articles.jsonl" => joined(articles, "\n", json_of).into_bytes(),
        "articles.jsonl.gz" => gzip(&write("articles.jsonl", articles)),
        "articles.json" => format!("[{}]", joined(articles, ",", json_of)).into_bytes(),
        "api.json" => format!("{{\"status\": \"ok\", \"articles\": [{}]}}", joined(articles, ",\n", json_of)).into_bytes(),
        "table.csv" | "table.tsv" => {
            let delimiter = if layout == "table.csv" { ";" } else { "\t" };
            let row = |fields: [&str; 5]| fields.map(|f| format!("\"{}\"", f.replace('"', "\"\""))).join(delimiter);
            let rows = joined(articles, "\r\n", |a| row([&a.title, &a.text(), &a.date, &a.source, &a.author]));
            format!("{}\r\n{rows}\r\n", row(["Titre", "Texte", "Date", "Source", "Auteur"])).into_bytes()
        }
        "table.csv.gz" => gzip(&write("table.csv", articles)),
        "flux.xml" => {
            let item = |a: &Sample| format!("<item><title>{}</title><pubDate>{}</pubDate><content:encoded><![CDATA[{}]]></content:encoded></item>\n", a.title, a.date, a.html_body());
            format!("<?xml version=\"1.0\"?><rss><channel><title>{}</title>{}</channel></rss>", first.source, joined(articles, "", item)).into_bytes()
        }
        "flux.atom" => {
            let entry = |a: &Sample| {
                format!("<entry><title>{}</title><published>{}T08:00:00Z</published><content type=\"xhtml\"><div>{}</div></content></entry>\n", a.title, a.date, a.html_body())
            };
            format!("<feed><title>{}</title>{}</feed>", first.source, joined(articles, "", entry)).into_bytes()
        }
        "boite.mbox" => joined(articles, "\n", |a| format!("From lettre@courrier.example Wed Jul 03 08:00:00 2024\n{}", mail(a))).into_bytes(),
        "web.warc" | "web.warc.gz" => {
            let record = |a: &Sample| {
                let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}", page(a));
                format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courrier.example/x\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n", http.len())
            };
            if layout == "web.warc" {
                joined(articles, "", record).into_bytes()
            } else {
                articles.iter().flat_map(|a| gzip(record(a).as_bytes())).collect()
            }
        }
        "europresse.html" => {
            let article = |a: &Sample| {
                format!("<article><span class='DocPublicationName'>{}</span><span class='DocHeader'>Région, {} 823 mots</span><p class='titreArticleVisu'>{}</p><div class='docOcurrContainer'>{}</div></article>\n", a.source, a.french_date(), a.title, a.html_body())
            };
            format!("<html><head><meta charset='utf-8'></head><body>{}</body></html>", joined(articles, "", article)).into_bytes()
        }
        "factiva.rtf" => {
            let article = |a: &Sample| {
                let number = format!("FLEUVE0020240703{:09}", a.title.bytes().fold(7_u64, |h, b| (h * 31 + u64::from(b)) % 999_999_937));
                format!("{}\n\nPar {}\n823 mots\n{}\n{}\nFLEUVE\nFrançais\nCopyright 2024\n\n{}\n\nDocument {number}\n\n", a.title, a.author, a.french_date(), a.source, a.text())
            };
            rtf(&joined(articles, "", article)).into_bytes()
        }
        "nexis.txt" => {
            let count = articles.len();
            let article = |(n, a): (usize, &Sample)| {
                format!("   {n} of {count} DOCUMENTS\n\n   {}\n\n   {} mercredi\n\n{}\n\nLENGTH: 823 mots\n\n{}\n\nLOAD-DATE: July 3, 2024\n\n", a.source, a.french_date(), a.title, a.text())
            };
            (1..).zip(articles).map(article).collect::<String>().into_bytes()
        }
        "factiva.html" => {
            let row = |code: &str, content: &str| format!("<tr><td class=\"index\"><b>{code}</b>&nbsp;</td><td>{content}</td></tr>\n");
            let article = |a: &Sample| {
                let number = a.title.bytes().fold(7_u64, |h, b| (h * 31 + u64::from(b)) % 999_999_937);
                let (lead, rest) = (format!("<p>{}</p>", a.body[0]), a.body[1..].iter().map(|p| format!("<p>{p}</p>")).collect::<String>());
                let rows = [("HD", a.title.clone()), ("BY", format!("Par {}", a.author)), ("WC", "823 mots".into()), ("PD", a.french_date()), ("SN", a.source.clone()), ("LA", "Français".into()), ("LP", lead), ("TD", rest), ("AN", format!("Document FLEUVE0020240703{number:09}"))];
                format!("<div class=\"article frArticle\"><table>{}</table></div>\n", rows.iter().map(|(code, content)| row(code, content)).collect::<String>())
            };
            format!("<html><head><meta charset='utf-8'><title>Factiva</title></head><body>{}</body></html>", joined(articles, "", article)).into_bytes()
        }
        "factiva.xml" => {
            let article = |a: &Sample| {
                let text: String = a.body.iter().map(|p| format!("<paragraph>{p}</paragraph>")).collect();
                format!("<ppsarticle><article><headline><paragraph>{}</paragraph></headline><tailParagraphs>{text}</tailParagraphs><publicationDate><date>{}</date></publicationDate><sourceName>{}</sourceName><byline>{}</byline></article></ppsarticle>\n", a.title, a.date, a.source, a.author)
            };
            format!("<?xml version=\"1.0\" encoding=\"utf-8\"?><PPSResponse>{}</PPSResponse>", joined(articles, "", article)).into_bytes()
        }
        "nexis.docx" => {
            let cover: String = (1..).zip(articles).map(|(n, a)| format!("{n}. {}\nClient/Matter: -None-\nContent Type\nNarrowed by\nNews\n", a.title)).collect();
            let article = |a: &Sample| format!("{}\n{}\n{} mercredi\n\nCopyright 2024 {}\nLength: 823 words\nByline: {}\nBody\n\n{}\n\nLoad-Date: July 3, 2024\n\nEnd of Document\n", a.title, a.source, a.french_date(), a.source, a.author, a.text());
            let text = format!("User Name: Awa\nJob Number: 182\nDocuments ({})\n{cover}{}", articles.len(), joined(articles, "", article));
            let paragraphs: String = text.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
            zip(&[("word/document.xml".into(), format!("<w:document><w:body>{paragraphs}</w:body></w:document>").into_bytes())])
        }
        "archive.zip" => zip(&articles.iter().enumerate().map(|(n, a)| (format!("dossier/{n}.txt"), titled(a).into_bytes())).collect::<Vec<_>>()),
        other => panic!("no such layout: {other}"),
    }
}
