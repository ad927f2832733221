//! Lifting a suspension (恢复用工主体).

use entities::hiring_party;
use kernel::sheet::text;
use kernel::{Ctx, Once, Outcome, Stop, Words};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::parties::events::PartySuspensionLifted;
use crate::parties::kinds::PartyStatus;
use crate::parties::policy;
use crate::parties::rules::life::{Move, after, named};
use crate::parties::rules::verification::{failed, notice};
use crate::parties::store::{history, party as rows, steps, visible};

/// Characters of a reason.
const REASON: usize = 300;

kernel::refusals! {
    /// Why a suspension was not lifted (不予恢复).
    pub LiftPartySuspension => LiftPartySuspensionReason, LiftPartySuspensionRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该主体已被他人修改（现为第{current}版），请刷新后再试。" /
            "Someone else changed this party (now version {current}); reload and try again.",
        /// It is not suspended.
        NotFromHere { zh: String, en: String } @ "id":
            "该主体当前状态为“{zh}”，没有被暂停。" / "This party is {en}; it is not suspended.",
        /// A step failed, and has not passed since.
        StepFailed { zh: String, en: String } @ "id":
            "以下核验事项未通过，请重新核验并记录通过后再恢复：{zh}。" /
            "These steps of the verification failed; look again and record that they passed: {en}.",
        /// No reason, or too long a one.
        ReasonNeeded { limit: usize } @ "reason": "请写明恢复原因（不超过 {limit} 字）。" / "Say why, in at most {limit} characters.",
    }
}

/// Lifts a suspension (恢复用工主体). The fast lane is given anew, or not.
pub async fn lift_suspension(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: String,
    once: Option<Once>,
) -> Result<Outcome, Stop<LiftPartySuspension>> {
    ctx.transact_once(&policy::SUSPEND, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::SUSPEND, id).await?;
        if row.version != version {
            return Err(Stop::Refused(LiftPartySuspension::Conflict { current: row.version }));
        }
        let status = PartyStatus::of(&row);
        let Some(lifted) = after(status, Move::Lift) else {
            let Words { zh, en } = named(status);
            return Err(Stop::Refused(LiftPartySuspension::NotFromHere { zh, en }));
        };
        let failed = failed(&steps::of_party(&tx, id).await?);
        if !failed.is_empty() {
            let Words { zh, en } = notice(&failed, None);
            return Err(Stop::Refused(LiftPartySuspension::StepFailed { zh, en }));
        }
        let reason = text::tidy(&reason);
        if reason.is_empty() || reason.chars().count() > REASON {
            return Err(Stop::Refused(LiftPartySuspension::ReasonNeeded { limit: REASON }));
        }
        let change = hiring_party::ActiveModel {
            status: Set(lifted.code().to_owned()),
            status_reason: Set(None),
            ..Default::default()
        };
        if !rows::change(&tx, &row, change).await? {
            return Err(Stop::Refused(LiftPartySuspension::Conflict { current: version + 1 }));
        }
        history::write(&tx, id, "lifted", Some(reason));
        tx.announce(&PartySuspensionLifted { party: id })?;
        Ok(Outcome::of("HiringParty", id, version + 1))
    })
    .await
}
