//! What griot is built from: licences, sources and versions of all packages in `Cargo.lock`, for every
//! platform and feature, against `deny.toml` in the top folder.
//!
//! The rules are those of `cargo deny check licenses bans sources`, which reads the same file, but takes
//! minutes to build on a fresh machine.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What `cargo metadata` says of every package.
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["metadata", "--format-version", "1", "--locked", "--all-features"])
        .output()
        .expect("cargo metadata");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

fn denied() -> toml::Table {
    let file = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    file.parse().expect("TOML")
}

/// Licences allowed by `deny.toml`.
fn allowed() -> BTreeSet<String> {
    let allow = &denied()["licenses"]["allow"];
    let list = allow.as_array().expect("a list");
    list.iter()
        .map(|l| l.as_str().expect("a licence").to_string())
        .collect()
}

/// Whether an SPDX expression can be kept with the allowed licences only. `AND` binds tighter than `OR`; `/`
/// is how old packages write `OR`. What is no expression is not allowed.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    either(&tokens, &mut at, allowed) == Some(true) && at == tokens.len()
}

fn either(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> Option<bool> {
    let mut good = both(tokens, at, allowed)?;
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        good |= both(tokens, at, allowed)?;
    }
    Some(good)
}

fn both(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> Option<bool> {
    let mut good = licence(tokens, at, allowed)?;
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        good &= licence(tokens, at, allowed)?;
    }
    Some(good)
}

fn licence(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> Option<bool> {
    let first = *tokens.get(*at)?;
    *at += 1;
    if first == "(" {
        let good = either(tokens, at, allowed)?;
        *at += 1;
        return (tokens.get(*at - 1) == Some(&")")).then_some(good);
    }
    if ["AND", "OR", "WITH", ")"].contains(&first) {
        return None;
    }
    if tokens.get(*at) == Some(&"WITH") {
        let exception = *tokens.get(*at + 1)?;
        *at += 2;
        return Some(allowed.contains(&format!("{first} WITH {exception}")));
    }
    Some(allowed.contains(first))
}

#[test]
fn expressions_are_read_as_spdx_has_them() {
    let allowed = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"]
        .map(str::to_string)
        .into();
    for good in [
        "MIT",
        "MIT/GPL-3.0",
        "GPL-3.0 OR MIT",
        "GPL-3.0 AND X OR MIT",
        "(GPL-3.0 OR MIT) AND ISC",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in [
        "",
        "GPL-3.0",
        "mit",
        "MIT AND GPL-3.0",
        "MIT OR",
        "(MIT",
        "MIT)",
        "MIT ISC",
        "OR",
        "GPL-3.0 AND (MIT OR ISC)",
        "Apache-2.0",
        "MIT WITH LLVM-exception",
    ] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}

#[test]
#[ignore = "downloads the packages of all platforms; .ci/run does it"]
fn every_licence_is_allowed() {
    let allowed = allowed();
    let wrong: Vec<String> = packages()
        .iter()
        .filter(|package| !is_allowed(package["license"].as_str().unwrap_or_default(), &allowed))
        .map(|package| {
            format!(
                "{} {}: {}",
                package["name"], package["version"], package["license"]
            )
        })
        .collect();
    assert!(wrong.is_empty(), "not allowed by deny.toml: {wrong:#?}");
}

/// From crates.io or this workspace, and nothing else.
#[test]
#[ignore = "downloads the packages of all platforms; .ci/run does it"]
fn every_package_comes_from_crates_io() {
    let denied = denied();
    for key in ["unknown-registry", "unknown-git"] {
        assert_eq!(
            denied["sources"][key].as_str(),
            Some("deny"),
            "{key} in deny.toml"
        );
    }
    let root = root().canonicalize().expect("the top folder");
    let wrong: Vec<String> = packages()
        .iter()
        .filter(|package| match package["source"].as_str() {
            Some(source) => source != CRATES_IO,
            None => !Path::new(package["manifest_path"].as_str().unwrap_or_default()).starts_with(&root),
        })
        .map(|package| format!("{}: {}", package["name"], package["source"]))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Any version at all would be whatever comes next.
#[test]
#[ignore = "downloads the packages of all platforms; .ci/run does it"]
fn every_dependency_has_a_version() {
    assert_eq!(denied()["bans"]["wildcards"].as_str(), Some("deny"), "deny.toml");
    let mut wrong = Vec::new();
    for package in packages() {
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            if dependency["req"] == "*" {
                wrong.push(format!("{}: {}", package["name"], dependency["name"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
