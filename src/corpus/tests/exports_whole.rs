//! Exports of every layout with lines left out and lines put in: no word of them is lost without a report.

use super::documents::docx;
use super::exports::{page, rtf};
use super::*;

/// Choices that a test makes at random, one after the other.
struct Choices {
    values: Vec<u16>,
    at: usize,
}

impl Choices {
    fn below(&mut self, limit: usize) -> usize {
        self.at += 1;
        usize::from(self.values[self.at % self.values.len()].wrapping_add(self.at as u16 / 7)) % limit
    }

    /// Whether a line is left out.
    fn omits(&mut self) -> bool {
        self.below(5) == 0
    }
}

/// An article with a word of its own in each part, so that each can be missed.
struct Story {
    number: usize,
    /// The words that must be found again.
    words: Vec<String>,
}

impl Story {
    fn word(&mut self, part: &str) -> String {
        let word = format!("{part}{}x{}", self.number, self.words.len());
        self.words.push(word.clone());
        word
    }
}

/// Lines that look like something else; `%` stands for a word of the article.
const LOOKALIKES: [&str; 26] = [
    "Sujet : la libération de %",
    "Langue : le tamasheq de %",
    "Classification des %",
    "Classification",
    "Document 3 de 9",
    "LA FRANCE retire ses % de Gossi.",
    "SE rendre à % est impossible.",
    "RE: la lettre de %",
    "CO 2 et climat de %",
    "TD Bank cite %.",
    "HD % est mort",
    "IN memoriam %",
    "PD seul % ne compte pas",
    "AN % de plus",
    "823 mots de %",
    "3 juillet 2024",
    "Par %",
    "Die % wurden vergiftet.",
    "Copyright % à Gao",
    "ATTENTION: la route de % est coupée",
    "SUJET: % reprend",
    "Section: %",
    "Body of %",
    "* % *",
    "-*%",
    "Numéro de document : % manque",
];

/// Paragraphs of a text, some of them looking like something else.
fn body(story: &mut Story, choices: &mut Choices) -> Vec<String> {
    let mut lines = vec![format!(
        "Le convoi de {} est arrivé lundi à Gao, selon un élu.",
        story.word("debut")
    )];
    for _ in 0..choices.below(4) {
        let line = LOOKALIKES[choices.below(LOOKALIKES.len())];
        let word = story.word("ligne");
        if !line.contains('%') {
            story.words.pop();
        }
        lines.push(line.replace('%', &word));
        lines.push(format!(
            "Les habitants de {} attendent la suite.",
            story.word("milieu")
        ));
    }
    lines
}

/// A line of a header, unless it is left out; sometimes another line before it.
fn header(lines: &mut Vec<String>, story: &mut Story, choices: &mut Choices, line: &str, part: &str) {
    const OTHERS: [&str; 4] = ["Mis à jour par %", "Édition de %", "NORD %", "Envoyé spécial à %"];
    if choices.below(9) == 0 {
        let word = story.word("autre");
        lines.push(OTHERS[choices.below(OTHERS.len())].replace('%', &word));
    }
    if !choices.omits() {
        let word = if line.contains('%') {
            story.word(part)
        } else {
            String::new()
        };
        lines.push(line.replace('%', &word));
    }
}

fn day(story: &Story) -> String {
    format!("{} juillet 2024", story.number % 28 + 1)
}

fn number(story: &Story) -> String {
    format!(
        "FLEUVE00202407{:02}ek73000{:02}",
        story.number % 28 + 1,
        story.number
    )
}

/// An article as Factiva displays it: the lines of the header, and those of the text.
fn factiva(story: &mut Story, choices: &mut Choices) -> (Vec<String>, Vec<String>) {
    let mut head = Vec::new();
    header(&mut head, story, choices, "Reportage de %", "rubrique");
    header(&mut head, story, choices, "Le marché de % rouvre à Gao", "titre");
    header(&mut head, story, choices, "Par Awa %", "auteur");
    header(&mut head, story, choices, "823 mots", "");
    let date = day(story);
    header(&mut head, story, choices, &date, "");
    header(&mut head, story, choices, "08:15", "");
    header(&mut head, story, choices, "Le Fleuve %", "medium");
    header(&mut head, story, choices, "FLEUVE", "");
    header(&mut head, story, choices, "1; %", "edition");
    header(&mut head, story, choices, "Français", "");
    header(
        &mut head,
        story,
        choices,
        "(c) 2024 Le %. Tous droits réservés.",
        "droits",
    );
    (head, body(story, choices))
}

