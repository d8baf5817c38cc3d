//! Where a cluster is, and what an archive is called there.

use crate::error::{Error, Result};
use std::net::{IpAddr, SocketAddr};

/// The addresses of a cluster's nodes. Any of them will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// `https://search-1:9200`, without a slash at the end.
    nodes: Vec<String>,
}

impl Address {
    /// Reads one address, or several with commas between them. Without encryption only this machine is reached.
    ///
    /// ```
    /// use griot::cluster::Address;
    ///
    /// let address = Address::parse("https://search-1:9200, https://search-2:9200/").unwrap();
    /// assert_eq!(address.nodes(), ["https://search-1:9200", "https://search-2:9200"]);
    /// assert!(Address::parse("http://127.0.0.1:9200").is_ok());
    /// assert!(Address::parse("http://search-1:9200").is_err());
    /// assert!(Address::parse("https://me:secret@search-1:9200").is_err());
    /// ```
    ///
    /// # Errors
    /// [`Error::Unsupported`].
    pub fn parse(text: &str) -> Result<Self> {
        let nodes = text.split(',').map(str::trim).filter(|node| !node.is_empty());
        let nodes: Vec<String> = nodes.map(node).collect::<Result<_>>()?;
        match nodes.is_empty() {
            true => Err(unsupported(
                "an address of a cluster is missing; write for instance https://search-1:9200",
            )),
            false => Ok(Self { nodes }),
        }
    }

    /// Reads `URL/NAME`, as `--engine` takes it: the last part of the path is the name.
    ///
    /// ```
    /// use griot::cluster::Address;
    ///
    /// let (address, name) = Address::with_name("https://search-1:9200/proxy/sahel").unwrap();
    /// assert_eq!((address.nodes()[0].as_str(), name.as_str()), ("https://search-1:9200/proxy", "sahel"));
    /// ```
    ///
    /// # Errors
    /// [`Error::Unsupported`].
    pub fn with_name(text: &str) -> Result<(Self, Name)> {
        let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
        match rest.trim_end_matches('/').rsplit_once('/') {
            Some((host, name)) if !host.is_empty() && !scheme.is_empty() => {
                Ok((Self::parse(&format!("{scheme}://{host}"))?, Name::parse(name)?))
            }
            _ => Err(unsupported(
                "an engine is an address and the name of an archive; write for instance https://search-1:9200/archive",
            )),
        }
    }

    /// The nodes, as they were named.
    pub fn nodes(&self) -> &[String] {
        &self.nodes
    }
}

