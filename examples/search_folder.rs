//! Indexes a folder of articles and searches it.
//!
//! `cargo run --example search_folder -- corpus "drones Tinzaouatène"`

use griot::Result;
use griot::index::{IndexDir, SyncOptions, sync};
use griot::search::{Engine, LocalEngine, SearchRequest, Selection, SnippetOptions};
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1);
    let folder = args.next().map_or_else(|| PathBuf::from("corpus"), PathBuf::from);
    let query = args.next().map_or_else(
        || "drones Tinzaouatène".into(),
        |query| query.to_string_lossy().into_owned(),
    );
    for line in search(&folder, &query)? {
        println!("{line}");
    }
    Ok(())
}

/// The best five articles, each as `ID: TITLE` with a snippet below.
pub fn search(folder: &Path, query: &str) -> Result<Vec<String>> {
    // The index lies in the folder, as `griot search --corpus FOLDER` keeps it. Another run of this reads only
    // the files that have changed.
    let place = IndexDir::at(folder.join(".griot"));
    let options = SyncOptions {
        paths: vec![folder.to_path_buf()],
        ..SyncOptions::default()
    };
    let report = sync(&place, &options, &mut |_| {})?;
    let mut lines = vec![format!("{} articles in the index", report.articles)];

    let engine = LocalEngine::open(&place)?;
    let response = engine.search(&SearchRequest {
        selection: Selection::of(query),
        limit: 5,
        page: 1,
        snippets: Some(SnippetOptions::default()),
        ..SearchRequest::default()
    })?;
    for hit in &response.hits {
        lines.push(format!("{}: {}", hit.id, hit.title));
        for snippet in hit.snippets.iter().filter(|snippet| snippet.field == "body") {
            // What was searched for in brackets.
            let marked = snippet.parts.iter().map(|part| match part.hit {
                true => format!("[{}]", part.text),
                false => part.text.clone(),
            });
            lines.push(format!("    {}", marked.collect::<String>()));
        }
    }
    Ok(lines)
}
