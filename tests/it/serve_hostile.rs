//! `griot serve` over articles that nobody would write: hostile ones, and one that is very long.

use super::common::Indexed;
use super::serve::Server;
use serde_json::Value;

/// A title that would like to be a tag, an attribute, a template, the end of CDATA, a formula, a header.
const TITLE: &str =
    "<script>alert(1)</script>\" onmouseover=\"x' ]]> {{7*7}} \u{202E}gao\r\nX-Evil: 1 =cmd|' /C calc'!A0";

fn hostile() -> Indexed {
    let article = serde_json::json!({
        "id": "<b>#/?\r\nSet-Cookie: a=b", "title": TITLE, "source": "<i>RFI", "url": "javascript:alert(3)",
        "date": "2024-03-05", "<u>key": "<s>value\u{1b}[31m",
        "text": "Un drone </mark><img src=x onerror=alert(2)> a tué 3 civils à Gao le 3 mars 2024. \u{1b}[31m\u{0}"
    });
    Indexed::new(&[
        ("<h1>.jsonl", &format!("{article}\n")),
        (
            "b.txt",
            "Titre <script>alert(1)</script>\n\nUn drone a tué 3 civils à Gao le 3 mars 2024.",
        ),
    ])
}

#[test]
fn hostile_articles_are_data_in_every_answer() {
    let archive = hostile();
    let server = Server::start(&archive, &[]);
    let found = server
        .get("/api/v1/search?q=drone&facets=true&explain=true")
        .json();
    let hits = found["hits"].as_array().expect("hits");
    let hit = hits
        .iter()
        .find(|hit| hit["source"] == "<i>RFI")
        .expect("the hostile one");
    let (key, id) = (
        hit["key"].as_str().expect("a key").to_string(),
        form(hit["id"].as_str().expect("an id")),
    );
    // Tags of titles are not read; everything else is as it was.
    let title = hit["title"].as_str().expect("a title");
    assert!(title.contains("onmouseover=\"x' ]]> {{7*7}}"), "{title}");
    let json = "application/json";
    let answers = [
        (format!("/api/v1/articles/{key}?query=drone"), json),
        (format!("/api/v1/articles?id={id}"), json),
        (format!("/api/v1/similar?id={id}"), json),
        (format!("/api/v1/cite?id={id}&query=drone"), json),
        ("/api/v1/search?q=drone&group=true&facets=true".into(), json),
        (format!("/api/v1/search?q={}", form(TITLE)), json),
        ("/api/v1/facets?q=drone".into(), json),
        ("/api/v1/facets?facet=medium&find=%3Ci%3ERFI".into(), json),
        ("/api/v1/facets?evidence=Gao".into(), json),
        ("/api/v1/timeline?split=medium".into(), json),
        ("/api/v1/pivot?rows=medium&cols=region".into(), json),
        ("/api/v1/terms?q=drone".into(), json),
        ("/api/v1/suggest?prefix=alert".into(), json),
        ("/api/v1/stats".into(), json),
        ("/api/v1/saved".into(), json),
        ("/api/v1/export".into(), "application/x-ndjson"),
        ("/api/v1/export?rows=records".into(), "application/x-ndjson"),
        ("/api/v1/export?rows=mentions".into(), "application/x-ndjson"),
        ("/api/v1/export?format=csv&with-text=true".into(), "text/csv"),
        ("/api/v1/export?csv-excel=true&with-text=true".into(), "text/csv"),
        ("/api/v1/events".into(), "application/x-ndjson"),
        ("/api/v1/events?format=csv".into(), "text/csv"),
        ("/api/v1/events?format=geojson".into(), "application/geo+json"),
        (
            format!("/api/v1/search?sort={}", form(TITLE)),
            "application/problem+json",
        ),
        (format!("/api/v1/{}", form(TITLE)), "application/problem+json"),
    ];
    for (path, kind) in answers {
        let reply = server.get(&path);
        assert!(
            reply.header("content-type").starts_with(kind),
            "{path}: {:?}",
            reply.headers
        );
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
        assert!(
            !reply.headers.contains_key("x-evil") && !reply.headers.contains_key("set-cookie"),
            "{path}"
        );
        assert!(
            !reply.headers.values().any(|value| value.contains("alert")),
            "{path}: {:?}",
            reply.headers
        );
        let said = reply.text();
        assert!(
            !said.contains(['\u{1b}', '\0']),
            "{path}: control characters: {said}"
        );
        match kind {
            "text/csv" => assert!(
                !said.lines().any(|line| line.starts_with(['=', '+', '@'])),
                "{path}: {said}"
            ),
            "application/x-ndjson" => said.lines().for_each(|line| {
                serde_json::from_str::<Value>(line).unwrap_or_else(|error| panic!("{path}: {error}: {line}"));
            }),
            _ => drop(reply.json()),
        }
    }
}

/// As forms write it.
fn form(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn an_article_of_ten_megabytes_in_one_line_is_answered() {
    let sentence = "Un drone a tué trois civils à Gao, selon le ministère des armées du Mali, ";
    let long = format!(
        "Un long article\n\n{}",
        sentence.repeat(10_000_000 / sentence.len())
    );
    assert!(long.len() > 9_900_000);
    let archive = Indexed::new(&[("long.txt", &long), ("short.txt", "Un drone à Kidal.")]);
    let server = Server::start(&archive, &[]);
    let found = server.get("/api/v1/search?q=drone+gao").json();
    let hit = &found["hits"][0];
    assert_eq!(hit["id"], "long.txt", "{found}");
    let key = hit["key"].as_str().expect("a key");
    for path in ["/?q=drone+gao", "/archive", "/api/v1/export?with-text=true"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    let article = server.get(&format!("/api/v1/articles/{key}"));
    // Of a text, 8 MB are kept.
    assert_eq!(article.status, 200);
    assert!(article.bytes.len() > 8 << 20, "{}", article.bytes.len());
    let page = server.get(&format!("/article/{key}?q=drone"));
    assert_eq!(page.status, 200);
}
