//! What happened to citizens (个人用户事件): ids, no personal value.

use kernel::outbox::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Two entries turned out to be one person, and are one citizen from now on (个人用户合并): whatever points at the second must
/// point at the first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CitizensMerged {
    /// Who it is from now on.
    pub into: Uuid,
    /// Who it was as well; nothing is left in that entry.
    pub from: Uuid,
}

impl Event for CitizensMerged {
    const KIND: &'static str = "citizen.merged";
    fn subject(&self) -> (&'static str, Uuid) {
        ("Citizen", self.into)
    }
}

/// What was held about a citizen was erased (个人用户信息已删除).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CitizenErased {
    /// Who it was.
    pub citizen: Uuid,
}

impl Event for CitizenErased {
    const KIND: &'static str = "citizen.erased";
    fn subject(&self) -> (&'static str, Uuid) {
        ("Citizen", self.citizen)
    }
}