fn factiva_text(story: &mut Story, choices: &mut Choices) -> String {
    let (head, text) = factiva(story, choices);
    let end = if choices.below(8) == 0 {
        String::new()
    } else {
        format!("Document {}\n\n", number(story))
    };
    format!("{}\n\n{}\n\n{end}", head.join("\n"), text.join("\n\n"))
}

fn factiva_page(story: &mut Story, choices: &mut Choices) -> String {
    let (head, text) = factiva(story, choices);
    let head: String = head
        .iter()
        .map(|line| match line {
            line if line.contains("titre") => {
                format!("<div id='hd'><span class='frHeadline'>{line}</span></div>")
            }
            line if line.contains("auteur") => format!("<div class='author'>{line}</div>"),
            line => format!("<div>{line}</div>"),
        })
        .collect();
    let text: String = text
        .iter()
        .map(|line| format!("<p class='articleParagraph'>{line}</p>\n"))
        .collect();
    format!(
        "<div id='article-{0}' class='article'><div class='article frArticle'><p>{head}</p>{text}<p>Document {0}</p></div></div><br/>",
        number(story)
    )
}

/// The fields of an article, each with its code.
fn fields(story: &mut Story, choices: &mut Choices) -> Vec<(&'static str, String)> {
    let text = body(story, choices);
    let (lead, rest) = text.split_at(1);
    let parts = [
        ("SE", format!("Nord {}", story.word("rubrique"))),
        ("HD", format!("Le marché de {}", story.word("titre"))),
        ("BY", format!("Par Awa {}", story.word("auteur"))),
        ("CR", format!("AFP {}", story.word("credit"))),
        ("WC", "823 mots".into()),
        ("PD", day(story)),
        ("SN", format!("Le Fleuve {}", story.word("medium"))),
        ("SC", "FLEUVE".into()),
        ("NGC", format!("Groupe {}", story.word("groupe"))),
        ("LA", "Français".into()),
        ("CY", format!("(c) 2024 Le {}", story.word("droits"))),
        ("LP", lead.join("\n\n")),
        ("TD", rest.join("\n\n")),
        ("ART", format!("Une photo de {}", story.word("photo"))),
        ("NS", format!("gcat : {}", story.word("theme"))),
        ("AN", format!("Document {}", number(story))),
    ];
    let kept = parts
        .into_iter()
        .filter(|(code, _)| matches!(*code, "LP" | "TD" | "HD") || !choices.omits());
    let kept: Vec<_> = kept.collect();
    // A word is asked for only where its field was kept.
    story
        .words
        .retain(|word| kept.iter().any(|(_, content)| content.contains(word.as_str())));
    kept
}

fn coded_text(story: &mut Story, choices: &mut Choices) -> String {
    let lines = fields(story, choices)
        .into_iter()
        .map(|(code, content)| format!(" {code}\t{content}\n\n"));
    lines.collect::<String>() + "\n"
}

fn coded_page(story: &mut Story, choices: &mut Choices) -> String {
    let row = |(code, content): (&str, String)| {
        let content: String = content
            .split("\n\n")
            .map(|line| format!("<p>{line}</p>"))
            .collect();
        format!("<tr><td class='index'><b>{code}</b>&nbsp;</td><td>{content}</td></tr>\n")
    };
    let rows: String = fields(story, choices).into_iter().map(row).collect();
    format!("<div class='article frArticle'><table>{rows}</table><br/></div><br/>")
}

