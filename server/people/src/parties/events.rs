//! What happened to hiring parties (事件): ids and codes, no personal value.

use kernel::outbox::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $kind:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Serialize, Deserialize)]
            pub struct $name {
                /// Which.
                pub party: Uuid,
            }

            impl Event for $name {
                const KIND: &'static str = $kind;
                fn subject(&self) -> (&'static str, Uuid) {
                    ("HiringParty", self.party)
                }
            }
        )*
    };
}

events! {
    /// A party was registered, or came back (用工主体登记).
    PartyRegistered = "party.registered";
    /// A party was verified (用工主体通过核验).
    PartyVerified = "party.verified";
    /// A party is verified no more, because a step of its verification failed (用工主体撤销核验).
    PartyVerificationLost = "party.verification_lost";
    /// A party was told what is missing (用工主体退回补正).
    PartyRejected = "party.rejected";
    /// A party was suspended (用工主体暂停).
    PartySuspended = "party.suspended";
    /// A suspension was lifted (用工主体恢复).
    PartySuspensionLifted = "party.suspension_lifted";
    /// A party closed (用工主体注销).
    PartyClosed = "party.closed";
    /// A party lost the fast lane for a time (停用快速发布通道).
    PartyFastLaneLost = "party.fast_lane_lost";
}
