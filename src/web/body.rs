//! Answers of any length, written by a thread while they are sent.

use axum::body::{Body, Bytes};
use futures_core::Stream;
use std::io::{self, BufWriter, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Pieces that wait to be sent, and what a piece holds.
const PIECES: usize = 8;
const PIECE: usize = 32 * 1024;

/// Whoever reads nothing for so long has gone.
const PATIENCE: Duration = Duration::from_secs(30);

struct Pieces(Receiver<io::Result<Bytes>>);

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

/// What a thread writes to.
struct Sending {
    pieces: Sender<io::Result<Bytes>>,
    runtime: Handle,
}

impl Sending {
    fn send(&self, piece: io::Result<Bytes>) -> io::Result<()> {
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let sent = async { tokio::time::timeout(PATIENCE, self.pieces.send(piece)).await };
        match self.runtime.block_on(sent) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(gone()),
        }
    }
}

impl Write for Sending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.send(Ok(Bytes::copy_from_slice(bytes)))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A body, and the work that writes it. Where the work fails, the connection breaks off: nobody takes what came for
/// the whole.
pub(super) fn written(
    runtime: Handle,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
) -> Body {
    let (pieces, received) = channel(PIECES);
    let sending = Sending {
        pieces,
        runtime: runtime.clone(),
    };
    runtime.spawn_blocking(move || {
        let errors = sending.pieces.clone();
        let mut out = BufWriter::with_capacity(PIECE, sending);
        let written = write(&mut out).and_then(|()| out.flush());
        if let Err(error) = written {
            // Who has gone reads no error.
            let _ = errors.try_send(Err(error));
            let _ = out.into_parts();
        }
    });
    Body::from_stream(Pieces(received))
}
