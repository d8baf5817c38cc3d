//! `griot serve`, spoken to as browsers and programs do: over HTTP, without any script.

use super::common::{Indexed, command, text};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

/// A server that is running.
pub(super) struct Server {
    pub(super) child: Child,
    pub(super) address: String,
}

/// What it answered.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) bytes: Vec<u8>,
}

impl Reply {
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).expect("text")
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

impl Server {
    pub(super) fn start(archive: &Indexed, args: &[&str]) -> Self {
        Self::start_in(archive, args, &[])
    }

    /// The same with variables in its environment.
    pub(super) fn start_in(archive: &Indexed, args: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut child = command(archive.dir())
            .envs(variables.iter().copied())
            .env("GRIOT_INDEX", archive.index())
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("griot runs");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("piped");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let after = line
            .split("http://")
            .nth(1)
            .unwrap_or_else(|| panic!("no address: {line}"));
        let address = after.split('/').next().expect("an address").to_string();
        Self { child, address }
    }

    /// Sends a request with these lines in its head. Of HTTP/1.0: an answer ends where the connection does.
    pub(super) fn send(&self, method: &str, path: &str, lines: &[&str], body: &str) -> Reply {
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        let host = match lines.iter().any(|line| line.starts_with("Host:")) {
            true => String::new(),
            false => format!("Host: {}\r\n", self.address),
        };
        let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        let length = body.len();
        let request =
            format!("{method} {path} HTTP/1.0\r\n{host}{lines}Content-Length: {length}\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut all = Vec::new();
        stream.read_to_end(&mut all).expect("answered");
        let end = all
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .expect("a head");
        let head = String::from_utf8(all[..end].to_vec()).expect("a head");
        let mut of_head = head.lines();
        let status = of_head
            .next()
            .and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let mut headers: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in of_head.filter_map(|line| line.split_once(": ")) {
            let all = headers.entry(name.to_lowercase()).or_default();
            all.push_str(if all.is_empty() { "" } else { ", " });
            all.push_str(value);
        }
        Reply {
            status: status.expect("a status"),
            headers,
            bytes: all[end + 4..].to_vec(),
        }
    }

    pub(super) fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], "")
    }

    /// A page that there is.
    pub fn page(&self, path: &str) -> String {
        let reply = self.get(path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.text()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(super) fn archive() -> Indexed {
    Indexed::new(&[
        (
            "a.txt",
            "Drones à Gao\n\nDes drones ont tué trois civils à Gao le 3 mars 2024.",
        ),
        (
            "b.md",
            "---\ntitle: Drones à Kidal\ndate: 2024-04-02\n---\nUn drone de l'armée malienne a frappé Kidal en avril 2024.",
        ),
        (
            "c.jsonl",
            "{\"id\":\"c1\",\"text\":\"Rien de neuf à Mopti.\",\"date\":\"2023-05-02\"}\n{\"id\":\"c2\",\"text\":\"Autre chose.\"}\n",
        ),
    ])
}

/// The first address behind `href="` that has a part in it, as a browser reads it.
pub fn link(page: &str, part: &str) -> String {
    let mut links = page
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let found = links
        .find(|link| link.contains(part))
        .unwrap_or_else(|| panic!("no link {part}: {page}"));
    found.replace("&amp;", "&")
}

#[test]
fn every_route_answers_and_says_how_it_may_be_used() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let routes = [
        ("/", "text/html"),
        ("/?q=drones&explain=true&facets=true", "text/html"),
        ("/events", "text/html"),
        ("/pivot?rows=actor&cols=region:1", "text/html"),
        ("/saved", "text/html"),
        ("/archive", "text/html"),
        ("/values?facet=actor", "text/html"),
        ("/dossier?q=drones", "text/html"),
        ("/compare?q=drones&with=Gao", "text/html"),
        ("/batch?names=Gao", "text/html"),
        ("/history", "text/html"),
        ("/?map=true&split=region:2", "text/html"),
        ("/api", "text/html"),
        ("/login", "text/html"),
        ("/api/openapi.json", "application/json"),
        ("/api/v1/search?q=drones&facets=true", "application/json"),
        ("/api/v1/facets?q=drones&facet=region&top=3", "application/json"),
        ("/api/v1/facets?evidence=Gao", "application/json"),
        ("/api/v1/timeline?by=year&split=region:1", "application/json"),
        ("/api/v1/pivot?rows=month&cols=actor", "application/json"),
        ("/api/v1/terms?q=drones", "application/json"),
        ("/api/v1/suggest?prefix=dro", "application/json"),
        ("/api/v1/similar?id=a.txt", "application/json"),
        ("/api/v1/cite?id=a.txt&query=drones", "application/json"),
        ("/api/v1/stats", "application/json"),
        ("/api/v1/saved", "application/json"),
        ("/api/v1/articles?id=b.md", "application/json"),
        ("/api/v1/events?format=geojson", "application/geo+json"),
        ("/api/v1/export?format=csv", "text/csv"),
        ("/assets/style.css", "text/css"),
        ("/assets/griot.js", "text/javascript"),
        ("/assets/live.js", "text/javascript"),
        ("/assets/reader.js", "text/javascript"),
        ("/healthz", "text/plain"),
        ("/metrics", "text/plain"),
    ];
    for (path, kind) in routes {
        let reply = server.get(path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        assert!(
            reply.header("content-type").starts_with(kind),
            "{path}: {}",
            reply.header("content-type")
        );
        assert!(
            reply
                .header("content-security-policy")
                .starts_with("default-src 'none'"),
            "{path}"
        );
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("x-frame-options"), "DENY", "{path}");
        let page = reply.text();
        let inline = ["<style", " style=", " onclick=", "<script>"];
        assert!(
            !inline.iter().any(|what| page.contains(what)) || kind != "text/html",
            "{path}: {page}"
        );
    }
}

#[test]
fn the_api_answers_as_the_command_line() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let (mut api, mut cli) = (
        server.get("/api/v1/search?q=drones&facets=true&limit=5").json(),
        archive.json(&["search", "drones", "--facets", "--limit", "5"]),
    );
    let key = api["hits"][0]["key"].as_str().expect("a key").to_string();
    for answer in [&mut api, &mut cli] {
        answer["took_ms"] = Value::Null;
        for list in ["hits", "nearly"] {
            for hit in answer[list].as_array_mut().expect("a list") {
                hit.as_object_mut().expect("a hit").remove("key");
            }
        }
    }
    assert_eq!(api, cli);
    let article = server.get(&format!("/api/v1/articles/{key}?query=drones")).json();
    assert_eq!(article["id"], api["hits"][0]["id"]);
    assert!(article["matches"]["total"].as_u64() > Some(0));
    let same = |path: &str, args: &[&str]| assert_eq!(server.page(path), archive.out(args), "{path}");
    same("/api/v1/export?q=drones", &["export", "drones"]);
    same(
        "/api/v1/export?q=drones&csv-excel=true",
        &["export", "drones", "--csv-excel"],
    );
    same(
        "/api/v1/export?rows=records&format=csv",
        &["export", "--rows", "records", "--format", "csv"],
    );
    same(
        "/api/v1/events?sure=true&format=csv",
        &["events", "--sure", "--format", "csv"],
    );
    same(
        "/api/v1/events?near=Gao:30&format=geojson",
        &["events", "--near", "Gao:30", "--format", "geojson"],
    );
}

