//! The way to a cluster over HTTP, encrypted where it leaves the machine.

use super::address::Address;
use super::auth::Credentials;
use super::transport::{Method, Response, Transport};
use crate::disk;
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(10);
/// How long an answer may take, from the request to its end.
const ANSWER: Duration = Duration::from_secs(120);
/// Most bytes of an answer: facets of a large archive are some megabytes, a block of long texts tens of them.
const LONGEST_ANSWER: u64 = 1 << 30;

/// Where systems keep the certificates that they trust, in one file.
const TRUSTED: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// Connections to the nodes of a cluster: to one of them until it fails, then to the next.
pub struct HttpTransport {
    agent: ureq::Agent,
    address: Address,
    shown: String,
    credentials: Credentials,
    now: AtomicUsize,
}

impl HttpTransport {
    /// Makes ready; nothing is sent yet. `ca` is a file with the certificates of who signs for the nodes, in the PEM
    /// form; without it those count that the system trusts.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for certificates that can't be used, [`Error::Io`] for a file that can't be read.
    pub fn new(address: Address, credentials: Credentials, ca: Option<&Path>) -> Result<Self> {
        let is_encrypted = address.nodes().iter().any(|node| node.starts_with("https:"));
        let mut config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            // A redirect may lead anywhere, and who asks would be told there, too.
            .max_redirects(0)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(ANSWER))
            .user_agent(concat!("griot/", env!("CARGO_PKG_VERSION")))
            .max_idle_connections(32)
            .max_idle_connections_per_host(16);
        if is_encrypted {
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let tls = TlsConfig::builder()
                .root_certs(RootCerts::from(certificates(ca)?))
                .unversioned_rustls_crypto_provider(provider)
                .build();
            config = config.tls_config(tls);
        } else {
            // This machine is not to be asked by way of another.
            config = config.proxy(None);
        }
        Ok(Self {
            agent: config.build().new_agent(),
            shown: address.nodes().join(","),
            address,
            credentials,
            now: AtomicUsize::new(0),
        })
    }

    fn remote(&self, node: &str, (message, retry): (String, bool)) -> Error {
        Error::Remote {
            address: node.to_string(),
            message,
            retry,
        }
    }
}

impl Transport for HttpTransport {
    fn send(&self, method: Method, path: &str, body: &[u8]) -> Result<Response> {
        let nodes = self.address.nodes();
        let at = self.now.load(Ordering::Relaxed);
        let node = nodes[at % nodes.len()].as_str();
        let mut request = ureq::http::Request::builder()
            .method(method.name())
            .uri(format!("{node}{path}"));
        if !body.is_empty() {
            request = request.header("content-type", "application/json");
        }
        if let Some(header) = self.credentials.header() {
            // Its value is in no message: what is wrong with it would show it.
            let mut value = ureq::http::HeaderValue::from_str(header).map_err(|_| {
                Error::Unsupported(
                    "the user, the password or the key holds characters that can't be sent".into(),
                )
            })?;
            value.set_sensitive(true);
            request = request.header("authorization", value);
        }
        let answered = match body.is_empty() {
            true => request
                .body(())
                .map_err(ureq::Error::from)
                .and_then(|r| self.agent.run(r)),
            false => request
                .body(body)
                .map_err(ureq::Error::from)
                .and_then(|r| self.agent.run(r)),
        };
        let whole = answered.and_then(|mut answer| {
            let status = answer.status().as_u16();
            let bytes = answer
                .body_mut()
                .with_config()
                .limit(LONGEST_ANSWER)
                .read_to_vec()?;
            Ok(Response { status, bytes })
        });
        whole.map_err(|error| {
            // Others may have gone on to the next node already.
            let _ = self
                .now
                .compare_exchange(at, at + 1, Ordering::Relaxed, Ordering::Relaxed);
            self.remote(node, said(&error))
        })
    }

    fn address(&self) -> &str {
        &self.shown
    }
}

