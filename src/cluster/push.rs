//! Bringing an archive on a cluster in step with the index of a folder.
//!
//! What the local index holds is what is pushed: its readers, analysis, facets, corrections and duplicates. What
//! differs is found by comparing ([`compare`]), sent in bulk by several senders ([`bulk`]), and compared again at the
//! end, so that a push that ends well ends equal to the index, whatever happened before or meanwhile.

use super::address::Name;
use super::bulk::{self, Batch, Outcome, Refused};
use super::client::{Client, Patience};
use super::compare::{self, Difference, Here};
use super::document::{Articles, Documents};
use super::generation::{self, Generation, Said};
use super::lease::{self, Lease, Wanted};
use super::mapping::ClusterVersion;
use super::transport::{Method, Transport};
use crate::date;
use crate::disk;
use crate::error::{Error, Result};
use crate::index::payload::ANALYSIS;
use crate::index::{IndexDir, Reader};
use rustc_hash::FxHashSet;
use serde::Serialize;
use serde_json::{Value, json};
use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

/// How to push.
#[derive(Debug, Clone)]
pub struct PushOptions {
    pub said: Said,
    /// Threads that analyse and send.
    pub senders: usize,
    /// Bytes that are sent at once, about.
    pub batch: usize,
    pub patience: Patience,
    /// How long another's lease is believed that isn't renewed.
    pub term: Duration,
    /// Makes a new generation although the one that is searched would do.
    pub rebuild: bool,
    /// Goes on although the archive was pushed from another folder until now.
    pub take_over: bool,
    /// Ends the push, with what was sent kept.
    pub stop: Arc<AtomicBool>,
}

impl Default for PushOptions {
    fn default() -> Self {
        Self {
            said: Said::default(),
            senders: 4,
            batch: 5 << 20,
            patience: Patience::default(),
            term: Lease::TERM,
            rebuild: false,
            take_over: false,
            stop: Arc::default(),
        }
    }
}

/// What happens at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushProgress {
    /// Archive and cluster are compared.
    Comparing,
    Sending {
        done: u64,
        of: u64,
    },
    /// The cluster is busy or can't be reached; the reason is its own.
    Waiting(String),
}

/// What a push did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PushReport {
    pub version: u32,
    pub cluster: String,
    pub name: String,
    /// The index that is searched now.
    pub index: String,
    /// Whether it is another than before.
    pub new_generation: bool,
    pub shards: u32,
    pub replicas: u32,
    /// Articles of the local index.
    pub articles: u64,
    /// Bodies that were sent and taken, and of these those that the cluster had in another form.
    pub sent: u64,
    pub changed: u64,
    pub deleted: u64,
    pub bytes: u64,
    /// Articles that the cluster doesn't take; what it had of them before stays.
    pub refused: Vec<Refused>,
    /// Ended early; the next push goes on.
    pub interrupted: bool,
    pub took_ms: u64,
}

/// Comparing again after sending finds nothing, unless something was lost on the way.
const ROUNDS: usize = 5;

/// Pushes what the last commit of a local index holds.
///
/// # Errors
/// [`Error::Remote`] when the cluster can't be reached, or answers in part; [`Error::Locked`] when another pushes;
/// [`Error::Unsupported`] for an archive that was pushed from another folder; what a damaged index gives.
pub fn push(
    reader: &Reader,
    transport: &dyn Transport,
    name: &Name,
    options: &PushOptions,
    progress: &mut (dyn FnMut(PushProgress) + Send),
) -> Result<PushReport> {
    let started = Instant::now();
    if !is_of_this_analysis(&reader.payload.fingerprint) {
        return Err(Error::Unsupported(
            "the index was built with another version of the analysis; run `griot index`, or push without --as-is"
                .into(),
        ));
    }
    let client = Client::new(transport, options.patience, &options.stop);
    let cluster = ClusterVersion::ask_patiently(&client)?;
    let (alone, owner) = (alone(&reader.index_dir, name)?, owner(&reader.index_dir.path));
    lease::make_control(&client, name)?;
    let wanted = Wanted {
        owner: owner.clone(),
        is_alone: alone.is_some(),
        term: options.term,
    };
    // It asks on its own: that it is answered says nothing of the articles.
    let keeper = Client::new(transport, options.patience, &options.stop);
    let lease = Lease::take(&keeper, name, &wanted)?;
    let job = Job {
        reader,
        client: &client,
        name,
        options,
        lease: &lease,
        owner,
        cluster,
    };
    let done = renewing(&lease, options.term / 4, || job.run(progress));
    let checked = lease.check(name);
    // The next push needn't wait; where it can't be told, it waits for the end of the term.
    let _ = lease.is_held().then(|| lease.release());
    let mut report = match (done, checked) {
        (_, Err(error @ Error::Locked { .. })) => return Err(error),
        (done, _) => done?,
    };
    report.took_ms = started.elapsed().as_millis() as u64;
    Ok(report)
}

