//! Who asks: a user with a password, or a key. They come from the environment or from files, never from the command
//! line, which others on the machine can read, and are never written anywhere.

use crate::disk;
use crate::error::{Error, Result};
use base64ct::{Base64, Encoding};
use std::fmt;
use std::path::Path;

/// The variables; each may end in `_FILE` and name a file that holds the value instead.
pub const USER: &str = "GRIOT_OPENSEARCH_USER";
pub const PASSWORD: &str = "GRIOT_OPENSEARCH_PASSWORD";
pub const API_KEY: &str = "GRIOT_OPENSEARCH_API_KEY";

/// The header that says who asks. Its debug form doesn't.
#[derive(Clone, Default)]
pub struct Credentials(Option<String>);

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "Credentials(…)"
        } else {
            "Credentials(none)"
        })
    }
}

impl Credentials {
    /// Those that the environment names; none where it names none. `value` gives the value of a variable.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for half of them; [`Error::Io`] for a file that can't be read.
    pub fn from_environment(value: &dyn Fn(&str) -> Option<String>) -> Result<Self> {
        let read = |name: &str| -> Result<Option<String>> {
            if let Some(value) = value(name).filter(|value| !value.is_empty()) {
                return Ok(Some(value));
            }
            match value(&format!("{name}_FILE")).filter(|path| !path.is_empty()) {
                Some(path) => of_file(Path::new(&path)).map(Some),
                None => Ok(None),
            }
        };
        match (read(API_KEY)?, read(USER)?, read(PASSWORD)?) {
            (Some(key), _, _) => Ok(Self::key(&key)),
            (None, Some(user), Some(password)) => Ok(Self::user(&user, &password)),
            (None, None, None) => Ok(Self::default()),
            (None, Some(_), None) => Err(half(PASSWORD)),
            (None, None, Some(_)) => Err(half(USER)),
        }
    }

    /// A user with a password.
    pub fn user(user: &str, password: &str) -> Self {
        let both = Base64::encode_string(format!("{user}:{password}").as_bytes());
        Self(Some(format!("Basic {both}")))
    }

    /// A key, with `ApiKey` or another scheme before it, or without.
    pub fn key(key: &str) -> Self {
        Self(Some(match key.contains(' ') {
            true => key.to_string(),
            false => format!("ApiKey {key}"),
        }))
    }

    /// The value of the header.
    pub(crate) fn header(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

/// The first line of a file.
fn of_file(path: &Path) -> Result<String> {
    let text = disk::read_text(path)?.ok_or_else(|| Error::NoSuchPath { path: path.into() })?;
    Ok(text.lines().next().unwrap_or_default().trim().to_string())
}

fn half(missing: &str) -> Error {
    Error::Unsupported(format!(
        "a user and a password belong together; set {missing}, too, or {missing}_FILE"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Result<Credentials> {
        Credentials::from_environment(&|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| value.to_string())
        })
    }

    #[test]
    fn who_asks_is_told_by_the_environment_or_files() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("password");
        std::fs::write(&path, "s3cret\nsecond line\n").expect("written");
        let file = path.display().to_string();
        let header = |variables: &[(&str, &str)]| with(variables).expect("read").header().map(String::from);
        let basic = Some("Basic bWU6czNjcmV0".to_string());
        assert_eq!(header(&[]), None);
        assert_eq!(header(&[(USER, "me"), (PASSWORD, "s3cret")]), basic);
        assert_eq!(
            header(&[(USER, "me"), ("GRIOT_OPENSEARCH_PASSWORD_FILE", &file)]),
            basic
        );
        assert_eq!(header(&[(API_KEY, "abc")]), Some("ApiKey abc".to_string()));
        assert_eq!(header(&[(API_KEY, "Bearer abc")]), Some("Bearer abc".to_string()));
        assert!(with(&[(USER, "me")]).is_err());
        assert!(with(&[(PASSWORD, "s3cret")]).is_err());
        assert!(with(&[("GRIOT_OPENSEARCH_API_KEY_FILE", "/nowhere/at/all")]).is_err());
    }

    #[test]
    fn secrets_are_in_no_debug_form() {
        let shown = format!(
            "{:?} {:?}",
            Credentials::user("me", "s3cret"),
            Credentials::key("s3cret")
        );
        assert!(
            !shown.contains("s3cret") && !shown.contains("czNjcmV0"),
            "{shown}"
        );
    }
}
