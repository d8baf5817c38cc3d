//! An analyst's decisions about articles, kept beside the generations so that no rebuild loses them.
//!
//! `corrections.csv` in the index's folder: article, facet, action, value, note, who decided and when, and what the
//! article says, as a hash. A decision follows its article by that hash, wherever the article lies and whichever number
//! it has in its file; by its name where the text has changed ([`bind`](super::bind)). An article is named by its
//! id, or by its path from its root, by which all articles of a file are meant; `path#n` and `path#id` mean
//! one of them. They are applied in their order, after what the metadata gives and the text says, whenever
//! an article is indexed.
//!
//! `corrections-past.csv` holds those that hold no more: for who asks what was decided once, and to undo.

mod applied;
mod decision;
mod kept;
mod linked;
mod table;

use super::hash::hash64;
use super::layout::IndexDir;
use super::origin::{Origin, default_id};
use super::payload::NO_CORRECTIONS;
use super::versions;
use crate::error::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use std::io::Write;

pub use applied::{DecidedDate, RULE, apply, date, is_corrected, of_events};
pub use decision::{
    Action, COLUMNS, Correction, DATE, EVENT, EVENT_COLUMNS, MORE_COLUMNS, content_name, content_of_name,
    is_by_number, is_event,
};
pub use kept::Withdrawn;
pub(super) use linked::name as name_linked;
pub use table::{Parsed, delimiter, parse};

/// Name of the file.
pub(super) const FILE: &str = "corrections.csv";

/// Name of the file of those that hold no more.
pub(super) const PAST: &str = "corrections-past.csv";

/// Whether bytes are a table of decisions.
pub(super) fn is_table(bytes: &[u8]) -> bool {
    kept::rows(bytes).is_ok()
}

/// Whether bytes are a table of decisions that hold no more.
pub(super) fn is_past(bytes: &[u8]) -> bool {
    kept::withdrawn_rows(bytes).is_ok()
}

/// All decisions, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrections {
    all: Vec<Correction>,
    by_article: FxHashMap<String, Vec<usize>>,
    by_content: FxHashMap<u64, Vec<usize>>,
}

impl Corrections {
    /// Those kept with an index; none if nothing was ever corrected.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the file is no such table, rather than indexing as if nothing had been
    /// corrected.
    pub fn read(index_dir: &IndexDir) -> Result<Self> {
        let Some(content) = versions::read(index_dir, FILE, &is_table)? else {
            return Ok(Self::default());
        };
        let damaged = |e| Error::damaged(&index_dir.path.join(FILE), format!("{e}; correct the line"));
        Ok(Self::new(kept::rows(&content.bytes).map_err(damaged)?))
    }

    /// Those that were applied to articles, in the order in which they were found.
    pub(super) fn applied(each: impl IntoIterator<Item = Correction>) -> Self {
        let mut seen = FxHashSet::default();
        Self::new(each.into_iter().filter(|c| seen.insert(c.clone())).collect())
    }

    /// Differs when they do; 0 for none.
    ///
    /// # Errors
    /// What writing to memory may say: nothing yet.
    pub fn fingerprint(&self) -> Result<u64> {
        let mut table = Vec::new();
        self.write_csv(&mut table).map_err(Error::io(FILE))?;
        Ok(if self.all.is_empty() {
            NO_CORRECTIONS
        } else {
            hash64(&table)
        })
    }

    /// Keeps them with the index, at once or not at all. For the holder of [`super::companion::lock`] since they were
    /// read.
    pub fn write(&self, index_dir: &IndexDir) -> Result<()> {
        let mut table = Vec::new();
        self.write_csv(&mut table).map_err(Error::io(FILE))?;
        versions::write(index_dir, FILE, &table)
    }

    /// Writes them as a table.
    pub fn write_csv(&self, out: &mut impl Write) -> std::io::Result<()> {
        kept::write(&self.all, out)
    }

    pub(super) fn new(all: Vec<Correction>) -> Self {
        let mut by_article: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut by_content: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        for (at, correction) in all.iter().enumerate() {
            by_article.entry(correction.article.clone()).or_default().push(at);
            if let Some(content) = content_of_name(&correction.content) {
                by_content.entry(content).or_default().push(at);
            }
        }
        Self {
            all,
            by_article,
            by_content,
        }
    }

    /// All, in their order.
    pub fn all(&self) -> &[Correction] {
        &self.all
    }

    /// The number of the last call that took any.
    pub(super) fn last_call(&self) -> u64 {
        self.all.iter().map(|c| c.call).max().unwrap_or(0)
    }

