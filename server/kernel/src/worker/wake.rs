//! The worker's bell: who may have something due, here and for the workers of other processes.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use tokio::sync::Notify;
use uuid::Uuid;

/// What another process may want to know; best effort, a sweep finds what is missed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hint {
    /// Something may be due in this tenant.
    Wake(String),
    /// A job of this tenant changed.
    Job(String, Uuid),
}

/// Who waits to be looked at (唤醒器).
#[derive(Debug, Default)]
pub struct Wake {
    tenants: Mutex<BTreeSet<String>>,
    notify: Notify,
    outgoing: Mutex<Option<BTreeSet<Hint>>>,
    sender: Notify,
    lost: AtomicBool,
}

impl Wake {
    /// Something may be due in this tenant: wakes this process' worker and the others'.
    pub fn notify(&self, code: &str) {
        self.here(code);
        self.tell(|| Hint::Wake(code.to_owned()));
    }

    /// Wakes this process' worker alone.
    pub(crate) fn here(&self, code: &str) {
        self.tenants.lock().insert(code.to_owned());
        self.notify.notify_one();
    }

    pub(crate) fn tell(&self, hint: impl FnOnce() -> Hint) {
        if let Some(outgoing) = self.outgoing.lock().as_mut() {
            outgoing.insert(hint());
            self.sender.notify_one();
        }
    }

    /// Words of other processes may have been lost: everybody must be looked at.
    pub(crate) fn lose_words(&self) {
        self.lost.store(true, Ordering::Release);
        self.notify.notify_one();
    }

    pub(super) fn words_were_lost(&self) -> bool {
        self.lost.swap(false, Ordering::AcqRel)
    }

    pub(super) fn take(&self) -> BTreeSet<String> {
        std::mem::take(&mut *self.tenants.lock())
    }

    pub(super) async fn woken(&self) {
        self.notify.notified().await;
    }

    /// From now on hints for other processes are collected; somebody must send them.
    pub(crate) fn collect(&self) {
        self.outgoing.lock().get_or_insert_default();
    }

    /// Waits for hints to send.
    pub(crate) async fn hints(&self) -> BTreeSet<Hint> {
        loop {
            let hints = self.more_hints();
            if !hints.is_empty() {
                return hints;
            }
            self.sender.notified().await;
        }
    }

    /// Hints that came in the meantime.
    pub(crate) fn more_hints(&self) -> BTreeSet<Hint> {
        self.outgoing.lock().as_mut().map(std::mem::take).unwrap_or_default()
    }
}
