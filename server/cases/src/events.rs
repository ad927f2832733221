//! What happens to cases (事件), told after the commit. Thin: ids and codes.

use kernel::outbox::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::kinds::CaseDecision;

/// Makes the events of cases.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $kind:literal { $($(#[$fdoc:meta])* $field:ident: $ty:ty),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Serialize, Deserialize)]
            pub struct $name {
                /// The case.
                pub id: Uuid,
                $($(#[$fdoc])* pub $field: $ty),*
            }

            impl Event for $name {
                const KIND: &'static str = $kind;

                fn subject(&self) -> (&'static str, Uuid) {
                    ("Case", self.id)
                }
            }
        )*
    };
}

events! {
    /// A case was opened (提出).
    CaseOpened = "case.opened" {
        /// The code of its kind.
        kind: String,
        /// What it is about.
        about: Uuid,
    }
    /// An official took it (受理).
    CaseTaken = "case.taken" {}
    /// It is somebody else's now (接办).
    CaseHandedOver = "case.handed_over" {}
    /// It was decided (办结).
    CaseDecided = "case.decided" {
        /// The code of its kind.
        kind: String,
        /// What it is about.
        about: Uuid,
        /// What was decided.
        decision: CaseDecision,
    }
    /// It was taken back (撤回).
    CaseWithdrawn = "case.withdrawn" {
        /// The code of its kind.
        kind: String,
        /// What it is about.
        about: Uuid,
    }
}
