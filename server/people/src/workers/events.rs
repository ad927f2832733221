//! What happened to workers (零工人员事件): ids, no personal value.

use kernel::outbox::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A worker was registered, or registered again (零工人员已登记).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WorkerRegistered {
    /// The worker.
    pub worker: Uuid,
    /// The market that registered it.
    pub market: Option<Uuid>,
}

impl Event for WorkerRegistered {
    const KIND: &'static str = "worker.registered";
    fn subject(&self) -> (&'static str, Uuid) {
        ("Worker", self.worker)
    }
}

/// A registration was closed (求职登记已注销).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WorkerClosed {
    /// The worker.
    pub worker: Uuid,
}

impl Event for WorkerClosed {
    const KIND: &'static str = "worker.closed";
    fn subject(&self) -> (&'static str, Uuid) {
        ("Worker", self.worker)
    }
}
