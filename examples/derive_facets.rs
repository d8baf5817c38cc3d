//! Derives the facets of a text (where, when, by whom), each with the words that say so.
//!
//! `cargo run --example derive_facets -- article.txt`

#![allow(clippy::disallowed_methods)]

use griot::facets::{Document, Facets};
use griot::schema::Lexicons;
use std::collections::BTreeSet;

const TEXT: &str =
    "Des drones ont frappé Tinzaouatène dimanche 25 août 2024. Le CSP accuse l'armée malienne.";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = match std::env::args_os().nth(1) {
        Some(file) => std::fs::read_to_string(file)?,
        None => TEXT.to_string(),
    };
    for line in derive(&text)? {
        println!("{line}");
    }
    Ok(())
}

/// A line for each value: `region: Mali/Kidal/Abeïbara, says "Tinzaouatène"`.
pub fn derive(text: &str) -> griot::Result<Vec<String>> {
    // The lexicons that are built in; `Lexicons::load` reads others from a folder.
    let lexicons = Lexicons::embedded();
    let french = lexicons.french()?;
    let facets = Facets::new(&lexicons, &french)?;

    let text = griot::french::normalize(text);
    // Facets that the article's metadata give already would be named here, and left alone.
    let given = BTreeSet::new();
    let derived = french.numbered("", &text, |words| {
        let document = Document {
            title: "",
            body: &text,
            words,
            published: None,
            url: None,
            file_name: None,
        };
        facets.derive(&document, &given)
    });
    let lines = derived.values.iter().map(|value| {
        let said: Vec<String> = value
            .evidence
            .iter()
            .map(|evidence| format!("{:?}", &text[evidence.start..evidence.end]))
            .collect();
        format!("{}: {}, says {}", value.facet, value.path, said.join(", "))
    });
    Ok(lines.collect())
}
