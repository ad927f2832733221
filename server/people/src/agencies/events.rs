//! What happened to agencies (事件): ids alone.

use kernel::outbox::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An agency was registered or amended here, or something was decided about its licence (机构信息变更): the other stores are told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AgencyChanged {
    /// Which.
    pub id: Uuid,
}

impl Event for AgencyChanged {
    const KIND: &'static str = "people.agency_changed";
    fn subject(&self) -> (&'static str, Uuid) {
        ("Agency", self.id)
    }
}

/// A licence may stand otherwise than before in this city, whoever decided it, and also where it ran out (许可证状态变更). Whoever
/// publishes under it asks [`licence_of`](super::licence_of) again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LicenceChanged {
    /// The agency.
    pub id: Uuid,
}

impl Event for LicenceChanged {
    const KIND: &'static str = "agency.licence_changed";
    fn subject(&self) -> (&'static str, Uuid) {
        ("Agency", self.id)
    }
}