/// Whether an index has the words that its articles would be pushed with: they are analysed once more.
fn is_of_this_analysis(fingerprint: &str) -> bool {
    let analysis = fingerprint.rsplit_once('-').map(|(_, analysis)| analysis);
    analysis == Some(ANALYSIS.to_string().as_str())
}

/// Runs `work` while another thread renews the lease.
fn renewing<T>(lease: &Lease<'_>, every: Duration, work: impl FnOnce() -> T) -> T {
    let (ended, end) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            while let Err(mpsc::RecvTimeoutError::Timeout) = end.recv_timeout(every) {
                // A cluster that doesn't answer takes no articles either.
                let _ = lease.renew();
                if !lease.is_held() {
                    return;
                }
            }
        });
        let done = work();
        drop(ended);
        done
    })
}

/// Keeps other processes of this machine from pushing the same index under the same name; none where the folder
/// can't be written, so that it can't be told.
fn alone(index_dir: &IndexDir, name: &Name) -> Result<Option<File>> {
    let path = index_dir.path.join(format!(".push-{}.lock", name.as_str()));
    let Ok(file) = disk::raw::open_lock(&path) else {
        return Ok(None);
    };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(Error::Locked {
            path: index_dir.path.clone(),
            holder: format!("another griot push --name {}", name.as_str()),
        }),
        Err(TryLockError::Error(error)) => Err(Error::io(path)(error)),
    }
}

/// This machine and the folder of the index.
fn owner(index: &Path) -> String {
    let host = disk::read_text(Path::new("/proc/sys/kernel/hostname"))
        .ok()
        .flatten();
    let host = host.or_else(|| std::env::var("COMPUTERNAME").ok());
    let host = host.as_deref().map_or("localhost", str::trim).to_string();
    let path = disk::raw::real(index).unwrap_or_else(|_| index.to_path_buf());
    format!("{host}:{}", path.display())
}

/// One push.
struct Job<'a> {
    reader: &'a Reader,
    client: &'a Client<'a>,
    name: &'a Name,
    options: &'a PushOptions,
    lease: &'a Lease<'a>,
    owner: String,
    cluster: ClusterVersion,
}

type OnProgress<'p> = &'p mut (dyn FnMut(PushProgress) + Send);

