//! What all doors share: the house, the settings, the metrics, and a desk per tenant.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use rust_embed::DynRustEmbed;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::answer::Refusal;
use super::limits::Limits;
use super::metrics::{Held, Metrics};
use super::ports::House;
use super::rate::TenantRates;

/// Settings of the transport as a whole (传输层设置).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Open connections at a time; more wait in the kernel's queue.
    pub connections: usize,
    /// Milliseconds for the head of a request to arrive, and for an idle connection. 15 s;
    /// a proxy in front must close its idle connections sooner.
    pub header_ms: u64,
    /// Milliseconds a write may stall before the connection is cut. 30 s.
    pub stall_ms: u64,
    /// Milliseconds requests and sockets have to end at shutdown. 20 s.
    pub drain_ms: u64,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Whether callers reach us by https: cookies are then `Secure` and HSTS is sent.
    pub https: bool,
    /// A token scrapers must present for `/metrics`; empty leaves it open to loopback addresses
    /// only.
    pub metrics_token: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connections: 4_096,
            header_ms: 15_000,
            stall_ms: 30_000,
            drain_ms: 20_000,
            trusted_proxies: Vec::new(),
            https: false,
            metrics_token: String::new(),
        }
    }
}

impl Options {
    /// How long requests and sockets have to end at shutdown.
    pub fn drain_time(&self) -> Duration {
        Duration::from_millis(self.drain_ms)
    }
}

/// What all doors share.
pub(crate) struct Gate<H: House> {
    pub(crate) house: Arc<H>,
    pub(crate) options: Options,
    pub(crate) metrics: Metrics,
    /// Cancelled when the server begins to go down.
    pub(crate) closing: CancellationToken,
    /// Every execution and socket, so that shutdown can wait for them.
    pub(crate) tasks: TaskTracker,
    /// The UI's files.
    pub(crate) pages: Arc<dyn DynRustEmbed + Send + Sync>,
    desks: Mutex<HashMap<String, Arc<Desk>>>,
}

impl<H: House> Gate<H> {
    pub(crate) fn new(
        house: Arc<H>,
        options: Options,
        metrics: Metrics,
        pages: Arc<dyn DynRustEmbed + Send + Sync>,
    ) -> Arc<Self> {
        Arc::new(Self {
            house,
            options,
            metrics,
            closing: CancellationToken::new(),
            tasks: TaskTracker::new(),
            pages,
            desks: Mutex::default(),
        })
    }

    /// The desk of a tenant that exists; made anew when its limits have changed.
    pub(crate) fn desk(&self, slug: &str, limits: Arc<Limits>) -> Arc<Desk> {
        let mut desks = self.desks.lock();
        if let Some(desk) = desks.get(slug)
            && (Arc::ptr_eq(&desk.limits, &limits) || desk.limits == limits)
        {
            return Arc::clone(desk);
        }
        let desk = Arc::new(Desk::new(slug, limits));
        desks.insert(slug.to_owned(), Arc::clone(&desk));
        desk
    }
}

/// What one tenant's callers share: buckets and free places.
pub(crate) struct Desk {
    pub(crate) slug: Arc<str>,
    pub(crate) limits: Arc<Limits>,
    pub(crate) rates: TenantRates,
    places: Arc<Semaphore>,
    sockets: Arc<AtomicUsize>,
}

impl Desk {
    fn new(slug: &str, limits: Arc<Limits>) -> Self {
        Self {
            slug: slug.into(),
            rates: TenantRates::new(&limits),
            places: Arc::new(Semaphore::new(limits.concurrency.min(Semaphore::MAX_PERMITS))),
            sockets: Arc::default(),
            limits,
        }
    }

    /// Waits for a free place to execute in, but not for long.
    pub(crate) async fn place(&self) -> Result<tokio::sync::OwnedSemaphorePermit, Refusal> {
        let wait = Arc::clone(&self.places).acquire_owned();
        match tokio::time::timeout(self.limits.queue_time(), wait).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => Err(Refusal::busy()),
        }
    }

    /// Takes a place for a socket.
    pub(crate) fn socket(&self, metrics: &Metrics) -> Result<SocketPlace, Refusal> {
        let taken = self.sockets.fetch_add(1, Ordering::AcqRel);
        let place = SocketPlace { sockets: Arc::clone(&self.sockets), _counted: metrics.socket(&self.slug) };
        if taken >= self.limits.sockets { Err(Refusal::busy()) } else { Ok(place) }
    }
}

/// A socket's place, free again when dropped.
pub(crate) struct SocketPlace {
    sockets: Arc<AtomicUsize>,
    _counted: Held,
}

impl Drop for SocketPlace {
    fn drop(&mut self) {
        self.sockets.fetch_sub(1, Ordering::AcqRel);
    }
}
