//! Exports of Europresse, Factiva and Nexis, in their layouts and our own words.

use super::*;

/// Articles in short: `title / source / date / author / length / lang: body`.
fn shown(name: &str, content: &[u8]) -> Vec<String> {
    let short = |reading: Reading| match reading {
        Reading::Article {
            container: true,
            article: a,
            ..
        } => {
            let date = a.date.map(|d| d.to_string()).unwrap_or_default();
            let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
            let length = a.extra.get("length").map(ToString::to_string).unwrap_or_default();
            format!(
                "{} / {} / {date} / {} / {length}: {}",
                a.title,
                text(&a.source),
                text(&a.author),
                a.body.replace("\n\n", " ¶ ")
            )
        }
        other => format!("{other:?}"),
    };
    readings(name, content).0.into_iter().map(short).collect()
}

const ONE: &str = "Gao : le marché rouvre / Le Fleuve / 2024-07-03 / Awa Ba / 823: Le marché de Gao a rouvert mardi. ¶ Le maire s'en félicite.";
const TWO: &str = "Crue à Mopti / Agence du delta / 2024-07-04 / - / 112: L'eau monte depuis dimanche.";

#[test]
fn europresse_pages_are_split() {
    let html = "<!DOCTYPE html><html><head><title>Europresse</title></head><body>
<article><header><div class='rdp__DocPublicationName'><span class='DocPublicationName'>Le Fleuve, no. 1204</span></div>
<span class='DocHeader'>Région, mercredi 3 juillet 2024  823 mots, p. 4</span>
<div class='titreArticle'><p class='titreArticleVisu rdp__articletitle'>Gao : le marché rouvre</p></div>
<p class='sm-margin-bottomNews'>Awa Ba</p></header>
<section><div class='DocText clearfix'><div class='docOcurrContainer'><p>Le marché de <mark>Gao</mark> a rouvert mardi.</p><p>Le maire s'en félicite.</p></div></div></section>
<footer><div class='publiC-lblNodoc'>news·20240703·LF·0012</div></footer></article>
<article><header><span class='DocPublicationName'>Agence du delta</span><span class='DocHeader'>4 juillet 2024 112 mots</span>
<div class='titreArticle'><p class='titreArticleVisu'>Crue à Mopti</p></div></header><div class='docOcurrContainer'>L'eau monte depuis dimanche.</div>
<div class='publiC-lblNodoc'>news·20240704·AD·0001</div></article></body></html>";
    assert_eq!(shown("a.html", html.as_bytes()), [ONE, TWO]);
    let [Reading::Article { article, .. }, ..] = &readings("a.HTML", html.as_bytes()).0[..] else {
        panic!("an article")
    };
    assert_eq!(
        (article.id.as_deref(), article.extra["aggregator"].as_str()),
        (Some("news·20240703·LF·0012"), Some("Europresse"))
    );
}

const FACTIVA: &str = "Région
Gao : le marché rouvre

Par Awa Ba
823 mots
3 juillet 2024
10:12
Le Fleuve
FLEUVE
4
Français
Copyright 2024 Le Fleuve. Tous droits réservés.

Le marché de Gao a rouvert mardi.

Le maire s'en félicite.

Document FLEUVE0020240703ek7300012

Crue à Mopti

112 mots
4 juillet 2024
Agence du delta
ADELTA
Français
(c) 2024 Agence du delta

L'eau monte depuis dimanche.

Document ADELTA0020240704ek7400001

Résumé de la recherche
Texte crue ET gao
";

/// A text as a simple RTF document.
pub(super) fn rtf(text: &str) -> String {
    let letters = text.chars().map(|c| match c {
        '\n' => "\\par\n".to_string(),
        c if c.is_ascii() => c.to_string(),
        c => format!("\\u{}?", c as u32),
    });
    format!(
        "{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\\f0 {}}}",
        letters.collect::<String>()
    )
}

/// A text as a page, a paragraph a line.
pub(super) fn page(text: &str, head: &str) -> String {
    let lines: String = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| format!("<p>{line}</p>\n"))
        .collect();
    format!("<html><head><title>{head}</title></head><body>{lines}</body></html>")
}

