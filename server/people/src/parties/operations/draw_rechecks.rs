//! Drawing whom to look at again (抽取抽查名单, R51): each month a share of the verified parties, by a seed that the audit keeps.

use data_encoding::HEXLOWER;
use entities::hiring_party::{self, Column};
use kernel::calendar::Calendar;
use kernel::clock::fill_random;
use kernel::policy::Place;
use kernel::{Ctx, Fault, Never, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
};
use uuid::Uuid;

use crate::parties::kinds::{PartyRecheckStatus, PartyStatus};
use crate::parties::policy;
use crate::parties::rows::party_recheck;
use crate::parties::rules::sampling::draw;
use crate::parties::store::history;

/// Draws for this month (抽取抽查名单), once; how many were drawn.
pub async fn draw_rechecks(ctx: &Ctx) -> Result<usize, Fault> {
    let drawn: Result<usize, Stop<Never>> = ctx
        .transact(&policy::DRAW, |tx| async move {
            tx.authorize(&policy::DRAW, &Place::city()).await?;
            let month = tx.ctx().today().format("%Y-%m").to_string();
            if is_drawn(&tx, &month).await? {
                return Ok(0);
            }
            let verified = verified(&tx).await?;
            let mut seed = [0_u8; 16];
            fill_random(&mut seed);
            let percent = tx.ctx().kernel().config.parties.recheck_percent;
            let drawn = draw(&seed, &verified, percent);
            for party in &drawn {
                put(&tx, *party, Some(month.clone()), None);
                history::write(&tx, *party, "recheck_drawn", None);
            }
            tx.note("month", month);
            tx.note("seed", HEXLOWER.encode(&seed));
            tx.note("of", verified.len());
            tx.note("drawn", drawn.len());
            Ok(drawn.len())
        })
        .await;
    drawn.map_err(Stop::into_fault)
}

async fn is_drawn(tx: &Tx, month: &str) -> Result<bool, Fault> {
    Ok(party_recheck::Entity::find().filter(party_recheck::Column::Draw.eq(month)).count(tx).await? > 0)
}

/// The verified parties that nobody is to look at already.
async fn verified(tx: &Tx) -> Result<Vec<Uuid>, Fault> {
    let open = party_recheck::Entity::find()
        .select_only()
        .column(party_recheck::Column::PartyId)
        .filter(party_recheck::Column::Status.eq(PartyRecheckStatus::Open));
    let ids = hiring_party::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Status.eq(PartyStatus::Verified.code()))
        .filter(Column::Id.not_in_subquery(open.into_query()))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(ids)
}

/// Puts a party on the list; the check.
pub(super) fn put(tx: &Tx, party: Uuid, month: Option<String>, reason: Option<String>) -> Uuid {
    let ctx = tx.ctx();
    let due = Calendar::standard().add_working_days(ctx.today(), ctx.kernel().config.parties.recheck_days);
    let id = ctx.new_id();
    tx.put(party_recheck::ActiveModel {
        id: Set(id),
        party_id: Set(party),
        version: Set(1),
        status: Set(PartyRecheckStatus::Open),
        draw: Set(month),
        reason: Set(reason),
        drawn_at: Set(ctx.now()),
        due_on: Set(due.date),
        provisional: Set(due.provisional),
        ..Default::default()
    });
    id
}