fn nexis_counted(story: &mut Story, choices: &mut Choices) -> String {
    let mut head = Vec::new();
    header(&mut head, story, choices, "Le Fleuve %", "medium");
    let date = format!("{} mercredi", day(story));
    header(&mut head, story, choices, &date, "");
    header(&mut head, story, choices, "Le marché de % rouvre", "titre");
    header(&mut head, story, choices, "AUTEUR: Awa %", "auteur");
    header(&mut head, story, choices, "RUBRIQUE: NORD %; Pg. 4", "rubrique");
    header(&mut head, story, choices, "ENCART: Un chapeau de %", "chapeau");
    header(&mut head, story, choices, "LONGUEUR: 823 mots", "");
    let text = body(story, choices);
    let mut foot = Vec::new();
    header(&mut foot, story, choices, "LANGUE: FRENCH; FRANÇAIS", "");
    header(&mut foot, story, choices, "GRAPHIQUE: Une photo de %", "photo");
    header(&mut foot, story, choices, "DATE-CHARGEMENT: 3 juillet 2024", "");
    header(&mut foot, story, choices, "CODE-REVUE: %", "code");
    header(
        &mut foot,
        story,
        choices,
        "Copyright 2024 Le %\n   Tous Droits Réservés",
        "droits",
    );
    let number = story.number + 1;
    [vec![format!("   {number} of 9 DOCUMENTS\n")], head, text, foot]
        .concat()
        .join("\n\n")
        + "\n\n"
}

fn nexis_ended(story: &mut Story, choices: &mut Choices) -> String {
    let mut head = Vec::new();
    header(&mut head, story, choices, "Le marché de % rouvre", "titre");
    header(&mut head, story, choices, "Le Fleuve %", "medium");
    let date = format!("{} mercredi", day(story));
    header(&mut head, story, choices, &date, "");
    header(&mut head, story, choices, "Édition finale de %", "edition");
    header(
        &mut head,
        story,
        choices,
        "Copyright 2024 Le % Tous droits réservés",
        "droits",
    );
    header(
        &mut head,
        story,
        choices,
        "Section:\u{a0}NORD %; Pg. 4",
        "rubrique",
    );
    header(&mut head, story, choices, "Length:\u{a0}823 words", "");
    header(&mut head, story, choices, "Byline:\u{a0}Awa %", "auteur");
    header(
        &mut head,
        story,
        choices,
        "Highlight:\u{a0}Un chapeau de %",
        "chapeau",
    );
    header(&mut head, story, choices, "Dateline:\u{a0}GAO %", "lieu");
    header(&mut head, story, choices, "Body", "");
    let text = body(story, choices);
    let mut foot = Vec::new();
    header(&mut foot, story, choices, "Classification", "");
    header(&mut foot, story, choices, "Subject: CRUES %", "theme");
    header(&mut foot, story, choices, "Load-Date:\u{a0}July 3, 2024", "");
    [head, text, foot, vec!["End of Document".into()]]
        .concat()
        .join("\n\n")
        + "\n\n"
}

fn europresse(story: &mut Story, choices: &mut Choices) -> String {
    let mut lines = Vec::new();
    let mut line = |story: &mut Story, line: &str, part: &str| header(&mut lines, story, choices, line, part);
    line(
        story,
        "<span class='DocPublicationName'>Le Fleuve %, no. 12</span>",
        "medium",
    );
    let head = format!(
        "<span class='DocHeader'>Nord %, mercredi {} 823 mots, p. 4</span>",
        day(story)
    );
    line(story, &head, "rubrique");
    line(story, "<div><p>Sécurité %</p></div>", "accroche");
    line(
        story,
        "<p class='titreArticleVisu'>Le marché de % rouvre</p>",
        "titre",
    );
    line(
        story,
        "<p class='rdp__subtitle'>Un soustitre de %</p>",
        "soustitre",
    );
    line(story, "<div class='docAuthors'>Awa %</div>", "auteur");
    line(
        story,
        "<b><p>Le chapeau de % annonce la suite.</p></b>",
        "chapeau",
    );
    let text: String = body(story, choices)
        .iter()
        .map(|line| format!("<p>{line}</p>\n"))
        .collect();
    let mut aside = Vec::new();
    header(
        &mut aside,
        story,
        choices,
        "<div><p><b>Illustration(s) : </b></p><div>La légende de %.</div></div>",
        "legende",
    );
    header(
        &mut aside,
        story,
        choices,
        "<div><b>Note(s) : </b><p>Lire %</p></div>",
        "note",
    );
    format!(
        "<article><header>{}</header><section><div class='DocText'><div class='docOcurrContainer'>{text}</div></div></section><aside>{}</aside><footer><small>© 2024</small><div class='publiC-lblNodoc'>news·20240703·LF·{}</div></footer></article>",
        lines.join("\n"),
        aside.join("\n"),
        story.number
    )
}

