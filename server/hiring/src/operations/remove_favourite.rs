//! Removing a favourite (移除常用工).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::policy;
use crate::rows::favourite::{Column, Entity};
use crate::store::templates;

kernel::refusals! {
    /// Why a favourite was not removed (不予移除常用工).
    pub RemoveFavourite => RemoveFavouriteRefused, RemoveFavouriteRefusalCode {
        /// The worker is none.
        NotAFavourite @ "workerId": "该零工不在常用工中，无需移除。" / "This worker is no favourite; there is nothing to remove.",
    }
}

/// Removes a favourite of a party (移除常用工).
pub async fn remove_favourite(
    ctx: &Ctx,
    party: Uuid,
    worker: Uuid,
    once: Option<Once>,
) -> Result<Outcome, Stop<RemoveFavourite>> {
    ctx.transact_once(&policy::TEMPLATE, once, |tx| async move {
        templates::may_keep(tx.ctx(), &tx, party).await?;
        templates::worker(&tx, worker).await?;
        let pair = Entity::find().filter(Column::PartyId.eq(party)).filter(Column::WorkerId.eq(worker));
        let Some(row) = pair.one(&tx).await? else {
            return Err(Stop::Refused(RemoveFavourite::NotAFavourite));
        };
        tx.about("Favourite", row.id);
        Entity::delete_by_id(row.id).exec(&tx).await?;
        Ok(Outcome::of("Favourite", row.id, 1))
    })
    .await
}