#[test]
fn hostile_articles_are_shown_as_text() {
    let title = "<script>alert(1)</script>\\\" onmouseover=\\\"x' ]]> {{7*7}} \u{202E}gao";
    let hostile = format!(
        "{{\"id\":\"<b>#/?\",\"title\":\"{title}\",\"text\":\"Un drone </mark><img src=x onerror=alert(2)> a tué 3 civils à Gao le 3 mars 2024. \\u001b[31m\",\"url\":\"javascript:alert(3)\",\"source\":\"<i>RFI\",\"<u>key\":\"<s>value\"}}\n"
    );
    let archive = Indexed::new(&[
        ("<h1>.jsonl", &hostile),
        (
            "<h1>.txt",
            "Titre <script>alert(1)</script> \" onclick=\"y\n\nUn drone <img src=x onerror=alert(2)> a tué 3 civils à Gao.",
        ),
    ]);
    let server = Server::start(&archive, &[]);
    let found = server.page("/?q=drone");
    let plain = found.split("class=\"hit\"").find(|hit| hit.contains("alert(1)"));
    let (article, other) = (
        link(plain.expect("a hit"), "/article/"),
        link(&found, "/article/"),
    );
    let query = "/?q=%3Cscript%3Ealert(4)%3C/script%3E%22+onfocus%3D%22x&region=%3Cb%3E&ui-lang=%22%3E%3Cx";
    for path in [
        "/?q=drone",
        article.as_str(),
        other.as_str(),
        "/events",
        "/events?grouped=false",
        "/pivot?rows=medium",
        "/pivot?rows=medium&share=row",
        "/values?facet=medium",
        "/values?facet=region&find=%3Cscript%3Ealert(5)",
        "/dossier?q=drone",
        "/dossier?q=drone&passages=true",
        "/compare?q=drone&with=%3Cscript%3Ealert(6)",
        "/batch?names=drone%0A%3Cscript%3Ealert(7)%09%3Cimg",
        "/?q=drone&map=true&split=medium",
        "/archive",
        query,
        "/%3Cscript%3E",
    ] {
        let page = server.get(path).text();
        for bad in [
            "<script>alert",
            "<img",
            "href=\"javascript",
            "<i>RFI",
            "<u>key",
            "<s>value",
            "<h1>.json",
            "<b>#",
            "\u{202E}",
            "\u{1b}",
            "<x",
        ] {
            assert!(!page.contains(bad), "{path} has {bad}:\n{page}");
        }
        let mut attributes = page.split('<').skip(1).filter_map(|tag| tag.split('>').next());
        let inside = |tag: &str| tag.split('"').step_by(2).any(|part| part.contains(" on"));
        assert!(!attributes.any(inside), "{path}: a handler of events");
    }
    assert!(
        server.page(&article).contains("&lt;script&gt;alert(1)"),
        "shown all the same"
    );
    assert_eq!(
        server.get("/api/v1/search?q=drone").header("content-type"),
        "application/json"
    );
}

