//! What every page has: head, navigation, languages.

use super::super::asked::Asked;
use super::super::assets::addresses;
use super::super::problem::Problem;
use super::link::Link;
use super::text::Text;
use crate::messages::UiLang;
use crate::say;
use maud::{DOCTYPE, Markup, html};

/// The pages of the navigation, with the names of their messages.
fn pages() -> [(&'static str, String); 9] {
    [
        ("/", say!("web-nav-search")),
        ("/events", say!("web-nav-events")),
        ("/pivot", say!("web-nav-pivot")),
        ("/compare", say!("web-nav-compare")),
        ("/batch", say!("web-nav-batch")),
        ("/saved", say!("web-nav-saved")),
        ("/history", say!("web-nav-history")),
        ("/archive", say!("web-nav-archive")),
        ("/api", say!("web-nav-api")),
    ]
}

/// A page of somebody's request.
pub(super) fn layout(asked: &Asked, title: &str, main: Markup) -> Markup {
    let about_articles = ["/", "/events", "/pivot", "/compare"];
    let to = |path: &str| match about_articles.contains(&path) {
        true => Link::same_articles(asked, path),
        false => Link::same_language(asked, path),
    };
    let other = match asked.language {
        UiLang::En => UiLang::Fr,
        UiLang::Fr => UiLang::En,
    };
    let switch = Link::here(asked).with("ui-lang", other.name());
    let navigation = html! {
        nav aria-label=(say!("web-nav-label")) {
            ul {
                @for (path, name) in pages() {
                    li { a href=(to(path)) aria-current=[(path == asked.path).then_some("page")] { (name) } }
                }
            }
        }
        button.keys #keys-open type="button" hidden aria-haspopup="dialog" aria-label=(say!("web-keys")) title=(say!("web-keys")) { "?" }
        a.switch href=(switch) lang=(other.name()) hreflang=(other.name()) { (say!("web-other-language")) }
    };
    let home = Link::same_language(asked, "/");
    document(asked.language, title, &home, navigation, main)
}

fn document(language: UiLang, title: &str, home: &Link, navigation: Markup, main: Markup) -> Markup {
    let files = addresses();
    html! {
        (DOCTYPE)
        html lang=(language.name()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (Text(title)) " · griot" }
                link rel="stylesheet" href=(files.style);
                link rel="icon" href=(files.icon) type="image/svg+xml";
                script type="module" src=(files.script) {}
                script type="module" src=(files.reader) {}
            }
            body {
                a.skip href="#main" { (say!("web-skip")) }
                header.site {
                    a.home href=(home) { "griot" }
                    (navigation)
                }
                main #main tabindex="-1" { (main) }
                (keys())
            }
        }
    }
}

/// The keys, in a dialog that the script opens.
fn keys() -> Markup {
    let keys = [
        ("/", say!("web-key-search")),
        ("j", say!("web-key-next")),
        ("k", say!("web-key-previous")),
        ("Enter", say!("web-key-open")),
        ("Esc", say!("web-key-leave")),
        ("?", say!("web-key-help")),
    ];
    html! {
        dialog #keys aria-labelledby="keys-title" {
            h2 #keys-title { (say!("web-keys")) }
            dl { @for (key, what) in keys { dt { kbd { (key) } } dd { (what) } } }
            form method="dialog" { button { (say!("web-close")) } }
        }
    }
}

/// What went wrong, with a way on.
pub(in super::super) fn error(problem: &Problem, language: UiLang, path: &str, query: &str) -> Markup {
    let status = problem.status;
    let title = match status.as_u16() {
        404 => say!("web-title-not-found"),
        400..500 => say!("web-title-bad-request"),
        503 => say!("web-title-unavailable"),
        _ => say!("web-title-broken"),
    };
    let main = html! {
        section.notice role="alert" {
            h1 { (title) }
            p { (Text(&problem.what.said())) }
            p.quiet { (status.as_u16()) " · " (Text(path)) }
            form action="/" role="search" {
                label for="q" { (say!("web-search-label")) }
                input #q type="search" name="q" value=(Text(query));
                button type="submit" { (say!("web-search-button")) }
            }
        }
    };
    document(language, &title, &Link::to("/"), html! {}, main)
}

/// The form to log in.
pub(in super::super) fn login(language: UiLang, next: &str, failed: bool) -> Markup {
    let title = say!("web-title-login");
    let main = html! {
        section.notice {
            h1 { (title) }
            @if failed { p role="alert" { (say!("web-wrong-secret")) } }
            form method="post" action="/login" {
                input type="hidden" name="next" value=(Text(next));
                label for="secret" { (say!("web-secret-label")) }
                input #secret type="password" name="secret" autocomplete="current-password" required;
                button type="submit" { (say!("web-login-button")) }
            }
        }
    };
    document(language, &title, &Link::to("/"), html! {}, main)
}
