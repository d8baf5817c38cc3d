//! What people decided about an article, and, where the server allows it, the form to decide more.

use super::super::asked::Asked;
use super::filters::facet_name;
use super::layout::layout;
use super::link::Link;
use super::text::Text;
use crate::messages::localized;
use crate::say;
use crate::search::{ArticleResponse, Done};
use maud::{Markup, html};

/// The facet of marks.
pub(in super::super) const MARK: &str = "mark";

/// What stands where a facet is named, for the date of publication.
const DATE: &str = "date";

/// What can be done to the values of a facet.
const ACTS: [&str; 4] = ["set", "add", "remove", "reset"];

/// What was decided about an article, by whom and when.
pub(super) fn decided(article: &ArticleResponse) -> Markup {
    html! {
        @if !article.corrections.is_empty() {
            section.decided {
                h2 { (say!("web-decided")) }
                ul { @for one in &article.corrections { li {
                    b { (Text(&facet_name(&one.facet))) } " " (say!("web-act", act = one.action.name())) " " (Text(&one.value))
                    @let about: Vec<&str> = [&one.by, &one.at].into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
                    " " span.quiet { (Text(&about.join(", "))) }
                    @if !one.note.is_empty() { br; span.quiet { (Text(&one.note)) } }
                } } }
            }
        }
    }
}

/// The form to decide about an article; nothing unless the server was started with `--edit`.
pub(super) fn form(asked: &Asked, article: &ArticleResponse) -> Markup {
    let Some(by) = &asked.app.edit else {
        return html! {};
    };
    let has = |mark: &str| {
        let mut values = article.values.iter();
        values.any(|value| value.facet == MARK && value.value == mark)
    };
    let marks = [
        (
            "reviewed",
            "unreviewed",
            say!("web-mark-reviewed"),
            say!("web-unmark-reviewed"),
        ),
        (
            "excluded",
            "included",
            say!("web-mark-excluded"),
            say!("web-unmark-excluded"),
        ),
    ];
    html! {
        section.decide {
            h2 { (say!("web-decide")) }
            // Buttons elsewhere on the page that take a value away: in the other form the first of them would be what Enter does.
            form #withdraw method="post" action=(Link::here(asked)) {}
            form #decide method="post" action=(Link::here(asked)) {
                label { (say!("web-facet-column")) select name="facet" {
                    @for facet in &asked.facets { option value=(facet.name) { (facet_name(&facet.name)) } }
                    option value=(DATE) { (say!("web-date", name = "published")) }
                } }
                label { (say!("web-act-label")) select name="act" {
                    @for act in ACTS { option value=(act) { (say!("web-act", act = act)) } }
                } }
                label { (say!("web-value")) input type="text" name="value" autocomplete="off" maxlength="1000"; }
                label { (say!("web-note")) input type="text" name="note" autocomplete="off" maxlength="1000"; }
                label { (say!("web-by")) input type="text" name="by" value=(Text(by)) maxlength="200"; }
                p.row {
                    button type="submit" name="do" value="correct" { (say!("web-correct")) }
                    @for (mark, without, set, take_back) in &marks {
                        @if has(mark) { button.second type="submit" name="do" value=(without) { (take_back) } }
                        @else { button.second type="submit" name="do" value=(mark) { (set) } }
                    }
                    button.second type="submit" name="do" value="undo" { (say!("web-undo")) }
                }
                p.quiet { (say!("web-decide-how")) }
            }
        }
    }
}

/// What became of a decision, with the way back.
pub(in super::super) fn done(asked: &Asked, done: &Done) -> Markup {
    let main = html! {
        section.notice {
            h1 { (say!("web-done")) }
            p role="status" { (say!("web-done-changed", articles = say!("count-articles", n = done.articles))) }
            @if !done.withdrawn.is_empty() || !done.restored.is_empty() {
                ul {
                    @for what in &done.withdrawn { li { (Text(&say!("correct-withdrawn", what = what))) } }
                    @for what in &done.restored { li { (Text(&say!("correct-restored", what = what))) } }
                }
            }
            @for note in &done.notes { p.note { (Text(&localized(note))) } }
            p { a href=(Link::here(asked)) { "← " (say!("web-back-to-article")) } }
        }
    };
    layout(asked, &say!("web-done"), main)
}
