//! A client of the WebSocket, as strict as the tests need.

use async_graphql::futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::*;

/// An open socket.
pub(crate) struct Socket(pub(crate) WebSocketStream<MaybeTlsStream<TcpStream>>);

/// What came.
#[derive(Debug, PartialEq)]
pub(crate) enum Came {
    Message(Value),
    Closed(u16, String),
    Gone,
}

impl Socket {
    /// Opens a socket with these headers.
    pub(crate) async fn open(server: &Running, headers: &[(&'static str, &str)]) -> Self {
        Self::attempt(server, headers).await.expect("the handshake was refused")
    }

    /// Opens a socket, or tells the status of the refusal.
    pub(crate) async fn attempt(server: &Running, headers: &[(&'static str, &str)]) -> Result<Self, u16> {
        let mut request = format!("ws://{}/taiyuan/graphql", server.address).into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match within(connect_async(request)).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Opens a socket that speaks the protocol.
    pub(crate) async fn speaking(server: &Running) -> Self {
        Self::open(server, &[("sec-websocket-protocol", "graphql-transport-ws")]).await
    }

    /// Opens a socket and initialises it with a token.
    pub(crate) async fn ready(server: &Running, token: &str) -> Self {
        let mut socket = Self::speaking(server).await;
        socket.say(json!({"type": "connection_init", "payload": {"authorization": format!("Bearer {token}")}})).await;
        socket.hears(json!({"type": "connection_ack"})).await;
        socket
    }

    pub(crate) async fn say(&mut self, message: Value) {
        self.text(&message.to_string()).await;
    }

    pub(crate) async fn text(&mut self, text: &str) {
        // The server may have closed already; the test then reads the close frame.
        let _ = self.0.send(Message::text(text)).await;
    }

    pub(crate) async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({"type": "subscribe", "id": id, "payload": {"query": query}})).await;
    }

    /// The next message or close frame; pings are passed over.
    pub(crate) async fn next(&mut self) -> Came {
        loop {
            match within(self.0.next()).await {
                Some(Ok(Message::Text(text))) => return Came::Message(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(Some(frame)))) => {
                    return Came::Closed(frame.code.into(), frame.reason.to_string());
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(other)) => panic!("{other:?}"),
                None | Some(Err(_)) => return Came::Gone,
            }
        }
    }

    pub(crate) async fn hears(&mut self, expected: Value) {
        assert_eq!(self.next().await, Came::Message(expected));
    }

    pub(crate) async fn is_closed_with(&mut self, code: u16) {
        match self.next().await {
            Came::Closed(closed, _) => assert_eq!(closed, code),
            other => panic!("expected {code}, came {other:?}"),
        }
    }
}
