//! When an article was published, by everything that says so: its metadata, its address, the name of its
//! file, its text; in this order.

use super::PartialDate;

/// What says when an article was published; what counts more comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Witness {
    Metadata,
    Address,
    FileName,
    Text,
}

impl Witness {
    /// What it is called in notes, and in evidence.
    pub fn name(self) -> &'static str {
        match self {
            Witness::Metadata => "publication",
            Witness::Address => "url",
            Witness::FileName => "file name",
            Witness::Text => "text",
        }
    }
}

/// The dates of one publication, as each witness has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Publication {
    pub metadata: Option<PartialDate>,
    pub address: Option<PartialDate>,
    pub file_name: Option<PartialDate>,
    pub text: Option<PartialDate>,
}

impl Publication {
    fn said(&self) -> impl Iterator<Item = (PartialDate, Witness)> + use<> {
        [
            (self.metadata, Witness::Metadata),
            (self.address, Witness::Address),
            (self.file_name, Witness::FileName),
            (self.text, Witness::Text),
        ]
        .into_iter()
        .filter_map(|(date, witness)| Some((date?, witness)))
    }

    /// The date that counts, and what says so.
    pub fn date(&self) -> Option<(PartialDate, Witness)> {
        self.said().next()
    }

    /// What other witnesses say that can't be right if the metadata are.
    pub fn contradictions(&self) -> impl Iterator<Item = (PartialDate, Witness)> + use<> {
        let metadata = self.metadata;
        self.said()
            .filter(move |(date, _)| metadata.is_some_and(|metadata| contradict(metadata, *date)))
    }
}

/// Whether two dates of one publication can't both be right: more than a month apart.
fn contradict(one: PartialDate, other: PartialDate) -> bool {
    let (a, b) = (one.interval(), other.interval());
    a.0 > b.1 + 31 || b.0 > a.1 + 31
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<PartialDate> {
        text.parse().ok()
    }

    #[test]
    fn metadata_count_more_than_addresses_names_and_the_text() {
        let mut publication = Publication {
            metadata: date("2024-03"),
            address: date("2024-02-28"),
            file_name: date("2023-01"),
            text: date("2024-06-01"),
        };
        let against: Vec<&str> = publication.contradictions().map(|(_, w)| w.name()).collect();
        assert_eq!(against, ["file name", "text"]);
        for (witness, said) in [
            (Witness::Metadata, "2024-03"),
            (Witness::Address, "2024-02-28"),
            (Witness::FileName, "2023-01"),
            (Witness::Text, "2024-06-01"),
        ] {
            assert_eq!(publication.date(), date(said).map(|date| (date, witness)));
            match witness {
                Witness::Metadata => publication.metadata = None,
                Witness::Address => publication.address = None,
                Witness::FileName => publication.file_name = None,
                Witness::Text => publication.text = None,
            }
            assert_eq!(publication.contradictions().count(), 0);
        }
        assert_eq!(publication.date(), None);
    }
}
