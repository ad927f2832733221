//! A subscription on its way to a reader who may be slow.
//!
//! Each reader has a bounded queue. When it stays full, events are dropped and counted, and as soon
//! as there is room the reader gets one resync event instead of them: `next` with `data: null`
//! and `extensions.resync.missed`. It then reads again what it shows; nothing waits in memory for
//! a phone that lost its network.

use std::time::Duration;

use async_graphql::Response;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use super::answer::{Rendered, errors_only, is_request_error, refusal_body, render};
use super::caller::Visit;
use super::halt::Halt;
use super::ports::House;

/// What a reader gets (订阅消息).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// An answer, as JSON.
    Next(Vec<u8>),
    /// The request was refused: `{"errors": […]}`.
    Failed(Vec<u8>),
    /// No more.
    Complete,
}

/// Where a subscription's answers go (订阅去向).
pub(crate) struct Reader<T, Dress, Finish> {
    /// The reader's queue.
    pub(crate) queue: mpsc::Sender<T>,
    /// Cancelled when the reader wants no more.
    pub(crate) stop: CancellationToken,
    /// Makes a message of an event.
    pub(crate) dress: Dress,
    /// Called before the last message; false when the reader has left and nothing may be sent.
    pub(crate) finish: Finish,
}

/// Drives a stream into a queue until it ends or the reader stops it. Then the halt flag is
/// raised and the stream is polled on to its own end, for as long as an execution may take,
/// because it may be in the middle of a read.
pub(crate) async fn drive<H, T, Dress, Finish>(
    visit: &Visit<H>,
    mut stream: BoxStream<'static, Response>,
    halt: Halt,
    reader: Reader<T, Dress, Finish>,
) where
    H: House,
    Dress: Fn(Event) -> T,
    Finish: Fn() -> bool,
{
    let _counted = visit.gate.metrics.stream(&visit.desk.slug);
    let Reader { queue, stop, dress, finish } = reader;
    let mut missed = 0_u64;
    let mut first = true;
    let last = loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => break None,
            () = queue.closed() => break None,
            room = queue.reserve(), if missed > 0 => {
                let Ok(room) = room else { break None };
                room.send(dress(Event::Next(resync(missed))));
                visit.gate.metrics.resync(&visit.desk.slug);
                missed = 0;
            }
            answer = stream.next() => {
                let Some(answer) = answer else { break Some(Event::Complete) };
                if first && is_request_error(&answer) {
                    break Some(Event::Failed(errors_only(&answer.errors)));
                }
                first = false;
                if missed > 0 {
                    missed += 1;
                } else {
                    match room(&queue, visit.desk.limits.patience()).await {
                        Some(room) => room.send(dress(Event::Next(rendered(visit, &answer)))),
                        None => missed = 1,
                    }
                }
            }
        }
    };
    let ended = matches!(last, Some(Event::Complete));
    if let Some(last) = last
        && finish()
    {
        if missed > 0 {
            let _ = queue.send(dress(Event::Next(resync(missed)))).await;
        }
        let _ = queue.send(dress(last)).await;
    }
    halt.raise();
    if !ended {
        run_out(stream, visit.desk.limits.deadline()).await;
    }
}

/// A place in the queue, within the patience there is for a slow reader.
async fn room<T>(queue: &mpsc::Sender<T>, patience: Duration) -> Option<mpsc::Permit<'_, T>> {
    match queue.try_reserve() {
        Ok(room) => Some(room),
        Err(_) if patience.is_zero() => None,
        Err(_) => timeout(patience, queue.reserve()).await.ok()?.ok(),
    }
}

/// Polls a stream whose flag is raised until it ends by itself.
async fn run_out(mut stream: BoxStream<'static, Response>, time: Duration) {
    let deadline = Instant::now() + time;
    loop {
        tokio::select! {
            biased;
            answer = stream.next() => if answer.is_none() { return },
            () = sleep_until(deadline) => {
                tracing::warn!("a subscription did not end within the deadline after its halt");
                return;
            }
        }
    }
}

/// An answer as JSON; one over the cap is replaced by its refusal.
pub(crate) fn rendered<H: House>(visit: &Visit<H>, answer: &Response) -> Vec<u8> {
    match render(answer, visit.desk.limits.response_bytes) {
        Rendered::Bytes(bytes) => bytes,
        Rendered::TooLarge(refusal) => refusal_body(&refusal, visit.caller.language, visit.caller.id),
    }
}

fn resync(missed: u64) -> Vec<u8> {
    format!(r#"{{"data":null,"extensions":{{"resync":{{"missed":{missed}}}}}}}"#).into_bytes()
}
