//! What people add to the lexicons: places and actors, kept in one table beside an index, and added to the lexicons
//! that the index is built with. A table can be handed on to others.

use crate::error::{Error, Result};
use crate::french::fold;
use csv::StringRecord;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

#[cfg(test)]
mod tests;

/// Name of the table among the files of the lexicons.
pub const FILE: &str = "additions.tsv";

/// The table beside the generations, in the index's folder.
pub const KEPT: &str = "lexicon/additions.tsv";

/// The lexicon that additional places go into.
pub const PLACES: &str = "regions.tsv";

/// The lexicon that additional actors go into.
pub const ACTORS: &str = "actors.toml";

/// The columns of the table.
pub const COLUMNS: [&str; 15] = [
    "what",
    "name",
    "kind",
    "parent",
    "aliases",
    "derive_only",
    "exact",
    "lat",
    "lon",
    "flags",
    "role",
    "countries",
    "note",
    "by",
    "at",
];

/// What is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Place,
    Actor,
}

impl What {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Actor => "actor",
        }
    }

    fn named(text: &str) -> Option<Self> {
        Some(match fold(text).as_str() {
            "place" | "lieu" => Self::Place,
            "actor" | "acteur" => Self::Actor,
            _ => return None,
        })
    }
}

/// A place or an actor that somebody added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    pub what: What,
    pub name: String,
    /// Of a place: `village`, `town`, `camp` …, as the lexicon of places has it.
    pub kind: String,
    /// Of a place the path of what it lies in; of an actor the name of the value above it.
    pub parent: String,
    /// Other spellings, found in texts and in search.
    pub aliases: Vec<String>,
    /// Phrases that are found in texts only.
    pub derive_only: Vec<String>,
    /// Of an actor: found in texts as written here only.
    pub exact: Vec<String>,
    /// Degrees as they were typed; empty where unknown.
    pub lat: String,
    pub lon: String,
    /// Of a place, as the lexicon has them.
    pub flags: String,
    /// Of an actor: the role it takes, of these countries.
    pub role: String,
    pub countries: Vec<String>,
    pub note: String,
    pub by: String,
    pub at: String,
}

impl Addition {
    /// One of which only the name is known.
    pub fn new(what: What, name: &str) -> Self {
        let none = String::new;
        Self {
            what,
            name: name.trim().to_string(),
            kind: none(),
            parent: none(),
            aliases: Vec::new(),
            derive_only: Vec::new(),
            exact: Vec::new(),
            lat: none(),
            lon: none(),
            flags: none(),
            role: none(),
            countries: Vec::new(),
            note: none(),
            by: none(),
            at: none(),
        }
    }

    /// Whether both are the same place or actor, whatever else is said of it.
    pub fn is_same(&self, other: &Self) -> bool {
        let parts = |one: &Self| (one.what, fold(&one.name), fold(&one.parent));
        parts(self) == parts(other)
    }

    /// Whether both say the same of it: who and when apart.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let said = |one: &Self| Self {
            by: String::new(),
            at: String::new(),
            ..one.clone()
        };
        said(self) == said(other)
    }

    /// Takes over what is said later of the same: what is written replaces what was, spellings are added.
    pub fn merge(&mut self, later: Self) {
        let texts = [
            (&mut self.kind, later.kind),
            (&mut self.lat, later.lat),
            (&mut self.lon, later.lon),
            (&mut self.flags, later.flags),
            (&mut self.role, later.role),
            (&mut self.note, later.note),
        ];
        for (text, later) in texts {
            if !later.is_empty() {
                *text = later;
            }
        }
        let lists = [
            (&mut self.aliases, later.aliases),
            (&mut self.derive_only, later.derive_only),
            (&mut self.exact, later.exact),
            (&mut self.countries, later.countries),
        ];
        for (list, later) in lists {
            for text in later {
                if !list.contains(&text) {
                    list.push(text);
                }
            }
        }
        (self.by, self.at) = (later.by, later.at);
    }

    /// Whether anything but its name is said of it that finds it in texts.
    pub fn has_spellings(&self) -> bool {
        !(self.aliases.is_empty() && self.derive_only.is_empty() && self.exact.is_empty())
    }

    /// The cells of its row.
    pub fn cells(&self) -> [String; 15] {
        let list = |texts: &[String]| texts.join(";");
        [
            self.what.name().to_string(),
            self.name.clone(),
            self.kind.clone(),
            self.parent.clone(),
            list(&self.aliases),
            list(&self.derive_only),
            list(&self.exact),
            self.lat.clone(),
            self.lon.clone(),
            self.flags.clone(),
            self.role.clone(),
            list(&self.countries),
            self.note.clone(),
            self.by.clone(),
            self.at.clone(),
        ]
        .map(|cell| one_line(&cell))
    }

    /// The line of the lexicon of places.
    fn line(&self) -> String {
        let [
            _,
            name,
            kind,
            parent,
            aliases,
            derive_only,
            _,
            lat,
            lon,
            flags,
            ..,
        ] = self.cells();
        [
            name,
            kind,
            parent,
            aliases,
            derive_only,
            lat,
            lon,
            String::new(),
            flags,
        ]
        .join("\t")
    }

    /// The entry of the lexicon of actors; of an actor that it has its spellings.
    fn entry(&self, is_known: bool) -> String {
        let list = |texts: &[String]| {
            let quoted: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
            format!("[{}]", quoted.join(", "))
        };
        let mut entry = match is_known {
            true => format!("\n[[spellings]]\nname = {}\n", quoted(&self.name)),
            false => format!("\n[[value]]\nname = {}\n", quoted(&self.name)),
        };
        let own = [("parent", &self.parent), ("role", &self.role)];
        for (key, text) in own.into_iter().filter(|(_, text)| !is_known && !text.is_empty()) {
            let _ = writeln!(entry, "{key} = {}", quoted(text));
        }
        let lists = [
            ("search", &self.aliases),
            ("derive", &self.derive_only),
            ("exact", &self.exact),
            ("countries", &self.countries),
        ];
        let of_value = |key: &str| !is_known || key != "countries";
        for (key, texts) in lists
            .into_iter()
            .filter(|(key, texts)| of_value(key) && !texts.is_empty())
        {
            let _ = writeln!(entry, "{key} = {}", list(texts));
        }
        entry
    }
}

