//! Kills `griot index` at random instants while its archive changes, and checks that nothing is lost: after each kill the
//! index opens, `check --deep` finds nothing wrong, searches are answered; in the end the index equals a fresh one,
//! article by article.
//!
//! ```sh
//! cargo build --release && cargo run --release --example torture -- --kills 500 --griot target/release/griot
//! ```
//!
//! `--seed N` gives other changes and instants; `--watch` kills `griot index --watch` instead. The folder of the archive
//! is temporary. Ends with a line of figures, or with the first thing that is wrong.

use anyhow::{Context, Result, bail, ensure};
use griot::index::{Place, Reader, check, document};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let (mut kills, mut seed, mut watch, mut griot) = (40, 1, false, PathBuf::from("target/release/griot"));
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--kills" => kills = value()?.parse()?,
            "--seed" => seed = value()?.parse()?,
            "--griot" => griot = value()?.into(),
            "--watch" => watch = true,
            other => bail!("unknown option {other}"),
        }
    }
    let griot = griot.canonicalize().with_context(|| griot.display().to_string())?;
    let started = Instant::now();
    let dir = tempfile::tempdir()?;
    let mut torture = Torture { griot, dir: dir.path().to_path_buf(), random: Random(seed), written: 0 };
    fs::create_dir(torture.corpus())?;
    for _ in 0..60 {
        torture.change()?;
    }
    let mut figures = Figures::default();
    let mut longest = Duration::from_millis(300);
    for round in 0..kills {
        for _ in 0..torture.random.below(12) {
            torture.change()?;
        }
        let kind = torture.random.below(10);
        let args: &[&str] = match kind {
            0 => &["index", "corpus", "--rebuild"],
            1 => &["index", "corpus", "--checksum"],
            2 => &["index", "corpus", "--schema", torture.other_schema()?],
            _ if watch => &["index", "corpus", "--watch"],
            _ => &["index", "corpus"],
        };
        let begun = Instant::now();
        let mut child = torture.start(args)?;
        let instant = Duration::from_micros(torture.random.below(longest.as_micros() as usize) as u64);
        if watch {
            // While it watches, there is something to see.
            while begun.elapsed() < instant * 3 {
                torture.change()?;
                std::thread::sleep(Duration::from_millis(20));
            }
        } else {
            std::thread::sleep(instant);
        }
        match child.try_wait()? {
            Some(_) => figures.ended += 1,
            None => {
                child.kill()?;
                figures.killed += 1;
            }
        }
        child.wait()?;
        torture.check(&mut figures).with_context(|| format!("round {round}, {args:?} killed after {instant:?}"))?;
        if round % 10 == 9 {
            // A run that is left alone mends what there is, and equals a fresh one.
            let begun = Instant::now();
            torture.run(&["index", "corpus"], "index")?;
            longest = begun.elapsed().max(Duration::from_millis(200));
            torture.compare().with_context(|| format!("after round {round}"))?;
            figures.compared += 1;
        }
    }
    torture.run(&["index", "corpus"], "index")?;
    torture.compare()?;
    let seconds = started.elapsed().as_secs();
    println!(
        "{} killed, {} had ended before, {} of the indexes left were searchable, {} compared with a fresh one: all whole and equal; {seconds} s, seed {seed}",
        figures.killed,
        figures.ended,
        figures.searchable,
        figures.compared + 1
    );
    Ok(())
}

#[derive(Default)]
struct Figures {
    killed: usize,
    ended: usize,
    searchable: usize,
    compared: usize,
}

struct Torture {
    griot: PathBuf,
    dir: PathBuf,
    random: Random,
    written: usize,
}

impl Torture {
    fn corpus(&self) -> PathBuf {
        self.dir.join("corpus")
    }

    fn start(&self, args: &[&str]) -> Result<Child> {
        let mut command = Command::new(&self.griot);
        command.current_dir(&self.dir).args(args).args(["--quiet", "--index", "index", "--memory", "32M"]);
        Ok(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?)
    }

