//! The side of whoever asks: a process is started for a file, fed, watched and ended, whatever it does.

use super::{Document, Limits, Problem};
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Bytes that are kept of what a reading process says on standard error.
const SAID: u64 = 4096;

/// How long the pipes of a process that has ended may stay open: a process that it left behind can hold them.
const LINGER: Duration = Duration::from_secs(2);

/// A program that reads a PDF file on standard input and writes what [`super::answer`] writes on standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The executable
    pub program: PathBuf,
    /// What comes first on its command line
    pub args: Vec<OsString>,
    /// What a file may take; `--seconds` and `--memory` tell the program
    pub limits: Limits,
}

/// Why a reading process gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// It could not be started.
    #[error("the process that reads PDF files could not be started: {0}")]
    NotStarted(String),
    /// It took more processor time than it may.
    #[error("reading it took more than {0} s of processor time")]
    Processor(u64),
    /// It asked for more memory than it may.
    #[error("reading it took more than {} MB of memory", .0 >> 20)]
    Memory(u64),
    /// It took too long by the clock.
    #[error("reading it took more than {} s", .0.as_secs())]
    Clock(Duration),
    /// The file is larger than what is read.
    #[error("it is larger than {} MB", .0 >> 20)]
    File(u64),
    /// The answer is longer than what is taken.
    #[error("its text is longer than {} MB", .0 >> 20)]
    Answer(u64),
    /// Somebody ended it.
    #[error("reading it was interrupted")]
    Interrupted,
    /// It ended without an answer.
    #[error("reading it failed: {0}")]
    Broke(String),
}

impl Reader {
    /// The program that has the command `read-pdf`: griot itself.
    pub fn griot(program: PathBuf, limits: Limits) -> Self {
        Self {
            program,
            args: vec!["read-pdf".into()],
            limits,
        }
    }

