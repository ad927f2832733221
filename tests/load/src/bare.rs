//! The pages by hand (手写对照): the same rows by the same statements, the same JSON, on the same hyper and poem.
//!
//! What a person would write who wanted these pages and nothing else: no tenants, no policy, no limits, no log.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use poem::http::uri::Scheme;
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Endpoint, IntoResponse as _, Request, Response};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use tokio::net::TcpListener;

use crate::rows::{self, Pool};
use crate::{Error, Result, posting_rows};

/// The body type of poem's answers.
type BoxBody = http_body_util::combinators::BoxBody<bytes::Bytes, std::io::Error>;

/// How to answer by hand.
#[derive(Args)]
pub(crate) struct Bare {
    /// The port of 127.0.0.1.
    #[arg(long)]
    port: u16,
    /// The city's file (SQLite).
    #[arg(long)]
    file: Option<PathBuf>,
    /// The database (PostgreSQL).
    #[arg(long, default_value = "")]
    url: String,
    /// The city's schema (PostgreSQL).
    #[arg(long, default_value = "")]
    schema: String,
}

/// Serves until the process is ended.
pub(crate) async fn run(command: Bare) -> Result<()> {
    let pool = match &command.file {
        Some(file) => {
            let options = SqliteConnectOptions::new().filename(file).read_only(true).statement_cache_capacity(256);
            let pool = SqlitePoolOptions::new().max_connections(4).test_before_acquire(false);
            Pool::Sqlite(pool.connect_with(options).await?)
        }
        None => {
            let options: PgConnectOptions = command.url.parse()?;
            let options = options.options([("search_path", command.schema.as_str())]).statement_cache_capacity(256);
            let pool = PgPoolOptions::new().max_connections(4).test_before_acquire(false);
            Pool::Postgres(pool.connect_with(options).await?)
        }
    };
    let page = Arc::new(Page(pool));
    let listener = TcpListener::bind(("127.0.0.1", command.port)).await?;
    loop {
        let (stream, peer) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let local = stream.local_addr()?;
        let page = Arc::clone(&page);
        let service = service_fn(move |request| {
            let (page, peers) = (Arc::clone(&page), (LocalAddr(local.into()), RemoteAddr(peer.into())));
            async move {
                let request = Request::from((request, peers.0, peers.1, Scheme::HTTP));
                let response: hyper::Response<BoxBody> = page.get_response(request).await.into();
                Ok::<_, Infallible>(response)
            }
        });
        tokio::spawn(async move {
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(15));
            // A client that broke off has only itself to blame.
            let _ended = builder.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

/// The endpoint.
struct Page(Pool);

impl Endpoint for Page {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let body = request.take_body().into_bytes().await?;
        if body.is_empty() {
            return Ok("ready".into_response());
        }
        let asked: rows::Asked = serde_json::from_slice(&body).map_err(poem::error::BadRequest)?;
        if asked.query.is_empty() {
            return Ok("nothing asked".into_response());
        }
        let failed = |e: Error| poem::Error::from_string(e.to_string(), poem::http::StatusCode::INTERNAL_SERVER_ERROR);
        let bytes = self.bytes(&asked).await.map_err(failed)?;
        Ok(Response::builder().content_type("application/json").body(bytes))
    }
}

impl Page {
    /// The answer to what is asked, by the name of the operation.
    async fn bytes(&self, asked: &rows::Asked) -> Result<Vec<u8>> {
        let Self(pool) = self;
        Ok(if asked.query.starts_with("query OpenPostings") {
            serde_json::to_vec(&posting_rows::page(pool, &asked.variables.trade).await?)?
        } else if asked.query.starts_with("query PublicPosting") {
            serde_json::to_vec(&posting_rows::one(pool, &asked.variables.id).await?)?
        } else {
            serde_json::to_vec(&rows::page(pool).await?)?
        })
    }
}
