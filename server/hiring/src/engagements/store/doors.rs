//! Questions to the chapters below (门): whom a citizen acts for, what an agency's licence is worth, which certificates a worker
//! has. One function each, so that what they rest on can change without anybody here noticing.

use chrono::{Days, NaiveDate};
use entities::{agency, hiring_party, party_member, worker};
use kernel::{Fault, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _,
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

/// May an agency place anybody today? One without a licence may not (人力资源市场暂行条例 art 18).
pub async fn licence_ok(db: &impl ConnectionTrait, agency: Uuid) -> Result<bool, Fault> {
    let row = agency::Entity::find_by_id(agency).one(db).await?;
    Ok(row.is_some_and(|row| !row.licence_no.trim().is_empty()))
}

/// Which of these workers have no certificate in force for this trade (特种作业操作证)? No register of certificates is kept yet, so
/// nobody has one online; at a counter somebody looks at the paper.
pub async fn without_certificate(
    _db: &impl ConnectionTrait,
    workers: &[Uuid],
    _trade: &str,
) -> Result<Vec<Uuid>, Fault> {
    Ok(workers.to_vec())
}

/// A hiring party goes without the fast lane for so many days, from today or from the end of an earlier time.
pub async fn lose_fast_lane(tx: &Tx, party: Uuid, days: i32) -> Result<NaiveDate, Fault> {
    let until = tx.ctx().today() + Days::new(u64::try_from(days).unwrap_or_default());
    hiring_party::Entity::update_many()
        .col_expr(hiring_party::Column::FastLane, Expr::value(false))
        .col_expr(hiring_party::Column::FastLaneLostUntil, Expr::value(until))
        .col_expr(hiring_party::Column::Version, Expr::col(hiring_party::Column::Version).add(1))
        .col_expr(hiring_party::Column::UpdatedAt, Expr::value(tx.ctx().now()))
        .filter(hiring_party::Column::Id.eq(party))
        .exec(tx)
        .await?;
    Ok(until)
}
