//! Removing an operator contract (删除运营协议).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::saving;
use crate::policy;
use crate::rows::{contract_indicator, operator_contract};
use crate::store::{history, visible};

kernel::refusals! {
    /// Why an operator contract was not removed (不予删除运营协议).
    pub RemoveContract => RemoveContractReason, RemoveContractRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "运营协议已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this operator contract (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "id": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
    }
}

/// Removes an operator contract of a market (删除运营协议).
pub async fn remove_contract(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<RemoveContract>> {
    ctx.transact_once(&policy::CONTRACT, once, |tx| async move {
        let of = operator_contract::Column::MarketId;
        let (row, market) = visible::load_part::<operator_contract::Entity>(&tx, &policy::CONTRACT, id, of).await?;
        if saving::is_over(&market) {
            return Err(Stop::Refused(RemoveContract::Delisted));
        }
        if row.version != version {
            return Err(Stop::Refused(RemoveContract::Conflict { current: row.version }));
        }
        contract_indicator::Entity::delete_many()
            .filter(contract_indicator::Column::ContractId.eq(id))
            .exec(&tx)
            .await?;
        operator_contract::Entity::delete_by_id(id).exec(&tx).await?;
        saving::touch(&tx, market.id).await?;
        history::write(&tx, market.id, "contracted", None);
        Ok(Outcome::of("Removed", id, row.version))
    })
    .await
}
