//! Withdrawing a safety check that was entered by mistake (撤回安全检查).

use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::saving;
use crate::policy;
use crate::rows::safety_check;
use crate::rules::naming::some;
use crate::store::{history, visible};

/// Characters a reason may have.
const REASON: usize = 500;

kernel::refusals! {
    /// Why a safety check was not withdrawn (不予撤回安全检查).
    pub WithdrawSafetyCheck => WithdrawSafetyCheckRefused, WithdrawSafetyCheckRefusalCode {
        /// The market is delisted.
        Delisted @ "id": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
        /// It was withdrawn.
        AlreadyWithdrawn @ "id": "该检查记录已撤回，无需重复办理。" / "This check was withdrawn already.",
        /// No reason.
        ReasonMissing @ "reason": "请填写撤回原因。" / "Say why it is withdrawn.",
        /// A reason longer than is kept.
        ReasonTooLong { limit: usize } @ "reason":
            "原因超过 {limit} 个字，请缩短。" / "The reason has more than {limit} characters; shorten it.",
    }
}

/// Withdraws a safety check (撤回安全检查): it stays in the record and counts no more; the one before it counts again.
pub async fn withdraw_safety_check(
    ctx: &Ctx,
    id: Uuid,
    reason: String,
    once: Option<Once>,
) -> Result<Outcome, Stop<WithdrawSafetyCheck>> {
    ctx.transact_once(&policy::INSPECT, once, |tx| async move {
        let of = safety_check::Column::MarketId;
        let (row, market) = visible::load_part::<safety_check::Entity>(&tx, &policy::INSPECT, id, of).await?;
        if saving::is_over(&market) {
            return Err(Stop::Refused(WithdrawSafetyCheck::Delisted));
        }
        let reason = decide(&row, &reason).map_err(Stop::Refused)?;
        save(&tx, &row, &reason).await?;
        saving::touch(&tx, market.id).await?;
        history::write(&tx, market.id, "check_withdrawn", Some(reason));
        Ok(Outcome::of("SafetyCheck", id, 1))
    })
    .await
}

fn decide(row: &safety_check::Model, reason: &str) -> Result<String, WithdrawSafetyCheck> {
    if row.withdrawn_reason.is_some() {
        return Err(WithdrawSafetyCheck::AlreadyWithdrawn);
    }
    let reason = some(Some(reason)).ok_or(WithdrawSafetyCheck::ReasonMissing)?;
    if reason.chars().count() > REASON {
        return Err(WithdrawSafetyCheck::ReasonTooLong { limit: REASON });
    }
    Ok(reason)
}

async fn save(tx: &Tx, row: &safety_check::Model, reason: &str) -> Result<(), Fault> {
    let current = |id: Uuid, is: bool| {
        safety_check::Entity::update_many()
            .col_expr(safety_check::Column::IsCurrent, Expr::value(is))
            .filter(safety_check::Column::Id.eq(id))
    };
    current(row.id, false).col_expr(safety_check::Column::WithdrawnReason, Expr::value(reason)).exec(tx).await?;
    if !row.is_current {
        return Ok(());
    }
    let before = safety_check::Entity::find()
        .filter(safety_check::Column::MarketId.eq(row.market_id))
        .filter(safety_check::Column::Item.eq(row.item))
        .filter(safety_check::Column::WithdrawnReason.is_null())
        .order_by_desc(safety_check::Column::InspectedOn)
        .order_by_desc(safety_check::Column::Id)
        .one(tx)
        .await?;
    if let Some(before) = before {
        current(before.id, true).exec(tx).await?;
    }
    Ok(())
}
