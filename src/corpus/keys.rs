//! The vocabulary of records: which keys mean what, for every format with keys. Of people's tables in French
//! and English, and of programs: Dublin Core, BIBO and Omeka S, schema.org, Zotero, WordPress, Media Cloud,
//! NewsAPI, GDELT, the interfaces of newspapers.

use crate::french::fold;
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// Keys that mean the same, most telling first. Compared by [`canonical`], so in any case, with any separator
/// and without accents.
pub(super) const ID: &[&str] = &[
    "id",
    "_id",
    "identifiant",
    "guid",
    "uuid",
    "doc_id",
    "docid",
    "id_article",
    "article_id",
    "stories_id",
    "oid",
];
pub(super) const TITLE: &[&str] = &[
    "title",
    "titre",
    "headline",
    "titre_article",
    "article_title",
    "intitule",
    "titre_de_l_article",
    "titre_de_la_page",
    "article_headline",
    "headline_main",
    "main_headline",
    "post_title",
    "main_title",
    "webtitle",
    "web_title",
    "heading",
    "grand_titre",
];
pub(super) const TEXT: &[&str] = &[
    "text",
    "body",
    "texte",
    "contenu",
    "corps",
    "content",
    "article_body",
    "articlebody",
    "full_text",
    "fulltext",
    "texte_integral",
    "content_text",
    "content_html",
    "content_encoded",
    "article",
    "article_text",
    "texte_article",
    "texte_de_l_article",
    "texte_complet",
    "texte_entier",
    "corps_de_l_article",
    "corps_du_texte",
    "corps_article",
    "corps_de_texte",
    "contenu_de_l_article",
    "contenu_article",
    "contenu_texte",
    "paragraphe",
    "paragraphes",
    "body_text",
    "bodytext",
    "body_html",
    "text_body",
    "main_text",
    "maintext",
    "article_content",
    "article_html",
    "plain_text",
    "plaintext",
    "post_content",
    "clean_text",
    "cleaned_text",
    "corps_du_message",
    "texte_brut",
    "texte_nettoye",
    "transcription",
    "ocr",
    "ocr_text",
    "texte_ocr",
    "extracted_text",
    "paragraphs",
    "text_content",
    "raw_text",
];
/// What stands above a text, or in for one that is missing.
pub(super) const SUMMARY: &[&str] = &[
    "description",
    "summary",
    "resume",
    "chapo",
    "chapeau",
    "accroche",
    "abstract",
    "extrait",
    "excerpt",
    "lead",
    "lede",
    "lead_paragraph",
    "snippet",
    "abstract_note",
    "standfirst",
    "sous_titre",
    "soustitre",
    "subtitle",
    "introduction",
    "intro",
    "teaser",
    "shorttext",
    "short_text",
    "short_description",
    "trailtext",
    "trail_text",
    "excerpt_encoded",
    "resume_de_l_article",
    "meta_description",
    "deck",
];
pub(super) const DATE: &[&str] = &[
    "date",
    "date_published",
    "datepublished",
    "date_publication",
    "publication_date",
    "date_de_publication",
    "published",
    "published_at",
    "publishedat",
    "published_time",
    "publish_date",
    "pubdate",
    "pub_date",
    "publie",
    "publie_le",
    "date_parution",
    "date_de_parution",
    "parution",
    "datetime",
    "mis_en_ligne",
    "mis_en_ligne_le",
    "issued",
    "date_issued",
    "date_publish",
    "published_date",
    "publicationdate",
    "publishdate",
    "date_article",
    "date_de_l_article",
    "article_date",
    "webpublicationdate",
    "web_publication_date",
    "post_date",
    "date_time",
    "date_created",
    "datecreated",
    "created",
    "created_at",
    "cree",
    "cree_le",
    "seendate",
    "seen_date",
    "when",
    "jour",
    "publication_year",
    "annee_de_publication",
    "annee_publication",
    "annee",
    "year",
];
pub(super) const URL: &[&str] = &[
    "url",
    "link",
    "lien",
    "uri",
    "permalink",
    "adresse_web",
    "adresse",
    "source_url",
    "external_url",
    "web_url",
    "weburl",
    "article_url",
    "article_link",
    "lien_de_l_article",
    "url_de_l_article",
    "adresse_de_l_article",
    "lien_article",
    "url_article",
    "lien_url",
    "lien_internet",
];
pub(super) const SOURCE: &[&str] = &[
    "source",
    "source_name",
    "media_name",
    "publication_title",
    "newspaper",
    "newspaper_name",
    "news_outlet",
    "container_title",
    "journal",
    "journal_title",
    "titre_de_la_publication",
    "titre_du_journal",
    "nom_du_journal",
    "nom_du_media",
    "media",
    "outlet",
    "publisher",
    "editeur",
    "publication",
    "publication_name",
    "periodical",
    "periodique",
    "organe_de_presse",
    "organe",
    "ispartof",
    "is_part_of",
    "site",
    "site_name",
    "sitename",
    "support",
    "source_domain",
    "domain",
    "domaine",
    "sources",
];
pub(super) const AUTHOR: &[&str] = &[
    "author",
    "auteur",
    "authors",
    "auteurs",
    "byline",
    "creator",
    "auteure",
    "autrice",
    "journaliste",
    "signature",
    "signataire",
    "redacteur",
    "auteur_s",
    "author_s",
    "auteur_e",
    "auteur_e_s",
    "auteur_rice",
    "author_name",
    "nom_de_l_auteur",
    "nom_auteur",
    "auteur_de_l_article",
    "post_author",
    "writer",
];
pub(super) const LANG: &[&str] = &[
    "lang",
    "langue",
    "language",
    "inlanguage",
    "langue_de_l_article",
    "lang_code",
    "language_code",
    "code_langue",
];

