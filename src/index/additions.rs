//! What people add to the lexicons of an index: kept beside the generations like other things that people decided, and
//! checked before it is kept. The next run derives with it.

use super::layout::IndexDir;
use super::reader::Reader;
use super::{companion, decisions, versions};
use crate::additions::{self, Addition, KEPT, Parsed, What};
use crate::error::{Error, Result};
use crate::facets::{Facets, PlaceRow};
use crate::french::{French, fold};
use crate::schema::Lexicons;
use serde::Serialize;
use std::path::Path;

/// Suggestions for a name that isn't known.
const SUGGESTED: usize = 3;

/// Kinds of places that are levels of paths; others have the path of what they lie in.
const AREAS: [&str; 4] = ["region", "cercle", "province", "department"];

/// Kilometres from a place of nearly the same name that is worth a note.
const NEAR: f32 = 10.0;

/// What became of additions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Added {
    /// New ones.
    pub added: u64,
    /// Those that were there already and say something else now.
    pub changed: u64,
    /// Those that were there already.
    pub unchanged: u64,
    /// All that the index keeps.
    pub kept: u64,
    pub notes: Vec<String>,
}

/// What is added to the lexicons of an index, as a table; none where nothing is.
///
/// # Errors
/// [`Error::Io`].
pub(super) fn table(index_dir: &IndexDir) -> Result<Option<String>> {
    let content = versions::read(index_dir, KEPT, &additions::is_table)?;
    let text = content.map(|content| String::from_utf8_lossy(&content.bytes).into_owned());
    Ok(text.filter(|text| text.lines().nth(1).is_some()))
}

/// What is added to the lexicons of an index.
///
/// # Errors
/// [`Error::Lexicon`] for a table that was edited by hand and is wrong; [`Error::Io`].
pub fn additions(index_dir: &IndexDir) -> Result<Vec<Addition>> {
    match table(index_dir)? {
        Some(table) => additions::read(&table),
        None => Ok(Vec::new()),
    }
}

/// Whether the lexicons that an index was built with lack what was added since, or have what was removed.
///
/// # Errors
/// [`Error::Io`].
pub fn is_pending(reader: &Reader) -> Result<bool> {
    Ok(table(&reader.index_dir)?.as_deref() != reader.lexicons.additions()?)
}

/// Adds places and actors. `table`: where they come from, for what is said of faulty rows.
///
/// # Errors
/// [`Error::Corrections`] with all rows that are wrong; then nothing is changed. [`Error::Io`], and what opening an
/// index gives.
pub fn add(index_dir: &IndexDir, table: &Path, parsed: Parsed) -> Result<Added> {
    let reader = Reader::open(index_dir)?;
    let mut done = Added::default();
    decisions::put_back(index_dir, None, &mut |reported| done.notes.push(reported))?;
    let changing = companion::lock(&index_dir.path)?;
    let mut kept = additions(index_dir)?;
    let Parsed { rows, mut faults } = parsed;
    let mut checking = Checking::new(&reader, &kept)?;
    let mut pending = rows;
    // What is added may lie in what is added with it, further down in the table.
    loop {
        let before = pending.len();
        let mut refused = Vec::new();
        let mut accepted = false;
        for (line, addition) in std::mem::take(&mut pending) {
            match checking.check(&addition, &kept, &mut done.notes) {
                Ok(addition) => {
                    accepted = true;
                    take(&mut kept, addition, &mut done);
                }
                Err(what) => refused.push((line, addition, what)),
            }
        }
        if refused.is_empty() {
            break;
        }
        if !accepted || refused.len() == before {
            faults.extend(refused.into_iter().map(|(line, _, what)| (line, what)));
            break;
        }
        pending = refused
            .into_iter()
            .map(|(line, addition, _)| (line, addition))
            .collect();
        checking = Checking::new(&reader, &kept)?;
    }
    if !faults.is_empty() {
        faults.sort_by_key(|(line, _)| *line);
        let path = table.to_path_buf();
        return Err(Error::Corrections { path, faults });
    }
    // What nobody thought of is found by compiling them.
    Checking::new(&reader, &kept)?;
    versions::write(index_dir, KEPT, additions::table(&kept).as_bytes())?;
    drop(changing);
    done.kept = kept.len() as u64;
    Ok(done)
}

/// Removes the additions that are called so, and gives them.
///
/// # Errors
/// [`Error::Unsupported`] where none is; [`Error::Io`].
pub fn remove(index_dir: &IndexDir, name: &str) -> Result<Vec<Addition>> {
    index_dir.current()?;
    decisions::put_back(index_dir, None, &mut |_| {})?;
    let _changing = companion::lock(&index_dir.path)?;
    let wanted = fold(name);
    let is_called = |addition: &Addition| {
        let path = format!("{}/{}", addition.parent, addition.name);
        fold(&addition.name) == wanted || fold(&path) == wanted
    };
    let (removed, kept): (Vec<_>, Vec<_>) = additions(index_dir)?.into_iter().partition(is_called);
    if removed.is_empty() {
        return Err(Error::Unsupported(format!(
            "nothing that was added is called “{name}”; `griot lexicon list` shows what was"
        )));
    }
    versions::write(index_dir, KEPT, additions::table(&kept).as_bytes())?;
    Ok(removed)
}

