//! Removing a facility (删除便民设施).

use kernel::{Ctx, Fault, Outcome, Stop};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::saving;
use crate::policy;
use crate::rows::market_facility;
use crate::store::{history, visible};

kernel::refusals! {
    /// Why a facility was not removed (不予删除便民设施).
    pub RemoveFacility => RemoveFacilityRefused, RemoveFacilityRefusalCode {
        /// The market is delisted.
        Delisted @ "id": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
    }
}

/// Removes a facility of a market (删除便民设施).
pub async fn remove_facility(ctx: &Ctx, id: Uuid) -> Result<Outcome, Stop<RemoveFacility>> {
    ctx.transact(&policy::ARRANGE, |tx| async move {
        let row = market_facility::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        let market = visible::load_for(&tx, &policy::ARRANGE, row.market_id).await?;
        if saving::is_over(&market) {
            return Err(Stop::Refused(RemoveFacility::Delisted));
        }
        market_facility::Entity::delete_by_id(id).exec(&tx).await?;
        saving::touch(&tx, market.id).await?;
        history::write(&tx, market.id, "arranged", None).await?;
        Ok(Outcome::of("Removed", id, row.version))
    })
    .await
}
