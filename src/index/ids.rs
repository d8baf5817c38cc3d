//! Ids that people see.
//!
//! An article is stored under the id it claims. When several claim one, the first by file and record is shown
//! under it and the others as `id~2`, `id~3` …: worked out when asked, from the set of articles alone, so
//! that it doesn't depend on the order in which they came in. What is claimed by itself, or means another article
//! already, is avoided: then it is `id~~2` (see [`Numbered`]).

use super::document::{self, Stored};
use super::duplicates;
use super::fields::{Fields, column};
use super::origin::MEMBERS;
use super::postings;
use super::reader::Reader;
use crate::disk;
use crate::error::{Error, Result};
use rustc_hash::FxHashSet;
use std::path::Path;
use tantivy::schema::Term;
use tantivy::{DocAddress, Searcher};

/// The live articles that claim `id`, in the order of their numbers; other places of an article claim none.
pub fn claimants(searcher: &Searcher, fields: &Fields, id: &str) -> Result<Vec<(DocAddress, Stored)>> {
    let mut found = places(searcher, fields, id)?;
    found.retain(|(_, stored)| !stored.meta.copy);
    Ok(found)
}

/// The live articles and copies with that id.
pub(super) fn places(searcher: &Searcher, fields: &Fields, id: &str) -> Result<Vec<(DocAddress, Stored)>> {
    let mut found = Vec::new();
    for address in postings::all(searcher, &Term::from_field_text(fields.id, id))? {
        found.push((address, document::read(fields, &searcher.doc(address)?)?));
    }
    found.sort_by(|(_, a), (_, b)| (&a.meta.file, a.meta.record).cmp(&(&b.meta.file, b.meta.record)));
    Ok(found)
}

/// The id under which an article is shown.
pub fn shown(searcher: &Searcher, fields: &Fields, article: &Stored) -> Result<String> {
    // Counts deleted documents too, which only costs the look below.
    if searcher.doc_freq(&Term::from_field_text(fields.id, &article.id))? < 2 {
        return Ok(article.id.clone());
    }
    let claimants = claimants(searcher, fields, &article.id)?;
    let same =
        |other: &Stored| other.meta.file == article.meta.file && other.meta.record == article.meta.record;
    let rank = claimants.iter().position(|(_, other)| same(other)).unwrap_or(0);
    if rank == 0 {
        return Ok(article.id.clone());
    }
    let stem = article.id.trim_end_matches('~');
    let tildes = article.id.len() - stem.len();
    let mut numbered = Numbered::new(searcher, fields, stem, rank + 1);
    loop {
        let owner = numbered.next()?;
        let is_own = owner.is_some_and(|(address, _)| address == claimants[rank].0);
        if is_own && numbered.tildes > tildes {
            return Ok(numbered.shown());
        }
    }
}

/// Who is shown as `stem~n`, `stem~~n` …, one after the other: who claims that, else the `n`th of those who claim
/// what is before one of the tildes, the longest first, unless fewer tildes show it. Every claim takes one of them
/// at most, so that for each article there is one.
struct Numbered<'s> {
    searcher: &'s Searcher,
    fields: &'s Fields,
    stem: &'s str,
    number: usize,
    tildes: usize,
    /// The articles that may be shown so, by the tildes in what they claim.
    candidates: Vec<(DocAddress, Stored)>,
    /// Those that are, with so many tildes.
    owners: FxHashSet<DocAddress>,
}

impl<'s> Numbered<'s> {
    fn new(searcher: &'s Searcher, fields: &'s Fields, stem: &'s str, number: usize) -> Self {
        Self {
            searcher,
            fields,
            stem,
            number,
            tildes: 0,
            candidates: Vec::new(),
            owners: FxHashSet::default(),
        }
    }