    /// Takes in later decisions, one after the other: each replaces what it makes void, which is handed to `void` with
    /// it. `facet` and value are as they will be kept. Who decides again what is decided already decides nothing.
    pub fn take_each(&mut self, later: Vec<Correction>, mut void: impl FnMut(Correction)) {
        let mut all = std::mem::take(&mut self.all);
        let linked: Vec<Correction> = later.iter().filter(|c| c.is_link()).cloned().collect();
        for correction in later {
            take(&mut all, correction).into_iter().for_each(&mut void);
        }
        for opposed in linked::opposed(&all, &linked) {
            all.retain(|c| *c != opposed);
            void(opposed);
        }
        *self = Self::new(all);
    }

    /// What was decided about an article: by what it says, else by its id, its own path, its file's path, or those of
    /// the other places where it lies. What was decided about a number in a file holds only for the text that it was
    /// decided about.
    pub fn of(&self, own: &Origin, also: &[Origin], content_key: u64) -> Vec<&Correction> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let by_content = self.by_content.get(&content_key).into_iter().flatten().copied();
        let mut found: Vec<usize> = by_content.collect();
        for origin in also.iter().chain([own]) {
            found.extend(self.called(origin).filter(|at| {
                let correction = &self.all[*at];
                !correction.is_bound() || !is_by_number(&correction.article)
            }));
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| &self.all[at]).collect()
    }

    /// Whether any names an article at this place, whatever it says.
    pub fn name(&self, origin: &Origin) -> bool {
        !self.all.is_empty() && self.called(origin).next().is_some()
    }

    fn called(&self, origin: &Origin) -> impl Iterator<Item = usize> {
        let names = [origin.id(), origin.name_in_file(), default_id(&origin.file, 0)];
        let lists = names.map(|name| self.by_article.get(&name).cloned().unwrap_or_default());
        lists.into_iter().flatten()
    }
}

/// Takes in a later decision, and gives what it makes void.
fn take(all: &mut Vec<Correction>, later: Correction) -> Vec<Correction> {
    let voids = |c: &Correction| {
        if later.is_link() {
            return linked::voids(&later, c);
        }
        let same_facet = (c.facet == later.facet || later.facet.is_empty())
            && c.is_about_the_article_of(&later)
            && (c.passage == later.passage || later.passage.is_empty() && later.action == Action::Reset);
        let whole = matches!(later.action, Action::Set | Action::Reset) || later.value.is_empty();
        same_facet && (whole || c.action != Action::Set && c.value == later.value)
    };
    let mut void = all.iter().filter(|c| voids(c));
    match (void.next(), void.next()) {
        (Some(only), None) if only.says_the_same(&later) => return Vec::new(),
        (Some(_), _) => {}
        (None, _) => {
            if later.action != Action::Reset {
                all.push(later);
            }
            return Vec::new();
        }
    }
    let (void, kept) = std::mem::take(all).into_iter().partition(voids);
    *all = kept;
    if later.action != Action::Reset {
        all.push(later);
    }
    void
}

/// The decisions that hold no more, in the order in which they were withdrawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past(pub Vec<Withdrawn>);

impl Past {
    /// Those kept with an index.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the file is no such table.
    pub fn read(index_dir: &IndexDir) -> Result<Self> {
        let Some(content) = versions::read(index_dir, PAST, &is_past)? else {
            return Ok(Self::default());
        };
        let damaged = |e| Error::damaged(&index_dir.path.join(PAST), format!("{e}; correct the line"));
        kept::withdrawn_rows(&content.bytes).map(Self).map_err(damaged)
    }

