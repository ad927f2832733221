//! Questions to the chapters below (门): whom a citizen acts for, what an agency's licence is worth, which certificates a worker
//! has. One function each, so that what they rest on can change without anybody here noticing.

use chrono::{Days, NaiveDate};
use entities::{hiring_party, party_member, worker};
use kernel::{Ctx, Fault, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

/// The worker that a citizen is.
pub async fn own_worker(db: &impl ConnectionTrait, citizen: Uuid) -> Result<Option<Uuid>, Fault> {
    let row = worker::Entity::find().select_only().column(worker::Column::Id);
    Ok(row.filter(worker::Column::CitizenId.eq(citizen)).into_tuple::<Uuid>().one(db).await?)
}

/// Does a citizen act for a hiring party?
pub async fn acts_for(db: &impl ConnectionTrait, citizen: Uuid, party: Uuid) -> Result<bool, Fault> {
    let member = party_member::Entity::find()
        .filter(party_member::Column::PartyId.eq(party))
        .filter(party_member::Column::CitizenId.eq(citizen))
        .filter(party_member::Column::EndedAt.is_null());
    Ok(member.count(db).await? > 0)
}

/// May an agency place anybody today? One whose licence is not in force may not (人力资源市场暂行条例 art 18).
pub async fn licence_ok(ctx: &Ctx, db: &impl ConnectionTrait, agency: Uuid) -> Result<bool, Fault> {
    let state = people::licence_of(db, agency, ctx.today()).await?;
    Ok(matches!(state, people::LicenceState::Valid { .. }))
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

/// A hiring party goes without the fast lane for so many days; what it lost for longer already it lost for longer.
pub async fn lose_fast_lane(tx: &Tx, party: Uuid, days: i32) -> Result<(), Fault> {
    use hiring_party::Column as Of;
    let until = tx.ctx().today() + Days::new(u64::try_from(days).unwrap_or_default());
    hiring_party::Entity::update_many()
        .col_expr(Of::FastLaneLostUntil, Expr::value(until))
        .col_expr(Of::Version, Expr::col(Of::Version).add(1))
        .col_expr(Of::UpdatedAt, Expr::value(tx.ctx().now()))
        .filter(Of::Id.eq(party))
        .filter(Condition::any().add(Of::FastLaneLostUntil.is_null()).add(Of::FastLaneLostUntil.lt(until)))
        .exec(tx)
        .await?;
    Ok(())
}
