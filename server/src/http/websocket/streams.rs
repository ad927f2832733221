//! The operations running on one socket, by the ids the client gave them.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// The running operations (进行中的操作). Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Streams {
    running: Arc<Mutex<Running>>,
    ended: Arc<Notify>,
}

#[derive(Default)]
struct Running {
    by_id: HashMap<String, Entry>,
    /// Operations that have not ended, including those the client has completed.
    count: usize,
    serial: u64,
}

struct Entry {
    serial: u64,
    stop: CancellationToken,
    listens: bool,
}

/// Why an operation may not begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoPlace {
    /// The id is in use.
    Taken,
    /// Too many at a time.
    Full,
}

/// A running operation (操作凭条); it leaves when dropped.
pub(crate) struct Ticket {
    streams: Streams,
    id: String,
    serial: u64,
    /// Cancelled when the client completes the operation or the socket ends.
    pub(crate) stop: CancellationToken,
}

impl Streams {
    /// Begins an operation under an id. One the client has completed but that has not ended yet
    /// still counts, so that completing at once does not get round the limit.
    pub(crate) fn begin(&self, id: &str, most: usize) -> Result<Ticket, NoPlace> {
        let mut running = self.running.lock();
        if running.by_id.contains_key(id) {
            return Err(NoPlace::Taken);
        }
        if running.count >= most {
            return Err(NoPlace::Full);
        }
        running.serial += 1;
        running.count += 1;
        let (serial, stop) = (running.serial, CancellationToken::new());
        let entry = Entry { serial, stop: stop.clone(), listens: false };
        running.by_id.insert(id.to_owned(), entry);
        Ok(Ticket { streams: self.clone(), id: id.to_owned(), serial, stop })
    }

    /// The client wants no more of this id, which it may use again at once.
    pub(crate) fn complete(&self, id: &str) {
        if let Some(entry) = self.running.lock().by_id.remove(id) {
            entry.stop.cancel();
        }
    }

    /// Stops everything: the socket is gone.
    pub(crate) fn stop_all(&self) {
        for (_, entry) in self.running.lock().by_id.drain() {
            entry.stop.cancel();
        }
    }

    /// The ids of subscriptions; they are told to stop and forgotten, so that nothing is sent for
    /// them any more. Queries and mutations go on.
    pub(crate) fn stop_listening(&self) -> Vec<String> {
        let mut running = self.running.lock();
        let mut ids: Vec<String> =
            running.by_id.iter().filter(|(_, entry)| entry.listens).map(|(id, _)| id.clone()).collect();
        ids.sort();
        for id in &ids {
            if let Some(entry) = running.by_id.remove(id) {
                entry.stop.cancel();
            }
        }
        ids
    }

    /// Waits until nothing runs.
    pub(crate) async fn idle(&self) {
        loop {
            let ended = self.ended.notified();
            if self.running.lock().count == 0 {
                return;
            }
            ended.await;
        }
    }
}

impl Ticket {
    /// Marks the operation as a subscription.
    pub(crate) fn listens(&self) {
        let mut running = self.streams.running.lock();
        if let Some(entry) = running.by_id.get_mut(&self.id).filter(|e| e.serial == self.serial) {
            entry.listens = true;
        }
    }

    /// Takes the id out, because its last message is about to be sent. False when the client has
    /// completed it before: then nothing may be sent any more.
    pub(crate) fn finish(&self) -> bool {
        let mut running = self.streams.running.lock();
        let ours = running.by_id.get(&self.id).is_some_and(|e| e.serial == self.serial);
        if ours {
            running.by_id.remove(&self.id);
        }
        ours
    }

    /// The id.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.finish();
        self.streams.running.lock().count -= 1;
        self.streams.ended.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_free_again_once_completed_but_its_place_is_not() {
        let streams = Streams::default();
        let first = streams.begin("1", 1).ok().unwrap();
        assert_eq!(streams.begin("1", 9).err(), Some(NoPlace::Taken));
        assert_eq!(streams.begin("2", 1).err(), Some(NoPlace::Full));
        streams.complete("1");
        assert!(first.stop.is_cancelled());
        assert!(!first.finish());
        assert_eq!(streams.begin("1", 1).err(), Some(NoPlace::Full));
        let second = streams.begin("1", 2).ok().unwrap();
        drop(first);
        assert!(second.finish());
        drop(second);
        assert!(streams.begin("1", 1).is_ok());
    }

    #[tokio::test]
    async fn the_last_one_out_wakes_who_waits() {
        let streams = Streams::default();
        let one = streams.begin("1", 9).ok().unwrap();
        let waiting = tokio::spawn({
            let streams = streams.clone();
            async move { streams.idle().await }
        });
        tokio::task::yield_now().await;
        drop(one);
        waiting.await.unwrap();
    }
}