    /// Reads a file in a process of its own, which has ended when this returns.
    ///
    /// # Errors
    /// When `bytes` can't be read.
    pub fn read(&self, bytes: &mut dyn Read) -> io::Result<Result<Result<Document, Problem>, Stopped>> {
        let (running, mut stdin) = match Running::start(self) {
            Ok(started) => started,
            Err(error) => return Ok(Err(Stopped::NotStarted(error.to_string()))),
        };
        // What it writes is taken by threads: neither waits for the other.
        let is_fed = feed(bytes, &mut stdin, self.limits.file)?;
        drop(stdin);
        if !is_fed {
            return Ok(Err(Stopped::File(self.limits.file)));
        }
        Ok(running.answer(&self.limits))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.args)
            .arg(format!("--seconds={}", self.limits.processor))
            .arg(format!("--memory={}", self.limits.memory))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

/// Hands a file to a process; false if it is larger than it may be. A process that wants no more is not asked why
/// here.
fn feed(bytes: &mut dyn Read, stdin: &mut ChildStdin, most: u64) -> io::Result<bool> {
    let mut buffer = vec![0; 64 << 10];
    let mut fed = 0;
    loop {
        let read = match bytes.read(&mut buffer) {
            Ok(0) => return Ok(true),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        fed += read as u64;
        if fed > most {
            return Ok(false);
        }
        if stdin.write_all(&buffer[..read]).is_err() {
            return Ok(true);
        }
    }
}

/// A process that reads a file. It is ended when this is dropped.
struct Running {
    child: Arc<Mutex<Child>>,
    answer: Receiver<Vec<u8>>,
    said: Receiver<Vec<u8>>,
    until: Instant,
    is_late: Arc<AtomicBool>,
    /// Its end tells the watchman that there is nothing left to watch.
    _over: Sender<()>,
}

impl Running {
    fn start(reader: &Reader) -> io::Result<(Self, ChildStdin)> {
        let until = Instant::now() + reader.limits.clock;
        let mut child = reader.command().spawn()?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let child = Arc::new(Mutex::new(child));
        let most = reader.limits.answer;
        let threads = || -> io::Result<_> {
            let is_late = Arc::new(AtomicBool::new(false));
            let over = watched(&child, &is_late, reader.limits.clock)?;
            let answer = taken(stdout, move |pipe, taken| {
                // One byte more tells that it is too long; the pipe is closed then.
                pipe.take(most.saturating_add(1)).read_to_end(taken)
            })?;
            let said = taken(stderr, |pipe, taken| {
                pipe.by_ref().take(SAID).read_to_end(taken)?;
                io::copy(pipe, &mut io::sink()).map(|_| 0)
            })?;
            let stdin = stdin.ok_or_else(|| io::Error::other("it has no standard input"))?;
            Ok((is_late, over, answer, said, stdin))
        };
        let (is_late, over, answer, said, stdin) = threads().inspect_err(|_| end(&child))?;
        let running = Self {
            child,
            answer,
            said,
            until,
            is_late,
            _over: over,
        };
        Ok((running, stdin))
    }

    fn answer(self, limits: &Limits) -> Result<Result<Document, Problem>, Stopped> {
        let left = self.until.saturating_duration_since(Instant::now()) + LINGER;
        let answer = self.answer.recv_timeout(left).unwrap_or_default();
        if answer.len() as u64 > limits.answer {
            return Err(Stopped::Answer(limits.answer));
        }
        let status = self.end();
        if self.is_late.load(Ordering::Relaxed) {
            return Err(Stopped::Clock(limits.clock));
        }
        if status.is_some_and(|status| status.success()) {
            return serde_json::from_slice(&answer)
                .map_err(|_| Stopped::Broke("griot can't understand its answer".into()));
        }
        let said = self.said.recv_timeout(LINGER).unwrap_or_default();
        Err(why(status, &String::from_utf8_lossy(&said), limits))
    }

    /// How the process ended. It has closed its output, so this is soon; if not, the watchman ends it.
    fn end(&self) -> Option<ExitStatus> {
        let mut pause = Duration::from_micros(100);
        loop {
            match locked(&self.child).try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) => {}
                Err(_) => return None,
            }
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        end(&self.child);
    }
}

/// Ends a process, if it hasn't ended.
fn end(child: &Mutex<Child>) {
    let mut child = locked(child);
    if !matches!(child.try_wait(), Ok(Some(_))) {
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// Starts the watchman, who ends a process that takes too long, and goes when what this gives is dropped.
fn watched(
    child: &Arc<Mutex<Child>>,
    is_late: &Arc<AtomicBool>,
    patience: Duration,
) -> io::Result<Sender<()>> {
    let (over, is_over) = channel();
    let (child, is_late) = (Arc::clone(child), Arc::clone(is_late));
    thread::Builder::new().spawn(move || {
        if is_over.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
            is_late.store(true, Ordering::Relaxed);
            let _ = locked(&child).kill();
        }
    })?;
    Ok(over)
}

fn locked(child: &Mutex<Child>) -> MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a pipe gives, taken by a thread.
fn taken<P: Read + Send + 'static>(
    pipe: Option<P>,
    take: impl FnOnce(&mut P, &mut Vec<u8>) -> io::Result<usize> + Send + 'static,
) -> io::Result<Receiver<Vec<u8>>> {
    let (sender, receiver) = channel();
    thread::Builder::new().spawn(move || {
        let mut taken = Vec::new();
        if let Some(mut pipe) = pipe {
            // A pipe that breaks gives what came through it.
            let _ = take(&mut pipe, &mut taken);
        }
        let _ = sender.send(taken);
    })?;
    Ok(receiver)
}

/// Why a process ended that way, by its signal and by what it said.
fn why(status: Option<ExitStatus>, said: &str, limits: &Limits) -> Stopped {
    if said.contains("memory allocation of") {
        return Stopped::Memory(limits.memory);
    }
    let Some(status) = status else {
        return Stopped::Broke("nobody knows how".into());
    };
    #[cfg(unix)]
    {
        use rustix::process::Signal;
        use std::os::unix::process::ExitStatusExt;
        let is = |signal: Signal| status.signal() == Some(signal.as_raw());
        if is(Signal::XCPU) {
            return Stopped::Processor(limits.processor);
        }
        if is(Signal::INT) || is(Signal::TERM) || is(Signal::HUP) {
            return Stopped::Interrupted;
        }
    }
    let line = said.lines().find(|line| !line.trim().is_empty());
    Stopped::Broke(line.map_or_else(|| status.to_string(), |line| line.trim().to_string()))
}
