//! The load (负载): requests one after the other on a few kept connections, by a client that costs next to nothing.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

use crate::Result;

/// No load makes more requests.
const MOST: u64 = 200_000;
/// A connection that lay idle for so long is not used again: the server closes its own after fifteen seconds of rest, and what is
/// asked while it does so is lost. A proxy keeps its connections as long (`config.default.toml`, `header_ms`).
const REST: Duration = Duration::from_secs(10);

/// What a load did.
pub(crate) struct Load {
    pub(crate) requests: u64,
    pub(crate) took: Duration,
}

impl Load {
    /// Requests a second.
    pub(crate) fn rate(&self) -> f64 {
        f64::from(u32::try_from(self.requests).unwrap_or(u32::MAX)) / self.took.as_secs_f64()
    }
}

/// A POST of `body` as JSON, as bytes.
pub(crate) fn post(path: &str, body: &str) -> Arc<[u8]> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    head.into_bytes().into()
}

/// The same by somebody who is signed in.
pub(crate) fn post_as(path: &str, token: &str, body: &str) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    head.into_bytes()
}

/// Connections that are kept, as a proxy keeps them: so many at most, and whoever asks waits for one.
pub(crate) struct Pool {
    port: u16,
    free: Semaphore,
    /// Each with the moment at which it was last used, the longest idle first.
    idle: Mutex<Vec<(Connection, Instant)>>,
}

impl Pool {
    /// Of so many connections, none of them open yet.
    pub(crate) fn new(port: u16, most: usize) -> Self {
        Self { port, free: Semaphore::new(most), idle: Mutex::new(Vec::new()) }
    }

    /// Asks on one of them, once; one that broke is not used again, nor one that lay idle for too long or was closed meanwhile.
    pub(crate) async fn ask(&self, request: &[u8]) -> Result<(u16, Vec<u8>)> {
        let _one = self.free.acquire().await?;
        let mut connection = match self.kept()? {
            Some(connection) => connection,
            None => Connection::open(self.port).await?,
        };
        let answer = connection.ask(request).await?;
        let mut idle = self.idle.lock().map_err(|_| "a request panicked")?;
        idle.push((connection, Instant::now()));
        Ok(answer)
    }

    /// The connection used last that is still open; those that lay idle for too long are closed.
    fn kept(&self) -> Result<Option<Connection>> {
        let mut idle = self.idle.lock().map_err(|_| "a request panicked")?;
        let stale = idle.partition_point(|(_, used)| used.elapsed() >= REST);
        drop(idle.drain(..stale));
        while let Some((connection, _)) = idle.pop() {
            if connection.is_open() {
                return Ok(Some(connection));
            }
        }
        Ok(None)
    }
}

/// Sends `request` from `clients` at a time for so long.
pub(crate) async fn load(port: u16, request: &Arc<[u8]>, clients: u64, time: Duration) -> Result<Load> {
    let began = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..clients {
        let request = Arc::clone(request);
        tasks.spawn(async move {
            let mut connection = Connection::open(port).await?;
            let mut done = 0;
            while began.elapsed() < time && done < MOST / clients {
                let (status, _) = connection.ask(&request).await?;
                if status != 200 {
                    return Err(format!("an answer of status {status} under load").into());
                }
                done += 1;
            }
            Ok::<u64, crate::Error>(done)
        });
    }
    let mut requests = 0;
    while let Some(done) = tasks.join_next().await {
        requests += done??;
    }
    Ok(Load { requests, took: began.elapsed() })
}

/// One request on a connection of its own; its answer.
pub(crate) async fn once(port: u16, request: &[u8]) -> Result<(u16, Vec<u8>)> {
    Connection::open(port).await?.ask(request).await
}

/// One GET; its status.
pub(crate) async fn get(port: u16, path: &str) -> Result<u16> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    Ok(once(port, request.as_bytes()).await?.0)
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    async fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Did the other side leave it open? Nothing comes unasked, so whatever is there to read is its end.
    fn is_open(&self) -> bool {
        self.stream.try_read(&mut [0]).is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    }

    async fn ask(&mut self, request: &[u8]) -> Result<(u16, Vec<u8>)> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the connection ended".into());
            }
            if let Some((status, head, length)) = self.head()? {
                while self.buffer.len() < head + length {
                    if self.stream.read_buf(&mut self.buffer).await? == 0 {
                        return Err("the connection ended".into());
                    }
                }
                return Ok((status, self.buffer.get(head..head + length).unwrap_or_default().to_vec()));
            }
        }
    }

    /// Status, length of head and length of body, once the head is whole.
    fn head(&self) -> Result<Option<(u16, usize, usize)>> {
        let Some(end) = self.buffer.windows(4).position(|w| w == b"\r\n\r\n") else { return Ok(None) };
        let head = std::str::from_utf8(&self.buffer[..end])?;
        let status = head.split(' ').nth(1).ok_or("an answer without a status")?.parse()?;
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse())
        });
        Ok(Some((status, end + 4, length.transpose()?.unwrap_or(0))))
    }
}
