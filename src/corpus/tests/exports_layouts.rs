//! Layouts of exports as people have them, tag by tag and label by label, in our own words.

use super::exports::rtf;
use super::*;

/// Articles in short: `title / source / date / author / lang: body`.
fn shown(name: &str, content: &str) -> Vec<String> {
    articles(name, content).iter().map(short).collect()
}

fn short(article: &Article) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
    let lang = if article.lang_detected {
        "-".into()
    } else {
        text(&article.lang)
    };
    format!(
        "{} / {} / {} / {} / {lang}: {}",
        article.title,
        text(&article.source),
        article.date.map(|date| date.to_string()).unwrap_or_default(),
        text(&article.author),
        article.body.replace("\n\n", " ¶ ")
    )
}

/// The value of an article's other metadata.
fn extra(article: &Article, key: &str) -> String {
    article
        .extra
        .get(key)
        .map(|value| value.as_str().map_or_else(|| value.to_string(), String::from))
        .unwrap_or_default()
}

#[test]
fn europresse_of_today_keeps_leads_captions_and_notes() {
    let html = "<!DOCTYPE html><html><head><meta charset='utf-8'><title></title></head><body><article><header><img src='x'/>
<div class='rdp__DocPublicationName'><span class='DocPublicationName'> Le Fleuve, no. 1234   </span></div>
<div class='rdp__DocHeader'><span class='DocHeader'> Région,  mardi 9 janvier 2024 295 mots, p. 7 </span></div>
<div><p> Transports </p></div>
<div class='apd-wrapper'><div class='apd-doc'><span class='apd-label'>Aussi paru dans</span><table><tr><td>10 janvier 2024</td><td>Le Courrier</td></tr></table></div></div>
<div class='titreArticle'><p class='sm-margin-bottom'>À Gao</p><p class='titreArticleVisu rdp__articletitle'>Le <mark>pont</mark> rouvre</p><p class='rdp__subtitle'>Un an après la crue</p></div>
<div class='docAuthors'>Awa Ba</div><b><p>Les camions passent de nouveau.</p></b></header>
<section><div class='DocText clearfix'><div class='docOcurrContainer'><p>Le maire s'en félicite.</p></div></div></section>
<aside><div class='rdp__attachnews'><p><b>Illustration(s) : </b></p><div class='ImageAttach'><div>Le pont lundi.</div></div></div><div><b>Encadré(s) : </b><p>Repères : un an de travaux.</p></div><div><b>Note(s) : </b></div></aside>
<footer><div class='Doc-LegalInfo'><small>© 2024 Le Fleuve.</small></div><div id='divPubliC'><div class='publiC_lblCertificatIssuedTo'>Certificat émis le <b>7 janvier 2025</b> à <b>X</b></div></div><div class='publiC-lblNodoc'>news&#183;20240109&#183;LF&#183;001</div></footer></article>
<article><header><span class='DocPublicationName'>Le Fleuve</span><span class='DocHeader'>Une, jeudi 11 janvier 2024 30 mots, p. 1</span>
<div class='titreArticle'><p class='titreArticleVisu'>Appel de une</p></div><b><p>Une seule phrase.</p></b></header><section><div class='docOcurrContainer'></div></section></article></body></html>";
    assert_eq!(
        shown("a.html", html),
        [
            "Le pont rouvre / Le Fleuve / 2024-01-09 / Awa Ba / -: Transports ¶ À Gao ¶ Un an après la crue ¶ Les camions passent de nouveau. ¶ Le maire s'en félicite. ¶ Le pont lundi. ¶ Repères : un an de travaux.",
            "Appel de une / Le Fleuve / 2024-01-11 / - / -: Une seule phrase.",
        ]
    );
    let first = &articles("a.html", html)[0];
    assert_eq!(first.id.as_deref(), Some("news·20240109·LF·001"));
    for (key, value) in [
        ("issue", "1234"),
        ("section", "Région"),
        ("pages", "7"),
        ("length", "295"),
        ("copyright", "© 2024 Le Fleuve."),
    ] {
        assert_eq!(extra(first, key), value, "{key}");
    }
    assert!(extra(first, "also_in").contains("Le Courrier"));
}

