//! The server: where it listens, what its requests share, how it ends.

use super::announcer::{Announcer, Listeners};
use super::app::App;
use super::connection;
use super::cors;
use super::live::watch_commits;
use super::metrics::Metrics;
use super::routes;
use super::secret::{Secret, Sessions};
use crate::error::{Error, Result};
use crate::messages::spoken;
use crate::search::Following;
use std::io;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

/// Exports at a time.
const EXPORTS: usize = 4;

/// How often it is looked whether to end, and how long answers may take then.
const LOOK: Duration = Duration::from_millis(100);
const FAREWELL: Duration = Duration::from_secs(5);

/// Passwords that are checked at a time.
const LOGINS: usize = 2;

/// How long an answer may take, unless it is said.
pub const LONGEST: Duration = Duration::from_secs(30);

/// How a server is to be.
pub struct Options {
    /// Where it listens; port 0 is any that is free.
    pub listen: SocketAddr,
    /// What is asked of everybody. Addresses that others can reach need one.
    pub secret: Option<Secret>,
    /// Told of every request, without its query, and of everything that breaks.
    pub log: Option<fn(&str)>,
    /// The log has queries, too.
    pub logs_queries: bool,
    /// How long an answer may take: what is looked for longer is given up.
    pub longest: Duration,
    /// Other sites whose pages may read the API, as browsers name them: `https://example.org`.
    pub cors: Vec<String>,
    /// Decisions about articles and saved searches may be taken on the page: by whom, unless somebody writes another
    /// name. None: nothing can be changed.
    pub edit: Option<String>,
}

/// A server that listens.
pub struct Server {
    listener: StdListener,
    pub(super) app: Arc<App>,
}

impl Server {
    /// Begins to listen; requests are answered once it [runs](Self::run).
    ///
    /// # Errors
    /// [`Error::Unsupported`] for an address that others can reach, without a secret, or a site that browsers never name
    /// so; [`Error::Io`].
    pub fn bind(following: Following, options: Options) -> Result<Self> {
        let is_local = options.listen.ip().is_loopback();
        if !is_local && options.secret.is_none() {
            return Err(Error::Unsupported(format!(
                "{}: others can reach this address; give --token-file or --password-file, or listen on 127.0.0.1",
                options.listen
            )));
        }
        options.cors.iter().try_for_each(|origin| cors::check(origin))?;
        let named = |error| Error::io(options.listen.to_string())(error);
        let listener = StdListener::bind(options.listen).map_err(named)?;
        listener.set_nonblocking(true).map_err(named)?;
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let app = App {
            following,
            secret: options.secret,
            sessions: Sessions::default(),
            metrics: Metrics::default(),
            turns: Arc::new(Semaphore::new(cores.max(2) * 2)),
            exports: Arc::new(Semaphore::new(EXPORTS)),
            logins: Semaphore::new(LOGINS),
            longest: options.longest,
            announcer: Announcer::new(),
            listeners: Listeners::default(),
            ending: watch::Sender::new(false),
            cors: options.cors,
            logs_queries: options.logs_queries,
            is_local,
            language: spoken(),
            log: options.log,
            edit: options.edit,
        };
        Ok(Self {
            listener,
            app: Arc::new(app),
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn address(&self) -> Result<SocketAddr> {
        self.listener.local_addr().map_err(Error::io("listen"))
    }

    /// Answers requests until `stop` is set; those under way are answered still.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn run(self, stop: &Arc<AtomicBool>) -> Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(Error::io("server"))?;
        let stop = Arc::clone(stop);
        let served: io::Result<()> = runtime.block_on(async move {
            let listener = TcpListener::from_std(self.listener)?;
            let router = routes::router(Arc::clone(&self.app));
            tokio::spawn(watch_commits(Arc::clone(&self.app)));
            let ending = self.app.ending.subscribe();
            tokio::spawn(async move {
                stopped(stop).await;
                self.app.ending.send_replace(true);
            });
            connection::serve(listener, router, ending, FAREWELL).await;
            Ok(())
        });
        runtime.shutdown_background();
        served.map_err(Error::io("server"))
    }

    /// What tells open pages about updates of the index.
    pub fn announcer(&self) -> Announcer {
        self.app.announcer.clone()
    }
}

async fn stopped(stop: Arc<AtomicBool>) {
    while !stop.load(Ordering::Relaxed) {
        tokio::time::sleep(LOOK).await;
    }
}
