//! Documents of office programs, and what people write above their texts.

use super::archives::zip;
use super::*;

/// A text as a `.docx`, a paragraph a line, with a title in its properties.
pub(super) fn docx(text: &str, title: &str) -> Vec<u8> {
    let paragraphs: String = text
        .lines()
        .map(|line| format!("<w:p><w:pPr><w:pStyle w:val=\"x\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>"))
        .collect();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"x\"><w:body>{paragraphs}<w:sectPr/></w:body></w:document>"
    );
    let core = format!(
        "<cp:coreProperties xmlns:cp=\"x\" xmlns:dc=\"y\"><dc:title>{title}</dc:title><dc:creator>X</dc:creator></cp:coreProperties>"
    );
    zip(
        &[
            (b"[Content_Types].xml", b"<Types/>"),
            (b"docProps/core.xml", core.as_bytes()),
            (b"word/document.xml", document.as_bytes()),
        ],
        false,
    )
}

fn one(name: &str, content: &[u8]) -> Article {
    match readings(name, content).0.pop() {
        Some(Reading::Article {
            article,
            container: false,
            ..
        }) => *article,
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn documents_give_their_text() {
    let article = one(
        "a.docx",
        &docx(
            "Gao : l’aéroport rouvre\n\nPublié le 3 juillet 2024\n\nUn vol &amp; un seul s'est posé.",
            "",
        ),
    );
    assert_eq!(article.title, "Gao : l’aéroport rouvre");
    assert_eq!(
        article.body,
        "Publié le 3 juillet 2024\n\nUn vol & un seul s'est posé."
    );
    assert_eq!(article.date.map(|d| d.to_string()).as_deref(), Some("2024-07-03"));
    assert_eq!(
        one("a.docx", &docx("Un vol s'est posé. Un seul.", "Le titre")).title,
        "Le titre"
    );
    let runs = "<w:document><w:body><w:p><w:r><w:t>Mén</w:t></w:r><w:r><w:t>aka</w:t><w:tab/><w:instrText>HYPERLINK x</w:instrText></w:r><w:del><w:r><w:delText>non</w:delText></w:r></w:del></w:p></w:body></w:document>";
    assert_eq!(
        one("a.docx", &zip(&[(b"word/document.xml", runs.as_bytes())], true)).body,
        "Ménaka"
    );
    let odt = "<office:document-content><office:body><office:text><text:sequence-decls><x>no</x></text:sequence-decls><text:h>Ménaka : le pont</text:h><text:p/><text:p>Il a <text:span>rou</text:span>vert<text:s/>mardi.<text:line-break/>Enfin.</text:p></office:text></office:body></office:document-content>";
    let article = one(
        "a.odt",
        &zip(&[(b"mimetype", b"x"), (b"content.xml", odt.as_bytes())], false),
    );
    assert_eq!(
        (article.title.as_str(), article.body.as_str()),
        ("Ménaka : le pont", "Il a rouvert mardi.\nEnfin.")
    );
    let rtf = br"{\rtf1\ansi{\info{\title Titre}}Un vol s'est pos\'e9.}";
    assert_eq!(
        (one("a.rtf", rtf).title.as_str(), one("a.rtf", rtf).body.as_str()),
        ("Titre", "Un vol s'est posé.")
    );
}

#[test]
fn what_tracked_changes_took_out_is_no_text() {
    let run = |text: &str| format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>");
    let paragraph = |content: &str| format!("<w:p>{content}</w:p>");
    let deleted_mark = "<w:pPr><w:rPr><w:del w:id='1' w:author='A'/></w:rPr></w:pPr>";
    let content = [
        paragraph(&run("Le pont rouvre")),
        // Moved from here, in runs that deletions hold as plain text, too.
        paragraph(&format!(
            "<w:moveFromRangeStart w:id='2'/><w:moveFrom>{}</w:moveFrom><w:moveFromRangeEnd/>",
            run("Hier soir.")
        )),
        paragraph(&format!(
            "{}<w:del><w:r><w:delText>ne </w:delText></w:r>{}</w:del><w:ins>{}</w:ins>",
            run("Le pont "),
            run("pas "),
            run("rouvre.")
        )),
        // A paragraph deleted with its mark, and one of which only the mark was.
        paragraph(&format!(
            "{deleted_mark}<w:del><w:r><w:delText>Supprimé.</w:delText></w:r></w:del>"
        )),
        paragraph(&format!("{deleted_mark}{}", run("La foule"))),
        paragraph(&run("attend.")),
        paragraph(&format!("<w:moveTo>{}</w:moveTo>", run("Hier soir."))),
    ];
    let document = format!("<w:document><w:body>{}</w:body></w:document>", content.concat());
    assert_eq!(
        articles_of(&[(b"word/document.xml", document.as_bytes())], "a.docx"),
        "Le pont rouvre\n\nLe pont rouvre.\n\nLa foule attend.\n\nHier soir."
    );
    let odt = "<office:document-content><office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>Supprimé.</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>Le pont <text:change text:change-id='1'/>rouvre.</text:p></office:text></office:document-content>";
    assert_eq!(
        articles_of(&[(b"content.xml", odt.as_bytes())], "a.odt"),
        "Le pont rouvre."
    );
}

#[test]
fn notes_and_boxes_come_after_the_text() {
    let document = "<w:document><w:body><w:p><w:r><w:t>Le cessez</w:t><w:noBreakHyphen/><w:t>le</w:t><w:noBreakHyphen/><w:t>feu</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Encadré.</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>Encadré.</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t> tient.</w:t></w:r></w:p></w:body></w:document>";
    let notes =
        "<w:footnotes><w:footnote><w:p><w:r><w:t>Une note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let parts: [(&[u8], &[u8]); 2] = [
        (b"word/document.xml", document.as_bytes()),
        (b"word/footnotes.xml", notes.as_bytes()),
    ];
    assert_eq!(
        articles_of(&parts, "a.docx"),
        "Le cessez-le-feu tient.\n\nEncadré.\n\nUne note."
    );
    let odt = "<office:document-content><office:text><text:p>Des hommes<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Une note.</text:p></text:note-body></text:note> armés<office:annotation><text:p>Relire</text:p></office:annotation>.</text:p></office:text></office:document-content>";
    assert_eq!(
        articles_of(&[(b"content.xml", odt.as_bytes())], "a.odt"),
        "Des hommes armés.\n\nUne note."
    );
}

/// Title and text of a document of these parts.
fn articles_of(parts: &[(&[u8], &[u8])], name: &str) -> String {
    let article = one(name, &zip(parts, false));
    format!("{}\n\n{}", article.title, article.body)
        .trim()
        .to_string()
}

#[test]
fn damaged_documents_are_reported() {
    let whole = docx("Un titre\n\nUn texte", "");
    assert_eq!(outline("a.docx", b"PK\x03\x04nonsense"), ["skipped damaged"]);
    assert_eq!(outline("a.docx", &whole[..60]), ["skipped damaged"]);
    assert_eq!(outline("a.odt", &whole), ["skipped damaged"]);
    assert_eq!(outline("a.docx", &docx("", "")), ["skipped no_text"]);
    assert_eq!(
        outline(
            "a.docx",
            &zip(&[(b"word/document.xml", b"<w:p><w:t>Texte")], false)
        ),
        ["warning damaged", "article 1"]
    );
    assert_eq!(outline("a.rtf", b"Bonjour"), ["skipped not_text"]);
}

#[test]
fn header_lines_become_metadata() {
    let text = "Source : AFP\nDate : mercredi 3 juillet 2024 à 10h12\n\nGao : l’aéroport rouvre\n\nPar Awa Ba\n\nUn vol s'est posé mardi à Gao, le premier depuis la fermeture de l'aéroport au mois de mars.";
    let article = one("a.txt", text.as_bytes());
    assert_eq!(
        (
            article.title.as_str(),
            article.source.as_deref(),
            article.author.as_deref()
        ),
        ("Gao : l’aéroport rouvre", Some("AFP"), Some("Awa Ba"))
    );
    assert_eq!(article.date.map(|d| d.to_string()).as_deref(), Some("2024-07-03"));
    assert!(article.body.starts_with("Par Awa Ba"), "{}", article.body);
    let close = one(
        "a.txt",
        "Ouatagouna : l'attaque\nSource : AFP\nPublié le 3 juillet 2024 à 10h12\nPar Jean Dupont\n\nUn vol."
            .as_bytes(),
    );
    assert_eq!(
        (close.title.as_str(), close.source.as_deref()),
        ("Ouatagouna : l'attaque", Some("AFP"))
    );
    let above = one(
        "a.txt",
        "Source : AFP\nPublié le 3 juillet 2024\nPar Jean Dupont\n\nOuatagouna : l'attaque\n\nUn vol."
            .as_bytes(),
    );
    assert_eq!(
        (above.title.as_str(), above.author.as_deref(), above.body.as_str()),
        ("Ouatagouna : l'attaque", Some("Jean Dupont"), "Un vol.")
    );
}

#[test]
fn a_byline_and_a_date_share_a_line() {
    let glued = one(
        "a.txt",
        "Titre A\n\nPublié le 3 juillet 2024 Par Jean Dupont\n\nUn vol.".as_bytes(),
    );
    assert_eq!(
        (
            glued.date.map(|d| d.to_string()).as_deref(),
            glued.author.as_deref()
        ),
        (Some("2024-07-03"), Some("Jean Dupont"))
    );
    let turned = one(
        "a.txt",
        "Titre A\n\nPar Jean Dupont - Publié le 3 juillet 2024\n\nUn vol.".as_bytes(),
    );
    assert_eq!(
        (
            turned.date.map(|d| d.to_string()).as_deref(),
            turned.author.as_deref()
        ),
        (Some("2024-07-03"), Some("Jean Dupont"))
    );
}

#[test]
fn header_lines_name_what_they_hold() {
    let dated = one(
        "a.txt",
        "Titre A\n\nPublication : 3 juillet 2024\nSource : AFP\n\nUn vol.".as_bytes(),
    );
    assert_eq!(
        (
            dated.date.map(|d| d.to_string()).as_deref(),
            dated.source.as_deref()
        ),
        (Some("2024-07-03"), Some("AFP"))
    );
    let titled = one("a.txt", "Titre : Gao\nLangue : français\nUn vol.".as_bytes());
    assert_eq!(
        (
            titled.title.as_str(),
            titled.lang.as_deref(),
            titled.body.as_str()
        ),
        ("Gao", Some("fr"), "Un vol.")
    );
}
