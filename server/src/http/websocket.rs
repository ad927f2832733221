//! GraphQL over WebSocket: the `graphql-transport-ws` protocol, to the letter.
//!
//! | close code | when |
//! |---|---|
//! | 4400 | a message that is not one of the protocol's |
//! | 4401 | `subscribe` before `connection_ack` |
//! | 4403 | the token is not believed, the origin not allowed, or the session has ended |
//! | 4406 | the client does not offer `graphql-transport-ws` |
//! | 4408 | no `connection_init` in time |
//! | 4409 | a `subscribe` with an id that is still running |
//! | 4429 | a second `connection_init` |
//! | 1001 | the server is going down; running operations were completed first |
//! | 1008 | too many messages, or no answer to pings |
//! | 1013 | who one is cannot be told at the moment: too many proofs from the address, or the store is out of reach |
//! | 1009 | a message larger than a body may be |

mod outbox;
mod protocol;
mod session;
mod streams;

use std::sync::Arc;

use poem::http::{HeaderMap, header};
use poem::web::websocket::{WebSocket, WebSocketConfig};
use poem::{FromRequest, IntoResponse, Request, RequestBody, Response};

use super::answer::Refusal;
use super::caller::{Caller, Visit, text};
use super::gate::Gate;
use super::ports::House;
use super::{reply, session_cookie};

/// The subprotocol.
const PROTOCOL: &str = "graphql-transport-ws";

/// Whether the request asks to become a WebSocket.
pub(crate) fn is_handshake(headers: &HeaderMap) -> bool {
    text(headers, header::UPGRADE).is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
}

/// Upgrades a handshake, or refuses it with an ordinary answer.
pub(crate) async fn upgrade<H: House>(gate: Arc<Gate<H>>, slug: &str, caller: Caller, request: Request) -> Response {
    match accept(gate, slug, caller.clone(), request).await {
        Ok(response) => response,
        Err(refusal) => reply::refuse(&refusal, &caller),
    }
}

async fn accept<H: House>(
    gate: Arc<Gate<H>>,
    slug: &str,
    caller: Caller,
    request: Request,
) -> Result<Response, Refusal> {
    let visit = Visit::begin(gate, slug, caller).await?;
    if visit.gate.closing.is_cancelled() {
        return Err(Refusal::closing());
    }
    let place = visit.desk.socket(&visit.gate.metrics)?;
    let headers = request.headers();
    let speaks = headers
        .get_all(header::SEC_WEBSOCKET_PROTOCOL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|offered| offered.trim() == PROTOCOL);
    // A page of another site can open a socket that carries our cookie, and there is no header to
    // ask for. So the cookie counts only when the page is on our own origin.
    let same_origin = headers.contains_key(header::ORIGIN) && visit.caller.origin.is_none();
    let cookie = if same_origin { session_cookie::read(headers, slug) } else { None };
    let cookie = cookie.map(str::to_owned);
    let socket = WebSocket::from_request(&request, &mut RequestBody::default())
        .await
        .map_err(|_| Refusal::invalid("WebSocket 握手不正确。", "The WebSocket handshake is malformed."))?
        .protocols([PROTOCOL])
        .config(config(visit.desk.limits.body_bytes));
    // Counted from now on, so that a shutdown between handshake and upgrade waits for it.
    let tracked = visit.gate.tasks.token();
    let upgraded = socket.on_upgrade(move |stream| async move {
        let _held = (tracked, place);
        session::run(visit, stream, speaks, cookie).await;
    });
    Ok(upgraded.into_response())
}

/// Small buffers, because most sockets are quiet; messages as large as a body may be.
fn config(body_bytes: usize) -> WebSocketConfig {
    let mut config = WebSocketConfig::default();
    config.read_buffer_size = 8 * 1024;
    config.write_buffer_size = 8 * 1024;
    config.max_message_size = Some(body_bytes);
    config.max_frame_size = Some(body_bytes);
    config
}