fn node(text: &str) -> Result<String> {
    let text = text.trim_end_matches('/');
    let shown = || without_secrets(text);
    let Some((scheme, rest)) = text.split_once("://") else {
        return Err(unsupported(format!(
            "“{}” is no address; write https:// or http:// before it",
            shown()
        )));
    };
    let authority = rest.split('/').next().unwrap_or_default();
    if authority.contains('@') {
        return Err(unsupported(
            "an address must not hold a password; set GRIOT_OPENSEARCH_USER and GRIOT_OPENSEARCH_PASSWORD",
        ));
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:[]/%".contains(c);
    if authority.is_empty() || !rest.chars().all(is_plain) {
        return Err(unsupported(format!(
            "“{}” is no address; write for instance https://search-1:9200",
            shown()
        )));
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok(format!("https://{rest}")),
        "http" if is_loopback(authority) => Ok(format!("http://{rest}")),
        "http" => Err(unsupported(format!(
            "“{}” is not encrypted, which is for this machine only; write https://",
            shown()
        ))),
        _ => Err(unsupported(format!(
            "“{}” is no address; write https:// or http:// before it",
            shown()
        ))),
    }
}

/// An address as it may be shown: what is before an `@` may be a password.
fn without_secrets(text: &str) -> &str {
    text.rsplit_once('@').map_or(text, |(_, host)| host)
}

/// Whether a host is this machine.
fn is_loopback(authority: &str) -> bool {
    if let Ok(address) = authority.parse::<SocketAddr>() {
        return address.ip().is_loopback();
    }
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    match host.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

/// What an archive is called on a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

/// What all names on a cluster begin with.
const PREFIX: &str = "griot-";
/// Before the number of a generation.
const GENERATION: &str = "-gen-";
/// The end of the name of the index about the archive itself.
const CONTROL: &str = "-control";
/// Longest name: the cluster allows 255 bytes, endings included.
const LONGEST: usize = 100;

impl Name {
    /// Reads a name.
    ///
    /// ```
    /// use griot::cluster::Name;
    ///
    /// let name = Name::parse("sahel").unwrap();
    /// assert_eq!(name.alias(), "griot-sahel");
    /// assert_eq!(name.generation(3), "griot-sahel-gen-3");
    /// assert_eq!(name.number_of("griot-sahel-gen-3"), Some(3));
    /// assert!(Name::parse("Sahel").is_err() && Name::parse("sahel-gen-3").is_err());
    /// ```
    ///
    /// # Errors
    /// [`Error::Unsupported`].
    pub fn parse(text: &str) -> Result<Self> {
        let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        let begins = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let is_taken = text.contains(GENERATION) || text.ends_with(CONTROL);
        match text.starts_with(begins) && text.len() <= LONGEST && text.chars().all(is_allowed) && !is_taken {
            true => Ok(Self(text.to_string())),
            false => Err(unsupported(format!(
                "“{text}” can't be the name of an archive on a cluster; write lower-case letters, digits and hyphens, such as sahel-2024"
            ))),
        }
    }

    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The alias that is searched.
    pub fn alias(&self) -> String {
        format!("{PREFIX}{}", self.0)
    }

    /// The index of a generation.
    pub fn generation(&self, number: u64) -> String {
        format!("{PREFIX}{}{GENERATION}{number}", self.0)
    }

    /// What fits the names of all generations, and of nothing else that griot makes.
    pub fn generations(&self) -> String {
        format!("{PREFIX}{}{GENERATION}*", self.0)
    }

    /// The alias that a generation is written by.
    pub fn writing(generation: &str) -> String {
        format!("{generation}-write")
    }

    /// The number of a generation, by the name of its index.
    pub fn number_of(&self, index: &str) -> Option<u64> {
        let rest = index.strip_prefix(PREFIX)?.strip_prefix(self.0.as_str())?;
        rest.strip_prefix(GENERATION)?.parse().ok()
    }

    /// The index about the archive itself.
    pub fn control(&self) -> String {
        format!("{PREFIX}{}{CONTROL}", self.0)
    }
}

fn unsupported(message: impl Into<String>) -> Error {
    Error::Unsupported(message.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_encryption_only_this_machine() {
        for address in [
            "http://127.0.0.1:9200",
            "http://127.8.9.1",
            "http://[::1]:9200",
            "http://localhost:9200",
            "HTTP://LOCALHOST",
            "https://search.example:9200/opensearch",
        ] {
            assert!(Address::parse(address).is_ok(), "{address}");
        }
        for address in [
            "http://search.example:9200",
            "http://10.0.0.1:9200",
            "http://127.0.0.1.example:9200",
            "http://localhost.example",
            "http://[2001:db8::1]:9200",
            "ftp://localhost",
            "localhost:9200",
            "https://",
            "https://a b",
            "https://a?b=c",
            "",
            " , ",
        ] {
            assert!(Address::parse(address).is_err(), "{address}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_repeated() {
        for address in [
            "https://me:s3cret@search-1:9200",
            "http://me:s3cret@search-1:9200",
            "ftp://me:s3cret@search-1",
            "me:s3cret@search-1",
        ] {
            let error = Address::parse(address).expect_err("refused").to_string();
            assert!(!error.contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn names_never_meet_those_of_generations() {
        for name in ["sahel", "a", "2024", "presse_sahel-2"] {
            assert!(Name::parse(name).is_ok(), "{name}");
        }
        for name in [
            "",
            "-a",
            "_a",
            "Sahel",
            "é",
            "a b",
            "a/b",
            "a-gen-1",
            "a-gen-",
            "x-control",
            "a*",
        ] {
            assert!(Name::parse(name).is_err(), "{name}");
        }
        let name = Name::parse("a").expect("a name");
        assert_eq!(name.number_of("griot-ab-gen-1"), None);
        assert_eq!(name.number_of("griot-a-gen-12"), Some(12));
        assert_eq!(name.number_of("griot-a-gen-12-write"), None);
    }

    #[test]
    fn an_engine_is_an_address_with_a_name() {
        let (address, name) = Address::with_name("http://127.0.0.1:9200/sahel/").expect("read");
        assert_eq!(address.nodes(), ["http://127.0.0.1:9200"]);
        assert_eq!(name.as_str(), "sahel");
        for text in [
            "sahel",
            "http://127.0.0.1:9200",
            "http://127.0.0.1:9200/",
            "/sahel",
        ] {
            assert!(Address::with_name(text).is_err(), "{text}");
        }
    }
}
