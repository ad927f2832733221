//! Removing a zone (删除功能分区).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::saving;
use crate::policy;
use crate::rows::{market_zone, zone_time};
use crate::store::{history, visible};

kernel::refusals! {
    /// Why a zone was not removed (不予删除功能分区).
    pub RemoveZone => RemoveZoneReason, RemoveZoneRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "功能分区已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this zone (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "id": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
    }
}

/// Removes a zone of a market (删除功能分区).
pub async fn remove_zone(ctx: &Ctx, id: Uuid, version: i32, once: Option<Once>) -> Result<Outcome, Stop<RemoveZone>> {
    ctx.transact_once(&policy::ARRANGE, once, |tx| async move {
        let of = market_zone::Column::MarketId;
        let (row, market) = visible::load_part::<market_zone::Entity>(&tx, &policy::ARRANGE, id, of).await?;
        if saving::is_over(&market) {
            return Err(Stop::Refused(RemoveZone::Delisted));
        }
        if row.version != version {
            return Err(Stop::Refused(RemoveZone::Conflict { current: row.version }));
        }
        zone_time::Entity::delete_many().filter(zone_time::Column::ZoneId.eq(id)).exec(&tx).await?;
        market_zone::Entity::delete_by_id(id).exec(&tx).await?;
        saving::touch(&tx, market.id).await?;
        history::write(&tx, market.id, "arranged", None);
        Ok(Outcome::of("Removed", id, row.version))
    })
    .await
}
