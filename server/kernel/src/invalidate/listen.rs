//! Between processes: one connection to each server of PostgreSQL that listens, and short words sent now and then.
//!
//! Words about what became stale are sent by the transaction that made it so, and may not be lost: whoever was not
//! listening for a while takes everything for stale. Words that wake workers are hints: a sweep finds what they miss.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use migrations::Backend;
use sqlx::postgres::PgListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{ALL, channel};
use crate::clock::new_id;
use crate::fault::Fault;
use crate::kernel::Kernel;
use crate::store::PLATFORM;
use crate::worker::Hint;

/// Hints are gathered for so long, so that a hundred writes are one word.
const GATHER: Duration = Duration::from_millis(20);
/// After so long without a word a process sends one to itself.
const QUIET: Duration = Duration::from_secs(20);
/// A connection on which it does not arrive is dead.
const ECHO: Duration = Duration::from_secs(10);
/// So often it is looked whether a city has got a server that nobody listens to.
const LOOK: Duration = Duration::from_secs(30);
/// The longest wait between two attempts to listen.
const LONGEST: Duration = Duration::from_secs(30);

/// Hears what other processes say and tells them what happens here, until told to stop. With SQLite there is one
/// process, and this ends at once.
pub async fn run(kernel: Arc<Kernel>, stop: CancellationToken) {
    if kernel.store.backend() == Backend::Sqlite {
        return;
    }
    kernel.wake.collect();
    let origin: Arc<str> = new_id(kernel.clock.now()).simple().to_string().into();
    tokio::join!(hear_everywhere(&kernel, &origin, &stop), tell(&kernel, &origin, &stop));
}

/// Hears on the platform's server, and on those of cities with one of their own: what becomes stale in a city is said in
/// the transaction that makes it so, where that city is.
async fn hear_everywhere(kernel: &Arc<Kernel>, origin: &Arc<str>, stop: &CancellationToken) {
    let (mut heard, mut ears) = (BTreeSet::new(), JoinSet::new());
    while !stop.is_cancelled() {
        // Whoever reads the list settles where the cities are; that it cannot be read now is said where it is needed.
        let _listed = kernel.all_tenants().await;
        for code in kernel.store.servers() {
            if heard.insert(code.clone()) {
                let (kernel, origin, stop) = (Arc::clone(kernel), Arc::clone(origin), stop.clone());
                ears.spawn(async move { hear(&kernel, &code, &origin, &stop).await });
            }
        }
        let _stopped = tokio::time::timeout(LOOK, stop.cancelled()).await;
    }
    while ears.join_next().await.is_some() {}
}

/// Hears on the server of `code`.
async fn hear(kernel: &Arc<Kernel>, code: &str, origin: &str, stop: &CancellationToken) {
    let mut wait = Duration::from_millis(100);
    while !stop.is_cancelled() {
        match kernel.store.listener(code, &channel(kernel)).await {
            Ok(listener) => {
                // Only now: whatever is said from here on is heard.
                kernel.stale("*", ALL);
                wait = Duration::from_millis(100);
                follow(kernel, code, origin, listener, stop).await;
            }
            Err(fault) => {
                tracing::warn!(%fault, cause = %fault.cause(), "could not listen to other processes");
            }
        }
        // Nothing is sure until it listens again.
        kernel.stale("*", ALL);
        let _stopped = tokio::time::timeout(wait, stop.cancelled()).await;
        wait = (wait * 2).min(LONGEST);
    }
}

/// Heeds what is said, until the connection is lost or proves dead.
async fn follow(kernel: &Arc<Kernel>, code: &str, origin: &str, mut listener: PgListener, stop: &CancellationToken) {
    let mut asked = false;
    loop {
        let patience = if asked { ECHO } else { QUIET };
        let heard = tokio::select! {
            () = stop.cancelled() => return,
            heard = tokio::time::timeout(patience, listener.try_recv()) => heard,
        };
        match heard {
            Ok(Ok(Some(word))) => {
                asked = false;
                heed(kernel, origin, word.payload());
            }
            Ok(Ok(None)) => return,
            Ok(Err(error)) => {
                let fault = Fault::of("listen")(error);
                tracing::warn!(cause = %fault.cause(), "the connection that listens to other processes was lost");
                return;
            }
            Err(_) if asked => {
                tracing::warn!("the connection that listens to other processes is dead");
                return;
            }
            Err(_) => {
                asked = true;
                let sent = kernel.store.notify(code, &channel(kernel), vec![format!("ping::{origin}")]).await;
                if let Err(fault) = sent {
                    tracing::warn!(%fault, "could not speak to other processes");
                }
            }
        }
    }
}

/// A word: `tenant:what`, of a hint also its origin, for a process does not wake itself.
fn heed(kernel: &Kernel, origin: &str, word: &str) {
    let mut parts = word.splitn(3, ':');
    let (Some(tenant), Some(what)) = (parts.next(), parts.next()) else { return };
    if parts.next() == Some(origin) {
        return;
    }
    match what.split_once('.') {
        _ if what.is_empty() => {}
        None if what == "wake" => kernel.wake.here(tenant),
        Some(("job", id)) => {
            if let Ok(id) = Uuid::try_parse(id) {
                kernel.changed_job_here(tenant, id);
            }
        }
        _ => kernel.stale(tenant, what),
    }
}

async fn tell(kernel: &Arc<Kernel>, origin: &str, stop: &CancellationToken) {
    loop {
        let mut hints = tokio::select! {
            () = stop.cancelled() => return,
            hints = kernel.wake.hints() => hints,
        };
        let _stopped = tokio::time::timeout(GATHER, stop.cancelled()).await;
        hints.extend(kernel.wake.more_hints());
        let words = hints.into_iter().map(|hint| match hint {
            Hint::Wake(tenant) => format!("{tenant}:wake:{origin}"),
            Hint::Job(tenant, id) => format!("{tenant}:job.{id}:{origin}"),
        });
        let sent: Result<(), Fault> = kernel.store.notify(PLATFORM, &channel(kernel), words.collect()).await;
        if let Err(fault) = sent {
            tracing::warn!(%fault, "could not wake other processes; their sweep will");
        }
    }
}
