//! `POST /{tenant}/graphql/stream`: server-sent events in the distinct connections mode of
//! `graphql-sse`, for clients that cannot open a WebSocket.
//!
//! One request, one operation, one stream of `next` events and one `complete`. What is wrong with
//! the HTTP request itself is answered with its status; what is wrong with the GraphQL document
//! comes as a `next` event, as the protocol asks.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::{Body, Request, Response};
use tokio::sync::mpsc;
use tokio::time::{Instant, interval_at, timeout};
use tokio_util::sync::CancellationToken;

use super::answer::{Code, Refusal, refusal_body};
use super::caller::{Caller, Visit, credential};
use super::feed::{self, Event, Reader};
use super::gate::Gate;
use super::halt::Halt;
use super::ports::{Door, House, IdentityRefused};
use super::shield::Kind;
use super::{body, cors, decode, graphql_http, negotiate, pipeline, reply, session_cookie};

/// A comment is sent when nothing else was for so long, so that proxies keep the connection.
const KEEP_ALIVE: Duration = Duration::from_secs(12);

/// Every method on `/{tenant}/graphql/stream`.
pub(crate) async fn handle<H: House>(gate: Arc<Gate<H>>, slug: &str, request: Request) -> Response {
    let caller = Caller::of(&gate, &request);
    match *request.method() {
        Method::POST => {}
        Method::OPTIONS => return cors::preflight(gate, slug, caller, &request, cors::Taken::Post).await,
        _ => return reply::method_not_allowed("POST, OPTIONS", &caller),
    }
    let headers = request.headers().clone();
    let visit = match begin(gate, slug, caller.clone(), &headers).await {
        Ok(visit) => visit,
        Err(refusal) => return reply::refuse(&refusal, &caller),
    };
    let foreign = cors::allowed(&visit).await;
    let mut response = match open(&visit, slug, &headers, request).await {
        Ok(response) => response,
        Err(refusal) => reply::refuse(&refusal, &caller),
    };
    session_cookie::drop_stale(&mut response, &headers, slug, visit.gate.options.https);
    cors::expose(response.headers_mut(), foreign);
    response
}

async fn begin<H: House>(
    gate: Arc<Gate<H>>,
    slug: &str,
    caller: Caller,
    headers: &HeaderMap,
) -> Result<Visit<H>, Refusal> {
    if !negotiate::body_is_json(headers) {
        return Err(Refusal::new(
            Code::InvalidRequest,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "请求的 Content-Type 必须为 application/json（UTF-8）。",
            "The Content-Type must be application/json in UTF-8.",
        ));
    }
    if !negotiate::wants_events(headers) {
        return Err(Refusal::new(
            Code::InvalidRequest,
            StatusCode::NOT_ACCEPTABLE,
            "此地址只返回 text/event-stream。",
            "This address answers with text/event-stream only.",
        ));
    }
    if gate.closing.is_cancelled() {
        return Err(Refusal::closing());
    }
    Visit::begin(gate, slug, caller).await
}

async fn open<H: House>(
    visit: &Visit<H>,
    slug: &str,
    headers: &HeaderMap,
    mut request: Request,
) -> Result<Response, Refusal> {
    let limits = Arc::clone(&visit.desk.limits);
    let bytes = body::read(request.take_body(), headers, limits.body_bytes, limits.body_time()).await?;
    let credential = credential(headers, slug).inspect_err(|refusal| graphql_http::report_forgery(visit, refusal))?;
    let identity = visit.identify(credential, Door::Sse).await?;
    let raw = decode::body(&bytes, &limits)?;
    let place = visit.desk.socket(&visit.gate.metrics)?;
    let (queue, waiting) = mpsc::channel(limits.queue.max(1));
    let run = operate(visit.clone(), identity, raw, queue);
    visit.gate.tasks.spawn(async move {
        let _held = place;
        run.await;
    });
    Ok(stream_of(waiting))
}

