//! The transport alone, over the small house of its tests: for clients of other languages and for
//! the audits of GraphQL over HTTP. See `tests/clients/README.md`.
//!
//! `cargo run -p yizhan --example transport -- 127.0.0.1:4011`

#[path = "../src/http/tests/house.rs"]
mod house;
#[path = "../src/http/tests/schema.rs"]
mod schema;

use std::sync::Arc;

use yizhan::http;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listen = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:4011".to_owned());
    let limits =
        http::Limits { account_per_second: 0, address_per_second: 0, tenant_per_second: 0, ..http::Limits::default() };
    let front = http::Front::new(Arc::new(house::Inn::new(limits)), http::Options::default(), http::Metrics::new());
    let listener = tokio::net::TcpListener::bind(&listen).await?;
    println!("listening on {}", listener.local_addr()?);
    http::serve(front, listener, async {
        let _ = tokio::signal::ctrl_c().await;
    })
    .await;
    Ok(())
}
