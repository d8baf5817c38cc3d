//! `griot serve` telling open pages what changes.

use super::serve::{Server, archive};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Events as they come.
struct Events(BufReader<TcpStream>);

impl Events {
    fn listen(server: &Server) -> Self {
        let mut stream = TcpStream::connect(&server.address).expect("connected");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a timeout");
        // Of HTTP/1.0: nothing stands around the events.
        let asked = format!(
            "GET /api/v1/live HTTP/1.0\r\nHost: {}\r\nAccept-Encoding: gzip\r\n\r\n",
            server.address
        );
        stream.write_all(asked.as_bytes()).expect("sent");
        let mut events = Self(BufReader::new(stream));
        let head: Vec<String> =
            std::iter::from_fn(|| events.line().filter(|line| !line.is_empty())).collect();
        assert!(head[0].ends_with("200 OK"), "{head:?}");
        let has = |wanted: &str| head.iter().any(|line| line.eq_ignore_ascii_case(wanted));
        assert!(
            has("content-type: text/event-stream") && has("cache-control: no-store"),
            "{head:?}"
        );
        assert!(
            !head.iter().any(|line| line.contains("gzip")),
            "events wait for nothing: {head:?}"
        );
        events
    }

    /// A line, or nothing at the end.
    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.0.read_line(&mut line).expect("read");
        (read > 0).then(|| line.trim_end().to_string())
    }

    /// The next event: its name and its data.
    fn next(&mut self) -> Option<(String, Value)> {
        loop {
            let line = self.line()?;
            if let Some(name) = line.strip_prefix("event: ") {
                let data = self.line()?;
                let json = data.strip_prefix("data: ").expect("data");
                return Some((name.to_string(), serde_json::from_str(json).expect("JSON")));
            }
        }
    }
}

#[test]
fn pages_are_told_what_an_update_does() {
    let archive = archive();
    let server = Server::start(&archive, &["--corpus", "corpus", "--watch"]);
    let mut events = Events::listen(&server);
    let (name, first) = events.next().expect("the commit");
    assert_eq!(
        (name.as_str(), &first["articles"], &first["added"]),
        ("commit", &4.into(), &0.into())
    );
    std::fs::write(archive.dir().join("corpus/d.txt"), "Encore des drones.").expect("written");
    let (mut updates, mut commit) = (Vec::new(), None);
    while commit.is_none() || !updates.iter().any(|update: &Value| update["added"] == 1) {
        let (name, data) = events.next().expect("an event");
        match name.as_str() {
            "commit" if data["articles"] == 5 => commit = Some(data),
            "commit" => {}
            _ => updates.push(data),
        }
    }
    let commit = commit.expect("another commit");
    assert_eq!(
        (&commit["added"], commit["commit"] == first["commit"]),
        (&1.into(), false)
    );
    assert!(
        updates.iter().any(|update| update["event"] == "running"),
        "{updates:?}"
    );
    let page = server.get("/").text();
    assert!(
        page.contains("data-articles=\"5\"") && page.contains("data-several=\"# new articles\""),
        "{page}"
    );
}

#[test]
fn commits_of_others_are_news_too() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let mut events = Events::listen(&server);
    let first = events.next().expect("the commit").1;
    std::fs::remove_file(archive.dir().join("corpus/a.txt")).expect("removed");
    archive.run(&["index", "corpus", "--quiet"]);
    let (name, second) = events.next().expect("another commit");
    assert_eq!(
        (name.as_str(), &second["added"], &second["articles"]),
        ("commit", &(-1).into(), &3.into())
    );
    assert_ne!(first["commit"], second["commit"]);
}

#[test]
fn a_rebuild_and_a_new_index_are_followed() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let asked = || server.get("/api/v1/search?q=drones");
    let total = || asked().json()["total"].as_u64();
    let before = asked().header("etag").to_string();
    assert_eq!(total(), Some(2));
    archive.run(&["index", "corpus", "--rebuild", "--quiet"]);
    assert_eq!(total(), Some(2));
    assert_ne!(asked().header("etag"), before, "another generation");
    std::fs::remove_dir_all(archive.index()).expect("removed");
    assert_eq!(asked().status, 503);
    let live = server.get("/healthz");
    assert_eq!(live.status, 200);
    std::fs::write(archive.dir().join("corpus/d.txt"), "Encore des drones.").expect("written");
    archive.run(&["index", "corpus", "--quiet"]);
    assert_eq!(total(), Some(3));
}

#[cfg(unix)]
#[test]
fn those_who_listen_do_not_keep_it_from_ending() {
    let archive = archive();
    let mut server = Server::start(&archive, &[]);
    let mut events = Events::listen(&server);
    events.next().expect("the commit");
    let id = server.child.id().to_string();
    let begun = std::time::Instant::now();
    let asked = std::process::Command::new("kill").args(["-TERM", &id]).status();
    assert!(asked.expect("kill runs").success());
    assert_eq!(server.child.wait().expect("ended").code(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    assert_eq!(events.next(), None);
}