/// Prefixes of vocabularies, before a colon or, as some programs write it, a dot: `dcterms:title`,
/// `bibo.content`.
const VOCABULARIES: [&str; 9] = [
    "dc",
    "dcterms",
    "dcelements",
    "bibo",
    "schema",
    "o",
    "og",
    "prism",
    "extracttext",
];

/// What another thing is meant by in these vocabularies: `dcterms:source` is where a scan is from.
const OTHERWISE: [&str; 3] = ["source", "publication", "created"];

/// A key in the spelling that keys are compared in: lower case, without accents, words joined by `_`; a
/// vocabulary's key by its own name, if that is one of an article.
pub(super) fn canonical(key: &str) -> String {
    if key.len() > LONGEST_CACHED {
        return canonical_of(key);
    }
    CACHE.with_borrow_mut(|cache| {
        if let Some(known) = cache.get(key) {
            return known.clone();
        }
        if cache.len() >= MOST_CACHED {
            cache.clear();
        }
        let canonical = canonical_of(key);
        cache.insert(key.into(), canonical.clone());
        canonical
    })
}

/// Every record of a file has the same keys: this many of them, of at most so many bytes, are not worked out again.
const MOST_CACHED: usize = 1024;
const LONGEST_CACHED: usize = 64;

thread_local! {
    static CACHE: RefCell<FxHashMap<Box<str>, String>> = RefCell::default();
}

fn canonical_of(key: &str) -> String {
    let whole = joined(key);
    let own = key.split_once([':', '.']).and_then(|(prefix, rest)| {
        let rest = joined(rest);
        let is_known = VOCABULARIES.contains(&prefix.trim().to_ascii_lowercase().as_str())
            && is_own_key(&rest)
            && !OTHERWISE.contains(&rest.as_str());
        is_known.then_some(rest)
    });
    // `title.rendered`, as tables have it that were made from WordPress.
    let rendered = || {
        whole
            .strip_suffix("_rendered")
            .filter(|rest| is_own_key(rest))
            .map(String::from)
    };
    own.or_else(rendered).unwrap_or(whole)
}

fn joined(key: &str) -> String {
    let words = key
        .split(|c: char| !(c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)))
        .map(fold);
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}

/// Whether a key, canonical, is one of an article's own fields.
pub(super) fn is_own_key(key: &str) -> bool {
    [ID, TITLE, TEXT, SUMMARY, DATE, URL, SOURCE, AUTHOR, LANG]
        .iter()
        .any(|keys| keys.contains(&key))
}

/// Whether a key, canonical, is one of a text.
pub(super) fn is_text_key(key: &str) -> bool {
    TEXT.contains(&key)
}

/// Whether a key, canonical, is one of a title.
pub(super) fn is_title_key(key: &str) -> bool {
    TITLE.contains(&key)
}

/// Whether a key, canonical, is one of a title or a text: what an article can't be without.
pub(super) fn is_content_key(key: &str) -> bool {
    TEXT.contains(&key) || TITLE.contains(&key) || SUMMARY.contains(&key)
}

/// Whether a key, canonical, is one of a lead or a summary.
pub(super) fn is_summary_key(key: &str) -> bool {
    SUMMARY.contains(&key)
}

/// Whether a key, canonical, is one of a date or an address.
pub(super) fn is_dated(key: &str) -> bool {
    DATE.contains(&key) || URL.contains(&key)
}

/// The field that a name given by people stands for: `text` for `texte`; none if it is none of an article's
/// own.
pub(super) fn field_named(name: &str) -> Option<&'static str> {
    let name = canonical(name);
    let fields = [
        ("id", ID),
        ("title", TITLE),
        ("text", TEXT),
        ("date", DATE),
        ("url", URL),
        ("source", SOURCE),
        ("author", AUTHOR),
        ("lang", LANG),
        ("description", SUMMARY),
    ];
    fields
        .into_iter()
        .find(|(_, keys)| keys.contains(&name.as_str()))
        .map(|(field, _)| field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vocabularies_are_known_by_their_prefixes() {
        for (key, expected) in [
            ("dcterms:title", "title"),
            ("DC.title", "title"),
            ("bibo:content", "content"),
            ("o:id", "id"),
            ("dcterms:source", "dcterms_source"),
            ("dcterms:medium", "dcterms_medium"),
            ("o:item_set/dcterms:title", "o_item_set_dcterms_title"),
            ("title.rendered", "title"),
            ("Titre de l’article", "titre_de_l_article"),
        ] {
            assert_eq!(canonical(key), expected, "{key}");
        }
    }
}
