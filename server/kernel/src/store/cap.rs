//! How many connections this process has open to PostgreSQL in all (连接总数上限): cities come and go, the server's places
//! stay the same.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::Mutex;
use sea_orm::DbErr;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use super::connection::{closed, none_free};
use super::pool::{ACQUIRE, Pool};

/// Whoever waits for a slot looks again so often whether a connection has come to rest.
const LOOK: Duration = Duration::from_millis(250);

/// The place of one open connection.
pub(super) type Slot = OwnedSemaphorePermit;

/// All connections of a process.
#[derive(Debug)]
pub(crate) struct Cap {
    most: u32,
    slots: Arc<Semaphore>,
    waiting: AtomicUsize,
    pools: Mutex<Vec<Weak<Pool>>>,
}

impl Cap {
    pub(super) fn new(most: u32) -> Arc<Self> {
        let slots = Arc::new(Semaphore::new(most as usize));
        Arc::new(Self { most, slots, waiting: AtomicUsize::new(0), pools: Mutex::default() })
    }

    /// How many are open.
    pub(super) fn open(&self) -> u32 {
        self.most.saturating_sub(u32::try_from(self.slots.available_permits()).unwrap_or(u32::MAX))
    }

    /// A pool whose resting connections may be given up for another's sake.
    pub(super) fn watch(&self, pool: &Arc<Pool>) {
        let mut pools = self.pools.lock();
        pools.retain(|pool| pool.strong_count() > 0);
        pools.push(Arc::downgrade(pool));
    }

    /// Does somebody wait for a slot? Then what is no longer used is closed and does not rest.
    pub(super) fn has_waiters(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }

    /// A slot: a free one, or that of the connection that has rested longest anywhere, or the next to be given up.
    pub(super) async fn take(&self) -> Result<Slot, DbErr> {
        if let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() {
            return Ok(slot);
        }
        // First of all, so that nothing comes to rest unseen.
        let _waiting = Waiting::among(&self.waiting);
        let until = Instant::now() + ACQUIRE;
        loop {
            while let Some(pool) = self.longest_resting() {
                pool.give_up_one().await;
                if let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() {
                    return Ok(slot);
                }
            }
            // Who gave one back a moment before may not have seen us yet and let it rest: we look again.
            let look = (Instant::now() + LOOK).min(until);
            match tokio::time::timeout_at(look, Arc::clone(&self.slots).acquire_owned()).await {
                Ok(slot) => return slot.map_err(|_| closed()),
                Err(_) if look == until => return Err(none_free()),
                Err(_) => {}
            }
        }
    }

    fn longest_resting(&self) -> Option<Arc<Pool>> {
        let pools: Vec<_> = self.pools.lock().iter().filter_map(Weak::upgrade).collect();
        let resting = pools.into_iter().filter_map(|pool| Some((pool.rests_since()?, pool)));
        resting.min_by_key(|(since, _)| *since).map(|(_, pool)| pool)
    }
}

/// One who waits, for as long as it lives.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn among(all: &'a AtomicUsize) -> Self {
        all.fetch_add(1, Ordering::Relaxed);
        Self(all)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