fn europresse_tables(story: &mut Story, choices: &mut Choices) -> String {
    let mut lines = Vec::new();
    let mut line = |story: &mut Story, line: &str, part: &str| header(&mut lines, story, choices, line, part);
    line(story, "<span class='DocHeader'>Nord %, </span>", "rubrique");
    let date = format!("<span class='DocHeader'>jeudi {}</span>", day(story));
    line(story, &date, "");
    line(
        story,
        "<span class='TitreArticleVisu'>La chute de %</span>",
        "titre",
    );
    line(story, "<br>Awa %", "auteur");
    let text: String = body(story, choices)
        .iter()
        .map(|line| format!("{line}<p></p>"))
        .collect();
    format!(
        "<table><tr><td><span class='DocPublicationName'>Le Fleuve {}</span><br>{}<br><p></p>{text}<b><i>© 2012 Le Fleuve.</i></b><p></p>Numéro de document : news·20120405·SA·{}</td></tr></table><p>",
        story.word("medium"),
        lines.join("<br>"),
        story.number
    )
}

fn corpus(story: &mut Story, choices: &mut Choices) -> String {
    let name = story.word("medium");
    let text = body(story, choices);
    format!(
        "**** *Journal_{name} *Annee_2024 *ton_{}\n{}\n\n",
        story.word("ton"),
        text.join("\n")
    )
}

fn interface(story: &mut Story, choices: &mut Choices) -> String {
    let text: String = body(story, choices)
        .iter()
        .map(|line| format!("<paragraph>{line}</paragraph>"))
        .collect();
    format!(
        "<ppsarticle><article><accessionNo>{}</accessionNo><headline><paragraph>Le <hlt>marché</hlt> de {}</paragraph></headline><leadParagraph>{text}</leadParagraph><sourceName>Le Fleuve {}</sourceName><newsSubject code='x'><name>{}</name></newsSubject><notes>{}</notes></article></ppsarticle>",
        number(story),
        story.word("titre"),
        story.word("medium"),
        story.word("theme"),
        story.word("note"),
    )
}

/// How an article is written, and a file of such articles.
type Layout = (
    &'static str,
    fn(&mut Story, &mut Choices) -> String,
    fn(&str) -> Vec<u8>,
);

fn html(articles: &str) -> Vec<u8> {
    format!("<html><head><meta charset='utf-8'><title>Factiva</title></head><body>{articles}</body></html>")
        .into()
}

const LAYOUTS: [Layout; 13] = [
    ("europresse.html", europresse, html),
    ("europresse.htm", europresse_tables, html),
    ("factiva.html", factiva_page, html),
    ("factiva.htm", coded_page, html),
    ("factiva.txt", factiva_text, |text| text.into()),
    ("factiva.rtf", factiva_text, |text| rtf(text).into()),
    ("factiva.text", coded_text, |text| text.into()),
    ("factiva.xml", interface, |articles| {
        format!("<PPSResponse>{articles}</PPSResponse>").into()
    }),
    ("nexis.txt", nexis_counted, |text| text.into()),
    ("nexis.html", nexis_counted, |text| {
        page(text, "LexisNexis").into()
    }),
    ("nexis.text", nexis_ended, |text| text.into()),
    ("nexis.docx", nexis_ended, |text| docx(text, "")),
    ("corpus.txt", corpus, |text| text.into()),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_of_an_export_is_lost_without_a_report(
        layout in 0..LAYOUTS.len(),
        count in 1..5_usize,
        values in prop::collection::vec(any::<u16>(), 90),
    ) {
        let (name, write, wrap) = LAYOUTS[layout];
        let mut choices = Choices { values, at: 0 };
        let (mut text, mut words) = (String::new(), Vec::new());
        for number in 0..count {
            let mut story = Story { number, words: Vec::new() };
            text.push_str(&write(&mut story, &mut choices));
            words.extend(story.words);
        }
        let (readings, _) = readings(name, &wrap(&text));
        let reported = readings.iter().any(|reading| !matches!(reading, Reading::Article { .. }));
        let articles = readings.iter().filter_map(|reading| match reading {
            Reading::Article { article, .. } => serde_json::to_string(article).ok(),
            _ => None,
        });
        let all = articles.collect::<String>().to_lowercase();
        let lost: Vec<&String> = words.iter().filter(|word| !all.contains(word.as_str())).collect();
        prop_assert!(reported || lost.is_empty(), "{name}: lost {lost:?} of\n{text}\nin\n{all}");
    }
}