impl Job<'_> {
    fn run(&self, progress: OnProgress<'_>) -> Result<PushReport> {
        self.check_source()?;
        progress(PushProgress::Comparing);
        let articles = Articles::of(self.reader)?;
        let here = Here::read(&articles, &|| self.client.is_stopped())?;
        let mut report = PushReport {
            version: 1,
            cluster: self.client.transport.address().to_string(),
            name: self.name.as_str().to_string(),
            articles: here.len() as u64,
            interrupted: self.client.is_stopped(),
            ..PushReport::default()
        };
        if report.interrupted {
            return Ok(report);
        }
        let generation = self.generation(&here)?;
        report.index = generation.index.clone();
        report.shards = generation.shards;
        report.replicas = self.options.said.replicas.unwrap_or(generation.replicas);
        report.new_generation = !generation.is_searched;
        self.bring_in_step(&articles, &here, &generation, &mut report, progress)?;
        if !report.interrupted {
            self.lease.check(self.name)?;
            generation::swap_in(self.client, self.name, &generation)?;
            self.note(&generation, &report)?;
        }
        Ok(report)
    }

    /// An archive that is pushed from two folders in turn would lose what the other has each time.
    fn check_source(&self) -> Result<()> {
        let state = lease::kept(self.client, self.name, "state")?;
        let source = state.as_ref().and_then(|state| state["source"].as_str());
        match source.filter(|source| *source != self.owner) {
            Some(source) if !self.options.take_over => Err(Error::Unsupported(format!(
                "{} was pushed from {source} until now; choose another --name, or say --take-over: its articles are replaced by those here",
                self.name.alias()
            ))),
            _ => Ok(()),
        }
    }

    /// The generation to be written.
    fn generation(&self, here: &Here) -> Result<Generation> {
        let facets = &self.reader.schema.facets;
        let about = generation::about(&self.reader.payload.fingerprint, facets);
        let all = generation::all(self.client, self.name)?;
        let said = self.options.said;
        let usable = generation::usable(&all, &about, said).filter(|_| !self.options.rebuild);
        if let Some(usable) = usable {
            if let Some(replicas) = said.replicas.filter(|replicas| *replicas != usable.replicas) {
                generation::set_replicas(self.client, usable, replicas)?;
            }
            return Ok(usable.clone());
        }
        let nodes = generation::data_nodes(self.client)?;
        let shards = generation::shards_for(here.len() as u64, here.text, nodes);
        let layout = (
            said.shards.unwrap_or(shards),
            said.replicas.unwrap_or(u32::from(nodes > 1)),
            self.cluster.scores,
        );
        generation::make(self.client, self.name, &all, layout, (&about, facets))
    }

    /// Sends what differs until nothing does.
    fn bring_in_step(
        &self,
        articles: &Articles<'_>,
        here: &Here,
        generation: &Generation,
        report: &mut PushReport,
        progress: OnProgress<'_>,
    ) -> Result<()> {
        let mut refused: FxHashSet<[u8; 16]> = FxHashSet::default();
        for _ in 0..ROUNDS {
            progress(PushProgress::Comparing);
            generation::refresh(self.client, generation)?;
            let mut difference = compare::difference(self.client, &generation.index, here)?;
            if !refused.is_empty() {
                let mut kept = Vec::new();
                for address in difference.send {
                    let article = articles.at(address)?;
                    kept.extend((!refused.contains(&article.id.0)).then_some(address));
                }
                difference.send = kept;
            }
            if difference.send.is_empty() && difference.delete.is_empty() {
                return Ok(());
            }
            report.changed += difference.changed;
            let outcome = match self.send(articles, generation, &difference, progress) {
                // Somebody had enough of waiting.
                Err(Error::Remote { retry: true, .. }) if self.client.is_stopped() => Outcome::default(),
                outcome => outcome?,
            };
            refused.extend(outcome.refused.iter().map(|refused| refused.id));
            report.sent += outcome.indexed;
            report.deleted += outcome.deleted;
            report.bytes += outcome.bytes;
            report.refused.extend(outcome.refused);
            report.interrupted = self.client.is_stopped();
            if report.interrupted {
                return Ok(());
            }
        }
        Err(self.client.remote(
            "it doesn't keep what it is sent; look at its logs, and whether something else writes to its index",
        ))
    }

    /// Sends what differs.
    fn send(
        &self,
        articles: &Articles<'_>,
        generation: &Generation,
        difference: &Difference,
        progress: OnProgress<'_>,
    ) -> Result<Outcome> {
        let of = (difference.send.len() + difference.delete.len()) as u64;
        let sending = Sending {
            job: self,
            articles,
            alias: Name::writing(&generation.index),
            difference,
            next: AtomicUsize::new(0),
            next_deletion: AtomicUsize::new(0),
            done: AtomicU64::new(0),
            failed: AtomicBool::new(false),
            outcome: Mutex::new(Outcome::default()),
        };
        let ended = AtomicUsize::new(0);
        let senders = self.options.senders.clamp(1, 64);
        let results: Vec<Result<()>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..senders)
                .map(|_| {
                    scope.spawn(|| {
                        let sent = sending.work();
                        if sent.is_err() {
                            sending.failed.store(true, Ordering::Relaxed);
                        }
                        ended.fetch_add(1, Ordering::Relaxed);
                        sent
                    })
                })
                .collect();
            while ended.load(Ordering::Relaxed) < senders
                && threads.iter().any(|thread| !thread.is_finished())
            {
                let done = sending.done.load(Ordering::Relaxed);
                progress(PushProgress::Sending { done, of });
                if let Some(reason) = self.client.waits_for() {
                    progress(PushProgress::Waiting(reason));
                }
                std::thread::sleep(SHOWN_EVERY);
            }
            let panicked = |_| Err(Error::Damaged("a sending thread panicked".into()));
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(panicked))
                .collect()
        });
        results.into_iter().collect::<Result<()>>()?;
        let outcome = sending.outcome.into_inner();
        Ok(outcome.unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes what was pushed, for the next push and for whoever asks there.
    fn note(&self, generation: &Generation, report: &PushReport) -> Result<()> {
        let state = json!({
            "source": self.owner,
            "index": generation.index,
            "about": generation.about,
            "articles": report.articles,
            "refused": report.refused.len(),
            "pushed": date::clock(),
            "griot": env!("CARGO_PKG_VERSION"),
            // Folders, files that were not read: what `stats` says of the archive.
            "payload": serde_json::to_value(&self.reader.payload)?,
        });
        let path = format!("/{}/_doc/state?refresh=true", self.name.control());
        self.client.ask(Method::Put, &path, &state).map(drop)
    }
}