#[test]
fn europresse_of_2015_has_authors_without_a_class() {
    let html = "<html><body><article><header><div><span class=\"DocPublicationName\">Le Fleuve   </span></div><div><span class=\"DocHeader\">Région, mardi 15 mars 2016, p. 16</span></div><div><p>NORD</p></div><div class=\"titreArticle\"><p class=\"titreArticleVisu\">Le pont rouvre</p></div><div>Awa Ba</div></header><section><p>Le maire s'en félicite.</p></section><aside><div><p><b>Illustration(s) : </b></p><p></p><div><p>Le pont.</p></div></div></aside><footer><small>© 2016 Le Fleuve</small><p>Numéro de document : news·20160315·LF·01</p><div id=\"divPubliC\"><span id=\"PubliC_lblNodoc\">news·20160315·LF·01</span><div><span>Date d'émission : <b>2019-07-04</b></span></div></div></footer></article></body></html>";
    assert_eq!(
        shown("a.html", html),
        ["Le pont rouvre / Le Fleuve / 2016-03-15 / Awa Ba / -: NORD ¶ Le maire s'en félicite. ¶ Le pont."]
    );
}

#[test]
fn europresse_up_to_2013_is_tables() {
    let article = |author: &str, text: &str, n: usize| {
        format!(
            "<table><tr><td><span class=\"DocPublicationName\">Le Fleuve, no. 99</span><br><span class=\"DocHeader\">Région, </span><span class=\"DocHeader\">jeudi </span><span class=\"DocHeader\">5 avril 2012</span><span class=\"DocHeader\">, p. 03</span><br><br><span class=\"TitreArticleVisu\">La <span style=\"color:red\">crue</span> de Gao</span><br><br>{author}{text}<p></p><b><i>© 2012 Le Fleuve. Tous droits réservés.</i></b><p></p>Numéro de document : news·20120405·LF·{n}<br><br><table><tr><td>news·20120405·LF·{n}</td></tr><tr><td>Ce certificat est émis à <b>X</b> à des fins de visualisation.</td></tr><tr><td>Date d'émission : <b>2014-10-05</b></td></tr></table></td></tr></table><p><br>"
        )
    };
    let html = format!(
        "<html><body><form></form>{}{}</body></html>",
        article(
            "Awa Ba<br><p></p>",
            "L'eau monte.<p></p><font>Elle baisse.</font>",
            1
        ),
        article("", "Le pont est fermé.<p></p>Il rouvre.", 2)
    );
    assert_eq!(
        shown("a.html", &html),
        [
            "La crue de Gao / Le Fleuve / 2012-04-05 / Awa Ba / -: L'eau monte. ¶ Elle baisse.",
            "La crue de Gao / Le Fleuve / 2012-04-05 / - / -: Le pont est fermé. ¶ Il rouvre.",
        ]
    );
}

