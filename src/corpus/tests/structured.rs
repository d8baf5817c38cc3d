//! Files of records: JSON, tables, feeds.

use super::*;

#[test]
fn json_is_read_in_every_shape() {
    let one = r#"{"titre": "Un", "texte": "Texte un"}"#;
    let two = r#"{"titre": "Deux", "texte": "Texte [deux] \" }"}"#;
    for content in [
        format!("[{one},\n{two}]"),
        format!("{{\"status\": \"ok\", \"articles\": [{one}, {two}], \"total\": 2}}"),
        format!("{{\"response\": {{\"pages\": 1, \"results\": [{one}, {two}]}}}}"),
        format!("{{\"hits\": {{\"hits\": [{{\"_id\": 1, \"_source\": {one}}}, {{\"_source\": {two}}}]}}}}"),
        format!("{one}\n{two}\n"),
        format!("\u{feff}[{one}]\n[{two}]"),
    ] {
        let titles: Vec<String> = articles("a.json", &content)
            .into_iter()
            .map(|a| format!("{}: {}", a.title, a.body))
            .collect();
        assert_eq!(titles, ["Un: Texte un", "Deux: Texte [deux] \" }"], "{content}");
    }
    let (readings, _) = readings("a.json", one.as_bytes());
    assert!(
        matches!(readings[..], [Reading::Article { container: false, .. }]),
        "one object is one article: {readings:?}"
    );
    let [article] = &articles(
        "a.json",
        r#"{"title": {"rendered": "L&#8217;arm&eacute;e"}, "content": {"rendered": "<p>Un.</p><p>Deux.</p>"}, "date": "2024-03-05T10:00:00", "link": "https://a.org/"}"#,
    )[..] else {
        panic!("one article of WordPress")
    };
    assert_eq!(
        (article.title.as_str(), article.body.as_str()),
        ("L’armée", "Un.\n\nDeux.")
    );
}

#[test]
fn bad_json_is_told_with_record_and_line() {
    let content = "[\n{\"title\": \"un\"},\n{\"title\": x},\n[1],\n{\"id\": 3},\n{\"title\": \"cinq\"}";
    assert_eq!(
        outline("a.json", content.as_bytes()),
        [
            "article 1",
            "skipped invalid_json 3",
            "skipped not_an_object 4",
            "skipped no_text 5",
            "article 5",
            "warning invalid_json 6"
        ]
    );
    assert_eq!(outline("a.json", b"{\"title\": \"un"), ["skipped invalid_json 1"]);
    assert_eq!(
        outline("a.json", b"bonjour, \"monde\""),
        ["skipped invalid_json 1"]
    );
    assert_eq!(outline("a.json", b"[]"), ["skipped empty"]);
    assert_eq!(outline("a.json", b"{\"articles\": []}"), ["skipped empty"]);
}

#[test]
fn deeply_nested_json_is_bounded() {
    for (open, close) in [
        ("[", "]"),
        ("{\"a\":", "}"),
        ("{\"data\":", "}"),
        ("{\"data\": [", "]}"),
        ("[{\"data\":", "}]"),
    ] {
        for content in [
            open.repeat(200_000),
            format!("{}1{}", open.repeat(200_000), close.repeat(200_000)),
        ] {
            let outline = outline("a.json", content.as_bytes());
            assert!(
                !outline.is_empty() && outline.len() < 10,
                "{open}: {} readings",
                outline.len()
            );
        }
    }
}

#[test]
fn a_long_list_on_one_line_takes_the_memory_of_one_record() {
    /// `[{…},{…},…` for ever, until so many bytes are read.
    struct Endless(usize, usize);
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            const RECORD: &[u8] = br#"{"text":"0123456789012345678901234567890123456789"},"#;
            let length = buffer.len().min(self.1.saturating_sub(self.0));
            for byte in &mut buffer[..length] {
                *byte = if self.0 == 0 {
                    b'['
                } else {
                    RECORD[(self.0 - 1) % RECORD.len()]
                };
                self.0 += 1;
            }
            Ok(length)
        }
    }
    let mut count = 0;
    let mut sink = |reading| {
        count += usize::from(matches!(reading, Reading::Article { .. }));
        ControlFlow::Continue(())
    };
    let summary = FileSummary::begin("json");
    let media = crate::media::Media::embedded();
    let mut output = Output::new(
        output::Source {
            path: Path::new("a.json"),
            key: "a.json",
            settings: None,
            globs: None,
            media: &media,
            reads_exports: false,
        },
        crate::corpus::output::Formats(FORMATS),
        &mut sink,
        summary,
        0,
    );
    json::read(&mut Endless(0, 4 << 20), &Options::embedded(), &mut output).expect("no I/O error");
    assert_eq!(count, (4 << 20) / 52);
}