/// Runs the operation and sends what comes of it.
async fn operate<H: House>(visit: Visit<H>, identity: H::Identity, raw: decode::Raw, queue: mpsc::Sender<Bytes>) {
    let stop = CancellationToken::new();
    let outcome = match pipeline::prepare(&visit, &identity, raw) {
        Err(refusal) => Err(refusal),
        Ok(prepared) if prepared.kind == Some(Kind::Subscription) => {
            return listen(visit, identity, prepared, queue, stop).await;
        }
        Ok(prepared) => {
            // Nobody reads the body any more when its queue is closed.
            let watched = {
                let (queue, stop) = (queue.clone(), stop.clone());
                tokio::spawn(async move {
                    queue.closed().await;
                    stop.cancel();
                })
            };
            let outcome = pipeline::execute(&visit, identity, prepared, Door::Sse, &stop).await;
            watched.abort();
            outcome
        }
    };
    let answer = match outcome {
        Ok(response) => feed::rendered(&visit, &response),
        Err(refusal) => {
            let limit = refusal.over.map(|(limit, ..)| limit);
            visit.gate.metrics.refused(refusal.code, limit, &visit.desk.slug);
            refusal_body(&refusal, visit.caller.language, visit.caller.id)
        }
    };
    let _ = queue.send(dress(Event::Next(answer))).await;
    let _ = queue.send(dress(Event::Complete)).await;
}

/// Drives a subscription, and stops it at shutdown or when its session ends.
async fn listen<H: House>(
    visit: Visit<H>,
    identity: H::Identity,
    prepared: pipeline::Prepared,
    queue: mpsc::Sender<Bytes>,
    stop: CancellationToken,
) {
    let halt = Halt::open();
    let stream = pipeline::subscribe(&visit, &identity, prepared, Door::Sse, halt.clone());
    let watch = watch(visit.clone(), identity, queue.clone(), stop.clone());
    let watched = tokio::spawn(watch);
    let reader = Reader { queue: queue.clone(), stop: stop.clone(), dress, finish: || true };
    feed::drive(&visit, stream, halt, reader).await;
    // The watch ends with the token; it may be asking the house something, so it is not dropped.
    stop.cancel();
    let _ = watched.await;
}

/// Cancels `stop` at shutdown, or when the session no longer holds or may do something else; `complete` is sent then.
async fn watch<H: House>(visit: Visit<H>, identity: H::Identity, queue: mpsc::Sender<Bytes>, stop: CancellationToken) {
    let every = visit.desk.limits.recheck_time();
    let mut recheck = interval_at(Instant::now() + every, every);
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = queue.closed() => break,
            () = visit.gate.closing.cancelled() => break,
            _ = recheck.tick() => {
                match visit.gate.house.refresh(&visit.tenant, &identity, false).await {
                    Ok(now) if now == identity => {}
                    // Nobody is signed out because the store does not answer.
                    Err(IdentityRefused::Unavailable) => {}
                    // Over, or it began under other rights.
                    Ok(_) | Err(_) => break,
                }
            }
        }
    }
    let _ = queue.try_send(dress(Event::Complete));
    stop.cancel();
}

/// An event as text. A refused subscription is a `next` with errors, then `complete`.
fn dress(event: Event) -> Bytes {
    let text = |data: Vec<u8>, rest: &str| {
        let mut bytes = b"event: next\ndata: ".to_vec();
        bytes.extend(data);
        bytes.extend(rest.as_bytes());
        Bytes::from(bytes)
    };
    match event {
        Event::Next(answer) => text(answer, "\n\n"),
        Event::Failed(errors) => text(errors, "\n\nevent: complete\ndata: \n\n"),
        Event::Complete => Bytes::from_static(b"event: complete\ndata: \n\n"),
    }
}

/// The answer whose body is the queue, with comments in the pauses.
fn stream_of(waiting: mpsc::Receiver<Bytes>) -> Response {
    let events = stream::unfold(waiting, |mut waiting| async move {
        let event = match timeout(KEEP_ALIVE, waiting.recv()).await {
            Ok(event) => event?,
            Err(_) => Bytes::from_static(b":\n\n"),
        };
        Some((Ok::<_, std::io::Error>(event), waiting))
    });
    let mut response = Response::from((StatusCode::OK, Body::from_bytes_stream(events)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