#[test]
fn everything_can_be_done_without_a_script() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let all = server.page("/?q=drones");
    assert!(all.contains("<b>2</b> articles"), "{all}");
    // Drill down, turn into an exclusion, take away, read.
    let narrowed = server.page(&link(&all, "q=drones&amp;region=Mali%2FGao"));
    assert!(narrowed.contains("<b>1</b> article"), "{narrowed}");
    let excluded = server.page(&link(&narrowed, "not-region="));
    assert!(
        excluded.contains("<b>1</b> article") && excluded.contains("Kidal"),
        "{excluded}"
    );
    let article = server.page(&link(&narrowed, "/article/"));
    assert!(article.contains("q\">drones</mark>"), "{article}");
    let evidence = link(&article, "#e");
    assert!(
        article.contains(&format!("id=\"{}\"", &evidence[1..])),
        "{evidence}"
    );
    let back = server.page(&link(&article, "/?q=drones"));
    assert!(back.contains("<b>1</b> article"), "back at the narrowed search");
    // A bar of the timeline.
    let april = server.page(&link(&all, "since=2024-0"));
    assert!(april.contains("class=\"chip\""), "{april}");
    let none = server.page("/?q=drones+zzzz");
    assert!(none.contains("<b>0</b> articles") && link(&none, "any=true").contains("any=true"));
    // Of several conditions, the one that leaves nothing over is taken away by a link.
    let none = server.page("/?q=drones&region=Kidal&until=2023");
    let nothing = none
        .split("class=\"nothing\"")
        .nth(1)
        .expect("why nothing is found");
    assert!(
        nothing.contains("href=\"/?q=drones&amp;region=Kidal\""),
        "{nothing}"
    );
    let repaired = server.page("/?q=drones&region=Kidal");
    assert!(repaired.contains("<b>1</b> article"), "{repaired}");
}