    /// With one tilde more than before.
    fn next(&mut self) -> Result<Option<(DocAddress, Stored)>> {
        let claimed = format!("{}{}", self.stem, "~".repeat(self.tildes));
        let claimants = claimants(self.searcher, self.fields, &claimed)?;
        if let Some(found) = claimants.into_iter().nth(self.number - 1) {
            self.candidates.push(found);
        }
        self.tildes += 1;
        let mut others = self.candidates.iter().rev();
        let owner = match claimed_by(self.searcher, self.fields, &self.shown())? {
            Some(owner) => Some(owner),
            None => others
                .find(|(address, _)| !self.owners.contains(address))
                .cloned(),
        };
        self.owners.extend(owner.as_ref().map(|(address, _)| *address));
        Ok(owner)
    }

    fn shown(&self) -> String {
        format!("{}{}{}", self.stem, "~".repeat(self.tildes), self.number)
    }
}

/// The article shown under `id`; that of another of its places gives it too.
///
/// # Errors
/// [`Error::NoSuchArticle`].
pub fn find(searcher: &Searcher, fields: &Fields, id: &str) -> Result<(DocAddress, Stored)> {
    if let Some(found) = claimed_by(searcher, fields, id)? {
        return Ok(found);
    }
    let named = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let stem = named.trim_end_matches('~');
    if let Ok(number @ 2..) = id[named.len()..].parse() {
        let mut numbered = Numbered::new(searcher, fields, stem, number);
        let mut owner = None;
        for _ in stem.len()..named.len() {
            owner = numbered.next()?;
        }
        if let Some(found) = owner {
            return Ok(found);
        }
    }
    Err(Error::NoSuchArticle { id: id.to_string() })
}

/// The article that claims an id; that of another of its places gives it too.
fn claimed_by(searcher: &Searcher, fields: &Fields, id: &str) -> Result<Option<(DocAddress, Stored)>> {
    let mut places = places(searcher, fields, id)?.into_iter();
    let first = places.next();
    let article = |place: &(DocAddress, Stored)| !place.1.meta.copy;
    let place = first
        .clone()
        .filter(article)
        .or_else(|| places.find(article))
        .or(first);
    place
        .map(|(address, stored)| duplicates::article_of(searcher, fields, address, stored))
        .transpose()
}

/// What a person may mean who types a path as the file system has it: the path in its root, else what was
/// typed.
pub(crate) fn names(reader: &Reader, typed: &str) -> impl Iterator<Item = String> {
    let absolute = disk::raw::real(Path::new(typed))
        .or_else(|_| std::path::absolute(typed))
        .unwrap_or_default();
    let under_root = reader
        .payload
        .root_of(&absolute)
        .map(|root| match absolute.strip_prefix(&root.path) {
            Ok(rest) if !rest.as_os_str().is_empty() => rest.to_string_lossy().replace('\\', "/"),
            _ => absolute
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
        });
    under_root.into_iter().chain([typed.to_string()])
}

/// Articles of a file that are looked at to name the first of them: a container may hold a million.
const LOOKED_AT: usize = 1000;

/// The article shown under `typed`; without one, the first articles of the file with that path. And how many
/// there are.
///
/// # Errors
/// What a damaged index gives.
pub fn meant(reader: &Reader, searcher: &Searcher, typed: &str) -> Result<(Vec<Stored>, usize)> {
    match find(searcher, &reader.fields, typed) {
        Ok((_, article)) => return Ok((vec![article], 1)),
        Err(Error::NoSuchArticle { .. }) => {}
        Err(error) => return Err(error),
    }
    for name in names(reader, typed) {
        let records = of_record(reader, searcher, &name)?;
        let files = of_files(reader, searcher, &name)?;
        let number = records.len() + files.len();
        let first = files
            .into_iter()
            .take(LOOKED_AT)
            .map(|address| stored(reader, searcher, address));
        let first = records
            .into_iter()
            .map(Ok)
            .chain(first)
            .collect::<Result<Vec<_>>>()?;
        if number > 0 {
            let mut articles = articles_of(reader, searcher, first)?;
            articles.sort_by(|a, b| (&a.meta.file, a.meta.record).cmp(&(&b.meta.file, b.meta.record)));
            return Ok((articles, number));
        }
    }
    Ok((Vec::new(), 0))
}

