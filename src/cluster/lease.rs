//! Who may write to an archive on a cluster: one at a time.
//!
//! The right is a document that is replaced only by whoever knows its version, so that of two who want it one gets
//! it. Its holder replaces it every few seconds; who finds it unchanged for [`Lease::TERM`] takes it. No clocks are
//! compared. Each holder has a higher number than the one before: it is the version of all that is written, so that
//! what a former holder still has on the way replaces nothing.

use super::address::Name;
use super::client::Client;
use super::transport::{Method, Response};
use crate::date;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What the document holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The machine and the folder of the index that is pushed.
    pub owner: String,
    /// Tells two holders of one folder apart.
    pub process: String,
    pub number: u64,
    /// For people.
    pub since: String,
    /// It has ended.
    #[serde(default)]
    pub released: bool,
}

/// The document with what replacing it takes.
#[derive(Debug, Clone)]
struct Held {
    holder: Holder,
    sequence: u64,
    term: u64,
}

/// The right to write.
pub struct Lease<'c> {
    client: &'c Client<'c>,
    path: String,
    held: Mutex<Held>,
    lost: AtomicBool,
}

/// How a lease is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// See [`Holder::owner`].
    pub owner: String,
    /// No other process of this folder can be alive: a lease of the same owner is that of a dead one.
    pub is_alone: bool,
    /// How long an unchanged lease is believed.
    pub term: Duration,
}

impl<'c> Lease<'c> {
    /// How long an unchanged lease is believed.
    pub const TERM: Duration = Duration::from_secs(20);

    /// Takes the right to write.
    ///
    /// # Errors
    /// [`Error::Locked`] when another has it; those of asking.
    pub fn take(client: &'c Client<'c>, name: &Name, wanted: &Wanted) -> Result<Self> {
        let path = format!("/{}/_doc/writer", name.control());
        let process = format!("{:016x}", std::hash::RandomState::new().build_hasher().finish());
        let mut watched: Option<(u64, Instant)> = None;
        loop {
            let found = read(client, &path)?;
            let mine = |number: u64| Holder {
                owner: wanted.owner.clone(),
                process: process.clone(),
                number,
                since: date::clock(),
                released: false,
            };
            let (condition, number) = match &found {
                None => ("op_type=create".to_string(), 0),
                Some(held) => {
                    let holder = &held.holder;
                    let is_own = holder.process == process;
                    let is_free =
                        holder.released || is_own || (wanted.is_alone && holder.owner == wanted.owner);
                    if !is_free && !is_abandoned(&mut watched, held, wanted.term) {
                        let seen = watched.map(|(sequence, _)| sequence);
                        if seen != Some(held.sequence) {
                            return Err(locked(client, name, holder));
                        }
                        std::thread::sleep(Duration::from_millis(200).min(wanted.term / 4));
                        if client.is_stopped() {
                            return Err(locked(client, name, holder));
                        }
                        continue;
                    }
                    (condition(held), holder.number)
                }
            };
            let number = (number + 1).max(seconds());
            let body = serde_json::to_vec(&mine(number))?;
            let answer = client.send(Method::Put, &format!("{path}?{condition}"), &body)?;
            if answer.status == 409 {
                // Another was faster, or the answer to this very request was lost.
                continue;
            }
            let done = answer.done(client.transport.address())?;
            return Ok(Self {
                client,
                path,
                held: Mutex::new(Held {
                    holder: mine(number),
                    sequence: done["_seq_no"].as_u64().unwrap_or(0),
                    term: done["_primary_term"].as_u64().unwrap_or(0),
                }),
                lost: AtomicBool::new(false),
            });
        }
    }

    /// The version of what is written under it.
    pub fn number(&self) -> u64 {
        self.held().holder.number
    }

    /// Whether it is believed to be held still.
    pub fn is_held(&self) -> bool {
        !self.lost.load(Ordering::Relaxed)
    }

