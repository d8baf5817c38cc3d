//! Marker words in random places of files of each format: each is found in an article, or something is
//! reported.

use super::*;
use std::collections::HashSet;

/// What is put into a file: for each record a title, paragraphs and a few more values, all with markers.
type Records = Vec<(String, Vec<String>, String)>;

fn records() -> impl Strategy<Value = Records> {
    let filler = prop::sample::select(vec![
        "Le convoi a quitté Gao avant midi, selon un élu.",
        "\"Rien\" ; à signaler, dit-il : oui",
        "From Bamako, rien.",
        "TITRE : rien de plus",
        "<rien> & plus",
        "Tombouc-\ntou",
        "",
    ]);
    let paragraph = (filler, 0..3_usize);
    prop::collection::vec((prop::collection::vec(paragraph, 1..5), any::<bool>()), 1..4).prop_map(|shapes| {
        let mut number = 0;
        let mut marker = move || {
            number += 1;
            format!(
                "repère{}",
                [
                    "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"
                ][number % 9]
            )
            .to_string()
                + &"x".repeat(number / 9)
        };
        shapes
            .into_iter()
            .map(|(paragraphs, has_lead)| {
                let title = format!("Titre {}", marker());
                let texts = paragraphs
                    .into_iter()
                    .map(|(filler, place)| match place {
                        0 => format!("{} {filler}", marker()),
                        1 => format!("{filler} {}", marker()),
                        _ => format!("{filler}\n{}", marker()),
                    })
                    .collect();
                (
                    title,
                    texts,
                    if has_lead {
                        format!("Chapeau {}", marker())
                    } else {
                        String::new()
                    },
                )
            })
            .collect()
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('\n', "<br>")
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A file of each format that holds several records.
fn files(records: &Records) -> Vec<(&'static str, String)> {
    let mut jsonl = String::new();
    let mut csv = String::from("titre;chapo;texte\n");
    let mut rss = String::from("<rss version=\"2.0\" xmlns:content=\"c\"><channel><title>Fil</title>");
    let mut wxr = String::from("<rss><channel><title>Site</title><wp:wxr_version>1.2</wp:wxr_version>");
    let mut mbox = String::new();
    let mut objects = Vec::new();
    for (title, paragraphs, lead) in records {
        let text = paragraphs.join("\n\n");
        let object = serde_json::json!({"title": title, "description": lead, "histoire": text});
        jsonl.push_str(&format!(
            "{}\n",
            serde_json::json!({"title": title, "chapo": lead, "body": [{"type": "p", "text": text}]})
        ));
        objects.push(object);
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        csv.push_str(&format!("{};{};{}\n", quoted(title), quoted(lead), quoted(&text)));
        rss.push_str(&format!(
            "<item><title>{}</title><description>{}</description><content:encoded>{}</content:encoded></item>",
            xml(title), xml(lead), xml(&format!("<p>{}</p>", escaped(&text)))
        ));
        wxr.push_str(&format!(
            "<item><title>{}</title><content:encoded><![CDATA[{}]]></content:encoded><excerpt:encoded>{}</excerpt:encoded><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>",
            xml(title), escaped(&text), xml(lead)
        ));
        let quoted_from = text.replace("\nFrom ", "\n>From ");
        let quoted_from = if quoted_from.starts_with("From ") {
            format!(">{quoted_from}")
        } else {
            quoted_from
        };
        mbox.push_str(&format!(
            "From a@b Mon Mar 11 08:00:00 2024\nSubject: {title}\nContent-Type: text/plain; charset=utf-8\n\n{lead}\n\n{quoted_from}\n"
        ));
    }
    rss.push_str("</channel></rss>");
    wxr.push_str("</channel></rss>");
    vec![
        ("a.jsonl", jsonl),
        ("a.json", serde_json::json!({"elements": objects}).to_string()),
        ("a.csv", csv),
        ("a.xml", rss),
        ("b.xml", wxr),
        ("a.mbox", mbox),
    ]
}

/// A file of each format that holds one.
fn single(title: &str, paragraphs: &[String], lead: &str) -> Vec<(&'static str, String)> {
    let text = paragraphs.join("\n\n");
    let html: String = paragraphs
        .iter()
        .map(|paragraph| format!("<p>{}</p>", escaped(paragraph)))
        .collect();
    let bare: String = paragraphs
        .iter()
        .map(|paragraph| format!("{}<p></p>", escaped(paragraph)))
        .collect();
    let head =
        "<html><head><meta charset=utf-8><title>Le Site</title></head><body><nav><a href=/>Accueil</a></nav>";
    let page = |inner: &str| format!("{head}{inner}<footer>Mentions</footer></body></html>");
    let answer = page(&format!("<article><h1>{title}</h1><p>{lead}</p>{html}</article>"));
    vec![
        ("a.html", answer.clone()),
        (
            "b.html",
            page(&format!(
                "<main><h1>{title}</h1><p class=chapo>{lead}</p><div>{bare}</div></main>"
            )),
        ),
        (
            "c.html",
            format!("---\ntitle: {title}\ndescription: \"{lead}\"\n---\n{html}"),
        ),
        (
            "a.md",
            format!(
                "---\ntitle: {title}\nchapo: \"{lead}\"\n---\n\n{}\n",
                text.replace('<', "&lt;")
            ),
        ),
        ("a.txt", format!("{title}\n\n{lead}\n\n{text}\n")),
        (
            "a.eml",
            format!("Subject: {title}\nContent-Type: text/html; charset=utf-8\n\n<p>{lead}</p>{html}"),
        ),
        ("a.warc", {
            let response =
                format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{answer}");
            format!(
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://ex.ml/\r\nContent-Length: {}\r\n\r\n{response}\r\n\r\n",
                response.len()
            )
        }),
    ]
}

/// The markers of a text that stand in no article of a file.
fn lost(name: &str, content: &str, text: &str) -> Vec<String> {
    let (readings, summary) = readings(name, content.as_bytes());
    // What the reader has in no article is told by the account, too, and the other way round.
    assert!(
        !summary.account.is_partial(),
        "{name}: {:?}: {content}",
        summary.account
    );
    let mut found = HashSet::new();
    for reading in &readings {
        match reading {
            Reading::Article { article, .. } => {
                let all = format!("{} {}", article.title, article.body);
                found.extend(all.split(|c: char| !c.is_alphanumeric()).map(String::from));
            }
            Reading::Skipped(_) => return Vec::new(),
            Reading::Warning(reported) if reported.detail.contains("only the title") => return Vec::new(),
            Reading::Warning(_) => {}
        }
    }
    let markers = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.starts_with("repère"));
    markers
        .filter(|marker| !found.contains(*marker))
        .map(String::from)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_marker_is_lost_without_a_report(records in records()) {
        let all: String = records.iter().map(|(title, texts, lead)| format!("{title} {} {lead} ", texts.join(" "))).collect();
        for (name, content) in files(&records) {
            prop_assert_eq!(lost(name, &content, &all), Vec::<String>::new(), "{}: {}", name, content);
        }
        let (title, texts, lead) = &records[0];
        for (name, content) in single(title, texts, lead) {
            let all = format!("{title} {} {lead}", texts.join(" "));
            prop_assert_eq!(lost(name, &content, &all), Vec::<String>::new(), "{}: {}", name, content);
        }
    }
}
