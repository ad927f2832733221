//! A hiring party that may not hire any more (主体停止招聘): it was suspended, is verified no more, or closed. Its postings take nobody
//! any more; what is confirmed goes on.

use kernel::{Ctx, Fault, Never, Stop};
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::events::PostingClosed;
use crate::kinds::PostingStatus;
use crate::policy;
use crate::rows::posting::{self, Column};
use crate::store::public;

/// Postings of one transaction.
const AT_ONCE: u64 = 500;

/// Closes what a party has published (停止招聘). What it handed in stays: nobody can publish it before the party may hire.
pub async fn stop_party(ctx: &Ctx, party: Uuid) -> Result<(), Fault> {
    while some(ctx, party).await? == usize::try_from(AT_ONCE).unwrap_or(usize::MAX) {}
    Ok(())
}

/// How many were closed.
async fn some(ctx: &Ctx, party: Uuid) -> Result<usize, Fault> {
    let done: Result<usize, Stop<Never>> = ctx
        .transact(&policy::KEEP, |tx| async move {
            tx.about("HiringParty", party);
            let ids: Vec<Uuid> = posting::Entity::find()
                .select_only()
                .column(Column::Id)
                .filter(Column::PartyId.eq(party))
                .filter(Column::Status.is_in([PostingStatus::Published, PostingStatus::Filled]))
                .order_by_asc(Column::Id)
                .limit(AT_ONCE)
                .lock(LockType::NoKeyUpdate)
                .into_tuple()
                .all(&tx)
                .await?;
            tx.note("postings", ids.len());
            if ids.is_empty() {
                return Ok(0);
            }
            public::end_all(&tx, &ids, PostingStatus::Closed, ("party_stopped", "PARTY_STOPPED")).await?;
            for id in &ids {
                tx.announce(&PostingClosed { id: *id })?;
            }
            Ok(ids.len())
        })
        .await;
    done.map_err(Stop::into_fault)
}
