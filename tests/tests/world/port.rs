//! The house on a port (对外端口), as a caller from outside meets it.

use std::net::SocketAddr;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use yizhan::door::Door;
use yizhan::http::{Front, Limits, Metrics, Options, serve};

use super::World;

/// The house on a port, without a worker, so that nothing changes by itself.
pub(crate) struct Port {
    client: reqwest::Client,
    base: String,
    stop: CancellationToken,
}

impl Drop for Port {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Port {
    pub(crate) async fn of(world: &World) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let limits = Limits { account_per_second: 0, address_per_second: 0, tenant_per_second: 0, ..Limits::default() };
        let door = Arc::new(Door::new(Arc::clone(&world.kernel), limits));
        let (port, stopped) = Self::at(listener.local_addr().expect("an address"));
        let front = Front::new(door, Options::default(), Metrics::new());
        tokio::spawn(serve(front, listener, async move { stopped.cancelled().await }));
        port
    }

    /// Whoever listens at an address, and what tells it to stop.
    pub(crate) fn at(address: SocketAddr) -> (Self, CancellationToken) {
        let stop = CancellationToken::new();
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        (Self { client, base: format!("http://{address}"), stop: stop.clone() }, stop)
    }

    pub(crate) async fn ask(&self, slug: &str, token: &str, query: &str, variables: &Value) -> (u16, Value) {
        let request = self.client.post(format!("{}/{slug}/graphql", self.base)).bearer_auth(token);
        let body = json!({"query": query, "variables": variables});
        let answer = request.json(&body).send().await.expect("an answer");
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    /// What comes first of a stream of events: once it is open, it need not end.
    pub(crate) async fn listen(&self, slug: &str, token: &str, query: &str, variables: &Value) -> (u16, Value) {
        let request = self.client.post(format!("{}/{slug}/graphql/stream", self.base)).bearer_auth(token);
        let body = json!({"query": query, "variables": variables});
        let request = request.header("accept", "text/event-stream").json(&body);
        let mut answer = request.send().await.expect("an answer");
        let status = answer.status().as_u16();
        if status != 200 {
            return (status, answer.json().await.unwrap_or_default());
        }
        let first = answer.chunk().await.expect("the first event").unwrap_or_default();
        let text = String::from_utf8_lossy(&first);
        let data = text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap_or_default();
        (status, serde_json::from_str(data).unwrap_or_default())
    }

    pub(crate) async fn put(&self, path: &str, bytes: Vec<u8>) -> u16 {
        let answer = self.client.put(format!("{}{path}", self.base)).body(bytes).send().await.expect("an answer");
        answer.status().as_u16()
    }

    pub(crate) async fn get(&self, path: &str) -> u16 {
        self.client.get(format!("{}{path}", self.base)).send().await.expect("an answer").status().as_u16()
    }
}