#[test]
fn people_are_answered_in_their_language() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let french = server.send(
        "GET",
        "/?q=drones",
        &["Accept-Language: fr-ML,fr;q=0.9,en;q=0.5"],
        "",
    );
    assert!(french.text().contains("<html lang=\"fr\">") && french.text().contains(">Chercher<"));
    assert!(
        french.header("vary").contains("accept-language"),
        "{:?}",
        french.headers
    );
    let english = server.send("GET", "/?q=drones&ui-lang=en", &["Accept-Language: fr"], "");
    assert!(english.text().contains("<html lang=\"en\">") && english.text().contains(">Search<"));
    assert!(
        link(&english.text(), "ui-lang=fr").contains("q=drones"),
        "the switch keeps the search"
    );
    let error = server.send("GET", "/?since=jamais", &["Accept-Language: fr"], "");
    assert!(
        error.status == 400 && error.text().contains("pas une date"),
        "{}",
        error.text()
    );
}

#[test]
fn what_is_wrong_is_said_as_programs_expect_it() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let long = format!("/api/v1/search?q={}", "a".repeat(10_001));
    let problems = [
        ("/api/v1/search?regoin=Gao", 400, "unknown_parameter"),
        ("/api/v1/search?since=jamais", 400, "bad_date"),
        ("/api/v1/search?limit=0", 400, "out_of_range"),
        ("/api/v1/search?limit=201", 400, "out_of_range"),
        ("/api/v1/search?limit=200&page=51", 400, "too_deep"),
        ("/api/v1/search?limit=x", 400, "bad_number"),
        ("/api/v1/search?sort=best", 400, "bad_value"),
        ("/api/v1/search?where=Gao", 400, "bad_value"),
        ("/api/v1/facets?facet=nothing", 400, "no_such_facet"),
        ("/api/v1/articles?id=nothing", 404, "no_such_article"),
        ("/api/v1/articles/bm90aGluZw", 404, "no_such_article"),
        ("/api/v1/articles", 400, "missing_parameter"),
        ("/api/v1/saved?name=nothing", 404, "no_such_saved_search"),
        ("/api/v1/nothing", 404, "not_found"),
        ("/api/v1/events?near=Gao:far", 400, "bad_value"),
        ("/api/v1/export?region=&facet=x", 400, "unknown_parameter"),
        (long.as_str(), 400, "query_too_long"),
    ];
    for (path, status, kind) in problems {
        let reply = server.get(path);
        assert_eq!(reply.header("content-type"), "application/problem+json", "{path}");
        let problem = reply.json();
        assert_eq!(
            (reply.status, problem["kind"].as_str()),
            (status, Some(kind)),
            "{path}: {problem}"
        );
        assert_eq!(problem["status"], status, "{path}");
        assert!(
            problem["detail"].as_str().is_some_and(|detail| detail.len() > 10),
            "{path}"
        );
    }
    assert_eq!(server.send("DELETE", "/api/v1/search", &[], "").status, 405);
}

#[test]
fn other_hosts_and_other_sites_are_refused() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    for host in [
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "[::2]",
        "10.0.0.1",
        "",
    ] {
        let reply = server.send("GET", "/", &[&format!("Host: {host}")], "");
        assert!(matches!(reply.status, 400 | 421), "{host}: {}", reply.status);
    }
    for host in ["localhost", "LOCALHOST:7700", "127.0.0.1:1", "[::1]:7700"] {
        assert_eq!(
            server.send("GET", "/", &[&format!("Host: {host}")], "").status,
            200,
            "{host}"
        );
    }
    let from = |line: &str| server.send("POST", "/logout", &[line], "").status;
    assert_eq!(from("Origin: https://evil.example"), 403);
    assert_eq!(from("Sec-Fetch-Site: cross-site"), 403);
    assert_eq!(from("Sec-Fetch-Site: same-origin"), 303);
    let large = "x".repeat(20_000);
    assert_eq!(
        server
            .send("POST", "/login", &["Sec-Fetch-Site: none"], &large)
            .status,
        413
    );
}