/// The live articles that a name means: by id, by file, by what a file calls one of its articles.
pub(super) fn named(reader: &Reader, searcher: &Searcher, name: &str) -> Result<Vec<Stored>> {
    let mut found = places(searcher, &reader.fields, name)?;
    found.extend(of_record(reader, searcher, name)?);
    for address in of_files(reader, searcher, name)? {
        found.push(stored(reader, searcher, address)?);
    }
    articles_of(reader, searcher, found)
}

/// Whether a name means anything; nothing is read of a file's articles.
pub(super) fn is_there(reader: &Reader, searcher: &Searcher, name: &str) -> Result<bool> {
    Ok(!places(searcher, &reader.fields, name)?.is_empty()
        || !of_files(reader, searcher, name)?.is_empty()
        || !of_record(reader, searcher, name)?.is_empty())
}

/// The articles of places, each once.
fn articles_of(
    reader: &Reader,
    searcher: &Searcher,
    places: Vec<(DocAddress, Stored)>,
) -> Result<Vec<Stored>> {
    let (mut found, mut seen) = (Vec::new(), FxHashSet::default());
    for (address, place) in places {
        let (address, article) = duplicates::article_of(searcher, &reader.fields, address, place)?;
        if seen.insert(address) {
            found.push(article);
        }
    }
    Ok(found)
}

/// The live places that a file calls so: `path#id`, `path#id~2`. Those without an id of their own have the
/// name as their id.
fn of_record(reader: &Reader, searcher: &Searcher, name: &str) -> Result<Vec<(DocAddress, Stored)>> {
    let mut found: Vec<(DocAddress, Stored)> = Vec::new();
    // A path may hold a `#`, and so may an id.
    for (at, _) in name.match_indices('#') {
        let (file, rest) = (&name[..at], &name[at + 1..]);
        // An article of an archive's member is called by its number, whatever its id.
        let is_member = rest.parse::<usize>().is_ok_and(|number| number >= MEMBERS);
        let candidates = if is_member {
            let addresses = of_files(reader, searcher, file)?;
            addresses
                .into_iter()
                .map(|address| stored(reader, searcher, address))
                .collect::<Result<Vec<_>>>()?
        } else {
            let without_number = rest
                .rsplit_once('~')
                .filter(|(_, n)| n.parse::<usize>().is_ok())
                .map(|(id, _)| id);
            let mut candidates = places(searcher, &reader.fields, rest)?;
            if let Some(id) = without_number {
                candidates.extend(places(searcher, &reader.fields, id)?);
            }
            candidates
        };
        let of_file = |place: &Stored| {
            place
                .meta
                .file
                .split_once('/')
                .is_some_and(|(_, path)| path == file)
        };
        let is_meant = |place: &Stored| of_file(place) && place.origin().name_in_file() == name;
        found.extend(candidates.into_iter().filter(|(_, place)| is_meant(place)));
    }
    Ok(found)
}

/// The live articles and copies of the files with a path, in whatever root.
fn of_files(reader: &Reader, searcher: &Searcher, path: &str) -> Result<Vec<DocAddress>> {
    let mut found = Vec::new();
    for root in &reader.payload.roots {
        for address in postings::all(
            searcher,
            &Term::from_field_text(reader.fields.file, &format!("{}/{path}", root.id)),
        )? {
            // Source documents have no tie.
            if searcher
                .segment_reader(address.segment_ord)
                .fast_fields()
                .u64(column::RECORD_KEY)?
                .first(address.doc_id)
                .is_some()
            {
                found.push(address);
            }
        }
    }
    Ok(found)
}

fn stored(reader: &Reader, searcher: &Searcher, address: DocAddress) -> Result<(DocAddress, Stored)> {
    Ok((address, document::read(&reader.fields, &searcher.doc(address)?)?))
}