/// A cell of the table: tabs and ends of lines separate cells and rows.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_control())
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    words.join(" ")
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    let escaped = one_line(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

/// What was read of a table of additions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// Each with its line; 0 where there is no table.
    pub rows: Vec<(usize, Addition)>,
    /// What is wrong with the other rows, by line.
    pub faults: Vec<(usize, String)>,
}

/// Reads a table of additions: the columns in any order, separated by tabs, semicolons or commas as its first line is.
pub fn parse(text: &str) -> Parsed {
    let text = text.trim_start_matches('\u{feff}');
    let mut parsed = Parsed::default();
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|d| head.bytes().filter(|b| b == d).count())
        .unwrap_or(b'\t');
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(delimiter != b'\t')
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = match table.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            parsed.faults.push((1, error.to_string()));
            return parsed;
        }
    };
    let at = |name: &str| header.iter().position(|column| fold(column) == fold(name));
    if at("what").is_none() || at("name").is_none() {
        let what = format!(
            "no columns what and name; begin with a line of these columns: {}",
            COLUMNS.join(", ")
        );
        parsed.faults.push((1, what));
        return parsed;
    }
    let columns = COLUMNS.map(at);
    for row in table.records() {
        match row {
            Ok(row) if row.iter().all(|cell| cell.trim().is_empty()) => {}
            Ok(row) => {
                let line = row.position().map_or(0, |p| p.line() as usize);
                match addition(&columns, &row) {
                    Ok(addition) => parsed.rows.push((line, addition)),
                    Err(what) => parsed.faults.push((line, what)),
                }
            }
            Err(error) => {
                let line = error.position().map_or(0, |p| p.line() as usize);
                parsed.faults.push((line, error.to_string()));
            }
        }
    }
    parsed
}

fn addition(columns: &[Option<usize>; 15], row: &StringRecord) -> Result<Addition, String> {
    let cells = columns.map(|at| {
        let cell = at.and_then(|at| row.get(at)).unwrap_or_default();
        one_line(cell)
    });
    let list = |text: &str| -> Vec<String> {
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        parts.map(String::from).collect()
    };
    let [
        what,
        name,
        kind,
        parent,
        aliases,
        derive_only,
        exact,
        lat,
        lon,
        flags,
        role,
        countries,
        note,
        by,
        at,
    ] = cells;
    let what = What::named(&what).ok_or_else(|| format!("“{what}” can't be added; write place or actor"))?;
    Ok(Addition {
        what,
        name,
        kind,
        parent,
        aliases: list(&aliases),
        derive_only: list(&derive_only),
        exact: list(&exact),
        lat: lat.replace(',', "."),
        lon: lon.replace(',', "."),
        flags,
        role,
        countries: list(&countries),
        note,
        by,
        at,
    })
}

/// The table as it is kept and handed on.
pub fn table(all: &[Addition]) -> String {
    let mut table = COLUMNS.join("\t") + "\n";
    for addition in all {
        table += &addition.cells().join("\t");
        table.push('\n');
    }
    table
}

/// Whether bytes are such a table.
pub fn is_table(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| parse(text).faults.is_empty())
}

/// The additions of a table that is kept.
///
/// # Errors
/// [`Error::Lexicon`] for a row that is wrong.
pub fn read(text: &str) -> Result<Vec<Addition>> {
    let parsed = parse(text);
    match parsed.faults.into_iter().next() {
        Some((line, message)) => Err(Error::Lexicon {
            file: FILE.into(),
            line,
            message,
        }),
        None => Ok(parsed.rows.into_iter().map(|(_, addition)| addition).collect()),
    }
}