/// Takes an addition in: what is there already of that name gets what it says.
fn take(kept: &mut Vec<Addition>, addition: Addition, done: &mut Added) {
    match kept.iter_mut().find(|known| known.is_same(&addition)) {
        Some(known) if known.says_the_same(&addition) => done.unchanged += 1,
        Some(known) => {
            let before = known.clone();
            known.merge(addition);
            match known.says_the_same(&before) {
                true => {
                    *known = before;
                    done.unchanged += 1;
                }
                false => done.changed += 1,
            }
        }
        None => {
            kept.push(addition);
            done.added += 1;
        }
    }
}

/// The lexicons of an index with what is added to them, to check more by.
struct Checking {
    facets: Facets,
    places: Option<String>,
}

impl Checking {
    /// # Errors
    /// [`Error::Lexicon`] where they can't be compiled.
    fn new(reader: &Reader, kept: &[Addition]) -> Result<Self> {
        let table = (!kept.is_empty()).then(|| additions::table(kept));
        let lexicons: Lexicons = reader.lexicons.clone().with_additions(table);
        let french: &French = &reader.french;
        let facets = Facets::new(&lexicons, french)?;
        let places = facets
            .declarations()
            .iter()
            .find(|declared| declared.derive.places);
        let places = places.map(|declared| declared.name.clone());
        Ok(Self { facets, places })
    }

    /// The addition as it is kept; else what is wrong with it, and what to do.
    fn check(
        &self,
        addition: &Addition,
        kept: &[Addition],
        notes: &mut Vec<String>,
    ) -> Result<Addition, String> {
        if !addition.name.chars().any(char::is_alphabetic) {
            return Err("no name; write one".into());
        }
        match addition.what {
            What::Place => self.place(addition, kept, notes),
            What::Actor => self.actor(addition, kept),
        }
    }

    fn place(
        &self,
        addition: &Addition,
        kept: &[Addition],
        notes: &mut Vec<String>,
    ) -> Result<Addition, String> {
        let facet = self.places.as_deref().ok_or("no facet is derived by places")?;
        let mut place = addition.clone();
        let called = self.facets.places_called(&place.name);
        let same = |row: &&PlaceRow<'_>| is_called(row, &place.name);
        place.parent = match place.parent.is_empty() {
            true => parent_of_known(called.iter().filter(same))?,
            false => self.region(facet, &place.parent)?,
        };
        let latitude = degrees(&place.lat, 90.0, "latitude")?;
        let longitude = degrees(&place.lon, 180.0, "longitude")?;
        if latitude.is_some() != longitude.is_some() {
            return Err("only one of latitude and longitude is given; write both, or none".into());
        }
        if kept.iter().any(|known| known.is_same(&place)) {
            return Ok(place);
        }
        let in_parent = |row: &&PlaceRow<'_>| {
            row.path == place.parent || row.path == format!("{}/{}", place.parent, place.name)
        };
        if let Some(row) = called.iter().filter(same).find(in_parent) {
            if place.has_spellings() {
                // Its line gets these spellings.
                (place.name, place.kind) = (row.name.to_string(), row.kind.to_string());
                return Ok(place);
            }
            return Err(format!(
                "“{}” is known already: {}; --alias adds a spelling to it",
                place.name,
                described(row)
            ));
        }
        if place.kind.is_empty() {
            place.kind = "village".into();
        }
        for row in &called {
            let is_near = latitude
                .zip(longitude)
                .is_some_and(|here| distance(here, row) <= NEAR);
            if same(&row) || is_near {
                notes.push(format!("“{}”: there is also {}", place.name, described(row)));
            }
        }
        let elsewhere = called.iter().any(|row| same(&row));
        if elsewhere && !place.flags.contains("homonym") {
            place.flags = format!("{} homonym", place.flags).trim().to_string();
        }
        Ok(place)
    }

    /// The path of a region, cercle or country that somebody named.
    fn region(&self, facet: &str, typed: &str) -> Result<String, String> {
        let found = self.facets.resolve(facet, typed);
        match &found[..] {
            [one] => Ok(one.clone()),
            [] => {
                let near = self.facets.paths_like(typed, SUGGESTED);
                Err(match near.is_empty() {
                    true => format!("“{typed}” is not a region; `griot facets --find NAME` looks one up"),
                    false => format!("“{typed}” is not a region; is it {}?", near.join(", ")),
                })
            }
            several => {
                let several: Vec<&str> = several.iter().take(SUGGESTED).map(String::as_str).collect();
                Err(format!(
                    "“{typed}” may be {}; write one of them",
                    several.join(", ")
                ))
            }
        }
    }

    fn actor(&self, addition: &Addition, kept: &[Addition]) -> Result<Addition, String> {
        const FACET: &str = "actor";
        let facet = self.facets.name_of(FACET).ok_or("no facet is called actor")?;
        let mut actor = addition.clone();
        if !actor.parent.is_empty() {
            let found = self.facets.resolve(facet, &actor.parent);
            let Some(path) = found.first() else {
                let near = self.facets.names_like(facet, &actor.parent, SUGGESTED);
                return Err(match near.is_empty() {
                    true => format!(
                        "“{}” is not an actor; `griot facets --facet actor` lists them",
                        actor.parent
                    ),
                    false => format!("“{}” is not an actor; is it {}?", actor.parent, near.join(", ")),
                });
            };
            actor.parent = path.rsplit('/').next().unwrap_or(path).to_string();
        }
        let path_of = |name: &str| self.facets.resolve(facet, name).into_iter().next();
        let own = path_of(&actor.name);
        let others: Vec<&String> = actor.aliases.iter().chain(&actor.exact).collect();
        for name in &others {
            if let Some(path) = path_of(name).filter(|path| own.as_ref() != Some(path)) {
                return Err(format!("“{name}” is known already: {path}"));
            }
        }
        if let Some(known) = kept.iter().find(|known| is_named(known, &actor)) {
            // Whoever names it again needn't say what it belongs to.
            if actor.parent.is_empty() {
                actor.parent.clone_from(&known.parent);
            }
            if known.is_same(&actor) {
                return Ok(actor);
            }
        }
        let Some(path) = own else { return Ok(actor) };
        let is_new = |name: &&&String| path_of(name).is_none();
        if !others.iter().any(|name| is_new(&name)) && actor.derive_only.is_empty() {
            return Err(match others.is_empty() {
                true => format!(
                    "“{}” is known already: {path}; --alias adds a spelling to it",
                    actor.name
                ),
                false => format!("“{}” is known already with these spellings: {path}", actor.name),
            });
        }
        // Its entry gets these spellings.
        actor.name = path.rsplit('/').next().unwrap_or(&path).to_string();
        actor.parent = String::new();
        Ok(actor)
    }
}