    /// Keeps them with the index. For the holder of [`super::companion::lock`] since they were read.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn write(&self, index_dir: &IndexDir) -> Result<()> {
        let mut table = Vec::new();
        kept::write_withdrawn(&self.0, &mut table).map_err(Error::io(PAST))?;
        versions::write(index_dir, PAST, &table)
    }

    /// The number of the last call that withdrew any.
    pub(super) fn last_call(&self) -> u64 {
        self.0.iter().map(|withdrawn| withdrawn.call).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::FacetValue;

    fn correction(article: &str, facet: &str, action: Action, value: &str) -> Correction {
        Correction {
            note: "n".into(),
            ..Correction::new(article, facet, action, value)
        }
    }

    fn take_one(kept: &mut Corrections, later: Correction) {
        kept.take_each(vec![later], |_| {});
    }

    fn applied(corrections: &[Correction], paths: &[&str]) -> Vec<String> {
        let value = |path: &&str| FacetValue {
            facet: "region".into(),
            path: (*path).into(),
            given: false,
            evidence: Vec::new(),
        };
        let mut values: Vec<FacetValue> = paths.iter().map(value).collect();
        apply(
            &corrections.iter().collect::<Vec<_>>(),
            &|_, value| format!("Mali/{value}"),
            &mut values,
        );
        values
            .into_iter()
            .map(|v| format!("{}{}", v.path, if is_corrected(&v) { "!" } else { "" }))
            .collect()
    }

    #[test]
    fn values_are_added_removed_and_set() {
        let one = |action, value| [correction("a", "region", action, value)];
        assert_eq!(
            applied(&one(Action::Add, "Gao"), &["Mali/Mopti"]),
            ["Mali/Mopti", "Mali/Gao!"]
        );
        assert_eq!(
            applied(&one(Action::Add, "Gao"), &["Mali/Gao"]),
            ["Mali/Gao!"],
            "confirmed"
        );
        assert_eq!(
            applied(&one(Action::Remove, "Gao"), &["Mali/Gao/Ansongo", "Mali/Gaoua"]),
            ["Mali/Gaoua"]
        );
        assert_eq!(
            applied(&one(Action::Remove, ""), &["Mali/Gao"]),
            Vec::<String>::new()
        );
        assert_eq!(
            applied(&one(Action::Set, "Gao; Kidal"), &["Mali/Mopti"]),
            ["Mali/Gao!", "Mali/Kidal!"]
        );
        assert_eq!(
            applied(&[correction("a", "actor", Action::Remove, "")], &["Mali/Gao"]),
            ["Mali/Gao"]
        );
    }

    #[test]
    fn later_decisions_replace_what_they_make_void() {
        let mut kept = Corrections::default();
        take_one(&mut kept, correction("a", "region", Action::Add, "Gao"));
        take_one(&mut kept, correction("a", "region", Action::Remove, "Gao"));
        take_one(&mut kept, correction("a", "actor", Action::Add, "Jnim"));
        take_one(&mut kept, correction("b", "region", Action::Add, "Gao"));
        assert_eq!(
            kept.all().iter().map(|c| c.action.name()).collect::<Vec<_>>(),
            ["remove", "add", "add"]
        );
        take_one(&mut kept, correction("a", "region", Action::Set, "Kidal"));
        let origin = |file: &str, record, id| Origin::new(file.into(), record, id);
        assert_eq!(kept.of(&origin("1/x.txt", 0, "a"), &[], 7).len(), 2);
        take_one(&mut kept, correction("a", "", Action::Reset, ""));
        assert_eq!(
            (
                kept.of(&origin("1/x.txt", 0, "a"), &[], 7).len(),
                kept.of(&origin("1/b", 3, "z"), &[], 7).len(),
                kept.all().len()
            ),
            (0, 1, 1)
        );
    }

    #[test]
    fn tables_are_read_as_people_write_them() {
        let read = |text: &str| parse(text.as_bytes());
        let rows = read("\u{feff}chemin;facette;action;valeur;note\na.txt;region;ajouter;Gao;vu sur place\n;;;;\nb;region;;Kidal\n").rows;
        assert_eq!(
            rows.iter()
                .map(|(line, c)| (*line, c.action, c.value.as_str()))
                .collect::<Vec<_>>(),
            [(2, Action::Add, "Gao"), (4, Action::Add, "Kidal")]
        );
        for (text, part) in [
            ("x,y\n1,2\n", "line 1: no columns id"),
            (
                "id,facet,action,value\na,region,ad,Gao\n",
                "line 2: “ad” is not an action",
            ),
            ("id,facet,action,value\na,region,set,\n", "line 2: nothing to set"),
            ("id,facet,action,value\n,region,set,Gao\n", "line 2: no id"),
        ] {
            let faults = read(text).faults;
            let told: Vec<String> = faults
                .iter()
                .map(|(line, what)| format!("line {line}: {what}"))
                .collect();
            assert!(told[0].contains(part), "{told:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let index_dir = IndexDir::at(dir.path());
        assert_eq!(Corrections::read(&index_dir).expect("none").all(), []);
        let mut kept = Corrections::default();
        take_one(
            &mut kept,
            Correction {
                note: "« oui », dit-il\nligne".into(),
                ..correction("a;b", "region", Action::Set, "Gao;Kidal")
            },
        );
        kept.write(&index_dir).expect("written");
        assert_eq!(Corrections::read(&index_dir).expect("read"), kept);
        std::fs::write(dir.path().join(FILE), "id,facet\na,b\n").expect("written");
        assert_eq!(Corrections::read(&index_dir).expect("its last version"), kept);
        std::fs::remove_dir_all(dir.path().join(versions::FOLDER)).expect("removed");
        assert!(Corrections::read(&index_dir).is_err(), "never taken for none");
    }

    #[test]
    fn tables_are_read_in_the_encodings_of_spreadsheets() {
        let table = "id;facet;action;value;note\na.txt;region;set;Mali/Ségou;vérifié\n";
        let latin: Vec<u8> = table.chars().map(|c| c as u32 as u8).collect();
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(table.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for bytes in [
            table.as_bytes(),
            format!("\u{feff}{table}").as_bytes(),
            &latin,
            &utf16,
        ] {
            let rows = parse(bytes).rows;
            assert_eq!(
                (rows[0].1.value.as_str(), rows[0].1.note.as_str()),
                ("Mali/Ségou", "vérifié")
            );
        }
    }
}
