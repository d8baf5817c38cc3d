//! How fast each format is read, beside what indexing takes.
//!
//! The same articles, of our own words, in every layout; the best of three rounds each. What is measured is
//! all that stands before the index: finding the encoding, unpacking, taking apart, cleaning, metadata,
//! language. With a folder, how long reading that takes.

#[path = "../../../../tests/layouts/mod.rs"]
mod layouts;

use anyhow::Result;
use griot::corpus::{self, Reading, Walked};
use layouts::{CONTAINERS, SINGLES, Sample};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Articles, and bytes of text in each.
const ARTICLES: usize = 2000;
const LENGTH: usize = 4000;

/// Reading, format by format
#[derive(clap::Args)]
pub struct Args {
    /// Read these articles instead of made-up ones
    folder: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<()> {
    if let Some(folder) = &args.folder {
        return read_folder(folder);
    }
    let articles: Vec<Sample> = (0..ARTICLES).map(|n| Sample::new(n, LENGTH)).collect();
    let text: usize = articles.iter().map(|a| a.title.len() + a.text().len()).sum();
    let text = text as f64 / 1e6;
    let mut out = anstream::stdout();
    writeln!(
        out,
        "{ARTICLES} articles, {text:.1} MB of text\n\n| layout | on disk, MB | text, MB/s | articles/s |\n|---|---|---|---|"
    )?;
    for layout in SINGLES.into_iter().chain(CONTAINERS) {
        let dir = tempfile::tempdir()?;
        let mut paths = Vec::new();
        if SINGLES.contains(&layout) {
            for (n, article) in articles.iter().enumerate() {
                paths.push((
                    dir.path().join(format!("{n}-{layout}")),
                    layouts::write(layout, std::slice::from_ref(article)),
                ));
            }
        } else {
            paths.push((dir.path().join(layout), layouts::write(layout, &articles)));
        }
        let bytes: usize = paths.iter().map(|(_, content)| content.len()).sum();
        for (path, content) in &paths {
            std::fs::write(path, content)?;
        }
        let mut best = f64::MAX;
        for _ in 0..3 {
            let started = Instant::now();
            let mut read = 0;
            for (path, _) in &paths {
                corpus::read_file(path, &corpus::Options::default(), &mut |reading| {
                    read += usize::from(matches!(reading, Reading::Article { .. }));
                    ControlFlow::Continue(())
                })?;
            }
            anyhow::ensure!(read == ARTICLES, "{layout}: {read} articles");
            best = best.min(started.elapsed().as_secs_f64());
        }
        writeln!(
            out,
            "| {layout} | {:.1} | {:.0} | {:.0} |",
            bytes as f64 / 1e6,
            text / best,
            ARTICLES as f64 / best
        )?;
    }
    Ok(())
}

/// Reads a folder three times.
fn read_folder(folder: &Path) -> Result<()> {
    let mut out = anstream::stdout();
    for _ in 0..3 {
        let started = Instant::now();
        let (mut read, mut text) = (0, 0);
        for walked in corpus::walk(folder) {
            if let Walked::File(found) = walked {
                corpus::read(&found, &corpus::Options::default(), &mut |reading| {
                    if let Reading::Article { article, .. } = reading {
                        read += 1;
                        text += article.title.len() + article.body.len();
                    }
                    ControlFlow::Continue(())
                })?;
            }
        }
        writeln!(
            out,
            "{read} articles, {:.1} MB of text: {:.2} s",
            text as f64 / 1e6,
            started.elapsed().as_secs_f64()
        )?;
    }
    Ok(())
}
