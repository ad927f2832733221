//! Withdrawing a sample that was counted wrongly (撤回抽样).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::saving;
use crate::policy;
use crate::rows::monitoring_sample::{Column, Entity, Model};
use crate::rules::naming::some;
use crate::store::{history, visible};

/// Characters a reason may have.
const REASON: usize = 500;

kernel::refusals! {
    /// Why a sample was not withdrawn (不予撤回抽样).
    pub WithdrawMonitoringSample => WithdrawMonitoringSampleReason, WithdrawMonitoringSampleRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该抽样已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this sample (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "id": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
        /// It was withdrawn.
        AlreadyWithdrawn @ "id": "该抽样已撤回，无需重复办理。" / "This sample was withdrawn already.",
        /// No reason.
        ReasonMissing @ "reason": "请填写撤回原因。" / "Say why it is withdrawn.",
        /// A reason longer than is kept.
        ReasonTooLong { limit: usize } @ "reason":
            "原因超过 {limit} 个字，请缩短。" / "The reason has more than {limit} characters; shorten it.",
    }
}

/// Withdraws a sample (撤回抽样): it stays in the record and counts no more.
pub async fn withdraw_monitoring_sample(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: String,
    once: Option<Once>,
) -> Result<Outcome, Stop<WithdrawMonitoringSample>> {
    ctx.transact_once(&policy::SAMPLE, once, |tx| async move {
        let (row, market) = visible::load_part::<Entity>(&tx, &policy::SAMPLE, id, Column::MarketId).await?;
        if saving::is_over(&market) {
            return Err(Stop::Refused(WithdrawMonitoringSample::Delisted));
        }
        let reason = decide(&row, version, &reason).map_err(Stop::Refused)?;
        Entity::update_many()
            .col_expr(Column::WithdrawnReason, Expr::value(reason.as_str()))
            .col_expr(Column::Version, Expr::value(version + 1))
            .filter(Column::Id.eq(id))
            .exec(&tx)
            .await?;
        saving::touch(&tx, market.id).await?;
        history::write(&tx, market.id, "sample_withdrawn", Some(reason));
        Ok(Outcome::of("MonitoringSample", id, version + 1))
    })
    .await
}

fn decide(row: &Model, version: i32, reason: &str) -> Result<String, WithdrawMonitoringSample> {
    if row.version != version {
        return Err(WithdrawMonitoringSample::Conflict { current: row.version });
    }
    if row.withdrawn_reason.is_some() {
        return Err(WithdrawMonitoringSample::AlreadyWithdrawn);
    }
    let reason = some(Some(reason)).ok_or(WithdrawMonitoringSample::ReasonMissing)?;
    if reason.chars().count() > REASON {
        return Err(WithdrawMonitoringSample::ReasonTooLong { limit: REASON });
    }
    Ok(reason)
}
