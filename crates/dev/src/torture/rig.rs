//! Kills `griot index` at random instants while its archive changes, and checks that nothing is lost: after
//! each kill the index opens, `check --deep` finds nothing wrong, searches are answered; in the end the index
//! equals a fresh one, article by article.
//!
//! The same code makes the tests of `tests/it/torture.rs`.

use anyhow::{Context, Result, anyhow, bail, ensure};
use griot::index::{IndexDir, Reader, check, document};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

#[derive(Default)]
struct Figures {
    killed: usize,
    ended: usize,
    searchable: usize,
    compared: usize,
}

/// An archive that is changed, its index, and the griot that keeps it up to date.
pub struct Torture {
    griot: PathBuf,
    dir: tempfile::TempDir,
    random: Random,
    written: usize,
    /// With lexicons of a few lines, so that most of the time goes to writing.
    small: bool,
}

impl Torture {
    pub fn new(griot: PathBuf, seed: u64, small: bool) -> Result<Self> {
        let torture = Self {
            griot,
            dir: tempfile::tempdir()?,
            random: Random(seed),
            written: 0,
            small,
        };
        fs::create_dir(torture.corpus())?;
        for (name, word) in [("schema-a", "drones\n"), ("schema-b", "convois\n")] {
            let dir = torture.dir.path().join(name);
            fs::create_dir(&dir)?;
            fs::write(dir.join("stopwords.txt"), word)?;
            if small {
                fs::write(dir.join("schema.toml"), SMALL_SCHEMA)?;
                for empty in ["stems.tsv", "verbs.tsv", "compounds.txt"] {
                    fs::write(dir.join(empty), "")?;
                }
            }
        }
        Ok(torture)
    }

    /// Kills until `kills` processes were killed; one that had ended before doesn't count.
    pub fn by_kills(&mut self, kills: usize, watch: bool) -> Result<()> {
        let started = Instant::now();
        for _ in 0..60 {
            self.change()?;
        }
        let mut figures = Figures::default();
        let mut longest = Duration::from_millis(300);
        for round in 0.. {
            if figures.killed >= kills {
                break;
            }
            for _ in 0..self.random.below(12) {
                self.change()?;
            }
            let kind = self.random.below(10);
            let args: &[&str] = match kind {
                0 => &["index", "corpus", "--rebuild"],
                1 => &["index", "corpus", "--checksum"],
                2 => &["index", "corpus", "--schema", self.other_schema()],
                _ if watch => &["index", "corpus", "--watch"],
                _ => &["index", "corpus"],
            };
            let instant = self.kill_within(args, longest, watch, &mut figures)?;
            self.check(&mut figures)
                .with_context(|| format!("round {round}, {args:?} killed after {instant:?}"))?;
            if round % 10 == 9 {
                // A run that is left alone repairs the index, which then equals a fresh one.
                let begun = Instant::now();
                self.run(&["index", "corpus"], "index")?;
                longest = begun.elapsed().max(Duration::from_millis(200));
                self.compare().with_context(|| format!("after round {round}"))?;
                figures.compared += 1;
            }
        }
        self.run(&["index", "corpus"], "index")?;
        self.compare()?;
        let seconds = started.elapsed().as_secs();
        println!(
            "{} killed, {} had ended before, {} of the indexes left were searchable, {} compared with a fresh one: all whole and equal; {seconds} s",
            figures.killed,
            figures.ended,
            figures.searchable,
            figures.compared + 1
        );
        Ok(())
    }

