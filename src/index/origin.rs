//! Where an article comes from: its file, its number there, and the id that names it.

use super::hash::hash64;
use crate::article::Article;
use std::cmp::Ordering;
use std::sync::Arc;

/// For a record without an id, its number in the file, from 1; 0 where the file is one article; for a record
/// with an id, how many records before it in the file claim the same. So a record that only moved within its
/// file stays the same document. From [`MEMBERS`] on, a count through all members of an archive.
pub type RecordNumber = usize;

/// Where the numbers of articles from members of archives begin.
pub const MEMBERS: RecordNumber = 1 << 31;

/// Where an article comes from. The order is that in which one of several with the same content is shown: by
/// file, those called a copy of another last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Key of the file: the number of its root, `/`, its path there.
    pub file: Arc<str>,
    pub record: RecordNumber,
    /// None for the id that its file and number give it.
    own_id: Option<Box<str>>,
}

impl Ord for Origin {
    fn cmp(&self, other: &Self) -> Ordering {
        let files = || is_called_a_copy(&self.file).cmp(&is_called_a_copy(&other.file));
        let names = || self.file.cmp(&other.file);
        let in_file = || (self.record, &self.own_id).cmp(&(other.record, &other.own_id));
        match self.file == other.file {
            true => in_file(),
            false => files().then_with(names),
        }
    }
}

impl PartialOrd for Origin {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Whether a file has the name that a file manager gives to a copy: `Copie de a.txt`, `a - Copie.txt`, `a
/// copy.txt`, `a (1).txt`.
fn is_called_a_copy(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name
        .rsplit_once('.')
        .map_or(name, |(stem, _)| stem)
        .to_lowercase();
    let words: Vec<&str> = stem
        .split([' ', '_', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    let is_count = |word: &&str| {
        let digits = word.strip_prefix('(').and_then(|word| word.strip_suffix(')'));
        digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    let is_copy = |word: &&str| matches!(*word, "copie" | "copy");
    match words[..] {
        [first, second, _, ..] if is_copy(&first) && matches!(second, "de" | "of") => true,
        [_, .., before, last] if is_count(&last) && is_copy(&before) => true,
        [_, .., last] => is_copy(&last) || is_count(&last),
        _ => false,
    }
}

impl Origin {
    /// With the id that the article claims.
    pub fn new(file: Arc<str>, record: RecordNumber, id: &str) -> Self {
        let own = id != default_id(&file, record);
        Self {
            own_id: own.then(|| id.into()),
            file,
            record,
        }
    }

    /// Of an article as it was read.
    pub fn of(article: &Article, file: Arc<str>, record: RecordNumber) -> Self {
        match own_id(article) {
            Some(id) => Self::new(file, record, id),
            None => Self::with_own_id(file, record, None),
        }
    }

    pub fn with_own_id(file: Arc<str>, record: RecordNumber, own_id: Option<Box<str>>) -> Self {
        Self { file, record, own_id }
    }

    /// The id, if it is not the default one.
    pub fn own_id(&self) -> Option<&str> {
        self.own_id.as_deref()
    }

    /// The id of a record that has none.
    pub fn default_id(&self) -> String {
        default_id(&self.file, self.record)
    }

    /// The id under which the article is stored: its own, else the default one.
    pub fn id(&self) -> String {
        self.own_id().map_or_else(|| self.default_id(), String::from)
    }

    /// The id that the record itself has, rather than one made of the paths of its file and member.
    pub fn id_of_record(&self) -> Option<&str> {
        let own = self.own_id()?;
        let archive = default_id(&self.file, 0);
        let is_path = || {
            own.strip_prefix(&*archive)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        (self.record < MEMBERS || !is_path()).then_some(own)
    }

    /// Names the article in the index, and orders articles that are equal in everything asked for.
    pub fn key(&self) -> u64 {
        let (file, id, record) = (&self.file, self.id(), self.record);
        hash64(format!("{file}\0{id}\0{record}").as_bytes())
    }

    /// How the file calls the article: `path#n` by its number, `path#id` by an id of its own, `path#id~2` if a
    /// record before it in the file has the same.
    pub fn name_in_file(&self) -> String {
        let Some(id) = self.own_id().filter(|_| self.record < MEMBERS) else {
            return self.default_id();
        };
        let path = default_id(&self.file, 0);
        match self.record {
            0 => format!("{path}#{id}"),
            before => format!("{path}#{id}~{}", before + 1),
        }
    }
}

/// The id of a record that has none: path relative to its root, `#n` in containers.
pub fn default_id(file_key: &str, record: RecordNumber) -> String {
    let path = file_key.split_once('/').map_or(file_key, |(_, rest)| rest);
    if record == 0 {
        path.to_string()
    } else {
        format!("{path}#{record}")
    }
}

/// The id that the record itself has, unless it is longer than a term may be.
pub fn own_id(article: &Article) -> Option<&str> {
    let id = article.id.as_deref();
    id.filter(|id| !id.is_empty() && id.len() < 32_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_record_s_own_or_made_of_paths() {
        let origin = |record, id: &str| Origin::new("1/a.zip".into(), record, id);
        let member = origin(MEMBERS + 1, "a.zip/b.txt");
        assert_eq!((member.id_of_record(), &*member.id()), (None, "a.zip/b.txt"));
        assert_eq!(member.name_in_file(), format!("a.zip#{}", MEMBERS + 1));
        assert_eq!(origin(MEMBERS + 1, "x").id_of_record(), Some("x"));
        assert_eq!(origin(2, "a.zip#2").own_id(), None);
        assert_eq!(origin(2, "x").name_in_file(), "a.zip#x~3");
        assert_eq!(origin(0, "x").name_in_file(), "a.zip#x");
        assert_eq!(origin(0, "a.zip").name_in_file(), "a.zip");
    }

    #[test]
    fn a_copy_comes_after_what_it_is_a_copy_of() {
        for name in [
            "Copie de depeche.txt",
            "Copie de Copie de a.txt",
            "copy of a.txt",
            "a - Copie.txt",
            "a - Copie (2).txt",
            "a copy.txt",
            "a (1).txt",
            "a(1) (1).txt",
        ] {
            assert!(is_called_a_copy(&format!("1/x/{name}")), "{name}");
        }
        for name in [
            "a.txt",
            "copie.txt",
            "Copie conforme.txt",
            "(1).txt",
            "copies de sauvegarde.txt",
            "a 1.txt",
        ] {
            assert!(!is_called_a_copy(&format!("1/Copie de x/{name}")), "{name}");
        }
        let origin = |file: &str| Origin::with_own_id(file.into(), 0, None);
        assert!(origin("1/depeche.txt") < origin("1/Copie de depeche.txt"));
        assert!(origin("2/depeche.txt") < origin("1/Copie de depeche.txt"));
        assert!(origin("1/a.txt") < origin("1/b.txt"));
    }
}
