//! Keeping a worker as a favourite (保存常用工): one whom the party would take again.

use kernel::{Ctx, Fault, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::policy;
use crate::rows::favourite::{ActiveModel, Column, Entity};
use crate::store::templates;

/// Favourites of a party at most.
const MOST: u64 = 500;

kernel::refusals! {
    /// Why a worker was not kept as a favourite (不予保存常用工).
    pub SaveFavourite => SaveFavouriteRefused, SaveFavouriteRefusalCode {
        /// Nobody this party has ever taken.
        NeverWorkedHere @ "workerId":
            "只能将在本单位（本人处）做过活或已确认的零工设为常用工。" /
            "Only workers whom this party has taken can be favourites.",
        /// More than are kept.
        TooMany { most: u64 } @ "workerId": "最多保存 {most} 名常用工，请先移除。" / "At most {most} favourites are kept; remove one first.",
    }
}

/// Keeps a worker as a favourite of a party (保存常用工). Kept twice it is kept once.
pub async fn save_favourite(
    ctx: &Ctx,
    party: Uuid,
    worker: Uuid,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveFavourite>> {
    ctx.transact_once(&policy::TEMPLATE, once, |tx| async move {
        templates::may_keep(tx.ctx(), &tx, party).await?;
        templates::worker(&tx, worker).await?;
        let of_party = || Entity::find().filter(Column::PartyId.eq(party));
        let known = of_party().filter(Column::WorkerId.eq(worker)).one(&tx).await?;
        if let Some(row) = known {
            return Ok(Outcome::of("Favourite", row.id, 1));
        }
        if !templates::has_worked_for(&tx, party, worker).await? {
            return Err(Stop::Refused(SaveFavourite::NeverWorkedHere));
        }
        if of_party().count(&tx).await? >= MOST {
            return Err(Stop::Refused(SaveFavourite::TooMany { most: MOST }));
        }
        let id = tx.ctx().new_id();
        tx.about("Favourite", id);
        let row = ActiveModel { id: Set(id), party_id: Set(party), worker_id: Set(worker), since: Set(tx.ctx().now()) };
        let once = OnConflict::columns([Column::PartyId, Column::WorkerId]).do_nothing().to_owned();
        Entity::insert(row).on_conflict(once).exec_without_returning(&tx).await?;
        // Of two who keep the same one at one moment the table takes the first; either has it.
        let kept = of_party().filter(Column::WorkerId.eq(worker)).one(&tx).await?.ok_or(Fault::NotFound)?;
        Ok(Outcome::of("Favourite", kept.id, 1))
    })
    .await
}
