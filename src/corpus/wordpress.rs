//! What exports of WordPress have beyond feeds: posts that were never published, the authors' names,
//! comments, and the codes in brackets of its texts.

use super::{Location, Output, SkipReason, clean, markup};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// A site, as its export describes it.
#[derive(Debug, Default)]
pub(super) struct Site {
    /// It is an export of WordPress.
    pub is_known: bool,
    /// The login of the author that is being read; and names by login.
    login: Option<String>,
    authors: BTreeMap<String, String>,
    /// How many items were left out, by what they are.
    others: BTreeMap<String, usize>,
}

impl Site {
    /// Takes in a value that stands outside the posts.
    pub(super) fn about(&mut self, name: &str, value: &str) {
        match name {
            "wxr_version" => self.is_known = true,
            "author_login" => self.login = clean::line(value),
            "author_display_name" => {
                if let (Some(login), Some(name)) = (self.login.take(), clean::line(value)) {
                    self.authors.insert(login, name);
                }
            }
            _ => {}
        }
    }

    /// Whether an item is no published post or page. One that is gets its author's name and the date that it
    /// was given.
    pub(super) fn leaves_out(&mut self, values: &mut Map<String, Value>) -> bool {
        let text = |values: &Map<String, Value>, key: &str| {
            values.get(key).and_then(Value::as_str).map(str::to_string)
        };
        let status = text(values, "wp:status");
        let kind = text(values, "wp:post_type");
        if status.is_none() && kind.is_none() {
            return false;
        }
        let what = match (
            status.as_deref().unwrap_or("publish"),
            kind.as_deref().unwrap_or("post"),
        ) {
            (_, "attachment") => Some("attachments"),
            (_, "nav_menu_item") => Some("items of menus"),
            (
                _,
                "revision"
                | "custom_css"
                | "customize_changeset"
                | "wp_global_styles"
                | "wp_navigation"
                | "oembed_cache",
            ) => Some("internal items"),
            ("trash", _) => Some("in the trash"),
            ("draft" | "auto-draft" | "pending", _) => Some("drafts"),
            ("future", _) => Some("planned"),
            ("private", _) => Some("private"),
            _ => None,
        };
        if let Some(what) = what {
            *self.others.entry(what.to_string()).or_default() += 1;
            return true;
        }
        if let Some(name) = text(values, "author").and_then(|login| self.authors.get(&login)) {
            values.insert("author".into(), name.as_str().into());
        }
        // `pubDate` of what was once a draft may be 1970.
        if let Some(date) = text(values, "wp:post_date").filter(|date| !date.starts_with("0000")) {
            values.insert("published".into(), date.into());
        }
        false
    }

    /// Items that were left out.
    pub(super) fn left_out(&self) -> usize {
        self.others.values().sum()
    }

    /// Reports them.
    pub(super) fn report(&self, out: &mut Output<'_>) -> ControlFlow<()> {
        if self.others.is_empty() {
            return ControlFlow::Continue(());
        }
        let parts: Vec<String> = self
            .others
            .iter()
            .map(|(what, count)| format!("{count} {what}"))
            .collect();
        let what = format!(
            "left out: {}; publish them and export the site again if they are wanted",
            parts.join(", ")
        );
        out.skip(Location::default(), SkipReason::NotPublished, what)
    }
}

/// A comment in one line: who wrote it and what.
pub(super) fn comment(xml: &str) -> Option<String> {
    let inner = |name: &str| {
        let (_, rest) = xml.split_once(&format!("<{name}>"))?;
        let (value, _) = rest.split_once(&format!("</{name}>"))?;
        clean::line(&markup::plain_text(value))
    };
    let (author, date, text) = (
        inner("comment_author"),
        inner("comment_date"),
        inner("comment_content")?,
    );
    let head: Vec<String> = author.into_iter().chain(date).collect();
    Some(if head.is_empty() {
        text
    } else {
        format!("{}: {text}", head.join(", "))
    })
}

/// The text of a post as HTML: empty lines are paragraphs, and codes such as `[caption …]` are taken out, but
/// what they stand around.
pub(super) fn html(post: &str) -> String {
    const KNOWN: [&str; 14] = [
        "caption",
        "gallery",
        "embed",
        "audio",
        "video",
        "playlist",
        "youtube",
        "quote",
        "more",
        "wp_caption",
        "iframe",
        "soundcloud",
        "dailymotion",
        "vimeo",
    ];
    let mut out = String::with_capacity(post.len() + 64);
    let mut rest = post;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        let inside = &rest[at + 1..];
        let name = inside.strip_prefix('/').unwrap_or(inside);
        let name = &name[..name
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
            .unwrap_or(name.len())];
        // A code has no bracket inside; one that isn't known has values: `[box type="info"]`.
        let end = inside
            .find([']', '['])
            .filter(|&end| inside[end..].starts_with(']'));
        let is_code = |end: usize| {
            KNOWN.contains(&name.to_ascii_lowercase().as_str())
                || !name.is_empty() && (inside[..end].contains("=\"") || inside[..end].contains("='"))
                || inside.starts_with('/') && !name.is_empty()
        };
        match end.filter(|&end| is_code(end)) {
            Some(end) => {
                out.push(' ');
                rest = &inside[end + 1..];
            }
            None => {
                out.push('[');
                rest = inside;
            }
        }
    }
    out.push_str(rest);
    out.replace("\r\n", "\n").replace("\n\n", "\n<p>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_no_text_and_captions_are() {
        let post = "Un [sic].\n\n[caption id=\"a_2\" align=\"x\"]<img src=\"a.jpg\"> Légende[/caption] [gallery ids=\"1,2\"] [1] fin";
        assert_eq!(markup::plain_text(&html(post)), "Un [sic].\n\nLégende [1] fin");
    }

    #[test]
    fn comments_have_their_authors() {
        let xml =
            "<comment_author>Moussa</comment_author><comment_content>Bravo &lt;b&gt;!</comment_content>";
        assert_eq!(comment(xml).as_deref(), Some("Moussa: Bravo <b>!"));
        assert_eq!(comment("<comment_id>1</comment_id>"), None);
    }
}