#[test]
fn factiva_pages_are_read_in_every_interface() {
    let article = |lang: &str, rubric: &str, fields: &str, document: &str| {
        format!(
            "<div id=\"article-FLEUVE0020240312ek3c0001a\" class=\"article\" ><div class=\"article {lang}Article\"><p>\n{rubric}<div id=\"hd\" ><span class='{lang}Headline'>Le pont <b>rouvre</b></span>\n</div><div class=\"author\">Par Awa Ba </div><div>Envoyée spéciale à Gao</div>{fields}\n</p>\n<p class=\"articleParagraph {lang}articleParagraph\">LA FRANCE\ns'en félicite.</p>\n<p>{document} FLEUVE0020240312ek3c0001a</p></div></div><br/><span></span>"
        )
    };
    let french = "<div>1 295 mots</div><div>12 mars 2024</div><div>08:15</div><div>Le Fleuve</div><div>FLEUVE</div><div>1; National</div><div>7,8</div><div>Français</div><div>(c) 2024 Le Fleuve.</div>";
    let german = "<div>295 Wörter</div><div>12 März 2024</div><div>Le Fleuve</div><div>FLEUVE</div><div>Französisch</div><div>(c) 2024 Le Fleuve.</div>";
    let html = format!(
        "<html><head><title>Factiva</title></head><body><h1>Factiva</h1>{}{}</body></html>",
        article("fr", "<div>Nord</div>", french, "Document"),
        article("zh", "", german, "Dokument")
    );
    let expected = "Le pont rouvre / Le Fleuve / 2024-03-12 / Awa Ba / fr: LA FRANCE s'en félicite.";
    assert_eq!(shown("a.html", &html), [expected, expected]);
    let first = &articles("a.html", &html)[0];
    for (key, value) in [
        ("length", "1295"),
        ("section", "Nord"),
        ("byline", "Envoyée spéciale à Gao"),
        ("time", "08:15"),
        ("source_code", "FLEUVE"),
        ("edition", "1; National"),
        ("pages", "7,8"),
        ("copyright", "(c) 2024 Le Fleuve."),
    ] {
        assert_eq!(extra(first, key), value, "{key}");
    }
}

#[test]
fn factiva_codes_are_cells_in_pages_and_in_rtf() {
    let fields = [
        ("SE", "Nord"),
        ("HD", "Le pont rouvre"),
        ("BY", "Par Awa Ba"),
        ("WC", "718 mots"),
        ("PD", "11 mars 2024"),
        ("SN", "Le Fleuve"),
        ("NGC", "Groupe du fleuve"),
        ("LA", "Français"),
        ("LP", "SE rendre à Gao est possible."),
        ("TD", "HD Ba passe le pont.¶LA FIN DES TRAVAUX¶CO 2 en baisse."),
        ("ART", "Une photo du pont."),
        ("AN", "Document FLEUVE0020240311ek3c0001a"),
    ];
    let row = |(code, content): &(&str, &str)| {
        format!(
            "<tr><td align=\"right\" class=\"index\"><p><b>{code}</b>&nbsp;</p></td><td><p>{}</p></td></tr>",
            content.replace('¶', "</p><p>")
        )
    };
    let html = format!(
        "<html><head><title>Factiva</title></head><body><div class=\"article frArticle\"><table>{}</table></div></body></html>",
        fields.iter().map(row).collect::<String>()
    );
    let expected = "Le pont rouvre / Le Fleuve / 2024-03-11 / Awa Ba / fr: SE rendre à Gao est possible. ¶ HD Ba passe le pont. ¶ LA FIN DES TRAVAUX ¶ CO 2 en baisse. ¶ Une photo du pont.";
    assert_eq!(shown("a.html", &html), [expected]);
    assert_eq!(
        extra(&articles("a.html", &html)[0], "source_group"),
        "Groupe du fleuve"
    );
    let row = |(code, content): &(&str, &str)| {
        format!(
            "\\trowd\\cellx800\\pard\\intbl{{\\b {code}}}\\cell {}\\cell\\row\n",
            content
                .replace('¶', "\\par ")
                .replace('ç', "\\'e7")
                .replace('à', "\\'e0")
        )
    };
    let rtf = format!(
        "{{\\rtf1\\ansi\\ansicpg1252 {}}}",
        fields.iter().map(row).collect::<String>()
    );
    assert_eq!(shown("a.rtf", &rtf), [expected]);
}

