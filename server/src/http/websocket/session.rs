//! One socket from its upgrade to its close.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::SplitStream;
use poem::web::websocket::{Message, WebSocketStream};
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};

use super::super::answer::{Code, Refusal, errors_only, is_request_error, refusal_body};
use super::super::caller::{Visit, bearer};
use super::super::feed::{self, Event, Reader};
use super::super::halt::Halt;
use super::super::ports::{Credential, Door, House, IdentityRefused, Language};
use super::super::rate::Bucket;
use super::super::shield::Kind;
use super::super::{decode, pipeline};
use super::outbox::{self, Close};
use super::protocol::{self, Said};
use super::streams::{NoPlace, Streams, Ticket};

/// A socket: what it needs to answer, and what it remembers.
struct Session<H: House> {
    visit: Visit<H>,
    cookie: Option<String>,
    /// Set by `connection_init`.
    identity: Option<H::Identity>,
    streams: Streams,
    queue: mpsc::Sender<Message>,
    messages: Bucket,
}

const BAD: Close = Close { code: 4400, reason: "Invalid message received" };
const UNAUTHORIZED: Close = Close { code: 4401, reason: "Unauthorized" };
const FORBIDDEN: Close = Close { code: 4403, reason: "Forbidden" };
const SUBPROTOCOL: Close = Close { code: 4406, reason: "Subprotocol not acceptable" };
const INIT_TIMEOUT: Close = Close { code: 4408, reason: "Connection initialisation timeout" };
const TAKEN: Close = Close { code: 4409, reason: "Subscriber already exists" };
const INIT_TWICE: Close = Close { code: 4429, reason: "Too many initialisation requests" };
const GOING_AWAY: Close = Close { code: 1001, reason: "Going away" };
const SILENT: Close = Close { code: 1008, reason: "No answer to pings" };
const FLOOD: Close = Close { code: 1008, reason: "Too many messages" };
const LATER: Close = Close { code: 1013, reason: "Try again later" };
const TOO_LARGE: Close = Close { code: 1009, reason: "Message too large" };

/// Runs a socket to its end. Never dropped half-way: it runs in the task of the upgrade.
pub(super) async fn run<H: House>(visit: Visit<H>, stream: WebSocketStream, speaks: bool, cookie: Option<String>) {
    let (sink, mut source) = stream.split();
    let (queue, waiting) = mpsc::channel(visit.desk.limits.queue.max(1));
    let (close, asked) = oneshot::channel();
    let limits = Arc::clone(&visit.desk.limits);
    let writer = tokio::spawn(outbox::write(sink, waiting, asked, limits.stall_time()));
    let messages = Bucket::new(visit.desk.limits.messages_per_second);
    let mut session = Session { visit, cookie, identity: None, streams: Streams::default(), queue, messages };
    let last = if speaks { session.listen(&mut source).await } else { Some(SUBPROTOCOL) };
    session.streams.stop_all();
    drop(session.queue);
    match last {
        Some(last) => drop(close.send(last)),
        None => drop(close),
    }
    let _ = writer.await;
    linger(source, limits.linger_time()).await;
    // What still runs was told to stop and ends by itself; shutdown waits for it, not the socket.
}

/// Reads and forgets until the client has closed too; reading also sends the reply to a close frame of the
/// client's. A connection closed with bytes unread is reset, and a reset overtakes the close frame on its way.
async fn linger(mut source: SplitStream<WebSocketStream>, time: Duration) {
    let emptied = async { while let Some(Ok(_)) = source.next().await {} };
    let _ = timeout(time, emptied).await;
}

