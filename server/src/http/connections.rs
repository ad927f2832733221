//! Connections: how many, how slow, and how they end.
//!
//! poem's own server sets no timer for the head of a request, so a client may send it one byte a
//! minute for ever. This one drives hyper over poem's endpoint. HTTP/1.1 only: TLS and HTTP/2 are
//! the business of the proxy in front.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use poem::http::uri::Scheme;
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Endpoint, Response};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, Sleep, sleep_until, timeout};
use tokio_util::task::TaskTracker;

use super::graphql_http::Gone;
use super::halt::HangUp;
use super::ports::House;
use super::server::Front;
use super::unbroken::Unbroken;

/// Accepts until the gate closes, then lets what is open end.
pub(crate) async fn serve<H: House>(front: Front<H>, listener: TcpListener) {
    let gate = Arc::clone(front.gate());
    let most = gate.options.connections.clamp(1, Semaphore::MAX_PERMITS);
    let places = Arc::new(Semaphore::new(most));
    let connections = TaskTracker::new();
    let local = listener.local_addr().ok();
    loop {
        let place = tokio::select! {
            biased;
            () = gate.closing.cancelled() => break,
            place = Arc::clone(&places).acquire_owned() => place,
        };
        let accepted = tokio::select! {
            biased;
            () = gate.closing.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let (front, counted) = (front.clone(), gate.metrics.connection());
                connections.spawn(async move {
                    let _held = (place, counted);
                    connection(front, stream, local.unwrap_or(peer), peer).await;
                });
            }
            Err(error) => {
                // Out of file descriptors, mostly: without a pause this loop would spin.
                tracing::warn!(%error, "a connection could not be accepted");
                let _ = timeout(Duration::from_millis(100), gate.closing.cancelled()).await;
            }
        }
    }
    drop(listener);
    connections.close();
    gate.tasks.close();
    let ended = async {
        connections.wait().await;
        gate.tasks.wait().await;
    };
    if timeout(gate.options.drain_time(), ended).await.is_err() {
        tracing::warn!(
            connections = connections.len(),
            executions = gate.tasks.len(),
            "some requests did not end within the drain time"
        );
    }
}

/// One connection, requests one after the other.
async fn connection<H: House>(front: Front<H>, stream: TcpStream, local: SocketAddr, peer: SocketAddr) {
    let gate = Arc::clone(front.gate());
    // Answers are written whole; waiting to fill a packet only adds 40 ms.
    let _ = stream.set_nodelay(true);
    let io = TokioIo::new(Patient::new(stream, Duration::from_millis(gate.options.stall_ms)));
    let service = service_fn(move |request| answer(front.clone(), request, local, peer));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_millis(gate.options.header_ms))
        .max_headers(64)
        .max_buf_size(32 * 1024)
        .serve_connection(io, service)
        .with_upgrades();
    tokio::pin!(connection);
    // An error here is a client that broke off or sent no HTTP; there is nobody left to tell.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = gate.closing.cancelled() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// One request, [`Unbroken`]: hyper drops this future when the client hangs up, and the request must
/// go on.
async fn answer<H: House>(
    front: Front<H>,
    mut request: poem::http::Request<Incoming>,
    local: SocketAddr,
    peer: SocketAddr,
) -> Result<hyper::Response<BoxBody>, Infallible> {
    let (hang_up, gone) = HangUp::new();
    request.extensions_mut().insert(Gone(gone));
    let peers = (LocalAddr(local.into()), RemoteAddr(peer.into()));
    let request = poem::Request::from((request, peers.0, peers.1, Scheme::HTTP));
    let tasks = front.gate().tasks.clone();
    let handled = Unbroken::new(&tasks, async move { front.get_response(request).await });
    let response = handled.await.unwrap_or_else(panicked);
    drop(hang_up);
    Ok(response.into())
}

/// The body type of poem's answers.
type BoxBody = http_body_util::combinators::BoxBody<bytes::Bytes, io::Error>;

/// The answer when a handler panicked; the panic hook has logged it.
fn panicked() -> Response {
    Response::from((
        poem::http::StatusCode::INTERNAL_SERVER_ERROR,
        r#"{"errors":[{"message":"服务器内部错误 / The server failed","extensions":{"code":"INTERNAL"}}]}"#,
    ))
    .set_content_type("application/json; charset=utf-8")
}

/// A stream that gives up when a write stalls: a client that stops reading would otherwise hold
/// its answer in memory for ever.
struct Patient {
    stream: TcpStream,
    stall: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: TcpStream, stall: Duration) -> Self {
        Self { stream, stall, waiting: None }
    }

    /// Passes a write's outcome on, and starts or ends the clock.
    fn watch<T>(&mut self, outcome: Poll<io::Result<T>>, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.waiting = None;
            return outcome;
        }
        let stall = self.stall;
        let clock = self.waiting.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + stall)));
        match clock.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watch(outcome, cx)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_flush(cx);
        self.watch(outcome, cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.watch(outcome, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