#[test]
fn factiva_saved_as_text_by_firefox_is_read() {
    let text = "Skip to main content <#PageBaseForm>\n\n  Dow Jones Factiva\n\n*SE* \tNord\n*HD* \tLe pont\nde *Gao* rouvre\n*BY* \tAwa Ba\n*PD* \t11 mars 2024\n*SN* \tLe Fleuve\n\n*LP* \n\n\t\n\nLes camions\npassent.\n\n*TD* \n\n\t\n\nLe maire s'en félicite.\n\n*AN* \t\nDocument FLEUVE002024031ek3f0003o\n\n\n*HD* \tAutre titre\n*PD* \t12 mars 2024\n*SN* \tLe Fleuve\n*LP* \n\nAutre texte.\n\n*AN* \t\nDocument FLEUVE002024032ek3f0003o\n";
    assert_eq!(
        shown("a.txt", text),
        [
            "Le pont de Gao rouvre / Le Fleuve / 2024-03-11 / Awa Ba / -: Les camions\npassent. ¶ Le maire s'en félicite.",
            "Autre titre / Le Fleuve / 2024-03-12 / - / -: Autre texte.",
        ]
    );
}

#[test]
fn factiva_lists_its_headlines_and_has_articles_of_one_line() {
    let text = "\n•\tLife & Work on the river\n•\tLe pont rouvre; après un an de travaux, les camions passent...\n\nLife & Work on the river\n\n574 words\n20 November 2019\nThe River\nR\nB5\nEnglish\nCopyright 2019 The River\n\nIt rises.\n\nDocument R000000020191120efbk00021\n\nRiver Pro\nLe pont rouvre; après un an de travaux, les camions passent enfin\nThe River Blogs, 11:02, 22 November 2019, 701 words, By River Staff, (English)\n\nThey pass.\n\nDocument R000000020191122efbk00022\n\nResults FoundFile\n2,056\n";
    for (name, content) in [("a.txt", text.to_string()), ("a.rtf", rtf(text))] {
        let (readings, _) = readings(name, content.as_bytes());
        let found = readings.iter().map(|reading| match reading {
            Reading::Article { article, .. } => short(article),
            other => format!("{other:?}"),
        });
        assert_eq!(
            found.collect::<Vec<_>>(),
            [
                "Life & Work on the river / The River / 2019-11-20 / - / en: It rises.",
                "Le pont rouvre; après un an de travaux, les camions passent enfin / The River Blogs / 2019-11-22 / River Staff / en: They pass.",
            ],
            "{name}"
        );
    }
}

#[test]
fn factiva_has_an_interface_for_programs() {
    let xml = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><PPSResponse><ppsArticleResponse xmlns=\"x\"><ppsarticleResultSet count=\"1\"><ppsarticle><article><accessionNo>FLEUVE0020240109e51700030</accessionNo><baseLanguage>FR</baseLanguage><copyright>(c) 2024 Le Fleuve</copyright><headline><paragraph display=\"x\">Le <hlt>pont</hlt> rouvre</paragraph></headline><byline><paragraph>Par Awa Ba</paragraph></byline><leadParagraph><paragraph>Les camions passent.</paragraph></leadParagraph><pages>1</pages><publicationDate><dateTime>2024-01-09T01:35:58Z</dateTime></publicationDate><sourceName>Le Fleuve</sourceName><region code=\"mali\"><name>Mali</name></region><newsSubject code=\"c\"><name>Transports</name></newsSubject><tailParagraphs><paragraph>Le maire s'en félicite.</paragraph></tailParagraphs><notes>Une note.</notes><wordCount>942</wordCount></article></ppsarticle></ppsarticleResultSet></ppsArticleResponse></PPSResponse>";
    assert_eq!(
        shown("a.xml", xml),
        [
            "Le pont rouvre / Le Fleuve / 2024-01-09 / Awa Ba / fr: Les camions passent. ¶ Le maire s'en félicite. ¶ Une note."
        ]
    );
    let article = &articles("a.xml", xml)[0];
    assert_eq!(
        (extra(article, "places"), extra(article, "news_subject")),
        ("Mali".into(), "Transports".into())
    );
    assert_eq!(
        (extra(article, "length"), article.id.as_deref()),
        ("942".into(), Some("FLEUVE0020240109e51700030"))
    );
}