/// A lexicon with the additions that go into it: new entries, and spellings of those that it has. What lies in something
/// that a later lexicon has no more is left out.
///
/// # Errors
/// As [`read`].
pub fn merged(name: &str, lexicon: &str, table: &str) -> Result<String> {
    let additions = read(table)?;
    Ok(match name {
        PLACES => with_places(lexicon, &additions),
        ACTORS => with_actors(lexicon, &additions),
        _ => lexicon.to_string(),
    })
}

/// The names of additions that lie in something that a lexicon doesn't have.
///
/// # Errors
/// As [`read`].
pub fn misfits(name: &str, lexicon: &str, table: &str) -> Result<Vec<String>> {
    let additions = read(table)?;
    let what = match name {
        PLACES => What::Place,
        ACTORS => What::Actor,
        _ => return Ok(Vec::new()),
    };
    let parents = match what {
        What::Place => paths(lexicon, &additions),
        What::Actor => values(lexicon, &additions),
    };
    let of_kind = additions.into_iter().filter(|addition| addition.what == what);
    let misfits = of_kind.filter(|addition| !fits(addition, &parents));
    Ok(misfits.map(|addition| addition.name).collect())
}

fn fits(addition: &Addition, parents: &HashSet<String>) -> bool {
    addition.parent.is_empty() || parents.contains(&addition.parent)
}

/// Name, and parent, of a line of the lexicon of places.
fn place_of(line: &str) -> Option<(&str, &str)> {
    let mut cells = line.split('\t').map(str::trim);
    let (name, _, parent) = (cells.next()?, cells.next()?, cells.next()?);
    Some((name, parent))
}

/// The paths that places may lie in.
fn paths(lexicon: &str, additions: &[Addition]) -> HashSet<String> {
    let known = lexicon.lines().filter_map(place_of);
    let added = additions.iter().filter(|addition| addition.what == What::Place);
    let added = added.map(|place| (place.name.as_str(), place.parent.as_str()));
    known
        .chain(added)
        .map(|(name, parent)| match parent {
            "" => name.to_string(),
            parent => format!("{parent}/{name}"),
        })
        .collect()
}

fn with_places(lexicon: &str, additions: &[Addition]) -> String {
    let parents = paths(lexicon, additions);
    let mut lines: Vec<Cow<'_, str>> = lexicon.lines().map(Cow::Borrowed).collect();
    let numbered = lexicon.lines().enumerate();
    let known: HashMap<(&str, &str), usize> = numbered
        .filter_map(|(at, line)| Some((place_of(line)?, at)))
        .collect();
    let places = additions.iter().filter(|addition| addition.what == What::Place);
    for place in places.filter(|place| fits(place, &parents)) {
        match known.get(&(place.name.as_str(), place.parent.as_str())) {
            Some(at) => lines[*at] = with_spellings(&lines[*at], place).into(),
            None => lines.push(place.line().into()),
        }
    }
    lines.join("\n") + "\n"
}

/// The names of the values of a lexicon of actors.
fn value_names(lexicon: &str) -> HashSet<String> {
    let mut is_value = false;
    let mut names = HashSet::new();
    for line in lexicon.lines() {
        if line.starts_with("[[") {
            is_value = line.starts_with("[[value]]");
        } else if let Some(quoted) = line.strip_prefix("name = \"").filter(|_| is_value)
            && let Some((name, _)) = quoted.split_once('"')
        {
            names.insert(name.to_string());
        }
    }
    names
}

/// The values that actors may belong to.
fn values(lexicon: &str, additions: &[Addition]) -> HashSet<String> {
    let added = additions.iter().filter(|addition| addition.what == What::Actor);
    let mut names = value_names(lexicon);
    names.extend(added.map(|actor| actor.name.clone()));
    names
}

fn with_actors(lexicon: &str, additions: &[Addition]) -> String {
    let (known, parents) = (value_names(lexicon), values(lexicon, additions));
    let mut text = lexicon.to_string();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let actors = additions.iter().filter(|addition| addition.what == What::Actor);
    for actor in actors.filter(|actor| fits(actor, &parents)) {
        let is_known = known.contains(&actor.name);
        // One that is there now and has no further spellings needs nothing.
        if !is_known || actor.has_spellings() {
            text += &actor.entry(is_known);
        }
    }
    text
}

/// The line of a known place with further spellings.
fn with_spellings(line: &str, place: &Addition) -> String {
    let mut cells: Vec<String> = line.split('\t').map(String::from).collect();
    cells.resize(cells.len().max(5), String::new());
    for (cell, more) in [(3, &place.aliases), (4, &place.derive_only)] {
        let before = cells[cell]
            .split(';')
            .map(str::trim)
            .filter(|text| !text.is_empty());
        let all: Vec<&str> = before.chain(more.iter().map(String::as_str)).collect();
        cells[cell] = all.join(";");
    }
    cells.join("\t")
}
