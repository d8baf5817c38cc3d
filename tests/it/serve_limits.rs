//! What `griot serve` does about those who ask too much, too slowly, too often, or from elsewhere.

use super::common::{Indexed, command, text};
use super::serve::{Server, archive};
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Long enough for everything that ends at all.
const LONG: Duration = Duration::from_secs(40);

fn connected(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(&server.address).expect("connected");
    stream.set_read_timeout(Some(LONG)).expect("a timeout");
    stream
}

/// All that comes until the server ends the connection.
fn rest(mut stream: TcpStream) -> String {
    let mut all = Vec::new();
    // A connection that is reset has ended, too.
    let ended = stream.read_to_end(&mut all);
    let ended = ended.err().map(|error| error.kind());
    assert!(
        !matches!(
            ended,
            Some(std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut)
        ),
        "still open"
    );
    String::from_utf8_lossy(&all).into_owned()
}

#[test]
fn who_sends_nothing_or_half_is_not_waited_for() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let host = format!("Host: {}\r\n", server.address);
    let half: [&str; 4] = [
        "",
        "GET / HTT",
        &format!("GET /healthz HTTP/1.1\r\n{host}X-Slow: "),
        &format!("POST /login HTTP/1.1\r\n{host}Content-Length: 100\r\n\r\nsecret="),
    ];
    let begun = Instant::now();
    let mut streams: Vec<TcpStream> = half.iter().map(|_| connected(&server)).collect();
    for (stream, half) in streams.iter_mut().zip(half) {
        stream.write_all(half.as_bytes()).expect("sent");
    }
    // One that has been answered, and asks nothing more.
    let mut idle = connected(&server);
    let whole = format!("GET /healthz HTTP/1.1\r\n{host}\r\n");
    idle.write_all(whole.as_bytes()).expect("sent");
    assert!(rest(idle).starts_with("HTTP/1.1 200"));
    for stream in streams {
        let said = rest(stream);
        assert!(!said.contains(" 200 ") && !said.contains(" 303 "), "{said}");
    }
    assert!(begun.elapsed() > Duration::from_secs(5), "they had time");
}

#[test]
fn connections_are_bounded_and_the_next_one_waits() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let mut held: Vec<TcpStream> = (0..256).map(|_| connected(&server)).collect();
    let mut next = connected(&server);
    next.set_read_timeout(Some(Duration::from_secs(1)))
        .expect("a timeout");
    let asked = format!(
        "GET /healthz HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        server.address
    );
    next.write_all(asked.as_bytes()).expect("sent");
    let mut some = [0; 12];
    assert!(next.read(&mut some).is_err(), "there is no place: {some:?}");
    held.pop();
    next.set_read_timeout(Some(LONG)).expect("a timeout");
    assert!(rest(next).starts_with("HTTP/1.1 200"));
}

