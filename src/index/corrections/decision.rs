//! One decision about an article: what a person says of it, who, and when.

use serde::{Deserialize, Serialize};

/// The columns that every table of corrections has, as kept and as exported.
pub const COLUMNS: [&str; 5] = ["id", "facet", "action", "value", "note"];

/// The further columns: of an event the passage that tells of it; who decided and when; what the article says, as a
/// hash, and how it begins; which call of griot took the decision.
pub const MORE_COLUMNS: [&str; 6] = ["passage", "by", "at", "content", "title", "call"];

/// What stands where a facet is named, for the date of publication.
pub const DATE: &str = "date";

/// What stands there for an event as a whole, which can be removed, and joined with others or parted from them.
pub const EVENT: &str = "event";

/// What stands there for the columns of an event.
pub const EVENT_COLUMNS: [&str; 5] = ["event_date", "event_place", "killed", "wounded", "abducted"];

/// What a correction does to the values of a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// One more value.
    Add,
    /// Without this value and those below it; without any, if no value is named.
    Remove,
    /// These values (separated by `;`) and no others.
    Set,
    /// As if nothing had been corrected.
    Reset,
    /// A report of an event is of the same event as all others that are joined with this value.
    Join,
    /// It is of another event than all others that are parted with this value; without a value than any other report.
    Part,
}

impl Action {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Remove => "remove",
            Self::Set => "set",
            Self::Reset => "reset",
            Self::Join => "join",
            Self::Part => "part",
        }
    }

    /// The action of that name, in English or French.
    pub fn named(name: &str) -> Option<Self> {
        Some(match crate::french::fold(name).as_str() {
            "add" | "ajouter" | "ajout" => Self::Add,
            "remove" | "retirer" | "supprimer" | "enlever" => Self::Remove,
            "set" | "fixer" | "remplacer" => Self::Set,
            "reset" | "annuler" => Self::Reset,
            "join" | "reunir" | "joindre" => Self::Join,
            "part" | "separer" => Self::Part,
            _ => return None,
        })
    }
}

/// One decision. What the last six fields hold may be missing: in tables of before there were any, and in those that
/// people write.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Correction {
    /// Id or path of the article.
    #[serde(rename = "id")]
    pub article: String,
    /// A facet, [`DATE`], [`EVENT`] or one of [`EVENT_COLUMNS`].
    pub facet: String,
    pub action: Action,
    #[serde(default)]
    pub value: String,
    #[serde(default)]
    pub note: String,
    /// Of an event: the passage that tells of it, on one line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub passage: String,
    /// Who decided.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// When, in UTC: `2026-03-16T09:30:00Z`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub at: String,
    /// What the article said, as [`content_name`]: by this the decision follows it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub content: String,
    /// Its title, or how its text begins.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Number of the call of griot that took it, from 1: what one call took is undone together.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub call: u64,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Correction {
    /// A decision of which nothing more is known.
    pub fn new(article: &str, facet: &str, action: Action, value: &str) -> Self {
        Self {
            article: article.into(),
            facet: facet.into(),
            action,
            value: value.into(),
            note: String::new(),
            passage: String::new(),
            by: String::new(),
            at: String::new(),
            content: String::new(),
            title: String::new(),
            call: 0,
        }
    }

    /// Whether it is about an event rather than about the article.
    pub fn is_of_event(&self) -> bool {
        is_event(&self.facet)
    }

    /// Whether it says of which event a report is.
    pub fn is_link(&self) -> bool {
        matches!(self.action, Action::Join | Action::Part)
    }

    /// Whether it says so by this action.
    pub fn is_link_of(&self, action: Action) -> bool {
        self.is_link() && self.action == action && self.facet == EVENT
    }

    /// Whether it is about values of a facet.
    pub fn is_of_values(&self) -> bool {
        !self.is_of_event() && !self.is_link() && self.facet != DATE
    }

    /// Whether it is bound to what an article says.
    pub fn is_bound(&self) -> bool {
        !self.content.is_empty()
    }

    /// Whether a later person decided the same: who, when and about which version apart.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let said = |c: &Self| [&c.facet, &c.value, &c.note, &c.passage].map(String::clone);
        self.is_about_the_article_of(other) && self.action == other.action && said(self) == said(other)
    }

    /// Whether both are about one article: by its name, or by what it says.
    pub fn is_about_the_article_of(&self, other: &Self) -> bool {
        self.article == other.article || self.is_bound() && self.content == other.content
    }

    /// The cells of a row, in the order of [`COLUMNS`] and [`MORE_COLUMNS`].
    pub fn cells(&self) -> [String; 11] {
        let call = if self.call == 0 {
            String::new()
        } else {
            self.call.to_string()
        };
        [
            self.article.clone(),
            self.facet.clone(),
            self.action.name().to_string(),
            self.value.clone(),
            self.note.clone(),
            self.passage.clone(),
            self.by.clone(),
            self.at.clone(),
            self.content.clone(),
            self.title.clone(),
            call,
        ]
    }
}

/// Whether what stands for a facet is an event or one of its columns.
pub fn is_event(facet: &str) -> bool {
    facet == EVENT || EVENT_COLUMNS.contains(&facet)
}

/// The hash of what an article says as tables name it: a letter first, for spreadsheets take digits with an `e` among
/// them for a number.
pub fn content_name(content_key: u64) -> String {
    format!("k{content_key:016x}")
}

/// The hash that is named so.
pub fn content_of_name(name: &str) -> Option<u64> {
    let digits = name.strip_prefix('k').filter(|digits| digits.len() == 16)?;
    u64::from_str_radix(digits, 16).ok()
}

/// Whether a name tells an article by where it stands in its file, rather than by a path or an id of its own: what is
/// called so may be another article tomorrow.
pub fn is_by_number(article: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = article.rsplit_once('#').is_some_and(|(_, number)| digits(number));
    let rank = article.rsplit_once('~').is_some_and(|(_, number)| digits(number));
    number || rank
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_have_names_that_spreadsheets_leave_alone() {
        for key in [0, 1, 0x1234_5678_90e1_2345, u64::MAX] {
            assert_eq!(content_of_name(&content_name(key)), Some(key));
        }
        assert_eq!((content_of_name(""), content_of_name("k12")), (None, None));
    }

    #[test]
    fn numbers_in_files_are_told_from_names() {
        for name in ["c.jsonl#2", "c.jsonl#x~2", "x~2"] {
            assert!(is_by_number(name), "{name}");
        }
        for name in ["a.txt", "c.jsonl#x", "x", "a#b.txt"] {
            assert!(!is_by_number(name), "{name}");
        }
    }
}
