//! The round trip through `export --rows records`: what any reader makes of a file is, written as a record
//! and read again, the same article.

use crate::common::{Archive, text};
use crate::layouts::{self, CONTAINERS, SINGLES, Sample, gzip, zip};
use griot::corpus::{FORMATS, format_of};
use griot::index::{IndexDir, Reader, document};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The articles of an index as they are stored, with the values of their facets; how many of each.
fn stored(archive: &Archive, index: &str) -> BTreeMap<String, usize> {
    let reader = Reader::open(&IndexDir::at(archive.dir.path().join(index))).expect("an index");
    let mut articles = BTreeMap::new();
    for segment in reader.searcher().segment_readers() {
        let store = segment.get_store_reader(1).expect("a store");
        let record_keys = segment.fast_fields().u64("record_key").expect("a column");
        for doc in segment
            .doc_ids_alive()
            .filter(|doc| record_keys.first(*doc).is_some())
        {
            let doc = store.get(doc).expect("a document");
            let article = document::read(&reader.fields, &doc).expect("an article");
            let values = article.meta.values.clone();
            let mut article = article.into_article().0;
            article.id = None;
            *articles
                .entry(json!({"article": article, "values": values}).to_string())
                .or_default() += 1;
        }
    }
    articles
}

/// The records of an index, in one order.
fn records(archive: &Archive, index: &str) -> String {
    let output = archive.run(&["export", "--rows", "records", "--index", index]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let sorted: BTreeSet<&str> = lines.lines().collect();
    sorted.into_iter().map(|line| format!("{line}\n")).collect()
}

/// Indexes files, then the records of their articles, and compares what the two indexes hold; gives the
/// records.
fn there_and_back(files: &[(String, Vec<u8>)]) -> Vec<Value> {
    let archive = Archive::new(&[]);
    for (name, content) in files {
        std::fs::write(archive.corpus().join(name), content).expect("a file");
    }
    let run = |path: &str, index: &str| {
        let output = archive.run(&["index", path, "--index", index, "--quiet"]);
        assert!(matches!(output.status.code(), Some(0 | 3)), "{}", text(&output));
        (records(&archive, index), stored(&archive, index))
    };
    let (first, articles) = run("corpus", "one");
    std::fs::create_dir(archive.dir.path().join("kept")).expect("a folder");
    std::fs::write(archive.dir.path().join("kept/records.jsonl"), &first).expect("a file");
    let (second, again) = run("kept/records.jsonl", "two");
    for (line, other) in articles.keys().zip(again.keys()) {
        assert_eq!(line, other);
    }
    assert_eq!(articles, again);
    assert_eq!(first, second);
    first
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

/// A page of these lines.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let shown = |(n, line): (usize, &&str)| format!("BT /F1 12 Tf 72 {} Td ({line}) Tj ET\n", 760 - 16 * n);
    let content: String = lines.iter().enumerate().map(shown).collect();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".into(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".into(),
        "<< /Title (Rapport annuel) /Author (A. Ba) /Subject (Nord) >>".into(),
    ];
    let (mut file, mut places) = ("%PDF-1.4\n".to_string(), String::new());
    for (number, object) in (1..).zip(&objects) {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let table = file.len();
    file.push_str(&format!(
        "xref\n0 7\n0000000000 65535 f \n{places}trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n{table}\n%%EOF\n"
    ));
    file.into_bytes()
}

/// A file of each format with more than a title and a text: keys that mean something else in a record, tags
/// and signs that a text speaks of.
fn rich() -> Vec<(String, Vec<u8>)> {
    let text = |name: &str, content: &str| (name.to_string(), content.as_bytes().to_vec());
    let markup = "Une page commence par &lt;p&gt; et finit par &lt;/p&gt; ; « &amp;eacute; » y est un é.";
    vec![
        text("balises.txt", "Écrire une page\n\nUne page commence par <p>, une liste par <ul><li>. Fin de ligne : <br>.\n\n<p>Un exemple.</p>"),
        text("credits.txt", "Le pont rouvre\n\nPar Awa Ba - 02/01/2024\nSource : Le Fleuve\n\nLe pont a rouvert hier."),
        text("coupe.txt", "NULL\n\nLe maire de Tombouc-\ntou parle de l'arc-\nen-ciel et d'Arc-en-ciel."),
        text("front.md", "---\ntitle: \"Gao : l'eau\"\nauteur: [Awa Ba, Moussa Ag]\ndate: jadis\nregion: [Gao, Mopti]\nresume: Un résumé.\npublisher: Éditions du Fleuve\nsource: Le Fleuve\ndata: {text: dedans, title: autre}\ndivers: {a: [1, 2.5, true, null], b: \"é\"}\n---\nL'eau revient.\n\n-- \nfin"),
        text("liste.jsonl", &[
            json!({"id": 7, "titre": "Un", "texte": "Le <b>premier</b> texte &amp; l'autre.", "contenu": "second texte", "date": "avant-hier", "année": 2023, "auteur": "NA", "byline": "Awa Ba"}).to_string(),
            json!({"title": "Deux", "text": "<p>Deux &lt;p&gt;</p><p>paragraphes &amp;amp; plus</p>", "publisher": "X", "source": {"id": "lf", "name": "Le Fleuve"}, "extra": {"a": 1}, "region": "Gao; Mopti", "text_fr": ""}).to_string(),
            json!({"titre": "Trois", "histoire": "Un texte sous une clé que personne ne connaît, assez long pour être pris pour le texte de l'article.", "resume": "Un résumé court."}).to_string(),
            json!({"text": "x", "post": {"titre": "Quatre", "texte": "Dans son enveloppe", "id": "p1"}, "verbatim": true, "other_metadata": {"k": "v"}}).to_string(),
            json!({"title": "Cinq &amp;amp; six", "text": "Cinq", "Item Type": "newspaperArticle", "Medium": "huile", "Publication Title": "RFI", "tags": ["a;b", "c"]}).to_string(),
        ].join("\n")),
        text("reponse.json", &json!({"status": "ok", "articles": [{"source": {"id": null, "name": "Le Fleuve"}, "author": "Awa Ba", "title": "Sept", "description": "Le chapeau dit autre chose.", "url": "https://fleuve.example/7", "urlToImage": "https://fleuve.example/7.jpg", "publishedAt": "2024-03-05T10:00:00Z", "content": "Le texte de sept."}]}).to_string()),
        text("table.csv", "o:id;dcterms:title;dcterms:date;dcterms:publisher;dcterms:source;bibo:content;bibo:content;Région;Résumé;Signature;lang\n12;La crue;2024-07;Le Fleuve;Archives;L'eau monte.;Deuxième colonne.;Mopti;Dit en bref;A. B.;français\n13;Sans date;s. d.;;;\"Un <i>texte</i> & ses « guillemets »\";;Gao;;;\n"),
        text("flux.xml", &format!("<?xml version='1.0'?><rss xmlns:dc='x' xmlns:content='y'><channel><title>Le Fleuve</title><language>fr</language><item><title>Titre &amp;amp; suite</title><link>https://fleuve.example/1</link><guid>g1</guid><pubDate>Wed, 03 Jul 2024 08:00:00 GMT</pubDate><dc:creator>Awa Ba</dc:creator><category>Nord</category><category>Eau</category><description>Un chapeau.</description><content:encoded><![CDATA[<p>{markup}</p>]]></content:encoded></item></channel></rss>")),
        text("export.xml", "<rss><channel><title>Le blog</title><wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>awa</wp:author_login><wp:author_display_name>Awa Ba</wp:author_display_name></wp:author><item><title>Un billet</title><link>https://blog.example/1</link><pubDate>Wed, 03 Jul 2024 08:00:00 GMT</pubDate><dc:creator>awa</dc:creator><content:encoded><![CDATA[Texte.\n\nSuite.]]></content:encoded><excerpt:encoded><![CDATA[Un extrait.]]></excerpt:encoded><wp:post_id>3</wp:post_id><wp:post_date>2024-07-02 10:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:comment><wp:comment_author>Moussa</wp:comment_author><wp:comment_content>Bravo !</wp:comment_content></wp:comment></item></channel></rss>"),
        text("page.html", &format!("<html lang=fr><head><title>La leçon - Le Site</title><meta property=og:title content='La leçon'><meta property=og:site_name content='Le Site'><meta name=description content='Ce que dit la description.'><meta name=keywords content='html, école'><meta name=author content='Awa Ba'><meta property='article:section' content='École'><meta name='article:published_time' content='un jour'><meta name='griot:region' content='Gao'><link rel=canonical href='https://site.example/lecon'></head><body><article><h1>La leçon</h1><p>{markup} {markup}</p><p>{markup}</p></article></body></html>")),
        text("note.rtf", "{\\rtf1\\ansi{\\info{\\title Une note}{\\author Awa Ba}}Une note\\par\\par Le texte de la note, avec <b>.\\par}"),
        ("note.docx".into(), zip(&[("word/document.xml".into(), "<w:document><w:body><w:p><w:pPr><w:pStyle w:val='Titre'/></w:pPr><w:r><w:t>Note &amp;amp; suite</w:t></w:r></w:p><w:p><w:r><w:t>On écrit &lt;p&gt; puis &lt;/p&gt;.</w:t></w:r></w:p></w:body></w:document>".into())])),
        ("note.odt".into(), zip(&[("content.xml".into(), "<o:document-content><o:body><o:text><text:h>Note</text:h><text:p>On écrit &lt;br&gt; et &amp;eacute;.</text:p></o:text></o:body></o:document-content>".into())])),
        text("lettre.eml", "From: Awa Ba <awa@courrier.example>\r\nTo: liste@courrier.example\r\nSubject: Nouvelles\r\nMessage-ID: <1@courrier.example>\r\nDate: Wed, 03 Jul 2024 08:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTout va bien.\r\n\r\n-- \r\nAwa, Bamako, Mali\r\n"),
        text("boite.mbox", "From a@b Wed Jul 03 08:00:00 2024\nFrom: a@courrier.example\nSubject: Un\nDate: Wed, 03 Jul 2024 08:00:00 +0000\n\n<p> est une balise.\n\n-- \nUne signature\n\nFrom c@d Wed Jul 03 08:00:00 2024\nFrom: c@courrier.example\nSubject: Deux\n\nSans date.\n"),
        text("iramuteq.txt", "**** *Journal_RFI *Annee_2024 *ton_neutre *source_AFP\nUn premier article.\n\n**** *Journal_BBC *Annee_2023\nUn deuxième article.\n"),
        ("rapport.pdf".into(), pdf(&["Le pont de Gao a rouvert mardi, apres trois semaines de travaux,", "et la foule attend <p> devant la barriere."])),
        ("lot.zip".into(), zip(&[("2024-07-03/RFI/un.txt".into(), "Un titre\n\nUn texte.".into())])),
        ("balises.txt.gz".into(), gzip("Encore\n\n<p>Un &lt;exemple&gt;.</p><p>Et un autre.</p>".as_bytes())),
    ]
}

/// A file of every layout, with articles of its own.
fn layouts() -> Vec<(String, Vec<u8>)> {
    let all = CONTAINERS.iter().chain(&SINGLES).enumerate();
    let files = all.map(|(n, layout)| {
        let samples: Vec<Sample> = (0..3).map(|i| Sample::new(3 * n + i, 300)).collect();
        (format!("{n}-{layout}"), layouts::write(layout, &samples))
    });
    files.collect()
}

/// How many of the records ask to be taken as they are.
fn verbatim(records: &[Value]) -> usize {
    records
        .iter()
        .filter(|record| record["griot"] == "verbatim")
        .count()
}

#[test]
fn what_every_reader_gives_comes_back_as_it_was() {
    let (plain, rich) = (layouts(), rich());
    let names = plain.iter().chain(&rich).map(|(name, _)| Path::new(name));
    let read: BTreeSet<&str> = names.filter_map(|name| Some(format_of(name)?.name)).collect();
    for format in FORMATS {
        assert!(read.contains(format.name), "no file is {}", format.name);
    }
    let plain = there_and_back(&plain);
    let rich = there_and_back(&rich);
    let services: BTreeSet<&str> = plain
        .iter()
        .chain(&rich)
        .filter_map(|record| {
            let others = record.get("other_metadata").unwrap_or(record);
            others["aggregator"].as_str()
        })
        .collect();
    let table = include_str!("../../src/corpus/aggregators/services.rs");
    let names = table
        .lines()
        .filter_map(|line| line.trim().strip_prefix("name: \""));
    for name in names.filter_map(|name| name.strip_suffix("\",")) {
        assert!(services.contains(name), "no file is an export of {name}");
    }
    // The exception, and one that is met.
    assert_eq!(verbatim(&plain), 0);
    assert!(verbatim(&rich) >= 8, "{} of {}", verbatim(&rich), rich.len());
}

/// What people and programs have put into texts.
const HOSTILE: [&str; 26] = [
    "Gao",
    "le fleuve",
    " ",
    "  ",
    "\u{a0}",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\u{2028}",
    "<br>",
    "<br/>",
    "<p>",
    "</p>",
    "<b",
    "&",
    "&amp;",
    "&lt;br&gt;",
    "&#8217;",
    "\"",
    "'",
    ";",
    ",",
    "É\u{301}",
    "=1+1",
];

fn hostile(most: usize) -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    proptest::collection::vec(proptest::sample::select(&HOSTILE[..]), 0..most)
        .prop_map(|parts| parts.concat())
}

