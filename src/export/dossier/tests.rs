//! A dossier in each form, of texts that try to be markup.

use super::*;
use crate::search::{ArticleResponse, ArticleRow, Citation, Commit, Match, Matches, Selection};
use std::collections::BTreeMap;
use std::io::Read as _;

const HOSTILE: &str = "</p><script>alert(1)</script> & \"x\" ]]> \u{202e}\u{1b} *a* [b](c)";

fn entry() -> Entry {
    let body = format!("Un drone à Gao.\n\nRien.\n\n{HOSTILE}");
    let found = Match {
        start: 3,
        end: 8,
        text: "drone".into(),
        paragraph: Some(1),
        page: None,
    };
    let article = ArticleResponse {
        row: ArticleRow {
            id: "a.txt".into(),
            title: HOSTILE.into(),
            ..ArticleRow::default()
        },
        version: 1,
        author: None,
        lang_detected: false,
        extra: BTreeMap::new(),
        body,
        values: Vec::new(),
        corrections: Vec::new(),
        notes: Vec::new(),
        matches: Some(Matches {
            query: "drone".into(),
            total: 1,
            title: Vec::new(),
            body: vec![found],
            notes: Vec::new(),
        }),
    };
    let citation = Citation {
        version: 1,
        id: "a.txt".into(),
        title: HOSTILE.into(),
        begins: None,
        source: Some(HOSTILE.into()),
        author: None,
        date: None,
        url: Some("javascript:alert(1)".into()),
        lang: None,
        pages: None,
        file: "/a.txt".into(),
        record: None,
        blake3: None,
        text_blake3: "cd".repeat(32),
        passages: Vec::new(),
        notes: Vec::new(),
    };
    Entry { article, citation }
}

fn dossier(passages: bool, language: UiLang) -> Dossier {
    let index = Commit {
        id: "0123456789abcdef".into(),
        committed: None,
        articles: 1,
        fingerprint: String::new(),
    };
    Dossier {
        title: HOSTILE.into(),
        asked: HOSTILE.into(),
        provenance: Provenance::known(Selection::of("drone"), "drone".into(), Vec::new(), index, 1),
        passages,
        contents: vec![ContentsLine {
            number: 1,
            id: "a.txt".into(),
            title: HOSTILE.into(),
            date: None,
            source: None,
        }],
        language,
    }
}

fn write(form: &mut dyn Form, passages: bool) {
    let dossier = dossier(passages, UiLang::Fr);
    dossier.begin(form).expect("written");
    dossier.add(form, 1, &entry()).expect("written");
    form.finish().expect("written");
}

fn text(out: Vec<u8>) -> String {
    String::from_utf8(out).expect("text")
}

#[test]
fn a_page_has_no_markup_of_articles() {
    let mut out = Vec::new();
    write(&mut Html::new(&mut out, UiLang::Fr), false);
    let page = text(out);
    assert!(
        !page.contains("<script") && !page.contains("href=\"javascript"),
        "{page}"
    );
    assert!(
        !page.contains(['\u{202e}', '\u{1b}']) && page.contains("&lt;script&gt;"),
        "{page}"
    );
    assert!(
        page.contains("Un <mark>drone</mark> à Gao.") && page.contains("<p>Rien.</p>"),
        "{page}"
    );
    assert!(
        page.contains("href=\"#a1\"") && page.contains("<article id=\"a1\" class=\"own\">"),
        "{page}"
    );
    assert!(
        page.contains("<html lang=\"fr\">") && page.contains("Sommaire"),
        "{page}"
    );
    assert_eq!(
        page.matches("<article").count(),
        page.matches("</article>").count()
    );
}

#[test]
fn passages_are_the_paragraphs_that_match() {
    let mut out = Vec::new();
    write(&mut Markdown::new(&mut out, UiLang::Fr), true);
    let written = text(out);
    assert!(
        written.contains("(§ 1) Un **drone** à Gao.\n\n\\[…\\]\n"),
        "{written}"
    );
    assert!(
        !written.contains("Rien.") && written.starts_with("<!-- griot "),
        "{written}"
    );
    assert!(
        !written.contains("<script") && !written.contains("[b](c)"),
        "{written}"
    );
}

#[test]
fn a_document_is_well_formed() {
    let mut out = Vec::new();
    write(&mut Docx::new(&mut out, UiLang::Fr), false);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(out)).expect("a ZIP file");
    for number in 0..archive.len() {
        let mut xml = String::new();
        let mut part = archive.by_index(number).expect("a part");
        let name = part.name().expect("a name").into_owned();
        part.read_to_string(&mut xml).expect("text");
        let (mut reader, mut texts) = (quick_xml::Reader::from_str(&xml), 0);
        loop {
            match reader
                .read_event()
                .unwrap_or_else(|error| panic!("{name}: {error}: {xml}"))
            {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) if tag.name().as_ref() == "script" => panic!("{name}"),
                quick_xml::events::Event::Text(_) => texts += 1,
                _ => {}
            }
        }
        assert!(name != "word/document.xml" || texts > 20, "{name}: {texts}");
        if name == "word/document.xml" {
            assert!(
                xml.contains("w:fill=\"FFE58F\"/></w:rPr><w:t xml:space=\"preserve\">drone</w:t>"),
                "{xml}"
            );
            assert!(
                xml.contains("w:name=\"a1\"") && xml.contains("w:anchor=\"a1\""),
                "{xml}"
            );
        }
        assert!(!xml.contains("javascript:alert(1)\" TargetMode"), "{name}");
    }
}
