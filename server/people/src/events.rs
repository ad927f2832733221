//! What happened to people (事件): ids and codes, no personal value.

use kernel::outbox::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A role was assigned or withdrawn (角色变更).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RoleChanged {
    /// Whose.
    pub account: Uuid,
    /// Which.
    pub role: String,
    /// Assigned, or withdrawn.
    pub assigned: bool,
}

impl Event for RoleChanged {
    const KIND: &'static str = "people.role_changed";
    fn subject(&self) -> (&'static str, Uuid) {
        ("Account", self.account)
    }
}

/// A line of policy was set or taken back (授权策略变更).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PolicyChanged {
    /// Which line.
    pub line: Uuid,
    /// Set, or taken back.
    pub set: bool,
}

impl Event for PolicyChanged {
    const KIND: &'static str = "people.policy_changed";
    fn subject(&self) -> (&'static str, Uuid) {
        ("PolicyLine", self.line)
    }
}

/// An account was amended (账号修改).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccountAmended {
    /// Which.
    pub account: Uuid,
    /// The fields that changed.
    pub fields: Vec<String>,
}

impl Event for AccountAmended {
    const KIND: &'static str = "people.account_amended";
    fn subject(&self) -> (&'static str, Uuid) {
        ("Account", self.account)
    }
}

/// An account was disabled or enabled (账号停用或启用).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccountSwitched {
    /// Which.
    pub account: Uuid,
    /// Enabled, or disabled.
    pub enabled: bool,
}

impl Event for AccountSwitched {
    const KIND: &'static str = "people.account_switched";
    fn subject(&self) -> (&'static str, Uuid) {
        ("Account", self.account)
    }
}

/// An invitation was accepted (邀请已接受).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InvitationAccepted {
    /// The invitation.
    pub invitation: Uuid,
    /// The account it became.
    pub account: Uuid,
}

impl Event for InvitationAccepted {
    const KIND: &'static str = "people.invitation_accepted";
    fn subject(&self) -> (&'static str, Uuid) {
        ("Invitation", self.invitation)
    }
}

/// The city has another liaison person (工作对接人变更, R85): the province is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LiaisonChanged {
    /// The new one.
    pub liaison: Uuid,
    /// The city's count of its liaison persons.
    pub version: i32,
}

impl Event for LiaisonChanged {
    const KIND: &'static str = "people.liaison_changed";
    fn subject(&self) -> (&'static str, Uuid) {
        ("Liaison", self.liaison)
    }
}
