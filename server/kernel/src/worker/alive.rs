//! Is the worker of this process at work (执行器状态)? Whoever asks whether the server is ready wants to know.

use std::sync::atomic::{AtomicU8, Ordering};

const NONE: u8 = 0;
const WORKS: u8 = 1;
const DIED: u8 = 2;

/// Whether this process has a worker, and whether it lives.
#[derive(Debug, Default)]
pub struct Alive(AtomicU8);

impl Alive {
    /// There was one, and it ended without being told to.
    #[must_use]
    pub fn has_died(&self) -> bool {
        self.0.load(Ordering::Acquire) == DIED
    }

    /// It works from now on, until [`AtWork::ended`].
    pub(super) fn begins(&self) -> AtWork<'_> {
        self.0.store(WORKS, Ordering::Release);
        AtWork { alive: self, left: DIED }
    }
}

/// A worker at work; dropped without a word, it died.
pub(super) struct AtWork<'a> {
    alive: &'a Alive,
    left: u8,
}

impl AtWork<'_> {
    /// It was told to stop, and did.
    pub(super) fn ended(mut self) {
        self.left = NONE;
    }
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        self.alive.0.store(self.left, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_that_ends_without_being_told_to_has_died() {
        let alive = Alive::default();
        assert!(!alive.has_died(), "there is none");
        let at_work = alive.begins();
        assert!(!alive.has_died());
        drop(at_work);
        assert!(alive.has_died());
        alive.begins().ended();
        assert!(!alive.has_died());
    }
}
