//! `griot push` to a cluster that this process plays: what is sent, and what becomes of it when things go wrong.

use crate::common::{Archive, command, text};
use crate::stub_cluster::{Fault, StubCluster};
use serde_json::Value;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// An archive of `n` articles in one file, and some in files of their own.
fn archive(n: usize) -> Archive {
    let archive = Archive::small();
    archive.write("many.jsonl", &many(n, &|_| ""));
    archive.index();
    archive
}

fn many(n: usize, more: &dyn Fn(usize) -> &'static str) -> String {
    let line = |i: usize| {
        let text = format!("Le drone numéro {i} a frappé le village de Gao.{}", more(i));
        serde_json::json!({"id": format!("n{i}"), "text": text, "date": "2024-03-05"}).to_string() + "\n"
    };
    (0..n).map(line).collect()
}

fn pushing(archive: &Archive, cluster: &StubCluster, args: &[&str]) -> Command {
    let mut griot = command(archive.dir.path());
    griot.args([
        "push",
        "--index",
        "corpus/.griot",
        "--to",
        &cluster.url,
        "--format",
        "json",
    ]);
    griot.args(args);
    griot
}

fn push(archive: &Archive, cluster: &StubCluster, args: &[&str]) -> Output {
    pushing(archive, cluster, args).output().expect("griot runs")
}

fn pushed(archive: &Archive, cluster: &StubCluster, args: &[&str]) -> Value {
    let output = push(archive, cluster, args);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output)))
}

/// What a push to an empty cluster gives.
fn assert_like_fresh(archive: &Archive, cluster: &StubCluster) {
    let fresh = StubCluster::start();
    pushed(archive, &fresh, &["--take-over"]);
    let (found, wanted) = (
        cluster.documents("griot-archive"),
        fresh.documents("griot-archive"),
    );
    assert!(!wanted.is_empty());
    assert!(
        found == wanted,
        "{} documents, {} wanted",
        found.len(),
        wanted.len()
    );
}

#[test]
fn only_what_differs_is_sent() {
    let (archive, cluster) = (archive(300), StubCluster::start());
    let first = pushed(&archive, &cluster, &[]);
    assert_eq!((&first["articles"], &first["sent"]), (&304.into(), &304.into()));
    assert_eq!(first["new_generation"], true);
    assert_eq!(cluster.state().bodies, 304);

    let again = pushed(&archive, &cluster, &[]);
    assert_eq!((&again["sent"], &again["deleted"]), (&0.into(), &0.into()));
    assert_eq!(again["new_generation"], false);

    let some = |i: usize| if i % 30 == 7 { " Trois morts." } else { "" };
    archive.write("many.jsonl", &many(300, &some));
    let changed = pushed(&archive, &cluster, &[]);
    assert_eq!((&changed["sent"], &changed["changed"]), (&10.into(), &10.into()));
    assert_eq!(cluster.state().bodies, 314);

    archive.write("many.jsonl", &many(290, &some));
    std::fs::rename(archive.corpus().join("a.txt"), archive.corpus().join("z.txt")).expect("moved");
    let gone = pushed(&archive, &cluster, &[]);
    assert_eq!((&gone["sent"], &gone["deleted"]), (&1.into(), &11.into()));
    assert_like_fresh(&archive, &cluster);
}

