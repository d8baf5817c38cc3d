//! Duplicates of articles, packed: 33 bytes each and their ids, since a run keeps one for every article that it
//! adds.

use super::origin::Origin;

/// A place as it is indexed.
#[derive(Debug, Clone)]
pub struct LoggedOrigin {
    pub origin: Origin,
    pub content: u64,
    pub is_copy: bool,
}

/// Where a place lies in the log.
pub type Offset = usize;

/// Names of files and places, one after the other. A place is eight bytes each of where its file's name lies,
/// its record, its content and the length of its id, one of flags, and its id.
#[derive(Default)]
pub struct OriginLog {
    bytes: Vec<u8>,
    /// Where the file's name lies that was written last: records of a file come together.
    last_file: Option<usize>,
}

/// The place is indexed as a copy.
const IS_COPY: u8 = 1;
/// The place has an id of its own.
const HAS_ID: u8 = 2;

impl OriginLog {
    /// Writes a place down.
    pub fn push(&mut self, place: &LoggedOrigin) -> Offset {
        let file = match self.last_file {
            Some(at) if self.name(at) == &*place.origin.file => at,
            _ => {
                let at = self.bytes.len();
                self.bytes.extend((place.origin.file.len() as u64).to_le_bytes());
                self.bytes.extend(place.origin.file.as_bytes());
                self.last_file = Some(at);
                at
            }
        };
        let at = self.bytes.len();
        let id = place.origin.own_id();
        for number in [
            file as u64,
            place.origin.record as u64,
            place.content,
            id.map_or(0, str::len) as u64,
        ] {
            self.bytes.extend(number.to_le_bytes());
        }
        self.bytes
            .push(if place.is_copy { IS_COPY } else { 0 } | if id.is_some() { HAS_ID } else { 0 });
        self.bytes.extend(id.unwrap_or_default().as_bytes());
        at
    }

    /// Reads a place that was written down.
    pub fn get(&self, at: Offset) -> LoggedOrigin {
        let [file, record, content, length] = [0, 8, 16, 24].map(|field| self.number(at + field));
        let flags = self.bytes.get(at + 32).copied().unwrap_or_default();
        let id = (flags & HAS_ID != 0).then(|| self.text(at + 33, length as usize).into());
        LoggedOrigin {
            origin: Origin::with_own_id(self.name(file as usize).into(), record as usize, id),
            content,
            is_copy: flags & IS_COPY != 0,
        }
    }

    /// The key of a place's file.
    pub fn file_of(&self, at: Offset) -> &str {
        self.name(self.number(at) as usize)
    }

    fn name(&self, at: usize) -> &str {
        self.text(at + 8, self.number(at) as usize)
    }

    fn number(&self, at: usize) -> u64 {
        self.bytes
            .get(at..at + 8)
            .and_then(|bytes| bytes.try_into().ok())
            .map_or(0, u64::from_le_bytes)
    }

    fn text(&self, at: usize, length: usize) -> &str {
        self.bytes
            .get(at..at + length)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let place = |file: &str, record: usize, id: &str, is_copy| LoggedOrigin {
            origin: Origin::new(file.into(), record, id),
            content: u64::MAX - 7,
            is_copy,
        };
        let places = [
            place("1/a.jsonl", 1, "a.jsonl#1", false),
            place("1/a.jsonl", 2, "é x", true),
            place("1/b.txt", 0, "b.txt", true),
            place("1/a.jsonl", 1 << 40, "", false),
        ];
        let mut log = OriginLog::default();
        let written: Vec<Offset> = places.iter().map(|place| log.push(place)).collect();
        for (place, at) in places.iter().zip(written) {
            let read = log.get(at);
            assert_eq!(
                (&read.origin, read.content, read.is_copy),
                (&place.origin, place.content, place.is_copy)
            );
            assert_eq!(
                (log.file_of(at), read.origin.id()),
                (&*place.origin.file, place.origin.id())
            );
        }
    }
}
