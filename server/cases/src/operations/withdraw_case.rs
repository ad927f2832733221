//! Taking a case back (撤回): whoever opened it, as long as it is not decided.

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::events::CaseWithdrawn;
use crate::kinds::{CaseEventKind, CaseStatus};
use crate::policy;
use crate::rows::case_file::{ActiveModel, Model};
use crate::rules::life;
use crate::store::{case, timeline, visible};

kernel::refusals! {
    /// Why a case was not taken back (不予撤回).
    pub WithdrawCase => WithdrawCaseReason, WithdrawCaseRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该办件刚有变化（现为第{current}版），请刷新后再试。" /
            "This case has just changed (now version {current}); reload and try again.",
        /// It was decided or withdrawn.
        Closed @ "id": "该办件已办结或已撤回，不能再撤回。" / "This case was decided or withdrawn already.",
    }
}

/// Takes a case back (撤回). The same person may open another about the same thing later.
pub async fn withdraw_case(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<WithdrawCase>> {
    ctx.transact_once(&policy::WITHDRAW, once, |tx| async move {
        let row = visible::load_own(&tx, id).await?;
        decide(&row, version).map_err(Stop::Refused)?;
        let change = ActiveModel { status: Set(CaseStatus::Withdrawn), ..case::closed(&tx, &row) };
        if !case::change(&tx, &row, change).await? {
            return Err(Stop::Refused(WithdrawCase::Conflict { current: row.version + 1 }));
        }
        timeline::write(&tx, id, CaseEventKind::Withdrawn);
        tx.note("reference", row.reference);
        tx.announce(&CaseWithdrawn { id, kind: row.kind, about: row.subject_id })?;
        Ok(Outcome::of("Case", id, version + 1))
    })
    .await
}

fn decide(row: &Model, version: i32) -> Result<(), WithdrawCase> {
    if row.version != version {
        return Err(WithdrawCase::Conflict { current: row.version });
    }
    life::withdraw(row.life()).map_err(|_| WithdrawCase::Closed)
}
