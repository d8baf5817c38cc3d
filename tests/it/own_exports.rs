//! What griot itself has written into an archive is left out and reported, unless somebody names it.

use crate::common::{Indexed, text};
use std::fs;

fn archive() -> Indexed {
    let texts = ["Drones à Gao", "Drones à Kidal", "Drones à Mopti"].map(|title| {
        format!("{title}\n\nDes drones ont frappé Gao le 3 mars 2024, disent les FAMa à Bamako. {title}.")
    });
    let files: Vec<(String, &str)> = (1..)
        .map(|n| format!("{n}.txt"))
        .zip(texts.iter().map(String::as_str))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let archive = Indexed::new(&files);
    fs::create_dir(archive.dir().join("corpus/out")).expect("a folder");
    archive
}

/// Every command whose answer could be read as articles, in every format.
fn write_all(archive: &Indexed) -> usize {
    let dir = archive.dir();
    fs::write(
        dir.join("c.csv"),
        "id,facet,action,value,note\n1.txt,region,add,Mali/Kidal,note\n",
    )
    .expect("written");
    fs::write(dir.join("q"), "drones\nGao\n").expect("written");
    archive.out(&["correct", "c.csv"]);
    let mut written = 0;
    let mut write = |name: &str, args: &[&str]| {
        let answer = archive.out(args);
        fs::write(dir.join("corpus/out").join(name), answer).expect("written");
        written += 1;
    };
    for rows in ["articles", "events", "mentions", "records"] {
        for format in ["jsonl", "csv"] {
            write(
                &format!("export-{rows}.{format}"),
                &["export", "--rows", rows, "--format", format],
            );
        }
    }
    write("export-text.jsonl", &["export", "--with-text"]);
    write("export-text.csv", &["export", "--with-text", "--format", "csv"]);
    write("excel.csv", &["--csv-excel", "export", "--format", "csv"]);
    for format in ["json", "jsonl", "csv", "text"] {
        write(
            &format!("search.{}", format.replace("text", "txt")),
            &["search", "drones", "--format", format],
        );
    }
    for (name, args) in [
        ("facets", &["facets"][..]),
        ("stats", &["stats"]),
        ("show", &["show", "1.txt"]),
        ("cite", &["cite", "1.txt", "--query", "drones"]),
        ("similar", &["similar", "1.txt"]),
        ("terms", &["terms", "drones"]),
        ("pivot", &["pivot", "region", "month"]),
        ("timeline", &["timeline"]),
    ] {
        for format in ["json", "text"] {
            let name = format!("{name}.{}", format.replace("text", "txt"));
            write(&name, &[args, &["--format", format]].concat());
        }
        write(&format!("{name}-fr.txt"), &[args, &["--ui-lang", "fr"]].concat());
    }
    write("search-fr.txt", &["search", "drones", "--ui-lang", "fr"]);
    write("analyze-fr.txt", &["analyze", "les drones", "--ui-lang", "fr"]);
    write("cite.md", &["cite", "1.txt"]);
    write("cites.json", &["cite", "1.txt", "2.txt", "--format", "json"]);
    write("csl.json", &["cite", "--query", "drones", "--format", "csl-json"]);
    for format in ["csv", "json", "html", "text"] {
        let name = format!("chronology.{}", format.replace("text", "txt"));
        write(&name, &["chronology", "--format", format]);
    }
    write("chronology-fr.txt", &["chronology", "--ui-lang", "fr"]);
    for format in ["html", "md"] {
        write(
            &format!("dossier.{format}"),
            &["dossier", "drones", "--format", format],
        );
    }
    for made in ["dossier.docx", "export.csv"] {
        let command = made.split('.').next().expect("a name");
        let path = format!("corpus/out/made-{made}");
        archive.out(&[command, "-o", &path, "--provenance"]);
    }
    write("suggest.json", &["suggest", "dro", "--format", "json"]);
    write("corrections.csv", &["correct", "--export"]);
    archive.out(&["lexicon", "add", "place", "Xaxa", "--region", "Gao"]);
    write("additions.tsv", &["lexicon", "export"]);
    fs::write(dir.join("sheet.csv"), "date,place\n2024-03-16,Gao\n").expect("written");
    for format in ["csv", "json"] {
        write(
            &format!("decided.{format}"),
            &["correct", "list", "--format", format],
        );
        write(
            &format!("added.{format}"),
            &["lexicon", "list", "--format", format],
        );
        write(
            &format!("compared.{format}"),
            &["compare", "sheet.csv", "--format", format],
        );
    }
    archive.out(&["lexicon", "remove", "Xaxa"]);
    for (format, extension) in [("csv", "csv"), ("jsonl", "jsonl"), ("trec", "txt")] {
        write(&format!("batch.{extension}"), &["batch", "q", "--format", format]);
    }
    write("analyze.txt", &["analyze", "les drones"]);
    // Two files, and what they were made of.
    written += 4;
    for name in ["report.csv", "report.jsonl"] {
        let report = format!("corpus/out/{name}");
        archive.run(&["index", "corpus/1.txt", "--index", "other", "--report", &report]);
        written += 1;
    }
    written
}