/// How often progress is reported.
const SHOWN_EVERY: Duration = Duration::from_millis(50);
/// Articles that a sender takes at once; they lie beside each other in the index.
const TAKEN: usize = 32;
/// Documents of a batch at most, however small.
const MOST_DOCUMENTS: usize = 2_000;

/// What senders share.
struct Sending<'a> {
    job: &'a Job<'a>,
    articles: &'a Articles<'a>,
    alias: String,
    difference: &'a Difference,
    next: AtomicUsize,
    next_deletion: AtomicUsize,
    done: AtomicU64,
    failed: AtomicBool,
    outcome: Mutex<Outcome>,
}

impl Sending<'_> {
    /// Takes articles, analyses and sends them, until there are no more, or one of the senders failed.
    fn work(&self) -> Result<()> {
        let version = self.job.lease.number();
        let mut documents = Documents::new(self.job.reader);
        let mut batch = Batch::default();
        while let Some(taken) = self.take(&self.next, self.difference.send.len(), TAKEN) {
            for address in &self.difference.send[taken] {
                let article = self.articles.at(*address)?;
                batch.index(article.id, &article.shown, version, |out| {
                    documents.write(&article, out)
                })?;
                if batch.size() >= self.job.options.batch || batch.len() >= MOST_DOCUMENTS {
                    self.flush(&mut batch)?;
                }
            }
        }
        // Last: what has moved is not missing in between.
        while let Some(taken) = self.take(&self.next_deletion, self.difference.delete.len(), MOST_DOCUMENTS) {
            for id in &self.difference.delete[taken] {
                batch.delete(*id, version);
            }
            self.flush(&mut batch)?;
        }
        self.flush(&mut batch)
    }

    fn take(&self, next: &AtomicUsize, all: usize, most: usize) -> Option<std::ops::Range<usize>> {
        let ends = self.failed.load(Ordering::Relaxed) || self.job.client.is_stopped();
        let from = next.fetch_add(most, Ordering::Relaxed);
        (!ends && from < all).then(|| from..all.min(from + most))
    }

    fn flush(&self, batch: &mut Batch) -> Result<()> {
        let batch = std::mem::take(batch);
        let documents = batch.len() as u64;
        if batch.is_empty() || self.failed.load(Ordering::Relaxed) {
            return Ok(());
        }
        let sent = bulk::send(self.job.client, &self.alias, self.job.lease, batch)?;
        self.done.fetch_add(documents, Ordering::Relaxed);
        let mut outcome = self.outcome.lock().unwrap_or_else(PoisonError::into_inner);
        outcome.add(sent);
        Ok(())
    }
}

/// What is noted of an archive on a cluster; none where nothing was pushed under that name.
///
/// # Errors
/// Those of asking.
pub fn state(client: &Client<'_>, name: &Name) -> Result<Option<Value>> {
    lease::kept(client, name, "state")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_of_another_analysis_is_not_pushed() {
        assert!(is_of_this_analysis(&format!("4add063d-{ANALYSIS}")));
        for other in [ANALYSIS - 1, ANALYSIS + 1, 100 + ANALYSIS] {
            assert!(!is_of_this_analysis(&format!("4add063d-{other}")), "{other}");
        }
        assert!(!is_of_this_analysis(&ANALYSIS.to_string()));
    }
}