#[test]
fn an_answer_is_kept_until_there_is_another_commit() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let path = "/api/v1/search?q=drones";
    let first = server.get(path);
    let tag = first.header("etag").to_string();
    let again = |tag: &str| server.send("GET", path, &[&format!("If-None-Match: {tag}")], "");
    let kept = again(&tag);
    assert_eq!(
        (kept.status, kept.bytes.len(), kept.header("etag")),
        (304, 0, tag.as_str())
    );
    std::fs::write(archive.dir().join("corpus/d.txt"), "Encore des drones.").expect("written");
    archive.run(&["index", "corpus", "--quiet"]);
    let changed = again(&tag);
    assert_eq!((changed.status, &changed.json()["total"]), (200, &Value::from(3)));
    std::fs::remove_dir_all(archive.index()).expect("removed");
    let gone = again("");
    assert_eq!(
        (gone.status, &gone.json()["kind"]),
        (503, &Value::from("no_index"))
    );
    assert!(!gone.header("retry-after").is_empty());
    assert_eq!(server.get("/").status, 503);
    assert_eq!(server.get("/healthz").status, 200);
    let packed = server.send("GET", "/api/openapi.json", &["Accept-Encoding: gzip"], "");
    assert_eq!(
        (packed.header("content-encoding"), &packed.bytes[..2]),
        ("gzip", &[0x1f, 0x8b][..])
    );
}

#[test]
fn who_has_the_token_is_let_in() {
    let archive = archive();
    std::fs::write(archive.dir().join("token"), "s3cret-token\n").expect("written");
    let server = Server::start(&archive, &["--token-file", "token"]);
    let with = |line: &str| server.send("GET", "/api/v1/stats", &[line], "");
    let refused = server.get("/api/v1/stats");
    assert_eq!(
        (refused.status, refused.header("www-authenticate")),
        (401, "Bearer")
    );
    assert_eq!(with("Authorization: Bearer wrong").status, 401);
    assert_eq!(with("Authorization: Bearer s3cret-token").status, 200);
    assert_eq!(with("Cookie: griot-session=x").status, 401);
    let sent_on = server.get("/events?q=a");
    assert_eq!(
        (sent_on.status, sent_on.header("location")),
        (303, "/login?next=%2Fevents%3Fq%3Da")
    );
    let wrong = server.send("POST", "/login", &[], "secret=wrong");
    assert_eq!((wrong.status, wrong.header("set-cookie")), (403, ""));
    let right = server.send("POST", "/login", &[], "secret=s3cret-token&next=/events?q=a");
    assert_eq!((right.status, right.header("location")), (303, "/events?q=a"));
    let cookie = right.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    let pair = format!("Cookie: {}", cookie.split(';').next().expect("a pair"));
    assert_eq!(with(&pair).status, 200);
    assert_eq!(server.send("POST", "/logout", &[&pair], "").status, 303);
    assert_eq!(with(&pair).status, 401);
    let statuses: Vec<u16> = (0..12)
        .map(|_| server.send("POST", "/login", &[], "secret=x").status)
        .collect();
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
}

#[test]
fn others_are_served_only_with_a_secret() {
    let archive = archive();
    let refused = archive.run(&["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused));
    assert!(text(&refused).contains("--token-file"), "{}", text(&refused));
    std::fs::write(archive.dir().join("empty"), "\n").expect("written");
    let empty = archive.run(&["serve", "--listen", "0.0.0.0:0", "--token-file", "empty"]);
    assert!(
        empty.status.code() == Some(1) && text(&empty).contains("empty"),
        "{}",
        text(&empty)
    );
}

#[test]
fn new_files_are_found_while_the_index_is_watched() {
    let archive = archive();
    let server = Server::start(&archive, &["--corpus", "corpus", "--watch"]);
    let total = || server.get("/api/v1/search?q=drones").json()["total"].as_u64();
    assert_eq!(total(), Some(2));
    std::fs::write(archive.dir().join("corpus/d.txt"), "Encore des drones.").expect("written");
    let begun = std::time::Instant::now();
    while total() != Some(3) {
        assert!(begun.elapsed().as_secs() < 60, "still {:?}", total());
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_asked_to() {
    let archive = archive();
    let mut server = Server::start(&archive, &["--corpus", "corpus", "--watch"]);
    assert_eq!(server.get("/healthz").status, 200);
    let id = server.child.id().to_string();
    let asked = std::process::Command::new("kill").args(["-TERM", &id]).status();
    assert!(asked.expect("kill runs").success());
    assert_eq!(server.child.wait().expect("ended").code(), Some(0));
}
