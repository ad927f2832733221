//! Suspending a hiring party (暂停用工主体).

use entities::hiring_party;
use kernel::sheet::text;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx, Words};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::parties::events::PartySuspended;
use crate::parties::kinds::PartyStatus;
use crate::parties::messages::{self, News};
use crate::parties::policy;
use crate::parties::rules::life::{Move, after, named};
use crate::parties::store::{history, party as rows, visible};

/// Characters of a reason.
const REASON: usize = 300;

kernel::refusals! {
    /// Why a hiring party was not suspended (不予暂停).
    pub SuspendParty => SuspendPartyReason, SuspendPartyRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该主体已被他人修改（现为第{current}版），请刷新后再试。" /
            "Someone else changed this party (now version {current}); reload and try again.",
        /// It is not verified.
        NotFromHere { zh: String, en: String } @ "id":
            "该主体当前状态为“{zh}”，只有已核验的才能暂停。" / "This party is {en}; only a verified one is suspended.",
        /// No reason, or too long a one.
        ReasonNeeded { limit: usize } @ "reason": "请写明暂停原因（不超过 {limit} 字），将告知该主体。" / "Say why, in at most {limit} characters; the party is told.",
    }
}

/// Suspends a hiring party (暂停用工主体): it may not hire until that is lifted, and the fast lane is gone.
pub async fn suspend_party(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: String,
    once: Option<Once>,
) -> Result<Outcome, Stop<SuspendParty>> {
    ctx.transact_once(&policy::SUSPEND, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::SUSPEND, id).await?;
        if row.version != version {
            return Err(Stop::Refused(SuspendParty::Conflict { current: row.version }));
        }
        let status = PartyStatus::of(&row);
        if after(status, Move::Suspend).is_none() {
            let Words { zh, en } = named(status);
            return Err(Stop::Refused(SuspendParty::NotFromHere { zh, en }));
        }
        let reason = text::tidy(&reason);
        if reason.is_empty() || reason.chars().count() > REASON {
            return Err(Stop::Refused(SuspendParty::ReasonNeeded { limit: REASON }));
        }
        if !suspend(&tx, &row, reason).await? {
            return Err(Stop::Refused(SuspendParty::Conflict { current: version + 1 }));
        }
        Ok(Outcome::of("HiringParty", id, version + 1))
    })
    .await
}

/// Writes down that a verified party is suspended, and tells it; whether nobody else was faster.
pub(super) async fn suspend(tx: &Tx, row: &hiring_party::Model, reason: String) -> Result<bool, Fault> {
    let change = hiring_party::ActiveModel {
        status: Set(PartyStatus::Suspended.code().to_owned()),
        status_reason: Set(Some(reason.clone())),
        fast_lane: Set(false),
        ..Default::default()
    };
    let done = rows::change(tx, row, change).await?;
    history::write(tx, row.id, "suspended", Some(reason));
    tx.announce(&PartySuspended { party: row.id })?;
    messages::tell(tx, row, News::Suspended).await?;
    Ok(done)
}