const ROWS: [[&str; 7]; 3] = [
    [
        "Titre",
        "Texte",
        "Date de publication",
        "Source",
        "Auteur",
        "URL",
        "Région",
    ],
    [
        "Gao : la trêve",
        "« Il dit \"oui\" »\nPuis, rien ; fin",
        "3 juillet 2024",
        "RFI",
        "A. Ba",
        "https://a.org/1",
        "Gao",
    ],
    ["Deux", "Texte deux", "2024-07", "", "", "", ""],
];

#[test]
fn tables_are_read_whatever_their_delimiter_and_encoding() {
    for (delimiter, name) in [(",", "a.csv"), (";", "a.csv"), ("\t", "a.tsv"), ("|", "a.csv")] {
        let line = |row: &[&str; 7]| {
            row.map(|f| format!("\"{}\"", f.replace('"', "\"\"")))
                .join(delimiter)
        };
        let text = ROWS.iter().map(line).collect::<Vec<_>>().join("\r\n");
        let utf16: Vec<u8> = std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let excel = format!("sep={delimiter}\r\n{text}");
        for bytes in [
            text.clone().into_bytes(),
            encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
            utf16,
            excel.into_bytes(),
        ] {
            let (readings, summary) = readings(name, &bytes);
            let [
                Reading::Article {
                    article,
                    container: true,
                    number: 1,
                    ..
                },
                Reading::Article { article: second, .. },
            ] = &readings[..]
            else {
                panic!("{delimiter}: {readings:?}")
            };
            assert_eq!(article.title, "Gao : la trêve", "{}", summary.encoding);
            assert_eq!(article.body, "« Il dit \"oui\" »\nPuis, rien ; fin");
            assert_eq!(article.date.map(|d| d.to_string()).as_deref(), Some("2024-07-03"));
            assert_eq!(
                (
                    article.source.as_deref(),
                    article.author.as_deref(),
                    article.url.as_deref()
                ),
                (Some("RFI"), Some("A. Ba"), Some("https://a.org/1"))
            );
            assert_eq!(article.given["region"], ["Gao"]);
            assert_eq!((second.title.as_str(), second.source.as_deref()), ("Deux", None));
        }
    }
}

#[test]
fn columns_have_many_names_and_nothing_of_a_row_is_lost() {
    for name in [
        "Corps de l'article",
        "Corps du texte",
        "Contenu de l’article",
        "Texte complet",
        "Paragraphe",
    ] {
        let [article] = &articles(
            "a.csv",
            &format!("Titre;{name};Support;Signature\nGao;Le pont.;RFI;A. Ba\n"),
        )[..] else {
            panic!("{name}")
        };
        assert_eq!(
            (
                article.body.as_str(),
                article.source.as_deref(),
                article.author.as_deref()
            ),
            ("Le pont.", Some("RFI"), Some("A. Ba"))
        );
    }
    // Quotation marks that nobody doubled.
    let (over, _) = readings(
        "a.csv",
        "titre,date,texte\nUn,2024,\"Il dit \"non\" à tous, puis part\"\n".as_bytes(),
    );
    let [Reading::Warning(_), Reading::Article { article, .. }] = &over[..] else {
        panic!("{over:?}")
    };
    assert!(article.body.contains("à tous, puis part"), "{}", article.body);
    // Titles only: reported, since a column of another name may hold the texts.
    let (bare, _) = readings("a.csv", "titre,truc\nUn,Le texte\n".as_bytes());
    let [Reading::Warning(reported), Reading::Article { .. }] = &bare[..] else {
        panic!("{bare:?}")
    };
    assert!(reported.detail.contains("truc"), "{}", reported.detail);
}

