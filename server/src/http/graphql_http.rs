//! `POST /{tenant}/graphql`: GraphQL over HTTP.

use std::sync::Arc;

use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::{Request, Response};
use tokio_util::sync::CancellationToken;

use super::answer::{Code, Refusal, Rendered, is_request_error, refusal_body, render, status};
use super::caller::{Caller, Visit, credential};
use super::gate::Gate;
use super::negotiate::{self, Answer};
use super::ports::{Door, House, SecurityEventKind};
use super::{body, cors, decode, pipeline, reply, session_cookie, websocket};

/// Set by the connection on every request: cancelled when the client hangs up.
#[derive(Clone)]
pub(crate) struct Gone(pub(crate) CancellationToken);

impl Gone {
    /// The request's token; one that is never cancelled where no connection set one.
    pub(crate) fn of(request: &Request) -> CancellationToken {
        request.data::<Self>().map_or_else(CancellationToken::new, |gone| gone.0.clone())
    }
}

/// Every method on `/{tenant}/graphql`: POST executes, a WebSocket handshake upgrades, OPTIONS
/// answers a browser's preflight, the rest is refused.
pub(crate) async fn handle<H: House>(gate: Arc<Gate<H>>, slug: &str, request: Request) -> Response {
    let caller = Caller::of(&gate, &request);
    match *request.method() {
        Method::POST => post(gate, slug, caller, request).await,
        Method::OPTIONS => cors::preflight(gate, slug, caller, &request, cors::Taken::Post).await,
        Method::GET if websocket::is_handshake(request.headers()) => {
            websocket::upgrade(gate, slug, caller, request).await
        }
        _ => reply::method_not_allowed("POST, OPTIONS", &caller),
    }
}

async fn post<H: House>(gate: Arc<Gate<H>>, slug: &str, caller: Caller, mut request: Request) -> Response {
    let (headers, https) = (std::mem::take(request.headers_mut()), gate.options.https);
    let answer = negotiate::answer(&headers);
    let mut foreign = None;
    let done = match check_head(&headers, answer) {
        Ok(answer) => match Visit::begin(gate, slug, caller.clone()).await {
            Ok(visit) => {
                foreign = cors::allowed(&visit).await;
                run(&visit, slug, &headers, request).await.map(|response| (response, answer))
            }
            Err(refusal) => Err(refusal),
        },
        Err(refusal) => Err(refusal),
    };
    let mut response = match done {
        Ok((outcome, answer)) => executed(outcome, answer, &caller),
        Err(refusal) => refused(&refusal, answer.unwrap_or(Answer::Json), &caller),
    };
    session_cookie::drop_stale(&mut response, &headers, slug, https);
    cors::expose(response.headers_mut(), foreign);
    response
}

/// Content type and `Accept`, before anything costs more.
fn check_head(headers: &HeaderMap, answer: Option<Answer>) -> Result<Answer, Refusal> {
    if !negotiate::body_is_json(headers) {
        return Err(Refusal::new(
            Code::InvalidRequest,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "请求的 Content-Type 必须为 application/json（UTF-8）。",
            "The Content-Type must be application/json in UTF-8.",
        ));
    }
    answer.ok_or_else(|| {
        Refusal::new(
            Code::InvalidRequest,
            StatusCode::NOT_ACCEPTABLE,
            "只能返回 application/graphql-response+json 或 application/json。",
            "Answers are application/graphql-response+json or application/json.",
        )
    })
}

/// An outcome ready to be sent: rendered bytes, and the status when nothing was executed.
struct Outcome {
    rendered: Rendered,
    refused: Option<StatusCode>,
}

async fn run<H: House>(
    visit: &Visit<H>,
    slug: &str,
    headers: &HeaderMap,
    mut request: Request,
) -> Result<Outcome, Refusal> {
    let limits = &visit.desk.limits;
    let gone = Gone::of(&request);
    let bytes = body::read(request.take_body(), headers, limits.body_bytes, limits.body_time()).await?;
    let credential = credential(headers, slug).inspect_err(|refusal| report_forgery(visit, refusal))?;
    let identity = visit.identify(credential, Door::Http).await?;
    let raw = decode::body(&bytes, limits)?;
    let prepared = pipeline::prepare(visit, &identity, raw)?;
    let response = pipeline::execute(visit, identity, prepared, Door::Http, &gone).await?;
    let refused = is_request_error(&response).then(|| status(&response));
    Ok(Outcome { refused, rendered: render(&response, limits.response_bytes) })
}

/// A cookie without the header is an event; a malformed `Authorization` is not.
pub(crate) fn report_forgery<H: House>(visit: &Visit<H>, refusal: &Refusal) {
    if refusal.code == Code::Forbidden {
        visit.report(SecurityEventKind::ForgedRequest);
    }
}

fn executed(outcome: Outcome, answer: Answer, caller: &Caller) -> Response {
    let bytes = match outcome.rendered {
        Rendered::Bytes(bytes) => bytes,
        Rendered::TooLarge(refusal) => return refused(&refusal, answer, caller),
    };
    let status = match (outcome.refused, answer) {
        (None, _) | (Some(StatusCode::BAD_REQUEST), Answer::Json) => StatusCode::OK,
        (Some(status), _) => status,
    };
    typed(reply::json(status, bytes, caller.language), answer)
}

fn refused(refusal: &Refusal, answer: Answer, caller: &Caller) -> Response {
    let mut response = reply::refuse(refusal, caller);
    if refusal.well_formed && answer == Answer::Json {
        response.set_status(StatusCode::OK);
        response.set_body(refusal_body(refusal, caller.language, caller.id));
    }
    typed(response, answer)
}

fn typed(mut response: Response, answer: Answer) -> Response {
    let value = HeaderValue::from_static(answer.content_type());
    response.headers_mut().insert(header::CONTENT_TYPE, value);
    response
}
