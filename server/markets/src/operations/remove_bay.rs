//! Removing a bay (删除上车点).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::saving;
use crate::policy;
use crate::rows::pickup_bay;
use crate::store::{history, visible};

kernel::refusals! {
    /// Why a bay was not removed (不予删除上车点).
    pub RemoveBay => RemoveBayReason, RemoveBayRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "上车点已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this bay (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "id": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
    }
}

/// Removes a bay of a market (删除上车点).
pub async fn remove_bay(ctx: &Ctx, id: Uuid, version: i32, once: Option<Once>) -> Result<Outcome, Stop<RemoveBay>> {
    ctx.transact_once(&policy::ARRANGE, once, |tx| async move {
        let of = pickup_bay::Column::MarketId;
        let (row, market) = visible::load_part::<pickup_bay::Entity>(&tx, &policy::ARRANGE, id, of).await?;
        if saving::is_over(&market) {
            return Err(Stop::Refused(RemoveBay::Delisted));
        }
        if row.version != version {
            return Err(Stop::Refused(RemoveBay::Conflict { current: row.version }));
        }
        pickup_bay::Entity::delete_by_id(id).exec(&tx).await?;
        saving::touch(&tx, market.id).await?;
        history::write(&tx, market.id, "arranged", None);
        Ok(Outcome::of("Removed", id, row.version))
    })
    .await
}
