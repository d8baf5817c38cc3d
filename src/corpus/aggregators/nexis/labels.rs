//! Lines `LABEL: value` in the languages of the interface: what they say of an article.

use super::super::byline::author;
use super::super::common::{joined, keep, keep_length, language};
use crate::article::Article;
use crate::corpus::clean;
use crate::french::fold;

/// Where the value of a label goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Title,
    Author,
    Length,
    Language,
    /// A lead, above the text.
    Lead,
    Dateline,
    /// Who speaks in a broadcast: above the text, with the label.
    People,
    /// Captions and corrections, below the text.
    Below,
    /// Kept under a key.
    Key(&'static str),
}

use Kind::{Author, Below, Dateline, Key, Language, Lead, Length, People, Title};

/// Labels, folded, without hyphens and spaces.
const LABELS: [(&str, Kind); 35] = [
    ("headline titre titel titulo titolo", Title),
    (
        "byline auteur auteurs autor autores autoren autore signature verfasser",
        Author,
    ),
    (
        "length longueur lange longitud extension lengte lunghezza comprimento tamanho",
        Length,
    ),
    ("language langue sprache idioma lengua lingua taal", Language),
    (
        "highlight encart chapeau abstract resume teaser lead subtitle soustitre",
        Lead,
    ),
    ("dateline", Dateline),
    (
        "guests guest anchors anchor reporters reporter host hosts correspondents invites",
        People,
    ),
    (
        "graphic graphics illustration illustrations graphique grafik",
        Below,
    ),
    ("correction corrections", Below),
    (
        "section rubrique rubrik seccion rubriek sezione secao",
        Key("section"),
    ),
    (
        "loaddate datechargement datedechargement ladedatum fechadecarga",
        Key("load_date"),
    ),
    ("updatedate update datemiseajour", Key("update_date")),
    ("correctiondate datecorrection", Key("correction_date")),
    (
        "publicationtype typepublication typedepublication publikationstyp",
        Key("publication_type"),
    ),
    ("publicationsubtype", Key("publication_subtype")),
    (
        "journalcode codejournal coderevue zeitschriftencode",
        Key("journal_code"),
    ),
    ("subject subjects sujet sujets thema", Key("subjects")),
    (
        "organization organizations organisation organisations",
        Key("organisations"),
    ),
    (
        "company companies societe societes entreprise unternehmen",
        Key("companies"),
    ),
    ("ticker tickers symboleboursier", Key("tickers")),
    (
        "industry industries secteuractivite secteur branche",
        Key("industries"),
    ),
    (
        "geographic localisationgeo lieu geographie geografie",
        Key("places"),
    ),
    ("country pays", Key("countries")),
    ("state city ville", Key("cities")),
    ("person persons people personne personnes", Key("people")),
    ("documenttype typedocument typededocument", Key("document_type")),
    ("distribution diffusion", Key("distribution")),
    ("accno accessionnumber noacces", Key("accession")),
    ("series serie", Key("series")),
    ("column chronique", Key("column")),
    ("edition", Key("edition")),
    ("pubtype type", Key("kind")),
    ("issn isbn doi cite", Key("reference")),
    ("volume issue page pages", Key("pages")),
    ("url website siteweb", Key("website")),
];

/// The label above a text, alone on its line.
pub(super) const BODY: [&str; 12] = [
    "Body",
    "Corps",
    "Texte",
    "Corps de l'article",
    "Corps du texte",
    "Text",
    "Hauptteil",
    "Hoofdtekst",
    "Cuerpo",
    "Corpo",
    "Corpo del testo",
    "Tekst",
];

/// A label and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label<'a> {
    pub kind: Kind,
    pub name: &'a str,
    pub value: &'a str,
    /// It is all in capitals.
    pub capitals: bool,
}

/// The label that a line begins with. The colon follows it at once, unlike that of a French sentence.
pub(super) fn label(line: &str) -> Option<Label<'_>> {
    let (name, value) = line.split_once(':')?;
    if !(value.is_empty() || value.starts_with(char::is_whitespace)) {
        return None;
    }
    let found = known(name)?;
    Some(Label {
        value: value.trim(),
        ..found
    })
}

