//! The transport over a real port, against a small house.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rust_embed::{DynRustEmbed, Embed};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::http;
use http::{Front, Limits, Metrics, Options, serve};

mod executions;
mod files_and_pages;
mod hostile;
mod house;
mod http_doors;
mod schema;
mod sms_reports;
mod socket_client;
mod socket_codes;
mod socket_streams;
mod sse_stream;

use house::{Inn, Switches};

/// Pages to serve in tests.
#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/src/http/tests/dist"]
struct Pages;

/// No pages.
#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/src/http/tests/no-such-folder"]
#[allow_missing = true]
struct NoPages;

/// A running server.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) switches: Arc<Switches>,
    pub(crate) client: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
}

/// Limits for tests: the defaults without rate buckets, and short times where a test waits.
pub(crate) fn limits() -> Limits {
    Limits {
        account_per_second: 0,
        address_per_second: 0,
        proofs_per_minute: 0,
        tenant_per_second: 0,
        messages_per_second: 0,
        linger_ms: 50,
        ..Limits::default()
    }
}

impl Running {
    /// Starts a server with these limits.
    pub(crate) async fn with(limits: Limits) -> Self {
        Self::start(limits, Options::default(), Arc::new(Pages)).await
    }

    /// Starts a server.
    pub(crate) async fn start(limits: Limits, options: Options, pages: Arc<dyn DynRustEmbed + Send + Sync>) -> Self {
        let inn = Arc::new(Inn::new(limits));
        let switches = Arc::clone(&inn.switches);
        let front = Front::with_pages(inn, options, Metrics::new(), pages);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(serve(front, listener, async move {
            let _ = stopped.await;
        }));
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { address, switches, client, stop: Some(stop), serving }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A POST to Taiyuan's GraphQL with the newer media type.
    pub(crate) fn post(&self, body: &Value) -> reqwest::RequestBuilder {
        self.client.post(self.url("/taiyuan/graphql")).header("accept", "application/graphql-response+json").json(body)
    }

    /// The status and the answer of a document.
    pub(crate) async fn ask(&self, query: &str) -> (u16, Value) {
        answer(self.post(&json!({ "query": query }))).await
    }

    /// Begins to go down.
    pub(crate) fn stop(&mut self) {
        drop(self.stop.take());
    }

    /// Goes down and waits for the end.
    pub(crate) async fn ended(mut self) {
        self.stop();
        within(self.serving).await.unwrap();
    }
}

/// Sends and reads JSON.
pub(crate) async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = within(request.send()).await.unwrap();
    let status = response.status().as_u16();
    (status, response.json().await.unwrap())
}

/// The code of the first error.
pub(crate) fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none")
}

/// Fails a test that hangs instead of hanging with it; never the reason a test passes.
pub(crate) async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), future).await.expect("the test hangs")
}

/// Lets other tasks run until a condition holds.
pub(crate) async fn until(condition: impl Fn() -> bool) {
    within(async {
        while !condition() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
