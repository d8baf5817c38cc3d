//! An analyst's decisions about facet values, kept beside the generations so that no rebuild loses them.
//!
//! `corrections.csv` in the index's folder: article, facet, action, value, note. An article is named by its
//! id, or by its path from its root, by which all articles of a file are meant; `path#n` and `path#id` mean
//! one of them. They are applied in their order, after what the metadata gives and the text says, whenever
//! an article is indexed.

use super::hash::hash64;
use super::layout::IndexDir;
use super::origin::{Origin, default_id};
use super::payload::NO_CORRECTIONS;
use super::versions;
use crate::article::{Evidence, FacetValue, Part};
use crate::corpus;
use crate::error::{Error, Result};
use crate::facet_path::FacetPath;
use csv::StringRecord;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::Path;

/// Name of the file.
pub(super) const FILE: &str = "corrections.csv";

/// The columns, as kept and as exported.
pub const COLUMNS: [&str; 5] = ["id", "facet", "action", "value", "note"];

/// Name of the rule in the evidence of a corrected value.
pub const RULE: &str = "correction";

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
}

impl Action {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Remove => "remove",
            Self::Set => "set",
            Self::Reset => "reset",
        }
    }

    /// The action of that name, in English or French.
    pub fn named(name: &str) -> Option<Self> {
        Some(match crate::french::fold(name).as_str() {
            "add" | "ajouter" | "ajout" => Self::Add,
            "remove" | "retirer" | "supprimer" | "enlever" => Self::Remove,
            "set" | "fixer" | "remplacer" => Self::Set,
            "reset" | "annuler" => Self::Reset,
            _ => return None,
        })
    }
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Correction {
    /// Id or path of the article.
    #[serde(rename = "id")]
    pub article: String,
    pub facet: String,
    pub action: Action,
    #[serde(default)]
    pub value: String,
    #[serde(default)]
    pub note: String,
}

/// The rows of the table as it is kept.
fn kept_rows(table: &[u8]) -> csv::Result<Vec<Correction>> {
    csv::Reader::from_reader(table).into_deserialize().collect()
}

/// Whether bytes are such a table.
pub(super) fn is_table(bytes: &[u8]) -> bool {
    kept_rows(bytes).is_ok()
}

/// All decisions, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrections {
    all: Vec<Correction>,
    by_article: FxHashMap<String, Vec<usize>>,
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
        Ok(Self::new(kept_rows(&content.bytes).map_err(damaged)?))
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
        let mut table = csv::Writer::from_writer(out);
        table.write_record(COLUMNS)?;
        for c in &self.all {
            table.write_record([&c.article, &c.facet, c.action.name(), &c.value, &c.note])?;
        }
        table.flush()
    }

    fn new(all: Vec<Correction>) -> Self {
        let mut by_article: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, correction) in all.iter().enumerate() {
            by_article.entry(correction.article.clone()).or_default().push(at);
        }
        Self { all, by_article }
    }

    /// All, in their order.
    pub fn all(&self) -> &[Correction] {
        &self.all
    }

    /// Takes in a later decision: it replaces what it makes void. `facet` and value are as they will be kept.
    pub fn take(&mut self, later: Correction) {
        let voids = |c: &Correction| {
            let same_facet = c.article == later.article && (c.facet == later.facet || later.facet.is_empty());
            let whole = matches!(later.action, Action::Set | Action::Reset) || later.value.is_empty();
            same_facet && (whole || c.action != Action::Set && c.value == later.value)
        };
        self.all.retain(|c| !voids(c));
        if later.action != Action::Reset {
            self.all.push(later);
        }
        *self = Self::new(std::mem::take(&mut self.all));
    }

    /// What was decided about an article: by its id, its own path, its file's path, or those of the other
    /// places where it lies.
    pub fn of(&self, own: &Origin, also: &[Origin]) -> Vec<&Correction> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<usize> = Vec::new();
        for origin in also.iter().chain([own]) {
            let names = [origin.id(), origin.name_in_file(), default_id(&origin.file, 0)];
            found.extend(
                names
                    .iter()
                    .filter_map(|name| self.by_article.get(name))
                    .flatten(),
            );
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| &self.all[at]).collect()
    }
}

/// Applies decisions to the values of an article. `resolve` gives the path of a value of a facet.
pub fn apply(
    corrections: &[&Correction],
    resolve: &dyn Fn(&str, &str) -> String,
    values: &mut Vec<FacetValue>,
) {
    for correction in corrections {
        let facet = correction.facet.as_str();
        let paths: Vec<String> = match correction.value.trim() {
            "" => Vec::new(),
            written => written
                .split(';')
                .map(str::trim)
                .filter(|v| !v.is_empty())
                .map(|value| resolve(facet, value))
                .collect(),
        };
        let under = |path: &str| {
            let path = FacetPath::new(path);
            paths.iter().any(|p| path.is_within(FacetPath::new(p)))
        };
        match correction.action {
            Action::Remove if paths.is_empty() => values.retain(|v| v.facet != facet),
            Action::Remove => values.retain(|v| v.facet != facet || !under(&v.path)),
            Action::Set => values.retain(|v| v.facet != facet),
            Action::Add | Action::Reset => {}
        }
        if !matches!(correction.action, Action::Add | Action::Set) {
            continue;
        }
        for path in paths {
            let evidence = Evidence {
                part: Part::Metadata,
                start: 0,
                end: 0,
                rule: RULE.into(),
            };
            match values.iter_mut().find(|v| v.facet == facet && v.path == path) {
                Some(known) => known.evidence.insert(0, evidence),
                None => values.push(FacetValue {
                    facet: facet.to_string(),
                    path,
                    given: true,
                    evidence: vec![evidence],
                }),
            }
        }
    }
}