    fn run(&self, args: &[&str], index: &str) -> Result<()> {
        let output = Command::new(&self.griot).current_dir(&self.dir).args(args).args(["--quiet", "--index", index]).output()?;
        let code = output.status.code();
        ensure!(matches!(code, Some(0 | 3)), "{args:?} ended with {code:?}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }

    /// Two lexicons take turns, so that every other use of them renews the index.
    fn other_schema(&mut self) -> Result<&'static str> {
        let (name, word) = if self.random.below(2) == 0 { ("schema-a", "drones\n") } else { ("schema-b", "convois\n") };
        let dir = self.dir.join(name);
        fs::create_dir_all(&dir)?;
        fs::write(dir.join("stopwords.txt"), word)?;
        Ok(name)
    }

    /// One change of the archive: a file made, edited, moved, removed; records of a container too.
    fn change(&mut self) -> Result<()> {
        self.written += 1;
        let files = files_of(&self.corpus())?;
        let chosen = files.get(self.random.below(files.len().max(1))).cloned();
        match (self.random.below(10), chosen) {
            (0, Some(path)) if files.len() > 20 => fs::remove_file(path)?,
            (1, Some(path)) => {
                let folder = self.corpus().join(format!("d{}", self.random.below(4)));
                fs::create_dir_all(&folder)?;
                let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
                fs::rename(&path, folder.join(format!("m{}.{extension}", self.written)))?;
            }
            (2 | 3, _) => self.container()?,
            (4 | 5, Some(path)) if path.extension().is_some_and(|e| e == "txt") => fs::write(path, self.text())?,
            _ => {
                let folder = self.corpus().join(format!("d{}", self.random.below(4)));
                fs::create_dir_all(&folder)?;
                fs::write(folder.join(format!("f{}.txt", self.written)), self.text())?;
            }
        }
        Ok(())
    }

    /// Writes one of three containers anew with other records, some of which it had before.
    fn container(&mut self) -> Result<()> {
        let name = format!("c{}.jsonl", self.random.below(3));
        let mut lines = String::new();
        for n in 0..40 {
            if self.random.below(4) > 0 {
                let version = self.random.below(3);
                lines.push_str(&format!("{{\"id\":\"{name}-{n}\",\"text\":\"Convoi {n} de Gao, version {version}, vers Mopti.\"}}\n"));
            }
        }
        fs::write(self.corpus().join(name), lines)?;
        Ok(())
    }

    fn text(&mut self) -> String {
        let sentences = 1 + self.random.below(300);
        format!("Titre {}\n\n{}", self.written, "Des drones ont frappé Gao le 3 mars 2024. ".repeat(sentences))
    }

    fn place(&self) -> Place {
        Place::at(self.dir.join("index"))
    }

    fn check(&self, figures: &mut Figures) -> Result<()> {
        match check(&self.place(), true) {
            // Killed before its first commit.
            Err(griot::Error::NoIndex { .. }) => return Ok(()),
            Err(error) => return Err(error.into()),
            Ok(checked) => {
                // An index that was to be renewed and is in use as it was.
                let wrong: Vec<_> = checked.findings.iter().filter(|finding| finding.kind != "outdated").collect();
                ensure!(wrong.is_empty(), "{wrong:?}");
            }
        }
        articles(&self.place())?;
        figures.searchable += 1;
        Ok(())
    }

    fn compare(&self) -> Result<()> {
        let fresh = self.dir.join("fresh");
        let _ = fs::remove_dir_all(&fresh);
        self.run(&["index", "corpus"], "fresh")?;
        let (kept, built) = (articles(&self.place())?, articles(&Place::at(&fresh))?);
        ensure!(kept.len() == built.len(), "{} articles, a fresh index has {}", kept.len(), built.len());
        if let Some((kept, built)) = kept.iter().zip(&built).find(|(kept, built)| kept != built) {
            bail!("in the index:\n{kept}\nin a fresh one:\n{built}");
        }
        Ok(())
    }
}

/// Every article with all that is stored of it, in one order.
fn articles(place: &Place) -> Result<Vec<String>> {
    let reader = Reader::open(place)?;
    let mut all = Vec::new();
    for segment in reader.searcher().segment_readers() {
        let store = segment.get_store_reader(1)?;
        let ties = segment.fast_fields().u64("tie")?;
        for doc in segment.doc_ids_alive().filter(|doc| ties.first(*doc).is_some()) {
            all.push(format!("{:?}", document::read(&reader.fields, &store.get(doc)?)?));
        }
    }
    all.sort();
    Ok(all)
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(files_of(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A linear congruential generator (Knuth's MMIX constants).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }
}