    /// Starts griot and kills it at a random instant before `longest`, unless it has ended.
    fn kill_within(
        &mut self,
        args: &[&str],
        longest: Duration,
        watch: bool,
        figures: &mut Figures,
    ) -> Result<Duration> {
        let begun = Instant::now();
        let mut child = self.start(args)?;
        let instant = Duration::from_micros(self.random.below(longest.as_micros() as usize) as u64);
        if watch {
            // While it watches, there is something to see.
            while begun.elapsed() < instant * 3 {
                self.change()?;
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
        Ok(instant)
    }

    /// One writer, and 20 that open the index and read all of it, for so long: no error, and no commit before
    /// an earlier one.
    pub fn by_readers(&mut self, long: Duration) -> Result<()> {
        fs::write(self.corpus().join(COUNT), count(0))?;
        for _ in 0..60 {
            self.change()?;
        }
        self.run(&["index", "corpus"], "index")?;
        let stop = AtomicBool::new(false);
        let place = self.place();
        let (mut commits, mut opened) = (0, 0);
        let started = Instant::now();
        std::thread::scope(|scope| -> Result<()> {
            let readers: Vec<_> = (0..READERS)
                .map(|_| scope.spawn(|| read_on(&place, &stop)))
                .collect();
            let written = (|| -> Result<()> {
                while started.elapsed() < long {
                    commits += 1;
                    fs::write(self.corpus().join(COUNT), count(commits))?;
                    for _ in 0..self.random.below(6) {
                        self.change()?;
                    }
                    match self.random.below(12) {
                        0 => self.run(&["index", "corpus", "--rebuild"], "index")?,
                        1 => {
                            let schema = self.other_schema();
                            self.run(&["index", "corpus", "--schema", schema], "index")?;
                        }
                        _ => self.run(&["index", "corpus"], "index")?,
                    }
                }
                Ok(())
            })();
            stop.store(true, Ordering::Relaxed);
            for reader in readers {
                opened += reader.join().map_err(|_| anyhow!("a reader panicked"))??;
            }
            written
        })?;
        self.compare()?;
        println!(
            "{READERS} readers opened the index {opened} times during {commits} runs in {} s: no error, none went back",
            long.as_secs()
        );
        Ok(())
    }

    /// So many files at once while `griot index --watch` runs, some of them renamed and removed right away.
    pub fn by_flood(&mut self, files: usize) -> Result<()> {
        fs::write(self.corpus().join("first.txt"), self.text())?;
        let mut child = self.start(&["index", "corpus", "--watch"])?;
        self.until(Duration::from_secs(60), |torture| {
            Ok(articles(&torture.place()).is_ok_and(|all| all.len() == 1))
        })?;
        let started = Instant::now();
        for n in 0..files {
            let folder = self.corpus().join(format!("f{}", n / 1000));
            if n % 1000 == 0 {
                fs::create_dir_all(&folder)?;
            }
            let path = folder.join(format!("{n}.txt"));
            fs::write(&path, format!("Titre {n}\n\nUn convoi de {n} camions vers Gao."))?;
            match n % 10 {
                1 => fs::rename(&path, folder.join(format!("{n}-autre.txt")))?,
                2 => fs::remove_file(&path)?,
                _ => {}
            }
        }
        let written = started.elapsed();
        let expected = files - (0..files).filter(|n| n % 10 == 2).count() + 1;
        self.until(Duration::from_secs(600), |torture| {
            Ok(count_of(&torture.place())? == expected)
        })?;
        let seen = started.elapsed();
        ensure!(child.try_wait()?.is_none(), "griot has ended");
        let ended = Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status()?;
        ensure!(
            ended.success() && child.wait()?.success(),
            "griot doesn't end as it should"
        );
        self.compare()?;
        println!(
            "{files} files written in {:.1} s, all that were left searchable after {:.1} s, equal to a fresh index",
            written.as_secs_f64(),
            seen.as_secs_f64()
        );
        Ok(())
    }

    fn until(&self, long: Duration, holds: impl Fn(&Self) -> Result<bool>) -> Result<()> {
        let started = Instant::now();
        while !holds(self)? {
            ensure!(started.elapsed() < long, "nothing came of it in {long:?}");
            std::thread::sleep(Duration::from_millis(200));
        }
        Ok(())
    }

    fn corpus(&self) -> PathBuf {
        self.dir.path().join("corpus")
    }

    fn start(&self, args: &[&str]) -> Result<Child> {
        let mut command = self.command(args, "index");
        Ok(command
            .args(["--memory", "32M"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?)
    }

    fn run(&self, args: &[&str], index: &str) -> Result<()> {
        let output = self.command(args, index).output()?;
        let code = output.status.code();
        ensure!(
            matches!(code, Some(0 | 3)),
            "{args:?} ended with {code:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(())
    }

    /// Two lexicons take turns, so that every other use of them renews the index.
    fn other_schema(&mut self) -> &'static str {
        if self.random.below(2) == 0 {
            "schema-a"
        } else {
            "schema-b"
        }
    }

    fn command(&self, args: &[&str], index: &str) -> Command {
        let mut command = Command::new(&self.griot);
        command
            .current_dir(self.dir.path())
            .args(args)
            .args(["--quiet", "--index", index]);
        if self.small && !args.contains(&"--schema") {
            command.args(["--schema", "schema-a"]);
        }
        command
    }

    /// One change of the archive: a file made, edited, moved, removed; records of a container too.
    fn change(&mut self) -> Result<()> {
        self.written += 1;
        let mut files = files_of(&self.corpus())?;
        files.retain(|path| path.file_name().is_none_or(|name| name != COUNT));
        let chosen = files.get(self.random.below(files.len().max(1))).cloned();
        match (self.random.below(10), chosen) {
            (0, Some(path)) if files.len() > 20 => fs::remove_file(path)?,
            (1, Some(path)) => {
                let folder = self.corpus().join(format!("d{}", self.random.below(4)));
                fs::create_dir_all(&folder)?;
                let extension = path
                    .extension()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                fs::rename(&path, folder.join(format!("m{}.{extension}", self.written)))?;
            }
            (2 | 3, _) => self.container()?,
            (4 | 5, Some(path)) if path.extension().is_some_and(|e| e == "txt") => {
                fs::write(path, self.text())?
            }
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
        format!(
            "Titre {}\n\n{}",
            self.written,
            "Des drones ont frappé Gao le 3 mars 2024. ".repeat(sentences)
        )
    }

    fn place(&self) -> IndexDir {
        IndexDir::at(self.dir.path().join("index"))
    }

    fn check(&self, figures: &mut Figures) -> Result<()> {
        match check(&self.place(), true) {
            // Killed before its first commit.
            Err(griot::Error::NoIndex { .. }) => return Ok(()),
            Err(error) => return Err(error.into()),
            Ok(checked) => {
                // An index that was to be renewed and is in use as it was.
                let wrong: Vec<_> = checked
                    .findings
                    .iter()
                    .filter(|finding| finding.kind != "outdated")
                    .collect();
                ensure!(wrong.is_empty(), "{wrong:?}");
            }
        }
        articles(&self.place())?;
        figures.searchable += 1;
        Ok(())
    }

    fn compare(&self) -> Result<()> {
        let fresh = self.dir.path().join("fresh");
        let _ = fs::remove_dir_all(&fresh);
        self.run(&["index", "corpus"], "fresh")?;
        let (kept, built) = (articles(&self.place())?, articles(&IndexDir::at(&fresh))?);
        ensure!(
            kept.len() == built.len(),
            "{} articles, a fresh index has {}",
            kept.len(),
            built.len()
        );
        if let Some((kept, built)) = kept.iter().zip(&built).find(|(kept, built)| kept != built) {
            bail!("in the index:\n{kept}\nin a fresh one:\n{built}");
        }
        Ok(())
    }
}

/// Every article with all that is stored of it, in one order.
fn articles(place: &IndexDir) -> Result<Vec<String>> {
    let reader = Reader::open(place)?;
    let mut all = Vec::new();
    for segment in reader.searcher().segment_readers() {
        let store = segment.get_store_reader(1)?;
        let record_keys = segment.fast_fields().u64("record_key")?;
        for doc in segment
            .doc_ids_alive()
            .filter(|doc| record_keys.first(*doc).is_some())
        {
            all.push(format!("{:?}", document::read(&reader.fields, &store.get(doc)?)?));
        }
    }
    all.sort();
    Ok(all)
}

/// Readers at a time.
const READERS: usize = 20;

/// A file that nothing moves or removes.
const COUNT: &str = "count.txt";

/// Lexicons for one facet that needs none.
const SMALL_SCHEMA: &str = "[boosts]\ntitle = 0.5\ntitle_frequency = 1.5\nexact_form = 0.5\nadjacency = 0.25\n\n[[facet]]\nname = \"month\"\nderive = \"publication_month\"\n";

/// Its number is that of the run that takes it in.
fn count(run: usize) -> String {
    format!("Décompte {run}\n\nUn décompte.")
}

/// Opens the index again and again and reads all of it. Gives how often.
fn read_on(place: &IndexDir, stop: &AtomicBool) -> Result<usize> {
    let (mut opened, mut last) = (0, 0);
    while !stop.load(Ordering::Relaxed) {
        let all = articles(place)?;
        let counts: Vec<usize> = all
            .iter()
            .filter_map(|article| {
                article
                    .split("Décompte ")
                    .nth(1)?
                    .split(['"', ' '])
                    .next()?
                    .parse()
                    .ok()
            })
            .collect();
        ensure!(
            counts.len() == 1,
            "the counting article is there {} times",
            counts.len()
        );
        ensure!(counts[0] >= last, "after run {last}, run {} was seen", counts[0]);
        last = counts[0];
        opened += 1;
    }
    Ok(opened)
}

/// Articles in the index.
fn count_of(place: &IndexDir) -> Result<usize> {
    let reader = Reader::open(place)?;
    let searcher = reader.searcher();
    let of = |segment: &tantivy::SegmentReader| -> Result<usize> {
        let record_keys = segment.fast_fields().u64("record_key")?;
        Ok(segment
            .doc_ids_alive()
            .filter(|doc| record_keys.first(*doc).is_some())
            .count())
    };
    searcher.segment_readers().iter().map(of).sum()
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
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }
}