#[test]
fn a_correction_goes_with_the_push() {
    let (archive, cluster) = (archive(20), StubCluster::start());
    pushed(&archive, &cluster, &[]);
    let output = archive.run(&[
        "correct",
        "add",
        "n3",
        "region",
        "Mali/Kidal",
        "--index",
        "corpus/.griot",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let report = pushed(&archive, &cluster, &[]);
    assert_eq!(report["sent"], 1);
    let documents = cluster.documents("griot-archive");
    let corrected = documents
        .values()
        .find(|document| document["id"] == "n3")
        .expect("there");
    let regions = corrected["facet"]["region"].as_array().expect("regions");
    assert!(
        regions.contains(&"Mali/Kidal".into()) && regions.contains(&"Mali".into()),
        "{regions:?}"
    );
}

#[test]
fn whatever_a_cluster_answers_nothing_is_lost_or_doubled() {
    let archive = archive(60);
    let all = [
        Fault::Status(429),
        Fault::Status(502),
        Fault::Status(503),
        Fault::Status(504),
        Fault::Reset,
        Fault::ResetAfter,
        Fault::Half,
        Fault::NoJson,
        Fault::Fewer,
        Fault::Items(429),
        Fault::Items(503),
    ];
    let (cluster, fresh) = (StubCluster::start(), StubCluster::start());
    pushed(&archive, &fresh, &[]);
    let wanted = fresh.documents("griot-archive");
    assert_eq!(wanted.len(), 64);
    for (number, fault) in all.iter().enumerate() {
        cluster.state().faults = [fault.clone(), fault.clone()].into();
        let name = format!("f{number}");
        let report = pushed(&archive, &cluster, &["--as-is", "--name", &name]);
        assert_eq!(report["articles"], 64);
        assert!(cluster.state().faults.is_empty(), "{fault:?} came twice");
        assert!(cluster.documents(&format!("griot-{name}")) == wanted, "{fault:?}");
    }
}

#[test]
fn what_is_too_large_is_sent_in_parts_and_named_if_it_cant_be() {
    let (archive, cluster) = (archive(40), StubCluster::start());
    let long = "Des combats à Ansongo ont fait fuir des familles. ".repeat(400);
    archive.write("long.txt", &long);
    cluster.state().most_bytes = Some(20_000);
    let output = push(&archive, &cluster, &[]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&report["articles"], &report["sent"]), (&45.into(), &44.into()));
    assert_eq!(report["refused"][0]["article"], "long.txt");
    assert!(
        text(&output).contains("not taken: long.txt: it is larger than the cluster takes"),
        "{}",
        text(&output)
    );

    cluster.state().most_bytes = None;
    let report = pushed(&archive, &cluster, &[]);
    assert_eq!(report["sent"], 1, "the one that was refused");
    assert_like_fresh(&archive, &cluster);
}

#[test]
fn an_article_that_is_refused_is_named_and_what_was_there_of_it_stays() {
    let (archive, cluster) = (archive(10), StubCluster::start());
    pushed(&archive, &cluster, &[]);
    archive.write("many.jsonl", &many(10, &|i| if i == 4 { " Rien." } else { "" }));
    cluster.state().refused = Some("n4".into());
    let output = push(&archive, &cluster, &[]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output));
    assert!(
        text(&output).contains("not taken: n4: mapper_parsing_exception"),
        "{}",
        text(&output)
    );
    let documents = cluster.documents("griot-archive");
    let kept = documents
        .values()
        .find(|document| document["id"] == "n4")
        .expect("still there");
    assert!(!kept["body"].as_str().expect("text").contains("Rien"));
}

#[test]
fn a_full_cluster_is_told_with_its_cure() {
    for status in [403, 429] {
        let (archive, cluster) = (archive(5), StubCluster::start());
        cluster.state().blocked = Some(status);
        let output = push(&archive, &cluster, &[]);
        assert_eq!(output.status.code(), Some(7), "{}", text(&output));
        assert!(
            text(&output).contains("read_only_allow_delete"),
            "{}",
            text(&output)
        );
    }
}

#[test]
fn a_cluster_that_doesnt_answer_is_exit_code_7() {
    let archive = archive(3);
    let mut griot = command(archive.dir.path());
    griot.args([
        "push",
        "--index",
        "corpus/.griot",
        "--to",
        "http://127.0.0.1:9",
        "--patience",
        "1",
    ]);
    let output = griot.output().expect("griot runs");
    assert_eq!(output.status.code(), Some(7), "{}", text(&output));
}

#[test]
fn a_redirect_is_not_followed() {
    let (archive, cluster, other) = (archive(3), StubCluster::start(), StubCluster::start());
    cluster.state().redirect = Some(other.url.clone());
    let mut griot = pushing(&archive, &cluster, &[]);
    griot.env("GRIOT_OPENSEARCH_API_KEY", "s3cret");
    let output = griot.output().expect("griot runs");
    assert_eq!(output.status.code(), Some(7), "{}", text(&output));
    assert!(
        text(&output).contains("redirect (status 302)"),
        "{}",
        text(&output)
    );
    assert_eq!(other.state().authorization, None);
}

#[test]
fn who_asks_is_told_to_the_cluster_and_to_nobody_else() {
    let (archive, cluster) = (archive(3), StubCluster::start());
    let run = |args: &[&str]| {
        let mut griot = pushing(&archive, &cluster, args);
        griot
            .env("GRIOT_OPENSEARCH_USER", "me")
            .env("GRIOT_OPENSEARCH_PASSWORD", "s3cret");
        text(&griot.output().expect("griot runs"))
    };
    let mut said = run(&["-v"]);
    assert_eq!(
        cluster.state().authorization.as_deref(),
        Some("Basic bWU6czNjcmV0")
    );
    cluster.state().redirect = Some("http://127.0.0.1:9".into());
    said += &run(&["-v"]);
    cluster.state().redirect = None;
    let mut kept = String::new();
    for index in cluster.state().indexes.values() {
        kept += &index.made_of.to_string();
        kept.extend(index.documents.values().map(|(_, document)| document.to_string()));
    }
    for secret in ["s3cret", "bWU6czNjcmV0"] {
        assert!(!said.contains(secret) && !kept.contains(secret), "{said}");
    }
}

