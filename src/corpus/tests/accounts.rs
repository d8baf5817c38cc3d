//! The account of a file: every word that people see is in an article, under a reason, or reported as missing.

use super::*;
use crate::corpus::account::{Ledger, Visible};

fn account(name: &str, content: &str) -> Account {
    readings(name, content.as_bytes()).1.account
}

const BODY: &str = "Le gouverneur a annoncé vendredi la réouverture du marché de Ménaka, fermé depuis trois semaines après \
                    une attaque contre le poste de contrôle voisin.";

#[test]
fn furniture_of_a_page_is_told_by_its_kind() {
    let page = format!(
        "<html><head><title>Ménaka : le marché rouvre</title></head><body><nav><a href=/>Accueil rubriques</a></nav>\
         <article><h1>Ménaka : le marché rouvre</h1><p>{BODY}</p><p>{BODY}</p></article>\
         <aside>Encadré voisin</aside><div class=comments><p>Bravo à tous les commerçants</p></div>\
         <form>Votre adresse ici</form><div class=cookies>Nous utilisons des traceurs</div>\
         <footer>Mentions légales</footer></body></html>"
    );
    let account = account("a.html", &page);
    let reasons: Vec<(LeftOut, u64)> = account
        .left_out
        .iter()
        .map(|(reason, words)| (*reason, *words))
        .collect();
    assert_eq!(
        reasons,
        [
            (LeftOut::Menu, 2),
            (LeftOut::Comments, 4),
            (LeftOut::Footer, 2),
            (LeftOut::Aside, 2),
            (LeftOut::Form, 3),
            (LeftOut::Consent, 4),
            // The title stands in the page's head and above its text.
            (LeftOut::Duplicate, 4),
        ]
    );
    assert_eq!(account.unaccounted, 0);
    assert_eq!(account.visible, account.in_articles + 21);
}

#[test]
fn every_format_is_accounted_for() {
    let text = format!("Ménaka : le marché rouvre\n\n{BODY}\n\nTombouc-\ntou attend, dit Publié le comité.");
    let json = serde_json::json!({"title": "Marché", "text": text, "date": "2024-03-12T08:00:00Z"});
    let message = format!(
        "From: Awa Ba <awa@ex.org>\nSubject: Marché\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    );
    let feed = format!(
        "<rss><channel><title>Fil</title><description>Un fil du Sahel</description><item><title>Marché</title>\
         <description>&lt;p&gt;{BODY}&lt;/p&gt;</description><pubDate>Tue, 12 Mar 2024 08:00:00 +0000</pubDate></item></channel></rss>"
    );
    for (name, content) in [
        ("a.txt", text.clone()),
        (
            "a.md",
            format!("---\ntitle: Marché\n---\n{text} [lien](https://ex.ml/)"),
        ),
        ("a.jsonl", format!("{json}\n")),
        (
            "a.json",
            format!("{{\"description\": \"Un fil\", \"items\": [{json}]}}"),
        ),
        (
            "a.csv",
            format!("titre;texte;date\nMarché;\"{BODY}\";12/03/2024\n"),
        ),
        ("a.xml", feed),
        ("a.eml", message.clone()),
        ("a.mbox", format!("From a@b Mon Mar 11 08:00:00 2024\n{message}")),
        (
            "a.rtf",
            format!(
                "{{\\rtf1\\ansi {{\\info caché}}{}}}",
                BODY.replace('é', "\\'e9")
                    .replace('è', "\\'e8")
                    .replace('ô', "\\'f4")
            ),
        ),
    ] {
        let account = account(name, &content);
        assert_eq!(account.unaccounted, 0, "{name}: {account:?}");
        assert!(account.in_articles >= 20, "{name}: {account:?}");
    }
}

#[test]
fn a_reader_cannot_hide_what_it_loses() {
    let lost = "Les habitants du quartier nord n'ont pas été prévenus de la réouverture et attendent encore que le pont \
                soit réparé avant les pluies de juillet prochain, selon leur élu qui a écrit deux fois au gouvernorat.";
    for (how, is_long, shown) in [
        (Visible::Lines, false, format!("{BODY}\n{lost}\n")),
        (Visible::Lines, true, format!("{BODY}\n{lost}\n")),
        (Visible::Markup, false, format!("<p>{BODY}</p><p>{lost}</p>")),
        (
            Visible::Strings,
            true,
            serde_json::json!([{"text": BODY, "autre": lost}]).to_string(),
        ),
    ] {
        let mut ledger = Ledger::new(how, is_long);
        ledger.read(shown.as_bytes());
        ledger.article(&Article {
            body: BODY.to_string(),
            ..Article::default()
        });
        // What reads as text is no menu, whatever the reader says.
        ledger.leave_out(LeftOut::Menu, lost);
        let account = ledger.balance();
        assert!(account.is_partial(), "{how:?}: {account:?}");
        assert!(account.unaccounted > 15, "{how:?}: {account:?}");
    }
}

#[test]
fn what_is_skipped_is_told_as_such() {
    let consent = "<p>Nous et nos partenaires utilisons des cookies</p><p>Tout accepter</p><p>Gérer mes choix</p>\
                   <p>Continuer sans accepter</p>";
    let wall = account("a.html", consent);
    assert_eq!((wall.in_articles, wall.unaccounted), (0, 0), "{wall:?}");
    assert!(!wall.left_out.is_empty());
    let drafts = account(
        "a.xml",
        &format!(
            "<rss><channel><wp:wxr_version>1.2</wp:wxr_version><item><title>Un</title><content:encoded>{BODY}</content:encoded>\
             <wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item><item><title>Deux</title>\
             <content:encoded>Un brouillon que personne ne doit lire avant demain</content:encoded><wp:status>draft</wp:status>\
             <wp:post_type>post</wp:post_type></item></channel></rss>"
        ),
    );
    assert_eq!(drafts.unaccounted, 0, "{drafts:?}");
    assert!(drafts.left_out[&LeftOut::Skipped] >= 8, "{drafts:?}");
}

#[test]
fn parts_of_an_archive_are_added_up() {
    let zip = archives::zip(
        &[(b"a.txt", BODY.as_bytes()), (b"b/c.txt", BODY.as_bytes())],
        false,
    );
    let (_, summary) = readings("a.zip", &zip);
    assert_eq!(
        summary.account.visible, summary.account.in_articles,
        "{:?}",
        summary.account
    );
    assert!(summary.account.visible > 40);
}