#[test]
fn exports_at_a_time_are_few() {
    let lines = (0..400).map(|number| {
        format!(
            "{{\"id\":\"{number}\",\"text\":\"Un drone à Gao. {}\"}}\n",
            "mot ".repeat(20_000)
        )
    });
    let archive = Indexed::new(&[("a.jsonl", &lines.collect::<String>())]);
    let server = Server::start(&archive, &[]);
    // More than what lies ready on the way: who doesn't read holds an export.
    let asked = format!(
        "GET /api/v1/export?with-text=true HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        server.address
    );
    let reading = |stream: &mut TcpStream| {
        let mut head = [0; 15];
        stream.read_exact(&mut head).expect("begun");
        String::from_utf8_lossy(&head).into_owned()
    };
    let mut held: Vec<TcpStream> = (0..4).map(|_| connected(&server)).collect();
    for stream in &mut held {
        stream.write_all(asked.as_bytes()).expect("sent");
        assert_eq!(reading(stream), "HTTP/1.1 200 OK");
    }
    let refused = server.get("/api/v1/export");
    assert_eq!((refused.status, refused.header("retry-after")), (429, "5"));
    // Others are answered meanwhile.
    assert_eq!(server.get("/api/v1/search?q=drone").status, 200);
    drop(held);
    let begun = Instant::now();
    while server.get("/api/v1/export").status != 200 {
        assert!(begun.elapsed() < LONG, "who has gone holds it still");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn secrets_come_from_the_environment_too() {
    let archive = archive();
    let token = Server::start_in(&archive, &[], &[("GRIOT_TOKEN", "a-long-token ")]);
    assert_eq!(token.get("/api/v1/stats").status, 401);
    let sent = token.send(
        "GET",
        "/api/v1/stats",
        &["Authorization: Bearer a-long-token"],
        "",
    );
    assert_eq!(sent.status, 200);
    let password = Server::start_in(&archive, &[], &[("GRIOT_PASSWORD", "mot de passe")]);
    let logged_in = password.send("POST", "/login", &[], "secret=mot+de+passe");
    assert_eq!(logged_in.status, 303, "{}", logged_in.text());
    // A password is no token.
    let sent = password.send(
        "GET",
        "/api/v1/stats",
        &["Authorization: Bearer mot de passe"],
        "",
    );
    assert_eq!(sent.status, 401);
    let both = command(archive.dir())
        .env("GRIOT_INDEX", archive.index())
        .args(["serve", "--listen", "127.0.0.1:0"])
        .envs([("GRIOT_TOKEN", "a"), ("GRIOT_PASSWORD", "b")])
        .output()
        .expect("griot runs");
    assert!(
        both.status.code() == Some(1) && text(&both).contains("GRIOT_PASSWORD"),
        "{}",
        text(&both)
    );
}

#[test]
fn wrong_tokens_are_answered_a_few_times_only() {
    let archive = archive();
    let server = Server::start_in(&archive, &[], &[("GRIOT_TOKEN", "a-long-token")]);
    let with = |token: &str| {
        server.send(
            "GET",
            "/api/v1/stats",
            &[&format!("Authorization: Bearer {token}")],
            "",
        )
    };
    assert_eq!(with("a-long-token").status, 200);
    let statuses: Vec<u16> = (0..12).map(|_| with("guess").status).collect();
    assert_eq!((statuses[9], statuses[10]), (401, 429), "{statuses:?}");
    let locked = with("a-long-token");
    assert_eq!(
        (locked.status, locked.header("retry-after")),
        (429, "60"),
        "even the right one, for a while"
    );
}

#[test]
fn only_sites_that_were_named_may_read_answers() {
    let archive = archive();
    let server = Server::start(
        &archive,
        &["--cors", "https://a.example", "--cors", "http://localhost:3000"],
    );
    let from = |origin: &str, method: &str, path: &str| {
        let lines = [
            format!("Origin: {origin}"),
            "Access-Control-Request-Method: GET".to_string(),
        ];
        server.send(method, path, &[&lines[0], &lines[1]], "")
    };
    let search = "/api/v1/search?q=drones";
    for origin in ["https://a.example", "http://localhost:3000"] {
        let reply = from(origin, "GET", search);
        assert_eq!(
            (reply.status, reply.header("access-control-allow-origin")),
            (200, origin)
        );
        assert_eq!(reply.header("cross-origin-resource-policy"), "cross-origin");
        assert!(reply.header("vary").contains("origin"), "{:?}", reply.headers);
        let asked = from(origin, "OPTIONS", search);
        assert_eq!(
            (asked.status, asked.header("access-control-allow-origin")),
            (204, origin)
        );
        assert!(
            asked
                .header("access-control-allow-headers")
                .contains("authorization")
        );
        let page = from(origin, "GET", "/?q=drones");
        assert_eq!(
            page.header("access-control-allow-origin"),
            "",
            "pages are for nobody else"
        );
    }
    for origin in [
        "https://b.example",
        "http://a.example",
        "https://a.example.evil",
        "null",
    ] {
        let reply = from(origin, "GET", search);
        assert_eq!(reply.header("access-control-allow-origin"), "", "{origin}");
        assert_eq!(from(origin, "OPTIONS", search).status, 403, "{origin}");
    }
    let closed = Server::start(&archive, &[]);
    let reply = closed.send("GET", search, &["Origin: https://a.example"], "");
    assert_eq!(reply.header("access-control-allow-origin"), "");
    let wrong = archive.run(&["serve", "--listen", "127.0.0.1:0", "--cors", "*"]);
    assert!(
        wrong.status.code() == Some(2) && text(&wrong).contains("https://example.org"),
        "{}",
        text(&wrong)
    );
}

#[test]
fn a_cursor_leads_through_all_hits() {
    let lines = (0..57)
        .map(|number| format!("{{\"id\":\"{number}\",\"text\":\"Un drone à Gao, {number} fois.\"}}\n"));
    let archive = Indexed::new(&[("a.jsonl", &lines.collect::<String>())]);
    let server = Server::start(&archive, &[]);
    for (asked, order) in [("q=drone", ""), ("", "&sort=oldest"), ("q=drone", "&group=true")] {
        let path = format!("/api/v1/search?{asked}{order}&limit=10");
        let (mut cursor, mut found) = (String::new(), Vec::new());
        loop {
            let page = server.get(&format!("{path}{cursor}")).json();
            let hits = page["hits"].as_array().expect("hits").clone();
            found.extend(
                hits.iter()
                    .map(|hit| hit["id"].as_str().expect("an id").to_string()),
            );
            assert_eq!(page["hits"][0]["rank"], found.len() - hits.len() + 1, "{path}");
            let Some(next) = page["next_cursor"].as_str() else {
                break;
            };
            assert!(
                next.bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)),
                "{next}"
            );
            cursor = format!("&cursor={next}");
        }
        let pages: Vec<Value> = (1..=6)
            .map(|page| server.get(&format!("{path}&page={page}")).json())
            .collect();
        let paged: Vec<&Value> = pages
            .iter()
            .flat_map(|page| page["hits"].as_array().expect("hits"))
            .collect();
        let paged: Vec<&str> = paged.iter().filter_map(|hit| hit["id"].as_str()).collect();
        assert_eq!(found, paged, "{path}");
    }
    let first = server.get("/api/v1/search?q=drone&limit=10").json();
    let next = first["next_cursor"].as_str().expect("a cursor");
    let status = |more: &str| {
        let reply = server.get(&format!("/api/v1/search?limit=10&cursor={next}{more}"));
        (
            reply.status,
            reply.json()["kind"].as_str().unwrap_or_default().to_string(),
        )
    };
    assert_eq!(status("&q=drone").0, 200);
    assert_eq!(
        status("&q=drone&facets=true").0,
        200,
        "counts may be asked for on one page only"
    );
    let bad = (400, "bad_cursor".to_string());
    assert_eq!(
        (status("&q=gao"), status("&q=drone&page=2")),
        (bad.clone(), bad.clone())
    );
    assert_eq!(status("x&q=drone"), bad);
    std::fs::write(archive.dir().join("corpus/b.txt"), "Encore un drone.").expect("written");
    archive.run(&["index", "corpus", "--quiet"]);
    assert_eq!(status("&q=drone"), (410, "commit_changed".to_string()));
}