#[test]
fn two_pushes_dont_fight() {
    let (archive, cluster) = (archive(30), StubCluster::start());
    cluster.state().pause = Duration::from_millis(1500);
    let mut first = pushing(&archive, &cluster, &["--as-is"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("griot runs");
    while cluster
        .state()
        .indexes
        .keys()
        .all(|name| !name.ends_with("-gen-1"))
    {
        assert!(
            first.try_wait().expect("asked").is_none(),
            "it ended before it began"
        );
        std::thread::sleep(Duration::from_millis(10));
    }
    let second = push(&archive, &cluster, &["--as-is"]);
    assert_eq!(second.status.code(), Some(5), "{}", text(&second));
    let first = first.wait_with_output().expect("ended");
    assert_eq!(first.status.code(), Some(0), "{}", text(&first));
    assert_like_fresh(&archive, &cluster);
}

#[test]
fn another_archive_doesnt_replace_one_unasked() {
    let (one, other, cluster) = (archive(5), archive(2), StubCluster::start());
    pushed(&one, &cluster, &[]);
    let output = push(&other, &cluster, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert!(text(&output).contains("--take-over"), "{}", text(&output));
    assert_eq!(cluster.documents("griot-archive").len(), 9);
    let report = pushed(&other, &cluster, &["--take-over"]);
    assert_eq!(report["articles"], 6);
    assert_eq!(cluster.documents("griot-archive").len(), 6);
}

#[test]
fn other_lexicons_are_a_generation_beside_the_old_one() {
    let (archive, cluster) = (archive(10), StubCluster::start());
    pushed(&archive, &cluster, &[]);
    let output = archive.run(&[
        "lexicon",
        "add",
        "actor",
        "Front du Désert",
        "--parent",
        "Jnim",
        "--index",
        "corpus/.griot",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let report = pushed(&archive, &cluster, &[]);
    assert_eq!(
        (&report["new_generation"], &report["index"]),
        (&true.into(), &"griot-archive-gen-2".into())
    );
    let names: Vec<String> = cluster.state().indexes.keys().cloned().collect();
    assert_eq!(names, ["griot-archive-control", "griot-archive-gen-2"]);
    assert_like_fresh(&archive, &cluster);
}

#[test]
fn a_push_that_is_killed_is_gone_on_with() {
    let (archive, cluster) = (archive(400), StubCluster::start());
    cluster.state().pause = Duration::from_millis(40);
    let kills = if crate::common::long() { 50 } else { 6 };
    for kill in 0..kills {
        let more = move |i: usize| if i % 5 == kill % 5 { " Deux morts." } else { "" };
        archive.write("many.jsonl", &many(400, &more));
        archive.index();
        // Batches of one article each would be slow: a limit of the cluster makes them small.
        cluster.state().most_bytes = Some(12_000);
        let mut griot = pushing(&archive, &cluster, &["--as-is", "--senders", "2"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("griot runs");
        let begun = cluster.state().bodies;
        let wait = 5 + kill * 7 % 40;
        while cluster.state().bodies < begun + wait && griot.try_wait().expect("asked").is_none() {
            std::thread::sleep(Duration::from_millis(5));
        }
        griot.kill().expect("killed");
        griot.wait().expect("ended");
    }
    cluster.state().pause = Duration::ZERO;
    pushed(&archive, &cluster, &["--as-is"]);
    assert_like_fresh(&archive, &cluster);
}

#[test]
fn watching_pushes_what_changes() {
    let (archive, cluster) = (archive(5), StubCluster::start());
    let mut griot = pushing(&archive, &cluster, &["--watch"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("griot runs");
    let ids = || -> Vec<String> {
        let documents = cluster.documents("griot-archive");
        let ids = documents
            .values()
            .map(|document| document["id"].as_str().expect("an id"));
        ids.map(String::from).collect()
    };
    let wait_for = |what: &dyn Fn(&[String]) -> bool| {
        for _ in 0..1200 {
            if what(&ids()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("it doesn't come: {:?}", ids());
    };
    wait_for(&|ids| ids.len() == 9);
    archive.write("new.txt", "Une embuscade près de Djibo.");
    wait_for(&|ids| ids.len() == 10 && ids.iter().any(|id| id == "new.txt"));
    std::fs::remove_file(archive.corpus().join("a.txt")).expect("removed");
    wait_for(&|ids| ids.len() == 9 && ids.iter().all(|id| id != "a.txt"));
    griot.kill().expect("killed");
    griot.wait().expect("ended");
}
