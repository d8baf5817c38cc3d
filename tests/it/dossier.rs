//! Dossiers in every form, small and large.

use crate::common::{Indexed, text};

fn archive() -> Indexed {
    Indexed::new(&[
        (
            "moura.md",
            "---\ntitle: Attaque à Moura\ndate: 2024-05-15\nsource: RFI\nurl: https://example.org/moura\n---\n\
             Rien au premier paragraphe.\n\nUne embuscade a eu lieu à Moura & 3 < 4, dans le cercle de Djenné.\n\nRien au dernier.\n",
        ),
        (
            "gao.md",
            "---\ntitle: Embuscade à Gao\ndate: 2023-01-02\nsource: AFP\n---\nDes hommes ont attaqué un convoi.\n",
        ),
        ("pluie.txt", "Pluies\n\nIl a plu à Mopti."),
    ])
}

#[test]
fn a_page_has_contents_citations_evidence_and_hashes() {
    let archive = archive();
    archive.out(&["dossier", "-o", "d.html", "embuscade"]);
    let page = std::fs::read_to_string(archive.dir().join("d.html")).expect("written");
    let cited = archive.json(&["cite", "moura.md"]);
    for part in [
        "<h1>Dossier: embuscade</h1>",
        "<dt>Understood as</dt><dd>embuscade</dd>",
        "<dt>Articles</dt><dd>2</dd>",
        // The oldest first.
        "<li><a href=\"#a1\">Embuscade à Gao</a> <span class=\"small\">AFP, 2023-01-02</span></li>",
        "<article id=\"a2\" class=\"own\">",
        "Une <mark>embuscade</mark> a eu lieu à Moura &amp; 3 &lt; 4",
        "region: Mali/Mopti/Djenné (derived)",
        cited["blake3"].as_str().expect("a hash"),
        cited["text_blake3"].as_str().expect("a hash"),
    ] {
        assert!(page.contains(part), "{part}:\n{page}");
    }
    let commit = archive.json(&["stats"])["commit"]
        .as_str()
        .map(String::from)
        .expect("a commit");
    assert!(page.contains(&commit), "{page}");
    // The text has the hash that is said, as griot shows it.
    let shown = archive.json(&["show", "moura.md"]);
    let hash = blake3::hash(shown["body"].as_str().expect("a text").as_bytes());
    assert_eq!(cited["text_blake3"], hash.to_hex().to_string());
}

#[test]
fn passages_leave_out_what_does_not_match() {
    let archive = archive();
    let written = archive.out(&[
        "dossier",
        "--passages",
        "--format",
        "md",
        "embuscade",
        "--ui-lang",
        "fr",
    ]);
    assert!(
        written.contains("(§ 2) Une **embuscade** a eu lieu à Moura &amp; 3 &lt; 4"),
        "{written}"
    );
    assert!(
        !written.contains("premier paragraphe") && written.contains("\\[…\\]"),
        "{written}"
    );
    assert!(written.contains("La requête ne répond qu’au titre."), "{written}");
}

#[test]
fn nothing_found_is_no_document() {
    let archive = archive();
    std::fs::write(archive.dir().join("d.docx"), "former").expect("written");
    let output = archive.run(&["dossier", "-o", "d.docx", "hélicoptère"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert_eq!(
        std::fs::read(archive.dir().join("d.docx")).expect("there"),
        b"former"
    );
}

#[test]
fn five_hundred_articles_are_one_document() {
    let records: String = (0..500)
        .map(|n| format!("{{\"id\":\"r{n}\",\"title\":\"Crue {n}\",\"date\":\"2024-01-05\",\"text\":\"Une crue à Gao, jour {n}.\"}}\n"))
        .collect();
    let archive = Indexed::new(&[("a.jsonl", records.as_str())]);
    for format in ["html", "docx", "md"] {
        archive.out(&["dossier", "-o", &format!("d.{format}"), "crue"]);
    }
    let page = std::fs::read_to_string(archive.dir().join("d.html")).expect("written");
    assert_eq!(page.matches("<article id=").count(), 500);
    let file = std::fs::File::open(archive.dir().join("d.docx")).expect("written");
    let mut zip = zip::ZipArchive::new(file).expect("a ZIP file");
    let document = std::io::read_to_string(zip.by_name("word/document.xml").expect("a part")).expect("text");
    assert_eq!(document.matches("w:bookmarkStart").count(), 500);
}
