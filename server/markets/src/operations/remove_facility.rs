//! Removing a facility (删除便民设施).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::saving;
use crate::policy;
use crate::rows::market_facility;
use crate::store::{history, visible};

kernel::refusals! {
    /// Why a facility was not removed (不予删除便民设施).
    pub RemoveFacility => RemoveFacilityReason, RemoveFacilityRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "便民设施已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this facility (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "id": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
    }
}

/// Removes a facility of a market (删除便民设施).
pub async fn remove_facility(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<RemoveFacility>> {
    ctx.transact_once(&policy::ARRANGE, once, |tx| async move {
        let of = market_facility::Column::MarketId;
        let (row, market) = visible::load_part::<market_facility::Entity>(&tx, &policy::ARRANGE, id, of).await?;
        if saving::is_over(&market) {
            return Err(Stop::Refused(RemoveFacility::Delisted));
        }
        if row.version != version {
            return Err(Stop::Refused(RemoveFacility::Conflict { current: row.version }));
        }
        market_facility::Entity::delete_by_id(id).exec(&tx).await?;
        saving::touch(&tx, market.id).await?;
        history::write(&tx, market.id, "arranged", None);
        Ok(Outcome::of("Removed", id, row.version))
    })
    .await
}