/// Whether a correction made this value what it is.
pub fn is_corrected(value: &FacetValue) -> bool {
    value
        .evidence
        .iter()
        .any(|evidence| evidence.part == Part::Metadata && evidence.rule == RULE)
}

/// Reads the table of an analyst: columns id (or path), facet, action, value, note, in any order, with French
/// names or English; commas, semicolons or tabs.
///
/// # Errors
/// [`Error::Correction`] with the line and the cure.
pub fn parse(path: &Path, bytes: &[u8]) -> Result<Vec<(usize, Correction)>> {
    let wrong = |line: usize, message: String| Error::Correction {
        path: path.to_path_buf(),
        line,
        message,
    };
    // Excel saves a table called CSV in windows-1252, and one called Unicode text in UTF-16.
    let text = corpus::decoded(bytes.to_vec()).map_err(|message| wrong(1, message))?;
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|d| head.bytes().filter(|b| b == d).count())
        .unwrap_or(b',');
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = table.headers().map_err(|e| wrong(1, e.to_string()))?;
    let columns = Columns::of(header).map_err(|message| wrong(1, message))?;
    let mut found = Vec::new();
    for row in table.records() {
        let row = row.map_err(|e| wrong(e.position().map_or(0, |p| p.line() as usize), e.to_string()))?;
        let line = row.position().map_or(0, |p| p.line() as usize);
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let correction = columns.correction(&row).map_err(|message| wrong(line, message))?;
        found.push((line, correction));
    }
    Ok(found)
}

/// Where a table has what.
struct Columns {
    id: usize,
    facet: usize,
    action: Option<usize>,
    value: Option<usize>,
    note: Option<usize>,
}

impl Columns {
    fn of(header: &StringRecord) -> std::result::Result<Self, String> {
        let column = |names: &[&str]| {
            header
                .iter()
                .position(|name| names.contains(&crate::french::fold(name).as_str()))
        };
        let (Some(id), Some(facet)) = (
            column(&["id", "path", "chemin", "article", "fichier"]),
            column(&["facet", "facette"]),
        ) else {
            return Err(format!(
                "no columns id (or path) and facet; begin with a line {}",
                COLUMNS.join(",")
            ));
        };
        Ok(Self {
            id,
            facet,
            action: column(&["action"]),
            value: column(&["value", "valeur"]),
            note: column(&["note", "comment", "commentaire", "remarque"]),
        })
    }

    /// The correction of a row; else what is wrong with it.
    fn correction(&self, row: &StringRecord) -> std::result::Result<Correction, String> {
        let cell = |at: Option<usize>| {
            at.and_then(|at| row.get(at))
                .unwrap_or_default()
                .trim()
                .to_string()
        };
        let action = match cell(self.action).as_str() {
            "" => Action::Add,
            name => Action::named(name)
                .ok_or_else(|| format!("“{name}” is not an action; write add, remove, set or reset"))?,
        };
        let correction = Correction {
            article: cell(Some(self.id)),
            facet: cell(Some(self.facet)),
            action,
            value: cell(self.value),
            note: cell(self.note),
        };
        if correction.article.is_empty() {
            return Err("no id; write one as `griot search` shows it, or a path".into());
        }
        if correction.value.is_empty() && matches!(action, Action::Add | Action::Set) {
            return Err(format!(
                "nothing to {}; write a value, or the action remove",
                action.name()
            ));
        }
        Ok(correction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn correction(article: &str, facet: &str, action: Action, value: &str) -> Correction {
        Correction {
            article: article.into(),
            facet: facet.into(),
            action,
            value: value.into(),
            note: "n".into(),
        }
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
        kept.take(correction("a", "region", Action::Add, "Gao"));
        kept.take(correction("a", "region", Action::Remove, "Gao"));
        kept.take(correction("a", "actor", Action::Add, "Jnim"));
        kept.take(correction("b", "region", Action::Add, "Gao"));
        assert_eq!(
            kept.all().iter().map(|c| c.action.name()).collect::<Vec<_>>(),
            ["remove", "add", "add"]
        );
        kept.take(correction("a", "region", Action::Set, "Kidal"));
        let origin = |file: &str, record, id| Origin::new(file.into(), record, id);
        assert_eq!(kept.of(&origin("1/x.txt", 0, "a"), &[]).len(), 2);
        kept.take(correction("a", "", Action::Reset, ""));
        assert_eq!(
            (
                kept.of(&origin("1/x.txt", 0, "a"), &[]).len(),
                kept.of(&origin("1/b", 3, "z"), &[]).len(),
                kept.all().len()
            ),
            (0, 1, 1)
        );
    }

    #[test]
    fn tables_are_read_as_people_write_them() {
        let read = |text: &str| parse(Path::new("c.csv"), text.as_bytes());
        let rows = read("\u{feff}chemin;facette;action;valeur;note\na.txt;region;ajouter;Gao;vu sur place\n;;;;\nb;region;;Kidal\n")
            .expect("good");
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
            let error = read(text).expect_err("refused").to_string();
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let index_dir = IndexDir::at(dir.path());
        assert_eq!(Corrections::read(&index_dir).expect("none").all(), []);
        let mut kept = Corrections::default();
        kept.take(Correction {
            note: "« oui », dit-il\nligne".into(),
            ..correction("a;b", "region", Action::Set, "Gao;Kidal")
        });
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
            let rows = parse(Path::new("t.csv"), bytes).expect("a table");
            assert_eq!(
                (rows[0].1.value.as_str(), rows[0].1.note.as_str()),
                ("Mali/Ségou", "vérifié")
            );
        }
    }
}