#[test]
fn the_log_has_queries_only_if_that_is_asked_for() {
    let archive = archive();
    let logged = |args: &[&str]| {
        let mut child = command(archive.dir())
            .env("GRIOT_INDEX", archive.index())
            .args(["--verbose", "serve", "--listen", "127.0.0.1:0"])
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("griot runs");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("piped");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let address = line
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let mut server = Server {
            child,
            address: address.expect("an address").to_string(),
        };
        assert_eq!(
            server.get("/api/v1/search?q=secret%0A500+GET+%1B%5B31m").status,
            200
        );
        assert_eq!(server.get("/%0A200").status, 404);
        let _ = server.child.kill();
        let mut log = String::new();
        let stderr = server.child.stderr.take().expect("piped");
        BufReader::new(stderr).read_to_string(&mut log).expect("text");
        log
    };
    let log = logged(&[]);
    assert!(
        log.contains("200 GET /api/v1/search ") && !log.contains("secret"),
        "{log}"
    );
    let log = logged(&["--log-queries"]);
    assert!(
        log.contains("200 GET /api/v1/search?q=secret%0A500+GET+%1B%5B31m "),
        "{log}"
    );
    assert_eq!(
        log.lines().filter(|line| line.contains("ms")).count(),
        2,
        "no line of its own: {log}"
    );
}