#[test]
fn nexis_labels_count_below_the_text_only() {
    let text = "                               1 of 3 DOCUMENTS\n\n\n                                   Le Fleuve\n\n                              12 mars 2024 mardi\n                              Édition du soir\n\nLe pont rouvre, et le fleuve\nbaisse\n\nAUTEUR: Awa Ba\n\nRUBRIQUE: NORD; Pg. 3\n\nENCART: Un an de travaux\n\nSujet : la réouverture du pont.\n\nDocument 3 de 9\n\nClassification\n\nLangue : le songhaï.\n\nSUJET: PONTS (90%); FLEUVES\n(80%)\n\nLOCALISATION-GEO: MALI (90%)\n\nGRAPHIQUE: Le pont lundi\n\nLANGUE: FRENCH; FRANÇAIS\n\nCODE-REVUE: FLE\n\n\n                       Copyright 2024 Le Fleuve\n                            Tous Droits Réservés\n\n                               2 of 3 DOCUMENTS\n\n                                   Le Fleuve\n\n                              14 mars 2024 jeudi\n\nSans longueur\n\nBODY:\nLe texte est là.\n\n                               3 of 3 DOCUMENTS\n\nWe are sorry but there is an error in this document and it is not possible to display it.\n";
    let (found, _) = readings("a.txt", text.as_bytes());
    let [
        Reading::Article { article: first, .. },
        Reading::Article { article: second, .. },
        Reading::Skipped(skipped),
    ] = &found[..]
    else {
        panic!("two articles and a report: {found:?}")
    };
    assert_eq!(
        short(first),
        "Le pont rouvre, et le fleuve baisse / Le Fleuve / 2024-03-12 / Awa Ba / fr: Un an de travaux ¶ Sujet : la réouverture du pont. ¶ Document 3 de 9 ¶ Classification ¶ Langue : le songhaï. ¶ Le pont lundi"
    );
    assert_eq!(
        short(second),
        "Sans longueur / Le Fleuve / 2024-03-14 / - / -: Le texte est là."
    );
    for (key, value) in [
        ("edition", "Édition du soir"),
        ("subjects", "PONTS (90%); FLEUVES (80%)"),
        ("places", "MALI (90%)"),
        ("journal_code", "FLE"),
    ] {
        assert_eq!(extra(first, key), value, "{key}");
    }
    assert_eq!(
        (skipped.reason, skipped.line),
        (SkipReason::OutsideArticles, Some(54))
    );
}