/// Which certificates are trusted.
fn certificates(ca: Option<&Path>) -> Result<Vec<Certificate<'static>>> {
    let path = match ca {
        Some(path) => path.to_path_buf(),
        None => match trusted()? {
            Some(path) => path,
            None => {
                return Err(Error::Unsupported(
                    "no list of trusted certificates was found on this system; name one with --ca FILE"
                        .into(),
                ));
            }
        },
    };
    let bytes = disk::read(&path)?.ok_or_else(|| Error::NoSuchPath { path: path.clone() })?;
    let items = parse_pem(&bytes).filter_map(|item| match item {
        Ok(PemItem::Certificate(certificate)) => Some(certificate),
        _ => None,
    });
    let found: Vec<_> = items.collect();
    match found.is_empty() {
        true => Err(Error::Unsupported(format!(
            "{} holds no certificate in the PEM form",
            path.display()
        ))),
        false => Ok(found),
    }
}

/// The file with the certificates that the system trusts: the one that `SSL_CERT_FILE` names, else the first of the
/// usual ones.
fn trusted() -> Result<Option<PathBuf>> {
    if let Some(named) = std::env::var_os("SSL_CERT_FILE").filter(|path| !path.is_empty()) {
        return Ok(Some(named.into()));
    }
    for path in TRUSTED.map(Path::new) {
        if disk::is_file(path)? {
            return Ok(Some(path.to_path_buf()));
        }
    }
    Ok(None)
}

/// What went wrong, and whether it may go well the next time.
fn said(error: &ureq::Error) -> (String, bool) {
    let (message, retry) = match error {
        ureq::Error::Io(error) => {
            let of_tls = error
                .get_ref()
                .and_then(|inner| inner.downcast_ref::<rustls::Error>());
            match of_tls {
                Some(error) => of_certificates(error),
                None => (error.to_string(), true),
            }
        }
        ureq::Error::Rustls(error) => of_certificates(error),
        ureq::Error::HostNotFound => ("there is no such host".into(), true),
        ureq::Error::Timeout(_) => ("no answer in time".into(), true),
        ureq::Error::ConnectionFailed => ("no connection".into(), true),
        ureq::Error::Protocol(_) | ureq::Error::Decompress(..) | ureq::Error::BodyStalled => {
            ("its answer is not whole, or not that of OpenSearch".into(), true)
        }
        ureq::Error::Http(_) | ureq::Error::BadUri(_) => ("this is no address".into(), false),
        other => (other.to_string(), true),
    };
    (message, retry)
}

/// What is wrong with an encrypted connection, in the words of whoever has to set it right. A connection that is
/// not to be trusted is not tried again.
fn of_certificates(error: &rustls::Error) -> (String, bool) {
    use rustls::CertificateError as Wrong;
    let message = match error {
        rustls::Error::InvalidCertificate(wrong) => match wrong {
            Wrong::UnknownIssuer => {
                "its certificate is signed by nobody that is trusted here; name the certificate of its authority with --ca FILE"
            }
            Wrong::Expired | Wrong::ExpiredContext { .. } => "its certificate has expired; renew it",
            Wrong::NotValidYet | Wrong::NotValidYetContext { .. } => {
                "its certificate is not valid yet; compare the clocks of the two machines"
            }
            Wrong::NotValidForName | Wrong::NotValidForNameContext { .. } => {
                "its certificate is for another name; write the address as the certificate has it"
            }
            Wrong::Revoked => "its certificate has been revoked",
            other => return (format!("its certificate is not accepted: {other}"), false),
        },
        rustls::Error::InvalidMessage(_) => "it doesn't answer in TLS; is it http:// there?",
        // The other side ended it in the middle: it may be starting.
        rustls::Error::PeerIncompatible(_) | rustls::Error::AlertReceived(_) => {
            return (format!("no encrypted connection: {error}"), false);
        }
        other => return (format!("no encrypted connection: {other}"), true),
    };
    (message.to_string(), false)
}