/// Whether both are called so, wherever they belong.
fn is_named(known: &Addition, actor: &Addition) -> bool {
    known.what == actor.what && fold(&known.name) == fold(&actor.name)
}

/// The path of what a place lies in.
fn parent_of<'r>(row: &PlaceRow<'r>) -> &'r str {
    match row.path.rsplit_once('/') {
        Some((above, last)) if last == row.name && AREAS.contains(&row.kind) => above,
        _ => row.path,
    }
}

/// What the only place of a name lies in.
fn parent_of_known<'p>(known: impl Iterator<Item = &'p PlaceRow<'p>>) -> Result<String, String> {
    let known: Vec<&PlaceRow<'_>> = known.collect();
    match &known[..] {
        [one] => Ok(parent_of(one).to_string()),
        [] => Err("no region; write the path of what it lies in, such as Mali/Gao/Ansongo".into()),
        several => {
            let several: Vec<String> = several.iter().take(SUGGESTED).map(|row| described(row)).collect();
            Err(format!(
                "there is {}; write the region of one of them",
                several.join("; ")
            ))
        }
    }
}

fn is_called(row: &PlaceRow<'_>, name: &str) -> bool {
    fold(row.name) == fold(name)
}

/// A place, for people.
fn described(row: &PlaceRow<'_>) -> String {
    match row.latitude.is_nan() {
        true => format!("{} ({}), {}", row.name, row.kind, row.path),
        false => format!(
            "{} ({}), {}, {:.4} {:.4}",
            row.name, row.kind, row.path, row.latitude, row.longitude
        ),
    }
}

/// Kilometres, near enough for places of one country.
fn distance((latitude, longitude): (f32, f32), row: &PlaceRow<'_>) -> f32 {
    let north = row.latitude - latitude;
    let east = (row.longitude - longitude) * latitude.to_radians().cos();
    let kilometres = north.hypot(east) * 111.2;
    if kilometres.is_nan() { f32::MAX } else { kilometres }
}

/// Degrees that were typed; none where nothing was.
fn degrees(typed: &str, most: f32, what: &str) -> Result<Option<f32>, String> {
    if typed.is_empty() {
        return Ok(None);
    }
    match typed.parse::<f32>() {
        Ok(degrees) if degrees.abs() <= most => Ok(Some(degrees)),
        Ok(_) => Err(format!(
            "{typed} is out of range for a {what}; it is at most {most:.0} degrees"
        )),
        Err(_) => Err(format!("“{typed}” is not a {what}; write degrees like 16.27")),
    }
}
