//! Who may ask, where not everybody may: a token for programs, a password for people.

use crate::error::{Error, Result};
use argon2::Argon2;
use argon2::password_hash::rand_core::{OsRng, RngCore as _};
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Sessions that are kept; the oldest ends when there are more.
const SESSIONS: usize = 1_000;

/// Failed attempts that are answered in a span of time, from one address and from all.
const ATTEMPTS: usize = 10;
const ATTEMPTS_OF_ALL: usize = 100;
const SPAN: Duration = Duration::from_secs(60);

/// What is asked of those who log in.
#[derive(Clone)]
pub struct Secret(Kind);

#[derive(Clone)]
enum Kind {
    /// A random text, long enough that a fast hash is safe. Hashes are compared in constant time.
    Token(blake3::Hash),
    /// A hash of argon2.
    Password(String),
}

impl Secret {
    /// A token, which programs send as `Authorization: Bearer …` and people may type as a password.
    pub fn token(text: &str) -> Self {
        Self(Kind::Token(blake3::hash(text.as_bytes())))
    }

    /// A password, or the hash of one as `argon2` writes it.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for a hash that can't be read.
    pub fn password(text: &str) -> Result<Self> {
        let wrong = |what: &dyn std::fmt::Display| Error::Unsupported(format!("argon2: {what}"));
        if text.starts_with("$argon2") {
            let hash = PasswordHash::new(text).map_err(|error| wrong(&error))?;
            // Without what was computed it would open to nobody.
            if hash.hash.is_none() || hash.salt.is_none() {
                return Err(wrong(&"incomplete hash"));
            }
            return Ok(Self(Kind::Password(text.to_string())));
        }
        let salt = SaltString::generate(&mut OsRng);
        let hash = Argon2::default().hash_password(text.as_bytes(), &salt);
        let hash = hash.map_err(|error| wrong(&error))?;
        Ok(Self(Kind::Password(hash.to_string())))
    }

    /// Whether this is it. Takes as long whatever is wrong with it.
    pub(super) fn is(&self, typed: &str) -> bool {
        match &self.0 {
            Kind::Token(hash) => blake3::hash(typed.as_bytes()) == *hash,
            Kind::Password(hash) => PasswordHash::new(hash)
                .is_ok_and(|hash| Argon2::default().verify_password(typed.as_bytes(), &hash).is_ok()),
        }
    }

    /// Whether programs may send it with every request: checking a password takes long on purpose.
    pub(super) fn is_token(&self) -> bool {
        matches!(self.0, Kind::Token(_))
    }
}

/// Those who have logged in, and those who tried.
#[derive(Default)]
pub(super) struct Sessions {
    /// Hashes of the values of cookies: comparing hashes tells nothing about them.
    open: Mutex<VecDeque<blake3::Hash>>,
    failed: Mutex<VecDeque<(Instant, IpAddr)>>,
}

impl Sessions {
    /// Begins a session; what is given out is the value of a cookie.
    pub(super) fn begin(&self) -> String {
        let mut random = [0; 32];
        OsRng.fill_bytes(&mut random);
        let cookie = blake3::Hash::from_bytes(random).to_hex().to_string();
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= SESSIONS {
            open.pop_front();
        }
        open.push_back(blake3::hash(cookie.as_bytes()));
        cookie
    }

    /// Whether somebody has logged in with this cookie.
    pub(super) fn has(&self, cookie: &str) -> bool {
        let wanted = blake3::hash(cookie.as_bytes());
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.contains(&wanted)
    }

    /// Ends a session.
    pub(super) fn end(&self, cookie: &str) {
        let wanted = blake3::hash(cookie.as_bytes());
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|hash| *hash != wanted);
    }

    /// Whether an attempt from an address is answered now: few fail by mistake.
    pub(super) fn may_try(&self, from: IpAddr) -> bool {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.retain(|(at, _)| at.elapsed() < SPAN);
        let of_address = failed.iter().filter(|(_, address)| *address == from).count();
        of_address < ATTEMPTS && failed.len() < ATTEMPTS_OF_ALL
    }

    /// Notes an attempt that failed.
    pub(super) fn failed(&self, from: IpAddr) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.push_back((Instant::now(), from));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_secret_opens() {
        let token = Secret::token("abc");
        assert!(token.is("abc") && !token.is("abd") && !token.is("") && token.is_token());
        let password = Secret::password("mot de passe").expect("hashed");
        assert!(password.is("mot de passe") && !password.is("mot") && !password.is_token());
        let Kind::Password(hash) = &password.0 else {
            panic!("a password")
        };
        assert!(hash.starts_with("$argon2id$"));
        assert!(Secret::password(hash).expect("read").is("mot de passe"));
        assert!(Secret::password("$argon2id$nonsense").is_err());
    }

    #[test]
    fn sessions_begin_and_end() {
        let sessions = Sessions::default();
        let (one, two) = (sessions.begin(), sessions.begin());
        assert!(one != two && sessions.has(&one) && !sessions.has("x"));
        sessions.end(&one);
        assert!(!sessions.has(&one) && sessions.has(&two));
    }

    #[test]
    fn attempts_are_limited() {
        let sessions = Sessions::default();
        let from = |last| IpAddr::from([10, 0, 0, last]);
        for _ in 0..ATTEMPTS {
            assert!(sessions.may_try(from(1)));
            sessions.failed(from(1));
        }
        assert!(!sessions.may_try(from(1)));
        assert!(sessions.may_try(from(2)), "others may still try");
        (0..ATTEMPTS_OF_ALL).for_each(|at| sessions.failed(from(at as u8)));
        assert!(!sessions.may_try(from(200)), "many addresses are one attack");
    }
}