    /// Fails if another has it now.
    ///
    /// # Errors
    /// [`Error::Locked`].
    pub fn check(&self, name: &Name) -> Result<()> {
        match self.is_held() {
            true => Ok(()),
            false => {
                let now = read(self.client, &self.path)?;
                let holder = now.map_or_else(|| self.held().holder.clone(), |held| held.holder);
                Err(locked(self.client, name, &holder))
            }
        }
    }

    /// Says that the holder is alive. To be called a few times each term.
    ///
    /// # Errors
    /// Those of asking.
    pub fn renew(&self) -> Result<()> {
        let holder = self.held().holder.clone();
        self.replace(holder)
    }

    /// Notes that something else told that another writes.
    pub fn lose(&self) {
        self.lost.store(true, Ordering::Relaxed);
    }

    /// Gives it back.
    ///
    /// # Errors
    /// Those of asking; then others wait for the end of the term.
    pub fn release(&self) -> Result<()> {
        let holder = Holder {
            released: true,
            ..self.held().holder.clone()
        };
        self.replace(holder)
    }

    fn replace(&self, holder: Holder) -> Result<()> {
        let mut held = self.held();
        loop {
            let path = format!("{}?{}", self.path, condition(&held));
            let answer: Response = self
                .client
                .send(Method::Put, &path, &serde_json::to_vec(&holder)?)?;
            if answer.status != 409 {
                let done = answer.done(self.client.transport.address())?;
                held.sequence = done["_seq_no"].as_u64().unwrap_or(held.sequence);
                held.term = done["_primary_term"].as_u64().unwrap_or(held.term);
                return Ok(());
            }
            match read(self.client, &self.path)? {
                // The answer to an earlier attempt was lost.
                Some(now) if now.holder.process == held.holder.process => *held = now,
                _ => {
                    self.lose();
                    return Ok(());
                }
            }
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a lease has stayed the same for a whole term; begins to watch it where nobody has yet.
fn is_abandoned(watched: &mut Option<(u64, Instant)>, held: &Held, term: Duration) -> bool {
    match watched {
        Some((sequence, since)) => *sequence == held.sequence && since.elapsed() >= term,
        None => {
            *watched = Some((held.sequence, Instant::now()));
            false
        }
    }
}

fn condition(held: &Held) -> String {
    format!("if_seq_no={}&if_primary_term={}", held.sequence, held.term)
}

/// Seconds since 1970: where a lease begins that nobody has had, or whose document was lost.
fn seconds() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(1, |now| now.as_secs())
}

fn read(client: &Client<'_>, path: &str) -> Result<Option<Held>> {
    let answer = client.send(Method::Get, path, b"")?;
    if answer.status == 404 {
        return Ok(None);
    }
    let found = answer.done(client.transport.address())?;
    if found["found"] == json!(false) {
        return Ok(None);
    }
    let holder = Holder::deserialize(&found["_source"]).map_err(|_| {
        client.remote("what is kept there about who writes can't be read; delete its index, whose name ends in -control")
    })?;
    Ok(Some(Held {
        holder,
        sequence: found["_seq_no"].as_u64().unwrap_or(0),
        term: found["_primary_term"].as_u64().unwrap_or(0),
    }))
}

fn locked(client: &Client<'_>, name: &Name, holder: &Holder) -> Error {
    Error::Locked {
        path: format!("{}/{}", client.transport.address(), name.as_str()).into(),
        holder: format!("griot push from {} (since {} UTC)", holder.owner, holder.since),
    }
}

/// Makes the index for leases and what was pushed, where it is absent.
///
/// # Errors
/// Those of asking.
pub fn make_control(client: &Client<'_>, name: &Name) -> Result<()> {
    let path = format!("/{}", name.control());
    if client.send(Method::Head, &path, b"")?.status == 200 {
        return Ok(());
    }
    let body = json!({
        "settings": { "index": { "number_of_shards": 1, "auto_expand_replicas": "0-1" } },
        "mappings": { "dynamic": false },
    });
    let answer = client.send(Method::Put, &path, body.to_string().as_bytes())?;
    let is_there = answer.status == 400
        && answer
            .reason()
            .is_some_and(|reason| reason.starts_with("resource_already_exists"));
    match is_there {
        true => Ok(()),
        false => answer.done(client.transport.address()).map(drop),
    }
}

/// A document beside the lease; none where it is absent.
///
/// # Errors
/// Those of asking.
pub fn kept(client: &Client<'_>, name: &Name, id: &str) -> Result<Option<Value>> {
    let path = format!("/{}/_doc/{id}", name.control());
    let answer = client.send(Method::Get, &path, b"")?;
    match answer.status {
        404 => Ok(None),
        _ => Ok(Some(answer.done(client.transport.address())?["_source"].take())),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fake::{Asked, FakeTransport, answer};
    use super::*;
    use crate::cluster::Patience;

    static GO_ON: AtomicBool = AtomicBool::new(false);

    /// Keeps one document, as a cluster does.
    fn one_document() -> FakeTransport {
        let mut kept: Option<(u64, Value)> = None;
        FakeTransport::new(move |asked: &Asked| {
            if asked.method == Method::Get {
                return match &kept {
                    None => answer(404, &json!({"found": false})),
                    Some((sequence, source)) => answer(
                        200,
                        &json!({"found": true, "_seq_no": sequence, "_primary_term": 1, "_source": source}),
                    ),
                };
            }
            let wanted = asked
                .path
                .split_once("if_seq_no=")
                .map(|(_, rest)| rest.split('&').next());
            let wanted = wanted.flatten().and_then(|number| number.parse::<u64>().ok());
            let there = kept.as_ref().map(|(sequence, _)| *sequence);
            if wanted != there {
                return answer(409, &json!({"error": {"reason": "another version"}}));
            }
            let sequence = there.map_or(0, |sequence| sequence + 1);
            kept = Some((sequence, serde_json::from_str(&asked.body).expect("JSON")));
            answer(200, &json!({"_seq_no": sequence, "_primary_term": 1}))
        })
    }

    fn wanted(owner: &str, is_alone: bool) -> Wanted {
        Wanted {
            owner: owner.into(),
            is_alone,
            term: Duration::from_millis(300),
        }
    }

    #[test]
    fn of_two_one_has_it_until_it_ends() {
        let transport = one_document();
        let client = Client::new(&transport, Patience::default(), &GO_ON);
        let name = Name::parse("a").expect("a name");
        let first = Lease::take(&client, &name, &wanted("one", true)).expect("free");
        std::thread::scope(|scope| {
            let renewing = scope.spawn(|| {
                for _ in 0..20 {
                    first.renew().expect("renewed");
                    std::thread::sleep(Duration::from_millis(50));
                }
            });
            let second = Lease::take(&client, &name, &wanted("two", true));
            let Err(Error::Locked { holder, .. }) = second.map(|_| ()) else {
                panic!("two have it");
            };
            assert!(holder.contains("from one"), "{holder}");
            renewing.join().expect("renewed");
        });
        first.release().expect("released");
        let second = Lease::take(&client, &name, &wanted("two", true)).expect("free");
        assert!(second.number() > first.number());
    }

    #[test]
    fn one_that_is_not_renewed_is_taken_and_its_holder_notices() {
        let transport = one_document();
        let client = Client::new(&transport, Patience::default(), &GO_ON);
        let name = Name::parse("a").expect("a name");
        let first = Lease::take(&client, &name, &wanted("one", true)).expect("free");
        let started = Instant::now();
        let second = Lease::take(&client, &name, &wanted("two", true)).expect("abandoned");
        assert!(started.elapsed() >= Duration::from_millis(300));
        assert!(second.number() > first.number());
        first.renew().expect("asked");
        assert!(!first.is_held() && first.check(&name).is_err());
        assert!(second.check(&name).is_ok());
    }

    #[test]
    fn a_dead_process_of_the_same_folder_is_not_waited_for() {
        let transport = one_document();
        let client = Client::new(&transport, Patience::default(), &GO_ON);
        let name = Name::parse("a").expect("a name");
        let _dead = Lease::take(&client, &name, &wanted("one", true)).expect("free");
        let started = Instant::now();
        Lease::take(&client, &name, &wanted("one", true)).expect("that of a dead process");
        assert!(started.elapsed() < Duration::from_millis(200));
    }
}