impl<H: House> Session<H> {
    /// Reads until the socket ends. The close frame to send, or none when the client is gone.
    async fn listen(&mut self, source: &mut SplitStream<WebSocketStream>) -> Option<Close> {
        let limits = Arc::clone(&self.visit.desk.limits);
        let init_by = Instant::now() + limits.init_time();
        let mut ping = interval_at(Instant::now() + limits.ping_time(), limits.ping_time());
        let mut recheck = interval_at(Instant::now() + limits.recheck_time(), limits.recheck_time());
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        recheck.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let closing = self.visit.gate.closing.clone();
        let gone = self.queue.clone();
        let mut unanswered = 0;
        loop {
            tokio::select! {
                biased;
                () = closing.cancelled() => return Some(self.drain().await),
                () = gone.closed() => return None,
                () = sleep_until(init_by), if self.identity.is_none() => return Some(INIT_TIMEOUT),
                _ = recheck.tick() => {
                    if let Err(close) = self.recheck().await {
                        return Some(close);
                    }
                }
                _ = ping.tick() => {
                    if unanswered >= 2 {
                        return Some(SILENT);
                    }
                    unanswered += 1;
                    let _ = self.queue.try_send(Message::Ping(Vec::new()));
                }
                message = source.next() => {
                    unanswered = 0;
                    match self.received(message).await {
                        Ok(true) => {}
                        Ok(false) => return None,
                        Err(close) => return Some(close),
                    }
                }
            }
        }
    }

    /// One frame. `Ok(false)` when the client is gone.
    async fn received(&mut self, message: Option<std::io::Result<Message>>) -> Result<bool, Close> {
        let text = match message {
            None | Some(Ok(Message::Close(_))) => return Ok(false),
            Some(Err(error)) => return broken(&error),
            // The library answers pings of the WebSocket layer by itself.
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => return Ok(true),
            Some(Ok(Message::Binary(_))) => return Err(BAD),
            Some(Ok(Message::Text(text))) => text,
        };
        if self.messages.take().is_err() {
            return Err(FLOOD);
        }
        match protocol::read(&text).ok_or(BAD)? {
            Said::Init(payload) => self.init(payload).await?,
            Said::Ping(payload) => {
                let _ = self.queue.try_send(Message::Text(protocol::pong(payload.as_ref())));
            }
            Said::Pong => {}
            Said::Subscribe(id, payload) => self.subscribe(&id, payload)?,
            Said::Complete(id) => self.streams.complete(&id),
        }
        Ok(true)
    }

    async fn init(&mut self, payload: Option<serde_json::Map<String, Value>>) -> Result<(), Close> {
        if self.identity.is_some() {
            return Err(INIT_TWICE);
        }
        let field = |names: [&str; 2]| {
            let payload = payload.as_ref()?;
            names.into_iter().find_map(|name| payload.get(name)).and_then(Value::as_str)
        };
        if let Some(language) = field(["acceptLanguage", "accept-language"]) {
            self.visit.caller.language = Language::of(Some(language));
        }
        let credential = match field(["authorization", "Authorization"]) {
            Some(value) => Credential::Bearer(bearer(value).ok_or(FORBIDDEN)?),
            None => self.cookie.as_deref().map_or(Credential::None, Credential::Cookie),
        };
        match self.visit.identify(credential, Door::WebSocket).await {
            Ok(identity) => self.identity = Some(identity),
            Err(refusal) if matches!(refusal.code, Code::RateLimited | Code::Maintenance) => return Err(LATER),
            Err(_) => return Err(FORBIDDEN),
        }
        let _ = self.queue.send(Message::Text(protocol::ACK.to_owned())).await;
        Ok(())
    }

    /// Starts an operation in a task of its own.
    fn subscribe(&mut self, id: &str, payload: Value) -> Result<(), Close> {
        let identity = self.identity.clone().ok_or(UNAUTHORIZED)?;
        let running = match self.streams.begin(id, self.visit.desk.limits.streams) {
            Ok(running) => running,
            Err(NoPlace::Taken) => return Err(TAKEN),
            Err(NoPlace::Full) => {
                let refusal = Refusal::busy();
                let _ = self.queue.try_send(failed(&self.visit, id, &refusal));
                return Ok(());
            }
        };
        let mut visit = self.visit.clone();
        visit.caller.id = visit.gate.house.request_id();
        let queue = self.queue.clone();
        self.visit.gate.tasks.spawn(operate(visit, identity, payload, running, queue));
        Ok(())
    }

    /// Looks whether the session still holds; a socket that is not initialised has none yet. When what it may do has
    /// changed, its subscriptions are completed: they began under other rights, and the client may begin them again.
    async fn recheck(&mut self) -> Result<(), Close> {
        let Some(identity) = &self.identity else { return Ok(()) };
        match self.visit.gate.house.refresh(&self.visit.tenant, identity, false).await {
            Ok(now) if now == *identity => Ok(()),
            Ok(now) => {
                self.complete_subscriptions();
                self.identity = Some(now);
                Ok(())
            }
            // Nobody is signed out because the store does not answer.
            Err(IdentityRefused::Unavailable) => Ok(()),
            Err(_) => Err(FORBIDDEN),
        }
    }