#[test]
fn factiva_exports_are_split_in_every_format() {
    assert_eq!(shown("a.txt", FACTIVA.as_bytes()), [ONE, TWO]);
    assert_eq!(shown("a.rtf", rtf(FACTIVA).as_bytes()), [ONE, TWO]);
    assert_eq!(shown("a.html", page(FACTIVA, "Factiva").as_bytes()), [ONE, TWO]);
    let coded = "HD Gao : le marché rouvre\nBY Par Awa Ba\nWC 823 mots\nPD 3 juillet 2024\nET 10:12\nSN Le Fleuve\nSC FLEUVE\nLA Français\nCY Copyright 2024\nLP\nLe marché de Gao a rouvert mardi.\n\nTD\nLe maire s'en félicite.\n\nRE mali : Mali\nPUB Le Fleuve\nAN Document FLEUVE0020240703ek7300012\n\nHD\nCrue à Mopti\nWC\n112 mots\nPD\n4 juillet 2024\nSN\nAgence du delta\nLP\nL'eau monte depuis dimanche.\nAN\nDocument ADELTA0020240704ek7400001\n";
    assert_eq!(shown("a.txt", coded.as_bytes()), [ONE, TWO]);
    assert_eq!(shown("a.rtf", rtf(coded).as_bytes()), [ONE, TWO]);
}

/// An older export of Nexis: its articles are counted.
const NEXIS_COUNTED: &str = "
                               1 of 2 DOCUMENTS

                                   Le Fleuve

                            3 juillet 2024 mercredi

Gao : le marché rouvre

BYLINE: Awa Ba

SECTION: RÉGION; p. 4

LENGTH: 823 mots

Le marché de Gao a rouvert mardi.

Le maire s'en félicite.

LOAD-DATE: July 3, 2024

LANGUAGE: FRENCH; FRANÇAIS

PUBLICATION-TYPE: Journal

                         Copyright 2024 Le Fleuve
                           All Rights Reserved

                               2 of 2 DOCUMENTS

                                Agence du delta

                            4 juillet 2024 jeudi

Crue à Mopti

LENGTH: 112 mots

L'eau monte depuis dimanche.

LOAD-DATE: July 4, 2024
";

/// A newer one: each article ends with a line that says so.
const NEXIS_ENDED: &str = "Gao : le marché rouvre
Le Fleuve
3 juillet 2024 mercredi

Copyright 2024 Le Fleuve Tous droits réservés

Section: RÉGION; Pg. 4
Length: 823 mots
Byline: Awa Ba
Body

Le marché de Gao a rouvert mardi.

Le maire s'en félicite.

Load-Date: July 3, 2024

End of Document

Crue à Mopti
Agence du delta
4 juillet 2024 jeudi
Length: 112 words
Body

L'eau monte depuis dimanche.

Classification

Language: FRENCH

End of Document
";

#[test]
fn nexis_exports_are_split_in_every_format() {
    assert_eq!(shown("a.txt", NEXIS_COUNTED.as_bytes()), [ONE, TWO]);
    assert_eq!(
        shown("a.html", page(NEXIS_COUNTED, "LexisNexis").as_bytes()),
        [ONE, TWO]
    );
    assert_eq!(shown("a.txt", NEXIS_ENDED.as_bytes()), [ONE, TWO]);
    assert_eq!(shown("a.rtf", rtf(NEXIS_ENDED).as_bytes()), [ONE, TWO]);
    assert_eq!(
        shown("a.docx", &super::documents::docx(NEXIS_ENDED, "")),
        [ONE, TWO]
    );
}

#[test]
fn a_text_that_only_looks_like_an_export_is_one_article() {
    for text in [
        "Bilan\n\nLe rapport compte 823 mots.\n\nDocument de travail",
        "Un titre\n\nVoir 1 of 2 pages.\n\nLength: inconnu",
        "End of Document",
        "Document FLEUVE0020240703ek7300012",
        "1 of 2 DOCUMENTS",
        "HD un\nPD deux",
    ] {
        assert_eq!(outline("a.txt", text.as_bytes()), ["article 1"], "{text}");
    }
}
