//! What building an index costs beside a stock tantivy chain, in one run, each with one writing thread.
//!
//! ```sh
//! cargo run --release -p griot-dev -- bench build --docs ARTICLES.jsonl
//! ```
//!
//! The stock chain is what a reader of tantivy's documentation would write: SimpleTokenizer, LowerCaser, stop words,
//! French stemmer, AsciiFolding over title and text in one stored field, facets as the documents have them, zstd. Each
//! build is a process of its own; what is compared is its processor time, user and system, in turns.

use super::stock;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Building an index, griot beside a stock tantivy chain
#[derive(clap::Args)]
pub struct Args {
    /// Articles, a JSON object a line: id, title, text, date, and perhaps region and actor
    #[arg(long, value_name = "FILE.jsonl")]
    docs: PathBuf,
    /// The griot to measure [default: the one beside this program]
    #[arg(long, value_name = "FILE")]
    griot: Option<PathBuf>,
    /// Further griots to measure in the same rounds
    #[arg(long, value_name = "FILE")]
    beside: Vec<PathBuf>,
    #[arg(long, value_name = "N", default_value_t = 3)]
    rounds: usize,
    /// Build the stock index in this folder and end: what the benchmark starts
    #[arg(long, hide = true, value_name = "DIR")]
    stock_into: Option<PathBuf>,
}

/// What one build took.
#[derive(Clone, Copy)]
struct Build {
    /// User and system time, in seconds.
    cpu: f64,
    /// Bytes of the index.
    size: u64,
}

pub fn run(args: &Args) -> Result<()> {
    if let Some(dir) = &args.stock_into {
        return stock::build(&args.docs, dir);
    }
    let own = std::env::current_exe()?;
    let griot = args.griot.clone().unwrap_or_else(|| own.with_file_name("griot"));
    let mut programs = vec![("stock tantivy".to_string(), own)];
    for griot in [&griot].into_iter().chain(&args.beside) {
        ensure!(
            griot.is_file(),
            "{}: no such program; build it first",
            griot.display()
        );
        programs.push((griot.display().to_string(), griot.clone()));
    }
    let mut best: Vec<Option<Build>> = vec![None; programs.len()];
    for _ in 0..args.rounds {
        for ((name, program), best) in programs.iter().zip(&mut best) {
            let is_stock = name == &programs[0].0;
            let build = measure(program, &args.docs, is_stock).with_context(|| name.clone())?;
            if best.is_none_or(|before| build.cpu < before.cpu) {
                *best = Some(build);
            }
        }
    }
    print(&programs, &best, texts(&args.docs)?);
    Ok(())
}

fn print(programs: &[(String, PathBuf)], best: &[Option<Build>], texts: u64) {
    let stock = best.first().copied().flatten().map_or(1.0, |build| build.cpu);
    println!(
        "{:<40} {:>8} {:>8} {:>10} {:>8}",
        "", "CPU, s", "x stock", "index, MB", "x text"
    );
    for ((name, _), build) in programs.iter().zip(best) {
        let Some(build) = build else { continue };
        println!(
            "{name:<40} {:>8.2} {:>8.2} {:>10.1} {:>8.2}",
            build.cpu,
            build.cpu / stock,
            build.size as f64 / 1e6,
            build.size as f64 / texts as f64
        );
    }
}

fn measure(program: &Path, docs: &Path, is_stock: bool) -> Result<Build> {
    let dir = tempfile::tempdir()?;
    let index = dir.path().join("index");
    let mut command = Command::new(program);
    if is_stock {
        command
            .args(["bench", "build", "--docs"])
            .arg(docs)
            .arg("--stock-into")
            .arg(&index);
    } else {
        command
            .arg("index")
            .arg(docs)
            .arg("--index")
            .arg(&index)
            .args(["--threads", "1", "--quiet"]);
    }
    let before = children_cpu()?;
    let output = command.output()?;
    ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(Build {
        cpu: children_cpu()? - before,
        size: size_of(&index)?,
    })
}

/// Processor time of all processes that were waited for, in seconds: `/proc` counts hundredths.
fn children_cpu() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").context("this measures on Linux only")?;
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    // Fields 16 and 17 of proc_pid_stat(5), counted from 1; two stand before the parenthesis.
    let ticks = |at: usize| fields.get(at - 3).and_then(|field| field.parse::<f64>().ok());
    Ok((ticks(16).context("cutime")? + ticks(17).context("cstime")?) / 100.0)
}

fn size_of(dir: &Path) -> Result<u64> {
    let mut size = 0;
    for entry in std::fs::read_dir(dir)? {
        let (path, metadata) = {
            let entry = entry?;
            (entry.path(), entry.metadata()?)
        };
        size += if metadata.is_dir() {
            size_of(&path)?
        } else {
            metadata.len()
        };
    }
    Ok(size)
}

/// Bytes of titles and texts.
fn texts(docs: &Path) -> Result<u64> {
    let mut bytes = 0;
    stock::each(docs, |doc| {
        bytes += (doc.title.len() + doc.text.len()) as u64;
        Ok(())
    })?;
    Ok(bytes)
}
