//! Asking a cluster until it answers: who is busy or can't be reached is asked again, ever more seldom, and all who
//! ask hold back meanwhile.

use super::transport::{Method, Response, Transport};
use crate::error::{Error, Result};
use serde_json::Value;
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long to wait, and how often.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// The first pause; each further one is twice as long.
    pub first: Duration,
    /// The longest pause.
    pub longest: Duration,
    /// After so long without any answer that is one, the cluster counts as unreachable.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            first: Duration::from_millis(250),
            longest: Duration::from_secs(30),
            whole: Duration::from_secs(300),
        }
    }
}

/// The pauses of all who ask one cluster.
#[derive(Default)]
struct Pauses {
    until: Option<Instant>,
    /// Failures since the last success, and when the first of them was.
    failures: u32,
    since: Option<Instant>,
    /// What the last one was.
    reason: String,
}

/// Asks a cluster.
pub struct Client<'t> {
    pub transport: &'t dyn Transport,
    patience: Patience,
    stop: &'t AtomicBool,
    pauses: Mutex<Pauses>,
}

/// Granularity of waiting.
const TICK: Duration = Duration::from_millis(20);

impl<'t> Client<'t> {
    /// Asks by way of `transport`, until `stop` is set.
    pub fn new(transport: &'t dyn Transport, patience: Patience, stop: &'t AtomicBool) -> Self {
        Self {
            transport,
            patience,
            stop,
            pauses: Mutex::default(),
        }
    }

    /// Whether to end.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Why everybody waits at the moment, if so.
    pub fn waits_for(&self) -> Option<String> {
        let pauses = self.pauses();
        (pauses.failures > 0).then(|| pauses.reason.clone())
    }

    /// Sends a request that may be sent twice, until there is an answer that doesn't say "later".
    ///
    /// # Errors
    /// [`Error::Remote`] when patience is at its end, and those of the transport that another attempt won't change.
    pub fn send(&self, method: Method, path: &str, body: &[u8]) -> Result<Response> {
        loop {
            self.hold_back()?;
            match self.transport.send(method, path, body) {
                Ok(answer) if !answer.is_busy() => {
                    self.succeeded();
                    return Ok(answer);
                }
                Ok(answer) => self.failed(answer.refusal(self.transport.address()))?,
                Err(error) => self.failed(error)?,
            }
        }
    }

    /// The answer of a request that may be sent twice.
    ///
    /// # Errors
    /// As [`Client::send`]; [`Error::Remote`] with what the cluster says is wrong.
    pub fn ask(&self, method: Method, path: &str, body: &Value) -> Result<Value> {
        let text = match body {
            Value::Null => Vec::new(),
            body => body.to_string().into_bytes(),
        };
        loop {
            let answer = self.send(method, path, &text)?;
            match answer.done(self.transport.address()) {
                Err(error) if answer.is_success() => self.failed(error)?,
                done => return done,
            }
        }
    }

    /// Waits until it is time to ask.
    ///
    /// # Errors
    /// [`Error::Remote`] when it was stopped meanwhile and nothing had been answered for a while.
    pub fn hold_back(&self) -> Result<()> {
        loop {
            let until = self.pauses().until;
            let Some(left) = until.and_then(|until| until.checked_duration_since(Instant::now())) else {
                return Ok(());
            };
            if self.is_stopped() {
                let reason = self.pauses().reason.clone();
                return Err(self.remote(&reason));
            }
            std::thread::sleep(left.min(TICK));
        }
    }

    /// Notes an answer that is one: nobody needs to hold back.
    pub fn succeeded(&self) {
        *self.pauses() = Pauses::default();
    }

    /// Notes a failure; all hold back for a while.
    ///
    /// # Errors
    /// The same error when another attempt is of no use, or patience is at its end.
    pub fn failed(&self, error: Error) -> Result<()> {
        let Error::Remote {
            message, retry: true, ..
        } = &error
        else {
            return Err(error);
        };
        let mut pauses = self.pauses();
        let now = Instant::now();
        // One failure of several senders at once is one.
        let is_known = pauses.until.is_some_and(|until| until > now);
        pauses.reason.clone_from(message);
        let since = *pauses.since.get_or_insert(now);
        if now.duration_since(since) >= self.patience.whole || self.is_stopped() {
            return Err(error);
        }
        if !is_known {
            let doubled = self.patience.first.saturating_mul(1 << pauses.failures.min(16));
            pauses.failures += 1;
            pauses.until = Some(now + jittered(doubled.min(self.patience.longest)));
        }
        Ok(())
    }

    /// An error of this cluster.
    pub fn remote(&self, message: &str) -> Error {
        Error::Remote {
            address: self.transport.address().to_string(),
            message: message.to_string(),
            retry: true,
        }
    }

    fn pauses(&self) -> std::sync::MutexGuard<'_, Pauses> {
        self.pauses.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A pause between half of it and all of it, so that many who wait don't come back at once.
fn jittered(pause: Duration) -> Duration {
    let random = std::hash::RandomState::new().build_hasher().finish();
    let share = (random % 1024) as u32;
    pause / 2 + pause / 2 * share / 1024
}

#[cfg(test)]
mod tests {
    use super::super::fake::{FakeTransport, answer};
    use super::*;
    use serde_json::json;

    const QUICK: Patience = Patience {
        first: Duration::from_millis(1),
        longest: Duration::from_millis(4),
        whole: Duration::from_millis(200),
    };

    static GO_ON: AtomicBool = AtomicBool::new(false);

    #[test]
    fn the_busy_and_the_lost_are_asked_again() {
        let mut times = 0;
        let transport = FakeTransport::new(move |_| {
            times += 1;
            match times {
                1 => answer(429, &json!({})),
                2 => None,
                3 => answer(503, &json!({})),
                4 => Some(Response {
                    status: 200,
                    bytes: b"{\"half".to_vec(),
                }),
                _ => answer(200, &json!({"whole": true})),
            }
        });
        let client = Client::new(&transport, QUICK, &GO_ON);
        let answer = client.ask(Method::Get, "/x", &Value::Null).expect("answered");
        assert_eq!(answer, json!({"whole": true}));
        assert_eq!(transport.asked().len(), 5);
        assert_eq!(client.waits_for(), None);
    }

    #[test]
    fn patience_ends() {
        let transport = FakeTransport::new(|_| None);
        let client = Client::new(&transport, QUICK, &GO_ON);
        let started = Instant::now();
        let error = client.ask(Method::Get, "/", &Value::Null).expect_err("lost");
        assert!(matches!(error, Error::Remote { retry: true, .. }), "{error}");
        assert!(started.elapsed() >= QUICK.whole && transport.asked().len() > 10);
    }

    #[test]
    fn what_another_attempt_wont_change_is_asked_once() {
        let transport = FakeTransport::new(|_| answer(404, &json!({"error": {"reason": "no such index"}})));
        let client = Client::new(&transport, QUICK, &GO_ON);
        let error = client.ask(Method::Get, "/", &Value::Null).expect_err("refused");
        assert!(error.to_string().contains("status 404: no such index"), "{error}");
        assert_eq!(transport.asked().len(), 1);
    }

    #[test]
    fn pauses_vary_and_are_never_longer() {
        let pause = Duration::from_millis(100);
        let all: Vec<Duration> = (0..50).map(|_| jittered(pause)).collect();
        assert!(all.iter().all(|one| *one >= pause / 2 && *one <= pause));
        assert!(all.iter().any(|one| *one != all[0]));
    }
}
