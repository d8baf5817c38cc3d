//! The server: where it listens, what its requests share, how it ends.

use super::app::App;
use super::metrics::Metrics;
use super::routes;
use super::secret::{Secret, Sessions};
use crate::error::{Error, Result};
use crate::messages::spoken;
use crate::search::Following;
use axum::serve::Listener;
use std::io;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections at a time; more wait.
const CONNECTIONS: usize = 256;

/// Exports at a time.
const EXPORTS: usize = 4;

/// How often it is looked whether to end, and how long answers may take then.
const LOOK: Duration = Duration::from_millis(100);
const FAREWELL: Duration = Duration::from_secs(5);

/// How a server is to be.
pub struct Options {
    /// Where it listens; port 0 is any that is free.
    pub listen: SocketAddr,
    /// What is asked of everybody. Addresses that others can reach need one.
    pub secret: Option<Secret>,
    /// Told of every request, without its query, and of everything that breaks.
    pub log: Option<fn(&str)>,
    /// Decisions about articles and saved searches may be taken on the page: by whom, unless somebody writes another
    /// name. None: nothing can be changed.
    pub edit: Option<String>,
}

/// A server that listens.
pub struct Server {
    listener: StdListener,
    app: Arc<App>,
}

impl Server {
    /// Begins to listen; requests are answered once it [runs](Self::run).
    ///
    /// # Errors
    /// [`Error::Unsupported`] for an address that others can reach, without a secret; [`Error::Io`].
    pub fn bind(following: Following, options: Options) -> Result<Self> {
        let is_local = options.listen.ip().is_loopback();
        if !is_local && options.secret.is_none() {
            return Err(Error::Unsupported(format!(
                "{}: others can reach this address; give --token-file or --password-file, or listen on 127.0.0.1",
                options.listen
            )));
        }
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
        let served = runtime.block_on(async move {
            let listener = Limited {
                listener: TcpListener::from_std(self.listener)?,
                room: Arc::new(Semaphore::new(CONNECTIONS)),
            };
            let asked_to_stop = Arc::clone(&stop);
            let router = routes::router(self.app);
            let serving = axum::serve(listener, router).with_graceful_shutdown(stopped(asked_to_stop));
            let hurried = async {
                stopped(stop).await;
                tokio::time::sleep(FAREWELL).await;
            };
            tokio::select! {
                served = serving => served,
                () = hurried => Ok(()),
            }
        });
        runtime.shutdown_background();
        served.map_err(Error::io("server"))
    }
}

async fn stopped(stop: Arc<AtomicBool>) {
    while !stop.load(Ordering::Relaxed) {
        tokio::time::sleep(LOOK).await;
    }
}

/// A listener that accepts no more connections than there is room for.
struct Limited {
    listener: TcpListener,
    room: Arc<Semaphore>,
}

/// A connection, and the room that it takes.
struct Connection {
    stream: TcpStream,
    _room: Option<OwnedSemaphorePermit>,
}

impl Listener for Limited {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let room = Arc::clone(&self.room).acquire_owned().await.ok();
        let (stream, address) = Listener::accept(&mut self.listener).await;
        // Small answers go out at once.
        let _ = stream.set_nodelay(true);
        (Connection { stream, _room: room }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
