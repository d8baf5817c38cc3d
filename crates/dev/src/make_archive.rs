//! Makes an archive of short articles for measuring: sentences drawn from a folder of texts, with a fixed
//! seed.
//!
//! `--to` a folder gives a `.txt` file an article, `--to` a `.jsonl` file one record an article. `--facets`
//! gives each article a region (of 20), up to five actors (of 20,000) and a day of 36 years as metadata.

use anyhow::{Result, bail};
use griot::corpus::{self, Reading, Walked};
use griot::french::sentences;
use std::fs;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Bytes an article, about: those of a short dispatch.
const ARTICLE_BYTES: usize = 700;

/// Make an archive of short articles: sentences drawn from other texts, always the same
#[derive(clap::Args)]
pub struct Args {
    #[arg(long, default_value_t = 1000, value_name = "N")]
    articles: usize,
    /// The texts to draw from: a folder or a file
    #[arg(long, default_value = "corpus", value_name = "PATH")]
    from: PathBuf,
    /// A folder for a .txt file an article, or a .jsonl file
    #[arg(long, value_name = "PATH")]
    to: PathBuf,
    /// Give each article a region, up to five actors and a day as metadata
    #[arg(long)]
    facets: bool,
}

pub fn run(args: &Args) -> Result<()> {
    let Args {
        articles,
        from,
        to,
        facets,
    } = args;
    let pool = sentence_pool(from)?;
    if pool.is_empty() {
        bail!("{}: no sentences", from.display());
    }
    let mut random = Random(42);
    let jsonl = to.extension().is_some_and(|e| e == "jsonl");
    let mut file = if jsonl {
        Some(BufWriter::new(fs::File::create(to)?))
    } else {
        fs::create_dir_all(to)?;
        None
    };
    for number in 0..*articles {
        let title = &pool[random.below(pool.len())];
        let mut text = String::new();
        while text.len() < ARTICLE_BYTES {
            text.push_str(&pool[random.below(pool.len())]);
            text.push(' ');
        }
        match &mut file {
            Some(file) => {
                let mut record = serde_json::json!({"id": format!("m{number}"), "title": clipped(title), "text": text.trim()});
                if *facets {
                    add_facets(&mut record, &mut random);
                }
                writeln!(file, "{record}")?;
            }
            None => {
                // A thousand files a folder, as archives by month have.
                let folder = to.join(format!("{:03}", number / 1000));
                fs::create_dir_all(&folder)?;
                fs::write(
                    folder.join(format!("{number:07}.txt")),
                    format!("{}\n\n{}\n", clipped(title), text.trim()),
                )?;
            }
        }
    }
    if let Some(mut file) = file {
        file.flush()?;
    }
    Ok(())
}

fn add_facets(record: &mut serde_json::Value, random: &mut Random) {
    record["region"] = format!("Région/R{:02}", random.below(20)).into();
    let actors: Vec<String> = (0..random.below(6))
        .map(|_| format!("Acteurs/A{:05}", random.skewed(20_000)))
        .collect();
    record["actor"] = actors.into();
    record["date"] = format!(
        "{}-{:02}-{:02}",
        1990 + random.below(36),
        1 + random.below(12),
        1 + random.below(28)
    )
    .into();
}

fn clipped(title: &str) -> String {
    title.chars().take(90).collect()
}

fn sentence_pool(from: &Path) -> Result<Vec<String>> {
    let mut pool = Vec::new();
    let mut add = |reading: Reading| {
        if let Reading::Article { article, .. } = reading {
            let body = &article.body;
            pool.extend(
                sentences(body)
                    .into_iter()
                    .map(|s| body[s].to_string())
                    .filter(|s| (30..400).contains(&s.len())),
            );
        }
        if pool.len() < 400_000 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    };
    let options = corpus::Options::default();
    for walked in corpus::walk(from) {
        if let Walked::File(found) = walked {
            corpus::read_file(&found.path, &options, &mut add)?;
        }
    }
    Ok(pool)
}

/// A linear congruential generator (Knuth's MMIX constants): the same archive everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
    fn below(&mut self, limit: usize) -> usize {
        (self.next() as usize) % limit.max(1)
    }
    /// Small numbers more often, as names in the news.
    fn skewed(&mut self, limit: usize) -> usize {
        let unit = self.next() as f64 / (1u64 << 31) as f64;
        ((unit * unit * unit) * limit as f64) as usize % limit
    }
}