#[test]
fn nexis_has_a_cover_and_media_and_headlines_of_two_lines() {
    let text = "User Name: Awa\nDate and Time: Friday, 5. July 2024 09:31:00 CEST\nJob Number: 182\nDocuments (3)\n1. Retour sur le coup de mars 2012\nClient/Matter: -None-\nSearch Terms: gao\nSearch Type: Natural Language\nNarrowed by:\nContent Type\nNarrowed by\nNews\nTimeline: 2024; Sources: Le Fleuve\n2. Le pont Il rouvre lundi\nClient/Matter: -None-\nNarrowed by:\nContent Type\nNarrowed by\nNews\n3. Crue à Mopti\nContent Type\nNarrowed by\nNews\n-None-\n
Retour sur le coup de mars 2012\nLe Fleuve\n5 mars 2024 mardi, Édition de Gao\n\nCopyright 2024 Le Fleuve\nDistribué par un autre\nRubrique : NORD; Pg. 4\nLength:\u{a0}823 words\nByline:\u{a0}Par Awa Ba\nIssa Touré\nHighlight:\u{a0}Un chapeau.\nDateline:\u{a0}GAO \nGuests:\u{a0}Fati Diallo\nBody\n\nLe texte.\n\nSection: la suite du texte.\n\nGraphic\n\nUne photo.\n\nLoad-Date:\u{a0}March 5, 2024\n\nEnd of Document\n
Le pont\nIl rouvre lundi\nLe Fleuve\nJuly 3, 2024 Wednesday 10:12 AM GMT\nLate Edition - Final\nCopyright 2024 Le Fleuve\nLength: 20 words\nBody\n\nLes camions passent.\n\nClassification\n\nLanguage: FRENCH\nSubject: PONTS (90%)\nLoad-Date: July 3, 2024\n\nEnd of Document\n
Crue à Mopti\nNewstex Blogs\nCarnets du fleuve\n5 maart 2024 dinsdag\nCopyright 2024 Newstex\nLength: 20 words\nBody\nL'eau monte.\nEnd of Document\n";
    let expected = [
        "Retour sur le coup de mars 2012 / Le Fleuve / 2024-03-05 / Awa Ba; Issa Touré / -: Un chapeau. ¶ Guests: Fati Diallo ¶ GAO – Le texte. ¶ Section: la suite du texte. ¶ Une photo.",
        "Le pont Il rouvre lundi / Le Fleuve / 2024-07-03 / - / fr: Les camions passent.",
        "Crue à Mopti / Carnets du fleuve / 2024-03-05 / - / -: L'eau monte.",
    ];
    assert_eq!(shown("a.txt", text), expected);
    let (found, _) = readings("a.docx", &super::documents::docx(text, "Files (3)"));
    let found = found.iter().map(|reading| match reading {
        Reading::Article { article, .. } => short(article),
        other => format!("{other:?}"),
    });
    assert_eq!(found.collect::<Vec<_>>(), expected);
    let found = articles("a.txt", text);
    for (at, key, value) in [
        (0, "edition", "Édition de Gao"),
        (0, "dateline", "GAO"),
        (0, "header", "Distribué par un autre"),
        (1, "edition", "Late Edition - Final"),
        (1, "time", "10:12 AM GMT"),
        (1, "subjects", "PONTS (90%)"),
        (2, "distributor", "Newstex Blogs"),
    ] {
        assert_eq!(extra(&found[at], key), value, "{key}");
    }
}

#[test]
fn a_corpus_for_iramuteq_is_split() {
    let text = "**** *Journal_RFI *Annee_2024 *Mois_03\nUn convoi est bloqué à Gossi.\n\n**** *source_Le_Fleuve *date_2024-04-05\nLa crue\n\nL’eau monte à Mopti.\n";
    assert_eq!(
        shown("a.txt", text),
        [
            " / RFI / 2024-03 / - / -: Un convoi est bloqué à Gossi.",
            "La crue / Le Fleuve / 2024-04-05 / - / -: L’eau monte à Mopti.",
        ]
    );
}

#[test]
fn what_stands_outside_of_the_articles_is_reported() {
    let text = "Bonjour Awa, voici les articles que tu voulais.\n\nLe pont rouvre\nAwa Ba\n48 mots\n12 mars 2024\nLe Fleuve\nFLEUVE\nFrançais\n(c) 2024 Le Fleuve\n\nLes camions passent.\n\nDocument FLEUVE0020240312ek3c0001a\n\nUn mot de plus pour la fin, avec mes amitiés.\n";
    let (found, summary) = readings("a.txt", text.as_bytes());
    let reported: Vec<Option<usize>> = found
        .iter()
        .filter_map(|reading| match reading {
            Reading::Skipped(skipped) => Some(skipped.line),
            _ => None,
        })
        .collect();
    assert_eq!((summary.records, reported), (1, vec![Some(16)]));
    let Reading::Article { article, .. } = &found[0] else {
        panic!("an article")
    };
    assert!(article.body.ends_with("Les camions passent."), "{}", article.body);
    assert!(
        serde_json::to_string(article)
            .expect("text")
            .contains("voici les articles")
    );
}