#[test]
fn faults_of_tables_name_record_and_line() {
    let content =
        "titre,texte,date\nUn,\"deux\nlignes\",2024\nDeux,b,hier\n,,\nTrois,c\n,,2024\nQuatre,d,2024,trop\n";
    assert_eq!(
        outline("a.csv", content.as_bytes()),
        [
            "article 1",
            "warning invalid_date 4",
            "article 2",
            "warning invalid_table 6",
            "article 3",
            "skipped no_text 7",
            "warning invalid_table 8",
            "article 5"
        ]
    );
    assert_eq!(outline("a.csv", b"nom,prix\nx,1\n"), ["skipped invalid_table 1"]);
    assert_eq!(outline("a.csv", b"titre,texte\n"), ["skipped empty"]);
    let wrong = readings(
        "a.csv",
        b"titre,texte\nAttaqu\xc3\xa9 \xc3\xa0 M\xc3\xa9naka l\xc3\xa0,caf\xe9\n",
    )
    .0;
    let [Reading::Warning(_), Reading::Article { article, .. }] = &wrong[..] else {
        panic!("{wrong:?}")
    };
    assert_eq!(article.body, "café");
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Le Courrier du fleuve</title><link>https://fleuve.example/</link><language>fr-FR</language>
<image><title>Logo</title></image>
<item><title>Gao : l&#8217;aéroport rouvre</title><link>https://fleuve.example/1</link><guid isPermaLink="false">f-1</guid>
<dc:creator><![CDATA[A. Touré]]></dc:creator><category>Nord</category><category>Transport</category>
<pubDate>Wed, 03 Jul 2024 10:12:00 +0000</pubDate>
<description><![CDATA[<p>Un vol s'est posé.</p>]]></description>
<content:encoded><![CDATA[<p>Un vol s'est posé mardi.</p><p>D'autres suivront.</p>]]></content:encoded></item>
<item><title>Brève</title><description>Sans plus de détail &amp;eacute;crit.</description></item>
</channel></rss>"#;

#[test]
fn feeds_give_their_entries_with_the_longest_text() {
    let [first, second] = &articles("a.xml", RSS)[..] else {
        panic!("two entries")
    };
    assert_eq!(
        (first.title.as_str(), first.body.as_str()),
        (
            "Gao : l’aéroport rouvre",
            "Un vol s'est posé mardi.\n\nD'autres suivront."
        )
    );
    assert_eq!(
        (first.id.as_deref(), first.url.as_deref(), first.author.as_deref()),
        (Some("f-1"), Some("https://fleuve.example/1"), Some("A. Touré"))
    );
    assert_eq!(
        (first.source.as_deref(), first.lang.as_deref()),
        (Some("Le Courrier du fleuve"), Some("fr"))
    );
    assert_eq!(first.date.map(|d| d.to_string()).as_deref(), Some("2024-07-03"));
    assert_eq!(
        first.extra["categories"],
        serde_json::json!(["Nord", "Transport"])
    );
    assert_eq!(
        (second.title.as_str(), second.body.as_str(), second.date),
        ("Brève", "Sans plus de détail écrit.", None)
    );
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Agence du delta</title><entry><title type="html">Mopti : &lt;b&gt;crue&lt;/b&gt;</title>
        <link rel="self" href="https://x.example/self"/><link href="https://x.example/2"/><id>tag:x,2024:2</id><updated>2024-08-02T00:00:00Z</updated>
        <published>2024-08-01T09:00:00+02:00</published><author><name>B. Diallo</name></author>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>L'eau <i>monte</i>.</p><p>Encore.</p></div></content></entry></feed>"#;
    let [entry] = &articles("a.atom", atom)[..] else {
        panic!("one entry")
    };
    assert_eq!(
        (entry.title.as_str(), entry.body.as_str()),
        ("Mopti : crue", "L'eau monte.\n\nEncore.")
    );
    assert_eq!(
        (entry.url.as_deref(), entry.author.as_deref()),
        (Some("https://x.example/2"), Some("B. Diallo"))
    );
    assert_eq!(
        (
            entry.date.map(|d| d.to_string()).as_deref(),
            entry.source.as_deref()
        ),
        (Some("2024-08-01"), Some("Agence du delta"))
    );
}

#[test]
fn a_feed_that_is_cut_off_gives_what_came_before() {
    let cut = RSS.find("<item><title>Brève").expect("the second item") + 40;
    assert_eq!(
        outline("a.rss", &RSS.as_bytes()[..cut]),
        ["article 1", "article 2", "warning invalid_xml 10"]
    );
    assert_eq!(
        outline("a.xml", b"<kml><Placemark/></kml>"),
        ["skipped unknown_format"]
    );
    assert_eq!(
        outline("a.xml", b"<rss><channel><title>x</title></channel></rss>"),
        ["skipped empty"]
    );
    let latin: Vec<u8> = encoding_rs::WINDOWS_1252
        .encode(&RSS.replace("UTF-8", "ISO-8859-1").replace('’', "'"))
        .0
        .into_owned();
    let (readings, summary) = readings("a.xml", &latin);
    assert_eq!((readings.len(), summary.encoding), (2, "windows-1252"));
}

#[test]
fn entity_bombs_stay_small() {
    let mut bomb = String::from("<!DOCTYPE lolz [<!ENTITY a0 \"ha\">");
    for i in 1..40 {
        bomb.push_str(&format!("<!ENTITY a{i} \"&a{};&a{};\">", i - 1, i - 1));
    }
    bomb.push_str("]><rss><channel><item><title>&a39;</title><description>&a39;&eacute;</description></item></channel></rss>");
    let [article] = &articles("a.xml", &bomb)[..] else {
        panic!("one item")
    };
    assert_eq!(
        (article.title.as_str(), article.body.as_str()),
        ("&a39;", "&a39;é")
    );
}

#[test]
fn entries_have_the_address_and_author_that_their_feed_gives() {
    let atom = "<feed><title>Le Fleuve</title><link rel='hub' href='https://hub.example/'/><link rel='self' href='https://fleuve.example/flux.atom'/><author><name>Awa Ba</name><email>awa@fleuve.example</email></author>
        <entry><title type='html'>Le &lt;b&gt;pont&lt;/b&gt;</title><link href='/2024/pont'/><content type='html'>Le &lt;b&gt;pont&lt;/b&gt; rouvre &amp;amp; la foule&amp;nbsp;attend.</content><author><name></name></author></entry>
        <entry><title>Deux</title><link href='https://www.google.com/url?sa=t&amp;url=https://autre.example/deux&amp;ct=ga'/><author><name>Moussa Ag</name><uri>/moussa</uri></author><content>Un &lt;b&gt; reste.</content></entry></feed>";
    let [first, second] = &articles("a.atom", atom)[..] else {
        panic!("two entries")
    };
    assert_eq!(
        (first.title.as_str(), first.body.as_str()),
        ("Le pont", "Le pont rouvre & la foule\u{a0}attend.")
    );
    assert_eq!(
        (first.url.as_deref(), first.author.as_deref()),
        (Some("https://fleuve.example/2024/pont"), Some("Awa Ba"))
    );
    assert_eq!(
        (
            second.url.as_deref(),
            second.author.as_deref(),
            second.body.as_str()
        ),
        (
            Some("https://autre.example/deux"),
            Some("Moussa Ag"),
            "Un <b> reste."
        )
    );
    assert!(!first.extra.contains_key("author") && second.extra.contains_key("redirect"));
    let rss = "<rss><channel><title>Le Fleuve</title><item><title>Un</title><link>https://compte.example/~r/1</link><feedburner:origLink>https://fleuve.example/1</feedburner:origLink><description>Texte</description></item></channel></rss>";
    assert_eq!(
        articles("a.xml", rss)[0].url.as_deref(),
        Some("https://fleuve.example/1")
    );
}

#[test]
fn pages_that_were_posts_of_wordpress_have_their_paragraphs() {
    let page = "---\nlayout: post\ntitle: Le pont\n---\n<img src=\"a.png\" alt=\"x\" />\n\nLe <a href=\"b\">pont</a> a rouvert,\nenfin.\n\n[gallery link=\"file\" columns=\"4\"]\n\nLa foule attend.\n";
    assert_eq!(
        articles("a.html", page)[0].body,
        "Le pont a rouvert, enfin.\n\nLa foule attend."
    );
    let marked = "---\ntitle: Le pont\n---\n<p>Un\n\ndeux.</p><p>Trois.</p>";
    assert_eq!(articles("a.html", marked)[0].body, "Un deux.\n\nTrois.");
}

#[test]
fn pages_say_who_and_when_in_the_words_of_their_programs() {
    let page = "<html><head><title>Le pont</title><meta property='rnews:datePublished' content='2019/05/19 7:36:17'><meta name='byl' content='By Awa Ba and Moussa Ag'></head><body><h1>Le pont</h1><p>Le pont de Gao rouvre.</p></body></html>";
    let article = &articles("a.html", page)[0];
    assert_eq!(
        (
            article.date.map(|date| date.to_string()).as_deref(),
            article.author.as_deref()
        ),
        (Some("2019-05-19"), Some("Awa Ba and Moussa Ag"))
    );
}
