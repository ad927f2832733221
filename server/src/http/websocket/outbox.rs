//! The writer of a socket: one task that owns the sending half.

use std::time::Duration;

use futures_util::SinkExt;
use futures_util::stream::SplitSink;
use poem::web::websocket::{CloseCode, Message, WebSocketStream};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

/// A close frame (关闭帧).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Close {
    pub(crate) code: u16,
    pub(crate) reason: &'static str,
}

/// Writes what comes until told to close; what waits in the queue is written before the close
/// frame. A write that stalls longer than `stall` ends the socket.
pub(crate) async fn write(
    mut sink: SplitSink<WebSocketStream, Message>,
    mut queue: mpsc::Receiver<Message>,
    mut close: oneshot::Receiver<Close>,
    stall: Duration,
) {
    let last = loop {
        tokio::select! {
            biased;
            asked = &mut close => break asked.ok(),
            message = queue.recv() => {
                let Some(message) = message else { break None };
                if !send(&mut sink, message, stall).await {
                    return;
                }
            }
        }
    };
    queue.close();
    while let Ok(message) = queue.try_recv() {
        if !send(&mut sink, message, stall).await {
            return;
        }
    }
    if let Some(close) = last {
        let frame = Message::Close(Some((CloseCode::from(close.code), close.reason.to_owned())));
        send(&mut sink, frame, stall).await;
    }
}

async fn send(sink: &mut SplitSink<WebSocketStream, Message>, message: Message, stall: Duration) -> bool {
    matches!(timeout(stall, sink.send(message)).await, Ok(Ok(())))
}
