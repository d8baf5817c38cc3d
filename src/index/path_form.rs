//! A path in JSON: a string; one whose bytes are no UTF-8, as the system allows, an object with these bytes beside
//! what people are shown.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Form {
    Text(String),
    Bytes { shown: String, bytes: Vec<u8> },
}

pub fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    let form = match path.to_str() {
        Some(text) => Form::Text(text.to_string()),
        None => Form::Bytes {
            shown: path.display().to_string(),
            bytes: path.as_os_str().as_encoded_bytes().to_vec(),
        },
    };
    form.serialize(serializer)
}

pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    Ok(match Form::deserialize(deserializer)? {
        Form::Text(text) => text.into(),
        Form::Bytes { shown, bytes } => from_bytes(bytes).unwrap_or_else(|| shown.into()).into(),
    })
}

#[cfg(unix)]
fn from_bytes(bytes: Vec<u8>) -> Option<OsString> {
    use std::os::unix::ffi::OsStringExt;
    Some(OsString::from_vec(bytes))
}

/// Elsewhere such bytes are none of the system's.
#[cfg(not(unix))]
fn from_bytes(_: Vec<u8>) -> Option<OsString> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::path::PathBuf;

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Kept(#[serde(with = "super")] PathBuf);

    #[test]
    fn a_path_comes_back_whatever_its_bytes() {
        for bytes in [&b"/archive/a\xe9"[..], b"/archive/\xc3\xa9\\xe9", b"/\xff\xfe"] {
            let kept = Kept(OsStr::from_bytes(bytes).into());
            let written = serde_json::to_string(&kept).expect("written");
            assert_eq!(
                serde_json::from_str::<Kept>(&written).expect("read"),
                kept,
                "{written}"
            );
        }
        assert_eq!(
            serde_json::from_str::<Kept>("\"/a\"").expect("read"),
            Kept("/a".into()),
            "as before"
        );
    }
}