    fn complete_subscriptions(&self) {
        for id in self.streams.stop_listening() {
            let _ = self.queue.try_send(Message::Text(protocol::complete(&id)));
        }
    }

    /// Going down: subscriptions are completed, what else runs may end, then 1001.
    async fn drain(&self) -> Close {
        self.complete_subscriptions();
        let time = self.visit.desk.limits.deadline() + self.visit.desk.limits.grace();
        let _ = timeout(time, self.streams.idle()).await;
        GOING_AWAY
    }
}

/// A frame that could not be read: too large, or the connection broke.
fn broken(error: &std::io::Error) -> Result<bool, Close> {
    let text = error.to_string();
    if text.contains("too long") || text.contains("too big") { Err(TOO_LARGE) } else { Ok(false) }
}

/// From the payload to a request that may run.
fn begin<H: House>(visit: &Visit<H>, identity: &H::Identity, payload: Value) -> Result<pipeline::Prepared, Refusal> {
    let raw = decode::payload(payload, &visit.desk.limits)?;
    visit.take(identity)?;
    pipeline::prepare(visit, identity, raw)
}

/// Runs one operation and sends what comes of it. Who asks is looked at again first: roles may have been withdrawn
/// since the socket was opened.
async fn operate<H: House>(
    visit: Visit<H>,
    identity: H::Identity,
    payload: Value,
    running: Ticket,
    queue: mpsc::Sender<Message>,
) {
    let prepared = match visit.gate.house.refresh(&visit.tenant, &identity, true).await {
        Ok(identity) => begin(&visit, &identity, payload).map(|prepared| (identity, prepared)),
        Err(refused) => Err(refused.into()),
    };
    let outcome = match prepared {
        Err(refusal) => Err(refusal),
        Ok((identity, prepared)) if prepared.kind == Some(Kind::Subscription) => {
            running.listens();
            return listen(visit, identity, prepared, running, queue).await;
        }
        Ok((identity, prepared)) => pipeline::execute(&visit, identity, prepared, Door::WebSocket, &running.stop).await,
    };
    if !running.finish() {
        return;
    }
    let id = running.id();
    match outcome {
        Err(refusal) => {
            let _ = queue.send(failed(&visit, id, &refusal)).await;
        }
        Ok(response) if is_request_error(&response) => {
            let text = protocol::error(id, &errors_only(&response.errors));
            let _ = queue.send(Message::Text(text)).await;
        }
        Ok(response) => {
            let text = protocol::next(id, &feed::rendered(&visit, &response));
            let _ = queue.send(Message::Text(text)).await;
            let _ = queue.send(Message::Text(protocol::complete(id))).await;
        }
    }
}

/// Drives a subscription into the socket's queue.
async fn listen<H: House>(
    visit: Visit<H>,
    identity: H::Identity,
    prepared: pipeline::Prepared,
    running: Ticket,
    queue: mpsc::Sender<Message>,
) {
    let halt = Halt::open();
    let stream = pipeline::subscribe(&visit, &identity, prepared, Door::WebSocket, halt.clone());
    let id = running.id();
    let dress = |event: Event| {
        Message::Text(match event {
            Event::Next(answer) => protocol::next(id, &answer),
            Event::Failed(errors) => protocol::error(id, &errors),
            Event::Complete => protocol::complete(id),
        })
    };
    let stop = running.stop.clone();
    let finish = || running.finish();
    feed::drive(&visit, stream, halt, Reader { queue, stop, dress, finish }).await;
}

/// An `error` message for a refusal, which is counted.
fn failed<H: House>(visit: &Visit<H>, id: &str, refusal: &Refusal) -> Message {
    let limit = refusal.over.map(|(limit, ..)| limit);
    visit.gate.metrics.refused(refusal.code, limit, &visit.desk.slug);
    let body = refusal_body(refusal, visit.caller.language, visit.caller.id);
    Message::Text(protocol::error(id, &body))
}
