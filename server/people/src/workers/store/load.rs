//! Reading one worker with what belongs to it.

use entities::{citizen, worker, worker_trade};
use kernel::checks::{CitizenId, RetirementKind};
use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::citizens::store as citizens;
use crate::workers::rows::worker_profile;

/// The worker of a citizen, closed or not.
pub(crate) async fn of_citizen(db: &impl ConnectionTrait, citizen: Uuid) -> Result<Option<worker::Model>, Fault> {
    Ok(worker::Entity::find().filter(worker::Column::CitizenId.eq(citizen)).one(db).await?)
}

/// The worker of this id.
pub(crate) async fn worker(db: &impl ConnectionTrait, id: Uuid) -> Result<worker::Model, Fault> {
    worker::Entity::find_by_id(id).one(db).await?.ok_or(Fault::NotFound)
}

/// Its trades, the one wanted most first.
pub(crate) async fn trades(db: &impl ConnectionTrait, worker: Uuid) -> Result<Vec<String>, Fault> {
    let rows = worker_trade::Entity::find()
        .filter(worker_trade::Column::WorkerId.eq(worker))
        .order_by_asc(worker_trade::Column::Position)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.trade).collect())
}

/// What only this chapter asks about it.
pub(crate) async fn profile(db: &impl ConnectionTrait, worker: Uuid) -> Result<Option<worker_profile::Model>, Fault> {
    Ok(worker_profile::Entity::find_by_id(worker).one(db).await?)
}

/// Which post a woman said she last had.
pub(crate) fn said(profile: Option<&worker_profile::Model>) -> Option<RetirementKind> {
    profile?.retirement_kind.as_deref().and_then(RetirementKind::parse)
}

/// The citizen number of a citizen, read.
pub(crate) async fn id_of(ctx: &Ctx, row: &citizen::Model) -> Result<Option<CitizenId>, Fault> {
    let ring = ctx.keys().await?;
    let number = citizens::open(&ring, row.id, "id_number", row.id_number.as_deref())?;
    Ok(number.as_ref().and_then(citizens::id_plain))
}
