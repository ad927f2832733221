//! What the hire announces (事件): thin, ids and codes only.

use kernel::outbox::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $ty:ty),* $(,)? } = $kind:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
            pub struct $name {
                /// The engagement.
                pub id: Uuid,
                $($(#[$fdoc])* pub $field: $ty,)*
            }

            impl Event for $name {
                const KIND: &'static str = $kind;

                fn subject(&self) -> (&'static str, Uuid) {
                    ("Engagement", self.id)
                }
            }
        )*
    };
}

events! {
    /// Somebody applied, or stands by (已报名).
    EngagementApplied {} = "engagement.applied";
    /// A place was confirmed (已确认).
    EngagementConfirmed {
        /// From the stand-by list?
        promoted: bool,
    } = "engagement.confirmed";
    /// Places were confirmed together, all of which this is the first of (已成组确认).
    GroupConfirmed {} = "engagement.group_confirmed";
    /// A place that was confirmed was given up (已取消).
    EngagementCancelled {
        /// By the hiring party, or with its posting?
        by_party: bool,
    } = "engagement.cancelled";
    /// The hiring party did not take the worker (未录用).
    EngagementDeclined {} = "engagement.declined";
    /// A message was passed on (已转达消息).
    EngagementTalked {
        /// From the hiring party?
        by_party: bool,
    } = "engagement.talked";
    /// The worker is there (已到岗).
    EngagementArrived {} = "engagement.arrived";
    /// Nobody came (未到岗).
    EngagementNoShow {} = "engagement.no_show";
    /// What was recorded is put right: the worker was there, or a cancellation was no emergency (已更正).
    EngagementCorrected {} = "engagement.corrected";
    /// The work is done (已完工).
    EngagementCompleted {} = "engagement.completed";
    /// Somebody disputes it (有异议).
    EngagementDisputed {} = "engagement.disputed";
    /// The staff looked into a dispute, and said what was found (异议已处理).
    EngagementSettled {} = "engagement.settled";
    /// The worker says what was paid (已确认收款).
    EngagementPaid {} = "engagement.paid";
    /// A wage that was due is not paid: the early warning (欠薪预警).
    EngagementUnpaid {} = "engagement.unpaid";
}