proptest::proptest! {
    #![proptest_config(crate::common::cases(3))]

    /// In both formats: export, index, export gives the same.
    #[test]
    fn hostile_texts_come_back(
        articles in proptest::collection::vec((hostile(4), hostile(12), hostile(3), hostile(3), hostile(4)), 40),
    ) {
        let archive = Archive::new(&[]);
        let lines: String = articles
            .iter()
            .enumerate()
            .map(|(n, (title, body, source, region, other))| {
                format!("{}\n", json!({
                    "griot": "verbatim", "id": format!("{n}{other}"), "title": title, "text": body, "source": source,
                    "region": [region, "Mali"], "other_metadata": {"note": other, "date": other, "liste": [other, 1]},
                }))
            })
            .collect();
        archive.write("a.jsonl", &lines);
        let run = |args: &[&str]| {
            let output = archive.run(args);
            assert!(matches!(output.status.code(), Some(0 | 3)), "{}", text(&output));
            String::from_utf8(output.stdout).expect("UTF-8")
        };
        run(&["index", "corpus", "--index", "first", "--quiet"]);
        for format in ["jsonl", "csv"] {
            let exported = run(&["export", "--rows", "records", "--format", format, "--index", "first"]);
            let folder = archive.dir.path().join(format);
            std::fs::create_dir(&folder).expect("a folder");
            std::fs::write(folder.join(format!("records.{format}")), &exported).expect("a file");
            let index = format!("{format}.ix");
            // Named: in a folder, what griot has written is left out.
            let file = format!("{format}/records.{format}");
            run(&["index", &file, "--index", &index, "--quiet"]);
            let again = run(&["export", "--rows", "records", "--format", format, "--index", &index]);
            let others = [records(&archive, "first"), records(&archive, &index)];
            for [one, other] in [[&exported, &again], [&again, &exported], [&others[0], &others[1]]] {
                let there: BTreeSet<&str> = other.lines().collect();
                let lost: Vec<&str> = one.lines().filter(|line| !there.contains(line)).collect();
                proptest::prop_assert!(lost.is_empty(), "{}: {:#?}", format, lost);
            }
        }
    }
}