#[test]
fn what_griot_has_written_is_no_article() {
    let archive = archive();
    let before = archive.json(&["stats"]);
    let written = write_all(&archive);
    assert!(written > 35, "{written}");
    // Found beside them, and near to them in form.
    let table = "id,title,date,url,path,source,text\n1,Un titre,2024-03-03,,,RFI,Une crue à Mopti.\n";
    fs::write(archive.dir().join("corpus/out/table.csv"), table).expect("written");
    let lines = "{\"id\":\"x\",\"title\":\"T\",\"text\":\"Une crue à Gao.\",\"path\":\"/a\"}\n";
    fs::write(archive.dir().join("corpus/out/lines.jsonl"), lines).expect("written");
    let report = archive.dir().join("r.csv");
    let output = archive.run(&[
        "index",
        "corpus",
        "--fail-unread",
        "--report",
        &report.display().to_string(),
    ]);
    let reported = text(&output);
    let files = fs::read_to_string(&report).expect("a report");
    let others: Vec<&str> = files
        .lines()
        .filter(|line| line.contains("/out/") && !line.contains(",ignored,own_export,"))
        .collect();
    assert_eq!(others.len(), 2, "{others:#?}");
    assert_eq!(output.status.code(), Some(0), "{reported}");
    assert!(
        reported.contains(&format!(
            "{written} exports of griot's own were left out, for instance"
        )),
        "{reported}"
    );
    assert!(
        reported.contains(&format!("not read: {written} written by griot itself")),
        "{reported}"
    );
    let after = archive.json(&["stats"]);
    assert_eq!(
        after["articles"].as_u64(),
        before["articles"].as_u64().map(|n| n + 2)
    );
    // And told again, though nothing is read.
    let again = text(&archive.run(&["index", "corpus"]));
    assert!(
        again.contains(&format!("not read: {written} written by griot itself")),
        "{again}"
    );
}

#[test]
fn what_somebody_names_is_read_from_then_on() {
    let archive = archive();
    let records = archive.out(&["export", "--rows", "records"]);
    fs::write(archive.dir().join("corpus/out/records.jsonl"), &records).expect("written");
    fs::write(archive.dir().join("kept.jsonl"), &records).expect("written");
    let articles = |archive: &Indexed| {
        let stats = archive.json(&["stats"]);
        stats["articles"].as_u64().unwrap_or(0) + stats["copies"].as_u64().unwrap_or(0)
    };
    archive.run(&["index", "corpus"]);
    assert_eq!(articles(&archive), 3);
    archive.run(&["index", "corpus/out/records.jsonl", "--index", "corpus/.griot"]);
    assert_eq!(articles(&archive), 6);
    archive.run(&["index", "corpus"]);
    assert_eq!(articles(&archive), 6, "a whole run agrees");
    archive.run(&["index", "corpus", "--rebuild"]);
    assert_eq!(articles(&archive), 6, "and a rebuild");
    archive.run(&["index", "kept.jsonl", "--index", "kept"]);
    let again = archive.out(&["export", "--rows", "records", "--index", "kept"]);
    let sorted = |text: &str| {
        text.lines()
            .map(String::from)
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(sorted(&again), sorted(&records));
}
