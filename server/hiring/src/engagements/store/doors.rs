//! Questions to the chapters below (门): whom a citizen acts for, what an agency's licence is worth, which certificates a worker
//! has. One function each, so that what they rest on can change without anybody here noticing.

use chrono::{Days, NaiveDate};
use entities::worker;
use kernel::{Ctx, Fault, Tx};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

/// The worker that a citizen is.
pub async fn own_worker(db: &impl ConnectionTrait, citizen: Uuid) -> Result<Option<Uuid>, Fault> {
    let row = worker::Entity::find().select_only().column(worker::Column::Id);
    Ok(row.filter(worker::Column::CitizenId.eq(citizen)).into_tuple::<Uuid>().one(db).await?)
}

/// Does the citizen who asks act for a hiring party?
pub async fn acts_for(ctx: &Ctx, db: &impl ConnectionTrait, party: Uuid) -> Result<bool, Fault> {
    Ok(people::acts_for(ctx, db, party).await?.is_some())
}

/// May an agency place anybody today? One whose licence is not in force, or holds no job intermediation, may not
/// (人力资源市场暂行条例 art 18). What no agency published needs none.
pub async fn licence_ok(ctx: &Ctx, db: &impl ConnectionTrait, agency: Option<Uuid>) -> Result<bool, Fault> {
    let Some(agency) = agency else { return Ok(true) };
    people::may_place(db, agency, ctx.today()).await
}

/// Which of these workers have no certificate for this trade that somebody vouched for and that is valid on that day
/// (特种作业操作证)?
pub async fn without_certificate(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    workers: &[Uuid],
    trade: &str,
    day: NaiveDate,
) -> Result<Vec<Uuid>, Fault> {
    let facts = people::worker_facts(ctx, db, workers).await?;
    let certified = |id: &Uuid| facts.get(id).is_some_and(|facts| facts.is_certified(trade, day));
    Ok(workers.iter().filter(|id| !certified(id)).copied().collect())
}

/// A hiring party that cancelled late goes without the fast lane for so many days.
pub async fn lose_fast_lane(tx: &Tx, party: Uuid, days: i32) -> Result<(), Fault> {
    let until = tx.ctx().today() + Days::new(u64::try_from(days).unwrap_or_default());
    people::lose_fast_lane(tx, party, until, "临时取消已确认的用工，按规则暂停快速发布通道").await
}
