//! Removing a bay (删除上车点).

use kernel::{Ctx, Fault, Outcome, Stop};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::saving;
use crate::policy;
use crate::rows::pickup_bay;
use crate::store::{history, visible};

kernel::refusals! {
    /// Why a bay was not removed (不予删除上车点).
    pub RemoveBay => RemoveBayRefused, RemoveBayRefusalCode {
        /// The market is delisted.
        Delisted @ "id": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
    }
}

/// Removes a bay of a market (删除上车点).
pub async fn remove_bay(ctx: &Ctx, id: Uuid) -> Result<Outcome, Stop<RemoveBay>> {
    ctx.transact(&policy::ARRANGE, |tx| async move {
        let row = pickup_bay::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        let market = visible::load_for(&tx, &policy::ARRANGE, row.market_id).await?;
        if saving::is_over(&market) {
            return Err(Stop::Refused(RemoveBay::Delisted));
        }
        pickup_bay::Entity::delete_by_id(id).exec(&tx).await?;
        saving::touch(&tx, market.id).await?;
        history::write(&tx, market.id, "arranged", None).await?;
        Ok(Outcome::of("Removed", id, row.version))
    })
    .await
}
