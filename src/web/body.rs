//! Answers of any length, written by a thread while they are sent.

use super::patience::Patience;
use axum::body::{Body, BodyDataStream, Bytes, HttpBody as _};
use futures_core::Stream;
use std::future::Future as _;
use std::io::{self, BufWriter, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::Sleep;

/// Pieces that wait to be sent, and what a piece holds.
const PIECES: usize = 8;
const PIECE: usize = 32 * 1024;

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
    /// Whoever reads nothing, or next to nothing, holds no thread.
    patience: Patience,
}

impl Sending {
    fn send(&mut self, piece: Bytes) -> io::Result<()> {
        let (wait, length) = (self.patience.wait(), piece.len());
        let sent = async { tokio::time::timeout(wait, self.pieces.send(Ok(piece))).await };
        let sent = self.runtime.block_on(sent);
        self.patience.took(length);
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}

impl Write for Sending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.send(Bytes::copy_from_slice(bytes))?;
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
        patience: Patience::default(),
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

/// The body of a request, which breaks off where it takes longer than that: whoever sends it a byte at a time is not
/// waited for.
pub(super) fn in_time(body: Body, time: Duration) -> Body {
    if body.is_end_stream() {
        return body;
    }
    Body::from_stream(InTime {
        sent: body.into_data_stream(),
        late: Box::pin(tokio::time::sleep(time)),
    })
}

struct InTime {
    sent: BodyDataStream,
    late: Pin<Box<Sleep>>,
}

impl Stream for InTime {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.late.as_mut().poll(context).is_ready() {
            return Poll::Ready(Some(Err(axum::Error::new(io::Error::from(
                io::ErrorKind::TimedOut,
            )))));
        }
        Pin::new(&mut self.sent).poll_next(context)
    }
}