/// As [`label`], also with a space before the colon, as French writes: for the lines above a text, where no
/// sentences stand.
pub(super) fn label_above(line: &str) -> Option<Label<'_>> {
    let spaced = || {
        let (name, value) = line.split_once(':')?;
        let found = known(name.trim_end_matches([' ', '\u{a0}']))?;
        Some(Label {
            value: value.trim(),
            ..found
        })
    };
    label(line).or_else(spaced)
}

/// A known label, without its value.
fn known(name: &str) -> Option<Label<'_>> {
    if !is_name(name) {
        return None;
    }
    let folded: String = name.split(|c: char| !c.is_alphanumeric()).map(fold).collect();
    let (_, kind) = LABELS
        .iter()
        .find(|(names, _)| names.split(' ').any(|known| known == folded))?;
    Some(Label {
        kind: *kind,
        name,
        value: "",
        capitals: !name.contains(char::is_lowercase),
    })
}

/// Whether a line begins with what may be a label, known or not.
pub(super) fn looks_like_label(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| is_name(name))
}

fn is_name(name: &str) -> bool {
    (3..=30).contains(&name.len())
        && name.starts_with(char::is_uppercase)
        && name.ends_with(char::is_alphabetic)
        && name
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | ' ' | '/' | '\''))
        && name.split(' ').count() <= 3
}

/// Whether a line is a label that only stands below a text, and which no text begins with.
pub(super) fn is_certain(line: &str) -> bool {
    label(line).is_some_and(|found| {
        matches!(
            found.kind,
            Key("load_date" | "publication_type" | "journal_code" | "update_date") | Language
        )
    })
}

/// What labels say that is text.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub dateline: Option<String>,
    pub above: Vec<String>,
    pub below: Vec<String>,
}

/// Puts the value of a label into an article, or among its texts.
pub(super) fn put(article: &mut Article, texts: &mut Texts, name: &str, kind: Kind, value: &str) {
    let Some(value) = clean::line(value) else { return };
    match kind {
        Title if article.title.is_empty() => article.title = value,
        Author if article.author.is_none() => article.author = author(&value),
        Length => keep_length(article, &value),
        Language if article.lang.is_none() => {
            let written = value.split([';', ',']).next().unwrap_or_default().trim();
            article.lang =
                Some(language(written).map_or_else(|| crate::language::code(written), String::from));
        }
        Lead | Title => texts.above.push(value),
        Dateline if texts.dateline.is_none() => texts.dateline = Some(value),
        People => texts.above.push(format!("{name}: {value}")),
        Below => texts.below.push(value),
        Author => keep(article, "byline", &value),
        Dateline => keep(article, "dateline", &value),
        Language => keep(article, "language", &value),
        Key(key) => keep(article, key, &value),
    }
}

impl Texts {
    /// All of a text: the place that a dateline names stands before its first paragraph, as papers print it.
    pub(super) fn around(self, article: &mut Article, text: &str) -> String {
        let mut text = text.to_string();
        if let Some(place) = self.dateline {
            keep(article, "dateline", &place);
            let first: String = text.chars().take(place.len() + 20).collect();
            if !fold(&first).starts_with(&fold(&place)) {
                text = format!("{place} – {text}");
            }
        }
        joined(self.above.into_iter().chain([text]).chain(self.below))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_in_every_interface() {
        for (line, kind) in [
            ("LONGUEUR: 48 mots", Length),
            ("Length:\u{a0}48 words", Length),
            ("DATE-CHARGEMENT: 12 mars 2024", Key("load_date")),
            ("LOCALISATION-GEO: MALI (90%)", Key("places")),
            ("Highlight: Un chapeau", Lead),
            ("SIGNATURE: Awa Ba", Author),
            ("CODE-REVUE: SAH", Key("journal_code")),
        ] {
            assert_eq!(label(line).map(|found| found.kind), Some(kind), "{line}");
        }
    }

    #[test]
    fn a_sentence_with_a_colon_is_no_label() {
        for line in [
            "Sujet : la libération des otages",
            "Langue : le tamasheq",
            "Mali: un convoi",
            "Sujet:libre",
        ] {
            assert_eq!(label(line), None, "{line}");
        }
        assert_eq!(
            label_above("Rubrique : NORD").map(|found| found.value),
            Some("NORD")
        );
    }
}
