//! Caches of one value per tenant (缓存), such that no stale value outlives the word that it is stale.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;

/// Values per tenant, loaded when first asked for.
///
/// A loader asks for the [`Cache::epoch`] *before* it reads and hands it in with the value: a value whose reading began
/// before it became stale is used once and not kept.
#[derive(Debug)]
pub struct Cache<T>(RwLock<Inner<T>>);

#[derive(Debug)]
struct Inner<T> {
    values: HashMap<String, Arc<T>>,
    read: HashMap<String, Arc<T>>,
    forgotten: HashMap<String, u64>,
    all_forgotten: u64,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self(RwLock::new(Inner {
            values: HashMap::new(),
            read: HashMap::new(),
            forgotten: HashMap::new(),
            all_forgotten: 0,
        }))
    }
}

impl<T> Inner<T> {
    fn epoch(&self, key: &str) -> u64 {
        self.all_forgotten + self.forgotten.get(key).copied().unwrap_or_default()
    }
}

impl<T> Cache<T> {
    /// The value, if it is known.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Arc<T>> {
        self.0.read().values.get(key).map(Arc::clone)
    }

    /// The value as it was read last, stale or not: for whoever has just seen to it that it was read and cannot wait.
    #[must_use]
    pub fn last_read(&self, key: &str) -> Option<Arc<T>> {
        self.0.read().read.get(key).map(Arc::clone)
    }

    /// Counts how often the value of `key` became stale.
    #[must_use]
    pub fn epoch(&self, key: &str) -> u64 {
        self.0.read().epoch(key)
    }

    /// Keeps a value that was read after `epoch` was asked for; gives it back.
    pub fn keep(&self, key: &str, epoch: u64, value: Arc<T>) -> Arc<T> {
        let mut inner = self.0.write();
        inner.read.insert(key.to_owned(), Arc::clone(&value));
        if inner.epoch(key) == epoch {
            inner.values.insert(key.to_owned(), Arc::clone(&value));
        }
        value
    }

    /// The value of `key` is stale.
    pub fn forget(&self, key: &str) {
        let mut inner = self.0.write();
        inner.values.remove(key);
        *inner.forgotten.entry(key.to_owned()).or_default() += 1;
    }

    /// Every value is stale.
    pub fn forget_all(&self) {
        let mut inner = self.0.write();
        inner.values.clear();
        inner.all_forgotten += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_whose_reading_began_before_it_became_stale_is_not_kept() {
        let cache = Cache::default();
        let before = cache.epoch("140100");
        cache.forget("140100");
        cache.keep("140100", before, Arc::new("old"));
        assert_eq!(cache.get("140100"), None);
        cache.keep("140100", cache.epoch("140100"), Arc::new("new"));
        assert_eq!(cache.get("140100").as_deref(), Some(&"new"));
    }

    #[test]
    fn what_was_read_last_is_known_although_it_became_stale_since() {
        let cache = Cache::default();
        assert_eq!(cache.last_read("140100"), None);
        let before = cache.epoch("140100");
        cache.forget("140100");
        cache.keep("140100", before, Arc::new("read"));
        assert_eq!((cache.get("140100"), cache.last_read("140100").as_deref()), (None, Some(&"read")));
        cache.keep("140100", cache.epoch("140100"), Arc::new("newer"));
        cache.forget_all();
        assert_eq!(cache.last_read("140100").as_deref(), Some(&"newer"));
    }

    #[test]
    fn one_tenants_change_leaves_anothers_value_and_a_lost_connection_leaves_none() {
        let cache = Cache::default();
        for code in ["140100", "140200"] {
            cache.keep(code, cache.epoch(code), Arc::new(code));
        }
        cache.forget("140100");
        assert_eq!((cache.get("140100"), cache.get("140200").is_some()), (None, true));
        let before = cache.epoch("140200");
        cache.forget_all();
        cache.keep("140200", before, Arc::new("old"));
        assert_eq!(cache.get("140200"), None);
    }
}
