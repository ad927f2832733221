//! Removing a zone (删除功能分区).

use kernel::{Ctx, Fault, Outcome, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::saving;
use crate::policy;
use crate::rows::{market_zone, zone_time};
use crate::store::{history, visible};

kernel::refusals! {
    /// Why a zone was not removed (不予删除功能分区).
    pub RemoveZone => RemoveZoneRefused, RemoveZoneRefusalCode {
        /// The market is delisted.
        Delisted @ "id": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
    }
}

/// Removes a zone of a market (删除功能分区).
pub async fn remove_zone(ctx: &Ctx, id: Uuid) -> Result<Outcome, Stop<RemoveZone>> {
    ctx.transact(&policy::ARRANGE, |tx| async move {
        let row = market_zone::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        let market = visible::load_for(&tx, &policy::ARRANGE, row.market_id).await?;
        if saving::is_over(&market) {
            return Err(Stop::Refused(RemoveZone::Delisted));
        }
        zone_time::Entity::delete_many().filter(zone_time::Column::ZoneId.eq(id)).exec(&tx).await?;
        market_zone::Entity::delete_by_id(id).exec(&tx).await?;
        saving::touch(&tx, market.id).await?;
        history::write(&tx, market.id, "arranged", None).await?;
        Ok(Outcome::of("Removed", id, row.version))
    })
    .await
}
